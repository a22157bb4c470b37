// kernel_slices.cc: see kernel_slices.h. The system calls are Linux's own (sched(7)); a kernel that
// refuses them is left alone.
#include "runtime/threads/kernel_slices.h"

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runtime/threads/futex.h"
#include "runtime/threads/handover.h"

namespace gila {
namespace {

// Guests in a row, without a blocking call of its own, that tell a thread that computes.
constexpr uint8_t kGuestsInARow = 3;
constexpr uint64_t kSliceNanoseconds = 10'000'000;  // the kernel's own are 1 to 4 ms
constexpr uint64_t kLongWayNanoseconds = 500'000;   // more than any visit: one who computes

// linux/sched/types.h; its first version, which every kernel takes.
struct SchedulingAttributes {
  uint32_t size;
  uint32_t policy;
  uint64_t flags;
  int32_t nice;
  uint32_t priority;
  uint64_t runtime;  // ns: since 6.12 the slice of an ordinary or batch thread; 0: as usual
  uint64_t deadline;
  uint64_t period;
};

// The calling thread's policy and slice, if it has the policy `from`. Its nice value stays.
bool ChangePolicy(uint32_t from, uint32_t to, uint64_t slice) {
  SchedulingAttributes attributes{};
  if (::syscall(SYS_sched_getattr, 0, &attributes, sizeof(attributes), 0) != 0) return false;
  if (attributes.policy != from || attributes.flags != 0) return false;
  attributes.size = sizeof(attributes);
  attributes.policy = to;
  attributes.runtime = slice;
  return ::syscall(SYS_sched_setattr, 0, &attributes, 0) == 0;
}

}  // namespace

void AfterGuest(Thread& thread) {
  KernelSlices& slices = thread.kernel_slices;
  if (slices.guests < kGuestsInARow) {
    if (++slices.guests == kGuestsInARow)
      slices.are_long = ChangePolicy(SCHED_OTHER, SCHED_BATCH, kSliceNanoseconds);
    return;
  }
  if (!slices.are_long || !MaySpin(slices.yields)) return;
  const uint64_t begin = MonotonicNanoseconds();
  ::sched_yield();
  NoteSpin(slices.yields, MonotonicNanoseconds() - begin < kLongWayNanoseconds);
}

void TakeOrdinarySlices(Thread& thread) {
  KernelSlices& slices = thread.kernel_slices;
  slices.guests = 0;
  if (slices.are_long) ChangePolicy(SCHED_BATCH, SCHED_OTHER, 0);
  slices.are_long = false;
}

}  // namespace gila

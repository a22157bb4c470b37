// handover.cc: see handover.h.
#include "runtime/threads/handover.h"

#include <sched.h>

#include <algorithm>

#include "runtime/threads/attach.h"
#include "runtime/threads/futex.h"
#include "runtime/threads/schedule.h"

namespace gila {
namespace {

constexpr uint64_t kLateNanoseconds = 50'000;

void Keep(Thread& thread, Atomic<uint32_t>& word, int count) {
  LateWakes& kept = thread.late_wakes;
  if (kept.count == LateWakes::kMost) WakeKept(thread);
  if (kept.count == 0) {
    kept.since = MonotonicNanoseconds();
    thread.breaker.FetchOr(kBreakLateWakes);
  }
  kept.words[kept.count] = &word;
  kept.how_many[kept.count++] = count;
}

}  // namespace

// Asked once: a program that changes its affinity later loses no more than some watching.
int ProcessorCount() {
  static const int count = [] {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 1;
  }();
  return count;
}

void WakeSoon(Thread& thread, Atomic<uint32_t>& word, int count) {
  if (IsGilEnabled()) {
    Keep(thread, word, count);
  } else {
    FutexWake(word, count);
  }
}

void WakeAfterUnlock(Thread& thread, Atomic<uint32_t>& word, int count) {
  Keep(thread, word, count);
}

void WakeKept(Thread& thread) {
  LateWakes& kept = thread.late_wakes;
  if (kept.count == 0) return;
  for (uint32_t i = 0; i < kept.count; ++i) FutexWake(*kept.words[i], kept.how_many[i]);
  kept.count = 0;
  thread.breaker.FetchAnd(~uint32_t{kBreakLateWakes});
}

void WakeKeptWhenDue(Thread& thread) {
  if (MonotonicNanoseconds() - thread.late_wakes.since >= kLateNanoseconds) WakeKept(thread);
}

bool MaySpin(SpinTrust& trust) {
  trust.worked = false;
  if (!HasSecondProcessor() || ScheduleOn()) return false;
  if (trust.skip == 0) return true;
  --trust.skip;
  return false;
}

void NoteSpin(SpinTrust& trust, bool worked, int most) {
  trust.worked = worked;
  trust.penalty = worked ? 0 : static_cast<uint8_t>(std::min(trust.penalty * 2 + 1, most));
  trust.skip = trust.penalty;
}

}  // namespace gila

// registry.cc: the list of threads, how one begins and ends, attach and detach.
//
// Lock order of the whole runtime, outermost first: stopper -> world -> registry -> central heap ->
// finalisers; the import and type locks stand before all of them and are never held while the world
// is stopped. Byte locks of objects are taken one at a time, or two in address order, and nothing
// else is taken under them but leaf locks (allocation).
#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <new>
#include <utility>

#include "runtime/address_space.h"
#include "runtime/heap/blocks.h"
#include "runtime/threads/build.h"
#include "runtime/threads/counting.h"
#include "runtime/threads/emergency.h"
#include "runtime/threads/fork.h"
#include "runtime/threads/futex.h"
#include "runtime/threads/gil.h"
#include "runtime/threads/only_thread.h"
#include "runtime/threads/schedule.h"
#include "runtime/threads/timeline.h"
#include "runtime/threads/wait_graph.h"
#include "runtime/tracing.h"
#include "runtime/type.h"

extern "C" void* __libc_stack_end;  // glibc: the stack pointer at the start of the program

namespace gila {

thread_local Thread* Thread::current_ = nullptr;
std::atomic<bool> many_threads{false};

// The one that may set Thread::current_.
struct ThreadRegistry {
  static void SetCurrent(Thread* thread) { Thread::current_ = thread; }
};

namespace {

std::mutex registry_mutex;
Thread* first_thread = nullptr;
std::atomic<Thread*> finalizing{nullptr};

// Registers are reserved address space: pages come as recursion goes deeper.
constexpr size_t kMainStackBytes = size_t{1} << 30;
constexpr size_t kThreadStackBytes = size_t{16} << 20;
constexpr uintptr_t kLargestEnvironment = uintptr_t{16} << 20;
constexpr size_t kNativeMargin =
    192 * 1024;  // what natively recursive code may use below its last check

void UseRegisters(Thread* thread, Value* memory, size_t bytes) {
  thread->stack_base = thread->stack_top = memory;
  thread->stack_bytes = bytes;
  // A frame and its call windows may reach beyond the limit by at most one frame: 64 Ki registers.
  thread->stack_limit = memory + bytes / sizeof(Value) - 70'000;
}

// False when there is no address space left.
bool ReserveRegisters(Thread* thread, size_t bytes) {
  void* memory = nullptr;
  for (bytes = ShareOfAddressSpace(bytes, thread->is_main ? 8 : 32);
       bytes >= (1 << 20) && memory == nullptr; bytes /= 2) {
    memory = ReserveMemory(bytes);
    thread->stack_bytes = bytes;
  }
  if (memory == nullptr) return false;
  UseRegisters(thread, static_cast<Value*>(memory), thread->stack_bytes);
  return true;
}

// Shares no cache line with what another thread writes to.
struct alignas(128) ThreadOnItsOwn : Thread {};

// The first thread's stack, without the trip through /proc/self/maps that pthread_getattr_np makes.
// What the program was given (environment, arguments) lies above its first frame and counts towards
// the limit.
void MeasureFirstStack(Thread* thread) {
  const auto first_frame = reinterpret_cast<uintptr_t>(__libc_stack_end);
  uintptr_t top = first_frame;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const auto address = reinterpret_cast<uintptr_t>(*entry);
    if (address > top && address - first_frame < kLargestEnvironment)
      top = address + strlen(*entry);
  }
  rlimit limit;
  size_t size = size_t{1} << 30;
  if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    size = std::min<size_t>(size, limit.rlim_cur);
  thread->native_base = first_frame;
  thread->native_limit = top - size + std::min(kNativeMargin, size / 2);
}

void MeasureNativeStack(Thread* thread) {
  if (thread->is_main) {
    MeasureFirstStack(thread);
    return;
  }
  pthread_attr_t attributes;
  void* low = nullptr;
  size_t size = 0;
  GILA_CHECK(pthread_getattr_np(pthread_self(), &attributes) == 0);
  pthread_attr_getstack(&attributes, &low, &size);
  pthread_attr_destroy(&attributes);
  thread->native_base = reinterpret_cast<uintptr_t>(low) + size;
  thread->native_limit = thread->native_base - size + std::min(kNativeMargin, size / 2);
}

void Link(Thread* thread) {
  static uint64_t last_serial = 0;
  CountAbleThread();
  std::lock_guard<std::mutex> guard(registry_mutex);
  thread->serial = ++last_serial;
  thread->next = first_thread;
  if (first_thread != nullptr) first_thread->previous = thread;
  first_thread = thread;
}

void Unlink(Thread* thread) {
  if (thread->previous != nullptr) {
    thread->previous->next = thread->next;
  } else {
    first_thread = thread->next;
  }
  if (thread->next != nullptr) thread->next->previous = thread->previous;
}

void Destroy(Thread* thread) {
  if (thread->stack_base != nullptr) munmap(thread->stack_base, thread->stack_bytes);
  delete thread->heap;
  delete static_cast<ThreadOnItsOwn*>(thread);
}

// What is dear to make for a thread, kept when one ends for the next to begin: the registers, and
// the holes it was filling (a thread that does little would else begin a block for every size).
struct SpareParts {
  Value* stack_base;
  size_t stack_bytes;
  ThreadHeap* heap;
  FreeRun runs[kSizeClasses];
};
constexpr int kMostSpares = 4;
constexpr size_t kKeptStackBytes = 64 << 10;  // the rest of the registers goes back to the system
SpareParts spares[kMostSpares];               // guarded by registry_mutex
int spare_count = 0;

// The thread runs no more Gila code, is unlinked and still attached: a collection cannot come
// between. The caller holds registry_mutex.
void KeepSpareParts(Thread* thread) {
  if (spare_count == kMostSpares) return;
  SpareParts& spare = spares[spare_count++];
  spare.stack_base = std::exchange(thread->stack_base, nullptr);
  spare.stack_bytes = thread->stack_bytes;
  spare.heap = std::exchange(thread->heap, nullptr);
  std::copy(thread->runs, thread->runs + kSizeClasses, spare.runs);
  madvise(reinterpret_cast<char*>(spare.stack_base) + kKeptStackBytes,
          spare.stack_bytes - kKeptStackBytes, MADV_DONTNEED);
}

bool TakeSpareParts(Thread* thread) {
  std::lock_guard<std::mutex> guard(registry_mutex);
  if (spare_count == 0) return false;
  const SpareParts& spare = spares[--spare_count];
  thread->heap = spare.heap;
  UseRegisters(thread, spare.stack_base, spare.stack_bytes);
  std::copy(spare.runs, spare.runs + kSizeClasses, thread->runs);
  return true;
}

}  // namespace

__attribute__((noinline)) void SaveRegisters(Thread& thread) {
#if defined(__x86_64__)
  uintptr_t* r = thread.saved_registers;
  asm volatile(
      "movq %%rbx, 0(%0)\n movq %%rbp, 8(%0)\n movq %%r12, 16(%0)\n movq %%r13, 24(%0)\n"
      "movq %%r14, 32(%0)\n movq %%r15, 40(%0)\n"
      :
      : "r"(r)
      : "memory");
#else
  __builtin_unwind_init();
#endif
  thread.detached_at = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
}

// What keeps a thread that wants to attach: the lock, or without one a stopped world.
static Moment WaitsToAttach() { return IsGilEnabled() ? Moment::kWaitsForGil : Moment::kParked; }

__attribute__((noinline)) void Detach(Thread& thread, Blocked why) {
  SaveRegisters(thread);
  thread.blocked.Store(static_cast<uint8_t>(why));
  if (TimelineOn()) NoteMoment(thread, Moment::kBlocked, static_cast<uint64_t>(why));
  DetachInBuild(thread);
}

void Attach(Thread& thread) {
  ParkWhenFinalizing(thread);
  if (TimelineOn()) NoteMoment(thread, WaitsToAttach());
  AttachInBuild(thread, true);
  // Finalisation may have begun while this thread waited for its turn.
  if (GILA_UNLIKELY(finalizing.load(std::memory_order_relaxed) != nullptr) &&
      finalizing.load() != &thread) {
    DetachInBuild(thread);
    ParkWhenFinalizing(thread);
  }
  if (TimelineOn()) NoteMoment(thread, Moment::kRuns);
  thread.blocked.Store(static_cast<uint8_t>(Blocked::kNot));
  thread.detached_at = 0;
}

bool MustPark(const Thread& thread) {
  const Thread* finalizer = finalizing.load(std::memory_order_acquire);
  return GILA_UNLIKELY(finalizer != nullptr) && finalizer != &thread;
}

void ParkWhenFinalizing(Thread& thread) {
  if (!MustPark(thread)) return;
  while (true) pause();  // the process is about to end
}

StopTheWorld::StopTheWorld(Thread& thread) : thread_(thread) { StopWorldInBuild(thread); }
StopTheWorld::~StopTheWorld() { StartWorldInBuild(thread_); }

Thread* NewThreadRecord() {
  many_threads.store(true, std::memory_order_relaxed);
  Thread* thread = new ThreadOnItsOwn;
  if (!TakeSpareParts(thread)) {
    thread->heap = new ThreadHeap;
    if (!ReserveRegisters(thread, kThreadStackBytes)) {
      Destroy(thread);
      return nullptr;
    }
  }
  // Linked before it runs: what it is to call is held by its record.
  Link(thread);
  ScheduleNewThread(thread);
  return thread;
}

void DropThreadRecord(Thread* thread) {
  ScheduleEndOfThread(thread);
  {
    std::lock_guard<std::mutex> guard(registry_mutex);
    Unlink(thread);
  }
  UncountAbleThread();
  Destroy(thread);
}

namespace {

void Begin(Thread* thread) {
  ThreadRegistry::SetCurrent(thread);
  thread->id = static_cast<uint64_t>(pthread_self());
  thread->native_id = gettid();
  MeasureNativeStack(thread);
  if (TimelineOn()) NoteMoment(*thread, WaitsToAttach());
  AttachInBuild(*thread, false);
  if (TimelineOn()) NoteMoment(*thread, Moment::kRuns);
  if (MaySwitchAtEveryInstruction()) thread->breaker.FetchOr(kBreakTracing);
}

}  // namespace

Thread* RegisterMainThread() {
  Thread* thread = new ThreadOnItsOwn;
  thread->heap = new ThreadHeap;
  thread->is_main = true;
  if (!ReserveRegisters(thread, kMainStackBytes)) EndWithoutMemory("registers");
  Link(thread);
  Begin(thread);
  return thread;
}

void BeginThread(Thread* thread) {
  ParkWhenFinalizing(*thread);
  Begin(thread);
}

void EndThread(Thread* thread) {
  // Unlinked while still attached: a collection cannot come between. The blocks it was filling are
  // on the list of young blocks already; its remembered set goes to the heirs.
  {
    std::lock_guard<std::mutex> guard(registry_mutex);
    Unlink(thread);
    inheritance.Take(*thread->heap);
    KeepSpareParts(thread);
  }
  if (TimelineOn()) NoteMoment(*thread, Moment::kEnds);
  DetachInBuild(*thread);
  ScheduleEndOfThread(thread);
  UncountAbleThread();
  KeepAtomicCounts();
  ThreadRegistry::SetCurrent(nullptr);
  Destroy(thread);
}

void DropSpareHoles() {
  std::lock_guard<std::mutex> guard(registry_mutex);
  for (int i = 0; i < spare_count; ++i) {
    for (int size_class = 0; size_class < kSizeClasses; ++size_class) {
      spares[i].runs[size_class] = spares[i].heap->stress_runs[size_class] = {};
      spares[i].heap->cursors[size_class] = {};
    }
    spares[i].heap->young_bytes = 0;
  }
}

void ForEachThread(void (*visit)(Thread* thread, void* context), void* context) {
  std::lock_guard<std::mutex> guard(registry_mutex);
  for (Thread* thread = first_thread; thread != nullptr; thread = thread->next)
    visit(thread, context);
}

bool TryForEachThread(void (*visit)(Thread* thread, void* context), void* context) {
  const std::unique_lock<std::mutex> guard(registry_mutex, std::try_to_lock);
  if (!guard.owns_lock()) return false;
  for (Thread* thread = first_thread; thread != nullptr; thread = thread->next)
    visit(thread, context);
  return true;
}

namespace {

// Frees a lock whose holder is no more. Nothing is written to those that are free: their pages stay
// shared with the parent.
void ReleaseDead(ByteLock& lock) {
  static_assert(sizeof(ByteLock) == sizeof(std::atomic<uint8_t>));
  auto& state = reinterpret_cast<std::atomic<uint8_t>&>(lock);
  if (state.load(std::memory_order_relaxed) != 0) state.store(0, std::memory_order_relaxed);
}

}  // namespace

void AfterForkInChild(Thread* thread) {
  RenewMutex(registry_mutex);
  RenewMutex(central.mutex);
  spare_count = 0;  // one may have been half written
  const bool was_alone = first_thread == thread && thread->next == nullptr;
  for (Thread* other = first_thread; other != nullptr;) {
    Thread* next = other->next;
    if (other != thread) {
      inheritance.Take(*other->heap);
      Destroy(other);
    }
    other = next;
  }
  thread->next = thread->previous = nullptr;
  first_thread = thread;
  thread->is_main = true;
  thread->native_id = gettid();
  thread->breaker.FetchAnd(kBreakTracing);
  thread->late_wakes.count = 0;
  ResetAbleThreads();
  ResetAfterForkInBuild(*thread);
  ForkRepair::RunAll(*thread, was_alone);
  if (kGilDisabled && !was_alone) {
    // A thread that was stopped inside an allocation may have held the lock of an object.
    ReleaseDead(type_lock);
    heap::ForEachObject([](Object* object, void*) { ReleaseDead(object->lock); }, nullptr);
  }
}

void BeginFinalization(Thread& thread) {
  SetDeadlockReport(false);
  FinishSchedule();
  finalizing.store(&thread, std::memory_order_release);
  // Whoever runs comes to a safepoint now, and parks there.
  const StopTheWorld stopped(thread);
}

double GetSwitchInterval() {
  return static_cast<double>(the_gil.interval_nanoseconds.Load() / 1000) * 1e-6;
}

void SetSwitchInterval(double seconds) {
  // Whole microseconds, at least one, as CPython keeps them.
  const auto microseconds = static_cast<int64_t>(seconds * 1e6);
  the_gil.interval_nanoseconds.Store(std::max<int64_t>(microseconds, 1) * 1000);
}

GilStatistics GetGilStatistics() { return the_gil.GetStatistics(); }
GilStatistics GetGilStatistics(const Thread& thread) { return the_gil.GetStatistics(thread); }

}  // namespace gila

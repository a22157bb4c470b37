// no_gil_build.cc: the build without a global interpreter lock. Attached threads run side by side;
// a thread that stops the world sets a flag and every other thread's breaker, and waits until none
// is attached. Attaching and stopping race on two words (the thread's state, the flag), each
// writing its own before reading the other's; sequential consistency decides.
#include <condition_variable>
#include <mutex>
#include <new>

#include "runtime/threads/build.h"
#include "runtime/threads/futex.h"
#include "runtime/threads/gil.h"
#include "runtime/threads/handover.h"
#include "runtime/threads/timeline.h"

namespace gila {
namespace {

bool gil_on = false;

std::mutex world_mutex;                 // guards waiting; taken before the registry's lock
std::condition_variable world_changed;  // a thread stopped, or the world goes on
Atomic<bool> stop_requested{false};
std::mutex stopper_mutex;  // one stopper at a time

// Stopping the world and going on are each a matter of microseconds mostly, and a sleep with its
// wake-up costs more than that. So who waits for either watches for a moment first: until all have
// come to a safepoint, and as long as the last pauses took.
constexpr uint64_t kWatchForOthers = 10'000, kLongestPause = 100'000;  // nanoseconds
Atomic<uint64_t> usual_pause{0};
Atomic<int32_t> watching{0};  // threads that are stopped; the stopper needs a processor as well
uint64_t stopped_at = 0;      // only the stopper touches it

template <class Test>
bool Watch(uint64_t nanoseconds, Test test) {
  constexpr int kRounds = 16;
  const uint64_t begin = MonotonicNanoseconds();
  do {
    if (test()) return true;
    for (int i = 0; i < kRounds; ++i) __builtin_ia32_pause();
  } while (MonotonicNanoseconds() - begin < nanoseconds);
  return false;
}

bool WatchForTheEnd() {
  const uint64_t pause = usual_pause.Load();
  if (pause > kLongestPause) return false;
  const bool may = watching.FetchAdd(1) < ProcessorCount() - 1;
  const bool over = may && Watch(2 * pause, [] { return !stop_requested.LoadOrdered(); });
  watching.FetchAdd(-1);
  return over;
}

void LeaveAttached(Thread& thread, uint8_t state) {
  thread.state.StoreOrdered(state);
  if (stop_requested.LoadOrdered()) {
    std::lock_guard<std::mutex> guard(world_mutex);
    world_changed.notify_all();
  }
}

void EnterAttached(Thread& thread) {
  while (true) {
    thread.state.StoreOrdered(1);
    if (!stop_requested.LoadOrdered()) return;
    thread.state.StoreOrdered(0);
    std::unique_lock<std::mutex> lock(world_mutex);
    world_changed.notify_all();
    lock.unlock();
    if (WatchForTheEnd()) continue;
    lock.lock();
    world_changed.wait(lock, [] { return !stop_requested.LoadOrdered(); });
  }
}

bool OthersAttached(Thread& self) {
  struct Search {
    Thread* self;
    bool found;
  } search{&self, false};
  ForEachThread(
      [](Thread* thread, void* context) {
        auto* s = static_cast<Search*>(context);
        if (thread != s->self && thread->state.LoadOrdered() == 1) {
          thread->breaker.FetchOr(kBreakStopTheWorld);
          s->found = true;
        }
      },
      &search);
  return search.found;
}

}  // namespace

bool IsGilEnabled() { return gil_on; }
void SetGilEnabled(bool enabled) {
  // At start-up there is no thread yet: the main one takes the lock when it attaches.
  if (enabled && !gil_on && Thread::Current() != nullptr) {
    the_gil.Acquire(*Thread::Current(), false);
  }
  gil_on = enabled;
}

void AttachInBuild(Thread& thread, bool early) {
  if (gil_on && early && thread.spin.worked) the_gil.WatchHolder();
  if (gil_on) the_gil.Acquire(thread, early);
  EnterAttached(thread);
}

void DetachInBuild(Thread& thread) {
  LeaveAttached(thread, 0);
  if (gil_on) the_gil.Release(thread);
  WakeKept(thread);
}

// A thread that got the lock back while the interpreter ends gives it up for good.
static void ParkWithGil(Thread& thread) {
  if (!MustPark(thread)) return;
  the_gil.Release(thread);
  ParkWhenFinalizing(thread);
}

void YieldInBuild(Thread& thread, uint32_t breaker_bits) {
  if (gil_on && (breaker_bits & kBreakDropRequest)) {
    SaveRegisters(thread);
    if (TimelineOn()) NoteMoment(thread, Moment::kForcedOut);
    LeaveAttached(thread, 0);
    WakeKept(thread);
    the_gil.Yield(thread);
    ParkWithGil(thread);
    EnterAttached(thread);
    thread.detached_at = 0;
    if (TimelineOn()) NoteMoment(thread, Moment::kRuns);
  }
  if (breaker_bits & kBreakStopTheWorld) {
    thread.breaker.FetchAnd(~uint32_t{kBreakStopTheWorld});
    if (!stop_requested.LoadOrdered()) return;
    SaveRegisters(thread);
    if (TimelineOn()) NoteMoment(thread, Moment::kParked);
    LeaveAttached(thread, 2);
    WakeKept(thread);
    ParkWhenFinalizing(thread);
    EnterAttached(thread);
    thread.detached_at = 0;
    if (TimelineOn()) NoteMoment(thread, Moment::kRuns);
  }
}

void StopWorldInBuild(Thread& thread) {
  // Waiting for another stopper, this thread counts as stopped.
  SaveRegisters(thread);
  if (TimelineOn()) NoteMoment(thread, Moment::kParked);
  LeaveAttached(thread, 2);
  WakeKept(thread);
  stopper_mutex.lock();
  stop_requested.StoreOrdered(true);
  if (!Watch(HasSecondProcessor() ? kWatchForOthers : 0,
             [&thread] { return !OthersAttached(thread); })) {
    std::unique_lock<std::mutex> lock(world_mutex);
    while (OthersAttached(thread)) world_changed.wait_for(lock, std::chrono::milliseconds(1));
  }
  stopped_at = MonotonicNanoseconds();
}

void StartWorldInBuild(Thread& thread) {
  usual_pause.Store((usual_pause.Load() + MonotonicNanoseconds() - stopped_at) / 2);
  {
    std::lock_guard<std::mutex> guard(world_mutex);
    // Attached again before anybody can stop the world anew: nobody else holds stopper_mutex yet.
    thread.state.StoreOrdered(1);
    stop_requested.StoreOrdered(false);
    world_changed.notify_all();
  }
  stopper_mutex.unlock();
  thread.detached_at = 0;
  if (TimelineOn()) NoteMoment(thread, Moment::kRuns);
}

void ResetAfterForkInBuild(Thread& thread) {
  new (&world_mutex) std::mutex;
  new (&world_changed) std::condition_variable;
  new (&stopper_mutex) std::mutex;
  stopper_mutex.lock();  // the fork happens with the world stopped, which it still is
  stop_requested.StoreOrdered(false);
  watching.Store(0);
  if (gil_on) the_gil.Reset(thread);
}

}  // namespace gila

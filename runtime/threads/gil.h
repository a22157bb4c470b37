// gil.h: the global interpreter lock as an object. Every build has the class; the GIL build uses it
// always, the no-GIL build when it was asked to at start-up (-X gil=1).
//
// One thread holds it. A waiter sleeps for one switch interval; when the same thread still holds it
// then, the waiter sets the holder's drop request (a bit of its eval breaker), and the holder lets
// go at its next check *to a waiter*: the lock is handed over, so the thread that was forced out
// waits until somebody else has had it. When the lock changed hands meanwhile, the waiter begins
// its interval anew: else every CPU-bound thread would be cut short by everybody's timeout.
//
// The convoy: in CPython a thread that comes back from a blocking call waits a whole interval
// behind each CPU-bound thread. Here such a thread is an *early* waiter: it asks as soon as the
// holder has had kEarlyShare of an interval, and early waiters are served first. The share is the
// budget that keeps CPU-bound threads going: they lose at most one switch per share. A thread that
// lets go by itself (to block) leaves the lock free and wakes one waiter; it may take it back if it
// returns first.
#ifndef GILA_RUNTIME_THREADS_GIL_H_
#define GILA_RUNTIME_THREADS_GIL_H_

#include <condition_variable>
#include <mutex>

#include "runtime/threads/attach.h"

namespace gila {

class Gil {
 public:
  // `early`: the caller gave the lock up by itself before.
  void Acquire(Thread& thread, bool early);
  // Lets go without naming a successor.
  void Release(Thread& thread);
  // Answers a drop request: hands over to a waiter and waits for its own next turn. Nothing to do
  // when nobody waits.
  void Yield(Thread& thread);
  // After a fork: held by `thread`, nobody waits.
  void Reset(Thread& thread);
  GilStatistics GetStatistics();
  GilStatistics GetStatistics(const Thread& thread);
  bool HeldBy(const Thread& thread) const { return holder_.Load() == &thread; }

  Atomic<int64_t> interval_nanoseconds{5'000'000};

 private:
  struct Waiter {
    Thread* thread;
    bool early;
    bool granted = false;
    std::condition_variable wake;
    Waiter* next = nullptr;
  };
  void Wait(std::unique_lock<std::mutex>& lock, Thread& thread, bool early);
  void Enqueue(Waiter* waiter);
  void Remove(Waiter* waiter);
  Waiter* Front() { return first_; }
  void Take(Thread& thread);
  void LetGo();
  // The same figure of all and of one thread.
  void Count(Thread& thread, uint64_t GilStatistics::*figure, uint64_t delta = 1) {
    statistics_.*figure += delta;
    thread.gil_statistics.*figure += delta;
  }

  static constexpr int kEarlyShare = 20;  // an early waiter asks after 1/20 of an interval

  std::mutex mutex_;
  Atomic<Thread*> holder_;
  Waiter* first_ = nullptr;  // early ones stand before the others, each group in order of arrival
  uint64_t switches_ = 0;
  uint64_t taken_at_ = 0;
  GilStatistics statistics_{};
};

extern Gil the_gil;

}  // namespace gila

#endif  // GILA_RUNTIME_THREADS_GIL_H_

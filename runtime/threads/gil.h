// gil.h: the global interpreter lock as an object. Every build has the class; the GIL build uses it
// always, the no-GIL build when it was asked to at start-up (-X gil=1).
//
// One thread holds it. Who wants it and finds it held waits in one of three ranks, and is served in
// this order, each rank first come, first served:
//
//   early      it gave the lock up by itself, to block in a call, and is back
//   resuming   it was interrupted in its slice by an early one, and has the rest of it to come
//   in turn    everybody else
//
// Slices. A thread that takes the lock in turn begins a *slice* of one switch interval (and begins
// it anew when the first one who wants a turn comes along). When it has used that up, the waiter in
// turn sets its drop request (a bit of its eval breaker); the holder lets go at its next check *to
// a waiter*, so whoever was forced out waits until somebody else has had the lock. What counts is
// the time the slice's owner held the lock, not the time a waiter waited: interruptions neither cut
// a slice short nor stretch it, and a thread that gives the lock up and takes it back ten thousand
// times a second does not get more than its slice.
//
// The convoy. In CPython a thread that comes back from a blocking call waits a whole interval
// behind each CPU-bound thread. Here an early waiter asks at once, and the interrupted thread then
// goes on with its slice. The budget is `credit_`: it grows by a kEarlyShare-th of the time that
// slices run and shrinks by the time that their owners, once interrupted, waited to resume. While
// it is used up, an early waiter asks after a kEarlyShare-th of an interval instead. So threads
// that compute lose at most about that share, however many messages arrive. An early thread that
// does not block again soon is asked for the lock after the same time, and then waits in turn.
//
// Sleeping and waking cost more than a guest's usual stay. So, where there is a second processor,
// an early one that has asked and the one that it interrupted watch their words for a moment before
// they sleep; in vain, and the next ones sleep at once, twice as many each time. What the kernel
// must know about the one that is interrupted: kernel_slices.h.
#ifndef GILA_RUNTIME_THREADS_GIL_H_
#define GILA_RUNTIME_THREADS_GIL_H_

#include <mutex>

#include "runtime/threads/attach.h"

namespace gila {

class Gil {
 public:
  // `early`: the caller gave the lock up by itself before.
  void Acquire(Thread& thread, bool early);
  // A moment, while detached, for the holder to let go by itself before it is asked to: whoever did
  // what this thread watched for is likely to wait next.
  void WatchHolder() const;
  // Lets go without naming a successor. Whoever comes first may have it.
  void Release(Thread& thread);
  // Answers a drop request: hands over to a waiter and waits for its own next turn. Nothing to do
  // when nobody waits who may have it.
  void Yield(Thread& thread);
  // After a fork: held by `thread`, nobody waits.
  void Reset(Thread& thread);
  GilStatistics GetStatistics();
  GilStatistics GetStatistics(const Thread& thread);
  bool HeldBy(const Thread& thread) const { return holder_.Load() == &thread; }

  Atomic<int64_t> interval_nanoseconds{5'000'000};

 private:
  enum class Rank : uint8_t { kEarly, kResuming, kInTurn };
  // What a waiter does, and that it shall look again.
  static constexpr uint32_t kSleeps = 0, kTold = 1, kWatches = 2;
  struct Waiter {
    Thread* thread;
    Rank rank;
    bool granted = false;
    Atomic<uint32_t> told{kSleeps};  // futex
    Waiter* next = nullptr;
  };
  static void LockMutex(std::unique_lock<std::mutex>& lock);
  // `interrupted`: by an early one, just now.
  void Wait(std::unique_lock<std::mutex>& lock, Thread& thread, Rank rank, bool interrupted);
  // Yield's answer: lets a waiter have the lock, and waits for the next turn. True: that was a
  // guest.
  bool HandOver(Thread& thread);
  // How long a waiter leaves the holder alone from now on; 0 or less: it asks.
  int64_t Patience(Rank rank, uint64_t now) const;
  static bool Watch(Waiter& waiter);
  static void Tell(Waiter& waiter);
  void Enqueue(Waiter* waiter);
  void Remove(Waiter* waiter);
  bool Waits(Rank rank) const;
  bool MayTake(Rank rank) const;
  // An early thread is a guest in the slice of the one it interrupted.
  bool IsGuest(Rank rank) const { return rank == Rank::kEarly && Waits(Rank::kResuming); }
  void Take(Thread& thread, bool guest);
  void LetGo();
  int64_t Interval() const { return interval_nanoseconds.Load(); }
  // The same figure of all and of one thread.
  void Count(Thread& thread, uint64_t GilStatistics::* figure, uint64_t delta = 1) {
    statistics_.*figure += delta;
    thread.gil_statistics.*figure += delta;
  }

  static constexpr int64_t kEarlyShare = 20;
  static constexpr int64_t kMaxCredit = 2'000'000;  // nanoseconds: a burst of some forty messages

  std::mutex mutex_;
  Atomic<Thread*> holder_;
  Waiter* first_ = nullptr;              // by rank, then by arrival
  const Thread* slice_owner_ = nullptr;  // compared only: it may be gone
  int64_t slice_used_ = 0;               // of its slice, without the time since taken_at_
  int64_t credit_ = kMaxCredit;
  uint64_t taken_at_ = 0;
  SpinTrust guests_trust_, hosts_trust_;
  GilStatistics statistics_{};
};

extern Gil the_gil;

}  // namespace gila

#endif  // GILA_RUNTIME_THREADS_GIL_H_

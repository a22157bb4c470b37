// gil.cc: see gil.h for how the lock behaves and why.
#include "runtime/threads/gil.h"

#include <algorithm>
#include <new>

#include "runtime/threads/futex.h"
#include "runtime/threads/handover.h"
#include "runtime/threads/kernel_slices.h"
#include "runtime/tracing.h"

namespace gila {

Gil the_gil;

// What the mutex guards takes less than a microsecond, and sleeping much longer.
void Gil::LockMutex(std::unique_lock<std::mutex>& lock) {
  constexpr int kRounds = 50;
  for (int i = 0; i < kRounds; ++i) {
    if (lock.try_lock()) return;
    __builtin_ia32_pause();
  }
  lock.lock();
}

void Gil::Enqueue(Waiter* waiter) {
  Waiter** place = &first_;
  while (*place != nullptr && (*place)->rank <= waiter->rank) place = &(*place)->next;
  waiter->next = *place;
  *place = waiter;
}

void Gil::Remove(Waiter* waiter) {
  Waiter** place = &first_;
  while (*place != waiter) place = &(*place)->next;
  *place = waiter->next;
}

bool Gil::Waits(Rank rank) const {
  for (const Waiter* waiter = first_; waiter != nullptr; waiter = waiter->next) {
    if (waiter->rank == rank) return true;
  }
  return false;
}

// A free lock is left to who waits in a better rank: it has been told, and is on its way.
bool Gil::MayTake(Rank rank) const {
  return holder_.Load() == nullptr && (first_ == nullptr || first_->rank >= rank);
}

// mutex_ is held and the lock is free (or granted to `thread`).
void Gil::Take(Thread& thread, bool guest) {
  if (&thread != slice_owner_ && !guest) {
    slice_owner_ = &thread;
    slice_used_ = 0;
  }
  holder_.Store(&thread);
  Count(thread, &GilStatistics::acquisitions);
  taken_at_ = MonotonicNanoseconds();
  // A request meant for the time before is stale; those who still wait will ask again.
  thread.breaker.FetchAnd(~uint32_t{kBreakDropRequest});
}

void Gil::LetGo() {
  Thread* const holder = holder_.Load();
  const auto held = static_cast<int64_t>(MonotonicNanoseconds() - taken_at_);
  Count(*holder, &GilStatistics::hold_nanoseconds, static_cast<uint64_t>(held));
  if (holder == slice_owner_) {
    slice_used_ += held;
    credit_ = std::min(credit_ + held / kEarlyShare, kMaxCredit);
  }
  holder_.Store(nullptr);
}

void Gil::Acquire(Thread& thread, bool early) {
  std::unique_lock<std::mutex> lock(mutex_, std::defer_lock);
  LockMutex(lock);
  const Rank rank = early ? Rank::kEarly : Rank::kInTurn;
  if (MayTake(rank)) {
    Take(thread, IsGuest(rank));
    return;
  }
  if (!early && holder_.Load() != nullptr && holder_.Load() == slice_owner_ &&
      !Waits(Rank::kInTurn))
    slice_used_ = -static_cast<int64_t>(MonotonicNanoseconds() - taken_at_);
  Wait(lock, thread, rank, false);
}

void Gil::WatchHolder() const {
  constexpr int kRounds = 100;  // of some 40 ns
  for (int i = 0; i < kRounds && holder_.Load() != nullptr; ++i) __builtin_ia32_pause();
}

int64_t Gil::Patience(Rank rank, uint64_t now) const {
  const auto held = static_cast<int64_t>(now - taken_at_);
  const int64_t short_while = Interval() / kEarlyShare;
  if (holder_.Load() == nullptr) return short_while;
  const bool slice_runs = holder_.Load() == slice_owner_;
  switch (rank) {
    case Rank::kEarly:
      return slice_runs && credit_ > 0 ? 0 : short_while - held;
    case Rank::kResuming:
      return short_while - held;
    case Rank::kInTurn:
      return slice_runs ? Interval() - slice_used_ - held : short_while;
  }
  __builtin_unreachable();
}

// The mutex is not held. True: told while it watched.
bool Gil::Watch(Waiter& waiter) {
  constexpr int kRounds = 600;  // of some 30 ns: more than a guest usually stays
  for (int i = 0; i < kRounds; ++i) {
    if (waiter.told.Load() == kTold) return true;
    __builtin_ia32_pause();
  }
  uint32_t expected = kWatches;
  return !waiter.told.CompareExchange(expected, kSleeps);
}

void Gil::Tell(Waiter& waiter) {
  if (waiter.told.Exchange(kTold) == kSleeps) FutexWake(waiter.told);
}

void Gil::Wait(std::unique_lock<std::mutex>& lock, Thread& thread, Rank rank, bool interrupted) {
  const uint64_t begin = MonotonicNanoseconds();
  Count(thread, &GilStatistics::waits);
  Waiter waiter{.thread = &thread, .rank = rank};
  Enqueue(&waiter);
  constexpr int kMostSkipped = 31;
  SpinTrust& trust = interrupted ? hosts_trust_ : guests_trust_;
  while (!waiter.granted && !MayTake(rank)) {
    Thread* const holder = holder_.Load();
    int64_t patience = Patience(rank, MonotonicNanoseconds());
    const bool asks = holder != nullptr && patience <= 0;
    if (asks) {
      holder->breaker.FetchOr(kBreakDropRequest);
      // Asked: from here on wait for the answer, and ask whoever has it then.
      patience = Interval();
    }
    const bool watches = (interrupted || (rank == Rank::kEarly && asks)) && MaySpin(trust);
    waiter.told.Store(watches ? kWatches : kSleeps);
    const timespec deadline = DeadlineAfter(patience);
    lock.unlock();
    const bool told = watches && Watch(waiter);
    if (!told) FutexWait(waiter.told, kSleeps, &deadline);
    LockMutex(lock);
    if (watches) NoteSpin(trust, told, kMostSkipped);
  }
  if (!waiter.granted) {
    Remove(&waiter);
    Take(thread, IsGuest(rank));
  }
  const uint64_t waited = MonotonicNanoseconds() - begin;
  if (rank == Rank::kResuming)
    credit_ = std::max(credit_ - static_cast<int64_t>(waited), -kMaxCredit);
  Count(thread, &GilStatistics::wait_nanoseconds, waited);
  for (GilStatistics* figures : {&statistics_, &thread.gil_statistics})
    figures->longest_wait_nanoseconds = std::max(figures->longest_wait_nanoseconds, waited);
}

void Gil::Release(Thread& thread) {
  Atomic<uint32_t>* asleep = nullptr;
  {
    std::unique_lock<std::mutex> lock(mutex_, std::defer_lock);
    LockMutex(lock);
    LetGo();
    if (first_ != nullptr && first_->told.Exchange(kTold) == kSleeps) asleep = &first_->told;
  }
  // Outside of the mutex, which the woken one needs. It may have left its place by now: then this
  // wakes nobody.
  if (asleep != nullptr) FutexWake(*asleep);
  BeOrdinaryThread(thread);
}

void Gil::Yield(Thread& thread) {
  if (HandOver(thread)) AfterGuest(thread);
}

bool Gil::HandOver(Thread& thread) {
  std::unique_lock<std::mutex> lock(mutex_, std::defer_lock);
  LockMutex(lock);
  thread.breaker.FetchAnd(~uint32_t{kBreakDropRequest});
  if (first_ == nullptr) return false;
  // Under -X switch=every nobody has a slice to keep.
  if (MaySwitchAtEveryInstruction() && slice_owner_ == &thread) slice_owner_ = nullptr;
  const bool owns_slice = &thread == slice_owner_;
  const auto held = static_cast<int64_t>(MonotonicNanoseconds() - taken_at_);
  // Whoever asked may have had the lock meanwhile; a slice is not cut short for one in turn.
  const bool resumes = owns_slice && slice_used_ + held < Interval();
  if (resumes && first_->rank == Rank::kInTurn) return false;
  Count(thread, &GilStatistics::forced_drops);
  LetGo();
  if (owns_slice && !resumes) slice_owner_ = nullptr;
  Waiter* const next = first_;
  Remove(next);
  const bool interrupted = next->rank == Rank::kEarly;
  Take(*next->thread, next->rank == Rank::kEarly && (resumes || Waits(Rank::kResuming)));
  next->granted = true;
  Tell(*next);
  Wait(lock, thread, resumes ? Rank::kResuming : Rank::kInTurn, interrupted);
  return resumes && interrupted;
}

void Gil::Reset(Thread& thread) {
  // The mutex may have been held by a thread that is no more: made anew in place.
  new (&mutex_) std::mutex;
  first_ = nullptr;
  slice_owner_ = nullptr;
  Take(thread, false);
}

GilStatistics Gil::GetStatistics() {
  std::lock_guard<std::mutex> guard(mutex_);
  return statistics_;
}

GilStatistics Gil::GetStatistics(const Thread& thread) {
  std::lock_guard<std::mutex> guard(mutex_);
  return thread.gil_statistics;
}

}  // namespace gila

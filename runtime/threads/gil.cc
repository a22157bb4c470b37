// gil.cc: see gil.h for how the lock behaves and why.
#include "runtime/threads/gil.h"

#include <algorithm>
#include <new>

#include "runtime/threads/futex.h"
#include "runtime/tracing.h"

namespace gila {

Gil the_gil;

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
  std::unique_lock<std::mutex> lock(mutex_);
  const Rank rank = early ? Rank::kEarly : Rank::kInTurn;
  if (holder_.Load() == nullptr) {
    Take(thread, IsGuest(rank));
    return;
  }
  if (!early && holder_.Load() == slice_owner_ && !Waits(Rank::kInTurn))
    slice_used_ = -static_cast<int64_t>(MonotonicNanoseconds() - taken_at_);
  Wait(lock, thread, rank);
}

void Gil::WatchHolder() const {
  constexpr int kRounds = 100;  // of some 40 ns
  for (int i = 0; i < kRounds && holder_.Load() != nullptr; ++i) __builtin_ia32_pause();
}

int64_t Gil::Patience(Rank rank, uint64_t now) const {
  const auto held = static_cast<int64_t>(now - taken_at_);
  const int64_t short_while = Interval() / kEarlyShare;
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

void Gil::Wait(std::unique_lock<std::mutex>& lock, Thread& thread, Rank rank) {
  const uint64_t begin = MonotonicNanoseconds();
  Count(thread, &GilStatistics::waits);
  Waiter waiter{.thread = &thread, .rank = rank};
  Enqueue(&waiter);
  while (!waiter.granted && holder_.Load() != nullptr) {
    int64_t patience = Patience(rank, MonotonicNanoseconds());
    if (patience <= 0) {
      holder_.Load()->breaker.FetchOr(kBreakDropRequest);
      // Asked: from here on wait for the answer, and ask whoever has it then.
      patience = Interval();
    }
    waiter.told.Store(0);
    const timespec deadline = DeadlineAfter(patience);
    lock.unlock();
    FutexWait(waiter.told, 0, &deadline);
    lock.lock();
  }
  if (!waiter.granted) {
    Remove(&waiter);
    Take(thread, IsGuest(rank));
  }
  const uint64_t waited = MonotonicNanoseconds() - begin;
  if (rank == Rank::kResuming) credit_ -= static_cast<int64_t>(waited);
  Count(thread, &GilStatistics::wait_nanoseconds, waited);
  for (GilStatistics* figures : {&statistics_, &thread.gil_statistics})
    figures->longest_wait_nanoseconds = std::max(figures->longest_wait_nanoseconds, waited);
}

void Gil::Release(Thread&) {
  Atomic<uint32_t>* told = nullptr;
  {
    std::lock_guard<std::mutex> guard(mutex_);
    LetGo();
    if (first_ != nullptr) {
      told = &first_->told;
      told->Store(1);
    }
  }
  // Outside of the mutex, which the woken one needs. It may have left its place by now: then this
  // wakes nobody.
  if (told != nullptr) FutexWake(*told);
}

void Gil::Yield(Thread& thread) {
  std::unique_lock<std::mutex> lock(mutex_);
  thread.breaker.FetchAnd(~uint32_t{kBreakDropRequest});
  if (first_ == nullptr) return;
  // Under -X switch=every nobody has a slice to keep.
  if (MaySwitchAtEveryInstruction() && slice_owner_ == &thread) slice_owner_ = nullptr;
  const bool owns_slice = &thread == slice_owner_;
  const auto held = static_cast<int64_t>(MonotonicNanoseconds() - taken_at_);
  // Whoever asked may have had the lock meanwhile; a slice is not cut short for one in turn.
  const bool resumes = owns_slice && slice_used_ + held < Interval();
  if (resumes && first_->rank == Rank::kInTurn) return;
  Count(thread, &GilStatistics::forced_drops);
  LetGo();
  if (owns_slice && !resumes) slice_owner_ = nullptr;
  Waiter* const next = first_;
  Remove(next);
  Take(*next->thread, next->rank == Rank::kEarly && (resumes || Waits(Rank::kResuming)));
  next->granted = true;
  next->told.Store(1);
  FutexWake(next->told);
  Wait(lock, thread, resumes ? Rank::kResuming : Rank::kInTurn);
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

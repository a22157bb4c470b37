// gil.cc: see gil.h for how the lock behaves and why.
#include "runtime/threads/gil.h"

#include <chrono>
#include <new>

#include "runtime/threads/futex.h"

namespace gila {

Gil the_gil;

void Gil::Enqueue(Waiter* waiter) {
  Waiter** place = &first_;
  while (*place != nullptr && ((*place)->early || !waiter->early)) place = &(*place)->next;
  waiter->next = *place;
  *place = waiter;
}

void Gil::Remove(Waiter* waiter) {
  Waiter** place = &first_;
  while (*place != waiter) place = &(*place)->next;
  *place = waiter->next;
}

// mutex_ is held and the lock is free (or granted to `thread`).
void Gil::Take(Thread& thread) {
  holder_.Store(&thread);
  ++switches_;
  Count(thread, &GilStatistics::acquisitions);
  taken_at_ = MonotonicNanoseconds();
  // A request meant for the time before is stale; those who still wait will ask again.
  thread.breaker.FetchAnd(~uint32_t{kBreakDropRequest});
}

void Gil::LetGo() {
  Count(*holder_.Load(), &GilStatistics::hold_nanoseconds, MonotonicNanoseconds() - taken_at_);
  holder_.Store(nullptr);
}

void Gil::Acquire(Thread& thread, bool early) {
  std::unique_lock<std::mutex> lock(mutex_);
  if (holder_.Load() == nullptr) {
    Take(thread);
    return;
  }
  Wait(lock, thread, early);
}

void Gil::Wait(std::unique_lock<std::mutex>& lock, Thread& thread, bool early) {
  const uint64_t begin = MonotonicNanoseconds();
  Count(thread, &GilStatistics::waits);
  Waiter waiter{.thread = &thread, .early = early, .wake = {}};
  Enqueue(&waiter);
  uint64_t seen = switches_;
  while (!waiter.granted) {
    if (holder_.Load() == nullptr) {
      Remove(&waiter);
      break;
    }
    const int64_t interval = interval_nanoseconds.Load();
    const int64_t patience = early ? interval / kEarlyShare : interval;
    const int64_t held = static_cast<int64_t>(MonotonicNanoseconds() - taken_at_);
    const int64_t rest = early ? patience - held : patience;
    const bool timed_out =
        rest <= 0 ||
        waiter.wake.wait_for(lock, std::chrono::nanoseconds(rest)) == std::cv_status::timeout;
    if (waiter.granted || holder_.Load() == nullptr) continue;
    if (timed_out && seen == switches_) {
      holder_.Load()->breaker.FetchOr(kBreakDropRequest);
      // Asked: from here on wait for the answer, an interval at a time.
      waiter.wake.wait_for(lock, std::chrono::nanoseconds(interval));
    }
    seen = switches_;
  }
  if (!waiter.granted) Take(thread);
  const uint64_t waited = MonotonicNanoseconds() - begin;
  Count(thread, &GilStatistics::wait_nanoseconds, waited);
  for (GilStatistics* figures : {&statistics_, &thread.gil_statistics})
    figures->longest_wait_nanoseconds = std::max(figures->longest_wait_nanoseconds, waited);
}

void Gil::Release(Thread&) {
  std::unique_lock<std::mutex> lock(mutex_);
  LetGo();
  if (first_ != nullptr) first_->wake.notify_one();
}

void Gil::Yield(Thread& thread) {
  std::unique_lock<std::mutex> lock(mutex_);
  thread.breaker.FetchAnd(~uint32_t{kBreakDropRequest});
  if (first_ == nullptr) return;
  Count(thread, &GilStatistics::forced_drops);
  LetGo();
  Waiter* next = first_;
  Remove(next);
  Take(*next->thread);
  next->granted = true;
  next->wake.notify_one();
  Wait(lock, thread, false);
}

void Gil::Reset(Thread& thread) {
  // The mutex may have been held by a thread that is no more: made anew in place.
  new (&mutex_) std::mutex;
  first_ = nullptr;
  Take(thread);
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

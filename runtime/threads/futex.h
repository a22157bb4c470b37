// futex.h: waiting on a 32-bit word, the one primitive under Gila's own locks. Unlike a condition
// variable it returns when a signal arrives, which Ctrl-C needs.
#ifndef GILA_RUNTIME_THREADS_FUTEX_H_
#define GILA_RUNTIME_THREADS_FUTEX_H_

#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <climits>

#include "runtime/threads/sync.h"

namespace gila {

enum class FutexResult : uint8_t { kWoken, kTimedOut, kInterrupted };

// Sleeps while *word == expected, until woken or (with a deadline of CLOCK_MONOTONIC; null: none)
// too late.
inline FutexResult FutexWait(Atomic<uint32_t>& word, uint32_t expected, const timespec* deadline) {
  const long result = syscall(SYS_futex, &word, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, expected,
                              deadline, nullptr, FUTEX_BITSET_MATCH_ANY);
  if (result == 0 || errno == EAGAIN) return FutexResult::kWoken;
  return errno == ETIMEDOUT ? FutexResult::kTimedOut : FutexResult::kInterrupted;
}

inline void FutexWake(Atomic<uint32_t>& word, int count = 1) {
  syscall(SYS_futex, &word, FUTEX_WAKE_BITSET | FUTEX_PRIVATE_FLAG, count, nullptr, nullptr,
          FUTEX_BITSET_MATCH_ANY);
}

// `nanoseconds` from now, on the monotonic clock.
inline timespec DeadlineAfter(int64_t nanoseconds) {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  const int64_t sum = t.tv_nsec + nanoseconds % 1'000'000'000;
  t.tv_sec += nanoseconds / 1'000'000'000 + sum / 1'000'000'000;
  t.tv_nsec = sum % 1'000'000'000;
  return t;
}

inline uint64_t MonotonicNanoseconds() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<uint64_t>(t.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(t.tv_nsec);
}

}  // namespace gila

#endif  // GILA_RUNTIME_THREADS_FUTEX_H_

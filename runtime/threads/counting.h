// counting.h: what a thread spends on others, counted: atomic read-modify-writes, locks taken, and
// the bytecodes that ran meanwhile. Only the preset `count` (GILA_COUNT_ATOMICS) counts; in every
// other build the functions below are empty.
//
// The calls stand where all such accesses pass: Atomic and ByteLock (sync.h), the gates and locks
// made of them, and pthread_mutex_lock, which the linker diverts to counting.cc.
// `sys._atomic_counts()` tells the sums, programs/bench/atomics prints them.
#ifndef GILA_RUNTIME_THREADS_COUNTING_H_
#define GILA_RUNTIME_THREADS_COUNTING_H_

#include <cstdint>

#include "runtime/value.h"

namespace gila {

#ifdef GILA_COUNT_ATOMICS
inline constexpr bool kCountsAtomics = true;
#else
inline constexpr bool kCountsAtomics = false;
#endif

struct AtomicCounts {
  uint64_t atomics, locks, bytecodes;
};

// Of the running thread. Plain memory without a constructor: signal handlers count as well.
extern constinit thread_local AtomicCounts atomic_counts;

GILA_ALWAYS_INLINE void CountAtomic() {
  if constexpr (kCountsAtomics) ++atomic_counts.atomics;
}
GILA_ALWAYS_INLINE void CountLock() {
  if constexpr (kCountsAtomics) ++atomic_counts.locks;
}
GILA_ALWAYS_INLINE void CountBytecode() {
  if constexpr (kCountsAtomics) ++atomic_counts.bytecodes;
}

// The running thread ends: what it counted goes to the sum of those who have.
void KeepAtomicCounts();
AtomicCounts CountsOfEndedThreads();

}  // namespace gila

#endif  // GILA_RUNTIME_THREADS_COUNTING_H_

// counting.cc: the sums behind counting.h. The counting build is linked with
// --wrap=pthread_mutex_lock, so that every std::mutex, and the libraries' own mutexes, are counted
// here; the other builds never refer to this file.
#include "runtime/threads/counting.h"

#include <pthread.h>

#include <atomic>

namespace gila {

constinit thread_local AtomicCounts atomic_counts = {};

namespace {

// Of threads that have ended.
std::atomic<uint64_t> ended_atomics{0}, ended_locks{0}, ended_bytecodes{0};

}  // namespace

void KeepAtomicCounts() {
  if constexpr (!kCountsAtomics) return;
  ended_atomics += atomic_counts.atomics;
  ended_locks += atomic_counts.locks;
  ended_bytecodes += atomic_counts.bytecodes;
}

AtomicCounts CountsOfEndedThreads() { return {ended_atomics, ended_locks, ended_bytecodes}; }

}  // namespace gila

#ifdef GILA_COUNT_ATOMICS

extern "C" {

int __real_pthread_mutex_lock(pthread_mutex_t* mutex);
int __real_pthread_mutex_trylock(pthread_mutex_t* mutex);

int __wrap_pthread_mutex_lock(pthread_mutex_t* mutex) {
  gila::CountLock();
  return __real_pthread_mutex_lock(mutex);
}

int __wrap_pthread_mutex_trylock(pthread_mutex_t* mutex) {
  const int result = __real_pthread_mutex_trylock(mutex);
  if (result == 0) gila::CountLock();
  return result;
}

}  // extern "C"

#endif

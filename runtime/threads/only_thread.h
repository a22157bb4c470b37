// only_thread.h: is there anybody whom a lock could keep out?
//
// As long as the program has one thread nobody can be met at an object, and the handlers of the
// no-GIL build do without the byte locks. The flag is set for good by the first thread that starts
// another one, before the system's thread is made and at a place where it holds no lock; so whoever
// reads it as unset is the only thread until its next call of the runtime.
#ifndef GILA_RUNTIME_THREADS_ONLY_THREAD_H_
#define GILA_RUNTIME_THREADS_ONLY_THREAD_H_

#include <atomic>

#include "runtime/threads/sync.h"

namespace gila {

extern std::atomic<bool> many_threads;

// Always false under the GIL.
GILA_ALWAYS_INLINE bool LocksMatter() {
  return kGilDisabled && GILA_UNLIKELY(many_threads.load(std::memory_order_relaxed));
}

}  // namespace gila

#endif  // GILA_RUNTIME_THREADS_ONLY_THREAD_H_

// fork.h: what the child of a fork has to repair. Only the forking thread lives on there; a lock
// that another one held at that moment would be held for ever. Whoever has such a lock names its
// repair in a ForkRepair of static lifetime, next to the lock.
#ifndef GILA_RUNTIME_THREADS_FORK_H_
#define GILA_RUNTIME_THREADS_FORK_H_

#include <mutex>
#include <new>

#include "runtime/thread.h"

namespace gila {

class ForkRepair {
 public:
  // Called in the child, on its only thread, attached; it may not allocate in the heap.
  // `was_alone`: there was no other thread before either.
  using Repair = void (*)(Thread& thread, bool was_alone);
  explicit ForkRepair(Repair repair) : repair_(repair), next_(first_) { first_ = this; }
  ForkRepair(const ForkRepair&) = delete;
  static void RunAll(Thread& thread, bool was_alone) {
    for (const ForkRepair* repair = first_; repair != nullptr; repair = repair->next_)
      repair->repair_(thread, was_alone);
  }

 private:
  static inline const ForkRepair* first_ = nullptr;
  const Repair repair_;
  const ForkRepair* const next_;
};

// A mutex made anew in place, whoever held it.
inline void RenewMutex(std::mutex& mutex) { new (&mutex) std::mutex; }

}  // namespace gila

#endif  // GILA_RUNTIME_THREADS_FORK_H_

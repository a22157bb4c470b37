// sync.h: the one place (besides CMake and the pair gil_build.cc / no_gil_build.cc) where the two
// builds differ. Everybody else uses the types below, which cost nothing where there is a lock
// around all Gila code.
//
//   kGilDisabled   which build this is, for `if constexpr`
//   Atomic<T>      a field that two threads can reach: loads acquire, stores release. On x86-64
//   both are plain moves. ByteLock       the one-byte lock in the header of every object; nothing
//   at all under the GIL GILA_ATTACHED  on a function that touches values: calling it inside an
//   AllowThreads scope is then a compile error
//                  under clang (-Wthread-safety)
#ifndef GILA_RUNTIME_THREADS_SYNC_H_
#define GILA_RUNTIME_THREADS_SYNC_H_

#include <atomic>
#include <cstdint>

#include "runtime/threads/counting.h"
#include "runtime/value.h"

#if defined(__clang__)
#define GILA_THREAD_ATTRIBUTE(x) __attribute__((x))
#else
#define GILA_THREAD_ATTRIBUTE(x)
#endif

namespace gila {

#ifdef GILA_DISABLE_GIL
inline constexpr bool kGilDisabled = true;
#else
inline constexpr bool kGilDisabled = false;
#endif

// The state "this thread is detached" as a capability that an AllowThreads scope holds.
class GILA_THREAD_ATTRIBUTE(capability("detached")) DetachedRegion {};
extern DetachedRegion detached_region;
#define GILA_ATTACHED GILA_THREAD_ATTRIBUTE(locks_excluded(::gila::detached_region))

// A shared field. No implicit conversion: every access says what it is.
template <class T>
class Atomic {
 public:
  constexpr Atomic() : value_() {}
  constexpr explicit Atomic(T value) : value_(value) {}
  Atomic(const Atomic&) = delete;
  Atomic& operator=(const Atomic&) = delete;

  GILA_ALWAYS_INLINE T Load() const { return value_.load(std::memory_order_acquire); }
  GILA_ALWAYS_INLINE T LoadRelaxed() const { return value_.load(std::memory_order_relaxed); }
  GILA_ALWAYS_INLINE void Store(T value) { value_.store(value, std::memory_order_release); }
  GILA_ALWAYS_INLINE void StoreRelaxed(T value) { value_.store(value, std::memory_order_relaxed); }
  // In one order that all threads agree on, together with the read-modify-writes below: for two
  // threads of which each writes its own field and then looks at the other's. A locked instruction.
  void StoreOrdered(T value) {
    CountAtomic();
    value_.store(value, std::memory_order_seq_cst);
  }
  T LoadOrdered() const { return value_.load(std::memory_order_seq_cst); }
  T Exchange(T value) {
    CountAtomic();
    return value_.exchange(value, std::memory_order_seq_cst);
  }
  bool CompareExchange(T& expected, T desired) {
    CountAtomic();
    return value_.compare_exchange_strong(expected, desired, std::memory_order_seq_cst,
                                          std::memory_order_acquire);
  }
  T FetchAdd(T delta) {
    CountAtomic();
    return value_.fetch_add(delta, std::memory_order_seq_cst);
  }
  T FetchOr(T bits) {
    CountAtomic();
    return value_.fetch_or(bits, std::memory_order_seq_cst);
  }
  T FetchAnd(T bits) {
    CountAtomic();
    return value_.fetch_and(bits, std::memory_order_seq_cst);
  }
  // Adds without a locked instruction: for counters with one writing thread (or, under the GIL, one
  // at a time).
  void AddUnshared(T delta) { StoreRelaxed(LoadRelaxed() + delta); }
  // Sleeps while the value is `seen`; whoever changes it wakes a sleeper.
  void WaitWhile(T seen) { value_.wait(seen); }
  void NotifyOne() { value_.notify_one(); }

 private:
  std::atomic<T> value_;
};

// The same for words that cannot be Atomic: a header whose layout is fixed, a bit map.
template <class T>
void FetchOrIn(T& word, T bits) {
  CountAtomic();
  __atomic_fetch_or(&word, bits, __ATOMIC_RELAXED);
}
template <class T>
bool CompareExchangeIn(T& word, T& expected, T desired) {
  CountAtomic();
  return __atomic_compare_exchange_n(&word, &expected, desired, false, __ATOMIC_ACQ_REL,
                                     __ATOMIC_ACQUIRE);
}

// The lock of one object: 0 free, 1 held, 2 held and somebody is parked (threads/parking_lot.h).
// Waiters detach, so a stop-the-world never waits for them. Not recursive. Never held while Gila
// code runs.
class ByteLock {
 public:
  GILA_ALWAYS_INLINE void Lock() {
    if constexpr (kGilDisabled) {
      CountLock();
      uint8_t expected = 0;
      if (GILA_UNLIKELY(!state_.compare_exchange_strong(expected, 1, std::memory_order_acquire)))
        LockSlow();
    }
  }
  GILA_ALWAYS_INLINE void Unlock() {
    if constexpr (kGilDisabled) {
      uint8_t expected = 1;
      if (GILA_UNLIKELY(!state_.compare_exchange_strong(expected, 0, std::memory_order_release)))
        UnlockSlow();
    }
  }

 private:
  void LockSlow();  // threads/parking_lot.cc
  void UnlockSlow();
  std::atomic<uint8_t> state_{0};
};

class ByteLockGuard {
 public:
  explicit ByteLockGuard(ByteLock& lock) : lock_(lock) { lock_.Lock(); }
  ~ByteLockGuard() { lock_.Unlock(); }
  ByteLockGuard(const ByteLockGuard&) = delete;

 private:
  ByteLock& lock_;
};

}  // namespace gila

#endif  // GILA_RUNTIME_THREADS_SYNC_H_

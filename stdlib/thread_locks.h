// thread_locks.h: the locks of the _thread module, for the files that wait on them.
#ifndef GILA_STDLIB_THREAD_LOCKS_H_
#define GILA_STDLIB_THREAD_LOCKS_H_

#include <errno.h>
#include <pthread.h>

#include <string>

#include "runtime/native.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/futex.h"

namespace gila {

struct Code;

// Who took a lock, and at which instruction of the program (null: unknown). For the deadlock
// report.
struct LockHolder {
  uint64_t serial;  // Thread::serial
  const uint64_t* site;
};

// A mutex on one futex word: 0 free, 1 held. Who is about to sleep on it counts itself first and
// looks at the word after that, so that a release which sees nobody has nobody to wake. Also the
// inside of an RLock.
class FutexLock {
 public:
  bool TryAcquire() {
    CountLock();
    uint32_t expected = 0;
    return state_.CompareExchange(expected, 1);
  }
  // Waits detached. `timeout_ns` < 0: for ever. False: timed out. Signal handlers run in between
  // and may raise.
  Result<bool> Acquire(Thread& thread, int64_t timeout_ns) GILA_ATTACHED;
  // Signals wait until it is taken.
  void AcquireUninterrupted(Thread& thread) GILA_ATTACHED;
  // False: it was not held. `for_condition`: the caller holds another lock, which the woken thread
  // needs next.
  bool Release(Thread& thread, bool for_condition = false);
  bool IsHeld() const { return state_.Load() != 0; }
  void Reset() {
    state_.Store(0);
    sleepers_.Store(0);
  }
  // The lock whose word a thread sleeps on.
  static const FutexLock* OfWord(const Atomic<uint32_t>* word) {
    static_assert(offsetof(FutexLock, state_) == 0);
    return reinterpret_cast<const FutexLock*>(word);
  }
  LockHolder holder() const { return {holder_.LoadRelaxed(), site_.LoadRelaxed()}; }

 private:
  // Detached. Watches for a moment; true: it has the lock.
  bool WatchFor(Thread& thread);
  // Detached. Sleeps until it has the lock; else says why not.
  FutexResult SleepFor(Thread& thread, WaitKind kind, const timespec* deadline);
  void NoteHolder(const Thread& thread, const uint64_t* site);

  Atomic<uint32_t> state_;
  Atomic<uint32_t> sleepers_;
  Atomic<uint64_t> holder_;
  Atomic<const uint64_t*> site_;
};

// From the word that a thread sleeps on (Thread::wait) back to what it waits for.
LockHolder HolderOfLock(const Atomic<uint32_t>* word);
uint64_t JoinedThread(const Atomic<uint32_t>* word);  // the identifier
// threading's name for the thread with this identifier; empty when it knows none.
std::string ThreadName(Thread& thread, uint64_t ident) GILA_ATTACHED;
// What the call says of the native thread that a registered thread is, which cannot end meanwhile;
// ESRCH when there is none with this identifier: the C library would take that for an address.
template <class Function>
int OnNativeThread(uint64_t ident, Function call) {
  struct Search {
    uint64_t ident;
    Function& call;
    int error;
  } search{ident, call, ESRCH};
  ForEachThread(
      [](Thread* other, void* context) {
        auto* const s = static_cast<Search*>(context);
        if (other->id == s->ident && s->error == ESRCH)
          s->error = s->call(static_cast<pthread_t>(s->ident));
      },
      &search);
  return search.error;
}
// Is it code of the frozen library?
bool IsLibraryCode(const Code* code);

// acquire(blocking=True, timeout=-1): checks both and gives nanoseconds: -1 for ever, 0 without
// waiting.
Result<int64_t> AcquireTimeout(Thread& thread, Value blocking, Value timeout) GILA_ATTACHED;

Status AddLockTypes(Thread& thread, Module* module) GILA_ATTACHED;
Status AddLocalType(Thread& thread, Module* module) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_THREAD_LOCKS_H_

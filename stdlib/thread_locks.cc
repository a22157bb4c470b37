// thread_locks.cc: _thread.lock and _thread.RLock. A waiter is detached; Ctrl-C gets through to the
// main thread's waits.
#include "stdlib/thread_locks.h"

#include <algorithm>
#include <cinttypes>

#include "bytecode/code_data.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/handover.h"
#include "runtime/threads/timeline.h"
#include "runtime/threads/wait_graph.h"
#include "runtime/types/float.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/time_clock.h"
#include "vm/frame.h"

namespace gila {
namespace {

// threading.TIMEOUT_MAX in seconds: what fits in nanoseconds of int64.
constexpr double kTimeoutMax = 9223372036.0;

struct LockObject : Object {
  FutexLock mutex;
};
struct RLockObject : Object {
  FutexLock mutex;
  Atomic<uint64_t> owner;  // id of the thread that holds it; 0: nobody
  int64_t count;           // only its owner touches it
};

LockObject* AsLock(Args args) { return args[0].As<LockObject>(); }
RLockObject* AsRLock(Args args) { return args[0].As<RLockObject>(); }

}  // namespace

bool IsLibraryCode(const Code* code) { return code->data->filename.starts_with("<frozen "); }

namespace {

// The innermost instruction of the program itself. The library is left out as far as its own locks
// nest (Condition.__enter__).
const uint64_t* AcquisitionSite(const Thread& thread) {
  constexpr int kLibraryFrames = 4;
  const uint64_t* pc = thread.pc;
  Value* registers = thread.registers;
  for (int i = 0; i < kLibraryFrames && registers != nullptr; ++i) {
    if (!IsLibraryCode(vm::CodeOf(registers))) break;
    pc = vm::LinkPc(vm::LinkOf(registers));
    registers = vm::CallerOf(registers);
  }
  return pc;
}

bool CalledByLibrary(const Thread& thread) {
  return thread.registers != nullptr && IsLibraryCode(vm::CodeOf(thread.registers));
}

}  // namespace

void FutexLock::NoteHolder(const Thread& thread, const uint64_t* site) {
  holder_.StoreRelaxed(thread.serial);
  site_.StoreRelaxed(site);
}

FutexResult FutexLock::SleepFor(Thread& thread, WaitKind kind, const timespec* deadline) {
  sleepers_.FetchAdd(1);
  FutexResult result = FutexResult::kWoken;
  bool taken;
  while (!(taken = TryAcquire()) && result == FutexResult::kWoken)
    result = SleepOnWord(thread, kind, state_, 1, 0, deadline);
  sleepers_.FetchAdd(-1);
  return taken ? FutexResult::kWoken : result;
}

// A look at the word takes it away from the processor of its holder, and whoever gets the lock then
// has to fetch all that it guards. So the thread looks away between its looks, longer each time:
// its holder lets go and takes it again some dozen times meanwhile, should it want to.
bool FutexLock::WatchFor(Thread& thread) {
  if (!MaySpin(thread.spin)) return false;
  constexpr int kRounds = 400, kLooks = 3, kLongest = 64;  // of some 40 ns
  bool taken = false;
  for (int round = 0, away = 8; round < kRounds && !taken; away = std::min(2 * away, kLongest)) {
    for (int i = 0; i < away; ++i) __builtin_ia32_pause();
    for (int i = 0; i < kLooks && !taken; ++i) {
      taken = !IsHeld() && TryAcquire();
      __builtin_ia32_pause();
    }
    round += away + kLooks;
  }
  NoteSpin(thread.spin, taken);
  return taken;
}

Result<bool> FutexLock::Acquire(Thread& thread, int64_t timeout_ns) {
  if (TryAcquire()) {
    NoteHolder(thread, AcquisitionSite(thread));
    return true;
  }
  if (timeout_ns == 0) return false;
  const uint64_t* const site = AcquisitionSite(thread);
  timespec deadline;
  if (timeout_ns > 0) deadline = DeadlineAfter(timeout_ns);
  // Of the program's own, and not of an Event or Queue on which it may wait for Ctrl-C: when no
  // other thread is left, nobody can release it, whoever took it.
  const bool own = !CalledByLibrary(thread);
  if (TimelineOn()) gila::NoteHolder(thread, holder_.LoadRelaxed(), site);
  while (true) {
    FutexResult result = FutexResult::kWoken;
    bool taken = false;
    {
      AllowThreads detached(thread, Blocked::kLock);
      taken = WatchFor(thread);
      if (!taken) {
        result = SleepFor(thread, own ? WaitKind::kOwnLock : WaitKind::kLock,
                          timeout_ns > 0 ? &deadline : nullptr);
        taken = result == FutexResult::kWoken;
      }
      if (taken) NoteHolder(thread, site);  // before it waits to be attached: it has the lock now
    }
    if (taken) return true;
    if (result == FutexResult::kTimedOut) return false;
    GILA_TRY_VOID(ServeWhileWaiting(thread));
  }
}

void FutexLock::AcquireUninterrupted(Thread& thread) {
  if (!TryAcquire()) {
    AllowThreads detached(thread, Blocked::kLock);
    constexpr int64_t kWhileSignalWaits = 50'000'000;
    bool taken = WatchFor(thread);
    while (!taken && SleepFor(thread, WaitKind::kLock, nullptr) != FutexResult::kWoken) {
      // A signal waits: SleepFor does not sleep until it was dealt with.
      sleepers_.FetchAdd(1);
      const timespec later = DeadlineAfter(kWhileSignalWaits);
      taken = TryAcquire();
      if (!taken) FutexWait(state_, 1, &later);
      sleepers_.FetchAdd(-1);
    }
  }
  NoteHolder(thread, AcquisitionSite(thread));
}

LockHolder HolderOfLock(const Atomic<uint32_t>* word) { return FutexLock::OfWord(word)->holder(); }

bool FutexLock::Release(Thread& thread, bool for_condition) {
  const bool held = state_.Exchange(0) != 0;
  const bool somebody_sleeps = sleepers_.LoadOrdered() != 0;
  if (for_condition) {
    if (somebody_sleeps) WakeAfterUnlock(thread, state_);
    return held;
  }
  if (somebody_sleeps) WakeSoon(thread, state_);
  if (GILA_UNLIKELY(thread.late_wakes.count != 0) && !IsGilEnabled()) WakeKept(thread);
  return held;
}

Result<int64_t> AcquireTimeout(Thread& thread, Value blocking, Value timeout) {
  bool wait = true;
  if (!blocking.IsUnbound()) {
    GILA_TRY(wait, Truth(thread, blocking));
  }
  constexpr int64_t kUnset = -kNanosecondsPerSecond;  // -1 second
  int64_t nanoseconds = kUnset;
  if (!timeout.IsUnbound()) {
    GILA_TRY(nanoseconds, ToNanoseconds(thread, timeout, RoundTime::kAwayFromZero));
  }
  if (!wait) {
    if (nanoseconds != kUnset)
      return thread.RaiseValueError("can't specify a timeout for a non-blocking call");
    return 0;
  }
  if (nanoseconds == kUnset) return -1;
  if (nanoseconds < 0) return thread.RaiseValueError("timeout value must be positive");
  return nanoseconds;
}

namespace {

Result<Value> LockNew(Thread& thread, Args args) {
  GILA_TRY(Object * lock, AllocateInstance(thread, args[0].As<Type>()));
  return lock;
}

Result<Value> LockAcquire(Thread& thread, Args args) {
  GILA_TRY(const int64_t timeout, AcquireTimeout(thread, args[1], args[2]));
  GILA_TRY(const bool taken, AsLock(args)->mutex.Acquire(thread, timeout));
  return Value::Bool(taken);
}

Result<Value> LockEnter(Thread& thread, Args args) {
  GILA_TRY(const bool taken, AsLock(args)->mutex.Acquire(thread, -1));
  return Value::Bool(taken);
}

Result<Value> LockRelease(Thread& thread, Args args) {
  if (!AsLock(args)->mutex.Release(thread))
    return thread.Raise(TypeId::kRuntimeError, "release unlocked lock");
  return kNone;
}

// For Condition.wait: the lock is let go and taken back in one step each, and no signal comes
// between.
Result<Value> LockAcquireRestore(Thread& thread, Args args) {
  AsLock(args)->mutex.AcquireUninterrupted(thread);
  return kNone;
}

Result<Value> LockLocked(Thread&, Args args) { return Value::Bool(AsLock(args)->mutex.IsHeld()); }

Result<Value> LockReset(Thread&, Args args) {
  AsLock(args)->mutex.Reset();
  return kNone;
}

Result<Value> LockRepr(Thread& thread, Args args) {
  char text[96];
  snprintf(text, sizeof(text), "<%s _thread.lock object at %p>",
           AsLock(args)->mutex.IsHeld() ? "locked" : "unlocked",
           static_cast<void*>(args[0].AsObject()));
  return NewStr(thread, text);
}

// --- RLock ---

Result<bool> RLockTake(Thread& thread, RLockObject* lock, int64_t timeout) {
  if (lock->owner.Load() == thread.id) {
    ++lock->count;
    return true;
  }
  GILA_TRY(const bool taken, lock->mutex.Acquire(thread, timeout));
  if (taken) {
    lock->owner.Store(thread.id);
    lock->count = 1;
  }
  return taken;
}

Result<Value> RLockAcquire(Thread& thread, Args args) {
  GILA_TRY(const int64_t timeout, AcquireTimeout(thread, args[1], args[2]));
  GILA_TRY(const bool taken, RLockTake(thread, AsRLock(args), timeout));
  return Value::Bool(taken);
}

Result<Value> RLockEnter(Thread& thread, Args args) {
  GILA_TRY(const bool taken, RLockTake(thread, AsRLock(args), -1));
  return Value::Bool(taken);
}

Result<Value> RLockRelease(Thread& thread, Args args) {
  RLockObject* lock = AsRLock(args);
  if (lock->owner.Load() != thread.id) {
    return thread.Raise(TypeId::kRuntimeError, "cannot release un-acquired lock");
  }
  if (--lock->count == 0) {
    lock->owner.Store(0);
    lock->mutex.Release(thread);
  }
  return kNone;
}

Result<Value> RLockIsOwned(Thread& thread, Args args) {
  return Value::Bool(AsRLock(args)->owner.Load() == thread.id);
}

// For Condition.wait: lets go of all levels and gives what _acquire_restore needs.
Result<Value> RLockReleaseSave(Thread& thread, Args args) {
  RLockObject* lock = AsRLock(args);
  if (lock->owner.Load() != thread.id) {
    return thread.Raise(TypeId::kRuntimeError, "cannot release un-acquired lock");
  }
  const Value state[] = {Value::SmallInt(lock->count),
                         Value::SmallInt(static_cast<int64_t>(thread.id))};
  GILA_TRY(Tuple * saved, NewTuple(thread, state));
  lock->count = 0;
  lock->owner.Store(0);
  lock->mutex.Release(thread);
  return saved;
}

Result<Value> RLockAcquireRestore(Thread& thread, Args args) {
  if (!IsTuple(args[1]) || args[1].As<Tuple>()->length != 2) {
    return thread.RaiseTypeError("_acquire_restore() argument 1 must be what _release_save() gave");
  }
  GILA_TRY(const int64_t count, ToInt64(thread, args[1].As<Tuple>()->At(0)));
  RLockObject* lock = AsRLock(args);
  lock->mutex.AcquireUninterrupted(thread);
  lock->owner.Store(thread.id);
  lock->count = count;
  return kNone;
}

Result<Value> RLockRepr(Thread& thread, Args args) {
  RLockObject* lock = AsRLock(args);
  const uint64_t owner = lock->owner.Load();
  char text[160];
  snprintf(text, sizeof(text),
           "<%s _thread.RLock object owner=%" PRIu64 " count=%" PRId64 " at %p>",
           owner != 0 ? "locked" : "unlocked", owner, owner != 0 ? lock->count : 0,
           static_cast<void*>(args[0].AsObject()));
  return NewStr(thread, text);
}

Result<Value> RLockReset(Thread&, Args args) {
  RLockObject* lock = AsRLock(args);
  lock->owner.Store(0);
  lock->count = 0;
  lock->mutex.Reset();
  return kNone;
}

const char kAcquireDoc[] =
    "Lock the lock; wait at most timeout seconds when it is held. True when it was taken.";
const char kReleaseDoc[] = "Let go of the lock.";
#define END {nullptr, nullptr, nullptr, nullptr}
const NativeDef kLockMethods[] = {
    {"acquire", LockAcquire, "(self, blocking=True, timeout=-1)", kAcquireDoc},
    {"acquire_lock", LockAcquire, "(self, blocking=True, timeout=-1)", kAcquireDoc},
    {"release", LockRelease, "(self, /)", kReleaseDoc},
    {"release_lock", LockRelease, "(self, /)", kReleaseDoc},
    {"locked", LockLocked, "(self, /)", "Is the lock held?"},
    {"locked_lock", LockLocked, "(self, /)", "Is the lock held?"},
    {"__enter__", LockEnter, "(self, /)", "Lock the lock."},
    {"__exit__", LockRelease, "(self, *exc_info)", kReleaseDoc},
    {"__repr__", LockRepr, "(self, /)", "Return repr(self)."},
    {"_release_save", LockRelease, "(self, /)", "For Condition: let go of the lock."},
    {"_acquire_restore", LockAcquireRestore, "(self, state, /)",
     "For Condition: take the lock back."},
    {"_at_fork_reinit", LockReset, "(self, /)", "Make it free, in the child of a fork."},
    END};
const NativeDef kRLockMethods[] = {
    {"acquire", RLockAcquire, "(self, blocking=True, timeout=-1)", kAcquireDoc},
    {"release", RLockRelease, "(self, /)", kReleaseDoc},
    {"__enter__", RLockEnter, "(self, /)", "Lock the lock."},
    {"__exit__", RLockRelease, "(self, *exc_info)", kReleaseDoc},
    {"__repr__", RLockRepr, "(self, /)", "Return repr(self)."},
    {"_is_owned", RLockIsOwned, "(self, /)", "Does the running thread hold it?"},
    {"_release_save", RLockReleaseSave, "(self, /)", "For Condition: let go of every level."},
    {"_acquire_restore", RLockAcquireRestore, "(self, state, /)",
     "For Condition: take every level back."},
    {"_at_fork_reinit", RLockReset, "(self, /)", "Make it free, in the child of a fork."},
    END};
#undef END

const TypeSpec kLockSpec = {
    .doc = "A lock: a thread that acquires it while it is held waits until it is released.",
    .methods = kLockMethods,
    .native_size = sizeof(LockObject),
};
const TypeSpec kRLockSpec = {
    .doc = "A lock that its holder may acquire again; it is free when it was released as often.",
    .new_function = LockNew,
    .new_signature = "(cls, /)",
    .methods = kRLockMethods,
    .native_size = sizeof(RLockObject),
};

Type* lock_type = nullptr;

Result<Value> AllocateLock(Thread& thread, Args) {
  GILA_TRY(Object * lock, AllocateInstance(thread, lock_type));
  return lock;
}

// For Condition.notify: as release(), but the thread that waits is woken when the caller lets go of
// the condition's own lock.
Result<Value> Ring(Thread& thread, Args args) {
  if (TypeOf(args[0]) != lock_type) return thread.RaiseTypeError("_ring() argument must be a lock");
  return Value::Bool(args[0].As<LockObject>()->mutex.Release(thread, true));
}

const NativeDef kFunctions[] = {
    {"allocate_lock", AllocateLock, "()", "Make a new lock."},
    {"allocate", AllocateLock, "()", "Make a new lock."},
    {"_ring", Ring, "(lock, /)", "For Condition: let go of a lock; False when nobody held it."},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

Status AddLockTypes(Thread& thread, Module* module) {
  GILA_TRY(lock_type, AddType(thread, module, kLockSpec, "_thread.lock",
                              RegisterKind({"lock", nullptr, nullptr}), sizeof(LockObject),
                              kHasWeakref | kNoInstantiate));
  heap::AddRoot(reinterpret_cast<Object**>(&lock_type));
  GILA_TRY_VOID(AddValue(thread, module, "LockType", lock_type));
  GILA_TRY([[maybe_unused]] Type * rlock, AddType(thread, module, kRLockSpec, "_thread.RLock",
                                                  RegisterKind({"RLock", nullptr, nullptr}),
                                                  sizeof(RLockObject), kHasWeakref | kBasetype));
  GILA_TRY([[maybe_unused]] const Value maximum, NewFloat(thread, kTimeoutMax));
  GILA_TRY_VOID(AddValue(thread, module, "TIMEOUT_MAX", maximum));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

// semaphore_module.cc: the modules _multiprocessing (semaphores that processes share) and
// _posixshmem (named shared memory). multiprocessing stands on both.
//
// A SemLock is a POSIX semaphore with a name, so that a process that was not forked can open it
// too. `count` and `owner` tell which thread of this process holds it how often.
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>

#include <algorithm>
#include <cmath>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace gila {
namespace {

constexpr int kRecursive = 0;

struct SemLock : Object {
  sem_t* handle;
  int32_t kind;
  int32_t max_value;
  Atomic<int32_t> count;
  Atomic<uint64_t> owner;
  Slot name;
};

void TraceSemLock(Object* object, Marker& marker) {
  marker.Visit(static_cast<SemLock*>(object)->name);
}
void Finalize(Object* object) {
  auto* const lock = static_cast<SemLock*>(object);
  if (lock->handle != nullptr) ::sem_close(lock->handle);
}
constexpr KindInfo kSemLockKind = {"SemLock", TraceSemLock, Finalize};

SemLock* Self(Args args) { return args[0].As<SemLock>(); }
bool IsMine(const Thread& thread, const SemLock* lock) {
  return lock->count.Load() > 0 && lock->owner.Load() == thread.id;
}

Result<Value> NewSemLock(Thread& thread, Type* type, sem_t* handle, int64_t kind, int64_t max_value,
                         Value name) {
  const Result<Object*> object = AllocateInstance(thread, type);
  if (!object.ok()) {
    ::sem_close(handle);
    return kFailed;
  }
  auto* const lock = static_cast<SemLock*>(object.value());
  lock->handle = handle;
  lock->kind = static_cast<int32_t>(kind);
  lock->max_value = static_cast<int32_t>(max_value);
  lock->name.Store(lock, name);
  heap::RegisterFinalizer(thread, lock);
  return object.value();
}

// SemLock(kind, value, maxvalue, name, unlink)
Result<Value> SemLockNew(Thread& thread, Args args) {
  GILA_TRY(const int64_t kind, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t value, ToInt64(thread, args[2]));
  GILA_TRY(const int64_t max_value, ToInt64(thread, args[3]));
  GILA_TRY(const std::string name, EncodeFsPath(thread, args[4]));
  GILA_TRY(const bool unlink, Truth(thread, args[5]));
  if (kind != 0 && kind != 1) return thread.RaiseValueError("unrecognized kind");
  sem_t* const handle =
      ::sem_open(name.c_str(), O_CREAT | O_EXCL, 0600, static_cast<unsigned>(value));
  if (handle == SEM_FAILED) return thread.RaiseOsError(errno);
  if (unlink) ::sem_unlink(name.c_str());
  return NewSemLock(thread, args[0].As<Type>(), handle, kind, max_value, unlink ? kNone : args[4]);
}

// _rebuild(handle, kind, maxvalue, name): the semaphore of that name, in another process.
Result<Value> Rebuild(Thread& thread, Args args) {
  GILA_TRY(const int64_t kind, ToInt64(thread, args[2]));
  GILA_TRY(const int64_t max_value, ToInt64(thread, args[3]));
  GILA_TRY(const std::string name, EncodeFsPath(thread, args[4]));
  sem_t* const handle = ::sem_open(name.c_str(), 0);
  if (handle == SEM_FAILED) return thread.RaiseOsError(errno);
  return NewSemLock(thread, args[0].As<Type>(), handle, kind, max_value, args[4]);
}

// Waits for the semaphore: false when the time was over. `timeout` in seconds; None or unbound: for
// ever.
Result<bool> Wait(Thread& thread, SemLock* lock, Value timeout) {
  if (::sem_trywait(lock->handle) == 0) return true;
  const bool endless = timeout.IsUnbound() || timeout.IsNone();
  timespec deadline{};
  if (!endless) {
    GILA_TRY(const double seconds, ToDouble(thread, timeout));
    ::clock_gettime(CLOCK_MONOTONIC, &deadline);
    const double rest = std::clamp(seconds, 0.0, 9e9);
    const auto nanoseconds = static_cast<int64_t>(std::ceil(rest * 1e9)) + deadline.tv_nsec;
    deadline.tv_sec += nanoseconds / 1'000'000'000;
    deadline.tv_nsec = nanoseconds % 1'000'000'000;
  }
  while (true) {
    int result, error;
    {
      AllowThreads detached(thread, Blocked::kOther);
      result = endless ? ::sem_wait(lock->handle)
                       : ::sem_clockwait(lock->handle, CLOCK_MONOTONIC, &deadline);
      error = errno;
    }
    if (result == 0) return true;
    if (error == ETIMEDOUT) return false;
    if (error != EINTR) return thread.RaiseOsError(error);
    GILA_TRY_VOID(thread.RunSignalHandlers());
  }
}

Result<Value> AcquireFor(Thread& thread, SemLock* lock, bool block, Value timeout) {
  if (lock->kind == kRecursive && IsMine(thread, lock)) {
    lock->count.FetchAdd(1);
    return kTrue;
  }
  bool taken;
  if (block) {
    GILA_TRY(taken, Wait(thread, lock, timeout));
  } else {
    taken = ::sem_trywait(lock->handle) == 0;
  }
  if (!taken) return kFalse;
  lock->count.FetchAdd(1);
  lock->owner.Store(thread.id);
  return kTrue;
}

Result<Value> Acquire(Thread& thread, Args args) {
  GILA_TRY(const bool block, args.Has(1) ? Truth(thread, args[1]) : Result<bool>(true));
  return AcquireFor(thread, Self(args), block, args[2]);
}
Result<Value> Enter(Thread& thread, Args args) {
  return AcquireFor(thread, Self(args), true, kNone);
}

Result<Value> Release(Thread& thread, Args args) {
  SemLock* const lock = Self(args);
  if (lock->kind == kRecursive) {
    if (!IsMine(thread, lock)) {
      return thread.Raise(TypeId::kAssertionError,
                          "attempt to release recursive lock not owned by thread");
    }
    if (lock->count.Load() > 1) {
      lock->count.FetchAdd(-1);
      return kNone;
    }
  } else {
    int value = 0;
    if (::sem_getvalue(lock->handle, &value) != 0) return thread.RaiseOsError(errno);
    if (value >= lock->max_value)
      return thread.RaiseValueError("semaphore or lock released too many times");
  }
  // Before the post: whoever gets it next counts anew.
  lock->count.FetchAdd(-1);
  if (::sem_post(lock->handle) != 0) return thread.RaiseOsError(errno);
  return kNone;
}

Result<Value> Count(Thread&, Args args) { return Value::SmallInt(Self(args)->count.Load()); }
Result<Value> Mine(Thread& thread, Args args) { return Value::Bool(IsMine(thread, Self(args))); }
Result<Value> GetValue(Thread& thread, Args args) {
  int value = 0;
  if (::sem_getvalue(Self(args)->handle, &value) != 0) return thread.RaiseOsError(errno);
  return Value::SmallInt(std::max(value, 0));
}
Result<Value> IsZero(Thread& thread, Args args) {
  int value = 0;
  if (::sem_getvalue(Self(args)->handle, &value) != 0) return thread.RaiseOsError(errno);
  return Value::Bool(value == 0);
}
Result<Value> AfterFork(Thread&, Args args) {
  Self(args)->count.Store(0);
  return kNone;
}

Result<Value> GetHandle(Thread& thread, Value self) {
  return NewIntFromUnsigned(thread, reinterpret_cast<uintptr_t>(self.As<SemLock>()->handle));
}
Result<Value> GetKind(Thread&, Value self) { return Value::SmallInt(self.As<SemLock>()->kind); }
Result<Value> GetMaximum(Thread&, Value self) {
  return Value::SmallInt(self.As<SemLock>()->max_value);
}
Result<Value> GetName(Thread&, Value self) { return self.As<SemLock>()->name.Load(); }

Result<Value> Unlink(Thread& thread, Args args) {
  GILA_TRY(const std::string name, EncodeFsPath(thread, args[0]));
  if (::sem_unlink(name.c_str()) != 0) return thread.RaiseOsError(errno);
  return kNone;
}

// --- _posixshmem ---

Result<Value> OpenMemory(Thread& thread, Args args) {
  GILA_TRY(const std::string path, EncodeFsPath(thread, args[0]));
  GILA_TRY(const int64_t flags, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t mode, args.Has(2) ? ToInt64(thread, args[2]) : Result<int64_t>(0777));
  const int fd = ::shm_open(path.c_str(), static_cast<int>(flags), static_cast<mode_t>(mode));
  if (fd < 0) return thread.RaiseOsError(errno, args[0]);
  return Value::SmallInt(fd);
}
Result<Value> UnlinkMemory(Thread& thread, Args args) {
  GILA_TRY(const std::string path, EncodeFsPath(thread, args[0]));
  if (::shm_unlink(path.c_str()) != 0) return thread.RaiseOsError(errno, args[0]);
  return kNone;
}

#define END {nullptr, nullptr, nullptr, nullptr}
constexpr NativeDef kMethods[] = {
    {"acquire", Acquire, "(self, block=True, timeout=None)",
     "Take the lock or a permit of the semaphore; False when there was none (in time)."},
    {"release", Release, "(self, /)", "Give it back."},
    {"_count", Count, "(self, /)", "How often this process holds it."},
    {"_is_mine", Mine, "(self, /)", "Does the running thread hold it?"},
    {"_get_value", GetValue, "(self, /)", "How many permits there are."},
    {"_is_zero", IsZero, "(self, /)", "Is there no permit?"},
    {"_after_fork", AfterFork, "(self, /)", "The child of a fork holds nothing."},
    {"_rebuild", Rebuild, "@classmethod(cls, handle, kind, maxvalue, name, /)",
     "The semaphore of that name."},
    {"__enter__", Enter, "(self, /)", nullptr},
    {"__exit__", Release, "(self, *exc_info)", nullptr},
    END};
constexpr GetSetDef kFields[] = {{"handle", GetHandle, nullptr, nullptr},
                                 {"kind", GetKind, nullptr, nullptr},
                                 {"maxvalue", GetMaximum, nullptr, nullptr},
                                 {"name", GetName, nullptr, nullptr},
                                 END};
constexpr NativeDef kFunctions[] = {
    {"sem_unlink", Unlink, "(name, /)", "Remove the name of a semaphore."}, END};
constexpr NativeDef kMemoryFunctions[] = {
    {"shm_open", OpenMemory, "(path, flags, mode=511)", "Open or make named shared memory."},
    {"shm_unlink", UnlinkMemory, "(path)", "Remove the name of shared memory."},
    END};
#undef END
constexpr TypeSpec kSpec = {.doc = "A semaphore or lock that processes share.",
                            .new_function = SemLockNew,
                            .new_signature = "(cls, kind, value, maxvalue, name, unlink)",
                            .methods = kMethods,
                            .getsets = kFields,
                            .native_size = sizeof(SemLock),
                            .kind_info = &kSemLockKind};

}  // namespace

Status InitMultiprocessingModule(Thread& thread, Module* module) {
  GILA_TRY(Type* const type, AddType(thread, module, kSpec, "_multiprocessing.SemLock",
                                     RegisterKind(kSemLockKind), sizeof(SemLock), kBasetype));
  GILA_TRY_VOID(SetTypeAttribute(thread, type, Intern(thread, "SEM_VALUE_MAX"),
                                 Value::SmallInt(SEM_VALUE_MAX)));
  return AddFunctions(thread, module, kFunctions);
}

Status InitSharedMemoryModule(Thread& thread, Module* module) {
  return AddFunctions(thread, module, kMemoryFunctions);
}

}  // namespace gila

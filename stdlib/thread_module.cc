// thread_module.cc: the _thread module: starting threads, who runs, waiting for an end. threading
// (lib/threading.py) stands on it.
#include <pthread.h>
#include <signal.h>

#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/signals.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/fork.h"
#include "runtime/threads/handover.h"
#include "runtime/threads/kernel_slices.h"
#include "runtime/threads/timeline.h"
#include "runtime/threads/wait_graph.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"
#include "stdlib/thread_locks.h"
#include "stdlib/time_clock.h"

namespace gila {
namespace {

Atomic<int64_t> running_count{0};
// In the child of a fork the one thread there is counts as the main one.
const ForkRepair repair([](Thread&, bool) { running_count.Store(0); });
std::atomic<size_t> stack_size{0};  // threading.stack_size(); 0: the default
constexpr size_t kDefaultStackBytes = 8 << 20;
constexpr size_t kSmallestStack = 32 * 1024;

// What a started thread can be waited for with: _thread._ThreadHandle.
struct HandleObject : Object {
  Atomic<uint32_t> done;   // futex: 1 when the thread has ended
  Atomic<uint64_t> ident;  // 0 until it runs
};

Type* handle_type = nullptr;

void Finish(Thread& thread, HandleObject* handle) {
  handle->done.Store(1);
  WakeAfterUnlock(thread, handle->done, INT_MAX);
}

// Reports what the thread's function let out, as sys.unraisablehook would; SystemExit ends the
// thread silently.
void ReportFailure(Thread& thread, Value function) {
  if (thread.ExceptionMatches(TypeId::kSystemExit)) {
    thread.ClearException();
    return;
  }
  WriteUnraisable(thread, function, "Exception ignored in thread started by");
}

// threading.Thread starts with a method of its own; its name, or nothing.
std::string NameOfStarted(Thread& thread, Value function) {
  if (!IsKind(function, kKindMethod)) return "";
  const Value owner = function.As<Method>()->self.Load();
  const Result<Value> name = GetAttrOrUnbound(thread, owner, Intern(thread, "_name"));
  if (!name.ok()) thread.ClearException();
  return name.ok() && IsStr(name.value()) ? ToUtf8(name.value()) : "";
}

// `current_object` of the record holds (function, args, kwargs, handle or None) until the thread
// runs.
void* ThreadMain(void* argument) {
  auto* record = static_cast<Thread*>(argument);
  BeginThread(record);
  Thread& thread = *record;
  running_count.FetchAdd(1);
  {
    Tuple* start = thread.current_object.As<Tuple>();
    const Value handle = start->At(3);
    if (!handle.IsNone()) handle.As<HandleObject>()->ident.Store(thread.id);
    const Result<Value> result = CallWith(thread, start->At(0), start->At(1), start->At(2));
    if (!result.ok()) ReportFailure(thread, start->At(0));
    running_count.FetchAdd(-1);
    // Before anybody can have joined it: the notes are read after that.
    if (TimelineOn()) NameTimeline(thread, NameOfStarted(thread, start->At(0)));
    if (!handle.IsNone()) Finish(thread, handle.As<HandleObject>());
    thread.current_object = kUnbound;
  }
  EndThread(record);
  return nullptr;
}

Status Launch(Thread& thread, Value function, Value args, Value kwargs, Value handle) {
  const Value items[] = {function, args, kwargs, handle};
  GILA_TRY(Tuple * start, NewTuple(thread, items));
  Thread* record = NewThreadRecord();
  if (record == nullptr) return thread.Raise(TypeId::kRuntimeError, "can't start new thread");
  record->current_object = start;
  record->depth_limit = thread.depth_limit;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  const size_t size = stack_size.load();
  pthread_attr_setstacksize(&attributes, size == 0 ? kDefaultStackBytes : size);
  pthread_t native;
  BeOrdinaryThread(thread);
  const int error = pthread_create(&native, &attributes, ThreadMain, record);
  pthread_attr_destroy(&attributes);
  if (error != 0) {
    DropThreadRecord(record);
    return thread.Raise(TypeId::kRuntimeError, "can't start new thread");
  }
  return kOk;
}

Result<Value> StartNewThread(Thread& thread, Args args) {
  if (!IsCallable(args[0])) return thread.RaiseTypeError("first arg must be callable");
  if (!IsTuple(args[1])) return thread.RaiseTypeError("2nd arg must be a tuple");
  if (args.Has(2) && !IsDict(args[2]))
    return thread.RaiseTypeError("optional 3rd arg must be a dictionary");
  GILA_TRY(Object * handle, AllocateInstance(thread, handle_type));
  GILA_TRY_VOID(Launch(thread, args[0], args[1], args[2], handle));
  // The id is known once the thread runs; it always comes to that.
  auto* started = static_cast<HandleObject*>(handle);
  while (started->ident.Load() == 0) {
    AllowThreads detached(thread, Blocked::kOther);
    sched_yield();
  }
  return NewIntFromUnsigned(thread, started->ident.Load());
}

Result<Value> StartJoinable(Thread& thread, Args args) {
  GILA_TRY(Object * handle, AllocateInstance(thread, handle_type));
  GILA_TRY_VOID(Launch(thread, args[0], empty_tuple, kUnbound, handle));
  return handle;
}

Result<Value> MainHandle(Thread& thread, Args) {
  GILA_TRY(Object * handle, AllocateInstance(thread, handle_type));
  static_cast<HandleObject*>(handle)->ident.Store(thread.id);
  return handle;
}

// handle.join(timeout=None) -> True when the thread has ended.
Result<Value> HandleJoin(Thread& thread, Args args) {
  auto* handle = args[0].As<HandleObject>();
  int64_t nanoseconds = -1;
  // Of a thread that has ended no timeout is looked at.
  if (handle->done.Load() == 0 && args.Has(1) && !args[1].IsNone()) {
    GILA_TRY(nanoseconds, ToNanoseconds(thread, args[1], RoundTime::kAwayFromZero));
    nanoseconds = std::max<int64_t>(nanoseconds, 0);
  }
  timespec deadline;
  if (nanoseconds > 0) deadline = DeadlineAfter(nanoseconds);
  while (handle->done.Load() == 0) {
    if (nanoseconds == 0) return kFalse;
    FutexResult result;
    {
      AllowThreads detached(thread, Blocked::kJoin);
      const auto done = [handle] { return handle->done.Load() != 0; };
      result = SpinUntil(thread, done) ? FutexResult::kWoken
                                       : SleepOnWord(thread, WaitKind::kJoin, handle->done, 0, 1,
                                                     nanoseconds > 0 ? &deadline : nullptr);
    }
    if (result == FutexResult::kTimedOut) return Value::Bool(handle->done.Load() != 0);
    GILA_TRY_VOID(result == FutexResult::kInterrupted ? ServeWhileWaiting(thread)
                                                      : thread.CheckBreaker());
  }
  return kTrue;
}

Result<Value> HandleIsDone(Thread&, Args args) {
  return Value::Bool(args[0].As<HandleObject>()->done.Load() != 0);
}
Result<Value> HandleSetDone(Thread& thread, Args args) {
  Finish(thread, args[0].As<HandleObject>());
  return kNone;
}
Result<Value> HandleIdent(Thread& thread, Value self) {
  return NewIntFromUnsigned(thread, self.As<HandleObject>()->ident.Load());
}

Result<Value> GetIdent(Thread& thread, Args) { return NewIntFromUnsigned(thread, thread.id); }
Result<Value> GetNativeId(Thread& thread, Args) { return NewInt(thread, thread.native_id); }
Result<Value> Count(Thread& thread, Args) { return NewInt(thread, running_count.Load()); }
Result<Value> Exit(Thread& thread, Args) {
  return thread.RaiseObject(reinterpret_cast<Object*>(GetType(TypeId::kSystemExit)));
}

Result<Value> StackSize(Thread& thread, Args args) {
  const size_t before = stack_size.load();
  int64_t size = 0;  // who only asks puts the default back, as in CPython
  if (args.Has(0)) {
    GILA_TRY(size, ToInt64(thread, args[0]));
  }
  if (size < 0) return thread.RaiseValueError("size must be 0 or a positive value");
  if (size != 0 && size < static_cast<int64_t>(kSmallestStack)) {
    return thread.RaiseValueError("size not valid: %lld bytes", static_cast<long long>(size));
  }
  stack_size.store(static_cast<size_t>(size));
  return NewInt(thread, static_cast<int64_t>(before));
}

Result<Value> InterruptMain(Thread& thread, Args args) {
  int64_t number = SIGINT;
  if (args.Has(0)) {
    GILA_TRY(number, ToInt64(thread, args[0]));
  }
  if (number < 1 || number >= kSignalCount)
    return thread.RaiseValueError("signal number out of range");
  Value handler;
  if (GetSignalHandler(static_cast<int>(number), &handler) == Disposition::kCallable) {
    TripSignal(static_cast<int>(number));
  }
  GILA_TRY_VOID(thread.CheckBreaker());  // the main thread itself is interrupted in this call
  return kNone;
}

#define END {nullptr, nullptr, nullptr, nullptr}
const NativeDef kHandleMethods[] = {
    {"join", HandleJoin, "(self, timeout=None, /)",
     "Wait until the thread has ended; True when it has."},
    {"is_done", HandleIsDone, "(self, /)", "Has the thread ended?"},
    {"_set_done", HandleSetDone, "(self, /)", "Say that the thread has ended."},
    END};
const GetSetDef kHandleFields[] = {
    {"ident", HandleIdent, nullptr, "Identifier of the thread, 0 before it runs."}, END};
const TypeSpec kHandleSpec = {
    .doc = "A started thread, to wait for.",
    .methods = kHandleMethods,
    .getsets = kHandleFields,
    .native_size = sizeof(HandleObject),
};

const NativeDef kFunctions[] = {
    {"start_new_thread", StartNewThread, "(function, args, kwargs=None, /)",
     "Run function(*args, **kwargs) in a new thread and return the thread's identifier."},
    {"start_new", StartNewThread, "(function, args, kwargs=None, /)",
     "The same as start_new_thread."},
    {"_start_joinable", StartJoinable, "(function, /)",
     "Run function() in a new thread; a handle to join."},
    {"_main_handle", MainHandle, "()", "A handle for the running thread."},
    {"get_ident", GetIdent, "()",
     "Identifier of the running thread: not zero, reused after its end."},
    {"get_native_id", GetNativeId, "()", "Number of the running thread as the kernel knows it."},
    {"_count", Count, "()", "How many threads that start_new_thread began are running."},
    {"exit", Exit, "()", "Raise SystemExit: ends the thread."},
    {"exit_thread", Exit, "()", "Raise SystemExit: ends the thread."},
    {"stack_size", StackSize, "(size=0, /)",
     "The native stack size of threads to come, and how it was before."},
    {"interrupt_main", InterruptMain, "(signum=2, /)",
     "As if the signal had arrived in the main thread."},
    END};
#undef END

}  // namespace

std::string ThreadName(Thread& thread, uint64_t ident_number) {
  const Result<Value> threading = LoadedModule(thread, Intern(thread, "threading"));
  if (threading.ok() && !threading.value().IsNone()) {
    const Result<Value> active = GetAttr(thread, threading.value(), Intern(thread, "_active"));
    const Result<Value> ident = NewIntFromUnsigned(thread, ident_number);
    if (active.ok() && IsDict(active.value()) && ident.ok()) {
      const Result<Value> object = DictGet(thread, active.value().As<Dict>(), ident.value());
      if (object.ok() && !object.value().IsUnbound()) {
        const Result<Value> name = GetAttr(thread, object.value(), Intern(thread, "_name"));
        if (name.ok() && IsStr(name.value())) return ToUtf8(name.value());
      }
    }
  }
  thread.ClearException();
  return "";
}

uint64_t JoinedThread(const Atomic<uint32_t>* word) {
  const auto address = reinterpret_cast<uintptr_t>(word) - offsetof(HandleObject, done);
  return reinterpret_cast<const HandleObject*>(address)->ident.Load();
}

const char* const kHookFields[] = {"exc_type", "exc_value", "exc_traceback", "thread", nullptr};
constexpr StructSequenceSpec kHookSpec = {
    "_thread._ExceptHookArgs", "What excepthook gets: exc_type, exc_value, exc_traceback, thread.",
    kHookFields, 4};

Status InitThreadModule(Thread& thread, Module* module) {
  GILA_TRY(handle_type, AddType(thread, module, kHandleSpec, "_thread._ThreadHandle",
                                RegisterKind({"_ThreadHandle", nullptr, nullptr}),
                                sizeof(HandleObject), kNoInstantiate | kHasWeakref));
  heap::AddRoot(reinterpret_cast<Object**>(&handle_type));
  GILA_TRY_VOID(AddLockTypes(thread, module));
  GILA_TRY_VOID(AddLocalType(thread, module));
  GILA_TRY_VOID(
      AddValue(thread, module, "error", reinterpret_cast<Object*>(GetType(TypeId::kRuntimeError))));
  GILA_TRY(Type* const hook_arguments, NewStructSequenceType(thread, kHookSpec));
  GILA_TRY_VOID(AddValue(thread, module, "_ExceptHookArgs", hook_arguments));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

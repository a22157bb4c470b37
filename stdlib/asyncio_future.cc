// asyncio_future.cc: asyncio.Future, and the iterator that `await future` resumes.
//
// Callbacks always run through the loop. A task that waits for a future is in the place of a
// callback itself (with no context), and goes into the ready queue as it is.
#include "runtime/protocols.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/str.h"
#include "stdlib/asyncio_internal.h"
#include "stdlib/contextvars.h"

namespace gila::asyncio {

Type *future_type = nullptr, *awaiter_type = nullptr, *yield_once_type = nullptr;
uint8_t future_kind = 0, awaiter_kind = 0;

namespace {

Future* Self(Args args) { return args[0].As<Future>(); }
Future* Self(Value v) { return v.As<Future>(); }

// What `await future` resumes; of a future that is None: one that lets the others run once.
struct Awaiter : Object {
  Slot future;            // unbound when it is through
  Atomic<uint8_t> began;  // it has yielded
};

void TraceAwaiter(Object* object, Marker& marker) {
  marker.Visit(static_cast<Awaiter*>(object)->future);
}

Failed RaiseInvalidState(Thread& thread, const char* words) {
  GILA_TRY(Str* const text, NewStr(thread, words));
  GILA_TRY(const Value error, Call(thread, invalid_state_type, {text}));
  return thread.RaiseObject(error);
}

Status CheckPending(Thread& thread, const Future* future) {
  GILA_TRY_VOID(CheckInitialized(thread, future));
  return future->IsPending() ? kOk : Status(RaiseInvalidState(thread, "invalid state"));
}

Status ScheduleCallback(Thread& thread, Future* future, Value callback, Value context) {
  if (context.IsUnbound()) return ScheduleStep(thread, callback.As<Task>());
  return CallSoon(thread, future->loop.Load(), callback, future, context);
}

Status ScheduleCallbacks(Thread& thread, Future* future) {
  const Value first = future->callback.Load(), more = future->more_callbacks.Load();
  if (first.IsUnbound() && more.IsUnbound()) return kOk;
  const Value context = future->callback_context.Load();
  future->callback.Store(future, kUnbound);
  future->callback_context.Store(future, kUnbound);
  future->more_callbacks.Store(future, kUnbound);
  if (!first.IsUnbound()) GILA_TRY_VOID(ScheduleCallback(thread, future, first, context));
  if (more.IsUnbound()) return kOk;
  List* const list = more.As<List>();
  for (int64_t i = 0;; ++i) {
    const Value pair = ListAt(list, i);
    if (pair.IsUnbound()) return kOk;
    GILA_TRY_VOID(
        ScheduleCallback(thread, future, pair.As<Tuple>()->At(0), pair.As<Tuple>()->At(1)));
  }
}

}  // namespace

void TraceFuture(Object* object, Marker& marker) {
  const auto* future = static_cast<Future*>(object);
  for (const Slot* slot = &future->loop; slot <= &future->source_traceback; ++slot)
    marker.Visit(*slot);
}

void InitFuture(Future* future, Value loop) {
  future->loop.Store(future, loop);
  for (Slot* slot : {&future->callback, &future->callback_context, &future->more_callbacks,
                     &future->cancelled_error})
    slot->Store(future, kUnbound);
  for (Slot* slot : {&future->result, &future->exception, &future->traceback,
                     &future->cancel_message, &future->source_traceback})
    slot->Store(future, kNone);
  future->state.Store(static_cast<uint8_t>(FutureState::kPending));
  future->blocking.Store(0);
  future->log_traceback.Store(0);
}

Result<Value> NewFuture(Thread& thread, Value loop) {
  GILA_TRY(Object* const object, AllocateInstance(thread, future_type));
  GILA_TRY_VOID(FutureInit(thread, static_cast<Future*>(object), loop));
  return object;
}

Status FutureInit(Thread& thread, Future* future, Value loop) {
  if (loop.IsUnbound() || loop.IsNone()) {
    GILA_TRY(loop, CallHelper(thread, "asyncio.events", "get_event_loop", {}));
  }
  InitFuture(future, loop);
  GILA_TRY(const bool debug, IsDebug(thread, loop));
  if (debug) {
    GILA_TRY(const Value stack, CallHelper(thread, "asyncio.format_helpers", "extract_stack", {}));
    future->source_traceback.Store(future, stack);
  }
  return kOk;
}

Status CheckInitialized(Thread& thread, const Future* future) {
  if (!future->loop.Load().IsUnbound() && !future->loop.Load().IsSmallInt()) return kOk;
  return thread.Raise(TypeId::kRuntimeError, "Future object is not initialized.");
}

Status FinishWithResult(Thread& thread, Future* future, Value result) {
  future->result.Store(future, result);
  future->state.Store(static_cast<uint8_t>(FutureState::kFinished));
  return ScheduleCallbacks(thread, future);
}

Status FinishWithException(Thread& thread, Future* future, Value exception) {
  future->exception.Store(future, exception);
  future->traceback.Store(future, exception.As<Exception>()->traceback.Load());
  future->state.Store(static_cast<uint8_t>(FutureState::kFinished));
  GILA_TRY_VOID(ScheduleCallbacks(thread, future));
  future->log_traceback.Store(1);
  heap::RegisterFinalizer(thread, future);
  return kOk;
}

Status FinishCancelled(Thread& thread, Future* future, Value message) {
  future->state.Store(static_cast<uint8_t>(FutureState::kCancelled));
  future->cancel_message.Store(future, message);
  return ScheduleCallbacks(thread, future);
}

Result<bool> CancelFuture(Thread& thread, Value v, Value message) {
  if (TypeOf(v) == task_type) return CancelTask(thread, v.As<Task>(), message);
  if (TypeOf(v) != future_type) {
    GILA_TRY(const Value done, CallWithKeyword(thread, v, names.cancel, {}, names.msg, message));
    return Truth(thread, done);
  }
  Future* const future = v.As<Future>();
  GILA_TRY_VOID(CheckInitialized(thread, future));
  future->log_traceback.Store(0);
  if (!future->IsPending()) return false;
  GILA_TRY_VOID(FinishCancelled(thread, future, message));
  return true;
}

Status AddCallback(Thread& thread, Future* future, Value callback, Value context) {
  if (!future->IsPending()) return ScheduleCallback(thread, future, callback, context);
  if (future->callback.Load().IsUnbound() && future->more_callbacks.Load().IsUnbound()) {
    future->callback_context.Store(future, context);
    future->callback.Store(future, callback);
    return kOk;
  }
  if (future->more_callbacks.Load().IsUnbound()) {
    GILA_TRY(List* const list, NewListReserved(thread, 4));
    future->more_callbacks.Store(future, list);
  }
  GILA_TRY(Tuple* const pair, NewPair(thread, callback, context));
  return ListAppend(thread, future->more_callbacks.Load().As<List>(), pair);
}

Result<Value> MakeCancelledError(Thread& thread, Future* future) {
  const Value kept = future->cancelled_error.Load();
  if (!kept.IsUnbound()) {
    future->cancelled_error.Store(future, kUnbound);
    return kept;
  }
  const Value message = future->cancel_message.Load();
  if (message.IsNone()) return Call(thread, cancelled_error_type, {});
  return Call(thread, cancelled_error_type, {message});
}

Result<Value> FutureResult(Thread& thread, Future* future) {
  switch (future->State()) {
    case FutureState::kPending:
      return RaiseInvalidState(thread, "Result is not set.");
    case FutureState::kCancelled: {
      GILA_TRY(const Value error, MakeCancelledError(thread, future));
      return thread.RaiseObject(error);
    }
    case FutureState::kFinished:
      break;
  }
  future->log_traceback.Store(0);
  const Value exception = future->exception.Load();
  if (exception.IsNone()) return future->result.Load();
  auto* const error = exception.As<Exception>();
  error->traceback.Store(error, future->traceback.Load());
  return thread.RaiseObject(exception);
}

Status ReportToLoop(Thread& thread, Future* future, const char* key, const std::string& message) {
  GILA_TRY(Dict* const context, NewDict(thread));
  GILA_TRY(Str* const text, NewStr(thread, message));
  GILA_TRY_VOID(DictSet(thread, context, Intern(thread, key), future));
  GILA_TRY_VOID(DictSet(thread, context, Intern(thread, "message"), text));
  if (key[0] == 'f')
    GILA_TRY_VOID(DictSet(thread, context, Intern(thread, "exception"), future->exception.Load()));
  const Value source = future->source_traceback.Load();
  if (!source.IsNone())
    GILA_TRY_VOID(DictSet(thread, context, Intern(thread, "source_traceback"), source));
  GILA_TRY_VOID(CallMethod(thread, future->loop.Load(), names.call_exception_handler, {context}));
  return kOk;
}

Result<Value> FutureDel(Thread& thread, Args args) {
  Future* const future = Self(args);
  if (future->log_traceback.Load() == 0) return kNone;
  future->log_traceback.Store(0);
  GILA_TRY_VOID(
      ReportToLoop(thread, future, "future",
                   std::string(TypeName(TypeOf(args[0]))) + " exception was never retrieved"));
  return kNone;
}

namespace {

Result<Value> FutureNew(Thread& thread, Args args) {
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  InitFuture(static_cast<Future*>(object), kUnbound);
  return object;
}

Result<Value> Init(Thread& thread, Args args) {
  GILA_TRY_VOID(FutureInit(thread, Self(args), args[1]));
  return kNone;
}

Result<Value> Cancel(Thread& thread, Args args) {
  Future* const future = Self(args);
  GILA_TRY_VOID(CheckInitialized(thread, future));
  future->log_traceback.Store(0);
  if (!future->IsPending()) return kFalse;
  GILA_TRY_VOID(FinishCancelled(thread, future, args.Or(1, kNone)));
  return kTrue;
}

Result<Value> Cancelled(Thread&, Args args) {
  return Value::Bool(Self(args)->State() == FutureState::kCancelled);
}
Result<Value> Done(Thread&, Args args) { return Value::Bool(!Self(args)->IsPending()); }
Result<Value> GetLoop(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckInitialized(thread, Self(args)));
  return Self(args)->loop.Load();
}

Result<Value> ResultMethod(Thread& thread, Args args) { return FutureResult(thread, Self(args)); }

Result<Value> ExceptionMethod(Thread& thread, Args args) {
  Future* const future = Self(args);
  if (future->IsPending()) return RaiseInvalidState(thread, "Exception is not set.");
  if (future->State() == FutureState::kCancelled) return FutureResult(thread, future);
  future->log_traceback.Store(0);
  return future->exception.Load();
}

Result<Value> SetResult(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckPending(thread, Self(args)));
  GILA_TRY_VOID(FinishWithResult(thread, Self(args), args[1]));
  return kNone;
}

Result<Value> SetException(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckPending(thread, Self(args)));
  Value exception = args[1];
  if (IsType(exception)) {
    GILA_TRY(exception, Call(thread, exception, {}));
  }
  if (!IsException(exception)) return thread.RaiseTypeError("invalid exception object");
  if (IsExactly(exception, TypeId::kStopIteration))
    return thread.RaiseTypeError(
        "StopIteration interacts badly with generators and cannot be raised into a Future");
  GILA_TRY_VOID(FinishWithException(thread, Self(args), exception));
  return kNone;
}

Result<Value> AddDoneCallback(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckInitialized(thread, Self(args)));
  Value context = args.Or(2, kNone);
  if (context.IsNone()) {
    GILA_TRY(context, CopyCurrentContext(thread));
  }
  GILA_TRY_VOID(AddCallback(thread, Self(args), args[1], context));
  return kNone;
}

// The pairs (callback, context) in order; a task that waits is shown as its method.
Result<List*> CallbackList(Thread& thread, Future* future) {
  GILA_TRY(List* const all, NewList(thread));
  const auto add = [&](Value callback, Value context) -> Status {
    if (context.IsUnbound()) {
      context = callback.As<Task>()->context.Load();
      GILA_TRY(callback, WakeupMethod(thread, callback.As<Task>()));
    }
    GILA_TRY(Tuple* const pair, NewPair(thread, callback, context));
    return ListAppend(thread, all, pair);
  };
  const Value first = future->callback.Load(), more = future->more_callbacks.Load();
  if (!first.IsUnbound()) GILA_TRY_VOID(add(first, future->callback_context.Load()));
  if (more.IsUnbound()) return all;
  for (int64_t i = 0;; ++i) {
    const Value pair = ListAt(more.As<List>(), i);
    if (pair.IsUnbound()) return all;
    GILA_TRY_VOID(add(pair.As<Tuple>()->At(0), pair.As<Tuple>()->At(1)));
  }
}

// The comparisons are the program's: they may add, remove, finish.
Result<Value> RemoveDoneCallback(Thread& thread, Args args) {
  Future* const future = Self(args);
  GILA_TRY_VOID(CheckInitialized(thread, future));
  int64_t removed = 0;
  const Value first = future->callback.Load();
  if (!first.IsUnbound() && !future->callback_context.Load().IsUnbound()) {
    GILA_TRY(const bool equal, Equal(thread, first, args[1]));
    if (equal && future->callback.Load() == first) {
      future->callback.Store(future, kUnbound);
      ++removed;
    }
  }
  if (future->more_callbacks.Load().IsUnbound()) return Value::SmallInt(removed);
  List* const old = future->more_callbacks.Load().As<List>();
  GILA_TRY(List* const kept, NewList(thread));
  for (int64_t i = 0;; ++i) {
    const Value pair = ListAt(old, i);
    if (pair.IsUnbound()) break;
    bool equal = false;
    if (!pair.As<Tuple>()->At(1).IsUnbound()) {
      GILA_TRY(equal, Equal(thread, pair.As<Tuple>()->At(0), args[1]));
    }
    if (!equal) GILA_TRY_VOID(ListAppend(thread, kept, pair));
    removed += equal ? 1 : 0;
  }
  if (future->more_callbacks.Load() == Value(old))
    future->more_callbacks.Store(future, kept->size.Load() == 0 ? kUnbound : Value(kept));
  return Value::SmallInt(removed);
}

Result<Value> MakeCancelled(Thread& thread, Args args) {
  return MakeCancelledError(thread, Self(args));
}

Result<Value> FutureRepr(Thread& thread, Args args) {
  return CallHelper(thread, "asyncio.base_futures", "_future_repr", {args[0]});
}
Result<Value> ReprInfo(Thread& thread, Args args) {
  return CallHelper(thread, "asyncio.base_futures", "_future_repr_info", {args[0]});
}

// --- await ---

Result<Value> NewAwaiter(Thread& thread, Value future) {
  GILA_TRY(Object* const object, AllocateInstance(thread, awaiter_type));
  static_cast<Awaiter*>(object)->future.Store(object, future);
  return object;
}

Result<Value> Await(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckInitialized(thread, Self(args)));
  return NewAwaiter(thread, args[0]);
}
Result<Value> YieldOnceAwait(Thread& thread, Args) { return NewAwaiter(thread, kNone); }

SendResult StepAwaiter(Thread& thread, Object* object, Value* result) {
  auto* const awaiter = static_cast<Awaiter*>(object);
  const Value v = awaiter->future.Load();
  *result = kNone;
  if (v.IsUnbound()) return SendResult::kReturned;
  const bool began = awaiter->began.Load() != 0;
  awaiter->began.Store(1);
  if (v.IsNone()) {
    if (began) awaiter->future.Store(awaiter, kUnbound);
    return began ? SendResult::kReturned : SendResult::kYielded;
  }
  Future* const future = v.As<Future>();
  if (future->IsPending()) {
    if (began) {
      thread.Raise(TypeId::kRuntimeError, "await wasn't used with future");
      return SendResult::kFailed;
    }
    future->blocking.Store(1);
    *result = v;
    return SendResult::kYielded;
  }
  awaiter->future.Store(awaiter, kUnbound);
  const Result<Value> outcome = FutureResult(thread, future);
  if (!outcome.ok()) return SendResult::kFailed;
  *result = outcome.value();
  return SendResult::kReturned;
}

Result<Value> AwaiterNext(Thread& thread, Args args) {
  Value result;
  switch (StepAwaiter(thread, args[0].AsObject(), &result)) {
    case SendResult::kYielded:
      return result;
    case SendResult::kReturned:
      return thread.RaiseWith(TypeId::kStopIteration, result);
    case SendResult::kFailed:
      break;
  }
  return kFailed;
}
Result<Value> AwaiterSelf(Thread&, Args args) { return args[0]; }
Result<Value> AwaiterClose(Thread&, Args args) {
  args[0].As<Awaiter>()->future.Store(args[0].AsObject(), kUnbound);
  return kNone;
}
Result<Value> AwaiterThrow(Thread& thread, Args args) {
  Value error = args[1];
  const Value value = args.Or(2, kNone), traceback = args.Or(3, kNone);
  if (!traceback.IsNone() && !IsKind(traceback, kKindTraceback))
    return thread.RaiseTypeError("throw() third argument must be a traceback");
  if (IsException(error)) {
    if (!value.IsNone())
      return thread.RaiseTypeError("instance exception may not have a separate value");
  } else if (!IsType(error) || !IsSubtype(error.As<Type>(), GetType(TypeId::kBaseException))) {
    return thread.RaiseTypeError(
        "exceptions must be classes deriving BaseException or instances of such a class");
  } else if (IsException(value)) {
    error = value;
  } else {
    GILA_TRY(error, value.IsNone() ? Call(thread, error, {}) : Call(thread, error, {value}));
  }
  args[0].As<Awaiter>()->future.Store(args[0].AsObject(), kUnbound);
  if (!traceback.IsNone()) error.As<Exception>()->traceback.Store(error.AsObject(), traceback);
  return thread.RaiseObject(error);
}

// --- attributes ---

template <Slot Future::* kField>
Result<Value> Field(Thread&, Value self) {
  const Value v = (Self(self)->*kField).Load();
  return v.IsUnbound() || v.IsSmallInt() ? kNone : v;
}
Result<Value> ResultField(Thread&, Value self) { return Self(self)->result.Load(); }
Result<Value> StateField(Thread& thread, Value self) {
  GILA_TRY_VOID(CheckInitialized(thread, Self(self)));
  constexpr const char* kWords[] = {"PENDING", "CANCELLED", "FINISHED"};
  return Intern(thread, kWords[Self(self)->state.Load()]);
}
Result<Value> CallbacksField(Thread& thread, Value self) {
  GILA_TRY_VOID(CheckInitialized(thread, Self(self)));
  GILA_TRY(List* const all, CallbackList(thread, Self(self)));
  return all->size.Load() == 0 ? kNone : Value(all);
}
Result<Value> BlockingField(Thread&, Value self) {
  return Value::Bool(Self(self)->blocking.Load() != 0);
}
Status SetBlocking(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "cannot delete attribute");
  GILA_TRY_VOID(CheckInitialized(thread, Self(self)));
  GILA_TRY(const bool truth, Truth(thread, value));
  Self(self)->blocking.Store(truth ? 1 : 0);
  return kOk;
}
Result<Value> LogField(Thread& thread, Value self) {
  GILA_TRY_VOID(CheckInitialized(thread, Self(self)));
  return Value::Bool(Self(self)->log_traceback.Load() != 0);
}
Status SetLog(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "cannot delete attribute");
  GILA_TRY(const bool truth, Truth(thread, value));
  if (truth) return thread.RaiseValueError("_log_traceback can only be set to False");
  Self(self)->log_traceback.Store(0);
  return kOk;
}
Status SetMessage(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "cannot delete attribute");
  Self(self)->cancel_message.Store(Self(self), value);
  return kOk;
}

#define END {nullptr, nullptr, nullptr, nullptr}
constexpr NativeDef kFutureMethods[] = {
    {"__init__", Init, "(self, *, loop=None)", "Initialize self."},
    {"cancel", Cancel, "(self, msg=None)", "Cancel the future; False when it is done already."},
    {"cancelled", Cancelled, "(self, /)", "Was it cancelled?"},
    {"done", Done, "(self, /)", "Has it a result or an exception, or was it cancelled?"},
    {"result", ResultMethod, "(self, /)",
     "The result; raises the exception there is instead of one."},
    {"exception", ExceptionMethod, "(self, /)", "The exception, or None when there is a result."},
    {"set_result", SetResult, "(self, result, /)", "Mark the future done, with this result."},
    {"set_exception", SetException, "(self, exception, /)",
     "Mark the future done, with this exception."},
    {"add_done_callback", AddDoneCallback, "(self, fn, /, *, context=None)",
     "Have fn(future) called through the loop once the future is done."},
    {"remove_done_callback", RemoveDoneCallback, "(self, fn, /)",
     "Take away every callback equal to fn; how many."},
    {"get_loop", GetLoop, "(self, /)", "The loop the future belongs to."},
    {"_make_cancelled_error", MakeCancelled, "(self, /)",
     "The error to raise for the cancellation."},
    {"_repr_info", ReprInfo, "(self, /)", nullptr},
    {"__await__", Await, "(self, /)", nullptr},
    {"__iter__", Await, "(self, /)", "Implement iter(self)."},
    {"__repr__", FutureRepr, "(self, /)", "Return repr(self)."},
    {"__del__", FutureDel, "(self, /)", nullptr},
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, object, /)", "See PEP 585"},
    END};
constexpr GetSetDef kFutureFields[] = {
    {"_state", StateField, nullptr, nullptr},
    {"_asyncio_future_blocking", BlockingField, SetBlocking, nullptr},
    {"_loop", Field<&Future::loop>, nullptr, nullptr},
    {"_callbacks", CallbacksField, nullptr, nullptr},
    {"_result", ResultField, nullptr, nullptr},
    {"_exception", Field<&Future::exception>, nullptr, nullptr},
    {"_log_traceback", LogField, SetLog, nullptr},
    {"_source_traceback", Field<&Future::source_traceback>, nullptr, nullptr},
    {"_cancel_message", Field<&Future::cancel_message>, SetMessage, nullptr},
    END};
constexpr NativeDef kAwaiterMethods[] = {
    {"__iter__", AwaiterSelf, "(self, /)", nullptr},
    {"__next__", AwaiterNext, "(self, /)", nullptr},
    {"send", AwaiterNext, "(self, value, /)", nullptr},
    {"throw", AwaiterThrow, "(self, type, value=None, traceback=None, /)", nullptr},
    {"close", AwaiterClose, "(self, /)", nullptr},
    END};
constexpr NativeDef kYieldOnceMethods[] = {{"__await__", YieldOnceAwait, "(self, /)", nullptr},
                                           END};
#undef END

constexpr KindInfo kFutureKind = {"Future", TraceFuture, nullptr};
constexpr KindInfo kAwaiterKind = {"FutureIter", TraceAwaiter, nullptr};
constexpr KindInfo kYieldOnceKind = {"YieldOnce", nullptr, nullptr};
constexpr TypeSpec kFutureSpec = {.doc = "A result that is not there yet, for one event loop.",
                                  .new_function = FutureNew,
                                  .new_signature = "(cls, *args, **kwargs)",
                                  .methods = kFutureMethods,
                                  .getsets = kFutureFields,
                                  .native_size = sizeof(Future),
                                  .kind_info = &kFutureKind};
constexpr TypeSpec kAwaiterSpec = {
    .methods = kAwaiterMethods, .native_size = sizeof(Awaiter), .kind_info = &kAwaiterKind};
constexpr TypeSpec kYieldOnceSpec = {.methods = kYieldOnceMethods, .kind_info = &kYieldOnceKind};

}  // namespace

Status AddFutureTypes(Thread& thread, Module* module) {
  future_kind = RegisterKind(kFutureKind);
  awaiter_kind = RegisterKind(kAwaiterKind);
  GILA_TRY(future_type, AddType(thread, module, kFutureSpec, "_asyncio.Future", future_kind,
                                sizeof(Future), kBasetype | kHasDict | kHasWeakref));
  GILA_TRY(awaiter_type,
           NewNativeType(thread, kAwaiterSpec, "_asyncio.FutureIter", GetType(TypeId::kObject),
                         static_cast<Kind>(awaiter_kind), sizeof(Awaiter), kNoInstantiate));
  GILA_TRY(yield_once_type,
           NewNativeType(thread, kYieldOnceSpec, "_asyncio.YieldOnce", GetType(TypeId::kObject),
                         static_cast<Kind>(RegisterKind(kYieldOnceKind)), sizeof(Object),
                         kNoInstantiate));
  for (Type** const type : {&future_type, &awaiter_type, &yield_once_type})
    heap::AddRoot(reinterpret_cast<Object**>(type));
  // Only a future whose exception nobody has asked for is finalised: it registers itself.
  future_type->flags.FetchAnd(~uint32_t{kHasDel});
  native_awaiter_step = StepAwaiter;
  native_awaiter_kind = awaiter_kind;
  GILA_TRY(const Value yield_once, Result<Value>(AllocateInstance(thread, yield_once_type)));
  return AddValue(thread, module, "_yield_once", yield_once);
}

}  // namespace gila::asyncio

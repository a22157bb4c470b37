// asyncio_handle.cc: asyncio.Handle and TimerHandle: a call that the loop is to make, and how it is
// made.
#include "runtime/protocols.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"
#include "stdlib/asyncio_internal.h"
#include "stdlib/contextvars.h"

namespace gila::asyncio {

Type *handle_type = nullptr, *timer_type = nullptr;
uint8_t handle_kind = 0;

namespace {

Handle* Self(Args args) { return args[0].As<Handle>(); }
Handle* Self(Value v) { return v.As<Handle>(); }

void TraceHandle(Object* object, Marker& marker) {
  const auto* handle = static_cast<Handle*>(object);
  for (const Slot* slot = &handle->callback; slot <= &handle->source_traceback; ++slot)
    marker.Visit(*slot);
}

Status InitHandle(Thread& thread, Handle* handle, Value callback, Value args, Value loop,
                  Value context) {
  if (context.IsUnbound() || context.IsNone()) {
    GILA_TRY(context, CopyCurrentContext(thread));
  }
  handle->callback.Store(handle, callback);
  handle->args.Store(handle, args);
  handle->loop.Store(handle, loop);
  handle->context.Store(handle, context);
  handle->shown.Store(handle, kNone);
  handle->source_traceback.Store(handle, kNone);
  GILA_TRY(const bool debug, IsDebug(thread, loop));
  if (debug) {
    GILA_TRY(const Value stack, CallHelper(thread, "asyncio.format_helpers", "extract_stack", {}));
    handle->source_traceback.Store(handle, stack);
  }
  return kOk;
}

constexpr int64_t kFewArguments = 6;

Result<Value> CallInContext(Thread& thread, Value callback, Value args, Value context) {
  if (!IsTuple(args)) {
    GILA_TRY(Tuple* const made, ToTuple(thread, args));
    args = made;
  }
  auto* const tuple = args.As<Tuple>();
  if (!IsContext(context)) {
    GILA_TRY(List* const list, NewList(thread, {{callback}}));
    GILA_TRY_VOID(ListExtend(thread, list, args));
    GILA_TRY(Tuple* const all, ListToTuple(thread, list));
    GILA_TRY(const Value run, GetAttr(thread, context, names.run));
    return CallWith(thread, run, all, kUnbound);
  }
  GILA_TRY_VOID(EnterContext(thread, context));
  Result<Value> result = kFailed;
  if (tuple->length <= kFewArguments) {
    Value few[kFewArguments];
    for (int64_t i = 0; i < tuple->length; ++i) few[i] = tuple->At(i);
    result = Call(thread, callback, {few, static_cast<size_t>(tuple->length)});
  } else {
    result = CallWith(thread, callback, args, kUnbound);
  }
  LeaveContext(thread, context);
  return result;
}

}  // namespace

Result<Handle*> NewHandle(Thread& thread, Value callback, Value args, Value loop, Value context) {
  GILA_TRY(Object* const object, AllocateInstance(thread, handle_type));
  auto* const handle = static_cast<Handle*>(object);
  GILA_TRY_VOID(InitHandle(thread, handle, callback, args, loop, context));
  return handle;
}

Result<Handle*> NewTimer(Thread& thread, double when, Value callback, Value args, Value loop,
                         Value context) {
  GILA_TRY(Object* const object, AllocateInstance(thread, timer_type));
  auto* const handle = static_cast<Handle*>(object);
  handle->when.Store(when);
  GILA_TRY_VOID(InitHandle(thread, handle, callback, args, loop, context));
  return handle;
}

Status RunHandle(Thread& thread, Handle* handle) {
  const Result<Value> result =
      CallInContext(thread, handle->callback.Load(), handle->args.Load(), handle->context.Load());
  if (result.ok()) return kOk;
  if (LeavesLoop(thread)) return kFailed;
  const Value error = thread.TakeException();
  GILA_TRY_VOID(CallHelper(thread, "asyncio.format_helpers", "_report_callback", {handle, error}));
  return kOk;
}

namespace {

Result<Value> HandleNew(Thread& thread, Args args) {
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const handle = static_cast<Handle*>(object);
  for (Slot* slot = &handle->callback; slot <= &handle->source_traceback; ++slot)
    slot->Store(handle, kNone);
  return object;
}

Result<Value> HandleInit(Thread& thread, Args args) {
  GILA_TRY_VOID(InitHandle(thread, Self(args), args[1], args[2], args[3], args[4]));
  return kNone;
}
Result<Value> TimerInit(Thread& thread, Args args) {
  GILA_TRY(const double when, ToDouble(thread, args[1]));
  Self(args)->when.Store(when);
  GILA_TRY_VOID(InitHandle(thread, Self(args), args[2], args[3], args[4], args[5]));
  return kNone;
}

// What it was stays visible in debug mode only.
Result<Value> HandleCancel(Thread& thread, Args args) {
  Handle* const handle = Self(args);
  if (handle->cancelled.Load() != 0) return kNone;
  const Value loop = handle->loop.Load();
  GILA_TRY(const bool debug, IsDebug(thread, loop));
  handle->cancelled.Store(1);
  if (debug) {
    GILA_TRY(Str* const text, Repr(thread, args[0]));
    handle->shown.Store(handle, text);
  }
  if (handle->scheduled.Load() != 0 && TypeOf(args[0]) != handle_type) {
    if (IsLoop(loop)) {
      loop.As<Loop>()->cancelled_timers.AddUnshared(1);
    } else {
      GILA_TRY_VOID(CallMethod(thread, loop, names.timer_cancelled, {args[0]}));
    }
  }
  handle->callback.Store(handle, kNone);
  handle->args.Store(handle, kNone);
  return kNone;
}

Result<Value> HandleCancelled(Thread&, Args args) {
  return Value::Bool(Self(args)->cancelled.Load() != 0);
}
Result<Value> HandleRun(Thread& thread, Args args) {
  GILA_TRY_VOID(RunHandle(thread, Self(args)));
  return kNone;
}
Result<Value> HandleRepr(Thread& thread, Args args) {
  return CallHelper(thread, "asyncio.format_helpers", "_handle_repr", {args[0]});
}
Result<Value> HandleReprInfo(Thread& thread, Args args) {
  return CallHelper(thread, "asyncio.format_helpers", "_handle_repr_info", {args[0]});
}

// --- timers ---

bool IsTimer(Value v) { return IsHandle(v) && IsSubtype(TypeOf(v), timer_type); }

Result<Value> When(Thread& thread, Args args) { return NewFloat(thread, Self(args)->when.Load()); }
Result<Value> TimerHash(Thread& thread, Args args) {
  GILA_TRY(const Value when, NewFloat(thread, Self(args)->when.Load()));
  GILA_TRY(const int64_t hash, Hash(thread, when));
  return Value::SmallInt(hash);
}
Result<bool> SameCall(Thread& thread, const Handle* a, const Handle* b) {
  if (a->when.Load() != b->when.Load() || a->cancelled.Load() != b->cancelled.Load()) return false;
  GILA_TRY(const bool same, Equal(thread, a->callback.Load(), b->callback.Load()));
  if (!same) return false;
  return Equal(thread, a->args.Load(), b->args.Load());
}
template <CompareOp kOp>
Result<Value> TimerCompare(Thread& thread, Args args) {
  if (!IsTimer(args[1])) return kNotImplemented;
  const Handle *a = Self(args), *b = args[1].As<Handle>();
  const double left = a->when.Load(), right = b->when.Load();
  if (kOp == CompareOp::kLt) return Value::Bool(left < right);
  if (kOp == CompareOp::kGt) return Value::Bool(left > right);
  if (kOp == CompareOp::kLe && left < right) return kTrue;
  if (kOp == CompareOp::kGe && left > right) return kTrue;
  GILA_TRY(const bool same, SameCall(thread, a, b));
  return Value::Bool(same);
}

template <Slot Handle::* kField>
Result<Value> Field(Thread&, Value self) {
  return (Self(self)->*kField).Load();
}
template <Atomic<uint8_t> Handle::* kField>
Result<Value> Flag(Thread&, Value self) {
  return Value::Bool((Self(self)->*kField).Load() != 0);
}
template <Atomic<uint8_t> Handle::* kField>
Status SetFlag(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "cannot delete attribute");
  GILA_TRY(const bool truth, Truth(thread, value));
  (Self(self)->*kField).Store(truth ? 1 : 0);
  return kOk;
}
template <Slot Handle::* kField>
Status SetField(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "cannot delete attribute");
  (Self(self)->*kField).Store(Self(self), value);
  return kOk;
}
Result<Value> WhenField(Thread& thread, Value self) {
  return NewFloat(thread, Self(self)->when.Load());
}
Status SetWhen(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "cannot delete attribute");
  GILA_TRY(const double when, ToDouble(thread, value));
  Self(self)->when.Store(when);
  return kOk;
}

#define END {nullptr, nullptr, nullptr, nullptr}
constexpr NativeDef kHandleMethods[] = {
    {"__init__", HandleInit, "(self, callback, args, loop, context=None)", "Initialize self."},
    {"cancel", HandleCancel, "(self, /)", "Do not make the call."},
    {"cancelled", HandleCancelled, "(self, /)", "Was it cancelled?"},
    {"_run", HandleRun, "(self, /)", nullptr},
    {"_repr_info", HandleReprInfo, "(self, /)", nullptr},
    {"__repr__", HandleRepr, "(self, /)", "Return repr(self)."},
    END};
constexpr GetSetDef kHandleFields[] = {
    {"_callback", Field<&Handle::callback>, SetField<&Handle::callback>, nullptr},
    {"_args", Field<&Handle::args>, SetField<&Handle::args>, nullptr},
    {"_loop", Field<&Handle::loop>, SetField<&Handle::loop>, nullptr},
    {"_context", Field<&Handle::context>, SetField<&Handle::context>, nullptr},
    {"_repr", Field<&Handle::shown>, SetField<&Handle::shown>, nullptr},
    {"_source_traceback", Field<&Handle::source_traceback>, SetField<&Handle::source_traceback>,
     nullptr},
    {"_cancelled", Flag<&Handle::cancelled>, SetFlag<&Handle::cancelled>, nullptr},
    END};
constexpr NativeDef kTimerMethods[] = {
    {"__init__", TimerInit, "(self, when, callback, args, loop, context=None)", "Initialize self."},
    {"when", When, "(self, /)", "The time, by the loop's clock, at which the call is due."},
    {"__hash__", TimerHash, "(self, /)", "Return hash(self)."},
    {"__lt__", TimerCompare<CompareOp::kLt>, "(self, value, /)", "Return self<value."},
    {"__le__", TimerCompare<CompareOp::kLe>, "(self, value, /)", "Return self<=value."},
    {"__gt__", TimerCompare<CompareOp::kGt>, "(self, value, /)", "Return self>value."},
    {"__ge__", TimerCompare<CompareOp::kGe>, "(self, value, /)", "Return self>=value."},
    {"__eq__", TimerCompare<CompareOp::kEq>, "(self, value, /)", "Return self==value."},
    END};
constexpr GetSetDef kTimerFields[] = {
    {"_when", WhenField, SetWhen, nullptr},
    {"_scheduled", Flag<&Handle::scheduled>, SetFlag<&Handle::scheduled>, nullptr},
    END};
#undef END
constexpr KindInfo kHandleKind = {"Handle", TraceHandle, nullptr};
constexpr TypeSpec kHandleSpec = {.doc = "A call that the loop is to make.",
                                  .new_function = HandleNew,
                                  .new_signature = "(cls, *args, **kwargs)",
                                  .methods = kHandleMethods,
                                  .getsets = kHandleFields,
                                  .native_size = sizeof(Handle),
                                  .kind_info = &kHandleKind};
constexpr TypeSpec kTimerSpec = {.doc = "A call that is due at a time of the loop's clock.",
                                 .new_function = HandleNew,
                                 .new_signature = "(cls, *args, **kwargs)",
                                 .methods = kTimerMethods,
                                 .getsets = kTimerFields,
                                 .native_size = sizeof(Handle),
                                 .kind_info = &kHandleKind};

}  // namespace

Status AddHandleTypes(Thread& thread, Module* module) {
  handle_kind = RegisterKind(kHandleKind);
  constexpr uint32_t kFlags = kBasetype | kHasDict | kHasWeakref;
  GILA_TRY(handle_type, AddType(thread, module, kHandleSpec, "asyncio.events.Handle", handle_kind,
                                sizeof(Handle), kFlags));
  GILA_TRY(timer_type, AddType(thread, module, kTimerSpec, "asyncio.events.TimerHandle",
                               handle_kind, sizeof(Handle), kFlags, handle_type));
  heap::AddRoot(reinterpret_cast<Object**>(&handle_type));
  heap::AddRoot(reinterpret_cast<Object**>(&timer_type));
  return kOk;
}

}  // namespace gila::asyncio

// asyncio_task.cc: asyncio.Task: drives a coroutine on a loop, one step a turn.
//
// A step sends into the coroutine until it yields a future to wait for (the task becomes its
// callback) or None (the task goes back into the ready queue). The coroutine is resumed from here,
// one native call deep whatever it awaits: the chain of coroutines inside it runs in that one run
// of the interpreter.
//
// Pending tasks of a native loop are in a list that keeps nothing alive: a task leaves it when it
// is done, or in its finaliser, which every task has until it is done. Tasks whose class is the
// program's have a __del__ that may be anybody's, so those are in a WeakSet of the language part.
#include "runtime/protocols.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/str.h"
#include "stdlib/asyncio_internal.h"
#include "stdlib/contextvars.h"

namespace gila::asyncio {

Type* task_type = nullptr;
uint8_t task_kind = 0;

namespace {

Task* Self(Args args) { return args[0].As<Task>(); }
Task* Self(Value v) { return v.As<Task>(); }

Atomic<int64_t> next_number{1};
Value foreign_current = kUnbound;  // dict: a loop of another kind -> the task that runs in it
Value wakeup_descriptor = kUnbound, step_descriptor = kUnbound;

void TraceTask(Object* object, Marker& marker) {
  TraceFuture(object, marker);
  const auto* task = static_cast<Task*>(object);
  for (const Slot* slot = &task->coroutine; slot <= &task->throw_next; ++slot) marker.Visit(*slot);
}

bool IsCoroutineObject(Value v) { return IsKind(v, kKindCoroutine) || IsKind(v, kKindGenerator); }

// The task needs no finaliser any more: it is done, and nobody misses its end.
void Retire(Task* task) {
  UnlinkTask(task);
  if (TypeOf(task) == task_type && task->log_traceback.Load() == 0)
    task->gc.FetchAnd(static_cast<uint8_t>(~kGcFinalizer));
}

// --- a step ---

SendResult Resume(Thread& thread, Task* task, Value exception, Value* result) {
  const Value coroutine = task->coroutine.Load();
  if (IsCoroutineObject(coroutine)) {
    auto* const generator = coroutine.As<Generator>();
    return exception.IsUnbound() ? GeneratorSend(thread, generator, kNone, result)
                                 : GeneratorThrow(thread, generator, exception, result);
  }
  const Result<Value> yielded = exception.IsUnbound()
                                    ? CallMethod(thread, coroutine, names.send, {kNone})
                                    : CallMethod(thread, coroutine, names.throw_, {exception});
  if (yielded.ok()) {
    *result = yielded.value();
    return SendResult::kYielded;
  }
  return TakeStopIterationValue(thread, result) ? SendResult::kReturned : SendResult::kFailed;
}

Status Finish(Thread& thread, Task* task, Value result) {
  if (task->must_cancel.Load() != 0) {
    task->must_cancel.Store(0);
    GILA_TRY_VOID(FinishCancelled(thread, task, task->cancel_message.Load()));
  } else {
    GILA_TRY_VOID(FinishWithResult(thread, task, result));
  }
  Retire(task);
  return kOk;
}

// The coroutine raised what waits on the thread.
Status FinishFailed(Thread& thread, Task* task) {
  if (IsInstanceOfType(thread.exception, cancelled_error_type)) {
    task->cancelled_error.Store(task, thread.TakeException());
    GILA_TRY_VOID(FinishCancelled(thread, task, task->cancel_message.Load()));
    Retire(task);
    return kOk;
  }
  const bool leaves = LeavesLoop(thread);
  const Value error = thread.TakeException();
  GILA_TRY_VOID(FinishWithException(thread, task, error));
  UnlinkTask(task);
  if (!leaves) return kOk;
  thread.exception = error;
  return kFailed;
}

// The next step throws RuntimeError(words).
Status ScheduleError(Thread& thread, Task* task, const std::string& words) {
  GILA_TRY(Str* const text, NewStr(thread, words));
  GILA_TRY(const Value error, NewException(thread, TypeId::kRuntimeError, {{Value(text)}}));
  task->throw_next.Store(task, error);
  return ScheduleStep(thread, task);
}

Result<std::string> Text(Thread& thread, Value v) {
  GILA_TRY(Str* const text, Repr(thread, v));
  return ToUtf8(text);
}

Status ScheduleErrorAbout(Thread& thread, Task* task, const char* before, const char* between,
                          Value other, const char* after) {
  std::string words = before;
  if (*between != 0) {
    GILA_TRY(const std::string own, Text(thread, task));
    words += own + between;
  }
  if (!other.IsUnbound()) {
    GILA_TRY(const std::string shown, Text(thread, other));
    words += shown;
  }
  return ScheduleError(thread, task, words + after);
}

// `future` has been awaited: the task waits for it. A cancellation asked for meanwhile goes on to
// it.
Status NowWaits(Thread& thread, Task* task, Value future) {
  task->waiting_on.Store(task, future);
  if (task->must_cancel.Load() == 0) return kOk;
  GILA_TRY(const bool cancelled, CancelFuture(thread, future, task->cancel_message.Load()));
  if (cancelled) task->must_cancel.Store(0);
  return kOk;
}

// What the coroutine yielded is neither None nor a plain Future.
Status WaitForForeign(Thread& thread, Task* task, Value awaited) {
  GILA_TRY(const Value blocking, GetAttrOrUnbound(thread, awaited, names.blocking));
  if (blocking.IsUnbound() || blocking.IsNone()) {
    if (IsKind(awaited, kKindGenerator))
      return ScheduleErrorAbout(thread, task,
                                "yield was used instead of yield from for generator in task ",
                                " with ", awaited, "");
    return ScheduleErrorAbout(thread, task, "Task got bad yield: ", "", awaited, "");
  }
  GILA_TRY(Value method, GetAttrOrUnbound(thread, awaited, names.get_loop));
  Value loop;
  if (method.IsUnbound()) {
    GILA_TRY(loop, GetAttr(thread, awaited, names.loop));
  } else {
    GILA_TRY(loop, Call(thread, method, {}));
  }
  if (loop != task->loop.Load())
    return ScheduleErrorAbout(thread, task, "Task ", " got Future ", awaited,
                              " attached to a different loop");
  GILA_TRY(const bool truth, Truth(thread, blocking));
  if (!truth)
    return ScheduleErrorAbout(thread, task, "yield was used instead of yield from in task ",
                              " with ", awaited, "");
  if (awaited == Value(task))
    return ScheduleErrorAbout(thread, task, "Task cannot await on itself: ", "", task, "");
  GILA_TRY_VOID(SetAttr(thread, awaited, names.blocking, kFalse));
  GILA_TRY(const Value wakeup, WakeupMethod(thread, task));
  GILA_TRY_VOID(CallWithKeyword(thread, awaited, names.add_done_callback, {wakeup}, names.context,
                                task->context.Load()));
  return NowWaits(thread, task, awaited);
}

Status WaitFor(Thread& thread, Task* task, Value awaited) {
  if (!awaited.IsPointer() || (TypeOf(awaited) != future_type && TypeOf(awaited) != task_type))
    return WaitForForeign(thread, task, awaited);
  auto* const future = awaited.As<Future>();
  if (future->blocking.Load() == 0 || future->loop.Load() != task->loop.Load() ||
      awaited == Value(task))
    return WaitForForeign(thread, task, awaited);
  future->blocking.Store(0);
  GILA_TRY_VOID(AddCallback(thread, future, task, kUnbound));
  return NowWaits(thread, task, awaited);
}

Status Settle(Thread& thread, Task* task, SendResult outcome, Value result) {
  switch (outcome) {
    case SendResult::kReturned:
      return Finish(thread, task, result);
    case SendResult::kFailed:
      return FinishFailed(thread, task);
    case SendResult::kYielded:
      break;
  }
  const Status status =
      result.IsNone() ? ScheduleStep(thread, task) : WaitFor(thread, task, result);
  if (status.ok() || LeavesLoop(thread)) return status;
  // What went wrong while the task was to wait is its own affair.
  task->throw_next.Store(task, thread.TakeException());
  return ScheduleStep(thread, task);
}

Failed RaiseAlreadyDone(Thread& thread, Task* task, Value exception) {
  GILA_TRY(const std::string own, Text(thread, task));
  GILA_TRY(const std::string shown, Text(thread, exception.IsUnbound() ? kNone : exception));
  GILA_TRY(Str* const text, NewStr(thread, "__step(): already done: " + own + ", " + shown));
  GILA_TRY(const Value error, Call(thread, invalid_state_type, {text}));
  return thread.RaiseObject(error);
}

Status StepWith(Thread& thread, Task* task, Value exception) {
  if (!task->IsPending()) return RaiseAlreadyDone(thread, task, exception);
  if (task->must_cancel.Load() != 0) {
    if (exception.IsUnbound() || !IsInstanceOfType(exception, cancelled_error_type)) {
      GILA_TRY(exception, MakeCancelledError(thread, task));
    }
    task->must_cancel.Store(0);
  }
  task->waiting_on.Store(task, kNone);
  const Value loop = task->loop.Load();
  GILA_TRY_VOID(EnterTask(thread, loop, task));
  Value result = kNone;
  const SendResult outcome = Resume(thread, task, exception, &result);
  const Status settled = Settle(thread, task, outcome, result);
  const Value error = thread.TakeException();
  const Status left = LeaveTask(thread, loop, task);
  if (settled.ok()) return left;
  thread.exception = error;
  return kFailed;
}

}  // namespace

Status StepTask(Thread& thread, Task* task) {
  const Value exception = task->throw_next.Load();
  if (!exception.IsUnbound()) task->throw_next.Store(task, kUnbound);
  return StepWith(thread, task, exception);
}

Result<Value> WakeupMethod(Thread& thread, Task* task) {
  return BindNative(thread, wakeup_descriptor.As<NativeFunction>(), task);
}
Result<Value> StepMethod(Thread& thread, Task* task) {
  return BindNative(thread, step_descriptor.As<NativeFunction>(), task);
}

Result<bool> CancelTask(Thread& thread, Task* task, Value message) {
  GILA_TRY_VOID(CheckInitialized(thread, task));
  task->log_traceback.Store(0);
  if (!task->IsPending()) return false;
  task->cancels.AddUnshared(1);
  const Value waiting_on = task->waiting_on.Load();
  if (!waiting_on.IsNone()) {
    GILA_TRY(const bool cancelled, CancelFuture(thread, waiting_on, message));
    if (cancelled) return true;
  }
  task->must_cancel.Store(1);
  task->cancel_message.Store(task, message);
  return true;
}

// --- which task runs ---

Status EnterTask(Thread& thread, Value loop, Value task) {
  GILA_TRY(const Value running, CurrentTask(thread, loop));
  if (!running.IsNone()) {
    GILA_TRY(const std::string own, Text(thread, task));
    GILA_TRY(const std::string other, Text(thread, running));
    return thread.RaiseFormat(TypeId::kRuntimeError,
                              "Cannot enter into task %s while another task %s is being executed.",
                              own.c_str(), other.c_str());
  }
  if (IsLoop(loop)) {
    loop.As<Loop>()->current_task.Store(loop.AsObject(), task);
    return kOk;
  }
  return DictSet(thread, foreign_current.As<Dict>(), loop, task);
}

Status LeaveTask(Thread& thread, Value loop, Value task) {
  GILA_TRY(const Value running, CurrentTask(thread, loop));
  if (running != task) {
    GILA_TRY(const std::string own, Text(thread, task));
    GILA_TRY(const std::string other, Text(thread, running));
    return thread.RaiseFormat(TypeId::kRuntimeError,
                              "Leaving task %s does not match the current task %s.", own.c_str(),
                              other.c_str());
  }
  if (IsLoop(loop)) {
    loop.As<Loop>()->current_task.Store(loop.AsObject(), kUnbound);
    return kOk;
  }
  GILA_TRY_VOID(DictPop(thread, foreign_current.As<Dict>(), loop));
  return kOk;
}

Result<Value> CurrentTask(Thread& thread, Value loop) {
  Value task;
  if (IsLoop(loop)) {
    task = loop.As<Loop>()->current_task.Load();
  } else {
    GILA_TRY(task, DictGet(thread, foreign_current.As<Dict>(), loop));
  }
  return task.IsUnbound() ? kNone : task;
}

namespace {

Status CheckCoroutine(Thread& thread, Task* task, Value coroutine) {
  if (IsCoroutineObject(coroutine)) return kOk;
  GILA_TRY(const Value answer,
           CallHelper(thread, "asyncio.coroutines", "iscoroutine", {coroutine}));
  GILA_TRY(const bool is_coroutine, Truth(thread, answer));
  if (is_coroutine) return kOk;
  task->log_destroy_pending.Store(0);
  GILA_TRY(const std::string text, Text(thread, coroutine));
  return thread.RaiseTypeError("a coroutine was expected, got %s", text.c_str());
}

Status Register(Thread& thread, Task* task) {
  const Value loop = task->loop.Load();
  heap::RegisterFinalizer(thread, task);
  if (TypeOf(task) == task_type && IsLoop(loop)) {
    LinkTask(loop.As<Loop>(), task);
    return kOk;
  }
  GILA_TRY_VOID(CallHelper(thread, "asyncio.tasks", "_register_task", {task}));
  return kOk;
}

void ClearTask(Task* task) {
  InitFuture(task, kUnbound);
  task->coroutine.Store(task, kNone);
  task->context.Store(task, kNone);
  task->waiting_on.Store(task, kNone);
  task->name.Store(task, kNone);
  task->throw_next.Store(task, kUnbound);
}

// Runs the coroutine at once, up to where it first waits. The task is done afterwards, or scheduled
// as ever.
Status StepEagerly(Thread& thread, Task* task) {
  const Value loop = task->loop.Load(), context = task->context.Load();
  GILA_TRY(const Value outer, CurrentTask(thread, loop));
  if (!outer.IsNone()) GILA_TRY_VOID(LeaveTask(thread, loop, outer));
  Status status = IsContext(context) ? EnterContext(thread, context) : Status(kOk);
  if (status.ok()) {
    status = StepWith(thread, task, kUnbound);
    if (IsContext(context)) LeaveContext(thread, context);
  }
  if (!task->IsPending()) task->coroutine.Store(task, kNone);  // as in 3.12: it was never scheduled
  const Value error = thread.TakeException();
  if (!outer.IsNone()) GILA_TRY_VOID(EnterTask(thread, loop, outer));
  thread.exception = error;
  return status;
}

Status InitTask(Thread& thread, Task* task, Value coroutine, Value loop, Value name, Value context,
                bool eager) {
  ClearTask(task);
  GILA_TRY_VOID(FutureInit(thread, task, loop));
  GILA_TRY_VOID(CheckCoroutine(thread, task, coroutine));
  if (context.IsUnbound() || context.IsNone()) {
    GILA_TRY(context, CopyCurrentContext(thread));
  }
  if (name.IsUnbound() || name.IsNone()) {
    name = Value::SmallInt(next_number.FetchAdd(1));
  } else if (!IsExactly(name, TypeId::kStr)) {
    GILA_TRY(Str* const text, ToStr(thread, name));
    name = text;
  }
  task->context.Store(task, context);
  task->coroutine.Store(task, coroutine);
  task->name.Store(task, name);
  task->log_destroy_pending.Store(1);
  GILA_TRY_VOID(Register(thread, task));
  return eager ? StepEagerly(thread, task) : ScheduleStep(thread, task);
}

Result<Value> TaskNew(Thread& thread, Args args) {
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  ClearTask(static_cast<Task*>(object));
  return object;
}

Result<Value> TaskInit(Thread& thread, Args args) {
  bool eager = false;
  if (args.Has(5)) {
    GILA_TRY(eager, Truth(thread, args[5]));
  }
  if (eager && RunningLoop() != (args.Has(2) ? args[2] : kUnbound)) eager = false;
  GILA_TRY_VOID(InitTask(thread, Self(args), args[1], args[2], args[3], args[4], eager));
  return kNone;
}

Result<Value> TaskDel(Thread& thread, Args args) {
  Task* const task = Self(args);
  UnlinkTask(task);
  if (task->IsPending() && task->log_destroy_pending.Load() != 0 &&
      CheckInitialized(thread, task).ok()) {
    task->log_destroy_pending.Store(0);
    GILA_TRY_VOID(ReportToLoop(thread, task, "task", "Task was destroyed but it is pending!"));
  }
  thread.ClearException();
  return FutureDel(thread, args);
}

Result<Value> TaskCancel(Thread& thread, Args args) {
  GILA_TRY(const bool done, CancelTask(thread, Self(args), args.Or(1, kNone)));
  return Value::Bool(done);
}
Result<Value> Cancelling(Thread&, Args args) { return Value::SmallInt(Self(args)->cancels.Load()); }
Result<Value> Uncancel(Thread&, Args args) {
  Task* const task = Self(args);
  if (task->cancels.Load() > 0) task->cancels.AddUnshared(-1);
  return Value::SmallInt(task->cancels.Load());
}
Result<Value> GetCoroutine(Thread&, Args args) { return Self(args)->coroutine.Load(); }
Result<Value> GetTaskContext(Thread&, Args args) { return Self(args)->context.Load(); }
Result<Value> GetName(Thread& thread, Args args) {
  const Value name = Self(args)->name.Load();
  if (!name.IsSmallInt()) return name;
  GILA_TRY(Str* const text, NewStr(thread, "Task-" + std::to_string(name.AsSmallInt())));
  Self(args)->name.Store(Self(args), text);
  return text;
}
Result<Value> SetName(Thread& thread, Args args) {
  GILA_TRY(Str* const text, ToStr(thread, args[1]));
  Self(args)->name.Store(Self(args), text);
  return kNone;
}
Result<Value> RefuseResult(Thread& thread, Args) {
  return thread.Raise(TypeId::kRuntimeError, "Task does not support set_result operation");
}
Result<Value> RefuseException(Thread& thread, Args) {
  return thread.Raise(TypeId::kRuntimeError, "Task does not support set_exception operation");
}
Result<Value> GetStack(Thread& thread, Args args) {
  return CallHelper(thread, "asyncio.base_tasks", "_task_get_stack", {args[0], args.Or(1, kNone)});
}
Result<Value> PrintStack(Thread& thread, Args args) {
  return CallHelper(thread, "asyncio.base_tasks", "_task_print_stack",
                    {args[0], args.Or(1, kNone), args.Or(2, kNone)});
}
Result<Value> TaskRepr(Thread& thread, Args args) {
  return CallHelper(thread, "asyncio.base_tasks", "_task_repr", {args[0]});
}
Result<Value> TaskReprInfo(Thread& thread, Args args) {
  return CallHelper(thread, "asyncio.base_tasks", "_task_repr_info", {args[0]});
}

// Errors here are those of Handle._run: they go to the loop's handler.
Result<Value> TaskStepCall(Thread& thread, Args args) {
  Task* const task = Self(args);
  if (args.Has(1) && !args[1].IsNone()) task->throw_next.Store(task, args[1]);
  GILA_TRY_VOID(StepTask(thread, task));
  return kNone;
}

// The callback in a foreign future: its exception is thrown here, its result is fetched by the
// `await` itself.
Result<Value> TaskWakeup(Thread& thread, Args args) {
  Task* const task = Self(args);
  if (!IsFuture(args[1])) {
    const Result<Value> result = CallMethod(thread, args[1], names.result, {});
    if (!result.ok()) {
      if (LeavesLoop(thread)) return kFailed;
      task->throw_next.Store(task, thread.TakeException());
    }
  }
  GILA_TRY_VOID(StepTask(thread, task));
  return kNone;
}

template <Slot Task::* kField>
Result<Value> Field(Thread&, Value self) {
  return (Self(self)->*kField).Load();
}
Result<Value> MustCancelField(Thread&, Value self) {
  return Value::Bool(Self(self)->must_cancel.Load() != 0);
}
Result<Value> CancelsField(Thread&, Value self) {
  return Value::SmallInt(Self(self)->cancels.Load());
}
Result<Value> LogDestroyField(Thread&, Value self) {
  return Value::Bool(Self(self)->log_destroy_pending.Load() != 0);
}
Status SetLogDestroy(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "cannot delete attribute");
  GILA_TRY(const bool truth, Truth(thread, value));
  Self(self)->log_destroy_pending.Store(truth ? 1 : 0);
  return kOk;
}

#define END {nullptr, nullptr, nullptr, nullptr}
constexpr NativeDef kTaskMethods[] = {
    {"__init__", TaskInit, "(self, coro, *, loop=None, name=None, context=None, eager_start=False)",
     "Initialize self."},
    {"cancel", TaskCancel, "(self, msg=None)",
     "Ask for a CancelledError to be thrown into the coroutine."},
    {"cancelling", Cancelling, "(self, /)", "How often cancel() was asked for and not taken back."},
    {"uncancel", Uncancel, "(self, /)", "Take one request to cancel back; how many are left."},
    {"get_coro", GetCoroutine, "(self, /)", "The coroutine that the task drives."},
    {"get_context", GetTaskContext, "(self, /)", "The context the coroutine runs in."},
    {"get_name", GetName, "(self, /)", "The task's name."},
    {"set_name", SetName, "(self, value, /)", "Name the task."},
    {"set_result", RefuseResult, "(self, result, /)", nullptr},
    {"set_exception", RefuseException, "(self, exception, /)", nullptr},
    {"get_stack", GetStack, "(self, *, limit=None)", "The frames the coroutine is suspended in."},
    {"print_stack", PrintStack, "(self, *, limit=None, file=None)",
     "Print those, or the traceback."},
    {"task_wakeup", TaskWakeup, "(self, future, /)", nullptr},
    {"TaskStepMethWrapper", TaskStepCall, "(self, exception=None, /)", nullptr},
    {"_repr_info", TaskReprInfo, "(self, /)", nullptr},
    {"__repr__", TaskRepr, "(self, /)", "Return repr(self)."},
    {"__del__", TaskDel, "(self, /)", nullptr},
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, object, /)", "See PEP 585"},
    END};
constexpr GetSetDef kTaskFields[] = {
    {"_coro", Field<&Task::coroutine>, nullptr, nullptr},
    {"_fut_waiter", Field<&Task::waiting_on>, nullptr, nullptr},
    {"_must_cancel", MustCancelField, nullptr, nullptr},
    {"_num_cancels_requested", CancelsField, nullptr, nullptr},
    {"_log_destroy_pending", LogDestroyField, SetLogDestroy, nullptr},
    END};
#undef END
constexpr KindInfo kTaskKind = {"Task", TraceTask, nullptr};
constexpr TypeSpec kTaskSpec = {.doc = "A coroutine wrapped in a Future.",
                                .new_function = TaskNew,
                                .new_signature = "(cls, *args, **kwargs)",
                                .methods = kTaskMethods,
                                .getsets = kTaskFields,
                                .native_size = sizeof(Task),
                                .kind_info = &kTaskKind};

}  // namespace

Result<Value> NewTask(Thread& thread, Value coroutine, Value loop, Value name, Value context,
                      bool eager) {
  GILA_TRY(Object* const object, AllocateInstance(thread, task_type));
  GILA_TRY_VOID(
      InitTask(thread, static_cast<Task*>(object), coroutine, loop, name, context, eager));
  return object;
}

Status AddTaskTypes(Thread& thread, Module* module) {
  task_kind = RegisterKind(kTaskKind);
  GILA_TRY(task_type, AddType(thread, module, kTaskSpec, "_asyncio.Task", task_kind, sizeof(Task),
                              kBasetype | kHasDict | kHasWeakref, future_type));
  heap::AddRoot(reinterpret_cast<Object**>(&task_type));
  task_type->flags.FetchAnd(~uint32_t{kHasDel});  // registered when it is made, see Register
  heap::AddRoot(&foreign_current);
  heap::AddRoot(&wakeup_descriptor);
  heap::AddRoot(&step_descriptor);
  GILA_TRY(foreign_current, Result<Value>(NewDict(thread)));
  wakeup_descriptor = LookupOnType(thread, task_type, Intern(thread, "task_wakeup"));
  step_descriptor = LookupOnType(thread, task_type, Intern(thread, "TaskStepMethWrapper"));
  return kOk;
}

}  // namespace gila::asyncio

// asyncio_loop.cc: the core of an event loop: the queue of calls, the timers, one turn.
//
// _asyncio._LoopCore is the base of asyncio.BaseEventLoop. A subclass may do any of its methods its
// own way; a future that wants its callbacks called asks (IsNative) whether call_soon is still the
// one from here, and only then goes straight to the queue. The answer is remembered for the shape
// of the loop object, so that an attribute set on the loop itself counts too.
//
// A turn polls (asyncio_poll.cc, or the `_selector` that a program gave), moves the timers that are
// due into the ready queue, and makes the calls that were in it: those added meanwhile are for the
// next turn. While calls follow each other turn by turn, the kernel is asked once in kCallsPerPoll
// of them.
#include <time.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "runtime/protocols.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "stdlib/asyncio_internal.h"
#include "stdlib/contextvars.h"

namespace gila::asyncio {

Type* loop_type = nullptr;
uint8_t loop_kind = 0;

namespace {

constexpr uint32_t kCallsPerPoll = 32;
constexpr double kClockResolution = 1e-9;
constexpr double kMaximumSleep = 24 * 3600;
// Cancelled timers are swept when there are more timers than this and more than half are cancelled.
constexpr int64_t kMinimumSweptTimers = 100;

Loop* Self(Args args) { return args[0].As<Loop>(); }
Loop* Self(Value v) { return v.As<Loop>(); }

void TraceLoop(Object* object, Marker& marker) {
  const auto* loop = static_cast<Loop*>(object);
  marker.Visit(loop->ready);
  marker.Visit(loop->scheduled);
  for (const Slot* slot = &loop->watches; slot <= &loop->current_task; ++slot) marker.Visit(*slot);
}

// --- which methods are the core's ---

Result<Value> CallSoonMethod(Thread& thread, Args args);
Result<Value> CallAt(Thread& thread, Args args);
Result<Value> Time(Thread& thread, Args args);
Result<Value> CreateTask(Thread& thread, Args args);

uint8_t Overridden(Thread& thread, Loop* loop) {
  const struct {
    LoopMethods method;
    Value name;
    NativeFn function;
  } kRows[] = {{kCallSoon, names.call_soon, CallSoonMethod},
               {kCallAt, names.call_at, CallAt},
               {kTime, names.time, Time},
               {kCreateTask, names.create_task, CreateTask}};
  uint8_t overridden = 0;
  for (const auto& row : kRows) {
    const Value on_type = LookupOnType(thread, TypeOf(loop), row.name);
    const bool is_core = IsKind(on_type, kKindMethodDescriptor) &&
                         on_type.As<NativeFunction>()->function == row.function;
    if (!is_core || !GetOwnAttribute(loop, row.name).IsUnbound()) overridden |= row.method;
  }
  return overridden;
}

}  // namespace

bool IsNative(Thread& thread, Value v, LoopMethods method) {
  if (!IsLoop(v)) return false;
  Loop* const loop = v.As<Loop>();
  const uint32_t shape = loop->shape_id.Load();
  if (GILA_UNLIKELY(loop->known_shape.Load() != shape)) {
    loop->overridden.Store(Overridden(thread, loop));
    // The attributes of a loop with a dictionary come and go without a new shape.
    loop->known_shape.Store(ShapeOf(loop)->IsDictionary() ? 0 : shape);
  }
  return (loop->overridden.Load() & method) == 0;
}

double MonotonicSeconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

Result<bool> IsDebug(Thread& thread, Value loop) {
  if (IsLoop(loop)) return loop.As<Loop>()->debug.Load() != 0;
  GILA_TRY(const Value debug, CallMethod(thread, loop, names.get_debug, {}));
  return Truth(thread, debug);
}

// --- calls ---

namespace {

Failed RaiseClosed(Thread& thread) {
  return thread.Raise(TypeId::kRuntimeError, "Event loop is closed");
}

// Debug mode, and a closed loop: what is called is looked at first.
Status CheckCall(Thread& thread, Value loop, Value callback, const char* method, bool this_thread) {
  const Loop* const core = loop.As<Loop>();
  if (GILA_LIKELY(core->closed.Load() == 0 && core->debug.Load() == 0)) return kOk;
  if (core->closed.Load() != 0) return RaiseClosed(thread);
  if (this_thread) GILA_TRY_VOID(CallMethod(thread, loop, names.check_thread, {}));
  GILA_TRY_VOID(CallMethod(thread, loop, names.check_call, {callback, Intern(thread, method)}));
  return kOk;
}

Result<Value> RestTuple(Thread& thread, std::span<const Value> rest) {
  if (rest.empty()) return Value(empty_tuple);
  return NewTuple(thread, rest);
}

Result<Handle*> Enqueue(Thread& thread, Value loop, Value callback, Value args, Value context) {
  GILA_TRY(Handle* const handle, NewHandle(thread, callback, args, loop, context));
  GILA_TRY_VOID(DequeAppend(thread, loop.As<Loop>()->ready.Load(), handle, false));
  return handle;
}

Result<Value> CallSoonMethod(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckCall(thread, args[0], args[1], "call_soon", true));
  GILA_TRY(const Value arguments, RestTuple(thread, args.rest()));
  return Enqueue(thread, args[0], args[1], arguments, args[2]);
}

Result<Value> CallSoonThreadsafe(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckCall(thread, args[0], args[1], "call_soon_threadsafe", false));
  GILA_TRY(const Value arguments, RestTuple(thread, args.rest()));
  GILA_TRY(Handle* const handle, Enqueue(thread, args[0], args[1], arguments, args[2]));
  if (Self(args)->poller.Load() != nullptr) {
    WakeLoop(Self(args));
  } else {
    GILA_TRY_VOID(CallMethod(thread, args[0], Intern(thread, "_write_to_self"), {}));
  }
  return handle;
}

// --- timers: a heap in a list, the algorithm of heapq ---

double WhenOf(Value v) { return IsHandle(v) ? v.As<Handle>()->when.Load() : HUGE_VAL; }

Status SiftDown(Thread& thread, List* heap, int64_t start, int64_t position) {
  const Value item = ListAt(heap, position);
  while (position > start) {
    const int64_t parent = (position - 1) >> 1;
    const Value above = ListAt(heap, parent);
    if (!(WhenOf(item) < WhenOf(above))) break;
    GILA_TRY_VOID(ListStore(thread, heap, position, above));
    position = parent;
  }
  return ListStore(thread, heap, position, item);
}

Status SiftUp(Thread& thread, List* heap, int64_t position) {
  const int64_t end = heap->size.Load(), start = position;
  const Value item = ListAt(heap, position);
  for (int64_t child = 2 * position + 1; child < end; child = 2 * position + 1) {
    const int64_t right = child + 1;
    if (right < end && !(WhenOf(ListAt(heap, child)) < WhenOf(ListAt(heap, right)))) child = right;
    GILA_TRY_VOID(ListStore(thread, heap, position, ListAt(heap, child)));
    position = child;
  }
  GILA_TRY_VOID(ListStore(thread, heap, position, item));
  return SiftDown(thread, heap, start, position);
}

Result<Value> PopTimer(Thread& thread, List* heap) {
  GILA_TRY(const Value last, ListPop(thread, heap, -1));
  Value first = last;
  if (heap->size.Load() != 0) {
    first = ListAt(heap, 0);
    GILA_TRY_VOID(ListStore(thread, heap, 0, last));
    GILA_TRY_VOID(SiftUp(thread, heap, 0));
  }
  if (IsHandle(first)) first.As<Handle>()->scheduled.Store(0);
  return first;
}

bool IsCancelled(Value v) { return IsHandle(v) && v.As<Handle>()->cancelled.Load() != 0; }

Status SweepCancelledTimers(Thread& thread, Loop* loop) {
  List* const old = loop->scheduled.Load();
  GILA_TRY(List* const kept, NewListReserved(thread, old->size.Load()));
  for (int64_t i = 0;; ++i) {
    const Value timer = ListAt(old, i);
    if (timer.IsUnbound()) break;
    if (IsCancelled(timer)) {
      timer.As<Handle>()->scheduled.Store(0);
    } else {
      GILA_TRY_VOID(ListAppend(thread, kept, timer));
    }
  }
  for (int64_t i = kept->size.Load() / 2 - 1; i >= 0; --i) GILA_TRY_VOID(SiftUp(thread, kept, i));
  loop->scheduled.Store(loop, kept);
  loop->cancelled_timers.Store(0);
  return kOk;
}

Status DropCancelledTimers(Thread& thread, Loop* loop) {
  const int64_t cancelled = loop->cancelled_timers.Load();
  const int64_t all = loop->scheduled.Load()->size.Load();
  if (all > kMinimumSweptTimers && 2 * cancelled > all) return SweepCancelledTimers(thread, loop);
  List* const heap = loop->scheduled.Load();
  while (IsCancelled(ListAt(heap, 0))) {
    GILA_TRY_VOID(PopTimer(thread, heap));
    loop->cancelled_timers.AddUnshared(-1);
  }
  return kOk;
}

Result<double> LoopTime(Thread& thread, Value loop) {
  if (IsNative(thread, loop, kTime)) return MonotonicSeconds();
  GILA_TRY(const Value now, CallMethod(thread, loop, names.time, {}));
  return ToDouble(thread, now);
}

Status MoveDueTimers(Thread& thread, Loop* loop) {
  List* const heap = loop->scheduled.Load();
  if (heap->size.Load() == 0) return kOk;
  GILA_TRY(const double now, LoopTime(thread, loop));
  const Value resolution = GetOwnAttribute(loop, Intern(thread, "_clock_resolution"));
  const double until =
      now +
      (resolution.IsUnbound() || !IsFloat(resolution) ? kClockResolution : FloatValue(resolution));
  while (true) {
    const Value first = ListAt(heap, 0);
    if (first.IsUnbound() || WhenOf(first) >= until) return kOk;
    GILA_TRY(const Value timer, PopTimer(thread, heap));
    if (IsCancelled(timer)) {
      loop->cancelled_timers.AddUnshared(-1);
    } else {
      GILA_TRY_VOID(DequeAppend(thread, loop->ready.Load(), timer, false));
    }
  }
}

Result<Value> AddTimer(Thread& thread, Value loop, double when, Value callback, Value args,
                       Value context) {
  GILA_TRY(Handle* const timer, NewTimer(thread, when, callback, args, loop, context));
  List* const heap = loop.As<Loop>()->scheduled.Load();
  GILA_TRY_VOID(ListAppend(thread, heap, timer));
  GILA_TRY_VOID(SiftDown(thread, heap, 0, heap->size.Load() - 1));
  timer->scheduled.Store(1);
  return timer;
}

Result<Value> CallAt(Thread& thread, Args args) {
  if (args[1].IsNone()) return thread.RaiseTypeError("when cannot be None");
  GILA_TRY_VOID(CheckCall(thread, args[0], args[2], "call_at", true));
  GILA_TRY(const double when, ToDouble(thread, args[1]));
  GILA_TRY(const Value arguments, RestTuple(thread, args.rest()));
  return AddTimer(thread, args[0], when, args[2], arguments, args[3]);
}

Result<Value> CallLater(Thread& thread, Args args) {
  if (args[1].IsNone()) return thread.RaiseTypeError("delay must not be None");
  GILA_TRY(const double delay, ToDouble(thread, args[1]));
  GILA_TRY(const double now, LoopTime(thread, args[0]));
  if (IsNative(thread, args[0], kCallAt)) {
    GILA_TRY_VOID(CheckCall(thread, args[0], args[2], "call_later", true));
    GILA_TRY(const Value arguments, RestTuple(thread, args.rest()));
    return AddTimer(thread, args[0], now + delay, args[2], arguments, args[3]);
  }
  GILA_TRY(const Value when, NewFloat(thread, now + delay));
  GILA_TRY(List* const all, NewList(thread, {{when, args[2]}}));
  for (const Value v : args.rest()) GILA_TRY_VOID(ListAppend(thread, all, v));
  GILA_TRY(Tuple* const positional, ListToTuple(thread, all));
  GILA_TRY(Dict* const keywords, NewDict(thread));
  GILA_TRY_VOID(DictSet(thread, keywords, names.context, args.Or(3, kNone)));
  GILA_TRY(const Value method, GetAttr(thread, args[0], names.call_at));
  return CallWith(thread, method, positional, keywords);
}

Result<Value> Time(Thread& thread, Args) { return NewFloat(thread, MonotonicSeconds()); }

}  // namespace

Status CallSoon(Thread& thread, Value loop, Value callback, Value argument, Value context) {
  if (IsNative(thread, loop, kCallSoon)) {
    GILA_TRY_VOID(CheckCall(thread, loop, callback, "call_soon", true));
    GILA_TRY(Tuple* const args, NewTuple(thread, {{argument}}));
    GILA_TRY_VOID(Enqueue(thread, loop, callback, args, context));
    return kOk;
  }
  GILA_TRY_VOID(
      CallWithKeyword(thread, loop, names.call_soon, {callback, argument}, names.context, context));
  return kOk;
}

Status ScheduleStep(Thread& thread, Task* task) {
  const Value loop = task->loop.Load();
  if (IsNative(thread, loop, kCallSoon)) {
    if (loop.As<Loop>()->closed.Load() != 0) return RaiseClosed(thread);
    if (loop.As<Loop>()->debug.Load() != 0)
      GILA_TRY_VOID(CallMethod(thread, loop, names.check_thread, {}));
    return DequeAppend(thread, loop.As<Loop>()->ready.Load(), task, false);
  }
  GILA_TRY(const Value step, StepMethod(thread, task));
  GILA_TRY_VOID(
      CallWithKeyword(thread, loop, names.call_soon, {step}, names.context, task->context.Load()));
  return kOk;
}

// --- a turn ---

namespace {

Status RunTask(Thread& thread, Task* task) {
  const Value context = task->context.Load();
  Status status = kFailed;
  if (!IsContext(context)) {
    const Result<Value> step = StepMethod(thread, task);
    status = step.ok() && CallMethod(thread, context, names.run, {step.value()}).ok()
                 ? Status(kOk)
                 : Status(kFailed);
  } else if (EnterContext(thread, context).ok()) {
    status = StepTask(thread, task);
    LeaveContext(thread, context);
  }
  if (status.ok()) return kOk;
  if (LeavesLoop(thread)) return kFailed;
  const Value error = thread.TakeException();
  GILA_TRY_VOID(CallHelper(thread, "asyncio.format_helpers", "_report_step", {task, error}));
  return kOk;
}

// Whatever a program put into the queue: something like a Handle.
Status RunForeign(Thread& thread, Value entry) {
  GILA_TRY(const Value cancelled, GetAttr(thread, entry, names.cancelled));
  GILA_TRY(const bool skip, Truth(thread, cancelled));
  if (!skip) GILA_TRY_VOID(CallMethod(thread, entry, names.run_handle, {}));
  return kOk;
}

Status RunEntry(Thread& thread, Value entry) {
  if (IsTask(entry)) return RunTask(thread, entry.As<Task>());
  if (IsHandle(entry) && (TypeOf(entry) == handle_type || TypeOf(entry) == timer_type)) {
    auto* const handle = entry.As<Handle>();
    return handle->cancelled.Load() != 0 ? kOk : RunHandle(thread, handle);
  }
  return RunForeign(thread, entry);
}

Status RunWatched(Thread& thread, Loop* loop, Value entry) {
  const double start = MonotonicSeconds();
  const Status status = RunEntry(thread, entry);
  const double spent = MonotonicSeconds() - start;
  if (!status.ok()) return status;
  GILA_TRY(const Value limit, GetAttr(thread, loop, Intern(thread, "slow_callback_duration")));
  GILA_TRY(const double seconds, ToDouble(thread, limit));
  if (spent < seconds) return kOk;
  GILA_TRY(const Value duration, NewFloat(thread, spent));
  GILA_TRY_VOID(CallHelper(thread, "asyncio.format_helpers", "_report_slow", {entry, duration}));
  return kOk;
}

Status RunReady(Thread& thread, Loop* loop) {
  Deque* const ready = loop->ready.Load();
  const int64_t count = ready->size.Load();
  loop->calls_since_poll.AddUnshared(static_cast<uint32_t>(count));
  const bool watched = loop->debug.Load() != 0;
  for (int64_t i = 0; i < count; ++i) {
    const Value entry = DequeTakeFirst(ready);
    if (entry.IsUnbound()) return kOk;
    GILA_TRY_VOID(watched ? RunWatched(thread, loop, entry) : RunEntry(thread, entry));
    GILA_TRY_VOID(thread.CheckBreaker());
  }
  return kOk;
}

// Seconds to wait for something to happen; negative: for ever.
Result<double> NextTimeout(Thread& thread, Loop* loop) {
  if (loop->ready.Load()->size.Load() != 0 || loop->stopping.Load() != 0) return 0.0;
  const Value first = ListAt(loop->scheduled.Load(), 0);
  if (first.IsUnbound()) return -1.0;
  GILA_TRY(const double now, LoopTime(thread, loop));
  return std::clamp(WhenOf(first) - now, 0.0, kMaximumSleep);
}

Status PollSelector(Thread& thread, Loop* loop, double seconds) {
  Value timeout = kNone;
  if (seconds >= 0) {
    GILA_TRY(timeout, seconds == 0 ? Result<Value>(Value::SmallInt(0)) : NewFloat(thread, seconds));
  }
  GILA_TRY(const Value selector, GetAttr(thread, loop, names.selector));
  GILA_TRY(const Value events, CallMethod(thread, selector, names.select, {timeout}));
  GILA_TRY_VOID(CallMethod(thread, loop, names.process_events, {events}));
  return kOk;
}

Result<Value> RunOnce(Thread& thread, Args args) {
  Loop* const loop = Self(args);
  if (loop->cancelled_timers.Load() > 0) GILA_TRY_VOID(DropCancelledTimers(thread, loop));
  GILA_TRY(const double timeout, NextTimeout(thread, loop));
  if (loop->poller.Load() == nullptr) {
    GILA_TRY_VOID(PollSelector(thread, loop, timeout));
  } else if (timeout != 0 || loop->stopping.Load() != 0 ||
             loop->calls_since_poll.Load() >= kCallsPerPoll) {
    loop->calls_since_poll.Store(0);
    GILA_TRY_VOID(Poll(thread, loop, timeout));
  }
  GILA_TRY_VOID(MoveDueTimers(thread, loop));
  GILA_TRY_VOID(RunReady(thread, loop));
  return kNone;
}

// Turns until stop() is called: what run_forever does between its preparations.
Result<Value> RunTurns(Thread& thread, Args args) {
  Loop* const loop = Self(args);
  loop->calls_since_poll.Store(kCallsPerPoll);  // the first turn polls
  const Value name = Intern(thread, "_run_once");
  const Value on_type = LookupOnType(thread, TypeOf(loop), name);
  const bool is_core = IsKind(on_type, kKindMethodDescriptor) &&
                       on_type.As<NativeFunction>()->function == RunOnce &&
                       GetOwnAttribute(loop, name).IsUnbound();
  do {
    if (is_core) {
      GILA_TRY_VOID(RunOnce(thread, args));
    } else {
      GILA_TRY_VOID(CallMethod(thread, loop, name, {}));
    }
    GILA_TRY_VOID(thread.CheckBreaker());
  } while (loop->stopping.Load() == 0);
  return kNone;
}

// --- futures and tasks ---

Result<Value> CreateFuture(Thread& thread, Args args) { return NewFuture(thread, args[0]); }

Result<Value> CreateTask(Thread& thread, Args args) {
  Loop* const loop = Self(args);
  if (loop->closed.Load() != 0) return RaiseClosed(thread);
  const Value factory = loop->task_factory.Load();
  if (factory.IsNone()) return NewTask(thread, args[1], args[0], args[2], args[3]);
  GILA_TRY(const Value task, args.Or(3, kNone).IsNone()
                                 ? Call(thread, factory, {args[0], args[1]})
                                 : CallHelper(thread, "asyncio.base_events", "_call_factory",
                                              {factory, args[0], args[1], args[3]}));
  if (!args.Or(2, kNone).IsNone())
    GILA_TRY_VOID(CallHelper(thread, "asyncio.tasks", "_set_task_name", {task, args[2]}));
  return task;
}

Result<Value> PendingTasks(Thread& thread, Args args) {
  Loop* const loop = Self(args);
  GILA_TRY(List* const list, NewList(thread));
  // Counted first: nothing may be allocated under the lock. Who comes in between is new and waits
  // for the next look.
  for (int64_t room = 16;; room *= 2) {
    GILA_TRY(Tuple* const found, NewTuple(thread, room));
    for (int64_t i = 0; i < room; ++i) found->items[i].Store(found, kNone);
    int64_t count = 0;
    {
      const ByteLockGuard guard(loop->lock);
      for (Task* task = loop->tasks; task != nullptr; task = task->next, ++count)
        if (count < room) found->items[count].Store(found, task);
    }
    if (count > room) continue;
    for (int64_t i = 0; i < count; ++i) GILA_TRY_VOID(ListAppend(thread, list, found->At(i)));
    return list;
  }
}

// --- state ---

Result<Value> LoopNew(Thread& thread, Args args) {
  GILA_TRY(Deque* const ready, NewDequeOf(thread, deque_type));
  GILA_TRY(List* const scheduled, NewList(thread));
  GILA_TRY(List* const watches, NewList(thread));
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const loop = static_cast<Loop*>(object);
  loop->ready.Store(loop, ready);
  loop->scheduled.Store(loop, scheduled);
  loop->watches.Store(loop, watches);
  loop->task_factory.Store(loop, kNone);
  loop->current_task.Store(loop, kUnbound);
  return object;
}

Result<Value> Stop(Thread&, Args args) {
  Self(args)->stopping.Store(1);
  return kNone;
}
Result<Value> IsRunning(Thread&, Args args) {
  return Value::Bool(Self(args)->thread_id.Load() != 0);
}
Result<Value> IsClosed(Thread&, Args args) { return Value::Bool(Self(args)->closed.Load() != 0); }
Result<Value> GetDebug(Thread&, Args args) { return Value::Bool(Self(args)->debug.Load() != 0); }
Result<Value> CheckClosed(Thread& thread, Args args) {
  if (Self(args)->closed.Load() != 0) return RaiseClosed(thread);
  return kNone;
}
Result<Value> TimerCancelled(Thread&, Args args) {
  if (IsHandle(args[1]) && args[1].As<Handle>()->scheduled.Load() != 0)
    Self(args)->cancelled_timers.AddUnshared(1);
  return kNone;
}

template <Atomic<uint8_t> Loop::* kField>
Result<Value> Flag(Thread&, Value self) {
  return Value::Bool((Self(self)->*kField).Load() != 0);
}
template <Atomic<uint8_t> Loop::* kField>
Status SetFlag(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "cannot delete attribute");
  GILA_TRY(const bool truth, Truth(thread, value));
  (Self(self)->*kField).Store(truth ? 1 : 0);
  return kOk;
}
Result<Value> ReadyField(Thread&, Value self) { return Self(self)->ready.Load(); }
Result<Value> ScheduledField(Thread&, Value self) { return Self(self)->scheduled.Load(); }
Status SetScheduled(Thread& thread, Value self, Value value) {
  if (!IsList(value)) return thread.RaiseTypeError("_scheduled must be a list");
  Self(self)->scheduled.Store(self.AsObject(), value.As<List>());
  return kOk;
}
Result<Value> CancelledCount(Thread&, Value self) {
  return Value::SmallInt(Self(self)->cancelled_timers.Load());
}
Status SetCancelledCount(Thread& thread, Value self, Value value) {
  GILA_TRY(const int64_t count, ToInt64(thread, value));
  Self(self)->cancelled_timers.Store(count);
  return kOk;
}
Result<Value> FactoryField(Thread&, Value self) { return Self(self)->task_factory.Load(); }
Status SetFactory(Thread&, Value self, Value value) {
  Self(self)->task_factory.Store(self.AsObject(), value.IsUnbound() ? kNone : value);
  return kOk;
}
Result<Value> ThreadField(Thread& thread, Value self) {
  const uint64_t id = Self(self)->thread_id.Load();
  if (id == 0) return kNone;
  return NewInt(thread, static_cast<int64_t>(id));
}
Status SetThread(Thread& thread, Value self, Value value) {
  if (value.IsUnbound() || value.IsNone()) {
    Self(self)->thread_id.Store(0);
    return kOk;
  }
  GILA_TRY(const int64_t id, ToInt64(thread, value));
  Self(self)->thread_id.Store(static_cast<uint64_t>(id));
  return kOk;
}

#define END {nullptr, nullptr, nullptr, nullptr}
constexpr NativeDef kLoopMethods[] = {
    {"call_soon", CallSoonMethod, "(self, callback, /, *args, context=None)",
     "Have callback(*args) called in the loop's next turn."},
    {"call_soon_threadsafe", CallSoonThreadsafe, "(self, callback, /, *args, context=None)",
     "call_soon for other threads and for signal handlers."},
    {"call_later", CallLater, "(self, delay, callback, /, *args, context=None)",
     "Have callback(*args) called after delay seconds."},
    {"call_at", CallAt, "(self, when, callback, /, *args, context=None)",
     "Have callback(*args) called at the clock's time when."},
    {"time", Time, "(self, /)", "The loop's clock, in seconds."},
    {"create_future", CreateFuture, "(self, /)", "A Future of this loop."},
    {"create_task", CreateTask, "(self, coro, *, name=None, context=None)",
     "A Task of this loop for coro."},
    {"stop", Stop, "(self, /)", "End run_forever() after the current turn."},
    {"is_running", IsRunning, "(self, /)", "Does it run?"},
    {"is_closed", IsClosed, "(self, /)", "Was it closed?"},
    {"get_debug", GetDebug, "(self, /)", "Is the debug mode on?"},
    {"_run_once", RunOnce, "(self, /)", "One turn."},
    {"_run_turns", RunTurns, "(self, /)", "Turns until stop() is called."},
    {"_pending_tasks", PendingTasks, "(self, /)", nullptr},
    {"_check_closed", CheckClosed, "(self, /)", nullptr},
    {"_timer_handle_cancelled", TimerCancelled, "(self, handle, /)", nullptr},
    END};
constexpr GetSetDef kLoopFields[] = {
    {"_ready", ReadyField, nullptr, nullptr},
    {"_scheduled", ScheduledField, SetScheduled, nullptr},
    {"_timer_cancelled_count", CancelledCount, SetCancelledCount, nullptr},
    {"_closed", Flag<&Loop::closed>, SetFlag<&Loop::closed>, nullptr},
    {"_stopping", Flag<&Loop::stopping>, SetFlag<&Loop::stopping>, nullptr},
    {"_debug", Flag<&Loop::debug>, SetFlag<&Loop::debug>, nullptr},
    {"_task_factory", FactoryField, SetFactory, nullptr},
    {"_thread_id", ThreadField, SetThread, nullptr},
    END};
#undef END

}  // namespace

void LinkTask(Loop* loop, Task* task) {
  const ByteLockGuard guard(loop->lock);
  task->next = loop->tasks;
  task->previous = nullptr;
  if (loop->tasks != nullptr) loop->tasks->previous = task;
  loop->tasks = task;
  task->linked.Store(1);
}

void UnlinkTask(Task* task) {
  if (task->linked.Load() == 0) return;
  Loop* const loop = task->loop.Load().As<Loop>();
  const ByteLockGuard guard(loop->lock);
  if (task->linked.Exchange(0) == 0) return;
  (task->previous != nullptr ? task->previous->next : loop->tasks) = task->next;
  if (task->next != nullptr) task->next->previous = task->previous;
  task->next = task->previous = nullptr;
}

Status AddLoopType(Thread& thread, Module* module) {
  static std::vector<NativeDef> methods;
  for (const NativeDef* row = kLoopMethods; row->name != nullptr; ++row) methods.push_back(*row);
  for (const NativeDef* row = kPollMethods; row->name != nullptr; ++row) methods.push_back(*row);
  methods.push_back({nullptr, nullptr, nullptr, nullptr});
  static constexpr KindInfo kLoopKind = {"EventLoop", TraceLoop, nullptr};
  static const TypeSpec spec = {.doc = "The core of an event loop.",
                                .new_function = LoopNew,
                                .new_signature = "(cls, *args, **kwargs)",
                                .methods = methods.data(),
                                .getsets = kLoopFields,
                                .native_size = sizeof(Loop),
                                .kind_info = &kLoopKind};
  loop_kind = RegisterKind(kLoopKind);
  GILA_TRY(loop_type, AddType(thread, module, spec, "_asyncio._LoopCore", loop_kind, sizeof(Loop),
                              kBasetype | kHasDict | kHasWeakref));
  heap::AddRoot(reinterpret_cast<Object**>(&loop_type));
  return kOk;
}

}  // namespace gila::asyncio

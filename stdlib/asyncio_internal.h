// asyncio_internal.h: what the files of the native module _asyncio share: the layouts of Future,
// Task, Handle and the loop's core, and the operations that run between them.
//
// A loop and its futures belong to one thread. Nothing here relies on that for safety: every field
// is a Slot or an Atomic, the queues are Gila objects with locks of their own, so a program that
// breaks the rule gets odd results and no crash. The one way in from other threads is
// call_soon_threadsafe.
//
// The ready queue (a deque) holds Handles and, for the step of a task, the Task itself: a switch
// allocates nothing.
#ifndef GILA_STDLIB_ASYNCIO_INTERNAL_H_
#define GILA_STDLIB_ASYNCIO_INTERNAL_H_

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "stdlib/collections_internal.h"

namespace gila::asyncio {

enum class FutureState : uint8_t { kPending, kCancelled, kFinished };

struct Future : Object {
  Slot loop;              // unbound until __init__ has run
  Slot callback;          // the first one: a callable, or the Task to step; unbound: none
  Slot callback_context;  // its context; unbound for a Task
  Slot more_callbacks;    // unbound, or a list of pairs (callback, context)
  Slot result;            // None until it is set
  Slot exception;         // None until it is set
  Slot traceback;         // of the exception when it was set
  Slot cancel_message;
  Slot cancelled_error;   // the error that ended a task, raised once by result(); unbound: make one
  Slot source_traceback;  // debug mode
  Atomic<uint8_t> state;  // FutureState
  Atomic<uint8_t> blocking;       // _asyncio_future_blocking
  Atomic<uint8_t> log_traceback;  // the exception has not been retrieved yet

  FutureState State() const { return static_cast<FutureState>(state.Load()); }
  bool IsPending() const { return State() == FutureState::kPending; }
};

struct Task : Future {
  Slot coroutine;
  Slot context;
  Slot waiting_on;  // the future, or None
  Slot name;        // a str, or the number in "Task-1"
  Slot throw_next;  // what the next step throws into the coroutine; unbound: nothing
  Atomic<int32_t> cancels;
  Atomic<uint8_t> must_cancel, log_destroy_pending;
  Atomic<uint8_t> linked;
  Task *next, *previous;  // the pending tasks of a loop, under the loop's lock; not traced
};

struct Handle : Object {
  Slot callback, args;  // args is a tuple; both None once cancelled
  Slot loop, context;
  Slot shown;             // debug mode: the repr it had when it was cancelled
  Slot source_traceback;  // debug mode
  Atomic<uint8_t> cancelled;
  Atomic<uint8_t> scheduled;  // timers: it is in the heap
  Atomic<double> when;        // timers
};

class Poller;  // asyncio_poll.cc

struct Loop : Object {
  PointerSlot<Deque> ready;
  PointerSlot<List> scheduled;  // a heap by `when`
  Slot watches;  // list: at 2 * fd the reader's Handle, after it the writer's; unbound: none
  Slot task_factory;
  Slot current_task;  // unbound: none
  Atomic<uint64_t> thread_id;
  Atomic<int64_t> cancelled_timers;
  Atomic<uint32_t> known_shape;  // the shape for which `overridden` was computed
  Atomic<uint8_t> overridden;    // LoopMethods that are not those of the core
  Atomic<uint8_t> closed, stopping, debug;
  Atomic<uint8_t> running_turn;
  Atomic<uint32_t> calls_since_poll;
  Atomic<Poller*> poller;
  Task* tasks;  // head of the list, under the loop's lock
};
enum LoopMethods : uint8_t {
  kCallSoon = 1,
  kTime = 2,
  kCallAt = 4,
  kExceptionHandler = 8,
  kCreateTask = 16
};

extern Type *future_type, *task_type, *handle_type, *timer_type, *loop_type;
extern uint8_t future_kind, task_kind, handle_kind, loop_kind;

inline bool IsFuture(Value v) {
  return v.IsPointer() && (v.AsObject()->kind == future_kind || v.AsObject()->kind == task_kind);
}
inline bool IsTask(Value v) { return v.IsPointer() && v.AsObject()->kind == task_kind; }
inline bool IsHandle(Value v) { return v.IsPointer() && v.AsObject()->kind == handle_kind; }
inline bool IsLoop(Value v) { return v.IsPointer() && v.AsObject()->kind == loop_kind; }

// Interned names and classes of asyncio.exceptions, filled when the module is made.
struct Names {
  Value call_soon, call_at, time, get_debug, context, call_exception_handler, cancel,
      add_done_callback, get_loop, loop, blocking, send, throw_, run, cancelled, run_handle, result,
      msg, create_task, get_event_loop, select, process_events, selector, check_call, check_thread,
      name, data_received, timer_cancelled;
};
extern Names names;
extern Type *cancelled_error_type, *invalid_state_type;

// A function of the language part: `asyncio.<module>.<name>(*args)`.
Result<Value> CallHelper(Thread& thread, const char* module, const char* name,
                         std::initializer_list<Value> args) GILA_ATTACHED;
// receiver.method(*args, keyword=value).
Result<Value> CallWithKeyword(Thread& thread, Value receiver, Value method,
                              std::initializer_list<Value> args, Value keyword,
                              Value value) GILA_ATTACHED;
// Is the waiting exception a KeyboardInterrupt or SystemExit, which always leave the loop?
bool LeavesLoop(Thread& thread);
bool IsInstanceOfType(Value v, const Type* type);

// --- futures (asyncio_future.cc) ---
void InitFuture(Future* future, Value loop);
Result<Value> NewFuture(Thread& thread, Value loop) GILA_ATTACHED;
Status FutureInit(Thread& thread, Future* future, Value loop) GILA_ATTACHED;
// These change a pending future; the caller has looked at the state.
Status FinishWithResult(Thread& thread, Future* future, Value result) GILA_ATTACHED;
Status FinishWithException(Thread& thread, Future* future, Value exception) GILA_ATTACHED;
Status FinishCancelled(Thread& thread, Future* future, Value message) GILA_ATTACHED;
// Future.cancel: false when it is done already.
Result<bool> CancelFuture(Thread& thread, Value future, Value message) GILA_ATTACHED;
Status AddCallback(Thread& thread, Future* future, Value callback, Value context) GILA_ATTACHED;
Result<Value> FutureResult(Thread& thread, Future* future) GILA_ATTACHED;
Result<Value> MakeCancelledError(Thread& thread, Future* future) GILA_ATTACHED;
Status CheckInitialized(Thread& thread, const Future* future) GILA_ATTACHED;
void TraceFuture(Object* object, Marker& marker);
Status ReportToLoop(Thread& thread, Future* future, const char* key,
                    const std::string& message) GILA_ATTACHED;
Result<Value> FutureDel(Thread& thread, Args args) GILA_ATTACHED;
Status AddFutureTypes(Thread& thread, Module* module) GILA_ATTACHED;

// --- tasks (asyncio_task.cc) ---
Result<Value> NewTask(Thread& thread, Value coroutine, Value loop, Value name, Value context,
                      bool eager = false) GILA_ATTACHED;
// Resumes the coroutine once, in the running context. Fails only with what LeavesLoop.
Status StepTask(Thread& thread, Task* task) GILA_ATTACHED;
Result<bool> CancelTask(Thread& thread, Task* task, Value message) GILA_ATTACHED;
// The task has been told that what it waits for is done: bound task.task_wakeup for foreign
// futures.
Result<Value> WakeupMethod(Thread& thread, Task* task) GILA_ATTACHED;
Result<Value> StepMethod(Thread& thread, Task* task) GILA_ATTACHED;
// Enters `task` as the one that runs in `loop`.
Status EnterTask(Thread& thread, Value loop, Value task) GILA_ATTACHED;
Status LeaveTask(Thread& thread, Value loop, Value task) GILA_ATTACHED;
Result<Value> CurrentTask(Thread& thread, Value loop) GILA_ATTACHED;
Status AddTaskTypes(Thread& thread, Module* module) GILA_ATTACHED;

// --- handles (asyncio_handle.cc) ---
Result<Handle*> NewHandle(Thread& thread, Value callback, Value args, Value loop,
                          Value context) GILA_ATTACHED;
Result<Handle*> NewTimer(Thread& thread, double when, Value callback, Value args, Value loop,
                         Value context) GILA_ATTACHED;
// Makes the call; its errors go to the loop's exception handler, but for those that LeavesLoop.
Status RunHandle(Thread& thread, Handle* handle) GILA_ATTACHED;
Status AddHandleTypes(Thread& thread, Module* module) GILA_ATTACHED;

// --- the loop (asyncio_loop.cc) ---
// Does the loop do the method as the core does it?
bool IsNative(Thread& thread, Value loop, LoopMethods method) GILA_ATTACHED;
// loop.call_soon(callback, argument, context=context).
Status CallSoon(Thread& thread, Value loop, Value callback, Value argument,
                Value context) GILA_ATTACHED;
// Has the task stepped in the loop's next turn.
Status ScheduleStep(Thread& thread, Task* task) GILA_ATTACHED;
Result<bool> IsDebug(Thread& thread, Value loop) GILA_ATTACHED;
// The loop that runs in this thread; unbound: none.
Value RunningLoop();
// Pending tasks of a native loop.
void LinkTask(Loop* loop, Task* task);
void UnlinkTask(Task* task);
Status AddLoopType(Thread& thread, Module* module) GILA_ATTACHED;
double MonotonicSeconds();

// --- polling (asyncio_poll.cc) ---
// Waits until a watched descriptor is ready, the loop is woken, or `seconds` are over (< 0: no
// limit), and appends the handles to the ready queue. KeyboardInterrupt and whatever signal
// handlers raise come out of here.
Status Poll(Thread& thread, Loop* loop, double seconds) GILA_ATTACHED;
// Wakes the loop's Poll from any thread or signal handler.
void WakeLoop(Loop* loop);
Status OpenPoller(Thread& thread, Loop* loop) GILA_ATTACHED;
void ClosePoller(Loop* loop);
extern const NativeDef kPollMethods[];

// --- transports (asyncio_channel.cc) ---
Status AddChannelType(Thread& thread, Module* module) GILA_ATTACHED;

}  // namespace gila::asyncio

#endif  // GILA_STDLIB_ASYNCIO_INTERNAL_H_

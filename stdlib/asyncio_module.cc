// asyncio_module.cc: the native module _asyncio: its functions, and what its files share.
//
// The running loop is a thread's own. Its word is in a thread_local, which the collector does not
// look at: the loops are kept alive by a dict of the module, by thread.
#include "runtime/protocols.h"
#include "runtime/threads/fork.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "stdlib/asyncio_internal.h"
#include "stdlib/import.h"

namespace gila {

namespace asyncio {

Names names;
Type *cancelled_error_type = nullptr, *invalid_state_type = nullptr;

namespace {

Value running_loops = kUnbound;  // dict: serial number of the thread -> loop
Value keyword_names = kUnbound;  // dict: keyword -> ("keyword",)

Atomic<uint32_t> fork_generation{0};
const ForkRepair repair([](Thread&, bool) { fork_generation.FetchAdd(1); });

struct Running {
  Value loop = kUnbound;
  uint32_t generation = 0;  // a loop that runs in a parent does not run in its child
};
thread_local Running running;

}  // namespace

Value RunningLoop() {
  return running.generation == fork_generation.LoadRelaxed() ? running.loop : kUnbound;
}

Result<Value> CallHelper(Thread& thread, const char* module, const char* name,
                         std::initializer_list<Value> args) {
  GILA_TRY(const Value loaded, ImportAbsolute(thread, module));
  GILA_TRY(const Value function, GetAttr(thread, loaded, Intern(thread, name)));
  return Call(thread, function, args);
}

Result<Value> CallWithKeyword(Thread& thread, Value receiver, Value method,
                              std::initializer_list<Value> args, Value keyword, Value value) {
  GILA_TRY(const Value function, GetAttr(thread, receiver, method));
  GILA_TRY(Value kwnames, DictGet(thread, keyword_names.As<Dict>(), keyword));
  if (kwnames.IsUnbound()) {
    GILA_TRY(Tuple* const tuple, NewTuple(thread, {{keyword}}));
    GILA_TRY_VOID(DictSet(thread, keyword_names.As<Dict>(), keyword, tuple));
    kwnames = tuple;
  }
  Value all[8];
  size_t count = 0;
  for (const Value v : args) all[count++] = v;
  all[count++] = value;
  return Call(thread, function, {all, count}, kwnames);
}

bool LeavesLoop(Thread& thread) {
  return thread.ExceptionMatches(TypeId::kKeyboardInterrupt) ||
         thread.ExceptionMatches(TypeId::kSystemExit);
}

bool IsInstanceOfType(Value v, const Type* type) { return IsSubtype(TypeOf(v), type); }

namespace {

Result<Value> GetRunning(Thread&, Args) {
  const Value loop = RunningLoop();
  return loop.IsUnbound() ? kNone : loop;
}
Result<Value> GetRunningOrRaise(Thread& thread, Args) {
  const Value loop = RunningLoop();
  if (loop.IsUnbound()) return thread.Raise(TypeId::kRuntimeError, "no running event loop");
  return loop;
}
Result<Value> SetRunning(Thread& thread, Args args) {
  GILA_TRY(const Value key, NewInt(thread, static_cast<int64_t>(thread.serial)));
  running.generation = fork_generation.Load();
  running.loop = args[0].IsNone() ? kUnbound : args[0];
  if (args[0].IsNone()) {
    GILA_TRY_VOID(DictPop(thread, running_loops.As<Dict>(), key));
  } else {
    GILA_TRY_VOID(DictSet(thread, running_loops.As<Dict>(), key, args[0]));
  }
  return kNone;
}
// [(thread's number, loop)] of all threads.
Result<Value> RunningLoops(Thread& thread, Args) {
  GILA_TRY(List* const list, NewList(thread));
  int64_t position = 0;
  Value key, loop;
  while (DictNext(running_loops.As<Dict>(), &position, &key, &loop)) {
    GILA_TRY(Tuple* const pair, NewPair(thread, key, loop));
    GILA_TRY_VOID(ListAppend(thread, list, pair));
  }
  return list;
}
Result<Value> GetEventLoop(Thread& thread, Args) {
  const Value loop = RunningLoop();
  if (!loop.IsUnbound()) return loop;
  return CallHelper(thread, "asyncio.events", "_get_policy_loop", {});
}

Result<Value> LoopOrRunning(Thread& thread, Value loop) {
  if (!loop.IsUnbound() && !loop.IsNone()) return loop;
  const Value current = RunningLoop();
  if (current.IsUnbound()) return thread.Raise(TypeId::kRuntimeError, "no running event loop");
  return current;
}
Result<Value> CurrentTaskFunction(Thread& thread, Args args) {
  GILA_TRY(const Value loop, LoopOrRunning(thread, args[0]));
  return CurrentTask(thread, loop);
}
Result<Value> Enter(Thread& thread, Args args) {
  GILA_TRY_VOID(EnterTask(thread, args[0], args[1]));
  return kNone;
}
Result<Value> Leave(Thread& thread, Args args) {
  GILA_TRY_VOID(LeaveTask(thread, args[0], args[1]));
  return kNone;
}

Result<Value> CreateTaskFunction(Thread& thread, Args args) {
  GILA_TRY(const Value loop, LoopOrRunning(thread, kNone));
  const Value name = args.Or(1, kNone), context = args.Or(2, kNone);
  if (IsNative(thread, loop, kCreateTask) && loop.As<Loop>()->task_factory.Load().IsNone() &&
      loop.As<Loop>()->closed.Load() == 0)
    return NewTask(thread, args[0], loop, name, context);
  return CallHelper(thread, "asyncio.tasks", "_create_task_on", {loop, args[0], name, context});
}

// True for asyncio Futures and for whatever says that it behaves like one.
Result<Value> IsFutureFunction(Thread& thread, Args args) {
  if (IsFuture(args[0])) return kTrue;
  GILA_TRY(const Value on_class,
           GetAttrOrUnbound(thread, reinterpret_cast<Object*>(TypeOf(args[0])), names.blocking));
  if (on_class.IsUnbound()) {
    // obj.__class__ may be another class than the type (mocks with a spec).
    GILA_TRY(const Value cls, GetAttr(thread, args[0], Intern(thread, "__class__")));
    GILA_TRY(const Value on_claimed, GetAttrOrUnbound(thread, cls, names.blocking));
    if (on_claimed.IsUnbound()) return kFalse;
  }
  GILA_TRY(const Value blocking, GetAttr(thread, args[0], names.blocking));
  return Value::Bool(!blocking.IsNone());
}

#define END {nullptr, nullptr, nullptr, nullptr}
constexpr NativeDef kFunctions[] = {
    {"get_running_loop", GetRunningOrRaise, "()",
     "The loop that runs in this thread; RuntimeError when there is none."},
    {"_get_running_loop", GetRunning, "()", "The loop that runs in this thread, or None."},
    {"_set_running_loop", SetRunning, "(loop, /)", "Make it the running loop of this thread."},
    {"_running_loops", RunningLoops, "()", nullptr},
    {"get_event_loop", GetEventLoop, "()",
     "The running loop, or else the one the policy holds for this thread."},
    {"current_task", CurrentTaskFunction, "(loop=None)",
     "The task that runs in the loop now, or None."},
    {"_enter_task", Enter, "(loop, task)", nullptr},
    {"_leave_task", Leave, "(loop, task)", nullptr},
    {"create_task", CreateTaskFunction, "(coro, *, name=None, context=None)",
     "A Task for coro on the running loop."},
    {"isfuture", IsFutureFunction, "(obj, /)",
     "Is it an asyncio Future, or does it say that it behaves like one?"},
    END};
#undef END

Result<Type*> ExceptionClass(Thread& thread, const char* name) {
  GILA_TRY(const Value module, ImportAbsolute(thread, "asyncio.exceptions"));
  GILA_TRY(const Value cls, GetAttr(thread, module, Intern(thread, name)));
  return cls.As<Type>();
}

void FillNames(Thread& thread) {
  const auto name = [&](const char* text) { return Intern(thread, text); };
  names = {.call_soon = name("call_soon"),
           .call_at = name("call_at"),
           .time = name("time"),
           .get_debug = name("get_debug"),
           .context = name("context"),
           .call_exception_handler = name("call_exception_handler"),
           .cancel = name("cancel"),
           .add_done_callback = name("add_done_callback"),
           .get_loop = name("get_loop"),
           .loop = name("_loop"),
           .blocking = name("_asyncio_future_blocking"),
           .send = name("send"),
           .throw_ = name("throw"),
           .run = name("run"),
           .cancelled = name("_cancelled"),
           .run_handle = name("_run"),
           .result = name("result"),
           .msg = name("msg"),
           .create_task = name("create_task"),
           .get_event_loop = name("get_event_loop"),
           .select = name("select"),
           .process_events = name("_process_events"),
           .selector = name("_selector"),
           .check_call = name("_check_callback"),
           .check_thread = name("_check_thread"),
           .name = name("name"),
           .data_received = name("data_received"),
           .timer_cancelled = name("_timer_handle_cancelled")};
}

}  // namespace
}  // namespace asyncio

Status InitAsyncioModule(Thread& thread, Module* module) {
  using namespace asyncio;
  GILA_TRY_VOID(ImportAbsolute(thread, "_collections"));
  GILA_TRY_VOID(ImportAbsolute(thread, "_contextvars"));
  FillNames(thread);
  GILA_TRY(running_loops, Result<Value>(NewDict(thread)));
  heap::AddRoot(&running_loops);
  GILA_TRY(keyword_names, Result<Value>(NewDict(thread)));
  heap::AddRoot(&keyword_names);
  GILA_TRY(cancelled_error_type, ExceptionClass(thread, "CancelledError"));
  heap::AddRoot(reinterpret_cast<Object**>(&cancelled_error_type));
  GILA_TRY(invalid_state_type, ExceptionClass(thread, "InvalidStateError"));
  heap::AddRoot(reinterpret_cast<Object**>(&invalid_state_type));
  GILA_TRY_VOID(AddFutureTypes(thread, module));
  GILA_TRY_VOID(AddTaskTypes(thread, module));
  GILA_TRY_VOID(AddHandleTypes(thread, module));
  GILA_TRY_VOID(AddLoopType(thread, module));
  GILA_TRY_VOID(AddChannelType(thread, module));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

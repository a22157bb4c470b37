// queue_module.cc: the _queue module: SimpleQueue, which queue (lib/queue.py) hands on.
//
// The items are in a deque. A getter that finds none sleeps on the word `puts`, which every put
// changes after its append: a getter reads the word before it looks at the deque, so no item is
// overlooked. A put is one append and needs no lock of the program's, so it may come from a signal
// handler or a finaliser.
#include <algorithm>
#include <climits>

#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/futex.h"
#include "runtime/threads/handover.h"
#include "runtime/threads/wait_graph.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/str.h"
#include "stdlib/collections_internal.h"
#include "stdlib/import.h"
#include "stdlib/thread_locks.h"
#include "stdlib/time_clock.h"

namespace gila {
namespace {

struct SimpleQueue : Object {
  PointerSlot<Deque> items;
  Atomic<uint32_t> puts;     // futex: how many, so that a getter sees that it missed one
  Atomic<uint32_t> waiters;  // getters that sleep or are about to
};

Type* empty_error = nullptr;

void TraceQueue(Object* object, Marker& marker) {
  marker.Visit(static_cast<SimpleQueue*>(object)->items);
}
constexpr KindInfo kQueueKind = {"SimpleQueue", TraceQueue, nullptr};

SimpleQueue* Self(Args args) { return args[0].As<SimpleQueue>(); }

Result<Value> QueueNew(Thread& thread, Args args) {
  GILA_TRY(Deque* const items, NewDequeOf(thread, deque_type));
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const queue = static_cast<SimpleQueue*>(object);
  queue->items.Store(queue, items);
  return object;
}

Result<Value> Put(Thread& thread, Args args) {
  SimpleQueue* const queue = Self(args);
  GILA_TRY_VOID(DequeAppend(thread, queue->items.Load(), args[1], false));
  queue->puts.FetchAdd(1);
  if (queue->waiters.LoadOrdered() != 0) WakeSoon(thread, queue->puts);
  return kNone;
}

Failed RaiseEmpty(Thread& thread) {
  return thread.RaiseObject(reinterpret_cast<Object*>(empty_error));
}

// Waits until something was put in after `seen`; says how the wait ended.
FutexResult AwaitPut(Thread& thread, SimpleQueue* queue, uint32_t seen, const timespec* deadline) {
  const AllowThreads detached(thread, Blocked::kLock);
  if (SpinUntil(thread, [&] { return queue->puts.Load() != seen; })) return FutexResult::kWoken;
  queue->waiters.FetchAdd(1);
  FutexResult result = FutexResult::kWoken;
  if (queue->puts.LoadOrdered() == seen)
    result = SleepOnWord(thread, WaitKind::kQueue, queue->puts, seen, seen, deadline);
  queue->waiters.FetchAdd(-1);
  return result;
}

Result<Value> Take(Thread& thread, SimpleQueue* queue, int64_t timeout_ns) {
  timespec deadline;
  if (timeout_ns > 0) deadline = DeadlineAfter(timeout_ns);
  while (true) {
    const uint32_t seen = queue->puts.Load();
    const Value ready = DequeTakeFirst(queue->items.Load());
    if (!ready.IsUnbound()) return ready;
    if (timeout_ns == 0) return RaiseEmpty(thread);
    const FutexResult result = AwaitPut(thread, queue, seen, timeout_ns > 0 ? &deadline : nullptr);
    if (result == FutexResult::kTimedOut) timeout_ns = 0;
    if (result == FutexResult::kInterrupted) GILA_TRY_VOID(ServeWhileWaiting(thread));
  }
}

// get(block=True, timeout=None): nanoseconds; -1 for ever, 0 without waiting.
Result<int64_t> GetTimeout(Thread& thread, Value block, Value timeout) {
  bool wait = true;
  if (!block.IsUnbound()) {
    GILA_TRY(wait, Truth(thread, block));
  }
  if (!wait) return 0;
  if (timeout.IsUnbound() || timeout.IsNone()) return -1;
  GILA_TRY(const int64_t nanoseconds, ToNanoseconds(thread, timeout, RoundTime::kCeiling));
  if (nanoseconds < 0) return thread.RaiseValueError("'timeout' must be a non-negative number");
  return nanoseconds;
}

Result<Value> Get(Thread& thread, Args args) {
  GILA_TRY(const int64_t timeout, GetTimeout(thread, args[1], args[2]));
  return Take(thread, Self(args), timeout);
}
Result<Value> GetNoWait(Thread& thread, Args args) { return Take(thread, Self(args), 0); }

Result<Value> QSize(Thread&, Args args) {
  return Value::SmallInt(Self(args)->items.Load()->size.Load());
}
Result<Value> IsEmpty(Thread&, Args args) {
  return Value::Bool(Self(args)->items.Load()->size.Load() == 0);
}

constexpr NativeDef kMethods[] = {
    {"put", Put, "(self, item, block=True, timeout=None)",
     "Put the item in. Never waits: block and timeout are there for queue.Queue's sake."},
    {"put_nowait", Put, "(self, item)", "Put the item in."},
    {"get", Get, "(self, block=True, timeout=None)",
     "Take the oldest item out, waiting for one if need be; Empty when none came."},
    {"get_nowait", GetNoWait, "(self, /)", "Take the oldest item out; Empty when there is none."},
    {"empty", IsEmpty, "(self, /)", "Is there no item at this moment?"},
    {"qsize", QSize, "(self, /)", "How many items there are at this moment."},
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, object, /)", "See PEP 585"},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kSpec = {.doc = "Simple, unbounded, reentrant FIFO queue.",
                            .new_function = QueueNew,
                            .new_signature = "(cls, /)",
                            .methods = kMethods,
                            .native_size = sizeof(SimpleQueue),
                            .kind_info = &kQueueKind};

Result<Type*> NewEmptyError(Thread& thread) {
  GILA_TRY(Str* const name, NewStr(thread, "Empty"));
  const Value bases[] = {reinterpret_cast<Object*>(GetType(TypeId::kException))};
  GILA_TRY(Tuple* const base_tuple, NewTuple(thread, bases));
  GILA_TRY(Dict* const name_space, NewDict(thread));
  GILA_TRY_VOID(
      DictSet(thread, name_space, NameOf(gila::Name::kModule_), Intern(thread, "_queue")));
  return NewType(thread, GetType(TypeId::kType), name, base_tuple, name_space);
}

}  // namespace

Status InitQueueModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(ImportAbsolute(thread, "_collections"));
  GILA_TRY(empty_error, NewEmptyError(thread));
  heap::AddRoot(reinterpret_cast<Object**>(&empty_error));
  GILA_TRY_VOID(AddValue(thread, module, "Empty", empty_error));
  GILA_TRY_VOID(AddType(thread, module, kSpec, "_queue.SimpleQueue", RegisterKind(kQueueKind),
                        sizeof(SimpleQueue), kBasetype | kHasWeakref));
  return kOk;
}

}  // namespace gila

// generator.h: generators, coroutines and async generators: a frame that can be put aside.
//
// While one runs, its registers are on the thread's register stack like any frame's; at a yield
// they are copied into `registers`, at a resumption copied back. So the interpreter knows one kind
// of running frame only. Driven by vm/generators.cc.
#ifndef GILA_RUNTIME_TYPES_GENERATOR_H_
#define GILA_RUNTIME_TYPES_GENERATOR_H_

#include "runtime/heap/heap.h"
#include "runtime/object.h"
#include "runtime/types/function.h"

namespace gila {

enum class GeneratorState : uint8_t { kCreated, kSuspended, kRunning, kFinished };

// Kinds kKindGenerator, kKindCoroutine, kKindAsyncGenerator share the layout.
struct Generator : Object {
  static constexpr Kind kKind = kKindGenerator;
  PointerSlot<Function> function;
  PointerSlot<Code> code;             // what runs; the function may be given other code meanwhile
  PointerSlot<ValueArray> registers;  // null when finished
  Atomic<uint8_t> state;     // GeneratorState; kRunning is claimed by compare-and-swap ("generator
                             // already executing")
  Atomic<uint8_t> handling;  // it is inside a handler of its own
  Atomic<uint32_t>
      resume_word;  // code word to go on at; its Yield's destination receives what is sent
  Slot handled;     // suspended: what it was handling (sys.exc_info), or unbound; running: what its
                    // caller was handling
  Slot frame;       // its frame object, the same through all suspensions, once somebody has seen it
  Slot name, qualname;
  Slot origin_or_hooks;           // coroutine origin; async generator: finalizer hook
  Atomic<uint8_t> async_running;  // async generators: an asend/athrow is under way
  Atomic<uint8_t> hooks_done, closed;
};

// A value that an async generator yields to its consumer, as against one that an `await` in it
// hands to the event loop.
struct AsyncGenWrapped : Object {
  static constexpr Kind kKind = kKindAsyncGenWrapped;
  Slot value;
};

enum class SendResult : uint8_t { kYielded, kReturned, kFailed };
// Resumes `generator` with `value` (None first), or with an exception when `exception` is bound.
// Implemented by the vm.
SendResult GeneratorSend(Thread& thread, Generator* generator, Value value,
                         Value* result) GILA_ATTACHED;
SendResult GeneratorThrow(Thread& thread, Generator* generator, Value exception,
                          Value* result) GILA_ATTACHED;
Status GeneratorClose(Thread& thread, Generator* generator) GILA_ATTACHED;

// The iterator of `await v`: v itself for a coroutine, else what __await__ gives. TypeErrors in
// CPython's words.
Result<Value> AwaitIterator(Thread& thread, Value v) GILA_ATTACHED;
// One step of an iterator as `yield from` and `await` take it: __next__ for None, else send().
SendResult SendToIterator(Thread& thread, Value iterator, Value value, Value* result) GILA_ATTACHED;
// The iterators that asyncio's futures give to `await`: of this kind (0: there are none yet),
// resumed by this function without the detour over __next__ and StopIteration. Set once, before any
// is made.
extern uint8_t native_awaiter_kind;
extern SendResult (*native_awaiter_step)(Thread& thread, Object* awaiter, Value* result);
// sys.set_coroutine_origin_tracking_depth: of how many callers a new coroutine keeps the place
// (cr_origin).
extern constinit thread_local int64_t coroutine_origin_depth;
Status RecordCoroutineOrigin(Thread& thread, Generator* coroutine) GILA_ATTACHED;
// A coroutine went away that nobody has awaited. Set by the library, which knows the module
// `warnings`.
extern void (*warn_unawaited_coroutine)(Thread& thread, Value coroutine);
// What the generator delegates to (gi_yieldfrom, cr_await, ag_await), or unbound.
Value GeneratorDelegate(Generator* generator);
// Its local variables, as locals() gives them.
Result<Value> GeneratorLocals(Thread& thread, const Generator* generator) GILA_ATTACHED;
// StopIteration(value) waits: takes it and its value. False, and nothing happens, for any other
// exception.
bool TakeStopIterationValue(Thread& thread, Value* value) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_GENERATOR_H_

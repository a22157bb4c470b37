// generators.h: resuming and suspending generators, coroutines and async generators inside the
// interpreter.
#ifndef GILA_VM_GENERATORS_H_
#define GILA_VM_GENERATORS_H_

#include "runtime/types/generator.h"
#include "vm/calls.h"
#include "vm/frame.h"
#include "vm/interpreter.h"

namespace gila::vm {

// Flags of code that makes one of them instead of running.
inline constexpr uint32_t kAnyGeneratorCode = 0x20 | 0x80 | 0x200;

inline bool IsAnyGenerator(Value v) {
  return IsKind(v, kKindGenerator) || IsKind(v, kKindCoroutine) || IsKind(v, kKindAsyncGenerator);
}
inline Generator* GeneratorOf(const Value* registers) {
  return registers[kFrameOwner].As<Generator>();
}

// The object that a call of generator code yields; its parameters are at `args`.
Result<Value> MakeGenerator(Thread& thread, Function* function, Code* code,
                            const Value* args) GILA_ATTACHED;

// `await f(x)`: the call at `site` is of coroutine code and its result goes straight into an await.
// The Send that awaits it; null when it is another call.
const uint64_t* AwaitedAtOnce(const CallSite& site, const Code* code);
// Does that call, GetAwaitable and the first Send in one: the coroutine's frame takes the place of
// the arguments, and it gets storage for its registers only when it suspends. A null pc: raised.
Step EnterCoroutine(const CallSite& site, Function* function, Code* code, Value* args,
                    const uint64_t* send) GILA_ATTACHED;

// Puts the frame of `generator` above the running one (at thread.stack_top) and goes on in it with
// `sent`. Raises, and answers a null pc, when it is running already, finished or out of stack;
// `*finished` tells the second.
Step ResumeGenerator(Thread& thread, Generator* generator, Value sent, const uint64_t* return_pc,
                     Value* caller, uint64_t flags, bool* finished) GILA_ATTACHED;

// The frame of a generator is left for good: its state, and what was being handled before it ran.
void FinishGenerator(Thread& thread, Generator* generator) GILA_ATTACHED;
// A StopIteration that leaves a generator becomes a RuntimeError.
void ConvertStopIteration(Thread& thread, Generator* generator) GILA_ATTACHED;

// The instruction at `pc` (ForNext or Send) resumed a generator that has returned `value`.
Step GeneratorReturned(Thread& thread, const uint64_t* pc, Value* registers,
                       Value value) GILA_ATTACHED;

}  // namespace gila::vm

#endif  // GILA_VM_GENERATORS_H_

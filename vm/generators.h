// generators.h: resuming and suspending generators, coroutines and async generators inside the
// interpreter.
#ifndef GILA_VM_GENERATORS_H_
#define GILA_VM_GENERATORS_H_

#include "bytecode/code_data.h"
#include "runtime/types/frame.h"
#include "runtime/types/generator.h"
#include "vm/calls.h"
#include "vm/fast_paths.h"
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

// --- calls that are awaited at once ---
//
// `await f(x)` of a coroutine function: most such calls never suspend. So the call goes straight
// into a frame as a plain call does, without a coroutine. What waits for that frame is the
// SendAgain behind the call, and a plain Return finds everything there: the register of the result
// and where to go on. Only when the frame suspends is its coroutine made, and it goes on as one
// that a Send had resumed. The frame keeps a word for that below its header, the register that the
// awaiting frame has for the awaitable (CodeGenerator::OpenWindow).

// The SendAgain of the await right behind the call at `pc`; null when there is none.
const uint64_t* AwaitOfCall(const uint64_t* pc);
inline constexpr int kCallToSendAgain = kCallWords + WordsOf(kOpGetAwaitable) +
                                        WordsOf(kOpLoadConst) + WordsOf(kOpSend) +
                                        WordsOf(kOpYield);
// What waits for the frame of a call of `code`, when that frame can be entered at once; else null.
const uint64_t* AwaitedAtOnce(const CallSite& site, const Code* code, const Value* callee);

inline bool IsAwaitedFrame(const Value* registers) {
  return (LinkOf(registers) & kFrameGenerator) == 0 &&
         (CodeOf(registers)->code_flags & kCodeCoroutine) != 0;
}

// A generator or coroutine begins to handle an exception. True when it was handling none; then the
// end of it is told to LeaveOutermostHandler, which answers what its caller handles by now. (In
// plain frames: false.)
bool EnterOutermostHandler(Thread& thread, Value* registers);
Value LeaveOutermostHandler(Value* registers);

// Puts the frame of `generator` above the running one (at thread.stack_top) and goes on in it with
// `sent`. Raises, and answers a null pc, when it is running already, finished or out of stack;
// `*finished` tells the second.
Step ResumeGenerator(Thread& thread, Generator* generator, Value sent, const uint64_t* return_pc,
                     Value* caller, uint64_t flags, bool* finished) GILA_ATTACHED;

// The frame of a generator that is suspended keeps its object, and is watched again when it goes
// on.
void SuspendFrame(Thread& thread, const uint64_t* pc, Value* registers,
                  Generator* generator) GILA_ATTACHED;
void WatchAgain(Thread& thread, Value* registers, Frame* frame) GILA_ATTACHED;

// The frame of a generator is left for good: its state, and what was being handled before it ran.
void FinishGenerator(Thread& thread, Generator* generator) GILA_ATTACHED;
// A StopIteration that leaves a generator becomes a RuntimeError; `kind` is the generator's.
void ConvertStopIteration(Thread& thread, uint8_t kind) GILA_ATTACHED;

// The instruction at `pc` (ForNext or Send) resumed a generator that has returned `value`.
Step GeneratorReturned(Thread& thread, const uint64_t* pc, Value* registers,
                       Value value) GILA_ATTACHED;

}  // namespace gila::vm

#endif  // GILA_VM_GENERATORS_H_

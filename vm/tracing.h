// tracing.h: the parts of the vm that let a thread go instruction by instruction (stepping.cc) and
// tell trace functions what happens (trace_events.cc).
#ifndef GILA_VM_TRACING_H_
#define GILA_VM_TRACING_H_

#include "runtime/thread.h"
#include "runtime/types/frame.h"
#include "vm/interpreter.h"

namespace gila::vm {

inline bool MustStep(const Thread& thread) {
  return (thread.breaker.LoadRelaxed() & kBreakTracing) != 0;
}

// Runs from `step`, one instruction after the other by its slow path, until this run of the
// interpreter is left or nobody traces any more. `entered`: the step begins a frame, or takes a
// generator's up again.
Step StepThrough(Thread& thread, Step step, bool entered) GILA_ATTACHED;

// For slow paths of the fast interpreter: goes over to stepping when that has been asked for
// meanwhile.
Step StepFrom(Thread& thread, Step step, bool entered) GILA_ATTACHED;
inline Step StepIfAsked(Thread& thread, Step step, bool entered) GILA_ATTACHED {
  return GILA_UNLIKELY(MustStep(thread)) ? StepFrom(thread, step, entered) : step;
}

// Does the innermost run of the interpreter step? Only then are there events.
bool IsStepping(Thread& thread);
inline bool HasEvents(Thread& thread) {
  return GILA_UNLIKELY(MustStep(thread)) && IsStepping(thread);
}

// The events. Each runs the functions that want it; when one fails, its exception waits and nobody
// traces any more.
Status TraceEntered(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
// `*pc` is another one afterwards when a trace function has set the line of the frame.
Status TraceInstruction(Thread& thread, const uint64_t** pc, Value* registers) GILA_ATTACHED;
Status TraceLeaving(Thread& thread, const uint64_t* pc, Value* registers,
                    Value result) GILA_ATTACHED;
// While an exception waits; it may be another one afterwards.
void TraceException(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
// To a Send whose iterator has returned: the StopIteration that it would have met.
Status TraceStopIteration(Thread& thread, const uint64_t* pc, Value* registers,
                          Value value) GILA_ATTACHED;
void TraceUnwound(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
// c_call, c_return and c_exception of the native function in window[0].
Result<Value> CallNativeProfiled(Thread& thread, Value* window, size_t count,
                                 Value kwnames) GILA_ATTACHED;

// frame_objects.cc: the object of the frame at `registers`, made when there is none; or the one
// there is, or null.
Result<Frame*> Observe(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
Frame* ObservedFrame(Thread& thread, const Value* registers);
// What a trace function has changed in f_locals goes back into the variables.
void StoreLocals(Thread& thread, Frame* frame, Value* registers) GILA_ATTACHED;

// Has the frame, which a trace function looks at, go on at a line (jump.cc; SetFrameLine).
Status JumpToLine(Thread& thread, Frame* frame, Value line) GILA_ATTACHED;

}  // namespace gila::vm

#endif  // GILA_VM_TRACING_H_

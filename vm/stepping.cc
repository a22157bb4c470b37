// stepping.cc: the other way to run bytecode: instruction by instruction, each by its slow path,
// with events for trace functions between them, and chances for other threads under -X
// switch=every.
//
// A thread comes here when kBreakTracing stands in its breaker: at the beginning of a run of the
// interpreter, or in the middle of one, from a slow path that looks at the breaker. Frames, links
// and specialised opcodes are the same for both ways, so a thread may change from one to the other
// between any two instructions.
#include "runtime/tracing.h"
#include "vm/attribute_cache.h"
#include "vm/frame.h"
#include "vm/slow.h"
#include "vm/tracing.h"

namespace gila::vm {
namespace {

constexpr SlowPath kSlowPaths[kOpcodeCount] = {
#define GILA_OP(name, a, b, c, caches, effects, meaning) name##Slow,
#include "bytecode/opcodes.def"
};

bool HasFunctions(const Thread& thread) {
  return !thread.trace_function.IsUnbound() || !thread.profile_function.IsUnbound();
}

// The events before the instruction at `step` runs; a trace function may ask for another one.
Status TellBefore(Thread& thread, Step* step, bool entered) {
  if (entered) GILA_TRY_VOID(TraceEntered(thread, step->pc, step->registers));
  GILA_TRY_VOID(TraceInstruction(thread, &step->pc, step->registers));
  const Instruction in(LoadWord(step->pc));
  switch (BaseOpcode(in.opcode())) {
    case Opcode::kReturn:
      return TraceLeaving(thread, step->pc, step->registers, step->registers[in.a()]);
    case Opcode::kReturnNone:
      return TraceLeaving(thread, step->pc, step->registers, kNone);
    case Opcode::kYield:
      return TraceLeaving(thread, step->pc, step->registers, step->registers[in.b()]);
    default:
      return kOk;
  }
}

}  // namespace

bool IsStepping(Thread& thread) { return StateOf(thread).stepping; }

Step StepThrough(Thread& thread, Step step, bool entered) {
  ThreadState& state = StateOf(thread);
  const bool outside = state.stepping;
  while (step.pc != nullptr && MustStep(thread)) {
    state.stepping = true;
    if (MaySwitchAtEveryInstruction()) {
      PublishFrame(thread, step.pc, step.registers);
      OfferTurn(thread);
    }
    if (HasFunctions(thread) && state.silent == 0) {
      if (!TellBefore(thread, &step, entered).ok()) {
        step = Unwind(thread, step.pc, step.registers);
        entered = false;
        continue;
      }
    }
    const int32_t depth = thread.depth;
    const Opcode opcode = BaseOpcode(Instruction(LoadWord(step.pc)).opcode());
    step = kSlowPaths[static_cast<size_t>(opcode)](thread, step.pc, step.registers);
    entered = thread.depth > depth;
  }
  // What goes on from here at full speed may be asked to step again, whatever is stepped further
  // out.
  state.stepping = step.pc == nullptr && outside;
  return step;
}

Step StepFrom(Thread& thread, Step step, bool entered) {
  return IsStepping(thread) ? step : StepThrough(thread, step, entered);
}

}  // namespace gila::vm

// interpreter.cc: the interpreter itself: the handlers, put together for one of the two ways of
// dispatch (dispatch.h).
//
// To follow one instruction: opcodes.def says what it means, handlers_*.h does its common case,
// slow_*.cc everything else. Start with GILA_HANDLER(Add) in handlers_arith.h. How calls nest
// without native recursion is in frame.h and handlers_calls.h; how exceptions find their handler in
// unwind.cc.
#include "vm/interpreter.h"

#include "runtime/native.h"
#include "runtime/thread.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "vm/dispatch.h"
#include "vm/fast_paths.h"
#include "vm/generators.h"
#include "vm/slow.h"
#include "vm/tracing.h"

namespace gila::vm {

namespace {

// Notes the stack pointer of an Interpret for as long as that runs.
thread_local uintptr_t interpreter_stack = 0;
class StackNote {
 public:
  GILA_ALWAYS_INLINE StackNote() : outer_(interpreter_stack) {
    uintptr_t here = 0;
#if defined(__x86_64__)
    asm volatile("movq %%rsp, %0" : "=r"(here));
#elif defined(__aarch64__)
    asm volatile("mov %0, sp" : "=r"(here));
#endif
    interpreter_stack = here;
  }
  GILA_ALWAYS_INLINE ~StackNote() { interpreter_stack = outer_; }
  StackNote(const StackNote&) = delete;

 private:
  const uintptr_t outer_;
};

}  // namespace

uintptr_t InterpreterStack() { return interpreter_stack; }

#ifndef GILA_COMPUTED_GOTO

namespace {

using Handler = uint64_t(GILA_CONVENTION*)(GILA_STATE);
extern const Handler kHandlers[kAnyOpcodeCount];

// Does an instruction on its slow path and goes on where that says.
template <SlowPath kPath>
GILA_NOINLINE GILA_CONVENTION uint64_t RunSlow(GILA_STATE) {
  const Step step = kPath(*thread, pc, registers);
  if (GILA_UNLIKELY(step.pc == nullptr)) return reinterpret_cast<uint64_t>(step.registers);
  pc = step.pc;
  registers = step.registers;
  constants = CodeOf(registers)->constants;
  GILA_DISPATCH();
}

#include "vm/handlers_arith.h"
#include "vm/handlers_attributes.h"
#include "vm/handlers_calls.h"
#include "vm/handlers_compare.h"
#include "vm/handlers_misc.h"
#include "vm/handlers_names.h"

const Handler kHandlers[kAnyOpcodeCount] = {
#define GILA_OP(name, a, b, c, caches, effects, meaning) Handle##name<1 + caches>,
#include "bytecode/opcodes.def"
#define GILA_SPECIALISED(name, base) Handle##name<WordsOf(kOp##base)>,
#include "vm/specialised.def"
};

}  // namespace

Value Interpret(Thread& thread, Step step) {
  const StackNote note;
  if (GILA_UNLIKELY(MustStep(thread))) step = StepThrough(thread, step, true);
  if (step.pc == nullptr) return Value(reinterpret_cast<uint64_t>(step.registers));
  const uint64_t word = LoadWord(step.pc);
  return Value(kHandlers[static_cast<uint16_t>(word)](
      step.pc, step.registers, CodeOf(step.registers)->constants, &thread, word));
}

#else

Value Interpret(Thread& running, Step step) {
  const StackNote note;
  static const void* const kLabels[kAnyOpcodeCount] = {
#define GILA_OP(name, a, b, c, caches, effects, meaning) &&label_##name,
#include "bytecode/opcodes.def"
#define GILA_SPECIALISED(name, base) &&label_##name,
#include "vm/specialised.def"
  };
  Thread* const thread = &running;
  const uint64_t* pc;
  Value* registers;
  const Value* constants;
  uint64_t word;
  if (GILA_UNLIKELY(MustStep(running))) step = StepThrough(running, step, true);

after_slow:
  if (GILA_UNLIKELY(step.pc == nullptr)) return Value(reinterpret_cast<uint64_t>(step.registers));
  pc = step.pc;
  registers = step.registers;
  constants = CodeOf(registers)->constants;
  GILA_DISPATCH();

#include "vm/handlers_arith.h"
#include "vm/handlers_attributes.h"
#include "vm/handlers_calls.h"
#include "vm/handlers_compare.h"
#include "vm/handlers_misc.h"
#include "vm/handlers_names.h"
}

#endif

}  // namespace gila::vm

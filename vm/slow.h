// slow.h: what slow paths are written with. One function per opcode, `<Name>Slow`; a few serve
// handlers in the middle of an instruction. Operands are read through Slow, which also publishes
// the frame, so that anything below may raise, allocate or call.
#ifndef GILA_VM_SLOW_H_
#define GILA_VM_SLOW_H_

#include "bytecode/bytecode.h"
#include "runtime/result.h"
#include "runtime/thread.h"
#include "vm/frame.h"
#include "vm/interpreter.h"
#include "vm/opcode_tables.h"

namespace gila::vm {

#define GILA_OP(name, a, b, c, caches, effects, meaning) \
  Step name##Slow(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
#include "bytecode/opcodes.def"
Step UnwindSlow(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
Step UnboundLocalSlow(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
Step EmptyCellSlow(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
Step EmptyFreeSlow(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
Step LoadAttrBoundSlow(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
Step LoadAttrPropertySlow(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
Step GetItemDictSlow(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
Step GetItemKDictSlow(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
Step SetItemDictSlow(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
Step ForNextPairSlow(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
Step ForNextStepSlow(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
Step CallKwFunctionSlow(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
Step CallMethodKwFunctionSlow(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;
Step CallClassSlow(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;

// One instruction on its slow path.
class Slow {
 public:
  Slow(Thread& t, const uint64_t* at, Value* frame)
      : thread(t), pc(at), registers(frame), in(LoadWord(at)), code(CodeOf(frame)) {
    PublishFrame(t, at, frame);
  }
  Value& A() const { return registers[in.a()]; }
  Value& B() const { return registers[in.b()]; }
  Value& C() const { return registers[in.c()]; }
  Value KC() const { return code->constants[in.c()]; }
  Value NameBc() const { return code->names[in.bc()]; }
  Value NameC() const { return code->names[in.c()]; }
  Function* function() const { return FunctionOf(registers); }

  // Where to go on.
  Step Next() const { return {pc + WordsOf(in.opcode()), registers}; }
  Step JumpBy(int64_t words) const { return {pc + words, registers}; }
  Step Fail() const { return Unwind(thread, pc, registers); }
  // R[a] = value, unless that failed.
  Step Store(Result<Value> value) const {
    if (GILA_UNLIKELY(!value.ok())) return Fail();
    A() = value.value();
    return Next();
  }
  Step Store(Result<bool> value) const {
    if (GILA_UNLIKELY(!value.ok())) return Fail();
    A() = Value::Bool(value.value());
    return Next();
  }
  Step Done(Status status) const { return GILA_LIKELY(status.ok()) ? Next() : Fail(); }

  Thread& thread;
  const uint64_t* const pc;
  Value* const registers;
  const Instruction in;
  Code* const code;
};

}  // namespace gila::vm

#endif  // GILA_VM_SLOW_H_

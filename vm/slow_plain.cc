// slow_plain.cc: the instructions whose handlers do everything, once more as functions. Only a
// thread that goes instruction by instruction (stepping.cc) comes here: with these, every opcode
// has a slow path.
#include "runtime/types/function.h"
#include "vm/fast_paths.h"
#include "vm/slow.h"

namespace gila::vm {

Step NopSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  return Slow(thread, pc, registers).Next();
}
Step MoveSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  slow.A() = slow.B();
  return slow.Next();
}
Step LoadConstSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  slow.A() = slow.code->constants[slow.in.bc()];
  return slow.Next();
}
Step LoadUnboundSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  slow.A() = kUnbound;
  return slow.Next();
}
Step CheckLocalSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.A().IsUnbound() ? UnboundLocalSlow(thread, pc, registers) : slow.Next();
}
Step DelLocalSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  if (slow.A().IsUnbound()) return UnboundLocalSlow(thread, pc, registers);
  slow.A() = kUnbound;
  return slow.Next();
}

Step LoadCellSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value value = slow.B().As<Cell>()->value.Load();
  return value.IsUnbound() ? EmptyCellSlow(thread, pc, registers) : slow.Store(value);
}
Step StoreCellSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  Cell* cell = slow.A().As<Cell>();
  cell->value.Store(cell, slow.B());
  return slow.Next();
}
Step DelCellSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  Cell* cell = slow.A().As<Cell>();
  if (cell->value.Load().IsUnbound()) return EmptyCellSlow(thread, pc, registers);
  cell->value.Store(cell, kUnbound);
  return slow.Next();
}
Step LoadFreeSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value value = ClosureCell(registers, slow.in.b())->value.Load();
  return value.IsUnbound() ? EmptyFreeSlow(thread, pc, registers) : slow.Store(value);
}
Step StoreFreeSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  Cell* cell = ClosureCell(registers, slow.in.a());
  cell->value.Store(cell, slow.B());
  return slow.Next();
}
Step DelFreeSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  Cell* cell = ClosureCell(registers, slow.in.a());
  if (cell->value.Load().IsUnbound()) return EmptyFreeSlow(thread, pc, registers);
  cell->value.Store(cell, kUnbound);
  return slow.Next();
}
Step LoadClosureSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  slow.A() = Value(ClosureCell(registers, slow.in.b()));
  return slow.Next();
}

Step IsSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  slow.A() = Value::Bool(slow.B() == slow.C());
  return slow.Next();
}
Step IsNotSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  slow.A() = Value::Bool(slow.B() != slow.C());
  return slow.Next();
}

Step JumpSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.JumpBy(slow.in.jump_bc());
}
Step JumpIfNoneSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.A().IsNone() ? slow.JumpBy(slow.in.jump_bc()) : slow.Next();
}
Step JumpIfNotNoneSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.A().IsNone() ? slow.Next() : slow.JumpBy(slow.in.jump_bc());
}
Step JumpIfUnboundSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.A().IsUnbound() ? slow.JumpBy(slow.in.jump_bc()) : slow.Next();
}

}  // namespace gila::vm

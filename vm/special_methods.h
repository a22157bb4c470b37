// special_methods.h: special methods of the program's classes, run in frames of the same
// interpreter: `a + b` pushes a frame for __add__ as a call would, and what the method returns is
// handed to the instruction that waits.
//
// Each Enter function answers false when the operation has to take the usual way through the
// runtime (the method is not an ordinary function, the other operand goes first, no room for a
// frame): nothing has happened then.
#ifndef GILA_VM_SPECIAL_METHODS_H_
#define GILA_VM_SPECIAL_METHODS_H_

#include <initializer_list>

#include "runtime/protocols.h"
#include "runtime/type.h"
#include "vm/slow.h"

namespace gila::vm {

// No immediate and no exact instance of a built-in type, of whose methods the runtime knows a
// shorter way.
GILA_ALWAYS_INLINE bool MayHaveMethods(Value v) {
  return v.IsPointer() &&
         v.AsObject()->shape_id.LoadRelaxed() > static_cast<uint32_t>(TypeId::kCount);
}

// Runs `method` on `args` in a frame above this one.
bool EnterMethod(const Slow& slow, Value method, std::initializer_list<Value> args,
                 Step* step) GILA_ATTACHED;

bool EnterBinary(const Slow& slow, BinaryOp op, bool in_place, Value a, Value b,
                 Step* step) GILA_ATTACHED;
bool EnterCompare(const Slow& slow, CompareOp op, Value a, Value b, Step* step) GILA_ATTACHED;
// The special method of the first of `args`, for instructions that have one operand's method only.
bool EnterSpecial(const Slow& slow, Special special, std::initializer_list<Value> args,
                  Step* step) GILA_ATTACHED;

// Gives what a method has returned to the instruction at `pc`, which is no call.
Step DeliverSpecial(Thread& thread, const uint64_t* pc, Value* registers,
                    Value value) GILA_ATTACHED;

}  // namespace gila::vm

#endif  // GILA_VM_SPECIAL_METHODS_H_

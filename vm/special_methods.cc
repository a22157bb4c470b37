// special_methods.cc: see special_methods.h. The upper half decides whether a method can have a
// frame, the lower half says what each instruction does with the result.
//
// What was asked is not written down: when the result arrives the instruction and its operands,
// which are still in their registers, say it again.
#include "vm/special_methods.h"

#include <string>

#include "runtime/protocols/declined.h"
#include "vm/fast_paths.h"

namespace gila::vm {
namespace {

struct Methods {
  Special forward, reflected, in_place;
};
#define GILA_METHODS(name) {Special::k##name, Special::kR##name, Special::kI##name}
constexpr Methods kBinary[] = {GILA_METHODS(Add),     GILA_METHODS(Sub),      GILA_METHODS(Mul),
                               GILA_METHODS(TrueDiv), GILA_METHODS(FloorDiv), GILA_METHODS(Mod),
                               GILA_METHODS(Pow),     GILA_METHODS(MatMul),   GILA_METHODS(LShift),
                               GILA_METHODS(RShift),  GILA_METHODS(And),      GILA_METHODS(Or),
                               GILA_METHODS(Xor)};
#undef GILA_METHODS
constexpr Special kCompare[] = {Special::kLt, Special::kLe, Special::kEq,
                                Special::kNe, Special::kGt, Special::kGe};
constexpr int kBinaryCount = std::size(kBinary), kCompareCount = std::size(kCompare);

// The opcodes of an operator follow each other in the order of the operators, form by form.
constexpr int Distance(Opcode from, Opcode to) {
  return static_cast<int>(to) - static_cast<int>(from);
}
static_assert(Distance(Opcode::kAdd, Opcode::kAddK) == kBinaryCount &&
              Distance(Opcode::kAddK, Opcode::kIAdd) == kBinaryCount &&
              Distance(Opcode::kIAdd, Opcode::kIXorK) == 2 * kBinaryCount - 1);
static_assert(Distance(Opcode::kLt, Opcode::kGeK) == 2 * kCompareCount - 1 &&
              Distance(Opcode::kJumpLt, Opcode::kJumpNotGeK) == 4 * kCompareCount - 1);

bool IsBetween(Opcode opcode, Opcode first, Opcode last) {
  return opcode >= first && opcode <= last;
}

Value Lookup(const Slow& slow, Value v, Special special) {
  return LookupSpecial(slow.thread, TypeOf(v), special);
}

// Is the reflected method of `b` asked before the method of `a`?
bool RightGoesFirst(const Slow& slow, Value a, Value b, Special reflected) {
  if (TypeOf(a) == TypeOf(b) || !IsSubtype(TypeOf(b), TypeOf(a))) return false;
  const Value right = Lookup(slow, b, reflected);
  return !right.IsUnbound() && right != Lookup(slow, a, reflected);
}

bool IsPlainNumber(Value v) { return v.IsSmallInt() || v.IsDouble(); }

}  // namespace

bool EnterMethod(const Slow& slow, Value method, std::initializer_list<Value> args, Step* step) {
  const Code* code = SimpleCallee(method, static_cast<uint32_t>(args.size()));
  Value* callee = FrameEnd(slow.registers) + kFrameHeader;
  if (code == nullptr ||
      !EnterFrame(slow.thread, code, slow.pc, slow.registers, callee, kFrameValue))
    return false;
  callee[kFrameCallable] = method;
  std::copy(args.begin(), args.end(), callee);
  *step = {code->words, callee};
  return true;
}

bool EnterSpecial(const Slow& slow, Special special, std::initializer_list<Value> args,
                  Step* step) {
  const Value self = *args.begin();
  return MayHaveMethods(self) && EnterMethod(slow, Lookup(slow, self, special), args, step);
}

bool EnterBinary(const Slow& slow, BinaryOp op, bool in_place, Value a, Value b, Step* step) {
  const Methods& methods = kBinary[static_cast<size_t>(op)];
  if (MayHaveMethods(a)) {
    if (in_place) {
      const Value method = Lookup(slow, a, methods.in_place);
      if (!method.IsUnbound()) return EnterMethod(slow, method, {a, b}, step);
    }
    const Value method = Lookup(slow, a, methods.forward);
    return IsKind(method, kKindFunction) && !RightGoesFirst(slow, a, b, methods.reflected) &&
           EnterMethod(slow, method, {a, b}, step);
  }
  // A number knows nothing of instances of plain classes.
  if (!IsPlainNumber(a) || !IsKind(b, kKindInstance) || !MayHaveMethods(b)) return false;
  return EnterMethod(slow, Lookup(slow, b, methods.reflected), {b, a}, step);
}

bool EnterCompare(const Slow& slow, CompareOp op, Value a, Value b, Step* step) {
  if (!MayHaveMethods(a) || (TypeOf(a) != TypeOf(b) && IsSubtype(TypeOf(b), TypeOf(a))))
    return false;
  const Value method = Lookup(slow, a, kCompare[static_cast<size_t>(op)]);
  return EnterMethod(slow, method, {a, b}, step);
}

namespace {

Step DeliverBinary(const Slow& slow, Opcode opcode, Value value) {
  if (GILA_LIKELY(value != kNotImplemented)) return slow.Store(Result<Value>(value));
  const int index = Distance(Opcode::kAdd, opcode), form = index / kBinaryCount;
  const auto op = static_cast<BinaryOp>(index % kBinaryCount);
  const bool in_place = form >= 2;
  const Value a = slow.B(), b = form % 2 == 0 ? slow.C() : slow.KC();
  if (!MayHaveMethods(a)) return slow.Store(BinaryAfterAll(slow.thread, op, in_place, a, b));
  if (in_place && !Lookup(slow, a, kBinary[static_cast<size_t>(op)].in_place).IsUnbound())
    return slow.Store(BinaryAfterInPlace(slow.thread, op, a, b));
  return slow.Store(BinaryAfterLeft(slow.thread, op, in_place, a, b));
}

// The value of a comparison, after the other operand was asked should that be needed.
Result<Value> Compared(const Slow& slow, int index, Value value) {
  if (GILA_LIKELY(value != kNotImplemented)) return value;
  const bool constant = index / kCompareCount % 2 == 1;
  return CompareAfterLeft(slow.thread, static_cast<CompareOp>(index % kCompareCount), slow.B(),
                          constant ? slow.KC() : slow.C());
}

Step DeliverCompareJump(const Slow& slow, Opcode opcode, Value value) {
  const int index = Distance(Opcode::kJumpLt, opcode);
  const Result<Value> compared = Compared(slow, index, value);
  if (!compared.ok()) return slow.Fail();
  const Result<bool> truth = Truth(slow.thread, compared.value());
  if (!truth.ok()) return slow.Fail();
  const bool unless = index >= 2 * kCompareCount;
  return truth.value() != unless ? slow.JumpBy(slow.in.jump_a()) : slow.Next();
}

// What __bool__ returned to a jump or a `not`.
Step DeliverTruth(const Slow& slow, Opcode opcode, Value value) {
  if (!value.IsBool()) {
    const std::string type(TypeNameOf(value));
    slow.thread.RaiseTypeError("__bool__ should return bool, returned %s", type.c_str());
    return slow.Fail();
  }
  if (opcode == Opcode::kNot) return slow.Store(Result<bool>(!value.IsTrue()));
  return value.IsTrue() == (opcode == Opcode::kJumpIfTrue) ? slow.JumpBy(slow.in.jump_bc())
                                                           : slow.Next();
}

Step DeliverIterator(const Slow& slow, Value value) {
  if (!LookupSpecial(slow.thread, TypeOf(value), Special::kNext).IsUnbound())
    return slow.Store(Result<Value>(value));
  const std::string type(TypeNameOf(value));
  slow.thread.RaiseTypeError("iter() returned non-iterator of type '%s'", type.c_str());
  return slow.Fail();
}

}  // namespace

Step DeliverSpecial(Thread& thread, const uint64_t* pc, Value* registers, Value value) {
  const Slow slow(thread, pc, registers);
  const Opcode opcode = BaseOpcode(slow.in.opcode());
  if (IsBetween(opcode, Opcode::kAdd, Opcode::kIXorK)) return DeliverBinary(slow, opcode, value);
  if (IsBetween(opcode, Opcode::kLt, Opcode::kGeK))
    return slow.Store(Compared(slow, Distance(Opcode::kLt, opcode), value));
  if (IsBetween(opcode, Opcode::kJumpLt, Opcode::kJumpNotGeK))
    return DeliverCompareJump(slow, opcode, value);
  switch (opcode) {
    case Opcode::kNot:
    case Opcode::kJumpIfTrue:
    case Opcode::kJumpIfFalse:
      return DeliverTruth(slow, opcode, value);
    case Opcode::kIn:
    case Opcode::kNotIn: {
      const Result<bool> found = Truth(thread, value);
      if (!found.ok()) return slow.Fail();
      return slow.Store(Result<bool>(found.value() == (opcode == Opcode::kIn)));
    }
    case Opcode::kSetItem:
    case Opcode::kDelItem:
    case Opcode::kStoreAttr:
      return slow.Next();
    case Opcode::kGetIter:
      return DeliverIterator(slow, value);
    case Opcode::kForNext:
      slow.B() = value;
      return slow.JumpBy(slow.in.jump_c());
    default:
      return slow.Store(Result<Value>(value));
  }
}

}  // namespace gila::vm

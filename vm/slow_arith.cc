// slow_arith.cc: arithmetic and comparison beyond two small ints, and the jumps that need a truth
// value.
//
// A double turns the instruction into its Float form, two ints turn it back; an instruction that
// keeps changing stays what it is after some rounds, and mixed numbers are then done here.
#include "runtime/protocols.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"
#include "vm/inline_cache.h"
#include "vm/slow.h"
#include "vm/special_methods.h"
#include "vm/tracing.h"

namespace gila::vm {
namespace {

// The Float form of each opcode that has one; else kOpNop.
struct FloatForms {
  uint16_t form[kAnyOpcodeCount] = {};
  constexpr FloatForms() {
    for (int i = kOpcodeCount; i < kAnyOpcodeCount; ++i) {
      const char* name = kAnyOpcodeName[i];
      int length = 0;
      while (name[length] != '\0') ++length;
      if (length > 5 && name[length - 5] == 'F' && name[length - 4] == 'l')
        form[static_cast<int>(kBaseOpcode[i])] = static_cast<uint16_t>(i);
    }
  }
};
constexpr FloatForms kFloatForms;

void ChooseForm(const Slow& slow, bool doubles) {
  const uint16_t now = slow.in.opcode();
  const uint16_t base = static_cast<uint16_t>(BaseOpcode(now));
  const uint16_t wanted = doubles ? kFloatForms.form[base] : base;
  if (wanted != kOpNop && wanted != now && MayRespecialise(slow.pc))
    SpecialiseOpcode(slow.pc, wanted);
}

// Both are plain numbers whose double value is exact.
bool AsDoubles(Value left, Value right, double* a, double* b) {
  const auto convert = [](Value v, double* d) {
    if (v.IsDouble()) {
      *d = v.AsDouble();
      return true;
    }
    *d = static_cast<double>(v.AsSmallInt());
    return v.IsSmallInt() && v.AsSmallInt() == static_cast<int64_t>(*d);
  };
  return (left.IsDouble() || right.IsDouble()) && convert(left, a) && convert(right, b);
}

template <BinaryOp kOp>
bool DoubleArithmetic(double a, double b, double* result) {
  switch (kOp) {
    case BinaryOp::kAdd:
      *result = a + b;
      return true;
    case BinaryOp::kSub:
      *result = a - b;
      return true;
    case BinaryOp::kMul:
      *result = a * b;
      return true;
    case BinaryOp::kTrueDiv:
      *result = a / b;
      return b != 0;
    default:
      return false;
  }
}

template <BinaryOp kOp, bool kInPlace>
Step Arithmetic(const Slow& slow, Value left, Value right) {
  if (kOp == BinaryOp::kAdd && IsExactly(left, TypeId::kStr) && IsExactly(right, TypeId::kStr))
    return slow.Store(Result<Value>(StrConcat(slow.thread, left.As<Str>(), right.As<Str>())));
  double a, b, result;
  if (AsDoubles(left, right, &a, &b)) {
    ChooseForm(slow, true);
    if (DoubleArithmetic<kOp>(a, b, &result)) return slow.Store(NewFloat(slow.thread, result));
  } else if (BothSmallInts(left, right)) {
    ChooseForm(slow, false);
  }
  if (Step step; EnterBinary(slow, kOp, kInPlace, left, right, &step)) return step;
  if constexpr (kInPlace)
    return slow.Store(InPlace(slow.thread, kOp, left, right));
  else
    return slow.Store(Binary(slow.thread, kOp, left, right));
}

template <CompareOp kOp>
bool DoubleComparison(double a, double b) {
  switch (kOp) {
    case CompareOp::kLt:
      return a < b;
    case CompareOp::kLe:
      return a <= b;
    case CompareOp::kEq:
      return a == b;
    case CompareOp::kNe:
      return a != b;
    case CompareOp::kGt:
      return a > b;
    case CompareOp::kGe:
      return a >= b;
  }
}

template <CompareOp kOp>
Result<Value> CompareSlowly(const Slow& slow, Value left, Value right) {
  double a, b;
  if (AsDoubles(left, right, &a, &b)) {
    if (left.IsDouble() && right.IsDouble()) ChooseForm(slow, true);
    return Value::Bool(DoubleComparison<kOp>(a, b));
  }
  if (BothSmallInts(left, right)) ChooseForm(slow, false);
  return Compare(slow.thread, kOp, left, right);
}

template <CompareOp kOp>
Step Comparison(const Slow& slow, Value left, Value right) {
  if (Step step; EnterCompare(slow, kOp, left, right, &step)) return step;
  return slow.Store(CompareSlowly<kOp>(slow, left, right));
}

template <CompareOp kOp, bool kUnless>
Step ComparisonJump(const Slow& slow, Value left, Value right) {
  if (Step step; EnterCompare(slow, kOp, left, right, &step)) return step;
  const Result<Value> result = CompareSlowly<kOp>(slow, left, right);
  if (!result.ok()) return slow.Fail();
  bool truth = result.value().IsTrue();
  if (!result.value().IsBool()) {
    const Result<bool> is_true = Truth(slow.thread, result.value());
    if (!is_true.ok()) return slow.Fail();
    truth = is_true.value();
  }
  return truth != kUnless ? slow.JumpBy(slow.in.jump_a()) : slow.Next();
}

template <UnaryOp kOp, Special kSpecial>
Step UnaryOperation(const Slow& slow) {
  if (Step step; EnterSpecial(slow, kSpecial, {slow.B()}, &step)) return step;
  return slow.Store(Unary(slow.thread, kOp, slow.B()));
}

template <bool kWanted>
Step JumpIf(const Slow& slow) {
  if (Step step; EnterSpecial(slow, Special::kBool, {slow.A()}, &step)) return step;
  const Result<bool> truth = Truth(slow.thread, slow.A());
  if (!truth.ok()) return slow.Fail();
  return truth.value() == kWanted ? slow.JumpBy(slow.in.jump_bc()) : slow.Next();
}

template <bool kWanted>
Step Membership(const Slow& slow) {
  if (Step step; EnterSpecial(slow, Special::kContains, {slow.C(), slow.B()}, &step)) return step;
  const Result<bool> found = Contains(slow.thread, slow.C(), slow.B());
  if (!found.ok()) return slow.Fail();
  slow.A() = Value::Bool(found.value() == kWanted);
  return slow.Next();
}

}  // namespace

#define GILA_SLOW_PATH(Name, body)                                        \
  Step Name##Slow(Thread& thread, const uint64_t* pc, Value* registers) { \
    const Slow slow(thread, pc, registers);                               \
    return body;                                                          \
  }
#define GILA_SLOW_ARITHMETIC(Op)                                                         \
  GILA_SLOW_PATH(Op, (Arithmetic<BinaryOp::k##Op, false>(slow, slow.B(), slow.C())))     \
  GILA_SLOW_PATH(Op##K, (Arithmetic<BinaryOp::k##Op, false>(slow, slow.B(), slow.KC()))) \
  GILA_SLOW_PATH(I##Op, (Arithmetic<BinaryOp::k##Op, true>(slow, slow.B(), slow.C())))   \
  GILA_SLOW_PATH(I##Op##K, (Arithmetic<BinaryOp::k##Op, true>(slow, slow.B(), slow.KC())))
GILA_SLOW_ARITHMETIC(Add)
GILA_SLOW_ARITHMETIC(Sub)
GILA_SLOW_ARITHMETIC(Mul)
GILA_SLOW_ARITHMETIC(TrueDiv)
GILA_SLOW_ARITHMETIC(FloorDiv)
GILA_SLOW_ARITHMETIC(Mod)
GILA_SLOW_ARITHMETIC(Pow)
GILA_SLOW_ARITHMETIC(MatMul)
GILA_SLOW_ARITHMETIC(LShift)
GILA_SLOW_ARITHMETIC(RShift)
GILA_SLOW_ARITHMETIC(And)
GILA_SLOW_ARITHMETIC(Or)
GILA_SLOW_ARITHMETIC(Xor)

#define GILA_SLOW_COMPARISON(Op)                                                                  \
  GILA_SLOW_PATH(Op, Comparison<CompareOp::k##Op>(slow, slow.B(), slow.C()))                      \
  GILA_SLOW_PATH(Op##K, Comparison<CompareOp::k##Op>(slow, slow.B(), slow.KC()))                  \
  GILA_SLOW_PATH(Jump##Op, (ComparisonJump<CompareOp::k##Op, false>(slow, slow.B(), slow.C())))   \
  GILA_SLOW_PATH(Jump##Op##K,                                                                     \
                 (ComparisonJump<CompareOp::k##Op, false>(slow, slow.B(), slow.KC())))            \
  GILA_SLOW_PATH(JumpNot##Op, (ComparisonJump<CompareOp::k##Op, true>(slow, slow.B(), slow.C()))) \
  GILA_SLOW_PATH(JumpNot##Op##K,                                                                  \
                 (ComparisonJump<CompareOp::k##Op, true>(slow, slow.B(), slow.KC())))
GILA_SLOW_COMPARISON(Lt)
GILA_SLOW_COMPARISON(Le)
GILA_SLOW_COMPARISON(Eq)
GILA_SLOW_COMPARISON(Ne)
GILA_SLOW_COMPARISON(Gt)
GILA_SLOW_COMPARISON(Ge)

GILA_SLOW_PATH(Neg, (UnaryOperation<UnaryOp::kNeg, Special::kNeg>(slow)))
GILA_SLOW_PATH(Pos, (UnaryOperation<UnaryOp::kPos, Special::kPos>(slow)))
GILA_SLOW_PATH(Invert, (UnaryOperation<UnaryOp::kInvert, Special::kInvert>(slow)))
GILA_SLOW_PATH(JumpIfTrue, JumpIf<true>(slow))
GILA_SLOW_PATH(JumpIfFalse, JumpIf<false>(slow))
GILA_SLOW_PATH(In, Membership<true>(slow))
GILA_SLOW_PATH(NotIn, Membership<false>(slow))

Step NotSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  if (Step step; EnterSpecial(slow, Special::kBool, {slow.B()}, &step)) return step;
  const Result<bool> truth = Truth(thread, slow.B());
  if (!truth.ok()) return slow.Fail();
  slow.A() = Value::Bool(!truth.value());
  return slow.Next();
}

Step JumpBackSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  if (!thread.HandleBreaker().ok()) return slow.Fail();
  return StepIfAsked(thread, slow.JumpBy(slow.in.jump_bc()), false);
}

}  // namespace gila::vm

// operators.cc: the arithmetic operators on any value. Exact numbers and strings go straight to
// their C++ functions; everything else follows the data model.
//
// Two rules of the data model are easy to miss. The right operand's reflected method goes first
// when its type is a subclass that overrides it. And the concatenation and repetition of built-in
// sequences are no number methods: they are asked last, after the other operand's reflected method,
// and repetition takes its count through __index__.
#include <cmath>

#include "absl/strings/str_cat.h"
#include "runtime/protocols.h"
#include "runtime/protocols/declined.h"
#include "runtime/protocols/special_call.h"
#include "runtime/thread.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/types/bytes_type.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

struct OperatorNames {
  Special forward, reflected, in_place;
  const char* symbol;
  const char* in_place_symbol;
};

#define GILA_OPERATOR(name, symbol) \
  {Special::k##name, Special::kR##name, Special::kI##name, symbol, symbol "="}
constexpr OperatorNames kOperators[] = {
    GILA_OPERATOR(Add, "+"),
    GILA_OPERATOR(Sub, "-"),
    GILA_OPERATOR(Mul, "*"),
    GILA_OPERATOR(TrueDiv, "/"),
    GILA_OPERATOR(FloorDiv, "//"),
    GILA_OPERATOR(Mod, "%"),
    {Special::kPow, Special::kRPow, Special::kIPow, "** or pow()", "**="},
    GILA_OPERATOR(MatMul, "@"),
    GILA_OPERATOR(LShift, "<<"),
    GILA_OPERATOR(RShift, ">>"),
    GILA_OPERATOR(And, "&"),
    GILA_OPERATOR(Or, "|"),
    GILA_OPERATOR(Xor, "^"),
    {Special::kDivMod, Special::kRDivMod, Special::kDivMod, "divmod()", "divmod()"},
};
#undef GILA_OPERATOR
static_assert(std::size(kOperators) == static_cast<size_t>(BinaryOp::kDivMod) + 1);

const OperatorNames& NamesOf(BinaryOp op) { return kOperators[static_cast<size_t>(op)]; }

enum NumberKind : uint8_t { kNoNumber = 0, kIntNumber = 1, kFloatNumber = 2, kComplexNumber = 4 };

// Exact numbers only: an instance of a subclass may override the operator.
GILA_ALWAYS_INLINE NumberKind Classify(Value v) {
  if (v.IsSmallInt() || v.IsBool()) return kIntNumber;
  if (v.IsDouble()) return kFloatNumber;
  if (!v.IsPointer()) return kNoNumber;
  switch (v.AsObject()->shape_id.LoadRelaxed()) {
    case ShapeIdOf(TypeId::kInt):
      return kIntNumber;
    case ShapeIdOf(TypeId::kFloat):
      return kFloatNumber;
    case ShapeIdOf(TypeId::kComplex):
      return kComplexNumber;
    default:
      return kNoNumber;
  }
}

Result<double> NumberToDouble(Thread& thread, Value v, NumberKind kind) {
  if (kind == kFloatNumber) return FloatValue(v);
  return IntToDouble(thread, v);
}

Result<ComplexPair> NumberToComplex(Thread& thread, Value v, NumberKind kind) {
  if (kind == kComplexNumber) return ComplexValue(v);
  GILA_TRY(const double real, NumberToDouble(thread, v, kind));
  return ComplexPair{real, 0.0};
}

// Of two exact numbers; kNotImplemented when such numbers do not have the operator.
Result<Value> NumberBinary(Thread& thread, BinaryOp op, Value a, NumberKind kind_a, Value b,
                           NumberKind kind_b) {
  switch (kind_a | kind_b) {
    case kIntNumber:
      if (GILA_UNLIKELY(op >= BinaryOp::kAnd && op <= BinaryOp::kXor && a.IsBool() && b.IsBool())) {
        const bool x = a.IsTrue(), y = b.IsTrue();
        return Value::Bool(op == BinaryOp::kAnd  ? (x && y)
                           : op == BinaryOp::kOr ? (x || y)
                                                 : x != y);
      }
      return IntBinary(thread, op, a, b);
    case kFloatNumber:
      return FloatBinary(thread, op, FloatValue(a), FloatValue(b));
    case kIntNumber | kFloatNumber: {
      if (op >= BinaryOp::kMatMul && op <= BinaryOp::kXor) return kNotImplemented;
      GILA_TRY(const double x, NumberToDouble(thread, a, kind_a));
      GILA_TRY(const double y, NumberToDouble(thread, b, kind_b));
      return FloatBinary(thread, op, x, y);
    }
    default: {
      if (op > BinaryOp::kPow || op == BinaryOp::kFloorDiv || op == BinaryOp::kMod)
        return kNotImplemented;
      GILA_TRY(const ComplexPair x, NumberToComplex(thread, a, kind_a));
      GILA_TRY(const ComplexPair y, NumberToComplex(thread, b, kind_b));
      return ComplexBinary(thread, op, x, y);
    }
  }
}

// The concatenation or repetition of a built-in sequence, which is asked last.
bool IsSequenceMethod(Value method) {
  const NativeFunction* native = NativeMethod(method);
  if (native == nullptr) return false;
  const Type* owner = native->owner.Load();
  return owner == GetType(TypeId::kStr) || owner == GetType(TypeId::kBytes) ||
         owner == GetType(TypeId::kByteArray) || owner->Has(kMatchSequence);
}

Failed RaiseUnsupported(Thread& thread, const char* symbol, Value a, Value b) {
  std::string message =
      absl::StrCat("unsupported operand type(s) for ", symbol, ": '", std::string(TypeNameOf(a)),
                   "' and '", std::string(TypeNameOf(b)), "'");
  // print >> file was the way to print to a file once.
  if (std::string_view(symbol) == ">>" && IsKind(a, kKindNativeFunction) &&
      std::string_view(a.As<NativeFunction>()->def->name) == "print")
    message += ". Did you mean \"print(<message>, file=<output_stream>)\"?";
  return thread.Raise(TypeId::kTypeError, message);
}

// sequence * count, `method` being the repetition of the sequence.
Result<Value> Repeat(Thread& thread, Value method, Value sequence, Value count) {
  if (!IsInt(count) && LookupSpecial(thread, TypeOf(count), Special::kIndex).IsUnbound()) {
    return thread.Raise(TypeId::kTypeError,
                        absl::StrCat("can't multiply sequence by non-int of type '",
                                     std::string(TypeNameOf(count)), "'"));
  }
  return CallUnbound2(thread, method, sequence, count);
}

// What the operand types' methods say; kNotImplemented when both decline.
Result<Value> BinaryByMethods(Thread& thread, BinaryOp op, Value a, Value b) {
  const OperatorNames& names = NamesOf(op);
  Type *type_a = TypeOf(a), *type_b = TypeOf(b);
  const Value left = LookupSpecial(thread, type_a, names.forward);
  Value right = kUnbound;
  if (type_a != type_b) right = LookupSpecial(thread, type_b, names.reflected);
  const bool sequences = op == BinaryOp::kAdd || op == BinaryOp::kMul;
  const bool left_is_sequence = sequences && IsSequenceMethod(left);
  const bool right_is_sequence = sequences && IsSequenceMethod(right);

  if (!right.IsUnbound() && !right_is_sequence && IsSubtype(type_b, type_a) &&
      right != LookupSpecial(thread, type_a, names.reflected)) {
    GILA_TRY(const Value result, CallUnbound2(thread, right, b, a));
    if (result != kNotImplemented) return result;
    right = kUnbound;
  }
  if (!left.IsUnbound() && !left_is_sequence) {
    GILA_TRY(const Value result, CallUnbound2(thread, left, a, b));
    if (result != kNotImplemented) return result;
  }
  if (!right.IsUnbound() && !right_is_sequence) {
    GILA_TRY(const Value result, CallUnbound2(thread, right, b, a));
    if (result != kNotImplemented) return result;
  }
  if (left_is_sequence)
    return op == BinaryOp::kAdd ? CallUnbound2(thread, left, a, b) : Repeat(thread, left, a, b);
  if (right_is_sequence && op == BinaryOp::kMul) return Repeat(thread, right, b, a);
  return kNotImplemented;
}

// Exact strings, the commonest operands that are no numbers; kNotImplemented: not one of those.
GILA_ALWAYS_INLINE Result<Value> StringBinary(Thread& thread, BinaryOp op, Value a, Value b) {
  if (op == BinaryOp::kAdd) {
    if (IsExactly(b, TypeId::kStr))
      return Result<Value>(StrConcat(thread, a.As<Str>(), b.As<Str>()));
  } else if (op == BinaryOp::kMul) {
    if (b.IsSmallInt()) return Result<Value>(StrRepeat(thread, a.As<Str>(), b.AsSmallInt()));
  } else if (op == BinaryOp::kMod) {
    // An instance of a subclass of str may reflect.
    if (!IsStr(b) || IsExactly(b, TypeId::kStr)) {
      if (b.IsPointer() && !b.AsObject()->IsExactly(TypeId::kTuple) &&
          !IsExactly(b, TypeId::kStr) && !IsExactly(b, TypeId::kDict))
        return kNotImplemented;
      return StrModFormat(thread, a.As<Str>(), b);
    }
  }
  return kNotImplemented;
}

// Exact lists, tuples and bytes with their like, with a count, or as a format of what cannot
// reflect.
GILA_ALWAYS_INLINE Result<Value> SequenceBinary(Thread& thread, BinaryOp op, Value a, Value b) {
  if (op == BinaryOp::kMul && b.IsSmallInt()) {
    if (IsExactly(a, TypeId::kList)) return ListRepeat(thread, a.As<List>(), b.AsSmallInt());
    if (IsExactly(a, TypeId::kTuple)) return TupleRepeat(thread, a.As<Tuple>(), b.AsSmallInt());
  } else if (op == BinaryOp::kAdd) {
    if (IsExactly(a, TypeId::kList) && IsExactly(b, TypeId::kList))
      return ListConcat(thread, a.As<List>(), b.As<List>());
    if (IsExactly(a, TypeId::kTuple) && IsExactly(b, TypeId::kTuple))
      return TupleConcat(thread, a.As<Tuple>(), b.As<Tuple>());
    if (IsExactly(a, TypeId::kBytes) && IsExactly(b, TypeId::kBytes))
      return BytesConcat(thread, a.As<Bytes>()->view(), b.As<Bytes>()->view());
  } else if (op == BinaryOp::kMod && IsExactly(a, TypeId::kBytes)) {
    if (b.IsSmallInt() || IsExactly(b, TypeId::kTuple) || IsExactly(b, TypeId::kBytes))
      return BytesFormat(thread, a, b);
  }
  return kNotImplemented;
}

// kNotImplemented when neither operand has the operator.
GILA_ALWAYS_INLINE Result<Value> BinaryOrNotImplemented(Thread& thread, BinaryOp op, Value a,
                                                        Value b) {
  const NumberKind kind_a = Classify(a);
  if (kind_a != kNoNumber) {
    const NumberKind kind_b = Classify(b);
    if (kind_b != kNoNumber) return NumberBinary(thread, op, a, kind_a, b, kind_b);
  } else if (IsExactly(a, TypeId::kStr)) {
    const Result<Value> result = StringBinary(thread, op, a, b);
    if (result.raw() != kNotImplemented) return result;
  } else {
    const Result<Value> result = SequenceBinary(thread, op, a, b);
    if (result.raw() != kNotImplemented) return result;
  }
  return BinaryByMethods(thread, op, a, b);
}

}  // namespace

Result<Value> CallUnboundSlow(Thread& thread, Value method, const Value* self_and_args,
                              size_t count) {
  // A function or native method takes self first; anything else is bound as an attribute would be.
  if (IsKind(method, kKindFunction) || NativeMethod(method) != nullptr)
    return Call(thread, method, std::span<const Value>(self_and_args, count));
  GILA_TRY(const Value bound,
           BindDescriptor(thread, method, self_and_args[0], TypeOf(self_and_args[0])));
  return Call(thread, bound, std::span<const Value>(self_and_args + 1, count - 1));
}

Result<Value> BinaryAfterAll(Thread& thread, BinaryOp op, bool in_place, Value a, Value b) {
  const OperatorNames& names = NamesOf(op);
  return RaiseUnsupported(thread, in_place ? names.in_place_symbol : names.symbol, a, b);
}

Result<Value> BinaryAfterLeft(Thread& thread, BinaryOp op, bool in_place, Value a, Value b) {
  const Value right =
      TypeOf(a) == TypeOf(b) ? kUnbound : LookupSpecial(thread, TypeOf(b), NamesOf(op).reflected);
  if (!right.IsUnbound()) {
    const bool sequences = op == BinaryOp::kAdd || op == BinaryOp::kMul;
    if (sequences && IsSequenceMethod(right)) {
      if (op == BinaryOp::kMul) return Repeat(thread, right, b, a);
    } else {
      GILA_TRY(const Value result, CallUnbound2(thread, right, b, a));
      if (result != kNotImplemented) return result;
    }
  }
  return BinaryAfterAll(thread, op, in_place, a, b);
}

Result<Value> BinaryAfterInPlace(Thread& thread, BinaryOp op, Value a, Value b) {
  GILA_TRY(const Value result, BinaryOrNotImplemented(thread, op, a, b));
  if (result == kNotImplemented) return BinaryAfterAll(thread, op, true, a, b);
  return result;
}

Result<Value> Binary(Thread& thread, BinaryOp op, Value a, Value b) {
  GILA_TRY(const Value result, BinaryOrNotImplemented(thread, op, a, b));
  if (GILA_UNLIKELY(result == kNotImplemented))
    return RaiseUnsupported(thread, NamesOf(op).symbol, a, b);
  return result;
}

Result<Value> InPlace(Thread& thread, BinaryOp op, Value a, Value b) {
  const OperatorNames& names = NamesOf(op);
  if (op != BinaryOp::kDivMod && Classify(a) == kNoNumber && !IsExactly(a, TypeId::kStr)) {
    const Value method = LookupSpecial(thread, TypeOf(a), names.in_place);
    if (!method.IsUnbound()) {
      const bool sequences = op == BinaryOp::kAdd || op == BinaryOp::kMul;
      if (!sequences || !IsSequenceMethod(method)) {
        GILA_TRY(const Value result, CallUnbound2(thread, method, a, b));
        if (result != kNotImplemented) return result;
      } else {
        // As for the plain operator: a reflected method of the right operand goes first.
        const Value reflected =
            TypeOf(a) == TypeOf(b) ? kUnbound : LookupSpecial(thread, TypeOf(b), names.reflected);
        if (!reflected.IsUnbound() && !IsSequenceMethod(reflected)) {
          GILA_TRY(const Value result, CallUnbound2(thread, reflected, b, a));
          if (result != kNotImplemented) return result;
        }
        return op == BinaryOp::kAdd ? CallUnbound2(thread, method, a, b)
                                    : Repeat(thread, method, a, b);
      }
    }
  }
  GILA_TRY(const Value result, BinaryOrNotImplemented(thread, op, a, b));
  if (GILA_UNLIKELY(result == kNotImplemented))
    return RaiseUnsupported(thread, names.in_place_symbol, a, b);
  return result;
}

Result<Value> Power(Thread& thread, Value base, Value exponent, Value modulus) {
  if (modulus.IsNone() || modulus.IsUnbound())
    return Binary(thread, BinaryOp::kPow, base, exponent);
  if (Classify(base) == kIntNumber && Classify(exponent) == kIntNumber &&
      Classify(modulus) == kIntNumber)
    return IntPower(thread, base, exponent, modulus);
  const Value method = LookupSpecial(thread, TypeOf(base), Special::kPow);
  if (!method.IsUnbound()) {
    const Value args[] = {base, exponent, modulus};
    GILA_TRY(const Value result, CallUnbound(thread, method, args, 3));
    if (result != kNotImplemented) return result;
  }
  // The numbers among the other operands refuse in their own words.
  if (IsFloat(exponent) || IsFloat(modulus))
    return thread.RaiseTypeError(
        "pow() 3rd argument not allowed unless all arguments are integers");
  if (IsComplex(exponent) || IsComplex(modulus)) return thread.RaiseValueError("complex modulo");
  return thread.Raise(
      TypeId::kTypeError,
      absl::StrCat("unsupported operand type(s) for ** or pow(): '", std::string(TypeNameOf(base)),
                   "', '", std::string(TypeNameOf(exponent)), "', '",
                   std::string(TypeNameOf(modulus)), "'"));
}

namespace {

Result<Value> NumberUnary(Thread& thread, UnaryOp op, Value v, NumberKind kind) {
  if (kind == kIntNumber) {
    switch (op) {
      case UnaryOp::kNeg:
        return IntNegate(thread, v);
      case UnaryOp::kPos:
        return PlainInt(v);
      case UnaryOp::kInvert:
        return IntInvert(thread, v);
      case UnaryOp::kAbs:
        return IntSign(v) < 0 ? IntNegate(thread, v) : Result<Value>(PlainInt(v));
    }
  }
  const double d = FloatValue(v);
  if (op == UnaryOp::kNeg) return NewFloat(thread, -d);
  if (op == UnaryOp::kAbs) return NewFloat(thread, std::fabs(d));
  return v;
}

}  // namespace

Result<Value> Unary(Thread& thread, UnaryOp op, Value v) {
  const NumberKind kind = Classify(v);
  if (kind == kIntNumber || (kind == kFloatNumber && op != UnaryOp::kInvert))
    return NumberUnary(thread, op, v, kind);
  constexpr struct {
    Special special;
    const char* symbol;
  } kUnary[] = {{Special::kNeg, "unary -"},
                {Special::kPos, "unary +"},
                {Special::kInvert, "unary ~"},
                {Special::kAbs, "abs()"}};
  const auto& names = kUnary[static_cast<size_t>(op)];
  const Value method = LookupSpecial(thread, TypeOf(v), names.special);
  if (!method.IsUnbound()) return CallUnbound1(thread, method, v);
  return thread.Raise(TypeId::kTypeError, absl::StrCat("bad operand type for ", names.symbol, ": '",
                                                       std::string(TypeNameOf(v)), "'"));
}

}  // namespace gila

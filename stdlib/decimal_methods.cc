// decimal_methods.cc: the named methods of Decimal. Most are an operation on one or two numbers
// under the current context, or under the one given.
#include "runtime/protocols.h"
#include "runtime/types/float.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/decimal_internal.h"

namespace gila {
namespace {

using namespace decimal;  // NOLINT: the operations

template <UnaryFn Operation>
Result<Value> OfOne(Thread& thread, Args args) {
  GILA_TRY(DecimalContext* const context, ContextArgument(thread, args, 1));
  uint32_t conditions = 0;
  const Number result = Operation(NumberOf(args[0]), context->Load(), &conditions);
  if (conditions != 0) GILA_TRY_VOID(Report(thread, context, conditions));
  return NewDecimal(thread, result);
}

template <BinaryFn Operation>
Result<Value> OfTwo(Thread& thread, Args args) {
  GILA_TRY(DecimalContext* const context, ContextArgument(thread, args, 2));
  Number b;
  GILA_TRY_VOID(ReadArgument(thread, args[1], &b));
  uint32_t conditions = 0;
  const Number result = Operation(NumberOf(args[0]), b, context->Load(), &conditions);
  if (conditions != 0) GILA_TRY_VOID(Report(thread, context, conditions));
  return NewDecimal(thread, result);
}

Result<Value> DecimalFma(Thread& thread, Args args) {
  GILA_TRY(DecimalContext* const context, ContextArgument(thread, args, 3));
  Number b, c;
  GILA_TRY_VOID(ReadArgument(thread, args[1], &b));
  GILA_TRY_VOID(ReadArgument(thread, args[2], &c));
  uint32_t conditions = 0;
  const Number result = Fma(NumberOf(args[0]), b, c, context->Load(), &conditions);
  GILA_TRY_VOID(Report(thread, context, conditions));
  return NewDecimal(thread, result);
}

// The settings of the context, with the rounding of an argument that is not None.
Result<Settings> WithRounding(Thread& thread, const DecimalContext* context, Value rounding) {
  Settings s = context->Load();
  if (!rounding.IsNone()) {
    GILA_TRY(s.rounding, ReadRounding(thread, rounding));
  }
  return s;
}

Result<Value> DecimalQuantize(Thread& thread, Args args) {
  GILA_TRY(DecimalContext* const context, ContextArgument(thread, args, 3));
  GILA_TRY(const Settings s, WithRounding(thread, context, args.Or(2, kNone)));
  Number b;
  GILA_TRY_VOID(ReadArgument(thread, args[1], &b));
  uint32_t conditions = 0;
  const Number result = Quantize(NumberOf(args[0]), b, s, &conditions);
  if (conditions != 0) GILA_TRY_VOID(Report(thread, context, conditions));
  return NewDecimal(thread, result);
}

template <UnaryFn Operation>
Result<Value> Integral(Thread& thread, Args args) {
  GILA_TRY(DecimalContext* const context, ContextArgument(thread, args, 2));
  GILA_TRY(const Settings s, WithRounding(thread, context, args.Or(1, kNone)));
  uint32_t conditions = 0;
  const Number result = Operation(NumberOf(args[0]), s, &conditions);
  GILA_TRY_VOID(Report(thread, context, conditions));
  return NewDecimal(thread, result);
}

bool Finite_(const Number& a) { return a.IsFinite(); }
bool Infinite_(const Number& a) { return a.IsInfinite(); }
bool Nan_(const Number& a) { return a.IsNan(); }
bool Quiet_(const Number& a) { return a.kind == Class::kQuietNan; }
bool Signaling_(const Number& a) { return a.IsSignaling(); }
bool Signed_(const Number& a) { return a.negative; }
bool Zero_(const Number& a) { return a.IsZero(); }
template <bool (*Test)(const Number&)>
Result<Value> Ask(Thread&, Args args) {
  return Value::Bool(Test(NumberOf(args[0])));
}
template <bool (*Test)(const Number&, const Settings&)>
Result<Value> AskContext(Thread& thread, Args args) {
  GILA_TRY(const DecimalContext* const context, ContextArgument(thread, args, 1));
  return Value::Bool(Test(NumberOf(args[0]), context->Load()));
}

Result<Value> CopyAbs(Thread& thread, Args args) {
  return NewDecimal(thread, Signed(NumberOf(args[0]), false));
}
Result<Value> CopyNegate(Thread& thread, Args args) {
  const Number a = NumberOf(args[0]);
  return NewDecimal(thread, Signed(a, !a.negative));
}

Result<Value> DecimalSameQuantum(Thread& thread, Args args) {
  GILA_TRY_VOID(ContextArgument(thread, args, 2));
  Number b;
  GILA_TRY_VOID(ReadArgument(thread, args[1], &b));
  return Value::Bool(SameQuantum(NumberOf(args[0]), b));
}

Result<Value> NumberClass(Thread& thread, Args args) {
  GILA_TRY(const DecimalContext* const context, ContextArgument(thread, args, 1));
  return Intern(thread, ClassName(NumberOf(args[0]), context->Load()));
}
Result<Value> ToEngString(Thread& thread, Args args) {
  GILA_TRY(const DecimalContext* const context, ContextArgument(thread, args, 1));
  return NewStrLatin1(thread, ToText(NumberOf(args[0]), true, context->Load().capitals));
}

Result<Value> Itself(Thread&, Args args) { return args[0]; }
Result<Value> IsCanonical(Thread&, Args) { return kTrue; }
Result<Value> Radix(Thread& thread, Args) {
  return NewDecimal(thread, Finite(false, Coefficient(10), 0));
}
Result<Value> Adjusted(Thread& thread, Args args) {
  const Number a = NumberOf(args[0]);
  return NewInt(thread, a.Adjusted());
}
Result<Value> DecimalAsTuple(Thread& thread, Args args) {
  return AsTuple(thread, NumberOf(args[0]));
}
Result<Value> DecimalRatio(Thread& thread, Args args) {
  return AsIntegerRatio(thread, NumberOf(args[0]));
}

Result<Value> FromFloat(Thread& thread, Args args) {
  Number number;
  if (IsInt(args[1])) {
    number = NumberOfInt(args[1]);
  } else if (IsFloat(args[1])) {
    number = NumberOfDouble(FloatValue(args[1]));
  } else {
    return thread.RaiseTypeError("argument must be int or float");
  }
  GILA_TRY(const Value made, NewDecimal(thread, number));
  if (args[0] == Value(decimal_type)) return made;
  return Call(thread, args[0], {made});
}

Result<Value> Reduce(Thread& thread, Args args) {
  GILA_TRY(Str* const text, ToStr(thread, args[0]));
  const Value only[] = {text};
  GILA_TRY(Tuple* const arguments, NewTuple(thread, only));
  return NewPair(thread, TypeOf(args[0]), arguments);
}

template <Rounding rounding>
Result<Value> ToInteger(Thread& thread, Args args) {
  return ToInt(thread, NumberOf(args[0]), rounding);
}

Result<Value> Round(Thread& thread, Args args) {
  const Number a = NumberOf(args[0]);
  if (!args.Has(1)) return ToInt(thread, a, Rounding::kHalfEven);
  int64_t places;
  if (!IsInt(args[1])) return thread.RaiseTypeError("optional arg must be an integer");
  if (!TryInt64(args[1], &places))
    return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C ssize_t");
  const int64_t exponent = places == INT64_MIN ? INT64_MAX : -places;
  GILA_TRY(DecimalContext* const context, CurrentDecimalContext(thread));
  uint32_t conditions = 0;
  const Number result =
      Quantize(a, Finite(false, Coefficient(1), exponent), context->Load(), &conditions);
  GILA_TRY_VOID(Report(thread, context, conditions));
  return NewDecimal(thread, result);
}

Result<Value> ToFloat(Thread& thread, const Number& a) {
  if (a.IsNan()) {
    if (a.IsSignaling()) return thread.RaiseValueError("cannot convert signaling NaN to float");
    return NewFloat(thread, a.negative ? -__builtin_nan("") : __builtin_nan(""));
  }
  GILA_TRY(Str* const text, NewStrLatin1(thread, ToText(a, false, true)));
  GILA_TRY(const double d, ParseFloat(thread, text));
  return NewFloat(thread, d);
}
Result<Value> DecimalFloat(Thread& thread, Args args) { return ToFloat(thread, NumberOf(args[0])); }
Result<Value> DecimalComplex(Thread& thread, Args args) {
  GILA_TRY(const Value real, ToFloat(thread, NumberOf(args[0])));
  return NewComplex(thread, FloatValue(real), 0.0);
}
Result<Value> SizeOf(Thread& thread, Args args) {
  const Number a = NumberOf(args[0]);
  const size_t limbs = a.coefficient.IsSmall() ? 0 : mpz_size(a.coefficient.z());
  return NewInt(thread, static_cast<int64_t>(104 + limbs * sizeof(mp_limb_t)));
}

}  // namespace

#define ONE(name, function, doc) {name, OfOne<function>, "(self, /, context=None)", doc}
#define TWO(name, function, doc) {name, OfTwo<function>, "(self, /, other, context=None)", doc}
#define PLAIN(name, function, doc) {name, function, "(self, /)", doc}

constexpr NativeDef kDecimalMethods[] = {
    ONE("exp", Exp, "e to the power of the number."),
    ONE("ln", Ln, "The natural logarithm."),
    ONE("log10", Log10, "The logarithm to base ten."),
    ONE("logb", LogB, "The exponent of the first digit."),
    ONE("logical_invert", LogicalInvert, "Every digit turned round."),
    ONE("next_minus", NextMinus, "The next lower number."),
    ONE("next_plus", NextPlus, "The next higher number."),
    ONE("normalize", Normalize, "Without trailing zeros."),
    ONE("sqrt", SquareRoot, "The square root."),
    TWO("compare", Compare,
        "Decimal -1, 0 or 1 as self is less than, equal to or greater than other."),
    TWO("compare_signal", CompareSignal, "As compare(); any NaN is an invalid operation."),
    TWO("compare_total", CompareTotal, "The total order, in which 1.0 and 1.00 differ."),
    TWO("compare_total_mag", CompareTotalMag, "The total order of the magnitudes."),
    TWO("copy_sign", CopySign, "With the sign of the other."),
    TWO("logical_and", LogicalAnd, "Digits that are 1 in both."),
    TWO("logical_or", LogicalOr, "Digits that are 1 in either."),
    TWO("logical_xor", LogicalXor, "Digits that are 1 in just one."),
    TWO("max", Max, "The greater of the two."),
    TWO("max_mag", MaxMag, "The one of greater magnitude."),
    TWO("min", Min, "The lesser of the two."),
    TWO("min_mag", MinMag, "The one of lesser magnitude."),
    TWO("next_toward", NextToward, "The neighbour in the direction of the other."),
    TWO("remainder_near", RemainderNear,
        "self - other * n, n the integer nearest to the quotient."),
    TWO("rotate", Rotate, "The digits, rotated by so many places."),
    TWO("scaleb", ScaleB, "With so much added to the exponent."),
    TWO("shift", Shift, "The digits, shifted by so many places."),
    {"fma", DecimalFma, "@unnamed(self, /, other, third, context=None)",
     "self * other + third, rounded once."},
    {"quantize", DecimalQuantize, "(self, /, exp, rounding=None, context=None)",
     "Rounded to the exponent of exp."},
    {"to_integral", Integral<ToIntegralValue>, "(self, /, rounding=None, context=None)",
     "Rounded to an integer, quietly."},
    {"to_integral_value", Integral<ToIntegralValue>, "(self, /, rounding=None, context=None)",
     "Rounded to an integer, quietly."},
    {"to_integral_exact", Integral<ToIntegralExact>, "(self, /, rounding=None, context=None)",
     "Rounded to an integer; Inexact and Rounded are signalled."},
    {"same_quantum", DecimalSameQuantum, "(self, /, other, context=None)",
     "Are the exponents equal?"},
    {"is_normal", AskContext<IsNormal>, "(self, /, context=None)",
     "Is it finite, not zero and not subnormal?"},
    {"is_subnormal", AskContext<IsSubnormal>, "(self, /, context=None)",
     "Is it below the smallest normal number?"},
    {"number_class", NumberClass, "(self, /, context=None)",
     "What kind of number it is, as a str."},
    {"to_eng_string", ToEngString, "(self, /, context=None)",
     "As text, the exponent a multiple of three."},
    {"from_float", FromFloat, "@classmethod(cls, f, /)", "A float or int, exactly."},
    PLAIN("is_canonical", IsCanonical, "True."),
    PLAIN("is_finite", Ask<Finite_>, "Is it a number and not infinite?"),
    PLAIN("is_infinite", Ask<Infinite_>, "Is it infinite?"),
    PLAIN("is_nan", Ask<Nan_>, "Is it a NaN of either kind?"),
    PLAIN("is_qnan", Ask<Quiet_>, "Is it a quiet NaN?"),
    PLAIN("is_signed", Ask<Signed_>, "Has it a minus sign?"),
    PLAIN("is_snan", Ask<Signaling_>, "Is it a signaling NaN?"),
    PLAIN("is_zero", Ask<Zero_>, "Is it a zero?"),
    PLAIN("adjusted", Adjusted, "The exponent of the first digit."),
    PLAIN("as_tuple", DecimalAsTuple, "A DecimalTuple of sign, digits and exponent."),
    PLAIN("as_integer_ratio", DecimalRatio,
          "The fraction in lowest terms that it equals, as two ints."),
    PLAIN("canonical", Itself, "The number itself."),
    PLAIN("conjugate", Itself, "The number itself."),
    PLAIN("copy_abs", CopyAbs, "Without its sign, not rounded."),
    PLAIN("copy_negate", CopyNegate, "With the other sign, not rounded."),
    PLAIN("radix", Radix, "Decimal(10)"),
    PLAIN("__copy__", Itself, nullptr),
    {"__deepcopy__", Itself, "(self, memo, /)", nullptr},
    PLAIN("__reduce__", Reduce, nullptr),
    PLAIN("__int__", ToInteger<Rounding::kDown>, "int(self)"),
    PLAIN("__trunc__", ToInteger<Rounding::kDown>, nullptr),
    PLAIN("__floor__", ToInteger<Rounding::kFloor>, nullptr),
    PLAIN("__ceil__", ToInteger<Rounding::kCeiling>, nullptr),
    {"__round__", Round, "(self, ndigits=<unrepresentable>, /)", nullptr},
    PLAIN("__float__", DecimalFloat, "float(self)"),
    PLAIN("__complex__", DecimalComplex, nullptr),
    PLAIN("__sizeof__", SizeOf, nullptr),
    {"__format__", DecimalFormat, "(self, spec, override=<unrepresentable>, /)", nullptr},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace gila

// decimal_context_methods.cc: the methods of Context: every operation, on Decimals and ints, by the
// rules of that context instead of the current one.
#include "runtime/protocols.h"
#include "runtime/types/float.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/decimal_internal.h"

namespace gila {

Result<Value> DecimalContextInit(Thread& thread, Args args) GILA_ATTACHED;

namespace {

using namespace decimal;  // NOLINT: the operations

DecimalContext* Self(Args args) { return args[0].As<DecimalContext>(); }

template <UnaryFn Operation>
Result<Value> OfOne(Thread& thread, Args args) {
  Number a;
  GILA_TRY_VOID(ReadArgument(thread, args[1], &a));
  uint32_t conditions = 0;
  const Number result = Operation(a, Self(args)->Load(), &conditions);
  if (conditions != 0) GILA_TRY_VOID(Report(thread, Self(args), conditions));
  return NewDecimal(thread, result);
}

template <BinaryFn Operation>
Result<Value> OfTwo(Thread& thread, Args args) {
  Number a, b;
  GILA_TRY_VOID(ReadArgument(thread, args[1], &a));
  GILA_TRY_VOID(ReadArgument(thread, args[2], &b));
  uint32_t conditions = 0;
  const Number result = Operation(a, b, Self(args)->Load(), &conditions);
  if (conditions != 0) GILA_TRY_VOID(Report(thread, Self(args), conditions));
  return NewDecimal(thread, result);
}

template <bool (*Test)(const Number&, const Settings&)>
Result<Value> Ask(Thread& thread, Args args) {
  Number a;
  GILA_TRY_VOID(ReadArgument(thread, args[1], &a));
  return Value::Bool(Test(a, Self(args)->Load()));
}
bool Finite_(const Number& a, const Settings&) { return a.IsFinite(); }
bool Infinite_(const Number& a, const Settings&) { return a.IsInfinite(); }
bool Nan_(const Number& a, const Settings&) { return a.IsNan(); }
bool Quiet_(const Number& a, const Settings&) { return a.kind == Class::kQuietNan; }
bool Signaling_(const Number& a, const Settings&) { return a.IsSignaling(); }
bool Signed_(const Number& a, const Settings&) { return a.negative; }
bool Zero_(const Number& a, const Settings&) { return a.IsZero(); }

Number Same(const Number& a, const Settings&, uint32_t*) { return a; }
Number CopyAbs(const Number& a, const Settings&, uint32_t*) { return Signed(a, false); }
Number CopyNegate(const Number& a, const Settings&, uint32_t*) { return Signed(a, !a.negative); }

Result<Value> ContextFma(Thread& thread, Args args) {
  Number a, b, c;
  GILA_TRY_VOID(ReadArgument(thread, args[1], &a));
  GILA_TRY_VOID(ReadArgument(thread, args[2], &b));
  GILA_TRY_VOID(ReadArgument(thread, args[3], &c));
  uint32_t conditions = 0;
  const Number result = Fma(a, b, c, Self(args)->Load(), &conditions);
  GILA_TRY_VOID(Report(thread, Self(args), conditions));
  return NewDecimal(thread, result);
}

Result<Value> ContextPower(Thread& thread, Args args) {
  Number a, b, modulus;
  GILA_TRY_VOID(ReadArgument(thread, args[1], &a));
  GILA_TRY_VOID(ReadArgument(thread, args[2], &b));
  const bool modular = !args.Or(3, kNone).IsNone();
  if (modular) GILA_TRY_VOID(ReadArgument(thread, args[3], &modulus));
  uint32_t conditions = 0;
  const Settings s = Self(args)->Load();
  const Number result =
      modular ? PowerModulo(a, b, modulus, s, &conditions) : Power(a, b, s, &conditions);
  GILA_TRY_VOID(Report(thread, Self(args), conditions));
  return NewDecimal(thread, result);
}

Result<Value> ContextDivMod(Thread& thread, Args args) {
  Number a, b, quotient, rest;
  GILA_TRY_VOID(ReadArgument(thread, args[1], &a));
  GILA_TRY_VOID(ReadArgument(thread, args[2], &b));
  uint32_t conditions = 0;
  DivMod(a, b, Self(args)->Load(), &quotient, &rest, &conditions);
  GILA_TRY_VOID(Report(thread, Self(args), conditions));
  GILA_TRY(const Value first, NewDecimal(thread, quotient));
  GILA_TRY(const Value second, NewDecimal(thread, rest));
  return NewPair(thread, first, second);
}

template <bool engineering>
Result<Value> ContextText(Thread& thread, Args args) {
  Number a;
  GILA_TRY_VOID(ReadArgument(thread, args[1], &a));
  return NewStrLatin1(thread, ToText(a, engineering, Self(args)->Load().capitals));
}

Result<Value> ContextNumberClass(Thread& thread, Args args) {
  Number a;
  GILA_TRY_VOID(ReadArgument(thread, args[1], &a));
  return Intern(thread, ClassName(a, Self(args)->Load()));
}

Result<Value> ContextSameQuantum(Thread& thread, Args args) {
  Number a, b;
  GILA_TRY_VOID(ReadArgument(thread, args[1], &a));
  GILA_TRY_VOID(ReadArgument(thread, args[2], &b));
  return Value::Bool(SameQuantum(a, b));
}

Failed RaiseNotDecimal(Thread& thread) {
  return thread.RaiseTypeError("argument must be a Decimal");
}
Result<Value> ContextCanonical(Thread& thread, Args args) {
  if (!IsDecimal(args[1])) return RaiseNotDecimal(thread);
  return args[1];
}
Result<Value> ContextIsCanonical(Thread& thread, Args args) {
  if (!IsDecimal(args[1])) return RaiseNotDecimal(thread);
  return kTrue;
}
Result<Value> ContextRadix(Thread& thread, Args) {
  return NewDecimal(thread, Finite(false, Coefficient(10), 0));
}

Result<Value> CreateDecimal(Thread& thread, Args args) {
  if (!args.Has(1)) return NewDecimal(thread, Number());
  GILA_TRY(const Number number, ReadValue(thread, args[1], Self(args), false));
  return NewDecimal(thread, number);
}
Result<Value> CreateDecimalFromFloat(Thread& thread, Args args) {
  Number number;
  if (IsInt(args[1])) {
    number = NumberOfInt(args[1]);
  } else if (IsFloat(args[1])) {
    number = NumberOfDouble(FloatValue(args[1]));
  } else {
    return thread.RaiseTypeError("argument must be int or float");
  }
  uint32_t conditions = 0;
  number = Finish(std::move(number), Self(args)->Load(), &conditions);
  GILA_TRY_VOID(Report(thread, Self(args), conditions));
  return NewDecimal(thread, number);
}

// --- the context itself ---

Result<Value> ClearFlags(Thread&, Args args) {
  Self(args)->flags_word.Store(0);
  return kNone;
}
Result<Value> ClearTraps(Thread&, Args args) {
  Self(args)->traps_word.Store(0);
  return kNone;
}
Result<Value> ContextCopy(Thread& thread, Args args) {
  GILA_TRY(DecimalContext* const copy, CopyDecimalContext(thread, Self(args)));
  copy->flags_word.Store(Self(args)->flags_word.Load());
  return copy;
}
Result<Value> Etiny(Thread& thread, Args args) {
  return NewInt(thread, Self(args)->Load().Etiny());
}
Result<Value> Etop(Thread& thread, Args args) { return NewInt(thread, Self(args)->Load().Etop()); }

Result<Value> RoundingName(Thread& thread, Value context) {
  return GetAttr(thread, context, Intern(thread, "rounding"));
}
Result<Value> ContextRepr(Thread& thread, Args args) {
  const Settings s = Self(args)->Load();
  GILA_TRY(const Value rounding, RoundingName(thread, args[0]));
  std::string text = "Context(prec=" + std::to_string(s.prec) + ", rounding=" + ToUtf8(rounding) +
                     ", Emin=" + std::to_string(s.emin) + ", Emax=" + std::to_string(s.emax) +
                     ", capitals=" + (s.capitals ? "1" : "0") + ", clamp=" + (s.clamp ? "1" : "0") +
                     ", flags=[" + SignalNames(Self(args)->flags_word.Load()) + "], traps=[" +
                     SignalNames(Self(args)->traps_word.Load()) + "])";
  return NewStr(thread, text);
}
Result<Value> ContextReduce(Thread& thread, Args args) {
  const Settings s = Self(args)->Load();
  GILA_TRY(const Value rounding, RoundingName(thread, args[0]));
  GILA_TRY(const Value prec, NewInt(thread, s.prec));
  GILA_TRY(const Value emin, NewInt(thread, s.emin));
  GILA_TRY(const Value emax, NewInt(thread, s.emax));
  GILA_TRY(const Value flags, SignalList(thread, Self(args)->flags_word.Load()));
  GILA_TRY(const Value traps, SignalList(thread, Self(args)->traps_word.Load()));
  const Value parts[] = {prec,
                         rounding,
                         emin,
                         emax,
                         Value::SmallInt(s.capitals ? 1 : 0),
                         Value::SmallInt(s.clamp ? 1 : 0),
                         flags,
                         traps};
  GILA_TRY(Tuple* const arguments, NewTuple(thread, parts));
  return NewPair(thread, TypeOf(args[0]), arguments);
}

}  // namespace

#define ONE(name, function, doc) {name, function, "(self, x, /)", doc}
#define TWO(name, function, doc) {name, function, "@unnamed(self, x, y, /)", doc}

constexpr NativeDef kDecimalContextMethods[] = {
    {"__init__", DecimalContextInit,
     "(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, "
     "flags=None, traps=None)",
     nullptr},
    ONE("abs", OfOne<Absolute>, "The magnitude of x, rounded."),
    ONE("copy_abs", OfOne<CopyAbs>, "x without its sign, as it is."),
    ONE("copy_decimal", OfOne<Same>, "x as a Decimal, as it is."),
    ONE("copy_negate", OfOne<CopyNegate>, "x with the other sign, as it is."),
    ONE("exp", OfOne<Exp>, "e to the power of x."),
    ONE("ln", OfOne<Ln>, "The natural logarithm of x."),
    ONE("log10", OfOne<Log10>, "The logarithm of x to base ten."),
    ONE("logb", OfOne<LogB>, "The exponent of the first digit of x."),
    ONE("logical_invert", OfOne<LogicalInvert>, "Every digit of x turned round."),
    ONE("minus", OfOne<Minus>, "-x, rounded."),
    ONE("next_minus", OfOne<NextMinus>, "The next lower number."),
    ONE("next_plus", OfOne<NextPlus>, "The next higher number."),
    ONE("normalize", OfOne<Normalize>, "x without trailing zeros."),
    ONE("plus", OfOne<Plus>, "+x, rounded."),
    ONE("sqrt", OfOne<SquareRoot>, "The square root of x."),
    ONE("to_integral", OfOne<ToIntegralValue>, "x rounded to an integer, quietly."),
    ONE("to_integral_exact", OfOne<ToIntegralExact>,
        "x rounded to an integer; Inexact and Rounded are signalled."),
    ONE("to_integral_value", OfOne<ToIntegralValue>, "x rounded to an integer, quietly."),
    ONE("is_finite", Ask<Finite_>, "Is x a number and not infinite?"),
    ONE("is_infinite", Ask<Infinite_>, "Is x infinite?"),
    ONE("is_nan", Ask<Nan_>, "Is x a NaN of either kind?"),
    ONE("is_normal", Ask<IsNormal>, "Is x finite, not zero and not subnormal?"),
    ONE("is_qnan", Ask<Quiet_>, "Is x a quiet NaN?"),
    ONE("is_signed", Ask<Signed_>, "Has x a minus sign?"),
    ONE("is_snan", Ask<Signaling_>, "Is x a signaling NaN?"),
    ONE("is_subnormal", Ask<IsSubnormal>, "Is x below the smallest normal number?"),
    ONE("is_zero", Ask<Zero_>, "Is x a zero?"),
    ONE("is_canonical", ContextIsCanonical, "True for every Decimal."),
    ONE("canonical", ContextCanonical, "x itself, a Decimal."),
    ONE("number_class", ContextNumberClass, "What kind of number x is, as a str."),
    ONE("to_eng_string", ContextText<true>, "x as text, the exponent a multiple of three."),
    ONE("to_sci_string", ContextText<false>, "x as text."),
    ONE("create_decimal_from_float", CreateDecimalFromFloat, "A float as a Decimal, rounded."),
    TWO("add", OfTwo<Add>, "x + y"),
    TWO("compare", OfTwo<Compare>, "-1, 0 or 1 as x is less than, equal to or greater than y."),
    TWO("compare_signal", OfTwo<CompareSignal>, "As compare(); any NaN is an invalid operation."),
    TWO("compare_total", OfTwo<CompareTotal>, "The total order, in which 1.0 and 1.00 differ."),
    TWO("compare_total_mag", OfTwo<CompareTotalMag>, "The total order of the magnitudes."),
    TWO("copy_sign", OfTwo<CopySign>, "x with the sign of y."),
    TWO("divide", OfTwo<Divide>, "x / y"),
    TWO("divide_int", OfTwo<DivideInt>, "The whole part of x / y."),
    TWO("divmod", ContextDivMod, "divide_int(x, y) and remainder(x, y)"),
    TWO("logical_and", OfTwo<LogicalAnd>, "Digits that are 1 in both."),
    TWO("logical_or", OfTwo<LogicalOr>, "Digits that are 1 in either."),
    TWO("logical_xor", OfTwo<LogicalXor>, "Digits that are 1 in just one."),
    TWO("max", OfTwo<Max>, "The greater of the two."),
    TWO("max_mag", OfTwo<MaxMag>, "The one of greater magnitude."),
    TWO("min", OfTwo<Min>, "The lesser of the two."),
    TWO("min_mag", OfTwo<MinMag>, "The one of lesser magnitude."),
    TWO("multiply", OfTwo<Multiply>, "x * y"),
    TWO("next_toward", OfTwo<NextToward>, "The neighbour of x in the direction of y."),
    TWO("quantize", OfTwo<Quantize>, "x rounded to the exponent of y."),
    TWO("remainder", OfTwo<Remainder>,
        "What is left of x after divide_int; its sign is that of x."),
    TWO("remainder_near", OfTwo<RemainderNear>, "x - y * n, n the integer nearest to x / y."),
    TWO("rotate", OfTwo<Rotate>, "The digits of x, rotated by y places."),
    TWO("same_quantum", ContextSameQuantum, "Are the exponents equal?"),
    TWO("scaleb", OfTwo<ScaleB>, "x with y added to its exponent."),
    TWO("shift", OfTwo<Shift>, "The digits of x, shifted by y places."),
    TWO("subtract", OfTwo<Subtract>, "x - y"),
    {"fma", ContextFma, "@unnamed(self, x, y, z, /)", "x * y + z, rounded once."},
    {"power", ContextPower, "(self, /, a, b, modulo=None)",
     "a ** b, or that modulo a third number."},
    {"radix", ContextRadix, "(self, /)", "Decimal(10)"},
    {"create_decimal", CreateDecimal, "(self, num='0', /)",
     "A Decimal of anything that Decimal() takes, rounded."},
    {"Etiny", Etiny, "(self, /)", "The least exponent of a subnormal number."},
    {"Etop", Etop, "(self, /)", "The greatest exponent of a number of full precision."},
    {"clear_flags", ClearFlags, "(self, /)", "Set all flags to False."},
    {"clear_traps", ClearTraps, "(self, /)", "Set all traps to False."},
    {"copy", ContextCopy, "(self, /)", "A copy, flags and traps included."},
    {"_apply", OfOne<Plus>, "(self, x, /)", nullptr},
    {"__copy__", ContextCopy, "(self, /)", nullptr},
    {"__reduce__", ContextReduce, "(self, /)", nullptr},
    {"__repr__", ContextRepr, "(self, /)", "Return repr(self)."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace gila

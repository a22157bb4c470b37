// float_methods.cc: the type float: its constructor and methods.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "runtime/heap/heap.h"
#include "runtime/protocols/special_call.h"
#include "runtime/protocols/warn.h"
#include "runtime/text/float_text.h"
#include "runtime/text/format_spec.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/number_methods.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

Result<Value> NewFloatOfType(Thread& thread, Type* type, double d) {
  if (type == GetType(TypeId::kFloat)) return NewFloat(thread, d);
  GILA_TRY(Object * object, AllocateInstance(thread, type));
  static_cast<Float*>(object)->value = d;
  return object;
}

Result<double> ConvertToFloat(Thread& thread, Value v) {
  if (v.IsDouble()) return v.AsDouble();
  if (IsFloat(v)) {
    // A subclass may have a __float__ of its own, which float(), alone, asks.
    const Value method = LookupSpecial(thread, TypeOf(v), Special::kFloat);
    if (method == LookupSpecial(thread, GetType(TypeId::kFloat), Special::kFloat))
      return FloatValue(v);
    GILA_TRY(const Value result, CallUnbound1(thread, method, v));
    if (result.IsDouble() || IsExactly(result, TypeId::kFloat)) return FloatValue(result);
    const std::string name = std::string(TypeNameOf(v)) + ".__float__";
    if (!IsFloat(result)) {
      return thread.Raise(TypeId::kTypeError, absl::StrCat(name, " returned non-float (type ",
                                                           std::string(TypeNameOf(result)), ")"));
    }
    GILA_TRY_VOID(WarnOfSubclass(thread, name, result, "float"));
    return FloatValue(result);
  }
  if (IsStr(v) || IsBytesLike(v)) {
    // A subclass of str may still have a __float__.
    if (LookupSpecial(thread, TypeOf(v), Special::kFloat).IsUnbound()) {
      if (IsStr(v) || IsBytes(v)) return ParseFloat(thread, v);
      GILA_TRY(const std::string bytes, CopyBuffer(thread, v));
      GILA_TRY(const Value copy, NewBytes(thread, bytes));
      const Result<double> number = ParseFloat(thread, copy);
      if (number.ok() || !thread.ExceptionMatches(TypeId::kValueError)) return number;
      thread.ClearException();  // it shows the copy
      GILA_TRY(Str* const shown, Repr(thread, v));
      return thread.RaiseFormat(TypeId::kValueError, "could not convert string to float: %s",
                                ToUtf8(shown).c_str());
    }
  } else if (LookupSpecial(thread, TypeOf(v), Special::kFloat).IsUnbound() &&
             LookupSpecial(thread, TypeOf(v), Special::kIndex).IsUnbound()) {
    return thread.Raise(TypeId::kTypeError,
                        absl::StrCat("float() argument must be a string or a real number, not '",
                                     std::string(TypeNameOf(v)), "'"));
  }
  return ToDouble(thread, v);
}

Result<Value> FloatNew(Thread& thread, Args args) {
  double d = 0.0;
  if (args.Has(1)) {
    GILA_TRY(d, ConvertToFloat(thread, args[1]));
  }
  return NewFloatOfType(thread, args[0].As<Type>(), d);
}

// --- operators ---

// The other operand as a double; *known is false when it is no real number.
Result<double> Operand(Thread& thread, Value v, bool* known) {
  *known = true;
  if (IsFloat(v)) return FloatValue(v);
  if (IsInt(v)) return IntToDouble(thread, v);
  *known = false;
  return 0.0;
}

template <BinaryOp op>
Result<Value> Forward(Thread& thread, Args args) {
  bool known;
  GILA_TRY(const double other, Operand(thread, args[1], &known));
  if (!known) return kNotImplemented;
  return FloatBinary(thread, op, FloatValue(args[0]), other);
}
template <BinaryOp op>
Result<Value> Reflected(Thread& thread, Args args) {
  bool known;
  GILA_TRY(const double other, Operand(thread, args[1], &known));
  if (!known) return kNotImplemented;
  return FloatBinary(thread, op, other, FloatValue(args[0]));
}

template <CompareOp op>
Result<Value> Rich(Thread&, Args args) {
  const double d = FloatValue(args[0]);
  if (IsFloat(args[1])) {
    const double other = FloatValue(args[1]);
    switch (op) {
      case CompareOp::kLt:
        return Value::Bool(d < other);
      case CompareOp::kLe:
        return Value::Bool(d <= other);
      case CompareOp::kEq:
        return Value::Bool(d == other);
      case CompareOp::kNe:
        return Value::Bool(d != other);
      case CompareOp::kGt:
        return Value::Bool(d > other);
      case CompareOp::kGe:
        return Value::Bool(d >= other);
    }
  }
  if (!IsInt(args[1])) return kNotImplemented;
  constexpr CompareOp kSwapped = op == CompareOp::kLt   ? CompareOp::kGt
                                 : op == CompareOp::kLe ? CompareOp::kGe
                                 : op == CompareOp::kGt ? CompareOp::kLt
                                 : op == CompareOp::kGe ? CompareOp::kLe
                                                        : op;
  return Value::Bool(IntCompareToDouble(kSwapped, args[1], d));
}

Result<Value> PowerMethod(Thread& thread, Args args, bool reflected) {
  if (!args.Or(2, kNone).IsNone())
    return thread.RaiseTypeError(
        "pow() 3rd argument not allowed unless all arguments are integers");
  bool known;
  GILA_TRY(const double other, Operand(thread, args[1], &known));
  if (!known) return kNotImplemented;
  const double self = FloatValue(args[0]);
  return reflected ? FloatPower(thread, other, self) : FloatPower(thread, self, other);
}
Result<Value> FloatPow(Thread& thread, Args args) { return PowerMethod(thread, args, false); }
Result<Value> FloatRPow(Thread& thread, Args args) { return PowerMethod(thread, args, true); }

Result<Value> FloatNeg(Thread& thread, Args args) { return NewFloat(thread, -FloatValue(args[0])); }
Result<Value> FloatPlain(Thread& thread, Args args) {
  return NewFloat(thread, FloatValue(args[0]));
}
Result<Value> FloatAbs(Thread& thread, Args args) {
  return NewFloat(thread, std::fabs(FloatValue(args[0])));
}
Result<Value> FloatBool(Thread&, Args args) { return Value::Bool(FloatValue(args[0]) != 0); }
Result<Value> FloatInt(Thread& thread, Args args) {
  return NewIntFromDouble(thread, FloatValue(args[0]));
}
Result<Value> FloatFloor(Thread& thread, Args args) {
  return NewIntFromDouble(thread, std::floor(FloatValue(args[0])));
}
Result<Value> FloatCeil(Thread& thread, Args args) {
  return NewIntFromDouble(thread, std::ceil(FloatValue(args[0])));
}
Result<Value> FloatHashMethod(Thread& thread, Args args) {
  const void* identity = args[0].IsPointer() ? args[0].AsObject() : nullptr;
  return NewInt(thread, FloatHash(FloatValue(args[0]), identity));
}
Result<Value> FloatReprMethod(Thread& thread, Args args) {
  return Result<Value>(NewStr(thread, FloatRepr(FloatValue(args[0]))));
}
Result<Value> FloatFormat(Thread& thread, Args args) {
  GILA_TRY(Str * spec, ToStrArgument(thread, args[1], "__format__() argument"));
  return FormatFloat(thread, FloatValue(args[0]), args[0], spec);
}

// --- rounding ---

// To 1 / 10**digits, 0 <= digits <= 323. The quick way is taken where the scaled number is so far
// from a half that its rounding error cannot matter; the quotient of two exact ints below 2^53 then
// is the double nearest to the decimal number.
double RoundToDigits(double d, int64_t digits) {
  static constexpr double kPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                       1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (digits <= 22) {
    const double scaled = std::fabs(d) * kPowers[digits];
    if (scaled < 0x1p50) {
      const double whole = std::floor(scaled), fraction = scaled - whole;
      if (std::fabs(fraction - 0.5) > scaled * 0x1p-50) {
        const double rounded = (whole + (fraction > 0.5)) / kPowers[digits];
        return std::copysign(rounded, d);
      }
    }
  }
  double rounded = 0;
  ParseDouble(FormatDouble(d, 'f', digits, 0), &rounded);
  return rounded;
}

// To a multiple of 10**digits, half to even, exactly.
Result<double> RoundToPowerOfTen(Thread& thread, double d, int64_t digits) {
  const double whole = std::trunc(std::fabs(d));
  ScopedMpz number, unit, quotient, rest;
  mpz_set_d(number.z, whole);
  mpz_ui_pow_ui(unit.z, 10, static_cast<unsigned long>(digits));
  mpz_fdiv_qr(quotient.z, rest.z, number.z, unit.z);
  mpz_mul_2exp(rest.z, rest.z, 1);
  int order = mpz_cmp(rest.z, unit.z);
  if (order == 0 && whole != std::fabs(d)) order = 1;
  if (order > 0 || (order == 0 && mpz_odd_p(quotient.z))) mpz_add_ui(quotient.z, quotient.z, 1);
  mpz_mul(number.z, quotient.z, unit.z);
  GILA_TRY(const Value rounded, NewIntFromMpz(thread, number.z));
  const Result<double> result = IntToDouble(thread, rounded);
  if (!result.ok()) {
    thread.ClearException();
    return thread.Raise(TypeId::kOverflowError, "rounded value too large to represent");
  }
  return std::copysign(result.value(), d);
}

Result<Value> FloatRound(Thread& thread, Args args) {
  const double d = FloatValue(args[0]);
  if (args.Or(1, kNone).IsNone()) {
    double rounded = std::round(d);
    if (std::fabs(d - rounded) == 0.5) rounded = 2.0 * std::round(d / 2.0);
    return NewIntFromDouble(thread, rounded);
  }
  GILA_TRY(const int64_t digits, ToIndexClipped(thread, args[1]));
  // Beyond these nothing changes, and nothing is left.
  constexpr int64_t kMostDigits = 323, kFewestDigits = -308;
  if (!std::isfinite(d) || digits > kMostDigits) return NewFloat(thread, d);
  if (digits < kFewestDigits) return NewFloat(thread, 0.0 * d);
  if (digits >= 0) return NewFloat(thread, RoundToDigits(d, digits));
  GILA_TRY(const double rounded, RoundToPowerOfTen(thread, d, -digits));
  return NewFloat(thread, rounded);
}

// --- exact forms ---

Result<Value> FloatIsInteger(Thread&, Args args) {
  const double d = FloatValue(args[0]);
  return Value::Bool(std::isfinite(d) && d == std::floor(d));
}

Result<Value> FloatAsIntegerRatio(Thread& thread, Args args) {
  const double d = FloatValue(args[0]);
  if (std::isinf(d))
    return thread.Raise(TypeId::kOverflowError, "cannot convert Infinity to integer ratio");
  if (std::isnan(d)) return thread.RaiseValueError("cannot convert NaN to integer ratio");
  int exponent;
  double fraction = std::frexp(d, &exponent);
  for (int i = 0; i < 300 && fraction != std::floor(fraction); ++i) {
    fraction *= 2.0;
    --exponent;
  }
  GILA_TRY(Value numerator, NewIntFromDouble(thread, fraction));
  Value denominator = Value::SmallInt(1);
  const Value shift = Value::SmallInt(std::abs(exponent));
  if (exponent > 0) {
    GILA_TRY(numerator, IntBinary(thread, BinaryOp::kLShift, numerator, shift));
  } else {
    GILA_TRY(denominator, IntBinary(thread, BinaryOp::kLShift, denominator, shift));
  }
  const Value both[] = {numerator, denominator};
  return Result<Value>(NewTuple(thread, both));
}

std::string HexText(double d) {
  if (!std::isfinite(d)) return FloatRepr(d);
  const char* sign = std::signbit(d) ? "-" : "";
  if (d == 0) return absl::StrCat(sign, "0x0.0p+0");
  constexpr int kMinExponent = -1021, kHexDigits = 13;
  int exponent;
  double fraction = std::frexp(std::fabs(d), &exponent);
  // One hexadecimal digit before the point: 1, or 0 for the denormal.
  const int shift = 1 - std::max(kMinExponent - exponent, 0);
  fraction = std::ldexp(fraction, shift);
  exponent -= shift;
  const auto digits = static_cast<uint64_t>(std::ldexp(fraction, 4 * kHexDigits));
  return absl::StrFormat("%s0x%d.%013xp%c%d", sign, static_cast<int>(digits >> (4 * kHexDigits)),
                         digits & ((uint64_t{1} << (4 * kHexDigits)) - 1), exponent < 0 ? '-' : '+',
                         std::abs(exponent));
}

Result<Value> FloatHex(Thread& thread, Args args) {
  return Result<Value>(NewStr(thread, HexText(FloatValue(args[0]))));
}

// The digits of a number in hexadecimal notation: the first 64 bits that count, whether anything
// but zeros came behind them, and the power of two of the last bit.
struct HexDigits {
  uint64_t bits = 0;
  bool more = false;
  int64_t exponent = 0;
};

// [0x] digits [. digits] [p exponent]; false when malformed.
bool ScanHexFloat(std::string_view text, HexDigits* out) {
  if (text.size() >= 2 && text[0] == '0' && (text[1] | 0x20) == 'x') text.remove_prefix(2);
  size_t i = 0, digits = 0;
  bool point = false;
  for (; i < text.size(); ++i) {
    if (text[i] == '.' && !point) {
      point = true;
      continue;
    }
    if (!absl::ascii_isxdigit(static_cast<unsigned char>(text[i]))) break;
    ++digits;
    const char c = static_cast<char>(text[i] | 0x20);
    const auto digit = static_cast<uint64_t>(c >= 'a' ? c - 'a' + 10 : text[i] - '0');
    if (out->bits >> 60 == 0) {
      out->bits = out->bits << 4 | digit;
      out->exponent -= point ? 4 : 0;
    } else {
      out->more = out->more || digit != 0;
      out->exponent += point ? 0 : 4;
    }
  }
  if (digits == 0) return false;
  if (i == text.size()) return true;
  if ((text[i] | 0x20) != 'p') return false;
  ++i;
  const bool negative = i < text.size() && text[i] == '-';
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
  constexpr int64_t kFar = int64_t{1} << 40;
  int64_t power = 0;
  const size_t first = i;
  for (; i < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[i])); ++i)
    power = std::min(kFar, power * 10 + (text[i] - '0'));
  out->exponent += negative ? -power : power;
  return i != first && i == text.size();
}

// The nearest double, ties to even; infinite when it is too large. (strtod of glibc 2.36 cuts off
// what the smallest numbers have too much.)
double NearestDouble(const HexDigits& hex) {
  if (hex.bits == 0) return 0;
  constexpr int64_t kLeast = -1074, kMost = 1024, kPrecision = 53;
  const int64_t width = 64 - std::countl_zero(hex.bits);
  if (hex.exponent + width > kMost) return HUGE_VAL;
  int64_t drop = std::max<int64_t>(width - kPrecision, kLeast - hex.exponent);
  if (drop > 64) return 0;
  uint64_t kept = hex.bits, rest = 0;
  if (drop > 0) {
    kept = drop == 64 ? 0 : hex.bits >> drop;
    // The part that goes, moved to the top of a word.
    rest = hex.bits << (64 - drop);
    constexpr uint64_t kHalf = uint64_t{1} << 63;
    if (rest > kHalf || (rest == kHalf && (hex.more || (kept & 1) != 0))) ++kept;
  } else {
    drop = 0;
  }
  return std::ldexp(static_cast<double>(kept), static_cast<int>(hex.exponent + drop));
}

Result<double> ParseHexFloat(Thread& thread, const std::string& whole) {
  const absl::string_view stripped = absl::StripAsciiWhitespace(whole);
  std::string_view text(stripped.data(), stripped.size());
  bool negative = false;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  const std::string lower = absl::AsciiStrToLower(std::string(text));
  double d;
  if (lower == "inf" || lower == "infinity") {
    d = HUGE_VAL;
  } else if (lower == "nan") {
    d = NAN;
  } else {
    HexDigits hex;
    if (!ScanHexFloat(text, &hex))
      return thread.RaiseValueError("invalid hexadecimal floating-point string");
    d = NearestDouble(hex);
    if (std::isinf(d))
      return thread.Raise(TypeId::kOverflowError,
                          "hexadecimal value too large to represent as a float");
  }
  return negative ? -d : d;
}

Result<Value> FloatFromHex(Thread& thread, Args args) {
  if (!IsStr(args[1])) return thread.RaiseTypeError("bad argument type for built-in operation");
  GILA_TRY(const double d, ParseHexFloat(thread, ToUtf8(args[1])));
  GILA_TRY(const Value number, NewFloat(thread, d));
  if (args[0].As<Type>() == GetType(TypeId::kFloat)) return number;
  return Call(thread, args[0], {number});
}

Result<Value> FloatGetFormat(Thread& thread, Args args) {
  GILA_TRY(Str * name, ToStrArgument(thread, args[1], "__getformat__() argument"));
  if (!StrEquals(name, "double") && !StrEquals(name, "float"))
    return thread.RaiseValueError("__getformat__() argument 1 must be 'double' or 'float'");
  return Result<Value>(NewStr(thread, "IEEE, little-endian"));
}

Result<Value> FloatGetNewArgs(Thread& thread, Args args) {
  GILA_TRY(const Value number, NewFloat(thread, FloatValue(args[0])));
  return Result<Value>(NewTuple(thread, std::span<const Value>(&number, 1)));
}

Result<Value> GetReal(Thread& thread, Value self) { return NewFloat(thread, FloatValue(self)); }
Result<Value> GetImag(Thread& thread, Value) { return NewFloat(thread, 0.0); }

constexpr GetSetDef kFloatGetSets[] = {
    {"real", GetReal, nullptr, "the real part of a complex number"},
    {"imag", GetImag, nullptr, "the imaginary part of a complex number"},
    {}};

constexpr NativeDef kFloatMethods[] = {
    {"__repr__", FloatReprMethod, "(self, /)", "Return repr(self)."},
    {"__hash__", FloatHashMethod, "(self, /)", "Return hash(self)."},
    GILA_COMPARE_METHODS,
    GILA_BINARY_METHODS("add", kAdd, "+"),
    GILA_BINARY_METHODS("sub", kSub, "-"),
    GILA_BINARY_METHODS("mul", kMul, "*"),
    GILA_BINARY_METHODS("mod", kMod, "%"),
    GILA_DIVMOD_METHODS,
    {"__pow__", FloatPow, "(self, value, mod=None, /)", "Return pow(self, value, mod)."},
    {"__rpow__", FloatRPow, "(self, value, mod=None, /)", "Return pow(value, self, mod)."},
    {"__neg__", FloatNeg, "(self, /)", "-self"},
    {"__pos__", FloatPlain, "(self, /)", "+self"},
    {"__abs__", FloatAbs, "(self, /)", "abs(self)"},
    {"__bool__", FloatBool, "(self, /)", "True if self else False"},
    {"__int__", FloatInt, "(self, /)", "int(self)"},
    {"__float__", FloatPlain, "(self, /)", "float(self)"},
    GILA_BINARY_METHODS("floordiv", kFloorDiv, "//"),
    GILA_BINARY_METHODS("truediv", kTrueDiv, "/"),
    {"conjugate", FloatPlain, "(self, /)", "The number itself."},
    {"__trunc__", FloatInt, "(self, /)", "The integral part."},
    {"__floor__", FloatFloor, "(self, /)", "The greatest int that is not greater."},
    {"__ceil__", FloatCeil, "(self, /)", "The least int that is not less."},
    {"__round__", FloatRound, "(self, ndigits=None, /)",
     "To the nearest int, or to `ndigits` decimal digits; half to even."},
    {"as_integer_ratio", FloatAsIntegerRatio, "(self, /)",
     "The pair of ints, the second positive, whose ratio is exactly this number."},
    {"fromhex", FloatFromHex, "@classmethod(cls, string, /)",
     "The number that hexadecimal text such as 0x1.8p+1 spells."},
    {"hex", FloatHex, "(self, /)", "Hexadecimal text that spells the number exactly."},
    {"is_integer", FloatIsInteger, "(self, /)", "True when there is no fractional part."},
    {"__getnewargs__", FloatGetNewArgs, "(self, /)", nullptr},
    {"__getformat__", FloatGetFormat, "@classmethod(cls, typestr, /)",
     "How doubles and floats of the machine are stored."},
    {"__format__", FloatFormat, "(self, format_spec, /)", nullptr},
    {}};

constexpr KindInfo kFloatKind = {"float", nullptr, nullptr};

}  // namespace

extern const TypeSpec kFloatSpec;
const TypeSpec kFloatSpec = {
    .doc = "A double-precision number, from a number or from text.",
    .new_function = FloatNew,
    .new_signature = "(cls, x=0, /)",
    .methods = kFloatMethods,
    .getsets = kFloatGetSets,
    .extra_flags = kMatchSelf,
    .native_size = sizeof(Float),
    .kind_info = &kFloatKind,
};

}  // namespace gila

// decimal_value.cc: numbers from and to the other types of the language. A conversion is exact, or
// it is fitted to a context and tells it so.
#include <bit>
#include <cmath>
#include <cstring>

#include "runtime/protocols.h"
#include "runtime/text/unicode.h"
#include "runtime/types/float.h"
#include "runtime/types/int_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/decimal_internal.h"

namespace gila {

using decimal::Class;
using decimal::Coefficient;
using decimal::Mpz;
using decimal::Number;
using decimal::Rounding;
using decimal::Wide;

extern Value decimal_tuple_class;

Number NumberOf(const DecimalObject* object) {
  Number number;
  number.exponent = object->exponent;
  number.negative = (object->flags & 1) != 0;
  number.kind = static_cast<Class>(object->flags >> 1);
  const Int* const big = object->big.Load();
  number.coefficient = big != nullptr
                           ? Coefficient::Borrow(big->limbs, static_cast<size_t>(big->size))
                           : Coefficient(static_cast<Wide>(object->high) << 64 | object->low);
  return number;
}

Number NumberOfInt(Value v) {
  const Value plain = PlainInt(v);
  if (plain.IsSmallInt()) {
    const int64_t i = plain.AsSmallInt();
    return decimal::Finite(i < 0, Coefficient(static_cast<Wide>(i < 0 ? -i : i)), 0);
  }
  const Int* const big = plain.As<Int>();
  return decimal::Finite(
      big->size < 0, Coefficient::Borrow(big->limbs, static_cast<size_t>(std::abs(big->size))), 0);
}

Result<Value> NewDecimalOfType(Thread& thread, Type* type, const Number& number) {
  Int* big = nullptr;
  if (!number.coefficient.IsSmall()) {
    const size_t limbs = mpz_size(number.coefficient.z());
    GILA_TRY(big, AllocateInt(thread, static_cast<int64_t>(limbs)));
    std::memcpy(big->limbs, mpz_limbs_read(number.coefficient.z()), limbs * sizeof(mp_limb_t));
    big->size = static_cast<int32_t>(limbs);
  }
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  auto* const self = static_cast<DecimalObject*>(object);
  self->flags =
      static_cast<uint8_t>((number.negative ? 1 : 0) | static_cast<int>(number.kind) << 1);
  self->exponent = number.exponent;
  if (big == nullptr) {
    self->low = static_cast<uint64_t>(number.coefficient.small());
    self->high = static_cast<uint64_t>(number.coefficient.small() >> 64);
  }
  self->big.Store(self, big);
  return object;
}

bool ReadOperand(Value v, Number* out) {
  if (GILA_LIKELY(IsDecimal(v))) {
    *out = NumberOf(v);
    return true;
  }
  if (!IsInt(v)) return false;
  *out = NumberOfInt(v);
  return true;
}

namespace {
Failed RaiseConversion(Thread& thread, Value v) {
  const std::string type(TypeNameOf(v));
  return thread.RaiseTypeError("conversion from %s to Decimal is not supported", type.c_str());
}
}  // namespace

Status ReadArgument(Thread& thread, Value v, Number* out) {
  if (ReadOperand(v, out)) return kOk;
  return RaiseConversion(thread, v);
}

Number NumberOfDouble(double d) {
  Number number;
  number.negative = std::signbit(d);
  if (!std::isfinite(d)) {
    number.kind = std::isnan(d) ? Class::kQuietNan : Class::kInfinite;
    return number;
  }
  int exponent;
  const double mantissa = std::frexp(std::fabs(d), &exponent);
  auto whole = static_cast<uint64_t>(std::ldexp(mantissa, 53));
  exponent -= 53;
  if (whole == 0) return number;
  const int zeros = std::countr_zero(whole);
  whole >>= zeros;
  exponent += zeros;
  // m * 2^-n is m * 5^n * 10^-n.
  Mpz z(whole), power;
  if (exponent >= 0) {
    mpz_mul_2exp(z.z, z.z, static_cast<mp_bitcnt_t>(exponent));
  } else {
    mpz_ui_pow_ui(power.z, 5, static_cast<unsigned long>(-exponent));
    mpz_mul(z.z, z.z, power.z);
    number.exponent = exponent;
  }
  number.coefficient = Coefficient::FromMpz(z.z);
  return number;
}

namespace {

// The text as ASCII: digits of other scripts become ours. When `loose`, blanks around it and
// underscores go.
std::string PlainText(const Str* text, bool loose) {
  int64_t start = 0, stop = text->length;
  if (loose) {
    while (start < stop && CharIs(text->At(start), kCharSpace)) ++start;
    while (start < stop && CharIs(text->At(stop - 1), kCharSpace)) --stop;
  }
  std::string out;
  out.reserve(static_cast<size_t>(stop - start));
  for (int64_t i = start; i < stop; ++i) {
    const uint32_t c = text->At(i);
    if (loose && c == '_') continue;
    const int digit = c < 128 ? -1 : DecimalValue(c);
    out += c != 0 && c < 128 ? static_cast<char>(c)
           : digit >= 0      ? static_cast<char>('0' + digit)
                             : '?';
  }
  return out;
}

// An exact conversion that would not be exact is an invalid one.
uint32_t ExactConditions(uint32_t conditions) {
  using namespace decimal;  // NOLINT: the names of the conditions
  if (conditions & (kInexact | kRounded | kClamped | kOverflow | kUnderflow))
    conditions |= kInvalidOperation;
  return conditions & (kAnyInvalid | kDivisionByZero);
}

Result<Number> Fit(Thread& thread, Number number, DecimalContext* context, bool exact) {
  uint32_t conditions = 0;
  number =
      decimal::Finish(std::move(number), exact ? decimal::kExact : context->Load(), &conditions);
  if (exact) conditions = ExactConditions(conditions);
  if (conditions & decimal::kAnyInvalid) number = decimal::Nan();
  GILA_TRY_VOID(Report(thread, context, conditions));
  return number;
}

Result<Number> ReadText(Thread& thread, const Str* text, DecimalContext* context, bool exact) {
  uint32_t conditions = 0;
  const bool plain = text->IsAscii() && !exact;
  const std::string copy = plain ? std::string() : PlainText(text, exact);
  Number number = decimal::FromText(plain ? text->ascii() : std::string_view(copy),
                                    exact ? decimal::kExact : context->Load(), &conditions);
  if (exact) conditions = ExactConditions(conditions);
  if (conditions & decimal::kAnyInvalid) number = decimal::Nan();
  if (conditions != 0) GILA_TRY_VOID(Report(thread, context, conditions));
  return number;
}

Failed RaiseDigits(Thread& thread) {
  return thread.RaiseValueError("coefficient must be a tuple of digits");
}

// (sign, digits, exponent), written as text so that it is read by the same rules.
Result<std::string> TupleText(Thread& thread, Value v) {
  GILA_TRY(Tuple* const tuple, ToTuple(thread, v));
  if (tuple->length != 3) return thread.RaiseValueError("argument must be a sequence of length 3");
  int64_t sign;
  if (!IsInt(tuple->At(0)) || !TryInt64(tuple->At(0), &sign) || (sign != 0 && sign != 1))
    return thread.RaiseValueError("sign must be an integer with the value 0 or 1");
  std::string text = sign == 1 ? "-" : "", tail;
  const Value exponent = tuple->At(2);
  bool infinite = false;
  if (IsStr(exponent)) {
    const std::string kind = ToUtf8(exponent);
    if (kind != "F" && kind != "n" && kind != "N")
      return thread.RaiseValueError(
          "string argument in the third position must be 'F', 'n' or 'N'");
    infinite = kind == "F";
    text += infinite ? "Infinity" : kind == "n" ? "NaN" : "sNaN";
  } else {
    int64_t number;
    if (!IsInt(exponent)) return thread.RaiseValueError("exponent must be an integer");
    if (!TryInt64(exponent, &number))
      return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C ssize_t");
    tail = "E" + std::to_string(number);
  }
  if (!IsTuple(tuple->At(1)) && !IsList(tuple->At(1))) return RaiseDigits(thread);
  GILA_TRY(Tuple* const digits, ToTuple(thread, tuple->At(1)));
  for (int64_t i = 0; i < digits->length; ++i) {
    int64_t digit;
    if (!IsInt(digits->At(i)) || !TryInt64(digits->At(i), &digit) || digit < 0 || digit > 9)
      return RaiseDigits(thread);
    if (!infinite) text += static_cast<char>('0' + digit);
  }
  if (!tail.empty() && digits->length == 0) text += '0';
  return text + tail;
}

}  // namespace

Result<Number> ReadValue(Thread& thread, Value v, DecimalContext* context, bool exact) {
  if (IsStr(v)) return ReadText(thread, v.As<Str>(), context, exact);
  if (IsInt(v)) return Fit(thread, NumberOfInt(v), context, exact);
  if (IsDecimal(v)) {
    const Number number = NumberOf(v);
    if (exact) return number;
    const decimal::Settings s = context->Load();
    // A payload that does not fit is an error here, not cut.
    if (number.IsNan() && !number.coefficient.IsZero() &&
        number.coefficient.Digits() > s.prec - (s.clamp ? 1 : 0)) {
      GILA_TRY_VOID(Report(thread, context, decimal::kConversionSyntax));
      return decimal::Nan();
    }
    return Fit(thread, number, context, false);
  }
  if (IsTuple(v) || IsList(v)) {
    GILA_TRY(const std::string text, TupleText(thread, v));
    GILA_TRY(Str* const str, NewStr(thread, text));
    return ReadText(thread, str, context, exact);
  }
  if (IsFloat(v)) {
    GILA_TRY_VOID(Report(thread, context, decimal::kFloatOperation));
    return Fit(thread, NumberOfDouble(FloatValue(v)), context, exact);
  }
  return RaiseConversion(thread, v);
}

Result<Value> NewIntFromCoefficient(Thread& thread, const Coefficient& c, bool negative) {
  if (c.IsSmall() && c.small() <= static_cast<Wide>(Value::kMaxSmallInt)) {
    const auto i = static_cast<int64_t>(c.small());
    return Value::SmallInt(negative ? -i : i);
  }
  Mpz z;
  c.ToMpz(z.z);
  if (negative) mpz_neg(z.z, z.z);
  return NewIntFromMpz(thread, z.z);
}

Result<Value> ToInt(Thread& thread, const Number& number, Rounding rounding) {
  if (number.IsNan()) return thread.RaiseValueError("cannot convert NaN to integer");
  if (number.IsInfinite())
    return thread.Raise(TypeId::kOverflowError, "cannot convert Infinity to integer");
  decimal::Rest rest;
  uint32_t conditions = 0;
  const Number whole = decimal::Rescale(number, 0, rounding, &rest, &conditions);
  if (conditions & decimal::kOutOfMemory) return thread.RaiseMemoryError();
  return NewIntFromCoefficient(thread, whole.coefficient, whole.negative);
}

Result<Value> AsTuple(Thread& thread, const Number& number) {
  Value exponent;
  if (number.IsFinite()) {
    GILA_TRY(exponent, NewInt(thread, number.exponent));
  } else {
    exponent = Intern(thread, number.IsInfinite() ? "F" : number.IsSignaling() ? "N" : "n");
  }
  const bool none = number.IsNan() && number.coefficient.IsZero();
  const std::string text = none ? std::string() : number.coefficient.Text();
  GILA_TRY(Tuple* const digits, NewTuple(thread, static_cast<int64_t>(text.size())));
  for (size_t i = 0; i < text.size(); ++i) digits->items[i].Init(Value::SmallInt(text[i] - '0'));
  return Call(thread, decimal_tuple_class,
              {Value::SmallInt(number.negative ? 1 : 0), digits, exponent});
}

Result<Value> AsIntegerRatio(Thread& thread, const Number& number) {
  if (number.IsNan()) return thread.RaiseValueError("cannot convert NaN to integer ratio");
  if (number.IsInfinite())
    return thread.Raise(TypeId::kOverflowError, "cannot convert Infinity to integer ratio");
  Coefficient numerator = number.coefficient, denominator(1);
  int64_t exponent = number.exponent;
  if (numerator.IsZero()) exponent = 0;
  if (exponent < 0) exponent += numerator.StripZeros(-exponent);
  if (!(exponent >= 0 ? numerator.Scale(exponent) : denominator.Scale(-exponent)))
    return thread.RaiseMemoryError();
  Mpz a, b, factor;
  numerator.ToMpz(a.z);
  denominator.ToMpz(b.z);
  mpz_gcd(factor.z, a.z, b.z);
  if (mpz_sgn(factor.z) != 0) {
    mpz_divexact(a.z, a.z, factor.z);
    mpz_divexact(b.z, b.z, factor.z);
  }
  if (number.negative) mpz_neg(a.z, a.z);
  GILA_TRY(const Value first, NewIntFromMpz(thread, a.z));
  GILA_TRY(const Value second, NewIntFromMpz(thread, b.z));
  return NewPair(thread, first, second);
}

namespace {
constexpr uint64_t kHashModulus = (uint64_t{1} << 61) - 1;

uint64_t PowerModulo(uint64_t base, uint64_t exponent) {
  uint64_t result = 1;
  for (; exponent != 0; exponent >>= 1) {
    if (exponent & 1)
      result = static_cast<uint64_t>(static_cast<Wide>(result) * base % kHashModulus);
    base = static_cast<uint64_t>(static_cast<Wide>(base) * base % kHashModulus);
  }
  return result;
}
}  // namespace

int64_t HashOf(const Number& number) {
  constexpr int64_t kInfinityHash = 314159;
  if (number.IsInfinite()) return number.negative ? -kInfinityHash : kInfinityHash;
  const Coefficient& c = number.coefficient;
  const uint64_t digits = c.IsSmall()
                              ? static_cast<uint64_t>(c.small() % kHashModulus)
                              : mpz_fdiv_ui(c.z(), static_cast<unsigned long>(kHashModulus));
  // By Fermat the inverse of ten is a power of it too, and exponents count modulo the order of the
  // group.
  constexpr int64_t kOrder = static_cast<int64_t>(kHashModulus) - 1;
  const int64_t exponent = ((number.exponent % kOrder) + kOrder) % kOrder;
  const auto hash = static_cast<int64_t>(
      static_cast<Wide>(digits) * PowerModulo(10, static_cast<uint64_t>(exponent)) % kHashModulus);
  const int64_t result = number.negative ? -hash : hash;
  return result == -1 ? -2 : result;
}

}  // namespace gila

// decimal_number.h: the arithmetic of the General Decimal Arithmetic specification, apart from
// everything that makes it Gila's: numbers in, a number and the conditions met out. No function
// here touches a heap object.
//
//   decimal_round.cc      fitting a result to the precision; quantize, to_integral, normalize, next
//   decimal_arithmetic.cc add to divide, remainders, fma, comparing
//   decimal_digitwise.cc  what works on digits and signs: shift, rotate, the logical operations,
//   total order decimal_power.cc      sqrt and power; decimal_functions.cc: exp, ln, log10
//   decimal_text.cc       to and from text
//
// A result that would need more memory than kMaxDigits sets kOutOfMemory, which becomes a
// MemoryError.
#ifndef GILA_STDLIB_DECIMAL_NUMBER_H_
#define GILA_STDLIB_DECIMAL_NUMBER_H_

#include <string>
#include <string_view>

#include "stdlib/decimal_coefficient.h"

namespace gila::decimal {

inline constexpr int64_t kMaxPrec = 999999999999999999, kMaxEmax = kMaxPrec, kMinEmin = -kMaxPrec,
                         kMinEtiny = kMinEmin - (kMaxPrec - 1);

// Conditions. Several are kinds of InvalidOperation.
enum Condition : uint32_t {
  kClamped = 1,
  kConversionSyntax = 2,
  kDivisionByZero = 4,
  kDivisionImpossible = 8,
  kDivisionUndefined = 16,
  kInexact = 32,
  kInvalidContext = 64,
  kInvalidOperation = 128,
  kOutOfMemory = 256,
  kFloatOperation = 512,
  kOverflow = 1024,
  kRounded = 2048,
  kSubnormal = 4096,
  kUnderflow = 8192,
  kAnyInvalid = kConversionSyntax | kDivisionImpossible | kDivisionUndefined | kInvalidContext |
                kInvalidOperation | kOutOfMemory,
};

enum class Rounding : uint8_t {
  kUp,
  kDown,
  kCeiling,
  kFloor,
  kHalfUp,
  kHalfDown,
  kHalfEven,
  k05Up
};
inline constexpr int kRoundingCount = 8;

struct Settings {
  int64_t prec = 28, emax = 999999, emin = -999999;
  Rounding rounding = Rounding::kHalfEven;
  bool clamp = false, capitals = true;
  int64_t Etiny() const { return emin - prec + 1; }
  int64_t Etop() const { return emax - prec + 1; }
  Settings With(Rounding other) const {
    Settings copy = *this;
    copy.rounding = other;
    return copy;
  }
};
// Settings under which nothing is rounded.
inline constexpr Settings kExact = {.prec = kMaxPrec, .emax = kMaxEmax, .emin = kMinEmin};

enum class Class : uint8_t { kFinite, kInfinite, kQuietNan, kSignalingNan };

struct Number {
  Coefficient coefficient;  // of a NaN: the payload
  int64_t exponent = 0;
  Class kind = Class::kFinite;
  bool negative = false;

  bool IsFinite() const { return kind == Class::kFinite; }
  bool IsInfinite() const { return kind == Class::kInfinite; }
  bool IsNan() const { return kind >= Class::kQuietNan; }
  bool IsSignaling() const { return kind == Class::kSignalingNan; }
  bool IsZero() const { return IsFinite() && coefficient.IsZero(); }
  // The exponent of the first digit.
  int64_t Adjusted() const { return IsFinite() ? exponent + coefficient.Digits() - 1 : 0; }
  bool IsInteger() const;
};

inline Number Finite(bool negative, Coefficient coefficient, int64_t exponent) {
  return {std::move(coefficient), exponent, Class::kFinite, negative};
}
inline Number Infinity(bool negative) { return {{}, 0, Class::kInfinite, negative}; }
inline Number Nan() { return {{}, 0, Class::kQuietNan, false}; }
// Sets the condition, answers NaN.
inline Number Invalid(uint32_t* status, uint32_t condition = kInvalidOperation) {
  *status |= condition;
  return Nan();
}
inline Number Signed(Number number, bool negative) {
  number.negative = negative;
  return number;
}

using UnaryFn = Number (*)(const Number& a, const Settings& s, uint32_t* status);
using BinaryFn = Number (*)(const Number& a, const Number& b, const Settings& s, uint32_t* status);

// --- decimal_round.cc ---
// Fits a result to the context.
Number Finish(Number number, const Settings& s, uint32_t* status);
// The last digit of `kept`, one up when the rest and the rounding say so.
bool RoundsUp(const Coefficient& kept, Rest rest, bool negative, Rounding rounding);
// The number with that exponent, its digits rounded away or padded; nothing else is looked at. The
// rest that was lost is in *rest.
Number Rescale(Number number, int64_t exponent, Rounding rounding, Rest* rest, uint32_t* status);
Number Plus(const Number& a, const Settings& s, uint32_t* status);
Number Minus(const Number& a, const Settings& s, uint32_t* status);
Number Absolute(const Number& a, const Settings& s, uint32_t* status);
Number Quantize(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number ToIntegralExact(const Number& a, const Settings& s, uint32_t* status);
Number ToIntegralValue(const Number& a, const Settings& s, uint32_t* status);
Number Normalize(const Number& a, const Settings& s, uint32_t* status);
Number NextMinus(const Number& a, const Settings& s, uint32_t* status);
Number NextPlus(const Number& a, const Settings& s, uint32_t* status);
Number NextToward(const Number& a, const Number& b, const Settings& s, uint32_t* status);

// --- decimal_arithmetic.cc ---
// The NaN that an operation on these answers, when one is: true and *out.
bool PropagateNan(const Number& a, const Number* b, const Settings& s, Number* out,
                  uint32_t* status);
Number Add(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number Subtract(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number Multiply(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number Divide(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number DivideInt(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number Remainder(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number RemainderNear(const Number& a, const Number& b, const Settings& s, uint32_t* status);
void DivMod(const Number& a, const Number& b, const Settings& s, Number* quotient, Number* rest,
            uint32_t* status);
Number Fma(const Number& a, const Number& b, const Number& c, const Settings& s, uint32_t* status);
// Of two numbers that are not NaN: < 0, 0, > 0.
int Order(const Number& a, const Number& b);
int OrderOfMagnitudes(const Number& a, const Number& b);
Number Compare(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number CompareSignal(const Number& a, const Number& b, const Settings& s, uint32_t* status);

// --- decimal_digitwise.cc ---
int TotalOrder(const Number& a, const Number& b);
Number CompareTotal(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number CompareTotalMag(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number Max(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number Min(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number MaxMag(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number MinMag(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number CopySign(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number LogB(const Number& a, const Settings& s, uint32_t* status);
Number ScaleB(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number Shift(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number Rotate(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number LogicalAnd(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number LogicalOr(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number LogicalXor(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number LogicalInvert(const Number& a, const Settings& s, uint32_t* status);
bool SameQuantum(const Number& a, const Number& b);
bool IsNormal(const Number& a, const Settings& s);
bool IsSubnormal(const Number& a, const Settings& s);
const char* ClassName(const Number& a, const Settings& s);

// --- decimal_power.cc, decimal_functions.cc ---
Number SquareRoot(const Number& a, const Settings& s, uint32_t* status);
Number Power(const Number& a, const Number& b, const Settings& s, uint32_t* status);
Number PowerModulo(const Number& a, const Number& b, const Number& modulus, const Settings& s,
                   uint32_t* status);
Number Exp(const Number& a, const Settings& s, uint32_t* status);
Number Ln(const Number& a, const Settings& s, uint32_t* status);
Number Log10(const Number& a, const Settings& s, uint32_t* status);
// About the logarithm to base ten of a to the power of b, for finite numbers that are not zero, a
// positive.
double LogOfPower(const Number& a, const Number& b);
// a to the power of b where neither is special or zero, a is positive and the result is no
// exact number of about s.prec digits.
Number InexactPower(const Number& a, const Number& b, const Settings& s, uint32_t* status);

// --- decimal_text.cc ---
// ASCII text without blanks. kConversionSyntax when it is none; then fitted to the settings.
Number FromText(std::string_view text, const Settings& s, uint32_t* status);
std::string ToText(const Number& a, bool engineering, bool capitals);

}  // namespace gila::decimal

#endif  // GILA_STDLIB_DECIMAL_NUMBER_H_

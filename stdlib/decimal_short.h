// decimal_short.h: sums and products of short decimals, which nearly all are: digits of one word,
// exponents near zero, a result that fits the context as it is. Nothing is rounded and nothing is
// reported then, so two integers are added or multiplied and that is all. Whatever is not so takes
// the general way (decimal_arithmetic.cc), which would give the same.
#ifndef GILA_STDLIB_DECIMAL_SHORT_H_
#define GILA_STDLIB_DECIMAL_SHORT_H_

#include <algorithm>

#include "stdlib/decimal_internal.h"

namespace gila::decimal {

struct Short {
  Wide digits;
  int64_t exponent;
  bool negative;
};

// Exponents within this need no look at the limits of a context that has the usual ones.
inline constexpr int64_t kNearZero = 1000;
// Digits of one word, shifted by as many places as this, are less than 10 ** kWideDigits.
inline constexpr int64_t kShortShift = 18;

inline bool ReadShort(Value v, Short* out) {
  if (!IsDecimal(v)) return false;
  const auto* const object = v.As<DecimalObject>();
  if (object->flags > 1 || object->high != 0 || object->big.Load() != nullptr ||
      object->exponent > kNearZero || object->exponent < -kNearZero)
    return false;
  *out = {object->low, object->exponent, (object->flags & 1) != 0};
  return true;
}

// Can the result stay as it is?
inline bool FitsAsItIs(const Short& result, const DecimalContext* context) {
  const int64_t prec = context->prec.LoadRelaxed();
  constexpr int64_t kUsual = 10 * kNearZero;
  return result.digits < WidePower(static_cast<int>(std::min<int64_t>(prec, kWideDigits))) &&
         prec <= kNearZero && context->emax.LoadRelaxed() >= kUsual &&
         context->emin.LoadRelaxed() <= -kUsual;
}

inline bool ShortSum(const Short& a, const Short& b, bool b_negative, Short* out) {
  const Short& high = a.exponent >= b.exponent ? a : b;
  const Short& low = &high == &a ? b : a;
  const int64_t shift = high.exponent - low.exponent;
  if (shift > kShortShift) return false;
  const Wide scaled = high.digits * WidePower(static_cast<int>(shift));
  out->exponent = low.exponent;
  if (a.negative == b_negative) {
    out->digits = scaled + low.digits;
    out->negative = a.negative;
  } else {
    const bool high_wins = scaled > low.digits;
    out->digits = high_wins ? scaled - low.digits : low.digits - scaled;
    out->negative = high_wins == (&high == &a) ? a.negative : b_negative;
  }
  return out->digits != 0;  // the sign of a zero depends on the rounding
}

// < 0, 0, > 0 in *order. False: take the general way.
inline bool ShortOrder(const Short& a, const Short& b, int* order) {
  const int64_t shift = a.exponent - b.exponent;
  if (shift > kShortShift || shift < -kShortShift) return false;
  if (a.negative != b.negative) {
    *order = a.digits == 0 && b.digits == 0 ? 0 : a.negative ? -1 : 1;
    return true;
  }
  const Wide x = shift > 0 ? a.digits * WidePower(static_cast<int>(shift)) : a.digits;
  const Wide y = shift < 0 ? b.digits * WidePower(static_cast<int>(-shift)) : b.digits;
  *order = x == y ? 0 : (x < y) != a.negative ? -1 : 1;
  return true;
}

// The result of an operation on two short numbers; false: take the general way.
template <BinaryFn Operation>
bool OfShort(const Short& a, const Short& b, Short* out) {
  if constexpr (Operation == Add) {
    return ShortSum(a, b, b.negative, out);
  } else if constexpr (Operation == Subtract) {
    return ShortSum(a, b, !b.negative, out);
  } else if constexpr (Operation == Multiply) {
    *out = {a.digits * b.digits, a.exponent + b.exponent, a.negative != b.negative};
    return true;
  } else {
    return false;
  }
}

}  // namespace gila::decimal

#endif  // GILA_STDLIB_DECIMAL_SHORT_H_

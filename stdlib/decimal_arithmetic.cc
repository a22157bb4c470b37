// decimal_arithmetic.cc: sums, products, quotients and remainders of decimal numbers, and which is
// the greater.
//
// The exact result of an operation may have a great many digits. What cannot change the rounded one
// is put in as a single digit that stands for "and a bit": a far smaller summand, the rest of a
// division.
#include <algorithm>
#include <cstdlib>

#include "stdlib/decimal_number.h"

namespace gila::decimal {

namespace {
Number Quieted(const Number& nan, const Settings& s) {
  Number result = nan;
  result.kind = Class::kQuietNan;
  return Finish(std::move(result), s, nullptr);
}
}  // namespace

bool PropagateNan(const Number& a, const Number* b, const Settings& s, Number* out,
                  uint32_t* status) {
  if ((!a.IsNan() && (b == nullptr || !b->IsNan()))) return false;
  const bool second = b != nullptr && b->IsNan();
  const Number& source = a.IsSignaling() ? a : second && b->IsSignaling() ? *b : a.IsNan() ? a : *b;
  if (source.IsSignaling()) *status |= kInvalidOperation;
  *out = Quieted(source, s);
  return true;
}

bool Number::IsInteger() const {
  if (!IsFinite()) return false;
  if (exponent >= 0 || coefficient.IsZero()) return true;
  if (-exponent >= coefficient.Digits()) return false;
  Coefficient rest = coefficient;
  return rest.StripZeros(-exponent) == -exponent;
}

namespace {

// A sum with a zero in it: the other at the lower exponent, as far as the precision goes.
Number AddZero(const Number& zero, const Number& other, const Settings& s, uint32_t* status) {
  const int64_t digits = other.coefficient.Digits();
  const int64_t lowest = other.exponent + digits - s.prec - 1;
  const int64_t exponent = std::min(other.exponent, std::max(zero.exponent, lowest));
  Rest rest;
  return Finish(Rescale(other, exponent, s.rounding, &rest, status), s, status);
}

Number AddFinite(const Number& a, const Number& b, bool b_negative, const Settings& s,
                 uint32_t* status) {
  const bool same_sign = a.negative == b_negative;
  if (a.coefficient.IsZero() || b.coefficient.IsZero()) {
    if (a.coefficient.IsZero() && b.coefficient.IsZero()) {
      const bool negative = same_sign ? a.negative : s.rounding == Rounding::kFloor;
      return Finish(Finite(negative, {}, std::min(a.exponent, b.exponent)), s, status);
    }
    return a.coefficient.IsZero() ? AddZero(a, Signed(b, b_negative), s, status)
                                  : AddZero(b, a, s, status);
  }
  const Number& high = a.exponent >= b.exponent ? a : b;
  const Number& low = &high == &a ? b : a;
  const bool high_negative = &high == &a ? a.negative : b_negative;
  int64_t low_exponent = low.exponent;
  Coefficient high_part = high.coefficient, tiny(1);
  const Coefficient* low_part = &low.coefficient;
  if (high.exponent - low.exponent > s.prec) {
    const int64_t floor =
        high.exponent + std::min<int64_t>(-1, high.coefficient.Digits() - s.prec - 2);
    if (low.Adjusted() < floor) {
      low_part = &tiny;
      low_exponent = floor;
    }
  }
  if (!high_part.Scale(high.exponent - low_exponent)) return Invalid(status, kOutOfMemory);
  if (same_sign)
    return Finish(Finite(a.negative, Coefficient::Sum(high_part, *low_part), low_exponent), s,
                  status);
  const int order = Coefficient::Order(high_part, *low_part);
  if (order == 0)
    return Finish(Finite(s.rounding == Rounding::kFloor, {}, low_exponent), s, status);
  Coefficient difference = order > 0 ? Coefficient::Difference(high_part, *low_part)
                                     : Coefficient::Difference(*low_part, high_part);
  return Finish(Finite(high_negative == (order > 0), std::move(difference), low_exponent), s,
                status);
}

Number AddSigned(const Number& a, const Number& b, bool b_negative, const Settings& s,
                 uint32_t* status) {
  Number result;
  if ((a.IsFinite() && b.IsFinite())) return AddFinite(a, b, b_negative, s, status);
  if (PropagateNan(a, &b, s, &result, status)) return result;
  if (a.IsInfinite() && b.IsInfinite() && a.negative != b_negative) return Invalid(status);
  return a.IsInfinite() ? a : Infinity(b_negative);
}

}  // namespace

Number Add(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  return AddSigned(a, b, b.negative, s, status);
}
Number Subtract(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  return AddSigned(a, b, !b.negative, s, status);
}

Number Multiply(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, &b, s, &result, status)) return result;
  const bool negative = a.negative != b.negative;
  if (!a.IsFinite() || !b.IsFinite())
    return a.IsZero() || b.IsZero() ? Invalid(status) : Infinity(negative);
  const int64_t exponent = a.exponent + b.exponent;
  const bool small = a.coefficient.IsSmall() && b.coefficient.IsSmall();
  if (!small && a.coefficient.Digits() > kMaxDigits - b.coefficient.Digits())
    return Invalid(status, kOutOfMemory);
  return Finish(Finite(negative, Coefficient::Product(a.coefficient, b.coefficient), exponent), s,
                status);
}

namespace {

// How far a / b must be scaled to come out whole, at least 0; -1 when it never does.
int64_t ExactPlaces(const Coefficient& a, const Coefficient& b) {
  Mpz numerator, denominator, factor;
  a.ToMpz(numerator.z);
  b.ToMpz(denominator.z);
  mpz_gcd(factor.z, numerator.z, denominator.z);
  mpz_divexact(denominator.z, denominator.z, factor.z);
  const mp_bitcnt_t twos = mpz_scan1(denominator.z, 0);
  mpz_tdiv_q_2exp(denominator.z, denominator.z, twos);
  const Mpz five(5);
  const mp_bitcnt_t fives = mpz_remove(denominator.z, denominator.z, five.z);
  if (mpz_cmp_ui(denominator.z, 1) != 0) return -1;
  return static_cast<int64_t>(std::max(twos, fives));
}

Number DivideFinite(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  const bool negative = a.negative != b.negative;
  const int64_t ideal = a.exponent - b.exponent;
  int64_t shift = b.coefficient.Digits() - a.coefficient.Digits() + s.prec + 1;
  // At a precision far beyond the operands a quotient that ends is found without all those zeros.
  constexpr int64_t kFar = 5000;
  if (shift > kFar) {
    const int64_t places = ExactPlaces(a.coefficient, b.coefficient);
    if (places >= 0) shift = std::min(shift, places);
  }
  Coefficient quotient, rest;
  if (shift >= 0) {
    Coefficient scaled = a.coefficient;
    if (!scaled.Scale(shift)) return Invalid(status, kOutOfMemory);
    quotient = Coefficient::Quotient(scaled, b.coefficient, &rest);
  } else {
    Coefficient scaled = b.coefficient;
    if (!scaled.Scale(-shift)) return Invalid(status, kOutOfMemory);
    quotient = Coefficient::Quotient(a.coefficient, scaled, &rest);
  }
  int64_t exponent = ideal - shift;
  if (!rest.IsZero()) {
    if (quotient.Modulo(5) == 0) quotient.AddOne();
  } else if (exponent < ideal) {
    exponent += quotient.StripZeros(ideal - exponent);
  }
  return Finish(Finite(negative, std::move(quotient), exponent), s, status);
}

}  // namespace

Number Divide(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, &b, s, &result, status)) return result;
  const bool negative = a.negative != b.negative;
  if (a.IsInfinite()) return b.IsInfinite() ? Invalid(status) : Infinity(negative);
  if (b.IsInfinite()) {
    *status |= kClamped;
    return Finite(negative, {}, s.Etiny());
  }
  if (b.IsZero()) {
    if (a.IsZero()) return Invalid(status, kDivisionUndefined);
    *status |= kDivisionByZero;
    return Infinity(negative);
  }
  if (a.IsZero()) return Finish(Finite(negative, {}, a.exponent - b.exponent), s, status);
  return DivideFinite(a, b, s, status);
}

namespace {

// Quotient and remainder of |a| / |b|, b not zero, a finite; kDivisionImpossible when the quotient
// has too many digits. `a` is less than `b` by a factor of ten, or `b` is infinite: `small`,
// nothing is divided.
struct WholeDivision {
  Coefficient quotient, rest, divisor;  // rest and divisor in units of `exponent`
  int64_t exponent = 0;
  bool small = false, ok = false;
};
WholeDivision DivideWhole(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  WholeDivision d;
  const int64_t difference = b.IsInfinite() ? -2 : a.Adjusted() - b.Adjusted();
  if (a.IsZero() || difference <= -2) {
    d.small = d.ok = true;
    return d;
  }
  if (difference > s.prec) {
    *status |= kDivisionImpossible;
    return d;
  }
  d.exponent = std::min(a.exponent, b.exponent);
  Coefficient dividend = a.coefficient;
  d.divisor = b.coefficient;
  if (!dividend.Scale(a.exponent - d.exponent) || !d.divisor.Scale(b.exponent - d.exponent)) {
    *status |= kOutOfMemory;
    return d;
  }
  d.quotient = Coefficient::Quotient(dividend, d.divisor, &d.rest);
  d.ok = d.quotient.Digits() <= s.prec;
  if (!d.ok) *status |= kDivisionImpossible;
  return d;
}

// The dividend itself as the remainder, at the exponent that it would have.
Number SmallRest(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  if (b.IsInfinite()) return Finish(a, s, status);
  const int64_t exponent = std::min(a.exponent, b.exponent);
  if (a.IsZero()) return Finish(Finite(a.negative, {}, exponent), s, status);
  Rest rest;
  return Finish(Rescale(a, exponent, s.rounding, &rest, status), s, status);
}

}  // namespace

Number DivideInt(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, &b, s, &result, status)) return result;
  const bool negative = a.negative != b.negative;
  if (a.IsInfinite()) return b.IsInfinite() ? Invalid(status) : Infinity(negative);
  if (b.IsZero()) {
    if (a.IsZero()) return Invalid(status, kDivisionUndefined);
    *status |= kDivisionByZero;
    return Infinity(negative);
  }
  WholeDivision d = DivideWhole(a, b, s, status);
  if (!d.ok) return Nan();
  if (b.IsInfinite()) return Finite(negative, {}, 0);
  return Finish(Finite(negative, std::move(d.quotient), 0), s, status);
}

Number Remainder(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, &b, s, &result, status)) return result;
  if (a.IsInfinite()) return Invalid(status);
  if (b.IsZero()) return Invalid(status, a.IsZero() ? kDivisionUndefined : kInvalidOperation);
  WholeDivision d = DivideWhole(a, b, s, status);
  if (!d.ok) return Nan();
  if (d.small) return SmallRest(a, b, s, status);
  return Finish(Finite(a.negative, std::move(d.rest), d.exponent), s, status);
}

void DivMod(const Number& a, const Number& b, const Settings& s, Number* quotient, Number* rest,
            uint32_t* status) {
  if (PropagateNan(a, &b, s, quotient, status)) {
    *rest = *quotient;
    return;
  }
  const bool negative = a.negative != b.negative;
  *rest = Nan();
  *quotient = Nan();
  if (a.IsInfinite()) {
    if (!b.IsInfinite()) *quotient = Infinity(negative);
    *status |= kInvalidOperation;
    return;
  }
  if (b.IsZero()) {
    if (!a.IsZero()) *quotient = Infinity(negative);
    *status |= a.IsZero() ? kDivisionUndefined : kDivisionByZero | kInvalidOperation;
    return;
  }
  WholeDivision d = DivideWhole(a, b, s, status);
  if (!d.ok) return;
  *rest = d.small ? SmallRest(a, b, s, status)
                  : Finish(Finite(a.negative, std::move(d.rest), d.exponent), s, status);
  *quotient = b.IsInfinite() ? Finite(negative, {}, 0)
                             : Finish(Finite(negative, std::move(d.quotient), 0), s, status);
}

Number RemainderNear(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, &b, s, &result, status)) return result;
  if (a.IsInfinite()) return Invalid(status);
  if (b.IsZero()) return Invalid(status, a.IsZero() ? kDivisionUndefined : kInvalidOperation);
  WholeDivision d = DivideWhole(a, b, s, status);
  if (!d.ok) return Nan();
  if (d.small) return SmallRest(a, b, s, status);
  bool negative = a.negative;
  const int order = Coefficient::Order(Coefficient::Sum(d.rest, d.rest), d.divisor);
  if (order > 0 || (order == 0 && d.quotient.IsOdd())) {
    d.rest = Coefficient::Difference(d.divisor, d.rest);
    negative = !negative;
    d.quotient.AddOne();
    if (d.quotient.Digits() > s.prec) return Invalid(status, kDivisionImpossible);
  }
  return Finish(Finite(negative, std::move(d.rest), d.exponent), s, status);
}

Number Fma(const Number& a, const Number& b, const Number& c, const Settings& s, uint32_t* status) {
  Number result;
  // Signaling ones first, in order.
  const Number& first = a.IsSignaling() || !b.IsSignaling() ? a : b;
  const Number& signaling = first.IsSignaling() ? first : c;
  if (signaling.IsSignaling()) {
    PropagateNan(signaling, nullptr, s, &result, status);
    return result;
  }
  if (PropagateNan(a, &b, s, &result, status)) return result;
  if (PropagateNan(c, nullptr, s, &result, status)) return result;
  uint32_t conditions = 0;
  Number product;
  if (a.IsFinite() && b.IsFinite()) {
    if (a.coefficient.Digits() > kMaxDigits - b.coefficient.Digits())
      return Invalid(status, kOutOfMemory);
    product = Finite(a.negative != b.negative, Coefficient::Product(a.coefficient, b.coefficient),
                     a.exponent + b.exponent);
  } else {
    product = Multiply(a, b, kExact, &conditions);
    *status |= conditions;
    if (product.IsNan()) return product;
  }
  return Add(product, c, s, status);
}

int OrderOfMagnitudes(const Number& a, const Number& b) {
  if (a.IsInfinite() || b.IsInfinite())
    return static_cast<int>(a.IsInfinite()) - static_cast<int>(b.IsInfinite());
  const bool a_zero = a.coefficient.IsZero(), b_zero = b.coefficient.IsZero();
  if (a_zero || b_zero) return static_cast<int>(b_zero) - static_cast<int>(a_zero);
  if (a.exponent == b.exponent) return Coefficient::Order(a.coefficient, b.coefficient);
  const int64_t a_adjusted = a.Adjusted(), b_adjusted = b.Adjusted();
  if (a_adjusted != b_adjusted) return a_adjusted < b_adjusted ? -1 : 1;
  // The exponents differ by no more than the number of digits.
  Coefficient scaled = a.exponent > b.exponent ? a.coefficient : b.coefficient;
  static_cast<void>(scaled.Scale(std::abs(a.exponent - b.exponent)));
  return a.exponent > b.exponent ? Coefficient::Order(scaled, b.coefficient)
                                 : Coefficient::Order(a.coefficient, scaled);
}

int Order(const Number& a, const Number& b) {
  if (a.negative != b.negative) {
    if (a.IsZero() && b.IsZero()) return 0;
    return a.negative ? -1 : 1;
  }
  const int order = OrderOfMagnitudes(a, b);
  return a.negative ? -order : order;
}

namespace {
Number Answer(int order) { return Finite(order < 0, Coefficient(order != 0 ? 1 : 0), 0); }
}  // namespace

Number Compare(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, &b, s, &result, status)) return result;
  return Answer(Order(a, b));
}

Number CompareSignal(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, &b, s, &result, status)) {
    *status |= kInvalidOperation;
    return result;
  }
  return Answer(Order(a, b));
}

}  // namespace gila::decimal

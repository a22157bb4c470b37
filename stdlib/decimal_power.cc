// decimal_power.cc: square roots and powers: the exact ones, and all the rules about zeros,
// infinities and signs.
#include <algorithm>
#include <cstdlib>

#include "stdlib/decimal_number.h"

namespace gila::decimal {

namespace {

// An integral number of at most 18 digits as such; false when it is larger.
bool ToInt64(const Number& a, int64_t* out) {
  if (a.Adjusted() >= 18) return false;
  Coefficient value = a.coefficient;
  if (a.exponent >= 0) {
    static_cast<void>(value.Scale(a.exponent));
  } else {
    value.Cut(-a.exponent);
  }
  *out = static_cast<int64_t>(value.small());
  if (a.negative) *out = -*out;
  return true;
}

bool IsOddInteger(const Number& a) {
  if (!a.IsInteger() || a.exponent > 0 || a.coefficient.IsZero()) return false;
  Coefficient value = a.coefficient;
  value.Cut(-a.exponent);
  return value.IsOdd();
}

// Does the power vanish below the smallest number of the precision that it is worked out in? Then
// it is zero, however the context rounds.
bool Vanishes(double log, int64_t surplus, const Settings& s) {
  return log < static_cast<double>(s.Etiny()) - static_cast<double>(surplus) - 0.5;
}

int64_t Saturated(__int128 exponent) {
  constexpr __int128 kLimit = 4 * static_cast<__int128>(kMaxEmax);
  return static_cast<int64_t>(exponent > kLimit ? kLimit : exponent < -kLimit ? -kLimit : exponent);
}

// The root of a square among the coefficients, without any rounding.
bool ExactRoot(const Coefficient& square, Coefficient* root) {
  Mpz z, rest;
  square.ToMpz(z.z);
  if (mpz_perfect_square_p(z.z) == 0) return false;
  mpz_sqrt(z.z, z.z);
  *root = Coefficient::FromMpz(z.z);
  return true;
}

}  // namespace

Number SquareRoot(const Number& a, const Settings& context, uint32_t* status) {
  Number result;
  const Settings s = context.With(Rounding::kHalfEven);
  if (PropagateNan(a, nullptr, s, &result, status)) return result;
  // Half the exponent, rounded down.
  int64_t exponent = a.exponent >> 1;
  if (a.IsZero()) return Finish(Finite(a.negative, {}, exponent), s, status);
  if (a.negative) return Invalid(status);
  if (a.IsInfinite()) return a;
  Coefficient square = a.coefficient;
  if ((a.exponent & 1) != 0 && !square.Scale(1)) return Invalid(status, kOutOfMemory);
  const int64_t root_digits = (square.Digits() + 1) / 2;
  int64_t shift = s.prec + 1 - root_digits;
  constexpr int64_t kFar = 1000;
  Coefficient root;
  if (shift > kFar && ExactRoot(square, &root))
    return Finish(Finite(false, std::move(root), exponent), s, status);
  bool exact = true;
  if (shift >= 0) {
    if (shift > kMaxDigits / 2 || !square.Scale(2 * shift)) return Invalid(status, kOutOfMemory);
  } else {
    exact = square.Cut(-2 * shift) == Rest::kNothing;
  }
  Mpz z, rest;
  square.ToMpz(z.z);
  mpz_sqrtrem(z.z, rest.z, z.z);
  exact = exact && mpz_sgn(rest.z) == 0;
  root = Coefficient::FromMpz(z.z);
  exponent -= shift;
  if (!exact) {
    if (root.Modulo(5) == 0) root.AddOne();
  } else if (shift >= 0) {
    exponent += root.StripZeros(shift);
  } else {
    if (!root.Scale(-shift)) return Invalid(status, kOutOfMemory);
    exponent += shift;
  }
  return Finish(Finite(false, std::move(root), exponent), s, status);
}

namespace {

// 1 to the power of b, for a 1 that may be written with zeros.
Number PowerOfOne(const Number& a, const Number& b, bool negative, const Settings& s,
                  uint32_t* status) {
  int64_t exponent = 1 - s.prec;
  if (b.IsInteger()) {
    int64_t factor;
    if (b.negative) {
      exponent = 0;
    } else {
      if (!ToInt64(b, &factor) || factor > s.prec) factor = s.prec;
      const int64_t ideal = Saturated(static_cast<__int128>(a.exponent) * factor);
      if (ideal < exponent) {
        *status |= kRounded;
      } else {
        exponent = ideal;
      }
    }
  } else {
    *status |= kInexact | kRounded;
  }
  // A one that was written as 10E-1 and the like has its zeros; 1E+0 none.
  if (exponent > 0) exponent = 0;
  Coefficient one(1);
  if (!one.Scale(-exponent)) return Invalid(status, kOutOfMemory);
  return Finite(negative, std::move(one), exponent);
}

// a to the power of the integer n when that has about as many digits as fit, exactly; else false.
bool WholePower(const Number& a, int64_t n, const Settings& s, bool negative, Number* out,
                uint32_t* status) {
  Coefficient base = a.coefficient;
  const int64_t zeros = base.StripZeros(kMaxDigits);
  const auto count = static_cast<uint64_t>(n < 0 ? -n : n);
  const bool one = Coefficient::Order(base, Coefficient(1)) == 0;
  const __int128 digits = one ? 1 : static_cast<__int128>(base.Digits() - 1) * count;
  const __int128 room = 2 * static_cast<__int128>(s.prec) + 64;
  // With one digit the estimate above is zero: 2^n has n * 0.30 digits.
  if (digits > room ||
      (!one && count > static_cast<uint64_t>(room < kMaxDigits ? room * 4 : kMaxDigits)))
    return false;
  if (digits > kMaxDigits) return false;
  Mpz power;
  base.ToMpz(power.z);
  mpz_pow_ui(power.z, power.z, one ? 1 : count);
  Number result =
      Finite(negative, Coefficient::FromMpz(power.z),
             Saturated((static_cast<__int128>(a.exponent) + zeros) * static_cast<__int128>(count)));
  if (n < 0) {
    *out = Divide(Finite(false, Coefficient(1), 0), result, s, status);
    return true;
  }
  // Back with the zeros that were taken off, as many as fit.
  const __int128 wanted = static_cast<__int128>(zeros) * static_cast<__int128>(count);
  const int64_t fit = std::max<int64_t>(0, s.prec - result.coefficient.Digits());
  const int64_t places = wanted > fit ? fit : static_cast<int64_t>(wanted);
  if (wanted > fit) *status |= kRounded;
  if (places > 0 && result.exponent > -4 * kMaxEmax && result.exponent < 4 * kMaxEmax) {
    if (!result.coefficient.Scale(places)) {
      *out = Invalid(status, kOutOfMemory);
      return true;
    }
    result.exponent -= places;
  }
  *out = Finish(std::move(result), s, status);
  return true;
}

}  // namespace

Number Power(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, &b, s, &result, status)) return result;
  if (b.IsZero()) {
    if (a.IsZero()) return Invalid(status);
    return Finite(false, Coefficient(1), 0);
  }
  const bool integral = b.IsInteger(), negative = a.negative && IsOddInteger(b);
  if (a.negative && !integral && !a.IsZero()) return Invalid(status);
  if (a.IsZero()) return b.negative ? Infinity(negative) : Finite(negative, {}, 0);
  if (a.IsInfinite()) return b.negative ? Finite(negative, {}, 0) : Infinity(negative);
  const Number base = Signed(a, false);
  const int order = Order(base, Finite(false, Coefficient(1), 0));
  if (order == 0) return PowerOfOne(base, b, negative, s, status);
  if (b.IsInfinite()) return (order > 0) != b.negative ? Infinity(false) : Finite(false, {}, 0);
  const double log = LogOfPower(base, b);
  const int64_t digits = std::max(base.coefficient.Digits(), s.prec);
  if (Vanishes(log, integral ? b.Adjusted() + 2 : digits - s.prec + 23, s)) {
    *status |= kUnderflow | kSubnormal | kInexact | kRounded | kClamped;
    return Finite(negative, {}, s.Etiny());
  }
  int64_t n;
  if (integral && ToInt64(b, &n) && WholePower(base, n, s, negative, &result, status))
    return result;
  // The rounding looks at the sign.
  Settings directed = s;
  if (negative && s.rounding == Rounding::kCeiling) directed.rounding = Rounding::kFloor;
  if (negative && s.rounding == Rounding::kFloor) directed.rounding = Rounding::kCeiling;
  return Signed(InexactPower(base, b, directed, status), negative);
}

Number PowerModulo(const Number& a, const Number& b, const Number& modulus, const Settings& s,
                   uint32_t* status) {
  Number result;
  const Number& first = a.IsSignaling() || !b.IsSignaling() ? a : b;
  if (first.IsSignaling() || modulus.IsSignaling()) {
    PropagateNan(first.IsSignaling() ? first : modulus, nullptr, s, &result, status);
    return result;
  }
  if (PropagateNan(a, &b, s, &result, status) || PropagateNan(modulus, nullptr, s, &result, status))
    return result;
  if (!a.IsInteger() || !b.IsInteger() || !modulus.IsInteger() || b.negative || modulus.IsZero())
    return Invalid(status);
  if (a.IsZero() && b.IsZero()) return Invalid(status);
  if (modulus.Adjusted() >= s.prec) return Invalid(status);
  constexpr int64_t kLongest = 1000000;
  if (b.Adjusted() > kLongest || modulus.Adjusted() > kMaxDigits)
    return Invalid(status, kOutOfMemory);
  const auto whole = [](const Number& number, mpz_t out) {
    number.coefficient.ToMpz(out);
    Mpz power;
    PowerOfTen(power.z, std::abs(number.exponent));
    if (number.exponent >= 0) {
      mpz_mul(out, out, power.z);
    } else {
      mpz_tdiv_q(out, out, power.z);
    }
  };
  Mpz base, exponent, divisor, tens, ten(10);
  whole(modulus, divisor.z);
  whole(b, exponent.z);
  // The base may have a huge exponent: its power of ten is reduced at once.
  a.coefficient.ToMpz(base.z);
  if (a.exponent >= 0) {
    mpz_powm_ui(tens.z, ten.z, static_cast<unsigned long>(a.exponent), divisor.z);
    mpz_mul(base.z, base.z, tens.z);
  } else {
    whole(a, base.z);
  }
  mpz_powm(base.z, base.z, exponent.z, divisor.z);
  const bool negative = a.negative && mpz_odd_p(exponent.z);
  return Finish(Finite(negative, Coefficient::FromMpz(base.z), 0), s, status);
}

}  // namespace gila::decimal

// decimal_functions.cc: exp, ln, log10 and powers that are not exact, correctly rounded.
//
// They are worked out in fixed point: integers of GMP's that count units of 2^-bits. An
// approximation of some more digits than are wanted is right but for one in its last place; when
// its surplus digits are too near to where the rounding turns, it is done again with more (Ziv's
// strategy). Only a power can be exact, and then no number of digits helps: after a few rounds it
// is taken for what it looks like.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "stdlib/decimal_number.h"

namespace gila::decimal {

namespace {

// The precision from which on it is not tried: the time would be years.
constexpr int64_t kMaxFunctionDigits = 20000000;

int64_t BitsFor(int64_t digits) {
  return static_cast<int64_t>(static_cast<double>(digits) * 3.3219280948873627) + 1;
}

// atanh(1 / n).
void InverseAtanh(mpz_t out, unsigned long n, mp_bitcnt_t bits) {
  Mpz power, term;
  mpz_set_ui(power.z, 1);
  mpz_mul_2exp(power.z, power.z, bits);
  mpz_tdiv_q_ui(power.z, power.z, n);
  mpz_set(out, power.z);
  for (unsigned long k = 3; mpz_sgn(power.z) != 0; k += 2) {
    mpz_tdiv_q_ui(power.z, power.z, n * n);
    mpz_tdiv_q_ui(term.z, power.z, k);
    mpz_add(out, out, term.z);
  }
}

// ln 10, remembered by each thread as far as it was needed.
class LnTen {
 public:
  ~LnTen() {
    if (bits_ != 0) mpz_clear(value_);
  }
  void Get(mpz_t out, mp_bitcnt_t bits) {
    if (bits_ < bits) Compute(bits);
    mpz_tdiv_q_2exp(out, value_, bits_ - bits);
  }

 private:
  void Compute(mp_bitcnt_t bits) {
    if (bits_ == 0) mpz_init(value_);
    bits_ = bits + 64;
    Mpz part;
    mpz_set_ui(value_, 0);
    constexpr unsigned long kTerms[][2] = {{46, 31}, {34, 49}, {20, 161}};
    for (const auto& [factor, n] : kTerms) {
      InverseAtanh(part.z, n, bits_);
      mpz_addmul_ui(value_, part.z, factor);
    }
  }
  mp_bitcnt_t bits_ = 0;
  mpz_t value_;
};
thread_local LnTen ln_ten;

// ln(y) for a fixed-point y in [0.3, 3.3]: square roots bring it near one, atanh does the rest.
void LnNearOne(mpz_t out, const mpz_t y, mp_bitcnt_t bits) {
  const auto roots = static_cast<mp_bitcnt_t>(std::sqrt(static_cast<double>(bits))) / 2 + 2;
  const mp_bitcnt_t work = bits + roots + 16;
  Mpz x, one, t, square, term;
  mpz_mul_2exp(x.z, y, work - bits);
  for (mp_bitcnt_t i = 0; i < roots; ++i) {
    mpz_mul_2exp(x.z, x.z, work);
    mpz_sqrt(x.z, x.z);
  }
  mpz_set_ui(one.z, 1);
  mpz_mul_2exp(one.z, one.z, work);
  mpz_sub(t.z, x.z, one.z);
  mpz_add(x.z, x.z, one.z);
  mpz_mul_2exp(t.z, t.z, work);
  mpz_tdiv_q(t.z, t.z, x.z);
  mpz_mul(square.z, t.z, t.z);
  mpz_tdiv_q_2exp(square.z, square.z, work);
  mpz_set(out, t.z);
  for (unsigned long k = 3; mpz_sgn(t.z) != 0; k += 2) {
    mpz_mul(t.z, t.z, square.z);
    mpz_tdiv_q_2exp(t.z, t.z, work);
    mpz_tdiv_q_ui(term.z, t.z, k);
    mpz_add(out, out, term.z);
  }
  mpz_mul_2exp(out, out, roots + 1);
  mpz_tdiv_q_2exp(out, out, work - bits);
}

// out = c * 10^exponent in units of 2^-bits.
void ToFixed(mpz_t out, const Coefficient& c, int64_t exponent, mp_bitcnt_t bits) {
  c.ToMpz(out);
  Mpz power;
  PowerOfTen(power.z, std::abs(exponent));
  if (exponent >= 0) mpz_mul(out, out, power.z);
  mpz_mul_2exp(out, out, bits);
  if (exponent < 0) mpz_tdiv_q(out, out, power.z);
}

// The place of the first digit of x - 1, for x between 0.3 and 3.3; 0 when it is not near.
int64_t DistanceFromOne(const Number& x) {
  uint32_t ignored = 0;
  const Number difference = Subtract(x, Finite(false, Coefficient(1), 0), kExact, &ignored);
  return difference.IsZero() ? 0 : std::min<int64_t>(0, difference.Adjusted());
}

// ln(x), absolute error below 2^(4 - bits). *leading: about where its first digit is.
void LnFixed(mpz_t out, const Number& x, mp_bitcnt_t bits) {
  int64_t adjusted = x.Adjusted();
  Coefficient lead = x.coefficient;
  lead.Cut(x.coefficient.Digits() - 2);
  if (x.coefficient.Digits() >= 2 ? Coefficient::Order(lead, Coefficient(32)) >= 0
                                  : Coefficient::Order(lead, Coefficient(3)) > 0)
    ++adjusted;
  const mp_bitcnt_t work = bits + 72;
  Mpz y, tens;
  ToFixed(y.z, x.coefficient, x.exponent - adjusted, work);
  LnNearOne(out, y.z, work);
  if (adjusted != 0) {
    ln_ten.Get(tens.z, work);
    Mpz factor;
    mpz_set_si(factor.z, adjusted);
    mpz_addmul(out, tens.z, factor.z);
  }
  mpz_fdiv_q_2exp(out, out, work - bits);
}

// e to the power of a fixed-point x: 10^*tens * *mantissa, the mantissa in [1, 10).
void ExpFixed(mpz_t mantissa, int64_t* tens, const mpz_t x, mp_bitcnt_t bits) {
  const auto halvings = static_cast<mp_bitcnt_t>(std::sqrt(static_cast<double>(bits))) + 2;
  const mp_bitcnt_t work = bits + halvings + 16;
  Mpz rest, quotient, ten, term, wide;
  // The quotient may have 62 bits, so that many more are needed of ln 10.
  mpz_mul_2exp(wide.z, x, 72);
  ln_ten.Get(ten.z, bits + 72);
  mpz_fdiv_qr(quotient.z, rest.z, wide.z, ten.z);
  *tens = mpz_get_si(quotient.z);
  mpz_mul_2exp(rest.z, rest.z, work - bits);
  mpz_tdiv_q_2exp(rest.z, rest.z, 72 + halvings);
  mpz_set_ui(mantissa, 1);
  mpz_mul_2exp(mantissa, mantissa, work);
  mpz_set(term.z, mantissa);
  for (unsigned long k = 1; mpz_sgn(term.z) != 0; ++k) {
    mpz_mul(term.z, term.z, rest.z);
    mpz_tdiv_q_2exp(term.z, term.z, work);
    mpz_tdiv_q_ui(term.z, term.z, k);
    mpz_add(mantissa, mantissa, term.z);
  }
  for (mp_bitcnt_t i = 0; i < halvings; ++i) {
    mpz_mul(mantissa, mantissa, mantissa);
    mpz_tdiv_q_2exp(mantissa, mantissa, work);
  }
  mpz_tdiv_q_2exp(mantissa, mantissa, work - bits);
}

// A fixed-point number as about `digits` decimal digits, times 10^*shift... the sign apart.
Number ToDecimal(const mpz_t fixed, int64_t places, mp_bitcnt_t bits) {
  Mpz scaled;
  if (places >= 0) {
    PowerOfTen(scaled.z, places);
    mpz_mul(scaled.z, scaled.z, fixed);
    mpz_tdiv_q_2exp(scaled.z, scaled.z, bits);
  } else {
    Mpz power;
    PowerOfTen(power.z, -places);
    mpz_tdiv_q_2exp(scaled.z, fixed, bits);
    mpz_tdiv_q(scaled.z, scaled.z, power.z);
  }
  return Finite(mpz_sgn(fixed) < 0, Coefficient::FromMpz(scaled.z), -places);
}

// Can an error of two units of the last place change how `approximation` rounds to `prec` digits?
bool IsSure(const Number& approximation, int64_t prec) {
  const int64_t surplus = approximation.coefficient.Digits() - prec;
  if (surplus < 2) return false;
  Coefficient unit(1), rest;
  if (!unit.Scale(surplus)) return true;
  Coefficient::Quotient(approximation.coefficient, unit, &rest);
  const Coefficient two(2), half = Coefficient::Quotient(unit, two, nullptr);
  if (Coefficient::Order(rest, two) <= 0) return false;
  if (Coefficient::Order(Coefficient::Difference(unit, rest), two) <= 0) return false;
  const Coefficient off = Coefficient::Order(rest, half) > 0 ? Coefficient::Difference(rest, half)
                                                             : Coefficient::Difference(half, rest);
  return Coefficient::Order(off, two) > 0;
}

// Calls approximate(digits) with more and more digits until the rounding is sure.
template <class Approximate>
Number RoundCorrectly(const Settings& s, uint32_t* status, bool may_be_exact,
                      Approximate approximate) {
  if (s.prec > kMaxFunctionDigits) return Invalid(status, kOutOfMemory);
  int64_t surplus = 6;
  for (int round = 0;; ++round, surplus *= 4) {
    Number result = approximate(s.prec + surplus);
    const bool sure = IsSure(result, s.prec);
    if (!sure && may_be_exact && round == 2) {
      // It is what it is very near to; said with one digit more than fits, so that the result fills
      // the precision.
      const int64_t cut = result.coefficient.Digits() - s.prec - 1;
      const Rest rest = result.coefficient.Cut(cut);
      if (rest >= Rest::kHalf) result.coefficient.AddOne();
      result.exponent += cut;
      *status |= kInexact | kRounded;
      return Finish(std::move(result), s, status);
    }
    if (!sure) continue;
    return Finish(std::move(result), s, status);
  }
}

// 1 plus or minus something that no digit shows.
Number OneAndABit(bool below, const Settings& s, uint32_t* status) {
  if (s.prec > kMaxDigits - 8) return Invalid(status, kOutOfMemory);
  const int64_t places = s.prec + 4;
  return Add(Finite(false, Coefficient(1), 0), Finite(below, Coefficient(1), -places), s, status);
}

// ln(x) as `digits` significant digits.
Number ApproximateLn(const Number& x, int64_t digits, bool base_ten) {
  const int64_t near = x.Adjusted() >= -1 && x.Adjusted() <= 0 ? DistanceFromOne(x) : 0;
  const auto bits = static_cast<mp_bitcnt_t>(BitsFor(digits - near) + 40);
  Mpz fixed;
  LnFixed(fixed.z, x, bits);
  if (base_ten) {
    Mpz ten;
    ln_ten.Get(ten.z, bits);
    mpz_mul_2exp(fixed.z, fixed.z, bits);
    mpz_tdiv_q(fixed.z, fixed.z, ten.z);
  }
  // Of the numbers beyond 10 the integer part takes some of the digits.
  const double size = std::log10(std::fabs(mpz_get_d(fixed.z)) + 1e-300);
  int64_t whole = 0;
  if (std::isfinite(size)) {
    whole =
        static_cast<int64_t>(std::floor(size - static_cast<double>(bits) * 0.30102999566398120));
  } else {
    whole = static_cast<int64_t>(static_cast<double>(mpz_sizeinbase(fixed.z, 2)) * 0.30103 -
                                 static_cast<double>(bits) * 0.30102999566398120);
  }
  return ToDecimal(fixed.z, digits - whole, bits);
}

}  // namespace

namespace {
double Log10Of(const Number& x) {
  if (x.coefficient.IsSmall())
    return std::log10(static_cast<double>(x.coefficient.small())) + static_cast<double>(x.exponent);
  signed long exponent;
  const double mantissa = mpz_get_d_2exp(&exponent, x.coefficient.z());
  return std::log10(mantissa) + static_cast<double>(exponent) * 0.3010299956639812 +
         static_cast<double>(x.exponent);
}
// Operands whose logarithm needs no computing, to any base: true and *result.
bool LogarithmIsSpecial(const Number& a, const Settings& s, Number* result, uint32_t* status) {
  if (PropagateNan(a, nullptr, s, result, status)) return true;
  if (a.IsZero()) {
    *result = Infinity(true);
  } else if (a.negative) {
    *result = Invalid(status);
  } else if (a.IsInfinite()) {
    *result = a;
  } else {
    return false;
  }
  return true;
}

}  // namespace

double LogOfPower(const Number& a, const Number& b) {
  return Log10Of(a) * (b.negative ? -1.0 : 1.0) * std::pow(10.0, Log10Of(b));
}

Number Exp(const Number& a, const Settings& context, uint32_t* status) {
  Number result;
  const Settings s = context.With(Rounding::kHalfEven);
  if (PropagateNan(a, nullptr, s, &result, status)) return result;
  if (a.IsInfinite()) return a.negative ? Finite(false, {}, 0) : a;
  if (a.IsZero()) return Finite(false, Coefficient(1), 0);
  const int64_t adjusted = a.Adjusted();
  if (adjusted > 20)
    return Finish(Finite(false, Coefficient(1), a.negative ? 3 * kMinEmin : 3 * kMaxEmax), s,
                  status);
  if (adjusted < -s.prec - 2) return OneAndABit(a.negative, s, status);
  return RoundCorrectly(s, status, false, [&](int64_t digits) {
    const auto bits =
        static_cast<mp_bitcnt_t>(BitsFor(digits + std::max<int64_t>(0, adjusted)) + 40);
    Mpz x, mantissa;
    ToFixed(x.z, a.coefficient, a.exponent, bits);
    if (a.negative) mpz_neg(x.z, x.z);
    int64_t tens;
    ExpFixed(mantissa.z, &tens, x.z, bits);
    Number number = ToDecimal(mantissa.z, digits, bits);
    number.exponent += tens;
    return number;
  });
}

Number Ln(const Number& a, const Settings& context, uint32_t* status) {
  Number result;
  const Settings s = context.With(Rounding::kHalfEven);
  if (LogarithmIsSpecial(a, s, &result, status)) return result;
  if (Order(a, Finite(false, Coefficient(1), 0)) == 0) return Finite(false, {}, 0);
  return RoundCorrectly(s, status, false,
                        [&](int64_t digits) { return ApproximateLn(a, digits, false); });
}

Number Log10(const Number& a, const Settings& context, uint32_t* status) {
  Number result;
  const Settings s = context.With(Rounding::kHalfEven);
  if (LogarithmIsSpecial(a, s, &result, status)) return result;
  Coefficient lead = a.coefficient;
  lead.StripZeros(kMaxDigits);
  if (Coefficient::Order(lead, Coefficient(1)) == 0) {
    const int64_t power = a.Adjusted();
    return Finish(Finite(power < 0, Coefficient(static_cast<Wide>(std::abs(power))), 0), s, status);
  }
  return RoundCorrectly(s, status, false,
                        [&](int64_t digits) { return ApproximateLn(a, digits, true); });
}

Number InexactPower(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  const double log = LogOfPower(a, b);
  constexpr double kBeyond = 2.5e18;
  if (!(std::fabs(log) < kBeyond))
    return Finish(Finite(false, Coefficient(1), log > 0 ? 3 * kMaxEmax : 3 * kMinEmin), s, status);
  const int64_t near = a.Adjusted() >= -1 && a.Adjusted() <= 0 ? DistanceFromOne(a) : 0;
  if (near + b.Adjusted() + 1 < -s.prec - 4) {
    const bool above = (Order(a, Finite(false, Coefficient(1), 0)) > 0) != b.negative;
    return OneAndABit(!above, s, status);
  }
  return RoundCorrectly(s, status, true, [&](int64_t digits) {
    const int64_t whole = std::max<int64_t>(0, b.Adjusted() + 1);
    const auto bits = static_cast<mp_bitcnt_t>(BitsFor(digits + 20) + 64);
    const mp_bitcnt_t extra = static_cast<mp_bitcnt_t>(BitsFor(whole)) + 8;
    Mpz log_a, factor, mantissa;
    LnFixed(log_a.z, a, bits + extra);
    b.coefficient.ToMpz(factor.z);
    mpz_mul(log_a.z, log_a.z, factor.z);
    PowerOfTen(factor.z, std::abs(b.exponent));
    if (b.exponent >= 0) {
      mpz_mul(log_a.z, log_a.z, factor.z);
    } else {
      mpz_tdiv_q(log_a.z, log_a.z, factor.z);
    }
    mpz_tdiv_q_2exp(log_a.z, log_a.z, extra);
    if (b.negative) mpz_neg(log_a.z, log_a.z);
    int64_t tens;
    ExpFixed(mantissa.z, &tens, log_a.z, bits);
    Number number = ToDecimal(mantissa.z, digits, bits);
    number.exponent += tens;
    return number;
  });
}

}  // namespace gila::decimal

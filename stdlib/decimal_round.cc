// decimal_round.cc: fitting a number to a context: to its precision, its exponents, and to a given
// exponent.
#include <algorithm>
#include <cstdlib>

#include "stdlib/decimal_number.h"

namespace gila::decimal {

bool RoundsUp(const Coefficient& kept, Rest rest, bool negative, Rounding rounding) {
  if (rest == Rest::kNothing) return false;
  switch (rounding) {
    case Rounding::kUp:
      return true;
    case Rounding::kDown:
      return false;
    case Rounding::kCeiling:
      return !negative;
    case Rounding::kFloor:
      return negative;
    case Rounding::kHalfUp:
      return rest >= Rest::kHalf;
    case Rounding::kHalfDown:
      return rest > Rest::kHalf;
    case Rounding::kHalfEven:
      return rest > Rest::kHalf || (rest == Rest::kHalf && kept.IsOdd());
    case Rounding::k05Up:
      return kept.Modulo(5) == 0;
  }
  return false;
}

namespace {

// 99...9 of the whole precision.
bool Nines(int64_t count, Coefficient* out) {
  *out = Coefficient(1);
  if (!out->Scale(count)) return false;
  *out = Coefficient::Difference(*out, Coefficient(1));
  return true;
}

Number Overflowed(bool negative, const Settings& s, uint32_t* status) {
  *status |= kOverflow | kInexact | kRounded;
  const bool largest = s.rounding == Rounding::kDown || s.rounding == Rounding::k05Up ||
                       (s.rounding == Rounding::kCeiling && negative) ||
                       (s.rounding == Rounding::kFloor && !negative);
  if (!largest) return Infinity(negative);
  Coefficient nines;
  if (!Nines(s.prec, &nines)) return Invalid(status, kOutOfMemory);
  return Finite(negative, std::move(nines), s.Etop());
}

Number FinishNan(Number number, const Settings& s) {
  const int64_t room = s.prec - (s.clamp ? 1 : 0);
  if (number.coefficient.IsZero() || number.coefficient.Digits() <= room) return number;
  // The last digits stay.
  if (room <= 0) {
    number.coefficient = Coefficient();
    return number;
  }
  Coefficient unit(1), rest;
  if (unit.Scale(room)) {
    Coefficient::Quotient(number.coefficient, unit, &rest);
    number.coefficient = std::move(rest);
  }
  return number;
}

Number FinishZero(Number number, const Settings& s, uint32_t* status) {
  const int64_t highest = s.clamp ? s.Etop() : s.emax;
  const int64_t exponent = std::min(std::max(number.exponent, s.Etiny()), highest);
  if (exponent != number.exponent) {
    *status |= kClamped;
    number.exponent = exponent;
  }
  return number;
}

// Takes digits off until the exponent is `lowest`.
Number RoundOff(Number number, int64_t lowest, bool subnormal, const Settings& s,
                uint32_t* status) {
  const Rest rest = number.coefficient.Cut(lowest - number.exponent);
  number.exponent = lowest;
  if (RoundsUp(number.coefficient, rest, number.negative, s.rounding)) {
    number.coefficient.AddOne();
    if (number.coefficient.Digits() > s.prec) {
      number.coefficient.Cut(1);
      ++number.exponent;
    }
  }
  if (number.exponent > s.Etop()) return Overflowed(number.negative, s, status);
  *status |= kRounded;
  if (subnormal) *status |= kSubnormal;
  if (rest != Rest::kNothing) *status |= subnormal ? kInexact | kUnderflow : kInexact;
  if (number.coefficient.IsZero()) *status |= kClamped;
  return number;
}

}  // namespace

Number Finish(Number number, const Settings& s, uint32_t* status) {
  if (!number.IsFinite()) return number.IsNan() ? FinishNan(std::move(number), s) : number;
  if (number.coefficient.IsZero()) return FinishZero(std::move(number), s, status);
  const int64_t digits = number.coefficient.Digits();
  int64_t lowest = number.exponent + digits - s.prec;
  if (lowest > s.Etop()) return Overflowed(number.negative, s, status);
  const bool subnormal = lowest < s.Etiny();
  if (subnormal) lowest = s.Etiny();
  if (number.exponent < lowest) return RoundOff(std::move(number), lowest, subnormal, s, status);
  if (subnormal) *status |= kSubnormal;
  if (s.clamp && number.exponent > s.Etop()) {
    *status |= kClamped;
    if (!number.coefficient.Scale(number.exponent - s.Etop())) return Invalid(status, kOutOfMemory);
    number.exponent = s.Etop();
  }
  return number;
}

Number Rescale(Number number, int64_t exponent, Rounding rounding, Rest* rest, uint32_t* status) {
  *rest = Rest::kNothing;
  if (exponent <= number.exponent) {
    if (!number.coefficient.Scale(number.exponent - exponent)) return Invalid(status, kOutOfMemory);
  } else {
    *rest = number.coefficient.Cut(exponent - number.exponent);
    if (RoundsUp(number.coefficient, *rest, number.negative, rounding)) number.coefficient.AddOne();
  }
  number.exponent = exponent;
  return number;
}

namespace {
// Unary plus, minus and abs: a zero has no sign but when rounding goes down.
Number WithSign(const Number& a, bool negative, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, nullptr, s, &result, status)) return result;
  result = a;
  result.negative = a.IsZero() ? s.rounding == Rounding::kFloor && negative : negative;
  return Finish(std::move(result), s, status);
}
}  // namespace

Number Plus(const Number& a, const Settings& s, uint32_t* status) {
  return WithSign(a, a.negative, s, status);
}
Number Minus(const Number& a, const Settings& s, uint32_t* status) {
  return WithSign(a, !a.negative, s, status);
}
Number Absolute(const Number& a, const Settings& s, uint32_t* status) {
  return WithSign(a, false, s, status);
}

Number Quantize(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, &b, s, &result, status)) return result;
  if (a.IsInfinite() || b.IsInfinite())
    return a.IsInfinite() && b.IsInfinite() ? a : Invalid(status);
  const int64_t exponent = b.exponent;
  if (exponent > s.emax || exponent < s.Etiny()) return Invalid(status);
  if (a.IsZero()) return Finish(Finite(a.negative, {}, exponent), s, status);
  const int64_t adjusted = a.Adjusted();
  if (adjusted > s.emax || adjusted - exponent + 1 > s.prec) return Invalid(status);
  Rest rest;
  result = Rescale(a, exponent, s.rounding, &rest, status);
  if (result.IsNan()) return result;
  if (result.coefficient.Digits() > s.prec || result.Adjusted() > s.emax) return Invalid(status);
  if (exponent > a.exponent) *status |= rest == Rest::kNothing ? kRounded : kRounded | kInexact;
  // What is subnormal by its exponent keeps it: no underflow here.
  uint32_t conditions = 0;
  result = Finish(std::move(result), s, &conditions);
  *status |= conditions & ~kUnderflow;
  return result;
}

namespace {
Number ToIntegral(const Number& a, const Settings& s, uint32_t* status, bool tell) {
  Number result;
  if (PropagateNan(a, nullptr, s, &result, status)) return result;
  if (!a.IsFinite() || a.exponent >= 0) return a;
  if (a.IsZero()) return Finite(a.negative, {}, 0);
  Rest rest;
  result = Rescale(a, 0, s.rounding, &rest, status);
  if (tell) *status |= rest == Rest::kNothing ? kRounded : kRounded | kInexact;
  return result;
}
}  // namespace

Number ToIntegralExact(const Number& a, const Settings& s, uint32_t* status) {
  return ToIntegral(a, s, status, true);
}
Number ToIntegralValue(const Number& a, const Settings& s, uint32_t* status) {
  return ToIntegral(a, s, status, false);
}

Number Normalize(const Number& a, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, nullptr, s, &result, status)) return result;
  result = Finish(a, s, status);
  if (!result.IsFinite()) return result;
  if (result.coefficient.IsZero()) return Finite(result.negative, {}, 0);
  const int64_t highest = s.clamp ? s.Etop() : s.emax;
  if (result.exponent < highest)
    result.exponent += result.coefficient.StripZeros(highest - result.exponent);
  return result;
}

namespace {
// The nearest number beyond `a` in the direction of the rounding, kFloor or kCeiling.
Number Next(const Number& a, Rounding direction, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, nullptr, s, &result, status)) return result;
  const bool down = direction == Rounding::kFloor;
  if (a.IsInfinite()) {
    if (a.negative == down) return a;
    Coefficient nines;
    if (!Nines(s.prec, &nines)) return Invalid(status, kOutOfMemory);
    return Finite(!down, std::move(nines), s.Etop());
  }
  const Settings directed = s.With(direction);
  uint32_t ignored = 0;
  result = Finish(a, directed, &ignored);
  if (result.IsInfinite() || Order(result, a) != 0) return result;
  const Number least = Finite(down, Coefficient(1), s.Etiny() - 1);
  result = Add(a, least, directed, &ignored);
  *status |= ignored & kOutOfMemory;
  return result;
}
}  // namespace

Number NextMinus(const Number& a, const Settings& s, uint32_t* status) {
  return Next(a, Rounding::kFloor, s, status);
}
Number NextPlus(const Number& a, const Settings& s, uint32_t* status) {
  return Next(a, Rounding::kCeiling, s, status);
}

Number NextToward(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, &b, s, &result, status)) return result;
  const int order = Order(a, b);
  if (order == 0) return Signed(a, b.negative);
  result = order < 0 ? NextPlus(a, s, status) : NextMinus(a, s, status);
  if (result.IsInfinite()) {
    *status |= kOverflow | kInexact | kRounded;
  } else if (result.IsFinite() && (result.IsZero() || result.Adjusted() < s.emin)) {
    *status |= kUnderflow | kSubnormal | kInexact | kRounded;
    if (result.IsZero()) *status |= kClamped;
  }
  return result;
}

}  // namespace gila::decimal

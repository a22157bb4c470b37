// decimal_digitwise.cc: operations that look at a number as signs, digits and an exponent: total
// order, minimum and maximum, shift and rotate, the logical operations on digits that are 0 or 1,
// and classes.
#include <algorithm>
#include <cstdlib>

#include "stdlib/decimal_number.h"

namespace gila::decimal {

namespace {

int Sign(int64_t difference) { return difference < 0 ? -1 : difference > 0; }

// Total order of two numbers of the same sign, the sign not looked at.
int TotalOrderOfMagnitudes(const Number& a, const Number& b) {
  const auto rank = [](const Number& n) { return n.IsNan() ? (n.IsSignaling() ? 1 : 2) : 0; };
  if (rank(a) != rank(b)) return Sign(rank(a) - rank(b));
  if (a.IsNan()) return Coefficient::Order(a.coefficient, b.coefficient);
  const int order = OrderOfMagnitudes(a, b);
  if (order != 0 || !a.IsFinite()) return order;
  return a.exponent < b.exponent ? -1 : a.exponent > b.exponent;
}

Number Answer(int order) { return Finite(order < 0, Coefficient(order != 0 ? 1 : 0), 0); }

}  // namespace

int TotalOrder(const Number& a, const Number& b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  const int order = TotalOrderOfMagnitudes(a, b);
  return a.negative ? -order : order;
}
Number CompareTotal(const Number& a, const Number& b, const Settings&, uint32_t*) {
  return Answer(TotalOrder(a, b));
}
Number CompareTotalMag(const Number& a, const Number& b, const Settings&, uint32_t*) {
  return Answer(TotalOrderOfMagnitudes(a, b));
}

namespace {

// The greater (sign 1) or lesser (-1) of two; a quiet NaN gives way to a number.
Number Extreme(const Number& a, const Number& b, int sign, bool magnitudes, const Settings& s,
               uint32_t* status) {
  Number result;
  if (a.IsNan() || b.IsNan()) {
    if (a.kind == Class::kQuietNan && !b.IsNan()) return Finish(b, s, status);
    if (b.kind == Class::kQuietNan && !a.IsNan()) return Finish(a, s, status);
    PropagateNan(a, &b, s, &result, status);
    return result;
  }
  int order = magnitudes ? OrderOfMagnitudes(a, b) : Order(a, b);
  if (order == 0) order = TotalOrder(a, b);
  return Finish(order * sign >= 0 ? a : b, s, status);
}

}  // namespace

Number Max(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  return Extreme(a, b, 1, false, s, status);
}
Number Min(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  return Extreme(a, b, -1, false, s, status);
}
Number MaxMag(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  return Extreme(a, b, 1, true, s, status);
}
Number MinMag(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  return Extreme(a, b, -1, true, s, status);
}
Number CopySign(const Number& a, const Number& b, const Settings&, uint32_t*) {
  return Signed(a, b.negative);
}

Number LogB(const Number& a, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, nullptr, s, &result, status)) return result;
  if (a.IsInfinite()) return Infinity(false);
  if (a.IsZero()) {
    *status |= kDivisionByZero;
    return Infinity(true);
  }
  const int64_t adjusted = a.Adjusted();
  return Finish(Finite(adjusted < 0, Coefficient(static_cast<Wide>(std::abs(adjusted))), 0), s,
                status);
}

namespace {
// The second operand of scaleb, shift and rotate: an integer with exponent 0, up to the limit.
bool SmallInteger(const Number& b, int64_t limit, int64_t* out) {
  if (!b.IsFinite() || b.exponent != 0) return false;
  if (Coefficient::Order(b.coefficient, Coefficient(static_cast<Wide>(limit))) > 0) return false;
  *out = static_cast<int64_t>(b.coefficient.small());
  if (b.negative) *out = -*out;
  return true;
}

// The last `count` digits.
Coefficient LastDigits(const Coefficient& c, int64_t count) {
  if (c.Digits() <= count) return c;
  Coefficient unit(1), rest;
  static_cast<void>(unit.Scale(count));
  Coefficient::Quotient(c, unit, &rest);
  return rest;
}
}  // namespace

Number ScaleB(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, &b, s, &result, status)) return result;
  int64_t by;
  if (!SmallInteger(b, 2 * (s.emax + s.prec), &by)) return Invalid(status);
  if (a.IsInfinite()) return a;
  result = a;
  result.exponent += by;
  return Finish(std::move(result), s, status);
}

Number Shift(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, &b, s, &result, status)) return result;
  int64_t by;
  if (!SmallInteger(b, s.prec, &by)) return Invalid(status);
  if (a.IsInfinite()) return a;
  result = a;
  result.coefficient = LastDigits(a.coefficient, s.prec);
  if (by < 0) {
    result.coefficient.Cut(-by);
  } else if (!result.coefficient.IsZero() && by > 0) {
    result.coefficient = LastDigits(result.coefficient, s.prec - by);
    if (!result.coefficient.Scale(by)) return Invalid(status, kOutOfMemory);
  }
  return result;
}

Number Rotate(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  Number result;
  if (PropagateNan(a, &b, s, &result, status)) return result;
  int64_t by;
  if (!SmallInteger(b, s.prec, &by)) return Invalid(status);
  if (a.IsInfinite()) return a;
  if (by < 0) by += s.prec;
  result = a;
  const Coefficient all = LastDigits(a.coefficient, s.prec);
  Coefficient left = LastDigits(all, s.prec - by), wrapped = all;
  if (by < s.prec) {
    wrapped.Cut(s.prec - by);
    if (!left.Scale(by)) return Invalid(status, kOutOfMemory);
    result.coefficient = Coefficient::Sum(left, wrapped);
  } else {
    result.coefficient = all;
  }
  return result;
}

namespace {

// The digits of a logical operand, cut to the precision; false when it is none.
bool LogicalDigits(const Number& a, const Settings& s, std::string* out) {
  if (!a.IsFinite() || a.negative || a.exponent != 0) return false;
  *out = a.coefficient.Text();
  if (out->find_first_not_of("01") != std::string::npos) return false;
  if (static_cast<int64_t>(out->size()) > s.prec)
    out->erase(0, out->size() - static_cast<size_t>(s.prec));
  return true;
}

template <class Combine>
Number Logical(const Number& a, const Number& b, const Settings& s, uint32_t* status,
               Combine combine) {
  std::string x, y;
  if (!LogicalDigits(a, s, &x) || !LogicalDigits(b, s, &y)) return Invalid(status);
  if (x.size() < y.size()) x.swap(y);
  y.insert(0, x.size() - y.size(), '0');
  for (size_t i = 0; i < x.size(); ++i) x[i] = combine(x[i] == '1', y[i] == '1') ? '1' : '0';
  return Finite(false, Coefficient::FromDigits(x), 0);
}

}  // namespace

Number LogicalAnd(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  return Logical(a, b, s, status, [](bool x, bool y) { return x && y; });
}
Number LogicalOr(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  return Logical(a, b, s, status, [](bool x, bool y) { return x || y; });
}
Number LogicalXor(const Number& a, const Number& b, const Settings& s, uint32_t* status) {
  return Logical(a, b, s, status, [](bool x, bool y) { return x != y; });
}
Number LogicalInvert(const Number& a, const Settings& s, uint32_t* status) {
  std::string digits;
  if (!LogicalDigits(a, s, &digits)) return Invalid(status);
  if (s.prec > kMaxDigits) return Invalid(status, kOutOfMemory);
  for (char& digit : digits) digit = digit == '1' ? '0' : '1';
  digits.insert(0, static_cast<size_t>(s.prec) - digits.size(), '1');
  return Finite(false, Coefficient::FromDigits(digits), 0);
}

bool SameQuantum(const Number& a, const Number& b) {
  if (!a.IsFinite() || !b.IsFinite())
    return (a.IsNan() && b.IsNan()) || (a.IsInfinite() && b.IsInfinite());
  return a.exponent == b.exponent;
}

bool IsNormal(const Number& a, const Settings& s) {
  return a.IsFinite() && !a.IsZero() && a.Adjusted() >= s.emin;
}
bool IsSubnormal(const Number& a, const Settings& s) {
  return a.IsFinite() && !a.IsZero() && a.Adjusted() < s.emin;
}

const char* ClassName(const Number& a, const Settings& s) {
  if (a.IsNan()) return a.IsSignaling() ? "sNaN" : "NaN";
  if (a.IsInfinite()) return a.negative ? "-Infinity" : "+Infinity";
  if (a.IsZero()) return a.negative ? "-Zero" : "+Zero";
  if (IsSubnormal(a, s)) return a.negative ? "-Subnormal" : "+Subnormal";
  return a.negative ? "-Normal" : "+Normal";
}

}  // namespace gila::decimal

// math_sums.cc: sums and products over many numbers. fsum is exact (Shewchuk's partial sums,
// rounded once); hypot and dist carry the squares as pairs of doubles, so that the root is right to
// the last digit.
#include <algorithm>
#include <cmath>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "runtime/protocols.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/math_internal.h"

namespace gila {

namespace {

// An exact sum of doubles as non-overlapping partial sums of growing magnitude.
class ExactSum {
 public:
  // False when a partial sum overflows.
  bool Add(double x) {
    if (!std::isfinite(x)) {
      if (std::isinf(x)) infinite_sum_ += x;
      special_sum_ += x;
      return true;
    }
    size_t kept = 0;
    for (double y : partials_) {
      if (std::fabs(x) < std::fabs(y)) std::swap(x, y);
      const double high = x + y, low = y - (high - x);
      if (low != 0.0) partials_[kept++] = low;
      x = high;
    }
    partials_.resize(kept);
    if (!std::isfinite(x)) return false;
    partials_.push_back(x);
    return true;
  }

  bool HasSpecial() const { return special_sum_ != 0.0; }
  double special_sum() const { return special_sum_; }
  double infinite_sum() const { return infinite_sum_; }

  // The sum, rounded half to even once.
  double Total() const {
    size_t i = partials_.size();
    if (i == 0) return 0.0;
    double high = partials_[--i], low = 0.0;
    while (i > 0) {
      const double x = high, y = partials_[--i];
      high = x + y;
      low = y - (high - x);
      if (low != 0.0) break;
    }
    // Exactly half way so far: what is left below decides.
    if (i > 0 && ((low < 0.0 && partials_[i - 1] < 0.0) || (low > 0.0 && partials_[i - 1] > 0.0))) {
      const double y = low * 2.0, x = high + y;
      if (y == x - high) high = x;
    }
    return high;
  }

 private:
  std::vector<double> partials_;
  double special_sum_ = 0.0, infinite_sum_ = 0.0;
};

Result<Value> Fsum(Thread& thread, Args args) {
  ExactSum sum;
  GILA_TRY_VOID(ForEach(thread, args[0], [&](Value item) -> Status {
    GILA_TRY(const double x, ToDouble(thread, item));
    if (!sum.Add(x)) return thread.Raise(TypeId::kOverflowError, "intermediate overflow in fsum");
    return kOk;
  }));
  if (!sum.HasSpecial()) return NewFloat(thread, sum.Total());
  if (std::isnan(sum.infinite_sum())) return thread.RaiseValueError("-inf + inf in fsum");
  return NewFloat(thread, sum.special_sum());
}

Result<Value> Prod(Thread& thread, Args args) {
  Value product = args.Or(1, Value::SmallInt(1));
  GILA_TRY_VOID(ForEach(thread, args[0], [&](Value item) -> Status {
    GILA_TRY(product, Binary(thread, BinaryOp::kMul, product, item));
    return kOk;
  }));
  return product;
}

// --- the length of a vector ---

// A number as the sum of two doubles, the second below the last digit of the first.
struct Pair {
  double high, low;
};
Pair TwoSum(double a, double b) {
  const double sum = a + b, part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}
Pair Square(double x) {
  const double high = x * x;
  return {high, std::fma(x, x, -high)};
}

// sqrt of the sum of squares. `largest` is the greatest of the magnitudes in `values`.
double VectorNorm(std::span<double> values, double largest) {
  if (std::isinf(largest)) return largest;
  for (const double v : values)
    if (std::isnan(v)) return v;
  if (largest == 0.0 || values.empty()) return largest;
  // Scaled by a power of two so that the greatest is about one: no square overflows or vanishes.
  int exponent;
  std::frexp(largest, &exponent);
  Pair sum{0.0, 0.0};
  for (const double v : values) {
    const Pair square = Square(std::ldexp(v, -exponent));
    const Pair high = TwoSum(sum.high, square.high);
    sum = TwoSum(high.high, high.low + sum.low + square.low);
  }
  double root = std::sqrt(sum.high);
  // One step of Newton's method with the error known exactly.
  const Pair square = Square(root);
  root += ((sum.high - square.high) - square.low + sum.low) / (2.0 * root);
  return std::ldexp(root, exponent);
}

using Coordinates = absl::InlinedVector<double, 8>;

double NormOf(Coordinates& coordinates) {
  double largest = 0.0;
  for (double& c : coordinates) {
    c = std::fabs(c);
    if (c > largest) largest = c;
  }
  return VectorNorm({coordinates.data(), coordinates.size()}, largest);
}

Result<Value> Hypot(Thread& thread, Args args) {
  Coordinates coordinates;
  for (const Value argument : args.rest()) {
    GILA_TRY(const double c, ToDouble(thread, argument));
    coordinates.push_back(c);
  }
  return NewFloat(thread, NormOf(coordinates));
}

Result<Value> Dist(Thread& thread, Args args) {
  GILA_TRY(Tuple * p, ToTuple(thread, args[0]));
  GILA_TRY(Tuple * q, ToTuple(thread, args[1]));
  if (p->length != q->length)
    return thread.RaiseValueError("both points must have the same number of dimensions");
  Coordinates coordinates;
  for (int64_t i = 0; i < p->length; ++i) {
    GILA_TRY(const double x, ToDouble(thread, p->At(i)));
    GILA_TRY(const double y, ToDouble(thread, q->At(i)));
    coordinates.push_back(x - y);
  }
  return NewFloat(thread, NormOf(coordinates));
}

}  // namespace

const NativeDef kMathSumFunctions[] = {
    {"dist", Dist, "(p, q, /)", "The Euclidean distance of two points."},
    {"fsum", Fsum, "(seq, /)", "The exact sum of floats, rounded once."},
    {"hypot", Hypot, "(*coordinates)", "The Euclidean length of a vector."},
    {"prod", Prod, "(iterable, /, *, start=1)", "The product of all items and `start`."},
    {}};

}  // namespace gila

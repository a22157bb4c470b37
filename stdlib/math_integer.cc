// math_integer.cc: the functions of the math module that count: on ints of any size, through GMP.
#include <cmath>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "runtime/protocols.h"
#include "runtime/types/int.h"
#include "stdlib/math_internal.h"

namespace gila {

namespace {

// About log2(n!).
double LogFactorial(double n) { return n < 2 ? 1 : std::lgamma(n + 1) / std::log(2.0); }

Result<Value> Factorial(Thread& thread, Args args) {
  GILA_TRY(const Value number, Index(thread, args[0]));
  if (IntSign(number) < 0)
    return thread.RaiseValueError("factorial() not defined for negative values");
  int64_t n;
  if (!TryInt64(number, &n))
    return thread.Raise(TypeId::kOverflowError,
                        "factorial() argument should not exceed 9223372036854775807");
  if (n <= 18) {
    int64_t product = 1;
    for (int64_t i = 2; i <= n; ++i) product *= i;
    return Value::SmallInt(product);
  }
  if (LogFactorial(static_cast<double>(n)) > static_cast<double>(kMaxIntBits))
    return thread.RaiseMemoryError();
  ScopedMpz result;
  mpz_fac_ui(result.z, static_cast<unsigned long>(n));
  return NewIntFromMpz(thread, result.z);
}

Result<Value> Isqrt(Thread& thread, Args args) {
  GILA_TRY(const Value number, Index(thread, args[0]));
  if (IntSign(number) < 0) return thread.RaiseValueError("isqrt() argument must be nonnegative");
  const MpzView view(number);
  ScopedMpz root;
  mpz_sqrt(root.z, view.z);
  return NewIntFromMpz(thread, root.z);
}

Result<Value> GcdOfTwo(Thread& thread, Value a, Value b) {
  if (BothSmallInts(a, b)) return NewInt(thread, std::gcd(a.AsSmallInt(), b.AsSmallInt()));
  const MpzView x(a), y(b);
  ScopedMpz result;
  mpz_gcd(result.z, x.z, y.z);
  return NewIntFromMpz(thread, result.z);
}

Result<Value> LcmOfTwo(Thread& thread, Value a, Value b) {
  const MpzView x(a), y(b);
  if (IntBitLength(a) + IntBitLength(b) > kMaxIntBits) return thread.RaiseMemoryError();
  ScopedMpz result;
  mpz_lcm(result.z, x.z, y.z);
  return NewIntFromMpz(thread, result.z);
}

template <Result<Value> (*combine)(Thread&, Value, Value), int neutral>
Result<Value> Fold(Thread& thread, Args args) {
  Value result = Value::SmallInt(neutral);
  for (const Value argument : args.rest()) {
    GILA_TRY(const Value number, Index(thread, argument));
    GILA_TRY(result, combine(thread, result, number));
  }
  return result;
}

// n, and k as far as it fits; ValueError for negative ones.
Status CheckCounts(Thread& thread, Value n, Value k) {
  if (IntSign(n) < 0) return thread.RaiseValueError("n must be a non-negative integer");
  if (IntSign(k) < 0) return thread.RaiseValueError("k must be a non-negative integer");
  return kOk;
}

// C(n, k) in machine words; false when a step of it does not fit.
bool SmallComb(int64_t n, int64_t k, int64_t* result) {
  int64_t product = 1;
  for (int64_t i = 1; i <= k; ++i) {
    if (__builtin_mul_overflow(product, n - k + i, &product)) return false;
    product /= i;
  }
  *result = product;
  return true;
}

Result<Value> Comb(Thread& thread, Args args) {
  GILA_TRY(const Value n, Index(thread, args[0]));
  GILA_TRY(Value k, Index(thread, args[1]));
  GILA_TRY_VOID(CheckCounts(thread, n, k));
  GILA_TRY(const Value rest, IntBinary(thread, BinaryOp::kSub, n, k));
  if (IntSign(rest) < 0) return Value::SmallInt(0);
  if (IntCompare(CompareOp::kLt, rest, k)) k = rest;
  int64_t count;
  if (!TryInt64(k, &count))
    return thread.Raise(TypeId::kOverflowError,
                        "min(n - k, k) must not exceed 9223372036854775807");
  if (int64_t small, chosen; TryInt64(n, &small) && SmallComb(small, count, &chosen))
    return NewInt(thread, chosen);
  // C(n, k) <= (n e / k)^k
  if (count > 1 && static_cast<double>(count) * (static_cast<double>(IntBitLength(n)) + 1.5 -
                                                 std::log2(static_cast<double>(count))) >
                       static_cast<double>(kMaxIntBits))
    return thread.RaiseMemoryError();
  const MpzView view(n);
  ScopedMpz result;
  mpz_bin_ui(result.z, view.z, static_cast<unsigned long>(count));
  return NewIntFromMpz(thread, result.z);
}

// The product low * (low + 1) * ... * (low + count - 1), balanced so that factors stay of like
// size.
void ProductOfRange(mpz_t result, const mpz_t low, uint64_t count) {
  if (count <= 8) {
    ScopedMpz factor;
    mpz_set(factor.z, low);
    mpz_set_ui(result, 1);
    for (uint64_t i = 0; i < count; ++i) {
      mpz_mul(result, result, factor.z);
      mpz_add_ui(factor.z, factor.z, 1);
    }
    return;
  }
  ScopedMpz middle, right;
  mpz_add_ui(middle.z, low, count / 2);
  ProductOfRange(result, low, count / 2);
  ProductOfRange(right.z, middle.z, count - count / 2);
  mpz_mul(result, result, right.z);
}

Result<Value> Perm(Thread& thread, Args args) {
  GILA_TRY(const Value n, Index(thread, args[0]));
  if (args.Or(1, kNone).IsNone()) {
    const Value all[] = {n};
    return Factorial(thread, Args(all, 1, 1));
  }
  GILA_TRY(const Value k, Index(thread, args[1]));
  GILA_TRY_VOID(CheckCounts(thread, n, k));
  GILA_TRY(Value low, IntBinary(thread, BinaryOp::kSub, n, k));
  if (IntSign(low) < 0) return Value::SmallInt(0);
  int64_t count;
  if (!TryInt64(k, &count))
    return thread.Raise(TypeId::kOverflowError, "k must not exceed 9223372036854775807");
  if (count > kMaxIntBits || (count > 1 && count > kMaxIntBits / IntBitLength(n)))
    return thread.RaiseMemoryError();
  GILA_TRY(low, IntBinary(thread, BinaryOp::kAdd, low, Value::SmallInt(1)));
  const MpzView view(low);
  ScopedMpz result;
  ProductOfRange(result.z, view.z, static_cast<uint64_t>(count));
  return NewIntFromMpz(thread, result.z);
}

}  // namespace

const NativeDef kMathIntegerFunctions[] = {
    {"comb", Comb, "(n, k, /)", "How many ways there are to choose k of n things, order ignored."},
    {"factorial", Factorial, "(n, /)", "n! = 1 * 2 * ... * n."},
    {"gcd", Fold<GcdOfTwo, 0>, "(*integers)", "The greatest common divisor."},
    {"isqrt", Isqrt, "(n, /)", "The integer part of the square root."},
    {"lcm", Fold<LcmOfTwo, 1>, "(*integers)", "The least common multiple."},
    {"perm", Perm, "(n, k=None, /)", "How many ways there are to arrange k of n things."},
    {}};

}  // namespace gila

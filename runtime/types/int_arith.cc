// int_arith.cc: arithmetic on ints of any size. Small operands stay in machine words; sums,
// differences and products of big ones are computed by GMP's mpn functions straight into the new
// object; the rest goes through mpz temporaries.
//
// The rule: GMP aborts the process when it cannot allocate, so whatever can grow (shifts, products,
// powers) is measured first, and more than kMaxIntBits raises MemoryError.
#include <absl/container/inlined_vector.h>

#include <cmath>
#include <cstring>

#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/int_internal.h"
#include "runtime/types/sequence.h"

namespace gila {

namespace {

// Sign and magnitude of a canonical int; a small one is copied to `small`.
struct Limbs {
  explicit Limbs(Value v) {
    if (v.IsSmallInt()) {
      const int64_t number = v.AsSmallInt();
      small = static_cast<mp_limb_t>(number < 0 ? -number : number);
      data = &small;
      count = number != 0;
      negative = number < 0;
    } else {
      const Int* big = v.As<Int>();
      data = big->limbs;
      count = big->size < 0 ? -int64_t{big->size} : big->size;
      negative = big->size < 0;
    }
  }
  Limbs(const Limbs&) = delete;
  const mp_limb_t* data;
  int64_t count;
  bool negative;
  mp_limb_t small = 0;
};

// a + b, or a - b with `negate_b`; at least one is big.
Result<Value> AddBig(Thread& thread, Value left, Value right, bool negate_b) {
  const Limbs x(left), y(right);
  const Limbs *a = &x, *b = &y;
  bool negative_a = x.negative, negative_b = y.negative != negate_b;
  if (a->count < b->count) {
    std::swap(a, b);
    std::swap(negative_a, negative_b);
  }
  if (b->count == 0) {
    if (negative_a == a->negative) return a == &x ? left : right;
    return IntNegate(thread, a == &x ? left : right);
  }
  GILA_TRY(Int * sum, AllocateInt(thread, a->count + 1));
  if (negative_a == negative_b && a->count == b->count) {
    sum->limbs[a->count] = mpn_add_n(sum->limbs, a->data, b->data, a->count);
    return NormalizeInt(sum, a->count + 1, negative_a);
  }
  if (negative_a == negative_b) {
    sum->limbs[a->count] = mpn_add(sum->limbs, a->data, a->count, b->data, b->count);
    return NormalizeInt(sum, a->count + 1, negative_a);
  }
  if (a->count == b->count && mpn_cmp(a->data, b->data, a->count) < 0) {
    mpn_sub_n(sum->limbs, b->data, a->data, a->count);
    return NormalizeInt(sum, a->count, negative_b);
  }
  mpn_sub(sum->limbs, a->data, a->count, b->data, b->count);
  return NormalizeInt(sum, a->count, negative_a);
}

Result<Value> MultiplyBig(Thread& thread, Value left, Value right) {
  const Limbs x(left), y(right);
  const Limbs *a = &x, *b = &y;
  if (a->count < b->count) std::swap(a, b);
  if (b->count == 0) return Value::SmallInt(0);
  GILA_TRY(Int * product, AllocateInt(thread, a->count + b->count));
  if (b->count == 1) {
    product->limbs[a->count] = mpn_mul_1(product->limbs, a->data, a->count, b->data[0]);
  } else if (a->data == b->data && a->count == b->count) {
    mpn_sqr(product->limbs, a->data, a->count);
  } else {
    mpn_mul(product->limbs, a->data, a->count, b->data, b->count);
  }
  return NormalizeInt(product, a->count + b->count, a->negative != b->negative);
}

Result<Value> Multiply(Thread& thread, Value a, Value b) {
  if (BothSmallInts(a, b)) {
    const int64_t x = a.AsSmallInt(), y = b.AsSmallInt();
    int64_t product;
    if (!__builtin_mul_overflow(x, y, &product)) return NewInt(thread, product);
    return NewIntFrom128(thread, static_cast<__int128>(x) * y);
  }
  return MultiplyBig(thread, a, b);
}

const char* ZeroDivisionMessage(BinaryOp op) {
  return op == BinaryOp::kMod ? "integer modulo by zero" : "integer division or modulo by zero";
}

struct SmallDivision {
  int64_t quotient, remainder;
};
SmallDivision FloorDivideSmall(int64_t x, int64_t y) {
  int64_t quotient = x / y, remainder = x % y;
  if (remainder != 0 && (remainder ^ y) < 0) {
    --quotient;
    remainder += y;
  }
  return {quotient, remainder};
}

// Numbers of one or two limbs, where 128-bit arithmetic is quicker than a call of GMP.
bool TryInt128(Value v, __int128* out) {
  if (v.IsSmallInt()) {
    *out = v.AsSmallInt();
    return true;
  }
  const Int* big = v.As<Int>();
  const int32_t size = big->size < 0 ? -big->size : big->size;
  if (size > 2 || (size == 2 && big->limbs[1] >> 63)) return false;
  unsigned __int128 magnitude = big->limbs[0];
  if (size == 2) magnitude |= static_cast<unsigned __int128>(big->limbs[1]) << 64;
  *out = static_cast<__int128>(big->size < 0 ? -magnitude : magnitude);
  return true;
}

// Which of the two results are wanted; the other is not computed.
enum class Want { kQuotient, kRemainder, kBoth };

// Limbs for a result that may be thrown away.
using Scratch = absl::InlinedVector<mp_limb_t, 32>;

// Turns truncated quotient and remainder into floored ones: `negative`, the signs differ. The
// quotient has a limb to spare.
void FloorQuotient(mp_limb_t* quotient, int64_t count) { mpn_add_1(quotient, quotient, count, 1); }

// By a divisor of one limb.
Result<Value> DivideByLimb(Thread& thread, const Limbs& a, const Limbs& b, Want want,
                           Value* remainder) {
  const mp_limb_t divisor = b.data[0];
  const bool negative = a.negative != b.negative;
  Int* quotient = nullptr;
  mp_limb_t rest;
  if (want == Want::kRemainder) {
    rest = mpn_mod_1(a.data, a.count, divisor);
  } else {
    GILA_TRY(quotient, AllocateInt(thread, a.count + 1));
    rest = mpn_divrem_1(quotient->limbs, 0, a.data, a.count, divisor);
  }
  if (rest != 0 && negative) {
    if (quotient != nullptr) FloorQuotient(quotient->limbs, a.count + 1);
    rest = divisor - rest;
  }
  if (want != Want::kQuotient) {
    GILA_TRY(const Value result, NewIntFromMagnitude(thread, rest, b.negative));
    if (want == Want::kRemainder) return result;
    *remainder = result;
  }
  return NormalizeInt(quotient, a.count + 1, negative);
}

bool IsLess(const Limbs& a, const Limbs& b) {
  return a.count < b.count || (a.count == b.count && mpn_cmp(a.data, b.data, a.count) < 0);
}

// By a divisor of two limbs or more; |a| >= |b|.
Result<Value> DivideByLimbs(Thread& thread, const Limbs& a, const Limbs& b, Want want,
                            Value* remainder) {
  const bool negative = a.negative != b.negative;
  const int64_t quotient_limbs = a.count - b.count + 2;  // one to spare
  Int *quotient = nullptr, *rest = nullptr;
  Scratch unwanted;
  if (want == Want::kRemainder || want == Want::kBoth) {
    GILA_TRY(rest, AllocateInt(thread, b.count));
  }
  if (want == Want::kQuotient || want == Want::kBoth) {
    GILA_TRY(quotient, AllocateInt(thread, quotient_limbs));
  }
  if (want != Want::kBoth)
    unwanted.resize(static_cast<size_t>(want == Want::kRemainder ? quotient_limbs : b.count));
  mp_limb_t* const q = quotient != nullptr ? quotient->limbs : unwanted.data();
  mp_limb_t* const r = rest != nullptr ? rest->limbs : unwanted.data();
  mpn_tdiv_qr(q, r, 0, a.data, a.count, b.data, b.count);
  if (negative && mpn_zero_p(r, b.count) == 0) {
    if (quotient != nullptr) FloorQuotient(q, quotient_limbs);
    mpn_sub_n(r, b.data, r, b.count);
  }
  if (rest != nullptr) {
    const Value result = NormalizeInt(rest, b.count, b.negative);
    if (want == Want::kRemainder) return result;
    *remainder = result;
  }
  return NormalizeInt(quotient, quotient_limbs, negative);
}

Result<Value> DivideBig(Thread& thread, Value a, Value b, Want want, Value* remainder) {
  if (__int128 dividend, divisor; TryInt128(a, &dividend) && TryInt128(b, &divisor)) {
    __int128 quotient = dividend / divisor, rest = dividend % divisor;
    if (rest != 0 && (rest < 0) != (divisor < 0)) {
      --quotient;
      rest += divisor;
    }
    if (want == Want::kRemainder) return NewIntFrom128(thread, rest);
    if (want == Want::kBoth) {
      GILA_TRY(*remainder, NewIntFrom128(thread, rest));
    }
    return NewIntFrom128(thread, quotient);
  }
  const Limbs x(a), y(b);
  if (y.count == 1) return DivideByLimb(thread, x, y, want, remainder);
  if (!IsLess(x, y)) return DivideByLimbs(thread, x, y, want, remainder);
  // The quotient is 0 or, floored, -1.
  const bool floored = x.count > 0 && x.negative != y.negative;
  if (want != Want::kQuotient) {
    Value rest = a;
    if (floored) {
      GILA_TRY(rest, AddBig(thread, a, b, false));
    }
    if (want == Want::kRemainder) return rest;
    *remainder = rest;
  }
  return Value::SmallInt(floored ? -1 : 0);
}

Result<Value> Divide(Thread& thread, BinaryOp op, Value a, Value b) {
  if (b == Value::SmallInt(0))
    return thread.Raise(TypeId::kZeroDivisionError, ZeroDivisionMessage(op));
  if (BothSmallInts(a, b)) {
    const SmallDivision result = FloorDivideSmall(a.AsSmallInt(), b.AsSmallInt());
    if (op == BinaryOp::kMod) return Value::SmallInt(result.remainder);
    return NewInt(thread, result.quotient);  // -2^61 // -1 does not fit
  }
  return DivideBig(thread, a, b, op == BinaryOp::kMod ? Want::kRemainder : Want::kQuotient,
                   nullptr);
}

// Of two numbers that are not negative.
Result<Value> BitwiseUnsigned(Thread& thread, BinaryOp op, Value left, Value right) {
  const Limbs x(left), y(right);
  const Limbs &longer = x.count >= y.count ? x : y, &shorter = x.count >= y.count ? y : x;
  const int64_t common = shorter.count;
  const int64_t count = op == BinaryOp::kAnd ? common : longer.count;
  GILA_TRY(Int* const result, AllocateInt(thread, count));
  for (int64_t i = 0; i < common; ++i) {
    const mp_limb_t a = longer.data[i], b = shorter.data[i];
    result->limbs[i] = op == BinaryOp::kAnd ? (a & b) : op == BinaryOp::kOr ? (a | b) : (a ^ b);
  }
  if (count > common) {
    std::memcpy(result->limbs + common, longer.data + common,
                static_cast<size_t>(count - common) * sizeof(mp_limb_t));
  }
  return NormalizeInt(result, count, false);
}

Result<Value> Bitwise(Thread& thread, BinaryOp op, Value a, Value b) {
  if (BothSmallInts(a, b)) {
    const int64_t x = a.AsSmallInt(), y = b.AsSmallInt();
    return Value::SmallInt(op == BinaryOp::kAnd  ? (x & y)
                           : op == BinaryOp::kOr ? (x | y)
                                                 : (x ^ y));
  }
  if (__int128 x, y; TryInt128(a, &x) && TryInt128(b, &y)) {
    return NewIntFrom128(thread, op == BinaryOp::kAnd  ? (x & y)
                                 : op == BinaryOp::kOr ? (x | y)
                                                       : (x ^ y));
  }
  if (IntSign(a) >= 0 && IntSign(b) >= 0) return BitwiseUnsigned(thread, op, a, b);
  const MpzView x(a), y(b);
  ScopedMpz result;
  if (op == BinaryOp::kAnd) {
    mpz_and(result.z, x.z, y.z);
  } else if (op == BinaryOp::kOr) {
    mpz_ior(result.z, x.z, y.z);
  } else {
    mpz_xor(result.z, x.z, y.z);
  }
  return NewIntFromMpz(thread, result.z);
}

// base ** exponent, exponent >= 0.
Result<Value> PowerPlain(Thread& thread, Value base, Value exponent) {
  if (exponent == Value::SmallInt(0)) return Value::SmallInt(1);
  if (base.IsSmallInt()) {
    const int64_t small = base.AsSmallInt();
    if (small == 0 || small == 1) return base;
    if (small == -1) {
      const MpzView view(exponent);
      return Value::SmallInt(mpz_odd_p(view.z) ? -1 : 1);
    }
  }
  // |base| >= 2^(bits - 1), so the result has at least (bits - 1) * exponent bits.
  const int64_t bits = IntBitLength(base);
  int64_t count;
  if (!TryInt64(exponent, &count) || count > kMaxIntBits ||
      (bits > 1 && count > kMaxIntBits / (bits - 1)))
    return thread.RaiseMemoryError();
  if (base.IsSmallInt() && bits * count <= 126) {
    __int128 result = 1, factor = base.AsSmallInt();
    for (int64_t left = count;;) {
      if (left & 1) result *= factor;
      left >>= 1;
      if (left == 0) break;
      factor *= factor;
    }
    return NewIntFrom128(thread, result);
  }
  const MpzView view(base);
  ScopedMpz result;
  mpz_pow_ui(result.z, view.z, static_cast<unsigned long>(count));
  return NewIntFromMpz(thread, result.z);
}

// The same of three words, exponent >= 0, modulus > 0.
int64_t PowerModuloOfWords(int64_t base, int64_t exponent, int64_t modulus) {
  const auto m = static_cast<uint64_t>(modulus);
  const auto times = [m](uint64_t x, uint64_t y) {
    if (m >> 32 == 0) return x * y % m;
    return static_cast<uint64_t>(static_cast<unsigned __int128>(x) * y % m);
  };
  const int64_t rest = base % modulus;
  uint64_t factor = static_cast<uint64_t>(rest < 0 ? rest + modulus : rest), result = 1 % m;
  for (auto left = static_cast<uint64_t>(exponent); left != 0; left >>= 1) {
    if ((left & 1) != 0) result = times(result, factor);
    if (left > 1) factor = times(factor, factor);
  }
  return static_cast<int64_t>(result);
}

// pow(base, exponent, modulus): the result has the sign of the modulus.
Result<Value> PowerModulo(Thread& thread, Value base, Value exponent, Value modulus) {
  if (modulus == Value::SmallInt(0))
    return thread.RaiseValueError("pow() 3rd argument cannot be 0");
  if (BothSmallInts(base, exponent) && modulus.IsSmallInt() && exponent.AsSmallInt() >= 0 &&
      modulus.AsSmallInt() > 0) {
    return Value::SmallInt(
        PowerModuloOfWords(base.AsSmallInt(), exponent.AsSmallInt(), modulus.AsSmallInt()));
  }
  const MpzView b(base), e(exponent), m(modulus);
  ScopedMpz magnitude, result;
  mpz_abs(magnitude.z, m.z);
  if (mpz_cmp_ui(magnitude.z, 1) == 0) return Value::SmallInt(0);
  if (mpz_sgn(e.z) < 0) {
    if (mpz_invert(result.z, b.z, magnitude.z) == 0)
      return thread.RaiseValueError("base is not invertible for the given modulus");
    ScopedMpz positive;
    mpz_neg(positive.z, e.z);
    mpz_powm(result.z, result.z, positive.z, magnitude.z);
  } else {
    mpz_powm(result.z, b.z, e.z, magnitude.z);
  }
  if (mpz_sgn(m.z) < 0 && mpz_sgn(result.z) != 0) mpz_add(result.z, result.z, m.z);
  return NewIntFromMpz(thread, result.z);
}

// The quotient of two positive numbers, rounded half to even once. `shift` is chosen so that the
// integer quotient has two or three bits more than the result can keep; what is cut off is folded
// into its lowest bit.
bool DivideToDouble(const mpz_t a, const mpz_t b, double* result) {
  constexpr int64_t kMinExponent = -1021;
  const int64_t difference =
      static_cast<int64_t>(mpz_sizeinbase(a, 2)) - static_cast<int64_t>(mpz_sizeinbase(b, 2));
  if (difference > 1024) return false;
  if (difference < kMinExponent - 54) {
    *result = 0.0;
    return true;
  }
  const int64_t shift = (difference > kMinExponent ? difference : kMinExponent) - 55;
  ScopedMpz scaled, quotient, remainder;
  if (shift <= 0) {
    mpz_mul_2exp(scaled.z, a, static_cast<mp_bitcnt_t>(-shift));
    mpz_tdiv_qr(quotient.z, remainder.z, scaled.z, b);
  } else {
    mpz_mul_2exp(scaled.z, b, static_cast<mp_bitcnt_t>(shift));
    mpz_tdiv_qr(quotient.z, remainder.z, a, scaled.z);
  }
  uint64_t bits = mpz_get_ui(quotient.z);
  if (mpz_sgn(remainder.z) != 0) bits |= 1;
  const int64_t length = 64 - std::countl_zero(bits);
  const int64_t least = kMinExponent - shift;
  const int64_t extra = (length > least ? length : least) - 53;
  const uint64_t unit = uint64_t{1} << extra, half = unit >> 1, rest = bits & (unit - 1);
  bits -= rest;
  if (rest > half || (rest == half && (bits & unit))) bits += unit;
  *result = std::ldexp(static_cast<double>(bits), static_cast<int>(shift));
  return !std::isinf(*result);
}

}  // namespace

Result<Value> IntTrueDivide(Thread& thread, Value a, Value b) {
  if (b == Value::SmallInt(0)) return thread.Raise(TypeId::kZeroDivisionError, "division by zero");
  if (BothSmallInts(a, b)) {
    constexpr int64_t kExact = int64_t{1} << 53;
    const int64_t x = a.AsSmallInt(), y = b.AsSmallInt();
    if (x >= -kExact && x <= kExact && y >= -kExact && y <= kExact)
      return NewFloat(thread, static_cast<double>(x) / static_cast<double>(y));
  }
  const bool negative = (IntSign(a) < 0) != (IntSign(b) < 0);
  if (a == Value::SmallInt(0)) return NewFloat(thread, negative ? -0.0 : 0.0);
  ScopedMpz x, y;
  {
    const MpzView view_a(a), view_b(b);
    mpz_abs(x.z, view_a.z);
    mpz_abs(y.z, view_b.z);
  }
  double quotient;
  if (!DivideToDouble(x.z, y.z, &quotient))
    return thread.Raise(TypeId::kOverflowError, "integer division result too large for a float");
  return NewFloat(thread, negative ? -quotient : quotient);
}

Result<Value> IntLeftShift(Thread& thread, Value a, Value b) {
  if (IntSign(b) < 0) return thread.RaiseValueError("negative shift count");
  if (a == Value::SmallInt(0)) return a;
  int64_t count;
  if (!TryInt64(b, &count))
    return thread.Raise(TypeId::kOverflowError, "too many digits in integer");
  if (a.IsSmallInt() && count < 62) {
    const int64_t x = a.AsSmallInt();
    const int64_t shifted = static_cast<int64_t>(static_cast<uint64_t>(x) << count);
    if ((shifted >> count) == x && Value::FitsSmallInt(shifted)) return Value::SmallInt(shifted);
  }
  if (count > kMaxIntBits) return thread.RaiseMemoryError();
  const Limbs x(a);
  const int64_t whole = count / 64;
  GILA_TRY(Int * result, AllocateInt(thread, x.count + whole + 1));  // zeroed
  if (count % 64) {
    result->limbs[x.count + whole] =
        mpn_lshift(result->limbs + whole, x.data, x.count, static_cast<unsigned>(count % 64));
  } else {
    std::memcpy(result->limbs + whole, x.data, static_cast<size_t>(x.count) * sizeof(mp_limb_t));
  }
  return NormalizeInt(result, x.count + whole + 1, x.negative);
}

Result<Value> IntRightShift(Thread& thread, Value a, Value b) {
  if (IntSign(b) < 0) return thread.RaiseValueError("negative shift count");
  int64_t count;
  if (!TryInt64(b, &count)) return Value::SmallInt(IntSign(a) < 0 ? -1 : 0);
  if (a.IsSmallInt()) return Value::SmallInt(a.AsSmallInt() >> (count > 63 ? 63 : count));
  const Limbs x(a);
  const int64_t whole = count / 64, left = x.count - whole;
  if (left <= 0) return Value::SmallInt(x.negative ? -1 : 0);
  // A limb to spare for the carry when bits of a negative number are lost: it rounds down.
  GILA_TRY(Int* const result, AllocateInt(thread, left + 1));
  mp_limb_t lost = 0;
  if (count % 64) {
    lost = mpn_rshift(result->limbs, x.data + whole, left, static_cast<unsigned>(count % 64));
  } else {
    std::memcpy(result->limbs, x.data + whole, static_cast<size_t>(left) * sizeof(mp_limb_t));
  }
  if (x.negative) {
    for (int64_t i = 0; i < whole; ++i) lost |= x.data[i];
    if (lost != 0) mpn_add_1(result->limbs, result->limbs, left + 1, 1);
  }
  return NormalizeInt(result, left + 1, x.negative);
}

Result<Value> IntDivMod(Thread& thread, Value a, Value b, Value* remainder) {
  a = PlainInt(a);
  b = PlainInt(b);
  if (b == Value::SmallInt(0))
    return thread.Raise(TypeId::kZeroDivisionError, ZeroDivisionMessage(BinaryOp::kDivMod));
  if (BothSmallInts(a, b)) {
    const SmallDivision result = FloorDivideSmall(a.AsSmallInt(), b.AsSmallInt());
    *remainder = Value::SmallInt(result.remainder);
    return NewInt(thread, result.quotient);
  }
  return DivideBig(thread, a, b, Want::kBoth, remainder);
}

Result<Value> IntPower(Thread& thread, Value base, Value exponent, Value modulus) {
  base = PlainInt(base);
  exponent = PlainInt(exponent);
  if (!modulus.IsNone() && !modulus.IsUnbound())
    return PowerModulo(thread, base, exponent, PlainInt(modulus));
  if (IntSign(exponent) < 0) {
    GILA_TRY(const double x, IntToDouble(thread, base));
    GILA_TRY(const double y, IntToDouble(thread, exponent));
    return FloatPower(thread, x, y);
  }
  return PowerPlain(thread, base, exponent);
}

Result<Value> IntNegate(Thread& thread, Value v) {
  v = PlainInt(v);
  if (v.IsSmallInt()) return NewInt(thread, -v.AsSmallInt());
  const Int* big = v.As<Int>();
  const int64_t count = big->size < 0 ? -int64_t{big->size} : big->size;
  GILA_TRY(Int * result, AllocateInt(thread, count));
  std::memcpy(result->limbs, big->limbs, static_cast<size_t>(count) * sizeof(mp_limb_t));
  return NormalizeInt(result, count, big->size > 0);
}

Result<Value> IntInvert(Thread& thread, Value v) {
  v = PlainInt(v);
  if (v.IsSmallInt()) return Value::SmallInt(~v.AsSmallInt());
  const MpzView view(v);
  ScopedMpz result;
  mpz_com(result.z, view.z);
  return NewIntFromMpz(thread, result.z);
}

Result<Value> IntBinary(Thread& thread, BinaryOp op, Value a, Value b) {
  a = PlainInt(a);
  b = PlainInt(b);
  switch (op) {
    case BinaryOp::kAdd:
      if (BothSmallInts(a, b)) return NewInt(thread, a.AsSmallInt() + b.AsSmallInt());
      return AddBig(thread, a, b, false);
    case BinaryOp::kSub:
      if (BothSmallInts(a, b)) return NewInt(thread, a.AsSmallInt() - b.AsSmallInt());
      return AddBig(thread, a, b, true);
    case BinaryOp::kMul:
      return Multiply(thread, a, b);
    case BinaryOp::kTrueDiv:
      return IntTrueDivide(thread, a, b);
    case BinaryOp::kFloorDiv:
    case BinaryOp::kMod:
      return Divide(thread, op, a, b);
    case BinaryOp::kPow:
      return IntPower(thread, a, b, kNone);
    case BinaryOp::kLShift:
      return IntLeftShift(thread, a, b);
    case BinaryOp::kRShift:
      return IntRightShift(thread, a, b);
    case BinaryOp::kAnd:
    case BinaryOp::kOr:
    case BinaryOp::kXor:
      return Bitwise(thread, op, a, b);
    case BinaryOp::kDivMod: {
      Value remainder;
      GILA_TRY(const Value quotient, IntDivMod(thread, a, b, &remainder));
      const Value both[] = {quotient, remainder};
      return Result<Value>(NewTuple(thread, both));
    }
    case BinaryOp::kMatMul:
      break;
  }
  return kNotImplemented;
}

}  // namespace gila

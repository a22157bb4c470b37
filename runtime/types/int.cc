// int.cc: making ints, looking into them, comparing and hashing. Arithmetic is in int_arith.cc,
// text in int_text.cc, methods in int_methods.cc.
//
// The rule all of them keep: an exact Int never holds a number that fits a small int, so a small
// and a big int are never equal, and two ints are equal exactly when their canonical forms are.
#include "runtime/types/int.h"

#include <cmath>
#include <cstring>

#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/types/float.h"
#include "runtime/types/int_internal.h"

namespace gila {

static_assert(GMP_NUMB_BITS == 64);

Atomic<int64_t> int_max_str_digits{4300};

Result<Int*> AllocateInt(Thread& thread, int64_t limbs) {
  if (GILA_UNLIKELY(limbs > kMaxIntBits / 64)) return thread.RaiseMemoryError();
  GILA_TRY(Int * result,
           Allocate<Int>(thread, TypeId::kInt,
                         sizeof(Int) + static_cast<size_t>(limbs) * sizeof(mp_limb_t)));
  result->capacity = static_cast<int32_t>(limbs);
  return result;
}

Value NormalizeInt(Int* number, int64_t limbs, bool negative) {
  while (limbs > 0 && number->limbs[limbs - 1] == 0) --limbs;
  if (limbs == 0) return Value::SmallInt(0);
  if (limbs == 1) {
    const mp_limb_t limb = number->limbs[0];
    if (limb <= static_cast<mp_limb_t>(Value::kMaxSmallInt) + (negative ? 1 : 0))
      return Value::SmallInt(negative ? -static_cast<int64_t>(limb) : static_cast<int64_t>(limb));
  }
  number->size = static_cast<int32_t>(negative ? -limbs : limbs);
  return number;
}

Result<Value> NewIntFromMagnitude(Thread& thread, uint64_t magnitude, bool negative) {
  if (magnitude <= static_cast<uint64_t>(Value::kMaxSmallInt)) {
    const int64_t small = static_cast<int64_t>(magnitude);
    return Value::SmallInt(negative ? -small : small);
  }
  GILA_TRY(Int * number, AllocateInt(thread, 1));
  number->limbs[0] = magnitude;
  return NormalizeInt(number, 1, negative);
}

Result<Value> NewInt(Thread& thread, int64_t i) {
  if (GILA_LIKELY(Value::FitsSmallInt(i))) return Value::SmallInt(i);
  return NewIntFromMagnitude(thread, i < 0 ? -static_cast<uint64_t>(i) : static_cast<uint64_t>(i),
                             i < 0);
}

Result<Value> NewIntFromUnsigned(Thread& thread, uint64_t u) {
  return NewIntFromMagnitude(thread, u, false);
}

Result<Value> NewIntFrom128(Thread& thread, __int128 i) {
  if (i >= Value::kMinSmallInt && i <= Value::kMaxSmallInt)
    return Value::SmallInt(static_cast<int64_t>(i));
  const bool negative = i < 0;
  const unsigned __int128 magnitude =
      negative ? -static_cast<unsigned __int128>(i) : static_cast<unsigned __int128>(i);
  GILA_TRY(Int * number, AllocateInt(thread, 2));
  number->limbs[0] = static_cast<mp_limb_t>(magnitude);
  number->limbs[1] = static_cast<mp_limb_t>(magnitude >> 64);
  return NormalizeInt(number, 2, negative);
}

Result<Value> NewIntFromMpz(Thread& thread, const mpz_t z) {
  const int64_t limbs = static_cast<int64_t>(mpz_size(z));
  const bool negative = mpz_sgn(z) < 0;
  if (limbs == 0) return Value::SmallInt(0);
  if (limbs == 1) return NewIntFromMagnitude(thread, mpz_getlimbn(z, 0), negative);
  GILA_TRY(Int * number, AllocateInt(thread, limbs));
  std::memcpy(number->limbs, mpz_limbs_read(z), static_cast<size_t>(limbs) * sizeof(mp_limb_t));
  return NormalizeInt(number, limbs, negative);
}

Result<Value> NewIntFromDouble(Thread& thread, double d) {
  if (std::isnan(d)) return thread.RaiseValueError("cannot convert float NaN to integer");
  if (std::isinf(d))
    return thread.Raise(TypeId::kOverflowError, "cannot convert float infinity to integer");
  if (std::fabs(d) < 0x1p61) return Value::SmallInt(static_cast<int64_t>(d));
  ScopedMpz number;
  mpz_set_d(number.z, d);
  return NewIntFromMpz(thread, number.z);
}

Result<Value> NewIntFromBytes(Thread& thread, std::string_view little_endian, bool is_signed) {
  const bool negative = is_signed && !little_endian.empty() && (little_endian.back() & 0x80);
  const int64_t limbs = static_cast<int64_t>((little_endian.size() + 7) / 8);
  if (limbs == 0) return Value::SmallInt(0);
  GILA_TRY(Int * number, AllocateInt(thread, limbs));
  // Two's complement: sign-extend to whole limbs, then negate.
  std::memset(number->limbs, negative ? 0xff : 0, static_cast<size_t>(limbs) * sizeof(mp_limb_t));
  std::memcpy(number->limbs, little_endian.data(), little_endian.size());
  if (negative) mpn_neg(number->limbs, number->limbs, limbs);
  return NormalizeInt(number, limbs, negative);
}

Value PlainInt(Value v) {
  if (v.IsSmallInt()) return v;
  if (v.IsBool()) return Value::SmallInt(v.IsTrue());
  if (v.As<Int>()->capacity >= 0) return v;
  const auto* instance = v.As<IntInstance>();
  if (Int* big = instance->value.Load()) return big;
  return Value::SmallInt(instance->small);
}

bool TryInt64(Value v, int64_t* out) {
  v = PlainInt(v);
  if (v.IsSmallInt()) {
    *out = v.AsSmallInt();
    return true;
  }
  const Int* big = v.As<Int>();
  const mp_limb_t limb = big->limbs[0];
  if (big->size == 1 && limb <= static_cast<mp_limb_t>(INT64_MAX)) {
    *out = static_cast<int64_t>(limb);
    return true;
  }
  if (big->size == -1 && limb <= static_cast<mp_limb_t>(INT64_MAX) + 1) {
    *out = static_cast<int64_t>(-limb);
    return true;
  }
  return false;
}

int IntSign(Value v) {
  v = PlainInt(v);
  if (v.IsSmallInt()) return (v.AsSmallInt() > 0) - (v.AsSmallInt() < 0);
  return v.As<Int>()->size > 0 ? 1 : -1;
}

int64_t IntBitLength(Value v) {
  v = PlainInt(v);
  if (v.IsSmallInt()) {
    const int64_t small = v.AsSmallInt();
    return 64 - std::countl_zero(static_cast<uint64_t>(small < 0 ? -small : small));
  }
  const Int* big = v.As<Int>();
  const int64_t limbs = big->size < 0 ? -int64_t{big->size} : big->size;
  return limbs * 64 - std::countl_zero(uint64_t{big->limbs[limbs - 1]});
}

MpzView::MpzView(Value int_value) {
  const Value v = PlainInt(int_value);
  if (v.IsSmallInt()) {
    const int64_t number = v.AsSmallInt();
    small = static_cast<mp_limb_t>(number < 0 ? -number : number);
    mpz_roinit_n(z, &small, number < 0 ? -1 : (number > 0));
    return;
  }
  small = 0;
  const Int* big = v.As<Int>();
  mpz_roinit_n(z, big->limbs, big->size);
}

Result<double> IntToDouble(Thread& thread, Value v) {
  v = PlainInt(v);
  if (v.IsSmallInt()) return static_cast<double>(v.AsSmallInt());  // rounds half to even
  const Int* big = v.As<Int>();
  const int64_t limbs = big->size < 0 ? -int64_t{big->size} : big->size;
  const int64_t bits = IntBitLength(v);
  if (bits > 1024) return thread.Raise(TypeId::kOverflowError, "int too large to convert to float");
  // The top 64 bits, with every bit below folded into the lowest of them: rounding those gives what
  // rounding all would.
  uint64_t top = big->limbs[limbs - 1];
  const int shift = std::countl_zero(top);
  if (limbs > 1) {
    mp_limb_t rest = big->limbs[limbs - 2];
    if (shift) {
      top = (top << shift) | (rest >> (64 - shift));
      rest <<= shift;
    }
    bool sticky = rest != 0;
    for (int64_t i = limbs - 3; i >= 0 && !sticky; --i) sticky = big->limbs[i] != 0;
    top |= sticky;
  } else {
    top <<= shift;
  }
  const double magnitude = std::ldexp(static_cast<double>(top), static_cast<int>(bits - 64));
  if (std::isinf(magnitude))
    return thread.Raise(TypeId::kOverflowError, "int too large to convert to float");
  return big->size < 0 ? -magnitude : magnitude;
}

namespace {

template <class T>
bool Apply(CompareOp op, const T& a, const T& b) {
  switch (op) {
    case CompareOp::kLt:
      return a < b;
    case CompareOp::kLe:
      return a <= b;
    case CompareOp::kEq:
      return a == b;
    case CompareOp::kNe:
      return a != b;
    case CompareOp::kGt:
      return a > b;
    case CompareOp::kGe:
      return a >= b;
  }
  return false;
}

// Of two canonical ints.
int Order(Value a, Value b) {
  if (BothSmallInts(a, b)) {
    const int64_t x = a.AsSmallInt(), y = b.AsSmallInt();
    return (x > y) - (x < y);
  }
  // A big one is beyond every small one, on the side of its sign.
  if (a.IsSmallInt()) return b.As<Int>()->size > 0 ? -1 : 1;
  if (b.IsSmallInt()) return a.As<Int>()->size > 0 ? 1 : -1;
  const Int *x = a.As<Int>(), *y = b.As<Int>();
  if (x->size != y->size) return x->size < y->size ? -1 : 1;
  const int order = mpn_cmp(x->limbs, y->limbs, x->size < 0 ? -x->size : x->size);
  return x->size < 0 ? -order : order;
}

}  // namespace

bool IntCompare(CompareOp op, Value a, Value b) {
  return Apply(op, Order(PlainInt(a), PlainInt(b)), 0);
}

bool IntCompareToDouble(CompareOp op, Value i, double d) {
  if (std::isnan(d)) return op == CompareOp::kNe;
  i = PlainInt(i);
  if (!i.IsSmallInt()) {
    const MpzView view(i);
    return Apply(op, mpz_cmp_d(view.z, d), 0);  // takes infinities
  }
  const int64_t number = i.AsSmallInt();
  constexpr int64_t kExact = int64_t{1} << 53;
  if (number >= -kExact && number <= kExact) return Apply(op, static_cast<double>(number), d);
  if (d >= 0x1p62) return Apply(op, -1, 0);
  if (d <= -0x1p62) return Apply(op, 1, 0);
  // |d| is at least 2^53 whenever its integral part equals `number`, so it has no fraction then.
  return Apply(op, number, static_cast<int64_t>(d));
}

int64_t IntHash(Value v) {
  constexpr uint64_t kModulus = (uint64_t{1} << 61) - 1;
  v = PlainInt(v);
  uint64_t magnitude;
  bool negative;
  if (v.IsSmallInt()) {
    const int64_t number = v.AsSmallInt();
    negative = number < 0;
    magnitude = static_cast<uint64_t>(negative ? -number : number);
    if (GILA_UNLIKELY(magnitude >= kModulus)) magnitude -= kModulus;
  } else {
    const Int* big = v.As<Int>();
    negative = big->size < 0;
    magnitude = mpn_mod_1(big->limbs, negative ? -big->size : big->size, kModulus);
  }
  const int64_t hash =
      negative ? -static_cast<int64_t>(magnitude) : static_cast<int64_t>(magnitude);
  return hash == -1 ? -2 : hash;
}

}  // namespace gila

// int.h: integers of any size. Up to 62 bits they are in the value word; larger ones are heap
// objects with GMP limbs inside. An instance of a subclass of int is a heap object whatever its
// size. bool values are the singletons True and False.
#ifndef GILA_RUNTIME_TYPES_INT_H_
#define GILA_RUNTIME_TYPES_INT_H_

#include <gmp.h>

#include <string>
#include <string_view>

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

// Sign and magnitude; the magnitude has no leading zero limb.
struct Int : Object {
  static constexpr Kind kKind = kKindInt;
  int32_t size;      // limbs; negative for a negative number, 0 for zero (subclass instances only)
  int32_t capacity;  // limbs allocated; instance attributes of a subclass come after them... see
                     // Type::attributes_offset
  mp_limb_t limbs[];
};
// Instances of int subclasses keep their limbs in a Blob so that the attribute offset stays fixed.
struct IntInstance : Object {
  static constexpr Kind kKind = kKindInt;
  int32_t size;
  int32_t capacity;        // -1 marks an IntInstance
  PointerSlot<Int> value;  // the plain int it equals, when that is big
  int64_t small;           // the value when `value` is null
};

// Results beyond this raise MemoryError before GMP is asked (it aborts when it cannot allocate).
inline constexpr int64_t kMaxIntBits = int64_t{1} << 34;
// sys.set_int_max_str_digits: how many decimal digits a conversion may have. 0: any number.
extern Atomic<int64_t> int_max_str_digits;

// Any int64 / uint64 / 128-bit number.
Result<Value> NewInt(Thread& thread, int64_t i) GILA_ATTACHED;
Result<Value> NewIntFromUnsigned(Thread& thread, uint64_t u) GILA_ATTACHED;
Result<Value> NewIntFromDouble(Thread& thread, double d)
    GILA_ATTACHED;  // truncates; OverflowError, ValueError for inf, nan
Result<Value> NewIntFromMpz(Thread& thread, const mpz_t z) GILA_ATTACHED;
// Magnitude bytes, little endian.
Result<Value> NewIntFromBytes(Thread& thread, std::string_view little_endian,
                              bool is_signed) GILA_ATTACHED;

// An int, bool or instance of a subclass of either.
inline bool IsInt(Value v) { return v.IsSmallInt() || v.IsBool() || IsKind(v, kKindInt); }
// The plain int (small or exact big) that `v`, for which IsInt holds, equals: unwraps bools and
// subclass instances.
Value PlainInt(Value v);
// True and *out, when IsInt(v) and it fits.
bool TryInt64(Value v, int64_t* out);
int IntSign(Value v);
int64_t IntBitLength(Value v);
// The nearest double (ties to even); OverflowError "int too large to convert to float".
Result<double> IntToDouble(Thread& thread, Value v) GILA_ATTACHED;
// A view of any int as an mpz (read-only); `small` backs small ones. Valid while `v` lives.
struct MpzView {
  explicit MpzView(Value int_value);
  MpzView(const MpzView&) = delete;
  mpz_t z;
  mp_limb_t small;
};
// A number of GMP's for intermediate results; malloc'ed, and freed with the scope.
struct ScopedMpz {
  ScopedMpz() { mpz_init(z); }
  ~ScopedMpz() { mpz_clear(z); }
  ScopedMpz(const ScopedMpz&) = delete;
  mpz_t z;
};
// Exactly an int (not a bool, no subclass).
inline bool IsExactInt(Value v) { return v.IsSmallInt() || IsExactly(v, TypeId::kInt); }

enum class BinaryOp : uint8_t;
enum class CompareOp : uint8_t;
// Arithmetic on two ints (any representation). kTrueDiv and negative kPow give floats.
// ZeroDivisionError, OverflowError, MemoryError.
Result<Value> IntBinary(Thread& thread, BinaryOp op, Value a, Value b) GILA_ATTACHED;
bool IntCompare(CompareOp op, Value a, Value b);
Result<Value> IntPower(Thread& thread, Value base, Value exponent, Value modulus) GILA_ATTACHED;
Result<Value> IntDivMod(Thread& thread, Value a, Value b,
                        Value* remainder) GILA_ATTACHED;  // floors
Result<Value> IntNegate(Thread& thread, Value v) GILA_ATTACHED;
Result<Value> IntInvert(Thread& thread, Value v) GILA_ATTACHED;
int64_t IntHash(Value v);                                  // CPython's: modulo 2^61 - 1
bool IntCompareToDouble(CompareOp op, Value i, double d);  // exact

// int(text, base): ValueError in CPython's words. Digits beyond sys.get_int_max_str_digits (4300)
// raise too.
Result<Value> ParseInt(Thread& thread, Value str_or_bytes, int base) GILA_ATTACHED;
// Digits without prefix; for literals and constants (text in base 16 from the compiler).
Result<Value> IntFromDigits(Thread& thread, std::string_view digits, int base) GILA_ATTACHED;
Result<std::string> IntToString(Thread& thread, Value v, int base = 10) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_INT_H_

// value.h: what a value is. Every Gila value is one 64-bit word; the low three bits say which of
// five things it is.
//
//     63                                               3 2 1 0
//    +--------------------------------------------------+-----+
//    |  signed integer, 62 bits                           0 0 |   small int (tags 000 and 100: two
//    zero bits) |  address of an 8-byte aligned heap object     |  0 0 1 |   pointer: the address
//    plus one |  a double, rotated left by 4, minus 1         |  0 1 0 |   double (tags 010, 011
//    and 111) |                                               |  0 1 1 | | |  1 1 1 | |  number of
//    the singleton                      |  1 1 0 |   None, True, False, unbound, error, ... |  (not
//    used)                                   |  1 0 1 |
//    +--------------------------------------------------+-----+
//
// Small ints have the cheapest tag: a sum of two tagged ints is the tagged sum, and one test of (a
// | b) & 3 covers both. Doubles tag themselves (Melançon, Feeley and Serrano, "Float Self-Tagging",
// 2024): rotating left by four brings the sign and the top three exponent bits down; exponents from
// 2^-255 to 2^256 have 011 or 100 there, zero and numbers below 2^-767 have 000, and subtracting
// one moves them to 010, 011 and 111. Anything else (huge, tiny, inf, nan) is boxed. Addresses of
// code words and frames are 8-byte aligned, so raw ones look like small ints to the collector and
// are harmless.
#ifndef GILA_RUNTIME_VALUE_H_
#define GILA_RUNTIME_VALUE_H_

#include <bit>
#include <cstddef>
#include <cstdint>

#define GILA_LIKELY(x) (__builtin_expect(!!(x), 1))
#define GILA_UNLIKELY(x) (__builtin_expect(!!(x), 0))
#define GILA_ALWAYS_INLINE inline __attribute__((always_inline))
#define GILA_NOINLINE __attribute__((noinline))

namespace gila {

struct Object;

class Value {
 public:
  constexpr Value() : word_(0) {}
  constexpr explicit Value(uint64_t word) : word_(word) {}
  Value(const Object* object)
      : word_(reinterpret_cast<uintptr_t>(object) + 1) {}  // NOLINT: objects are values
  static constexpr Value FromWord(uint64_t word) { return Value(word); }

  // Small ints: -2^61 to 2^61 - 1.
  static constexpr int64_t kMaxSmallInt = (int64_t{1} << 61) - 1;
  static constexpr int64_t kMinSmallInt = -(int64_t{1} << 61);
  static constexpr bool FitsSmallInt(int64_t i) { return i >= kMinSmallInt && i <= kMaxSmallInt; }
  // `i` must fit; NewInt (types/int.h) takes any.
  static constexpr Value SmallInt(int64_t i) { return Value(static_cast<uint64_t>(i) << 2); }
  static constexpr Value Bool(bool b);

  // The word of a double that tags itself; false when it must be boxed (NewFloat in types/float.h
  // does both).
  static GILA_ALWAYS_INLINE bool TryDouble(double d, Value* out) {
    const uint64_t word = std::rotl(std::bit_cast<uint64_t>(d), 4) - 1;
    *out = Value(word);
    return IsDoubleWord(word);
  }

  constexpr uint64_t word() const { return word_; }
  constexpr bool IsSmallInt() const { return (word_ & 3) == 0; }
  constexpr bool IsPointer() const { return (word_ & 7) == 1; }
  constexpr bool IsDouble() const { return IsDoubleWord(word_); }  // not boxed
  constexpr bool IsImmediate() const { return (word_ & 7) == 6; }

  constexpr int64_t AsSmallInt() const { return static_cast<int64_t>(word_) >> 2; }
  double AsDouble() const { return std::bit_cast<double>(std::rotr(word_ + 1, 4)); }
  Object* AsObject() const { return reinterpret_cast<Object*>(word_ - 1); }
  template <class T>
  T* As() const {
    return static_cast<T*>(AsObject());
  }

  constexpr bool IsNone() const;
  constexpr bool IsBool() const;
  constexpr bool IsTrue() const;  // the object True, no truth test
  constexpr bool IsUnbound() const;
  constexpr bool IsError() const;

  // Identity, as `is`.
  constexpr bool operator==(const Value& other) const = default;

 private:
  static constexpr bool IsDoubleWord(uint64_t word) {
    // One bit-test instruction: the mask has a bit for each of the tags 2, 3 and 7, eight times
    // over.
    return (0x8C8C8C8C8C8C8C8Cull >> (word & 63)) & 1;
  }
  uint64_t word_;
};

static_assert(sizeof(Value) == 8);

// Singletons. kUnbound marks an empty register, cell or slot and is never seen by a program; kError
// says "an exception waits on the thread" (result.h).
inline constexpr Value kUnbound{6}, kError{14}, kNone{22}, kFalse{30}, kTrue{38},
    kNotImplemented{46}, kEllipsis{54};
static_assert(kTrue.word() - kFalse.word() == 8);

constexpr Value Value::Bool(bool b) { return Value(30 + 8 * uint64_t{b}); }
constexpr bool Value::IsNone() const { return word_ == kNone.word_; }
constexpr bool Value::IsTrue() const { return word_ == kTrue.word_; }
constexpr bool Value::IsBool() const { return word_ == kTrue.word_ || word_ == kFalse.word_; }
constexpr bool Value::IsUnbound() const { return word_ == kUnbound.word_; }
constexpr bool Value::IsError() const { return word_ == kError.word_; }

GILA_ALWAYS_INLINE bool BothSmallInts(Value a, Value b) { return ((a.word() | b.word()) & 3) == 0; }

}  // namespace gila

#endif  // GILA_RUNTIME_VALUE_H_

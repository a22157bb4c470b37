// decimal_coefficient.h: the digits of a decimal number: a natural number of any size. Up to 128
// bits (38 digits, more than the usual precision of 28) it is two words and costs no allocation;
// beyond, it is GMP's, in memory of its own or borrowed from an int of the heap.
//
// No function here touches a heap object. GMP ends the program when memory runs out, so nothing
// longer than kMaxDigits is ever made: what would be answers false, or is kept out by those who
// call.
#ifndef GILA_STDLIB_DECIMAL_COEFFICIENT_H_
#define GILA_STDLIB_DECIMAL_COEFFICIENT_H_

#include <gmp.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace gila::decimal {

using Wide = unsigned __int128;

// What a 32-bit decimal library allows at most; about 180 MB of limbs.
inline constexpr int64_t kMaxDigits = 425000000;

// How what was cut off compares with half a unit of what is left.
enum class Rest : uint8_t { kNothing, kBelowHalf, kHalf, kAboveHalf };

class Coefficient {
 public:
  Coefficient() = default;
  Coefficient(Wide value) : small_(value) {}  // NOLINT: a number is one
  // Nearly all are two words, which are copied here.
  Coefficient(const Coefficient& other) : small_(other.small_) {
    if (__builtin_expect(other.big_, false)) CopyBig(other);
  }
  Coefficient(Coefficient&& other) noexcept : small_(other.small_) {
    if (__builtin_expect(other.big_, false)) TakeBig(other);
  }
  Coefficient& operator=(const Coefficient& other) {
    if (__builtin_expect(big_ || other.big_, false)) return AssignBig(Coefficient(other));
    small_ = other.small_;
    return *this;
  }
  Coefficient& operator=(Coefficient&& other) noexcept {
    if (__builtin_expect(big_ || other.big_, false)) return AssignBig(std::move(other));
    small_ = other.small_;
    return *this;
  }
  ~Coefficient() {
    if (owned_) mpz_clear(z_);
  }
  // Of a text of ASCII digits.
  static Coefficient FromDigits(std::string_view digits);
  // |z|, copied.
  static Coefficient FromMpz(const mpz_t z);
  // Reads the limbs in place; they must live and stay.
  static Coefficient Borrow(const mp_limb_t* limbs, size_t count);

  bool IsSmall() const { return !big_; }
  Wide small() const { return small_; }
  const mpz_t& z() const { return z_; }  // only when it is not small
  bool IsZero() const { return !big_ && small_ == 0; }
  bool IsOdd() const { return big_ ? mpz_odd_p(z_) != 0 : (small_ & 1) != 0; }
  int64_t Digits() const;  // 1 for zero
  uint32_t Modulo(uint32_t divisor) const;
  std::string Text() const;
  void ToMpz(mpz_t out) const;

  // *= 10 to the power of `places`. False (and unchanged) when that is too long.
  [[nodiscard]] bool Scale(int64_t places);
  // Without its last `places` digits.
  Rest Cut(int64_t places);
  // Strips trailing zeros, at most `limit`; how many went.
  int64_t StripZeros(int64_t limit);
  void AddOne() { *this = Sum(*this, Coefficient(1)); }

  static int Order(const Coefficient& a, const Coefficient& b);  // < 0, 0, > 0
  static Coefficient Sum(const Coefficient& a, const Coefficient& b);
  static Coefficient Difference(const Coefficient& a, const Coefficient& b);  // a >= b
  static Coefficient Product(const Coefficient& a, const Coefficient& b);
  // a / b, b not zero. *rest may be null.
  static Coefficient Quotient(const Coefficient& a, const Coefficient& b, Coefficient* rest);

 private:
  void CopyBig(const Coefficient& other);
  void TakeBig(Coefficient& other) noexcept;
  Coefficient& AssignBig(Coefficient&& other) noexcept;
  void Grow();    // makes it GMP's, in own memory
  void Shrink();  // back into two words when it fits

  Wide small_ = 0;
  bool big_ = false, owned_ = false;
  mpz_t z_;
};

// A number of GMP's with a scope.
struct Mpz {
  Mpz() { mpz_init(z); }
  explicit Mpz(uint64_t value) { mpz_init_set_ui(z, value); }
  ~Mpz() { mpz_clear(z); }
  Mpz(const Mpz&) = delete;
  mpz_t z;
};

inline constexpr int kWideDigits = 38;
// 10 to the power of n, n <= kWideDigits.
Wide WidePower(int n);
// out = 10 to the power of n.
void PowerOfTen(mpz_t out, int64_t n);

}  // namespace gila::decimal

#endif  // GILA_STDLIB_DECIMAL_COEFFICIENT_H_

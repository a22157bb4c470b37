// decimal_coefficient.cc: arithmetic on the digits of decimal numbers, in 128 bits while they
// suffice and with GMP beyond.
#include "stdlib/decimal_coefficient.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

namespace gila::decimal {

namespace {

constexpr std::array<Wide, kWideDigits + 1> kPowers = [] {
  std::array<Wide, kWideDigits + 1> powers{};
  Wide power = 1;
  for (int i = 0; i <= kWideDigits; ++i, power *= 10) powers[static_cast<size_t>(i)] = power;
  return powers;
}();

int WideBits(Wide value) {
  const auto high = static_cast<uint64_t>(value >> 64);
  if (high != 0) return 128 - std::countl_zero(high);
  return 64 - std::countl_zero(static_cast<uint64_t>(value));
}

void SetWide(mpz_t z, Wide value) {
  mpz_set_ui(z, static_cast<uint64_t>(value >> 64));
  mpz_mul_2exp(z, z, 64);
  mpz_add_ui(z, z, static_cast<uint64_t>(value));
}

// Powers that came up lately on this thread: a loop at one precision asks for few.
class PowerCache {
 public:
  ~PowerCache() {
    for (Entry& entry : entries_)
      if (entry.exponent >= 0) mpz_clear(entry.power);
  }
  const mpz_t& Get(int64_t n) {
    Entry& entry = entries_[static_cast<size_t>(n) % kEntries];
    if (entry.exponent == n) return entry.power;
    if (entry.exponent < 0) mpz_init(entry.power);
    entry.exponent = n;
    mpz_ui_pow_ui(entry.power, 10, static_cast<unsigned long>(n));
    return entry.power;
  }
  static constexpr int64_t kLargest = 4096;

 private:
  static constexpr size_t kEntries = 32;
  struct Entry {
    int64_t exponent = -1;
    mpz_t power;
  };
  Entry entries_[kEntries];
};
thread_local PowerCache power_cache;

// Divides z by 10^places, compares the rest with half of that.
Rest CutBig(mpz_t z, int64_t places) {
  Mpz power, rest;
  PowerOfTen(power.z, places);
  mpz_tdiv_qr(z, rest.z, z, power.z);
  if (mpz_sgn(rest.z) == 0) return Rest::kNothing;
  mpz_mul_2exp(rest.z, rest.z, 1);
  const int order = mpz_cmp(rest.z, power.z);
  return order < 0 ? Rest::kBelowHalf : order == 0 ? Rest::kHalf : Rest::kAboveHalf;
}

}  // namespace

Wide WidePower(int n) { return kPowers[static_cast<size_t>(n)]; }

void PowerOfTen(mpz_t out, int64_t n) {
  if (n <= PowerCache::kLargest) {
    mpz_set(out, power_cache.Get(n));
  } else {
    mpz_ui_pow_ui(out, 5, static_cast<unsigned long>(n));
    mpz_mul_2exp(out, out, static_cast<mp_bitcnt_t>(n));
  }
}

void Coefficient::CopyBig(const Coefficient& other) {
  mpz_init_set(z_, other.z_);
  big_ = owned_ = true;
}

void Coefficient::TakeBig(Coefficient& other) noexcept {
  big_ = true;
  owned_ = std::exchange(other.owned_, false);
  std::memcpy(z_, other.z_, sizeof z_);
}

Coefficient& Coefficient::AssignBig(Coefficient&& other) noexcept {
  if (this == &other) return *this;
  if (owned_) mpz_clear(z_);
  small_ = other.small_;
  big_ = other.big_;
  owned_ = std::exchange(other.owned_, false);
  if (big_) std::memcpy(z_, other.z_, sizeof z_);
  return *this;
}

Coefficient Coefficient::FromDigits(std::string_view digits) {
  while (!digits.empty() && digits.front() == '0') digits.remove_prefix(1);
  if (digits.size() <= kWideDigits) {
    uint64_t low = 0;
    size_t i = 0;
    for (; i < digits.size() && i < 19; ++i)
      low = low * 10 + static_cast<uint64_t>(digits[i] - '0');
    Wide value = low;
    for (; i < digits.size(); ++i) value = value * 10 + static_cast<Wide>(digits[i] - '0');
    return value;
  }
  Coefficient result;
  result.Grow();
  mpz_set_str(result.z_, std::string(digits).c_str(), 10);
  result.Shrink();
  return result;
}

Coefficient Coefficient::FromMpz(const mpz_t z) {
  Coefficient result;
  result.Grow();
  mpz_abs(result.z_, z);
  result.Shrink();
  return result;
}

Coefficient Coefficient::Borrow(const mp_limb_t* limbs, size_t count) {
  Coefficient result;
  if (count <= 2) {
    if (count > 0) result.small_ = limbs[0];
    if (count > 1) result.small_ |= static_cast<Wide>(limbs[1]) << 64;
    return result;
  }
  result.big_ = true;
  mpz_roinit_n(result.z_, limbs, static_cast<mp_size_t>(count));
  return result;
}

void Coefficient::Grow() {
  if (owned_) return;
  if (big_) {
    mpz_t own;
    mpz_init_set(own, z_);
    std::memcpy(z_, own, sizeof z_);
  } else {
    mpz_init(z_);
    SetWide(z_, small_);
  }
  big_ = owned_ = true;
}

void Coefficient::Shrink() {
  if (!big_ || mpz_size(z_) > 2) return;
  small_ = static_cast<Wide>(mpz_getlimbn(z_, 1)) << 64 | mpz_getlimbn(z_, 0);
  if (owned_) mpz_clear(z_);
  big_ = owned_ = false;
}

int64_t Coefficient::Digits() const {
  if (!big_) {
    if (small_ == 0) return 1;
    const int estimate = WideBits(small_) * 1233 >> 12;
    return estimate +
           (estimate > kWideDigits || small_ >= kPowers[static_cast<size_t>(estimate)] ? 1 : 0);
  }
  // The logarithm decides, unless it is so near a whole number that the power itself must.
  signed long exponent;
  const double mantissa = mpz_get_d_2exp(&exponent, z_);
  const long double log =
      std::log10(static_cast<long double>(mantissa)) +
      static_cast<long double>(exponent) * 0.30102999566398119521373889472449302677L;
  const long double whole = std::floor(log), fraction = log - whole;
  if (fraction > 1e-6L && fraction < 1 - 1e-6L) return static_cast<int64_t>(whole) + 1;
  const auto near = static_cast<int64_t>(std::llround(log));
  Mpz power;
  PowerOfTen(power.z, near);
  return mpz_cmp(z_, power.z) >= 0 ? near + 1 : near;
}

uint32_t Coefficient::Modulo(uint32_t divisor) const {
  return static_cast<uint32_t>(big_ ? mpz_fdiv_ui(z_, divisor)
                                    : static_cast<uint64_t>(small_ % divisor));
}

std::string Coefficient::Text() const {
  if (big_) {
    std::string text(mpz_sizeinbase(z_, 10) + 2, '\0');
    mpz_get_str(text.data(), 10, z_);
    text.resize(std::strlen(text.c_str()));
    return text;
  }
  char buffer[40];
  char* at = buffer + sizeof buffer;
  constexpr uint64_t kChunk = 10000000000000000000u;
  Wide value = small_;
  while (value >= kChunk) {
    auto chunk = static_cast<uint64_t>(value % kChunk);
    value /= kChunk;
    for (int i = 0; i < 19; ++i, chunk /= 10) *--at = static_cast<char>('0' + chunk % 10);
  }
  auto chunk = static_cast<uint64_t>(value);
  do {
    *--at = static_cast<char>('0' + chunk % 10);
    chunk /= 10;
  } while (chunk != 0);
  return {at, static_cast<size_t>(buffer + sizeof buffer - at)};
}

void Coefficient::ToMpz(mpz_t out) const {
  if (big_) {
    mpz_set(out, z_);
  } else {
    SetWide(out, small_);
  }
}

bool Coefficient::Scale(int64_t places) {
  if (places == 0 || IsZero()) return true;
  if (!big_ && places <= kWideDigits) {
    const Wide power = kPowers[static_cast<size_t>(places)];
    Wide product;
    if (!__builtin_mul_overflow(small_, power, &product)) {
      small_ = product;
      return true;
    }
  }
  if (places > kMaxDigits || Digits() > kMaxDigits - places) return false;
  Grow();
  if (places <= PowerCache::kLargest) {
    mpz_mul(z_, z_, power_cache.Get(places));
  } else {
    Mpz power;
    PowerOfTen(power.z, places);
    mpz_mul(z_, z_, power.z);
  }
  return true;
}

Rest Coefficient::Cut(int64_t places) {
  if (places <= 0 || IsZero()) return Rest::kNothing;
  if (!big_ && places <= kWideDigits) {
    const Wide power = kPowers[static_cast<size_t>(places)];
    Wide rest;
    if (static_cast<uint64_t>(small_ >> 64) == 0 && static_cast<uint64_t>(power >> 64) == 0) {
      const auto low = static_cast<uint64_t>(small_), unit = static_cast<uint64_t>(power);
      small_ = low / unit;
      rest = low % unit;
    } else {
      const Wide quotient = small_ / power;
      rest = small_ - quotient * power;
      small_ = quotient;
    }
    if (rest == 0) return Rest::kNothing;
    const Wide half = power / 2;
    return rest < half ? Rest::kBelowHalf : rest == half ? Rest::kHalf : Rest::kAboveHalf;
  }
  if (places > Digits()) {
    *this = Coefficient();
    return Rest::kBelowHalf;
  }
  Grow();
  const Rest rest = CutBig(z_, places);
  Shrink();
  return rest;
}

int64_t Coefficient::StripZeros(int64_t limit) {
  int64_t stripped = 0;
  if (big_) {
    // By doubling steps: ten trailing bits or so per zero are needed for the attempt to be worth
    // it.
    Mpz quotient, rest, power;
    for (int64_t step = 1; step > 0 && big_ && limit > stripped;) {
      const bool possible =
          step <= limit - stripped && mpz_scan1(z_, 0) >= static_cast<mp_bitcnt_t>(step);
      if (possible) {
        PowerOfTen(power.z, step);
        mpz_tdiv_qr(quotient.z, rest.z, z_, power.z);
      }
      if (possible && mpz_sgn(rest.z) == 0) {
        Grow();
        mpz_swap(z_, quotient.z);
        stripped += step;
        step *= 2;
      } else {
        step /= 2;
      }
    }
    Shrink();
    if (big_) return stripped;
  }
  if (small_ == 0) return stripped;
  while (stripped < limit && (small_ & 1) == 0) {
    if (static_cast<uint64_t>(small_ >> 64) == 0) {
      auto low = static_cast<uint64_t>(small_);
      for (; stripped < limit && low % 10 == 0; ++stripped) low /= 10;
      small_ = low;
      break;
    }
    const Wide quotient = small_ / 10;
    if (small_ != quotient * 10) break;
    small_ = quotient;
    ++stripped;
  }
  return stripped;
}

int Coefficient::Order(const Coefficient& a, const Coefficient& b) {
  if (a.big_ != b.big_) return a.big_ ? 1 : -1;
  if (a.big_) return mpz_cmp(a.z_, b.z_);
  return a.small_ < b.small_ ? -1 : a.small_ > b.small_;
}

namespace {
// A view of either form as GMP's.
class View {
 public:
  explicit View(const Coefficient& c) {
    if (!c.IsSmall()) {
      std::memcpy(z_, c.z(), sizeof z_);
      return;
    }
    limbs_[0] = static_cast<mp_limb_t>(c.small());
    limbs_[1] = static_cast<mp_limb_t>(c.small() >> 64);
    mpz_roinit_n(z_, limbs_, limbs_[1] != 0 ? 2 : limbs_[0] != 0 ? 1 : 0);
  }
  View(const View&) = delete;
  const mpz_t& z() const { return z_; }

 private:
  mp_limb_t limbs_[2];
  mpz_t z_;
};
}  // namespace

Coefficient Coefficient::Sum(const Coefficient& a, const Coefficient& b) {
  if (!a.big_ && !b.big_) {
    Wide sum;
    if (!__builtin_add_overflow(a.small_, b.small_, &sum)) return sum;
  }
  Coefficient result;
  result.Grow();
  mpz_add(result.z_, View(a).z(), View(b).z());
  return result;
}

Coefficient Coefficient::Difference(const Coefficient& a, const Coefficient& b) {
  if (!a.big_ && !b.big_) return a.small_ - b.small_;
  Coefficient result;
  result.Grow();
  mpz_sub(result.z_, View(a).z(), View(b).z());
  result.Shrink();
  return result;
}

Coefficient Coefficient::Product(const Coefficient& a, const Coefficient& b) {
  if (!a.big_ && !b.big_) {
    Wide product;
    if (!__builtin_mul_overflow(a.small_, b.small_, &product)) return product;
  }
  Coefficient result;
  result.Grow();
  mpz_mul(result.z_, View(a).z(), View(b).z());
  result.Shrink();
  return result;
}

Coefficient Coefficient::Quotient(const Coefficient& a, const Coefficient& b, Coefficient* rest) {
  if (!a.big_ && !b.big_) {
    const Wide quotient = a.small_ / b.small_;
    if (rest != nullptr) *rest = Coefficient(a.small_ - quotient * b.small_);
    return quotient;
  }
  Coefficient result, left;
  result.Grow();
  left.Grow();
  mpz_tdiv_qr(result.z_, left.z_, View(a).z(), View(b).z());
  result.Shrink();
  left.Shrink();
  if (rest != nullptr) *rest = std::move(left);
  return result;
}

}  // namespace gila::decimal

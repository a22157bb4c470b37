// int_text.cc: ints from text and to text.
//
// Decimal conversions cost more than linear time, so both directions refuse more digits than
// int_max_str_digits (bases that are powers of two are linear and have no limit).
#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/text/unicode.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/int_internal.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

constexpr int64_t kDigitsAlwaysAllowed = 640;
constexpr const char* kLimitAdvice = "; use sys.set_int_max_str_digits() to increase the limit";

bool IsPowerOfTwo(int base) { return (base & (base - 1)) == 0; }

Failed RaiseDigitLimit(Thread& thread, int64_t limit, int64_t digits) {
  std::string message =
      absl::StrCat("Exceeds the limit (", limit, " digits) for integer string conversion");
  if (digits >= 0) absl::StrAppend(&message, ": value has ", digits, " digits");
  absl::StrAppend(&message, kLimitAdvice);
  return thread.Raise(TypeId::kValueError, message);
}

int DigitValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

bool IsAsciiSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

struct Literal {
  bool negative = false;
  int base = 10;
  std::string digits;  // at least one, no underscores
};

// Sign, prefix, digits and underscores as int(text, base) takes them; false when it is malformed.
bool ScanLiteral(std::string_view text, int base, Literal* literal) {
  while (!text.empty() && IsAsciiSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsAsciiSpace(text.back())) text.remove_suffix(1);
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    literal->negative = text[0] == '-';
    text.remove_prefix(1);
  }
  bool only_zeros = false;
  bool underscore_allowed = false;
  int prefix_base = 0;
  if (text.size() >= 2 && text[0] == '0') {
    const char letter = static_cast<char>(text[1] | 0x20);
    prefix_base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
  }
  if (base == 0) {
    base = prefix_base != 0 ? prefix_base : 10;
    only_zeros = prefix_base == 0 && !text.empty() && text[0] == '0';
  }
  if (prefix_base != 0 && prefix_base == base) {
    text.remove_prefix(2);
    underscore_allowed = true;
  }
  literal->base = base;
  literal->digits.reserve(text.size());
  for (const char c : text) {
    if (c == '_') {
      if (!underscore_allowed) return false;
      underscore_allowed = false;
      continue;
    }
    if (DigitValue(c) >= base || (only_zeros && c != '0')) return false;
    literal->digits.push_back(c);
    underscore_allowed = true;
  }
  return !literal->digits.empty() && text.back() != '_';
}

// The text as ASCII: foreign decimal digits and spaces become ours, everything else foreign '?'.
std::string ToAsciiDigits(const Str* s) {
  if (s->IsAscii()) return std::string(s->ascii());
  std::string out(static_cast<size_t>(s->length), '?');
  for (int64_t i = 0; i < s->length; ++i) {
    const uint32_t c = s->At(i);
    if (c < 128) {
      out[static_cast<size_t>(i)] = static_cast<char>(c);
    } else if (CharIs(c, kCharSpace)) {
      out[static_cast<size_t>(i)] = ' ';
    } else if (const int digit = DecimalValue(c); digit >= 0) {
      out[static_cast<size_t>(i)] = static_cast<char>('0' + digit);
    }
  }
  return out;
}

Result<Value> RaiseInvalidLiteral(Thread& thread, Value text, int base) {
  GILA_TRY(Str * repr, Repr(thread, text));
  if (repr->length > 200) {
    GILA_TRY(repr, StrSlice(thread, repr, 0, 200));
  }
  return thread.Raise(TypeId::kValueError, absl::StrCat("invalid literal for int() with base ",
                                                        base, ": ", ToUtf8(repr)));
}

}  // namespace

namespace {

// Numbers of so many limbs are converted here, in quadratic time; GMP's subquadratic ways pay for
// themselves only beyond.
constexpr int64_t kFewLimbs = 16;
constexpr size_t kFewDigits = 300;  // fewer than kFewLimbs limbs
constexpr int kChunkDigits = 19;
constexpr uint64_t kChunk = 10'000'000'000'000'000'000u;  // 10 ** 19, whose top bit is set

// Divides the `count` limbs by kChunk in place and returns the rest. Each step multiplies by the
// reciprocal instead of dividing (Möller and Granlund, "Improved division by invariant integers",
// 2011).
uint64_t DivideByChunk(mp_limb_t* limbs, int64_t count) {
  using Double = unsigned __int128;
  constexpr auto kReciprocal = static_cast<uint64_t>(~Double{0} / kChunk - (Double{1} << 64));
  uint64_t rest = 0;
  for (int64_t i = count - 1; i >= 0; --i) {
    const Double estimate =
        Double{kReciprocal} * rest + ((Double{rest} << 64) | limbs[i]) + (Double{1} << 64);
    auto quotient = static_cast<uint64_t>(estimate >> 64);
    uint64_t next = limbs[i] - quotient * kChunk;
    if (next > static_cast<uint64_t>(estimate)) {
      --quotient;
      next += kChunk;
    }
    if (GILA_UNLIKELY(next >= kChunk)) {
      ++quotient;
      next -= kChunk;
    }
    limbs[i] = quotient;
    rest = next;
  }
  return rest;
}

// The 19 digits of a chunk that is not the first.
char* WriteChunk(char* out, uint64_t chunk) {
  for (int i = kChunkDigits - 1; i >= 0; --i) {
    out[i] = static_cast<char>('0' + chunk % 10);
    chunk /= 10;
  }
  return out + kChunkDigits;
}

// The decimal text of a number of at most kFewLimbs limbs; returns its end.
char* WriteDecimal(const Int* number, char* out) {
  int64_t count = number->size < 0 ? -int64_t{number->size} : number->size;
  mp_limb_t limbs[kFewLimbs];
  std::copy_n(number->limbs, count, limbs);
  uint64_t chunks[kFewLimbs + 2];
  int filled = 0;
  while (count > 0) {
    chunks[filled++] = DivideByChunk(limbs, count);
    while (count > 0 && limbs[count - 1] == 0) --count;
  }
  if (number->size < 0) *out++ = '-';
  out = std::to_chars(out, out + kChunkDigits + 1, chunks[--filled]).ptr;
  while (filled > 0) out = WriteChunk(out, chunks[--filled]);
  return out;
}
constexpr size_t kDecimalMax = kFewLimbs * 20 + 2;

Result<Value> IntFromFewDigits(Thread& thread, std::string_view digits, bool negative) {
  mp_limb_t limbs[kFewLimbs + 1];
  int64_t count = 0;
  while (!digits.empty()) {
    // A short chunk comes first, so that all others are whole.
    const size_t take = digits.size() % kChunkDigits ? digits.size() % kChunkDigits : kChunkDigits;
    uint64_t chunk = 0;
    for (size_t i = 0; i < take; ++i) chunk = chunk * 10 + static_cast<uint64_t>(digits[i] - '0');
    digits.remove_prefix(take);
    mp_limb_t carry = count > 0 ? mpn_mul_1(limbs, limbs, count, kChunk) : 0;
    if (count > 0) {
      carry += mpn_add_1(limbs, limbs, count, chunk);
    } else {
      carry = chunk;
    }
    if (carry != 0) limbs[count++] = carry;
  }
  GILA_TRY(Int* const number, AllocateInt(thread, count));
  std::copy_n(limbs, count, number->limbs);
  return NormalizeInt(number, count, negative);
}

// In a base that is a power of two.
std::string BinaryText(const Int* number, int base) {
  const int bits = std::countr_zero(static_cast<unsigned>(base));
  const int64_t count = number->size < 0 ? -int64_t{number->size} : number->size;
  const int64_t length = (IntBitLength(number) + bits - 1) / bits;
  const bool negative = number->size < 0;
  std::string text(static_cast<size_t>(length + negative), '-');
  char* out = text.data() + text.size();
  uint64_t pending = 0;  // bits that were not yet written, lowest first
  int have = 0;
  int64_t next = 0;
  for (int64_t i = 0; i < length; ++i) {
    uint64_t digit = pending;
    if (have < bits) {
      const uint64_t limb = next < count ? number->limbs[next] : 0;
      ++next;
      digit |= limb << have;
      pending = limb >> (bits - have);
      have += 64 - bits;
    } else {
      pending >>= bits;
      have -= bits;
    }
    *--out = "0123456789abcdefghijklmnopqrstuv"[digit & static_cast<uint64_t>(base - 1)];
  }
  return text;
}

}  // namespace

Result<Value> IntFromDigits(Thread& thread, std::string_view digits, int base) {
  bool negative = false;
  if (!digits.empty() && digits[0] == '-') {
    negative = true;
    digits.remove_prefix(1);
  }
  uint64_t small = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), small, base);
  if (error == std::errc() && end == digits.data() + digits.size())
    return NewIntFromMagnitude(thread, small, negative);
  if (base == 10 && digits.size() <= kFewDigits &&
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return IntFromFewDigits(thread, digits, negative);
  if (static_cast<int64_t>(digits.size()) > kMaxIntBits / 8) return thread.RaiseMemoryError();
  ScopedMpz number;
  if (mpz_set_str(number.z, std::string(digits).c_str(), base) != 0)
    return thread.RaiseValueError("invalid digits in an integer");
  if (negative) mpz_neg(number.z, number.z);
  return NewIntFromMpz(thread, number.z);
}

namespace {

// Plain decimal digits that fit a small int, with or without a minus; false: look closer.
bool QuickDecimal(const Str* s, Value* out) {
  if (!s->IsAscii() || s->length == 0 || s->length > 18) return false;
  const std::string_view digits = s->ascii();
  const bool negative = digits[0] == '-';
  if (negative && digits.size() == 1) return false;
  int64_t number = 0;
  for (size_t i = negative; i < digits.size(); ++i) {
    const auto digit = static_cast<unsigned>(digits[i] - '0');
    if (digit > 9) return false;
    number = number * 10 + digit;
  }
  *out = Value::SmallInt(negative ? -number : number);
  return true;
}

// The same for more digits than fit a small int, but few.
bool IsPlainDecimal(Value text) {
  if (!IsStr(text) || !text.As<Str>()->IsAscii()) return false;
  const std::string_view digits = text.As<Str>()->ascii();
  return !digits.empty() && digits.size() <= kFewDigits &&
         std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<Value> ParseInt(Thread& thread, Value text, int base) {
  if (Value quick; base == 10 && IsStr(text) && QuickDecimal(text.As<Str>(), &quick)) return quick;
  if (base == 10 && IsPlainDecimal(text))
    return IntFromFewDigits(thread, text.As<Str>()->ascii(), false);
  if (base != 0 && (base < 2 || base > 36))
    return thread.RaiseValueError("int() base must be >= 2 and <= 36, or 0");
  std::string ascii;
  if (IsStr(text)) {
    ascii = ToAsciiDigits(text.As<Str>());
  } else {
    GILA_TRY(ascii, CopyBuffer(thread, text));
    if (!IsBytes(text)) {
      GILA_TRY(text, NewBytes(thread, ascii));
    }
  }
  Literal literal;
  if (!ScanLiteral(ascii, base, &literal)) return RaiseInvalidLiteral(thread, text, base);
  const int64_t limit = int_max_str_digits.LoadRelaxed();
  const int64_t count = static_cast<int64_t>(literal.digits.size());
  if (!IsPowerOfTwo(literal.base) && limit > 0 && count > kDigitsAlwaysAllowed && count > limit)
    return RaiseDigitLimit(thread, limit, count);
  if (literal.negative) literal.digits.insert(literal.digits.begin(), '-');
  return IntFromDigits(thread, literal.digits, literal.base);
}

Result<std::string> IntToString(Thread& thread, Value v, int base) {
  v = PlainInt(v);
  char buffer[72];
  if (v.IsSmallInt()) {
    char* end = std::to_chars(buffer, buffer + sizeof buffer, v.AsSmallInt(), base).ptr;
    return std::string(buffer, end);
  }
  if (IsPowerOfTwo(base)) return BinaryText(v.As<Int>(), base);
  if (base == 10 && std::abs(v.As<Int>()->size) <= kFewLimbs) {
    char decimal[kDecimalMax];
    return std::string(decimal, WriteDecimal(v.As<Int>(), decimal));
  }
  const MpzView view(v);
  const int64_t limit = int_max_str_digits.LoadRelaxed();
  const bool limited = limit > 0;
  const size_t estimate = mpz_sizeinbase(view.z, base);  // exact, or one too many
  if (limited && static_cast<int64_t>(estimate) > limit + 1)
    return RaiseDigitLimit(thread, limit, -1);
  std::string text(estimate + 2, '\0');
  mpz_get_str(text.data(), base, view.z);
  text.resize(std::strlen(text.c_str()));
  const int64_t digits = static_cast<int64_t>(text.size()) - (text[0] == '-');
  if (limited && digits > limit && digits > kDigitsAlwaysAllowed)
    return RaiseDigitLimit(thread, limit, -1);
  return text;
}

}  // namespace gila

// Numbers: from the digits of a literal to a constant.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "compiler/tree_builder.h"

namespace gila::compiler {
namespace {

// CPython's default for sys.set_int_max_str_digits().
constexpr size_t kMaxDecimalDigits = 4300;

constexpr char kHexDigits[] = "0123456789abcdef";

int DigitValue(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

// Base-16 text without leading zeros becomes an int64 if it fits, else a big
// one.
void SetInteger(std::string_view hex, Arena* arena, ast::ConstantValue* value) {
  hex.remove_prefix(std::min(hex.find_first_not_of('0'), hex.size()));
  if (hex.size() < 16 || (hex.size() == 16 && hex[0] <= '7')) {
    value->kind = ast::ConstantKind::kInt;
    value->int_value = 0;
    for (const char c : hex) value->int_value = value->int_value * 16 + DigitValue(c);
    return;
  }
  value->kind = ast::ConstantKind::kBigInt;
  value->text = arena->Copy(hex);
}

// Digits of base 2^bits to base 16.
std::string PowerOfTwoToHex(std::string_view digits, int bits) {
  std::string reversed;
  unsigned pending = 0;
  int pending_bits = 0;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    pending |= static_cast<unsigned>(DigitValue(*digit)) << pending_bits;
    pending_bits += bits;
    while (pending_bits >= 4) {
      reversed += kHexDigits[pending & 15];
      pending >>= 4;
      pending_bits -= 4;
    }
  }
  if (pending_bits > 0) reversed += kHexDigits[pending & 15];
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

// Quadratic, for at most kMaxDecimalDigits.
std::string DecimalToHex(std::string_view digits) {
  std::vector<uint32_t> limbs;
  while (!digits.empty()) {
    const size_t count = std::min<size_t>(9, digits.size());
    uint64_t scale = 1;
    uint64_t carry = 0;
    for (size_t i = 0; i < count; ++i) {
      carry = carry * 10 + static_cast<uint64_t>(digits[i] - '0');
      scale *= 10;
    }
    for (uint32_t& limb : limbs) {
      carry += limb * scale;
      limb = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) limbs.push_back(static_cast<uint32_t>(carry));
    digits.remove_prefix(count);
  }
  std::string hex;
  for (auto limb = limbs.rbegin(); limb != limbs.rend(); ++limb) {
    for (int shift = 28; shift >= 0; shift -= 4) hex += kHexDigits[(*limb >> shift) & 15];
  }
  return hex;
}

bool ParseDecimal(std::string_view digits, Arena* arena, ast::ConstantValue* value,
                  std::string* error) {
  if (digits.size() <= 18) {
    value->kind = ast::ConstantKind::kInt;
    for (const char c : digits) value->int_value = value->int_value * 10 + (c - '0');
    return true;
  }
  if (digits.size() > kMaxDecimalDigits) {
    *error = absl::StrCat("Exceeds the limit (", kMaxDecimalDigits,
                          " digits) for integer string conversion: value has ", digits.size(),
                          " digits; use sys.set_int_max_str_digits() to increase the limit - "
                          "Consider hexadecimal for "
                          "huge integer literals to avoid decimal conversion limits.");
    return false;
  }
  SetInteger(DecimalToHex(digits), arena, value);
  return true;
}

}  // namespace

bool ParseNumber(std::string_view text, Arena* arena, ast::ConstantValue* value,
                 std::string* error) {
  std::string plain;
  if (text.find('_') != std::string_view::npos) {
    std::copy_if(text.begin(), text.end(), std::back_inserter(plain),
                 [](char c) { return c != '_'; });
    text = plain;
  }
  if (text.size() > 2 && text[0] == '0') {
    const int bits = (text[1] | 0x20) == 'x'   ? 4
                     : (text[1] | 0x20) == 'o' ? 3
                     : (text[1] | 0x20) == 'b' ? 1
                                               : 0;
    if (bits != 0) {
      SetInteger(PowerOfTwoToHex(text.substr(2), bits), arena, value);
      return true;
    }
  }
  const bool imaginary = (text.back() | 0x20) == 'j';
  if (!imaginary && text.find_first_of(".eE") == std::string_view::npos)
    return ParseDecimal(text, arena, value, error);
  if (imaginary) text.remove_suffix(1);
  value->kind = imaginary ? ast::ConstantKind::kImaginary : ast::ConstantKind::kFloat;
  // Out of range is not an error: infinity or zero.
  (void)absl::SimpleAtod(absl::string_view(text.data(), text.size()), &value->float_value);
  return true;
}

}  // namespace gila::compiler

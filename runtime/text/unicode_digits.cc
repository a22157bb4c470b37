#include "runtime/text/unicode_digits.h"

#include <utf8proc.h>

namespace gila {

bool IsUnicodeSpace(uint32_t c) {
  if (c < 128) return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x1f);
  return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
         c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

int UnicodeDecimal(uint32_t c) {
  if (c < 128) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
  const auto is_decimal = [](uint32_t code_point) {
    return utf8proc_category(static_cast<utf8proc_int32_t>(code_point)) == UTF8PROC_CATEGORY_ND;
  };
  if (!is_decimal(c)) return -1;
  // Decimal digits are encoded in runs 0..9; neighbouring runs follow each other without a gap.
  uint32_t first = c;
  while (is_decimal(first - 1)) --first;
  return static_cast<int>((c - first) % 10);
}

}  // namespace gila

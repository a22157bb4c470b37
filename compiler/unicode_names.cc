#include "compiler/unicode_names.h"

#include <utf8proc.h>

#include <cstdlib>

namespace gila::compiler {
namespace {

// Characters whose compatibility form is no identifier (UAX #31, 5.1): letters
// by category, yet not XID.
bool IsExcludedFromStart(uint32_t c) {
  return c == 0x37A || c == 0xE33 || c == 0xEB3 || c == 0x2E2F || (c >= 0xFC5E && c <= 0xFC63) ||
         c == 0xFDFA || c == 0xFDFB || c == 0xFE70 || c == 0xFE72 || c == 0xFE74 || c == 0xFE76 ||
         c == 0xFE78 || c == 0xFE7A || c == 0xFE7C || c == 0xFE7E || c == 0xFF9E || c == 0xFF9F;
}

bool IsExcludedFromContinue(uint32_t c) {
  return c == 0x37A || c == 0x2E2F || (c >= 0xFC5E && c <= 0xFC63) || c == 0xFDFA || c == 0xFDFB ||
         c == 0xFE70 || c == 0xFE72 || c == 0xFE74 || c == 0xFE76 || c == 0xFE78 || c == 0xFE7A ||
         c == 0xFE7C || c == 0xFE7E;
}

}  // namespace

bool IsIdentifierStart(uint32_t code_point) {
  if (code_point == '_') return true;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code_point))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
      return !IsExcludedFromStart(code_point);
    default:
      // Other_ID_Start.
      return code_point == 0x1885 || code_point == 0x1886 || code_point == 0x2118 ||
             code_point == 0x212E;
  }
}

bool IsIdentifierContinue(uint32_t code_point) {
  if (IsIdentifierStart(code_point)) return true;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code_point))) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
      return !IsExcludedFromContinue(code_point);
    default:
      // Other_ID_Continue.
      return code_point == 0xB7 || code_point == 0x387 ||
             (code_point >= 0x1369 && code_point <= 0x1371) || code_point == 0x19DA;
  }
}

bool IsPrintable(uint32_t code_point) {
  if (code_point == ' ') return true;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code_point))) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_ZS:
      return false;
    default:
      return true;
  }
}

std::string NormalizeIdentifier(std::string_view name) {
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t length = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
      static_cast<utf8proc_ssize_t>(name.size()), &mapped,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT));
  if (length < 0) return std::string(name);
  std::string result(reinterpret_cast<char*>(mapped), static_cast<size_t>(length));
  std::free(mapped);
  return result;
}

}  // namespace gila::compiler

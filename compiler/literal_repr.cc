// repr() of the values that literals have.
#include <utf8proc.h>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "compiler/source.h"
#include "compiler/unparse.h"

namespace gila::compiler {

namespace {

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

char QuoteFor(std::string_view text) {
  const bool single = text.find('\'') != std::string_view::npos;
  return single && text.find('"') == std::string_view::npos ? '"' : '\'';
}

// Escapes what str and bytes escape alike. False when `c` is none of it.
bool AppendCommonEscape(uint32_t c, char quote, std::string* out) {
  switch (c) {
    case '\n':
      absl::StrAppend(out, "\\n");
      return true;
    case '\r':
      absl::StrAppend(out, "\\r");
      return true;
    case '\t':
      absl::StrAppend(out, "\\t");
      return true;
    default:
      break;
  }
  if (c != '\\' && c != static_cast<unsigned char>(quote)) return false;
  out->push_back('\\');
  out->push_back(static_cast<char>(c));
  return true;
}

}  // namespace

std::string StrRepr(std::string_view text) {
  const char quote = QuoteFor(text);
  std::string out(1, quote);
  for (size_t at = 0; at < text.size();) {
    const uint32_t c = NextCodePoint(text, &at);
    if (AppendCommonEscape(c, quote, &out)) continue;
    if (c >= ' ' && c < 127) {
      out.push_back(static_cast<char>(c));
    } else if (c < 256 && !IsPrintable(c)) {
      absl::StrAppendFormat(&out, "\\x%02x", c);
    } else if (IsPrintable(c)) {
      AppendUtf8(c, &out);
    } else if (c < 0x10000) {
      absl::StrAppendFormat(&out, "\\u%04x", c);
    } else {
      absl::StrAppendFormat(&out, "\\U%08x", c);
    }
  }
  out.push_back(quote);
  return out;
}

std::string BytesRepr(std::string_view bytes) {
  const char quote = QuoteFor(bytes);
  std::string out = absl::StrCat("b", std::string(1, quote));
  for (const char byte : bytes) {
    const auto c = static_cast<unsigned char>(byte);
    if (AppendCommonEscape(c, quote, &out)) continue;
    if (c >= ' ' && c < 127) {
      out.push_back(byte);
    } else {
      absl::StrAppendFormat(&out, "\\x%02x", c);
    }
  }
  out.push_back(quote);
  return out;
}

std::string FloatRepr(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  char digits[64];
  const double size = std::fabs(value);
  const bool scientific = size != 0 && (size < 1e-4 || size >= 1e16);
  const auto format = scientific ? std::chars_format::scientific : std::chars_format::fixed;
  const auto end = std::to_chars(digits, digits + sizeof(digits), value, format).ptr;
  std::string out(digits, end);
  if (!scientific && out.find('.') == std::string::npos) out += ".0";
  return out;
}

}  // namespace gila::compiler

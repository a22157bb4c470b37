// decimal_text.cc: decimal numbers from and to text, in scientific and engineering notation.
#include <algorithm>
#include <cstdlib>

#include "stdlib/decimal_number.h"

namespace gila::decimal {

namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// `text` begins with lower-case `word` in any case: taken off, true.
bool TakeWord(std::string_view* text, std::string_view word) {
  if (text->size() < word.size()) return false;
  for (size_t i = 0; i < word.size(); ++i)
    if (((*text)[i] | 0x20) != word[i]) return false;
  text->remove_prefix(word.size());
  return true;
}

// Infinity, or NaN with its payload. False when it is neither.
bool ReadSpecial(std::string_view text, const Settings& s, Number* out) {
  if (TakeWord(&text, "inf")) {
    TakeWord(&text, "inity");
    out->kind = Class::kInfinite;
    return text.empty();
  }
  out->kind = TakeWord(&text, "s") ? Class::kSignalingNan : Class::kQuietNan;
  if (!TakeWord(&text, "nan")) return false;
  while (!text.empty() && text.front() == '0') text.remove_prefix(1);
  for (const char c : text)
    if (!IsDigit(c)) return false;
  if (static_cast<int64_t>(text.size()) > s.prec - (s.clamp ? 1 : 0)) return false;
  out->coefficient = Coefficient::FromDigits(text);
  return true;
}

// [+-]digits, as far as it matters: beyond any limit it stays there.
bool ReadExponent(std::string_view text, int64_t* out) {
  bool negative = false;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text.empty()) return false;
  constexpr int64_t kLargest = 4 * kMaxEmax;
  int64_t value = 0;
  for (const char c : text) {
    if (!IsDigit(c)) return false;
    value = value > kLargest / 10 ? kLargest : value * 10 + (c - '0');
  }
  *out = negative ? -value : value;
  return true;
}

}  // namespace

Number FromText(std::string_view text, const Settings& s, uint32_t* status) {
  Number result;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    result.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (!text.empty() && !IsDigit(text.front()) && text.front() != '.')
    return ReadSpecial(text, s, &result) ? result : Invalid(status, kConversionSyntax);
  size_t end = 0, point = std::string_view::npos;
  for (; end < text.size() &&
         (IsDigit(text[end]) || (text[end] == '.' && point == std::string_view::npos));
       ++end)
    if (text[end] == '.') point = end;
  const std::string_view digits = text.substr(0, end);
  if (digits.empty() || digits == ".") return Invalid(status, kConversionSyntax);
  if (end < text.size() &&
      ((text[end] | 0x20) != 'e' || !ReadExponent(text.substr(end + 1), &result.exponent)))
    return Invalid(status, kConversionSyntax);
  if (static_cast<int64_t>(digits.size()) > kMaxDigits) return Invalid(status, kOutOfMemory);
  if (point == std::string_view::npos) {
    result.coefficient = Coefficient::FromDigits(digits);
  } else {
    std::string joined(digits.substr(0, point));
    joined += digits.substr(point + 1);
    result.coefficient = Coefficient::FromDigits(joined);
    result.exponent -= static_cast<int64_t>(digits.size() - point - 1);
  }
  return Finish(std::move(result), s, status);
}

std::string ToText(const Number& a, bool engineering, bool capitals) {
  std::string text = a.negative ? "-" : "";
  if (a.IsInfinite()) return text + "Infinity";
  if (a.IsNan()) {
    text += a.IsSignaling() ? "sNaN" : "NaN";
    return a.coefficient.IsZero() ? text : text + a.coefficient.Text();
  }
  std::string digits = a.coefficient.Text();
  const auto count = static_cast<int64_t>(digits.size());
  const int64_t left = a.exponent + count;  // digits before the point, if it stood there
  int64_t point = 1;                        // where it will stand
  if (a.exponent <= 0 && left > -6) {
    point = left;
  } else if (engineering && a.IsZero()) {
    point = ((left + 1) % 3 + 3) % 3 - 1;
  } else if (engineering) {
    point = ((left - 1) % 3 + 3) % 3 + 1;
  }
  if (point <= 0) {
    text += "0." + std::string(static_cast<size_t>(-point), '0') + digits;
  } else if (point >= count) {
    text += digits + std::string(static_cast<size_t>(point - count), '0');
  } else {
    text.append(digits, 0, static_cast<size_t>(point)) += '.';
    text.append(digits, static_cast<size_t>(point));
  }
  if (left == point) return text;
  const int64_t exponent = left - point;
  text += capitals ? "E" : "e";
  if (exponent > 0) text += '+';
  return text + std::to_string(exponent);
}

}  // namespace gila::decimal

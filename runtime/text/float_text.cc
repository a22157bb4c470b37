// float_text.cc: see float_text.h, and FloatRepr of types/float.h. Digits come from std::to_chars
// (shortest, or exactly rounded); where the point and the exponent go is Python's rule.
#include "runtime/text/float_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "runtime/protocols.h"
#include "runtime/text/unicode.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

// No double has more digits after the point, or more significant ones, than this.
constexpr int64_t kMaxUsefulPrecision = 1100;

// The digits of |d| = d1.d2d3... * 10^exponent.
struct Digits {
  std::string text;
  int exponent = 0;
};

Digits SplitScientific(const char* begin, const char* end) {
  Digits digits;
  const char* e = std::find(begin, end, 'e');
  for (const char* p = begin; p < e; ++p) {
    if (*p != '.') digits.text.push_back(*p);
  }
  digits.exponent = std::atoi(std::string(e + 1, end).c_str());
  return digits;
}

Digits ShortestDigits(double magnitude) {
  char buffer[40];
  const auto end =
      std::to_chars(buffer, buffer + sizeof(buffer), magnitude, std::chars_format::scientific);
  return SplitScientific(buffer, end.ptr);
}

// `precision` digits after the first.
Digits RoundedDigits(double magnitude, int64_t precision) {
  std::string buffer(static_cast<size_t>(std::min(precision, kMaxUsefulPrecision)) + 32, '\0');
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude,
                                 std::chars_format::scientific,
                                 static_cast<int>(std::min(precision, kMaxUsefulPrecision)));
  Digits digits = SplitScientific(buffer.data(), end.ptr);
  if (precision > kMaxUsefulPrecision)
    digits.text.append(static_cast<size_t>(precision - kMaxUsefulPrecision), '0');
  return digits;
}

void AppendExponent(std::string& out, int exponent, bool upper) {
  out.push_back(upper ? 'E' : 'e');
  out.push_back(exponent < 0 ? '-' : '+');
  const int magnitude = std::abs(exponent);
  if (magnitude < 10) out.push_back('0');
  out += std::to_string(magnitude);
}

// d.ddde+xx
void AppendScientific(std::string& out, const Digits& digits, bool upper, bool keep_point) {
  out.push_back(digits.text[0]);
  if (digits.text.size() > 1 || keep_point) out.push_back('.');
  out.append(digits.text, 1);
  AppendExponent(out, digits.exponent, upper);
}

// The same digits with the point in its place.
void AppendPlain(std::string& out, const Digits& digits, bool keep_point, bool point_zero) {
  const std::string& text = digits.text;
  const auto whole = digits.exponent + 1;  // digits before the point
  if (whole <= 0) {
    out += "0.";
    out.append(static_cast<size_t>(-whole), '0');
    out += text;
    return;
  }
  const auto before = static_cast<size_t>(whole);
  if (text.size() <= before) {
    out += text;
    out.append(before - text.size(), '0');
    if (keep_point || point_zero) out.push_back('.');
    if (point_zero) out.push_back('0');
  } else {
    out.append(text, 0, before);
    out.push_back('.');
    out.append(text, before);
  }
}

void AppendFixed(std::string& out, double magnitude, int64_t precision, bool keep_point) {
  const int64_t useful = std::min(precision, kMaxUsefulPrecision);
  const size_t start = out.size();
  out.resize(start + static_cast<size_t>(useful) + 330);
  const auto end = std::to_chars(out.data() + start, out.data() + out.size(), magnitude,
                                 std::chars_format::fixed, static_cast<int>(useful));
  out.resize(static_cast<size_t>(end.ptr - out.data()));
  out.append(static_cast<size_t>(precision - useful), '0');
  if (precision == 0 && keep_point) out.push_back('.');
}

void AppendGeneral(std::string& out, double magnitude, int64_t precision, bool upper, int flags) {
  if (precision == 0) precision = 1;
  const bool alternate = flags & kFloatAlternate;
  Digits digits = RoundedDigits(magnitude, precision - 1);
  if (!alternate) {
    const size_t last = digits.text.find_last_not_of('0');
    digits.text.resize(last == std::string::npos ? 1 : last + 1);
  }
  // The zero of "1.0" takes one of the places.
  const bool point_zero = flags & kFloatPointZero;
  const int64_t limit = precision - (point_zero ? 1 : 0);
  if (digits.exponent < -4 || digits.exponent >= limit) {
    AppendScientific(out, digits, upper, alternate);
  } else {
    AppendPlain(out, digits, alternate, point_zero);
  }
}

void AppendShortest(std::string& out, double magnitude, int flags) {
  const Digits digits = ShortestDigits(magnitude);
  const bool alternate = flags & kFloatAlternate;
  if (digits.exponent < -4 || digits.exponent >= 16) {
    AppendScientific(out, digits, false, alternate);
  } else {
    AppendPlain(out, digits, alternate, flags & kFloatPointZero);
  }
}

}  // namespace

std::string FormatDouble(double d, char type, int64_t precision, int flags) {
  const bool upper = type >= 'A' && type <= 'Z';
  if (std::isnan(d)) {
    std::string out = flags & kFloatSign ? "+" : "";
    return out += upper ? "NAN" : "nan";
  }
  std::string out;
  if (std::signbit(d)) {
    out.push_back('-');
  } else if (flags & kFloatSign) {
    out.push_back('+');
  }
  const double magnitude = std::fabs(d);
  if (std::isinf(d)) return out += upper ? "INF" : "inf";
  switch (type) {
    case 'e':
    case 'E':
      AppendScientific(out, RoundedDigits(magnitude, precision), upper, flags & kFloatAlternate);
      break;
    case 'f':
    case 'F':
      AppendFixed(out, magnitude, precision, flags & kFloatAlternate);
      break;
    case 'g':
    case 'G':
      AppendGeneral(out, magnitude, precision, upper, flags);
      break;
    default:
      AppendShortest(out, magnitude, flags);
  }
  return out;
}

size_t WriteFloatRepr(double d, char* out) {
  char* p = out;
  if (std::isnan(d)) {
    std::memcpy(p, "nan", 3);
    return 3;
  }
  if (std::signbit(d)) *p++ = '-';
  const double magnitude = std::fabs(d);
  if (std::isinf(d)) {
    std::memcpy(p, "inf", 3);
    return static_cast<size_t>(p + 3 - out);
  }
  char text[32];
  const char* const end =
      std::to_chars(text, text + sizeof(text), magnitude, std::chars_format::scientific).ptr;
  // d[.ddd]e(+|-)xx
  const char* const e =
      static_cast<const char*>(std::memchr(text, 'e', static_cast<size_t>(end - text)));
  int exponent = 0;
  for (const char* q = e + 2; q < end; ++q) exponent = exponent * 10 + (*q - '0');
  if (e[1] == '-') exponent = -exponent;
  if (exponent < -4 || exponent >= 16) {
    std::memcpy(p, text, static_cast<size_t>(end - text));
    return static_cast<size_t>(p - out + (end - text));
  }
  text[1] = text[0];  // the digits are now [text + 1, e), the point's place overwritten
  const char* const digits = e == text + 1 ? text : text + 1;
  int count = e == text + 1 ? 1 : static_cast<int>(e - digits);
  if (exponent < 0) {
    *p++ = '0';
    *p++ = '.';
    for (int i = -1; i > exponent; --i) *p++ = '0';
    std::memcpy(p, digits, static_cast<size_t>(count));
    return static_cast<size_t>(p + count - out);
  }
  const int whole = exponent + 1;
  const int copied = std::min(whole, count);
  std::memcpy(p, digits, static_cast<size_t>(copied));
  p += copied;
  for (int i = copied; i < whole; ++i) *p++ = '0';
  *p++ = '.';
  if (count <= whole) {
    *p++ = '0';
  } else {
    std::memcpy(p, digits + whole, static_cast<size_t>(count - whole));
    p += count - whole;
  }
  return static_cast<size_t>(p - out);
}

std::string FloatRepr(double d) {
  char text[kFloatReprMax];
  return std::string(text, WriteFloatRepr(d, text));
}

namespace {

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((text[i] | 0x20) != lower[i]) return false;
  }
  return true;
}

}  // namespace

bool ParseDouble(std::string_view text, double* out) {
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  if (text.empty()) return false;
  double magnitude = 0;
  if (text[0] == '.' || (text[0] >= '0' && text[0] <= '9')) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), magnitude);
    if (end != text.data() + text.size()) return false;
    // Out of range leaves the number alone; strtod says whether it is too large or too small.
    if (error == std::errc::result_out_of_range)
      magnitude = std::strtod(std::string(text).c_str(), nullptr);
    else if (error != std::errc())
      return false;
  } else if (EqualsIgnoringCase(text, "inf") || EqualsIgnoringCase(text, "infinity")) {
    magnitude = HUGE_VAL;
  } else if (EqualsIgnoringCase(text, "nan")) {
    magnitude = std::nan("");
  } else {
    return false;
  }
  *out = negative ? -magnitude : magnitude;
  return true;
}

namespace {

// The text with digits of other scripts as ASCII and blanks around it gone; a character that no
// number has becomes '?'.
std::string PlainNumberText(Value v) {
  std::string text;
  if (IsStr(v)) {
    const Str* const s = v.As<Str>();
    text.reserve(static_cast<size_t>(s->length));
    for (int64_t i = 0; i < s->length; ++i) {
      const uint32_t c = s->At(i);
      const int digit = c < 128 ? -1 : DecimalValue(c);
      if (digit >= 0) {
        text.push_back(static_cast<char>('0' + digit));
      } else if (CharIs(c, kCharSpace)) {
        text.push_back(' ');
      } else {
        text.push_back(c > 0 && c < 128 ? static_cast<char>(c) : '?');
      }
    }
  } else {
    text = v.As<Bytes>()->view();
    for (char& c : text) {
      if (c == '\0') c = '?';
      if (c >= '\t' && c <= '\r') c = ' ';
    }
  }
  const size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// Takes out underscores; false when one does not stand between two digits.
bool DropUnderscores(std::string& text) {
  if (text.find('_') == std::string::npos) return true;
  const auto is_digit = [&](size_t i) {
    return i < text.size() && text[i] >= '0' && text[i] <= '9';
  };
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      out.push_back(text[i]);
    } else if (i == 0 || !is_digit(i - 1) || !is_digit(i + 1)) {
      return false;
    }
  }
  text = std::move(out);
  return true;
}

}  // namespace

Result<double> ParseFloat(Thread& thread, Value v) {
  std::string text = PlainNumberText(v);
  double d;
  if (DropUnderscores(text) && ParseDouble(text, &d)) return d;
  GILA_TRY(Str* const shown, Repr(thread, v));
  return thread.RaiseFormat(TypeId::kValueError, "could not convert string to float: %s",
                            ToUtf8(shown).c_str());
}

}  // namespace gila

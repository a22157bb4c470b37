// decimal_format.cc: format(decimal, spec): [[fill]align][sign][z][0][width][,][.precision][type]
// with the types e, E, f, F, g, G, n and %. The digits are rounded as decimals, by the rounding of
// the current context.
#include <algorithm>
#include <climits>
#include <clocale>
#include <mutex>

#include "runtime/protocols.h"
#include "runtime/text/utf8.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"
#include "stdlib/decimal_internal.h"

namespace gila {
namespace {

using namespace decimal;  // NOLINT: the operations

// Code points.
size_t Utf8Length(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

struct Spec {
  std::string fill = " ";
  char align = '>', sign = '-', type = 0;
  bool no_negative_zero = false, zero_padded = false;
  int64_t width = 0, precision = -1;
  // Locale: what stands for the point and between groups, and how long the groups are.
  std::string point = ".", separator, grouping;
};

bool IsAlign(uint32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

// A run of digits; false when it is too long to be meant.
bool ReadNumber(const Str* text, int64_t* at, int64_t* out) {
  *out = 0;
  for (; *at < text->length && text->At(*at) >= '0' && text->At(*at) <= '9'; ++*at) {
    if (*out > kMaxDigits) return false;
    *out = *out * 10 + (text->At(*at) - '0');
  }
  return true;
}

bool ParseSpec(const Str* text, Spec* spec) {
  int64_t at = 0;
  const auto peek = [&](int64_t offset = 0) {
    return at + offset < text->length ? text->At(at + offset) : 0;
  };
  bool aligned = false;
  if (text->length >= 2 && IsAlign(peek(1))) {
    spec->fill.clear();
    AppendUtf8(spec->fill, peek());
    spec->align = static_cast<char>(peek(1));
    at = 2;
    aligned = true;
  } else if (IsAlign(peek())) {
    spec->align = static_cast<char>(peek());
    at = 1;
    aligned = true;
  }
  if (peek() == '+' || peek() == '-' || peek() == ' ')
    spec->sign = static_cast<char>(text->At(at++));
  if (peek() == 'z') {
    spec->no_negative_zero = true;
    ++at;
  }
  if (peek() == '0') {
    // The alignment is part of the zero.
    if (aligned) return false;
    spec->fill = "0";
    spec->align = '=';
    spec->zero_padded = true;
    ++at;
  }
  if (!ReadNumber(text, &at, &spec->width)) return false;
  if (peek() == ',') {
    spec->separator = ",";
    spec->grouping = "\3";
    ++at;
  }
  if (peek() == '.') {
    ++at;
    if (peek() < '0' || peek() > '9' || !ReadNumber(text, &at, &spec->precision)) return false;
  }
  if (at < text->length) {
    const uint32_t type = text->At(at);
    if (type >= 128 ||
        std::string_view("eEfFgGn%").find(static_cast<char>(type)) == std::string_view::npos)
      return false;
    spec->type = static_cast<char>(type);
    ++at;
  }
  // n brings its own separator.
  if (spec->type == 'n' && !spec->separator.empty()) return false;
  return at == text->length;
}

void ReadLocale(Spec* spec) {
  static std::mutex lock;
  std::lock_guard<std::mutex> guard(lock);
  const lconv* const facts = std::localeconv();
  spec->point = facts->decimal_point;
  spec->separator = facts->thousands_sep;
  spec->grouping = facts->grouping;
}

Failed RaiseOverride(Thread& thread) { return thread.RaiseValueError("invalid override dict"); }

// {'decimal_point': ..., 'thousands_sep': ..., 'grouping': ...}: all three.
Status ReadOverride(Thread& thread, Value v, Spec* spec) {
  if (!IsDict(v)) return thread.RaiseTypeError("optional argument must be a dict");
  const std::pair<const char*, std::string*> parts[] = {{"decimal_point", &spec->point},
                                                        {"thousands_sep", &spec->separator},
                                                        {"grouping", &spec->grouping}};
  for (const auto& [name, out] : parts) {
    GILA_TRY(const Value found, DictGet(thread, v.As<Dict>(), Intern(thread, name)));
    if (found.IsUnbound() || !IsStr(found)) return RaiseOverride(thread);
    *out = ToUtf8(found);
  }
  const std::string_view point = spec->point;
  if (point.empty() || Utf8Length(point) > 1 || Utf8Length(spec->separator) > 1 ||
      std::any_of(spec->grouping.begin(), spec->grouping.end(),
                  [](char c) { return (c & 0x80) != 0; }))
    return RaiseOverride(thread);
  // Sizes of groups are no text: the zero that ends them is not one.
  while (!spec->grouping.empty() && spec->grouping.back() == 0) spec->grouping.pop_back();
  return kOk;
}

// The digits of the whole part in groups; padded with zeros to `least` characters, separators
// counted.
std::string Group(const std::string& digits, const Spec& spec, int64_t least) {
  const auto separator_size = static_cast<int64_t>(Utf8Length(spec.separator));
  std::string reversed;
  int64_t length = 0, in_group = 0;
  size_t group = 0, taken = 0;
  const std::string separator(spec.separator.rbegin(), spec.separator.rend());
  const auto size = [&] {
    if (spec.separator.empty() || spec.grouping.empty() ||
        static_cast<signed char>(spec.grouping[group]) == CHAR_MAX)
      return INT64_MAX;
    return static_cast<int64_t>(spec.grouping[group]);
  };
  while (taken < digits.size() || length < least) {
    if (in_group == size()) {
      reversed += separator;
      length += separator_size;
      in_group = 0;
      if (group + 1 < spec.grouping.size() && spec.grouping[group + 1] != 0) ++group;
    }
    reversed += taken < digits.size() ? digits[digits.size() - 1 - taken] : '0';
    ++taken;
    ++length;
    ++in_group;
  }
  return {reversed.rbegin(), reversed.rend()};
}

// Rounded to so many digits.
Number ToDigits(const Number& a, int64_t digits, Rounding rounding, uint32_t* conditions) {
  const int64_t surplus = a.coefficient.Digits() - digits;
  if (surplus <= 0) return a;
  Rest rest;
  Number result = Rescale(a, a.exponent + surplus, rounding, &rest, conditions);
  // 99 to one digit is 10, one too many.
  if (result.coefficient.Digits() > digits)
    result = Rescale(result, result.exponent + 1, rounding, &rest, conditions);
  return result;
}

struct Parts {
  std::string whole, fraction, exponent;
};

// A finite number by its type and precision. `type` is one of e, f, g, %; *number becomes what is
// shown.
Parts Digits(Number* number, char type, const Spec& spec, bool capital, Rounding rounding,
             uint32_t* conditions) {
  Rest rest;
  Number& a = *number;
  if (type == '%') a.exponent += 2;
  if (spec.precision >= 0) {
    if (type == 'e') {
      if (a.IsZero()) {
        // Handled by where the point is.
      } else {
        const int64_t wanted = spec.precision + 1;
        a = ToDigits(a, wanted, rounding, conditions);
        const int64_t missing = wanted - a.coefficient.Digits();
        if (missing > 0) a = Rescale(a, a.exponent - missing, rounding, &rest, conditions);
      }
    } else if (type == 'f' || type == '%') {
      a = Rescale(a, -spec.precision, rounding, &rest, conditions);
    } else if (!a.IsZero()) {
      a = ToDigits(a, std::max<int64_t>(1, spec.precision), rounding, conditions);
    } else if (a.coefficient.Digits() > spec.precision) {
      a = ToDigits(a, 1, rounding, conditions);
    }
  }
  if ((type == 'f' || type == '%') && a.IsZero() && a.exponent > 0) a.exponent = 0;
  const std::string digits = a.coefficient.Text();
  const auto count = static_cast<int64_t>(digits.size());
  const int64_t left = a.exponent + count;
  int64_t point = 1;
  if (type == 'e') {
    point = a.IsZero() && spec.precision >= 0 ? 1 - spec.precision : 1;
  } else if (type == 'f' || type == '%' || (a.exponent <= 0 && left > -6)) {
    point = left;
  }
  Parts parts;
  if (point < 0) {
    parts.whole = "0";
    parts.fraction = std::string(static_cast<size_t>(-point), '0') + digits;
  } else if (point > count) {
    parts.whole = digits + std::string(static_cast<size_t>(point - count), '0');
  } else {
    parts.whole = point == 0 ? "0" : digits.substr(0, static_cast<size_t>(point));
    parts.fraction = digits.substr(static_cast<size_t>(point));
  }
  const int64_t exponent = left - point;
  if (exponent != 0 || type == 'e') {
    parts.exponent = capital ? "E" : "e";
    parts.exponent += exponent < 0 ? '-' : '+';
    parts.exponent += std::to_string(exponent < 0 ? -exponent : exponent);
  }
  return parts;
}

Result<Value> Pad(Thread& thread, const Spec& spec, const std::string& sign,
                  const std::string& body) {
  const auto length = static_cast<int64_t>(sign.size() + Utf8Length(body));
  const int64_t missing = std::max<int64_t>(0, spec.width - length);
  const auto fill = [&](int64_t count) {
    std::string out;
    for (int64_t i = 0; i < count; ++i) out += spec.fill;
    return out;
  };
  switch (spec.align) {
    case '<':
      return NewStr(thread, sign + body + fill(missing));
    case '^':
      return NewStr(thread, fill(missing / 2) + sign + body + fill(missing - missing / 2));
    case '=':
      return NewStr(thread, sign + fill(missing) + body);
    default:
      return NewStr(thread, fill(missing) + sign + body);
  }
}

}  // namespace

Result<Value> DecimalFormat(Thread& thread, Args args) {
  if (!IsStr(args[1])) return thread.RaiseTypeError("format arg must be str");
  GILA_TRY(const DecimalContext* const context, CurrentDecimalContext(thread));
  const Settings settings = context->Load();
  Spec spec;
  if (!ParseSpec(args[1].As<Str>(), &spec)) return thread.RaiseValueError("invalid format string");
  if (spec.type == 'n') ReadLocale(&spec);
  if (args.Has(2)) GILA_TRY_VOID(ReadOverride(thread, args[2], &spec));
  Number number = NumberOf(args[0]);
  uint32_t conditions = 0;
  Parts parts;
  const bool percent = spec.type == '%';
  if (number.IsFinite()) {
    char type = spec.type == 0 || spec.type == 'n' ? 'g'
                : percent                          ? '%'
                                                   : static_cast<char>(spec.type | 0x20);
    const bool capital = spec.type == 0 ? settings.capitals
                                        : spec.type == 'E' || spec.type == 'G' || spec.type == 'F';
    parts = Digits(&number, type, spec, capital, settings.rounding, &conditions);
    if (conditions & kOutOfMemory) return thread.RaiseMemoryError();
    if (spec.no_negative_zero && number.IsZero()) number.negative = false;
  }
  const std::string sign = number.negative    ? "-"
                           : spec.sign == '-' ? ""
                                              : std::string(1, spec.sign);
  if (!number.IsFinite()) {
    if (spec.zero_padded) {
      spec.fill = " ";
      spec.align = '>';
    }
    return Pad(thread, spec, sign,
               ToText(Signed(number, false), false, true) + (percent ? "%" : ""));
  }
  std::string tail;
  if (!parts.fraction.empty()) tail = spec.point + parts.fraction;
  tail += parts.exponent;
  if (percent) tail += '%';
  const auto rest = static_cast<int64_t>(sign.size() + Utf8Length(tail));
  const int64_t least = spec.zero_padded ? spec.width - rest : 0;
  return Pad(thread, spec, sign, Group(parts.whole, spec, least) + tail);
}

}  // namespace gila

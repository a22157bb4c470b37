// format_spec.cc: reading a format spec, the layout of numbers, and str.__format__. Numbers are in
// format_number.cc.
#include "runtime/text/format_spec.h"

#include <algorithm>
#include <cstdio>
#include <string>

#include "runtime/protocols.h"
#include "runtime/text/unicode.h"
#include "runtime/type.h"

namespace gila {

namespace {

bool IsAlign(uint32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

// Walks over the code points of a spec.
class SpecReader {
 public:
  explicit SpecReader(const Str* spec) : spec_(spec) {}
  int64_t left() const { return spec_->length - place_; }
  uint32_t Peek(int64_t ahead = 0) const { return ahead < left() ? spec_->At(place_ + ahead) : 0; }
  uint32_t Take() { return spec_->At(place_++); }
  bool TakeIf(uint32_t c) {
    if (left() == 0 || Peek() != c) return false;
    ++place_;
    return true;
  }
  // A decimal number in digits of any script; -1 when there is none, -2 when it is too large.
  int64_t TakeNumber() {
    int64_t number = -1;
    for (int digit; left() > 0 && (digit = DecimalValue(Peek())) >= 0; ++place_) {
      if (number < 0) number = 0;
      if (__builtin_mul_overflow(number, int64_t{10}, &number) ||
          __builtin_add_overflow(number, int64_t{digit}, &number))
        return -2;
    }
    return number;
  }

 private:
  const Str* spec_;
  int64_t place_ = 0;
};

void ReadAlignment(SpecReader& in, FormatSpec& spec, bool* fill_given) {
  *fill_given = false;
  if (in.left() >= 2 && IsAlign(in.Peek(1))) {
    spec.fill = in.Take();
    *fill_given = true;
  } else if (in.left() == 0 || !IsAlign(in.Peek())) {
    return;
  }
  spec.align = static_cast<char>(in.Take());
  spec.align_given = true;
}

Status ReadGrouping(Thread& thread, SpecReader& in, FormatSpec& spec) {
  if (in.TakeIf(',')) spec.grouping = ',';
  if (in.left() > 0 && in.Peek() == '_') {
    if (spec.grouping != 0)
      return thread.Raise(TypeId::kValueError, "Cannot specify both ',' and '_'.");
    spec.grouping = '_';
    in.Take();
  }
  if (in.left() > 0 && in.Peek() == ',' && spec.grouping == '_')
    return thread.Raise(TypeId::kValueError, "Cannot specify both ',' and '_'.");
  return kOk;
}

Status CheckGrouping(Thread& thread, const FormatSpec& spec) {
  if (spec.grouping == 0 || spec.type == 0) return kOk;
  if (spec.type < 128) {
    const auto type = static_cast<char>(spec.type);
    if (std::string_view("defgEG%F").find(type) != std::string_view::npos) return kOk;
    if (spec.grouping == '_' && std::string_view("boxX").find(type) != std::string_view::npos)
      return kOk;
    if (type > 32)
      return thread.RaiseValueError("Cannot specify '%c' with '%c'.", spec.grouping, type);
  }
  return thread.RaiseValueError("Cannot specify '%c' with '\\x%x'.", spec.grouping, spec.type);
}

Status ReadWidthAndPrecision(Thread& thread, SpecReader& in, FormatSpec& spec) {
  constexpr const char* kTooMany = "Too many decimal digits in format string";
  spec.width = in.TakeNumber();
  if (spec.width == -2) return thread.Raise(TypeId::kValueError, kTooMany);
  GILA_TRY_VOID(ReadGrouping(thread, in, spec));
  if (!in.TakeIf('.')) return kOk;
  spec.precision = in.TakeNumber();
  if (spec.precision == -2) return thread.Raise(TypeId::kValueError, kTooMany);
  if (spec.precision == -1)
    return thread.Raise(TypeId::kValueError, "Format specifier missing precision");
  return kOk;
}

}  // namespace

Result<FormatSpec> ParseFormatSpec(Thread& thread, const Str* text, Value formatted,
                                   char default_type, char default_align) {
  FormatSpec spec;
  spec.align = default_align;
  spec.type = static_cast<unsigned char>(default_type);
  SpecReader in(text);
  bool fill_given;
  ReadAlignment(in, spec, &fill_given);
  if (in.left() > 0 && (in.Peek() == ' ' || in.Peek() == '+' || in.Peek() == '-'))
    spec.sign = static_cast<char>(in.Take());
  spec.no_negative_zero = in.TakeIf('z');
  spec.alternate = in.TakeIf('#');
  if (!fill_given && in.TakeIf('0')) {
    spec.fill = '0';
    if (!spec.align_given && default_align == '>') spec.align = '=';
  }
  GILA_TRY_VOID(ReadWidthAndPrecision(thread, in, spec));
  if (in.left() > 1) {
    const std::string_view name = TypeNameOf(formatted);
    return thread.RaiseValueError("Invalid format specifier '%s' for object of type '%.*s'",
                                  ToUtf8(text).c_str(), static_cast<int>(name.size()), name.data());
  }
  if (in.left() == 1) spec.type = in.Take();
  GILA_TRY_VOID(CheckGrouping(thread, spec));
  return spec;
}

Failed RaiseUnknownFormatCode(Thread& thread, uint32_t type, Value formatted) {
  const std::string_view name = TypeNameOf(formatted);
  const int size = static_cast<int>(name.size());
  if (type > 32 && type < 128) {
    return thread.RaiseValueError("Unknown format code '%c' for object of type '%.*s'",
                                  static_cast<char>(type), size, name.data());
  }
  return thread.RaiseValueError("Unknown format code '\\x%x' for object of type '%.*s'", type, size,
                                name.data());
}

namespace {

// Digits with separators, and with zeros in front until they are `min_width` wide.
std::string GroupDigits(std::string_view digits, char separator, int64_t group, int64_t min_width) {
  std::string reversed;
  auto remaining = static_cast<int64_t>(digits.size());
  int64_t in_group = 0;
  while (remaining > 0 || static_cast<int64_t>(reversed.size()) < min_width) {
    if (separator != 0 && in_group == group) {
      reversed.push_back(separator);
      in_group = 0;
    }
    reversed.push_back(remaining > 0 ? digits[static_cast<size_t>(--remaining)] : '0');
    ++in_group;
  }
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

int64_t GroupSize(const FormatSpec& spec) {
  return spec.type == 'b' || spec.type == 'o' || spec.type == 'x' || spec.type == 'X' ? 4 : 3;
}

// How the padding of `missing` places is shared out.
struct Padding {
  int64_t left = 0, inner = 0, right = 0;
  Padding(char align, int64_t missing) {
    if (missing <= 0) return;
    switch (align) {
      case '<':
        right = missing;
        break;
      case '^':
        left = missing / 2;
        right = missing - left;
        break;
      case '=':
        inner = missing;
        break;
      default:
        left = missing;
    }
  }
};

}  // namespace

Result<Str*> LayOutNumber(Thread& thread, const FormatSpec& spec, const NumberText& number) {
  const auto fixed =
      static_cast<int64_t>((number.sign != 0) + number.prefix.size() + number.rest.size());
  std::string grouped;
  std::string_view digits = number.digits;
  const bool zero_fill = spec.fill == '0' && spec.align == '=';
  if (!digits.empty() && (spec.grouping != 0 || zero_fill)) {
    if (zero_fill && spec.width > (int64_t{1} << 33)) return thread.RaiseMemoryError();
    grouped =
        GroupDigits(digits, spec.grouping, GroupSize(spec), zero_fill ? spec.width - fixed : 0);
    digits = grouped;
  }
  const auto size = fixed + static_cast<int64_t>(digits.size());
  if (spec.width <= size && size > 1) {
    GILA_TRY(Str* const text, NewStrUninitialized(thread, size, 0, true));
    auto* p = reinterpret_cast<char*>(text->data);
    if (number.sign != 0) *p++ = number.sign;
    for (const std::string_view part : {number.prefix, digits, number.rest})
      p = std::copy(part.begin(), part.end(), p);
    return text;
  }
  const Padding padding(spec.align, spec.width - size);
  StrBuilder out(thread);
  out.AppendRepeated(spec.fill, padding.left);
  if (number.sign != 0) out.Append(static_cast<uint32_t>(number.sign));
  out.AppendAscii(number.prefix);
  out.AppendRepeated(spec.fill, padding.inner);
  out.AppendAscii(digits);
  out.AppendAscii(number.rest);
  out.AppendRepeated(spec.fill, padding.right);
  return out.Finish();
}

Result<Value> FormatStr(Thread& thread, Str* s, Str* spec_text) {
  if (spec_text->length == 0) return ToStr(thread, s);
  GILA_TRY(const FormatSpec spec, ParseFormatSpec(thread, spec_text, s, 's', '<'));
  if (spec.type != 's') return RaiseUnknownFormatCode(thread, spec.type, s);
  if (spec.sign != 0) {
    return thread.RaiseValueError("%s not allowed in string format specifier",
                                  spec.sign == ' ' ? "Space" : "Sign");
  }
  if (spec.no_negative_zero) {
    return thread.Raise(TypeId::kValueError,
                        "Negative zero coercion (z) not allowed in string format specifier");
  }
  if (spec.alternate) {
    return thread.Raise(TypeId::kValueError,
                        "Alternate form (#) not allowed in string format specifier");
  }
  if (spec.align == '=') {
    return thread.Raise(TypeId::kValueError,
                        "'=' alignment not allowed in string format specifier");
  }
  const int64_t length = spec.precision >= 0 ? std::min(spec.precision, s->length) : s->length;
  if (spec.width <= length) return StrSlice(thread, s, 0, length);
  const Padding padding(spec.align, spec.width - length);
  StrBuilder out(thread);
  out.Reserve(spec.width);
  out.AppendRepeated(spec.fill, padding.left);
  out.Append(s, 0, length);
  out.AppendRepeated(spec.fill, padding.right);
  return out.Finish();
}

}  // namespace gila

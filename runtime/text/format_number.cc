// format_number.cc: int.__format__, float.__format__ and complex.__format__.
#include <climits>
#include <cmath>
#include <string>

#include "runtime/protocols.h"
#include "runtime/text/float_text.h"
#include "runtime/text/format_spec.h"
#include "runtime/text/utf8.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"

namespace gila {

namespace {

bool IsFloatCode(uint32_t type) {
  return type != 0 && type < 128 &&
         std::string_view("eEfFgG%").find(static_cast<char>(type)) != std::string_view::npos;
}

Result<Value> FormatCharacter(Thread& thread, Value v, const FormatSpec& spec) {
  if (spec.sign != 0) {
    return thread.Raise(TypeId::kValueError, "Sign not allowed with integer format specifier 'c'");
  }
  if (spec.alternate) {
    return thread.Raise(TypeId::kValueError,
                        "Alternate form (#) not allowed with integer format specifier 'c'");
  }
  int64_t code_point;
  if (!TryInt64(v, &code_point))
    return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C long");
  if (code_point < 0 || code_point > 0x10FFFF)
    return thread.Raise(TypeId::kOverflowError, "%c arg not in range(0x110000)");
  const int64_t missing = std::max<int64_t>(spec.width - 1, 0);
  const int64_t left = spec.align == '<' ? 0 : spec.align == '^' ? missing / 2 : missing;
  StrBuilder out(thread);
  out.AppendRepeated(spec.fill, left);
  out.Append(static_cast<uint32_t>(code_point));
  out.AppendRepeated(spec.fill, missing - left);
  return out.Finish();
}

int BaseOf(uint32_t type, std::string_view* prefix) {
  switch (type) {
    case 'b':
      *prefix = "0b";
      return 2;
    case 'o':
      *prefix = "0o";
      return 8;
    case 'x':
      *prefix = "0x";
      return 16;
    case 'X':
      *prefix = "0X";
      return 16;
    default:
      *prefix = {};
      return 10;
  }
}

Status CheckIntSpec(Thread& thread, const FormatSpec& spec) {
  if (spec.precision != -1) {
    return thread.Raise(TypeId::kValueError, "Precision not allowed in integer format specifier");
  }
  if (spec.no_negative_zero) {
    return thread.Raise(TypeId::kValueError,
                        "Negative zero coercion (z) not allowed in integer format specifier");
  }
  return kOk;
}

char SignOf(bool negative, char wanted) {
  if (negative) return '-';
  return wanted == '+' || wanted == ' ' ? wanted : 0;
}

Result<Value> FormatFloatWith(Thread& thread, double d, Value formatted, const FormatSpec& spec);

}  // namespace

Result<Value> FormatInt(Thread& thread, Value v, Str* spec_text) {
  if (spec_text->length == 0) return ToStr(thread, v);
  GILA_TRY(const FormatSpec spec, ParseFormatSpec(thread, spec_text, v, 'd', '>'));
  if (IsFloatCode(spec.type)) {
    GILA_TRY(const double d, IntToDouble(thread, PlainInt(v)));
    return FormatFloatWith(thread, d, v, spec);
  }
  if (spec.type >= 128 ||
      std::string_view("bcdoxXn").find(static_cast<char>(spec.type)) == std::string_view::npos)
    return RaiseUnknownFormatCode(thread, spec.type, v);
  GILA_TRY_VOID(CheckIntSpec(thread, spec));
  if (spec.type == 'c') return FormatCharacter(thread, v, spec);
  NumberText number;
  const int base = BaseOf(spec.type, &number.prefix);
  if (!spec.alternate) number.prefix = {};
  GILA_TRY(std::string text, IntToString(thread, v, base));
  if (spec.type == 'X') {
    for (char& c : text) {
      if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 32);
    }
  }
  number.digits = text;
  const bool negative = text[0] == '-';
  if (negative) number.digits.remove_prefix(1);
  number.sign = SignOf(negative, spec.sign);
  return LayOutNumber(thread, spec, number);
}

namespace {

struct FloatPlan {
  char type;
  int64_t precision;
  int flags;
};

// Which of FormatDouble's forms a spec asks for.
Result<FloatPlan> PlanFloat(Thread& thread, const FormatSpec& spec, int no_type_flags) {
  if (spec.precision > INT_MAX) return thread.Raise(TypeId::kValueError, "precision too big");
  FloatPlan plan = {static_cast<char>(spec.type), spec.precision,
                    spec.alternate ? kFloatAlternate : 0};
  const bool no_type = spec.type == 0;
  if (no_type) {
    plan.type = spec.precision < 0 ? 'r' : 'g';
    plan.flags |= no_type_flags;
  } else if (spec.type == 'n') {
    plan.type = 'g';
  } else if (spec.type == '%') {
    plan.type = 'f';
  }
  if (plan.precision < 0) plan.precision = 6;
  return plan;
}

// A text such as "-0.00": only zeros before an exponent.
bool IsNegativeZero(std::string_view text) {
  if (text.empty() || text[0] != '-') return false;
  for (const char c : text.substr(1)) {
    if (c == 'e' || c == 'E') break;
    if (c != '0' && c != '.') return false;
  }
  return true;
}

void SplitNumber(std::string_view text, char wanted_sign, NumberText* number) {
  const bool negative = text[0] == '-';
  if (negative) text.remove_prefix(1);
  number->sign = SignOf(negative, wanted_sign);
  size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  number->digits = text.substr(0, digits);
  number->rest = text.substr(digits);
}

Result<Value> FormatFloatWith(Thread& thread, double d, Value formatted, const FormatSpec& spec) {
  if (spec.type != 0 && spec.type != 'n' && !IsFloatCode(spec.type))
    return RaiseUnknownFormatCode(thread, spec.type, formatted);
  GILA_TRY(const FloatPlan plan, PlanFloat(thread, spec, kFloatPointZero));
  std::string text =
      FormatDouble(spec.type == '%' ? d * 100 : d, plan.type, plan.precision, plan.flags);
  if (spec.type == '%') text.push_back('%');
  if (spec.no_negative_zero &&
      IsNegativeZero(std::string_view(text).substr(0, text.size() - (spec.type == '%' ? 1 : 0))))
    text.erase(0, 1);
  NumberText number;
  SplitNumber(text, spec.sign, &number);
  return LayOutNumber(thread, spec, number);
}

Result<Str*> FormatPart(Thread& thread, double d, const FloatPlan& plan, FormatSpec spec) {
  std::string text = FormatDouble(d, plan.type, plan.precision, plan.flags);
  if (spec.no_negative_zero && IsNegativeZero(text)) text.erase(0, 1);
  spec.width = -1;
  NumberText number;
  SplitNumber(text, spec.sign, &number);
  return LayOutNumber(thread, spec, number);
}

}  // namespace

Result<Value> FormatFloat(Thread& thread, double d, Value formatted, Str* spec_text) {
  if (spec_text->length == 0) return ToStr(thread, formatted);
  GILA_TRY(const FormatSpec spec, ParseFormatSpec(thread, spec_text, formatted, 0, '>'));
  return FormatFloatWith(thread, d, formatted, spec);
}

Result<Value> FormatComplex(Thread& thread, double real, double imag, Value formatted,
                            Str* spec_text) {
  if (spec_text->length == 0) return ToStr(thread, formatted);
  GILA_TRY(const FormatSpec spec, ParseFormatSpec(thread, spec_text, formatted, 0, '>'));
  if (spec.type == '%' || (spec.type != 0 && spec.type != 'n' && !IsFloatCode(spec.type)))
    return RaiseUnknownFormatCode(thread, spec.type, formatted);
  if (spec.fill == '0') {
    return thread.Raise(TypeId::kValueError,
                        "Zero padding is not allowed in complex format specifier");
  }
  if (spec.align == '=') {
    return thread.Raise(TypeId::kValueError,
                        "'=' alignment flag is not allowed in complex format specifier");
  }
  GILA_TRY(const FloatPlan plan, PlanFloat(thread, spec, 0));
  const bool no_type = spec.type == 0;
  const bool skip_real = no_type && real == 0 && !std::signbit(real);
  FormatSpec part = spec;
  StrBuilder out(thread);
  if (no_type && !skip_real) out.Append('(');
  if (!skip_real) {
    GILA_TRY(Str* const text, FormatPart(thread, real, plan, part));
    out.Append(text);
    part.sign = '+';
  }
  GILA_TRY(Str* const text, FormatPart(thread, imag, plan, part));
  out.Append(text);
  out.Append('j');
  if (no_type && !skip_real) out.Append(')');
  GILA_TRY(Str* const whole, out.Finish());
  const int64_t missing = std::max<int64_t>(spec.width - whole->length, 0);
  if (missing == 0) return whole;
  const int64_t left = spec.align == '<' ? 0 : spec.align == '^' ? missing / 2 : missing;
  StrBuilder padded(thread);
  padded.AppendRepeated(spec.fill, left);
  padded.Append(whole);
  padded.AppendRepeated(spec.fill, missing - left);
  return padded.Finish();
}

}  // namespace gila

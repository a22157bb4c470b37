// complex_methods.cc: the type complex: its constructor (numbers and text) and methods.
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "runtime/heap/heap.h"
#include "runtime/protocols/special_call.h"
#include "runtime/protocols/warn.h"
#include "runtime/text/float_text.h"
#include "runtime/text/format_spec.h"
#include "runtime/text/unicode.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/number_methods.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

// --- text ---

// The text as ASCII without underscores; false when an underscore is not between two digits.
bool PlainText(const Str* s, std::string* out) {
  out->clear();
  const auto is_digit = [s](int64_t i) {
    return i >= 0 && i < s->length && DecimalValue(s->At(i)) >= 0;
  };
  for (int64_t i = 0; i < s->length; ++i) {
    const uint32_t c = s->At(i);
    if (c == '_') {
      if (!is_digit(i - 1) || !is_digit(i + 1)) return false;
    } else if (c < 128) {
      out->push_back(static_cast<char>(c));
    } else if (const int digit = DecimalValue(c); digit >= 0) {
      out->push_back(static_cast<char>('0' + digit));
    } else {
      out->push_back(CharIs(c, kCharSpace) ? ' ' : '?');
    }
  }
  return true;
}

// The length of the float literal, sign included, that `text` starts with; 0: none.
size_t FloatLength(std::string_view text) {
  size_t i = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
  for (const std::string_view word : {"infinity", "inf", "nan"}) {
    if (text.size() - i >= word.size() &&
        absl::AsciiStrToLower(std::string(text.substr(i, word.size()))) == word)
      return i + word.size();
  }
  const auto digits = [&text](size_t from) {
    while (from < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[from])))
      ++from;
    return from;
  };
  const size_t first = i;
  i = digits(i);
  size_t count = i - first;
  if (i < text.size() && text[i] == '.') {
    const size_t end = digits(i + 1);
    count += end - i - 1;
    i = end;
  }
  if (count == 0) return 0;
  if (i < text.size() && (text[i] | 0x20) == 'e') {
    const size_t sign = i + 1 < text.size() && (text[i + 1] == '+' || text[i + 1] == '-') ? 1 : 0;
    const size_t end = digits(i + 1 + sign);
    if (end > i + 1 + sign) i = end;
  }
  return i;
}

bool TakeFloat(std::string_view* text, double* out) {
  const size_t length = FloatLength(*text);
  if (length == 0) return false;
  std::string_view number = text->substr(0, length);
  if (number[0] == '+') number.remove_prefix(1);
  text->remove_prefix(length);
  return ParseDouble(number, out);
}

bool TakeJ(std::string_view* text) {
  if (text->empty() || (text->front() | 0x20) != 'j') return false;
  text->remove_prefix(1);
  return true;
}

// A sign alone stands for one in "1+j", "-j".
bool TakeImag(std::string_view* text, double* out) {
  if (TakeFloat(text, out)) return true;
  *out = 1.0;
  if (!text->empty() && (text->front() == '+' || text->front() == '-')) {
    if (text->front() == '-') *out = -1.0;
    text->remove_prefix(1);
  }
  return true;
}

// real, imag j, real + imag j.
bool ScanComplex(std::string_view text, ComplexPair* z) {
  const auto strip = [](std::string_view s) {
    const absl::string_view stripped =
        absl::StripAsciiWhitespace(absl::string_view(s.data(), s.size()));
    return std::string_view(stripped.data(), stripped.size());
  };
  text = strip(text);
  if (!text.empty() && text.front() == '(') {
    if (text.back() != ')' || text.size() < 2) return false;
    text = strip(text.substr(1, text.size() - 2));
  }
  *z = {0.0, 0.0};
  double first;
  if (TakeFloat(&text, &first)) {
    if (text.empty()) {
      z->real = first;
      return true;
    }
    if (TakeJ(&text)) {
      z->imag = first;
      return text.empty();
    }
    if (text.front() != '+' && text.front() != '-') return false;
    z->real = first;
  }
  return TakeImag(&text, &z->imag) && TakeJ(&text) && text.empty();
}

Result<ComplexPair> ParseComplex(Thread& thread, const Str* s) {
  std::string text;
  ComplexPair z;
  if (!PlainText(s, &text)) {
    GILA_TRY(Str* const shown, Repr(thread, const_cast<Str*>(s)));
    return thread.RaiseValueError("could not convert string to complex: %s", ToUtf8(shown).c_str());
  }
  if (!ScanComplex(text, &z)) return thread.RaiseValueError("complex() arg is a malformed string");
  return z;
}

// --- complex(real, imag) ---

// An argument through __complex__, __float__ or __index__; *is_complex tells which it was.
Result<ComplexPair> ConvertPart(Thread& thread, Value v, const char* which, bool* is_complex) {
  *is_complex = true;
  if (IsExactly(v, TypeId::kComplex)) return ComplexValue(v);
  const Value method = LookupSpecial(thread, TypeOf(v), Special::kComplex);
  if (!method.IsUnbound()) {
    GILA_TRY(const Value result, CallUnbound1(thread, method, v));
    if (IsExactly(result, TypeId::kComplex)) return ComplexValue(result);
    if (IsComplex(result)) {
      GILA_TRY_VOID(WarnOfSubclass(thread, "__complex__", result, "complex"));
      return ComplexValue(result);
    }
    return thread.Raise(TypeId::kTypeError, absl::StrCat("__complex__ returned non-complex (type ",
                                                         std::string(TypeNameOf(result)), ")"));
  }
  *is_complex = false;
  if (!IsFloat(v) && !IsInt(v) && LookupSpecial(thread, TypeOf(v), Special::kFloat).IsUnbound() &&
      LookupSpecial(thread, TypeOf(v), Special::kIndex).IsUnbound()) {
    return thread.Raise(TypeId::kTypeError,
                        absl::StrCat("complex() ", which, " '", std::string(TypeNameOf(v)), "'"));
  }
  GILA_TRY(const double real, ToDouble(thread, v));
  return ComplexPair{real, 0.0};
}

Result<Value> NewComplexOfType(Thread& thread, Type* type, ComplexPair z) {
  if (type == GetType(TypeId::kComplex)) return NewComplex(thread, z.real, z.imag);
  GILA_TRY(Object * object, AllocateInstance(thread, type));
  static_cast<Complex*>(object)->real = z.real;
  static_cast<Complex*>(object)->imag = z.imag;
  return object;
}

Result<Value> ComplexNew(Thread& thread, Args args) {
  Type* type = args[0].As<Type>();
  const bool exact = type == GetType(TypeId::kComplex);
  if (args.Has(1) && !args.Has(2) && exact && IsExactly(args[1], TypeId::kComplex)) return args[1];
  if (args.Has(1) && IsStr(args[1])) {
    if (args.Has(2))
      return thread.RaiseTypeError("complex() can't take second arg if first is a string");
    GILA_TRY(const ComplexPair z, ParseComplex(thread, args[1].As<Str>()));
    return NewComplexOfType(thread, type, z);
  }
  if (args.Has(2) && IsStr(args[2]))
    return thread.RaiseTypeError("complex() second arg can't be a string");
  ComplexPair real{0.0, 0.0}, imag{0.0, 0.0};
  bool real_is_complex = false, imag_is_complex = false;
  if (args.Has(1)) {
    GILA_TRY(real, ConvertPart(thread, args[1], "first argument must be a string or a number, not",
                               &real_is_complex));
  }
  if (args.Has(2)) {
    GILA_TRY(imag, ConvertPart(thread, args[2], "second argument must be a number, not",
                               &imag_is_complex));
  }
  // real + imag * 1j, without touching the signs of zeros that were given as real numbers.
  ComplexPair z{real.real, imag.real};
  if (imag_is_complex) z.real -= imag.imag;
  if (real_is_complex) z.imag = args.Has(2) ? z.imag + real.imag : real.imag;
  return NewComplexOfType(thread, type, z);
}

// --- operators ---

Result<ComplexPair> Operand(Thread& thread, Value v, bool* known) {
  *known = true;
  if (IsComplex(v)) return ComplexValue(v);
  if (IsFloat(v)) return ComplexPair{FloatValue(v), 0.0};
  if (IsInt(v)) {
    GILA_TRY(const double real, IntToDouble(thread, v));
    return ComplexPair{real, 0.0};
  }
  *known = false;
  return ComplexPair{0.0, 0.0};
}

template <BinaryOp op>
Result<Value> Forward(Thread& thread, Args args) {
  bool known;
  GILA_TRY(const ComplexPair other, Operand(thread, args[1], &known));
  if (!known) return kNotImplemented;
  return ComplexBinary(thread, op, ComplexValue(args[0]), other);
}
template <BinaryOp op>
Result<Value> Reflected(Thread& thread, Args args) {
  bool known;
  GILA_TRY(const ComplexPair other, Operand(thread, args[1], &known));
  if (!known) return kNotImplemented;
  return ComplexBinary(thread, op, other, ComplexValue(args[0]));
}

// Complex numbers are equal or not; they have no order.
template <CompareOp op>
Result<Value> Rich(Thread&, Args args) {
  if constexpr (op != CompareOp::kEq && op != CompareOp::kNe) return kNotImplemented;
  const ComplexPair z = ComplexValue(args[0]);
  bool equal;
  if (IsInt(args[1])) {
    equal = z.imag == 0.0 && IntCompareToDouble(CompareOp::kEq, args[1], z.real);
  } else if (IsFloat(args[1])) {
    equal = z.imag == 0.0 && z.real == FloatValue(args[1]);
  } else if (IsComplex(args[1])) {
    const ComplexPair other = ComplexValue(args[1]);
    equal = z.real == other.real && z.imag == other.imag;
  } else {
    return kNotImplemented;
  }
  return Value::Bool(equal == (op == CompareOp::kEq));
}

Result<Value> ComplexPow(Thread& thread, Args args) {
  bool known;
  GILA_TRY(const ComplexPair other, Operand(thread, args[1], &known));
  if (!known) return kNotImplemented;
  if (!args.Or(2, kNone).IsNone()) return thread.RaiseValueError("complex modulo");
  return ComplexPower(thread, ComplexValue(args[0]), other);
}
Result<Value> ComplexRPow(Thread& thread, Args args) {
  bool known;
  GILA_TRY(const ComplexPair other, Operand(thread, args[1], &known));
  if (!known) return kNotImplemented;
  if (!args.Or(2, kNone).IsNone()) return thread.RaiseValueError("complex modulo");
  return ComplexPower(thread, other, ComplexValue(args[0]));
}

Result<Value> ComplexNeg(Thread& thread, Args args) {
  const ComplexPair z = ComplexValue(args[0]);
  return NewComplex(thread, -z.real, -z.imag);
}
Result<Value> ComplexPlain(Thread& thread, Args args) {
  if (IsExactly(args[0], TypeId::kComplex)) return args[0];
  const ComplexPair z = ComplexValue(args[0]);
  return NewComplex(thread, z.real, z.imag);
}
Result<Value> ComplexAbs(Thread& thread, Args args) {
  const ComplexPair z = ComplexValue(args[0]);
  const double modulus = std::hypot(z.real, z.imag);
  if (std::isinf(modulus) && std::isfinite(z.real) && std::isfinite(z.imag))
    return thread.Raise(TypeId::kOverflowError, "absolute value too large");
  return NewFloat(thread, modulus);
}
Result<Value> ComplexBool(Thread&, Args args) {
  const ComplexPair z = ComplexValue(args[0]);
  return Value::Bool(z.real != 0.0 || z.imag != 0.0);
}
Result<Value> ComplexHashMethod(Thread& thread, Args args) {
  return NewInt(thread, ComplexHash(args[0]));
}
Result<Value> ComplexConjugate(Thread& thread, Args args) {
  const ComplexPair z = ComplexValue(args[0]);
  return NewComplex(thread, z.real, -z.imag);
}
Result<Value> ComplexReprMethod(Thread& thread, Args args) {
  return Result<Value>(NewStr(thread, ComplexRepr(ComplexValue(args[0]))));
}
Result<Value> ComplexFormat(Thread& thread, Args args) {
  GILA_TRY(Str * spec, ToStrArgument(thread, args[1], "__format__() argument"));
  const ComplexPair z = ComplexValue(args[0]);
  return FormatComplex(thread, z.real, z.imag, args[0], spec);
}
Result<Value> ComplexGetNewArgs(Thread& thread, Args args) {
  GILA_TRY(const Value real, NewFloat(thread, ComplexValue(args[0]).real));
  GILA_TRY(const Value imag, NewFloat(thread, ComplexValue(args[0]).imag));
  const Value both[] = {real, imag};
  return Result<Value>(NewTuple(thread, both));
}

Result<Value> GetReal(Thread& thread, Value self) {
  return NewFloat(thread, ComplexValue(self).real);
}
Result<Value> GetImag(Thread& thread, Value self) {
  return NewFloat(thread, ComplexValue(self).imag);
}

// Setters only for their words: CPython's parts are members, not properties.
Status ReadOnly(Thread& thread, Value, Value) {
  return thread.Raise(TypeId::kAttributeError, "readonly attribute");
}

constexpr GetSetDef kComplexGetSets[] = {
    {"real", GetReal, ReadOnly, "the real part of a complex number"},
    {"imag", GetImag, ReadOnly, "the imaginary part of a complex number"},
    {}};

constexpr NativeDef kComplexMethods[] = {
    {"__repr__", ComplexReprMethod, "(self, /)", "Return repr(self)."},
    {"__hash__", ComplexHashMethod, "(self, /)", "Return hash(self)."},
    GILA_COMPARE_METHODS,
    GILA_BINARY_METHODS("add", kAdd, "+"),
    GILA_BINARY_METHODS("sub", kSub, "-"),
    GILA_BINARY_METHODS("mul", kMul, "*"),
    {"__pow__", ComplexPow, "(self, value, mod=None, /)", "Return pow(self, value, mod)."},
    {"__rpow__", ComplexRPow, "(self, value, mod=None, /)", "Return pow(value, self, mod)."},
    {"__neg__", ComplexNeg, "(self, /)", "-self"},
    {"__pos__", ComplexPlain, "(self, /)", "+self"},
    {"__abs__", ComplexAbs, "(self, /)", "abs(self)"},
    {"__bool__", ComplexBool, "(self, /)", "True if self else False"},
    GILA_BINARY_METHODS("truediv", kTrueDiv, "/"),
    {"__complex__", ComplexPlain, "(self, /)", "The number as exactly a complex."},
    {"conjugate", ComplexConjugate, "(self, /)", "The complex conjugate: (3-4j) becomes 3+4j."},
    {"__getnewargs__", ComplexGetNewArgs, "(self, /)", nullptr},
    {"__format__", ComplexFormat, "(self, format_spec, /)", nullptr},
    {}};

constexpr KindInfo kComplexKind = {"complex", nullptr, nullptr};

}  // namespace

extern const TypeSpec kComplexSpec;
const TypeSpec kComplexSpec = {
    .doc = "A number with a real and an imaginary part: real + imag*1j.",
    .new_function = ComplexNew,
    .new_signature = "(cls, real=0, imag=0)",
    .methods = kComplexMethods,
    .getsets = kComplexGetSets,
    .native_size = sizeof(Complex),
    .kind_info = &kComplexKind,
};

}  // namespace gila

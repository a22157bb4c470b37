// unicodedata.cc: the module unicodedata: names, properties and normal forms of characters.
//
// Properties and names are the compiler's table (compiler/unicode_data.h), normal forms are
// utf8proc's, code point by code point, so that surrogates pass.
#include <utf8proc.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "compiler/unicode_data.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/container_support.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"

namespace gila {
namespace {

// The one character that an argument must be. `which` names the argument, as "argument 1".
Result<uint32_t> Character(Thread& thread, Value value, const char* function, const char* which) {
  if (IsStr(value) && value.As<Str>()->length == 1) return value.As<Str>()->At(0);
  return thread.RaiseTypeError("%s() %s must be a unicode character, not %s", function, which,
                               ArgumentKind(value).c_str());
}

// --- names ---

Result<Value> Name(Thread& thread, Args args) {
  GILA_TRY(const uint32_t c, Character(thread, args[0], "name", "argument 1"));
  const std::string name = compiler::CharacterName(c);
  if (!name.empty()) return NewStr(thread, name);
  if (args.Has(1)) return args[1];
  return thread.RaiseValueError("no such name");
}

Result<Value> Lookup(Thread& thread, Args args) {
  std::string name;
  if (IsStr(args[0])) {
    name = ToUtf8(args[0]);
  } else {
    GILA_TRY(name, CopyBuffer(thread, args[0]));
  }
  constexpr size_t kLongestName = 256;
  if (name.size() > kLongestName) return thread.Raise(TypeId::kKeyError, "name too long");
  uint32_t c;
  if (compiler::FindCharacter(name, &c)) return NewStrFromUcs4(thread, &c, 1);
  const uint32_t* sequence;
  if (const int count = compiler::FindSequence(name, &sequence); count > 0)
    return NewStrFromUcs4(thread, sequence, count);
  return thread.Raise(TypeId::kKeyError, "undefined character name '" + name + "'");
}

// --- properties ---

Result<Value> Category(Thread& thread, Args args) {
  GILA_TRY(const uint32_t c, Character(thread, args[0], "category", "argument"));
  return NewStr(thread, compiler::CategoryName(c));
}
Result<Value> Bidirectional(Thread& thread, Args args) {
  GILA_TRY(const uint32_t c, Character(thread, args[0], "bidirectional", "argument"));
  return NewStr(thread, compiler::BidirectionalName(c));
}
Result<Value> EastAsianWidth(Thread& thread, Args args) {
  GILA_TRY(const uint32_t c, Character(thread, args[0], "east_asian_width", "argument"));
  return NewStr(thread, compiler::EastAsianWidthName(c));
}
Result<Value> Combining(Thread& thread, Args args) {
  GILA_TRY(const uint32_t c, Character(thread, args[0], "combining", "argument"));
  return Value::SmallInt(compiler::CombiningClass(c));
}
Result<Value> Mirrored(Thread& thread, Args args) {
  GILA_TRY(const uint32_t c, Character(thread, args[0], "mirrored", "argument"));
  return Value::SmallInt(compiler::IsMirrored(c) ? 1 : 0);
}
Result<Value> DecompositionOf(Thread& thread, Args args) {
  GILA_TRY(const uint32_t c, Character(thread, args[0], "decomposition", "argument"));
  return NewStr(thread, compiler::DecompositionText(c));
}

Result<Value> DefaultOr(Thread& thread, Args args, const char* error) {
  if (args.Has(1)) return args[1];
  return thread.RaiseValueError("%s", error);
}
Result<Value> Decimal(Thread& thread, Args args) {
  GILA_TRY(const uint32_t c, Character(thread, args[0], "decimal", "argument 1"));
  compiler::CharacterNumber number;
  if (compiler::FindNumber(c, &number) && number.decimal >= 0)
    return Value::SmallInt(number.decimal);
  return DefaultOr(thread, args, "not a decimal");
}
Result<Value> Digit(Thread& thread, Args args) {
  GILA_TRY(const uint32_t c, Character(thread, args[0], "digit", "argument 1"));
  compiler::CharacterNumber number;
  if (compiler::FindNumber(c, &number) && number.digit >= 0) return Value::SmallInt(number.digit);
  return DefaultOr(thread, args, "not a digit");
}
Result<Value> Numeric(Thread& thread, Args args) {
  GILA_TRY(const uint32_t c, Character(thread, args[0], "numeric", "argument 1"));
  compiler::CharacterNumber number;
  if (compiler::FindNumber(c, &number)) return NewFloat(thread, number.value);
  return DefaultOr(thread, args, "not a numeric character");
}

// --- normal forms ---

struct Form {
  bool compose, compatible;
};

Result<Form> FormArgument(Thread& thread, Value form) {
  const std::string name = ToUtf8(form);
  if (name == "NFC") return Form{true, false};
  if (name == "NFKC") return Form{true, true};
  if (name == "NFD") return Form{false, false};
  if (name == "NFKD") return Form{false, true};
  return thread.RaiseValueError("invalid normalization form");
}

// Marks after a base stand in the order of their classes.
void OrderMarks(std::vector<utf8proc_int32_t>& text) {
  const auto class_of = [](utf8proc_int32_t c) {
    return compiler::CombiningClass(static_cast<uint32_t>(c));
  };
  std::vector<std::tuple<int, size_t, utf8proc_int32_t>> marks;
  for (size_t i = 0; i <= text.size(); ++i) {
    const int rank = i < text.size() ? class_of(text[i]) : 0;
    if (rank != 0) {
      marks.emplace_back(rank, i, text[i]);
      continue;
    }
    // The place decides between marks of one class.
    const size_t first = i - marks.size();
    std::sort(marks.begin(), marks.end());
    for (size_t k = 0; k < marks.size(); ++k) text[first + k] = std::get<2>(marks[k]);
    marks.clear();
  }
}

std::vector<utf8proc_int32_t> Normalized(const Str* text, Form form) {
  const auto how = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
                                                  (form.compatible ? UTF8PROC_COMPAT : 0));
  std::vector<utf8proc_int32_t> out;
  out.reserve(static_cast<size_t>(text->length));
  for (int64_t i = 0; i < text->length; ++i) {
    constexpr int kLongest = 32;
    utf8proc_int32_t parts[kLongest];
    int boundary = 0;
    const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(text->At(i)), parts,
                                               kLongest, how, &boundary);
    if (count > 0 && count <= kLongest)
      out.insert(out.end(), parts, parts + count);
    else
      out.push_back(static_cast<utf8proc_int32_t>(text->At(i)));
  }
  OrderMarks(out);
  if (!form.compose) return out;
  const auto length =
      utf8proc_normalize_utf32(out.data(), static_cast<utf8proc_ssize_t>(out.size()),
                               static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (length >= 0) out.resize(static_cast<size_t>(length));
  return out;
}

bool IsAscii(const Str* text) {
  for (int64_t i = 0; i < text->length; ++i) {
    if (text->At(i) >= 0x80) return false;
  }
  return true;
}

Result<Value> Normalize(Thread& thread, Args args) {
  GILA_TRY(Str* const name, ToStrArgument(thread, args[0], "normalize() argument 1"));
  GILA_TRY(const Str* const text, ToStrArgument(thread, args[1], "normalize() argument 2"));
  GILA_TRY(const Form form, FormArgument(thread, name));
  if (IsAscii(text)) return args[1];
  const std::vector<utf8proc_int32_t> out = Normalized(text, form);
  return NewStrFromUcs4(thread, reinterpret_cast<const uint32_t*>(out.data()),
                        static_cast<int64_t>(out.size()));
}

Result<Value> IsNormalized(Thread& thread, Args args) {
  GILA_TRY(Str* const name, ToStrArgument(thread, args[0], "is_normalized() argument 1"));
  GILA_TRY(const Str* const text, ToStrArgument(thread, args[1], "is_normalized() argument 2"));
  GILA_TRY(const Form form, FormArgument(thread, name));
  if (IsAscii(text)) return kTrue;
  const std::vector<utf8proc_int32_t> out = Normalized(text, form);
  bool same = static_cast<int64_t>(out.size()) == text->length;
  for (int64_t i = 0; same && i < text->length; ++i)
    same = static_cast<uint32_t>(out[static_cast<size_t>(i)]) == text->At(i);
  return Value::Bool(same);
}

constexpr NativeDef kFunctions[] = {
    {"name", Name, "(chr, default=<unrepresentable>, /)",
     "The name of the character; the default, or ValueError, when it has none."},
    {"lookup", Lookup, "(name, /)", "The character (or sequence) with this name; KeyError."},
    {"category", Category, "(chr, /)", "The general category of the character, as 'Lu'."},
    {"bidirectional", Bidirectional, "(chr, /)", "The bidirectional class, as 'AL', or ''."},
    {"east_asian_width", EastAsianWidth, "(chr, /)", "The East Asian width, as 'W'."},
    {"combining", Combining, "(chr, /)", "The canonical combining class, 0 for none."},
    {"mirrored", Mirrored, "(chr, /)",
     "1 for a character that is mirrored in right-to-left text, else 0."},
    {"decomposition", DecompositionOf, "(chr, /)",
     "What the character decomposes into, in hexadecimal, or ''."},
    {"decimal", Decimal, "(chr, default=<unrepresentable>, /)",
     "The value of a decimal digit, as an int."},
    {"digit", Digit, "(chr, default=<unrepresentable>, /)", "The value of a digit, as an int."},
    {"numeric", Numeric, "(chr, default=<unrepresentable>, /)",
     "The value of a numeric character, as a float."},
    {"normalize", Normalize, "(form, unistr, /)",
     "The string in a normal form: 'NFC', 'NFKC', 'NFD' or 'NFKD'."},
    {"is_normalized", IsNormalized, "(form, unistr, /)", "Is the string in that normal form?"},
    {}};

}  // namespace

Status InitUnicodedataModule(Thread& thread, Module* module) {
  GILA_TRY(Str * version, NewStr(thread, "14.0.0"));
  GILA_TRY_VOID(DictSet(thread, module->dict.Load(), Intern(thread, "unidata_version"), version));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

// json_scan.cc: reading JSON: the scanner object behind JSONDecoder, and scanstring.
//
// A document is read in its own width (Latin-1, UCS-2, UCS-4) straight from the units of the
// string, which never move. The keys of objects repeat, so the last few are remembered by their
// bytes and given out again: no allocation and no new hash for them.
#include <charconv>
#include <string>

#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/types/container_support.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "stdlib/json_internal.h"

namespace gila {
namespace {

Value json_error_class = kUnbound;

struct Scanner : Object {
  Atomic<uint8_t> strict;
  Slot object_hook, object_pairs_hook;  // None: none
  Slot parse_float, parse_int;          // unbound: the built-in type
  Slot parse_constant;
};
void TraceScanner(Object* object, Marker& marker) {
  auto* const self = static_cast<Scanner*>(object);
  for (const Slot* slot : {&self->object_hook, &self->object_pairs_hook, &self->parse_float,
                           &self->parse_int, &self->parse_constant})
    marker.Visit(*slot);
}
constexpr KindInfo kScannerKind = {"Scanner", TraceScanner, nullptr};

constexpr char kInObject[] = " while decoding a JSON object from a unicode string";
constexpr char kInArray[] = " while decoding a JSON array from a unicode string";

// Reads one document, or part of one.
template <class Unit>
class Reader {
 public:
  Reader(Thread& thread, const Scanner* scanner, Str* document)
      : thread_(thread),
        scanner_(scanner),
        document_(document),
        text_(reinterpret_cast<const Unit*>(document->data)),
        end_(document->length) {}

  // The value that begins at `position`, which moves behind it. When nothing does, StopIteration
  // with the position, as the callers of a scanner expect.
  Result<Value> ReadValue(int64_t& position) {
    if (position >= end_) return NoValue(position);
    switch (text_[position]) {
      case '"':
        ++position;
        return ReadString(position, scanner_->strict.Load());
      case '{':
        return ReadObject(position);
      case '[':
        return ReadArray(position);
      case 'n':
        if (Skip(position, "null")) return kNone;
        break;
      case 't':
        if (Skip(position, "true")) return kTrue;
        break;
      case 'f':
        if (Skip(position, "false")) return kFalse;
        break;
      case 'N':
        if (Skip(position, "NaN")) return Constant("NaN");
        break;
      case 'I':
        if (Skip(position, "Infinity")) return Constant("Infinity");
        break;
      case '-':
        if (Skip(position, "-Infinity")) return Constant("-Infinity");
        return ReadNumber(position);
      default:
        return ReadNumber(position);
    }
    return NoValue(position);
  }

  // The rest of a string whose opening quote stands before `position`.
  Result<Value> ReadString(int64_t& position, bool strict) {
    const int64_t begin = position;
    int64_t i = begin;
    while (i < end_ && text_[i] != '"' && text_[i] != '\\' && (text_[i] > 0x1f || !strict)) ++i;
    if (i < end_ && text_[i] == '"') {
      position = i + 1;
      return Piece(begin, i);
    }
    StrBuilder built(thread_);
    built.Append(document_, begin, i);
    GILA_TRY_VOID(ReadEscapes(built, begin, i, strict));
    position = i;
    return built.Finish();
  }

  void SkipSpace(int64_t& position) const {
    while (position < end_ && (text_[position] == ' ' || text_[position] == '\n' ||
                               text_[position] == '\t' || text_[position] == '\r'))
      ++position;
  }

 private:
  static constexpr size_t kMemoSize = 256;
  static constexpr int64_t kMemoLength = 40;

  Failed NoValue(int64_t position) {
    return thread_.RaiseWith(TypeId::kStopIteration, Value::SmallInt(position));
  }
  Failed Error(const char* message, int64_t position) {
    return RaiseJsonError(thread_, message, document_, position);
  }

  bool Skip(int64_t& position, std::string_view word) {
    if (end_ - position < static_cast<int64_t>(word.size())) return false;
    for (size_t i = 0; i < word.size(); ++i) {
      if (text_[position + static_cast<int64_t>(i)] != static_cast<Unit>(word[i])) return false;
    }
    position += static_cast<int64_t>(word.size());
    return true;
  }

  Result<Value> Constant(const char* name) {
    GILA_TRY(Str* const text, NewStr(thread_, name));
    return Call(thread_, scanner_->parse_constant.Load(), {text});
  }

  Result<Value> Piece(int64_t begin, int64_t end) {
    if (sizeof(Unit) == 1) {
      const std::string_view bytes(reinterpret_cast<const char*>(text_ + begin),
                                   static_cast<size_t>(end - begin));
      return NewStrLatin1(thread_, bytes);
    }
    return StrSlice(thread_, document_, begin, end);
  }

  // --- strings ---

  static int HexDigit(uint32_t c) {
    if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<int>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<int>(c - 'A' + 10);
    return -1;
  }

  // Four hexadecimal digits at `at`; -1 when they are not there (one more character must follow).
  int32_t HexAt(int64_t at) const {
    if (at + 4 >= end_) return -1;
    int32_t value = 0;
    for (int64_t i = at; i < at + 4; ++i) {
      const int digit = HexDigit(text_[i]);
      if (digit < 0) return -1;
      value = value * 16 + digit;
    }
    return value;
  }

  // \uXXXX, and a second one that makes a surrogate pair with it; `i` stands behind the u.
  Status ReadUnicodeEscape(StrBuilder& built, int64_t& i) {
    const int32_t first = HexAt(i);
    if (first < 0) return Error("Invalid \\uXXXX escape", i - 1);
    auto code = static_cast<uint32_t>(first);
    i += 4;
    if ((code & 0xfc00) == 0xd800 && i + 1 < end_ && text_[i] == '\\' && text_[i + 1] == 'u') {
      const int32_t second = HexAt(i + 2);
      if (second < 0) return Error("Invalid \\uXXXX escape", i + 1);
      if ((second & 0xfc00) == 0xdc00) {
        code = 0x10000 + ((code & 0x3ff) << 10) + (static_cast<uint32_t>(second) & 0x3ff);
        i += 6;
      }
    }
    built.Append(code);
    return kOk;
  }

  // From the first character that is not plain to behind the closing quote.
  Status ReadEscapes(StrBuilder& built, int64_t begin, int64_t& i, bool strict) {
    while (true) {
      if (i >= end_) return Error("Unterminated string starting at", begin - 1);
      const uint32_t c = text_[i];
      if (c == '"') {
        ++i;
        return kOk;
      }
      if (c != '\\') {
        if (strict && c <= 0x1f) return Error("Invalid control character at", i);
        const int64_t start = i;
        while (i < end_ && text_[i] != '"' && text_[i] != '\\' && (text_[i] > 0x1f || !strict)) ++i;
        built.Append(document_, start, i);
        continue;
      }
      if (++i >= end_) return Error("Unterminated string starting at", begin - 1);
      GILA_TRY_VOID(ReadEscape(built, i));
    }
  }

  Status ReadEscape(StrBuilder& built, int64_t& i) {
    const uint32_t c = text_[i++];
    switch (c) {
      case '"':
      case '\\':
      case '/':
        built.Append(c);
        return kOk;
      case 'b':
        built.Append('\b');
        return kOk;
      case 'f':
        built.Append('\f');
        return kOk;
      case 'n':
        built.Append('\n');
        return kOk;
      case 'r':
        built.Append('\r');
        return kOk;
      case 't':
        built.Append('\t');
        return kOk;
      case 'u':
        return ReadUnicodeEscape(built, i);
      default:
        return Error("Invalid \\escape", i - 2);
    }
  }

  // A key: one that was read before, when it is short and plain.
  Result<Value> ReadKey(int64_t& position) {
    const int64_t begin = position;
    uint32_t hash = 0;
    int64_t i = begin;
    for (; i < end_ && i - begin <= kMemoLength; ++i) {
      const uint32_t c = text_[i];
      if (c == '"' || c == '\\' || c <= 0x1f || c > 0x7f) break;
      hash = (hash ^ c) * 16777619u;
    }
    if (i >= end_ || text_[i] != '"') return ReadString(position, scanner_->strict.Load());
    position = i + 1;
    if (memo_ == nullptr) {
      GILA_TRY(memo_, NewValueArray(thread_, kMemoSize));
    }
    Slot& place = memo_->items[(hash ^ (hash >> 15)) % kMemoSize];
    const Value known = place.Load();
    if (known.IsPointer() && Same(known.As<Str>(), begin, i)) return known;
    GILA_TRY(const Value key, Piece(begin, i));
    place.Store(memo_, key);
    return key;
  }

  bool Same(const Str* s, int64_t begin, int64_t end) const {
    if (s->length != end - begin || !s->IsAscii()) return false;
    for (int64_t i = 0; i < s->length; ++i) {
      if (text_[begin + i] != s->data[i]) return false;
    }
    return true;
  }

  // --- objects and arrays ---

  Result<Value> ReadObject(int64_t& position) {
    const RecursionScope scope(thread_, kInObject);
    GILA_TRY_VOID(scope.status());
    const Value pairs_hook = scanner_->object_pairs_hook.Load();
    if (!pairs_hook.IsNone()) return ReadPairs(position, pairs_hook);
    GILA_TRY(Dict* const dict, NewDict(thread_));
    GILA_TRY_VOID(ReadMembers(
        position, [&](Value key, Value value) { return DictSet(thread_, dict, key, value); }));
    const Value hook = scanner_->object_hook.Load();
    if (!hook.IsNone()) return Call(thread_, hook, {dict});
    return dict;
  }

  Result<Value> ReadPairs(int64_t& position, Value hook) {
    GILA_TRY(List* const pairs, NewListReserved(thread_, 0));
    GILA_TRY_VOID(ReadMembers(position, [&](Value key, Value value) -> Status {
      const Value parts[] = {key, value};
      GILA_TRY(Tuple* const pair, NewTuple(thread_, parts));
      return ListAppend(thread_, pairs, pair);
    }));
    return Call(thread_, hook, {pairs});
  }

  template <class Store>
  Status ReadMembers(int64_t& position, Store store) {
    ++position;
    SkipSpace(position);
    if (position < end_ && text_[position] == '}') {
      ++position;
      return kOk;
    }
    while (true) {
      if (position >= end_ || text_[position] != '"')
        return Error("Expecting property name enclosed in double quotes", position);
      ++position;
      GILA_TRY(const Value key, ReadKey(position));
      SkipSpace(position);
      if (position >= end_ || text_[position] != ':')
        return Error("Expecting ':' delimiter", position);
      ++position;
      SkipSpace(position);
      GILA_TRY(const Value value, ReadValue(position));
      GILA_TRY_VOID(store(key, value));
      SkipSpace(position);
      if (position < end_ && text_[position] == '}') break;
      if (position >= end_ || text_[position] != ',')
        return Error("Expecting ',' delimiter", position);
      ++position;
      SkipSpace(position);
    }
    ++position;
    return kOk;
  }

  Result<Value> ReadArray(int64_t& position) {
    const RecursionScope scope(thread_, kInArray);
    GILA_TRY_VOID(scope.status());
    GILA_TRY(List* const list, NewListReserved(thread_, 0));
    ++position;
    SkipSpace(position);
    if (position < end_ && text_[position] == ']') {
      ++position;
      return list;
    }
    while (true) {
      GILA_TRY(const Value value, ReadValue(position));
      GILA_TRY_VOID(ListAppend(thread_, list, value));
      SkipSpace(position);
      if (position < end_ && text_[position] == ']') break;
      if (position >= end_ || text_[position] != ',')
        return Error("Expecting ',' delimiter", position);
      ++position;
      SkipSpace(position);
    }
    ++position;
    return list;
  }

  // --- numbers ---

  bool DigitAt(int64_t i) const { return i < end_ && text_[i] >= '0' && text_[i] <= '9'; }

  Result<Value> ReadNumber(int64_t& position) {
    const int64_t begin = position;
    int64_t i = begin;
    if (i < end_ && text_[i] == '-') ++i;
    if (!DigitAt(i)) return NoValue(begin);
    if (text_[i] == '0') {
      ++i;
    } else {
      while (DigitAt(i)) ++i;
    }
    bool is_float = false;
    if (i < end_ && text_[i] == '.' && DigitAt(i + 1)) {
      is_float = true;
      for (i += 2; DigitAt(i);) ++i;
    }
    if (i < end_ && (text_[i] == 'e' || text_[i] == 'E')) {
      int64_t exponent = i + 1;
      if (exponent < end_ && (text_[exponent] == '+' || text_[exponent] == '-')) ++exponent;
      if (DigitAt(exponent)) {
        is_float = true;
        for (i = exponent; DigitAt(i);) ++i;
      }
    }
    position = i;
    const Value parse = is_float ? scanner_->parse_float.Load() : scanner_->parse_int.Load();
    if (parse.IsUnbound()) return is_float ? PlainFloat(begin, i) : PlainInt(begin, i);
    GILA_TRY(const Value text, Piece(begin, i));
    return Call(thread_, parse, {text});
  }

  Result<Value> PlainInt(int64_t begin, int64_t end) {
    constexpr int64_t kShort = 18;
    if (end - begin <= kShort) {
      const bool negative = text_[begin] == '-';
      int64_t number = 0;
      for (int64_t i = begin + negative; i < end; ++i)
        number = number * 10 + static_cast<int64_t>(text_[i] - '0');
      return Value::SmallInt(negative ? -number : number);
    }
    GILA_TRY(const Value text, Piece(begin, end));
    return ParseInt(thread_, text, 10);
  }

  Result<Value> PlainFloat(int64_t begin, int64_t end) {
    char buffer[64];
    const auto length = static_cast<size_t>(end - begin);
    if (length <= sizeof(buffer)) {
      for (size_t i = 0; i < length; ++i)
        buffer[i] = static_cast<char>(text_[begin + static_cast<int64_t>(i)]);
      double number;
      const auto read = std::from_chars(buffer, buffer + length, number);
      if (read.ec == std::errc() && read.ptr == buffer + length) return NewFloat(thread_, number);
    }
    GILA_TRY(const Value text, Piece(begin, end));
    GILA_TRY(const double number, ParseFloat(thread_, text));
    return NewFloat(thread_, number);
  }

  Thread& thread_;
  const Scanner* scanner_;
  Str* document_;
  const Unit* text_;
  int64_t end_;
  ValueArray* memo_ = nullptr;
};

// Calls `read` with a reader of the document's width.
template <class Read>
Result<Value> WithReader(Thread& thread, const Scanner* scanner, Str* document, Read read) {
  switch (document->width()) {
    case 1: {
      Reader<uint8_t> reader(thread, scanner, document);
      return read(reader);
    }
    case 2: {
      Reader<uint16_t> reader(thread, scanner, document);
      return read(reader);
    }
    default: {
      Reader<uint32_t> reader(thread, scanner, document);
      return read(reader);
    }
  }
}

Result<Value> PairWithEnd(Thread& thread, Value value, int64_t end) {
  const Value parts[] = {value, Value::SmallInt(end)};
  return NewTuple(thread, parts);
}

// --- the scanner object ---

Result<Value> Setting(Thread& thread, Value decoder, const char* name) {
  return GetAttr(thread, decoder, Intern(thread, name));
}

// A parser that is the built-in type itself needs no call.
Result<Value> NumberParser(Thread& thread, Value decoder, const char* name, TypeId built_in) {
  GILA_TRY(const Value parser, Setting(thread, decoder, name));
  return parser == Value(GetType(built_in)) ? kUnbound : parser;
}

Result<Value> ScannerNew(Thread& thread, Args args) {
  const Value decoder = args[1];
  GILA_TRY(const Value strict_value, Setting(thread, decoder, "strict"));
  GILA_TRY(const bool strict, Truth(thread, strict_value));
  GILA_TRY(const Value object_hook, Setting(thread, decoder, "object_hook"));
  GILA_TRY(const Value pairs_hook, Setting(thread, decoder, "object_pairs_hook"));
  GILA_TRY(const Value parse_constant, Setting(thread, decoder, "parse_constant"));
  const Result<Value> parse_float = NumberParser(thread, decoder, "parse_float", TypeId::kFloat);
  if (!parse_float.ok()) return kFailed;
  const Result<Value> parse_int = NumberParser(thread, decoder, "parse_int", TypeId::kInt);
  if (!parse_int.ok()) return kFailed;
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<Scanner*>(object);
  self->strict.Store(strict);
  self->object_hook.Store(self, object_hook);
  self->object_pairs_hook.Store(self, pairs_hook);
  self->parse_float.Store(self, parse_float.value());
  self->parse_int.Store(self, parse_int.value());
  self->parse_constant.Store(self, parse_constant);
  return self;
}

Result<Str*> DocumentArgument(Thread& thread, Value v) {
  if (IsStr(v)) return v.As<Str>();
  return thread.RaiseTypeError("first argument must be a string, not %s", TypeNameText(v).c_str());
}

// scanner(string, position) -> (value, end)
Result<Value> ScannerCall(Thread& thread, Args args) {
  const auto* const self = static_cast<Scanner*>(args[0].AsObject());
  GILA_TRY(Str* const document, DocumentArgument(thread, args[1]));
  GILA_TRY(int64_t position, ToInt64(thread, args[2]));
  if (position < 0) return thread.RaiseValueError("idx cannot be negative");
  GILA_TRY(const Value value, WithReader(thread, self, document,
                                         [&](auto& reader) { return reader.ReadValue(position); }));
  return PairWithEnd(thread, value, position);
}

// scanner.decode(string) -> value: the whole document, with nothing but white space around it.
Result<Value> ScannerDecode(Thread& thread, Args args) {
  const auto* const self = static_cast<Scanner*>(args[0].AsObject());
  GILA_TRY(Str* const document, DocumentArgument(thread, args[1]));
  int64_t position = 0;
  const Result<Value> value = WithReader(thread, self, document, [&](auto& reader) {
    reader.SkipSpace(position);
    const Result<Value> result = reader.ReadValue(position);
    if (result.ok()) reader.SkipSpace(position);
    return result;
  });
  if (!value.ok()) {
    if (!thread.ExceptionMatches(TypeId::kStopIteration)) return kFailed;
    GILA_TRY(const Value at, GetAttr(thread, thread.TakeException(), NameOf(Name::kValue)));
    int64_t where = 0;
    static_cast<void>(TryInt64(at, &where));
    return RaiseJsonError(thread, "Expecting value", document, where);
  }
  if (position != document->length) return RaiseJsonError(thread, "Extra data", document, position);
  return value;
}

constexpr NativeDef kScannerMethods[] = {
    {"__call__", ScannerCall, "(self, string, idx)",
     "Reads the value at a position: (value, end)."},
    {"decode", ScannerDecode, "(self, string, /)", "Reads a whole document."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kScannerSpec = {.doc = "Reads JSON with the settings of a decoder.",
                                   .new_function = ScannerNew,
                                   .new_signature = "(cls, context)",
                                   .methods = kScannerMethods,
                                   .native_size = sizeof(Scanner),
                                   .kind_info = &kScannerKind};

// scanstring(string, end, strict=True) -> (text, end): `end` is the place behind the opening quote.
Result<Value> ScanString(Thread& thread, Args args) {
  GILA_TRY(Str* const document, DocumentArgument(thread, args[0]));
  GILA_TRY(int64_t position, ToInt64(thread, args[1]));
  bool strict = true;
  if (args.Has(2)) {
    GILA_TRY(strict, Truth(thread, args[2]));
  }
  if (position < 0 || position > document->length)
    return thread.RaiseValueError("end is out of bounds");
  GILA_TRY(const Value text, WithReader(thread, nullptr, document, [&](auto& reader) {
             return reader.ReadString(position, strict);
           }));
  return PairWithEnd(thread, text, position);
}

Result<Value> SetErrorClass(Thread&, Args args) {
  // The first one stays: programs that import json anew still catch the class that everybody knows.
  if (json_error_class.IsUnbound()) json_error_class = args[0];
  return kNone;
}

constexpr NativeDef kFunctions[] = {
    {"scanstring", ScanString, "(string, end, strict=True, /)",
     "Reads the rest of a string: (text, end)."},
    {"_set_error_class", SetErrorClass, "(cls, /)", "What a bad document raises."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Failed RaiseJsonError(Thread& thread, const char* message, Str* document, int64_t position) {
  if (json_error_class.IsUnbound()) return thread.RaiseValueError("%s", message);
  const Result<Str*> text = NewStr(thread, message);
  if (!text.ok()) return kFailed;
  const Result<Value> error =
      Call(thread, json_error_class, {text.value(), document, Value::SmallInt(position)});
  if (!error.ok()) return kFailed;
  return thread.RaiseObject(error.value());
}

Status AddJsonScanner(Thread& thread, Module* module) {
  heap::AddRoot(&json_error_class);
  GILA_TRY_VOID(AddType(thread, module, kScannerSpec, "_json.Scanner", RegisterKind(kScannerKind),
                        sizeof(Scanner), kPlain));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

// percent_format.cc: see percent_format.h. One formatter does both: bytes are formatted as if they
// were Latin-1 text, with what %s, %c and mapping keys mean there.
#include "runtime/text/percent_format.h"

#include <charconv>
#include <climits>
#include <string>

#include "runtime/protocols.h"
#include "runtime/text/float_text.h"
#include "runtime/type.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"

namespace gila {

namespace {

// %[(key)][flags][width][.precision][length]type
struct Conversion {
  bool left = false, plus = false, blank = false, alternate = false, zero = false;
  int64_t width = -1, precision = -1;
  uint32_t type = 0;
};

// What to put, before padding.
struct Piece {
  Str* text = nullptr;  // for %s, %r, %a, %c
  std::string number;   // else
  bool is_number() const { return text == nullptr; }
};

class PercentFormatter {
 public:
  PercentFormatter(Thread& thread, Str* format, Value args, bool bytes)
      : thread_(thread), format_(format), args_(args), bytes_(bytes), out_(thread) {
    if (IsTuple(args)) {
      left_ = args.As<Tuple>()->length;
    } else {
      single_ = true;
      left_ = 1;
      const bool text = IsStr(args) || (bytes && (IsBytes(args) || IsKind(args, kKindByteArray)));
      mapping_ = !text && !LookupSpecial(thread, TypeOf(args), Special::kGetItem).IsUnbound();
    }
  }

  Result<Str*> Run() {
    while (place_ < format_->length) {
      const int64_t start = place_;
      while (place_ < format_->length && format_->At(place_) != '%') ++place_;
      out_.Append(format_, start, place_);
      if (place_ == format_->length) break;
      ++place_;
      GILA_TRY_VOID(RunConversion());
    }
    if (left_ > 0 && !mapping_ && !keyed_) {
      return thread_.RaiseTypeError("not all arguments converted during %s formatting",
                                    bytes_ ? "bytes" : "string");
    }
    return out_.Finish();
  }

 private:
  bool RunPlain();
  Status RunConversion();
  Status ReadKey();
  Status ReadFlags(Conversion& c);
  Status ReadNumber(int64_t* number, bool is_width, Conversion& c);
  Result<uint32_t> Take();
  Result<Value> NextArgument();
  Result<Piece> Convert(const Conversion& c, Value v);
  Result<Str*> TextOf(const Conversion& c, Value v);
  Result<Str*> BytesText(Value v);
  Result<Str*> Character(Value v);
  Result<std::string> Real(const Conversion& c, Value v);
  Result<std::string> Integer(const Conversion& c, Value v);
  Result<Value> IntegerArgument(const Conversion& c, Value v);
  Failed RaiseUnsupported(const Conversion& c);
  void PutNumber(const Conversion& c, std::string_view number);

  Thread& thread_;
  Str* format_;
  Value args_;
  bool bytes_;
  StrBuilder out_;
  int64_t place_ = 0;
  int64_t left_ = 0;                 // arguments not yet used
  bool single_ = false;              // args_ is the one argument
  bool mapping_ = false;             // args_ may be asked for keys
  bool keyed_ = false;               // a key was asked for: nothing needs to be used up
  Value mapping_source_ = kUnbound;  // args_ as it was before the first key
};

Result<uint32_t> PercentFormatter::Take() {
  if (place_ >= format_->length) return thread_.Raise(TypeId::kValueError, "incomplete format");
  return format_->At(place_++);
}

Result<Value> PercentFormatter::NextArgument() {
  if (left_ <= 0)
    return thread_.Raise(TypeId::kTypeError, "not enough arguments for format string");
  --left_;
  if (single_) return args_;
  Tuple* const tuple = args_.As<Tuple>();
  return tuple->At(tuple->length - left_ - 1);
}

// After "%(": looks the key up; what is found becomes the one argument.
Status PercentFormatter::ReadKey() {
  if (!mapping_) return thread_.Raise(TypeId::kTypeError, "format requires a mapping");
  const int64_t start = place_;
  int64_t depth = 1;
  while (depth > 0) {
    if (place_ >= format_->length)
      return thread_.Raise(TypeId::kValueError, "incomplete format key");
    const uint32_t c = format_->At(place_++);
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
  }
  GILA_TRY(Str* const text, StrSlice(thread_, format_, start, place_ - 1));
  Value key = text;
  if (bytes_) {
    GILA_TRY(key, NewBytes(thread_, {reinterpret_cast<const char*>(text->data),
                                     static_cast<size_t>(text->length)}));
  }
  if (!keyed_) {
    keyed_ = true;
    mapping_source_ = args_;
  }
  GILA_TRY(args_, GetItem(thread_, mapping_source_, key));
  single_ = true;
  left_ = 1;
  return kOk;
}

Status PercentFormatter::ReadFlags(Conversion& c) {
  while (true) {
    GILA_TRY(const uint32_t flag, Take());
    switch (flag) {
      case '-':
        c.left = true;
        break;
      case '+':
        c.plus = true;
        break;
      case ' ':
        c.blank = true;
        break;
      case '#':
        c.alternate = true;
        break;
      case '0':
        c.zero = true;
        break;
      default:
        --place_;
        return kOk;
    }
  }
}

// A width or precision: digits or '*'.
Status PercentFormatter::ReadNumber(int64_t* number, bool is_width, Conversion& c) {
  GILA_TRY(uint32_t digit, Take());
  if (digit == '*') {
    GILA_TRY(const Value v, NextArgument());
    if (!IsInt(v)) return thread_.Raise(TypeId::kTypeError, "* wants int");
    GILA_TRY(*number, is_width ? ToInt64(thread_, v) : ToIndexClipped(thread_, v));
    if (!is_width && (*number > INT_MAX || *number < INT_MIN))
      return thread_.Raise(TypeId::kOverflowError, "Python int too large to convert to C int");
    if (*number < 0) {
      c.left |= is_width;
      *number = is_width ? -*number : 0;
    }
    return kOk;
  }
  while (digit >= '0' && digit <= '9') {
    if (*number < 0) *number = 0;
    *number = *number * 10 + (digit - '0');
    if (*number > (is_width ? INT64_MAX / 16 : int64_t{INT_MAX})) {
      return thread_.Raise(TypeId::kValueError, is_width ? "width too big" : "precision too big");
    }
    GILA_TRY(digit, Take());
  }
  --place_;
  return kOk;
}

// %s of a text and %d of a small int, without flags: nothing to parse and nothing to pad. False: it
// is something else.
bool PercentFormatter::RunPlain() {
  if (left_ <= 0 || place_ >= format_->length) return false;
  const uint32_t type = format_->At(place_);
  if (type != 'd' && (type != 's' || bytes_)) return false;
  const Value v = single_ ? args_ : args_.As<Tuple>()->At(args_.As<Tuple>()->length - left_);
  if (v.IsSmallInt()) {
    char digits[24];
    const char* const end = std::to_chars(digits, digits + sizeof digits, v.AsSmallInt()).ptr;
    out_.AppendAscii({digits, static_cast<size_t>(end - digits)});
  } else if (type == 's' && IsExactly(v, TypeId::kStr)) {
    out_.Append(v.As<Str>());
  } else {
    return false;
  }
  --left_;
  ++place_;
  return true;
}

Status PercentFormatter::RunConversion() {
  if (RunPlain()) return kOk;
  Conversion c;
  if (place_ < format_->length && format_->At(place_) == '%') {
    ++place_;
    out_.Append('%');
    return kOk;
  }
  if (place_ < format_->length && format_->At(place_) == '(') {
    ++place_;
    GILA_TRY_VOID(ReadKey());
  }
  GILA_TRY_VOID(ReadFlags(c));
  GILA_TRY_VOID(ReadNumber(&c.width, true, c));
  GILA_TRY(uint32_t next, Take());
  if (next == '.') {
    c.precision = 0;
    GILA_TRY_VOID(ReadNumber(&c.precision, false, c));
    GILA_TRY(next, Take());
  }
  if (next == 'h' || next == 'l' || next == 'L') {
    GILA_TRY(next, Take());
  }
  c.type = next;
  GILA_TRY(const Value v, NextArgument());
  GILA_TRY(const Piece piece, Convert(c, v));
  if (piece.is_number()) {
    PutNumber(c, piece.number);
    return kOk;
  }
  const int64_t missing = std::max<int64_t>(c.width - piece.text->length, 0);
  if (!c.left) out_.AppendRepeated(' ', missing);
  out_.Append(piece.text);
  if (c.left) out_.AppendRepeated(' ', missing);
  return kOk;
}

// Sign, prefix, zeros, digits.
void PercentFormatter::PutNumber(const Conversion& c, std::string_view number) {
  char sign = 0;
  if (number[0] == '-') {
    sign = '-';
    number.remove_prefix(1);
  } else if (c.plus) {
    sign = '+';
  } else if (c.blank) {
    sign = ' ';
  }
  std::string_view prefix;
  if (c.alternate && (c.type == 'x' || c.type == 'X' || c.type == 'o')) {
    prefix = number.substr(0, 2);
    number.remove_prefix(2);
  }
  const auto size = static_cast<int64_t>((sign != 0) + prefix.size() + number.size());
  const int64_t missing = std::max<int64_t>(c.width - size, 0);
  const bool zeros = c.zero && !c.left;
  if (!c.left && !zeros) out_.AppendRepeated(' ', missing);
  if (sign != 0) out_.Append(static_cast<uint32_t>(sign));
  out_.AppendAscii(prefix);
  if (zeros) out_.AppendRepeated('0', missing);
  out_.AppendAscii(number);
  if (c.left) out_.AppendRepeated(' ', missing);
}

Failed PercentFormatter::RaiseUnsupported(const Conversion& c) {
  const char shown = c.type >= 32 && c.type < 127 ? static_cast<char>(c.type) : '?';
  return thread_.RaiseValueError("unsupported format character '%c' (0x%x) at index %lld", shown,
                                 c.type, static_cast<long long>(place_ - 1));
}

Result<std::string> PercentFormatter::Real(const Conversion& c, Value v) {
  const Result<double> number = ToDouble(thread_, v);
  if (number.ok()) {
    return FormatDouble(number.value(), static_cast<char>(c.type),
                        c.precision < 0 ? 6 : c.precision, c.alternate ? kFloatAlternate : 0);
  }
  if (!bytes_ || !thread_.ExceptionMatches(TypeId::kTypeError)) return kFailed;
  thread_.ClearException();
  const std::string_view name = TypeNameOf(v);
  return thread_.RaiseTypeError("float argument required, not %.*s", static_cast<int>(name.size()),
                                name.data());
}

Result<Piece> PercentFormatter::Convert(const Conversion& c, Value v) {
  const auto is_one_of = [&c](std::string_view types) {
    return c.type != 0 && c.type < 128 &&
           types.find(static_cast<char>(c.type)) != std::string_view::npos;
  };
  Piece piece;
  if (is_one_of("sra") || (bytes_ && c.type == 'b')) {
    GILA_TRY(piece.text, TextOf(c, v));
  } else if (c.type == 'c') {
    GILA_TRY(piece.text, Character(v));
  } else if (is_one_of("diuoxX")) {
    GILA_TRY(piece.number, Integer(c, v));
  } else if (is_one_of("eEfFgG")) {
    GILA_TRY(piece.number, Real(c, v));
  } else {
    return RaiseUnsupported(c);
  }
  return piece;
}

Result<Str*> PercentFormatter::BytesText(Value v) {
  if (IsBytes(v)) return NewStrLatin1(thread_, v.As<Bytes>()->view());
  if (IsBytesLike(v)) {
    GILA_TRY(const std::string bytes, CopyBuffer(thread_, v));
    return NewStrLatin1(thread_, bytes);
  }
  GILA_TRY(const Value bytes, CallSpecial(thread_, v, Special::kBytes));
  if (bytes.IsUnbound()) {
    const std::string_view name = TypeNameOf(v);
    return thread_.RaiseTypeError(
        "%%b requires a bytes-like object, or an object that implements __bytes__, not '%.*s'",
        static_cast<int>(name.size()), name.data());
  }
  if (!IsBytes(bytes)) {
    const std::string_view name = TypeNameOf(bytes);
    return thread_.RaiseTypeError("__bytes__ returned non-bytes (type %.*s)",
                                  static_cast<int>(name.size()), name.data());
  }
  return NewStrLatin1(thread_, bytes.As<Bytes>()->view());
}

Result<Str*> PercentFormatter::TextOf(const Conversion& c, Value v) {
  Str* text;
  if (bytes_ && (c.type == 's' || c.type == 'b')) {
    GILA_TRY(text, BytesText(v));
  } else if (c.type == 's') {
    GILA_TRY(text, ToStr(thread_, v));
  } else if (c.type == 'r' && !bytes_) {
    GILA_TRY(text, Repr(thread_, v));
  } else {
    GILA_TRY(text, Ascii(thread_, v));
  }
  if (c.precision < 0 || text->length <= c.precision) return text;
  return StrSlice(thread_, text, 0, c.precision);
}

Result<Str*> PercentFormatter::Character(Value v) {
  if (bytes_) {
    int64_t byte;
    if (IsBytes(v) && v.As<Bytes>()->size == 1) {
      byte = v.As<Bytes>()->data[0];
    } else if (IsKind(v, kKindByteArray) && v.As<ByteArray>()->size.Load() == 1) {
      byte = ByteArrayAt(v.As<ByteArray>(), 0).AsSmallInt();
    } else if (IsInt(v)) {
      if (!TryInt64(v, &byte) || byte < 0 || byte > 255)
        return thread_.Raise(TypeId::kOverflowError, "%c arg not in range(256)");
    } else {
      return thread_.Raise(TypeId::kTypeError,
                           "%c requires an integer in range(256) or a single byte");
    }
    return latin1_strings[byte].As<Str>();
  }
  if (IsStr(v)) {
    if (v.As<Str>()->length == 1) return PlainStr(thread_, v.As<Str>());
    return thread_.Raise(TypeId::kTypeError, "%c requires int or char");
  }
  if (!IsInt(v) && LookupSpecial(thread_, TypeOf(v), Special::kIndex).IsUnbound())
    return thread_.Raise(TypeId::kTypeError, "%c requires int or char");
  GILA_TRY(const Value number, Index(thread_, v));
  int64_t code_point;
  if (!TryInt64(number, &code_point) || code_point < 0 || code_point > 0x10FFFF)
    return thread_.Raise(TypeId::kOverflowError, "%c arg not in range(0x110000)");
  Str* const text = StrFromChar(thread_, static_cast<uint32_t>(code_point));
  if (text == nullptr) return kFailed;
  return text;
}

// The int to show: %d truncates a real number, %o and %x want an integer.
Result<Value> PercentFormatter::IntegerArgument(const Conversion& c, Value v) {
  if (IsInt(v)) return PlainInt(v);
  const bool decimal = c.type == 'd' || c.type == 'i' || c.type == 'u';
  if (decimal && IsFloat(v)) return NewIntFromDouble(thread_, FloatValue(v));
  Type* const type = TypeOf(v);
  if (decimal && !LookupSpecial(thread_, type, Special::kInt).IsUnbound()) {
    GILA_TRY(const Value number, CallSpecial(thread_, v, Special::kInt));
    if (IsInt(number)) return PlainInt(number);
  } else if (!LookupSpecial(thread_, type, Special::kIndex).IsUnbound()) {
    return Index(thread_, v);
  }
  const std::string_view name = TypeNameOf(v);
  return thread_.RaiseTypeError("%%%c format: %s is required, not %.*s", static_cast<char>(c.type),
                                decimal ? "a real number" : "an integer",
                                static_cast<int>(name.size()), name.data());
}

Result<std::string> PercentFormatter::Integer(const Conversion& c, Value v) {
  GILA_TRY(const Value number, IntegerArgument(c, v));
  const int base = c.type == 'o' ? 8 : c.type == 'x' || c.type == 'X' ? 16 : 10;
  GILA_TRY(std::string digits, IntToString(thread_, number, base));
  const bool negative = !digits.empty() && digits.front() == '-';
  if (negative) digits.erase(0, 1);
  const auto size = static_cast<int64_t>(digits.size());
  if (c.precision > size) digits.insert(0, static_cast<size_t>(c.precision - size), '0');
  if (c.alternate && base != 10) digits.insert(0, base == 8 ? "0o" : "0x");
  if (c.type == 'X') {
    for (char& digit : digits) {
      if (digit >= 'a' && digit <= 'x') digit = static_cast<char>(digit - 32);
    }
  }
  if (negative) digits.insert(0, 1, '-');
  return digits;
}

}  // namespace

Result<Value> StrModFormat(Thread& thread, Str* format, Value args) {
  PercentFormatter formatter(thread, format, args, false);
  return formatter.Run();
}

Result<Str*> BytesModFormat(Thread& thread, std::string_view format, Value args) {
  GILA_TRY(Str* const text, NewStrLatin1(thread, format));
  PercentFormatter formatter(thread, text, args, true);
  return formatter.Run();
}

}  // namespace gila

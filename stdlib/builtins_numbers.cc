// builtins_numbers.cc: built-in functions on numbers and characters.
#include <charconv>
#include <string>

#include "runtime/call.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/builtins.h"

namespace gila {

namespace {

Result<Value> Abs(Thread& thread, Args args) { return Unary(thread, UnaryOp::kAbs, args[0]); }

Result<Value> InBase(Thread& thread, Value v, int base, const char* prefix) {
  GILA_TRY(const Value number, Index(thread, v));
  if (number.IsSmallInt()) {
    char text[72];
    char* end = text;
    const int64_t i = number.AsSmallInt();
    if (i < 0) *end++ = '-';
    *end++ = prefix[0];
    *end++ = prefix[1];
    end = std::to_chars(end, std::end(text), i < 0 ? -i : i, base).ptr;
    return NewStrLatin1(thread, {text, static_cast<size_t>(end - text)});
  }
  GILA_TRY(std::string digits, IntToString(thread, number, base));
  digits.insert(digits[0] == '-' ? 1 : 0, prefix);
  return NewStr(thread, digits);
}
Result<Value> Bin(Thread& thread, Args args) { return InBase(thread, args[0], 2, "0b"); }
Result<Value> Oct(Thread& thread, Args args) { return InBase(thread, args[0], 8, "0o"); }
Result<Value> Hex(Thread& thread, Args args) { return InBase(thread, args[0], 16, "0x"); }

Result<Value> Chr(Thread& thread, Args args) {
  GILA_TRY(const Value number, Index(thread, args[0]));
  int64_t code;
  if (!TryInt64(number, &code) || code != static_cast<int32_t>(code)) {
    return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C int");
  }
  if (code < 0 || code > 0x10FFFF) {
    return thread.RaiseValueError("chr() arg not in range(0x110000)");
  }
  Str* const s = StrFromChar(thread, static_cast<uint32_t>(code));
  if (s == nullptr) return kFailed;
  return s;
}

Result<Value> Ord(Thread& thread, Args args) {
  int64_t length;
  if (IsStr(args[0])) {
    const Str* s = args[0].As<Str>();
    if (s->length == 1) return Value::SmallInt(s->At(0));
    length = s->length;
  } else if (IsBytes(args[0]) || IsKind(args[0], kKindByteArray)) {
    GILA_TRY(const std::string bytes, CopyBuffer(thread, args[0]));
    if (bytes.size() == 1) return Value::SmallInt(static_cast<uint8_t>(bytes[0]));
    length = static_cast<int64_t>(bytes.size());
  } else {
    const std::string given(TypeNameOf(args[0]));
    return thread.RaiseTypeError("ord() expected string of length 1, but %s found", given.c_str());
  }
  return thread.RaiseTypeError("ord() expected a character, but string of length %lld found",
                               static_cast<long long>(length));
}

Result<Value> Divmod(Thread& thread, Args args) {
  return Binary(thread, BinaryOp::kDivMod, args[0], args[1]);
}

Result<Value> Pow(Thread& thread, Args args) {
  if (!args.Has(2) || args[2].IsNone()) return Binary(thread, BinaryOp::kPow, args[0], args[1]);
  return Power(thread, args[0], args[1], args[2]);
}

Result<Value> Round(Thread& thread, Args args) {
  const bool digits = args.Has(1) && !args[1].IsNone();
  GILA_TRY(const Value rounded,
           CallSpecial(thread, args[0], Special::kRound,
                       std::span<const Value>(args.data() + 1, digits ? 1 : 0)));
  if (rounded.IsUnbound()) {
    const std::string given(TypeNameOf(args[0]));
    return thread.RaiseTypeError("type %s doesn't define __round__ method", given.c_str());
  }
  return rounded;
}

Status CheckSumStart(Thread& thread, Value start) {
  if (IsStr(start)) {
    return thread.RaiseTypeError("sum() can't sum strings [use ''.join(seq) instead]");
  }
  if (IsBytes(start)) {
    return thread.RaiseTypeError("sum() can't sum bytes [use b''.join(seq) instead]");
  }
  if (IsKind(start, kKindByteArray)) {
    return thread.RaiseTypeError("sum() can't sum bytearray [use b''.join(seq) instead]");
  }
  return kOk;
}

Result<Value> Sum(Thread& thread, Args args) {
  Value total = args.Or(1, Value::SmallInt(0));
  GILA_TRY_VOID(CheckSumStart(thread, total));
  GILA_TRY_VOID(ForEachItem(thread, args[0], [&](Value item) -> Status {
    // Two small ints cannot overflow 64 bits; their sum may need a big int.
    if (GILA_LIKELY(BothSmallInts(total, item))) {
      const int64_t sum = total.AsSmallInt() + item.AsSmallInt();
      if (GILA_LIKELY(Value::FitsSmallInt(sum))) {
        total = Value::SmallInt(sum);
        return kOk;
      }
    } else if (total.IsDouble() && item.IsDouble()) {
      GILA_TRY(total, NewFloat(thread, total.AsDouble() + item.AsDouble()));
      return kOk;
    }
    GILA_TRY(total, Binary(thread, BinaryOp::kAdd, total, item));
    return kOk;
  }));
  return total;
}

}  // namespace

const NativeDef kNumberBuiltins[] = {
    {"abs", Abs, "(x, /)", "Return the absolute value of the argument."},
    {"bin", Bin, "(number, /)", "Return the binary representation of an integer."},
    {"oct", Oct, "(number, /)", "Return the octal representation of an integer."},
    {"hex", Hex, "(number, /)", "Return the hexadecimal representation of an integer."},
    {"chr", Chr, "(i, /)",
     "Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff."},
    {"ord", Ord, "(c, /)", "Return the Unicode code point for a one-character string."},
    {"divmod", Divmod, "(x, y, /)", "Return the tuple (x//y, x%y).  Invariant: div*y + mod == x."},
    {"pow", Pow, "(base, exp, mod=None)",
     "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments."},
    {"round", Round, "(number, ndigits=None)",
     "Round a number to a given precision in decimal digits."},
    {"sum", Sum, "(iterable, /, start=0)",
     "Return the sum of a 'start' value (default: 0) plus an iterable of numbers"},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace gila

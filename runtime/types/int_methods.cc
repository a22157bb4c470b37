// int_methods.cc: the type int: its constructor and methods. What they compute is in int.cc,
// int_arith.cc and int_text.cc.
#include <algorithm>
#include <bit>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "runtime/heap/heap.h"
#include "runtime/protocols/special_call.h"
#include "runtime/protocols/warn.h"
#include "runtime/text/format_spec.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/int_internal.h"
#include "runtime/types/number_methods.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

Result<Value> NewIntOfType(Thread& thread, Type* type, Value plain) {
  if (type == GetType(TypeId::kInt)) return plain;
  GILA_TRY(Object * object, AllocateInstance(thread, type));
  auto* instance = static_cast<IntInstance*>(object);
  instance->capacity = -1;
  if (plain.IsSmallInt()) {
    instance->small = plain.AsSmallInt();
  } else {
    instance->value.Store(instance, plain.As<Int>());
  }
  return instance;
}

namespace {

// --- int(x), int(text, base) ---

Result<Value> RequireInt(Thread& thread, Value result, const char* method) {
  if (IsExactInt(result)) return result;
  if (IsInt(result)) {
    GILA_TRY_VOID(WarnOfSubclass(thread, method, result, "int"));
    return PlainInt(result);
  }
  return thread.Raise(TypeId::kTypeError, absl::StrCat(method, " returned non-int (type ",
                                                       std::string(TypeNameOf(result)), ")"));
}

// __trunc__, the oldest of the three conversions; unbound when the type has none.
Result<Value> ConvertByTrunc(Thread& thread, Value v) {
  const Value method = LookupSpecial(thread, TypeOf(v), Special::kTrunc);
  if (method.IsUnbound()) return kUnbound;
  GILA_TRY_VOID(WarnAbout(thread, TypeId::kDeprecationWarning,
                          "The delegation of int() to __trunc__ is deprecated."));
  GILA_TRY(const Value result, CallUnbound1(thread, method, v));
  if (IsInt(result)) return PlainInt(result);
  if (LookupSpecial(thread, TypeOf(result), Special::kIndex).IsUnbound()) {
    return thread.Raise(TypeId::kTypeError, absl::StrCat("__trunc__ returned non-Integral (type ",
                                                         std::string(TypeNameOf(result)), ")"));
  }
  return Index(thread, result);
}

Result<Value> ConvertToInt(Thread& thread, Value v) {
  if (IsExactInt(v)) return v;
  if (v.IsBool()) return PlainInt(v);
  if (v.IsDouble()) return NewIntFromDouble(thread, v.AsDouble());
  if (IsExactly(v, TypeId::kStr)) return ParseInt(thread, v, 10);
  const Value to_int = LookupSpecial(thread, TypeOf(v), Special::kInt);
  if (!to_int.IsUnbound()) {
    GILA_TRY(const Value result, CallUnbound1(thread, to_int, v));
    return RequireInt(thread, result, "__int__");
  }
  if (!LookupSpecial(thread, TypeOf(v), Special::kIndex).IsUnbound()) return Index(thread, v);
  GILA_TRY(const Value truncated, ConvertByTrunc(thread, v));
  if (!truncated.IsUnbound()) return truncated;
  if (IsStr(v) || IsBytesLike(v)) return ParseInt(thread, v, 10);
  return thread.Raise(
      TypeId::kTypeError,
      absl::StrCat("int() argument must be a string, a bytes-like object or a real number, not '",
                   std::string(TypeNameOf(v)), "'"));
}

Result<Value> IntNew(Thread& thread, Args args) {
  Type* type = args[0].As<Type>();
  if (type == GetType(TypeId::kBool))
    return thread.RaiseTypeError("int.__new__(bool) is not safe, use bool.__new__()");
  Value plain = Value::SmallInt(0);
  if (args.Has(2)) {
    if (!args.Has(1)) return thread.RaiseTypeError("int() missing string argument");
    GILA_TRY(const int64_t base, ToIndexClipped(thread, args[2]));
    if (base != 0 && (base < 2 || base > 36))
      return thread.RaiseValueError("int() base must be >= 2 and <= 36, or 0");
    if (!IsStr(args[1]) && !IsBytes(args[1]) && !IsKind(args[1], kKindByteArray))
      return thread.RaiseTypeError("int() can't convert non-string with explicit base");
    GILA_TRY(plain, ParseInt(thread, args[1], static_cast<int>(base)));
  } else if (args.Has(1)) {
    GILA_TRY(plain, ConvertToInt(thread, args[1]));
  }
  return NewIntOfType(thread, type, plain);
}

// --- operators ---

template <BinaryOp op>
Result<Value> Forward(Thread& thread, Args args) {
  if (!IsInt(args[1])) return kNotImplemented;
  return IntBinary(thread, op, args[0], args[1]);
}
template <BinaryOp op>
Result<Value> Reflected(Thread& thread, Args args) {
  if (!IsInt(args[1])) return kNotImplemented;
  return IntBinary(thread, op, args[1], args[0]);
}
template <CompareOp op>
Result<Value> Rich(Thread&, Args args) {
  if (!IsInt(args[1])) return kNotImplemented;
  return Value::Bool(IntCompare(op, args[0], args[1]));
}

Result<Value> IntPow(Thread& thread, Args args) {
  const Value modulus = args.Or(2, kNone);
  if (!IsInt(args[1]) || !(modulus.IsNone() || IsInt(modulus))) return kNotImplemented;
  return IntPower(thread, args[0], args[1], modulus);
}
Result<Value> IntRPow(Thread& thread, Args args) {
  const Value modulus = args.Or(2, kNone);
  if (!IsInt(args[1]) || !(modulus.IsNone() || IsInt(modulus))) return kNotImplemented;
  return IntPower(thread, args[1], args[0], modulus);
}
Result<Value> IntNeg(Thread& thread, Args args) { return IntNegate(thread, args[0]); }
Result<Value> IntAbs(Thread& thread, Args args) {
  return IntSign(args[0]) < 0 ? IntNegate(thread, args[0]) : Result<Value>(PlainInt(args[0]));
}
Result<Value> IntInvertMethod(Thread& thread, Args args) { return IntInvert(thread, args[0]); }
Result<Value> IntBool(Thread&, Args args) { return Value::Bool(IntSign(args[0]) != 0); }
Result<Value> IntHashMethod(Thread& thread, Args args) { return NewInt(thread, IntHash(args[0])); }
// __int__, __index__, __pos__, __trunc__, __floor__, __ceil__, conjugate.
Result<Value> IntPlain(Thread&, Args args) { return PlainInt(args[0]); }

Result<Value> IntFloat(Thread& thread, Args args) {
  GILA_TRY(const double d, IntToDouble(thread, args[0]));
  return NewFloat(thread, d);
}

Result<Value> IntRepr(Thread& thread, Args args) {
  GILA_TRY(const std::string text, IntToString(thread, args[0]));
  return Result<Value>(NewStr(thread, text));
}

Result<Value> IntFormat(Thread& thread, Args args) {
  GILA_TRY(Str * spec, ToStrArgument(thread, args[1], "__format__() argument"));
  return FormatInt(thread, args[0], spec);
}

// To a multiple of 10 ** -digits, half to even.
Result<Value> RoundToPowerOfTen(Thread& thread, Value number, int64_t digits) {
  // A number of b bits has at most b / 3 + 1 decimal digits: beyond, nothing is left of it.
  if (digits > IntBitLength(number) / 3 + 2) return Value::SmallInt(0);
  GILA_TRY(const Value unit, IntPower(thread, Value::SmallInt(10), Value::SmallInt(digits), kNone));
  Value rest;
  GILA_TRY(const Value quotient, IntDivMod(thread, number, unit, &rest));
  GILA_TRY(Value result, IntBinary(thread, BinaryOp::kSub, number, rest));
  GILA_TRY(const Value twice, IntBinary(thread, BinaryOp::kMul, rest, Value::SmallInt(2)));
  const MpzView view(quotient);
  if (IntCompare(CompareOp::kGt, twice, unit) ||
      (IntCompare(CompareOp::kEq, twice, unit) && mpz_odd_p(view.z))) {
    return IntBinary(thread, BinaryOp::kAdd, result, unit);
  }
  return result;
}

Result<Value> IntRound(Thread& thread, Args args) {
  const Value number = PlainInt(args[0]);
  if (!args.Has(1)) return number;
  GILA_TRY(const Value digits, Index(thread, args[1]));
  if (IntSign(digits) >= 0) return number;
  int64_t count;
  if (!TryInt64(digits, &count) || count == INT64_MIN) return Value::SmallInt(0);
  return RoundToPowerOfTen(thread, number, -count);
}

// --- bits and bytes ---

Result<Value> IntBitLengthMethod(Thread&, Args args) {
  return Value::SmallInt(IntBitLength(args[0]));
}

Result<Value> IntBitCount(Thread&, Args args) {
  const Value v = PlainInt(args[0]);
  if (v.IsSmallInt()) {
    const int64_t number = v.AsSmallInt();
    return Value::SmallInt(std::popcount(static_cast<uint64_t>(number < 0 ? -number : number)));
  }
  const Int* big = v.As<Int>();
  return Value::SmallInt(
      static_cast<int64_t>(mpn_popcount(big->limbs, big->size < 0 ? -big->size : big->size)));
}

Result<bool> IsLittleEndian(Thread& thread, Value byteorder, const char* what) {
  if (byteorder.IsUnbound()) return false;
  GILA_TRY(Str * name, ToStrArgument(thread, byteorder, what));
  if (StrEquals(name, "little")) return true;
  if (StrEquals(name, "big")) return false;
  return thread.RaiseValueError("byteorder must be either 'little' or 'big'");
}

Result<Value> IntToBytes(Thread& thread, Args args) {
  int64_t length = 1;
  if (args.Has(1)) {
    GILA_TRY(length, ToInt64(thread, args[1]));
  }
  GILA_TRY(const bool little, IsLittleEndian(thread, args[2], "to_bytes() argument 'byteorder'"));
  bool is_signed = false;
  if (args.Has(3)) {
    GILA_TRY(is_signed, Truth(thread, args[3]));
  }
  if (length < 0) return thread.RaiseValueError("length argument must be non-negative");
  const Value number = PlainInt(args[0]);
  const bool negative = IntSign(number) < 0;
  if (negative && !is_signed)
    return thread.Raise(TypeId::kOverflowError, "can't convert negative int to unsigned");
  // A signed number of n bytes: -2^(8n-1) <= number < 2^(8n-1), that is bits(number ^ sign) < 8n.
  GILA_TRY(const Value folded, negative ? IntInvert(thread, number) : Result<Value>(number));
  const int64_t bits = IntBitLength(folded) + (is_signed ? 1 : 0);
  if (length < (bits + 7) / 8 && !(bits == 1 && is_signed && length == 0))
    return thread.Raise(TypeId::kOverflowError, "int too big to convert");
  GILA_TRY(Bytes * bytes, NewBytesUninitialized(thread, length));
  const MpzView view(folded);
  std::memset(bytes->data, 0, static_cast<size_t>(length));
  size_t count = 0;
  mpz_export(bytes->data, &count, -1, 1, 0, 0, view.z);
  if (negative)
    for (int64_t i = 0; i < length; ++i) bytes->data[i] = static_cast<uint8_t>(~bytes->data[i]);
  if (!little) std::reverse(bytes->data, bytes->data + length);
  return bytes;
}

// bytes(v) as from_bytes does it: no counts, no text.
Result<std::string> CollectBytes(Thread& thread, Value v) {
  if (IsBytesLike(v)) return CopyBuffer(thread, v);
  if (IsInt(v) || IsStr(v)) {
    return thread.Raise(
        TypeId::kTypeError,
        absl::StrCat("cannot convert '", std::string(TypeNameOf(v)), "' object to bytes"));
  }
  GILA_TRY(const Value bytes, Call(thread, GetType(TypeId::kBytes), {v}));
  return CopyBuffer(thread, bytes);
}

// At most eight bytes, as one number.
__int128 WordFromBytes(std::string_view bytes, bool little, bool is_signed) {
  uint64_t word = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const char byte = bytes[little ? bytes.size() - 1 - i : i];
    word = word << 8 | static_cast<uint8_t>(byte);
  }
  const auto bits = static_cast<int>(8 * bytes.size());
  const bool negative = is_signed && bits > 0 && (word >> (bits - 1) & 1) != 0;
  return static_cast<__int128>(word) - (negative ? static_cast<__int128>(1) << bits : 0);
}

Result<Value> IntFromBytes(Thread& thread, Args args) {
  GILA_TRY(const bool little, IsLittleEndian(thread, args[2], "from_bytes() argument 'byteorder'"));
  bool is_signed = false;
  if (args.Has(3)) {
    GILA_TRY(is_signed, Truth(thread, args[3]));
  }
  Value number;
  if (IsExactly(args[1], TypeId::kBytes) && args[1].As<Bytes>()->size <= 8) {
    GILA_TRY(number,
             NewIntFrom128(thread, WordFromBytes(args[1].As<Bytes>()->view(), little, is_signed)));
  } else {
    GILA_TRY(std::string bytes, CollectBytes(thread, args[1]));
    if (!little) std::reverse(bytes.begin(), bytes.end());
    GILA_TRY(number, NewIntFromBytes(thread, bytes, is_signed));
  }
  if (args[0].As<Type>() == GetType(TypeId::kInt)) return number;
  return Call(thread, args[0], {number});
}

// --- the rest ---

Result<Value> IntAsIntegerRatio(Thread& thread, Args args) {
  const Value both[] = {PlainInt(args[0]), Value::SmallInt(1)};
  return Result<Value>(NewTuple(thread, both));
}
Result<Value> IntGetNewArgs(Thread& thread, Args args) {
  const Value one[] = {PlainInt(args[0])};
  return Result<Value>(NewTuple(thread, one));
}
// The bytes CPython takes: a header and 30 bits in every four bytes.
Result<Value> IntSizeOf(Thread&, Args args) {
  return Value::SmallInt(24 + 4 * std::max<int64_t>(1, (IntBitLength(args[0]) + 29) / 30));
}

Result<Value> GetPlain(Thread&, Value self) { return PlainInt(self); }
Result<Value> GetZero(Thread&, Value) { return Value::SmallInt(0); }
Result<Value> GetOne(Thread&, Value) { return Value::SmallInt(1); }

constexpr GetSetDef kIntGetSets[] = {
    {"real", GetPlain, nullptr, "the real part of a complex number"},
    {"imag", GetZero, nullptr, "the imaginary part of a complex number"},
    {"numerator", GetPlain, nullptr, "the numerator of a rational number in lowest terms"},
    {"denominator", GetOne, nullptr, "the denominator of a rational number in lowest terms"},
    {}};

constexpr NativeDef kIntMethods[] = {
    {"__repr__", IntRepr, "(self, /)", "Return repr(self)."},
    {"__hash__", IntHashMethod, "(self, /)", "Return hash(self)."},
    GILA_COMPARE_METHODS,
    GILA_BINARY_METHODS("add", kAdd, "+"),
    GILA_BINARY_METHODS("sub", kSub, "-"),
    GILA_BINARY_METHODS("mul", kMul, "*"),
    GILA_BINARY_METHODS("mod", kMod, "%"),
    GILA_DIVMOD_METHODS,
    {"__pow__", IntPow, "(self, value, mod=None, /)", "Return pow(self, value, mod)."},
    {"__rpow__", IntRPow, "(self, value, mod=None, /)", "Return pow(value, self, mod)."},
    {"__neg__", IntNeg, "(self, /)", "-self"},
    {"__pos__", IntPlain, "(self, /)", "+self"},
    {"__abs__", IntAbs, "(self, /)", "abs(self)"},
    {"__bool__", IntBool, "(self, /)", "True if self else False"},
    {"__invert__", IntInvertMethod, "(self, /)", "~self"},
    GILA_BINARY_METHODS("lshift", kLShift, "<<"),
    GILA_BINARY_METHODS("rshift", kRShift, ">>"),
    GILA_BINARY_METHODS("and", kAnd, "&"),
    GILA_BINARY_METHODS("xor", kXor, "^"),
    GILA_BINARY_METHODS("or", kOr, "|"),
    {"__int__", IntPlain, "(self, /)", "int(self)"},
    {"__float__", IntFloat, "(self, /)", "float(self)"},
    GILA_BINARY_METHODS("floordiv", kFloorDiv, "//"),
    GILA_BINARY_METHODS("truediv", kTrueDiv, "/"),
    {"__index__", IntPlain, "(self, /)", "Return self converted to an integer."},
    {"conjugate", IntPlain, "(self, /)", "The number itself."},
    {"bit_length", IntBitLengthMethod, "(self, /)", "The bits of the magnitude: 37 has 6."},
    {"bit_count", IntBitCount, "(self, /)", "How many bits of the magnitude are one."},
    {"to_bytes", IntToBytes, "(self, /, length=1, byteorder='big', *, signed=False)",
     "The number in `length` bytes; signed is two's complement."},
    {"from_bytes", IntFromBytes, "@classmethod(cls, /, bytes, byteorder='big', *, signed=False)",
     "The number that the bytes spell."},
    {"as_integer_ratio", IntAsIntegerRatio, "(self, /)", "The pair (self, 1)."},
    {"__trunc__", IntPlain, "(self, /)", "The number itself."},
    {"__floor__", IntPlain, "(self, /)", "The number itself."},
    {"__ceil__", IntPlain, "(self, /)", "The number itself."},
    {"__round__", IntRound, "(self, ndigits=None, /)",
     "To a multiple of 10**-ndigits, half to even."},
    {"__getnewargs__", IntGetNewArgs, "(self, /)", nullptr},
    {"__format__", IntFormat, "(self, format_spec, /)", nullptr},
    {"__sizeof__", IntSizeOf, "(self, /)", "Size in memory, in bytes."},
    {}};

void TraceInt(Object* object, Marker& marker) {
  if (static_cast<Int*>(object)->capacity < 0)
    marker.Visit(static_cast<IntInstance*>(object)->value);
}
constexpr KindInfo kIntKind = {"int", TraceInt, nullptr};

// --- bool ---

Result<Value> BoolNew(Thread& thread, Args args) {
  if (!args.Has(1)) return kFalse;
  GILA_TRY(const bool truth, Truth(thread, args[1]));
  return Value::Bool(truth);
}

Result<Value> BoolRepr(Thread& thread, Args args) {
  return Result<Value>(NewStr(thread, args[0].IsTrue() ? "True" : "False"));
}

// Two bools give a bool. The operators commute, so one function serves both directions.
template <BinaryOp op>
Result<Value> BoolLogic(Thread& thread, Args args) {
  if (args[1].IsBool()) {
    const bool x = args[0].IsTrue(), y = args[1].IsTrue();
    return Value::Bool(op == BinaryOp::kAnd ? (x && y) : op == BinaryOp::kOr ? (x || y) : x != y);
  }
  return Forward<op>(thread, args);
}

constexpr NativeDef kBoolMethods[] = {
    {"__repr__", BoolRepr, "(self, /)", "Return repr(self)."},
    {"__and__", BoolLogic<BinaryOp::kAnd>, "(self, value, /)", "Return self&value."},
    {"__rand__", BoolLogic<BinaryOp::kAnd>, "(self, value, /)", "Return value&self."},
    {"__xor__", BoolLogic<BinaryOp::kXor>, "(self, value, /)", "Return self^value."},
    {"__rxor__", BoolLogic<BinaryOp::kXor>, "(self, value, /)", "Return value^self."},
    {"__or__", BoolLogic<BinaryOp::kOr>, "(self, value, /)", "Return self|value."},
    {"__ror__", BoolLogic<BinaryOp::kOr>, "(self, value, /)", "Return value|self."},
    {}};

}  // namespace

extern const TypeSpec kIntSpec;
const TypeSpec kIntSpec = {
    .doc =
        "int([x]) -> integer\nint(x, base=10) -> integer\n\n"
        "An integer of any size, from a number (truncated) or from text in the given base.",
    .new_function = IntNew,
    .new_signature = "(cls, x=0, /, base=10)",
    .methods = kIntMethods,
    .getsets = kIntGetSets,
    .extra_flags = kMatchSelf,
    .native_size = sizeof(IntInstance),
    .kind_info = &kIntKind,
};

extern const TypeSpec kBoolSpec;
const TypeSpec kBoolSpec = {
    .doc =
        "bool(x) -> bool\n\nTrue when x counts as true, else False; these two are all there are.",
    .new_function = BoolNew,
    .new_signature = "(cls, x=False, /)",
    .methods = kBoolMethods,
    .extra_flags = kMatchSelf,
    .native_size = sizeof(IntInstance),
};

}  // namespace gila

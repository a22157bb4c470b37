// struct_format.cc: formats of the module struct: compiling them, and values to bytes and back.
#include "stdlib/struct_format.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/native_support.h"

namespace gila {

Type* struct_error = nullptr;

namespace {

// --- compiling ---

// The size of a code's item, 0 for an unknown code. Native alignment equals the size.
int64_t ItemSize(char code, bool native) {
  switch (code) {
    case 'x':
    case 'c':
    case 'b':
    case 'B':
    case '?':
    case 's':
    case 'p':
      return 1;
    case 'h':
    case 'H':
    case 'e':
      return 2;
    case 'i':
    case 'I':
    case 'f':
      return 4;
    case 'l':
    case 'L':
      return native ? 8 : 4;
    case 'q':
    case 'Q':
    case 'd':
      return 8;
    case 'n':
    case 'N':
    case 'P':
      return native ? 8 : 0;
    default:
      return 0;
  }
}

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

struct Compiler {
  Thread& thread;
  std::vector<StructField> fields;
  int64_t size = 0, items = 0;

  Failed TooLong() { return RaiseOfType(thread, struct_error, "total struct size too long"); }

  Status Add(char code, int64_t count, bool native) {
    const int64_t item = ItemSize(code, native);
    if (item == 0)
      return RaiseOfType(thread, struct_error,
                         code == 0 ? "embedded null character" : "bad char in struct format");
    if (native && item > 1) {
      int64_t aligned;
      if (__builtin_add_overflow(size, item - 1, &aligned)) return TooLong();
      size = aligned & -item;
    }
    int64_t bytes;
    if (__builtin_mul_overflow(item, count, &bytes)) return TooLong();
    if (code == 's' || code == 'p') {
      fields.push_back({size, 1, count, code});
      ++items;
    } else if (code != 'x' && count > 0) {
      fields.push_back({size, count, item, code});
      if (__builtin_add_overflow(items, count, &items)) return TooLong();
    }
    if (__builtin_add_overflow(size, bytes, &size)) return TooLong();
    return kOk;
  }

  Status Run(std::string_view format, bool native) {
    size_t i = 0;
    while (i < format.size()) {
      const char c = format[i++];
      if (c == '\0') return RaiseOfType(thread, struct_error, "embedded null character");
      if (IsSpace(c)) continue;
      if (c < '0' || c > '9') {
        GILA_TRY_VOID(Add(c, 1, native));
        continue;
      }
      int64_t count = c - '0';
      for (; i < format.size() && format[i] >= '0' && format[i] <= '9'; ++i) {
        if (__builtin_mul_overflow(count, int64_t{10}, &count) ||
            __builtin_add_overflow(count, int64_t{format[i] - '0'}, &count))
          return TooLong();
      }
      if (i == format.size())
        return RaiseOfType(thread, struct_error, "repeat count given without format specifier");
      GILA_TRY_VOID(Add(format[i++], count, native));
    }
    return kOk;
  }
};

// --- numbers in memory ---

template <class T>
T Load(const uint8_t* data, bool big_endian) {
  T value;
  std::memcpy(&value, data, sizeof value);
  if (big_endian) {
    if constexpr (sizeof(T) == 2)
      value = static_cast<T>(__builtin_bswap16(static_cast<uint16_t>(value)));
    if constexpr (sizeof(T) == 4)
      value = static_cast<T>(__builtin_bswap32(static_cast<uint32_t>(value)));
    if constexpr (sizeof(T) == 8)
      value = static_cast<T>(__builtin_bswap64(static_cast<uint64_t>(value)));
  }
  return value;
}

void Put(uint8_t* data, uint64_t value, int64_t size, bool big_endian) {
  if (big_endian) value = __builtin_bswap64(value) >> (64 - 8 * size);
  std::memcpy(data, &value, static_cast<size_t>(size));
}

double HalfToDouble(uint16_t bits) {
  const int exponent = bits >> 10 & 31;
  const double mantissa = bits & 1023;
  double value;
  if (exponent == 31) {
    value = mantissa == 0 ? HUGE_VAL : std::nan("");
  } else if (exponent == 0) {
    value = std::ldexp(mantissa, -24);
  } else {
    value = std::ldexp(mantissa + 1024, exponent - 25);
  }
  return bits & 0x8000 ? -value : value;
}

// Rounds half to even. False when it is too large.
bool DoubleToHalf(double value, uint16_t* bits) {
  const uint16_t sign = std::signbit(value) ? 0x8000 : 0;
  value = std::fabs(value);
  if (value == 0) {
    *bits = sign;
    return true;
  }
  if (std::isnan(value)) {
    *bits = sign | 0x7e00;
    return true;
  }
  if (std::isinf(value)) {
    *bits = sign | 0x7c00;
    return true;
  }
  int exponent;
  std::frexp(value, &exponent);  // value = m * 2^exponent, m in [0.5, 1)
  exponent = exponent < -13 ? -13 : exponent;
  // Units of the last place: 11 significant bits.
  const double scaled = std::nearbyint(std::ldexp(value, 11 - exponent));
  auto units = static_cast<uint32_t>(scaled);
  // With the hidden bit (1024) the exponent field counts from 1; a carry into 2048 moves it on by
  // itself.
  const uint32_t encoded = units + static_cast<uint32_t>(exponent + 13) * 1024;
  if (encoded >= 0x7c00) return false;
  *bits = static_cast<uint16_t>(sign | encoded);
  return true;
}

GILA_ALWAYS_INLINE Result<Value> UnpackOne(Thread& thread, char code, int64_t size,
                                           const uint8_t* data, bool big) {
  switch (code) {
    case 'b':
      return Value::SmallInt(static_cast<int8_t>(*data));
    case 'B':
      return Value::SmallInt(*data);
    case 'h':
      return Value::SmallInt(Load<int16_t>(data, big));
    case 'H':
      return Value::SmallInt(Load<uint16_t>(data, big));
    case 'i':
      return Value::SmallInt(Load<int32_t>(data, big));
    case 'I':
      return Value::SmallInt(Load<uint32_t>(data, big));
    case 'l':
      if (size == 4) return Value::SmallInt(Load<int32_t>(data, big));
      return NewInt(thread, Load<int64_t>(data, big));
    case 'q':
    case 'n':
      return NewInt(thread, Load<int64_t>(data, big));
    case 'L':
      if (size == 4) return Value::SmallInt(Load<uint32_t>(data, big));
      return NewIntFromUnsigned(thread, Load<uint64_t>(data, big));
    case 'Q':
    case 'N':
    case 'P':
      return NewIntFromUnsigned(thread, Load<uint64_t>(data, big));
    case '?':
      return Value::Bool(*data != 0);
    case 'c':
      return byte_values[*data];
    case 'e':
      return NewFloat(thread, HalfToDouble(Load<uint16_t>(data, big)));
    case 'f':
      return NewFloat(thread, static_cast<double>(std::bit_cast<float>(Load<uint32_t>(data, big))));
    case 'd':
      return NewFloat(thread, std::bit_cast<double>(Load<uint64_t>(data, big)));
    case 's':
      return NewBytes(thread, {reinterpret_cast<const char*>(data), static_cast<size_t>(size)});
    default: {  // 'p'
      if (size == 0) return NewBytes(thread, {});
      const int64_t length = std::min<int64_t>(*data, size - 1);
      return NewBytes(thread,
                      {reinterpret_cast<const char*>(data + 1), static_cast<size_t>(length)});
    }
  }
}

// --- values into memory ---

Failed OutOfRange(Thread& thread) {
  return RaiseOfType(thread, struct_error, "argument out of range");
}

Result<Value> IntArgument(Thread& thread, Value v) {
  if (IsInt(v)) return PlainInt(v);
  if (LookupSpecial(thread, TypeOf(v), Special::kIndex).IsUnbound())
    return RaiseOfType(thread, struct_error, "required argument is not an integer");
  GILA_TRY(const Value index, Index(thread, v));
  return PlainInt(index);
}

Status PackSigned(Thread& thread, const StructField& field, Value v, uint8_t* data, bool big) {
  GILA_TRY(const Value number, IntArgument(thread, v));
  int64_t i;
  if (!TryInt64(number, &i)) return OutOfRange(thread);
  const int64_t limit = field.size == 8 ? INT64_MAX : (int64_t{1} << (8 * field.size - 1)) - 1;
  if (i > limit || i < -limit - 1) {
    if (field.code == 'b')
      return RaiseOfType(thread, struct_error, "byte format requires -128 <= number <= 127");
    if (field.code == 'h')
      return RaiseOfType(thread, struct_error, "short format requires -32768 <= number <= 32767");
    return RaiseOfTypeFormat(thread, struct_error, "'%c' format requires %lld <= number <= %lld",
                             field.code, static_cast<long long>(-limit - 1),
                             static_cast<long long>(limit));
  }
  Put(data, static_cast<uint64_t>(i), field.size, big);
  return kOk;
}

Status PackUnsigned(Thread& thread, const StructField& field, Value v, uint8_t* data, bool big) {
  GILA_TRY(const Value number, IntArgument(thread, v));
  const bool narrow = field.code == 'B' || field.code == 'H';
  int64_t i;
  uint64_t u;
  const uint64_t limit = field.size == 8 ? UINT64_MAX : (uint64_t{1} << (8 * field.size)) - 1;
  if (TryInt64(number, &i)) {
    if (i < 0 && !narrow) return OutOfRange(thread);
    u = static_cast<uint64_t>(i);
  } else {
    if (narrow || IntSign(number) < 0 || IntBitLength(number) > 64) return OutOfRange(thread);
    const MpzView view(number);
    u = mpz_get_ui(view.z);
  }
  if (u > limit) {
    if (field.code == 'B')
      return RaiseOfType(thread, struct_error, "ubyte format requires 0 <= number <= 255");
    if (field.code == 'H')
      return RaiseOfType(thread, struct_error, "ushort format requires 0 <= number <= 65535");
    return RaiseOfTypeFormat(thread, struct_error, "'%c' format requires 0 <= number <= %llu",
                             field.code, static_cast<unsigned long long>(limit));
  }
  Put(data, u, field.size, big);
  return kOk;
}

Status PackPointer(Thread& thread, Value v, uint8_t* data, bool big) {
  GILA_TRY(const Value number, IntArgument(thread, v));
  int64_t i;
  if (!TryInt64(number, &i)) {
    if (IntSign(number) < 0 || IntBitLength(number) > 64)
      return RaiseOfType(thread, struct_error, "int too large to convert");
    const MpzView view(number);
    i = static_cast<int64_t>(mpz_get_ui(view.z));
  }
  Put(data, static_cast<uint64_t>(i), 8, big);
  return kOk;
}

Status PackReal(Thread& thread, const StructLayout& layout, const StructField& field, Value v,
                uint8_t* data) {
  const bool big = layout.big_endian;
  double number;
  if (IsFloat(v)) {
    number = FloatValue(v);
  } else {
    const Result<double> converted = ToDouble(thread, v);
    if (!converted.ok()) {
      thread.ClearException();
      return RaiseOfType(thread, struct_error, "required argument is not a float");
    }
    number = converted.value();
  }
  if (field.code == 'd') {
    Put(data, std::bit_cast<uint64_t>(number), 8, big);
  } else if (field.code == 'f') {
    const auto narrow = static_cast<float>(number);
    // Native floats overflow to infinity, as a C cast does; the standard ones refuse.
    if (std::isinf(narrow) && !std::isinf(number) && !layout.native)
      return thread.Raise(TypeId::kOverflowError, "float too large to pack with f format");
    Put(data, std::bit_cast<uint32_t>(narrow), 4, big);
  } else {
    uint16_t half;
    if (!DoubleToHalf(number, &half))
      return thread.Raise(TypeId::kOverflowError, "float too large to pack with e format");
    Put(data, half, 2, big);
  }
  return kOk;
}

Status PackText(Thread& thread, const StructField& field, Value v, uint8_t* data) {
  BufferInfo info;
  if (!(IsBytes(v) || IsKind(v, kKindByteArray)) || !GetBuffer(v, &info))
    return RaiseOfTypeFormat(thread, struct_error, "argument for '%c' must be a bytes object",
                             field.code);
  if (field.code == 's') {
    std::memcpy(data, info.data, static_cast<size_t>(std::min(info.size, field.size)));
    return kOk;
  }
  if (field.size == 0) return kOk;
  const int64_t length = std::min(info.size, field.size - 1);
  std::memcpy(data + 1, info.data, static_cast<size_t>(length));
  *data = static_cast<uint8_t>(std::min<int64_t>(length, 255));
  return kOk;
}

Status PackOne(Thread& thread, const StructLayout& layout, const StructField& field, Value v,
               uint8_t* data) {
  const bool big = layout.big_endian;
  switch (field.code) {
    case 'b':
    case 'h':
    case 'i':
    case 'l':
    case 'q':
    case 'n':
      return PackSigned(thread, field, v, data, big);
    case 'B':
    case 'H':
    case 'I':
    case 'L':
    case 'Q':
    case 'N':
      return PackUnsigned(thread, field, v, data, big);
    case 'P':
      return PackPointer(thread, v, data, big);
    case 'e':
    case 'f':
    case 'd':
      return PackReal(thread, layout, field, v, data);
    case '?': {
      GILA_TRY(const bool truth, Truth(thread, v));
      *data = truth;
      return kOk;
    }
    case 'c': {
      const Bytes* const bytes = CastOrNull<Bytes>(v);
      if (bytes == nullptr || bytes->size != 1)
        return RaiseOfType(thread, struct_error, "char format requires a bytes object of length 1");
      *data = bytes->data[0];
      return kOk;
    }
    default:
      return PackText(thread, field, v, data);
  }
}

}  // namespace

Result<Blob*> CompileStructFormat(Thread& thread, std::string_view format) {
  bool native = true, big_endian = false;
  if (!format.empty() && std::string_view("@=<>!").find(format[0]) != std::string_view::npos) {
    native = format[0] == '@';
    big_endian = format[0] == '>' || format[0] == '!';
    format.remove_prefix(1);
  }
  Compiler compiler{thread, {}};
  GILA_TRY_VOID(compiler.Run(format, native));
  const size_t bytes = compiler.fields.size() * sizeof(StructField);
  GILA_TRY(Blob* const blob, NewBlob(thread, static_cast<int64_t>(sizeof(StructLayout) + bytes)));
  auto* const layout = reinterpret_cast<StructLayout*>(blob->bytes);
  layout->size = compiler.size;
  layout->items = compiler.items;
  layout->field_count = static_cast<int64_t>(compiler.fields.size());
  layout->big_endian = big_endian;
  layout->native = native;
  if (bytes != 0) std::memcpy(layout->fields, compiler.fields.data(), bytes);
  return blob;
}

Result<Value> UnpackStruct(Thread& thread, const StructLayout& layout, const uint8_t* data) {
  GILA_TRY(Tuple* const values, NewTuple(thread, layout.items));
  int64_t place = 0;
  for (const StructField& field : layout.all()) {
    const uint8_t* at = data + field.offset;
    for (int64_t i = 0; i < field.count; ++i, at += field.size) {
      GILA_TRY(const Value item, UnpackOne(thread, field.code, field.size, at, layout.big_endian));
      values->items[place++].Store(values, item);
    }
  }
  return values;
}

Status PackStruct(Thread& thread, const StructLayout& layout, std::span<const Value> values,
                  uint8_t* data) {
  size_t place = 0;
  for (const StructField& field : layout.all()) {
    uint8_t* at = data + field.offset;
    for (int64_t i = 0; i < field.count; ++i, at += field.size)
      GILA_TRY_VOID(PackOne(thread, layout, field, values[place++], at));
  }
  return kOk;
}

}  // namespace gila

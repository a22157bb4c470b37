// memoryview_items.cc: one item of a view as a value, and back. Programs read and write items of
// the native formats alone, as in CPython; items of another byte order (ctypes has them) can be
// compared.
#include <cmath>
#include <cstring>

#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/memoryview.h"

namespace gila {

namespace {

// The letter after an optional '@'; 0 when the format is no single native code.
char FormatLetter(const char* format) {
  if (format[0] == '@') ++format;
  return format[0] != '\0' && format[1] == '\0' ? format[0] : '\0';
}

// IEEE 754 half precision.
double HalfToDouble(uint16_t half) {
  const int exponent = (half >> 10) & 31;
  const int fraction = half & 0x3FF;
  double magnitude;
  if (exponent == 31) {
    magnitude = fraction == 0 ? __builtin_huge_val() : __builtin_nan("");
  } else if (exponent == 0) {
    magnitude = std::ldexp(fraction, -24);
  } else {
    magnitude = std::ldexp(fraction + 1024, exponent - 25);
  }
  return half & 0x8000 ? -magnitude : magnitude;
}

template <class T>
T ReadAs(const uint8_t* data) {
  T value;
  std::memcpy(&value, data, sizeof(T));
  return value;
}

}  // namespace

int ItemSizeOf(const char* format) {
  switch (FormatLetter(format)) {
    case 'b':
    case 'B':
    case 'c':
    case '?':
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
    case 'q':
    case 'Q':
    case 'n':
    case 'N':
    case 'd':
    case 'P':
      return 8;
    default:
      return 0;
  }
}

Result<Value> UnpackItem(Thread& thread, const char* format, const uint8_t* data) {
  switch (FormatLetter(format)) {
    case 'B':
      return Value::SmallInt(*data);
    case 'b':
      return Value::SmallInt(static_cast<int8_t>(*data));
    case 'c':
      return NewBytes(thread, {reinterpret_cast<const char*>(data), 1});
    case '?':
      return Value::Bool(*data != 0);
    case 'h':
      return Value::SmallInt(ReadAs<int16_t>(data));
    case 'H':
      return Value::SmallInt(ReadAs<uint16_t>(data));
    case 'i':
      return Value::SmallInt(ReadAs<int32_t>(data));
    case 'I':
      return Value::SmallInt(ReadAs<uint32_t>(data));
    case 'l':
    case 'q':
    case 'n':
      return NewInt(thread, ReadAs<int64_t>(data));
    case 'L':
    case 'Q':
    case 'N':
    case 'P':
      return NewIntFromUnsigned(thread, ReadAs<uint64_t>(data));
    case 'e':
      return NewFloat(thread, HalfToDouble(ReadAs<uint16_t>(data)));
    case 'f':
      return NewFloat(thread, static_cast<double>(ReadAs<float>(data)));
    case 'd':
      return NewFloat(thread, ReadAs<double>(data));
    default:
      return thread.RaiseFormat(TypeId::kNotImplementedError, "memoryview: format %s not supported",
                                format);
  }
}

namespace {

Failed RaiseInvalidValue(Thread& thread, const char* format, bool type_is_wrong) {
  return thread.RaiseFormat(type_is_wrong ? TypeId::kTypeError : TypeId::kValueError,
                            "memoryview: invalid %s for format '%s'",
                            type_is_wrong ? "type" : "value", format);
}

template <class T>
Status PackInteger(Thread& thread, const char* format, uint8_t* data, Value v) {
  if (!IsInt(v) && LookupSpecial(thread, TypeOf(v), Special::kIndex).IsUnbound())
    return RaiseInvalidValue(thread, format, true);
  GILA_TRY(const Value index, Index(thread, v));
  T packed;
  int64_t number;
  if (TryInt64(index, &number)) {
    packed = static_cast<T>(number);
    const bool negative_into_unsigned = !std::is_signed_v<T> && number < 0;
    if (negative_into_unsigned || static_cast<int64_t>(packed) != number)
      return RaiseInvalidValue(thread, format, false);
  } else {
    // Only an unsigned 64-bit item takes what an int64 cannot hold.
    const MpzView view(index);
    if (std::is_signed_v<T> || sizeof(T) < 8 || mpz_sgn(view.z) < 0 ||
        mpz_sizeinbase(view.z, 2) > 64)
      return RaiseInvalidValue(thread, format, false);
    packed = static_cast<T>(mpz_get_ui(view.z));
  }
  std::memcpy(data, &packed, sizeof(T));
  return kOk;
}

template <class T>
Status PackReal(Thread& thread, const char* format, uint8_t* data, Value v) {
  const Result<double> number = ToDouble(thread, v);
  if (!number.ok()) {
    const bool type_is_wrong = thread.ExceptionMatches(TypeId::kTypeError);
    if (!type_is_wrong && !thread.ExceptionMatches(TypeId::kOverflowError)) return kFailed;
    thread.ClearException();
    return RaiseInvalidValue(thread, format, type_is_wrong);
  }
  const T packed = static_cast<T>(number.value());
  std::memcpy(data, &packed, sizeof(T));
  return kOk;
}

}  // namespace

Status PackItem(Thread& thread, const char* format, uint8_t* data, Value v) {
  switch (FormatLetter(format)) {
    case 'B':
      return PackInteger<uint8_t>(thread, format, data, v);
    case 'b':
      return PackInteger<int8_t>(thread, format, data, v);
    case 'h':
      return PackInteger<int16_t>(thread, format, data, v);
    case 'H':
      return PackInteger<uint16_t>(thread, format, data, v);
    case 'i':
      return PackInteger<int32_t>(thread, format, data, v);
    case 'I':
      return PackInteger<uint32_t>(thread, format, data, v);
    case 'l':
    case 'q':
    case 'n':
      return PackInteger<int64_t>(thread, format, data, v);
    case 'L':
    case 'Q':
    case 'N':
    case 'P':
      return PackInteger<uint64_t>(thread, format, data, v);
    case 'f':
      return PackReal<float>(thread, format, data, v);
    case 'd':
      return PackReal<double>(thread, format, data, v);
    case '?': {
      GILA_TRY(const bool truth, Truth(thread, v));
      *data = truth;
      return kOk;
    }
    case 'c': {
      const Bytes* const bytes = CastOrNull<Bytes>(v);
      if (bytes == nullptr) return RaiseInvalidValue(thread, format, true);
      if (bytes->size != 1) return RaiseInvalidValue(thread, format, false);
      *data = bytes->data[0];
      return kOk;
    }
    default:
      return thread.RaiseFormat(TypeId::kNotImplementedError, "memoryview: format %s not supported",
                                format);
  }
}

Status CheckNativeFormat(Thread& thread, const char* format) {
  if (FormatLetter(format) != '\0') return kOk;
  return thread.RaiseFormat(TypeId::kNotImplementedError, "memoryview: unsupported format %s",
                            format);
}

const char* ConstantFormat(const char* format) {
  static constexpr char kNames[] =
      "@b\0@B\0@c\0@?\0@h\0@H\0@e\0@i\0@I\0@f\0@l\0@L\0@q\0@Q\0@n\0@N\0@d\0@P";
  for (const char* name = kNames; name < kNames + sizeof(kNames); name += 3) {
    if (name[1] == FormatLetter(format)) return format[0] == '@' ? name : name + 1;
  }
  return "B";
}

namespace {

// What a letter means behind '<', '>', '=' or '!', where sizes are the same everywhere: the native
// letter, or 0.
char NativeTwin(char letter) {
  switch (letter) {
    case 'l':
      return 'i';
    case 'L':
      return 'I';
    case 'n':
    case 'N':
    case 'P':
      return '\0';
    default:
      return letter;
  }
}

}  // namespace

Result<Value> UnpackForComparison(Thread& thread, const char* format, const uint8_t* data) {
  const bool is_standard = std::strchr("<>=!", format[0]) != nullptr && format[0] != '\0';
  if (!is_standard) {
    if (ItemSizeOf(format) == 0) return kUnbound;
    return UnpackItem(thread, format, data);
  }
  const char letter[] = {format[1] == '\0' || format[2] != '\0' ? '\0' : NativeTwin(format[1]),
                         '\0'};
  const int size = ItemSizeOf(letter);
  if (size == 0) return kUnbound;
  uint8_t item[8];
  const bool is_reversed = format[0] == '>' || format[0] == '!';
  for (int i = 0; i < size; ++i) item[i] = data[is_reversed ? size - 1 - i : i];
  return UnpackItem(thread, letter, item);
}

}  // namespace gila

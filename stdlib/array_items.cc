// array_items.cc: the items of array.array: values as bits and back, and how the storage changes.
#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

#include "runtime/heap/collect_now.h"
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/str.h"
#include "stdlib/array_internal.h"

namespace gila {

namespace {

void TraceArray(Object* object, Marker& marker) {
  marker.Visit(static_cast<Array*>(object)->store);
}

struct IntegerCode {
  const char* name;  // in "x is greater than maximum"
  int64_t low, high;
};

const IntegerCode* NarrowCode(char code) {
  static constexpr IntegerCode kSignedChar = {"signed char", INT8_MIN, INT8_MAX};
  static constexpr IntegerCode kUnsignedChar = {"unsigned byte integer", 0, UINT8_MAX};
  static constexpr IntegerCode kShort = {"signed short integer", INT16_MIN, INT16_MAX};
  static constexpr IntegerCode kUnsignedShort = {"unsigned short", 0, UINT16_MAX};
  static constexpr IntegerCode kInt = {"signed integer", INT32_MIN, INT32_MAX};
  switch (code) {
    case 'b':
      return &kSignedChar;
    case 'B':
      return &kUnsignedChar;
    case 'h':
      return &kShort;
    case 'H':
      return &kUnsignedShort;
    case 'i':
      return &kInt;
    default:
      return nullptr;
  }
}

Failed Overflow(Thread& thread, std::string_view text) {
  return thread.Raise(TypeId::kOverflowError, text);
}

Result<uint64_t> Wide(Thread& thread, char code, Value v) {
  GILA_TRY(const Value index, Index(thread, v));
  const Value number = PlainInt(index);
  int64_t i;
  const bool fits = TryInt64(number, &i);
  if (code == 'l' || code == 'q') {
    if (fits) return static_cast<uint64_t>(i);
    return Overflow(thread, code == 'l' ? "Python int too large to convert to C long"
                                        : "int too big to convert");
  }
  if (IntSign(number) < 0)
    return Overflow(thread, code == 'Q' ? "can't convert negative int to unsigned"
                                        : "can't convert negative value to unsigned int");
  uint64_t u = static_cast<uint64_t>(i);
  if (!fits) {
    if (IntBitLength(number) > 64)
      return Overflow(thread, code == 'Q' ? "int too big to convert"
                                          : "Python int too large to convert to C unsigned long");
    const MpzView view(number);
    u = mpz_get_ui(view.z);
  }
  if (code == 'I' && u > UINT32_MAX)
    return Overflow(thread, "unsigned int is greater than maximum");
  return u;
}

}  // namespace

const KindInfo kArrayKindInfo = {"array", TraceArray, nullptr};

int ArrayItemSize(uint32_t code) {
  if (code == 'u') return 4;
  if (code == 0 || code > 127 || std::strchr("bBhHiIlLqQfd", static_cast<int>(code)) == nullptr)
    return 0;
  const char format[] = {static_cast<char>(code), '\0'};
  return ItemSizeOf(format);
}

Result<uint64_t> ArrayItemBits(Thread& thread, char code, Value v) {
  if (code == 'd' || code == 'f') {
    double number;
    if (v.IsDouble()) {
      number = v.AsDouble();
    } else {
      GILA_TRY(number, ToDouble(thread, v));
    }
    if (code == 'd') return std::bit_cast<uint64_t>(number);
    return uint64_t{std::bit_cast<uint32_t>(static_cast<float>(number))};
  }
  if (code == 'u') {
    if (!IsStr(v) || v.As<Str>()->length != 1)
      return thread.RaiseTypeError("array item must be unicode character");
    return uint64_t{v.As<Str>()->At(0)};
  }
  const IntegerCode* const narrow = NarrowCode(code);
  if (narrow == nullptr) return Wide(thread, code, v);
  int64_t i;
  if (v.IsSmallInt()) {
    i = v.AsSmallInt();
  } else {
    GILA_TRY(const Value index, Index(thread, v));
    const Value number = PlainInt(index);
    if (!TryInt64(number, &i)) return Overflow(thread, "Python int too large to convert to C long");
  }
  if (i > narrow->high)
    return Overflow(thread, std::string(narrow->name) + " is greater than maximum");
  if (i < narrow->low) return Overflow(thread, std::string(narrow->name) + " is less than minimum");
  return static_cast<uint64_t>(i);
}

namespace {

template <class T>
T Read(const uint8_t* data) {
  return __atomic_load_n(reinterpret_cast<const T*>(data), __ATOMIC_RELAXED);
}

}  // namespace

Result<Value> ArrayItemValue(Thread& thread, char code, const uint8_t* data) {
  switch (code) {
    case 'b':
      return Value::SmallInt(Read<int8_t>(data));
    case 'B':
      return Value::SmallInt(Read<uint8_t>(data));
    case 'h':
      return Value::SmallInt(Read<int16_t>(data));
    case 'H':
      return Value::SmallInt(Read<uint16_t>(data));
    case 'i':
      return Value::SmallInt(Read<int32_t>(data));
    case 'I':
      return Value::SmallInt(Read<uint32_t>(data));
    case 'l':
    case 'q':
      return NewInt(thread, Read<int64_t>(data));
    case 'L':
    case 'Q':
      return NewIntFromUnsigned(thread, Read<uint64_t>(data));
    case 'f':
      return NewFloat(thread, static_cast<double>(std::bit_cast<float>(Read<uint32_t>(data))));
    case 'd':
      return NewFloat(thread, std::bit_cast<double>(Read<uint64_t>(data)));
    default: {
      const uint32_t unit = Read<uint32_t>(data);
      if (unit > 0x10ffff)
        return thread.RaiseValueError("character U+%x is not in range [U+0000; U+10ffff]", unit);
      Str* const text = StrFromChar(thread, unit);
      if (text == nullptr) return kFailed;
      return text;
    }
  }
}

Result<Value> ArrayAt(Thread& thread, const Array* array, int64_t i) {
  const int64_t size = array->size.Load();
  const Blob* const store = array->store.Load();
  if (i < 0 || i >= size || (i + 1) * array->item_size > store->size) return kUnbound;
  return ArrayItemValue(thread, array->code, store->bytes + i * array->item_size);
}

namespace {

void Write(const Array* array, uint8_t* data, uint64_t bits) {
  switch (array->item_size) {
    case 1:
      return __atomic_store_n(data, static_cast<uint8_t>(bits), __ATOMIC_RELAXED);
    case 2:
      return __atomic_store_n(reinterpret_cast<uint16_t*>(data), static_cast<uint16_t>(bits),
                              __ATOMIC_RELAXED);
    case 4:
      return __atomic_store_n(reinterpret_cast<uint32_t*>(data), static_cast<uint32_t>(bits),
                              __ATOMIC_RELAXED);
    default:
      return __atomic_store_n(reinterpret_cast<uint64_t*>(data), bits, __ATOMIC_RELAXED);
  }
}

Failed RaisePinned(Thread& thread) {
  return thread.Raise(TypeId::kBufferError, "cannot resize an array that is exporting buffers");
}

}  // namespace

bool ArrayPut(Array* array, int64_t i, uint64_t bits) {
  ByteLockGuard guard(array->lock);
  if (i < 0 || i >= array->size.Load()) return false;
  Write(array, array->store->bytes + i * array->item_size, bits);
  return true;
}

Status ArrayAppend(Thread& thread, Array* array, uint64_t bits) {
  while (true) {
    if (heap::IsReallyPinned(thread, array->exports)) return RaisePinned(thread);
    Blob* store;
    {
      ByteLockGuard guard(array->lock);
      if (array->exports.Load() > 0) continue;
      const int64_t at = array->size.Load() * array->item_size;
      store = array->store.Load();
      if (store != nullptr && at + array->item_size <= store->size) {
        Write(array, store->bytes + at, bits);
        array->size.Store(array->size.Load() + 1);
        return kOk;
      }
    }
    const int64_t used = store == nullptr ? 0 : store->size;
    GILA_TRY(Blob* const larger, NewBlob(thread, std::max<int64_t>(used + used / 4 + 32, 64)));
    ByteLockGuard guard(array->lock);
    if (array->store.Load() != store || array->exports.Load() > 0) continue;
    if (used != 0) std::memcpy(larger->bytes, store->bytes, static_cast<size_t>(used));
    array->store.Store(array, larger);
  }
}

Status ArrayReplace(Thread& thread, Array* array, int64_t start, int64_t stop,
                    std::string_view bytes) {
  const int64_t item = array->item_size, added = static_cast<int64_t>(bytes.size());
  // The bytes may be those of the array itself.
  const std::string copy(bytes);
  while (true) {
    const int64_t expected = array->size.Load();
    const int64_t first = std::clamp<int64_t>(start, 0, expected) * item;
    const int64_t last = std::max(first, std::clamp<int64_t>(stop, 0, expected) * item);
    const int64_t total = expected * item - (last - first) + added;
    if (total != expected * item && heap::IsReallyPinned(thread, array->exports))
      return RaisePinned(thread);
    Blob* store = array->store.Load();
    Blob* target = store;
    if (store == nullptr || total > store->size || total < store->size / 4) {
      GILA_TRY(target, NewBlob(thread, total + (total > expected * item ? total / 8 : 0)));
    }
    ByteLockGuard guard(array->lock);
    if (array->size.Load() != expected || array->store.Load() != store) continue;
    if (total != expected * item && array->exports.Load() > 0) continue;
    const auto size = [](int64_t n) { return static_cast<size_t>(n); };
    const int64_t behind = expected * item - last;
    if (target != store && store != nullptr && array->exports.Load() > 0) target = store;
    if (behind > 0) std::memmove(target->bytes + first + added, store->bytes + last, size(behind));
    if (target != store && first > 0) std::memcpy(target->bytes, store->bytes, size(first));
    if (added > 0) std::memcpy(target->bytes + first, copy.data(), copy.size());
    if (target != store) array->store.Store(array, target);
    array->size.Store(total / item);
    return kOk;
  }
}

std::string_view ArrayBytes(const Array* array) {
  const int64_t size = array->size.Load() * array->item_size;
  const Blob* const store = array->store.Load();
  if (store == nullptr) return {};
  return {reinterpret_cast<const char*>(store->bytes),
          static_cast<size_t>(std::min(size, store->size))};
}

Result<Array*> NewArray(Thread& thread, Type* type, char code) {
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  auto* const array = static_cast<Array*>(object);
  array->store.Init(nullptr);
  array->code = code;
  array->item_size = static_cast<uint8_t>(ArrayItemSize(static_cast<uint32_t>(code)));
  return array;
}

}  // namespace gila

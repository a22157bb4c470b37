// ffi_memory.cc: the module _ffi, and its type Memory: a piece of C memory that ctypes' classes are
// made of.
//
// A program that uses ctypes can read and write any address: that is what it is for. What can be
// known is checked (an object's own memory ends where it ends); two threads that write one C
// variable race as they do in C.
#include <stdlib.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/ffi_internal.h"
#include "stdlib/start_locale.h"

namespace gila::ffi {

namespace {

uint8_t memory_kind = 0;

void Trace(Object* object, Marker& marker) {
  marker.Visit(static_cast<Memory*>(object)->owner);
  marker.Visit(static_cast<Memory*>(object)->description);
}
void Finalize(Object* object) { ::free(static_cast<Memory*>(object)->mine.Load()); }
constexpr KindInfo kMemoryKind = {"ctypes memory", Trace, Finalize};

BufferInfo BufferOf(Object* object) {
  auto* const memory = static_cast<Memory*>(object);
  BufferInfo info;
  info.data = memory->data.Load();
  info.size = memory->size.Load();
  info.read_only = false;
  const Value description = memory->description.Load();
  if (description.IsUnbound()) return info;
  const Tuple* const parts = description.As<Tuple>();
  const Bytes* const shape = parts->At(2).As<Bytes>();
  info.format = reinterpret_cast<const char*>(parts->At(0).As<Bytes>()->data);
  info.item_size = static_cast<int32_t>(parts->At(1).AsSmallInt());
  info.dimensions = static_cast<int32_t>(shape->size / 8);
  info.shape = reinterpret_cast<const int64_t*>(shape->data);
  return info;
}
void Pin(Object* object, int64_t delta) { static_cast<Memory*>(object)->exports.FetchAdd(delta); }

// --- making ---

// An instance of a class below Memory, without memory.
Result<Memory*> NewEmpty(Thread& thread, Value cls) {
  if (!IsType(cls)) return thread.RaiseTypeError("a class of C data is required");
  Type* const type = cls.As<Type>();
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  if (object->kind != memory_kind) return thread.RaiseTypeError("a class of C data is required");
  auto* const memory = static_cast<Memory*>(object);
  memory->owner.Init(kUnbound);
  memory->description.Init(kUnbound);
  return memory;
}

// allocate(cls, size): zeroed memory of its own.
Result<Value> AllocateMemory(Thread& thread, Args args) {
  GILA_TRY(const int64_t size, ToInt64(thread, args[1]));
  if (size < 0) return thread.RaiseValueError("size must not be negative");
  GILA_TRY(Memory* const memory, NewEmpty(thread, args[0]));
  heap::RegisterFinalizer(thread, memory);
  auto* const data =
      static_cast<uint8_t*>(::calloc(1, static_cast<size_t>(std::max<int64_t>(size, 1))));
  if (data == nullptr) return thread.RaiseMemoryError();
  memory->mine.Store(data);
  memory->size.Store(size);
  memory->data.Store(data);
  return memory;
}

// at(cls, address, size, owner): the memory of another object, or of nobody that is known.
Result<Value> MemoryAt(Thread& thread, Args args) {
  GILA_TRY(uint8_t* const address, ToAddress(thread, args[1]));
  GILA_TRY(const int64_t size, ToInt64(thread, args[2]));
  GILA_TRY(Memory* const memory, NewEmpty(thread, args[0]));
  if (!args[3].IsNone()) memory->owner.Store(memory, args[3]);
  memory->size.Store(size);
  memory->data.Store(address);
  return memory;
}

// resize(memory, size): larger memory with the old contents.
Result<Value> Resize(Thread& thread, Args args) {
  GILA_TRY(Memory* const memory, ToMemory(thread, args[0]));
  GILA_TRY(const int64_t size, ToInt64(thread, args[1]));
  uint8_t* const old = memory->mine.Load();
  if (old == nullptr || memory->exports.Load() != 0)
    return thread.RaiseValueError("Memory cannot be resized because this object doesn't own it");
  // The old piece lives on: another thread, or C, may still look at it.
  auto* const data = static_cast<uint8_t*>(::calloc(1, static_cast<size_t>(size)));
  if (data == nullptr) return thread.RaiseMemoryError();
  std::memcpy(data, old, static_cast<size_t>(std::min(size, memory->size.Load())));
  memory->data.Store(data);
  memory->mine.Store(data);
  memory->size.Store(size);
  return kNone;
}

// --- reading and writing ---

// `size` bytes from `offset` on, within the object.
Result<uint8_t*> Within(Thread& thread, Memory* memory, Value offset, int64_t size) {
  GILA_TRY(const int64_t begin, ToInt64(thread, offset));
  if (begin < 0 || size < 0 || begin > memory->size.Load() - size)
    return thread.RaiseValueError("outside of the object's memory");
  return memory->data.Load() + begin;
}

template <class T>
T ReadAs(const uint8_t* data) {
  T value;
  std::memcpy(&value, data, sizeof(T));
  return value;
}
template <class T>
void WriteAs(uint8_t* data, T value) {
  std::memcpy(data, &value, sizeof(T));
}

int SizeOfCode(char code) {
  switch (code) {
    case 'c':
    case 'b':
    case 'B':
    case '?':
      return 1;
    case 'h':
    case 'H':
    case 'v':
      return 2;
    case 'i':
    case 'I':
    case 'f':
    case 'u':
      return 4;
    case 'g':
      return sizeof(long double);
    default:
      return 8;
  }
}

// The letter of a simple type.
Result<char> CodeOf(Thread& thread, Value v) {
  const std::string text = IsStr(v) ? ToUtf8(v) : std::string();
  if (text.size() != 1) return thread.RaiseTypeError("a letter of a simple type is required");
  return text[0];
}

Result<Value> ReadCode(Thread& thread, char code, const uint8_t* data) {
  switch (code) {
    case '?':
      return Value::Bool(*data != 0);
    case 'v':  // VARIANT_BOOL
      return Value::Bool(ReadAs<int16_t>(data) != 0);
    case 'c':
      return NewBytes(thread, {reinterpret_cast<const char*>(data), 1});
    case 'u': {
      const uint32_t unit = ReadAs<uint32_t>(data);
      if (unit > 0x10FFFF)
        return thread.RaiseFormat(TypeId::kValueError,
                                  "character U+%x is not in range [U+0000; U+10ffff]", unit);
      return NewStrFromUcs4(thread, &unit, 1);
    }
    case 'g':
      return NewFloat(thread, static_cast<double>(ReadAs<long double>(data)));
    case 'P':
    case 'z':
    case 'Z':
    case 'O': {
      const uint64_t address = ReadAs<uint64_t>(data);
      if (address == 0) return kNone;
      return NewIntFromUnsigned(thread, address);
    }
    default: {
      const char format[] = {code, '\0'};
      return UnpackItem(thread, format, data);
    }
  }
}

// load(memory, offset, code): the value there.
Result<Value> Load(Thread& thread, Args args) {
  GILA_TRY(Memory* const memory, ToMemory(thread, args[0]));
  GILA_TRY(const char code, CodeOf(thread, args[2]));
  GILA_TRY(const uint8_t* const data, Within(thread, memory, args[1], SizeOfCode(code)));
  return ReadCode(thread, code, data);
}

Status StoreCode(Thread& thread, char code, uint8_t* data, Value v) {
  switch (code) {
    case '?': {
      GILA_TRY(const bool truth, Truth(thread, v));
      WriteAs<uint8_t>(data, truth);
      return kOk;
    }
    case 'v': {
      GILA_TRY(const bool truth, Truth(thread, v));
      WriteAs<int16_t>(data, truth ? -1 : 0);
      return kOk;
    }
    case 'f':
    case 'd':
    case 'g': {
      GILA_TRY(const double number, ToDouble(thread, v));
      if (code == 'f') WriteAs(data, static_cast<float>(number));
      if (code == 'd') WriteAs(data, number);
      if (code == 'g') WriteAs(data, static_cast<long double>(number));
      return kOk;
    }
    default: {
      uint64_t bits = 0;
      if (code != 'P' || !v.IsNone()) {
        GILA_TRY(bits, ToBits(thread, v));
      }
      // Little-endian: the low bytes come first.
      std::memcpy(data, &bits, static_cast<size_t>(SizeOfCode(code)));
      return kOk;
    }
  }
}

// store(memory, offset, code, value): C's conversions; integers are cut. A character is given as
// its number.
Result<Value> Store(Thread& thread, Args args) {
  GILA_TRY(Memory* const memory, ToMemory(thread, args[0]));
  GILA_TRY(const char code, CodeOf(thread, args[2]));
  GILA_TRY(uint8_t* const data, Within(thread, memory, args[1], SizeOfCode(code)));
  GILA_TRY_VOID(StoreCode(thread, code, data, args[3]));
  return kNone;
}

// take(memory, offset, size): a copy of the bytes.
Result<Value> Take(Thread& thread, Args args) {
  GILA_TRY(Memory* const memory, ToMemory(thread, args[0]));
  GILA_TRY(const int64_t size, ToInt64(thread, args[2]));
  GILA_TRY(const uint8_t* const data, Within(thread, memory, args[1], size));
  return NewBytes(thread, {reinterpret_cast<const char*>(data), static_cast<size_t>(size)});
}

// put(memory, offset, bytes)
Result<Value> Put(Thread& thread, Args args) {
  GILA_TRY(Memory* const memory, ToMemory(thread, args[0]));
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[2]));
  GILA_TRY(uint8_t* const data,
           Within(thread, memory, args[1], static_cast<int64_t>(bytes.size())));
  std::memmove(data, bytes.data(), bytes.size());
  return kNone;
}

// A tuple (format, size of an item, shape): the format as bytes that end with a zero, the shape as
// bytes of 64-bit numbers. Views point into the two, which live as long as the memory does.
Status CheckDescription(Thread& thread, Value v) {
  const Tuple* const parts = IsTuple(v) ? v.As<Tuple>() : nullptr;
  if (parts == nullptr || parts->length != 3 || !IsBytes(parts->At(0)) ||
      !parts->At(1).IsSmallInt() || !IsBytes(parts->At(2))) {
    return thread.RaiseTypeError("a description is a tuple of format, item size and shape");
  }
  const std::string_view format = parts->At(0).As<Bytes>()->view();
  const int64_t shape_bytes = parts->At(2).As<Bytes>()->size;
  if (format.empty() || format.back() != '\0' || shape_bytes % 8 != 0 ||
      shape_bytes > 8 * kMaxDimensions) {
    return thread.RaiseValueError("malformed description of C data");
  }
  return kOk;
}

// describe(memory, description): what a memoryview of it shows.
Result<Value> Describe(Thread& thread, Args args) {
  GILA_TRY(Memory* const memory, ToMemory(thread, args[0]));
  GILA_TRY_VOID(CheckDescription(thread, args[1]));
  if (memory->description.Load().IsUnbound()) memory->description.Store(memory, args[1]);
  return kNone;
}

// --- addresses ---

// address_of(bytes-like): where its memory lies. Whoever asks keeps it alive and does not let it
// change its size.
Result<Value> AddressOf(Thread& thread, Args args) {
  BufferInfo info;
  if (!GetBuffer(args[0], &info)) return RaiseNotBytesLike(thread, args[0]);
  return NewIntFromUnsigned(thread, reinterpret_cast<uintptr_t>(info.data));
}

// string_at(address, size): size -1 reads up to a zero.
Result<Value> StringAt(Thread& thread, Args args) {
  GILA_TRY(const uint8_t* const data, ToAddress(thread, args[0]));
  GILA_TRY(const int64_t size, ToInt64(thread, args[1]));
  if (data == nullptr) return thread.RaiseValueError("NULL pointer access");
  const char* const text = reinterpret_cast<const char*>(data);
  return NewBytes(thread, size < 0 ? std::string_view(text)
                                   : std::string_view(text, static_cast<size_t>(size)));
}

Result<Value> WideStringAt(Thread& thread, Args args) {
  GILA_TRY(const uint8_t* const data, ToAddress(thread, args[0]));
  GILA_TRY(int64_t size, ToInt64(thread, args[1]));
  if (data == nullptr) return thread.RaiseValueError("NULL pointer access");
  const auto* const units = reinterpret_cast<const uint32_t*>(data);
  if (size < 0)
    for (size = 0; units[size] != 0;) ++size;
  GILA_TRY(Str* const text, NewStrFromUcs4(thread, units, size));
  return text;
}

Result<Value> Move(Thread& thread, Args args) {
  GILA_TRY(uint8_t* const to, ToAddress(thread, args[0]));
  GILA_TRY(const uint8_t* const from, ToAddress(thread, args[1]));
  GILA_TRY(const int64_t size, ToInt64(thread, args[2]));
  if (size > 0) std::memmove(to, from, static_cast<size_t>(size));
  return kNone;
}

Result<Value> Fill(Thread& thread, Args args) {
  GILA_TRY(uint8_t* const to, ToAddress(thread, args[0]));
  GILA_TRY(const uint64_t byte, ToBits(thread, args[1]));
  GILA_TRY(const int64_t size, ToInt64(thread, args[2]));
  if (size > 0) std::memset(to, static_cast<int>(byte & 0xFF), static_cast<size_t>(size));
  return kNone;
}

// --- the type ---

Result<Value> GetAddress(Thread& thread, Value self) {
  return NewIntFromUnsigned(thread, reinterpret_cast<uintptr_t>(self.As<Memory>()->data.Load()));
}
Result<Value> GetSize(Thread& thread, Value self) {
  return NewInt(thread, self.As<Memory>()->size.Load());
}
Result<Value> GetOwner(Thread&, Value self) {
  const Value owner = self.As<Memory>()->owner.Load();
  return owner.IsUnbound() ? kNone : owner;
}
Result<Value> OwnsMemory(Thread&, Value self) {
  return Value::Bool(self.As<Memory>()->mine.Load() != nullptr);
}

#define END {nullptr, nullptr, nullptr, nullptr}
constexpr GetSetDef kFields[] = {{"_address_", GetAddress, nullptr, nullptr},
                                 {"_bytes_", GetSize, nullptr, nullptr},
                                 {"_b_base_", GetOwner, nullptr, "The object whose memory it is."},
                                 {"_b_needsfree_", OwnsMemory, nullptr, "Whether it is its own."},
                                 END};
constexpr NativeDef kFunctions[] = {
    {"allocate", AllocateMemory, "(cls, size, /)", "Zeroed memory of its own."},
    {"at", MemoryAt, "(cls, address, size, owner, /)", "The memory at an address."},
    {"resize", Resize, "(memory, size, /)", "Give an object more memory than its type needs."},
    {"load", Load, "(memory, offset, code, /)", "The value at an offset."},
    {"store", Store, "(memory, offset, code, value, /)", "Write a value at an offset."},
    {"take", Take, "(memory, offset, size, /)", "A copy of bytes."},
    {"put", Put, "(memory, offset, bytes, /)", "Write bytes."},
    {"describe", Describe, "(memory, description, /)", "What a memoryview shows."},
    {"address_of", AddressOf, "(buffer, /)", "Where the memory of a bytes-like object lies."},
    {"string_at", StringAt, "(address, size, /)", "Bytes at an address."},
    {"wstring_at", WideStringAt, "(address, size, /)", "Text of wchar_t at an address."},
    {"memmove", Move, "(to, from, size, /)", "Copy memory."},
    {"memset", Fill, "(to, byte, size, /)", "Fill memory."},
    END};
#undef END

constexpr TypeSpec kSpec = {.doc = "A piece of C memory.",
                            .getsets = kFields,
                            .native_size = sizeof(Memory),
                            .kind_info = &kMemoryKind};

}  // namespace

Result<Memory*> ToMemory(Thread& thread, Value v) {
  if (!v.IsPointer() || v.AsObject()->kind != memory_kind)
    return thread.RaiseTypeError("C data is required");
  return v.As<Memory>();
}

Result<uint64_t> ToBits(Thread& thread, Value v) {
  GILA_TRY(const Value index, Index(thread, v));
  int64_t number;
  if (TryInt64(index, &number)) return static_cast<uint64_t>(number);
  const MpzView view(index);
  const uint64_t low = mpz_get_ui(view.z);  // of the absolute value
  return mpz_sgn(view.z) < 0 ? ~low + 1 : low;
}

Result<uint8_t*> ToAddress(Thread& thread, Value v) {
  if (v.IsNone()) return static_cast<uint8_t*>(nullptr);
  if (!IsInt(v)) return thread.RaiseTypeError("integer expected");
  GILA_TRY(const uint64_t bits, ToBits(thread, v));
  return reinterpret_cast<uint8_t*>(bits);
}

}  // namespace gila::ffi

namespace gila {

Status InitFfiModule(Thread& thread, Module* module) {
  using namespace ffi;
  UseStartLocale();  // functions of the C library may be called from here on
  memory_kind = RegisterKind(kMemoryKind);
  RegisterBufferKind(memory_kind, BufferOf, Pin);
  GILA_TRY_VOID(AddType(thread, module, kSpec, "_ffi.Memory", memory_kind, sizeof(Memory),
                        kBasetype | kHasWeakref));
  GILA_TRY_VOID(AddFunctions(thread, module, kFunctions));
  GILA_TRY_VOID(AddFunctions(thread, module, kCallFunctions));
  return AddCallTypes(thread, module);
}

}  // namespace gila

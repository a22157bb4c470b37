// bytes.h: immutable and growable byte strings.
#ifndef GILA_RUNTIME_TYPES_BYTES_H_
#define GILA_RUNTIME_TYPES_BYTES_H_

#include <string>
#include <string_view>

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

// The bytes are in the object, or (for instances of subclasses, whose attribute offset is fixed) in
// a Blob.
struct Bytes : Object {
  static constexpr Kind kKind = kKindBytes;
  Atomic<uint64_t> hash;
  int64_t size;
  uint8_t* data;
  PointerSlot<Blob> store;
  uint8_t inline_data[];
  std::string_view view() const {
    return {reinterpret_cast<const char*>(data), static_cast<size_t>(size)};
  }
};

// Writers hold the object's lock; readers take `store` once. `exports` buffers pin the size
// (BufferError on resize).
struct ByteArray : Object {
  static constexpr Kind kKind = kKindByteArray;
  PointerSlot<Blob> store;  // never null
  Atomic<int64_t> start;    // first byte in use (deleting from the front is cheap)
  Atomic<int64_t> size;
  Atomic<int64_t> exports;
};

// The byte strings of one byte, and b''.
extern Value byte_values[256];
extern Bytes* empty_bytes;
// Called by InitStrings.
void InitBytes(Thread& thread) GILA_ATTACHED;

// Byte `index` of a bytearray at this moment, or unbound. Lock-free.
inline Value ByteArrayAt(const ByteArray* array, int64_t index) {
  const Blob* const store = array->store.Load();
  const int64_t place = array->start.Load() + index;
  if (index < 0 || index >= array->size.Load() || place >= store->size) return kUnbound;
  return Value::SmallInt(__atomic_load_n(&store->bytes[place], __ATOMIC_RELAXED));
}

Result<Value> NewBytes(Thread& thread, std::string_view bytes) GILA_ATTACHED;
Result<Bytes*> NewBytesUninitialized(Thread& thread, int64_t size) GILA_ATTACHED;  // fill at once
Result<Value> NewByteArray(Thread& thread, std::string_view bytes) GILA_ATTACHED;
inline bool IsBytes(Value v) { return IsKind(v, kKindBytes); }

// The memory behind a bytes-like object at this moment. It stays valid while the object (or, for a
// bytearray that is resized, a pointer into it on the native stack) lives.
struct BufferInfo {
  uint8_t* data = nullptr;
  int64_t size = 0;
  bool read_only = true;
  // What memoryview shows: the items and their struct code, which lives as long as the object; the
  // length of each dimension (null: one dimension of as many items as there are).
  int32_t item_size = 1;
  const char* format = "B";
  int32_t dimensions = 1;
  const int64_t* shape = nullptr;
};
// False when `v` is not bytes-like, or a memoryview that is released or not contiguous.
bool GetBuffer(Value v, BufferInfo* out);
// Kinds of other modules (array, mmap) that give out their memory. `pin` adds its last argument to
// the count of those who hold on to it.
using BufferFn = BufferInfo (*)(Object* object);
using PinFn = void (*)(Object* object, int64_t delta);
void RegisterBufferKind(uint8_t kind, BufferFn buffer, PinFn pin);
// Forbids (or, with -1, allows again) a bytes-like object to change its size.
void PinBuffer(Value v, int64_t delta);

// A copy of the bytes of a bytes-like object (bytes, bytearray, memoryview, array): safe to use
// while detached. TypeError "a bytes-like object is required, not 'x'".
Result<std::string> CopyBuffer(Thread& thread, Value v) GILA_ATTACHED;
bool IsBytesLike(Value v);
Failed RaiseNotBytesLike(Thread& thread, Value v) GILA_ATTACHED;

// Reads the bytes of an argument without a copy where that is safe. On the native stack only.
class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  // TypeError "a bytes-like object is required, not 'x'".
  Status Read(Thread& thread, Value v) GILA_ATTACHED;
  // An int is one byte. TypeError "argument should be integer or bytes-like object, not 'x'",
  // ValueError "byte must be in range(0, 256)".
  Status ReadOrByte(Thread& thread, Value v) GILA_ATTACHED;
  std::string_view view() const { return view_; }
  const uint8_t* data() const { return reinterpret_cast<const uint8_t*>(view_.data()); }
  int64_t size() const { return static_cast<int64_t>(view_.size()); }

 private:
  std::string_view view_;
  std::string copy_;
  char byte_ = 0;
};

// The same bytes as a new object of the type of `like`: bytearray for one, else bytes.
Result<Value> NewBytesLike(Thread& thread, Value like, std::string_view bytes) GILA_ATTACHED;
// An int as a byte: TypeError "'x' object cannot be interpreted as an integer", ValueError "byte
// must be in range(0, 256)".
Result<uint8_t> ToByte(Thread& thread, Value v) GILA_ATTACHED;
// What bytes(x) and bytearray(x) take: bytes-like, iterable of ints, or a count of zeros.
Result<std::string> BytesFromObject(Thread& thread, Value v, const char* type) GILA_ATTACHED;

// Pins the memory of a writable bytes-like object and hands it out (recv_into, readinto). Release
// with Unpin.
struct PinnedBuffer {
  uint8_t* data;
  int64_t size;
  Object* owner;
};
Result<PinnedBuffer> PinWritable(Thread& thread, Value v) GILA_ATTACHED;
void Unpin(const PinnedBuffer& buffer);

// b'...' with CPython's choice of quotes; repr(bytearray) escapes every single quote.
std::string BytesRepr(std::string_view bytes, bool escape_single_quotes = false);

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_BYTES_H_

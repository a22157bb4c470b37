// bytes.h: immutable and growable byte strings.
#ifndef GILA_RUNTIME_TYPES_BYTES_H_
#define GILA_RUNTIME_TYPES_BYTES_H_

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

Result<Value> NewBytes(Thread& thread, std::string_view bytes) GILA_ATTACHED;
Result<Bytes*> NewBytesUninitialized(Thread& thread, int64_t size) GILA_ATTACHED;  // fill at once
Result<Value> NewByteArray(Thread& thread, std::string_view bytes) GILA_ATTACHED;
inline bool IsBytes(Value v) { return IsKind(v, kKindBytes); }

// A copy of the bytes of a bytes-like object (bytes, bytearray, memoryview, array): safe to use
// while detached. TypeError "a bytes-like object is required, not 'x'".
Result<std::string> CopyBuffer(Thread& thread, Value v) GILA_ATTACHED;
bool IsBytesLike(Value v);
// Pins the memory of a writable bytes-like object and hands it out (recv_into, readinto). Release
// with Unpin.
struct PinnedBuffer {
  uint8_t* data;
  int64_t size;
  Object* owner;
};
Result<PinnedBuffer> PinWritable(Thread& thread, Value v) GILA_ATTACHED;
void Unpin(const PinnedBuffer& buffer);

std::string BytesRepr(std::string_view bytes);  // b'...' with CPython's choice of quotes

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_BYTES_H_

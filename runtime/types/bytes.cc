// bytes.cc: making byte strings, and the buffers of bytes-like objects as native code sees them.
// The methods are in bytes_methods.cc, the types in bytes_type.cc and bytearray_type.cc.
#include "runtime/types/bytes.h"

#include <cstring>

#include "runtime/heap/heap.h"

namespace gila {

Value byte_values[256];
Bytes* empty_bytes;

namespace {

void TraceBytes(Object* object, Marker& marker) {
  marker.Visit(static_cast<Bytes*>(object)->store);
}

Result<Bytes*> AllocateBytes(Thread& thread, int64_t size) {
  if (GILA_UNLIKELY(static_cast<uint64_t>(size) >= heap::kMaxObject))
    return thread.RaiseMemoryError();
  GILA_TRY(Bytes* const bytes,
           Allocate<Bytes>(thread, TypeId::kBytes, sizeof(Bytes) + static_cast<size_t>(size)));
  bytes->size = size;
  bytes->data = bytes->inline_data;
  return bytes;
}

}  // namespace

const KindInfo kBytesKindInfo = {"bytes", TraceBytes, nullptr};

void InitBytes(Thread& thread) {
  SetKindInfo(kKindBytes, kBytesKindInfo);
  static Object* empty_root;
  empty_bytes = AllocateBytes(thread, 0).value();
  empty_root = empty_bytes;
  heap::AddRoot(&empty_root);
  for (int c = 0; c < 256; ++c) {
    heap::AddRoot(&byte_values[c]);
    Bytes* const bytes = AllocateBytes(thread, 1).value();
    bytes->data[0] = static_cast<uint8_t>(c);
    byte_values[c] = bytes;
  }
}

Result<Bytes*> NewBytesUninitialized(Thread& thread, int64_t size) {
  return AllocateBytes(thread, size);
}

Result<Value> NewBytes(Thread& thread, std::string_view bytes) {
  if (bytes.size() <= 1) {
    if (bytes.empty()) return Value(empty_bytes);
    return byte_values[static_cast<uint8_t>(bytes[0])];
  }
  GILA_TRY(Bytes* const result, AllocateBytes(thread, static_cast<int64_t>(bytes.size())));
  std::memcpy(result->data, bytes.data(), bytes.size());
  return Value(result);
}

}  // namespace gila

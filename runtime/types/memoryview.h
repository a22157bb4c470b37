// memoryview.h: memory of another object, seen as items of a format, in one or more dimensions.
#ifndef GILA_RUNTIME_TYPES_MEMORYVIEW_H_
#define GILA_RUNTIME_TYPES_MEMORYVIEW_H_

#include <string>

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/types/bytes.h"

namespace gila {

inline constexpr int kMaxDimensions = 64;

// What a view sees of its exporter. Shapes and strides are in bytes of a Blob when there are more
// than one dimension.
struct MemoryView : Object {
  static constexpr Kind kKind = kKindMemoryView;
  Slot exporter;            // the object whose memory it is (bytes, bytearray, ...); None: released
  Atomic<uint8_t*> data;    // first item
  Atomic<int64_t> exports;  // views made from this one that still live
  Atomic<uint64_t> hash;    // 0: not computed yet
  PointerSlot<Blob> layout;  // `dimensions` lengths, then as many strides; null: one dimension
  int64_t length;            // of the first dimension
  int64_t stride;            // of the first dimension, in bytes
  int32_t item_size;
  int16_t dimensions;
  uint8_t read_only;
  char format[5];  // one code of the struct module, maybe after '@'
};

// A view of a bytes-like object. TypeError "memoryview: a bytes-like object is required, not 'x'".
Result<Value> NewMemoryView(Thread& thread, Value exporter) GILA_ATTACHED;

// False when it is released or its items do not lie one after another in C order.
bool MemoryViewBuffer(const MemoryView* view, BufferInfo* out);
// The items in C order. ValueError when it is released.
Result<std::string> MemoryViewToBytes(Thread& thread, MemoryView* view) GILA_ATTACHED;
int64_t MemoryViewLength(Value view);
// Item `index` of the first dimension; unbound behind the end.
Result<Value> MemoryViewAt(Thread& thread, Value view, int64_t index) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_MEMORYVIEW_H_

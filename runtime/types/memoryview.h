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

// Everything but the release is fixed when the view is made. A view keeps its exporter pinned until
// it is released or collected.
struct MemoryView : Object {
  static constexpr Kind kKind = kKindMemoryView;
  Slot exporter;  // the object whose memory it is (bytes, bytearray, ...)
  Atomic<uint8_t> released;
  uint8_t read_only;
  const char* format;        // in the notation of struct; a constant, or the exporter's
  Atomic<int64_t> exports;   // buffers taken from this view that are still held
  Atomic<uint64_t> hash;     // 0: not computed yet
  uint8_t* data;             // the first item
  PointerSlot<Blob> layout;  // of several dimensions: their lengths, then their strides, as int64
  int64_t length;            // of the first dimension
  int64_t stride;            // of the first dimension, in bytes
  int32_t item_size;
  int32_t dimensions;

  int64_t Shape(int dimension) const {
    const Blob* const both = layout.Load();
    return both == nullptr ? length : reinterpret_cast<const int64_t*>(both->bytes)[dimension];
  }
  int64_t Stride(int dimension) const {
    const Blob* const both = layout.Load();
    return both == nullptr ? stride
                           : reinterpret_cast<const int64_t*>(both->bytes)[dimensions + dimension];
  }
  bool IsReleased() const { return released.Load() != 0; }
};

// A view of a bytes-like object. TypeError "memoryview: a bytes-like object is required, not 'x'".
Result<Value> NewMemoryView(Thread& thread, Value exporter) GILA_ATTACHED;
// Kinds whose objects hold a memoryview (pickle.PickleBuffer): a view of one is a view of the same
// memory. The function gives that memoryview, or anything else when there is none any more.
void RegisterViewKind(uint8_t kind, Value (*view)(Object* object));

// A view that pins `exporter` (which is no view itself) and has no layout yet; and the layout of
// another view for it.
Result<MemoryView*> NewViewOf(Thread& thread, Value exporter) GILA_ATTACHED;
void CopyLayout(MemoryView* to, const MemoryView* from);
// The lengths and strides of a view whose `dimensions` and `item_size` are set and whose items lie
// in C order without gaps.
Status LayOutInCOrder(Thread& thread, MemoryView* view, const int64_t* shape) GILA_ATTACHED;

// Gives back what the view pins, unless buffers were taken from it. The world is stopped.
void ReleaseUnlessExported(MemoryView* view);

// False when it is released or its items do not lie one after another in C order.
bool MemoryViewBuffer(const MemoryView* view, BufferInfo* out);
// The items in C order. ValueError when it is released.
Result<std::string> MemoryViewToBytes(Thread& thread, const MemoryView* view) GILA_ATTACHED;
inline int64_t MemoryViewLength(const MemoryView* view) {
  return view->dimensions == 0 ? 1 : view->length;
}
// The items as bytes: of all dimensions together.
int64_t MemoryViewBytes(const MemoryView* view);
bool IsContiguous(const MemoryView* view);
// Item `index` of the first dimension; unbound behind the end.
Result<Value> MemoryViewAt(Thread& thread, const MemoryView* view, int64_t index) GILA_ATTACHED;
// ValueError "operation forbidden on released memoryview object".
Status CheckNotReleased(Thread& thread, const MemoryView* view) GILA_ATTACHED;

// One item of a native format at `data` as a value, and back. NotImplementedError for formats that
// memoryview does not know.
Result<Value> UnpackItem(Thread& thread, const char* format, const uint8_t* data) GILA_ATTACHED;
Status PackItem(Thread& thread, const char* format, uint8_t* data, Value v) GILA_ATTACHED;
// The size of a native format's item; 0 when it is none that a view can read.
int ItemSizeOf(const char* format);
// NotImplementedError "memoryview: unsupported format x" when it is not one native code.
Status CheckNativeFormat(Thread& thread, const char* format) GILA_ATTACHED;
// The constant for a format that ItemSizeOf knows.
const char* ConstantFormat(const char* format);
// An item of a format that struct knows, be it of another byte order; unbound for other formats.
Result<Value> UnpackForComparison(Thread& thread, const char* format,
                                  const uint8_t* data) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_MEMORYVIEW_H_

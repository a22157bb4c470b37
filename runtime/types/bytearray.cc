// bytearray.cc: making and changing bytearrays. The bytes in use are [start, start + size) of the
// store: there is room in front (deleting from the front only moves the start) and behind.
//
// A writer prepares a larger store before it takes the lock, since an allocation may stop the
// world. A reader that comes in between sees the old or the new store, and stays within what it
// loaded.
#include "runtime/types/bytearray.h"

#include <algorithm>
#include <cstring>

#include "runtime/heap/collect_now.h"
#include "runtime/heap/heap.h"
#include "runtime/type.h"

namespace gila {

namespace {

void TraceByteArray(Object* object, Marker& marker) {
  marker.Visit(static_cast<ByteArray*>(object)->store);
}

Status FillNew(Thread& thread, ByteArray* array, std::string_view bytes) {
  const auto size = static_cast<int64_t>(bytes.size());
  GILA_TRY(Blob* const store, NewBlob(thread, size));
  if (!bytes.empty()) std::memcpy(store->bytes, bytes.data(), bytes.size());
  array->store.Store(array, store);
  array->size.StoreRelaxed(size);
  return kOk;
}

}  // namespace

extern const KindInfo kByteArrayKindInfo;
const KindInfo kByteArrayKindInfo = {"bytearray", TraceByteArray, nullptr};

Result<Value> NewByteArray(Thread& thread, std::string_view bytes) {
  GILA_TRY(ByteArray* const array, Allocate<ByteArray>(thread, TypeId::kByteArray));
  GILA_TRY_VOID(FillNew(thread, array, bytes));
  return Value(array);
}

Result<Value> NewByteArrayOfType(Thread& thread, Type* type, std::string_view bytes) {
  if (type == GetType(TypeId::kByteArray)) return NewByteArray(thread, bytes);
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  GILA_TRY_VOID(FillNew(thread, static_cast<ByteArray*>(object), bytes));
  return Value(object);
}

namespace {

struct Edit {
  int64_t start, stop, old_size, new_size;
};

Edit PlanEdit(const ByteArray* array, int64_t start, int64_t stop, std::string_view bytes) {
  const int64_t size = array->size.Load();
  start = std::min(start, size);
  stop = std::clamp(stop, start, size);
  return {start, stop, size, size - (stop - start) + static_cast<int64_t>(bytes.size())};
}

// Moves the tail (or the head, at the front) and puts the new bytes in; there is room.
void EditInPlace(ByteArray* array, const Edit& edit, std::string_view bytes) {
  uint8_t* const first = array->store->bytes + array->start.Load();
  if (edit.start == 0 && bytes.empty()) {
    array->start.Store(array->start.Load() + edit.stop);
  } else {
    std::memmove(first + edit.start + bytes.size(), first + edit.stop,
                 static_cast<size_t>(edit.old_size - edit.stop));
    if (!bytes.empty()) std::memcpy(first + edit.start, bytes.data(), bytes.size());
  }
  array->size.Store(edit.new_size);
  if (edit.new_size == 0) array->start.Store(0);
}

void EditIntoStore(ByteArray* array, Blob* store, const Edit& edit, std::string_view bytes) {
  const uint8_t* const first = array->store->bytes + array->start.Load();
  std::memcpy(store->bytes, first, static_cast<size_t>(edit.start));
  if (!bytes.empty()) std::memcpy(store->bytes + edit.start, bytes.data(), bytes.size());
  std::memcpy(store->bytes + edit.start + bytes.size(), first + edit.stop,
              static_cast<size_t>(edit.old_size - edit.stop));
  array->store.Store(array, store);
  array->start.Store(0);
  array->size.Store(edit.new_size);
}

Status CheckNotPinned(Thread& thread, ByteArray* array) {
  if (!heap::IsReallyPinned(thread, array->exports)) return kOk;
  return thread.Raise(TypeId::kBufferError, "Existing exports of data: object cannot be re-sized");
}

}  // namespace

Status ByteArrayReplace(Thread& thread, ByteArray* array, int64_t start, int64_t stop,
                        std::string_view bytes) {
  Blob* larger = nullptr;
  while (true) {
    int64_t wanted;
    {
      ByteLockGuard guard(array->lock);
      const Edit edit = PlanEdit(array, start, stop, bytes);
      const bool resizes = edit.new_size != edit.old_size;
      const Blob* const store = array->store.Load();
      const bool pinned = resizes && array->exports.Load() != 0;
      if (!pinned && array->start.Load() + edit.new_size <= store->size) {
        EditInPlace(array, edit, bytes);
        return kOk;
      }
      if (!pinned && larger != nullptr && edit.new_size <= larger->size) {
        EditIntoStore(array, larger, edit, bytes);
        return kOk;
      }
      wanted = edit.new_size;
    }
    GILA_TRY_VOID(CheckNotPinned(thread, array));
    GILA_TRY(larger, NewBlob(thread, wanted + wanted / 8 + (wanted < 9 ? 3 : 6)));
  }
}

bool ByteArrayPut(ByteArray* array, int64_t index, uint8_t byte) {
  ByteLockGuard guard(array->lock);
  if (index < 0 || index >= array->size.Load()) return false;
  __atomic_store_n(&array->store->bytes[array->start.Load() + index], byte, __ATOMIC_RELAXED);
  return true;
}

}  // namespace gila

// bytearray.h: how a bytearray changes. Every function here takes the object's lock itself.
#ifndef GILA_RUNTIME_TYPES_BYTEARRAY_H_
#define GILA_RUNTIME_TYPES_BYTEARRAY_H_

#include <string_view>

#include "runtime/types/bytes.h"

namespace gila {

// array[start:stop] = bytes, with 0 <= start <= stop; the ends are clipped to the size there is by
// then. BufferError "Existing exports of data: object cannot be re-sized" while memory is pinned
// and the size would change.
Status ByteArrayReplace(Thread& thread, ByteArray* array, int64_t start, int64_t stop,
                        std::string_view bytes) GILA_ATTACHED;
inline Status ByteArrayAppend(Thread& thread, ByteArray* array, std::string_view bytes) {
  return ByteArrayReplace(thread, array, INT64_MAX, INT64_MAX, bytes);
}
// array[index] = byte, if the index is there; false when it is not.
bool ByteArrayPut(ByteArray* array, int64_t index, uint8_t byte);
// Calls change(first byte, size) under the lock: for changes in place.
template <class Change>
void ByteArrayChange(ByteArray* array, Change change) {
  ByteLockGuard guard(array->lock);
  change(array->store->bytes + array->start.Load(), array->size.Load());
}
// A bytearray, or an instance of a subclass, of these bytes.
Result<Value> NewByteArrayOfType(Thread& thread, Type* type, std::string_view bytes) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_BYTEARRAY_H_

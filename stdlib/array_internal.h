// array_internal.h: the layout of array.array and the operations its methods are made of.
#ifndef GILA_STDLIB_ARRAY_INTERNAL_H_
#define GILA_STDLIB_ARRAY_INTERNAL_H_

#include <string_view>

#include "runtime/heap/heap.h"
#include "runtime/native.h"

namespace gila {

// Numbers of one C type, one after another. Readers load `store` once and stay within it; writers
// hold the object's lock. `exports` buffers pin the size.
struct Array : Object {
  PointerSlot<Blob> store;  // null while it never had an item
  Atomic<int64_t> size;     // items
  Atomic<int64_t> exports;
  char code;  // the typecode
  uint8_t item_size;
};

extern Type* array_type;
extern uint8_t array_kind;
inline bool IsArray(Value v) { return v.IsPointer() && v.AsObject()->kind == array_kind; }

// The size of an item, or 0 for a letter that is no typecode.
int ArrayItemSize(uint32_t code);
Result<Array*> NewArray(Thread& thread, Type* type, char code) GILA_ATTACHED;

// --- items (array_items.cc) ---
// The bits of a value as an item of that code, with CPython's errors.
Result<uint64_t> ArrayItemBits(Thread& thread, char code, Value v) GILA_ATTACHED;
Result<Value> ArrayItemValue(Thread& thread, char code, const uint8_t* data) GILA_ATTACHED;
// Item i, or unbound when i is out of range at this moment.
Result<Value> ArrayAt(Thread& thread, const Array* array, int64_t i) GILA_ATTACHED;
// False when i is out of range.
bool ArrayPut(Array* array, int64_t i, uint64_t bits);
// items[start:stop] = the items in `bytes`; the ends are clipped. BufferError while memory is
// pinned and the size would change.
Status ArrayReplace(Thread& thread, Array* array, int64_t start, int64_t stop,
                    std::string_view bytes) GILA_ATTACHED;
Status ArrayAppend(Thread& thread, Array* array, uint64_t bits) GILA_ATTACHED;
// The items as bytes at this moment.
std::string_view ArrayBytes(const Array* array);

extern const KindInfo kArrayKindInfo;

}  // namespace gila

#endif  // GILA_STDLIB_ARRAY_INTERNAL_H_

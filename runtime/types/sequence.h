// sequence.h: tuple, list, range and slice as the rest of the runtime sees them.
//
// List: readers take no lock: they load `store` once and stay within it and within `size`; writers
// hold the object's byte lock, change slots or publish a new store, then the size. The collector
// keeps an old store alive under its readers.
#ifndef GILA_RUNTIME_TYPES_SEQUENCE_H_
#define GILA_RUNTIME_TYPES_SEQUENCE_H_

#include <span>

#include "runtime/heap/heap.h"
#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

// Items are in the object; an instance of a subclass of tuple has them after `length` too and its
// attributes *behind* the items are not possible, so such instances keep their attributes in a
// dictionary at `attributes` (type.h: attributes_offset).
struct Tuple : Object {
  static constexpr Kind kKind = kKindTuple;
  int64_t length;
  Slot attributes;  // overflow word of subclass instances (always in the dictionary or overflow
                    // form); else the int 0
  Slot items[];
  Value At(int64_t i) const { return items[i].Load(); }
};

struct List : Object {
  static constexpr Kind kKind = kKindList;
  PointerSlot<ValueArray> store;  // capacity = store->length; null when the list never had an item
  Atomic<int64_t> size;
};

// start, stop, step are ints of any size; length too. The small form is what loops use.
struct Range : Object {
  static constexpr Kind kKind = kKindRange;
  Slot start, stop, step, length;
};
struct RangeIterator : Object {  // all small: next value, how many are left, step
  static constexpr Kind kKind = kKindRangeIterator;
  Atomic<int64_t> next, left;
  int64_t step;
};
struct ListIterator : Object {  // also tuple_iterator, str_iterator, bytes_iterator...: same layout
  static constexpr Kind kKind = kKindListIterator;
  Slot sequence;  // unbound when exhausted
  Atomic<int64_t> index;
};
struct Slice : Object {
  static constexpr Kind kKind = kKindSlice;
  Slot start, stop, step;
};

// Makes the objects that every empty tuple, dict and set shares. Called once, before any of them.
void InitContainers(Thread& thread) GILA_ATTACHED;

extern Tuple* empty_tuple;
// With `length` empty items, to be filled with items[i].Init at once.
Result<Tuple*> NewTuple(Thread& thread, int64_t length) GILA_ATTACHED;
Result<Tuple*> NewTuple(Thread& thread, std::span<const Value> items) GILA_ATTACHED;
GILA_ALWAYS_INLINE Result<Tuple*> NewPair(Thread& thread, Value first, Value second) GILA_ATTACHED {
  GILA_TRY(Tuple* const pair,
           Allocate<Tuple>(thread, TypeId::kTuple, sizeof(Tuple) + 2 * sizeof(Slot)));
  pair->length = 2;
  pair->items[0].Init(first);
  pair->items[1].Init(second);
  return pair;
}
Result<List*> NewList(Thread& thread, std::span<const Value> items = {}) GILA_ATTACHED;
Result<List*> NewListReserved(Thread& thread, int64_t capacity) GILA_ATTACHED;  // empty
Status ListAppend(Thread& thread, List* list, Value item) GILA_ATTACHED;
Status ListExtend(Thread& thread, List* list, Value iterable) GILA_ATTACHED;
// Item i, or unbound when i is out of range at this moment. Lock-free.
inline Value ListAt(const List* list, int64_t i) {
  const int64_t size = list->size.Load();
  const ValueArray* store = list->store.Load();
  if (GILA_UNLIKELY(static_cast<uint64_t>(i) >= static_cast<uint64_t>(size) ||
                    i >= store->Length()))
    return kUnbound;
  return store->items[i].Load();
}
Result<Tuple*> ListToTuple(Thread& thread, List* list) GILA_ATTACHED;
Status ListSort(Thread& thread, List* list, Value key, bool reverse) GILA_ATTACHED;

Result<Value> NewRange(Thread& thread, Value start, Value stop, Value step) GILA_ATTACHED;
Result<Value> NewRangeIterator(Thread& thread, Range* range) GILA_ATTACHED;
Result<Value> NewSlice(Thread& thread, Value start, Value stop, Value step) GILA_ATTACHED;
// slice.indices(length) on int64: start, stop, step and the number of items. ValueError "slice step
// cannot be zero".
struct SliceIndices {
  int64_t start, stop, step, count;
};
Result<SliceIndices> ResolveSlice(Thread& thread, Slice* slice, int64_t length) GILA_ATTACHED;

// What Compare, Hash and + come to for two tuples or two lists.
enum class CompareOp : uint8_t;
Result<Value> TupleCompare(Thread& thread, CompareOp op, Tuple* a, Tuple* b) GILA_ATTACHED;
Result<Value> ListCompare(Thread& thread, CompareOp op, List* a, List* b) GILA_ATTACHED;
Result<int64_t> TupleHash(Thread& thread, Tuple* tuple) GILA_ATTACHED;
Result<Value> TupleConcat(Thread& thread, Tuple* a, Tuple* b) GILA_ATTACHED;
Result<Value> ListConcat(Thread& thread, List* a, List* b) GILA_ATTACHED;
Result<Value> TupleRepeat(Thread& thread, Tuple* tuple, int64_t count) GILA_ATTACHED;
Result<Value> ListRepeat(Thread& thread, List* list, int64_t count) GILA_ATTACHED;
// Subscripts with an int in range of int64 (IndexError) or a slice.
Result<Value> ListSlice(Thread& thread, List* list, const SliceIndices& slice) GILA_ATTACHED;
Result<Value> TupleSlice(Thread& thread, Tuple* tuple, const SliceIndices& slice) GILA_ATTACHED;
Result<Value> ListPop(Thread& thread, List* list, int64_t index) GILA_ATTACHED;
Status ListStore(Thread& thread, List* list, int64_t index, Value item) GILA_ATTACHED;
Result<Value> RangeItem(Thread& thread, Range* range, Value index) GILA_ATTACHED;
Result<bool> RangeContainsInt(Thread& thread, Range* range, Value integer) GILA_ATTACHED;

inline bool IsTuple(Value v) { return IsKind(v, kKindTuple); }
inline bool IsList(Value v) { return IsKind(v, kKindList); }

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_SEQUENCE_H_

// list_internal.h: what the files of list share.
#ifndef GILA_RUNTIME_TYPES_LIST_INTERNAL_H_
#define GILA_RUNTIME_TYPES_LIST_INTERNAL_H_

#include "runtime/types/container_support.h"
#include "runtime/types/sequence.h"

namespace gila {

inline constexpr int64_t kMaxListLength = (int64_t{1} << 46) / sizeof(Slot);

// What an emptied list has for a store.
extern ValueArray* empty_list_store;

// Room for `capacity` items in all; the caller holds the lock. The new store is published; `size`
// stays. Slots beyond the size are unbound where readers take no lock.
Status ListReserveUnlocked(Thread& thread, List* list, int64_t capacity) GILA_ATTACHED;
// A store with room for `capacity` items, every slot unbound in the no-GIL build.
Result<ValueArray*> NewListStore(Thread& thread, int64_t capacity) GILA_ATTACHED;
// A store with the items of the list `count` times; the caller holds the lock.
Result<ValueArray*> RepeatedListStore(Thread& thread, List* list, int64_t count) GILA_ATTACHED;
// A list of the first `size` slots of a store that nobody else sees.
Result<List*> NewListOfStore(Thread& thread, ValueArray* store, int64_t size) GILA_ATTACHED;
// The items at one moment, in a store of exactly their number: for work that runs Gila code.
struct ListSnapshot {
  ValueArray* store;  // null when empty
  int64_t size;
};
Result<ListSnapshot> SnapshotList(Thread& thread, List* list) GILA_ATTACHED;
// Replaces everything by the first `size` items of `store`, which nobody else sees.
void ListAdopt(List* list, ValueArray* store, int64_t size);
void ListAdoptUnlocked(List* list, ValueArray* store, int64_t size);  // the caller holds the lock
// Replaces items [start, stop) by `count` items from `items` (slots nobody else changes; not those
// of the list). Bounds are clipped under the lock.
Status ListReplace(Thread& thread, List* list, int64_t start, int64_t stop, const Slot* items,
                   int64_t count) GILA_ATTACHED;
// list.insert(index, item); the caller holds the lock.
Status ListInsertUnlocked(Thread& thread, List* list, int64_t index, Value item) GILA_ATTACHED;
// Empties the slots from `size` on up to `old_size` and sets the size; the caller holds the lock.
void ListShrinkUnlocked(List* list, int64_t old_size, int64_t size);

// Methods, in files of their own (list_slice.cc, list_sort.cc).
Status ListAssignSlice(Thread& thread, List* list, Slice* slice, Value items) GILA_ATTACHED;
// list[start:stop] = items, a list or tuple, with resolved bounds.
Status ListAssignRange(Thread& thread, List* list, int64_t start, int64_t stop,
                       Value items) GILA_ATTACHED;
Status ListDeleteSlice(Thread& thread, List* list, Slice* slice) GILA_ATTACHED;
Result<Value> ListSortMethod(Thread& thread, Args args) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_LIST_INTERNAL_H_

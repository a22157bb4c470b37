// list.cc: how a list keeps its items: the store, growing and shrinking, and the operations that
// the rest of the runtime calls. The methods of the type are in list_methods.cc.
//
// A slot beyond the size is unbound (in the no-GIL build also in stores just made): a reader that
// loaded the size before the list shrank, or the store after it was exchanged, then sees "out of
// range at this moment" and never somebody else's item.
#include <algorithm>

#include "runtime/types/dict.h"
#include "runtime/types/list_internal.h"
#include "runtime/types/snapshot.h"

namespace gila {

ValueArray* empty_list_store = nullptr;

namespace {

Result<ValueArray*> NewStore(Thread& thread, int64_t capacity, bool grows) {
  if (GILA_UNLIKELY(capacity > kMaxListLength)) return thread.RaiseMemoryError();
  GILA_TRY(ValueArray* const store,
           grows ? NewGrowingArray(thread, capacity) : NewValueArray(thread, capacity));
  if constexpr (kGilDisabled) {
    for (int64_t i = 0; i < capacity; ++i) store->items[i].Init(kUnbound);
  }
  return store;
}

}  // namespace

Result<ValueArray*> NewListStore(Thread& thread, int64_t capacity) {
  return NewStore(thread, capacity, false);
}

namespace {

// What a full list of `size` items grows to. Small lists grow by half, large ones by a quarter, so
// that what is held beyond the items stays little.
int64_t GrownCapacity(int64_t size) {
  constexpr int64_t kLarge = 1 << 16;
  return size < kLarge ? size + size / 2 + 4 : size + size / 4;
}

GILA_NOINLINE Status AppendSlow(Thread& thread, List* list, Value item, int64_t size) {
  GILA_TRY_VOID(ListReserveUnlocked(thread, list, GrownCapacity(size)));
  ValueArray* const store = list->store.Load();
  store->items[size].Store(store, item);
  list->size.Store(size + 1);
  return kOk;
}

// A store of which less than a quarter is in use is exchanged for one that is half full.
constexpr int64_t kShrinkFrom = 256;
GILA_NOINLINE void ShrinkStore(Thread& thread, List* list, int64_t size) {
  if (!ListReserveUnlocked(thread, list, 2 * size).ok()) thread.ClearException();
}

Status ExtendFromSlots(Thread& thread, List* list, const Slot* items, int64_t count) {
  if (count == 0) return kOk;
  const int64_t size = list->size.LoadRelaxed();
  const ValueArray* const store = list->store.Load();
  if (store == nullptr || store->length - size < count) {
    const int64_t needed = size + count;
    GILA_TRY_VOID(ListReserveUnlocked(thread, list,
                                      size == 0 ? needed : std::max(needed, GrownCapacity(size))));
  }
  ValueArray* const target = list->store.Load();
  CopySlots(target, target->items + size, items, count);
  list->size.Store(size + count);
  return kOk;
}

Status ExtendFromIterable(Thread& thread, List* list, Value iterable) {
  GILA_TRY(const Value iterator, GetIter(thread, iterable));
  GILA_TRY(const int64_t hint, LengthHint(thread, iterable, 8));
  {
    const ByteLockGuard guard(list->lock);
    const int64_t size = list->size.LoadRelaxed();
    const ValueArray* const store = list->store.Load();
    // With more than there are numbers for, CPython forgets the hint.
    if (hint > 0 && hint <= INT64_MAX - size && (store == nullptr || store->length - size < hint)) {
      if (hint > kMaxListLength - size) return thread.RaiseMemoryError();
      GILA_TRY_VOID(ListReserveUnlocked(thread, list, size + hint));
    }
  }
  while (true) {
    GILA_TRY(const Value item, Next(thread, iterator));
    if (item.IsUnbound()) return kOk;
    GILA_TRY_VOID(ListAppend(thread, list, item));
    GILA_TRY_VOID(thread.CheckBreaker());
  }
}

}  // namespace

Status ListReserveUnlocked(Thread& thread, List* list, int64_t capacity) {
  ValueArray* const old = list->store.Load();
  const bool grows = old != nullptr && capacity > old->length;
  if (grows && ExtendTo(old, capacity)) return kOk;
  GILA_TRY(ValueArray* const store, NewStore(thread, capacity, grows));
  const int64_t size = list->size.LoadRelaxed();
  if (old != nullptr) CopyToFresh(store->items, old->items, std::min(size, capacity));
  list->store.Store(list, store);
  return kOk;
}

void ListShrinkUnlocked(List* list, int64_t old_size, int64_t size) {
  ValueArray* const store = list->store.Load();
  list->size.Store(size);
  for (int64_t i = size; i < old_size; ++i) store->items[i].Store(store, kUnbound);
}

Result<List*> NewListReserved(Thread& thread, int64_t capacity) {
  GILA_TRY(List* const list, Allocate<List>(thread, TypeId::kList));
  if (capacity > 0) {
    GILA_TRY(ValueArray* const store, NewListStore(thread, capacity));
    list->store.Store(list, store);
  }
  return list;
}

Result<List*> NewListOfStore(Thread& thread, ValueArray* store, int64_t size) {
  GILA_TRY(List* const list, Allocate<List>(thread, TypeId::kList));
  list->store.Init(store);
  list->size.StoreRelaxed(size);
  return list;
}

Result<List*> NewList(Thread& thread, std::span<const Value> items) {
  const auto count = static_cast<int64_t>(items.size());
  if (count == 0) return NewListReserved(thread, 0);
  GILA_TRY(ValueArray* const store, NewValueArray(thread, count));
  for (int64_t i = 0; i < count; ++i) store->items[i].Init(items[static_cast<size_t>(i)]);
  return NewListOfStore(thread, store, count);
}

Status ListAppend(Thread& thread, List* list, Value item) {
  const ByteLockGuard guard(list->lock);
  const int64_t size = list->size.LoadRelaxed();
  ValueArray* const store = list->store.Load();
  if (GILA_UNLIKELY(store == nullptr || size >= store->length))
    return AppendSlow(thread, list, item, size);
  store->items[size].Store(store, item);
  list->size.Store(size + 1);
  return kOk;
}

Status ListExtend(Thread& thread, List* list, Value iterable) {
  if (IsExactly(iterable, TypeId::kList)) {
    List* const other = iterable.As<List>();
    const PairLock locks(list, other);
    const int64_t count = other->size.LoadRelaxed();
    if (count == 0) return kOk;
    return ExtendFromSlots(thread, list, other->store->items, count);
  }
  if (IsExactly(iterable, TypeId::kTuple)) {
    const Tuple* const tuple = iterable.As<Tuple>();
    const ByteLockGuard guard(list->lock);
    return ExtendFromSlots(thread, list, tuple->items, tuple->length);
  }
  List* snapshot;
  GILA_TRY(const bool taken, SnapshotOf(thread, iterable, &snapshot));
  if (!taken) return ExtendFromIterable(thread, list, iterable);
  const int64_t count = snapshot->size.LoadRelaxed();
  if (count == 0) return kOk;
  const ByteLockGuard guard(list->lock);
  return ExtendFromSlots(thread, list, snapshot->store->items, count);
}

Result<ListSnapshot> SnapshotList(Thread& thread, List* list) {
  const ByteLockGuard guard(list->lock);
  const int64_t size = list->size.LoadRelaxed();
  if (size == 0) return ListSnapshot{nullptr, 0};
  GILA_TRY(ValueArray* const store, NewValueArray(thread, size));
  CopyToFresh(store->items, list->store->items, size);
  return ListSnapshot{store, size};
}

void ListAdopt(List* list, ValueArray* store, int64_t size) {
  const ByteLockGuard guard(list->lock);
  ListAdoptUnlocked(list, store, size);
}

void ListAdoptUnlocked(List* list, ValueArray* store, int64_t size) {
  if (store == nullptr) {
    list->size.Store(0);
    // Not null: a reader that loaded the old size is about to look into the store.
    list->store.Store(list, empty_list_store);
    return;
  }
  // A reader between these two sees the smaller of both lists.
  list->size.Store(std::min(list->size.LoadRelaxed(), size));
  list->store.Store(list, store);
  list->size.Store(size);
}

Status ListReplace(Thread& thread, List* list, int64_t start, int64_t stop, const Slot* items,
                   int64_t count) {
  const ByteLockGuard guard(list->lock);
  const int64_t size = list->size.LoadRelaxed();
  start = std::clamp<int64_t>(start, 0, size);
  stop = std::clamp<int64_t>(stop, start, size);
  const int64_t tail = size - stop, grown = start + count + tail;
  ValueArray* store = list->store.Load();
  if (store != nullptr && grown <= store->length) {
    // Growing: the tail moves first and the size follows, so that no item is out of sight.
    MoveSlots(store, store->items + start + count, store->items + stop, tail);
    CopySlots(store, store->items + start, items, count);
    if (grown < size)
      ListShrinkUnlocked(list, size, grown);
    else
      list->size.Store(grown);
    return kOk;
  }
  if (grown == 0) return kOk;
  GILA_TRY(ValueArray* const fresh, NewListStore(thread, std::max(grown, GrownCapacity(size))));
  if (store != nullptr) {
    CopyToFresh(fresh->items, store->items, start);
    CopyToFresh(fresh->items + start + count, store->items + stop, tail);
  }
  CopyToFresh(fresh->items + start, items, count);
  list->store.Store(list, fresh);
  list->size.Store(grown);
  return kOk;
}

Status ListInsertUnlocked(Thread& thread, List* list, int64_t index, Value item) {
  const int64_t size = list->size.LoadRelaxed();
  if (index < 0) index = std::max<int64_t>(0, index + size);
  index = std::min(index, size);
  const ValueArray* const old = list->store.Load();
  if (old == nullptr || size >= old->length)
    GILA_TRY_VOID(ListReserveUnlocked(thread, list, size + size / 4 + 4));
  ValueArray* const store = list->store.Load();
  MoveSlots(store, store->items + index + 1, store->items + index, size - index);
  store->items[index].Store(store, item);
  list->size.Store(size + 1);
  return kOk;
}

Result<Tuple*> ListToTuple(Thread& thread, List* list) {
  const ByteLockGuard guard(list->lock);
  const int64_t size = list->size.LoadRelaxed();
  GILA_TRY(Tuple* const tuple, NewTuple(thread, size));
  if (size > 0) CopyToFresh(tuple->items, list->store->items, size);
  return tuple;
}

namespace {

// Fills items[0, total) by repeating the first `size` of them.
void RepeatSlots(Slot* items, int64_t size, int64_t total) {
  if (size == 1) {
    const Value item = items[0].Load();
    for (int64_t i = 1; i < total; ++i) items[i].Init(item);
    return;
  }
  for (int64_t done = size; done < total;) {
    const int64_t step = std::min(done, total - done);
    CopyToFresh(items + done, items, step);
    done += step;
  }
}

}  // namespace

Result<ValueArray*> RepeatedListStore(Thread& thread, List* list, int64_t count) {
  const int64_t size = list->size.LoadRelaxed();
  if (size > 0 && count > kMaxListLength / size) return thread.RaiseMemoryError();
  GILA_TRY(ValueArray* const store, NewValueArray(thread, size * count));
  CopyToFresh(store->items, list->store->items, size);
  RepeatSlots(store->items, size, size * count);
  return store;
}

Result<Value> ListRepeat(Thread& thread, List* list, int64_t count) {
  ValueArray* store = nullptr;
  {
    const ByteLockGuard guard(list->lock);
    if (count > 0 && list->size.LoadRelaxed() > 0) {
      GILA_TRY(store, RepeatedListStore(thread, list, count));
    }
  }
  if (store == nullptr) return NewListReserved(thread, 0);
  return NewListOfStore(thread, store, store->length);
}

Result<Value> ListConcat(Thread& thread, List* a, List* b) {
  const PairLock locks(a, b);
  const int64_t a_size = a->size.LoadRelaxed(), b_size = b->size.LoadRelaxed();
  GILA_TRY(List* const result, NewListReserved(thread, a_size + b_size));
  if (a_size + b_size == 0) return result;
  ValueArray* const store = result->store.Load();
  if (a_size > 0) CopyToFresh(store->items, a->store->items, a_size);
  if (b_size > 0) CopyToFresh(store->items + a_size, b->store->items, b_size);
  result->size.StoreRelaxed(a_size + b_size);
  return result;
}

Result<Value> ListSlice(Thread& thread, List* list, const SliceIndices& slice) {
  const ByteLockGuard guard(list->lock);
  // Another thread may have shortened the list since the slice was resolved.
  const int64_t size = list->size.LoadRelaxed();
  int64_t count = slice.count;
  if constexpr (kGilDisabled) {
    while (count > 0 && (slice.start + (count - 1) * slice.step >= size || slice.start >= size))
      count = slice.step > 0 ? count - 1 : 0;
  }
  GILA_TRY(List* const result, NewListReserved(thread, count));
  if (count == 0) return result;
  ValueArray* const store = result->store.Load();
  const Slot* const items = list->store->items;
  if (slice.step == 1) {
    CopyToFresh(store->items, items + slice.start, count);
  } else {
    for (int64_t i = 0; i < count; ++i)
      store->items[i].Init(items[slice.start + i * slice.step].Load());
  }
  result->size.StoreRelaxed(count);
  return result;
}

Result<Value> ListPop(Thread& thread, List* list, int64_t index) {
  const ByteLockGuard guard(list->lock);
  const int64_t size = list->size.LoadRelaxed();
  if (size == 0) return thread.Raise(TypeId::kIndexError, "pop from empty list");
  if (index < 0) index += size;
  if (index < 0 || index >= size)
    return thread.Raise(TypeId::kIndexError, "pop index out of range");
  ValueArray* const store = list->store.Load();
  const Value item = store->items[index].Load();
  MoveSlots(store, store->items + index, store->items + index + 1, size - 1 - index);
  list->size.Store(size - 1);
  store->items[size - 1].Store(store, kUnbound);
  if (GILA_UNLIKELY(size < store->length / 4 && store->length >= kShrinkFrom))
    ShrinkStore(thread, list, size - 1);
  return item;
}

Status ListStore(Thread& thread, List* list, int64_t index, Value item) {
  const ByteLockGuard guard(list->lock);
  const int64_t size = list->size.LoadRelaxed();
  if (index < 0) index += size;
  if (index < 0 || index >= size)
    return thread.Raise(TypeId::kIndexError, "list assignment index out of range");
  ValueArray* const store = list->store.Load();
  store->items[index].Store(store, item);
  return kOk;
}

namespace {

// From `from` on, the first place where the items of two lists are not the same immediates. No Gila
// code runs meanwhile, so the stores are loaded once.
int64_t SameUpTo(const List* a, const List* b, int64_t from) {
  int64_t end = std::min(a->size.Load(), b->size.Load());
  const ValueArray *const left = a->store.Load(), *const right = b->store.Load();
  if (left == nullptr || right == nullptr) return from;
  end = std::min({end, left->Length(), right->Length()});
  while (from < end) {
    const Value x = left->items[from].Load();
    if (x != right->items[from].Load() || x.IsDouble() || x.IsPointer() || x.IsUnbound()) break;
    ++from;
  }
  return from;
}

}  // namespace

Result<Value> ListCompare(Thread& thread, CompareOp op, List* a, List* b) {
  const RecursionScope scope(thread, " in comparison");
  GILA_TRY_VOID(scope.status());
  if (a->size.Load() != b->size.Load() && (op == CompareOp::kEq || op == CompareOp::kNe))
    return Value::Bool(op == CompareOp::kNe);
  for (int64_t i = 0;; ++i) {
    i = SameUpTo(a, b, i);
    const Value x = ListAt(a, i), y = ListAt(b, i);
    if (x.IsUnbound() || y.IsUnbound()) break;
    GILA_TRY(const bool equal, Equal(thread, x, y));
    if (equal) continue;
    if (op == CompareOp::kEq) return kFalse;
    if (op == CompareOp::kNe) return kTrue;
    return Compare(thread, op, x, y);
  }
  return CompareLengths(op, a->size.Load(), b->size.Load());
}

}  // namespace gila

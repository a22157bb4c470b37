// list_slice.cc: assignment to a slice of a list and its deletion.
#include "runtime/threads/only_thread.h"
#include "runtime/types/list_internal.h"

namespace gila {
namespace {

// The items to assign, as slots that are not those of `list` itself.
struct Items {
  const Slot* slots;
  int64_t count;
  Object* owner;  // keeps them alive
};

Result<Items> AssignedItems(Thread& thread, const List* target, Value items, const char* error) {
  // Nobody changes another list meanwhile when nobody else runs.
  if (!LocksMatter() && IsExactly(items, TypeId::kList) && items.As<List>() != target) {
    ValueArray* const store = items.As<List>()->store.Load();
    if (store == nullptr) return Items{nullptr, 0, nullptr};
    return Items{store->items, items.As<List>()->size.Load(), store};
  }
  if (IsExactly(items, TypeId::kTuple)) {
    Tuple* const tuple = items.As<Tuple>();
    return Items{tuple->items, tuple->length, tuple};
  }
  if (IsExactly(items, TypeId::kList)) {
    GILA_TRY(const ListSnapshot snapshot, SnapshotList(thread, items.As<List>()));
    if (snapshot.store == nullptr) return Items{nullptr, 0, nullptr};
    return Items{snapshot.store->items, snapshot.size, snapshot.store};
  }
  const Result<Value> iterator = GetIter(thread, items);
  if (!iterator.ok()) {
    if (thread.ExceptionMatches(TypeId::kTypeError)) {
      thread.ClearException();
      return thread.RaiseTypeError("%s", error);
    }
    return kFailed;
  }
  GILA_TRY(Tuple* const tuple, ToTuple(thread, iterator.value()));
  return Items{tuple->items, tuple->length, tuple};
}

// list[start:stop:step] = items, item for item; the lock is taken here.
Status AssignExtended(Thread& thread, List* list, Slice* slice, const Items& items) {
  GILA_TRY(const SliceIndices wanted, ResolveSlice(thread, slice, list->size.Load()));
  if (items.count != wanted.count) {
    return thread.RaiseValueError(
        "attempt to assign sequence of size %lld to extended slice of size %lld",
        static_cast<long long>(items.count), static_cast<long long>(wanted.count));
  }
  const ByteLockGuard guard(list->lock);
  const int64_t size = list->size.LoadRelaxed();
  ValueArray* const store = list->store.Load();
  for (int64_t i = 0; i < items.count; ++i) {
    const int64_t at = wanted.start + i * wanted.step;
    if (at < size) store->items[at].Store(store, items.slots[i].Load());
  }
  return kOk;
}

}  // namespace

Status ListAssignRange(Thread& thread, List* list, int64_t start, int64_t stop, Value value) {
  GILA_TRY(const Items items, AssignedItems(thread, list, value, "can only assign an iterable"));
  return ListReplace(thread, list, start, stop, items.slots, items.count);
}

Status ListAssignSlice(Thread& thread, List* list, Slice* slice, Value value) {
  GILA_TRY(const SliceIndices wanted, ResolveSlice(thread, slice, list->size.Load()));
  if (wanted.step == 1) {
    GILA_TRY(const Items items, AssignedItems(thread, list, value, "can only assign an iterable"));
    const int64_t stop = wanted.stop < wanted.start ? wanted.start : wanted.stop;
    return ListReplace(thread, list, wanted.start, stop, items.slots, items.count);
  }
  GILA_TRY(const Items items,
           AssignedItems(thread, list, value, "must assign iterable to extended slice"));
  return AssignExtended(thread, list, slice, items);
}

Status ListDeleteSlice(Thread& thread, List* list, Slice* slice) {
  GILA_TRY(SliceIndices wanted, ResolveSlice(thread, slice, list->size.Load()));
  if (wanted.count == 0) return kOk;
  if (wanted.step == 1)
    return ListReplace(thread, list, wanted.start, wanted.start + wanted.count, nullptr, 0);
  if (wanted.step < 0) {  // the same items, from the front
    wanted.start += (wanted.count - 1) * wanted.step;
    wanted.step = -wanted.step;
  }
  const ByteLockGuard guard(list->lock);
  const int64_t size = list->size.LoadRelaxed();
  ValueArray* const store = list->store.Load();
  int64_t kept = wanted.start;
  int64_t next = wanted.start, left = wanted.count;
  for (int64_t i = wanted.start; i < size; ++i) {
    if (left > 0 && i == next) {
      next += wanted.step;
      --left;
      continue;
    }
    store->items[kept++].Store(store, store->items[i].Load());
  }
  if (kept < size) ListShrinkUnlocked(list, size, kept);
  return kOk;
}

}  // namespace gila

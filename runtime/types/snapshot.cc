// snapshot.cc: see snapshot.h. Room is made first, then everything is read under the lock of the
// container, which allocates nothing; the pairs of items() are made after that.
#include "runtime/types/snapshot.h"

#include <algorithm>

#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/dict_overwrite.h"
#include "runtime/types/iterators.h"
#include "runtime/types/list_internal.h"

namespace gila {

Result<Value> (*library_snapshot)(Thread& thread, Value iterable) = nullptr;
bool (*library_plain_dict)(Value v) = nullptr;

namespace {

// The chosen part of every entry; keys and values take turns for kItems.
Result<List*> ReadDict(Thread& thread, Dict* dict, DictPart part) {
  const int64_t each = part == DictPart::kItems ? 2 : 1;
  while (true) {
    const int64_t room = dict->size.Load();
    GILA_TRY(List* const list, NewListReserved(thread, std::max<int64_t>(room * each, 1)));
    const DictGuard guard(dict);
    if (dict->size.LoadRelaxed() > room) continue;  // it grew while room was made
    ValueArray* const store = list->store.Load();
    int64_t position = 0, count = 0;
    Value key, value;
    while (DictNext(dict, &position, &key, &value)) {
      if (part != DictPart::kValues) store->items[count++].Store(store, key);
      if (part != DictPart::kKeys) store->items[count++].Store(store, value);
    }
    list->size.Store(count);
    return list;
  }
}

Result<List*> PairUp(Thread& thread, List* flat) {
  const int64_t count = flat->size.LoadRelaxed() / 2;
  GILA_TRY(List* const pairs, NewListReserved(thread, std::max<int64_t>(count, 1)));
  for (int64_t i = 0; i < count; ++i) {
    const Value pair[] = {ListAt(flat, 2 * i), ListAt(flat, 2 * i + 1)};
    GILA_TRY(Tuple* const tuple, NewTuple(thread, pair));
    GILA_TRY_VOID(ListAppend(thread, pairs, tuple));
  }
  return pairs;
}

Result<List*> ReadSet(Thread& thread, Set* set) {
  while (true) {
    const int64_t room = set->size.Load();
    GILA_TRY(List* const list, NewListReserved(thread, std::max<int64_t>(room, 1)));
    const ByteLockGuard guard(set->lock);
    if (set->size.LoadRelaxed() > room) continue;
    ValueArray* const store = list->store.Load();
    int64_t position = 0, count = 0;
    Value key;
    while (SetNext(set, &position, &key)) store->items[count++].Store(store, key);
    list->size.Store(count);
    return list;
  }
}

Result<bool> ReadOther(Thread& thread, Value iterable, List** items) {
  GILA_TRY(const Value taken, library_snapshot(thread, iterable));
  if (taken.IsUnbound()) return false;
  GILA_TRY(*items, ToList(thread, taken));
  return true;
}

}  // namespace

Result<List*> SnapshotOfDict(Thread& thread, Dict* dict, DictPart part) {
  GILA_TRY(List* const list, ReadDict(thread, dict, part));
  return part == DictPart::kItems ? PairUp(thread, list) : Result<List*>(list);
}

Result<bool> SnapshotOf(Thread& thread, Value iterable, List** items) {
  if (IsExactly(iterable, TypeId::kSet) || IsExactly(iterable, TypeId::kFrozenSet)) {
    GILA_TRY(*items, ReadSet(thread, iterable.As<Set>()));
    return true;
  }
  if (IsExactly(iterable, TypeId::kDict)) {
    GILA_TRY(*items, ReadDict(thread, iterable.As<Dict>(), DictPart::kKeys));
    return true;
  }
  const bool keys = IsKind(iterable, kKindDictKeys), values = IsKind(iterable, kKindDictValues);
  const bool view = keys || values || IsKind(iterable, kKindDictItems);
  Dict* const dict = view ? iterable.As<DictView>()->dict.Load() : nullptr;
  // A dict of another class may iterate in a way of its own.
  if (!view || !dict->IsExactly(TypeId::kDict))
    return library_snapshot != nullptr ? ReadOther(thread, iterable, items) : Result<bool>(false);
  GILA_TRY(*items, SnapshotOfDict(thread, dict,
                                  keys     ? DictPart::kKeys
                                  : values ? DictPart::kValues
                                           : DictPart::kItems));
  return true;
}

}  // namespace gila

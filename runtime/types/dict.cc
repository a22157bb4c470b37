// dict.cc: the operations of dict that the rest of the runtime calls. Each one that changes a dict
// looks without the lock (which may run __hash__ and __eq__), locks, and starts again when what it
// saw is no longer so.
#include "runtime/types/dict.h"

#include <algorithm>

#include "runtime/types/dict_internal.h"
#include "runtime/types/dict_overwrite.h"
#include "runtime/types/sequence.h"
#include "runtime/types/snapshot.h"

namespace gila {

Result<Dict*> NewDictOf(Thread& thread, Type* type) {
  Dict* dict;
  if (IsExactType(type, TypeId::kDict)) {
    GILA_TRY(dict, Allocate<Dict>(thread, TypeId::kDict));
  } else {
    GILA_TRY(Object* const object, AllocateInstance(thread, type));
    dict = static_cast<Dict*>(object);
  }
  dict->table.Store(dict, empty_dict_table);
  return dict;
}

Result<Dict*> NewDict(Thread& thread, int64_t expected) {
  GILA_TRY(Dict* const dict, Allocate<Dict>(thread, TypeId::kDict));
  dict->table.Init(empty_dict_table);
  if (expected > 0) {
    GILA_TRY(DictTable* const table, NewDictTable(thread, expected));
    dict->table.Store(dict, table);
  }
  return dict;
}

Result<Value> DictGet(Thread& thread, Dict* dict, Value key) {
  GILA_TRY(const int64_t hash, KeyHash(thread, key));
  return DictGetHashed(thread, dict, key, hash);
}

Status DictSet(Thread& thread, Dict* dict, Value key, Value value) {
  GILA_TRY(const int64_t hash, KeyHash(thread, key));
  return DictSetHashed(thread, dict, key, hash, value);
}

Result<Value> DictSetDefault(Thread& thread, Dict* dict, Value key, Value value) {
  GILA_TRY(const int64_t hash, KeyHash(thread, key));
  while (true) {
    DictPlace found;
    GILA_TRY_VOID(DictFind(thread, dict, key, hash, &found));
    const OpenGuard guard(dict->lock);
    if (GILA_UNLIKELY(!PlaceHoldsUnlocked(dict, found))) continue;
    if (found.entry >= 0) return found.table->entries[found.entry].value.Load();
    GILA_TRY_VOID(DictInsertUnlocked(thread, dict, found, key, hash, value));
    return kUnbound;
  }
}

Result<Value> DictPopHashed(Thread& thread, Dict* dict, Value key, int64_t hash) {
  while (true) {
    DictPlace found;
    GILA_TRY_VOID(DictFind(thread, dict, key, hash, &found));
    const DictGuard guard(dict);
    if (GILA_UNLIKELY(!PlaceHoldsUnlocked(dict, found))) continue;
    if (found.entry < 0) return kUnbound;
    return DictEraseUnlocked(dict, found.table, found.entry);
  }
}

Result<Value> DictPop(Thread& thread, Dict* dict, Value key) {
  // An empty dict does not hash: CPython lets d.pop([], None) pass.
  if (dict->size.Load() == 0) return kUnbound;
  GILA_TRY(const int64_t hash, KeyHash(thread, key));
  return DictPopHashed(thread, dict, key, hash);
}

Result<bool> DictIncrement(Thread& thread, Dict* dict, Value key) {
  GILA_TRY(const int64_t hash, KeyHash(thread, key));
  while (true) {
    DictPlace found;
    GILA_TRY_VOID(DictFind(thread, dict, key, hash, &found));
    const DictGuard guard(dict);
    if (GILA_UNLIKELY(!PlaceHoldsUnlocked(dict, found))) continue;
    if (found.entry < 0) {
      GILA_TRY_VOID(DictInsertUnlocked(thread, dict, found, key, hash, Value::SmallInt(1)));
      return true;
    }
    DictEntry& entry = found.table->entries[found.entry];
    const Value value = entry.value.Load();
    if (!value.IsSmallInt() || value.AsSmallInt() == Value::kMaxSmallInt) return false;
    entry.value.Store(found.table, Value::SmallInt(value.AsSmallInt() + 1));
    return true;
  }
}

bool DictPopEnd(Dict* dict, bool last, Value* key, Value* value) {
  const DictGuard guard(dict);
  DictTable* const table = dict->table.Load();
  int64_t position = last ? table->used.LoadRelaxed() - 1 : 0;
  if (!(last ? DictPrevious(dict, &position, key, value) : DictNext(dict, &position, key, value)))
    return false;
  DictEraseUnlocked(dict, table, last ? position + 1 : position - 1);
  return true;
}

Result<Dict*> DictCopy(Thread& thread, Dict* dict) {
  GILA_TRY(Dict* const copy, NewDict(thread));
  const DictGuard guard(dict);
  const int64_t live = dict->size.LoadRelaxed();
  if (live == 0) return copy;
  GILA_TRY(DictTable* const table, CopyDictTable(thread, dict->table.Load(), live, 0));
  copy->table.Store(copy, table);
  copy->size.StoreRelaxed(live);
  return copy;
}

void DictClear(Thread&, Dict* dict) {
  const DictGuard guard(dict);
  dict->keys_version.Store(0);
  dict->size.Store(0);
  dict->table.Store(dict, empty_dict_table);
}

namespace {

// Stores entries of `source` from *position on into `target` while no __eq__ is needed. Holds both
// locks. True at the end; false when the entry before *position must be stored by way of __eq__.
Result<bool> MergeQuickly(Thread& thread, Dict* target, Dict* source, int64_t* position, Value* key,
                          Value* value) {
  const PairLock locks(target, source);
  HoldValues(target->table.Load());
  HoldValues(source->table.Load());
  while (DictNext(source, position, key, value)) {
    const auto hash =
        static_cast<int64_t>(source->table->entries[*position - 1].hash.LoadRelaxed());
    DictPlace found;
    if (!DictQuickFind(target, *key, hash, &found)) return false;
    if (found.entry >= 0) {
      found.table->entries[found.entry].value.Store(found.table, *value);
    } else {
      GILA_TRY_VOID(DictInsertUnlocked(thread, target, found, *key, hash, *value));
    }
  }
  return true;
}

// A table with all of `source` for the empty dict `target`; false when it is not empty.
Result<bool> AdoptCopy(Thread& thread, Dict* target, Dict* source) {
  const PairLock locks(target, source);
  HoldValues(target->table.Load());
  HoldValues(source->table.Load());
  if (target->size.LoadRelaxed() != 0) return false;
  const int64_t live = source->size.LoadRelaxed();
  if (live == 0) return true;
  GILA_TRY(DictTable* const table, CopyDictTable(thread, source->table.Load(), live, 0));
  target->keys_version.Store(0);
  target->table.Store(target, table);
  target->size.Store(live);
  return true;
}

Status UpdateFromDict(Thread& thread, Dict* dict, Dict* other) {
  if (dict == other) return kOk;
  GILA_TRY(const bool adopted, AdoptCopy(thread, dict, other));
  if (adopted) return kOk;
  int64_t position = 0;
  const int64_t size = other->size.Load();
  while (true) {
    Value key, value;
    GILA_TRY(const bool done, MergeQuickly(thread, dict, other, &position, &key, &value));
    if (done) return kOk;
    GILA_TRY_VOID(DictSet(thread, dict, key, value));
    if (other->size.Load() != size)
      return thread.Raise(TypeId::kRuntimeError, "dict mutated during update");
  }
}

Status UpdateFromMapping(Thread& thread, Dict* dict, Value mapping) {
  GILA_TRY(const Value keys, CallMethod(thread, mapping, NameOf(Name::kKeys)));
  return ForEach(thread, keys, [&](Value key) -> Status {
    GILA_TRY(const Value value, GetItem(thread, mapping, key));
    return DictSet(thread, dict, key, value);
  });
}

Status UpdateFromPair(Thread& thread, Dict* dict, Value pair, int64_t number) {
  const Result<List*> items = ToList(thread, pair);
  if (!items.ok()) {
    if (!thread.ExceptionMatches(TypeId::kTypeError)) return kFailed;
    thread.ClearException();
    return thread.RaiseTypeError(
        "cannot convert dictionary update sequence element #%lld to a sequence",
        static_cast<long long>(number));
  }
  List* const list = items.value();
  const int64_t length = list->size.Load();
  if (length != 2) {
    return thread.RaiseValueError(
        "dictionary update sequence element #%lld has length %lld; 2 is required",
        static_cast<long long>(number), static_cast<long long>(length));
  }
  return DictSet(thread, dict, ListAt(list, 0), ListAt(list, 1));
}

Status UpdateFromPairs(Thread& thread, Dict* dict, Value pairs) {
  List* snapshot;
  GILA_TRY(const bool taken, SnapshotOf(thread, pairs, &snapshot));
  if (taken) pairs = snapshot;
  int64_t number = 0;
  return ForEach(thread, pairs, [&](Value pair) -> Status {
    if (IsExactly(pair, TypeId::kTuple) && pair.As<Tuple>()->length == 2) {
      ++number;
      return DictSet(thread, dict, pair.As<Tuple>()->At(0), pair.As<Tuple>()->At(1));
    }
    return UpdateFromPair(thread, dict, pair, number++);
  });
}

}  // namespace

Status DictUpdate(Thread& thread, Dict* dict, Value other) {
  if (IsDict(other)) {
    // A subclass with an __iter__ of its own is a mapping like any other.
    Type* const type = TypeOf(other);
    if (IsExactType(type, TypeId::kDict) ||
        LookupSpecial(thread, type, Special::kIter) ==
            LookupSpecial(thread, GetType(TypeId::kDict), Special::kIter) ||
        (library_plain_dict != nullptr && library_plain_dict(other)))
      return UpdateFromDict(thread, dict, other.As<Dict>());
  }
  GILA_TRY(const Value keys, GetAttrOrUnbound(thread, other, NameOf(Name::kKeys)));
  if (!keys.IsUnbound()) return UpdateFromMapping(thread, dict, other);
  return UpdateFromPairs(thread, dict, other);
}

Result<bool> DictEqual(Thread& thread, Dict* a, Dict* b) {
  if (a->size.Load() != b->size.Load()) return false;
  const RecursionScope scope(thread, " in comparison");
  GILA_TRY_VOID(scope.status());
  int64_t position = 0;
  Value key, value;
  while (DictNext(a, &position, &key, &value)) {
    GILA_TRY(const int64_t hash, KeyHash(thread, key));
    GILA_TRY(const Value other, DictGetHashed(thread, b, key, hash));
    if (other.IsUnbound()) return false;
    GILA_TRY(const bool equal, Equal(thread, value, other));
    if (!equal) return false;
  }
  return true;
}

Result<Value> DictSubscript(Thread& thread, Dict* dict, Value key) {
  GILA_TRY(const Value value, DictGet(thread, dict, key));
  if (GILA_LIKELY(!value.IsUnbound())) return value;
  if (!dict->IsExactly(TypeId::kDict)) {
    GILA_TRY(const Value made, CallSpecial(thread, dict, Special::kMissing, std::span(&key, 1)));
    if (!made.IsUnbound()) return made;
  }
  return thread.RaiseWith(TypeId::kKeyError, key);
}

}  // namespace gila

// dict_table.cc: the hash table of dict: making, finding, inserting, erasing, walking. What the
// methods of dict do with it is in dict.cc and dict_methods.cc.
//
// The order of stores is what readers without a lock rely on. Insertion: the entry, then its index
// place, then `used`. Deletion: the hash field, then the value (unbound), then the key (unbound).
// A reader that found the key and then meets an unbound value goes on probing: the key may have
// come back as a later entry.
//
// Runs of deleted entries know their ends: the hash field of the first one holds the number of the
// last, and the other way round, and any deleted entry's holds the number of a deleted entry of its
// run. So walking over a grave of any size is one step, and popping from either end stays cheap.
#include <algorithm>

#include "runtime/types/dict_internal.h"
#include "runtime/types/dict_overwrite.h"

namespace gila {

DictTable* empty_dict_table = nullptr;

namespace {

constexpr int kMinLog2Places = 3;
constexpr int kMaxLog2Places = 31;

int Log2PlacesFor(uint64_t places) {
  int log2 = kMinLog2Places;
  while ((uint64_t{1} << log2) < places) ++log2;
  return log2;
}

// At most two thirds of the places are taken.
constexpr uint64_t CapacityOf(int log2_places) { return (uint64_t{2} << log2_places) / 3; }

int Log2IndexWidth(int log2_places) {
  if (log2_places <= 8) return 0;
  return log2_places <= 16 ? 1 : 2;
}

Result<DictTable*> AllocateTable(Thread& thread, int log2_places) {
  if (log2_places > kMaxLog2Places) return thread.RaiseMemoryError();
  const uint64_t capacity = CapacityOf(log2_places);
  const int log2_index_bytes = log2_places + Log2IndexWidth(log2_places);
  const size_t bytes =
      sizeof(DictTable) + capacity * sizeof(DictEntry) + (size_t{1} << log2_index_bytes);
  Object* const object = heap::Allocate(thread, bytes, kKindDictTable, 0);
  if (object == nullptr) return kFailed;
  auto* const table = static_cast<DictTable*>(object);
  table->log2_places = static_cast<uint8_t>(log2_places);
  table->log2_index_bytes = static_cast<uint8_t>(log2_index_bytes);
  table->all_interned.StoreRelaxed(1);
  table->capacity = static_cast<uint32_t>(capacity);
  return table;
}

// Puts an entry into a table that nobody else sees; the key is not in it, and there was no
// allocation since the table was made.
void FillFresh(DictTable* table, uint64_t hash, Value key, Value value) {
  DictIndex index(table);
  ProbeSequence probe(hash, index.mask());
  while (index.At(probe.place()) != 0) probe.Advance();
  const int64_t used = table->used.LoadRelaxed();
  DictEntry& entry = table->entries[used];
  entry.hash.StoreRelaxed(hash);
  entry.key.Init(key);
  entry.value.Init(value);
  index.Set(probe.place(), static_cast<uint32_t>(used + 1));
  table->used.StoreRelaxed(used + 1);
}

bool IsInternedStr(Value key) {
  return IsExactly(key, TypeId::kStr) && key.As<Str>()->IsInterned();
}

enum class Found : uint8_t { kNo, kYes, kAsk };

// Remembers where a key that is not there may go: the first place of a deleted entry on the way, or
// the empty place at the end. So deleting and inserting one key again and again does not make its
// way longer and longer. A reader that is past such a place misses the new entry, and rightly: it
// saw the time when the key was not there.
class FreePlace {
 public:
  GILA_ALWAYS_INLINE void Deleted(size_t place) {
    if (place_ == kNone) place_ = place;
  }
  GILA_ALWAYS_INLINE size_t Or(size_t empty) const { return place_ == kNone ? empty : place_; }

 private:
  static constexpr size_t kNone = ~size_t{0};
  size_t place_ = kNone;
};

// Looks for the key without calling Gila code. kYes: *entry. kNo: *place is where it may go. kAsk:
// an entry of the same hash must be compared by __eq__.
GILA_ALWAYS_INLINE Found QuickFind(const DictTable* table, Value key, uint64_t hash, int64_t* entry,
                                   size_t* place) {
  const DictIndex index(table);
  ProbeSequence probe(hash, index.mask());
  FreePlace free_place;
  while (true) {
    const uint32_t number = index.At(probe.place());
    if (number == 0) {
      *place = free_place.Or(probe.place());
      return Found::kNo;
    }
    const DictEntry& candidate = table->entries[number - 1];
    const Value other = candidate.key.Load();
    QuickEqual equal = QuickEqual::kNo;
    if (other == key)
      equal = QuickEqual::kYes;
    else if (GILA_UNLIKELY(other.IsUnbound()))
      free_place.Deleted(probe.place());
    else if (candidate.hash.LoadRelaxed() == hash)
      equal = QuickKeyEqual(other, key);
    if (equal == QuickEqual::kYes && !candidate.value.Load().IsUnbound()) {
      *entry = number - 1;
      return Found::kYes;
    }
    if (GILA_UNLIKELY(equal == QuickEqual::kAsk)) return Found::kAsk;
    probe.Advance();
  }
}

// The same with __eq__. kAsk: the dict changed meanwhile, look again.
Result<Found> AskingFind(Thread& thread, const Dict* dict, const DictTable* table, Value key,
                         uint64_t hash, int64_t* entry, size_t* place) {
  const DictIndex index(table);
  ProbeSequence probe(hash, index.mask());
  FreePlace free_place;
  for (;; probe.Advance()) {
    const uint32_t number = index.At(probe.place());
    if (number == 0) {
      *place = free_place.Or(probe.place());
      return Found::kNo;
    }
    const DictEntry& candidate = table->entries[number - 1];
    const Value other = candidate.key.Load();
    if (other.IsUnbound()) {
      free_place.Deleted(probe.place());
      continue;
    }
    bool equal = other == key;
    if (!equal) {
      if (candidate.hash.LoadRelaxed() != hash) continue;
      const QuickEqual quick = QuickKeyEqual(other, key);
      equal = quick == QuickEqual::kYes;
      if (quick == QuickEqual::kAsk) {
        GILA_TRY(equal, Equal(thread, other, key));
        if (dict->table.Load() != table || candidate.key.Load() != other) return Found::kAsk;
      }
    }
    if (equal && !candidate.value.Load().IsUnbound()) {
      *entry = number - 1;
      return Found::kYes;
    }
  }
}

GILA_NOINLINE Status FindSlow(Thread& thread, Dict* dict, Value key, int64_t hash,
                              DictPlace* found) {
  while (true) {
    found->table = dict->table.Load();
    found->used = found->table->used.Load();
    found->entry = -1;
    GILA_TRY(const Found result,
             AskingFind(thread, dict, found->table, key, static_cast<uint64_t>(hash), &found->entry,
                        &found->place));
    if (result != Found::kAsk) return kOk;
    GILA_TRY_VOID(thread.CheckBreaker());
  }
}

// Joins the entry, deleted just now, with the deleted runs beside it.
void JoinDeletedRuns(DictTable* table, int64_t entry) {
  const auto deleted = [table](int64_t i) { return table->entries[i].value.Load().IsUnbound(); };
  int64_t first = entry, last = entry;
  if (entry > 0 && deleted(entry - 1))
    first = static_cast<int64_t>(table->entries[entry - 1].hash.LoadRelaxed());
  if (entry + 1 < table->used.LoadRelaxed() && deleted(entry + 1))
    last = static_cast<int64_t>(table->entries[entry + 1].hash.LoadRelaxed());
  table->entries[first].hash.Store(static_cast<uint64_t>(last));
  table->entries[last].hash.Store(static_cast<uint64_t>(first));
}

// A further entry of a table with room, at the empty index place `at`.
void AppendEntry(Dict* dict, DictTable* table, size_t at, Value key, uint64_t hash, Value value) {
  const int64_t number = table->used.LoadRelaxed();
  DictEntry& entry = table->entries[number];
  entry.hash.StoreRelaxed(hash);
  entry.value.Store(table, value);
  entry.key.Store(table, key);
  if (!IsInternedStr(key)) table->all_interned.Store(0);
  dict->keys_version.Store(0);
  DictIndex(table).Set(at, static_cast<uint32_t>(number + 1));
  table->used.Store(number + 1);
}

void EraseEntry(Dict* dict, DictTable* table, int64_t number) {
  DictEntry& entry = table->entries[number];
  dict->keys_version.Store(0);
  entry.hash.Store(static_cast<uint64_t>(number));
  entry.value.Store(table, kUnbound);
  entry.key.Store(table, kUnbound);
  JoinDeletedRuns(table, number);
}

// The index of a fresh table whose entries are there.
template <class Unit>
void FillIndex(DictTable* table, int64_t used) {
  Unit* const places = reinterpret_cast<Unit*>(table->entries + table->capacity);
  const size_t mask = (size_t{1} << table->log2_places) - 1;
  for (int64_t i = 0; i < used; ++i) {
    ProbeSequence probe(table->entries[i].hash.LoadRelaxed(), mask);
    while (places[probe.place()] != 0) probe.Advance();
    places[probe.place()] = static_cast<Unit>(i + 1);
  }
}

// A larger table with the entries of one that has no deleted ones.
Result<DictTable*> GrowTable(Thread& thread, const DictTable* table, int64_t used, int64_t room) {
  GILA_TRY(DictTable* const grown, NewDictTable(thread, used + room));
  if (used == 0) return grown;
  std::memcpy(static_cast<void*>(grown->entries), table->entries,
              static_cast<size_t>(used) * sizeof(DictEntry));
  switch (grown->log2_index_bytes - grown->log2_places) {
    case 0:
      FillIndex<uint8_t>(grown, used);
      break;
    case 1:
      FillIndex<uint16_t>(grown, used);
      break;
    default:
      FillIndex<uint32_t>(grown, used);
  }
  grown->used.StoreRelaxed(used);
  grown->all_interned.StoreRelaxed(table->all_interned.LoadRelaxed());
  return grown;
}

}  // namespace

void TraceDictTable(Object* object, Marker& marker) {
  auto* const table = static_cast<DictTable*>(object);
  const int64_t used = table->used.LoadRelaxed();
  for (int64_t i = 0; i < used; ++i) {
    marker.Visit(table->entries[i].key);
    marker.Visit(table->entries[i].value);
  }
}

Result<DictTable*> NewDictTable(Thread& thread, int64_t size) {
  if (size <= 0) return empty_dict_table;
  if (size > int64_t{1} << kMaxLog2Places) return thread.RaiseMemoryError();
  int log2 = kMinLog2Places;
  while (CapacityOf(log2) < static_cast<uint64_t>(size)) ++log2;
  return AllocateTable(thread, log2);
}

DictTable* NewEmptyDictTable(Thread& thread) {
  Object* const object =
      heap::Allocate(thread, sizeof(DictTable) + sizeof(uint64_t), kKindDictTable, 0);
  GILA_CHECK(object != nullptr);
  static_cast<DictTable*>(object)->all_interned.StoreRelaxed(1);
  return static_cast<DictTable*>(object);
}

Result<DictTable*> CopyDictTable(Thread& thread, const DictTable* table, int64_t live,
                                 int64_t room) {
  const int64_t used = table->used.LoadRelaxed();
  const size_t index_bytes = size_t{1} << table->log2_index_bytes;
  if (live == used && live + room <= table->capacity) {
    // Nothing was deleted: entries and index as they are.
    GILA_TRY(DictTable* const copy, AllocateTable(thread, table->log2_places));
    copy->all_interned.StoreRelaxed(table->all_interned.LoadRelaxed());
    copy->used.StoreRelaxed(used);
    std::memcpy(static_cast<void*>(copy->entries), table->entries,
                static_cast<size_t>(used) * sizeof(DictEntry));
    std::memcpy(static_cast<void*>(copy->entries + copy->capacity),
                table->entries + table->capacity, index_bytes);
    return copy;
  }
  if (live == used) return GrowTable(thread, table, used, room);
  GILA_TRY(DictTable* const copy, NewDictTable(thread, live + room));
  if (live == 0) return copy;
  for (int64_t i = 0; i < used; ++i) {
    const DictEntry& entry = table->entries[i];
    const Value value = entry.value.Load();
    if (!value.IsUnbound()) FillFresh(copy, entry.hash.LoadRelaxed(), entry.key.Load(), value);
  }
  copy->all_interned.StoreRelaxed(table->all_interned.LoadRelaxed());
  return copy;
}

Status DictFind(Thread& thread, Dict* dict, Value key, int64_t hash, DictPlace* found) {
  found->table = dict->table.Load();
  found->used = found->table->used.Load();
  found->entry = -1;
  const Found result =
      QuickFind(found->table, key, static_cast<uint64_t>(hash), &found->entry, &found->place);
  if (GILA_LIKELY(result != Found::kAsk)) return kOk;
  return FindSlow(thread, dict, key, hash, found);
}

bool DictQuickFind(Dict* dict, Value key, int64_t hash, DictPlace* found) {
  found->table = dict->table.Load();
  found->used = found->table->used.Load();
  found->entry = -1;
  return QuickFind(found->table, key, static_cast<uint64_t>(hash), &found->entry, &found->place) !=
         Found::kAsk;
}

bool PlaceHoldsUnlocked(const Dict* dict, const DictPlace& place) {
  if (dict->table.Load() != place.table) return false;
  if (place.entry >= 0) return !place.table->entries[place.entry].value.Load().IsUnbound();
  return place.table->used.LoadRelaxed() == place.used;
}

Status DictInsertUnlocked(Thread& thread, Dict* dict, const DictPlace& place, Value key,
                          int64_t hash, Value value) {
  DictTable* table = place.table;
  size_t at = place.place;
  const bool full = place.used == table->capacity;
  if (GILA_UNLIKELY(full)) {
    // A new table: twice as large, or as large as before when it is full of deleted entries.
    HoldValues(table);
    const int64_t live = dict->size.LoadRelaxed();
    const int64_t capacity = static_cast<int64_t>(
        CapacityOf(Log2PlacesFor(static_cast<uint64_t>(std::max<int64_t>(live, 1)) * 3)));
    GILA_TRY(table, CopyDictTable(thread, table, live, std::max<int64_t>(capacity - live, 1)));
    const DictIndex index(table);
    ProbeSequence probe(static_cast<uint64_t>(hash), index.mask());
    while (index.At(probe.place()) != 0) probe.Advance();
    at = probe.place();
  }
  AppendEntry(dict, table, at, key, static_cast<uint64_t>(hash), value);
  if (full) dict->table.Store(dict, table);
  dict->size.Store(dict->size.LoadRelaxed() + 1);
  return kOk;
}

Value DictEraseUnlocked(Dict* dict, DictTable* table, int64_t number) {
  const Value value = table->entries[number].value.Load();
  EraseEntry(dict, table, number);
  dict->size.Store(dict->size.LoadRelaxed() - 1);
  return value;
}

Status DictMoveToBackUnlocked(Thread& thread, Dict* dict, DictTable* table, int64_t number) {
  if (number == table->used.LoadRelaxed() - 1) return kOk;
  const Value key = table->entries[number].key.Load();
  const uint64_t hash = table->entries[number].hash.LoadRelaxed();
  if (table->used.LoadRelaxed() == table->capacity) {
    const int64_t live = dict->size.LoadRelaxed();
    GILA_TRY(table, CopyDictTable(thread, table, live, std::max<int64_t>(live / 2, 1)));
    dict->keys_version.Store(0);
    dict->table.Store(dict, table);
    for (number = 0; table->entries[number].key.Load() != key;) ++number;
  }
  const DictIndex index(table);
  ProbeSequence probe(hash, index.mask());
  // Only an empty place will do without a lock around the readers: one that passed the place of a
  // deleted entry would find neither the new entry nor the old one.
  const auto is_free = [&](size_t place) {
    const uint32_t at = index.At(place);
    return at == 0 || (!kGilDisabled && table->entries[at - 1].key.Load().IsUnbound());
  };
  while (!is_free(probe.place())) probe.Advance();
  // The new entry is there before the old one goes: a reader always finds one of them.
  AppendEntry(dict, table, probe.place(), key, hash, table->entries[number].value.Load());
  EraseEntry(dict, table, number);
  return kOk;
}

Status DictMoveToFrontUnlocked(Thread& thread, Dict* dict, const DictTable* table, int64_t number) {
  // One that is first already leaves the table as it is: else an __eq__ that moves its own key
  // there would have every search for that key start anew, without an end.
  int64_t before = 0;
  while (before < number && table->entries[before].value.Load().IsUnbound()) ++before;
  if (before == number) return kOk;
  GILA_TRY(DictTable* const fresh, NewDictTable(thread, dict->size.LoadRelaxed()));
  fresh->all_interned.StoreRelaxed(table->all_interned.LoadRelaxed());
  const DictEntry& first = table->entries[number];
  FillFresh(fresh, first.hash.LoadRelaxed(), first.key.Load(), first.value.Load());
  for (int64_t i = 0; i < table->used.LoadRelaxed(); ++i) {
    const DictEntry& entry = table->entries[i];
    const Value value = entry.value.Load();
    if (i != number && !value.IsUnbound())
      FillFresh(fresh, entry.hash.LoadRelaxed(), entry.key.Load(), value);
  }
  dict->keys_version.Store(0);
  dict->table.Store(dict, fresh);
  return kOk;
}

Value DictGetInterned(const Dict* dict, Value name) {
  const DictTable* const table = dict->table.Load();
  const uint64_t hash = HashStr(name.As<Str>());
  const DictIndex index(table);
  ProbeSequence probe(hash, index.mask());
  for (;; probe.Advance()) {
    const uint32_t number = index.At(probe.place());
    if (number == 0) return kUnbound;
    const DictEntry& entry = table->entries[number - 1];
    const Value key = entry.key.Load();
    if (GILA_UNLIKELY(key != name)) {
      if (table->all_interned.Load() || entry.hash.LoadRelaxed() != hash || !IsStr(key) ||
          !StrEqual(key.As<Str>(), name.As<Str>()))
        continue;
    }
    const Value value = entry.value.Load();
    if (GILA_LIKELY(!value.IsUnbound())) return value;
  }
}

int64_t DictEntryIndex(const Dict* dict, Value name) {
  int64_t entry = -1;
  size_t place;
  const Found found = QuickFind(dict->table.Load(), name, HashStr(name.As<Str>()), &entry, &place);
  return found == Found::kYes ? entry : -1;
}

Result<Value> DictGetHashed(Thread& thread, Dict* dict, Value key, int64_t hash) {
  const DictTable* const table = dict->table.Load();
  int64_t entry;
  size_t place;
  const Found result = QuickFind(table, key, static_cast<uint64_t>(hash), &entry, &place);
  if (result == Found::kNo) return kUnbound;
  if (GILA_LIKELY(result == Found::kYes)) {
    const Value value = table->entries[entry].value.Load();
    if (GILA_LIKELY(!value.IsUnbound())) return value;
  }
  while (true) {
    DictPlace found;
    GILA_TRY_VOID(FindSlow(thread, dict, key, hash, &found));
    if (found.entry < 0) return kUnbound;
    const Value value = found.table->entries[found.entry].value.Load();
    if (!value.IsUnbound()) return value;
  }
}

namespace {

// What was found without calling Gila code still holds while nobody else can change the dict.
// False: not done, there is no room, or __eq__ would have to decide.
GILA_ALWAYS_INLINE bool SetWithoutLock(Dict* dict, Value key, int64_t hash, Value value) {
  DictTable* const table = dict->table.Load();
  int64_t number;
  size_t place;
  const Found found = QuickFind(table, key, static_cast<uint64_t>(hash), &number, &place);
  if (found == Found::kYes) {
    table->entries[number].value.Store(table, value);
    return true;
  }
  if (found != Found::kNo || table->used.LoadRelaxed() >= table->capacity) return false;
  AppendEntry(dict, table, place, key, static_cast<uint64_t>(hash), value);
  dict->size.Store(dict->size.LoadRelaxed() + 1);
  return true;
}

}  // namespace

Status DictSetHashed(Thread& thread, Dict* dict, Value key, int64_t hash, Value value) {
  if (GILA_LIKELY(!LocksMatter()) && GILA_LIKELY(SetWithoutLock(dict, key, hash, value)))
    return kOk;
  while (true) {
    DictPlace found;
    GILA_TRY_VOID(DictFind(thread, dict, key, hash, &found));
    if (found.entry >= 0 && OverwriteOpen(thread, found.table, found.entry, value)) return kOk;
    const OpenGuard guard(dict->lock);
    if (GILA_UNLIKELY(!PlaceHoldsUnlocked(dict, found))) continue;
    if (found.entry < 0) return DictInsertUnlocked(thread, dict, found, key, hash, value);
    OverwriteUnlocked(found.table, found.entry, value);
    return kOk;
  }
}

Status DictSetOwn(Thread& thread, Dict* dict, Value key, Value value) {
  GILA_TRY(const int64_t hash, KeyHash(thread, key));
  if (GILA_LIKELY(SetWithoutLock(dict, key, hash, value))) return kOk;
  if (dict->size.LoadRelaxed() != 0) return DictSetHashed(thread, dict, key, hash, value);
  DictPlace found;
  GILA_TRY_VOID(DictFind(thread, dict, key, hash, &found));
  return DictInsertUnlocked(thread, dict, found, key, hash, value);
}

bool DictNext(const Dict* dict, int64_t* position, Value* key, Value* value) {
  const DictTable* const table = dict->table.Load();
  const int64_t used = table->used.Load();
  int64_t i = *position;
  while (i < used) {
    const DictEntry& entry = table->entries[i];
    *key = entry.key.Load();
    *value = entry.value.Load();
    if (GILA_LIKELY(!value->IsUnbound() && !key->IsUnbound())) {
      *position = i + 1;
      return true;
    }
    // A deleted run. The number is that of its last entry when `i` is the first, else some number
    // within it.
    i = value->IsUnbound() ? std::max(i, static_cast<int64_t>(entry.hash.Load())) + 1 : i;
  }
  *position = i;
  return false;
}

bool DictNextHashed(Dict* dict, int64_t* position, Value* key, Value* value, int64_t* hash) {
  // The lock, because a deletion puts another number in the place of the hash.
  const ByteLockGuard guard(dict->lock);
  if (!DictNext(dict, position, key, value)) return false;
  const DictEntry& entry = dict->table.Load()->entries[*position - 1];
  *hash = static_cast<int64_t>(entry.hash.LoadRelaxed());
  return true;
}

bool DictPrevious(const Dict* dict, int64_t* position, Value* key, Value* value) {
  const DictTable* const table = dict->table.Load();
  int64_t i = std::min(*position, table->used.Load() - 1);
  while (i >= 0) {
    const DictEntry& entry = table->entries[i];
    *key = entry.key.Load();
    *value = entry.value.Load();
    if (GILA_LIKELY(!value->IsUnbound() && !key->IsUnbound())) {
      *position = i - 1;
      return true;
    }
    i = value->IsUnbound() ? std::min(i, static_cast<int64_t>(entry.hash.Load())) - 1 : i;
  }
  *position = -1;
  return false;
}

uint32_t DictKeysVersion(Thread&, Dict* dict) {
  static Atomic<uint32_t> last_version;
  const ByteLockGuard guard(dict->lock);
  uint32_t version = dict->keys_version.Load();
  if (version != 0) return version;
  // The numbers run out after four thousand million of them: nothing is cached from then on.
  if (last_version.Load() >= UINT32_MAX - 1024) return 0;
  version = last_version.FetchAdd(1) + 1;
  dict->keys_version.Store(version);
  return version;
}

}  // namespace gila

// set.cc: the hash table of set and frozenset. The methods are in set_methods.cc.
//
// An entry is a hash and a key. A deleted one may be filled again in place, since nothing belongs
// to a key: a reader that loads the hash of one member and the key of another finds out when it
// compares. The order in which places are tried, which deleted place is taken, when the table grows
// and to what size are CPython's, so a set of ints is shown in the same order.
#include <algorithm>
#include <cstring>

#include "runtime/threads/only_thread.h"
#include "runtime/types/dict_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/set_internal.h"
#include "runtime/types/snapshot.h"

namespace gila {

SetTable* empty_set_table = nullptr;

namespace {

constexpr int64_t kMinPlaces = 8;
constexpr size_t kLinearProbes = 9;

Result<SetTable*> AllocateSetTable(Thread& thread, int64_t places) {
  if (places > (int64_t{1} << 40)) return thread.RaiseMemoryError();
  const size_t bytes = sizeof(SetTable) + static_cast<size_t>(places) * sizeof(SetEntry);
  Object* const object = heap::Allocate(thread, bytes, kKindSetTable, 0);
  if (object == nullptr) return kFailed;
  auto* const table = static_cast<SetTable*>(object);
  table->mask = places - 1;
  for (int64_t i = 0; i < places; ++i) table->entries[i].key.Init(kUnbound);
  return table;
}

// The places of a hash in order: up to ten neighbours, then on to the next place of the perturbed
// sequence.
class SetProbe {
 public:
  SetProbe(uint64_t hash, int64_t mask)
      : mask_(static_cast<size_t>(mask)), start_(hash & mask_), perturb_(hash) {
    BeginRun();
  }
  int64_t place() const { return static_cast<int64_t>(place_); }
  void Advance() {
    if (left_ > 0) {
      --left_;
      ++place_;
      return;
    }
    perturb_ >>= 5;
    start_ = (start_ * 5 + 1 + perturb_) & mask_;
    BeginRun();
  }

 private:
  void BeginRun() {
    place_ = start_;
    left_ = start_ + kLinearProbes <= mask_ ? kLinearProbes : 0;
  }
  size_t mask_, start_, place_, left_;
  uint64_t perturb_;
};

// Puts a key that is not there into a table without deleted entries that nobody else sees.
void FillFresh(SetTable* table, Value key, uint64_t hash) {
  SetProbe probe(hash, table->mask);
  while (!table->entries[probe.place()].key.Load().IsUnbound()) probe.Advance();
  SetEntry& entry = table->entries[probe.place()];
  entry.hash.StoreRelaxed(hash);
  entry.key.Init(key);
}

// Where a key is, or where it goes.
struct SetPlace {
  SetTable* table;
  int64_t additions;  // of the table when the look-up began
  int64_t place;
  Value was;  // what was there: the key, unbound or the deleted mark
  bool present;
};

// Looks for the key without calling Gila code; false when __eq__ must decide.
GILA_ALWAYS_INLINE bool QuickFindMember(const Set* set, Value key, uint64_t hash, SetPlace* found) {
  SetTable* const table = set->table.Load();
  found->table = table;
  found->additions = table->additions.Load();
  found->was = kUnbound;
  int64_t deleted = -1;
  SetProbe probe(hash, table->mask);
  for (;; probe.Advance()) {
    const SetEntry& entry = table->entries[probe.place()];
    const Value other = entry.key.Load();
    if (other.IsUnbound()) break;
    if (other != key) {
      if (other == kDeletedMember) {
        deleted = probe.place();
        continue;
      }
      if (entry.hash.LoadRelaxed() != hash) continue;
      const QuickEqual equal = QuickKeyEqual(other, key);
      if (equal == QuickEqual::kAsk) return false;
      if (equal == QuickEqual::kNo) continue;
    }
    found->place = probe.place();
    found->was = other;
    found->present = true;
    return true;
  }
  found->place = probe.place();
  found->present = false;
  if (deleted >= 0) {
    found->place = deleted;
    found->was = kDeletedMember;
  }
  return true;
}

// The same with __eq__; starts again when the set changed meanwhile.
GILA_NOINLINE Status FindMemberSlow(Thread& thread, const Set* set, Value key, uint64_t hash,
                                    SetPlace* found) {
restart:
  SetTable* const table = set->table.Load();
  found->table = table;
  found->additions = table->additions.Load();
  int64_t deleted = -1;
  SetProbe probe(hash, table->mask);
  for (;; probe.Advance()) {
    const SetEntry& entry = table->entries[probe.place()];
    const Value other = entry.key.Load();
    if (other.IsUnbound()) break;
    bool equal = other == key;
    if (other == kDeletedMember) {
      deleted = probe.place();
      continue;
    }
    if (!equal) {
      if (entry.hash.LoadRelaxed() != hash) continue;
      const QuickEqual quick = QuickKeyEqual(other, key);
      equal = quick == QuickEqual::kYes;
      if (quick == QuickEqual::kAsk) {
        GILA_TRY(equal, Equal(thread, other, key));
        if (set->table.Load() != table || entry.key.Load() != other) {
          GILA_TRY_VOID(thread.CheckBreaker());
          goto restart;
        }
      }
    }
    if (equal) {
      found->place = probe.place();
      found->was = other;
      found->present = true;
      return kOk;
    }
  }
  found->place = deleted >= 0 ? deleted : probe.place();
  found->was = deleted >= 0 ? kDeletedMember : kUnbound;
  found->present = false;
  return kOk;
}

int64_t PlacesFor(int64_t at_least) {
  int64_t places = kMinPlaces;
  while (places <= at_least) places <<= 1;
  return places;
}

// A table of more than `at_least` places with the members of the set's; the caller holds the lock.
Status ResizeUnlocked(Thread& thread, Set* set, int64_t at_least) {
  GILA_TRY(SetTable* const fresh, AllocateSetTable(thread, PlacesFor(at_least)));
  const SetTable* const old = set->table.Load();
  for (int64_t i = 0; i <= old->mask; ++i) {
    const Value key = old->entries[i].key.Load();
    if (!key.IsUnbound() && key != kDeletedMember)
      FillFresh(fresh, key, old->entries[i].hash.LoadRelaxed());
  }
  fresh->fill.StoreRelaxed(set->size.LoadRelaxed());
  set->table.Store(set, fresh);
  return kOk;
}

// Under the lock, when what FindMember saw still holds: puts the key in. True when the table is now
// too full.
bool InsertUnlocked(Set* set, const SetPlace& found, Value key, uint64_t hash) {
  SetEntry& entry = found.table->entries[found.place];
  entry.hash.StoreRelaxed(hash);
  entry.key.Store(found.table, key);
  found.table->additions.Store(found.table->additions.LoadRelaxed() + 1);
  if (found.was.IsUnbound()) found.table->fill.Store(found.table->fill.LoadRelaxed() + 1);
  const int64_t size = set->size.LoadRelaxed() + 1;
  set->size.Store(size);
  return found.table->fill.LoadRelaxed() * 5 >= found.table->mask * 3;
}

GILA_ALWAYS_INLINE Status FindMember(Thread& thread, const Set* set, Value key, uint64_t hash,
                                     SetPlace* found) {
  if (GILA_LIKELY(QuickFindMember(set, key, hash, found))) return kOk;
  return FindMemberSlow(thread, set, key, hash, found);
}

int64_t GrownSize(int64_t size) { return size > 50000 ? size * 2 : size * 4; }

}  // namespace

SetTable* NewEmptySetTable(Thread& thread) {
  const Result<SetTable*> table = AllocateSetTable(thread, kMinPlaces);
  GILA_CHECK(table.ok());
  return table.value();
}

void TraceSetTable(Object* object, Marker& marker) {
  auto* const table = static_cast<SetTable*>(object);
  for (int64_t i = 0; i <= table->mask; ++i) marker.Visit(table->entries[i].key);
}

Result<Set*> NewSetOf(Thread& thread, Type* type) {
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  auto* const set = static_cast<Set*>(object);
  set->table.Store(set, empty_set_table);
  set->hash.StoreRelaxed(set->Is(kKindFrozenSet) ? -1 : 0);
  return set;
}

Result<Set*> NewSet(Thread& thread, TypeId id) {
  const bool frozen = id == TypeId::kFrozenSet;
  Object* const object =
      heap::Allocate(thread, sizeof(Set), frozen ? kKindFrozenSet : kKindSet, ShapeIdOf(id));
  if (object == nullptr) return kFailed;
  auto* const set = static_cast<Set*>(object);
  set->table.Init(empty_set_table);
  set->hash.StoreRelaxed(frozen ? -1 : 0);
  return set;
}

Result<Set*> NewSetLike(Thread& thread, const Set* set) {
  return NewSet(thread, set->Is(kKindFrozenSet) ? TypeId::kFrozenSet : TypeId::kSet);
}

Result<bool> SetAddHashed(Thread& thread, Set* set, Value key, int64_t signed_hash) {
  const auto hash = static_cast<uint64_t>(signed_hash);
  // The first place decides nearly always, and is still as it was seen when nobody else is there.
  SetTable* const seen = set->table.Load();
  const auto first = static_cast<int64_t>(hash & static_cast<uint64_t>(seen->mask));
  const Value there = seen->entries[first].key.Load();
  if (there == key) return false;
  if (there.IsUnbound() && seen != empty_set_table && !LocksMatter()) {
    if (GILA_UNLIKELY(InsertUnlocked(set, {seen, 0, first, kUnbound, false}, key, hash)))
      GILA_TRY_VOID(ResizeUnlocked(thread, set, GrownSize(set->size.LoadRelaxed())));
    return true;
  }
  while (true) {
    SetPlace found;
    GILA_TRY_VOID(FindMember(thread, set, key, hash, &found));
    if (found.present) return false;
    const ByteLockGuard guard(set->lock);
    if (set->table.Load() == empty_set_table) {
      GILA_TRY(SetTable* const table, AllocateSetTable(thread, kMinPlaces));
      set->table.Store(set, table);
      if (found.table == empty_set_table) found.table = table;
    }
    if (set->table.Load() != found.table || found.table->additions.Load() != found.additions)
      continue;
    if (GILA_UNLIKELY(InsertUnlocked(set, found, key, hash)))
      GILA_TRY_VOID(ResizeUnlocked(thread, set, GrownSize(set->size.LoadRelaxed())));
    return true;
  }
}

Status SetAddNew(Thread& thread, Set* set, Value key, int64_t signed_hash) {
  const auto hash = static_cast<uint64_t>(signed_hash);
  if (set->table.Load() == empty_set_table) {
    GILA_TRY(SetTable* const made, AllocateSetTable(thread, kMinPlaces));
    set->table.Store(set, made);
  }
  SetTable* const table = set->table.Load();
  SetProbe probe(hash, table->mask);
  while (!table->entries[probe.place()].key.Load().IsUnbound()) probe.Advance();
  const SetPlace place = {table, 0, probe.place(), kUnbound, false};
  if (GILA_UNLIKELY(InsertUnlocked(set, place, key, hash)))
    return ResizeUnlocked(thread, set, GrownSize(set->size.LoadRelaxed()));
  return kOk;
}

Result<bool> SetContainsHashed(Thread& thread, Set* set, Value key, int64_t hash) {
  // The first place decides nearly always, where the key is and where it is not.
  const SetTable* const table = set->table.Load();
  const Value first =
      table->entries[static_cast<uint64_t>(hash) & static_cast<uint64_t>(table->mask)].key.Load();
  if (first == key) return true;
  if (first.IsUnbound()) return false;
  SetPlace found;
  GILA_TRY_VOID(FindMember(thread, set, key, static_cast<uint64_t>(hash), &found));
  return found.present;
}

Result<bool> SetDiscardHashed(Thread& thread, Set* set, Value key, int64_t hash) {
  while (true) {
    SetPlace found;
    GILA_TRY_VOID(FindMember(thread, set, key, static_cast<uint64_t>(hash), &found));
    if (!found.present) return false;
    const ByteLockGuard guard(set->lock);
    SetEntry& entry = found.table->entries[found.place];
    if (set->table.Load() != found.table || entry.key.Load() != found.was) continue;
    entry.key.Store(found.table, kDeletedMember);
    set->size.Store(set->size.LoadRelaxed() - 1);
    return true;
  }
}

Result<bool> SetAdd(Thread& thread, Set* set, Value key) {
  GILA_TRY(const int64_t hash, KeyHash(thread, key));
  return SetAddHashed(thread, set, key, hash);
}

Result<int64_t> MemberHash(Thread& thread, Value* key) {
  const Result<int64_t> hash = KeyHash(thread, *key);
  if (GILA_LIKELY(hash.ok())) return hash;
  if (!IsKind(*key, kKindSet) || !thread.ExceptionMatches(TypeId::kTypeError)) return kFailed;
  thread.ClearException();
  GILA_TRY(Set* const frozen, SetCopy(thread, key->As<Set>(), TypeId::kFrozenSet));
  *key = frozen;
  return FrozenSetHash(thread, frozen);
}

Result<bool> SetContains(Thread& thread, Set* set, Value key) {
  GILA_TRY(const int64_t hash, MemberHash(thread, &key));
  return SetContainsHashed(thread, set, key, hash);
}

Result<bool> SetDiscard(Thread& thread, Set* set, Value key) {
  GILA_TRY(const int64_t hash, MemberHash(thread, &key));
  return SetDiscardHashed(thread, set, key, hash);
}

bool SetNext(const Set* set, int64_t* position, Value* key) {
  int64_t hash;
  return SetNextHashed(set, position, key, &hash);
}

void SetClear(Set* set) {
  const ByteLockGuard guard(set->lock);
  set->size.Store(0);
  set->table.Store(set, empty_set_table);
}

void SetAdopt(Set* set, Set* other) {
  const ByteLockGuard guard(set->lock);
  set->table.Store(set, other->table.Load());
  set->size.Store(other->size.Load());
}

Value SetPopSome(Set* set) {
  const ByteLockGuard guard(set->lock);
  if (set->size.LoadRelaxed() == 0) return kUnbound;
  SetTable* const table = set->table.Load();
  int64_t i = set->hash.LoadRelaxed() & table->mask;
  while (true) {
    const Value key = table->entries[i].key.Load();
    if (!key.IsUnbound() && key != kDeletedMember) {
      table->entries[i].key.Store(table, kDeletedMember);
      set->size.Store(set->size.LoadRelaxed() - 1);
      set->hash.StoreRelaxed(i + 1);
      return key;
    }
    i = i == table->mask ? 0 : i + 1;
  }
}

namespace {

// Gives the empty `set` a table of `places` places with all of `from`, without a comparison; the
// caller holds both locks.
Status CopyIntoEmptyUnlocked(Thread& thread, Set* set, int64_t places, const SetTable* from,
                             int64_t size) {
  const bool as_it_is = places == from->mask + 1 && from->fill.LoadRelaxed() == size;
  GILA_TRY(SetTable* const table, AllocateSetTable(thread, places));
  if (as_it_is && !kGilDisabled) {
    std::memcpy(static_cast<void*>(table->entries), from->entries,
                static_cast<size_t>(places) * sizeof(SetEntry));
  } else {
    for (int64_t i = 0; i <= from->mask; ++i) {
      const Value key = from->entries[i].key.Load();
      if (key.IsUnbound() || key == kDeletedMember) continue;
      const uint64_t hash = from->entries[i].hash.LoadRelaxed();
      if (as_it_is) {
        table->entries[i].hash.StoreRelaxed(hash);
        table->entries[i].key.Init(key);
      } else {
        FillFresh(table, key, hash);
      }
    }
  }
  table->fill.StoreRelaxed(size);
  set->table.Store(set, table);
  set->size.Store(size);
  return kOk;
}

// The first, atomic part of a merge: room for all, and everything when `set` is empty (then true).
Result<bool> PrepareMerge(Thread& thread, Set* set, Set* other) {
  const PairLock locks(set, other);
  const int64_t size = set->size.LoadRelaxed(), more = other->size.LoadRelaxed();
  if (more == 0) return true;
  const SetTable* const table = set->table.Load();
  const bool crowded = (table->fill.LoadRelaxed() + more) * 5 >= table->mask * 3;
  if (size == 0 && (crowded || table->fill.LoadRelaxed() == 0)) {
    const int64_t places = crowded ? PlacesFor(more * 2) : table->mask + 1;
    GILA_TRY_VOID(CopyIntoEmptyUnlocked(thread, set, places, other->table.Load(), more));
    return true;
  }
  if (crowded) GILA_TRY_VOID(ResizeUnlocked(thread, set, (size + more) * 2));
  return false;
}

// Adds what `at(i)` gives, until it gives unbound.
template <class At>
Status AddEach(Thread& thread, Set* set, At at) {
  for (int64_t i = 0;; ++i) {
    const Value key = at(i);
    if (key.IsUnbound()) return kOk;
    GILA_TRY(const int64_t hash, KeyHash(thread, key));
    GILA_TRY_VOID(SetAddHashed(thread, set, key, hash));
    GILA_TRY_VOID(thread.CheckBreaker());
  }
}

}  // namespace

Status SetMerge(Thread& thread, Set* set, Set* other) {
  if (set == other) return kOk;
  GILA_TRY(const bool done, PrepareMerge(thread, set, other));
  if (done) return kOk;
  int64_t position = 0, hash;
  Value key;
  while (SetNextHashed(other, &position, &key, &hash))
    GILA_TRY_VOID(SetAddHashed(thread, set, key, hash));
  return kOk;
}

Status SetReserve(Thread& thread, Set* set, int64_t more) {
  const ByteLockGuard guard(set->lock);
  const SetTable* const table = set->table.Load();
  if ((table->fill.LoadRelaxed() + more) * 5 < table->mask * 3) return kOk;
  return ResizeUnlocked(thread, set, (set->size.LoadRelaxed() + more) * 2);
}

Status SetUpdate(Thread& thread, Set* set, Value iterable) {
  if (IsAnySet(iterable)) return SetMerge(thread, set, iterable.As<Set>());
  if (IsExactly(iterable, TypeId::kDict)) {
    // A copy of its own, whatever others do to the dict meanwhile; the keys are not hashed anew.
    GILA_TRY(Dict* const dict, DictCopy(thread, iterable.As<Dict>()));
    GILA_TRY_VOID(SetReserve(thread, set, dict->size.Load()));
    int64_t position = 0, hash;
    Value key, value;
    while (DictNextHashed(dict, &position, &key, &value, &hash))
      GILA_TRY_VOID(SetAddHashed(thread, set, key, hash));
    return kOk;
  }
  if (IsExactly(iterable, TypeId::kList)) {
    const List* const list = iterable.As<List>();
    return AddEach(thread, set, [list](int64_t i) { return ListAt(list, i); });
  }
  if (IsExactly(iterable, TypeId::kTuple)) {
    const Tuple* const tuple = iterable.As<Tuple>();
    return AddEach(thread, set,
                   [tuple](int64_t i) { return i < tuple->length ? tuple->At(i) : kUnbound; });
  }
  List* snapshot;
  GILA_TRY(const bool taken, SnapshotOf(thread, iterable, &snapshot));
  if (taken) return SetUpdate(thread, set, snapshot);
  return ForEach(thread, iterable, [&](Value key) -> Status {
    GILA_TRY_VOID(SetAdd(thread, set, key));
    return thread.CheckBreaker();
  });
}

Result<Set*> SetCopy(Thread& thread, Set* set, TypeId id) {
  GILA_TRY(Set* const copy, NewSet(thread, id));
  GILA_TRY_VOID(SetMerge(thread, copy, set));
  return copy;
}

Result<Set*> SetCopyLike(Thread& thread, Set* set) {
  return SetCopy(thread, set, set->Is(kKindFrozenSet) ? TypeId::kFrozenSet : TypeId::kSet);
}

Result<bool> SetEqual(Thread& thread, Set* a, Set* b) {
  if (a->size.Load() != b->size.Load()) return false;
  const RecursionScope scope(thread, " in comparison");
  GILA_TRY_VOID(scope.status());
  int64_t position = 0, hash;
  Value key;
  while (SetNextHashed(a, &position, &key, &hash)) {
    GILA_TRY(const bool present, SetContainsHashed(thread, b, key, hash));
    if (!present) return false;
  }
  return true;
}

// CPython's frozenset hash: the order of the members does not matter, every bit of theirs does.
Result<int64_t> FrozenSetHash(Thread&, Set* set) {
  const int64_t known = set->hash.Load();
  if (known != -1) return known;
  const auto shuffle = [](uint64_t bits) {
    return ((bits ^ 89869747u) ^ (bits << 16)) * 3644798167u;
  };
  uint64_t sum = 0;
  int64_t position = 0, hash;
  Value key;
  while (SetNextHashed(set, &position, &key, &hash)) sum ^= shuffle(static_cast<uint64_t>(hash));
  sum ^= (static_cast<uint64_t>(set->size.Load()) + 1) * 1927868237u;
  sum ^= (sum >> 11) ^ (sum >> 25);
  sum = sum * 69069u + 907133923u;
  if (sum == ~uint64_t{0}) sum = 590923713u;
  set->hash.Store(static_cast<int64_t>(sum));
  return static_cast<int64_t>(sum);
}

}  // namespace gila

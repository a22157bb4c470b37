// set_internal.h: what the files of set and frozenset share.
#ifndef GILA_RUNTIME_TYPES_SET_INTERNAL_H_
#define GILA_RUNTIME_TYPES_SET_INTERNAL_H_

#include "runtime/types/container_support.h"
#include "runtime/types/dict.h"

namespace gila {

// The table of every set that never had a member: eight empty entries.
extern SetTable* empty_set_table;

inline constexpr Value kDeletedMember = kError;

SetTable* NewEmptySetTable(Thread& thread) GILA_ATTACHED;
void TraceSetTable(Object* object, Marker& marker);
// An empty set or frozenset of `type` (one of the two, or a subclass).
Result<Set*> NewSetOf(Thread& thread, Type* type) GILA_ATTACHED;
// The same for its built-in base: what the operators give.
Result<Set*> NewSetLike(Thread& thread, const Set* set) GILA_ATTACHED;
Result<Set*> SetCopyLike(Thread& thread, Set* set) GILA_ATTACHED;

Result<bool> SetAddHashed(Thread& thread, Set* set, Value key, int64_t hash) GILA_ATTACHED;
// The same for a set that nobody else has, in which nothing was deleted, and a key that is not in
// it.
Status SetAddNew(Thread& thread, Set* set, Value key, int64_t hash) GILA_ATTACHED;
Result<bool> SetContainsHashed(Thread& thread, Set* set, Value key, int64_t hash) GILA_ATTACHED;
Result<bool> SetDiscardHashed(Thread& thread, Set* set, Value key, int64_t hash) GILA_ATTACHED;
// SetNext with the hash.
inline bool SetNextHashed(const Set* set, int64_t* position, Value* key, int64_t* hash) {
  const SetTable* const table = set->table.Load();
  for (int64_t i = *position; i <= table->mask; ++i) {
    const SetEntry& entry = table->entries[i];
    *key = entry.key.Load();
    if (key->IsUnbound() || *key == kDeletedMember) continue;
    *hash = static_cast<int64_t>(entry.hash.LoadRelaxed());
    *position = i + 1;
    return true;
  }
  *position = table->mask + 1;
  return false;
}
// Adds every member of `other`, in CPython's way (which decides the order).
Status SetMerge(Thread& thread, Set* set, Set* other) GILA_ATTACHED;
// Room for so many more, as CPython makes it before it adds the keys of a dict.
Status SetReserve(Thread& thread, Set* set, int64_t more) GILA_ATTACHED;
void SetClear(Set* set);
// Exchanges the members of `set` for those of `other`, which nobody else sees.
void SetAdopt(Set* set, Set* other);
// Removes and returns some member; unbound when there is none.
Value SetPopSome(Set* set);
// TypeError "unhashable type: 'set'" for a set is answered with its frozenset: `in`, remove,
// discard. The hash to look for, or failure.
Result<int64_t> MemberHash(Thread& thread, Value* key) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_SET_INTERNAL_H_

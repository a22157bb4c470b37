// dict.h: dict and set as the rest of the runtime sees them.
//
// Dict is compact and insertion-ordered: a DictTable has an index (a power of two of places, 1, 2
// or 4 bytes each: 0 is an empty place, n is entry n - 1) and an array of entries. Readers load
// `table` once and take no lock; an entry is written before its index place is published, a deleted
// entry keeps its place (its value becomes unbound) and never gets a second life in the same table;
// growing, compacting and clearing publish a new table. Writers hold the dict's byte lock, but
// never while Gila code runs
// (__eq__, __hash__): they look, compare without the lock, lock, and retry when the table or its
// `used` has changed. Only a new value for a key that is there may be stored without the lock, and
// a holder of the lock can forbid it (dict_overwrite.h).
//
// `keys_version` guards inline caches of globals: a number that no other state of any dict's key
// set has. A store to an existing key leaves it; a new or deleted key or a new table makes it 0
// (unknown), and DictKeysVersion gives out a new one. It becomes 0 *before* the change is
// published: a reader loads `table`, then `keys_version`, and when that is the one it knows, its
// entry numbers are good in that table. A store through a cached entry number holds the dict's lock
// and looks at the version under it.
#ifndef GILA_RUNTIME_TYPES_DICT_H_
#define GILA_RUNTIME_TYPES_DICT_H_

#include "runtime/heap/heap.h"
#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

struct DictEntry {
  Atomic<uint64_t> hash;  // of a deleted entry: see DictNext
  Slot key;
  Slot value;  // unbound: deleted
};

struct DictTable : Object {
  static constexpr Kind kKind = kKindDictTable;
  uint8_t log2_places;           // index places
  uint8_t log2_index_bytes;      // bytes of the index = 1 << this
  Atomic<uint8_t> all_interned;  // every key is an interned str: identity decides
  Atomic<uint8_t> overwrites;    // of values, lately; or kTableOpen (dict_overwrite.h)
  uint32_t capacity;             // entries
  Atomic<int64_t> used;          // entries ever filled, deleted ones too
  DictEntry entries[];           // capacity of them; the index follows
};

struct Dict : Object {
  static constexpr Kind kKind = kKindDict;
  PointerSlot<DictTable> table;  // never null (an empty dict shares one static empty table)
  Atomic<int64_t> size;
  Atomic<uint32_t> keys_version;
};

// Object::flags of a Dict.
enum DictFlags : uint8_t {
  kDictHasFactory = 1,  // a DefaultDict
};
// collections.defaultdict: a Dict with one more field, under the same kind.
struct DefaultDict : Dict {
  Slot factory;
};

struct SetEntry {
  Atomic<uint64_t> hash;
  Slot key;  // kUnbound: never used; kError: deleted (may be filled again: no value belongs to it)
};
struct SetTable : Object {
  static constexpr Kind kKind = kKindSetTable;
  int64_t mask;
  Atomic<int64_t> fill;       // used and deleted
  Atomic<int64_t> additions;  // keys ever put in: when it stands still, no key has come
  SetEntry entries[];
};
// Probes in CPython's order (ten linear places, then the perturbed sequence) and grows at the same
// sizes, so a set of ints prints the same.
struct Set : Object {  // set and frozenset
  static constexpr Kind kKind = kKindSet;
  PointerSlot<SetTable> table;
  Atomic<int64_t> size;
  Atomic<int64_t> hash;  // frozenset: -1 when not computed; set: where pop() goes on looking
};

Result<Dict*> NewDict(Thread& thread, int64_t expected = 0) GILA_ATTACHED;
// Unbound when the key is not there. The first takes any key (calls __hash__, __eq__); the second
// an interned str, never fails.
Result<Value> DictGet(Thread& thread, Dict* dict, Value key) GILA_ATTACHED;
Value DictGetInterned(const Dict* dict, Value interned_name);
Result<Value> DictGetHashed(Thread& thread, Dict* dict, Value key, int64_t hash) GILA_ATTACHED;
Status DictSet(Thread& thread, Dict* dict, Value key, Value value) GILA_ATTACHED;
Status DictSetHashed(Thread& thread, Dict* dict, Value key, int64_t hash,
                     Value value) GILA_ATTACHED;
// The same for a dict that only this thread knows yet: a display, a comprehension, **keywords.
Status DictSetOwn(Thread& thread, Dict* dict, Value key, Value value) GILA_ATTACHED;
// The value that was there (and stays), or unbound after inserting. Atomic.
Result<Value> DictSetDefault(Thread& thread, Dict* dict, Value key, Value value) GILA_ATTACHED;
// The removed value, or unbound when the key was not there.
Result<Value> DictPop(Thread& thread, Dict* dict, Value key) GILA_ATTACHED;
Status DictUpdate(Thread& thread, Dict* dict, Value mapping_or_pairs) GILA_ATTACHED;
Result<Dict*> DictCopy(Thread& thread, Dict* dict) GILA_ATTACHED;
void DictClear(Thread& thread, Dict* dict) GILA_ATTACHED;
// Walks entries: *position starts at 0; false at the end. Sees a dict that changes meanwhile in
// some state it had.
bool DictNext(const Dict* dict, int64_t* position, Value* key, Value* value);

// For inline caches: a version for the present set of keys, and the entry of an interned name (-1:
// not there).
uint32_t DictKeysVersion(Thread& thread, Dict* dict);
int64_t DictEntryIndex(const Dict* dict, Value interned_name);

Result<Set*> NewSet(Thread& thread, TypeId set_or_frozenset) GILA_ATTACHED;
Result<bool> SetAdd(Thread& thread, Set* set, Value key) GILA_ATTACHED;  // true: it was new
Result<bool> SetContains(Thread& thread, Set* set, Value key) GILA_ATTACHED;
Result<bool> SetDiscard(Thread& thread, Set* set, Value key) GILA_ATTACHED;  // true: it was there
Status SetUpdate(Thread& thread, Set* set, Value iterable) GILA_ATTACHED;
bool SetNext(const Set* set, int64_t* position, Value* key);

Result<Set*> SetCopy(Thread& thread, Set* set, TypeId set_or_frozenset) GILA_ATTACHED;
// dict[key] += 1 for counting: atomic, and a key that is not there begins at 0. False, with nothing
// done, when the present value is no small int.
Result<bool> DictIncrement(Thread& thread, Dict* dict, Value key) GILA_ATTACHED;
// What the operators and functions of protocols.h come to for these types.
Result<bool> DictEqual(Thread& thread, Dict* a, Dict* b) GILA_ATTACHED;
Result<bool> SetEqual(Thread& thread, Set* a, Set* b) GILA_ATTACHED;
Result<int64_t> FrozenSetHash(Thread& thread, Set* set) GILA_ATTACHED;
// dict[key] with __missing__ for subclasses; KeyError(key).
Result<Value> DictSubscript(Thread& thread, Dict* dict, Value key) GILA_ATTACHED;
// d.keys(), d.values(), d.items().
Result<Value> NewDictView(Thread& thread, TypeId keys_values_or_items, Dict* dict) GILA_ATTACHED;

inline bool IsDict(Value v) { return IsKind(v, kKindDict); }
// Instances of frozenset have kind kKindFrozenSet; the layout is Set for both.
inline bool IsAnySet(Value v) { return IsKind(v, kKindSet) || IsKind(v, kKindFrozenSet); }

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_DICT_H_

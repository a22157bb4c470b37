// dict_internal.h: what the files of dict share: the table and finding a key in it.
#ifndef GILA_RUNTIME_TYPES_DICT_INTERNAL_H_
#define GILA_RUNTIME_TYPES_DICT_INTERNAL_H_

#include "runtime/types/container_support.h"
#include "runtime/types/dict.h"

namespace gila {

// The table of every dict that never had a key: no entries, one empty place.
extern DictTable* empty_dict_table;

// The index that follows the entries: places of 1, 2 or 4 bytes. An empty place is 0, entry n is
// n + 1.
class DictIndex {
 public:
  explicit DictIndex(const DictTable* table)
      : bytes_(
            reinterpret_cast<uint8_t*>(const_cast<DictEntry*>(table->entries + table->capacity))),
        width_(table->log2_index_bytes - table->log2_places),
        mask_((size_t{1} << table->log2_places) - 1) {}

  GILA_ALWAYS_INLINE uint32_t At(size_t place) const {
    if (width_ == 0) return __atomic_load_n(bytes_ + place, __ATOMIC_ACQUIRE);
    if (width_ == 1) return __atomic_load_n(Units<uint16_t>() + place, __ATOMIC_ACQUIRE);
    return __atomic_load_n(Units<uint32_t>() + place, __ATOMIC_ACQUIRE);
  }
  GILA_ALWAYS_INLINE void Set(size_t place, uint32_t entry_plus_one) {
    if (width_ == 0)
      __atomic_store_n(bytes_ + place, static_cast<uint8_t>(entry_plus_one), __ATOMIC_RELEASE);
    else if (width_ == 1)
      __atomic_store_n(Units<uint16_t>() + place, static_cast<uint16_t>(entry_plus_one),
                       __ATOMIC_RELEASE);
    else
      __atomic_store_n(Units<uint32_t>() + place, entry_plus_one, __ATOMIC_RELEASE);
  }
  size_t mask() const { return mask_; }

 private:
  template <class T>
  T* Units() const {
    return reinterpret_cast<T*>(bytes_);
  }
  uint8_t* bytes_;
  int width_;  // log2 of the bytes of a place
  size_t mask_;
};

// The places where a hash may be, in order: the whole hash takes part, as in CPython.
class ProbeSequence {
 public:
  ProbeSequence(uint64_t hash, size_t mask) : place_(hash & mask), perturb_(hash), mask_(mask) {}
  size_t place() const { return place_; }
  GILA_ALWAYS_INLINE void Advance() {
    perturb_ >>= 5;
    place_ = (place_ * 5 + perturb_ + 1) & mask_;
  }

 private:
  size_t place_;
  uint64_t perturb_;
  size_t mask_;
};

// Where a key is in a table as it was found without the lock, or where it would go.
struct DictPlace {
  DictTable* table;
  int64_t used;   // of the table when the look-up began
  int64_t entry;  // -1: not there
  size_t place;   // the empty place that ended the search when it is not there
};
// Calls __eq__ when it must; starts again when the dict changed meanwhile.
Status DictFind(Thread& thread, Dict* dict, Value key, int64_t hash,
                DictPlace* found) GILA_ATTACHED;
// The same without Gila code: false when __eq__ would have to decide. May be called under the lock.
bool DictQuickFind(Dict* dict, Value key, int64_t hash, DictPlace* found);

// Under the dict's lock: whether what DictFind saw still holds.
bool PlaceHoldsUnlocked(const Dict* dict, const DictPlace& place);
// Under the dict's lock, when the place holds and the key is not there.
Status DictInsertUnlocked(Thread& thread, Dict* dict, const DictPlace& place, Value key,
                          int64_t hash, Value value) GILA_ATTACHED;
// Under the dict's lock: the entry becomes a deleted one. Returns its value.
Value DictEraseUnlocked(Dict* dict, DictTable* table, int64_t entry);

// A table for `size` keys: the shared empty one for none.
Result<DictTable*> NewDictTable(Thread& thread, int64_t size) GILA_ATTACHED;
DictTable* NewEmptyDictTable(Thread& thread) GILA_ATTACHED;
// A copy of a table without its deleted entries; `live` are left and there is room for `room` more.
// The caller holds the lock of the dict.
Result<DictTable*> CopyDictTable(Thread& thread, const DictTable* table, int64_t live,
                                 int64_t room) GILA_ATTACHED;
void TraceDictTable(Object* object, Marker& marker);

// A dict of `type` (dict or a subclass), empty.
Result<Dict*> NewDictOf(Thread& thread, Type* type) GILA_ATTACHED;
// Under the lock: makes the entry the last one, or the first one (a new table).
Status DictMoveToBackUnlocked(Thread& thread, Dict* dict, DictTable* table,
                              int64_t entry) GILA_ATTACHED;
Status DictMoveToFrontUnlocked(Thread& thread, Dict* dict, const DictTable* table,
                               int64_t entry) GILA_ATTACHED;
Result<Value> DictPopHashed(Thread& thread, Dict* dict, Value key, int64_t hash) GILA_ATTACHED;
// Removes the last (or first) entry; false when the dict is empty.
bool DictPopEnd(Dict* dict, bool last, Value* key, Value* value);
// DictNext with the hash.
bool DictNextHashed(Dict* dict, int64_t* position, Value* key, Value* value, int64_t* hash);
// DictNext backwards: *position starts at the last entry, `used` - 1.
bool DictPrevious(const Dict* dict, int64_t* position, Value* key, Value* value);

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_DICT_INTERNAL_H_

// dict_overwrite.h: a new value for a key that is there, from many threads at once (no-GIL build).
//
// Such a store changes one word and needs no order among the keys, so threads that write to
// different keys of one dict should not meet at its lock. After some overwrites under the lock a
// table is therefore *open*: whoever found an entry announces the table in a slot of its own
// (announcements, one cache line each), sees that the table is still open, stores, and takes the
// announcement back. Nobody waits, and no line is written that another thread needs.
//
// Whoever holds the lock of the dict and needs the values to stand still (to copy the table, to
// take an entry away, to add to a value, to read all of them as of one moment) *closes* the table
// first: closes it, and waits until nobody announces it. Announcing and closing race on two words,
// each writing its own before it reads the other's; sequential consistency decides. A closed table
// counts overwrites anew. Appending entries closes nothing: it leaves those that are there alone.
//
//   DictGuard    the lock, and the values stand still
//   OpenGuard    the lock alone: for who touches no value that is there, or overwrites one
#ifndef GILA_RUNTIME_TYPES_DICT_OVERWRITE_H_
#define GILA_RUNTIME_TYPES_DICT_OVERWRITE_H_

#include "runtime/threads/only_thread.h"
#include "runtime/types/dict.h"

namespace gila {

inline constexpr uint8_t kTableOpen = 255;  // DictTable::overwrites; below: a count
inline constexpr uint8_t kOverwritesUntilOpen = 100;

// Without the lock, when the table is open: stores in an entry that was found in it. False: not
// done.
bool OverwriteOpen(const Thread& thread, DictTable* table, int64_t entry, Value value);
// The caller holds the lock of the dict; the entry is there.
inline void OverwriteUnlocked(DictTable* table, int64_t entry, Value value) {
  table->entries[entry].value.Store(table, value);
  if (!LocksMatter()) return;
  const uint8_t count = table->overwrites.LoadRelaxed();
  if (count == kTableOpen) return;
  table->overwrites.Store(count < kOverwritesUntilOpen ? count + 1 : kTableOpen);
}

void CloseOpenTable(DictTable* table);
// The caller holds the lock of the dict. From here until it lets go the values of the table change
// by its own hand only.
inline void HoldValues(DictTable* table) {
  if (LocksMatter() && GILA_UNLIKELY(table->overwrites.Load() == kTableOpen)) CloseOpenTable(table);
}

using OpenGuard = ByteLockGuard;
class DictGuard {
 public:
  explicit DictGuard(Dict* dict) : guard_(dict->lock) { HoldValues(dict->table.Load()); }

 private:
  const ByteLockGuard guard_;
};

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_DICT_OVERWRITE_H_

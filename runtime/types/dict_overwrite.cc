// dict_overwrite.cc: see dict_overwrite.h.
#include "runtime/types/dict_overwrite.h"

#include <sched.h>

namespace gila {
namespace {

// Threads that come one after the other have places of their own; two that share one cost each
// other the way over the lock now and then.
constexpr size_t kAnnouncements = 32;
struct alignas(128) Announcement {
  Atomic<const DictTable*> table;  // null: nobody's
};
Announcement announcements[kAnnouncements];

}  // namespace

// No safepoint, so neither a collection nor a fork comes between.
bool OverwriteOpen(const Thread& thread, DictTable* table, int64_t entry, Value value) {
  if (table->overwrites.Load() != kTableOpen) return false;
  Announcement& mine = announcements[thread.serial % kAnnouncements];
  const DictTable* nobody = nullptr;
  if (!mine.table.CompareExchange(nobody, table)) return false;
  const bool open = table->overwrites.LoadOrdered() == kTableOpen &&
                    !table->entries[entry].value.Load().IsUnbound();
  if (open) table->entries[entry].value.Store(table, value);
  mine.table.Store(nullptr);
  return open;
}

void CloseOpenTable(DictTable* table) {
  table->overwrites.StoreOrdered(0);
  for (Announcement& announcement : announcements) {
    // Its thread has a handful of instructions to go, unless it was sent away in their midst.
    for (int i = 1; announcement.table.LoadOrdered() == table; ++i) {
      if (i % 64 == 0) sched_yield();
      __builtin_ia32_pause();
    }
  }
}

}  // namespace gila

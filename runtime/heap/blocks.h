// blocks.h: the inside of the heap: blocks, their side table, the holes of a thread. Only
// runtime/heap includes this.
//
// The heap is one reservation, cut into blocks of 32 KiB. What is known about a block stands in a
// side table, not in the block: headers at equal offsets would all fall into the same cache set. A
// bit of `mark` says "this cell survived"; a bit of `young` says "handed out since the last
// collection, perhaps filled". A cell holds an object when either bit is set and its kind is not
// kFreeKind. In the blocks of a large object `young` is a card table instead: one bit for 16 bytes
// that an old object got a reference stored into.
#ifndef GILA_RUNTIME_HEAP_BLOCKS_H_
#define GILA_RUNTIME_HEAP_BLOCKS_H_

#include <cstdint>
#include <mutex>
#include <vector>

#include "runtime/heap/heap.h"

namespace gila {

inline constexpr size_t kGranulesPerBlock = heap::kBlockSize / heap::kGranule;
inline constexpr size_t kBitWords = kGranulesPerBlock / 64;

enum class BlockState : uint8_t { kFree, kSmall, kLargeHead, kLargeTail };

struct BlockInfo {
  BlockState state;
  uint8_t size_class;
  bool dirty;        // used since the system gave its pages: not known to be zero
  bool dirty_cards;  // large: `young` has bits, the block is in a remembered set
  bool listed;       // small: on the list of blocks with room
  union {
    uint32_t cell_granules;  // small
    uint32_t spare;          // large head: untouched blocks behind the object, kept for it to grow
  };
  uint32_t run;  // large head: blocks of the object; large tail: distance to the head
  uint64_t mark[kBitWords];
  uint64_t young[kBitWords];
};

extern BlockInfo* block_infos;
extern size_t reserved_bytes;

inline size_t BlockIndex(uintptr_t address) { return (address - heap::base) / heap::kBlockSize; }
inline uint8_t* BlockStart(size_t index) {
  return reinterpret_cast<uint8_t*>(heap::base + index * heap::kBlockSize);
}
inline bool InHeap(uintptr_t address) { return address - heap::base < reserved_bytes; }
inline size_t GranuleIndex(uintptr_t address) {
  return ((address - heap::base) % heap::kBlockSize) / heap::kGranule;
}
inline bool TestBit(const uint64_t* bits, size_t i) { return (bits[i / 64] >> (i % 64)) & 1; }
inline void SetBit(uint64_t* bits, size_t i) { bits[i / 64] |= uint64_t{1} << (i % 64); }

// An object outside the reservation is a static one of the binary: always alive, never traced.
inline bool IsMarked(const Object* object) {
  const uintptr_t address = reinterpret_cast<uintptr_t>(object);
  if (!InHeap(address)) return true;
  return TestBit(block_infos[BlockIndex(address)].mark, GranuleIndex(address));
}

// What threads that ended leave behind. Guarded by the registry's lock.
struct ThreadHeap;
struct Inheritance {
  std::vector<Object*> remembered;
  std::vector<uint32_t> dirty_blocks;
  uint64_t total_bytes = 0;
  void Take(ThreadHeap& heap);
};
extern Inheritance inheritance;

// Per thread: for each size class the block being filled, and where the search for its next hole
// goes on. Aligned, for two threads must not write to one cache line.
struct alignas(128) ThreadHeap {
  struct Cursor {
    uint32_t block = 0;  // 0: none (block 0 is never handed out)
    uint32_t granule = 0;
  };
  Cursor cursors[kSizeClasses];
  FreeRun
      stress_runs[kSizeClasses];  // under gcstress the holes stand here and Thread::runs stay empty
  std::vector<Object*> remembered;     // old objects that got a reference since the last collection
  std::vector<uint32_t> dirty_blocks;  // blocks of large objects with dirty cards
  uint64_t young_bytes = 0;            // handed out since the last collection
  uint64_t unreported_bytes = 0;       // of those, not yet part of CollectorState::handed_out
  uint64_t total_bytes = 0;
  uint64_t allocations = 0;  // slow-path allocations, for gcstress
};

// The part that all threads share, under `mutex` (a leaf lock: nothing is taken inside it).
struct CentralHeap {
  std::mutex mutex;
  size_t used_blocks = 1;                         // high-water mark
  std::vector<uint32_t> with_room[kSizeClasses];  // blocks that have holes
  std::vector<uint32_t> young_blocks;             // taken by a thread since the last collection
  std::vector<uint32_t> young_large;              // heads allocated since the last collection
  uint64_t large_young_bytes = 0;
};
extern CentralHeap central;

// Runs of free blocks (blocks.cc). Zero means: the reservation is full. The caller holds
// central.mutex.
uint32_t TakeBlocks(size_t count);
// Blocks that nobody ever used, from the end of the heap.
uint32_t TakeFreshBlocks(size_t count);
void ReturnBlocks(uint32_t first, size_t count);
// Gives pages of free runs back to the system, the longest runs first, until at most `keep` blocks
// of what is free hold pages.
void ReleaseFreeBlocks(size_t keep);

// The decision to collect (collect.cc).
struct CollectorState {
  Atomic<uint64_t>
      nursery_bytes;            // a minor collection when the threads together handed out this much
  Atomic<uint64_t> handed_out;  // so far, by all threads, in steps of a hole
  Atomic<uint32_t> allocating_threads;  // that took a hole since the last collection
  uint64_t old_bytes = 0;               // marked and not swept
  uint64_t full_threshold = 0;          // old bytes that make a full collection due in any case
  uint64_t cheap_full_threshold = 0;    // and when the last one took little of the time since
  uint64_t last_full_end = 0, last_full_pause = 0;  // nanoseconds
  Atomic<uint64_t> stress_every;
  Atomic<bool> enabled;
  heap::Statistics statistics{};
};
extern CollectorState collector_state;
bool IsCollectionDue();

// After marking: what died with a finaliser or weak references (finalize.cc).
class Collector;
void MarkPendingFinalizers(Marker& marker);
// True when objects were resurrected: marking must go on.
bool QueueDeadFinalizers(Marker& marker, bool full);
void ClearDeadWeakrefs(bool full);
void RunDeadNativeFinalizers(bool full);
// How many objects with a finaliser there are: made since the last collection, and before.
struct FinalizersAbout {
  size_t young, old;
};
FinalizersAbout CountFinalizers();
// Lists of objects that do not keep them alive: `look` runs in every pause once it is known what
// lives (IsMarked), before the rest is freed. It takes no lock and changes no object.
void WatchDeaths(void (*look)());
void LookAtDeaths();
bool HasPendingFinalizers();

}  // namespace gila

#endif  // GILA_RUNTIME_HEAP_BLOCKS_H_

// allocate.cc: the slow half of allocation: the next hole, the next block, a large object. The fast
// half is in heap.h.
#include <algorithm>
#include <cstring>

#include "runtime/heap/blocks.h"
#include "runtime/threads/attach.h"

namespace gila {

Inheritance inheritance;

void Inheritance::Take(ThreadHeap& heap) {
  remembered.insert(remembered.end(), heap.remembered.begin(), heap.remembered.end());
  dirty_blocks.insert(dirty_blocks.end(), heap.dirty_blocks.begin(), heap.dirty_blocks.end());
  total_bytes += heap.total_bytes;
  heap.remembered.clear();
  heap.dirty_blocks.clear();
  heap.total_bytes = 0;
}

namespace {

// A hole is taken in pieces, so that zeroing it also brings it into the first-level cache just
// before it is filled.
constexpr size_t kPieceBytes = 8 * 1024;
// What a thread takes before it adds it to the count that all threads share.
constexpr uint64_t kReportBytes = 32 * 1024;
// Zeroed here; memset begins to pay above.
constexpr size_t kFewBytes = 128;
// Of a large object that its maker fills.
constexpr size_t kFilledHeader = 64;
// Storage that grows gets address space to grow into from this size on.
constexpr size_t kGrowingFrom = 256 * 1024;
constexpr size_t kMaxSpare = size_t{1} << 30;

size_t NextSetBit(const uint64_t* bits, size_t from) {
  size_t word = from / 64;
  if (word >= kBitWords) return kGranulesPerBlock;
  uint64_t rest = bits[word] & (~uint64_t{0} << (from % 64));
  while (rest == 0) {
    if (++word == kBitWords) return kGranulesPerBlock;
    rest = bits[word];
  }
  return word * 64 + static_cast<size_t>(__builtin_ctzll(rest));
}

void SetBits(uint64_t* bits, size_t from, size_t to) {
  for (size_t i = from; i < to;) {
    const size_t bit = i % 64, count = std::min(to - i, 64 - bit);
    const uint64_t ones = count == 64 ? ~uint64_t{0} : ((uint64_t{1} << count) - 1) << bit;
    bits[i / 64] |= ones;
    i += count;
  }
}

// In granules: a cell of each size class, where its last cell in a block ends (what is behind stays
// unused), and the longest hole.
struct ClassShape {
  uint16_t step, last, piece;
};
struct ClassShapes {
  ClassShape of[kSizeClasses] = {};
  constexpr ClassShapes() {
    for (size_t i = 1; i < kSizeClasses; ++i) {
      const size_t step = heap::ClassBytes(i) / heap::kGranule;
      const size_t piece = std::max(step, kPieceBytes / heap::kGranule / step * step);
      of[i] = {static_cast<uint16_t>(step), static_cast<uint16_t>(kGranulesPerBlock / step * step),
               static_cast<uint16_t>(piece)};
    }
  }
};
constexpr ClassShapes kClassShapes;

// `bytes` are whole granules.
GILA_ALWAYS_INLINE void Zero(uint8_t* memory, size_t bytes) {
  if (bytes > kFewBytes) {
    memset(memory, 0, bytes);
    return;
  }
  for (size_t i = 0; i < bytes; i += heap::kGranule) memset(memory + i, 0, heap::kGranule);
}

void CountHole(ThreadHeap& heap, size_t bytes) {
  if (heap.young_bytes == 0) collector_state.allocating_threads.FetchAdd(1);
  heap.young_bytes += bytes;
  heap.total_bytes += bytes;
  heap.unreported_bytes += bytes;
  if (heap.unreported_bytes >= kReportBytes) {
    collector_state.handed_out.FetchAdd(heap.unreported_bytes);
    heap.unreported_bytes = 0;
  }
}

// The next hole of the block under the cursor; false when the block has no more.
bool NextHole(ThreadHeap& heap, size_t size_class, FreeRun* run) {
  ThreadHeap::Cursor& cursor = heap.cursors[size_class];
  if (cursor.block == 0) return false;
  BlockInfo& info = block_infos[cursor.block];
  const ClassShape shape = kClassShapes.of[size_class];
  size_t start = cursor.granule;
  while (start < shape.last) {
    if (TestBit(info.mark, start)) {
      start += shape.step;
      continue;
    }
    const size_t limit = std::min<size_t>(start + shape.piece, shape.last);
    const size_t end = std::min(NextSetBit(info.mark, start), limit);
    uint8_t* memory = BlockStart(cursor.block) + start * heap::kGranule;
    const size_t bytes = (end - start) * heap::kGranule;
    if (info.dirty) Zero(memory, bytes);
    SetBits(info.young, start, end);
    cursor.granule = static_cast<uint32_t>(end);
    *run = {memory, memory + bytes};
    CountHole(heap, bytes);
    return true;
  }
  info.dirty = true;
  cursor.block = 0;
  return false;
}

// A block with holes for the cursor: one with room, else a fresh one. False: no memory.
bool NextBlock(ThreadHeap& heap, size_t size_class) {
  std::lock_guard<std::mutex> guard(central.mutex);
  uint32_t block = 0;
  std::vector<uint32_t>& list = central.with_room[size_class];
  if (!list.empty()) {
    block = list.back();
    list.pop_back();
    block_infos[block].listed = false;
  } else {
    block = TakeBlocks(1);
    if (block == 0) return false;
    BlockInfo& info = block_infos[block];
    info.state = BlockState::kSmall;
    info.size_class = static_cast<uint8_t>(size_class);
    info.cell_granules = static_cast<uint32_t>(heap::ClassBytes(size_class) / heap::kGranule);
    info.dirty_cards = info.listed = false;
    memset(info.mark, 0, sizeof(info.mark));
    memset(info.young, 0, sizeof(info.young));
  }
  central.young_blocks.push_back(block);
  heap.cursors[size_class] = {block, 0};
  return true;
}

Object* TakeCell(FreeRun& run, size_t bytes) {
  Object* object = reinterpret_cast<Object*>(run.next);
  run.next += bytes;
  return object;
}

void CollectWhenDue(Thread& thread) {
  const uint64_t every = collector_state.stress_every.LoadRelaxed();
  if (GILA_UNLIKELY(every != 0)) {
    const uint64_t count = ++thread.heap->allocations;
    if (count % every == 0) {
      heap::Collect(thread,
                    count % (every * 16) == 0 ? heap::Collection::kFull : heap::Collection::kMinor);
    }
    return;
  }
  if (IsCollectionDue()) heap::Collect(thread, heap::Collection::kMinor);
}

// The makers of str and bytes fill what they asked for at once, so only the header needs zeroes.
bool IsFilledByMaker(uint32_t shape_id) {
  return shape_id == ShapeIdOf(TypeId::kStr) || shape_id == ShapeIdOf(TypeId::kBytes);
}

// Makes blocks [from, to) of the large object at `head` part of it.
void ClaimBlocks(uint32_t head, uint32_t from, uint32_t to) {
  for (uint32_t i = from; i < to; ++i) {
    BlockInfo& info = block_infos[head + i];
    info.state = i == 0 ? BlockState::kLargeHead : BlockState::kLargeTail;
    info.run = i == 0 ? to : i;
    info.dirty_cards = info.listed = false;
    memset(info.young, 0, sizeof(info.young));
  }
}

// With `grows`, thrice as much address space again stays free behind the object.
Object* AllocateLarge(Thread& thread, size_t bytes, uint32_t shape_id, bool grows) {
  const size_t blocks = (bytes + heap::kBlockSize - 1) / heap::kBlockSize;
  size_t spare = grows ? std::min(3 * blocks, kMaxSpare / heap::kBlockSize) : 0;
  uint32_t first = 0;
  {
    std::lock_guard<std::mutex> guard(central.mutex);
    if (spare != 0) first = TakeFreshBlocks(blocks + spare);
    if (first == 0) spare = 0;
    if (first == 0) first = TakeBlocks(blocks);
    if (first == 0) return nullptr;
    ClaimBlocks(first, 0, static_cast<uint32_t>(blocks));
    block_infos[first].spare = static_cast<uint32_t>(spare);
    block_infos[first].mark[0] = 0;
    central.young_large.push_back(first);
  }
  const bool filled = IsFilledByMaker(shape_id);
  for (size_t i = 0; i < blocks; ++i) {
    BlockInfo& info = block_infos[first + i];
    if (info.dirty) {
      // Of the last block, too, all: the object may grow into the rest of it (Extend).
      memset(BlockStart(first + i), 0, !filled ? heap::kBlockSize : i == 0 ? kFilledHeader : 0);
    }
    info.dirty = true;
  }
  thread.heap->total_bytes += blocks * heap::kBlockSize;
  collector_state.handed_out.FetchAdd(blocks * heap::kBlockSize);
  return reinterpret_cast<Object*>(BlockStart(first));
}

Object* AllocateSmall(Thread& thread, size_t size_class) {
  const size_t bytes = heap::ClassBytes(size_class);
  const bool stress = collector_state.stress_every.LoadRelaxed() != 0;
  FreeRun& run = stress ? thread.heap->stress_runs[size_class] : thread.runs[size_class];
  while (static_cast<size_t>(run.limit - run.next) < bytes) {
    if (NextHole(*thread.heap, size_class, &run)) continue;
    if (!NextBlock(*thread.heap, size_class)) return nullptr;
  }
  return TakeCell(run, bytes);
}

}  // namespace

namespace heap {

GILA_NOINLINE Object* AllocateSlow(Thread& thread, size_t bytes, uint8_t kind, uint32_t shape_id) {
  if (GILA_UNLIKELY(bytes > kMaxObject)) {
    thread.RaiseMemoryError();
    return nullptr;
  }
  const bool small = bytes <= kMaxSmall;
  Object* object = nullptr;
  if (small) {
    FreeRun& run = thread.runs[SizeClass(bytes)];
    if (static_cast<size_t>(run.limit - run.next) >= ClassBytes(SizeClass(bytes))) {
      object = TakeCell(run, ClassBytes(SizeClass(bytes)));
    }
  }
  if (object == nullptr) {
    // The count of all threads is worth a look when this one has just added to it.
    if (!small || thread.heap->unreported_bytes == 0 ||
        collector_state.stress_every.LoadRelaxed() != 0)
      CollectWhenDue(thread);
    object = small ? AllocateSmall(thread, SizeClass(bytes))
                   : AllocateLarge(thread, bytes, shape_id, false);
  }
  if (GILA_UNLIKELY(object == nullptr)) {
    Collect(thread, Collection::kFull);
    object = small ? AllocateSmall(thread, SizeClass(bytes))
                   : AllocateLarge(thread, bytes, shape_id, false);
    if (object == nullptr) {
      thread.RaiseMemoryError();
      return nullptr;
    }
  }
  object->kind = kind;
  object->shape_id.StoreRelaxed(shape_id);
  return object;
}

Object* AllocateGrowing(Thread& thread, size_t bytes, uint8_t kind, uint32_t shape_id) {
  if (bytes < kGrowingFrom || bytes > kMaxObject || collector_state.stress_every.LoadRelaxed() != 0)
    return Allocate(thread, bytes, kind, shape_id);
  CollectWhenDue(thread);
  Object* object = AllocateLarge(thread, bytes, shape_id, true);
  if (object == nullptr) return AllocateSlow(thread, bytes, kind, shape_id);
  object->kind = kind;
  object->shape_id.StoreRelaxed(shape_id);
  return object;
}

bool Extend(Object* object, size_t bytes) {
  const uintptr_t address = reinterpret_cast<uintptr_t>(object);
  if (bytes > kMaxObject || !InHeap(address)) return false;
  const auto head = static_cast<uint32_t>(BlockIndex(address));
  BlockInfo& info = block_infos[head];
  if (info.state != BlockState::kLargeHead) return false;
  std::lock_guard<std::mutex> guard(central.mutex);
  const size_t blocks = (bytes + kBlockSize - 1) / kBlockSize;
  if (blocks <= info.run) return true;
  if (blocks > size_t{info.run} + info.spare) return false;
  const auto added = static_cast<uint32_t>(blocks) - info.run;
  ClaimBlocks(head, info.run, static_cast<uint32_t>(blocks));
  for (uint32_t i = info.run; i < blocks; ++i) block_infos[head + i].dirty = true;
  info.run += added;
  info.spare -= added;
  return true;
}

size_t CellSize(const Object* object) {
  const uintptr_t address = reinterpret_cast<uintptr_t>(object);
  if (!InHeap(address)) return 16;
  const BlockInfo& info = block_infos[BlockIndex(address)];
  return info.state == BlockState::kSmall ? info.cell_granules * kGranule
                                          : size_t{info.run} * kBlockSize;
}

}  // namespace heap

namespace {

constexpr int64_t kMaxArrayLength = static_cast<int64_t>(heap::kMaxObject / sizeof(Slot));
constexpr int64_t kMaxBlobSize = static_cast<int64_t>(heap::kMaxObject);

ValueArray* InitArray(Object* object, int64_t length) {
  auto* const array = static_cast<ValueArray*>(object);
  if (array != nullptr) array->length = length;
  return array;
}

Blob* InitBlob(Object* object, int64_t size) {
  auto* const blob = static_cast<Blob*>(object);
  if (blob != nullptr) blob->size = size;
  return blob;
}

}  // namespace

Result<ValueArray*> NewValueArray(Thread& thread, int64_t length) {
  if (length > kMaxArrayLength) return thread.RaiseMemoryError();
  return InitArray(heap::Allocate(thread, ValueArray::Size(length), kKindValueArray, 0), length);
}

Result<ValueArray*> NewGrowingArray(Thread& thread, int64_t length) {
  if (length > kMaxArrayLength) return thread.RaiseMemoryError();
  return InitArray(heap::AllocateGrowing(thread, ValueArray::Size(length), kKindValueArray, 0),
                   length);
}

bool ExtendTo(ValueArray* array, int64_t length) {
  if (length > kMaxArrayLength || !heap::Extend(array, ValueArray::Size(length))) return false;
  if constexpr (kGilDisabled) {
    // A reader that is ahead of the size must not take fresh memory for items.
    for (int64_t i = array->length; i < length; ++i) array->items[i].Init(kUnbound);
  }
  __atomic_store_n(&array->length, length, __ATOMIC_RELEASE);
  return true;
}

Result<Blob*> NewBlob(Thread& thread, int64_t size) {
  if (size > kMaxBlobSize) return thread.RaiseMemoryError();
  return InitBlob(heap::Allocate(thread, Blob::Size(size), kKindBlob, 0), size);
}

Result<Blob*> NewGrowingBlob(Thread& thread, int64_t size) {
  if (size > kMaxBlobSize) return thread.RaiseMemoryError();
  return InitBlob(heap::AllocateGrowing(thread, Blob::Size(size), kKindBlob, 0), size);
}

bool ExtendTo(Blob* blob, int64_t size) {
  if (size > kMaxBlobSize || !heap::Extend(blob, Blob::Size(size))) return false;
  __atomic_store_n(&blob->size, size, __ATOMIC_RELAXED);
  return true;
}

}  // namespace gila

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
}

namespace {

// A hole is taken in pieces, so that zeroing it also brings it into the first-level cache just
// before it is filled.
constexpr size_t kPieceBytes = 8 * 1024;

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

// The next hole of the block under the cursor; false when the block has no more.
bool NextHole(ThreadHeap& heap, size_t size_class, FreeRun* run) {
  ThreadHeap::Cursor& cursor = heap.cursors[size_class];
  if (cursor.block == 0) return false;
  BlockInfo& info = block_infos[cursor.block];
  const size_t step = info.cell_granules;
  const size_t last =
      kGranulesPerBlock / step * step;  // granules behind the last whole cell stay unused
  size_t start = cursor.granule;
  while (start < last) {
    size_t end = std::min(NextSetBit(info.mark, start), last);
    if (end == start) {
      start += step;
      continue;
    }
    const size_t piece = std::max<size_t>(step, kPieceBytes / heap::kGranule / step * step);
    end = std::min(end, start + piece);
    uint8_t* memory = BlockStart(cursor.block) + start * heap::kGranule;
    const size_t bytes = (end - start) * heap::kGranule;
    if (!info.zeroed) memset(memory, 0, bytes);
    SetBits(info.young, start, end);
    cursor.granule = static_cast<uint32_t>(end);
    *run = {memory, memory + bytes};
    heap.young_bytes += bytes;
    heap.total_bytes += bytes;
    collector_state.handed_out.FetchAdd(bytes);
    return true;
  }
  info.zeroed = false;
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
  if (collector_state.handed_out.LoadRelaxed() >= collector_state.nursery_bytes.LoadRelaxed()) {
    heap::Collect(thread, heap::Collection::kMinor);
  }
}

Object* AllocateLarge(Thread& thread, size_t bytes) {
  const size_t blocks = (bytes + heap::kBlockSize - 1) / heap::kBlockSize;
  uint32_t first;
  {
    std::lock_guard<std::mutex> guard(central.mutex);
    first = TakeBlocks(blocks);
    if (first != 0) {
      for (size_t i = 0; i < blocks; ++i) {
        BlockInfo& info = block_infos[first + i];
        info.state = i == 0 ? BlockState::kLargeHead : BlockState::kLargeTail;
        info.run = static_cast<uint32_t>(i == 0 ? blocks : i);
        info.dirty_cards = info.listed = false;
        memset(info.young, 0, sizeof(info.young));
      }
      block_infos[first].mark[0] = 0;
      central.young_large.push_back(first);
    }
  }
  if (first == 0) return nullptr;
  for (size_t i = 0; i < blocks; ++i) {
    if (!block_infos[first + i].zeroed) memset(BlockStart(first + i), 0, heap::kBlockSize);
    block_infos[first + i].zeroed = false;
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
    CollectWhenDue(thread);
    object = small ? AllocateSmall(thread, SizeClass(bytes)) : AllocateLarge(thread, bytes);
  }
  if (GILA_UNLIKELY(object == nullptr)) {
    Collect(thread, Collection::kFull);
    object = small ? AllocateSmall(thread, SizeClass(bytes)) : AllocateLarge(thread, bytes);
    if (object == nullptr) {
      thread.RaiseMemoryError();
      return nullptr;
    }
  }
  object->kind = kind;
  object->shape_id.StoreRelaxed(shape_id);
  return object;
}

size_t CellSize(const Object* object) {
  const uintptr_t address = reinterpret_cast<uintptr_t>(object);
  if (!InHeap(address)) return 16;
  const BlockInfo& info = block_infos[BlockIndex(address)];
  return info.state == BlockState::kSmall ? info.cell_granules * kGranule
                                          : size_t{info.run} * kBlockSize;
}

}  // namespace heap

Result<ValueArray*> NewValueArray(Thread& thread, int64_t length) {
  if (length > static_cast<int64_t>(heap::kMaxObject / sizeof(Slot)))
    return thread.RaiseMemoryError();
  ValueArray* array = static_cast<ValueArray*>(
      heap::Allocate(thread, ValueArray::Size(length), kKindValueArray, 0));
  if (array != nullptr) array->length = length;
  return array;
}

Result<Blob*> NewBlob(Thread& thread, int64_t size) {
  if (size > static_cast<int64_t>(heap::kMaxObject)) return thread.RaiseMemoryError();
  Blob* blob = static_cast<Blob*>(heap::Allocate(thread, Blob::Size(size), kKindBlob, 0));
  if (blob != nullptr) blob->size = size;
  return blob;
}

}  // namespace gila

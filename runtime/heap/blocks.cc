// blocks.cc: the reservation, and runs of free blocks in it.
#include "runtime/heap/blocks.h"

#include <sys/mman.h>

#include <iterator>
#include <map>

#include "runtime/address_space.h"

namespace gila {

namespace heap {
uintptr_t base = 0;
}  // namespace heap
BlockInfo* block_infos = nullptr;
size_t reserved_bytes = 0;
CentralHeap central;

namespace {

// First block -> length, neighbours joined; and the same by length for best fit.
std::map<uint32_t, uint32_t>& FreeRuns() {
  static auto* runs = new std::map<uint32_t, uint32_t>;
  return *runs;
}
std::multimap<uint32_t, uint32_t>& RunsByLength() {
  static auto* runs = new std::multimap<uint32_t, uint32_t>;
  return *runs;
}

void AddRun(uint32_t first, uint32_t length) {
  FreeRuns()[first] = length;
  RunsByLength().emplace(length, first);
}

void DropRun(std::map<uint32_t, uint32_t>::iterator run) {
  auto range = RunsByLength().equal_range(run->second);
  for (auto it = range.first; it != range.second; ++it) {
    if (it->second == run->first) {
      RunsByLength().erase(it);
      break;
    }
  }
  FreeRuns().erase(run);
}

// Free blocks that the system still backs with pages.
size_t dirty_free = 0;

void CountDirty(uint32_t first, size_t count, bool taken) {
  for (size_t i = 0; i < count; ++i) {
    if (block_infos[first + i].dirty) taken ? --dirty_free : ++dirty_free;
  }
}

}  // namespace

namespace heap {

void Init() {
  // 64 GiB is what a 32-bit reference to 16-byte granules reaches; less where the process has a
  // limit on address space.
  size_t bytes = ShareOfAddressSpace(size_t{64} << 30, 2);
  for (; bytes >= size_t{4} << 20; bytes /= 2) {
    void* memory = ReserveMemory(bytes + kBlockSize);
    if (memory == nullptr) continue;
    void* infos = ReserveMemory(bytes / kBlockSize * sizeof(BlockInfo));
    if (infos == nullptr) {
      munmap(memory, bytes + kBlockSize);
      continue;
    }
    base = (reinterpret_cast<uintptr_t>(memory) + kBlockSize - 1) / kBlockSize * kBlockSize;
    block_infos = static_cast<BlockInfo*>(infos);
    reserved_bytes = bytes;
    return;
  }
  EndWithoutMemory("the heap");
}

}  // namespace heap

uint32_t TakeBlocks(size_t count) {
  auto fit = RunsByLength().lower_bound(static_cast<uint32_t>(count));
  if (count < UINT32_MAX && fit != RunsByLength().end()) {
    const uint32_t length = fit->first, first = fit->second;
    DropRun(FreeRuns().find(first));
    CountDirty(first, count, true);
    if (length > count)
      AddRun(first + static_cast<uint32_t>(count), length - static_cast<uint32_t>(count));
    return first;
  }
  return TakeFreshBlocks(count);
}

uint32_t TakeFreshBlocks(size_t count) {
  const size_t total = reserved_bytes / heap::kBlockSize;
  if (count > total || central.used_blocks > total - count) return 0;
  const uint32_t first = static_cast<uint32_t>(central.used_blocks);
  central.used_blocks += count;
  return first;
}

void ReturnBlocks(uint32_t first, size_t count) {
  for (size_t i = 0; i < count; ++i) block_infos[first + i].state = BlockState::kFree;
  CountDirty(first, count, false);
  uint32_t start = first, length = static_cast<uint32_t>(count);
  auto next = FreeRuns().lower_bound(first);
  if (next != FreeRuns().end() && next->first == start + length) {
    length += next->second;
    auto drop = next++;
    DropRun(drop);
  }
  next = FreeRuns().lower_bound(first);
  if (next != FreeRuns().begin()) {
    auto before = std::prev(next);
    if (before->first + before->second == start) {
      start = before->first;
      length += before->second;
      DropRun(before);
    }
  }
  AddRun(start, length);
}

// Zeroing a block when it is used again is cheaper than a page fault for every 4 KiB of it, so the
// collector lets the program keep what it is likely to want again.
void ReleaseFreeBlocks(size_t keep) {
  for (auto run = RunsByLength().rbegin(); run != RunsByLength().rend() && dirty_free > keep;
       ++run) {
    const auto [length, first] = *run;
    const size_t before = dirty_free;
    CountDirty(first, length, true);
    if (dirty_free == before) continue;
    madvise(BlockStart(first), length * heap::kBlockSize, MADV_DONTNEED);
    for (uint32_t i = 0; i < length; ++i) block_infos[first + i].dirty = false;
  }
}

}  // namespace gila

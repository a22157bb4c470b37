// collect.cc: when to collect, the order of a collection, and sweeping (which only looks at
// bitmaps, never at dead objects).
#include <time.h>

#include <algorithm>
#include <cstring>

#include "runtime/heap/collect_now.h"
#include "runtime/heap/collector.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/timeline.h"

namespace gila {

CollectorState collector_state;

namespace {

// A nursery of about the size of the second-level cache. It grows while most of it survives, so
// that less becomes old by accident.
constexpr uint64_t kNurseryBytes = 2 << 20;
constexpr uint64_t kMaxNurseryBytes = 16 << 20;
constexpr uint64_t kMinFullThreshold = 16 << 20;
// Threads that allocate side by side have a nursery each, so that they stop each other as rarely as
// each would stop alone.
constexpr uint64_t kMaxNurseries = 16;
// A full collection is cheap while it takes less than this part of the program's time.
constexpr uint64_t kCheapPart = 30;
// Free memory that the program keeps in any case, and beyond that as much as half of what lives.
constexpr uint64_t kKeptBytes = 32 << 20;

uint64_t Now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<uint64_t>(t.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(t.tv_nsec);
}

size_t CountBits(const uint64_t* bits) {
  size_t count = 0;
  for (size_t i = 0; i < kBitWords; ++i)
    count += static_cast<size_t>(__builtin_popcountll(bits[i]));
  return count;
}

// A swept block goes back to the free runs, or on the list of those with room, or nowhere when it
// is (nearly) full.
void FileBlock(uint32_t block) {
  BlockInfo& info = block_infos[block];
  const size_t cells = kGranulesPerBlock / info.cell_granules;
  const size_t live = CountBits(info.mark);
  info.dirty = true;
  if (live == 0) {
    if (!info.listed) ReturnBlocks(block, 1);
    return;
  }
  if (!info.listed && cells - live >= (cells + 7) / 8) {
    info.listed = true;
    central.with_room[info.size_class].push_back(block);
  }
}

uint64_t Nurseries() {
  const uint64_t threads = collector_state.allocating_threads.LoadRelaxed();
  return std::clamp<uint64_t>(threads, 1, kMaxNurseries);
}

bool IsFullCollectionDue() {
  const CollectorState& state = collector_state;
  if (state.old_bytes > state.full_threshold) return true;
  return state.old_bytes > state.cheap_full_threshold &&
         (Now() - state.last_full_end) / kCheapPart > state.last_full_pause;
}

void ReturnLarge(uint32_t head) {
  ReturnBlocks(head, block_infos[head].run + block_infos[head].spare);
}

}  // namespace

bool IsCollectionDue() {
  return collector_state.handed_out.LoadRelaxed() >=
         collector_state.nursery_bytes.LoadRelaxed() * Nurseries();
}

void Collector::RetireHoles() {
  ForEachThread(
      [](Thread* thread, void*) {
        for (int i = 0; i < kSizeClasses; ++i) {
          thread->runs[i] = thread->heap->stress_runs[i] = {};
          thread->heap->cursors[i] = {};
        }
        thread->heap->young_bytes = thread->heap->unreported_bytes = 0;
      },
      nullptr);
  DropSpareHoles();
  collector_state.handed_out.Store(0);
  collector_state.allocating_threads.Store(0);
}

// Before a full mark: `young` becomes "holds an object, perhaps", so that conservative roots still
// know what is a cell.
void Collector::ClearMarks() {
  for (size_t block = 1; block < central.used_blocks; ++block) {
    BlockInfo& info = block_infos[block];
    if (info.state == BlockState::kSmall) {
      for (size_t i = 0; i < kBitWords; ++i) {
        info.young[i] |= info.mark[i];
        info.mark[i] = 0;
      }
    } else if (info.state == BlockState::kLargeHead) {
      info.mark[0] = 0;
    }
  }
  collector_state.old_bytes = 0;
}

void Collector::SweepYoung() {
  for (uint32_t block : central.young_blocks) {
    memset(block_infos[block].young, 0, sizeof(BlockInfo::young));
    FileBlock(block);
  }
  for (uint32_t block : central.young_large) {
    if (!(block_infos[block].mark[0] & 1)) ReturnLarge(block);
  }
}

void Collector::SweepAll() {
  for (auto& list : central.with_room) list.clear();
  for (size_t block = 1; block < central.used_blocks; ++block) {
    BlockInfo& info = block_infos[block];
    if (info.state == BlockState::kSmall) {
      memset(info.young, 0, sizeof(info.young));
      info.listed = false;
      FileBlock(static_cast<uint32_t>(block));
    } else if (info.state == BlockState::kLargeHead && !(info.mark[0] & 1)) {
      ReturnLarge(static_cast<uint32_t>(block));
    }
  }
}

void Collector::Run() {
  const uint64_t begin = Now(), nurseries = Nurseries();
  if (full_) ClearMarks();
  ForEachThread(
      [](Thread* thread, void* self) {
        static_cast<Collector*>(self)->MarkRemembered(thread->heap->remembered,
                                                      thread->heap->dirty_blocks);
      },
      this);
  MarkRemembered(inheritance.remembered, inheritance.dirty_blocks);
  MarkRoots();
  Drain();
  if (forgetful_thread_ != nullptr) {
    MarkNativeStack(forgetful_thread_, Views::kRelease);
    Drain();
  }
  if (is_container_ != nullptr) counted_ = CountCycles();
  ClearDeadWeakrefs(full_);
  if (QueueDeadFinalizers(marker_, full_)) Drain();
  RunDeadNativeFinalizers(full_);
  LookAtDeaths();
  {
    std::lock_guard<std::mutex> guard(central.mutex);
    if (full_) {
      SweepAll();
    } else {
      SweepYoung();
    }
    central.young_blocks.clear();
    const uint64_t live = collector_state.old_bytes + marker_.marked_bytes_;
    ReleaseFreeBlocks(std::max(kKeptBytes, live / 2) / heap::kBlockSize);
    central.young_large.clear();
  }
  RetireHoles();

  CollectorState& state = collector_state;
  uint64_t survived = marker_.marked_bytes_;
  state.old_bytes += survived;
  heap::Statistics& statistics = state.statistics;
  if (full_) {
    ++statistics.full_collections;
    statistics.live_bytes_after_full = state.old_bytes;
    state.full_threshold = std::max(kMinFullThreshold, state.old_bytes * 2);
    state.cheap_full_threshold = std::max(kMinFullThreshold, state.old_bytes + state.old_bytes / 4);
  } else {
    ++statistics.minor_collections;
    const uint64_t nursery = state.nursery_bytes.LoadRelaxed();
    survived /= nurseries;
    if (survived * 2 > nursery) {
      state.nursery_bytes.Store(std::min(nursery * 2, kMaxNurseryBytes));
    } else if (survived * 8 < nursery) {
      state.nursery_bytes.Store(std::max(nursery / 2, kNurseryBytes));
    }
  }
  const uint64_t end = Now(), pause = end - begin;
  if (full_) {
    state.last_full_end = end;
    state.last_full_pause = pause;
  }
  statistics.pause_nanoseconds_total += pause;
  statistics.pause_nanoseconds_max = std::max(statistics.pause_nanoseconds_max, pause);
}

namespace heap {
namespace {

// The world is stopped and the thread's registers are saved. `release_views`: see
// Collector::ReleaseForgottenViews.
uint64_t RunCollector(Thread& thread, bool full, bool release_views = false,
                      bool (*is_container)(const Object*) = nullptr) {
  if (TimelineOn()) NoteMoment(thread, Moment::kCollects, full ? 1 : 0);
  Collector collector(full);
  if (release_views) collector.ReleaseForgottenViews(&thread);
  collector.CountContainers(is_container);
  collector.Run();
  if (TimelineOn()) NoteMoment(thread, Moment::kRuns);
  if (HasPendingFinalizers()) thread.breaker.FetchOr(kBreakFinalizers);
  thread.detached_at = 0;
  return collector.counted();
}

}  // namespace

GILA_NOINLINE void Collect(Thread& thread, Collection kind) {
  StopTheWorld stopped(thread);
  SaveRegisters(thread);
  if (kind == Collection::kMinor && collector_state.stress_every.LoadRelaxed() == 0 &&
      !IsCollectionDue()) {
    return;  // another thread did it while this one waited
  }
  RunCollector(thread, kind == Collection::kFull || IsFullCollectionDue());
}

GILA_NOINLINE uint64_t CollectNow(Thread& thread, uintptr_t caller_stack, bool full,
                                  bool (*is_container)(const Object*)) {
  StopTheWorld stopped(thread);
  SaveRegisters(thread);
  if (caller_stack != 0) {
    memset(thread.saved_registers, 0, sizeof(thread.saved_registers));
    thread.detached_at = caller_stack;
  }
  return RunCollector(thread, full, false, is_container);
}

bool IsReallyPinned(Thread& thread, const Atomic<int64_t>& exports) {
  if (exports.Load() == 0) return false;
  ForgetDeadTemporaries(thread);
  for (const bool full : {false, true}) {
    StopTheWorld stopped(thread);
    SaveRegisters(thread);
    RunCollector(thread, full, true);
    if (exports.Load() == 0) return false;
  }
  return true;
}

namespace {

constexpr uint64_t kIdleBytes = 256 << 10;  // handed out since, or old objects are left alone
constexpr uint64_t kIdleShare = 50;  // of the time that passes, one part for such collections
Atomic<uint64_t> idle_not_before;    // nanoseconds
Atomic<uint64_t> idle_handed_out;    // CollectorState::handed_out at the last one

}  // namespace

bool IdleCollectionPays() {
  if (Now() < idle_not_before.Load()) return false;
  const FinalizersAbout about = CountFinalizers();
  if (about.young > 0) return true;
  const uint64_t since = collector_state.handed_out.Load() - idle_handed_out.Load();
  return about.old > 0 && since >= kIdleBytes;
}

void CollectIdly(Thread& thread) {
  const uint64_t begin = Now();
  Collect(thread, Collection::kFull);
  const uint64_t end = Now();
  idle_not_before.Store(end + (end - begin) * kIdleShare);
  idle_handed_out.Store(collector_state.handed_out.Load());
}

Statistics GetStatistics() {
  Statistics result = collector_state.statistics;
  result.allocated_bytes = inheritance.total_bytes;
  ForEachThread(
      [](Thread* thread, void* sum) {
        static_cast<Statistics*>(sum)->allocated_bytes += thread->heap->total_bytes;
      },
      &result);
  result.reserved_bytes = central.used_blocks * kBlockSize;
  return result;
}

void SetEnabled(bool enabled) { collector_state.enabled.Store(enabled); }
bool IsEnabled() { return collector_state.enabled.Load(); }

void SetStress(uint64_t every) {
  collector_state.stress_every.Store(every);
  // Under stress every allocation takes the slow path.
  ForEachThread(
      [](Thread* thread, void*) {
        for (FreeRun& run : thread->runs) run = {};
      },
      nullptr);
  DropSpareHoles();
}

void InitCollector() {
  collector_state.nursery_bytes.Store(kNurseryBytes);
  collector_state.full_threshold = collector_state.cheap_full_threshold = kMinFullThreshold;
  collector_state.enabled.Store(true);
}

}  // namespace heap
}  // namespace gila

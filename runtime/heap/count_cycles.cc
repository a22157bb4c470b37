// count_cycles.cc: how many containers a collection found in garbage that counting references would
// not have freed: those in cycles, and what only they still hold.
//
// A tracing collector has no need to know; gc.collect() tells it. Between marking and sweeping the
// dead are still whole, so references among them can be counted: what no other dead object refers
// to is peeled off, and what it held alone after it, until only cycles and their belongings are
// left.
#include <absl/container/flat_hash_map.h>

#include <vector>

#include "runtime/heap/collector.h"

namespace gila {

namespace {

template <class Visit>
void ForEachDeadObject(Visit visit) {
  for (size_t block = 1; block < central.used_blocks; ++block) {
    const BlockInfo& info = block_infos[block];
    auto* const first = BlockStart(block);
    if (info.state == BlockState::kLargeHead && !(info.mark[0] & 1))
      visit(reinterpret_cast<Object*>(first));
    if (info.state != BlockState::kSmall) continue;
    for (size_t granule = 0; granule + info.cell_granules <= kGranulesPerBlock;
         granule += info.cell_granules) {
      if (!TestBit(info.young, granule) || TestBit(info.mark, granule)) continue;
      auto* const object = reinterpret_cast<Object*>(first + granule * heap::kGranule);
      if (object->kind != kFreeKind) visit(object);
    }
  }
}

void Unmark(const Object* object) {
  const auto address = reinterpret_cast<uintptr_t>(object);
  const size_t granule = GranuleIndex(address);
  block_infos[BlockIndex(address)].mark[granule / 64] &= ~(uint64_t{1} << (granule % 64));
}

}  // namespace

// The dead objects that a dead one refers to, each once: tracing marks and pushes them, which is
// taken back.
std::vector<Object*> Collector::DeadReferents(Object* object) {
  const uint64_t marked_bytes = marker_.marked_bytes_;
  Trace(object);
  std::vector<Object*> found(marker_.stack_, marker_.stack_ + marker_.size_);
  marker_.size_ = 0;
  marker_.marked_bytes_ = marked_bytes;
  for (const Object* const referent : found) Unmark(referent);
  return found;
}

uint64_t Collector::CountCycles() {
  absl::flat_hash_map<Object*, uint32_t> references;  // from other dead objects
  ForEachDeadObject([&](Object* object) { references.try_emplace(object, 0); });
  std::vector<Object*> told;  // finalised when an earlier collection found them, with all they hold
  for (const auto& [object, count] : references) {
    if (object->gc.LoadRelaxed() & kGcFinalized) told.push_back(object);
  }
  for (const auto& [object, count] : references) {
    for (Object* const referent : DeadReferents(object)) {
      const auto found = references.find(referent);
      if (found != references.end()) ++found->second;
    }
  }
  std::vector<Object*> unheld;
  for (const auto& [object, count] : references) {
    if (count == 0) unheld.push_back(object);
  }
  while (!unheld.empty()) {
    Object* const object = unheld.back();
    unheld.pop_back();
    references.erase(object);
    for (Object* const referent : DeadReferents(object)) {
      const auto found = references.find(referent);
      if (found != references.end() && --found->second == 0) unheld.push_back(referent);
    }
  }
  while (!told.empty()) {
    Object* const object = told.back();
    told.pop_back();
    if (references.erase(object) == 0) continue;
    for (Object* const referent : DeadReferents(object)) told.push_back(referent);
  }
  uint64_t containers = 0;
  for (const auto& [object, count] : references) containers += is_container_(object);
  return containers;
}

}  // namespace gila

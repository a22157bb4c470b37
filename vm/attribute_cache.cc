// attribute_cache.cc: see attribute_cache.h.
#include "vm/attribute_cache.h"

#include "runtime/heap/heap.h"
#include "vm/inline_cache.h"
#include "vm/opcode_tables.h"

namespace gila::vm {
namespace {

Atomic<uint32_t> epoch;

size_t PlaceIndex(uint32_t shape_id, Value name, Opcode base) {
  const uint64_t mixed =
      (name.word() >> 4) + shape_id * uint64_t{0x9E3779B1} + static_cast<uint64_t>(base) * 61;
  return (mixed ^ mixed >> 17) % ThreadState::kPlaces;
}

// Empties the table when caches were invalidated since it was filled.
void CatchUp(ThreadState& state) {
  const uint32_t now = epoch.Load();
  if (GILA_LIKELY(state.epoch == now)) return;
  for (ThreadState::Entry& entry : state.places) entry = {};
  state.epoch = now;
}

}  // namespace

ThreadState& StateOf(Thread& thread) {
  if (GILA_UNLIKELY(thread.tracing_state == nullptr)) {
    auto* state = new ThreadState;
    heap::AddRoot(&state->observed);
    heap::AddRoot(&state->kept_alive);
    thread.tracing_state = state;
  }
  return *static_cast<ThreadState*>(thread.tracing_state);
}

const Place* FindPlace(Thread& thread, uint32_t shape_id, Value name, Opcode base) {
  ThreadState& state = StateOf(thread);
  CatchUp(state);
  const ThreadState::Entry& entry = state.places[PlaceIndex(shape_id, name, base)];
  if (entry.name != name.word() ||
      (CacheGuard(entry.place.cache) & (kGuardLimit - 1)) != shape_id ||
      BaseOpcode(entry.place.opcode) != base)
    return nullptr;
  return &entry.place;
}

void AddPlace(Thread& thread, uint32_t shape_id, Value name, Opcode base, const Place& place) {
  ThreadState& state = StateOf(thread);
  if (state.kept_alive.IsUnbound()) {
    const Result<ValueArray*> kept =
        NewValueArray(thread, static_cast<int64_t>(2 * ThreadState::kPlaces));
    if (!kept.ok()) {
      thread.ClearException();
      return;
    }
    state.kept_alive = kept.value();
  }
  CatchUp(state);
  const size_t index = PlaceIndex(shape_id, name, base);
  ValueArray* kept = state.kept_alive.As<ValueArray>();
  kept->items[2 * index].Store(kept, name);
  kept->items[2 * index + 1].Store(
      kept, CacheHoldsCell(place.cache) ? Value(CellOf(place.cache)) : kUnbound);
  state.places[index] = {name.word(), place};
}

void ForgetPlaces() { epoch.FetchAdd(1); }

}  // namespace gila::vm

// attribute_cache.h: where attributes are, by shape and name, for instructions that meet more
// shapes than they can remember.
//
// An inline cache holds one place. An instruction that meets a second shape comes to its slow path,
// and finds the place here instead of asking the type again: a small table per thread,
// direct-mapped, so nobody shares a line of it. The table keeps the names and LookupCells it
// mentions alive.
#ifndef GILA_VM_ATTRIBUTE_CACHE_H_
#define GILA_VM_ATTRIBUTE_CACHE_H_

#include <cstdint>

#include "bytecode/bytecode.h"
#include "runtime/thread.h"
#include "runtime/types/frame.h"
#include "runtime/value.h"

namespace gila::vm {

// A specialised opcode and its cache word.
struct Place {
  uint16_t opcode = 0;  // Nop: nothing to remember
  uint64_t cache = 0;
};

// What the vm keeps for a thread; hangs at Thread::tracing_state.
struct ThreadState {
  static constexpr size_t kPlaces = 512;
  struct Entry {
    uint64_t name = 0;
    Place place;
  };

  Value observed = kUnbound;    // frame objects of running frames (frame_objects.cc)
  Value kept_alive = kUnbound;  // ValueArray: name and cell of each entry
  uint32_t epoch = 0;           // of the last InvalidateAllInlineCaches seen
  uint32_t misses = 0;
  uint16_t last_activation = 0;       // of frames that caught an exception (frame_objects.cc)
  bool stepping = false;              // the innermost run of the interpreter is stepping.cc's
  int silent = 0;                     // trace functions that run: nothing is told about them
  const Frame* told_frame = nullptr;  // about which a trace function is told right now,
  const char* told_event = nullptr;   // and what
  int64_t jump_word = -1;             // where that function wants the frame to go on (jump.cc)
  Entry places[kPlaces];
};
ThreadState& StateOf(Thread& thread);

// The place of the attribute `name` of objects of this shape, as instructions of the given base
// opcode use it; or null.
const Place* FindPlace(Thread& thread, uint32_t shape_id, Value name, Opcode base) GILA_ATTACHED;
void AddPlace(Thread& thread, uint32_t shape_id, Value name, Opcode base,
              const Place& place) GILA_ATTACHED;
// For InvalidateAllInlineCaches: every thread forgets its table.
void ForgetPlaces();

}  // namespace gila::vm

#endif  // GILA_VM_ATTRIBUTE_CACHE_H_

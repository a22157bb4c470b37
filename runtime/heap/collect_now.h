// collect_now.h: the collection that a program asks for, which wants to see dead objects gone.
#ifndef GILA_RUNTIME_HEAP_COLLECT_NOW_H_
#define GILA_RUNTIME_HEAP_COLLECT_NOW_H_

#include <cstdint>

#include "runtime/thread.h"

namespace gila::heap {

// A full collection. `caller_stack`: where the native stack of whoever calls this begins, if none
// of the frames from there down to this call holds a reference that nobody else has; their words,
// and the callee-saved registers, are then not taken for references. Zero: every word of the stack
// may be one.
void CollectNow(Thread& thread, uintptr_t caller_stack) GILA_ATTACHED;

}  // namespace gila::heap

#endif  // GILA_RUNTIME_HEAP_COLLECT_NOW_H_

// collect_now.h: collections for whoever wants to see dead objects gone: a program that asks for
// one, and a program that waits.
//
// Nobody counts references here, so a socket or a file that was dropped stays open until a
// collection, and the other side of a connection may wait for its end while everything here waits
// for the other side. A main thread that has slept for a while therefore looks whether objects with
// a finaliser are about that no such collection has seen.
#ifndef GILA_RUNTIME_HEAP_COLLECT_NOW_H_
#define GILA_RUNTIME_HEAP_COLLECT_NOW_H_

#include <cstdint>
#include <vector>

#include "runtime/thread.h"

namespace gila::heap {

// What lives and is still to be finalised by a __del__, the program's or a generator's own, in the
// order in which it was made.
std::vector<Object*> ObjectsToFinalize();

// Overwrites with None every temporary of the thread's running frames that no instruction will read
// again; the thread is in native code that an instruction called. The vm does it (vm/liveness.h).
void ForgetDeadTemporaries(Thread& thread) GILA_ATTACHED;

// Does anybody still hold what pins the memory of an object? CPython lets a forgotten memoryview go
// at once; here collections find out, a minor one first, for most views are young. A view that only
// the native stack still names is released.
bool IsReallyPinned(Thread& thread, const Atomic<int64_t>& exports) GILA_ATTACHED;

// A collection, full or of what is young, and how many objects it found in cycles of garbage, or
// held by such cycles alone, of those that `is_container` says yes to (the world is stopped then).
// `caller_stack`: where the native stack of whoever calls this begins, if none
// of the frames from there down to this call holds a reference that nobody else has; their words,
// and the callee-saved registers, are then not taken for references. Zero: every word of the stack
// may be one.
uint64_t CollectNow(Thread& thread, uintptr_t caller_stack, bool full,
                    bool (*is_container)(const Object*)) GILA_ATTACHED;

// May a full collection close something, and is it cheap beside the time spent waiting? Any thread,
// attached or not.
bool IdleCollectionPays();
void CollectIdly(Thread& thread) GILA_ATTACHED;

}  // namespace gila::heap

#endif  // GILA_RUNTIME_HEAP_COLLECT_NOW_H_

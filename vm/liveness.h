// liveness.h: which registers of a waiting frame will still be read. Temporaries keep what they
// held last until something else is put there, and the collector takes every register of a frame
// for a reference; a program that asks for a collection wants those objects gone.
#ifndef GILA_VM_LIVENESS_H_
#define GILA_VM_LIVENESS_H_

#include <cstdint>

#include "runtime/native.h"
#include "runtime/thread.h"

namespace gila::vm {

// Overwrites with None every temporary of the thread's running frames that no instruction will read
// again. Local variables stay. The thread is in a call of native code, its frames published.
// Frames of very large code (generated tables) are left as they are.
void ForgetDeadTemporaries(Thread& thread) GILA_ATTACHED;

// Where the stack of the instruction begins that calls `native` right now, without native code in
// between that may hold references; zero when it is not called so.
uintptr_t StackOfDirectCall(Thread& thread, NativeFn native) GILA_ATTACHED;

}  // namespace gila::vm

#endif  // GILA_VM_LIVENESS_H_

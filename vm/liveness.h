// liveness.h: which registers of a waiting frame will still be read. Temporaries keep what they
// held last until something else is put there, and the collector takes every register of a frame
// for a reference; a program that asks for a collection wants those objects gone
// (heap::ForgetDeadTemporaries, runtime/heap/collect_now.h). Local variables stay, and frames of
// very large code (generated tables) are left as they are.
#ifndef GILA_VM_LIVENESS_H_
#define GILA_VM_LIVENESS_H_

#include <cstdint>

#include "runtime/native.h"
#include "runtime/thread.h"
#include "runtime/types/function.h"

namespace gila::vm {

// Registers below are variables (R[0] of code without fast locals is the namespace).
uint32_t FirstTemporary(const Code* code);

// Where the stack of the instruction begins that calls `native` right now, without native code in
// between that may hold references; zero when it is not called so.
uintptr_t StackOfDirectCall(Thread& thread, NativeFn native) GILA_ATTACHED;

}  // namespace gila::vm

#endif  // GILA_VM_LIVENESS_H_

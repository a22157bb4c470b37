// native_stack.h: the guard of native code that recurses without being a frame of its own (an
// iterator over an iterator, a special method in C++). It counts no depth, as such a step is
// nothing that sys.setrecursionlimit speaks of; it only sees that the native stack does not end.
// What counts as a frame takes RecursionScope (thread.h).
#ifndef GILA_RUNTIME_NATIVE_STACK_H_
#define GILA_RUNTIME_NATIVE_STACK_H_

#include "runtime/thread.h"

namespace gila {

// RecursionError, with `where` behind its words, when little of the native stack is left.
GILA_ALWAYS_INLINE Status CheckNativeStack(Thread& thread, const char* where) GILA_ATTACHED {
  if (GILA_LIKELY(reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) > thread.native_limit))
    return kOk;
  return thread.RaiseRecursionError(where);
}

}  // namespace gila

#endif  // GILA_RUNTIME_NATIVE_STACK_H_

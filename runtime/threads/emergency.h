// emergency.h: looking at the threads when nothing can be waited for: in a handler of a fatal
// signal, or beside a program that hangs.
#ifndef GILA_RUNTIME_THREADS_EMERGENCY_H_
#define GILA_RUNTIME_THREADS_EMERGENCY_H_

#include "runtime/thread.h"

namespace gila {

// Every registered thread, newest first, like ForEachThread; false, and nobody visited, when
// another holds the registry's lock. Async-signal-safe.
bool TryForEachThread(void (*visit)(Thread* thread, void* context), void* context);

}  // namespace gila

#endif  // GILA_RUNTIME_THREADS_EMERGENCY_H_

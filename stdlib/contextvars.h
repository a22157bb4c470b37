// contextvars.h: contexts, for native code that runs calls of the program in one.
#ifndef GILA_STDLIB_CONTEXTVARS_H_
#define GILA_STDLIB_CONTEXTVARS_H_

#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

// contextvars.copy_context().
Result<Value> CopyCurrentContext(Thread& thread) GILA_ATTACHED;
// Is it exactly a contextvars.Context?
bool IsContext(Value v);
// Makes `context` (a Context) the running one until LeaveContext. RuntimeError when it runs
// already.
Status EnterContext(Thread& thread, Value context) GILA_ATTACHED;
void LeaveContext(Thread& thread, Value context) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_CONTEXTVARS_H_

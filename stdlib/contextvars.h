// contextvars.h: contexts, for native code that runs calls of the program in one, and context
// variables that native modules keep something in (decimal).
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
// The value that a ContextVar has in the running context; unbound when it has none: its default is
// not looked at.
Result<Value> ContextVariableGet(Thread& thread, Value variable) GILA_ATTACHED;
// Gives it one, as set() does, without a token.
Status ContextVariableSet(Thread& thread, Value variable, Value value) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_CONTEXTVARS_H_

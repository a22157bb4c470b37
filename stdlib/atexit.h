// atexit.h: functions that run at the end of the program.
#ifndef GILA_STDLIB_ATEXIT_H_
#define GILA_STDLIB_ATEXIT_H_

#include "runtime/thread.h"

namespace gila {

// Runs them, the last one registered first. What they raise is shown, not passed on.
void RunExitFunctions(Thread& thread) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_ATEXIT_H_

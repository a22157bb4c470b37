// init.h: bringing the runtime up and down, in order. Called by vm/main.
#ifndef GILA_RUNTIME_INIT_H_
#define GILA_RUNTIME_INIT_H_

#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

// The heap, the main thread (attached), built-in types and names. Returns the main thread.
Thread& InitRuntime();

}  // namespace gila

#endif  // GILA_RUNTIME_INIT_H_

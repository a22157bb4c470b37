// faulthandler.h: what the library's start and end have to do with the module faulthandler.
#ifndef GILA_STDLIB_FAULTHANDLER_H_
#define GILA_STDLIB_FAULTHANDLER_H_

#include "runtime/thread.h"
#include "stdlib/library.h"

namespace gila {

// Reports fatal signals from now on if the options ask for it (-X faulthandler, -X dev,
// PYTHONFAULTHANDLER).
void StartFaultHandler(const LibraryOptions& options);
// No stacks are written after a while any more (dump_traceback_later).
void StopFaultWatch(Thread& thread) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_FAULTHANDLER_H_

// fault_internal.h: what the files of the module faulthandler share.
#ifndef GILA_STDLIB_FAULT_INTERNAL_H_
#define GILA_STDLIB_FAULT_INTERNAL_H_

#include "runtime/native.h"

namespace gila {

// The descriptor of a `file` argument: a number, an object with fileno(), or sys.stderr, which then
// takes its place. The caller keeps `*file` as long as it may be written to.
Result<int> FaultFile(Thread& thread, Value* file) GILA_ATTACHED;

Result<Value> DumpTracebackLater(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> CancelDumpTracebackLater(Thread& thread, Args args) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_FAULT_INTERNAL_H_

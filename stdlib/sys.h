// sys.h: the module sys, in parts: values and struct sequences (sys_info.cc), functions
// (sys_functions.cc), hooks that show values and errors (sys_hooks.cc), what other threads do
// (sys_threads.cc).
#ifndef GILA_STDLIB_SYS_H_
#define GILA_STDLIB_SYS_H_

#include "runtime/native.h"
#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/types/function.h"
#include "stdlib/library.h"

namespace gila {

extern const NativeDef kSysFunctions[];  // sys_functions.cc
extern const NativeDef kSysHooks[];      // sys_hooks.cc
extern const NativeDef kSysThreads[];    // sys_threads.cc
extern const NativeDef kSysCounting[];   // sys_counting.cc

// version_info, flags, float_info, implementation and their kin.
Status AddSysInfo(Thread& thread, Module* sys, const LibraryOptions& options) GILA_ATTACHED;
// Set when the program's objects are finalised for the last time: warnings name no place any more.
extern bool is_ending;
// Tells the runtime how uncaught and unraisable exceptions are shown.
void InstallSysHooks();
// Fills and registers sys; streams and paths are library.cc's.
Result<Module*> InitSysModule(Thread& thread, const LibraryOptions& options) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_SYS_H_

// configure.h: what the command line and the environment together ask of the library.
#ifndef GILA_VM_MAIN_CONFIGURE_H_
#define GILA_VM_MAIN_CONFIGURE_H_

#include "stdlib/library.h"
#include "vm/command_line.h"

namespace gila::vm {

// Ends the program as CPython does when it cannot even begin; `state` is how far it has come.
[[noreturn]] void FatalConfig(const char* message, const char* state = nullptr);

// The value of an environment variable that is to be heeded and not empty; else null.
const char* HeededVariable(const CommandLine& line, const char* name);

// Options win over variables. Values that make no sense end the program.
LibraryOptions OptionsOf(const CommandLine& line, char** argv, int argc);

// When threads take turns: -X switch and -X schedule (configure_switching.cc).
void ConfigureSwitching(Thread& thread, const CommandLine& line);

}  // namespace gila::vm

#endif  // GILA_VM_MAIN_CONFIGURE_H_

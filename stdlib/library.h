// library.h: the library as the command line sees it: up, run, down. Implemented in
// stdlib/library.cc.
#ifndef GILA_STDLIB_LIBRARY_H_
#define GILA_STDLIB_LIBRARY_H_

#include <string>
#include <utility>
#include <vector>

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/types/function.h"

namespace gila {

// What the command line and the environment say; sys makes its attributes of it.
struct LibraryOptions {
  std::vector<std::string> argv;       // sys.argv
  std::vector<std::string> orig_argv;  // sys.orig_argv
  std::string executable;              // sys.executable
  std::string base_executable;         // sys._base_executable; the same outside of environments
  std::string environment;             // the folder of the virtual environment, if this is one's
  std::string path0;                   // goes in front of sys.path; may be ""
  bool has_path0 = true;
  std::vector<std::pair<std::string, std::string>> x_options;  // -X name=value; "" without one
  std::vector<std::string> warn_options;                       // -W
  int optimize = 0;
  bool unbuffered = false, interactive = false, inspect = false, ignore_environment = false;
  bool isolated = false, verbose = false, quiet = false, dont_write_bytecode = false;
  bool safe_path = false, no_user_site = false, no_site = false, dev_mode = false,
       utf8_mode = false;
  bool warn_default_encoding = false, debug_ranges = true;
  int bytes_warning = 0, parser_debug = 0;
  int64_t int_max_str_digits = -1;  // -1: nothing was said
  // Of stdin and stdout; stderr takes only the encoding.
  std::string stream_encoding = "utf-8", stream_errors = "strict";
  std::string pycache_prefix;
};

// Is this UTF-8 mode (PEP 540)? Set before anything is imported.
extern bool is_utf8_mode;

// builtins, sys, the standard streams, sys.modules and sys.path, and the hooks of the vm
// (vm/hooks.h).
Status InitLibrary(Thread& thread, const LibraryOptions& options) GILA_ATTACHED;
// The module __main__, in sys.modules, with __builtins__ in it.
Result<Module*> MainModule(Thread& thread) GILA_ATTACHED;
// gila -m name: finds the module (a package: its __main__) and runs it as __main__.
Status RunModuleAsMain(Thread& thread, const std::string& name) GILA_ATTACHED;
// Waits for threads that are no daemons, runs atexit, flushes the standard streams. False when the
// flush failed: exit status 120.
bool FinishLibrary(Thread& thread) GILA_ATTACHED;

// For an end without any of that: stops every other thread for good and writes out what streams and
// files still hold.
void FlushForAbruptEnd(Thread& thread) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_LIBRARY_H_

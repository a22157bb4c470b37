// main.cc: the program `gila`: brings everything up, runs what the command line names as __main__,
// and ends with the exit status that CPython would give.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <sstream>
#include <string>

#include "runtime/heap/heap.h"
#include "runtime/init.h"
#include "runtime/threads/attach.h"
#include "runtime/tracing.h"
#include "stdlib/library.h"
#include "vm/command_line.h"
#include "vm/disassembler.h"
#include "vm/main/run.h"

namespace gila {
namespace {

using vm::CommandLine;
using vm::RunMode;

[[noreturn]] void FatalConfig(const char* message) {
  fprintf(stderr, "Fatal Python error: %s\n", message);
  exit(1);
}

// -X gil=0|1 and PYTHON_GIL. The option wins.
void ConfigureGil(const CommandLine& line) {
  std::string wanted;
  if (const char* environment = getenv("PYTHON_GIL");
      environment != nullptr && !line.ignore_environment)
    wanted = environment;
  for (const auto& [name, value] : line.x_options) {
    if (name != "gil") continue;
    wanted = value;
    if (value.empty()) FatalConfig("config_read_gil: PYTHON_GIL / -X gil must be \"0\" or \"1\"");
  }
  if (wanted.empty()) return;
  if (wanted != "0" && wanted != "1")
    FatalConfig("config_read_gil: PYTHON_GIL / -X gil must be \"0\" or \"1\"");
  if (wanted == "0" && !kGilDisabled)
    FatalConfig("config_read_gil: Disabling the GIL is not supported by this build");
  if (kGilDisabled) SetGilEnabled(wanted == "1");
}

void ConfigureHeap(const CommandLine& line) {
  for (const auto& [name, value] : line.x_options) {
    if (name == "gcstress")
      heap::SetStress(value.empty() ? 1 : strtoull(value.c_str(), nullptr, 10));
  }
}

void ConfigureSwitching(Thread& thread, const CommandLine& line) {
  for (const auto& [name, value] : line.x_options) {
    if (name != "switch") continue;
    if (value != "every") FatalConfig("-X switch: the only mode is \"every\"");
    SwitchAtEveryInstruction(thread);
  }
}

bool IsSet(const CommandLine& line, const char* variable) {
  const char* value = getenv(variable);
  return value != nullptr && *value != '\0' && !line.ignore_environment;
}

LibraryOptions OptionsOf(const CommandLine& line, char** argv, int argc) {
  LibraryOptions options;
  options.argv = line.argv;
  options.orig_argv.assign(argv, argv + argc);
  options.executable = vm::ExecutablePath();
  options.path0 = vm::FirstSearchPath(line);
  options.has_path0 = !line.isolated || line.mode == RunMode::kScript;
  options.x_options = line.x_options;
  // PYTHONWARNINGS comes first, so that -W has the last word.
  if (const char* given = getenv("PYTHONWARNINGS");
      given != nullptr && IsSet(line, "PYTHONWARNINGS")) {
    std::istringstream words(given);
    for (std::string word; std::getline(words, word, ',');) options.warn_options.push_back(word);
  }
  options.warn_options.insert(options.warn_options.end(), line.warn_options.begin(),
                              line.warn_options.end());
  options.optimize = line.optimize;
  if (const char* level = getenv("PYTHONOPTIMIZE");
      level != nullptr && IsSet(line, "PYTHONOPTIMIZE"))
    options.optimize = std::max(options.optimize, std::max(atoi(level), 1));
  options.unbuffered = line.unbuffered || IsSet(line, "PYTHONUNBUFFERED");
  options.interactive = line.mode == RunMode::kInteractive;
  options.inspect = line.inspect || IsSet(line, "PYTHONINSPECT");
  options.ignore_environment = line.ignore_environment;
  options.isolated = line.isolated;
  options.verbose = line.verbose;
  options.quiet = line.quiet;
  options.dont_write_bytecode = line.dont_write_bytecode || IsSet(line, "PYTHONDONTWRITEBYTECODE");
  return options;
}

int Main(int argc, char** argv) {
  const CommandLine line = vm::ParseCommandLine(argc, argv);
  if (line.mode == RunMode::kExit) return line.exit_status;
  if (line.mode == RunMode::kDisassemble) return vm::DisassembleFile(line.target);
  ConfigureGil(line);
  Thread& thread = InitRuntime();
  const LibraryOptions options = OptionsOf(line, argv, argc);
  if (!InitLibrary(thread, options).ok()) {
    vm::ReportException(thread);
    return 1;
  }
  ConfigureHeap(line);
  ConfigureSwitching(thread, line);
  vm::Runner runner(thread, options, argv[0]);
  int status = runner.Run(line);
  if (options.inspect && line.mode != RunMode::kInteractive) status = runner.RunInteractive();
  const bool interrupted = runner.interrupted();
  if (!FinishLibrary(thread)) status = 120;
  if (interrupted) vm::DieByInterrupt();
  return status;
}

}  // namespace
}  // namespace gila

int main(int argc, char** argv) {
  // Of the implementation itself: what the program allocates raises MemoryError.
  std::set_new_handler([] { gila::FatalConfig("out of memory"); });
  const int status = gila::Main(argc, argv);
  fflush(nullptr);
  // Memory goes back to the system with the process; daemon threads may still be running.
  _exit(status & 0xFF);
}

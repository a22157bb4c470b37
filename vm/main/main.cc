// main.cc: the program `gila`: brings everything up, runs what the command line names as __main__,
// and ends with the exit status that CPython would give.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>

#include "runtime/heap/heap.h"
#include "runtime/init.h"
#include "runtime/threads/attach.h"
#include "stdlib/library.h"
#include "vm/command_line.h"
#include "vm/disassembler.h"
#include "vm/main/configure.h"
#include "vm/main/run.h"

namespace gila {
namespace {

using vm::CommandLine;
using vm::RunMode;

// -X gil=0|1 and PYTHON_GIL. The option wins.
void ConfigureGil(const CommandLine& line) {
  std::string wanted;
  if (const char* const environment = vm::HeededVariable(line, "PYTHON_GIL")) wanted = environment;
  for (const auto& [name, value] : line.x_options) {
    if (name != "gil") continue;
    wanted = value;
    if (value.empty())
      vm::FatalConfig("config_read_gil: PYTHON_GIL / -X gil must be \"0\" or \"1\"");
  }
  if (wanted.empty()) return;
  if (wanted != "0" && wanted != "1")
    vm::FatalConfig("config_read_gil: PYTHON_GIL / -X gil must be \"0\" or \"1\"");
  if (wanted == "0" && !kGilDisabled)
    vm::FatalConfig("config_read_gil: Disabling the GIL is not supported by this build");
  if (kGilDisabled) SetGilEnabled(wanted == "1");
}

void ConfigureHeap(const CommandLine& line) {
  for (const auto& [name, value] : line.x_options) {
    if (name == "gcstress")
      heap::SetStress(value.empty() ? 1 : strtoull(value.c_str(), nullptr, 10));
  }
}

int Main(int argc, char** argv) {
  const CommandLine line = vm::ParseCommandLine(argc, argv);
  if (line.mode == RunMode::kExit) return line.exit_status;
  if (line.mode == RunMode::kDisassemble) return vm::DisassembleFile(line.target);
  ConfigureGil(line);
  Thread& thread = InitRuntime();
  const LibraryOptions options = vm::OptionsOf(line, argv, argc);
  if (!InitLibrary(thread, options).ok()) {
    vm::ReportException(thread);
    return 1;
  }
  ConfigureHeap(line);
  vm::ConfigureSwitching(thread, line);
  vm::Runner runner(thread, options, argv[0]);
  int status = runner.Run(line);
  // The program itself may ask for it.
  const bool inspects = options.inspect || vm::HeededVariable(line, "PYTHONINSPECT") != nullptr;
  if (inspects && line.mode != RunMode::kInteractive && (line.inspect || isatty(STDIN_FILENO) != 0))
    status = runner.RunInteractive();
  const bool interrupted = runner.interrupted();
  if (!FinishLibrary(thread)) status = 120;
  if (interrupted) vm::DieByInterrupt();
  return status;
}

}  // namespace
}  // namespace gila

int main(int argc, char** argv) {
  // Of the implementation itself: what the program allocates raises MemoryError.
  std::set_new_handler([] { gila::vm::FatalConfig("out of memory"); });
  const int status = gila::Main(argc, argv);
  fflush(nullptr);
  // Memory goes back to the system with the process; daemon threads may still be running.
  _exit(status & 0xFF);
}

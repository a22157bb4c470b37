// command_line.h: what the words after `gila` ask for.
#ifndef GILA_VM_COMMAND_LINE_H_
#define GILA_VM_COMMAND_LINE_H_

#include <string>
#include <utility>
#include <vector>

namespace gila::vm {

enum class RunMode { kScript, kCommand, kModule, kStdin, kInteractive, kDisassemble, kExit };

struct CommandLine {
  RunMode mode = RunMode::kInteractive;
  std::string target;  // the script, the command's text, the module, the file to disassemble
  std::vector<std::string> argv;  // sys.argv
  std::vector<std::pair<std::string, std::string>> x_options;
  std::vector<std::string> warn_options;
  int optimize = 0;
  bool unbuffered = false, inspect = false, ignore_environment = false, isolated = false;
  bool verbose = false, quiet = false, dont_write_bytecode = false;
  bool safe_path = false, no_user_site = false, no_site = false, skip_first_line = false;
  int bytes_warning = 0, parser_debug = 0;
  int exit_status = 0;  // of kExit: everything was said already (-V, --help, an unknown option)
};

// Reads the arguments, CPython's way: the first word that is no option ends the options. Prints
// what -V, --help and mistakes ask for.
CommandLine ParseCommandLine(int argc, char** argv);

}  // namespace gila::vm

#endif  // GILA_VM_COMMAND_LINE_H_

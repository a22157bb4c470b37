// run.h: running a script, a command, a module, standard input or the prompt as __main__.
#ifndef GILA_VM_MAIN_RUN_H_
#define GILA_VM_MAIN_RUN_H_

#include <string>

#include "compiler/compile.h"
#include "runtime/thread.h"
#include "stdlib/library.h"
#include "vm/command_line.h"

namespace gila::vm {

// Whether a script is a folder or an archive, which are put on sys.path themselves.
bool RunsPathEntry(const std::string& path);
// What goes in front of sys.path: the script's folder, links resolved; "" or the working directory
// without a script.
std::string FirstSearchPath(const CommandLine& line);

// Shows the waiting exception through sys.excepthook and takes it. Returns the exit status it
// means; SystemExit is not shown (unless it has a message).
int ReportException(Thread& thread) GILA_ATTACHED;

// Ends as a process that Ctrl-C has killed.
[[noreturn]] void DieByInterrupt();

class Runner {
 public:
  Runner(Thread& thread, const LibraryOptions& options, std::string program)
      : thread_(thread), options_(options), program_(std::move(program)) {}

  // Runs what the command line names; returns the exit status.
  int Run(const CommandLine& line) GILA_ATTACHED;
  // The prompt.
  int RunInteractive() GILA_ATTACHED;
  // An uncaught KeyboardInterrupt ended the program.
  bool interrupted() const { return interrupted_; }

 private:
  int RunScript(const std::string& path) GILA_ATTACHED;
  int RunFolder(const std::string& path) GILA_ATTACHED;
  int RunMainOfPath() GILA_ATTACHED;  // the __main__ of a folder or archive, which is sys.path[0]
  int RunText(const std::string& text, const std::string& filename,
              compiler::SourceOrigin origin) GILA_ATTACHED;
  Status CompileAndRun(const std::string& text,
                       const compiler::CompileOptions& options) GILA_ATTACHED;
  Status SetMainName(const char* name, const std::string& value) GILA_ATTACHED;
  Status SetLoader(const std::string& filename) GILA_ATTACHED;
  Status NoteNotCached() GILA_ATTACHED;
  int Finish(Status status) GILA_ATTACHED;
  int CannotOpen(const std::string& path, int error);
  // One statement at the prompt; false at the end of the input.
  bool RunStatement() GILA_ATTACHED;
  enum class Line { kRead, kEnd, kInterrupted };
  // Appends a line behind the prompt sys.<which>; kInterrupted with an exception waiting.
  Line ReadLine(const char* which, const char* fallback, std::string* line) GILA_ATTACHED;
  Result<Value> EditLine(const std::string& prompt) GILA_ATTACHED;
  bool GiveUpLine() GILA_ATTACHED;
  void SetUpEditing() GILA_ATTACHED;

  Thread& thread_;
  const LibraryOptions& options_;
  const std::string program_;
  bool skip_first_line_ = false;
  bool ran_code_ = false;  // the prompt follows a program, and says nothing of itself
  bool editing_ = false;   // lines come from readline
  bool interrupted_ = false;
  bool exit_asked_ = false;
  int exit_status_ = 0;
};

}  // namespace gila::vm

#endif  // GILA_VM_MAIN_RUN_H_

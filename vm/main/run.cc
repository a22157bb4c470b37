// run.cc: see run.h.
#include "vm/main/run.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "stdlib/compile_source.h"
#include "stdlib/module_spec.h"
#include "vm/hooks.h"

namespace gila::vm {
namespace {

// The attributes of sys that hold the prompts, and what they hold at first.
constexpr const char* kPrompts[] = {"ps1", ">>> ", "ps2", "... "};

// sys.NAME, or unbound.
Value SysAttribute(Thread& thread, const char* name) {
  if (modules_dict == nullptr) return kUnbound;
  const Value sys = DictGetInterned(modules_dict(), Intern(thread, "sys"));
  if (sys.IsUnbound()) return kUnbound;
  const Result<Value> found = GetAttrOrUnbound(thread, sys, Intern(thread, name));
  if (found.ok()) return found.value();
  thread.ClearException();
  return kUnbound;
}

void WriteError(Thread& thread, const std::string& text) {
  const Value stream = SysAttribute(thread, "stderr");
  const Result<Str*> message = NewStr(thread, text);
  if (!stream.IsUnbound() && !stream.IsNone() && message.ok() &&
      CallMethod(thread, stream, NameOf(Name::kWrite), {Value(message.value())}).ok())
    return;
  thread.ClearException();
  fputs(text.c_str(), stderr);
}

void FlushOutput(Thread& thread) {
  const Value stream = SysAttribute(thread, "stdout");
  if (stream.IsUnbound() || stream.IsNone()) return;
  if (!CallMethod(thread, stream, NameOf(Name::kFlush)).ok()) thread.ClearException();
}

// The status that SystemExit asks for; anything but a number is printed.
int ExitStatus(Thread& thread, Value exit) {
  const Value code = exit.As<Exception>()->extra[0].Load();
  if (code.IsUnbound() || code.IsNone()) return 0;
  if (IsInt(code)) {
    int64_t number;
    return TryInt64(code, &number) ? static_cast<int>(number & 0xFF) : 255;
  }
  const Result<Str*> text = ToStr(thread, code);
  if (!text.ok()) thread.ClearException();
  WriteError(thread, (text.ok() ? ToUtf8(text.value()) : "") + "\n");
  return 1;
}

void SetSysAttribute(Thread& thread, const char* name, Value value) {
  if (modules_dict == nullptr) return;
  const Value sys = DictGetInterned(modules_dict(), Intern(thread, "sys"));
  if (!sys.IsUnbound() && !SetAttr(thread, sys, Intern(thread, name), value).ok())
    thread.ClearException();
}

// For pdb.pm() and the like, and for what still runs: the hook, functions of atexit, the prompt.
void RememberLast(Thread& thread, Value exception) {
  SetSysAttribute(thread, "last_type", Value(TypeOf(exception)));
  SetSysAttribute(thread, "last_value", exception);
  SetSysAttribute(thread, "last_traceback", exception.As<Exception>()->traceback.Load());
}

// Through sys.excepthook; when that fails, both exceptions are shown.
void ShowException(Thread& thread, Value exception) {
  FlushOutput(thread);
  RememberLast(thread, exception);
  const Value hook = SysAttribute(thread, "excepthook");
  if (hook.IsUnbound()) {
    PrintException(thread, exception);
    return;
  }
  const Value traceback = exception.As<Exception>()->traceback.Load();
  if (Call(thread, hook, {Value(TypeOf(exception)), exception, traceback}).ok()) return;
  const Value second = thread.TakeException();
  WriteError(thread, "Error in sys.excepthook:\n");
  PrintException(thread, second);
  WriteError(thread, "\nOriginal exception was:\n");
  PrintException(thread, exception);
}

bool ReadAll(int fd, std::string* text) {
  char buffer[64 * 1024];
  while (true) {
    const ssize_t count = read(fd, buffer, sizeof(buffer));
    if (count == 0) return true;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    text->append(buffer, static_cast<size_t>(count));
  }
}

std::string Absolute(const std::string& path) {
  if (!path.empty() && path[0] == '/') return path;
  char folder[PATH_MAX];
  if (getcwd(folder, sizeof(folder)) == nullptr) return path;
  return path == "." ? folder : std::string(folder) + "/" + path;
}

bool IsFolder(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

// A ZIP archive ends with its directory's end record, behind which only a comment may stand.
bool IsArchive(const std::string& path) {
  constexpr std::string_view kEndMark = "PK\5\6";
  constexpr off_t kEndSize = 22, kMostComment = 0xFFFF;
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat info;
  if (fd < 0) return false;
  bool found = false;
  if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size >= kEndSize) {
    char start[4] = {};
    const bool first = pread(fd, start, sizeof(start), 0) == 4 && memcmp(start, "PK", 2) == 0;
    std::string tail(
        static_cast<size_t>(std::min(info.st_size, first ? kEndSize + kMostComment : kEndSize)), 0);
    const ssize_t count =
        pread(fd, tail.data(), tail.size(), info.st_size - static_cast<off_t>(tail.size()));
    found = count == static_cast<ssize_t>(tail.size()) && tail.find(kEndMark) != std::string::npos;
  }
  close(fd);
  return found;
}

}  // namespace

bool RunsPathEntry(const std::string& path) {
  char resolved[PATH_MAX];
  return realpath(path.c_str(), resolved) != nullptr && (IsFolder(resolved) || IsArchive(resolved));
}

std::string FirstSearchPath(const CommandLine& line) {
  if (line.mode == RunMode::kModule) return Absolute(".");
  if (line.mode != RunMode::kScript) return "";
  char resolved[PATH_MAX];
  if (realpath(line.target.c_str(), resolved) == nullptr) return "";
  if (IsFolder(resolved) || IsArchive(resolved)) return Absolute(line.target);
  const std::string path = resolved;
  const size_t slash = path.rfind('/');
  return slash == 0 ? "/" : path.substr(0, slash);
}

int ReportException(Thread& thread) {
  const Value exception = thread.TakeException();
  thread.exception = exception;
  const bool exits = thread.ExceptionMatches(TypeId::kSystemExit);
  thread.ClearException();
  if (exits) return ExitStatus(thread, exception);
  ShowException(thread, exception);
  thread.ClearException();
  return 1;
}

void DieByInterrupt() {
  fflush(nullptr);
  signal(SIGINT, SIG_DFL);
  kill(getpid(), SIGINT);
  _exit(130);
}

// --- one program ---

Status Runner::SetMainName(const char* name, const std::string& value) {
  GILA_TRY(Module * main, MainModule(thread_));
  GILA_TRY(Str * text, DecodeFsPath(thread_, value));
  return DictSet(thread_, main->dict.Load(), Intern(thread_, name), Value(text));
}

// A script is compiled each time.
Status Runner::NoteNotCached() {
  GILA_TRY(Module * main, MainModule(thread_));
  return DictSet(thread_, main->dict.Load(), Intern(thread_, "__cached__"), kNone);
}

// Who asks the loader of __main__ gets the script's text, as of any other module.
Status Runner::SetLoader(const std::string& filename) {
  FoundModule found;
  found.kind = FoundModule::Kind::kSource;
  found.path = filename;
  GILA_TRY(const Value loader, NewLoader(thread_, "__main__", found));
  GILA_TRY(Module * main, MainModule(thread_));
  return DictSet(thread_, main->dict.Load(), Intern(thread_, "__loader__"), loader);
}

Status Runner::CompileAndRun(const std::string& text, const compiler::CompileOptions& options) {
  GILA_TRY(Code * code, CompileSource(thread_, text, options));
  GILA_TRY(Module * main, MainModule(thread_));
  const Status status = RunCode(thread_, code, main->dict.Load(), kUnbound).ok() ? kOk : kFailed;
  const Value waiting = thread_.TakeException();
  FlushOutput(thread_);  // threads may go on for long
  thread_.exception = waiting;
  return status;
}

int Runner::Finish(Status status) {
  if (status.ok()) return 0;
  interrupted_ = thread_.ExceptionMatches(TypeId::kKeyboardInterrupt);
  exit_asked_ = thread_.ExceptionMatches(TypeId::kSystemExit);
  return ReportException(thread_);
}

int Runner::RunText(const std::string& text, const std::string& filename,
                    compiler::SourceOrigin origin) {
  compiler::CompileOptions options;
  options.filename = filename;
  options.origin = origin;
  options.optimize = options_.optimize;
  return Finish(CompileAndRun(text, options));
}

int Runner::CannotOpen(const std::string& path, int error) {
  fprintf(stderr, "%s: can't open file '%s': [Errno %d] %s\n", program_.c_str(),
          Absolute(path).c_str(), error, strerror(error));
  return 2;
}

int Runner::RunFolder(const std::string& path) {
  const std::string main = path + "/__main__.py";
  if (access(main.c_str(), R_OK) == 0) return RunMainOfPath();
  fprintf(stderr, "%s: can't find '__main__' module in '%s'\n", program_.c_str(),
          Absolute(path).c_str());
  return 1;
}

// The first entry of sys.path is the archive: its __main__ is found by an import.
int Runner::RunMainOfPath() {
  const Result<Value> runpy = ImportModule(thread_, "runpy");
  if (!runpy.ok()) return Finish(kFailed);
  const Result<Value> ran =
      CallMethod(thread_, runpy.value(), Intern(thread_, "_run_module_as_main"),
                 {Intern(thread_, "__main__"), kFalse});
  return Finish(ran.ok() ? kOk : Status(kFailed));
}

int Runner::RunScript(const std::string& path) {
  if (IsFolder(path)) return RunFolder(path);
  // Only an archive is an entry of sys.path itself: FirstSearchPath has looked.
  if (options_.path0 == Absolute(path)) return RunMainOfPath();
  FILE* file = fopen(path.c_str(), "rbe");
  if (file == nullptr) return CannotOpen(path, errno);
  std::string text;
  const bool read = ReadAll(fileno(file), &text);
  const int error = errno;
  fclose(file);
  if (!read) return CannotOpen(path, error);
  // With the line's end, so that lines keep their numbers.
  if (skip_first_line_) text.erase(0, text.find('\n'));
  const std::string filename = Absolute(path);
  if (!SetMainName("__file__", filename).ok() || !NoteNotCached().ok() || !SetLoader(filename).ok())
    return Finish(kFailed);
  return RunText(text, filename, compiler::SourceOrigin::kFile);
}

int Runner::Run(const CommandLine& line) {
  skip_first_line_ = line.skip_first_line;
  ran_code_ = line.mode != RunMode::kInteractive && line.mode != RunMode::kStdin;
  switch (line.mode) {
    case RunMode::kScript:
      return RunScript(line.target);
    case RunMode::kCommand:
      return RunText(line.target, "<string>", compiler::SourceOrigin::kString);
    case RunMode::kModule:
      return Finish(RunModuleAsMain(thread_, line.target));
    case RunMode::kStdin: {
      std::string text;
      {
        AllowThreads detached(thread_, Blocked::kRead);
        ReadAll(0, &text);
      }
      return RunText(text, "<stdin>", compiler::SourceOrigin::kFile);
    }
    default:
      return RunInteractive();
  }
}

// --- the prompt ---

// On a terminal the line is edited by readline, in the module _gila.prompt.
Result<Value> Runner::EditLine(const std::string& prompt) {
  GILA_TRY(const Value module, ImportModule(thread_, "_gila.prompt"));
  GILA_TRY(Str* const shown, NewStr(thread_, prompt));
  return CallMethod(thread_, module, Intern(thread_, "read"), {Value(shown)});
}

Runner::Line Runner::ReadLine(const char* which, const char* fallback, std::string* line) {
  FlushOutput(thread_);
  std::string prompt = fallback;
  const Value shown = SysAttribute(thread_, which);
  if (!shown.IsUnbound()) {
    const Result<Str*> text = ToStr(thread_, shown);
    if (text.ok()) prompt = ToUtf8(text.value());
    thread_.ClearException();
  }
  if (editing_) {
    const Result<Value> edited = EditLine(prompt);
    if (!edited.ok()) return Line::kInterrupted;
    if (!IsStr(edited.value())) return Line::kEnd;
    line->append(ToUtf8(edited.value()) + "\n");
    return Line::kRead;
  }
  fputs(prompt.c_str(), isatty(0) != 0 ? stdout : stderr);
  fflush(stdout);
  char* text = nullptr;
  size_t capacity = 0;
  ssize_t count;
  int error;
  while (true) {
    {
      AllowThreads detached(thread_, Blocked::kRead);
      errno = 0;
      count = getline(&text, &capacity, stdin);
      error = errno;
    }
    if (count > 0 || error != EINTR) break;
    clearerr(stdin);
    if (!thread_.RunSignalHandlers().ok()) break;
  }
  if (count > 0) line->append(text, static_cast<size_t>(count));
  free(text);
  if (thread_.HasException()) return Line::kInterrupted;
  return count > 0 ? Line::kRead : Line::kEnd;
}

// Ctrl-C at the prompt gives up the statement; other errors of reading are shown.
bool Runner::GiveUpLine() {
  if (thread_.ExceptionMatches(TypeId::kKeyboardInterrupt)) {
    thread_.ClearException();
    WriteError(thread_, "\nKeyboardInterrupt\n");
    return true;
  }
  editing_ = false;
  ReportException(thread_);
  return true;
}

// A statement with a block ends with an empty line, also when all of it is on one line: an else may
// follow.
static bool IsOpenBlock(const std::string& text) {
  if (text.size() >= 2 && text.compare(text.size() - 2, 2, "\n\n") == 0) return false;
  size_t end = 0;
  while (end < text.size() &&
         (isalpha(static_cast<unsigned char>(text[end])) != 0 || text[end] == '@'))
    ++end;
  const std::string word = text.substr(0, end);
  for (const char* block : {"if", "while", "for", "with", "try", "def", "class", "async"})
    if (word == block) return true;
  return !word.empty() && word[0] == '@';
}

bool Runner::RunStatement() {
  compiler::CompileOptions options;
  options.filename = "<stdin>";
  options.mode = compiler::ParseMode::kSingle;
  options.origin = compiler::SourceOrigin::kString;
  options.optimize = options_.optimize;
  options.allow_incomplete_input = options.keep_blocks_open = true;
  std::string text;
  const Line first = ReadLine("ps1", ">>> ", &text);
  if (first == Line::kInterrupted) return GiveUpLine();
  if (first == Line::kEnd) return false;
  if (text == "\n") return true;
  while (true) {
    const compiler::CompileResult result = compiler::CompileToCode(text, options);
    const bool complete = result.ok() && !IsOpenBlock(text);
    if (complete || (!result.ok() && result.error.message != compiler::kIncompleteInput)) break;
    const Line more = ReadLine("ps2", "... ", &text);
    if (more == Line::kInterrupted) return GiveUpLine();
    if (more == Line::kEnd) break;
  }
  options.allow_incomplete_input = false;
  const Status status = CompileAndRun(text, options);
  if (status.ok()) return true;
  exit_asked_ = thread_.ExceptionMatches(TypeId::kSystemExit);
  exit_status_ = ReportException(thread_);
  interrupted_ = false;
  return !exit_asked_;
}

// Editing needs a terminal on both sides.
void Runner::SetUpEditing() {
  for (const char* const* prompt : {kPrompts, kPrompts + 2}) {
    if (!SysAttribute(thread_, prompt[0]).IsUnbound()) continue;
    const Result<Str*> text = NewStr(thread_, prompt[1]);
    if (text.ok())
      SetSysAttribute(thread_, prompt[0], text.value());
    else
      thread_.ClearException();
  }
  if (isatty(0) == 0 || isatty(1) == 0) return;
  const Result<Value> module = ImportModule(thread_, "_gila.prompt");
  editing_ = module.ok() && CallMethod(thread_, module.value(), Intern(thread_, "set_up")).ok();
  thread_.ClearException();
}

int Runner::RunInteractive() {
  if (!options_.quiet && !ran_code_)
    fprintf(stderr,
            "Gila 3.11 on linux\nType \"help\", \"copyright\", \"credits\" or \"license\" "
            "for more information.\n");
  interrupted_ = exit_asked_ = false;
  SetUpEditing();
  while (RunStatement()) {
  }
  if (!exit_asked_) fputs("\n", isatty(0) != 0 ? stdout : stderr);
  return exit_asked_ ? exit_status_ : 0;
}

}  // namespace gila::vm

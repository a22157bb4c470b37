// readline_module.cc: the module readline, on libedit: a line from the terminal with editing,
// history and completion.
//
// libedit has one terminal and one history: a line is read by one thread at a time. It is read
// detached, character by character as they come, so that Ctrl-C is seen by our own signal handlers
// and not by libedit's. Completion calls the program: it attaches.
#include <editline/readline.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/signals.h"
#include "runtime/threads/attach.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/native_support.h"
#include "stdlib/start_locale.h"

namespace gila {

namespace {

Atomic<bool> reading;
std::atomic<bool> auto_history = true;
std::atomic<int> history_limit = -1;
Value completer = kNone, startup_hook = kNone, pre_input_hook = kNone, display_hook = kNone;
int begin_index = 0, end_index = 0;
std::string delimiters = " \t\n`~!@#$%^&*()-=+[{]}\\|;:'\",<>/?";
bool line_done = false;
char* line_read = nullptr;

void TakeLine(char* line) {
  line_done = true;
  line_read = line;
  rl_callback_handler_remove();
}

// Calls the completer of the program for one candidate, attached. malloc'ed, or null at the end.
char* Candidate(const char* text, int state) {
  Thread& thread = *Thread::Current();
  Attach(thread);
  char* found = nullptr;
  const Value function = completer;
  if (!function.IsNone()) {
    const Result<Str*> given = NewStr(thread, text);
    const Result<Value> answer =
        given.ok() ? Call(thread, function, {Value(given.value()), Value::SmallInt(state)})
                   : Result<Value>(kFailed);
    if (answer.ok() && IsStr(answer.value())) found = strdup(ToUtf8(answer.value()).c_str());
    thread.ClearException();
  }
  Detach(thread, Blocked::kRead);
  return found;
}

char** Complete(const char* text, int start, int end) {
  rl_attempted_completion_over = 1;
  rl_completion_append_character = '\0';
  begin_index = start;
  end_index = end;
  return rl_completion_matches(text, Candidate);
}

void CallHook(Thread& thread, Value hook) GILA_ATTACHED {
  if (hook.IsNone()) return;
  if (!Call(thread, hook, {}).ok()) thread.ClearException();
}

void SetUp() {
  static bool done = false;
  if (done) return;
  done = true;
  rl_readline_name = const_cast<char*>("gila");
  using_history();
  rl_initialize();
  rl_catch_signals = 0;
  rl_completer_word_break_characters = delimiters.data();
  rl_attempted_completion_function = Complete;
}

// Waits for a character; 0, or the errno of a poll that a signal has ended. Signals are let in by
// the poll alone: one that comes just before it would else be seen only after the next character.
int ReadSome(const Thread& thread) {
  pollfd waiting = {STDIN_FILENO, POLLIN, 0};
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int error = 0;
  if (thread.is_main && SignalWaits())
    error = EINTR;
  else if (ppoll(&waiting, 1, nullptr, &before) < 0)
    error = errno;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (error == 0) rl_callback_read_char();
  return error;
}

Status ReadInto(Thread& thread, const char* prompt) GILA_ATTACHED {
  line_done = false;
  line_read = nullptr;
  rl_callback_handler_install(prompt, TakeLine);
  CallHook(thread, startup_hook);
  CallHook(thread, pre_input_hook);
  while (!line_done) {
    int error;
    {
      AllowThreads detached(thread, Blocked::kRead);
      error = ReadSome(thread);
    }
    if (error == 0) continue;
    const Status status =
        error == EINTR ? thread.RunSignalHandlers() : Status(thread.RaiseOsError(error));
    if (status.ok()) continue;
    rl_callback_handler_remove();
    return kFailed;
  }
  return kOk;
}

// _read(prompt): a line without its newline; None at the end of the input.
Result<Value> Read(Thread& thread, Args args) {
  GILA_TRY(Str* const prompt, ToStrArgument(thread, args[0], "_read() argument"));
  const std::string shown = ToUtf8(prompt);
  if (reading.Exchange(true))
    return thread.Raise(TypeId::kRuntimeError, "another thread reads a line");
  SetUp();
  const Status status = ReadInto(thread, shown.c_str());
  std::string line;
  const bool ended = line_read == nullptr;
  if (!ended) {
    line = line_read;
    std::free(line_read);
    line_read = nullptr;
    if (auto_history.load() && !line.empty()) {
      const HIST_ENTRY* const last =
          history_length > 0 ? history_get(history_base + history_length - 1) : nullptr;
      if (last == nullptr || line != last->line) add_history(line.c_str());
    }
  }
  reading.Store(false);
  if (!status.ok()) return kFailed;
  if (ended) return kNone;
  return DecodeFsPath(thread, line);
}

// --- history ---

Result<std::string> FileName(Thread& thread, Args args, size_t i) GILA_ATTACHED {
  if (!args.Has(i) || args[i].IsNone()) return std::string();
  return EncodeFsPath(thread, args[i]);
}

Result<Value> ReadHistory(Thread& thread, Args args) {
  GILA_TRY(const std::string name, FileName(thread, args, 0));
  SetUp();
  const int error = read_history(name.empty() ? nullptr : name.c_str());
  if (error != 0) return thread.RaiseOsError(error > 0 ? error : errno);
  return kNone;
}
Result<Value> WriteHistory(Thread& thread, Args args) {
  GILA_TRY(const std::string name, FileName(thread, args, 0));
  SetUp();
  const int error = write_history(name.empty() ? nullptr : name.c_str());
  if (error != 0) return thread.RaiseOsError(error > 0 ? error : errno);
  if (history_limit.load() >= 0)
    history_truncate_file(name.empty() ? nullptr : name.c_str(), history_limit.load());
  return kNone;
}
Result<Value> AppendHistory(Thread& thread, Args args) {
  GILA_TRY(const int64_t wanted, ToInt64(thread, args[0]));
  GILA_TRY(const std::string name, FileName(thread, args, 1));
  SetUp();
  const int64_t count = std::min<int64_t>(wanted, history_length);
  if (count <= 0) return kNone;
  // libedit writes one line more than it is asked for.
  const int error =
      append_history(static_cast<int>(count) - 1, name.empty() ? nullptr : name.c_str());
  if (error != 0) return thread.RaiseOsError(error > 0 ? error : errno);
  if (history_limit.load() >= 0)
    history_truncate_file(name.empty() ? nullptr : name.c_str(), history_limit.load());
  return kNone;
}
Result<Value> SetHistoryLength(Thread& thread, Args args) {
  GILA_TRY(const int64_t length, ToInt64(thread, args[0]));
  history_limit.store(static_cast<int>(length));
  return kNone;
}
Result<Value> GetHistoryLength(Thread&, Args) { return Value::SmallInt(history_limit.load()); }
Result<Value> CurrentLength(Thread&, Args) {
  SetUp();
  return Value::SmallInt(history_length);
}
Result<Value> HistoryItem(Thread& thread, Args args) {
  SetUp();
  GILA_TRY(const int64_t index, ToInt64(thread, args[0]));
  if (index < 1 || index > history_length) return kNone;
  const HIST_ENTRY* const entry = history_get(static_cast<int>(index) + history_base - 1);
  if (entry == nullptr) return kNone;
  return DecodeFsPath(thread, entry->line);
}
Result<Value> RemoveItem(Thread& thread, Args args) {
  SetUp();
  GILA_TRY(const int64_t index, ToInt64(thread, args[0]));
  if (index < 0) return thread.RaiseValueError("History index cannot be negative");
  HIST_ENTRY* const entry =
      index >= history_length ? nullptr : remove_history(static_cast<int>(index));
  if (entry == nullptr)
    return thread.RaiseValueError("No history item at position %d", static_cast<int>(index));
  std::free(const_cast<char*>(entry->line));
  std::free(entry);
  return kNone;
}
Result<Value> ReplaceItem(Thread& thread, Args args) {
  SetUp();
  GILA_TRY(const int64_t index, ToInt64(thread, args[0]));
  GILA_TRY(const std::string line, EncodeFsPath(thread, args[1]));
  if (index < 0) return thread.RaiseValueError("History index cannot be negative");
  HIST_ENTRY* const entry = index >= history_length ? nullptr
                                                    : replace_history_entry(static_cast<int>(index),
                                                                            line.c_str(), nullptr);
  if (entry == nullptr)
    return thread.RaiseValueError("No history item at position %d", static_cast<int>(index));
  std::free(const_cast<char*>(entry->line));
  std::free(entry);
  return kNone;
}
Result<Value> AddHistory(Thread& thread, Args args) {
  SetUp();
  GILA_TRY(const std::string line, EncodeFsPath(thread, args[0]));
  add_history(line.c_str());
  return kNone;
}
Result<Value> ClearHistory(Thread&, Args) {
  SetUp();
  clear_history();
  return kNone;
}
Result<Value> SetAutoHistory(Thread& thread, Args args) {
  GILA_TRY(const bool on, Truth(thread, args[0]));
  auto_history.store(on);
  return kNone;
}

// --- the line and its completion ---

Result<Value> ParseAndBind(Thread& thread, Args args) {
  SetUp();
  GILA_TRY(Str* const text, ToStrArgument(thread, args[0], "parse_and_bind() argument"));
  std::string line = ToUtf8(text);
  rl_parse_and_bind(line.c_str());
  return kNone;
}
Result<Value> ReadInit(Thread& thread, Args args) {
  SetUp();
  GILA_TRY(const std::string name, FileName(thread, args, 0));
  const int error = rl_read_init_file(name.empty() ? nullptr : name.c_str());
  if (error != 0) return thread.RaiseOsError(errno);
  return kNone;
}
Result<Value> LineBuffer(Thread& thread, Args) {
  if (rl_line_buffer == nullptr) return NewStr(thread, "");
  return DecodeFsPath(thread, rl_line_buffer);
}
Result<Value> InsertText(Thread& thread, Args args) {
  GILA_TRY(Str* const text, ToStrArgument(thread, args[0], "insert_text() argument"));
  rl_insert_text(ToUtf8(text).c_str());
  return kNone;
}
Result<Value> Redisplay(Thread&, Args) {
  rl_redisplay();
  return kNone;
}
template <Value* kHook>
Result<Value> SetHook(Thread&, Args args) {
  *kHook = args.Or(0, kNone);
  return kNone;
}
Result<Value> GetCompleter(Thread&, Args) { return completer; }
Result<Value> BeginIndex(Thread&, Args) { return Value::SmallInt(begin_index); }
Result<Value> EndIndex(Thread&, Args) { return Value::SmallInt(end_index); }
Result<Value> CompletionType(Thread&, Args) { return Value::SmallInt(rl_completion_type); }
Result<Value> SetDelimiters(Thread& thread, Args args) {
  GILA_TRY(Str* const text, ToStrArgument(thread, args[0], "set_completer_delims() argument"));
  delimiters = ToUtf8(text);
  rl_completer_word_break_characters = delimiters.data();
  return kNone;
}
Result<Value> GetDelimiters(Thread& thread, Args) { return NewStr(thread, delimiters); }

constexpr NativeDef kFunctions[] = {
    {"_read", Read, "(prompt, /)", "Reads a line from the terminal; None at the end."},
    {"parse_and_bind", ParseAndBind, "(string, /)", "Does a line of an init file of libedit."},
    {"read_init_file", ReadInit, "(filename=None, /)", "Reads an init file of libedit."},
    {"get_line_buffer", LineBuffer, "()", "The line as it is now."},
    {"insert_text", InsertText, "(string, /)", "Puts text where the cursor is."},
    {"redisplay", Redisplay, "()", "Shows the line anew."},
    {"read_history_file", ReadHistory, "(filename=None, /)",
     "Adds the lines of a file to the history."},
    {"write_history_file", WriteHistory, "(filename=None, /)", "Writes the history to a file."},
    {"append_history_file", AppendHistory, "(nelements, filename=None, /)",
     "Adds the last lines of the history to a file."},
    {"set_history_length", SetHistoryLength, "(length, /)",
     "How many lines such a file may have; negative: any."},
    {"get_history_length", GetHistoryLength, "()", "How many lines such a file may have."},
    {"get_current_history_length", CurrentLength, "()", "How many lines there are."},
    {"get_history_item", HistoryItem, "(index, /)", "A line of the history, from 1."},
    {"remove_history_item", RemoveItem, "(pos, /)", "Forgets a line, from 0."},
    {"replace_history_item", ReplaceItem, "(pos, line, /)", "Changes a line, from 0."},
    {"add_history", AddHistory, "(string, /)", "Adds a line."},
    {"clear_history", ClearHistory, "()", "Forgets all lines."},
    {"set_auto_history", SetAutoHistory, "(enabled, /)", "Are lines that were read added?"},
    {"set_completer", SetHook<&completer>, "(function=None, /)",
     "function(text, state) gives the state-th completion of a text."},
    {"get_completer", GetCompleter, "()", "That function."},
    {"get_completion_type", CompletionType, "()", "How completion was asked for."},
    {"get_begidx", BeginIndex, "()", "Where the text that is completed begins."},
    {"get_endidx", EndIndex, "()", "Where it ends."},
    {"set_completer_delims", SetDelimiters, "(string, /)", "The characters between words."},
    {"get_completer_delims", GetDelimiters, "()", "The characters between words."},
    {"set_startup_hook", SetHook<&startup_hook>, "(function=None, /)",
     "Called before a line is read."},
    {"set_pre_input_hook", SetHook<&pre_input_hook>, "(function=None, /)",
     "Called when the prompt is there."},
    {"set_completion_display_matches_hook", SetHook<&display_hook>, "(function=None, /)",
     "Kept; libedit shows matches by itself."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Status InitReadlineModule(Thread& thread, Module* module) {
  UseStartLocale();
  for (Value* root : {&completer, &startup_hook, &pre_input_hook, &display_hook})
    heap::AddRoot(root);
  GILA_TRY(
      Str* const doc,
      NewStr(thread, "Importing this module enables command line editing using libedit readline."));
  GILA_TRY_VOID(AddValue(thread, module, "__doc__", doc));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

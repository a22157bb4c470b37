// sys_hooks.cc: displayhook, excepthook, unraisablehook and breakpointhook: how values and errors
// reach the user.
#include <absl/strings/str_cat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/protocols/warn.h"
#include "runtime/text/colour.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/generator.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"
#include "stdlib/import.h"
#include "stdlib/sys.h"

namespace gila {

namespace {

void WriteRaw(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(2, text.data(), text.size());
    if (count <= 0) return;
    text.remove_prefix(static_cast<size_t>(count));
  }
}

// To sys.stderr, whatever it is; to the descriptor when there is none or it fails.
void WriteToStderr(Thread& thread, std::string_view text) {
  const Value waiting = thread.TakeException();
  const Value stream = SysAttribute(thread, NameOf(Name::kStderr));
  bool written = false;
  if (!stream.IsUnbound() && !stream.IsNone()) {
    const Result<Str*> message = NewStr(thread, text);
    written =
        message.ok() && CallMethod(thread, stream, NameOf(Name::kWrite), {message.value()}).ok();
  }
  thread.ClearException();
  if (!written && (stream.IsUnbound() || !stream.IsNone())) WriteRaw(text);
  thread.exception = waiting;
}

bool IsSet(const char* variable) {
  const char* const value = getenv(variable);
  return value != nullptr && *value != '\0';
}

// What the user wants, whatever sys.stderr is: PYTHON_COLORS, NO_COLOR and FORCE_COLOR in this
// order. Nothing said: a terminal gets colour unless it is a dumb one.
enum class ColourWish { kNever, kOnTerminals, kAlways };

ColourWish WishedColour(Thread& thread) {
  const Value flags = SysAttribute(thread, Intern(thread, "flags"));
  const Result<Value> ignored =
      flags.IsUnbound() ? flags
                        : GetAttrOrUnbound(thread, flags, Intern(thread, "ignore_environment"));
  if (ignored.ok() && ignored.value() == Value::SmallInt(0)) {
    const char* const own = getenv("PYTHON_COLORS");
    const std::string_view wish = own == nullptr ? "" : own;
    if (wish == "0") return ColourWish::kNever;
    if (wish == "1") return ColourWish::kAlways;
  }
  if (IsSet("NO_COLOR")) return ColourWish::kNever;
  if (IsSet("FORCE_COLOR")) return ColourWish::kAlways;
  const char* const terminal = getenv("TERM");
  const bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  return dumb ? ColourWish::kNever : ColourWish::kOnTerminals;
}

// The descriptor behind the stream decides; a stream without one may still call itself a terminal.
bool IsTerminal(Thread& thread, Value stream) {
  const Result<Value> descriptor = CallMethod(thread, stream, Intern(thread, "fileno"));
  if (descriptor.ok())
    return descriptor.value().IsSmallInt() &&
           isatty(static_cast<int>(descriptor.value().AsSmallInt())) == 1;
  if (thread.ExceptionMatches(TypeId::kAttributeError)) return false;
  thread.ClearException();
  const Result<Value> answer = CallMethod(thread, stream, Intern(thread, "isatty"));
  return answer.ok() && answer.value() == Value::Bool(true);
}

bool StderrTakesColour(Thread& thread) {
  const Value waiting = thread.TakeException();
  const ColourWish wish = WishedColour(thread);
  const Value stream = SysAttribute(thread, NameOf(Name::kStderr));
  const bool colour = wish == ColourWish::kOnTerminals && !stream.IsUnbound() && !stream.IsNone()
                          ? IsTerminal(thread, stream)
                          : wish == ColourWish::kAlways;
  thread.ClearException();
  thread.exception = waiting;
  return colour;
}

// --- values ---

Status WriteRepr(Thread& thread, Value out, Value value) {
  GILA_TRY(Str* const text, Repr(thread, value));
  if (CallMethod(thread, out, NameOf(Name::kWrite), {text}).ok()) return kOk;
  if (!thread.ExceptionMatches(TypeId::kUnicodeEncodeError)) return kFailed;
  thread.ClearException();
  GILA_TRY(Str* const escaped, Ascii(thread, text));
  GILA_TRY(Str* const inside, StrSlice(thread, escaped, 1, escaped->length - 1));
  GILA_TRY_VOID(CallMethod(thread, out, NameOf(Name::kWrite), {inside}));
  return kOk;
}

Result<Value> DisplayHook(Thread& thread, Args args) {
  if (args[0].IsNone()) return kNone;
  Dict* const builtins = BuiltinsDict(thread);
  const Value underscore = Intern(thread, "_");
  GILA_TRY_VOID(DictSet(thread, builtins, underscore, kNone));
  const Value out = SysAttribute(thread, NameOf(Name::kStdout));
  if (out.IsUnbound() || out.IsNone()) {
    return thread.Raise(TypeId::kRuntimeError, "lost sys.stdout");
  }
  GILA_TRY_VOID(WriteRepr(thread, out, args[0]));
  GILA_TRY_VOID(CallMethod(thread, out, NameOf(Name::kWrite), {Intern(thread, "\n")}));
  GILA_TRY_VOID(DictSet(thread, builtins, underscore, args[0]));
  return kNone;
}

// --- errors ---

Result<Value> ExceptHook(Thread& thread, Args args) {
  if (!IsException(args[1])) {
    WriteToStderr(thread, "TypeError: print_exception(): Exception expected for value, " +
                              std::string(TypeNameOf(args[1])) + " found\n");
    return kNone;
  }
  if (IsKind(args[2], kKindTraceback)) {
    args[1].As<Exception>()->traceback.Store(args[1].AsObject(), args[2]);
  }
  PrintException(thread, args[1]);
  return kNone;
}

const char* const kUnraisableFields[] = {"exc_type", "exc_value", "exc_traceback",
                                         "err_msg",  "object",    nullptr};
const StructSequenceSpec kUnraisableSpec = {"UnraisableHookArgs",
                                            "Type used to pass arguments to sys.unraisablehook.",
                                            kUnraisableFields, 5};
LazyStructSequenceType unraisable_type(kUnraisableSpec);
thread_local bool in_unraisable_hook = false;

Result<Value> UnraisableHook(Thread& thread, Args args) {
  GILA_TRY(const Value exception, GetAttr(thread, args[0], Intern(thread, "exc_value")));
  GILA_TRY(const Value message, GetAttr(thread, args[0], Intern(thread, "err_msg")));
  GILA_TRY(const Value object, GetAttr(thread, args[0], Intern(thread, "object")));
  const std::string what = IsStr(message) ? ToUtf8(message) : "";
  const bool outer = in_unraisable_hook;
  in_unraisable_hook = true;  // the default words, not the hook again
  thread.exception = exception;
  WriteUnraisable(thread, object.IsNone() ? kUnbound : object,
                  IsStr(message) ? what.c_str() : nullptr);
  in_unraisable_hook = outer;
  return kNone;
}

// Calls sys.unraisablehook when the program has replaced it.
bool RunUnraisableHook(Thread& thread, Value exception, Value object, const char* what) {
  if (in_unraisable_hook) return false;
  const Value hook = SysAttribute(thread, Intern(thread, "unraisablehook"));
  const Value standard = SysAttribute(thread, Intern(thread, "__unraisablehook__"));
  if (hook.IsUnbound() || hook.IsNone() || hook == standard) return false;
  const Result<Type*> type = unraisable_type.Get(thread);
  if (!type.ok()) return false;
  Value message = kNone;
  if (what != nullptr) {
    const Result<Str*> text = NewStr(thread, what);
    if (text.ok()) message = text.value();
  }
  const Value fields[] = {TypeOf(exception), exception, exception.As<Exception>()->traceback.Load(),
                          message, object.IsUnbound() ? kNone : object};
  const Result<Value> argument = NewStructSequence(thread, type.value(), fields);
  in_unraisable_hook = true;
  if (!argument.ok() || !Call(thread, hook, {argument.value()}).ok()) {
    WriteUnraisable(thread, hook, "Exception ignored in sys.unraisablehook");
  }
  in_unraisable_hook = false;
  return true;
}

}  // namespace

bool is_ending = false;

namespace {

// By a function of the module `warnings`; false when that is not there or fails for another reason
// than that the warning is an error.
bool WarnByModule(Thread& thread, Value warnings, Value coroutine) {
  const Result<Value> warn =
      GetAttrOrUnbound(thread, warnings, Intern(thread, "_warn_unawaited_coroutine"));
  if (!warn.ok() || warn.value().IsUnbound()) {
    thread.ClearException();
    return false;
  }
  if (Call(thread, warn.value(), {coroutine}).ok()) return true;
  const bool is_warning = thread.ExceptionMatches(TypeId::kRuntimeWarning);
  WriteUnraisable(thread, coroutine);
  return is_warning;
}

// By the module `warnings` when the program has it, so that its filters and hooks count; else in
// its words.
void WarnUnawaitedCoroutine(Thread& thread, Value coroutine) {
  Value warnings = kUnbound;
  const Value modules = SysAttribute(thread, Intern(thread, "modules"));
  if (IsDict(modules)) {
    const auto found = DictGet(thread, modules.As<Dict>(), Intern(thread, "warnings"));
    if (found.ok() && !found.value().IsNone()) warnings = found.value();
    thread.ClearException();
  }
  if (warnings.IsUnbound() && !is_ending) {
    const Result<Value> module = ImportAbsolute(thread, "warnings");
    if (module.ok()) warnings = module.value();
    thread.ClearException();
  }
  if (!warnings.IsUnbound() && !is_ending && WarnByModule(thread, warnings, coroutine)) return;
  const Result<Value> name = GetAttr(thread, coroutine, Intern(thread, "__qualname__"));
  const std::string qualified = name.ok() && IsStr(name.value()) ? ToUtf8(name.value()) : "";
  thread.ClearException();
  const std::string text = "coroutine '" + qualified + "' was never awaited";
  if (warnings.IsUnbound()) {
    WriteToStderr(thread, "sys:1: RuntimeWarning: " + text + "\n");
    return;
  }
  const Result<Str*> message = NewStr(thread, text);
  if (!message.ok() ||
      !CallMethod(thread, warnings, Intern(thread, "warn"),
                  {message.value(), reinterpret_cast<Object*>(GetType(TypeId::kRuntimeWarning))})
           .ok())
    WriteUnraisable(thread, coroutine);
}

// PYTHONBREAKPOINT names what breakpoint() calls; without it, pdb.set_trace.
Result<Value> BreakpointHook(Thread& thread, Args args) {
  const char* variable = getenv("PYTHONBREAKPOINT");
  const std::string path = variable == nullptr || *variable == '\0' ? "pdb.set_trace" : variable;
  if (path == "0") return kNone;
  const size_t dot = path.rfind('.');
  const std::string module_name = dot == std::string::npos ? "builtins" : path.substr(0, dot);
  const Result<Value> module = ImportAbsolute(thread, module_name);
  Result<Value> found = kFailed;
  if (module.ok()) found = GetAttr(thread, module.value(), Intern(thread, path.substr(dot + 1)));
  if (!found.ok()) {
    if (!thread.ExceptionMatches(module.ok() ? TypeId::kAttributeError : TypeId::kImportError))
      return kFailed;
    thread.ClearException();
    GILA_TRY_VOID(
        WarnAbout(thread, TypeId::kRuntimeWarning,
                  absl::StrCat("Ignoring unimportable $PYTHONBREAKPOINT: \"", path, "\"")));
    return kNone;
  }
  const Value function = found.value();
  GILA_TRY(Tuple* const positional, NewTuple(thread, args.rest()));
  return CallWith(thread, function, positional, args[0]);
}

}  // namespace

const NativeDef kSysHooks[] = {
    {"displayhook", DisplayHook, "(object, /)",
     "Print an object to sys.stdout and also save it in builtins._"},
    {"excepthook", ExceptHook, "(exctype, value, traceback, /)",
     "Handle an exception by displaying it with a traceback on sys.stderr."},
    {"unraisablehook", UnraisableHook, "(unraisable, /)", "Handle an unraisable exception."},
    {"breakpointhook", BreakpointHook, "(*args, **kws)",
     "This hook function is called by built-in breakpoint()."},
    {nullptr, nullptr, nullptr, nullptr},
};

void InstallSysHooks() {
  write_to_stderr = WriteToStderr;
  unraisable_hook = RunUnraisableHook;
  stderr_takes_colour = StderrTakesColour;
  warn_unawaited_coroutine = WarnUnawaitedCoroutine;
}

}  // namespace gila

// library.cc: the library comes up and goes down: builtins, sys, the streams, the search path,
// __main__; at the end threads, atexit, finalisers and buffers.
#include "stdlib/library.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_split.h>

#include <algorithm>
#include <cstdlib>

#include "runtime/call.h"
#include "runtime/heap/collect_now.h"
#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/protocols/warn.h"
#include "runtime/text/codecs.h"
#include "runtime/text/source_lines.h"
#include "runtime/threads/attach.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/generator.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/asyncio_internal.h"
#include "stdlib/atexit.h"
#include "stdlib/builtins.h"
#include "stdlib/compile_source.h"
#include "stdlib/deadlock.h"
#include "stdlib/faulthandler.h"
#include "stdlib/import.h"
#include "stdlib/io_internal.h"
#include "stdlib/sys.h"
#include "stdlib/timeline_module.h"
#include "vm/hooks.h"

namespace gila {

namespace {

Result<Value> TextList(Thread& thread, const std::vector<std::string>& texts) {
  GILA_TRY(List* const list, NewList(thread));
  for (const std::string& text : texts) {
    GILA_TRY(Str* const value, DecodeFsPath(thread, text));
    GILA_TRY_VOID(ListAppend(thread, list, value));
  }
  return list;
}

// What the script's folder, GILAPATH and PYTHONPATH make of sys.path. The library itself is in the
// binary.
std::vector<std::string> SearchPath(const LibraryOptions& options) {
  std::vector<std::string> path;
  if (options.has_path0) path.push_back(options.path0);
  if (options.ignore_environment) return path;
  for (const char* variable : {"GILAPATH", "PYTHONPATH"}) {
    const char* value = getenv(variable);
    if (value == nullptr || *value == '\0') continue;
    for (const auto part : absl::StrSplit(value, ':')) path.emplace_back(part);
  }
  return path;
}

// The interpreter and where things are installed for it: a virtual environment has a place of its
// own.
Status AddInstallation(Thread& thread, Module* sys, const LibraryOptions& options) {
  const std::string base = options.base_executable.substr(0, options.base_executable.rfind('/'));
  const bool is_environment = !options.environment.empty() && !options.no_site;
  const auto add = [&](std::initializer_list<const char*> names,
                       const std::string& path) -> Status {
    GILA_TRY(Str* const text, DecodeFsPath(thread, path.empty() ? "/" : path));
    for (const char* name : names) GILA_TRY_VOID(AddValue(thread, sys, name, text));
    return kOk;
  };
  GILA_TRY_VOID(add({"base_prefix", "base_exec_prefix"}, base));
  GILA_TRY_VOID(add({"prefix", "exec_prefix"}, is_environment ? options.environment : base));
  GILA_TRY_VOID(add({"executable"}, options.executable));
  return add({"_base_executable"}, options.base_executable);
}

// The packages of a virtual environment are on sys.path from the start.
Status EnterEnvironment(Thread& thread, const LibraryOptions& options) {
  if (options.environment.empty() || options.no_site) return kOk;
  GILA_TRY(const Value site, ImportAbsolute(thread, "site"));
  GILA_TRY_VOID(CallMethod(thread, site, Intern(thread, "_enter_environment"), {}));
  return kOk;
}

Status AddPaths(Thread& thread, Module* sys, const LibraryOptions& options) {
  const auto add_list = [&](const char* name, const std::vector<std::string>& texts) -> Status {
    GILA_TRY(const Value list, TextList(thread, texts));
    return AddValue(thread, sys, name, list);
  };
  GILA_TRY_VOID(add_list("argv", options.argv));
  GILA_TRY_VOID(add_list("orig_argv", options.orig_argv));
  GILA_TRY_VOID(add_list("path", SearchPath(options)));
  GILA_TRY_VOID(add_list("warnoptions", options.warn_options));
  GILA_TRY_VOID(add_list("path_hooks", {}));
  GILA_TRY(Dict* const cache, NewDict(thread));
  GILA_TRY_VOID(AddValue(thread, sys, "path_importer_cache", cache));
  Value prefix_of_caches = kNone;
  if (!options.pycache_prefix.empty()) {
    GILA_TRY(prefix_of_caches, DecodeFsPath(thread, options.pycache_prefix));
  }
  GILA_TRY_VOID(AddValue(thread, sys, "pycache_prefix", prefix_of_caches));
  GILA_TRY_VOID(AddInstallation(thread, sys, options));
  GILA_TRY(Dict* const x_options, NewDict(thread));
  for (const auto& [name, value] : options.x_options) {
    Value shown = kTrue;
    if (!value.empty()) {
      GILA_TRY(shown, DecodeFsPath(thread, value));
    }
    GILA_TRY(Str* const key, DecodeFsPath(thread, name));
    GILA_TRY_VOID(DictSet(thread, x_options, key, shown));
  }
  return AddValue(thread, sys, "_xoptions", x_options);
}

Status AddStreams(Thread& thread, Module* sys, const LibraryOptions& options) {
  // The classes of the streams are those of _io, whoever imports it later.
  GILA_TRY_VOID(ImportAbsolute(thread, "_io"));
  const char* const names[] = {"stdin", "stdout", "stderr"};
  for (int fd = 0; fd < 3; ++fd) {
    const Result<Value> made = MakeStandardStream(thread, fd, options);
    if (!made.ok() && thread.ExceptionMatches(TypeId::kLookupError)) {
      fprintf(stderr,
              "Fatal Python error: init_stdio_encoding: failed to get the Python codec name of the "
              "stdio encoding\n"
              "Python runtime state: core initialized\nLookupError: unknown encoding: %s\n",
              options.stream_encoding.c_str());
      exit(1);
    }
    GILA_TRY(const Value stream, made);
    GILA_TRY_VOID(AddValue(thread, sys, names[fd], stream));
    const std::string original = absl::StrCat("__", names[fd], "__");
    GILA_TRY_VOID(AddValue(thread, sys, original.c_str(), stream));
  }
  return kOk;
}

// builtins and sys are there before any import: they get the specs of native modules.
Status AddSpec(Thread& thread, Module* module, const char* name) {
  FoundModule found;
  found.kind = FoundModule::Kind::kNative;
  GILA_TRY(const Value spec, MakeModuleSpec(thread, name, found));
  return FillModuleAttributes(thread, module, name, found, spec);
}

Dict* VmModulesDict() { return ModulesDict(*Thread::Current()); }

Result<Value> ImportHook(Thread& thread, Value name) {
  return ImportAbsolute(thread, ToUtf8(name));
}

Failed ExitWithMessage(Thread& thread, const std::string& message) {
  GILA_TRY(Str* const text, NewStr(thread, message));
  return thread.RaiseWith(TypeId::kSystemExit, text);
}

}  // namespace

bool is_utf8_mode = false;

Status InitLibrary(Thread& thread, const LibraryOptions& options) {
  optimize_level = options.optimize;
  InitCompileSource();
  bytes_warning_level = options.bytes_warning;
  shows_debug_ranges = options.debug_ranges;
  is_utf8_mode = options.utf8_mode;
  warns_of_default_encoding = options.warn_default_encoding;
  if (options.int_max_str_digits >= 0) int_max_str_digits.Store(options.int_max_str_digits);
  vm::modules_dict = VmModulesDict;
  import_module_hook = ImportHook;
  InitFinders();
  StartFaultHandler(options);
  InstallDeadlockReport(options);
  StartTimelineTools(thread, options);
  GILA_TRY(Module* const builtins, InitBuiltinsModule(thread));
  if (options.optimize > 0) GILA_TRY_VOID(AddValue(thread, builtins, "__debug__", kFalse));
  GILA_TRY(Module* const sys, InitSysModule(thread, options));
  GILA_TRY_VOID(AddSpec(thread, builtins, "builtins"));
  GILA_TRY_VOID(AddSpec(thread, sys, "sys"));
  GILA_TRY_VOID(AddPaths(thread, sys, options));
  GILA_TRY_VOID(MainModule(thread));
  GILA_TRY_VOID(AddStreams(thread, sys, options));
  return EnterEnvironment(thread, options);
}

Result<Module*> MainModule(Thread& thread) {
  GILA_TRY(const Value known, DictGet(thread, ModulesDict(thread), NameOf(Name::kMain)));
  if (IsKind(known, kKindModule)) return known.As<Module>();
  GILA_TRY(Module* const main, NewModule(thread, "__main__"));
  GILA_TRY(Dict* const annotations, NewDict(thread));
  GILA_TRY_VOID(AddValue(thread, main, "__annotations__", annotations));
  GILA_TRY(const Value builtins,
           DictGet(thread, ModulesDict(thread), NameOf(Name::kBuiltinsModule)));
  GILA_TRY_VOID(DictSet(thread, main->dict.Load(), NameOf(Name::kBuiltins), builtins));
  GILA_TRY_VOID(DictSet(thread, ModulesDict(thread), NameOf(Name::kMain), main));
  return main;
}

namespace {

// The module to run for `-m name`: a package means its __main__.
Result<FoundModule> FindForMain(Thread& thread, std::string* name) {
  Value path = kUnbound;
  const size_t dot = name->rfind('.');
  if (dot != std::string::npos) {
    GILA_TRY(const Value parent, ImportAbsolute(thread, name->substr(0, dot)));
    GILA_TRY(path, GetAttrOrUnbound(thread, parent, NameOf(Name::kPath)));
    if (path.IsUnbound())
      return thread.Raise(TypeId::kModuleNotFoundError,
                          absl::StrCat("__path__ attribute not found on '", name->substr(0, dot),
                                       "' while trying to find '", *name, "'"));
  }
  GILA_TRY(FoundModule found, FindModule(thread, *name, path));
  if (!found.is_package) return found;
  GILA_TRY(const Value package, ImportAbsolute(thread, *name));
  GILA_TRY(path, GetAttr(thread, package, NameOf(Name::kPath)));
  *name += ".__main__";
  return FindModule(thread, *name, path);
}

Status SetFirstArgument(Thread& thread, const FoundModule& found) {
  const Value argv = SysAttribute(thread, Intern(thread, "argv"));
  if (!IsList(argv) || found.path.empty()) return kOk;
  GILA_TRY(Str* const path, DecodeFsPath(thread, found.path));
  return SetItem(thread, argv, Value::SmallInt(0), path);
}

}  // namespace

Status RunModuleAsMain(Thread& thread, const std::string& requested) {
  const Value executable = SysAttribute(thread, Intern(thread, "executable"));
  const std::string program = IsStr(executable) ? ToUtf8(executable) : "gila";
  std::string name = requested;
  const Result<FoundModule> result = FindForMain(thread, &name);
  if (!result.ok()) {
    if (!thread.ExceptionMatches(TypeId::kModuleNotFoundError)) return kFailed;
    GILA_TRY(Str* const why, ToStr(thread, thread.TakeException()));
    return ExitWithMessage(
        thread, absl::StrCat(program, ": Error while finding module specification for '", requested,
                             "' (ModuleNotFoundError: ", ToUtf8(why), ")"));
  }
  const FoundModule& found = result.value();
  if (found.kind != FoundModule::Kind::kSource && found.kind != FoundModule::Kind::kFrozen) {
    if (name != requested) {
      return ExitWithMessage(thread,
                             absl::StrCat(program, ": No module named ", name, "; '", requested,
                                          "' is a package and cannot be directly executed"));
    }
    return ExitWithMessage(thread, absl::StrCat(program, ": No module named ", requested));
  }
  GILA_TRY_VOID(SetFirstArgument(thread, found));
  GILA_TRY(Module* const main, MainModule(thread));
  GILA_TRY(const Value spec, MakeModuleSpec(thread, name, found));
  GILA_TRY_VOID(FillModuleAttributes(thread, main, name, found, spec));
  GILA_TRY(Code* const code, CompileModuleCode(thread, name, found));
  GILA_TRY_VOID(RunCode(thread, code, main->dict.Load(), kUnbound));
  return kOk;
}

namespace {

// threading waits for the threads that are no daemons.
void JoinThreads(Thread& thread) {
  const Result<Value> threading = LoadedModule(thread, Intern(thread, "threading"));
  if (!threading.ok() || threading.value().IsNone()) return;
  if (!CallMethod(thread, threading.value(), Intern(thread, "_shutdown")).ok()) {
    WriteUnraisable(thread, threading.value());
  }
}

// A generator that waits in the middle of its code, or a coroutine that nobody has awaited.
bool IsLeftOpen(const Object* object) {
  const auto* const generator = static_cast<const Generator*>(object);
  switch (static_cast<GeneratorState>(generator->state.Load())) {
    case GeneratorState::kCreated:
      return generator->kind == kKindCoroutine;
    case GeneratorState::kSuspended:
      return true;
    default:
      return false;
  }
}

// Does CPython call the object's __del__ when it tears the modules down? Other threads may still
// use a generator: then it is left alone.
bool IsFinalizedAtExit(Object* object, bool alone) {
  const Value v(object);
  if (IsKind(v, kKindGenerator) || IsKind(v, kKindCoroutine) || IsKind(v, kKindAsyncGenerator))
    return alone && IsLeftOpen(object);
  return asyncio::IsFuture(v) || (TypeOf(object)->Has(kHasDel) && TypeOf(object)->Has(kHeapType));
}

// Objects with a __del__ of the program's own that are still held get it called now, as when
// CPython tears the modules down: with their module's names still in place. Generators are closed.
void RunLastFinalizers(Thread& thread) {
  int threads = 0;
  ForEachThread([](Thread*, void* count) { ++*static_cast<int*>(count); }, &threads);
  const bool alone = threads == 1;
  const auto is_wanted = [&](Object* object) { return IsFinalizedAtExit(object, alone); };
  std::vector<Object*> held = heap::ObjectsToFinalize();
  if (std::none_of(held.begin(), held.end(), is_wanted)) return;
  heap::Collect(thread, heap::Collection::kFull);
  heap::RunPendingFinalizers(thread);
  is_ending = true;
  // What the program has put in their places may be gone.
  for (const char* name : {"stdin", "stdout", "stderr"}) {
    const Value original = SysAttribute(thread, Intern(thread, absl::StrCat("__", name, "__")));
    if (!original.IsUnbound())
      static_cast<void>(DictSet(thread, SysDict(), Intern(thread, name), original).ok());
  }
  held = heap::ObjectsToFinalize();
  std::erase_if(held, [&](Object* object) { return !is_wanted(object); });
  const Result<List*> list = NewList(thread);
  for (Object* object : held) {
    object->gc.FetchOr(kGcFinalized);
    if (!list.ok() || !ListAppend(thread, list.value(), object).ok()) return;
  }
  for (int64_t i = 0; list.ok() && i < list.value()->size.Load(); ++i) {
    const Value object = ListAt(list.value(), i);
    const Value del = LookupSpecial(thread, TypeOf(object), Special::kDel);
    if (!del.IsUnbound() && !Call(thread, del, {object}).ok()) WriteUnraisable(thread, del);
  }
  thread.ClearException();
}

bool FlushStream(Thread& thread, Name name) {
  const Value stream = SysAttribute(thread, NameOf(name));
  if (stream.IsUnbound() || stream.IsNone()) return true;
  const Result<Value> closed = GetAttrOrUnbound(thread, stream, Intern(thread, "closed"));
  if (closed.ok() && closed.value().IsTrue()) return true;
  if (CallMethod(thread, stream, NameOf(Name::kFlush)).ok()) return true;
  if (name == Name::kStdout) {
    WriteUnraisable(thread, stream);
  } else {
    thread.ClearException();
  }
  return false;
}

}  // namespace

void FlushForAbruptEnd(Thread& thread) {
  BeginFinalization(thread);
  StopWaitingForStreams();
  FlushStream(thread, Name::kStdout);
  FlushStream(thread, Name::kStderr);
  FlushAllAtExit(thread);
}

bool FinishLibrary(Thread& thread) {
  JoinThreads(thread);
  RunExitFunctions(thread);
  FinishTimelineTools(thread);
  bool good = FlushStream(thread, Name::kStdout);
  FlushStream(thread, Name::kStderr);
  RunLastFinalizers(thread);
  StopFaultWatch(thread);
  BeginFinalization(thread);
  // A thread that parked may hold the lock of a stream.
  StopWaitingForStreams();
  if (good) good = FlushStream(thread, Name::kStdout);  // one report of a stream that refuses
  FlushAllAtExit(thread);
  return good;
}

}  // namespace gila

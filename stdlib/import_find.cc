// import_find.cc: where modules come from, in this order: native modules of the binary, finders
// that the program put into sys.meta_path, the entries of sys.path (or of the parent's __path__),
// and the frozen modules of stdlib/lib. A script's own random.py thus comes before the library's,
// as in CPython, where the library is a directory at the end of sys.path.
//
// Entries of a path are directories, unless a hook of sys.path_hooks has a finder for them, or they
// are in an archive, which zipimport reads.
#include <absl/strings/str_cat.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>

#include "compiler/code_image.h"
#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/type.h"
#include "runtime/types/exception.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/compile_source.h"
#include "stdlib/import.h"
#include "stdlib/io_internal.h"
#include "stdlib/library_files.h"
#include "stdlib/module_spec.h"

namespace gila {

#define GILA_MODULE(name, init) Status init(Thread& thread, Module* module) GILA_ATTACHED;
#include "stdlib/modules.def"

namespace {

struct NativeModule {
  const char* name;
  Status (*init)(Thread& thread, Module* module);
};

const NativeModule kNativeModules[] = {
#define GILA_MODULE(name, init) {name, init},
#include "stdlib/modules.def"
};

const NativeModule* FindNative(std::string_view name) {
  for (const NativeModule& module : kNativeModules) {
    if (name == module.name) return &module;
  }
  return nullptr;
}

enum class FileKind { kNone, kFile, kDirectory };

FileKind KindOf(const std::string& path) {
  struct stat info;
  if (stat(path.c_str(), &info) != 0) return FileKind::kNone;
  if (S_ISDIR(info.st_mode)) return FileKind::kDirectory;
  return S_ISREG(info.st_mode) ? FileKind::kFile : FileKind::kNone;
}

std::string Join(const std::string& directory, const std::string& name) {
  if (directory.empty()) {
    char buffer[4096];
    const char* here = getcwd(buffer, sizeof buffer);
    return Join(here == nullptr ? "." : here, name);
  }
  return directory.back() == '/' ? directory + name : directory + "/" + name;
}

// Looks in one directory; true when it is there. Directories that could be a part of a namespace
// package are collected.
bool FindInDirectory(const std::string& directory, const std::string& tail, FoundModule* found,
                     std::vector<std::string>* portions) {
  // What __import__("a/b") or the like asks for is the name of no file of this directory.
  if (tail.find('/') != std::string::npos) return false;
  const std::string base = Join(directory, tail);
  const FileKind kind = KindOf(base);
  if (kind == FileKind::kDirectory) {
    const std::string init = base + "/__init__.py";
    if (KindOf(init) == FileKind::kFile) {
      found->kind = FoundModule::Kind::kSource;
      found->path = init;
      found->is_package = true;
      found->search_path = {base};
      return true;
    }
  }
  const std::string file = base + ".py";
  if (KindOf(file) == FileKind::kFile) {
    found->kind = FoundModule::Kind::kSource;
    found->path = file;
    return true;
  }
  if (kind == FileKind::kDirectory) portions->push_back(base);
  return false;
}

bool FindFrozenModule(const std::string& name, FoundModule* found) {
  found->frozen = FindFrozen(name);
  if (found->frozen == nullptr) return false;
  found->kind = FoundModule::Kind::kFrozen;
  found->is_package = found->frozen->is_package;
  found->path = LibraryFile(*found->frozen);
  if (found->is_package) found->search_path = {LibraryPackageFolder(*found->frozen)};
  return true;
}

// Set while a module of the library is imported that imports themselves need: what that module is
// for must not be asked for it.
thread_local bool loads_own = false;

Result<Value> ImportOwn(Thread& thread, const char* name) {
  const bool before = loads_own;
  loads_own = true;
  const Result<Value> module = ImportAbsolute(thread, name);
  loads_own = before;
  return module;
}

// What is deprecated, and rare, is in the module importlib._legacy.
Result<Value> AskLegacy(Thread& thread, const char* function, std::initializer_list<Value> args) {
  GILA_TRY(const Value module, ImportOwn(thread, "importlib._legacy"));
  return CallMethod(thread, module, Intern(thread, function),
                    std::span<const Value>(args.begin(), args.size()));
}

// The finders that sys.meta_path begins with. They are classes of importlib.machinery for the eyes
// of the program, and made when it looks at the list; what they stand for is native.
enum DefaultFinder : uint8_t { kBuiltins, kFrozen, kPath, kDefaultFinderCount };
constexpr const char* kDefaultFinders[] = {"BuiltinImporter", "FrozenImporter", "PathFinder"};
Object* default_finders[kDefaultFinderCount] = {};

// Attributes of sys that are made when a program asks for them.
Result<Value> MakeSysAttribute(Thread& thread, Value name) {
  if (name == Intern(thread, "_stdlib_dir")) return DecodeFsPath(thread, LibraryFolder());
  if (name != Intern(thread, "meta_path")) return kUnbound;
  GILA_TRY(const Value machinery, ImportOwn(thread, "importlib.machinery"));
  GILA_TRY(List* const list, NewList(thread));
  for (int i = 0; i < kDefaultFinderCount; ++i) {
    GILA_TRY(const Value finder, GetAttr(thread, machinery, Intern(thread, kDefaultFinders[i])));
    default_finders[i] = finder.AsObject();
    GILA_TRY_VOID(ListAppend(thread, list, finder));
  }
  GILA_TRY_VOID(DictSet(thread, SysDict(), name, list));
  return list;
}

// CPython has these before a program can put a finder anywhere.
bool IsThereFromTheStart(std::string_view name) {
  constexpr std::string_view kNames[] = {"_abc",
                                         "_codecs",
                                         "_collections_abc",
                                         "_imp",
                                         "_io",
                                         "_signal",
                                         "_sitebuiltins",
                                         "_stat",
                                         "_thread",
                                         "_warnings",
                                         "_weakref",
                                         "abc",
                                         "codecs",
                                         "encodings",
                                         "genericpath",
                                         "io",
                                         "marshal",
                                         "os",
                                         "posix",
                                         "posixpath",
                                         "site",
                                         "stat",
                                         "time",
                                         "zipimport"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

// A finder of the program; None when it does not know the module.
Result<Value> AskFinder(Thread& thread, Value finder, const std::string& name, Value search_path) {
  GILA_TRY(const Value find, GetAttrOrUnbound(thread, finder, Intern(thread, "find_spec")));
  if (find.IsUnbound() && loads_own) return kNone;
  GILA_TRY(Str* const text, NewStr(thread, name));
  const Value path = search_path.IsUnbound() ? kNone : search_path;
  if (find.IsUnbound()) return AskLegacy(thread, "find_on_meta_path", {finder, text, path});
  return Call(thread, find, {text, path, kNone});
}

// Is the path, or a part of it that ends at a slash, a file?
bool IsInArchive(std::string path) {
  while (!path.empty()) {
    const FileKind kind = KindOf(path);
    if (kind != FileKind::kNone) return kind == FileKind::kFile;
    const size_t slash = path.rfind('/');
    path.resize(slash == std::string::npos ? 0 : slash);
  }
  return false;
}

// What the hook makes of the entry of a path; None when it is not for that hook.
Result<Value> AskHook(Thread& thread, Value hook, Value entry) {
  const Result<Value> finder = Call(thread, hook, {entry});
  if (finder.ok() || !thread.ExceptionMatches(TypeId::kImportError)) return finder;
  thread.ClearException();
  return kNone;
}

// The finder of an entry; None for a directory that is searched here. sys.path_importer_cache
// remembers what hooks have said.
Result<Value> FinderOf(Thread& thread, Value entry, const std::string& path) {
  const Value cache = SysAttribute(thread, Intern(thread, "path_importer_cache"));
  if (IsDict(cache) && cache.As<Dict>()->size.Load() != 0) {
    GILA_TRY(const Value known, DictGet(thread, cache.As<Dict>(), entry));
    if (!known.IsUnbound()) return known;
  }
  const Value hooks = SysAttribute(thread, Intern(thread, "path_hooks"));
  Value finder = kNone;
  bool asked = false;
  for (int64_t i = 0; IsList(hooks) && finder.IsNone(); ++i) {
    const Value hook = ListAt(hooks.As<List>(), i);
    if (hook.IsUnbound()) break;
    asked = true;
    GILA_TRY(finder, AskHook(thread, hook, entry));
  }
  if (finder.IsNone() && !loads_own && IsInArchive(path)) {
    GILA_TRY(const Value module, ImportOwn(thread, "zipimport"));
    GILA_TRY(const Value zipimporter, GetAttr(thread, module, Intern(thread, "zipimporter")));
    GILA_TRY(finder, AskHook(thread, zipimporter, entry));
    asked = true;
  }
  if (asked && IsDict(cache)) GILA_TRY_VOID(DictSet(thread, cache.As<Dict>(), entry, finder));
  return finder;
}

// Asks an entry's finder; true when it has the module. Directories of a namespace package are
// collected.
Result<bool> AskEntryFinder(Thread& thread, Value finder, const std::string& name,
                            FoundModule* found, std::vector<std::string>* portions) {
  GILA_TRY(const Value find, GetAttrOrUnbound(thread, finder, Intern(thread, "find_spec")));
  if (find.IsUnbound() && loads_own) return false;
  GILA_TRY(Str* const text, NewStr(thread, name));
  Value spec = kNone;
  if (find.IsUnbound()) {
    GILA_TRY(spec, AskLegacy(thread, "find_in_entry", {finder, text}));
  } else {
    GILA_TRY(spec, Call(thread, find, {text, kNone}));
  }
  if (spec.IsNone()) return false;
  GILA_TRY(const Value loader, GetAttr(thread, spec, Intern(thread, "loader")));
  if (!loader.IsNone()) {
    found->kind = FoundModule::Kind::kForeign;
    found->spec = spec;
    return true;
  }
  GILA_TRY(const Value more, GetAttr(thread, spec, Intern(thread, "submodule_search_locations")));
  if (more.IsNone()) return thread.Raise(TypeId::kImportError, "spec missing loader");
  GILA_TRY_VOID(ForEach(thread, more, [&](Value portion) -> Status {
    GILA_TRY(std::string path, EncodeFsPath(thread, portion));
    portions->push_back(std::move(path));
    return kOk;
  }));
  return false;
}

// A module of the library whose file would be in this directory: the binary has its code.
bool FindInLibraryFolder(const std::string& directory, const std::string& name,
                         FoundModule* found) {
  std::string package;
  if (!IsLibraryFolder(directory, &package)) return false;
  const size_t dot = name.rfind('.');
  if (name.substr(0, dot == std::string::npos ? 0 : dot) != package) return false;
  return FindFrozenModule(name, found);
}

// Looks into the directories of a path; at the top, among the frozen modules then.
Result<FoundModule> FindInPath(Thread& thread, const std::string& name, Value path, bool top) {
  FoundModule found;
  const std::string tail = name.substr(name.rfind('.') + 1);
  std::vector<std::string> portions;
  if (!path.IsUnbound() && !path.IsNone()) {
    bool there = false;
    GILA_TRY_VOID(ForEach(thread, path, [&](Value entry) -> Status {
      if (there || !IsStr(entry)) return kOk;
      const std::string directory = ToUtf8(entry);
      there = FindInLibraryFolder(directory, name, &found);
      if (there) return kOk;
      GILA_TRY(const Value finder, FinderOf(thread, entry, directory));
      if (finder.IsNone()) {
        there = FindInDirectory(directory, tail, &found, &portions);
        return kOk;
      }
      GILA_TRY(there, AskEntryFinder(thread, finder, name, &found, &portions));
      return kOk;
    }));
    if (there) return found;
  }
  if (top && FindFrozenModule(name, &found)) return found;
  if (!portions.empty()) {
    found.kind = FoundModule::Kind::kNamespace;
    found.is_package = true;
    found.search_path = std::move(portions);
  }
  return found;
}

}  // namespace

const FrozenModule* FindFrozen(std::string_view name) {
  for (const FrozenModule* module = kFrozenModules; module->name != nullptr; ++module) {
    if (name == module->name) return module;
  }
  return nullptr;
}

std::vector<std::string> NativeModuleNames() {
  std::vector<std::string> names = {"builtins", "sys"};
  for (const NativeModule& module : kNativeModules) names.push_back(module.name);
  return names;
}

bool IsNativeModule(std::string_view name) { return FindNative(name) != nullptr; }

namespace {

bool FindNativeModule(const std::string& name, FoundModule* found) {
  const NativeModule* const native = FindNative(name);
  if (native == nullptr) return false;
  found->kind = FoundModule::Kind::kNative;
  found->native = static_cast<int>(native - kNativeModules);
  return true;
}

}  // namespace

FoundModule FindOwnModule(const std::string& name) {
  FoundModule found;
  if (!FindNativeModule(name, &found)) FindFrozenModule(name, &found);
  return found;
}

// In the order of sys.meta_path; the native finders come last when the list has not got them.
Result<FoundModule> FindModule(Thread& thread, const std::string& name, Value search_path) {
  const bool top = search_path.IsUnbound();
  bool looked_at_path = false;
  const auto find_in_path = [&]() -> Result<FoundModule> {
    looked_at_path = true;
    const Value path = top ? SysAttribute(thread, Intern(thread, "path")) : search_path;
    return FindInPath(thread, name, path, top);
  };
  FoundModule found;
  const Value finders = SysAttribute(thread, Intern(thread, "meta_path"));
  for (int64_t i = 0; IsList(finders) && !IsThereFromTheStart(name); ++i) {
    const Value finder = ListAt(finders.As<List>(), i);
    if (finder.IsUnbound()) break;
    if (finder == Value(default_finders[kBuiltins])) {
      if (top && FindNativeModule(name, &found)) return found;
    } else if (finder == Value(default_finders[kPath])) {
      GILA_TRY(found, find_in_path());
      if (found.kind != FoundModule::Kind::kNone) return found;
    } else if (finder != Value(default_finders[kFrozen])) {
      GILA_TRY(found.spec, AskFinder(thread, finder, name, search_path));
      if (found.spec.IsNone()) continue;
      found.kind = FoundModule::Kind::kForeign;
      return found;
    }
  }
  found = {};
  if ((top && FindNativeModule(name, &found)) || looked_at_path) return found;
  return find_in_path();
}

void InitFinders() {
  make_sys_attribute = MakeSysAttribute;
  for (Object*& finder : default_finders) heap::AddRoot(&finder);
}

Result<FoundModule> FindModuleInPath(Thread& thread, const std::string& name, Value path) {
  return FindInPath(thread, name, path, false);
}

// --- what a module knows about where it came from ---

namespace {

Result<Value> PathList(Thread& thread, const std::vector<std::string>& paths) {
  GILA_TRY(List* const list, NewList(thread));
  for (const std::string& path : paths) {
    GILA_TRY(Str* const text, DecodeFsPath(thread, path));
    GILA_TRY_VOID(ListAppend(thread, list, text));
  }
  return list;
}

bool HasFile(const FoundModule& found) {
  return found.kind == FoundModule::Kind::kSource || found.kind == FoundModule::Kind::kFrozen;
}

Result<Value> OriginOf(Thread& thread, const FoundModule& found) {
  switch (found.kind) {
    case FoundModule::Kind::kNative:
      return Intern(thread, "built-in");
    case FoundModule::Kind::kFrozen:
    case FoundModule::Kind::kSource:
      return DecodeFsPath(thread, found.path);
    default:
      return kNone;
  }
}

}  // namespace

Result<Value> MakeModuleSpec(Thread& thread, const std::string& name, const FoundModule& found) {
  GILA_TRY(const Value origin, OriginOf(thread, found));
  Value locations = kNone;
  if (found.is_package) {
    GILA_TRY(locations, PathList(thread, found.search_path));
  }
  if (found.kind == FoundModule::Kind::kNamespace) {
    GILA_TRY(Str* const text, NewStr(thread, name));
    GILA_TRY(const Value machinery, ImportAbsolute(thread, "importlib.machinery"));
    return CallMethod(thread, machinery, Intern(thread, "_namespace_spec"), {text, locations});
  }
  GILA_TRY(const Value loader, NewLoader(thread, name, found));
  return NewModuleSpec(thread, name, loader, origin, locations, HasFile(found));
}

Status FillModuleAttributes(Thread& thread, Module* module, const std::string& name,
                            const FoundModule& found, Value spec) {
  Dict* const dict = module->dict.Load();
  GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kSpec), spec));
  GILA_TRY(const Value loader, GetAttr(thread, spec, Intern(thread, "loader")));
  GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kLoader), loader));
  const size_t dot = name.rfind('.');
  const std::string_view parent =
      found.is_package ? std::string_view(name)
                       : std::string_view(name).substr(0, dot == std::string::npos ? 0 : dot);
  GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kPackage), Intern(thread, parent)));
  if (found.is_package) {
    GILA_TRY(const Value path, GetAttr(thread, spec, Intern(thread, "submodule_search_locations")));
    GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kPath), path));
  }
  if (found.kind == FoundModule::Kind::kNamespace)
    GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kFile), kNone));
  if (HasFile(found)) {
    GILA_TRY(Str* const file, DecodeFsPath(thread, found.path));
    GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kFile), file));
    GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kCached), kNone));
  }
  return kOk;
}

// --- running it ---

Result<std::string> ReadSourceFile(Thread& thread, const std::string& path) {
  FlushDirtyWriters(thread);  // the program may just have written it
  std::string text;
  int error = 0;
  {
    AllowThreads detached(thread, Blocked::kRead);
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
      error = errno;
    } else {
      char buffer[65536];
      ssize_t count;
      while ((count = read(fd, buffer, sizeof buffer)) != 0) {
        if (count > 0) {
          text.append(buffer, static_cast<size_t>(count));
        } else if (errno != EINTR) {
          error = errno;
          break;
        }
      }
      close(fd);
    }
  }
  if (error != 0) {
    GILA_TRY(Str* const name, DecodeFsPath(thread, path));
    return thread.RaiseOsError(error, name);
  }
  return text;
}

namespace {

// Code of the library, with all that is in it, says that it is from its file. Its data keep the
// name that the build gave it, "<frozen json>", by which the interpreter knows its own.
void SetFile(Code* code, Str* file) {
  code->filename.Store(code, file);
  for (uint32_t i = 0; i < code->constant_count; ++i) {
    if (Code* const inner = CastOrNull<Code>(code->constants[i])) SetFile(inner, file);
  }
}

Result<Code*> FrozenCode(Thread& thread, const std::string& name, const FrozenModule& frozen) {
  if (optimize_level == 0) {
    if (auto code = compiler::ReadCodeImage(frozen.image()))
      return NewCode(thread, std::move(code));
  }
  compiler::CompileOptions options;
  options.optimize = optimize_level;
  options.filename = absl::StrCat("<frozen ", name, ">");
  return CompileSource(thread, frozen.source(), options);
}

}  // namespace

Result<Code*> CompileModuleCode(Thread& thread, const std::string& name, const FoundModule& found) {
  if (found.kind == FoundModule::Kind::kFrozen) {
    GILA_TRY(Code* const code, FrozenCode(thread, name, *found.frozen));
    GILA_TRY(Str* const file, DecodeFsPath(thread, found.path));
    SetFile(code, file);
    return code;
  }
  compiler::CompileOptions options;
  options.optimize = optimize_level;
  options.filename = found.path;
  GILA_TRY(const std::string source, ReadSourceFile(thread, found.path));
  return CompileSource(thread, source, options);
}

namespace {

// A native module is filled once: its types are what the interpreter itself knows them by. A
// program that takes the module out of sys.modules and imports it again gets a new module with the
// same things in it.
Status FillNative(Thread& thread, Module* module, int index) {
  static Object* filled[std::size(kNativeModules)] = {};
  Object*& first = filled[index];
  if (first == nullptr) {
    GILA_TRY_VOID(kNativeModules[index].init(thread, module));
    heap::AddRoot(&first);
    first = module;
    return kOk;
  }
  Dict* const into = module->dict.Load();
  GILA_TRY(Dict* const things, DictCopy(thread, static_cast<Module*>(first)->dict.Load()));
  int64_t position = 0;
  Value name, value;
  while (DictNext(things, &position, &name, &value)) {
    GILA_TRY(const Value known, DictGet(thread, into, name));
    if (known.IsUnbound()) GILA_TRY_VOID(DictSet(thread, into, name, value));
  }
  return kOk;
}

}  // namespace

Status ExecuteModule(Thread& thread, Module* module, const std::string& name,
                     const FoundModule& found) {
  switch (found.kind) {
    case FoundModule::Kind::kNative:
      return FillNative(thread, module, found.native);
    case FoundModule::Kind::kFrozen:
    case FoundModule::Kind::kSource: {
      GILA_TRY(Code* const code, CompileModuleCode(thread, name, found));
      Dict* const dict = module->dict.Load();
      GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kBuiltins), BuiltinsDict(thread)));
      GILA_TRY_VOID(RunCode(thread, code, dict, kUnbound));
      return kOk;
    }
    default:
      return kOk;
  }
}

}  // namespace gila

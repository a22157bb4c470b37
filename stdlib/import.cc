// import.cc: what `import` means: sys.modules first, parents before children, relative names, and
// what `from package import name` loads. Where modules come from is in import_find.cc.
#include "stdlib/import.h"

#include <absl/strings/str_cat.h>

#include <cinttypes>

#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/protocols/warn.h"
#include "runtime/type.h"
#include "runtime/types/exception.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

constexpr int kImportErrorName = 1;  // Exception::extra of an ImportError

// sys.modules as it is now; a program may have replaced it.
Result<Value> Modules(Thread& thread) {
  const Value modules = SysAttribute(thread, Intern(thread, "modules"));
  if (modules.IsUnbound() || modules.IsNone()) {
    return thread.Raise(TypeId::kRuntimeError, "unable to get sys.modules");
  }
  return modules;
}

// sys.modules[name], or unbound.
Result<Value> Loaded(Thread& thread, const std::string& name) {
  const Value key = Intern(thread, name);
  if (key.IsError()) return kFailed;
  GILA_TRY(const Value modules, Modules(thread));
  if (IsExactly(modules, TypeId::kDict)) return DictGet(thread, modules.As<Dict>(), key);
  const Result<Value> found = GetItem(thread, modules, key);
  if (found.ok() || !thread.ExceptionMatches(TypeId::kKeyError)) return found;
  thread.ClearException();
  return kUnbound;
}

Status StoreLoaded(Thread& thread, const std::string& name, Value module) {
  GILA_TRY(const Value modules, Modules(thread));
  return SetItem(thread, modules, Intern(thread, name), module);
}

void ForgetLoaded(Thread& thread, const std::string& name) {
  const Value waiting = thread.TakeException();
  const Result<Value> modules = Modules(thread);
  if (modules.ok()) static_cast<void>(DelItem(thread, modules.value(), Intern(thread, name)).ok());
  thread.exception = waiting;
}

std::string ParentOf(const std::string& name) {
  const size_t dot = name.rfind('.');
  return dot == std::string::npos ? std::string() : name.substr(0, dot);
}

Status SetInitializing(Thread& thread, Value spec, bool value) {
  if (!spec.IsPointer()) return kOk;
  return SetAttr(thread, spec, Intern(thread, "_initializing"), Value::Bool(value));
}

Result<bool> IsInitializing(Thread& thread, Value module) {
  GILA_TRY(const Value spec, GetAttrOrUnbound(thread, module, NameOf(Name::kSpec)));
  if (!spec.IsPointer()) return false;
  GILA_TRY(const Value flag, GetAttrOrUnbound(thread, spec, Intern(thread, "_initializing")));
  return flag.IsTrue();
}

// A spec that a finder of the program made: its loader does the work.
Result<Value> LoadForeign(Thread& thread, const std::string& name, Value spec) {
  GILA_TRY(const Value loader, GetAttr(thread, spec, Intern(thread, "loader")));
  Value module = kNone;
  if (!loader.IsNone()) {
    GILA_TRY(const Value execute, GetAttrOrUnbound(thread, loader, Intern(thread, "exec_module")));
    if (execute.IsUnbound()) {
      GILA_TRY(const Value legacy, ImportAbsolute(thread, "importlib._legacy"));
      return CallMethod(thread, legacy, Intern(thread, "load"), {spec});
    }
  }
  GILA_TRY(const Value create, GetAttrOrUnbound(thread, loader, Intern(thread, "create_module")));
  if (!create.IsUnbound()) {
    GILA_TRY(module, Call(thread, create, {spec}));
  }
  if (module.IsNone()) {
    GILA_TRY(module, NewModule(thread, name));
  }
  GILA_TRY_VOID(SetAttr(thread, module, NameOf(Name::kSpec), spec));
  GILA_TRY_VOID(SetAttr(thread, module, NameOf(Name::kLoader), loader));
  GILA_TRY(const Value parent, GetAttrOrUnbound(thread, spec, Intern(thread, "parent")));
  if (!parent.IsUnbound()) {
    GILA_TRY_VOID(SetAttr(thread, module, NameOf(Name::kPackage), parent));
  }
  GILA_TRY(const Value origin, GetAttrOrUnbound(thread, spec, Intern(thread, "origin")));
  if (IsStr(origin)) GILA_TRY_VOID(SetAttr(thread, module, NameOf(Name::kFile), origin));
  GILA_TRY(const Value locations,
           GetAttrOrUnbound(thread, spec, Intern(thread, "submodule_search_locations")));
  if (!locations.IsUnbound() && !locations.IsNone()) {
    GILA_TRY_VOID(SetAttr(thread, module, NameOf(Name::kPath), locations));
  }
  GILA_TRY_VOID(StoreLoaded(thread, name, module));
  if (loader.IsNone()) {
    if (!locations.IsUnbound() && !locations.IsNone()) return module;
    ForgetLoaded(thread, name);
    return thread.Raise(TypeId::kImportError, "missing loader");
  }
  if (!CallMethod(thread, loader, Intern(thread, "exec_module"), {module}).ok()) {
    ForgetLoaded(thread, name);
    return kFailed;
  }
  GILA_TRY(const Value loaded, Loaded(thread, name));
  if (!loaded.IsUnbound()) return loaded;
  GILA_TRY(Str* const text, NewStr(thread, name));
  return thread.RaiseWith(TypeId::kKeyError, text);
}

// Makes the module, enters it in sys.modules and runs it. A module that fails is taken out again.
Result<Value> Load(Thread& thread, const std::string& name, const FoundModule& found,
                   ImportLock& lock) {
  lock.NoteRunning();
  if (found.kind == FoundModule::Kind::kForeign) return LoadForeign(thread, name, found.spec);
  GILA_TRY(Module* const module, NewModule(thread, name));
  GILA_TRY(const Value spec, MakeModuleSpec(thread, name, found));
  GILA_TRY_VOID(FillModuleAttributes(thread, module, name, found, spec));
  GILA_TRY_VOID(SetInitializing(thread, spec, true));
  GILA_TRY_VOID(StoreLoaded(thread, name, module));
  const Status ran = ExecuteModule(thread, module, name, found);
  if (!ran.ok()) {
    ForgetLoaded(thread, name);
    return kFailed;
  }
  GILA_TRY_VOID(SetInitializing(thread, spec, false));
  // The code may have put something else there.
  GILA_TRY(const Value final, Loaded(thread, name));
  if (final.IsUnbound() || final == module) return module;
  // Or the module was taken out, and another thread is about to load it anew.
  GILA_TRY(const bool half, IsInitializing(thread, final));
  return half ? Value(module) : final;
}

// The __path__ of the parent package, imported first; unbound for a top-level name, and for a
// module that its parent put into sys.modules itself (os.path).
Result<Value> ParentPath(Thread& thread, const std::string& name, const std::string& parent) {
  if (parent.empty()) return kUnbound;
  GILA_TRY(const Value module, ImportAbsolute(thread, parent));
  GILA_TRY(const Value path, GetAttrOrUnbound(thread, module, NameOf(Name::kPath)));
  if (path.IsUnbound()) {
    GILA_TRY(const Value put_there, Loaded(thread, name));
    if (!put_there.IsUnbound()) return kUnbound;
    return RaiseModuleNotFound(
        thread, name,
        absl::StrCat("No module named '", name, "'; '", parent, "' is not a package"));
  }
  return path;
}

Result<Value> FindAndLoad(Thread& thread, const std::string& name) {
  ImportLock lock(thread, name);
  GILA_TRY(Value module, Loaded(thread, name));
  if (!module.IsUnbound()) return module;
  // A module whose code runs was taken out of sys.modules, and its holder waits for this thread.
  // One that waits for the package of its module lets this thread load it instead.
  if (lock.deadlock() && lock.HolderIsRunning()) {
    return thread.RaiseFormat(TypeId::kRuntimeError,
                              "deadlock detected by _ModuleLock('%s') at %" PRIuPTR, name.c_str(),
                              reinterpret_cast<uintptr_t>(&lock));
  }
  const std::string parent = ParentOf(name);
  GILA_TRY(const Value path, ParentPath(thread, name, parent));
  // Importing the parent may have imported this one.
  GILA_TRY(module, Loaded(thread, name));
  if (!module.IsUnbound()) return module;
  GILA_TRY(const FoundModule found, FindModule(thread, name, path));
  if (found.kind == FoundModule::Kind::kNone) {
    return RaiseModuleNotFound(thread, name, absl::StrCat("No module named '", name, "'"));
  }
  GILA_TRY(module, Load(thread, name, found, lock));
  if (!parent.empty()) {
    GILA_TRY(const Value package, Loaded(thread, parent));
    if (!package.IsUnbound()) {
      const Value tail = Intern(thread, std::string_view(name).substr(parent.size() + 1));
      GILA_TRY_VOID(SetAttr(thread, package, tail, module));
    }
  }
  return module;
}

// Waits until another thread has loaded the module, when one is at it; true when it did wait, so
// that sys.modules may hold another one by now, or none.
Result<bool> WaitUntilLoaded(Thread& thread, Value module, const std::string& name) {
  if (!ImportsUnderWay()) return false;
  GILA_TRY(const bool half, IsInitializing(thread, module));
  if (!half) return false;
  const ImportLock lock(thread, name);
  return !lock.deadlock();
}

}  // namespace

Failed RaiseModuleNotFound(Thread& thread, const std::string& name, const std::string& message) {
  GILA_TRY(Str* const text, NewStr(thread, message));
  const Value argument = text;
  GILA_TRY(const Value error, NewException(thread, TypeId::kModuleNotFoundError,
                                           std::span<const Value>(&argument, 1)));
  GILA_TRY(Str* const name_text, NewStr(thread, name));
  auto* exception = error.As<Exception>();
  exception->extra[kImportErrorName].Store(exception, name_text);
  return thread.RaiseObject(error);
}

Result<Value> ImportAbsolute(Thread& thread, const std::string& name) {
  Value waited_for = kUnbound;
  while (true) {
    GILA_TRY(const Value known, Loaded(thread, name));
    if (known.IsUnbound()) return FindAndLoad(thread, name);
    if (known.IsNone()) {
      return RaiseModuleNotFound(thread, name,
                                 absl::StrCat("import of ", name, " halted; None in sys.modules"));
    }
    if (known == waited_for) return known;
    GILA_TRY(const bool waited, WaitUntilLoaded(thread, known, name));
    if (!waited) return known;
    waited_for = known;
  }
}

namespace {

// A module that says two things about its package is told so.
Status CompareWithSpec(Thread& thread, Value package, Value spec) {
  if (spec.IsUnbound() || spec.IsNone()) return kOk;
  GILA_TRY(const Value parent, GetAttr(thread, spec, Intern(thread, "parent")));
  if (!IsStr(parent)) return kOk;
  GILA_TRY(const bool same, Equal(thread, package, parent));
  if (same) return kOk;
  GILA_TRY(Str* const first, Repr(thread, package));
  GILA_TRY(Str* const second, Repr(thread, parent));
  return WarnAbout(
      thread, TypeId::kImportWarning,
      absl::StrCat("__package__ != __spec__.parent (", ToUtf8(first), " != ", ToUtf8(second), ")"));
}

// The package that relative names start from.
Result<std::string> CurrentPackage(Thread& thread, Value globals) {
  if (!IsDict(globals)) return thread.Raise(TypeId::kKeyError, "'__name__' not in globals");
  const Dict* dict = globals.As<Dict>();
  const Value package = DictGetInterned(dict, NameOf(Name::kPackage));
  if (!package.IsUnbound() && !package.IsNone()) {
    if (!IsStr(package)) return thread.RaiseTypeError("package must be a string");
    GILA_TRY_VOID(CompareWithSpec(thread, package, DictGetInterned(dict, NameOf(Name::kSpec))));
    return ToUtf8(package);
  }
  const Value spec = DictGetInterned(dict, NameOf(Name::kSpec));
  if (!spec.IsUnbound() && !spec.IsNone()) {
    GILA_TRY(const Value parent, GetAttr(thread, spec, Intern(thread, "parent")));
    if (!IsStr(parent)) return thread.RaiseTypeError("__spec__.parent must be a string");
    return ToUtf8(parent);
  }
  const Value name = DictGetInterned(dict, NameOf(Name::kName));
  if (name.IsUnbound()) {
    GILA_TRY(Str* const text, NewStr(thread, "'__name__' not in globals"));
    return thread.RaiseWith(TypeId::kKeyError, text);
  }
  if (!IsStr(name)) return thread.RaiseTypeError("__name__ must be a string");
  GILA_TRY_VOID(WarnAbout(thread, TypeId::kImportWarning,
                          "can't resolve package from __spec__ or __package__, falling back on "
                          "__name__ and __path__"));
  const bool is_package = !DictGetInterned(dict, NameOf(Name::kPath)).IsUnbound();
  return is_package ? ToUtf8(name) : ParentOf(ToUtf8(name));
}

Result<std::string> ResolveName(Thread& thread, const std::string& name, Value globals,
                                int64_t level) {
  GILA_TRY(std::string base, CurrentPackage(thread, globals));
  if (base.empty()) {
    return thread.Raise(TypeId::kImportError,
                        "attempted relative import with no known parent package");
  }
  for (int64_t up = 1; up < level; ++up) {
    const size_t dot = base.rfind('.');
    if (dot == std::string::npos) {
      return thread.Raise(TypeId::kImportError,
                          "attempted relative import beyond top-level package");
    }
    base.resize(dot);
  }
  return name.empty() ? base : base + "." + name;
}

Status ImportSubmodules(Thread& thread, Value module, const std::string& package, Value names,
                        bool in_all);

// `from package import name`: a name that is no attribute may be a submodule.
Status ImportOne(Thread& thread, Value module, const std::string& package, Value name,
                 bool in_all) {
  if (!IsStr(name)) {
    const std::string given(TypeNameOf(name));
    if (in_all) {
      return thread.RaiseTypeError("Item in %s.__all__ must be str, not %s", package.c_str(),
                                   given.c_str());
    }
    return thread.RaiseTypeError("Item in ``from list'' must be str, not %s", given.c_str());
  }
  if (StrEquals(name.As<Str>(), "*")) {
    if (in_all) return kOk;
    GILA_TRY(const Value all, GetAttrOrUnbound(thread, module, NameOf(Name::kAll)));
    return all.IsUnbound() ? kOk : ImportSubmodules(thread, module, package, all, true);
  }
  const Value interned = InternStr(thread, name.As<Str>());
  if (interned.IsError()) return kFailed;
  GILA_TRY(const Value known, GetAttrOrUnbound(thread, module, interned));
  if (!known.IsUnbound()) return kOk;
  const std::string full = package + "." + ToUtf8(name);
  if (ImportAbsolute(thread, full).ok()) return kOk;
  // That there is no such module is for ImportFrom to say; errors inside of it go out.
  if (!thread.ExceptionMatches(TypeId::kModuleNotFoundError)) return kFailed;
  const Value missing = thread.exception.As<Exception>()->extra[kImportErrorName].Load();
  if (!IsStr(missing) || ToUtf8(missing) != full) return kFailed;
  const Value waiting = thread.TakeException();
  GILA_TRY(const Value halted, Loaded(thread, full));
  if (!halted.IsNone()) return kOk;
  thread.exception = waiting;
  return kFailed;
}

Status ImportSubmodules(Thread& thread, Value module, const std::string& package, Value names,
                        bool in_all) {
  return ForEach(thread, names, [&](Value name) -> Status {
    return ImportOne(thread, module, package, name, in_all);
  });
}

// What `import a.b.c` binds: the top package, for a relative import the part that was named.
Result<Value> TopPackage(Thread& thread, const std::string& name, const std::string& full,
                         int64_t level) {
  const std::string first = name.substr(0, name.find('.'));
  if (level == 0) return ImportAbsolute(thread, first);
  const std::string top = full.substr(0, full.size() - (name.size() - first.size()));
  GILA_TRY(const Value module, Loaded(thread, top));
  if (module.IsUnbound()) {
    return thread.RaiseFormat(TypeId::kKeyError, "'%s' not in sys.modules as expected",
                              top.c_str());
  }
  return module;
}

}  // namespace

Result<Value> ImportModuleLevel(Thread& thread, Value name_value, Value globals, Value fromlist,
                                int64_t level) {
  if (!IsStr(name_value)) return thread.RaiseTypeError("module name must be a string");
  if (level < 0) return thread.RaiseValueError("level must be >= 0");
  const std::string name = ToUtf8(name_value);
  if (level == 0 && name.empty()) return thread.RaiseValueError("Empty module name");
  std::string full = name;
  if (level > 0) {
    GILA_TRY(full, ResolveName(thread, name, globals, level));
  }
  GILA_TRY(const Value module, ImportAbsolute(thread, full));
  bool has_list = false;
  if (!fromlist.IsNone() && !fromlist.IsUnbound()) {
    GILA_TRY(has_list, Truth(thread, fromlist));
  }
  if (!has_list) return level > 0 && name.empty() ? module : TopPackage(thread, name, full, level);
  GILA_TRY(const Value path, GetAttrOrUnbound(thread, module, NameOf(Name::kPath)));
  if (!path.IsUnbound()) {
    GILA_TRY(const Value own_name, GetAttrOrUnbound(thread, module, NameOf(Name::kName)));
    const std::string package = IsStr(own_name) ? ToUtf8(own_name) : full;
    GILA_TRY_VOID(ImportSubmodules(thread, module, package, fromlist, false));
  }
  return module;
}

}  // namespace gila

// imp.cc: the native module _imp: what importlib asks of the import system, and what marshal asks
// of the compiler.
#include "compiler/code_image.h"
#include "compiler/verifier.h"
#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/frozen.h"
#include "stdlib/import.h"
#include "stdlib/library_files.h"
#include "stdlib/module_spec.h"

namespace gila {

namespace {

// The spec of a module by its full name, parents imported, or in the given path; None when it is
// not there.
Result<Value> FindSpec(Thread& thread, Args args) {
  GILA_TRY(Str* const text, ToStrArgument(thread, args[0], "find_spec() argument 'name'"));
  const std::string name = ToUtf8(text);
  Value path = kUnbound;
  const size_t dot = name.rfind('.');
  if (args.Has(1) && !args[1].IsNone()) {
    path = args[1];
  } else if (dot != std::string::npos) {
    GILA_TRY(const Value parent, ImportAbsolute(thread, name.substr(0, dot)));
    GILA_TRY(path, GetAttrOrUnbound(thread, parent, NameOf(Name::kPath)));
    if (path.IsUnbound()) {
      return RaiseModuleNotFound(thread, name,
                                 "__path__ attribute not found on '" + name.substr(0, dot) +
                                     "' while trying to find '" + name + "'");
    }
  }
  GILA_TRY(const FoundModule found, FindModule(thread, name, path));
  if (found.kind == FoundModule::Kind::kNone) return kNone;
  if (found.kind == FoundModule::Kind::kForeign) return found.spec;
  return MakeModuleSpec(thread, name, found);
}

// What is in the binary, whatever sys.meta_path says.
Result<Value> FindOwnSpec(Thread& thread, Args args) {
  GILA_TRY(Str* const text, ToStrArgument(thread, args[0], "find_own_spec() argument 'name'"));
  const FoundModule found = FindOwnModule(ToUtf8(text));
  if (found.kind == FoundModule::Kind::kNone) return kNone;
  return MakeModuleSpec(thread, ToUtf8(text), found);
}

// Not from sys.modules once more: another thread may have begun to load the module anew.
Result<Value> LoadAbsolute(Thread& thread, Args args) {
  if (!IsStr(args[0])) {
    return thread.RaiseTypeError("module name must be str, not %s",
                                 std::string(TypeNameOf(args[0])).c_str());
  }
  const std::string name = ToUtf8(args[0]);
  if (name.empty()) return thread.RaiseValueError("Empty module name");
  return ImportAbsolute(thread, name);
}

Result<Value> SourceLoader(Thread& thread, Args args) {
  GILA_TRY(Str* const name, ToStrArgument(thread, args[0], "source_loader() argument 'name'"));
  FoundModule found;
  found.kind = FoundModule::Kind::kSource;
  GILA_TRY(found.path, EncodeFsPath(thread, args[1]));
  return NewLoader(thread, ToUtf8(name), found);
}

// __spec__, __loader__, __package__, __path__ and __file__ as the spec has them.
Result<Value> InitModuleAttributes(Thread& thread, Args args) {
  const auto copy = [&](const char* from, Name to) -> Status {
    GILA_TRY(const Value value, GetAttrOrUnbound(thread, args[1], Intern(thread, from)));
    if (value.IsUnbound() || value.IsNone()) return kOk;
    return SetAttr(thread, args[0], NameOf(to), value);
  };
  GILA_TRY_VOID(SetAttr(thread, args[0], NameOf(Name::kSpec), args[1]));
  GILA_TRY_VOID(copy("loader", Name::kLoader));
  GILA_TRY_VOID(copy("parent", Name::kPackage));
  GILA_TRY_VOID(copy("submodule_search_locations", Name::kPath));
  GILA_TRY(const Value has_location,
           GetAttrOrUnbound(thread, args[1], Intern(thread, "has_location")));
  if (has_location.IsTrue()) {
    GILA_TRY_VOID(copy("origin", Name::kFile));
    GILA_TRY_VOID(copy("cached", Name::kCached));
  }
  return kNone;
}

// The native module itself, also while sys.modules says that there is none: the library's modules
// that are nothing without their native half ask here.
Result<Value> NativeHalf(Thread& thread, Args args) {
  GILA_TRY(Str* const text, ToStrArgument(thread, args[0], "native_half() argument 'name'"));
  const std::string name = ToUtf8(text);
  GILA_TRY(const Value loaded, LoadedModule(thread, args[0]));
  if (IsKind(loaded, kKindModule)) return loaded;
  GILA_TRY(const FoundModule found, FindModule(thread, name, kUnbound));
  if (found.kind != FoundModule::Kind::kNative)
    return thread.RaiseFormat(TypeId::kImportError, "no native module named '%s'", name.c_str());
  GILA_TRY(Module* const module, NewModule(thread, name));
  GILA_TRY_VOID(ExecuteModule(thread, module, name, found));
  return module;
}

Result<Value> IsBuiltin(Thread& thread, Args args) {
  GILA_TRY(Str* const name, ToStrArgument(thread, args[0], "is_builtin() argument 'name'"));
  return Value::SmallInt(IsNativeModule(ToUtf8(name)) ? 1 : 0);
}

Result<Value> IsFrozen(Thread& thread, Args args) {
  GILA_TRY(Str* const name, ToStrArgument(thread, args[0], "is_frozen() argument 'name'"));
  return Value::Bool(FindFrozen(ToUtf8(name)) != nullptr);
}

// Pairs of the name of a module in the binary, and whether it is a package.
Result<Value> FrozenNames(Thread& thread, Args) {
  GILA_TRY(List* const list, NewList(thread));
  for (const FrozenModule* module = kFrozenModules; module->name != nullptr; ++module) {
    const Value pair[] = {Intern(thread, module->name), Value::Bool(module->is_package)};
    GILA_TRY(Tuple* const tuple, NewTuple(thread, pair));
    GILA_TRY_VOID(ListAppend(thread, list, tuple));
  }
  return list;
}

// The package of the library whose folder that is ("" for the library's own), or None.
Result<Value> LibraryPackage(Thread& thread, Args args) {
  GILA_TRY(const std::string folder, EncodeFsPath(thread, args[0]));
  std::string package;
  if (!IsLibraryFolder(folder, &package)) return kNone;
  return NewStr(thread, package);
}

// The spec of a module that one of the folders has, or None.
Result<Value> FindInFolders(Thread& thread, Args args) {
  GILA_TRY(Str* const text, ToStrArgument(thread, args[0], "find_in_folders() argument 'name'"));
  const std::string name = ToUtf8(text);
  GILA_TRY(const FoundModule found, FindModuleInPath(thread, name, args[1]));
  if (found.kind == FoundModule::Kind::kNone) return kNone;
  if (found.kind == FoundModule::Kind::kForeign) return found.spec;
  return MakeModuleSpec(thread, name, found);
}

// What is in the binary is always there: there is nothing to switch.
Result<Value> OverrideFrozen(Thread&, Args) { return kNone; }

Result<Value> LockHeld(Thread&, Args) {
  return Value::Bool(ForkImportLock::IsHeld() || ImportsUnderWay());
}
Result<Value> AcquireLock(Thread& thread, Args) {
  ForkImportLock::Acquire(thread);
  return kNone;
}
Result<Value> ReleaseLock(Thread& thread, Args) {
  if (!ForkImportLock::Release(thread))
    return thread.Raise(TypeId::kRuntimeError, "not holding the import lock");
  return kNone;
}

// code_to_bytes(code): for code_from_bytes() of the same version of Gila. ValueError for code whose
// constants a program replaced, by values of any kind.
Result<Value> CodeToBytes(Thread& thread, Args args) {
  const Code* const code = CastOrNull<Code>(args[0]);
  if (code == nullptr) return thread.RaiseTypeError("a code object is required");
  const std::string image = compiler::WriteCodeImage(*code->data);
  auto again = compiler::ReadCodeImage(image);
  if (again == nullptr) return thread.RaiseValueError("unmarshallable object");
  GILA_TRY(Code* const twin, NewCode(thread, std::move(again)));
  GILA_TRY(const bool same, Equal(thread, code, twin));
  if (!same) return thread.RaiseValueError("unmarshallable object");
  return NewBytes(thread, image);
}

// code_from_bytes(data): the bytes are not to be trusted, so what they hold is verified.
Result<Value> CodeFromBytes(Thread& thread, Args args) {
  GILA_TRY(const std::string image, CopyBuffer(thread, args[0]));
  auto data = compiler::ReadCodeImage(image);
  if (data == nullptr || !compiler::VerifyCode(*data).empty())
    return thread.RaiseValueError("bad marshal data (code of another version, or damaged)");
  GILA_TRY(Code* const code, NewCode(thread, std::move(data)));
  return Value(code);
}

const NativeDef kFunctions[] = {
    {"code_to_bytes", CodeToBytes, "(code, /)", "A code object as bytes, for this version."},
    {"code_from_bytes", CodeFromBytes, "(data, /)", "The code object of such bytes."},
    {"lock_held", LockHeld, "()", "Is a module being imported, or the import lock held?"},
    {"acquire_lock", AcquireLock, "()",
     "Take the import lock: no process is forked meanwhile. Its holder may take it again."},
    {"release_lock", ReleaseLock, "()", "Let go of the import lock, once."},
    {"_override_frozen_modules_for_tests", OverrideFrozen, "(override, /)",
     "Accepted for CPython's tests, which import without its frozen modules."},
    {"frozen_names", FrozenNames, "()",
     "Pairs of the name of a module in the binary, and whether it is a package."},
    {"library_package", LibraryPackage, "(folder, /)",
     "The package of the library whose folder that is, or None."},
    {"find_in_folders", FindInFolders, "(name, path, /)",
     "The spec of a module that is in one of the folders, or None."},
    {"find_own_spec", FindOwnSpec, "(name, /)", "The spec of a native or frozen module, or None."},
    {"find_spec", FindSpec, "(name, path=None, /)",
     "The spec of a module by its full name, or None."},
    {"load_absolute", LoadAbsolute, "(name, /)",
     "The module of that full name, loaded with its parents."},
    {"source_loader", SourceLoader, "(name, path, /)", "A loader for a source file."},
    {"init_module_attrs", InitModuleAttributes, "(module, spec, /)",
     "Set the attributes of a module that its spec knows."},
    {"native_half", NativeHalf, "(name, /)",
     "The native module of that name, whether or not sys.modules lets it be imported."},
    {"is_builtin", IsBuiltin, "(name, /)", "1 when the module is native, else 0."},
    {"is_frozen", IsFrozen, "(name, /)", "True when the module is in the binary as source."},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

Status InitImpModule(Thread& thread, Module* module) GILA_ATTACHED;
Status InitImpModule(Thread& thread, Module* module) {
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

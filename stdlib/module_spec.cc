// module_spec.cc: the objects behind `__spec__` and `__loader__`. Both are namespaces with methods
// of their own: a spec shows itself as CPython's does, a loader can give source and code.
#include "stdlib/module_spec.h"

#include <absl/strings/str_cat.h>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/library_files.h"

namespace gila {

namespace {

Type *spec_type = nullptr, *loader_type = nullptr;

Result<Value> OwnOrNone(Thread& thread, Value self, const char* name) {
  const Value value = GetOwnAttribute(self.AsObject(), Intern(thread, name));
  return value.IsUnbound() ? kNone : value;
}

// ModuleSpec(name='json', loader=..., origin='...', submodule_search_locations=[...])
Result<Value> SpecRepr(Thread& thread, Args args) {
  std::string text = "ModuleSpec(";
  const char* separator = "";
  for (const char* name : {"name", "loader", "origin", "submodule_search_locations"}) {
    GILA_TRY(const Value value, OwnOrNone(thread, args[0], name));
    if (value.IsNone() && std::string_view(name) != "loader") continue;
    GILA_TRY(Str* const shown, Repr(thread, value));
    absl::StrAppend(&text, separator, name, "=", ToUtf8(shown));
    separator = ", ";
  }
  return NewStr(thread, text + ")");
}

Result<Value> SpecInit(Thread& thread, Args args) {
  Object* const self = args[0].AsObject();
  const auto set = [&](const char* name, Value value) {
    return SetOwnAttribute(thread, self, Intern(thread, name), value);
  };
  GILA_TRY_VOID(set("name", args[1]));
  GILA_TRY_VOID(set("loader", args[2]));
  GILA_TRY_VOID(set("origin", args.Or(3, kNone)));
  GILA_TRY_VOID(set("loader_state", args.Or(4, kNone)));
  Value locations = kNone;
  bool is_package = false;
  if (args.Has(5)) {
    GILA_TRY(is_package, Truth(thread, args[5]));
  }
  if (is_package) {
    GILA_TRY(locations, NewList(thread));
  }
  GILA_TRY_VOID(set("submodule_search_locations", locations));
  GILA_TRY_VOID(set("_set_fileattr", kFalse));
  return kNone;
}

Result<Value> GetParent(Thread& thread, Value self) {
  GILA_TRY(const Value name, OwnOrNone(thread, self, "name"));
  GILA_TRY(const Value locations, OwnOrNone(thread, self, "submodule_search_locations"));
  if (!IsStr(name) || !locations.IsNone()) return name;
  const std::string text = ToUtf8(name);
  const size_t dot = text.rfind('.');
  return NewStr(thread, dot == std::string::npos ? "" : text.substr(0, dot));
}

Result<Value> GetHasLocation(Thread& thread, Value self) {
  return OwnOrNone(thread, self, "_set_fileattr");
}
Status SetHasLocation(Thread& thread, Value self, Value value) {
  return SetOwnAttribute(thread, self.AsObject(), Intern(thread, "_set_fileattr"), value);
}

// Where the compiled form of the module's file would be, worked out when somebody asks; a program
// may say something else.
Result<Value> GetCached(Thread& thread, Value self) {
  GILA_TRY(const Value known, OwnOrNone(thread, self, "_cached"));
  if (!known.IsNone()) return known;
  GILA_TRY(const Value origin, OwnOrNone(thread, self, "origin"));
  GILA_TRY(const Value has_location, OwnOrNone(thread, self, "_set_fileattr"));
  GILA_TRY(const bool is_file, Truth(thread, has_location));
  if (!is_file || !IsStr(origin)) return kNone;
  const std::string path = ToUtf8(origin);
  if (path.ends_with(".pyc")) return origin;
  if (!path.ends_with(".py")) return kNone;
  GILA_TRY(const Value util, ImportAbsolute(thread, "importlib.util"));
  const Result<Value> cached =
      CallMethod(thread, util, Intern(thread, "cache_from_source"), {origin});
  if (!cached.ok() && thread.ExceptionMatches(TypeId::kNotImplementedError)) {
    thread.ClearException();
    return kNone;
  }
  return cached;
}
Status SetCached(Thread& thread, Value self, Value value) {
  return SetOwnAttribute(thread, self.AsObject(), Intern(thread, "_cached"), value);
}

// Anything with the same fields is equal.
Result<Value> SpecEquals(Thread& thread, Args args) {
  for (const char* name :
       {"name", "loader", "origin", "submodule_search_locations", "cached", "has_location"}) {
    GILA_TRY(const Value mine, GetAttr(thread, args[0], Intern(thread, name)));
    GILA_TRY(const Value other, GetAttrOrUnbound(thread, args[1], Intern(thread, name)));
    if (other.IsUnbound()) return kNotImplemented;
    GILA_TRY(const bool same, Equal(thread, mine, other));
    if (!same) return kFalse;
  }
  return kTrue;
}

const NativeDef kSpecMethods[] = {
    {"__init__", SpecInit,
     "(self, name, loader, *, origin=None, loader_state=None, is_package=None)",
     "The specification for a module, used for loading."},
    {"__repr__", SpecRepr, "(self, /)", "Return repr(self)."},
    {"__eq__", SpecEquals, "(self, value, /)", "Return self==value."},
    {nullptr, nullptr, nullptr, nullptr},
};
const GetSetDef kSpecGetSets[] = {
    {"parent", GetParent, nullptr, "The name of the module's parent."},
    {"has_location", GetHasLocation, SetHasLocation, nullptr},
    {"cached", GetCached, SetCached, nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};
const TypeSpec kSpecSpec = {.methods = kSpecMethods, .getsets = kSpecGetSets};

// --- loaders ---

// Does the loader stand for a module of the library? The text in the binary is what runs then,
// whatever became of the file.
Result<bool> IsOfLibrary(Thread& thread, Value name, Value path, const FrozenModule** frozen) {
  *frozen = IsStr(name) ? FindFrozen(ToUtf8(name)) : nullptr;
  if (*frozen == nullptr || !IsStr(path)) return *frozen != nullptr;
  GILA_TRY(const std::string file, EncodeFsPath(thread, path));
  return file == LibraryFile(**frozen);
}

Result<std::string> SourceOf(Thread& thread, Value self, Value* missing) {
  GILA_TRY(const Value path, OwnOrNone(thread, self, "path"));
  GILA_TRY(const Value name, OwnOrNone(thread, self, "name"));
  const FrozenModule* frozen = nullptr;
  GILA_TRY(const bool own, IsOfLibrary(thread, name, path, &frozen));
  if (own) return std::string(frozen->source());
  if (IsStr(path)) {
    GILA_TRY(const std::string file, EncodeFsPath(thread, path));
    return ReadSourceFile(thread, file);
  }
  *missing = kNone;
  return std::string();
}

Result<Value> LoaderGetSource(Thread& thread, Args args) {
  Value missing = kUnbound;
  GILA_TRY(const std::string source, SourceOf(thread, args[0], &missing));
  if (missing.IsNone()) return kNone;
  return NewStr(thread, source);
}

Result<Value> LoaderGetData(Thread& thread, Args args) {
  GILA_TRY(const std::string file, EncodeFsPath(thread, args[1]));
  GILA_TRY(const std::string bytes, ReadSourceFile(thread, file));
  return NewBytes(thread, bytes);
}

Result<Value> LoaderGetFilename(Thread& thread, Args args) {
  return OwnOrNone(thread, args[0], "path");
}

Result<FoundModule> Find(Thread& thread, Value self, std::string* name) {
  GILA_TRY(const Value text, OwnOrNone(thread, self, "name"));
  *name = IsStr(text) ? ToUtf8(text) : "";
  FoundModule found;
  GILA_TRY(const Value path, OwnOrNone(thread, self, "path"));
  const FrozenModule* frozen = nullptr;
  GILA_TRY(const bool own, IsOfLibrary(thread, text, path, &frozen));
  if (IsStr(path) && !own) {
    found.kind = FoundModule::Kind::kSource;
    GILA_TRY(found.path, EncodeFsPath(thread, path));
    return found;
  }
  return FindOwnModule(*name);
}

Result<Value> LoaderGetCode(Thread& thread, Args args) {
  std::string name;
  GILA_TRY(const FoundModule found, Find(thread, args[0], &name));
  const bool has_code =
      found.kind == FoundModule::Kind::kSource || found.kind == FoundModule::Kind::kFrozen;
  if (!has_code) return kNone;
  return CompileModuleCode(thread, name, found);
}

Result<Value> LoaderIsPackage(Thread& thread, Args args) {
  std::string name;
  GILA_TRY(const FoundModule found, Find(thread, args[0], &name));
  return Value::Bool(found.is_package || found.path.find("/__init__.py") != std::string::npos);
}

Result<Value> LoaderCreateModule(Thread&, Args) { return kNone; }

Result<Value> LoaderExecModule(Thread& thread, Args args) {
  if (!IsKind(args[1], kKindModule)) return thread.RaiseTypeError("exec_module() needs a module");
  std::string name;
  GILA_TRY(const FoundModule found, Find(thread, args[0], &name));
  GILA_TRY_VOID(ExecuteModule(thread, args[1].As<Module>(), name, found));
  return kNone;
}

Result<Value> LoaderRepr(Thread& thread, Args args) {
  return NewStr(thread, absl::StrCat("<_frozen_importlib_external.SourceFileLoader object at ",
                                     AddressText(args[0]), ">"));
}

// As equality: by name and path.
Result<Value> LoaderHash(Thread& thread, Args args) {
  GILA_TRY(const Value name, OwnOrNone(thread, args[0], "name"));
  GILA_TRY(const Value path, OwnOrNone(thread, args[0], "path"));
  GILA_TRY(const int64_t first, Hash(thread, name));
  GILA_TRY(const int64_t second, Hash(thread, path));
  return NewInt(thread, first ^ second);
}

const NativeDef kLoaderMethods[] = {
    {"__repr__", LoaderRepr, "(self, /)", "Return repr(self)."},
    {"__hash__", LoaderHash, "(self, /)", "Return hash(self)."},
    {"get_data", LoaderGetData, "(self, path)", "The bytes of a file."},
    {"get_source", LoaderGetSource, "(self, fullname=None)", "The text of the module."},
    {"get_filename", LoaderGetFilename, "(self, name=None)", "The file the module came from."},
    {"get_code", LoaderGetCode, "(self, fullname=None)", "The compiled module."},
    {"is_package", LoaderIsPackage, "(self, fullname=None)", "Is the module a package?"},
    {"create_module", LoaderCreateModule, "(self, spec)", "Use default semantics."},
    {"exec_module", LoaderExecModule, "(self, module)", "Execute the module."},
    {nullptr, nullptr, nullptr, nullptr},
};
const TypeSpec kLoaderSpec = {.methods = kLoaderMethods};

// Namespaces like types.SimpleNamespace, with the methods of `spec`.
Status MakeType(Thread& thread, Type** type, const TypeSpec& spec, const char* name) {
  if (*type != nullptr) return kOk;
  GILA_TRY(*type, NewNativeType(thread, spec, name, GetType(TypeId::kSimpleNamespace),
                                kKindSimpleNamespace, sizeof(Object), kBasetype | kHasDict));
  heap::AddRoot(reinterpret_cast<Object**>(type));
  return kOk;
}

Status SetField(Thread& thread, Object* object, const char* name, Value value) {
  return SetOwnAttribute(thread, object, Intern(thread, name), value);
}

}  // namespace

Result<Value> NewModuleSpec(Thread& thread, const std::string& name, Value loader, Value origin,
                            Value locations, bool has_location) {
  GILA_TRY_VOID(MakeType(thread, &spec_type, kSpecSpec, "_frozen_importlib.ModuleSpec"));
  GILA_TRY(Object* const spec, AllocateInstance(thread, spec_type));
  GILA_TRY_VOID(SetField(thread, spec, "name", Intern(thread, name)));
  GILA_TRY_VOID(SetField(thread, spec, "loader", loader));
  GILA_TRY_VOID(SetField(thread, spec, "origin", origin));
  GILA_TRY_VOID(SetField(thread, spec, "loader_state", kNone));
  GILA_TRY_VOID(SetField(thread, spec, "submodule_search_locations", locations));
  GILA_TRY_VOID(SetField(thread, spec, "_set_fileattr", Value::Bool(has_location)));
  return spec;
}

Result<Value> NewLoader(Thread& thread, const std::string& name, const FoundModule& found) {
  GILA_TRY_VOID(
      MakeType(thread, &loader_type, kLoaderSpec, "_frozen_importlib_external.SourceFileLoader"));
  GILA_TRY(Object* const loader, AllocateInstance(thread, loader_type));
  GILA_TRY_VOID(SetField(thread, loader, "name", Intern(thread, name)));
  if (!found.path.empty()) {
    GILA_TRY(Str* const path, DecodeFsPath(thread, found.path));
    GILA_TRY_VOID(SetField(thread, loader, "path", path));
  }
  return loader;
}

}  // namespace gila

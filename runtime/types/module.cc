// module.cc: module objects. Their attributes are in a dictionary of their own; reading them is in
// protocols/attributes.cc.
#include <absl/strings/str_cat.h>

#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/modules.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/protocols/attributes.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

void TraceModule(Object* object, Marker& marker) {
  marker.Visit(static_cast<Module*>(object)->dict);
}
const KindInfo kModuleKind = {"module", TraceModule, nullptr};

Dict* DictOf(Value v) { return v.As<Module>()->dict.Load(); }

// What every new module has.
Status FillModule(Thread& thread, Dict* dict, Value name, Value doc) {
  GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kName), name));
  GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kDoc), doc));
  GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kPackage), kNone));
  GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kLoader), kNone));
  return DictSet(thread, dict, NameOf(Name::kSpec), kNone);
}

Result<Value> ModuleNew(Thread& thread, Args args) {
  GILA_TRY(Dict* const dict, NewDict(thread));
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  static_cast<Module*>(object)->dict.Store(object, dict);
  return object;
}

Result<Value> ModuleInit(Thread& thread, Args args) {
  if (!IsStr(args[1])) {
    const std::string given(TypeNameOf(args[1]));
    return thread.RaiseTypeError("module.__init__() argument 1 must be str, not %s", given.c_str());
  }
  GILA_TRY_VOID(FillModule(thread, DictOf(args[0]), args[1], args.Or(2, kNone)));
  return kNone;
}

// "<module 'x' from '/path'>", "<module 'sys' (built-in)>", as the spec says.
// "<module 'name' what>": what is "from 'file'", or "(origin)", or nothing.
Result<Value> Described(Thread& thread, Value name, const std::string& what) {
  std::string text = "<module ";
  if (name.IsUnbound() || name.IsNone()) {
    text += "'?'";
  } else {
    GILA_TRY(Str* const shown, Repr(thread, name));
    text += ToUtf8(shown);
  }
  return NewStr(thread, absl::StrCat(text, what.empty() ? "" : " ", what, ">"));
}

Result<Value> DescribedByLoader(Thread& thread, Value name, Value loader) {
  if (loader.IsUnbound() || loader.IsNone()) return Described(thread, name, "");
  GILA_TRY(Str* const shown, Repr(thread, loader));
  return Described(thread, name, absl::StrCat("(", ToUtf8(shown), ")"));
}

Result<Value> DescribedBySpec(Thread& thread, Value spec) {
  GILA_TRY(const Value name, GetAttr(thread, spec, Intern(thread, "name")));
  GILA_TRY(const Value origin, GetAttrOrUnbound(thread, spec, Intern(thread, "origin")));
  if (origin.IsUnbound() || origin.IsNone()) {
    GILA_TRY(const Value loader, GetAttrOrUnbound(thread, spec, Intern(thread, "loader")));
    return DescribedByLoader(thread, name, loader);
  }
  GILA_TRY(const Value located, GetAttrOrUnbound(thread, spec, Intern(thread, "has_location")));
  if (located.IsTrue()) {
    GILA_TRY(Str* const shown, Repr(thread, origin));
    return Described(thread, name, absl::StrCat("from ", ToUtf8(shown)));
  }
  GILA_TRY(Str* const text, ToStr(thread, origin));
  return Described(thread, name, absl::StrCat("(", ToUtf8(text), ")"));
}

// The spec knows best; then a loader's deprecated module_repr(), the file, the loader.
Result<Value> ModuleRepr(Thread& thread, Args args) {
  const Dict* dict = DictOf(args[0]);
  const Value name = DictGetInterned(dict, NameOf(Name::kName));
  const Value spec = DictGetInterned(dict, NameOf(Name::kSpec));
  if (!spec.IsUnbound() && !spec.IsNone()) return DescribedBySpec(thread, spec);
  const Value loader = DictGetInterned(dict, NameOf(Name::kLoader));
  if (!loader.IsUnbound() && !loader.IsNone()) {
    GILA_TRY(const Value own, GetAttrOrUnbound(thread, loader, Intern(thread, "module_repr")));
    if (!own.IsUnbound()) {
      const Result<Value> text = Call(thread, own, {args[0]});
      if (text.ok()) return text;
      thread.ClearException();
    }
  }
  const Value file = DictGetInterned(dict, NameOf(Name::kFile));
  if (file.IsUnbound()) return DescribedByLoader(thread, name, loader);
  GILA_TRY(Str* const shown, Repr(thread, file));
  return Described(thread, name, absl::StrCat("from ", ToUtf8(shown)));
}

Result<Value> ModuleDir(Thread& thread, Args args) {
  Dict* const dict = DictOf(args[0]);
  const Value hook = DictGetInterned(dict, NameOf(Special::kDir));
  if (!hook.IsUnbound()) return Call(thread, hook, {});
  return ToList(thread, dict);
}

Result<Value> GetDict(Thread&, Value self) { return DictOf(self); }

Result<Value> GetAnnotations(Thread& thread, Value self) {
  const Value known = DictGetInterned(DictOf(self), NameOf(Name::kAnnotations));
  if (!known.IsUnbound()) return known;
  GILA_TRY(Dict* const made, NewDict(thread));
  GILA_TRY_VOID(DictSet(thread, DictOf(self), NameOf(Name::kAnnotations), made));
  return made;
}

Status SetAnnotations(Thread& thread, Value self, Value value) {
  if (!value.IsUnbound()) return DictSet(thread, DictOf(self), NameOf(Name::kAnnotations), value);
  GILA_TRY(const Value removed, DictPop(thread, DictOf(self), NameOf(Name::kAnnotations)));
  if (removed.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "__annotations__");
  return kOk;
}

const NativeDef kModuleMethods[] = {
    {"__init__", ModuleInit, "(self, name, doc=None)",
     "Initialize self.  See help(type(self)) for accurate signature."},
    {"__repr__", ModuleRepr, "(self, /)", "Return repr(self)."},
    {"__getattribute__", ModuleGetAttribute, "(self, name, /)", "Return getattr(self, name)."},
    {"__dir__", ModuleDir, "(self, /)", "__dir__() -> list\nspecialized dir() implementation"},
    {nullptr, nullptr, nullptr, nullptr},
};

const GetSetDef kModuleGetSets[] = {
    {"__dict__", GetDict, ReadonlyMember, nullptr},
    {"__annotations__", GetAnnotations, SetAnnotations, nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

Result<Value> ModuleGetAttribute(Thread& thread, Args args) {
  GILA_TRY(const Value name, AttributeName(thread, args[1]));
  return StandardGetAttr(thread, args[0], name);
}

Result<Module*> NewModule(Thread& thread, std::string_view name) {
  const Value interned = Intern(thread, name);
  if (interned.IsError()) return kFailed;
  GILA_TRY(Dict* const dict, NewDict(thread));
  GILA_TRY_VOID(FillModule(thread, dict, interned, kNone));
  GILA_TRY(Module* const module, Allocate<Module>(thread, TypeId::kModule));
  module->dict.Init(dict);
  return module;
}

extern const TypeSpec kModuleSpec;
const TypeSpec kModuleSpec = {
    .doc =
        "Create a module object.\n\nThe name must be a string; the optional docstring can have "
        "any type.",
    .new_function = ModuleNew,
    .new_signature = "(cls, /, *args, **kwargs)",
    .methods = kModuleMethods,
    .getsets = kModuleGetSets,
    .extra_flags = kHasDict | kHasWeakref,
    .native_size = sizeof(Module),
    .kind_info = &kModuleKind,
};

}  // namespace gila

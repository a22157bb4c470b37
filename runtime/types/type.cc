// type.cc: the methods and attributes of `type`. What types are and how they are made is in
// runtime/type*.cc.
#include "runtime/type.h"

#include <absl/strings/str_cat.h>

#include <cstring>
#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/native.h"
#include "runtime/native_signature.h"
#include "runtime/protocols.h"
#include "runtime/protocols/attributes.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/super.h"

namespace gila {

Result<Value> TypeGetAttribute(Thread& thread, Args args) {
  GILA_TRY(const Value name, AttributeName(thread, args[1]));
  return TypeGetAttr(thread, args[0].As<Type>(), name);
}

Result<Value> TypeSetAttr(Thread& thread, Args args) {
  GILA_TRY(const Value name, AttributeName(thread, args[1]));
  GILA_TRY_VOID(StandardSetAttr(thread, args[0], name, args[2]));
  return kNone;
}

Result<Value> TypeDelAttr(Thread& thread, Args args) {
  GILA_TRY(const Value name, AttributeName(thread, args[1]));
  GILA_TRY_VOID(StandardSetAttr(thread, args[0], name, kUnbound));
  return kNone;
}

Result<Value> TypeModule(Thread& thread, Type* type) {
  const Value module = DictGetInterned(type->dict.Load(), NameOf(Name::kModule_));
  // In the namespace of type itself this very attribute is found.
  const bool is_attribute = IsKind(module, kKindGetSet);
  if ((!module.IsUnbound() && !is_attribute) || type->Has(kHeapType)) return module;
  static_cast<void>(thread);
  return NameOf(Name::kBuiltinsModule);
}

namespace {

Type* Self(Value v) { return v.As<Type>(); }

// Gate of every setter: types of the core do not change.
Status CheckMutable(Thread& thread, Type* type, Value value, const char* name) {
  const std::string type_name(TypeName(type));
  if (!type->Has(kHeapType)) {
    return thread.RaiseTypeError("cannot set '%s' attribute of immutable type '%s'", name,
                                 type_name.c_str());
  }
  if (value.IsUnbound()) {
    return thread.RaiseTypeError("cannot delete '%s' attribute of immutable type '%s'", name,
                                 type_name.c_str());
  }
  return kOk;
}

Result<Value> TypeRepr(Thread& thread, Args args) {
  Type* const type = Self(args[0]);
  GILA_TRY(const Value module, TypeModule(thread, type));
  std::string text = "<class '";
  if (IsStr(module) && !StrEquals(module.As<Str>(), "builtins")) {
    absl::StrAppend(&text, ToUtf8(module), ".");
    text += ToUtf8(type->qualname.Load());
  } else {
    text += TypeName(type);
  }
  return NewStr(thread, text + "'>");
}

Result<Value> TypeCallMethod(Thread& thread, Args args) {
  // The array ends in the surplus positional arguments; keyword values go behind them.
  const std::span<const Value> positional = args.rest();
  if (!args.Has(1)) {
    return CallType(thread, Self(args[0]), positional.data(), positional.size(), kUnbound);
  }
  Dict* const keywords = args[1].As<Dict>();
  GILA_TRY(List* const all, NewList(thread, positional));
  GILA_TRY(List* const names, NewList(thread));
  int64_t position = 0;
  Value name, value;
  while (DictNext(keywords, &position, &name, &value)) {
    GILA_TRY_VOID(ListAppend(thread, names, name));
    GILA_TRY_VOID(ListAppend(thread, all, value));
  }
  GILA_TRY(Tuple* const flat, ListToTuple(thread, all));
  GILA_TRY(Tuple* const kwnames, ListToTuple(thread, names));
  static_assert(sizeof(Slot) == sizeof(Value));
  return CallType(thread, Self(args[0]), reinterpret_cast<const Value*>(flat->items),
                  static_cast<size_t>(flat->length), kwnames);
}

Result<Value> TypeInit(Thread& thread, Args args) {
  const size_t count = args.rest().size();
  if (args.Has(1) && args[1].As<Dict>()->size.Load() != 0 && count == 1) {
    return thread.RaiseTypeError("type.__init__() takes no keyword arguments");
  }
  if (count != 1 && count != 3) {
    return thread.RaiseTypeError("type.__init__() takes 1 or 3 arguments");
  }
  return kNone;
}

Result<Value> TypeMro(Thread& thread, Args args) {
  Type* const type = Self(args[0]);
  GILA_TRY(Tuple* const mro, ComputeMro(thread, type, type->bases.Load()));
  return ToList(thread, mro);
}

Result<Value> TypeSubclasses(Thread& thread, Args args) {
  GILA_TRY(List* const list, NewList(thread));
  Status status = kOk;
  ForEachSubclass(Self(args[0]), [&](Type* subclass) {
    if (status.ok()) status = ListAppend(thread, list, subclass);
  });
  GILA_TRY_VOID(status);
  return list;
}

Result<Value> TypePrepare(Thread& thread, Args) { return NewDict(thread); }

Result<Value> TypeInstanceCheck(Thread& thread, Args args) {
  GILA_TRY(const bool answer, RealIsInstance(thread, args[1], args[0]));
  return Value::Bool(answer);
}

Result<Value> TypeSubclassCheck(Thread& thread, Args args) {
  GILA_TRY(const bool answer, RealIsSubclass(thread, args[1], args[0]));
  return Value::Bool(answer);
}

Result<Value> TypeDir(Thread& thread, Args args) {
  GILA_TRY(Dict* const names, NewDict(thread));
  GILA_TRY_VOID(MergeClassNames(thread, names, Self(args[0])));
  return ToList(thread, names);
}

Result<Value> TypeSizeOf(Thread&, Args) { return Value::SmallInt(sizeof(Type)); }

Result<Value> TypeOr(Thread& thread, Args args) { return NewUnion(thread, args[0], args[1]); }
Result<Value> TypeRor(Thread& thread, Args args) { return NewUnion(thread, args[1], args[0]); }

// --- attributes ---

Result<Value> GetName(Thread&, Value self) { return Self(self)->name.Load(); }

Status SetNameSlot(Thread& thread, Value self, Value value, Slot Type::* slot, const char* what) {
  Type* const type = Self(self);
  GILA_TRY_VOID(CheckMutable(thread, type, value, what));
  if (!IsStr(value)) {
    const std::string type_name(TypeName(type)), given(TypeNameOf(value));
    return thread.RaiseTypeError("can only assign string to %s.%s, not '%s'", type_name.c_str(),
                                 what, given.c_str());
  }
  Str* const name = value.As<Str>();
  if (slot == &Type::name && StrFind(name, latin1_strings[0].As<Str>(), 0, name->length) >= 0)
    return thread.RaiseValueError("type name must not contain null characters");
  (type->*slot).Store(type, value);
  return kOk;
}

Status SetName(Thread& thread, Value self, Value value) {
  return SetNameSlot(thread, self, value, &Type::name, "__name__");
}
Result<Value> GetQualname(Thread&, Value self) { return Self(self)->qualname.Load(); }
Status SetQualname(Thread& thread, Value self, Value value) {
  return SetNameSlot(thread, self, value, &Type::qualname, "__qualname__");
}

Result<Value> GetModule(Thread& thread, Value self) {
  GILA_TRY(const Value module, TypeModule(thread, Self(self)));
  if (module.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "__module__");
  return module;
}

Status SetModule(Thread& thread, Value self, Value value) {
  GILA_TRY_VOID(CheckMutable(thread, Self(self), value, "__module__"));
  return SetTypeAttribute(thread, Self(self), NameOf(Name::kModule_), value);
}

Result<Value> GetDoc(Thread& thread, Value self) {
  const TypeSpec* spec = Self(self)->spec;
  if (spec != nullptr && spec->doc != nullptr) return NewStr(thread, spec->doc);
  const Value doc = DictGetInterned(Self(self)->dict.Load(), NameOf(Name::kDoc));
  if (spec != nullptr && IsKind(doc, kKindGetSet)) return kNone;
  if (doc.IsUnbound()) return kNone;
  return BindDescriptor(thread, doc, kUnbound, Self(self));
}

Status SetDoc(Thread& thread, Value self, Value value) {
  GILA_TRY_VOID(CheckMutable(thread, Self(self), value, "__doc__"));
  return SetTypeAttribute(thread, Self(self), NameOf(Name::kDoc), value);
}

Result<Value> GetTypeDict(Thread& thread, Value self) {
  return NewMappingProxy(thread, Self(self)->dict.Load());
}

Result<Value> GetBases(Thread&, Value self) { return Self(self)->bases.Load(); }
Result<Value> GetMro(Thread&, Value self) { return Self(self)->mro.Load(); }
Result<Value> GetBase(Thread&, Value self) {
  Type* const base = Self(self)->base.Load();
  return base == nullptr ? kNone : Value(base);
}

Result<Value> GetAnnotations(Thread& thread, Value self) {
  Type* const type = Self(self);
  if (!type->Has(kHeapType)) return RaiseNoAttribute(thread, self, NameOf(Name::kAnnotations));
  const Value known = DictGetInterned(type->dict.Load(), NameOf(Name::kAnnotations));
  if (!known.IsUnbound()) return BindDescriptor(thread, known, kUnbound, type);
  GILA_TRY(Dict* const made, NewDict(thread));
  GILA_TRY_VOID(SetTypeAttribute(thread, type, NameOf(Name::kAnnotations), made));
  return made;
}

Status SetAnnotations(Thread& thread, Value self, Value value) {
  Type* const type = Self(self);
  if (!type->Has(kHeapType)) return CheckMutable(thread, type, value, "__annotations__");
  if (value.IsUnbound() &&
      DictGetInterned(type->dict.Load(), NameOf(Name::kAnnotations)).IsUnbound()) {
    return thread.Raise(TypeId::kAttributeError, "__annotations__");
  }
  return SetTypeAttribute(thread, type, NameOf(Name::kAnnotations), value);
}

Result<Value> GetAbstractMethods(Thread& thread, Value self) {
  const Value names =
      Self(self) == GetType(TypeId::kType)
          ? kUnbound
          : DictGetInterned(Self(self)->dict.Load(), NameOf(Name::kAbstractMethods));
  if (names.IsUnbound()) {
    return RaiseAttributeError(thread, self, NameOf(Name::kAbstractMethods), "__abstractmethods__");
  }
  return names;
}

Status SetAbstractMethods(Thread& thread, Value self, Value value) {
  Type* const type = Self(self);
  bool abstract = false;
  if (!value.IsUnbound()) {
    GILA_TRY(abstract, Truth(thread, value));
  } else if (DictGetInterned(type->dict.Load(), NameOf(Name::kAbstractMethods)).IsUnbound()) {
    return thread.Raise(TypeId::kAttributeError, "__abstractmethods__");
  }
  GILA_TRY_VOID(SetTypeAttribute(thread, type, NameOf(Name::kAbstractMethods), value));
  if (abstract) {
    type->flags.FetchOr(kAbstract);
  } else {
    type->flags.FetchAnd(~uint32_t{kAbstract});
  }
  return kOk;
}

// What a class is called with, when its own __init__ says more than that it takes anything; else
// empty.
std::string SignatureOfInit(const TypeSpec& spec) {
  for (const NativeDef* def = spec.methods; def != nullptr && def->name != nullptr; ++def) {
    if (std::string_view(def->name) != "__init__" || def->signature == nullptr) continue;
    std::string_view rest = def->signature;
    if (!rest.starts_with("(self") || rest.find("**kwargs") != std::string_view::npos) return "";
    rest.remove_prefix(strlen("(self"));
    for (const std::string_view skipped : {", /", ", "})
      if (rest.starts_with(skipped)) rest.remove_prefix(skipped.size());
    return absl::StrCat("(", std::string(rest));
  }
  return "";
}

Result<Value> GetTextSignature(Thread& thread, Value self) {
  const TypeSpec* spec = Self(self)->spec;
  if (spec == nullptr) return kNone;
  if (const std::string init = SignatureOfInit(*spec); !init.empty()) return NewStr(thread, init);
  if (spec->new_signature == nullptr) return kNone;
  return NewStr(thread, TextSignature(spec->new_signature, true));
}

Result<Value> GetBasicSize(Thread&, Value self) { return Value::SmallInt(Self(self)->native_size); }
// Of the types whose instances vary in size, as CPython has them.
Result<Value> GetItemSizeOfType(Thread&, Value self) {
  if (Self(self)->Has(kHeapType)) return Value::SmallInt(0);
  switch (Self(self)->instance_kind) {
    case kKindTuple:
      return Value::SmallInt(8);
    case kKindInt:
      return Value::SmallInt(4);
    case kKindBytes:
      return Value::SmallInt(1);
    default:
      return Value::SmallInt(0);
  }
}
Result<Value> GetZero(Thread&, Value) { return Value::SmallInt(0); }

constexpr uint32_t kPyHeapType = 1u << 9, kPyBaseType = 1u << 10, kPySequence = 1u << 5,
                   kPyMapping = 1u << 6, kPyImmutable = 1u << 8, kPyAbstract = 1u << 20,
                   kPyReady = 1u << 12;

Result<Value> GetFlags(Thread&, Value self) {
  const Type* type = Self(self);
  uint32_t flags = kPyReady;
  flags |= type->Has(kHeapType) ? kPyHeapType : kPyImmutable;
  if (type->Has(kBasetype)) flags |= kPyBaseType;
  if (type->Has(kMatchSequence)) flags |= kPySequence;
  if (type->Has(kMatchMapping)) flags |= kPyMapping;
  if (type->Has(kAbstract)) flags |= kPyAbstract;
  return Value::SmallInt(flags);
}

const NativeDef kTypeMethods[] = {
    {"__repr__", TypeRepr, "(self, /)", "Return repr(self)."},
    {"__call__", TypeCallMethod, "(self, /, *args, **kwargs)", "Call self as a function."},
    {"__init__", TypeInit, "(self, /, *args, **kwargs)",
     "Initialize self.  See help(type(self)) for accurate signature."},
    {"__getattribute__", TypeGetAttribute, "(self, name, /)", "Return getattr(self, name)."},
    {"__setattr__", TypeSetAttr, "(self, name, value, /)", "Implement setattr(self, name, value)."},
    {"__delattr__", TypeDelAttr, "(self, name, /)", "Implement delattr(self, name)."},
    {"__or__", TypeOr, "(self, value, /)", "Return self|value."},
    {"__ror__", TypeRor, "(self, value, /)", "Return value|self."},
    {"mro", TypeMro, "(self, /)", "Return a type's method resolution order."},
    {"__subclasses__", TypeSubclasses, "(self, /)", "Return a list of immediate subclasses."},
    {"__prepare__", TypePrepare, "@classmethod(cls, /, *args, **kwargs)",
     "Create the namespace for the class statement."},
    {"__instancecheck__", TypeInstanceCheck, "(self, instance, /)",
     "Check if an object is an instance."},
    {"__subclasscheck__", TypeSubclassCheck, "(self, subclass, /)",
     "Check if a class is a subclass."},
    {"__dir__", TypeDir, "(self, /)", "Specialized __dir__ implementation for types."},
    {"__sizeof__", TypeSizeOf, "(self, /)", "Return memory consumption of the type object."},
    {nullptr, nullptr, nullptr, nullptr},
};

const GetSetDef kTypeGetSets[] = {
    {"__name__", GetName, SetName, nullptr},
    {"__qualname__", GetQualname, SetQualname, nullptr},
    {"__module__", GetModule, SetModule, nullptr},
    {"__doc__", GetDoc, SetDoc, nullptr},
    {"__dict__", GetTypeDict, nullptr, nullptr},
    {"__bases__", GetBases, SetTypeBases, nullptr},
    {"__mro__", GetMro, ReadonlyMember, nullptr},
    {"__base__", GetBase, ReadonlyMember, nullptr},
    {"__annotations__", GetAnnotations, SetAnnotations, nullptr},
    {"__abstractmethods__", GetAbstractMethods, SetAbstractMethods, nullptr},
    {"__text_signature__", GetTextSignature, nullptr, nullptr},
    {"__basicsize__", GetBasicSize, ReadonlyMember, nullptr},
    {"__itemsize__", GetItemSizeOfType, ReadonlyMember, nullptr},
    {"__dictoffset__", GetZero, ReadonlyMember, nullptr},
    {"__weakrefoffset__", GetZero, ReadonlyMember, nullptr},
    {"__flags__", GetFlags, ReadonlyMember, nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

extern const TypeSpec kTypeSpec;
const TypeSpec kTypeSpec = {
    .doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
    .new_function = TypeNew,
    .new_signature = "(cls, /, *args, **kwargs)",
    .methods = kTypeMethods,
    .getsets = kTypeGetSets,
    .native_size = sizeof(Type),
};

}  // namespace gila

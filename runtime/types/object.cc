// object.cc: the methods every object has. __new__ and __init__ are in type_call.cc, __reduce_ex__
// in object_reduce.cc.
#include <absl/strings/str_cat.h>

#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/protocols/attributes.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

Result<Value> AttributeName(Thread& thread, Value name) {
  if (!IsStr(name)) {
    const std::string given(TypeNameOf(name));
    return thread.RaiseTypeError("attribute name must be string, not '%s'", given.c_str());
  }
  return InternStr(thread, name.As<Str>());
}

Result<Value> ObjectGetAttribute(Thread& thread, Args args) {
  GILA_TRY(const Value name, AttributeName(thread, args[1]));
  return GenericGetAttr(thread, args[0], name);
}

Result<Value> ObjectSetAttr(Thread& thread, Args args) {
  GILA_TRY(const Value name, AttributeName(thread, args[1]));
  if (IsType(args[0])) {
    const std::string type_name(TypeNameOf(args[0]));
    return thread.RaiseTypeError("can't apply this __setattr__ to %s object", type_name.c_str());
  }
  GILA_TRY_VOID(GenericSetAttr(thread, args[0], name, args[2]));
  return kNone;
}

Result<Value> ObjectDelAttr(Thread& thread, Args args) {
  GILA_TRY(const Value name, AttributeName(thread, args[1]));
  if (IsType(args[0])) {
    const std::string type_name(TypeNameOf(args[0]));
    return thread.RaiseTypeError("can't apply this __delattr__ to %s object", type_name.c_str());
  }
  GILA_TRY_VOID(GenericSetAttr(thread, args[0], name, kUnbound));
  return kNone;
}

namespace {

Result<Value> ObjectRepr(Thread& thread, Args args) {
  Type* const type = TypeOf(args[0]);
  GILA_TRY(const Value module, TypeModule(thread, type));
  std::string text = "<";
  if (IsStr(module) && !StrEquals(module.As<Str>(), "builtins")) {
    absl::StrAppend(&text, ToUtf8(module), ".", ToUtf8(type->qualname.Load()));
  } else {
    text += TypeName(type);
  }
  absl::StrAppend(&text, " object at ", AddressText(args[0]), ">");
  return NewStr(thread, text);
}

// Whether the result is a str is for str() to check.
Result<Value> ObjectStr(Thread& thread, Args args) {
  // A class may have this very method as its __repr__.
  RecursionScope scope(thread, " while calling a Python object");
  GILA_TRY_VOID(scope.status());
  return CallSpecial(thread, args[0], Special::kRepr);
}

Result<Value> ObjectEq(Thread&, Args args) { return args[0] == args[1] ? kTrue : kNotImplemented; }

Result<Value> ObjectNe(Thread& thread, Args args) {
  RecursionScope scope(thread, " in comparison");
  GILA_TRY_VOID(scope.status());
  const Value other[] = {args[1]};
  GILA_TRY(const Value equal, CallSpecial(thread, args[0], Special::kEq, other));
  if (equal.IsUnbound() || equal == kNotImplemented) return kNotImplemented;
  GILA_TRY(const bool truth, Truth(thread, equal));
  return Value::Bool(!truth);
}

Result<Value> ObjectOrder(Thread&, Args) { return kNotImplemented; }

Result<Value> ObjectHash(Thread& thread, Args args) {
  return NewInt(thread, IdentityHash(args[0]));
}

Result<Value> ObjectFormat(Thread& thread, Args args) {
  GILA_TRY_VOID(ToStrArgument(thread, args[1], "__format__() argument"));
  if (args[1].As<Str>()->length > 0) {
    const std::string type_name(TypeNameOf(args[0]));
    return thread.RaiseTypeError("unsupported format string passed to %s.__format__",
                                 type_name.c_str());
  }
  return ToStr(thread, args[0]);
}

Result<Value> ObjectSizeOf(Thread& thread, Args args) {
  if (!args[0].IsPointer()) return Value::SmallInt(sizeof(Value));
  return NewInt(thread, static_cast<int64_t>(heap::CellSize(args[0].AsObject())));
}

Result<Value> ObjectInitSubclass(Thread&, Args) { return kNone; }
Result<Value> ObjectSubclassHook(Thread&, Args) { return kNotImplemented; }

// Names of the class and its bases, later ones do not matter: dir() sorts and unites.
Result<Value> ObjectDir(Thread& thread, Args args) {
  GILA_TRY(Dict* const names, NewDict(thread));
  GILA_TRY(const Value own, GetAttrOrUnbound(thread, args[0], NameOf(Name::kDict_)));
  if (IsDict(own)) GILA_TRY_VOID(DictUpdate(thread, names, own));
  GILA_TRY(const Value cls, GetAttrOrUnbound(thread, args[0], NameOf(Name::kClass)));
  if (IsType(cls)) GILA_TRY_VOID(MergeClassNames(thread, names, cls.As<Type>()));
  return ToList(thread, names);
}

Result<Value> GetClass(Thread&, Value self) { return TypeOf(self); }

Status SetClass(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.RaiseTypeError("can't delete __class__ attribute");
  if (!IsType(value)) {
    const std::string given(TypeNameOf(value));
    return thread.RaiseTypeError("__class__ must be set to a class, not '%s' object",
                                 given.c_str());
  }
  Type *const from = TypeOf(self), *const to = value.As<Type>();
  if (from == to) return kOk;
  const bool modules =
      IsSubtype(to, GetType(TypeId::kModule)) && IsSubtype(from, GetType(TypeId::kModule));
  if (!modules && (!from->Has(kHeapType) || !to->Has(kHeapType))) {
    return thread.RaiseTypeError(
        "__class__ assignment only supported for mutable types or ModuleType subclasses");
  }
  if (!CompatibleForAssignment(from, to)) {
    const std::string from_name(TypeName(from)), to_name(TypeName(to));
    return thread.RaiseTypeError("__class__ assignment: '%s' object layout differs from '%s'",
                                 to_name.c_str(), from_name.c_str());
  }
  return SetInstanceType(thread, self.AsObject(), to);
}

void TraceNothing(Object*, Marker&) {}
const KindInfo kObjectKind = {"object", TraceNothing, nullptr};

const NativeDef kObjectMethods[] = {
    {"__init__", ObjectInit, "(self, /, *args, **kwargs)",
     "Initialize self.  See help(type(self)) for accurate signature."},
    {"__repr__", ObjectRepr, "(self, /)", "Return repr(self)."},
    {"__str__", ObjectStr, "(self, /)", "Return str(self)."},
    {"__eq__", ObjectEq, "(self, value, /)", "Return self==value."},
    {"__ne__", ObjectNe, "(self, value, /)", "Return self!=value."},
    {"__lt__", ObjectOrder, "(self, value, /)", "Return self<value."},
    {"__le__", ObjectOrder, "(self, value, /)", "Return self<=value."},
    {"__gt__", ObjectOrder, "(self, value, /)", "Return self>value."},
    {"__ge__", ObjectOrder, "(self, value, /)", "Return self>=value."},
    {"__hash__", ObjectHash, "(self, /)", "Return hash(self)."},
    {"__getattribute__", ObjectGetAttribute, "(self, name, /)", "Return getattr(self, name)."},
    {"__setattr__", ObjectSetAttr, "(self, name, value, /)",
     "Implement setattr(self, name, value)."},
    {"__delattr__", ObjectDelAttr, "(self, name, /)", "Implement delattr(self, name)."},
    {"__format__", ObjectFormat, "(self, format_spec, /)", "Default object formatter."},
    {"__sizeof__", ObjectSizeOf, "(self, /)", "Size of object in memory, in bytes."},
    {"__dir__", ObjectDir, "(self, /)", "Default dir() implementation."},
    {"__reduce__", ObjectReduce, "(self, /)", "Helper for pickle."},
    {"__reduce_ex__", ObjectReduceEx, "(self, protocol, /)", "Helper for pickle."},
    {"__getstate__", ObjectGetState, "(self, /)", "Helper for pickle."},
    {"__init_subclass__", ObjectInitSubclass, "@classmethod(cls, /)",
     "This method is called when a class is subclassed."},
    {"__subclasshook__", ObjectSubclassHook, "@classmethod(cls, object, /)",
     "Abstract classes can override this to customize issubclass()."},
    {nullptr, nullptr, nullptr, nullptr},
};

const GetSetDef kObjectGetSets[] = {
    {"__class__", GetClass, SetClass, "the object's class"},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

std::string AddressText(Value v) { return absl::StrCat("0x", absl::Hex(IdentityOf(v))); }

Status MergeClassNames(Thread& thread, Dict* names, Type* type) {
  const Tuple* mro = type->mro.Load();
  for (int64_t i = mro->length; i > 0; --i) {
    GILA_TRY_VOID(DictUpdate(thread, names, mro->At(i - 1).As<Type>()->dict.Load()));
  }
  return kOk;
}

extern const TypeSpec kObjectSpec;
const TypeSpec kObjectSpec = {
    .doc =
        "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and "
        "returns a new featureless\ninstance that has no instance attributes and cannot be "
        "given any.\n",
    .new_function = ObjectNew,
    .new_signature = "(cls, /, *args, **kwargs)",
    .methods = kObjectMethods,
    .getsets = kObjectGetSets,
    .kind_info = &kObjectKind,
};

}  // namespace gila

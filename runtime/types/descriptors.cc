// descriptors.cc: staticmethod, classmethod, and the descriptors that classes get for __slots__ and
// that built-in types have for their attributes. property is in property.cc.
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
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

// --- staticmethod and classmethod ---

void TraceWrapped(Object* object, Marker& marker) {
  marker.Visit(static_cast<WrappedCallable*>(object)->callable);
  marker.Visit(static_cast<WrappedCallable*>(object)->attributes);
}
const KindInfo kWrappedKind = {"wrapped callable", TraceWrapped, nullptr};

WrappedCallable* Wrapped(Value v) { return v.As<WrappedCallable>(); }

Result<Value> WrappedNew(Thread& thread, Args args) {
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  static_cast<WrappedCallable*>(object)->callable.Init(kNone);
  static_cast<WrappedCallable*>(object)->attributes.Init(kUnbound);
  return object;
}

// Looks like the function it wraps.
Result<Value> WrappedInit(Thread& thread, Args args) {
  Wrapped(args[0])->callable.Store(args[0].AsObject(), args[1]);
  for (const Name name :
       {Name::kModule_, Name::kName, Name::kQualname, Name::kDoc, Name::kAnnotations}) {
    GILA_TRY(const Value value, GetAttrOrUnbound(thread, args[1], NameOf(name)));
    if (!value.IsUnbound()) {
      GILA_TRY_VOID(SetOwnAttribute(thread, args[0].AsObject(), NameOf(name), value));
    }
  }
  return kNone;
}

Result<Value> WrappedRepr(Thread& thread, Args args) {
  GILA_TRY(Str* const shown, Repr(thread, Wrapped(args[0])->callable.Load()));
  return NewStr(
      thread, absl::StrCat("<", std::string(TypeName(TypeOf(args[0]))), "(", ToUtf8(shown), ")>"));
}

Result<Value> StaticMethodGet(Thread&, Args args) { return Wrapped(args[0])->callable.Load(); }

Result<Value> StaticMethodCall(Thread& thread, Args args) {
  GILA_TRY(Tuple* const positional, NewTuple(thread, args.rest()));
  return CallWith(thread, Wrapped(args[0])->callable.Load(), positional, args[1]);
}

Result<Value> ClassMethodGet(Thread& thread, Args args) {
  Value owner = args.Or(2, kNone);
  if (owner.IsNone()) owner = TypeOf(args[1]);
  const Value callable = Wrapped(args[0])->callable.Load();
  if (callable.IsPointer() && !LookupSpecial(thread, TypeOf(callable), Special::kGet).IsUnbound()) {
    return BindDescriptor(thread, callable, owner,
                          IsType(owner) ? owner.As<Type>() : TypeOf(owner));
  }
  return NewMethod(thread, callable, owner);
}

Result<Value> GetCallable(Thread&, Value self) { return Wrapped(self)->callable.Load(); }

Result<Value> GetIsAbstract(Thread& thread, Value self) {
  GILA_TRY(const bool abstract, IsAbstractMethod(thread, Wrapped(self)->callable.Load()));
  return Value::Bool(abstract);
}

const NativeDef kStaticMethodMethods[] = {
    {"__init__", WrappedInit, "(self, function, /)", "Initialize self."},
    {"__repr__", WrappedRepr, "(self, /)", "Return repr(self)."},
    {"__call__", StaticMethodCall, "(self, /, *args, **kwargs)", "Call self as a function."},
    {"__get__", StaticMethodGet, "(self, instance, owner=None, /)",
     "Return an attribute of instance, which is of type owner."},
    {nullptr, nullptr, nullptr, nullptr},
};
const NativeDef kClassMethodMethods[] = {
    {"__init__", WrappedInit, "(self, function, /)", "Initialize self."},
    {"__repr__", WrappedRepr, "(self, /)", "Return repr(self)."},
    {"__get__", ClassMethodGet, "(self, instance, owner=None, /)",
     "Return an attribute of instance, which is of type owner."},
    {nullptr, nullptr, nullptr, nullptr},
};
const GetSetDef kWrappedGetSets[] = {
    {"__func__", GetCallable, ReadonlyMember, nullptr},
    {"__wrapped__", GetCallable, ReadonlyMember, nullptr},
    {"__isabstractmethod__", GetIsAbstract, nullptr, nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};

// --- member and getset descriptors ---

void TraceMember(Object* object, Marker& marker) {
  marker.Visit(static_cast<Member*>(object)->name);
  marker.Visit(static_cast<Member*>(object)->owner);
}
const KindInfo kMemberKind = {"member", TraceMember, nullptr};

void TraceGetSet(Object* object, Marker& marker) {
  marker.Visit(static_cast<GetSet*>(object)->name);
  marker.Visit(static_cast<GetSet*>(object)->owner);
}
const KindInfo kGetSetKind = {"getset", TraceGetSet, nullptr};

Value NameOfDescriptor(Value v) {
  return IsKind(v, kKindMember) ? v.As<Member>()->name.Load() : v.As<GetSet>()->name.Load();
}
Type* OwnerOfDescriptor(Value v) {
  return IsKind(v, kKindMember) ? v.As<Member>()->owner.Load() : v.As<GetSet>()->owner.Load();
}

Result<Value> AttributeRepr(Thread& thread, Args args) {
  const bool member =
      IsKind(args[0], kKindMember) || args[0].As<GetSet>()->def->set == ReadonlyMember;
  return NewStr(
      thread,
      absl::StrCat(member ? "<member '" : "<attribute '", ToUtf8(NameOfDescriptor(args[0])),
                   "' of '", std::string(TypeName(OwnerOfDescriptor(args[0]))), "' objects>"));
}

Result<Value> AttributeGet(Thread& thread, Args args) {
  if (args[1].IsNone()) {
    if (!args.Has(2) || args[2].IsNone()) {
      return thread.RaiseTypeError("__get__(None, None) is invalid");
    }
    return args[0];
  }
  return BindDescriptor(thread, args[0], args[1], TypeOf(args[1]));
}

Result<Value> AttributeSet(Thread& thread, Args args) {
  GILA_TRY_VOID(StoreThroughDescriptor(thread, args[0], args[1], args[2]));
  return kNone;
}

Result<Value> AttributeDelete(Thread& thread, Args args) {
  GILA_TRY_VOID(StoreThroughDescriptor(thread, args[0], args[1], kUnbound));
  return kNone;
}

Result<Value> AttributeReduce(Thread& thread, Args args) {
  const Value pair[] = {OwnerOfDescriptor(args[0]), NameOfDescriptor(args[0])};
  GILA_TRY(Tuple* const arguments, NewTuple(thread, pair));
  Dict* const builtins = BuiltinsDict(thread);
  if (builtins == nullptr) return kFailed;
  const Value result[] = {DictGetInterned(builtins, NameOf(Name::kGetattr)), arguments};
  return NewTuple(thread, result);
}

Result<Value> GetDescriptorName(Thread&, Value self) { return NameOfDescriptor(self); }
Result<Value> GetDescriptorOwner(Thread&, Value self) { return OwnerOfDescriptor(self); }
Result<Value> GetDescriptorQualname(Thread& thread, Value self) {
  return NewStr(thread, absl::StrCat(ToUtf8(OwnerOfDescriptor(self)->qualname.Load()), ".",
                                     ToUtf8(NameOfDescriptor(self))));
}
Result<Value> GetDescriptorDoc(Thread& thread, Value self) {
  const char* doc = IsKind(self, kKindGetSet) ? self.As<GetSet>()->def->doc : nullptr;
  if (doc == nullptr) return kNone;
  return NewStr(thread, doc);
}

const NativeDef kAttributeMethods[] = {
    {"__repr__", AttributeRepr, "(self, /)", "Return repr(self)."},
    {"__get__", AttributeGet, "(self, instance, owner=None, /)",
     "Return an attribute of instance, which is of type owner."},
    {"__set__", AttributeSet, "(self, instance, value, /)",
     "Set an attribute of instance to value."},
    {"__delete__", AttributeDelete, "(self, instance, /)", "Delete an attribute of instance."},
    {"__reduce__", AttributeReduce, "(self, /)", "Helper for pickle."},
    {nullptr, nullptr, nullptr, nullptr},
};
const GetSetDef kAttributeGetSets[] = {
    {"__name__", GetDescriptorName, ReadonlyMember, nullptr},
    {"__qualname__", GetDescriptorQualname, nullptr, nullptr},
    {"__objclass__", GetDescriptorOwner, ReadonlyMember, nullptr},
    {"__doc__", GetDescriptorDoc, nullptr, nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

Result<bool> IsAbstractMethod(Thread& thread, Value v) {
  GILA_TRY(const Value mark, GetAttrOrUnbound(thread, v, Intern(thread, "__isabstractmethod__")));
  if (mark.IsUnbound()) return false;
  return Truth(thread, mark);
}

extern const TypeSpec kStaticMethodSpec, kClassMethodSpec, kMemberSpec, kGetSetSpec;
const TypeSpec kStaticMethodSpec = {
    .doc = "staticmethod(function) -> method\n\nConvert a function to be a static method.",
    .new_function = WrappedNew,
    .new_signature = "(cls, /, *args, **kwargs)",
    .methods = kStaticMethodMethods,
    .getsets = kWrappedGetSets,
    .native_size = sizeof(WrappedCallable),
    .kind_info = &kWrappedKind,
};
const TypeSpec kClassMethodSpec = {
    .doc = "classmethod(function) -> method\n\nConvert a function to be a class method.",
    .new_function = WrappedNew,
    .new_signature = "(cls, /, *args, **kwargs)",
    .methods = kClassMethodMethods,
    .getsets = kWrappedGetSets,
    .native_size = sizeof(WrappedCallable),
    .kind_info = &kWrappedKind,
};
const TypeSpec kMemberSpec = {
    .methods = kAttributeMethods,
    .getsets = kAttributeGetSets,
    .native_size = sizeof(Member),
    .kind_info = &kMemberKind,
};
const TypeSpec kGetSetSpec = {
    .methods = kAttributeMethods,
    .getsets = kAttributeGetSets,
    .native_size = sizeof(GetSet),
    .kind_info = &kGetSetKind,
};

}  // namespace gila

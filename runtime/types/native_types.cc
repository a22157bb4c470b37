// native_types.cc: what programs see of native functions: built-in functions and methods, method
// descriptors, slot wrappers and method wrappers. Calling them is runtime/native_bind.cc.
#include <absl/strings/str_cat.h>

#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/modules.h"
#include "runtime/native.h"
#include "runtime/native_signature.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

Status ReadonlyMember(Thread& thread, Value, Value) {
  return thread.Raise(TypeId::kAttributeError, "readonly attribute");
}

namespace {

void TraceNative(Object* object, Marker& marker) {
  auto* function = static_cast<NativeFunction*>(object);
  marker.Visit(function->self);
  marker.Visit(function->owner);
  marker.Visit(function->name);
}
const KindInfo kNativeKind = {"native function", TraceNative, nullptr};

NativeFunction* Self(Value v) { return v.As<NativeFunction>(); }
std::string OwnerName(const NativeFunction* function) {
  return std::string(TypeName(function->owner.Load()));
}

// --- repr ---

Result<Value> FunctionRepr(Thread& thread, Args args) {
  const NativeFunction* function = Self(args[0]);
  if (function->owner.Load() == nullptr) {
    return NewStr(thread, absl::StrCat("<built-in function ", function->def->name, ">"));
  }
  const Value self = function->self.Load();
  return NewStr(thread,
                absl::StrCat("<built-in method ", function->def->name, " of ",
                             std::string(TypeNameOf(self)), " object at ", AddressText(self), ">"));
}

Result<Value> DescriptorRepr(Thread& thread, Args args) {
  return NewStr(thread, absl::StrCat("<method '", Self(args[0])->def->name, "' of '",
                                     OwnerName(Self(args[0])), "' objects>"));
}

Result<Value> WrapperRepr(Thread& thread, Args args) {
  return NewStr(thread, absl::StrCat("<slot wrapper '", Self(args[0])->def->name, "' of '",
                                     OwnerName(Self(args[0])), "' objects>"));
}

Result<Value> MethodWrapperRepr(Thread& thread, Args args) {
  const Value self = Self(args[0])->self.Load();
  return NewStr(thread,
                absl::StrCat("<method-wrapper '", Self(args[0])->def->name, "' of ",
                             std::string(TypeNameOf(self)), " object at ", AddressText(self), ">"));
}

// --- common to all ---

Result<Value> NativeCall(Thread& thread, Args args) {
  GILA_TRY(Tuple* const positional, NewTuple(thread, args.rest()));
  return CallWith(thread, args[0], positional, args[1]);
}

// Two bound methods are equal when they bind the same function to the same object.
Result<Value> NativeEq(Thread&, Args args) {
  if (args[0] == args[1]) return kTrue;
  if (!args[1].IsPointer() || args[1].AsObject()->kind != args[0].AsObject()->kind) {
    return kNotImplemented;
  }
  const NativeFunction *a = Self(args[0]), *b = Self(args[1]);
  return Value::Bool(a->function == b->function && a->self.Load() == b->self.Load() &&
                     a->owner.Load() == b->owner.Load() && a->owner.Load() != nullptr);
}

Result<Value> NativeHash(Thread& thread, Args args) {
  const NativeFunction* function = Self(args[0]);
  return NewInt(thread,
                IdentityHash(function->self.Load()) ^
                    static_cast<int64_t>(reinterpret_cast<uintptr_t>(function->function) >> 4));
}

Result<Value> DescriptorGet(Thread& thread, Args args) {
  const Value object = args[1].IsNone() ? kUnbound : args[1];
  if (object.IsUnbound() && (!args.Has(2) || args[2].IsNone())) {
    return thread.RaiseTypeError("__get__(None, None) is invalid");
  }
  Type* type = args.Has(2) && IsType(args[2]) ? args[2].As<Type>()
               : object.IsUnbound()           ? GetType(TypeId::kNoneType)
                                              : TypeOf(object);
  const Type* owner = Self(args[0])->owner.Load();
  if (!object.IsUnbound() && !IsKind(args[0], kKindClassMethodDescriptor) &&
      !IsSubtype(TypeOf(object), owner)) {
    const std::string owner_name(TypeName(owner)), given(TypeNameOf(object));
    return thread.RaiseTypeError("descriptor '%s' for '%s' objects doesn't apply to a '%s' object",
                                 Self(args[0])->def->name, owner_name.c_str(), given.c_str());
  }
  return BindDescriptor(thread, args[0], object, type);
}

// A method of a built-in type is pickled as getattr(self, name).
Result<Value> NativeReduce(Thread& thread, Args args) {
  const NativeFunction* function = Self(args[0]);
  if (function->owner.Load() == nullptr) return function->name.Load();
  const bool bound = !function->self.Load().IsUnbound();
  const Value pair[] = {bound ? function->self.Load() : Value(function->owner.Load()),
                        function->name.Load()};
  GILA_TRY(Tuple* const arguments, NewTuple(thread, pair));
  Dict* const builtins = BuiltinsDict(thread);
  if (builtins == nullptr) return kFailed;
  const Value result[] = {DictGetInterned(builtins, NameOf(Name::kGetattr)), arguments};
  return NewTuple(thread, result);
}

Result<Value> GetName(Thread&, Value self) { return Self(self)->name.Load(); }

Result<Value> GetQualname(Thread& thread, Value self) {
  const NativeFunction* function = Self(self);
  if (function->owner.Load() == nullptr) return function->name.Load();
  return NewStr(thread, absl::StrCat(NativeOwnerName(function), ".", function->def->name));
}

Result<Value> GetDoc(Thread& thread, Value self) {
  const char* doc = Self(self)->def->doc;
  if (doc == nullptr) return kNone;
  return NewStr(thread, doc);
}

Result<Value> GetTextSignature(Thread& thread, Value self) {
  const NativeFunction* function = Self(self);
  if (function->def->signature == nullptr) return kNone;
  const bool has_self = function->owner.Load() != nullptr && !(function->flags & kNativeStatic);
  return NewStr(thread, TextSignature(function->def->signature, has_self));
}

Result<Value> GetModule(Thread&, Value self) {
  const NativeFunction* function = Self(self);
  return function->owner.Load() == nullptr && !function->self.Load().IsUnbound()
             ? function->self.Load()
             : kNone;
}

// The bound object; of a module function, its module.
Result<Value> GetSelf(Thread& thread, Value self) {
  const NativeFunction* function = Self(self);
  if (function->owner.Load() != nullptr) return function->self.Load();
  return LoadedModule(thread, function->self.Load());
}

Result<Value> GetOwner(Thread&, Value self) {
  Type* const owner = Self(self)->owner.Load();
  return owner == nullptr ? kNone : Value(owner);
}

#define COMMON_METHODS                                                                \
  {"__call__", NativeCall, "(self, /, *args, **kwargs)", "Call self as a function."}, \
      {"__reduce__", NativeReduce, "(self, /)", "Helper for pickle."}, {              \
    nullptr, nullptr, nullptr, nullptr                                                \
  }
#define EQUALITY                                                   \
  {"__eq__", NativeEq, "(self, value, /)", "Return self==value."}, \
      {"__hash__", NativeHash, "(self, /)", "Return hash(self)."}
#define GET                                                     \
  {"__get__", DescriptorGet, "(self, instance, owner=None, /)", \
   "Return an attribute of instance, which is of type owner."}

const NativeDef kFunctionMethods[] = {
    {"__repr__", FunctionRepr, "(self, /)", "Return repr(self)."}, EQUALITY, COMMON_METHODS};
const NativeDef kDescriptorMethods[] = {
    {"__repr__", DescriptorRepr, "(self, /)", "Return repr(self)."}, GET, COMMON_METHODS};
const NativeDef kSlotWrapperMethods[] = {
    {"__repr__", WrapperRepr, "(self, /)", "Return repr(self)."}, GET, COMMON_METHODS};
const NativeDef kMethodWrapperMethods[] = {
    {"__repr__", MethodWrapperRepr, "(self, /)", "Return repr(self)."}, EQUALITY, COMMON_METHODS};

const GetSetDef kBoundGetSets[] = {
    {"__name__", GetName, nullptr, nullptr},
    {"__qualname__", GetQualname, nullptr, nullptr},
    {"__doc__", GetDoc, nullptr, nullptr},
    {"__text_signature__", GetTextSignature, nullptr, nullptr},
    {"__module__", GetModule, ReadonlyMember, nullptr},
    {"__self__", GetSelf, nullptr, nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};
const GetSetDef kMethodWrapperGetSets[] = {
    {"__name__", GetName, nullptr, nullptr},
    {"__qualname__", GetQualname, nullptr, nullptr},
    {"__doc__", GetDoc, nullptr, nullptr},
    {"__text_signature__", GetTextSignature, nullptr, nullptr},
    {"__self__", GetSelf, ReadonlyMember, nullptr},
    {"__objclass__", GetOwner, nullptr, nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};
const GetSetDef kDescriptorGetSets[] = {
    {"__name__", GetName, ReadonlyMember, nullptr},
    {"__qualname__", GetQualname, nullptr, nullptr},
    {"__doc__", GetDoc, nullptr, nullptr},
    {"__text_signature__", GetTextSignature, nullptr, nullptr},
    {"__objclass__", GetOwner, ReadonlyMember, nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

#define NATIVE_SPEC(id, method_table, getset_table) \
  extern const TypeSpec k##id##Spec;                \
  const TypeSpec k##id##Spec = {                    \
      .methods = method_table,                      \
      .getsets = getset_table,                      \
      .native_size = sizeof(NativeFunction),        \
      .kind_info = &kNativeKind,                    \
  }
NATIVE_SPEC(NativeFunction, kFunctionMethods, kBoundGetSets);
NATIVE_SPEC(MethodDescriptor, kDescriptorMethods, kDescriptorGetSets);
NATIVE_SPEC(ClassMethodDescriptor, kDescriptorMethods, kDescriptorGetSets);
NATIVE_SPEC(SlotWrapper, kSlotWrapperMethods, kDescriptorGetSets);
NATIVE_SPEC(MethodWrapper, kMethodWrapperMethods, kMethodWrapperGetSets);

}  // namespace gila

// method.cc: bound methods: a function and its first argument.
#include <absl/strings/str_cat.h>

#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/modules.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

void TraceMethod(Object* object, Marker& marker) {
  marker.Visit(static_cast<Method*>(object)->function);
  marker.Visit(static_cast<Method*>(object)->self);
}
const KindInfo kMethodKind = {"method", TraceMethod, nullptr};

Method* Self(Value v) { return v.As<Method>(); }

Result<Value> MethodNew(Thread& thread, Args args) {
  if (!IsCallable(args[1])) return thread.RaiseTypeError("first argument must be callable");
  if (args[2].IsNone()) return thread.RaiseTypeError("self must not be None");
  return NewMethod(thread, args[1], args[2]);
}

Result<Value> MethodRepr(Thread& thread, Args args) {
  const Value function = Self(args[0])->function.Load();
  GILA_TRY(Value name, GetAttrOrUnbound(thread, function, NameOf(Name::kQualname)));
  if (!IsStr(name)) {
    GILA_TRY(name, GetAttrOrUnbound(thread, function, NameOf(Name::kName)));
  }
  GILA_TRY(Str* const self, Repr(thread, Self(args[0])->self.Load()));
  return NewStr(thread, absl::StrCat("<bound method ", IsStr(name) ? ToUtf8(name) : "?", " of ",
                                     ToUtf8(self), ">"));
}

Result<Value> MethodCall(Thread& thread, Args args) {
  GILA_TRY(Tuple* const positional, NewTuple(thread, args.rest()));
  return CallWith(thread, args[0], positional, args[1]);
}

Result<Value> MethodEq(Thread& thread, Args args) {
  if (!IsKind(args[1], kKindMethod)) return kNotImplemented;
  const Method *a = Self(args[0]), *b = Self(args[1]);
  if (a->self.Load() != b->self.Load()) return kFalse;
  GILA_TRY(const bool same, Equal(thread, a->function.Load(), b->function.Load()));
  return Value::Bool(same);
}

Result<Value> MethodNe(Thread& thread, Args args) {
  GILA_TRY(const Value equal, MethodEq(thread, args));
  return equal == kNotImplemented ? equal : Value::Bool(!equal.IsTrue());
}

Result<Value> MethodHash(Thread& thread, Args args) {
  GILA_TRY(const int64_t function, Hash(thread, Self(args[0])->function.Load()));
  return NewInt(thread, IdentityHash(Self(args[0])->self.Load()) ^ function);
}

// What the method does not have itself is the function's.
Result<Value> MethodGetAttribute(Thread& thread, Args args) {
  GILA_TRY(const Value name, AttributeName(thread, args[1]));
  const Value own = LookupOnType(thread, GetType(TypeId::kMethod), name);
  if (!own.IsUnbound()) {
    return BindDescriptor(thread, own, args[0], GetType(TypeId::kMethod));
  }
  return GetAttr(thread, Self(args[0])->function.Load(), name);
}

Result<Value> MethodGet(Thread&, Args args) { return args[0]; }

Result<Value> MethodReduce(Thread& thread, Args args) {
  GILA_TRY(const Value name, GetAttr(thread, Self(args[0])->function.Load(), NameOf(Name::kName)));
  const Value pair[] = {Self(args[0])->self.Load(), name};
  GILA_TRY(Tuple* const arguments, NewTuple(thread, pair));
  Dict* const builtins = BuiltinsDict(thread);
  if (builtins == nullptr) return kFailed;
  const Value result[] = {DictGetInterned(builtins, NameOf(Name::kGetattr)), arguments};
  return NewTuple(thread, result);
}

Result<Value> GetFunction(Thread&, Value self) { return Self(self)->function.Load(); }
Result<Value> GetSelf(Thread&, Value self) { return Self(self)->self.Load(); }
Result<Value> GetDoc(Thread& thread, Value self) {
  return GetAttr(thread, Self(self)->function.Load(), NameOf(Name::kDoc));
}

const NativeDef kMethodMethods[] = {
    {"__repr__", MethodRepr, "(self, /)", "Return repr(self)."},
    {"__call__", MethodCall, "(self, /, *args, **kwargs)", "Call self as a function."},
    {"__eq__", MethodEq, "(self, value, /)", "Return self==value."},
    {"__ne__", MethodNe, "(self, value, /)", "Return self!=value."},
    {"__hash__", MethodHash, "(self, /)", "Return hash(self)."},
    {"__getattribute__", MethodGetAttribute, "(self, name, /)", "Return getattr(self, name)."},
    {"__get__", MethodGet, "(self, instance, owner=None, /)",
     "Return an attribute of instance, which is of type owner."},
    {"__reduce__", MethodReduce, "(self, /)", "Helper for pickle."},
    {nullptr, nullptr, nullptr, nullptr},
};

const GetSetDef kMethodGetSets[] = {
    {"__func__", GetFunction, ReadonlyMember,
     "the function (or other callable) implementing a method"},
    {"__self__", GetSelf, ReadonlyMember, "the instance to which a method is bound"},
    {"__doc__", GetDoc, nullptr, nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

extern const TypeSpec kMethodSpec;
const TypeSpec kMethodSpec = {
    .doc = "Create a bound instance method object.",
    .new_function = MethodNew,
    .new_signature = "(cls, function, instance, /)",
    .methods = kMethodMethods,
    .getsets = kMethodGetSets,
    .extra_flags = kHasWeakref,
    .native_size = sizeof(Method),
    .kind_info = &kMethodKind,
};

}  // namespace gila

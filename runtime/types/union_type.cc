// union_type.cc: `int | str`: types.UnionType.
#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

void TraceUnion(Object* object, Marker& marker) {
  marker.Visit(static_cast<Union*>(object)->args);
  marker.Visit(static_cast<Union*>(object)->parameters);
}
const KindInfo kUnionKind = {"union", TraceUnion, nullptr};

Tuple* ArgsOf(Value v) { return v.As<Union>()->args.Load().As<Tuple>(); }

// typing.TypeVar and its kin are recognised by their class, wherever it was made.
bool IsTypingClass(Value v) {
  const std::string_view name = TypeNameOf(v);
  if (name != "TypeVar" && name != "ParamSpec" && name != "NewType" && name != "ForwardRef") {
    return false;
  }
  const Value module = DictGetInterned(TypeOf(v)->dict.Load(), NameOf(Name::kModule_));
  return IsStr(module) && StrEquals(module.As<Str>(), "typing");
}

bool Unionable(Value v) {
  return v.IsNone() || IsType(v) || IsKind(v, kKindGenericAlias) || IsKind(v, kKindUnionType) ||
         IsTypingClass(v);
}

Status AddOne(Thread& thread, List* args, Value v) {
  if (v.IsNone()) v = GetType(TypeId::kNoneType);
  for (int64_t i = 0; i < args->size.Load(); ++i) {
    const Value known = ListAt(args, i);
    if (known == v) return kOk;
    if (IsKind(known, kKindGenericAlias) && IsKind(v, kKindGenericAlias)) {
      GILA_TRY(const bool same, Equal(thread, known, v));
      if (same) return kOk;
    }
  }
  return ListAppend(thread, args, v);
}

Status AddAll(Thread& thread, List* args, Value v) {
  if (!IsKind(v, kKindUnionType)) return AddOne(thread, args, v);
  const Tuple* parts = ArgsOf(v);
  for (int64_t i = 0; i < parts->length; ++i) GILA_TRY_VOID(AddOne(thread, args, parts->At(i)));
  return kOk;
}

Result<Value> UnionOr(Thread& thread, Args args) { return NewUnion(thread, args[0], args[1]); }
Result<Value> UnionRor(Thread& thread, Args args) { return NewUnion(thread, args[1], args[0]); }

Result<Value> UnionRepr(Thread& thread, Args args) {
  StrBuilder text(thread);
  const Tuple* parts = ArgsOf(args[0]);
  for (int64_t i = 0; i < parts->length; ++i) {
    if (i > 0) text.AppendAscii(" | ");
    GILA_TRY(Str* const shown, ReprTypeArgument(thread, parts->At(i)));
    text.Append(shown);
  }
  return text.Finish();
}

Result<Value> UnionEq(Thread& thread, Args args) {
  if (!IsKind(args[1], kKindUnionType)) return kNotImplemented;
  GILA_TRY(Set* const a, NewSet(thread, TypeId::kFrozenSet));
  GILA_TRY_VOID(SetUpdate(thread, a, ArgsOf(args[0])));
  GILA_TRY(Set* const b, NewSet(thread, TypeId::kFrozenSet));
  GILA_TRY_VOID(SetUpdate(thread, b, ArgsOf(args[1])));
  GILA_TRY(const bool equal, Equal(thread, a, b));
  return Value::Bool(equal);
}

Result<Value> UnionHash(Thread& thread, Args args) {
  GILA_TRY(Set* const set, NewSet(thread, TypeId::kFrozenSet));
  GILA_TRY_VOID(SetUpdate(thread, set, ArgsOf(args[0])));
  GILA_TRY(const int64_t hash, Hash(thread, set));
  return NewInt(thread, hash);
}

Failed RefuseParameterized(Thread& thread, const char* function) {
  return thread.RaiseTypeError("%s() argument 2 cannot be a parameterized generic", function);
}

Result<Value> UnionInstanceCheck(Thread& thread, Args args) {
  const Tuple* parts = ArgsOf(args[0]);
  for (int64_t i = 0; i < parts->length; ++i) {
    if (IsKind(parts->At(i), kKindGenericAlias)) return RefuseParameterized(thread, "isinstance");
  }
  for (int64_t i = 0; i < parts->length; ++i) {
    GILA_TRY(const bool found, IsInstance(thread, args[1], parts->At(i)));
    if (found) return kTrue;
  }
  return kFalse;
}

Result<Value> UnionSubclassCheck(Thread& thread, Args args) {
  if (!IsType(args[1])) return thread.RaiseTypeError("issubclass() arg 1 must be a class");
  const Tuple* parts = ArgsOf(args[0]);
  for (int64_t i = 0; i < parts->length; ++i) {
    if (IsKind(parts->At(i), kKindGenericAlias)) return RefuseParameterized(thread, "issubclass");
  }
  for (int64_t i = 0; i < parts->length; ++i) {
    GILA_TRY(const bool found, IsSubclass(thread, args[1], parts->At(i)));
    if (found) return kTrue;
  }
  return kFalse;
}

Result<Value> GetParameters(Thread& thread, Value self) {
  auto* made = self.As<Union>();
  if (made->parameters.Load().IsUnbound()) {
    GILA_TRY(Tuple* const parameters, CollectParameters(thread, ArgsOf(self)));
    made->parameters.Store(made, parameters);
  }
  return made->parameters.Load();
}

Result<Value> UnionGetItem(Thread& thread, Args args) {
  GILA_TRY(const Value parameters, GetParameters(thread, args[0]));
  GILA_TRY(Tuple* const parts,
           SubstituteParameters(thread, args[0], ArgsOf(args[0]), parameters.As<Tuple>(), args[1]));
  Value result = parts->At(0);
  for (int64_t i = 1; i < parts->length; ++i) {
    GILA_TRY(result, Binary(thread, BinaryOp::kOr, result, parts->At(i)));
  }
  return result;
}

Result<Value> GetArgs(Thread&, Value self) { return ArgsOf(self); }

const NativeDef kUnionMethods[] = {
    {"__or__", UnionOr, "(self, value, /)", "Return self|value."},
    {"__ror__", UnionRor, "(self, value, /)", "Return value|self."},
    {"__repr__", UnionRepr, "(self, /)", "Return repr(self)."},
    {"__eq__", UnionEq, "(self, value, /)", "Return self==value."},
    {"__hash__", UnionHash, "(self, /)", "Return hash(self)."},
    {"__getitem__", UnionGetItem, "(self, key, /)", "Return self[key]."},
    {"__instancecheck__", UnionInstanceCheck, "(self, instance, /)", nullptr},
    {"__subclasscheck__", UnionSubclassCheck, "(self, subclass, /)", nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};
const GetSetDef kUnionGetSets[] = {
    {"__args__", GetArgs, ReadonlyMember, nullptr},
    {"__parameters__", GetParameters, nullptr, "Type variables in the types.UnionType."},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

Result<Value> NewUnion(Thread& thread, Value a, Value b) {
  if (!Unionable(a) || !Unionable(b)) return kNotImplemented;
  GILA_TRY(List* const args, NewList(thread));
  GILA_TRY_VOID(AddAll(thread, args, a));
  GILA_TRY_VOID(AddAll(thread, args, b));
  if (args->size.Load() == 1) return ListAt(args, 0);
  GILA_TRY(Tuple* const tuple, ListToTuple(thread, args));
  GILA_TRY(Union* const made, Allocate<Union>(thread, TypeId::kUnionType));
  made->args.Init(tuple);
  made->parameters.Init(kUnbound);
  return made;
}

extern const TypeSpec kUnionTypeSpec;
const TypeSpec kUnionTypeSpec = {
    .doc = "Represent a PEP 604 union type\n\nE.g. for int | str",
    .methods = kUnionMethods,
    .getsets = kUnionGetSets,
    .native_size = sizeof(Union),
    .kind_info = &kUnionKind,
};

}  // namespace gila

// generic_alias.cc: `list[int]`: types.GenericAlias. It acts like its origin in everything that it
// does not answer itself.
#include "runtime/types/generic_alias.h"

#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

void TraceAlias(Object* object, Marker& marker) {
  auto* alias = static_cast<GenericAlias*>(object);
  marker.Visit(alias->origin);
  marker.Visit(alias->args);
  marker.Visit(alias->parameters);
}
const KindInfo kAliasKind = {"generic alias", TraceAlias, nullptr};

GenericAlias* Self(Value v) { return v.As<GenericAlias>(); }
Tuple* ArgsOf(Value v) { return Self(v)->args.Load().As<Tuple>(); }

Result<Value> AliasNew(Thread& thread, Args args) {
  if (args[0] == Value(GetType(TypeId::kGenericAlias)))
    return NewGenericAlias(thread, args[1], args[2]);
  Value parts = args[2];
  if (!IsTuple(parts)) {
    const Value one = parts;
    GILA_TRY(parts, NewTuple(thread, std::span<const Value>(&one, 1)));
  }
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const alias = static_cast<GenericAlias*>(object);
  alias->origin.Init(args[1]);
  alias->args.Init(parts);
  alias->parameters.Init(kUnbound);
  return alias;
}

Result<Value> AliasRepr(Thread& thread, Args args) {
  StrBuilder text(thread);
  if (Self(args[0])->starred.Load()) text.AppendAscii("*");
  GILA_TRY(Str* const origin, ReprTypeArgument(thread, Self(args[0])->origin.Load()));
  text.Append(origin);
  text.AppendAscii("[");
  const Tuple* parts = ArgsOf(args[0]);
  if (parts->length == 0) text.AppendAscii("()");
  for (int64_t i = 0; i < parts->length; ++i) {
    if (i > 0) text.AppendAscii(", ");
    GILA_TRY(Str* const shown, ReprTypeArgument(thread, parts->At(i)));
    text.Append(shown);
  }
  text.AppendAscii("]");
  return text.Finish();
}

Result<Value> AliasCall(Thread& thread, Args args) {
  GILA_TRY(Tuple* const positional, NewTuple(thread, args.rest()));
  GILA_TRY(const Value made, CallWith(thread, Self(args[0])->origin.Load(), positional, args[1]));
  // Where instances take attributes they remember what they were made by.
  if (!SetAttr(thread, made, NameOf(Name::kOrigClass), args[0]).ok()) {
    if (!thread.ExceptionMatches(TypeId::kAttributeError) &&
        !thread.ExceptionMatches(TypeId::kTypeError)) {
      return kFailed;
    }
    thread.ClearException();
  }
  return made;
}

Result<Value> AliasEq(Thread& thread, Args args) {
  if (!IsKind(args[1], kKindGenericAlias)) return kNotImplemented;
  const GenericAlias *a = Self(args[0]), *b = Self(args[1]);
  if (a->starred.Load() != b->starred.Load()) return kFalse;
  GILA_TRY(const bool origins, Equal(thread, a->origin.Load(), b->origin.Load()));
  if (!origins) return kFalse;
  GILA_TRY(const bool same, Equal(thread, a->args.Load(), b->args.Load()));
  return Value::Bool(same);
}

Result<Value> AliasHash(Thread& thread, Args args) {
  GILA_TRY(const int64_t origin, Hash(thread, Self(args[0])->origin.Load()));
  GILA_TRY(const int64_t parts, Hash(thread, Self(args[0])->args.Load()));
  return NewInt(thread, origin ^ parts);
}

Result<Value> AliasOr(Thread& thread, Args args) { return NewUnion(thread, args[0], args[1]); }
Result<Value> AliasRor(Thread& thread, Args args) { return NewUnion(thread, args[1], args[0]); }

Result<Value> AliasMroEntries(Thread& thread, Args args) {
  const Value origin = Self(args[0])->origin.Load();
  return NewTuple(thread, std::span<const Value>(&origin, 1));
}

Result<Value> AliasInstanceCheck(Thread& thread, Args) {
  return thread.RaiseTypeError("isinstance() argument 2 cannot be a parameterized generic");
}
Result<Value> AliasSubclassCheck(Thread& thread, Args) {
  return thread.RaiseTypeError("issubclass() argument 2 cannot be a parameterized generic");
}

// `*tuple[int, ...]` in a parameter list.
Result<Value> AliasIter(Thread& thread, Args args) {
  GILA_TRY(const Value copy,
           NewGenericAlias(thread, Self(args[0])->origin.Load(), Self(args[0])->args.Load()));
  Self(copy)->starred.Store(1);
  GILA_TRY(Tuple* const one, NewTuple(thread, std::span<const Value>(&copy, 1)));
  return GetIter(thread, one);
}

constexpr const char* kOwn[] = {
    "__class__",       "__origin__",    "__args__",
    "__parameters__",  "__unpacked__",  "__typing_unpacked_tuple_args__",
    "__mro_entries__", "__reduce_ex__", "__reduce__",
    "__copy__",        "__deepcopy__"};
bool IsOwnAttribute(const Str* name) {
  for (const char* own : kOwn) {
    if (StrEquals(name, own)) return true;
  }
  return false;
}

// Everything but special names is the origin's.
Result<Value> AliasGetAttribute(Thread& thread, Args args) {
  GILA_TRY(const Value name, AttributeName(thread, args[1]));
  if (!IsOwnAttribute(name.As<Str>())) {
    return GetAttr(thread, Self(args[0])->origin.Load(), name);
  }
  return GenericGetAttr(thread, args[0], name);
}

Result<Value> GetParameters(Thread& thread, Value self) {
  GenericAlias* const alias = Self(self);
  if (alias->parameters.Load().IsUnbound()) {
    GILA_TRY(Tuple* const parameters, CollectParameters(thread, ArgsOf(self)));
    alias->parameters.Store(alias, parameters);
  }
  return alias->parameters.Load();
}

Result<Value> AliasGetItem(Thread& thread, Args args) {
  GILA_TRY(const Value parameters, GetParameters(thread, args[0]));
  GILA_TRY(Tuple* const parts,
           SubstituteParameters(thread, args[0], ArgsOf(args[0]), parameters.As<Tuple>(), args[1]));
  GILA_TRY(const Value made, NewGenericAlias(thread, Self(args[0])->origin.Load(), parts));
  Self(made)->starred.Store(Self(args[0])->starred.Load());
  return made;
}

Result<Value> AliasReduce(Thread& thread, Args args) {
  const Value pair[] = {Self(args[0])->origin.Load(), ArgsOf(args[0])};
  GILA_TRY(Tuple* const arguments, NewTuple(thread, pair));
  const Value parts[] = {TypeOf(args[0]), arguments};
  return NewTuple(thread, parts);
}

Result<Value> AliasDir(Thread& thread, Args args) {
  GILA_TRY(const Value names, CallMethod(thread, TypeOf(Self(args[0])->origin.Load()),
                                         NameOf(Special::kDir), {Self(args[0])->origin.Load()}));
  GILA_TRY(List* const all, ToList(thread, names));
  for (const char* own : kOwn) {
    const Value name = Intern(thread, own);
    GILA_TRY(const bool known, Contains(thread, all, name));
    if (!known) GILA_TRY_VOID(ListAppend(thread, all, name));
  }
  return all;
}

Result<Value> GetOrigin(Thread&, Value self) { return Self(self)->origin.Load(); }
Result<Value> GetArgs(Thread&, Value self) { return ArgsOf(self); }
Result<Value> GetUnpacked(Thread&, Value self) {
  return Value::Bool(Self(self)->starred.Load() != 0);
}
Result<Value> GetUnpackedArgs(Thread&, Value self) {
  const bool tuple = Self(self)->starred.Load() != 0 &&
                     Self(self)->origin.Load() == Value(GetType(TypeId::kTuple));
  return tuple ? Value(ArgsOf(self)) : kNone;
}

const NativeDef kAliasMethods[] = {
    {"__repr__", AliasRepr, "(self, /)", "Return repr(self)."},
    {"__call__", AliasCall, "(self, /, *args, **kwargs)", "Call self as a function."},
    {"__eq__", AliasEq, "(self, value, /)", "Return self==value."},
    {"__hash__", AliasHash, "(self, /)", "Return hash(self)."},
    {"__or__", AliasOr, "(self, value, /)", "Return self|value."},
    {"__ror__", AliasRor, "(self, value, /)", "Return value|self."},
    {"__getitem__", AliasGetItem, "(self, key, /)", "Return self[key]."},
    {"__iter__", AliasIter, "(self, /)", "Implement iter(self)."},
    {"__getattribute__", AliasGetAttribute, "(self, name, /)", "Return getattr(self, name)."},
    {"__mro_entries__", AliasMroEntries, "(self, bases, /)", nullptr},
    {"__instancecheck__", AliasInstanceCheck, "(self, instance, /)", nullptr},
    {"__subclasscheck__", AliasSubclassCheck, "(self, subclass, /)", nullptr},
    {"__reduce__", AliasReduce, "(self, /)", nullptr},
    {"__dir__", AliasDir, "(self, /)", nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};

const GetSetDef kAliasGetSets[] = {
    {"__origin__", GetOrigin, ReadonlyMember, nullptr},
    {"__args__", GetArgs, ReadonlyMember, nullptr},
    {"__parameters__", GetParameters, nullptr, "Type variables in the GenericAlias."},
    {"__unpacked__", GetUnpacked, ReadonlyMember, nullptr},
    {"__typing_unpacked_tuple_args__", GetUnpackedArgs, nullptr, nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

Result<Str*> ReprTypeArgument(Thread& thread, Value v) {
  if (v == kEllipsis) return NewStr(thread, "...");
  if (v == Value(GetType(TypeId::kNoneType))) return NewStr(thread, "None");
  if (!IsType(v)) {
    if (!IsList(v)) return Repr(thread, v);
    // The parameter list of a Callable.
    StrBuilder text(thread);
    text.AppendAscii("[");
    for (int64_t i = 0; i < v.As<List>()->size.Load(); ++i) {
      if (i > 0) text.AppendAscii(", ");
      GILA_TRY(Str* const shown, ReprTypeArgument(thread, ListAt(v.As<List>(), i)));
      text.Append(shown);
    }
    text.AppendAscii("]");
    return text.Finish();
  }
  Type* const type = v.As<Type>();
  GILA_TRY(const Value module, TypeModule(thread, type));
  std::string text;
  if (IsStr(module) && !StrEquals(module.As<Str>(), "builtins")) text = ToUtf8(module) + ".";
  return NewStr(thread, text + ToUtf8(type->qualname.Load()));
}

Result<Tuple*> CollectParameters(Thread& thread, Tuple* args) {
  GILA_TRY(List* const found, NewList(thread));
  const auto add = [&](Value v) -> Status {
    GILA_TRY(const bool known, Contains(thread, found, v));
    return known ? kOk : ListAppend(thread, found, v);
  };
  const Value hook = Intern(thread, "__typing_subst__");
  for (int64_t i = 0; i < args->length; ++i) {
    const Value part = args->At(i);
    if (IsType(part) || !part.IsPointer()) continue;
    GILA_TRY(const Value substitutes, GetAttrOrUnbound(thread, part, hook));
    if (!substitutes.IsUnbound()) {
      GILA_TRY_VOID(add(part));
      continue;
    }
    GILA_TRY(const Value inner, GetAttrOrUnbound(thread, part, NameOf(Name::kTypeParams)));
    if (!IsTuple(inner)) continue;
    for (int64_t j = 0; j < inner.As<Tuple>()->length; ++j) {
      GILA_TRY_VOID(add(inner.As<Tuple>()->At(j)));
    }
  }
  return ListToTuple(thread, found);
}

namespace {

// Appends the parts of `*tuple[int, str]`, in whose place they may stand; of `*tuple[int, ...]` and
// anything else the value itself.
Status AppendUnpacked(Thread& thread, List* list, Value item) {
  if (item.IsPointer() && !IsType(item)) {
    GILA_TRY(const Value parts,
             GetAttrOrUnbound(thread, item, Intern(thread, "__typing_unpacked_tuple_args__")));
    if (IsTuple(parts)) {
      const Tuple* const inner = parts.As<Tuple>();
      const bool is_open = inner->length > 0 && inner->At(inner->length - 1) == kEllipsis;
      for (int64_t i = 0; !is_open && i < inner->length; ++i)
        GILA_TRY_VOID(ListAppend(thread, list, inner->At(i)));
      if (!is_open) return kOk;
    }
  }
  return ListAppend(thread, list, item);
}

// The subscript as a tuple with as many items as there are parameters: parameters that take several
// arrange it first.
Result<Tuple*> PrepareItems(Thread& thread, Value self, Tuple* parameters, Value item) {
  GILA_TRY(List* const flat, NewList(thread));
  if (IsTuple(item)) {
    for (int64_t i = 0; i < item.As<Tuple>()->length; ++i)
      GILA_TRY_VOID(AppendUnpacked(thread, flat, item.As<Tuple>()->At(i)));
  } else {
    GILA_TRY_VOID(AppendUnpacked(thread, flat, item));
  }
  GILA_TRY(Tuple * items, ListToTuple(thread, flat));
  for (int64_t i = 0; i < parameters->length; ++i) {
    GILA_TRY(const Value prepare, GetAttrOrUnbound(thread, parameters->At(i),
                                                   Intern(thread, "__typing_prepare_subst__")));
    if (prepare.IsUnbound() || prepare.IsNone()) continue;
    GILA_TRY(const Value prepared, Call(thread, prepare, {self, Value(items)}));
    GILA_TRY(items, IsTuple(prepared) ? Result<Tuple*>(prepared.As<Tuple>())
                                      : NewTuple(thread, std::span<const Value>(&prepared, 1)));
  }
  if (items->length == parameters->length) return items;
  GILA_TRY(Str* const shown, Repr(thread, self));
  return thread.RaiseTypeError("Too %s arguments for %s; actual %lld, expected %lld",
                               items->length > parameters->length ? "many" : "few",
                               ToUtf8(shown).c_str(), static_cast<long long>(items->length),
                               static_cast<long long>(parameters->length));
}

struct Substitution {
  const Tuple* parameters;
  const Tuple* items;

  Value ItemFor(Value parameter) const {
    for (int64_t i = 0; i < parameters->length; ++i) {
      if (parameters->At(i) == parameter) return items->At(i);
    }
    return parameter;
  }
};

// A subscripted type inside, subscripted with what its own parameters stand for now.
Result<Value> SubstituteInside(Thread& thread, Value part, const Substitution& by) {
  GILA_TRY(const Value inner, GetAttrOrUnbound(thread, part, NameOf(Name::kTypeParams)));
  if (!IsTuple(inner) || inner.As<Tuple>()->length == 0) return part;
  GILA_TRY(List* const chosen, NewList(thread));
  for (int64_t i = 0; i < inner.As<Tuple>()->length; ++i) {
    const Value parameter = inner.As<Tuple>()->At(i);
    const Value item = by.ItemFor(parameter);
    GILA_TRY(const Value iterates,
             GetAttrOrUnbound(thread, Value(TypeOf(parameter)), Intern(thread, "__iter__")));
    if (!IsTuple(item) || iterates.IsUnbound() || iterates.IsNone()) {
      GILA_TRY_VOID(ListAppend(thread, chosen, item));
      continue;
    }
    // A TypeVarTuple: its items are arguments of their own.
    for (int64_t j = 0; j < item.As<Tuple>()->length; ++j)
      GILA_TRY_VOID(ListAppend(thread, chosen, item.As<Tuple>()->At(j)));
  }
  GILA_TRY(Tuple* const key, ListToTuple(thread, chosen));
  return GetItem(thread, part, key);
}

// Appends one argument with the parameters replaced by the items at their places.
Status AppendSubstituted(Thread& thread, List* list, Value part, const Substitution& by) {
  if (IsType(part) || !part.IsPointer()) return ListAppend(thread, list, part);
  GILA_TRY(const Value unpacks,
           GetAttrOrUnbound(thread, part, Intern(thread, "__typing_is_unpacked_typevartuple__")));
  GILA_TRY(const Value hook, GetAttrOrUnbound(thread, part, Intern(thread, "__typing_subst__")));
  Value made;
  if (!hook.IsUnbound()) {
    GILA_TRY(made, Call(thread, hook, {by.ItemFor(part)}));
  } else {
    GILA_TRY(made, SubstituteInside(thread, part, by));
  }
  const bool spreads = unpacks.IsTrue() && IsTuple(made);
  if (!spreads) return ListAppend(thread, list, made);
  for (int64_t i = 0; i < made.As<Tuple>()->length; ++i)
    GILA_TRY_VOID(ListAppend(thread, list, made.As<Tuple>()->At(i)));
  return kOk;
}

}  // namespace

Result<Tuple*> SubstituteParameters(Thread& thread, Value self, Tuple* args, Tuple* parameters,
                                    Value item) {
  if (parameters->length == 0) {
    GILA_TRY(Str* const shown, Repr(thread, self));
    return thread.RaiseTypeError("%s is not a generic class", ToUtf8(shown).c_str());
  }
  GILA_TRY(Tuple* const items, PrepareItems(thread, self, parameters, item));
  const Substitution by{parameters, items};
  GILA_TRY(List* const made, NewList(thread));
  for (int64_t i = 0; i < args->length; ++i)
    GILA_TRY_VOID(AppendSubstituted(thread, made, args->At(i), by));
  return ListToTuple(thread, made);
}

Result<Value> NewGenericAlias(Thread& thread, Value origin, Value args) {
  if (!IsTuple(args)) {
    GILA_TRY(args, NewTuple(thread, std::span<const Value>(&args, 1)));
  }
  GILA_TRY(GenericAlias* const alias, Allocate<GenericAlias>(thread, TypeId::kGenericAlias));
  alias->origin.Init(origin);
  alias->args.Init(args);
  alias->parameters.Init(kUnbound);
  return alias;
}

Result<Value> ClassGetItem(Thread& thread, Args args) {
  return NewGenericAlias(thread, args[0], args[1]);
}

extern const TypeSpec kGenericAliasSpec;
const TypeSpec kGenericAliasSpec = {
    .doc =
        "Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and "
        "t.__args__ is (int,).",
    .new_function = AliasNew,
    .new_signature = "(cls, origin, args, /)",
    .methods = kAliasMethods,
    .getsets = kAliasGetSets,
    .native_size = sizeof(GenericAlias),
    .kind_info = &kAliasKind,
};

}  // namespace gila

// object_reduce.cc: how any object is copied and pickled: object.__reduce_ex__ and __getstate__,
// after the pickle protocols 2 and up. The reconstructing functions are copyreg's.
#include <string>
#include <vector>

#include "runtime/call.h"
#include "runtime/instances.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/protocols/special_call.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

Result<Value> CopyregAttribute(Thread& thread, const char* name) {
  GILA_TRY(const Value module, ImportModule(thread, "copyreg"));
  return GetAttr(thread, module, Intern(thread, name));
}

// The filled `__slots__` members as a dictionary; null when there are none.
Result<Value> MemberState(Thread& thread, Object* object) {
  const Shape* root = TypeOf(object)->root.Load();
  if (root->member_count == 0) return kNone;
  GILA_TRY(Dict* const state, NewDict(thread));
  const Shape* shape = root;
  std::vector<Value> members;  // kept alive by the shapes
  for (int i = 0; i < root->member_count; ++i, shape = ShapeAt(shape->parent)) {
    members.push_back(shape->key);
  }
  for (size_t i = members.size(); i > 0; --i) {
    const Value value = GetMember(object, members[i - 1]);
    if (value.IsUnbound()) continue;
    GILA_TRY_VOID(DictSet(thread, state, members[i - 1].As<Member>()->name.Load(), value));
  }
  if (state->size.Load() == 0) return kNone;
  return state;
}

// Are the attributes of the instance in slots, and nothing between them and its __dict__?
bool HasPlainAttributes(Thread& thread, Value self) {
  const Type* const type = TypeOf(self);
  if (!self.IsPointer() || !type->Has(kHeapType) || !type->Has(kHasDict) ||
      type->Has(kCustomGetAttribute) || ShapeOf(self.AsObject())->IsDictionary())
    return false;
  const Value found = LookupOnType(thread, TypeOf(self), NameOf(Name::kDict_));
  return found.IsUnbound() || IsKind(found, kKindGetSet);
}

// `to_copy`: whoever asked wants a copy, and will not look whether he has the very __dict__. An
// instance whose attributes are in slots then keeps them there.
Result<Value> DefaultState(Thread& thread, Value self, bool to_copy) {
  Value state;
  if (to_copy && HasPlainAttributes(thread, self)) {
    GILA_TRY(state, CopyOwnAttributes(thread, self.AsObject()));
  } else {
    GILA_TRY(state, GetAttrOrUnbound(thread, self, NameOf(Name::kDict_)));
  }
  if (state.IsUnbound() || (IsDict(state) && state.As<Dict>()->size.Load() == 0)) state = kNone;
  if (!self.IsPointer()) return state;
  GILA_TRY(const Value members, MemberState(thread, self.AsObject()));
  if (members.IsNone()) return state;
  const Value pair[] = {state, members};
  return NewTuple(thread, pair);
}

// A special method: looked for on the type alone, __getattr__ is not asked. Unbound when it has
// none.
Result<Value> TypeMethod(Thread& thread, Value self, Value name) {
  const Value found = LookupOnType(thread, TypeOf(self), name);
  if (found.IsUnbound()) return kUnbound;
  return BindDescriptor(thread, found, self, TypeOf(self));
}

// What __getnewargs_ex__ or __getnewargs__ say; *keywords stays unbound without the former.
Status NewArguments(Thread& thread, Value self, Tuple** args, Value* keywords) {
  static const Value extended_name = Intern(thread, "__getnewargs_ex__");
  static const Value simple_name = Intern(thread, "__getnewargs__");
  GILA_TRY(const Value extended, TypeMethod(thread, self, extended_name));
  if (!extended.IsUnbound()) {
    GILA_TRY(const Value pair, Call(thread, extended, {}));
    if (!IsTuple(pair) || pair.As<Tuple>()->length != 2) {
      return thread.RaiseTypeError("__getnewargs_ex__ should return a tuple of length 2");
    }
    GILA_TRY(*args, ToTuple(thread, pair.As<Tuple>()->At(0)));
    *keywords = pair.As<Tuple>()->At(1);
    return kOk;
  }
  GILA_TRY(const Value simple, TypeMethod(thread, self, simple_name));
  *args = empty_tuple;
  if (simple.IsUnbound()) return kOk;
  GILA_TRY(const Value given, Call(thread, simple, {}));
  if (!IsTuple(given)) {
    const std::string name(TypeNameOf(given));
    return thread.RaiseTypeError("__getnewargs__ should return a tuple, not '%s'", name.c_str());
  }
  *args = given.As<Tuple>();
  return kOk;
}

// Built-in layouts whose contents no state covers need a __reduce__ of their own.
Status CheckReducible(Thread& thread, Value self, bool has_arguments) {
  const Type* type = TypeOf(self);
  const bool plain = type->instance_kind == kKindObject || type->instance_kind == kKindList ||
                     type->instance_kind == kKindDict || has_arguments;
  if (plain || type->Has(kHeapType)) return kOk;
  static const Value name_of_state = Intern(thread, "__getstate__");
  if (!IsObjectMethod(LookupOnType(thread, TypeOf(self), name_of_state))) return kOk;
  const std::string name(FullTypeName(type));
  return thread.RaiseTypeError("cannot pickle '%s' object", name.c_str());
}

Result<Value> StateToCopy(Thread& thread, Value self) {
  static const Value name = Intern(thread, "__getstate__");
  if (IsObjectMethod(LookupOnType(thread, TypeOf(self), name)) &&
      (!self.IsPointer() || IsKind(self, kKindType) ||
       GetOwnAttribute(self.AsObject(), name).IsUnbound()))
    return DefaultState(thread, self, true);
  return CallMethod(thread, self, name);
}

Result<Value> ReduceNew(Thread& thread, Value self) {
  Tuple* args = nullptr;
  Value keywords = kUnbound;
  GILA_TRY_VOID(NewArguments(thread, self, &args, &keywords));
  GILA_TRY_VOID(CheckReducible(thread, self, args->length > 0 || !keywords.IsUnbound()));
  GILA_TRY(const Value cls, GetAttr(thread, self, NameOf(Name::kClass)));
  Value make, make_args;
  if (keywords.IsUnbound()) {
    GILA_TRY(make, CopyregAttribute(thread, "__newobj__"));
    GILA_TRY(List* const all, NewList(thread, std::span<const Value>(&cls, 1)));
    GILA_TRY_VOID(ListExtend(thread, all, args));
    GILA_TRY(make_args, ListToTuple(thread, all));
  } else {
    GILA_TRY(make, CopyregAttribute(thread, "__newobj_ex__"));
    const Value parts[] = {cls, args, keywords};
    GILA_TRY(make_args, NewTuple(thread, parts));
  }
  GILA_TRY(const Value state, StateToCopy(thread, self));
  Value items = kNone, pairs = kNone;
  if (IsList(self)) {
    GILA_TRY(items, GetIter(thread, self));
  }
  if (IsDict(self)) {
    GILA_TRY(const Value view, CallMethod(thread, self, Intern(thread, "items")));
    GILA_TRY(pairs, GetIter(thread, view));
  }
  const Value result[] = {make, make_args, state, items, pairs};
  return NewTuple(thread, result);
}

Result<Value> ReduceByProtocol(Thread& thread, Value self, int64_t protocol) {
  if (protocol >= 2) return ReduceNew(thread, self);
  GILA_TRY(const Value reduce, CopyregAttribute(thread, "_reduce_ex"));
  return Call(thread, reduce, {self, Value::SmallInt(protocol)});
}

}  // namespace

Result<Value> PlainInstanceState(Thread& thread, Value v) {
  static const Value names[] = {Intern(thread, "__reduce_ex__"), Intern(thread, "__reduce__")};
  static const Value refused[] = {Intern(thread, "__getnewargs_ex__"),
                                  Intern(thread, "__getnewargs__")};
  Type* const type = TypeOf(v);
  if (!IsKind(v, kKindInstance) || !type->Has(kHeapType) || type->Has(kCustomGetAttribute))
    return kUnbound;
  for (const Value name : names) {
    if (!IsObjectMethod(LookupOnType(thread, type, name)) ||
        !GetOwnAttribute(v.AsObject(), name).IsUnbound())
      return kUnbound;
  }
  for (const Value name : refused) {
    if (!LookupOnType(thread, type, name).IsUnbound()) return kUnbound;
  }
  if (!IsKind(LookupOnType(thread, type, NameOf(Name::kClass)), kKindGetSet)) return kUnbound;
  return StateToCopy(thread, v);
}

Result<Value> ObjectGetState(Thread& thread, Args args) {
  return DefaultState(thread, args[0], false);
}

Result<Value> ObjectReduce(Thread& thread, Args args) {
  return ReduceByProtocol(thread, args[0], 0);
}

Result<Value> ObjectReduceEx(Thread& thread, Args args) {
  GILA_TRY(const int64_t protocol, ToInt64(thread, args[1]));
  // A __reduce__ of the class's own comes first.
  const Value own = LookupSpecial(thread, TypeOf(args[0]), Special::kReduce);
  const bool standard =
      IsKind(own, kKindMethodDescriptor) && own.As<NativeFunction>()->function == ObjectReduce;
  if (!standard) return CallMethod(thread, args[0], NameOf(Special::kReduce));
  return ReduceByProtocol(thread, args[0], protocol);
}

}  // namespace gila

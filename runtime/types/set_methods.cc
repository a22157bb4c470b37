// set_methods.cc: set and frozenset as programs see them, and their iterator. The order in which
// the operators walk and fill (which side, which size first) is CPython's, because it decides the
// order of the result.
#include "runtime/types/dict_internal.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"
#include "runtime/types/set_internal.h"

namespace gila {
namespace {

Set* Self(Args args) { return static_cast<Set*>(args[0].AsObject()); }
Set* AsSet(Value v) { return static_cast<Set*>(v.AsObject()); }

void TraceSet(Object* object, Marker& marker) { marker.Visit(static_cast<Set*>(object)->table); }
constexpr KindInfo kSetKind = {"set", TraceSet, nullptr};

// --- construction ---

Result<Value> SetNew(Thread& thread, Args args) {
  Type* const type = args[0].As<Type>();
  if (IsExactType(type, TypeId::kSet)) return NewSet(thread, TypeId::kSet);
  return NewSetOf(thread, type);
}

Result<Value> SetInit(Thread& thread, Args args) {
  Set* const self = Self(args);
  if (self->size.Load() > 0) SetClear(self);
  self->hash.Store(0);
  if (args.Has(1)) GILA_TRY_VOID(SetUpdate(thread, self, args[1]));
  return kNone;
}

Result<Value> FrozenSetNew(Thread& thread, Args args) {
  Type* const type = args[0].As<Type>();
  if (IsExactType(type, TypeId::kFrozenSet) && args.Has(1) &&
      IsExactly(args[1], TypeId::kFrozenSet))
    return args[1];
  GILA_TRY(Set* const set, NewSetOf(thread, type));
  if (args.Has(1)) GILA_TRY_VOID(SetUpdate(thread, set, args[1]));
  return set;
}

// A set with the members of any iterable: itself when it is one.
Result<Set*> AsSetOperand(Thread& thread, Value v) {
  if (IsAnySet(v)) return AsSet(v);
  GILA_TRY(Set* const set, NewSet(thread, TypeId::kSet));
  GILA_TRY_VOID(SetUpdate(thread, set, v));
  return set;
}

// --- one member ---

Result<Value> SetLen(Thread&, Args args) { return Value::SmallInt(Self(args)->size.Load()); }

Result<Value> SetContainsMethod(Thread& thread, Args args) {
  GILA_TRY(const bool present, SetContains(thread, Self(args), args[1]));
  return Value::Bool(present);
}

Result<Value> SetAddMethod(Thread& thread, Args args) {
  GILA_TRY_VOID(SetAdd(thread, Self(args), args[1]));
  return kNone;
}

Result<Value> SetDiscardMethod(Thread& thread, Args args) {
  GILA_TRY_VOID(SetDiscard(thread, Self(args), args[1]));
  return kNone;
}

Result<Value> SetRemove(Thread& thread, Args args) {
  GILA_TRY(const bool removed, SetDiscard(thread, Self(args), args[1]));
  if (removed) return kNone;
  return thread.RaiseWith(TypeId::kKeyError, args[1]);
}

Result<Value> SetPop(Thread& thread, Args args) {
  const Value member = SetPopSome(Self(args));
  if (!member.IsUnbound()) return member;
  GILA_TRY(Str* const words, NewStr(thread, "pop from an empty set"));
  return thread.RaiseWith(TypeId::kKeyError, words);
}

Result<Value> SetClearMethod(Thread&, Args args) {
  SetClear(Self(args));
  return kNone;
}

// --- the operations, on a set and any iterable ---

Status RemoveAll(Thread& thread, Set* set, Value other) {
  if (other == Value(set)) {
    SetClear(set);
    return kOk;
  }
  if (IsAnySet(other)) {
    int64_t position = 0, hash;
    Value member;
    while (SetNextHashed(AsSet(other), &position, &member, &hash))
      GILA_TRY_VOID(SetDiscardHashed(thread, set, member, hash));
    return kOk;
  }
  if (IsExactly(other, TypeId::kDict)) {
    int64_t position = 0, hash;
    Value member, value;
    while (DictNextHashed(other.As<Dict>(), &position, &member, &value, &hash))
      GILA_TRY_VOID(SetDiscardHashed(thread, set, member, hash));
    return kOk;
  }
  return ForEach(thread, other, [&](Value member) -> Status {
    GILA_TRY(const int64_t hash, KeyHash(thread, member));
    GILA_TRY_VOID(SetDiscardHashed(thread, set, member, hash));
    return kOk;
  });
}

// What a walk over a set picks goes into a new one. As long as no key has come to the walked set,
// none is met twice, so that it need not be looked for. (Without a GIL that may change at any
// moment.)
class Picker {
 public:
  Picker(const Set* walked, Set* result)
      : walked_(walked),
        result_(result),
        table_(walked->table.Load()),
        additions_(table_->additions.Load()) {}
  Status Add(Thread& thread, Value member, int64_t hash) {
    if (kGilDisabled || walked_->table.Load() != table_ || table_->additions.Load() != additions_)
      disturbed_ = true;
    if (!disturbed_) return SetAddNew(thread, result_, member, hash);
    return SetAddHashed(thread, result_, member, hash).ok() ? kOk : Status(kFailed);
  }

 private:
  const Set* walked_;
  Set* result_;
  const SetTable* table_;
  int64_t additions_;
  bool disturbed_ = false;
};

// Members of `set` that are not in the set or dict `other`.
Result<Set*> DifferenceByLookup(Thread& thread, Set* set, Value other) {
  GILA_TRY(Set* const result, NewSetLike(thread, set));
  Picker picker(set, result);
  int64_t position = 0, hash;
  Value member;
  while (SetNextHashed(set, &position, &member, &hash)) {
    bool present;
    if (IsDict(other)) {
      GILA_TRY(const Value value, DictGetHashed(thread, other.As<Dict>(), member, hash));
      present = !value.IsUnbound();
    } else {
      GILA_TRY(present, SetContainsHashed(thread, AsSet(other), member, hash));
    }
    if (!present) GILA_TRY_VOID(picker.Add(thread, member, hash));
  }
  return result;
}

Result<Set*> Difference(Thread& thread, Set* set, Value other) {
  if (IsAnySet(other) || IsExactly(other, TypeId::kDict)) {
    const int64_t size = IsDict(other) ? other.As<Dict>()->size.Load() : AsSet(other)->size.Load();
    // A much smaller `other` is taken away from a copy.
    if ((set->size.Load() >> 2) <= size) return DifferenceByLookup(thread, set, other);
  }
  GILA_TRY(Set* const result, SetCopyLike(thread, set));
  GILA_TRY_VOID(RemoveAll(thread, result, other));
  return result;
}

Result<Set*> Intersection(Thread& thread, Set* set, Value other) {
  if (other == Value(set)) return SetCopyLike(thread, set);
  GILA_TRY(Set* const result, NewSetLike(thread, set));
  if (IsAnySet(other)) {
    Set* walked = AsSet(other);
    if (walked->size.Load() > set->size.Load()) std::swap(walked, set);
    Picker picker(walked, result);
    int64_t position = 0, hash;
    Value member;
    while (SetNextHashed(walked, &position, &member, &hash)) {
      GILA_TRY(const bool both, SetContainsHashed(thread, set, member, hash));
      if (both) GILA_TRY_VOID(picker.Add(thread, member, hash));
    }
    return result;
  }
  GILA_TRY_VOID(ForEach(thread, other, [&](Value member) -> Status {
    GILA_TRY(const int64_t hash, KeyHash(thread, member));
    GILA_TRY(const bool both, SetContainsHashed(thread, set, member, hash));
    if (both) GILA_TRY_VOID(SetAddHashed(thread, result, member, hash));
    return kOk;
  }));
  return result;
}

// set ^= other, for a set without duplicates `other`.
Status Toggle(Thread& thread, Set* set, Set* other) {
  int64_t position = 0, hash;
  Value member;
  while (SetNextHashed(other, &position, &member, &hash)) {
    GILA_TRY(const bool was_in, SetDiscardHashed(thread, set, member, hash));
    if (!was_in) GILA_TRY_VOID(SetAddHashed(thread, set, member, hash));
  }
  return kOk;
}

Status SymmetricUpdate(Thread& thread, Set* set, Value other) {
  if (other == Value(set)) {
    SetClear(set);
    return kOk;
  }
  if (IsAnySet(other)) return Toggle(thread, set, AsSet(other));
  GILA_TRY(Set* const members, NewSetLike(thread, set));
  GILA_TRY_VOID(SetUpdate(thread, members, other));
  return Toggle(thread, set, members);
}

Result<Set*> SymmetricDifference(Thread& thread, Set* set, Value other) {
  GILA_TRY(Set* const result, NewSetLike(thread, set));
  GILA_TRY_VOID(SetUpdate(thread, result, other));
  GILA_TRY_VOID(Toggle(thread, result, set));
  return result;
}

Result<bool> IsSubset(Thread& thread, Set* inner, Set* outer) {
  if (inner->size.Load() > outer->size.Load()) return false;
  int64_t position = 0, hash;
  Value member;
  while (SetNextHashed(inner, &position, &member, &hash)) {
    GILA_TRY(const bool present, SetContainsHashed(thread, outer, member, hash));
    if (!present) return false;
  }
  return true;
}

// --- methods that take iterables ---

Result<Value> SetCopyMethod(Thread& thread, Args args) { return SetCopyLike(thread, Self(args)); }
Result<Value> FrozenSetCopy(Thread& thread, Args args) {
  if (Self(args)->IsExactly(TypeId::kFrozenSet)) return args[0];
  return SetCopyLike(thread, Self(args));
}

Result<Value> SetUnion(Thread& thread, Args args) {
  GILA_TRY(Set* const result, SetCopyLike(thread, Self(args)));
  for (const Value other : args.rest()) {
    if (other != args[0]) GILA_TRY_VOID(SetUpdate(thread, result, other));
  }
  return result;
}
Result<Value> SetUpdateMethod(Thread& thread, Args args) {
  for (const Value other : args.rest()) GILA_TRY_VOID(SetUpdate(thread, Self(args), other));
  return kNone;
}

Result<Set*> IntersectionOfAll(Thread& thread, Args args) {
  if (args.rest().empty()) return SetCopyLike(thread, Self(args));
  Set* result = Self(args);
  for (const Value other : args.rest()) {
    GILA_TRY(result, Intersection(thread, result, other));
  }
  return result;
}
Result<Value> SetIntersection(Thread& thread, Args args) { return IntersectionOfAll(thread, args); }
Result<Value> SetIntersectionUpdate(Thread& thread, Args args) {
  GILA_TRY(Set* const result, IntersectionOfAll(thread, args));
  SetAdopt(Self(args), result);
  return kNone;
}

Result<Value> SetDifference(Thread& thread, Args args) {
  const auto others = args.rest();
  if (others.empty()) return SetCopyLike(thread, Self(args));
  GILA_TRY(Set* const result, Difference(thread, Self(args), others[0]));
  for (const Value other : others.subspan(1)) GILA_TRY_VOID(RemoveAll(thread, result, other));
  return result;
}
Result<Value> SetDifferenceUpdate(Thread& thread, Args args) {
  for (const Value other : args.rest()) GILA_TRY_VOID(RemoveAll(thread, Self(args), other));
  return kNone;
}

Result<Value> SetSymmetricDifference(Thread& thread, Args args) {
  return SymmetricDifference(thread, Self(args), args[1]);
}
Result<Value> SetSymmetricUpdate(Thread& thread, Args args) {
  GILA_TRY_VOID(SymmetricUpdate(thread, Self(args), args[1]));
  return kNone;
}

Result<Value> SetIsSubset(Thread& thread, Args args) {
  GILA_TRY(Set* const other, AsSetOperand(thread, args[1]));
  GILA_TRY(const bool inside, IsSubset(thread, Self(args), other));
  return Value::Bool(inside);
}
Result<Value> SetIsSuperset(Thread& thread, Args args) {
  if (IsAnySet(args[1])) {
    GILA_TRY(const bool inside, IsSubset(thread, AsSet(args[1]), Self(args)));
    return Value::Bool(inside);
  }
  GILA_TRY(const Value iterator, GetIter(thread, args[1]));
  while (true) {
    GILA_TRY(const Value member, Next(thread, iterator));
    if (member.IsUnbound()) return kTrue;
    GILA_TRY(const bool present, SetContains(thread, Self(args), member));
    if (!present) return kFalse;
  }
}
Result<Value> SetIsDisjoint(Thread& thread, Args args) {
  Set* set = Self(args);
  if (args[1] == args[0]) return Value::Bool(set->size.Load() == 0);
  if (IsAnySet(args[1])) {
    Set* walked = AsSet(args[1]);
    if (walked->size.Load() > set->size.Load()) std::swap(walked, set);
    int64_t position = 0, hash;
    Value member;
    while (SetNextHashed(walked, &position, &member, &hash)) {
      GILA_TRY(const bool both, SetContainsHashed(thread, set, member, hash));
      if (both) return kFalse;
    }
    return kTrue;
  }
  GILA_TRY(const Value iterator, GetIter(thread, args[1]));
  while (true) {
    GILA_TRY(const Value member, Next(thread, iterator));
    if (member.IsUnbound()) return kTrue;
    GILA_TRY(const int64_t hash, KeyHash(thread, member));
    GILA_TRY(const bool both, SetContainsHashed(thread, set, member, hash));
    if (both) return kFalse;
  }
}

// --- operators: between sets only ---

Result<Value> SetOr(Thread& thread, Args args) {
  if (!IsAnySet(args[0]) || !IsAnySet(args[1])) return kNotImplemented;
  GILA_TRY(Set* const result, SetCopyLike(thread, Self(args)));
  if (args[0] != args[1]) GILA_TRY_VOID(SetUpdate(thread, result, args[1]));
  return result;
}
Result<Value> SetAnd(Thread& thread, Args args) {
  if (!IsAnySet(args[1])) return kNotImplemented;
  return Intersection(thread, Self(args), args[1]);
}
Result<Value> SetSub(Thread& thread, Args args) {
  if (!IsAnySet(args[1])) return kNotImplemented;
  return Difference(thread, Self(args), args[1]);
}
Result<Value> SetXor(Thread& thread, Args args) {
  if (!IsAnySet(args[1])) return kNotImplemented;
  return SymmetricDifference(thread, Self(args), args[1]);
}

// The reflected ones have their operands the other way round.
template <NativeFn kFunction>
Result<Value> Reflected(Thread& thread, Args args) {
  if (!IsAnySet(args[1])) return kNotImplemented;
  const Value swapped[] = {args[1], args[0]};
  return kFunction(thread, Args(swapped, 2, 2));
}

Result<Value> SetIOr(Thread& thread, Args args) {
  if (!IsAnySet(args[1])) return kNotImplemented;
  GILA_TRY_VOID(SetUpdate(thread, Self(args), args[1]));
  return args[0];
}
Result<Value> SetIAnd(Thread& thread, Args args) {
  if (!IsAnySet(args[1])) return kNotImplemented;
  GILA_TRY(Set* const result, Intersection(thread, Self(args), args[1]));
  SetAdopt(Self(args), result);
  return args[0];
}
Result<Value> SetISub(Thread& thread, Args args) {
  if (!IsAnySet(args[1])) return kNotImplemented;
  GILA_TRY_VOID(RemoveAll(thread, Self(args), args[1]));
  return args[0];
}
Result<Value> SetIXor(Thread& thread, Args args) {
  if (!IsAnySet(args[1])) return kNotImplemented;
  GILA_TRY_VOID(SymmetricUpdate(thread, Self(args), args[1]));
  return args[0];
}

Result<Value> CompareMethod(Thread& thread, CompareOp op, Args args) {
  if (!IsAnySet(args[1])) return kNotImplemented;
  Set* const a = Self(args);
  Set* const b = AsSet(args[1]);
  bool result = false;
  switch (op) {
    case CompareOp::kEq:
    case CompareOp::kNe: {
      GILA_TRY(result, SetEqual(thread, a, b));
      return Value::Bool(result == (op == CompareOp::kEq));
    }
    case CompareOp::kLt:
    case CompareOp::kLe: {
      if (op == CompareOp::kLt && a->size.Load() >= b->size.Load()) return kFalse;
      GILA_TRY(result, IsSubset(thread, a, b));
      break;
    }
    case CompareOp::kGt:
    case CompareOp::kGe: {
      if (op == CompareOp::kGt && a->size.Load() <= b->size.Load()) return kFalse;
      GILA_TRY(result, IsSubset(thread, b, a));
      break;
    }
  }
  return Value::Bool(result);
}
Result<Value> SetLt(Thread& t, Args args) { return CompareMethod(t, CompareOp::kLt, args); }
Result<Value> SetLe(Thread& t, Args args) { return CompareMethod(t, CompareOp::kLe, args); }
Result<Value> SetEq(Thread& t, Args args) { return CompareMethod(t, CompareOp::kEq, args); }
Result<Value> SetNe(Thread& t, Args args) { return CompareMethod(t, CompareOp::kNe, args); }
Result<Value> SetGt(Thread& t, Args args) { return CompareMethod(t, CompareOp::kGt, args); }
Result<Value> SetGe(Thread& t, Args args) { return CompareMethod(t, CompareOp::kGe, args); }

Result<Value> FrozenSetHashMethod(Thread& thread, Args args) {
  GILA_TRY(const int64_t hash, FrozenSetHash(thread, Self(args)));
  return NewInt(thread, hash);
}

Result<Value> SetRepr(Thread& thread, Args args) {
  Set* const self = Self(args);
  const std::string name = std::string(TypeName(TypeOf(args[0])));
  if (self->size.Load() == 0) return NewStr(thread, name + "()");
  const ReprScope scope(thread, self);
  if (scope.nested()) return NewStr(thread, name + "(...)");
  GILA_TRY(List* const members, ToList(thread, args[0]));
  const auto at = [members](int64_t i) { return ListAt(members, i); };
  if (self->IsExactly(TypeId::kSet)) return ReprItems(thread, "{", "}", at);
  // The name of a class may be any text.
  GILA_TRY(const Value inner, ReprItems(thread, "({", "})", at));
  StrBuilder text(thread);
  text.AppendUtf8(name);
  text.Append(inner.As<Str>());
  return text.Finish();
}

Result<Value> SetIter(Thread& thread, Args args) { return NewSetIterator(thread, Self(args)); }

Result<Value> SetReduce(Thread& thread, Args args) {
  GILA_TRY(List* const members, ToList(thread, args[0]));
  const Value list = members;
  GILA_TRY(Tuple* const arguments, NewTuple(thread, std::span<const Value>(&list, 1)));
  GILA_TRY(Value state, GetAttrOrUnbound(thread, args[0], NameOf(Name::kDict_)));
  if (state.IsUnbound()) state = kNone;
  const Value parts[] = {TypeOf(args[0]), arguments, state};
  return NewTuple(thread, parts);
}

Result<Value> SetSizeof(Thread&, Args args) {
  const Set* const self = Self(args);
  const SetTable* const table = self->table.Load();
  const size_t stored = table == empty_set_table ? 0 : heap::CellSize(table);
  return Value::SmallInt(static_cast<int64_t>(heap::CellSize(self) + stored));
}

#define GILA_SET_METHODS                                                                         \
  {"__len__", SetLen, "(self, /)", "Return len(self)."},                                         \
      {"__contains__", SetContainsMethod, "(self, key, /)", "x.__contains__(y) <==> y in x."},   \
      {"__iter__", SetIter, "(self, /)", "Implement iter(self)."},                               \
      {"__lt__", SetLt, "(self, value, /)", "Return self<value."},                               \
      {"__le__", SetLe, "(self, value, /)", "Return self<=value."},                              \
      {"__eq__", SetEq, "(self, value, /)", "Return self==value."},                              \
      {"__ne__", SetNe, "(self, value, /)", "Return self!=value."},                              \
      {"__gt__", SetGt, "(self, value, /)", "Return self>value."},                               \
      {"__ge__", SetGe, "(self, value, /)", "Return self>=value."},                              \
      {"__or__", SetOr, "(self, value, /)", "Return self|value."},                               \
      {"__ror__", Reflected<SetOr>, "(self, value, /)", "Return value|self."},                   \
      {"__and__", SetAnd, "(self, value, /)", "Return self&value."},                             \
      {"__rand__", Reflected<SetAnd>, "(self, value, /)", "Return value&self."},                 \
      {"__sub__", SetSub, "(self, value, /)", "Return self-value."},                             \
      {"__rsub__", Reflected<SetSub>, "(self, value, /)", "Return value-self."},                 \
      {"__xor__", SetXor, "(self, value, /)", "Return self^value."},                             \
      {"__rxor__", Reflected<SetXor>, "(self, value, /)", "Return value^self."},                 \
      {"__repr__", SetRepr, "(self, /)", "Return repr(self)."},                                  \
      {"__reduce__", SetReduce, "(self, /)", "Return state information for pickling."},          \
      {"__sizeof__", SetSizeof, "(self, /)", "S.__sizeof__() -> size of S in memory, in bytes"}, \
      {"__class_getitem__", ClassGetItem, "@classmethod(cls, item, /)", "See PEP 585"},          \
      {"union", SetUnion, "(self, /, *others)", "A new set of the members of all."},             \
      {"intersection", SetIntersection, "(self, /, *others)",                                    \
       "A new set of the members that all have."},                                               \
      {"difference", SetDifference, "(self, /, *others)",                                        \
       "A new set of the members that no other has."},                                           \
      {"symmetric_difference", SetSymmetricDifference, "(self, other, /)",                       \
       "A new set of the members that one of both has."},                                        \
      {"issubset", SetIsSubset, "(self, other, /)",                                              \
       "Report whether another set contains this set."},                                         \
      {"issuperset", SetIsSuperset, "(self, other, /)",                                          \
       "Report whether this set contains another set."},                                         \
      {"isdisjoint", SetIsDisjoint, "(self, other, /)",                                          \
       "Return True if two sets have a null intersection."}

constexpr NativeDef kSetMethods[] = {
    {"__init__", SetInit, "(self, iterable=(), /)",
     "Initialize self.  See help(type(self)) for accurate signature."},
    GILA_SET_METHODS,
    {"__hash__", nullptr, nullptr, nullptr},
    {"__ior__", SetIOr, "(self, value, /)", "Return self|=value."},
    {"__iand__", SetIAnd, "(self, value, /)", "Return self&=value."},
    {"__isub__", SetISub, "(self, value, /)", "Return self-=value."},
    {"__ixor__", SetIXor, "(self, value, /)", "Return self^=value."},
    {"add", SetAddMethod, "(self, object, /)", "Put a member in."},
    {"discard", SetDiscardMethod, "(self, object, /)", "Take a member out, if it is there."},
    {"remove", SetRemove, "(self, object, /)",
     "Take the first item equal to value out; ValueError when there is none."},
    {"pop", SetPop, "(self, /)", "Take an item out and return it."},
    {"clear", SetClearMethod, "(self, /)", "Remove all elements from this set."},
    {"copy", SetCopyMethod, "(self, /)", "Return a shallow copy of a set."},
    {"update", SetUpdateMethod, "(self, /, *others)",
     "Update a set with the union of itself and others."},
    {"intersection_update", SetIntersectionUpdate, "(self, /, *others)",
     "Update a set with the intersection of itself and another."},
    {"difference_update", SetDifferenceUpdate, "(self, /, *others)",
     "Remove all elements of another set from this set."},
    {"symmetric_difference_update", SetSymmetricUpdate, "(self, other, /)",
     "Update a set with the symmetric difference of itself and another."},
    {nullptr, nullptr, nullptr, nullptr}};

constexpr NativeDef kFrozenSetMethods[] = {
    GILA_SET_METHODS,
    {"__hash__", FrozenSetHashMethod, "(self, /)", "Return hash(self)."},
    {"copy", FrozenSetCopy, "(self, /)", "Return a shallow copy of a set."},
    {nullptr, nullptr, nullptr, nullptr}};
#undef GILA_SET_METHODS

// --- set_iterator ---

void TraceSetIterator(Object* object, Marker& marker) {
  marker.Visit(static_cast<SetIterator*>(object)->set);
}
constexpr KindInfo kSetIteratorKind = {"set_iterator", TraceSetIterator, nullptr};

Result<Value> ReturnSelf(Thread&, Args args) { return args[0]; }
Result<Value> IteratorNext(Thread& thread, Args args) {
  return NextResult(thread, SetIteratorStep(thread, args[0].As<SetIterator>()));
}
Result<Value> IteratorHint(Thread&, Args args) {
  const SetIterator* const self = args[0].As<SetIterator>();
  const Set* const set = self->set.Load();
  if (set == nullptr || set->size.Load() != self->size.Load()) return Value::SmallInt(0);
  return Value::SmallInt(self->left.Load());
}
Result<Value> IteratorReduce(Thread& thread, Args args) {
  const SetIterator* const self = args[0].As<SetIterator>();
  GILA_TRY(SetIterator* const copy, Allocate<SetIterator>(thread, TypeId::kSetIterator));
  copy->set.Init(self->set.Load());
  copy->position.Store(self->position.Load());
  copy->size.Store(self->size.Load());
  copy->left.Store(self->left.Load());
  GILA_TRY(List* const rest, ToList(thread, copy));
  GILA_TRY(const Value iter, BuiltinFunction(thread, "iter"));
  const Value list = rest;
  GILA_TRY(Tuple* const arguments, NewTuple(thread, std::span<const Value>(&list, 1)));
  const Value parts[] = {iter, arguments};
  return NewTuple(thread, parts);
}
constexpr NativeDef kSetIteratorMethods[] = {
    {"__iter__", ReturnSelf, "(self, /)", "Implement iter(self)."},
    {"__next__", IteratorNext, "(self, /)", "Implement next(self)."},
    {"__length_hint__", IteratorHint, "(self, /)",
     "Private method returning an estimate of len(list(it))."},
    {"__reduce__", IteratorReduce, "(self, /)", "Return state information for pickling."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

extern const TypeSpec kSetSpec, kFrozenSetSpec, kSetIteratorSpec;
const TypeSpec kSetSpec = {.doc = "Different hashable members, in no order.",
                           .new_function = SetNew,
                           .new_signature = "(cls, *args, **kwargs)",
                           .methods = kSetMethods,
                           .native_size = sizeof(Set),
                           .kind_info = &kSetKind};
const TypeSpec kFrozenSetSpec = {.doc = "A set that never changes.",
                                 .new_function = FrozenSetNew,
                                 .new_signature = "(cls, iterable=(), /)",
                                 .methods = kFrozenSetMethods,
                                 .native_size = sizeof(Set),
                                 .kind_info = &kSetKind};
const TypeSpec kSetIteratorSpec = {.methods = kSetIteratorMethods,
                                   .native_size = sizeof(SetIterator),
                                   .kind_info = &kSetIteratorKind};

Result<Value> NewSetIterator(Thread& thread, Set* set) {
  GILA_TRY(SetIterator* const iterator, Allocate<SetIterator>(thread, TypeId::kSetIterator));
  iterator->set.Init(set);
  iterator->size.StoreRelaxed(set->size.Load());
  iterator->left.StoreRelaxed(set->size.Load());
  OwnFreshIterator(iterator);
  return iterator;
}

Result<Value> SetIteratorStep(Thread& thread, SetIterator* iterator) {
  const IteratorTurn turn(iterator);
  const Set* const set = iterator->set.Load();
  if (set == nullptr) return kUnbound;
  if (GILA_UNLIKELY(iterator->size.LoadRelaxed() != set->size.Load())) {
    iterator->size.Store(-1);
    return thread.Raise(TypeId::kRuntimeError, "Set changed size during iteration");
  }
  int64_t position = iterator->position.LoadRelaxed();
  Value member;
  if (!SetNext(set, &position, &member)) {
    iterator->set.Store(iterator, nullptr);
    return kUnbound;
  }
  iterator->position.StoreRelaxed(position);
  iterator->left.StoreRelaxed(iterator->left.LoadRelaxed() - 1);
  return member;
}

}  // namespace gila

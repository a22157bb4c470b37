// dict_views.cc: what keys(), values() and items() give: windows on a dict. Keys and items behave
// like sets; their operators give real sets.
#include "runtime/types/dict_internal.h"
#include "runtime/types/function.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"
#include "runtime/types/set_internal.h"

namespace gila {
namespace {

DictView* Self(Args args) { return static_cast<DictView*>(args[0].AsObject()); }
bool IsView(Value v) { return IsKind(v, kKindDictKeys) || IsKind(v, kKindDictItems); }

void TraceView(Object* object, Marker& marker) {
  marker.Visit(static_cast<DictView*>(object)->dict);
}
constexpr KindInfo kViewKind = {"dict view", TraceView, nullptr};

// --- what all three have ---

Result<Value> ViewLen(Thread&, Args args) { return Value::SmallInt(Self(args)->dict->size.Load()); }

TypeId ReverseIteratorType(const DictView* view) {
  switch (view->kind) {
    case kKindDictKeys:
      return TypeId::kDictReverseKeyIterator;
    case kKindDictValues:
      return TypeId::kDictReverseValueIterator;
    default:
      return TypeId::kDictReverseItemIterator;
  }
}

Result<Value> ViewIter(Thread& thread, Args args) {
  return NewDictIterator(thread, DictIteratorType(Self(args)), Self(args)->dict.Load());
}
Result<Value> ViewReversed(Thread& thread, Args args) {
  return NewDictIterator(thread, ReverseIteratorType(Self(args)), Self(args)->dict.Load());
}

Result<Value> ViewRepr(Thread& thread, Args args) {
  const ReprScope scope(thread, args[0]);
  if (scope.nested()) return NewStr(thread, "...");
  GILA_TRY(List* const items, ToList(thread, args[0]));
  return ReprItems(thread, std::string(TypeName(TypeOf(args[0]))) + "([", "])",
                   [items](int64_t i) { return ListAt(items, i); });
}

Result<Value> ViewMapping(Thread& thread, Value self) {
  return Call(thread, GetType(TypeId::kMappingProxy),
              {static_cast<DictView*>(self.AsObject())->dict.Load()});
}
constexpr GetSetDef kViewGetSets[] = {
    {"mapping", ViewMapping, nullptr, "dictionary that this view refers to"},
    {nullptr, nullptr, nullptr, nullptr}};

// --- keys and items as sets ---

Result<bool> ViewHolds(Thread& thread, const DictView* view, Value member) {
  Dict* const dict = view->dict.Load();
  if (view->Is(kKindDictKeys)) {
    GILA_TRY(const Value value, DictGet(thread, dict, member));
    return !value.IsUnbound();
  }
  if (!IsTuple(member) || member.As<Tuple>()->length != 2) return false;
  GILA_TRY(const Value value, DictGet(thread, dict, member.As<Tuple>()->At(0)));
  if (value.IsUnbound()) return false;
  return Equal(thread, value, member.As<Tuple>()->At(1));
}

Result<Value> ViewContains(Thread& thread, Args args) {
  GILA_TRY(const bool holds, ViewHolds(thread, Self(args), args[1]));
  return Value::Bool(holds);
}

// Is every member of `inner` in `outer`?
Result<bool> AllIn(Thread& thread, Value inner, Value outer) {
  bool all = true;
  GILA_TRY(const Value iterator, GetIter(thread, inner));
  while (all) {
    GILA_TRY(const Value member, Next(thread, iterator));
    if (member.IsUnbound()) break;
    GILA_TRY(all, Contains(thread, outer, member));
  }
  return all;
}

Result<Value> CompareMethod(Thread& thread, CompareOp op, Args args) {
  if (!IsAnySet(args[1]) && !IsView(args[1])) return kNotImplemented;
  GILA_TRY(const int64_t own, Length(thread, args[0]));
  GILA_TRY(const int64_t other, Length(thread, args[1]));
  const auto within = [&](bool sizes_fit, Value inner, Value outer) -> Result<Value> {
    if (!sizes_fit) return kFalse;
    GILA_TRY(const bool all, AllIn(thread, inner, outer));
    return Value::Bool(all);
  };
  switch (op) {
    case CompareOp::kEq:
      return within(own == other, args[0], args[1]);
    case CompareOp::kNe: {
      GILA_TRY(const Value equal, within(own == other, args[0], args[1]));
      return Value::Bool(equal == kFalse);
    }
    case CompareOp::kLt:
      return within(own < other, args[0], args[1]);
    case CompareOp::kLe:
      return within(own <= other, args[0], args[1]);
    case CompareOp::kGt:
      return within(own > other, args[1], args[0]);
    case CompareOp::kGe:
      return within(own >= other, args[1], args[0]);
  }
  return kNotImplemented;
}
Result<Value> ViewLt(Thread& t, Args args) { return CompareMethod(t, CompareOp::kLt, args); }
Result<Value> ViewLe(Thread& t, Args args) { return CompareMethod(t, CompareOp::kLe, args); }
Result<Value> ViewEq(Thread& t, Args args) { return CompareMethod(t, CompareOp::kEq, args); }
Result<Value> ViewNe(Thread& t, Args args) { return CompareMethod(t, CompareOp::kNe, args); }
Result<Value> ViewGt(Thread& t, Args args) { return CompareMethod(t, CompareOp::kGt, args); }
Result<Value> ViewGe(Thread& t, Args args) { return CompareMethod(t, CompareOp::kGe, args); }

Result<Set*> SetOf(Thread& thread, Value iterable) {
  GILA_TRY(Set* const set, NewSet(thread, TypeId::kSet));
  GILA_TRY_VOID(SetUpdate(thread, set, iterable));
  return set;
}

Result<Value> Union(Thread& thread, Value left, Value right) {
  GILA_TRY(Set* const result, SetOf(thread, left));
  GILA_TRY_VOID(SetUpdate(thread, result, right));
  return result;
}

Result<Value> Intersection(Thread& thread, Value left, Value right) {
  // The smaller one is walked when `right` is a view or set too; its order decides.
  if (!IsView(left)) std::swap(left, right);
  GILA_TRY(const int64_t own, Length(thread, left));
  if (IsExactly(right, TypeId::kSet) && own <= right.As<Set>()->size.Load()) {
    return CallMethod(thread, right, Intern(thread, "intersection"), {left});
  }
  if (IsView(right)) {
    GILA_TRY(const int64_t other, Length(thread, right));
    if (other > own) std::swap(left, right);
  }
  GILA_TRY(Set* const result, NewSet(thread, TypeId::kSet));
  GILA_TRY_VOID(ForEach(thread, right, [&](Value member) -> Status {
    GILA_TRY(const bool both, Contains(thread, left, member));
    if (both) GILA_TRY_VOID(SetAdd(thread, result, member));
    return kOk;
  }));
  return result;
}

Result<Value> Difference(Thread& thread, Value left, Value right) {
  GILA_TRY(Set* const result, SetOf(thread, left));
  GILA_TRY_VOID(ForEach(thread, right, [&](Value member) -> Status {
    GILA_TRY_VOID(SetDiscard(thread, result, member));
    return kOk;
  }));
  return result;
}

Result<Value> SymmetricDifference(Thread& thread, Value left, Value right) {
  GILA_TRY(Set* const result, SetOf(thread, left));
  GILA_TRY(Set* const others, SetOf(thread, right));
  int64_t position = 0, hash;
  Value member;
  while (SetNextHashed(others, &position, &member, &hash)) {
    GILA_TRY(const bool was_in, SetDiscardHashed(thread, result, member, hash));
    if (!was_in) GILA_TRY_VOID(SetAddHashed(thread, result, member, hash));
  }
  return result;
}

Result<Value> ViewOr(Thread& t, Args args) { return Union(t, args[0], args[1]); }
Result<Value> ViewROr(Thread& t, Args args) { return Union(t, args[1], args[0]); }
Result<Value> ViewAnd(Thread& t, Args args) { return Intersection(t, args[0], args[1]); }
Result<Value> ViewRAnd(Thread& t, Args args) { return Intersection(t, args[1], args[0]); }
Result<Value> ViewSub(Thread& t, Args args) { return Difference(t, args[0], args[1]); }
Result<Value> ViewRSub(Thread& t, Args args) { return Difference(t, args[1], args[0]); }
Result<Value> ViewXor(Thread& t, Args args) { return SymmetricDifference(t, args[0], args[1]); }
Result<Value> ViewRXor(Thread& t, Args args) { return SymmetricDifference(t, args[1], args[0]); }

Result<Value> ViewIsDisjoint(Thread& thread, Args args) {
  GILA_TRY(const Value iterator, GetIter(thread, args[1]));
  while (true) {
    GILA_TRY(const Value member, Next(thread, iterator));
    if (member.IsUnbound()) return kTrue;
    GILA_TRY(const bool holds, ViewHolds(thread, Self(args), member));
    if (holds) return kFalse;
  }
}

#define GILA_VIEW_METHODS                                                                      \
  {"__len__", ViewLen, "(self, /)", "Return len(self)."},                                      \
      {"__iter__", ViewIter, "(self, /)", "Implement iter(self)."},                            \
      {"__reversed__", ViewReversed, "(self, /)", "Return a reverse iterator over the dict."}, \
      {"__repr__", ViewRepr, "(self, /)", "Return repr(self)."}

constexpr NativeDef kSetViewMethods[] = {
    GILA_VIEW_METHODS,
    {"__contains__", ViewContains, "(self, key, /)", "Return key in self."},
    {"__lt__", ViewLt, "(self, value, /)", "Return self<value."},
    {"__le__", ViewLe, "(self, value, /)", "Return self<=value."},
    {"__eq__", ViewEq, "(self, value, /)", "Return self==value."},
    {"__ne__", ViewNe, "(self, value, /)", "Return self!=value."},
    {"__gt__", ViewGt, "(self, value, /)", "Return self>value."},
    {"__ge__", ViewGe, "(self, value, /)", "Return self>=value."},
    {"__hash__", nullptr, nullptr, nullptr},
    {"__or__", ViewOr, "(self, value, /)", "Return self|value."},
    {"__ror__", ViewROr, "(self, value, /)", "Return value|self."},
    {"__and__", ViewAnd, "(self, value, /)", "Return self&value."},
    {"__rand__", ViewRAnd, "(self, value, /)", "Return value&self."},
    {"__sub__", ViewSub, "(self, value, /)", "Return self-value."},
    {"__rsub__", ViewRSub, "(self, value, /)", "Return value-self."},
    {"__xor__", ViewXor, "(self, value, /)", "Return self^value."},
    {"__rxor__", ViewRXor, "(self, value, /)", "Return value^self."},
    {"isdisjoint", ViewIsDisjoint, "(self, other, /)",
     "Return True if the view and the given iterable have a null intersection."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr NativeDef kValueViewMethods[] = {GILA_VIEW_METHODS, {nullptr, nullptr, nullptr, nullptr}};
#undef GILA_VIEW_METHODS

}  // namespace

extern const TypeSpec kDictKeysSpec, kDictValuesSpec, kDictItemsSpec;
const TypeSpec kDictKeysSpec = {.methods = kSetViewMethods,
                                .getsets = kViewGetSets,
                                .native_size = sizeof(DictView),
                                .kind_info = &kViewKind};
const TypeSpec kDictValuesSpec = {.methods = kValueViewMethods,
                                  .getsets = kViewGetSets,
                                  .native_size = sizeof(DictView),
                                  .kind_info = &kViewKind};
const TypeSpec kDictItemsSpec = {.methods = kSetViewMethods,
                                 .getsets = kViewGetSets,
                                 .native_size = sizeof(DictView),
                                 .kind_info = &kViewKind};

Result<Value> NewDictView(Thread& thread, TypeId type, Dict* dict) {
  Object* const object = heap::Allocate(thread, sizeof(DictView), KindOf(type), ShapeIdOf(type));
  if (object == nullptr) return kFailed;
  static_cast<DictView*>(object)->dict.Init(dict);
  return object;
}

}  // namespace gila

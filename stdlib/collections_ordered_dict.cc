// collections_ordered_dict.cc: OrderedDict. A dict keeps its order anyway, so an OrderedDict is
// one, with methods for the order: moving a key to an end, taking from either end, comparing in
// order.
#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/types/container_support.h"
#include "runtime/types/dict_internal.h"
#include "runtime/types/dict_overwrite.h"
#include "runtime/types/iterators.h"
#include "runtime/types/snapshot.h"
#include "stdlib/collections_internal.h"

namespace gila {
namespace {

Type* ordered_dict_type = nullptr;
Type* keys_type = nullptr;
Type* values_type = nullptr;
Type* items_type = nullptr;
Type* iterator_type = nullptr;

Dict* Self(Args args) { return args[0].As<Dict>(); }
bool IsOrdered(Value v) { return IsDict(v) && IsSubtype(TypeOf(v), ordered_dict_type); }
bool IsExactlyOrdered(Value v) { return IsDict(v) && TypeOf(v) == ordered_dict_type; }

// --- construction and update ---

Result<Value> OrderedNew(Thread& thread, Args args) {
  return NewDictOf(thread, args[0].As<Type>());
}

// self.update(other): a subclass may have a __setitem__ of its own.
Status UpdateBySetItem(Thread& thread, Value self, Value other) {
  if (IsExactlyOrdered(self)) return DictUpdate(thread, self.As<Dict>(), other);
  const auto store_from = [&](Value keys) {
    return ForEach(thread, keys, [&](Value key) -> Status {
      GILA_TRY(const Value value, GetItem(thread, other, key));
      return SetItem(thread, self, key, value);
    });
  };
  GILA_TRY(const Value has_keys, GetAttrOrUnbound(thread, other, NameOf(Name::kKeys)));
  if (IsExactly(other, TypeId::kDict)) return store_from(other);
  if (!has_keys.IsUnbound()) {
    GILA_TRY(const Value keys, Call(thread, has_keys, {}));
    return store_from(keys);
  }
  return ForEach(thread, other, [&](Value pair) -> Status {
    GILA_TRY(Tuple* const parts, ToTuple(thread, pair));
    if (parts->length != 2) {
      return thread.RaiseValueError(parts->length < 2 ? "need more than %lld value%s to unpack"
                                                      : "too many values to unpack (expected 2)",
                                    static_cast<long long>(parts->length),
                                    parts->length == 1 ? "" : "s");
    }
    return SetItem(thread, self, parts->At(0), parts->At(1));
  });
}

Status UpdateFromArguments(Thread& thread, Args args) {
  const auto given = args.rest();
  if (given.size() > 1) {
    return thread.RaiseTypeError("expected at most 1 arguments, got %zu", given.size());
  }
  if (!given.empty()) GILA_TRY_VOID(UpdateBySetItem(thread, args[0], given[0]));
  if (args.Has(1)) GILA_TRY_VOID(UpdateBySetItem(thread, args[0], args[1]));
  return kOk;
}
Result<Value> Update(Thread& thread, Args args) {
  GILA_TRY_VOID(UpdateFromArguments(thread, args));
  return kNone;
}

Result<Value> FromKeys(Thread& thread, Args args) {
  const Value value = args.Or(2, kNone);
  GILA_TRY(const Value made, Call(thread, args[0], {}));
  GILA_TRY_VOID(
      ForEach(thread, args[1], [&](Value key) { return SetItem(thread, made, key, value); }));
  return made;
}

Result<Value> Copy(Thread& thread, Args args) {
  GILA_TRY(const Value made, Call(thread, TypeOf(args[0]), {}));
  if (IsExactlyOrdered(made)) {
    GILA_TRY_VOID(DictUpdate(thread, made.As<Dict>(), args[0]));
    return made;
  }
  int64_t position = 0;
  Value key, value;
  while (DictNext(Self(args), &position, &key, &value))
    GILA_TRY_VOID(SetItem(thread, made, key, value));
  return made;
}

// --- order ---

// Puts the key, which is there, at the front: a new table with it as its first entry.
Status MoveToFront(Thread& thread, Dict* dict, Value key, int64_t hash) {
  while (true) {
    DictPlace found;
    GILA_TRY_VOID(DictFind(thread, dict, key, hash, &found));
    const DictGuard guard(dict);
    if (!PlaceHoldsUnlocked(dict, found)) continue;
    if (found.entry < 0) return thread.RaiseWith(TypeId::kKeyError, key);
    return DictMoveToFrontUnlocked(thread, dict, found.table, found.entry);
  }
}

Status MoveToBack(Thread& thread, Dict* dict, Value key, int64_t hash) {
  while (true) {
    DictPlace found;
    GILA_TRY_VOID(DictFind(thread, dict, key, hash, &found));
    const DictGuard guard(dict);
    if (!PlaceHoldsUnlocked(dict, found)) continue;
    if (found.entry < 0) return thread.RaiseWith(TypeId::kKeyError, key);
    return DictMoveToBackUnlocked(thread, dict, found.table, found.entry);
  }
}

Result<Value> MoveToEnd(Thread& thread, Args args) {
  bool last = true;
  if (args.Has(2)) {
    GILA_TRY(last, Truth(thread, args[2]));
  }
  GILA_TRY(const int64_t hash, KeyHash(thread, args[1]));
  if (last) {
    GILA_TRY_VOID(MoveToBack(thread, Self(args), args[1], hash));
  } else {
    GILA_TRY_VOID(MoveToFront(thread, Self(args), args[1], hash));
  }
  return kNone;
}

Result<Value> PopItem(Thread& thread, Args args) {
  bool last = true;
  if (args.Has(1)) {
    GILA_TRY(last, Truth(thread, args[1]));
  }
  Value pair[2];
  if (DictPopEnd(Self(args), last, &pair[0], &pair[1])) return NewTuple(thread, pair);
  GILA_TRY(Str* const words, NewStr(thread, "dictionary is empty"));
  return thread.RaiseWith(TypeId::kKeyError, words);
}

Result<Value> Pop(Thread& thread, Args args) {
  GILA_TRY(const int64_t hash, KeyHash(thread, args[1]));
  GILA_TRY(const Value value, DictPopHashed(thread, Self(args), args[1], hash));
  if (!value.IsUnbound()) return value;
  if (args.Has(2)) return args[2];
  return thread.RaiseWith(TypeId::kKeyError, args[1]);
}

Result<Value> SetDefault(Thread& thread, Args args) {
  const Value value = args.Or(2, kNone);
  if (IsExactlyOrdered(args[0])) {
    GILA_TRY(const Value present, DictSetDefault(thread, Self(args), args[1], value));
    return present.IsUnbound() ? value : present;
  }
  GILA_TRY(const bool there, Contains(thread, args[0], args[1]));
  if (there) return GetItem(thread, args[0], args[1]);
  GILA_TRY_VOID(SetItem(thread, args[0], args[1], value));
  return value;
}

// --- comparison, union, text ---

Result<Value> Eq(Thread& thread, Args args) {
  if (!IsDict(args[1])) return kNotImplemented;
  Dict* const a = Self(args);
  Dict* const b = args[1].As<Dict>();
  GILA_TRY(const bool equal, DictEqual(thread, a, b));
  if (!equal || !IsOrdered(args[1])) return Value::Bool(equal);
  int64_t a_position = 0, b_position = 0;
  Value a_key, b_key, value;
  while (DictNext(a, &a_position, &a_key, &value) && DictNext(b, &b_position, &b_key, &value)) {
    GILA_TRY(const bool same, Equal(thread, a_key, b_key));
    if (!same) return kFalse;
  }
  return kTrue;
}
Result<Value> Ne(Thread& thread, Args args) {
  GILA_TRY(const Value equal, Eq(thread, args));
  return equal == kNotImplemented ? equal : Value::Bool(equal == kFalse);
}

Result<Value> MergedWith(Thread& thread, Value self, Value left, Value right) {
  if (!IsDict(left) || !IsDict(right)) return kNotImplemented;
  GILA_TRY(const Value merged, Call(thread, TypeOf(self), {left}));
  GILA_TRY_VOID(UpdateBySetItem(thread, merged, right));
  return merged;
}
Result<Value> Or(Thread& t, Args args) { return MergedWith(t, args[0], args[0], args[1]); }
Result<Value> ROr(Thread& t, Args args) { return MergedWith(t, args[0], args[1], args[0]); }
Result<Value> IOr(Thread& thread, Args args) {
  GILA_TRY_VOID(UpdateBySetItem(thread, args[0], args[1]));
  return args[0];
}

Result<Value> ReprMethod(Thread& thread, Args args) {
  const std::string name = std::string(TypeName(TypeOf(args[0])));
  if (Self(args)->size.Load() == 0) return NewStr(thread, name + "()");
  const ReprScope scope(thread, args[0]);
  if (scope.nested()) return NewStr(thread, "...");
  GILA_TRY(const Value items, CallMethod(thread, args[0], Intern(thread, "items")));
  GILA_TRY(List* const pairs, ToList(thread, items));
  GILA_TRY(Str* const shown, Repr(thread, pairs));
  StrBuilder text(thread);
  text.AppendUtf8(name + "(");
  text.Append(shown);
  text.AppendAscii(")");
  return text.Finish();
}

Result<Value> Reduce(Thread& thread, Args args) {
  GILA_TRY(Value state, GetAttrOrUnbound(thread, args[0], NameOf(Name::kDict_)));
  if (!IsDict(state) || state.As<Dict>()->size.Load() == 0)
    state = kNone;
  else {
    GILA_TRY(state, DictCopy(thread, state.As<Dict>()));
  }
  GILA_TRY(const Value items, CallMethod(thread, args[0], Intern(thread, "items")));
  GILA_TRY(const Value iterator, GetIter(thread, items));
  const Value parts[] = {TypeOf(args[0]), empty_tuple, state, kNone, iterator};
  return NewTuple(thread, parts);
}

// --- iteration: any change of the order is noticed ---

enum Shown : uint8_t { kShowKeys, kShowValues, kShowItems };

struct OrderedIterator : Object {
  PointerSlot<Dict> dict;  // null when exhausted
  PointerSlot<DictTable> table;
  Atomic<int64_t> used, size, position;
  Atomic<uint8_t> shown, backwards;
};
void TraceIterator(Object* object, Marker& marker) {
  marker.Visit(static_cast<OrderedIterator*>(object)->dict);
  marker.Visit(static_cast<OrderedIterator*>(object)->table);
}
constexpr KindInfo kIteratorKind = {"odict_iterator", TraceIterator, nullptr};

Result<Value> NewOrderedIterator(Thread& thread, Dict* dict, Shown shown, bool backwards) {
  GILA_TRY(Object* const object, AllocateInstance(thread, iterator_type));
  auto* const iterator = static_cast<OrderedIterator*>(object);
  DictTable* const table = dict->table.Load();
  iterator->dict.Store(iterator, dict);
  iterator->table.Store(iterator, table);
  iterator->used.Store(table->used.Load());
  iterator->size.Store(dict->size.Load());
  iterator->position.Store(backwards ? table->used.Load() - 1 : 0);
  iterator->shown.Store(shown);
  iterator->backwards.Store(backwards);
  return iterator;
}

OrderedIterator* Iterator(Args args) { return static_cast<OrderedIterator*>(args[0].AsObject()); }
Result<Value> IteratorSelf(Thread&, Args args) { return args[0]; }

Result<Value> IteratorNext(Thread& thread, Args args) {
  OrderedIterator* const self = Iterator(args);
  const Dict* const dict = self->dict.Load();
  if (dict == nullptr) return RaiseStopIteration(thread);
  const DictTable* const table = dict->table.Load();
  if (table != self->table.Load() || table->used.Load() != self->used.Load() ||
      dict->size.Load() != self->size.Load()) {
    return thread.Raise(TypeId::kRuntimeError, "OrderedDict mutated during iteration");
  }
  int64_t position = self->position.LoadRelaxed();
  Value pair[2];
  if (!(self->backwards.Load() ? DictPrevious(dict, &position, &pair[0], &pair[1])
                               : DictNext(dict, &position, &pair[0], &pair[1]))) {
    self->dict.Store(self, nullptr);
    return RaiseStopIteration(thread);
  }
  self->position.StoreRelaxed(position);
  switch (self->shown.Load()) {
    case kShowKeys:
      return pair[0];
    case kShowValues:
      return pair[1];
    default:
      return NewTuple(thread, pair);
  }
}

Result<Value> IteratorReduce(Thread& thread, Args args) {
  const OrderedIterator* const self = Iterator(args);
  GILA_TRY(Object* const object, AllocateInstance(thread, iterator_type));
  auto* const copy = static_cast<OrderedIterator*>(object);
  copy->dict.Store(copy, self->dict.Load());
  copy->table.Store(copy, self->table.Load());
  copy->used.Store(self->used.Load());
  copy->size.Store(self->size.Load());
  copy->position.Store(self->position.Load());
  copy->shown.Store(self->shown.Load());
  copy->backwards.Store(self->backwards.Load());
  GILA_TRY(List* const rest, ToList(thread, copy));
  GILA_TRY(const Value iter, BuiltinFunction(thread, "iter"));
  const Value list = rest;
  GILA_TRY(Tuple* const arguments, NewTuple(thread, std::span<const Value>(&list, 1)));
  const Value parts[] = {iter, arguments};
  return NewTuple(thread, parts);
}

constexpr NativeDef kIteratorMethods[] = {
    {"__iter__", IteratorSelf, "(self, /)", "Implement iter(self)."},
    {"__next__", IteratorNext, "(self, /)", "Implement next(self)."},
    {"__reduce__", IteratorReduce, "(self, /)", "Return state information for pickling."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kIteratorSpec = {.methods = kIteratorMethods,
                                    .native_size = sizeof(OrderedIterator),
                                    .kind_info = &kIteratorKind};

Result<Value> Iterate(Thread& t, Args args) {
  return NewOrderedIterator(t, Self(args), kShowKeys, false);
}
Result<Value> Reversed(Thread& t, Args args) {
  return NewOrderedIterator(t, Self(args), kShowKeys, true);
}

// --- views: those of dict, with iterators that notice changes of order ---

Result<Value> NewView(Thread& thread, Type* type, Dict* dict) {
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  auto* const view = static_cast<DictView*>(object);
  view->dict.Store(view, dict);
  return view;
}
Result<Value> Keys(Thread& t, Args args) { return NewView(t, keys_type, Self(args)); }
Result<Value> Values(Thread& t, Args args) { return NewView(t, values_type, Self(args)); }
Result<Value> Items(Thread& t, Args args) { return NewView(t, items_type, Self(args)); }

template <Shown kShown, bool kBackwards>
Result<Value> IterateView(Thread& thread, Args args) {
  const auto* const view = static_cast<DictView*>(args[0].AsObject());
  return NewOrderedIterator(thread, view->dict.Load(), kShown, kBackwards);
}
#define GILA_ODICT_VIEW(name, shown)                                                        \
  constexpr NativeDef k##name##Methods[] = {                                                \
      {"__iter__", IterateView<shown, false>, "(self, /)", "Implement iter(self)."},        \
      {"__reversed__", IterateView<shown, true>, "(self, /)", "An iterator from the end."}, \
      {nullptr, nullptr, nullptr, nullptr}};                                                \
  constexpr TypeSpec k##name##Spec = {.methods = k##name##Methods, .native_size = sizeof(DictView)}
GILA_ODICT_VIEW(OrderedKeys, kShowKeys);
GILA_ODICT_VIEW(OrderedValues, kShowValues);
GILA_ODICT_VIEW(OrderedItems, kShowItems);
#undef GILA_ODICT_VIEW

constexpr NativeDef kMethods[] = {
    {"__init__", Update, "(self, /, *args, **kwargs)", "Fill the dictionary."},
    {"__eq__", Eq, "(self, value, /)", "Return self==value; in order, between two OrderedDicts."},
    {"__ne__", Ne, "(self, value, /)", "Return self!=value."},
    {"__hash__", nullptr, nullptr, nullptr},
    {"__or__", Or, "(self, value, /)", "Return self|value."},
    {"__ror__", ROr, "(self, value, /)", "Return value|self."},
    {"__ior__", IOr, "(self, value, /)", "Return self|=value."},
    {"__iter__", Iterate, "(self, /)", "Implement iter(self)."},
    {"__reversed__", Reversed, "(self, /)", "An iterator over the keys from the end."},
    {"__repr__", ReprMethod, "(self, /)", "Return repr(self)."},
    {"__reduce__", Reduce, "(self, /)", "Return state information for pickling."},
    {"copy", Copy, "(self, /)", "A shallow copy."},
    {"fromkeys", FromKeys, "@classmethod(cls, iterable, value=None)",
     "A new dictionary with these keys, all with the same value."},
    {"move_to_end", MoveToEnd, "(self, key, last=True)",
     "Move a key to the end (or, with last=False, to the front); KeyError when it is not there."},
    {"popitem", PopItem, "(self, last=True)",
     "Take the last pair out (or, with last=False, the first) and return it."},
    {"pop", Pop, "(self, key, default=<unrepresentable>)",
     "Take a key out and return its value; without a default, KeyError when it is not there."},
    {"setdefault", SetDefault, "(self, key, default=None)",
     "The value of a key; a key that is not there is put in with the default."},
    {"update", Update, "(self, /, *args, **kwargs)", "Store what a mapping or pairs give."},
    {"keys", Keys, "(self, /)", "A view of the keys."},
    {"values", Values, "(self, /)", "A view of the values."},
    {"items", Items, "(self, /)", "A view of the pairs."},
    {nullptr, nullptr, nullptr, nullptr}};

constexpr TypeSpec kOrderedDictSpec = {
    .doc = "A dictionary that compares in order and whose keys can be moved to either end.",
    .new_function = OrderedNew,
    .new_signature = "(cls, *args, **kwargs)",
    .methods = kMethods,
    .native_size = sizeof(Dict)};

}  // namespace

Result<Value> SnapshotOrderedDict(Thread& thread, Value v) {
  if (IsExactlyOrdered(v)) {
    GILA_TRY(List* const keys, SnapshotOfDict(thread, v.As<Dict>(), DictPart::kKeys));
    return keys;
  }
  if (!v.IsPointer()) return kUnbound;
  const Type* const type = TypeOf(v);
  if (type != keys_type && type != values_type && type != items_type) return kUnbound;
  Dict* const dict = static_cast<DictView*>(v.AsObject())->dict.Load();
  if (!IsExactlyOrdered(dict)) return kUnbound;
  GILA_TRY(List* const part, SnapshotOfDict(thread, dict,
                                            type == keys_type     ? DictPart::kKeys
                                            : type == values_type ? DictPart::kValues
                                                                  : DictPart::kItems));
  return part;
}

Status AddOrderedDictTypes(Thread& thread, Module* module) {
  library_plain_dict = IsExactlyOrdered;
  GILA_TRY(ordered_dict_type,
           AddType(thread, module, kOrderedDictSpec, "collections.OrderedDict", kKindDict,
                   sizeof(Dict), kBasetype | kHasDict | kHasWeakref, GetType(TypeId::kDict)));
  const auto view = [&](const TypeSpec& spec, const char* name, TypeId base) {
    return AddType(thread, module, spec, name, KindOf(base), sizeof(DictView), kPlain,
                   GetType(base));
  };
  GILA_TRY(keys_type, view(kOrderedKeysSpec, "odict_keys", TypeId::kDictKeys));
  GILA_TRY(values_type, view(kOrderedValuesSpec, "odict_values", TypeId::kDictValues));
  GILA_TRY(items_type, view(kOrderedItemsSpec, "odict_items", TypeId::kDictItems));
  GILA_TRY(iterator_type, AddType(thread, module, kIteratorSpec, "odict_iterator",
                                  RegisterKind(kIteratorKind), sizeof(OrderedIterator), kPlain));
  return kOk;
}

}  // namespace gila

// list_methods.cc: list as programs see it. What changes a list holds its lock for the whole
// change; what compares items (index, count, in) looks without a lock, one item at a time.
#include <algorithm>

#include "runtime/types/list_internal.h"
#include "runtime/types/sought.h"

namespace gila {
namespace {

List* Self(Args args) { return args[0].As<List>(); }

void TraceList(Object* object, Marker& marker) { marker.Visit(static_cast<List*>(object)->store); }
constexpr KindInfo kListKind = {"list", TraceList, nullptr};

// --- construction ---

Result<Value> ListNew(Thread& thread, Args args) {
  Type* const type = args[0].As<Type>();
  if (IsExactType(type, TypeId::kList)) return NewListReserved(thread, 0);
  return AllocateInstance(thread, type);
}

Result<Value> ListInit(Thread& thread, Args args) {
  List* const self = Self(args);
  if (self->size.Load() > 0) ListAdopt(self, nullptr, 0);
  if (args.Has(1)) GILA_TRY_VOID(ListExtend(thread, self, args[1]));
  return kNone;
}

// --- items ---

Result<int64_t> SubscriptIndex(Thread& thread, Value key) {
  if (!IsInt(key) && LookupSpecial(thread, TypeOf(key), Special::kIndex).IsUnbound()) {
    return thread.RaiseTypeError("list indices must be integers or slices, not %s",
                                 TypeNameText(key).c_str());
  }
  return ToSubscript(thread, key);
}

Result<Value> ItemAt(Thread& thread, List* self, int64_t index) {
  if (index < 0) index += self->size.Load();
  const Value item = ListAt(self, index);
  if (GILA_UNLIKELY(item.IsUnbound()))
    return thread.Raise(TypeId::kIndexError, "list index out of range");
  return item;
}

Result<Value> ListGetItem(Thread& thread, Args args) {
  List* const self = Self(args);
  const Value key = args[1];
  if (GILA_LIKELY(key.IsSmallInt())) return ItemAt(thread, self, key.AsSmallInt());
  if (Slice* const slice = CastOrNull<Slice>(key)) {
    GILA_TRY(const SliceIndices indices, ResolveSlice(thread, slice, self->size.Load()));
    return ListSlice(thread, self, indices);
  }
  GILA_TRY(const int64_t index, SubscriptIndex(thread, key));
  return ItemAt(thread, self, index);
}

Result<Value> ListSetItem(Thread& thread, Args args) {
  List* const self = Self(args);
  if (Slice* const slice = CastOrNull<Slice>(args[1])) {
    GILA_TRY_VOID(ListAssignSlice(thread, self, slice, args[2]));
    return kNone;
  }
  GILA_TRY(const int64_t index, SubscriptIndex(thread, args[1]));
  GILA_TRY_VOID(ListStore(thread, self, index, args[2]));
  return kNone;
}

Result<Value> ListDelItem(Thread& thread, Args args) {
  List* const self = Self(args);
  if (Slice* const slice = CastOrNull<Slice>(args[1])) {
    GILA_TRY_VOID(ListDeleteSlice(thread, self, slice));
    return kNone;
  }
  GILA_TRY(const int64_t index, SubscriptIndex(thread, args[1]));
  const int64_t size = self->size.Load();
  if (index >= size || index < -size)
    return thread.Raise(TypeId::kIndexError, "list assignment index out of range");
  GILA_TRY_VOID(ListPop(thread, self, index));
  return kNone;
}

Result<Value> ListLen(Thread&, Args args) { return Value::SmallInt(Self(args)->size.Load()); }

// The index of the first item equal to `wanted` in [start, stop), or -1.
Result<int64_t> FindItem(Thread& thread, List* self, Value wanted, int64_t start, int64_t stop) {
  Sought sought(wanted);
  for (int64_t i = start; i < stop; ++i) {
    const Value item = ListAt(self, i);
    if (item.IsUnbound()) break;
    GILA_TRY(const bool equal, sought.Is(thread, item));
    if (equal) return i;
  }
  return -1;
}

Result<Value> ListContains(Thread& thread, Args args) {
  GILA_TRY(const int64_t index, FindItem(thread, Self(args), args[1], 0, INT64_MAX));
  return Value::Bool(index >= 0);
}

Result<Value> ListIndex(Thread& thread, Args args) {
  List* const self = Self(args);
  const int64_t size = self->size.Load();
  GILA_TRY(const int64_t start, ClipIndexArgument(thread, args[2], 0, size));
  GILA_TRY(const int64_t stop, ClipIndexArgument(thread, args[3], INT64_MAX, size));
  GILA_TRY(const int64_t index, FindItem(thread, self, args[1], start, stop));
  if (index >= 0) return Value::SmallInt(index);
  GILA_TRY(Str* const shown, Repr(thread, args[1]));
  return thread.Raise(TypeId::kValueError, ToUtf8(shown) + " is not in list");
}

Result<Value> ListCount(Thread& thread, Args args) {
  List* const self = Self(args);
  int64_t count = 0;
  Sought sought(args[1]);
  for (int64_t i = 0;; ++i) {
    const Value item = ListAt(self, i);
    if (item.IsUnbound()) return Value::SmallInt(count);
    GILA_TRY(const bool equal, sought.Is(thread, item));
    count += equal;
  }
}

// --- changing ---

Result<Value> ListAppendMethod(Thread& thread, Args args) {
  GILA_TRY_VOID(ListAppend(thread, Self(args), args[1]));
  return kNone;
}

Result<Value> ListExtendMethod(Thread& thread, Args args) {
  GILA_TRY_VOID(ListExtend(thread, Self(args), args[1]));
  return kNone;
}

Result<Value> ListInsert(Thread& thread, Args args) {
  List* const self = Self(args);
  GILA_TRY(const int64_t index, ToInt64(thread, args[1]));
  const ByteLockGuard guard(self->lock);
  GILA_TRY_VOID(ListInsertUnlocked(thread, self, index, args[2]));
  return kNone;
}

Result<Value> ListPopMethod(Thread& thread, Args args) {
  int64_t index = -1;
  if (args.Has(1)) {
    GILA_TRY(index, ToInt64(thread, args[1]));
  }
  return ListPop(thread, Self(args), index);
}

void RemoveUnlocked(List* self, int64_t index) {
  const int64_t size = self->size.LoadRelaxed();
  ValueArray* const store = self->store.Load();
  MoveSlots(store, store->items + index, store->items + index + 1, size - 1 - index);
  ListShrinkUnlocked(self, size, size - 1);
}

// Removes that very item, which was seen at `index`; false when it is no longer in the list.
bool RemoveItem(List* self, int64_t index, Value item) {
  const ByteLockGuard guard(self->lock);
  const int64_t size = self->size.LoadRelaxed();
  const ValueArray* const store = self->store.Load();
  if (index >= size || store->items[index].Load() != item) {
    for (index = 0; index < size && store->items[index].Load() != item;) ++index;
    if (index == size) return false;
  }
  RemoveUnlocked(self, index);
  return true;
}

// Removes the first item that is equal to `wanted` while nobody else can move one; kYes when that
// is done, kAsk when a comparison might run Gila code.
QuickEqual RemoveAtOnce(List* self, Value wanted) {
  const ByteLockGuard guard(self->lock);
  const int64_t size = self->size.LoadRelaxed();
  const ValueArray* const store = self->store.Load();
  for (int64_t i = 0; i < size; ++i) {
    const QuickEqual equal = EqualAtOnce(store->items[i].Load(), wanted);
    if (equal == QuickEqual::kNo) continue;
    if (equal == QuickEqual::kYes) RemoveUnlocked(self, i);
    return equal;
  }
  return QuickEqual::kNo;
}

Result<Value> ListRemove(Thread& thread, Args args) {
  List* const self = Self(args);
  const QuickEqual removed = RemoveAtOnce(self, args[1]);
  if (removed == QuickEqual::kYes) return kNone;
  if (removed == QuickEqual::kNo) return thread.RaiseValueError("list.remove(x): x not in list");
  // Looked for among the items of one moment, whatever the comparisons and other threads do.
  GILA_TRY(const ListSnapshot items, SnapshotList(thread, self));
  for (int64_t i = 0; i < items.size; ++i) {
    const Value item = items.store->items[i].Load();
    GILA_TRY(const bool equal, Equal(thread, item, args[1]));
    if (equal && RemoveItem(self, i, item)) return kNone;
    GILA_TRY_VOID(thread.CheckBreaker());
  }
  return thread.RaiseValueError("list.remove(x): x not in list");
}

Result<Value> ListClear(Thread&, Args args) {
  ListAdopt(Self(args), nullptr, 0);
  return kNone;
}

Result<Value> ListReverse(Thread&, Args args) {
  List* const self = Self(args);
  const ByteLockGuard guard(self->lock);
  ValueArray* const store = self->store.Load();
  int64_t low = 0, high = self->size.LoadRelaxed() - 1;
  for (; low < high; ++low, --high) {
    const Value first = store->items[low].Load();
    store->items[low].Store(store, store->items[high].Load());
    store->items[high].Store(store, first);
  }
  return kNone;
}

Result<Value> ListCopyMethod(Thread& thread, Args args) {
  const SliceIndices all{0, INT64_MAX, 1, Self(args)->size.Load()};
  return ListSlice(thread, Self(args), all);
}

// --- operators ---

Result<Value> ListAdd(Thread& thread, Args args) {
  if (!IsList(args[1])) {
    return thread.RaiseTypeError("can only concatenate list (not \"%s\") to list",
                                 TypeNameText(args[1]).c_str());
  }
  return ListConcat(thread, Self(args), args[1].As<List>());
}

Result<Value> ListIAdd(Thread& thread, Args args) {
  GILA_TRY_VOID(ListExtend(thread, Self(args), args[1]));
  return args[0];
}

Result<Value> ListMul(Thread& thread, Args args) {
  GILA_TRY(const Value count, RepeatCount(thread, args[1]));
  if (count == kNotImplemented) return kNotImplemented;
  return ListRepeat(thread, Self(args), count.AsSmallInt());
}

Result<Value> ListIMul(Thread& thread, Args args) {
  List* const self = Self(args);
  GILA_TRY(const Value count_value, RepeatCount(thread, args[1]));
  if (count_value == kNotImplemented) return kNotImplemented;
  const int64_t count = count_value.AsSmallInt();
  if (count <= 0) {
    ListAdopt(self, nullptr, 0);
    return self;
  }
  const ByteLockGuard guard(self->lock);
  const int64_t size = self->size.LoadRelaxed();
  if (size == 0 || count == 1) return self;
  GILA_TRY(ValueArray* const store, RepeatedListStore(thread, self, count));
  self->store.Store(self, store);
  self->size.Store(size * count);
  return self;
}

Result<Value> CompareMethod(Thread& thread, CompareOp op, Args args) {
  if (!IsList(args[1])) return kNotImplemented;
  return ListCompare(thread, op, Self(args), args[1].As<List>());
}
Result<Value> ListLt(Thread& t, Args args) { return CompareMethod(t, CompareOp::kLt, args); }
Result<Value> ListLe(Thread& t, Args args) { return CompareMethod(t, CompareOp::kLe, args); }
Result<Value> ListEq(Thread& t, Args args) { return CompareMethod(t, CompareOp::kEq, args); }
Result<Value> ListNe(Thread& t, Args args) { return CompareMethod(t, CompareOp::kNe, args); }
Result<Value> ListGt(Thread& t, Args args) { return CompareMethod(t, CompareOp::kGt, args); }
Result<Value> ListGe(Thread& t, Args args) { return CompareMethod(t, CompareOp::kGe, args); }

Result<Value> ListRepr(Thread& thread, Args args) {
  List* const self = Self(args);
  if (self->size.Load() == 0) return NewStr(thread, "[]");
  const ReprScope scope(thread, self);
  if (scope.nested()) return NewStr(thread, "[...]");
  return ReprItems(thread, "[", "]", [self](int64_t i) { return ListAt(self, i); });
}

Result<Value> NewIteratorOf(Thread& thread, TypeId type, Kind kind, Value list, int64_t index) {
  Object* const object = heap::Allocate(thread, sizeof(ListIterator), kind, ShapeIdOf(type));
  if (object == nullptr) return kFailed;
  auto* const iterator = static_cast<ListIterator*>(object);
  iterator->sequence.Init(list);
  iterator->index.StoreRelaxed(index);
  return object;
}

Result<Value> ListIter(Thread& thread, Args args) {
  return NewIteratorOf(thread, TypeId::kListIterator, kKindListIterator, args[0], 0);
}

Result<Value> ListReversed(Thread& thread, Args args) {
  return NewIteratorOf(thread, TypeId::kListReverseIterator, kKindListReverseIterator, args[0],
                       Self(args)->size.Load() - 1);
}

Result<Value> ListSizeof(Thread&, Args args) {
  const List* const self = Self(args);
  const ValueArray* const store = self->store.Load();
  const size_t stored = store == nullptr ? 0 : ValueArray::Size(store->length);
  return Value::SmallInt(static_cast<int64_t>(heap::CellSize(self) + stored));
}

constexpr NativeDef kListMethods[] = {
    {"__init__", ListInit, "(self, iterable=(), /)",
     "Initialize self.  See help(type(self)) for accurate signature."},
    {"__getitem__", ListGetItem, "(self, index, /)", "x.__getitem__(y) <==> x[y]"},
    {"__setitem__", ListSetItem, "(self, key, value, /)", "Set self[key] to value."},
    {"__delitem__", ListDelItem, "(self, key, /)", "Delete self[key]."},
    {"__len__", ListLen, "(self, /)", "Return len(self)."},
    {"__contains__", ListContains, "(self, key, /)", "Return key in self."},
    {"__iter__", ListIter, "(self, /)", "Implement iter(self)."},
    {"__reversed__", ListReversed, "(self, /)", "Return a reverse iterator over the list."},
    {"__add__", ListAdd, "(self, value, /)", "Return self+value."},
    {"__iadd__", ListIAdd, "(self, value, /)", "Implement self+=value."},
    {"__mul__", ListMul, "(self, value, /)", "Return self*value."},
    {"__rmul__", ListMul, "(self, value, /)", "Return value*self."},
    {"__imul__", ListIMul, "(self, value, /)", "Implement self*=value."},
    {"__lt__", ListLt, "(self, value, /)", "Return self<value."},
    {"__le__", ListLe, "(self, value, /)", "Return self<=value."},
    {"__eq__", ListEq, "(self, value, /)", "Return self==value."},
    {"__ne__", ListNe, "(self, value, /)", "Return self!=value."},
    {"__gt__", ListGt, "(self, value, /)", "Return self>value."},
    {"__ge__", ListGe, "(self, value, /)", "Return self>=value."},
    {"__hash__", nullptr, nullptr, nullptr},
    {"__repr__", ListRepr, "(self, /)", "Return repr(self)."},
    {"__sizeof__", ListSizeof, "(self, /)", "Return the size of the list in memory, in bytes."},
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, item, /)", "See PEP 585"},
    {"append", ListAppendMethod, "(self, object, /)", "Append object to the end of the list."},
    {"extend", ListExtendMethod, "(self, iterable, /)",
     "Extend list by appending elements from the iterable."},
    {"insert", ListInsert, "(self, index, object, /)", "Insert object before index."},
    {"pop", ListPopMethod, "(self, index=-1, /)", "Take an item out and return it."},
    {"remove", ListRemove, "(self, value, /)",
     "Take the first item equal to value out; ValueError when there is none."},
    {"clear", ListClear, "(self, /)", "Remove all items from list."},
    {"index", ListIndex, "(self, value, start=0, stop=9223372036854775807, /)",
     "The first position of value; ValueError when it is not there."},
    {"count", ListCount, "(self, value, /)", "Return number of occurrences of value."},
    {"sort", ListSortMethod, "(self, *, key=None, reverse=False)",
     "Sort in place, keeping equal items in order; key is called once for every item."},
    {"reverse", ListReverse, "(self, /)", "Reverse *IN PLACE*."},
    {"copy", ListCopyMethod, "(self, /)", "Return a shallow copy of the list."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

extern const TypeSpec kListSpec;
const TypeSpec kListSpec = {.doc = "A sequence that can change. list(iterable) holds its items.",
                            .new_function = ListNew,
                            .new_signature = "(cls, *args, **kwargs)",
                            .methods = kListMethods,
                            .extra_flags = kMatchSequence,
                            .native_size = sizeof(List),
                            .kind_info = &kListKind};

}  // namespace gila

// itertools_grouping.cc: groupby, pairwise and tee: the iterators that look at neighbours or hand
// one source to several readers.
#include "runtime/threads/only_thread.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/itertools_internal.h"

namespace gila {

namespace {

constexpr NativeDef kPairwiseMethods[] = {GILA_NATIVE_ITERATOR_METHODS, {}};
constexpr NativeDef kGroupByMethods[] = {
    GILA_NATIVE_ITERATOR_METHODS, GILA_REDUCE(ReduceGroupBy), GILA_SET_STATE(SetGroupByState), {}};
constexpr NativeDef kGroupMethods[] = {GILA_NATIVE_ITERATOR_METHODS, GILA_REDUCE(ReduceGroup), {}};

// --- groupby ---

Type* groupby_type = nullptr;
Type* group_type = nullptr;

Result<Value> GroupByNew(Thread& thread, Args args) {
  GILA_TRY(const Value iterator, GetIter(thread, args[1]));
  GILA_TRY(GroupBy * groups, NewInstance<GroupBy>(thread, args[0]));
  groups->iterator.Store(groups, iterator);
  groups->key_function.Store(groups, args.Or(2, kNone));
  groups->target_key.Store(groups, kUnbound);
  groups->current_key.Store(groups, kUnbound);
  groups->current_value.Store(groups, kUnbound);
  groups->group.Store(groups, kUnbound);
  return groups;
}

// Reads one more item and its key. False at the end.
Result<bool> ReadItem(Thread& thread, GroupBy* groups) {
  GILA_TRY(const Value item, Next(thread, groups->iterator.Load()));
  if (item.IsUnbound()) return false;
  Value key = item;
  const Value function = groups->key_function.Load();
  if (!function.IsNone()) {
    GILA_TRY(key, Call(thread, function, {item}));
  }
  groups->current_value.Store(groups, item);
  groups->current_key.Store(groups, key);
  return true;
}

Result<Value> GroupByStep(Thread& thread, Object* object) {
  auto* groups = static_cast<GroupBy*>(object);
  groups->group.Store(groups, kUnbound);
  while (true) {
    const Value current = groups->current_key.Load(), target = groups->target_key.Load();
    if (!current.IsUnbound()) {
      if (target.IsUnbound()) break;
      GILA_TRY(const bool same, Equal(thread, target, current));
      if (!same) break;
    }
    GILA_TRY(const bool more, ReadItem(thread, groups));
    if (!more) return kUnbound;
    GILA_TRY_VOID(thread.CheckBreaker());
  }
  const Value key = groups->current_key.Load();
  groups->target_key.Store(groups, key);
  GILA_TRY(Group * group, NewInstance<Group>(thread, group_type));
  group->parent.Store(group, groups);
  group->key.Store(group, key);
  groups->group.Store(groups, group);
  const Value both[] = {key, group};
  return Result<Value>(NewTuple(thread, both));
}

Result<Value> GroupStep(Thread& thread, Object* object) {
  const auto* group = static_cast<Group*>(object);
  auto* groups = group->parent.Load().As<GroupBy>();
  if (groups->group.Load() != Value(object)) return kUnbound;
  if (groups->current_value.Load().IsUnbound()) {
    GILA_TRY(const bool more, ReadItem(thread, groups));
    if (!more) return kUnbound;
  }
  GILA_TRY(const bool same, Equal(thread, group->key.Load(), groups->current_key.Load()));
  if (!same) return kUnbound;
  return groups->current_value.Exchange(groups, kUnbound);
}

constexpr TypeSpec kGroupByType = {
    .doc = "Pairs of a key and an iterator of the neighbours that have that key.",
    .new_function = GroupByNew,
    .new_signature = "(cls, iterable, key=None)",
    .methods = kGroupByMethods,
    .extra_flags = kBasetype};

// Made by groupby; called by what unpickles or copies one.
Result<Value> GroupNew(Thread& thread, Args args) {
  if (!IsSubtype(TypeOf(args[1]), groupby_type))
    return thread.RaiseTypeError("_grouper() argument 1 must be itertools.groupby, not %s",
                                 std::string(TypeNameOf(args[1])).c_str());
  auto* groups = args[1].As<GroupBy>();
  GILA_TRY(Group * group, NewInstance<Group>(thread, args[0]));
  group->parent.Store(group, groups);
  group->key.Store(group, args[2]);
  groups->group.Store(groups, group);
  return group;
}

constexpr TypeSpec kGroupType = {
    .new_function = GroupNew, .new_signature = "(cls, parent, key, /)", .methods = kGroupMethods};

// --- pairwise ---

struct Pairwise : Object {
  Slot iterator;  // unbound when it has ended
  Slot previous;  // unbound before the first
};

Result<Value> PairwiseNew(Thread& thread, Args args) {
  GILA_TRY(const Value iterator, GetIter(thread, args[1]));
  GILA_TRY(Pairwise * pairs, NewInstance<Pairwise>(thread, args[0]));
  pairs->iterator.Store(pairs, iterator);
  pairs->previous.Store(pairs, kUnbound);
  return pairs;
}

Result<Value> PairwiseStep(Thread& thread, Object* object) {
  auto* pairs = static_cast<Pairwise*>(object);
  const Value iterator = pairs->iterator.Load();
  if (iterator.IsUnbound()) return kUnbound;
  Value previous = pairs->previous.Load();
  const auto end = [pairs](Result<Value> result) {
    pairs->iterator.Store(pairs, kUnbound);
    pairs->previous.Store(pairs, kUnbound);
    return result;
  };
  if (previous.IsUnbound()) {
    const Result<Value> first = Next(thread, iterator);
    if (!first.ok() || first.value().IsUnbound()) return end(first);
    previous = first.value();
    pairs->previous.Store(pairs, previous);
  }
  const Result<Value> item = Next(thread, iterator);
  if (!item.ok() || item.value().IsUnbound()) return end(item);
  pairs->previous.Store(pairs, item.value());
  const Value both[] = {previous, item.value()};
  return Result<Value>(NewTuple(thread, both));
}

constexpr TypeSpec kPairwiseType = {.doc = "Overlapping pairs: (s0, s1), (s1, s2), ...",
                                    .new_function = PairwiseNew,
                                    .new_signature = "(cls, iterable, /)",
                                    .methods = kPairwiseMethods,
                                    .extra_flags = kBasetype};

// --- tee ---

Type* tee_type = nullptr;

Result<TeeData*> NewTeeData(Thread& thread, Value iterator) {
  GILA_TRY(ValueArray * items, NewValueArray(thread, kTeeItems));
  for (int64_t i = 0; i < kTeeItems; ++i) items->items[i].Init(kUnbound);
  GILA_TRY(TeeData * data, NewInstance<TeeData>(thread, itertools_types.tee_data));
  data->iterator.Store(data, iterator);
  data->items.Store(data, items);
  data->next.Store(data, kUnbound);
  data->running.Store(data, kFalse);
  return data;
}

Result<Value> NewTeeReader(Thread& thread, Value data, Value index) {
  GILA_TRY(Tee * reader, NewInstance<Tee>(thread, tee_type));
  reader->data.Store(reader, data);
  reader->index.Store(reader, index);
  return reader;
}

Result<Value> TeeNew(Thread& thread, Args args) {
  GILA_TRY(const Value iterator, GetIter(thread, args[1]));
  if (TypeOf(iterator) == tee_type) {
    const auto* other = iterator.As<Tee>();
    return NewTeeReader(thread, other->data.Load(), other->index.Load());
  }
  GILA_TRY(TeeData * data, NewTeeData(thread, iterator));
  return NewTeeReader(thread, data, Value::SmallInt(0));
}

// False while somebody is reading the next item already.
bool ClaimStretch(TeeData* data) {
  if (LocksMatter()) return data->running.CompareExchange(data, kFalse, kTrue);
  if (data->running.Load() != kFalse) return false;
  data->running.Store(data, kTrue);
  return true;
}

// Item `index` of the stretch, read from the source when nobody has read it yet.
Result<Value> TeeItem(Thread& thread, TeeData* data, int64_t index) {
  auto* items = data->items.Load().As<ValueArray>();
  if (const Value known = items->items[index].Load(); !known.IsUnbound()) return known;
  if (!ClaimStretch(data))
    return thread.Raise(TypeId::kRuntimeError, "cannot re-enter the tee iterator");
  const Result<Value> item = Next(thread, data->iterator.Load());
  data->running.Store(data, kFalse);
  if (item.ok() && !item.value().IsUnbound()) items->items[index].Store(items, item.value());
  return item;
}

Result<Value> TeeStep(Thread& thread, Object* object) {
  auto* reader = static_cast<Tee*>(object);
  auto* data = reader->data.Load().As<TeeData>();
  int64_t index = CountIn(reader->index);
  if (index >= kTeeItems) {
    Value next = data->next.Load();
    if (next.IsUnbound()) {
      GILA_TRY(TeeData * made, NewTeeData(thread, data->iterator.Load()));
      next = data->next.CompareExchange(data, kUnbound, made) ? Value(made) : data->next.Load();
    }
    data = next.As<TeeData>();
    index = 0;
    reader->data.Store(reader, data);
    reader->index.Store(reader, Value::SmallInt(0));
  }
  GILA_TRY(const Value item, TeeItem(thread, data, index));
  if (!item.IsUnbound()) reader->index.Store(reader, Value::SmallInt(index + 1));
  return item;
}

Result<Value> TeeCopy(Thread& thread, Args args) {
  const auto* reader = args[0].As<Tee>();
  return NewTeeReader(thread, reader->data.Load(), reader->index.Load());
}

// tee(iterable, n): an iterator that can copy itself is copied, any other gets a shared buffer.
Result<Value> TeeFunction(Thread& thread, Args args) {
  int64_t count = 2;
  if (args.Has(1)) {
    GILA_TRY(count, ToInt64(thread, args[1]));
  }
  if (count < 0) return thread.RaiseValueError("n must be >= 0");
  GILA_TRY(Tuple * readers, NewTuple(thread, count));
  if (count == 0) return readers;
  GILA_TRY(Value reader, GetIter(thread, args[0]));
  const Value copy_name = Intern(thread, "__copy__");
  GILA_TRY(Value copy, GetAttrOrUnbound(thread, reader, copy_name));
  if (copy.IsUnbound()) {
    const Value new_args[] = {tee_type, reader};
    GILA_TRY(reader, TeeNew(thread, Args(new_args, 2, 2)));
    GILA_TRY(copy, GetAttr(thread, reader, copy_name));
  }
  readers->items[0].Store(readers, reader);
  for (int64_t i = 1; i < count; ++i) {
    GILA_TRY(const Value another, Call(thread, copy, {}));
    readers->items[i].Store(readers, another);
  }
  return readers;
}

constexpr NativeDef kTeeMethods[] = {GILA_NATIVE_ITERATOR_METHODS,
                                     {"__copy__", TeeCopy, "(self, /)", "An independent reader."},
                                     GILA_REDUCE(ReduceTee),
                                     GILA_SET_STATE(SetTeeState),
                                     {}};
constexpr TypeSpec kTeeType = {.doc = "One of several readers of the same iterable.",
                               .new_function = TeeNew,
                               .new_signature = "(cls, iterable, /)",
                               .methods = kTeeMethods};

// _tee_dataobject(iterator, items, next): the stretch whose first items are known.
Result<Value> TeeDataNew(Thread& thread, Args args) {
  if (!IsList(args[2])) return thread.RaiseTypeError("the items of a _tee_dataobject are a list");
  const List* known = args[2].As<List>();
  const int64_t count = known->size.Load();
  if (count > kTeeItems) return thread.RaiseValueError("Invalid arguments");
  const Value next = args[3];
  const bool has_next = !next.IsNone();
  if (has_next && TypeOf(next) != itertools_types.tee_data)
    return thread.RaiseTypeError("_tee_dataobject next link is no _tee_dataobject");
  if (has_next && count != kTeeItems) return thread.RaiseValueError("Invalid arguments");
  GILA_TRY(TeeData * data, NewTeeData(thread, args[1]));
  auto* items = data->items.Load().As<ValueArray>();
  for (int64_t i = 0; i < count; ++i) items->items[i].Store(items, ListAt(known, i));
  if (has_next) data->next.Store(data, next);
  return data;
}

constexpr NativeDef kTeeDataMethods[] = {GILA_REDUCE(ReduceTeeData), {}};
constexpr TypeSpec kTeeDataType = {.doc = "Items that some readers of a tee still need.",
                                   .new_function = TeeDataNew,
                                   .new_signature = "(cls, iterator, items, next, /)",
                                   .methods = kTeeDataMethods};

constexpr NativeDef kFunctions[] = {
    {"tee", TeeFunction, "(iterable, n=2, /)", "n independent iterators of one iterable."}, {}};

}  // namespace

Status InitGrouping(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddIterator<GroupBy>(thread, module, kGroupByType, "itertools.groupby", GroupByStep,
                                     &groupby_type));
  GILA_TRY_VOID(
      AddIterator<Group>(thread, module, kGroupType, "itertools._grouper", GroupStep, &group_type));
  GILA_TRY_VOID(
      AddIterator<Pairwise>(thread, module, kPairwiseType, "itertools.pairwise", PairwiseStep));
  GILA_TRY_VOID(AddIterator<TeeData>(thread, module, kTeeDataType, "itertools._tee_dataobject",
                                     nullptr, &itertools_types.tee_data));
  GILA_TRY_VOID(AddIterator<Tee>(thread, module, kTeeType, "itertools._tee", TeeStep, &tee_type));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

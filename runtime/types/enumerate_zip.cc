// enumerate_zip.cc: enumerate, zip, map, filter and reversed: iterators made of other iterators.
#include <algorithm>

#include "runtime/types/container_support.h"
#include "runtime/types/iterators.h"

namespace gila {
namespace {

constexpr Value kZero = Value::SmallInt(0), kOne = Value::SmallInt(1);

Result<Value> ReturnSelf(Thread&, Args args) { return args[0]; }

// A tuple of iter(x) for every x.
Result<Tuple*> IteratorsOf(Thread& thread, std::span<const Value> iterables) {
  GILA_TRY(List* const list, NewListReserved(thread, static_cast<int64_t>(iterables.size())));
  for (const Value iterable : iterables) {
    GILA_TRY(const Value iterator, GetIter(thread, iterable));
    GILA_TRY_VOID(ListAppend(thread, list, iterator));
  }
  return ListToTuple(thread, list);
}

// (type, arguments)
Result<Value> ReduceAs(Thread& thread, Value self, std::span<const Value> arguments) {
  GILA_TRY(Tuple* const tuple, NewTuple(thread, arguments));
  const Value parts[] = {TypeOf(self), tuple};
  return NewTuple(thread, parts);
}

// --- enumerate ---

void TraceEnumerate(Object* object, Marker& marker) {
  auto* const self = static_cast<Enumerate*>(object);
  marker.Visit(self->iterator);
  marker.Visit(self->count);
}
constexpr KindInfo kEnumerateKind = {"enumerate", TraceEnumerate, nullptr};

Result<Value> EnumerateNew(Thread& thread, Args args) {
  Value count = kZero;
  if (args.Has(2)) {
    GILA_TRY(count, Index(thread, args[2]));
  }
  GILA_TRY(const Value iterator, GetIter(thread, args[1]));
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<Enumerate*>(object);
  self->iterator.Store(self, iterator);
  self->count.Store(self, count);
  OwnFreshIterator(self);
  return self;
}

Result<Value> EnumerateNext(Thread& thread, Args args) {
  return NextResult(thread, EnumerateStep(thread, args[0].As<Enumerate>()));
}
Result<Value> EnumerateReduce(Thread& thread, Args args) {
  const Enumerate* const self = args[0].As<Enumerate>();
  const Value parts[] = {self->iterator.Load(), self->count.Load()};
  return ReduceAs(thread, args[0], parts);
}
constexpr NativeDef kEnumerateMethods[] = {
    {"__iter__", ReturnSelf, "(self, /)", "Implement iter(self)."},
    {"__next__", EnumerateNext, "(self, /)", "Implement next(self)."},
    {"__reduce__", EnumerateReduce, "(self, /)", "Return state information for pickling."},
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, item, /)", "See PEP 585"},
    {nullptr, nullptr, nullptr, nullptr}};

// --- zip ---

void TraceZip(Object* object, Marker& marker) {
  marker.Visit(static_cast<Zip*>(object)->iterators);
}
constexpr KindInfo kZipKind = {"zip", TraceZip, nullptr};

// zip(*iterables, strict=False): args are the class, strict, then the iterables.
Result<Value> ZipNew(Thread& thread, Args args) {
  bool strict = false;
  if (args.Has(1)) {
    GILA_TRY(strict, Truth(thread, args[1]));
  }
  GILA_TRY(Tuple* const iterators, IteratorsOf(thread, args.rest()));
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<Zip*>(object);
  self->iterators.Store(self, iterators);
  self->strict.Store(strict);
  OwnFreshIterator(self);
  return self;
}

// One iterator of a strict zip ended before iterator `number` (counted from 0) did, or after it.
Failed UnequalLengths(Thread& thread, int64_t number, const char* how) {
  return thread.RaiseValueError("zip() argument %lld is %s than argument%s%lld",
                                static_cast<long long>(number + 1), how, number == 1 ? " " : "s 1-",
                                static_cast<long long>(number));
}

// Iterator `ended` of a strict zip has no more: neither may the others.
Result<Value> CheckStrictEnd(Thread& thread, const Tuple* iterators, int64_t ended) {
  if (ended > 0) return UnequalLengths(thread, ended, "shorter");
  for (int64_t i = 1; i < iterators->length; ++i) {
    GILA_TRY(const Value item, Next(thread, iterators->At(i)));
    if (!item.IsUnbound()) return UnequalLengths(thread, i, "longer");
  }
  return kUnbound;
}

Result<Value> ZipNext(Thread& thread, Args args) {
  return NextResult(thread, ZipStep(thread, args[0].As<Zip>()));
}
Result<Value> ZipReduce(Thread& thread, Args args) {
  const Zip* const self = args[0].As<Zip>();
  const Value iterators = self->iterators.Load();
  const Value parts[] = {TypeOf(args[0]), iterators, kTrue};
  return NewTuple(thread, std::span<const Value>(parts, self->strict.Load() ? 3 : 2));
}
Result<Value> ZipSetState(Thread& thread, Args args) {
  GILA_TRY(const bool strict, Truth(thread, args[1]));
  args[0].As<Zip>()->strict.Store(strict);
  return kNone;
}
constexpr NativeDef kZipMethods[] = {
    {"__iter__", ReturnSelf, "(self, /)", "Implement iter(self)."},
    {"__next__", ZipNext, "(self, /)", "Implement next(self)."},
    {"__reduce__", ZipReduce, "(self, /)", "Return state information for pickling."},
    {"__setstate__", ZipSetState, "(self, state, /)", "Set state information for unpickling."},
    {nullptr, nullptr, nullptr, nullptr}};

// --- map ---

void TraceMap(Object* object, Marker& marker) {
  auto* const self = static_cast<Map*>(object);
  marker.Visit(self->function);
  marker.Visit(self->iterators);
}
constexpr KindInfo kMapKind = {"map", TraceMap, nullptr};

Result<Value> MapNew(Thread& thread, Args args) {
  const auto given = args.rest();
  if (given.size() < 2) return thread.RaiseTypeError("map() must have at least two arguments.");
  GILA_TRY(Tuple* const iterators, IteratorsOf(thread, given.subspan(1)));
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<Map*>(object);
  self->function.Store(self, given[0]);
  self->iterators.Store(self, iterators);
  OwnFreshIterator(self);
  return self;
}

Result<Value> MapNext(Thread& thread, Args args) {
  return NextResult(thread, MapStep(thread, args[0].As<Map>()));
}
Result<Value> MapReduce(Thread& thread, Args args) {
  const Map* const self = args[0].As<Map>();
  const Tuple* const iterators = self->iterators.Load();
  GILA_TRY(List* const list, NewListReserved(thread, iterators->length + 1));
  GILA_TRY_VOID(ListAppend(thread, list, self->function.Load()));
  GILA_TRY_VOID(ListExtend(thread, list, iterators));
  GILA_TRY(Tuple* const arguments, ListToTuple(thread, list));
  const Value parts[] = {TypeOf(args[0]), arguments};
  return NewTuple(thread, parts);
}
constexpr NativeDef kMapMethods[] = {
    {"__iter__", ReturnSelf, "(self, /)", "Implement iter(self)."},
    {"__next__", MapNext, "(self, /)", "Implement next(self)."},
    {"__reduce__", MapReduce, "(self, /)", "Return state information for pickling."},
    {nullptr, nullptr, nullptr, nullptr}};

// --- filter ---

void TraceFilter(Object* object, Marker& marker) {
  auto* const self = static_cast<Filter*>(object);
  marker.Visit(self->function);
  marker.Visit(self->iterator);
}
constexpr KindInfo kFilterKind = {"filter", TraceFilter, nullptr};

Result<Value> FilterNew(Thread& thread, Args args) {
  GILA_TRY(const Value iterator, GetIter(thread, args[2]));
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<Filter*>(object);
  self->function.Store(self, args[1]);
  self->iterator.Store(self, iterator);
  return self;
}

Result<Value> FilterNext(Thread& thread, Args args) {
  return NextResult(thread, FilterStep(thread, args[0].As<Filter>()));
}
Result<Value> FilterReduce(Thread& thread, Args args) {
  const Filter* const self = args[0].As<Filter>();
  const Value parts[] = {self->function.Load(), self->iterator.Load()};
  return ReduceAs(thread, args[0], parts);
}
constexpr NativeDef kFilterMethods[] = {
    {"__iter__", ReturnSelf, "(self, /)", "Implement iter(self)."},
    {"__next__", FilterNext, "(self, /)", "Implement next(self)."},
    {"__reduce__", FilterReduce, "(self, /)", "Return state information for pickling."},
    {nullptr, nullptr, nullptr, nullptr}};

// --- reversed ---

void TraceReversed(Object* object, Marker& marker) {
  marker.Visit(static_cast<Reversed*>(object)->sequence);
}
constexpr KindInfo kReversedKind = {"reversed", TraceReversed, nullptr};

Result<Value> ReversedNew(Thread& thread, Args args) {
  const Value sequence = args[1];
  Type* const type = TypeOf(sequence);
  const Value method = LookupSpecial(thread, type, Special::kReversed);
  if (!method.IsUnbound() && !method.IsNone()) {
    return CallSpecial(thread, sequence, Special::kReversed);
  }
  // A dict is no sequence, though it has both methods.
  if (method.IsNone() || IsDict(sequence) ||
      LookupSpecial(thread, type, Special::kGetItem).IsUnbound()) {
    return thread.RaiseTypeError("'%s' object is not reversible", TypeNameText(sequence).c_str());
  }
  GILA_TRY(const int64_t length, Length(thread, sequence));
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<Reversed*>(object);
  self->sequence.Store(self, sequence);
  self->index.Store(length - 1);
  return self;
}

Result<Value> ReversedNext(Thread& thread, Args args) {
  return NextResult(thread, ReversedStep(thread, args[0].As<Reversed>()));
}
Result<Value> ReversedHint(Thread& thread, Args args) {
  const Reversed* const self = args[0].As<Reversed>();
  const Value sequence = self->sequence.Load();
  if (sequence.IsUnbound()) return kZero;
  GILA_TRY(const int64_t length, Length(thread, sequence));
  const int64_t left = self->index.Load() + 1;
  return Value::SmallInt(length < left ? 0 : left);
}
Result<Value> ReversedReduce(Thread& thread, Args args) {
  const Reversed* const self = args[0].As<Reversed>();
  Value sequence = self->sequence.Load();
  if (sequence.IsUnbound()) {
    sequence = empty_tuple;
    return ReduceAs(thread, args[0], std::span<const Value>(&sequence, 1));
  }
  GILA_TRY(Tuple* const arguments, NewTuple(thread, std::span<const Value>(&sequence, 1)));
  const Value parts[] = {TypeOf(args[0]), arguments, Value::SmallInt(self->index.Load())};
  return NewTuple(thread, parts);
}
Result<Value> ReversedSetState(Thread& thread, Args args) {
  Reversed* const self = args[0].As<Reversed>();
  GILA_TRY(int64_t index, ToInt64(thread, args[1]));
  const Value sequence = self->sequence.Load();
  if (sequence.IsUnbound()) return kNone;
  GILA_TRY(const int64_t length, Length(thread, sequence));
  self->index.Store(std::clamp<int64_t>(index, -1, length - 1));
  return kNone;
}
constexpr NativeDef kReversedMethods[] = {
    {"__iter__", ReturnSelf, "(self, /)", "Implement iter(self)."},
    {"__next__", ReversedNext, "(self, /)", "Implement next(self)."},
    {"__length_hint__", ReversedHint, "(self, /)",
     "Private method returning an estimate of len(list(it))."},
    {"__reduce__", ReversedReduce, "(self, /)", "Return state information for pickling."},
    {"__setstate__", ReversedSetState, "(self, state, /)", "Set state information for unpickling."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

extern const TypeSpec kEnumerateSpec, kZipSpec, kMapSpec, kFilterSpec, kReversedSpec;
const TypeSpec kEnumerateSpec = {
    .doc = "Pairs of a count, from start on, and an item of the iterable.",
    .new_function = EnumerateNew,
    .new_signature = "@parsed(cls, iterable, start=0)",
    .methods = kEnumerateMethods,
    .native_size = sizeof(Enumerate),
    .kind_info = &kEnumerateKind};
const TypeSpec kZipSpec = {
    .doc = "Tuples of one item of each iterable, until one ends; strict: all must end together.",
    .new_function = ZipNew,
    .new_signature = "(cls, /, *iterables, strict=False)",
    .methods = kZipMethods,
    .native_size = sizeof(Zip),
    .kind_info = &kZipKind};
const TypeSpec kMapSpec = {
    .doc = "The results of calling a function with the items of the iterables.",
    .new_function = MapNew,
    .new_signature = "(cls, /, *args)",
    .methods = kMapMethods,
    .native_size = sizeof(Map),
    .kind_info = &kMapKind};
const TypeSpec kFilterSpec = {
    .doc = "The items for which the function is true; None tests the items themselves.",
    .new_function = FilterNew,
    .new_signature = "(cls, function, iterable, /)",
    .methods = kFilterMethods,
    .native_size = sizeof(Filter),
    .kind_info = &kFilterKind};
const TypeSpec kReversedSpec = {.doc = "The items of a sequence from the last to the first.",
                                .new_function = ReversedNew,
                                .new_signature = "(cls, sequence, /)",
                                .methods = kReversedMethods,
                                .native_size = sizeof(Reversed),
                                .kind_info = &kReversedKind};

Result<Value> EnumerateStep(Thread& thread, Enumerate* enumerate) {
  Value pair[2];
  GILA_TRY(const bool more, EnumeratePair(thread, enumerate, pair));
  if (!more) return kUnbound;
  return NewPair(thread, pair[0], pair[1]);
}

Result<bool> EnumeratePair(Thread& thread, Enumerate* enumerate, Value* pair) {
  const Value iterator = enumerate->iterator.Load();
  const IteratorTurn turn(
      enumerate, [iterator] { return IsPlainIterator(iterator); },
      [iterator] { return OwnsThroughout(iterator); });
  GILA_TRY(const Value item, Next(thread, iterator));
  if (item.IsUnbound()) return false;
  const Value count = enumerate->count.Load();
  pair[0] = count;
  pair[1] = item;
  if (GILA_LIKELY(count.IsSmallInt() && count.AsSmallInt() < Value::kMaxSmallInt)) {
    enumerate->count.Store(enumerate, Value::SmallInt(count.AsSmallInt() + 1));
  } else {
    GILA_TRY(const Value next, IntBinary(thread, BinaryOp::kAdd, count, kOne));
    enumerate->count.Store(enumerate, next);
  }
  return true;
}

Result<bool> ZipPair(Thread& thread, Zip* zip, Value* pair) {
  const Tuple* const iterators = zip->iterators.Load();
  const IteratorTurn turn(
      zip, [iterators] { return ArePlainIterators(iterators); },
      [iterators] { return OwnsAllThroughout(iterators); });
  for (int i = 0; i < 2; ++i) {
    GILA_TRY(pair[i], Next(thread, iterators->At(i)));
    if (pair[i].IsUnbound()) return false;
  }
  return true;
}

Result<Value> ZipStep(Thread& thread, Zip* zip) {
  const Tuple* const iterators = zip->iterators.Load();
  const int64_t count = iterators->length;
  if (count == 0) return kUnbound;
  const IteratorTurn turn(
      zip, [iterators] { return ArePlainIterators(iterators); },
      [iterators] { return OwnsAllThroughout(iterators); });
  if (count == 2) {
    GILA_TRY(const Value first, Next(thread, iterators->At(0)));
    if (first.IsUnbound())
      return zip->strict.Load() ? CheckStrictEnd(thread, iterators, 0) : kUnbound;
    GILA_TRY(const Value second, Next(thread, iterators->At(1)));
    if (second.IsUnbound())
      return zip->strict.Load() ? CheckStrictEnd(thread, iterators, 1) : kUnbound;
    return NewPair(thread, first, second);
  }
  GILA_TRY(Tuple* const result, NewTuple(thread, count));
  for (int64_t i = 0; i < count; ++i) {
    GILA_TRY(const Value item, Next(thread, iterators->At(i)));
    if (item.IsUnbound())
      return zip->strict.Load() ? CheckStrictEnd(thread, iterators, i) : kUnbound;
    result->items[i].Store(result, item);
  }
  return result;
}

// The iterator behind a map or filter mostly is one over a list.
GILA_ALWAYS_INLINE Result<Value> NextItem(Thread& thread, Value iterator) GILA_ATTACHED {
  if (IsExactly(iterator, TypeId::kListIterator))
    return ListIteratorStep(iterator.As<ListIterator>());
  return Next(thread, iterator);
}

Result<Value> MapStep(Thread& thread, Map* map) {
  const Tuple* const iterators = map->iterators.Load();
  const int64_t count = iterators->length;
  constexpr int64_t kFew = 4;
  if (GILA_LIKELY(count <= kFew)) {
    Value arguments[kFew];
    if (count == 1) {
      GILA_TRY(arguments[0], NextItem(thread, iterators->At(0)));
      if (arguments[0].IsUnbound()) return kUnbound;
    } else {
      const IteratorTurn turn(
          map, [iterators] { return ArePlainIterators(iterators); },
          [iterators] { return OwnsAllThroughout(iterators); });
      for (int64_t i = 0; i < count; ++i) {
        GILA_TRY(arguments[i], NextItem(thread, iterators->At(i)));
        if (arguments[i].IsUnbound()) return kUnbound;
      }
    }
    return Call(thread, map->function.Load(),
                std::span<const Value>(arguments, static_cast<size_t>(count)));
  }
  GILA_TRY(Tuple* const arguments, NewTuple(thread, count));
  for (int64_t i = 0; i < count; ++i) {
    GILA_TRY(const Value item, Next(thread, iterators->At(i)));
    if (item.IsUnbound()) return kUnbound;
    arguments->items[i].Store(arguments, item);
  }
  return CallWith(thread, map->function.Load(), arguments, kUnbound);
}

Result<Value> FilterStep(Thread& thread, Filter* filter) {
  const Value function = filter->function.Load();
  const bool by_truth = function.IsNone() || function == Value(GetType(TypeId::kBool));
  while (true) {
    GILA_TRY(const Value item, NextItem(thread, filter->iterator.Load()));
    if (item.IsUnbound()) return kUnbound;
    Value verdict = item;
    if (!by_truth) {
      GILA_TRY(verdict, Call(thread, function, {item}));
    }
    GILA_TRY(const bool keep, Truth(thread, verdict));
    if (keep) return item;
    GILA_TRY_VOID(thread.CheckBreaker());
  }
}

Result<Value> ReversedStep(Thread& thread, Reversed* reversed) {
  const Value sequence = reversed->sequence.Load();
  int64_t index;
  {
    // Another thread goes on at the index before, whatever __getitem__ does.
    const IteratorTurn turn(reversed);
    index = reversed->index.Load();
    if (index >= 0) reversed->index.Store(index - 1);
  }
  if (!sequence.IsUnbound() && index >= 0) {
    const Result<Value> item = GetItem(thread, sequence, Value::SmallInt(index));
    if (item.ok()) return item;
    if (!thread.ExceptionMatches(TypeId::kIndexError) &&
        !thread.ExceptionMatches(TypeId::kStopIteration))
      return kFailed;
    thread.ClearException();
  }
  reversed->index.Store(-1);
  reversed->sequence.Store(reversed, kUnbound);
  return kUnbound;
}

}  // namespace gila

// itertools.cc: the iterators that pass items on: count, cycle, repeat, accumulate, chain,
// compress, dropwhile, takewhile, filterfalse, islice, starmap, zip_longest. Grouping is in
// itertools_grouping.cc, combinatorics in itertools_combinatorics.cc.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "runtime/threads/only_thread.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/itertools_internal.h"

namespace gila {

namespace {

// --- count ---

bool IsNumber(Thread& thread, Value v) {
  return IsInt(v) || IsFloat(v) || IsComplex(v) ||
         !LookupSpecial(thread, TypeOf(v), Special::kIndex).IsUnbound() ||
         !LookupSpecial(thread, TypeOf(v), Special::kFloat).IsUnbound() ||
         !LookupSpecial(thread, TypeOf(v), Special::kComplex).IsUnbound();
}

Result<Value> CountNew(Thread& thread, Args args) {
  const Value start = args.Or(1, Value::SmallInt(0)), step = args.Or(2, Value::SmallInt(1));
  if (!IsNumber(thread, start) || !IsNumber(thread, step))
    return thread.RaiseTypeError("a number is required");
  GILA_TRY(Count * count, NewInstance<Count>(thread, args[0]));
  count->next.Store(count, start);
  count->step.Store(count, step);
  return count;
}

// A shared count gives no number twice: programs use next(count()) as a ticket machine.
Result<Value> CountStep(Thread& thread, Object* object) {
  auto* count = static_cast<Count*>(object);
  while (true) {
    const Value now = count->next.Load(), step = count->step.Load();
    GILA_TRY(const Value next, BothSmallInts(now, step)
                                   ? NewInt(thread, now.AsSmallInt() + step.AsSmallInt())
                                   : Binary(thread, BinaryOp::kAdd, now, step));
    if (!LocksMatter() && count->next.Load() == now) {
      count->next.Store(count, next);
      return now;
    }
    if (count->next.CompareExchange(count, now, next)) return now;
  }
}

Result<Value> CountRepr(Thread& thread, Args args) {
  const auto* count = args[0].As<Count>();
  const Value step = count->step.Load();
  GILA_TRY(Str * next, Repr(thread, count->next.Load()));
  std::string text = absl::StrCat(std::string(TypeName(TypeOf(args[0]))), "(", ToUtf8(next));
  if (step != Value::SmallInt(1)) {
    GILA_TRY(Str * step_text, Repr(thread, step));
    absl::StrAppend(&text, ", ", ToUtf8(step_text));
  }
  return Result<Value>(NewStr(thread, absl::StrCat(text, ")")));
}

constexpr NativeDef kCountMethods[] = {GILA_NATIVE_ITERATOR_METHODS,
                                       {"__repr__", CountRepr, "(self, /)", "Return repr(self)."},
                                       GILA_REDUCE(ReduceCount),
                                       {}};
constexpr TypeSpec kCountType = {.doc = "start, start + step, start + 2*step, ...",
                                 .new_function = CountNew,
                                 .new_signature = "(cls, start=0, step=1)",
                                 .methods = kCountMethods,
                                 .extra_flags = kBasetype};

// --- cycle ---

Result<Value> CycleNew(Thread& thread, Args args) {
  GILA_TRY(const Value iterator, GetIter(thread, args[1]));
  GILA_TRY(List * saved, NewList(thread));
  GILA_TRY(Cycle * cycle, NewInstance<Cycle>(thread, args[0]));
  cycle->iterator.Store(cycle, iterator);
  cycle->saved.Store(cycle, saved);
  return cycle;
}

Result<Value> CycleStep(Thread& thread, Object* object) {
  auto* cycle = static_cast<Cycle*>(object);
  const IteratorTurn turn(object, [cycle] {
    return cycle->iterator.Load().IsUnbound() || IsPlainIterator(cycle->iterator.Load());
  });
  List* saved = cycle->saved.Load().As<List>();
  const Value iterator = cycle->iterator.Load();
  if (!iterator.IsUnbound()) {
    GILA_TRY(const Value item, Next(thread, iterator));
    if (!item.IsUnbound()) {
      if (cycle->replays.Load() == Value::SmallInt(0))
        GILA_TRY_VOID(ListAppend(thread, saved, item));
      return item;
    }
    cycle->iterator.Store(cycle, kUnbound);
  }
  int64_t index = CountIn(cycle->index);
  Value item = ListAt(saved, index);
  if (item.IsUnbound()) item = ListAt(saved, index = 0);
  cycle->index.Store(cycle, Value::SmallInt(index + 1));
  return item;  // unbound when there never was one
}

constexpr NativeDef kCycleMethods[] = {
    GILA_NATIVE_ITERATOR_METHODS, GILA_REDUCE(ReduceCycle), GILA_SET_STATE(SetCycleState), {}};
constexpr TypeSpec kCycleType = {.doc = "The items of the iterable, again and again.",
                                 .new_function = CycleNew,
                                 .new_signature = "(cls, iterable, /)",
                                 .methods = kCycleMethods,
                                 .extra_flags = kBasetype};

// --- repeat ---

Result<Value> RepeatNew(Thread& thread, Args args) {
  int64_t times = -1;
  if (args.Has(2)) {
    GILA_TRY(times, ToInt64(thread, args[2]));
    if (times < 0) times = 0;
    if (times > Value::kMaxSmallInt) times = Value::kMaxSmallInt;
  }
  GILA_TRY(Repeater * repeat, NewInstance<Repeater>(thread, args[0]));
  repeat->item.Store(repeat, args[1]);
  repeat->left.Store(repeat, Value::SmallInt(times));
  return repeat;
}

Result<Value> RepeatStep(Thread&, Object* object) {
  auto* repeat = static_cast<Repeater*>(object);
  const IteratorTurn turn(object);
  const int64_t left = CountIn(repeat->left);
  if (left == 0) return kUnbound;
  if (left > 0) repeat->left.Store(repeat, Value::SmallInt(left - 1));
  return repeat->item.Load();
}

Result<Value> RepeatRepr(Thread& thread, Args args) {
  const auto* repeat = args[0].As<Repeater>();
  GILA_TRY(Str * item, Repr(thread, repeat->item.Load()));
  std::string text = absl::StrCat(std::string(TypeName(TypeOf(args[0]))), "(", ToUtf8(item));
  if (CountIn(repeat->left) >= 0) absl::StrAppend(&text, ", ", CountIn(repeat->left));
  return Result<Value>(NewStr(thread, absl::StrCat(text, ")")));
}
Result<Value> RepeatLengthHint(Thread& thread, Args args) {
  const Value left = args[0].As<Repeater>()->left.Load();
  if (left == Value::SmallInt(-1)) return thread.RaiseTypeError("len() of unsized object");
  return left;
}

constexpr NativeDef kRepeatMethods[] = {
    GILA_NATIVE_ITERATOR_METHODS,
    {"__repr__", RepeatRepr, "(self, /)", "Return repr(self)."},
    {"__length_hint__", RepeatLengthHint, "(self, /)", "How many are left."},
    GILA_REDUCE(ReduceRepeat),
    {}};
constexpr TypeSpec kRepeatType = {.doc = "The object so many times, or endlessly.",
                                  .new_function = RepeatNew,
                                  .new_signature = "(cls, object, times=None)",
                                  .methods = kRepeatMethods,
                                  .extra_flags = kBasetype};

// --- accumulate ---

Result<Value> AccumulateNew(Thread& thread, Args args) {
  GILA_TRY(const Value iterator, GetIter(thread, args[1]));
  GILA_TRY(Accumulate * sums, NewInstance<Accumulate>(thread, args[0]));
  const auto none_is_unbound = [](Value v) { return v.IsNone() ? kUnbound : v; };
  sums->iterator.Store(sums, iterator);
  sums->function.Store(sums, none_is_unbound(args[2]));
  sums->total.Store(sums, kUnbound);
  sums->initial.Store(sums, none_is_unbound(args[3]));
  return sums;
}

Result<Value> AccumulateStep(Thread& thread, Object* object) {
  auto* sums = static_cast<Accumulate*>(object);
  if (const Value initial = sums->initial.Load(); !initial.IsUnbound()) {
    sums->total.Store(sums, initial);
    sums->initial.Store(sums, kUnbound);
    return initial;
  }
  GILA_TRY(Value item, Next(thread, sums->iterator.Load()));
  if (item.IsUnbound()) return item;
  const Value total = sums->total.Load(), function = sums->function.Load();
  if (!total.IsUnbound()) {
    GILA_TRY(item, function.IsUnbound() ? Binary(thread, BinaryOp::kAdd, total, item)
                                        : Call(thread, function, {total, item}));
  }
  sums->total.Store(sums, item);
  return item;
}

constexpr NativeDef kAccumulateMethods[] = {GILA_NATIVE_ITERATOR_METHODS,
                                            GILA_REDUCE(ReduceAccumulate),
                                            GILA_SET_STATE(SetAccumulateState),
                                            {}};
constexpr TypeSpec kAccumulateType = {
    .doc = "Running sums, or running results of a function.",
    .new_function = AccumulateNew,
    .new_signature = "(cls, iterable, func=None, *, initial=None)",
    .methods = kAccumulateMethods,
    .extra_flags = kBasetype};

// --- chain ---

Result<Value> NewChain(Thread& thread, Value cls, Value iterables) {
  GILA_TRY(const Value source, GetIter(thread, iterables));
  GILA_TRY(Chain * chain, NewInstance<Chain>(thread, cls));
  chain->source.Store(chain, source);
  chain->active.Store(chain, kUnbound);
  return chain;
}
Result<Value> ChainNew(Thread& thread, Args args) {
  GILA_TRY(Tuple * iterables, NewTuple(thread, args.rest()));
  return NewChain(thread, args[0], iterables);
}
Result<Value> ChainFromIterable(Thread& thread, Args args) {
  return NewChain(thread, args[0], args[1]);
}

// iter(v) and the steps of the iterator run no Gila code.
bool IsPlainIterable(Value v) {
  return IsExactly(v, TypeId::kList) || IsExactly(v, TypeId::kTuple) ||
         IsExactly(v, TypeId::kRange) || IsExactly(v, TypeId::kStr) ||
         IsExactly(v, TypeId::kDict) || IsExactly(v, TypeId::kSet) || IsPlainIterator(v);
}

// A step of the chain runs no Gila code: its iterables are known and plain.
bool IsPlainChain(const Chain* chain) {
  const Value active = chain->active.Load(), source = chain->source.Load();
  if (!active.IsUnbound() && !IsPlainIterator(active)) return false;
  if (source.IsUnbound()) return true;
  if (!IsExactly(source, TypeId::kTupleIterator)) return false;
  const Value iterables = source.As<ListIterator>()->sequence.Load();
  if (iterables.IsUnbound()) return true;
  for (int64_t i = 0; i < iterables.As<Tuple>()->length; ++i) {
    if (!IsPlainIterable(iterables.As<Tuple>()->At(i))) return false;
  }
  return true;
}

Result<Value> ChainStep(Thread& thread, Object* object) {
  auto* chain = static_cast<Chain*>(object);
  const IteratorTurn turn(object, [chain] { return IsPlainChain(chain); });
  while (true) {
    Value active = chain->active.Load();
    if (active.IsUnbound()) {
      const Value source = chain->source.Load();
      if (source.IsUnbound()) return kUnbound;
      const Result<Value> iterable = Next(thread, source);
      if (!iterable.ok() || iterable.value().IsUnbound()) {
        chain->source.Store(chain, kUnbound);
        return iterable;
      }
      const Result<Value> iterator = GetIter(thread, iterable.value());
      if (!iterator.ok()) {
        chain->source.Store(chain, kUnbound);
        return kFailed;
      }
      active = iterator.value();
      chain->active.Store(chain, active);
    }
    GILA_TRY(const Value item, Next(thread, active));
    if (!item.IsUnbound()) return item;
    chain->active.Store(chain, kUnbound);
    if (!turn.locked()) GILA_TRY_VOID(thread.CheckBreaker());
  }
}

Result<Value> GenericClassItem(Thread& thread, Args args) {
  return Call(thread, GetType(TypeId::kGenericAlias), {args[0], args[1]});
}

constexpr NativeDef kChainMethods[] = {
    GILA_NATIVE_ITERATOR_METHODS,
    {"from_iterable", ChainFromIterable, "@classmethod(cls, iterable, /)",
     "The chain of all iterables that the iterable gives."},
    {"__class_getitem__", GenericClassItem, "@classmethod(cls, item, /)",
     "See PEP 585: chain[int]."},
    GILA_REDUCE(ReduceChain),
    GILA_SET_STATE(SetChainState),
    {}};
constexpr TypeSpec kChainType = {.doc = "The items of the first iterable, then of the second, ...",
                                 .new_function = ChainNew,
                                 .new_signature = "(cls, /, *iterables)",
                                 .methods = kChainMethods,
                                 .extra_flags = kBasetype};

// --- compress, dropwhile, takewhile, filterfalse, starmap: a function or selectors and items ---

Result<Value> FilteringNew(Thread& thread, Value cls, Value function, Value iterable) {
  GILA_TRY(const Value iterator, GetIter(thread, iterable));
  GILA_TRY(Filtering * made, NewInstance<Filtering>(thread, cls));
  made->function.Store(made, function);
  made->iterator.Store(made, iterator);
  made->state.Store(made, kFalse);
  return made;
}
Result<Value> FunctionFirstNew(Thread& thread, Args args) {
  return FilteringNew(thread, args[0], args[1], args[2]);
}

Result<Value> CompressNew(Thread& thread, Args args) {
  GILA_TRY(const Value data, GetIter(thread, args[1]));
  GILA_TRY(const Value selectors, GetIter(thread, args[2]));
  GILA_TRY(Filtering * made, NewInstance<Filtering>(thread, args[0]));
  made->function.Store(made, selectors);
  made->iterator.Store(made, data);
  return made;
}
Result<Value> CompressStep(Thread& thread, Object* object) {
  const auto* self = static_cast<Filtering*>(object);
  while (true) {
    GILA_TRY(const Value item, Next(thread, self->iterator.Load()));
    if (item.IsUnbound()) return item;
    GILA_TRY(const Value selector, Next(thread, self->function.Load()));
    if (selector.IsUnbound()) return selector;
    GILA_TRY(const bool chosen, Truth(thread, selector));
    if (chosen) return item;
    GILA_TRY_VOID(thread.CheckBreaker());
  }
}

Result<bool> Ask(Thread& thread, Value predicate, Value item) {
  if (predicate.IsNone() || predicate == Value(GetType(TypeId::kBool))) return Truth(thread, item);
  GILA_TRY(const Value answer, Call(thread, predicate, {item}));
  return Truth(thread, answer);
}

Result<Value> DropWhileStep(Thread& thread, Object* object) {
  auto* self = static_cast<Filtering*>(object);
  while (true) {
    GILA_TRY(const Value item, Next(thread, self->iterator.Load()));
    if (item.IsUnbound() || self->state.Load().IsTrue()) return item;
    GILA_TRY(const Value answer, Call(thread, self->function.Load(), {item}));
    GILA_TRY(const bool drop, Truth(thread, answer));
    if (!drop) {
      self->state.Store(self, kTrue);
      return item;
    }
    GILA_TRY_VOID(thread.CheckBreaker());
  }
}

Result<Value> TakeWhileStep(Thread& thread, Object* object) {
  auto* self = static_cast<Filtering*>(object);
  if (self->state.Load().IsTrue()) return kUnbound;
  GILA_TRY(const Value item, Next(thread, self->iterator.Load()));
  if (item.IsUnbound()) return item;
  GILA_TRY(const Value answer, Call(thread, self->function.Load(), {item}));
  GILA_TRY(const bool take, Truth(thread, answer));
  if (take) return item;
  self->state.Store(self, kTrue);
  return kUnbound;
}

Result<Value> FilterFalseStep(Thread& thread, Object* object) {
  const auto* self = static_cast<Filtering*>(object);
  while (true) {
    GILA_TRY(const Value item, Next(thread, self->iterator.Load()));
    if (item.IsUnbound()) return item;
    GILA_TRY(const bool answer, Ask(thread, self->function.Load(), item));
    if (!answer) return item;
    GILA_TRY_VOID(thread.CheckBreaker());
  }
}

Result<Value> StarMapStep(Thread& thread, Object* object) {
  const auto* self = static_cast<Filtering*>(object);
  GILA_TRY(const Value item, Next(thread, self->iterator.Load()));
  if (item.IsUnbound()) return item;
  GILA_TRY(Tuple * args, ToTuple(thread, item));
  return CallWith(thread, self->function.Load(), args, kUnbound);
}

constexpr NativeDef kCompressMethods[] = {
    GILA_NATIVE_ITERATOR_METHODS, GILA_REDUCE(ReduceCompress), {}};
constexpr NativeDef kWhileMethods[] = {
    GILA_NATIVE_ITERATOR_METHODS, GILA_REDUCE(ReduceWhile), GILA_SET_STATE(SetWhileState), {}};
constexpr NativeDef kFilterMethods[] = {
    GILA_NATIVE_ITERATOR_METHODS, GILA_REDUCE(ReduceFilter), {}};
constexpr TypeSpec kCompressType = {.doc = "The items whose selector is true.",
                                    .new_function = CompressNew,
                                    .new_signature = "(cls, data, selectors)",
                                    .methods = kCompressMethods,
                                    .extra_flags = kBasetype};
constexpr TypeSpec kDropWhileType = {.doc = "The items from the first that fails the predicate.",
                                     .new_function = FunctionFirstNew,
                                     .new_signature = "(cls, predicate, iterable, /)",
                                     .methods = kWhileMethods,
                                     .extra_flags = kBasetype};
constexpr TypeSpec kTakeWhileType = {.doc = "The items up to the first that fails the predicate.",
                                     .new_function = FunctionFirstNew,
                                     .new_signature = "(cls, predicate, iterable, /)",
                                     .methods = kWhileMethods,
                                     .extra_flags = kBasetype};
constexpr TypeSpec kFilterFalseType = {.doc = "The items that fail the predicate.",
                                       .new_function = FunctionFirstNew,
                                       .new_signature = "(cls, function, iterable, /)",
                                       .methods = kFilterMethods,
                                       .extra_flags = kBasetype};
constexpr TypeSpec kStarMapType = {.doc = "function(*item) for every item.",
                                   .new_function = FunctionFirstNew,
                                   .new_signature = "(cls, function, iterable, /)",
                                   .methods = kFilterMethods,
                                   .extra_flags = kBasetype};

// --- islice ---

// One bound: None is `fallback`. False with nothing raised: no index, or out of range.
bool SliceBound(Thread& thread, Value v, int64_t fallback, int64_t least, int64_t* out) {
  *out = fallback;
  if (v.IsNone()) return true;
  const Result<int64_t> bound = ToInt64(thread, v);
  if (!bound.ok()) {
    thread.ClearException();
    return false;
  }
  *out = bound.value();
  *out = std::min(*out, int64_t{Value::kMaxSmallInt});
  return *out >= least;
}

Result<Value> ISliceNew(Thread& thread, Args args) {
  const bool only_stop = !args.Has(3);
  int64_t start, stop, step;
  if (!SliceBound(thread, only_stop ? args[2] : args[3], -1, 0, &stop)) {
    return thread.RaiseValueError(
        "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
  }
  if (!SliceBound(thread, only_stop ? kNone : args[2], 0, 0, &start)) {
    return thread.RaiseValueError(
        "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
  }
  if (!SliceBound(thread, args.Or(4, kNone), 1, 1, &step))
    return thread.RaiseValueError("Step for islice() must be a positive integer or None.");
  GILA_TRY(const Value iterator, GetIter(thread, args[1]));
  GILA_TRY(ISlice * slice, NewInstance<ISlice>(thread, args[0]));
  slice->iterator.Store(slice, iterator);
  slice->next.Store(slice, Value::SmallInt(start));
  slice->stop.Store(slice, Value::SmallInt(stop));
  slice->step.Store(slice, Value::SmallInt(step));
  return slice;
}

Result<Value> ISliceStep(Thread& thread, Object* object) {
  auto* slice = static_cast<ISlice*>(object);
  const IteratorTurn turn(object, [slice] { return IsPlainIterator(slice->iterator.Load()); });
  const Value iterator = slice->iterator.Load();
  if (iterator.IsUnbound()) return kUnbound;
  const int64_t next = CountIn(slice->next), stop = CountIn(slice->stop);
  int64_t position = CountIn(slice->position);
  const auto end = [slice](Result<Value> result) {
    slice->iterator.Store(slice, kUnbound);
    return result;
  };
  while (position < next) {
    const Result<Value> skipped = Next(thread, iterator);
    if (!skipped.ok() || skipped.value().IsUnbound()) return end(skipped);
    slice->position.Store(slice, Value::SmallInt(++position));
    if (!turn.locked()) GILA_TRY_VOID(thread.CheckBreaker());
  }
  if (stop >= 0 && position >= stop) return end(kUnbound);
  const Result<Value> item = Next(thread, iterator);
  if (!item.ok() || item.value().IsUnbound()) return end(item);
  slice->position.Store(slice, Value::SmallInt(position + 1));
  // Never past `stop`: the items there are not taken from the source.
  int64_t following;
  if (__builtin_add_overflow(next, CountIn(slice->step), &following) ||
      following > Value::kMaxSmallInt || (stop >= 0 && following > stop))
    following = stop >= 0 ? stop : Value::kMaxSmallInt;
  slice->next.Store(slice, Value::SmallInt(following));
  return item;
}

constexpr NativeDef kISliceMethods[] = {
    GILA_NATIVE_ITERATOR_METHODS, GILA_REDUCE(ReduceISlice), GILA_SET_STATE(SetISliceState), {}};
constexpr TypeSpec kISliceType = {
    .doc =
        "islice(iterable, stop)\nislice(iterable, start, stop[, step])\n\n"
        "The items that a slice with these bounds would have.",
    .new_function = ISliceNew,
    .new_signature = "(cls, iterable, start, stop=None, step=None, /)",
    .methods = kISliceMethods,
    .extra_flags = kBasetype};

// --- zip_longest ---

Result<Value> ZipLongestNew(Thread& thread, Args args) {
  const std::span<const Value> iterables = args.rest();
  GILA_TRY(ValueArray * iterators, NewValueArray(thread, static_cast<int64_t>(iterables.size())));
  for (size_t i = 0; i < iterables.size(); ++i) {
    GILA_TRY(const Value iterator, GetIter(thread, iterables[i]));
    iterators->items[i].Store(iterators, iterator);
  }
  GILA_TRY(ZipLongest * zip, NewInstance<ZipLongest>(thread, args[0]));
  zip->iterators.Store(zip, iterators);
  zip->active.Store(zip, Value::SmallInt(iterators->length));
  zip->fill.Store(zip, args.Or(1, kNone));
  return zip;
}

Result<Value> ZipLongestStep(Thread& thread, Object* object) {
  auto* zip = static_cast<ZipLongest*>(object);
  auto* iterators = zip->iterators.Load().As<ValueArray>();
  if (CountIn(zip->active) <= 0) return kUnbound;
  GILA_TRY(Tuple * items, NewTuple(thread, iterators->length));
  for (int64_t i = 0; i < iterators->length; ++i) {
    const Value iterator = iterators->items[i].Load();
    Value item = kUnbound;
    if (!iterator.IsUnbound()) {
      const Result<Value> next = Next(thread, iterator);
      if (!next.ok()) {
        zip->active.Store(zip, Value::SmallInt(0));
        return kFailed;
      }
      item = next.value();
      if (item.IsUnbound()) {
        const int64_t active = CountIn(zip->active) - 1;
        zip->active.Store(zip, Value::SmallInt(active));
        if (active <= 0) return kUnbound;
        iterators->items[i].Store(iterators, kUnbound);
      }
    }
    items->items[i].Store(items, item.IsUnbound() ? zip->fill.Load() : item);
  }
  return items;
}

constexpr NativeDef kZipLongestMethods[] = {GILA_NATIVE_ITERATOR_METHODS,
                                            GILA_REDUCE(ReduceZipLongest),
                                            GILA_SET_STATE(SetZipLongestState),
                                            {}};
constexpr TypeSpec kZipLongestType = {
    .doc = "Tuples of the items side by side, until the longest iterable ends.",
    .new_function = ZipLongestNew,
    .new_signature = "(cls, /, *iterables, fillvalue=None)",
    .methods = kZipLongestMethods,
    .extra_flags = kBasetype};

}  // namespace

Status InitItertoolsModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddIterator<Count>(thread, module, kCountType, "itertools.count", CountStep));
  GILA_TRY_VOID(AddIterator<Cycle>(thread, module, kCycleType, "itertools.cycle", CycleStep));
  GILA_TRY_VOID(AddIterator<Repeater>(thread, module, kRepeatType, "itertools.repeat", RepeatStep));
  GILA_TRY_VOID(AddIterator<Accumulate>(thread, module, kAccumulateType, "itertools.accumulate",
                                        AccumulateStep));
  GILA_TRY_VOID(AddIterator<Chain>(thread, module, kChainType, "itertools.chain", ChainStep,
                                   &itertools_types.chain));
  GILA_TRY_VOID(
      AddIterator<Filtering>(thread, module, kCompressType, "itertools.compress", CompressStep));
  GILA_TRY_VOID(
      AddIterator<Filtering>(thread, module, kDropWhileType, "itertools.dropwhile", DropWhileStep));
  GILA_TRY_VOID(
      AddIterator<Filtering>(thread, module, kTakeWhileType, "itertools.takewhile", TakeWhileStep));
  GILA_TRY_VOID(AddIterator<Filtering>(thread, module, kFilterFalseType, "itertools.filterfalse",
                                       FilterFalseStep));
  GILA_TRY_VOID(
      AddIterator<Filtering>(thread, module, kStarMapType, "itertools.starmap", StarMapStep));
  GILA_TRY_VOID(AddIterator<ISlice>(thread, module, kISliceType, "itertools.islice", ISliceStep,
                                    &itertools_types.islice));
  GILA_TRY_VOID(AddIterator<ZipLongest>(thread, module, kZipLongestType, "itertools.zip_longest",
                                        ZipLongestStep));
  GILA_TRY_VOID(InitGrouping(thread, module));
  return InitCombinatorics(thread, module);
}

}  // namespace gila

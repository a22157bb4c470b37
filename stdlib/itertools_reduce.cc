// itertools_reduce.cc: what makes each iterator of itertools again where it stands, for copy and
// pickle: __reduce__ gives a class, its arguments and a state, __setstate__ takes that state back.
//
// States come from outside: everything in them is checked, and indices are moved into their range,
// so that no state can make a step look beyond its pool.
#include <algorithm>

#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/itertools_internal.h"

namespace gila {

namespace {

using Values = std::initializer_list<Value>;

Result<Value> Pack(Thread& thread, Values values) {
  return Result<Value>(NewTuple(thread, std::span<const Value>(values.begin(), values.size())));
}
// (class, (arguments...))
Result<Value> Recipe(Thread& thread, Value cls, Values arguments) {
  GILA_TRY(const Value packed, Pack(thread, arguments));
  return Pack(thread, {cls, packed});
}
// (class, (arguments...), state)
Result<Value> Recipe(Thread& thread, Value cls, Values arguments, Value state) {
  GILA_TRY(const Value packed, Pack(thread, arguments));
  return Pack(thread, {cls, packed, state});
}

Value ClassOf(Args args) { return TypeOf(args[0]); }
Value OrNone(Value v) { return v.IsUnbound() ? kNone : v; }

Result<Value> EmptyIterator(Thread& thread) {
  GILA_TRY(const Value nothing, Pack(thread, {}));
  return GetIter(thread, nothing);
}

// itertools.chain((first,), rest)
Result<Value> Before(Thread& thread, Value first, Value rest) {
  GILA_TRY(const Value head, Pack(thread, {first}));
  return Call(thread, itertools_types.chain, {head, rest});
}

// The items of a list from one on, in a list of their own.
Result<List*> ItemsFrom(Thread& thread, const List* list, int64_t first) {
  GILA_TRY(List * items, NewList(thread));
  for (int64_t i = first; true; ++i) {
    const Value item = ListAt(list, i);
    if (item.IsUnbound()) return items;
    GILA_TRY_VOID(ListAppend(thread, items, item));
  }
}

Result<const Tuple*> StateTuple(Thread& thread, Value state, int64_t length) {
  if (!IsTuple(state)) return thread.RaiseTypeError("state is not a tuple");
  if (state.As<Tuple>()->length != length)
    return thread.RaiseTypeError("a state of %ld items is needed", static_cast<long>(length));
  return state.As<Tuple>();
}

Result<Value> NumbersOf(Thread& thread, const ValueArray* array) {
  GILA_TRY(Tuple * numbers, NewTuple(thread, array->length));
  for (int64_t i = 0; i < array->length; ++i)
    numbers->items[i].Store(numbers, array->items[i].Load());
  return numbers;
}

// The integers of a state, each moved into 0..most(i).
template <class Most>
Status TakeNumbers(Thread& thread, ValueArray* into, const Tuple* from, Most most) {
  for (int64_t i = 0; i < into->length; ++i) {
    GILA_TRY(const int64_t number, ToInt64(thread, from->At(i)));
    into->items[i].Store(
        into, Value::SmallInt(std::clamp(number, int64_t{0}, std::max(most(i), int64_t{0}))));
  }
  return kOk;
}

}  // namespace

ItertoolsTypes itertools_types;

// --- count, cycle, repeat, accumulate ---

Result<Value> ReduceCount(Thread& thread, Args args) {
  const auto* count = args[0].As<Count>();
  const Value step = count->step.Load();
  if (step == Value::SmallInt(1)) return Recipe(thread, ClassOf(args), {count->next.Load()});
  return Recipe(thread, ClassOf(args), {count->next.Load(), step});
}

Result<Value> ReduceCycle(Thread& thread, Args args) {
  const auto* cycle = args[0].As<Cycle>();
  const List* const saved = cycle->saved.Load().As<List>();
  GILA_TRY(List * items, ItemsFrom(thread, saved, 0));
  Value iterator = cycle->iterator.Load();
  Value replays = cycle->replays.Load();
  if (iterator.IsUnbound()) {
    GILA_TRY(List * rest, ItemsFrom(thread, saved, CountIn(cycle->index)));
    GILA_TRY(iterator, GetIter(thread, rest));
    replays = Value::SmallInt(1);
  }
  GILA_TRY(const Value state, Pack(thread, {items, replays}));
  return Recipe(thread, ClassOf(args), {iterator}, state);
}
Result<Value> SetCycleState(Thread& thread, Args args) {
  auto* cycle = args[0].As<Cycle>();
  GILA_TRY(const Tuple* state, StateTuple(thread, args[1], 2));
  if (!IsList(state->At(0))) return thread.RaiseTypeError("the items of a cycle are a list");
  GILA_TRY(const int64_t replays, ToInt64(thread, state->At(1)));
  const List* given = state->At(0).As<List>();
  GILA_TRY(List * items, ItemsFrom(thread, given, 0));
  cycle->saved.Store(cycle, items);
  cycle->replays.Store(cycle, Value::SmallInt(replays != 0 ? 1 : 0));
  cycle->index.Store(cycle, Value::SmallInt(0));
  return kNone;
}

Result<Value> ReduceRepeat(Thread& thread, Args args) {
  const auto* repeat = args[0].As<Repeater>();
  const Value left = repeat->left.Load();
  if (left.AsSmallInt() < 0) return Recipe(thread, ClassOf(args), {repeat->item.Load()});
  return Recipe(thread, ClassOf(args), {repeat->item.Load(), left});
}

Result<Value> ReduceAccumulate(Thread& thread, Args args) {
  const auto* sums = args[0].As<Accumulate>();
  const Value iterator = sums->iterator.Load(), total = sums->total.Load(),
              initial = sums->initial.Load(), function = OrNone(sums->function.Load());
  if (!initial.IsUnbound()) {
    GILA_TRY(const Value all, Before(thread, initial, iterator));
    return Recipe(thread, ClassOf(args), {all, function}, kNone);
  }
  if (!total.IsNone()) return Recipe(thread, ClassOf(args), {iterator, function}, OrNone(total));
  // None is a total like any other here, but means "no state" to copy and pickle.
  GILA_TRY(const Value all, Before(thread, total, iterator));
  GILA_TRY(const Value again, Call(thread, ClassOf(args), {all, function}));
  return Recipe(thread, itertools_types.islice, {again, Value::SmallInt(1), kNone});
}
Result<Value> SetAccumulateState(Thread&, Args args) {
  auto* sums = args[0].As<Accumulate>();
  sums->total.Store(sums, args[1]);
  return kNone;
}

// --- chain, and those with a function ---

Result<Value> ReduceChain(Thread& thread, Args args) {
  const auto* chain = args[0].As<Chain>();
  const Value source = chain->source.Load(), active = chain->active.Load();
  if (source.IsUnbound()) return Recipe(thread, ClassOf(args), {});
  GILA_TRY(const Value state,
           active.IsUnbound() ? Pack(thread, {source}) : Pack(thread, {source, active}));
  return Recipe(thread, ClassOf(args), {}, state);
}
Result<Value> SetChainState(Thread& thread, Args args) {
  auto* chain = args[0].As<Chain>();
  if (!IsTuple(args[1])) return thread.RaiseTypeError("state is not a tuple");
  const auto* state = args[1].As<Tuple>();
  if (state->length != 1 && state->length != 2)
    return thread.RaiseTypeError("a state of one or two iterators is needed");
  for (int64_t i = 0; i < state->length; ++i) {
    if (LookupSpecial(thread, TypeOf(state->At(i)), Special::kNext).IsUnbound())
      return thread.RaiseTypeError("Arguments must be iterators.");
  }
  chain->source.Store(chain, state->At(0));
  chain->active.Store(chain, state->length == 2 ? state->At(1) : kUnbound);
  return kNone;
}

Result<Value> ReduceCompress(Thread& thread, Args args) {
  const auto* self = args[0].As<Filtering>();
  return Recipe(thread, ClassOf(args), {self->iterator.Load(), self->function.Load()});
}
Result<Value> ReduceFilter(Thread& thread, Args args) {
  const auto* self = args[0].As<Filtering>();
  return Recipe(thread, ClassOf(args), {self->function.Load(), self->iterator.Load()});
}
Result<Value> ReduceWhile(Thread& thread, Args args) {
  const auto* self = args[0].As<Filtering>();
  return Recipe(thread, ClassOf(args), {self->function.Load(), self->iterator.Load()},
                self->state.Load());
}
Result<Value> SetWhileState(Thread& thread, Args args) {
  auto* self = args[0].As<Filtering>();
  GILA_TRY(const bool over, Truth(thread, args[1]));
  self->state.Store(self, Value::Bool(over));
  return kNone;
}

// --- islice, zip_longest, groupby ---

Result<Value> ReduceISlice(Thread& thread, Args args) {
  const auto* slice = args[0].As<ISlice>();
  const Value iterator = slice->iterator.Load(), stop = slice->stop.Load();
  if (iterator.IsUnbound()) {
    GILA_TRY(const Value nothing, EmptyIterator(thread));
    return Recipe(thread, ClassOf(args), {nothing, Value::SmallInt(0)}, Value::SmallInt(0));
  }
  return Recipe(
      thread, ClassOf(args),
      {iterator, slice->next.Load(), stop.AsSmallInt() < 0 ? kNone : stop, slice->step.Load()},
      slice->position.Load());
}
Result<Value> SetISliceState(Thread& thread, Args args) {
  auto* slice = args[0].As<ISlice>();
  GILA_TRY(const int64_t position, ToInt64(thread, args[1]));
  slice->position.Store(
      slice, Value::SmallInt(std::clamp(position, int64_t{0}, int64_t{Value::kMaxSmallInt})));
  return kNone;
}

Result<Value> ReduceZipLongest(Thread& thread, Args args) {
  const auto* zip = args[0].As<ZipLongest>();
  const auto* iterators = zip->iterators.Load().As<ValueArray>();
  GILA_TRY(Tuple * arguments, NewTuple(thread, iterators->length));
  for (int64_t i = 0; i < iterators->length; ++i) {
    Value iterator = iterators->items[i].Load();
    if (iterator.IsUnbound()) {
      GILA_TRY(iterator, Pack(thread, {}));
    }
    arguments->items[i].Store(arguments, iterator);
  }
  return Pack(thread, {ClassOf(args), arguments, zip->fill.Load()});
}
Result<Value> SetZipLongestState(Thread&, Args args) {
  auto* zip = args[0].As<ZipLongest>();
  zip->fill.Store(zip, args[1]);
  return kNone;
}

Result<Value> ReduceGroupBy(Thread& thread, Args args) {
  const auto* groups = args[0].As<GroupBy>();
  const Value value = groups->current_value.Load(), target = groups->target_key.Load(),
              key = groups->current_key.Load();
  const Value iterator = groups->iterator.Load(), function = groups->key_function.Load();
  if (key.IsUnbound()) return Recipe(thread, ClassOf(args), {iterator, function});
  GILA_TRY(const Value state,
           Pack(thread, {OrNone(value), OrNone(target), key, Value::Bool(!value.IsUnbound()),
                         Value::Bool(!target.IsUnbound())}));
  return Recipe(thread, ClassOf(args), {iterator, function}, state);
}
Result<Value> SetGroupByState(Thread& thread, Args args) {
  auto* groups = args[0].As<GroupBy>();
  // Three items: as CPython pickles it. Five: and whether the first two are there.
  const bool is_long = IsTuple(args[1]) && args[1].As<Tuple>()->length == 5;
  GILA_TRY(const Tuple* state, StateTuple(thread, args[1], is_long ? 5 : 3));
  const bool has_value = !is_long || state->At(3).IsTrue();
  const bool has_target = !is_long || state->At(4).IsTrue();
  groups->current_value.Store(groups, has_value ? state->At(0) : kUnbound);
  groups->target_key.Store(groups, has_target ? state->At(1) : kUnbound);
  groups->current_key.Store(groups, state->At(2));
  return kNone;
}

Result<Value> ReduceGroup(Thread& thread, Args args) {
  const auto* group = args[0].As<Group>();
  const auto* groups = group->parent.Load().As<GroupBy>();
  if (groups->group.Load() == args[0])
    return Recipe(thread, ClassOf(args), {groups, group->key.Load()});
  GILA_TRY(const Value iter, BuiltinFunction(thread, "iter"));
  GILA_TRY(const Value nothing, Pack(thread, {}));
  return Recipe(thread, iter, {nothing});
}

// --- tee ---

Result<Value> ReduceTee(Thread& thread, Args args) {
  const auto* reader = args[0].As<Tee>();
  GILA_TRY(const Value nothing, Pack(thread, {}));
  GILA_TRY(const Value state, Pack(thread, {reader->data.Load(), reader->index.Load()}));
  return Recipe(thread, ClassOf(args), {nothing}, state);
}
Result<Value> SetTeeState(Thread& thread, Args args) {
  auto* reader = args[0].As<Tee>();
  GILA_TRY(const Tuple* state, StateTuple(thread, args[1], 2));
  if (TypeOf(state->At(0)) != itertools_types.tee_data)
    return thread.RaiseTypeError("the first item of the state is no _tee_dataobject");
  GILA_TRY(const int64_t index, ToInt64(thread, state->At(1)));
  if (index < 0 || index > kTeeItems) return thread.RaiseValueError("Index out of range");
  reader->index.Store(reader, Value::SmallInt(0));
  reader->data.Store(reader, state->At(0));
  reader->index.Store(reader, Value::SmallInt(index));
  return kNone;
}

Result<Value> ReduceTeeData(Thread& thread, Args args) {
  const auto* data = args[0].As<TeeData>();
  const auto* items = data->items.Load().As<ValueArray>();
  GILA_TRY(List * known, NewList(thread));
  for (int64_t i = 0; i < items->length && !items->items[i].Load().IsUnbound(); ++i)
    GILA_TRY_VOID(ListAppend(thread, known, items->items[i].Load()));
  return Recipe(thread, ClassOf(args), {data->iterator.Load(), known, OrNone(data->next.Load())});
}

// --- combinatorics ---

namespace {

// Once it is over, the class with arguments that give nothing.
Result<Value> ReduceChoice(Thread& thread, Args args, int64_t r, bool with_cycles) {
  const auto* self = args[0].As<Combinatoric>();
  const auto* indices = self->indices.Load().As<ValueArray>();
  const Value state = self->state.Load();
  if (state == kFalse) {
    GILA_TRY(const Value nothing, Pack(thread, {}));
    return Recipe(thread, ClassOf(args), {nothing, Value::SmallInt(std::max(r, int64_t{1}))});
  }
  if (state.IsNone()) return Recipe(thread, ClassOf(args), {self->pool.Load(), Value::SmallInt(r)});
  GILA_TRY(Value numbers, NumbersOf(thread, indices));
  if (with_cycles) {
    GILA_TRY(const Value cycles, NumbersOf(thread, self->cycles.Load().As<ValueArray>()));
    GILA_TRY(numbers, Pack(thread, {numbers, cycles}));
  }
  return Recipe(thread, ClassOf(args), {self->pool.Load(), Value::SmallInt(r)}, numbers);
}

// New indices in place of the old ones, each within 0..most(i).
template <class Most>
Status Resume(Thread& thread, Combinatoric* self, Value numbers, Most most) {
  const int64_t count = self->indices.Load().As<ValueArray>()->length;
  if (!IsTuple(numbers) || numbers.As<Tuple>()->length != count)
    return thread.RaiseValueError("invalid arguments");
  GILA_TRY(ValueArray * indices, NewValueArray(thread, count));
  GILA_TRY_VOID(TakeNumbers(thread, indices, numbers.As<Tuple>(), most));
  ByteLockGuard guard(self->lock);
  self->indices.Store(self, indices);
  if (self->state.Load() != kFalse) self->state.Store(self, kTrue);
  return kOk;
}

}  // namespace

Result<Value> ReduceProduct(Thread& thread, Args args) {
  const auto* self = args[0].As<Combinatoric>();
  const Value state = self->state.Load();
  if (state == kFalse) {
    GILA_TRY(const Value nothing, Pack(thread, {}));
    return Recipe(thread, ClassOf(args), {nothing});
  }
  if (state.IsNone()) return Pack(thread, {ClassOf(args), self->pool.Load()});
  GILA_TRY(const Value indices, NumbersOf(thread, self->indices.Load().As<ValueArray>()));
  return Pack(thread, {ClassOf(args), self->pool.Load(), indices});
}
Result<Value> SetProductState(Thread& thread, Args args) {
  auto* self = args[0].As<Combinatoric>();
  const auto* pools = self->pool.Load().As<Tuple>();
  GILA_TRY_VOID(Resume(thread, self, args[1],
                       [pools](int64_t i) { return pools->At(i).As<Tuple>()->length - 1; }));
  return kNone;
}

Result<Value> ReduceCombinations(Thread& thread, Args args) {
  const int64_t r = args[0].As<Combinatoric>()->indices.Load().As<ValueArray>()->length;
  return ReduceChoice(thread, args, r, false);
}
Result<Value> SetCombinationsState(Thread& thread, Args args) {
  auto* self = args[0].As<Combinatoric>();
  const int64_t n = self->pool.Load().As<Tuple>()->length;
  const int64_t r = self->indices.Load().As<ValueArray>()->length;
  GILA_TRY_VOID(Resume(thread, self, args[1], [n, r](int64_t i) { return i + n - r; }));
  return kNone;
}
Result<Value> SetReplacementState(Thread& thread, Args args) {
  auto* self = args[0].As<Combinatoric>();
  const int64_t n = self->pool.Load().As<Tuple>()->length;
  GILA_TRY_VOID(Resume(thread, self, args[1], [n](int64_t) { return n - 1; }));
  return kNone;
}

Result<Value> ReducePermutations(Thread& thread, Args args) {
  const int64_t r = args[0].As<Combinatoric>()->cycles.Load().As<ValueArray>()->length;
  return ReduceChoice(thread, args, r, true);
}
Result<Value> SetPermutationsState(Thread& thread, Args args) {
  auto* self = args[0].As<Combinatoric>();
  const int64_t n = self->pool.Load().As<Tuple>()->length;
  const int64_t r = self->cycles.Load().As<ValueArray>()->length;
  GILA_TRY(const Tuple* state, StateTuple(thread, args[1], 2));
  GILA_TRY(const Tuple* numbers, StateTuple(thread, state->At(1), r));
  GILA_TRY(ValueArray * cycles, NewValueArray(thread, r));
  for (int64_t i = 0; i < r; ++i) {
    GILA_TRY(const int64_t cycle, ToInt64(thread, numbers->At(i)));
    cycles->items[i].Store(cycles, Value::SmallInt(std::clamp(cycle, int64_t{1}, n - i)));
  }
  GILA_TRY_VOID(Resume(thread, self, state->At(0), [n](int64_t) { return n - 1; }));
  ByteLockGuard guard(self->lock);
  self->cycles.Store(self, cycles);
  return kNone;
}

}  // namespace gila

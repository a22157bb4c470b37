// itertools_combinatorics.cc: product, permutations, combinations and
// combinations_with_replacement. Each keeps the pool, and an array of small ints that say which
// items come next; advancing the array runs no Gila code, so it happens under the object's lock.
#include <algorithm>

#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/itertools_internal.h"

namespace gila {

namespace {

constexpr NativeDef kProductMethods[] = {
    GILA_NATIVE_ITERATOR_METHODS, GILA_REDUCE(ReduceProduct), GILA_SET_STATE(SetProductState), {}};
constexpr NativeDef kCombinationsMethods[] = {GILA_NATIVE_ITERATOR_METHODS,
                                              GILA_REDUCE(ReduceCombinations),
                                              GILA_SET_STATE(SetCombinationsState),
                                              {}};
constexpr NativeDef kReplacementMethods[] = {GILA_NATIVE_ITERATOR_METHODS,
                                             GILA_REDUCE(ReduceCombinations),
                                             GILA_SET_STATE(SetReplacementState),
                                             {}};
constexpr NativeDef kPermutationsMethods[] = {GILA_NATIVE_ITERATOR_METHODS,
                                              GILA_REDUCE(ReducePermutations),
                                              GILA_SET_STATE(SetPermutationsState),
                                              {}};

int64_t Get(const ValueArray* array, int64_t i) { return array->items[i].Load().AsSmallInt(); }
void Set(ValueArray* array, int64_t i, int64_t value) {
  array->items[i].Store(array, Value::SmallInt(value));
}

Result<Combinatoric*> NewCombinatoric(Thread& thread, Value cls, Tuple* pool, int64_t count,
                                      bool empty) {
  GILA_TRY(ValueArray * indices, NewValueArray(thread, count));
  GILA_TRY(Combinatoric * made, NewInstance<Combinatoric>(thread, cls));
  made->pool.Store(made, pool);
  made->indices.Store(made, indices);
  made->state.Store(made, empty ? kFalse : kNone);
  return made;
}

// The next tuple: `advance(self)` moves the indices (false: that was the last), `item(self, i)` is
// item i of the tuple.
template <class Advance, class Item>
Result<Value> Step(Thread& thread, Combinatoric* self, int64_t length, Advance advance, Item item) {
  GILA_TRY(Tuple * result, NewTuple(thread, length));
  ByteLockGuard guard(self->lock);
  const Value state = self->state.Load();
  if (state == kFalse) return kUnbound;
  if (state.IsNone()) {
    self->state.Store(self, kTrue);
  } else if (!advance()) {
    self->state.Store(self, kFalse);
    return kUnbound;
  }
  for (int64_t i = 0; i < length; ++i) result->items[i].Store(result, item(i));
  return result;
}

// --- product ---

Result<Value> ProductNew(Thread& thread, Args args) {
  int64_t repeat = 1;
  if (args.Has(1)) {
    GILA_TRY(repeat, ToInt64(thread, args[1]));
  }
  if (repeat < 0) return thread.RaiseValueError("repeat argument cannot be negative");
  const auto given = static_cast<int64_t>(args.rest().size());
  int64_t count;
  if (__builtin_mul_overflow(given, repeat, &count) || count > (int64_t{1} << 40))
    return thread.Raise(TypeId::kOverflowError, "repeat argument too large");
  GILA_TRY(Tuple * pools, NewTuple(thread, count));
  bool empty = false;
  for (int64_t i = 0; repeat > 0 && i < given; ++i) {
    GILA_TRY(Tuple * pool, ToTuple(thread, args.rest()[static_cast<size_t>(i)]));
    empty |= pool->length == 0;
    for (int64_t turn = 0; turn < repeat; ++turn) pools->items[turn * given + i].Store(pools, pool);
  }
  return Result<Value>(NewCombinatoric(thread, args[0], pools, count, empty));
}

Result<Value> ProductStep(Thread& thread, Object* object) {
  auto* self = static_cast<Combinatoric*>(object);
  const auto* pools = self->pool.Load().As<Tuple>();
  auto* indices = self->indices.Load().As<ValueArray>();
  const auto pool = [pools](int64_t i) { return pools->At(i).As<Tuple>(); };
  const auto advance = [&] {
    for (int64_t i = pools->length - 1; i >= 0; --i) {
      const int64_t next = Get(indices, i) + 1;
      if (next < pool(i)->length) {
        Set(indices, i, next);
        return true;
      }
      Set(indices, i, 0);
    }
    return false;
  };
  return Step(thread, self, pools->length, advance,
              [&](int64_t i) { return pool(i)->At(Get(indices, i)); });
}

// --- the choices of r items of one pool ---

Result<int64_t> ChosenCount(Thread& thread, Value v) {
  GILA_TRY(const int64_t r, ToInt64(thread, v));
  if (r < 0) return thread.RaiseValueError("r must be non-negative");
  return r;
}

Result<Value> CombinationsNew(Thread& thread, Args args) {
  GILA_TRY(Tuple * pool, ToTuple(thread, args[1]));
  GILA_TRY(const int64_t r, ChosenCount(thread, args[2]));
  const bool empty = r > pool->length;
  GILA_TRY(Combinatoric * made, NewCombinatoric(thread, args[0], pool, empty ? 0 : r, empty));
  auto* indices = made->indices.Load().As<ValueArray>();
  for (int64_t i = 0; i < indices->length; ++i) Set(indices, i, i);
  return made;
}

Result<Value> CombinationsStep(Thread& thread, Object* object) {
  auto* self = static_cast<Combinatoric*>(object);
  const auto* pool = self->pool.Load().As<Tuple>();
  auto* indices = self->indices.Load().As<ValueArray>();
  const int64_t n = pool->length, r = indices->length;
  const auto advance = [&] {
    int64_t i = r - 1;
    while (i >= 0 && Get(indices, i) == i + n - r) --i;
    if (i < 0) return false;
    for (int64_t next = Get(indices, i) + 1; i < r; ++i, ++next) Set(indices, i, next);
    return true;
  };
  return Step(thread, self, r, advance, [&](int64_t i) { return pool->At(Get(indices, i)); });
}

Result<Value> WithReplacementNew(Thread& thread, Args args) {
  GILA_TRY(Tuple * pool, ToTuple(thread, args[1]));
  GILA_TRY(const int64_t r, ChosenCount(thread, args[2]));
  return Result<Value>(NewCombinatoric(thread, args[0], pool, r, pool->length == 0 && r > 0));
}

Result<Value> WithReplacementStep(Thread& thread, Object* object) {
  auto* self = static_cast<Combinatoric*>(object);
  const auto* pool = self->pool.Load().As<Tuple>();
  auto* indices = self->indices.Load().As<ValueArray>();
  const int64_t n = pool->length, r = indices->length;
  const auto advance = [&] {
    int64_t i = r - 1;
    while (i >= 0 && Get(indices, i) == n - 1) --i;
    if (i < 0) return false;
    for (const int64_t next = Get(indices, i) + 1; i < r; ++i) Set(indices, i, next);
    return true;
  };
  return Step(thread, self, r, advance, [&](int64_t i) { return pool->At(Get(indices, i)); });
}

Result<Value> PermutationsNew(Thread& thread, Args args) {
  GILA_TRY(Tuple * pool, ToTuple(thread, args[1]));
  const int64_t n = pool->length;
  int64_t r = n;
  if (const Value given = args.Or(2, kNone); !given.IsNone()) {
    if (!IsInt(given)) return thread.RaiseTypeError("Expected int as r");
    GILA_TRY(r, ChosenCount(thread, given));
  }
  const bool empty = r > n;
  if (empty) r = 0;
  GILA_TRY(ValueArray * cycles, NewValueArray(thread, r));
  for (int64_t i = 0; i < r; ++i) Set(cycles, i, n - i);
  GILA_TRY(Combinatoric * made, NewCombinatoric(thread, args[0], pool, n, empty));
  made->cycles.Store(made, cycles);
  auto* indices = made->indices.Load().As<ValueArray>();
  for (int64_t i = 0; i < n; ++i) Set(indices, i, i);
  return made;
}

Result<Value> PermutationsStep(Thread& thread, Object* object) {
  auto* self = static_cast<Combinatoric*>(object);
  const auto* pool = self->pool.Load().As<Tuple>();
  auto* indices = self->indices.Load().As<ValueArray>();
  auto* cycles = self->cycles.Load().As<ValueArray>();
  const int64_t n = pool->length, r = cycles->length;
  const auto advance = [&] {
    for (int64_t i = r - 1; i >= 0; --i) {
      const int64_t cycle = Get(cycles, i) - 1;
      if (cycle == 0) {
        // Every item has been at place i: rotate them back.
        const int64_t first = Get(indices, i);
        for (int64_t j = i; j < n - 1; ++j) Set(indices, j, Get(indices, j + 1));
        Set(indices, n - 1, first);
        Set(cycles, i, n - i);
      } else {
        Set(cycles, i, cycle);
        const int64_t other = Get(indices, n - cycle);
        Set(indices, n - cycle, Get(indices, i));
        Set(indices, i, other);
        return true;
      }
    }
    return false;
  };
  return Step(thread, self, r, advance, [&](int64_t i) { return pool->At(Get(indices, i)); });
}

constexpr TypeSpec kProductType = {
    .doc = "The Cartesian product: tuples as nested loops give them.",
    .new_function = ProductNew,
    .new_signature = "(cls, /, *iterables, repeat=1)",
    .methods = kProductMethods,
    .extra_flags = kBasetype};
constexpr TypeSpec kCombinationsType = {.doc = "The choices of r items, in order of position.",
                                        .new_function = CombinationsNew,
                                        .new_signature = "(cls, iterable, r)",
                                        .methods = kCombinationsMethods,
                                        .extra_flags = kBasetype};
constexpr TypeSpec kWithReplacementType = {
    .doc = "The choices of r items, each as often as it likes.",
    .new_function = WithReplacementNew,
    .new_signature = "(cls, iterable, r)",
    .methods = kReplacementMethods,
    .extra_flags = kBasetype};
constexpr TypeSpec kPermutationsType = {.doc = "The arrangements of r items.",
                                        .new_function = PermutationsNew,
                                        .new_signature = "(cls, iterable, r=None)",
                                        .methods = kPermutationsMethods,
                                        .extra_flags = kBasetype};

}  // namespace

Status InitCombinatorics(Thread& thread, Module* module) {
  GILA_TRY_VOID(
      AddIterator<Combinatoric>(thread, module, kProductType, "itertools.product", ProductStep));
  GILA_TRY_VOID(AddIterator<Combinatoric>(thread, module, kCombinationsType,
                                          "itertools.combinations", CombinationsStep));
  GILA_TRY_VOID(AddIterator<Combinatoric>(thread, module, kWithReplacementType,
                                          "itertools.combinations_with_replacement",
                                          WithReplacementStep));
  return AddIterator<Combinatoric>(thread, module, kPermutationsType, "itertools.permutations",
                                   PermutationsStep);
}

}  // namespace gila

// range.cc: range and its two iterators. Bounds that fit a machine word (what loops use) are
// counted in native integers; any others go through int arithmetic.
#include <algorithm>

#include "runtime/native.h"
#include "runtime/types/container_support.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"

namespace gila {
namespace {

constexpr Value kZero = Value::SmallInt(0), kOne = Value::SmallInt(1);

Range* Self(Args args) { return args[0].As<Range>(); }

void TraceRange(Object* object, Marker& marker) {
  auto* const range = static_cast<Range*>(object);
  for (const Slot* slot : {&range->start, &range->stop, &range->step, &range->length})
    marker.Visit(*slot);
}
constexpr KindInfo kRangeKind = {"range", TraceRange, nullptr};

Result<Value> Add(Thread& t, Value a, Value b) { return IntBinary(t, BinaryOp::kAdd, a, b); }
Result<Value> Sub(Thread& t, Value a, Value b) { return IntBinary(t, BinaryOp::kSub, a, b); }
Result<Value> Mul(Thread& t, Value a, Value b) { return IntBinary(t, BinaryOp::kMul, a, b); }

// How many numbers there are: (stop - start - 1) // step + 1, or none.
Result<Value> ComputeLength(Thread& thread, Value start, Value stop, Value step) {
  if (start.IsSmallInt() && stop.IsSmallInt() && step.IsSmallInt()) {
    const __int128 low = start.AsSmallInt(), high = stop.AsSmallInt(), by = step.AsSmallInt();
    __int128 count = 0;
    if (by > 0 && low < high) count = (high - low - 1) / by + 1;
    if (by < 0 && low > high) count = (low - high - 1) / -by + 1;
    return NewInt(thread, static_cast<int64_t>(count));
  }
  Value low = start, high = stop, by = step;
  if (IntSign(step) < 0) {
    std::swap(low, high);
    GILA_TRY(by, IntNegate(thread, step));
  }
  if (!IntCompare(CompareOp::kLt, low, high)) return kZero;
  GILA_TRY(Value span, Sub(thread, high, low));
  GILA_TRY(span, Sub(thread, span, kOne));
  GILA_TRY(span, IntBinary(thread, BinaryOp::kFloorDiv, span, by));
  return Add(thread, span, kOne);
}

Result<Value> MakeRange(Thread& thread, Value start, Value stop, Value step) {
  GILA_TRY(const Value length, ComputeLength(thread, start, stop, step));
  GILA_TRY(Range* const range, Allocate<Range>(thread, TypeId::kRange));
  range->start.Init(start);
  range->stop.Init(stop);
  range->step.Init(step);
  range->length.Init(length);
  return range;
}

Result<Value> RangeNew(Thread& thread, Args args) {
  if (!args.Has(2)) return NewRange(thread, kZero, args[1], kOne);
  return NewRange(thread, args[1], args[2], args.Or(3, kOne));
}

// start + index * step, for an index in range.
Result<Value> ItemUnchecked(Thread& thread, const Range* range, Value index) {
  const Value start = range->start.Load(), step = range->step.Load();
  int64_t offset, sum;
  if (start.IsSmallInt() && step.IsSmallInt() && index.IsSmallInt() &&
      !__builtin_mul_overflow(index.AsSmallInt(), step.AsSmallInt(), &offset) &&
      !__builtin_add_overflow(start.AsSmallInt(), offset, &sum))
    return NewInt(thread, sum);
  GILA_TRY(const Value distance, Mul(thread, index, step));
  return Add(thread, start, distance);
}

Result<Value> RangeSlice(Thread& thread, const Range* self, Slice* slice) {
  GILA_TRY(const Value indices,
           CallMethod(thread, slice, Intern(thread, "indices"), {self->length.Load()}));
  const Tuple* const parts = indices.As<Tuple>();
  GILA_TRY(const Value step, Mul(thread, self->step.Load(), parts->At(2)));
  GILA_TRY(const Value start, ItemUnchecked(thread, self, parts->At(0)));
  GILA_TRY(const Value stop, ItemUnchecked(thread, self, parts->At(1)));
  return MakeRange(thread, start, stop, step);
}

Result<Value> RangeGetItem(Thread& thread, Args args) {
  Range* const self = Self(args);
  if (Slice* const slice = CastOrNull<Slice>(args[1])) return RangeSlice(thread, self, slice);
  if (!IsInt(args[1]) && LookupSpecial(thread, TypeOf(args[1]), Special::kIndex).IsUnbound()) {
    return thread.RaiseTypeError("range indices must be integers or slices, not %s",
                                 TypeNameText(args[1]).c_str());
  }
  GILA_TRY(const Value index, Index(thread, args[1]));
  return RangeItem(thread, self, index);
}

Result<Value> RangeLen(Thread& thread, Args args) {
  int64_t length;
  if (!TryInt64(Self(args)->length.Load(), &length)) {
    return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C ssize_t");
  }
  return NewInt(thread, length);
}

// An int or bool, for which membership is arithmetic; instances of subclasses may compare as they
// like.
bool IsPlainInt(Value v) { return IsExactInt(v) || v.IsBool(); }

Result<Value> FindByComparison(Thread& thread, Range* self, Value wanted, int64_t* count) {
  GILA_TRY(const Value iterator, NewRangeIterator(thread, self));
  *count = 0;
  int64_t index = 0;
  Value first = kUnbound;
  while (true) {
    GILA_TRY(const Value item, Next(thread, iterator));
    if (item.IsUnbound()) return first;
    GILA_TRY(const bool equal, Equal(thread, item, wanted));
    if (equal) {
      if (first.IsUnbound()) first = Value::SmallInt(index);
      ++*count;
    }
    ++index;
    GILA_TRY_VOID(thread.CheckBreaker());
  }
}

Result<Value> RangeContains(Thread& thread, Args args) {
  if (IsPlainInt(args[1])) {
    GILA_TRY(const bool found, RangeContainsInt(thread, Self(args), args[1]));
    return Value::Bool(found);
  }
  GILA_TRY(const Value iterator, NewRangeIterator(thread, Self(args)));
  while (true) {
    GILA_TRY(const Value item, Next(thread, iterator));
    if (item.IsUnbound()) return kFalse;
    GILA_TRY(const bool equal, Equal(thread, item, args[1]));
    if (equal) return kTrue;
    GILA_TRY_VOID(thread.CheckBreaker());
  }
}

Result<Value> RangeCount(Thread& thread, Args args) {
  if (IsPlainInt(args[1])) {
    GILA_TRY(const bool found, RangeContainsInt(thread, Self(args), args[1]));
    return Value::SmallInt(found);
  }
  int64_t count;
  GILA_TRY_VOID(FindByComparison(thread, Self(args), args[1], &count));
  return NewInt(thread, count);
}

Result<Value> RangeIndex(Thread& thread, Args args) {
  Range* const self = Self(args);
  if (IsPlainInt(args[1])) {
    GILA_TRY(const bool found, RangeContainsInt(thread, self, args[1]));
    if (found) {
      GILA_TRY(const Value distance, Sub(thread, PlainInt(args[1]), self->start.Load()));
      return IntBinary(thread, BinaryOp::kFloorDiv, distance, self->step.Load());
    }
    GILA_TRY(Str* const shown, Repr(thread, args[1]));
    return thread.Raise(TypeId::kValueError, ToUtf8(shown) + " is not in range");
  }
  int64_t count;
  GILA_TRY(const Value index, FindByComparison(thread, self, args[1], &count));
  if (!index.IsUnbound()) return index;
  return thread.RaiseValueError("sequence.index(x): x not in sequence");
}

// (length, start, step) as far as they matter: what equality and hash look at.
Result<Tuple*> Essence(Thread& thread, const Range* range) {
  const Value length = range->length.Load();
  const bool empty = length == kZero, single = length == kOne;
  const Value parts[] = {length, empty ? kNone : range->start.Load(),
                         empty || single ? kNone : range->step.Load()};
  return NewTuple(thread, parts);
}

Result<Value> CompareMethod(Thread& thread, CompareOp op, Args args) {
  if (!IsKind(args[1], kKindRange)) return kNotImplemented;
  GILA_TRY(Tuple* const a, Essence(thread, Self(args)));
  GILA_TRY(Tuple* const b, Essence(thread, args[1].As<Range>()));
  return TupleCompare(thread, op, a, b);
}
Result<Value> RangeEq(Thread& t, Args args) { return CompareMethod(t, CompareOp::kEq, args); }
Result<Value> RangeNe(Thread& t, Args args) { return CompareMethod(t, CompareOp::kNe, args); }

Result<Value> RangeHash(Thread& thread, Args args) {
  GILA_TRY(Tuple* const essence, Essence(thread, Self(args)));
  GILA_TRY(const int64_t hash, TupleHash(thread, essence));
  return NewInt(thread, hash);
}

Result<Value> RangeRepr(Thread& thread, Args args) {
  const Range* const self = Self(args);
  const Value parts[] = {self->start.Load(), self->stop.Load(), self->step.Load()};
  const int64_t count = parts[2] == kOne ? 2 : 3;
  return ReprItems(thread, "range(", ")",
                   [&parts, count](int64_t i) { return i < count ? parts[i] : kUnbound; });
}

Result<Value> RangeBool(Thread&, Args args) {
  return Value::Bool(Self(args)->length.Load() != kZero);
}

Result<Value> RangeReduce(Thread& thread, Args args) {
  const Range* const self = Self(args);
  const Value parts[] = {self->start.Load(), self->stop.Load(), self->step.Load()};
  GILA_TRY(Tuple* const arguments, NewTuple(thread, parts));
  const Value pair[] = {GetType(TypeId::kRange), arguments};
  return NewTuple(thread, pair);
}

// An iterator over `length` numbers from `start` on.
Result<Value> IterateNumbers(Thread& thread, Value start, Value step, Value length) {
  __int128 end = 0;
  if (start.IsSmallInt() && step.IsSmallInt() && length.IsSmallInt()) {
    end = start.AsSmallInt() + __int128{step.AsSmallInt()} * length.AsSmallInt();
    // The number after the last one is computed too and must fit.
    if (end >= Value::kMinSmallInt && end <= Value::kMaxSmallInt) {
      GILA_TRY(RangeIterator* const iterator,
               Allocate<RangeIterator>(thread, TypeId::kRangeIterator));
      iterator->next.StoreRelaxed(start.AsSmallInt());
      iterator->left.StoreRelaxed(length.AsSmallInt());
      iterator->step = step.AsSmallInt();
      OwnFreshIterator(iterator);
      return iterator;
    }
  }
  GILA_TRY(LongRangeIterator* const iterator,
           Allocate<LongRangeIterator>(thread, TypeId::kLongRangeIterator));
  iterator->start.Init(start);
  iterator->step.Init(step);
  iterator->length.Init(length);
  iterator->index.Init(kZero);
  return iterator;
}

Result<Value> RangeIter(Thread& thread, Args args) { return NewRangeIterator(thread, Self(args)); }

Result<Value> RangeReversed(Thread& thread, Args args) {
  const Range* const self = Self(args);
  const Value length = self->length.Load();
  GILA_TRY(const Value last_index, Sub(thread, length, kOne));
  GILA_TRY(const Value last, ItemUnchecked(thread, self, last_index));
  GILA_TRY(const Value step, IntNegate(thread, self->step.Load()));
  return IterateNumbers(thread, last, step, length);
}

constexpr NativeDef kRangeMethods[] = {
    {"__len__", RangeLen, "(self, /)", "Return len(self)."},
    {"__getitem__", RangeGetItem, "(self, key, /)", "Return self[key]."},
    {"__contains__", RangeContains, "(self, key, /)", "Return key in self."},
    {"__iter__", RangeIter, "(self, /)", "Implement iter(self)."},
    {"__reversed__", RangeReversed, "(self, /)", "Return a reverse iterator."},
    {"__bool__", RangeBool, "(self, /)", "True if self else False"},
    {"__eq__", RangeEq, "(self, value, /)", "Return self==value."},
    {"__ne__", RangeNe, "(self, value, /)", "Return self!=value."},
    {"__hash__", RangeHash, "(self, /)", "Return hash(self)."},
    {"__repr__", RangeRepr, "(self, /)", "Return repr(self)."},
    {"__reduce__", RangeReduce, "(self, /)", nullptr},
    {"count", RangeCount, "(self, value, /)", "How many of its numbers are equal to value."},
    {"index", RangeIndex, "(self, value, /)",
     "The first position of value; ValueError when it is not there."},
    {nullptr, nullptr, nullptr, nullptr}};

Result<Value> GetStart(Thread&, Value self) { return self.As<Range>()->start.Load(); }
Result<Value> GetStop(Thread&, Value self) { return self.As<Range>()->stop.Load(); }
Result<Value> GetStep(Thread&, Value self) { return self.As<Range>()->step.Load(); }
constexpr GetSetDef kRangeGetSets[] = {{"start", GetStart, ReadonlyMember, nullptr},
                                       {"stop", GetStop, ReadonlyMember, nullptr},
                                       {"step", GetStep, ReadonlyMember, nullptr},
                                       {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

extern const TypeSpec kRangeSpec;
const TypeSpec kRangeSpec = {.doc =
                                 "range(stop) or range(start, stop, step): the ints from start on, "
                                 "as long as they are before stop.",
                             .new_function = RangeNew,
                             .new_signature = "(cls, start, stop=None, step=None, /)",
                             .methods = kRangeMethods,
                             .getsets = kRangeGetSets,
                             .extra_flags = kMatchSequence,
                             .native_size = sizeof(Range),
                             .kind_info = &kRangeKind};

Result<Value> NewRange(Thread& thread, Value start, Value stop, Value step) {
  GILA_TRY(start, Index(thread, start));
  GILA_TRY(stop, Index(thread, stop));
  GILA_TRY(step, Index(thread, step));
  if (step == kZero) return thread.RaiseValueError("range() arg 3 must not be zero");
  return MakeRange(thread, start, stop, step);
}

Result<Value> NewRangeIterator(Thread& thread, Range* range) {
  return IterateNumbers(thread, range->start.Load(), range->step.Load(), range->length.Load());
}

Result<Value> RangeItem(Thread& thread, Range* range, Value index) {
  const Value length = range->length.Load();
  if (IntSign(index) < 0) {
    GILA_TRY(index, Add(thread, index, length));
  }
  if (IntSign(index) < 0 || !IntCompare(CompareOp::kLt, index, length))
    return thread.Raise(TypeId::kIndexError, "range object index out of range");
  return ItemUnchecked(thread, range, index);
}

Result<bool> RangeContainsInt(Thread& thread, Range* range, Value integer) {
  integer = PlainInt(integer);
  const Value start = range->start.Load(), stop = range->stop.Load(), step = range->step.Load();
  const bool inside =
      IntSign(step) > 0
          ? IntCompare(CompareOp::kLe, start, integer) && IntCompare(CompareOp::kLt, integer, stop)
          : IntCompare(CompareOp::kGe, start, integer) && IntCompare(CompareOp::kGt, integer, stop);
  if (!inside) return false;
  GILA_TRY(const Value distance, Sub(thread, integer, start));
  GILA_TRY(const Value rest, IntBinary(thread, BinaryOp::kMod, distance, step));
  return rest == kZero;
}

}  // namespace gila

// slice.cc: slice objects and what they mean for a sequence of a given length.
#include <algorithm>

#include "runtime/native.h"
#include "runtime/types/container_support.h"
#include "runtime/types/sequence.h"

namespace gila {
namespace {

Slice* Self(Args args) { return args[0].As<Slice>(); }

void TraceSlice(Object* object, Marker& marker) {
  auto* const slice = static_cast<Slice*>(object);
  marker.Visit(slice->start);
  marker.Visit(slice->stop);
  marker.Visit(slice->step);
}
constexpr KindInfo kSliceKind = {"slice", TraceSlice, nullptr};

Result<Value> SliceNew(Thread& thread, Args args) {
  if (!args.Has(2)) return NewSlice(thread, kNone, args[1], kNone);
  return NewSlice(thread, args[1], args[2], args.Or(3, kNone));
}

Status CheckIndexable(Thread& thread, Value v) {
  if (v.IsSmallInt() || IsInt(v) || !LookupSpecial(thread, TypeOf(v), Special::kIndex).IsUnbound())
    return kOk;
  return thread.RaiseTypeError(
      "slice indices must be integers or None or have an __index__ method");
}

// A bound of the slice as int64, clipped; None is `fallback`.
Result<int64_t> Bound(Thread& thread, Value v, int64_t fallback) {
  if (v.IsNone()) return fallback;
  if (v.IsSmallInt()) return v.AsSmallInt();
  GILA_TRY_VOID(CheckIndexable(thread, v));
  return ToIndexClipped(thread, v);
}

// One bound of slice.indices, for a length of any size: an int clipped into [low, high].
Result<Value> ClippedBound(Thread& thread, Value v, Value fallback, Value length, Value low,
                           Value high) {
  if (v.IsNone()) return fallback;
  GILA_TRY_VOID(CheckIndexable(thread, v));
  GILA_TRY(Value bound, Index(thread, v));
  if (IntSign(bound) < 0) {
    GILA_TRY(bound, IntBinary(thread, BinaryOp::kAdd, bound, length));
    return IntCompare(CompareOp::kLt, bound, low) ? low : bound;
  }
  return IntCompare(CompareOp::kGt, bound, high) ? high : bound;
}

Result<Value> SliceIndicesMethod(Thread& thread, Args args) {
  const Slice* const self = Self(args);
  GILA_TRY(const Value length, Index(thread, args[1]));
  if (IntSign(length) < 0) return thread.RaiseValueError("length should not be negative");
  Value step = Value::SmallInt(1);
  if (!self->step.Load().IsNone()) {
    GILA_TRY_VOID(CheckIndexable(thread, self->step.Load()));
    GILA_TRY(step, Index(thread, self->step.Load()));
  }
  const int sign = IntSign(step);
  if (sign == 0) return thread.RaiseValueError("slice step cannot be zero");
  Value low = Value::SmallInt(0), high = length;
  if (sign < 0) {
    low = Value::SmallInt(-1);
    GILA_TRY(high, IntBinary(thread, BinaryOp::kSub, length, Value::SmallInt(1)));
  }
  GILA_TRY(const Value start,
           ClippedBound(thread, self->start.Load(), sign < 0 ? high : low, length, low, high));
  GILA_TRY(const Value stop,
           ClippedBound(thread, self->stop.Load(), sign < 0 ? low : high, length, low, high));
  const Value parts[] = {start, stop, step};
  return NewTuple(thread, parts);
}

Result<Tuple*> Parts(Thread& thread, const Slice* slice) {
  const Value parts[] = {slice->start.Load(), slice->stop.Load(), slice->step.Load()};
  return NewTuple(thread, parts);
}

Result<Value> CompareMethod(Thread& thread, CompareOp op, Args args) {
  if (!IsKind(args[1], kKindSlice)) return kNotImplemented;
  GILA_TRY(Tuple* const a, Parts(thread, Self(args)));
  GILA_TRY(Tuple* const b, Parts(thread, args[1].As<Slice>()));
  return TupleCompare(thread, op, a, b);
}
Result<Value> SliceLt(Thread& t, Args args) { return CompareMethod(t, CompareOp::kLt, args); }
Result<Value> SliceLe(Thread& t, Args args) { return CompareMethod(t, CompareOp::kLe, args); }
Result<Value> SliceEq(Thread& t, Args args) { return CompareMethod(t, CompareOp::kEq, args); }
Result<Value> SliceNe(Thread& t, Args args) { return CompareMethod(t, CompareOp::kNe, args); }
Result<Value> SliceGt(Thread& t, Args args) { return CompareMethod(t, CompareOp::kGt, args); }
Result<Value> SliceGe(Thread& t, Args args) { return CompareMethod(t, CompareOp::kGe, args); }

Result<Value> SliceRepr(Thread& thread, Args args) {
  const Slice* const self = Self(args);
  const Value parts[] = {self->start.Load(), self->stop.Load(), self->step.Load()};
  return ReprItems(thread, "slice(", ")",
                   [&parts](int64_t i) { return i < 3 ? parts[i] : kUnbound; });
}

Result<Value> SliceReduce(Thread& thread, Args args) {
  GILA_TRY(Tuple* const parts, Parts(thread, Self(args)));
  const Value pair[] = {GetType(TypeId::kSlice), parts};
  return NewTuple(thread, pair);
}

constexpr NativeDef kSliceMethods[] = {
    {"indices", SliceIndicesMethod, "(self, len, /)",
     "(start, stop, step) of the slice for a sequence of this length."},
    {"__lt__", SliceLt, "(self, value, /)", "Return self<value."},
    {"__le__", SliceLe, "(self, value, /)", "Return self<=value."},
    {"__eq__", SliceEq, "(self, value, /)", "Return self==value."},
    {"__ne__", SliceNe, "(self, value, /)", "Return self!=value."},
    {"__gt__", SliceGt, "(self, value, /)", "Return self>value."},
    {"__ge__", SliceGe, "(self, value, /)", "Return self>=value."},
    {"__hash__", nullptr, nullptr, nullptr},
    {"__repr__", SliceRepr, "(self, /)", "Return repr(self)."},
    {"__reduce__", SliceReduce, "(self, /)", "Return state information for pickling."},
    {nullptr, nullptr, nullptr, nullptr}};

Result<Value> GetStart(Thread&, Value self) { return self.As<Slice>()->start.Load(); }
Result<Value> GetStop(Thread&, Value self) { return self.As<Slice>()->stop.Load(); }
Result<Value> GetStep(Thread&, Value self) { return self.As<Slice>()->step.Load(); }
constexpr GetSetDef kSliceGetSets[] = {{"start", GetStart, ReadonlyMember, nullptr},
                                       {"stop", GetStop, ReadonlyMember, nullptr},
                                       {"step", GetStep, ReadonlyMember, nullptr},
                                       {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

extern const TypeSpec kSliceSpec;
const TypeSpec kSliceSpec = {
    .doc =
        "slice(stop) or slice(start, stop, step): what stands between the brackets of a subscript.",
    .new_function = SliceNew,
    .new_signature = "(cls, start, stop=None, step=None, /)",
    .methods = kSliceMethods,
    .getsets = kSliceGetSets,
    .native_size = sizeof(Slice),
    .kind_info = &kSliceKind};

Result<Value> NewSlice(Thread& thread, Value start, Value stop, Value step) {
  GILA_TRY(Slice* const slice, Allocate<Slice>(thread, TypeId::kSlice));
  slice->start.Init(start);
  slice->stop.Init(stop);
  slice->step.Init(step);
  return slice;
}

Result<SliceIndices> ResolveSlice(Thread& thread, Slice* slice, int64_t length) {
  SliceIndices result;
  GILA_TRY(result.step, Bound(thread, slice->step.Load(), 1));
  if (result.step == 0) return thread.RaiseValueError("slice step cannot be zero");
  // -INT64_MIN does not exist; the slice selects one item at most either way.
  result.step = std::max(result.step, -INT64_MAX);
  const bool backwards = result.step < 0;
  GILA_TRY(result.start, Bound(thread, slice->start.Load(), backwards ? INT64_MAX : 0));
  GILA_TRY(result.stop, Bound(thread, slice->stop.Load(), backwards ? INT64_MIN : INT64_MAX));
  const int64_t low = backwards ? -1 : 0, high = backwards ? length - 1 : length;
  for (int64_t* bound : {&result.start, &result.stop}) {
    if (*bound < 0)
      *bound = *bound < -length ? low : *bound + length;
    else if (*bound > high)
      *bound = high;
    if (*bound < low) *bound = low;
  }
  if (backwards) {
    result.count =
        result.stop < result.start ? (result.start - result.stop - 1) / -result.step + 1 : 0;
  } else {
    result.count =
        result.start < result.stop ? (result.stop - result.start - 1) / result.step + 1 : 0;
  }
  return result;
}

}  // namespace gila

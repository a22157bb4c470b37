// tuple.cc: tuple. The items lie in the object and never change, so nothing here takes a lock.
#include <algorithm>

#include "runtime/native.h"
#include "runtime/types/container_support.h"
#include "runtime/types/sequence.h"
#include "runtime/types/sought.h"

namespace gila {

Tuple* empty_tuple = nullptr;

namespace {

constexpr int64_t kMaxTupleLength = (int64_t{1} << 46) / sizeof(Slot);

void TraceTuple(Object* object, Marker& marker) {
  auto* const tuple = static_cast<Tuple*>(object);
  for (int64_t i = 0; i < tuple->length; ++i) marker.Visit(tuple->items[i]);
  marker.Visit(tuple->attributes);  // a struct sequence keeps its other fields there
}
constexpr KindInfo kTupleKind = {"tuple", TraceTuple, nullptr};

Result<Tuple*> AllocateTuple(Thread& thread, int64_t length) {
  if (GILA_UNLIKELY(length > kMaxTupleLength)) return thread.RaiseMemoryError();
  GILA_TRY(Tuple* const tuple,
           Allocate<Tuple>(thread, TypeId::kTuple,
                           sizeof(Tuple) + static_cast<size_t>(length) * sizeof(Slot)));
  tuple->length = length;
  return tuple;
}

Tuple* Self(Args args) { return args[0].As<Tuple>(); }

// --- construction ---

Result<Value> TupleNew(Thread& thread, Args args) {
  Type* const type = args[0].As<Type>();
  Tuple* items = empty_tuple;
  if (args.Has(1)) {
    GILA_TRY(items, ToTuple(thread, args[1]));
  }
  if (IsExactType(type, TypeId::kTuple)) return items;
  const int64_t length = items->length;
  GILA_TRY(Object* const object,
           AllocateInstance(thread, type, static_cast<size_t>(length) * sizeof(Slot)));
  auto* const tuple = static_cast<Tuple*>(object);
  tuple->length = length;
  CopyToFresh(tuple->items, items->items, length);
  return tuple;
}

Result<Value> TupleGetNewArgs(Thread& thread, Args args) {
  Tuple* const self = Self(args);
  GILA_TRY(Tuple* const plain, NewTuple(thread, self->length));
  CopyToFresh(plain->items, self->items, self->length);
  const Value item = plain;
  return NewTuple(thread, std::span<const Value>(&item, 1));
}

// --- items ---

Result<Value> TupleItem(Thread& thread, Tuple* self, int64_t index) {
  if (index < 0) index += self->length;
  if (index < 0 || index >= self->length)
    return thread.Raise(TypeId::kIndexError, "tuple index out of range");
  return self->At(index);
}

Result<Value> TupleGetItem(Thread& thread, Args args) {
  Tuple* const self = Self(args);
  const Value key = args[1];
  if (GILA_LIKELY(key.IsSmallInt())) return TupleItem(thread, self, key.AsSmallInt());
  if (Slice* const slice = CastOrNull<Slice>(key)) {
    GILA_TRY(const SliceIndices indices, ResolveSlice(thread, slice, self->length));
    return TupleSlice(thread, self, indices);
  }
  if (!IsInt(key) && LookupSpecial(thread, TypeOf(key), Special::kIndex).IsUnbound()) {
    return thread.RaiseTypeError("tuple indices must be integers or slices, not %s",
                                 TypeNameText(key).c_str());
  }
  GILA_TRY(const int64_t index, ToSubscript(thread, key));
  return TupleItem(thread, self, index);
}

Result<Value> TupleLen(Thread&, Args args) { return Value::SmallInt(Self(args)->length); }

Result<Value> TupleContains(Thread& thread, Args args) {
  Tuple* const self = Self(args);
  Sought sought(args[1]);
  for (int64_t i = 0; i < self->length; ++i) {
    GILA_TRY(const bool equal, sought.Is(thread, self->At(i)));
    if (equal) return kTrue;
  }
  return kFalse;
}

Result<Value> TupleCount(Thread& thread, Args args) {
  Tuple* const self = Self(args);
  int64_t count = 0;
  Sought sought(args[1]);
  for (int64_t i = 0; i < self->length; ++i) {
    GILA_TRY(const bool equal, sought.Is(thread, self->At(i)));
    count += equal;
  }
  return Value::SmallInt(count);
}

Result<Value> TupleIndex(Thread& thread, Args args) {
  Tuple* const self = Self(args);
  GILA_TRY(const int64_t start, ClipIndexArgument(thread, args[2], 0, self->length));
  GILA_TRY(const int64_t stop, ClipIndexArgument(thread, args[3], self->length, self->length));
  Sought sought(args[1]);
  for (int64_t i = start; i < std::min(stop, self->length); ++i) {
    GILA_TRY(const bool equal, sought.Is(thread, self->At(i)));
    if (equal) return Value::SmallInt(i);
  }
  return thread.RaiseValueError("tuple.index(x): x not in tuple");
}

// --- operators ---

Result<Value> TupleAdd(Thread& thread, Args args) {
  if (!IsTuple(args[1])) {
    return thread.RaiseTypeError("can only concatenate tuple (not \"%s\") to tuple",
                                 TypeNameText(args[1]).c_str());
  }
  return TupleConcat(thread, Self(args), args[1].As<Tuple>());
}

Result<Value> TupleMul(Thread& thread, Args args) {
  GILA_TRY(const Value count, RepeatCount(thread, args[1]));
  if (count == kNotImplemented) return kNotImplemented;
  return TupleRepeat(thread, Self(args), count.AsSmallInt());
}

Result<Value> CompareMethod(Thread& thread, CompareOp op, Args args) {
  if (!IsTuple(args[1])) return kNotImplemented;
  return TupleCompare(thread, op, Self(args), args[1].As<Tuple>());
}
Result<Value> TupleLt(Thread& t, Args args) { return CompareMethod(t, CompareOp::kLt, args); }
Result<Value> TupleLe(Thread& t, Args args) { return CompareMethod(t, CompareOp::kLe, args); }
Result<Value> TupleEq(Thread& t, Args args) { return CompareMethod(t, CompareOp::kEq, args); }
Result<Value> TupleNe(Thread& t, Args args) { return CompareMethod(t, CompareOp::kNe, args); }
Result<Value> TupleGt(Thread& t, Args args) { return CompareMethod(t, CompareOp::kGt, args); }
Result<Value> TupleGe(Thread& t, Args args) { return CompareMethod(t, CompareOp::kGe, args); }

Result<Value> TupleHashMethod(Thread& thread, Args args) {
  GILA_TRY(const int64_t hash, TupleHash(thread, Self(args)));
  return NewInt(thread, hash);
}

Result<Value> TupleRepr(Thread& thread, Args args) {
  Tuple* const self = Self(args);
  if (self->length == 0) return NewStr(thread, "()");
  const ReprScope scope(thread, self);
  if (scope.nested()) return NewStr(thread, "(...)");
  return ReprItems(thread, "(", self->length == 1 ? ",)" : ")",
                   [self](int64_t i) { return i < self->length ? self->At(i) : kUnbound; });
}

Result<Value> TupleIter(Thread& thread, Args args) {
  GILA_TRY(Object* const object,
           Result<Object*>(heap::Allocate(thread, sizeof(ListIterator), kKindTupleIterator,
                                          ShapeIdOf(TypeId::kTupleIterator))));
  static_cast<ListIterator*>(object)->sequence.Init(args[0]);
  return object;
}

Result<Value> TupleSizeof(Thread&, Args args) {
  return Value::SmallInt(static_cast<int64_t>(heap::CellSize(Self(args))));
}

constexpr NativeDef kTupleMethods[] = {
    {"__len__", TupleLen, "(self, /)", "Return len(self)."},
    {"__getitem__", TupleGetItem, "(self, key, /)", "Return self[key]."},
    {"__contains__", TupleContains, "(self, key, /)", "Return key in self."},
    {"__iter__", TupleIter, "(self, /)", "Implement iter(self)."},
    {"__add__", TupleAdd, "(self, value, /)", "Return self+value."},
    {"__mul__", TupleMul, "(self, value, /)", "Return self*value."},
    {"__rmul__", TupleMul, "(self, value, /)", "Return value*self."},
    {"__lt__", TupleLt, "(self, value, /)", "Return self<value."},
    {"__le__", TupleLe, "(self, value, /)", "Return self<=value."},
    {"__eq__", TupleEq, "(self, value, /)", "Return self==value."},
    {"__ne__", TupleNe, "(self, value, /)", "Return self!=value."},
    {"__gt__", TupleGt, "(self, value, /)", "Return self>value."},
    {"__ge__", TupleGe, "(self, value, /)", "Return self>=value."},
    {"__hash__", TupleHashMethod, "(self, /)", "Return hash(self)."},
    {"__repr__", TupleRepr, "(self, /)", "Return repr(self)."},
    {"__getnewargs__", TupleGetNewArgs, "(self, /)", nullptr},
    {"__sizeof__", TupleSizeof, "(self, /)", "Size of object in memory, in bytes."},
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, item, /)", "See PEP 585"},
    {"index", TupleIndex, "(self, value, start=0, stop=9223372036854775807, /)",
     "The first position of value; ValueError when it is not there."},
    {"count", TupleCount, "(self, value, /)", "Return number of occurrences of value."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

extern const TypeSpec kTupleSpec;
const TypeSpec kTupleSpec = {.doc = "An immutable sequence. tuple(iterable) holds its items.",
                             .new_function = TupleNew,
                             .new_signature = "(cls, iterable=(), /)",
                             .methods = kTupleMethods,
                             .extra_flags = kMatchSequence,
                             .native_size = sizeof(Tuple),
                             .kind_info = &kTupleKind};

Result<Tuple*> NewTuple(Thread& thread, int64_t length) {
  if (length == 0) return empty_tuple;
  return AllocateTuple(thread, length);
}

Result<Tuple*> NewTuple(Thread& thread, std::span<const Value> items) {
  if (items.empty()) return empty_tuple;
  GILA_TRY(Tuple* const tuple, AllocateTuple(thread, static_cast<int64_t>(items.size())));
  for (size_t i = 0; i < items.size(); ++i) tuple->items[i].Init(items[i]);
  return tuple;
}

Result<Value> TupleSlice(Thread& thread, Tuple* tuple, const SliceIndices& slice) {
  if (slice.count == tuple->length && slice.step == 1 && tuple->IsExactly(TypeId::kTuple))
    return tuple;
  GILA_TRY(Tuple* const result, NewTuple(thread, slice.count));
  if (slice.step == 1) {
    CopyToFresh(result->items, tuple->items + slice.start, slice.count);
  } else {
    for (int64_t i = 0; i < slice.count; ++i)
      result->items[i].Init(tuple->At(slice.start + i * slice.step));
  }
  return result;
}

Result<Value> TupleConcat(Thread& thread, Tuple* a, Tuple* b) {
  if (a->length == 0 && b->IsExactly(TypeId::kTuple)) return b;
  if (b->length == 0 && a->IsExactly(TypeId::kTuple)) return a;
  GILA_TRY(Tuple* const result, NewTuple(thread, a->length + b->length));
  CopyToFresh(result->items, a->items, a->length);
  CopyToFresh(result->items + a->length, b->items, b->length);
  return result;
}

Result<Value> TupleRepeat(Thread& thread, Tuple* tuple, int64_t count) {
  const int64_t length = tuple->length;
  if (tuple->IsExactly(TypeId::kTuple) && (count == 1 || length == 0)) return tuple;
  if (count <= 0 || length == 0) return empty_tuple;
  if (count > kMaxTupleLength / length) return thread.RaiseMemoryError();
  GILA_TRY(Tuple* const result, NewTuple(thread, length * count));
  for (int64_t i = 0; i < count; ++i) CopyToFresh(result->items + i * length, tuple->items, length);
  return result;
}

Result<Value> TupleCompare(Thread& thread, CompareOp op, Tuple* a, Tuple* b) {
  const RecursionScope scope(thread, " in comparison");
  GILA_TRY_VOID(scope.status());
  const int64_t shorter = std::min(a->length, b->length);
  int64_t i = 0;
  for (; i < shorter; ++i) {
    GILA_TRY(const bool equal, Equal(thread, a->At(i), b->At(i)));
    if (!equal) break;
  }
  if (i < shorter) {
    if (op == CompareOp::kEq) return kFalse;
    if (op == CompareOp::kNe) return kTrue;
    return Compare(thread, op, a->At(i), b->At(i));
  }
  return CompareLengths(op, a->length, b->length);
}

namespace {

// What is neither a number nor a str may hold more tuples.
GILA_ALWAYS_INLINE Result<int64_t> ItemHash(Thread& thread, Value item) {
  if (item.IsSmallInt() || IsExactly(item, TypeId::kStr)) return KeyHash(thread, item);
  const RecursionScope scope(thread, " while hashing a tuple");
  GILA_TRY_VOID(scope.status());
  return Hash(thread, item);
}

}  // namespace

// CPython's tuple hash: a variant of xxHash over the hashes of the items.
Result<int64_t> TupleHash(Thread& thread, Tuple* tuple) {
  constexpr uint64_t kPrime1 = 11400714785074694791u, kPrime2 = 14029467366897019727u,
                     kPrime5 = 2870177450012600261u;
  uint64_t sum = kPrime5;
  for (int64_t i = 0; i < tuple->length; ++i) {
    GILA_TRY(const int64_t lane, ItemHash(thread, tuple->At(i)));
    sum += static_cast<uint64_t>(lane) * kPrime2;
    sum = std::rotl(sum, 31) * kPrime1;
  }
  sum += static_cast<uint64_t>(tuple->length) ^ (kPrime5 ^ 3527539u);
  if (sum == ~uint64_t{0}) return 1546275796;
  return static_cast<int64_t>(sum);
}

}  // namespace gila

// collections_deque_methods.cc: deque as programs see it. The ring is in collections_deque.cc.
#include <algorithm>

#include "runtime/protocols.h"
#include "runtime/types/container_support.h"
#include "runtime/types/dict.h"
#include "stdlib/collections_internal.h"

namespace gila {
namespace {

Deque* Self(Args args) { return static_cast<Deque*>(args[0].AsObject()); }
Deque* AsDeque(Value v) { return static_cast<Deque*>(v.AsObject()); }

// --- construction ---

Result<Value> DequeNew(Thread& thread, Args args) { return NewDequeOf(thread, args[0].As<Type>()); }

Result<Value> DequeInit(Thread& thread, Args args) {
  int64_t limit = -1;
  if (args.Has(2) && !args[2].IsNone()) {
    if (!IsInt(args[2])) return thread.RaiseTypeError("an integer is required");
    GILA_TRY(limit, ToInt64(thread, args[2]));
    if (limit < 0) return thread.RaiseValueError("maxlen must be non-negative");
  }
  Deque* const self = Self(args);
  self->limit.Store(limit);
  if (self->size.Load() > 0) DequeClear(self);
  if (args.Has(1)) GILA_TRY_VOID(DequeExtend(thread, self, args[1], false));
  return kNone;
}

// A deque of the same type and limit with these items; a class of the program is called for it.
Result<Value> Similar(Thread& thread, Deque* self, Value items) {
  const int64_t limit = self->limit.Load();
  if (TypeOf(self) == deque_type) {
    GILA_TRY(Deque* const made, NewDequeOf(thread, deque_type));
    made->limit.Store(limit);
    GILA_TRY_VOID(DequeExtend(thread, made, items, false));
    return made;
  }
  if (limit < 0) return Call(thread, TypeOf(self), {items});
  return Call(thread, TypeOf(self), {items, Value::SmallInt(limit)});
}

Result<Value> DequeCopy(Thread& thread, Args args) { return Similar(thread, Self(args), args[0]); }

// --- ends ---

Result<Value> Append(Thread& thread, Args args) {
  GILA_TRY_VOID(DequeAppend(thread, Self(args), args[1], false));
  return kNone;
}
Result<Value> AppendLeft(Thread& thread, Args args) {
  GILA_TRY_VOID(DequeAppend(thread, Self(args), args[1], true));
  return kNone;
}
Result<Value> Extend(Thread& thread, Args args) {
  GILA_TRY_VOID(DequeExtend(thread, Self(args), args[1], false));
  return kNone;
}
Result<Value> ExtendLeft(Thread& thread, Args args) {
  GILA_TRY_VOID(DequeExtend(thread, Self(args), args[1], true));
  return kNone;
}
Result<Value> Pop(Thread& thread, Args args) { return DequePop(thread, Self(args), false); }
Result<Value> PopLeft(Thread& thread, Args args) { return DequePop(thread, Self(args), true); }

// --- positions ---

Result<int64_t> Position(Thread& thread, Deque* self, Value key) {
  GILA_TRY(int64_t index, ToSubscript(thread, key));
  if (index < 0) index += self->size.Load();
  return index;
}

Failed OutOfRange(Thread& thread) {
  return thread.Raise(TypeId::kIndexError, "deque index out of range");
}

Result<Value> GetItem(Thread& thread, Args args) {
  if (!IsInt(args[1]) && LookupSpecial(thread, TypeOf(args[1]), Special::kIndex).IsUnbound()) {
    return thread.RaiseTypeError("sequence index must be integer, not '%s'",
                                 TypeNameText(args[1]).c_str());
  }
  GILA_TRY(const int64_t index, Position(thread, Self(args), args[1]));
  const Value item = DequeAt(Self(args), index);
  if (item.IsUnbound()) return OutOfRange(thread);
  return item;
}
Result<Value> SetItem(Thread& thread, Args args) {
  GILA_TRY(const int64_t index, Position(thread, Self(args), args[1]));
  if (!DequeStore(Self(args), index, args[2])) return OutOfRange(thread);
  return kNone;
}
Result<Value> DelItem(Thread& thread, Args args) {
  GILA_TRY(const int64_t index, Position(thread, Self(args), args[1]));
  if (!DequeErase(Self(args), index, kUnbound)) return OutOfRange(thread);
  return kNone;
}
Result<Value> Insert(Thread& thread, Args args) {
  GILA_TRY(const int64_t index, ToInt64(thread, args[1]));
  GILA_TRY_VOID(DequeInsert(thread, Self(args), index, args[2]));
  return kNone;
}
Result<Value> Rotate(Thread& thread, Args args) {
  int64_t steps = 1;
  if (args.Has(1)) {
    GILA_TRY(steps, ToInt64(thread, args[1]));
  }
  DequeRotate(Self(args), steps);
  return kNone;
}
Result<Value> Reverse(Thread&, Args args) {
  DequeReverse(Self(args));
  return kNone;
}
Result<Value> Clear(Thread&, Args args) {
  DequeClear(Self(args));
  return kNone;
}
Result<Value> Len(Thread&, Args args) { return Value::SmallInt(Self(args)->size.Load()); }

// --- searching: a deque that changes while __eq__ runs is an error ---

// The first position in [start, stop) of an equal item, or -1; *count how many when it is given.
Result<int64_t> Find(Thread& thread, Deque* self, Value wanted, int64_t start, int64_t stop,
                     int64_t* count, TypeId error) {
  const int64_t changes = self->changes.Load();
  for (int64_t i = start; i < stop; ++i) {
    const Value item = DequeAt(self, i);
    if (item.IsUnbound()) break;
    GILA_TRY(const bool equal, Equal(thread, item, wanted));
    if (self->changes.Load() != changes)
      return thread.Raise(error, "deque mutated during iteration");
    if (equal && count == nullptr) return i;
    if (equal) ++*count;
  }
  return -1;
}

Failed NotInDeque(Thread& thread, Value v) {
  const Result<Str*> shown = Repr(thread, v);
  if (!shown.ok()) return kFailed;
  return thread.Raise(TypeId::kValueError, ToUtf8(shown.value()) + " is not in deque");
}

Result<Value> Contains(Thread& thread, Args args) {
  GILA_TRY(const int64_t at,
           Find(thread, Self(args), args[1], 0, INT64_MAX, nullptr, TypeId::kRuntimeError));
  return Value::Bool(at >= 0);
}
Result<Value> Count(Thread& thread, Args args) {
  int64_t count = 0;
  GILA_TRY_VOID(Find(thread, Self(args), args[1], 0, INT64_MAX, &count, TypeId::kRuntimeError));
  return Value::SmallInt(count);
}
Result<Value> IndexOf(Thread& thread, Args args) {
  Deque* const self = Self(args);
  const int64_t size = self->size.Load();
  GILA_TRY(const int64_t start, ClipIndexArgument(thread, args[2], 0, size));
  GILA_TRY(const int64_t stop, ClipIndexArgument(thread, args[3], size, size));
  GILA_TRY(const int64_t at,
           Find(thread, self, args[1], start, stop, nullptr, TypeId::kRuntimeError));
  if (at < 0) return NotInDeque(thread, args[1]);
  return Value::SmallInt(at);
}
Result<Value> Remove(Thread& thread, Args args) {
  Deque* const self = Self(args);
  while (true) {
    GILA_TRY(const int64_t at,
             Find(thread, self, args[1], 0, INT64_MAX, nullptr, TypeId::kIndexError));
    if (at < 0) return NotInDeque(thread, args[1]);
    const Value item = DequeAt(self, at);
    if (item.IsUnbound()) continue;  // another thread was faster
    GILA_TRY(const bool equal, Equal(thread, item, args[1]));
    if (equal && DequeErase(self, at, item)) return kNone;
    GILA_TRY_VOID(thread.CheckBreaker());
  }
}

// --- operators ---

Result<Value> Add(Thread& thread, Args args) {
  if (!IsDeque(args[1])) {
    return thread.RaiseTypeError("can only concatenate deque (not \"%s\") to deque",
                                 TypeNameText(args[1]).c_str());
  }
  GILA_TRY(const Value sum, Similar(thread, Self(args), args[0]));
  if (!IsDeque(sum)) return sum;
  GILA_TRY_VOID(DequeExtend(thread, AsDeque(sum), args[1], false));
  return sum;
}
Result<Value> IAdd(Thread& thread, Args args) {
  GILA_TRY_VOID(DequeExtend(thread, Self(args), args[1], false));
  return args[0];
}

// Appends the items count - 1 times more, as many as the limit lets in.
Status RepeatInPlace(Thread& thread, Deque* self, int64_t count) {
  if (count <= 0) {
    DequeClear(self);
    return kOk;
  }
  GILA_TRY(Tuple* const items, DequeItems(thread, self));
  const int64_t size = items->length, limit = self->limit.Load();
  if (size == 0) return kOk;
  if (limit >= 0 && count > limit / size + 2) count = limit / size + 2;
  if (count > (int64_t{1} << 43) / size) return thread.RaiseMemoryError();
  for (int64_t i = 1; i < count; ++i) GILA_TRY_VOID(DequeExtend(thread, self, items, false));
  return kOk;
}

Result<Value> Mul(Thread& thread, Args args) {
  GILA_TRY(const Value count, RepeatCount(thread, args[1]));
  if (count == kNotImplemented) return kNotImplemented;
  GILA_TRY(const Value product, Similar(thread, Self(args), args[0]));
  if (IsDeque(product)) GILA_TRY_VOID(RepeatInPlace(thread, AsDeque(product), count.AsSmallInt()));
  return product;
}
Result<Value> IMul(Thread& thread, Args args) {
  GILA_TRY(const Value count, RepeatCount(thread, args[1]));
  if (count == kNotImplemented) return kNotImplemented;
  GILA_TRY_VOID(RepeatInPlace(thread, Self(args), count.AsSmallInt()));
  return args[0];
}

Result<Value> CompareMethod(Thread& thread, CompareOp op, Args args) {
  if (!IsDeque(args[1])) return kNotImplemented;
  if (args[0] == args[1]) return CompareLengths(op, 0, 0);
  if ((op == CompareOp::kEq || op == CompareOp::kNe) &&
      Self(args)->size.Load() != AsDeque(args[1])->size.Load())
    return Value::Bool(op == CompareOp::kNe);
  GILA_TRY(Tuple* const a, DequeItems(thread, Self(args)));
  GILA_TRY(Tuple* const b, DequeItems(thread, AsDeque(args[1])));
  return TupleCompare(thread, op, a, b);
}
Result<Value> Lt(Thread& t, Args args) { return CompareMethod(t, CompareOp::kLt, args); }
Result<Value> Le(Thread& t, Args args) { return CompareMethod(t, CompareOp::kLe, args); }
Result<Value> Eq(Thread& t, Args args) { return CompareMethod(t, CompareOp::kEq, args); }
Result<Value> Ne(Thread& t, Args args) { return CompareMethod(t, CompareOp::kNe, args); }
Result<Value> Gt(Thread& t, Args args) { return CompareMethod(t, CompareOp::kGt, args); }
Result<Value> Ge(Thread& t, Args args) { return CompareMethod(t, CompareOp::kGe, args); }

Result<Value> ReprMethod(Thread& thread, Args args) {
  const ReprScope scope(thread, args[0]);
  if (scope.nested()) return NewStr(thread, "[...]");
  GILA_TRY(Tuple* const items, DequeItems(thread, Self(args)));
  GILA_TRY(const Value inner, ReprItems(thread, "([", "]", [items](int64_t i) {
             return i < items->length ? items->At(i) : kUnbound;
           }));
  StrBuilder text(thread);
  text.AppendUtf8(std::string(TypeName(TypeOf(args[0]))));
  text.Append(inner.As<Str>());
  const int64_t limit = Self(args)->limit.Load();
  if (limit >= 0) text.AppendAscii(", maxlen=" + std::to_string(limit));
  text.AppendAscii(")");
  return text.Finish();
}

Result<Value> Iterate(Thread& thread, Args args) { return DequeIterate(thread, Self(args), false); }
Result<Value> Reversed(Thread& thread, Args args) { return DequeIterate(thread, Self(args), true); }

Result<Value> Reduce(Thread& thread, Args args) {
  GILA_TRY(Value state, GetAttrOrUnbound(thread, args[0], NameOf(Name::kDict_)));
  if (state.IsUnbound() || (IsDict(state) && state.As<Dict>()->size.Load() == 0)) state = kNone;
  const int64_t limit = Self(args)->limit.Load();
  Tuple* arguments = empty_tuple;
  if (limit >= 0) {
    const Value pair[] = {empty_tuple, Value::SmallInt(limit)};
    GILA_TRY(arguments, NewTuple(thread, pair));
  }
  GILA_TRY(const Value iterator, GetIter(thread, args[0]));
  const Value parts[] = {TypeOf(args[0]), arguments, state, iterator};
  return NewTuple(thread, parts);
}

Result<Value> Sizeof(Thread&, Args args) {
  const ValueArray* const store = Self(args)->store.Load();
  const size_t stored = store == nullptr ? 0 : heap::CellSize(store);
  return Value::SmallInt(static_cast<int64_t>(heap::CellSize(Self(args)) + stored));
}

Result<Value> GetLimit(Thread&, Value self) {
  const int64_t limit = AsDeque(self)->limit.Load();
  return limit < 0 ? kNone : Value::SmallInt(limit);
}

constexpr NativeDef kMethods[] = {
    {"__init__", DequeInit, "(self, iterable=(), maxlen=None)", "Fill the deque anew."},
    {"__len__", Len, "(self, /)", "Return len(self)."},
    {"__getitem__", GetItem, "(self, key, /)", "Return self[key]."},
    {"__setitem__", SetItem, "(self, key, value, /)", "Set self[key] to value."},
    {"__delitem__", DelItem, "(self, key, /)", "Delete self[key]."},
    {"__contains__", Contains, "(self, key, /)", "Return key in self."},
    {"__iter__", Iterate, "(self, /)", "Implement iter(self)."},
    {"__reversed__", Reversed, "(self, /)", "An iterator from the right end to the left."},
    {"__add__", Add, "(self, value, /)", "Return self+value."},
    {"__iadd__", IAdd, "(self, value, /)", "Implement self+=value."},
    {"__mul__", Mul, "(self, value, /)", "Return self*value."},
    {"__rmul__", Mul, "(self, value, /)", "Return value*self."},
    {"__imul__", IMul, "(self, value, /)", "Implement self*=value."},
    {"__lt__", Lt, "(self, value, /)", "Return self<value."},
    {"__le__", Le, "(self, value, /)", "Return self<=value."},
    {"__eq__", Eq, "(self, value, /)", "Return self==value."},
    {"__ne__", Ne, "(self, value, /)", "Return self!=value."},
    {"__gt__", Gt, "(self, value, /)", "Return self>value."},
    {"__ge__", Ge, "(self, value, /)", "Return self>=value."},
    {"__hash__", nullptr, nullptr, nullptr},
    {"__repr__", ReprMethod, "(self, /)", "Return repr(self)."},
    {"__reduce__", Reduce, "(self, /)", "Return state information for pickling."},
    {"__sizeof__", Sizeof, "(self, /)", "The bytes it takes."},
    {"__copy__", DequeCopy, "(self, /)", "A shallow copy."},
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, item, /)", "See PEP 585"},
    {"append", Append, "(self, item, /)", "Put an item in at the right end."},
    {"appendleft", AppendLeft, "(self, item, /)", "Put an item in at the left end."},
    {"clear", Clear, "(self, /)", "Take every item out."},
    {"copy", DequeCopy, "(self, /)", "A shallow copy."},
    {"count", Count, "(self, value, /)", "How many items are equal to value."},
    {"extend", Extend, "(self, iterable, /)", "Put items in at the right end, in order."},
    {"extendleft", ExtendLeft, "(self, iterable, /)",
     "Put items in at the left end, one after the other."},
    {"index", IndexOf, "@parsed(self, value, start=0, stop=9223372036854775807, /)",
     "The first position of value; ValueError when it is not there."},
    {"insert", Insert, "@parsed(self, index, item, /)", "Put an item in before a position."},
    {"pop", Pop, "(self, /)", "Take the rightmost item out and return it."},
    {"popleft", PopLeft, "(self, /)", "Take the leftmost item out and return it."},
    {"remove", Remove, "(self, value, /)",
     "Take the first occurrence of value out; ValueError when it is not there."},
    {"reverse", Reverse, "(self, /)", "Turn the order round in place."},
    {"rotate", Rotate, "(self, n=1, /)",
     "Move n items from the right end to the left one; negative n: the other way."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr GetSetDef kGetSets[] = {
    {"maxlen", GetLimit, nullptr, "how many items there may be, or None"},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

const TypeSpec kDequeSpec = {
    .doc =
        "A double-ended queue: items go in and out fast at both ends. With maxlen it keeps that "
        "many at most\nand drops from the other end.",
    .new_function = DequeNew,
    .new_signature = "(cls, *args, **kwargs)",
    .methods = kMethods,
    .getsets = kGetSets,
    .native_size = sizeof(Deque)};

}  // namespace gila

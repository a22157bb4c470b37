// iterators.cc: iterators over positions: lists both ways, tuples, strings, anything with
// __getitem__, long ranges; and iter(callable, sentinel). Their layouts are in iterators.h.
#include "runtime/types/iterators.h"

#include <algorithm>

#include "runtime/types/container_support.h"

namespace gila {
namespace {

constexpr Value kZero = Value::SmallInt(0), kOne = Value::SmallInt(1);

ListIterator* Position(Args args) { return static_cast<ListIterator*>(args[0].AsObject()); }

void TracePosition(Object* object, Marker& marker) {
  marker.Visit(static_cast<ListIterator*>(object)->sequence);
}
constexpr KindInfo kPositionKind = {"sequence iterator", TracePosition, nullptr};

Result<Value> ReturnSelf(Thread&, Args args) { return args[0]; }

constexpr char kIterDoc[] = "Implement iter(self).";
constexpr char kNextDoc[] = "Implement next(self).";
constexpr char kHintDoc[] = "Private method returning an estimate of len(list(it)).";
constexpr char kReduceDoc[] = "Return state information for pickling.";
constexpr char kSetStateDoc[] = "Set state information for unpickling.";

// How many items are left of `length` when the next one has this index.
Value Left(int64_t length, int64_t index) {
  return Value::SmallInt(std::max<int64_t>(0, length - index));
}

// The state that __setstate__ sets: an index, clipped.
Result<Value> SetPosition(Thread& thread, Args args, int64_t low, int64_t high) {
  GILA_TRY(const int64_t index, ToInt64(thread, args[1]));
  Position(args)->index.Store(std::clamp(index, low, high));
  return kNone;
}

Result<Value> ReducePosition(Thread& thread, Args args) {
  const ListIterator* const self = Position(args);
  const Value sequence = self->sequence.Load();
  if (sequence.IsUnbound()) return ReduceExhausted(thread);
  return ReduceIterator(thread, sequence, self->index.Load());
}

// --- list_iterator ---

Result<Value> ListIterNext(Thread& thread, Args args) {
  return NextResult(thread, ListIteratorStep(Position(args)));
}
Result<Value> ListIterHint(Thread&, Args args) {
  const Value list = Position(args)->sequence.Load();
  if (list.IsUnbound()) return kZero;
  return Left(list.As<List>()->size.Load(), Position(args)->index.Load());
}
Result<Value> ListIterSetState(Thread& thread, Args args) {
  const Value list = Position(args)->sequence.Load();
  return SetPosition(thread, args, 0, list.IsUnbound() ? 0 : list.As<List>()->size.Load());
}
constexpr NativeDef kListIteratorMethods[] = {
    {"__iter__", ReturnSelf, "(self, /)", kIterDoc},
    {"__next__", ListIterNext, "(self, /)", kNextDoc},
    {"__length_hint__", ListIterHint, "(self, /)", kHintDoc},
    {"__reduce__", ReducePosition, "(self, /)", kReduceDoc},
    {"__setstate__", ListIterSetState, "(self, state, /)", kSetStateDoc},
    {nullptr, nullptr, nullptr, nullptr}};

// --- list_reverseiterator ---

Result<Value> ListReverseNext(Thread& thread, Args args) {
  return NextResult(thread, ListReverseIteratorStep(Position(args)));
}
Result<Value> ListReverseHint(Thread&, Args args) {
  const Value list = Position(args)->sequence.Load();
  const int64_t left = Position(args)->index.Load() + 1;
  if (list.IsUnbound() || list.As<List>()->size.Load() < left) return kZero;
  return Value::SmallInt(left);
}
Result<Value> ListReverseReduce(Thread& thread, Args args) {
  const Value list = Position(args)->sequence.Load();
  if (list.IsUnbound() || Position(args)->index.Load() < 0) return ReduceExhausted(thread);
  GILA_TRY(const Value reversed, BuiltinFunction(thread, "reversed"));
  GILA_TRY(Tuple* const arguments, NewTuple(thread, std::span<const Value>(&list, 1)));
  const Value parts[] = {reversed, arguments, Value::SmallInt(Position(args)->index.Load())};
  return NewTuple(thread, parts);
}
Result<Value> ListReverseSetState(Thread& thread, Args args) {
  const Value list = Position(args)->sequence.Load();
  return SetPosition(thread, args, -1, list.IsUnbound() ? -1 : list.As<List>()->size.Load() - 1);
}
constexpr NativeDef kListReverseIteratorMethods[] = {
    {"__iter__", ReturnSelf, "(self, /)", kIterDoc},
    {"__next__", ListReverseNext, "(self, /)", kNextDoc},
    {"__length_hint__", ListReverseHint, "(self, /)", kHintDoc},
    {"__reduce__", ListReverseReduce, "(self, /)", kReduceDoc},
    {"__setstate__", ListReverseSetState, "(self, state, /)", kSetStateDoc},
    {nullptr, nullptr, nullptr, nullptr}};

// --- tuple_iterator ---

Result<Value> TupleIterNext(Thread& thread, Args args) {
  return NextResult(thread, TupleIteratorStep(Position(args)));
}
Result<Value> TupleIterHint(Thread&, Args args) {
  const Value tuple = Position(args)->sequence.Load();
  if (tuple.IsUnbound()) return kZero;
  return Left(tuple.As<Tuple>()->length, Position(args)->index.Load());
}
Result<Value> TupleIterSetState(Thread& thread, Args args) {
  const Value tuple = Position(args)->sequence.Load();
  return SetPosition(thread, args, 0, tuple.IsUnbound() ? 0 : tuple.As<Tuple>()->length);
}
constexpr NativeDef kTupleIteratorMethods[] = {
    {"__iter__", ReturnSelf, "(self, /)", kIterDoc},
    {"__next__", TupleIterNext, "(self, /)", kNextDoc},
    {"__length_hint__", TupleIterHint, "(self, /)", kHintDoc},
    {"__reduce__", ReducePosition, "(self, /)", kReduceDoc},
    {"__setstate__", TupleIterSetState, "(self, state, /)", kSetStateDoc},
    {nullptr, nullptr, nullptr, nullptr}};

// --- str_iterator ---

Result<Value> StrIterNext(Thread& thread, Args args) {
  return NextResult(thread, StrIteratorStep(thread, Position(args)));
}
Result<Value> StrIterHint(Thread&, Args args) {
  const Value text = Position(args)->sequence.Load();
  if (text.IsUnbound()) return kZero;
  return Left(text.As<Str>()->length, Position(args)->index.Load());
}
Result<Value> StrIterSetState(Thread& thread, Args args) {
  const Value text = Position(args)->sequence.Load();
  return SetPosition(thread, args, 0, text.IsUnbound() ? 0 : text.As<Str>()->length);
}
constexpr NativeDef kStrIteratorMethods[] = {
    {"__iter__", ReturnSelf, "(self, /)", kIterDoc},
    {"__next__", StrIterNext, "(self, /)", kNextDoc},
    {"__length_hint__", StrIterHint, "(self, /)", kHintDoc},
    {"__reduce__", ReducePosition, "(self, /)", kReduceDoc},
    {"__setstate__", StrIterSetState, "(self, state, /)", kSetStateDoc},
    {nullptr, nullptr, nullptr, nullptr}};

// --- iterator (the sequence protocol) ---

Result<Value> SequenceIterNext(Thread& thread, Args args) {
  return NextResult(thread, SequenceIteratorStep(thread, Position(args)));
}
Result<Value> SequenceIterHint(Thread& thread, Args args) {
  const Value sequence = Position(args)->sequence.Load();
  if (sequence.IsUnbound()) return kZero;
  if (LookupSpecial(thread, TypeOf(sequence), Special::kLen).IsUnbound()) return kNotImplemented;
  GILA_TRY(const int64_t length, Length(thread, sequence));
  return Left(length, Position(args)->index.Load());
}
Result<Value> SequenceIterSetState(Thread& thread, Args args) {
  return SetPosition(thread, args, 0, INT64_MAX);
}
constexpr NativeDef kSequenceIteratorMethods[] = {
    {"__iter__", ReturnSelf, "(self, /)", kIterDoc},
    {"__next__", SequenceIterNext, "(self, /)", kNextDoc},
    {"__length_hint__", SequenceIterHint, "(self, /)", kHintDoc},
    {"__reduce__", ReducePosition, "(self, /)", kReduceDoc},
    {"__setstate__", SequenceIterSetState, "(self, state, /)", kSetStateDoc},
    {nullptr, nullptr, nullptr, nullptr}};

// --- range_iterator and longrange_iterator ---

Result<Value> RangeIterNext(Thread& thread, Args args) {
  return NextResult(thread, RangeIteratorStep(args[0].As<RangeIterator>()));
}
Result<Value> RangeIterHint(Thread& thread, Args args) {
  return NewInt(thread, args[0].As<RangeIterator>()->left.Load());
}
Result<Value> ReduceNumbers(Thread& thread, Value start, Value step, Value left) {
  GILA_TRY(const Value distance, IntBinary(thread, BinaryOp::kMul, left, step));
  GILA_TRY(const Value stop, IntBinary(thread, BinaryOp::kAdd, start, distance));
  GILA_TRY(const Value range, NewRange(thread, start, stop, step));
  GILA_TRY(const Value iter, BuiltinFunction(thread, "iter"));
  GILA_TRY(Tuple* const arguments, NewTuple(thread, std::span<const Value>(&range, 1)));
  const Value parts[] = {iter, arguments, kNone};
  return NewTuple(thread, parts);
}
Result<Value> RangeIterReduce(Thread& thread, Args args) {
  const RangeIterator* const self = args[0].As<RangeIterator>();
  return ReduceNumbers(thread, Value::SmallInt(self->next.Load()), Value::SmallInt(self->step),
                       Value::SmallInt(self->left.Load()));
}
Result<Value> RangeIterSetState(Thread& thread, Args args) {
  RangeIterator* const self = args[0].As<RangeIterator>();
  if (args[1].IsNone()) return kNone;
  GILA_TRY(int64_t index, ToInt64(thread, args[1]));
  index = std::clamp<int64_t>(index, 0, self->left.Load());
  self->next.Store(self->next.Load() + index * self->step);
  self->left.Store(self->left.Load() - index);
  return kNone;
}
constexpr NativeDef kRangeIteratorMethods[] = {
    {"__iter__", ReturnSelf, "(self, /)", kIterDoc},
    {"__next__", RangeIterNext, "(self, /)", kNextDoc},
    {"__length_hint__", RangeIterHint, "(self, /)", kHintDoc},
    {"__reduce__", RangeIterReduce, "(self, /)", kReduceDoc},
    {"__setstate__", RangeIterSetState, "(self, state, /)", kSetStateDoc},
    {nullptr, nullptr, nullptr, nullptr}};

void TraceLongRange(Object* object, Marker& marker) {
  auto* const self = static_cast<LongRangeIterator*>(object);
  for (const Slot* slot : {&self->start, &self->step, &self->length, &self->index})
    marker.Visit(*slot);
}
constexpr KindInfo kLongRangeKind = {"longrange_iterator", TraceLongRange, nullptr};

Result<Value> LongRangeNext(Thread& thread, Args args) {
  return NextResult(thread, LongRangeIteratorStep(thread, args[0].As<LongRangeIterator>()));
}
Result<Value> LongRangeHint(Thread& thread, Args args) {
  const LongRangeIterator* const self = args[0].As<LongRangeIterator>();
  return IntBinary(thread, BinaryOp::kSub, self->length.Load(), self->index.Load());
}
Result<Value> LongRangeReduce(Thread& thread, Args args) {
  const LongRangeIterator* const self = args[0].As<LongRangeIterator>();
  const Value step = self->step.Load(), index = self->index.Load();
  GILA_TRY(const Value done, IntBinary(thread, BinaryOp::kMul, index, step));
  GILA_TRY(const Value next, IntBinary(thread, BinaryOp::kAdd, self->start.Load(), done));
  GILA_TRY(const Value left, IntBinary(thread, BinaryOp::kSub, self->length.Load(), index));
  return ReduceNumbers(thread, next, step, left);
}
Result<Value> LongRangeSetState(Thread& thread, Args args) {
  LongRangeIterator* const self = args[0].As<LongRangeIterator>();
  if (args[1].IsNone()) return kNone;
  GILA_TRY(Value index, Index(thread, args[1]));
  if (IntSign(index) < 0) index = kZero;
  if (IntCompare(CompareOp::kGt, index, self->length.Load())) index = self->length.Load();
  self->index.Store(self, index);
  return kNone;
}
constexpr NativeDef kLongRangeIteratorMethods[] = {
    {"__iter__", ReturnSelf, "(self, /)", kIterDoc},
    {"__next__", LongRangeNext, "(self, /)", kNextDoc},
    {"__length_hint__", LongRangeHint, "(self, /)", kHintDoc},
    {"__reduce__", LongRangeReduce, "(self, /)", kReduceDoc},
    {"__setstate__", LongRangeSetState, "(self, state, /)", kSetStateDoc},
    {nullptr, nullptr, nullptr, nullptr}};

// --- callable_iterator ---

void TraceCallable(Object* object, Marker& marker) {
  auto* const self = static_cast<CallableIterator*>(object);
  marker.Visit(self->callable);
  marker.Visit(self->sentinel);
}
constexpr KindInfo kCallableKind = {"callable_iterator", TraceCallable, nullptr};

Result<Value> CallableNext(Thread& thread, Args args) {
  return NextResult(thread, CallableIteratorStep(thread, args[0].As<CallableIterator>()));
}
Result<Value> CallableReduce(Thread& thread, Args args) {
  const CallableIterator* const self = args[0].As<CallableIterator>();
  const Value callable = self->callable.Load(), sentinel = self->sentinel.Load();
  if (callable.IsUnbound()) return ReduceExhausted(thread);
  GILA_TRY(const Value iter, BuiltinFunction(thread, "iter"));
  const Value pair[] = {callable, sentinel};
  GILA_TRY(Tuple* const arguments, NewTuple(thread, pair));
  const Value parts[] = {iter, arguments};
  return NewTuple(thread, parts);
}
constexpr NativeDef kCallableIteratorMethods[] = {
    {"__iter__", ReturnSelf, "(self, /)", kIterDoc},
    {"__next__", CallableNext, "(self, /)", kNextDoc},
    {"__reduce__", CallableReduce, "(self, /)", kReduceDoc},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

extern const TypeSpec kListIteratorSpec, kListReverseIteratorSpec, kTupleIteratorSpec,
    kStrIteratorSpec, kSequenceIteratorSpec, kRangeIteratorSpec, kLongRangeIteratorSpec,
    kCallableIteratorSpec;
const TypeSpec kListIteratorSpec = {.methods = kListIteratorMethods,
                                    .native_size = sizeof(ListIterator),
                                    .kind_info = &kPositionKind};
const TypeSpec kListReverseIteratorSpec = {.methods = kListReverseIteratorMethods,
                                           .native_size = sizeof(ListIterator),
                                           .kind_info = &kPositionKind};
const TypeSpec kTupleIteratorSpec = {.methods = kTupleIteratorMethods,
                                     .native_size = sizeof(ListIterator),
                                     .kind_info = &kPositionKind};
const TypeSpec kStrIteratorSpec = {.methods = kStrIteratorMethods,
                                   .native_size = sizeof(ListIterator),
                                   .kind_info = &kPositionKind};
const TypeSpec kSequenceIteratorSpec = {.methods = kSequenceIteratorMethods,
                                        .native_size = sizeof(ListIterator),
                                        .kind_info = &kPositionKind};
const TypeSpec kRangeIteratorSpec = {.methods = kRangeIteratorMethods,
                                     .native_size = sizeof(RangeIterator)};
const TypeSpec kLongRangeIteratorSpec = {.methods = kLongRangeIteratorMethods,
                                         .native_size = sizeof(LongRangeIterator),
                                         .kind_info = &kLongRangeKind};
const TypeSpec kCallableIteratorSpec = {.methods = kCallableIteratorMethods,
                                        .native_size = sizeof(CallableIterator),
                                        .kind_info = &kCallableKind};

Result<Value> NewSequenceIterator(Thread& thread, TypeId type, Value sequence, int64_t index) {
  Object* const object =
      heap::Allocate(thread, sizeof(ListIterator), KindOf(type), ShapeIdOf(type));
  if (object == nullptr) return kFailed;
  auto* const iterator = static_cast<ListIterator*>(object);
  iterator->sequence.Init(sequence);
  iterator->index.StoreRelaxed(index);
  OwnFreshIterator(iterator);
  return object;
}

Result<Value> NewCallableIterator(Thread& thread, Value callable, Value sentinel) {
  GILA_TRY(CallableIterator* const iterator,
           Allocate<CallableIterator>(thread, TypeId::kCallableIterator));
  iterator->callable.Init(callable);
  iterator->sentinel.Init(sentinel);
  return iterator;
}

Value ListReverseIteratorStep(ListIterator* iterator) {
  const IteratorTurn turn(iterator);
  const Value sequence = iterator->sequence.Load();
  if (sequence.IsUnbound()) return kUnbound;
  const int64_t index = iterator->index.LoadRelaxed();
  const Value item = ListAt(sequence.As<List>(), index);
  if (item.IsUnbound()) {
    iterator->index.StoreRelaxed(-1);
    iterator->sequence.Store(iterator, kUnbound);
    return kUnbound;
  }
  iterator->index.StoreRelaxed(index - 1);
  return item;
}

Result<Value> StrIteratorStep(Thread& thread, ListIterator* iterator) {
  const IteratorTurn turn(iterator);
  const Value sequence = iterator->sequence.Load();
  if (sequence.IsUnbound()) return kUnbound;
  const Str* const text = sequence.As<Str>();
  const int64_t index = iterator->index.LoadRelaxed();
  if (index >= text->length) {
    iterator->sequence.Store(iterator, kUnbound);
    return kUnbound;
  }
  iterator->index.StoreRelaxed(index + 1);
  Str* const character = StrItem(thread, text, index);
  if (character == nullptr) return kFailed;
  return character;
}

Result<Value> SequenceIteratorStep(Thread& thread, ListIterator* iterator) {
  const Value sequence = iterator->sequence.Load();
  if (sequence.IsUnbound()) return kUnbound;
  int64_t index;
  bool taken;
  {
    // A thread that shares the iterator goes on at the next index, whatever __getitem__ does.
    const IteratorTurn turn(iterator);
    index = iterator->index.LoadRelaxed();
    if (index == INT64_MAX) return thread.Raise(TypeId::kOverflowError, "iter index too large");
    taken = turn.locked();
    if (taken) iterator->index.StoreRelaxed(index + 1);
  }
  GILA_TRY(const Value number, NewInt(thread, index));
  const Result<Value> item = GetItem(thread, sequence, number);
  if (item.ok()) {
    if (!taken) iterator->index.StoreRelaxed(index + 1);
    return item;
  }
  if (!thread.ExceptionMatches(TypeId::kIndexError) &&
      !thread.ExceptionMatches(TypeId::kStopIteration))
    return kFailed;
  thread.ClearException();
  iterator->sequence.Store(iterator, kUnbound);
  return kUnbound;
}

Result<Value> LongRangeIteratorStep(Thread& thread, LongRangeIterator* iterator) {
  const IteratorTurn turn(iterator);
  const Value index = iterator->index.Load();
  if (!IntCompare(CompareOp::kLt, index, iterator->length.Load())) return kUnbound;
  GILA_TRY(const Value next, IntBinary(thread, BinaryOp::kAdd, index, kOne));
  iterator->index.Store(iterator, next);
  GILA_TRY(const Value distance, IntBinary(thread, BinaryOp::kMul, index, iterator->step.Load()));
  return IntBinary(thread, BinaryOp::kAdd, iterator->start.Load(), distance);
}

Result<Value> CallableIteratorStep(Thread& thread, CallableIterator* iterator) {
  const Value callable = iterator->callable.Load();
  if (callable.IsUnbound()) return kUnbound;
  const Result<Value> item = Call(thread, callable, {});
  if (!item.ok()) {
    if (!thread.ExceptionMatches(TypeId::kStopIteration)) return kFailed;
    thread.ClearException();
    iterator->callable.Store(iterator, kUnbound);
    return kUnbound;
  }
  GILA_TRY(const bool ends, Equal(thread, iterator->sentinel.Load(), item.value()));
  if (!ends) return item;
  iterator->callable.Store(iterator, kUnbound);
  iterator->sentinel.Store(iterator, kUnbound);
  return kUnbound;
}

}  // namespace gila

// bytes_iterators.cc: see bytes_iterators.h. Two threads that share an iterator may see an item
// twice, never a wrong one.
#include "runtime/types/bytes_iterators.h"

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/protocols/native_iterator.h"
#include "runtime/types/bytes.h"
#include "runtime/types/container_support.h"
#include "runtime/types/iterators.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/sequence.h"

namespace gila {

namespace {

ListIterator* AsIterator(Value v) { return static_cast<ListIterator*>(v.AsObject()); }

int64_t SequenceLength(Value sequence) {
  switch (sequence.AsObject()->kind) {
    case kKindBytes:
      return sequence.As<Bytes>()->size;
    case kKindByteArray:
      return sequence.As<ByteArray>()->size.Load();
    default:
      return MemoryViewLength(sequence.As<MemoryView>());
  }
}

// Item `index`, or unbound when there is none.
Result<Value> ItemAt(Thread& thread, Value sequence, int64_t index) {
  switch (sequence.AsObject()->kind) {
    case kKindBytes: {
      const Bytes* const bytes = sequence.As<Bytes>();
      if (index >= bytes->size) return kUnbound;
      return Value::SmallInt(bytes->data[index]);
    }
    case kKindByteArray:
      return ByteArrayAt(sequence.As<ByteArray>(), index);
    default:
      return MemoryViewAt(thread, sequence.As<MemoryView>(), index);
  }
}

}  // namespace

Result<Value> BytesIteratorStep(Thread& thread, ListIterator* iterator) {
  const IteratorTurn turn(iterator, [iterator] { return iterator->Is(kKindBytesIterator); });
  const Value sequence = iterator->sequence.Load();
  if (sequence.IsUnbound()) return kUnbound;
  const int64_t index = iterator->index.LoadRelaxed();
  GILA_TRY(const Value item, ItemAt(thread, sequence, index));
  if (item.IsUnbound()) {
    iterator->sequence.Store(iterator, kUnbound);
  } else {
    iterator->index.StoreRelaxed(index + 1);
  }
  return item;
}

namespace {

void TraceIterator(Object* object, Marker& marker) {
  marker.Visit(static_cast<ListIterator*>(object)->sequence);
}

Result<Value> IteratorSelf(Thread&, Args args) { return args[0]; }

Result<Value> IteratorNext(Thread& thread, Args args) {
  GILA_TRY(const Value item, BytesIteratorStep(thread, AsIterator(args[0])));
  if (item.IsUnbound()) return thread.RaiseObject(GetType(TypeId::kStopIteration));
  return item;
}

Result<Value> IteratorLengthHint(Thread&, Args args) {
  const ListIterator* const iterator = AsIterator(args[0]);
  const Value sequence = iterator->sequence.Load();
  if (sequence.IsUnbound()) return Value::SmallInt(0);
  const int64_t left = SequenceLength(sequence) - iterator->index.LoadRelaxed();
  return Value::SmallInt(left > 0 ? left : 0);
}

Result<Value> IteratorSetState(Thread& thread, Args args) {
  ListIterator* const iterator = AsIterator(args[0]);
  GILA_TRY(const int64_t index, ToInt64(thread, args[1]));
  iterator->index.StoreRelaxed(index < 0 ? 0 : index);
  return kNone;
}

Result<Value> IteratorReduce(Thread& thread, Args args) {
  const ListIterator* const iterator = AsIterator(args[0]);
  const Value sequence = iterator->sequence.Load();
  if (sequence.IsUnbound()) return ReduceExhausted(thread);
  return ReduceIterator(thread, sequence, iterator->index.Load());
}

constexpr NativeDef kIteratorMethods[] = {
    {"__iter__", IteratorSelf, "(self, /)", "Implement iter(self)."},
    {"__next__", IteratorNext, "(self, /)", "Implement next(self)."},
    {"__length_hint__", IteratorLengthHint, "(self, /)", "How many items are left."},
    {"__reduce__", IteratorReduce, "(self, /)", "Return state information for pickling."},
    {"__setstate__", IteratorSetState, "(self, state, /)", "Go on at this index."},
    {}};

constexpr KindInfo kIteratorKind = {"bytes iterator", TraceIterator, nullptr};

constexpr TypeSpec IteratorSpec() {
  TypeSpec spec;
  spec.methods = kIteratorMethods;
  spec.native_size = sizeof(ListIterator);
  spec.kind_info = &kIteratorKind;
  return spec;
}

}  // namespace

extern const TypeSpec kBytesIteratorSpec, kByteArrayIteratorSpec, kMemoryIteratorSpec;
const TypeSpec kBytesIteratorSpec = IteratorSpec();
const TypeSpec kByteArrayIteratorSpec = IteratorSpec();
const TypeSpec kMemoryIteratorSpec = IteratorSpec();

Result<Value> NewBytesIterator(Thread& thread, Value sequence) {
  switch (sequence.AsObject()->kind) {
    case kKindBytes:
      return NewSequenceIterator(thread, TypeId::kBytesIterator, sequence);
    case kKindByteArray:
      return NewSequenceIterator(thread, TypeId::kByteArrayIterator, sequence);
    default:
      return NewSequenceIterator(thread, TypeId::kMemoryIterator, sequence);
  }
}

}  // namespace gila

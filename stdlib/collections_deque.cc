// collections_deque.cc: the ring behind deque, and its two iterators. The methods of the type are
// in collections_deque_methods.cc.
#include <algorithm>

#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/protocols/native_iterator.h"
#include "runtime/types/container_support.h"
#include "runtime/types/snapshot.h"
#include "stdlib/collections_internal.h"

namespace gila {

Type* deque_type = nullptr;
uint8_t deque_kind = 0;

bool IsDeque(Value v) { return IsKind(v, static_cast<Kind>(deque_kind)); }

Result<Deque*> NewDequeOf(Thread& thread, Type* type) {
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  auto* const deque = static_cast<Deque*>(object);
  deque->limit.StoreRelaxed(-1);
  return deque;
}

namespace {

constexpr int64_t kFirstCapacity = 8;

Slot& PlaceUnlocked(Deque* deque, int64_t index) {
  ValueArray* const store = deque->store.Load();
  return store->items[(deque->head.LoadRelaxed() + index) & (store->length - 1)];
}

// Makes room for one more; the caller holds the lock.
Status GrowUnlocked(Thread& thread, Deque* deque) {
  const ValueArray* const old = deque->store.Load();
  const int64_t size = deque->size.LoadRelaxed();
  if (old != nullptr && size < old->length) return kOk;
  GILA_TRY(ValueArray* const store,
           NewValueArray(thread, old == nullptr ? kFirstCapacity : 2 * old->length));
  for (int64_t i = 0; i < size; ++i) store->items[i].Init(PlaceUnlocked(deque, i).Load());
  deque->store.Store(deque, store);
  deque->head.StoreRelaxed(0);
  return kOk;
}

Value RemoveEndUnlocked(Deque* deque, bool left) {
  const int64_t size = deque->size.LoadRelaxed();
  ValueArray* const store = deque->store.Load();
  Slot& place = PlaceUnlocked(deque, left ? 0 : size - 1);
  const Value item = place.Load();
  place.Store(store, kUnbound);
  if (left) deque->head.StoreRelaxed((deque->head.LoadRelaxed() + 1) & (store->length - 1));
  deque->size.StoreRelaxed(size - 1);
  deque->changes.AddUnshared(1);
  return item;
}

// --- iterators ---

struct DequeIterator : Object {
  PointerSlot<Deque> deque;
  Atomic<int64_t> index;    // of the next item, from the end the walk begins at
  Atomic<int64_t> changes;  // of the deque when the walk began
  Atomic<int64_t> left;
};
Type* iterator_type = nullptr;
Type* reverse_iterator_type = nullptr;

void TraceIterator(Object* object, Marker& marker) {
  marker.Visit(static_cast<DequeIterator*>(object)->deque);
}
constexpr KindInfo kIteratorKind = {"_deque_iterator", TraceIterator, nullptr};

DequeIterator* Iterator(Args args) { return static_cast<DequeIterator*>(args[0].AsObject()); }

Result<Value> NewDequeIterator(Thread& thread, Type* type, Deque* deque, int64_t index) {
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  auto* const iterator = static_cast<DequeIterator*>(object);
  iterator->deque.Store(iterator, deque);
  const ByteLockGuard guard(deque->lock);
  const int64_t size = deque->size.LoadRelaxed();
  index = std::clamp<int64_t>(index, 0, size);
  iterator->index.StoreRelaxed(index);
  iterator->changes.StoreRelaxed(deque->changes.LoadRelaxed());
  iterator->left.StoreRelaxed(size - index);
  return iterator;
}

// deque_iterator(deque, index=0), for copies of iterators.
Result<Value> IteratorNew(Thread& thread, Args args) {
  if (!IsDeque(args[1])) {
    return thread.RaiseTypeError("argument 1 must be collections.deque, not %s",
                                 TypeNameText(args[1]).c_str());
  }
  int64_t index = 0;
  if (args.Has(2)) {
    GILA_TRY(index, ToInt64(thread, args[2]));
  }
  return NewDequeIterator(thread, args[0].As<Type>(), static_cast<Deque*>(args[1].AsObject()),
                          index);
}

Result<Value> DequeIteratorStep(Thread& thread, Object* iterator) {
  auto* const self = static_cast<DequeIterator*>(iterator);
  Deque* const deque = self->deque.Load();
  const bool backwards = TypeOf(self) == reverse_iterator_type;
  Value item = kUnbound;
  bool changed;
  {
    const ByteLockGuard guard(deque->lock);
    changed = deque->changes.LoadRelaxed() != self->changes.LoadRelaxed();
    const int64_t index = self->index.LoadRelaxed(), size = deque->size.LoadRelaxed();
    if (!changed && self->left.LoadRelaxed() > 0 && index < size) {
      item = PlaceUnlocked(deque, backwards ? size - 1 - index : index).Load();
      self->index.StoreRelaxed(index + 1);
      self->left.StoreRelaxed(size - index - 1);
    }
  }
  if (changed) {
    self->left.StoreRelaxed(0);
    return thread.Raise(TypeId::kRuntimeError, "deque mutated during iteration");
  }
  return item;
}

Result<Value> IteratorHint(Thread&, Args args) {
  return Value::SmallInt(Iterator(args)->left.Load());
}

Result<Value> IteratorReduce(Thread& thread, Args args) {
  const DequeIterator* const self = Iterator(args);
  const Value inner[] = {self->deque.Load(), Value::SmallInt(self->index.Load())};
  GILA_TRY(Tuple* const arguments, NewTuple(thread, inner));
  const Value parts[] = {TypeOf(args[0]), arguments};
  return NewTuple(thread, parts);
}

constexpr NativeDef kIteratorMethods[] = {
    GILA_NATIVE_ITERATOR_METHODS,
    {"__length_hint__", IteratorHint, "(self, /)", "How many items are left."},
    {"__reduce__", IteratorReduce, "(self, /)", "Return state information for pickling."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kIteratorSpec = {.new_function = IteratorNew,
                                    .new_signature = "(cls, deque, index=0, /)",
                                    .methods = kIteratorMethods,
                                    .native_size = sizeof(DequeIterator),
                                    .kind_info = &kIteratorKind};

void TraceDeque(Object* object, Marker& marker) {
  marker.Visit(static_cast<Deque*>(object)->store);
}
constexpr KindInfo kDequeKind = {"deque", TraceDeque, nullptr};

}  // namespace

Result<Value> DequeIterate(Thread& thread, Deque* deque, bool backwards) {
  return NewDequeIterator(thread, backwards ? reverse_iterator_type : iterator_type, deque, 0);
}

Status DequeAppend(Thread& thread, Deque* deque, Value item, bool left) {
  const ByteLockGuard guard(deque->lock);
  const int64_t limit = deque->limit.LoadRelaxed();
  if (limit == 0) return kOk;
  if (deque->size.LoadRelaxed() == limit) RemoveEndUnlocked(deque, !left);
  GILA_TRY_VOID(GrowUnlocked(thread, deque));
  ValueArray* const store = deque->store.Load();
  const int64_t size = deque->size.LoadRelaxed();
  if (left) {
    deque->head.StoreRelaxed((deque->head.LoadRelaxed() - 1) & (store->length - 1));
    PlaceUnlocked(deque, 0).Store(store, item);
  } else {
    PlaceUnlocked(deque, size).Store(store, item);
  }
  deque->size.StoreRelaxed(size + 1);
  deque->changes.AddUnshared(1);
  return kOk;
}

Status DequeExtend(Thread& thread, Deque* deque, Value iterable, bool left) {
  if (iterable == Value(deque)) {
    GILA_TRY(iterable, ToTuple(thread, iterable));
  }
  return ForEach(thread, iterable, [&](Value item) -> Status {
    GILA_TRY_VOID(thread.CheckBreaker());
    return DequeAppend(thread, deque, item, left);
  });
}

Result<Value> DequePop(Thread& thread, Deque* deque, bool left) {
  const ByteLockGuard guard(deque->lock);
  if (deque->size.LoadRelaxed() == 0)
    return thread.Raise(TypeId::kIndexError, "pop from an empty deque");
  return RemoveEndUnlocked(deque, left);
}

Value DequeTakeFirst(Deque* deque) {
  const ByteLockGuard guard(deque->lock);
  return deque->size.LoadRelaxed() == 0 ? kUnbound : RemoveEndUnlocked(deque, true);
}

Value DequeAt(Deque* deque, int64_t index) {
  const ByteLockGuard guard(deque->lock);
  const int64_t size = deque->size.LoadRelaxed();
  if (index < 0 || index >= size) return kUnbound;
  return PlaceUnlocked(deque, index).Load();
}

bool DequeStore(Deque* deque, int64_t index, Value item) {
  const ByteLockGuard guard(deque->lock);
  if (index < 0 || index >= deque->size.LoadRelaxed()) return false;
  PlaceUnlocked(deque, index).Store(deque->store.Load(), item);
  return true;
}

bool DequeErase(Deque* deque, int64_t index, Value expected) {
  const ByteLockGuard guard(deque->lock);
  const int64_t size = deque->size.LoadRelaxed();
  if (index < 0 || index >= size) return false;
  if (!expected.IsUnbound() && PlaceUnlocked(deque, index).Load() != expected) return false;
  ValueArray* const store = deque->store.Load();
  // The shorter side moves.
  const bool left = index < size / 2;
  if (left) {
    for (int64_t i = index; i > 0; --i)
      PlaceUnlocked(deque, i).Store(store, PlaceUnlocked(deque, i - 1).Load());
  } else {
    for (int64_t i = index; i < size - 1; ++i)
      PlaceUnlocked(deque, i).Store(store, PlaceUnlocked(deque, i + 1).Load());
  }
  RemoveEndUnlocked(deque, left);
  return true;
}

Status DequeInsert(Thread& thread, Deque* deque, int64_t index, Value item) {
  {
    const ByteLockGuard guard(deque->lock);
    const int64_t size = deque->size.LoadRelaxed();
    if (deque->limit.LoadRelaxed() == size)
      return thread.Raise(TypeId::kIndexError, "deque already at its maximum size");
    if (index < 0) index = std::max<int64_t>(0, index + size);
    if (index < size) {
      GILA_TRY_VOID(GrowUnlocked(thread, deque));
      ValueArray* const store = deque->store.Load();
      for (int64_t i = size; i > index; --i)
        PlaceUnlocked(deque, i).Store(store, PlaceUnlocked(deque, i - 1).Load());
      PlaceUnlocked(deque, index).Store(store, item);
      deque->size.StoreRelaxed(size + 1);
      deque->changes.AddUnshared(1);
      return kOk;
    }
  }
  return DequeAppend(thread, deque, item, false);
}

void DequeRotate(Deque* deque, int64_t steps) {
  const ByteLockGuard guard(deque->lock);
  const int64_t size = deque->size.LoadRelaxed();
  if (size < 2) return;
  steps %= size;
  if (steps < 0) steps += size;
  if (steps == 0) return;
  ValueArray* const store = deque->store.Load();
  const int64_t mask = store->length - 1;
  // Item by item round the ring, the shorter way.
  const bool right = steps <= size / 2;
  for (int64_t i = right ? steps : size - steps; i > 0; --i) {
    const int64_t head = deque->head.LoadRelaxed();
    const int64_t from = right ? head + size - 1 : head, to = right ? head - 1 : head + size;
    const Value item = store->items[from & mask].Load();
    store->items[from & mask].Store(store, kUnbound);
    store->items[to & mask].Store(store, item);
    deque->head.StoreRelaxed((right ? head - 1 : head + 1) & mask);
  }
  deque->changes.AddUnshared(1);
}

void DequeReverse(Deque* deque) {
  const ByteLockGuard guard(deque->lock);
  ValueArray* const store = deque->store.Load();
  for (int64_t low = 0, high = deque->size.LoadRelaxed() - 1; low < high; ++low, --high) {
    const Value first = PlaceUnlocked(deque, low).Load();
    PlaceUnlocked(deque, low).Store(store, PlaceUnlocked(deque, high).Load());
    PlaceUnlocked(deque, high).Store(store, first);
  }
  deque->changes.AddUnshared(1);
}

void DequeClear(Deque* deque) {
  const ByteLockGuard guard(deque->lock);
  deque->size.StoreRelaxed(0);
  deque->head.StoreRelaxed(0);
  deque->store.Store(deque, nullptr);
  deque->changes.AddUnshared(1);
}

Result<Tuple*> DequeItems(Thread& thread, Deque* deque) {
  const ByteLockGuard guard(deque->lock);
  const int64_t size = deque->size.LoadRelaxed();
  GILA_TRY(Tuple* const items, NewTuple(thread, size));
  for (int64_t i = 0; i < size; ++i) items->items[i].Init(PlaceUnlocked(deque, i).Load());
  return items;
}

Result<Value> SnapshotDeque(Thread& thread, Value iterable) {
  if (TypeOf(iterable) != deque_type) return kUnbound;
  GILA_TRY(Tuple* const items, DequeItems(thread, iterable.As<Deque>()));
  return items;
}

Status AddDequeTypes(Thread& thread, Module* module) {
  deque_kind = RegisterKind(kDequeKind);
  GILA_TRY(deque_type, AddType(thread, module, kDequeSpec, "collections.deque", deque_kind,
                               sizeof(Deque), kBasetype | kHasWeakref | kMatchSequence));
  const uint8_t kind = RegisterKind(kIteratorKind);
  native_iterator_steps[kind] = DequeIteratorStep;
  GILA_TRY(iterator_type, AddType(thread, module, kIteratorSpec, "_collections._deque_iterator",
                                  kind, sizeof(DequeIterator), kPlain));
  GILA_TRY(reverse_iterator_type,
           AddType(thread, module, kIteratorSpec, "_collections._deque_reverse_iterator", kind,
                   sizeof(DequeIterator), kPlain));
  return kOk;
}

}  // namespace gila

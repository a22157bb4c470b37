// iterators.h: the layouts of the built-in iterators, and one step of each. A step returns the next
// item or unbound at the end; it raises no StopIteration, so for loops and consumers pay nothing
// for one. Threads may share an iterator, iterator_owner.h says how.
#ifndef GILA_RUNTIME_TYPES_ITERATORS_H_
#define GILA_RUNTIME_TYPES_ITERATORS_H_

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/types/dict.h"
#include "runtime/types/iterator_owner.h"
#include "runtime/types/sequence.h"

namespace gila {

// A range whose numbers do not all fit a small int: start + index * step.
struct LongRangeIterator : Object {
  static constexpr Kind kKind = kKindLongRangeIterator;
  Slot start, step, length, index;
};
// d.keys(), d.values(), d.items(): three kinds.
struct DictView : Object {
  PointerSlot<Dict> dict;
};
// Keys, values or items of a dict, forwards or backwards (six kinds).
struct DictIterator : Object {
  static constexpr Kind kKind = kKindDictKeyIterator;
  PointerSlot<Dict> dict;  // null when exhausted
  Atomic<int64_t> position;
  Atomic<int64_t> size;  // of the dict when the iteration began; -1 once it was found changed
  Atomic<int64_t> left;
};
struct SetIterator : Object {
  static constexpr Kind kKind = kKindSetIterator;
  PointerSlot<Set> set;  // null when exhausted
  Atomic<int64_t> position;
  Atomic<int64_t> size;
  Atomic<int64_t> left;
};
// iter(callable, sentinel)
struct CallableIterator : Object {
  static constexpr Kind kKind = kKindCallableIterator;
  Slot callable;  // unbound when exhausted
  Slot sentinel;
};
struct Enumerate : Object {
  static constexpr Kind kKind = kKindEnumerate;
  Slot iterator;
  Slot count;  // next number, an int of any size
};
struct Zip : Object {
  static constexpr Kind kKind = kKindZip;
  PointerSlot<Tuple> iterators;
  Atomic<uint8_t> strict;
};
struct Map : Object {
  static constexpr Kind kKind = kKindMap;
  Slot function;
  PointerSlot<Tuple> iterators;
};
struct Filter : Object {
  static constexpr Kind kKind = kKindFilter;
  Slot function;
  Slot iterator;
};
// reversed(sequence): __len__ and __getitem__.
struct Reversed : Object {
  static constexpr Kind kKind = kKindReversed;
  Slot sequence;  // unbound when exhausted
  Atomic<int64_t> index;
};

// The layout that belongs to a built-in type: kinds are numbered as types are.
constexpr uint8_t KindOf(TypeId type) { return static_cast<uint8_t>(static_cast<int>(type) + 1); }
static_assert(KindOf(TypeId::kReversed) == kKindReversed);

// A ListIterator of one of its kinds (list, reversed list, tuple, str, bytes, plain sequence).
Result<Value> NewSequenceIterator(Thread& thread, TypeId type, Value sequence,
                                  int64_t index = 0) GILA_ATTACHED;
Result<Value> NewDictIterator(Thread& thread, TypeId type, Dict* dict) GILA_ATTACHED;
// The type of the iterator of a view.
inline TypeId DictIteratorType(const DictView* view) {
  if (view->Is(kKindDictKeys)) return TypeId::kDictKeyIterator;
  return view->Is(kKindDictValues) ? TypeId::kDictValueIterator : TypeId::kDictItemIterator;
}
Result<Value> NewSetIterator(Thread& thread, Set* set) GILA_ATTACHED;
// iter(callable, sentinel)
Result<Value> NewCallableIterator(Thread& thread, Value callable, Value sentinel) GILA_ATTACHED;

// The inline ones: the interpreter's for loop uses them too.
GILA_ALWAYS_INLINE Value ListIteratorStep(ListIterator* iterator) GILA_ATTACHED {
  const IteratorTurn turn(iterator);
  const Value sequence = iterator->sequence.Load();
  if (sequence.IsUnbound()) return kUnbound;
  const int64_t index = iterator->index.LoadRelaxed();
  const Value item = ListAt(sequence.As<List>(), index);
  if (GILA_UNLIKELY(item.IsUnbound()))
    iterator->sequence.Store(iterator, kUnbound);
  else
    iterator->index.StoreRelaxed(index + 1);
  return item;
}
GILA_ALWAYS_INLINE Value TupleIteratorStep(ListIterator* iterator) GILA_ATTACHED {
  const IteratorTurn turn(iterator);
  const Value sequence = iterator->sequence.Load();
  if (sequence.IsUnbound()) return kUnbound;
  const int64_t index = iterator->index.LoadRelaxed();
  const Tuple* const tuple = sequence.As<Tuple>();
  if (GILA_UNLIKELY(index >= tuple->length)) {
    iterator->sequence.Store(iterator, kUnbound);
    return kUnbound;
  }
  iterator->index.StoreRelaxed(index + 1);
  return tuple->At(index);
}
GILA_ALWAYS_INLINE Value RangeIteratorStep(RangeIterator* iterator) GILA_ATTACHED {
  const IteratorTurn turn(iterator);
  const int64_t left = iterator->left.LoadRelaxed();
  if (GILA_UNLIKELY(left <= 0)) return kUnbound;
  const int64_t next = iterator->next.LoadRelaxed();
  iterator->left.StoreRelaxed(left - 1);
  iterator->next.StoreRelaxed(next + iterator->step);
  return Value::SmallInt(next);
}

Value ListReverseIteratorStep(ListIterator* iterator) GILA_ATTACHED;
Result<Value> StrIteratorStep(Thread& thread, ListIterator* iterator) GILA_ATTACHED;
Result<Value> SequenceIteratorStep(Thread& thread, ListIterator* iterator) GILA_ATTACHED;
Result<Value> LongRangeIteratorStep(Thread& thread, LongRangeIterator* iterator) GILA_ATTACHED;
// Any of the six dict iterators. RuntimeError "dictionary changed size during iteration".
Result<Value> DictIteratorStep(Thread& thread, DictIterator* iterator) GILA_ATTACHED;
Result<Value> SetIteratorStep(Thread& thread, SetIterator* iterator) GILA_ATTACHED;
Result<Value> CallableIteratorStep(Thread& thread, CallableIterator* iterator) GILA_ATTACHED;
Result<Value> EnumerateStep(Thread& thread, Enumerate* enumerate) GILA_ATTACHED;
Result<Value> ZipStep(Thread& thread, Zip* zip) GILA_ATTACHED;
// The same for iterators of pairs, the two items apart and no tuple made: false at the end. The zip
// has two iterators and is not strict; the dict iterator walks items.
Result<bool> EnumeratePair(Thread& thread, Enumerate* enumerate, Value* pair) GILA_ATTACHED;
Result<bool> ZipPair(Thread& thread, Zip* zip, Value* pair) GILA_ATTACHED;
Result<bool> DictIteratorPair(Thread& thread, DictIterator* iterator, Value* pair) GILA_ATTACHED;
Result<Value> MapStep(Thread& thread, Map* map) GILA_ATTACHED;
Result<Value> FilterStep(Thread& thread, Filter* filter) GILA_ATTACHED;
Result<Value> ReversedStep(Thread& thread, Reversed* reversed) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_ITERATORS_H_

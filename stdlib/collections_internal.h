// collections_internal.h: the files of the native module _collections.
#ifndef GILA_STDLIB_COLLECTIONS_INTERNAL_H_
#define GILA_STDLIB_COLLECTIONS_INTERNAL_H_

#include "runtime/native.h"
#include "runtime/types/sequence.h"

namespace gila {

// A double-ended queue: a ring of slots. Everything about it is read and written under its lock.
struct Deque : Object {
  PointerSlot<ValueArray> store;  // its length is a power of two; null while nothing was put in
  Atomic<int64_t> head;           // the place of the first item
  Atomic<int64_t> size;
  Atomic<int64_t> limit;    // maxlen; -1: none
  Atomic<int64_t> changes;  // counts what makes an iteration fail
};

extern Type* deque_type;
bool IsDeque(Value v);

// The operations under the type's methods (collections_deque.cc).
Result<Deque*> NewDequeOf(Thread& thread, Type* type) GILA_ATTACHED;
Status DequeAppend(Thread& thread, Deque* deque, Value item, bool left) GILA_ATTACHED;
Status DequeExtend(Thread& thread, Deque* deque, Value iterable, bool left) GILA_ATTACHED;
// IndexError "pop from an empty deque".
Result<Value> DequePop(Thread& thread, Deque* deque, bool left) GILA_ATTACHED;
// The first item, taken out; unbound when there is none.
Value DequeTakeFirst(Deque* deque);
// IndexError "deque already at its maximum size".
Status DequeInsert(Thread& thread, Deque* deque, int64_t index, Value item) GILA_ATTACHED;
void DequeRotate(Deque* deque, int64_t steps);
void DequeReverse(Deque* deque);
void DequeClear(Deque* deque);
Result<Value> DequeIterate(Thread& thread, Deque* deque, bool backwards) GILA_ATTACHED;
// False when there is no such position; when `expected` is bound, also when something else is
// there.
bool DequeStore(Deque* deque, int64_t index, Value item);
bool DequeErase(Deque* deque, int64_t index, Value expected);
// Item `index` counted from the front, or unbound.
Value DequeAt(Deque* deque, int64_t index);
// The items at one moment.
Result<Tuple*> DequeItems(Thread& thread, Deque* deque) GILA_ATTACHED;

// What a deque, and an OrderedDict or a view of one, hold at one moment; unbound for anything else,
// and for subclasses, which may iterate in their own way.
Result<Value> SnapshotDeque(Thread& thread, Value v) GILA_ATTACHED;
Result<Value> SnapshotOrderedDict(Thread& thread, Value v) GILA_ATTACHED;

// Each fills the module with its part.
Status AddDequeTypes(Thread& thread, Module* module) GILA_ATTACHED;
Status AddDefaultDictType(Thread& thread, Module* module) GILA_ATTACHED;
Status AddOrderedDictTypes(Thread& thread, Module* module) GILA_ATTACHED;

// The rows of deque's methods (collections_deque_methods.cc).
extern const TypeSpec kDequeSpec;
extern uint8_t deque_kind;

}  // namespace gila

#endif  // GILA_STDLIB_COLLECTIONS_INTERNAL_H_

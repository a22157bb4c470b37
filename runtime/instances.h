// instances.h: where the attributes of an instance are, and how they change. See shape.h for the
// layout: [native fields][overflow word][inline slots].
//
// Readers take no lock. In the no-GIL build:
//   a store to an inline slot needs no lock; the storer looks at the shape again afterwards and
//   stores anew (SetOwnAttribute) when it has changed.
//   Everything else that writes (adding an attribute, overflow slots, the move to the dictionary
//   shape, a new __class__) holds the object's byte lock.
//   The move to the dictionary shape publishes the new shape first, then runs a process-wide memory
//   barrier (membarrier(2)), then copies the slots into the dictionary and publishes that: so a
//   storer either was seen by the copy or sees the new shape. A reader that meets a dictionary
//   shape without a Dict behind the overflow word waits for the lock.
#ifndef GILA_RUNTIME_INSTANCES_H_
#define GILA_RUNTIME_INSTANCES_H_

#include "runtime/heap/heap.h"
#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/shape.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"

namespace gila {

// More attributes than this are better kept in a dictionary.
inline constexpr int kMaxShapeSlots = 128;

GILA_ALWAYS_INLINE Slot* OverflowWord(const Object* object, const Type* type) {
  return reinterpret_cast<Slot*>(reinterpret_cast<uintptr_t>(object) + type->attributes_offset);
}
GILA_ALWAYS_INLINE Slot* InlineSlots(const Object* object, const Type* type) {
  return OverflowWord(object, type) + 1;
}
// Slot `index` of an object that had `shape` a moment ago; null when the overflow array has been
// replaced by a dictionary meanwhile (look again).
GILA_ALWAYS_INLINE Slot* AttributeSlot(const Object* object, const Shape* shape, int32_t index) {
  if (GILA_LIKELY(index < shape->inline_capacity)) return InlineSlots(object, shape->type) + index;
  ValueArray* overflow = CastOrNull<ValueArray>(OverflowWord(object, shape->type)->Load());
  const int64_t place = index - shape->inline_capacity;
  if (GILA_UNLIKELY(overflow == nullptr || place >= overflow->length)) return nullptr;
  return &overflow->items[place];
}

// Removes the attribute: kOk with *found = false when the instance does not have it.
Status DeleteOwnAttribute(Thread& thread, Object* object, Value interned_name,
                          bool* found) GILA_ATTACHED;
// obj.__dict__ = dict.
Status ReplaceDict(Thread& thread, Object* object, Dict* dict) GILA_ATTACHED;
// Calls visit(name, value) for the attributes of the instance, without its __slots__ members,
// without making a dictionary.
Result<Dict*> CopyOwnAttributes(Thread& thread, Object* object) GILA_ATTACHED;
// A `__slots__` member: the value or unbound; storing unbound empties it.
Value GetMember(const Object* object, Value member);
void SetMember(Thread& thread, Object* object, Value member, Value value) GILA_ATTACHED;
// obj.__class__ = type, for types that CPython finds compatible.
Status SetInstanceType(Thread& thread, Object* object, Type* type) GILA_ATTACHED;
// May the instances of a type take attributes of any name?
// An instance of a class with __del__ was made: the end of the program has to look for them.
extern Atomic<uint8_t> finalizers_exist;
// The shape of instances of `type` whose attributes are in a dictionary.
const Shape* DictionaryShape(Type* type);
inline bool HasInstanceDict(const Type* type) { return type->Has(kHasDict); }

}  // namespace gila

#endif  // GILA_RUNTIME_INSTANCES_H_

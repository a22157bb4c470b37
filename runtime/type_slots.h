// type_slots.h: `__slots__` of a class being made, and the __dict__ and __weakref__ descriptors.
#ifndef GILA_RUNTIME_TYPE_SLOTS_H_
#define GILA_RUNTIME_TYPE_SLOTS_H_

#include "runtime/native.h"
#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/type.h"
#include "runtime/types/sequence.h"

namespace gila {

struct SlotNames {
  List* names = nullptr;  // mangled, in sorted order; null when there are none
  bool add_dict = false;  // beyond what the bases have
  bool add_weakref = false;
};

// Reads `__slots__` from the namespace and decides what instances carry. Raises as CPython does.
Status ReadSlots(Thread& thread, const Type* base, const Tuple* bases, const Str* class_name,
                 Dict* name_space, SlotNames* slots) GILA_ATTACHED;
// Puts Member, __dict__ and __weakref__ descriptors into the type's namespace, and the root shape
// with the members in place.
Status AddSlotDescriptors(Thread& thread, Type* type, const SlotNames& slots) GILA_ATTACHED;

// The rows behind `__dict__` and `__weakref__` of instances.
extern const GetSetDef kInstanceDictGetSet, kWeakrefGetSet;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPE_SLOTS_H_

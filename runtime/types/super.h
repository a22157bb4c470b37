// super.h: super objects, and the read-only view of a mapping that `C.__dict__` is.
#ifndef GILA_RUNTIME_TYPES_SUPER_H_
#define GILA_RUNTIME_TYPES_SUPER_H_

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/type.h"

namespace gila {

struct Super : Object {
  static constexpr Kind kKind = kKindSuper;
  PointerSlot<Type> type;         // look-up goes on after this one
  Slot object;                    // unbound: an unbound super object
  PointerSlot<Type> object_type;  // whose MRO is searched
};

struct MappingProxy : Object {
  static constexpr Kind kKind = kKindMappingProxy;
  Slot mapping;
};

// super(type, object): TypeError "super(type, obj): obj must be an instance or subtype of type".
Result<Value> NewSuper(Thread& thread, Type* type, Value object) GILA_ATTACHED;
// super(type, object).name; unbound when nothing after `type` in the MRO has it.
Result<Value> SuperLookup(Thread& thread, Type* type, Value object, Type* object_type,
                          Value interned_name) GILA_ATTACHED;
Result<Value> NewMappingProxy(Thread& thread, Value mapping) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_SUPER_H_

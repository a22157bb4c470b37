// object_internal.h: what the types/ files about objects, types and modules share.
#ifndef GILA_RUNTIME_TYPES_OBJECT_INTERNAL_H_
#define GILA_RUNTIME_TYPES_OBJECT_INTERNAL_H_

#include <string>

#include "runtime/native.h"
#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/type.h"

namespace gila {

// The interned string of an attribute name that a program computed. TypeError for anything else.
Result<Value> AttributeName(Thread& thread, Value name) GILA_ATTACHED;
// What id() is made of: the address, or the word of an immediate.
inline uint64_t IdentityOf(Value v) {
  return v.IsPointer() ? reinterpret_cast<uintptr_t>(v.AsObject()) : v.word();
}
// The hash of what is equal to itself alone: the identity without its low bits, which are the same
// for all objects. Never negative.
inline int64_t IdentityHash(Value v) { return static_cast<int64_t>(IdentityOf(v) >> 4); }
// "0x00007f..." as in "<C object at ...>".
std::string AddressText(Value v);
// The module's name of a type ("builtins" for the core), as type.__module__ gives it.
Result<Value> TypeModule(Thread& thread, Type* type) GILA_ATTACHED;
// Adds the names of all classes in the MRO.
Status MergeClassNames(Thread& thread, Dict* names, Type* type) GILA_ATTACHED;

// Does the function say that it is abstract (__isabstractmethod__)?
Result<bool> IsAbstractMethod(Thread& thread, Value v) GILA_ATTACHED;

// object.__reduce__ and its helpers (object_reduce.cc).
Result<Value> ObjectReduce(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> ObjectReduceEx(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> ObjectGetState(Thread& thread, Args args) GILA_ATTACHED;
// The state of an instance of which object.__reduce_ex__(2) would say: made by cls.__new__(cls),
// nothing but this state. Unbound: it would say something else, or is not asked.
Result<Value> PlainInstanceState(Thread& thread, Value v) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_OBJECT_INTERNAL_H_

// attributes.h: what the files about attributes share: errors and the protocol by object kind.
#ifndef GILA_RUNTIME_PROTOCOLS_ATTRIBUTES_H_
#define GILA_RUNTIME_PROTOCOLS_ATTRIBUTES_H_

#include <string_view>

#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/types/function.h"

namespace gila {

// AttributeError with .name and .obj, from which the suggestions of a traceback are made.
Failed RaiseAttributeError(Thread& thread, Value object, Value name,
                           std::string_view message) GILA_ATTACHED;
// "'C' object has no attribute 'x'", worded for types and modules as CPython does.
Failed RaiseNoAttribute(Thread& thread, Value object, Value name) GILA_ATTACHED;
// A descriptor of `owner` was given an object of another type.
Failed RaiseWrongOwner(Thread& thread, Value name, const Type* owner, Value object) GILA_ATTACHED;
// "property 'x' of 'C' object has no setter".
Failed RaiseNoAccessor(Thread& thread, const Property* property, Value object,
                       const char* what) GILA_ATTACHED;
// The standard __getattribute__ of the object's kind: type, module, super or object.
Result<Value> StandardGetAttr(Thread& thread, Value object, Value name) GILA_ATTACHED;
// The same for __setattr__ and, with unbound, __delattr__.
Status StandardSetAttr(Thread& thread, Value object, Value name, Value value) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_PROTOCOLS_ATTRIBUTES_H_

// simple_namespace.h: objects that are nothing but attributes (types.SimpleNamespace, module
// specs).
#ifndef GILA_RUNTIME_TYPES_SIMPLE_NAMESPACE_H_
#define GILA_RUNTIME_TYPES_SIMPLE_NAMESPACE_H_

#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

// An empty one; fill it with SetAttr.
Result<Value> NewSimpleNamespace(Thread& thread) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_SIMPLE_NAMESPACE_H_

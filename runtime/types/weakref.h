// weakref.h: weak references. The collector clears `referent` in the pause in which it dies and
// queues the callback.
#ifndef GILA_RUNTIME_TYPES_WEAKREF_H_
#define GILA_RUNTIME_TYPES_WEAKREF_H_

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

struct WeakRef : Object {
  static constexpr Kind kKind = kKindWeakRef;
  Atomic<Object*> referent;  // not traced; null when dead
  Slot callback;
  Slot attributes;       // subclass instances
  Atomic<int64_t> hash;  // of the referent, remembered; -1 not yet
};

// TypeError "cannot create weak reference to 'int' object". Without a callback the same reference
// is given out again.
Result<Value> NewWeakRef(Thread& thread, Value referent, Value callback) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_WEAKREF_H_

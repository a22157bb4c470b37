// weakref.h: weak references. The collector clears `referent` in the pause in which it dies and
// queues the callback.
#ifndef GILA_RUNTIME_TYPES_WEAKREF_H_
#define GILA_RUNTIME_TYPES_WEAKREF_H_

#include <vector>

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/type.h"

namespace gila {

struct WeakRef : Object {
  static constexpr Kind kKind = kKindWeakRef;  // proxies have the same layout
  Atomic<Object*> referent;                    // not traced; null when dead
  Slot callback;                               // None: nobody wants to know
  Atomic<int64_t> hash;                        // of the referent, remembered; -1 not yet
  Slot attributes;                             // subclass instances
};

// TypeError "cannot create weak reference to 'int' object". Without a callback the same reference
// is given out again.
Result<Value> NewWeakRef(Thread& thread, Value referent, Value callback) GILA_ATTACHED;
// An object that passes every operation on to its referent; ReferenceError once that is dead.
Result<Value> NewWeakProxy(Thread& thread, Value referent, Value callback) GILA_ATTACHED;

// Is it one that is given out again?
inline bool IsSharedWeakref(WeakRef* reference) {
  return reference->callback.Load().IsNone() && !TypeOf(Value(reference))->Has(kHeapType);
}

namespace heap {
// The reference (or proxy) of this type to the object that is given out again; null: none yet.
WeakRef* SharedWeakrefTo(Object* referent, const Type* type);
// The live weak references to an object: those that are given out again, then oldest first.
std::vector<WeakRef*> WeakrefsTo(Object* referent);
}  // namespace heap

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_WEAKREF_H_

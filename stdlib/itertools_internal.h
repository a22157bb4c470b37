// itertools_internal.h: what the files of itertools share.
//
// Every iterator is an object of nothing but Slots (counts are small ints in them), so one trace
// function serves all. Threads may share one (runtime/types/iterator_owner.h): where a step runs
// Gila code, they may get an item twice or pass one over; nothing breaks, because every step loads
// what it uses once and checks it against what it finds.
#ifndef GILA_STDLIB_ITERTOOLS_INTERNAL_H_
#define GILA_STDLIB_ITERTOOLS_INTERNAL_H_

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/object.h"
#include "runtime/protocols.h"
#include "runtime/protocols/native_iterator.h"
#include "runtime/types/iterator_owner.h"

namespace gila {

template <class T>
void TraceSlots(Object* object, Marker& marker) {
  static_assert(sizeof(T) % sizeof(Slot) == 0);
  const Slot* slots = reinterpret_cast<const Slot*>(object + 1);
  for (size_t i = 0; i < (sizeof(T) - sizeof(Object)) / sizeof(Slot); ++i) marker.Visit(slots[i]);
}

// A new instance of the class `cls` of `T`, all fields the int 0.
template <class T>
Result<T*> NewInstance(Thread& thread, Value cls) GILA_ATTACHED {
  GILA_TRY(Object * object, AllocateInstance(thread, cls.As<Type>()));
  OwnFreshIterator(object);
  return static_cast<T*>(object);
}

// Makes the type "itertools.<name>" with the layout T and this step (null: no iterator).
template <class T>
Status AddIterator(Thread& thread, Module* module, const TypeSpec& spec, const char* name,
                   IteratorStep step, Type** made = nullptr) GILA_ATTACHED {
  static const KindInfo info{name, TraceSlots<T>, nullptr};
  const uint8_t kind = RegisterKind(info);
  native_iterator_steps[kind] = step;
  GILA_TRY(Type * type,
           AddType(thread, module, spec, name, kind, sizeof(T), spec.extra_flags, nullptr));
  if (made != nullptr) {
    *made = type;
    heap::AddRoot(reinterpret_cast<Object**>(made));
  }
  return kOk;
}

inline int64_t CountIn(const Slot& slot) { return slot.Load().AsSmallInt(); }

Status InitGrouping(Thread& thread, Module* module) GILA_ATTACHED;  // groupby, tee, pairwise
Status InitCombinatorics(Thread& thread,
                         Module* module) GILA_ATTACHED;  // product, permutations, ...

}  // namespace gila

#endif  // GILA_STDLIB_ITERTOOLS_INTERNAL_H_

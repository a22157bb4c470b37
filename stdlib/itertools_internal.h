// itertools_internal.h: what the files of itertools share.
//
// Every iterator is an object of nothing but Slots (counts are small ints in them), so one trace
// function serves all. Threads may share one (runtime/types/iterator_owner.h): where a step runs
// Gila code, they may get an item twice or pass one over; nothing breaks, because every step loads
// what it uses once and checks it against what it finds.
#ifndef GILA_STDLIB_ITERTOOLS_INTERNAL_H_
#define GILA_STDLIB_ITERTOOLS_INTERNAL_H_

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/object.h"
#include "runtime/protocols.h"
#include "runtime/protocols/native_iterator.h"
#include "runtime/types/container_support.h"
#include "runtime/types/iterator_owner.h"

namespace gila {

// --- the layouts ---

struct Count : Object {
  Slot next, step;
};
struct Cycle : Object {
  Slot iterator;  // unbound when it has ended
  Slot saved;     // list of its items
  Slot index;     // the next of them
  Slot replays;   // true: the rest of the iterator is in `saved` already (set by __setstate__)
};
struct Repeater : Object {
  Slot item;
  Slot left;  // -1: endless
};
struct Accumulate : Object {
  Slot iterator;
  Slot function;  // unbound: addition
  Slot total;     // unbound before the first item
  Slot initial;   // unbound: none, or given out already
};
struct Chain : Object {
  Slot source;  // iterator of the iterables; unbound when it has ended
  Slot active;  // iterator of one of them, or unbound
};
// compress, dropwhile, takewhile, filterfalse and starmap.
struct Filtering : Object {
  Slot function;  // or iterator of the selectors
  Slot iterator;
  Slot state;  // true: dropping (taking) is over
};
struct ISlice : Object {
  Slot iterator;  // unbound when done
  Slot next;      // index of the next item to give out
  Slot stop;      // -1: none
  Slot step;
  Slot position;  // items taken so far
};
struct ZipLongest : Object {
  Slot iterators;  // ValueArray; unbound where one has ended
  Slot active;     // how many have not
  Slot fill;
};
struct GroupBy : Object {
  Slot iterator;
  Slot key_function;   // or None
  Slot target_key;     // of the group given out last; unbound at first
  Slot current_key;    // of the item read last; unbound at first
  Slot current_value;  // that item; unbound when its group has taken it
  Slot group;          // the group given out last: older ones are finished
};
struct Group : Object {
  Slot parent;
  Slot key;
};
// A stretch of items that some readers still need. The readers hold their stretch, a stretch the
// next one: what every reader has passed is garbage.
struct TeeData : Object {
  Slot iterator;
  Slot items;  // ValueArray of kTeeItems; unbound: not read yet
  Slot next;   // TeeData, or unbound
  Slot running;
};
constexpr int64_t kTeeItems = 57;
struct Tee : Object {
  Slot data;
  Slot index;
};
// product, permutations, combinations and combinations_with_replacement.
struct Combinatoric : Object {
  Slot pool;     // tuple; of tuples for product
  Slot indices;  // ValueArray
  Slot cycles;   // permutations: ValueArray; else unused
  Slot state;    // None: not begun. True: going on. False: at the end
};

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

// The classes that others need.
struct ItertoolsTypes {
  Type* chain = nullptr;
  Type* islice = nullptr;
  Type* tee_data = nullptr;
};
extern ItertoolsTypes itertools_types;

// itertools_reduce.cc: __reduce__ and __setstate__ of each type.
#define GILA_REDUCE(function) {"__reduce__", function, "(self, /)", "What makes it again."}
#define GILA_SET_STATE(function) \
  {"__setstate__", function, "(self, state, /)", "Go on where the state says."}
#define GILA_DECLARE(name) Result<Value> name(Thread& thread, Args args) GILA_ATTACHED
GILA_DECLARE(ReduceCount);
GILA_DECLARE(ReduceCycle);
GILA_DECLARE(SetCycleState);
GILA_DECLARE(ReduceRepeat);
GILA_DECLARE(ReduceAccumulate);
GILA_DECLARE(SetAccumulateState);
GILA_DECLARE(ReduceChain);
GILA_DECLARE(SetChainState);
GILA_DECLARE(ReduceCompress);
GILA_DECLARE(ReduceFilter);
GILA_DECLARE(ReduceWhile);
GILA_DECLARE(SetWhileState);
GILA_DECLARE(ReduceISlice);
GILA_DECLARE(SetISliceState);
GILA_DECLARE(ReduceZipLongest);
GILA_DECLARE(SetZipLongestState);
GILA_DECLARE(ReduceGroupBy);
GILA_DECLARE(SetGroupByState);
GILA_DECLARE(ReduceGroup);
GILA_DECLARE(ReduceTee);
GILA_DECLARE(SetTeeState);
GILA_DECLARE(ReduceTeeData);
GILA_DECLARE(ReduceProduct);
GILA_DECLARE(SetProductState);
GILA_DECLARE(ReduceCombinations);
GILA_DECLARE(SetCombinationsState);
GILA_DECLARE(SetReplacementState);
GILA_DECLARE(ReducePermutations);
GILA_DECLARE(SetPermutationsState);
#undef GILA_DECLARE

inline int64_t CountIn(const Slot& slot) { return slot.Load().AsSmallInt(); }

Status InitGrouping(Thread& thread, Module* module) GILA_ATTACHED;  // groupby, tee, pairwise
Status InitCombinatorics(Thread& thread,
                         Module* module) GILA_ATTACHED;  // product, permutations, ...

}  // namespace gila

#endif  // GILA_STDLIB_ITERTOOLS_INTERNAL_H_

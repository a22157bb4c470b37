// snapshot.h: what a dict, a view of one or a set holds at one moment, for whoever copies it while
// others may change it: list(d.items()) shows a state that there was, and is never told that the
// dict changed under it.
#ifndef GILA_RUNTIME_TYPES_SNAPSHOT_H_
#define GILA_RUNTIME_TYPES_SNAPSHOT_H_

#include "runtime/types/sequence.h"

namespace gila {

struct Dict;

// A new list of the items. False when the value is none of these, or of a class that may iterate
// otherwise.
Result<bool> SnapshotOf(Thread& thread, Value iterable, List** items) GILA_ATTACHED;

// Of this dict, in its own order, whatever its class.
enum class DictPart : uint8_t { kKeys, kValues, kItems };
Result<List*> SnapshotOfDict(Thread& thread, Dict* dict, DictPart part) GILA_ATTACHED;

// The containers of the library: the items as a list or tuple, unbound when the value is none of
// them. Set by the module that makes their types.
extern Result<Value> (*library_snapshot)(Thread& thread, Value iterable);
// A dict of a class of the library whose __iter__, though its own, goes by the entries as they
// stand: it is copied like a dict.
extern bool (*library_plain_dict)(Value v);

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_SNAPSHOT_H_

// generic_alias.h: `list[int]` and `int | str`.
#ifndef GILA_RUNTIME_TYPES_GENERIC_ALIAS_H_
#define GILA_RUNTIME_TYPES_GENERIC_ALIAS_H_

#include "runtime/native.h"
#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

struct Str;
struct Tuple;

struct GenericAlias : Object {
  static constexpr Kind kKind = kKindGenericAlias;
  Slot origin;
  Slot args;        // tuple
  Slot parameters;  // tuple of the type variables in args; unbound: not collected yet
  Atomic<uint8_t> starred;
};

struct Union : Object {
  static constexpr Kind kKind = kKindUnionType;
  Slot args;  // tuple, flat and without duplicates
  Slot parameters;
};

// origin[args]; a single argument need not be a tuple.
Result<Value> NewGenericAlias(Thread& thread, Value origin, Value args) GILA_ATTACHED;
// What `__class_getitem__` of a built-in container does: the row
//   {"__class_getitem__", ClassGetItem, "@classmethod(cls, object, /)", "See PEP 585"}.
Result<Value> ClassGetItem(Thread& thread, Args args) GILA_ATTACHED;
// a | b for types; NotImplemented when one of them is none.
Result<Value> NewUnion(Thread& thread, Value a, Value b) GILA_ATTACHED;

// How an argument of a generic type is shown: "int", "None", "...", else its repr.
Result<Str*> ReprTypeArgument(Thread& thread, Value v) GILA_ATTACHED;
// The type variables among the arguments, and the arguments with `item` put in their places.
Result<Tuple*> CollectParameters(Thread& thread, Tuple* args) GILA_ATTACHED;
Result<Tuple*> SubstituteParameters(Thread& thread, Value self, Tuple* args, Tuple* parameters,
                                    Value item) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_GENERIC_ALIAS_H_

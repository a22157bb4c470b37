// type.h: type objects: the MRO, the namespace, and the answers that are remembered about them.
//
// Two memories make attribute access fast, and both die exactly when they are wrong:
//   LookupCell    what a name means on a type (MRO look-up). One per (type, name) that was ever
//   asked for; inline caches hold
//                 the cell. When a class in the MRO gets, loses or changes that name, the cells of
//                 the class and its subclasses are *killed* (value = unbound) and dropped; a cache
//                 that meets a dead cell looks again.
//   special[]     the special methods (names.def, GILA_SPECIAL) found on the type, cleared by the
//   same event.
// A class that gains a data descriptor, __getattribute__, __setattr__ or __getattr__ after
// instances were cached invalidates every inline cache of the program (rare;
// InvalidateAllInlineCaches in call.h). Readers take no lock; a change takes the global type lock.
#ifndef GILA_RUNTIME_TYPE_H_
#define GILA_RUNTIME_TYPE_H_

#include <span>
#include <string_view>

#include "runtime/names.h"
#include "runtime/object.h"
#include "runtime/shape.h"

namespace gila {

struct Dict;
struct Str;
struct Tuple;
struct TypeSpec;

struct LookupCell : Object {
  static constexpr Kind kKind = kKindLookupCell;
  Slot value;  // unbound when the cell is dead; kNotImplemented-free: absent names have no cell
  Slot name;
};

enum TypeFlags : uint32_t {
  kPlain = 0,
  kBasetype = 1,  // may be subclassed
  kHasDict = 2,   // instances take any attribute
  kHidden = 4,    // not in builtins
  kHeapType = 8,  // made by a class statement or type(): mutable
  kHasWeakref = 16,
  kCustomGetAttribute = 32,  // __getattribute__ is not object's
  kCustomSetAttribute = 64,  // __setattr__ or __delattr__ is not object's
  kHasGetAttr = 128,         // defines __getattr__
  kHasDel = 256,             // defines __del__
  kAbstract = 512,           // __abstractmethods__ is not empty
  kMatchSequence = 1024,     // Py_TPFLAGS_SEQUENCE, _MAPPING, _MATCH_SELF of CPython
  kMatchMapping = 2048,
  kMatchSelf = 4096,
  kNoInstantiate = 8192,    // "cannot create 'X' instances"
  kIsTypeSubclass = 16384,  // a metaclass
};

struct Type : Object {
  static constexpr Kind kKind = kKindType;
  // A type object is itself an instance (of its metaclass) with attributes in `dict`.
  Slot name;      // Str: __name__
  Slot qualname;  // Str
  PointerSlot<Tuple> bases;
  PointerSlot<Tuple> mro;
  PointerSlot<Type> base;            // the base that decides the layout
  PointerSlot<Dict> dict;            // the namespace
  PointerSlot<Type> metaclass_type;  // unused by caches: TypeOf(type) reads the shape
  Slot subclasses;                   // list of weak references, for __subclasses__
  Atomic<const Shape*> root;         // shape of a new instance
  Atomic<const Shape*> dictionary_shape;
  Atomic<Object*> lookup_table;  // name -> LookupCell (type.cc)
  Atomic<uint32_t> flags;
  uint16_t attributes_offset;  // where the overflow word of an instance is; 0: instances take no
                               // attributes at all
  uint16_t native_size;        // bytes of the native layout (header included)
  uint8_t instance_kind;
  const TypeSpec* spec;         // null for a class of a program
  Slot special[kSpecialCount];  // kUnbound: not looked up yet; kError: looked up, not there

  bool Has(uint32_t flag) const { return flags.Load() & flag; }
};

// The Type object of a built-in type.
extern Type* builtin_types[static_cast<size_t>(TypeId::kCount)];
inline Type* GetType(TypeId id) { return builtin_types[static_cast<size_t>(id)]; }
// The types of the singletons, by bits 3 to 5 of their word.
extern Type* immediate_types[8];
// The type of any value. Never null.
GILA_ALWAYS_INLINE Type* TypeOf(Value v) {
  if (GILA_LIKELY(v.IsPointer())) return ShapeOf(v.AsObject())->type;
  if (v.IsSmallInt()) return GetType(TypeId::kInt);
  if (v.IsDouble()) return GetType(TypeId::kFloat);
  return immediate_types[(v.word() >> 3) & 7];
}
inline bool IsType(Value v) { return IsKind(v, kKindType); }

// Guards the namespaces, look-up tables and subclass lists of all types. Gila code never runs under
// it; it is taken before the lock of an object.
extern ByteLock type_lock;

// Makes the Type object of every row of builtin_types.def and exceptions.def, with the methods of
// its spec. Needs the heap, interned names and the empty tuple.
void InitBuiltinTypes(Thread& thread) GILA_ATTACHED;
// type.__call__ for `type`: __new__ and then __init__. `args` as in Call (call.h).
Result<Value> CallType(Thread& thread, Type* type, const Value* args, size_t count,
                       Value kwnames) GILA_ATTACHED;
// The same, without keywords, for a built-in type whose __new__ the arguments fit: unbound, nothing
// called, for any other.
Result<Value> CallBuiltinType(Thread& thread, Type* type, const Value* args,
                              size_t count) GILA_ATTACHED;
// Does the type of `v` have __set__ or __delete__?
bool IsDataDescriptor(Thread& thread, Value v) GILA_ATTACHED;
// Makes room for `count` attributes in the instances to come; called when instances were seen to
// overflow.
void ReserveAttributes(Thread& thread, Type* type, int count) GILA_ATTACHED;

// MRO look-up without descriptors: the value, or unbound. Lock-free when remembered.
Value LookupOnType(Thread& thread, Type* type, Value interned_name) GILA_ATTACHED;
// The same, the cell itself; null when the name is not there.
LookupCell* LookupCellOnType(Thread& thread, Type* type, Value interned_name) GILA_ATTACHED;
// The special method, raw (not bound): unbound when the type has none.
Value LookupSpecialSlow(Thread& thread, Type* type, Special special) GILA_ATTACHED;
inline Value LookupSpecial(Thread& thread, Type* type, Special special) {
  const Value known = type->special[static_cast<size_t>(special)].Load();
  if (GILA_LIKELY(!known.IsUnbound())) return known.IsError() ? kUnbound : known;
  return LookupSpecialSlow(thread, type, special);
}
// Calls the special method `special` of `self`; unbound when its type has none (nothing raised).
Result<Value> CallSpecial(Thread& thread, Value self, Special special,
                          std::span<const Value> args = {}) GILA_ATTACHED;

bool IsSubtype(const Type* type, const Type* base);
inline bool IsInstanceOf(Value v, TypeId id) { return IsSubtype(TypeOf(v), GetType(id)); }

// type(name, bases, namespace): what a class statement ends in. Raises as CPython does (layout
// conflicts, MRO, __slots__).
Result<Type*> NewType(Thread& thread, Type* metaclass, Str* name, Tuple* bases,
                      Dict* name_space) GILA_ATTACHED;
// A type of a native module: see native.h for the spec. `kind` is its layout, `native_size` the
// bytes of an instance.
Result<Type*> NewNativeType(Thread& thread, const TypeSpec& spec, std::string_view qualified_name,
                            Type* base, Kind kind, size_t native_size,
                            uint32_t flags) GILA_ATTACHED;
// Setting (or, with unbound, deleting) type.name; kills what was remembered. `name` is interned.
Status SetTypeAttribute(Thread& thread, Type* type, Value name, Value value) GILA_ATTACHED;

// As UTF-8, for one message (a few names may be in use at once). TypeName is __name__; messages
// show FullTypeName, which is "datetime.date" for types of native modules, and the same for all
// others.
std::string_view TypeName(const Type* type);
std::string_view FullTypeName(const Type* type);
inline std::string_view TypeNameOf(Value v) { return FullTypeName(TypeOf(v)); }

}  // namespace gila

#endif  // GILA_RUNTIME_TYPE_H_

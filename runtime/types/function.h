// function.h: code objects, functions, bound methods, cells, and the descriptors of classes.
#ifndef GILA_RUNTIME_TYPES_FUNCTION_H_
#define GILA_RUNTIME_TYPES_FUNCTION_H_

#include <memory>
#include <string_view>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/object.h"
#include "runtime/result.h"

namespace gila {

struct CodeData;
struct Dict;
struct Tuple;

// What CodeData (vm/code_data.h) becomes: instructions in malloc'ed memory that the code owns,
// constants as values. The fields in front are what a call reads.
struct Code : Object {
  static constexpr Kind kKind = kKindCode;
  uint64_t* words;  // instructions and inline caches; specialised in place by atomic 64-bit stores
  Value* constants;
  uint32_t register_count;
  uint32_t code_flags;        // CodeFlags
  uint16_t positional_count;  // co_argcount
  uint16_t keyword_only_count;
  uint16_t parameter_count;  // positional + keyword-only + *args + **kwargs
  uint16_t local_count;      // parameters and other locals: registers that start unbound
  // The fast call: as many positional arguments as this go straight into the frame. 0xFFFF (never a
  // count) when the code has keyword-only parameters, *args or **kwargs, or makes a generator.
  uint16_t simple_arity;
  // The same for the code of a coroutine, in an awaited call; 0xFFFF for all other code.
  uint16_t awaited_arity;
  uint32_t word_count;
  uint32_t constant_count;
  Value* names;  // interned
  uint32_t name_count;
  const CodeData* data;  // tables and names as the compiler made them
  void* data_owner;      // a std::shared_ptr<const CodeData>*, so that the data lives as long
  Slot name, qualname, filename;
  Slot local_names;  // tuple of interned names
  Slot free_names;
  Slot constants_tuple;  // keeps them alive
  Slot names_tuple;
};

struct Function : Object {
  static constexpr Kind kKind = kKindFunction;
  PointerSlot<Code> code;
  PointerSlot<Dict> globals;
  PointerSlot<Dict> builtins;
  PointerSlot<Tuple> closure;        // of Cells, or null
  Slot defaults;                     // tuple or unbound
  Slot keyword_defaults;             // dict or unbound
  Slot name, qualname, module, doc;  // str ...; unbound: not set
  Slot annotations;                  // dict, flat tuple (not yet a dict), or unbound
  Slot attributes;                   // overflow word of the instance
};

struct Method : Object {
  static constexpr Kind kKind = kKindMethod;
  Slot function, self;
};

struct Cell : Object {
  static constexpr Kind kKind = kKindCell;
  Slot value;  // unbound: empty
};

struct Property : Object {
  static constexpr Kind kKind = kKindProperty;
  Slot get, set, del, doc, name;  // unbound or None: not there
  Slot attributes;                // subclass instances
};
struct WrappedCallable : Object {  // staticmethod and classmethod
  static constexpr Kind kKind = kKindStaticMethod;
  Slot callable;
  Slot attributes;
};
// A `__slots__` entry; the key of the attribute in the shapes of its class.
struct Member : Object {
  static constexpr Kind kKind = kKindMember;
  Slot name;
  PointerSlot<Type> owner;
};
struct GetSet : Object {
  static constexpr Kind kKind = kKindGetSet;
  const GetSetDef* def;
  PointerSlot<Type> owner;
  Slot name;
};

struct Module : Object {
  static constexpr Kind kKind = kKindModule;
  PointerSlot<Dict> dict;  // its namespace, always there
};

// Code from the compiler's data; constants, names and nested code with it. Strings that look like
// names are interned.
Result<Code*> NewCode(Thread& thread, std::shared_ptr<const CodeData> data) GILA_ATTACHED;
Result<Function*> NewFunction(Thread& thread, Code* code, Dict* globals) GILA_ATTACHED;
Result<Value> NewMethod(Thread& thread, Value function, Value self) GILA_ATTACHED;
Result<Cell*> NewCell(Thread& thread, Value value) GILA_ATTACHED;
Result<Module*> NewModule(Thread& thread, std::string_view name) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_FUNCTION_H_

// native.h: how C++ functions become functions, methods, attributes and types of Gila.
//
// A definition carries its *signature as text*, in the notation of inspect: "(self, index=-1, /)",
// "(iterable=(), /)",
// "(self, sep=None, maxsplit=-1)", "(*args, sep=' ', end='\n', file=None, flush=False)", "(self,
// *args, **kwargs)". It is parsed once, when the definition is registered; the binder
// (native_bind.cc) then checks every call, words the errors as CPython 3.11 does, and hands the
// function its arguments **bound, in the order of the parameters**:
//
//   args[i] is parameter i (self or cls first); a parameter that was not given is unbound: the
//   defaults in the text are documentation, the function supplies them. Keyword-only parameters
//   follow the positional ones. Then, when the signature has them: **kwargs as a Dict (unbound when
//   there are none), and last the surplus positional arguments of *args: args.rest() is the span of
//   those.
//
// "@parsed(self, sub, start=None, /)" is an ordinary method whose arity errors are worded "f()
// takes at least 1 argument (0 given)", and that name a missing argument without its place.
// "@classmethod(cls, ...)" and "@staticmethod(...)" make those; without a prefix a method is an
// ordinary one. Functions whose signature is all positional-only with fixed arity cost no binding
// at all; the interpreter calls them straight on the caller's registers.
#ifndef GILA_RUNTIME_NATIVE_H_
#define GILA_RUNTIME_NATIVE_H_

#include <span>
#include <string_view>

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/type.h"

namespace gila {

struct KindInfo;

class Args {
 public:
  Args(const Value* values, uint32_t count, uint32_t parameters)
      : values_(values), count_(count), parameters_(parameters) {}
  Value operator[](size_t i) const { return values_[i]; }
  bool Has(size_t i) const { return !values_[i].IsUnbound(); }
  Value Or(size_t i, Value fallback) const { return Has(i) ? values_[i] : fallback; }
  size_t size() const { return count_; }  // parameters and surplus together
  std::span<const Value> rest() const { return {values_ + parameters_, count_ - parameters_}; }
  const Value* data() const { return values_; }

 private:
  const Value* values_;
  uint32_t count_, parameters_;
};

using NativeFn = Result<Value> (*)(Thread& thread, Args args);
using GetterFn = Result<Value> (*)(Thread& thread, Value self);
using SetterFn = Status (*)(Thread& thread, Value self, Value value);  // value unbound: delete

struct NativeDef {
  const char* name;
  NativeFn function;
  const char* signature;
  const char* doc;
};

struct GetSetDef {
  const char* name;
  GetterFn get;
  SetterFn set;  // null: read-only ("attribute 'x' of 'T' objects is not writable")
  const char* doc;
};

// Everything about a built-in type but its layout. Tables end with a row of nulls, or may be null.
struct TypeSpec {
  const char* doc = nullptr;
  NativeFn new_function = nullptr;  // __new__; args[0] is the class
  const char* new_signature =
      nullptr;  // "(cls, x=0, /)"; null: inherited, or the type cannot be instantiated
  const NativeDef* methods = nullptr;  // __init__, special methods and plain ones alike
  const GetSetDef* getsets = nullptr;
  uint32_t extra_flags = 0;             // TypeFlags beyond the table's
  size_t native_size = sizeof(Object);  // bytes of the layout before attributes (fixed part)
  KindInfo const* kind_info = nullptr;  // how to trace it
};

// A module-level function object.
Result<Value> NewNativeFunction(Thread& thread, const NativeDef* def,
                                Value module_name) GILA_ATTACHED;

// A native function, bound or not: kinds NativeFunction, MethodDescriptor, ClassMethodDescriptor,
// SlotWrapper share this layout.
struct NativeSignature;
// Object::flags of a NativeFunction.
enum NativeFlags : uint8_t {
  kNativeNew = 1,     // a __new__: the class is args[0], `self` is not passed
  kNativeStatic = 2,  // a static method: `self` is not passed
};
struct NativeFunction : Object {
  static constexpr Kind kKind = kKindNativeFunction;
  const NativeDef* def;
  NativeFn function;  // def->function, at hand for the interpreter
  const NativeSignature* signature;
  // >= 0: positional-only parameters, exactly that many, self included when it is a method: with
  // that many arguments (and self known to fit) `function` may be called straight. -1 in bound
  // methods, whose self is not among the arguments.
  int16_t fixed_arity;
  uint16_t parameter_count;
  Slot self;                // bound instance, class or module name; unbound for descriptors
  PointerSlot<Type> owner;  // the type whose method this is; null for module functions
  Slot name;                // Str
};

// The descriptor for one row of `methods` of a type: a MethodDescriptor or SlotWrapper, a
// ClassMethodDescriptor, a StaticMethod.
Result<Value> NewNativeMethod(Thread& thread, const NativeDef* def, Type* owner) GILA_ATTACHED;
// The descriptor for one row of `getsets`.
Result<Value> NewGetSet(Thread& thread, const GetSetDef* def, Type* owner) GILA_ATTACHED;
// The setter of rows that CPython calls members: AttributeError "readonly attribute".
Status ReadonlyMember(Thread& thread, Value self, Value value) GILA_ATTACHED;
// A descriptor bound to `self`: a NativeFunction, or a MethodWrapper for a SlotWrapper.
Result<Value> BindNative(Thread& thread, NativeFunction* descriptor, Value self) GILA_ATTACHED;

// Binds and calls. `args` are the positional arguments followed by the values of `kwnames` (a Tuple
// of names, or unbound). For a method descriptor the first argument is self, checked against the
// owner.
Result<Value> CallNative(Thread& thread, NativeFunction* function, const Value* args, size_t count,
                         Value kwnames) GILA_ATTACHED;

// A native module: its init function fills the module object. Listed once, in stdlib/modules.def.
struct Module;
Status AddFunctions(Thread& thread, Module* module, const NativeDef* defs) GILA_ATTACHED;
Status AddValue(Thread& thread, Module* module, const char* name, Value value) GILA_ATTACHED;
// Makes the type and stores it in the module under the last part of its name.
Result<Type*> AddType(Thread& thread, Module* module, const TypeSpec& spec,
                      const char* qualified_name, uint8_t kind, size_t native_size, uint32_t flags,
                      Type* base = nullptr) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_NATIVE_H_

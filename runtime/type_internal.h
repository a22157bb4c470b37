// type_internal.h: what the type*.cc files and the attribute protocol share and nobody else needs.
#ifndef GILA_RUNTIME_TYPE_INTERNAL_H_
#define GILA_RUNTIME_TYPE_INTERNAL_H_

#include <initializer_list>
#include <string>

#include "runtime/native.h"
#include "runtime/type.h"
#include "runtime/types/sequence.h"
#include "runtime/types/weakref.h"

namespace gila {

// The native methods behind object's, type's, module's and super's attribute access. A type whose
// special methods are these needs no call for it: GetAttr and SetAttr choose by the object's kind.
Result<Value> ObjectGetAttribute(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> ObjectSetAttr(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> ObjectDelAttr(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> TypeGetAttribute(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> TypeSetAttr(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> TypeDelAttr(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> ModuleGetAttribute(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> SuperGetAttribute(Thread& thread, Args args) GILA_ATTACHED;
inline constexpr std::initializer_list<NativeFn> kStandardGetAttribute = {
    ObjectGetAttribute, TypeGetAttribute, ModuleGetAttribute, SuperGetAttribute};
inline constexpr std::initializer_list<NativeFn> kStandardSetAttr = {ObjectSetAttr, TypeSetAttr};
inline constexpr std::initializer_list<NativeFn> kStandardDelAttr = {ObjectDelAttr, TypeDelAttr};

// A function, or a native method: something that a call may pass the receiver to directly.
inline bool IsMethodLike(Value v) {
  if (!v.IsPointer()) return false;
  const uint8_t kind = v.AsObject()->kind;
  return kind == kKindFunction || kind == kKindMethodDescriptor || kind == kKindSlotWrapper;
}

// `function` on `first` and the arguments; unbound, nothing called, when they do not fit its
// parameters just so. Whether `first` is right for the function is the caller's business.
Result<Value> CallNativeWithFirst(Thread& thread, const NativeFunction* function, Value first,
                                  const Value* args, size_t count) GILA_ATTACHED;

// The __init__ of a type whose __new__ has done everything; it takes the same arguments. A call of
// the type leaves it out.
inline Result<Value> NothingToInit(Thread&, Args) { return kNone; }

// Calls visit(Type*) for the direct subclasses that are alive.
template <class Visit>
void ForEachSubclass(const Type* type, Visit visit) {
  const Value list = type->subclasses.Load();
  if (!IsList(list)) return;
  for (int64_t i = 0;; ++i) {
    const Value entry = ListAt(list.As<List>(), i);
    if (entry.IsUnbound()) return;
    if (IsType(entry)) {
      visit(entry.As<Type>());
    } else if (Object* referent = entry.As<WeakRef>()->referent.Load()) {
      visit(static_cast<Type*>(referent));
    }
  }
}
Status AddSubclass(Thread& thread, Type* base, Type* type) GILA_ATTACHED;
void RemoveSubclass(Type* base, const Type* type);

// Forgets all that is remembered about the type and its subclasses (a new MRO). The caller holds
// type_lock.
void ForgetEverything(Type* type);
// Sets kCustomGetAttribute and its like from what the type defines.
void UpdateDynamicFlags(Thread& thread, Type* type) GILA_ATTACHED;
void UpdateDynamicFlagsOfTree(Thread& thread, Type* type) GILA_ATTACHED;
void InitLookupKinds();

// The C3 linearisation of `type` over `bases`, the type itself first. Raises TypeError in CPython's
// words.
Result<Tuple*> ComputeMro(Thread& thread, Type* type, Tuple* bases) GILA_ATTACHED;
// What type.mro() of the metaclass says, checked, when it is overridden; else ComputeMro.
Result<Tuple*> ResolveMro(Thread& thread, Type* metaclass, Type* type, Tuple* bases) GILA_ATTACHED;
// The base that decides the layout. Raises for what cannot be a base, and for layout conflicts.
Result<Type*> BestBase(Thread& thread, Tuple* bases) GILA_ATTACHED;
// Do the instances of the two types look alike, so that __class__ may be assigned?
bool CompatibleForAssignment(const Type* from, const Type* to);

// A zeroed Type with special[] marked unknown.
Result<Type*> NewTypeObject(Thread& thread, uint32_t shape_id) GILA_ATTACHED;
// Puts the methods, getsets and __new__ of the spec into the namespace of the type.
Status FillFromSpec(Thread& thread, Type* type, const TypeSpec& spec) GILA_ATTACHED;
// Puts the shapes of instances in place once layout, flags and members are known.
void InstallRootShape(Type* type, const Tuple* members, int inline_capacity);
// Where the overflow word of a subclass's instances is.
uint16_t AttributesOffsetForSubclass(const Type* base);
// isinstance and issubclass without the hooks of the metaclass: type.__instancecheck__.
Result<bool> RealIsInstance(Thread& thread, Value v, Value cls) GILA_ATTACHED;
Result<bool> RealIsSubclass(Thread& thread, Value derived, Value cls) GILA_ATTACHED;
// descriptor.__set__(object, value); unbound: __delete__.
Status StoreThroughDescriptor(Thread& thread, Value descriptor, Value object,
                              Value value) GILA_ATTACHED;
// C.__bases__ = value.
Status SetTypeBases(Thread& thread, Value self, Value value) GILA_ATTACHED;
// object.__new__ and object.__init__.
Result<Value> ObjectNew(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> ObjectInit(Thread& thread, Args args) GILA_ATTACHED;
// An instance by object.__new__; `surplus`: it was given arguments beyond the class.
Result<Value> NewPlainInstance(Thread& thread, Type* type, bool surplus) GILA_ATTACHED;
// type(name, bases, namespace, **keywords) without the metaclass calculation.
Result<Value> TypeNew(Thread& thread, Args args) GILA_ATTACHED;
Result<Type*> CalculateMetaclass(Thread& thread, Type* metaclass, Tuple* bases) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPE_INTERNAL_H_

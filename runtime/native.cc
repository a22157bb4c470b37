// native.cc: makes the objects behind native functions and methods. native_signature.cc reads their
// signatures, native_bind.cc checks and calls.
#include "runtime/native.h"

#include <array>
#include <string_view>

#include "runtime/heap/heap.h"
#include "runtime/native_signature.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/type_slots.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

Result<NativeFunction*> NewNative(Thread& thread, TypeId id, Kind kind, const NativeDef* def,
                                  Type* owner, Value self, uint8_t flags) {
  const Value name = Intern(thread, def->name);
  if (name.IsError()) return kFailed;
  const NativeSignature* signature = ParseNativeSignature(thread, def->signature);
  Object* object = heap::Allocate(thread, sizeof(NativeFunction), kind, ShapeIdOf(id));
  if (object == nullptr) return kFailed;
  auto* made = static_cast<NativeFunction*>(object);
  made->def = def;
  made->function = def->function;
  made->signature = signature;
  made->parameter_count = signature->parameters();
  const bool fixed = !signature->rest && !signature->TakesKeywords() &&
                     signature->required == signature->positional;
  const bool bound = !self.IsUnbound() && owner != nullptr && flags == 0;
  made->fixed_arity = fixed && !bound ? static_cast<int16_t>(signature->positional) : -1;
  made->flags = flags;
  made->self.Init(self);
  made->owner.Init(owner);
  made->name.Init(name);
  return made;
}

// The special methods that CPython keeps in the slots of a type: their descriptors are "slot
// wrappers".
bool IsSlotName(const NativeDef* def) {
  static constexpr Special kSlots[] = {
      Special::kInit,    Special::kDel,          Special::kRepr,     Special::kStr,
      Special::kLt,      Special::kLe,           Special::kEq,       Special::kNe,
      Special::kGt,      Special::kGe,           Special::kHash,     Special::kBool,
      Special::kGetAttr, Special::kGetAttribute, Special::kSetAttr,  Special::kDelAttr,
      Special::kGet,     Special::kSet,          Special::kDelete,   Special::kCall,
      Special::kLen,     Special::kGetItem,      Special::kSetItem,  Special::kDelItem,
      Special::kIter,    Special::kNext,         Special::kContains, Special::kInt,
      Special::kFloat,   Special::kIndex,        Special::kAwait,    Special::kAIter,
      Special::kANext};
  static const std::array<const char*, kSpecialCount> texts = {
#define GILA_SPECIAL(id, text) text,
#define GILA_NAME(id, text)
#include "runtime/names.def"
  };
  const std::string_view name(def->name);
  if (name.substr(0, 2) != "__") return false;
  for (const Special slot : kSlots) {
    if (name == texts[static_cast<size_t>(slot)]) return true;
  }
  // The operators stand together in names.def.
  for (size_t i = static_cast<size_t>(Special::kAdd); i <= static_cast<size_t>(Special::kInvert);
       ++i) {
    if (name == texts[i]) return true;
  }
  return false;
}

Result<Value> NewStaticNative(Thread& thread, const NativeDef* def, Type* owner) {
  GILA_TRY(NativeFunction* const function,
           NewNative(thread, TypeId::kNativeFunction, kKindNativeFunction, def, owner, owner,
                     kNativeStatic));
  Object* object = heap::Allocate(thread, sizeof(WrappedCallable), kKindStaticMethod,
                                  ShapeIdOf(TypeId::kStaticMethod));
  if (object == nullptr) return kFailed;
  static_cast<WrappedCallable*>(object)->callable.Init(function);
  return object;
}

}  // namespace

Result<Value> NewGetSet(Thread& thread, const GetSetDef* def, Type* owner) {
  const Value name = Intern(thread, def->name);
  if (name.IsError()) return kFailed;
  GILA_TRY(GetSet* const made, Allocate<GetSet>(thread, TypeId::kGetSet));
  made->def = def;
  made->owner.Init(owner);
  made->name.Init(name);
  return made;
}

namespace {

// `__new__` of a spec, as a definition of its own: the table of the spec has only the function.
const NativeDef* NewDefinition(const TypeSpec& spec) {
  return new NativeDef{"__new__", spec.new_function, spec.new_signature,
                       "Create and return a new object.  See help(type) for accurate signature."};
}

}  // namespace

Result<Value> NewNativeFunction(Thread& thread, const NativeDef* def, Value module_name) {
  return NewNative(thread, TypeId::kNativeFunction, kKindNativeFunction, def, nullptr, module_name,
                   0);
}

Result<Value> NewNativeMethod(Thread& thread, const NativeDef* def, Type* owner) {
  switch (ParseNativeSignature(thread, def->signature)->binding) {
    case NativeBinding::kStaticMethod:
      return NewStaticNative(thread, def, owner);
    case NativeBinding::kClassMethod:
      return NewNative(thread, TypeId::kClassMethodDescriptor, kKindClassMethodDescriptor, def,
                       owner, kUnbound, 0);
    case NativeBinding::kPlain:
      break;
  }
  if (IsSlotName(def)) {
    return NewNative(thread, TypeId::kSlotWrapper, kKindSlotWrapper, def, owner, kUnbound, 0);
  }
  return NewNative(thread, TypeId::kMethodDescriptor, kKindMethodDescriptor, def, owner, kUnbound,
                   0);
}

Result<Value> BindNative(Thread& thread, NativeFunction* descriptor, Value self) {
  const bool wrapper = descriptor->kind == kKindSlotWrapper;
  const TypeId id = wrapper ? TypeId::kMethodWrapper : TypeId::kNativeFunction;
  Object* object =
      heap::Allocate(thread, sizeof(NativeFunction),
                     wrapper ? kKindMethodWrapper : kKindNativeFunction, ShapeIdOf(id));
  if (object == nullptr) return kFailed;
  auto* bound = static_cast<NativeFunction*>(object);
  bound->def = descriptor->def;
  bound->function = descriptor->function;
  bound->signature = descriptor->signature;
  bound->parameter_count = descriptor->parameter_count;
  bound->fixed_arity = -1;
  bound->self.Init(self);
  bound->owner.Init(descriptor->owner.Load());
  bound->name.Init(descriptor->name.Load());
  return bound;
}

Status FillFromSpec(Thread& thread, Type* type, const TypeSpec& spec) {
  Dict* dict = type->dict.Load();
  for (const NativeDef* def = spec.methods; def != nullptr && def->name != nullptr; ++def) {
    // "__hash__ = None" of the mutable containers is a row without a function.
    Value method = kNone;
    if (def->function != nullptr) {
      GILA_TRY(method, NewNativeMethod(thread, def, type));
    }
    GILA_TRY_VOID(DictSet(thread, dict, Intern(thread, def->name), method));
  }
  for (const GetSetDef* def = spec.getsets; def != nullptr && def->name != nullptr; ++def) {
    GILA_TRY(const Value getset, NewGetSet(thread, def, type));
    GILA_TRY_VOID(DictSet(thread, dict, Intern(thread, def->name), getset));
  }
  const Type* base = type->base.Load();
  const bool new_dict = type->attributes_offset != 0 && base != nullptr && !base->Has(kHasDict);
  if (new_dict && DictGetInterned(dict, NameOf(Name::kDict_)).IsUnbound()) {
    GILA_TRY(const Value getset, NewGetSet(thread, &kInstanceDictGetSet, type));
    GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kDict_), getset));
  }
  if (spec.new_function != nullptr) {
    GILA_TRY(NativeFunction* const function,
             NewNative(thread, TypeId::kNativeFunction, kKindNativeFunction, NewDefinition(spec),
                       type, type, kNativeNew));
    GILA_TRY_VOID(DictSet(thread, dict, NameOf(Special::kNew), function));
  } else if (type->base.Load() != nullptr && !type->Has(kHeapType) &&
             (type->base->spec == GetType(TypeId::kObject)->spec ||
              type->base->Has(kNoInstantiate))) {
    // object.__new__ would make an object without the fields of the type.
    type->flags.FetchOr(kNoInstantiate);
  }
  // A type whose instances have a __doc__ of their own keeps that; type.__doc__ asks the spec.
  if (spec.doc != nullptr && DictGetInterned(dict, NameOf(Name::kDoc)).IsUnbound()) {
    GILA_TRY(Str* const doc, NewStr(thread, spec.doc));
    GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kDoc), doc));
  }
  return kOk;
}

Status AddValue(Thread& thread, Module* module, const char* name, Value value) {
  const Value interned = Intern(thread, name);
  if (interned.IsError()) return kFailed;
  return DictSet(thread, module->dict.Load(), interned, value);
}

Status AddFunctions(Thread& thread, Module* module, const NativeDef* defs) {
  const Value module_name = DictGetInterned(module->dict.Load(), NameOf(Name::kName));
  for (; defs->name != nullptr; ++defs) {
    GILA_TRY(const Value function, NewNativeFunction(thread, defs, module_name));
    GILA_TRY_VOID(AddValue(thread, module, defs->name, function));
  }
  return kOk;
}

Result<Type*> AddType(Thread& thread, Module* module, const TypeSpec& spec,
                      const char* qualified_name, uint8_t kind, size_t native_size, uint32_t flags,
                      Type* base) {
  GILA_TRY(Type* const type, NewNativeType(thread, spec, qualified_name, base,
                                           static_cast<Kind>(kind), native_size, flags));
  GILA_TRY_VOID(DictSet(thread, module->dict.Load(), type->name.Load(), type));
  return type;
}

}  // namespace gila

// attributes.cc: reading attributes: `v.name` on any value. The order is Python's: data descriptors
// of the type, the instance, other attributes of the type, __getattr__. What types, modules and
// super objects do differently stands here too, so that a type with the standard __getattribute__
// costs no call. Writing is in attribute_stores.cc.
#include "runtime/protocols/attributes.h"

#include <absl/strings/str_cat.h>

#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/modules.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/protocols/native_getter.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/super.h"

namespace gila {

namespace {

constexpr int kAttributeErrorName = 0, kAttributeErrorObject = 1;

Result<Value> BindClassMethod(Thread& thread, Value callable, Type* type) {
  if (IsKind(callable, kKindFunction)) return NewMethod(thread, callable, type);
  if (callable.IsPointer() && !LookupSpecial(thread, TypeOf(callable), Special::kGet).IsUnbound()) {
    return BindDescriptor(thread, callable, type, type);
  }
  return NewMethod(thread, callable, type);
}

Result<Value> GetFromProperty(Thread& thread, Value property, Value object) {
  const Value get = property.As<Property>()->get.Load();
  if (GILA_LIKELY(!get.IsUnbound() && !get.IsNone())) return Call(thread, get, {object});
  return RaiseNoAccessor(thread, property.As<Property>(), object, "getter");
}

Result<Value> GetFromMember(Thread& thread, Member* member, Value object) {
  if (!IsSubtype(TypeOf(object), member->owner.Load())) {
    return RaiseWrongOwner(thread, member->name.Load(), member->owner.Load(), object);
  }
  const Value value = GetMember(object.AsObject(), member);
  if (GILA_UNLIKELY(value.IsUnbound())) {
    return RaiseNoAttribute(thread, object, member->name.Load());
  }
  return value;
}

Result<Value> GetFromGetSet(Thread& thread, Object* descriptor, Value object) {
  auto* const getset = static_cast<GetSet*>(descriptor);
  Type* const owner = getset->owner.Load();
  if (Type* const type = TypeOf(object); type != owner && !IsSubtype(type, owner)) {
    return RaiseWrongOwner(thread, getset->name.Load(), owner, object);
  }
  return getset->def->get(thread, object);
}

}  // namespace

constinit std::array<NativeGetter, 256> native_getters = [] {
  std::array<NativeGetter, 256> getters = {};
  getters[kKindGetSet] = GetFromGetSet;
  return getters;
}();

Failed RaiseAttributeError(Thread& thread, Value object, Value name, std::string_view message) {
  GILA_TRY(Str* const text, NewStr(thread, message));
  const Value argument = text;
  GILA_TRY(const Value error,
           NewException(thread, TypeId::kAttributeError, std::span<const Value>(&argument, 1)));
  auto* exception = error.As<Exception>();
  exception->extra[kAttributeErrorName].Store(exception, name);
  exception->extra[kAttributeErrorObject].Store(exception, object);
  return thread.RaiseObject(error);
}

namespace {

// Is the import of this module under way?
Result<bool> IsInitializing(Thread& thread, Value module) {
  if (!IsKind(module, kKindModule)) return false;
  const Value spec = DictGetInterned(module.As<Module>()->dict.Load(), NameOf(Name::kSpec));
  if (!spec.IsPointer()) return false;
  GILA_TRY(const Value flag, GetAttrOrUnbound(thread, spec, Intern(thread, "_initializing")));
  return flag.IsTrue();
}

// What sys.modules has for the name; unbound when it has nothing.
Result<Value> InModules(Thread& thread, const std::string& name) {
  Dict* const modules = CastOrNull<Dict>(SysAttribute(thread, Intern(thread, "modules")));
  if (modules == nullptr) return kUnbound;
  GILA_TRY(Str* const key, NewStr(thread, name));
  return DictGet(thread, modules, key);
}

// A module whose import is under way says so: the usual reason is a circular import. It becomes an
// attribute of its package when it is loaded.
Result<std::string> ModuleMessage(Thread& thread, Value module, Value name) {
  const Dict* dict = module.As<Module>()->dict.Load();
  const Value module_name = DictGetInterned(dict, NameOf(Name::kName));
  if (!IsStr(module_name)) return absl::StrCat("module has no attribute '", ToUtf8(name), "'");
  GILA_TRY(const bool initializing, IsInitializing(thread, module));
  if (!initializing) {
    const std::string whole = absl::StrCat(ToUtf8(module_name), ".", ToUtf8(name));
    GILA_TRY(const Value submodule, InModules(thread, whole));
    GILA_TRY(const bool is_coming, IsInitializing(thread, submodule));
    if (is_coming) {
      return absl::StrCat("cannot access submodule '", ToUtf8(name), "' of module '",
                          ToUtf8(module_name), "' (most likely due to a circular import)");
    }
    return absl::StrCat("module '", ToUtf8(module_name), "' has no attribute '", ToUtf8(name), "'");
  }
  return absl::StrCat("partially initialized module '", ToUtf8(module_name), "' has no attribute '",
                      ToUtf8(name), "' (most likely due to a circular import)");
}

}  // namespace

Failed RaiseNoAttribute(Thread& thread, Value object, Value name) {
  std::string message;
  if (IsKind(object, kKindModule)) {
    GILA_TRY(message, ModuleMessage(thread, object, name));
  } else if (IsType(object)) {
    message = absl::StrCat("type object '", std::string(TypeName(object.As<Type>())),
                           "' has no attribute '", ToUtf8(name), "'");
  } else {
    message = absl::StrCat("'", std::string(TypeNameOf(object)), "' object has no attribute '",
                           ToUtf8(name), "'");
  }
  return RaiseAttributeError(thread, object, name, message);
}

Failed RaiseWrongOwner(Thread& thread, Value name, const Type* owner, Value object) {
  const std::string owner_name(TypeName(owner)), given(TypeNameOf(object));
  return thread.RaiseTypeError("descriptor '%s' for '%s' objects doesn't apply to a '%s' object",
                               ToUtf8(name).c_str(), owner_name.c_str(), given.c_str());
}

Failed RaiseNoAccessor(Thread& thread, const Property* property, Value object, const char* what) {
  const Value name = property->name.Load();
  const std::string type_name = ToUtf8(TypeOf(object)->qualname.Load());
  std::string message;
  if (IsStr(name)) {
    GILA_TRY(Str* const shown, Repr(thread, name));
    message =
        absl::StrCat("property ", ToUtf8(shown), " of '", type_name, "' object has no ", what);
  } else {
    message = absl::StrCat("property of '", type_name, "' object has no ", what);
  }
  return thread.Raise(TypeId::kAttributeError, message);
}

Result<Value> BindDescriptor(Thread& thread, Value descriptor, Value object, Type* type) {
  if (!descriptor.IsPointer()) return descriptor;
  Object* const raw = descriptor.AsObject();
  Type* const descriptor_type = ShapeOf(raw)->type;
  const bool on_class = object.IsUnbound();
  if (!descriptor_type->Has(kHeapType)) {
    switch (raw->kind) {
      case kKindFunction:
        return on_class ? Result<Value>(descriptor) : NewMethod(thread, descriptor, object);
      case kKindMethodDescriptor:
      case kKindSlotWrapper:
        if (on_class) return descriptor;
        return BindNative(thread, static_cast<NativeFunction*>(raw), object);
      case kKindClassMethodDescriptor:
        return BindNative(thread, static_cast<NativeFunction*>(raw), type);
      case kKindStaticMethod:
        return static_cast<WrappedCallable*>(raw)->callable.Load();
      case kKindClassMethod:
        return BindClassMethod(thread, static_cast<WrappedCallable*>(raw)->callable.Load(), type);
      case kKindProperty:
        return on_class ? Result<Value>(descriptor) : GetFromProperty(thread, descriptor, object);
      case kKindMember:
        if (on_class) return descriptor;
        return GetFromMember(thread, static_cast<Member*>(raw), object);
      case kKindGetSet:
        if (on_class) return descriptor;
        return GetFromGetSet(thread, raw, object);
      default:
        break;
    }
  }
  const Value get = LookupSpecial(thread, descriptor_type, Special::kGet);
  if (get.IsUnbound()) return descriptor;
  const Value args[] = {on_class ? kNone : object, type};
  return CallSpecial(thread, descriptor, Special::kGet, args);
}

namespace {

// Does reading through `v`, found on a type, come before the instance?
bool IsReadOverInstance(Thread& thread, Value v) {
  if (!IsDataDescriptor(thread, v)) return false;
  const uint8_t kind = v.AsObject()->kind;
  if (kind == kKindProperty || kind == kKindMember || kind == kKindGetSet) return true;
  return !LookupSpecial(thread, TypeOf(v), Special::kGet).IsUnbound();
}

Result<Value> InstanceAttribute(Thread& thread, Value object, Type* type, Value name) {
  const Value on_type = LookupOnType(thread, type, name);
  if (!on_type.IsUnbound() && IsReadOverInstance(thread, on_type)) {
    return BindDescriptor(thread, on_type, object, type);
  }
  if (object.IsPointer()) {
    const Value own = GetOwnAttribute(object.AsObject(), name);
    if (!own.IsUnbound()) return own;
  }
  if (on_type.IsUnbound()) return kUnbound;
  return BindDescriptor(thread, on_type, object, type);
}

Result<Value> TypeAttribute(Thread& thread, Type* type, Value name) {
  Type* const metaclass = TypeOf(type);
  const Value on_metaclass = LookupOnType(thread, metaclass, name);
  if (!on_metaclass.IsUnbound() && IsReadOverInstance(thread, on_metaclass)) {
    return BindDescriptor(thread, on_metaclass, type, metaclass);
  }
  const Value own = LookupOnType(thread, type, name);
  if (!own.IsUnbound()) return BindDescriptor(thread, own, kUnbound, type);
  if (on_metaclass.IsUnbound()) return kUnbound;
  return BindDescriptor(thread, on_metaclass, type, metaclass);
}

Result<Value> ModuleAttribute(Thread& thread, Value module, Value name) {
  GILA_TRY(const Value value, InstanceAttribute(thread, module, TypeOf(module), name));
  if (!value.IsUnbound()) return value;
  const Value hook = DictGetInterned(module.As<Module>()->dict.Load(), NameOf(Special::kGetAttr));
  if (!hook.IsUnbound()) return Call(thread, hook, {name});
  const bool is_sys = module.As<Module>()->dict.Load() == SysDict();
  return is_sys && make_sys_attribute != nullptr ? make_sys_attribute(thread, name) : kUnbound;
}

Result<Value> SuperAttribute(Thread& thread, Value object, Value name) {
  auto* super = object.As<Super>();
  // super().__class__ is super itself.
  if (!super->object.Load().IsUnbound() && name != NameOf(Name::kClass)) {
    GILA_TRY(const Value value, SuperLookup(thread, super->type.Load(), super->object.Load(),
                                            super->object_type.Load(), name));
    if (!value.IsUnbound()) return value;
  }
  return InstanceAttribute(thread, object, TypeOf(object), name);
}

// The standard protocol without __getattr__; unbound when there is no such attribute.
Result<Value> StandardAttribute(Thread& thread, Value object, Value name) {
  if (GILA_LIKELY(object.IsPointer())) {
    switch (object.AsObject()->kind) {
      case kKindType:
        return TypeAttribute(thread, object.As<Type>(), name);
      case kKindModule:
        return ModuleAttribute(thread, object, name);
      case kKindSuper:
        return SuperAttribute(thread, object, name);
      default:
        break;
    }
  }
  return InstanceAttribute(thread, object, TypeOf(object), name);
}

// Unbound and nothing raised when the protocol, hooks and all, says that there is none.
Result<Value> Attribute(Thread& thread, Value object, Value name) {
  Type* const type = TypeOf(object);
  Result<Value> value = kUnbound;
  if (GILA_UNLIKELY(type->Has(kCustomGetAttribute))) {
    const Value args[] = {name};
    value = CallSpecial(thread, object, Special::kGetAttribute, args);
  } else {
    value = StandardAttribute(thread, object, name);
  }
  if (GILA_LIKELY(value.ok() && !value.value().IsUnbound())) return value;
  if (GILA_LIKELY(!type->Has(kHasGetAttr))) return value;
  if (!value.ok()) {
    if (!thread.ExceptionMatches(TypeId::kAttributeError)) return kFailed;
    thread.ClearException();
  }
  const Value args[] = {name};
  return CallSpecial(thread, object, Special::kGetAttr, args);
}

}  // namespace

Result<Value> GetAttr(Thread& thread, Value object, Value name) {
  const Result<Value> value = Attribute(thread, object, name);
  if (GILA_UNLIKELY(value.ok() && value.value().IsUnbound())) {
    return RaiseNoAttribute(thread, object, name);
  }
  return value;
}

Result<Value> GetAttrOrUnbound(Thread& thread, Value object, Value name) {
  const Result<Value> value = Attribute(thread, object, name);
  if (GILA_LIKELY(value.ok())) return value;
  if (!thread.ExceptionMatches(TypeId::kAttributeError)) return kFailed;
  thread.ClearException();
  return kUnbound;
}

Result<Value> GenericGetAttr(Thread& thread, Value object, Value name) {
  GILA_TRY(const Value value, InstanceAttribute(thread, object, TypeOf(object), name));
  if (value.IsUnbound()) {
    const std::string type_name(FullTypeName(TypeOf(object)));
    return RaiseAttributeError(
        thread, object, name,
        absl::StrCat("'", type_name, "' object has no attribute '", ToUtf8(name), "'"));
  }
  return value;
}

Result<Value> TypeGetAttr(Thread& thread, Type* type, Value name) {
  GILA_TRY(const Value value, TypeAttribute(thread, type, name));
  if (value.IsUnbound()) return RaiseNoAttribute(thread, type, name);
  return value;
}

Result<Value> StandardGetAttr(Thread& thread, Value object, Value name) {
  GILA_TRY(const Value value, StandardAttribute(thread, object, name));
  if (value.IsUnbound()) return RaiseNoAttribute(thread, object, name);
  return value;
}

Result<bool> LookupMethod(Thread& thread, Value object, Value name, Value* function) {
  Type* const type = TypeOf(object);
  bool plain = !type->Has(kCustomGetAttribute);
  if (object.IsPointer()) {
    const uint8_t kind = object.AsObject()->kind;
    plain = plain && kind != kKindType && kind != kKindModule && kind != kKindSuper;
  }
  if (GILA_LIKELY(plain)) {
    const Value on_type = LookupOnType(thread, type, name);
    if (IsMethodLike(on_type)) {
      const Value own = object.IsPointer() ? GetOwnAttribute(object.AsObject(), name) : kUnbound;
      *function = own.IsUnbound() ? on_type : own;
      return own.IsUnbound();
    }
  }
  GILA_TRY(*function, GetAttr(thread, object, name));
  return false;
}

}  // namespace gila

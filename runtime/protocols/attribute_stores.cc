// attribute_stores.cc: `v.name = value` and `del v.name`: data descriptors of the type first, then
// the object itself (instance, namespace of a type, dictionary of a module). A deletion is a store
// of "unbound" all the way down.
#include <absl/strings/str_cat.h>

#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/protocols/attributes.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

Status StoreProperty(Thread& thread, Property* property, Value object, Value value) {
  const bool deleting = value.IsUnbound();
  const Value accessor = deleting ? property->del.Load() : property->set.Load();
  if (accessor.IsUnbound() || accessor.IsNone()) {
    return RaiseNoAccessor(thread, property, object, deleting ? "deleter" : "setter");
  }
  if (deleting) {
    GILA_TRY_VOID(Call(thread, accessor, {object}));
  } else {
    GILA_TRY_VOID(Call(thread, accessor, {object, value}));
  }
  return kOk;
}

Status StoreMember(Thread& thread, Member* member, Value object, Value value) {
  if (!IsSubtype(TypeOf(object), member->owner.Load())) {
    return RaiseWrongOwner(thread, member->name.Load(), member->owner.Load(), object);
  }
  if (value.IsUnbound() && GetMember(object.AsObject(), member).IsUnbound()) {
    return thread.Raise(TypeId::kAttributeError, ToUtf8(member->name.Load()));
  }
  SetMember(thread, object.AsObject(), member, value);
  return kOk;
}

Status StoreGetSet(Thread& thread, GetSet* getset, Value object, Value value) {
  if (!IsSubtype(TypeOf(object), getset->owner.Load())) {
    return RaiseWrongOwner(thread, getset->name.Load(), getset->owner.Load(), object);
  }
  if (getset->def->set == nullptr) {
    const std::string owner(TypeName(getset->owner.Load()));
    return thread.Raise(TypeId::kAttributeError,
                        absl::StrCat("attribute '", ToUtf8(getset->name.Load()), "' of '", owner,
                                     "' objects is not writable"));
  }
  return getset->def->set(thread, object, value);
}

}  // namespace

Status StoreThroughDescriptor(Thread& thread, Value descriptor, Value object, Value value) {
  Object* const raw = descriptor.AsObject();
  if (!TypeOf(descriptor)->Has(kHeapType)) {
    switch (raw->kind) {
      case kKindProperty:
        return StoreProperty(thread, static_cast<Property*>(raw), object, value);
      case kKindMember:
        return StoreMember(thread, static_cast<Member*>(raw), object, value);
      case kKindGetSet:
        return StoreGetSet(thread, static_cast<GetSet*>(raw), object, value);
      default:
        break;
    }
  }
  const bool deleting = value.IsUnbound();
  const Special special = deleting ? Special::kDelete : Special::kSet;
  const Value args[] = {object, value};
  GILA_TRY(const Value result, CallSpecial(thread, descriptor, special,
                                           std::span<const Value>(args, deleting ? 1 : 2)));
  if (result.IsUnbound()) {  // it has the other one of the two
    return thread.Raise(TypeId::kAttributeError, deleting ? "__delete__" : "__set__");
  }
  return kOk;
}

namespace {

Status NoSuchAttribute(Thread& thread, Value object, Value name, bool on_type) {
  const std::string type_name(FullTypeName(TypeOf(object)));
  return thread.Raise(
      TypeId::kAttributeError,
      on_type ? absl::StrCat("'", type_name, "' object attribute '", ToUtf8(name), "' is read-only")
              : absl::StrCat("'", type_name, "' object has no attribute '", ToUtf8(name), "'"));
}

Status DeleteInstanceAttribute(Thread& thread, Object* object, Value name) {
  bool found;
  GILA_TRY_VOID(DeleteOwnAttribute(thread, object, name, &found));
  if (!found) return NoSuchAttribute(thread, object, name, false);
  return kOk;
}

Status StoreTypeAttribute(Thread& thread, Type* type, Value name, Value value) {
  if (!type->Has(kHeapType)) {
    const std::string type_name(TypeName(type));
    return thread.RaiseTypeError("cannot set '%s' attribute of immutable type '%s'",
                                 ToUtf8(name).c_str(), type_name.c_str());
  }
  const Value on_metaclass = LookupOnType(thread, TypeOf(type), name);
  if (!on_metaclass.IsUnbound() && IsDataDescriptor(thread, on_metaclass)) {
    return StoreThroughDescriptor(thread, on_metaclass, type, value);
  }
  if (value.IsUnbound() && DictGetInterned(type->dict.Load(), name).IsUnbound()) {
    const std::string type_name(TypeName(type));
    return thread.Raise(
        TypeId::kAttributeError,
        absl::StrCat("type object '", type_name, "' has no attribute '", ToUtf8(name), "'"));
  }
  return SetTypeAttribute(thread, type, name, value);
}

Status StoreAttribute(Thread& thread, Value object, Value name, Value value) {
  if (GILA_UNLIKELY(TypeOf(object)->Has(kCustomSetAttribute))) {
    const Value args[] = {name, value};
    const bool deleting = value.IsUnbound();
    GILA_TRY_VOID(CallSpecial(thread, object, deleting ? Special::kDelAttr : Special::kSetAttr,
                              std::span<const Value>(args, deleting ? 1 : 2)));
    return kOk;
  }
  return StandardSetAttr(thread, object, name, value);
}

}  // namespace

Status GenericSetAttr(Thread& thread, Value object, Value name, Value value) {
  Type* const type = TypeOf(object);
  const Value on_type = LookupOnType(thread, type, name);
  if (!on_type.IsUnbound() && IsDataDescriptor(thread, on_type)) {
    return StoreThroughDescriptor(thread, on_type, object, value);
  }
  if (IsKind(object, kKindModule)) {
    Dict* const dict = object.As<Module>()->dict.Load();
    if (!value.IsUnbound()) return DictSet(thread, dict, name, value);
    GILA_TRY(const Value removed, DictPop(thread, dict, name));
    if (removed.IsUnbound()) return NoSuchAttribute(thread, object, name, false);
    return kOk;
  }
  if (!object.IsPointer() || !HasInstanceDict(type)) {
    return NoSuchAttribute(thread, object, name, !on_type.IsUnbound());
  }
  if (value.IsUnbound()) return DeleteInstanceAttribute(thread, object.AsObject(), name);
  return SetOwnAttribute(thread, object.AsObject(), name, value);
}

Status StandardSetAttr(Thread& thread, Value object, Value name, Value value) {
  if (IsType(object)) return StoreTypeAttribute(thread, object.As<Type>(), name, value);
  return GenericSetAttr(thread, object, name, value);
}

Status SetAttr(Thread& thread, Value object, Value name, Value value) {
  return StoreAttribute(thread, object, name, value);
}

Status DelAttr(Thread& thread, Value object, Value name) {
  return StoreAttribute(thread, object, name, kUnbound);
}

}  // namespace gila

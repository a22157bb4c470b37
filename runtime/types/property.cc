// property.cc: property. Reading and writing through one is in protocols/attributes.cc and
// attribute_stores.cc.
#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/protocols/attributes.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

void TraceProperty(Object* object, Marker& marker) {
  auto* property = static_cast<Property*>(object);
  for (const Slot* slot : {&property->get, &property->set, &property->del, &property->doc,
                           &property->name, &property->attributes}) {
    marker.Visit(*slot);
  }
}
const KindInfo kPropertyKind = {"property", TraceProperty, nullptr};

Property* Self(Value v) { return v.As<Property>(); }
Value OrNone(Value v) { return v.IsUnbound() ? kNone : v; }

Result<Value> PropertyNew(Thread& thread, Args args) {
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* property = static_cast<Property*>(object);
  for (Slot* slot : {&property->get, &property->set, &property->del, &property->doc,
                     &property->name, &property->attributes}) {
    slot->Init(kUnbound);
  }
  return property;
}

// The docstring of a subclass instance is an ordinary attribute: its class has a __doc__ of its
// own.
Status StoreDoc(Thread& thread, Value self, Value doc) {
  if (TypeOf(self) == GetType(TypeId::kProperty)) {
    Self(self)->doc.Store(self.AsObject(), doc);
    return kOk;
  }
  if (doc.IsUnbound()) return kOk;
  return SetAttr(thread, self, NameOf(Name::kDoc), doc);
}

Result<Value> PropertyInit(Thread& thread, Args args) {
  Property* const property = Self(args[0]);
  const auto store = [&](Slot& slot, Value v) { slot.Store(property, v.IsNone() ? kUnbound : v); };
  store(property->get, args.Or(1, kNone));
  store(property->set, args.Or(2, kNone));
  store(property->del, args.Or(3, kNone));
  Value doc = args.Or(4, kNone);
  const Value getter = property->get.Load();
  if (doc.IsNone() && !getter.IsUnbound()) {
    GILA_TRY(doc, GetAttrOrUnbound(thread, getter, NameOf(Name::kDoc)));
  }
  GILA_TRY_VOID(StoreDoc(thread, args[0], doc));
  return kNone;
}

Result<Value> PropertyGet(Thread& thread, Args args) {
  if (args[1].IsNone()) {
    if (args.Or(2, kNone).IsNone()) return thread.RaiseTypeError("__get__(None, None) is invalid");
    return args[0];
  }
  const Value getter = Self(args[0])->get.Load();
  if (getter.IsUnbound()) {
    // The same words as a read of the attribute.
    return BindDescriptor(thread, args[0], args[1], TypeOf(args[1]));
  }
  return Call(thread, getter, {args[1]});
}

Status Store(Thread& thread, Value property, Value object, Value value) {
  // Not through a subclass's own __set__, which may have called this.
  const bool deleting = value.IsUnbound();
  const Value accessor = deleting ? Self(property)->del.Load() : Self(property)->set.Load();
  if (accessor.IsUnbound()) {
    return RaiseNoAccessor(thread, Self(property), object, deleting ? "deleter" : "setter");
  }
  if (deleting) {
    GILA_TRY_VOID(Call(thread, accessor, {object}));
  } else {
    GILA_TRY_VOID(Call(thread, accessor, {object, value}));
  }
  return kOk;
}

Result<Value> PropertySet(Thread& thread, Args args) {
  GILA_TRY_VOID(Store(thread, args[0], args[1], args[2]));
  return kNone;
}
Result<Value> PropertyDelete(Thread& thread, Args args) {
  GILA_TRY_VOID(Store(thread, args[0], args[1], kUnbound));
  return kNone;
}

// A copy with one accessor replaced: @x.setter. The class may be a subclass of property.
Result<Value> CopyWith(Thread& thread, Value self, int which, Value accessor) {
  const Property* property = Self(self);
  Value parts[] = {OrNone(property->get.Load()), OrNone(property->set.Load()),
                   OrNone(property->del.Load()), kNone};
  parts[which] = accessor;
  // A docstring that came from the getter follows the new getter.
  const Value old_getter = property->get.Load();
  Value getter_doc = kNone;
  if (!old_getter.IsUnbound()) {
    GILA_TRY(getter_doc, GetAttrOrUnbound(thread, old_getter, NameOf(Name::kDoc)));
  }
  GILA_TRY(const Value doc, GetAttrOrUnbound(thread, self, NameOf(Name::kDoc)));
  if (!doc.IsUnbound() && doc != getter_doc) parts[3] = doc;
  GILA_TRY(const Value made, Call(thread, TypeOf(self), parts));
  if (IsKind(made, kKindProperty)) {
    Self(made)->name.Store(made.AsObject(), property->name.Load());
  }
  return made;
}

Result<Value> PropertyGetter(Thread& thread, Args args) {
  return CopyWith(thread, args[0], 0, args[1]);
}
Result<Value> PropertySetter(Thread& thread, Args args) {
  return CopyWith(thread, args[0], 1, args[1]);
}
Result<Value> PropertyDeleter(Thread& thread, Args args) {
  return CopyWith(thread, args[0], 2, args[1]);
}

Result<Value> PropertySetName(Thread&, Args args) {
  Self(args[0])->name.Store(args[0].AsObject(), args[2]);
  return kNone;
}

Result<Value> GetGetter(Thread&, Value self) { return OrNone(Self(self)->get.Load()); }
Result<Value> GetSetter(Thread&, Value self) { return OrNone(Self(self)->set.Load()); }
Result<Value> GetDeleter(Thread&, Value self) { return OrNone(Self(self)->del.Load()); }
Result<Value> GetDoc(Thread&, Value self) { return OrNone(Self(self)->doc.Load()); }
Status SetDoc(Thread&, Value self, Value value) {
  Self(self)->doc.Store(self.AsObject(), value);
  return kOk;
}

Result<Value> GetIsAbstract(Thread& thread, Value self) {
  for (const Slot* slot : {&Self(self)->get, &Self(self)->set, &Self(self)->del}) {
    const Value accessor = slot->Load();
    if (accessor.IsUnbound()) continue;
    GILA_TRY(const bool abstract, IsAbstractMethod(thread, accessor));
    if (abstract) return kTrue;
  }
  return kFalse;
}

const NativeDef kPropertyMethods[] = {
    {"__init__", PropertyInit, "(self, fget=None, fset=None, fdel=None, doc=None)",
     "Initialize self."},
    {"__get__", PropertyGet, "(self, instance, owner=None, /)",
     "Return an attribute of instance, which is of type owner."},
    {"__set__", PropertySet, "(self, instance, value, /)",
     "Set an attribute of instance to value."},
    {"__delete__", PropertyDelete, "(self, instance, /)", "Delete an attribute of instance."},
    {"getter", PropertyGetter, "(self, fget, /)",
     "Descriptor to obtain a copy of the property with a different getter."},
    {"setter", PropertySetter, "(self, fset, /)",
     "Descriptor to obtain a copy of the property with a different setter."},
    {"deleter", PropertyDeleter, "(self, fdel, /)",
     "Descriptor to obtain a copy of the property with a different deleter."},
    {"__set_name__", PropertySetName, "(self, owner, name, /)",
     "Method to set name of a property."},
    {nullptr, nullptr, nullptr, nullptr},
};

const GetSetDef kPropertyGetSets[] = {
    {"fget", GetGetter, ReadonlyMember, nullptr},
    {"fset", GetSetter, ReadonlyMember, nullptr},
    {"fdel", GetDeleter, ReadonlyMember, nullptr},
    {"__doc__", GetDoc, SetDoc, nullptr},
    {"__isabstractmethod__", GetIsAbstract, nullptr, nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

extern const TypeSpec kPropertySpec;
const TypeSpec kPropertySpec = {
    .doc = nullptr,
    .new_function = PropertyNew,
    .new_signature = "(cls, /, *args, **kwargs)",
    .methods = kPropertyMethods,
    .getsets = kPropertyGetSets,
    .native_size = sizeof(Property),
    .kind_info = &kPropertyKind,
};

}  // namespace gila

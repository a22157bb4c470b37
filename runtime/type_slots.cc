// type_slots.cc: `__slots__`: which names, which of them are storage, what is refused; and the
// descriptors `__dict__` and `__weakref__` that classes of programs get.
#include "runtime/type_slots.h"

#include <string>
#include <vector>

#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"
#include "runtime/types/weakref.h"

namespace gila {

namespace {

constexpr int64_t kMaxMembers = 200;  // Shape counts them in a byte

// Layouts whose instances vary in size: no room for slots behind them.
bool IsVariableSize(const Type* type) {
  switch (type->instance_kind) {
    case kKindInt:
    case kKindBool:
    case kKindBytes:
    case kKindTuple:
    case kKindType:
      return true;
    default:
      return false;
  }
}

// `__name` in a class body means `_Class__name`.
Result<Str*> Mangle(Thread& thread, const Str* class_name, Str* name) {
  const std::string text = ToUtf8(name);
  const bool is_private = text.size() > 2 && text.compare(0, 2, "__") == 0 &&
                          text.compare(text.size() - 2, 2, "__") != 0 &&
                          text.find('.') == std::string::npos;
  if (!is_private) return name;
  std::string prefix = ToUtf8(class_name);
  prefix.erase(0, prefix.find_first_not_of('_'));
  if (prefix.empty()) return name;
  return NewStr(thread, "_" + prefix + text);
}

Result<Tuple*> SlotTuple(Thread& thread, Value slots) {
  if (IsStr(slots)) return NewTuple(thread, std::span<const Value>(&slots, 1));
  return ToTuple(thread, slots);
}

struct SlotReader {
  Thread& thread;
  const Type* base;
  const Str* class_name;
  Dict* name_space;
  SlotNames* slots;
  bool may_add_dict, may_add_weakref;

  Status One(Value slot) {
    if (!IsStr(slot)) {
      const std::string given(TypeNameOf(slot));
      return thread.RaiseTypeError("__slots__ items must be strings, not '%s'", given.c_str());
    }
    GILA_TRY(const Value identifier, CallMethod(thread, slot, Intern(thread, "isidentifier")));
    if (!identifier.IsTrue()) {
      return thread.RaiseTypeError("__slots__ must be identifiers");
    }
    if (StrEquals(slot.As<Str>(), "__dict__")) {
      if (!may_add_dict || slots->add_dict) {
        return thread.RaiseTypeError("__dict__ slot disallowed: we already got one");
      }
      slots->add_dict = true;
      return kOk;
    }
    if (StrEquals(slot.As<Str>(), "__weakref__")) {
      if (!may_add_weakref || slots->add_weakref) {
        return thread.RaiseTypeError(
            "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0");
      }
      slots->add_weakref = true;
      return kOk;
    }
    return Plain(slot.As<Str>());
  }

  Status Plain(Str* slot) {
    GILA_TRY(Str* const mangled, Mangle(thread, class_name, slot));
    const Value name = InternStr(thread, mangled);
    if (name.IsError()) return kFailed;
    const bool ignored = name == NameOf(Name::kQualname) || name == NameOf(Name::kClassCell);
    if (!DictGetInterned(name_space, name).IsUnbound() && !ignored) {
      GILA_TRY(Str* const shown, Repr(thread, name));
      return thread.RaiseValueError("%s in __slots__ conflicts with class variable",
                                    ToUtf8(shown).c_str());
    }
    return ListAppend(thread, slots->names, name);
  }
};

}  // namespace

Status ReadSlots(Thread& thread, const Type* base, const Tuple* bases, const Str* class_name,
                 Dict* name_space, SlotNames* slots) {
  const bool may_add_dict = !base->Has(kHasDict);
  const bool may_add_weakref = !base->Has(kHasWeakref) && !IsVariableSize(base);
  const Value given = DictGetInterned(name_space, NameOf(Name::kSlots));
  if (given.IsUnbound()) {
    slots->add_dict = may_add_dict;
    slots->add_weakref = may_add_weakref;
    return kOk;
  }
  GILA_TRY(Tuple* const names, SlotTuple(thread, given));
  if (names->length > 0 && IsVariableSize(base)) {
    const std::string base_name(TypeName(base));
    return thread.RaiseTypeError("nonempty __slots__ not supported for subtype of '%s'",
                                 base_name.c_str());
  }
  if (names->length > kMaxMembers) return thread.RaiseTypeError("too many names in __slots__");
  GILA_TRY(slots->names, NewList(thread));
  SlotReader reader{thread, base, class_name, name_space, slots, may_add_dict, may_add_weakref};
  for (int64_t i = 0; i < names->length; ++i) GILA_TRY_VOID(reader.One(names->At(i)));
  GILA_TRY_VOID(ListSort(thread, slots->names, kNone, false));
  // A second base may bring what the slots left out.
  for (int64_t i = 0; i < bases->length; ++i) {
    const Type* other = bases->At(i).As<Type>();
    if (other == base) continue;
    if (may_add_dict && other->Has(kHasDict)) slots->add_dict = true;
    if (may_add_weakref && other->Has(kHasWeakref)) slots->add_weakref = true;
  }
  return kOk;
}

namespace {

// The members of the layout base come first and keep their places.
Status CollectMembers(Thread& thread, const Type* base, List* members) {
  const Shape* shape = base->root.Load();
  std::vector<Value> keys;  // kept alive by the shapes
  for (int i = 0; i < base->root.Load()->member_count; ++i, shape = ShapeAt(shape->parent)) {
    keys.push_back(shape->key);
  }
  for (size_t i = keys.size(); i > 0; --i) GILA_TRY_VOID(ListAppend(thread, members, keys[i - 1]));
  return kOk;
}

int InlineCapacity(const Type* type, const Type* base, int64_t members) {
  if (type->attributes_offset < type->native_size) return 0;
  int capacity = static_cast<int>(members);
  if (type->Has(kHasDict)) {
    const Shape* root = base->root.Load();
    capacity += root->inline_capacity - root->member_count;
  }
  return (capacity + 1) & ~1;  // header and overflow word fill one granule, two slots another
}

}  // namespace

Status AddSlotDescriptors(Thread& thread, Type* type, const SlotNames& slots) {
  Dict* const dict = type->dict.Load();
  const Type* base = type->base.Load();
  GILA_TRY(List* const members, NewList(thread));
  GILA_TRY_VOID(CollectMembers(thread, base, members));
  const int64_t count = slots.names == nullptr ? 0 : slots.names->size.Load();
  for (int64_t i = 0; i < count; ++i) {
    const Value name = ListAt(slots.names, i);
    GILA_TRY(Member* const member, Allocate<Member>(thread, TypeId::kMember));
    member->name.Init(name);
    member->owner.Init(type);
    GILA_TRY_VOID(ListAppend(thread, members, member));
    GILA_TRY_VOID(DictSet(thread, dict, name, member));
  }
  if (slots.add_dict) {
    GILA_TRY(const Value getset, NewGetSet(thread, &kInstanceDictGetSet, type));
    GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kDict_), getset));
  }
  if (slots.add_weakref) {
    GILA_TRY(const Value getset, NewGetSet(thread, &kWeakrefGetSet, type));
    GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kWeakref), getset));
  }
  GILA_TRY(Tuple* const keys, ListToTuple(thread, members));
  InstallRootShape(type, keys, InlineCapacity(type, base, keys->length));
  return kOk;
}

namespace {

// A class, a module or whatever else has a __dict__ of its own kind keeps it, also when the class
// of its class asks for a dictionary of its own: the built-in type's attribute of that name.
Result<Value> BuiltinDictAttribute(Thread& thread, Value self) {
  if (!IsKind(self, kKindType) && !IsKind(self, kKindModule)) return kUnbound;
  const Type* const type = GetType(IsKind(self, kKindType) ? TypeId::kType : TypeId::kModule);
  return DictGet(thread, type->dict.Load(), NameOf(Name::kDict_));
}

Result<Value> GetInstanceDict(Thread& thread, Value self) {
  GILA_TRY(const Value own, BuiltinDictAttribute(thread, self));
  if (!own.IsUnbound()) return BindDescriptor(thread, own, self, TypeOf(self));
  return MaterializeDict(thread, self.AsObject());
}

Status SetInstanceDict(Thread& thread, Value self, Value value) {
  GILA_TRY(const Value own, BuiltinDictAttribute(thread, self));
  if (!own.IsUnbound()) {
    return thread.Raise(TypeId::kAttributeError,
                        IsKind(self, kKindType)
                            ? "attribute '__dict__' of 'type' objects is not writable"
                            : "readonly attribute");
  }
  if (value.IsUnbound()) {
    GILA_TRY(Dict* const empty, NewDict(thread));
    return ReplaceDict(thread, self.AsObject(), empty);
  }
  if (!IsDict(value)) {
    const std::string given(TypeNameOf(value));
    return thread.RaiseTypeError("__dict__ must be set to a dictionary, not a '%s'", given.c_str());
  }
  return ReplaceDict(thread, self.AsObject(), value.As<Dict>());
}

Result<Value> GetWeakref(Thread& thread, Value self) {
  if ((self.AsObject()->gc.Load() & kGcWeakrefs) == 0) return kNone;
  return NewWeakRef(thread, self, kUnbound);
}

}  // namespace

const GetSetDef kInstanceDictGetSet = {"__dict__", GetInstanceDict, SetInstanceDict,
                                       "dictionary for instance variables (if defined)"};
const GetSetDef kWeakrefGetSet = {"__weakref__", GetWeakref, nullptr,
                                  "list of weak references to the object (if defined)"};

}  // namespace gila

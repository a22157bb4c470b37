// slow_attributes.cc: attributes and items that are not cached, and the decision what to cache.
//
// The operation itself is always the runtime's (GetAttr, SetAttr, ...); beside it this file asks
// whether a later one may be answered from a cache. What may be cached: an attribute in a slot of
// the instance, when the class has no data descriptor of that name; what the class has, when the
// instance cannot have its own (it has a shape without the name). That a class gains a data
// descriptor later is told by InvalidateAllInlineCaches.
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "vm/fast_paths.h"
#include "vm/inline_cache.h"
#include "vm/slow.h"

namespace gila::vm {
namespace {

bool HasSpecial(Thread& thread, Value v, Special special) {
  return !LookupSpecial(thread, TypeOf(v), special).IsUnbound();
}

uint32_t CellName(LookupCell* cell) { return heap::Compress(cell); }

// Where slot `slot` of instances of `shape` is, as the caches say it; 0 when it does not fit.
uint64_t SlotCache(const Shape* shape, int32_t slot) {
  if (slot < shape->inline_capacity) {
    const uint32_t offset = shape->attributes_offset + 8u * static_cast<uint32_t>(slot + 1);
    return MakeCache(shape->id, kTagInline, offset);
  }
  const uint32_t index = static_cast<uint32_t>(slot - shape->inline_capacity);
  if (index > 0xFFFF) return 0;
  return MakeCache(shape->id, kTagOverflow, shape->attributes_offset | index << 16);
}

// Objects whose attributes are found another way than an instance's.
bool IsPlainInstance(Value object) {
  return !IsKind(object, kKindType) && !IsKind(object, kKindModule) && !IsKind(object, kKindSuper);
}

// An attribute as an inline cache would see it.
struct Place {
  uint16_t opcode = kOpNop;  // nothing to cache
  uint64_t cache = 0;
};

Place PlaceInModule(Thread& thread, Module* module, Value name, uint16_t opcode) {
  if (!LookupOnType(thread, TypeOf(module), name).IsUnbound()) return {};
  Dict* dict = module->dict.Load();
  const int64_t index = DictEntryIndex(dict, name);
  if (index < 0) return {};
  const uint32_t version = DictKeysVersion(thread, dict);
  if (version >= kGuardLimit) return {};
  return {opcode, MakeCache(version, kTagModule, static_cast<uint32_t>(index))};
}

// Class attributes that reading through the class leaves as they are: plain values and functions.
Place PlaceInType(Thread& thread, Type* type, Value name, uint16_t opcode) {
  Type* metaclass = TypeOf(type);
  if (metaclass->Has(kCustomGetAttribute)) return {};
  if (!LookupOnType(thread, metaclass, name).IsUnbound()) return {};
  LookupCell* cell = LookupCellOnType(thread, type, name);
  if (cell == nullptr || type->root.Load() == nullptr) return {};
  const Value value = cell->value.Load();
  if (!IsKind(value, kKindFunction) && HasSpecial(thread, value, Special::kGet)) return {};
  return {opcode, MakeCache(type->root.Load()->id, kTagType, CellName(cell))};
}

// For an instance of `shape`.
Place PlaceInInstance(Thread& thread, const Shape* shape, Value name) {
  Type* type = shape->type;
  if (type->Has(kCustomGetAttribute) || shape->IsDictionary()) return {};
  if (type->instance_kind == kKindSuper) return {};  // what it finds depends on the object
  LookupCell* cell = LookupCellOnType(thread, type, name);
  const Value found = cell == nullptr ? kUnbound : cell->value.Load();
  Value key = name;
  if (!found.IsUnbound() && !IsKind(found, kKindFunction) && IsDataDescriptor(thread, found)) {
    if (IsKind(found, kKindProperty) && IsKind(found.As<Property>()->get.Load(), kKindFunction))
      return {kOpLoadAttrProperty, MakeCache(shape->id, kTagProperty, CellName(cell))};
    if (!IsKind(found, kKindMember)) return {};
    key = found;
  }
  if (const int32_t slot = shape->Find(key); slot >= 0) {
    const uint64_t cache = SlotCache(shape, slot);
    if (cache == 0) return {};
    return {
        static_cast<uint16_t>(TagOf(cache) == kTagInline ? kOpLoadAttrInline : kOpLoadAttrOverflow),
        cache};
  }
  if (found.IsUnbound() || IsKind(found, kKindMember)) return {};
  if (IsKind(found, kKindFunction))
    return {kOpLoadAttrBound, MakeCache(shape->id, kTagBound, CellName(cell))};
  if (HasSpecial(thread, found, Special::kGet)) return {};
  return {kOpLoadAttrClass, MakeCache(shape->id, kTagClass, CellName(cell))};
}

Place PlaceForLoad(Thread& thread, Value object, const Shape* shape, Value name) {
  if (IsKind(object, kKindModule) && object.AsObject()->IsExactly(TypeId::kModule))
    return PlaceInModule(thread, object.As<Module>(), name, kOpLoadAttrModule);
  if (IsKind(object, kKindType))
    return PlaceInType(thread, object.As<Type>(), name, kOpLoadAttrType);
  return IsPlainInstance(object) ? PlaceInInstance(thread, shape, name) : Place{};
}

Place PlaceForMethod(Thread& thread, Value object, const Shape* shape, Value name) {
  if (IsKind(object, kKindModule) && object.AsObject()->IsExactly(TypeId::kModule))
    return PlaceInModule(thread, object.As<Module>(), name, kOpLoadMethodModule);
  if (IsKind(object, kKindType))
    return PlaceInType(thread, object.As<Type>(), name, kOpLoadMethodType);
  Type* type = shape->type;
  if (!IsPlainInstance(object) || type->Has(kCustomGetAttribute) || shape->IsDictionary() ||
      shape->Find(name) >= 0)
    return {};
  LookupCell* cell = LookupCellOnType(thread, type, name);
  if (cell == nullptr) return {};
  const Value found = cell->value.Load();
  if (!IsKind(found, kKindFunction) && !IsKind(found, kKindMethodDescriptor)) return {};
  return {kOpLoadMethodClass, MakeCache(shape->id, kTagMethod, CellName(cell))};
}

// `before`: the shape that the instance had before the store that was just done.
Place PlaceForStore(Thread& thread, Value object, const Shape* before, Value name) {
  Type* type = before->type;
  if (IsKind(object, kKindType) || IsKind(object, kKindModule) || type->Has(kCustomSetAttribute) ||
      before->IsDictionary())
    return {};
  const Value found = LookupOnType(thread, type, name);
  Value key = name;
  if (!found.IsUnbound() && !IsKind(found, kKindFunction) && IsDataDescriptor(thread, found)) {
    if (!IsKind(found, kKindMember)) return {};
    key = found;
  }
  if (const int32_t slot = before->Find(key); slot >= 0) {
    const uint64_t cache = SlotCache(before, slot);
    if (cache == 0) return {};
    return {static_cast<uint16_t>(TagOf(cache) == kTagInline ? kOpStoreAttrInline
                                                             : kOpStoreAttrOverflow),
            cache};
  }
  const Shape* after = ShapeOf(object.AsObject());
  if (after->parent != before->id || after->key != key || after->IsDictionary() ||
      before->slot_count >= before->inline_capacity)
    return {};
  const uint32_t offset = before->attributes_offset + 8u * (before->slot_count + 1u);
  if (offset / 8 > 0xFF) return {};
  return {kOpStoreAttrAdd, MakeCache(before->id, kTagAdd, after->id | (offset / 8) << 24)};
}

void Remember(const Slow& slow, const Place& place) {
  if (place.opcode != kOpNop) Specialise(slow.pc, place.opcode, slow.registers, place.cache);
}

}  // namespace

Step LoadAttrSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value object = slow.B(), name = slow.NameC();
  if (object.IsPointer())
    Remember(slow, PlaceForLoad(thread, object, ShapeOf(object.AsObject()), name));
  return slow.Store(GetAttr(thread, object, name));
}

Step LoadAttrBoundSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value object = slow.B();
  const uint64_t cache = LoadWord(pc + 1);
  if (object.IsPointer() && ShapeMatches(object.AsObject(), cache, kTagBound)) {
    const Value function = CellOf(cache)->value.Load();
    if (!function.IsUnbound()) return slow.Store(NewMethod(thread, function, object));
  }
  return LoadAttrSlow(thread, pc, registers);
}

// Runs the getter in a frame of its own above this one.
Step LoadAttrPropertySlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value object = slow.B();
  const uint64_t cache = LoadWord(pc + 1);
  if (object.IsPointer() && ShapeMatches(object.AsObject(), cache, kTagProperty)) {
    const Value property = CellOf(cache)->value.Load();
    if (IsKind(property, kKindProperty)) {
      const Value getter = property.As<Property>()->get.Load();
      const Code* code = SimpleCallee(getter, 1);
      Value* callee = FrameEnd(registers) + kFrameHeader;
      if (code != nullptr && EnterFrame(thread, code, pc, registers, callee, kFrameValue)) {
        callee[kFrameCallable] = getter;
        callee[0] = object;
        return {code->words, callee};
      }
    }
  }
  return LoadAttrSlow(thread, pc, registers);
}

Step StoreAttrSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value object = slow.A(), name = slow.NameC();
  if (!object.IsPointer()) return slow.Done(SetAttr(thread, object, name, slow.B()));
  const Shape* before = ShapeOf(object.AsObject());
  if (!SetAttr(thread, object, name, slow.B()).ok()) return slow.Fail();
  Remember(slow, PlaceForStore(thread, object, before, name));
  return slow.Next();
}

Step DelAttrSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.Done(DelAttr(thread, slow.A(), slow.NameC()));
}

Step LoadMethodSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value object = slow.B(), name = slow.NameC();
  if (object.IsPointer())
    Remember(slow, PlaceForMethod(thread, object, ShapeOf(object.AsObject()), name));
  Value found;
  const Result<bool> is_method = LookupMethod(thread, object, name, &found);
  if (!is_method.ok()) return slow.Fail();
  Value* window = &slow.A();
  window[0] = is_method.value() ? found : kUnbound;
  window[is_method.value() ? kWindowHeader : 1] = is_method.value() ? object : found;
  return slow.Next();
}

namespace {

Step RaiseNoContextManager(const Slow& slow, Value object, int which) {
  static constexpr const char* kMissed[] = {"", " (missed __exit__ method)", "",
                                            " (missed __aexit__ method)"};
  const std::string_view type = TypeNameOf(object);
  slow.thread.RaiseTypeError("'%.*s' object does not support the %scontext manager protocol%s",
                             static_cast<int>(type.size()), type.data(),
                             which >= 2 ? "asynchronous " : "", kMissed[which]);
  return slow.Fail();
}

}  // namespace

Step LoadSpecialSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  static constexpr Special kSpecials[] = {Special::kEnter, Special::kExit, Special::kAEnter,
                                          Special::kAExit};
  const Slow slow(thread, pc, registers);
  const Value object = slow.B();
  const int which = slow.in.c();
  const Value found = LookupSpecial(thread, TypeOf(object), kSpecials[which]);
  if (found.IsUnbound()) return RaiseNoContextManager(slow, object, which);
  Value* window = &slow.A();
  if (IsKind(found, kKindFunction) || IsKind(found, kKindMethodDescriptor)) {
    window[0] = found;
    window[kWindowHeader] = object;
    return slow.Next();
  }
  const Result<Value> bound = BindDescriptor(thread, found, object, TypeOf(object));
  if (!bound.ok()) return slow.Fail();
  window[0] = kUnbound;
  window[1] = bound.value();
  return slow.Next();
}

// --- items ---

namespace {

uint16_t ItemForm(Value container, Value key, uint16_t list, uint16_t tuple, uint16_t dict) {
  if (IsExactly(container, TypeId::kDict)) return dict;
  if (!key.IsSmallInt()) return kOpNop;
  if (IsExactly(container, TypeId::kList)) return list;
  return IsExactly(container, TypeId::kTuple) ? tuple : static_cast<uint16_t>(kOpNop);
}
void ChooseItemForm(const Slow& slow, uint16_t form) {
  if (form != kOpNop && form != slow.in.opcode() && MayRespecialise(slow.pc))
    SpecialiseOpcode(slow.pc, form);
}

Step GetDictItem(const Slow& slow, Value container, Value key) {
  const Result<Value> found = DictGet(slow.thread, container.As<Dict>(), key);
  if (found.ok() && found.value().IsUnbound())
    return slow.Store(Result<Value>(slow.thread.RaiseWith(TypeId::kKeyError, key)));
  return slow.Store(found);
}

}  // namespace

Step GetItemSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  ChooseItemForm(slow,
                 ItemForm(slow.B(), slow.C(), kOpGetItemList, kOpGetItemTuple, kOpGetItemDict));
  return slow.Store(GetItem(thread, slow.B(), slow.C()));
}
Step GetItemKSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  ChooseItemForm(slow,
                 ItemForm(slow.B(), slow.KC(), kOpGetItemKList, kOpGetItemKTuple, kOpGetItemKDict));
  return slow.Store(GetItem(thread, slow.B(), slow.KC()));
}
Step GetItemDictSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  if (!IsExactly(slow.B(), TypeId::kDict)) return GetItemSlow(thread, pc, registers);
  return GetDictItem(slow, slow.B(), slow.C());
}
Step GetItemKDictSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  if (!IsExactly(slow.B(), TypeId::kDict)) return GetItemKSlow(thread, pc, registers);
  return GetDictItem(slow, slow.B(), slow.KC());
}

Step SetItemSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  ChooseItemForm(slow, ItemForm(slow.A(), slow.B(), kOpSetItemList, kOpNop, kOpSetItemDict));
  return slow.Done(SetItem(thread, slow.A(), slow.B(), slow.C()));
}
Step SetItemDictSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  if (!IsExactly(slow.A(), TypeId::kDict)) return SetItemSlow(thread, pc, registers);
  return slow.Done(DictSet(thread, slow.A().As<Dict>(), slow.B(), slow.C()));
}
Step DelItemSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.Done(DelItem(thread, slow.A(), slow.B()));
}
Step NewSliceSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value* parts = &slow.B();
  return slow.Store(NewSlice(thread, parts[0], parts[1], slow.in.c() == 3 ? parts[2] : kNone));
}

}  // namespace gila::vm

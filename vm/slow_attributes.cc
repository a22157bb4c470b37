// slow_attributes.cc: attributes and items that are not cached, and the decision what to cache.
//
// The operation itself is always the runtime's (GetAttr, SetAttr, ...); beside it this file asks
// whether a later one may be answered from a cache. What may be cached: an attribute in a slot of
// the instance, when the class has no data descriptor of that name; what the class has, when the
// instance cannot have its own (it has a shape without the name). That a class gains a data
// descriptor later is told by InvalidateAllInlineCaches.
#include <algorithm>

#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/protocols/native_getter.h"
#include "runtime/type.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/list_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "vm/attribute_cache.h"
#include "vm/fast_paths.h"
#include "vm/inline_cache.h"
#include "vm/slow.h"
#include "vm/special_methods.h"

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
  if (type->Has(kCustomGetAttribute)) return {};
  LookupCell* cell = LookupCellOnType(thread, type, name);
  const Value found = cell == nullptr ? kUnbound : cell->value.Load();
  Value key = name;
  if (!found.IsUnbound() && !IsKind(found, kKindFunction) && IsDataDescriptor(thread, found)) {
    // A subclass of property may bring a __get__ of its own.
    if (native_getters[found.AsObject()->kind] != nullptr ||
        (IsExactly(found, TypeId::kProperty) &&
         IsKind(found.As<Property>()->get.Load(), kKindFunction)))
      return {kOpLoadAttrProperty, MakeCache(shape->id, kTagProperty, CellName(cell))};
    if (!IsKind(found, kKindMember)) return {};
    key = found;
  }
  if (shape->IsDictionary()) return {};
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
  if (!IsPlainInstance(object) || type->Has(kCustomGetAttribute) || shape->IsDictionary())
    return {};
  LookupCell* cell = LookupCellOnType(thread, type, name);
  const Value found = cell == nullptr ? kUnbound : cell->value.Load();
  if (const int32_t slot = shape->Find(name); slot >= 0) {
    const uint64_t cache = SlotCache(shape, slot);
    if (TagOf(cache) != kTagInline || (!found.IsUnbound() && IsDataDescriptor(thread, found)))
      return {};
    return {kOpLoadMethodInline, cache};
  }
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

// Writes the place into the instruction. One that has a place already keeps it, as a rule: its
// other shapes are found in the thread's table, and changing it each time would cost more than it
// saves. It is changed when its own shape is concerned (a class attribute has changed), and now and
// then, should its first shape have been an exception.
void Remember(const Slow& slow, uint32_t shape_id, const Place& place) {
  const uint64_t cache = LoadWord(slow.pc + 1);
  const bool specialised = slow.in.opcode() >= kOpcodeCount;
  if (specialised && (CacheGuard(cache) & (kGuardLimit - 1)) != shape_id &&
      (++StateOf(slow.thread).misses & 15) != 0)
    return;
  Specialise(slow.pc, place.opcode, slow.registers, place.cache);
}

// Is the place one of a shape, which the table may hold?
bool BelongsToShape(const Place& place) {
  const CacheTag tag = TagOf(place.cache);
  return tag != kTagModule && tag != kTagType;
}

// A place that was just found out: into the table and, as Remember decides, into the instruction.
void Learn(const Slow& slow, uint32_t shape_id, Value name, const Place& place) {
  if (place.opcode == kOpNop) return;
  if (!BelongsToShape(place)) {
    Specialise(slow.pc, place.opcode, slow.registers, place.cache);
    return;
  }
  AddPlace(slow.thread, shape_id, name, BaseOpcode(place.opcode), place);
  Remember(slow, shape_id, place);
}

// What the place gives for an object of its shape; unbound when it is out of date.
Result<Value> ReadPlace(Thread& thread, Value object, const Place& place) {
  switch (TagOf(place.cache)) {
    case kTagInline:
      return SlotAt(object.AsObject(), CacheUpper(place.cache))->Load();
    case kTagOverflow:
      return OverflowSlot(object.AsObject(), CacheUpper(place.cache))->Load();
    case kTagClass:
    case kTagMethod:
      return CellOf(place.cache)->value.Load();
    case kTagBound: {
      const Value function = CellOf(place.cache)->value.Load();
      return function.IsUnbound() ? function : NewMethod(thread, function, object);
    }
    default:
      return kUnbound;
  }
}

// Calls a native getter, or runs the getter of a property in a frame of its own above this one.
// False when that needs the long way.
bool EnterGetter(const Slow& slow, Value object, uint64_t cache, Step* step) {
  const Value property = CellOf(cache)->value.Load();
  if (!property.IsPointer()) return false;
  if (const NativeGetter getter = native_getters[property.AsObject()->kind]; getter != nullptr) {
    *step = slow.Store(getter(slow.thread, property.AsObject(), object));
    return true;
  }
  if (!IsExactly(property, TypeId::kProperty)) return false;
  const Value getter = property.As<Property>()->get.Load();
  const Code* code = SimpleCallee(getter, 1);
  Value* callee = FrameEnd(slow.registers) + kFrameHeader;
  if (code == nullptr ||
      !EnterFrame(slow.thread, code, slow.pc, slow.registers, callee, kFrameValue))
    return false;
  callee[kFrameCallable] = getter;
  callee[0] = object;
  *step = {code->words, callee};
  return true;
}

}  // namespace

Step LoadAttrSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value object = slow.B(), name = slow.NameC();
  if (!object.IsPointer()) return slow.Store(GetAttr(thread, object, name));
  const Shape* shape = ShapeOf(object.AsObject());
  if (const Place* place = FindPlace(thread, shape->id, name, Opcode::kLoadAttr);
      place != nullptr) {
    Step step;
    if (TagOf(place->cache) == kTagProperty && EnterGetter(slow, object, place->cache, &step)) {
      Remember(slow, shape->id, *place);
      return step;
    }
    const Result<Value> value = ReadPlace(thread, object, *place);
    if (!value.ok() || !value.value().IsUnbound()) {
      Remember(slow, shape->id, *place);
      return slow.Store(value);
    }
  }
  Learn(slow, shape->id, name, PlaceForLoad(thread, object, shape, name));
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

Step LoadAttrPropertySlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value object = slow.B();
  const uint64_t cache = LoadWord(pc + 1);
  Step step;
  if (object.IsPointer() && ShapeMatches(object.AsObject(), cache, kTagProperty) &&
      EnterGetter(slow, object, cache, &step))
    return step;
  return LoadAttrSlow(thread, pc, registers);
}

namespace {

// Stores through the place; false when it does not apply (any more).
bool WritePlace(const Slow& slow, Object* object, const Place& place, Value value) {
  switch (TagOf(place.cache)) {
    case kTagInline:
      SlotAt(object, CacheUpper(place.cache))->Store(object, value);
      return !LocksMatter() || ShapeMatches(object, place.cache, kTagInline);
    case kTagOverflow:
      if (LocksMatter()) return false;
      OverflowSlot(object, CacheUpper(place.cache))
          ->Store(OverflowArray(object, CacheUpper(place.cache)), value);
      return true;
    case kTagAdd:
      return AddInlineAttribute(slow.thread, slow.pc, slow.registers, object, place.cache, value);
    default:
      return false;
  }
}

}  // namespace

Step StoreAttrSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value object = slow.A(), name = slow.NameC();
  if (!object.IsPointer()) return slow.Done(SetAttr(thread, object, name, slow.B()));
  const Shape* before = ShapeOf(object.AsObject());
  if (const Place* place = FindPlace(thread, before->id, name, Opcode::kStoreAttr);
      place != nullptr && WritePlace(slow, object.AsObject(), *place, slow.B())) {
    Remember(slow, before->id, *place);
    return slow.Next();
  }
  if (!SetAttr(thread, object, name, slow.B()).ok()) return slow.Fail();
  Learn(slow, before->id, name, PlaceForStore(thread, object, before, name));
  return slow.Next();
}

Step DelAttrSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.Done(DelAttr(thread, slow.A(), slow.NameC()));
}

Step LoadMethodSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value object = slow.B(), name = slow.NameC();
  Value* window = &slow.A();
  if (ShapeIdOfValue(object) != 0) {
    const Shape* shape =
        object.IsPointer() ? ShapeOf(object.AsObject()) : TypeOf(object)->root.Load();
    if (const Place* place = FindPlace(thread, shape->id, name, Opcode::kLoadMethod);
        place != nullptr) {
      const Value value = ReadPlace(thread, object, *place).raw();
      if (!value.IsUnbound()) {
        Remember(slow, shape->id, *place);
        const bool is_method = TagOf(place->cache) == kTagMethod;
        window[0] = is_method ? value : kUnbound;
        window[is_method ? kWindowHeader : 1] = is_method ? object : value;
        return slow.Next();
      }
    }
    Learn(slow, shape->id, name, PlaceForMethod(thread, object, shape, name));
  }
  Value found;
  const Result<bool> is_method = LookupMethod(thread, object, name, &found);
  if (!is_method.ok()) return slow.Fail();
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
  if (IsExactly(slow.B(), TypeId::kStr)) return slow.Store(GetItem(thread, slow.B(), slow.C()));
  ChooseItemForm(slow,
                 ItemForm(slow.B(), slow.C(), kOpGetItemList, kOpGetItemTuple, kOpGetItemDict));
  if (Step step; EnterSpecial(slow, Special::kGetItem, {slow.B(), slow.C()}, &step)) return step;
  return slow.Store(GetItem(thread, slow.B(), slow.C()));
}
Step GetItemKSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  ChooseItemForm(slow,
                 ItemForm(slow.B(), slow.KC(), kOpGetItemKList, kOpGetItemKTuple, kOpGetItemKDict));
  if (Step step; EnterSpecial(slow, Special::kGetItem, {slow.B(), slow.KC()}, &step)) return step;
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
  if (Step step; EnterSpecial(slow, Special::kSetItem, {slow.A(), slow.B(), slow.C()}, &step))
    return step;
  return slow.Done(SetItem(thread, slow.A(), slow.B(), slow.C()));
}
Step SetItemDictSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  if (!IsExactly(slow.A(), TypeId::kDict)) return SetItemSlow(thread, pc, registers);
  return slow.Done(DictSet(thread, slow.A().As<Dict>(), slow.B(), slow.C()));
}
Step DelItemSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  if (Step step; EnterSpecial(slow, Special::kDelItem, {slow.A(), slow.B()}, &step)) return step;
  return slow.Done(DelItem(thread, slow.A(), slow.B()));
}
namespace {

// A bound of a slice as a place in a sequence; false when it is neither an int nor None.
bool ResolveBound(Value bound, int64_t lowest, int64_t highest, int64_t length, int64_t missing,
                  int64_t* place) {
  *place = missing;
  if (bound.IsNone()) return true;
  if (!bound.IsSmallInt()) return false;
  const int64_t given = bound.AsSmallInt();
  *place = std::clamp(given < 0 ? given + length : given, lowest, highest);
  return true;
}

// What ResolveSlice gives, for bounds that need no user code and no slice object.
bool ResolvePlainSlice(Value start, Value stop, Value step, int64_t length, SliceIndices* out) {
  out->step = 1;
  if (!step.IsNone()) {
    if (!step.IsSmallInt() || step.AsSmallInt() == 0) return false;
    out->step = step.AsSmallInt();
  }
  const bool backwards = out->step < 0;
  const int64_t lowest = backwards ? -1 : 0, highest = backwards ? length - 1 : length;
  if (!ResolveBound(start, lowest, highest, length, backwards ? highest : lowest, &out->start) ||
      !ResolveBound(stop, lowest, highest, length, backwards ? lowest : highest, &out->stop))
    return false;
  const int64_t distance = backwards ? out->start - out->stop : out->stop - out->start;
  out->count = distance <= 0 ? 0 : (distance - 1) / (backwards ? -out->step : out->step) + 1;
  return true;
}

// object[start:stop:step]; unbound: it is no exact list, tuple, str or bytes, or a bound is
// unusual.
Result<Value> PlainSliceOf(Thread& thread, Value object, Value start, Value stop, Value step) {
  SliceIndices slice;
  if (IsExactly(object, TypeId::kList)) {
    List* const list = object.As<List>();
    if (!ResolvePlainSlice(start, stop, step, list->size.Load(), &slice)) return kUnbound;
    return ListSlice(thread, list, slice);
  }
  if (IsExactly(object, TypeId::kStr)) {
    Str* const text = object.As<Str>();
    if (!ResolvePlainSlice(start, stop, step, text->length, &slice) || slice.step != 1)
      return kUnbound;
    return Result<Value>(StrSlice(thread, text, slice.start, slice.start + slice.count));
  }
  if (IsExactly(object, TypeId::kTuple)) {
    Tuple* const tuple = object.As<Tuple>();
    if (!ResolvePlainSlice(start, stop, step, tuple->length, &slice)) return kUnbound;
    return TupleSlice(thread, tuple, slice);
  }
  if (IsExactly(object, TypeId::kBytes)) {
    const auto* const bytes = object.As<Bytes>();
    if (!ResolvePlainSlice(start, stop, step, bytes->size, &slice) || slice.step != 1)
      return kUnbound;
    if (slice.count == bytes->size) return object;
    return NewBytes(thread, bytes->view().substr(static_cast<size_t>(slice.start),
                                                 static_cast<size_t>(slice.count)));
  }
  return kUnbound;
}

// list[start:stop] = a list or tuple. False: not such a one.
Result<bool> StoreInPlainSlice(Thread& thread, Value object, Value start, Value stop, Value step,
                               Value items) {
  SliceIndices slice;
  if (!IsExactly(object, TypeId::kList) ||
      (!IsExactly(items, TypeId::kList) && !IsExactly(items, TypeId::kTuple)) ||
      !ResolvePlainSlice(start, stop, step, object.As<List>()->size.Load(), &slice) ||
      slice.step != 1)
    return false;
  GILA_TRY_VOID(
      ListAssignRange(thread, object.As<List>(), slice.start, slice.start + slice.count, items));
  return true;
}

// Does the instruction that wants the slice, without making it. It fails with the place of that
// instruction.
bool SliceAtOnce(const Slow& slow, Value start, Value stop, Value step, Step* next) {
  Thread& thread = slow.thread;
  const Slow user(thread, slow.pc + WordsOf(kOpNewSlice), slow.registers);
  if (BaseOpcode(user.in.opcode()) == Opcode::kGetItem) {
    const Result<Value> piece = PlainSliceOf(thread, user.B(), start, stop, step);
    if (piece.ok() && piece.value().IsUnbound()) return false;
    *next = user.Store(piece);
    return true;
  }
  if (BaseOpcode(user.in.opcode()) != Opcode::kSetItem) return false;
  const Result<bool> stored = StoreInPlainSlice(thread, user.A(), start, stop, step, user.C());
  if (stored.ok() && !stored.value()) return false;
  *next = stored.ok() ? user.Next() : user.Fail();
  return true;
}

}  // namespace

Step NewSliceSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value* parts = &slow.B();
  const Value step = (slow.in.c() & 3) == 3 ? parts[2] : kNone;
  Step next;
  if ((slow.in.c() & 4) != 0 && SliceAtOnce(slow, parts[0], parts[1], step, &next)) return next;
  return slow.Store(NewSlice(thread, parts[0], parts[1], step));
}

}  // namespace gila::vm

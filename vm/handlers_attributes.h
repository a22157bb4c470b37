// handlers_attributes.h: attributes and items. Instances are guarded by their shape, which says
// that the attribute is in this slot, or that the instance has none of that name and the class
// decides (a LookupCell, unbound once it is wrong). Included by interpreter.cc only.

GILA_HANDLER(LoadAttr) { GILA_SLOW(LoadAttrSlow); }
GILA_HANDLER(LoadAttrInline) {
  const Value object = R(b);
  const uint64_t cache = CACHE(1);
  if (GILA_LIKELY(object.IsPointer()) &&
      GILA_LIKELY(ShapeMatches(object.AsObject(), cache, kTagInline))) {
    const Value value = SlotAt(object.AsObject(), CacheUpper(cache))->Load();
    if (GILA_LIKELY(!value.IsUnbound())) {
      R(a) = value;
      GILA_NEXT();
    }
  }
  GILA_SLOW(LoadAttrSlow);
}
GILA_HANDLER(LoadAttrOverflow) {
  const Value object = R(b);
  const uint64_t cache = CACHE(1);
  if (GILA_LIKELY(object.IsPointer()) &&
      GILA_LIKELY(ShapeMatches(object.AsObject(), cache, kTagOverflow))) {
    const Value value = OverflowSlot(object.AsObject(), CacheUpper(cache))->Load();
    if (GILA_LIKELY(!value.IsUnbound())) {
      R(a) = value;
      GILA_NEXT();
    }
  }
  GILA_SLOW(LoadAttrSlow);
}
GILA_HANDLER(LoadAttrClass) {
  const Value object = R(b);
  const uint64_t cache = CACHE(1);
  if (GILA_LIKELY(object.IsPointer()) &&
      GILA_LIKELY(ShapeMatches(object.AsObject(), cache, kTagClass))) {
    const Value value = CellOf(cache)->value.Load();
    if (GILA_LIKELY(!value.IsUnbound())) {
      R(a) = value;
      GILA_NEXT();
    }
  }
  GILA_SLOW(LoadAttrSlow);
}
GILA_HANDLER(LoadAttrBound) { GILA_SLOW(LoadAttrBoundSlow); }
GILA_HANDLER(LoadAttrProperty) { GILA_SLOW(LoadAttrPropertySlow); }
GILA_HANDLER(LoadAttrModule) {
  if (const Module* module = CastOrNull<Module>(R(b)); GILA_LIKELY(module != nullptr)) {
    const DictEntry* entry = CachedEntry(module->dict.Load(), CACHE(1), kTagModule);
    if (GILA_LIKELY(entry != nullptr) && GILA_LIKELY(!entry->value.Load().IsUnbound())) {
      R(a) = entry->value.Load();
      GILA_NEXT();
    }
  }
  GILA_SLOW(LoadAttrSlow);
}
GILA_HANDLER(LoadAttrType) {
  const uint64_t cache = CACHE(1);
  if (const Type* type = CastOrNull<Type>(R(b));
      GILA_LIKELY(type != nullptr) &&
      GILA_LIKELY(GuardOf(type->root.Load()->id, kTagType) == CacheGuard(cache))) {
    const Value value = CellOf(cache)->value.Load();
    if (GILA_LIKELY(!value.IsUnbound())) {
      R(a) = value;
      GILA_NEXT();
    }
  }
  GILA_SLOW(LoadAttrSlow);
}

GILA_HANDLER(StoreAttr) { GILA_SLOW(StoreAttrSlow); }
// After the store the shape is looked at again: an instance that moved to its dictionary meanwhile
// has the dictionary publish its shape, wait for every processor, and only then copy the slots. So
// either it has seen this store, or the new shape is seen here.
GILA_HANDLER(StoreAttrInline) {
  const Value object = R(a);
  const uint64_t cache = CACHE(1);
  if (GILA_LIKELY(object.IsPointer()) &&
      GILA_LIKELY(ShapeMatches(object.AsObject(), cache, kTagInline))) {
    SlotAt(object.AsObject(), CacheUpper(cache))->Store(object.AsObject(), R(b));
    if (!LocksMatter() || GILA_LIKELY(ShapeMatches(object.AsObject(), cache, kTagInline)))
      GILA_NEXT();
  }
  GILA_SLOW(StoreAttrSlow);
}
GILA_HANDLER(StoreAttrOverflow) {
  const Value object = R(a);
  const uint64_t cache = CACHE(1);
  if (!LocksMatter() && GILA_LIKELY(object.IsPointer()) &&
      GILA_LIKELY(ShapeMatches(object.AsObject(), cache, kTagOverflow))) {
    Object* array = OverflowArray(object.AsObject(), CacheUpper(cache));
    OverflowSlot(object.AsObject(), CacheUpper(cache))->Store(array, R(b));
    GILA_NEXT();
  }
  GILA_SLOW(StoreAttrSlow);
}
GILA_HANDLER(StoreAttrAdd) {
  const Value object = R(a);
  const uint64_t cache = CACHE(1);
  if (GILA_LIKELY(object.IsPointer()) &&
      GILA_LIKELY(AddInlineAttribute(*thread, pc, registers, object.AsObject(), cache, R(b))))
    GILA_NEXT();
  GILA_SLOW(StoreAttrSlow);
}
GILA_HANDLER(DelAttr) { GILA_SLOW(DelAttrSlow); }

GILA_HANDLER(LoadMethod) { GILA_SLOW(LoadMethodSlow); }
GILA_HANDLER(LoadMethodClass) {
  const Value object = R(b);
  const uint64_t cache = CACHE(1);
  if (GILA_LIKELY(GuardOf(ShapeIdOfValue(object), kTagMethod) == CacheGuard(cache))) {
    const Value function = CellOf(cache)->value.Load();
    if (GILA_LIKELY(!function.IsUnbound())) {
      Value* window = &R(a);
      window[0] = function;
      window[kWindowHeader] = object;
      GILA_NEXT();
    }
  }
  GILA_SLOW(LoadMethodSlow);
}
// A callable in the instance itself: a callback.
GILA_HANDLER(LoadMethodInline) {
  const Value object = R(b);
  const uint64_t cache = CACHE(1);
  if (GILA_LIKELY(object.IsPointer()) &&
      GILA_LIKELY(ShapeMatches(object.AsObject(), cache, kTagInline))) {
    const Value value = SlotAt(object.AsObject(), CacheUpper(cache))->Load();
    if (GILA_LIKELY(!value.IsUnbound())) {
      Value* window = &R(a);
      window[0] = kUnbound;
      window[1] = value;
      GILA_NEXT();
    }
  }
  GILA_SLOW(LoadMethodSlow);
}
GILA_HANDLER(LoadMethodModule) {
  if (const Module* module = CastOrNull<Module>(R(b)); GILA_LIKELY(module != nullptr)) {
    const DictEntry* entry = CachedEntry(module->dict.Load(), CACHE(1), kTagModule);
    if (GILA_LIKELY(entry != nullptr) && GILA_LIKELY(!entry->value.Load().IsUnbound())) {
      Value* window = &R(a);
      window[1] = entry->value.Load();
      window[0] = kUnbound;
      GILA_NEXT();
    }
  }
  GILA_SLOW(LoadMethodSlow);
}
GILA_HANDLER(LoadMethodType) {
  const uint64_t cache = CACHE(1);
  if (const Type* type = CastOrNull<Type>(R(b));
      GILA_LIKELY(type != nullptr) &&
      GILA_LIKELY(GuardOf(type->root.Load()->id, kTagType) == CacheGuard(cache))) {
    const Value value = CellOf(cache)->value.Load();
    if (GILA_LIKELY(!value.IsUnbound())) {
      Value* window = &R(a);
      window[0] = kUnbound;
      window[1] = value;
      GILA_NEXT();
    }
  }
  GILA_SLOW(LoadMethodSlow);
}
GILA_HANDLER(LoadSpecial) { GILA_SLOW(LoadSpecialSlow); }

#define GILA_GET_ITEM_HANDLERS(Name, RIGHT)                                                 \
  GILA_HANDLER(Name) { GILA_SLOW(Name##Slow); }                                             \
  GILA_HANDLER(Name##List) {                                                                \
    const Value list = R(b), index = RIGHT(c);                                              \
    if (GILA_LIKELY(IsExactly(list, TypeId::kList)) && GILA_LIKELY(index.IsSmallInt())) {   \
      const Value item = ListItem(list.As<List>(), index.AsSmallInt());                     \
      if (GILA_LIKELY(!item.IsUnbound())) {                                                 \
        R(a) = item;                                                                        \
        GILA_NEXT();                                                                        \
      }                                                                                     \
    }                                                                                       \
    GILA_SLOW(Name##Slow);                                                                  \
  }                                                                                         \
  GILA_HANDLER(Name##Tuple) {                                                               \
    const Value tuple = R(b), index = RIGHT(c);                                             \
    if (GILA_LIKELY(IsExactly(tuple, TypeId::kTuple)) && GILA_LIKELY(index.IsSmallInt())) { \
      int64_t i = index.AsSmallInt();                                                       \
      const int64_t length = tuple.As<Tuple>()->length;                                     \
      if (i < 0) i += length;                                                               \
      if (GILA_LIKELY(static_cast<uint64_t>(i) < static_cast<uint64_t>(length))) {          \
        R(a) = tuple.As<Tuple>()->At(i);                                                    \
        GILA_NEXT();                                                                        \
      }                                                                                     \
    }                                                                                       \
    GILA_SLOW(Name##Slow);                                                                  \
  }                                                                                         \
  GILA_HANDLER(Name##Dict) { GILA_SLOW(Name##DictSlow); }

GILA_GET_ITEM_HANDLERS(GetItem, R)
GILA_GET_ITEM_HANDLERS(GetItemK, K)
#undef GILA_GET_ITEM_HANDLERS

GILA_HANDLER(SetItem) { GILA_SLOW(SetItemSlow); }
GILA_HANDLER(SetItemList) {
  const Value list = R(a), index = R(b);
  if (GILA_LIKELY(IsExactly(list, TypeId::kList)) && GILA_LIKELY(index.IsSmallInt()) &&
      GILA_LIKELY(SetListItem(*thread, pc, registers, list.As<List>(), index.AsSmallInt(), R(c))))
    GILA_NEXT();
  GILA_SLOW(SetItemSlow);
}
GILA_HANDLER(SetItemDict) { GILA_SLOW(SetItemDictSlow); }
GILA_HANDLER(DelItem) { GILA_SLOW(DelItemSlow); }
GILA_HANDLER(NewSlice) { GILA_SLOW(NewSliceSlow); }
GILA_HANDLER(UnpackSequence) {
  const Value source = R(b);
  const int64_t wanted = OPERAND(c);
  if (GILA_LIKELY(IsExactly(source, TypeId::kTuple)) &&
      GILA_LIKELY(source.As<Tuple>()->length == wanted)) {
    Value* out = &R(a);
    for (int64_t i = 0; i < wanted; ++i) out[i] = source.As<Tuple>()->At(i);
    GILA_NEXT();
  }
  GILA_SLOW(UnpackSequenceSlow);
}
// One item at a time is what a list comprehension does. Nobody else knows the list yet.
GILA_HANDLER(ListAppend) {
  if (GILA_LIKELY(OPERAND(c) == 1) && GILA_LIKELY(AppendUnlocked(R(a).As<List>(), R(b))))
    GILA_NEXT();
  GILA_SLOW(ListAppendSlow);
}

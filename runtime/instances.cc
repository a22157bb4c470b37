// instances.cc: allocation of instances, and how their own attributes are read and written. The
// rules for threads are at the head of instances.h.
#include "runtime/instances.h"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/types/function.h"

namespace gila {

Atomic<uint8_t> finalizers_exist;

Result<Object*> AllocateInstance(Thread& thread, Type* type, size_t extra) {
  const Shape* root = type->root.Load();
  const size_t offset = type->attributes_offset;
  const bool appended = offset >= type->native_size && offset != 0;
  GILA_DCHECK(!appended || extra == 0);
  const size_t size = appended ? offset + sizeof(Slot) * (size_t{1} + root->inline_capacity)
                               : type->native_size + extra;
  Object* object = heap::Allocate(thread, size, type->instance_kind, root->id);
  if (GILA_UNLIKELY(object == nullptr)) return kFailed;
  for (int i = 0; i < root->member_count; ++i) InlineSlots(object, type)[i].Init(kUnbound);
  if (GILA_UNLIKELY(type->Has(kHasDel))) {
    if (type->Has(kHeapType)) finalizers_exist.StoreRelaxed(1);
    heap::RegisterFinalizer(thread, object);
  }
  return object;
}

namespace {

// A memory barrier on every running thread of the process: pairs with the bare store-then-look of
// SetOwnAttribute's fast path.
[[maybe_unused]] void ProcessBarrier() {
  static const bool registered =
      syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0;
  if (registered) syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
}

// Another thread is moving `object` to its dictionary shape.
void WaitForDictionary(Object* object) { ByteLockGuard guard(object->lock); }

// The dictionary behind the overflow word; null while another thread puts it there.
Dict* DictBehind(const Object* object, const Type* type) {
  return CastOrNull<Dict>(OverflowWord(object, type)->Load());
}

// The names that `shape` adds to the members, in order.
std::vector<Value> AttributeNames(const Shape* shape) {
  std::vector<Value> names(shape->slot_count - shape->member_count);
  for (size_t i = names.size(); i > 0; --i, shape = ShapeAt(shape->parent)) {
    names[i - 1] = shape->key;
  }
  return names;
}

// An instance of `shape` did not fit into its inline slots: those to come get more.
void GrowRoot(Type* type, const Shape* shape) {
  if (!type->Has(kHeapType) || type->attributes_offset < type->native_size) return;
  if (type->root.Load()->root != shape->root) return;  // somebody was faster
  ReserveAttributes(*Thread::Current(), type,
                    std::max<int>(4, 2 * shape->inline_capacity) - shape->member_count);
}

// Puts `value` into the slot behind the inline ones. The caller holds the lock.
Status StoreOverflow(Thread& thread, Object* object, const Type* type, int64_t place, Value value) {
  Slot* word = OverflowWord(object, type);
  ValueArray* array = CastOrNull<ValueArray>(word->Load());
  if (array == nullptr || place >= array->length) {
    GILA_TRY(ValueArray* const larger, NewValueArray(thread, std::max<int64_t>(4, place * 2)));
    for (int64_t i = 0; array != nullptr && i < array->length; ++i) {
      larger->items[i].Store(larger, array->items[i].Load());
    }
    word->Store(object, larger);
    array = larger;
  }
  array->items[place].Store(array, value);
  return kOk;
}

enum class Added { kDone, kRetry, kFull };

// Writes what needs the lock: a new attribute, or an overflow slot.
Result<Added> AddAttribute(Thread& thread, Object* object, const Shape* shape, int32_t slot,
                           Value name, Value value) {
  const Type* type = shape->type;
  const Shape* next = shape;
  if (slot == kNoSlot) {
    if (shape->slot_count >= kMaxShapeSlots) return Added::kFull;
    next = shape->Add(name);
    if (next == nullptr) return Added::kFull;
    slot = shape->slot_count;
  }
  ByteLockGuard guard(object->lock);
  if (ShapeOf(object) != shape) return Added::kRetry;
  if (slot < shape->inline_capacity) {
    InlineSlots(object, type)[slot].Store(object, value);
  } else {
    GILA_TRY_VOID(StoreOverflow(thread, object, type, slot - shape->inline_capacity, value));
  }
  if (next != shape) object->shape_id.Store(next->id);
  return Added::kDone;
}

}  // namespace

Value GetOwnAttribute(Object* object, Value name) {
  while (true) {
    const Shape* shape = ShapeOf(object);
    const Type* type = shape->type;
    if (type->attributes_offset == 0) {
      if (object->kind != kKindModule) return kUnbound;
      return DictGetInterned(static_cast<Module*>(object)->dict.Load(), name);
    }
    const int32_t slot = shape->Find(name);
    if (slot != kNoSlot) {
      if (const Slot* place = AttributeSlot(object, shape, slot)) return place->Load();
    } else if (!shape->IsDictionary()) {
      return kUnbound;
    } else if (Dict* dict = DictBehind(object, type)) {
      return DictGetInterned(dict, name);
    }
    WaitForDictionary(object);
  }
}

Status SetOwnAttribute(Thread& thread, Object* object, Value name, Value value) {
  while (true) {
    const Shape* shape = ShapeOf(object);
    const int32_t slot = shape->Find(name);
    if (slot != kNoSlot && slot < shape->inline_capacity) {
      InlineSlots(object, shape->type)[slot].Store(object, value);
      if constexpr (kGilDisabled) {
        // The processor may still reorder the store and this load; ProcessBarrier makes up for it.
        std::atomic_signal_fence(std::memory_order_seq_cst);
        if (GILA_UNLIKELY(ShapeOf(object) != shape)) continue;
      }
      return kOk;
    }
    if (shape->IsDictionary()) {
      if (Dict* dict = DictBehind(object, shape->type)) return DictSet(thread, dict, name, value);
      WaitForDictionary(object);
      continue;
    }
    GILA_TRY(const Added added, AddAttribute(thread, object, shape, slot, name, value));
    if (added == Added::kFull) {
      GILA_TRY_VOID(MaterializeDict(thread, object));
    } else if (added == Added::kDone) {
      if (slot == kNoSlot && shape->slot_count >= shape->inline_capacity) {
        GrowRoot(shape->type, shape);
      }
      return kOk;
    }
  }
}

Result<Dict*> MaterializeDict(Thread& thread, Object* object) {
  if (object->kind == kKindModule) return static_cast<Module*>(object)->dict.Load();
  while (true) {
    const Shape* shape = ShapeOf(object);
    Type* type = shape->type;
    if (shape->IsDictionary()) {
      if (Dict* dict = DictBehind(object, type)) return dict;
      WaitForDictionary(object);
      continue;
    }
    const std::vector<Value> names = AttributeNames(shape);
    GILA_TRY(Dict* const dict, NewDict(thread, static_cast<int64_t>(names.size())));
    // All that allocates comes before the lock; the values follow under it.
    for (const Value name : names) GILA_TRY_VOID(DictSet(thread, dict, name, kNone));
    const Shape* dictionary_shape = DictionaryShape(type);
    ByteLockGuard guard(object->lock);
    if (ShapeOf(object) != shape) continue;
    object->shape_id.Store(dictionary_shape->id);
    if constexpr (kGilDisabled) ProcessBarrier();
    for (size_t i = 0; i < names.size(); ++i) {
      const int32_t slot = shape->member_count + static_cast<int32_t>(i);
      GILA_TRY_VOID(DictSet(thread, dict, names[i], AttributeSlot(object, shape, slot)->Load()));
    }
    OverflowWord(object, type)->Store(object, dict);
    return dict;
  }
}

Result<Dict*> CopyOwnAttributes(Thread& thread, Object* object) {
  const Shape* shape = ShapeOf(object);
  if (object->kind == kKindModule || shape->IsDictionary()) {
    GILA_TRY(Dict* const dict, MaterializeDict(thread, object));
    return DictCopy(thread, dict);
  }
  const int64_t count = shape->slot_count - shape->member_count;
  GILA_TRY(Dict* const copy, NewDict(thread, std::max<int64_t>(count, 0)));
  if (shape->type->attributes_offset == 0) return copy;
  for (const Value name : AttributeNames(shape)) {
    const Value value = GetOwnAttribute(object, name);
    if (!value.IsUnbound()) GILA_TRY_VOID(DictSet(thread, copy, name, value));
  }
  return copy;
}

Status DeleteOwnAttribute(Thread& thread, Object* object, Value name, bool* found) {
  *found = !GetOwnAttribute(object, name).IsUnbound();
  if (!*found) return kOk;
  const Shape* shape = ShapeOf(object);
  if constexpr (!kGilDisabled) {
    // The attribute that came last goes by a step up the tree. (Without the lock a late store to
    // its slot could meet the next attribute there.)
    if (!shape->IsDictionary() && object->kind != kKindModule && shape->key == name &&
        shape->slot_count > shape->member_count) {
      object->shape_id.Store(shape->parent);
      return kOk;
    }
  }
  GILA_TRY(Dict* const dict, MaterializeDict(thread, object));
  GILA_TRY(const Value removed, DictPop(thread, dict, name));
  *found = !removed.IsUnbound();
  return kOk;
}

Status ReplaceDict(Thread& thread, Object* object, Dict* dict) {
  // Through the ordinary move, so that there is one way to the dictionary shape.
  GILA_TRY_VOID(MaterializeDict(thread, object));
  ByteLockGuard guard(object->lock);
  OverflowWord(object, ShapeOf(object)->type)->Store(object, dict);
  return kOk;
}

Value GetMember(const Object* object, Value member) {
  const Shape* shape = ShapeOf(object);
  const int32_t slot = shape->Find(member);
  return slot == kNoSlot ? kUnbound : InlineSlots(object, shape->type)[slot].Load();
}

void SetMember(Thread&, Object* object, Value member, Value value) {
  const Shape* shape = ShapeOf(object);
  const int32_t slot = shape->Find(member);
  GILA_CHECK(slot != kNoSlot);
  InlineSlots(object, shape->type)[slot].Store(object, value);
}

Status SetInstanceType(Thread& thread, Object* object, Type* type) {
  if (object->kind == kKindType || object->kind == kKindModule || !type->Has(kHasDict)) {
    object->shape_id.Store(type->root.Load()->id);
    return kOk;
  }
  // Slots of the old shape mean nothing in the tree of the new type.
  GILA_TRY_VOID(MaterializeDict(thread, object));
  const Shape* shape = DictionaryShape(type);
  ByteLockGuard guard(object->lock);
  object->shape_id.Store(shape->id);
  return kOk;
}

}  // namespace gila

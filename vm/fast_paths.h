// fast_paths.h: the small steps that handlers are made of. All inline, none allocates, calls Gila
// code or raises: each says by its result when the slow path has to take over.
#ifndef GILA_VM_FAST_PATHS_H_
#define GILA_VM_FAST_PATHS_H_

#include <cstdint>

#include "runtime/native.h"
#include "runtime/threads/sync.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "vm/frame.h"
#include "vm/inline_cache.h"
#include "vm/opcode_tables.h"

namespace gila::vm {

// --- numbers ---

GILA_ALWAYS_INLINE bool IsExactAsDouble(Value small_int) {
  constexpr int64_t kLimit = int64_t{1} << 53;
  const int64_t i = small_int.AsSmallInt();
  return i >= -kLimit && i <= kLimit;
}
// A 32-bit division is several times as fast as a 64-bit one on many processors.
GILA_ALWAYS_INLINE int64_t FloorDivPositive(int64_t a, int64_t b) {
  if (GILA_LIKELY(((static_cast<uint64_t>(a) | static_cast<uint64_t>(b)) >> 32) == 0))
    return static_cast<uint32_t>(a) / static_cast<uint32_t>(b);
  const int64_t quotient = a / b;
  return quotient - (quotient * b > a);
}
GILA_ALWAYS_INLINE int64_t ModPositive(int64_t a, int64_t b) {
  if (GILA_LIKELY(((static_cast<uint64_t>(a) | static_cast<uint64_t>(b)) >> 32) == 0))
    return static_cast<uint32_t>(a) % static_cast<uint32_t>(b);
  const int64_t rest = a % b;
  return rest < 0 ? rest + b : rest;
}

// --- names ---

GILA_ALWAYS_INLINE Cell* ClosureCell(const Value* registers, size_t index) {
  return FunctionOf(registers)->closure->items[index].Load().As<Cell>();
}
// The global or builtin that the two cache words name; unbound when they are out of date.
GILA_ALWAYS_INLINE Value CachedGlobal(const Value* registers, uint64_t cache,
                                      uint64_t builtin_cache) {
  const Function* function = FunctionOf(registers);
  const Dict* globals = function->globals.Load();
  if (CacheUpper(cache) != kAbsent) {
    const DictEntry* entry = CachedEntry(globals, cache, kTagNames);
    return GILA_LIKELY(entry != nullptr) ? entry->value.Load() : kUnbound;
  }
  if (GILA_UNLIKELY(GuardOf(globals->keys_version.Load(), kTagNames) != CacheGuard(cache)))
    return kUnbound;
  const DictEntry* entry = CachedEntry(function->builtins.Load(), builtin_cache, kTagBuiltins);
  return GILA_LIKELY(entry != nullptr) ? entry->value.Load() : kUnbound;
}
// Stores to a global that is there already. The lock (no-GIL build) keeps a concurrent resize from
// copying the old value.
GILA_ALWAYS_INLINE bool StoreCachedGlobal(const Value* registers, uint64_t cache, Value value) {
  Dict* globals = FunctionOf(registers)->globals.Load();
  ByteLockGuard guard(globals->lock);
  DictEntry* entry = CachedEntry(globals, cache, kTagNames);
  if (GILA_UNLIKELY(entry == nullptr || entry->value.Load().IsUnbound())) return false;
  entry->value.Store(globals->table.Load(), value);
  return true;
}

// --- attributes and items ---

// `upper`: byte offset of the overflow word in the low 16 bits, index in the array above.
GILA_ALWAYS_INLINE ValueArray* OverflowArray(Object* object, uint32_t upper) {
  return SlotAt(object, upper & 0xFFFF)->Load().As<ValueArray>();
}
GILA_ALWAYS_INLINE Slot* OverflowSlot(Object* object, uint32_t upper) {
  return &OverflowArray(object, upper)->items[upper >> 16];
}
// Gives the instance one more attribute, in a slot inside the object. The value is there before the
// shape says so.
GILA_ALWAYS_INLINE bool AddInlineAttribute(Object* object, uint64_t cache, Value value) {
  if (GILA_UNLIKELY(!ShapeMatches(object, cache, kTagAdd))) return false;
  ByteLockGuard guard(object->lock);
  if (kGilDisabled && GILA_UNLIKELY(!ShapeMatches(object, cache, kTagAdd))) return false;
  const uint32_t upper = CacheUpper(cache);
  SlotAt(object, (upper >> kShapeIdBits) * sizeof(Slot))->Store(object, value);
  object->shape_id.Store(upper & (kGuardLimit - 1));
  return true;
}

GILA_ALWAYS_INLINE Value ListItem(const List* list, int64_t index) {
  return ListAt(list, index < 0 ? index + list->size.Load() : index);
}
// GIL build only: without it a writer takes the lock of the list.
GILA_ALWAYS_INLINE bool SetListItem(List* list, int64_t index, Value value) {
  const int64_t size = list->size.LoadRelaxed();
  if (index < 0) index += size;
  if (GILA_UNLIKELY(static_cast<uint64_t>(index) >= static_cast<uint64_t>(size))) return false;
  ValueArray* store = list->store.Load();
  store->items[index].Store(store, value);
  return true;
}

// GIL build only, too. False when the store is full.
GILA_ALWAYS_INLINE bool AppendInPlace(List* list, Value value) {
  const int64_t size = list->size.LoadRelaxed();
  ValueArray* store = list->store.Load();
  if (GILA_UNLIKELY(store == nullptr || size >= store->length)) return false;
  store->items[size].Store(store, value);
  list->size.Store(size + 1);
  return true;
}

// --- calls ---

// Call instructions are all as long as each other, so a return need not ask which one waits.
inline constexpr int kCallWords = WordsOf(kOpCall);
static_assert(WordsOf(kOpCallMethod) == kCallWords && WordsOf(kOpCallKw) == kCallWords &&
              WordsOf(kOpCallMethodKw) == kCallWords && WordsOf(kOpCallEx) == kCallWords);

// The code of a function that takes exactly `count` positional arguments as they are; else null.
GILA_ALWAYS_INLINE const Code* SimpleCallee(Value callable, uint32_t count) {
  if (GILA_UNLIKELY(!IsKind(callable, kKindFunction))) return nullptr;
  const Code* code = callable.As<Function>()->code.Load();
  return GILA_LIKELY(code->simple_arity == count) ? code : nullptr;
}
// Makes a frame at `callee`, whose parameters are in place. False when the stack or the recursion
// limit is reached, or the eval breaker is set: nothing has happened then.
GILA_ALWAYS_INLINE bool EnterFrame(Thread& thread, const Code* code, const uint64_t* return_pc,
                                   Value* caller, Value* callee, uint64_t flags) {
  if (GILA_UNLIKELY(callee + code->register_count >= thread.stack_limit ||
                    thread.depth >= thread.depth_limit || thread.breaker.LoadRelaxed() != 0))
    return false;
  ++thread.depth;
  LinkFrame(callee, flags, return_pc, caller, code);
  for (uint32_t i = code->parameter_count; i < code->local_count; ++i) callee[i] = kUnbound;
  return true;
}

// A module-level native function of exactly `count` positional-only parameters.
GILA_ALWAYS_INLINE NativeFn FixedNative(Value callable, uint32_t count) {
  const NativeFunction* function = CastOrNull<NativeFunction>(callable);
  if (GILA_UNLIKELY(function == nullptr || function->fixed_arity != static_cast<int>(count) ||
                    function->owner.Load() != nullptr))
    return nullptr;
  return function->function;
}
// A native method of exactly `count` positional-only parameters, self among them, whose type has a
// layout of its own that `self` has.
GILA_ALWAYS_INLINE NativeFn FixedDescriptor(Value callable, Value self, uint32_t count) {
  if (GILA_UNLIKELY(!IsKind(callable, kKindMethodDescriptor) || !self.IsPointer())) return nullptr;
  const NativeFunction* function = callable.As<NativeFunction>();
  const uint8_t kind = function->owner->instance_kind;
  if (GILA_UNLIKELY(function->fixed_arity != static_cast<int>(count) ||
                    self.AsObject()->kind != kind || kind == kKindInstance ||
                    kind == kKindException))
    return nullptr;
  return function->function;
}

}  // namespace gila::vm

#endif  // GILA_VM_FAST_PATHS_H_

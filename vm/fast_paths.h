// fast_paths.h: the small steps that handlers are made of. All inline, none allocates, calls Gila
// code or raises: each says by its result when the slow path has to take over.
#ifndef GILA_VM_FAST_PATHS_H_
#define GILA_VM_FAST_PATHS_H_

#include <algorithm>
#include <cstdint>

#include "runtime/native.h"
#include "runtime/native_signature.h"
#include "runtime/threads/only_thread.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/dict_overwrite.h"
#include "runtime/types/function.h"
#include "runtime/types/iterator_owner.h"
#include "runtime/types/iterators.h"
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
// A double and a small int, in either order.
GILA_ALWAYS_INLINE bool AsMixedDoubles(Value left, Value right, double* x, double* y) {
  if (left.IsDouble() && right.IsSmallInt() && IsExactAsDouble(right)) {
    *x = left.AsDouble();
    *y = static_cast<double>(right.AsSmallInt());
    return true;
  }
  if (left.IsSmallInt() && right.IsDouble() && IsExactAsDouble(left)) {
    *x = static_cast<double>(left.AsSmallInt());
    *y = right.AsDouble();
    return true;
  }
  return false;
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
// copying the old value; names that are stored to often do without (types/dict_overwrite.h). A
// thread that may have to wait for a lock has its frame published, so that the collector sees it.
inline bool StoreGlobalEntry(Dict* globals, uint64_t cache, Value value) {
  DictEntry* entry = CachedEntry(globals, cache, kTagNames);
  if (GILA_UNLIKELY(entry == nullptr || entry->value.Load().IsUnbound())) return false;
  OverwriteUnlocked(globals->table.Load(), CacheUpper(cache), value);
  return true;
}
// The table is taken before the keys are looked at, as in CachedEntry.
inline bool StoreOpenGlobal(const Thread& thread, const Dict* globals, uint64_t cache,
                            Value value) {
  DictTable* table = globals->table.Load();
  return GuardOf(globals->keys_version.Load(), kTagNames) == CacheGuard(cache) &&
         OverwriteOpen(thread, table, CacheUpper(cache), value);
}
GILA_ALWAYS_INLINE bool StoreCachedGlobal(Thread& thread, const uint64_t* pc, Value* registers,
                                          uint64_t cache, Value value) {
  Dict* globals = FunctionOf(registers)->globals.Load();
  if (GILA_LIKELY(!LocksMatter())) return StoreGlobalEntry(globals, cache, value);
  if (StoreOpenGlobal(thread, globals, cache, value)) return true;
  PublishFrame(thread, pc, registers);
  const ByteLockGuard guard(globals->lock);
  return StoreGlobalEntry(globals, cache, value);
}

// --- attributes and items ---

// The shape of any value, as caches of methods compare it; 0 for what has no methods worth caching.
GILA_ALWAYS_INLINE uint32_t ShapeIdOfValue(Value v) {
  if (GILA_LIKELY(v.IsPointer())) return v.AsObject()->shape_id.Load();
  if (v.IsSmallInt()) return ShapeIdOf(TypeId::kInt);
  return v.IsDouble() ? ShapeIdOf(TypeId::kFloat) : 0;
}

// `upper`: byte offset of the overflow word in the low 16 bits, index in the array above.
GILA_ALWAYS_INLINE ValueArray* OverflowArray(Object* object, uint32_t upper) {
  return SlotAt(object, upper & 0xFFFF)->Load().As<ValueArray>();
}
GILA_ALWAYS_INLINE Slot* OverflowSlot(Object* object, uint32_t upper) {
  return &OverflowArray(object, upper)->items[upper >> 16];
}
// Gives the instance one more attribute, in a slot inside the object. The value is there before the
// shape says so.
inline bool AddToShape(Object* object, uint64_t cache, Value value) {
  if (GILA_UNLIKELY(!ShapeMatches(object, cache, kTagAdd))) return false;
  const uint32_t upper = CacheUpper(cache);
  SlotAt(object, (upper >> kShapeIdBits) * sizeof(Slot))->Store(object, value);
  object->shape_id.Store(upper & (kGuardLimit - 1));
  return true;
}
GILA_ALWAYS_INLINE bool AddInlineAttribute(Thread& thread, const uint64_t* pc, Value* registers,
                                           Object* object, uint64_t cache, Value value) {
  if (GILA_LIKELY(!LocksMatter())) return AddToShape(object, cache, value);
  if (GILA_UNLIKELY(!ShapeMatches(object, cache, kTagAdd))) return false;
  PublishFrame(thread, pc, registers);
  const ByteLockGuard guard(object->lock);
  return AddToShape(object, cache, value);
}

GILA_ALWAYS_INLINE Value ListItem(const List* list, int64_t index) {
  return ListAt(list, index < 0 ? index + list->size.Load() : index);
}
// The lock (no-GIL build) keeps a writer out of a store that is being copied just now. Nothing is
// done when the index is not there.
GILA_ALWAYS_INLINE bool SetItemUnlocked(List* list, int64_t index, Value value) {
  const int64_t size = list->size.LoadRelaxed();
  if (index < 0) index += size;
  if (GILA_UNLIKELY(static_cast<uint64_t>(index) >= static_cast<uint64_t>(size))) return false;
  ValueArray* store = list->store.Load();
  store->items[index].Store(store, value);
  return true;
}
GILA_ALWAYS_INLINE bool SetListItem(Thread& thread, const uint64_t* pc, Value* registers,
                                    List* list, int64_t index, Value value) {
  if (GILA_LIKELY(!LocksMatter())) return SetItemUnlocked(list, index, value);
  PublishFrame(thread, pc, registers);
  const ByteLockGuard guard(list->lock);
  return SetItemUnlocked(list, index, value);
}

// The same for list.append; false when the store is full.
GILA_ALWAYS_INLINE bool AppendUnlocked(List* list, Value value) {
  const int64_t size = list->size.LoadRelaxed();
  ValueArray* store = list->store.Load();
  if (GILA_UNLIKELY(store == nullptr || size >= store->length)) return false;
  store->items[size].Store(store, value);
  list->size.Store(size + 1);
  return true;
}
GILA_ALWAYS_INLINE bool AppendInPlace(Thread& thread, const uint64_t* pc, Value* registers,
                                      List* list, Value value) {
  if (GILA_LIKELY(!LocksMatter())) return AppendUnlocked(list, value);
  PublishFrame(thread, pc, registers);
  const ByteLockGuard guard(list->lock);
  return AppendUnlocked(list, value);
}

// One step of an iterator over the keys or values of a dict that is as it was. False also for the
// iterator of another thread.
GILA_ALWAYS_INLINE bool DictIteratorMove(Value v, Value* item) {
  const bool keys = IsKind(v, kKindDictKeyIterator);
  if (GILA_UNLIKELY((!keys && !IsKind(v, kKindDictValueIterator)) || !OwnsIterator(v.AsObject())))
    return false;
  auto* iterator = v.As<DictIterator>();
  const Dict* dict = iterator->dict.Load();
  if (GILA_UNLIKELY(dict == nullptr || iterator->size.LoadRelaxed() != dict->size.LoadRelaxed()))
    return false;
  const DictTable* table = dict->table.Load();
  const int64_t position = iterator->position.LoadRelaxed();
  const int64_t left = iterator->left.LoadRelaxed();
  if (GILA_UNLIKELY(position >= table->used.LoadRelaxed() || left <= 0)) return false;
  const DictEntry& entry = table->entries[position];
  const Value key = entry.key.Load(), value = entry.value.Load();
  if (GILA_UNLIKELY(value.IsUnbound() || key.IsUnbound())) return false;
  iterator->position.StoreRelaxed(position + 1);
  iterator->left.StoreRelaxed(left - 1);
  *item = keys ? key : value;
  return true;
}

// --- calls ---

// Call instructions are all as long as each other, so a return need not ask which one waits.
// (SendAgain waits for calls that are awaited at once.)
inline constexpr int kCallWords = WordsOf(kOpCall);
static_assert(WordsOf(kOpCallMethod) == kCallWords && WordsOf(kOpCallKw) == kCallWords &&
              WordsOf(kOpCallMethodKw) == kCallWords && WordsOf(kOpCallEx) == kCallWords &&
              WordsOf(kOpSendAgain) == kCallWords);

inline constexpr uint16_t kNoSimpleArity = 0xFFFF;
// The code of a function that takes exactly `count` positional arguments as they are; else null.
GILA_ALWAYS_INLINE const Code* SimpleCallee(Value callable, uint32_t count) {
  if (GILA_UNLIKELY(!IsKind(callable, kKindFunction))) return nullptr;
  const Code* code = callable.As<Function>()->code.Load();
  return GILA_LIKELY(code->simple_arity == count) ? code : nullptr;
}
// The same for a coroutine function.
GILA_ALWAYS_INLINE const Code* AwaitedCallee(Value callable, uint32_t count) {
  if (GILA_UNLIKELY(!IsKind(callable, kKindFunction))) return nullptr;
  const Code* code = callable.As<Function>()->code.Load();
  return GILA_LIKELY(code->awaited_arity == count) ? code : nullptr;
}
// The code of a function with more positional parameters than `count`, the others of which have
// defaults, which are put behind the arguments; else null. The window is only added to, so whatever
// follows may still take the long way.
GILA_ALWAYS_INLINE const Code* CalleeWithDefaults(Value* window, uint32_t count) {
  if (GILA_UNLIKELY(!IsKind(window[0], kKindFunction))) return nullptr;
  const Function* function = window[0].As<Function>();
  const Code* code = function->code.Load();
  const uint32_t arity = code->simple_arity;
  const Value defaults = function->defaults.Load();
  if (GILA_UNLIKELY(arity == kNoSimpleArity || count >= arity || !IsKind(defaults, kKindTuple)))
    return nullptr;
  const Tuple* tuple = defaults.As<Tuple>();
  const int64_t missing = arity - count, skipped = tuple->length - missing;
  if (GILA_UNLIKELY(skipped < 0)) return nullptr;
  for (int64_t i = 0; i < missing; ++i) window[kFrameHeader + count + i] = tuple->At(skipped + i);
  return code;
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

// May `count` positional arguments be passed straight? Surplus ones (*args) lie where a native
// finds them, provided that no other parameters come between.
inline constexpr uint16_t kMaxStraightParameters = 8;
GILA_ALWAYS_INLINE bool TakesStraight(const NativeFunction* function, uint32_t count) {
  const NativeSignature& signature = *function->signature;
  return count >= signature.required &&
         (count <= signature.positional || (signature.rest && signature.keyword_only == 0)) &&
         !signature.keywords && signature.required_keyword_only == 0 &&
         function->parameter_count <= kMaxStraightParameters;
}
// A module-level native function that takes `count` positional arguments straight; else null.
GILA_ALWAYS_INLINE const NativeFunction* StraightNative(Value callable, uint32_t count) {
  const NativeFunction* function = CastOrNull<NativeFunction>(callable);
  if (GILA_UNLIKELY(function == nullptr || !TakesStraight(function, count) ||
                    function->owner.Load() != nullptr))
    return nullptr;
  return function;
}
// A native method that takes `count` positional arguments straight, self among them, and whose type
// has a layout of its own that `self` has; else null.
GILA_ALWAYS_INLINE const NativeFunction* StraightDescriptor(Value callable, Value self,
                                                            uint32_t count) {
  if (GILA_UNLIKELY(!IsKind(callable, kKindMethodDescriptor))) return nullptr;
  const NativeFunction* function = callable.As<NativeFunction>();
  const Type* owner = function->owner.Load();
  const uint8_t kind = owner->instance_kind;
  const bool fits =
      GILA_LIKELY(self.IsPointer())
          ? self.AsObject()->kind == kind && kind != kKindInstance && kind != kKindException
          : owner == TypeOf(self);
  return GILA_LIKELY(fits && TakesStraight(function, count)) ? function : nullptr;
}
// Calls it on the registers at `args`; parameters that were not given become unbound.
GILA_ALWAYS_INLINE Result<Value> CallStraight(Thread& thread, const NativeFunction* function,
                                              const uint64_t* pc, Value* registers, Value* args,
                                              uint32_t count) {
  const uint32_t parameters = function->parameter_count;
  for (uint32_t i = count; i < parameters; ++i) args[i] = kUnbound;
  const uint32_t given = std::max(count, parameters);
  Publish(thread, pc, registers, args + given);
  return function->function(thread, Args(args, given, parameters));
}

}  // namespace gila::vm

#endif  // GILA_VM_FAST_PATHS_H_

// type_lookup.cc: what a name means on a type, and the memory of it (type.h tells the rules).
// A LookupTable belongs to one type: an open-addressed set of LookupCells, keyed by the address of
// the interned name. Readers probe without a lock; cells are put in, killed and replaced under
// type_lock. That a name is *not* on a type is remembered too, by a cell that holds kError; such
// cells never leave this file.
#include <initializer_list>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/native.h"
#include "runtime/native_stack.h"
#include "runtime/protocols.h"
#include "runtime/protocols/special_call.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/weakref.h"

namespace gila {

ByteLock type_lock;

namespace {

struct LookupTable : Object {
  static constexpr Kind kKind = kKindLookupTable;
  static constexpr size_t Size(uint32_t places) {
    return sizeof(LookupTable) + places * sizeof(PointerSlot<LookupCell>);
  }
  uint32_t mask;
  bool has_dropped;  // emptied cells were left behind when it grew
  Atomic<uint32_t> used;
  PointerSlot<LookupCell> cells[];
};

constexpr uint32_t kFirstPlaces = 16;

uint32_t HashName(Value name) {
  return static_cast<uint32_t>((name.word() * 0x9E3779B97F4A7C15ull) >> 32);
}

LookupTable* TableOf(const Type* type) {
  return static_cast<LookupTable*>(type->lookup_table.Load());
}

// The place of the cell for `name`, dead or alive, or of the hole where it belongs.
uint32_t FindPlace(const LookupTable* table, Value name) {
  uint32_t place = HashName(name) & table->mask;
  while (true) {
    const LookupCell* cell = table->cells[place].Load();
    if (cell == nullptr || cell->name.Load() == name) return place;
    place = (place + 1) & table->mask;
  }
}

LookupCell* FindCell(const Type* type, Value name) {
  const LookupTable* table = TableOf(type);
  if (GILA_UNLIKELY(table == nullptr)) return nullptr;
  return table->cells[FindPlace(table, name)].Load();
}

LookupTable* NewTable(Thread& thread, uint32_t places) {
  Result<LookupTable*> table = Allocate<LookupTable>(thread, 0, LookupTable::Size(places));
  if (!table.ok()) return nullptr;
  table.value()->mask = places - 1;
  return table.value();
}

// A table with room for one more cell; null when there is no memory.
LookupTable* ReserveTable(Thread& thread, Type* type) {
  LookupTable* table = TableOf(type);
  if (table == nullptr) {
    table = NewTable(thread, kFirstPlaces);
  } else if ((table->used.LoadRelaxed() + 1) * 4 > (table->mask + 1) * 3) {
    LookupTable* larger = NewTable(thread, (table->mask + 1) * 2);
    if (larger == nullptr) return nullptr;
    uint32_t used = 0;
    larger->has_dropped = table->has_dropped;
    for (uint32_t i = 0; i <= table->mask; ++i) {
      LookupCell* cell = table->cells[i].Load();
      if (cell == nullptr) continue;
      if (cell->value.Load().IsUnbound()) {
        larger->has_dropped = true;
        continue;
      }
      larger->cells[FindPlace(larger, cell->name.Load())].Store(larger, cell);
      ++used;
    }
    larger->used.StoreRelaxed(used);
    table = larger;
  } else {
    return table;
  }
  if (table == nullptr) return nullptr;
  type->lookup_table.Store(table);
  WriteBarrier(type, &type->lookup_table);
  return table;
}

Value WalkMro(const Type* type, Value name) {
  const Tuple* mro = type->mro.Load();
  for (int64_t i = 0; i < mro->length; ++i) {
    const Value value = DictGetInterned(mro->At(i).As<Type>()->dict.Load(), name);
    if (!value.IsUnbound()) return value;
  }
  return kUnbound;
}

// Walks the MRO and remembers the answer. *cell is null when there was no memory for one.
Value LookupAndRemember(Thread& thread, Type* type, Value name, LookupCell** cell) {
  *cell = nullptr;
  ByteLockGuard guard(type_lock);
  const Value value = WalkMro(type, name);
  LookupTable* table = ReserveTable(thread, type);
  Result<LookupCell*> made = kFailed;
  if (table != nullptr) made = Allocate<LookupCell>(thread, 0);
  if (!made.ok()) {
    thread.ClearException();
    return value;
  }
  made.value()->value.Init(value.IsUnbound() ? kError : value);
  made.value()->name.Init(name);
  const uint32_t place = FindPlace(table, name);
  if (table->cells[place].Load() == nullptr) table->used.AddUnshared(1);
  table->cells[place].Store(table, made.value());
  *cell = made.value();
  return value;
}

// The special method with this name, or kCount.
Special SpecialOfName(Value name) {
  for (size_t i = 0; i < kSpecialCount; ++i) {
    if (interned_names[i] == name) return static_cast<Special>(i);
  }
  return Special::kCount;
}

// True when somebody may have looked the name up on the type before.
bool ForgetOne(Type* type, Value name, Special special) {
  const LookupTable* const table = TableOf(type);
  LookupCell* const cell = FindCell(type, name);
  if (cell != nullptr) cell->value.Store(cell, kUnbound);
  if (special != Special::kCount) {
    type->special[static_cast<size_t>(special)].Store(type, kUnbound);
  }
  return cell != nullptr || (table != nullptr && table->has_dropped);
}

bool ForgetName(Type* type, Value name, Special special) {
  bool known = ForgetOne(type, name, special);
  ForEachSubclass(type, [&](Type* subclass) { known |= ForgetName(subclass, name, special); });
  return known;
}

bool IsNativeNamed(Value method, std::initializer_list<NativeFn> functions) {
  if (!IsKind(method, kKindSlotWrapper)) return false;
  for (const NativeFn function : functions) {
    if (method.As<NativeFunction>()->function == function) return true;
  }
  return false;
}

}  // namespace

Value LookupOnType(Thread& thread, Type* type, Value name) {
  if (const LookupCell* known = FindCell(type, name)) {
    const Value value = known->value.Load();
    if (GILA_LIKELY(!value.IsUnbound())) return value.IsError() ? kUnbound : value;
  }
  LookupCell* cell;
  return LookupAndRemember(thread, type, name, &cell);
}

LookupCell* LookupCellOnType(Thread& thread, Type* type, Value name) {
  LookupCell* cell = FindCell(type, name);
  if (cell == nullptr || cell->value.Load().IsUnbound()) {
    if (LookupAndRemember(thread, type, name, &cell).IsUnbound()) return nullptr;
    return cell;
  }
  return cell->value.Load().IsError() ? nullptr : cell;
}

Value LookupSpecialSlow(Thread& thread, Type* type, Special special) {
  const Value name = NameOf(special);
  // The look-up comes first, for it takes the lock itself; a change in between shows as a dead
  // cell.
  const Value value = LookupOnType(thread, type, name);
  ByteLockGuard guard(type_lock);
  const LookupCell* cell = FindCell(type, name);
  if (cell == nullptr || cell->value.Load().IsUnbound()) return value;
  const Value now = cell->value.Load();
  type->special[static_cast<size_t>(special)].Store(type, now);
  return now.IsError() ? kUnbound : now;
}

Result<Value> CallSpecial(Thread& thread, Value self, Special special,
                          std::span<const Value> args) {
  Type* type = TypeOf(self);
  const Value method = LookupSpecial(thread, type, special);
  if (method.IsUnbound()) return kUnbound;
  GILA_TRY_VOID(CheckNativeStack(thread, " while calling a Python object"));
  if (IsMethodLike(method)) {
    Value all[5] = {self};
    if (GILA_LIKELY(args.size() < 5)) {
      for (size_t i = 0; i < args.size(); ++i) all[i + 1] = args[i];
      return CallUnbound(thread, method, all, args.size() + 1);
    }
  }
  GILA_TRY(const Value bound, BindDescriptor(thread, method, self, type));
  return Call(thread, bound, args);
}

void ForgetEverything(Type* type) {
  if (LookupTable* table = TableOf(type)) {
    for (uint32_t i = 0; i <= table->mask; ++i) {
      if (LookupCell* cell = table->cells[i].Load()) cell->value.Store(cell, kUnbound);
    }
  }
  for (Slot& slot : type->special) slot.Store(type, kUnbound);
  ForEachSubclass(type, [](Type* subclass) { ForgetEverything(subclass); });
}

namespace {

constexpr uint32_t kDynamic = kCustomGetAttribute | kCustomSetAttribute | kHasGetAttr | kHasDel;

// Has the class, as most have, the dynamic flags of its base, which stands behind it with all that
// comes after? No look-up need be remembered for that.
bool InheritsDynamicFlags(const Type* type) {
  const Type* const base = type->base.Load();
  if (base == nullptr) return false;
  const Tuple *const mro = type->mro.Load(), *const rest = base->mro.Load();
  if (mro->length != rest->length + 1) return false;
  for (int64_t i = 0; i < rest->length; ++i) {
    if (mro->At(i + 1) != rest->At(i)) return false;
  }
  for (const Special special : {Special::kGetAttribute, Special::kSetAttr, Special::kDelAttr,
                                Special::kGetAttr, Special::kDel}) {
    if (!DictGetInterned(type->dict.Load(), NameOf(special)).IsUnbound()) return false;
  }
  return true;
}

uint32_t FindDynamicFlags(Thread& thread, Type* type) {
  if (InheritsDynamicFlags(type)) return type->base->flags.Load() & kDynamic;
  const auto special = [&](Special which) { return LookupSpecial(thread, type, which); };
  uint32_t flags = 0;
  if (!IsNativeNamed(special(Special::kGetAttribute), kStandardGetAttribute)) {
    flags |= kCustomGetAttribute;
  }
  if (!IsNativeNamed(special(Special::kSetAttr), kStandardSetAttr) ||
      !IsNativeNamed(special(Special::kDelAttr), kStandardDelAttr)) {
    flags |= kCustomSetAttribute;
  }
  if (!special(Special::kGetAttr).IsUnbound()) flags |= kHasGetAttr;
  if (!special(Special::kDel).IsUnbound()) flags |= kHasDel;
  return flags;
}

}  // namespace

void UpdateDynamicFlags(Thread& thread, Type* type) {
  const uint32_t flags = FindDynamicFlags(thread, type);
  const uint32_t old = type->flags.Load();
  if ((old & kDynamic) != flags) type->flags.Store((old & ~kDynamic) | flags);
}

void UpdateDynamicFlagsOfTree(Thread& thread, Type* type) {
  UpdateDynamicFlags(thread, type);
  ForEachSubclass(type, [&](Type* subclass) { UpdateDynamicFlagsOfTree(thread, subclass); });
}

Status SetTypeAttribute(Thread& thread, Type* type, Value name, Value value) {
  const Special special = SpecialOfName(name);
  bool known = false;
  {
    ByteLockGuard guard(type_lock);
    if (value.IsUnbound()) {
      GILA_TRY_VOID(DictPop(thread, type->dict.Load(), name));
    } else {
      GILA_TRY_VOID(DictSet(thread, type->dict.Load(), name, value));
    }
    known = ForgetName(type, name, special);
  }
  bool invalidate = false;
  switch (special) {
    case Special::kGetAttribute:
    case Special::kSetAttr:
    case Special::kDelAttr:
    case Special::kGetAttr:
    case Special::kGet:
    case Special::kSet:
    case Special::kDelete:
      invalidate = true;
      [[fallthrough]];
    case Special::kDel:
      UpdateDynamicFlagsOfTree(thread, type);
      break;
    default:
      break;
  }
  // No cache can rest on the absence of a name that nobody ever looked up.
  if (known && !value.IsUnbound() && IsDataDescriptor(thread, value)) invalidate = true;
  if (invalidate) InvalidateAllInlineCaches(thread);
  return kOk;
}

void InitLookupKinds() {
  SetKindInfo(kKindLookupCell, {"lookup cell",
                                [](Object* object, Marker& marker) {
                                  auto* cell = static_cast<LookupCell*>(object);
                                  marker.Visit(cell->value);
                                  marker.Visit(cell->name);
                                },
                                nullptr});
  SetKindInfo(kKindLookupTable, {"lookup table",
                                 [](Object* object, Marker& marker) {
                                   auto* table = static_cast<LookupTable*>(object);
                                   for (uint32_t i = 0; i <= table->mask; ++i) {
                                     marker.Visit(table->cells[i]);
                                   }
                                 },
                                 nullptr});
}

}  // namespace gila

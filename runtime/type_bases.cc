// type_bases.cc: assigning to C.__bases__: new MROs for the class and everything below it, or none
// at all when one of them cannot be made.
#include <string>
#include <utility>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

Status CheckNewBases(Thread& thread, Type* type, const Tuple* bases) {
  const std::string type_name(TypeName(type));
  if (bases->length == 0) {
    return thread.RaiseTypeError("can only assign non-empty tuple to %s.__bases__, not ()",
                                 type_name.c_str());
  }
  for (int64_t i = 0; i < bases->length; ++i) {
    const Value base = bases->At(i);
    if (!IsType(base)) {
      const std::string given(TypeNameOf(base));
      return thread.RaiseTypeError("%s.__bases__ must be tuple of classes, not '%s'",
                                   type_name.c_str(), given.c_str());
    }
    // Also along __base__: an mro() that assigns to __bases__ itself finds MROs that are not made
    // yet.
    bool is_below = IsSubtype(base.As<Type>(), type);
    for (const Type* at = base.As<Type>(); !is_below && at != nullptr; at = at->base.Load())
      is_below = at == type;
    if (is_below) {
      return thread.RaiseTypeError("a __bases__ item causes an inheritance cycle");
    }
  }
  return kOk;
}

// The old MROs of the tree, to go back to: pairs of type and tuple.
Status RecomputeMros(Thread& thread, Type* type, List* old) {
  Tuple* const before = type->mro.Load();
  GILA_TRY(Tuple* const mro, ResolveMro(thread, TypeOf(type), type, type->bases.Load()));
  // Its mro() has assigned to __bases__ in turn: what that has made stands.
  if (type->mro.Load() != before) return kOk;
  GILA_TRY_VOID(ListAppend(thread, old, type));
  GILA_TRY_VOID(ListAppend(thread, old, before));
  type->mro.Store(type, mro);
  Status status = kOk;
  ForEachSubclass(type, [&](Type* subclass) {
    if (status.ok()) status = RecomputeMros(thread, subclass, old);
  });
  return status;
}

void Restore(const List* old) {
  for (int64_t i = 0; i + 1 < old->size.Load(); i += 2) {
    Type* const type = ListAt(old, i).As<Type>();
    type->mro.Store(type, ListAt(old, i + 1).As<Tuple>());
  }
}

ByteLock subclasses_lock;  // around type_lock

// The lists of subclasses after a change of the bases. Other threads may change them at the same
// time: whoever comes last lists the type below the bases that it has by then, once.
Status ListBelowItsBases(Thread& thread, Type* type, const Tuple* old_bases,
                         const Tuple* new_bases) {
  const ByteLockGuard guard(subclasses_lock);
  for (const Tuple* bases : {old_bases, new_bases}) {
    for (int64_t i = 0; i < bases->length; ++i) RemoveSubclass(bases->At(i).As<Type>(), type);
  }
  const Tuple* const bases = type->bases.Load();
  for (int64_t i = 0; i < bases->length; ++i) {
    RemoveSubclass(bases->At(i).As<Type>(), type);
    GILA_TRY_VOID(AddSubclass(thread, bases->At(i).As<Type>(), type));
  }
  return kOk;
}

}  // namespace

Status SetTypeBases(Thread& thread, Value self, Value value) {
  Type* const type = self.As<Type>();
  const std::string type_name(TypeName(type));
  if (!type->Has(kHeapType)) {
    return thread.RaiseTypeError("cannot set '__bases__' attribute of immutable type '%s'",
                                 type_name.c_str());
  }
  if (value.IsUnbound()) {
    return thread.RaiseTypeError("cannot delete '__bases__' attribute of immutable type '%s'",
                                 type_name.c_str());
  }
  if (!IsTuple(value)) {
    const std::string given(TypeNameOf(value));
    return thread.RaiseTypeError("can only assign tuple to %s.__bases__, not %s", type_name.c_str(),
                                 given.c_str());
  }
  Tuple* const bases = value.As<Tuple>();
  GILA_TRY_VOID(CheckNewBases(thread, type, bases));
  GILA_TRY(Type* const base, BestBase(thread, bases));
  if (!CompatibleForAssignment(type->base.Load(), base)) {
    const std::string new_name(TypeName(base)), old_name(TypeName(type->base.Load()));
    return thread.RaiseTypeError("__bases__ assignment: '%s' object layout differs from '%s'",
                                 new_name.c_str(), old_name.c_str());
  }
  Tuple* const old_bases = type->bases.Load();
  Type* const old_base = type->base.Load();
  type->bases.Store(type, bases);
  type->base.Store(type, base);
  GILA_TRY(List* const old_mros, NewList(thread));
  if (!RecomputeMros(thread, type, old_mros).ok()) {
    if (type->bases.Load() != bases) return kFailed;
    Restore(old_mros);
    type->bases.Store(type, old_bases);
    type->base.Store(type, old_base);
    return kFailed;
  }
  if (type->bases.Load() != bases) return kOk;
  {
    ByteLockGuard guard(type_lock);
    ForgetEverything(type);
  }
  GILA_TRY_VOID(ListBelowItsBases(thread, type, old_bases, bases));
  UpdateDynamicFlagsOfTree(thread, type);
  InvalidateAllInlineCaches(thread);
  return kOk;
}

}  // namespace gila

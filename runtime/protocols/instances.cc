// instances.cc: isinstance, issubclass and callable.
#include <string>

#include "runtime/call.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

// obj.__class__ when it is not simply the type: proxies say what they stand for.
Result<Value> ClaimedClass(Thread& thread, Value v) {
  Type* const type = TypeOf(v);
  const Value attribute = LookupOnType(thread, type, NameOf(Name::kClass));
  const Value standard = LookupOnType(thread, GetType(TypeId::kObject), NameOf(Name::kClass));
  if (attribute == standard && !type->Has(kCustomGetAttribute)) return kUnbound;
  return GetAttrOrUnbound(thread, v, NameOf(Name::kClass));
}

// The __bases__ of something that acts like a class; unbound when it has no such tuple.
Result<Value> BasesOf(Thread& thread, Value v) {
  GILA_TRY(const Value bases, GetAttrOrUnbound(thread, v, Intern(thread, "__bases__")));
  return IsTuple(bases) ? bases : kUnbound;
}

Result<bool> IsAbstractSubclass(Thread& thread, Value derived, Value base) {
  RecursionScope scope(thread, " in __issubclass__");
  GILA_TRY_VOID(scope.status());
  if (derived == base) return true;
  GILA_TRY(const Value bases, BasesOf(thread, derived));
  if (bases.IsUnbound()) return false;
  for (int64_t i = 0; i < bases.As<Tuple>()->length; ++i) {
    GILA_TRY(const bool found, IsAbstractSubclass(thread, bases.As<Tuple>()->At(i), base));
    if (found) return true;
  }
  return false;
}

}  // namespace

Result<bool> RealIsInstance(Thread& thread, Value v, Value cls) {
  if (IsType(cls)) {
    if (IsSubtype(TypeOf(v), cls.As<Type>())) return true;
    GILA_TRY(const Value claimed, ClaimedClass(thread, v));
    return IsType(claimed) && IsSubtype(claimed.As<Type>(), cls.As<Type>());
  }
  GILA_TRY(const Value bases, BasesOf(thread, cls));
  if (bases.IsUnbound()) {
    return thread.RaiseTypeError("isinstance() arg 2 must be a type, a tuple of types, or a union");
  }
  GILA_TRY(const Value own, GetAttrOrUnbound(thread, v, NameOf(Name::kClass)));
  if (own.IsUnbound()) return false;
  return IsAbstractSubclass(thread, own, cls);
}

Result<bool> RealIsSubclass(Thread& thread, Value derived, Value cls) {
  if (IsType(derived) && IsType(cls)) return IsSubtype(derived.As<Type>(), cls.As<Type>());
  GILA_TRY(const Value bases, BasesOf(thread, derived));
  if (bases.IsUnbound()) return thread.RaiseTypeError("issubclass() arg 1 must be a class");
  GILA_TRY(const Value class_bases, BasesOf(thread, cls));
  if (class_bases.IsUnbound()) {
    return thread.RaiseTypeError(
        "issubclass() arg 2 must be a class, a tuple of classes, or a union");
  }
  return IsAbstractSubclass(thread, derived, cls);
}

namespace {

using Check = Result<bool> (*)(Thread&, Value, Value);

// The common part: tuples, unions and the hook of the metaclass.
Result<bool> CheckAgainst(Thread& thread, Value v, Value cls, Special hook, Check whole,
                          Check plain) {
  if (IsTuple(cls)) {
    RecursionScope scope(thread, hook == Special::kInstanceCheck ? " in __instancecheck__"
                                                                 : " in __subclasscheck__");
    GILA_TRY_VOID(scope.status());
    const Tuple* tuple = cls.As<Tuple>();
    for (int64_t i = 0; i < tuple->length; ++i) {
      GILA_TRY(const bool found, whole(thread, v, tuple->At(i)));
      if (found) return true;
    }
    return false;
  }
  if (TypeOf(cls) == GetType(TypeId::kType)) return plain(thread, v, cls);
  RecursionScope scope(
      thread, hook == Special::kInstanceCheck ? " in __instancecheck__" : " in __subclasscheck__");
  GILA_TRY_VOID(scope.status());
  const Value args[] = {v};
  GILA_TRY(const Value answer, CallSpecial(thread, cls, hook, args));
  if (answer.IsUnbound()) return plain(thread, v, cls);
  return Truth(thread, answer);
}

}  // namespace

Result<bool> IsInstance(Thread& thread, Value v, Value cls) {
  if (Value(TypeOf(v)) == cls) return true;
  return CheckAgainst(thread, v, cls, Special::kInstanceCheck, IsInstance, RealIsInstance);
}

Result<bool> IsSubclass(Thread& thread, Value derived, Value cls) {
  return CheckAgainst(thread, derived, cls, Special::kSubclassCheck, IsSubclass, RealIsSubclass);
}

bool IsCallable(Value v) {
  if (!v.IsPointer()) return false;
  switch (v.AsObject()->kind) {
    case kKindFunction:
    case kKindNativeFunction:
    case kKindMethod:
    case kKindType:
      return true;
    default:
      return !LookupSpecial(*Thread::Current(), TypeOf(v), Special::kCall).IsUnbound();
  }
}

}  // namespace gila

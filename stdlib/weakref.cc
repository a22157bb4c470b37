// weakref.cc: the native module _weakref. The collections of weak references are Gila code
// (stdlib/lib/weakref.py).
#include "runtime/types/weakref.h"

#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace gila {

namespace {

Result<Value> GetWeakrefCount(Thread&, Args args) {
  if (!args[0].IsPointer()) return Value::SmallInt(0);
  return Value::SmallInt(static_cast<int64_t>(heap::WeakrefsTo(args[0].AsObject()).size()));
}

Result<Value> GetWeakrefs(Thread& thread, Args args) {
  GILA_TRY(List* const list, NewList(thread));
  if (!args[0].IsPointer()) return list;
  for (WeakRef* reference : heap::WeakrefsTo(args[0].AsObject())) {
    GILA_TRY_VOID(ListAppend(thread, list, reference));
  }
  return list;
}

Result<Value> Proxy(Thread& thread, Args args) {
  return NewWeakProxy(thread, args[0], args.Or(1, kNone));
}

// _remove_dead_weakref(dict, key): removes the entry when its weak reference is dead, in one step.
Result<Value> RemoveDead(Thread& thread, Args args) {
  if (!IsDict(args[0])) return thread.RaiseTypeError("expected a dict");
  GILA_TRY(const Value reference, DictGet(thread, args[0].As<Dict>(), args[1]));
  if (IsKind(reference, kKindWeakRef) && reference.As<WeakRef>()->referent.Load() == nullptr) {
    GILA_TRY_VOID(DictPop(thread, args[0].As<Dict>(), args[1]));
  }
  return kNone;
}

const NativeDef kFunctions[] = {
    {"getweakrefcount", GetWeakrefCount, "(object, /)",
     "Return the number of weak references to 'object'."},
    {"getweakrefs", GetWeakrefs, "(object, /)",
     "Return a list of all weak reference objects pointing to 'object'."},
    {"proxy", Proxy, "(object, callback=None, /)",
     "Create a proxy object that weakly references 'object'."},
    {"_remove_dead_weakref", RemoveDead, "(dct, key, /)",
     "Atomically remove key from dict if it points to a dead weakref."},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

Status InitWeakrefModule(Thread& thread, Module* module) GILA_ATTACHED;
Status InitWeakrefModule(Thread& thread, Module* module) {
  const Value reference = GetType(TypeId::kWeakRef);
  GILA_TRY_VOID(AddValue(thread, module, "ref", reference));
  GILA_TRY_VOID(AddValue(thread, module, "ReferenceType", reference));
  GILA_TRY_VOID(AddValue(thread, module, "ProxyType", GetType(TypeId::kWeakProxy)));
  GILA_TRY_VOID(AddValue(thread, module, "CallableProxyType", GetType(TypeId::kWeakCallableProxy)));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

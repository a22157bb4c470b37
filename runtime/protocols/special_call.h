// special_call.h: calling a special method that was found on a type: straight into a native method
// of a built-in type, else through the descriptor protocol.
#ifndef GILA_RUNTIME_PROTOCOLS_SPECIAL_CALL_H_
#define GILA_RUNTIME_PROTOCOLS_SPECIAL_CALL_H_

#include "runtime/call.h"
#include "runtime/native.h"
#include "runtime/object.h"
#include "runtime/protocols.h"
#include "runtime/type.h"

namespace gila {

// The native method behind an unbound method of a built-in type, else null.
GILA_ALWAYS_INLINE NativeFunction* NativeMethod(Value method) {
  if (IsKind(method, kKindSlotWrapper) || IsKind(method, kKindMethodDescriptor))
    return static_cast<NativeFunction*>(method.AsObject());
  return nullptr;
}

Result<Value> CallUnboundSlow(Thread& thread, Value method, const Value* self_and_args,
                              size_t count) GILA_ATTACHED;

// `method` is what a look-up on the type of self_and_args[0] gave.
GILA_ALWAYS_INLINE Result<Value> CallUnbound(Thread& thread, Value method,
                                             const Value* self_and_args,
                                             size_t count) GILA_ATTACHED {
  const NativeFunction* native = NativeMethod(method);
  if (GILA_LIKELY(native != nullptr && native->fixed_arity == static_cast<int>(count))) {
    const Type* type = TypeOf(self_and_args[0]);
    const Type* owner = native->owner.Load();
    if (GILA_LIKELY(owner == type || IsSubtype(type, owner)))
      return native->function(
          thread, Args(self_and_args, static_cast<uint32_t>(count), static_cast<uint32_t>(count)));
  }
  return CallUnboundSlow(thread, method, self_and_args, count);
}
GILA_ALWAYS_INLINE Result<Value> CallUnbound1(Thread& thread, Value method, Value self) {
  return CallUnbound(thread, method, &self, 1);
}
GILA_ALWAYS_INLINE Result<Value> CallUnbound2(Thread& thread, Value method, Value self,
                                              Value argument) {
  const Value both[] = {self, argument};
  return CallUnbound(thread, method, both, 2);
}

// Calls a built-in class, or an object whose __call__ is native, without a window for its frame:
// what map(str, ...) and sorted(key=itemgetter(0)) do all the time. Unbound, nothing called: it is
// none of those, or the arguments do not fit just so. The collector must see the arguments.
Result<Value> CallDirect(Thread& thread, Value callable, const Value* args,
                         size_t count) GILA_ATTACHED;

// Is `method` the one that `object` itself defines?
GILA_ALWAYS_INLINE bool IsObjectMethod(Value method) {
  const NativeFunction* native = NativeMethod(method);
  return native != nullptr && native->owner.Load() == GetType(TypeId::kObject);
}

}  // namespace gila

#endif  // GILA_RUNTIME_PROTOCOLS_SPECIAL_CALL_H_

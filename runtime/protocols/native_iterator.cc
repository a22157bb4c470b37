#include "runtime/protocols/native_iterator.h"

#include "runtime/types/container_support.h"

namespace gila {

IteratorStep native_iterator_steps[256];

Result<Value> NativeIteratorNext(Thread& thread, Args args) {
  Object* iterator = args[0].AsObject();
  const IteratorStep step = native_iterator_steps[iterator->kind];
  if (GILA_UNLIKELY(step == nullptr)) return thread.RaiseTypeError("not a native iterator");
  GILA_TRY(const Value item, step(thread, iterator));
  if (GILA_UNLIKELY(item.IsUnbound())) return RaiseStopIteration(thread);
  return item;
}

Result<Value> NativeIteratorSelf(Thread&, Args args) { return args[0]; }

}  // namespace gila

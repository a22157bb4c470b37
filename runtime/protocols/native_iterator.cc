#include "runtime/protocols/native_iterator.h"

namespace gila {

IteratorStep native_iterator_steps[256];

Result<Value> NativeIteratorNext(Thread& thread, Args args) {
  Object* iterator = args[0].AsObject();
  GILA_TRY(const Value item, native_iterator_steps[iterator->kind](thread, iterator));
  if (GILA_UNLIKELY(item.IsUnbound())) return thread.Raise(TypeId::kStopIteration, {});
  return item;
}

Result<Value> NativeIteratorSelf(Thread&, Args args) { return args[0]; }

}  // namespace gila

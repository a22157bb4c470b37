// anext_default.h: what `anext(iterator, default)` gives: an awaitable that ends with the default
// instead of StopAsyncIteration.
#ifndef GILA_STDLIB_ANEXT_DEFAULT_H_
#define GILA_STDLIB_ANEXT_DEFAULT_H_

#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

Result<Value> NewAnextWithDefault(Thread& thread, Value awaitable,
                                  Value default_value) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_ANEXT_DEFAULT_H_

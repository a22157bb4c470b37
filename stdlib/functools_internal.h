// functools_internal.h: the two files of _functools.
#ifndef GILA_STDLIB_FUNCTOOLS_INTERNAL_H_
#define GILA_STDLIB_FUNCTOOLS_INTERNAL_H_

#include "runtime/native.h"

namespace gila {

// _lru_cache_wrapper (functools_cache.cc).
Status AddCacheType(Thread& thread, Module* module) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_FUNCTOOLS_INTERNAL_H_

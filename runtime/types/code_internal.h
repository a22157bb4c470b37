// code_internal.h: what the files about code objects share.
#ifndef GILA_RUNTIME_TYPES_CODE_INTERNAL_H_
#define GILA_RUNTIME_TYPES_CODE_INTERNAL_H_

#include "runtime/native.h"
#include "runtime/types/function.h"

namespace gila {

extern const NativeDef kCodeMethods[];
extern const GetSetDef kCodeGetSets[];

// Set by the vm: reports the objects that inline caches of the code name.
extern void (*trace_inline_caches)(Code* code, Marker& marker);

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_CODE_INTERNAL_H_

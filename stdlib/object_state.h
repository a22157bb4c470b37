// object_state.h: giving an instance the attributes that pickle and copy have for it.
#ifndef GILA_STDLIB_OBJECT_STATE_H_
#define GILA_STDLIB_OBJECT_STATE_H_

#include "runtime/types/dict.h"

namespace gila {

// instance.__dict__.update(state), the names interned. Where nobody can tell the difference the
// attributes go straight into the instance, which keeps its shape.
Status UpdateAttributes(Thread& thread, Value instance, Dict* state) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_OBJECT_STATE_H_

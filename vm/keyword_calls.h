// keyword_calls.h: calls of Gila functions with keywords, for call instructions that remember which
// keyword belongs to which parameter.
#ifndef GILA_VM_KEYWORD_CALLS_H_
#define GILA_VM_KEYWORD_CALLS_H_

#include <cstddef>

#include "runtime/value.h"
#include "vm/slow.h"

namespace gila::vm {

// Specialises a call with keywords to `form` when `callable` is a function that such a call may
// bind without the binder. `count` arguments, self among them, the last of them named by `kwnames`.
void LearnKeywords(const Slow& slow, uint16_t form, Value callable, size_t count,
                   Value kwnames) GILA_ATTACHED;

}  // namespace gila::vm

#endif  // GILA_VM_KEYWORD_CALLS_H_

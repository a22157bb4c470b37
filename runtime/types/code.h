// code.h: asking a code object about its source. The object itself is in function.h.
#ifndef GILA_RUNTIME_TYPES_CODE_H_
#define GILA_RUNTIME_TYPES_CODE_H_

#include "bytecode/code_data.h"
#include "runtime/types/function.h"

namespace gila {

// Where the instruction at `word` comes from; all -1 where unknown.
SourceRange RangeAt(const Code* code, uint32_t word);
// What the compiler has added without a place belongs to what stands before it.
int32_t LineAt(const Code* code, uint32_t word);

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_CODE_H_

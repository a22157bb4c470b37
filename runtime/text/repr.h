// repr.h: the literal that reads back as the same text or bytes.
#ifndef GILA_RUNTIME_TEXT_REPR_H_
#define GILA_RUNTIME_TEXT_REPR_H_

#include "runtime/result.h"
#include "runtime/types/str.h"

namespace gila {

// 'text', or "text" when it has single quotes and no double ones. What is not printable is escaped;
// with `ascii_only` everything above 127 is.
Result<Str*> StrRepr(Thread& thread, const Str* s, bool ascii_only = false) GILA_ATTACHED;
// \xhh, \uhhhh or \Uhhhhhhhh.
void AppendEscape(StrBuilder& out, uint32_t c);

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_REPR_H_

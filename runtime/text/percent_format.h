// percent_format.h: the % operator of str and bytes.
#ifndef GILA_RUNTIME_TEXT_PERCENT_FORMAT_H_
#define GILA_RUNTIME_TEXT_PERCENT_FORMAT_H_

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/types/str.h"

namespace gila {

// bytes % args, without the conversion to bytes or bytearray: the text's code points are the bytes.
// StrModFormat (types/str.h) is the other one.
Result<Str*> BytesModFormat(Thread& thread, std::string_view format, Value args) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_PERCENT_FORMAT_H_

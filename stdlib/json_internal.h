// json_internal.h: the files of the native module _json.
#ifndef GILA_STDLIB_JSON_INTERNAL_H_
#define GILA_STDLIB_JSON_INTERNAL_H_

#include "runtime/native.h"
#include "runtime/types/str.h"

namespace gila {

// raise JSONDecodeError(message, document, position). The class is given by json.decoder when that
// is imported.
Failed RaiseJsonError(Thread& thread, const char* message, Str* document,
                      int64_t position) GILA_ATTACHED;

// Each fills the module with its part: reading (json_scan.cc) and writing (json_encode.cc).
Status AddJsonScanner(Thread& thread, Module* module) GILA_ATTACHED;
Status AddJsonEncoder(Thread& thread, Module* module) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_JSON_INTERNAL_H_

// warn.h: warnings from native code.
#ifndef GILA_RUNTIME_PROTOCOLS_WARN_H_
#define GILA_RUNTIME_PROTOCOLS_WARN_H_

#include <string>

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

// warnings.warn(message, category, stacklevel): fails when a filter makes the warning an exception.
Status WarnAbout(Thread& thread, TypeId category, const std::string& message,
                 Value stack_level = Value::SmallInt(1)) GILA_ATTACHED;
// The DeprecationWarning for a conversion method that gave an instance of a subclass:
// "__index__ returned non-int (type X).  The ability to ..."
Status WarnOfSubclass(Thread& thread, const std::string& method, Value result,
                      const char* wanted) GILA_ATTACHED;

// -b: 1 warns where bytes are taken for text, -bb makes it an error through a filter. Set before
// threads run.
extern int bytes_warning_level;

}  // namespace gila

#endif  // GILA_RUNTIME_PROTOCOLS_WARN_H_

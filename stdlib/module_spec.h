// module_spec.h: ModuleSpec and the loaders: what `__spec__` and `__loader__` of a module are.
#ifndef GILA_STDLIB_MODULE_SPEC_H_
#define GILA_STDLIB_MODULE_SPEC_H_

#include <string>

#include "runtime/result.h"
#include "runtime/thread.h"
#include "stdlib/import.h"

namespace gila {

// `locations`: a list for packages, else None.
Result<Value> NewModuleSpec(Thread& thread, const std::string& name, Value loader, Value origin,
                            Value locations, bool has_location) GILA_ATTACHED;
// An object that knows where the module came from and can give its source.
Result<Value> NewLoader(Thread& thread, const std::string& name,
                        const FoundModule& found) GILA_ATTACHED;
// The contents of a file. Raises OSError.
Result<std::string> ReadSourceFile(Thread& thread, const std::string& path) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_MODULE_SPEC_H_

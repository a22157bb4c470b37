// builtins.h: the built-in functions, group by group, as their files offer them to the table in
// builtins_module.cc. Each table ends with an empty row.
#ifndef GILA_STDLIB_BUILTINS_H_
#define GILA_STDLIB_BUILTINS_H_

#include "runtime/native.h"
#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/types/function.h"

namespace gila {

extern const NativeDef kObjectBuiltins[];     // builtins_objects.cc: getattr, isinstance, dir, ...
extern const NativeDef kNumberBuiltins[];     // builtins_numbers.cc: abs, bin, pow, sum, ...
extern const NativeDef kIterationBuiltins[];  // builtins_iteration.cc: iter, len, max, sorted, ...
extern const NativeDef kOutputBuiltins[];     // builtins_output.cc: print, input, format
extern const NativeDef kCodeBuiltins[];       // builtins_code.cc: compile, eval, exec, ...
extern const NativeDef kClassBuiltins[];      // builtins_class.cc: __build_class__

// exit, quit and help (builtins_site.cc).
Status AddSiteBuiltins(Thread& thread, Module* module) GILA_ATTACHED;
// Fills the module `builtins` and makes it known to the runtime.
Result<Module*> InitBuiltinsModule(Thread& thread) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_BUILTINS_H_

// builtins.h: the built-in functions, group by group, as their files offer them to the table in
// builtins_module.cc. Each table ends with an empty row.
#ifndef GILA_STDLIB_BUILTINS_H_
#define GILA_STDLIB_BUILTINS_H_

#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace gila {

extern const NativeDef kObjectBuiltins[];     // builtins_objects.cc: getattr, isinstance, dir, ...
extern const NativeDef kNumberBuiltins[];     // builtins_numbers.cc: abs, bin, pow, sum, ...
extern const NativeDef kIterationBuiltins[];  // builtins_iteration.cc: iter, len, max, sorted, ...
extern const NativeDef kOutputBuiltins[];     // builtins_output.cc: print, input, format
extern const NativeDef kCodeBuiltins[];       // builtins_code.cc: compile, eval, exec, ...
extern const NativeDef kClassBuiltins[];      // builtins_class.cc: __build_class__

// ForEach, which needs no iterator for a list or tuple.
template <class Body>
Status ForEachItem(Thread& thread, Value iterable, Body body) GILA_ATTACHED {
  if (IsExactly(iterable, TypeId::kList)) {
    const List* const list = iterable.As<List>();
    for (int64_t i = 0;; ++i) {
      const Value item = ListAt(list, i);
      if (item.IsUnbound()) return kOk;
      GILA_TRY_VOID(body(item));
    }
  }
  if (IsExactly(iterable, TypeId::kTuple)) {
    const Tuple* const tuple = iterable.As<Tuple>();
    for (int64_t i = 0; i < tuple->length; ++i) GILA_TRY_VOID(body(tuple->At(i)));
    return kOk;
  }
  return ForEach(thread, iterable, body);
}

// exit, quit and help (builtins_site.cc).
Status AddSiteBuiltins(Thread& thread, Module* module) GILA_ATTACHED;
// Fills the module `builtins` and makes it known to the runtime.
Result<Module*> InitBuiltinsModule(Thread& thread) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_BUILTINS_H_

// modules.h: sys.modules and what the runtime itself needs of modules. Finding and loading them is
// stdlib/import.cc.
#ifndef GILA_RUNTIME_MODULES_H_
#define GILA_RUNTIME_MODULES_H_

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"

namespace gila {

// The dictionary that sys.modules starts as.
Dict* ModulesDict(Thread& thread) GILA_ATTACHED;
// The module of that name when it is loaded, else None.
Result<Value> LoadedModule(Thread& thread, Value name) GILA_ATTACHED;
// The namespaces of builtins and sys; null with nothing raised before they are made.
Dict* BuiltinsDict(Thread& thread);
Dict* SysDict();
void SetBuiltinsDict(Dict* dict);
void SetSysDict(Dict* dict);
// sys.name; unbound when it was deleted.
Value SysAttribute(Thread& thread, Value interned_name) GILA_ATTACHED;

// An attribute of sys that is made when somebody asks for it; unbound for any other name. Set by
// stdlib/import_find.cc.
extern Result<Value> (*make_sys_attribute)(Thread& thread, Value name);

// __import__(name) and then the module itself, not its top package. Set by stdlib/import.cc.
extern Result<Value> (*import_module_hook)(Thread& thread, Value name);
Result<Value> ImportModule(Thread& thread, std::string_view dotted_name) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_MODULES_H_

// hooks.h: what the vm asks of the library, which stands right of it: filled in at start-up by the
// import system.
#ifndef GILA_VM_HOOKS_H_
#define GILA_VM_HOOKS_H_

#include "runtime/object.h"

namespace gila {

struct Dict;

namespace vm {

// sys.modules; null before the import system is up.
extern Dict* (*modules_dict)();

}  // namespace vm
}  // namespace gila

#endif  // GILA_VM_HOOKS_H_

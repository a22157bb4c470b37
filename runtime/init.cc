// init.cc: the order in which the runtime comes up.
#include "runtime/init.h"

#include "runtime/address_space.h"
#include "runtime/heap/heap.h"
#include "runtime/shape.h"
#include "runtime/signals.h"
#include "runtime/threads/attach.h"
#include "runtime/type_internal.h"
#include "runtime/types/exception_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

Thread& InitRuntime() {
  SpareAddressSpace();
  InitShapes();
  heap::Init();
  heap::InitCollector();
  Thread& thread = *RegisterMainThread();
  InitContainers(thread);
  InitStrings(thread);  // names, before the types that are called by them
  InitBuiltinTypes(thread);
  InitExceptions(thread);
  InitSignals(thread);
  return thread;
}

}  // namespace gila

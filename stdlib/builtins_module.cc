// builtins_module.cc: the module `builtins`: the functions of the builtins_*.cc files, the types,
// the exceptions and the constants.
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"
#include "stdlib/builtins.h"
#include "stdlib/io_internal.h"

namespace gila {

namespace {

struct NamedType {
  const char* name;
  TypeId id;
  uint32_t flags;
};

constexpr NamedType kTypes[] = {
#define GILA_TYPE(id, name, base, flags) {name, TypeId::k##id, flags},
#define GILA_LAYOUT(id)
#include "runtime/types/builtin_types.def"
#define GILA_EXCEPTION(id, base) {#id, TypeId::k##id, kPlain},
#include "runtime/types/exceptions.def"
};

}  // namespace

Result<Module*> InitBuiltinsModule(Thread& thread) {
  GILA_TRY(Module* const module, NewModule(thread, "builtins"));
  Dict* const dict = module->dict.Load();
  SetBuiltinsDict(dict);
  for (const NativeDef* table : {kObjectBuiltins, kNumberBuiltins, kIterationBuiltins,
                                 kOutputBuiltins, kCodeBuiltins, kClassBuiltins}) {
    GILA_TRY_VOID(AddFunctions(thread, module, table));
  }
  for (const NamedType& type : kTypes) {
    if (type.flags & kHidden) continue;
    GILA_TRY_VOID(AddValue(thread, module, type.name, GetType(type.id)));
  }
  const Value os_error = GetType(TypeId::kOSError);
  GILA_TRY_VOID(AddValue(thread, module, "EnvironmentError", os_error));
  GILA_TRY_VOID(AddValue(thread, module, "IOError", os_error));
  GILA_TRY_VOID(AddValue(thread, module, "None", kNone));
  GILA_TRY_VOID(AddValue(thread, module, "True", kTrue));
  GILA_TRY_VOID(AddValue(thread, module, "False", kFalse));
  GILA_TRY_VOID(AddValue(thread, module, "Ellipsis", kEllipsis));
  GILA_TRY_VOID(AddValue(thread, module, "NotImplemented", kNotImplemented));
  GILA_TRY_VOID(AddValue(thread, module, "__debug__", kTrue));
  GILA_TRY_VOID(AddSiteBuiltins(thread, module));
  GILA_TRY(Str* const doc,
           NewStr(thread, "Built-in functions, types, exceptions, and other objects."));
  GILA_TRY_VOID(AddValue(thread, module, "__doc__", doc));
  GILA_TRY_VOID(DictSet(thread, ModulesDict(thread), NameOf(Name::kBuiltinsModule), module));
  return module;
}

}  // namespace gila

// builtins_site.cc: exit, quit and help: what CPython's site module adds to builtins. They show
// what they do when they are only named at the prompt.
#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/modules.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/str.h"
#include "stdlib/builtins.h"

namespace gila {

namespace {

// --- exit and quit ---

Result<Value> QuitterRepr(Thread& thread, Args args) {
  const Value name = GetOwnAttribute(args[0].AsObject(), Intern(thread, "name"));
  if (!IsStr(name)) return NewStr(thread, "Quitter");
  return NewStr(thread, "Use " + ToUtf8(name) + "() or Ctrl-D (i.e. EOF) to exit");
}

Result<Value> QuitterCall(Thread& thread, Args args) {
  // Closing stdin lets an interactive loop around it end as well.
  const Value in = SysAttribute(thread, NameOf(Name::kStdin));
  if (!in.IsUnbound() && !in.IsNone() && !CallMethod(thread, in, NameOf(Name::kClose)).ok()) {
    thread.ClearException();
  }
  return thread.RaiseWith(TypeId::kSystemExit, args.Or(1, kNone));
}

const NativeDef kQuitterMethods[] = {
    {"__repr__", QuitterRepr, "(self, /)", "Return repr(self)."},
    {"__call__", QuitterCall, "(self, code=None)", "Call self as a function."},
    {nullptr, nullptr, nullptr, nullptr},
};
const TypeSpec kQuitterSpec = {.methods = kQuitterMethods};

// --- help ---

Result<Value> HelperRepr(Thread& thread, Args) {
  return NewStr(thread, "Type help() for interactive help, or help(object) for help about object.");
}

// The texts are pydoc's.
Result<Value> HelperCall(Thread& thread, Args args) {
  GILA_TRY(const Value pydoc, ImportModule(thread, "pydoc"));
  if (args.Has(1)) return CallMethod(thread, pydoc, Intern(thread, "help"), {args[1]});
  return CallMethod(thread, pydoc, Intern(thread, "help"));
}

const NativeDef kHelperMethods[] = {
    {"__repr__", HelperRepr, "(self, /)", "Return repr(self)."},
    {"__call__", HelperCall, "(self, request=None, /)", "Call self as a function."},
    {nullptr, nullptr, nullptr, nullptr},
};
const TypeSpec kHelperSpec = {.methods = kHelperMethods};

Status AddInstance(Thread& thread, Module* module, Type* type, const char* name) {
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  GILA_TRY_VOID(SetOwnAttribute(thread, object, Intern(thread, "name"), Intern(thread, name)));
  return AddValue(thread, module, name, object);
}

}  // namespace

Status AddSiteBuiltins(Thread& thread, Module* module) {
  Type* const base = GetType(TypeId::kSimpleNamespace);
  GILA_TRY(Type* const quitter, NewNativeType(thread, kQuitterSpec, "_sitebuiltins.Quitter", base,
                                              kKindSimpleNamespace, sizeof(Object), kHasDict));
  GILA_TRY_VOID(AddInstance(thread, module, quitter, "exit"));
  GILA_TRY_VOID(AddInstance(thread, module, quitter, "quit"));
  GILA_TRY(Type* const helper, NewNativeType(thread, kHelperSpec, "_sitebuiltins._Helper", base,
                                             kKindSimpleNamespace, sizeof(Object), kHasDict));
  return AddInstance(thread, module, helper, "help");
}

}  // namespace gila

// builtins_site.cc: exit, quit, help, copyright, credits and license: what CPython's site module
// adds to builtins. They show what they do when they are only named at the prompt.
#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/modules.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/int.h"
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

// A namespace has none; these objects have one.
Result<Value> IdentityHashOf(Thread& thread, Args args) {
  return NewInt(thread, IdentityHash(args[0]));
}

const NativeDef kQuitterMethods[] = {
    {"__hash__", IdentityHashOf, "(self, /)", "Return hash(self)."},
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
    {"__hash__", IdentityHashOf, "(self, /)", "Return hash(self)."},
    {"__repr__", HelperRepr, "(self, /)", "Return repr(self)."},
    {"__call__", HelperCall, "(self, request=None, /)", "Call self as a function."},
    {nullptr, nullptr, nullptr, nullptr},
};
const TypeSpec kHelperSpec = {.methods = kHelperMethods};

// --- copyright, credits and license ---

constexpr const char* kTexts[][2] = {
    {"copyright", "Copyright (c) 2026 The Gila authors. All Rights Reserved."},
    {"credits",
     "Thanks to the authors of Python, whose language this is, and of all the libraries in use."},
    {"license", "Gila is free software under the MIT License; the file LICENSE has its text."}};

Result<Value> NoticeRepr(Thread& thread, Args args) {
  const Value name = GetOwnAttribute(args[0].AsObject(), Intern(thread, "name"));
  const std::string known = IsStr(name) ? ToUtf8(name) : "";
  for (const auto& [key, text] : kTexts) {
    if (known == key) return NewStr(thread, text);
  }
  return NewStr(thread, "");
}

Result<Value> NoticeCall(Thread& thread, Args args) {
  GILA_TRY(const Value text, NoticeRepr(thread, args));
  const Value out = SysAttribute(thread, NameOf(Name::kStdout));
  if (out.IsUnbound() || out.IsNone()) return kNone;
  GILA_TRY_VOID(CallMethod(thread, out, NameOf(Name::kWrite), {text}));
  GILA_TRY_VOID(CallMethod(thread, out, NameOf(Name::kWrite), {Intern(thread, "\n")}));
  return kNone;
}

const NativeDef kNoticeMethods[] = {
    {"__hash__", IdentityHashOf, "(self, /)", "Return hash(self)."},
    {"__repr__", NoticeRepr, "(self, /)", "Return repr(self)."},
    {"__call__", NoticeCall, "(self)", "Print the text."},
    {nullptr, nullptr, nullptr, nullptr},
};
const TypeSpec kNoticeSpec = {.methods = kNoticeMethods};

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
  GILA_TRY_VOID(AddInstance(thread, module, helper, "help"));
  GILA_TRY(Type* const notice, NewNativeType(thread, kNoticeSpec, "_sitebuiltins._Printer", base,
                                             kKindSimpleNamespace, sizeof(Object), kHasDict));
  for (const auto& row : kTexts) GILA_TRY_VOID(AddInstance(thread, module, notice, row[0]));
  return kOk;
}

}  // namespace gila

// builtins_objects.cc: built-in functions about any object: attributes, types, identity, names.
#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/builtins.h"

namespace gila {

namespace {

Result<Value> Getattr(Thread& thread, Args args) {
  GILA_TRY(const Value name, AttributeName(thread, args[1]));
  if (!args.Has(2)) return GetAttr(thread, args[0], name);
  GILA_TRY(const Value found, GetAttrOrUnbound(thread, args[0], name));
  return found.IsUnbound() ? args[2] : found;
}

Result<Value> Setattr(Thread& thread, Args args) {
  GILA_TRY(const Value name, AttributeName(thread, args[1]));
  GILA_TRY_VOID(SetAttr(thread, args[0], name, args[2]));
  return kNone;
}

Result<Value> Delattr(Thread& thread, Args args) {
  GILA_TRY(const Value name, AttributeName(thread, args[1]));
  GILA_TRY_VOID(DelAttr(thread, args[0], name));
  return kNone;
}

Result<Value> Hasattr(Thread& thread, Args args) {
  GILA_TRY(const Value name, AttributeName(thread, args[1]));
  GILA_TRY(const Value found, GetAttrOrUnbound(thread, args[0], name));
  return Value::Bool(!found.IsUnbound());
}

Result<Value> Callable(Thread&, Args args) { return Value::Bool(IsCallable(args[0])); }

Result<Value> Isinstance(Thread& thread, Args args) {
  GILA_TRY(const bool answer, IsInstance(thread, args[0], args[1]));
  return Value::Bool(answer);
}

Result<Value> Issubclass(Thread& thread, Args args) {
  GILA_TRY(const bool answer, IsSubclass(thread, args[0], args[1]));
  return Value::Bool(answer);
}

Result<Value> Id(Thread& thread, Args args) {
  return NewInt(thread, static_cast<int64_t>(IdentityOf(args[0])));
}

Result<Value> HashOf(Thread& thread, Args args) {
  GILA_TRY(const int64_t hash, Hash(thread, args[0]));
  return NewInt(thread, hash);
}

Result<Value> ReprOf(Thread& thread, Args args) { return Repr(thread, args[0]); }
Result<Value> AsciiOf(Thread& thread, Args args) { return Ascii(thread, args[0]); }

// --- namespaces ---

Result<Value> Globals(Thread& thread, Args) {
  Dict* const globals = CurrentGlobals(thread);
  return globals == nullptr ? kNone : Value(globals);
}

Result<Value> Locals(Thread& thread, Args) { return CurrentLocals(thread); }

Result<Value> Vars(Thread& thread, Args args) {
  if (!args.Has(0)) return CurrentLocals(thread);
  GILA_TRY(const Value dict, GetAttrOrUnbound(thread, args[0], NameOf(Name::kDict_)));
  if (dict.IsUnbound()) {
    return thread.RaiseTypeError("vars() argument must have __dict__ attribute");
  }
  return dict;
}

Result<Value> Sorted(Thread& thread, Value names) {
  GILA_TRY(List* const list, ToList(thread, names));
  GILA_TRY_VOID(ListSort(thread, list, kNone, false));
  return list;
}

Result<Value> Dir(Thread& thread, Args args) {
  if (!args.Has(0)) {
    GILA_TRY(const Value locals, CurrentLocals(thread));
    GILA_TRY(const Value names, CallMethod(thread, locals, NameOf(Name::kKeys)));
    return Sorted(thread, names);
  }
  GILA_TRY(const Value names, CallSpecial(thread, args[0], Special::kDir));
  if (names.IsUnbound()) return thread.RaiseTypeError("object does not provide __dir__");
  return Sorted(thread, names);
}

}  // namespace

const NativeDef kObjectBuiltins[] = {
    {"getattr", Getattr, "(object, name, default=None, /)",
     "getattr(object, name[, default]) -> value\n\nGet a named attribute from an object; "
     "getattr(x, 'y') is equivalent to x.y.\nWhen a default argument is given, it is returned "
     "when the attribute doesn't\nexist; without it, an exception is raised in that case."},
    {"setattr", Setattr, "(obj, name, value, /)",
     "Sets the named attribute on the given object to the specified value.\n\nsetattr(x, 'y', v) "
     "is equivalent to ``x.y = v``"},
    {"delattr", Delattr, "(obj, name, /)",
     "Deletes the named attribute from the given object.\n\ndelattr(x, 'y') is equivalent to "
     "``del x.y``"},
    {"hasattr", Hasattr, "(obj, name, /)",
     "Return whether the object has an attribute with the given name."},
    {"callable", Callable, "(obj, /)",
     "Return whether the object is callable (i.e., some kind of function)."},
    {"isinstance", Isinstance, "(obj, class_or_tuple, /)",
     "Return whether an object is an instance of a class or of a subclass thereof."},
    {"issubclass", Issubclass, "(cls, class_or_tuple, /)",
     "Return whether 'cls' is derived from another class or is the same class."},
    {"id", Id, "(obj, /)", "Return the identity of an object."},
    {"hash", HashOf, "(obj, /)", "Return the hash value for the given object."},
    {"repr", ReprOf, "(obj, /)", "Return the canonical string representation of the object."},
    {"ascii", AsciiOf, "(obj, /)", "Return an ASCII-only representation of an object."},
    {"globals", Globals, "()",
     "Return the dictionary containing the current scope's global variables."},
    {"locals", Locals, "()", "Return a dictionary containing the current scope's local variables."},
    {"vars", Vars, "(object=None, /)",
     "vars([object]) -> dictionary\n\nWithout arguments, equivalent to locals().\nWith an "
     "argument, equivalent to object.__dict__."},
    {"dir", Dir, "(object=None, /)",
     "dir([object]) -> list of strings\n\nIf called without an argument, return the names in the "
     "current scope."},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace gila

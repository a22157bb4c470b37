// slow_modules.cc: the import statements, annotations of a namespace, and showing values in
// interactive mode.
#include <string>

#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "vm/hooks.h"
#include "vm/slow.h"

namespace gila::vm {

Dict* (*modules_dict)() = nullptr;

namespace {

// The namespace that this code binds names in: R[0] of a class body or exec, else the globals.
Value NamespaceOf(const Slow& slow) {
  const Value own = slow.registers[0];
  return own.IsUnbound() ? Value(slow.function()->globals.Load()) : own;
}

Result<Value> FromModules(Thread& thread, Value name) {
  if (modules_dict == nullptr) return kUnbound;
  return DictGet(thread, modules_dict(), name);
}

std::string TextOr(Thread& thread, Value object, Name attribute, const char* fallback) {
  const Result<Value> found = GetAttrOrUnbound(thread, object, NameOf(attribute));
  thread.ClearException();
  return found.ok() && IsStr(found.value()) ? ToUtf8(found.value()) : fallback;
}

// A module that is still being executed says so in its spec.
bool IsInitializing(Thread& thread, Value module) {
  const Result<Value> spec = GetAttrOrUnbound(thread, module, NameOf(Name::kSpec));
  Result<Value> initializing = kUnbound;
  if (spec.ok() && !spec.value().IsUnbound())
    initializing = GetAttrOrUnbound(thread, spec.value(), Intern(thread, "_initializing"));
  thread.ClearException();
  return initializing.ok() && initializing.value().IsTrue();
}

Failed RaiseCannotImport(Thread& thread, Value module, Value name) {
  const std::string module_name = TextOr(thread, module, Name::kName, "<unknown module name>");
  const std::string file = TextOr(thread, module, Name::kFile, "unknown location");
  const bool partial = IsInitializing(thread, module);
  thread.RaiseFormat(TypeId::kImportError, "cannot import name '%s' from %s'%s'%s (%s)",
                     ToUtf8(name).c_str(), partial ? "partially initialized module " : "",
                     module_name.c_str(), partial ? " (most likely due to a circular import)" : "",
                     file.c_str());
  if (!IsException(thread.exception)) return kFailed;
  const Value waiting = thread.TakeException();
  Exception* error = waiting.As<Exception>();
  const Result<Str*> name_value = NewStr(thread, module_name);
  if (name_value.ok()) error->extra[1].Store(error, name_value.value());
  if (file != "unknown location") {
    const Result<Str*> path = NewStr(thread, file);
    if (path.ok()) error->extra[2].Store(error, path.value());
  }
  thread.exception = waiting;
  return kFailed;
}

Result<Value> ImportFrom(Thread& thread, Value module, Value name) {
  GILA_TRY(const Value found, GetAttrOrUnbound(thread, module, name));
  if (!found.IsUnbound()) return found;
  // A submodule of a package whose import is under way is in sys.modules before it is an attribute.
  GILA_TRY(const Value package, GetAttrOrUnbound(thread, module, NameOf(Name::kName)));
  if (IsStr(package)) {
    GILA_TRY(Str * full, NewStr(thread, ToUtf8(package) + "." + ToUtf8(name)));
    GILA_TRY(const Value submodule, FromModules(thread, full));
    if (!submodule.IsUnbound()) return submodule;
  }
  return RaiseCannotImport(thread, module, name);
}

Status Bind(Thread& thread, Value name_space, Value name, Value value) {
  if (IsExactly(name_space, TypeId::kDict)) {
    if (IsExactly(name, TypeId::kStr)) name = InternStr(thread, name.As<Str>());
    return DictSet(thread, name_space.As<Dict>(), name, value);
  }
  return SetItem(thread, name_space, name, value);
}

Status ImportStar(Thread& thread, Value module, Value name_space) {
  GILA_TRY(const Value all, GetAttrOrUnbound(thread, module, NameOf(Name::kAll)));
  if (!all.IsUnbound()) {
    const std::string module_name = TextOr(thread, module, Name::kName, "?");
    return ForEach(thread, all, [&](Value name) -> Status {
      if (!IsStr(name)) {
        const std::string type(TypeNameOf(name));
        return thread.RaiseTypeError("Item in %s.__all__ must be str, not %s", module_name.c_str(),
                                     type.c_str());
      }
      GILA_TRY(const Value value, GetAttr(thread, module, InternStr(thread, name.As<Str>())));
      return Bind(thread, name_space, name, value);
    });
  }
  GILA_TRY(const Value dict, GetAttrOrUnbound(thread, module, NameOf(Name::kDict_)));
  if (dict.IsUnbound())
    return thread.RaiseFormat(TypeId::kImportError,
                              "from-import-* object has no __dict__ and no __all__");
  GILA_TRY(List * names, ToList(thread, dict));
  for (int64_t i = 0; i < names->size.Load(); ++i) {
    const Value name = ListAt(names, i);
    if (!IsStr(name)) {
      const std::string module_name = TextOr(thread, module, Name::kName, "?");
      const std::string type(TypeNameOf(name));
      return thread.RaiseTypeError("Key in %s.__dict__ must be str, not %s", module_name.c_str(),
                                   type.c_str());
    }
    if (name.As<Str>()->length > 0 && name.As<Str>()->At(0) == '_') continue;
    GILA_TRY(const Value value, GetAttr(thread, module, InternStr(thread, name.As<Str>())));
    GILA_TRY_VOID(Bind(thread, name_space, name, value));
  }
  return kOk;
}

}  // namespace

Step ImportNameSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value* window = &slow.B();
  const Value import = DictGetInterned(slow.function()->builtins.Load(), NameOf(Name::kImport));
  if (import.IsUnbound()) {
    thread.Raise(TypeId::kImportError, "__import__ not found");
    return slow.Fail();
  }
  const bool has_namespace = (slow.code->code_flags & 1) == 0 && !registers[0].IsUnbound();
  const Value locals = has_namespace ? registers[0] : kNone;
  return slow.Store(
      Call(thread, import,
           {slow.NameC(), Value(slow.function()->globals.Load()), locals, window[1], window[0]}));
}

Step ImportFromSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.Store(ImportFrom(thread, slow.B(), slow.NameC()));
}

Step ImportStarSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.Done(ImportStar(thread, slow.A(), NamespaceOf(slow)));
}

Step SetupAnnotationsSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value name_space = NamespaceOf(slow), name = NameOf(Name::kAnnotations);
  // By subscription: a mapping of the program's need not know more.
  if (GetItem(thread, name_space, name).ok()) return slow.Next();
  if (!thread.ExceptionMatches(TypeId::kKeyError)) return slow.Fail();
  thread.ClearException();
  const Result<Dict*> annotations = NewDict(thread);
  if (!annotations.ok()) return slow.Fail();
  return slow.Done(Bind(thread, name_space, name, Value(annotations.value())));
}

Step PrintExpressionSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Result<Value> sys = FromModules(thread, Intern(thread, "sys"));
  if (!sys.ok()) return slow.Fail();
  Result<Value> hook = kUnbound;
  if (!sys.value().IsUnbound())
    hook = GetAttrOrUnbound(thread, sys.value(), Intern(thread, "displayhook"));
  if (!hook.ok()) return slow.Fail();
  if (hook.value().IsUnbound()) {
    thread.Raise(TypeId::kRuntimeError, "lost sys.displayhook");
    return slow.Fail();
  }
  if (!Call(thread, hook.value(), {slow.A()}).ok()) return slow.Fail();
  return slow.Next();
}

}  // namespace gila::vm

// modules.cc: the namespaces that the runtime finds without an import.
#include "runtime/modules.h"

#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

Value modules = kUnbound, builtins = kUnbound, sys = kUnbound;

void SetRoot(Value* root, Value value) {
  if (root->IsUnbound()) heap::AddRoot(root);
  *root = value;
}

Dict* DictOrNull(Value v) { return v.IsUnbound() ? nullptr : v.As<Dict>(); }

}  // namespace

Result<Value> (*make_sys_attribute)(Thread& thread, Value name) = nullptr;
Result<Value> (*import_module_hook)(Thread& thread, Value name) = nullptr;

Dict* ModulesDict(Thread& thread) {
  if (modules.IsUnbound()) {
    Result<Dict*> made = NewDict(thread);
    GILA_CHECK(made.ok());
    SetRoot(&modules, made.value());
  }
  return modules.As<Dict>();
}

Result<Value> LoadedModule(Thread& thread, Value name) {
  if (!IsStr(name)) return kNone;
  // A program may have put another dictionary there.
  const Value current = SysAttribute(thread, Intern(thread, "modules"));
  if (!IsDict(current)) return kNone;
  GILA_TRY(const Value module, DictGet(thread, current.As<Dict>(), name));
  return module.IsUnbound() ? kNone : module;
}

Dict* BuiltinsDict(Thread&) { return DictOrNull(builtins); }
Dict* SysDict() { return DictOrNull(sys); }
void SetBuiltinsDict(Dict* dict) { SetRoot(&builtins, dict); }
void SetSysDict(Dict* dict) { SetRoot(&sys, dict); }

Value SysAttribute(Thread&, Value name) {
  const Dict* dict = SysDict();
  return dict == nullptr ? kUnbound : DictGetInterned(dict, name);
}

Result<Value> ImportModule(Thread& thread, std::string_view dotted_name) {
  const Value name = Intern(thread, dotted_name);
  if (name.IsError()) return kFailed;
  if (import_module_hook == nullptr) {
    return thread.Raise(TypeId::kImportError, "imports are not set up");
  }
  return import_module_hook(thread, name);
}

}  // namespace gila

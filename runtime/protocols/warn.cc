// warn.cc: see warn.h. The module warnings is imported when the first warning comes.
#include "runtime/protocols/warn.h"

#include "absl/strings/str_cat.h"
#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"

namespace gila {

int bytes_warning_level = 0;

Status WarnAbout(Thread& thread, TypeId category, const std::string& message, Value stack_level) {
  const Value import = DictGetInterned(BuiltinsDict(thread), Intern(thread, "__import__"));
  GILA_TRY(const Value module, Call(thread, import, {Intern(thread, "warnings")}));
  GILA_TRY(Str* const text, NewStr(thread, message));
  GILA_TRY_VOID(CallMethod(thread, module, Intern(thread, "warn"),
                           {Value(text), Value(GetType(category)), stack_level}));
  return kOk;
}

Status WarnOfSubclass(Thread& thread, const std::string& method, Value result, const char* wanted) {
  return WarnAbout(
      thread, TypeId::kDeprecationWarning,
      absl::StrCat(method, " returned non-", wanted, " (type ", std::string(TypeNameOf(result)),
                   ").  The ability to return an instance of a strict subclass of ", wanted,
                   " is deprecated, and may be removed in a future version of Python."));
}

}  // namespace gila

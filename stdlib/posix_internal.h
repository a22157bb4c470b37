// posix_internal.h: what the files of the posix module share: a system call with everything around
// it.
#ifndef GILA_STDLIB_POSIX_INTERNAL_H_
#define GILA_STDLIB_POSIX_INTERNAL_H_

#include <errno.h>
#include <fcntl.h>

#include <string>

#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/types/int.h"

namespace gila::posix {

// What an OSError names as its file: of a path-like object, what its __fspath__ gives.
inline Result<Value> PathInErrors(Thread& thread, Value path) {
  if (!path.IsPointer() || IsKind(path, kKindStr) || IsKind(path, kKindBytes) ||
      LookupSpecial(thread, TypeOf(path), Special::kFsPath).IsUnbound())
    return path;
  return CallSpecial(thread, path, Special::kFsPath);
}

// Where a path is an argument, and what else may stand there.
inline constexpr const char* kPathOrInteger = "string, bytes, os.PathLike or integer";
inline constexpr const char* kPathIntegerOrNone = "string, bytes, os.PathLike, integer or None";
struct PathUse {
  const char* function;
  const char* argument = "path";
  const char* forms = "string, bytes or os.PathLike";
};
// A path as the functions of os take it; anything else is a TypeError that says so. What merely has
// bytes still does, with a warning.
Result<Value> CheckedPath(Thread& thread, Value path, const PathUse& use) GILA_ATTACHED;
// The same in bytes.
Result<std::string> PathArgument(Thread& thread, Value path, const PathUse& use) GILA_ATTACHED;

// Makes the call detached, again after EINTR; an answer below zero raises OSError with `path`.
template <class Function>
Result<int64_t> CallSystem(Thread& thread, Value path, Function function,
                           Blocked why = Blocked::kOther) {
  while (true) {
    int64_t result;
    int error;
    {
      AllowThreads detached(thread, why);
      result = static_cast<int64_t>(function());
      error = errno;
    }
    if (result >= 0) return result;
    if (error != EINTR) {
      GILA_TRY(const Value shown, PathInErrors(thread, path));
      return thread.RaiseOsError(error, shown);
    }
    GILA_TRY_VOID(thread.RunSignalHandlers());
  }
}

inline Result<int64_t> Descriptor(Thread& thread, Value v) {
  GILA_TRY(const int64_t fd, ToInt64(thread, v));
  if (fd > INT32_MAX)
    return thread.Raise(TypeId::kOverflowError, "signed integer is greater than maximum");
  if (fd < INT32_MIN)
    return thread.Raise(TypeId::kOverflowError, "signed integer is less than minimum");
  return fd;
}
inline Result<int64_t> DirFd(Thread& thread, Value v) {
  if (v.IsUnbound() || v.IsNone()) return AT_FDCWD;
  if (!IsInt(v) && LookupSpecial(thread, TypeOf(v), Special::kIndex).IsUnbound()) {
    const std::string_view name = TypeNameOf(v);
    return thread.RaiseTypeError("argument should be integer or None, not %.*s",
                                 static_cast<int>(name.size()), name.data());
  }
  return Descriptor(thread, v);
}

extern const NativeDef kFileFunctions[];
extern const NativeDef kProcessFunctions[];
extern const NativeDef kDescriptorFunctions[];
extern const NativeDef kPathFunctions[];
extern const NativeDef kIdentityFunctions[];
extern const NativeDef kSpawnFunctions[];
Status AddConstants(Thread& thread, Module* module);
Status AddStat(Thread& thread, Module* module);  // stat() and its kin

}  // namespace gila::posix

#endif  // GILA_STDLIB_POSIX_INTERNAL_H_

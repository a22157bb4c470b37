// posix_paths.cc: the module _posix, part four: owners, special files, extended attributes, and the
// calls that take a path relative to an open directory.
#include <absl/strings/str_cat.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/limits.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "runtime/protocols.h"
#include "runtime/protocols/warn.h"
#include "runtime/types/bytes.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/io_internal.h"
#include "stdlib/posix_internal.h"

namespace gila::posix {

Result<Value> CheckedPath(Thread& thread, Value path, const PathUse& use) {
  if (IsStr(path) || IsBytes(path) ||
      !LookupSpecial(thread, TypeOf(path), Special::kFsPath).IsUnbound())
    return path;
  const std::string refused =
      absl::StrCat(use.function, ": ", use.argument, " should be ", use.forms, ", not ",
                   std::string(TypeName(TypeOf(path))));
  if (!IsBytesLike(path)) return thread.Raise(TypeId::kTypeError, refused);
  GILA_TRY_VOID(WarnAbout(thread, TypeId::kDeprecationWarning, refused));
  GILA_TRY(const std::string bytes, CopyBuffer(thread, path));
  return NewBytes(thread, bytes);
}

Result<std::string> PathArgument(Thread& thread, Value path, const PathUse& use) {
  GILA_TRY(const Value checked, CheckedPath(thread, path, use));
  return EncodeFsPath(thread, checked);
}

namespace {

Result<bool> Flag(Thread& thread, Value v, bool fallback) {
  return v.IsUnbound() ? Result<bool>(fallback) : Truth(thread, v);
}
Result<int64_t> Number(Thread& thread, Value v, int64_t fallback) {
  return v.IsUnbound() ? Result<int64_t>(fallback) : ToInt64(thread, v);
}

// --- owners and modes ---

Result<Value> FChOwn(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t user, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t group, ToInt64(thread, args[2]));
  GILA_TRY_VOID(CallSystem(thread, kUnbound, [&] {
    return ::fchown(static_cast<int>(fd), static_cast<uid_t>(user), static_cast<gid_t>(group));
  }));
  return kNone;
}

// chown(path, uid, gid, dir_fd, follow_symlinks)
Result<Value> ChOwn(Thread& thread, Args args) {
  GILA_TRY(const int64_t user, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t group, ToInt64(thread, args[2]));
  const auto uid = static_cast<uid_t>(user);
  const auto gid = static_cast<gid_t>(group);
  if (IsInt(args[0])) return FChOwn(thread, args);
  GILA_TRY(const std::string path,
           PathArgument(thread, args[0], {.function = "chown", .forms = kPathOrInteger}));
  GILA_TRY(const int64_t dir_fd, DirFd(thread, args[3]));
  GILA_TRY(const bool follow, Flag(thread, args[4], true));
  GILA_TRY_VOID(CallSystem(thread, args[0], [&] {
    return ::fchownat(static_cast<int>(dir_fd), path.c_str(), uid, gid,
                      follow ? 0 : AT_SYMLINK_NOFOLLOW);
  }));
  return kNone;
}

Result<Value> LChOwn(Thread& thread, Args args) {
  GILA_TRY(const std::string path, PathArgument(thread, args[0], {.function = "lchown"}));
  GILA_TRY(const int64_t user, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t group, ToInt64(thread, args[2]));
  GILA_TRY_VOID(CallSystem(thread, args[0], [&] {
    return ::lchown(path.c_str(), static_cast<uid_t>(user), static_cast<gid_t>(group));
  }));
  return kNone;
}

Result<Value> FChMod(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t mode, ToInt64(thread, args[1]));
  GILA_TRY_VOID(CallSystem(
      thread, kUnbound, [&] { return ::fchmod(static_cast<int>(fd), static_cast<mode_t>(mode)); }));
  return kNone;
}

// chmod(path, mode, dir_fd, follow_symlinks)
Result<Value> ChMod(Thread& thread, Args args) {
  GILA_TRY(const int64_t wide, ToInt64(thread, args[1]));
  const auto mode = static_cast<mode_t>(wide);
  if (IsInt(args[0])) return FChMod(thread, args);
  GILA_TRY(const std::string path,
           PathArgument(thread, args[0], {.function = "chmod", .forms = kPathOrInteger}));
  GILA_TRY(const int64_t dir_fd, DirFd(thread, args[2]));
  GILA_TRY(const bool follow, Flag(thread, args[3], true));
  if (!follow) {
    return thread.Raise(TypeId::kNotImplementedError,
                        "chmod: follow_symlinks unavailable on this platform");
  }
  GILA_TRY_VOID(CallSystem(thread, args[0], [&] {
    return ::fchmodat(static_cast<int>(dir_fd), path.c_str(), mode, 0);
  }));
  return kNone;
}

// --- with dir_fd ---

Result<Value> MkDir(Thread& thread, Args args) {
  GILA_TRY(const std::string path, PathArgument(thread, args[0], {.function = "mkdir"}));
  GILA_TRY(const int64_t mode, Number(thread, args[1], 0777));
  GILA_TRY(const int64_t dir_fd, DirFd(thread, args[2]));
  GILA_TRY_VOID(CallSystem(thread, args[0], [&] {
    return ::mkdirat(static_cast<int>(dir_fd), path.c_str(), static_cast<mode_t>(mode));
  }));
  return kNone;
}

Result<Value> UnlinkAs(const char* function, int flags, Thread& thread, Args args) {
  FlushDirtyWriters(thread);
  GILA_TRY(const std::string path, PathArgument(thread, args[0], {.function = function}));
  GILA_TRY(const int64_t dir_fd, DirFd(thread, args[1]));
  GILA_TRY_VOID(CallSystem(
      thread, args[0], [&] { return ::unlinkat(static_cast<int>(dir_fd), path.c_str(), flags); }));
  return kNone;
}
Result<Value> RmDir(Thread& thread, Args args) {
  return UnlinkAs("rmdir", AT_REMOVEDIR, thread, args);
}
Result<Value> Unlink(Thread& thread, Args args) { return UnlinkAs("unlink", 0, thread, args); }
Result<Value> Remove(Thread& thread, Args args) { return UnlinkAs("remove", 0, thread, args); }

// Two paths, each with its directory; `call` answers 0 or -1.
template <class Function>
Result<Value> TwoPaths(Thread& thread, const char* function, Value from, Value to, Value from_dir,
                       Value to_dir, Function call) {
  FlushDirtyWriters(thread);
  GILA_TRY(const std::string from_path,
           PathArgument(thread, from, {.function = function, .argument = "src"}));
  GILA_TRY(const std::string to_path,
           PathArgument(thread, to, {.function = function, .argument = "dst"}));
  GILA_TRY(const int64_t from_fd, DirFd(thread, from_dir));
  GILA_TRY(const int64_t to_fd, DirFd(thread, to_dir));
  while (true) {
    int result, error;
    {
      AllowThreads detached(thread, Blocked::kOther);
      result = call(static_cast<int>(from_fd), from_path.c_str(), static_cast<int>(to_fd),
                    to_path.c_str());
      error = errno;
    }
    if (result == 0) return kNone;
    if (error != EINTR) {
      GILA_TRY(const Value shown_from, PathInErrors(thread, from));
      GILA_TRY(const Value shown_to, PathInErrors(thread, to));
      return thread.RaiseOsError(error, shown_from, shown_to);
    }
    GILA_TRY_VOID(thread.RunSignalHandlers());
  }
}

Result<Value> Rename(Thread& thread, Args args) {
  return TwoPaths(thread, "rename", args[0], args[1], args[2], args[3], ::renameat);
}
Result<Value> Replace(Thread& thread, Args args) {
  return TwoPaths(thread, "replace", args[0], args[1], args[2], args[3], ::renameat);
}
Result<Value> Link(Thread& thread, Args args) {
  GILA_TRY(const bool follow, Flag(thread, args[4], true));
  return TwoPaths(thread, "link", args[0], args[1], args[2], args[3],
                  [&](int from_fd, const char* from, int to_fd, const char* to) {
                    return ::linkat(from_fd, from, to_fd, to, follow ? AT_SYMLINK_FOLLOW : 0);
                  });
}
// symlink(src, dst, target_is_directory=False, dir_fd)
Result<Value> SymLink(Thread& thread, Args args) {
  return TwoPaths(thread, "symlink", args[0], args[1], kUnbound, args[3],
                  [](int, const char* target, int directory, const char* path) {
                    return ::symlinkat(target, directory, path);
                  });
}

Result<Value> ReadLink(Thread& thread, Args args) {
  GILA_TRY(const std::string path, PathArgument(thread, args[0], {.function = "readlink"}));
  GILA_TRY(const int64_t dir_fd, DirFd(thread, args[1]));
  std::string target(4096, '\0');
  const ssize_t length =
      ::readlinkat(static_cast<int>(dir_fd), path.c_str(), target.data(), target.size());
  if (length < 0) return thread.RaiseOsError(errno, args[0]);
  target.resize(static_cast<size_t>(length));
  GILA_TRY(const Value plain, PathInErrors(thread, args[0]));
  if (IsBytes(plain)) return NewBytes(thread, target);
  return DecodeFsPath(thread, target);
}

// access(path, mode, dir_fd, effective_ids, follow_symlinks)
Result<Value> Access(Thread& thread, Args args) {
  FlushDirtyWriters(thread);
  GILA_TRY(const std::string path, PathArgument(thread, args[0], {.function = "access"}));
  GILA_TRY(const int64_t mode, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t dir_fd, DirFd(thread, args[2]));
  GILA_TRY(const bool effective, Flag(thread, args[3], false));
  GILA_TRY(const bool follow, Flag(thread, args[4], true));
  const int flags = (effective ? AT_EACCESS : 0) | (follow ? 0 : AT_SYMLINK_NOFOLLOW);
  AllowThreads detached(thread, Blocked::kOther);
  return Value::Bool(
      ::faccessat(static_cast<int>(dir_fd), path.c_str(), static_cast<int>(mode), flags) == 0);
}

// _utime(path, atime_ns, mtime_ns, dir_fd, follow_symlinks): None for now
Result<Value> UTime(Thread& thread, Args args) {
  FlushDirtyWriters(thread);
  timespec times[2];
  for (size_t i = 0; i < 2; ++i) {
    if (args[i + 1].IsNone()) {
      times[i] = {0, UTIME_NOW};
      continue;
    }
    GILA_TRY(const int64_t nanoseconds, ToInt64(thread, args[i + 1]));
    int64_t rest = nanoseconds % 1'000'000'000;
    if (rest < 0) rest += 1'000'000'000;
    times[i] = {static_cast<time_t>((nanoseconds - rest) / 1'000'000'000), rest};
  }
  if (IsInt(args[0])) {
    GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
    GILA_TRY_VOID(
        CallSystem(thread, kUnbound, [&] { return ::futimens(static_cast<int>(fd), times); }));
    return kNone;
  }
  GILA_TRY(const std::string path,
           PathArgument(thread, args[0], {.function = "utime", .forms = kPathOrInteger}));
  GILA_TRY(const int64_t dir_fd, DirFd(thread, args[3]));
  GILA_TRY(const bool follow, Flag(thread, args[4], true));
  GILA_TRY_VOID(CallSystem(thread, args[0], [&] {
    return ::utimensat(static_cast<int>(dir_fd), path.c_str(), times,
                       follow ? 0 : AT_SYMLINK_NOFOLLOW);
  }));
  return kNone;
}

Result<Value> MkFifo(Thread& thread, Args args) {
  GILA_TRY(const std::string path, PathArgument(thread, args[0], {.function = "mkfifo"}));
  GILA_TRY(const int64_t mode, Number(thread, args[1], 0666));
  GILA_TRY(const int64_t dir_fd, DirFd(thread, args[2]));
  GILA_TRY_VOID(CallSystem(thread, args[0], [&] {
    return ::mkfifoat(static_cast<int>(dir_fd), path.c_str(), static_cast<mode_t>(mode));
  }));
  return kNone;
}

Result<Value> MkNod(Thread& thread, Args args) {
  GILA_TRY(const std::string path, PathArgument(thread, args[0], {.function = "mknod"}));
  GILA_TRY(const int64_t mode, Number(thread, args[1], 0600));
  GILA_TRY(const int64_t device, Number(thread, args[2], 0));
  GILA_TRY(const int64_t dir_fd, DirFd(thread, args[3]));
  GILA_TRY_VOID(CallSystem(thread, args[0], [&] {
    return ::mknodat(static_cast<int>(dir_fd), path.c_str(), static_cast<mode_t>(mode),
                     static_cast<dev_t>(device));
  }));
  return kNone;
}

Result<dev_t> Device(Thread& thread, Value v) {
  GILA_TRY(const int64_t device, ToInt64(thread, v));
  if (device < 0)
    return thread.Raise(TypeId::kOverflowError, "can't convert negative int to unsigned");
  return static_cast<dev_t>(device);
}
Result<Value> Major(Thread& thread, Args args) {
  GILA_TRY(const dev_t device, Device(thread, args[0]));
  return Value::SmallInt(major(device));
}
Result<Value> Minor(Thread& thread, Args args) {
  GILA_TRY(const dev_t device, Device(thread, args[0]));
  return Value::SmallInt(minor(device));
}
Result<Value> MakeDev(Thread& thread, Args args) {
  GILA_TRY(const int64_t high, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t low, ToInt64(thread, args[1]));
  return NewIntFromUnsigned(thread,
                            makedev(static_cast<unsigned>(high), static_cast<unsigned>(low)));
}

Result<Value> FChDir(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY_VOID(CallSystem(thread, kUnbound, [&] { return ::fchdir(static_cast<int>(fd)); }));
  return kNone;
}
Result<Value> ChRoot(Thread& thread, Args args) {
  GILA_TRY(const std::string path, PathArgument(thread, args[0], {.function = "chroot"}));
  GILA_TRY_VOID(CallSystem(thread, args[0], [&] { return ::chroot(path.c_str()); }));
  return kNone;
}
Result<Value> Sync(Thread& thread, Args) {
  AllowThreads detached(thread, Blocked::kOther);
  ::sync();
  return kNone;
}

// --- extended attributes ---

// What the attributes belong to: a path, followed or not, or a descriptor.
struct Owner {
  int fd = -1;
  std::string path;
  bool follow = true;
};
Result<Owner> AttributeOwner(Thread& thread, const PathUse& use, Value v, Value follow_symlinks) {
  Owner owner;
  GILA_TRY(owner.follow, Flag(thread, follow_symlinks, true));
  if (IsInt(v)) {
    GILA_TRY(const int64_t fd, Descriptor(thread, v));
    owner.fd = static_cast<int>(fd);
    return owner;
  }
  GILA_TRY(owner.path, PathArgument(thread, v, use));
  return owner;
}

Result<Value> GetXAttr(Thread& thread, Args args) {
  GILA_TRY(
      const Owner owner,
      AttributeOwner(thread, {.function = "getxattr", .forms = kPathOrInteger}, args[0], args[2]));
  GILA_TRY(const std::string name, EncodeFsPath(thread, args[1]));
  std::string value(XATTR_SIZE_MAX, '\0');
  GILA_TRY(const int64_t size, CallSystem(thread, args[0], [&] {
             if (owner.fd >= 0)
               return ::fgetxattr(owner.fd, name.c_str(), value.data(), value.size());
             return (owner.follow ? ::getxattr : ::lgetxattr)(owner.path.c_str(), name.c_str(),
                                                              value.data(), value.size());
           }));
  return NewBytes(thread, std::string_view(value).substr(0, static_cast<size_t>(size)));
}

// setxattr(path, attribute, value, flags, follow_symlinks)
Result<Value> SetXAttr(Thread& thread, Args args) {
  GILA_TRY(
      const Owner owner,
      AttributeOwner(thread, {.function = "setxattr", .forms = kPathOrInteger}, args[0], args[4]));
  GILA_TRY(const std::string name, EncodeFsPath(thread, args[1]));
  GILA_TRY(const std::string value, CopyBuffer(thread, args[2]));
  GILA_TRY(const int64_t wide, Number(thread, args[3], 0));
  const int flags = static_cast<int>(wide);
  GILA_TRY_VOID(CallSystem(thread, args[0], [&] {
    if (owner.fd >= 0)
      return ::fsetxattr(owner.fd, name.c_str(), value.data(), value.size(), flags);
    return (owner.follow ? ::setxattr : ::lsetxattr)(owner.path.c_str(), name.c_str(), value.data(),
                                                     value.size(), flags);
  }));
  return kNone;
}

Result<Value> RemoveXAttr(Thread& thread, Args args) {
  GILA_TRY(const Owner owner,
           AttributeOwner(thread, {.function = "removexattr", .forms = kPathOrInteger}, args[0],
                          args[2]));
  GILA_TRY(const std::string name, EncodeFsPath(thread, args[1]));
  GILA_TRY_VOID(CallSystem(thread, args[0], [&] {
    if (owner.fd >= 0) return ::fremovexattr(owner.fd, name.c_str());
    return (owner.follow ? ::removexattr : ::lremovexattr)(owner.path.c_str(), name.c_str());
  }));
  return kNone;
}

Result<Value> ListXAttr(Thread& thread, Args args) {
  const Value where = args.Or(0, kNone);
  Owner owner;
  owner.path = ".";
  if (!where.IsNone()) {
    GILA_TRY(owner, AttributeOwner(thread, {.function = "listxattr", .forms = kPathIntegerOrNone},
                                   where, args[1]));
  }
  std::string names(XATTR_LIST_MAX, '\0');
  GILA_TRY(const int64_t size, CallSystem(thread, where.IsNone() ? kUnbound : where, [&] {
             if (owner.fd >= 0) return ::flistxattr(owner.fd, names.data(), names.size());
             return (owner.follow ? ::listxattr : ::llistxattr)(owner.path.c_str(), names.data(),
                                                                names.size());
           }));
  GILA_TRY(List* const list, NewList(thread));
  for (size_t begin = 0; begin < static_cast<size_t>(size);) {
    const std::string_view name = names.c_str() + begin;
    GILA_TRY(Str* const text, DecodeFsPath(thread, name));
    GILA_TRY_VOID(ListAppend(thread, list, text));
    begin += name.size() + 1;
  }
  return list;
}

// Without doubled slashes, '.' and, where they cancel a name, '..'. POSIX leaves two leading
// slashes as they are; three or more are one.
std::string Normalize(std::string_view path) {
  size_t slashes = path.find_first_not_of('/');
  if (slashes == std::string_view::npos) slashes = path.size();
  std::string result(slashes == 2 ? 2 : std::min<size_t>(slashes, 1), '/');
  const size_t lead = result.size();
  size_t names = 0;  // at the end, that a '..' may cancel
  for (size_t at = slashes; at < path.size();) {
    const size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".") continue;
    if (part == ".." && names > 0) {
      const size_t slash = result.rfind('/');
      result.resize(slash == std::string::npos || slash < lead ? lead : slash);
      --names;
      continue;
    }
    if (part == ".." && lead > 0) continue;
    if (result.size() > lead) result += '/';
    result += part;
    if (part != "..") ++names;
  }
  return result.empty() ? "." : result;
}

Result<Value> PathNormPath(Thread& thread, Args args) {
  if (IsBytes(args[0])) return NewBytes(thread, Normalize(args[0].As<Bytes>()->view()));
  GILA_TRY(Str* const path, ToStrArgument(thread, args[0], "_path_normpath() argument 'path'"));
  if (path->IsAscii()) {
    const std::string normal = Normalize(path->ascii());
    if (IsExactly(args[0], TypeId::kStr) && normal == path->ascii()) return args[0];
    return NewStr(thread, normal);
  }
  return NewStr(thread, Normalize(ToUtf8(path)));
}

}  // namespace

const NativeDef kPathFunctions[] = {
    {"_path_normpath", PathNormPath, "(path)", "What os.path.normpath() makes of a str or bytes."},
    {"chown", ChOwn, "(path, uid, gid, *, dir_fd=None, follow_symlinks=True)",
     "Change the owner and group."},
    {"fchown", FChOwn, "(fd, uid, gid)", "Change the owner and group of an open file."},
    {"lchown", LChOwn, "(path, uid, gid)", "Change the owner and group of a link itself."},
    {"chmod", ChMod, "(path, mode, *, dir_fd=None, follow_symlinks=True)",
     "Change the permissions."},
    {"fchmod", FChMod, "(fd, mode)", "Change the permissions of an open file."},
    {"mkdir", MkDir, "(path, mode=511, *, dir_fd=None)", "Make a directory."},
    {"rmdir", RmDir, "(path, *, dir_fd=None)", "Remove a directory."},
    {"unlink", Unlink, "(path, *, dir_fd=None)", "Remove a file."},
    {"remove", Remove, "(path, *, dir_fd=None)", "Remove a file."},
    {"rename", Rename, "(src, dst, *, src_dir_fd=None, dst_dir_fd=None)",
     "Rename a file or directory."},
    {"replace", Replace, "(src, dst, *, src_dir_fd=None, dst_dir_fd=None)",
     "Rename a file, over another one if need be."},
    {"link", Link, "(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)",
     "Make a hard link."},
    {"symlink", SymLink, "(src, dst, target_is_directory=False, *, dir_fd=None)",
     "Make a symbolic link."},
    {"readlink", ReadLink, "(path, *, dir_fd=None)", "What a symbolic link points to."},
    {"access", Access, "(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)",
     "May this process use the path in that way?"},
    {"_utime", UTime, "(path, atime_ns, mtime_ns, dir_fd=None, follow_symlinks=True, /)",
     "Set the times of a file."},
    {"mkfifo", MkFifo, "(path, mode=438, *, dir_fd=None)", "Make a named pipe."},
    {"mknod", MkNod, "(path, mode=384, device=0, *, dir_fd=None)", "Make a special file."},
    {"major", Major, "(device, /)", "The major number of a device."},
    {"minor", Minor, "(device, /)", "The minor number of a device."},
    {"makedev", MakeDev, "(major, minor, /)", "A device from its numbers."},
    {"fchdir", FChDir, "(fd)", "Change the current working directory."},
    {"chroot", ChRoot, "(path)", "Change the root directory."},
    {"sync", Sync, "()", "Force everything to the disk."},
    {"getxattr", GetXAttr, "(path, attribute, *, follow_symlinks=True)", "An extended attribute."},
    {"setxattr", SetXAttr, "(path, attribute, value, flags=0, *, follow_symlinks=True)",
     "Set an extended attribute."},
    {"removexattr", RemoveXAttr, "(path, attribute, *, follow_symlinks=True)",
     "Remove an extended attribute."},
    {"listxattr", ListXAttr, "(path=None, *, follow_symlinks=True)",
     "The names of the extended attributes."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace gila::posix

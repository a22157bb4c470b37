// posix_stat.cc: stat() and its kin, the object that they answer with, and fspath(). Part of the
// module _posix.
#include <sys/stat.h>

#include <array>

#include "absl/strings/str_cat.h"
#include "runtime/heap/heap.h"
#include "runtime/text/codecs.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"
#include "stdlib/io_internal.h"
#include "stdlib/posix_internal.h"

namespace gila::posix {
namespace {

// The times in whole seconds, for who takes the tuple apart; under their names the times are
// floats.
const char* const kStatFields[] = {
    "st_mode",     "st_ino",      "st_dev",      "st_nlink",  "st_uid",   "st_gid",   "st_size",
    kUnnamedField, kUnnamedField, kUnnamedField, "st_atime",  "st_mtime", "st_ctime", "st_atime_ns",
    "st_mtime_ns", "st_ctime_ns", "st_blksize",  "st_blocks", "st_rdev",  nullptr};
constexpr StructSequenceSpec kStatSpec = {
    "os.stat_result",
    "The answer of stat(): the ten classic numbers as a tuple, more as attributes.", kStatFields,
    10};
Type* stat_type = nullptr;

Result<Value> StatResult(Thread& thread, const struct stat& info) {
  std::array<Value, 19> values;
  size_t filled = 0;
  const auto add = [&](int64_t number) -> Status {
    GILA_TRY(values[filled++], NewInt(thread, number));
    return kOk;
  };
  for (const int64_t number :
       {static_cast<int64_t>(info.st_mode), static_cast<int64_t>(info.st_ino),
        static_cast<int64_t>(info.st_dev), static_cast<int64_t>(info.st_nlink),
        static_cast<int64_t>(info.st_uid), static_cast<int64_t>(info.st_gid),
        static_cast<int64_t>(info.st_size)})
    GILA_TRY_VOID(add(number));
  const timespec times[] = {info.st_atim, info.st_mtim, info.st_ctim};
  for (const timespec& t : times) GILA_TRY_VOID(add(t.tv_sec));
  for (const timespec& t : times) {
    GILA_TRY(values[filled++], NewFloat(thread, static_cast<double>(t.tv_sec) +
                                                    1e-9 * static_cast<double>(t.tv_nsec)));
  }
  for (const timespec& t : times)
    GILA_TRY_VOID(add(static_cast<int64_t>(t.tv_sec) * 1'000'000'000 + t.tv_nsec));
  for (const int64_t number :
       {static_cast<int64_t>(info.st_blksize), static_cast<int64_t>(info.st_blocks),
        static_cast<int64_t>(info.st_rdev)})
    GILA_TRY_VOID(add(number));
  return NewStructSequence(thread, stat_type, values);
}

Result<Value> StatOfPath(Thread& thread, Value given, Value folder, bool follow) {
  GILA_TRY(const std::string path, EncodeFsPath(thread, given));
  GILA_TRY(const int64_t dir_fd, DirFd(thread, folder));
  struct stat info;
  GILA_TRY_VOID(CallSystem(thread, given, [&] {
    return ::fstatat(static_cast<int>(dir_fd), path.c_str(), &info,
                     follow ? 0 : AT_SYMLINK_NOFOLLOW);
  }));
  return StatResult(thread, info);
}

// `shown`: what an OSError names as its file.
Result<Value> StatOfDescriptor(Thread& thread, int64_t fd, Value shown) {
  struct stat info;
  GILA_TRY_VOID(CallSystem(thread, shown, [&] { return ::fstat(static_cast<int>(fd), &info); }));
  return StatResult(thread, info);
}

Result<Value> Stat(Thread& thread, Args args) {
  FlushDirtyWriters(thread);
  GILA_TRY(const bool follow, args.Has(2) ? Truth(thread, args[2]) : Result<bool>(true));
  if (IsInt(args[0])) {
    if (args.Has(1) && !args[1].IsNone())
      return thread.RaiseValueError("stat: can't specify dir_fd without matching path");
    GILA_TRY(const int64_t fd, ToInt64(thread, args[0]));
    if (fd > INT32_MAX || fd < INT32_MIN) {
      return thread.Raise(TypeId::kOverflowError,
                          fd < 0 ? "fd is less than minimum" : "fd is greater than maximum");
    }
    return StatOfDescriptor(thread, fd, args[0]);
  }
  GILA_TRY(const Value path,
           CheckedPath(thread, args[0], {.function = "stat", .forms = kPathOrInteger}));
  return StatOfPath(thread, path, args[1], follow);
}

Result<Value> LStat(Thread& thread, Args args) {
  FlushDirtyWriters(thread);
  GILA_TRY(const Value path, CheckedPath(thread, args[0], {.function = "lstat"}));
  return StatOfPath(thread, path, args[1], false);
}

Result<Value> FStat(Thread& thread, Args args) {
  FlushDirtyWriters(thread);
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  return StatOfDescriptor(thread, fd, kUnbound);
}

Result<Value> FsPathFunction(Thread& thread, Args args) { return FsPath(thread, args[0]); }

}  // namespace

const NativeDef kStatFunctions[] = {
    {"stat", Stat, "(path, *, dir_fd=None, follow_symlinks=True)",
     "The numbers that the system keeps about a file."},
    {"lstat", LStat, "(path, *, dir_fd=None)", "As stat(), of a symbolic link itself."},
    {"fstat", FStat, "(fd)", "As stat(), of an open file."},
    {"fspath", FsPathFunction, "(path)",
     "The path as str or bytes; objects give it through __fspath__."},
    {nullptr, nullptr, nullptr, nullptr}};

Status AddStat(Thread& thread, Module* module) {
  GILA_TRY(stat_type, NewStructSequenceType(thread, kStatSpec));
  heap::AddRoot(reinterpret_cast<Object**>(&stat_type));
  GILA_TRY_VOID(AddValue(thread, module, "stat_result", stat_type));
  return AddFunctions(thread, module, kStatFunctions);
}

}  // namespace gila::posix

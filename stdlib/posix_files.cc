// posix_files.cc: the module _posix, part one: paths, directories, descriptors. lib/posix.py makes
// objects of what comes out as plain tuples.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "runtime/protocols.h"
#include "runtime/text/codecs.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/io_internal.h"
#include "stdlib/posix_internal.h"

namespace gila::posix {
namespace {

// listdir(path): names and, beside each, its d_type: a list of (name, type, inode).
Result<Value> ListEntries(Thread& thread, Args args) {
  FlushDirtyWriters(thread);
  DIR* directory = nullptr;
  bool as_bytes = false;
  if (IsInt(args[0])) {
    GILA_TRY(const int64_t fd, ToInt64(thread, args[0]));
    const int copy = ::dup(static_cast<int>(fd));
    directory = copy < 0 ? nullptr : ::fdopendir(copy);
    if (directory == nullptr) return thread.RaiseOsError(errno);
    ::rewinddir(directory);
  } else {
    as_bytes = IsBytes(args[0]);
    GILA_TRY(const std::string path, EncodeFsPath(thread, args[0]));
    AllowThreads detached(thread, Blocked::kOther);
    directory = ::opendir(path.c_str());
  }
  if (directory == nullptr) return thread.RaiseOsError(errno, args[0]);
  struct Entry {
    std::string name;
    int type;
    uint64_t inode;
  };
  std::vector<Entry> entries;
  {
    AllowThreads detached(thread, Blocked::kOther);
    while (const dirent* entry = ::readdir(directory)) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..")
        entries.push_back({std::string(name), entry->d_type, entry->d_ino});
    }
    ::closedir(directory);
  }
  GILA_TRY(List * list, NewListReserved(thread, static_cast<int64_t>(entries.size())));
  for (const Entry& entry : entries) {
    Value name = kUnbound;
    if (as_bytes) {
      GILA_TRY(name, NewBytes(thread, entry.name));
    } else {
      GILA_TRY(name, DecodeFsPath(thread, entry.name));
    }
    GILA_TRY(const Value inode, NewIntFromUnsigned(thread, entry.inode));
    const Value items[] = {name, Value::SmallInt(entry.type), inode};
    GILA_TRY(Tuple * tuple, NewTuple(thread, items));
    GILA_TRY_VOID(ListAppend(thread, list, tuple));
  }
  return list;
}

Result<Value> GetCwd(Thread& thread, Args) {
  char* path = ::getcwd(nullptr, 0);
  if (path == nullptr) return thread.RaiseOsError(errno);
  const std::string copy(path);
  free(path);
  return DecodeFsPath(thread, copy);
}

Result<Value> ChDir(Thread& thread, Args args) {
  if (!IsInt(args[0])) {
    FlushDirtyWriters(thread);
    GILA_TRY(const std::string path,
             PathArgument(thread, args[0], {.function = "chdir", .forms = kPathOrInteger}));
    GILA_TRY_VOID(CallSystem(thread, args[0], [&] { return ::chdir(path.c_str()); }));
    return kNone;
  }
  GILA_TRY(const int64_t fd, ToInt64(thread, args[0]));
  GILA_TRY_VOID(CallSystem(thread, kUnbound, [&] { return ::fchdir(static_cast<int>(fd)); }));
  return kNone;
}

Result<Value> Open(Thread& thread, Args args) {
  FlushDirtyWriters(thread);
  GILA_TRY(const std::string path, PathArgument(thread, args[0], {.function = "open"}));
  GILA_TRY(const int64_t flags, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t mode, args.Has(2) ? ToInt64(thread, args[2]) : Result<int64_t>(0777));
  GILA_TRY(const int64_t dir_fd, DirFd(thread, args[3]));
  GILA_TRY(const int64_t fd, CallSystem(thread, args[0], [&] {
             return ::openat(static_cast<int>(dir_fd), path.c_str(),
                             static_cast<int>(flags) | O_CLOEXEC, static_cast<mode_t>(mode));
           }));
  return Value::SmallInt(fd);
}

template <auto kCall>
Result<Value> OnDescriptor(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY_VOID(CallSystem(thread, kUnbound, [&] { return kCall(static_cast<int>(fd)); }));
  return kNone;
}

Result<Value> Close(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  int result, error;
  {
    AllowThreads detached(thread, Blocked::kOther);
    result = ::close(static_cast<int>(fd));
    error = errno;
  }
  // After EINTR the descriptor is closed all the same: a second close could hit another thread's
  // file.
  if (result != 0 && error != EINTR) return thread.RaiseOsError(error);
  return kNone;
}

Result<Value> Read(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t size, ToInt64(thread, args[1]));
  if (size < 0) return thread.RaiseOsError(EINVAL);
  GILA_TRY(Bytes * buffer, NewBytesUninitialized(thread, std::min<int64_t>(size, 0x7ffff000)));
  GILA_TRY(const int64_t count, CallSystem(
                                    thread, kUnbound,
                                    [&] {
                                      return ::read(static_cast<int>(fd), buffer->data,
                                                    static_cast<size_t>(buffer->size));
                                    },
                                    Blocked::kRead));
  if (count == buffer->size) return buffer;
  return NewBytes(thread, buffer->view().substr(0, static_cast<size_t>(count)));
}

Result<Value> Write(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[1]));
  GILA_TRY(const int64_t count,
           CallSystem(
               thread, kUnbound,
               [&] { return ::write(static_cast<int>(fd), bytes.data(), bytes.size()); },
               Blocked::kWrite));
  return NewInt(thread, count);
}

Result<Value> LSeek(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t offset, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t whence, ToInt64(thread, args[2]));
  GILA_TRY(const int64_t position, CallSystem(thread, kUnbound, [&] {
             return ::lseek(static_cast<int>(fd), offset, static_cast<int>(whence));
           }));
  return NewInt(thread, position);
}

Result<Value> Truncate(Thread& thread, Args args) {
  FlushDirtyWriters(thread);
  GILA_TRY(const int64_t length, ToInt64(thread, args[1]));
  if (IsInt(args[0])) {
    GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
    GILA_TRY_VOID(
        CallSystem(thread, kUnbound, [&] { return ::ftruncate(static_cast<int>(fd), length); }));
    return kNone;
  }
  GILA_TRY(const std::string path,
           PathArgument(thread, args[0], {.function = "truncate", .forms = kPathOrInteger}));
  GILA_TRY_VOID(CallSystem(thread, args[0], [&] { return ::truncate(path.c_str(), length); }));
  return kNone;
}

Result<Value> Pair(Thread& thread, int a, int b) {
  const Value items[] = {Value::SmallInt(a), Value::SmallInt(b)};
  return NewTuple(thread, items);
}

Result<Value> MakePipe(Thread& thread, Args) {
  int fds[2];
  if (::pipe2(fds, O_CLOEXEC) != 0) return thread.RaiseOsError(errno);
  return Pair(thread, fds[0], fds[1]);
}

Result<Value> Dup(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t copy, CallSystem(thread, kUnbound, [&] {
             return ::fcntl(static_cast<int>(fd), F_DUPFD_CLOEXEC, 0);
           }));
  return Value::SmallInt(copy);
}

Result<Value> Dup2(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t to, Descriptor(thread, args[1]));
  GILA_TRY(const bool inheritable, args.Has(2) ? Truth(thread, args[2]) : Result<bool>(true));
  GILA_TRY(const int64_t copy, CallSystem(thread, kUnbound, [&] {
             return ::dup3(static_cast<int>(fd), static_cast<int>(to), inheritable ? 0 : O_CLOEXEC);
           }));
  return Value::SmallInt(copy);
}

Result<Value> IsATty(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  return Value::Bool(::isatty(static_cast<int>(fd)) == 1);
}

Result<Value> SetInheritable(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const bool inheritable, Truth(thread, args[1]));
  GILA_TRY_VOID(CallSystem(thread, kUnbound, [&] {
    return ::fcntl(static_cast<int>(fd), F_SETFD, inheritable ? 0 : FD_CLOEXEC);
  }));
  return kNone;
}
Result<Value> GetInheritable(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t flags,
           CallSystem(thread, kUnbound, [&] { return ::fcntl(static_cast<int>(fd), F_GETFD); }));
  return Value::Bool(!(flags & FD_CLOEXEC));
}
Result<Value> SetBlocking(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const bool blocking, Truth(thread, args[1]));
  GILA_TRY(const int64_t flags,
           CallSystem(thread, kUnbound, [&] { return ::fcntl(static_cast<int>(fd), F_GETFL); }));
  const int wanted = static_cast<int>(blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK);
  GILA_TRY_VOID(
      CallSystem(thread, kUnbound, [&] { return ::fcntl(static_cast<int>(fd), F_SETFL, wanted); }));
  return kNone;
}
Result<Value> GetBlocking(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t flags,
           CallSystem(thread, kUnbound, [&] { return ::fcntl(static_cast<int>(fd), F_GETFL); }));
  return Value::Bool(!(flags & O_NONBLOCK));
}

Result<Value> TerminalSize(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, args.Has(0) ? Descriptor(thread, args[0]) : Result<int64_t>(1));
  winsize size;
  GILA_TRY_VOID(CallSystem(thread, kUnbound,
                           [&] { return ::ioctl(static_cast<int>(fd), TIOCGWINSZ, &size); }));
  return Pair(thread, size.ws_col, size.ws_row);
}

// The text of a path as it is; only who opens a file minds a null byte.
Result<Value> PlainPath(Thread& thread, Value path) {
  if (IsStr(path) || IsBytes(path)) return path;
  GILA_TRY(const Value plain, CallSpecial(thread, path, Special::kFsPath));
  if (IsStr(plain) || IsBytes(plain)) return plain;
  GILA_TRY_VOID(EncodeFsPath(thread, path));  // says what is wrong with it
  return plain;
}

Result<Value> FsEncode(Thread& thread, Args args) {
  GILA_TRY(const Value path, PlainPath(thread, args[0]));
  return IsBytes(path) ? Result<Value>(path)
                       : EncodeStr(thread, path.As<Str>(), "utf-8", "surrogateescape");
}
Result<Value> FsDecode(Thread& thread, Args args) {
  GILA_TRY(const Value path, PlainPath(thread, args[0]));
  if (IsStr(path)) return path;
  GILA_TRY(Str* const text, DecodeFsPath(thread, path.As<Bytes>()->view()));
  return text;
}

}  // namespace

const NativeDef kFileFunctions[] = {
    {"_entries", ListEntries, "(path, /)", "A list of (name, d_type, inode) of a directory."},
    {"getcwd", GetCwd, "()", "The current working directory."},
    {"chdir", ChDir, "(path)", "Change the current working directory."},
    {"open", Open, "(path, flags, mode=511, *, dir_fd=None)",
     "Open a file and return its descriptor."},
    {"close", Close, "(fd)", "Close a descriptor."},
    {"read", Read, "(fd, length, /)", "Read bytes from a descriptor."},
    {"write", Write, "(fd, data, /)", "Write bytes to a descriptor."},
    {"lseek", LSeek, "(fd, position, how, /)", "Move the position of a descriptor."},
    {"truncate", Truncate, "(path, length)", "Cut a file to a length."},
    {"ftruncate", Truncate, "(fd, length, /)", "Cut a file to a length."},
    {"fsync", OnDescriptor<::fsync>, "(fd)", "Force what was written to the disk."},
    {"fdatasync", OnDescriptor<::fdatasync>, "(fd)", "Force what was written to the disk."},
    {"pipe", MakePipe, "()", "A pipe: the descriptors to read from and to write to."},
    {"dup", Dup, "(fd, /)", "A copy of a descriptor."},
    {"dup2", Dup2, "(fd, fd2, inheritable=True)", "Make fd2 a copy of fd."},
    {"isatty", IsATty, "(fd, /)", "Is the descriptor a terminal?"},
    {"set_inheritable", SetInheritable, "(fd, inheritable, /)",
     "Do child processes get the descriptor?"},
    {"get_inheritable", GetInheritable, "(fd, /)", "Do child processes get the descriptor?"},
    {"set_blocking", SetBlocking, "(fd, blocking, /)",
     "Do reads and writes of the descriptor wait?"},
    {"get_blocking", GetBlocking, "(fd, /)", "Do reads and writes of the descriptor wait?"},
    {"_terminal_size", TerminalSize, "(fd=1, /)", "Columns and lines of a terminal."},
    {"fsencode", FsEncode, "(filename)", "A file name as bytes."},
    {"fsdecode", FsDecode, "(filename)", "A file name as str."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace gila::posix

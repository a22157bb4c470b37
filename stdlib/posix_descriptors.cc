// posix_descriptors.cc: the module _posix, part three: what is done to open descriptors, and the
// calls that make unusual ones (pipes, pseudo terminals, memory files, event counters).
#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utmp.h>

#include <string>
#include <vector>

#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/io_internal.h"
#include "stdlib/posix_internal.h"

namespace gila::posix {
namespace {

Result<Value> Pair(Thread& thread, int64_t a, int64_t b) {
  const Value items[] = {Value::SmallInt(a), Value::SmallInt(b)};
  return NewTuple(thread, items);
}

// An integer argument, or what stands for one that was not given or is None.
Result<int64_t> Optional(Thread& thread, Value v, int64_t fallback) {
  if (v.IsUnbound() || v.IsNone()) return fallback;
  return ToInt64(thread, v);
}

Result<Value> PRead(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t size, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t offset, ToInt64(thread, args[2]));
  if (size < 0) return thread.RaiseOsError(EINVAL);
  GILA_TRY(Bytes* const buffer, NewBytesUninitialized(thread, std::min<int64_t>(size, 0x7ffff000)));
  GILA_TRY(const int64_t count, CallSystem(
                                    thread, kUnbound,
                                    [&] {
                                      return ::pread(static_cast<int>(fd), buffer->data,
                                                     static_cast<size_t>(buffer->size), offset);
                                    },
                                    Blocked::kRead));
  return NewBytes(thread, buffer->view().substr(0, static_cast<size_t>(count)));
}

Result<Value> PWrite(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[1]));
  GILA_TRY(const int64_t offset, ToInt64(thread, args[2]));
  GILA_TRY(const int64_t count,
           CallSystem(
               thread, kUnbound,
               [&] { return ::pwrite(static_cast<int>(fd), bytes.data(), bytes.size(), offset); },
               Blocked::kWrite));
  return NewInt(thread, count);
}

// The writable buffers of a sequence, pinned while the object lives.
class Buffers {
 public:
  Buffers() = default;
  Buffers(const Buffers&) = delete;
  ~Buffers() {
    for (const PinnedBuffer& buffer : pinned_) Unpin(buffer);
  }
  Status Pin(Thread& thread, Value sequence) {
    GILA_TRY(owners_, ToTuple(thread, sequence));
    for (int64_t i = 0; i < owners_->length; ++i) {
      GILA_TRY(const PinnedBuffer buffer, PinWritable(thread, owners_->At(i)));
      pinned_.push_back(buffer);
      vectors_.push_back({buffer.data, static_cast<size_t>(buffer.size)});
    }
    return kOk;
  }
  const iovec* data() const { return vectors_.data(); }
  int size() const { return static_cast<int>(vectors_.size()); }

 private:
  Tuple* owners_ = nullptr;
  std::vector<PinnedBuffer> pinned_;
  std::vector<iovec> vectors_;
};

Result<Value> ReadV(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  Buffers buffers;
  GILA_TRY_VOID(buffers.Pin(thread, args[1]));
  GILA_TRY(const int64_t count,
           CallSystem(
               thread, kUnbound,
               [&] { return ::readv(static_cast<int>(fd), buffers.data(), buffers.size()); },
               Blocked::kRead));
  return NewInt(thread, count);
}

Result<Value> PReadV(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t offset, ToInt64(thread, args[2]));
  GILA_TRY(const int64_t flags, Optional(thread, args[3], 0));
  Buffers buffers;
  GILA_TRY_VOID(buffers.Pin(thread, args[1]));
  GILA_TRY(const int64_t count, CallSystem(
                                    thread, kUnbound,
                                    [&] {
                                      return ::preadv2(static_cast<int>(fd), buffers.data(),
                                                       buffers.size(), offset,
                                                       static_cast<int>(flags));
                                    },
                                    Blocked::kRead));
  return NewInt(thread, count);
}

// The bytes of a sequence of bytes-like objects, one copy each.
Result<std::vector<std::string>> CopyBuffers(Thread& thread, Value sequence) {
  std::vector<std::string> copies;
  GILA_TRY_VOID(ForEach(thread, sequence, [&](Value v) -> Status {
    GILA_TRY(std::string copy, CopyBuffer(thread, v));
    copies.push_back(std::move(copy));
    return kOk;
  }));
  return copies;
}

std::vector<iovec> Vectors(std::vector<std::string>& copies) {
  std::vector<iovec> vectors;
  vectors.reserve(copies.size());
  for (std::string& copy : copies) vectors.push_back({copy.data(), copy.size()});
  return vectors;
}

Result<Value> WriteV(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(std::vector<std::string> copies, CopyBuffers(thread, args[1]));
  const std::vector<iovec> vectors = Vectors(copies);
  GILA_TRY(const int64_t count, CallSystem(
                                    thread, kUnbound,
                                    [&] {
                                      return ::writev(static_cast<int>(fd), vectors.data(),
                                                      static_cast<int>(vectors.size()));
                                    },
                                    Blocked::kWrite));
  return NewInt(thread, count);
}

Result<Value> PWriteV(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(std::vector<std::string> copies, CopyBuffers(thread, args[1]));
  GILA_TRY(const int64_t offset, ToInt64(thread, args[2]));
  GILA_TRY(const int64_t flags, Optional(thread, args[3], 0));
  const std::vector<iovec> vectors = Vectors(copies);
  GILA_TRY(const int64_t count, CallSystem(
                                    thread, kUnbound,
                                    [&] {
                                      return ::pwritev2(static_cast<int>(fd), vectors.data(),
                                                        static_cast<int>(vectors.size()), offset,
                                                        static_cast<int>(flags));
                                    },
                                    Blocked::kWrite));
  return NewInt(thread, count);
}

Result<Value> SendFile(Thread& thread, Args args) {
  GILA_TRY(const int64_t out, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t in, Descriptor(thread, args[1]));
  GILA_TRY(const int64_t count, ToInt64(thread, args[3]));
  const bool has_offset = !args[2].IsNone();
  GILA_TRY(const int64_t given, Optional(thread, args[2], 0));
  off_t offset = given;
  GILA_TRY(const int64_t sent, CallSystem(
                                   thread, kUnbound,
                                   [&] {
                                     return ::sendfile(static_cast<int>(out), static_cast<int>(in),
                                                       has_offset ? &offset : nullptr,
                                                       static_cast<size_t>(count));
                                   },
                                   Blocked::kWrite));
  return NewInt(thread, sent);
}

using CopyCall = ssize_t (*)(int, off64_t*, int, off64_t*, size_t, unsigned);

// copy_file_range and splice take the same arguments.
template <CopyCall kCall>
Result<Value> CopyRange(Thread& thread, Args args) {
  GILA_TRY(const int64_t in, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t out, Descriptor(thread, args[1]));
  GILA_TRY(const int64_t count, ToInt64(thread, args[2]));
  if (count < 0) return thread.RaiseValueError("negative value for 'count' not allowed");
  GILA_TRY(const int64_t in_offset, Optional(thread, args[3], 0));
  GILA_TRY(const int64_t out_offset, Optional(thread, args[4], 0));
  GILA_TRY(const int64_t flags,
           args.size() > 5 ? Optional(thread, args[5], 0) : Result<int64_t>(0));
  off64_t from = in_offset, to = out_offset;
  const bool has_from = args.Has(3) && !args[3].IsNone(), has_to = args.Has(4) && !args[4].IsNone();
  GILA_TRY(const int64_t copied, CallSystem(thread, kUnbound, [&] {
             return kCall(static_cast<int>(in), has_from ? &from : nullptr, static_cast<int>(out),
                          has_to ? &to : nullptr, static_cast<size_t>(count),
                          static_cast<unsigned>(flags));
           }));
  return NewInt(thread, copied);
}

Result<Value> LockF(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t command, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t length, ToInt64(thread, args[2]));
  GILA_TRY_VOID(CallSystem(
      thread, kUnbound,
      [&] { return ::lockf(static_cast<int>(fd), static_cast<int>(command), length); },
      Blocked::kLock));
  return kNone;
}

Result<Value> FAdvise(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t offset, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t length, ToInt64(thread, args[2]));
  GILA_TRY(const int64_t advice, ToInt64(thread, args[3]));
  const int error = ::posix_fadvise(static_cast<int>(fd), offset, length, static_cast<int>(advice));
  if (error != 0) return thread.RaiseOsError(error);
  return kNone;
}

Result<Value> FAllocate(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t offset, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t length, ToInt64(thread, args[2]));
  int error;
  do {
    AllowThreads detached(thread, Blocked::kOther);
    error = ::posix_fallocate(static_cast<int>(fd), offset, length);
  } while (error == EINTR);
  if (error != 0) return thread.RaiseOsError(error);
  return kNone;
}

Result<Value> Pipe2(Thread& thread, Args args) {
  GILA_TRY(const int64_t flags, ToInt64(thread, args[0]));
  int fds[2];
  if (::pipe2(fds, static_cast<int>(flags)) != 0) return thread.RaiseOsError(errno);
  return Pair(thread, fds[0], fds[1]);
}

Result<Value> EventFd(Thread& thread, Args args) {
  GILA_TRY(const int64_t start, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t flags, Optional(thread, args[1], EFD_CLOEXEC));
  const int fd = ::eventfd(static_cast<unsigned>(start), static_cast<int>(flags));
  if (fd < 0) return thread.RaiseOsError(errno);
  return Value::SmallInt(fd);
}
Result<Value> EventFdRead(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  eventfd_t count = 0;
  GILA_TRY_VOID(CallSystem(
      thread, kUnbound, [&] { return ::eventfd_read(static_cast<int>(fd), &count); },
      Blocked::kRead));
  return NewIntFromUnsigned(thread, count);
}
Result<Value> EventFdWrite(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  if (!IsInt(args[1])) return thread.RaiseTypeError("an integer is required");
  if (IntSign(args[1]) < 0) return thread.RaiseValueError("value must be positive");
  const MpzView number(args[1]);
  if (!mpz_fits_ulong_p(number.z))
    return thread.Raise(TypeId::kOverflowError, "int too big to convert");
  const eventfd_t count = mpz_get_ui(number.z);
  GILA_TRY_VOID(CallSystem(
      thread, kUnbound, [&] { return ::eventfd_write(static_cast<int>(fd), count); },
      Blocked::kWrite));
  return kNone;
}

Result<Value> MemFd(Thread& thread, Args args) {
  GILA_TRY(const std::string name, EncodeFsPath(thread, args[0]));
  GILA_TRY(const int64_t flags, Optional(thread, args[1], MFD_CLOEXEC));
  const int fd = ::memfd_create(name.c_str(), static_cast<unsigned>(flags));
  if (fd < 0) return thread.RaiseOsError(errno);
  return Value::SmallInt(fd);
}

Result<Value> OpenPty(Thread& thread, Args) {
  int master, slave;
  if (::openpty(&master, &slave, nullptr, nullptr, nullptr) != 0) return thread.RaiseOsError(errno);
  for (int fd : {master, slave}) ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  return Pair(thread, master, slave);
}

Result<Value> LoginTty(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  if (::login_tty(static_cast<int>(fd)) != 0) return thread.RaiseOsError(errno);
  return kNone;
}

Result<Value> TtyName(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  char name[256];
  const int error = ::ttyname_r(static_cast<int>(fd), name, sizeof(name));
  if (error != 0) return thread.RaiseOsError(error);
  return DecodeFsPath(thread, name);
}

Result<Value> TcGetPgrp(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  const pid_t group = ::tcgetpgrp(static_cast<int>(fd));
  if (group < 0) return thread.RaiseOsError(errno);
  return Value::SmallInt(group);
}
Result<Value> TcSetPgrp(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t group, ToInt64(thread, args[1]));
  if (::tcsetpgrp(static_cast<int>(fd), static_cast<pid_t>(group)) != 0)
    return thread.RaiseOsError(errno);
  return kNone;
}

Result<Value> CloseRange(Thread& thread, Args args) {
  GILA_TRY(const int64_t low, Descriptor(thread, args[0]));
  GILA_TRY(const int64_t high, Descriptor(thread, args[1]));
  AllowThreads detached(thread, Blocked::kOther);
  const int64_t first = std::max<int64_t>(low, 0);
  if (high > first) ::close_range(static_cast<unsigned>(first), static_cast<unsigned>(high - 1), 0);
  return kNone;
}

// statvfs(path or descriptor): the eleven numbers of os.statvfs_result.
Result<Value> StatVfs(Thread& thread, Args args) {
  struct statvfs s;
  if (IsInt(args[0])) {
    GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
    GILA_TRY_VOID(
        CallSystem(thread, kUnbound, [&] { return ::fstatvfs(static_cast<int>(fd), &s); }));
  } else {
    GILA_TRY(const std::string path,
             PathArgument(thread, args[0], {.function = "statvfs", .forms = kPathOrInteger}));
    GILA_TRY_VOID(CallSystem(thread, args[0], [&] { return ::statvfs(path.c_str(), &s); }));
  }
  const uint64_t numbers[] = {s.f_bsize, s.f_frsize, s.f_blocks, s.f_bfree,   s.f_bavail, s.f_files,
                              s.f_ffree, s.f_favail, s.f_flag,   s.f_namemax, s.f_fsid};
  GILA_TRY(Tuple* const tuple, NewTuple(thread, static_cast<int64_t>(std::size(numbers))));
  for (size_t i = 0; i < std::size(numbers); ++i) {
    GILA_TRY(const Value number, NewIntFromUnsigned(thread, numbers[i]));
    tuple->items[i].Store(tuple, number);
  }
  return tuple;
}

Result<Value> FPathConf(Thread& thread, Args args) {
  GILA_TRY(const int64_t name, ToInt64(thread, args[1]));
  errno = 0;
  long answer;
  if (IsInt(args[0])) {
    GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
    answer = ::fpathconf(static_cast<int>(fd), static_cast<int>(name));
  } else {
    GILA_TRY(const std::string path,
             PathArgument(thread, args[0], {.function = "pathconf", .forms = kPathOrInteger}));
    answer = ::pathconf(path.c_str(), static_cast<int>(name));
  }
  if (answer == -1 && errno != 0) return thread.RaiseOsError(errno);
  return NewInt(thread, answer);
}

}  // namespace

const NativeDef kDescriptorFunctions[] = {
    {"pread", PRead, "(fd, length, offset, /)", "Read from a position of a descriptor."},
    {"pwrite", PWrite, "(fd, buffer, offset, /)", "Write at a position of a descriptor."},
    {"readv", ReadV, "(fd, buffers, /)", "Read into several buffers."},
    {"writev", WriteV, "(fd, buffers, /)", "Write what several buffers hold."},
    {"preadv", PReadV, "(fd, buffers, offset, flags=0, /)",
     "Read from a position into several buffers."},
    {"pwritev", PWriteV, "(fd, buffers, offset, flags=0, /)",
     "Write what several buffers hold at a position."},
    {"sendfile", SendFile, "(out_fd, in_fd, offset, count)",
     "Copy from one descriptor to another within the kernel."},
    {"copy_file_range", CopyRange<::copy_file_range>,
     "(src, dst, count, offset_src=None, offset_dst=None)",
     "Copy from one file to another within the kernel."},
    {"splice", CopyRange<::splice>, "(src, dst, count, offset_src=None, offset_dst=None, flags=0)",
     "Move from or to a pipe within the kernel."},
    {"lockf", LockF, "(fd, command, length, /)", "Lock a part of a file, test or unlock it."},
    {"posix_fadvise", FAdvise, "(fd, offset, length, advice, /)",
     "Tell how a part of a file will be used."},
    {"posix_fallocate", FAllocate, "(fd, offset, length, /)", "Make room for a part of a file."},
    {"pipe2", Pipe2, "(flags, /)", "A pipe, with flags: descriptors to read from and write to."},
    {"eventfd", EventFd, "(initval, flags=524288)", "A descriptor that counts events."},
    {"eventfd_read", EventFdRead, "(fd)", "What was counted."},
    {"eventfd_write", EventFdWrite, "(fd, value)", "Add to what is counted."},
    {"memfd_create", MemFd, "(name, flags=1)", "A file that lies in memory alone."},
    {"openpty", OpenPty, "()", "A pseudo terminal: the descriptors of its two ends."},
    {"login_tty", LoginTty, "(fd, /)",
     "Make the terminal the controlling one, and stdin, stdout and stderr."},
    {"ttyname", TtyName, "(fd, /)", "The name of a terminal."},
    {"tcgetpgrp", TcGetPgrp, "(fd, /)", "The process group in the foreground of a terminal."},
    {"tcsetpgrp", TcSetPgrp, "(fd, pgid, /)", "Put a process group into the foreground."},
    {"closerange", CloseRange, "(fd_low, fd_high, /)",
     "Close the descriptors from fd_low up to fd_high."},
    {"_statvfs", StatVfs, "(path, /)", "The numbers of a statvfs_result."},
    {"_pathconf", FPathConf, "(path, name, /)", "A limit of a file."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace gila::posix

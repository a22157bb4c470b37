// io_file.cc: io.FileIO, a file descriptor. Every system call that may block is made detached, and
// again after EINTR (PEP 475).
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "runtime/call.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/types/int.h"
#include "stdlib/io_internal.h"

namespace gila::io {

Type* file_type = nullptr;
uint8_t file_kind = 0;

namespace {

constexpr int64_t kMaxTransfer = 0x7ffff000;  // what Linux moves in one call

void TraceFile(Object* object, Marker& marker) {
  auto* file = static_cast<FileIO*>(object);
  marker.Visit(file->name);
  marker.Visit(file->attributes);
}

FileIO* Self(Args args) { return args[0].As<FileIO>(); }

// Repeats `call` while it is interrupted; Gila's signal handlers run in between.
template <class Call>
Result<int64_t> Retry(Thread& thread, Blocked why, Call call) {
  while (true) {
    int64_t result;
    int error;
    {
      AllowThreads detached(thread, why);
      result = call();
      error = errno;
    }
    if (result >= 0) return result;
    if (error == EAGAIN) return -1;
    if (error != EINTR) return thread.RaiseOsError(error);
    GILA_TRY_VOID(thread.RunSignalHandlers());
  }
}

struct Mode {
  bool readable = false, writable = false, appending = false, created = false;
  int flags = O_CLOEXEC;
};

Result<Mode> ParseMode(Thread& thread, const char* text) {
  Mode mode;
  int kinds = 0;
  bool plus = false;
  for (const char* c = text; *c != 0; ++c) {
    switch (*c) {
      case 'x':
        ++kinds;
        mode.writable = mode.created = true;
        mode.flags |= O_EXCL | O_CREAT;
        break;
      case 'r':
        ++kinds;
        mode.readable = true;
        break;
      case 'w':
        ++kinds;
        mode.writable = true;
        mode.flags |= O_CREAT | O_TRUNC;
        break;
      case 'a':
        ++kinds;
        mode.writable = mode.appending = true;
        mode.flags |= O_APPEND | O_CREAT;
        break;
      case 'b':
        break;
      case '+':
        if (plus) kinds = 2;
        plus = true;
        break;
      default:
        return thread.RaiseValueError("invalid mode: %s", text);
    }
  }
  if (kinds != 1) {
    return thread.RaiseValueError(
        "Must have exactly one of create/read/write/append mode and at most one plus");
  }
  if (plus) mode.readable = mode.writable = true;
  mode.flags |= mode.readable && mode.writable ? O_RDWR : mode.readable ? O_RDONLY : O_WRONLY;
  return mode;
}

Result<int64_t> OpenPath(Thread& thread, Value path, int flags, Value opener) {
  if (!opener.IsNone()) {
    GILA_TRY(const Value fd, Call(thread, opener, {path, Value::SmallInt(flags)}));
    GILA_TRY(const int64_t number, ToInt64(thread, fd));
    if (number < 0)
      return thread.RaiseValueError("opener returned %lld", static_cast<long long>(number));
    return number;
  }
  GILA_TRY(const std::string encoded, EncodeFsPath(thread, path));
  FlushDirtyWriters(thread);
  while (true) {
    int fd, error;
    {
      AllowThreads detached(thread, Blocked::kOther);
      fd = ::open(encoded.c_str(), flags, 0666);
      error = errno;
    }
    if (fd >= 0) return fd;
    if (error != EINTR) return thread.RaiseOsError(error, path);
    GILA_TRY_VOID(thread.RunSignalHandlers());
  }
}

Status FillFile(Thread& thread, FileIO* file, Value target, const char* mode_text, bool close_fd,
                Value opener) {
  GILA_TRY(const Mode mode, ParseMode(thread, mode_text));
  int64_t fd;
  if (IsInt(target)) {
    GILA_TRY(fd, ToInt64(thread, target));
    if (fd < 0) return thread.RaiseValueError("negative file descriptor");
  } else {
    if (!close_fd) return thread.RaiseValueError("Cannot use closefd=False with file name");
    GILA_TRY(fd, OpenPath(thread, target, mode.flags, opener));
  }
  struct stat info;
  if (fstat(static_cast<int>(fd), &info) != 0)
    return thread.RaiseOsError(errno, IsInt(target) ? kUnbound : target);
  if (S_ISDIR(info.st_mode)) {
    if (!IsInt(target)) ::close(static_cast<int>(fd));
    return thread.RaiseOsError(EISDIR, target);
  }
  file->fd.Store(static_cast<int32_t>(fd));
  file->readable = mode.readable;
  file->writable = mode.writable;
  file->appending = mode.appending;
  file->created = mode.created;
  file->close_fd = close_fd;
  file->seekable.Store(S_ISREG(info.st_mode) ? 1 : -1);
  file->name.Store(file, target);
  if (mode.appending) ::lseek(static_cast<int>(fd), 0, SEEK_END);
  return kOk;
}

Result<FileIO*> NewFile(Thread& thread, Type* type) {
  GILA_TRY(Object * object, AllocateInstance(thread, type));
  auto* file = static_cast<FileIO*>(object);
  file->fd.Store(-1);
  file->close_fd = true;
  file->name.Store(file, kUnbound);
  heap::RegisterFinalizer(thread, file);
  return file;
}

Result<FileIO*> Open(Thread& thread, Value self) {
  auto* file = self.As<FileIO>();
  if (file->fd.Load() < 0) return RaiseClosed(thread);
  return file;
}

}  // namespace

Result<Value> OpenFile(Thread& thread, Type* type, Value target, const char* mode, bool close_fd,
                       Value opener) {
  GILA_TRY(FileIO * file, NewFile(thread, type));
  GILA_TRY_VOID(FillFile(thread, file, target, mode, close_fd, opener));
  return file;
}

Result<int64_t> FileRead(Thread& thread, FileIO* file, uint8_t* into, int64_t size) {
  const int fd = file->fd.Load();
  return Retry(thread, Blocked::kRead,
               [&] { return ::read(fd, into, static_cast<size_t>(std::min(size, kMaxTransfer))); });
}

Result<int64_t> FileWrite(Thread& thread, FileIO* file, const uint8_t* bytes, int64_t size) {
  const int fd = file->fd.Load();
  return Retry(thread, Blocked::kWrite, [&] {
    return ::write(fd, bytes, static_cast<size_t>(std::min(size, kMaxTransfer)));
  });
}

Result<int64_t> FileSeek(Thread& thread, FileIO* file, int64_t offset, int whence) {
  const int64_t position = ::lseek(file->fd.Load(), offset, whence);
  if (position < 0) return thread.RaiseOsError(errno);
  return position;
}

Result<bool> FileSeekable(Thread&, FileIO* file) {
  if (file->seekable.Load() < 0) file->seekable.Store(::lseek(file->fd.Load(), 0, SEEK_CUR) >= 0);
  return file->seekable.Load() == 1;
}

Result<Value> FileReadAll(Thread& thread, FileIO* file) {
  std::string bytes;
  struct stat info;
  const int fd = file->fd.Load();
  size_t step = kDefaultBufferSize;
  if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode)) {
    const off_t here = ::lseek(fd, 0, SEEK_CUR);
    if (here >= 0 && info.st_size > here) step = static_cast<size_t>(info.st_size - here) + 1;
  }
  while (true) {
    const size_t before = bytes.size();
    if (before + step > heap::kMaxObject)
      return thread.Raise(TypeId::kOverflowError,
                          "unbounded read returned more bytes than a Python bytes object can hold");
    bytes.resize(before + step);
    const Result<int64_t> count =
        FileRead(thread, file, reinterpret_cast<uint8_t*>(bytes.data()) + before,
                 static_cast<int64_t>(step));
    if (!count.ok()) return kFailed;
    bytes.resize(before + static_cast<size_t>(std::max<int64_t>(count.value(), 0)));
    if (count.value() < 0 && bytes.empty()) return kNone;
    if (count.value() <= 0) break;
    step = std::clamp<size_t>(bytes.size() / 2, kDefaultBufferSize, 16 << 20);
  }
  return NewBytes(thread, bytes);
}

Status FileClose(Thread& thread, FileIO* file) {
  const int fd = file->fd.Exchange(-1);
  if (fd < 0 || !file->close_fd) return kOk;
  int result, error;
  {
    AllowThreads detached(thread, Blocked::kOther);
    result = ::close(fd);
    error = errno;
  }
  if (result != 0 && error != EINTR) return thread.RaiseOsError(error);
  return kOk;
}

namespace {

Result<Value> FileNew(Thread& thread, Args args) { return NewFile(thread, args[0].As<Type>()); }

Result<Value> FileInit(Thread& thread, Args args) {
  std::string mode = "r";
  if (args.Has(2)) {
    GILA_TRY(Str * text, ToStrArgument(thread, args[2], "FileIO() argument 'mode'"));
    mode = ToUtf8(text);
  }
  GILA_TRY(const bool close_fd, args.Has(3) ? Truth(thread, args[3]) : Result<bool>(true));
  GILA_TRY_VOID(FileClose(thread, Self(args)));
  GILA_TRY_VOID(FillFile(thread, Self(args), args[1], mode.c_str(), close_fd, args.Or(4, kNone)));
  return kNone;
}

Result<Value> Read(Thread& thread, Args args) {
  GILA_TRY(FileIO * file, Open(thread, args[0]));
  if (!file->readable) return RaiseUnsupported(thread, "File not open for reading");
  GILA_TRY(const int64_t size, SizeArgument(thread, args[1]));
  if (size < 0) return FileReadAll(thread, file);
  GILA_TRY(Bytes * bytes, NewBytesUninitialized(thread, size));
  GILA_TRY(const int64_t count, FileRead(thread, file, bytes->data, size));
  if (count < 0) return kNone;
  if (count == size) return bytes;
  return NewBytes(thread, bytes->view().substr(0, static_cast<size_t>(count)));
}

Result<Value> ReadAll(Thread& thread, Args args) {
  GILA_TRY(FileIO * file, Open(thread, args[0]));
  if (!file->readable) return RaiseUnsupported(thread, "File not open for reading");
  return FileReadAll(thread, file);
}

Result<Value> ReadInto(Thread& thread, Args args) {
  GILA_TRY(FileIO * file, Open(thread, args[0]));
  if (!file->readable) return RaiseUnsupported(thread, "File not open for reading");
  GILA_TRY(const PinnedBuffer buffer, PinWritable(thread, args[1]));
  const Result<int64_t> count = FileRead(thread, file, buffer.data, buffer.size);
  Unpin(buffer);
  if (!count.ok()) return kFailed;
  return count.value() < 0 ? kNone : Value::SmallInt(count.value());
}

Result<Value> Write(Thread& thread, Args args) {
  GILA_TRY(FileIO * file, Open(thread, args[0]));
  if (!file->writable) return RaiseUnsupported(thread, "File not open for writing");
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[1]));
  GILA_TRY(const int64_t count,
           FileWrite(thread, file, reinterpret_cast<const uint8_t*>(bytes.data()),
                     static_cast<int64_t>(bytes.size())));
  return count < 0 ? kNone : Value::SmallInt(count);
}

Result<Value> Seek(Thread& thread, Args args) {
  GILA_TRY(FileIO * file, Open(thread, args[0]));
  GILA_TRY(const int64_t offset, ToInt64(thread, args[1]));
  int64_t whence = 0;
  if (args.Has(2)) {
    GILA_TRY(whence, ToInt64(thread, args[2]));
  }
  GILA_TRY(const int64_t position, FileSeek(thread, file, offset, static_cast<int>(whence)));
  return NewInt(thread, position);
}

Result<Value> Tell(Thread& thread, Args args) {
  GILA_TRY(FileIO * file, Open(thread, args[0]));
  GILA_TRY(const int64_t position, FileSeek(thread, file, 0, SEEK_CUR));
  return NewInt(thread, position);
}

Result<Value> Truncate(Thread& thread, Args args) {
  GILA_TRY(FileIO * file, Open(thread, args[0]));
  if (!file->writable) return RaiseUnsupported(thread, "File not open for writing");
  int64_t size;
  if (args.Has(1) && !args[1].IsNone()) {
    GILA_TRY(size, ToInt64(thread, args[1]));
  } else {
    GILA_TRY(size, FileSeek(thread, file, 0, SEEK_CUR));
  }
  const int fd = file->fd.Load();
  GILA_TRY([[maybe_unused]] const int64_t done, Retry(thread, Blocked::kOther, [&] {
             return static_cast<int64_t>(::ftruncate(fd, size));
           }));
  return NewInt(thread, size);
}

// A flush of a subclass or of the object itself is heard, though a FileIO has nothing to flush.
Result<Value> Close(Thread& thread, Args args) {
  FileIO* const file = Self(args);
  if (file->fd.Load() < 0) return kNone;
  if (TypeOf(args[0]) == file_type && file->attributes.Load().IsUnbound()) {
    GILA_TRY_VOID(FileClose(thread, file));
    return kNone;
  }
  const Result<Value> flushed = CallMethod(thread, args[0], NameOf(Name::kFlush));
  const Value raised = flushed.ok() ? kUnbound : thread.TakeException();
  GILA_TRY_VOID(EndOfClose(thread, raised, FileClose(thread, file)));
  return kNone;
}

Result<Value> Readable(Thread& thread, Args args) {
  GILA_TRY(FileIO * file, Open(thread, args[0]));
  return Value::Bool(file->readable);
}
Result<Value> Writable(Thread& thread, Args args) {
  GILA_TRY(FileIO * file, Open(thread, args[0]));
  return Value::Bool(file->writable);
}
Result<Value> Seekable(Thread& thread, Args args) {
  GILA_TRY(FileIO * file, Open(thread, args[0]));
  GILA_TRY(const bool seekable, FileSeekable(thread, file));
  return Value::Bool(seekable);
}
Result<Value> FileNo(Thread& thread, Args args) {
  GILA_TRY(FileIO * file, Open(thread, args[0]));
  return Value::SmallInt(file->fd.Load());
}
Result<Value> IsATty(Thread& thread, Args args) {
  GILA_TRY(FileIO * file, Open(thread, args[0]));
  return Value::Bool(::isatty(file->fd.Load()) == 1);
}

const char* ModeText(const FileIO* file) {
  if (file->created) return file->readable ? "xb+" : "xb";
  if (file->appending) return file->readable ? "ab+" : "ab";
  if (file->readable) return file->writable ? "rb+" : "rb";
  return "wb";
}

Result<Value> FileRepr(Thread& thread, Args args) {
  FileIO* file = Self(args);
  if (file->fd.Load() < 0) return NewStr(thread, "<_io.FileIO [closed]>");
  std::string what = "fd=" + std::to_string(file->fd.Load());
  if (const Value name = file->name.Load(); !name.IsUnbound()) {
    GILA_TRY(Str * shown, Repr(thread, name));
    what = "name=" + ToUtf8(shown);
  }
  return NewStr(thread, "<_io.FileIO " + what + " mode='" + ModeText(file) +
                            "' closefd=" + (file->close_fd ? "True>" : "False>"));
}

// The collector's last word: a descriptor that nobody closed. One that a buffer owns is closed by
// it.
Result<Value> FileDel(Thread& thread, Args args) {
  if (Self(args)->wrapped.Load() || Self(args)->fd.Load() < 0) return kNone;
  return CloseForgotten(thread, args[0], args[0]);
}

Result<Value> GetClosed(Thread&, Value self) {
  return Value::Bool(self.As<FileIO>()->fd.Load() < 0);
}
Result<Value> GetMode(Thread& thread, Value self) {
  return NewStr(thread, ModeText(self.As<FileIO>()));
}
Result<Value> GetCloseFd(Thread&, Value self) { return Value::Bool(self.As<FileIO>()->close_fd); }
Result<Value> GetName(Thread& thread, Value self) {
  const Value name = self.As<FileIO>()->name.Load();
  if (name.IsUnbound())
    return thread.Raise(TypeId::kAttributeError, "'_io.FileIO' object has no attribute 'name'");
  return name;
}
Result<Value> GetBlockSize(Thread&, Value self) {
  struct stat info;
  const bool known = fstat(self.As<FileIO>()->fd.Load(), &info) == 0 && info.st_blksize > 1;
  return Value::SmallInt(known ? static_cast<int64_t>(info.st_blksize) : kDefaultBufferSize);
}
Status SetName(Thread&, Value self, Value value) {
  self.As<FileIO>()->name.Store(self.AsObject(), value);
  return kOk;
}

#define END {nullptr, nullptr, nullptr, nullptr}
const NativeDef kMethods[] = {
    {"__init__", FileInit, "(self, file, mode='r', closefd=True, opener=None)", "Open a file."},
    {"read", Read, "(self, size=-1, /)",
     "Read at most size bytes; all of them when size is negative or None."},
    {"readall", ReadAll, "(self, /)", "Read until the end of the file."},
    {"readinto", ReadInto, "(self, buffer, /)",
     "Read into a writable buffer; how many bytes came."},
    {"write", Write, "(self, b, /)", "Write bytes; how many went."},
    {"seek", Seek, "(self, pos, whence=0, /)", "Move to a position and return it."},
    {"tell", Tell, "(self, /)", "The current position."},
    {"truncate", Truncate, "(self, size=None, /)",
     "Cut the file to size bytes (the current position by default)."},
    {"close", Close, "(self, /)", "Close the file."},
    {"readable", Readable, "(self, /)", "True if the file was opened for reading."},
    {"writable", Writable, "(self, /)", "True if the file was opened for writing."},
    {"seekable", Seekable, "(self, /)", "True if the file supports random access."},
    {"fileno", FileNo, "(self, /)", "The file descriptor."},
    {"isatty", IsATty, "(self, /)", "True if the file is a terminal."},
    {"__repr__", FileRepr, "(self, /)", "Return repr(self)."},
    {"__del__", FileDel, "(self, /)", "Close the descriptor."},
    END};
const GetSetDef kFields[] = {
    {"closed", GetClosed, nullptr, "True if the file is closed"},
    {"mode", GetMode, nullptr, "How the file was opened"},
    {"closefd", GetCloseFd, nullptr, "True if the descriptor is closed with the object"},
    {"name", GetName, SetName, "What was opened"},
    {"_blksize", GetBlockSize, nullptr, nullptr},
    END};
#undef END

const KindInfo kKind = {"FileIO", TraceFile, nullptr};
const TypeSpec kSpec = {
    .doc = "Open a file: a path, or a descriptor.",
    .new_function = FileNew,
    .new_signature = "(cls, *args, **kwargs)",
    .methods = kMethods,
    .getsets = kFields,
    .native_size = offsetof(FileIO, attributes),
    .kind_info = &kKind,
};

}  // namespace

Status AddFileType(Thread& thread, Module* module) {
  file_kind = RegisterKind(kKind);
  GILA_TRY(file_type, AddType(thread, module, kSpec, "_io.FileIO", file_kind, kSpec.native_size,
                              kBasetype | kHasDict | kHasWeakref, raw_base_type));
  heap::AddRoot(reinterpret_cast<Object**>(&file_type));
  return kOk;
}

}  // namespace gila::io

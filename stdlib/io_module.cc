// io_module.cc: the _io module: open(), the standard streams, and the table of types. The io module
// (lib/io.py) adds the abstract classes.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/protocols/warn.h"
#include "runtime/text/codecs.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/io_internal.h"

namespace gila {
namespace io {
namespace {

struct OpenMode {
  bool creating = false, reading = false, writing = false, appending = false, updating = false,
       text = false, binary = false;
};

Result<OpenMode> ParseOpenMode(Thread& thread, std::string_view mode) {
  OpenMode m;
  const std::string shown(mode);
  for (const char c : mode) {
    bool* flag = c == 'x'   ? &m.creating
                 : c == 'r' ? &m.reading
                 : c == 'w' ? &m.writing
                 : c == 'a' ? &m.appending
                 : c == '+' ? &m.updating
                 : c == 't' ? &m.text
                 : c == 'b' ? &m.binary
                            : nullptr;
    if (flag == nullptr || *flag)
      return thread.RaiseValueError("invalid mode: '%s'", shown.c_str());
    *flag = true;
  }
  if (m.text && m.binary) return thread.RaiseValueError("can't have text and binary mode at once");
  if (m.creating + m.reading + m.writing + m.appending != 1) {
    return thread.RaiseValueError("must have exactly one of create/read/write/append mode");
  }
  return m;
}

// The size of blocks the file system likes, for the buffer.
int64_t BlockSize(int fd) {
  struct stat info;
  if (fstat(fd, &info) == 0 && info.st_blksize > 1)
    return info.st_blksize > kDefaultBufferSize ? kDefaultBufferSize : info.st_blksize;
  return kDefaultBufferSize;
}

Result<Value> CloseAndFail(Thread& thread, FileIO* raw) {
  const Value raised = thread.TakeException();
  static_cast<void>(FileClose(thread, raw).ok());
  thread.exception = raised;
  return kFailed;
}

Status WarnOfDefaultEncoding(Thread& thread, Value stack_level) {
  return WarnAbout(thread, TypeId::kEncodingWarning, "'encoding' argument not specified",
                   stack_level);
}

Result<Value> OpenFunction(Thread& thread, Args args) {
  std::string mode = "r";
  if (args.Has(1)) {
    GILA_TRY(Str * given, ToStrArgument(thread, args[1], "open() argument 'mode'"));
    mode = ToUtf8(given);
  }
  int64_t buffering = -1;
  if (args.Has(2)) {
    GILA_TRY(buffering, ToInt64(thread, args[2]));
  }
  if (warns_of_default_encoding && args.Or(3, kNone).IsNone() &&
      mode.find('b') == std::string::npos)
    GILA_TRY_VOID(WarnOfDefaultEncoding(thread, Value::SmallInt(1)));
  GILA_TRY(const bool close_fd, args.Has(6) ? Truth(thread, args[6]) : Result<bool>(true));
  return IoOpen(thread, args[0], mode, buffering, args.Or(3, kNone), args.Or(4, kNone),
                args.Or(5, kNone), close_fd, args.Or(7, kNone));
}

Result<Value> OpenCode(Thread& thread, Args args) {
  return IoOpen(thread, args[0], "rb", -1, kNone, kNone, kNone, true, kNone);
}

Result<Value> TextEncoding(Thread& thread, Args args) {
  if (!args[0].IsNone()) return args[0];
  if (warns_of_default_encoding)
    GILA_TRY_VOID(WarnOfDefaultEncoding(thread, args.Or(1, Value::SmallInt(2))));
  return Intern(thread, "utf-8");
}

const NativeDef kFunctions[] = {
    {"open", OpenFunction,
     "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, "
     "opener=None)",
     "Open a file and return a stream."},
    {"open_code", OpenCode, "(path)", "Open a file of code for reading."},
    {"text_encoding", TextEncoding, "(encoding, stacklevel=2, /)",
     "The encoding to use where None was given."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace
}  // namespace io

Result<Value> IoOpen(Thread& thread, Value file, std::string_view mode, int64_t buffering,
                     Value encoding, Value errors, Value newline, bool close_fd, Value opener) {
  using namespace io;
  if (!IsInt(file)) {
    GILA_TRY(file, FsPath(thread, file));
  }
  GILA_TRY(const OpenMode m, ParseOpenMode(thread, mode));
  if (m.binary && !encoding.IsNone())
    return thread.RaiseValueError("binary mode doesn't take an encoding argument");
  if (m.binary && !errors.IsNone())
    return thread.RaiseValueError("binary mode doesn't take an errors argument");
  if (m.binary && !newline.IsNone())
    return thread.RaiseValueError("binary mode doesn't take a newline argument");
  if (!m.binary) {
    GILA_TRY_VOID(ParseNewline(thread, newline));
    if (buffering == 0) return thread.RaiseValueError("can't have unbuffered text I/O");
  }
  std::string raw_mode(1, m.creating ? 'x' : m.reading ? 'r' : m.writing ? 'w' : 'a');
  if (m.updating) raw_mode += '+';
  GILA_TRY(const Value raw_value,
           OpenFile(thread, file_type, file, raw_mode.c_str(), close_fd, opener));
  FileIO* raw = raw_value.As<FileIO>();
  const int fd = raw->fd.Load();
  bool line_buffering = buffering == 1;
  if (buffering < 0 && raw->seekable.Load() != 1 && ::isatty(fd) == 1) line_buffering = true;
  if (buffering == 0) return raw_value;
  const int64_t size = buffering > 1 ? buffering : BlockSize(fd);
  Type* type = m.updating ? random_type : m.reading ? reader_type : writer_type;
  const Result<Value> buffer = MakeBuffered(thread, type, raw_value, size, m.reading || m.updating,
                                            !m.reading || m.updating);
  if (!buffer.ok()) return CloseAndFail(thread, raw);
  if (m.binary) return buffer;
  TextOptions options;
  options.encoding = encoding;
  options.errors = errors;
  options.newline = newline;
  options.line_buffering = line_buffering;
  const Result<Value> text = MakeText(thread, text_type, buffer.value(), options);
  if (!text.ok()) return CloseAndFail(thread, raw);
  GILA_TRY(Str * shown_mode, NewStr(thread, mode));
  GILA_TRY_VOID(
      SetOwnAttribute(thread, text.value().AsObject(), Intern(thread, "mode"), shown_mode));
  return text;
}

namespace {

// The encoding of a standard stream, by the name that its codec has.
Result<Value> StandardEncoding(Thread& thread, const std::string& name) {
  const Encoding native = FindEncoding(name);
  if (native != Encoding::kUnknown) return NewStr(thread, EncodingName(native));
  GILA_TRY(const Value codecs, ImportModule(thread, "codecs"));
  GILA_TRY(Str* const text, NewStr(thread, name));
  GILA_TRY(const Value info, CallMethod(thread, codecs, Intern(thread, "lookup"), {Value(text)}));
  return GetAttr(thread, info, Intern(thread, "name"));
}

}  // namespace

bool warns_of_default_encoding = false;

Result<Value> MakeStandardStream(Thread& thread, int fd, const LibraryOptions& library) {
  using namespace io;
  const bool unbuffered = library.unbuffered;
  struct stat info;
  if (fstat(fd, &info) != 0) return kNone;
  GILA_TRY(const Value raw,
           OpenFile(thread, file_type, Value::SmallInt(fd), fd == 0 ? "r" : "w", false, kNone));
  GILA_TRY(Str * name, NewStr(thread, fd == 0 ? "<stdin>" : fd == 1 ? "<stdout>" : "<stderr>"));
  raw.As<FileIO>()->name.Store(raw.AsObject(), name);
  Value buffer = raw;
  if (fd == 0 || !unbuffered) {
    GILA_TRY(buffer, MakeBuffered(thread, fd == 0 ? reader_type : writer_type, raw, BlockSize(fd),
                                  fd == 0, fd != 0));
  }
  TextOptions options;
  GILA_TRY(options.encoding, StandardEncoding(thread, library.stream_encoding));
  options.errors = Intern(thread, fd == 2 ? "backslashreplace" : library.stream_errors);
  options.newline = fd == 0 ? kNone : Intern(thread, "\n");
  options.line_buffering = !unbuffered && (fd == 2 || (S_ISCHR(info.st_mode) && ::isatty(fd) == 1));
  options.write_through = unbuffered;
  GILA_TRY(const Value text, MakeText(thread, text_type, buffer, options));
  GILA_TRY_VOID(SetOwnAttribute(thread, text.AsObject(), Intern(thread, "mode"),
                                Intern(thread, fd == 0 ? "r" : "w")));
  return text;
}

Status InitIoModule(Thread& thread, Module* module) {
  using namespace io;
  GILA_TRY(Str * name, NewStr(thread, "UnsupportedOperation"));
  const Value bases[] = {reinterpret_cast<Object*>(GetType(TypeId::kOSError)),
                         reinterpret_cast<Object*>(GetType(TypeId::kValueError))};
  GILA_TRY(Tuple * base_tuple, NewTuple(thread, bases));
  GILA_TRY(Dict * name_space, NewDict(thread));
  GILA_TRY_VOID(DictSet(thread, name_space, NameOf(Name::kModule_), Intern(thread, "io")));
  GILA_TRY(unsupported_operation,
           NewType(thread, GetType(TypeId::kType), name, base_tuple, name_space));
  heap::AddRoot(reinterpret_cast<Object**>(&unsupported_operation));
  GILA_TRY_VOID(AddValue(thread, module, "UnsupportedOperation", unsupported_operation));
  GILA_TRY_VOID(AddValue(thread, module, "BlockingIOError",
                         reinterpret_cast<Object*>(GetType(TypeId::kBlockingIOError))));
  GILA_TRY_VOID(
      AddValue(thread, module, "DEFAULT_BUFFER_SIZE", Value::SmallInt(kDefaultBufferSize)));
  GILA_TRY_VOID(AddBaseTypes(thread, module));
  GILA_TRY_VOID(AddFileType(thread, module));
  GILA_TRY_VOID(AddBufferedTypes(thread, module));
  GILA_TRY_VOID(AddTextType(thread, module));
  GILA_TRY_VOID(AddMemoryTypes(thread, module));
  GILA_TRY_VOID(AddBytesIOBufferType(thread, module));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

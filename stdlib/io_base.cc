// io_base.cc: the base classes of the io module: what every file can do in terms of read, write,
// flush and close.
#include <mutex>
#include <vector>

#include "runtime/call.h"
#include "runtime/heap/blocks.h"
#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/protocols/warn.h"
#include "runtime/threads/fork.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/io_internal.h"

namespace gila::io {

Type* io_base_type = nullptr;
Type* raw_base_type = nullptr;
Type* buffered_base_type = nullptr;
Type* text_base_type = nullptr;
Type* unsupported_operation = nullptr;
std::atomic<bool> ending{false};

IoGuard::IoGuard(Thread& thread, IoLock& lock, Value object) : lock_(lock) {
  if (GILA_UNLIKELY(ending.load(std::memory_order_relaxed))) return;
  if (!lock.mutex.TryAcquire()) {
    if (lock.owner.Load() == thread.id) {
      const Result<Str*> shown = Repr(thread, object);
      if (shown.ok()) {
        thread.RaiseFormat(TypeId::kRuntimeError, "reentrant call inside %s",
                           ToUtf8(shown.value()).c_str());
      }
      failed_ = true;
      return;
    }
    if (!lock.mutex.Acquire(thread, -1).ok()) {
      failed_ = true;
      return;
    }
  }
  lock.owner.Store(thread.id);
  held_ = true;
}

IoGuard::~IoGuard() {
  if (!held_) return;
  lock_.owner.Store(0);
  lock_.mutex.Release(*Thread::Current());
}

Failed RaiseUnsupported(Thread& thread, const char* message) {
  const Result<Str*> text = NewStr(thread, message);
  if (!text.ok()) return kFailed;
  const Result<Value> error = Call(thread, unsupported_operation, {text.value()});
  if (!error.ok()) return kFailed;
  return thread.RaiseObject(error.value());
}

Failed RaiseClosed(Thread& thread) {
  return thread.RaiseValueError("I/O operation on closed file.");
}

Result<int64_t> SizeArgument(Thread& thread, Value v) {
  if (v.IsUnbound() || v.IsNone()) return -1;
  if (v.IsSmallInt()) return v.AsSmallInt();
  if (LookupSpecial(thread, TypeOf(v), Special::kIndex).IsUnbound()) {
    const std::string name(TypeNameOf(v));
    return thread.RaiseTypeError("argument should be integer or None, not '%s'", name.c_str());
  }
  return ToInt64(thread, v);
}

Status EndOfClose(Thread& thread, Value first, Status second) {
  if (first.IsUnbound()) return second;
  if (!second.ok()) {
    const Value error = thread.exception;
    if (IsException(error) && IsException(first) && error != first)
      error.As<Exception>()->context.Store(error.AsObject(), first);
    return kFailed;
  }
  thread.exception = first;
  return kFailed;
}

Result<Value> CloseForgotten(Thread& thread, Value file, Value raw) {
  // An object that cannot even say whether it is closed is beyond closing.
  const Result<bool> closed = IsClosed(thread, file);
  if (!closed.ok() || closed.value()) {
    thread.ClearException();
    return kNone;
  }
  if (raw.IsPointer() && TypeOf(raw) == file_type && raw.As<FileIO>()->fd.Load() >= 0 &&
      raw.As<FileIO>()->close_fd) {
    const Result<Str*> shown = Repr(thread, file);
    if (!shown.ok() ||
        !WarnAbout(thread, TypeId::kResourceWarning, "unclosed file " + ToUtf8(shown.value())).ok())
      WriteUnraisable(thread, file);
  }
  if (!CallMethod(thread, file, NameOf(Name::kClose)).ok()) thread.ClearException();
  return kNone;
}

Result<bool> IsClosed(Thread& thread, Value file) {
  // What open() makes is asked layer by layer, without looking for attributes.
  Value layer = file;
  if (TypeOf(layer) == text_type) layer = layer.As<TextIO>()->buffer.Load();
  if (const Type* const type = TypeOf(layer);
      type == reader_type || type == writer_type || type == random_type)
    layer = layer.As<Buffered>()->raw.Load();
  if (TypeOf(layer) == file_type) return layer.As<FileIO>()->fd.Load() < 0;
  GILA_TRY(const Value closed, GetAttr(thread, file, Intern(thread, "closed")));
  return Truth(thread, closed);
}

namespace {

Value Text(Thread& thread, const char* text) { return Intern(thread, text); }

Status CheckOpen(Thread& thread, Value file) {
  GILA_TRY(const bool closed, IsClosed(thread, file));
  if (closed) return RaiseClosed(thread);
  return kOk;
}

template <int kWhich>
Result<Value> Unsupported(Thread& thread, Args) {
  static const char* const kNames[] = {"seek",   "truncate", "fileno",   "read", "write",
                                       "detach", "readline", "readinto", "read1"};
  return RaiseUnsupported(thread, kNames[kWhich]);
}

Result<Value> Tell(Thread& thread, Args args) {
  return CallMethod(thread, args[0], Text(thread, "seek"),
                    {Value::SmallInt(0), Value::SmallInt(1)});
}
Result<Value> SayFalse(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckOpen(thread, args[0]));
  return kFalse;
}
Result<Value> Flush(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckOpen(thread, args[0]));
  return kNone;
}

// A class of a program has no field for "closed": it is noted in the instance, under CPython's name
// for it.
Value ClosedMark(Thread& thread) { return Text(thread, "__IOBase_closed"); }
Result<Value> GetClosed(Thread& thread, Value self) {
  if (!self.IsPointer()) return kFalse;
  return Value::Bool(!GetOwnAttribute(self.AsObject(), ClosedMark(thread)).IsUnbound());
}
Result<Value> Close(Thread& thread, Args args) {
  GILA_TRY(const bool closed, IsClosed(thread, args[0]));
  if (closed) return kNone;
  const Result<Value> flushed = CallMethod(thread, args[0], NameOf(Name::kFlush));
  const Value raised = flushed.ok() ? kUnbound : thread.TakeException();
  GILA_TRY_VOID(SetOwnAttribute(thread, args[0].AsObject(), ClosedMark(thread), kTrue));
  if (!raised.IsUnbound()) {
    thread.exception = raised;
    return kFailed;
  }
  return kNone;
}

Result<Value> Del(Thread& thread, Args args) { return CloseForgotten(thread, args[0], kNone); }

Result<Value> Enter(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckOpen(thread, args[0]));
  return args[0];
}
Result<Value> Exit(Thread& thread, Args args) {
  GILA_TRY_VOID(CallMethod(thread, args[0], NameOf(Name::kClose)));
  return kNone;
}
Result<Value> Iter(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckOpen(thread, args[0]));
  return args[0];
}
Result<Value> NextLine(Thread& thread, Args args) {
  GILA_TRY(const Value line, CallMethod(thread, args[0], Text(thread, "readline")));
  GILA_TRY(const bool something, Truth(thread, line));
  if (!something)
    return thread.RaiseObject(reinterpret_cast<Object*>(GetType(TypeId::kStopIteration)));
  return line;
}

Result<Value> ReadLine(Thread& thread, Args args) {
  GILA_TRY(const int64_t limit, SizeArgument(thread, args[1]));
  std::string line;
  while (limit < 0 || static_cast<int64_t>(line.size()) < limit) {
    GILA_TRY(const Value byte,
             CallMethod(thread, args[0], Text(thread, "read"), {Value::SmallInt(1)}));
    if (!IsBytes(byte)) {
      const std::string name(TypeNameOf(byte));
      return thread.RaiseFormat(
          TypeId::kOSError, "read() should have returned a bytes object, not '%s'", name.c_str());
    }
    if (byte.As<Bytes>()->size == 0) break;
    line += byte.As<Bytes>()->view();
    if (line.back() == '\n') break;
  }
  return NewBytes(thread, line);
}

Result<Value> ReadLines(Thread& thread, Args args) {
  // With a hint, no line is read once so many bytes or characters have been.
  GILA_TRY(const int64_t hint, SizeArgument(thread, args[1]));
  GILA_TRY(List * lines, NewList(thread));
  GILA_TRY(const Value iterator, GetIter(thread, args[0]));
  for (int64_t total = 0; hint <= 0 || total < hint;) {
    GILA_TRY(const Value line, Next(thread, iterator));
    if (line.IsUnbound()) break;
    GILA_TRY_VOID(ListAppend(thread, lines, line));
    if (hint > 0) {
      GILA_TRY(const int64_t length, Length(thread, line));
      total += length;
    }
    GILA_TRY_VOID(thread.CheckBreaker());
  }
  return lines;
}

Result<Value> WriteLines(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckOpen(thread, args[0]));
  GILA_TRY_VOID(ForEach(thread, args[1], [&](Value line) -> Status {
    GILA_TRY_VOID(CallMethod(thread, args[0], NameOf(Name::kWrite), {line}));
    return kOk;
  }));
  return kNone;
}

template <int kWhich>
Result<Value> Check(Thread& thread, Args args) {
  static const char* const kQuestions[] = {"readable", "writable", "seekable"};
  static const char* const kMessages[] = {"File or stream is not readable.",
                                          "File or stream is not writable.",
                                          "File or stream is not seekable."};
  GILA_TRY(const Value answer, CallMethod(thread, args[0], Text(thread, kQuestions[kWhich])));
  if (!answer.IsTrue()) return RaiseUnsupported(thread, kMessages[kWhich]);
  return answer;
}
Result<Value> CheckClosed(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckOpen(thread, args[0]));
  return kNone;
}

// RawIOBase: read in terms of readinto.
Result<Value> RawReadAll(Thread& thread, Args args) {
  std::string all;
  while (true) {
    GILA_TRY(const Value chunk, CallMethod(thread, args[0], Text(thread, "read"),
                                           {Value::SmallInt(kDefaultBufferSize)}));
    if (chunk.IsNone()) {
      if (all.empty()) return kNone;
      break;
    }
    if (!IsBytes(chunk)) return thread.RaiseTypeError("read() should return bytes");
    if (chunk.As<Bytes>()->size == 0) break;
    all += chunk.As<Bytes>()->view();
  }
  return NewBytes(thread, all);
}
Result<Value> RawRead(Thread& thread, Args args) {
  GILA_TRY(const int64_t size, SizeArgument(thread, args[1]));
  if (size < 0) return CallMethod(thread, args[0], Text(thread, "readall"));
  GILA_TRY(const Value array, NewByteArray(thread, std::string(static_cast<size_t>(size), '\0')));
  GILA_TRY(const Value count, CallMethod(thread, args[0], Text(thread, "readinto"), {array}));
  if (count.IsNone()) return kNone;
  GILA_TRY(const int64_t number, ToInt64(thread, count));
  GILA_TRY(const std::string bytes, CopyBuffer(thread, array));
  return NewBytes(thread, std::string_view(bytes).substr(0, static_cast<size_t>(number)));
}
// BufferedIOBase: readinto in terms of read, readinto1 in terms of read1.
Result<Value> ReadIntoBy(Thread& thread, Args args, const char* read) {
  GILA_TRY(const PinnedBuffer buffer, PinWritable(thread, args[1]));
  const Result<Value> bytes =
      CallMethod(thread, args[0], Text(thread, read), {Value::SmallInt(buffer.size)});
  if (bytes.ok() && IsBytes(bytes.value())) {
    const std::string_view view =
        bytes.value().As<Bytes>()->view().substr(0, static_cast<size_t>(buffer.size));
    std::copy(view.begin(), view.end(), buffer.data);
  }
  Unpin(buffer);
  if (!bytes.ok()) return kFailed;
  if (!IsBytes(bytes.value())) return thread.RaiseTypeError("%s() should return bytes", read);
  const int64_t count = bytes.value().As<Bytes>()->size;
  if (count > buffer.size) {
    return thread.RaiseValueError(
        "%s() returned too much data: %lld bytes requested, %lld returned", read,
        static_cast<long long>(buffer.size), static_cast<long long>(count));
  }
  return Value::SmallInt(count);
}
Result<Value> BufferedReadInto(Thread& thread, Args args) {
  return ReadIntoBy(thread, args, "read");
}
Result<Value> BufferedReadInto1(Thread& thread, Args args) {
  return ReadIntoBy(thread, args, "read1");
}
Result<Value> TextNone(Thread&, Value) { return kNone; }

#define END {nullptr, nullptr, nullptr, nullptr}
const NativeDef kIoMethods[] = {
    {"seek", Unsupported<0>, "(self, pos, whence=0, /)", "Move to a position."},
    {"tell", Tell, "(self, /)", "The current position."},
    {"truncate", Unsupported<1>, "(self, pos=None, /)", "Cut the file."},
    {"flush", Flush, "(self, /)", "Write what is buffered."},
    {"close", Close, "(self, /)", "Flush and close."},
    {"seekable", SayFalse, "(self, /)", "Whether it supports random access."},
    {"readable", SayFalse, "(self, /)", "Whether it can be read."},
    {"writable", SayFalse, "(self, /)", "Whether it can be written."},
    {"isatty", SayFalse, "(self, /)", "Whether this is a terminal."},
    {"fileno", Unsupported<2>, "(self, /)", "The file descriptor."},
    {"readline", ReadLine, "(self, size=-1, /)", "Read a line."},
    {"readlines", ReadLines, "(self, hint=-1, /)", "A list of lines."},
    {"writelines", WriteLines, "(self, lines, /)", "Write each of the lines."},
    {"__del__", Del, "(self, /)", "Close the file."},
    {"__enter__", Enter, "(self, /)", "The file itself."},
    {"__exit__", Exit, "(self, *exc_info)", "Close the file."},
    {"__iter__", Iter, "(self, /)", "Implement iter(self)."},
    {"__next__", NextLine, "(self, /)", "Implement next(self)."},
    {"_checkReadable", Check<0>, "(self, /)", nullptr},
    {"_checkWritable", Check<1>, "(self, /)", nullptr},
    {"_checkSeekable", Check<2>, "(self, /)", nullptr},
    {"_checkClosed", CheckClosed, "(self, /)", nullptr},
    END};
const NativeDef kRawMethods[] = {
    {"read", RawRead, "(self, size=-1, /)", "Read at most size bytes."},
    {"readall", RawReadAll, "(self, /)", "Read until the end."},
    END};
const NativeDef kBufferedMethods[] = {
    {"read", Unsupported<3>, "(self, size=-1, /)", "Read at most size bytes."},
    {"read1", Unsupported<8>, "(self, size=-1, /)",
     "Read at most size bytes with one call of the raw stream."},
    {"readinto", BufferedReadInto, "(self, buffer, /)", "Fill a writable buffer."},
    {"readinto1", BufferedReadInto1, "(self, buffer, /)", "Fill a writable buffer."},
    {"write", Unsupported<4>, "(self, b, /)", "Write bytes."},
    {"detach", Unsupported<5>, "(self, /)", "Separate the raw stream."},
    END};
const NativeDef kTextMethods[] = {
    {"read", Unsupported<3>, "(self, size=-1, /)", "Read at most size characters."},
    {"readline", Unsupported<6>, "(self, size=-1, /)", "Read a line."},
    {"write", Unsupported<4>, "(self, s, /)", "Write a string."},
    {"detach", Unsupported<5>, "(self, /)", "Separate the buffer."},
    END};
const GetSetDef kIoFields[] = {{"closed", GetClosed, nullptr, nullptr}, END};
const GetSetDef kTextFields[] = {{"encoding", TextNone, nullptr, nullptr},
                                 {"newlines", TextNone, nullptr, nullptr},
                                 {"errors", TextNone, nullptr, nullptr},
                                 END};
#undef END

const TypeSpec kIoSpec = {
    .doc = "The base of all files.", .methods = kIoMethods, .getsets = kIoFields};
const TypeSpec kRawSpec = {.doc = "The base of raw byte streams.", .methods = kRawMethods};
const TypeSpec kBufferedSpec = {.doc = "The base of buffered byte streams.",
                                .methods = kBufferedMethods};
const TypeSpec kTextSpec = {
    .doc = "The base of text streams.", .methods = kTextMethods, .getsets = kTextFields};

// Writers with pending bytes. The finaliser of each flushes and unlists it before its memory goes;
// one whose finaliser failed, or was replaced, leaves the list when it dies.
std::mutex dirty_mutex;

// A thread that is no more may have been inside a file.
void FreeIfDead(const Thread& thread, IoLock& lock) {
  if (!lock.mutex.IsHeld() || lock.owner.Load() == thread.id) return;
  lock.owner.Store(0);
  lock.mutex.Reset();
}
const ForkRepair repair([](Thread& thread, bool was_alone) {
  RenewMutex(dirty_mutex);
  if (was_alone) return;
  heap::ForEachObject(
      [](Object* object, void* self) {
        const Thread& forking = *static_cast<const Thread*>(self);
        if (object->kind == buffered_kind) {
          FreeIfDead(forking, static_cast<Buffered*>(object)->io_lock);
        } else if (object->kind == text_kind) {
          FreeIfDead(forking, static_cast<TextIO*>(object)->io_lock);
          FreeIfDead(forking, static_cast<TextIO*>(object)->read_lock);
        }
      },
      &thread);
});

std::vector<Object*>& Dirty() {
  static auto* dirty = new std::vector<Object*>;
  return *dirty;
}

Atomic<bool>& Listed(Object* writer) {
  return writer->kind == text_kind ? static_cast<TextIO*>(writer)->listed
                                   : static_cast<Buffered*>(writer)->listed;
}

void FlushQuietly(Thread& thread, Object* writer) {
  const Status done = writer->kind == text_kind
                          ? TextFlush(thread, static_cast<TextIO*>(writer))
                          : BufferedFlush(thread, static_cast<Buffered*>(writer));
  if (!done.ok()) thread.ClearException();
}

// Does the writer end in a regular file?
bool WritesToFile(const Object* writer) {
  Value target = writer;
  if (writer->kind == text_kind) target = static_cast<const TextIO*>(writer)->buffer.Load();
  if (target.IsPointer() && target.AsObject()->kind == buffered_kind)
    target = target.As<Buffered>()->raw.Load();
  return target.IsPointer() && target.AsObject()->kind == file_kind &&
         target.As<FileIO>()->seekable.Load() == 1;
}

}  // namespace

void ListDirty(Object* writer) {
  std::lock_guard<std::mutex> guard(dirty_mutex);
  Listed(writer).Store(true);
  Dirty().push_back(writer);
}

void UnlistDirty(Object* writer) {
  if (!Listed(writer).Load()) return;
  std::lock_guard<std::mutex> guard(dirty_mutex);
  Listed(writer).Store(false);
  std::erase(Dirty(), writer);
}

Status AddBaseTypes(Thread& thread, Module* module) {
  WatchDeaths([] { std::erase_if(Dirty(), [](Object* writer) { return !IsMarked(writer); }); });
  const struct {
    Type** type;
    const TypeSpec* spec;
    const char* name;
    Type** base;
  } rows[] = {{&io_base_type, &kIoSpec, "_io._IOBase", nullptr},
              {&raw_base_type, &kRawSpec, "_io._RawIOBase", &io_base_type},
              {&buffered_base_type, &kBufferedSpec, "_io._BufferedIOBase", &io_base_type},
              {&text_base_type, &kTextSpec, "_io._TextIOBase", &io_base_type}};
  for (const auto& row : rows) {
    GILA_TRY(*row.type, AddType(thread, module, *row.spec, row.name, kKindObject, sizeof(Object),
                                kBasetype | kHasDict | kHasWeakref,
                                row.base == nullptr ? nullptr : *row.base));
    heap::AddRoot(reinterpret_cast<Object**>(row.type));
  }
  return kOk;
}

}  // namespace gila::io

namespace gila {

void FlushDirtyWriters(Thread& thread) {
  std::vector<Object*> writers;
  {
    std::lock_guard<std::mutex> guard(io::dirty_mutex);
    if (GILA_LIKELY(io::Dirty().empty())) return;
    writers = io::Dirty();
  }
  const Value waiting = thread.TakeException();
  // Text before buffers: what a text stream holds goes into its buffer first. An address may have
  // died since the list was copied only if its own flush came first, which empties it.
  for (Object* writer : writers) {
    if (io::Listed(writer).Load() && io::WritesToFile(writer)) io::FlushQuietly(thread, writer);
  }
  thread.exception = waiting;
}

void StopWaitingForStreams() { io::ending.store(true); }

void FlushAllAtExit(Thread& thread) {
  StopWaitingForStreams();
  while (true) {
    Object* writer;
    {
      std::lock_guard<std::mutex> guard(io::dirty_mutex);
      if (io::Dirty().empty()) return;
      writer = io::Dirty().back();
      io::Dirty().pop_back();
      io::Listed(writer).Store(false);
    }
    io::FlushQuietly(thread, writer);
  }
}

}  // namespace gila

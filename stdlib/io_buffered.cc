// io_buffered.cc: BufferedReader, BufferedWriter and BufferedRandom: one layout, a read buffer and
// a write buffer over a raw stream. At most one of the two holds bytes at a time.
#include <errno.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "runtime/call.h"
#include "runtime/protocols.h"
#include "runtime/protocols/native_iterator.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "stdlib/io_internal.h"

namespace gila::io {

Type* reader_type = nullptr;
Type* writer_type = nullptr;
Type* random_type = nullptr;
uint8_t buffered_kind = 0;

namespace {

void TraceBuffered(Object* object, Marker& marker) {
  auto* self = static_cast<Buffered*>(object);
  marker.Visit(self->raw);
  marker.Visit(self->read_buffer);
  marker.Visit(self->write_buffer);
  marker.Visit(self->attributes);
}

Buffered* Self(Args args) { return args[0].As<Buffered>(); }

// The raw stream when it is a plain FileIO: called without methods.
FileIO* RawFile(const Buffered* self) {
  const Value raw = self->raw.Load();
  return raw.IsPointer() && TypeOf(raw) == file_type ? raw.As<FileIO>() : nullptr;
}

Result<Value> CallRaw(Thread& thread, Buffered* self, const char* name,
                      std::initializer_list<Value> args = {}) {
  return CallMethod(thread, self->raw.Load(), Intern(thread, name), args);
}

Failed RaiseNoRaw(Thread& thread, const Buffered* self) {
  return thread.RaiseValueError(self->ready ? "raw stream has been detached"
                                            : "I/O operation on uninitialized object");
}

Status CheckOpen(Thread& thread, Buffered* self, const char* what) {
  if (self->raw.Load().IsNone() || !self->ready) return RaiseNoRaw(thread, self);
  if (FileIO* file = RawFile(self)) {
    if (file->fd.Load() >= 0) return kOk;
  } else {
    GILA_TRY(const bool closed, IsClosed(thread, self->raw.Load()));
    if (!closed) return kOk;
  }
  return thread.RaiseValueError("%s", what);
}

// Bytes read, 0 at the end, -1 when the raw stream has none now.
Result<int64_t> RawRead(Thread& thread, Buffered* self, uint8_t* into, int64_t size) {
  if (FileIO* file = RawFile(self)) return FileRead(thread, file, into, size);
  GILA_TRY(const Value array, NewByteArray(thread, std::string(static_cast<size_t>(size), '\0')));
  GILA_TRY(const Value count, CallRaw(thread, self, "readinto", {array}));
  if (count.IsNone()) return -1;
  GILA_TRY(const int64_t number, ToInt64(thread, count));
  if (number < 0 || number > size) {
    return thread.RaiseFormat(
        TypeId::kOSError,
        "raw readinto() returned invalid length %lld (should have been between 0 and %lld)",
        static_cast<long long>(number), static_cast<long long>(size));
  }
  GILA_TRY(const std::string bytes, CopyBuffer(thread, array));
  memcpy(into, bytes.data(), static_cast<size_t>(number));
  return number;
}

Result<int64_t> RawWrite(Thread& thread, Buffered* self, const uint8_t* bytes, int64_t size) {
  if (FileIO* file = RawFile(self)) return FileWrite(thread, file, bytes, size);
  GILA_TRY(const Value chunk,
           NewBytes(thread, {reinterpret_cast<const char*>(bytes), static_cast<size_t>(size)}));
  GILA_TRY(const Value count, CallRaw(thread, self, "write", {chunk}));
  if (count.IsNone()) return -1;
  GILA_TRY(const int64_t number, ToInt64(thread, count));
  if (number < 0 || number > size) {
    return thread.RaiseFormat(
        TypeId::kOSError,
        "raw write() returned invalid length %lld (should have been between 0 and %lld)",
        static_cast<long long>(number), static_cast<long long>(size));
  }
  return number;
}

Result<int64_t> RawSeek(Thread& thread, Buffered* self, int64_t offset, int whence) {
  if (FileIO* file = RawFile(self)) return FileSeek(thread, file, offset, whence);
  GILA_TRY(const Value number, NewInt(thread, offset));
  GILA_TRY(const Value position, CallRaw(thread, self, "seek", {number, Value::SmallInt(whence)}));
  GILA_TRY(const int64_t where, ToInt64(thread, position));
  if (where >= 0) return where;
  return thread.RaiseFormat(TypeId::kOSError, "Raw stream returned invalid position %lld",
                            static_cast<long long>(where));
}

Result<Blob*> EnsureBuffer(Thread& thread, Buffered* self, PointerSlot<Blob> Buffered::* which) {
  if (Blob* known = (self->*which).Load()) return known;
  GILA_TRY(Blob * made, NewBlob(thread, self->buffer_size));
  (self->*which).Store(self, made);
  return made;
}

Failed RaiseWouldBlock(Thread& thread, int64_t written) {
  GILA_TRY(Str* const text, NewStr(thread, "write could not complete without blocking"));
  const Value args[] = {Value::SmallInt(EAGAIN), text, Value::SmallInt(written)};
  GILA_TRY(const Value error, NewException(thread, TypeId::kBlockingIOError, args));
  return thread.RaiseObject(error);
}

Status WriteOut(Thread& thread, Buffered* self, const uint8_t* bytes, int64_t size,
                int64_t* written) {
  *written = 0;
  while (*written < size) {
    GILA_TRY(const int64_t count, RawWrite(thread, self, bytes + *written, size - *written));
    if (count < 0) return RaiseWouldBlock(thread, *written);
    *written += count;
    GILA_TRY_VOID(thread.CheckBreaker());
  }
  return kOk;
}

// The lock is held by the caller in everything called ...Locked.
Status FlushLocked(Thread& thread, Buffered* self) {
  if (self->write_size == 0) return kOk;
  Blob* buffer = self->write_buffer.Load();
  int64_t written;
  const Status done = WriteOut(thread, self, buffer->bytes, self->write_size, &written);
  memmove(buffer->bytes, buffer->bytes + written, static_cast<size_t>(self->write_size - written));
  self->write_size -= written;
  if (self->write_size == 0) UnlistDirty(self);
  return done;
}

// What was read ahead is given back before writing or seeking.
Status DropReadAheadLocked(Thread& thread, Buffered* self) {
  const int64_t ahead = self->read_end - self->read_start;
  self->read_start = self->read_end = 0;
  if (ahead == 0) return kOk;
  GILA_TRY([[maybe_unused]] const int64_t position, RawSeek(thread, self, -ahead, SEEK_CUR));
  return kOk;
}

// Appends what fits into the buffer.
Status KeepLocked(Thread& thread, Buffered* self, const uint8_t* bytes, int64_t size) {
  if (size == 0) return kOk;
  GILA_TRY(Blob * buffer, EnsureBuffer(thread, self, &Buffered::write_buffer));
  memcpy(buffer->bytes + self->write_size, bytes, static_cast<size_t>(size));
  self->write_size += size;
  if (!self->listed.Load()) ListDirty(self);
  return kOk;
}

// The raw stream takes nothing now: as much as there is room for is kept, and what is not is the
// caller's again. `written` bytes went before these.
Status KeepSomeLocked(Thread& thread, Buffered* self, const uint8_t* bytes, int64_t size,
                      int64_t written) {
  const int64_t count = std::min(size, self->buffer_size - self->write_size);
  GILA_TRY_VOID(KeepLocked(thread, self, bytes, count));
  if (count == size) return kOk;
  return RaiseWouldBlock(thread, written + count);
}

Status WriteLocked(Thread& thread, Buffered* self, const uint8_t* bytes, int64_t size) {
  if (self->read_end != self->read_start) GILA_TRY_VOID(DropReadAheadLocked(thread, self));
  if (self->write_size + size <= self->buffer_size) return KeepLocked(thread, self, bytes, size);
  if (!FlushLocked(thread, self).ok()) {
    if (!thread.ExceptionMatches(TypeId::kBlockingIOError)) return kFailed;
    thread.ClearException();
    return KeepSomeLocked(thread, self, bytes, size, 0);
  }
  // More than the buffer holds goes out at once.
  int64_t written = 0;
  while (size - written > self->buffer_size) {
    GILA_TRY(const int64_t count, RawWrite(thread, self, bytes + written, size - written));
    if (count < 0) return KeepSomeLocked(thread, self, bytes + written, size - written, written);
    written += count;
    GILA_TRY_VOID(thread.CheckBreaker());
  }
  return KeepLocked(thread, self, bytes + written, size - written);
}

Result<int64_t> FillLocked(Thread& thread, Buffered* self) {
  GILA_TRY(Blob * buffer, EnsureBuffer(thread, self, &Buffered::read_buffer));
  GILA_TRY(const int64_t count, RawRead(thread, self, buffer->bytes, self->buffer_size));
  self->read_start = 0;
  self->read_end = std::max<int64_t>(count, 0);
  return count;
}

// Takes up to `size` buffered bytes.
std::string_view TakeLocked(Buffered* self, int64_t size) {
  const int64_t count = std::min(size, self->read_end - self->read_start);
  if (count == 0) return {};
  const uint8_t* from = self->read_buffer.Load()->bytes + self->read_start;
  self->read_start += count;
  return {reinterpret_cast<const char*>(from), static_cast<size_t>(count)};
}

Result<Value> ReadAllLocked(Thread& thread, Buffered* self) {
  GILA_TRY_VOID(FlushLocked(thread, self));
  std::string all(TakeLocked(self, self->buffer_size));
  Value rest = kUnbound;
  if (FileIO* file = RawFile(self)) {
    GILA_TRY(rest, FileReadAll(thread, file));
  } else {
    GILA_TRY(const Value method,
             GetAttrOrUnbound(thread, self->raw.Load(), Intern(thread, "readall")));
    if (!method.IsUnbound() && !method.IsNone()) {
      GILA_TRY(rest, Call(thread, method, {}));
      if (!rest.IsNone() && !IsBytes(rest))
        return thread.RaiseTypeError("readall() should return bytes");
    } else {
      while (true) {
        GILA_TRY(const int64_t count, FillLocked(thread, self));
        if (count < 0 && all.empty()) return kNone;
        if (count <= 0) break;
        all += TakeLocked(self, self->buffer_size);
      }
      return NewBytes(thread, all);
    }
  }
  if (rest.IsNone()) return all.empty() ? Result<Value>(kNone) : NewBytes(thread, all);
  if (all.empty()) return rest;
  all += rest.As<Bytes>()->view();
  return NewBytes(thread, all);
}

// Exactly `size` bytes unless the end (or nothing more without blocking) comes first.
Result<Value> ReadLocked(Thread& thread, Buffered* self, int64_t size) {
  if (self->read_end - self->read_start >= size) return NewBytes(thread, TakeLocked(self, size));
  GILA_TRY_VOID(FlushLocked(thread, self));
  if (size > static_cast<int64_t>(heap::kMaxObject)) return thread.RaiseMemoryError();
  std::string bytes(TakeLocked(self, size));
  while (static_cast<int64_t>(bytes.size()) < size) {
    const int64_t missing = size - static_cast<int64_t>(bytes.size());
    int64_t count;
    if (missing >= self->buffer_size) {
      // Large reads go straight to their place, a bounded step at a time: a huge size is a limit,
      // not a promise.
      const int64_t step = std::min<int64_t>(missing, 1 << 20);
      const size_t before = bytes.size();
      bytes.resize(before + static_cast<size_t>(step));
      GILA_TRY(count,
               RawRead(thread, self, reinterpret_cast<uint8_t*>(bytes.data()) + before, step));
      bytes.resize(before + static_cast<size_t>(std::max<int64_t>(count, 0)));
    } else {
      GILA_TRY(count, FillLocked(thread, self));
      bytes += TakeLocked(self, missing);
    }
    if (count < 0 && bytes.empty()) return kNone;
    if (count <= 0) break;
  }
  return NewBytes(thread, bytes);
}

// One line, at most `limit` bytes when that is not negative.
Result<Value> ReadLineLocked(Thread& thread, Buffered* self, int64_t limit) {
  std::string line;
  while (limit < 0 || static_cast<int64_t>(line.size()) < limit) {
    if (self->read_start == self->read_end) {
      GILA_TRY_VOID(FlushLocked(thread, self));
      GILA_TRY(const int64_t count, FillLocked(thread, self));
      if (count <= 0) break;
    }
    const uint8_t* from = self->read_buffer.Load()->bytes + self->read_start;
    int64_t available = self->read_end - self->read_start;
    if (limit >= 0) available = std::min(available, limit - static_cast<int64_t>(line.size()));
    const void* end = memchr(from, '\n', static_cast<size_t>(available));
    const int64_t count = end == nullptr ? available : static_cast<const uint8_t*>(end) - from + 1;
    const std::string_view part = TakeLocked(self, count);
    if (end != nullptr && line.empty()) return NewBytes(thread, part);
    line += part;
    if (end != nullptr) break;
  }
  return NewBytes(thread, line);
}

Status SetUp(Thread& thread, Buffered* self, Value raw, int64_t buffer_size, bool can_read,
             bool can_write) {
  if (buffer_size <= 0) return thread.RaiseValueError("buffer size must be strictly positive");
  self->raw.Store(self, raw);
  self->buffer_size = buffer_size;
  self->can_read = can_read;
  self->can_write = can_write;
  self->ready = true;
  if (raw.IsPointer() && TypeOf(raw) == file_type) raw.As<FileIO>()->wrapped.Store(true);
  return kOk;
}

}  // namespace

Result<Value> MakeBuffered(Thread& thread, Type* type, Value raw, int64_t buffer_size,
                           bool can_read, bool can_write) {
  GILA_TRY(Object * object, AllocateInstance(thread, type));
  auto* self = static_cast<Buffered*>(object);
  self->raw.Store(self, kNone);
  heap::RegisterFinalizer(thread, self);
  GILA_TRY_VOID(SetUp(thread, self, raw, buffer_size, can_read, can_write));
  return object;
}

Status BufferedWrite(Thread& thread, Buffered* self, const uint8_t* bytes, int64_t size) {
  IoGuard guard(thread, self->io_lock, self);
  GILA_TRY_VOID(guard.status());
  return WriteLocked(thread, self, bytes, size);
}

Status BufferedFlush(Thread& thread, Buffered* self) {
  IoGuard guard(thread, self->io_lock, self);
  GILA_TRY_VOID(guard.status());
  return FlushLocked(thread, self);
}

Result<Value> BufferedReadChunk(Thread& thread, Buffered* self, int64_t size) {
  IoGuard guard(thread, self->io_lock, self);
  GILA_TRY_VOID(guard.status());
  if (self->read_start == self->read_end) {
    GILA_TRY_VOID(FlushLocked(thread, self));
    GILA_TRY(const int64_t count, FillLocked(thread, self));
    if (count < 0) return kUnbound;
  }
  return NewBytes(thread, TakeLocked(self, size));
}

Result<Value> BufferedReadAll(Thread& thread, Buffered* self) {
  IoGuard guard(thread, self->io_lock, self);
  GILA_TRY_VOID(guard.status());
  return ReadAllLocked(thread, self);
}

namespace {

// Opens with the state checked and the lock held; `guard` in the caller's scope.
#define BUFFERED_ENTER(message)                    \
  Buffered* self = Self(args);                     \
  GILA_TRY_VOID(CheckOpen(thread, self, message)); \
  IoGuard guard(thread, self->io_lock, self);      \
  GILA_TRY_VOID(guard.status())

// A subclass may take other arguments: __new__ takes any, __init__ the real ones.
template <bool kCanRead, bool kCanWrite>
Result<Value> New(Thread& thread, Args args) {
  GILA_TRY(Object * object, AllocateInstance(thread, args[0].As<Type>()));
  auto* self = static_cast<Buffered*>(object);
  self->raw.Store(self, kNone);
  self->buffer_size = kDefaultBufferSize;
  self->can_read = kCanRead;
  self->can_write = kCanWrite;
  heap::RegisterFinalizer(thread, self);
  return object;
}

Result<Value> Init(Thread& thread, Args args) {
  Buffered* self = Self(args);
  self->ready = false;
  const bool can_read = self->can_read, can_write = self->can_write;
  GILA_TRY(const int64_t size,
           args.Has(2) ? ToInt64(thread, args[2]) : Result<int64_t>(kDefaultBufferSize));
  for (const char* question : {can_read ? "readable" : nullptr, can_write ? "writable" : nullptr}) {
    if (question == nullptr) continue;
    GILA_TRY(const Value answer, CallMethod(thread, args[1], Intern(thread, question)));
    GILA_TRY(const bool yes, Truth(thread, answer));
    if (!yes)
      return RaiseUnsupported(thread, question[0] == 'r' ? "File or stream is not readable."
                                                         : "File or stream is not writable.");
  }
  IoGuard guard(thread, self->io_lock, self);
  GILA_TRY_VOID(guard.status());
  if (self->raw.Load() != args[1]) {
    GILA_TRY_VOID(FlushLocked(thread, self));
    self->read_start = self->read_end = 0;
  }
  if (size > 0 && size != self->buffer_size) {
    GILA_TRY_VOID(FlushLocked(thread, self));
    self->read_start = self->read_end = 0;
    self->read_buffer.Store(self, nullptr);
    self->write_buffer.Store(self, nullptr);
  }
  GILA_TRY_VOID(SetUp(thread, self, args[1], size, can_read, can_write));
  return kNone;
}

Result<Value> Read(Thread& thread, Args args) {
  GILA_TRY(const int64_t size, SizeArgument(thread, args[1]));
  if (size < -1) return thread.RaiseValueError("read length must be non-negative or -1");
  if (!Self(args)->can_read) return RaiseUnsupported(thread, "read");
  BUFFERED_ENTER("read of closed file");
  return size < 0 ? ReadAllLocked(thread, self) : ReadLocked(thread, self, size);
}

Result<Value> Read1(Thread& thread, Args args) {
  GILA_TRY(int64_t size, SizeArgument(thread, args[1]));
  if (!Self(args)->can_read) return RaiseUnsupported(thread, "read1");
  BUFFERED_ENTER("read of closed file");
  if (size < 0) size = self->buffer_size;
  if (size != 0 && self->read_start == self->read_end) {
    GILA_TRY_VOID(FlushLocked(thread, self));
    GILA_TRY([[maybe_unused]] const int64_t count, FillLocked(thread, self));
  }
  return NewBytes(thread, TakeLocked(self, size));
}

Result<Value> Peek(Thread& thread, Args args) {
  if (!Self(args)->can_read) return RaiseUnsupported(thread, "peek");
  BUFFERED_ENTER("peek of closed file");
  GILA_TRY_VOID(FlushLocked(thread, self));
  if (self->read_start == self->read_end) {
    GILA_TRY([[maybe_unused]] const int64_t count, FillLocked(thread, self));
  }
  const int64_t start = self->read_start;
  const std::string_view bytes = TakeLocked(self, self->buffer_size);
  self->read_start = start;
  return NewBytes(thread, bytes);
}

Result<Value> ReadIntoBuffer(Thread& thread, Args args, bool once) {
  if (!Self(args)->can_read) return RaiseUnsupported(thread, "readinto");
  BUFFERED_ENTER("readinto of closed file");
  GILA_TRY_VOID(FlushLocked(thread, self));
  GILA_TRY(const PinnedBuffer buffer, PinWritable(thread, args[1]));
  int64_t filled = 0;
  bool failed = false, blocked = false;
  while (filled < buffer.size) {
    const std::string_view part = TakeLocked(self, buffer.size - filled);
    memcpy(buffer.data + filled, part.data(), part.size());
    filled += static_cast<int64_t>(part.size());
    if (filled == buffer.size || (once && filled > 0)) break;
    const Result<int64_t> count = FillLocked(thread, self);
    failed = !count.ok();
    blocked = !failed && count.value() < 0;
    if (failed || count.value() <= 0) break;
  }
  Unpin(buffer);
  if (failed) return kFailed;
  return blocked && filled == 0 ? kNone : Value::SmallInt(filled);
}
Result<Value> ReadInto(Thread& thread, Args args) { return ReadIntoBuffer(thread, args, false); }
Result<Value> ReadInto1(Thread& thread, Args args) { return ReadIntoBuffer(thread, args, true); }

Result<Value> ReadLine(Thread& thread, Args args) {
  GILA_TRY(const int64_t limit, SizeArgument(thread, args[1]));
  if (!Self(args)->can_read) return RaiseUnsupported(thread, "read");
  BUFFERED_ENTER("readline of closed file");
  return ReadLineLocked(thread, self, limit);
}

Result<Value> NextLine(Thread& thread, Object* file) {
  const Value me = file;
  const Args args(&me, 1, 1);
  if (!Self(args)->can_read) return RaiseUnsupported(thread, "read");
  BUFFERED_ENTER("readline of closed file");
  GILA_TRY(const Value line, ReadLineLocked(thread, self, -1));
  return line.As<Bytes>()->size == 0 ? kUnbound : line;
}

Result<Value> Write(Thread& thread, Args args) {
  if (IsStr(args[1])) return thread.RaiseTypeError("a bytes-like object is required, not 'str'");
  if (IsBytes(args[1])) {
    if (!Self(args)->can_write) return RaiseUnsupported(thread, "write");
    BUFFERED_ENTER("write to closed file");
    Bytes* bytes = args[1].As<Bytes>();
    GILA_TRY_VOID(WriteLocked(thread, self, bytes->data, bytes->size));
    return Value::SmallInt(bytes->size);
  }
  GILA_TRY(const std::string copy, CopyBuffer(thread, args[1]));
  if (!Self(args)->can_write) return RaiseUnsupported(thread, "write");
  BUFFERED_ENTER("write to closed file");
  GILA_TRY_VOID(WriteLocked(thread, self, reinterpret_cast<const uint8_t*>(copy.data()),
                            static_cast<int64_t>(copy.size())));
  return Value::SmallInt(static_cast<int64_t>(copy.size()));
}

Result<Value> Flush(Thread& thread, Args args) {
  BUFFERED_ENTER("flush of closed file");
  GILA_TRY_VOID(FlushLocked(thread, self));
  if (self->can_read && self->can_write) GILA_TRY_VOID(DropReadAheadLocked(thread, self));
  if (RawFile(self) == nullptr) GILA_TRY_VOID(CallRaw(thread, self, "flush"));
  return kNone;
}

Result<Value> Seek(Thread& thread, Args args) {
  GILA_TRY(const int64_t offset, ToInt64(thread, args[1]));
  int64_t whence = 0;
  if (args.Has(2)) {
    GILA_TRY(whence, ToInt64(thread, args[2]));
  }
  if (whence < 0 || whence > 4) {
    return thread.RaiseValueError("whence value %lld unsupported", static_cast<long long>(whence));
  }
  BUFFERED_ENTER("seek of closed file");
  GILA_TRY_VOID(FlushLocked(thread, self));
  const int64_t ahead = self->read_end - self->read_start;
  GILA_TRY(const int64_t position,
           RawSeek(thread, self, whence == 1 ? offset - ahead : offset, static_cast<int>(whence)));
  self->read_start = self->read_end = 0;
  return NewInt(thread, position);
}

Result<Value> Tell(Thread& thread, Args args) {
  BUFFERED_ENTER("tell of closed file");
  GILA_TRY(const int64_t position, RawSeek(thread, self, 0, SEEK_CUR));
  return NewInt(thread, position - (self->read_end - self->read_start) + self->write_size);
}

Result<Value> Truncate(Thread& thread, Args args) {
  BUFFERED_ENTER("truncate of closed file");
  if (!self->can_write) return RaiseUnsupported(thread, "truncate");
  GILA_TRY_VOID(FlushLocked(thread, self));
  GILA_TRY_VOID(DropReadAheadLocked(thread, self));
  Value size = args.Or(1, kNone);
  if (size.IsNone()) {
    GILA_TRY(const int64_t position, RawSeek(thread, self, 0, SEEK_CUR));
    GILA_TRY(size, NewInt(thread, position));
  }
  return CallRaw(thread, self, "truncate", {size});
}

Result<Value> Detach(Thread& thread, Args args) {
  BUFFERED_ENTER("detach of closed file");
  GILA_TRY_VOID(FlushLocked(thread, self));
  const Value raw = self->raw.Load();
  if (FileIO* file = RawFile(self)) file->wrapped.Store(false);
  self->raw.Store(self, kNone);
  return raw;
}

Result<Value> Close(Thread& thread, Args args) {
  Buffered* self = Self(args);
  if (self->raw.Load().IsNone()) return RaiseNoRaw(thread, self);
  GILA_TRY(const bool closed, IsClosed(thread, self->raw.Load()));
  if (closed) return kNone;
  // The file is closed even when its last bytes cannot be written; that error comes out then. A
  // subclass's flush is heard.
  const Result<Value> flushed = CallMethod(thread, args[0], NameOf(Name::kFlush));
  const Value raised = flushed.ok() ? kUnbound : thread.TakeException();
  {
    // What could not be written is lost with the file.
    const IoGuard guard(thread, self->io_lock, self);
    if (guard.status().ok()) self->write_size = 0;
  }
  thread.ClearException();
  UnlistDirty(self);
  // A file's own close is looked up, in case the program has put another there.
  FileIO* const file = RawFile(self);
  const bool is_plain = file != nullptr && file->attributes.Load().IsUnbound();
  const Status done = is_plain ? FileClose(thread, file)
                               : Status(CallRaw(thread, self, "close").ok() ? kOk : kFailed);
  GILA_TRY_VOID(EndOfClose(thread, raised, done));
  return kNone;
}

Result<Value> Del(Thread& thread, Args args) {
  Buffered* self = Self(args);
  if (self->wrapped.Load() || self->raw.Load().IsNone()) return kNone;
  return CloseForgotten(thread, args[0], self->raw.Load());
}

template <int kWhich>
Result<Value> Ask(Thread& thread, Args args) {
  static const char* const kNames[] = {"seekable", "fileno", "isatty"};
  GILA_TRY_VOID(CheckOpen(thread, Self(args), "I/O operation on closed file"));
  return CallRaw(thread, Self(args), kNames[kWhich]);
}
Result<Value> Readable(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckOpen(thread, Self(args), "I/O operation on closed file"));
  return Value::Bool(Self(args)->can_read);
}
Result<Value> Writable(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckOpen(thread, Self(args), "I/O operation on closed file"));
  return Value::Bool(Self(args)->can_write);
}

Result<Value> BufferedRepr(Thread& thread, Args args) {
  std::string text = "<_io." + std::string(TypeName(TypeOf(args[0])));
  const Result<Value> name = GetAttrOrUnbound(thread, args[0], Intern(thread, "name"));
  if (!name.ok()) thread.ClearException();
  if (name.ok() && !name.value().IsUnbound()) {
    GILA_TRY(Str * shown, Repr(thread, name.value()));
    text += " name=" + ToUtf8(shown);
  }
  return NewStr(thread, text + ">");
}

Result<Value> GetClosed(Thread& thread, Value self) {
  const Value raw = self.As<Buffered>()->raw.Load();
  if (raw.IsNone()) return RaiseNoRaw(thread, self.As<Buffered>());
  return GetAttr(thread, raw, Intern(thread, "closed"));
}
Result<Value> GetRaw(Thread&, Value self) { return self.As<Buffered>()->raw.Load(); }
template <int kWhich>
Result<Value> GetFromRaw(Thread& thread, Value self) {
  static const char* const kNames[] = {"name", "mode"};
  const Value raw = self.As<Buffered>()->raw.Load();
  if (raw.IsNone()) return RaiseNoRaw(thread, self.As<Buffered>());
  return GetAttr(thread, raw, Intern(thread, kNames[kWhich]));
}

#define END {nullptr, nullptr, nullptr, nullptr}
const NativeDef kMethods[] = {
    {"__init__", Init, "(self, raw, buffer_size=8192)", "Initialize self."},
    {"read", Read, "(self, size=-1, /)", "Read size bytes, or all of them."},
    {"read1", Read1, "(self, size=-1, /)",
     "Read at most size bytes with at most one call of the raw stream."},
    {"peek", Peek, "(self, size=0, /)", "Bytes that will be read next, without moving on."},
    {"readinto", ReadInto, "(self, buffer, /)", "Fill a writable buffer; how many bytes came."},
    {"readinto1", ReadInto1, "(self, buffer, /)",
     "Fill a writable buffer with one read of the raw stream."},
    {"readline", ReadLine, "(self, size=-1, /)", "Read a line, at most size bytes of it."},
    {"__next__", NativeIteratorNext, "(self, /)", "Implement next(self)."},
    {"write", Write, "(self, buffer, /)", "Write bytes; how many there were."},
    {"flush", Flush, "(self, /)", "Write what is buffered."},
    {"seek", Seek, "(self, target, whence=0, /)", "Move to a position and return it."},
    {"tell", Tell, "(self, /)", "The current position."},
    {"truncate", Truncate, "(self, pos=None, /)",
     "Cut the file to pos bytes (the current position by default)."},
    {"detach", Detach, "(self, /)", "Separate the raw stream and return it."},
    {"close", Close, "(self, /)", "Flush and close."},
    {"seekable", Ask<0>, "(self, /)", "Whether the raw stream supports random access."},
    {"fileno", Ask<1>, "(self, /)", "The file descriptor."},
    {"isatty", Ask<2>, "(self, /)", "Whether this is a terminal."},
    {"readable", Readable, "(self, /)", "Whether it can be read."},
    {"writable", Writable, "(self, /)", "Whether it can be written."},
    {"__repr__", BufferedRepr, "(self, /)", "Return repr(self)."},
    {"__del__", Del, "(self, /)", "Flush and close."},
    END};
const GetSetDef kFields[] = {{"closed", GetClosed, nullptr, nullptr},
                             {"raw", GetRaw, nullptr, nullptr},
                             {"name", GetFromRaw<0>, nullptr, nullptr},
                             {"mode", GetFromRaw<1>, nullptr, nullptr},
                             END};
#undef END
const KindInfo kKind = {"Buffered", TraceBuffered, nullptr};

constexpr TypeSpec SpecFor(NativeFn make, const char* doc) {
  return {.doc = doc,
          .new_function = make,
          .new_signature = "(cls, *args, **kwargs)",
          .methods = kMethods,
          .getsets = kFields,
          .native_size = offsetof(Buffered, attributes),
          .kind_info = &kKind};
}
const TypeSpec kReaderSpec = SpecFor(New<true, false>, "A buffer for reading from a raw stream.");
const TypeSpec kWriterSpec = SpecFor(New<false, true>, "A buffer for writing to a raw stream.");
const TypeSpec kRandomSpec =
    SpecFor(New<true, true>, "A buffer for reading and writing a seekable raw stream.");

}  // namespace

Status AddBufferedTypes(Thread& thread, Module* module) {
  buffered_kind = RegisterKind(kKind);
  native_iterator_steps[buffered_kind] = NextLine;
  const struct {
    Type** type;
    const TypeSpec* spec;
    const char* name;
  } rows[] = {{&reader_type, &kReaderSpec, "_io.BufferedReader"},
              {&writer_type, &kWriterSpec, "_io.BufferedWriter"},
              {&random_type, &kRandomSpec, "_io.BufferedRandom"}};
  for (const auto& row : rows) {
    GILA_TRY(*row.type,
             AddType(thread, module, *row.spec, row.name, buffered_kind, row.spec->native_size,
                     kBasetype | kHasDict | kHasWeakref, buffered_base_type));
    heap::AddRoot(reinterpret_cast<Object**>(row.type));
  }
  return kOk;
}

}  // namespace gila::io

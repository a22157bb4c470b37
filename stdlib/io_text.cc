// io_text.cc: TextIOWrapper: making one, writing, flushing, closing. Reading, tell and seek are in
// io_text_read.cc.
#include <unistd.h>

#include <cstring>

#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/protocols/native_iterator.h"
#include "runtime/text/utf8.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/io_internal.h"
#include "stdlib/library.h"

namespace gila::io {

Type* text_type = nullptr;
uint8_t text_kind = 0;

Buffered* PlainBuffer(const TextIO* self) {
  const Value buffer = self->buffer.Load();
  if (!buffer.IsPointer()) return nullptr;
  const Type* type = TypeOf(buffer);
  return type == writer_type || type == random_type || type == reader_type ? buffer.As<Buffered>()
                                                                           : nullptr;
}

namespace {

constexpr int64_t kPendingSize = 8192;

void TraceText(Object* object, Marker& marker) {
  auto* self = static_cast<TextIO*>(object);
  for (const Slot* slot : {&self->buffer, &self->encoding, &self->errors, &self->decoded,
                           &self->leftover, &self->encoder, &self->decoder, &self->snapshot,
                           &self->snapshot_flags, &self->attributes}) {
    marker.Visit(*slot);
  }
  marker.Visit(self->pending);
}

TextIO* Self(Args args) { return args[0].As<TextIO>(); }

Result<Value> CallBuffer(Thread& thread, TextIO* self, const char* name,
                         std::initializer_list<Value> args = {}) {
  return CallMethod(thread, self->buffer.Load(), Intern(thread, name), args);
}

}  // namespace

Failed RaiseNoBuffer(Thread& thread, const TextIO* self) {
  return thread.RaiseValueError(self->ready ? "underlying buffer has been detached"
                                            : "I/O operation on uninitialized object");
}

namespace {

Status CheckOpen(Thread& thread, TextIO* self) {
  const Value buffer = self->buffer.Load();
  if (buffer.IsNone()) return RaiseNoBuffer(thread, self);
  if (Buffered* plain = PlainBuffer(self)) {
    const Value raw = plain->raw.Load();
    if (raw.IsPointer() && TypeOf(raw) == file_type) {
      if (raw.As<FileIO>()->fd.Load() >= 0) return kOk;
      return RaiseClosed(thread);
    }
  }
  GILA_TRY(const bool closed, IsClosed(thread, buffer));
  if (closed) return RaiseClosed(thread);
  return kOk;
}

// The stream below when it is a file without a buffer (the standard streams under -u).
FileIO* PlainFile(const TextIO* self) {
  const Value buffer = self->buffer.Load();
  return buffer.IsPointer() && TypeOf(buffer) == file_type ? buffer.As<FileIO>() : nullptr;
}

Status HandDown(Thread& thread, TextIO* self, const uint8_t* bytes, int64_t size) {
  if (Buffered* plain = PlainBuffer(self)) return BufferedWrite(thread, plain, bytes, size);
  if (FileIO* file = PlainFile(self)) {
    while (size > 0) {
      GILA_TRY(const int64_t written, FileWrite(thread, file, bytes, size));
      if (written < 0)
        return kOk;  // a descriptor that would block: the rest is lost, as in CPython
      bytes += written;
      size -= written;
    }
    return kOk;
  }
  GILA_TRY(const Value piece,
           NewBytes(thread, {reinterpret_cast<const char*>(bytes), static_cast<size_t>(size)}));
  GILA_TRY_VOID(CallBuffer(thread, self, "write", {piece}));
  return kOk;
}

// An interrupted write loses nothing. What the stream refuses is not offered again, as in CPython:
// the flush at exit would fail a second time.
Status WritePendingLocked(Thread& thread, TextIO* self) {
  if (self->pending_size == 0) return kOk;
  const Status status = HandDown(thread, self, self->pending.Load()->bytes, self->pending_size);
  if (!status.ok() && !thread.ExceptionMatches(TypeId::kOSError)) return kFailed;
  self->pending_size = 0;
  UnlistDirty(self);
  return status;
}

Status AppendPendingLocked(Thread& thread, TextIO* self, std::string_view bytes) {
  const int64_t size = static_cast<int64_t>(bytes.size());
  if (self->pending_size + size > kPendingSize) {
    GILA_TRY_VOID(WritePendingLocked(thread, self));
    if (size > kPendingSize)
      return HandDown(thread, self, reinterpret_cast<const uint8_t*>(bytes.data()), size);
  }
  if (self->pending.Load() == nullptr) {
    GILA_TRY(Blob * made, NewBlob(thread, kPendingSize));
    self->pending.Store(self, made);
  }
  memcpy(self->pending.Load()->bytes + self->pending_size, bytes.data(), bytes.size());
  self->pending_size += size;
  if (!self->listed.Load()) ListDirty(self);
  return kOk;
}

// '\n' as the file wants its lines to end.
Result<Str*> TranslateNewlines(Thread& thread, Str* s, const char* newline) {
  StrBuilder out(thread);
  for (int64_t i = 0; i < s->length; ++i) {
    if (s->At(i) == '\n') {
      out.AppendAscii(newline);
    } else {
      out.Append(s->At(i));
    }
  }
  return out.Finish();
}

bool Has(const Str* s, char c) {
  if ((s->flags & kStrWidthMask) == 0)
    return memchr(s->data, c, static_cast<size_t>(s->length)) != nullptr;
  for (int64_t i = 0; i < s->length; ++i) {
    if (s->At(i) == static_cast<uint32_t>(c)) return true;
  }
  return false;
}

Status WriteLocked(Thread& thread, TextIO* self, Str* s) {
  const bool ends_lines =
      (self->line_buffering || self->newline == Newline::kCr || self->newline == Newline::kCrLf) &&
      (Has(s, '\n') || (self->line_buffering && Has(s, '\r')));
  if (ends_lines && (self->newline == Newline::kCr || self->newline == Newline::kCrLf)) {
    GILA_TRY(s, TranslateNewlines(thread, s, self->newline == Newline::kCr ? "\r" : "\r\n"));
  }
  if (self->plain_utf8 && s->IsAscii()) {
    GILA_TRY_VOID(AppendPendingLocked(thread, self, s->ascii()));
  } else if (HasCoders(self)) {
    GILA_TRY(const Value bytes, EncodeByObject(thread, self, s));
    GILA_TRY_VOID(AppendPendingLocked(thread, self, bytes.As<Bytes>()->view()));
  } else {
    const char* encoding = EncodingName(self->codec);
    // Only the first write of a stream carries a byte order mark.
    if (!self->at_start && self->codec == Encoding::kUtf16) encoding = "utf-16-le";
    if (!self->at_start && self->codec == Encoding::kUtf32) encoding = "utf-32-le";
    if (!self->at_start && self->codec == Encoding::kUtf8Sig) encoding = "utf-8";
    GILA_TRY(const Value bytes, EncodeStr(thread, s, encoding, ToUtf8(self->errors.Load())));
    GILA_TRY_VOID(AppendPendingLocked(thread, self, bytes.As<Bytes>()->view()));
  }
  if (s->length != 0) self->at_start = false;
  if (self->write_through || (self->line_buffering && ends_lines))
    GILA_TRY_VOID(WritePendingLocked(thread, self));
  if (self->line_buffering && ends_lines) {
    if (Buffered* plain = PlainBuffer(self)) return BufferedFlush(thread, plain);
    GILA_TRY_VOID(CallBuffer(thread, self, "flush"));
  }
  return kOk;
}

Status FlushLocked(Thread& thread, TextIO* self) {
  GILA_TRY_VOID(WritePendingLocked(thread, self));
  if (Buffered* plain = PlainBuffer(self)) return BufferedFlush(thread, plain);
  GILA_TRY_VOID(CallBuffer(thread, self, "flush"));
  return kOk;
}

// Text mode's defaults and the checks of its options.
Status SetOptions(Thread& thread, TextIO* self, Value buffer, const TextOptions& options) {
  Value encoding = options.encoding, errors = options.errors;
  std::string name = "utf-8";
  if (!encoding.IsNone()) {
    GILA_TRY(Str * given, ToStrArgument(thread, encoding, "TextIOWrapper() argument 'encoding'"));
    name = ToUtf8(given);
    if (name == "locale") name = "utf-8";
  }
  const Encoding codec = FindEncoding(name);
  // The name is kept as it was given, as CPython does; the default is called "UTF-8".
  GILA_TRY(Str * shown, NewStr(thread, encoding.IsNone() && !is_utf8_mode ? "UTF-8" : name));
  if (errors.IsNone()) {
    GILA_TRY(errors, NewStr(thread, "strict"));
  } else {
    GILA_TRY_VOID(ToStrArgument(thread, errors, "TextIOWrapper() argument 'errors'"));
  }
  GILA_TRY(self->newline, ParseNewline(thread, options.newline));
  if (codec == Encoding::kUnknown) GILA_TRY_VOID(SetCoders(thread, self, buffer, name, errors));
  self->codec = self->read_codec = codec;
  self->encoding.Store(self, shown);
  self->errors.Store(self, errors);
  self->plain_utf8 = codec != Encoding::kUnknown && KeepsAscii(codec);
  self->line_buffering = options.line_buffering;
  self->write_through = options.write_through;
  return kOk;
}

}  // namespace

Result<Newline> ParseNewline(Thread& thread, Value newline) {
  if (newline.IsNone()) return Newline::kUniversal;
  if (!IsStr(newline)) {
    const std::string name(TypeNameOf(newline));
    return thread.RaiseTypeError("newline must be str or None, not %s", name.c_str());
  }
  const std::string text = ToUtf8(newline);
  if (text.empty()) return Newline::kUntranslated;
  if (text == "\n") return Newline::kLf;
  if (text == "\r") return Newline::kCr;
  if (text == "\r\n") return Newline::kCrLf;
  GILA_TRY(Str * shown, Repr(thread, newline));
  return thread.RaiseValueError("illegal newline value: %s", ToUtf8(shown).c_str());
}

Status InitText(Thread& thread, TextIO* self, Value buffer, const TextOptions& options) {
  self->buffer.Store(self, kNone);
  GILA_TRY_VOID(SetOptions(thread, self, buffer, options));
  self->decoded.Store(self, kUnbound);
  self->leftover.Store(self, kUnbound);
  self->telling = true;
  self->held_cr = false;
  self->at_start = true;
  self->pending_size = 0;
  self->buffer.Store(self, buffer);
  self->ready = true;
  if (self->chunk_size == 0) self->chunk_size = kDefaultBufferSize;
  if (Buffered* plain = PlainBuffer(self)) {
    plain->wrapped.Store(true);
    // Appending to a file that has something in it: no second byte order mark.
    if (!HasCoders(self) && self->codec != Encoding::kUtf8 && plain->can_write &&
        plain->raw.Load().IsPointer() && TypeOf(plain->raw.Load()) == file_type) {
      const int fd = plain->raw.Load().As<FileIO>()->fd.Load();
      self->at_start = ::lseek(fd, 0, SEEK_CUR) <= 0;
    }
  }
  return kOk;
}

Result<Value> MakeText(Thread& thread, Type* type, Value buffer, const TextOptions& options) {
  GILA_TRY(Object * object, AllocateInstance(thread, type));
  GILA_TRY_VOID(InitText(thread, static_cast<TextIO*>(object), buffer, options));
  heap::RegisterFinalizer(thread, object);
  return object;
}

Status TextWrite(Thread& thread, TextIO* self, Str* s) {
  IoGuard guard(thread, self->io_lock, self);
  GILA_TRY_VOID(guard.status());
  if (!self->decoded.Load().IsUnbound() && self->read_lock.mutex.TryAcquire()) {
    ForgetReadAhead(self);
    self->read_lock.mutex.Release(thread);
    if (HasCoders(self)) GILA_TRY_VOID(RestartDecoder(thread, self));
  }
  return WriteLocked(thread, self, s);
}

Status TextFlush(Thread& thread, TextIO* self) {
  IoGuard guard(thread, self->io_lock, self);
  GILA_TRY_VOID(guard.status());
  return FlushLocked(thread, self);
}

namespace {

Result<Value> TextNew(Thread& thread, Args args) {
  GILA_TRY(Object * object, AllocateInstance(thread, args[0].As<Type>()));
  auto* self = static_cast<TextIO*>(object);
  self->buffer.Store(self, kNone);
  self->decoded.Store(self, kUnbound);
  heap::RegisterFinalizer(thread, object);
  return object;
}

Result<Value> TextInit(Thread& thread, Args args) {
  TextOptions options;
  options.encoding = args.Or(2, kNone);
  options.errors = args.Or(3, kNone);
  options.newline = args.Or(4, kNone);
  if (args.Has(5)) {
    GILA_TRY(options.line_buffering, Truth(thread, args[5]));
  }
  if (args.Has(6)) {
    GILA_TRY(options.write_through, Truth(thread, args[6]));
  }
  GILA_TRY_VOID(InitText(thread, Self(args), args[1], options));
  return kNone;
}

Result<Value> Write(Thread& thread, Args args) {
  if (!IsStr(args[1])) {
    const std::string name(TypeNameOf(args[1]));
    return thread.RaiseTypeError("write() argument must be str, not %s", name.c_str());
  }
  GILA_TRY_VOID(CheckOpen(thread, Self(args)));
  Buffered* plain = PlainBuffer(Self(args));
  if (plain != nullptr && !plain->can_write) return RaiseUnsupported(thread, "not writable");
  GILA_TRY_VOID(TextWrite(thread, Self(args), args[1].As<Str>()));
  return Value::SmallInt(args[1].As<Str>()->length);
}

Result<Value> Flush(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckOpen(thread, Self(args)));
  Self(args)->telling = true;
  GILA_TRY_VOID(TextFlush(thread, Self(args)));
  return kNone;
}

// What could not be written is lost with the file.
void ForgetPending(Thread& thread, TextIO* self) {
  {
    const IoGuard guard(thread, self->io_lock, self);
    if (guard.status().ok()) self->pending_size = 0;
  }
  thread.ClearException();
  UnlistDirty(self);
}

Result<Value> Close(Thread& thread, Args args) {
  TextIO* self = Self(args);
  if (self->buffer.Load().IsNone()) return RaiseNoBuffer(thread, self);
  GILA_TRY(const bool closed, IsClosed(thread, self->buffer.Load()));
  if (closed) return kNone;
  const Result<Value> flushed = CallMethod(thread, args[0], NameOf(Name::kFlush));
  const Value raised = flushed.ok() ? kUnbound : thread.TakeException();
  ForgetPending(thread, self);
  const Result<Value> done = CallBuffer(thread, self, "close");
  GILA_TRY_VOID(EndOfClose(thread, raised, done.ok() ? kOk : Status(kFailed)));
  return kNone;
}

Result<Value> Del(Thread& thread, Args args) {
  TextIO* self = Self(args);
  if (!self->ready || self->buffer.Load().IsNone()) return kNone;
  const Buffered* plain = PlainBuffer(self);
  return CloseForgotten(thread, args[0], plain == nullptr ? kNone : plain->raw.Load());
}

Result<Value> Detach(Thread& thread, Args args) {
  TextIO* self = Self(args);
  GILA_TRY_VOID(CheckOpen(thread, self));
  GILA_TRY_VOID(TextFlush(thread, self));
  const Value buffer = self->buffer.Load();
  if (Buffered* plain = PlainBuffer(self)) plain->wrapped.Store(false);
  self->buffer.Store(self, kNone);
  return buffer;
}

Result<Value> Reconfigure(Thread& thread, Args args) {
  TextIO* self = Self(args);
  GILA_TRY_VOID(CheckOpen(thread, self));
  const bool new_codec =
      (args.Has(1) && !args[1].IsNone()) || (args.Has(2) && !args[2].IsNone()) || args.Has(3);
  if (new_codec && !self->decoded.Load().IsUnbound()) {
    return RaiseUnsupported(
        thread, "It is not possible to set the encoding or newline of stream after the first read");
  }
  GILA_TRY_VOID(TextFlush(thread, self));
  TextOptions options;
  const bool same_encoding = args.Or(1, kNone).IsNone();
  options.encoding = same_encoding ? self->encoding.Load() : args[1];
  options.errors = !args.Or(2, kNone).IsNone() ? args[2]
                   : same_encoding             ? self->errors.Load()
                                               : kNone;
  options.line_buffering = self->line_buffering;
  options.write_through = self->write_through;
  const Newline newline = self->newline;
  if (args.Has(3)) options.newline = args[3];
  for (const auto& [index, option] :
       {std::pair{4, &options.line_buffering}, {5, &options.write_through}}) {
    if (args.Or(static_cast<size_t>(index), kNone).IsNone()) continue;
    GILA_TRY(*option, Truth(thread, args[static_cast<size_t>(index)]));
  }
  GILA_TRY_VOID(SetOptions(thread, self, self->buffer.Load(), options));
  if (!args.Has(3)) self->newline = newline;
  if (same_encoding) return kNone;
  // A mark of order goes to the beginning of a file, and before whatever a pipe gets from now on.
  GILA_TRY(const Value seekable, CallBuffer(thread, self, "seekable"));
  GILA_TRY(const bool has_place, Truth(thread, seekable));
  if (has_place) {
    GILA_TRY(const Value place, CallBuffer(thread, self, "tell"));
    GILA_TRY(const bool inside, Truth(thread, place));
    self->at_start = !inside;
  } else {
    self->at_start = true;
  }
  return kNone;
}

template <int kWhich>
Result<Value> Ask(Thread& thread, Args args) {
  static const char* const kNames[] = {"seekable", "readable", "writable", "fileno", "isatty"};
  if (Self(args)->buffer.Load().IsNone()) return RaiseNoBuffer(thread, Self(args));
  return CallBuffer(thread, Self(args), kNames[kWhich]);
}

Result<Value> TextRepr(Thread& thread, Args args) {
  if (!Self(args)->ready) return RaiseNoBuffer(thread, Self(args));
  std::string text = "<_io.TextIOWrapper";
  for (const char* field : {"name", "mode"}) {
    const Result<Value> value = GetAttrOrUnbound(thread, args[0], Intern(thread, field));
    if (!value.ok()) {
      thread.ClearException();
    } else if (!value.value().IsUnbound()) {
      GILA_TRY(Str * shown, Repr(thread, value.value()));
      text += std::string(" ") + field + "=" + ToUtf8(shown);
    }
  }
  GILA_TRY(Str * encoding, Repr(thread, Self(args)->encoding.Load()));
  return NewStr(thread, text + " encoding=" + ToUtf8(encoding) + ">");
}

Result<Value> GetBuffer(Thread&, Value self) { return self.As<TextIO>()->buffer.Load(); }
Result<Value> GetEncoding(Thread&, Value self) { return self.As<TextIO>()->encoding.Load(); }
Result<Value> GetErrors(Thread&, Value self) { return self.As<TextIO>()->errors.Load(); }
Result<Value> GetLineBuffering(Thread&, Value self) {
  return Value::Bool(self.As<TextIO>()->line_buffering);
}
Result<Value> GetWriteThrough(Thread&, Value self) {
  return Value::Bool(self.As<TextIO>()->write_through);
}
// Which ends of lines the file has had so far: one of them, or a tuple.
Result<Value> GetNewlines(Thread& thread, Value self) {
  const uint8_t seen = self.As<TextIO>()->newlines_seen.Load();
  Value found[3];
  size_t count = 0;
  for (const auto& [bit, text] : {std::pair<int, const char*>{1, "\r"}, {2, "\n"}, {4, "\r\n"}})
    if ((seen & bit) != 0) found[count++] = Intern(thread, text);
  if (count == 0) return kNone;
  if (count == 1) return found[0];
  return NewTuple(thread, {found, count});
}
Result<Value> GetChunkSize(Thread& thread, Value self) {
  return NewInt(thread, self.As<TextIO>()->chunk_size);
}
Status SetChunkSize(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "cannot delete attribute");
  GILA_TRY(const int64_t size, ToInt64(thread, value));
  if (size <= 0) return thread.RaiseValueError("a strictly positive integer is required");
  self.As<TextIO>()->chunk_size = size;
  return kOk;
}
Result<Value> GetClosed(Thread& thread, Value self) {
  const Value buffer = self.As<TextIO>()->buffer.Load();
  if (buffer.IsNone()) return RaiseNoBuffer(thread, self.As<TextIO>());
  return GetAttr(thread, buffer, Intern(thread, "closed"));
}
Result<Value> GetName(Thread& thread, Value self) {
  const Value buffer = self.As<TextIO>()->buffer.Load();
  if (buffer.IsNone()) return RaiseNoBuffer(thread, self.As<TextIO>());
  return GetAttr(thread, buffer, Intern(thread, "name"));
}

#define END {nullptr, nullptr, nullptr, nullptr}
const NativeDef kMethods[] = {
    {"__init__", TextInit,
     "(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, "
     "write_through=False)",
     "Initialize self."},
    {"write", Write, "(self, text, /)", "Write a string; its length."},
    {"flush", Flush, "(self, /)", "Write what is buffered."},
    {"close", Close, "(self, /)", "Flush and close."},
    {"detach", Detach, "(self, /)", "Separate the buffer and return it."},
    {"reconfigure", Reconfigure,
     "(self, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)",
     "Change how the text is encoded and flushed."},
    {"read", TextRead, "(self, size=-1, /)", "Read at most size characters, or all of them."},
    {"readline", TextReadLine, "(self, size=-1, /)", "Read a line, at most size characters of it."},
    {"__next__", NativeIteratorNext, "(self, /)", "Implement next(self)."},
    {"tell", TextTell, "(self, /)", "A number for the current position, for seek."},
    {"seek", TextSeek, "(self, cookie, whence=0, /)", "Go to a position that tell gave."},
    {"truncate", TextTruncate, "(self, pos=None, /)",
     "Cut the file to pos bytes (the current position by default)."},
    {"seekable", Ask<0>, "(self, /)", "Whether the buffer supports random access."},
    {"readable", Ask<1>, "(self, /)", "Whether it can be read."},
    {"writable", Ask<2>, "(self, /)", "Whether it can be written."},
    {"fileno", Ask<3>, "(self, /)", "The file descriptor."},
    {"isatty", Ask<4>, "(self, /)", "Whether this is a terminal."},
    {"__repr__", TextRepr, "(self, /)", "Return repr(self)."},
    {"__del__", Del, "(self, /)", "Flush and close."},
    END};
const GetSetDef kFields[] = {{"buffer", GetBuffer, nullptr, nullptr},
                             {"encoding", GetEncoding, nullptr, nullptr},
                             {"errors", GetErrors, nullptr, nullptr},
                             {"line_buffering", GetLineBuffering, nullptr, nullptr},
                             {"write_through", GetWriteThrough, nullptr, nullptr},
                             {"newlines", GetNewlines, nullptr, nullptr},
                             {"_CHUNK_SIZE", GetChunkSize, SetChunkSize, nullptr},
                             {"closed", GetClosed, nullptr, nullptr},
                             {"name", GetName, nullptr, nullptr},
                             END};
#undef END
const KindInfo kKind = {"TextIOWrapper", TraceText, nullptr};
const TypeSpec kSpec = {
    .doc = "Text over a buffer of bytes.",
    .new_function = TextNew,
    .new_signature = "(cls, *args, **kwargs)",
    .methods = kMethods,
    .getsets = kFields,
    .native_size = offsetof(TextIO, attributes),
    .kind_info = &kKind,
};

}  // namespace

Status AddTextType(Thread& thread, Module* module) {
  text_kind = RegisterKind(kKind);
  native_iterator_steps[text_kind] = TextStep;
  GILA_TRY(text_type,
           AddType(thread, module, kSpec, "_io.TextIOWrapper", text_kind, kSpec.native_size,
                   kBasetype | kHasDict | kHasWeakref, text_base_type));
  heap::AddRoot(reinterpret_cast<Object**>(&text_type));
  return kOk;
}

}  // namespace gila::io

namespace gila {

Result<bool> WriteTextDirectly(Thread& thread, Value file, Str* s) {
  using namespace io;
  if (!file.IsPointer() || TypeOf(file) != text_type) return false;
  TextIO* self = file.As<TextIO>();
  if (PlainBuffer(self) == nullptr || !PlainBuffer(self)->can_write) return false;
  GILA_TRY_VOID(CheckOpen(thread, self));
  GILA_TRY_VOID(TextWrite(thread, self, s));
  return true;
}

}  // namespace gila

// io_text_read.cc: the reading side of TextIOWrapper: decoding by chunks, newline translation,
// lines, tell and seek.
//
// tell() gives the position in bytes of the next character: the position of the buffer, less the
// bytes that the text read ahead stands for (UnreadBytes).
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "runtime/call.h"
#include "runtime/protocols.h"
#include "runtime/text/utf8.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/io_internal.h"

namespace gila::io {
namespace {

TextIO* Self(Args args) { return args[0].As<TextIO>(); }

Status CheckReadable(Thread& thread, TextIO* self) {
  // Asked for each line: a file as open() makes it is seen to be ready at a glance.
  if (const Buffered* const plain = PlainBuffer(self); plain != nullptr && plain->can_read) {
    const Value raw = plain->raw.Load();
    if (raw.IsPointer() && TypeOf(raw) == file_type && raw.As<FileIO>()->fd.Load() >= 0) return kOk;
  }
  if (self->buffer.Load().IsNone()) return RaiseNoBuffer(thread, self);
  GILA_TRY(const bool closed, IsClosed(thread, self->buffer.Load()));
  if (closed) return RaiseClosed(thread);
  if (Buffered* plain = PlainBuffer(self)) {
    if (!plain->can_read) return RaiseUnsupported(thread, "not readable");
    return kOk;
  }
  GILA_TRY(const Value answer, CallMethod(thread, self->buffer.Load(), Intern(thread, "readable")));
  GILA_TRY(const bool readable, Truth(thread, answer));
  if (!readable) return RaiseUnsupported(thread, "not readable");
  return kOk;
}

constexpr uint8_t kSeenCr = 1, kSeenLf = 2, kSeenCrLf = 4;

}  // namespace

// "\r\n" and "\r" become "\n" when the mode says so. A '\r' at the end is held back until what
// follows it is known.
Result<Str*> TranslateInput(Thread& thread, TextIO* self, Str* text, bool final) {
  if (self->newline != Newline::kUniversal && self->newline != Newline::kUntranslated) return text;
  const bool narrow = (text->flags & kStrWidthMask) == 0;
  uint8_t seen = self->newlines_seen.Load();
  if (!self->held_cr && narrow &&
      memchr(text->data, '\r', static_cast<size_t>(text->length)) == nullptr) {
    if ((seen & kSeenLf) == 0 &&
        memchr(text->data, '\n', static_cast<size_t>(text->length)) != nullptr)
      self->newlines_seen.Store(seen | kSeenLf);
    return text;
  }
  StrBuilder out(thread);
  const bool translate = self->newline == Newline::kUniversal;
  int64_t i = 0;
  bool cr = self->held_cr;
  self->held_cr = false;
  while (cr || i < text->length) {
    if (!cr) {
      const uint32_t c = text->At(i++);
      if (c != '\r') {
        if (c == '\n') seen |= kSeenLf;
        out.Append(c);
        continue;
      }
    }
    cr = false;
    if (i == text->length && !final) {
      self->held_cr = true;
      break;
    }
    if (i < text->length && text->At(i) == '\n') {
      ++i;
      seen |= kSeenCrLf;
      out.AppendAscii(translate ? "\n" : "\r\n");
    } else {
      seen |= kSeenCr;
      out.AppendAscii(translate ? "\n" : "\r");
    }
  }
  self->newlines_seen.Store(seen);
  return out.Finish();
}

namespace {

// Encodings whose first bytes say which of two is meant.
struct MarkedEncoding {
  Encoding codec;
  std::string_view little_mark, big_mark;
  Encoding little, big;
  const char* name;
};
constexpr MarkedEncoding kMarked[] = {
    {Encoding::kUtf16, "\xff\xfe", "\xfe\xff", Encoding::kUtf16Le, Encoding::kUtf16Be, "UTF-16"},
    {Encoding::kUtf32,
     {"\xff\xfe\0\0", 4},
     {"\0\0\xfe\xff", 4},
     Encoding::kUtf32Le,
     Encoding::kUtf32Be,
     "UTF-32"},
    {Encoding::kUtf8Sig, "", "", Encoding::kUtf8, Encoding::kUtf8, nullptr},  // with or without
};

// The stream has begun with these bytes: what it goes on in.
Status SettleCodec(Thread& thread, TextIO* self, std::string_view bytes) {
  for (const MarkedEncoding& marked : kMarked) {
    if (self->read_codec != marked.codec) continue;
    if (bytes.starts_with(marked.little_mark)) {
      self->read_codec = marked.little;
    } else if (bytes.starts_with(marked.big_mark)) {
      self->read_codec = marked.big;
    } else {
      return thread.RaiseFormat(TypeId::kUnicodeError, "%s stream does not start with BOM",
                                marked.name);
    }
    break;
  }
  return kOk;
}

// `whole`: the rest of the file at once.
Result<Str*> Decode(Thread& thread, TextIO* self, std::string_view bytes, bool final,
                    bool whole = false) {
  if (HasCoders(self)) {
    GILA_TRY(Str* const text, DecodeByObject(thread, self, bytes, final, whole));
    return TranslateInput(thread, self, text, final);
  }
  const std::string errors = ToUtf8(self->errors.Load());
  std::string joined;
  const Value leftover = self->leftover.Load();
  if (!leftover.IsUnbound() && leftover.As<Bytes>()->size != 0) {
    joined.assign(leftover.As<Bytes>()->view());
    joined.append(bytes);
    bytes = joined;
  }
  int64_t consumed = 0;
  GILA_TRY(Str * text, DecodePiece(thread, bytes, self->read_codec, errors, final, &consumed));
  if (consumed != 0) GILA_TRY_VOID(SettleCodec(thread, self, bytes));
  GILA_TRY(const Value rest, NewBytes(thread, bytes.substr(static_cast<size_t>(consumed))));
  self->leftover.Store(self, rest);
  return TranslateInput(thread, self, text, final);
}

// Reads and decodes the next chunk into `decoded` (appending to what is unread). False: the end.
Result<bool> ReadChunkLocked(Thread& thread, TextIO* self) {
  Value bytes = kUnbound;
  if (Buffered* plain = PlainBuffer(self)) {
    if (self->pending_size != 0) return thread.Raise(TypeId::kOSError, "write pending");
    GILA_TRY(bytes, BufferedReadChunk(thread, plain, self->chunk_size));
    if (bytes.IsUnbound()) return false;
  } else {
    GILA_TRY(const Value method,
             GetAttrOrUnbound(thread, self->buffer.Load(), Intern(thread, "read1")));
    GILA_TRY(bytes, method.IsUnbound()
                        ? CallMethod(thread, self->buffer.Load(), Intern(thread, "read"),
                                     {Value::SmallInt(self->chunk_size)})
                        : Call(thread, method, {Value::SmallInt(self->chunk_size)}));
    if (bytes.IsNone()) return false;
    if (!IsBytesLike(bytes)) {
      const std::string name(TypeNameOf(bytes));
      return thread.RaiseTypeError(
          "underlying read1() should have returned a bytes-like object, not '%s'", name.c_str());
    }
    GILA_TRY(const std::string copy, CopyBuffer(thread, bytes));
    GILA_TRY(bytes, NewBytes(thread, copy));
  }
  const std::string_view view = bytes.As<Bytes>()->view();
  const bool end = view.empty();
  // For tell(): the bytes since a known position are kept, together with those of characters not
  // taken yet.
  GILA_TRY(Str * text, Decode(thread, self, view, end));
  const bool more = !end || text->length != 0;
  const Value old = self->decoded.Load();
  if (!old.IsUnbound() && self->decoded_pos < old.As<Str>()->length) {
    GILA_TRY(Str * unread,
             StrSlice(thread, old.As<Str>(), self->decoded_pos, old.As<Str>()->length));
    GILA_TRY(text, StrConcat(thread, unread, text));
  }
  self->decoded.Store(self, text);
  self->decoded_pos = 0;
  return more;
}

Result<Value> TakeLocked(Thread& thread, TextIO* self, int64_t end) {
  Str* text = self->decoded.Load().As<Str>();
  const int64_t start = self->decoded_pos;
  self->decoded_pos = end;
  if (start == 0 && end == text->length) return text;
  return StrSlice(thread, text, start, end);
}

bool HasUnread(const TextIO* self) {
  const Value decoded = self->decoded.Load();
  return !decoded.IsUnbound() && self->decoded_pos < decoded.As<Str>()->length;
}

Result<Value> ReadLineLocked(Thread& thread, TextIO* self, int64_t limit) {
  while (true) {
    if (HasUnread(self)) {
      Str* text = self->decoded.Load().As<Str>();
      int64_t end = FindLineEnd(text, self->decoded_pos, self->newline);
      if (end < 0 && limit >= 0 && text->length - self->decoded_pos >= limit) end = text->length;
      if (end >= 0) {
        if (limit >= 0) end = std::min(end, self->decoded_pos + limit);
        return TakeLocked(thread, self, end);
      }
    }
    if (limit == 0) return NameOf(Name::kEmpty);
    GILA_TRY(const bool more, ReadChunkLocked(thread, self));
    if (more) continue;
    if (!HasUnread(self)) return NameOf(Name::kEmpty);
    Str* rest = self->decoded.Load().As<Str>();
    int64_t end = FindLineEnd(rest, self->decoded_pos, self->newline);
    if (end < 0) end = rest->length;
    if (limit >= 0) end = std::min(end, self->decoded_pos + limit);
    return TakeLocked(thread, self, end);
  }
}

Result<Value> ReadAllLocked(Thread& thread, TextIO* self) {
  Value bytes = kUnbound;
  if (Buffered* plain = PlainBuffer(self)) {
    GILA_TRY(bytes, BufferedReadAll(thread, plain));
  } else {
    GILA_TRY(bytes, CallMethod(thread, self->buffer.Load(), Intern(thread, "read")));
  }
  std::string view;
  if (!bytes.IsNone()) {
    GILA_TRY(view, CopyBuffer(thread, bytes));
  }
  GILA_TRY(Str * text, Decode(thread, self, view, true, true));
  if (HasUnread(self)) {
    GILA_TRY(const Value unread, TakeLocked(thread, self, self->decoded.Load().As<Str>()->length));
    GILA_TRY(text, StrConcat(thread, unread.As<Str>(), text));
  }
  self->decoded.Store(self, kUnbound);
  self->decoded_pos = 0;
  return text;
}

// May it be read now? What was written is out before reading begins, and that may have closed it.
Status ReadyToRead(Thread& thread, TextIO* self) {
  GILA_TRY_VOID(CheckReadable(thread, self));
  if (self->pending_size == 0) return kOk;
  GILA_TRY_VOID(TextFlush(thread, self));
  return CheckReadable(thread, self);
}

#define TEXT_ENTER()                            \
  TextIO* self = Self(args);                    \
  GILA_TRY_VOID(ReadyToRead(thread, self));     \
  IoGuard guard(thread, self->read_lock, self); \
  GILA_TRY_VOID(guard.status())

}  // namespace

Result<Value> TextRead(Thread& thread, Args args) {
  GILA_TRY(const int64_t size, SizeArgument(thread, args[1]));
  TEXT_ENTER();
  if (size < 0) return ReadAllLocked(thread, self);
  while (!HasUnread(self) || self->decoded.Load().As<Str>()->length - self->decoded_pos < size) {
    if (size == 0) return NameOf(Name::kEmpty);
    GILA_TRY(const bool more, ReadChunkLocked(thread, self));
    if (!more) break;
  }
  if (!HasUnread(self)) return NameOf(Name::kEmpty);
  return TakeLocked(thread, self,
                    std::min(self->decoded.Load().As<Str>()->length, self->decoded_pos + size));
}

Result<Value> TextReadLine(Thread& thread, Args args) {
  GILA_TRY(const int64_t limit, SizeArgument(thread, args[1]));
  TEXT_ENTER();
  return ReadLineLocked(thread, self, limit);
}

Result<Value> TextStep(Thread& thread, Object* file) {
  auto* const self = static_cast<TextIO*>(file);
  GILA_TRY_VOID(ReadyToRead(thread, self));
  IoGuard guard(thread, self->read_lock, self);
  GILA_TRY_VOID(guard.status());
  self->telling = false;
  GILA_TRY(const Value line, ReadLineLocked(thread, self, -1));
  if (line.As<Str>()->length > 0) return line;
  self->telling = true;
  return kUnbound;
}

namespace {

// How wide the encoding's units are, of which a '\r' and a '\n' are one each.
int64_t UnitOf(Encoding codec) {
  switch (codec) {
    case Encoding::kUtf16:
    case Encoding::kUtf16Le:
    case Encoding::kUtf16Be:
      return 2;
    case Encoding::kUtf32:
    case Encoding::kUtf32Le:
    case Encoding::kUtf32Be:
      return 4;
    default:
      return 1;
  }
}

// How much longer `bytes`, the end of the file's text so far, is than `text`, the same with its
// newlines translated: as many units as there are '\r' in front of a '\n'.
int64_t ExtraForCrLf(std::string_view text, std::string_view bytes, int64_t unit) {
  const size_t step = static_cast<size_t>(unit);
  const auto is = [&](std::string_view piece, char c) {
    return piece.find(c) != std::string_view::npos &&
           std::count(piece.begin(), piece.end(), '\0') == static_cast<int64_t>(step) - 1;
  };
  int64_t extra = 0;
  while (text.size() >= step && bytes.size() >= step) {
    const bool is_end = is(text.substr(text.size() - step), '\n');
    const bool ends_in_lf = is(bytes.substr(bytes.size() - step), '\n');
    text.remove_suffix(step);
    bytes.remove_suffix(step);
    if (is_end && ends_in_lf && bytes.size() >= step &&
        is(bytes.substr(bytes.size() - step), '\r')) {
      bytes.remove_suffix(step);
      extra += unit;
    }
  }
  return extra;
}

// How many bytes of the file, which stands at `position`, the unread text is. When "\r\n" has been
// translated, the bytes themselves are looked at once more.
Result<int64_t> UnreadBytes(Thread& thread, TextIO* self, int64_t position) {
  const int64_t unit = UnitOf(self->codec);
  int64_t after = self->leftover.Load().IsUnbound() ? 0 : self->leftover.Load().As<Bytes>()->size;
  if (self->held_cr) after += unit;
  if (!HasUnread(self)) return after;
  Str* text = self->decoded.Load().As<Str>();
  GILA_TRY(Str * unread, StrSlice(thread, text, self->decoded_pos, text->length));
  const char* encoding = EncodingName(self->codec);
  if (self->codec == Encoding::kUtf8Sig) encoding = "utf-8";
  if (self->codec == Encoding::kUtf16) encoding = "utf-16-le";
  if (self->codec == Encoding::kUtf32) encoding = "utf-32-le";
  GILA_TRY(const Value encoded, EncodeStr(thread, unread, encoding, ToUtf8(self->errors.Load())));
  const std::string_view view = encoded.As<Bytes>()->view();
  const int64_t size = static_cast<int64_t>(view.size());
  const int64_t ends = std::count(view.begin(), view.end(), '\n');
  if (self->newline != Newline::kUniversal || (self->newlines_seen.Load() & kSeenCrLf) == 0 ||
      ends == 0)
    return after + size;
  const int64_t most = std::min(size + ends * unit, position - after);
  const Value buffer = self->buffer.Load();
  const auto seek = [&](int64_t where) -> Status {
    GILA_TRY(const Value number, NewInt(thread, where));
    return CallMethod(thread, buffer, Intern(thread, "seek"), {number}).ok() ? kOk
                                                                             : Status(kFailed);
  };
  GILA_TRY_VOID(seek(position - after - most));
  GILA_TRY(const Value again,
           CallMethod(thread, buffer, Intern(thread, "read"), {Value::SmallInt(most)}));
  GILA_TRY(const std::string bytes, CopyBuffer(thread, again));
  GILA_TRY_VOID(seek(position));
  return after + size + ExtraForCrLf(view, bytes, unit);
}

}  // namespace

Result<Value> TextTell(Thread& thread, Args args) {
  TextIO* self = Self(args);
  if (self->buffer.Load().IsNone()) return RaiseNoBuffer(thread, self);
  GILA_TRY(const bool closed, IsClosed(thread, self->buffer.Load()));
  if (closed) return RaiseClosed(thread);
  GILA_TRY(const Value seekable,
           CallMethod(thread, self->buffer.Load(), Intern(thread, "seekable")));
  if (!seekable.IsTrue()) return RaiseUnsupported(thread, "underlying stream is not seekable");
  if (!self->telling)
    return thread.Raise(TypeId::kOSError, "telling position disabled by next() call");
  GILA_TRY_VOID(TextFlush(thread, self));
  GILA_TRY(const Value position, CallMethod(thread, self->buffer.Load(), Intern(thread, "tell")));
  GILA_TRY(const int64_t number, ToInt64(thread, position));
  if (HasCoders(self)) {
    IoGuard guard(thread, self->read_lock, self);
    GILA_TRY_VOID(guard.status());
    return TellByObject(thread, self, number);
  }
  GILA_TRY(const int64_t unread, UnreadBytes(thread, self, number));
  return NewInt(thread, number - unread);
}

void ForgetReadAhead(TextIO* self) {
  self->decoded.Store(self, kUnbound);
  self->decoded_pos = 0;
  self->leftover.Store(self, kUnbound);
  self->held_cr = false;
  self->telling = true;
}

namespace {

// seek() with a codec that is not built in: its numbers are more than positions.
Result<Value> SeekWithCoders(Thread& thread, Args args, int64_t whence) {
  TextIO* self = Self(args);
  Value number = args[1];
  if (!IsInt(number)) return ToInt64(thread, number).ok() ? Result<Value>(kNone) : kFailed;
  if (whence < 0 || whence > 2) {
    return thread.RaiseValueError("invalid whence (%lld, should be 0, 1 or 2)",
                                  static_cast<long long>(whence));
  }
  if (whence != 0 && IntSign(number) != 0) {
    return RaiseUnsupported(thread, whence == 1 ? "can't do nonzero cur-relative seeks"
                                                : "can't do nonzero end-relative seeks");
  }
  if (IntSign(number) < 0) {
    GILA_TRY(Str* const shown, Repr(thread, number));
    return thread.RaiseValueError("negative seek position %s", ToUtf8(shown).c_str());
  }
  if (whence == 1) {
    self->telling = true;
    GILA_TRY(number, TextTell(thread, args));
  }
  GILA_TRY_VOID(TextFlush(thread, self));
  IoGuard guard(thread, self->read_lock, self);
  GILA_TRY_VOID(guard.status());
  if (whence != 2) {
    GILA_TRY_VOID(SeekByObject(thread, self, number));
    return number;
  }
  GILA_TRY(const Value end, CallMethod(thread, self->buffer.Load(), Intern(thread, "seek"),
                                       {Value::SmallInt(0), Value::SmallInt(2)}));
  ForgetReadAhead(self);
  GILA_TRY_VOID(RestartDecoder(thread, self));
  GILA_TRY_VOID(RestartEncoder(thread, self, end == Value::SmallInt(0)));
  return end;
}

}  // namespace

Result<Value> TextSeek(Thread& thread, Args args) {
  TextIO* self = Self(args);
  int64_t whence = 0;
  if (args.Has(2)) {
    GILA_TRY(whence, ToInt64(thread, args[2]));
  }
  if (self->buffer.Load().IsNone()) return RaiseNoBuffer(thread, self);
  GILA_TRY(const bool closed, IsClosed(thread, self->buffer.Load()));
  if (closed) return RaiseClosed(thread);
  GILA_TRY(const Value seekable,
           CallMethod(thread, self->buffer.Load(), Intern(thread, "seekable")));
  if (!seekable.IsTrue()) return RaiseUnsupported(thread, "underlying stream is not seekable");
  if (HasCoders(self)) return SeekWithCoders(thread, args, whence);
  GILA_TRY(int64_t cookie, ToInt64(thread, args[1]));
  if (whence == 1) {
    if (cookie != 0) return RaiseUnsupported(thread, "can't do nonzero cur-relative seeks");
    self->telling = true;
    GILA_TRY(const Value here, TextTell(thread, args));
    GILA_TRY(cookie, ToInt64(thread, here));
    whence = 0;
  } else if (whence == 2) {
    if (cookie != 0) return RaiseUnsupported(thread, "can't do nonzero end-relative seeks");
  } else if (whence != 0) {
    return thread.RaiseValueError("invalid whence (%lld, should be 0, 1 or 2)",
                                  static_cast<long long>(whence));
  }
  if (cookie < 0)
    return thread.RaiseValueError("negative seek position %lld", static_cast<long long>(cookie));
  GILA_TRY_VOID(TextFlush(thread, self));
  GILA_TRY(const Value number, NewInt(thread, cookie));
  GILA_TRY(const Value position, CallMethod(thread, self->buffer.Load(), Intern(thread, "seek"),
                                            {number, Value::SmallInt(whence)}));
  ForgetReadAhead(self);
  self->at_start = whence == 0 && cookie == 0;
  if (self->at_start) {
    self->read_codec = self->codec;
  } else {
    // In the middle of a file that nobody has read from there is no mark to look for.
    for (const MarkedEncoding& marked : kMarked)
      if (self->read_codec == marked.codec) self->read_codec = marked.little;
  }
  return position;
}

Result<Value> TextTruncate(Thread& thread, Args args) {
  TextIO* self = Self(args);
  GILA_TRY_VOID(TextFlush(thread, self));
  Value size = args.Or(1, kNone);
  if (size.IsNone()) {
    GILA_TRY(size, TextTell(thread, args));
  }
  return CallMethod(thread, self->buffer.Load(), Intern(thread, "truncate"), {size});
}

int64_t FindLineEnd(const Str* text, int64_t from, Newline newline) {
  if ((newline == Newline::kUniversal || newline == Newline::kLf) &&
      (text->flags & kStrWidthMask) == 0) {
    const void* end = memchr(text->data + from, '\n', static_cast<size_t>(text->length - from));
    return end == nullptr ? -1 : static_cast<const uint8_t*>(end) - text->data + 1;
  }
  for (int64_t i = from; i < text->length; ++i) {
    const uint32_t c = text->At(i);
    if (c == '\n' && newline != Newline::kCr && newline != Newline::kCrLf) return i + 1;
    if (c != '\r') continue;
    const bool lf_follows = i + 1 < text->length && text->At(i + 1) == '\n';
    if (newline == Newline::kCr) return i + 1;
    if (newline == Newline::kCrLf && lf_follows) return i + 2;
    if (newline == Newline::kUntranslated) return lf_follows ? i + 2 : i + 1;
  }
  return -1;
}

}  // namespace gila::io

// io_text_codec.cc: TextIOWrapper over codecs that are not built in: those of the library that are
// made of classes, and what a program registers. They are used by way of their incremental encoder
// and decoder.
//
// Their state is not known, so tell() cannot work out a position from the text. It keeps the state
// before the last chunk and the chunk (Snapshot), decodes it again up to the character in question,
// and puts into its number, besides the position in bytes, what seek() needs to come back: the
// state there, or how many bytes to feed and how many characters to skip from the place before.
#include <algorithm>
#include <string>

#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/io_internal.h"

namespace gila::io {
namespace {

constexpr const char* kCannotTell = "can't reconstruct logical file position";

Result<bool> BufferIs(Thread& thread, Value buffer, const char* what) {
  GILA_TRY(const Value answer, CallMethod(thread, buffer, Intern(thread, what)));
  return Truth(thread, answer);
}

// The two parts of a decoder's state.
struct DecoderState {
  Value waiting;  // bytes
  Value flags;    // int
};

Result<DecoderState> GetState(Thread& thread, Value decoder) {
  GILA_TRY(const Value state, CallMethod(thread, decoder, Intern(thread, "getstate")));
  if (!IsTuple(state) || state.As<Tuple>()->length != 2)
    return thread.RaiseTypeError("illegal decoder state");
  const DecoderState parts = {state.As<Tuple>()->At(0), state.As<Tuple>()->At(1)};
  if (!IsBytes(parts.waiting)) {
    return thread.RaiseTypeError(
        "illegal decoder state: the first item should be a bytes object, not '%s'",
        std::string(TypeNameOf(parts.waiting)).c_str());
  }
  if (!IsInt(parts.flags)) return thread.RaiseTypeError("illegal decoder state");
  return parts;
}

Status SetState(Thread& thread, Value decoder, std::string_view waiting, Value flags) {
  GILA_TRY(const Value bytes, NewBytes(thread, waiting));
  const Value items[] = {bytes, flags};
  GILA_TRY(const Value state, NewTuple(thread, items));
  GILA_TRY_VOID(CallMethod(thread, decoder, Intern(thread, "setstate"), {state}));
  return kOk;
}

Result<Str*> Feed(Thread& thread, Value decoder, std::string_view bytes, bool final) {
  GILA_TRY(const Value input, NewBytes(thread, bytes));
  GILA_TRY(const Value text,
           CallMethod(thread, decoder, Intern(thread, "decode"), {input, Value::Bool(final)}));
  if (IsStr(text)) return text.As<Str>();
  return thread.RaiseTypeError("decoder should return a string result, not '%s'",
                               std::string(TypeNameOf(text)).c_str());
}

// How long a text is when its newlines are translated; *held is whether a '\r' waits before and
// after it.
int64_t TranslatedLength(const Str* text, Newline newline, bool final, bool* held) {
  if (newline != Newline::kUniversal && newline != Newline::kUntranslated) return text->length;
  int64_t length = text->length + (*held ? 1 : 0);
  bool cr = *held;
  for (int64_t i = 0; i < text->length; ++i) {
    const uint32_t c = text->At(i);
    if (cr && c == '\n' && newline == Newline::kUniversal) --length;
    cr = c == '\r';
  }
  *held = cr && !final;
  return length - (*held ? 1 : 0);
}

// Decodes bytes of the snapshot again and again, from one place, up to several others.
class Replay {
 public:
  struct Place {
    int64_t chars;
    bool held;
    DecoderState state;
  };
  Replay(Thread& thread, TextIO* self, std::string_view bytes, Value flags, bool held)
      : thread_(thread), self_(self), bytes_(bytes), flags_(flags), held_(held) {}

  // The state behind the first `count` bytes.
  Result<Place> To(int64_t count, bool final = false) GILA_ATTACHED {
    const Value decoder = self_->decoder.Load();
    GILA_TRY_VOID(SetState(thread_, decoder, "", flags_));
    Place place;
    place.held = held_;
    GILA_TRY(Str* const text,
             Feed(thread_, decoder, bytes_.substr(0, static_cast<size_t>(count)), final));
    place.chars = TranslatedLength(text, self_->newline, final, &place.held);
    GILA_TRY(place.state, GetState(thread_, decoder));
    return place;
  }
  // The most bytes that give at most so many characters.
  Result<int64_t> MostFor(int64_t chars) GILA_ATTACHED {
    int64_t low = 0, high = size();
    while (low < high) {
      const int64_t middle = (low + high + 1) / 2;
      GILA_TRY(const Place place, To(middle));
      if (place.chars <= chars) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
  int64_t size() const { return static_cast<int64_t>(bytes_.size()); }

 private:
  Thread& thread_;
  TextIO* self_;
  std::string_view bytes_;
  Value flags_;
  bool held_;
};

// What tell() answers and seek() takes: a number of five parts of 64 bits each.
struct Cookie {
  int64_t position = 0;
  Value flags = Value::SmallInt(0);  // of the decoder; the lowest bit is of newlines
  int64_t bytes_to_feed = 0, chars_to_skip = 0;
  bool need_eof = false;
};
constexpr int64_t kPartBits = 64;

Result<Value> PackCookie(Thread& thread, const Cookie& cookie) {
  Value number = Value::SmallInt(cookie.need_eof ? 1 : 0);
  GILA_TRY(const Value skip, NewInt(thread, cookie.chars_to_skip));
  GILA_TRY(const Value feed, NewInt(thread, cookie.bytes_to_feed));
  GILA_TRY(const Value position, NewInt(thread, cookie.position));
  for (const Value part : {skip, feed, cookie.flags, position}) {
    GILA_TRY(number, Binary(thread, BinaryOp::kLShift, number, Value::SmallInt(kPartBits)));
    GILA_TRY(number, Binary(thread, BinaryOp::kOr, number, part));
  }
  return number;
}

Status UnpackCookie(Thread& thread, Value number, Cookie* cookie) {
  GILA_TRY(const Value all_ones, NewIntFromUnsigned(thread, ~uint64_t{0}));
  Value parts[5];
  for (Value& part : parts) {
    GILA_TRY(part, Binary(thread, BinaryOp::kAnd, number, all_ones));
    GILA_TRY(number, Binary(thread, BinaryOp::kRShift, number, Value::SmallInt(kPartBits)));
  }
  GILA_TRY(cookie->position, ToInt64(thread, parts[0]));
  cookie->flags = parts[1];
  GILA_TRY(cookie->bytes_to_feed, ToInt64(thread, parts[2]));
  GILA_TRY(cookie->chars_to_skip, ToInt64(thread, parts[3]));
  cookie->need_eof = parts[4] != Value::SmallInt(0);
  return kOk;
}

Result<Value> FlagsWithNewline(Thread& thread, Value flags, bool held) {
  GILA_TRY(const Value doubled, Binary(thread, BinaryOp::kLShift, flags, Value::SmallInt(1)));
  return Binary(thread, BinaryOp::kOr, doubled, Value::SmallInt(held ? 1 : 0));
}

void KeepSnapshot(TextIO* self, Value bytes, Value flags, bool held, int64_t prefix) {
  self->snapshot.Store(self, bytes);
  self->snapshot_flags.Store(self, flags);
  self->snapshot_held_cr = held;
  self->snapshot_prefix = prefix;
}

// The last place at or before `limit` where nothing waits in the decoder.
Result<int64_t> LastSafePlace(Replay& replay, int64_t limit) GILA_ATTACHED {
  for (int64_t at = limit; at > 0; --at) {
    GILA_TRY(const Replay::Place place, replay.To(at));
    if (place.state.waiting.As<Bytes>()->size == 0) return at;
  }
  return 0;
}

// Fills in the parts of the cookie for the character `chars` behind the snapshot's beginning, which
// stands at cookie->position.
Status Locate(Thread& thread, TextIO* self, std::string_view bytes, int64_t chars, Cookie* cookie) {
  Replay replay(thread, self, bytes, self->snapshot_flags.Load(), self->snapshot_held_cr);
  GILA_TRY(int64_t at, replay.MostFor(chars));
  GILA_TRY(Replay::Place place, replay.To(at));
  if (const int64_t waiting = place.state.waiting.As<Bytes>()->size; waiting != 0) {
    // As a rule the bytes that wait are the last ones.
    at = std::max<int64_t>(at - waiting, 0);
    GILA_TRY(at, LastSafePlace(replay, at));
    GILA_TRY(place, replay.To(at));
  }
  cookie->position += at;
  GILA_TRY(cookie->flags, FlagsWithNewline(thread, place.state.flags, place.held));
  const int64_t skip = chars - place.chars;
  if (skip == 0) return kOk;
  Replay rest(thread, self, bytes.substr(static_cast<size_t>(at)), place.state.flags, place.held);
  GILA_TRY(int64_t feed, rest.MostFor(skip - 1));
  cookie->chars_to_skip = skip;
  cookie->need_eof = feed == rest.size();
  cookie->bytes_to_feed = cookie->need_eof ? feed : feed + 1;
  if (!cookie->need_eof) return kOk;
  GILA_TRY(const Replay::Place end, rest.To(feed, true));
  if (end.chars >= skip) return kOk;
  return thread.Raise(TypeId::kOSError, kCannotTell);
}

}  // namespace

Status SetCoders(Thread& thread, TextIO* self, Value buffer, const std::string& name,
                 Value errors) {
  GILA_TRY(const Value codecs, ImportModule(thread, "codecs"));
  GILA_TRY(Str* const text, NewStr(thread, name));
  GILA_TRY(const Value info, CallMethod(thread, codecs, Intern(thread, "lookup"), {Value(text)}));
  GILA_TRY(const Value is_text,
           GetAttrOrUnbound(thread, info, Intern(thread, "_is_text_encoding")));
  if (is_text == kFalse) {
    return thread.RaiseFormat(
        TypeId::kLookupError,
        "'%s' is not a text encoding; use codecs.open() to handle arbitrary codecs", name.c_str());
  }
  Value coders[2] = {kNone, kNone};
  constexpr const char* kNeeds[2] = {"readable", "writable"};
  constexpr const char* kClasses[2] = {"incrementaldecoder", "incrementalencoder"};
  for (int i = 0; i < 2; ++i) {
    GILA_TRY(const bool needed, BufferIs(thread, buffer, kNeeds[i]));
    if (!needed) continue;
    GILA_TRY(const Value maker, GetAttr(thread, info, Intern(thread, kClasses[i])));
    GILA_TRY(coders[i], Call(thread, maker, {errors}));
  }
  self->decoder.Store(self, coders[0]);
  self->encoder.Store(self, coders[1]);
  self->snapshot.Store(self, kNone);
  if (coders[1].IsNone()) return kOk;
  // Text that is added to a file is not at the beginning of it.
  GILA_TRY(const bool seekable, BufferIs(thread, buffer, "seekable"));
  if (!seekable) return kOk;
  GILA_TRY(const Value position, CallMethod(thread, buffer, Intern(thread, "tell")));
  GILA_TRY(const bool inside, Truth(thread, position));
  if (!inside) return kOk;
  return RestartEncoder(thread, self, false);
}

Status RestartEncoder(Thread& thread, TextIO* self, bool at_start) {
  const Value encoder = self->encoder.Load();
  if (encoder.IsNone()) return kOk;
  if (at_start) {
    GILA_TRY_VOID(CallMethod(thread, encoder, Intern(thread, "reset")));
  } else {
    GILA_TRY_VOID(CallMethod(thread, encoder, Intern(thread, "setstate"), {Value::SmallInt(0)}));
  }
  return kOk;
}

Status RestartDecoder(Thread& thread, TextIO* self) {
  self->snapshot.Store(self, kNone);
  if (self->decoder.Load().IsNone()) return kOk;
  GILA_TRY_VOID(CallMethod(thread, self->decoder.Load(), Intern(thread, "reset")));
  return kOk;
}

Result<Value> EncodeByObject(Thread& thread, TextIO* self, Str* text) {
  const Value encoder = self->encoder.Load();
  if (encoder.IsNone()) return RaiseUnsupported(thread, "not writable");
  GILA_TRY(const Value bytes, CallMethod(thread, encoder, Intern(thread, "encode"), {Value(text)}));
  if (IsBytes(bytes)) return bytes;
  return thread.RaiseTypeError("encoder should return a bytes object, not '%s'",
                               std::string(TypeNameOf(bytes)).c_str());
}

Result<Str*> DecodeByObject(Thread& thread, TextIO* self, std::string_view bytes, bool final,
                            bool whole) {
  const Value decoder = self->decoder.Load();
  if (decoder.IsNone()) return RaiseUnsupported(thread, "not readable");
  if (whole || !self->telling) {
    self->snapshot.Store(self, kNone);
    return Feed(thread, decoder, bytes, final);
  }
  GILA_TRY(const DecoderState before, GetState(thread, decoder));
  const bool held = self->held_cr;
  GILA_TRY(Str* const text, Feed(thread, decoder, bytes, final));
  std::string chunk(before.waiting.As<Bytes>()->view());
  chunk += bytes;
  GILA_TRY(const Value kept, NewBytes(thread, chunk));
  const Value unread = self->decoded.Load();
  KeepSnapshot(self, kept, before.flags, held,
               unread.IsUnbound() ? 0 : unread.As<Str>()->length - self->decoded_pos);
  return text;
}

Result<Value> TellByObject(Thread& thread, TextIO* self, int64_t position) {
  const Value snapshot = self->snapshot.Load();
  Cookie cookie;
  cookie.position = position;
  if (self->decoder.Load().IsNone() || snapshot.IsNone()) return PackCookie(thread, cookie);
  const std::string_view bytes = snapshot.As<Bytes>()->view();
  cookie.position -= static_cast<int64_t>(bytes.size());
  const bool has_text = !self->decoded.Load().IsUnbound();
  const int64_t chars = (has_text ? self->decoded_pos : 0) - self->snapshot_prefix;
  if (chars < 0) return thread.Raise(TypeId::kOSError, kCannotTell);
  if (chars == 0) {
    GILA_TRY(cookie.flags,
             FlagsWithNewline(thread, self->snapshot_flags.Load(), self->snapshot_held_cr));
    return PackCookie(thread, cookie);
  }
  const Value decoder = self->decoder.Load();
  GILA_TRY(const DecoderState now, GetState(thread, decoder));
  const Status located = Locate(thread, self, bytes, chars, &cookie);
  // Whatever happened, reading goes on where it was.
  const Value raised = located.ok() ? kUnbound : thread.TakeException();
  GILA_TRY_VOID(SetState(thread, decoder, now.waiting.As<Bytes>()->view(), now.flags));
  if (!located.ok()) return thread.RaiseObject(raised);
  return PackCookie(thread, cookie);
}

Status SeekByObject(Thread& thread, TextIO* self, Value number) {
  Cookie cookie;
  GILA_TRY_VOID(UnpackCookie(thread, number, &cookie));
  const Value buffer = self->buffer.Load();
  GILA_TRY(const Value position, NewInt(thread, cookie.position));
  GILA_TRY_VOID(CallMethod(thread, buffer, Intern(thread, "seek"), {position}));
  ForgetReadAhead(self);
  const bool at_start = cookie.position == 0 && cookie.flags == Value::SmallInt(0);
  GILA_TRY_VOID(RestartDecoder(thread, self));
  const Value decoder = self->decoder.Load();
  if (!decoder.IsNone()) {
    GILA_TRY(const Value flags,
             Binary(thread, BinaryOp::kRShift, cookie.flags, Value::SmallInt(1)));
    GILA_TRY(const Value odd, Binary(thread, BinaryOp::kAnd, cookie.flags, Value::SmallInt(1)));
    const bool held = odd == Value::SmallInt(1);
    if (!at_start || cookie.chars_to_skip != 0) GILA_TRY_VOID(SetState(thread, decoder, "", flags));
    self->held_cr = held;
    GILA_TRY(const Value nothing, NewBytes(thread, ""));
    KeepSnapshot(self, nothing, flags, held, 0);
    if (cookie.chars_to_skip != 0) {
      GILA_TRY(const Value feed, NewInt(thread, cookie.bytes_to_feed));
      GILA_TRY(const Value input, CallMethod(thread, buffer, Intern(thread, "read"), {feed}));
      if (!IsBytes(input)) {
        return thread.RaiseTypeError(
            "underlying read() should have returned a bytes object, not '%s'",
            std::string(TypeNameOf(input)).c_str());
      }
      GILA_TRY(Str * text, Feed(thread, decoder, input.As<Bytes>()->view(), cookie.need_eof));
      GILA_TRY(text, TranslateInput(thread, self, text, cookie.need_eof));
      KeepSnapshot(self, input, flags, held, 0);
      if (text->length < cookie.chars_to_skip)
        return thread.Raise(TypeId::kOSError, "can't restore logical file position");
      self->decoded.Store(self, text);
      self->decoded_pos = cookie.chars_to_skip;
    }
  }
  return RestartEncoder(thread, self, at_start);
}

}  // namespace gila::io

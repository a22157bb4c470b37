// io_memory.cc: io.BytesIO and io.StringIO: files in memory. StringIO keeps 32-bit code points, so
// that writing in the middle is simple.
#include <algorithm>
#include <cstring>

#include "runtime/heap/collect_now.h"
#include "runtime/protocols.h"
#include "runtime/protocols/native_iterator.h"
#include "runtime/text/units.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/io_internal.h"

namespace gila::io {

uint8_t bytes_io_kind = 0, string_io_kind = 0;

namespace {

// --- what both share ---

template <class File>
void TraceMemory(Object* object, Marker& marker) {
  auto* self = static_cast<File*>(object);
  marker.Visit(self->store);
  marker.Visit(self->attributes);
}

// Bytes of one unit: a byte, or a code point.
template <class File>
constexpr int64_t kUnit = 1;
template <>
constexpr int64_t kUnit<StringIO> = 4;

template <class File>
Result<File*> Open(Thread& thread, Value self) {
  if (self.As<File>()->closed) {
    return kUnit<File> == 4 ? thread.RaiseValueError("I/O operation on closed file")
                            : RaiseClosed(thread);
  }
  return self.As<File>();
}

// Where `count` units from the position on end; OverflowError when no buffer can be that large.
template <class File>
Result<int64_t> EndOf(Thread& thread, const File* self, int64_t count) {
  constexpr int64_t kMostUnits = INT64_MAX / 4 / kUnit<File>;
  if (self->position > kMostUnits || count > kMostUnits - self->position)
    return thread.Raise(TypeId::kOverflowError, "new buffer size too large");
  return self->position + count;
}

// Room for `units`; what lies between the size and a position beyond it is zero.
template <class File>
Status Reserve(Thread& thread, File* self, int64_t units) {
  Blob* old = self->store.Load();
  const int64_t capacity = old == nullptr ? 0 : old->size / kUnit<File>;
  if (units <= capacity) return kOk;
  const int64_t wanted = std::max(units, capacity + capacity / 2 + 32) * kUnit<File>;
  if (old != nullptr && ExtendTo(old, wanted)) return kOk;
  GILA_TRY(Blob * grown, NewGrowingBlob(thread, wanted));
  if (old != nullptr)
    memcpy(grown->bytes, old->bytes, static_cast<size_t>(self->size * kUnit<File>));
  self->store.Store(self, grown);
  return kOk;
}

template <class File>
Status Resize(Thread& thread, File* self, int64_t size) {
  GILA_TRY_VOID(Reserve(thread, self, size));
  if (size > self->size) {
    memset(self->store.Load()->bytes + self->size * kUnit<File>, 0,
           static_cast<size_t>((size - self->size) * kUnit<File>));
  }
  self->size = size;
  return kOk;
}

template <class File>
Status PutUnits(Thread& thread, File* self, const void* units, int64_t count) {
  if (count == 0) return kOk;
  GILA_TRY(const int64_t end, EndOf(thread, self, count));
  if (end > self->size) GILA_TRY_VOID(Resize(thread, self, end));
  memcpy(self->store.Load()->bytes + self->position * kUnit<File>, units,
         static_cast<size_t>(count * kUnit<File>));
  self->position += count;
  return kOk;
}

Status CheckNotPinned(Thread& thread, BytesIO* self) {
  if (!heap::IsReallyPinned(thread, self->exports)) return kOk;
  return thread.Raise(TypeId::kBufferError, "Existing exports of data: object cannot be re-sized");
}

// Makes a change that may move the memory or give it back, under the lock. BufferError while views
// of it are alive.
template <class File, class Change>
Status ChangeMemory(Thread& thread, File* self, Change change) {
  if constexpr (kUnit<File> == 1) {
    while (true) {
      GILA_TRY_VOID(CheckNotPinned(thread, self));
      const ByteLockGuard guard(self->lock);
      if (self->exports.Load() == 0) return change();
    }
  } else {
    const ByteLockGuard guard(self->lock);
    return change();
  }
}

template <class File>
int64_t Available(const File* self, int64_t size) {
  const int64_t rest = std::max<int64_t>(self->size - self->position, 0);
  return size < 0 ? rest : std::min(size, rest);
}

template <class File>
Result<Value> Tell(Thread& thread, Args args) {
  GILA_TRY(File * self, Open<File>(thread, args[0]));
  const ByteLockGuard guard(self->lock);
  return NewInt(thread, self->position);
}

template <class File>
Result<Value> Truncate(Thread& thread, Args args) {
  GILA_TRY(File * self, Open<File>(thread, args[0]));
  int64_t size = 0;
  if (args.Has(1) && !args[1].IsNone()) {
    GILA_TRY(size, ToInt64(thread, args[1]));
  } else {
    const ByteLockGuard guard(self->lock);
    size = self->position;
  }
  if (size < 0)
    return thread.RaiseValueError("%s %lld",
                                  kUnit<File> == 4 ? "Negative size value" : "negative size value",
                                  static_cast<long long>(size));
  GILA_TRY_VOID(ChangeMemory(thread, self, [=]() -> Status {
    self->size = std::min(size, self->size);
    return kOk;
  }));
  return NewInt(thread, size);
}

template <class File>
Result<Value> Close(Thread& thread, Args args) {
  auto* const self = args[0].As<File>();
  GILA_TRY_VOID(ChangeMemory(thread, self, [=]() -> Status {
    self->closed = true;
    self->store.Store(self, nullptr);
    self->size = 0;
    return kOk;
  }));
  return kNone;
}

template <class File, bool kAnswer>
Result<Value> Say(Thread& thread, Args args) {
  GILA_TRY_VOID(Open<File>(thread, args[0]));
  return Value::Bool(kAnswer);
}
template <class File>
Result<Value> GetClosed(Thread&, Value self) {
  return Value::Bool(self.As<File>()->closed);
}

// --- BytesIO ---

std::string_view View(const BytesIO* self, int64_t from, int64_t count) {
  if (count <= 0) return {};
  return {reinterpret_cast<const char*>(self->store.Load()->bytes) + from,
          static_cast<size_t>(count)};
}

Result<Value> BytesNew(Thread& thread, Args args) {
  return AllocateInstance(thread, args[0].As<Type>());
}

Status SetContents(Thread& thread, BytesIO* self, std::string_view bytes, int64_t position) {
  return ChangeMemory(thread, self, [&]() -> Status {
    self->size = self->position = 0;
    GILA_TRY_VOID(PutUnits(thread, self, bytes.data(), static_cast<int64_t>(bytes.size())));
    self->position = position;
    return kOk;
  });
}

Result<Value> BytesInit(Thread& thread, Args args) {
  auto* self = args[0].As<BytesIO>();
  std::string bytes;
  if (args.Has(1) && !args[1].IsNone()) {
    GILA_TRY(bytes, CopyBuffer(thread, args[1]));
  }
  GILA_TRY_VOID(SetContents(thread, self, bytes, 0));
  self->closed = false;
  return kNone;
}

Result<Value> BytesRead(Thread& thread, Args args) {
  GILA_TRY(const int64_t size, SizeArgument(thread, args[1]));
  GILA_TRY(BytesIO * self, Open<BytesIO>(thread, args[0]));
  const ByteLockGuard guard(self->lock);
  const int64_t count = Available(self, size);
  GILA_TRY(const Value bytes, NewBytes(thread, View(self, self->position, count)));
  self->position += count;
  return bytes;
}

Result<Value> BytesReadInto(Thread& thread, Args args) {
  GILA_TRY(BytesIO * self, Open<BytesIO>(thread, args[0]));
  GILA_TRY(const PinnedBuffer buffer, PinWritable(thread, args[1]));
  const int64_t count = Available(self, buffer.size);
  const std::string_view bytes = View(self, self->position, count);
  if (!bytes.empty()) memcpy(buffer.data, bytes.data(), bytes.size());
  Unpin(buffer);
  self->position += count;
  return Value::SmallInt(count);
}

Result<Value> BytesLine(Thread& thread, BytesIO* self, int64_t limit) {
  std::string_view rest = View(self, self->position, Available(self, limit));
  const size_t end = rest.find('\n');
  if (end != std::string_view::npos) rest = rest.substr(0, end + 1);
  self->position += static_cast<int64_t>(rest.size());
  return NewBytes(thread, rest);
}

Result<Value> BytesReadLine(Thread& thread, Args args) {
  GILA_TRY(const int64_t limit, SizeArgument(thread, args[1]));
  GILA_TRY(BytesIO * self, Open<BytesIO>(thread, args[0]));
  const ByteLockGuard guard(self->lock);
  return BytesLine(thread, self, limit);
}

Result<Value> BytesNext(Thread& thread, Object* file) {
  GILA_TRY(BytesIO * self, Open<BytesIO>(thread, file));
  const ByteLockGuard guard(self->lock);
  if (Available(self, -1) == 0) return kUnbound;
  return BytesLine(thread, self, -1);
}

Result<Value> BytesWrite(Thread& thread, Args args) {
  GILA_TRY(BytesIO * self, Open<BytesIO>(thread, args[0]));
  GILA_TRY_VOID(CheckNotPinned(thread, self));  // before all else
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[1]));
  GILA_TRY_VOID(ChangeMemory(thread, self, [&] {
    return PutUnits(thread, self, bytes.data(), static_cast<int64_t>(bytes.size()));
  }));
  return Value::SmallInt(static_cast<int64_t>(bytes.size()));
}

Result<Value> BytesSeek(Thread& thread, Args args) {
  GILA_TRY(BytesIO * self, Open<BytesIO>(thread, args[0]));
  GILA_TRY(int64_t position, ToInt64(thread, args[1]));
  int64_t whence = 0;
  if (args.Has(2)) {
    GILA_TRY(whence, ToInt64(thread, args[2]));
  }
  const ByteLockGuard guard(self->lock);
  if (whence < 0 || whence > 2) {
    return thread.RaiseValueError("invalid whence (%lld, should be 0, 1 or 2)",
                                  static_cast<long long>(whence));
  }
  if (whence == 0 && position < 0)
    return thread.RaiseValueError("negative seek value %lld", static_cast<long long>(position));
  const int64_t from = whence == 0 ? 0 : whence == 1 ? self->position : self->size;
  if (__builtin_add_overflow(position, from, &position))
    return thread.Raise(TypeId::kOverflowError, "new position too large");
  self->position = std::max<int64_t>(position, 0);
  return NewInt(thread, self->position);
}

Result<Value> BytesGetValue(Thread& thread, Args args) {
  GILA_TRY(BytesIO * self, Open<BytesIO>(thread, args[0]));
  const ByteLockGuard guard(self->lock);
  return NewBytes(thread, View(self, 0, self->size));
}

Result<Value> BytesGetBuffer(Thread& thread, Args args) {
  GILA_TRY(BytesIO * self, Open<BytesIO>(thread, args[0]));
  return ViewOfBytesIO(thread, self);
}

// --- StringIO ---

uint32_t* Units(const StringIO* self) {
  Blob* store = self->store.Load();
  return store == nullptr ? nullptr : reinterpret_cast<uint32_t*>(store->bytes);
}

// Does writing change line ends of this text?
bool IsTranslated(const StringIO* self, const Str* text) {
  if (self->newline == Newline::kLf || self->newline == Newline::kUntranslated) return false;
  const uint32_t end = self->newline == Newline::kUniversal ? '\r' : '\n';
  return WithUnits(text, [=](const auto* units) {
    return std::find(units, units + text->length, end) != units + text->length;
  });
}

// Widens the text where it goes.
Status PutAsItIs(Thread& thread, StringIO* self, const Str* text) {
  if (text->length == 0) return kOk;
  GILA_TRY(const int64_t end, EndOf(thread, self, text->length));
  if (self->position > self->size) GILA_TRY_VOID(Resize(thread, self, self->position));
  GILA_TRY_VOID(Reserve(thread, self, end));
  uint32_t* const to = Units(self) + self->position;
  WithUnits(text, [=](const auto* units) { std::copy(units, units + text->length, to); });
  self->size = std::max(self->size, end);
  self->position = end;
  return kOk;
}

Status PutText(Thread& thread, StringIO* self, Str* text) {
  if (!IsTranslated(self, text)) return PutAsItIs(thread, self, text);
  std::u32string units;
  units.reserve(static_cast<size_t>(text->length));
  for (int64_t i = 0; i < text->length; ++i) {
    const uint32_t c = text->At(i);
    if (c == '\r' && self->newline == Newline::kUniversal) {
      units += U'\n';
      if (i + 1 < text->length && text->At(i + 1) == '\n') ++i;
    } else if (c == '\n' && self->newline == Newline::kCrLf) {
      units += U"\r\n";
    } else if (c == '\n' && self->newline == Newline::kCr) {
      units += U'\r';
    } else {
      units += static_cast<char32_t>(c);
    }
  }
  return PutUnits(thread, self, units.data(), static_cast<int64_t>(units.size()));
}

Result<Value> TakeText(Thread& thread, StringIO* self, int64_t count) {
  if (count == 0) return NameOf(Name::kEmpty);
  const uint32_t* from = Units(self) + self->position;
  self->position += count;
  return NewStrFromUcs4(thread, from, count);
}

Result<Value> StringInit(Thread& thread, Args args) {
  auto* self = args[0].As<StringIO>();
  self->size = self->position = 0;
  self->closed = false;
  const Value newline = args.Or(2, kUnbound);
  if (newline.IsUnbound()) {
    self->newline = Newline::kLf;
  } else {
    GILA_TRY(self->newline, ParseNewline(thread, newline));
  }
  if (args.Has(1) && !args[1].IsNone()) {
    if (!IsStr(args[1])) {
      const std::string name(TypeNameOf(args[1]));
      return thread.RaiseTypeError("initial_value must be str or None, not %s", name.c_str());
    }
    GILA_TRY_VOID(PutText(thread, self, args[1].As<Str>()));
    self->position = 0;
  }
  return kNone;
}

Result<Value> StringRead(Thread& thread, Args args) {
  GILA_TRY(const int64_t size, SizeArgument(thread, args[1]));
  GILA_TRY(StringIO * self, Open<StringIO>(thread, args[0]));
  const ByteLockGuard guard(self->lock);
  return TakeText(thread, self, Available(self, size));
}

Result<Value> StringLine(Thread& thread, StringIO* self, int64_t limit) {
  const uint32_t* units = Units(self);
  const int64_t available = Available(self, limit);
  if (available == 0) return TakeText(thread, self, 0);  // the position may be far beyond the text
  const int64_t stop = self->position + available;
  if (self->newline == Newline::kLf || self->newline == Newline::kUniversal) {
    const uint32_t* const from = units + self->position;
    const uint32_t* const found = std::find(from, units + stop, uint32_t{'\n'});
    return TakeText(thread, self, found - from + (found < units + stop));
  }
  int64_t end = self->position;
  while (end < stop) {
    const uint32_t c = units[end++];
    if (self->newline == Newline::kCr ? c == '\r' : c == '\n') {
      if (self->newline != Newline::kCrLf || (end >= 2 && units[end - 2] == '\r')) break;
    }
    if (c == '\r' && self->newline == Newline::kUntranslated) {
      if (end < stop && units[end] == '\n') ++end;
      break;
    }
  }
  return TakeText(thread, self, end - self->position);
}

Result<Value> StringReadLine(Thread& thread, Args args) {
  GILA_TRY(const int64_t limit, SizeArgument(thread, args[1]));
  GILA_TRY(StringIO * self, Open<StringIO>(thread, args[0]));
  const ByteLockGuard guard(self->lock);
  return StringLine(thread, self, limit);
}

Result<Value> StringNext(Thread& thread, Object* file) {
  GILA_TRY(StringIO * self, Open<StringIO>(thread, file));
  const ByteLockGuard guard(self->lock);
  if (Available(self, -1) == 0) return kUnbound;
  return StringLine(thread, self, -1);
}

Result<Value> StringWrite(Thread& thread, Args args) {
  if (!IsStr(args[1])) {
    const std::string name(TypeNameOf(args[1]));
    return thread.RaiseTypeError("string argument expected, got '%s'", name.c_str());
  }
  GILA_TRY(StringIO * self, Open<StringIO>(thread, args[0]));
  const ByteLockGuard guard(self->lock);
  GILA_TRY_VOID(PutText(thread, self, args[1].As<Str>()));
  return Value::SmallInt(args[1].As<Str>()->length);
}

Result<Value> StringSeek(Thread& thread, Args args) {
  GILA_TRY(StringIO * self, Open<StringIO>(thread, args[0]));
  GILA_TRY(int64_t position, ToInt64(thread, args[1]));
  int64_t whence = 0;
  if (args.Has(2)) {
    GILA_TRY(whence, ToInt64(thread, args[2]));
  }
  const ByteLockGuard guard(self->lock);
  if (whence < 0 || whence > 2) {
    return thread.RaiseValueError("Invalid whence (%lld, should be 0, 1 or 2)",
                                  static_cast<long long>(whence));
  }
  if (whence == 0 && position < 0)
    return thread.RaiseValueError("Negative seek position %lld", static_cast<long long>(position));
  if (whence != 0 && position != 0)
    return thread.Raise(TypeId::kOSError, "Can't do nonzero cur-relative seeks");
  if (whence == 1) position = self->position;
  if (whence == 2) position = self->size;
  self->position = position;
  return NewInt(thread, position);
}

Result<Value> StringGetValue(Thread& thread, Args args) {
  GILA_TRY(StringIO * self, Open<StringIO>(thread, args[0]));
  const ByteLockGuard guard(self->lock);
  if (self->size == 0) return NameOf(Name::kEmpty);
  return NewStrFromUcs4(thread, Units(self), self->size);
}

// --- the state, for copy and pickle: contents, (newline,) position, attributes ---

Result<Value> AttributesOrNone(Thread& thread, Value self) {
  GILA_TRY(Dict* const attributes, MaterializeDict(thread, self.AsObject()));
  GILA_TRY(const int64_t count, Length(thread, attributes));
  if (count == 0) return kNone;
  return Result<Value>(DictCopy(thread, attributes));
}

// Checks the tuple; its last two items are the position and the attributes.
Result<const Tuple*> CheckState(Thread& thread, Value state, int64_t length, Value self,
                                int64_t* position) {
  if (!IsTuple(state) || state.As<Tuple>()->length != length) {
    const std::string given(TypeNameOf(state)), name(TypeNameOf(self));
    return thread.RaiseTypeError("%s.__setstate__ argument should be %lld-tuple, got %s",
                                 name.c_str(), static_cast<long long>(length), given.c_str());
  }
  const auto* items = state.As<Tuple>();
  const Value place = items->At(length - 2), attributes = items->At(length - 1);
  if (!IsInt(place)) {
    const std::string given(TypeNameOf(place));
    return thread.RaiseTypeError("position item of state must be an integer, got %s",
                                 given.c_str());
  }
  if (!attributes.IsNone() && !IsDict(attributes)) {
    const std::string given(TypeNameOf(attributes));
    return thread.RaiseTypeError("the last item of state should be a dict, got a %s",
                                 given.c_str());
  }
  GILA_TRY(*position, ToInt64(thread, place));
  if (*position < 0) return thread.RaiseValueError("position value cannot be negative");
  return items;
}
Status TakeAttributes(Thread& thread, Value self, Value attributes) {
  if (attributes.IsNone()) return kOk;
  GILA_TRY(Dict* const own, MaterializeDict(thread, self.AsObject()));
  return DictUpdate(thread, own, attributes);
}

Result<Value> BytesGetState(Thread& thread, Args args) {
  GILA_TRY(BytesIO * self, Open<BytesIO>(thread, args[0]));
  GILA_TRY(const Value contents, BytesGetValue(thread, args));
  GILA_TRY(const Value attributes, AttributesOrNone(thread, args[0]));
  GILA_TRY(const Value position, NewInt(thread, self->position));
  const Value state[] = {contents, position, attributes};
  return Result<Value>(NewTuple(thread, state));
}
Result<Value> BytesSetState(Thread& thread, Args args) {
  GILA_TRY(BytesIO * self, Open<BytesIO>(thread, args[0]));
  int64_t position = 0;
  GILA_TRY(const Tuple* state, CheckState(thread, args[1], 3, args[0], &position));
  GILA_TRY(const std::string bytes, CopyBuffer(thread, state->At(0)));
  GILA_TRY_VOID(SetContents(thread, self, bytes, position));
  GILA_TRY_VOID(TakeAttributes(thread, args[0], state->At(2)));
  return kNone;
}

Result<Value> StringGetState(Thread& thread, Args args) {
  GILA_TRY(StringIO * self, Open<StringIO>(thread, args[0]));
  GILA_TRY(const Value contents, StringGetValue(thread, args));
  GILA_TRY(const Value attributes, AttributesOrNone(thread, args[0]));
  static const char* const kNames[] = {nullptr, "", "\n", "\r", "\r\n"};
  const char* const newline = kNames[static_cast<size_t>(self->newline)];
  GILA_TRY(const Value position, NewInt(thread, self->position));
  const Value state[] = {contents, newline == nullptr ? kNone : Intern(thread, newline), position,
                         attributes};
  return Result<Value>(NewTuple(thread, state));
}
Result<Value> StringSetState(Thread& thread, Args args) {
  GILA_TRY(StringIO * self, Open<StringIO>(thread, args[0]));
  int64_t position = 0;
  GILA_TRY(const Tuple* state, CheckState(thread, args[1], 4, args[0], &position));
  if (!IsStr(state->At(0))) {
    const std::string given(TypeNameOf(state->At(0)));
    return thread.RaiseTypeError("initial_value must be str or None, not %s", given.c_str());
  }
  GILA_TRY(self->newline, ParseNewline(thread, state->At(1)));
  // The text has been translated already.
  self->size = self->position = 0;
  GILA_TRY_VOID(PutAsItIs(thread, self, state->At(0).As<Str>()));
  self->position = position;
  GILA_TRY_VOID(TakeAttributes(thread, args[0], state->At(3)));
  return kNone;
}

Result<Value> NoneField(Thread&, Value) { return kNone; }
Result<Value> LineBuffering(Thread&, Value) { return kFalse; }

#define END {nullptr, nullptr, nullptr, nullptr}
#define SHARED_ROWS(File)                                                  \
  {"tell", Tell<File>, "(self, /)", "The current position."},              \
      {"truncate", Truncate<File>, "(self, pos=None, /)",                  \
       "Cut to pos (the current position by default)."},                   \
      {"close", Close<File>, "(self, /)", "Close and free the contents."}, \
      {"readable", Say<File, true>, "(self, /)", "True."},                 \
      {"writable", Say<File, true>, "(self, /)", "True."},                 \
      {"seekable", Say<File, true>, "(self, /)", "True."},                 \
      {"isatty", Say<File, false>, "(self, /)", "False."}
const NativeDef kBytesMethods[] = {
    {"__getstate__", BytesGetState, "(self, /)", "The state, for copy and pickle."},
    {"__setstate__", BytesSetState, "(self, state, /)", "Take a state back."},
    {"__init__", BytesInit, "(self, initial_bytes=b'')", "Initialize self."},
    {"read", BytesRead, "(self, size=-1, /)", "Read at most size bytes, or all."},
    {"read1", BytesRead, "(self, size=-1, /)", "Read at most size bytes, or all."},
    {"readinto", BytesReadInto, "(self, buffer, /)", "Fill a writable buffer."},
    {"readline", BytesReadLine, "(self, size=-1, /)", "Read a line."},
    {"__next__", NativeIteratorNext, "(self, /)", "Implement next(self)."},
    {"write", BytesWrite, "(self, b, /)", "Write bytes."},
    {"seek", BytesSeek, "(self, pos, whence=0, /)", "Move to a position."},
    {"getvalue", BytesGetValue, "(self, /)", "The whole contents."},
    {"getbuffer", BytesGetBuffer, "(self, /)",
     "A view of the contents; writing to it changes them."},
    SHARED_ROWS(BytesIO),
    END};
const NativeDef kStringMethods[] = {
    {"__getstate__", StringGetState, "(self, /)", "The state, for copy and pickle."},
    {"__setstate__", StringSetState, "(self, state, /)", "Take a state back."},
    {"__init__", StringInit, "(self, initial_value='', newline='\\n')", "Initialize self."},
    {"read", StringRead, "(self, size=-1, /)", "Read at most size characters, or all."},
    {"readline", StringReadLine, "(self, size=-1, /)", "Read a line."},
    {"__next__", NativeIteratorNext, "(self, /)", "Implement next(self)."},
    {"write", StringWrite, "(self, s, /)", "Write a string."},
    {"seek", StringSeek, "(self, pos, whence=0, /)", "Move to a position."},
    {"getvalue", StringGetValue, "(self, /)", "The whole contents."},
    SHARED_ROWS(StringIO),
    END};
const GetSetDef kBytesFields[] = {{"closed", GetClosed<BytesIO>, nullptr, nullptr}, END};
const GetSetDef kStringFields[] = {
    {"closed", GetClosed<StringIO>, nullptr, nullptr},   {"newlines", NoneField, nullptr, nullptr},
    {"encoding", NoneField, nullptr, nullptr},           {"errors", NoneField, nullptr, nullptr},
    {"line_buffering", LineBuffering, nullptr, nullptr}, END};
#undef END
const KindInfo kBytesKind = {"BytesIO", TraceMemory<BytesIO>, nullptr};
const KindInfo kStringKind = {"StringIO", TraceMemory<StringIO>, nullptr};
const TypeSpec kBytesSpec = {.doc = "A file of bytes in memory.",
                             .new_function = BytesNew,
                             .new_signature = "(cls, *args, **kwargs)",
                             .methods = kBytesMethods,
                             .getsets = kBytesFields,
                             .native_size = offsetof(BytesIO, attributes),
                             .kind_info = &kBytesKind};
const TypeSpec kStringSpec = {.doc = "A file of text in memory.",
                              .new_function = BytesNew,
                              .new_signature = "(cls, *args, **kwargs)",
                              .methods = kStringMethods,
                              .getsets = kStringFields,
                              .native_size = offsetof(StringIO, attributes),
                              .kind_info = &kStringKind};

}  // namespace

Status AddMemoryTypes(Thread& thread, Module* module) {
  bytes_io_kind = RegisterKind(kBytesKind);
  string_io_kind = RegisterKind(kStringKind);
  native_iterator_steps[bytes_io_kind] = BytesNext;
  native_iterator_steps[string_io_kind] = StringNext;
  const uint32_t flags = kBasetype | kHasDict | kHasWeakref;
  GILA_TRY(Type* const bytes_io, AddType(thread, module, kBytesSpec, "_io.BytesIO", bytes_io_kind,
                                         kBytesSpec.native_size, flags, buffered_base_type));
  GILA_TRY(Type* const string_io,
           AddType(thread, module, kStringSpec, "_io.StringIO", string_io_kind,
                   kStringSpec.native_size, flags, text_base_type));
  // They inherit a __del__ that closes them, of which nobody would notice anything. It is called
  // for instances of subclasses, whose close() may be another.
  for (Type* const type : {bytes_io, string_io}) type->flags.FetchAnd(~uint32_t{kHasDel});
  return kOk;
}

}  // namespace gila::io

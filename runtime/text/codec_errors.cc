// codec_errors.cc: see codec_errors.h. A handler that a program registered is called with the
// exception object and answers with a replacement and the place to go on.
#include "runtime/text/codec_errors.h"

#include <cstdio>

#include "compiler/unicode_data.h"
#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/text/codecs.h"
#include "runtime/text/utf8.h"
#include "runtime/type.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"

namespace gila {

namespace {

Value custom_handlers = kUnbound;  // a Dict: name -> callable

struct HandlerName {
  std::string_view name;
  ErrorHandler handler;
};
constexpr HandlerName kHandlers[] = {{"strict", ErrorHandler::kStrict},
                                     {"ignore", ErrorHandler::kIgnore},
                                     {"replace", ErrorHandler::kReplace},
                                     {"backslashreplace", ErrorHandler::kBackslash},
                                     {"xmlcharrefreplace", ErrorHandler::kXmlCharRef},
                                     {"namereplace", ErrorHandler::kName},
                                     {"surrogateescape", ErrorHandler::kSurrogateEscape},
                                     {"surrogatepass", ErrorHandler::kSurrogatePass}};

}  // namespace

ErrorHandler FindErrorHandler(std::string_view name) {
  for (const HandlerName& row : kHandlers) {
    if (row.name == name) return row.handler;
  }
  return ErrorHandler::kCustom;
}

Status RegisterErrorHandler(Thread& thread, Str* name, Value handler) {
  if (custom_handlers.IsUnbound()) {
    GILA_TRY(Dict* const dict, NewDict(thread));
    heap::AddRoot(&custom_handlers);
    custom_handlers = dict;
  }
  return DictSet(thread, custom_handlers.As<Dict>(), name, handler);
}

Result<Value> LookupErrorHandler(Thread& thread, std::string_view name) {
  if (custom_handlers.IsUnbound()) return kUnbound;
  GILA_TRY(Str* const key, NewStr(thread, name));
  return DictGet(thread, custom_handlers.As<Dict>(), key);
}

Result<Value> NewUnicodeError(Thread& thread, TypeId type, const char* encoding, Value object,
                              int64_t start, int64_t stop, const char* reason) {
  GILA_TRY(Str* const encoding_name, NewStr(thread, encoding));
  GILA_TRY(Str* const words, NewStr(thread, reason));
  const Value args[] = {encoding_name, object, Value::SmallInt(start), Value::SmallInt(stop),
                        words};
  return NewException(thread, type, args);
}

// The handler registered under this name, or the error for an unknown one.
Result<Value> RequireErrorHandler(Thread& thread, std::string_view name) {
  GILA_TRY(const Value handler, LookupErrorHandler(thread, name));
  if (!handler.IsUnbound()) return handler;
  return thread.RaiseFormat(TypeId::kLookupError, "unknown error handler name '%.*s'",
                            static_cast<int>(name.size()), name.data());
}

Status AskErrorHandler(Thread& thread, Value handler, Value error, const char* complaint,
                       bool bytes_allowed, HandlerAnswer* answer) {
  GILA_TRY(const Value given, Call(thread, handler, {error}));
  Tuple* const pair = IsTuple(given) ? given.As<Tuple>() : nullptr;
  if (pair == nullptr || pair->length != 2 ||
      !(IsStr(pair->At(0)) || (bytes_allowed && IsBytes(pair->At(0)))) || !IsInt(pair->At(1)))
    return thread.RaiseTypeError("%s", complaint);
  *answer = {pair->At(0), pair->At(1)};
  return kOk;
}

Result<int64_t> PlaceInInput(Thread& thread, int64_t place, int64_t size) {
  if (place < 0) place += size;
  if (place >= 0 && place <= size) return place;
  return thread.RaiseFormat(TypeId::kIndexError, "position %lld from error handler out of bounds",
                            static_cast<long long>(place));
}

// --- decoding ---

Result<Value> Decoder::NewError(int64_t start, int64_t stop, const char* reason) {
  if (object_.IsUnbound()) {
    GILA_TRY(object_, NewBytes(thread_, bytes_));
  }
  return NewUnicodeError(thread_, TypeId::kUnicodeDecodeError, encoding_, object_, start, stop,
                         reason);
}

Failed Decoder::RaiseStrict(int64_t start, int64_t stop, const char* reason) {
  const Result<Value> error = NewError(start, stop, reason);
  return error.ok() ? thread_.RaiseObject(error.value()) : kFailed;
}

Status Decoder::CallCustom(int64_t start, int64_t stop, const char* reason, int64_t* next) {
  GILA_TRY(const Value handler, RequireErrorHandler(thread_, errors_));
  GILA_TRY(const Value error, NewError(start, stop, reason));
  HandlerAnswer answer;
  GILA_TRY_VOID(AskErrorHandler(thread_, handler, error,
                                "decoding error handler must return (str, int) tuple", false,
                                &answer));
  GILA_TRY(object_, GetAttr(thread_, error, Intern(thread_, "object")));
  if (!IsBytes(object_)) return thread_.RaiseTypeError("object attribute must be bytes");
  bytes_ = object_.As<Bytes>()->view();
  GILA_TRY(const int64_t place, ToInt64(thread_, answer.place));
  GILA_TRY(*next, PlaceInInput(thread_, place, size()));
  out.Append(answer.replacement.As<Str>());
  return kOk;
}

bool Decoder::PassSurrogate(int64_t start, int unit_size, bool big_endian, int64_t* next) {
  if (unit_size == 0 || start + unit_size > size()) return false;
  const uint8_t* p = begin() + start;
  uint32_t c = 0;
  if (unit_size == 3) {
    if (p[0] != 0xED || (p[1] & 0xE0) != 0xA0 || (p[2] & 0xC0) != 0x80) return false;
    c = 0xD000u | (uint32_t{p[1]} & 0x3F) << 6 | (p[2] & 0x3F);
  } else {
    for (int i = 0; i < unit_size; ++i) c = c << 8 | p[big_endian ? i : unit_size - 1 - i];
    if (!IsSurrogate(c)) return false;
  }
  out.Append(c);
  *next = start + unit_size;
  return true;
}

Status Decoder::Fail(int64_t start, int64_t stop, const char* reason, int64_t* next,
                     int surrogate_size, bool big_endian) {
  *next = stop;
  switch (FindErrorHandler(errors_)) {
    case ErrorHandler::kIgnore:
      return kOk;
    case ErrorHandler::kReplace:
      out.Append(0xFFFD);
      return kOk;
    case ErrorHandler::kBackslash:
      for (int64_t i = start; i < stop; ++i) {
        char escape[8];
        std::snprintf(escape, sizeof(escape), "\\x%02x", begin()[i]);
        out.AppendAscii(escape);
      }
      return kOk;
    case ErrorHandler::kSurrogateEscape: {
      int64_t i = start;
      for (; i < stop && i < start + 4 && begin()[i] >= 128; ++i) out.Append(0xDC00u + begin()[i]);
      if (i == start) return RaiseStrict(start, stop, reason);
      *next = i;
      return kOk;
    }
    case ErrorHandler::kSurrogatePass:
      if (PassSurrogate(start, surrogate_size, big_endian, next)) return kOk;
      return RaiseStrict(start, stop, reason);
    case ErrorHandler::kXmlCharRef:
    case ErrorHandler::kName:
      return thread_.RaiseTypeError(
          "don't know how to handle UnicodeDecodeError in error callback");
    case ErrorHandler::kCustom:
      return CallCustom(start, stop, reason, next);
    case ErrorHandler::kStrict:
      break;
  }
  return RaiseStrict(start, stop, reason);
}

// --- encoding ---

Result<Value> Encoder::NewError(int64_t start, int64_t stop) {
  return NewUnicodeError(thread_, TypeId::kUnicodeEncodeError, encoding_, text_, start, stop,
                         reason_);
}

Failed Encoder::RaiseStrict(int64_t start, int64_t stop) {
  const Result<Value> error = NewError(start, stop);
  return error.ok() ? thread_.RaiseObject(error.value()) : kFailed;
}

void Encoder::PutAscii(std::string_view ascii) {
  for (const char c : ascii) Put(static_cast<uint8_t>(c));
}

void Encoder::PutEscaped(uint32_t c) {
  char escape[16];
  std::snprintf(escape, sizeof(escape),
                c < 0x100     ? "\\x%02x"
                : c < 0x10000 ? "\\u%04x"
                              : "\\U%08x",
                c);
  PutAscii(escape);
}

Status Encoder::CallCustom(int64_t start, int64_t stop, int64_t* next) {
  GILA_TRY(const Value handler, RequireErrorHandler(thread_, errors_));
  GILA_TRY(const Value error, NewError(start, stop));
  HandlerAnswer answer;
  GILA_TRY_VOID(AskErrorHandler(thread_, handler, error,
                                "encoding error handler must return (str/bytes, int) tuple", true,
                                &answer));
  GILA_TRY(const int64_t place, ToInt64(thread_, answer.place));
  GILA_TRY(*next, PlaceInInput(thread_, place, text_->length));
  const Value replacement = answer.replacement;
  if (IsBytes(replacement)) {
    std::string unit;
    if (charmap_ == nullptr) put_(unit, 'a');
    const std::string_view bytes = replacement.As<Bytes>()->view();
    if (!unit.empty() && bytes.size() % unit.size() != 0) return RaiseStrict(start, stop);
    out += bytes;
    return kOk;
  }
  Str* const s = replacement.As<Str>();
  // The encodings of all of Unicode are filled in with ASCII only, as in CPython.
  if (passes_surrogates_ && !s->IsAscii()) return RaiseStrict(start, stop);
  for (int64_t i = 0; i < s->length; ++i) {
    if (!Can(s->At(i))) return RaiseStrict(start, stop);
    Put(s->At(i));
  }
  return kOk;
}

Status Encoder::Fail(int64_t start, int64_t stop, int64_t* next) {
  *next = stop;
  const ErrorHandler handler = FindErrorHandler(errors_);
  if (handler == ErrorHandler::kStrict) return RaiseStrict(start, stop);
  if (handler == ErrorHandler::kCustom) return CallCustom(start, stop, next);
  for (int64_t i = start; i < stop; ++i) {
    const uint32_t c = text_->At(i);
    switch (handler) {
      case ErrorHandler::kReplace:
        Put('?');
        break;
      case ErrorHandler::kName:
        if (const std::string name = compiler::CharacterName(c); !name.empty()) {
          PutAscii("\\N{" + name + "}");
          break;
        }
        PutEscaped(c);
        break;
      case ErrorHandler::kBackslash:
        PutEscaped(c);
        break;
      case ErrorHandler::kXmlCharRef:
        PutAscii("&#" + std::to_string(c) + ";");
        break;
      case ErrorHandler::kSurrogateEscape:
        if (c < 0xDC80 || c > 0xDCFF) return RaiseStrict(i, stop);
        out.push_back(static_cast<char>(c - 0xDC00));
        break;
      case ErrorHandler::kSurrogatePass:
        if (!passes_surrogates_ || !IsSurrogate(c)) return RaiseStrict(start, stop);
        Put(c);
        break;
      default:
        break;
    }
  }
  return kOk;
}

Status Encoder::Run() {
  for (int64_t i = 0; i < text_->length;) {
    const uint32_t c = text_->At(i);
    if (GILA_LIKELY(Can(c))) {
      Put(c);
      ++i;
      continue;
    }
    int64_t stop = i + 1;
    while (stop < text_->length && !Can(text_->At(stop))) ++stop;
    GILA_TRY_VOID(Fail(i, stop, &i));
  }
  return kOk;
}

}  // namespace gila

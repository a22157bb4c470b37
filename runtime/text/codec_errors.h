// codec_errors.h: what happens at a character or byte that a codec cannot take: the error handlers
// by name, and the state of one encoding or decoding run.
#ifndef GILA_RUNTIME_TEXT_CODEC_ERRORS_H_
#define GILA_RUNTIME_TEXT_CODEC_ERRORS_H_

#include <string>
#include <string_view>

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/text/charmap.h"
#include "runtime/types/str.h"

namespace gila {

enum class ErrorHandler : uint8_t {
  kStrict,
  kIgnore,
  kReplace,
  kBackslash,
  kXmlCharRef,
  kName,
  kSurrogateEscape,
  kSurrogatePass,
  kCustom
};
ErrorHandler FindErrorHandler(std::string_view name);

// The exception of a codec, and what a registered handler answers to it: (replacement, where to go
// on). The replacement is a str, or bytes when `bytes_allowed`.
Result<Value> NewUnicodeError(Thread& thread, TypeId type, const char* encoding, Value object,
                              int64_t start, int64_t stop, const char* reason) GILA_ATTACHED;
struct HandlerAnswer {
  Value replacement, place;  // str or bytes, int
};
Result<Value> RequireErrorHandler(Thread& thread, std::string_view name) GILA_ATTACHED;
Status AskErrorHandler(Thread& thread, Value handler, Value error, const char* complaint,
                       bool bytes_allowed, HandlerAnswer* answer) GILA_ATTACHED;
// The place of an answer, within 0..size; negative ones count from the end. IndexError.
Result<int64_t> PlaceInInput(Thread& thread, int64_t place, int64_t size) GILA_ATTACHED;

// One run of a decoder. Decoders append to `out`, and call Fail at what they cannot take. A handler
// may put other bytes into the exception, in which the run then goes on: begin() and size() are
// asked anew after each Fail.
class Decoder {
 public:
  Decoder(Thread& thread, std::string_view bytes, const char* encoding, std::string_view errors)
      : out(thread), thread_(thread), bytes_(bytes), encoding_(encoding), errors_(errors) {}

  // Bytes [start, stop) are wrong. Appends what the handler makes of them; *next is where to go on.
  // `surrogate_size` is the size of a code unit sequence that "surrogatepass" may read as a
  // surrogate (0: none), `big_endian` its order for 2 and 4.
  Status Fail(int64_t start, int64_t stop, const char* reason, int64_t* next,
              int surrogate_size = 0, bool big_endian = false) GILA_ATTACHED;
  const uint8_t* begin() const { return reinterpret_cast<const uint8_t*>(bytes_.data()); }
  const uint8_t* end() const { return begin() + bytes_.size(); }
  int64_t size() const { return static_cast<int64_t>(bytes_.size()); }
  Thread& thread() { return thread_; }

  StrBuilder out;
  // What stands behind the backslash of the first escape that means nothing. The caller warns of
  // it.
  std::string invalid_escape;

 private:
  Failed RaiseStrict(int64_t start, int64_t stop, const char* reason) GILA_ATTACHED;
  Result<Value> NewError(int64_t start, int64_t stop, const char* reason) GILA_ATTACHED;
  Status CallCustom(int64_t start, int64_t stop, const char* reason, int64_t* next) GILA_ATTACHED;
  bool PassSurrogate(int64_t start, int size, bool big_endian, int64_t* next);

  Thread& thread_;
  std::string_view bytes_;
  Value object_ = kUnbound;  // `bytes_` as an object, once there was an error
  const char* encoding_;
  std::string_view errors_;
};

// Writes one code point in the target encoding.
using PutCharacter = void (*)(std::string& out, uint32_t c);
using CanEncode = bool (*)(uint32_t c);

class Encoder {
 public:
  Encoder(Thread& thread, Str* text, const char* encoding, std::string_view errors, CanEncode can,
          PutCharacter put, const char* reason, bool passes_surrogates,
          const Charmap* charmap = nullptr)
      : thread_(thread),
        text_(text),
        encoding_(encoding),
        errors_(errors),
        can_(can),
        put_(put),
        reason_(reason),
        passes_surrogates_(passes_surrogates),
        charmap_(charmap) {}

  // Encodes the whole text into `out`.
  Status Run() GILA_ATTACHED;
  std::string out;

 private:
  Status Fail(int64_t start, int64_t stop, int64_t* next) GILA_ATTACHED;
  Failed RaiseStrict(int64_t start, int64_t stop) GILA_ATTACHED;
  Result<Value> NewError(int64_t start, int64_t stop) GILA_ATTACHED;
  Status CallCustom(int64_t start, int64_t stop, int64_t* next) GILA_ATTACHED;
  bool Can(uint32_t c) const { return charmap_ != nullptr ? charmap_->Find(c) >= 0 : can_(c); }
  void Put(uint32_t c) {
    if (charmap_ != nullptr)
      out.push_back(static_cast<char>(charmap_->Find(c)));
    else
      put_(out, c);
  }
  void PutAscii(std::string_view ascii);
  void PutEscaped(uint32_t c);

  Thread& thread_;
  Str* text_;
  const char* encoding_;
  std::string_view errors_;
  CanEncode can_;
  PutCharacter put_;
  const char* reason_;
  bool passes_surrogates_;
  const Charmap* charmap_;  // decides instead of `can_` and `put_` when there is one
};

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_CODEC_ERRORS_H_

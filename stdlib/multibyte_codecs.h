// multibyte_codecs.h: the encodings of East Asia, one character at a time: how each finds the
// characters of its sets (multibyte_charsets.h) in bytes, and writes them. Errors, pieces and
// streams are the business of multibyte_module.cc. Nothing here touches objects; any thread may
// call it.
#ifndef GILA_STDLIB_MULTIBYTE_CODECS_H_
#define GILA_STDLIB_MULTIBYTE_CODECS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "stdlib/multibyte_charsets.h"

namespace gila {

// What a codec remembers between characters, as CPython numbers it: of ISO 2022 the sets that are
// selected as G0 to G3 and the flags, of HZ whether it is in Chinese.
struct MultibyteState {
  uint8_t bytes[8];
};

// One step of a decoder: how many bytes it took, and the characters that they are.
struct DecodeStep {
  enum Kind : uint8_t { kTaken, kTooFew, kIllegal };
  Kind kind;
  int bytes;  // taken, or illegal
  int count = 0;
  uint32_t chars[2] = {};
};

// One step of an encoder: how many characters it took (negative: that many it has no code for; 0:
// it has to know what follows).
using EncodeStep = int;

struct MultibyteCodec;
struct MultibyteScheme {
  // The state at the beginning of a text that is read, or written.
  void (*start)(MultibyteState& state, bool reads);
  DecodeStep (*decode)(const MultibyteCodec& codec, MultibyteState& state, const uint8_t* bytes,
                       size_t left);
  // `last`: nothing will follow. `second` is the character behind `c`, if has_second.
  EncodeStep (*encode)(const MultibyteCodec& codec, MultibyteState& state, uint32_t c,
                       bool has_second, uint32_t second, bool last, std::string& out);
  // Writes what returns to the state of the beginning.
  void (*finish)(MultibyteState& state, std::string& out);
};

struct MultibyteCodec {
  const char* name;
  const MultibyteScheme* scheme;
  CharsetId sets[4];  // those of the scheme, in its order
  uint8_t set_count;
  const void* detail = nullptr;  // of the scheme
};

// The codec of that name; null.
const MultibyteCodec* FindMultibyteCodec(std::string_view name);
// Reads the tables that it needs; false when the C library lacks one.
bool LoadTables(const MultibyteCodec& codec);

// Schemes with escape sequences; the rest is in multibyte_codecs.cc.
extern const MultibyteScheme kIso2022Scheme, kHzScheme;
struct Iso2022Detail;
extern const Iso2022Detail kIso2022Jp, kIso2022Jp1, kIso2022Jp2, kIso2022Jp3, kIso2022Jp2004,
    kIso2022JpExt, kIso2022Kr;

// For the schemes: steps, and the sets of a codec (whose tables are loaded).
inline DecodeStep Taken(int bytes) { return {DecodeStep::kTaken, bytes}; }
inline DecodeStep Taken(int bytes, uint32_t c) { return {DecodeStep::kTaken, bytes, 1, {c, 0}}; }
inline DecodeStep TooFew() { return {DecodeStep::kTooFew, 0}; }
inline DecodeStep Illegal(int bytes) { return {DecodeStep::kIllegal, bytes}; }
// The step of a code of `set` that takes so many bytes; Illegal(bad) when it has no such code.
DecodeStep TakeCode(const Charset& set, uint32_t code, int bytes, int bad);
inline const Charset& SetOf(const MultibyteCodec& codec, int number) {
  return *GetCharset(codec.sets[number]);
}
// The code of `c` in a set that has characters with marks: *taken is how many characters it is.
// kNone; kMore: it depends on what follows.
inline constexpr int kMoreNeeded = -2;
int EncodeWithMark(const Charset& set, uint32_t c, bool has_second, uint32_t second, bool last,
                   int* taken);
inline void PutCode(std::string& out, int code) {
  out.push_back(static_cast<char>(code >> 8));
  out.push_back(static_cast<char>(code));
}

}  // namespace gila

#endif  // GILA_STDLIB_MULTIBYTE_CODECS_H_

// utf8.h: UTF-8 to code points and back, strict or with surrogates let through. No heap objects
// here.
#ifndef GILA_RUNTIME_TEXT_UTF8_H_
#define GILA_RUNTIME_TEXT_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gila {

// How many leading bytes are below 128.
size_t AsciiPrefix(const uint8_t* bytes, size_t size);
inline bool IsAsciiText(std::string_view text) {
  return AsciiPrefix(reinterpret_cast<const uint8_t*>(text.data()), text.size()) == text.size();
}

// One code point at p (p < end). On success advances p. A malformed sequence gives kBadUtf8 and
// leaves p where it is; `*bad_length` is then how many bytes belong to it (the longest part that
// could have begun a good one, at least 1).
inline constexpr uint32_t kBadUtf8 = 0xFFFFFFFF;
uint32_t DecodeUtf8(const uint8_t*& p, const uint8_t* end, bool allow_surrogates, int* bad_length);

// What is wrong with the malformed sequence at p: "invalid start byte", "invalid continuation
// byte", "unexpected end of data".
const char* Utf8Problem(const uint8_t* p, const uint8_t* end);

// Writes 1 to 4 bytes; surrogates take three.
inline char* PutUtf8(char* out, uint32_t c) {
  if (c < 0x80) {
    *out++ = static_cast<char>(c);
  } else if (c < 0x800) {
    *out++ = static_cast<char>(0xC0 | (c >> 6));
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    *out++ = static_cast<char>(0xE0 | (c >> 12));
    *out++ = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  } else {
    *out++ = static_cast<char>(0xF0 | (c >> 18));
    *out++ = static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    *out++ = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  }
  return out;
}
inline void AppendUtf8(std::string& out, uint32_t c) {
  char buffer[4];
  out.append(buffer, static_cast<size_t>(PutUtf8(buffer, c) - buffer));
}

inline bool IsSurrogate(uint32_t c) { return (c & 0xFFFFF800u) == 0xD800; }

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_UTF8_H_

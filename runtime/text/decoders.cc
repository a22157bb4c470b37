// decoders.cc: see decoders.h.
#include "runtime/text/decoders.h"

#include <algorithm>

#include "compiler/unicode_data.h"
#include "runtime/text/utf8.h"

namespace gila {

namespace {

// Two bytes at the end that "surrogatepass" takes for a surrogate when the third comes.
bool IsCutSurrogate(const uint8_t* p, const uint8_t* end) {
  return end - p == 2 && p[0] == 0xED && (p[1] & 0xE0) == 0xA0;
}

}  // namespace

Status DecodeUtf8Slow(Decoder& decoder, bool final, int64_t* consumed) {
  const uint8_t* p = decoder.begin();
  while (p < decoder.end()) {
    const uint8_t* const end = decoder.end();
    const size_t ascii = AsciiPrefix(p, static_cast<size_t>(end - p));
    decoder.out.AppendAscii({reinterpret_cast<const char*>(p), ascii});
    p += ascii;
    if (p == end) break;
    int bad_length = 0;
    const uint32_t c = DecodeUtf8(p, end, false, &bad_length);
    if (c != kBadUtf8) {
      decoder.out.Append(c);
      continue;
    }
    const char* const reason = Utf8Problem(p, end);
    if (!final && (reason[0] == 'u' || IsCutSurrogate(p, end)))
      break;  // unexpected end of data: more may come
    int64_t next;
    const int64_t start = p - decoder.begin();
    GILA_TRY_VOID(decoder.Fail(start, start + bad_length, reason, &next, 3));
    p = decoder.begin() + next;
  }
  *consumed = p - decoder.begin();
  return kOk;
}

namespace {

template <class Unit>
uint32_t ReadUnit(const uint8_t* p, bool big_endian) {
  uint32_t unit = 0;
  for (size_t i = 0; i < sizeof(Unit); ++i)
    unit = unit << 8 | p[big_endian ? i : sizeof(Unit) - 1 - i];
  return unit;
}

}  // namespace

Status DecodeUtf16(Decoder& decoder, int64_t start, bool big_endian, bool final,
                   int64_t* consumed) {
  int64_t i = start;
  while (i < decoder.size()) {
    const uint8_t* const begin = decoder.begin();
    const int64_t size = decoder.size();
    const char* reason;
    int64_t stop;
    if (i + 2 > size) {
      if (!final) break;
      reason = "truncated data";
      stop = size;
    } else {
      const uint32_t unit = ReadUnit<uint16_t>(begin + i, big_endian);
      if (!IsSurrogate(unit)) {
        decoder.out.Append(unit);
        i += 2;
        continue;
      }
      stop = i + 2;
      if (unit >= 0xDC00) {
        reason = "illegal encoding";
      } else if (i + 4 > size) {
        if (!final) break;
        reason = "unexpected end of data";
        stop = size;
      } else {
        const uint32_t low = ReadUnit<uint16_t>(begin + i + 2, big_endian);
        if (low >= 0xDC00 && low < 0xE000) {
          decoder.out.Append(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
          i += 4;
          continue;
        }
        reason = "illegal UTF-16 surrogate";
      }
    }
    GILA_TRY_VOID(decoder.Fail(i, stop, reason, &i, 2, big_endian));
  }
  *consumed = i;
  return kOk;
}

Status DecodeUtf32(Decoder& decoder, int64_t start, bool big_endian, bool final,
                   int64_t* consumed) {
  int64_t i = start;
  while (i < decoder.size()) {
    const uint8_t* const begin = decoder.begin();
    const int64_t size = decoder.size();
    const char* reason;
    int64_t stop = i + 4;
    if (stop > size) {
      if (!final) break;
      reason = "truncated data";
      stop = size;
    } else {
      const uint32_t c = ReadUnit<uint32_t>(begin + i, big_endian);
      if (c < 0x110000 && !IsSurrogate(c)) {
        decoder.out.Append(c);
        i += 4;
        continue;
      }
      reason = c >= 0x110000 ? "code point not in range(0x110000)"
                             : "code point in surrogate code point range(0xd800, 0xe000)";
    }
    GILA_TRY_VOID(decoder.Fail(i, stop, reason, &i, 4, big_endian));
  }
  *consumed = i;
  return kOk;
}

Status DecodeAscii(Decoder& decoder) {
  for (int64_t i = 0; i < decoder.size();) {
    const uint8_t byte = decoder.begin()[i];
    if (byte < 128) {
      decoder.out.Append(byte);
      ++i;
    } else {
      GILA_TRY_VOID(decoder.Fail(i, i + 1, "ordinal not in range(128)", &i));
    }
  }
  return kOk;
}

Status DecodeCharmap(Decoder& decoder, const uint16_t* units) {
  for (int64_t i = 0; i < decoder.size();) {
    const uint32_t c = units[decoder.begin()[i]];
    if (c != 0xFFFE) {
      decoder.out.Append(c);
      ++i;
    } else {
      GILA_TRY_VOID(decoder.Fail(i, i + 1, "character maps to <undefined>", &i));
    }
  }
  return kOk;
}

namespace {

int HexValue(uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Reads up to `count` hex digits at `*place`; false when there are fewer.
bool ReadHex(const Decoder& decoder, int count, int64_t* place, uint32_t* value) {
  *value = 0;
  for (int i = 0; i < count; ++i, ++*place) {
    const int digit = *place < decoder.size() ? HexValue(decoder.begin()[*place]) : -1;
    if (digit < 0) return false;
    *value = *value << 4 | static_cast<uint32_t>(digit);
  }
  return true;
}

// The character after a backslash that stands for itself or a control; 0 when it is none of them.
uint32_t SimpleEscape(uint8_t c) {
  switch (c) {
    case 'a':
      return 7;
    case 'b':
      return 8;
    case 'f':
      return 12;
    case 'n':
      return 10;
    case 'r':
      return 13;
    case 't':
      return 9;
    case 'v':
      return 11;
    case '\\':
    case '\'':
    case '"':
      return c;
    default:
      return 0;
  }
}

uint32_t ReadOctal(const Decoder& decoder, int64_t* place) {
  uint32_t value = 0;
  for (int i = 0; i < 3 && *place < decoder.size(); ++i, ++*place) {
    const uint8_t c = decoder.begin()[*place];
    if (c < '0' || c > '7') break;
    value = value * 8 + (c - '0');
  }
  return value;
}

// \xhh, \uhhhh, \Uhhhhhhhh at `start`.
Status DecodeHexEscape(Decoder& decoder, int64_t start, int64_t* next) {
  const uint8_t kind = decoder.begin()[start + 1];
  const int count = kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
  const char* reason = kind == 'x'   ? "truncated \\xXX escape"
                       : kind == 'u' ? "truncated \\uXXXX escape"
                                     : "truncated \\UXXXXXXXX escape";
  int64_t place = start + 2;
  uint32_t c;
  if (ReadHex(decoder, count, &place, &c)) {
    if (c < 0x110000) {
      decoder.out.Append(c);
      *next = place;
      return kOk;
    }
    reason = "illegal Unicode character";
  }
  return decoder.Fail(start, place, reason, next);
}

// \N{name} at `start`.
Status DecodeNamedEscape(Decoder& decoder, int64_t start, int64_t* next) {
  constexpr const char* kMalformed = "malformed \\N character escape";
  const std::string_view text(reinterpret_cast<const char*>(decoder.begin()),
                              static_cast<size_t>(decoder.size()));
  const auto name = static_cast<size_t>(start) + 3;
  if (name > text.size() || text[name - 1] != '{')
    return decoder.Fail(start, start + 2, kMalformed, next);
  const size_t close = text.find('}', name);
  if (close == std::string_view::npos) return decoder.Fail(start, decoder.size(), kMalformed, next);
  if (close == name) return decoder.Fail(start, start + 3, kMalformed, next);
  *next = static_cast<int64_t>(close) + 1;
  uint32_t c;
  if (!compiler::FindCharacter(text.substr(name, close - name), &c))
    return decoder.Fail(start, *next, "unknown Unicode character name", next);
  decoder.out.Append(c);
  return kOk;
}

void NoteInvalidEscape(Decoder& decoder, int64_t start) {
  if (!decoder.invalid_escape.empty()) return;
  const auto rest = static_cast<size_t>(decoder.size() - start - 1);
  decoder.invalid_escape.assign(reinterpret_cast<const char*>(decoder.begin()) + start + 1,
                                std::min<size_t>(rest, 3));
}

Status DecodeEscape(Decoder& decoder, int64_t start, int64_t* next) {
  if (start + 1 >= decoder.size())
    return decoder.Fail(start, start + 1, "\\ at end of string", next);
  const uint8_t c = decoder.begin()[start + 1];
  *next = start + 2;
  if (c == '\n') return kOk;
  if (const uint32_t simple = SimpleEscape(c)) {
    decoder.out.Append(simple);
    return kOk;
  }
  if (c >= '0' && c <= '7') {
    *next = start + 1;
    const uint32_t value = ReadOctal(decoder, next);
    if (value > 0377) NoteInvalidEscape(decoder, start);
    decoder.out.Append(value);
    return kOk;
  }
  if (c == 'x' || c == 'u' || c == 'U') return DecodeHexEscape(decoder, start, next);
  if (c == 'N') return DecodeNamedEscape(decoder, start, next);
  NoteInvalidEscape(decoder, start);
  decoder.out.Append('\\');
  decoder.out.Append(c);
  return kOk;
}

}  // namespace

Status DecodeUnicodeEscape(Decoder& decoder) {
  for (int64_t i = 0; i < decoder.size();) {
    const uint8_t c = decoder.begin()[i];
    if (c != '\\') {
      decoder.out.Append(c);
      ++i;
    } else {
      GILA_TRY_VOID(DecodeEscape(decoder, i, &i));
    }
  }
  return kOk;
}

Status DecodeRawUnicodeEscape(Decoder& decoder) {
  for (int64_t i = 0; i < decoder.size();) {
    const uint8_t c = decoder.begin()[i];
    const uint8_t after = i + 1 < decoder.size() ? decoder.begin()[i + 1] : 0;
    if (c == '\\' && (after == 'u' || after == 'U')) {
      GILA_TRY_VOID(DecodeHexEscape(decoder, i, &i));
      continue;
    }
    decoder.out.Append(c);
    ++i;
    if (c == '\\' && after == '\\') {
      decoder.out.Append(after);
      ++i;
    }
  }
  return kOk;
}

}  // namespace gila

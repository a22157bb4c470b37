// utf8.cc: see utf8.h. Well-formedness is table 3-7 of the Unicode standard.
#include "runtime/text/utf8.h"

#include <cstring>

namespace gila {

size_t AsciiPrefix(const uint8_t* bytes, size_t size) {
  size_t i = 0;
  for (; i + 32 <= size; i += 32) {
    uint64_t words[4];
    std::memcpy(words, bytes + i, 32);
    if ((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080u) break;
  }
  for (; i + 8 <= size; i += 8) {
    uint64_t word;
    std::memcpy(&word, bytes + i, 8);
    if (word & 0x8080808080808080u) break;
  }
  while (i < size && bytes[i] < 0x80) ++i;
  return i;
}

namespace {

// The bounds of the second byte, which keep out overlong forms, surrogates and what is above
// U+10FFFF.
void SecondByteBounds(uint8_t lead, bool allow_surrogates, uint8_t* low, uint8_t* high) {
  *low = 0x80;
  *high = 0xBF;
  if (lead == 0xE0) *low = 0xA0;
  if (lead == 0xED && !allow_surrogates) *high = 0x9F;
  if (lead == 0xF0) *low = 0x90;
  if (lead == 0xF4) *high = 0x8F;
}

int SequenceLength(uint8_t lead) {
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) return 3;
  return lead < 0xF5 ? 4 : 0;
}

}  // namespace

uint32_t DecodeUtf8(const uint8_t*& p, const uint8_t* end, bool allow_surrogates, int* bad_length) {
  const uint8_t lead = *p;
  if (lead < 0x80) {
    ++p;
    return lead;
  }
  *bad_length = 1;
  const int length = SequenceLength(lead);
  if (length == 0) return kBadUtf8;
  uint8_t low, high;
  SecondByteBounds(lead, allow_surrogates, &low, &high);
  uint32_t c = lead & (0xFFu >> (length + 1));
  for (int i = 1; i < length; ++i) {
    if (p + i >= end || p[i] < low || p[i] > high) {
      *bad_length = i;
      return kBadUtf8;
    }
    c = (c << 6) | (p[i] & 0x3F);
    low = 0x80;
    high = 0xBF;
  }
  p += length;
  return c;
}

const char* Utf8Problem(const uint8_t* p, const uint8_t* end) {
  const int length = SequenceLength(*p);
  if (length == 0) return "invalid start byte";
  uint8_t low, high;
  SecondByteBounds(*p, false, &low, &high);
  for (int i = 1; i < length; ++i) {
    if (p + i >= end) return "unexpected end of data";
    if (p[i] < low || p[i] > high) return "invalid continuation byte";
    low = 0x80;
    high = 0xBF;
  }
  return "invalid continuation byte";
}

}  // namespace gila

// case_mapping.cc: full case mappings. Simple ones and case folding come from utf8proc; the table
// is what SpecialCasing.txt of the standard maps to several code points whatever the context.
#include <utf8proc.h>

#include <algorithm>
#include <iterator>

#include "runtime/text/unicode.h"

namespace gila {

namespace {

struct SpecialCase {
  uint32_t code_point;
  uint32_t upper[3];  // ends at a zero
  uint32_t title[3];
};

constexpr SpecialCase kSpecialCases[] = {{0xDF, {0x53, 0x53}, {0x53, 0x73}},
                                         {0x149, {0x2BC, 0x4E}, {0x2BC, 0x4E}},
                                         {0x1F0, {0x4A, 0x30C}, {0x4A, 0x30C}},
                                         {0x390, {0x399, 0x308, 0x301}, {0x399, 0x308, 0x301}},
                                         {0x3B0, {0x3A5, 0x308, 0x301}, {0x3A5, 0x308, 0x301}},
                                         {0x587, {0x535, 0x552}, {0x535, 0x582}},
                                         {0x1E96, {0x48, 0x331}, {0x48, 0x331}},
                                         {0x1E97, {0x54, 0x308}, {0x54, 0x308}},
                                         {0x1E98, {0x57, 0x30A}, {0x57, 0x30A}},
                                         {0x1E99, {0x59, 0x30A}, {0x59, 0x30A}},
                                         {0x1E9A, {0x41, 0x2BE}, {0x41, 0x2BE}},
                                         {0x1F50, {0x3A5, 0x313}, {0x3A5, 0x313}},
                                         {0x1F52, {0x3A5, 0x313, 0x300}, {0x3A5, 0x313, 0x300}},
                                         {0x1F54, {0x3A5, 0x313, 0x301}, {0x3A5, 0x313, 0x301}},
                                         {0x1F56, {0x3A5, 0x313, 0x342}, {0x3A5, 0x313, 0x342}},
                                         {0x1FB2, {0x1FBA, 0x399}, {0x1FBA, 0x345}},
                                         {0x1FB3, {0x391, 0x399}, {0x1FBC}},
                                         {0x1FB4, {0x386, 0x399}, {0x386, 0x345}},
                                         {0x1FB6, {0x391, 0x342}, {0x391, 0x342}},
                                         {0x1FB7, {0x391, 0x342, 0x399}, {0x391, 0x342, 0x345}},
                                         {0x1FBC, {0x391, 0x399}, {0x1FBC}},
                                         {0x1FC2, {0x1FCA, 0x399}, {0x1FCA, 0x345}},
                                         {0x1FC3, {0x397, 0x399}, {0x1FCC}},
                                         {0x1FC4, {0x389, 0x399}, {0x389, 0x345}},
                                         {0x1FC6, {0x397, 0x342}, {0x397, 0x342}},
                                         {0x1FC7, {0x397, 0x342, 0x399}, {0x397, 0x342, 0x345}},
                                         {0x1FCC, {0x397, 0x399}, {0x1FCC}},
                                         {0x1FD2, {0x399, 0x308, 0x300}, {0x399, 0x308, 0x300}},
                                         {0x1FD3, {0x399, 0x308, 0x301}, {0x399, 0x308, 0x301}},
                                         {0x1FD6, {0x399, 0x342}, {0x399, 0x342}},
                                         {0x1FD7, {0x399, 0x308, 0x342}, {0x399, 0x308, 0x342}},
                                         {0x1FE2, {0x3A5, 0x308, 0x300}, {0x3A5, 0x308, 0x300}},
                                         {0x1FE3, {0x3A5, 0x308, 0x301}, {0x3A5, 0x308, 0x301}},
                                         {0x1FE4, {0x3A1, 0x313}, {0x3A1, 0x313}},
                                         {0x1FE6, {0x3A5, 0x342}, {0x3A5, 0x342}},
                                         {0x1FE7, {0x3A5, 0x308, 0x342}, {0x3A5, 0x308, 0x342}},
                                         {0x1FF2, {0x1FFA, 0x399}, {0x1FFA, 0x345}},
                                         {0x1FF3, {0x3A9, 0x399}, {0x1FFC}},
                                         {0x1FF4, {0x38F, 0x399}, {0x38F, 0x345}},
                                         {0x1FF6, {0x3A9, 0x342}, {0x3A9, 0x342}},
                                         {0x1FF7, {0x3A9, 0x342, 0x399}, {0x3A9, 0x342, 0x345}},
                                         {0x1FFC, {0x3A9, 0x399}, {0x1FFC}},
                                         {0xFB00, {0x46, 0x46}, {0x46, 0x66}},
                                         {0xFB01, {0x46, 0x49}, {0x46, 0x69}},
                                         {0xFB02, {0x46, 0x4C}, {0x46, 0x6C}},
                                         {0xFB03, {0x46, 0x46, 0x49}, {0x46, 0x66, 0x69}},
                                         {0xFB04, {0x46, 0x46, 0x4C}, {0x46, 0x66, 0x6C}},
                                         {0xFB05, {0x53, 0x54}, {0x53, 0x74}},
                                         {0xFB06, {0x53, 0x54}, {0x53, 0x74}},
                                         {0xFB13, {0x544, 0x546}, {0x544, 0x576}},
                                         {0xFB14, {0x544, 0x535}, {0x544, 0x565}},
                                         {0xFB15, {0x544, 0x53B}, {0x544, 0x56B}},
                                         {0xFB16, {0x54E, 0x546}, {0x54E, 0x576}},
                                         {0xFB17, {0x544, 0x53D}, {0x544, 0x56D}}};

const SpecialCase* FindSpecialCase(uint32_t c) {
  // Most of the alphabets that have cases stand where the table has nearly nothing.
  if (c > 0x3B0 && c < 0x1E96 && c != 0x587) return nullptr;
  const auto* row = std::lower_bound(
      std::begin(kSpecialCases), std::end(kSpecialCases), c,
      [](const SpecialCase& special, uint32_t wanted) { return special.code_point < wanted; });
  return row != std::end(kSpecialCases) && row->code_point == c ? row : nullptr;
}

int CopyMapping(const uint32_t (&from)[3], uint32_t out[3]) {
  int count = 0;
  while (count < 3 && from[count] != 0) {
    out[count] = from[count];
    ++count;
  }
  return count;
}

// Greek letters with a subscript iota (U+1F80 to U+1FAF): the capital and a capital iota.
int UpperWithIota(uint32_t c, uint32_t out[3]) {
  constexpr uint32_t kCapitals[] = {0x1F08, 0x1F28, 0x1F68};
  out[0] = kCapitals[(c - 0x1F80) >> 4] + (c & 7);
  out[1] = 0x399;
  return 2;
}

}  // namespace

int MapLower(uint32_t c, uint32_t out[3]) {
  if (c < 0x80) {
    out[0] = c >= 'A' && c <= 'Z' ? c + 0x20 : c;
    return 1;
  }
  if (c == 0x130) {  // capital I with a dot
    out[0] = 'i';
    out[1] = 0x307;
    return 2;
  }
  out[0] = static_cast<uint32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
  return 1;
}

int MapUpper(uint32_t c, uint32_t out[3]) {
  if (c < 0x80) {
    out[0] = c >= 'a' && c <= 'z' ? c - 0x20 : c;
    return 1;
  }
  if (c >= 0xDF) {
    if (c >= 0x1F80 && c <= 0x1FAF) return UpperWithIota(c, out);
    if (const SpecialCase* special = FindSpecialCase(c)) return CopyMapping(special->upper, out);
  }
  out[0] = static_cast<uint32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)));
  return 1;
}

int MapTitle(uint32_t c, uint32_t out[3]) {
  if (c >= 0xDF) {
    if (const SpecialCase* special = FindSpecialCase(c)) return CopyMapping(special->title, out);
  }
  out[0] = static_cast<uint32_t>(utf8proc_totitle(static_cast<utf8proc_int32_t>(c)));
  return 1;
}

int MapFold(uint32_t c, uint32_t out[3]) {
  if (c < 0x80) return MapLower(c, out);
  utf8proc_int32_t folded[4];
  int last_boundary = 0;
  const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), folded, 4,
                                             UTF8PROC_CASEFOLD, &last_boundary);
  if (count < 1 || count > 3) {
    out[0] = c;
    return 1;
  }
  for (int i = 0; i < count; ++i) out[i] = static_cast<uint32_t>(folded[i]);
  return static_cast<int>(count);
}

}  // namespace gila

// charmap.h: the encodings of one byte a character: ISO 8859, the code pages of DOS, Windows and
// EBCDIC machines, KOI8. Their tables are those of the C library's iconv, read when an encoding is
// first used. Any thread may call these.
#ifndef GILA_RUNTIME_TEXT_CHARMAP_H_
#define GILA_RUNTIME_TEXT_CHARMAP_H_

#include <cstdint>
#include <string_view>

namespace gila {

struct Charmap {
  static constexpr uint16_t kUndefined = 0xFFFE;
  const char* name;     // "cp1252"
  uint16_t units[256];  // code points by byte
  bool ascii;           // the first half is ASCII's
  // The byte of a code point, or -1.
  int Find(uint32_t code_point) const;

  // Pairs of code point and byte, sorted; behind `pair_count` there are none.
  struct Pair {
    uint16_t code_point;
    uint8_t byte;
  };
  Pair pairs[256];
  int pair_count;
};

// Number n of the charmaps whose name or alias is `key` (lower case, underscores); -1: none.
int FindCharmapNumber(std::string_view key);
const char* CharmapName(int number);
// Its other names, each between bars.
const char* CharmapAliases(int number);
int CharmapCount();
// Its table; null when the C library lacks it.
const Charmap* GetCharmap(int number);

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_CHARMAP_H_

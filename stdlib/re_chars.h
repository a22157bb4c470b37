// re_chars.h: which characters a set holds, which ones are the same letter, and the tables by which
// PCRE2 shall see the first 256.
//
// Three notions of letters and cases are in use (CharMode): Unicode's for str, ASCII's under
// re.ASCII and for bytes, and the locale's under re.LOCALE. Nothing here depends on PCRE2's own
// case folding, which is not Python's: under IGNORECASE Python compares lower case by simple
// mappings, and takes letters that share an upper case for equal.
#ifndef GILA_STDLIB_RE_CHARS_H_
#define GILA_STDLIB_RE_CHARS_H_

#include <bitset>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "stdlib/re_syntax.h"

namespace gila::re {

enum class CharMode : uint8_t { kUnicode, kAscii, kLocale };
inline CharMode ModeOf(uint32_t flags) {
  if (flags & kLocale) return CharMode::kLocale;
  return (flags & kUnicode) && !(flags & kAscii) ? CharMode::kUnicode : CharMode::kAscii;
}

bool IsWordChar(CharMode mode, uint32_t c);
bool InCategory(CharMode mode, Category category, uint32_t c);

// Every character that IGNORECASE takes for `c`, itself included. At most 8.
int Equivalents(CharMode mode, uint32_t c, uint32_t out[8]);
uint32_t SimpleLower(CharMode mode, uint32_t c);

using ByteSet = std::bitset<256>;
// The set's characters below 256.
ByteSet LowChars(const CharSet& set, uint32_t flags);
// Is `c` in the set? For any character.
bool SetHolds(const CharSet& set, uint32_t flags, uint32_t c);

// Sorted ranges that do not touch.
using Ranges = std::vector<std::pair<uint32_t, uint32_t>>;
void Normalize(Ranges* ranges);
Ranges Complement(const Ranges& ranges, uint32_t max);
// The ranges with all that IGNORECASE takes for their members.
Ranges CloseUnderCase(CharMode mode, const Ranges& ranges);
// What str.isspace() holds for, and the ASCII space characters.
const Ranges& SpaceRanges(CharMode mode);

// Character tables in the layout of pcre2_maketables. Those of kLocale are new each time and the
// caller's (freed with free()).
const uint8_t* TablesFor(CharMode mode);
uint8_t* NewLocaleTables();

}  // namespace gila::re

#endif  // GILA_STDLIB_RE_CHARS_H_

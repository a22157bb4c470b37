// re_translate.h: from the tree of a pattern to PCRE2's notation.
#ifndef GILA_STDLIB_RE_TRANSLATE_H_
#define GILA_STDLIB_RE_TRANSLATE_H_

#include <vector>

#include "stdlib/re_chars.h"
#include "stdlib/re_syntax.h"

namespace gila::re {

// For texts of 1, 2 or 4 bytes a character (width_log2 0, 1, 2): the units of a pattern that finds
// in them what Python's does, compiled with the options below. False when PCRE2 has no words for
// it; our own matcher then does all of the work.
struct Translation {
  std::vector<uint32_t> units;
  uint32_t options = 0;
};
bool Translate(const Syntax& syntax, int width_log2, Translation* out);

}  // namespace gila::re

#endif  // GILA_STDLIB_RE_TRANSLATE_H_

// colour.cc: see colour.h. The colours are those of CPython 3.13, the first one that has any.
#include "runtime/text/colour.h"

namespace gila {

const Palette kPlainPalette = {"", "", "", "", "", ""};
const Palette kColourPalette = {"\x1b[35m",   "\x1b[31m", "\x1b[1;31m",
                                "\x1b[1;35m", "\x1b[35m", "\x1b[0m"};
bool (*stderr_takes_colour)(Thread& thread) = nullptr;

namespace {

// The end of the code point that begins at `at`.
size_t PointEnd(const std::string& text, size_t at) {
  do {
    ++at;
  } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

const char* ColourOf(const Palette& palette, char mark) {
  return mark == '^' ? palette.mark : mark == '~' ? palette.range : nullptr;
}

}  // namespace

// Carets count code points, the line is UTF-8.
void ColourMarked(const Palette& palette, std::string* line, std::string* carets) {
  std::string above, below;
  size_t at = 0;
  for (size_t i = 0; i < carets->size();) {
    const char mark = (*carets)[i];
    const size_t first = i, start = at;
    for (; i < carets->size() && (*carets)[i] == mark; ++i)
      if (at < line->size()) at = PointEnd(*line, at);
    const char* const colour = ColourOf(palette, mark);
    const char* const before = colour == nullptr ? "" : colour;
    const char* const after = colour == nullptr ? "" : palette.reset;
    above += before + line->substr(start, at - start) + after;
    below += before + carets->substr(first, i - first) + after;
  }
  *line = above + line->substr(at);
  *carets = below;
}

}  // namespace gila

// colour.h: tracebacks in colour: the escape sequences of their parts, and whether to use them.
#ifndef GILA_RUNTIME_TEXT_COLOUR_H_
#define GILA_RUNTIME_TEXT_COLOUR_H_

#include <string>

#include "runtime/thread.h"

namespace gila {

// What is written before each part of a traceback, and after it. All of them are empty without
// colour, so that whoever writes a traceback need not ask.
struct Palette {
  const char* place;    // file, line and function of an entry
  const char* range;    // what was being evaluated
  const char* mark;     // where in that it failed
  const char* type;     // the exception's class
  const char* message;  // and its text
  const char* reset;
};
extern const Palette kPlainPalette, kColourPalette;

// Colours a source line and the line of carets and tildes below it alike: a caret is a mark, a
// tilde belongs to the range.
void ColourMarked(const Palette& palette, std::string* line, std::string* carets);

// Is sys.stderr to be written to in colour? Asks the environment and the stream, on each call, for
// both may change. Set by the library; null before, which means no.
extern bool (*stderr_takes_colour)(Thread& thread);

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_COLOUR_H_

// re_engine.h: finding a match: PCRE2's machine code first, our own matcher where that gives up.
//
// Who calls and how much is bounded: PCRE2 runs with a limit of steps, and a search of a long text
// goes in slices of starting places, between which signals are handled and other threads get their
// turn. A pattern that blows up runs into the limit and is matched by re_machine.cc, which can be
// interrupted at any step. Neither uses the native stack in proportion to the text.
#ifndef GILA_STDLIB_RE_ENGINE_H_
#define GILA_STDLIB_RE_ENGINE_H_

#include <atomic>
#include <memory>
#include <string>

#include "stdlib/re_machine.h"
#include "stdlib/re_syntax.h"

namespace gila::re {

// How a match is looked for. kSliced is kSearch for long texts.
enum class Mode : uint8_t { kSearch, kMatch, kFullMatch, kSliced };

// The code for one mode and width of characters. Immutable once it is published.
struct Coded;
void FreeCoded(Coded* coded);

// What belongs to a compiled pattern. Codes are made when they are needed first; two threads may
// make the same one, and one of the two is thrown away.
struct Expression {
  Syntax syntax;
  bool own_matcher =
      false;  // PCRE2 would find something else, or cannot say which group closed last
  Atomic<Coded*> codes[4][3] = {};
  Atomic<Program*> program;
  ~Expression();
};

// A text to search. `stable` ones (str, bytes) never change, so they may be read while detached.
struct Subject {
  const void* data = nullptr;
  int64_t length = 0;
  int width_log2 = 0;
  bool stable = true;
};

// Where the groups matched: two numbers each, -1 for a group that did not. Valid until this thread
// looks for the next match or runs Gila code. `last_index` is the group that closed last, or -1
// when LastIndex has to find out.
struct Found {
  const int64_t* spans = nullptr;
  int64_t last_index = -1;
};

// True and *found when there is a match in text[start:end] (what stands before `start` is seen by
// look-behinds). With `not_empty` the empty match at `start` does not count. Fails with the
// exception of a signal handler, or MemoryError.
Result<bool> Find(Thread& thread, Expression& expression, const Subject& subject, Mode mode,
                  int64_t start, int64_t end, bool not_empty, Found* found) GILA_ATTACHED;

// The group that closed last, 0 when none did.
int64_t LastIndex(const Expression& expression, const int64_t* spans);

}  // namespace gila::re

#endif  // GILA_STDLIB_RE_ENGINE_H_

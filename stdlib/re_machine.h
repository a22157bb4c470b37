// re_machine.h: our own backtracking matcher, for what PCRE2 cannot do or gave up on: patterns too
// large for it, repeats beyond 65535, matches that outgrow its stack or its step limit.
//
// It keeps its backtracking in an array of its own, so that nothing overflows the native stack, and
// looks at the eval breaker as it runs: Ctrl-C interrupts a pattern that blows up, other threads
// get the GIL. Its notion of a match is the same as PCRE2's under the translation of
// re_translate.cc.
#ifndef GILA_STDLIB_RE_MACHINE_H_
#define GILA_STDLIB_RE_MACHINE_H_

#include <memory>
#include <vector>

#include "stdlib/re_chars.h"
#include "stdlib/re_syntax.h"

namespace gila::re {

enum class Code : uint8_t {
  kChar,        // a: the character
  kSet,         // a: index into sets
  kAny,         // anything
  kNotNewline,  // anything but \n
  kAt,          // a: the Op of the assertion, b: flags
  kBackref,     // a: group, b: flags
  kSave,        // a: slot; closing a group also sets the last index
  kSplit,       // go on at a; when that fails, at b
  kJump,        // to a
  kRepeatOne,  // the next instruction, which matches one character, min to max times; then go on at
               // a
  kLoopStart,  // a: first of the two registers of a loop
  kLoop,       // a: registers, b: exit, min, max; the body follows
  kLoopLazy,   // where a lazy loop tries its body once more
  kEnter,  // of an atomic group or look-around: a: registers, b: where to go on when it fails (-1:
           // fail), min: chars back
  kLeaveAtomic,  // a: registers
  kLeaveLook,    // a: registers; the position is what it was
  kLeaveNot,     // a: registers; the body matched, so it fails
  kIfGroup,      // when group a has matched go on, else at b
  kFail,
  kMatch,
};

struct Instruction {
  Code code;
  Manner manner = Manner::kGreedy;
  int32_t a = 0, b = 0;
  uint32_t min = 0, max = 0;
};

struct Program {
  struct Set {
    ByteSet low;
    CharSet set;
    uint32_t flags;
  };
  std::vector<Instruction> code;
  std::vector<Set> sets;
  uint32_t groups = 0;
  uint32_t registers = 0;  // beyond the spans of the groups and the last index
};

// The program of a pattern. Look-behinds are known to have a fixed width.
std::unique_ptr<Program> NewProgram(const Syntax& syntax);

struct Request {
  const void* data = nullptr;
  int width_log2 = 0;
  int64_t start = 0, end = 0;
  bool anchored = false;   // only at `start`
  bool whole = false;      // and up to `end`
  bool not_empty = false;  // not the empty match at `start`
};

// Looks for a match: true and the spans (two numbers a group, -1 for none) and the group that
// closed last (0: none). Fails when a signal handler raised, or with MemoryError.
Result<bool> RunProgram(Thread& thread, const Program& program, const Request& request,
                        std::vector<int64_t>* spans, int64_t* last_index) GILA_ATTACHED;

// The fewest and the most characters a pattern can match.
Width WidthOf(const Node* node, const std::vector<Width>& groups);

}  // namespace gila::re

#endif  // GILA_STDLIB_RE_MACHINE_H_

// re_syntax.h: a regular expression as a tree. The parser (re_parse.cc) makes it from Python's
// notation; from it come the pattern in PCRE2's notation (re_translate.cc) and the program of our
// own matcher (re_machine.cc).
//
// Flags are not in the nodes: IGNORECASE and the like hold for the whole pattern but where a group
// changes them, and whether the pattern begins with (?i) is known only when it has been read. Who
// walks the tree carries them along (ScopedFlags).
#ifndef GILA_STDLIB_RE_SYNTAX_H_
#define GILA_STDLIB_RE_SYNTAX_H_

#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/value.h"

namespace gila::re {

// The values of re.RegexFlag.
enum Flag : uint32_t {
  kTemplate = 1,
  kIgnoreCase = 2,
  kLocale = 4,
  kMultiline = 8,
  kDotAll = 16,
  kUnicode = 32,
  kVerbose = 64,
  kDebug = 128,
  kAscii = 256,
  kTypeFlags = kLocale | kUnicode | kAscii,
};

inline constexpr uint32_t kUnlimited = 0xFFFFFFFF;  // no upper bound of a repeat
inline constexpr uint32_t kMaxGroups = 0x3FFFFFFF;
inline constexpr uint32_t kMaxCodePoint = 0x10FFFF;

enum class Category : uint8_t { kDigit, kNotDigit, kSpace, kNotSpace, kWord, kNotWord };

struct SetItem {
  bool is_category;
  Category category;
  uint32_t low, high;  // both belong to it
};
struct CharSet {
  bool negated = false;
  std::vector<SetItem> items;
};

enum class Op : uint8_t {
  kLiteral,    // value
  kAny,        // .
  kSet,        // set
  kStart,      // ^
  kEnd,        // $
  kTextStart,  // \A
  kTextEnd,    // \Z
  kBoundary,
  kNotBoundary,
  kBackref,       // value: the group
  kGroup,         // (...): value is its number, 0 when it does not capture; add_flags, remove_flags
  kAtomic,        // (?>...)
  kLook,          // value: kAhead and the like
  kConditional,   // (?(value)children[0]|children[1])
  kSequence,      // children
  kAlternatives,  // children
  kRepeat,        // children[0], min to max times, manner
  kFail,          // (?!)
};
enum class Manner : uint8_t { kGreedy, kLazy, kPossessive };
enum Look : uint32_t { kAhead, kNotAhead, kBehind, kNotBehind };

struct Node {
  Op op;
  Manner manner = Manner::kGreedy;
  uint32_t value = 0;
  uint32_t min = 0, max = 0;
  uint32_t add_flags = 0, remove_flags = 0;
  std::vector<Node*> children;
  CharSet set;
};

// A pattern that has been read.
struct Syntax {
  Node* root = nullptr;
  uint32_t flags = 0;
  bool is_bytes = false;
  uint32_t groups = 1;  // group 0, the whole match, counts
  std::vector<std::pair<std::vector<uint32_t>, uint32_t>> names;  // in the order of their numbers
  std::vector<uint32_t> closing_order;                            // groups by where their ')' is
  bool group_in_repeat = false, group_in_look = false;
  bool has_not_boundary = false;
  // Of a scanner's lexicon (re.Scanner): the group around each phrase, ascending. The phrases keep
  // their own numbers of groups in matches.
  std::vector<uint32_t> phrases;
  std::deque<Node> nodes;  // owns them
  std::vector<std::deque<Node>> phrase_nodes;
  Node* New(Op op) {
    nodes.emplace_back();
    nodes.back().op = op;
    return &nodes.back();
  }
};

// The flags inside of a group that changes some.
inline uint32_t ScopedFlags(uint32_t flags, const Node* group) {
  if (group->add_flags & kTypeFlags) flags &= ~static_cast<uint32_t>(kTypeFlags);
  return (flags | group->add_flags) & ~group->remove_flags;
}

// Does this node match exactly one character?
inline bool IsSingle(const Node* node) {
  return node->op == Op::kLiteral || node->op == Op::kAny || node->op == Op::kSet;
}

// The fewest and the most characters a node can match, both at most kUnlimited.
struct Width {
  uint64_t min, max;
};

// Reads `text`, the characters of `pattern` (what re.error shall hold). Raises re.error with
// CPython's words.
Status Parse(Thread& thread, Value pattern, const std::vector<uint32_t>& text, bool is_bytes,
             uint32_t flags, Syntax* syntax) GILA_ATTACHED;

// The alternatives of a lexicon: adds a phrase that has been read, in a group of its own.
void AddPhrase(Syntax phrase, Syntax* syntax);

// re.error(message, pattern, position); a negative position is None.
Failed RaiseError(Thread& thread, const std::string& message, Value pattern,
                  int64_t position) GILA_ATTACHED;
// The class re.error, which re.py makes; and warnings.warn(message, category, stacklevel).
extern Value error_class;
Status Warn(Thread& thread, const char* category, const std::string& message) GILA_ATTACHED;
// UTF-8 of some code points, and the same in quotes, as repr() (of the names in bytes patterns:
// ascii()) shows it.
std::string Utf8(const uint32_t* text, size_t length);
Result<std::string> QuotedName(Thread& thread, const std::vector<uint32_t>& name,
                               bool is_bytes = false) GILA_ATTACHED;
bool IsIdentifier(const std::vector<uint32_t>& name);

// The character that a backslash and this letter mean in patterns and templates alike; -1: none.
inline int ControlEscape(uint32_t c) {
  switch (c) {
    case 'a':
      return '\a';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    case '\\':
      return '\\';
    default:
      return -1;
  }
}

}  // namespace gila::re

#endif  // GILA_STDLIB_RE_SYNTAX_H_

// re_internal.h: the objects of the module re: patterns, matches, and texts being searched.
#ifndef GILA_STDLIB_RE_INTERNAL_H_
#define GILA_STDLIB_RE_INTERNAL_H_

#include <string>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/object.h"
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/re_engine.h"

namespace gila::re {

// A compiled pattern (re.Pattern). Immutable but for what it remembers.
struct Pattern : Object {
  Expression* expression;  // its own; freed by the finaliser
  Slot source;             // str or bytes
  Slot group_index;        // dict: name -> number
  Slot group_names;        // tuple: by number, None for a group without a name
  Slot known_template;  // tuple of a replacement template and what it was parsed to; None at first
  uint32_t flags() const { return expression->syntax.flags; }
  bool is_bytes() const { return expression->syntax.is_bytes; }
  int64_t groups() const { return expression->syntax.groups; }  // group 0 too
  bool is_lexicon() const { return !expression->syntax.phrases.empty(); }
};

// What was found (re.Match). All of it is set when it is made but `last_index` and `regs`.
struct Match : Object {
  PointerSlot<Pattern> pattern;
  Slot string;
  Slot regs;  // unbound until it is asked for
  int64_t pos, endpos;
  int64_t groups;
  Atomic<int64_t> last_index;  // -1: LastIndex knows
  int64_t spans[];
};

extern Type *pattern_type, *match_type;

// A text that is being searched; a buffer that could change its size may not while this lives. Only
// on the native stack.
class Text {
 public:
  Text() = default;
  ~Text();
  Text(const Text&) = delete;
  // TypeError "expected string or bytes-like object, got 'int'" and "cannot use a string pattern on
  // a bytes-like object".
  Status Take(Thread& thread, const Pattern* pattern, Value v) GILA_ATTACHED;
  // The part that `pos` and `endpos` leave, clipped as slices are. Unbound ones are the ends.
  Status Bounds(Thread& thread, Value pos, Value endpos) GILA_ATTACHED;
  // The next match of a scan that is at *start: moves it, and *not_empty, on. Only from there on.
  Result<bool> FindNext(Thread& thread, Pattern* pattern, Found* found) GILA_ATTACHED;
  // text[start:stop] as a str or bytes.
  Result<Value> Piece(Thread& thread, int64_t from, int64_t to) const GILA_ATTACHED;
  // What a group matched, or `missing` when it did not.
  Result<Value> GroupPiece(Thread& thread, const int64_t* spans, int64_t group,
                           Value missing) const GILA_ATTACHED {
    if (spans[2 * group] < 0) return missing;
    return Piece(thread, spans[2 * group], spans[2 * group + 1]);
  }
  Value Empty() const;
  Value object() const { return object_; }
  const Subject& subject() const { return subject_; }
  bool is_str() const { return is_str_; }

  int64_t start = 0, end = 0;
  bool not_empty = false;

 private:
  Value object_ = kUnbound;
  Subject subject_;
  bool is_str_ = false, pinned_ = false;
};

Result<Value> NewMatch(Thread& thread, Pattern* pattern, const Text& text, int64_t pos,
                       int64_t endpos, const Found& found) GILA_ATTACHED;
// A template as a tuple: literals (str or bytes) and numbers of groups, or the one literal that it
// is.
Result<Value> ParseTemplate(Thread& thread, Pattern* pattern, Value replacement) GILA_ATTACHED;
Result<Value> ExpandTemplate(Thread& thread, Value parsed, const Text& text,
                             const int64_t* spans) GILA_ATTACHED;

// pattern.search(string, pos, endpos) and the like.
Result<Value> FindMatch(Thread& thread, Pattern* pattern, Mode mode, Value string, Value pos,
                        Value endpos) GILA_ATTACHED;
Result<Value> FindAll(Thread& thread, Pattern* pattern, Value string, Value pos,
                      Value endpos) GILA_ATTACHED;
Result<Value> Split(Thread& thread, Pattern* pattern, Value string, Value maxsplit) GILA_ATTACHED;
Result<Value> Substitute(Thread& thread, Pattern* pattern, Value replacement, Value string,
                         Value count, bool with_count) GILA_ATTACHED;
Result<Value> NewMatchIterator(Thread& thread, Pattern* pattern, Value string, Value pos,
                               Value endpos) GILA_ATTACHED;
Result<Value> NewScanner(Thread& thread, Pattern* pattern, Value string, Value pos,
                         Value endpos) GILA_ATTACHED;

// A pattern from its notation, not asking any cache.
Result<Value> NewPattern(Thread& thread, Value source, uint32_t flags) GILA_ATTACHED;

// The alternatives of a scanner's phrases. A match's lastindex is the number of the phrase, from 1;
// its other groups are those of the phrase, by their numbers there.
Result<Value> NewLexicon(Thread& thread, Tuple* phrases, uint32_t flags) GILA_ATTACHED;

Status AddPatternType(Thread& thread, Module* module) GILA_ATTACHED;
Status AddMatchType(Thread& thread, Module* module) GILA_ATTACHED;
Status AddScannerTypes(Thread& thread, Module* module) GILA_ATTACHED;

}  // namespace gila::re

#endif  // GILA_STDLIB_RE_INTERNAL_H_

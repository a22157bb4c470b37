// string_format.h: the replacement fields of str.format: reading them, and filling them in. The
// readers serve the module _string as well.
#ifndef GILA_RUNTIME_TEXT_STRING_FORMAT_H_
#define GILA_RUNTIME_TEXT_STRING_FORMAT_H_

#include <span>

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/types/str.h"

namespace gila {

// A part of a string.
struct TextPart {
  int64_t start = 0, stop = 0;
  bool empty() const { return start >= stop; }
};

// Cuts a format string into literal text and fields.
class MarkupReader {
 public:
  MarkupReader(Str* text, TextPart part) : text_(text), place_(part.start), stop_(part.stop) {}

  struct Item {
    TextPart literal;
    bool has_field = false;
    TextPart name, spec;
    uint32_t conversion = 0;  // the character after '!'
    bool nested = false;      // the spec has fields itself
  };
  // The next item; false at the end. ValueError in CPython's words for bad markup.
  Result<bool> Next(Thread& thread, Item* item) GILA_ATTACHED;
  // Where the next item begins.
  int64_t place() const { return place_; }

 private:
  void SkipLiteral();
  Status ReadField(Thread& thread, Item* item) GILA_ATTACHED;
  Status ReadSpec(Thread& thread, Item* item) GILA_ATTACHED;

  Str* text_;
  int64_t place_, stop_;
};

// The parts of a field name such as 0.name[key]: the first, then attributes and items.
class FieldNameReader {
 public:
  FieldNameReader(Str* text, TextPart name);

  // The rest of a name, from an earlier reader's place on.
  FieldNameReader(Str* text, int64_t place, int64_t stop)
      : text_(text), place_(place), stop_(stop) {}

  TextPart first() const { return first_; }
  int64_t place() const { return place_; }
  struct Step {
    bool is_attribute = false;
    TextPart name;
    int64_t index = -1;  // of an item given as a number
  };
  // ValueError "Empty attribute in format string" and its like.
  Result<bool> Next(Thread& thread, Step* step) GILA_ATTACHED;

 private:
  Str* text_;
  TextPart first_;
  int64_t place_, stop_;
};

// The number that a part spells, -1 when it is none. ValueError when it is too large.
Result<int64_t> PartAsIndex(Thread& thread, const Str* text, TextPart part) GILA_ATTACHED;

// `mapping` holds the named arguments; unbound: none. format_map has no positional ones at all.
Result<Value> FormatString(Thread& thread, Str* text, std::span<const Value> positional,
                           Value mapping, bool only_mapping) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_STRING_FORMAT_H_

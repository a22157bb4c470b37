// re_translate.cc: writes a pattern in PCRE2's notation.
//
// What a character is depends on the text: one of Latin-1 is searched with the 8-bit library under
// tables that know Latin-1 (re_chars.h), and characters beyond it are left out of the pattern, for
// they cannot occur. Wider texts are searched as plain code points with PCRE2_UCP, and there all
// case folding is written out, because PCRE2's is another than Python's. Groups have no names here
// (PCRE2's are short), and every construct is spelled so that both languages agree on it:
//
//   \Z is \z; {,n} is {0,n}; ^ under MULTILINE also holds behind a final newline
//   (PCRE2_ALT_CIRCUMFLEX); \s has \x1c to \x1f.
#define PCRE2_CODE_UNIT_WIDTH 0
#include "stdlib/re_translate.h"

#include <pcre2.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace gila::re {

namespace {

constexpr uint32_t kMaxRepeat = 65535;  // PCRE2's

class Translator {
 public:
  Translator(const Syntax& syntax, int width_log2, Translation* out)
      : syntax_(syntax), width_log2_(width_log2), out_(out), base_mode_(ModeOf(syntax.flags)) {}

  bool Run() {
    out_->options = PCRE2_ALT_CIRCUMFLEX;
    if (width_log2_ != 0 && base_mode_ == CharMode::kUnicode) out_->options |= PCRE2_UCP;
    Write(syntax_.root, syntax_.flags);
    return !failed_;
  }

 private:
  void Put(std::string_view ascii) {
    out_->units.insert(out_->units.end(), ascii.begin(), ascii.end());
  }
  void PutNumber(uint32_t number) { Put(std::to_string(number)); }
  // A character as itself, in a class or outside of one.
  void PutChar(uint32_t c) {
    if (c < 128 && !((c | 32) >= 'a' && (c | 32) <= 'z') && !(c >= '0' && c <= '9')) {
      if (c < 32 || c == 127) {
        char text[8];
        std::snprintf(text, sizeof text, "\\x%02x", c);
        Put(text);
        return;
      }
      Put("\\");
    }
    out_->units.push_back(c);
  }
  uint32_t MaxChar() const {
    return width_log2_ == 0 ? 0xFF : width_log2_ == 1 ? 0xFFFF : kMaxCodePoint;
  }

  // Turns PCRE2's options i, m and s on or off where they differ from what holds at this place.
  void Want(char letter, bool* state, bool wanted) {
    if (*state == wanted) return;
    Put("(?");
    if (!wanted) Put("-");
    Put({&letter, 1});
    Put(")");
    *state = wanted;
  }
  struct State {
    bool ignore_case = false, multiline = false, dot_all = false;
  };
  // A group ends the reach of the options that were turned on inside.
  void Open(std::string_view opening) {
    Put(opening);
    states_.push_back(state_);
  }
  void Close() {
    Put(")");
    state_ = states_.back();
    states_.pop_back();
  }

  void Never() { Put("(?!)"); }
  void Anything() {
    Want('s', &state_.dot_all, true);
    Put(".");
  }

  // --- characters ---

  void WriteRanges(const Ranges& ranges, bool negated) {
    Put(negated ? "[^" : "[");
    PutRanges(ranges);
    Put("]");
  }
  void PutRanges(const Ranges& ranges) {
    for (const auto& [low, high] : ranges) {
      PutChar(low);
      if (high > low + 1) Put("-");
      if (high > low) PutChar(high);
    }
  }
  // A class of these characters, which are all that the text can have.
  void WriteClosedRanges(Ranges ranges, bool negated) {
    Normalize(&ranges);
    const uint32_t max = MaxChar();
    while (!ranges.empty() && ranges.back().first > max) ranges.pop_back();
    if (!ranges.empty()) ranges.back().second = std::min(ranges.back().second, max);
    const bool all = ranges.size() == 1 && ranges[0].first == 0 && ranges[0].second == max;
    if (ranges.empty() || all) {
      if (all != negated) {
        Anything();
      } else {
        Never();
      }
      return;
    }
    Want('i', &state_.ignore_case, false);
    WriteRanges(ranges, negated);
  }

  void WriteLiteral(uint32_t c, uint32_t flags) {
    const uint32_t max = MaxChar();
    uint32_t members[8] = {c};
    int count = 1;
    if (flags & kIgnoreCase) count = Equivalents(ModeOf(flags), c, members);
    count = static_cast<int>(
        std::remove_if(members, members + count, [max](uint32_t m) { return m > max; }) - members);
    if (count == 0) {
      Never();
      return;
    }
    if (count == 1) {
      // Under (?i) a character is itself alone only when PCRE2 knows no other case of it.
      if (state_.ignore_case && (width_log2_ != 0 || Flip(members[0]) != members[0]))
        Want('i', &state_.ignore_case, false);
      PutChar(members[0]);
      return;
    }
    if (width_log2_ == 0 && count == 2 && Flip(members[0]) == members[1]) {
      Want('i', &state_.ignore_case, true);
      PutChar(members[0]);
      return;
    }
    Ranges ranges;
    for (int i = 0; i < count; ++i) ranges.emplace_back(members[i], members[i]);
    WriteClosedRanges(std::move(ranges), false);
  }
  // The other case by the tables that the 8-bit library will use.
  uint32_t Flip(uint32_t c) const {
    if (base_mode_ == CharMode::kLocale) {
      uint32_t members[8];
      const int count = Equivalents(base_mode_, c, members);
      return count > 1 ? members[count - 1] : c;
    }
    return TablesFor(base_mode_)[256 + c];
  }

  static const char* Spelling(Category category) {
    constexpr const char* kSpellings[] = {"\\d", "\\D", "\\s", "\\S", "\\w", "\\W"};
    return kSpellings[static_cast<int>(category)];
  }
  // Does PCRE2 mean the same by \d, \w and so on?
  bool SpeaksCategory(Category category, CharMode mode) const {
    if (mode != base_mode_) return false;
    const bool space = category == Category::kSpace || category == Category::kNotSpace;
    return width_log2_ == 0 || mode != CharMode::kUnicode || !space;
  }

  void WriteSet(const CharSet& set, uint32_t flags) {
    const CharMode mode = ModeOf(flags);
    if (set.items.size() == 1 && set.items[0].is_category && !set.negated &&
        SpeaksCategory(set.items[0].category, mode)) {
      Put(Spelling(set.items[0].category));
      return;
    }
    if (width_log2_ == 0) {
      WriteByteSet(LowChars(set, flags));
    } else {
      WriteWideSet(set, mode, flags);
    }
  }
  void WriteByteSet(const ByteSet& bytes) {
    Ranges ranges;
    for (uint32_t c = 0; c < 256; ++c) {
      if (!bytes[c]) continue;
      const uint32_t low = c;
      while (c < 255 && bytes[c + 1]) ++c;
      ranges.emplace_back(low, c);
    }
    const bool negated = bytes[0] && bytes[255] && ranges.size() > 1;  // the shorter spelling
    if (negated) ranges = Complement(ranges, 0xFF);
    WriteClosedRanges(std::move(ranges), negated);
  }
  void WriteWideSet(const CharSet& set, CharMode mode, uint32_t flags) {
    Ranges ranges;
    std::string categories;
    for (const SetItem& item : set.items) {
      if (!item.is_category) {
        ranges.emplace_back(item.low, item.high);
      } else if (SpeaksCategory(item.category, mode)) {
        categories += Spelling(item.category);
      } else {
        AddCategory(item.category, mode, &ranges);
      }
    }
    Normalize(&ranges);
    if (flags & kIgnoreCase) ranges = CloseUnderCase(mode, ranges);
    if (categories.empty()) {
      WriteClosedRanges(std::move(ranges), set.negated);
      return;
    }
    const uint32_t max = MaxChar();
    while (!ranges.empty() && ranges.back().first > max) ranges.pop_back();
    if (!ranges.empty()) ranges.back().second = std::min(ranges.back().second, max);
    Want('i', &state_.ignore_case, false);
    Put(set.negated ? "[^" : "[");
    Put(categories);
    PutRanges(ranges);
    Put("]");
  }
  // A category in which PCRE2 would see other characters, as ranges.
  void AddCategory(Category category, CharMode mode, Ranges* ranges) {
    Ranges found;
    const bool negated = category == Category::kNotDigit || category == Category::kNotSpace ||
                         category == Category::kNotWord;
    if (category == Category::kSpace || category == Category::kNotSpace) {
      found = SpaceRanges(mode);
    } else if (mode == CharMode::kUnicode) {
      failed_ = true;  // (?u:\w) in a pattern of ASCII: a list of hundreds of ranges
      return;
    } else if (category == Category::kDigit || category == Category::kNotDigit) {
      found = {{'0', '9'}};
    } else {
      found = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
    }
    if (negated) found = Complement(found, kMaxCodePoint);
    ranges->insert(ranges->end(), found.begin(), found.end());
  }

  void WriteBoundary(bool holds, uint32_t flags) {
    const CharMode mode = ModeOf(flags);
    if (mode == base_mode_) {
      Put(holds ? "\\b" : "\\B");
      return;
    }
    if (width_log2_ != 0 && mode == CharMode::kUnicode) {
      failed_ = true;
      return;
    }
    CharSet word;
    word.items.push_back({true, Category::kWord, 0, 0});
    const auto side = [&](const char* opening) {
      Open(opening);
      WriteSet(word, flags);
      Close();
    };
    Open("(?:");
    side("(?<=");
    side(holds ? "(?!" : "(?=");
    Put("|");
    side("(?<!");
    side(holds ? "(?=" : "(?!");
    Close();
  }

  // --- the tree ---

  void WriteRepeat(const Node* node, uint32_t flags) {
    if (node->min > kMaxRepeat || (node->max != kUnlimited && node->max > kMaxRepeat)) {
      failed_ = true;
      return;
    }
    const Node* const item = Unwrap(node->children[0]);
    // PCRE2's possessive groups leave captures behind when what follows them fails; atomic groups
    // do not.
    const bool atomic = node->manner == Manner::kPossessive && !IsSingle(item);
    if (atomic) Open("(?>");
    // A repeat of one character is PCRE2's fastest; a needless group around it would hide it.
    if (IsSingle(item) || item->op == Op::kAtomic || item->op == Op::kBackref ||
        (item->op == Op::kGroup && item->value != 0)) {
      Write(item, flags);
    } else {
      WriteBranch(item, flags);
    }
    if (node->max == kUnlimited && node->min <= 1) {
      Put(node->min == 0 ? "*" : "+");
    } else if (node->min == 0 && node->max == 1) {
      Put("?");
    } else {
      Put("{");
      PutNumber(node->min);
      if (node->max != node->min) Put(",");
      if (node->max != node->min && node->max != kUnlimited) PutNumber(node->max);
      Put("}");
    }
    if (node->manner == Manner::kLazy) Put("?");
    if (node->manner == Manner::kPossessive && !atomic) Put("+");
    if (atomic) Close();
  }

  // What a group that does nothing, or a sequence of one, is about.
  static const Node* Unwrap(const Node* node) {
    while (true) {
      const bool idle_group = node->op == Op::kGroup && node->value == 0 && node->add_flags == 0 &&
                              node->remove_flags == 0;
      if (!idle_group && !(node->op == Op::kSequence && node->children.size() == 1)) return node;
      node = node->children[0];
    }
  }
  // Several branches inside of something that must not fall apart.
  void WriteBranch(const Node* node, uint32_t flags) {
    Open("(?:");
    Write(node, flags);
    Close();
  }

  void Write(const Node* node, uint32_t flags) {
    if (failed_) return;
    switch (node->op) {
      case Op::kLiteral:
        WriteLiteral(node->value, flags);
        return;
      case Op::kAny:
        Want('s', &state_.dot_all, (flags & kDotAll) != 0);
        Put(".");
        return;
      case Op::kSet:
        WriteSet(node->set, flags);
        return;
      case Op::kStart:
      case Op::kEnd:
        Want('m', &state_.multiline, (flags & kMultiline) != 0);
        Put(node->op == Op::kStart ? "^" : "$");
        return;
      case Op::kTextStart:
        Put("\\A");
        return;
      case Op::kTextEnd:
        Put("\\z");
        return;
      case Op::kBoundary:
      case Op::kNotBoundary:
        WriteBoundary(node->op == Op::kBoundary, flags);
        return;
      case Op::kFail:
        Never();
        return;
      default:
        WriteInner(node, flags);
    }
  }
  void WriteInner(const Node* node, uint32_t flags) {
    switch (node->op) {
      case Op::kBackref:
        // Under IGNORECASE Python compares lower case by Unicode; PCRE2 folds in its own way.
        if ((flags & kIgnoreCase) && width_log2_ != 0) {
          failed_ = true;
          return;
        }
        Want('i', &state_.ignore_case, (flags & kIgnoreCase) != 0);
        if (ModeOf(flags) != base_mode_ && (flags & kIgnoreCase)) failed_ = true;
        Put("\\g{");
        PutNumber(node->value);
        Put("}");
        return;
      case Op::kGroup:
        if (node->value == 0 && Unwrap(node->children[0])->op != Op::kAlternatives) {
          Write(node->children[0], ScopedFlags(flags, node));
          return;
        }
        Open(node->value != 0 ? "(" : "(?:");
        Write(node->children[0], ScopedFlags(flags, node));
        Close();
        return;
      case Op::kAtomic:
        Open("(?>");
        Write(node->children[0], flags);
        Close();
        return;
      case Op::kLook: {
        constexpr const char* kOpenings[] = {"(?=", "(?!", "(?<=", "(?<!"};
        Open(kOpenings[node->value]);
        Write(node->children[0], flags);
        Close();
        return;
      }
      case Op::kConditional:
        Open("(?(");
        PutNumber(node->value);
        Put(")");
        WriteBranch(node->children[0], flags);
        if (node->children.size() > 1) {
          Put("|");
          WriteBranch(node->children[1], flags);
        }
        Close();
        return;
      case Op::kSequence:
        for (const Node* child : node->children) Write(child, flags);
        return;
      case Op::kAlternatives:
        for (size_t i = 0; i < node->children.size(); ++i) {
          if (i > 0) Put("|");
          Write(node->children[i], flags);
        }
        return;
      default:
        WriteRepeat(node, flags);
    }
  }

  const Syntax& syntax_;
  const int width_log2_;
  Translation* const out_;
  const CharMode base_mode_;
  State state_;
  std::vector<State> states_;
  bool failed_ = false;
};

}  // namespace

bool Translate(const Syntax& syntax, int width_log2, Translation* out) {
  return Translator(syntax, width_log2, out).Run();
}

}  // namespace gila::re

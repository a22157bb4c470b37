// re_parse.cc: reads Python's notation for regular expressions. What is wrong with a pattern is
// said here, in CPython's words and at its position, so that PCRE2 never sees a bad pattern.
//
// The text is taken in tokens: a character, or a backslash with the character behind it. The token
// behind the present one is always looked at in advance, as CPython does, because that decides
// which of two errors is told.
#include "compiler/unicode_data.h"
#include "compiler/unicode_names.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/text/unicode.h"
#include "runtime/types/bytes.h"
#include "runtime/types/str.h"
#include "stdlib/re_syntax.h"

namespace gila::re {

Value error_class = kUnbound;

Failed RaiseError(Thread& thread, const std::string& message, Value pattern, int64_t position) {
  auto text = NewStr(thread, message);
  if (!text.ok()) return kFailed;
  const Value place = position < 0 ? kNone : Value::SmallInt(position);
  auto error = Call(thread, error_class, {Value(text.value()), pattern, place});
  if (!error.ok()) return kFailed;
  return thread.RaiseObject(error.value());
}

Status Warn(Thread& thread, const char* category, const std::string& message) {
  GILA_TRY(const Value module, ImportModule(thread, "warnings"));
  GILA_TRY(Str * text, NewStr(thread, message));
  const Value type = DictGetInterned(BuiltinsDict(thread), Intern(thread, category));
  GILA_TRY_VOID(
      CallMethod(thread, module, Intern(thread, "warn"), {Value(text), type, Value::SmallInt(1)}));
  return kOk;
}

std::string Utf8(const uint32_t* text, size_t length) {
  std::string out;
  for (size_t i = 0; i < length; ++i) {
    const uint32_t c = text[i];
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | (c >> 6));
      out += static_cast<char>(0x80 | (c & 63));
    } else if (c < 0x10000) {
      out += static_cast<char>(0xE0 | (c >> 12));
      out += static_cast<char>(0x80 | ((c >> 6) & 63));
      out += static_cast<char>(0x80 | (c & 63));
    } else {
      out += static_cast<char>(0xF0 | (c >> 18));
      out += static_cast<char>(0x80 | ((c >> 12) & 63));
      out += static_cast<char>(0x80 | ((c >> 6) & 63));
      out += static_cast<char>(0x80 | (c & 63));
    }
  }
  return out;
}

Result<std::string> QuotedName(Thread& thread, const std::vector<uint32_t>& name, bool is_bytes) {
  GILA_TRY(Str * text, NewStrFromUcs4(thread, name.data(), static_cast<int64_t>(name.size())));
  GILA_TRY(Str * quoted, is_bytes ? Ascii(thread, text) : Repr(thread, text));
  return ToUtf8(quoted);
}

bool IsIdentifier(const std::vector<uint32_t>& name) {
  if (name.empty() || !compiler::IsIdentifierStart(name[0])) return false;
  for (const uint32_t c : name)
    if (!compiler::IsIdentifierContinue(c)) return false;
  return true;
}

namespace {

using Text = std::vector<uint32_t>;

constexpr uint32_t kNothing = 0xFFFFFFFF;  // no token: the end of the pattern

bool IsDigit(uint32_t c) { return c >= '0' && c <= '9'; }
bool IsOctal(uint32_t c) { return c >= '0' && c <= '7'; }
bool IsHex(uint32_t c) { return IsDigit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f'); }
bool IsAsciiLetter(uint32_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z' && c < 128; }
bool IsPatternSpace(uint32_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

uint32_t FlagOf(uint32_t letter) {
  switch (letter) {
    case 'i':
      return kIgnoreCase;
    case 'L':
      return kLocale;
    case 'm':
      return kMultiline;
    case 's':
      return kDotAll;
    case 'x':
      return kVerbose;
    case 'a':
      return kAscii;
    case 't':
      return kTemplate;
    case 'u':
      return kUnicode;
    default:
      return 0;
  }
}

// Thrown about as a value: (?x) was met in a pattern that was being read without it.
enum class Outcome { kDone, kAgainVerbose };

// A member of a set, or what an escape stands for.
struct Atom {
  bool is_category = false;
  Category category = Category::kDigit;
  uint32_t literal = 0;
};

class Parser {
 public:
  Parser(Thread& thread, Value pattern, const Text& text, bool is_bytes, uint32_t flags,
         Syntax* syntax)
      : thread_(thread), pattern_(pattern), text_(text), is_bytes_(is_bytes), syntax_(syntax) {
    syntax_->flags = flags;
    syntax_->is_bytes = is_bytes;
  }

  Result<Outcome> Run() GILA_ATTACHED {
    is_open_.assign(1, true);
    GILA_TRY_VOID(Advance());
    GILA_TRY(syntax_->root, Alternatives(syntax_->flags & kVerbose, 0));
    if (again_verbose_) return Outcome::kAgainVerbose;
    if (next_ != kNothing) return Error("unbalanced parenthesis");
    for (const auto& [group, place] : conditions_) {
      if (group >= syntax_->groups)
        return ErrorAt("invalid group reference " + std::to_string(group), place);
    }
    return Outcome::kDone;
  }

 private:
  // --- tokens: next_ is the character (behind the backslash when next_escaped_) ---

  Status Advance() GILA_ATTACHED {
    index_ = end_;
    if (end_ >= text_.size()) {
      next_ = kNothing;
      next_escaped_ = false;
      return kOk;
    }
    next_escaped_ = text_[end_] == '\\';
    if (!next_escaped_) {
      next_ = text_[end_++];
      return kOk;
    }
    if (end_ + 1 >= text_.size())
      return ErrorAt("bad escape (end of pattern)", static_cast<int64_t>(text_.size()) - 1);
    next_ = text_[end_ + 1];
    end_ += 2;
    return kOk;
  }
  // Where the token next_ begins.
  int64_t Tell() const { return static_cast<int64_t>(index_); }
  Status Seek(int64_t place) GILA_ATTACHED {
    end_ = static_cast<size_t>(place);
    return Advance();
  }
  bool NextIs(uint32_t c) const { return next_ == c && !next_escaped_; }
  // Is the next token one of these plain characters?
  bool NextIn(bool (*kind)(uint32_t)) const {
    return !next_escaped_ && next_ != kNothing && kind(next_);
  }
  // Takes the token `c` if it comes next.
  Result<bool> Match(uint32_t c) GILA_ATTACHED {
    if (!NextIs(c)) return false;
    GILA_TRY_VOID(Advance());
    return true;
  }
  // Takes the next token, whatever it is: kNothing at the end. An escape comes back as `escaped`.
  struct Token {
    uint32_t c = kNothing;
    bool escaped = false;
    int64_t length() const { return c == kNothing ? 0 : escaped ? 2 : 1; }
    bool Is(uint32_t plain) const { return c == plain && !escaped; }
  };
  Result<Token> Get() GILA_ATTACHED {
    const Token token{next_, next_escaped_};
    GILA_TRY_VOID(Advance());
    return token;
  }
  Status GetWhile(int count, bool (*kind)(uint32_t), Text* out) GILA_ATTACHED {
    while (count-- > 0 && NextIn(kind)) {
      out->push_back(next_);
      GILA_TRY_VOID(Advance());
    }
    return kOk;
  }
  Result<Text> GetUntil(uint32_t terminator, const char* what) GILA_ATTACHED {
    Text result;
    while (true) {
      GILA_TRY(const Token token, Get());
      if (token.c == kNothing) {
        if (result.empty()) return Error(std::string("missing ") + what);
        return Error(
            std::string("missing ") + static_cast<char>(terminator) + ", unterminated name",
            static_cast<int64_t>(result.size()));
      }
      if (token.Is(terminator)) {
        if (result.empty()) return Error(std::string("missing ") + what, 1);
        return result;
      }
      if (token.escaped) result.push_back('\\');
      result.push_back(token.c);
    }
  }
  static std::string Spell(const Token& token) {
    if (token.c == kNothing) return "";
    return (token.escaped ? "\\" : "") + Utf8(&token.c, 1);
  }

  // --- errors: `back` characters before the next token ---

  Failed ErrorAt(const std::string& message, int64_t position) GILA_ATTACHED {
    return RaiseError(thread_, message, pattern_, position);
  }
  Failed Error(const std::string& message, int64_t back = 0) GILA_ATTACHED {
    return ErrorAt(message, Tell() - back);
  }

  // --- groups ---

  Result<uint32_t> OpenGroup(const Text* name) GILA_ATTACHED {
    const uint32_t group = syntax_->groups++;
    is_open_.push_back(true);
    if (group >= kMaxGroups) return Error("too many groups");
    if (name != nullptr) {
      const uint32_t known = GroupNamed(*name);
      if (known != 0) {
        GILA_TRY(const std::string quoted, QuotedName(thread_, *name));
        return Error("redefinition of group name " + quoted + " as group " + std::to_string(group) +
                         "; was group " + std::to_string(known),
                     static_cast<int64_t>(name->size()) + 1);
      }
      syntax_->names.emplace_back(*name, group);
    }
    return group;
  }
  // 0: there is none.
  uint32_t GroupNamed(const Text& name) const {
    for (const auto& [known, group] : syntax_->names)
      if (known == name) return group;
    return 0;
  }
  bool IsClosed(uint32_t group) const { return group < syntax_->groups && !is_open_[group]; }
  Status CheckGroupName(const Text& name, int64_t offset) GILA_ATTACHED {
    const int64_t back = static_cast<int64_t>(name.size()) + offset;
    bool ascii = true;
    for (const uint32_t c : name) ascii = ascii && c < 128;
    if (!IsIdentifier(name)) {
      GILA_TRY(const std::string quoted, QuotedName(thread_, name));
      return Error("bad character in group name " + quoted, back);
    }
    if (is_bytes_ && !ascii) {
      GILA_TRY(Str * text, NewStrFromUcs4(thread_, name.data(), static_cast<int64_t>(name.size())));
      GILA_TRY(Str * quoted, Ascii(thread_, text));
      return Warn(thread_, "DeprecationWarning",
                  "bad character in group name " + ToUtf8(quoted) + " at position " +
                      std::to_string(Tell() - back));
    }
    return kOk;
  }
  // Inside a look-behind only groups that were complete before it may be meant.
  Status CheckLookbehindGroup(uint32_t group) GILA_ATTACHED {
    if (lookbehind_groups_ == 0) return kOk;
    if (!IsClosed(group)) return Error("cannot refer to an open group");
    if (group >= lookbehind_groups_)
      return Error("cannot refer to group defined in the same lookbehind subpattern");
    return kOk;
  }
  Node* Backref(uint32_t group) {
    Node* const node = syntax_->New(Op::kBackref);
    node->value = group;
    return node;
  }
  Node* Literal(uint32_t c) {
    Node* const node = syntax_->New(Op::kLiteral);
    node->value = c;
    return node;
  }

  // --- escapes ---

  static bool CategoryOf(uint32_t c, Category* category) {
    switch (c) {
      case 'd':
        *category = Category::kDigit;
        return true;
      case 'D':
        *category = Category::kNotDigit;
        return true;
      case 's':
        *category = Category::kSpace;
        return true;
      case 'S':
        *category = Category::kNotSpace;
        return true;
      case 'w':
        *category = Category::kWord;
        return true;
      case 'W':
        *category = Category::kNotWord;
        return true;
      default:
        return false;
    }
  }
  Result<uint32_t> HexEscape(uint32_t letter, int digits) GILA_ATTACHED {
    Text text;
    GILA_TRY_VOID(GetWhile(digits, IsHex, &text));
    const std::string spelled =
        std::string("\\") + static_cast<char>(letter) + Utf8(text.data(), text.size());
    if (static_cast<int>(text.size()) != digits)
      return Error("incomplete escape " + spelled, static_cast<int64_t>(text.size()) + 2);
    const auto c = static_cast<uint32_t>(std::stoul(spelled.substr(2), nullptr, 16));
    if (c > kMaxCodePoint)
      return Error("bad escape " + spelled, static_cast<int64_t>(text.size()) + 2);
    return c;
  }
  Result<uint32_t> NamedCharacter() GILA_ATTACHED {
    GILA_TRY(const bool brace, Match('{'));
    if (!brace) return Error("missing {");
    GILA_TRY(const Text name, GetUntil('}', "character name"));
    uint32_t c = 0;
    if (!compiler::FindCharacter(Utf8(name.data(), name.size()), &c)) {
      GILA_TRY(const std::string quoted, QuotedName(thread_, name));
      return Error("undefined character name " + quoted, static_cast<int64_t>(name.size()) + 4);
    }
    return c;
  }
  // What both kinds of escapes share: true and the character, or false.
  Result<bool> CommonEscape(uint32_t c, uint32_t* literal) GILA_ATTACHED {
    const int control = ControlEscape(c);
    if (control >= 0) {
      *literal = static_cast<uint32_t>(control);
      return true;
    }
    if (c == 'x') {
      GILA_TRY(*literal, HexEscape(c, 2));
      return true;
    }
    if (is_bytes_ || (c != 'u' && c != 'U' && c != 'N')) return false;
    if (c == 'N') {
      GILA_TRY(*literal, NamedCharacter());
      return true;
    }
    GILA_TRY(*literal, HexEscape(c, c == 'u' ? 4 : 8));
    return true;
  }
  Result<uint32_t> OctalEscape(const Text& digits) GILA_ATTACHED {
    uint32_t c = 0;
    for (const uint32_t digit : digits) c = c * 8 + (digit - '0');
    if (c > 0377) {
      return Error("octal escape value \\" + Utf8(digits.data(), digits.size()) +
                       " outside of range 0-0o377",
                   static_cast<int64_t>(digits.size()) + 1);
    }
    return c;
  }
  Failed BadEscape(uint32_t c) GILA_ATTACHED { return Error("bad escape \\" + Utf8(&c, 1), 2); }

  // Behind a backslash in a set; the token is taken already.
  Result<Atom> SetEscape(uint32_t c) GILA_ATTACHED {
    Atom atom;
    if (CategoryOf(c, &atom.category)) {
      atom.is_category = true;
      return atom;
    }
    if (c == 'b') {
      atom.literal = '\b';
      return atom;
    }
    GILA_TRY(const bool common, CommonEscape(c, &atom.literal));
    if (common) return atom;
    if (IsOctal(c)) {
      Text digits{c};
      GILA_TRY_VOID(GetWhile(2, IsOctal, &digits));
      GILA_TRY(atom.literal, OctalEscape(digits));
      return atom;
    }
    if (IsDigit(c) || IsAsciiLetter(c)) return BadEscape(c);
    atom.literal = c;
    return atom;
  }

  // Outside of sets.
  Result<Node*> Escape(uint32_t c) GILA_ATTACHED {
    switch (c) {
      case 'A':
        return syntax_->New(Op::kTextStart);
      case 'Z':
        return syntax_->New(Op::kTextEnd);
      case 'b':
        return syntax_->New(Op::kBoundary);
      case 'B':
        syntax_->has_not_boundary = true;
        return syntax_->New(Op::kNotBoundary);
      default:
        break;
    }
    Category category;
    if (CategoryOf(c, &category)) {
      Node* const node = syntax_->New(Op::kSet);
      node->set.items.push_back({true, category, 0, 0});
      return node;
    }
    uint32_t literal = 0;
    GILA_TRY(const bool common, CommonEscape(c, &literal));
    if (common) return Literal(literal);
    if (c == '0') {
      Text digits{c};
      GILA_TRY_VOID(GetWhile(2, IsOctal, &digits));
      GILA_TRY(literal, OctalEscape(digits));
      return Literal(literal);
    }
    if (IsDigit(c)) return DigitEscape(c);
    if (IsAsciiLetter(c)) return BadEscape(c);
    return Literal(c);
  }
  // Three octal digits are a character, else it is a group.
  Result<Node*> DigitEscape(uint32_t c) GILA_ATTACHED {
    Text digits{c};
    if (NextIn(IsDigit)) {
      digits.push_back(next_);
      GILA_TRY_VOID(Advance());
      if (IsOctal(digits[0]) && IsOctal(digits[1]) && NextIn(IsOctal)) {
        digits.push_back(next_);
        GILA_TRY_VOID(Advance());
        GILA_TRY(const uint32_t literal, OctalEscape(digits));
        return Literal(literal);
      }
    }
    uint32_t group = 0;
    for (const uint32_t digit : digits) group = group * 10 + (digit - '0');
    const auto length = static_cast<int64_t>(digits.size());
    if (group >= syntax_->groups)
      return Error("invalid group reference " + std::to_string(group), length);
    if (!IsClosed(group)) return Error("cannot refer to an open group", length + 1);
    GILA_TRY_VOID(CheckLookbehindGroup(group));
    return Backref(group);
  }

  // --- sets ---

  Status WarnSet(const char* what, int64_t position) GILA_ATTACHED {
    return Warn(thread_, "FutureWarning",
                std::string("Possible ") + what + " at position " + std::to_string(position));
  }
  // `[a--b]` and the like may mean something one day.
  Status WarnOperator(uint32_t c, bool first, int64_t position) GILA_ATTACHED {
    if (!NextIs(c) || first) return kOk;
    switch (c) {
      case '-':
        return WarnSet("set difference", position);
      case '&':
        return WarnSet("set intersection", position);
      case '~':
        return WarnSet("set symmetric difference", position);
      case '|':
        return WarnSet("set union", position);
      default:
        return kOk;
    }
  }

  // Behind the '[', which is at `start`.
  Result<Node*> Set(int64_t start) GILA_ATTACHED {
    Node* const node = syntax_->New(Op::kSet);
    CharSet& set = node->set;
    if (NextIs('[')) GILA_TRY_VOID(WarnSet("nested set", Tell()));
    GILA_TRY(set.negated, Match('^'));
    while (true) {
      GILA_TRY(const Token token, Get());
      if (token.c == kNothing) return ErrorAt("unterminated character set", start);
      if (token.Is(']') && !set.items.empty()) break;
      GILA_TRY(const Atom first, SetMember(token, set.items.empty()));
      GILA_TRY(const bool range, Match('-'));
      if (!range) {
        set.items.push_back({first.is_category, first.category, first.literal, first.literal});
        continue;
      }
      GILA_TRY(const Token other, Get());
      if (other.c == kNothing) return ErrorAt("unterminated character set", start);
      if (other.Is(']')) {
        set.items.push_back({first.is_category, first.category, first.literal, first.literal});
        set.items.push_back({false, Category::kDigit, '-', '-'});
        break;
      }
      if (other.Is('-')) GILA_TRY_VOID(WarnSet("set difference", Tell() - 2));
      GILA_TRY(const Atom last, SetMember(other, true));
      if (first.is_category || last.is_category || last.literal < first.literal) {
        return Error("bad character range " + Spell(token) + "-" + Spell(other),
                     token.length() + 1 + other.length());
      }
      set.items.push_back({false, Category::kDigit, first.literal, last.literal});
    }
    if (set.items.size() == 1 && !set.negated && !set.items[0].is_category &&
        set.items[0].low == set.items[0].high)
      return Literal(set.items[0].low);
    return node;
  }
  Result<Atom> SetMember(const Token& token, bool first) GILA_ATTACHED {
    if (token.escaped) return SetEscape(token.c);
    GILA_TRY_VOID(WarnOperator(token.c, first, Tell() - 1));
    Atom atom;
    atom.literal = token.c;
    return atom;
  }

  // --- repeats ---

  // Reads `*`, `+`, `?` or `{m,n}` behind the item; *literal when the brace is an ordinary
  // character.
  Status Bounds(uint32_t c, uint32_t* min, uint32_t* max, bool* literal) GILA_ATTACHED {
    *literal = false;
    *min = c == '+' ? 1 : 0;
    *max = c == '?' ? 1 : kUnlimited;
    if (c != '{') return kOk;
    if (NextIs('}')) {
      *literal = true;
      return kOk;
    }
    const int64_t inside = Tell();
    Text low, high;
    GILA_TRY_VOID(GetWhile(1 << 30, IsDigit, &low));
    GILA_TRY(const bool comma, Match(','));
    if (comma) {
      GILA_TRY_VOID(GetWhile(1 << 30, IsDigit, &high));
    } else {
      high = low;
    }
    GILA_TRY(const bool closed, Match('}'));
    if (!closed) {
      *literal = true;
      return Seek(inside);
    }
    if (!low.empty()) {
      GILA_TRY(*min, Count(low));
    }
    if (!high.empty()) {
      GILA_TRY(*max, Count(high));
      if (*max < *min) return ErrorAt("min repeat greater than max repeat", inside);
    }
    return kOk;
  }
  Result<uint32_t> Count(const Text& digits) GILA_ATTACHED {
    uint64_t count = 0;
    for (const uint32_t digit : digits) {
      count = count * 10 + (digit - '0');
      if (count >= kUnlimited)
        return thread_.Raise(TypeId::kOverflowError, "the repetition number is too large");
    }
    return static_cast<uint32_t>(count);
  }

  Status Repeat(Node* sequence, uint32_t c, int64_t here) GILA_ATTACHED {
    uint32_t min, max;
    bool literal;
    GILA_TRY_VOID(Bounds(c, &min, &max, &literal));
    if (literal) {
      sequence->children.push_back(Literal(c));
      return kOk;
    }
    Node* const item = sequence->children.empty() ? nullptr : sequence->children.back();
    if (item == nullptr || (item->op >= Op::kStart && item->op <= Op::kNotBoundary))
      return ErrorAt("nothing to repeat", here);
    if (item->op == Op::kRepeat) return ErrorAt("multiple repeat", here);
    Node* const repeat = syntax_->New(Op::kRepeat);
    repeat->min = min;
    repeat->max = max;
    GILA_TRY(const bool lazy, Match('?'));
    bool possessive = false;
    if (!lazy) {
      GILA_TRY(possessive, Match('+'));
    }
    repeat->manner = lazy ? Manner::kLazy : possessive ? Manner::kPossessive : Manner::kGreedy;
    repeat->children.push_back(item);
    sequence->children.back() = repeat;
    return kOk;
  }

  // --- (?...) ---

  Failed UnexpectedEnd() GILA_ATTACHED { return Error("unexpected end of pattern"); }
  Failed Unterminated(int64_t start) GILA_ATTACHED {
    return ErrorAt("missing ), unterminated subpattern", start);
  }
  Status Close(int64_t start) GILA_ATTACHED {
    GILA_TRY(const bool closed, Match(')'));
    if (!closed && !again_verbose_) return Unterminated(start);
    return kOk;
  }

  // (?P...: a name or a reference to one. False: it was a reference, and is in the sequence.
  Result<bool> Named(Node* sequence, Text* name) GILA_ATTACHED {
    GILA_TRY(const bool defines, Match('<'));
    if (defines) {
      GILA_TRY(*name, GetUntil('>', "group name"));
      GILA_TRY_VOID(CheckGroupName(*name, 1));
      return true;
    }
    GILA_TRY(const bool refers, Match('='));
    if (!refers) {
      GILA_TRY(const Token token, Get());
      if (token.c == kNothing) return UnexpectedEnd();
      return Error("unknown extension ?P" + Spell(token), token.length() + 2);
    }
    GILA_TRY(*name, GetUntil(')', "group name"));
    GILA_TRY_VOID(CheckGroupName(*name, 1));
    const uint32_t group = GroupNamed(*name);
    const auto back = static_cast<int64_t>(name->size()) + 1;
    if (group == 0) return UnknownName(*name, back);
    if (!IsClosed(group)) return Error("cannot refer to an open group", back);
    GILA_TRY_VOID(CheckLookbehindGroup(group));
    sequence->children.push_back(Backref(group));
    return false;
  }
  Failed UnknownName(const Text& name, int64_t back) GILA_ATTACHED {
    auto quoted = QuotedName(thread_, name, is_bytes_);
    if (!quoted.ok()) return kFailed;
    return Error("unknown group name " + quoted.value(), back);
  }

  Status Comment(int64_t start) GILA_ATTACHED {
    while (true) {
      if (next_ == kNothing) return ErrorAt("missing ), unterminated comment", start);
      GILA_TRY(const Token token, Get());
      if (token.Is(')')) return kOk;
    }
  }

  Status LookAround(Node* sequence, uint32_t c, int64_t start, bool verbose,
                    int depth) GILA_ATTACHED {
    bool behind = false;
    const uint32_t outer = lookbehind_groups_;
    if (c == '<') {
      GILA_TRY(const Token token, Get());
      if (token.c == kNothing) return UnexpectedEnd();
      if (!token.Is('=') && !token.Is('!'))
        return Error("unknown extension ?<" + Spell(token), token.length() + 2);
      c = token.c;
      behind = true;
      if (lookbehind_groups_ == 0) lookbehind_groups_ = syntax_->groups;
    }
    ++in_look_;
    GILA_TRY(Node* const body, Alternatives(verbose, depth + 1));
    --in_look_;
    lookbehind_groups_ = outer;
    GILA_TRY_VOID(Close(start));
    if (c == '!' && body->op == Op::kSequence && body->children.empty()) {
      sequence->children.push_back(syntax_->New(Op::kFail));
      return kOk;
    }
    Node* const node = syntax_->New(Op::kLook);
    node->value = c == '=' ? (behind ? kBehind : kAhead) : (behind ? kNotBehind : kNotAhead);
    node->children.push_back(body);
    sequence->children.push_back(node);
    return kOk;
  }

  // (?(1)yes|no)
  Status Conditional(Node* sequence, int64_t start, bool verbose, int depth) GILA_ATTACHED {
    GILA_TRY(const Text name, GetUntil(')', "group name"));
    const auto back = static_cast<int64_t>(name.size()) + 1;
    bool decimal = true;
    for (const uint32_t c : name) decimal = decimal && IsDigit(c);
    uint32_t group = 0;
    if (!decimal) {
      GILA_TRY_VOID(CheckGroupName(name, 1));
      group = GroupNamed(name);
      if (group == 0) return UnknownName(name, back);
    } else {
      for (const uint32_t c : name) group = group >= kMaxGroups ? group : group * 10 + (c - '0');
      if (group == 0) return Error("bad group number", back);
      if (group >= kMaxGroups)
        return Error("invalid group reference " + Utf8(name.data(), name.size()), back);
      conditions_.emplace_back(group, Tell() - back);
    }
    GILA_TRY_VOID(CheckLookbehindGroup(group));
    Node* const node = syntax_->New(Op::kConditional);
    node->value = group;
    GILA_TRY(Node* const yes, Sequence(verbose, depth + 1, false));
    node->children.push_back(yes);
    GILA_TRY(const bool more, Match('|'));
    if (more) {
      GILA_TRY(Node* const no, Sequence(verbose, depth + 1, false));
      node->children.push_back(no);
      if (NextIs('|')) return Error("conditional backref with more than two branches");
    }
    GILA_TRY_VOID(Close(start));
    sequence->children.push_back(node);
    return kOk;
  }

  // (?aiLmsux) or (?i-m:...). True: flags for the whole pattern.
  Result<bool> Flags(uint32_t c, uint32_t* add, uint32_t* remove) GILA_ATTACHED {
    const auto wrong = [this](const Token& token, const char* missing) GILA_ATTACHED -> Failed {
      if (token.c == kNothing) return Error(missing);
      const bool letter = !token.escaped && CharIs(token.c, kCharAlpha);
      return Error(letter ? "unknown flag" : missing, token.length());
    };
    if (c != '-') {
      while (true) {
        const uint32_t flag = FlagOf(c);
        if (!is_bytes_ && c == 'L')
          return Error("bad inline flags: cannot use 'L' flag with a str pattern");
        if (is_bytes_ && c == 'u')
          return Error("bad inline flags: cannot use 'u' flag with a bytes pattern");
        *add |= flag;
        if ((flag & kTypeFlags) != 0 && (*add & kTypeFlags) != flag)
          return Error("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
        GILA_TRY(const Token token, Get());
        if (token.Is(')') || token.Is('-') || token.Is(':')) {
          c = token.c;
          break;
        }
        if (token.c == kNothing || token.escaped || FlagOf(token.c) == 0)
          return wrong(token, "missing -, : or )");
        c = token.c;
      }
    }
    if (c == ')') {
      syntax_->flags |= *add;
      return true;
    }
    if (*add & kTemplate) return Error("bad inline flags: cannot turn on global flag", 1);
    if (c == '-') {
      GILA_TRY(Token token, Get());
      if (token.c == kNothing || token.escaped || FlagOf(token.c) == 0)
        return wrong(token, "missing flag");
      while (true) {
        const uint32_t flag = FlagOf(token.c);
        if (flag & kTypeFlags)
          return Error("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
        *remove |= flag;
        GILA_TRY(token, Get());
        if (token.Is(':')) break;
        if (token.c == kNothing || token.escaped || FlagOf(token.c) == 0)
          return wrong(token, "missing :");
      }
    }
    if (*remove & kTemplate) return Error("bad inline flags: cannot turn off global flag", 1);
    if (*add & *remove) return Error("bad inline flags: flag turned on and off", 1);
    return false;
  }

  // Behind a '(', which is at `start`.
  Status Group(Node* sequence, int64_t start, bool verbose, int depth, bool first) GILA_ATTACHED {
    bool capture = true;
    Op op = Op::kGroup;
    Text name;
    uint32_t add = 0, remove = 0;
    GILA_TRY(const bool extension, Match('?'));
    if (extension) {
      GILA_TRY(const Token token, Get());
      if (token.c == kNothing) return UnexpectedEnd();
      if (token.Is('P')) {
        GILA_TRY(const bool defines, Named(sequence, &name));
        if (!defines) return kOk;
      } else if (token.Is(':')) {
        capture = false;
      } else if (token.Is('#')) {
        return Comment(start);
      } else if (token.Is('=') || token.Is('!') || token.Is('<')) {
        return LookAround(sequence, token.c, start, verbose, depth);
      } else if (token.Is('(')) {
        return Conditional(sequence, start, verbose, depth);
      } else if (token.Is('>')) {
        capture = false;
        op = Op::kAtomic;
      } else if (!token.escaped && (token.c == '-' || FlagOf(token.c) != 0)) {
        GILA_TRY(const bool global, Flags(token.c, &add, &remove));
        if (global) {
          if (!first || !sequence->children.empty() || depth > 0)
            return ErrorAt("global flags not at the start of the expression", start);
          again_verbose_ = (syntax_->flags & kVerbose) != 0 && !verbose;
          return kOk;
        }
        capture = false;
      } else {
        return Error("unknown extension ?" + Spell(token), token.length() + 1);
      }
    }
    uint32_t group = 0;
    if (capture) {
      GILA_TRY(group, OpenGroup(name.empty() ? nullptr : &name));
      if (in_look_ > 0) syntax_->group_in_look = true;
    }
    const bool inner_verbose = (verbose || (add & kVerbose)) && !(remove & kVerbose);
    GILA_TRY(Node* const body, Alternatives(inner_verbose, depth + 1));
    if (again_verbose_) return kOk;
    GILA_TRY_VOID(Close(start));
    if (group != 0) {
      is_open_[group] = false;
      syntax_->closing_order.push_back(group);
    }
    Node* const node = syntax_->New(op);
    node->value = group;
    node->add_flags = add;
    node->remove_flags = remove;
    node->children.push_back(body);
    sequence->children.push_back(node);
    return kOk;
  }

  // --- the whole ---

  Result<Node*> Alternatives(bool verbose, int depth) GILA_ATTACHED {
    RecursionScope scope(thread_, " while parsing a regular expression");
    GILA_TRY_VOID(scope.status());
    GILA_TRY(Node * first, Sequence(verbose, depth, depth == 0));
    if (!NextIs('|') || again_verbose_) return first;
    Node* const node = syntax_->New(Op::kAlternatives);
    node->children.push_back(first);
    while (NextIs('|')) {
      GILA_TRY_VOID(Advance());
      GILA_TRY(Node* const other, Sequence(verbose, depth, false));
      if (again_verbose_) break;
      node->children.push_back(other);
    }
    return node;
  }

  Status SkipVerbose(uint32_t c) GILA_ATTACHED {
    if (c != '#') return kOk;
    while (true) {
      GILA_TRY(const Token token, Get());
      if (token.c == kNothing || token.Is('\n')) return kOk;
    }
  }

  Result<Node*> Sequence(bool verbose, int depth, bool first) GILA_ATTACHED {
    Node* const sequence = syntax_->New(Op::kSequence);
    while (next_ != kNothing && !NextIs('|') && !NextIs(')')) {
      const int64_t here = Tell();
      GILA_TRY(const Token token, Get());
      if (token.escaped) {
        GILA_TRY(Node* const node, Escape(token.c));
        sequence->children.push_back(node);
        continue;
      }
      if (verbose && (IsPatternSpace(token.c) || token.c == '#')) {
        GILA_TRY_VOID(SkipVerbose(token.c));
        continue;
      }
      GILA_TRY_VOID(Plain(sequence, token.c, here, verbose, depth, first));
      if (again_verbose_) break;
    }
    return sequence;
  }
  Status Plain(Node* sequence, uint32_t c, int64_t here, bool verbose, int depth,
               bool first) GILA_ATTACHED {
    Node* node;
    switch (c) {
      case '[': {
        GILA_TRY(node, Set(here));
        break;
      }
      case '*':
      case '+':
      case '?':
      case '{':
        return Repeat(sequence, c, here);
      case '(':
        return Group(sequence, here, verbose, depth, first);
      case '.':
        node = syntax_->New(Op::kAny);
        break;
      case '^':
        node = syntax_->New(Op::kStart);
        break;
      case '$':
        node = syntax_->New(Op::kEnd);
        break;
      default:
        node = Literal(c);
    }
    sequence->children.push_back(node);
    return kOk;
  }

  Thread& thread_;
  const Value pattern_;
  const Text& text_;
  const bool is_bytes_;
  Syntax* const syntax_;
  size_t index_ = 0, end_ = 0;
  uint32_t next_ = kNothing;
  bool next_escaped_ = false;
  std::vector<bool> is_open_;                             // by group
  std::vector<std::pair<uint32_t, int64_t>> conditions_;  // (?(n)...): n and where it stands
  uint32_t lookbehind_groups_ = 0;  // in a look-behind: groups there were before it; else 0
  int in_look_ = 0;
  bool again_verbose_ = false;
};

// Is there a capturing group below this node?
bool HasGroup(const Node* node) {
  if (node->op == Op::kGroup && node->value != 0) return true;
  for (const Node* child : node->children)
    if (HasGroup(child)) return true;
  return false;
}

}  // namespace

Status Parse(Thread& thread, Value pattern, const std::vector<uint32_t>& text, bool is_bytes,
             uint32_t flags, Syntax* syntax) {
  GILA_TRY(Outcome outcome, Parser(thread, pattern, text, is_bytes, flags, syntax).Run());
  if (outcome == Outcome::kAgainVerbose) {
    *syntax = Syntax();
    GILA_TRY(outcome, Parser(thread, pattern, text, is_bytes, flags | kVerbose, syntax).Run());
  }
  for (const Node& node : syntax->nodes) {
    if (node.op == Op::kRepeat && node.max > 1 && HasGroup(&node)) syntax->group_in_repeat = true;
  }
  return kOk;
}

void AddPhrase(Syntax phrase, Syntax* syntax) {
  if (syntax->root == nullptr) syntax->root = syntax->New(Op::kAlternatives);
  const uint32_t number = syntax->groups;
  for (Node& node : phrase.nodes) {
    const bool is_numbered =
        node.op == Op::kGroup || node.op == Op::kBackref || node.op == Op::kConditional;
    if (is_numbered && node.value != 0) node.value += number;
  }
  Node* const group = syntax->New(Op::kGroup);
  group->value = number;
  group->children.push_back(phrase.root);
  syntax->root->children.push_back(group);
  for (const uint32_t inner : phrase.closing_order) syntax->closing_order.push_back(inner + number);
  syntax->closing_order.push_back(number);
  syntax->phrases.push_back(number);
  syntax->groups += phrase.groups;
  syntax->group_in_repeat |= phrase.group_in_repeat;
  syntax->group_in_look |= phrase.group_in_look;
  syntax->has_not_boundary |= phrase.has_not_boundary;
  syntax->phrase_nodes.push_back(std::move(phrase.nodes));
}

}  // namespace gila::re

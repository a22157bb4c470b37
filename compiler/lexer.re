// The lexer. re2c turns this file into C++ (lexer.cc in the build folder); Lexer below is made of the generated
// automaton Next(), which recognises one token, and of hand-written functions for what is not regular: indentation,
// string bodies, and numbers, whose many ways to be wrong each have words of their own.
//
// Invariants: the text ends with a NUL (std::string's own), so that the automaton needs no bounds; every character is
// looked at a fixed number of times, so that lexing is linear; nothing recurses.
#include "compiler/lexer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "compiler/unicode_names.h"

namespace gila::compiler {
namespace {

constexpr int kMaxBrackets = 200;
constexpr int kMaxIndents = 100;
constexpr int kTabSize = 8;

bool IsDigit(unsigned char c) { return c >= '0' && c <= '9'; }
bool IsHexDigit(unsigned char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool IsIdentifierByte(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) || c == '_' || c >= 0x80;
}

class Lexer {
 public:
  Lexer(const Source& source, const LexOptions& options)
      : source_(source),
        options_(options),
        begin_(reinterpret_cast<const unsigned char*>(source.text.data())),
        end_(begin_ + source.text.size()),
        cursor_(begin_),
        line_start_(begin_) {
    stream_.source = &source;
    stream_.tokens.reserve(source.text.size() / 5 + 16);
  }

  TokenStream Run() {
    while (ReadLineStart() && ReadLogicalLine()) {
    }
    return std::move(stream_);
  }

 private:
  struct Bracket {
    char opening;
    int32_t line;
    uint32_t token;
  };

  // --- indentation ---

  // Skips blank lines and reads the indentation of the next line with code; false at the end of the text or after an
  // error.
  bool ReadLineStart();
  bool Indent(int column, int alternative);
  void FinishText();

  // --- tokens ---

  // Reads tokens up to and with NEWLINE; false at the end of the text or after an error.
  bool ReadLogicalLine();
  // One token; the automaton. False when the logical line is over or an error was found.
  bool Next();
  bool ReadNumber();
  bool ReadFraction();
  bool ReadExponent();
  bool ReadRadix(int radix);
  bool ReadZeros();
  bool ReadDecimalTail();
  bool CheckNumberEnd(const char* kind);
  bool ReadString(const unsigned char* quote);
  bool ReadIdentifier();
  bool ReadContinuation();
  bool OpenBracket(int kind);
  bool CloseBracket(int kind);
  bool UnknownCharacter();

  bool Emit(int kind) {
    const Token token{static_cast<int16_t>(kind), static_cast<uint16_t>(brackets_.size()), Offset(start_),
                      Offset(cursor_), start_line_};
    if (closed_with_bracket_ != 0) {
      // `with (...):` holds items, `with (...) as x:` and `with (...)():` hold an expression.
      if (kind == TK_COLON) stream_.tokens[closed_with_bracket_].kind = TK_WITH_LPAREN;
      closed_with_bracket_ = 0;
    }
    stream_.tokens.push_back(token);
    return true;
  }
  // The end of a line begins with its comment, as errors that point at it tell.
  void EmitNewline() {
    Emit(TK_NEWLINE);
    Token& token = stream_.tokens.back();
    token.end = token.begin;
    if (comment_ != nullptr) token.begin = Offset(comment_);
    comment_ = nullptr;
  }
  // A token without text.
  void EmitMark(int kind) {
    stream_.tokens.push_back({static_cast<int16_t>(kind), 0, Offset(cursor_), Offset(cursor_), line_});
  }

  // --- errors ---

  // The error lies on line `line`, which starts at `line_start`, from code point `from` to `to`; -1 stands for the last
  // character that was read.
  bool Fail(std::string message, SyntaxErrorType type = SyntaxErrorType::kSyntaxError);
  SyntaxError ErrorAt(std::string message, int32_t line, int32_t from, int32_t to) const;
  bool FailAt(std::string message, int32_t line, int32_t from, int32_t to,
              SyntaxErrorType type = SyntaxErrorType::kSyntaxError);
  // An error that CPython reports behind the tokenizer: the text keeps its newline.
  bool FailLine(std::string message, int32_t line, int32_t from, int32_t to,
                SyntaxErrorType type = SyntaxErrorType::kSyntaxError);
  bool FailAtEnd();

  uint32_t Offset(const unsigned char* at) const { return static_cast<uint32_t>(at - begin_); }
  int32_t CodePointsTo(const unsigned char* from, const unsigned char* to) const {
    return CountCodePoints({reinterpret_cast<const char*>(from), static_cast<size_t>(to - from)});
  }
  void CountLine() {
    ++line_;
    line_start_ = cursor_;
  }

  const Source& source_;
  const LexOptions options_;
  const unsigned char* const begin_;
  const unsigned char* const end_;
  const unsigned char* cursor_;
  const unsigned char* start_ = nullptr;  // of the current token
  const unsigned char* marker_ = nullptr;
  const unsigned char* comment_ = nullptr;  // before the end of this line
  const unsigned char* line_start_;
  const unsigned char* joined_from_ = nullptr;  // the first of the lines joined by backslashes, and the last of them
  const unsigned char* joined_line_ = nullptr;
  int32_t line_ = 1;
  int32_t start_line_ = 1;
  std::vector<Bracket> brackets_;
  // Columns of the open blocks, with tabs of eight and of one: the two must agree on every comparison.
  std::vector<std::pair<int, int>> indents_ = {{0, 0}};
  uint32_t closed_with_bracket_ = 0;
  TokenStream stream_;
};

// ---------------------------------------------------------------------------------------------------------------------
// Errors

SyntaxError Lexer::ErrorAt(std::string message, int32_t line, int32_t from, int32_t to) const {
  SyntaxError error;
  error.message = std::move(message);
  error.filename = source_.filename;
  error.has_location = true;
  error.line = error.end_line = line + source_.first_line - 1;
  error.offset = from;
  error.end_offset = to;
  error.has_text = true;
  const std::string_view text = source_.Line(line);
  error.text = std::string(text.substr(0, text.find('\n')));
  return error;
}

bool Lexer::FailAt(std::string message, int32_t line, int32_t from, int32_t to, SyntaxErrorType type) {
  stream_.error = ErrorAt(std::move(message), line, from, to);
  stream_.error.type = type;
  stream_.failed = stream_.seen_by_skimming = true;
  for (const Bracket& bracket : brackets_) stream_.open_brackets.push_back(bracket.token);
  start_ = cursor_;
  start_line_ = line_;
  Emit(TK_ERROR);
  return false;
}

bool Lexer::FailLine(std::string message, int32_t line, int32_t from, int32_t to, SyntaxErrorType type) {
  if (source_.in_fstring) message.insert(0, "f-string: ");
  FailAt(std::move(message), line, from, to, type);
  stream_.seen_by_skimming = false;
  stream_.error.text = std::string(source_.Line(line));
  return false;
}

bool Lexer::Fail(std::string message, SyntaxErrorType type) {
  const int32_t column = CodePointsTo(line_start_, cursor_);
  return FailAt(std::move(message), line_, column, column, type);
}

// The text ends where it may not.
bool Lexer::FailAtEnd() {
  stream_.hit_end = true;
  if (brackets_.empty()) return FailLine("unexpected EOF while parsing", line_, 1, 0);
  const SyntaxError error = UnclosedBracketError(stream_, stream_.tokens[brackets_.back().token]);
  FailLine("", line_, 0, 0);
  stream_.error = error;
  return false;
}

// ---------------------------------------------------------------------------------------------------------------------
// Lines and indentation

bool Lexer::ReadLineStart() {
  while (true) {
    int column = 0;
    int alternative = 0;
    int continued_column = 0;
    while (true) {
      const unsigned char c = *cursor_;
      if (c == ' ') {
        ++column;
        ++alternative;
      } else if (c == '\t') {
        column = (column / kTabSize + 1) * kTabSize;
        ++alternative;
      } else if (c == '\f') {
        column = alternative = 0;
      } else if (c == '\\') {
        // The indentation of a line that begins with a continuation is that before the backslash.
        if (continued_column == 0) continued_column = column;
        ++cursor_;
        if (!ReadContinuation()) return false;
        continue;
      } else {
        break;
      }
      ++cursor_;
    }
    if (cursor_ >= end_) {
      FinishText();
      return false;
    }
    if (*cursor_ == '#') {
      while (cursor_ < end_ && *cursor_ != '\n') ++cursor_;
    }
    if (cursor_ < end_ && *cursor_ == '\n') {
      ++cursor_;
      CountLine();
      continue;
    }
    if (cursor_ >= end_) {
      FinishText();
      return false;
    }
    if (continued_column != 0) column = alternative = continued_column;
    return Indent(column, alternative);
  }
}

bool Lexer::Indent(int column, int alternative) {
  const auto [top, alternative_top] = indents_.back();
  constexpr const char* kInconsistent = "inconsistent use of tabs and spaces in indentation";
  const auto inconsistent = [&] {
    return FailLine(kInconsistent, line_, 1, 0, SyntaxErrorType::kTabError);
  };
  if (column == top) {
    return alternative == alternative_top || inconsistent();
  }
  if (column > top) {
    if (static_cast<int>(indents_.size()) >= kMaxIndents) {
      return FailLine("too many levels of indentation", line_, 1, 0, SyntaxErrorType::kIndentationError);
    }
    if (alternative <= alternative_top) return inconsistent();
    indents_.emplace_back(column, alternative);
    EmitMark(TK_INDENT);
    return true;
  }
  // The column is looked at before any block ends.
  size_t depth = indents_.size();
  while (depth > 1 && column < indents_[depth - 1].first) --depth;
  if (column != indents_[depth - 1].first) {
    while (cursor_ < end_ && *cursor_ != '\n') ++cursor_;
    const int32_t offset = CodePointsTo(line_start_, cursor_) + 1;
    return FailLine("unindent does not match any outer indentation level", line_, offset, -1,
                    SyntaxErrorType::kIndentationError);
  }
  if (alternative != indents_[depth - 1].second) return inconsistent();
  for (; indents_.size() > depth; indents_.pop_back()) EmitMark(TK_DEDENT);
  return true;
}

void Lexer::FinishText() {
  const std::string_view text = source_.text;
  const bool empty_line = text.size() >= 2 && text.substr(text.size() - 2) == "\n\n";
  if (options_.keep_blocks_open && indents_.size() > 1 && !empty_line) {
    FailAtEnd();
    return;
  }
  // The end lies behind the newline of the last line, not on a line of its own.
  line_ = std::max(line_ - 1, 1);
  for (; indents_.size() > 1; indents_.pop_back()) EmitMark(TK_DEDENT);
  EmitMark(TK_YYEOF);
}

bool Lexer::ReadLogicalLine() {
  while (Next()) {
  }
  return !stream_.failed && stream_.tokens.back().kind != TK_YYEOF;
}

// Behind a backslash: the newline, and a next line must exist.
bool Lexer::ReadContinuation() {
  if (*cursor_ != '\n') {
    // CPython counts from the start of the first of the lines that backslashes join.
    const std::string_view line = source_.Line(line_);
    const unsigned char* const from = joined_line_ == line_start_ ? joined_from_ : line_start_;
    const size_t column = static_cast<size_t>(cursor_ - from);
    const int32_t offset = column > line.size() ? CountCodePoints(line) + 1 : CountCodePoints(line.substr(0, column)) + 1;
    return FailLine("unexpected character after line continuation character", line_, offset, 0);
  }
  if (joined_line_ != line_start_) joined_from_ = line_start_;
  ++cursor_;
  CountLine();
  joined_line_ = line_start_;
  if (cursor_ >= end_) {
    // CPython points at the end of the line with the backslash.
    if (!brackets_.empty()) return FailAtEnd();
    stream_.hit_end = true;
    const int32_t offset = CountCodePoints(source_.Line(line_ - 1));
    return FailLine("unexpected EOF while parsing", line_ - 1, offset, -1);
  }
  return true;
}

// ---------------------------------------------------------------------------------------------------------------------
// Brackets

bool Lexer::OpenBracket(int kind) {
  if (static_cast<int>(brackets_.size()) >= kMaxBrackets) return Fail("too many nested parentheses");
  brackets_.push_back(
      {static_cast<char>(*start_), start_line_, static_cast<uint32_t>(stream_.tokens.size())});
  return Emit(kind);
}

bool Lexer::CloseBracket(int kind) {
  const char closing = static_cast<char>(*start_);
  if (brackets_.empty()) return Fail(absl::StrFormat("unmatched '%c'", closing));
  const Bracket bracket = brackets_.back();
  const char wanted = bracket.opening == '(' ? ')' : bracket.opening == '[' ? ']' : '}';
  if (closing != wanted) {
    const std::string where = bracket.line == line_ ? "" : absl::StrCat(" on line ", bracket.line);
    return Fail(absl::StrFormat("closing parenthesis '%c' does not match opening parenthesis '%c'%s", closing,
                                bracket.opening, where));
  }
  brackets_.pop_back();
  Emit(kind);
  const uint32_t opening = bracket.token;
  if (closing == ')' && opening > 0 && stream_.tokens[opening - 1].kind == TK_WITH) closed_with_bracket_ = opening;
  return true;
}

// ---------------------------------------------------------------------------------------------------------------------
// Names

bool Lexer::ReadIdentifier() {
  const std::string_view name(reinterpret_cast<const char*>(start_), static_cast<size_t>(cursor_ - start_));
  if (std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
    return Emit(TK_NAME);
  }
  for (size_t at = 0; at < name.size();) {
    const bool first = at == 0;
    const size_t before = at;
    const uint32_t c = NextCodePoint(name, &at);
    if (first ? IsIdentifierStart(c) : IsIdentifierContinue(c)) continue;
    cursor_ = start_ + at;
    if (!IsPrintable(c)) return Fail(absl::StrFormat("invalid non-printable character U+%04X", c));
    return Fail(absl::StrFormat("invalid character '%s' (U+%04X)", name.substr(before, at - before), c));
  }
  return Emit(TK_NAME);
}

bool Lexer::UnknownCharacter() {
  const unsigned char c = *start_;
  if (c < ' ' || c == 0x7F) return Fail(absl::StrFormat("invalid non-printable character U+%04X", c));
  return Emit(TK_UNKNOWN);  // '$', '?', '`' or '!': the parser has no use for them
}

// ---------------------------------------------------------------------------------------------------------------------
// Numbers. Each function stands at the first character that it has not accepted.

// A number may be followed at once by a keyword (`1if x else y`), not by any other letter.
bool Lexer::CheckNumberEnd(const char* kind) {
  if (!IsIdentifierByte(*cursor_)) return true;
  static constexpr std::string_view kKeywords[] = {"and", "else", "for", "if", "in", "is", "or", "not"};
  const std::string_view rest(reinterpret_cast<const char*>(cursor_), static_cast<size_t>(end_ - cursor_));
  for (const std::string_view keyword : kKeywords) {
    if (!rest.starts_with(keyword)) continue;
    const int32_t column = CodePointsTo(line_start_, cursor_);
    stream_.warnings.push_back({ErrorAt(absl::StrFormat("invalid %s literal", kind), line_, column, column)});
    return true;
  }
  return Fail(absl::StrFormat("invalid %s literal", kind));
}

// Digits, each underscore between two of them.
bool Lexer::ReadDecimalTail() {
  while (true) {
    while (IsDigit(*cursor_)) ++cursor_;
    if (*cursor_ != '_') return true;
    ++cursor_;
    if (!IsDigit(*cursor_)) return Fail("invalid decimal literal");
  }
}

// Behind "0x", "0o" or "0b".
bool Lexer::ReadRadix(int radix) {
  const char* const kind = radix == 16 ? "hexadecimal" : radix == 8 ? "octal" : "binary";
  const auto good = [radix](unsigned char c) { return radix == 16 ? IsHexDigit(c) : c >= '0' && c < '0' + radix; };
  const auto wrong_digit = [&] {
    const char digit = static_cast<char>(*cursor_++);
    return Fail(absl::StrFormat("invalid digit '%c' in %s literal", digit, kind));
  };
  do {
    if (*cursor_ == '_') ++cursor_;
    if (!good(*cursor_)) return IsDigit(*cursor_) ? wrong_digit() : Fail(absl::StrFormat("invalid %s literal", kind));
    while (good(*cursor_)) ++cursor_;
  } while (*cursor_ == '_');
  if (IsDigit(*cursor_)) return wrong_digit();
  return CheckNumberEnd(kind) && Emit(TK_NUMBER);
}

// Behind a leading zero: more zeros, a float, or an old octal number.
bool Lexer::ReadZeros() {
  while (true) {
    if (*cursor_ == '_') {
      ++cursor_;
      if (!IsDigit(*cursor_)) return Fail("invalid decimal literal");
    }
    if (*cursor_ != '0') break;
    ++cursor_;
  }
  const unsigned char* const zeros_end = cursor_;
  const bool nonzero = IsDigit(*cursor_);
  if (nonzero && !ReadDecimalTail()) return false;
  const unsigned char c = *cursor_;
  if (c == '.' || c == 'e' || c == 'E' || c == 'j' || c == 'J') {
    if (c == '.') ++cursor_;
    return c == '.' ? ReadFraction() : ReadExponent();
  }
  if (nonzero) {
    return FailAt(
        "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers", line_,
        CodePointsTo(line_start_, start_) + 1, CodePointsTo(line_start_, zeros_end) + 1);
  }
  return CheckNumberEnd("decimal") && Emit(TK_NUMBER);
}

// Behind the point.
bool Lexer::ReadFraction() {
  if (IsDigit(*cursor_) && !ReadDecimalTail()) return false;
  return ReadExponent();
}

bool Lexer::ReadExponent() {
  if (*cursor_ == 'e' || *cursor_ == 'E') {
    const unsigned char* const exponent = cursor_;
    ++cursor_;
    if (*cursor_ == '+' || *cursor_ == '-') {
      ++cursor_;
      if (!IsDigit(*cursor_)) return Fail("invalid decimal literal");
    } else if (!IsDigit(*cursor_)) {
      // No exponent after all: `1else` is a number and a keyword.
      cursor_ = exponent;
      return CheckNumberEnd("decimal") && Emit(TK_NUMBER);
    }
    if (!ReadDecimalTail()) return false;
  }
  if (*cursor_ == 'j' || *cursor_ == 'J') {
    ++cursor_;
    return CheckNumberEnd("imaginary") && Emit(TK_NUMBER);
  }
  return CheckNumberEnd("decimal") && Emit(TK_NUMBER);
}

// At the first digit, or at the point before it.
bool Lexer::ReadNumber() {
  cursor_ = start_ + 1;
  if (*start_ == '.') return ReadFraction();
  if (*start_ == '0') {
    const int lower = *cursor_ | 0x20;
    const int radix = lower == 'x' ? 16 : lower == 'o' ? 8 : lower == 'b' ? 2 : 0;
    if (radix == 0) return ReadZeros();
    ++cursor_;
    return ReadRadix(radix);
  }
  if (!ReadDecimalTail()) return false;
  if (*cursor_ == '.') {
    ++cursor_;
    return ReadFraction();
  }
  return ReadExponent();
}

// ---------------------------------------------------------------------------------------------------------------------
// Strings

// `quote` is the first quote, behind the prefix.
bool Lexer::ReadString(const unsigned char* quote) {
  const unsigned char* const first_line_start = line_start_;
  const bool triple = quote[1] == *quote && quote[2] == *quote;
  cursor_ = quote + (triple ? 3 : 1);
  while (true) {
    const unsigned char c = *cursor_;
    const bool at_end = c == '\0' && cursor_ >= end_;
    if (at_end || (c == '\n' && !triple)) {
      const int32_t offset = CodePointsTo(first_line_start, start_) + 1;
      // The newline that was added to a text without one does not count.
      const int32_t last_line = at_end ? std::max(line_ - 1, start_line_) : line_;
      stream_.hit_end = at_end && triple;
      return FailAt(absl::StrFormat("unterminated %sstring literal (detected at line %d)",
                                    triple ? "triple-quoted " : "", last_line + source_.first_line - 1),
                    start_line_, offset, offset);
    }
    ++cursor_;
    if (c == '\n') {
      CountLine();
    } else if (c == '\\') {
      if (cursor_ >= end_) continue;
      if (*cursor_++ == '\n') CountLine();
    } else if (c == *quote) {
      if (!triple) break;
      if (cursor_[0] == *quote && cursor_[1] == *quote) {
        cursor_ += 2;
        break;
      }
    }
  }
  return Emit(TK_STRING);
}

// ---------------------------------------------------------------------------------------------------------------------
// The automaton

bool Lexer::Next() {
  while (true) {
    start_ = cursor_;
    start_line_ = line_;
    /*!re2c
      re2c:define:YYCTYPE = "unsigned char";
      re2c:define:YYCURSOR = cursor_;
      re2c:define:YYMARKER = marker_;
      re2c:yyfill:enable = 0;

      space = [ \t\f];
      prefix = [rRuUbBfF] | [bB][rR] | [rR][bB] | [fF][rR] | [rR][fF];
      identifier_start = [A-Za-z_\x80-\xff];
      identifier = identifier_start [A-Za-z0-9_\x80-\xff]*;

      space+       { continue; }
      "#" [^\n\x00]* {
        if (brackets_.empty()) comment_ = start_;
        continue;
      }
      "\\"         { if (!ReadContinuation()) return false; continue; }
      "\n"         {
        if (!brackets_.empty()) {
          CountLine();
          continue;
        }
        EmitNewline();
        CountLine();
        return false;
      }
      "\x00"       {
        cursor_ = start_;
        if (cursor_ < end_) { ++cursor_; return UnknownCharacter(); }
        if (!brackets_.empty()) return FailAtEnd();
        EmitNewline();
        return false;
      }

      prefix? ['"] { return ReadString(cursor_ - 1); }
      "."? [0-9]   { return ReadNumber(); }

      "False"    { return Emit(TK_FALSE); }
      "None"     { return Emit(TK_NONE); }
      "True"     { return Emit(TK_TRUE); }
      "and"      { return Emit(TK_AND); }
      "as"       { return Emit(TK_AS); }
      "assert"   { return Emit(TK_ASSERT); }
      "async"    { return Emit(TK_ASYNC); }
      "await"    { return Emit(TK_AWAIT); }
      "break"    { return Emit(TK_BREAK); }
      "class"    { return Emit(TK_CLASS); }
      "continue" { return Emit(TK_CONTINUE); }
      "def"      { return Emit(TK_DEF); }
      "del"      { return Emit(TK_DEL); }
      "elif"     { return Emit(TK_ELIF); }
      "else"     { return Emit(TK_ELSE); }
      "except"   { return Emit(TK_EXCEPT); }
      "finally"  { return Emit(TK_FINALLY); }
      "for"      { return Emit(TK_FOR); }
      "from"     { return Emit(TK_FROM); }
      "global"   { return Emit(TK_GLOBAL); }
      "if"       { return Emit(TK_IF); }
      "import"   { return Emit(TK_IMPORT); }
      "in"       { return Emit(TK_IN); }
      "is"       { return Emit(TK_IS); }
      "lambda"   { return Emit(TK_LAMBDA); }
      "nonlocal" { return Emit(TK_NONLOCAL); }
      "not"      { return Emit(TK_NOT); }
      "or"       { return Emit(TK_OR); }
      "pass"     { return Emit(TK_PASS); }
      "raise"    { return Emit(TK_RAISE); }
      "return"   { return Emit(TK_RETURN); }
      "try"      { return Emit(TK_TRY); }
      "while"    { return Emit(TK_WHILE); }
      "with"     { return Emit(TK_WITH); }
      "yield"    { return Emit(TK_YIELD); }
      identifier { return ReadIdentifier(); }

      "("   { return OpenBracket(TK_LPAREN); }
      "["   { return OpenBracket(TK_LBRACKET); }
      "{"   { return OpenBracket(TK_LBRACE); }
      ")"   { return CloseBracket(TK_RPAREN); }
      "]"   { return CloseBracket(TK_RBRACKET); }
      "}"   { return CloseBracket(TK_RBRACE); }
      ":"   { return Emit(TK_COLON); }
      ","   { return Emit(TK_COMMA); }
      ";"   { return Emit(TK_SEMICOLON); }
      "."   { return Emit(TK_DOT); }
      "..." { return Emit(TK_ELLIPSIS); }
      "->"  { return Emit(TK_ARROW); }
      ":="  { return Emit(TK_COLON_EQUAL); }
      "@"   { return Emit(TK_AT); }
      "="   { return Emit(TK_EQUAL); }
      "=="  { return Emit(TK_EQ); }
      "!="  { return Emit(TK_NE); }
      "<>"  { return Emit(TK_OLD_NE); }
      "<"   { return Emit(TK_LT); }
      "<="  { return Emit(TK_LE); }
      ">"   { return Emit(TK_GT); }
      ">="  { return Emit(TK_GE); }
      "+"   { return Emit(TK_PLUS); }
      "-"   { return Emit(TK_MINUS); }
      "*"   { return Emit(TK_STAR); }
      "**"  { return Emit(TK_DOUBLE_STAR); }
      "/"   { return Emit(TK_SLASH); }
      "//"  { return Emit(TK_DOUBLE_SLASH); }
      "%"   { return Emit(TK_PERCENT); }
      "|"   { return Emit(TK_PIPE); }
      "&"   { return Emit(TK_AMPERSAND); }
      "^"   { return Emit(TK_CARET); }
      "~"   { return Emit(TK_TILDE); }
      "<<"  { return Emit(TK_LEFT_SHIFT); }
      ">>"  { return Emit(TK_RIGHT_SHIFT); }
      "+="  { return Emit(TK_PLUS_EQUAL); }
      "-="  { return Emit(TK_MINUS_EQUAL); }
      "*="  { return Emit(TK_STAR_EQUAL); }
      "**=" { return Emit(TK_DOUBLE_STAR_EQUAL); }
      "/="  { return Emit(TK_SLASH_EQUAL); }
      "//=" { return Emit(TK_DOUBLE_SLASH_EQUAL); }
      "%="  { return Emit(TK_PERCENT_EQUAL); }
      "@="  { return Emit(TK_AT_EQUAL); }
      "|="  { return Emit(TK_PIPE_EQUAL); }
      "&="  { return Emit(TK_AMPERSAND_EQUAL); }
      "^="  { return Emit(TK_CARET_EQUAL); }
      "<<=" { return Emit(TK_LEFT_SHIFT_EQUAL); }
      ">>=" { return Emit(TK_RIGHT_SHIFT_EQUAL); }
      *     { return UnknownCharacter(); }
    */
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// Soft keywords

bool IsName(const TokenStream& stream, const Token& token, std::string_view name) {
  return token.kind == TK_NAME && stream.Text(token) == name;
}

// `match` begins a statement if its line ends with a colon: no other statement that begins with a name does. `case` is
// one at the start of a line of such a block.
void ResolveSoftKeywords(TokenStream* stream) {
  std::vector<Token>& tokens = stream->tokens;
  std::vector<bool> in_match_block = {false};
  bool line_start = true;
  bool match_line = false;
  for (size_t i = 0; i < tokens.size(); ++i) {
    Token& token = tokens[i];
    switch (token.kind) {
      case TK_NEWLINE:
        line_start = true;
        continue;
      case TK_INDENT:
        in_match_block.push_back(match_line);
        match_line = false;
        continue;
      case TK_DEDENT:
        if (in_match_block.size() > 1) in_match_block.pop_back();
        continue;
      default:
        break;
    }
    if (!line_start) continue;
    line_start = false;
    match_line = false;
    if (in_match_block.back() && IsName(*stream, token, "case")) {
      token.kind = TK_CASE;
    } else if (IsName(*stream, token, "match")) {
      size_t end = i + 1;
      while (end < tokens.size() && tokens[end].kind != TK_NEWLINE) ++end;
      if (end < tokens.size() && end > i + 2 && tokens[end - 1].kind == TK_COLON) {
        token.kind = TK_MATCH;
        match_line = true;
      }
    }
  }
}

}  // namespace

TokenStream Lex(const Source& source, const LexOptions& options) {
  TokenStream stream = Lexer(source, options).Run();
  ResolveSoftKeywords(&stream);
  return stream;
}

ast::Span TokenStream::SpanOf(const Token& token) const {
  const auto place = [this](uint32_t offset, int32_t line, int32_t* out_line, int32_t* out_column) {
    const int32_t column = static_cast<int32_t>(offset - source->line_starts[line - 1]);
    *out_line = line + source->first_line - 1;
    *out_column = line == 1 ? column + source->first_column : column;
  };
  ast::Span span;
  const int32_t last = static_cast<int32_t>(source->line_starts.size());
  place(token.begin, std::min(token.line, last), &span.line, &span.column);
  place(token.end, std::min(EndLine(token), last), &span.end_line, &span.end_column);
  return span;
}

int32_t TokenStream::EndLine(const Token& token) const {
  const bool many_lines = token.kind == TK_STRING && token.line < source->line_count() &&
                          token.end > source->line_starts[token.line];
  return many_lines ? source->LineAt(token.end - 1) : token.line;
}

}  // namespace gila::compiler

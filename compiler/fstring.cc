// F-strings: literal text and expressions in braces, which are parsed by a
// parser of their own.
//
// Python 3.11 finds the end of an expression by counting brackets and quotes,
// and only then parses it, as the text
// "(expression)". So do we, because the words and places of errors follow from
// that: an error in an expression shows the bracketed text instead of the line.
// Quotes cannot nest in themselves and a format spec holds one more level at
// most, so the recursion (a parser in a parser) has a small bound.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "compiler/parser.h"
#include "compiler/source.h"
#include "compiler/string_literal.h"

namespace gila::compiler {
namespace {

constexpr int kMaxLevel = 2;
constexpr size_t kMaxBrackets = 200;

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

// Where the scan of one token stands.
struct JoinedStringBuilder::Scanner {
  std::string_view token;  // the whole token, prefix and quotes too
  std::string_view body;   // up to the closing quotes; offsets count from the token's start
  size_t at;
  size_t end;
  bool raw;
  const Token* where;
  ast::Span span;

  bool AtEnd() const { return at >= end; }
  char Peek(size_t ahead = 0) const { return at + ahead < end ? token[at + ahead] : '\0'; }
};

bool JoinedStringBuilder::Fail(std::string message) {
  builder_->FailAtLastToken(std::move(message));
  return false;
}

void JoinedStringBuilder::FlushText() {
  if (pending_.empty()) return;
  ast::ConstantValue value;
  value.kind = ast::ConstantKind::kStr;
  value.text = builder_->arena()->Copy(std::string_view(pending_));
  pending_.clear();
  const ast::Identifier kind = unicode_ ? builder_->arena()->Intern("u") : ast::Identifier();
  values_.Push(*builder_->arena(), builder_->Make<ast::Constant>(span_, value, kind));
}

ast::ExprNode* JoinedStringBuilder::Finish() {
  FlushText();
  return builder_->Make<ast::JoinedStr>(span_, TreeBuilder::Done(&values_));
}

bool JoinedStringBuilder::AddFormatted(const Token& token, const StringParts& parts) {
  Scanner scanner;
  scanner.token = builder_->tokens().Text(token);
  scanner.body = parts.body;
  scanner.at = static_cast<size_t>(parts.body.data() - scanner.token.data());
  scanner.end = scanner.at + parts.body.size();
  scanner.raw = parts.raw;
  scanner.where = &token;
  scanner.span = builder_->tokens().SpanOf(token);
  return AddPieces(&scanner, 0);
}

// Text and expressions in turn, to the end of the body or, in a format spec, to
// the brace that closes it.
bool JoinedStringBuilder::AddPieces(Scanner* scanner, int level) {
  while (true) {
    if (!AddLiteral(scanner, level)) return false;
    if (scanner->AtEnd() || scanner->Peek() == '}') break;
    if (!AddExpression(scanner, level)) return false;
  }
  if (level > 0 && scanner->Peek() != '}') return Fail("f-string: expecting '}'");
  return true;
}

// Text up to a brace that means something.
bool JoinedStringBuilder::AddLiteral(Scanner* scanner, int level) {
  while (true) {
    const size_t start = scanner->at;
    size_t literal_end = scanner->end;
    bool doubled = false;
    while (!scanner->AtEnd()) {
      char c = scanner->token[scanner->at++];
      if (!scanner->raw && c == '\\' && !scanner->AtEnd()) {
        c = scanner->token[scanner->at++];
        if (c == 'N') {
          if (scanner->Peek() != '{') continue;
          while (!scanner->AtEnd() && scanner->token[scanner->at++] != '}') {
          }
          continue;
        }
        if (c == '{') builder_->Warn(*scanner->where, UnknownEscape(c));
      }
      if (c != '{' && c != '}') continue;
      if (level == 0 && scanner->Peek() == c) {
        literal_end = scanner->at++;  // one of the two braces is text
        doubled = true;
        break;
      }
      if (level == 0 && c == '}') return Fail("f-string: single '}' is not allowed");
      literal_end = --scanner->at;
      break;
    }
    if (scanner->AtEnd() && !doubled) literal_end = scanner->at;
    LiteralTroubles troubles;
    const bool good = DecodeStrBody(scanner->token.substr(start, literal_end - start), scanner->raw,
                                    &pending_, &troubles);
    if (!troubles.warning.empty()) builder_->Warn(*scanner->where, std::move(troubles.warning));
    if (!good) return Fail(std::move(troubles.error));
    if (!doubled) return true;
  }
}

// Moves from the opening brace to the character that ends the expression.
bool JoinedStringBuilder::ScanExpression(Scanner* scanner) {
  std::string brackets;
  char quote = '\0';
  bool triple = false;
  for (; !scanner->AtEnd(); ++scanner->at) {
    const char c = scanner->Peek();
    if (c == '\\') return Fail("f-string expression part cannot include a backslash");
    if (quote != '\0') {
      if (c != quote) continue;
      if (!triple) {
        quote = '\0';
      } else if (scanner->Peek(1) == c && scanner->Peek(2) == c) {
        scanner->at += 2;
        quote = '\0';
      }
      continue;
    }
    if (c == '\'' || c == '"') {
      quote = c;
      triple = scanner->Peek(1) == c && scanner->Peek(2) == c;
      if (triple) scanner->at += 2;
    } else if (c == '[' || c == '{' || c == '(') {
      if (brackets.size() >= kMaxBrackets) return Fail("f-string: too many nested parenthesis");
      brackets.push_back(c);
    } else if (c == '#') {
      return Fail("f-string expression part cannot include '#'");
    } else if (brackets.empty() &&
               (c == '!' || c == ':' || c == '}' || c == '=' || c == '<' || c == '>')) {
      const bool comparison = c == '!' || c == '=' || c == '<' || c == '>';
      if (comparison && scanner->Peek(1) == '=') {
        ++scanner->at;
      } else if (c != '<' && c != '>') {
        break;
      }
    } else if (c == ']' || c == '}' || c == ')') {
      if (brackets.empty()) return Fail(absl::StrFormat("f-string: unmatched '%c'", c));
      const char opening = brackets.back();
      brackets.pop_back();
      if (c != (opening == '(' ? ')' : opening == '[' ? ']' : '}')) {
        return Fail(
            absl::StrFormat("f-string: closing parenthesis '%c' does "
                            "not match opening parenthesis '%c'",
                            c, opening));
      }
    }
  }
  if (quote != '\0') return Fail("f-string: unterminated string");
  if (!brackets.empty()) return Fail(absl::StrFormat("f-string: unmatched '%c'", brackets.back()));
  if (scanner->AtEnd()) return Fail("f-string: expecting '}'");
  return true;
}

bool JoinedStringBuilder::ParseConversion(Scanner* scanner, int* conversion) {
  ++scanner->at;
  if (scanner->AtEnd()) return Fail("f-string: expecting '}'");
  const char c = scanner->token[scanner->at++];
  if (c != 's' && c != 'r' && c != 'a') {
    return Fail("f-string: invalid conversion character: expected 's', 'r', or 'a'");
  }
  *conversion = c;
  return true;
}

bool JoinedStringBuilder::AddExpression(Scanner* scanner, int level) {
  if (level >= kMaxLevel) return Fail("f-string: expressions nested too deeply");
  const size_t start = ++scanner->at;
  if (!ScanExpression(scanner)) return false;
  ast::ExprNode* value = CompileExpression(*scanner, start, scanner->at);
  if (builder_->failed()) return false;
  bool show_text = false;
  if (scanner->Peek() == '=') {
    show_text = true;
    ++scanner->at;
    while (!scanner->AtEnd() && IsSpace(scanner->Peek())) ++scanner->at;
    if (scanner->AtEnd()) return Fail("f-string: expecting '}'");
    pending_ += scanner->token.substr(start, scanner->at - start);
  }
  int conversion = -1;
  if (scanner->Peek() == '!' && !ParseConversion(scanner, &conversion)) return false;
  ast::ExprNode* format_spec = nullptr;
  if (scanner->Peek() == ':') {
    ++scanner->at;
    if (scanner->AtEnd()) return Fail("f-string: expecting '}'");
    JoinedStringBuilder spec(builder_, scanner->span, unicode_);
    if (!spec.AddPieces(scanner, level + 1)) return false;
    format_spec = spec.Finish();
  }
  if (scanner->Peek() != '}') return Fail("f-string: expecting '}'");
  ++scanner->at;
  if (show_text && format_spec == nullptr && conversion == -1) conversion = 'r';
  FlushText();
  values_.Push(*builder_->arena(),
               builder_->Make<ast::FormattedValue>(span_, value, conversion, format_spec));
  return true;
}

ast::ExprNode* JoinedStringBuilder::CompileExpression(const Scanner& scanner, size_t start,
                                                      size_t end) {
  const std::string_view text = scanner.token.substr(start, end - start);
  if (text.find_first_not_of(" \t\n\f") == std::string_view::npos) {
    const char next = scanner.Peek();
    if (next == '!' || next == ':' || next == '=') {
      Fail(absl::StrFormat("f-string: expression required before '%c'", next));
    } else {
      Fail("f-string: empty expression not allowed");
    }
    return nullptr;
  }
  // Columns count from the last newline before the brace. Where nothing but
  // blanks follows the brace in its line the expression's own lines already
  // start at their true columns.
  const std::string_view before = scanner.token.substr(0, start - 1);
  const size_t newline = before.rfind('\n');
  const size_t first_word = scanner.token.find_first_not_of(" \t\f", start);
  const bool newline_after_brace = first_word < scanner.end && (scanner.token[first_word] == '\n' ||
                                                                scanner.token[first_word] == '}');
  const int32_t lines = static_cast<int32_t>(std::count(before.begin(), before.end(), '\n'));
  int32_t column = 0;
  if (!newline_after_brace) {
    column = static_cast<int32_t>(newline == std::string_view::npos ? before.size()
                                                                    : before.size() - newline - 1);
  }
  const SubexpressionPlace place{scanner.span.line + lines,
                                 lines == 0 ? scanner.span.column + column : column};
  SyntaxError error;
  ast::ExprNode* value = ParseSubexpression(
      absl::StrCat("(", std::string(text), ")\n"), builder_->tokens().source->filename, place,
      builder_->arena(), &error, builder_->mutable_warnings());
  if (value == nullptr) builder_->Fail(std::move(error));
  return value;
}

}  // namespace gila::compiler

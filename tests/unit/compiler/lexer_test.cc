// Tokens: where they begin and end, indentation, soft keywords, decoding.
#include "compiler/lexer.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace gila::compiler {
namespace {

struct Lexed {
  Source source;
  SyntaxError error;
  TokenStream stream;
  bool decoded = false;

  explicit Lexed(std::string_view bytes) {
    source.filename = "f";
    decoded = DecodeSource(bytes, SourceOrigin::kFile, &source, &error);
    if (decoded) stream = Lex(source);
  }
  std::vector<int> Kinds() const {
    std::vector<int> kinds;
    for (const Token& token : stream.tokens) kinds.push_back(token.kind);
    return kinds;
  }
  std::string Text(size_t index) const { return std::string(stream.Text(stream.tokens[index])); }
};

using Kinds = std::vector<int>;

TEST_CASE("indentation becomes tokens, blank lines and comments do not", "[lexer]") {
  const Lexed lexed("if a:\n\n  # note\n    b\n  \n\tc\n");
  // A tab reaches to column eight: `c` would be deeper than `b`, and by tabs of one it is not.
  CHECK(lexed.stream.failed);
  CHECK(lexed.stream.error.type == SyntaxErrorType::kTabError);

  const Lexed good("if a:\n    b\n\n# note\nc\n");
  CHECK(good.Kinds() == Kinds{TK_IF, TK_NAME, TK_COLON, TK_NEWLINE, TK_INDENT, TK_NAME, TK_NEWLINE,
                              TK_DEDENT, TK_NAME, TK_NEWLINE, TK_YYEOF});
}

TEST_CASE("a form feed starts the column anew", "[lexer]") {
  CHECK_FALSE(Lexed("if a:\n    b\n  \f    c\n").stream.failed);
}

TEST_CASE("brackets join lines, a backslash does too", "[lexer]") {
  CHECK(Lexed("(a\n  ,\n b)\n").Kinds() ==
        Kinds{TK_LPAREN, TK_NAME, TK_COMMA, TK_NAME, TK_RPAREN, TK_NEWLINE, TK_YYEOF});
  CHECK(Lexed("a \\\n  + b\n").Kinds() == Kinds{TK_NAME, TK_PLUS, TK_NAME, TK_NEWLINE, TK_YYEOF});
}

TEST_CASE("a text without a last newline gets one", "[lexer]") {
  CHECK(Lexed("a").Kinds() == Kinds{TK_NAME, TK_NEWLINE, TK_YYEOF});
  CHECK(Lexed("").Kinds() == Kinds{TK_YYEOF});
  CHECK(Lexed("# only a note").Kinds() == Kinds{TK_YYEOF});
}

TEST_CASE("all newlines are one", "[lexer]") {
  const Lexed lexed("a\r\nb\rc\n");
  CHECK(lexed.source.text == "a\nb\nc\n");
  CHECK(lexed.stream.tokens[4].line == 3);
}

TEST_CASE("strings know their quotes and prefixes", "[lexer]") {
  const Lexed lexed("rb'a\\'b' '''x\ny''' F\"{a}\" u''\n");
  REQUIRE(lexed.stream.tokens.size() == 6);
  CHECK(lexed.Text(0) == "rb'a\\'b'");
  CHECK(lexed.Text(1) == "'''x\ny'''");
  CHECK(lexed.Text(2) == "F\"{a}\"");
  const ast::Span span = lexed.stream.SpanOf(lexed.stream.tokens[1]);
  CHECK(span.line == 1);
  CHECK(span.column == 9);
  CHECK(span.end_line == 2);
  CHECK(span.end_column == 4);
}

TEST_CASE("numbers end where a keyword begins", "[lexer]") {
  CHECK(Lexed("1if 2else 0x1for\n").Kinds() ==
        Kinds{TK_NUMBER, TK_IF, TK_NUMBER, TK_ELSE, TK_NUMBER, TK_OR, TK_NEWLINE, TK_YYEOF});
}

TEST_CASE("the longest operator wins", "[lexer]") {
  CHECK(Lexed("a**=b//c->d...:=\n").Kinds() ==
        Kinds{TK_NAME, TK_DOUBLE_STAR_EQUAL, TK_NAME, TK_DOUBLE_SLASH, TK_NAME, TK_ARROW, TK_NAME,
              TK_ELLIPSIS, TK_COLON_EQUAL, TK_NEWLINE, TK_YYEOF});
}

TEST_CASE("match and case are keywords where they begin a statement of their own", "[lexer]") {
  const Lexed statement("match x:\n  case y:\n    case = match\n");
  CHECK(statement.stream.tokens[0].kind == TK_MATCH);
  CHECK(statement.stream.tokens[5].kind == TK_CASE);
  CHECK(statement.stream.tokens[10].kind == TK_NAME);
  CHECK(Lexed("match(x)\n").stream.tokens[0].kind == TK_NAME);
  CHECK(Lexed("match = {a: b}\n").stream.tokens[0].kind == TK_NAME);
  CHECK(Lexed("match: int\n").stream.tokens[0].kind == TK_NAME);
}

TEST_CASE("the bracket of a parenthesised with is marked", "[lexer]") {
  CHECK(Lexed("with (a, b): c\n").stream.tokens[1].kind == TK_WITH_LPAREN);
  CHECK(Lexed("with (a, b) as c: d\n").stream.tokens[1].kind == TK_LPAREN);
  CHECK(Lexed("with (a), (b): c\n").stream.tokens[1].kind == TK_LPAREN);
}

TEST_CASE("names beyond ASCII are checked", "[lexer]") {
  CHECK(Lexed("\xc3\xa9t\xc3\xa9 = 1\n").stream.tokens[0].kind == TK_NAME);
  CHECK(Lexed("a\xc2\xa0 = 1\n").stream.error.message == "invalid non-printable character U+00A0");
  CHECK(Lexed("\xe2\x82\xac\n").stream.error.message ==
        "invalid character '\xe2\x82\xac' (U+20AC)");
}

TEST_CASE("a hundred levels of indentation are too many", "[lexer]") {
  std::string text;
  for (int i = 0; i < 101; ++i) text += std::string(static_cast<size_t>(i), ' ') + "if a:\n";
  CHECK(Lexed(text).stream.error.message == "too many levels of indentation");
}

TEST_CASE("what follows a NUL in a line of a file is not seen, its end neither", "[lexer]") {
  const Lexed lexed(std::string_view("a = 1\0 b\nc\n", 11));
  CHECK(lexed.source.text == "a = 1c\n");
}

}  // namespace
}  // namespace gila::compiler

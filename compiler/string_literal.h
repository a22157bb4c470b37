// String and bytes literals: prefixes, escapes, implicit concatenation.
// F-strings are in fstring.cc.
#ifndef GILA_COMPILER_STRING_LITERAL_H_
#define GILA_COMPILER_STRING_LITERAL_H_

#include <string>
#include <string_view>

#include "compiler/ast.h"
#include "compiler/tree_builder.h"

namespace gila::compiler {

// A STRING token taken apart.
struct StringParts {
  bool raw = false;
  bool bytes = false;
  bool formatted = false;
  bool unicode = false;   // written with the prefix u
  std::string_view body;  // between the quotes
};

StringParts SplitString(std::string_view token);

// What is wrong with a literal, in words: of the SyntaxError that it is, and of
// the warning about the first escape that means nothing. Empty when there is none.
struct LiteralTroubles {
  std::string error, warning;
};

// Appends what the body of a str literal means to `out`, as UTF-8 (lone
// surrogates as three bytes). False after an error.
bool DecodeStrBody(std::string_view body, bool raw, std::string* out, LiteralTroubles* troubles);

// The same for bytes. Precondition: ASCII only.
bool DecodeBytesBody(std::string_view body, bool raw, std::string* out, LiteralTroubles* troubles);

// "invalid escape sequence '\\d'", for the character behind the backslash.
std::string UnknownEscape(char c);

// Collects the pieces of adjacent literals of which at least one is an
// f-string.
class JoinedStringBuilder {
 public:
  // `span` and `unicode` are those of the whole concatenation.
  JoinedStringBuilder(TreeBuilder* builder, const ast::Span& span, bool unicode)
      : builder_(builder), span_(span), unicode_(unicode) {}

  void AddText(std::string_view text) { pending_ += text; }
  // An f-string's token. Reports errors to the builder.
  bool AddFormatted(const Token& token, const StringParts& parts);
  ast::ExprNode* Finish();

 private:
  struct Scanner;
  bool AddPieces(Scanner* scanner, int level);
  bool AddLiteral(Scanner* scanner, int level);
  bool AddExpression(Scanner* scanner, int level);
  bool ScanExpression(Scanner* scanner);
  bool ParseConversion(Scanner* scanner, int* conversion);
  ast::ExprNode* CompileExpression(const Scanner& scanner, size_t start, size_t end);
  void FlushText();
  bool Fail(std::string message);

  TreeBuilder* const builder_;
  const ast::Span span_;
  const bool unicode_;
  std::string pending_;
  ListBuilder<ast::ExprNode*> values_;
};

}  // namespace gila::compiler

#endif  // GILA_COMPILER_STRING_LITERAL_H_

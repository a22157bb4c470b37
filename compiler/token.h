// What the lexer hands to the parser.
//
// The kinds (TK_NAME, TK_PLUS, ...) are numbered by bison, in the header it
// makes from grammar.yy; so that a token is named in one place only.
#ifndef GILA_COMPILER_TOKEN_H_
#define GILA_COMPILER_TOKEN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/ast.h"
#include "compiler/grammar.h"
#include "compiler/source.h"

namespace gila::compiler {

// Sixteen bytes, for a script's tokens are all kept: soft keywords and the
// diagnosis look ahead.
struct Token {
  int16_t kind = TK_YYEOF;
  uint16_t level = 0;  // how many brackets are open around it (a bracket itself
                       // counts as inside)
  uint32_t begin = 0;  // offsets into Source::text; NEWLINE, INDENT, DEDENT and
                       // the end mark may be empty
  uint32_t end = 0;
  int32_t line = 0;  // of `begin`, from 1 within the text
};

// Source, tokens and what was found wrong while making them.
struct TokenStream {
  const Source* source = nullptr;
  // Ends with TK_YYEOF, or with TK_ERROR when the lexer had to stop: `error`
  // says why.
  std::vector<Token> tokens;
  bool failed = false;
  // The text ended too early: inside brackets, or after a backslash.
  bool hit_end = false;
  SyntaxError error;
  // CPython would raise `error` also when it only skims the text for errors behind a parser's
  // error.
  bool seen_by_skimming = false;
  // Of numbers that run into a keyword.
  std::vector<CompileWarning> warnings;
  // Where the brackets stand that are open at the end of the text (or where the
  // lexer stopped): token indices.
  std::vector<uint32_t> open_brackets;

  // The line of a token's last character.
  int32_t EndLine(const Token& token) const;
  std::string_view Text(const Token& token) const {
    return std::string_view(source->text).substr(token.begin, token.end - token.begin);
  }
  // Where a token lies, in the lines and columns of the file.
  ast::Span SpanOf(const Token& token) const;
};

// An error from the start of `first` to the end of `last`.
SyntaxError MakeSyntaxErrorAt(const TokenStream& tokens, const Token& first, const Token& last,
                              std::string message,
                              SyntaxErrorType type = SyntaxErrorType::kSyntaxError);

// "'(' was never closed".
SyntaxError UnclosedBracketError(const TokenStream& tokens, const Token& bracket);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_TOKEN_H_

// From text to tokens: indentation, brackets, every literal's extent, CPython's
// tokenizer errors.
//
// The whole text is lexed before it is parsed. So `match` and `case` are told
// from names by looking along the line, a parenthesised `with` by looking past
// its bracket, and an error at the end of the text ("'(' was never closed") is
// known when the parser stops in the middle. The first error ends the stream,
// it is reported only when the parser gets that far or has nothing better to
// say.
#ifndef GILA_COMPILER_LEXER_H_
#define GILA_COMPILER_LEXER_H_

#include "compiler/source.h"
#include "compiler/token.h"

namespace gila::compiler {

struct LexOptions {
  // Interactive input: at the end of the text open blocks stay open unless an
  // empty line ended them.
  bool keep_blocks_open = false;
};

// `source` must outlive the result.
TokenStream Lex(const Source& source, const LexOptions& options = {});

}  // namespace gila::compiler

#endif  // GILA_COMPILER_LEXER_H_

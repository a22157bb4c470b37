#include "compiler/diagnosis.h"

namespace gila::compiler {

SyntaxError Diagnose(const TokenStream& tokens, uint32_t last_token, int, Arena*) {
  const Token& token = tokens.tokens[last_token];
  if (token.kind == TK_INDENT || token.kind == TK_DEDENT) {
    return MakeSyntaxErrorAt(tokens, token, token,
                             token.kind == TK_INDENT ? "unexpected indent" : "unexpected unindent",
                             SyntaxErrorType::kIndentationError);
  }
  return MakeSyntaxErrorAt(tokens, token, token, "invalid syntax");
}

}  // namespace gila::compiler

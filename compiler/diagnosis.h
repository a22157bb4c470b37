// Why a text is no program: the words and the place of the SyntaxError.
#ifndef GILA_COMPILER_DIAGNOSIS_H_
#define GILA_COMPILER_DIAGNOSIS_H_

#include "compiler/arena.h"
#include "compiler/parser.h"
#include "compiler/syntax_error.h"
#include "compiler/token.h"

namespace gila::compiler {

// The error of `tokens`, which the parser could not get through. `last_token`
// is the index of the last token it looked at. `start` is the token that named
// the parser's mode (TK_START_FILE, ...).
SyntaxError Diagnose(const TokenStream& tokens, uint32_t last_token, int start, Arena* arena);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_DIAGNOSIS_H_

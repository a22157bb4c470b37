// Why a text is no program: the words and the place of the SyntaxError.
#ifndef GILA_COMPILER_DIAGNOSIS_H_
#define GILA_COMPILER_DIAGNOSIS_H_

#include "compiler/syntax_error.h"
#include "compiler/token.h"

namespace gila::compiler {

struct Diagnosis {
  SyntaxError error;
  // The last token that was looked at.
  uint32_t last_token;
};

// The error of `tokens`, which the parser could not get through. `last_token` is the index of the
// last token it looked at. `start` is the token that named the parser's mode (TK_START_FILE, ...).
Diagnosis Diagnose(const TokenStream& tokens, uint32_t last_token, int start);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_DIAGNOSIS_H_

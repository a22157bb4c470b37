// Questions about characters beyond ASCII that the lexer and the string
// literals ask.
#ifndef GILA_COMPILER_UNICODE_NAMES_H_
#define GILA_COMPILER_UNICODE_NAMES_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace gila::compiler {

// May an identifier begin with it, or go on with it (XID_Start, XID_Continue)?
bool IsIdentifierStart(uint32_t code_point);
bool IsIdentifierContinue(uint32_t code_point);

// str.isprintable() for one character.
bool IsPrintable(uint32_t code_point);

// `name` in normal form KC, as identifiers are compared. Precondition: valid
// UTF-8.
std::string NormalizeIdentifier(std::string_view name);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_UNICODE_NAMES_H_

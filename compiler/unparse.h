// Expressions back to text, in the words of CPython's `from __future__ import annotations`.
#ifndef GILA_COMPILER_UNPARSE_H_
#define GILA_COMPILER_UNPARSE_H_

#include <string>
#include <string_view>

#include "compiler/ast.h"

namespace gila::compiler {

// The source of an expression in CPython's normal form. Strings are UTF-8 with surrogates as three
// bytes.
std::string Unparse(const ast::ExprNode* node);

// repr() of a str, of bytes and of a float.
std::string StrRepr(std::string_view text);
std::string BytesRepr(std::string_view bytes);
std::string FloatRepr(double value);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_UNPARSE_H_

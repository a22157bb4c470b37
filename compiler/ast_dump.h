// The tree as text, in the format of Python's ast.dump(), for tests and for
// whoever wants to look.
#ifndef GILA_COMPILER_AST_DUMP_H_
#define GILA_COMPILER_AST_DUMP_H_

#include <string>

#include "compiler/ast.h"

namespace gila::compiler {

// As ast.dump(tree, include_attributes=include_attributes). Integers beyond
// int64 are written in base 16.
std::string DumpAst(const ast::Module& module, bool include_attributes = false);
std::string DumpAst(ast::ExprNode* node, bool include_attributes = false);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_AST_DUMP_H_

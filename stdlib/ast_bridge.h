// ast_bridge.h: between the compiler's tree and the objects of the module `ast`.
//
// The node classes are written in lib/_ast.py; both directions follow the table
// compiler/ast_nodes.def. What comes from a program may be anything, so the way back checks every
// field before the code generator sees it.
#ifndef GILA_STDLIB_AST_BRIDGE_H_
#define GILA_STDLIB_AST_BRIDGE_H_

#include "compiler/arena.h"
#include "compiler/ast.h"
#include "compiler/parser.h"
#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

// The tree as objects: a Module, Interactive or Expression.
Result<Value> AstToObjects(Thread& thread, compiler::ast::Module* module) GILA_ATTACHED;

// Is it an instance of ast.AST? False as long as nobody has imported _ast.
Result<bool> IsAstObject(Thread& thread, Value value) GILA_ATTACHED;

// The tree that the objects describe, in the arena. Raises TypeError or ValueError for objects that
// describe none, and RecursionError for what is nested too deeply.
Result<compiler::ast::Module*> ObjectsToAst(Thread& thread, Value root, compiler::ParseMode mode,
                                            compiler::Arena* arena) GILA_ATTACHED;

// ValueError or TypeError for a tree that no source text could give.
Status CheckAst(Thread& thread, compiler::ast::Module* module) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_AST_BRIDGE_H_

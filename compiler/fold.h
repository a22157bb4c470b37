// Constant folding over the syntax tree, before scopes and code generation.
//
// Operators on constants become constants as in CPython 3.11, as long as the result is an int of 64
// bits, a float, a string of moderate length or a bool; anything that would raise, or grow, is left
// to run time. Tuples of constants stay Tuple nodes (the tree has no constant tuples), but are
// remembered.
#ifndef GILA_COMPILER_FOLD_H_
#define GILA_COMPILER_FOLD_H_

#include "absl/container/flat_hash_set.h"
#include "compiler/arena.h"
#include "compiler/ast.h"

namespace gila::compiler {

struct FoldOptions {
  bool debug = true;                // the value of __debug__
  bool future_annotations = false;  // annotations are kept as they are written
};

// The Tuple nodes all of whose items are constants.
using ConstantTuples = absl::flat_hash_set<const ast::ExprNode*>;

// Folds in place. New nodes and texts live in the arena.
void FoldConstants(ast::Module* module, const FoldOptions& options, Arena& arena,
                   ConstantTuples* constant_tuples);

// Truth of a constant.
bool IsTrueConstant(const ast::ConstantValue& value);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_FOLD_H_

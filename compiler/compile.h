// The compiler's door: from the bytes of a script to its code, as plain data.
//
//   Parse (parser.h) -> FoldConstants (fold.h) -> BuildScopes (scope.h) -> CodeGenerator
//   (codegen.h)
//     -> OptimizeFlow (flow_optimizer.h) -> AssembleFlow (assembler.h) -> CodeData
//
// Thread-safe: a compilation shares nothing. Time and memory are linear in the size of the source.
#ifndef GILA_COMPILER_COMPILE_H_
#define GILA_COMPILER_COMPILE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bytecode/code_data.h"
#include "compiler/arena.h"
#include "compiler/ast.h"
#include "compiler/parser.h"
#include "compiler/source.h"
#include "compiler/syntax_error.h"

namespace gila::compiler {

struct CompileOptions {
  std::string filename = "<string>";
  ParseMode mode = ParseMode::kExec;
  SourceOrigin origin = SourceOrigin::kFile;
  int optimize = 0;                 // as -O counts: 1 drops assert, 2 docstrings too
  bool future_annotations = false;  // inherited from the code that calls compile()
  bool allow_top_level_await = false;
  bool allow_incomplete_input = false;  // see ParseOptions
  bool keep_blocks_open = false;
};

struct CompileResult {
  std::shared_ptr<CodeData> code;  // null after an error
  SyntaxError error;
  std::vector<CompileWarning> warnings;  // in CPython's order; known after an error too

  bool ok() const { return code != nullptr; }
};

CompileResult CompileToCode(std::string_view bytes, const CompileOptions& options);

// Compiles a tree that is there already; it is changed in place. `source` gives errors their text
// and may be null.
CompileResult CompileModule(ast::Module* module, const Source* source,
                            const CompileOptions& options, Arena& arena);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_COMPILE_H_

// The front end's door: from the bytes of a script to a tree, or to the one
// SyntaxError that CPython would raise.
//
//   source.h -> lexer.re -> grammar.yy + tree_builder.h -> ast.h
//                                 \-> diagnosis.h -> syntax_error.h
//
// Thread-safe as long as each call has an arena of its own. Time and memory are
// linear in the size of the source, the native stack is used to a fixed depth
// only.
#ifndef GILA_COMPILER_PARSER_H_
#define GILA_COMPILER_PARSER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/arena.h"
#include "compiler/ast.h"
#include "compiler/source.h"
#include "compiler/syntax_error.h"

namespace gila::compiler {

enum class ParseMode : uint8_t {
  kExec,    // a module
  kEval,    // one expression
  kSingle,  // one statement of interactive input
};

struct ParseOptions {
  std::string filename = "<string>";
  ParseMode mode = ParseMode::kExec;
  SourceOrigin origin = SourceOrigin::kFile;
  // Report "incomplete input" where the text is the beginning of something
  // right, so that a prompt can ask for more.
  bool allow_incomplete_input = false;
  // In kSingle: an open block is not closed by the end of the text, only by an
  // empty line.
  bool keep_blocks_open = false;
};

struct ParseResult {
  // Null after an error; lives in the arena.
  ast::Module* module = nullptr;
  SyntaxError error;
  // By their places; after an error those that were found before it.
  std::vector<CompileWarning> warnings;
  // The decoded text and its lines, for whoever shows them.
  std::shared_ptr<const Source> source;

  bool ok() const { return module != nullptr; }
};

ParseResult Parse(std::string_view bytes, const ParseOptions& options, Arena* arena);

// The words of the error for which allow_incomplete_input was asked.
inline constexpr std::string_view kIncompleteInput = "incomplete input";

// Where an f-string's expression lies in the file: line, and the column of its
// opening bracket's place.
struct SubexpressionPlace {
  int32_t line;
  int32_t column;
};

// Parses the "(expression)" of an f-string. Null after an error. Appends to `warnings`.
ast::ExprNode* ParseSubexpression(std::string text, const std::string& filename,
                                  const SubexpressionPlace& place, Arena* arena, SyntaxError* error,
                                  std::vector<CompileWarning>* warnings);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_PARSER_H_

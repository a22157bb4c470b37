// What the front end reports instead of a tree: an exception to be, as plain
// data.
//
// The fields are those of Python's SyntaxError, so that whoever raises it has
// nothing to compute: offsets count code points from 1, `text` is the source
// line with its newline. The words, lines and ranges are CPython 3.11's; the
// places that find them are the lexer (what is wrong with a token), check.cc (a
// tree that means nothing) and diagnosis.cc (tokens in the wrong order).
#ifndef GILA_COMPILER_SYNTAX_ERROR_H_
#define GILA_COMPILER_SYNTAX_ERROR_H_

#include <cstdint>
#include <string>

namespace gila::compiler {

enum class SyntaxErrorType : uint8_t {
  kSyntaxError,
  kIndentationError,
  kTabError,
  kMemoryError,     // the parser's stack would overflow; only `message` (empty)
                    // counts
  kRecursionError,  // the tree is too deep; only `message` counts
  kValueError,      // only `message` counts
};

struct SyntaxError {
  SyntaxErrorType type = SyntaxErrorType::kSyntaxError;
  std::string message;
  std::string filename;
  // False when the exception carries a message alone, without the tuple of
  // details.
  bool has_location = false;
  int32_t line = 0;
  int32_t offset = 0;
  int32_t end_line = 0;
  int32_t end_offset = 0;
  // True when `text` is known; else it is None.
  bool has_text = false;
  std::string text;
};

// What the compiler warns of, as the error that it is where warnings are made errors.
struct CompileWarning {
  SyntaxError error;
  bool deprecated = false;  // a DeprecationWarning; else a SyntaxWarning
};

// The name of the exception class, "IndentationError" for instance.
const char* SyntaxErrorTypeName(SyntaxErrorType type);

// One line with every field, for tests and tools: "SyntaxError: invalid syntax
// (1, 3, 1, 4) 'x y\n'".
std::string DescribeSyntaxError(const SyntaxError& error);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_SYNTAX_ERROR_H_

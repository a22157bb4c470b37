// From the bytes of a script to the text that the lexer reads.
//
// The text is valid UTF-8 without a byte order mark, its lines end in '\n'
// (whatever they ended in), and its last line too. PEP 263's coding cookie is
// obeyed; what cannot be decoded is reported in CPython's words.
#ifndef GILA_COMPILER_SOURCE_H_
#define GILA_COMPILER_SOURCE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast.h"
#include "compiler/syntax_error.h"

namespace gila::compiler {

// How the bytes came in; CPython words some errors differently.
enum class SourceOrigin : uint8_t {
  kFile,    // the bytes of a file
  kBytes,   // compile(b"...")
  kString,  // compile("..."): UTF-8 already, lone surrogates refused by the
            // caller, a cookie means nothing
};

struct Source {
  std::string filename;
  std::string text;
  // line_starts[i] is the offset of line i + 1; one more entry than lines, the
  // last is text.size().
  std::vector<uint32_t> line_starts;
  // Where the text's first line and its first column lie in the file: 1 and 0
  // but for the expressions of f-strings.
  int32_t first_line = 1;
  // Bytes without a declared encoding: CPython's offsets in errors count bytes then, characters
  // else.
  bool counts_bytes = false;
  bool is_string = false;
  int32_t first_column = 0;
  // The text is that of an f-string's expression, in parentheses.
  bool in_fstring = false;
  // The text comes from a file, which CPython reads line by line: at its end stands no line.
  bool read_by_lines = false;
  // The newline at the end stood not in what was decoded.
  bool newline_added = false;

  int32_t line_count() const { return static_cast<int32_t>(line_starts.size()) - 1; }
  // Line `line` (from 1, of this text) with its newline; empty past the end.
  std::string_view Line(int32_t line) const;
  // The line (from 1, of this text) that holds the byte at `offset`.
  int32_t LineAt(uint32_t offset) const;
  // Fills line_starts from text.
  void IndexLines();
};

// Decodes `bytes` into `source` (whose filename is set already). On failure
// fills `error` and returns false.
bool DecodeSource(std::string_view bytes, SourceOrigin origin, Source* source, SyntaxError* error);

// Code points in valid UTF-8 `text` (three-byte surrogates count as one).
int32_t CountCodePoints(std::string_view text);

// Appends a code point, also a surrogate, in UTF-8.
void AppendUtf8(uint32_t code_point, std::string* out);

// The code point at text[*position]; moves past it. Precondition: valid UTF-8,
// not at the end.
uint32_t NextCodePoint(std::string_view text, size_t* position);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_SOURCE_H_

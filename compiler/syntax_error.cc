#include "compiler/syntax_error.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "compiler/token.h"

namespace gila::compiler {

const char* SyntaxErrorTypeName(SyntaxErrorType type) {
  switch (type) {
    case SyntaxErrorType::kSyntaxError:
      return "SyntaxError";
    case SyntaxErrorType::kIndentationError:
      return "IndentationError";
    case SyntaxErrorType::kTabError:
      return "TabError";
    case SyntaxErrorType::kMemoryError:
      return "MemoryError";
    case SyntaxErrorType::kRecursionError:
      return "RecursionError";
    case SyntaxErrorType::kValueError:
      return "ValueError";
  }
  return "";
}

std::string DescribeSyntaxError(const SyntaxError& error) {
  std::string result = absl::StrCat(SyntaxErrorTypeName(error.type), ": ", error.message);
  if (error.has_location) {
    absl::StrAppendFormat(&result, " (%d, %d, %d, %d)", error.line, error.offset, error.end_line,
                          error.end_offset);
  }
  return result;
}

SyntaxError MakeSyntaxErrorAt(const TokenStream& tokens, const Token& first, const Token& last,
                              std::string message, SyntaxErrorType type) {
  const Source& source = *tokens.source;
  SyntaxError error;
  error.type = type;
  error.message = std::move(message);
  error.filename = source.filename;
  error.has_location = true;
  if (source.in_fstring) error.message.insert(0, "f-string: ");
  const auto code_points = [&source](int32_t line, uint32_t at) {
    const uint32_t start = source.line_starts[line - 1];
    if (source.counts_bytes) return static_cast<int32_t>(at - start);
    return CountCodePoints(std::string_view(source.text).substr(start, at - start));
  };
  error.line = first.line + source.first_line - 1;
  if (first.kind == TK_INDENT || first.kind == TK_DEDENT || first.kind == TK_YYEOF) {
    // These have no columns in CPython: the place is where the tokenizer stands, and after the last
    // line of a script that is read line by line it stands nowhere.
    const bool past_script = source.read_by_lines && first.end >= source.text.size();
    error.offset = past_script ? 0 : code_points(first.line, first.end);
    error.end_line = error.line;
    error.end_offset = -1;
  } else {
    const int32_t end_line = tokens.EndLine(last);
    error.offset = code_points(first.line, first.begin) + 1;
    error.end_line = end_line + source.first_line - 1;
    error.end_offset = code_points(end_line, last.end) + 1;
  }
  error.has_text = true;
  error.text = std::string(source.Line(first.line));
  if (error.end_line > error.line) {
    // Of a text in memory CPython takes a line that it has left already, up to its end; and the
    // end's column is looked up in the first line.
    if (!source.read_by_lines && error.text.ends_with('\n')) error.text.pop_back();
    error.end_offset = std::min(error.end_offset, static_cast<int32_t>(error.text.size()) + 1);
  }
  if (source.text.empty()) error.line = error.end_line = error.end_offset = 0;
  return error;
}

SyntaxError UnclosedBracketError(const TokenStream& tokens, const Token& bracket) {
  SyntaxError error = MakeSyntaxErrorAt(
      tokens, bracket, bracket, absl::StrFormat("'%c' was never closed", tokens.Text(bracket)[0]));
  error.end_offset = 0;
  // Of a str, the line is taken from what has been read, up to its end.
  const bool is_last = error.line + 1 >= static_cast<int32_t>(tokens.source->line_starts.size());
  if (tokens.source->is_string && !is_last && error.text.ends_with('\n')) error.text.pop_back();
  return error;
}

}  // namespace gila::compiler

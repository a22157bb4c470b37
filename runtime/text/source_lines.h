// source_lines.h: the lines of source files for tracebacks, and the line of carets under one.
#ifndef GILA_RUNTIME_TEXT_SOURCE_LINES_H_
#define GILA_RUNTIME_TEXT_SOURCE_LINES_H_

#include <string>

#include "bytecode/code_data.h"
#include "runtime/thread.h"

namespace gila {

// Line `number` (from 1) of the file, without its newline; false when it cannot be had. Code that
// came from no file was registered with RegisterSource.
bool SourceLine(Thread& thread, const std::string& file, int32_t number, Value globals,
                std::string* line);
// Keeps the text of frozen modules, -c and interactive input, under their file name ("<stdin>").
void RegisterSource(const std::string& file, const std::string& text);

// Off with -X no_debug_ranges: then tracebacks have no carets. Set before threads run.
extern bool shows_debug_ranges;

// Carets and tildes for `range` under the line that is shown without its first `removed` bytes;
// empty when the whole line would be marked. Columns of `range` count bytes.
std::string CaretLine(const std::string& line, size_t removed, const std::string& shown,
                      const SourceRange& range);

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_SOURCE_LINES_H_

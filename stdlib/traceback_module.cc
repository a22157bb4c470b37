// traceback_module.cc: the module _traceback: the line of carets as the interpreter's own
// tracebacks have it, for lib/traceback.py.
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/text/source_lines.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace gila {
namespace {

Result<Value> Carets(Thread& thread, Args args) {
  for (const size_t i : {0, 2}) {
    if (!IsStr(args[i])) return thread.RaiseTypeError("a line is a str");
  }
  const std::string line = ToUtf8(args[0]), shown = ToUtf8(args[2]);
  int64_t numbers[5];
  GILA_TRY(numbers[0], ToInt64(thread, args[1]));
  for (size_t i = 1; i < 5; ++i) {
    GILA_TRY(numbers[i], ToInt64(thread, args[i + 2]));
  }
  if (numbers[0] < 0 || static_cast<size_t>(numbers[0]) > line.size()) return Intern(thread, "");
  SourceRange range;
  range.line = static_cast<int32_t>(numbers[1]);
  range.column = static_cast<int32_t>(numbers[2]);
  range.end_line = static_cast<int32_t>(numbers[3]);
  range.end_column = static_cast<int32_t>(numbers[4]);
  return NewStr(thread, CaretLine(line, static_cast<size_t>(numbers[0]), shown, range));
}

constexpr NativeDef kFunctions[] = {
    {"caret_line", Carets, "(line, removed, shown, lineno, colno, end_lineno, end_colno, /)",
     "Carets and tildes for a range of a line that is shown without its first bytes."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Status InitTracebackModule(Thread& thread, Module* module) {
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

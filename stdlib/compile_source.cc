// compile_source.cc: the compiler, called by the running program.
#include "stdlib/compile_source.h"

#include <absl/strings/str_cat.h>

#include <string>

#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/ast_bridge.h"
#include "stdlib/import.h"

namespace gila {

int optimize_level = 0;

namespace {

std::string_view LineOf(std::string_view source, int32_t line) {
  for (int32_t i = 1; i < line; ++i) {
    const size_t end = source.find('\n');
    if (end == std::string_view::npos) return {};
    source.remove_prefix(end + 1);
  }
  source = source.substr(0, source.find('\n'));
  const size_t start = source.find_first_not_of(" \t\f");
  return start == std::string_view::npos ? std::string_view() : source.substr(start);
}

// Through the warnings module when the program has imported it (it may have turned warnings into
// errors), else straight to sys.stderr as the default filter would.
Status ShowWarning(Thread& thread, const compiler::CompileWarning& warning, std::string_view source,
                   const std::string& filename) {
  GILA_TRY(Value module, LoadedModule(thread, Intern(thread, "warnings")));
  const Value options = SysAttribute(thread, Intern(thread, "warnoptions"));
  if (module.IsNone() && IsList(options) && !ListAt(options.As<List>(), 0).IsUnbound()) {
    // -W and PYTHONWARNINGS may say what becomes of it.
    GILA_TRY(module, ImportAbsolute(thread, "warnings"));
  }
  GILA_TRY(Str* const message, NewStr(thread, warning.message));
  if (!module.IsNone()) {
    GILA_TRY(Str* const file, NewStr(thread, filename));
    if (CallMethod(thread, module, Intern(thread, "warn_explicit"),
                   {message, GetType(TypeId::kSyntaxWarning), file, Value::SmallInt(warning.line)})
            .ok())
      return kOk;
    if (!thread.ExceptionMatches(TypeId::kSyntaxWarning)) return kFailed;
    // The program wants it as an error: then it is a syntax error.
    thread.ClearException();
    compiler::SyntaxError error;
    error.message = warning.message;
    error.filename = filename;
    error.has_location = true;
    error.line = error.end_line = warning.line;
    return RaiseSyntaxError(thread, error);
  }
  const Value errors = SysAttribute(thread, NameOf(Name::kStderr));
  if (errors.IsUnbound() || errors.IsNone()) return kOk;
  std::string text =
      absl::StrCat(filename, ":", warning.line, ": SyntaxWarning: ", warning.message, "\n");
  const std::string_view line = LineOf(source, warning.line);
  if (filename[0] != '<' && !line.empty()) absl::StrAppend(&text, "  ", std::string(line), "\n");
  GILA_TRY(Str* const shown, NewStr(thread, text));
  GILA_TRY_VOID(CallMethod(thread, errors, NameOf(Name::kWrite), {shown}));
  return kOk;
}

}  // namespace

namespace {

Result<Code*> Finish(Thread& thread, compiler::CompileResult compiled, std::string_view source,
                     const compiler::CompileOptions& options) {
  if (!compiled.ok()) return RaiseSyntaxError(thread, compiled.error);
  for (const compiler::CompileWarning& warning : compiled.warnings) {
    GILA_TRY_VOID(ShowWarning(thread, warning, source, options.filename));
  }
  return NewCode(thread, std::move(compiled.code));
}

}  // namespace

Result<Code*> CompileSource(Thread& thread, std::string_view source,
                            const compiler::CompileOptions& options) {
  return Finish(thread, compiler::CompileToCode(source, options), source, options);
}

Result<Code*> CompileAst(Thread& thread, Value root, const compiler::CompileOptions& options) {
  compiler::Arena arena;
  GILA_TRY(compiler::ast::Module* const module, ObjectsToAst(thread, root, options.mode, &arena));
  return Finish(thread, compiler::CompileModule(module, nullptr, options, arena), "", options);
}

Result<Value> ParseToObjects(Thread& thread, std::string_view source,
                             const compiler::CompileOptions& options) {
  compiler::Arena arena;
  compiler::ParseOptions parse;
  parse.filename = options.filename;
  parse.mode = options.mode;
  parse.origin = options.origin;
  parse.allow_incomplete_input = options.allow_incomplete_input;
  const compiler::ParseResult parsed = compiler::Parse(source, parse, &arena);
  if (!parsed.ok()) return RaiseSyntaxError(thread, parsed.error);
  return AstToObjects(thread, parsed.module);
}

}  // namespace gila

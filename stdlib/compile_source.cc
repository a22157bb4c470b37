// compile_source.cc: the compiler, called by the running program.
#include "stdlib/compile_source.h"

#include <absl/strings/str_cat.h>

#include <string>
#include <vector>

#include "compiler/source_decoder.h"
#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/text/codecs.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/ast_bridge.h"
#include "stdlib/import.h"

namespace gila {

int optimize_level = 0;

namespace {

// The line as warnings show it: without the blanks around it.
std::string LineOf(std::string_view source, int32_t line) {
  constexpr std::string_view kBlanks = " \t\f\r";
  for (int32_t i = 1; i < line; ++i) {
    const size_t end = source.find('\n');
    if (end == std::string_view::npos) return {};
    source.remove_prefix(end + 1);
  }
  source = source.substr(0, source.find('\n'));
  const size_t start = source.find_first_not_of(kBlanks);
  if (start == std::string_view::npos) return {};
  return std::string(source.substr(start, source.find_last_not_of(kBlanks) + 1 - start));
}

// What the module `warnings` would do, were it there, with the filters that it begins with: they
// show SyntaxWarnings, and DeprecationWarnings of __main__ only, which no compiled file is.
Status ShowByDefault(Thread& thread, const compiler::CompileWarning& warning,
                     std::string_view source) {
  const Value errors = SysAttribute(thread, NameOf(Name::kStderr));
  if (warning.deprecated || errors.IsUnbound() || errors.IsNone()) return kOk;
  const compiler::SyntaxError& what = warning.error;
  std::string text =
      absl::StrCat(what.filename, ":", what.line, ": SyntaxWarning: ", what.message, "\n");
  const std::string line = LineOf(source, what.line);
  if (!what.filename.starts_with('<') && !line.empty()) absl::StrAppend(&text, "  ", line, "\n");
  GILA_TRY(Str* const shown, NewStr(thread, text));
  GILA_TRY_VOID(CallMethod(thread, errors, NameOf(Name::kWrite), {shown}));
  return kOk;
}

// Through the warnings module when the program has imported it or the command line has a say in
// it. Where the warning is an error it is a SyntaxError.
Status ShowWarning(Thread& thread, const compiler::CompileWarning& warning,
                   std::string_view source) {
  GILA_TRY(Value module, LoadedModule(thread, Intern(thread, "warnings")));
  const Value options = SysAttribute(thread, Intern(thread, "warnoptions"));
  if (module.IsNone() && IsList(options) && !ListAt(options.As<List>(), 0).IsUnbound()) {
    GILA_TRY(module, ImportAbsolute(thread, "warnings"));
  }
  if (module.IsNone()) return ShowByDefault(thread, warning, source);
  const TypeId category = warning.deprecated ? TypeId::kDeprecationWarning : TypeId::kSyntaxWarning;
  GILA_TRY(Str* const message, NewStr(thread, warning.error.message));
  GILA_TRY(Str* const file, NewStr(thread, warning.error.filename));
  if (CallMethod(thread, module, Intern(thread, "warn_explicit"),
                 {message, GetType(category), file, Value::SmallInt(warning.error.line)})
          .ok())
    return kOk;
  if (!thread.ExceptionMatches(category)) return kFailed;
  thread.ClearException();
  return RaiseSyntaxError(thread, warning.error);
}

Status ShowWarnings(Thread& thread, const std::vector<compiler::CompileWarning>& warnings,
                    std::string_view source) {
  for (const compiler::CompileWarning& warning : warnings)
    GILA_TRY_VOID(ShowWarning(thread, warning, source));
  return kOk;
}

Result<Code*> Finish(Thread& thread, compiler::CompileResult compiled, std::string_view source) {
  GILA_TRY_VOID(ShowWarnings(thread, compiled.warnings, source));
  if (!compiled.ok()) return RaiseSyntaxError(thread, compiled.error);
  return NewCode(thread, std::move(compiled.code));
}

// A source in an encoding that only codecs knows; else what the codec says.
bool DecodeOtherSource(std::string_view bytes, const std::string& encoding,
                       std::string* result) GILA_ATTACHED {
  Thread& thread = *Thread::Current();
  const Result<Str*> text = DecodeBytes(thread, bytes, encoding, "strict");
  if (text.ok()) {
    *result = ToUtf8(text.value());
    return true;
  }
  const Value error = thread.TakeException();
  const Result<Str*> words = ToStr(thread, error);
  if (words.ok()) {
    *result = ToUtf8(words.value());
  } else {
    thread.ClearException();
  }
  return false;
}

}  // namespace

void InitCompileSource() { compiler::decode_other_source = DecodeOtherSource; }

Result<Code*> CompileSource(Thread& thread, std::string_view source,
                            const compiler::CompileOptions& options) {
  return Finish(thread, compiler::CompileToCode(source, options), source);
}

Result<Code*> CompileAst(Thread& thread, Value root, const compiler::CompileOptions& options) {
  compiler::Arena arena;
  GILA_TRY(compiler::ast::Module* const module, ObjectsToAst(thread, root, options.mode, &arena));
  return Finish(thread, compiler::CompileModule(module, nullptr, options, arena), "");
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
  GILA_TRY_VOID(ShowWarnings(thread, parsed.warnings, source));
  if (!parsed.ok()) return RaiseSyntaxError(thread, parsed.error);
  return AstToObjects(thread, parsed.module);
}

}  // namespace gila

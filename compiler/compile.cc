// The passes in their order, the __future__ imports, and errors from spans to what SyntaxError
// holds.
#include "compiler/compile.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "compiler/codegen.h"
#include "compiler/fold.h"
#include "compiler/scope.h"
#include "compiler/verifier.h"

namespace gila::compiler {

namespace {

constexpr std::string_view kFutureFeatures[] = {
    "nested_scopes",  "generators",       "division",       "absolute_import", "with_statement",
    "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop",  "annotations"};

// The offset, from 1 in code points, of a column in bytes.
int32_t OffsetOf(const Source* source, int32_t line, int32_t column) {
  if (source == nullptr || line < 1 || line > source->line_count()) return column + 1;
  const std::string_view text = source->Line(line);
  return CountCodePoints(text.substr(0, static_cast<size_t>(std::max(column, 0)))) + 1;
}

SyntaxError MakeError(const std::string& message, const ast::Span& span, const Source* source,
                      const CompileOptions& options) {
  SyntaxError error;
  error.message = message;
  error.filename = options.filename;
  error.has_location = true;
  error.line = span.line;
  error.end_line = span.end_line;
  error.offset = OffsetOf(source, span.line, span.column);
  error.end_offset = span.end_column < 0 ? -1 : OffsetOf(source, span.end_line, span.end_column);
  // CPython reads the line from the file, so source that comes from elsewhere has none.
  const bool from_file =
      options.origin == SourceOrigin::kFile && !options.filename.starts_with('<');
  if (source != nullptr && from_file && span.line >= 1 && span.line <= source->line_count()) {
    error.has_text = true;
    error.text = source->Line(span.line);
  }
  return error;
}

// Looks at the imports from __future__ at the head of the module. Fills `error` for an unknown
// feature.
void ReadFutureImports(const ast::Module* module, bool* annotations, ScopeError* error) {
  bool first = true;
  for (const ast::StmtNode* statement : module->body) {
    const auto* import = statement->DynAs<ast::ImportFrom>();
    if (import == nullptr || import->level != 0 || import->module != "__future__") {
      const auto* expression = statement->DynAs<ast::Expr>();
      const auto* constant =
          expression == nullptr ? nullptr : expression->value->DynAs<ast::Constant>();
      if (!first || constant == nullptr || constant->value.kind != ast::ConstantKind::kStr) return;
      first = false;
      continue;
    }
    first = false;
    for (const ast::Alias* alias : import->names) {
      if (alias->name == "annotations") *annotations = true;
      const bool known = std::find(std::begin(kFutureFeatures), std::end(kFutureFeatures),
                                   alias->name) != std::end(kFutureFeatures);
      if (known) continue;
      error->span = {statement->span.line, statement->span.column, statement->span.line, -1};
      error->message =
          alias->name == "braces"
              ? "not a chance"
              : absl::StrCat("future feature ", std::string(alias->name), " is not defined");
      return;
    }
  }
}

}  // namespace

CompileResult CompileModule(ast::Module* module, const Source* source,
                            const CompileOptions& options, Arena& arena) {
  CompileResult result;
  CodegenOptions codegen_options;
  codegen_options.filename = options.filename;
  codegen_options.optimize = options.optimize;
  codegen_options.future_annotations = options.future_annotations;
  codegen_options.allow_top_level_await = options.allow_top_level_await;
  ScopeError error;
  ReadFutureImports(module, &codegen_options.future_annotations, &error);
  const bool future_annotations = codegen_options.future_annotations;
  ConstantTuples constant_tuples;
  ScopeTable scopes;
  if (error.message.empty()) {
    FoldConstants(module, {options.optimize == 0, future_annotations}, arena, &constant_tuples);
    BuildScopes(module, {future_annotations, options.allow_top_level_await}, arena, &scopes,
                &error);
  }
  if (error.message.empty()) {
    CodeGenerator generator(codegen_options, scopes, constant_tuples, arena);
    result.code = generator.Generate(module);
    error = generator.error();
    for (const CodegenWarning& warning : generator.warnings())
      result.warnings.push_back({MakeError(warning.message, warning.span, source, options)});
  }
  if (!error.message.empty()) {
    result.code = nullptr;
    result.error = MakeError(error.message, error.span, source, options);
  }
#ifndef NDEBUG
  if (result.code != nullptr) CheckCode(*result.code);
#endif
  return result;
}

CompileResult CompileToCode(std::string_view bytes, const CompileOptions& options) {
  ParseOptions parse_options;
  parse_options.filename = options.filename;
  parse_options.mode = options.mode;
  parse_options.origin = options.origin;
  parse_options.allow_incomplete_input = options.allow_incomplete_input;
  parse_options.keep_blocks_open = options.keep_blocks_open;
  Arena arena;
  ParseResult parsed = Parse(bytes, parse_options, &arena);
  if (!parsed.ok()) {
    CompileResult result;
    result.error = std::move(parsed.error);
    result.warnings = std::move(parsed.warnings);
    // To the text of an expression no newline is added that was not there.
    std::string& text = result.error.text;
    if (options.mode == ParseMode::kEval && !bytes.ends_with('\n') && text.ends_with('\n') &&
        bytes.ends_with(std::string_view(text).substr(0, text.size() - 1)))
      text.pop_back();
    return result;
  }
  CompileResult result = CompileModule(parsed.module, parsed.source.get(), options, arena);
  result.warnings.insert(result.warnings.begin(), parsed.warnings.begin(), parsed.warnings.end());
  return result;
}

}  // namespace gila::compiler

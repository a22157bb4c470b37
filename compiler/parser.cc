#include "compiler/parser.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "compiler/diagnosis.h"
#include "compiler/lexer.h"
#include "compiler/tree_builder.h"

namespace gila::compiler {
namespace {

struct ParserRun {
  bool ok = false;
  std::vector<CompileWarning> warnings;
  ast::Module module;
  SyntaxError error;
};

// After an error CPython skims the rest of the text: an error of the tokenizer there wins over the
// parser's, and so does a bracket that stays open, if it stands in an earlier line.
SyntaxError AfterSkimming(const TokenStream& tokens, SyntaxError error, const Token& last) {
  if (tokens.seen_by_skimming) return tokens.error;
  if (!tokens.failed || tokens.open_brackets.empty()) return error;
  const Token& bracket = tokens.tokens[tokens.open_brackets.back()];
  return last.line > bracket.line ? UnclosedBracketError(tokens, bracket) : error;
}

SyntaxError ErrorOf(const TokenStream& tokens, const TreeBuilder& builder, int start) {
  const Token& last = tokens.tokens[builder.last_token()];
  if (builder.has_error()) {
    const SyntaxErrorType type = builder.error().type;
    const bool fatal =
        type == SyntaxErrorType::kMemoryError || type == SyntaxErrorType::kRecursionError;
    return fatal ? builder.error() : AfterSkimming(tokens, builder.error(), last);
  }
  if (last.kind == TK_ERROR) return tokens.error;
  Diagnosis diagnosis = Diagnose(tokens, builder.last_token(), start);
  // An unexpected indent is found before its line is read.
  const bool indent = diagnosis.error.type == SyntaxErrorType::kIndentationError;
  if (last.kind == TK_INDENT && indent) return diagnosis.error;
  return AfterSkimming(tokens, std::move(diagnosis.error), tokens.tokens[diagnosis.last_token]);
}

// Those of the lexer and those of the parser, as if both had gone through the text together.
std::vector<CompileWarning> Merged(const std::vector<CompileWarning>& lexed,
                                   const std::vector<CompileWarning>& parsed) {
  std::vector<CompileWarning> all;
  std::merge(lexed.begin(), lexed.end(), parsed.begin(), parsed.end(), std::back_inserter(all),
             [](const CompileWarning& a, const CompileWarning& b) {
               return std::pair(a.error.line, a.error.offset) <
                      std::pair(b.error.line, b.error.offset);
             });
  return all;
}

ParserRun RunParser(const TokenStream& tokens, int start, const ParseOptions& options,
                    Arena* arena) {
  ParserRun run;
  TreeBuilder builder(arena, &tokens, start);
  run.ok = RunGrammar(&builder) == 0 && !builder.failed();
  run.warnings = Merged(tokens.warnings, builder.warnings());
  if (run.ok) {
    run.module = builder.module();
    return run;
  }
  const Token& last = tokens.tokens[builder.last_token()];
  const bool at_end = last.kind == TK_YYEOF || (last.kind == TK_ERROR && tokens.hit_end);
  if (options.allow_incomplete_input && at_end && !builder.has_error()) {
    run.error = MakeSyntaxErrorAt(tokens, last, last, std::string(kIncompleteInput));
    return run;
  }
  if (builder.single_done() && !builder.has_error() && last.kind != TK_ERROR) {
    const Token& end = *std::find_if(tokens.tokens.begin(), tokens.tokens.end(),
                                     [](const Token& token) { return token.kind == TK_NEWLINE; });
    run.error = MakeSyntaxErrorAt(tokens, end, end,
                                  "multiple statements found while compiling a single statement");
    return run;
  }
  run.error = ErrorOf(tokens, builder, start);
  return run;
}

}  // namespace

ParseResult Parse(std::string_view bytes, const ParseOptions& options, Arena* arena) {
  ParseResult result;
  auto source = std::make_shared<Source>();
  source->filename = options.filename;
  result.source = source;
  if (!DecodeSource(bytes, options.origin, source.get(), &result.error)) return result;
  LexOptions lex_options;
  lex_options.keep_blocks_open = options.keep_blocks_open && options.mode == ParseMode::kSingle;
  const TokenStream tokens = Lex(*source, lex_options);
  const int start = options.mode == ParseMode::kExec   ? TK_START_FILE
                    : options.mode == ParseMode::kEval ? TK_START_EVAL
                                                       : TK_START_SINGLE;
  ParserRun run = RunParser(tokens, start, options, arena);
  result.warnings = std::move(run.warnings);
  if (run.ok) {
    result.module = arena->New<ast::Module>(run.module);
  } else {
    result.error = std::move(run.error);
  }
  return result;
}

ast::ExprNode* ParseSubexpression(std::string text, const std::string& filename,
                                  const SubexpressionPlace& place, Arena* arena, SyntaxError* error,
                                  std::vector<CompileWarning>* warnings) {
  Source source;
  source.filename = filename;
  source.text = std::move(text);
  source.first_line = place.line;
  source.first_column = place.column;
  source.in_fstring = true;
  source.IndexLines();
  const TokenStream tokens = Lex(source);
  ParserRun run = RunParser(tokens, TK_START_FSTRING, ParseOptions(), arena);
  warnings->insert(warnings->end(), run.warnings.begin(), run.warnings.end());
  if (run.ok) return run.module.expression;
  *error = std::move(run.error);
  return nullptr;
}

}  // namespace gila::compiler

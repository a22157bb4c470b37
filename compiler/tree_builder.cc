#include "compiler/tree_builder.h"

#include "compiler/source.h"
#include "compiler/unicode_names.h"

namespace gila::compiler {

using namespace ast;  // NOLINT: this file makes every kind of node

int TreeBuilder::NextToken(const Token** token, Span* span) {
  if (!started_) {
    started_ = true;
    *span = Span{tokens_->source->first_line, tokens_->source->first_column,
                 tokens_->source->first_line, tokens_->source->first_column};
    last_span_ = *span;
    return start_token_;
  }
  if (failed_) {
    *span = last_span_;
    return TK_ERROR;
  }
  const Token& current = tokens_->tokens[std::min<size_t>(next_, tokens_->tokens.size() - 1)];
  if (next_ < tokens_->tokens.size()) ++next_;
  *token = &current;
  switch (current.kind) {
    case TK_NEWLINE:
    case TK_INDENT:
    case TK_DEDENT:
    case TK_YYEOF:
    case TK_ERROR:
      *span = Span{last_span_.end_line, last_span_.end_column, last_span_.end_line,
                   last_span_.end_column};
      break;
    default:
      *span = last_span_ = tokens_->SpanOf(current);
  }
  return current.kind;
}

void TreeBuilder::ParserFailed(std::string_view message) {
  // A `memory exhausted` is bison's word for a stack of YYMAXDEPTH.
  if (message == "memory exhausted" && !failed_) Fail(SyntaxErrorType::kMemoryError, "");
  failed_ = true;
}

void TreeBuilder::Finish(ListBuilder<StmtNode*>* statements) {
  module_.kind = ModuleKind::kModule;
  module_.body = Done(statements);
}

void TreeBuilder::FinishSingle(ListBuilder<StmtNode*>* statements, bool simple) {
  module_.kind = ModuleKind::kInteractive;
  module_.body = Done(statements);
  single_done_ = !failed_ && simple;
}

void TreeBuilder::FinishExpression(ExprNode* expression) {
  module_.kind = ModuleKind::kExpression;
  module_.expression = expression;
}

// ---------------------------------------------------------------------------------------------------------------------
// Failing

void TreeBuilder::Fail(SyntaxError error) {
  if (failed_) return;
  failed_ = has_error_ = true;
  error_ = std::move(error);
}

void TreeBuilder::Fail(SyntaxErrorType type, std::string message) {
  SyntaxError error;
  error.type = type;
  error.message = std::move(message);
  error.filename = tokens_->source->filename;
  Fail(std::move(error));
}

void TreeBuilder::FailAtToken(const Token& token, std::string message) {
  Fail(MakeSyntaxErrorAt(*tokens_, token, token, std::move(message)));
}

void TreeBuilder::Warn(const Token& token, std::string message) {
  warnings_.push_back({MakeSyntaxErrorAt(*tokens_, token, token, std::move(message)), true});
}

void TreeBuilder::FailAtLastToken(std::string message) {
  const Token& last = tokens_->tokens[last_token()];
  if (last.kind == TK_ERROR) {
    // CPython has read one token ahead, and stumbled over that first.
    Fail(tokens_->error);
  } else {
    FailAtToken(last, std::move(message));
  }
}

void TreeBuilder::TooDeep() {
  Fail(SyntaxErrorType::kRecursionError, "maximum recursion depth exceeded during compilation");
}

// ---------------------------------------------------------------------------------------------------------------------
// Names and literals

Identifier InternName(std::string_view text, Arena* arena) {
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii ? arena->Intern(text) : arena->Intern(NormalizeIdentifier(text));
}

Identifier TreeBuilder::NameOf(const Token* token) {
  return InternName(tokens_->Text(*token), arena_);
}

Identifier TreeBuilder::Dotted(const ListBuilder<Identifier>* names) {
  if (names->size == 1) return names->data[0];
  std::string joined(names->data[0]);
  for (uint32_t i = 1; i < names->size; ++i) {
    joined += '.';
    joined += names->data[i];
  }
  return arena_->Intern(joined);
}

ExprNode* TreeBuilder::MakeName(const Span& span, const Token* token) {
  return Make<Name>(span, NameOf(token), ExprContext::kLoad);
}

ExprNode* TreeBuilder::MakeConstant(const Span& span, ConstantKind kind) {
  ConstantValue value;
  value.kind = kind;
  return Make<Constant>(span, value, Identifier());
}

ExprNode* TreeBuilder::MakeNumber(const Span& span, const Token* token) {
  ConstantValue value;
  std::string error;
  if (!ParseNumber(tokens_->Text(*token), arena_, &value, &error))
    FailAtToken(*token, std::move(error));
  return Make<Constant>(span, value, Identifier());
}

// ---------------------------------------------------------------------------------------------------------------------
// Expressions

ExprNode* TreeBuilder::TupleOf(const Span& span, const ListBuilder<ExprNode*>* items) {
  return Make<Tuple>(span, Done(items), ExprContext::kLoad);
}

ExprNode* TreeBuilder::MakeStarred(const Span& span, ExprNode* value) {
  return Make<Starred>(span, value, ExprContext::kLoad);
}

ExprNode* TreeBuilder::MakeNamed(const Span& span, const Token* name, const Span& name_span,
                                 ExprNode* value) {
  ExprNode* target = Make<Name>(name_span, NameOf(name), ExprContext::kStore);
  return Make<NamedExpr>(span, target, value);
}

ExprNode* TreeBuilder::MakeUnary(const Span& span, UnaryOperator op, ExprNode* operand) {
  return Make<UnaryOp>(span, op, operand);
}

ExprNode* TreeBuilder::MakeAttribute(const Span& span, ExprNode* value, const Token* name) {
  return Make<Attribute>(span, value, NameOf(name), ExprContext::kLoad);
}

grammar::ArgumentItem* TreeBuilder::Argument(const Span& span, ArgumentKind kind, const Token* name,
                                             ExprNode* value) {
  return arena_->New<grammar::ArgumentItem>(kind, span,
                                            name == nullptr ? Identifier() : NameOf(name), value);
}

// Positional arguments come before keywords, `*x` before `**y`.
void TreeBuilder::SortArguments(const ListBuilder<grammar::ArgumentItem*>* items,
                                Seq<ExprNode*>* positional, Seq<Keyword*>* keywords) {
  ListBuilder<ExprNode*> values;
  ListBuilder<Keyword*> named;
  bool unpacked = false;
  for (grammar::ArgumentItem* item : Done(items)) {
    switch (item->kind) {
      case ArgumentKind::kPositional:
        if (named.size > 0) Reject();
        values.Push(*arena_, item->value);
        break;
      case ArgumentKind::kStar:
        if (unpacked) Reject();
        values.Push(*arena_, MakeStarred(item->span, item->value));
        break;
      case ArgumentKind::kDoubleStar:
        unpacked = true;
        [[fallthrough]];
      case ArgumentKind::kKeyword:
        named.Push(*arena_, MakeHelper<Keyword>(item->span, item->name, item->value));
        break;
    }
  }
  *positional = Done(&values);
  *keywords = Done(&named);
}

ExprNode* TreeBuilder::MakeCall(const Span& span, ExprNode* function,
                                const ListBuilder<grammar::ArgumentItem*>* arguments) {
  Seq<ExprNode*> positional;
  Seq<Keyword*> keywords;
  SortArguments(arguments, &positional, &keywords);
  return Make<Call>(span, function, positional, keywords);
}

ExprNode* TreeBuilder::MakeCallOfGenerator(const Span& span, ExprNode* function,
                                           ExprNode* generator) {
  return Make<Call>(span, function, arena_->Copy(&generator, 1), Seq<Keyword*>());
}

grammar::DictItem* TreeBuilder::DictPair(ExprNode* key, ExprNode* value) {
  return arena_->New<grammar::DictItem>(key, value);
}

ExprNode* TreeBuilder::MakeDict(const Span& span, const ListBuilder<grammar::DictItem*>* items) {
  ListBuilder<ExprNode*> keys;
  ListBuilder<ExprNode*> values;
  for (const grammar::DictItem* item : Done(items)) {
    keys.Push(*arena_, item->key);
    values.Push(*arena_, item->value);
  }
  return Make<Dict>(span, Done(&keys), Done(&values));
}

grammar::CompareChain* TreeBuilder::StartCompare(ExprNode* left, int op, ExprNode* right) {
  auto* chain = arena_->New<grammar::CompareChain>();
  chain->left = left;
  return GoOnCompare(chain, op, right);
}

grammar::CompareChain* TreeBuilder::GoOnCompare(grammar::CompareChain* chain, int op,
                                                ExprNode* right) {
  chain->ops.Push(*arena_, static_cast<CompareOperator>(op));
  chain->comparators.Push(*arena_, right);
  return chain;
}

ExprNode* TreeBuilder::MakeCompare(const Span& span, const grammar::CompareChain* chain) {
  return Make<Compare>(span, chain->left, Done(&chain->ops), Done(&chain->comparators));
}

// Brackets nest at most 200 deep, and so do targets.
bool TreeBuilder::SetContext(ExprNode* node, ExprContext context, bool star_allowed) {
  const auto set_all = [&](const Seq<ExprNode*>& items) {
    const bool inner_star = context == ExprContext::kStore;
    return std::all_of(items.begin(), items.end(),
                       [&](ExprNode* item) { return SetContext(item, context, inner_star); });
  };
  switch (node->kind) {
    case ExprKind::kName:
      node->As<Name>()->ctx = context;
      return true;
    case ExprKind::kAttribute:
      node->As<Attribute>()->ctx = context;
      return true;
    case ExprKind::kSubscript:
      node->As<Subscript>()->ctx = context;
      return true;
    case ExprKind::kStarred:
      node->As<Starred>()->ctx = context;
      return star_allowed && SetContext(node->As<Starred>()->value, context, false);
    case ExprKind::kTuple:
      node->As<Tuple>()->ctx = context;
      return set_all(node->As<Tuple>()->elts);
    case ExprKind::kList:
      node->As<ast::List>()->ctx = context;
      return set_all(node->As<ast::List>()->elts);
    default:
      return false;
  }
}

ExprNode* TreeBuilder::Target(ExprNode* expression) {
  if (!SetContext(expression, ExprContext::kStore, true)) Reject();
  return expression;
}

// ---------------------------------------------------------------------------------------------------------------------
// Parameters

grammar::ParameterItem* TreeBuilder::Parameter(const Span& span, const Token* name,
                                               ExprNode* annotation, ExprNode* default_value) {
  return arena_->New<grammar::ParameterItem>(
      ParameterKind::kPlain, MakeHelper<Arg>(span, NameOf(name), annotation), default_value);
}

grammar::ParameterItem* TreeBuilder::ParameterMark(ParameterKind kind) {
  return arena_->New<grammar::ParameterItem>(kind, nullptr, nullptr);
}

grammar::ParameterItem* TreeBuilder::StarParameter(const Span& span, ParameterKind kind,
                                                   const Token* name, ExprNode* annotation) {
  return arena_->New<grammar::ParameterItem>(kind, MakeHelper<Arg>(span, NameOf(name), annotation),
                                             nullptr);
}

Arguments* TreeBuilder::MakeParameters(const ListBuilder<grammar::ParameterItem*>* items) {
  ListBuilder<Arg*> positional_only, positional, keyword_only;
  ListBuilder<ExprNode*> defaults, keyword_defaults;
  Arg* star = nullptr;
  Arg* double_star = nullptr;
  bool after_slash = false, after_star = false, bare_star = false;
  for (grammar::ParameterItem* item : Done(items)) {
    if (double_star != nullptr) Reject();
    switch (item->kind) {
      case ParameterKind::kPlain:
        if (after_star) {
          keyword_only.Push(*arena_, item->arg);
          keyword_defaults.Push(*arena_, item->default_value);
          break;
        }
        positional.Push(*arena_, item->arg);
        if (item->default_value != nullptr) {
          defaults.Push(*arena_, item->default_value);
        } else if (defaults.size > 0) {
          Reject();
        }
        break;
      case ParameterKind::kSlash:
        if (after_slash || after_star || positional.size == 0) Reject();
        after_slash = true;
        std::swap(positional_only, positional);
        break;
      case ParameterKind::kBareStar:
      case ParameterKind::kStar:
        if (after_star) Reject();
        after_star = true;
        bare_star = item->kind == ParameterKind::kBareStar;
        star = item->arg;
        break;
      case ParameterKind::kDoubleStar:
        double_star = item->arg;
        break;
    }
  }
  if (bare_star && keyword_only.size == 0) Reject();
  return MakePlain<Arguments>(Done(&positional_only), Done(&positional), star, Done(&keyword_only),
                              Done(&keyword_defaults), double_star, Done(&defaults));
}

// ---------------------------------------------------------------------------------------------------------------------
// Statements

StmtNode* TreeBuilder::MakeAssign(const Span& span, const ListBuilder<ExprNode*>* targets,
                                  ExprNode* value) {
  return Make<Assign>(span, Done(targets), value);
}

namespace {

bool IsSingleTarget(const ExprNode* node) {
  return node->kind == ExprKind::kName || node->kind == ExprKind::kAttribute ||
         node->kind == ExprKind::kSubscript;
}

}  // namespace

grammar::TargetAndMark* TreeBuilder::AugmentedTarget(ExprNode* target, int op) {
  if (!IsSingleTarget(target)) Reject();
  return arena_->New<grammar::TargetAndMark>(Target(target), op);
}

grammar::TargetAndMark* TreeBuilder::AnnotatedTarget(ExprNode* target, const Span& span) {
  if (!IsSingleTarget(target)) Reject();
  const bool bare = target->span.line == span.line && target->span.column == span.column;
  return arena_->New<grammar::TargetAndMark>(Target(target), bare ? 1 : 0);
}

StmtNode* TreeBuilder::MakeAugAssign(const Span& span, const grammar::TargetAndMark* target,
                                     ExprNode* value) {
  return Make<AugAssign>(span, target->target, static_cast<Operator>(target->mark), value);
}

StmtNode* TreeBuilder::MakeAnnAssign(const Span& span, const grammar::TargetAndMark* target,
                                     ExprNode* annotation, ExprNode* value) {
  const int simple = target->target->kind == ExprKind::kName ? target->mark : 0;
  return Make<AnnAssign>(span, target->target, annotation, value, simple);
}

StmtNode* TreeBuilder::MakeDelete(const Span& span, const ListBuilder<ExprNode*>* targets) {
  for (ExprNode* target : Done(targets)) {
    if (!SetContext(target, ExprContext::kDel, false)) Reject();
  }
  return Make<Delete>(span, Done(targets));
}

StmtNode* TreeBuilder::MakeClass(const Span& span, const Token* name,
                                 const ListBuilder<grammar::ArgumentItem*>* arguments,
                                 const ListBuilder<StmtNode*>* body) {
  Seq<ExprNode*> bases;
  Seq<Keyword*> keywords;
  SortArguments(arguments, &bases, &keywords);
  return Make<ClassDef>(span, NameOf(name), bases, keywords, Done(body), Seq<ExprNode*>());
}

StmtNode* TreeBuilder::Decorate(const ListBuilder<ExprNode*>* decorators, StmtNode* definition) {
  switch (definition->kind) {
    case StmtKind::kFunctionDef:
      definition->As<FunctionDef>()->decorator_list = Done(decorators);
      return Finished(definition->As<FunctionDef>());
    case StmtKind::kAsyncFunctionDef:
      definition->As<AsyncFunctionDef>()->decorator_list = Done(decorators);
      return Finished(definition->As<AsyncFunctionDef>());
    default:
      definition->As<ClassDef>()->decorator_list = Done(decorators);
      return Finished(definition->As<ClassDef>());
  }
}

StmtNode* TreeBuilder::MakeAsync(const Span& span, StmtNode* statement) {
  const Span whole = Join(span, statement->span);
  switch (statement->kind) {
    case StmtKind::kFunctionDef: {
      const auto* def = statement->As<FunctionDef>();
      return Make<AsyncFunctionDef>(whole, def->name, def->args, def->body, def->decorator_list,
                                    def->returns);
    }
    case StmtKind::kFor: {
      const auto* loop = statement->As<For>();
      return Make<AsyncFor>(whole, loop->target, loop->iter, loop->body, loop->orelse);
    }
    default: {
      const auto* with = statement->As<With>();
      return Make<AsyncWith>(whole, with->items, with->body);
    }
  }
}

Alias* TreeBuilder::StarAlias(const Span& span) {
  return MakeHelper<Alias>(span, arena_->Intern("*"), Identifier());
}

grammar::WithParenItem* TreeBuilder::ParenItem(ExprNode* value, ExprNode* target, bool plain) {
  return arena_->New<grammar::WithParenItem>(value, target, plain);
}

StmtNode* TreeBuilder::MakeWithOne(const Span& span, ExprNode* value,
                                   const ListBuilder<StmtNode*>* body) {
  WithItem* item = MakePlain<WithItem>(value, NoExpr());
  return Make<With>(span, arena_->Copy(&item, 1), Done(body));
}

StmtNode* TreeBuilder::MakeParenWith(const Span& span,
                                     const ListBuilder<grammar::WithParenItem*>* items,
                                     bool trailing_comma, const Span& bracket_span,
                                     const ListBuilder<StmtNode*>* body) {
  bool plain = true;
  bool any_target = false;
  ListBuilder<WithItem*> with_items;
  ListBuilder<ExprNode*> values;
  for (grammar::WithParenItem* item : Done(items)) {
    plain = plain && item->plain;
    any_target = any_target || item->target != nullptr;
    with_items.Push(*arena_, MakePlain<WithItem>(item->value, item->target));
    values.Push(*arena_, item->value);
  }
  if (plain) return Make<With>(span, Done(&with_items), Done(body));
  const bool single = values.size == 1 && !trailing_comma;
  if (any_target || (single && values.data[0]->kind == ExprKind::kStarred)) Reject();
  return MakeWithOne(span, single ? values.data[0] : TupleOf(bracket_span, &values), body);
}

// ---------------------------------------------------------------------------------------------------------------------
// Patterns

Identifier TreeBuilder::CaptureName(const Token* name) {
  return tokens_->Text(*name) == "_" ? Identifier() : NameOf(name);
}

PatternNode* TreeBuilder::MakeCapture(const Span& span, const Token* name) {
  return Make<MatchAs>(span, static_cast<PatternNode*>(nullptr), CaptureName(name));
}

PatternNode* TreeBuilder::MakeAsPattern(const Span& span, PatternNode* pattern, const Token* name) {
  if (tokens_->Text(*name) == "_") Reject();
  return Make<MatchAs>(span, pattern, NameOf(name));
}

PatternNode* TreeBuilder::MakeSingleton(const Span& span, ConstantKind kind) {
  ConstantValue value;
  value.kind = kind;
  return Make<MatchSingleton>(span, value);
}

PatternNode* TreeBuilder::MakeSequencePattern(const Span& span,
                                              const ListBuilder<PatternNode*>* items) {
  return Make<MatchSequence>(span, Done(items));
}

grammar::MappingItem* TreeBuilder::MappingPair(ExprNode* key, PatternNode* pattern) {
  return arena_->New<grammar::MappingItem>(key, pattern, Identifier());
}

grammar::MappingItem* TreeBuilder::MappingRest(const Token* name) {
  if (tokens_->Text(*name) == "_") Reject();
  return arena_->New<grammar::MappingItem>(nullptr, nullptr, NameOf(name));
}

PatternNode* TreeBuilder::MakeMappingPattern(const Span& span,
                                             const ListBuilder<grammar::MappingItem*>* items) {
  ListBuilder<ExprNode*> keys;
  ListBuilder<PatternNode*> patterns;
  Identifier rest;
  for (const grammar::MappingItem* item : Done(items)) {
    if (rest.data() != nullptr) Reject();
    if (item->key == nullptr) {
      rest = item->rest;
      continue;
    }
    keys.Push(*arena_, item->key);
    patterns.Push(*arena_, item->pattern);
  }
  return Make<MatchMapping>(span, Done(&keys), Done(&patterns), rest);
}

grammar::ClassPatternItem* TreeBuilder::ClassItem(const Token* name, PatternNode* pattern) {
  return arena_->New<grammar::ClassPatternItem>(name == nullptr ? Identifier() : NameOf(name),
                                                pattern);
}

PatternNode* TreeBuilder::MakeClassPattern(const Span& span, ExprNode* cls,
                                           const ListBuilder<grammar::ClassPatternItem*>* items) {
  ListBuilder<PatternNode*> positional, named;
  ListBuilder<Identifier> names;
  for (const grammar::ClassPatternItem* item : Done(items)) {
    if (item->name.data() != nullptr) {
      names.Push(*arena_, item->name);
      named.Push(*arena_, item->pattern);
      continue;
    }
    if (names.size > 0) Reject();
    positional.Push(*arena_, item->pattern);
  }
  return Make<MatchClass>(span, cls, Done(&positional), Done(&names), Done(&named));
}

ExprNode* TreeBuilder::MakeComplex(const Span& span, ExprNode* real, Operator op,
                                   ExprNode* imaginary) {
  const ExprNode* number = real->kind == ExprKind::kUnaryOp ? real->As<UnaryOp>()->operand : real;
  const bool real_is_real = number->As<Constant>()->value.kind != ConstantKind::kImaginary;
  const bool imaginary_is = imaginary->As<Constant>()->value.kind == ConstantKind::kImaginary;
  if (!real_is_real || !imaginary_is) Reject();
  return Make<BinOp>(span, real, op, imaginary);
}

}  // namespace gila::compiler

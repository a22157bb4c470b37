// The two passes over the tree that decide what every name means; scope.h says what they leave
// behind.
//
// Collecting visits statements and expressions in the order in which CPython's symtable does,
// because that order decides which of two mistakes is reported. Resolving goes from the outside in:
// a block's own bindings are local until some inner block is found to use them, which makes them
// cells.
#include "compiler/scope.h"

#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"

namespace gila::compiler {

using ast::ExprKind;
using ast::ExprNode;
using ast::PatternKind;
using ast::PatternNode;
using ast::Span;
using ast::StmtKind;
using ast::StmtNode;

namespace {

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

std::string_view Mangle(std::string_view private_class, std::string_view name, Arena& arena) {
  if (private_class.empty() || name.size() < 3 || name[0] != '_' || name[1] != '_') return name;
  if (name.substr(name.size() - 2) == "__" || name.find('.') != std::string_view::npos) return name;
  const size_t first = private_class.find_first_not_of('_');
  if (first == std::string_view::npos) return name;
  return arena.Intern(absl::StrCat("_", View(private_class.substr(first)), View(name)));
}

class ScopeBuilder {
 public:
  ScopeBuilder(const ScopeOptions& options, Arena& arena, ScopeTable* table, ScopeError* error)
      : options_(options), arena_(arena), table_(table), error_(error) {
    class_name_ = arena.Intern("__class__");
    super_name_ = arena.Intern("super");
    first_iterator_ = arena.Intern(".0");
  }

  bool Build(ast::Module* module) {
    table_->module_ = Enter(ScopeKind::kModule, module, "<module>", Span{1, 0, 1, 0}, {});
    if (module->expression != nullptr) Visit(module->expression);
    VisitAll(module->body);
    current_ = nullptr;
    if (!failed()) Resolve(table_->module_);
    return !failed();
  }

 private:
  bool failed() const { return !error_->message.empty(); }

  void Fail(const Span& span, std::string message) {
    if (failed()) return;
    error_->message = std::move(message);
    error_->span = span;
  }

  // --- blocks and symbols ---

  Scope* Enter(ScopeKind kind, const void* node, std::string_view name, const Span& span,
               std::string_view private_class) {
    Scope& scope = table_->scopes_.emplace_back();
    scope.kind = kind;
    scope.node = node;
    scope.parent = current_;
    scope.name = name;
    scope.span = span;
    scope.private_class = private_class;
    if (current_ != nullptr) {
      scope.is_nested = current_->is_nested || current_->IsFunctionLike();
      current_->children.push_back(&scope);
    }
    table_->by_node_[node] = &scope;
    current_ = &scope;
    return &scope;
  }

  void Leave() { current_ = current_->parent; }

  std::string_view Mangled(std::string_view name) {
    return Mangle(current_->private_class, name, arena_);
  }

  Symbol* SymbolIn(Scope* scope, std::string_view mangled) {
    Symbol*& symbol = scope->index[mangled.data()];
    if (symbol == nullptr) {
      symbol = &table_->symbols_.emplace_back();
      symbol->name = mangled;
      scope->symbols.push_back(symbol);
    }
    return symbol;
  }

  Symbol* Here(std::string_view name) { return SymbolIn(current_, Mangled(name)); }

  Symbol* Bind(std::string_view name, const Span& span) {
    Symbol* symbol = Here(name);
    symbol->is_bound = true;
    NoteIterationVariable(symbol, span);
    return symbol;
  }

  void NoteIterationVariable(Symbol* symbol, const Span& span) {
    if (!in_iteration_target_) return;
    if (symbol->is_global || symbol->is_nonlocal) {
      Fail(span,
           absl::StrCat("comprehension inner loop cannot rebind assignment expression target '",
                        View(symbol->name), "'"));
    }
    symbol->is_iteration_variable = true;
  }

  void Assign(std::string_view name, const Span& span) {
    Bind(name, span)->is_assigned_here = true;
  }

  void Use(std::string_view name) {
    Here(name)->is_used = true;
    if (current_->IsFunctionLike() && name == super_name_) {
      SymbolIn(current_, class_name_)->is_used = true;
    }
  }

  void BindParameter(std::string_view name, const Span& span) {
    Symbol* symbol = Here(name);
    if (symbol->is_parameter) {
      Fail(span,
           absl::StrCat("duplicate argument '", View(symbol->name), "' in function definition"));
    }
    symbol->is_parameter = symbol->is_bound = true;
  }

  // --- statements ---

  void VisitAll(Seq<StmtNode*> body) {
    for (StmtNode* statement : body) {
      if (failed()) return;
      Visit(statement);
    }
  }

  void Visit(StmtNode* node) {
    switch (node->kind) {
      case StmtKind::kFunctionDef:
        return VisitFunction(node->As<ast::FunctionDef>(), false);
      case StmtKind::kAsyncFunctionDef:
        return VisitFunction(node->As<ast::AsyncFunctionDef>(), true);
      case StmtKind::kClassDef:
        return VisitClass(node->As<ast::ClassDef>());
      case StmtKind::kReturn:
        return VisitReturn(node->As<ast::Return>());
      case StmtKind::kAnnAssign:
        return VisitAnnAssign(node->As<ast::AnnAssign>());
      case StmtKind::kTry:
        return VisitTry(node->As<ast::Try>());
      case StmtKind::kTryStar:
        return VisitTry(node->As<ast::TryStar>());
      case StmtKind::kMatch:
        return VisitMatch(node->As<ast::Match>());
      case StmtKind::kImport:
        return VisitAliases(node->As<ast::Import>()->names);
      case StmtKind::kImportFrom:
        return VisitAliases(node->As<ast::ImportFrom>()->names);
      case StmtKind::kGlobal:
        return VisitGlobal(node->As<ast::Global>()->names, node->span, true);
      case StmtKind::kNonlocal:
        return VisitGlobal(node->As<ast::Nonlocal>()->names, node->span, false);
      case StmtKind::kWith:
        return VisitWith(node->As<ast::With>());
      case StmtKind::kAsyncWith:
        return VisitWith(node->As<ast::AsyncWith>());
      default:
        return VisitSimple(node);
    }
  }

  // The statements whose fields are visited as they stand.
  void VisitSimple(StmtNode* node) {
    switch (node->kind) {
      case StmtKind::kDelete:
        return VisitAll(node->As<ast::Delete>()->targets);
      case StmtKind::kAssign:
        VisitAll(node->As<ast::Assign>()->targets);
        return Visit(node->As<ast::Assign>()->value);
      case StmtKind::kAugAssign:
        Visit(node->As<ast::AugAssign>()->target);
        return Visit(node->As<ast::AugAssign>()->value);
      case StmtKind::kFor:
        return VisitFor(node->As<ast::For>());
      case StmtKind::kAsyncFor:
        return VisitFor(node->As<ast::AsyncFor>());
      case StmtKind::kWhile:
        Visit(node->As<ast::While>()->test);
        VisitAll(node->As<ast::While>()->body);
        return VisitAll(node->As<ast::While>()->orelse);
      case StmtKind::kIf:
        Visit(node->As<ast::If>()->test);
        VisitAll(node->As<ast::If>()->body);
        return VisitAll(node->As<ast::If>()->orelse);
      case StmtKind::kRaise:
        VisitOptional(node->As<ast::Raise>()->exc);
        return VisitOptional(node->As<ast::Raise>()->cause);
      case StmtKind::kAssert:
        Visit(node->As<ast::Assert>()->test);
        return VisitOptional(node->As<ast::Assert>()->msg);
      case StmtKind::kExpr:
        return Visit(node->As<ast::Expr>()->value);
      default:
        return;
    }
  }

  template <typename Function>
  void VisitFunction(Function* node, bool is_async) {
    Assign(node->name, node->span);
    VisitDefaults(node->args);
    VisitAnnotations(node->args, node->returns);
    VisitAll(node->decorator_list);
    Enter(ScopeKind::kFunction, node, node->name, node->span, current_->private_class);
    current_->is_coroutine = current_->is_async_function = is_async;
    VisitParameters(node->args);
    VisitAll(node->body);
    Leave();
  }

  void VisitClass(ast::ClassDef* node) {
    Assign(node->name, node->span);
    VisitAll(node->bases);
    for (ast::Keyword* keyword : node->keywords) Visit(keyword->value);
    VisitAll(node->decorator_list);
    Enter(ScopeKind::kClass, node, node->name, node->span, node->name);
    VisitAll(node->body);
    Leave();
  }

  void VisitReturn(ast::Return* node) {
    if (node->value == nullptr) return;
    Visit(node->value);
    if (!current_->has_return_value) current_->return_span = node->span;
    current_->has_return_value = true;
  }

  void VisitAnnAssign(ast::AnnAssign* node) {
    if (current_->kind == ScopeKind::kModule || current_->kind == ScopeKind::kClass) {
      current_->has_annotations = true;
    }
    if (const ast::Name* name = node->target->DynAs<ast::Name>()) {
      Symbol* symbol = Here(name->id);
      const bool declared = symbol->is_global || symbol->is_nonlocal;
      if (declared && current_->kind != ScopeKind::kModule && node->simple != 0) {
        Fail(node->span, absl::StrCat("annotated name '", View(name->id), "' can't be ",
                                      symbol->is_global ? "global" : "nonlocal"));
        return;
      }
      if (node->simple != 0) symbol->is_annotated = true;
      if (node->simple != 0 || node->value != nullptr) Assign(name->id, name->span);
    } else {
      Visit(node->target);
    }
    VisitAnnotation(node->annotation);
    VisitOptional(node->value);
  }

  template <typename TryNode>
  void VisitTry(TryNode* node) {
    VisitAll(node->body);
    for (ast::ExceptHandler* handler : node->handlers) {
      VisitOptional(handler->type);
      if (handler->name.data() != nullptr) Assign(handler->name, handler->span);
      VisitAll(handler->body);
    }
    VisitAll(node->orelse);
    VisitAll(node->finalbody);
  }

  template <typename ForNode>
  void VisitFor(ForNode* node) {
    Visit(node->target);
    Visit(node->iter);
    VisitAll(node->body);
    VisitAll(node->orelse);
  }

  template <typename WithNode>
  void VisitWith(WithNode* node) {
    for (ast::WithItem* item : node->items) {
      Visit(item->context_expr);
      VisitOptional(item->optional_vars);
    }
    VisitAll(node->body);
  }

  void VisitMatch(ast::Match* node) {
    Visit(node->subject);
    for (ast::MatchCase* match_case : node->cases) {
      VisitPattern(match_case->pattern);
      VisitOptional(match_case->guard);
      VisitAll(match_case->body);
    }
  }

  void VisitAliases(Seq<ast::Alias*> aliases) {
    for (ast::Alias* alias : aliases) {
      std::string_view name = alias->asname.data() != nullptr ? alias->asname : alias->name;
      if (name == "*") {
        if (current_->kind != ScopeKind::kModule) {
          Fail(alias->span, "import * only allowed at module level");
        }
        continue;
      }
      const size_t dot = name.find('.');
      if (dot != std::string_view::npos) name = arena_.Intern(name.substr(0, dot));
      Bind(name, alias->span);
    }
  }

  void VisitGlobal(Seq<ast::Identifier> names, const Span& span, bool is_global) {
    const char* word = is_global ? "global" : "nonlocal";
    for (ast::Identifier name : names) {
      Symbol* symbol = Here(name);
      if (symbol->is_parameter) {
        Fail(span, absl::StrCat("name '", View(name), "' is parameter and ", word));
      } else if (symbol->is_used) {
        Fail(span, absl::StrCat("name '", View(name), "' is used prior to ", word, " declaration"));
      } else if (symbol->is_annotated) {
        Fail(span, absl::StrCat("annotated name '", View(name), "' can't be ", word));
      } else if (symbol->is_assigned_here) {
        Fail(span,
             absl::StrCat("name '", View(name), "' is assigned to before ", word, " declaration"));
      }
      if (!symbol->is_global && !symbol->is_nonlocal) symbol->declared = span;
      (is_global ? symbol->is_global : symbol->is_nonlocal) = true;
      // What a function calls global is global in the module too, even where exec gives it locals
      // of its own.
      if (is_global && current_ != table_->module_)
        SymbolIn(table_->module_, symbol->name)->is_global_inside = true;
    }
  }

  // --- functions ---

  void VisitDefaults(ast::Arguments* arguments) {
    VisitAll(arguments->defaults);
    for (ExprNode* value : arguments->kw_defaults) VisitOptional(value);
  }

  void VisitArgAnnotations(Seq<ast::Arg*> list) {
    for (ast::Arg* arg : list) {
      if (arg->annotation != nullptr) VisitAnnotation(arg->annotation);
    }
  }

  void VisitAnnotations(ast::Arguments* arguments, ExprNode* returns) {
    VisitArgAnnotations(arguments->posonlyargs);
    VisitArgAnnotations(arguments->args);
    for (ast::Arg* arg : {arguments->vararg, arguments->kwarg}) {
      if (arg != nullptr && arg->annotation != nullptr) VisitAnnotation(arg->annotation);
    }
    VisitArgAnnotations(arguments->kwonlyargs);
    if (returns != nullptr) VisitAnnotation(returns);
  }

  // Under `from __future__ import annotations` nothing is evaluated: names in it bind and use
  // nothing.
  void VisitAnnotation(ExprNode* node) {
    if (!options_.future_annotations) return Visit(node);
    Scope* const outer = current_;
    const bool outer_annotation = std::exchange(in_annotation_, true);
    Scope aside;
    aside.parent = outer;
    aside.private_class = outer->private_class;
    current_ = &aside;
    Visit(node);
    current_ = outer;
    in_annotation_ = outer_annotation;
  }

  void VisitParameters(ast::Arguments* arguments) {
    for (Seq<ast::Arg*> list : {arguments->posonlyargs, arguments->args, arguments->kwonlyargs}) {
      for (ast::Arg* arg : list) BindParameter(arg->arg, arg->span);
    }
    for (ast::Arg* arg : {arguments->vararg, arguments->kwarg}) {
      if (arg != nullptr) BindParameter(arg->arg, arg->span);
    }
  }

  void VisitLambda(ast::Lambda* node) {
    VisitDefaults(node->args);
    Enter(ScopeKind::kLambda, node, "<lambda>", node->span, current_->private_class);
    const bool in_target = std::exchange(in_iteration_target_, false);
    VisitParameters(node->args);
    Visit(node->body);
    in_iteration_target_ = in_target;
    Leave();
  }

  // --- expressions ---

  void VisitAll(Seq<ExprNode*> nodes) {
    for (ExprNode* node : nodes) {
      if (node != nullptr) Visit(node);
    }
  }

  void VisitOptional(ExprNode* node) {
    if (node != nullptr) Visit(node);
  }

  void Visit(ExprNode* node) {
    if (failed()) return;
    switch (node->kind) {
      case ExprKind::kName:
        return VisitName(node->As<ast::Name>());
      case ExprKind::kNamedExpr:
        return VisitNamedExpr(node->As<ast::NamedExpr>());
      case ExprKind::kLambda:
        return VisitLambda(node->As<ast::Lambda>());
      case ExprKind::kListComp: {
        auto* comp = node->As<ast::ListComp>();
        return VisitComprehension(node, "<listcomp>", comp->generators, comp->elt, nullptr);
      }
      case ExprKind::kSetComp: {
        auto* comp = node->As<ast::SetComp>();
        return VisitComprehension(node, "<setcomp>", comp->generators, comp->elt, nullptr);
      }
      case ExprKind::kDictComp: {
        auto* comp = node->As<ast::DictComp>();
        return VisitComprehension(node, "<dictcomp>", comp->generators, comp->key, comp->value);
      }
      case ExprKind::kGeneratorExp: {
        auto* comp = node->As<ast::GeneratorExp>();
        return VisitComprehension(node, "<genexpr>", comp->generators, comp->elt, nullptr);
      }
      case ExprKind::kYield:
        if (!Allowed(node, "yield expression")) return;
        VisitOptional(node->As<ast::Yield>()->value);
        return MarkGenerator(node);
      case ExprKind::kYieldFrom:
        if (!Allowed(node, "yield expression")) return;
        Visit(node->As<ast::YieldFrom>()->value);
        return MarkGenerator(node);
      case ExprKind::kAwait:
        if (!Allowed(node, "await expression")) return;
        Visit(node->As<ast::Await>()->value);
        current_->is_coroutine = true;
        return;
      default:
        return VisitOperands(node);
    }
  }

  // The expressions whose operands are visited in order and nothing else.
  void VisitOperands(ExprNode* node) {
    switch (node->kind) {
      case ExprKind::kBoolOp:
        return VisitAll(node->As<ast::BoolOp>()->values);
      case ExprKind::kBinOp:
        Visit(node->As<ast::BinOp>()->left);
        return Visit(node->As<ast::BinOp>()->right);
      case ExprKind::kUnaryOp:
        return Visit(node->As<ast::UnaryOp>()->operand);
      case ExprKind::kIfExp:
        Visit(node->As<ast::IfExp>()->test);
        Visit(node->As<ast::IfExp>()->body);
        return Visit(node->As<ast::IfExp>()->orelse);
      case ExprKind::kDict:
        VisitAll(node->As<ast::Dict>()->keys);
        return VisitAll(node->As<ast::Dict>()->values);
      case ExprKind::kSet:
        return VisitAll(node->As<ast::Set>()->elts);
      case ExprKind::kCompare:
        Visit(node->As<ast::Compare>()->left);
        return VisitAll(node->As<ast::Compare>()->comparators);
      case ExprKind::kCall:
        Visit(node->As<ast::Call>()->func);
        VisitAll(node->As<ast::Call>()->args);
        for (ast::Keyword* keyword : node->As<ast::Call>()->keywords) Visit(keyword->value);
        return;
      case ExprKind::kFormattedValue:
        Visit(node->As<ast::FormattedValue>()->value);
        return VisitOptional(node->As<ast::FormattedValue>()->format_spec);
      case ExprKind::kJoinedStr:
        return VisitAll(node->As<ast::JoinedStr>()->values);
      case ExprKind::kAttribute:
        return Visit(node->As<ast::Attribute>()->value);
      case ExprKind::kSubscript:
        Visit(node->As<ast::Subscript>()->value);
        return Visit(node->As<ast::Subscript>()->slice);
      case ExprKind::kStarred:
        return Visit(node->As<ast::Starred>()->value);
      case ExprKind::kList:
        return VisitAll(node->As<ast::List>()->elts);
      case ExprKind::kTuple:
        return VisitAll(node->As<ast::Tuple>()->elts);
      case ExprKind::kSlice:
        VisitOptional(node->As<ast::Slice>()->lower);
        VisitOptional(node->As<ast::Slice>()->upper);
        return VisitOptional(node->As<ast::Slice>()->step);
      default:
        return;
    }
  }

  void VisitName(ast::Name* node) {
    if (node->ctx == ast::ExprContext::kLoad) return Use(node->id);
    Assign(node->id, node->span);
  }

  bool Allowed(ExprNode* node, const char* what) {
    if (in_annotation_)
      Fail(node->span, absl::StrCat("'", what, "' can not be used within an annotation"));
    return !failed();
  }

  void MarkGenerator(ExprNode* node) {
    current_->is_generator = true;
    if (current_->kind != ScopeKind::kComprehension) return;
    const char* where = current_->name == "<listcomp>"   ? "list comprehension"
                        : current_->name == "<setcomp>"  ? "set comprehension"
                        : current_->name == "<dictcomp>" ? "dict comprehension"
                                                         : "generator expression";
    Fail(node->span, absl::StrCat("'yield' inside ", where));
  }

  void VisitNamedExpr(ast::NamedExpr* node) {
    if (!Allowed(node, "named expression")) return;
    if (iteration_depth_ > 0) {
      Fail(node->span,
           "assignment expression cannot be used in a comprehension iterable expression");
      return;
    }
    const auto* target = node->target->As<ast::Name>();
    if (current_->kind == ScopeKind::kComprehension) {
      ExtendNamedExpr(target);
    } else {
      Here(target->id)->is_rebound = true;
    }
    Visit(node->value);
    Visit(node->target);
  }

  // A := in a comprehension binds in the block around all the comprehensions.
  void ExtendNamedExpr(const ast::Name* target) {
    const std::string_view name = Mangled(target->id);
    for (Scope* scope = current_; scope != nullptr; scope = scope->parent) {
      if (scope->kind == ScopeKind::kComprehension) {
        const Symbol* symbol = scope->Find(name);
        if (symbol == nullptr || !symbol->is_iteration_variable || !symbol->is_bound) continue;
        Fail(target->span,
             absl::StrCat("assignment expression cannot rebind comprehension iteration variable '",
                          View(target->id), "'"));
        return;
      }
      if (scope->kind == ScopeKind::kClass) {
        Fail(target->span,
             "assignment expression within a comprehension cannot be used in a class body");
        return;
      }
      Symbol* outer = SymbolIn(scope, name);
      Symbol* inner = SymbolIn(current_, name);
      if (!inner->is_global && !inner->is_nonlocal) inner->declared = target->span;
      const bool to_module = scope->kind == ScopeKind::kModule;
      if (to_module || outer->is_global) {
        inner->is_global = true;
      } else {
        inner->is_nonlocal = true;
      }
      if (to_module) {
        outer->is_global = true;
      } else {
        outer->is_bound = outer->is_assigned_here = true;
      }
      return;
    }
  }

  void VisitComprehension(ExprNode* node, const char* name, Seq<ast::Comprehension*> generators,
                          ExprNode* element, ExprNode* value) {
    ast::Comprehension* outermost = generators[0];
    ++iteration_depth_;
    Visit(outermost->iter);
    --iteration_depth_;
    Scope* scope =
        Enter(ScopeKind::kComprehension, node, name, node->span, current_->private_class);
    const bool in_target = std::exchange(in_iteration_target_, false);
    if (outermost->is_async != 0) scope->is_coroutine = true;
    BindParameter(first_iterator_, node->span);
    for (size_t i = 0; i < generators.size(); ++i) {
      ast::Comprehension* generator = generators[i];
      in_iteration_target_ = true;
      Visit(generator->target);
      in_iteration_target_ = false;
      if (i > 0) {
        ++iteration_depth_;
        Visit(generator->iter);
        --iteration_depth_;
        if (generator->is_async != 0) scope->is_coroutine = true;
      }
      VisitAll(generator->ifs);
    }
    VisitOptional(value);
    Visit(element);
    in_iteration_target_ = in_target;
    const bool is_generator = node->kind == ExprKind::kGeneratorExp;
    scope->is_generator = is_generator;
    scope->is_async_comprehension = scope->is_coroutine && !is_generator;
    Leave();
    if (scope->is_async_comprehension) current_->is_coroutine = true;
  }

  void VisitPattern(PatternNode* node) {
    switch (node->kind) {
      case PatternKind::kMatchValue:
        return Visit(node->As<ast::MatchValue>()->value);
      case PatternKind::kMatchSingleton:
        return;
      case PatternKind::kMatchSequence:
        return VisitPatterns(node->As<ast::MatchSequence>()->patterns);
      case PatternKind::kMatchMapping: {
        auto* mapping = node->As<ast::MatchMapping>();
        VisitAll(mapping->keys);
        VisitPatterns(mapping->patterns);
        if (mapping->rest.data() != nullptr) Assign(mapping->rest, node->span);
        return;
      }
      case PatternKind::kMatchClass: {
        auto* pattern = node->As<ast::MatchClass>();
        Visit(pattern->cls);
        VisitPatterns(pattern->patterns);
        return VisitPatterns(pattern->kwd_patterns);
      }
      case PatternKind::kMatchStar:
        if (node->As<ast::MatchStar>()->name.data() != nullptr) {
          Assign(node->As<ast::MatchStar>()->name, node->span);
        }
        return;
      case PatternKind::kMatchAs: {
        auto* as = node->As<ast::MatchAs>();
        if (as->pattern != nullptr) VisitPattern(as->pattern);
        if (as->name.data() != nullptr) Assign(as->name, node->span);
        return;
      }
      case PatternKind::kMatchOr:
        return VisitPatterns(node->As<ast::MatchOr>()->patterns);
    }
  }

  void VisitPatterns(Seq<PatternNode*> patterns) {
    for (PatternNode* pattern : patterns) VisitPattern(pattern);
  }

  // --- resolving ---

  void Resolve(Scope* scope) {
    // Symbols that inner blocks add while this runs are resolved as they are added.
    for (size_t i = 0; i < scope->symbols.size(); ++i) ResolveSymbol(scope, scope->symbols[i]);
    for (Scope* child : scope->children) {
      if (failed()) return;
      Resolve(child);
    }
  }

  void ResolveSymbol(Scope* scope, Symbol* symbol) {
    if (failed() || symbol->storage != Storage::kUnresolved) return;
    if (symbol->is_global) {
      if (symbol->is_nonlocal) {
        Fail(symbol->declared,
             absl::StrCat("name '", View(symbol->name), "' is nonlocal and global"));
      }
      symbol->storage = Storage::kGlobalExplicit;
      return;
    }
    if (symbol->is_global_inside) {
      symbol->storage = Storage::kGlobalExplicit;
      return;
    }
    if (symbol->is_nonlocal && scope->kind == ScopeKind::kModule) {
      Fail(symbol->declared, "nonlocal declaration not allowed at module level");
      return;
    }
    if (symbol->is_bound && !symbol->is_nonlocal) {
      symbol->storage = Storage::kLocal;
      return;
    }
    if (ResolveFree(scope, symbol)) return;
    if (symbol->is_nonlocal) {
      Fail(symbol->declared,
           absl::StrCat("no binding for nonlocal '", View(symbol->name), "' found"));
    }
    symbol->storage = Storage::kGlobalImplicit;
  }

  // Looks for the binding in the enclosing functions. On success every block between gets the name
  // into its closure.
  bool ResolveFree(Scope* scope, Symbol* symbol) {
    for (Scope* outer = scope->parent; outer != nullptr; outer = outer->parent) {
      if (outer->kind == ScopeKind::kModule) return false;
      if (outer->kind == ScopeKind::kClass) {
        if (symbol->name.data() != class_name_.data()) continue;
        outer->needs_class_cell = true;
        PassThrough(scope, outer, symbol->name);
        symbol->storage = Storage::kFree;
        return true;
      }
      Symbol* binding = outer->Find(symbol->name);
      if (binding == nullptr) continue;
      if (binding->is_global) return false;
      if (!binding->is_bound || binding->is_nonlocal) continue;
      binding->storage = Storage::kCell;
      PassThrough(scope, outer, symbol->name);
      symbol->storage = Storage::kFree;
      return true;
    }
    return false;
  }

  void PassThrough(Scope* inner, Scope* outer, std::string_view name) {
    for (Scope* scope = inner->parent; scope != outer; scope = scope->parent) {
      Symbol* symbol = SymbolIn(scope, name);
      const bool own = symbol->is_bound || symbol->is_global;
      if (!own || symbol->is_nonlocal) symbol->storage = Storage::kFree;
      symbol->is_passed = true;
    }
  }

  const ScopeOptions& options_;
  Arena& arena_;
  ScopeTable* table_;
  ScopeError* error_;
  Scope* current_ = nullptr;
  std::string_view class_name_, super_name_, first_iterator_;
  bool in_annotation_ = false;
  // Inside the target of a comprehension's `for`.
  bool in_iteration_target_ = false;
  // How many iterables of comprehensions we are in.
  int iteration_depth_ = 0;
};

bool BuildScopes(ast::Module* module, const ScopeOptions& options, Arena& arena, ScopeTable* table,
                 ScopeError* error) {
  return ScopeBuilder(options, arena, table, error).Build(module);
}

}  // namespace gila::compiler

// ast_rules.cc: what the grammar sees to in source text, and a tree made of objects may lack: lists
// that are not empty, contexts that fit, as many values as keys. The code generator relies on it.
#include <string>
#include <string_view>

#include "runtime/result.h"
#include "stdlib/ast_bridge.h"

namespace gila {
namespace {

namespace ast = compiler::ast;
using compiler::Seq;

const char* NameOf(ast::ExprContext context) {
  constexpr const char* kNames[] = {"Load", "Store", "Del"};
  return kNames[static_cast<int>(context)];
}

class Checker {
 public:
  explicit Checker(Thread& thread) : thread_(thread) {}

  Status Root(ast::Module* module) {
    if (module->expression != nullptr) return Expr(module->expression, ast::ExprContext::kLoad);
    return Body(module->body);
  }

 private:
  Status Empty(const char* list, const char* node) {
    return thread_.RaiseValueError("empty %s on %s", list, node);
  }

  Status Body(const Seq<ast::StmtNode*>& body) {
    for (ast::StmtNode* statement : body) GILA_TRY_VOID(Stmt(statement));
    return kOk;
  }
  Status FullBody(const Seq<ast::StmtNode*>& body, const char* node) {
    if (body.empty()) return Empty("body", node);
    return Body(body);
  }
  Status Exprs(const Seq<ast::ExprNode*>& items, ast::ExprContext context,
               bool may_be_null = false) {
    for (ast::ExprNode* item : items) {
      if (item != nullptr) {
        GILA_TRY_VOID(Expr(item, context));
      } else if (!may_be_null) {
        return thread_.RaiseValueError("None disallowed in expression list");
      }
    }
    return kOk;
  }
  Status Loads(const Seq<ast::ExprNode*>& items) { return Exprs(items, ast::ExprContext::kLoad); }
  Status Load(ast::ExprNode* node) {
    return node == nullptr ? kOk : Expr(node, ast::ExprContext::kLoad);
  }

  // Children of every node, whatever it is: expressions are read unless a case below says
  // otherwise.
  template <typename T>
  [[gnu::noinline]] Status Children(T* node) {
    Status status = kOk;
    ast::VisitFields(node, [&](const char*, auto& value) {
      if (status.ok()) status = Child(value);
    });
    return status;
  }
  Status Child(ast::ExprNode*& node) { return Load(node); }
  Status Child(Seq<ast::ExprNode*>& items) { return Exprs(items, ast::ExprContext::kLoad, true); }
  Status Child(Seq<ast::StmtNode*>& items) { return Body(items); }
  Status Child(ast::PatternNode*& node) { return node == nullptr ? kOk : Pattern(node); }
  Status Child(Seq<ast::PatternNode*>& items) {
    for (ast::PatternNode* item : items) GILA_TRY_VOID(Pattern(item));
    return kOk;
  }
  Status Child(ast::Arguments*& node) { return Arguments(node); }
  template <typename T>
  Status Child(Seq<T*>& items) {
    for (T* item : items) GILA_TRY_VOID(Helper(item));
    return kOk;
  }
  template <typename T>
  Status Child(T&) {
    return kOk;
  }

  Status Helper(ast::Keyword* node) { return Load(node->value); }
  Status Helper(ast::Alias*) { return kOk; }
  Status Helper(ast::Arg* node) { return Load(node->annotation); }
  Status Helper(ast::WithItem* node) {
    GILA_TRY_VOID(Load(node->context_expr));
    return node->optional_vars == nullptr ? kOk
                                          : Expr(node->optional_vars, ast::ExprContext::kStore);
  }
  Status Helper(ast::ExceptHandler* node) {
    GILA_TRY_VOID(Load(node->type));
    return FullBody(node->body, "ExceptHandler");
  }
  Status Helper(ast::MatchCase* node) {
    GILA_TRY_VOID(Pattern(node->pattern));
    GILA_TRY_VOID(Load(node->guard));
    return FullBody(node->body, "match_case");
  }
  Status Helper(ast::Comprehension* node) {
    GILA_TRY_VOID(Expr(node->target, ast::ExprContext::kStore));
    GILA_TRY_VOID(Load(node->iter));
    return Loads(node->ifs);
  }

  Status Arguments(ast::Arguments* node) {
    for (const Seq<ast::Arg*>* list : {&node->posonlyargs, &node->args, &node->kwonlyargs}) {
      for (ast::Arg* arg : *list) GILA_TRY_VOID(Helper(arg));
    }
    for (ast::Arg* arg : {node->vararg, node->kwarg}) {
      if (arg != nullptr) GILA_TRY_VOID(Helper(arg));
    }
    if (node->defaults.size() > node->posonlyargs.size() + node->args.size()) {
      return thread_.RaiseValueError("more positional defaults than args on arguments");
    }
    if (node->kw_defaults.size() != node->kwonlyargs.size()) {
      return thread_.RaiseValueError(
          "length of kwonlyargs is not the same as kw_defaults on arguments");
    }
    GILA_TRY_VOID(Loads(node->defaults));
    return Exprs(node->kw_defaults, ast::ExprContext::kLoad, true);
  }

  // --- statements ---

  Status Stmt(ast::StmtNode* node) {
    RecursionScope scope(thread_, " during compilation");
    GILA_TRY_VOID(scope.status());
    switch (node->kind) {
      case ast::StmtKind::kFunctionDef:
        if (node->As<ast::FunctionDef>()->body.empty()) return Empty("body", "FunctionDef");
        break;
      case ast::StmtKind::kAsyncFunctionDef:
        if (node->As<ast::AsyncFunctionDef>()->body.empty())
          return Empty("body", "AsyncFunctionDef");
        break;
      case ast::StmtKind::kClassDef:
        if (node->As<ast::ClassDef>()->body.empty()) return Empty("body", "ClassDef");
        break;
      case ast::StmtKind::kDelete:
        if (node->As<ast::Delete>()->targets.empty()) return Empty("targets", "Delete");
        return Exprs(node->As<ast::Delete>()->targets, ast::ExprContext::kDel);
      case ast::StmtKind::kAssign:
        if (node->As<ast::Assign>()->targets.empty()) return Empty("targets", "Assign");
        GILA_TRY_VOID(Exprs(node->As<ast::Assign>()->targets, ast::ExprContext::kStore));
        return Load(node->As<ast::Assign>()->value);
      case ast::StmtKind::kAugAssign:
        return AugAssign(node->As<ast::AugAssign>());
      case ast::StmtKind::kAnnAssign:
        return AnnAssign(node->As<ast::AnnAssign>());
      case ast::StmtKind::kFor:
        return Loop(node->As<ast::For>(), "For");
      case ast::StmtKind::kAsyncFor:
        return Loop(node->As<ast::AsyncFor>(), "AsyncFor");
      case ast::StmtKind::kWhile:
        if (node->As<ast::While>()->body.empty()) return Empty("body", "While");
        break;
      case ast::StmtKind::kIf:
        if (node->As<ast::If>()->body.empty()) return Empty("body", "If");
        break;
      case ast::StmtKind::kWith:
        if (node->As<ast::With>()->items.empty()) return Empty("items", "With");
        if (node->As<ast::With>()->body.empty()) return Empty("body", "With");
        break;
      case ast::StmtKind::kAsyncWith:
        if (node->As<ast::AsyncWith>()->items.empty()) return Empty("items", "AsyncWith");
        if (node->As<ast::AsyncWith>()->body.empty()) return Empty("body", "AsyncWith");
        break;
      case ast::StmtKind::kMatch:
        if (node->As<ast::Match>()->cases.empty()) return Empty("cases", "Match");
        break;
      case ast::StmtKind::kRaise:
        if (node->As<ast::Raise>()->exc == nullptr && node->As<ast::Raise>()->cause != nullptr) {
          return thread_.RaiseValueError("Raise with cause but no exception");
        }
        break;
      case ast::StmtKind::kTry:
        GILA_TRY_VOID(Try(node->As<ast::Try>(), "Try"));
        break;
      case ast::StmtKind::kTryStar:
        GILA_TRY_VOID(Try(node->As<ast::TryStar>(), "TryStar"));
        break;
      case ast::StmtKind::kImport:
        if (node->As<ast::Import>()->names.empty()) return Empty("names", "Import");
        break;
      case ast::StmtKind::kImportFrom:
        if (node->As<ast::ImportFrom>()->level < 0)
          return thread_.RaiseValueError("Negative ImportFrom level");
        if (node->As<ast::ImportFrom>()->names.empty()) return Empty("names", "ImportFrom");
        break;
      case ast::StmtKind::kGlobal:
        if (node->As<ast::Global>()->names.empty()) return Empty("names", "Global");
        break;
      case ast::StmtKind::kNonlocal:
        if (node->As<ast::Nonlocal>()->names.empty()) return Empty("names", "Nonlocal");
        break;
      default:
        break;
    }
    return Children(node);
  }

  Status AugAssign(ast::AugAssign* node) {
    GILA_TRY_VOID(Expr(node->target, ast::ExprContext::kStore));
    const ast::ExprKind kind = node->target->kind;
    if (kind != ast::ExprKind::kName && kind != ast::ExprKind::kAttribute &&
        kind != ast::ExprKind::kSubscript) {
      return thread_.RaiseTypeError("AugAssign target must be a Name, Attribute or Subscript");
    }
    return Load(node->value);
  }
  Status AnnAssign(ast::AnnAssign* node) {
    GILA_TRY_VOID(Expr(node->target, ast::ExprContext::kStore));
    const ast::ExprKind kind = node->target->kind;
    if (kind != ast::ExprKind::kName && kind != ast::ExprKind::kAttribute &&
        kind != ast::ExprKind::kSubscript) {
      return thread_.RaiseTypeError("AnnAssign target must be a Name, Attribute or Subscript");
    }
    if (node->simple != 0 && kind != ast::ExprKind::kName) {
      return thread_.RaiseTypeError("AnnAssign with simple non-Name target");
    }
    GILA_TRY_VOID(Load(node->value));
    return Load(node->annotation);
  }
  template <typename T>
  Status Loop(T* node, const char* name) {
    GILA_TRY_VOID(Expr(node->target, ast::ExprContext::kStore));
    GILA_TRY_VOID(Load(node->iter));
    GILA_TRY_VOID(FullBody(node->body, name));
    return Body(node->orelse);
  }
  template <typename T>
  Status Try(T* node, const char* name) {
    if (node->body.empty()) return Empty("body", name);
    if (node->handlers.empty() && node->finalbody.empty()) {
      return thread_.RaiseValueError("%s has neither except handlers nor finalbody", name);
    }
    if (node->handlers.empty() && !node->orelse.empty()) {
      return thread_.RaiseValueError("%s has orelse but no except handlers", name);
    }
    return kOk;
  }

  // --- expressions ---

  Status Context(ast::ExprContext given, ast::ExprContext wanted) {
    if (given == wanted) return kOk;
    return thread_.RaiseValueError("expression must have %s context but has %s instead",
                                   NameOf(wanted), NameOf(given));
  }

  Status Expr(ast::ExprNode* node, ast::ExprContext context) {
    RecursionScope scope(thread_, " during compilation");
    GILA_TRY_VOID(scope.status());
    switch (node->kind) {
      case ast::ExprKind::kName:
        return Context(node->As<ast::Name>()->ctx, context);
      case ast::ExprKind::kAttribute:
        GILA_TRY_VOID(Context(node->As<ast::Attribute>()->ctx, context));
        return Load(node->As<ast::Attribute>()->value);
      case ast::ExprKind::kSubscript:
        GILA_TRY_VOID(Context(node->As<ast::Subscript>()->ctx, context));
        GILA_TRY_VOID(Load(node->As<ast::Subscript>()->value));
        return Load(node->As<ast::Subscript>()->slice);
      case ast::ExprKind::kStarred:
        GILA_TRY_VOID(Context(node->As<ast::Starred>()->ctx, context));
        return Expr(node->As<ast::Starred>()->value, context);
      case ast::ExprKind::kList:
        GILA_TRY_VOID(Context(node->As<ast::List>()->ctx, context));
        return Exprs(node->As<ast::List>()->elts, context);
      case ast::ExprKind::kTuple:
        // A tuple that a constant stood for is read, and says so.
        GILA_TRY_VOID(Context(node->As<ast::Tuple>()->ctx, context));
        return Exprs(node->As<ast::Tuple>()->elts, context);
      case ast::ExprKind::kListComp:
      case ast::ExprKind::kSetComp:
      case ast::ExprKind::kDictComp:
      case ast::ExprKind::kGeneratorExp:
        if (context != ast::ExprContext::kLoad) break;
        return Comprehension(node);
      case ast::ExprKind::kNamedExpr:
        if (node->As<ast::NamedExpr>()->target->kind != ast::ExprKind::kName) {
          return thread_.RaiseTypeError("NamedExpr target must be a Name");
        }
        GILA_TRY_VOID(Expr(node->As<ast::NamedExpr>()->target, ast::ExprContext::kStore));
        return Load(node->As<ast::NamedExpr>()->value);
      default:
        break;
    }
    if (context != ast::ExprContext::kLoad) {
      return thread_.RaiseValueError(
          "expression which can't be %s in %s context",
          context == ast::ExprContext::kStore ? "assigned to" : "deleted", NameOf(context));
    }
    GILA_TRY_VOID(Lists(node));
    return Children(node);
  }

  Status Generators(const Seq<ast::Comprehension*>& generators) {
    if (generators.empty()) return thread_.RaiseValueError("comprehension with no generators");
    for (ast::Comprehension* generator : generators) GILA_TRY_VOID(Helper(generator));
    return kOk;
  }

  // The generators are looked at before the element, as they are run.
  Status Comprehension(ast::ExprNode* node) {
    if (auto* const list = node->DynAs<ast::ListComp>()) {
      GILA_TRY_VOID(Generators(list->generators));
      return Load(list->elt);
    }
    if (auto* const set = node->DynAs<ast::SetComp>()) {
      GILA_TRY_VOID(Generators(set->generators));
      return Load(set->elt);
    }
    if (auto* const generator = node->DynAs<ast::GeneratorExp>()) {
      GILA_TRY_VOID(Generators(generator->generators));
      return Load(generator->elt);
    }
    auto* const dict = node->As<ast::DictComp>();
    GILA_TRY_VOID(Generators(dict->generators));
    GILA_TRY_VOID(Load(dict->key));
    return Load(dict->value);
  }

  Status Lists(ast::ExprNode* node) {
    switch (node->kind) {
      case ast::ExprKind::kBoolOp:
        if (node->As<ast::BoolOp>()->values.size() < 2) {
          return thread_.RaiseValueError("BoolOp with less than 2 values");
        }
        return kOk;
      case ast::ExprKind::kDict:
        if (node->As<ast::Dict>()->keys.size() != node->As<ast::Dict>()->values.size()) {
          return thread_.RaiseValueError("Dict doesn't have the same number of keys as values");
        }
        return kOk;
      case ast::ExprKind::kSet:
        if (node->As<ast::Set>()->elts.empty()) return Empty("elts", "Set");
        return kOk;
      case ast::ExprKind::kCompare: {
        const auto* const compare = node->As<ast::Compare>();
        if (compare->comparators.empty())
          return thread_.RaiseValueError("Compare with no comparators");
        if (compare->comparators.size() != compare->ops.size()) {
          return thread_.RaiseValueError(
              "Compare has a different number of comparators and operands");
        }
        return kOk;
      }
      case ast::ExprKind::kFormattedValue: {
        const int conversion = node->As<ast::FormattedValue>()->conversion;
        if (conversion != -1 && conversion != 's' && conversion != 'r' && conversion != 'a') {
          return thread_.Raise(TypeId::kSystemError, "Unrecognized conversion character");
        }
        return kOk;
      }
      default:
        return kOk;
    }
  }

  // --- patterns ---

  Status Capture(const ast::Identifier& name) {
    if (name == "_") return thread_.RaiseValueError("can't capture name '_' in patterns");
    return kOk;
  }

  // A number, perhaps with a sign; or, with an imaginary one behind it, a complex number.
  static bool IsNumber(const ast::ExprNode* node, bool imaginary) {
    if (const auto* const sign = node->DynAs<ast::UnaryOp>()) {
      return !imaginary && sign->op == ast::UnaryOperator::kUSub &&
             sign->operand->kind == ast::ExprKind::kConstant && IsNumber(sign->operand, false);
    }
    const auto* const constant = node->DynAs<ast::Constant>();
    if (constant == nullptr) return false;
    const ast::ConstantKind kind = constant->value.kind;
    if (imaginary) return kind == ast::ConstantKind::kImaginary;
    return kind == ast::ConstantKind::kInt || kind == ast::ConstantKind::kBigInt ||
           kind == ast::ConstantKind::kFloat || kind == ast::ConstantKind::kImaginary;
  }
  Status MatchedValue(ast::ExprNode* node) {
    GILA_TRY_VOID(Load(node));
    if (const auto* const constant = node->DynAs<ast::Constant>()) {
      const ast::ConstantKind kind = constant->value.kind;
      if (IsNumber(node, false) || kind == ast::ConstantKind::kStr ||
          kind == ast::ConstantKind::kBytes)
        return kOk;
      return thread_.RaiseValueError("unexpected constant inside of a literal pattern");
    }
    if (node->kind == ast::ExprKind::kUnaryOp && IsNumber(node, false)) return kOk;
    if (const auto* const sum = node->DynAs<ast::BinOp>()) {
      if ((sum->op == ast::Operator::kAdd || sum->op == ast::Operator::kSub) &&
          IsNumber(sum->left, false) && IsNumber(sum->right, true)) {
        return kOk;
      }
    }
    const ast::ExprNode* owner = node;
    while (const auto* const attribute = owner->DynAs<ast::Attribute>()) owner = attribute->value;
    if (owner != node && owner->kind == ast::ExprKind::kName) return kOk;
    if (node->kind == ast::ExprKind::kJoinedStr) return kOk;  // the compiler words that
    return thread_.RaiseValueError("patterns may only match literals and attribute lookups");
  }

  Status Pattern(ast::PatternNode* node) {
    RecursionScope scope(thread_, " during compilation");
    GILA_TRY_VOID(scope.status());
    switch (node->kind) {
      case ast::PatternKind::kMatchValue:
        return MatchedValue(node->As<ast::MatchValue>()->value);
      case ast::PatternKind::kMatchStar:
        return thread_.RaiseValueError("can't use MatchStar here");
      case ast::PatternKind::kMatchSequence:
        for (ast::PatternNode* item : node->As<ast::MatchSequence>()->patterns) {
          const auto* const star = item->DynAs<ast::MatchStar>();
          if (star == nullptr) {
            GILA_TRY_VOID(Pattern(item));
          } else if (star->name.data() != nullptr) {
            GILA_TRY_VOID(Capture(star->name));
          }
        }
        return kOk;
      case ast::PatternKind::kMatchSingleton: {
        const ast::ConstantKind kind = node->As<ast::MatchSingleton>()->value.kind;
        if (kind != ast::ConstantKind::kNone && kind != ast::ConstantKind::kTrue &&
            kind != ast::ConstantKind::kFalse) {
          return thread_.RaiseValueError("MatchSingleton can only contain True, False and None");
        }
        return kOk;
      }
      case ast::PatternKind::kMatchMapping:
        if (node->As<ast::MatchMapping>()->keys.size() !=
            node->As<ast::MatchMapping>()->patterns.size()) {
          return thread_.RaiseValueError(
              "MatchMapping doesn't have the same number of keys as patterns");
        }
        for (const ast::ExprNode* key : node->As<ast::MatchMapping>()->keys) {
          if (key == nullptr) return thread_.RaiseValueError("None disallowed in expression list");
        }
        if (node->As<ast::MatchMapping>()->rest.data() != nullptr) {
          GILA_TRY_VOID(Capture(node->As<ast::MatchMapping>()->rest));
        }
        break;
      case ast::PatternKind::kMatchClass:
        if (node->As<ast::MatchClass>()->kwd_attrs.size() !=
            node->As<ast::MatchClass>()->kwd_patterns.size()) {
          return thread_.RaiseValueError(
              "MatchClass doesn't have the same number of keyword attributes as patterns");
        }
        break;
      case ast::PatternKind::kMatchAs:
        if (node->As<ast::MatchAs>()->name.data() == nullptr &&
            node->As<ast::MatchAs>()->pattern != nullptr) {
          return thread_.RaiseValueError(
              "MatchAs must specify a target name if a pattern is given");
        }
        if (node->As<ast::MatchAs>()->name.data() != nullptr) {
          GILA_TRY_VOID(Capture(node->As<ast::MatchAs>()->name));
        }
        break;
      case ast::PatternKind::kMatchOr:
        if (node->As<ast::MatchOr>()->patterns.size() < 2) {
          return thread_.RaiseValueError("MatchOr requires at least 2 patterns");
        }
        break;
      default:
        break;
    }
    return Children(node);
  }

  Thread& thread_;
};

}  // namespace

Status CheckAst(Thread& thread, ast::Module* module) { return Checker(thread).Root(module); }

}  // namespace gila

// objects_to_ast.cc: from objects of the module `ast` to the compiler's tree. A program may hand in
// anything: each field is checked here for its type, and Rules for what the grammar would have seen
// to (lists that are not empty, contexts).
#include <algorithm>
#include <string>
#include <vector>

#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/ast_bridge.h"
#include "stdlib/import.h"

namespace gila {
namespace {

namespace ast = compiler::ast;
using compiler::Seq;

constexpr const char kTooDeep[] = " during ast construction";

// May the field be None, or be missing?
bool IsOptional(std::string_view node, std::string_view field) {
  struct Row {
    std::string_view node, field;
  };
  static constexpr Row kRows[] = {
      {"FunctionDef", "returns"},
      {"AsyncFunctionDef", "returns"},
      {"Return", "value"},
      {"AnnAssign", "value"},
      {"Raise", "exc"},
      {"Raise", "cause"},
      {"Assert", "msg"},
      {"ImportFrom", "module"},
      {"ImportFrom", "level"},
      {"Yield", "value"},
      {"FormattedValue", "format_spec"},
      {"Constant", "kind"},
      {"Slice", "lower"},
      {"Slice", "upper"},
      {"Slice", "step"},
      {"MatchMapping", "rest"},
      {"MatchStar", "name"},
      {"MatchAs", "pattern"},
      {"MatchAs", "name"},
      {"ExceptHandler", "type"},
      {"ExceptHandler", "name"},
      {"arg", "annotation"},
      {"keyword", "arg"},
      {"alias", "asname"},
      {"arguments", "vararg"},
      {"arguments", "kwarg"},
      {"withitem", "optional_vars"},
      {"match_case", "guard"},
  };
  return std::any_of(std::begin(kRows), std::end(kRows),
                     [&](const Row& row) { return row.node == node && row.field == field; });
}

class Reader {
 public:
  Reader(Thread& thread, Dict* classes, compiler::Arena* arena)
      : thread_(thread), classes_(classes), arena_(*arena) {}

  Result<ast::Module*> Root(Value root, compiler::ParseMode mode) {
    auto* const module = arena_.New<ast::Module>();
    const std::string name = ClassName(root);
    const char* const wanted = mode == compiler::ParseMode::kExec   ? "Module"
                               : mode == compiler::ParseMode::kEval ? "Expression"
                                                                    : "Interactive";
    if (name != wanted) {
      const std::string given(TypeNameOf(root));
      return thread_.RaiseTypeError("expected %s node, got %s", wanted, given.c_str());
    }
    node_ = wanted;
    GILA_TRY(const Value body, Field(root, "body", false));
    depth_ = 0;
    if (mode == compiler::ParseMode::kEval) {
      module->kind = ast::ModuleKind::kExpression;
      GILA_TRY_VOID(Read("body", body, &module->expression));
      return module;
    }
    module->kind = mode == compiler::ParseMode::kExec ? ast::ModuleKind::kModule
                                                      : ast::ModuleKind::kInteractive;
    GILA_TRY_VOID(Read("body", body, &module->body));
    return module;
  }

 private:
  // The name of the class of _ast that the object is an instance of, the nearest if it is of a
  // class derived from one; empty if there is none.
  std::string ClassName(Value object) {
    const Tuple* const mro = TypeOf(object)->mro.Load();
    for (int64_t i = 0; i < mro->length; ++i) {
      const Type* const type = mro->At(i).As<Type>();
      const Value name = type->name.Load();
      if (!IsStr(name)) continue;
      const Result<Value> found = DictGet(thread_, classes_, name);
      if (!found.ok()) {
        thread_.ClearException();
        continue;
      }
      if (found.value() == mro->At(i)) return ToUtf8(name);
    }
    return "";
  }

  // A field of the node being read; None when it is missing and may be.
  Result<Value> Field(Value object, const char* name, bool optional) {
    GILA_TRY(const Value value, GetAttrOrUnbound(thread_, object, Intern(thread_, name)));
    if (!value.IsUnbound()) return value;
    if (optional) return kNone;
    return thread_.RaiseTypeError("required field \"%s\" missing from %s", name, node_);
  }

  Result<int32_t> Position(Value object, const char* name, bool optional, int32_t fallback) {
    GILA_TRY(const Value value, Field(object, name, optional));
    if (value.IsNone() && optional) return fallback;
    return ToInt(value);
  }
  Result<int32_t> ToInt(Value value) {
    int64_t number;
    if (!IsInt(value) || !TryInt64(value, &number) || number < INT32_MIN || number > INT32_MAX) {
      GILA_TRY(Str* const shown, Repr(thread_, value));
      return thread_.RaiseValueError("invalid integer value: %s", ToUtf8(shown).c_str());
    }
    return static_cast<int32_t>(number);
  }

  Result<ast::Span> SpanOf(Value object) {
    ast::Span span;
    GILA_TRY(span.line, Position(object, "lineno", false, 1));
    GILA_TRY(span.column, Position(object, "col_offset", false, 0));
    GILA_TRY(span.end_line, Position(object, "end_lineno", true, span.line));
    GILA_TRY(span.end_column, Position(object, "end_col_offset", true, span.column));
    if (span.line > span.end_line) {
      return thread_.RaiseValueError("AST node line range (%d, %d) is not valid", span.line,
                                     span.end_line);
    }
    if ((span.line < 0 && span.end_line != span.line) ||
        (span.column < 0 && span.column != span.end_column)) {
      return thread_.RaiseValueError(
          "AST node column range (%d, %d) for line range (%d, %d) is not valid", span.column,
          span.end_column, span.line, span.end_line);
    }
    if (span.line == span.end_line && span.column > span.end_column) {
      return thread_.RaiseValueError("line %d, column %d-%d is not a valid range", span.line,
                                     span.column, span.end_column);
    }
    return span;
  }

  // The name by which messages about positions call the node.
  static const char* SortOf(ast::StmtNode*, const char*) { return "stmt"; }
  static const char* SortOf(ast::ExprNode*, const char*) { return "expr"; }
  static const char* SortOf(ast::PatternNode*, const char*) { return "pattern"; }
  template <typename T>
    requires(!requires { T::kKind; })
  static const char* SortOf(T*, const char* name) {
    return std::string_view(name) == "ExceptHandler" ? "excepthandler" : name;
  }

  // A node without its fields. (Constant has a field `kind` that hides that of its base.)
  template <typename T>
  T* Make(const ast::Span& span) {
    T* const node = arena_.New<T>();
    if constexpr (requires { T::kKind; }) static_cast<typename T::Base*>(node)->kind = T::kKind;
    if constexpr (requires { node->span; }) node->span = span;
    return node;
  }

  // Makes the node and reads its fields in the table's order.
  template <typename T, typename Base>
  [[gnu::noinline]] Status Fill(const char* name, Value object, Base** result) {
    RecursionScope scope(thread_, kTooDeep);
    GILA_TRY_VOID(scope.status());
    ast::Span span;
    T* const node = Make<T>(span);
    if constexpr (requires { node->span; }) {
      node_ = SortOf(node, name);
      GILA_TRY(node->span, SpanOf(object));
    }
    const int outer_depth = depth_;
    depth_ = 0;
    Status status = kOk;
    ast::VisitFields(node, [&](const char* field, auto& value) {
      if (!status.ok()) return;
      node_ = name;
      status = ReadField(object, field, &value);
    });
    GILA_TRY_VOID(status);
    if (depth_ + 1 > ast::kMaxTreeDepth) return thread_.RaiseRecursionError(" during compilation");
    node->depth = static_cast<uint16_t>(depth_ + 1);
    depth_ = std::max(outer_depth, depth_ + 1);
    *result = node;
    return kOk;
  }

  template <typename T>
  Status ReadField(Value object, const char* field, T* value) {
    const bool optional = IsOptional(node_, field);
    GILA_TRY(const Value given, Field(object, field, optional));
    if (given.IsNone() && optional) return kOk;
    if constexpr (requires { (*value)->depth; }) {
      if (given.IsNone())
        return thread_.RaiseValueError("field '%s' is required for %s", field, node_);
    }
    return Read(field, given, value);
  }

  Status Read(const char* field, Value given, int* number) {
    static_cast<void>(field);
    if (given.IsNone()) {
      *number = 0;
      return kOk;
    }
    GILA_TRY(*number, ToInt(given));
    return kOk;
  }
  Status Read(const char* field, Value given, ast::Identifier* name) {
    if (!IsStr(given)) {
      const bool is_text = std::string_view(field) == "kind";
      return thread_.RaiseTypeError(is_text ? "AST string must be of type str"
                                            : "AST identifier must be of type str");
    }
    const std::string text = ToUtf8(given);
    if (text == "None" || text == "True" || text == "False") {
      const std::string_view what = field;
      const bool captures = std::string_view(node_).substr(0, 5) == "Match" && what != "kwd_attrs";
      if (what == "id" || captures)
        return thread_.RaiseValueError("identifier field can't represent '%s' constant",
                                       text.c_str());
    }
    *name = arena_.Intern(text);
    return kOk;
  }
  template <typename T>
  Status Read(const char* field, Value given, Seq<T>* items) {
    if (!IsList(given)) {
      const std::string type(TypeNameOf(given));
      return thread_.RaiseTypeError("%s field \"%s\" must be a list, not a %s", node_, field,
                                    type.c_str());
    }
    const char* const node = node_;
    std::vector<T> read;
    for (int64_t i = 0;; ++i) {
      const Value item = ListAt(given.As<List>(), i);
      if (item.IsUnbound()) break;
      T value{};
      node_ = node;
      // Keys of a dict display and defaults of keyword-only parameters may be missing one by one.
      const bool may_be_none =
          std::string_view(field) == "keys" || std::string_view(field) == "kw_defaults";
      if (item.IsNone() && !may_be_none && !std::is_same_v<T, ast::Identifier>) {
        return thread_.RaiseValueError(
            "None disallowed in %s list",
            std::is_same_v<T, ast::StmtNode*> ? "statement" : "expression");
      }
      if (!item.IsNone()) GILA_TRY_VOID(Read(field, item, &value));
      read.push_back(value);
    }
    node_ = node;
    *items = arena_.Copy(read);
    return kOk;
  }

  Status WrongSort(const char* sort, Value given) {
    const std::string_view name = sort;
    if (name == "stmt" || name == "expr" || name == "pattern") {
      // Positions are looked at first.
      node_ = sort;
      GILA_TRY_VOID(SpanOf(given));
    }
    GILA_TRY(Str* const shown, Repr(thread_, given));
    return thread_.RaiseTypeError("expected some sort of %s, but got %s", sort,
                                  ToUtf8(shown).c_str());
  }
  Status Read(const char*, Value given, ast::StmtNode** node) {
    const std::string name = ClassName(given);
#define GILA_STMT(class_name, fields) \
  if (name == #class_name) return Fill<ast::class_name>(#class_name, given, node);
#include "compiler/ast_nodes.def"
    return WrongSort("stmt", given);
  }
  Status Read(const char*, Value given, ast::ExprNode** node) {
    const std::string name = ClassName(given);
    if (name == "Constant") return ReadConstantNode(given, node);
#define GILA_EXPR(class_name, fields) \
  if (name == #class_name) return Fill<ast::class_name>(#class_name, given, node);
#include "compiler/ast_nodes.def"
    return WrongSort("expr", given);
  }
  Status Read(const char*, Value given, ast::PatternNode** node) {
    const std::string name = ClassName(given);
#define GILA_PATTERN(class_name, fields) \
  if (name == #class_name) return Fill<ast::class_name>(#class_name, given, node);
#include "compiler/ast_nodes.def"
    return WrongSort("pattern", given);
  }
  template <typename T>
  Status ReadHelper(const char* name, const char* sort, Value given, T** node) {
    if (ClassName(given) != name) return WrongSort(sort, given);
    return Fill<T>(name, given, node);
  }
  Status Read(const char*, Value v, ast::Comprehension** n) {
    return ReadHelper("comprehension", "comprehension", v, n);
  }
  Status Read(const char*, Value v, ast::ExceptHandler** n) {
    return ReadHelper("ExceptHandler", "excepthandler", v, n);
  }
  Status Read(const char*, Value v, ast::Arguments** n) {
    return ReadHelper("arguments", "arguments", v, n);
  }
  Status Read(const char*, Value v, ast::Arg** n) { return ReadHelper("arg", "arg", v, n); }
  Status Read(const char*, Value v, ast::Keyword** n) {
    return ReadHelper("keyword", "keyword", v, n);
  }
  Status Read(const char*, Value v, ast::Alias** n) { return ReadHelper("alias", "alias", v, n); }
  Status Read(const char*, Value v, ast::WithItem** n) {
    return ReadHelper("withitem", "withitem", v, n);
  }
  Status Read(const char*, Value v, ast::MatchCase** n) {
    return ReadHelper("match_case", "match_case", v, n);
  }

  // --- operators ---

  template <typename T, size_t kCount>
  Status ReadName(const char* sort, Value given, const char* const (&names)[kCount], T* op) {
    const std::string name = ClassName(given);
    for (size_t i = 0; i < kCount; ++i) {
      if (name != names[i]) continue;
      *op = static_cast<T>(i);
      return kOk;
    }
    return WrongSort(sort, given);
  }
  Status Read(const char*, Value given, ast::Operator* op) {
    static constexpr const char* kNames[] = {"Add",    "Sub",    "Mult",    "MatMult", "Div",
                                             "Mod",    "Pow",    "LShift",  "RShift",  "BitOr",
                                             "BitXor", "BitAnd", "FloorDiv"};
    return ReadName("operator", given, kNames, op);
  }
  Status Read(const char*, Value given, ast::BoolOperator* op) {
    static constexpr const char* kNames[] = {"And", "Or"};
    return ReadName("boolop", given, kNames, op);
  }
  Status Read(const char*, Value given, ast::UnaryOperator* op) {
    static constexpr const char* kNames[] = {"Invert", "Not", "UAdd", "USub"};
    return ReadName("unaryop", given, kNames, op);
  }
  Status Read(const char*, Value given, ast::CompareOperator* op) {
    static constexpr const char* kNames[] = {"Eq",  "NotEq", "Lt",    "LtE", "Gt",
                                             "GtE", "Is",    "IsNot", "In",  "NotIn"};
    return ReadName("cmpop", given, kNames, op);
  }
  Status Read(const char*, Value given, ast::ExprContext* context) {
    static constexpr const char* kNames[] = {"Load", "Store", "Del"};
    return ReadName("expr_context", given, kNames, context);
  }

  // --- constants ---

  Status Read(const char*, Value given, ast::ConstantValue* value) {
    const auto text = [&](ast::ConstantKind kind, const std::string& bytes) {
      value->kind = kind;
      value->text = arena_.Copy(bytes);
      return kOk;
    };
    if (given.IsNone()) {
      value->kind = ast::ConstantKind::kNone;
    } else if (given.IsTrue() || given == kFalse) {
      value->kind = given.IsTrue() ? ast::ConstantKind::kTrue : ast::ConstantKind::kFalse;
    } else if (given == kEllipsis) {
      value->kind = ast::ConstantKind::kEllipsis;
    } else if (TypeOf(given) == GetType(TypeId::kInt)) {
      value->kind = ast::ConstantKind::kInt;
      if (TryInt64(given, &value->int_value)) return kOk;
      GILA_TRY(const std::string digits, IntToString(thread_, given, 16));
      return text(ast::ConstantKind::kBigInt, digits);
    } else if (TypeOf(given) == GetType(TypeId::kFloat)) {
      value->kind = ast::ConstantKind::kFloat;
      value->float_value = FloatValue(given);
    } else if (TypeOf(given) == GetType(TypeId::kStr)) {
      return text(ast::ConstantKind::kStr, ToUtf8(given));
    } else if (TypeOf(given) == GetType(TypeId::kBytes)) {
      GILA_TRY(const std::string bytes, CopyBuffer(thread_, given));
      return text(ast::ConstantKind::kBytes, bytes);
    } else {
      const std::string type(TypeNameOf(given));
      return thread_.RaiseTypeError("got an invalid type in Constant: %s", type.c_str());
    }
    return kOk;
  }

  ast::Constant* NewConstant(const ast::Span& span) { return Make<ast::Constant>(span); }

  // A constant may be more than the compiler's tree holds as one: a negative big number, a complex
  // one, a tuple. Those become the expressions that make them.
  Status ReadConstantNode(Value object, ast::ExprNode** node) {
    node_ = "expr";
    GILA_TRY(const ast::Span span, SpanOf(object));
    node_ = "Constant";
    GILA_TRY(const Value value, Field(object, "value", false));
    GILA_TRY(const Value kind, Field(object, "kind", true));
    GILA_TRY_VOID(MakeConstant(value, span, node));
    if (!kind.IsNone()) {
      ast::Identifier name;
      GILA_TRY_VOID(Read("kind", kind, &name));
      if (auto* const constant = (*node)->DynAs<ast::Constant>()) constant->kind = name;
    }
    depth_ = std::max<int>(depth_, (*node)->depth);
    return kOk;
  }

  Status MakeConstant(Value value, const ast::Span& span, ast::ExprNode** node) {
    RecursionScope scope(thread_, kTooDeep);
    GILA_TRY_VOID(scope.status());
    if (TypeOf(value) == GetType(TypeId::kTuple)) return MakeTuple(value.As<Tuple>(), span, node);
    if (TypeOf(value) == GetType(TypeId::kComplex)) return MakeComplex(value, span, node);
    const Value zero = Value::SmallInt(0);
    int64_t small;
    if (TypeOf(value) == GetType(TypeId::kInt) && !TryInt64(value, &small) &&
        IntCompare(CompareOp::kLt, value, zero)) {
      GILA_TRY(const Value positive, IntNegate(thread_, value));
      auto* const negated = Make<ast::UnaryOp>(span);
      negated->op = ast::UnaryOperator::kUSub;
      GILA_TRY_VOID(MakeConstant(positive, span, &negated->operand));
      negated->depth = 2;
      *node = negated;
      return kOk;
    }
    ast::Constant* const constant = NewConstant(span);
    GILA_TRY_VOID(Read("value", value, &constant->value));
    *node = constant;
    return kOk;
  }

  Status MakeTuple(const Tuple* items, const ast::Span& span, ast::ExprNode** node) {
    auto* const tuple = Make<ast::Tuple>(span);
    std::vector<ast::ExprNode*> parts;
    int deepest = 0;
    for (int64_t i = 0; i < items->length; ++i) {
      ast::ExprNode* part = nullptr;
      GILA_TRY_VOID(MakeConstant(items->At(i), span, &part));
      deepest = std::max<int>(deepest, part->depth);
      parts.push_back(part);
    }
    if (deepest + 1 > ast::kMaxTreeDepth) return thread_.RaiseRecursionError(" during compilation");
    tuple->elts = arena_.Copy(parts);
    tuple->depth = static_cast<uint16_t>(deepest + 1);
    *node = tuple;
    return kOk;
  }

  Status MakeComplex(Value value, const ast::Span& span, ast::ExprNode** node) {
    ast::Constant* const imaginary = NewConstant(span);
    imaginary->value.kind = ast::ConstantKind::kImaginary;
    GILA_TRY(const Value imag, GetAttr(thread_, value, Intern(thread_, "imag")));
    GILA_TRY(const Value real, GetAttr(thread_, value, Intern(thread_, "real")));
    imaginary->value.float_value = FloatValue(imag);
    *node = imaginary;
    if (FloatValue(real) == 0) return kOk;
    auto* const sum = Make<ast::BinOp>(span);
    ast::Constant* const part = NewConstant(span);
    part->value.kind = ast::ConstantKind::kFloat;
    part->value.float_value = FloatValue(real);
    sum->left = part;
    sum->op = ast::Operator::kAdd;
    sum->right = imaginary;
    sum->depth = 2;
    *node = sum;
    return kOk;
  }

  Thread& thread_;
  Dict* const classes_;
  compiler::Arena& arena_;
  const char* node_ = "";  // the class whose fields are read, for the messages
  int depth_ = 0;          // the greatest height among the children that were read
};

}  // namespace

Result<bool> IsAstObject(Thread& thread, Value value) {
  GILA_TRY(const Value module, LoadedModule(thread, Intern(thread, "_ast")));
  if (!IsKind(module, kKindModule)) return false;
  const Value base = DictGetInterned(module.As<Module>()->dict.Load(), Intern(thread, "AST"));
  return IsType(base) && IsSubtype(TypeOf(value), base.As<Type>());
}

Result<ast::Module*> ObjectsToAst(Thread& thread, Value root, compiler::ParseMode mode,
                                  compiler::Arena* arena) {
  GILA_TRY(const Value module, ImportAbsolute(thread, "_ast"));
  Reader reader(thread, module.As<Module>()->dict.Load(), arena);
  GILA_TRY(ast::Module* const tree, reader.Root(root, mode));
  GILA_TRY_VOID(CheckAst(thread, tree));
  return tree;
}

}  // namespace gila

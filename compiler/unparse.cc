// One appender per kind of expression. An expression is put in parentheses when it binds less
// tightly than its place demands; the places' levels are CPython's.
#include "compiler/unparse.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace gila::compiler {

using ast::ConstantKind;
using ast::ExprKind;
using ast::ExprNode;
using ast::Operator;

namespace {

// How tightly an operator binds, from loose to tight.
enum Level {
  kTuple,
  kTest,
  kOr,
  kAnd,
  kNot,
  kCompare,
  kBitOr,
  kBitXor,
  kBitAnd,
  kShift,
  kSum,
  kTerm,
  kFactor,
  kPower,
  kAwait,
  kAtom
};

Level Next(Level level) { return static_cast<Level>(level + 1); }

struct OperatorText {
  const char* text;
  Level level;
};

OperatorText TextOf(Operator op) {
  switch (op) {
    case Operator::kAdd:
      return {" + ", kSum};
    case Operator::kSub:
      return {" - ", kSum};
    case Operator::kMult:
      return {" * ", kTerm};
    case Operator::kMatMult:
      return {" @ ", kTerm};
    case Operator::kDiv:
      return {" / ", kTerm};
    case Operator::kMod:
      return {" % ", kTerm};
    case Operator::kPow:
      return {" ** ", kPower};
    case Operator::kLShift:
      return {" << ", kShift};
    case Operator::kRShift:
      return {" >> ", kShift};
    case Operator::kBitOr:
      return {" | ", kBitOr};
    case Operator::kBitXor:
      return {" ^ ", kBitXor};
    case Operator::kBitAnd:
      return {" & ", kBitAnd};
    case Operator::kFloorDiv:
      return {" // ", kTerm};
  }
  return {"", kAtom};
}

const char* TextOf(ast::CompareOperator op) {
  switch (op) {
    case ast::CompareOperator::kEq:
      return " == ";
    case ast::CompareOperator::kNotEq:
      return " != ";
    case ast::CompareOperator::kLt:
      return " < ";
    case ast::CompareOperator::kLtE:
      return " <= ";
    case ast::CompareOperator::kGt:
      return " > ";
    case ast::CompareOperator::kGtE:
      return " >= ";
    case ast::CompareOperator::kIs:
      return " is ";
    case ast::CompareOperator::kIsNot:
      return " is not ";
    case ast::CompareOperator::kIn:
      return " in ";
    case ast::CompareOperator::kNotIn:
      return " not in ";
  }
  return "";
}

// Hexadecimal digits as decimal ones.
std::string ToDecimal(std::string_view hex) {
  const bool negative = !hex.empty() && hex[0] == '-';
  if (negative) hex.remove_prefix(1);
  constexpr uint64_t kBase = 1000000000;
  std::vector<uint32_t> parts{0};  // base 10**9, least first
  for (const char c : hex) {
    uint64_t carry = static_cast<uint64_t>(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    for (uint32_t& part : parts) {
      carry += uint64_t{part} * 16;
      part = static_cast<uint32_t>(carry % kBase);
      carry /= kBase;
    }
    if (carry > 0) parts.push_back(static_cast<uint32_t>(carry));
  }
  std::string out = absl::StrCat(negative ? "-" : "", parts.back());
  for (size_t i = parts.size() - 1; i-- > 0;) absl::StrAppendFormat(&out, "%09u", parts[i]);
  return out;
}

class Unparser {
 public:
  std::string Take() { return std::move(out_); }

  void Expr(const ExprNode* node, Level level) {
    switch (node->kind) {
      case ExprKind::kBoolOp:
        return BoolOp(node->As<ast::BoolOp>(), level);
      case ExprKind::kBinOp:
        return BinOp(node->As<ast::BinOp>(), level);
      case ExprKind::kUnaryOp:
        return UnaryOp(node->As<ast::UnaryOp>(), level);
      case ExprKind::kLambda:
        return Lambda(node->As<ast::Lambda>(), level);
      case ExprKind::kIfExp:
        return IfExp(node->As<ast::IfExp>(), level);
      case ExprKind::kDict:
        return Dict(node->As<ast::Dict>());
      case ExprKind::kSet:
        return Bracketed("{", node->As<ast::Set>()->elts, "}");
      case ExprKind::kListComp: {
        const auto* comp = node->As<ast::ListComp>();
        return Comprehension("[", comp->elt, nullptr, comp->generators, "]");
      }
      case ExprKind::kSetComp: {
        const auto* comp = node->As<ast::SetComp>();
        return Comprehension("{", comp->elt, nullptr, comp->generators, "}");
      }
      case ExprKind::kDictComp: {
        const auto* comp = node->As<ast::DictComp>();
        return Comprehension("{", comp->key, comp->value, comp->generators, "}");
      }
      case ExprKind::kGeneratorExp: {
        const auto* comp = node->As<ast::GeneratorExp>();
        return Comprehension("(", comp->elt, nullptr, comp->generators, ")");
      }
      case ExprKind::kCompare:
        return Compare(node->As<ast::Compare>(), level);
      case ExprKind::kCall:
        return Call(node->As<ast::Call>());
      default:
        return Other(node, level);
    }
  }

 private:
  void Add(std::string_view text) { out_ += text; }

  void Open(bool wanted) {
    if (wanted) Add("(");
  }
  void Close(bool wanted) {
    if (wanted) Add(")");
  }

  void Other(const ExprNode* node, Level level) {
    switch (node->kind) {
      case ExprKind::kNamedExpr:
        Open(level > kTuple);
        Expr(node->As<ast::NamedExpr>()->target, kAtom);
        Add(" := ");
        Expr(node->As<ast::NamedExpr>()->value, kAtom);
        return Close(level > kTuple);
      case ExprKind::kAwait:
        Open(level > kAwait);
        Add("await ");
        Expr(node->As<ast::Await>()->value, kAtom);
        return Close(level > kAwait);
      case ExprKind::kYield:
        if (node->As<ast::Yield>()->value == nullptr) return Add("(yield)");
        Add("(yield ");
        Expr(node->As<ast::Yield>()->value, kTest);
        return Add(")");
      case ExprKind::kYieldFrom:
        Add("(yield from ");
        Expr(node->As<ast::YieldFrom>()->value, kTest);
        return Add(")");
      case ExprKind::kFormattedValue:
      case ExprKind::kJoinedStr: {
        Unparser body;
        body.FstringPart(node);
        Add("f");
        return Add(StrRepr(body.out_));
      }
      case ExprKind::kConstant:
        return Constant(node->As<ast::Constant>());
      case ExprKind::kAttribute:
        return Attribute(node->As<ast::Attribute>());
      case ExprKind::kSubscript:
        Expr(node->As<ast::Subscript>()->value, kAtom);
        Add("[");
        Expr(node->As<ast::Subscript>()->slice, kTuple);
        return Add("]");
      case ExprKind::kStarred:
        Add("*");
        return Expr(node->As<ast::Starred>()->value, kBitOr);
      case ExprKind::kName:
        return Add(node->As<ast::Name>()->id);
      case ExprKind::kList:
        return Bracketed("[", node->As<ast::List>()->elts, "]");
      case ExprKind::kTuple:
        return Tuple(node->As<ast::Tuple>(), level);
      case ExprKind::kSlice:
        return Slice(node->As<ast::Slice>());
      default:
        return;
    }
  }

  void BoolOp(const ast::BoolOp* node, Level level) {
    const bool is_and = node->op == ast::BoolOperator::kAnd;
    const Level own = is_and ? kAnd : kOr;
    Open(level > own);
    for (size_t i = 0; i < node->values.size(); ++i) {
      if (i > 0) Add(is_and ? " and " : " or ");
      Expr(node->values[i], Next(own));
    }
    Close(level > own);
  }

  void BinOp(const ast::BinOp* node, Level level) {
    const OperatorText op = TextOf(node->op);
    const bool to_the_right = node->op == Operator::kPow;
    Open(level > op.level);
    Expr(node->left, to_the_right ? Next(op.level) : op.level);
    Add(op.text);
    Expr(node->right, to_the_right ? op.level : Next(op.level));
    Close(level > op.level);
  }

  void UnaryOp(const ast::UnaryOp* node, Level level) {
    const Level own = node->op == ast::UnaryOperator::kNot ? kNot : kFactor;
    Open(level > own);
    switch (node->op) {
      case ast::UnaryOperator::kInvert:
        Add("~");
        break;
      case ast::UnaryOperator::kNot:
        Add("not ");
        break;
      case ast::UnaryOperator::kUAdd:
        Add("+");
        break;
      case ast::UnaryOperator::kUSub:
        Add("-");
        break;
    }
    Expr(node->operand, own);
    Close(level > own);
  }

  void IfExp(const ast::IfExp* node, Level level) {
    Open(level > kTest);
    Expr(node->body, Next(kTest));
    Add(" if ");
    Expr(node->test, Next(kTest));
    Add(" else ");
    Expr(node->orelse, kTest);
    Close(level > kTest);
  }

  // --- lambda ---

  void Separate(bool* first) {
    if (!*first) Add(", ");
    *first = false;
  }

  void Argument(const ast::Arg* arg, const ExprNode* value, bool* first) {
    Separate(first);
    Add(arg->arg);
    if (value == nullptr) return;
    Add("=");
    Expr(value, kTest);
  }

  void Arguments(const ast::Arguments* args) {
    bool first = true;
    const size_t positional = args->posonlyargs.size() + args->args.size();
    for (size_t i = 0; i < positional; ++i) {
      const size_t posonly = args->posonlyargs.size();
      const ast::Arg* arg = i < posonly ? args->posonlyargs[i] : args->args[i - posonly];
      const size_t without = positional - args->defaults.size();
      Argument(arg, i < without ? nullptr : args->defaults[i - without], &first);
      if (posonly > 0 && i + 1 == posonly) Add(", /");
    }
    if (args->vararg != nullptr || !args->kwonlyargs.empty()) {
      Separate(&first);
      Add("*");
      if (args->vararg != nullptr) Add(args->vararg->arg);
    }
    for (size_t i = 0; i < args->kwonlyargs.size(); ++i) {
      Argument(args->kwonlyargs[i], args->kw_defaults[i], &first);
    }
    if (args->kwarg != nullptr) {
      Separate(&first);
      Add("**");
      Add(args->kwarg->arg);
    }
  }

  void Lambda(const ast::Lambda* node, Level level) {
    Open(level > kTest);
    Add("lambda");
    const size_t before = out_.size();
    Add(" ");
    Arguments(node->args);
    if (out_.size() == before + 1) out_.pop_back();
    Add(": ");
    Expr(node->body, kTest);
    Close(level > kTest);
  }

  // --- displays, comprehensions, calls ---

  void List(Seq<ExprNode*> items) {
    for (size_t i = 0; i < items.size(); ++i) {
      if (i > 0) Add(", ");
      Expr(items[i], kTest);
    }
  }

  void Bracketed(const char* open, Seq<ExprNode*> items, const char* close) {
    Add(open);
    List(items);
    Add(close);
  }

  void Tuple(const ast::Tuple* node, Level level) {
    if (node->elts.empty()) return Add("()");
    Open(level > kTuple);
    List(node->elts);
    if (node->elts.size() == 1) Add(",");
    Close(level > kTuple);
  }

  void Dict(const ast::Dict* node) {
    Add("{");
    for (size_t i = 0; i < node->keys.size(); ++i) {
      if (i > 0) Add(", ");
      if (node->keys[i] == nullptr) {
        Add("**");
        Expr(node->values[i], kBitOr);
        continue;
      }
      Expr(node->keys[i], kTest);
      Add(": ");
      Expr(node->values[i], kTest);
    }
    Add("}");
  }

  void Comprehension(const char* open, const ExprNode* element, const ExprNode* value,
                     Seq<ast::Comprehension*> generators, const char* close) {
    Add(open);
    Expr(element, kTest);
    if (value != nullptr) {
      Add(": ");
      Expr(value, kTest);
    }
    for (const ast::Comprehension* generator : generators) {
      Add(generator->is_async != 0 ? " async for " : " for ");
      Expr(generator->target, kTuple);
      Add(" in ");
      Expr(generator->iter, Next(kTest));
      for (const ExprNode* condition : generator->ifs) {
        Add(" if ");
        Expr(condition, Next(kTest));
      }
    }
    Add(close);
  }

  void Compare(const ast::Compare* node, Level level) {
    Open(level > kCompare);
    Expr(node->left, Next(kCompare));
    for (size_t i = 0; i < node->ops.size(); ++i) {
      Add(TextOf(node->ops[i]));
      Expr(node->comparators[i], Next(kCompare));
    }
    Close(level > kCompare);
  }

  void Call(const ast::Call* node) {
    Expr(node->func, kAtom);
    const bool one_generator = node->args.size() == 1 && node->keywords.empty() &&
                               node->args[0]->kind == ExprKind::kGeneratorExp;
    if (one_generator) return Expr(node->args[0], kTest);
    Add("(");
    List(node->args);
    bool first = node->args.empty();
    for (const ast::Keyword* keyword : node->keywords) {
      Separate(&first);
      if (keyword->arg.data() == nullptr) {
        Add("**");
      } else {
        Add(keyword->arg);
        Add("=");
      }
      Expr(keyword->value, kTest);
    }
    Add(")");
  }

  // --- atoms ---

  void Attribute(const ast::Attribute* node) {
    Expr(node->value, kAtom);
    const auto* constant = node->value->DynAs<ast::Constant>();
    const bool integer = constant != nullptr && (constant->value.kind == ConstantKind::kInt ||
                                                 constant->value.kind == ConstantKind::kBigInt);
    Add(integer ? " ." : ".");
    Add(node->attr);
  }

  void Slice(const ast::Slice* node) {
    if (node->lower != nullptr) Expr(node->lower, kTest);
    Add(":");
    if (node->upper != nullptr) Expr(node->upper, kTest);
    if (node->step == nullptr) return;
    Add(":");
    Expr(node->step, kTest);
  }

  void Float(double value, const char* suffix) {
    const std::string text = FloatRepr(value);
    // A literal too large for a double reads back as infinity.
    Add(text == "inf" ? "1e309" : text == "-inf" ? "-1e309" : text);
    Add(suffix);
  }

  void Constant(const ast::Constant* node) {
    const ast::ConstantValue& value = node->value;
    switch (value.kind) {
      case ConstantKind::kNone:
        return Add("None");
      case ConstantKind::kTrue:
        return Add("True");
      case ConstantKind::kFalse:
        return Add("False");
      case ConstantKind::kEllipsis:
        return Add("...");
      case ConstantKind::kInt:
        return Add(absl::StrCat(value.int_value));
      case ConstantKind::kBigInt:
        return Add(ToDecimal(value.text));
      case ConstantKind::kFloat:
        return Float(value.float_value, "");
      case ConstantKind::kImaginary: {
        std::string text = FloatRepr(value.float_value);
        if (text.size() > 2 && text.substr(text.size() - 2) == ".0") text.resize(text.size() - 2);
        Add(text == "inf" ? "1e309" : text);
        return Add("j");
      }
      case ConstantKind::kStr:
        if (node->kind.data() != nullptr) Add("u");
        return Add(StrRepr(value.text));
      case ConstantKind::kBytes:
        return Add(BytesRepr(value.text));
    }
  }

  // --- f-strings ---

  void FstringText(std::string_view text) {
    for (const char c : text) {
      out_.push_back(c);
      if (c == '{' || c == '}') out_.push_back(c);
    }
  }

  // What stands between the quotes of an f-string, before it is escaped.
  void FstringPart(const ExprNode* node) {
    if (const auto* joined = node->DynAs<ast::JoinedStr>()) {
      for (const ExprNode* part : joined->values) FstringPart(part);
      return;
    }
    if (const auto* constant = node->DynAs<ast::Constant>())
      return FstringText(constant->value.text);
    const auto* value = node->DynAs<ast::FormattedValue>();
    if (value == nullptr) return;
    Unparser inner;
    inner.Expr(value->value, Next(kTest));
    Add(!inner.out_.empty() && inner.out_[0] == '{' ? "{ " : "{");
    Add(inner.out_);
    if (value->conversion > 0) {
      Add("!");
      out_.push_back(static_cast<char>(value->conversion));
    }
    if (value->format_spec != nullptr) {
      Add(":");
      FstringPart(value->format_spec);
    }
    Add("}");
  }

  std::string out_;
};

}  // namespace

std::string Unparse(const ExprNode* node) {
  Unparser unparser;
  unparser.Expr(node, kTest);
  return unparser.Take();
}

}  // namespace gila::compiler

// Folding: arithmetic on constants first, the walk over the tree below.
#include "compiler/fold.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "absl/strings/str_cat.h"

namespace gila::compiler {

using ast::ConstantKind;
using ast::ConstantValue;
using ast::ExprKind;
using ast::ExprNode;
using ast::Operator;

bool IsTrueConstant(const ConstantValue& value) {
  switch (value.kind) {
    case ConstantKind::kNone:
    case ConstantKind::kFalse:
      return false;
    case ConstantKind::kInt:
      return value.int_value != 0;
    case ConstantKind::kFloat:
    case ConstantKind::kImaginary:
      return value.float_value != 0;
    case ConstantKind::kStr:
    case ConstantKind::kBytes:
      return !value.text.empty();
    default:
      return true;
  }
}

namespace {

// The longest string that a repetition may make at compile time, as in CPython.
constexpr size_t kLongestFoldedText = 4096;
// Concatenation is linear in its result; left-deep chains of it must not be quadratic.
constexpr size_t kLongestFoldedSum = 65536;

bool AsInt(const ConstantValue& value, int64_t* out) {
  switch (value.kind) {
    case ConstantKind::kInt:
      *out = value.int_value;
      return true;
    case ConstantKind::kTrue:
    case ConstantKind::kFalse:
      *out = value.kind == ConstantKind::kTrue ? 1 : 0;
      return true;
    default:
      return false;
  }
}

// Ints that a double holds exactly, and floats.
bool AsFloat(const ConstantValue& value, double* out) {
  int64_t integer;
  if (AsInt(value, &integer)) {
    constexpr int64_t kExact = int64_t{1} << 53;
    *out = static_cast<double>(integer);
    return integer >= -kExact && integer <= kExact;
  }
  *out = value.float_value;
  return value.kind == ConstantKind::kFloat;
}

ConstantValue IntValue(int64_t value) {
  ConstantValue result;
  result.kind = ConstantKind::kInt;
  result.int_value = value;
  return result;
}

ConstantValue FloatValue(double value) {
  ConstantValue result;
  result.kind = ConstantKind::kFloat;
  result.float_value = value;
  return result;
}

ConstantValue BoolValue(bool value) {
  ConstantValue result;
  result.kind = value ? ConstantKind::kTrue : ConstantKind::kFalse;
  return result;
}

bool PowerInts(int64_t base, int64_t exponent, int64_t* out) {
  if (exponent < 0 || exponent > 64) return false;
  int64_t result = 1;
  for (int64_t i = 0; i < exponent; ++i) {
    if (__builtin_mul_overflow(result, base, &result)) return false;
  }
  *out = result;
  return true;
}

bool ShiftLeft(int64_t value, int64_t count, int64_t* out) {
  if (count < 0 || count > 62) return false;
  return !__builtin_mul_overflow(value, int64_t{1} << count, out);
}

bool FloorDivide(int64_t lhs, int64_t rhs, int64_t* quotient, int64_t* rest) {
  if (rhs == 0 || (lhs == INT64_MIN && rhs == -1)) return false;
  *quotient = lhs / rhs;
  *rest = lhs % rhs;
  if (*rest != 0 && (*rest < 0) != (rhs < 0)) {
    *rest += rhs;
    --*quotient;
  }
  return true;
}

bool FoldInts(Operator op, int64_t lhs, int64_t rhs, ConstantValue* out) {
  int64_t result = 0, other = 0;
  bool ok = true;
  switch (op) {
    case Operator::kAdd:
      ok = !__builtin_add_overflow(lhs, rhs, &result);
      break;
    case Operator::kSub:
      ok = !__builtin_sub_overflow(lhs, rhs, &result);
      break;
    case Operator::kMult:
      ok = !__builtin_mul_overflow(lhs, rhs, &result);
      break;
    case Operator::kFloorDiv:
      ok = FloorDivide(lhs, rhs, &result, &other);
      break;
    case Operator::kMod:
      ok = FloorDivide(lhs, rhs, &other, &result);
      break;
    case Operator::kPow:
      ok = PowerInts(lhs, rhs, &result);
      break;
    case Operator::kLShift:
      ok = ShiftLeft(lhs, rhs, &result);
      break;
    case Operator::kRShift:
      ok = rhs >= 0;
      result = ok ? lhs >> (rhs > 63 ? 63 : rhs) : 0;
      break;
    case Operator::kBitOr:
      result = lhs | rhs;
      break;
    case Operator::kBitXor:
      result = lhs ^ rhs;
      break;
    case Operator::kBitAnd:
      result = lhs & rhs;
      break;
    default:
      return false;
  }
  if (ok) *out = IntValue(result);
  return ok;
}

bool FoldFloats(Operator op, double lhs, double rhs, ConstantValue* out) {
  double result;
  switch (op) {
    case Operator::kAdd:
      result = lhs + rhs;
      break;
    case Operator::kSub:
      result = lhs - rhs;
      break;
    case Operator::kMult:
      result = lhs * rhs;
      break;
    case Operator::kDiv:
      if (rhs == 0) return false;
      result = lhs / rhs;
      break;
    case Operator::kPow:
      if (lhs <= 0) return false;
      result = std::pow(lhs, rhs);
      if (!std::isfinite(result)) return false;
      break;
    default:
      return false;
  }
  *out = FloatValue(result);
  return true;
}

bool IsText(const ConstantValue& value) {
  return value.kind == ConstantKind::kStr || value.kind == ConstantKind::kBytes;
}

bool FoldTexts(Operator op, const ConstantValue& lhs, const ConstantValue& rhs, Arena& arena,
               ConstantValue* out) {
  if (op == Operator::kAdd) {
    if (lhs.kind != rhs.kind || lhs.text.size() + rhs.text.size() > kLongestFoldedSum) return false;
    *out = lhs;
    std::string text(lhs.text);
    text += rhs.text;
    out->text = arena.Copy(text);
    return true;
  }
  if (op != Operator::kMult) return false;
  const ConstantValue& text = IsText(lhs) ? lhs : rhs;
  int64_t count;
  if (!AsInt(IsText(lhs) ? rhs : lhs, &count) || count < 0) return false;
  if (static_cast<uint64_t>(count) * text.text.size() > kLongestFoldedText ||
      count > static_cast<int64_t>(kLongestFoldedText)) {
    return false;
  }
  std::string result;
  for (int64_t i = 0; i < count; ++i) result += text.text;
  *out = text;
  out->text = arena.Copy(result);
  return true;
}

bool FoldOperator(Operator op, const ConstantValue& lhs, const ConstantValue& rhs, Arena& arena,
                  ConstantValue* out) {
  if (IsText(lhs) || IsText(rhs)) return FoldTexts(op, lhs, rhs, arena, out);
  int64_t left, right;
  if (AsInt(lhs, &left) && AsInt(rhs, &right) && op != Operator::kDiv) {
    const bool both_bools = lhs.kind != ConstantKind::kInt && rhs.kind != ConstantKind::kInt;
    const bool bitwise =
        op == Operator::kBitOr || op == Operator::kBitXor || op == Operator::kBitAnd;
    if (!FoldInts(op, left, right, out)) return false;
    if (both_bools && bitwise) *out = BoolValue(out->int_value != 0);
    return true;
  }
  double x, y;
  return AsFloat(lhs, &x) && AsFloat(rhs, &y) && FoldFloats(op, x, y, out);
}

bool FoldUnary(ast::UnaryOperator op, const ConstantValue& operand, Arena& arena,
               ConstantValue* out) {
  if (op == ast::UnaryOperator::kNot) {
    *out = BoolValue(!IsTrueConstant(operand));
    return true;
  }
  int64_t integer;
  if (AsInt(operand, &integer)) {
    if (op == ast::UnaryOperator::kInvert) {
      *out = IntValue(~integer);
    } else if (op == ast::UnaryOperator::kUAdd) {
      *out = IntValue(integer);
    } else {
      if (integer == INT64_MIN) return false;
      *out = IntValue(-integer);
    }
    return true;
  }
  *out = operand;
  if (operand.kind == ConstantKind::kFloat && op != ast::UnaryOperator::kInvert) {
    if (op == ast::UnaryOperator::kUSub) out->float_value = -operand.float_value;
    return true;
  }
  if (operand.kind != ConstantKind::kBigInt || op != ast::UnaryOperator::kUSub) return false;
  if (operand.text[0] == '-') return false;
  if (operand.text == "8000000000000000") {
    *out = IntValue(INT64_MIN);
  } else {
    out->text =
        arena.Copy(absl::StrCat("-", absl::string_view(operand.text.data(), operand.text.size())));
  }
  return true;
}

// Walks every field of every node, children first.
class Folder {
 public:
  Folder(const FoldOptions& options, Arena& arena, ConstantTuples* tuples)
      : options_(options), arena_(arena), tuples_(tuples) {}

  void operator()(const char* field, ExprNode*& node) {
    if (node == nullptr) return;
    if (options_.future_annotations && IsAnnotation(field)) return;
    Fold(node);
  }

  void operator()(const char*, ast::StmtNode*& node) { FoldStatement(node); }

  void operator()(const char*, ast::PatternNode*& node) {
    if (node != nullptr) ast::VisitFields(node, *this);
  }

  template <typename T>
  void operator()(const char* field, Seq<T>& items) {
    if constexpr (std::is_pointer_v<T>) {
      for (T& item : items) (*this)(field, item);
    }
  }

  // The helper nodes; everything else holds no expression.
  template <typename T>
  void operator()(const char*, T& field) {
    if constexpr (std::is_pointer_v<T>) {
      if (field != nullptr) ast::VisitFields(field, *this);
    }
  }

 private:
  static bool IsAnnotation(const char* field) {
    const std::string_view name = field;
    return name == "annotation" || name == "returns";
  }

  void FoldStatement(ast::StmtNode* node) {
    // What is no docstring as written must not become one.
    if (ast::Expr* statement = node->DynAs<ast::Expr>()) {
      if (statement->value->kind == ExprKind::kBinOp) {
        ast::VisitFields(statement->value, *this);
        return;
      }
    }
    ast::VisitFields(node, *this);
  }

  void Fold(ExprNode*& node) {
    ast::VisitFields(node, *this);
    switch (node->kind) {
      case ExprKind::kBinOp:
        return FoldBinary(node);
      case ExprKind::kUnaryOp:
        return FoldUnaryNode(node);
      case ExprKind::kTuple:
        return NoteTuple(node->As<ast::Tuple>());
      case ExprKind::kName:
        return FoldDebug(node);
      default:
        return;
    }
  }

  void Replace(ExprNode*& node, const ConstantValue& value) {
    auto* constant = arena_.New<ast::Constant>();
    // A Constant has a field named `kind` of its own.
    static_cast<ExprNode*>(constant)->kind = ExprKind::kConstant;
    constant->span = node->span;
    constant->value = value;
    node = constant;
  }

  void FoldBinary(ExprNode*& node) {
    auto* operation = node->As<ast::BinOp>();
    const auto* left = operation->left->DynAs<ast::Constant>();
    const auto* right = operation->right->DynAs<ast::Constant>();
    ConstantValue result;
    if (left == nullptr) return;
    if (operation->op == Operator::kMod && left->value.kind == ConstantKind::kStr) {
      return FoldPercent(node, left->value.text);
    }
    if (right == nullptr) return;
    if (FoldOperator(operation->op, left->value, right->value, arena_, &result)) {
      Replace(node, result);
    }
  }

  template <typename T>
  T* NewExpr(const ast::Span& span) {
    T* made = arena_.New<T>();
    static_cast<ExprNode*>(made)->kind = T::kKind;
    made->span = span;
    return made;
  }

  ExprNode* NewText(const std::string& text, const ast::Span& span) {
    auto* constant = NewExpr<ast::Constant>(span);
    constant->value.kind = ConstantKind::kStr;
    constant->value.text = arena_.Copy(text);
    return constant;
  }

  // '%s is %r' % (a, b) is the f-string f'{a!s} is {b!r}', as long as nothing but %s, %r and %a
  // stands in it.
  void FoldPercent(ExprNode*& node, std::string_view format) {
    const auto* tuple = node->As<ast::BinOp>()->right->DynAs<ast::Tuple>();
    if (tuple == nullptr) return;
    for (const ExprNode* item : tuple->elts) {
      if (item->kind == ExprKind::kStarred) return;
    }
    std::vector<ExprNode*> parts;
    std::string literal;
    size_t used = 0, at = 0;
    while (at < format.size()) {
      const char c = format[at++];
      if (c != '%') {
        literal.push_back(c);
      } else if (at < format.size() && format[at] == '%') {
        literal.push_back(format[at++]);
      } else {
        if (used == tuple->elts.size()) return;
        if (!literal.empty()) parts.push_back(NewText(literal, node->span));
        literal.clear();
        ExprNode* part = ReadPercent(format, &at, tuple->elts[used++]);
        if (part == nullptr) return;
        parts.push_back(part);
      }
    }
    if (used != tuple->elts.size()) return;
    if (!literal.empty()) parts.push_back(NewText(literal, node->span));
    auto* joined = NewExpr<ast::JoinedStr>(node->span);
    joined->values = arena_.Copy(parts);
    node = joined;
  }

  // One conversion after its '%'. Null if it has no f-string of the same meaning.
  ExprNode* ReadPercent(std::string_view format, size_t* at, ExprNode* value) {
    const auto peek = [&] { return *at < format.size() ? format[*at] : '\0'; };
    const auto digits = [&](std::string* to) {
      constexpr size_t kMostDigits = 3;
      for (; peek() >= '0' && peek() <= '9'; ++*at) to->push_back(peek());
      return to->size() <= kMostDigits;
    };
    bool left = false;
    for (; peek() != '\0' && std::string_view("-+ #0").find(peek()) != std::string_view::npos;
         ++*at) {
      left = left || peek() == '-';
    }
    std::string width, precision, spec;
    if (!digits(&width)) return nullptr;
    const bool precise = peek() == '.';
    if (precise) ++*at;
    if (precise && !digits(&precision)) return nullptr;
    const char conversion = peek();
    if (conversion != 's' && conversion != 'r' && conversion != 'a') return nullptr;
    ++*at;
    if (!width.empty()) spec = absl::StrCat(left ? "" : ">", width);
    if (precise) absl::StrAppend(&spec, ".", precision.empty() ? "0" : precision);
    auto* formatted = NewExpr<ast::FormattedValue>(value->span);
    formatted->value = value;
    formatted->conversion = conversion;
    if (!spec.empty()) formatted->format_spec = NewText(spec, value->span);
    return formatted;
  }

  void FoldUnaryNode(ExprNode*& node) {
    auto* operation = node->As<ast::UnaryOp>();
    if (const auto* operand = operation->operand->DynAs<ast::Constant>()) {
      ConstantValue result;
      if (FoldUnary(operation->op, operand->value, arena_, &result)) Replace(node, result);
      return;
    }
    // `not a in b` is `a not in b`, and so on.
    auto* compare = operation->operand->DynAs<ast::Compare>();
    if (operation->op != ast::UnaryOperator::kNot || compare == nullptr) return;
    if (compare->ops.size() != 1) return;
    ast::CompareOperator& op = compare->ops[0];
    switch (op) {
      case ast::CompareOperator::kIs:
        op = ast::CompareOperator::kIsNot;
        break;
      case ast::CompareOperator::kIsNot:
        op = ast::CompareOperator::kIs;
        break;
      case ast::CompareOperator::kIn:
        op = ast::CompareOperator::kNotIn;
        break;
      case ast::CompareOperator::kNotIn:
        op = ast::CompareOperator::kIn;
        break;
      default:
        return;
    }
    node = compare;
  }

  void NoteTuple(ast::Tuple* node) {
    if (node->ctx != ast::ExprContext::kLoad) return;
    for (const ExprNode* item : node->elts) {
      if (item->kind != ExprKind::kConstant && !tuples_->contains(item)) return;
    }
    tuples_->insert(node);
  }

  void FoldDebug(ExprNode*& node) {
    const auto* name = node->As<ast::Name>();
    if (name->ctx == ast::ExprContext::kLoad && name->id == "__debug__") {
      Replace(node, BoolValue(options_.debug));
    }
  }

  const FoldOptions& options_;
  Arena& arena_;
  ConstantTuples* tuples_;
};

}  // namespace

void FoldConstants(ast::Module* module, const FoldOptions& options, Arena& arena,
                   ConstantTuples* constant_tuples) {
  Folder folder(options, arena, constant_tuples);
  folder("body", module->body);
  if (module->expression != nullptr) folder("expression", module->expression);
}

}  // namespace gila::compiler

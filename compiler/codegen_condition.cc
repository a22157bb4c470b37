// Truth: conditional jumps, `and`, `or`, conditional expressions and comparisons.
//
// A condition is never made into a value when only a jump hangs on it: JumpIf takes `not`, `and`,
// `or` and comparisons apart, and a single comparison becomes one fused compare-and-jump.
#include <cstddef>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "compiler/codegen.h"

namespace gila::compiler {

using ast::CompareOperator;
using ast::ConstantKind;

namespace {

// Distance of a rich comparison's opcode from kLt, kLtK, kJumpLt ... in the table; -1 for `is` and
// `in`.
int ComparisonOffset(CompareOperator op) {
  switch (op) {
    case CompareOperator::kLt:
      return 0;
    case CompareOperator::kLtE:
      return 1;
    case CompareOperator::kEq:
      return 2;
    case CompareOperator::kNotEq:
      return 3;
    case CompareOperator::kGt:
      return 4;
    case CompareOperator::kGtE:
      return 5;
    default:
      return -1;
  }
}

Opcode Shifted(Opcode base, int offset) {
  return static_cast<Opcode>(static_cast<int>(base) + offset);
}

static_assert(Opcode::kGe == static_cast<Opcode>(static_cast<int>(Opcode::kLt) + 5));
static_assert(Opcode::kGeK == static_cast<Opcode>(static_cast<int>(Opcode::kLtK) + 5));
static_assert(Opcode::kJumpGe == static_cast<Opcode>(static_cast<int>(Opcode::kJumpLt) + 5));
static_assert(Opcode::kJumpGeK == static_cast<Opcode>(static_cast<int>(Opcode::kJumpLtK) + 5));
static_assert(Opcode::kJumpNotGe == static_cast<Opcode>(static_cast<int>(Opcode::kJumpNotLt) + 5));
static_assert(Opcode::kJumpNotGeK ==
              static_cast<Opcode>(static_cast<int>(Opcode::kJumpNotLtK) + 5));

bool IsNone(const ast::ExprNode* node) {
  const auto* constant = node->DynAs<ast::Constant>();
  return constant != nullptr && constant->value.kind == ConstantKind::kNone;
}

bool IsIdentity(CompareOperator op) {
  return op == CompareOperator::kIs || op == CompareOperator::kIsNot;
}

bool IsContainment(CompareOperator op) {
  return op == CompareOperator::kIn || op == CompareOperator::kNotIn;
}

}  // namespace

void CodeGenerator::JumpIf(const ExprNode* node, Label target, bool when) {
  if (failed()) return;
  if (IsConstant(node)) {
    const auto* constant = node->DynAs<ast::Constant>();
    const bool truth = constant != nullptr ? IsTrueConstant(constant->value)
                                           : !node->As<ast::Tuple>()->elts.empty();
    if (truth == when) Jump(target);
    return;
  }
  if (const auto* unary = node->DynAs<ast::UnaryOp>()) {
    if (unary->op == ast::UnaryOperator::kNot) return JumpIf(unary->operand, target, !when);
  }
  if (const auto* bool_op = node->DynAs<ast::BoolOp>()) {
    // `or` is decided by a true operand, `and` by a false one.
    const bool decisive = bool_op->op == ast::BoolOperator::kOr;
    const Label end = decisive == when ? target : NewLabel();
    const size_t last = bool_op->values.size() - 1;
    for (size_t i = 0; i < last; ++i) JumpIf(bool_op->values[i], end, decisive);
    JumpIf(bool_op->values[last], target, when);
    if (end != target) Place(end);
    return;
  }
  if (const auto* choice = node->DynAs<ast::IfExp>()) {
    const Label other = NewLabel(), end = NewLabel();
    JumpIf(choice->test, other, false);
    JumpIf(choice->body, target, when);
    Jump(end);
    Place(other);
    JumpIf(choice->orelse, target, when);
    return Place(end);
  }
  if (const auto* compare = node->DynAs<ast::Compare>()) return CompareJump(compare, target, when);
  TempScope temps(this);
  const int32_t value = Operand(node);
  EmitJump(when ? Opcode::kJumpIfTrue : Opcode::kJumpIfFalse, target, value);
}

void CodeGenerator::BoolExpr(const ast::BoolOp* node, int32_t dst) {
  TempScope temps(this);
  const Label end = NewLabel();
  const Opcode jump =
      node->op == ast::BoolOperator::kOr ? Opcode::kJumpIfTrue : Opcode::kJumpIfFalse;
  const size_t last = node->values.size() - 1;
  if (!IsTemp(dst) && last == 1) {
    // x = a or b: a variable is tested where it is, and x is written once.
    const int32_t first = Operand(node->values[0], !IsSimple(node->values[1]));
    const Label keep = first == dst ? end : NewLabel();
    EmitJump(jump, keep, first);
    Expr(node->values[1], dst);
    if (keep != end) {
      Jump(end);
      Place(keep);
      MoveTo(dst, first);
    }
    return Place(end);
  }
  const int32_t value = TempFor(dst);
  for (size_t i = 0; i < last; ++i) {
    Expr(node->values[i], value);
    EmitJump(jump, end, value);
  }
  Expr(node->values[last], value);
  Place(end);
  MoveTo(dst, value);
}

void CodeGenerator::IfExpr(const ast::IfExp* node, int32_t dst) {
  const Label other = NewLabel(), end = NewLabel();
  JumpIf(node->test, other, false);
  Expr(node->body, dst);
  Jump(end);
  Place(other);
  Expr(node->orelse, dst);
  Place(end);
}

// --- comparisons ---

void CodeGenerator::WarnComparison(const ast::Compare* node) {
  const ExprNode* left = node->left;
  auto is_literal = [this](const ExprNode* item) {
    if (!IsConstant(item)) return false;
    const auto* constant = item->DynAs<ast::Constant>();
    if (constant == nullptr) return true;
    const ConstantKind kind = constant->value.kind;
    return kind != ConstantKind::kNone && kind != ConstantKind::kTrue &&
           kind != ConstantKind::kFalse && kind != ConstantKind::kEllipsis;
  };
  for (size_t i = 0; i < node->ops.size(); ++i) {
    const ExprNode* right = node->comparators[i];
    if (IsIdentity(node->ops[i]) && (is_literal(left) || is_literal(right))) {
      const bool is = node->ops[i] == CompareOperator::kIs;
      Warn(node->span, absl::StrCat("\"is", is ? "" : " not", "\" with a literal. Did you mean \"",
                                    is ? "==" : "!=", "\"?"));
      return;
    }
    left = right;
  }
}

// The right side of the last `in` may be a display of constants: then it is one constant.
int32_t CodeGenerator::ComparisonOperand(CompareOperator op, const ExprNode* node) {
  const auto* list = node->DynAs<ast::List>();
  const auto* set = node->DynAs<ast::Set>();
  if (!IsContainment(op) || (list == nullptr && set == nullptr)) return Operand(node);
  const Seq<ExprNode*> items = list != nullptr ? list->elts : set->elts;
  if (!AllConstant(items)) return Operand(node);
  RangeScope range(this, node->span);
  const int32_t reg = NewTemp();
  ConstData constant = TupleConstant(ConstantsOf(items));
  if (set != nullptr) constant.kind = ConstData::Kind::kFrozenSet;
  LoadConstant(reg, std::move(constant));
  return reg;
}

void CodeGenerator::EmitComparison(CompareOperator op, int32_t dst, int32_t lhs,
                                   const ExprNode* rhs) {
  const int offset = ComparisonOffset(op);
  if (offset >= 0 && IsConstant(rhs)) {
    const int32_t constant = NarrowConstant(ConstantOf(rhs));
    if (constant >= 0) return Emit(Shifted(Opcode::kLtK, offset), dst, lhs, constant);
  }
  const int32_t reg = ComparisonOperand(op, rhs);
  switch (op) {
    case CompareOperator::kIs:
      return Emit(Opcode::kIs, dst, lhs, reg);
    case CompareOperator::kIsNot:
      return Emit(Opcode::kIsNot, dst, lhs, reg);
    case CompareOperator::kIn:
      return Emit(Opcode::kIn, dst, lhs, reg);
    case CompareOperator::kNotIn:
      return Emit(Opcode::kNotIn, dst, lhs, reg);
    default:
      return Emit(Shifted(Opcode::kLt, offset), dst, lhs, reg);
  }
}

void CodeGenerator::CompareExpr(const ast::Compare* node, int32_t dst) {
  WarnComparison(node);
  TempScope temps(this);
  const size_t last = node->ops.size() - 1;
  if (last == 0) {
    const int32_t lhs = Operand(node->left, !IsSimple(node->comparators[0]), dst);
    return EmitComparison(node->ops[0], dst, lhs, node->comparators[0]);
  }
  // a < b < c: the first false comparison is the value.
  const int32_t result = TempFor(dst);
  const Label end = NewLabel();
  int32_t lhs = Operand(node->left, true);
  for (size_t i = 0; i < last; ++i) {
    const int32_t rhs = Operand(node->comparators[i], true);
    const int offset = ComparisonOffset(node->ops[i]);
    if (offset >= 0) {
      Emit(Shifted(Opcode::kLt, offset), result, lhs, rhs);
    } else {
      const Opcode opcode = node->ops[i] == CompareOperator::kIs      ? Opcode::kIs
                            : node->ops[i] == CompareOperator::kIsNot ? Opcode::kIsNot
                            : node->ops[i] == CompareOperator::kIn    ? Opcode::kIn
                                                                      : Opcode::kNotIn;
      Emit(opcode, result, lhs, rhs);
    }
    EmitJump(Opcode::kJumpIfFalse, end, result);
    lhs = rhs;
  }
  EmitComparison(node->ops[last], result, lhs, node->comparators[last]);
  Place(end);
  MoveTo(dst, result);
}

// One comparison of a condition. `rhs_reg` is the register of `rhs` where it has one already, else
// -1.
void CodeGenerator::JumpOnComparison(CompareOperator op, int32_t lhs, const ExprNode* rhs,
                                     int32_t rhs_reg, Label target, bool when) {
  const int offset = ComparisonOffset(op);
  if (IsIdentity(op) && IsNone(rhs)) {
    const bool jump_on_none = (op == CompareOperator::kIs) == when;
    return EmitJump(jump_on_none ? Opcode::kJumpIfNone : Opcode::kJumpIfNotNone, target, lhs);
  }
  if (offset >= 0 && rhs_reg < 0 && IsConstant(rhs)) {
    const int32_t constant = NarrowConstant(ConstantOf(rhs));
    const Opcode base = when ? Opcode::kJumpLtK : Opcode::kJumpNotLtK;
    if (constant >= 0) return EmitJump(Shifted(base, offset), target, 0, lhs, constant);
  }
  if (rhs_reg < 0) rhs_reg = ComparisonOperand(op, rhs);
  if (offset >= 0) {
    const Opcode base = when ? Opcode::kJumpLt : Opcode::kJumpNotLt;
    return EmitJump(Shifted(base, offset), target, 0, lhs, rhs_reg);
  }
  TempScope temps(this);
  const int32_t result = NewTemp();
  const Opcode opcode = op == CompareOperator::kIs      ? Opcode::kIs
                        : op == CompareOperator::kIsNot ? Opcode::kIsNot
                        : op == CompareOperator::kIn    ? Opcode::kIn
                                                        : Opcode::kNotIn;
  Emit(opcode, result, lhs, rhs_reg);
  EmitJump(when ? Opcode::kJumpIfTrue : Opcode::kJumpIfFalse, target, result);
}

void CodeGenerator::CompareJump(const ast::Compare* node, Label target, bool when) {
  WarnComparison(node);
  // The range stays for what follows, as in CPython: a failed assert points at its comparison.
  const Span& span = node->span;
  unit_->range = {span.line, span.end_line, span.column, span.end_column};
  TempScope temps(this);
  const size_t last = node->ops.size() - 1;
  const Label end = last > 0 ? NewLabel() : kNoLabel;
  int32_t lhs = Operand(node->left, last > 0 || !IsSimple(node->comparators[0]));
  for (size_t i = 0; i < last; ++i) {
    const int32_t rhs = Operand(node->comparators[i], true);
    JumpOnComparison(node->ops[i], lhs, node->comparators[i], rhs, when ? end : target, false);
    lhs = rhs;
  }
  JumpOnComparison(node->ops[last], lhs, node->comparators[last], -1, target, when);
  if (last > 0) Place(end);
}

}  // namespace gila::compiler

// Expressions: operators, attributes, subscripts, displays, f-strings, yield and await.
#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "compiler/codegen.h"

namespace gila::compiler {

using ast::ExprKind;
using ast::Operator;

namespace {

// Displays are built from runs of at most this many registers.
constexpr size_t kDisplayRun = 32;
// From here on a list or set of constants is filled from one constant container.
constexpr size_t kConstantDisplay = 3;

bool IsStarred(const ast::ExprNode* node) { return node->kind == ExprKind::kStarred; }

// Distance of the opcode from kAdd (or kAddK, kIAdd, kIAddK) in the table.
int BinaryOffset(Operator op) {
  switch (op) {
    case Operator::kAdd:
      return 0;
    case Operator::kSub:
      return 1;
    case Operator::kMult:
      return 2;
    case Operator::kDiv:
      return 3;
    case Operator::kFloorDiv:
      return 4;
    case Operator::kMod:
      return 5;
    case Operator::kPow:
      return 6;
    case Operator::kMatMult:
      return 7;
    case Operator::kLShift:
      return 8;
    case Operator::kRShift:
      return 9;
    case Operator::kBitAnd:
      return 10;
    case Operator::kBitOr:
      return 11;
    case Operator::kBitXor:
      return 12;
  }
  return 0;
}

Opcode Shifted(Opcode base, int offset) {
  return static_cast<Opcode>(static_cast<int>(base) + offset);
}

static_assert(static_cast<int>(Opcode::kXor) - static_cast<int>(Opcode::kAdd) == 12);
static_assert(static_cast<int>(Opcode::kXorK) - static_cast<int>(Opcode::kAddK) == 12);
static_assert(static_cast<int>(Opcode::kIXor) - static_cast<int>(Opcode::kIAdd) == 12);
static_assert(static_cast<int>(Opcode::kIXorK) - static_cast<int>(Opcode::kIAddK) == 12);

}  // namespace

void CodeGenerator::Expr(const ExprNode* node, int32_t dst) {
  if (failed()) return;
  RangeScope range(this, node->span);
  switch (node->kind) {
    case ExprKind::kConstant:
      return LoadConstant(dst, ConstantOf(node));
    case ExprKind::kName:
      return LoadVariable(node->As<ast::Name>()->id, dst);
    case ExprKind::kBoolOp:
      return BoolExpr(node->As<ast::BoolOp>(), dst);
    case ExprKind::kNamedExpr:
      return NamedExpr(node->As<ast::NamedExpr>(), dst);
    case ExprKind::kBinOp:
      return BinaryExpr(node->As<ast::BinOp>(), dst);
    case ExprKind::kUnaryOp:
      return UnaryExpr(node->As<ast::UnaryOp>(), dst);
    case ExprKind::kLambda:
      return Lambda(node->As<ast::Lambda>(), dst);
    case ExprKind::kIfExp:
      return IfExpr(node->As<ast::IfExp>(), dst);
    case ExprKind::kDict:
      return DictExpr(node->As<ast::Dict>(), dst);
    case ExprKind::kSet:
      return SetExpr(node->As<ast::Set>(), dst);
    case ExprKind::kListComp: {
      const auto* comp = node->As<ast::ListComp>();
      return Comprehension({node, comp->generators, comp->elt, nullptr}, dst);
    }
    case ExprKind::kSetComp: {
      const auto* comp = node->As<ast::SetComp>();
      return Comprehension({node, comp->generators, comp->elt, nullptr}, dst);
    }
    case ExprKind::kDictComp: {
      const auto* comp = node->As<ast::DictComp>();
      return Comprehension({node, comp->generators, comp->key, comp->value}, dst);
    }
    case ExprKind::kGeneratorExp: {
      const auto* comp = node->As<ast::GeneratorExp>();
      return Comprehension({node, comp->generators, comp->elt, nullptr}, dst);
    }
    case ExprKind::kAwait:
      return AwaitExpr(node->As<ast::Await>(), dst);
    case ExprKind::kYield:
      return YieldExpr(node->As<ast::Yield>(), dst);
    case ExprKind::kYieldFrom:
      return YieldFromExpr(node->As<ast::YieldFrom>(), dst);
    case ExprKind::kCompare:
      return CompareExpr(node->As<ast::Compare>(), dst);
    case ExprKind::kCall:
      return CallExpr(node->As<ast::Call>(), dst);
    case ExprKind::kFormattedValue:
      return FormattedValue(node->As<ast::FormattedValue>(), dst);
    case ExprKind::kJoinedStr:
      return JoinedStr(node->As<ast::JoinedStr>(), dst);
    case ExprKind::kAttribute:
      return AttributeExpr(node->As<ast::Attribute>(), dst);
    case ExprKind::kSubscript:
      return SubscriptExpr(node->As<ast::Subscript>(), dst);
    case ExprKind::kStarred:
      return Fail(node->span, "can't use starred expression here");
    case ExprKind::kList:
      return ListExpr(node->As<ast::List>(), dst);
    case ExprKind::kTuple:
      return TupleExpr(node->As<ast::Tuple>(), dst);
    case ExprKind::kSlice:
      return SliceExpr(node->As<ast::Slice>(), dst);
  }
}

bool CodeGenerator::IsSimple(const ExprNode* node) {
  return node == nullptr || node->kind == ExprKind::kName || node->kind == ExprKind::kConstant;
}

int32_t CodeGenerator::Operand(const ExprNode* node, bool more_follows, int32_t hint) {
  const ast::Name* name = node->DynAs<ast::Name>();
  const auto* named = node->DynAs<ast::NamedExpr>();
  if (named != nullptr) name = named->target->As<ast::Name>();
  if (name != nullptr) {
    const Variable variable = Find(name->id);
    if (variable.access == Access::kRegister) {
      RangeScope range(this, node->span);
      if (named != nullptr) {
        CheckNotDebug(name->id, name->span);
        Expr(named->value, variable.index);
      } else {
        CheckBound(variable.index);
      }
      if (!more_follows || !variable.symbol->is_rebound) return variable.index;
      const int32_t copy = hint >= 0 && IsTemp(hint) ? hint : NewTemp();
      MoveTo(copy, variable.index);
      return copy;
    }
  }
  const int32_t reg = hint >= 0 && IsTemp(hint) ? hint : NewTemp();
  Expr(node, reg);
  return reg;
}

int32_t CodeGenerator::NewExprTemp(const ExprNode* node) {
  const int32_t reg = NewTemp();
  Expr(node, reg);
  return reg;
}

// --- operators ---

void CodeGenerator::BinaryExpr(const ast::BinOp* node, int32_t dst) {
  TempScope temps(this);
  const int32_t lhs = Operand(node->left, !IsSimple(node->right), dst);
  EmitBinary(node->op, false, dst, lhs, node->right);
}

void CodeGenerator::EmitBinary(Operator op, bool in_place, int32_t dst, int32_t lhs,
                               const ExprNode* rhs) {
  const int offset = BinaryOffset(op);
  if (IsConstant(rhs)) {
    const int32_t constant = NarrowConstant(ConstantOf(rhs));
    if (constant >= 0) {
      const Opcode base = in_place ? Opcode::kIAddK : Opcode::kAddK;
      return Emit(Shifted(base, offset), dst, lhs, constant);
    }
  }
  const int32_t reg = Operand(rhs, false, lhs != dst ? dst : -1);
  Emit(Shifted(in_place ? Opcode::kIAdd : Opcode::kAdd, offset), dst, lhs, reg);
}

void CodeGenerator::UnaryExpr(const ast::UnaryOp* node, int32_t dst) {
  TempScope temps(this);
  const int32_t operand = Operand(node->operand, false, dst);
  switch (node->op) {
    case ast::UnaryOperator::kInvert:
      return Emit(Opcode::kInvert, dst, operand);
    case ast::UnaryOperator::kNot:
      return Emit(Opcode::kNot, dst, operand);
    case ast::UnaryOperator::kUAdd:
      return Emit(Opcode::kPos, dst, operand);
    case ast::UnaryOperator::kUSub:
      return Emit(Opcode::kNeg, dst, operand);
  }
}

void CodeGenerator::NamedExpr(const ast::NamedExpr* node, int32_t dst) {
  const auto* target = node->target->As<ast::Name>();
  const int32_t local = LocalRegister(target->id);
  CheckNotDebug(target->id, target->span);
  if (local >= 0) {
    Expr(node->value, local);
    return MoveTo(dst, local);
  }
  TempScope temps(this);
  const int32_t value = TempFor(dst);
  Expr(node->value, value);
  {
    RangeScope range(this, target->span);
    StoreVariable(target->id, value, target->span);
  }
  MoveTo(dst, value);
}

// --- attributes and items ---

// In a chain over several lines an attribute is where its name stands, as in CPython.
SourceRange CodeGenerator::RangeAtAttribute(const ast::Attribute* node) const {
  SourceRange range = unit_->range;
  if (range.line == node->span.end_line) return range;
  range.line = node->span.end_line;
  int32_t length = 0;
  for (const char c : node->attr) length += (c & 0xC0) != 0x80 ? 1 : 0;
  if (length <= node->span.end_column) {
    range.column = node->span.end_column - length;
  } else {
    range.column = range.end_column = -1;
  }
  range.end_line = std::max(range.line, range.end_line);
  if (range.line == range.end_line) {
    range.end_column = std::max(range.column, range.end_column);
  }
  return range;
}

void CodeGenerator::AttributeExpr(const ast::Attribute* node, int32_t dst) {
  TempScope temps(this);
  const int32_t object = Operand(node->value, false, dst);
  const SourceRange saved = unit_->range;
  unit_->range = RangeAtAttribute(node);
  Emit(Opcode::kLoadAttr, dst, object, NarrowName(Mangled(node->attr)));
  unit_->range = saved;
}

void CodeGenerator::SubscriptExpr(const ast::Subscript* node, int32_t dst) {
  WarnSubscript(node);
  TempScope temps(this);
  const int32_t object = Operand(node->value, !IsSimple(node->slice), dst);
  if (IsConstant(node->slice)) {
    const int32_t constant = NarrowConstant(ConstantOf(node->slice));
    if (constant >= 0) return Emit(Opcode::kGetItemK, dst, object, constant);
  }
  const int32_t index = node->slice->kind == ExprKind::kSlice
                            ? SubscriptOperand(node->slice)
                            : Operand(node->slice, false, object != dst ? dst : -1);
  Emit(Opcode::kGetItem, dst, object, index);
}

int32_t CodeGenerator::SubscriptOperand(const ExprNode* index) {
  if (index->kind != ExprKind::kSlice) return Operand(index);
  const int32_t reg = NewTemp();
  RangeScope range(this, index->span);
  SliceExpr(index->As<ast::Slice>(), reg, true);
  return reg;
}

void CodeGenerator::SliceExpr(const ast::Slice* node, int32_t dst, bool once) {
  TempScope temps(this);
  const int32_t count = node->step != nullptr ? 3 : 2;
  int32_t first = -1;
  for (const ExprNode* bound : {node->lower, node->upper, node->step}) {
    if (bound == nullptr && first >= 0 && unit_->next_temp - first >= count) break;
    const int32_t reg = NewTemp();
    if (first < 0) first = reg;
    if (bound != nullptr) {
      Expr(bound, reg);
    } else {
      LoadNone(reg);
    }
  }
  Emit(Opcode::kNewSlice, dst, first, count | (once ? 4 : 0));
}

// --- displays ---

void CodeGenerator::TupleExpr(const ast::Tuple* node, int32_t dst) {
  if (IsConstant(node)) return LoadConstant(dst, ConstantOf(node));
  TempScope temps(this);
  const size_t count = node->elts.size();
  if (count > kDisplayRun || std::any_of(node->elts.begin(), node->elts.end(), IsStarred)) {
    const int32_t list = TempFor(dst);
    Elements(node->elts, false, list);
    return Emit(Opcode::kListToTuple, dst, list);
  }
  if (count == 1) return Emit(Opcode::kNewTuple, dst, Operand(node->elts[0]), 1);
  const int32_t first = unit_->next_temp;
  for (const ExprNode* item : node->elts) NewExprTemp(item);
  Emit(Opcode::kNewTuple, dst, first, static_cast<int32_t>(count));
}

void CodeGenerator::ListExpr(const ast::List* node, int32_t dst) {
  TempScope temps(this);
  const int32_t list = node->elts.empty() ? dst : TempFor(dst);
  Elements(node->elts, false, list);
  MoveTo(dst, list);
}

void CodeGenerator::SetExpr(const ast::Set* node, int32_t dst) {
  TempScope temps(this);
  const int32_t set = TempFor(dst);
  Elements(node->elts, true, set);
  MoveTo(dst, set);
}

// Builds the list or set of `items` in the temporary `dst`.
void CodeGenerator::Elements(Seq<ExprNode*> items, bool is_set, int32_t dst) {
  const Opcode make = is_set ? Opcode::kNewSet : Opcode::kNewList;
  if (items.size() >= kConstantDisplay && AllConstant(items)) {
    TempScope temps(this);
    const int32_t constant = NewTemp();
    ConstData value = TupleConstant(ConstantsOf(items));
    if (is_set) value.kind = ConstData::Kind::kFrozenSet;
    LoadConstant(constant, std::move(value));
    Emit(make, dst, dst, 0);
    return Emit(is_set ? Opcode::kSetUpdate : Opcode::kListExtend, dst, constant);
  }
  bool made = false;
  size_t next = 0;
  while (next < items.size() && !failed()) {
    TempScope temps(this);
    if (IsStarred(items[next])) {
      if (!made) Emit(make, dst, dst, 0);
      const int32_t iterable = Operand(items[next]->As<ast::Starred>()->value);
      Emit(is_set ? Opcode::kSetUpdate : Opcode::kListExtend, dst, iterable);
      ++next;
    } else {
      const int32_t first = unit_->next_temp;
      int32_t count = 0;
      for (; next < items.size() && !IsStarred(items[next]) &&
             count < static_cast<int32_t>(kDisplayRun);
           ++next, ++count) {
        NewExprTemp(items[next]);
      }
      const Opcode add = is_set ? Opcode::kSetAdd : Opcode::kListAppend;
      Emit(made ? add : make, dst, first, count);
    }
    made = true;
  }
  if (!made) Emit(make, dst, dst, 0);
}

void CodeGenerator::DictExpr(const ast::Dict* node, int32_t dst) {
  TempScope temps(this);
  const size_t count = node->keys.size();
  const int32_t dict = count == 0 ? dst : TempFor(dst);
  size_t next = 0;
  {
    TempScope pairs(this);
    const int32_t first = unit_->next_temp;
    for (; next < count && next < kDisplayRun / 2 && node->keys[next] != nullptr; ++next) {
      NewExprTemp(node->keys[next]);
      NewExprTemp(node->values[next]);
    }
    Emit(Opcode::kNewDict, dict, first, static_cast<int32_t>(next));
  }
  for (; next < count && !failed(); ++next) {
    TempScope pair(this);
    if (node->keys[next] == nullptr) {
      const int32_t mapping = Operand(node->values[next]);
      Emit(Opcode::kDictUpdate, dict, mapping);
      continue;
    }
    const int32_t key = Operand(node->keys[next], !IsSimple(node->values[next]));
    const int32_t value = Operand(node->values[next]);
    Emit(Opcode::kDictSet, dict, key, value);
  }
  MoveTo(dst, dict);
}

// --- f-strings ---

void CodeGenerator::JoinedStr(const ast::JoinedStr* node, int32_t dst) {
  const size_t count = node->values.size();
  if (count == 0) return LoadStr(dst, "");
  if (count == 1) return Expr(node->values[0], dst);
  TempScope temps(this);
  const int32_t first = unit_->next_temp;
  int32_t pending = 0;
  for (size_t i = 0; i < count && !failed(); ++i) {
    NewExprTemp(node->values[i]);
    ++pending;
    if (pending == static_cast<int32_t>(kDisplayRun) && i + 1 < count) {
      Emit(Opcode::kBuildString, first, first, pending);
      unit_->next_temp = first + 1;
      pending = 1;
    }
  }
  Emit(Opcode::kBuildString, dst, first, pending);
}

void CodeGenerator::FormattedValue(const ast::FormattedValue* node, int32_t dst) {
  TempScope temps(this);
  int32_t how = node->conversion == 's'   ? 1
                : node->conversion == 'r' ? 2
                : node->conversion == 'a' ? 3
                                          : 0;
  if (node->format_spec == nullptr) {
    const int32_t value = Operand(node->value, false, dst);
    return Emit(Opcode::kFormatValue, dst, value, how);
  }
  const int32_t value = NewExprTemp(node->value);
  NewExprTemp(node->format_spec);
  Emit(Opcode::kFormatValue, dst, value, how | 4);
}

// --- yield and await ---

void CodeGenerator::YieldExpr(const ast::Yield* node, int32_t dst) {
  if (!unit_->scope->IsFunctionLike()) return Fail(node->span, "'yield' outside function");
  TempScope temps(this);
  int32_t value;
  if (node->value != nullptr) {
    value = Operand(node->value, false, dst);
  } else {
    value = TempFor(dst);
    LoadNone(value);
  }
  if ((unit_->code->flags & kCodeAsyncGenerator) != 0) {
    const int32_t wrapped = TempFor(dst);
    Emit(Opcode::kAsyncGenWrap, wrapped, value);
    value = wrapped;
  }
  EmitYield(dst, value);
}

void CodeGenerator::YieldFromExpr(const ast::YieldFrom* node, int32_t dst) {
  if (!unit_->scope->IsFunctionLike()) return Fail(node->span, "'yield' outside function");
  if (unit_->scope->is_async_function) {
    return Fail(node->span, "'yield from' inside async function");
  }
  TempScope temps(this);
  const int32_t value = TempFor(dst);
  const int32_t iterator = NewExprTemp(node->value);
  Emit(Opcode::kGetYieldFromIter, iterator, iterator);
  SendLoop(iterator, value);
  MoveTo(dst, value);
}

void CodeGenerator::EmitYield(int32_t dst, int32_t value) {
  const int32_t live = std::max({unit_->next_temp, dst + 1, value + 1});
  Emit(Opcode::kYield, dst, value, live < 0x8000 ? live * 2 : 0);
}

void CodeGenerator::SendLoop(int32_t iterator, int32_t value) {
  LoadNone(value);
  const Label again = NewLabel(), done = NewLabel();
  Place(again);
  EmitJump(Opcode::kSend, done, value, iterator);
  EmitYield(value, value);
  EmitJump(Opcode::kSendAgain, again, 0, 0, value);
  Place(done);
}

bool CodeGenerator::CheckAsyncAllowed(const Span& span, const char* what) {
  const Scope& scope = *unit_->scope;
  if (options_.allow_top_level_await && scope.kind == ScopeKind::kModule) return true;
  if (scope.is_async_function) return true;
  Fail(span, absl::StrCat("'", what, "' outside async function"));
  return false;
}

void CodeGenerator::AwaitExpr(const ast::Await* node, int32_t dst) {
  const Scope& scope = *unit_->scope;
  if (!(options_.allow_top_level_await && scope.kind == ScopeKind::kModule)) {
    if (!scope.IsFunctionLike()) return Fail(node->span, "'await' outside function");
    if (!scope.is_async_function && scope.kind != ScopeKind::kComprehension) {
      return Fail(node->span, "'await' outside async function");
    }
  }
  TempScope temps(this);
  const int32_t value = TempFor(dst);
  awaited_ = node->value;
  const int32_t iterator = NewExprTemp(node->value);
  Emit(Opcode::kGetAwaitable, iterator, iterator, 0);
  SendLoop(iterator, value);
  MoveTo(dst, value);
}

// R[reg] becomes the result of awaiting R[reg]; everything above `reg` is scratch.
void CodeGenerator::AwaitInPlace(int32_t reg, int32_t where) {
  TempScope temps(this);
  unit_->next_temp = reg + 1;
  const int32_t iterator = NewTemp();
  Emit(Opcode::kGetAwaitable, iterator, reg, where);
  SendLoop(iterator, reg);
}

}  // namespace gila::compiler

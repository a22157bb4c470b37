// Assignment in all its forms, and del.
#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"
#include "compiler/codegen.h"
#include "compiler/unparse.h"

namespace gila::compiler {

using ast::ExprKind;

namespace {

Seq<ast::ExprNode*> ItemsOf(const ast::ExprNode* node) {
  if (const auto* tuple = node->DynAs<ast::Tuple>()) return tuple->elts;
  if (const auto* list = node->DynAs<ast::List>()) return list->elts;
  return {};
}

bool IsDisplay(const ast::ExprNode* node) {
  return node->kind == ExprKind::kTuple || node->kind == ExprKind::kList;
}

}  // namespace

void CodeGenerator::Assign(const ast::Assign* node) {
  const ExprNode* first = node->targets[0];
  if (node->targets.size() == 1) return AssignTo(first, node->value);
  if (node->value->kind == ExprKind::kConstant) {
    for (const ExprNode* target : node->targets) AssignTo(target, node->value);
    return;
  }
  TempScope temps(this);
  // The other targets may take the value from the first one, if that is a variable which stays as
  // it is.
  const auto* name = first->DynAs<ast::Name>();
  const int32_t local = name == nullptr ? -1 : LocalRegister(name->id);
  const bool direct = local >= 0 && !Find(name->id).symbol->is_rebound;
  if (direct) AssignTo(first, node->value);
  const int32_t value = direct ? local : NewExprTemp(node->value);
  for (size_t i = direct ? 1 : 0; i < node->targets.size(); ++i) Store(node->targets[i], value);
}

void CodeGenerator::AssignTo(const ExprNode* target, const ExprNode* value) {
  TempScope temps(this);
  if (const auto* name = target->DynAs<ast::Name>()) {
    const int32_t local = LocalRegister(name->id);
    if (local >= 0 && CheckNotDebug(name->id, target->span)) return Expr(value, local);
  }
  if (AssignParallel(target, value)) return;
  const bool simple = target->kind == ExprKind::kName;
  Store(target, Operand(value, !simple));
}

// a, b = x, y without a tuple. The values are computed from left to right, then stored from left to
// right; a value that is a local variable needs a copy when an earlier target is that variable.
bool CodeGenerator::AssignParallel(const ExprNode* target, const ExprNode* value) {
  if (!IsDisplay(target) || !IsDisplay(value) || IsConstant(value)) return false;
  const Seq<ExprNode*> targets = ItemsOf(target), values = ItemsOf(value);
  constexpr size_t kMost = 8;
  if (targets.size() != values.size() || targets.empty() || targets.size() > kMost) return false;
  for (size_t i = 0; i < targets.size(); ++i) {
    if (values[i]->kind == ExprKind::kStarred) return false;
    if (targets[i]->kind == ExprKind::kStarred || IsDisplay(targets[i])) return false;
  }
  int32_t sources[kMost];
  bool all_names = true;
  for (const ExprNode* item : targets) all_names = all_names && item->kind == ExprKind::kName;
  for (size_t i = 0; i < values.size(); ++i) {
    const auto* name = values[i]->DynAs<ast::Name>();
    const int32_t local = name == nullptr ? -1 : LocalRegister(name->id);
    bool keep = local >= 0 && all_names;
    for (size_t j = 0; j < i && keep; ++j) {
      keep = LocalRegister(targets[j]->As<ast::Name>()->id) != local;
    }
    sources[i] = keep ? Operand(values[i], i + 1 < values.size()) : NewExprTemp(values[i]);
  }
  for (size_t i = 0; i < targets.size(); ++i) Store(targets[i], sources[i]);
  return true;
}

void CodeGenerator::Store(const ExprNode* target, int32_t src) {
  if (failed()) return;
  RangeScope range(this, target->span);
  TempScope temps(this);
  switch (target->kind) {
    case ExprKind::kName:
      return StoreVariable(target->As<ast::Name>()->id, src, target->span);
    case ExprKind::kAttribute: {
      const auto* attribute = target->As<ast::Attribute>();
      CheckNotDebug(attribute->attr, target->span);
      NoteInstanceAttribute(attribute);
      const int32_t object = Operand(attribute->value);
      unit_->range = RangeAtAttribute(attribute);
      return Emit(Opcode::kStoreAttr, object, src, NarrowName(Mangled(attribute->attr)));
    }
    case ExprKind::kSubscript: {
      const auto* subscript = target->As<ast::Subscript>();
      const int32_t object = Operand(subscript->value, !IsSimple(subscript->slice));
      const int32_t index = SubscriptOperand(subscript->slice);
      return Emit(Opcode::kSetItem, object, index, src);
    }
    case ExprKind::kTuple:
    case ExprKind::kList:
      return Unpack(target, ItemsOf(target), src);
    case ExprKind::kStarred:
      return Fail(target->span, "starred assignment target must be in a list or tuple");
    default:
      return Fail(target->span, "cannot assign to expression");
  }
}

// A class's instances start with room for the attributes that its methods set.
void CodeGenerator::NoteInstanceAttribute(const ast::Attribute* node) {
  const auto* object = node->value->DynAs<ast::Name>();
  Unit* outer = unit_->parent;
  if (object == nullptr || outer == nullptr || outer->scope->kind != ScopeKind::kClass) return;
  if (unit_->first_parameter.data() == nullptr || object->id != unit_->first_parameter) return;
  outer->instance_attributes.insert(node->attr.data());
}

// The first register, when the items are distinct local variables in consecutive registers; else
// -1.
int32_t CodeGenerator::ConsecutiveLocals(Seq<ExprNode*> items) {
  int32_t first = -1;
  for (size_t i = 0; i < items.size(); ++i) {
    const auto* name = items[i]->DynAs<ast::Name>();
    const int32_t reg = name == nullptr ? -1 : LocalRegister(name->id);
    if (reg < 0 || !CheckNotDebug(name->id, name->span)) return -1;
    if (i == 0) {
      first = reg;
    } else if (reg != first + static_cast<int32_t>(i)) {
      return -1;
    }
  }
  return first;
}

void CodeGenerator::Unpack(const ExprNode* target, Seq<ExprNode*> items, int32_t src) {
  const auto count = static_cast<int32_t>(items.size());
  int32_t star = -1;
  for (int32_t i = 0; i < count; ++i) {
    if (items[static_cast<size_t>(i)]->kind != ExprKind::kStarred) continue;
    if (star >= 0) return Fail(target->span, "multiple starred expressions in assignment");
    star = i;
  }
  if (star > 255 || (star >= 0 && count - star - 1 > 255) || count > 60000) {
    return Fail(target->span, "too many expressions in star-unpacking assignment");
  }
  if (star < 0) {
    const int32_t locals = count > 0 ? ConsecutiveLocals(items) : -1;
    if (locals >= 0) return Emit(Opcode::kUnpackSequence, locals, src, count);
  }
  const int32_t first = NewTemps(count);
  if (star < 0) {
    Emit(Opcode::kUnpackSequence, first, src, count);
  } else {
    Emit(Opcode::kUnpackEx, first, src, star | (count - star - 1) << 8);
  }
  for (int32_t i = 0; i < count; ++i) {
    const ExprNode* item = items[static_cast<size_t>(i)];
    Store(i == star ? item->As<ast::Starred>()->value : item, first + i);
  }
}

void CodeGenerator::AugAssign(const ast::AugAssign* node) {
  TempScope temps(this);
  const ExprNode* target = node->target;
  const bool more = !IsSimple(node->value);
  if (const auto* name = target->DynAs<ast::Name>()) {
    const int32_t local = LocalRegister(name->id);
    if (local >= 0) {
      const int32_t old = Operand(target, more);
      return EmitBinary(node->op, true, local, old, node->value);
    }
    const int32_t value = NewExprTemp(target);
    EmitBinary(node->op, true, value, value, node->value);
    RangeScope range(this, target->span);
    return StoreVariable(name->id, value, target->span);
  }
  if (const auto* attribute = target->DynAs<ast::Attribute>()) {
    CheckNotDebug(attribute->attr, target->span);
    NoteInstanceAttribute(attribute);
    const int32_t object = Operand(attribute->value, more);
    const int32_t value = NewTemp();
    const int32_t attr = NarrowName(Mangled(attribute->attr));
    {
      RangeScope range(this, target->span);
      unit_->range = RangeAtAttribute(attribute);
      Emit(Opcode::kLoadAttr, value, object, attr);
    }
    EmitBinary(node->op, true, value, value, node->value);
    RangeScope range(this, target->span);
    unit_->range = RangeAtAttribute(attribute);
    return Emit(Opcode::kStoreAttr, object, value, attr);
  }
  const auto* subscript = target->DynAs<ast::Subscript>();
  if (subscript == nullptr) return Fail(target->span, "illegal target for augmented assignment");
  const int32_t object = Operand(subscript->value, more || !IsSimple(subscript->slice));
  const int32_t index = Operand(subscript->slice, more);
  const int32_t value = NewTemp();
  {
    RangeScope range(this, target->span);
    Emit(Opcode::kGetItem, value, object, index);
  }
  EmitBinary(node->op, true, value, value, node->value);
  RangeScope range(this, target->span);
  Emit(Opcode::kSetItem, object, index, value);
}

// --- annotated assignment ---

void CodeGenerator::Annotation(const ExprNode* node, int32_t dst) {
  if (options_.future_annotations) return LoadStr(dst, Unparse(node));
  if (const auto* starred = node->DynAs<ast::Starred>()) {
    // *args: *Ts stands for the one item that *Ts gives.
    TempScope temps(this);
    const int32_t iterable = Operand(starred->value);
    const int32_t item = NewTemp();
    Emit(Opcode::kUnpackSequence, item, iterable, 1);
    return MoveTo(dst, item);
  }
  Expr(node, dst);
}

void CodeGenerator::AnnAssign(const ast::AnnAssign* node) {
  if (node->value != nullptr) AssignTo(node->target, node->value);
  TempScope temps(this);
  const bool recorded = !unit_->scope->IsFunctionLike();
  if (const auto* name = node->target->DynAs<ast::Name>()) {
    CheckNotDebug(name->id, node->target->span);
    if (node->simple != 0 && recorded) {
      const int32_t annotation = NewTemp();
      Annotation(node->annotation, annotation);
      const int32_t dict = NewTemp();
      Emit(Opcode::kLoadName, dict, unit_->names.Add("__annotations__"));
      const int32_t key = NewTemp();
      LoadStr(key, Mangled(name->id));
      return Emit(Opcode::kSetItem, dict, key, annotation);
    }
  } else if (node->value == nullptr) {
    CheckAnnotationTarget(node);
  }
  // Other annotations are evaluated outside functions and forgotten.
  if (recorded && node->simple == 0 && !options_.future_annotations) {
    Expr(node->annotation, NewTemp());
  }
}

// The parts of `a.b: int` and `a[i]: int` are evaluated even though nothing is assigned.
void CodeGenerator::CheckAnnotationTarget(const ast::AnnAssign* node) {
  if (const auto* attribute = node->target->DynAs<ast::Attribute>()) {
    CheckNotDebug(attribute->attr, node->target->span);
    TempScope temps(this);
    Operand(attribute->value);
  } else if (const auto* subscript = node->target->DynAs<ast::Subscript>()) {
    TempScope temps(this);
    Operand(subscript->value);
    Operand(subscript->slice);
  }
}

// --- del ---

void CodeGenerator::Delete(const ExprNode* target) {
  RangeScope range(this, target->span);
  TempScope temps(this);
  switch (target->kind) {
    case ExprKind::kName:
      return DeleteVariable(target->As<ast::Name>()->id, target->span);
    case ExprKind::kAttribute: {
      const auto* attribute = target->As<ast::Attribute>();
      CheckNotDebug(attribute->attr, target->span, true);
      const int32_t object = Operand(attribute->value);
      unit_->range = RangeAtAttribute(attribute);
      return Emit(Opcode::kDelAttr, object, 0, NarrowName(Mangled(attribute->attr)));
    }
    case ExprKind::kSubscript: {
      const auto* subscript = target->As<ast::Subscript>();
      const int32_t object = Operand(subscript->value, !IsSimple(subscript->slice));
      const int32_t index = Operand(subscript->slice);
      return Emit(Opcode::kDelItem, object, index);
    }
    case ExprKind::kTuple:
    case ExprKind::kList:
      for (const ExprNode* item : ItemsOf(target)) Delete(item);
      return;
    default:
      return Fail(target->span, "cannot delete expression");
  }
}

}  // namespace gila::compiler

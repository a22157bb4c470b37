// Comprehensions and generator expressions: functions of one argument, the iterator of the
// outermost iterable, which is evaluated outside.
#include <cstddef>

#include "compiler/codegen.h"

namespace gila::compiler {

using ast::ExprKind;

void CodeGenerator::Comprehension(const ComprehensionParts& parts, int32_t dst) {
  const Scope* scope = scopes_.Of(parts.node);
  const Scope& around = *unit_->scope;
  const bool is_generator = parts.node->kind == ExprKind::kGeneratorExp;
  const bool is_async = scope->is_coroutine && !is_generator;
  const bool top_level = options_.allow_top_level_await && around.kind == ScopeKind::kModule;
  if (is_async && !around.is_async_function && around.kind != ScopeKind::kComprehension &&
      !top_level) {
    return Fail(parts.node->span, "asynchronous comprehension outside of an asynchronous function");
  }
  TempScope temps(this);
  const int32_t result = is_async ? NewTemp() : dst;
  const int32_t window = OpenWindow(dst, is_async);
  EnterUnit(scope, scope->name, parts.node->span.line, 1);
  unit_->code->positional_count = 1;
  unit_->code->positional_only_count = 0;
  ComprehensionBody(parts, -1);
  MakeFunction(LeaveUnit(), -1, window);
  const int32_t iterator = NewTemp();
  const ast::Comprehension* outermost = parts.generators[0];
  if (outermost->is_async != 0) {
    Expr(outermost->iter, iterator);
    Emit(Opcode::kGetAiter, iterator, iterator);
  } else {
    IterateOver(outermost->iter, iterator);
  }
  Emit(Opcode::kCall, window, 1, result);
  if (!is_async) return;
  AwaitInPlace(result, 0);
  MoveTo(dst, result);
}

void CodeGenerator::ComprehensionBody(const ComprehensionParts& parts, int32_t result) {
  RangeScope range(this, parts.node->span);
  TempScope temps(this);
  const ExprKind kind = parts.node->kind;
  if (kind != ExprKind::kGeneratorExp) {
    result = NewTemp();
    const Opcode make = kind == ExprKind::kListComp  ? Opcode::kNewList
                        : kind == ExprKind::kSetComp ? Opcode::kNewSet
                                                     : Opcode::kNewDict;
    Emit(make, result, result, 0);
  }
  ComprehensionLoop(parts, 0, result);
  if (result >= 0) {
    Emit(Opcode::kReturn, result);
  } else {
    Emit(Opcode::kReturnNone);
  }
}

void CodeGenerator::ComprehensionLoop(const ComprehensionParts& parts, size_t index,
                                      int32_t result) {
  const ast::Comprehension* generator = parts.generators[index];
  if (generator->is_async != 0) return ComprehensionAsyncLoop(parts, index, result);
  TempScope temps(this);
  const SourceRange range = unit_->range;
  int32_t iterator = 0;
  if (index > 0) {
    iterator = NewTemp();
    IterateOver(generator->iter, iterator);
  }
  const Label body = NewLabel(), next = NewLabel();
  Jump(next);
  Place(body);
  int32_t target;
  {
    TempScope target_temps(this);
    target = TargetRegister(generator->target);
    StoreTarget(generator->target, target);
  }
  ComprehensionInner(parts, index, result, next);
  Place(next);
  unit_->range = range;
  EmitJump(Opcode::kForNext, body, iterator, target);
}

void CodeGenerator::ComprehensionAsyncLoop(const ComprehensionParts& parts, size_t index,
                                           int32_t result) {
  const ast::Comprehension* generator = parts.generators[index];
  TempScope temps(this);
  int32_t iterator = 0;
  if (index > 0) {
    iterator = NewExprTemp(generator->iter);
    Emit(Opcode::kGetAiter, iterator, iterator);
  }
  const Label top = NewLabel(), next = NewLabel(), finished = NewLabel();
  Place(top);
  {
    TempScope value_temps(this);
    const int32_t value = NewTemp();
    AsyncNext(iterator, value, finished, value);
    Store(generator->target, value);
  }
  ComprehensionInner(parts, index, result, next);
  Place(next);
  Jump(top);
  Place(finished);
  TempScope exception_temps(this);
  Emit(Opcode::kEndAsyncFor, NewTemp());
}

// The conditions of one `for`, then the next `for` or the element.
void CodeGenerator::ComprehensionInner(const ComprehensionParts& parts, size_t index,
                                       int32_t result, Label next) {
  for (const ExprNode* condition : parts.generators[index]->ifs) JumpIf(condition, next, false);
  if (index + 1 < parts.generators.size()) {
    ComprehensionLoop(parts, index + 1, result);
  } else {
    ComprehensionElement(parts, result);
  }
}

void CodeGenerator::ComprehensionElement(const ComprehensionParts& parts, int32_t result) {
  TempScope temps(this);
  const bool dict = parts.value != nullptr;
  int32_t element = Operand(parts.element, dict && !IsSimple(parts.value));
  switch (parts.node->kind) {
    case ExprKind::kListComp:
      return Emit(Opcode::kListAppend, result, element, 1);
    case ExprKind::kSetComp:
      return Emit(Opcode::kSetAdd, result, element, 1);
    case ExprKind::kDictComp:
      return Emit(Opcode::kDictSet, result, element, Operand(parts.value));
    default:
      break;
  }
  const int32_t sent = NewTemp();
  if ((unit_->code->flags & kCodeAsyncGenerator) != 0) {
    Emit(Opcode::kAsyncGenWrap, sent, element);
    element = sent;
  }
  EmitYield(sent, element);
}

}  // namespace gila::compiler

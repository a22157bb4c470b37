// Loops. A `for` keeps its ForNext at the bottom, so that an iteration costs one instruction beyond
// its body; the first item is fetched by jumping there.
#include <cstddef>

#include "compiler/codegen.h"

namespace gila::compiler {

namespace {

// `for x in y: pass` on one line: the loop's own instructions are enough to stop at.
bool DoesNothing(Seq<ast::StmtNode*> body, const ast::ExprNode* head) {
  return body.size() == 1 && body[0]->kind == ast::StmtKind::kPass &&
         body[0]->span.line == head->span.end_line;
}

}  // namespace

void CodeGenerator::While(const ast::While* node) {
  const bool is_endless = IsConstant(node->test);
  const Label top = NewLabel(), again = is_endless ? NewLabel() : top, other = NewLabel(),
              end = NewLabel();
  if (is_endless) Emit(Opcode::kNop);
  Place(top);
  FrameBlock block{FrameBlock::Kind::kLoop};
  block.continue_label = again;
  block.exit_label = end;
  Push(block);
  JumpIf(node->test, other, false);
  if (!DoesNothing(node->body, node->test)) Body(node->body);
  if (is_endless) {
    Place(again);
    // Nothing is tested, but each round begins at the line of the loop.
    RangeScope range(this, node->test->span);
    JumpOfLine(top);
  } else {
    Jump(top);
  }
  Pop();
  Place(other);
  Body(node->orelse);
  Place(end);
}

// A display of constants that is only iterated over is one constant.
const ast::ExprNode* CodeGenerator::IterableAsTuple(const ExprNode* node) {
  const auto* list = node->DynAs<ast::List>();
  if (list != nullptr && AllConstant(list->elts)) return node;
  return nullptr;
}

void CodeGenerator::IterateOver(const ExprNode* iterable, int32_t dst) {
  TempScope temps(this);
  int32_t source;
  if (const ExprNode* display = IterableAsTuple(iterable)) {
    RangeScope range(this, iterable->span);
    source = dst;
    LoadConstant(dst, TupleConstant(ConstantsOf(display->As<ast::List>()->elts)));
  } else {
    source = Operand(iterable, false, dst);
  }
  Emit(Opcode::kGetIter, dst, source);
}

int32_t CodeGenerator::TargetRegister(const ExprNode* target) {
  const auto* name = target->DynAs<ast::Name>();
  const int32_t local = name == nullptr ? -1 : LocalRegister(name->id);
  if (local >= 0 && CheckNotDebug(name->id, target->span)) return local;
  return NewTemp();
}

void CodeGenerator::StoreTarget(const ExprNode* target, int32_t reg) {
  if (IsTemp(reg)) Store(target, reg);
}

void CodeGenerator::For(const ast::For* node) {
  const Label body = NewLabel(), next = NewLabel(), end = NewLabel();
  const int32_t iterator = NewTemp();
  IterateOver(node->iter, iterator);
  Jump(next);
  Place(body);
  FrameBlock block{FrameBlock::Kind::kLoop};
  block.continue_label = next;
  block.exit_label = end;
  Push(block);
  int32_t target;
  {
    TempScope temps(this);
    target = TargetRegister(node->target);
    StoreTarget(node->target, target);
  }
  if (!DoesNothing(node->body, node->iter)) Body(node->body);
  Place(next);
  EmitJump(Opcode::kForNext, body, iterator, target);
  Pop();
  Body(node->orelse);
  Place(end);
}

void CodeGenerator::AsyncNext(int32_t iterator, int32_t value, Label finished, int32_t exception) {
  const int32_t region = unit_->region;
  unit_->region = unit_->graph.NewRegion(finished, exception);
  {
    TempScope temps(this);
    const int32_t awaitable = NewTemp();
    Emit(Opcode::kGetAnext, awaitable, iterator);
    SendLoop(awaitable, value);
  }
  unit_->region = region;
}

void CodeGenerator::AsyncFor(const ast::AsyncFor* node) {
  CheckAsyncAllowed(node->span, "async for");
  const Label top = NewLabel(), finished = NewLabel(), end = NewLabel();
  const int32_t iterator = NewExprTemp(node->iter);
  Emit(Opcode::kGetAiter, iterator, iterator);
  Place(top);
  FrameBlock block{FrameBlock::Kind::kLoop};
  block.continue_label = top;
  block.exit_label = end;
  Push(block);
  {
    TempScope temps(this);
    const int32_t value = NewTemp();
    AsyncNext(iterator, value, finished, value);
    Store(node->target, value);
  }
  Body(node->body);
  Jump(top);
  Pop();
  Place(finished);
  {
    TempScope temps(this);
    Emit(Opcode::kEndAsyncFor, NewTemp());  // the register of `value` above
  }
  Body(node->orelse);
  Place(end);
}

}  // namespace gila::compiler

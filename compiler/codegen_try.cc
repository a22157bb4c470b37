// try, with and their asynchronous forms.
//
// A handler starts with the exception in a register: the first of a pair of temporaries, the second
// of which keeps what was being handled before. Every way out of a handler passes LeaveHandler,
// which puts that back; for exceptions raised inside the handler a cleanup block does it. Handlers
// and cleanup blocks are cold: they stand behind the usual path.
#include <cstddef>
#include <utility>

#include "compiler/codegen.h"

namespace gila::compiler {

// The end of a cleanup block: what the handler replaced is handled again, and the exception goes
// on.
void CodeGenerator::LeaveAndReraise(int32_t pair, int32_t exception) {
  EmitNowhere(Opcode::kLeaveHandler, pair);
  EmitNowhere(Opcode::kReraise, exception);
}

// `body` protected by a finally. The finally body is compiled once for each way out of `body`.
void CodeGenerator::WithFinally(Seq<StmtNode*> finalbody, const std::function<void()>& body) {
  const Label handler = NewLabel(), cleanup = NewLabel(), end = NewLabel();
  const int32_t outer = unit_->region;
  const int32_t pair = unit_->next_temp;
  FrameBlock block{FrameBlock::Kind::kFinally};
  block.region = outer;
  block.body = finalbody;
  Push(block);
  unit_->region = unit_->graph.NewRegion(handler, pair);
  body();
  Pop();
  unit_->region = outer;
  Body(finalbody);
  Jump(end);

  unit_->graph.EnterCold();
  Place(handler);
  {
    TempScope temps(this);
    NewTemps(2);
    EmitNowhere(Opcode::kEnterHandler, pair);
    FrameBlock exceptional{FrameBlock::Kind::kFinallyEnd};
    exceptional.region = outer;
    exceptional.reg = pair;
    Push(exceptional);
    unit_->region = unit_->graph.NewRegion(cleanup, pair + 2);
    Body(finalbody);
    Pop();
    unit_->region = outer;
    LeaveAndReraise(pair, pair);
    Place(cleanup);
    LeaveAndReraise(pair, NewTemp());
  }
  unit_->graph.LeaveCold();
  Place(end);
}

void CodeGenerator::Try(const ast::Try* node) {
  Emit(Opcode::kNop);  // tracers stop at the line of the `try`
  if (node->finalbody.empty()) return TryExcept(node);
  WithFinally(node->finalbody, [&] {
    if (node->handlers.empty()) {
      Body(node->body);
    } else {
      TryExcept(node);
    }
  });
}

void CodeGenerator::TryExcept(const ast::Try* node) {
  const Label handler = NewLabel(), cleanup = NewLabel(), end = NewLabel();
  const int32_t outer = unit_->region;
  const int32_t pair = unit_->next_temp;
  unit_->region = unit_->graph.NewRegion(handler, pair);
  Body(node->body);
  unit_->region = outer;
  Body(node->orelse);
  Jump(end);

  unit_->graph.EnterCold();
  Place(handler);
  {
    TempScope temps(this);
    NewTemps(2);
    EmitNowhere(Opcode::kEnterHandler, pair);
    const int32_t cleanup_region = unit_->graph.NewRegion(cleanup, pair + 2);
    for (size_t i = 0; i < node->handlers.size(); ++i) {
      const ast::ExceptHandler* clause = node->handlers[i];
      if (clause->type == nullptr && i + 1 < node->handlers.size()) {
        Fail(clause->span, "default 'except:' must be last");
      }
      unit_->region = cleanup_region;
      ExceptClause(clause, pair, outer, end);
    }
    unit_->region = outer;
    LeaveAndReraise(pair, pair);
    Place(cleanup);
    LeaveAndReraise(pair, NewTemp());
  }
  unit_->graph.LeaveCold();
  Place(end);
}

void CodeGenerator::ExceptClause(const ast::ExceptHandler* handler, int32_t pair, int32_t outer,
                                 Label end) {
  RangeScope range(this, handler->span);
  const Label next = NewLabel();
  if (handler->type != nullptr) {
    TempScope temps(this);
    const int32_t type = Operand(handler->type);
    const int32_t matches = NewTemp();
    Emit(Opcode::kMatchException, matches, pair, type);
    EmitJump(Opcode::kJumpIfFalse, next, matches);
  }
  FrameBlock block{FrameBlock::Kind::kHandler};
  block.region = outer;
  block.reg = pair;
  block.name = handler->name;
  if (handler->name.data() == nullptr) {
    Push(block);
    Body(handler->body);
    Pop();
    unit_->region = outer;
    EmitNowhere(Opcode::kLeaveHandler, pair);
    Jump(end);
    return Place(next);
  }
  // The name is unbound on every way out, also by an exception.
  StoreVariable(handler->name, pair, handler->span);
  const Label cleanup = NewLabel();
  unit_->region = unit_->graph.NewRegion(cleanup, pair + 2);
  Push(block);
  Body(handler->body);
  Pop();
  unit_->region = outer;
  EmitNowhere(Opcode::kLeaveHandler, pair);
  unit_->range = {};
  Unbind(handler->name);
  Jump(end);
  Place(cleanup);
  {
    TempScope temps(this);
    const int32_t exception = NewTemp();
    Unbind(handler->name);
    LeaveAndReraise(pair, exception);
  }
  Place(next);
}

// --- except* ---

void CodeGenerator::TryStar(const ast::TryStar* node) {
  Emit(Opcode::kNop);
  if (node->finalbody.empty()) return TryExceptStar(node);
  WithFinally(node->finalbody, [&] { TryExceptStar(node); });
}

void CodeGenerator::TryExceptStar(const ast::TryStar* node) {
  const Label handler = NewLabel(), cleanup = NewLabel(), end = NewLabel(), raise = NewLabel();
  const int32_t outer = unit_->region;
  const int32_t pair = unit_->next_temp;
  unit_->region = unit_->graph.NewRegion(handler, pair);
  Body(node->body);
  unit_->region = outer;
  Body(node->orelse);
  Jump(end);

  unit_->graph.EnterCold();
  Place(handler);
  {
    TempScope temps(this);
    NewTemps(2);
    const int32_t list = NewTemp(), rest = NewTemp();
    EmitNowhere(Opcode::kEnterHandler, pair);
    unit_->region = unit_->graph.NewRegion(cleanup, pair + 2);
    const SourceRange at = std::exchange(unit_->range, {});
    Emit(Opcode::kNewList, list, list, 0);
    Emit(Opcode::kMove, rest, pair);
    for (const ast::ExceptHandler* clause : node->handlers) ExceptStarClause(clause, list, rest);
    Emit(Opcode::kListAppend, list, rest, 1);
    Emit(Opcode::kPrepareReraiseStar, rest, list, pair);
    EmitJump(Opcode::kJumpIfNotNone, raise, rest);
    unit_->region = outer;
    Emit(Opcode::kLeaveHandler, pair);
    Jump(end);
    Place(raise);
    LeaveAndReraise(pair, rest);
    Place(cleanup);
    LeaveAndReraise(pair, pair + 2);
    unit_->range = at;
  }
  unit_->graph.LeaveCold();
  Place(end);
}

// One clause: takes its share out of `rest`; what its body raises is appended to `list`.
void CodeGenerator::ExceptStarClause(const ast::ExceptHandler* handler, int32_t list,
                                     int32_t rest) {
  RangeScope range(this, handler->span);
  TempScope temps(this);
  const Label next = NewLabel(), raised = NewLabel();
  const int32_t outer = unit_->region;
  const int32_t match = NewTemps(2);
  {
    TempScope type_temps(this);
    Emit(Opcode::kMatchExceptionGroup, match, rest, Operand(handler->type));
  }
  Emit(Opcode::kMove, rest, match + 1);
  EmitJump(Opcode::kJumpIfNone, next, match);
  Emit(Opcode::kEnterHandler, match);
  unit_->region = unit_->graph.NewRegion(raised, match + 2);
  if (handler->name.data() != nullptr) StoreVariable(handler->name, match, handler->span);
  FrameBlock block{FrameBlock::Kind::kStarHandler};
  block.region = outer;
  Push(block);
  Body(handler->body);
  Pop();
  unit_->region = outer;
  unit_->range = {};
  Emit(Opcode::kLeaveHandler, match);
  Unbind(handler->name);
  Jump(next);
  Place(raised);
  {
    TempScope exception_temps(this);
    const int32_t exception = NewTemp();
    Emit(Opcode::kLeaveHandler, match);
    Unbind(handler->name);
    Emit(Opcode::kListAppend, list, exception, 1);
  }
  Place(next);
}

// --- with ---

namespace {

// The result of a call that is awaited is right below its window (see OpenWindow), of others in it.
constexpr int32_t BelowWindow(bool is_async) { return is_async ? 1 : 0; }

}  // namespace

// Calls the exit function of the window at `exit` with three Nones. The window itself is used
// unless a value above it must live on.
void CodeGenerator::CallExit(int32_t exit, bool is_async, bool keeps_value) {
  TempScope temps(this);
  const int32_t below = BelowWindow(is_async);
  int32_t window = exit;
  if (keeps_value) {
    window = NewTemps(below + kWindowHeader + 1) + below;
    Emit(Opcode::kMove, window, exit);
    Emit(Opcode::kMove, window + 1, exit + 1);
    Emit(Opcode::kMove, window + kWindowHeader, exit + kWindowHeader);
  } else {
    unit_->next_temp = exit + kWindowHeader + 1;
  }
  for (int i = 0; i < 3; ++i) LoadNone(NewTemp());
  Emit(Opcode::kCallMethod, window, 3, window - below);
  if (is_async) AwaitInPlace(window - below, 2);
}

// The path of an exception in the body: the exit function may swallow it.
void CodeGenerator::WithExceptional(int32_t exit, bool is_async, Label end) {
  TempScope temps(this);
  const Label cleanup = NewLabel(), swallowed = NewLabel();
  const int32_t outer = unit_->region;
  const int32_t pair = NewTemps(2);
  Emit(Opcode::kEnterHandler, pair);
  unit_->region = unit_->graph.NewRegion(cleanup, pair + 2);
  const int32_t result = NewTemps(BelowWindow(is_async) + kWindowHeader + 1);
  const int32_t window = result + BelowWindow(is_async);
  Emit(Opcode::kMove, window, exit);
  Emit(Opcode::kMove, window + 1, exit + 1);
  Emit(Opcode::kMove, window + kWindowHeader, exit + kWindowHeader);
  Emit(Opcode::kExceptionInfo, NewTemps(3), pair);
  Emit(Opcode::kCallMethod, window, 3, result);
  if (is_async) AwaitInPlace(result, 2);
  EmitJump(Opcode::kJumpIfTrue, swallowed, result);
  unit_->region = outer;
  LeaveAndReraise(pair, pair);
  Place(swallowed);
  Emit(Opcode::kLeaveHandler, pair);
  Jump(end);
  Place(cleanup);
  LeaveAndReraise(pair, pair + 2);
}

template <typename Node>
void CodeGenerator::With(const Node* node, size_t position) {
  constexpr bool kAsync = Node::kKind == ast::StmtKind::kAsyncWith;
  if (kAsync) CheckAsyncAllowed(node->span, "async with");
  const ast::WithItem* item = node->items[position];
  const Label handler = NewLabel(), end = NewLabel();
  const int32_t outer = unit_->region;
  // The window of the exit call lives as long as the body. The context manager passes through its
  // first register.
  constexpr int32_t kBelow = BelowWindow(kAsync);
  NewTemps(kBelow);
  const int32_t exit = NewExprTemp(item->context_expr);
  NewTemps(kWindowHeader);
  {
    TempScope temps(this);
    const int32_t enter = NewTemps(kBelow + kWindowHeader + 1) + kBelow;
    Emit(Opcode::kLoadSpecial, enter, exit, kAsync ? 2 : 0);
    Emit(Opcode::kLoadSpecial, exit, exit, kAsync ? 3 : 1);
    Emit(Opcode::kCallMethod, enter, 0, enter - kBelow);
    if (kAsync) AwaitInPlace(enter - kBelow, 1);
    unit_->region = unit_->graph.NewRegion(handler, exit + kWindowHeader + 1);
    if (item->optional_vars != nullptr) Store(item->optional_vars, enter - kBelow);
  }
  FrameBlock block{kAsync ? FrameBlock::Kind::kAsyncWith : FrameBlock::Kind::kWith};
  block.region = outer;
  block.reg = exit;
  block.span = node->span;
  Push(block);
  if (position + 1 < node->items.size()) {
    TempScope temps(this);
    With(node, position + 1);
  } else {
    Body(node->body);
  }
  Pop();
  unit_->region = outer;
  CallExit(exit, kAsync, false);
  Jump(end);
  unit_->graph.EnterCold();
  Place(handler);
  WithExceptional(exit, kAsync, end);
  unit_->graph.LeaveCold();
  Place(end);
}

template void CodeGenerator::With(const ast::With* node, size_t position);
template void CodeGenerator::With(const ast::AsyncWith* node, size_t position);

}  // namespace gila::compiler

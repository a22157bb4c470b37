// Statements other than loops, try, with, match and definitions; and the ways out of nested
// statements.
#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "compiler/codegen.h"

namespace gila::compiler {

using ast::ExprKind;
using ast::StmtKind;

void CodeGenerator::Body(Seq<StmtNode*> body) {
  for (const StmtNode* statement : body) {
    if (failed()) return;
    Statement(statement);
  }
}

void CodeGenerator::Statement(const StmtNode* node) {
  TempScope temps(this);
  RangeScope range(this, node->span);
  switch (node->kind) {
    case StmtKind::kFunctionDef:
      return FunctionStatement(node->As<ast::FunctionDef>());
    case StmtKind::kAsyncFunctionDef:
      return FunctionStatement(node->As<ast::AsyncFunctionDef>());
    case StmtKind::kClassDef:
      return ClassStatement(node->As<ast::ClassDef>());
    case StmtKind::kReturn:
      return Return(node->As<ast::Return>());
    case StmtKind::kDelete:
      for (const ExprNode* target : node->As<ast::Delete>()->targets) Delete(target);
      return;
    case StmtKind::kAssign:
      return Assign(node->As<ast::Assign>());
    case StmtKind::kAugAssign:
      return AugAssign(node->As<ast::AugAssign>());
    case StmtKind::kAnnAssign:
      return AnnAssign(node->As<ast::AnnAssign>());
    case StmtKind::kFor:
      return For(node->As<ast::For>());
    case StmtKind::kAsyncFor:
      return AsyncFor(node->As<ast::AsyncFor>());
    case StmtKind::kWhile:
      return While(node->As<ast::While>());
    case StmtKind::kIf:
      return IfStatement(node->As<ast::If>());
    case StmtKind::kWith:
      return With(node->As<ast::With>(), 0);
    case StmtKind::kAsyncWith:
      return With(node->As<ast::AsyncWith>(), 0);
    case StmtKind::kMatch:
      return Match(node->As<ast::Match>());
    case StmtKind::kRaise:
      return Raise(node->As<ast::Raise>());
    case StmtKind::kTry:
      return Try(node->As<ast::Try>());
    case StmtKind::kTryStar:
      return TryStar(node->As<ast::TryStar>());
    case StmtKind::kAssert:
      return Assert(node->As<ast::Assert>());
    case StmtKind::kImport:
      return Import(node->As<ast::Import>());
    case StmtKind::kImportFrom:
      return ImportFrom(node->As<ast::ImportFrom>());
    case StmtKind::kExpr:
      return ExprStatement(node->As<ast::Expr>());
    case StmtKind::kBreak:
    case StmtKind::kContinue:
      return BreakOrContinue(node);
    case StmtKind::kPass:
      return Emit(Opcode::kNop);  // something to stop at
    case StmtKind::kGlobal:
    case StmtKind::kNonlocal:
      return;
  }
}

void CodeGenerator::ExprStatement(const ast::Expr* node) {
  if (interactive_ && unit_->parent == nullptr) {
    return Emit(Opcode::kPrintExpression, Operand(node->value));
  }
  if (const auto* constant = node->value->DynAs<ast::Constant>()) {
    if (constant->value.kind != ast::ConstantKind::kStr) Emit(Opcode::kNop);
    return;
  }
  if (node->value->kind == ExprKind::kName) {
    Operand(node->value);
    return;
  }
  // The register of a call's result tells the vm that nobody wants it: a coroutine that comes out
  // of such a call is known not to be awaited.
  discarded_ = node->value->DynAs<ast::Call>();
  Expr(node->value, NewTemp());
}

// `if c: break` and `if c: continue` on one line, with nothing to undo, are one conditional jump.
bool CodeGenerator::IfJumpsOut(const ast::If* node) {
  if (node->body.size() != 1 || !node->orelse.empty() || unit_->frame_blocks.empty()) return false;
  const FrameBlock& loop = unit_->frame_blocks.back();
  const StmtKind kind = node->body[0]->kind;
  if (loop.kind != FrameBlock::Kind::kLoop) return false;
  if (kind != StmtKind::kBreak && kind != StmtKind::kContinue) return false;
  if (node->body[0]->span.line != node->test->span.end_line) return false;
  JumpIf(node->test, kind == StmtKind::kBreak ? loop.exit_label : loop.continue_label, true);
  return true;
}

void CodeGenerator::IfStatement(const ast::If* node) {
  if (IfJumpsOut(node)) return;
  if (IsConstant(node->test)) Emit(Opcode::kNop);
  const Label end = NewLabel();
  const Label other = node->orelse.empty() ? end : NewLabel();
  JumpIf(node->test, other, false);
  Body(node->body);
  if (!node->orelse.empty()) {
    Jump(end);
    Place(other);
    Body(node->orelse);
  }
  Place(end);
}

void CodeGenerator::Raise(const ast::Raise* node) {
  if (node->exc == nullptr) return Emit(Opcode::kRaiseCurrent);
  const int32_t exception = Operand(node->exc, node->cause != nullptr && !IsSimple(node->cause));
  if (node->cause == nullptr) return Emit(Opcode::kRaise, exception);
  Emit(Opcode::kRaiseFrom, exception, Operand(node->cause));
}

void CodeGenerator::Assert(const ast::Assert* node) {
  const auto* tuple = node->test->DynAs<ast::Tuple>();
  if (tuple != nullptr && !tuple->elts.empty()) {
    Warn(node->span, "assertion is always true, perhaps remove parentheses?");
  }
  if (options_.optimize > 0) return;
  const Label end = NewLabel();
  JumpIf(node->test, end, true);
  if (node->msg == nullptr) {
    const int32_t error = NewTemp();
    Emit(Opcode::kLoadAssertionError, error);
    Emit(Opcode::kRaise, error);
  } else {
    const int32_t window = OpenWindow(-1);
    Emit(Opcode::kLoadAssertionError, window);
    NewExprTemp(node->msg);
    Emit(Opcode::kCall, window, 1, window);
    Emit(Opcode::kRaise, window);
  }
  Place(end);
}

// --- imports ---

// The module in a new temporary.
int32_t CodeGenerator::EmitImportName(std::string_view module, int64_t level, ConstData names) {
  const int32_t window = NewTemps(2);
  LoadConstant(window, IntConstant(level));
  LoadConstant(window + 1, std::move(names));
  Emit(Opcode::kImportName, window, window, NarrowName(Mangled(module)));
  return window;
}

void CodeGenerator::Import(const ast::Import* node) {
  for (const ast::Alias* alias : node->names) {
    TempScope temps(this);
    const int32_t module = EmitImportName(alias->name, 0, {});
    const size_t dot = alias->name.find('.');
    if (alias->asname.data() == nullptr) {
      const std::string_view top =
          dot == std::string_view::npos ? alias->name : arena_.Intern(alias->name.substr(0, dot));
      StoreVariable(top, module, node->span);
      continue;
    }
    // import a.b.c as d: from a take b, from that c.
    std::string_view rest = alias->name;
    for (size_t at = dot; at != std::string_view::npos; at = rest.find('.')) {
      rest = rest.substr(at + 1);
      const std::string_view part = rest.substr(0, rest.find('.'));
      Emit(Opcode::kImportFrom, module, module, NarrowName(Mangled(arena_.Intern(part))));
    }
    StoreVariable(alias->asname, module, node->span);
  }
}

void CodeGenerator::ImportFrom(const ast::ImportFrom* node) {
  if (node->span.line > last_future_line_ && node->module == "__future__" && node->level == 0) {
    return Fail(node->span, "from __future__ imports must occur at the beginning of the file");
  }
  std::vector<ConstData> names;
  for (const ast::Alias* alias : node->names) names.push_back(StrConstant(alias->name));
  const std::string_view name = node->module.data() == nullptr ? arena_.Intern("") : node->module;
  const int32_t module = EmitImportName(name, node->level, TupleConstant(std::move(names)));
  for (const ast::Alias* alias : node->names) {
    if (alias->name == "*") {
      Emit(Opcode::kImportStar, module);
      continue;
    }
    TempScope temps(this);
    const std::string_view bound = alias->asname.data() != nullptr ? alias->asname : alias->name;
    const int32_t local = LocalRegister(bound);
    const int32_t value = local >= 0 ? local : NewTemp();
    Emit(Opcode::kImportFrom, value, module, NarrowName(Mangled(alias->name)));
    StoreVariable(bound, value, node->span);
  }
}

// --- the ways out ---

void CodeGenerator::Return(const ast::Return* node) {
  const Scope& scope = *unit_->scope;
  if (!scope.IsFunctionLike()) return Fail(node->span, "'return' outside function");
  if (node->value != nullptr && (unit_->code->flags & kCodeAsyncGenerator) != 0) {
    return Fail(node->span, "'return' with value in async generator");
  }
  const auto* constant = node->value == nullptr ? nullptr : node->value->DynAs<ast::Constant>();
  const int32_t region = unit_->region;
  const bool unwinds = NeedsUnwinding();
  if (node->value == nullptr || constant != nullptr) {
    if (unwinds) Emit(Opcode::kNop);  // tracers stop here, and then at what is unwound
    UnwindTo(0, false);
    if (unwinds) unit_->range = {};
    if (constant == nullptr || constant->value.kind == ast::ConstantKind::kNone) {
      Emit(Opcode::kReturnNone);
    } else {
      // Behind what was unwound the constant is nowhere; else it is where it stands.
      const int32_t value = unwinds ? NewTemp() : NewExprTemp(constant);
      if (unwinds) LoadConstant(value, ConstantOf(constant));
      Emit(Opcode::kReturn, value);
    }
  } else {
    const int32_t value = unwinds ? NewExprTemp(node->value) : Operand(node->value);
    UnwindTo(0, true);
    if (unwinds) unit_->range = {};
    Emit(Opcode::kReturn, value);
  }
  unit_->region = region;
}

void CodeGenerator::BreakOrContinue(const StmtNode* node) {
  const bool is_break = node->kind == StmtKind::kBreak;
  std::vector<FrameBlock>& blocks = unit_->frame_blocks;
  size_t depth = blocks.size();
  while (depth > 0 && blocks[depth - 1].kind != FrameBlock::Kind::kLoop) --depth;
  if (depth == 0) {
    // CPython notices an except* clause on the way to the loop first.
    for (const FrameBlock& block : blocks) {
      if (block.kind == FrameBlock::Kind::kStarHandler) return UnwindTo(0, false);
    }
    return Fail(node->span, is_break ? "'break' outside loop" : "'continue' not properly in loop");
  }
  const int32_t region = unit_->region;
  const bool undoes = depth != blocks.size();
  if (undoes) Emit(Opcode::kNop);  // tracers stop here, and then at what is undone
  UnwindTo(depth, false);
  const FrameBlock& loop = blocks[depth - 1];
  const Label target = is_break ? loop.exit_label : loop.continue_label;
  if (undoes)
    Jump(target);
  else
    JumpOfLine(target);
  unit_->region = region;
}

// CPython's limit; it also bounds the code that nested finally bodies, which are copied, can grow
// to.
void CodeGenerator::Push(FrameBlock block) {
  constexpr size_t kMostNestedBlocks = 20;
  if (unit_->frame_blocks.size() >= kMostNestedBlocks) {
    const SourceRange& at = unit_->range;
    Fail({at.line, at.column, at.end_line, at.end_column}, "too many statically nested blocks");
  }
  unit_->frame_blocks.push_back(block);
}

// Is there code to run on the way out of the block?
bool CodeGenerator::NeedsUnwinding() const {
  return std::any_of(unit_->frame_blocks.begin(), unit_->frame_blocks.end(),
                     [](const FrameBlock& b) { return b.kind != FrameBlock::Kind::kLoop; });
}

void CodeGenerator::UnwindTo(size_t depth, bool keeps_value) {
  std::vector<FrameBlock>& blocks = unit_->frame_blocks;
  const std::vector<FrameBlock> left(blocks.begin() + static_cast<ptrdiff_t>(depth), blocks.end());
  while (blocks.size() > depth && !failed()) {
    // While a block's code runs, it is no longer around.
    const FrameBlock block = blocks.back();
    blocks.pop_back();
    if (block.kind == FrameBlock::Kind::kLoop) continue;
    unit_->region = block.region;
    UnwindBlock(block, keeps_value);
  }
  blocks.resize(depth);
  blocks.insert(blocks.end(), left.begin(), left.end());
}

void CodeGenerator::UnwindBlock(const FrameBlock& block, bool keeps_value) {
  switch (block.kind) {
    case FrameBlock::Kind::kLoop:
      return;
    case FrameBlock::Kind::kFinally:
      return Body(block.body);
    case FrameBlock::Kind::kFinallyEnd:
      return Emit(Opcode::kLeaveHandler, block.reg);
    case FrameBlock::Kind::kHandler:
      Emit(Opcode::kLeaveHandler, block.reg);
      return Unbind(block.name);
    case FrameBlock::Kind::kStarHandler: {
      const SourceRange& at = unit_->range;
      return Fail({at.line, at.column, at.end_line, at.end_column},
                  "'break', 'continue' and 'return' cannot appear in an except* block");
    }
    case FrameBlock::Kind::kWith:
    case FrameBlock::Kind::kAsyncWith: {
      RangeScope range(this, block.span);
      return CallExit(block.reg, block.kind == FrameBlock::Kind::kAsyncWith, keeps_value);
    }
  }
}

}  // namespace gila::compiler

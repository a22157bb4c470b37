// Code blocks from their opening to their CodeData, and the means to emit instructions. codegen.h
// explains the plan.
#include "compiler/codegen.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "compiler/assembler.h"
#include "compiler/flow_optimizer.h"

namespace gila::compiler {

using ast::ConstantKind;

namespace {

// Room kept free among the 16-bit constant operands for code objects, which have no wide form with
// defaults.
constexpr int32_t kNarrowOperandLimit = NarrowFirst::kNarrowLimit - 4096;

ConstData ConvertConstant(const ast::ConstantValue& value) {
  ConstData constant;
  switch (value.kind) {
    case ConstantKind::kNone:
      break;
    case ConstantKind::kTrue:
      constant.kind = ConstData::Kind::kTrue;
      break;
    case ConstantKind::kFalse:
      constant.kind = ConstData::Kind::kFalse;
      break;
    case ConstantKind::kEllipsis:
      constant.kind = ConstData::Kind::kEllipsis;
      break;
    case ConstantKind::kInt:
      constant.kind = ConstData::Kind::kInt;
      constant.integer = value.int_value;
      break;
    case ConstantKind::kBigInt:
      constant.kind = ConstData::Kind::kBigInt;
      constant.text = value.text;
      break;
    case ConstantKind::kFloat:
      constant.kind = ConstData::Kind::kFloat;
      constant.real = value.float_value;
      break;
    case ConstantKind::kImaginary:
      constant.kind = ConstData::Kind::kComplex;
      constant.imag = value.float_value;
      break;
    case ConstantKind::kStr:
      constant.kind = ConstData::Kind::kStr;
      constant.text = value.text;
      break;
    case ConstantKind::kBytes:
      constant.kind = ConstData::Kind::kBytes;
      constant.text = value.text;
      break;
  }
  return constant;
}

}  // namespace

void CodeGenerator::Fail(const Span& span, std::string message) {
  if (failed()) return;
  error_.message = std::move(message);
  error_.span = span;
}

void CodeGenerator::Warn(const Span& span, std::string message) {
  warnings_.push_back({std::move(message), span});
}

// --- blocks ---

std::shared_ptr<CodeData> CodeGenerator::Generate(ast::Module* module) {
  interactive_ = module->kind == ast::ModuleKind::kInteractive;
  EnterUnit(scopes_.module(), "<module>", 1, 0);
  GenerateBody(module);
  std::shared_ptr<CodeData> code = LeaveUnit();
  return failed() ? nullptr : code;
}

void CodeGenerator::GenerateBody(ast::Module* module) {
  unit_->range = {1, 1, 0, 0};
  if (module->kind == ast::ModuleKind::kExpression) {
    RangeScope range(this, module->expression->span);
    const int32_t result = Operand(module->expression);
    Emit(Opcode::kReturn, result);
    return;
  }
  // Imports from __future__ may follow the docstring and each other, nothing else.
  for (size_t i = 0; i < module->body.size(); ++i) {
    const auto* import = module->body[i]->DynAs<ast::ImportFrom>();
    if (import != nullptr && import->level == 0 && import->module == "__future__") {
      last_future_line_ = import->span.line;
      continue;
    }
    const auto* statement = module->body[i]->DynAs<ast::Expr>();
    const auto* constant =
        statement == nullptr ? nullptr : statement->value->DynAs<ast::Constant>();
    if (i == 0 && constant != nullptr && constant->value.kind == ConstantKind::kStr) continue;
    break;
  }
  if (scopes_.module()->has_annotations) Emit(Opcode::kSetupAnnotations);
  const std::string_view docstring =
      module->kind == ast::ModuleKind::kModule ? DocstringOf(module->body) : std::string_view();
  if (docstring.data() != nullptr) {
    TempScope temps(this);
    RangeScope range(this, module->body[0]->span);
    const int32_t reg = NewTemp();
    LoadStr(reg, docstring);
    StoreVariable(arena_.Intern("__doc__"), reg, module->body[0]->span);
  }
  Body(module->body);
  StandAtEndOf(module->body);
  Emit(Opcode::kReturnNone);
}

uint32_t CodeGenerator::ScopeFlags(const Scope& scope) {
  uint32_t flags = 0;
  if (scope.IsFunctionLike()) {
    flags |= kCodeOptimized | kCodeNewLocals;
    if (scope.is_nested) flags |= kCodeNested;
    if (scope.is_generator && scope.is_coroutine) {
      flags |= kCodeAsyncGenerator;
    } else if (scope.is_generator) {
      flags |= kCodeGenerator;
    } else if (scope.is_coroutine) {
      flags |= kCodeCoroutine;
    }
  }
  return flags;
}

// The dotted path to a block: "Class.method.<locals>.inner".
std::string CodeGenerator::QualifiedName(std::string_view name) const {
  const Unit* parent = unit_;
  std::string own(name);
  if (parent == nullptr || parent->scope->kind == ScopeKind::kModule) return own;
  const Symbol* symbol = parent->scope->Find(Mangle(parent->scope->private_class, name, arena_));
  if (symbol != nullptr && symbol->storage == Storage::kGlobalExplicit) return own;
  const bool function =
      parent->scope->kind == ScopeKind::kFunction || parent->scope->kind == ScopeKind::kLambda;
  const char* between = function ? ".<locals>." : ".";
  return absl::StrCat(parent->code->qualname, between, own);
}

void CodeGenerator::EnterUnit(const Scope* scope, std::string_view name, int32_t first_line,
                              int32_t parameters) {
  auto* unit = new Unit;
  unit->parent = unit_;
  unit->scope = scope;
  unit->code = std::make_shared<CodeData>();
  CodeData& code = *unit->code;
  code.name = name;
  code.qualname = QualifiedName(name);
  code.filename = options_.filename;
  code.first_line = first_line;
  code.flags = ScopeFlags(*scope);
  if (scope->kind == ScopeKind::kModule && options_.allow_top_level_await && scope->is_coroutine) {
    code.flags |= kCodeCoroutine;
  }
  if (options_.future_annotations) code.flags |= kCodeFutureAnnotations;
  unit->parameter_count = unit->next_local = parameters;
  unit->range = {first_line, first_line, 0, 0};
  unit_ = unit;
  LayOutVariables();
}

// Registers: parameters, plain locals, cells that are not parameters; or the namespace and the
// class cell.
void CodeGenerator::LayOutVariables() {
  Unit& unit = *unit_;
  const Scope& scope = *unit.scope;
  std::vector<const Symbol*> cells, free;
  int32_t locals = 0;
  for (const Symbol* symbol : scope.symbols) {
    if (symbol->storage == Storage::kFree || symbol->is_passed) free.push_back(symbol);
    if (!scope.IsFunctionLike()) continue;
    const bool cell = symbol->storage == Storage::kCell;
    if (cell) cells.push_back(symbol);
    if (cell || symbol->storage == Storage::kLocal) {
      if (symbol->is_parameter) unit.registers[symbol] = locals;
      ++locals;
    }
  }
  auto by_name = [](const Symbol* x, const Symbol* y) { return x->name < y->name; };
  std::sort(cells.begin(), cells.end(), by_name);
  std::sort(free.begin(), free.end(), by_name);
  for (const Symbol* symbol : free) {
    unit.closure[symbol->name.data()] = static_cast<int32_t>(unit.code->free_names.size());
    unit.code->free_names.emplace_back(symbol->name);
  }
  unit.first_temp = scope.IsFunctionLike() ? locals : 1;
  unit.code->local_names.resize(scope.IsFunctionLike() ? static_cast<size_t>(locals) : 0);
  int32_t next_cell = locals;
  for (const Symbol* symbol : cells) next_cell -= symbol->is_parameter ? 0 : 1;
  for (const Symbol* symbol : cells) {
    if (!symbol->is_parameter) unit.registers[symbol] = next_cell++;
    const int32_t reg = unit.registers[symbol];
    unit.code->cell_names.emplace_back(symbol->name);
    unit.code->cell_registers.push_back(static_cast<uint16_t>(reg));
    Emit(Opcode::kMakeCell, reg);
  }
  if (scope.needs_class_cell) {
    unit.class_cell = unit.first_temp++;
    unit.code->cell_names.emplace_back("__class__");
    unit.code->cell_registers.push_back(static_cast<uint16_t>(unit.class_cell));
    Emit(Opcode::kLoadUnbound, unit.class_cell);
    Emit(Opcode::kMakeCell, unit.class_cell);
  }
  unit.next_temp = unit.temp_limit = unit.first_temp;
  if (scope.IsFunctionLike()) unit.constants.Add({});  // until FunctionBody knows better
}

std::shared_ptr<CodeData> CodeGenerator::LeaveUnit() {
  std::unique_ptr<Unit> unit(unit_);
  CodeData& code = *unit->code;
  // Locals that no code mentions still have their registers.
  for (const Symbol* symbol : unit->scope->symbols) {
    const bool in_register =
        symbol->storage == Storage::kLocal || symbol->storage == Storage::kCell;
    if (!unit->scope->IsFunctionLike() || !in_register) continue;
    code.local_names[static_cast<size_t>(RegisterOf(symbol))] = symbol->name;
  }
  code.register_count = unit->temp_limit;
  code.attribute_guess = static_cast<int32_t>(unit->instance_attributes.size());
  unit_ = unit->parent;
  if (failed()) return unit->code;
  OptimizeFlow(unit->graph, unit->parameter_count,
               unit->scope->IsFunctionLike() ? unit->first_temp : 0);
  const std::vector<int32_t> constants =
      unit->constants.Finish(unit->scope->IsFunctionLike(), &code.constants);
  const std::vector<int32_t> names = unit->names.Finish(&code.names);
  const char* problem = AssembleFlow(unit->graph, constants, names, &code);
  if (problem != nullptr) Fail(unit->scope->span, problem);
  return unit->code;
}

// --- instructions ---

void CodeGenerator::Emit(Opcode opcode, int32_t a, int32_t b, int32_t c) {
  unit_->graph.Append({opcode, a, b, c, kNoLabel, unit_->region, unit_->range});
}

namespace {

// Do other statements run inside of it?
bool HoldsStatements(ast::StmtKind kind) {
  switch (kind) {
    case ast::StmtKind::kFor:
    case ast::StmtKind::kAsyncFor:
    case ast::StmtKind::kWhile:
    case ast::StmtKind::kIf:
    case ast::StmtKind::kWith:
    case ast::StmtKind::kAsyncWith:
    case ast::StmtKind::kMatch:
    case ast::StmtKind::kTry:
    case ast::StmtKind::kTryStar:
      return true;
    default:
      return false;
  }
}

}  // namespace

// What follows the last statement belongs to its line. After one that holds others it is nowhere:
// who comes there stands where he comes from.
void CodeGenerator::StandAtEndOf(Seq<StmtNode*> body) {
  if (body.empty()) return;
  const StmtNode* const last = body.back();
  const bool is_simple = !HoldsStatements(last->kind);
  const Span& span = last->span;
  unit_->range = is_simple ? SourceRange{span.line, span.end_line, span.column, span.end_column}
                           : SourceRange{};
}

void CodeGenerator::EmitNowhere(Opcode opcode, int32_t a) {
  unit_->graph.Append({opcode, a, 0, 0, kNoLabel, unit_->region, {}});
}

void CodeGenerator::EmitJump(Opcode opcode, Label target, int32_t a, int32_t b, int32_t c) {
  unit_->graph.Append({opcode, a, b, c, target, unit_->region, unit_->range});
}

int32_t CodeGenerator::NewTemps(int32_t count) {
  const int32_t first = unit_->next_temp;
  unit_->next_temp += count;
  unit_->temp_limit = std::max(unit_->temp_limit, unit_->next_temp);
  return first;
}

void CodeGenerator::MoveTo(int32_t dst, int32_t src) {
  if (dst != src) Emit(Opcode::kMove, dst, src);
}

// --- constants ---

void CodeGenerator::LoadConstant(int32_t dst, ConstData constant) {
  if (!open()) return;
  Emit(Opcode::kLoadConst, dst, unit_->constants.Add(std::move(constant)));
}

int32_t CodeGenerator::NarrowConstant(ConstData constant) {
  const int32_t index = unit_->constants.Add(std::move(constant));
  return unit_->constants.MarkNarrow(index, kNarrowOperandLimit) ? index : -1;
}

int32_t CodeGenerator::NarrowName(std::string_view name) {
  const int32_t index = unit_->names.Add(name);
  if (!unit_->names.MarkNarrow(index)) {
    Fail(unit_->scope->span, "too many names in one code block");
  }
  return index;
}

bool CodeGenerator::IsConstant(const ExprNode* node) const {
  return node->kind == ast::ExprKind::kConstant ||
         (node->kind == ast::ExprKind::kTuple && constant_tuples_.contains(node));
}

ConstData CodeGenerator::ConstantOf(const ExprNode* node) const {
  if (const auto* constant = node->DynAs<ast::Constant>()) return ConvertConstant(constant->value);
  return TupleConstant(ConstantsOf(node->As<ast::Tuple>()->elts));
}

bool CodeGenerator::AllConstant(Seq<ExprNode*> nodes) const {
  return std::all_of(nodes.begin(), nodes.end(),
                     [this](const ExprNode* n) { return IsConstant(n); });
}

std::vector<ConstData> CodeGenerator::ConstantsOf(Seq<ExprNode*> nodes) const {
  std::vector<ConstData> items;
  items.reserve(nodes.size());
  for (const ExprNode* node : nodes) items.push_back(ConstantOf(node));
  return items;
}

}  // namespace gila::compiler

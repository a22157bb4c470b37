// Variables: which instruction reads, binds and deletes a name.
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "compiler/codegen.h"

namespace gila::compiler {

CodeGenerator::Variable CodeGenerator::Find(std::string_view name) {
  const std::string_view mangled = Mangled(name);
  const Symbol* symbol = unit_->scope->Find(mangled);
  const bool function = unit_->scope->IsFunctionLike();
  const Storage storage = symbol == nullptr ? Storage::kUnresolved : symbol->storage;
  switch (storage) {
    case Storage::kLocal:
      if (function) return {Access::kRegister, RegisterOf(symbol), symbol};
      break;
    case Storage::kCell:
      return {Access::kCell, RegisterOf(symbol), symbol};
    case Storage::kFree: {
      const Access access = function ? Access::kFree : Access::kClassFree;
      return {access, unit_->closure.at(mangled.data()), symbol};
    }
    case Storage::kGlobalImplicit:
      if (function) return {Access::kGlobal, unit_->names.Add(mangled), symbol};
      break;
    case Storage::kGlobalExplicit:
      return {Access::kGlobal, unit_->names.Add(mangled), symbol};
    case Storage::kUnresolved:
      break;
  }
  return {Access::kName, unit_->names.Add(mangled), symbol};
}

int32_t CodeGenerator::RegisterOf(const Symbol* symbol) {
  auto [entry, inserted] = unit_->registers.try_emplace(symbol, unit_->next_local);
  if (inserted) ++unit_->next_local;
  return entry->second;
}

int32_t CodeGenerator::LocalRegister(std::string_view name) {
  const Variable variable = Find(name);
  return variable.access == Access::kRegister ? variable.index : -1;
}

// Parameters too: a `del` may have unbound them. What is certain is removed by the flow analysis.
void CodeGenerator::CheckBound(int32_t reg) { Emit(Opcode::kCheckLocal, reg); }

void CodeGenerator::LoadVariable(std::string_view name, int32_t dst) {
  if (!open()) return;
  const Variable variable = Find(name);
  switch (variable.access) {
    case Access::kRegister:
      CheckBound(variable.index);
      return MoveTo(dst, variable.index);
    case Access::kCell:
      return Emit(Opcode::kLoadCell, dst, variable.index);
    case Access::kFree:
      return Emit(Opcode::kLoadFree, dst, variable.index);
    case Access::kClassFree:
      return Emit(Opcode::kLoadClassFree, dst, variable.index);
    case Access::kGlobal:
      return Emit(Opcode::kLoadGlobal, dst, variable.index);
    case Access::kName:
      return Emit(Opcode::kLoadName, dst, variable.index);
  }
}

bool CodeGenerator::CheckNotDebug(std::string_view name, const Span& span, bool is_delete) {
  if (name != "__debug__") return true;
  Fail(span, absl::StrCat("cannot ", is_delete ? "delete" : "assign to", " __debug__"));
  return false;
}

void CodeGenerator::StoreVariable(std::string_view name, int32_t src, const Span& span) {
  CheckNotDebug(name, span);
  const Variable variable = Find(name);
  switch (variable.access) {
    case Access::kRegister:
      return MoveTo(variable.index, src);
    case Access::kCell:
      return Emit(Opcode::kStoreCell, variable.index, src);
    case Access::kFree:
    case Access::kClassFree:
      return Emit(Opcode::kStoreFree, variable.index, src);
    case Access::kGlobal:
      return Emit(Opcode::kStoreGlobal, src, variable.index);
    case Access::kName:
      return Emit(Opcode::kStoreName, src, variable.index);
  }
}

void CodeGenerator::DeleteVariable(std::string_view name, const Span& span) {
  CheckNotDebug(name, span, true);
  const Variable variable = Find(name);
  switch (variable.access) {
    case Access::kRegister:
      return Emit(Opcode::kDelLocal, variable.index);
    case Access::kCell:
      return Emit(Opcode::kDelCell, variable.index);
    case Access::kFree:
    case Access::kClassFree:
      return Emit(Opcode::kDelFree, variable.index);
    case Access::kGlobal:
      return Emit(Opcode::kDelGlobal, 0, variable.index);
    case Access::kName:
      return Emit(Opcode::kDelName, 0, variable.index);
  }
}

// After an except clause its name is unbound, whether or not the clause has deleted it.
void CodeGenerator::Unbind(std::string_view name) {
  if (name.data() == nullptr) return;
  const Variable variable = Find(name);
  if (variable.access == Access::kRegister) return Emit(Opcode::kLoadUnbound, variable.index);
  TempScope temps(this);
  const int32_t none = NewTemp();
  LoadNone(none);
  StoreVariable(name, none, Span{});
  DeleteVariable(name, Span{});
}

}  // namespace gila::compiler

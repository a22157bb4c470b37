// The flow graph's bookkeeping, and what the passes must know about single opcodes.
#include "compiler/flow_graph.h"

#include <utility>

namespace gila::compiler {

FlowGraph::FlowGraph() { Place(NewLabel()); }

Label FlowGraph::NewLabel() { return label_count_++; }

void FlowGraph::Place(Label label) {
  blocks_.push_back(Block{label, cold_depth_ > 0, {}});
  open_ = true;
}

void FlowGraph::Append(const FlowInstruction& instruction) {
  if (!open_) return;
  blocks_.back().instructions.push_back(instruction);
  if (EndsFlow(instruction.opcode)) open_ = false;
}

int32_t FlowGraph::NewRegion(Label handler, int32_t reg) {
  regions_.push_back({handler, reg});
  return static_cast<int32_t>(regions_.size()) - 1;
}

void FlowGraph::SinkColdBlocks() {
  std::vector<Block> ordered;
  ordered.reserve(blocks_.size());
  for (const bool cold : {false, true}) {
    for (Block& block : blocks_) {
      if (block.cold == cold) ordered.push_back(std::move(block));
    }
  }
  blocks_ = std::move(ordered);
  IndexLabels();
}

void FlowGraph::IndexLabels() {
  block_of_label_.assign(static_cast<size_t>(label_count_), -1);
  for (size_t i = 0; i < blocks_.size(); ++i) {
    block_of_label_[static_cast<size_t>(blocks_[i].label)] = static_cast<int32_t>(i);
  }
}

Opcode InverseJump(Opcode opcode) {
#define GILA_INVERSE(x, y) \
  case Opcode::k##x:       \
    return Opcode::k##y;   \
  case Opcode::k##y:       \
    return Opcode::k##x;
  switch (opcode) {
    GILA_INVERSE(JumpLt, JumpNotLt)
    GILA_INVERSE(JumpLe, JumpNotLe)
    GILA_INVERSE(JumpEq, JumpNotEq)
    GILA_INVERSE(JumpNe, JumpNotNe)
    GILA_INVERSE(JumpGt, JumpNotGt)
    GILA_INVERSE(JumpGe, JumpNotGe)
    GILA_INVERSE(JumpLtK, JumpNotLtK)
    GILA_INVERSE(JumpLeK, JumpNotLeK)
    GILA_INVERSE(JumpEqK, JumpNotEqK)
    GILA_INVERSE(JumpNeK, JumpNotNeK)
    GILA_INVERSE(JumpGtK, JumpNotGtK)
    GILA_INVERSE(JumpGeK, JumpNotGeK)
    GILA_INVERSE(JumpIfTrue, JumpIfFalse)
    GILA_INVERSE(JumpIfNone, JumpIfNotNone)
    default:
      return Opcode::kNop;
  }
#undef GILA_INVERSE
}

namespace {

// The opcodes whose Window operands say more than one register. Returns false for all others.
bool WindowRegisters(Opcode opcode, int32_t a, int32_t b, int32_t c, RegisterUse* use) {
  switch (opcode) {
    case Opcode::kLoadMethod:
    case Opcode::kLoadSpecial:
      use->Read(b);
      use->Write(a, 2);
      use->Write(a + kWindowHeader);
      return true;
    case Opcode::kUnpackSequence:
      use->Read(b);
      use->Write(a, c);
      return true;
    case Opcode::kUnpackEx:
      use->Read(b);
      use->Write(a, (c & 255) + 1 + (c >> 8));
      return true;
    case Opcode::kMatchExceptionGroup:
      use->Read(b);
      use->Read(c);
      use->Write(a, 2);
      return true;
    case Opcode::kExceptionInfo:
      use->Read(b);
      use->Write(a, 3);
      return true;
    case Opcode::kNewSlice:
      use->Read(b, c & 3);
      use->Write(a);
      return true;
    case Opcode::kNewTuple:
    case Opcode::kNewList:
    case Opcode::kNewSet:
    case Opcode::kBuildString:
      use->Read(b, c);
      use->Write(a);
      return true;
    case Opcode::kNewDict:
      use->Read(b, 2 * c);
      use->Write(a);
      return true;
    case Opcode::kListAppend:
    case Opcode::kSetAdd:
      use->Read(a);
      use->Read(b, c);
      return true;
    case Opcode::kFormatValue:
      use->Read(b, (c & 4) != 0 ? 2 : 1);
      use->Write(a);
      return true;
    case Opcode::kMakeClosure:
      use->Read(b, 4);
      use->Write(a);
      return true;
    case Opcode::kImportName:
      use->Read(b, 2);
      use->Write(a);
      return true;
    case Opcode::kMatchClass:
      use->Read(b, 3);
      use->Write(a);
      return true;
    default:
      return false;
  }
}

bool CallRegisters(Opcode opcode, int32_t a, int32_t b, int32_t c, RegisterUse* use) {
  switch (opcode) {
    case Opcode::kCall:
      use->Read(a);
      use->Read(a + kWindowHeader, b);
      break;
    case Opcode::kCallKw:
      use->Read(a);
      use->Read(a + kWindowHeader, b + 1);
      break;
    case Opcode::kCallMethod:
      use->Read(a, 2);
      use->Read(a + kWindowHeader, b + 1);
      break;
    case Opcode::kCallMethodKw:
      use->Read(a, 2);
      use->Read(a + kWindowHeader, b + 2);
      break;
    case Opcode::kCallEx:
      use->Read(a);
      use->Read(a + kWindowHeader, 2);
      break;
    default:
      return false;
  }
  use->Write(c);
  return true;
}

void OperandRegister(OperandKind kind, int32_t value, RegisterUse* use) {
  switch (kind) {
    case OperandKind::kDst:
      use->Write(value);
      break;
    case OperandKind::kReg:
    case OperandKind::kWindow:
      use->Read(value);
      break;
    case OperandKind::kRegInOut:
      use->Read(value);
      use->Write(value);
      break;
    default:
      break;
  }
}

}  // namespace

RegisterUse UsedRegisters(Opcode opcode, int32_t a, int32_t b, int32_t c) {
  RegisterUse use;
  if (WindowRegisters(opcode, a, b, c, &use) || CallRegisters(opcode, a, b, c, &use)) return use;
  const OpcodeInfo& info = InfoOf(opcode);
  OperandRegister(info.a, a, &use);
  OperandRegister(info.b, b, &use);
  OperandRegister(info.c, c, &use);
  if (opcode == Opcode::kEnterHandler) use.Write(a + 1);
  if (opcode == Opcode::kLeaveHandler) {
    use.read_count = 0;
    use.Read(a + 1);
  }
  return use;
}

}  // namespace gila::compiler

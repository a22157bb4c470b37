// The flow graph of one code block: what the code generator fills, the optimiser shortens and the
// assembler turns into words.
//
// A block starts at a label and runs, in emission order, to the next one; control may leave it in
// the middle by a conditional jump. Blocks keep the order in which they were opened, but those
// marked cold (exception handlers) move behind all others, so that the usual path falls through.
// Every instruction carries its own source range and the region (the `try` it stands in), so no
// pass has to keep brackets balanced.
#ifndef GILA_COMPILER_FLOW_GRAPH_H_
#define GILA_COMPILER_FLOW_GRAPH_H_

#include <cstdint>
#include <vector>

#include "bytecode/bytecode.h"
#include "bytecode/code_data.h"

namespace gila::compiler {

using Label = int32_t;
inline constexpr Label kNoLabel = -1;
inline constexpr int32_t kNoRegion = -1;

// An instruction whose operands are wider than the final ones: registers, immediates, or indexes
// into the pools of constants and names as the code generator numbers them. A jump's operand is
// `target`.
struct FlowInstruction {
  Opcode opcode;
  int32_t a = 0, b = 0, c = 0;
  Label target = kNoLabel;
  int32_t region = kNoRegion;
  SourceRange range;
};

// Where an exception raised inside goes, and the register that receives it.
struct Region {
  Label handler;
  int32_t reg;
};

struct Block {
  Label label;
  bool cold;
  std::vector<FlowInstruction> instructions;
};

class FlowGraph {
 public:
  FlowGraph();

  Label NewLabel();
  // Opens the block of `label`; the code before it falls through unless it ended in a jump. Once
  // for each label.
  void Place(Label label);
  // Appends to the open block; without effect after an instruction that never falls through.
  void Append(const FlowInstruction& instruction);
  // May control reach the place where the next instruction would go?
  bool open() const { return open_; }
  // Blocks placed while the cold depth is positive go behind the others. Precondition of both:
  // !open(), or nothing but jumps leads on.
  void EnterCold() { ++cold_depth_; }
  void LeaveCold() { --cold_depth_; }

  int32_t NewRegion(Label handler, int32_t reg);

  std::vector<Block>& blocks() { return blocks_; }
  const std::vector<Block>& blocks() const { return blocks_; }
  const std::vector<Region>& regions() const { return regions_; }
  // Index in blocks() of the block of each label; -1 for one that was never placed or has been
  // removed.
  const std::vector<int32_t>& block_of_label() const { return block_of_label_; }

  // Moves the cold blocks to the end.
  void SinkColdBlocks();
  // Recomputes block_of_label() after blocks() has changed.
  void IndexLabels();
  int32_t label_count() const { return label_count_; }

 private:
  std::vector<Block> blocks_;
  std::vector<Region> regions_;
  std::vector<int32_t> block_of_label_;
  int32_t label_count_ = 0;
  int cold_depth_ = 0;
  bool open_ = true;
};

// The information about an instruction's opcode.
inline const OpcodeInfo& InfoOf(Opcode opcode) { return kOpcodeInfo[static_cast<size_t>(opcode)]; }
inline bool EndsFlow(Opcode opcode) { return (InfoOf(opcode).effects & kEnds) != 0; }

// Jump and JumpBack are one thing until the assembler knows the direction.
inline bool IsPlainJump(Opcode opcode) {
  return opcode == Opcode::kJump || opcode == Opcode::kJumpBack;
}

// The conditional jump that is taken exactly when `opcode` is not, or kNop if there is none.
Opcode InverseJump(Opcode opcode);

// The registers that an instruction reads and those it writes, as runs; what it leaves alone when
// it raises is the vm's promise: results are written last.
struct RegisterRun {
  int32_t first;
  int32_t count;
};
struct RegisterUse {
  static constexpr int kMaxRuns = 4;
  RegisterRun reads[kMaxRuns];
  RegisterRun writes[kMaxRuns];
  int read_count = 0;
  int write_count = 0;

  void Read(int32_t first, int32_t count = 1) {
    if (count > 0) reads[read_count++] = {first, count};
  }
  void Write(int32_t first, int32_t count = 1) {
    if (count > 0) writes[write_count++] = {first, count};
  }
};

// Registers named by the operands a, b and c of an instruction. LoadUnbound and DelLocal count as
// writes.
RegisterUse UsedRegisters(Opcode opcode, int32_t a, int32_t b, int32_t c);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_FLOW_GRAPH_H_

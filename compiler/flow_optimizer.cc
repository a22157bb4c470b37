// Jump threading, dead blocks, and the definite-assignment analysis.
//
// Conditional jumps may only go forwards in the final code (a loop must pass a JumpBack or a
// ForNext, which test the eval breaker), so they are never threaded through a jump that goes back.
#include "compiler/flow_optimizer.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace gila::compiler {

namespace {

// Jumps to jumps are followed this far; longer chains do not occur but in cycles.
constexpr int kLongestThread = 16;

class JumpThreader {
 public:
  explicit JumpThreader(FlowGraph& graph) : graph_(graph) {}

  void Run() {
    for (size_t i = 0; i < graph_.blocks().size(); ++i) {
      for (FlowInstruction& instruction : graph_.blocks()[i].instructions) Thread(instruction, i);
      InvertOverJump(i);
    }
  }

 private:
  size_t BlockOf(Label label) const {
    return static_cast<size_t>(graph_.block_of_label()[static_cast<size_t>(label)]);
  }

  // The first instruction reached from the start of block `index`, or null at the end of the code.
  const FlowInstruction* FirstFrom(size_t index) const {
    for (; index < graph_.blocks().size(); ++index) {
      const auto& instructions = graph_.blocks()[index].instructions;
      if (!instructions.empty()) return &instructions.front();
    }
    return nullptr;
  }

  void Thread(FlowInstruction& instruction, size_t from) {
    if (instruction.target == kNoLabel || instruction.opcode == Opcode::kSend ||
        instruction.opcode == Opcode::kSendAgain)
      return;
    const bool conditional = !IsPlainJump(instruction.opcode);
    for (int step = 0; step < kLongestThread; ++step) {
      const FlowInstruction* next = FirstFrom(BlockOf(instruction.target));
      if (next == nullptr || !IsPlainJump(next->opcode) || next == &instruction) return;
      if (next->target == instruction.target) return;
      if (conditional && BlockOf(next->target) <= from) return;
      // A ForNext goes back to the body it loops over; leave it so.
      if (instruction.opcode == Opcode::kForNext) return;
      // A line to stop at is not passed by: one jump can stand for one such line.
      if (next->a != 0 && next->range.line != instruction.range.end_line) {
        if (conditional || instruction.a != 0) return;
        instruction.a = next->a;
        instruction.range = next->range;
      }
      instruction.target = next->target;
    }
  }

  // "if c goto next; goto far; next:" becomes "unless c goto far; next:".
  void InvertOverJump(size_t index) {
    auto& instructions = graph_.blocks()[index].instructions;
    if (instructions.size() < 2) return;
    const FlowInstruction& jump = instructions.back();
    FlowInstruction& test = instructions[instructions.size() - 2];
    if (!IsPlainJump(jump.opcode) || test.target == kNoLabel) return;
    if (index + 1 >= graph_.blocks().size() || BlockOf(test.target) <= index) return;
    if (FirstFrom(BlockOf(test.target)) != FirstFrom(index + 1)) return;
    if (jump.a != 0 && jump.range.line != test.range.end_line) return;
    const Opcode inverse = InverseJump(test.opcode);
    if (inverse == Opcode::kNop || BlockOf(jump.target) <= index) return;
    test.opcode = inverse;
    test.target = jump.target;
    instructions.pop_back();
  }

  FlowGraph& graph_;
};

void RemoveUnreachable(FlowGraph& graph) {
  std::vector<Block>& blocks = graph.blocks();
  std::vector<char> reached(blocks.size(), 0);
  std::vector<size_t> work;
  auto reach = [&](size_t index) {
    if (index < blocks.size() && !reached[index]) {
      reached[index] = 1;
      work.push_back(index);
    }
  };
  auto reach_label = [&](Label label) {
    reach(static_cast<size_t>(graph.block_of_label()[static_cast<size_t>(label)]));
  };
  reach(0);
  while (!work.empty()) {
    const size_t index = work.back();
    work.pop_back();
    int32_t last_region = kNoRegion;
    for (const FlowInstruction& instruction : blocks[index].instructions) {
      if (instruction.target != kNoLabel) reach_label(instruction.target);
      if (instruction.region != last_region && instruction.region != kNoRegion) {
        last_region = instruction.region;
        reach_label(graph.regions()[static_cast<size_t>(last_region)].handler);
      }
    }
    const auto& instructions = blocks[index].instructions;
    if (instructions.empty() || !EndsFlow(instructions.back().opcode)) reach(index + 1);
  }
  size_t kept = 0;
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (!reached[i]) continue;
    if (kept != i) blocks[kept] = std::move(blocks[i]);
    ++kept;
  }
  blocks.resize(kept);
  graph.IndexLabels();
}

// Drops a jump to the block that follows anyway.
void RemoveJumpsToNext(FlowGraph& graph) {
  std::vector<Block>& blocks = graph.blocks();
  for (size_t i = 0; i < blocks.size(); ++i) {
    auto& instructions = blocks[i].instructions;
    if (instructions.empty() || !IsPlainJump(instructions.back().opcode)) continue;
    const auto target = static_cast<size_t>(
        graph.block_of_label()[static_cast<size_t>(instructions.back().target)]);
    size_t next = i + 1;
    while (next < target && blocks[next].instructions.empty()) ++next;
    if (target <= i || next != target) continue;
    FlowInstruction& jump = instructions.back();
    if (jump.a != 0)
      jump = {Opcode::kNop, 0, 0, 0, kNoLabel, jump.region, jump.range};
    else
      instructions.pop_back();
  }
}

// Which of 64 local variables are bound for certain, by forward data flow: the meet is "and".
class BoundAnalysis {
 public:
  BoundAnalysis(FlowGraph& graph, std::vector<int8_t>& bit_of, uint64_t entry_state)
      : graph_(graph), bit_of_(bit_of), entry_state_(entry_state) {}

  // Removes every CheckLocal of the chosen locals that is not needed.
  void Run() {
    in_.assign(graph_.blocks().size(), ~uint64_t{0});
    queued_.assign(graph_.blocks().size(), 1);
    in_[0] = entry_state_;
    for (size_t i = graph_.blocks().size(); i-- > 0;) work_.push_back(i);
    while (!work_.empty()) {
      const size_t index = work_.back();
      work_.pop_back();
      queued_[index] = 0;
      Flow(index);
    }
    for (size_t i = 0; i < graph_.blocks().size(); ++i) Sweep(i);
  }

 private:
  void Meet(size_t index, uint64_t state) {
    if (index >= in_.size()) return;
    const uint64_t merged = in_[index] & state;
    if (merged == in_[index]) return;
    in_[index] = merged;
    if (!queued_[index]) {
      queued_[index] = 1;
      work_.push_back(index);
    }
  }

  void MeetLabel(Label label, uint64_t state) {
    Meet(static_cast<size_t>(graph_.block_of_label()[static_cast<size_t>(label)]), state);
  }

  uint64_t Bit(int32_t reg) const {
    if (static_cast<size_t>(reg) >= bit_of_.size()) return 0;
    const int8_t bit = bit_of_[static_cast<size_t>(reg)];
    return bit < 0 ? 0 : uint64_t{1} << bit;
  }

  uint64_t After(const FlowInstruction& instruction, uint64_t state) const {
    switch (instruction.opcode) {
      case Opcode::kLoadUnbound:
      case Opcode::kDelLocal:
        return state & ~Bit(instruction.a);
      case Opcode::kCheckLocal:
        return state | Bit(instruction.a);
      default:
        break;
    }
    const RegisterUse use =
        UsedRegisters(instruction.opcode, instruction.a, instruction.b, instruction.c);
    for (int i = 0; i < use.write_count; ++i) {
      const int32_t end = use.writes[i].first + use.writes[i].count;
      for (int32_t reg = use.writes[i].first; reg < end; ++reg) state |= Bit(reg);
    }
    return state;
  }

  void Flow(size_t index) {
    uint64_t state = in_[index];
    const auto& instructions = graph_.blocks()[index].instructions;
    for (const FlowInstruction& instruction : instructions) {
      if (instruction.region != kNoRegion) {
        MeetLabel(graph_.regions()[static_cast<size_t>(instruction.region)].handler, state);
      }
      const uint64_t after = After(instruction, state);
      // ForNext binds its target only where it jumps.
      if (instruction.target != kNoLabel) MeetLabel(instruction.target, after);
      if (instruction.opcode != Opcode::kForNext) state = after;
    }
    if (instructions.empty() || !EndsFlow(instructions.back().opcode)) Meet(index + 1, state);
  }

  void Sweep(size_t index) {
    uint64_t state = in_[index];
    auto& instructions = graph_.blocks()[index].instructions;
    size_t kept = 0;
    for (size_t i = 0; i < instructions.size(); ++i) {
      const FlowInstruction& instruction = instructions[i];
      const uint64_t bit = instruction.opcode == Opcode::kCheckLocal ? Bit(instruction.a) : 0;
      const bool needless = bit != 0 && (state & bit) != 0;
      if (instruction.opcode != Opcode::kForNext) state = After(instruction, state);
      if (needless) continue;
      if (kept != i) instructions[kept] = instructions[i];
      ++kept;
    }
    instructions.erase(instructions.begin() + static_cast<ptrdiff_t>(kept), instructions.end());
  }

  FlowGraph& graph_;
  const std::vector<int8_t>& bit_of_;
  uint64_t entry_state_;
  std::vector<uint64_t> in_;
  std::vector<char> queued_;
  std::vector<size_t> work_;
};

// Beyond this much work (instructions times groups of 64 locals) the checks stay: generated code of
// absurd size.
constexpr uint64_t kMostAnalysisWork = uint64_t{1} << 27;

void RemoveNeedlessChecks(FlowGraph& graph, int32_t parameter_count, int32_t local_count) {
  std::vector<char> checked(static_cast<size_t>(local_count), 0);
  uint64_t size = 0;
  for (const Block& block : graph.blocks()) {
    size += block.instructions.size();
    for (const FlowInstruction& instruction : block.instructions) {
      if (instruction.opcode == Opcode::kCheckLocal)
        checked[static_cast<size_t>(instruction.a)] = 1;
    }
  }
  uint64_t work = 0;
  int32_t next = 0;
  while (next < local_count) {
    std::vector<int8_t> bit_of(static_cast<size_t>(local_count), -1);
    uint64_t entry_state = 0;
    int8_t bits = 0;
    for (; next < local_count && bits < 64; ++next) {
      if (!checked[static_cast<size_t>(next)]) continue;
      if (next < parameter_count) entry_state |= uint64_t{1} << bits;
      bit_of[static_cast<size_t>(next)] = bits++;
    }
    work += size + static_cast<uint64_t>(local_count);
    if (bits == 0 || work > kMostAnalysisWork) return;
    BoundAnalysis(graph, bit_of, entry_state).Run();
  }
}

}  // namespace

void OptimizeFlow(FlowGraph& graph, int32_t parameter_count, int32_t local_count) {
  graph.SinkColdBlocks();
  RemoveUnreachable(graph);
  JumpThreader(graph).Run();
  RemoveUnreachable(graph);
  RemoveJumpsToNext(graph);
  RemoveNeedlessChecks(graph, parameter_count, local_count);
}

}  // namespace gila::compiler

// Sizes, offsets, words.
//
// A jump with a 16-bit distance that is too far, and a conditional jump that would go backwards, is
// written in a long form: the inverse jump over a plain one. ForNext, which has no inverse, jumps
// to a trampoline behind itself. Which jumps need the long form is found by repetition: forms only
// ever grow, so it ends.
#include "compiler/assembler.h"

#include <cstddef>

namespace gila::compiler {

namespace {

constexpr int64_t kLongestShortJump = 32767;

bool HasShortJump(Opcode opcode) {
  const OpcodeInfo& info = InfoOf(opcode);
  return info.a == OperandKind::kJump || info.c == OperandKind::kJump;
}

bool Fits16(int32_t value) { return value >= 0 && value <= 65535; }

class Assembler {
 public:
  Assembler(const FlowGraph& graph, const std::vector<int32_t>& constants,
            const std::vector<int32_t>& names, CodeData* code)
      : graph_(graph), constants_(constants), names_(names), code_(code) {}

  const char* Run() {
    MeasureBlocks();
    while (GrowJumps()) MeasureBlocks();
    if (total_ > INT32_MAX / 2) return "code is too large";
    code_->words.reserve(static_cast<size_t>(total_));
    size_t number = 0;
    for (const Block& block : graph_.blocks()) {
      for (const FlowInstruction& instruction : block.instructions) {
        const size_t start = code_->words.size();
        if (const char* problem = Write(instruction, long_form_[number++] != 0)) return problem;
        AddLine(static_cast<uint32_t>(start), instruction.range);
        AddRegion(static_cast<uint32_t>(start), instruction.region);
      }
    }
    return nullptr;
  }

 private:
  static int64_t ShortSize(Opcode opcode) { return 1 + InfoOf(opcode).caches; }

  // The long form adds a plain jump, and for ForNext one more around the trampoline.
  static int64_t Size(Opcode opcode, bool is_long) {
    if (!is_long) return ShortSize(opcode);
    return ShortSize(opcode) + (opcode == Opcode::kForNext ? 2 : 1);
  }

  void MeasureBlocks() {
    if (long_form_.empty()) {
      size_t count = 0;
      for (const Block& block : graph_.blocks()) count += block.instructions.size();
      long_form_.assign(count, 0);
    }
    offsets_.resize(graph_.blocks().size());
    total_ = 0;
    size_t number = 0;
    for (size_t i = 0; i < graph_.blocks().size(); ++i) {
      offsets_[i] = total_;
      for (const FlowInstruction& instruction : graph_.blocks()[i].instructions) {
        total_ += Size(instruction.opcode, long_form_[number++] != 0);
      }
    }
  }

  int64_t OffsetOf(Label label) const {
    return offsets_[static_cast<size_t>(graph_.block_of_label()[static_cast<size_t>(label)])];
  }

  bool MustBeLong(const FlowInstruction& instruction, int64_t distance) const {
    if (instruction.target == kNoLabel || IsPlainJump(instruction.opcode)) return false;
    const bool far = HasShortJump(instruction.opcode) &&
                     (distance > kLongestShortJump || distance < -kLongestShortJump);
    const bool backwards = distance <= 0 && instruction.opcode != Opcode::kForNext &&
                           instruction.opcode != Opcode::kSendAgain;
    return far || backwards;
  }

  bool GrowJumps() {
    bool changed = false;
    size_t number = 0;
    for (size_t i = 0; i < graph_.blocks().size(); ++i) {
      int64_t at = offsets_[i];
      for (const FlowInstruction& instruction : graph_.blocks()[i].instructions) {
        char& is_long = long_form_[number++];
        if (!is_long && instruction.target != kNoLabel &&
            MustBeLong(instruction, OffsetOf(instruction.target) - at)) {
          is_long = 1;
          changed = true;
        }
        at += Size(instruction.opcode, is_long != 0);
      }
    }
    return changed;
  }

  const char* Write(const FlowInstruction& instruction, bool is_long) {
    const auto start = static_cast<int64_t>(code_->words.size());
    if (instruction.target == kNoLabel) return WriteWord(instruction, instruction.opcode, 0);
    const int64_t distance = OffsetOf(instruction.target) - start;
    if (IsPlainJump(instruction.opcode)) {
      WriteJump(distance, instruction.a);
      return nullptr;
    }
    if (!is_long) return WriteWord(instruction, instruction.opcode, distance);
    const int64_t size = ShortSize(instruction.opcode);
    if (instruction.opcode == Opcode::kForNext) {
      if (const char* problem = WriteWord(instruction, instruction.opcode, size + 1))
        return problem;
      WriteJump(2);
      WriteJump(distance - size - 1);
      return nullptr;
    }
    const Opcode inverse = InverseJump(instruction.opcode);
    if (inverse == Opcode::kNop) return "a jump is too far";
    if (const char* problem = WriteWord(instruction, inverse, size + 1)) return problem;
    WriteJump(distance - size);
    return nullptr;
  }

  // `stop`: see CodeGenerator::JumpOfLine.
  void WriteJump(int64_t distance, int32_t stop = 0) {
    const Opcode opcode = distance > 0 ? Opcode::kJump : Opcode::kJumpBack;
    code_->words.push_back(Instruction::MakeWide(static_cast<uint16_t>(opcode),
                                                 static_cast<uint16_t>(stop),
                                                 static_cast<uint32_t>(distance)));
  }

  // The final value of an operand, or -1 if it does not fit.
  int32_t Operand(OperandKind kind, int32_t value, int64_t distance) const {
    switch (kind) {
      case OperandKind::kNone:
        return 0;
      case OperandKind::kConst:
      case OperandKind::kConst32:
        return constants_[static_cast<size_t>(value)];
      case OperandKind::kName:
      case OperandKind::kName32:
        return names_[static_cast<size_t>(value)];
      case OperandKind::kJump:
        return static_cast<uint16_t>(static_cast<int16_t>(distance));
      default:
        return value;
    }
  }

  const char* WriteWord(const FlowInstruction& instruction, Opcode opcode, int64_t distance) {
    const OpcodeInfo& info = InfoOf(opcode);
    const auto number = static_cast<uint16_t>(opcode);
    const int32_t a = Operand(info.a, instruction.a, distance);
    if (!Fits16(a)) return "too many local variables or values in one code block";
    if (info.b == OperandKind::kJump32) {
      code_->words.push_back(
          Instruction::MakeWide(number, static_cast<uint16_t>(a), static_cast<uint32_t>(distance)));
    } else if (info.b == OperandKind::kConst32 || info.b == OperandKind::kName32) {
      const int32_t wide = Operand(info.b, instruction.b, distance);
      code_->words.push_back(
          Instruction::MakeWide(number, static_cast<uint16_t>(a), static_cast<uint32_t>(wide)));
    } else {
      const int32_t b = Operand(info.b, instruction.b, distance);
      const int32_t c = Operand(info.c, instruction.c, distance);
      if (!Fits16(b) || !Fits16(c)) return "too many names or values in one code block";
      code_->words.push_back(Instruction::Make(number, static_cast<uint16_t>(a),
                                               static_cast<uint16_t>(b), static_cast<uint16_t>(c)));
    }
    code_->words.insert(code_->words.end(), info.caches, 0);
    return nullptr;
  }

  void AddLine(uint32_t start, const SourceRange& range) {
    if (!code_->lines.empty()) {
      const SourceRange& last = code_->lines.back().range;
      if (last.line == range.line && last.end_line == range.end_line &&
          last.column == range.column && last.end_column == range.end_column) {
        return;
      }
    }
    code_->lines.push_back({start, range});
  }

  void AddRegion(uint32_t start, int32_t number) {
    if (number == kNoRegion) {
      last_region_ = kNoRegion;
      return;
    }
    const auto end = static_cast<uint32_t>(code_->words.size());
    if (number == last_region_) {
      code_->exceptions.back().end = end;
      return;
    }
    const Region& region = graph_.regions()[static_cast<size_t>(number)];
    code_->exceptions.push_back({start, end, static_cast<uint32_t>(OffsetOf(region.handler)),
                                 static_cast<uint16_t>(region.reg)});
    last_region_ = number;
  }

  const FlowGraph& graph_;
  const std::vector<int32_t>& constants_;
  const std::vector<int32_t>& names_;
  CodeData* code_;
  std::vector<int64_t> offsets_;
  std::vector<char> long_form_;
  int64_t total_ = 0;
  int32_t last_region_ = kNoRegion;
};

}  // namespace

const char* AssembleFlow(const FlowGraph& graph, const std::vector<int32_t>& constant_positions,
                         const std::vector<int32_t>& name_positions, CodeData* code) {
  return Assembler(graph, constant_positions, name_positions, code).Run();
}

}  // namespace gila::compiler

// The checks of verifier.h, over the words as they are: nothing is taken from the compiler but the
// table of opcodes and the register runs of flow_graph.h.
#include "compiler/verifier.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bytecode/bytecode.h"
#include "compiler/flow_graph.h"

namespace gila::compiler {

namespace {

// Data flow over registers is skipped beyond this size (blocks times words of bits): generated code
// only.
constexpr size_t kMostFlowState = size_t{1} << 24;

class Verifier {
 public:
  explicit Verifier(const CodeData& code) : code_(code) {}

  std::string Run() {
    CheckParameters();
    FindStarts();
    for (size_t i = 0; i < starts_.size() && problem_.empty(); ++i) CheckInstruction(starts_[i]);
    if (problem_.empty()) CheckEnd();
    if (problem_.empty()) CheckTables();
    if (problem_.empty()) CheckFlow();
    if (problem_.empty()) return "";
    return absl::StrCat(code_.filename, ": ", code_.qualname, ": ", problem_);
  }

 private:
  void Complain(size_t at, const std::string& what) {
    if (!problem_.empty()) return;
    const Instruction instruction(at < code_.words.size() ? code_.words[at] : 0);
    const char* name =
        instruction.opcode() < kOpcodeCount ? kOpcodeInfo[instruction.opcode()].name : "?";
    problem_ = absl::StrCat("word ", at, " ", name, " ", instruction.a(), " ", instruction.b(), " ",
                            instruction.c(), ": ", what);
  }

  Instruction At(size_t word) const { return Instruction(code_.words[word]); }
  const OpcodeInfo& InfoAt(size_t word) const { return kOpcodeInfo[At(word).opcode()]; }
  bool IsStart(int64_t word) const {
    return word >= 0 && word < static_cast<int64_t>(is_start_.size()) &&
           is_start_[static_cast<size_t>(word)];
  }

  // Each parameter is a local variable, and each local variable has a register and a name.
  void CheckParameters() {
    const int64_t locals = static_cast<int64_t>(code_.local_names.size());
    const int64_t gathered =
        (code_.flags & kCodeVarArgs ? 1 : 0) + (code_.flags & kCodeVarKeywords ? 1 : 0);
    const int64_t parameters =
        int64_t{code_.positional_count} + code_.keyword_only_count + gathered;
    const bool in_order = 0 <= code_.positional_only_count &&
                          code_.positional_only_count <= code_.positional_count &&
                          code_.keyword_only_count >= 0;
    if (!in_order || parameters > locals || locals > code_.register_count)
      return Complain(0, "parameters without a variable, or variables without a register");
    if (code_.cell_registers.size() > code_.cell_names.size()) Complain(0, "a cell without a name");
  }

  void FindStarts() {
    is_start_.assign(code_.words.size(), false);
    size_t word = 0;
    while (word < code_.words.size()) {
      if (At(word).opcode() >= kOpcodeCount) return Complain(word, "no such opcode");
      is_start_[word] = true;
      starts_.push_back(word);
      word += 1 + size_t{InfoAt(word).caches};
    }
    if (word != code_.words.size()) Complain(starts_.back(), "cache words are missing");
  }

  void CheckIndex(size_t word, size_t index, size_t size, const char* what) {
    if (index >= size) Complain(word, absl::StrCat(what, " ", index, " of ", size));
  }

  void CheckOperand(size_t word, OperandKind kind, uint16_t value) {
    switch (kind) {
      case OperandKind::kConst:
        return CheckIndex(word, value, code_.constants.size(), "constant");
      case OperandKind::kConst32:
        return CheckIndex(word, At(word).bc(), code_.constants.size(), "constant");
      case OperandKind::kName:
        return CheckIndex(word, value, code_.names.size(), "name");
      case OperandKind::kName32:
        return CheckIndex(word, At(word).bc(), code_.names.size(), "name");
      case OperandKind::kJump:
      case OperandKind::kJump32:
        return CheckJump(word);
      default:
        return;
    }
  }

  // The distance of a jump at `word`; 0 if there is none.
  int64_t Distance(size_t word) const {
    const OpcodeInfo& info = InfoAt(word);
    if (info.a == OperandKind::kJump) return At(word).jump_a();
    if (info.c == OperandKind::kJump) return At(word).jump_c();
    return At(word).jump_bc();
  }

  bool IsJump(size_t word) const {
    const OpcodeInfo& info = InfoAt(word);
    return info.a == OperandKind::kJump || info.b == OperandKind::kJump32 ||
           info.c == OperandKind::kJump;
  }

  void CheckJump(size_t word) {
    const int64_t distance = Distance(word);
    if (!IsStart(static_cast<int64_t>(word) + distance)) {
      return Complain(word, "jumps into the middle of an instruction");
    }
    const auto opcode = static_cast<Opcode>(At(word).opcode());
    if (opcode == Opcode::kForNext) return;
    const bool back = opcode == Opcode::kJumpBack || opcode == Opcode::kSendAgain;
    if ((distance > 0) == back) Complain(word, "jumps the wrong way");
  }

  void CheckInstruction(size_t word) {
    const Instruction instruction = At(word);
    const OpcodeInfo& info = InfoAt(word);
    CheckOperand(word, info.a, instruction.a());
    CheckOperand(word, info.b, instruction.b());
    CheckOperand(word, info.c, instruction.c());
    const RegisterUse use = UsedRegisters(static_cast<Opcode>(instruction.opcode()),
                                          instruction.a(), instruction.b(), instruction.c());
    for (int i = 0; i < use.read_count; ++i) CheckRun(word, use.reads[i]);
    for (int i = 0; i < use.write_count; ++i) CheckRun(word, use.writes[i]);
    const auto opcode = static_cast<Opcode>(instruction.opcode());
    const bool free = opcode == Opcode::kLoadFree || opcode == Opcode::kLoadClosure ||
                      opcode == Opcode::kLoadClassFree;
    if (free) CheckIndex(word, instruction.b(), code_.free_names.size(), "closure cell");
    if (opcode == Opcode::kStoreFree || opcode == Opcode::kDelFree) {
      CheckIndex(word, instruction.a(), code_.free_names.size(), "closure cell");
    }
    const bool code = opcode == Opcode::kMakeFunction || opcode == Opcode::kMakeClosure;
    const size_t constant = opcode == Opcode::kMakeClosure ? instruction.c() : instruction.bc();
    if (code && problem_.empty() && code_.constants[constant].kind != ConstData::Kind::kCode) {
      Complain(word, "makes a function of something else than code");
    }
  }

  void CheckRun(size_t word, const RegisterRun& run) {
    if (run.first < 0 || run.first + run.count > code_.register_count) {
      Complain(word, absl::StrCat("registers ", run.first, " to ", run.first + run.count - 1,
                                  " of ", code_.register_count));
    }
  }

  void CheckEnd() {
    if (starts_.empty()) {
      problem_ = "no code";
    } else if ((InfoAt(starts_.back()).effects & kEnds) == 0) {
      Complain(starts_.back(), "the code runs off its end");
    }
  }

  void CheckTables() {
    uint32_t last_end = 0;
    for (const ExceptionEntry& entry : code_.exceptions) {
      if (entry.start < last_end || entry.end <= entry.start || !IsStart(entry.start) ||
          (entry.end != code_.words.size() && !IsStart(entry.end))) {
        return Complain(entry.start, "bad range in the exception table");
      }
      if (!IsStart(entry.handler) || entry.reg >= code_.register_count) {
        return Complain(entry.start, "bad handler in the exception table");
      }
      last_end = entry.end;
    }
    for (size_t i = 0; i < code_.lines.size(); ++i) {
      if (!IsStart(code_.lines[i].start) ||
          (i > 0 && code_.lines[i].start <= code_.lines[i - 1].start)) {
        return Complain(code_.lines[i].start, "bad entry in the line table");
      }
    }
    for (const uint16_t reg : code_.cell_registers) {
      if (reg >= code_.register_count) problem_ = "cell register outside the frame";
    }
  }

  // --- every temporary is written before it is read ---

  using Bits = std::vector<uint64_t>;

  // Registers below have a value on entry.
  int32_t FirstTemp() const {
    return (code_.flags & kCodeOptimized) != 0 ? static_cast<int32_t>(code_.local_names.size()) : 1;
  }

  void CheckFlow() {
    const size_t bits = (static_cast<size_t>(code_.register_count) + 63) / 64;
    std::vector<int32_t> leader(code_.words.size(), -1);
    int32_t leaders = 0;
    auto lead = [&](size_t word) {
      if (word < leader.size() && leader[word] < 0) leader[word] = leaders++;
    };
    lead(0);
    for (const size_t word : starts_) {
      if (!IsJump(word)) continue;
      lead(static_cast<size_t>(static_cast<int64_t>(word) + Distance(word)));
      lead(word + 1 + InfoAt(word).caches);
    }
    for (const ExceptionEntry& entry : code_.exceptions) lead(entry.handler);
    if (static_cast<size_t>(leaders) * bits > kMostFlowState) return;
    leader_ = leader;
    states_.assign(static_cast<size_t>(leaders), Bits());
    Bits entry(bits, 0);
    for (int32_t reg = 0; reg < FirstTemp() && reg < code_.register_count; ++reg) Set(&entry, reg);
    Meet(0, entry, -1);
    while (!work_.empty() && problem_.empty()) {
      const size_t word = work_.back();
      work_.pop_back();
      FlowFrom(word);
    }
  }

  static void Set(Bits* bits, int32_t reg) {
    (*bits)[static_cast<size_t>(reg) / 64] |= uint64_t{1} << (reg % 64);
  }
  static bool Has(const Bits& bits, int32_t reg) {
    return (bits[static_cast<size_t>(reg) / 64] >> (reg % 64) & 1) != 0;
  }

  // `extra`: a register written on the way, or -1.
  void Meet(size_t word, const Bits& state, int32_t extra) {
    Bits& known = states_[static_cast<size_t>(leader_[word])];
    bool changed = known.empty();
    if (changed) {
      known = state;
      if (extra >= 0) Set(&known, extra);
    } else {
      for (size_t i = 0; i < known.size(); ++i) {
        uint64_t merged = known[i] & state[i];
        if (extra >= 0 && static_cast<size_t>(extra) / 64 == i) {
          merged |= known[i] & uint64_t{1} << (extra % 64);
        }
        changed = changed || merged != known[i];
        known[i] = merged;
      }
    }
    if (changed) work_.push_back(word);
  }

  const ExceptionEntry* EntryFor(size_t word) const {
    size_t low = 0, high = code_.exceptions.size();
    while (low < high) {
      const size_t middle = (low + high) / 2;
      if (code_.exceptions[middle].end <= word) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == code_.exceptions.size() || code_.exceptions[low].start > word) return nullptr;
    return &code_.exceptions[low];
  }

  void FlowFrom(size_t word) {
    Bits state = states_[static_cast<size_t>(leader_[word])];
    while (problem_.empty()) {
      const Instruction instruction = At(word);
      const auto opcode = static_cast<Opcode>(instruction.opcode());
      const OpcodeInfo& info = InfoAt(word);
      const RegisterUse use =
          UsedRegisters(opcode, instruction.a(), instruction.b(), instruction.c());
      for (int i = 0; i < use.read_count; ++i) CheckWritten(word, use.reads[i], state);
      if (!problem_.empty()) return;
      if (const ExceptionEntry* entry = EntryFor(word)) Meet(entry->handler, state, entry->reg);
      Bits after = state;
      for (int i = 0; i < use.write_count; ++i) {
        for (int32_t k = 0; k < use.writes[i].count; ++k) Set(&after, use.writes[i].first + k);
      }
      if (IsJump(word)) {
        Meet(static_cast<size_t>(static_cast<int64_t>(word) + Distance(word)), after, -1);
      }
      if ((info.effects & kEnds) != 0) return;
      // ForNext writes its target only where it jumps.
      if (opcode != Opcode::kForNext) state = after;
      word += 1 + size_t{info.caches};
      if (leader_[word] >= 0) return Meet(word, state, -1);
    }
  }

  void CheckWritten(size_t word, const RegisterRun& run, const Bits& state) {
    for (int32_t reg = run.first; reg < run.first + run.count; ++reg) {
      if (!Has(state, reg))
        return Complain(word, absl::StrCat("register ", reg, " is not written"));
    }
  }

  const CodeData& code_;
  std::string problem_;
  std::vector<bool> is_start_;
  std::vector<size_t> starts_;
  std::vector<int32_t> leader_;
  std::vector<Bits> states_;
  std::vector<size_t> work_;
};

}  // namespace

std::string VerifyCode(const CodeData& code) {
  std::string problem = Verifier(code).Run();
  for (const ConstData& constant : code.constants) {
    if (!problem.empty()) break;
    if (constant.kind == ConstData::Kind::kCode) problem = VerifyCode(*constant.code);
  }
  return problem;
}

void CheckCode(const CodeData& code) {
  const std::string problem = VerifyCode(code);
  if (problem.empty()) return;
  std::fprintf(stderr, "bytecode verifier: %s\n", problem.c_str());
  std::abort();
}

}  // namespace gila::compiler

// liveness.cc: a backward data flow over the instructions of one code object (Aho, Lam, Sethi,
// Ullman, "Compilers", 9.2.5), done when gc.collect() asks and remembered for that one question.
// What an instruction reads and writes comes from the table of opcodes, as in the verifier, its
// opposite: that one proves that no temporary is read before it is written.
#include "vm/liveness.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "bytecode/code_data.h"
#include "compiler/flow_graph.h"
#include "runtime/types/function.h"
#include "vm/frame.h"
#include "vm/interpreter.h"
#include "vm/opcode_tables.h"
#include "vm/tracing.h"

namespace gila::vm {
namespace {

using compiler::RegisterRun;
using compiler::RegisterUse;
using Bits = std::vector<uint64_t>;

// Words of state (leaders times words of a set) beyond which a code object is not looked at.
constexpr size_t kMostState = size_t{1} << 20;

class Liveness {
 public:
  explicit Liveness(const Code* code)
      : code_(code), set_words_((size_t{code->register_count} + 63) / 64) {
    FindLeaders();
    known_ = leaders_.size() * set_words_ <= kMostState;
    if (known_) Solve();
  }

  // The registers that are read at `word` or later, before anything is written there; empty when
  // that is not known.
  Bits At(uint32_t word) const {
    if (!known_) return {};
    // What waits at a SendAgain goes on behind it.
    if (BaseOpcode(InstructionAt(word).opcode()) == Opcode::kSendAgain) return AfterSendAgain(word);
    const auto after = std::upper_bound(leaders_.begin(), leaders_.end(), word);
    return LiveFrom(static_cast<size_t>(after - leaders_.begin()) - 1, word);
  }

 private:
  Bits AfterSendAgain(uint32_t word) const {
    Bits live = At(word + static_cast<uint32_t>(WordsOf(kOpSendAgain)));
    Clear({InstructionAt(word).c(), 1}, &live);
    JoinHandler(word, &live);
    return live;
  }
  Instruction InstructionAt(uint32_t word) const {
    return Instruction(LoadWord(code_->words + word));
  }
  static uint32_t Target(uint32_t word, Instruction instruction, const OpcodeInfo& info) {
    const int64_t distance = info.a == OperandKind::kJump   ? instruction.jump_a()
                             : info.c == OperandKind::kJump ? instruction.jump_c()
                                                            : instruction.jump_bc();
    return static_cast<uint32_t>(word + distance);
  }

  void FindLeaders() {
    std::vector<bool> leads(code_->word_count + 1, false);
    leads[0] = true;
    for (uint32_t word = 0; word < code_->word_count;) {
      const Instruction instruction = InstructionAt(word);
      const OpcodeInfo& info = InfoOf(instruction.opcode());
      const uint32_t next = word + 1 + info.caches;
      if ((info.effects & kJumps) != 0) leads[Target(word, instruction, info)] = true;
      if ((info.effects & (kJumps | kEnds)) != 0) leads[next] = true;
      word = next;
    }
    for (const ExceptionEntry& entry : code_->data->exceptions) leads[entry.handler] = true;
    leader_of_.assign(code_->word_count + 1, 0);
    for (uint32_t word = 0; word < code_->word_count; ++word) {
      if (!leads[word]) continue;
      leader_of_[word] = static_cast<uint32_t>(leaders_.size());
      leaders_.push_back(word);
    }
  }

  void Solve() {
    live_.assign(leaders_.size(), Bits(set_words_, 0));
    for (bool changed = true; changed;) {
      changed = false;
      for (size_t block = leaders_.size(); block-- > 0;) {
        Bits live = LiveFrom(block, leaders_[block]);
        if (live == live_[block]) continue;
        live_[block] = std::move(live);
        changed = true;
      }
    }
  }

  // Backwards through the block from its end to `first`.
  Bits LiveFrom(size_t block, uint32_t first) const {
    const uint32_t end = block + 1 < leaders_.size() ? leaders_[block + 1] : code_->word_count;
    std::vector<uint32_t> words;
    for (uint32_t word = first; word < end; word += WordsOf(InstructionAt(word).opcode())) {
      words.push_back(word);
    }
    Bits live = block + 1 < leaders_.size() ? live_[block + 1] : Bits(set_words_, 0);
    for (size_t i = words.size(); i-- > 0;) Step(words[i], &live);
    return live;
  }

  // From what is live after the instruction to what is live before it.
  void Step(uint32_t word, Bits* live) const {
    const Instruction instruction = InstructionAt(word);
    const Opcode opcode = BaseOpcode(instruction.opcode());
    const OpcodeInfo& info = InfoOf(instruction.opcode());
    const RegisterUse use =
        compiler::UsedRegisters(opcode, instruction.a(), instruction.b(), instruction.c());
    if ((info.effects & kEnds) != 0) std::fill(live->begin(), live->end(), 0);
    // ForNext writes its target only where it jumps.
    const bool writes_at_target = opcode == Opcode::kForNext;
    if (!writes_at_target) ClearWrites(use, live);
    if ((info.effects & kJumps) != 0) {
      Bits there = live_[leader_of_[Target(word, instruction, info)]];
      ClearWrites(use, &there);
      Join(there, live);
    }
    // An instruction that raises has written nothing.
    JoinHandler(word, live);
    for (int i = 0; i < use.read_count; ++i) Set(use.reads[i], live);
  }

  void JoinHandler(uint32_t word, Bits* live) const {
    const ExceptionEntry* const entry = EntryFor(word);
    if (entry == nullptr) return;
    Bits handler = live_[leader_of_[entry->handler]];
    Clear({entry->reg, 1}, &handler);
    Join(handler, live);
  }
  const ExceptionEntry* EntryFor(uint32_t word) const {
    const auto& table = code_->data->exceptions;
    const auto after =
        std::upper_bound(table.begin(), table.end(), word,
                         [](uint32_t at, const ExceptionEntry& entry) { return at < entry.start; });
    if (after == table.begin() || word >= std::prev(after)->end) return nullptr;
    return &*std::prev(after);
  }

  static void ClearWrites(const RegisterUse& use, Bits* set) {
    for (int i = 0; i < use.write_count; ++i) Clear(use.writes[i], set);
  }
  static void Clear(RegisterRun run, Bits* set) {
    for (int32_t reg = run.first; reg < run.first + run.count; ++reg) {
      (*set)[static_cast<size_t>(reg) / 64] &= ~(uint64_t{1} << (reg % 64));
    }
  }
  static void Set(RegisterRun run, Bits* set) {
    for (int32_t reg = run.first; reg < run.first + run.count; ++reg) {
      (*set)[static_cast<size_t>(reg) / 64] |= uint64_t{1} << (reg % 64);
    }
  }
  static void Join(const Bits& from, Bits* into) {
    for (size_t i = 0; i < from.size(); ++i) (*into)[i] |= from[i];
  }

  const Code* const code_;
  const size_t set_words_;
  std::vector<uint32_t> leaders_;    // first words of the blocks, ascending
  std::vector<uint32_t> leader_of_;  // of the first word of each block: its index
  std::vector<Bits> live_;           // on entry of each block
  bool known_ = false;
};

}  // namespace

uint32_t FirstTemporary(const Code* code) {
  return (code->code_flags & kCodeOptimized) != 0 ? code->local_count : 1;
}

uintptr_t StackOfDirectCall(Thread& thread, NativeFn native) {
  if (IsStepping(thread)) return 0;
  const Instruction call(LoadWord(thread.pc));
  const Opcode opcode = BaseOpcode(call.opcode());
  const Value* window = thread.registers + call.a();
  if (opcode == Opcode::kCallMethod && window[0].IsUnbound()) ++window;
  if (opcode != Opcode::kCall && opcode != Opcode::kCallMethod) return 0;
  const auto* callee = CastOrNull<NativeFunction>(*window);
  return callee != nullptr && callee->function == native ? InterpreterStack() : 0;
}

namespace {

// A CallMethod of what is no method reads no `self`: the one of an earlier call may still stand
// there. Only for a call of native code: the header of a Gila frame would lie there.
void ForgetUnusedSelf(Instruction call, Value* registers) {
  const Opcode opcode = BaseOpcode(call.opcode());
  if (opcode != Opcode::kCallMethod && opcode != Opcode::kCallMethodKw) return;
  if (registers[call.a()].IsUnbound()) registers[call.a() + kWindowHeader] = kNone;
}

}  // namespace
}  // namespace gila::vm

namespace gila::heap {

void ForgetDeadTemporaries(Thread& thread) {
  using namespace vm;
  std::unordered_map<const Code*, Liveness> analyses;
  const Value* above = nullptr;  // where the header of the frame inside this one starts
  // Native code that calls Gila code has its window among the registers of the frame that it runs
  // for, and no frame says so while the call is made ready (finalisers run then, and may collect):
  // such a frame is left as it is.
  bool in_native = false;
  WalkFrames(thread, [&](const uint64_t* pc, Value* registers) {
    const Code* code = CodeOf(registers);
    const Bits live = analyses.try_emplace(code, code).first->second.At(WordIndex(code, pc));
    const bool innermost = above == nullptr;
    const Value* end = FrameEnd(registers);
    if (above != nullptr) end = std::min<const Value*>(end, above);
    above = registers + kFrameOwner;
    const bool skip = in_native || live.empty();
    in_native = (LinkOf(registers) & kFrameEntry) != 0;
    if (skip) return false;
    if (innermost) ForgetUnusedSelf(Instruction(LoadWord(pc)), registers);
    for (uint32_t reg = FirstTemporary(code); registers + reg < end; ++reg) {
      if ((live[reg / 64] >> (reg % 64) & 1) == 0) registers[reg] = kNone;
    }
    return false;
  });
}

}  // namespace gila::heap

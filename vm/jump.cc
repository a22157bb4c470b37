// jump.cc: a trace function sets frame.f_lineno: which instructions of the line can be gone on at.
//
// What a register holds is not written down anywhere; but what will be done with it is. A register
// that is alive where the frame stands holds something that all reads ahead of it can take, for the
// compiler saw to that. So an instruction of the line will do if each temporary that is alive there
// is alive here too, and either all its reads there are ahead of it here as well, or it serves the
// same purpose: the iterator of a loop, the exception of a handler, the exit of a `with`. Of
// several instructions that will do, the one with most temporaries alive is taken, as CPython takes
// the deepest stack. Variables that are read without a check and have no value are given None.
#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bytecode/code_data.h"
#include "compiler/flow_graph.h"
#include "runtime/protocols/warn.h"
#include "runtime/types/code.h"
#include "runtime/types/exception.h"
#include "runtime/types/frame.h"
#include "runtime/types/int.h"
#include "vm/attribute_cache.h"
#include "vm/frame.h"
#include "vm/generators.h"
#include "vm/liveness.h"
#include "vm/opcode_tables.h"
#include "vm/tracing.h"

namespace gila::vm {
namespace {

using compiler::RegisterRun;
using compiler::RegisterUse;

// What a temporary is for, as those who read it tell. That of a `with` is called where the body
// ends and moved where an exception leaves it.
enum class Purpose : uint8_t {
  kUnknown,
  kMoved,
  kCalled,
  kExit,  // moved and called, and nothing else
  kIterator,
  kException,
  kHandledBefore,
  kOther
};

struct Reads {
  std::set<uint32_t> words;  // of the instructions that read it before it is written
  Purpose purpose = Purpose::kUnknown;
};

bool Touches(const RegisterRun* runs, int count, int32_t reg) {
  return std::any_of(runs, runs + count, [reg](const RegisterRun& run) {
    return reg >= run.first && reg < run.first + run.count;
  });
}

// What the instruction says about the register that it reads.
Purpose PurposeOf(Opcode opcode, Instruction in, int32_t reg) {
  switch (opcode) {
    case Opcode::kForNext:
    case Opcode::kGetAnext:
      return Purpose::kIterator;
    case Opcode::kLeaveHandler:
      return Purpose::kHandledBefore;
    case Opcode::kReraise:
    case Opcode::kEnterHandler:
    case Opcode::kMatchException:
    case Opcode::kExceptionInfo:
      return Purpose::kException;
    case Opcode::kMove:
      return Purpose::kMoved;
    case Opcode::kCallMethod:
      return reg == in.a() || reg == in.a() + 1 || reg == in.a() + kFrameHeader ? Purpose::kCalled
                                                                                : Purpose::kOther;
    default:
      return Purpose::kOther;
  }
}

Purpose Together(Purpose a, Purpose b) {
  if (a > b) std::swap(a, b);
  if (a == b || a == Purpose::kUnknown) return b;
  if (b <= Purpose::kExit) return Purpose::kExit;
  // An exception may also be moved, into the variable of its handler.
  return a == Purpose::kMoved && b == Purpose::kException ? b : Purpose::kOther;
}

bool IsDistinct(Purpose purpose) { return purpose >= Purpose::kExit && purpose < Purpose::kOther; }

// Follows registers through one code object.
class Reach {
 public:
  explicit Reach(const Code* code) : code_(code) {}

  // Who reads `reg` at `word` or later before it is written. With `unchecked`, a CheckLocal makes
  // sure of the variable for all that follows it, and reads nothing.
  Reads ReadsOf(int32_t reg, uint32_t word, bool unchecked = false) const {
    Reads reads;
    std::vector<bool> seen(code_->word_count + 1, false);
    std::vector<uint32_t> waiting = {word};
    while (!waiting.empty()) {
      const uint32_t at = waiting.back();
      waiting.pop_back();
      if (at >= code_->word_count || seen[at]) continue;
      seen[at] = true;
      Visit(reg, at, unchecked, &reads, &waiting);
    }
    return reads;
  }

 private:
  void Visit(int32_t reg, uint32_t at, bool unchecked, Reads* reads,
             std::vector<uint32_t>* waiting) const {
    const Instruction in(LoadWord(code_->words + at));
    const Opcode opcode = BaseOpcode(in.opcode());
    const OpcodeInfo& info = InfoOf(in.opcode());
    if (const ExceptionEntry* entry = EntryFor(at); entry != nullptr && entry->reg != reg)
      waiting->push_back(entry->handler);
    const bool checks = opcode == Opcode::kCheckLocal || opcode == Opcode::kDelLocal;
    if (unchecked && checks && in.a() == reg) return;
    const RegisterUse use = compiler::UsedRegisters(opcode, in.a(), in.b(), in.c());
    if (Touches(use.reads, use.read_count, reg)) {
      reads->words.insert(at);
      reads->purpose = Together(reads->purpose, PurposeOf(opcode, in, reg));
    }
    // ForNext writes its target only where it jumps.
    const bool writes = Touches(use.writes, use.write_count, reg);
    if ((info.effects & kJumps) != 0 && !writes) waiting->push_back(TargetOf(at, in, info));
    if ((info.effects & kEnds) == 0 && (!writes || opcode == Opcode::kForNext))
      waiting->push_back(at + static_cast<uint32_t>(WordsOf(in.opcode())));
  }

  static uint32_t TargetOf(uint32_t word, Instruction in, const OpcodeInfo& info) {
    const int64_t distance = info.a == OperandKind::kJump   ? in.jump_a()
                             : info.c == OperandKind::kJump ? in.jump_c()
                                                            : in.jump_bc();
    return static_cast<uint32_t>(word + distance);
  }

  const ExceptionEntry* EntryFor(uint32_t word) const {
    const auto& table = code_->data->exceptions;
    const auto after =
        std::upper_bound(table.begin(), table.end(), word,
                         [](uint32_t at, const ExceptionEntry& entry) { return at < entry.start; });
    if (after == table.begin() || word >= std::prev(after)->end) return nullptr;
    return &*std::prev(after);
  }

  const Code* const code_;
};

// The temporaries that are alive somewhere, by register.
std::vector<Reads> Alive(const Code* code, const Reach& reach, uint32_t word) {
  std::vector<Reads> alive(static_cast<size_t>(code->register_count));
  for (uint32_t reg = FirstTemporary(code); reg < alive.size(); ++reg)
    alive[reg] = reach.ReadsOf(static_cast<int32_t>(reg), word);
  return alive;
}

bool CanStandFor(const Reads& here, const Reads& there) {
  if (there.words.empty()) return true;
  if (here.words.empty()) return false;
  if (here.purpose == there.purpose && IsDistinct(there.purpose)) return true;
  return std::includes(here.words.begin(), here.words.end(), there.words.begin(),
                       there.words.end());
}

size_t CountAlive(const std::vector<Reads>& temporaries) {
  return static_cast<size_t>(
      std::count_if(temporaries.begin(), temporaries.end(),
                    [](const Reads& reads) { return !reads.words.empty(); }));
}

// Why there is no way: the innermost thing that is open there tells.
const char* Objection(const std::vector<Reads>& there) {
  for (size_t i = there.size(); i-- > 0;) {
    if (there[i].words.empty()) continue;
    switch (there[i].purpose) {
      case Purpose::kIterator:
        return "can't jump into the body of a for loop";
      case Purpose::kException:
      case Purpose::kHandledBefore:
        return "can't jump into an 'except' block as there's no exception";
      default:
        return "incompatible stacks";
    }
  }
  return "incompatible stacks";
}

// What the compiler has put before a function, a handler or a loop's next item: not run twice, or
// not by itself.
bool IsPreparation(Opcode opcode) {
  return opcode == Opcode::kMakeCell || opcode == Opcode::kEnterHandler ||
         opcode == Opcode::kForNext || opcode == Opcode::kGetAnext;
}

// The instructions that begin something on the line.
std::vector<uint32_t> StartsOf(const Code* code, int32_t line) {
  std::vector<uint32_t> starts;
  const auto& lines = code->data->lines;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].range.line != line) continue;
    const uint32_t end = i + 1 < lines.size() ? lines[i + 1].start : code->word_count;
    for (uint32_t word = lines[i].start; word < end;) {
      const uint16_t opcode = Instruction(LoadWord(code->words + word)).opcode();
      if (!IsPreparation(BaseOpcode(opcode))) {
        starts.push_back(word);
        break;
      }
      word += static_cast<uint32_t>(WordsOf(opcode));
    }
  }
  return starts;
}

// The first line from `line` on that has code; -1 when there is none.
int32_t LineWithCode(const Code* code, int64_t line) {
  int32_t found = -1;
  for (const LineEntry& entry : code->data->lines) {
    const int32_t known = entry.range.line;
    if (known >= line && known > 0 && (found < 0 || known < found)) found = known;
  }
  return found;
}

// Where the frame goes on, and what is open there.
struct Landing {
  int64_t word = -1;
  std::vector<Reads> alive;
  const char* objection = nullptr;  // to the first instruction that will not do
};

Landing FindLanding(const Code* code, const Reach& reach, const std::vector<Reads>& here,
                    int32_t line) {
  Landing best;
  for (const uint32_t word : StartsOf(code, line)) {
    std::vector<Reads> there = Alive(code, reach, word);
    if (!std::equal(here.begin(), here.end(), there.begin(), CanStandFor)) {
      if (best.objection == nullptr) best.objection = Objection(there);
      continue;
    }
    if (best.word >= 0 && CountAlive(there) <= CountAlive(best.alive)) continue;
    best.word = word;
    best.alive = std::move(there);
  }
  return best;
}

// Handlers that are left by the jump, the innermost first.
void LeaveHandlers(Thread& thread, Value* registers, const std::vector<Reads>& here,
                   const std::vector<Reads>& there) {
  for (size_t reg = here.size(); reg-- > 0;) {
    const Reads &before = here[reg], &after = there[reg];
    if (before.words.empty() || before.purpose != Purpose::kHandledBefore) continue;
    if (!after.words.empty() && after.purpose == Purpose::kHandledBefore) continue;
    const Value saved = registers[reg];
    thread.handled = saved == kNotImplemented ? LeaveOutermostHandler(registers) : saved;
  }
}

// Variables that would be read although they have no value.
Status FillVariables(Thread& thread, const Code* code, const Reach& reach, Value* registers,
                     uint32_t word) {
  if ((code->code_flags & kCodeOptimized) == 0) return kOk;
  int count = 0;
  for (int32_t reg = 0; reg < code->local_count; ++reg) {
    if (!registers[reg].IsUnbound() || reach.ReadsOf(reg, word, true).words.empty()) continue;
    registers[reg] = kNone;
    ++count;
  }
  if (count == 0) return kOk;
  return WarnAbout(
      thread, TypeId::kRuntimeWarning,
      "assigning None to " + std::to_string(count) + " unbound local" + (count == 1 ? "" : "s"));
}

// The number that was assigned, when this is the time to assign one.
Result<int64_t> WantedLine(Thread& thread, const Frame* frame, Value value) {
  if (value.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "cannot delete attribute");
  if (!IsInt(value) || value.IsBool()) return thread.RaiseValueError("lineno must be an integer");
  const ThreadState& state = StateOf(thread);
  const std::string_view event = state.told_event == nullptr ? "" : state.told_event;
  if (state.told_frame != frame || event == "call" || event.empty()) {
    if (event.empty() || event == "call")
      return thread.RaiseValueError("can't jump from the 'call' trace event of a new frame");
    return thread.RaiseValueError("can only jump from a 'line' trace event");
  }
  if (event != "line") return thread.RaiseValueError("can only jump from a 'line' trace event");
  if (frame->trace.Load().IsUnbound() || frame->trace.Load().IsNone())
    return thread.RaiseValueError("f_lineno can only be set by a trace function");
  int64_t line;
  if (!TryInt64(value, &line) || line > INT32_MAX || line < INT32_MIN)
    return thread.RaiseValueError("lineno out of range");
  return line;
}

}  // namespace

Status JumpToLine(Thread& thread, Frame* frame, Value value) {
  GILA_TRY(const int64_t wanted, WantedLine(thread, frame, value));
  const Code* const code = frame->code.Load();
  Value* const registers = frame->registers.Load();
  const auto number = static_cast<int>(wanted);
  if (wanted < code->data->first_line)
    return thread.RaiseValueError("line %d comes before the current code block", number);
  const int32_t line = LineWithCode(code, wanted);
  if (line < 0) return thread.RaiseValueError("line %d comes after the current code block", number);
  const Reach reach(code);
  const std::vector<Reads> here = Alive(code, reach, FrameWord(thread, frame));
  const Landing landing = FindLanding(code, reach, here, line);
  if (landing.word < 0) {
    const char* const none = "can't jump into an exception handler, or code may be unreachable";
    return thread.RaiseValueError("%s", landing.objection == nullptr ? none : landing.objection);
  }
  LeaveHandlers(thread, registers, here, landing.alive);
  StateOf(thread).jump_word = landing.word;
  return FillVariables(thread, code, reach, registers, static_cast<uint32_t>(landing.word));
}

}  // namespace gila::vm

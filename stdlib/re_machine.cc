// re_machine.cc: runs the programs of re_program.cc by backtracking.
//
// One array holds everything that backtracking needs, in the order of events: choices (where to go
// on instead) and undo entries (what a register held before it was written). Failing takes entries
// off its end, undoing, until a choice comes. Leaving an atomic group removes the choices made
// inside and keeps the undo entries, for whoever backtracks past the group.
#include "stdlib/re_machine.h"

#include <new>

#include "runtime/thread.h"

namespace gila::re {

namespace {

constexpr size_t kMaxEntries = size_t{1} << 27;  // of 24 bytes: 3 GiB
constexpr int64_t kStepsPerPoll = 1 << 14;

enum class EntryKind : int32_t { kUndo, kChoice, kGreedyOne, kLazyOne };
struct Entry {
  EntryKind kind;
  int32_t place;     // an instruction; for kUndo a register
  int64_t position;  // for kUndo the old value
  int64_t limit;     // kGreedyOne: the smallest position; kLazyOne: how many more
};

enum class Step { kOn, kFail, kDone };

template <class Unit>
class Machine {
 public:
  Machine(Thread& thread, const Program& program, const Request& request)
      : thread_(thread),
        program_(program),
        request_(request),
        text_(static_cast<const Unit*>(request.data)) {
    last_index_register_ = program.groups * 2;
    loops_ = last_index_register_ + 1;
    registers_.resize(loops_ + program.registers);
  }

  Result<bool> Search(std::vector<int64_t>* spans, int64_t* last_index) GILA_ATTACHED {
    const int64_t last = request_.anchored ? request_.start : request_.end;
    for (int64_t start = request_.start; start <= last; ++start) {
      GILA_TRY(const bool found, MatchAt(start));
      if (!found) continue;
      spans->assign(registers_.begin(),
                    registers_.begin() + static_cast<ptrdiff_t>(last_index_register_));
      (*spans)[0] = start;
      (*spans)[1] = position_;
      *last_index = registers_[last_index_register_];
      return true;
    }
    return false;
  }

 private:
  void Set(size_t index, int64_t value) {
    stack_.push_back({EntryKind::kUndo, static_cast<int32_t>(index), registers_[index], 0});
    registers_[index] = value;
  }
  void Choose(int32_t place, int64_t position) {
    stack_.push_back({EntryKind::kChoice, place, position, 0});
  }

  // Undoes down to `height` entries without taking any choice.
  void Unwind(size_t height) {
    while (stack_.size() > height) {
      const Entry& entry = stack_.back();
      if (entry.kind == EntryKind::kUndo)
        registers_[static_cast<size_t>(entry.place)] = entry.position;
      stack_.pop_back();
    }
  }
  // Forgets the choices above `height`.
  void Commit(size_t height) {
    size_t kept = height;
    for (size_t i = height; i < stack_.size(); ++i)
      if (stack_[i].kind == EntryKind::kUndo) stack_[kept++] = stack_[i];
    stack_.resize(kept);
  }

  bool MatchesOne(const Instruction& instruction, int64_t position) const {
    const uint32_t c = text_[position];
    switch (instruction.code) {
      case Code::kChar:
        return c == static_cast<uint32_t>(instruction.a);
      case Code::kAny:
        return true;
      case Code::kNotNewline:
        return c != '\n';
      default: {
        const Program::Set& set = program_.sets[static_cast<size_t>(instruction.a)];
        return c < 256 ? set.low[c] : SetHolds(set.set, set.flags, c);
      }
    }
  }

  bool IsWordAt(int64_t position, uint32_t flags) const {
    return position >= 0 && position < request_.end && IsWordChar(ModeOf(flags), text_[position]);
  }
  bool Holds(Op op, uint32_t flags) const {
    const int64_t at = position_;
    switch (op) {
      case Op::kStart:
        return at == 0 || ((flags & kMultiline) && text_[at - 1] == '\n');
      case Op::kEnd:
        return at == request_.end ||
               (text_[at] == '\n' && ((flags & kMultiline) || at + 1 == request_.end));
      case Op::kTextStart:
        return at == 0;
      case Op::kTextEnd:
        return at == request_.end;
      case Op::kBoundary:
        return IsWordAt(at - 1, flags) != IsWordAt(at, flags);
      default:
        // Of an empty text not even this is true.
        return request_.end > 0 && IsWordAt(at - 1, flags) == IsWordAt(at, flags);
    }
  }

  bool MatchBackref(size_t group, uint32_t flags) {
    const int64_t from = registers_[group * 2], to = registers_[group * 2 + 1];
    if (from < 0 || to < from || request_.end - position_ < to - from) return false;
    const CharMode mode = ModeOf(flags);
    for (int64_t i = 0; i < to - from; ++i) {
      const uint32_t a = text_[from + i], b = text_[position_ + i];
      if (a != b && (!(flags & kIgnoreCase) || SimpleLower(mode, a) != SimpleLower(mode, b)))
        return false;
    }
    position_ += to - from;
    return true;
  }

  Step RepeatOne(const Instruction& repeat) {
    const Instruction& one = *(&repeat + 1);
    const int64_t start = position_, available = request_.end - start;
    if (available < int64_t{repeat.min}) return Step::kFail;
    const bool lazy = repeat.manner == Manner::kLazy;
    int64_t most = lazy                       ? repeat.min
                   : repeat.max == kUnlimited ? available
                                              : std::min<int64_t>(repeat.max, available);
    int64_t count = 0;
    while (count < most && MatchesOne(one, start + count)) ++count;
    steps_ += count;
    if (count < int64_t{repeat.min}) return Step::kFail;
    position_ = start + count;
    if (lazy) {
      most = repeat.max == kUnlimited ? available : std::min<int64_t>(repeat.max, available);
      if (count < most)
        stack_.push_back({EntryKind::kLazyOne, PlaceOf(repeat), position_, most - count});
    } else if (repeat.manner == Manner::kGreedy && count > int64_t{repeat.min}) {
      stack_.push_back({EntryKind::kGreedyOne, PlaceOf(repeat), position_, start + repeat.min});
    }
    place_ = repeat.a;
    return Step::kOn;
  }
  int32_t PlaceOf(const Instruction& instruction) const {
    return static_cast<int32_t>(&instruction - program_.code.data());
  }

  // Counts a round of the loop and goes into its body.
  void EnterBody(const Instruction& loop, bool remember_position) {
    const size_t registers = loops_ + static_cast<size_t>(loop.a);
    Set(registers, registers_[registers] + 1);
    if (remember_position) Set(registers + 1, position_);
    place_ = PlaceOf(loop) + (loop.manner == Manner::kLazy ? 2 : 1);
  }
  bool MayRepeat(const Instruction& loop) const {
    const size_t registers = loops_ + static_cast<size_t>(loop.a);
    return (loop.max == kUnlimited || registers_[registers] < int64_t{loop.max}) &&
           registers_[registers + 1] != position_;
  }
  void Loop(const Instruction& loop) {
    const size_t registers = loops_ + static_cast<size_t>(loop.a);
    if (registers_[registers] < int64_t{loop.min}) {
      EnterBody(loop, false);
    } else if (loop.manner == Manner::kLazy) {
      Choose(PlaceOf(loop) + 1, position_);
      place_ = loop.b;
    } else if (MayRepeat(loop)) {
      Choose(loop.b, position_);
      EnterBody(loop, true);
    } else {
      place_ = loop.b;
    }
  }

  Step Enter(const Instruction& enter) {
    const size_t registers = loops_ + static_cast<size_t>(enter.a);
    Set(registers, static_cast<int64_t>(stack_.size()) + 2);
    Set(registers + 1, position_);
    if (enter.b >= 0) Choose(enter.b, position_);
    if (position_ < int64_t{enter.min}) return Step::kFail;
    position_ -= enter.min;
    ++place_;
    return Step::kOn;
  }

  Step Run(const Instruction& now) {
    switch (now.code) {
      case Code::kChar:
      case Code::kSet:
      case Code::kAny:
      case Code::kNotNewline:
        if (position_ >= request_.end || !MatchesOne(now, position_)) return Step::kFail;
        ++position_;
        ++place_;
        return Step::kOn;
      case Code::kAt:
        if (!Holds(static_cast<Op>(now.a), static_cast<uint32_t>(now.b))) return Step::kFail;
        ++place_;
        return Step::kOn;
      case Code::kBackref:
        if (!MatchBackref(static_cast<size_t>(now.a), static_cast<uint32_t>(now.b)))
          return Step::kFail;
        ++place_;
        return Step::kOn;
      case Code::kSave:
        Set(static_cast<size_t>(now.a), position_);
        if (now.a & 1) Set(last_index_register_, now.a / 2);
        ++place_;
        return Step::kOn;
      case Code::kSplit:
        Choose(now.b, position_);
        place_ = now.a;
        return Step::kOn;
      case Code::kJump:
        place_ = now.a;
        return Step::kOn;
      case Code::kRepeatOne:
        return RepeatOne(now);
      default:
        return RunGroup(now);
    }
  }
  Step RunGroup(const Instruction& now) {
    const size_t registers = loops_ + static_cast<size_t>(now.a);
    switch (now.code) {
      case Code::kLoopStart:
        Set(registers, 0);
        Set(registers + 1, -1);
        ++place_;
        return Step::kOn;
      case Code::kLoop:
        Loop(now);
        return Step::kOn;
      case Code::kLoopLazy: {
        const Instruction& loop = program_.code[static_cast<size_t>(now.a)];
        if (!MayRepeat(loop)) return Step::kFail;
        EnterBody(loop, true);
        return Step::kOn;
      }
      case Code::kEnter:
        return Enter(now);
      case Code::kLeaveAtomic:
        Commit(static_cast<size_t>(registers_[registers]));
        ++place_;
        return Step::kOn;
      case Code::kLeaveLook:
        position_ = registers_[registers + 1];
        Commit(static_cast<size_t>(registers_[registers]));
        ++place_;
        return Step::kOn;
      case Code::kLeaveNot:
        Unwind(static_cast<size_t>(registers_[registers]));
        return Step::kFail;
      case Code::kIfGroup:
        place_ = registers_[static_cast<size_t>(now.a) * 2 + 1] >= 0 ? place_ + 1 : now.b;
        return Step::kOn;
      case Code::kMatch:
        if (request_.whole && position_ != request_.end) return Step::kFail;
        if (request_.not_empty && position_ == request_.start && start_ == request_.start)
          return Step::kFail;
        return Step::kDone;
      default:
        return Step::kFail;
    }
  }

  // The last choice that is left; false when there is none.
  bool Backtrack() {
    while (!stack_.empty()) {
      Entry& entry = stack_.back();
      switch (entry.kind) {
        case EntryKind::kUndo:
          registers_[static_cast<size_t>(entry.place)] = entry.position;
          stack_.pop_back();
          break;
        case EntryKind::kChoice:
          place_ = entry.place;
          position_ = entry.position;
          stack_.pop_back();
          return true;
        case EntryKind::kGreedyOne:
          place_ = program_.code[static_cast<size_t>(entry.place)].a;
          position_ = --entry.position;
          if (entry.position == entry.limit) stack_.pop_back();
          return true;
        default:
          if (MatchesOne(program_.code[static_cast<size_t>(entry.place) + 1], entry.position)) {
            place_ = program_.code[static_cast<size_t>(entry.place)].a;
            position_ = ++entry.position;
            if (--entry.limit == 0) stack_.pop_back();
            return true;
          }
          stack_.pop_back();
      }
    }
    return false;
  }

  Result<bool> MatchAt(int64_t start) GILA_ATTACHED {
    stack_.clear();
    std::fill(registers_.begin(), registers_.end(), -1);
    registers_[last_index_register_] = 0;
    start_ = position_ = start;
    place_ = 0;
    while (true) {
      if (GILA_UNLIKELY(++steps_ >= kStepsPerPoll)) {
        steps_ = 0;
        GILA_TRY_VOID(thread_.CheckBreaker());
        if (stack_.size() > kMaxEntries) return thread_.RaiseMemoryError();
      }
      const Step step = Run(program_.code[static_cast<size_t>(place_)]);
      if (step == Step::kDone) return true;
      if (step == Step::kFail && !Backtrack()) return false;
    }
  }

  Thread& thread_;
  const Program& program_;
  const Request& request_;
  const Unit* const text_;
  size_t last_index_register_, loops_;
  std::vector<int64_t>
      registers_;  // spans of the groups, the last index, the registers of loops and groups
  std::vector<Entry> stack_;
  int64_t start_ = 0, position_ = 0, steps_ = 0;
  int32_t place_ = 0;
};

}  // namespace

Result<bool> RunProgram(Thread& thread, const Program& program, const Request& request,
                        std::vector<int64_t>* spans, int64_t* last_index) {
  switch (request.width_log2) {
    case 0:
      return Machine<uint8_t>(thread, program, request).Search(spans, last_index);
    case 1:
      return Machine<uint16_t>(thread, program, request).Search(spans, last_index);
    default:
      return Machine<uint32_t>(thread, program, request).Search(spans, last_index);
  }
}

}  // namespace gila::re

// re_program.cc: from the tree of a pattern to the program of our own matcher, and how wide
// patterns are.
#include <algorithm>

#include "stdlib/re_machine.h"

namespace gila::re {

namespace {

class Builder {
 public:
  Builder(const Syntax& syntax, Program* program) : syntax_(syntax), program_(program) {}

  void Run() {
    program_->groups = syntax_.groups;
    widths_.assign(syntax_.groups, Width{0, kUnlimited});
    Add(syntax_.root, syntax_.flags);
    Emit(Code::kMatch);
  }

 private:
  int32_t Here() const { return static_cast<int32_t>(program_->code.size()); }
  int32_t Emit(Code code, int32_t a = 0, int32_t b = 0) {
    Instruction instruction{code};
    instruction.a = a;
    instruction.b = b;
    program_->code.push_back(instruction);
    return Here() - 1;
  }
  Instruction& At(int32_t place) { return program_->code[static_cast<size_t>(place)]; }
  int32_t NewRegisters(uint32_t count) {
    const uint32_t first = program_->registers;
    program_->registers += count;
    return static_cast<int32_t>(first);
  }

  void AddSet(const CharSet& set, uint32_t flags) {
    program_->sets.push_back({LowChars(set, flags), set, flags});
    Emit(Code::kSet, static_cast<int32_t>(program_->sets.size()) - 1);
  }
  void AddLiteral(uint32_t c, uint32_t flags) {
    uint32_t members[8] = {c};
    const int count = flags & kIgnoreCase ? Equivalents(ModeOf(flags), c, members) : 1;
    if (count == 1) {
      Emit(Code::kChar, static_cast<int32_t>(c));
      return;
    }
    CharSet set;
    set.items.push_back({false, Category::kDigit, c, c});
    AddSet(set, flags);
  }

  void AddRepeat(const Node* node, uint32_t flags) {
    const Node* item = node->children[0];
    while ((item->op == Op::kSequence && item->children.size() == 1) ||
           (item->op == Op::kGroup && item->value == 0 && item->add_flags == 0 &&
            item->remove_flags == 0)) {
      item = item->children[0];
    }
    if (IsSingle(item)) {
      const int32_t repeat = Emit(Code::kRepeatOne);
      Add(item, flags);
      Instruction& instruction = At(repeat);
      instruction.a = Here();
      instruction.min = node->min;
      instruction.max = node->max;
      instruction.manner = node->manner;
      return;
    }
    const bool possessive = node->manner == Manner::kPossessive;
    int32_t atomic = 0;
    if (possessive) {
      atomic = NewRegisters(2);
      Emit(Code::kEnter, atomic, -1);
    }
    const int32_t registers = NewRegisters(2);
    Emit(Code::kLoopStart, registers);
    const int32_t loop = Emit(Code::kLoop, registers);
    if (node->manner == Manner::kLazy) Emit(Code::kLoopLazy, loop);
    Add(item, flags);
    Emit(Code::kJump, loop);
    Instruction& instruction = At(loop);
    instruction.b = Here();
    instruction.min = node->min;
    instruction.max = node->max;
    instruction.manner = node->manner;
    if (possessive) Emit(Code::kLeaveAtomic, atomic);
  }

  void AddAlternatives(const Node* node, uint32_t flags) {
    std::vector<int32_t> jumps;
    for (size_t i = 0; i < node->children.size(); ++i) {
      const bool last = i + 1 == node->children.size();
      const int32_t split = last ? 0 : Emit(Code::kSplit, Here() + 1);
      Add(node->children[i], flags);
      if (last) break;
      jumps.push_back(Emit(Code::kJump));
      At(split).b = Here();
    }
    for (const int32_t jump : jumps) At(jump).a = Here();
  }

  void AddLook(const Node* node, uint32_t flags) {
    const int32_t registers = NewRegisters(2);
    const bool negative = node->value == kNotAhead || node->value == kNotBehind;
    const int32_t enter = Emit(Code::kEnter, registers, -1);
    if (node->value == kBehind || node->value == kNotBehind)
      At(enter).min = static_cast<uint32_t>(WidthOf(node->children[0], widths_).min);
    Add(node->children[0], flags);
    Emit(negative ? Code::kLeaveNot : Code::kLeaveLook, registers);
    if (negative) At(enter).b = Here();
  }

  void AddConditional(const Node* node, uint32_t flags) {
    const int32_t test = Emit(Code::kIfGroup, static_cast<int32_t>(node->value));
    Add(node->children[0], flags);
    if (node->children.size() == 1) {
      At(test).b = Here();
      return;
    }
    const int32_t jump = Emit(Code::kJump);
    At(test).b = Here();
    Add(node->children[1], flags);
    At(jump).a = Here();
  }

  void Add(const Node* node, uint32_t flags) {
    switch (node->op) {
      case Op::kLiteral:
        return AddLiteral(node->value, flags);
      case Op::kAny:
        Emit(flags & kDotAll ? Code::kAny : Code::kNotNewline);
        return;
      case Op::kSet:
        return AddSet(node->set, flags);
      case Op::kStart:
      case Op::kEnd:
      case Op::kTextStart:
      case Op::kTextEnd:
      case Op::kBoundary:
      case Op::kNotBoundary:
        Emit(Code::kAt, static_cast<int32_t>(node->op), static_cast<int32_t>(flags));
        return;
      case Op::kBackref:
        Emit(Code::kBackref, static_cast<int32_t>(node->value), static_cast<int32_t>(flags));
        return;
      case Op::kGroup:
        AddGroup(node, flags);
        return;
      case Op::kAtomic: {
        const int32_t registers = NewRegisters(2);
        Emit(Code::kEnter, registers, -1);
        Add(node->children[0], flags);
        Emit(Code::kLeaveAtomic, registers);
        return;
      }
      case Op::kLook:
        return AddLook(node, flags);
      case Op::kConditional:
        return AddConditional(node, flags);
      case Op::kSequence:
        for (const Node* child : node->children) Add(child, flags);
        return;
      case Op::kAlternatives:
        return AddAlternatives(node, flags);
      case Op::kRepeat:
        return AddRepeat(node, flags);
      case Op::kFail:
        Emit(Code::kFail);
        return;
    }
  }
  void AddGroup(const Node* node, uint32_t flags) {
    if (node->value != 0) Emit(Code::kSave, static_cast<int32_t>(node->value * 2));
    Add(node->children[0], ScopedFlags(flags, node));
    if (node->value != 0) {
      Emit(Code::kSave, static_cast<int32_t>(node->value * 2 + 1));
      widths_[node->value] = WidthOf(node->children[0], widths_);
    }
  }

  const Syntax& syntax_;
  Program* const program_;
  std::vector<Width> widths_;
};

Width Sum(Width a, Width b) {
  return {std::min<uint64_t>(a.min + b.min, kUnlimited),
          std::min<uint64_t>(a.max + b.max, kUnlimited)};
}
Width Either(Width a, Width b) { return {std::min(a.min, b.min), std::max(a.max, b.max)}; }

}  // namespace

Width WidthOf(const Node* node, const std::vector<Width>& groups) {
  switch (node->op) {
    case Op::kLiteral:
    case Op::kAny:
    case Op::kSet:
      return {1, 1};
    case Op::kBackref:
      return groups[node->value];
    case Op::kGroup:
    case Op::kAtomic:
      return WidthOf(node->children[0], groups);
    case Op::kConditional: {
      const Width yes = WidthOf(node->children[0], groups);
      return Either(yes,
                    node->children.size() > 1 ? WidthOf(node->children[1], groups) : Width{0, 0});
    }
    case Op::kSequence: {
      Width sum{0, 0};
      for (const Node* child : node->children) sum = Sum(sum, WidthOf(child, groups));
      return sum;
    }
    case Op::kAlternatives: {
      Width width = WidthOf(node->children[0], groups);
      for (const Node* child : node->children) width = Either(width, WidthOf(child, groups));
      return width;
    }
    case Op::kRepeat: {
      const Width item = WidthOf(node->children[0], groups);
      return {std::min<uint64_t>(item.min * node->min, kUnlimited),
              std::min<uint64_t>(item.max * node->max, kUnlimited)};
    }
    default:
      return {0, 0};
  }
}

std::unique_ptr<Program> NewProgram(const Syntax& syntax) {
  auto program = std::make_unique<Program>();
  Builder(syntax, program.get()).Run();
  return program;
}

}  // namespace gila::re

// bytecode.h: the instruction word, shared by the code generator (which writes it) and the vm
// (which runs it).
//
//      63        48 47        32 31        16 15         0
//     +------------+------------+------------+------------+
//     |     c      |     b      |     a      |   opcode   |      c and b together: one 32-bit
//     operand
//     +------------+------------+------------+------------+
//
// Sixteen-bit operands make one load fetch everything and leave no need for a wide prefix; the cost
// is code size, which a first-level cache of 32 KiB bears well. Inline cache words follow their
// instruction and start as zero. The table of opcodes is opcodes.def.
#ifndef GILA_VM_BYTECODE_H_
#define GILA_VM_BYTECODE_H_

#include <cstddef>
#include <cstdint>

namespace gila {

enum class Opcode : uint16_t {
#define GILA_OP(name, a, b, c, caches, effects, meaning) k##name,
#include "bytecode/opcodes.def"
  kCount
};

inline constexpr size_t kOpcodeCount = static_cast<size_t>(Opcode::kCount);

// What an operand field means; see the head of opcodes.def.
enum class OperandKind : uint8_t {
  kNone,
  kDst,
  kReg,
  kRegInOut,
  kWindow,
  kImm,
  kConst,
  kName,
  kJump,
  kConst32,
  kName32,
  kJump32
};

enum OpcodeEffects : uint8_t { kNoEffect = 0, kRaises = 1, kCalls = 2, kJumps = 4, kEnds = 8 };

struct OpcodeInfo {
  const char* name;
  OperandKind a, b, c;
  uint8_t caches;   // words of inline cache after the instruction
  uint8_t effects;  // OpcodeEffects, or-ed
  const char* meaning;
};

// One row per opcode, in the order of the enum.
inline constexpr OpcodeInfo kOpcodeInfo[] = {
#define GILA_OP(name, a, b, c, caches, effects, meaning) \
  {#name, OperandKind::k##a, OperandKind::k##b, OperandKind::k##c, caches, effects, meaning},
#include "bytecode/opcodes.def"
};
static_assert(sizeof(kOpcodeInfo) / sizeof(kOpcodeInfo[0]) == kOpcodeCount);

// An instruction word, and the ways to take it apart.
class Instruction {
 public:
  constexpr explicit Instruction(uint64_t word) : word_(word) {}
  static constexpr uint64_t Make(uint16_t opcode, uint16_t a, uint16_t b, uint16_t c) {
    return opcode | uint64_t{a} << 16 | uint64_t{b} << 32 | uint64_t{c} << 48;
  }
  static constexpr uint64_t MakeWide(uint16_t opcode, uint16_t a, uint32_t bc) {
    return opcode | uint64_t{a} << 16 | uint64_t{bc} << 32;
  }

  constexpr uint64_t word() const { return word_; }
  constexpr uint16_t opcode() const { return static_cast<uint16_t>(word_); }
  constexpr uint16_t a() const { return static_cast<uint16_t>(word_ >> 16); }
  constexpr uint16_t b() const { return static_cast<uint16_t>(word_ >> 32); }
  constexpr uint16_t c() const { return static_cast<uint16_t>(word_ >> 48); }
  constexpr uint32_t bc() const { return static_cast<uint32_t>(word_ >> 32); }
  constexpr int16_t jump_a() const { return static_cast<int16_t>(a()); }
  constexpr int16_t jump_c() const { return static_cast<int16_t>(c()); }
  constexpr int32_t jump_bc() const { return static_cast<int32_t>(bc()); }

 private:
  uint64_t word_;
};

// The registers of a call window before the arguments: the callable and the header of the frame to
// come.
inline constexpr int kWindowHeader = 4;

}  // namespace gila

#endif  // GILA_VM_BYTECODE_H_

// opcode_tables.h: the opcodes of both tables, opcodes.def and specialised.def, under one
// numbering, and what the vm asks about them. A specialised opcode has the operands and cache words
// of its base.
#ifndef GILA_VM_OPCODE_TABLES_H_
#define GILA_VM_OPCODE_TABLES_H_

#include <cstdint>

#include "bytecode/bytecode.h"

namespace gila::vm {

enum AnyOpcode : uint16_t {
#define GILA_OP(name, a, b, c, caches, effects, meaning) kOp##name,
#include "bytecode/opcodes.def"
#define GILA_SPECIALISED(name, base) kOp##name,
#include "vm/specialised.def"
  kAnyOpcodeCount
};
static_assert(kOpNop == static_cast<uint16_t>(Opcode::kNop));

// The opcode of opcodes.def that `opcode` is, or specialises.
inline constexpr Opcode kBaseOpcode[kAnyOpcodeCount] = {
#define GILA_OP(name, a, b, c, caches, effects, meaning) Opcode::k##name,
#include "bytecode/opcodes.def"
#define GILA_SPECIALISED(name, base) Opcode::k##base,
#include "vm/specialised.def"
};

inline constexpr const char* kAnyOpcodeName[kAnyOpcodeCount] = {
#define GILA_OP(name, a, b, c, caches, effects, meaning) #name,
#include "bytecode/opcodes.def"
#define GILA_SPECIALISED(name, base) #name,
#include "vm/specialised.def"
};

constexpr Opcode BaseOpcode(uint16_t opcode) { return kBaseOpcode[opcode]; }
constexpr const OpcodeInfo& InfoOf(uint16_t opcode) {
  return kOpcodeInfo[static_cast<size_t>(kBaseOpcode[opcode])];
}
// Words an instruction takes, caches and all.
constexpr int WordsOf(uint16_t opcode) { return 1 + InfoOf(opcode).caches; }

}  // namespace gila::vm

#endif  // GILA_VM_OPCODE_TABLES_H_

// Code as text, from the table of opcodes: one line an instruction, operands decoded, names and
// constants spelt out.
#ifndef GILA_COMPILER_DUMP_H_
#define GILA_COMPILER_DUMP_H_

#include <cstdint>
#include <string>

#include "bytecode/code_data.h"

namespace gila::compiler {

struct DumpOptions {
  bool lines = false;  // begin each instruction with its line, where that changes
  bool nested = true;  // the code among the constants too
};

std::string DumpCode(const CodeData& code, const DumpOptions& options = {});

// The operands of the instruction at `word`, as in the dump.
std::string DumpOperands(const CodeData& code, uint32_t word);

// repr() of a constant; code objects as <code name>.
std::string ConstantRepr(const ConstData& constant);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_DUMP_H_

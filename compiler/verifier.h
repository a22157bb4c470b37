// Checks that a CodeData keeps the contract of opcodes.def, so that the interpreter need not:
// operands in range, jumps to instruction starts, windows inside the frame, sane tables, no way
// past the last instruction, and no temporary that is read before it is written. Debug builds run
// it on all that the compiler makes.
#ifndef GILA_COMPILER_VERIFIER_H_
#define GILA_COMPILER_VERIFIER_H_

#include <string>

#include "bytecode/code_data.h"

namespace gila::compiler {

// Empty when `code` and all code among its constants is sound, else what is wrong, and where.
std::string VerifyCode(const CodeData& code);

// Prints what is wrong and aborts.
void CheckCode(const CodeData& code);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_VERIFIER_H_

// disassembler.h: `gila dis FILE`: the source with the bytecode of each line under it, decoded from
// the opcode table.
#ifndef GILA_VM_DISASSEMBLER_H_
#define GILA_VM_DISASSEMBLER_H_

#include <string>

#include "runtime/types/function.h"

namespace gila::vm {

// Compiles the file, prints it with its bytecode to stdout, runs nothing. Returns an exit status.
int DisassembleFile(const std::string& path);

// The instructions of `code` as they are now, specialised opcodes and cache words with them.
std::string DisassembleLive(const Code* code);

}  // namespace gila::vm

#endif  // GILA_VM_DISASSEMBLER_H_

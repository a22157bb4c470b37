// From a flow graph to the words of a CodeData, with its tables of lines and exceptions.
#ifndef GILA_COMPILER_ASSEMBLER_H_
#define GILA_COMPILER_ASSEMBLER_H_

#include <cstdint>
#include <vector>

#include "bytecode/code_data.h"
#include "compiler/flow_graph.h"

namespace gila::compiler {

// Fills words, lines and exceptions of `code`. The operands that index pools are mapped by the two
// tables of final positions. Returns null, or what is too large for the format, in words for an
// error message.
const char* AssembleFlow(const FlowGraph& graph, const std::vector<int32_t>& constant_positions,
                         const std::vector<int32_t>& name_positions, CodeData* code);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_ASSEMBLER_H_

// The passes over a finished flow graph, in the order in which OptimizeFlow runs them. Each is
// linear in the size of the graph.
#ifndef GILA_COMPILER_FLOW_OPTIMIZER_H_
#define GILA_COMPILER_FLOW_OPTIMIZER_H_

#include "compiler/flow_graph.h"

namespace gila::compiler {

// Moves cold blocks to the end, threads jumps through jumps, turns a conditional jump around a jump
// into one jump, drops what cannot be reached, and removes each CheckLocal of a local variable that
// is certainly bound. Registers [0, parameter_count) are bound on entry, [parameter_count,
// local_count) are the other local variables.
void OptimizeFlow(FlowGraph& graph, int32_t parameter_count, int32_t local_count);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_FLOW_OPTIMIZER_H_

// address_space.h: reservations of address space: memory that costs nothing until it is touched.
//
// A process may have a limit on it (ulimit -v); each part of the runtime then asks for a share, so
// that something is left for the others.
#ifndef GILA_RUNTIME_ADDRESS_SPACE_H_
#define GILA_RUNTIME_ADDRESS_SPACE_H_

#include <cstddef>
#include <cstdint>

namespace gila {

// With a limit, keeps malloc from reserving 64 MiB for each thread. Called once, at the start.
void SpareAddressSpace();
// `wanted`, halved until it is at most one `part`-th of the limit.
size_t ShareOfAddressSpace(size_t wanted, size_t part);
// Zeroed memory, at `address` when that is not 0 and nothing else is there; null when refused.
void* ReserveMemory(size_t bytes, uintptr_t address = 0);
// Says on stderr that there is none for `what` and ends the process: at start-up only.
[[noreturn]] void EndWithoutMemory(const char* what);

}  // namespace gila

#endif  // GILA_RUNTIME_ADDRESS_SPACE_H_

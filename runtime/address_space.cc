// address_space.cc: see address_space.h.
#include "runtime/address_space.h"

#include <malloc.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>

namespace gila {

namespace {

// Bytes of address space that the process may have.
size_t Limit() {
  rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return SIZE_MAX;
  return limit.rlim_cur;
}

}  // namespace

void SpareAddressSpace() {
  if (Limit() != SIZE_MAX) mallopt(M_ARENA_MAX, 1);
}

size_t ShareOfAddressSpace(size_t wanted, size_t part) {
  while (wanted > Limit() / part) wanted /= 2;
  return wanted;
}

void* ReserveMemory(size_t bytes, uintptr_t address) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  if (address != 0) flags |= MAP_FIXED_NOREPLACE;
  void* const wanted = reinterpret_cast<void*>(address);
  void* const memory = mmap(wanted, bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  if (address == 0 || memory == wanted) return memory;
  munmap(memory, bytes);  // a kernel that takes the address for a hint
  return nullptr;
}

void EndWithoutMemory(const char* what) {
  fprintf(stderr, "gila: cannot reserve memory for %s (is there a limit, as by ulimit -v?)\n",
          what);
  exit(1);
}

}  // namespace gila

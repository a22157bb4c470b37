// deadlock.h: the report that ends a program whose threads all wait for each other.
#ifndef GILA_STDLIB_DEADLOCK_H_
#define GILA_STDLIB_DEADLOCK_H_

#include "stdlib/library.h"

namespace gila {

// On, unless `-X deadlock=off`.
void InstallDeadlockReport(const LibraryOptions& options);

}  // namespace gila

#endif  // GILA_STDLIB_DEADLOCK_H_

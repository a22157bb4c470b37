// fault_report.h: the stacks of threads as text, written to a descriptor when the program may be in
// any state: from the handler of a fatal signal, or by a thread that is none of Gila's while the
// others run or hang.
//
// Everything here is async-signal-safe: no lock is waited for, nothing is allocated, and memory
// that may not be what it should is read through the kernel, which answers an error where a load
// would crash. What is shown of a thread that runs meanwhile is the last frame it published.
#ifndef GILA_STDLIB_FAULT_REPORT_H_
#define GILA_STDLIB_FAULT_REPORT_H_

#include <string_view>

#include "runtime/thread.h"

namespace gila {

void WriteFaultText(int fd, std::string_view text);
// "Stack (most recent call first):" and the frames of the calling thread.
void WriteOwnStack(int fd);
// The same for each thread under its number. `current` is named as the current one; null: none is.
void WriteAllStacks(int fd, const Thread* current);

}  // namespace gila

#endif  // GILA_STDLIB_FAULT_REPORT_H_

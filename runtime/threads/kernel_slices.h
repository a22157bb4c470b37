// kernel_slices.h: what the kernel is told about a thread that computes, so that those who come
// back from blocking calls beside it run at once.
//
// Linux since 6.6 (EEVDF, kernel/sched/fair.c) does not let a woken thread preempt one that runs
// unless it asks for a shorter slice than that one, and one that has just run not even then; it
// looks again at its next tick, up to 4 ms later. So whoever is put on the processor of the thread
// that has the GIL, the guest or whom the guest woke, waits that long, be the next processor idle.
//
// A thread that guests of the GIL interrupt again and again without blocking itself therefore
//
//   becomes a batch thread with long slices: whoever wakes up asks for a shorter one, and its own
//   waking after a guest's visit interrupts nobody;
//   gives way once after each visit (sched_yield): the guest, or whom it woke, may stand in line
//   behind it. When that takes long, somebody else computes there, who would get all the time that
//   the kernel takes for a yield: then it is tried half as often (SpinTrust, as for watching).
//
// Before it blocks, starts a thread, forks, or asks for its scheduling policy it is an ordinary
// thread again: it wants to be woken at once then, and nobody is to inherit this.
#ifndef GILA_RUNTIME_THREADS_KERNEL_SLICES_H_
#define GILA_RUNTIME_THREADS_KERNEL_SLICES_H_

#include "runtime/thread.h"

namespace gila {

// A guest has been and gone, and the thread has the GIL again.
void AfterGuest(Thread& thread);

void TakeOrdinarySlices(Thread& thread);
inline void BeOrdinaryThread(Thread& thread) {
  if (GILA_UNLIKELY(thread.kernel_slices.guests != 0)) TakeOrdinarySlices(thread);
}

}  // namespace gila

#endif  // GILA_RUNTIME_THREADS_KERNEL_SLICES_H_

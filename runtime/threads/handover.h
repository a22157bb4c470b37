// handover.h: passing the turn from one thread to another without waking anybody twice.
//
// A thread that lets go of a lock still holds the GIL (or, in Condition.notify, the condition's own
// lock). A waiter woken at that moment would run into the next thing it cannot have, and sleep
// again. So the wake-up is kept until it is of use:
//
//   WakeSoon         under the GIL: when the caller detaches, at the latest after kLateNanoseconds;
//                    without the GIL: now
//   WakeAfterUnlock  without the GIL too: when the caller lets go of its next lock or detaches, at
//                    the latest after kLateNanoseconds
//
// A kept wake-up stands in the caller's own record, and kBreakLateWakes in its breaker until it is
// done. The word may be gone by then: waking nobody is harmless, and every sleeper looks at its
// word again after it was woken.
//
// Where there is a second processor a waiter does not sleep at once: it watches its word for a
// moment (SpinWhile), which saves both system calls when the other thread is at work on it. Who
// watched in vain sleeps at once the next times, twice as many each time.
#ifndef GILA_RUNTIME_THREADS_HANDOVER_H_
#define GILA_RUNTIME_THREADS_HANDOVER_H_

#include "runtime/thread.h"

namespace gila {

void WakeSoon(Thread& thread, Atomic<uint32_t>& word, int count = 1);
void WakeAfterUnlock(Thread& thread, Atomic<uint32_t>& word, int count = 1);
// Does all kept wake-ups. By the thread itself, attached or not.
void WakeKept(Thread& thread);
// The answer to kBreakLateWakes.
void WakeKeptWhenDue(Thread& thread);

int ProcessorCount();
inline bool HasSecondProcessor() { return ProcessorCount() > 1; }
// May a word be watched now instead of sleeping? After each time in vain that is allowed half as
// often, down to once in `most` + 1 times. Whoever calls owns the trust.
bool MaySpin(SpinTrust& trust);
void NoteSpin(SpinTrust& trust, bool worked, int most = 127);

// Called while detached. True: the test came true while the thread watched.
template <class Test>
bool SpinUntil(Thread& thread, Test test) {
  if (!MaySpin(thread.spin)) return false;
  constexpr int kRounds = 300;  // of some 40 ns: about what a sleep and a wake-up cost
  bool worked = false;
  for (int i = 0; i < kRounds && !worked; ++i) {
    __builtin_ia32_pause();
    worked = test();
  }
  NoteSpin(thread.spin, worked);
  return worked;
}

}  // namespace gila

#endif  // GILA_RUNTIME_THREADS_HANDOVER_H_

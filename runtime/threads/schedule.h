// schedule.h: one thread at a time, and a number says which: -X schedule=SEED[,DEPTH,STEPS], in the
// build with the lock. The same number gives the same schedule again.
//
// A thread has the *turn*, and only who has it attaches. Between two instructions of the program's
// own code (the library's run whole, but under -X schedule_library) the turn goes to the thread
// with the highest priority among those that could go on, as in probabilistic concurrency testing
// (Burckhardt et al., ASPLOS 2010): priorities are drawn when threads start, and at DEPTH steps,
// drawn from the first STEPS, whoever runs falls behind all others. A bug that needs d switches at
// the right places is found with DEPTH = d - 1, and what is found needs few switches to be told.
// With the seed 0 nobody falls behind, and who started first goes first. The child of a fork, with
// its one thread, has no schedule.
//
// What keeps it exact:
//
//   waits     (locks, joins, queues) are over when the word has changed, and the thread goes on
//             when it is chosen, not when the kernel wakes it
//   sleeps and time limits   end in their order, when nobody else can go on, and the clocks of the
//             module time jump ahead: nothing is slept
//   other calls that block   keep the turn. When one takes long, the turn goes on without it: from
//             then on the schedule depends on how long things take, and is no longer exact.
#ifndef GILA_RUNTIME_THREADS_SCHEDULE_H_
#define GILA_RUNTIME_THREADS_SCHEDULE_H_

#include <string>

#include "runtime/threads/futex.h"
#include "runtime/threads/wait_graph.h"

namespace gila {

struct ScheduleOptions {
  uint64_t seed = 0;
  uint32_t depth = 0;
  uint64_t steps = 0;
  // A line for each time that the turn goes to another thread ("stops": taken from the one that had
  // it, "waits", "ends"; the step, both threads' numbers, file, line, instruction), and "done".
  int report_fd = -1;
  // Of the instruction at which a thread is: is it the program's own, and where it stands.
  bool (*in_program)(const Thread& thread) = nullptr;
  std::string (*place)(const Thread& thread) = nullptr;
};

extern bool schedule_on;
// Never in the no-GIL build: there threads run at once.
inline bool ScheduleOn() { return !kGilDisabled && GILA_UNLIKELY(schedule_on); }

void StartSchedule(Thread& main_thread, const ScheduleOptions& options);
// The interpreter ends: the main thread goes on alone.
void FinishSchedule();

// By the thread that starts it, before it runs; and by the thread itself, which has detached.
void ScheduleNewThread(Thread* thread);
void ScheduleEndOfThread(Thread* thread);

// Between two instructions. The thread is attached.
void ScheduleStep(Thread& thread);
// Around every detached region: waits for the turn; has it still while it is away.
void ScheduleAttach(Thread& thread);
void ScheduleDetach(Thread& thread);

// Detached, in place of a sleep on the word (null: none), as SleepOnWord. `look` is asked now and
// then while nobody can go on: true ends the wait as interrupted.
FutexResult ScheduleWait(Thread& thread, const Atomic<uint32_t>* word, uint32_t expected,
                         const timespec* deadline, bool (*look)(Thread& thread));
// How far the clocks have jumped, in nanoseconds.
int64_t ScheduledNanoseconds();

}  // namespace gila

#endif  // GILA_RUNTIME_THREADS_SCHEDULE_H_

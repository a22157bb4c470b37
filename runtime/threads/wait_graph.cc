// wait_graph.cc: see wait_graph.h.
#include "runtime/threads/wait_graph.h"

#include <climits>

#include "runtime/heap/collect_now.h"
#include "runtime/signals.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/futex.h"
#include "runtime/threads/schedule.h"

namespace gila {

void (*deadlock_reporter)(Thread& thread) = nullptr;

namespace {

Atomic<int32_t> able_threads{0};
std::atomic<bool> report_on{true};

// Is the thread in an endless wait whose word has not changed? A thread that was woken and did not
// run yet finds, when it runs, what is seen here.
bool Stuck(const Thread& thread) {
  const Atomic<uint32_t>* word = thread.wait.word.Load();
  if (word == nullptr) return false;
  const bool same = word->Load() == thread.wait.over.Load();
  return thread.wait.kind.Load() == static_cast<uint8_t>(WaitKind::kQueue) ? same : !same;
}

// Could a signal still bring the main thread to do something? KeyboardInterrupt alone does not
// count, nor does a handler that nothing waits for.
bool SignalsMayRun(const Thread& thread) {
  return thread.is_main &&
         ((thread.breaker.Load() & ~kBreakTracing) != 0 || ProgramHandlesSignals());
}

bool EverybodyStuck() {
  struct Look {
    int threads = 0;
    bool all = true;
    bool direct = true;
  } look;
  ForEachThread(
      [](Thread* thread, void* context) {
        auto* l = static_cast<Look*>(context);
        ++l->threads;
        l->all = l->all && Stuck(*thread) && !SignalsMayRun(*thread);
        l->direct =
            l->direct && thread->wait.kind.Load() == static_cast<uint8_t>(WaitKind::kOwnLock);
      },
      &look);
  // A program of one thread that waits for an event waits for Ctrl-C or another signal. One that
  // waits for a lock has locked itself out, or a thread that has ended took the lock with it.
  return look.all && (look.threads > 1 || look.direct);
}

// Stands while a thread is in an endless wait.
class EndlessWait {
 public:
  EndlessWait(Thread& thread, WaitKind kind, const Atomic<uint32_t>& word, uint32_t over)
      : thread_(thread) {
    thread.wait.kind.Store(static_cast<uint8_t>(kind));
    thread.wait.over.Store(over);
    thread.wait.word.StoreOrdered(&word);
    suspicious_ = able_threads.FetchAdd(-1) == 1 && report_on.load(std::memory_order_relaxed) &&
                  EverybodyStuck();
  }
  ~EndlessWait() {
    able_threads.FetchAdd(1);
    thread_.wait.word.Store(nullptr);
  }
  EndlessWait(const EndlessWait&) = delete;
  // Nobody was able to run when this wait began.
  bool suspicious() const { return suspicious_; }

 private:
  Thread& thread_;
  bool suspicious_;
};

// How long a suspicious wait is before it is called a deadlock: a signal or a debugger may still
// come.
constexpr int64_t kGraceNanoseconds = 700'000'000;
// A signal that arrives between the last look at the breaker and the system call does not end the
// call, and one that another thread got does not either: the main thread looks this often.
constexpr int64_t kSignalCheckNanoseconds = 250'000'000;

bool SignalWaits(const Thread& thread) {
  return thread.is_main && (thread.breaker.Load() & kBreakSignals) != 0;
}

bool Before(const timespec& a, const timespec& b) {
  return a.tv_sec != b.tv_sec ? a.tv_sec < b.tv_sec : a.tv_nsec < b.tv_nsec;
}

// One system call; the main thread's is cut short, and a short sleep that ran out counts as woken,
// or as interrupted when there is something to collect.
FutexResult SleepOnce(Thread& thread, Atomic<uint32_t>& word, uint32_t expected,
                      const timespec* deadline) {
  if (SignalWaits(thread)) return FutexResult::kInterrupted;
  if (!thread.is_main) return FutexWait(word, expected, deadline);
  const timespec soon = DeadlineAfter(kSignalCheckNanoseconds);
  if (deadline != nullptr && Before(*deadline, soon)) return FutexWait(word, expected, deadline);
  const FutexResult result = FutexWait(word, expected, &soon);
  if (result != FutexResult::kTimedOut) return result;
  return heap::IdleCollectionPays() ? FutexResult::kInterrupted : FutexResult::kWoken;
}

// Ends the process with a report when the grace has passed and every thread is still stuck.
FutexResult SleepSuspiciously(Thread& thread, Atomic<uint32_t>& word, uint32_t expected) {
  const timespec grace = DeadlineAfter(kGraceNanoseconds);
  while (word.Load() == expected) {
    const FutexResult result = SleepOnce(thread, word, expected, &grace);
    if (result == FutexResult::kInterrupted) return result;
    if (result != FutexResult::kTimedOut) continue;
    if (!report_on.load() || deadlock_reporter == nullptr || !EverybodyStuck()) break;
    deadlock_reporter(thread);
    return FutexResult::kInterrupted;  // something can run after all: this thread's finalisers
  }
  return FutexResult::kWoken;
}

// What a thread does that finds under -X schedule that nobody can go on.
bool ReportIfStuck(Thread& thread) {
  if (!report_on.load() || deadlock_reporter == nullptr || !EverybodyStuck()) return false;
  deadlock_reporter(thread);
  return true;
}

}  // namespace

FutexResult SleepOnWord(Thread& thread, WaitKind kind, Atomic<uint32_t>& word, uint32_t expected,
                        uint32_t over, const timespec* deadline) {
  if (deadline != nullptr) {
    return ScheduleOn() ? ScheduleWait(thread, &word, expected, deadline, nullptr)
                        : SleepOnce(thread, word, expected, deadline);
  }
  const EndlessWait wait(thread, kind, word, over);
  if (ScheduleOn()) return ScheduleWait(thread, &word, expected, nullptr, ReportIfStuck);
  if (wait.suspicious()) return SleepSuspiciously(thread, word, expected);
  return SleepOnce(thread, word, expected, nullptr);
}

Status ServeWhileWaiting(Thread& thread) {
  if (thread.is_main && heap::IdleCollectionPays()) heap::CollectIdly(thread);
  return thread.CheckBreaker();
}

void SetDeadlockReport(bool on) { report_on.store(on); }

void CountAbleThread() { able_threads.FetchAdd(1); }

void UncountAbleThread() {
  if (able_threads.FetchAdd(-1) != 1 || !report_on.load()) return;
  // This thread ends, so somebody else has to look: a sleeper that is woken goes back to sleep and
  // looks while it does.
  Atomic<uint32_t>* word = nullptr;
  ForEachThread(
      [](Thread* other, void* context) {
        const Atomic<uint32_t>* waits_on = other->wait.word.Load();
        if (waits_on != nullptr)
          *static_cast<Atomic<uint32_t>**>(context) = const_cast<Atomic<uint32_t>*>(waits_on);
      },
      &word);
  if (word != nullptr) FutexWake(*word, INT_MAX);
}

void ResetAbleThreads() { able_threads.Store(1); }

}  // namespace gila

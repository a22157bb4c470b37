// fault_watch.cc: faulthandler.dump_traceback_later(): the stacks of all threads are written when
// the program has not taken it back in time.
//
// The watch is a thread that is none of Gila's: it never attaches, so it goes on when every thread
// of the program hangs, whoever has the lock.
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <new>
#include <string>

#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/fork.h"
#include "runtime/types/float.h"
#include "stdlib/fault_internal.h"
#include "stdlib/fault_report.h"
#include "stdlib/faulthandler.h"
#include "stdlib/time_clock.h"

namespace gila {
namespace {

struct Watch {
  std::mutex mutex;
  std::condition_variable changed;
  bool cancelled = false;  // guarded by mutex
  // What follows is set before the thread starts.
  std::chrono::nanoseconds after{};
  bool repeat = false, exit = false;
  int fd = STDERR_FILENO;
  std::string headline;
  pthread_t native{};
};

std::mutex watch_mutex;  // guards `running`; held while a watch is started or ended
Watch* running = nullptr;
Value watch_file = kUnbound;

// The thread is not there in the child, and its mutex may have been held.
const ForkRepair repair([](Thread&, bool) {
  RenewMutex(watch_mutex);
  running = nullptr;
});

void* RunWatch(void* argument) {
  auto* const watch = static_cast<Watch*>(argument);
  std::unique_lock<std::mutex> lock(watch->mutex);
  do {
    const auto end = std::chrono::steady_clock::now() + watch->after;
    while (!watch->cancelled && std::chrono::steady_clock::now() < end)
      watch->changed.wait_until(lock, end);
    if (watch->cancelled) break;
    lock.unlock();
    WriteFaultText(watch->fd, watch->headline);
    WriteAllStacks(watch->fd, nullptr);
    if (watch->exit) _exit(1);
    lock.lock();
  } while (watch->repeat);
  return nullptr;
}

void EndDetached() {
  if (running == nullptr) return;
  {
    const std::lock_guard<std::mutex> guard(running->mutex);
    running->cancelled = true;
  }
  running->changed.notify_all();
  pthread_join(running->native, nullptr);
  delete running;
  running = nullptr;
}

// What was there before ends first. 0 or an error number.
int StartDetached(Watch* watch) {
  const std::lock_guard<std::mutex> guard(watch_mutex);
  EndDetached();
  // Signals are for the threads of the program.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const int error = pthread_create(&watch->native, nullptr, RunWatch, watch);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (error == 0) running = watch;
  return error;
}

std::string Headline(int64_t microseconds) {
  const long long seconds = microseconds / 1'000'000;
  char text[80];
  int length = snprintf(text, sizeof(text), "Timeout (%lld:%02d:%02d", seconds / 3600,
                        static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  if (const int rest = static_cast<int>(microseconds % 1'000'000); rest != 0)
    length += snprintf(text + length, sizeof(text) - static_cast<size_t>(length), ".%06d", rest);
  return std::string(text, static_cast<size_t>(length)) + ")!\n";
}

}  // namespace

Result<Value> DumpTracebackLater(Thread& thread, Args args) {
  GILA_TRY(const int64_t nanoseconds, ToNanoseconds(thread, args[0], RoundTime::kAwayFromZero));
  const int64_t microseconds = ToMicroseconds(nanoseconds);
  if (microseconds <= 0) return thread.RaiseValueError("timeout must be greater than 0");
  GILA_TRY(const bool repeat, args.Has(1) ? Truth(thread, args[1]) : Result<bool>(false));
  Value file = args[2];
  GILA_TRY(const int fd, FaultFile(thread, &file));
  GILA_TRY(const bool exit, args.Has(3) ? Truth(thread, args[3]) : Result<bool>(false));
  static const bool rooted = (heap::AddRoot(&watch_file), true);
  (void)rooted;
  auto* const watch = new Watch;
  watch->after = std::chrono::microseconds(microseconds);
  watch->repeat = repeat;
  watch->exit = exit;
  watch->fd = fd;
  watch->headline = Headline(microseconds);
  int error;
  {
    AllowThreads detached(thread, Blocked::kOther);
    error = StartDetached(watch);
  }
  if (error != 0) {
    delete watch;
    return thread.Raise(TypeId::kRuntimeError, "unable to start watchdog thread");
  }
  watch_file = file;
  return kNone;
}

void StopFaultWatch(Thread& thread) {
  {
    AllowThreads detached(thread, Blocked::kOther);
    const std::lock_guard<std::mutex> guard(watch_mutex);
    EndDetached();
  }
  watch_file = kUnbound;
}

Result<Value> CancelDumpTracebackLater(Thread& thread, Args) {
  StopFaultWatch(thread);
  return kNone;
}

}  // namespace gila

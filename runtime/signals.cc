// signals.cc: see signals.h.
#include "runtime/signals.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/threads/fork.h"
#include "runtime/type.h"

namespace gila {
namespace {

Atomic<bool> tripped[kSignalCount];
Atomic<bool> any_tripped{false};
Atomic<int> wakeup_fd{-1};
Atomic<void (*)(void*)> waker{nullptr};
Atomic<void*> waker_context{nullptr};
Atomic<int> waker_users{0};
Atomic<int> program_handlers{0};  // how many numbers have a callable that is not the built-in one
Thread* main_thread_record = nullptr;
Value handlers[kSignalCount];  // unbound: default or ignored; kTrue: the built-in KeyboardInterrupt
                               // of SIGINT
Disposition dispositions[kSignalCount];
bool only_interrupts[kSignalCount];
bool lets_calls_go_on[kSignalCount];  // siginterrupt(number, False)

// Is it a handler that the program may be waiting for?
bool IsAwaited(int number) {
  return dispositions[number] == Disposition::kCallable && !handlers[number].IsTrue() &&
         !only_interrupts[number];
}

// --- the knock ---
//
// A signal may come when the main thread has looked for signals for the last time and is not yet in
// the system call that waits: the call would not end, and the handler would run only when it ends
// by itself. So a timer sends the main thread another signal, one without a meaning, again and
// again until the handlers have run. Everything here is called from signal handlers. The kernel's
// own interface makes the timer: that of libc is not meant for them.

constexpr int kKnockSignal =
    kSignalCount - 1;  // the last real-time signal, unless the program handles it
constexpr long kFirstKnock = 10'000'000, kNextKnock = 20'000'000;  // nanoseconds
constexpr int kNoTimer = -1;
Atomic<int> knock_timer{kNoTimer};
Atomic<bool> knocking{false};

void OnKnock(int) {}

bool MakeKnockTimer() {
  if (knock_timer.LoadOrdered() != kNoTimer) return true;
  struct sigaction action = {};
  action.sa_handler = OnKnock;
  sigemptyset(&action.sa_mask);
  struct sigevent event = {};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = kKnockSignal;
  event._sigev_un._tid = static_cast<pid_t>(main_thread_record->native_id);
  int timer;
  if (sigaction(kKnockSignal, &action, nullptr) != 0 ||
      syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer) != 0)
    return false;
  int none = kNoTimer;
  // Two threads may have been in a handler at once.
  if (!knock_timer.CompareExchange(none, timer)) syscall(SYS_timer_delete, timer);
  return true;
}

void SetKnockTimer(long first, long next) {
  const itimerspec times = {{0, next}, {0, first}};
  syscall(SYS_timer_settime, knock_timer.LoadOrdered(), 0, &times, nullptr);
}

void StartKnocking() {
  if (dispositions[kKnockSignal] != Disposition::kDefault || !MakeKnockTimer()) return;
  knocking.StoreOrdered(true);
  SetKnockTimer(kFirstKnock, kNextKnock);
}

void StopKnocking() {
  if (knocking.Exchange(false)) SetKnockTimer(0, 0);
}

void OnSignal(int number) {
  const int saved = errno;
  TripSignal(number);
  if (!lets_calls_go_on[number]) StartKnocking();
  errno = saved;
}

void Install(int number, void (*function)(int)) {
  struct sigaction action = {};
  action.sa_handler = function;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, nullptr);  // without SA_RESTART: blocking calls come back with EINTR
}

}  // namespace

void TripSignal(int number) {
  tripped[number].StoreOrdered(true);
  any_tripped.StoreOrdered(true);
  main_thread_record->breaker.FetchOr(kBreakSignals);
  const int fd = wakeup_fd.LoadOrdered();
  if (fd >= 0) {
    const auto byte = static_cast<unsigned char>(number);
    [[maybe_unused]] const ssize_t written = write(fd, &byte, 1);
  }
  waker_users.FetchAdd(1);
  if (void (*const wake)(void*) = waker.LoadOrdered()) wake(waker_context.LoadOrdered());
  waker_users.FetchAdd(-1);
}

void SetSignalWaker(void (*wake)(void* context), void* context) {
  waker_context.StoreOrdered(context);
  waker.StoreOrdered(wake);
}
void ClearSignalWaker() {
  waker.StoreOrdered(nullptr);
  while (waker_users.LoadOrdered() != 0) sched_yield();
}

// Whoever forked is the main thread there; what had arrived belongs to the parent.
static const ForkRepair repair([](Thread& thread, bool) {
  main_thread_record = &thread;
  any_tripped.StoreOrdered(false);
  waker.StoreOrdered(nullptr);
  waker_users.StoreOrdered(0);
  knock_timer.StoreOrdered(kNoTimer);  // timers are not inherited
  knocking.StoreOrdered(false);
  for (Atomic<bool>& one : tripped) one.StoreOrdered(false);
});

void InitSignals(Thread& main_thread) {
  main_thread_record = &main_thread;
  for (int i = 0; i < kSignalCount; ++i) {
    handlers[i] = kUnbound;
    heap::AddRoot(&handlers[i]);
    struct sigaction now;
    if (i == 0 || sigaction(i, nullptr, &now) != 0) continue;
    dispositions[i] = now.sa_handler == SIG_IGN ? Disposition::kIgnore : Disposition::kDefault;
  }
  Install(SIGPIPE, SIG_IGN);
  Install(SIGXFSZ, SIG_IGN);
  dispositions[SIGPIPE] = dispositions[SIGXFSZ] = Disposition::kIgnore;
  if (dispositions[SIGINT] == Disposition::kDefault) {
    Install(SIGINT, OnSignal);
    dispositions[SIGINT] = Disposition::kCallable;
    handlers[SIGINT] = kTrue;
  }
}

Status SetSignalHandler(Thread& thread, int number, Disposition disposition, Value handler) {
  struct sigaction action = {};
  action.sa_handler = disposition == Disposition::kDefault  ? SIG_DFL
                      : disposition == Disposition::kIgnore ? SIG_IGN
                                                            : OnSignal;
  sigemptyset(&action.sa_mask);
  if (sigaction(number, &action, nullptr) != 0) return thread.RaiseOsError(errno);
  const bool before = IsAwaited(number);
  dispositions[number] = disposition;
  only_interrupts[number] = lets_calls_go_on[number] = false;
  handlers[number] = disposition == Disposition::kCallable ? handler : kUnbound;
  program_handlers.FetchAdd(static_cast<int>(IsAwaited(number)) - static_cast<int>(before));
  return kOk;
}

int LetCallsGoOn(int number, bool go_on) {
  struct sigaction action;
  if (sigaction(number, nullptr, &action) != 0) return errno;
  action.sa_flags = go_on ? action.sa_flags | SA_RESTART : action.sa_flags & ~SA_RESTART;
  lets_calls_go_on[number] = go_on;
  return sigaction(number, &action, nullptr) != 0 ? errno : 0;
}

void HandlerOnlyInterrupts(int number) {
  if (!IsAwaited(number)) return;
  only_interrupts[number] = true;
  program_handlers.FetchAdd(-1);
}

bool ProgramHandlesSignals() { return program_handlers.LoadOrdered() != 0; }

bool SignalWaits() { return any_tripped.LoadOrdered(); }

Disposition GetSignalHandler(int number, Value* handler) {
  *handler = handlers[number];
  return dispositions[number];
}

int SetWakeupFd(int fd) { return wakeup_fd.Exchange(fd); }

Status Thread::RunSignalHandlers() {
  if (!is_main) return kOk;
  breaker.FetchAnd(~uint32_t{kBreakSignals});
  StopKnocking();
  if (!any_tripped.Exchange(false)) return kOk;
  for (int number = 1; number < kSignalCount; ++number) {
    if (!tripped[number].Exchange(false)) continue;
    const Value handler = handlers[number];
    if (handler.IsUnbound()) continue;
    if (handler.IsTrue()) {
      any_tripped.StoreOrdered(true);  // others may wait behind this one
      breaker.FetchOr(kBreakSignals);
      return RaiseObject(reinterpret_cast<Object*>(GetType(TypeId::kKeyboardInterrupt)));
    }
    Frame* frame = CurrentFrame(*this, 0);
    const Value frame_value = frame == nullptr ? kNone : Value(reinterpret_cast<Object*>(frame));
    const Result<Value> result = Call(*this, handler, {Value::SmallInt(number), frame_value});
    if (!result.ok()) {
      any_tripped.StoreOrdered(true);
      breaker.FetchOr(kBreakSignals);
      return kFailed;
    }
  }
  return kOk;
}

}  // namespace gila

// signals.cc: see signals.h.
#include "runtime/signals.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
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

// Is it a handler that the program may be waiting for?
bool IsAwaited(int number) {
  return dispositions[number] == Disposition::kCallable && !handlers[number].IsTrue() &&
         !only_interrupts[number];
}

void OnSignal(int number) {
  const int saved = errno;
  TripSignal(number);
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
  only_interrupts[number] = false;
  handlers[number] = disposition == Disposition::kCallable ? handler : kUnbound;
  program_handlers.FetchAdd(static_cast<int>(IsAwaited(number)) - static_cast<int>(before));
  return kOk;
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

// signal_module.cc: the _signal module: handlers, timers, masks and waits. signal (lib/signal.py)
// turns its numbers into enums. How a signal comes to a handler is told in runtime/signals.h.
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstring>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/signals.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/futex.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"
#include "stdlib/thread_locks.h"
#include "stdlib/time_clock.h"

namespace gila {
namespace {

Value default_int_handler = kUnbound;
Type* timer_error = nullptr;
Type* siginfo_type = nullptr;

Result<int> Number(Thread& thread, Value v) {
  GILA_TRY(const int64_t number, ToInt64(thread, v));
  if (number < 1 || number >= kSignalCount)
    return thread.RaiseValueError("signal number out of range");
  return static_cast<int>(number);
}

// --- handlers ---

Value HandlerValue(int number) {
  Value handler;
  switch (GetSignalHandler(number, &handler)) {
    case Disposition::kDefault:
      return Value::SmallInt(0);
    case Disposition::kIgnore:
      return Value::SmallInt(1);
    default:
      return handler.IsTrue() ? default_int_handler : handler;
  }
}

Result<Value> GetSignal(Thread& thread, Args args) {
  GILA_TRY(const int number, Number(thread, args[0]));
  return HandlerValue(number);
}

Result<Value> SetSignal(Thread& thread, Args args) {
  GILA_TRY(const int64_t wide, ToInt64(thread, args[0]));
  if (!thread.is_main) {
    return thread.RaiseValueError("signal only works in main thread of the main interpreter");
  }
  GILA_TRY(const int number, Number(thread, Value::SmallInt(wide)));
  Disposition disposition = Disposition::kCallable;
  Value handler = args[1];
  if (!IsCallable(handler)) {
    int64_t which = -1;
    if (!IsInt(handler) || !TryInt64(handler, &which) || (which != 0 && which != 1)) {
      return thread.RaiseTypeError(
          "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
    }
    disposition = which == 0 ? Disposition::kDefault : Disposition::kIgnore;
  }
  if (handler == default_int_handler && number == SIGINT) handler = kTrue;
  GILA_TRY_VOID(thread.RunSignalHandlers());  // what came before goes to the old handler
  const Value before = HandlerValue(number);
  GILA_TRY_VOID(SetSignalHandler(thread, number, disposition, handler));
  return before;
}

Result<Value> OnlyInterrupts(Thread& thread, Args args) {
  GILA_TRY(const int number, Number(thread, args[0]));
  HandlerOnlyInterrupts(number);
  return kNone;
}

Result<Value> DefaultIntHandler(Thread& thread, Args) {
  return thread.RaiseObject(reinterpret_cast<Object*>(GetType(TypeId::kKeyboardInterrupt)));
}

Result<Value> SetWakeup(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, ToInt64(thread, args[0]));
  if (!thread.is_main) {
    return thread.RaiseValueError(
        "set_wakeup_fd only works in main thread of the main interpreter");
  }
  if (fd != -1) {
    const int flags = ::fcntl(static_cast<int>(fd), F_GETFL);
    if (flags < 0) return thread.RaiseOsError(errno);
    if (!(flags & O_NONBLOCK))
      return thread.RaiseValueError("the fd %d must be in non-blocking mode", static_cast<int>(fd));
  }
  return Value::SmallInt(SetWakeupFd(static_cast<int>(fd)));
}

Result<Value> InterruptCalls(Thread& thread, Args args) {
  GILA_TRY(const int number, Number(thread, args[0]));
  GILA_TRY(const bool flag, Truth(thread, args[1]));
  const int error = LetCallsGoOn(number, !flag);
  if (error != 0) return thread.RaiseOsError(error);
  return kNone;
}

// --- sending ---

Result<Value> RaiseSignal(Thread& thread, Args args) {
  GILA_TRY(const int64_t number, ToInt64(thread, args[0]));
  int result, error;
  {
    AllowThreads detached(thread, Blocked::kOther);
    result = ::raise(static_cast<int>(number));
    error = errno;
  }
  if (result != 0) return thread.RaiseOsError(error);
  GILA_TRY_VOID(thread.CheckBreaker());
  return kNone;
}

Result<Value> KillThread(Thread& thread, Args args) {
  GILA_TRY(const int64_t ident, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t number, ToInt64(thread, args[1]));
  const int error = OnNativeThread(static_cast<uint64_t>(ident), [number](pthread_t native) {
    return ::pthread_kill(native, static_cast<int>(number));
  });
  if (error != 0) return thread.RaiseOsError(error);
  GILA_TRY_VOID(thread.CheckBreaker());
  return kNone;
}

Result<Value> PidFdSend(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t number, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t flags, args.Has(3) ? ToInt64(thread, args[3]) : Result<int64_t>(0));
  if (args.Has(2) && !args[2].IsNone()) return thread.RaiseTypeError("siginfo must be None");
  if (::syscall(SYS_pidfd_send_signal, fd, number, nullptr, flags) < 0)
    return thread.RaiseOsError(errno);
  GILA_TRY_VOID(thread.CheckBreaker());
  return kNone;
}

Result<Value> Pause(Thread& thread, Args) {
  {
    AllowThreads detached(thread, Blocked::kOther);
    ::pause();
  }
  GILA_TRY_VOID(thread.RunSignalHandlers());
  return kNone;
}

// --- timers ---

Result<Value> Alarm(Thread& thread, Args args) {
  GILA_TRY(const int64_t seconds, ToInt64(thread, args[0]));
  return Value::SmallInt(::alarm(static_cast<unsigned>(seconds)));
}

Failed RaiseTimerError(Thread& thread, int error) {
  GILA_TRY(Str* const text, NewStr(thread, ::strerror(error)));
  GILA_TRY(const Value made, Call(thread, timer_error, {Value::SmallInt(error), text}));
  return thread.RaiseObject(made);
}

Result<timeval> ToTimeval(Thread& thread, Value v) {
  if (v.IsUnbound()) return timeval{0, 0};
  GILA_TRY(const int64_t nanoseconds, ToNanoseconds(thread, v, RoundTime::kCeiling));
  const int64_t microseconds = ToMicroseconds(nanoseconds);
  const int64_t rest = microseconds % 1'000'000;
  const int64_t borrowed = rest < 0 ? 1 : 0;
  return timeval{microseconds / 1'000'000 - borrowed, rest + borrowed * 1'000'000};
}

Result<Value> TimerPair(Thread& thread, const itimerval& timer) {
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  GILA_TRY(const Value value, NewFloat(thread, seconds(timer.it_value)));
  GILA_TRY(const Value interval, NewFloat(thread, seconds(timer.it_interval)));
  const Value items[] = {value, interval};
  return NewTuple(thread, items);
}

Result<Value> SetTimer(Thread& thread, Args args) {
  GILA_TRY(const int64_t which, ToInt64(thread, args[0]));
  itimerval wanted, before;
  GILA_TRY(wanted.it_value, ToTimeval(thread, args[1]));
  GILA_TRY(wanted.it_interval, ToTimeval(thread, args[2]));
  if (::setitimer(static_cast<__itimer_which_t>(which), &wanted, &before) != 0)
    return RaiseTimerError(thread, errno);
  return TimerPair(thread, before);
}

Result<Value> GetTimer(Thread& thread, Args args) {
  GILA_TRY(const int64_t which, ToInt64(thread, args[0]));
  itimerval timer;
  if (::getitimer(static_cast<__itimer_which_t>(which), &timer) != 0)
    return RaiseTimerError(thread, errno);
  return TimerPair(thread, timer);
}

// --- masks and waits ---

Result<sigset_t> ToSignalSet(Thread& thread, Value iterable) {
  sigset_t set;
  sigemptyset(&set);
  GILA_TRY_VOID(ForEach(thread, iterable, [&](Value v) -> Status {
    GILA_TRY(const Value index, Index(thread, v));
    int64_t number = 0;
    if (!TryInt64(index, &number)) number = IntSign(index) < 0 ? INT64_MIN : INT64_MAX;
    if (number < 1 || number >= kSignalCount) {
      return thread.RaiseValueError("signal number %lld out of range [1; %d]",
                                    static_cast<long long>(number), kSignalCount - 1);
    }
    sigaddset(&set, static_cast<int>(number));  // refuses the two that belong to the C library
    return kOk;
  }));
  return set;
}

Result<Value> SignalSetValue(Thread& thread, const sigset_t& members) {
  GILA_TRY(Set* const set, NewSet(thread, TypeId::kSet));
  for (int number = 1; number < kSignalCount; ++number) {
    if (sigismember(&members, number) == 1)
      GILA_TRY_VOID(SetAdd(thread, set, Value::SmallInt(number)));
  }
  return set;
}

Result<Value> Mask(Thread& thread, Args args) {
  GILA_TRY(const int64_t how, ToInt64(thread, args[0]));
  GILA_TRY(const sigset_t set, ToSignalSet(thread, args[1]));
  sigset_t before;
  const int error = ::pthread_sigmask(static_cast<int>(how), &set, &before);
  if (error != 0) return thread.RaiseOsError(error);
  GILA_TRY_VOID(thread.CheckBreaker());  // one that was unblocked may have arrived
  return SignalSetValue(thread, before);
}

Result<Value> Pending(Thread& thread, Args) {
  sigset_t set;
  if (::sigpending(&set) != 0) return thread.RaiseOsError(errno);
  return SignalSetValue(thread, set);
}

Result<Value> ValidSignals(Thread& thread, Args) {
  sigset_t set;
  sigfillset(&set);
  return SignalSetValue(thread, set);
}

// The signal that came, with its facts; 0 when the time was over first.
Result<int> Await(Thread& thread, const sigset_t& set, int64_t timeout_ns, siginfo_t* info) {
  const uint64_t begin = MonotonicNanoseconds();
  while (true) {
    timespec rest{};
    if (timeout_ns >= 0) {
      const int64_t left =
          std::max<int64_t>(timeout_ns - static_cast<int64_t>(MonotonicNanoseconds() - begin), 0);
      rest = {left / 1'000'000'000, left % 1'000'000'000};
    }
    int result, error;
    {
      AllowThreads detached(thread, Blocked::kOther);
      result = ::sigtimedwait(&set, info, timeout_ns >= 0 ? &rest : nullptr);
      error = errno;
    }
    if (result > 0) return result;
    if (error == EAGAIN) return 0;
    if (error != EINTR) return thread.RaiseOsError(error);
    GILA_TRY_VOID(thread.RunSignalHandlers());
  }
}

Result<Value> SigWait(Thread& thread, Args args) {
  GILA_TRY(const sigset_t set, ToSignalSet(thread, args[0]));
  siginfo_t info;
  GILA_TRY(const int number, Await(thread, set, -1, &info));
  return Value::SmallInt(number);
}

Result<Value> SignalInfo(Thread& thread, const siginfo_t& info) {
  const Value fields[] = {Value::SmallInt(info.si_signo), Value::SmallInt(info.si_code),
                          Value::SmallInt(info.si_errno), Value::SmallInt(info.si_pid),
                          Value::SmallInt(info.si_uid),   Value::SmallInt(info.si_status),
                          Value::SmallInt(info.si_band)};
  return NewStructSequence(thread, siginfo_type, fields);
}

Result<Value> SigWaitInfo(Thread& thread, Args args) {
  GILA_TRY(const sigset_t set, ToSignalSet(thread, args[0]));
  siginfo_t info{};
  GILA_TRY_VOID(Await(thread, set, -1, &info));
  return SignalInfo(thread, info);
}

Result<Value> SigTimedWait(Thread& thread, Args args) {
  GILA_TRY(const sigset_t set, ToSignalSet(thread, args[0]));
  GILA_TRY(const int64_t nanoseconds, ToNanoseconds(thread, args[1], RoundTime::kCeiling));
  if (nanoseconds < 0) return thread.RaiseValueError("timeout must be non-negative");
  siginfo_t info{};
  GILA_TRY(const int number, Await(thread, set, nanoseconds, &info));
  if (number == 0) return kNone;
  return SignalInfo(thread, info);
}

Result<Value> Describe(Thread& thread, Args args) {
  GILA_TRY(const int number, Number(thread, args[0]));
  const char* const text = ::sigdescr_np(number);
  if (text != nullptr) return NewStr(thread, text);
  if (number < SIGRTMIN) return kNone;
  return NewStr(thread, "Real-time signal " + std::to_string(number - SIGRTMIN));
}

constexpr NativeDef kFunctions[] = {
    {"signal", SetSignal, "(signalnum, handler, /)", "Set the handler and return the old one."},
    {"getsignal", GetSignal, "(signalnum, /)", "The handler of a signal."},
    {"_only_interrupts", OnlyInterrupts, "(signalnum, /)",
     "The handler now installed ends what runs, as Ctrl-C does by itself: no thread waits for it."},
    {"default_int_handler", DefaultIntHandler, "(signalnum, frame, /)",
     "Raises KeyboardInterrupt: what SIGINT does at first."},
    {"set_wakeup_fd", SetWakeup, "(fd, /, *, warn_on_full_buffer=True)",
     "A descriptor that gets the number of each signal as a byte; the old one."},
    {"siginterrupt", InterruptCalls, "(signalnum, flag, /)",
     "Do system calls end with EINTR when the signal comes?"},
    {"raise_signal", RaiseSignal, "(signalnum, /)", "Send a signal to the running thread."},
    {"pthread_kill", KillThread, "(thread_id, signalnum, /)", "Send a signal to a thread."},
    {"pidfd_send_signal", PidFdSend, "(pidfd, signalnum, siginfo=None, flags=0, /)",
     "Send a signal to the process of a descriptor."},
    {"pause", Pause, "()", "Wait for a signal."},
    {"alarm", Alarm, "(seconds, /)", "SIGALRM after some seconds; how many the last one had left."},
    {"setitimer", SetTimer, "(which, seconds, interval=0.0, /)",
     "Set an interval timer and return its old value."},
    {"getitimer", GetTimer, "(which, /)", "The value of an interval timer."},
    {"pthread_sigmask", Mask, "(how, mask, /)",
     "Change which signals are blocked for the running thread; which were."},
    {"sigpending", Pending, "()", "The signals that wait because they are blocked."},
    {"sigwait", SigWait, "(sigset, /)", "Wait for one of the signals and return it."},
    {"sigwaitinfo", SigWaitInfo, "(sigset, /)", "Wait for one of the signals; its facts."},
    {"sigtimedwait", SigTimedWait, "(sigset, timeout, /)",
     "As sigwaitinfo(), at most so many seconds; None when none came."},
    {"strsignal", Describe, "(signalnum, /)", "What the signal means."},
    {"valid_signals", ValidSignals, "()", "The signals that there are."},
    {nullptr, nullptr, nullptr, nullptr}};

const struct {
  const char* name;
  int value;
} kConstants[] = {{"SIG_DFL", 0},
                  {"SIG_IGN", 1},
                  {"SIG_BLOCK", SIG_BLOCK},
                  {"SIG_UNBLOCK", SIG_UNBLOCK},
                  {"SIG_SETMASK", SIG_SETMASK},
                  {"NSIG", kSignalCount},
                  {"ITIMER_REAL", ITIMER_REAL},
                  {"ITIMER_VIRTUAL", ITIMER_VIRTUAL},
                  {"ITIMER_PROF", ITIMER_PROF},
                  {"SIGCLD", SIGCHLD},
                  {"SIGIO", SIGIO},
                  {"SIGIOT", SIGIOT},
                  {"SIGPOLL", SIGPOLL}};

const char* const kInfoFields[] = {"si_signo", "si_code",   "si_errno", "si_pid",
                                   "si_uid",   "si_status", "si_band",  nullptr};
const StructSequenceSpec kInfoSpec = {"signal.struct_siginfo", "The facts about a signal.",
                                      kInfoFields, 7, true};

Status AddTimerError(Thread& thread, Module* module) {
  GILA_TRY(Str* const name, NewStr(thread, "itimer_error"));
  const Value bases[] = {reinterpret_cast<Object*>(GetType(TypeId::kOSError))};
  GILA_TRY(Tuple* const base_tuple, NewTuple(thread, bases));
  GILA_TRY(Dict* const name_space, NewDict(thread));
  GILA_TRY_VOID(
      DictSet(thread, name_space, NameOf(gila::Name::kModule_), Intern(thread, "signal")));
  GILA_TRY(timer_error, NewType(thread, GetType(TypeId::kType), name, base_tuple, name_space));
  heap::AddRoot(reinterpret_cast<Object**>(&timer_error));
  return AddValue(thread, module, "ItimerError", timer_error);
}

}  // namespace

Status InitSignalModule(Thread& thread, Module* module) {
  for (const auto& constant : kConstants)
    GILA_TRY_VOID(AddValue(thread, module, constant.name, Value::SmallInt(constant.value)));
  for (int number = 1; number < 32; ++number) {
    if (const char* const name = ::sigabbrev_np(number)) {
      const std::string full = std::string("SIG") + name;
      GILA_TRY_VOID(AddValue(thread, module, full.c_str(), Value::SmallInt(number)));
    }
  }
  GILA_TRY_VOID(AddValue(thread, module, "SIGRTMIN", Value::SmallInt(SIGRTMIN)));
  GILA_TRY_VOID(AddValue(thread, module, "SIGRTMAX", Value::SmallInt(SIGRTMAX)));
  GILA_TRY_VOID(AddTimerError(thread, module));
  GILA_TRY(siginfo_type, NewStructSequenceType(thread, kInfoSpec));
  heap::AddRoot(reinterpret_cast<Object**>(&siginfo_type));
  GILA_TRY_VOID(AddValue(thread, module, "struct_siginfo", siginfo_type));
  GILA_TRY_VOID(AddFunctions(thread, module, kFunctions));
  default_int_handler = DictGetInterned(module->dict.Load(), Intern(thread, "default_int_handler"));
  heap::AddRoot(&default_int_handler);
  return kOk;
}

}  // namespace gila

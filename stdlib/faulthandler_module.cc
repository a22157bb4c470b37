// faulthandler_module.cc: the module faulthandler: the stacks of threads on demand, at a signal of
// the program's choice, and when a fatal signal comes. How they are written is in fault_report.h,
// the watch for programs that hang in fault_watch.cc.
//
// What a signal handler reads is set before the handler is installed and is atomic; a mutex orders
// those who install.
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <iterator>
#include <mutex>

#include "runtime/heap/heap.h"
#include "runtime/modules.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/signals.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/fork.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "stdlib/fault_internal.h"
#include "stdlib/fault_report.h"
#include "stdlib/faulthandler.h"

namespace gila {
namespace {

std::mutex settings_mutex;
const ForkRepair repair([](Thread&, bool) { RenewMutex(settings_mutex); });

// --- fatal signals ---

struct FatalSignal {
  int number;
  const char* name;
  struct sigaction before;
};
FatalSignal fatal_signals[] = {{SIGBUS, "Bus error", {}},
                               {SIGILL, "Illegal instruction", {}},
                               {SIGFPE, "Floating point exception", {}},
                               {SIGABRT, "Aborted", {}},
                               {SIGSEGV, "Segmentation fault", {}}};
Atomic<bool> fatal_enabled{false};
Atomic<int> fatal_fd{STDERR_FILENO};
Atomic<bool> fatal_all_threads{true};
Value fatal_file = kUnbound;  // kept as long as its descriptor may be written to

void OnFatalSignal(int number) {
  const int saved = errno;
  for (const FatalSignal& one : fatal_signals) {
    if (one.number != number) continue;
    sigaction(number, &one.before, nullptr);  // first of all: the report may fail as well
    const int fd = fatal_fd.LoadOrdered();
    WriteFaultText(fd, "Fatal Python error: ");
    WriteFaultText(fd, one.name);
    WriteFaultText(fd, "\n\n");
    if (fatal_all_threads.LoadOrdered())
      WriteAllStacks(fd, Thread::Current());
    else
      WriteOwnStack(fd);
  }
  errno = saved;
  raise(number);
}

// A stack of its own for the handler: a stack that is used up is one of the reasons.
void UseOwnSignalStack() {
  static bool made = false;
  if (made) return;
  const size_t size = 16 * 4096;
  void* memory =
      mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (memory == MAP_FAILED) return;
  stack_t stack{};
  stack.ss_sp = memory;
  stack.ss_size = size;
  made = sigaltstack(&stack, nullptr) == 0;
}

void EnableFatal(int fd, bool all_threads) {
  const std::lock_guard<std::mutex> guard(settings_mutex);
  fatal_fd.StoreOrdered(fd);
  fatal_all_threads.StoreOrdered(all_threads);
  if (fatal_enabled.LoadOrdered()) return;
  UseOwnSignalStack();
  struct sigaction action = {};
  action.sa_handler = OnFatalSignal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_NODEFER | SA_ONSTACK;
  for (FatalSignal& one : fatal_signals) sigaction(one.number, &action, &one.before);
  fatal_enabled.StoreOrdered(true);
}

bool DisableFatal() {
  const std::lock_guard<std::mutex> guard(settings_mutex);
  if (!fatal_enabled.LoadOrdered()) return false;
  for (const FatalSignal& one : fatal_signals) sigaction(one.number, &one.before, nullptr);
  fatal_enabled.StoreOrdered(false);
  fatal_file = kUnbound;
  return true;
}

Result<Value> Enable(Thread& thread, Args args) {
  Value file = args[0];
  GILA_TRY(const int fd, FaultFile(thread, &file));
  GILA_TRY(const bool all_threads, args.Has(1) ? Truth(thread, args[1]) : Result<bool>(true));
  fatal_file = file;
  EnableFatal(fd, all_threads);
  return kNone;
}
Result<Value> Disable(Thread&, Args) { return Value::Bool(DisableFatal()); }
Result<Value> IsEnabled(Thread&, Args) { return Value::Bool(fatal_enabled.LoadOrdered()); }

// --- on demand ---

Result<Value> DumpTraceback(Thread& thread, Args args) {
  Value file = args[0];
  GILA_TRY(const int fd, FaultFile(thread, &file));
  GILA_TRY(const bool all_threads, args.Has(1) ? Truth(thread, args[1]) : Result<bool>(true));
  if (all_threads)
    WriteAllStacks(fd, &thread);
  else
    WriteOwnStack(fd);
  return kNone;
}

// --- signals of the program's choice ---

struct UserSignal {
  Atomic<bool> enabled{false};
  Atomic<int> fd{STDERR_FILENO};
  Atomic<bool> all_threads{true};
  Atomic<bool> chain{false};
  struct sigaction before;
};
UserSignal user_signals[kSignalCount];
Value user_files[kSignalCount];

void OnUserSignal(int number);

int InstallUserSignal(int number, bool chain, struct sigaction* before) {
  struct sigaction action = {};
  action.sa_handler = OnUserSignal;
  sigemptyset(&action.sa_mask);
  // Calls that the signal interrupts go on. The handler before is called from within this one.
  action.sa_flags = SA_RESTART | SA_ONSTACK | (chain ? SA_NODEFER : 0);
  return sigaction(number, &action, before);
}

void OnUserSignal(int number) {
  UserSignal& user = user_signals[number];
  if (!user.enabled.LoadOrdered()) return;
  const int saved = errno;
  if (user.all_threads.LoadOrdered())
    WriteAllStacks(user.fd.LoadOrdered(), Thread::Current());
  else
    WriteOwnStack(user.fd.LoadOrdered());
  errno = saved;
  if (!user.chain.LoadOrdered()) return;
  sigaction(number, &user.before, nullptr);
  raise(number);
  InstallUserSignal(number, true, nullptr);
  errno = saved;
}

Result<int> UserNumber(Thread& thread, Value v) {
  GILA_TRY(const int64_t number, ToInt64(thread, v));
  for (const FatalSignal& one : fatal_signals) {
    if (one.number == number) {
      return thread.RaiseFormat(TypeId::kRuntimeError,
                                "signal %d cannot be registered, use enable() instead", one.number);
    }
  }
  if (number < 1 || number >= kSignalCount)
    return thread.RaiseValueError("signal number out of range");
  return static_cast<int>(number);
}

Result<Value> Register(Thread& thread, Args args) {
  GILA_TRY(const int number, UserNumber(thread, args[0]));
  Value file = args[1];
  GILA_TRY(const int fd, FaultFile(thread, &file));
  GILA_TRY(const bool all_threads, args.Has(2) ? Truth(thread, args[2]) : Result<bool>(true));
  GILA_TRY(const bool chain, args.Has(3) ? Truth(thread, args[3]) : Result<bool>(false));
  int error = 0;
  {
    const std::lock_guard<std::mutex> guard(settings_mutex);
    UserSignal& user = user_signals[number];
    user.fd.StoreOrdered(fd);
    user.all_threads.StoreOrdered(all_threads);
    user.chain.StoreOrdered(chain);
    user_files[number] = file;
    if (!user.enabled.LoadOrdered()) {
      UseOwnSignalStack();
      if (InstallUserSignal(number, chain, &user.before) != 0)
        error = errno;
      else
        user.enabled.StoreOrdered(true);
    }
  }
  if (error != 0) return thread.RaiseOsError(error);
  return kNone;
}

Result<Value> Unregister(Thread& thread, Args args) {
  GILA_TRY(const int number, UserNumber(thread, args[0]));
  const std::lock_guard<std::mutex> guard(settings_mutex);
  UserSignal& user = user_signals[number];
  if (!user.enabled.LoadOrdered()) return kFalse;
  user.enabled.StoreOrdered(false);
  sigaction(number, &user.before, nullptr);
  user_files[number] = kUnbound;
  return kTrue;
}

// --- ways to crash, for those who test what happens then ---

void LeaveNoCore() {
  rlimit limit;
  if (getrlimit(RLIMIT_CORE, &limit) != 0) return;
  limit.rlim_cur = 0;
  setrlimit(RLIMIT_CORE, &limit);
}

Result<Value> RaiseFatal(Thread& thread, int number, bool detach) {
  LeaveNoCore();
  // More than once: a handler of the program's own may take the first.
  for (int i = 0; i < 3; ++i) {
    if (detach) {
      AllowThreads detached(thread, Blocked::kOther);
      raise(number);
    } else {
      raise(number);
    }
  }
  return kNone;
}
Result<Value> CrashSegv(Thread& thread, Args args) {
  GILA_TRY(const bool detach, args.Has(0) ? Truth(thread, args[0]) : Result<bool>(false));
  return RaiseFatal(thread, SIGSEGV, detach);
}
Result<Value> CrashFpe(Thread& thread, Args) { return RaiseFatal(thread, SIGFPE, false); }
Result<Value> CrashAbort(Thread&, Args) {
  LeaveNoCore();
  abort();
}
Result<Value> ReadNull(Thread&, Args) {
  LeaveNoCore();
  volatile uintptr_t nowhere = 0;
  return Value::SmallInt(*reinterpret_cast<volatile uint8_t*>(nowhere));
}

// How deep it came without a crash, in calls.
__attribute__((noinline)) int64_t Recurse(uintptr_t lowest, int64_t depth) {
  volatile char page[4096];
  page[0] = 1;
  page[sizeof(page) - 1] = 1;
  if (reinterpret_cast<uintptr_t>(&page) < lowest) return depth;
  return Recurse(lowest, depth + 1) + page[0] - page[sizeof(page) - 1];
}
Result<Value> OverflowStack(Thread& thread, Args) {
  LeaveNoCore();
  constexpr uintptr_t kMost = uintptr_t{100} << 20;
  const auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  const int64_t depth = Recurse(here > kMost ? here - kMost : 0, 0);
  return thread.RaiseFormat(TypeId::kRuntimeError,
                            "unable to raise a stack overflow (allocated %zu bytes on the stack, "
                            "%lld recursive calls)",
                            static_cast<size_t>(kMost), static_cast<long long>(depth));
}

void* FailInThread(void*) {
  const int fd = fatal_fd.LoadOrdered();
  WriteFaultText(fd,
                 "Fatal Python error: faulthandler_fatal_error_thread: in new thread\n"
                 "Python runtime state: initialized\n\n");
  WriteAllStacks(fd, nullptr);
  DisableFatal();
  abort();
}
Result<Value> FailInNewThread(Thread& thread, Args) {
  LeaveNoCore();
  pthread_t native;
  const int error = pthread_create(&native, nullptr, FailInThread, nullptr);
  if (error != 0) return thread.RaiseOsError(error);
  AllowThreads detached(thread, Blocked::kOther);
  pthread_join(native, nullptr);
  return kNone;
}

constexpr NativeDef kFunctions[] = {
    {"enable", Enable, "(file=sys.stderr, all_threads=True)",
     "Write the stacks of all threads, or of the failing one, when a fatal signal comes."},
    {"disable", Disable, "()", "The opposite of enable(); whether it was enabled."},
    {"is_enabled", IsEnabled, "()", "Whether fatal signals are reported."},
    {"dump_traceback", DumpTraceback, "(file=sys.stderr, all_threads=True)",
     "Write the stacks of all threads, or of this one, the innermost call first."},
    {"dump_traceback_later", DumpTracebackLater,
     "(timeout, repeat=False, file=sys.stderr, exit=False)",
     "Write the stacks of all threads after so many seconds, unless cancelled before."},
    {"cancel_dump_traceback_later", CancelDumpTracebackLater, "()",
     "Take back what dump_traceback_later() was asked for."},
    {"register", Register, "(signum, file=sys.stderr, all_threads=True, chain=False)",
     "Write the stacks when the signal comes; with chain its handler is called as well."},
    {"unregister", Unregister, "(signum, /)",
     "The opposite of register(); whether it was registered."},
    {"_sigsegv", CrashSegv, "(release_gil=False, /)", "Crash with SIGSEGV."},
    {"_sigfpe", CrashFpe, "()", "Crash with SIGFPE."},
    {"_sigabrt", CrashAbort, "()", "Crash with SIGABRT."},
    {"_read_null", ReadNull, "()", "Crash by reading where nothing is."},
    {"_stack_overflow", OverflowStack, "()", "Crash by using the stack up."},
    {"_fatal_error_c_thread", FailInNewThread, "()", "Fail in a thread that is none of Gila's."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Result<int> FaultFile(Thread& thread, Value* file) {
  int64_t fd;
  if (file->IsUnbound() || file->IsNone()) {
    *file = SysAttribute(thread, Intern(thread, "stderr"));
    if (file->IsUnbound()) return thread.Raise(TypeId::kRuntimeError, "unable to get sys.stderr");
    if (file->IsNone()) return thread.Raise(TypeId::kRuntimeError, "sys.stderr is None");
  } else if (IsInt(*file)) {
    if (!TryInt64(*file, &fd) || fd < 0 || fd > INT32_MAX)
      return thread.RaiseValueError("file is not a valid file descripter");
    return static_cast<int>(fd);
  }
  GILA_TRY(const Value answer, CallMethod(thread, *file, Intern(thread, "fileno")));
  if (!IsInt(answer) || !TryInt64(answer, &fd) || fd < 0 || fd > INT32_MAX)
    return thread.Raise(TypeId::kRuntimeError, "file.fileno() is not a valid file descriptor");
  if (!CallMethod(thread, *file, Intern(thread, "flush")).ok()) thread.ClearException();
  return static_cast<int>(fd);
}

void StartFaultHandler(const LibraryOptions& options) {
  bool wanted = false;
  for (const auto& [name, value] : options.x_options)
    wanted = wanted || name == "faulthandler" || name == "dev";
  for (const char* name : {"PYTHONFAULTHANDLER", "PYTHONDEVMODE"}) {
    const char* const value = options.ignore_environment ? nullptr : getenv(name);
    wanted = wanted || (value != nullptr && *value != '\0');
  }
  if (wanted) EnableFatal(STDERR_FILENO, true);
}

Status InitFaulthandlerModule(Thread& thread, Module* module) {
  heap::AddRoot(&fatal_file);
  for (Value& file : user_files) {
    file = kUnbound;
    heap::AddRoot(&file);
  }
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

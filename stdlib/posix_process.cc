// posix_process.cc: the module _posix, part two: processes, the environment, what the system is.
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <vector>

#include "runtime/threads/kernel_slices.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/import.h"
#include "stdlib/io_internal.h"
#include "stdlib/posix_internal.h"

extern char** environ;

namespace gila::posix {
namespace {

template <auto kCall>
Result<Value> Number(Thread& thread, Args) {
  return NewInt(thread, static_cast<int64_t>(kCall()));
}

Result<Value> Environment(Thread& thread, Args) {
  GILA_TRY(Dict * dict, NewDict(thread));
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const size_t equals = text.find('=', 1);
    if (equals == std::string_view::npos) continue;
    GILA_TRY(Str * key, DecodeFsPath(thread, text.substr(0, equals)));
    GILA_TRY(Str * value, DecodeFsPath(thread, text.substr(equals + 1)));
    GILA_TRY_VOID(DictSet(thread, dict, key, value));
  }
  return dict;
}

Result<Value> PutEnv(Thread& thread, Args args) {
  GILA_TRY(const std::string name, EncodeFsPath(thread, args[0]));
  GILA_TRY(const std::string value, EncodeFsPath(thread, args[1]));
  if (name.empty() || name.find('=') != std::string::npos)
    return thread.RaiseValueError("illegal environment variable name");
  if (::setenv(name.c_str(), value.c_str(), 1) != 0) return thread.RaiseOsError(errno);
  return kNone;
}
Result<Value> UnsetEnv(Thread& thread, Args args) {
  GILA_TRY(const std::string name, EncodeFsPath(thread, args[0]));
  if (::unsetenv(name.c_str()) != 0) return thread.RaiseOsError(errno);
  return kNone;
}

Result<Value> System(Thread& thread, Args args) {
  GILA_TRY(const std::string command, EncodeFsPath(thread, args[0]));
  FlushDirtyWriters(thread);
  int status;
  {
    AllowThreads detached(thread, Blocked::kWaitPid);
    status = ::system(command.c_str());
  }
  return NewInt(thread, status);
}

Result<Value> Kill(Thread& thread, Args args) {
  GILA_TRY(const int64_t pid, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t number, ToInt64(thread, args[1]));
  if (::kill(static_cast<pid_t>(pid), static_cast<int>(number)) != 0)
    return thread.RaiseOsError(errno);
  // A signal to this process has arrived by now: its handler runs before the call returns.
  GILA_TRY_VOID(thread.CheckBreaker());
  return kNone;
}

// The heap's and the registry's locks are free in the child because the world is stopped while the
// process splits.
Result<Value> Fork(Thread& thread, Args) {
  FlushDirtyWriters(thread);
  BeOrdinaryThread(thread);
  pid_t pid;
  int error;
  const ForkImportLock imports(thread);
  {
    StopTheWorld stopped(thread);
    pid = ::fork();
    error = errno;
    if (pid == 0) AfterForkInChild(&thread);
  }
  if (pid < 0) return thread.RaiseOsError(error);
  return NewInt(thread, pid);
}

Result<Value> WaitPid(Thread& thread, Args args) {
  GILA_TRY(const int64_t pid, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t options, ToInt64(thread, args[1]));
  int status = 0;
  GILA_TRY(
      const int64_t found,
      CallSystem(
          thread, kUnbound,
          [&] { return ::waitpid(static_cast<pid_t>(pid), &status, static_cast<int>(options)); },
          Blocked::kWaitPid));
  const Value items[] = {Value::SmallInt(found), Value::SmallInt(status)};
  return NewTuple(thread, items);
}

Result<Value> ExitNow(Thread& thread, Args args) {
  GILA_TRY(const int64_t status, ToInt64(thread, args[0]));
  ::_exit(static_cast<int>(status));
}
Result<Value> Abort(Thread&, Args) { ::abort(); }

Result<Value> URandom(Thread& thread, Args args) {
  GILA_TRY(const int64_t size, ToInt64(thread, args[0]));
  if (size < 0) return thread.RaiseValueError("negative argument not allowed");
  GILA_TRY(Bytes * bytes, NewBytesUninitialized(thread, size));
  int64_t filled = 0;
  while (filled < size) {
    GILA_TRY(const int64_t count, CallSystem(thread, kUnbound, [&] {
               return ::getrandom(bytes->data + filled, static_cast<size_t>(size - filled), 0);
             }));
    filled += count;
  }
  return bytes;
}

Result<Value> CpuCount(Thread& thread, Args) {
  const long count = ::sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? Result<Value>(kNone) : NewInt(thread, count);
}

Result<Value> Affinity(Thread& thread, Args args) {
  GILA_TRY(const int64_t pid, ToInt64(thread, args[0]));
  cpu_set_t set;
  if (::sched_getaffinity(static_cast<pid_t>(pid), sizeof(set), &set) != 0)
    return thread.RaiseOsError(errno);
  GILA_TRY(Set * cpus, NewSet(thread, TypeId::kSet));
  for (int i = 0; i < CPU_SETSIZE; ++i) {
    if (CPU_ISSET(i, &set)) GILA_TRY_VOID(SetAdd(thread, cpus, Value::SmallInt(i)));
  }
  return cpus;
}

Result<Value> StrError(Thread& thread, Args args) {
  GILA_TRY(const int64_t number, ToInt64(thread, args[0]));
  return NewStr(thread, ::strerror(static_cast<int>(number)));
}

Result<Value> UName(Thread& thread, Args) {
  utsname name;
  if (::uname(&name) != 0) return thread.RaiseOsError(errno);
  GILA_TRY(Tuple * tuple, NewTuple(thread, 5));
  const char* const texts[] = {name.sysname, name.nodename, name.release, name.version,
                               name.machine};
  for (size_t i = 0; i < 5; ++i) {
    GILA_TRY(Str * text, NewStr(thread, texts[i]));
    tuple->items[i].Store(tuple, text);
  }
  return tuple;
}

Result<Value> Times(Thread& thread, Args) {
  tms t;
  const clock_t elapsed = ::times(&t);
  const double tick = static_cast<double>(::sysconf(_SC_CLK_TCK));
  GILA_TRY(Tuple * tuple, NewTuple(thread, 5));
  const clock_t clocks[] = {t.tms_utime, t.tms_stime, t.tms_cutime, t.tms_cstime, elapsed};
  for (size_t i = 0; i < 5; ++i) {
    GILA_TRY(const Value seconds, NewFloat(thread, static_cast<double>(clocks[i]) / tick));
    tuple->items[i].Store(tuple, seconds);
  }
  return tuple;
}

Result<Value> UMask(Thread& thread, Args args) {
  GILA_TRY(const int64_t mask, ToInt64(thread, args[0]));
  return Value::SmallInt(::umask(static_cast<mode_t>(mask)));
}

template <int kWhich>
Result<Value> StatusPart(Thread& thread, Args args) {
  GILA_TRY(const int64_t wide, ToInt64(thread, args[0]));
  const int status = static_cast<int>(wide);
  switch (kWhich) {
    case 0:
      return Value::SmallInt(WEXITSTATUS(status));
    case 1:
      return Value::SmallInt(WTERMSIG(status));
    case 2:
      return Value::SmallInt(WSTOPSIG(status));
    case 3:
      return Value::Bool(WIFEXITED(status));
    case 4:
      return Value::Bool(WIFSIGNALED(status));
    case 5:
      return Value::Bool(WIFSTOPPED(status));
    case 7:
      return Value::Bool(WIFCONTINUED(status));
    case 8:
      return Value::Bool(WCOREDUMP(status));
    default:
      if (WIFEXITED(status)) return Value::SmallInt(WEXITSTATUS(status));
      if (WIFSIGNALED(status)) return Value::SmallInt(-WTERMSIG(status));
      if (WIFSTOPPED(status)) {
        return thread.RaiseValueError("process stopped by delivery of signal %d", WSTOPSIG(status));
      }
      return thread.RaiseValueError("invalid wait status: %d", status);
  }
}

}  // namespace

const NativeDef kProcessFunctions[] = {
    {"getpid", Number<::getpid>, "()", "The process id."},
    {"getppid", Number<::getppid>, "()", "The parent's process id."},
    {"getuid", Number<::getuid>, "()", "The user id."},
    {"geteuid", Number<::geteuid>, "()", "The effective user id."},
    {"getgid", Number<::getgid>, "()", "The group id."},
    {"getegid", Number<::getegid>, "()", "The effective group id."},
    {"getpgrp", Number<::getpgrp>, "()", "The process group id."},
    {"_environment", Environment, "()", "The environment as a dict."},
    {"putenv", PutEnv, "(name, value, /)", "Change the environment."},
    {"unsetenv", UnsetEnv, "(name, /)", "Remove a variable from the environment."},
    {"system", System, "(command)", "Run a command in the shell; its wait status."},
    {"kill", Kill, "(pid, signal, /)", "Send a signal to a process."},
    {"fork", Fork, "()", "Split the process: 0 in the child, the child's id in the parent."},
    {"waitpid", WaitPid, "(pid, options, /)", "Wait for a child: its id and status."},
    {"_exit", ExitNow, "(status)", "End the process at once."},
    {"abort", Abort, "()", "End the process with SIGABRT."},
    {"urandom", URandom, "(size, /)", "Random bytes from the system."},
    {"cpu_count", CpuCount, "()", "How many processors there are."},
    {"sched_getaffinity", Affinity, "(pid, /)", "The processors that a process may use."},
    {"sched_yield", Number<::sched_yield>, "()", "Let other threads run."},
    {"strerror", StrError, "(code, /)", "What an error number means."},
    {"_uname", UName, "()", "What system this is."},
    {"_times", Times, "()", "Processor times."},
    {"umask", UMask, "(mask, /)", "Set the file mode mask and return the old one."},
    {"WEXITSTATUS", StatusPart<0>, "(status)", nullptr},
    {"WTERMSIG", StatusPart<1>, "(status)", nullptr},
    {"WSTOPSIG", StatusPart<2>, "(status)", nullptr},
    {"WIFEXITED", StatusPart<3>, "(status)", nullptr},
    {"WIFSIGNALED", StatusPart<4>, "(status)", nullptr},
    {"WIFSTOPPED", StatusPart<5>, "(status)", nullptr},
    {"WIFCONTINUED", StatusPart<7>, "(status)", nullptr},
    {"WCOREDUMP", StatusPart<8>, "(status, /)", nullptr},
    {"waitstatus_to_exitcode", StatusPart<6>, "(status)",
     "The exit code that a wait status stands for."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace gila::posix

namespace gila {

Status InitPosixModule(Thread& thread, Module* module) {
  // Programs see these functions through posix (lib/posix.py), so that is where they say they are.
  const Value own_name = DictGetInterned(module->dict.Load(), NameOf(Name::kName));
  GILA_TRY_VOID(DictSet(thread, module->dict.Load(), NameOf(Name::kName), Intern(thread, "posix")));
  GILA_TRY_VOID(posix::AddConstants(thread, module));
  GILA_TRY_VOID(AddFunctions(thread, module, posix::kFileFunctions));
  GILA_TRY_VOID(posix::AddStat(thread, module));
  GILA_TRY_VOID(AddFunctions(thread, module, posix::kProcessFunctions));
  GILA_TRY_VOID(AddFunctions(thread, module, posix::kDescriptorFunctions));
  GILA_TRY_VOID(AddFunctions(thread, module, posix::kPathFunctions));
  GILA_TRY_VOID(AddFunctions(thread, module, posix::kIdentityFunctions));
  GILA_TRY_VOID(AddFunctions(thread, module, posix::kSpawnFunctions));
  return DictSet(thread, module->dict.Load(), NameOf(Name::kName), own_name);
}

// errno: the numbers of this system's errors, and errorcode, their names.
Status InitErrnoModule(Thread& thread, Module* module) {
  GILA_TRY(Dict * names, NewDict(thread));
  for (int number = 1; number < 140; ++number) {
    const char* name = ::strerrorname_np(number);
    if (name == nullptr) continue;
    GILA_TRY_VOID(AddValue(thread, module, name, Value::SmallInt(number)));
    GILA_TRY_VOID(DictSet(thread, names, Value::SmallInt(number), Intern(thread, name)));
  }
  GILA_TRY_VOID(AddValue(thread, module, "EWOULDBLOCK", Value::SmallInt(EWOULDBLOCK)));
  GILA_TRY_VOID(AddValue(thread, module, "EDEADLOCK", Value::SmallInt(EDEADLOCK)));
  GILA_TRY_VOID(AddValue(thread, module, "ENOTSUP", Value::SmallInt(ENOTSUP)));
  return AddValue(thread, module, "errorcode", names);
}

}  // namespace gila

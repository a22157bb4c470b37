// posix_spawn.cc: how programs are started: the module _posixsubprocess, on which subprocess
// stands, and the calls of posix that start a program or wait for one.
//
// fork_exec prepares everything before it splits the process: arguments, environment, descriptors.
// Without a preexec_fn it uses vfork, which copies no page tables: the child then only makes system
// calls, on memory that it shares with its parent, which waits. What goes wrong in the child is
// written into a pipe, as "ExceptionName:errno in hex:where".
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pty.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "runtime/call.h"
#include "runtime/threads/fork.h"
#include "runtime/threads/kernel_slices.h"
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

// Texts as the array of C strings that exec wants; it stays good while the object lives.
class TextArray {
 public:
  Status Read(Thread& thread, Value iterable) {
    GILA_TRY_VOID(ForEach(thread, iterable, [&](Value v) -> Status {
      GILA_TRY(std::string text, EncodeFsPath(thread, v));
      texts_.push_back(std::move(text));
      return kOk;
    }));
    Finish();
    return kOk;
  }
  // "name=value" for each item of a mapping.
  Status ReadEnvironment(Thread& thread, Value mapping) {
    GILA_TRY(const Value items, CallMethod(thread, mapping, Intern(thread, "items")));
    GILA_TRY_VOID(ForEach(thread, items, [&](Value pair) -> Status {
      GILA_TRY(Tuple* const parts, ToTuple(thread, pair));
      if (parts->length != 2) return thread.RaiseValueError("env.items() must give pairs");
      GILA_TRY(const std::string name, EncodeFsPath(thread, parts->At(0)));
      GILA_TRY(const std::string value, EncodeFsPath(thread, parts->At(1)));
      if (name.empty() || name.find('=', 1) != std::string::npos)
        return thread.RaiseValueError("illegal environment variable name");
      texts_.push_back(name + "=" + value);
      return kOk;
    }));
    Finish();
    return kOk;
  }
  bool empty() const { return texts_.empty(); }
  const std::vector<std::string>& texts() const { return texts_; }
  char* const* data() const { return pointers_.data(); }

 private:
  void Finish() {
    for (std::string& text : texts_) pointers_.push_back(text.data());
    pointers_.push_back(nullptr);
  }
  std::vector<std::string> texts_;
  std::vector<char*> pointers_;
};

// Everything the child needs, made before it exists.
struct Plan {
  TextArray arguments, executables, environment;
  bool has_environment = false;
  bool close_others = false;
  std::vector<int> pass;  // sorted
  std::string directory;
  bool has_directory = false;
  int fds[6];  // stdin: read, write; stdout: read, write; stderr: read, write. -1: inherited
  int error_read, error_write;
  bool restore_signals, new_session;
  int64_t process_group = -1;
  bool set_group = false, set_groups = false, set_user = false;
  gid_t group = 0;
  std::vector<gid_t> groups;
  uid_t user = 0;
  int64_t mask = -1;
  Value prepare = kNone;  // preexec_fn
};

// --- in the child: system calls only (and, after a true fork, preexec_fn) ---

void WriteText(int fd, const char* text) {
  [[maybe_unused]] const ssize_t written = ::write(fd, text, strlen(text));
}

[[noreturn]] void Fail(int fd, const char* kind, int error, const char* where) {
  char digits[16];
  char* place = digits + sizeof(digits) - 1;
  *place = '\0';
  auto number = static_cast<unsigned>(error);
  do {
    *--place = "0123456789ABCDEF"[number % 16];
    number /= 16;
  } while (number != 0);
  WriteText(fd, kind);
  WriteText(fd, ":");
  WriteText(fd, place);
  WriteText(fd, ":");
  WriteText(fd, where);
  ::_exit(255);
}

// Closes what is above the standard descriptors but for those to pass.
void CloseOthers(const Plan& plan) {
  unsigned low = 3;
  const auto close_to = [&](unsigned end) {  // [low, end)
    if (end > low && ::close_range(low, end - 1, 0) != 0) {
      rlimit limit;
      unsigned most = 65536;
      if (::getrlimit(RLIMIT_NOFILE, &limit) == 0)
        most = static_cast<unsigned>(std::min<rlim_t>(limit.rlim_cur, most));
      for (unsigned fd = low; fd < std::min(end, most); ++fd) ::close(static_cast<int>(fd));
    }
  };
  for (const int fd : plan.pass) {
    if (fd < 3) continue;
    close_to(static_cast<unsigned>(fd));
    low = static_cast<unsigned>(fd) + 1;
  }
  close_to(UINT32_MAX);
}

// Makes `from` the standard descriptor `to`.
void Place(const Plan& plan, int from, int to) {
  if (from == to) {
    if (::fcntl(to, F_SETFD, 0) != 0) Fail(plan.error_write, "OSError", errno, "");
  } else if (from != -1 && ::dup2(from, to) < 0) {
    Fail(plan.error_write, "OSError", errno, "");
  }
}

void ArrangeDescriptors(Plan& plan) {
  for (const int fd : plan.pass) {
    if (fd != plan.error_write && ::fcntl(fd, F_SETFD, 0) != 0)
      Fail(plan.error_write, "OSError", errno, "");
  }
  // The parent's ends are of no use here.
  for (const int fd : {plan.fds[1], plan.fds[2], plan.fds[4], plan.error_read}) {
    if (fd != -1) ::close(fd);
  }
  // What would be overwritten before it is placed moves out of the way.
  int out = plan.fds[3], error = plan.fds[5];
  if (out == 0) {
    out = ::fcntl(out, F_DUPFD_CLOEXEC, 3);
    if (out < 0) Fail(plan.error_write, "OSError", errno, "");
  }
  while (error == 0 || error == 1) {
    error = ::fcntl(error, F_DUPFD_CLOEXEC, 3);
    if (error < 0) Fail(plan.error_write, "OSError", errno, "");
  }
  Place(plan, plan.fds[0], 0);
  Place(plan, out, 1);
  Place(plan, error, 2);
}

void ArrangeProcess(const Plan& plan) {
  const int report = plan.error_write;
  if (plan.has_directory && ::chdir(plan.directory.c_str()) != 0)
    Fail(report, "OSError", errno, "noexec:chdir");
  if (plan.mask >= 0) ::umask(static_cast<mode_t>(plan.mask));
  if (plan.restore_signals) {
    ::signal(SIGPIPE, SIG_DFL);
    ::signal(SIGXFSZ, SIG_DFL);
  }
  if (plan.new_session && ::setsid() < 0) Fail(report, "OSError", errno, "");
  if (plan.process_group >= 0 && ::setpgid(0, static_cast<pid_t>(plan.process_group)) != 0)
    Fail(report, "OSError", errno, "");
  // Straight to the kernel: the C library's own calls would change every thread of the parent.
  if (plan.set_groups && ::syscall(SYS_setgroups, plan.groups.size(), plan.groups.data()) != 0)
    Fail(report, "OSError", errno, "");
  if (plan.set_group && ::syscall(SYS_setregid, plan.group, plan.group) != 0)
    Fail(report, "OSError", errno, "");
  if (plan.set_user && ::syscall(SYS_setreuid, plan.user, plan.user) != 0)
    Fail(report, "OSError", errno, "");
}

[[noreturn]] void Execute(const Plan& plan) {
  int error = ENOENT;
  for (const std::string& program : plan.executables.texts()) {
    ::execve(program.c_str(), plan.arguments.data(),
             plan.has_environment ? plan.environment.data() : environ);
    if (errno != ENOENT && errno != ENOTDIR) error = errno;
  }
  Fail(plan.error_write, "OSError", error, "");
}

[[noreturn]] GILA_NOINLINE void RunChild(Plan& plan, const sigset_t& mask) {
  ArrangeDescriptors(plan);
  ArrangeProcess(plan);
  ::pthread_sigmask(SIG_SETMASK, &mask, nullptr);
  if (plan.close_others) CloseOthers(plan);
  Execute(plan);
}

// After a true fork, with the program's own function in between.
[[noreturn]] void RunChildWithFunction(Thread& thread, Plan& plan) {
  ArrangeDescriptors(plan);
  ArrangeProcess(plan);
  if (!Call(thread, plan.prepare, {}).ok())
    Fail(plan.error_write, "SubprocessError", 0, "Exception occurred in preexec_fn.");
  if (plan.close_others) CloseOthers(plan);
  Execute(plan);
}

// --- in the parent ---

GILA_NOINLINE pid_t SplitAndRun(Plan& plan, int* error) {
  sigset_t all, mask;
  sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, &mask);  // no handler runs in the child
  const pid_t pid = ::vfork();
  if (pid == 0) RunChild(plan, mask);
  *error = errno;
  ::pthread_sigmask(SIG_SETMASK, &mask, nullptr);
  return pid;
}

Result<int> ReadFd(Thread& thread, Value v) {
  GILA_TRY(const int64_t fd, Descriptor(thread, v));
  return static_cast<int>(fd);
}

Status ReadPassed(Thread& thread, Value tuple, std::vector<int>* out) {
  if (!IsTuple(tuple)) return thread.RaiseTypeError("fds_to_keep must be a tuple");
  int64_t before = -1;
  for (int64_t i = 0; i < tuple.As<Tuple>()->length; ++i) {
    const Value v = tuple.As<Tuple>()->At(i);
    int64_t fd = -1;
    if (!IsInt(v) || !TryInt64(v, &fd) || fd < 0 || fd <= before || fd > INT32_MAX)
      return thread.RaiseValueError("bad value(s) in fds_to_keep");
    out->push_back(static_cast<int>(fd));
    before = fd;
  }
  return kOk;
}

Status ReadOwner(Thread& thread, Args args, Plan* plan) {
  if (!args[17].IsNone()) {
    GILA_TRY(const int64_t group, ToInt64(thread, args[17]));
    plan->group = static_cast<gid_t>(group);
    plan->set_group = true;
  }
  if (!args[18].IsNone()) {
    plan->set_groups = true;
    GILA_TRY_VOID(ForEach(thread, args[18], [&](Value v) -> Status {
      GILA_TRY(const int64_t group, ToInt64(thread, v));
      plan->groups.push_back(static_cast<gid_t>(group));
      return kOk;
    }));
  }
  if (!args[19].IsNone()) {
    GILA_TRY(const int64_t user, ToInt64(thread, args[19]));
    plan->user = static_cast<uid_t>(user);
    plan->set_user = true;
  }
  return kOk;
}

Status ReadPlan(Thread& thread, Args args, Plan* plan) {
  GILA_TRY_VOID(plan->arguments.Read(thread, args[0]));
  GILA_TRY_VOID(plan->executables.Read(thread, args[1]));
  GILA_TRY(plan->close_others, Truth(thread, args[2]));
  GILA_TRY_VOID(ReadPassed(thread, args[3], &plan->pass));
  if (!args[4].IsNone()) {
    GILA_TRY(plan->directory, EncodeFsPath(thread, args[4]));
    plan->has_directory = true;
  }
  if (!args[5].IsNone()) {
    GILA_TRY_VOID(plan->environment.Read(thread, args[5]));
    plan->has_environment = true;
  }
  for (size_t i = 0; i < 6; ++i) {
    GILA_TRY(plan->fds[i], ReadFd(thread, args[6 + i]));
  }
  GILA_TRY(plan->error_read, ReadFd(thread, args[12]));
  GILA_TRY(plan->error_write, ReadFd(thread, args[13]));
  if (plan->close_others && plan->error_write < 3)
    return thread.RaiseValueError("errpipe_write must be >= 3");
  GILA_TRY(plan->restore_signals, Truth(thread, args[14]));
  GILA_TRY(plan->new_session, Truth(thread, args[15]));
  GILA_TRY(plan->process_group, ToInt64(thread, args[16]));
  GILA_TRY_VOID(ReadOwner(thread, args, plan));
  GILA_TRY(plan->mask, ToInt64(thread, args[20]));
  plan->prepare = args[21];
  return kOk;
}

Result<Value> ForkExec(Thread& thread, Args args) {
  Plan plan;
  GILA_TRY_VOID(ReadPlan(thread, args, &plan));
  FlushDirtyWriters(thread);
  pid_t pid;
  int error = 0;
  if (plan.prepare.IsNone()) {
    AllowThreads detached(thread, Blocked::kOther);
    pid = SplitAndRun(plan, &error);
  } else {
    const ForkImportLock imports(thread);
    BeOrdinaryThread(thread);
    StopTheWorld stopped(thread);
    pid = ::fork();
    error = errno;
    if (pid == 0) {
      AfterForkInChild(&thread);
    }
  }
  if (pid == 0) RunChildWithFunction(thread, plan);
  if (pid < 0) return thread.RaiseOsError(error);
  return Value::SmallInt(pid);
}

// --- exec and spawn ---

Result<Value> ExecV(Thread& thread, Args args) {
  GILA_TRY(const std::string path, EncodeFsPath(thread, args[0]));
  if (!IsTuple(args[1]) && !IsList(args[1]))
    return thread.RaiseTypeError("execv() arg 2 must be a tuple or list");
  TextArray arguments;
  GILA_TRY_VOID(arguments.Read(thread, args[1]));
  if (arguments.empty()) return thread.RaiseValueError("execv() arg 2 must not be empty");
  if (arguments.texts()[0].empty())
    return thread.RaiseValueError("execv() arg 2 first element cannot be empty");
  ::execve(path.c_str(), arguments.data(), environ);
  return thread.RaiseOsError(errno);
}

Result<Value> ExecVE(Thread& thread, Args args) {
  if (!IsTuple(args[1]) && !IsList(args[1]))
    return thread.RaiseTypeError("execve: argv must be a tuple or list");
  TextArray arguments, environment;
  GILA_TRY_VOID(arguments.Read(thread, args[1]));
  if (arguments.empty()) return thread.RaiseValueError("execve: argv must not be empty");
  if (arguments.texts()[0].empty())
    return thread.RaiseValueError("execve: argv first element cannot be empty");
  GILA_TRY(const Value items, GetAttrOrUnbound(thread, args[2], Intern(thread, "items")));
  if (items.IsUnbound())
    return thread.RaiseTypeError("execve: environment must be a mapping object");
  GILA_TRY_VOID(environment.ReadEnvironment(thread, args[2]));
  if (IsInt(args[0])) {
    GILA_TRY(const int64_t fd, Descriptor(thread, args[0]));
    ::fexecve(static_cast<int>(fd), arguments.data(), environment.data());
  } else {
    GILA_TRY(const std::string path, EncodeFsPath(thread, args[0]));
    ::execve(path.c_str(), arguments.data(), environment.data());
  }
  return thread.RaiseOsError(errno, args[0]);
}

// What posix_spawn is told about descriptors, signals and groups, let go of in the end.
struct SpawnSettings {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  std::vector<std::string> paths;
  SpawnSettings() {
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
  }
  ~SpawnSettings() {
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
  }
  SpawnSettings(const SpawnSettings&) = delete;
};

constexpr int kSpawnOpen = 0, kSpawnClose = 1, kSpawnDup2 = 2;

Status AddAction(Thread& thread, Value v, SpawnSettings* settings) {
  if (!IsTuple(v) || v.As<Tuple>()->length == 0)
    return thread.RaiseTypeError("Each file_actions element must be a non-empty tuple");
  Tuple* const action = v.As<Tuple>();
  GILA_TRY(const int64_t kind, ToInt64(thread, action->At(0)));
  const int64_t expected = kind == kSpawnOpen ? 5 : kind == kSpawnClose ? 2 : 3;
  if (kind < kSpawnOpen || kind > kSpawnDup2)
    return thread.RaiseTypeError("Unknown file_actions identifier");
  if (action->length != expected) {
    return thread.RaiseTypeError("A %s file_action tuple must have %d elements",
                                 kind == kSpawnOpen    ? "open"
                                 : kind == kSpawnClose ? "close"
                                                       : "dup2",
                                 static_cast<int>(expected));
  }
  GILA_TRY(const int fd, ReadFd(thread, action->At(1)));
  if (kind == kSpawnClose) {
    ::posix_spawn_file_actions_addclose(&settings->actions, fd);
  } else if (kind == kSpawnDup2) {
    GILA_TRY(const int to, ReadFd(thread, action->At(2)));
    ::posix_spawn_file_actions_adddup2(&settings->actions, fd, to);
  } else {
    GILA_TRY(std::string path, EncodeFsPath(thread, action->At(2)));
    GILA_TRY(const int64_t flags, ToInt64(thread, action->At(3)));
    GILA_TRY(const int64_t mode, ToInt64(thread, action->At(4)));
    ::posix_spawn_file_actions_addopen(&settings->actions, fd, path.c_str(),
                                       static_cast<int>(flags), static_cast<mode_t>(mode));
  }
  return kOk;
}

Result<sigset_t> SignalSet(Thread& thread, Value iterable) {
  sigset_t set;
  sigemptyset(&set);
  GILA_TRY_VOID(ForEach(thread, iterable, [&](Value v) -> Status {
    GILA_TRY(const int64_t number, ToInt64(thread, v));
    if (number < 1 || number > 64) {
      return thread.RaiseValueError("signal number %lld out of range [1; 64]",
                                    static_cast<long long>(number));
    }
    sigaddset(&set, static_cast<int>(number));
    return kOk;
  }));
  return set;
}

// setpgroup, resetids, setsid, setsigmask, setsigdef, scheduler: parameters 4 to 9.
Status ReadSpawnAttributes(Thread& thread, Args args, SpawnSettings* settings) {
  short flags = 0;
  if (args.Has(4) && !args[4].IsNone()) {
    GILA_TRY(const int64_t group, ToInt64(thread, args[4]));
    ::posix_spawnattr_setpgroup(&settings->attributes, static_cast<pid_t>(group));
    flags |= POSIX_SPAWN_SETPGROUP;
  }
  if (args.Has(5)) {
    GILA_TRY(const int64_t reset, ToInt64(thread, args[5]));
    if (reset != 0) flags |= POSIX_SPAWN_RESETIDS;
  }
  if (args.Has(6)) {
    GILA_TRY(const bool session, Truth(thread, args[6]));
    if (session) flags |= POSIX_SPAWN_SETSID;
  }
  if (args.Has(7)) {
    GILA_TRY(const sigset_t set, SignalSet(thread, args[7]));
    ::posix_spawnattr_setsigmask(&settings->attributes, &set);
    flags |= POSIX_SPAWN_SETSIGMASK;
  }
  if (args.Has(8)) {
    GILA_TRY(const sigset_t set, SignalSet(thread, args[8]));
    ::posix_spawnattr_setsigdefault(&settings->attributes, &set);
    flags |= POSIX_SPAWN_SETSIGDEF;
  }
  if (args.Has(9) && !args[9].IsNone()) {
    if (!IsTuple(args[9]) || args[9].As<Tuple>()->length != 2)
      return thread.RaiseTypeError("A scheduler tuple must have two elements");
    Tuple* const scheduler = args[9].As<Tuple>();
    if (!scheduler->At(0).IsNone()) {
      GILA_TRY(const int64_t policy, ToInt64(thread, scheduler->At(0)));
      ::posix_spawnattr_setschedpolicy(&settings->attributes, static_cast<int>(policy));
      flags |= POSIX_SPAWN_SETSCHEDULER;
    }
    GILA_TRY(const Value priority,
             GetAttr(thread, scheduler->At(1), Intern(thread, "sched_priority")));
    GILA_TRY(const int64_t number, ToInt64(thread, priority));
    const sched_param parameters{static_cast<int>(number)};
    ::posix_spawnattr_setschedparam(&settings->attributes, &parameters);
    flags |= POSIX_SPAWN_SETSCHEDPARAM;
  }
  ::posix_spawnattr_setflags(&settings->attributes, flags);
  return kOk;
}

template <auto kCall>
Result<Value> Spawn(Thread& thread, Args args) {
  GILA_TRY(const std::string path, EncodeFsPath(thread, args[0]));
  if (!IsTuple(args[1]) && !IsList(args[1]))
    return thread.RaiseTypeError("posix_spawn: argv must be a tuple or list");
  TextArray arguments, environment;
  GILA_TRY_VOID(arguments.Read(thread, args[1]));
  if (arguments.empty()) return thread.RaiseValueError("posix_spawn: argv must not be empty");
  if (arguments.texts()[0].empty())
    return thread.RaiseValueError("posix_spawn: argv first element cannot be empty");
  GILA_TRY(const Value items, GetAttrOrUnbound(thread, args[2], Intern(thread, "items")));
  if (items.IsUnbound())
    return thread.RaiseTypeError("posix_spawn: environment must be a mapping object");
  GILA_TRY_VOID(environment.ReadEnvironment(thread, args[2]));
  SpawnSettings settings;
  if (args.Has(3) && !args[3].IsNone()) {
    GILA_TRY_VOID(ForEach(thread, args[3],
                          [&](Value v) -> Status { return AddAction(thread, v, &settings); }));
  }
  GILA_TRY_VOID(ReadSpawnAttributes(thread, args, &settings));
  pid_t pid;
  int error;
  {
    AllowThreads detached(thread, Blocked::kOther);
    error = kCall(&pid, path.c_str(), &settings.actions, &settings.attributes, arguments.data(),
                  environment.data());
  }
  if (error != 0) return thread.RaiseOsError(error, args[0]);
  return Value::SmallInt(pid);
}

// --- waiting ---

Result<Value> Seconds(Thread& thread, const timeval& t) {
  return NewFloat(thread, static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6);
}

// The sixteen numbers of a resource.struct_rusage.
Result<Value> UsageTuple(Thread& thread, const rusage& u) {
  GILA_TRY(const Value user, Seconds(thread, u.ru_utime));
  GILA_TRY(const Value system, Seconds(thread, u.ru_stime));
  const long counts[] = {u.ru_maxrss, u.ru_ixrss,    u.ru_idrss,   u.ru_isrss,   u.ru_minflt,
                         u.ru_majflt, u.ru_nswap,    u.ru_inblock, u.ru_oublock, u.ru_msgsnd,
                         u.ru_msgrcv, u.ru_nsignals, u.ru_nvcsw,   u.ru_nivcsw};
  Value items[2 + std::size(counts)] = {user, system};
  for (size_t i = 0; i < std::size(counts); ++i) items[2 + i] = Value::SmallInt(counts[i]);
  return NewTuple(thread, items);
}

// _wait4(pid, options): pid, status and the usage.
Result<Value> Wait4(Thread& thread, Args args) {
  GILA_TRY(const int64_t pid, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t options, ToInt64(thread, args[1]));
  int status = 0;
  rusage usage{};
  GILA_TRY(const int64_t found, CallSystem(
                                    thread, kUnbound,
                                    [&] {
                                      return ::wait4(static_cast<pid_t>(pid), &status,
                                                     static_cast<int>(options), &usage);
                                    },
                                    Blocked::kWaitPid));
  GILA_TRY(const Value numbers, UsageTuple(thread, usage));
  const Value items[] = {Value::SmallInt(found), Value::SmallInt(status), numbers};
  return NewTuple(thread, items);
}

// _waitid(type, id, options): five numbers, or None when no child has changed.
Result<Value> WaitId(Thread& thread, Args args) {
  GILA_TRY(const int64_t type, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t id, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t options, ToInt64(thread, args[2]));
  siginfo_t info{};
  GILA_TRY_VOID(CallSystem(
      thread, kUnbound,
      [&] {
        return ::waitid(static_cast<idtype_t>(type), static_cast<id_t>(id), &info,
                        static_cast<int>(options));
      },
      Blocked::kWaitPid));
  if (info.si_pid == 0) return kNone;
  const Value items[] = {Value::SmallInt(info.si_pid), Value::SmallInt(info.si_uid),
                         Value::SmallInt(info.si_signo), Value::SmallInt(info.si_status),
                         Value::SmallInt(info.si_code)};
  return NewTuple(thread, items);
}

Result<Value> PidFdOpen(Thread& thread, Args args) {
  GILA_TRY(const int64_t pid, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t flags, args.Has(1) ? ToInt64(thread, args[1]) : Result<int64_t>(0));
  const long fd = ::syscall(SYS_pidfd_open, pid, flags);
  if (fd < 0) return thread.RaiseOsError(errno);
  ::fcntl(static_cast<int>(fd), F_SETFD, FD_CLOEXEC);
  return Value::SmallInt(fd);
}

Result<Value> ForkPty(Thread& thread, Args) {
  FlushDirtyWriters(thread);
  int master = -1;
  pid_t pid;
  int error;
  const ForkImportLock imports(thread);
  {
    StopTheWorld stopped(thread);
    pid = ::forkpty(&master, nullptr, nullptr, nullptr);
    error = errno;
    if (pid == 0) AfterForkInChild(&thread);
  }
  if (pid < 0) return thread.RaiseOsError(error);
  const Value items[] = {Value::SmallInt(pid), Value::SmallInt(master)};
  return NewTuple(thread, items);
}

const char kSpawnSignature[] =
    "(path, argv, env, /, *, file_actions=(), setpgroup=None, resetids=False, setsid=False, "
    "setsigmask=(), setsigdef=(), scheduler=None)";

const NativeDef kForkExecFunctions[] = {
    {"fork_exec", ForkExec,
     "(args, executables, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread, c2pwrite, "
     "errread, errwrite, errpipe_read, errpipe_write, restore_signals, call_setsid, pgid_to_set, "
     "gid, extra_groups, uid, child_umask, preexec_fn, allow_vfork, /)",
     "Start a program in a new process and return its id."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

const NativeDef kSpawnFunctions[] = {
    {"execv", ExecV, "(path, argv, /)", "Run another program in this process."},
    {"execve", ExecVE, "(path, argv, env)", "Run another program in this process."},
    {"posix_spawn", Spawn<::posix_spawn>, kSpawnSignature, "Start a program in a new process."},
    {"posix_spawnp", Spawn<::posix_spawnp>, kSpawnSignature,
     "Start a program that is looked for in PATH in a new process."},
    {"_wait4", Wait4, "(pid, options, /)", "Wait for a child: its id, status and usage."},
    {"_waitid", WaitId, "(idtype, id, options, /)", "Wait for a child: what became of it."},
    {"pidfd_open", PidFdOpen, "(pid, flags=0)", "A descriptor for a process."},
    {"_forkpty", ForkPty, "()", "Split the process, the child on a new terminal."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace gila::posix

namespace gila {

Status InitPosixSubprocessModule(Thread& thread, Module* module) {
  return AddFunctions(thread, module, posix::kForkExecFunctions);
}

}  // namespace gila

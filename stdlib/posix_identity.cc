// posix_identity.cc: the module _posix, part five: users, groups, sessions, priorities, scheduling
// and what the system is configured to.
#include <errno.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "runtime/protocols.h"
#include "runtime/threads/kernel_slices.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/posix_internal.h"

namespace gila::posix {
namespace {

// A user or group id: -1 means "leave it"; other negative numbers and those beyond 32 bits are
// refused.
Result<uint32_t> Id(Thread& thread, Value v, const char* what) {
  if (!IsInt(v)) {
    GILA_TRY(v, Index(thread, v));
  }
  int64_t id = 0;
  if (!TryInt64(v, &id)) id = IntSign(v) < 0 ? -2 : int64_t{1} << 40;
  if (id == -1) return UINT32_MAX;
  if (id < 0) return thread.RaiseFormat(TypeId::kOverflowError, "%s is less than minimum", what);
  if (id > UINT32_MAX)
    return thread.RaiseFormat(TypeId::kOverflowError, "%s is greater than maximum", what);
  return static_cast<uint32_t>(id);
}

template <auto kCall, bool kGroup>
Result<Value> SetId(Thread& thread, Args args) {
  GILA_TRY(const uint32_t id, Id(thread, args[0], kGroup ? "gid" : "uid"));
  if (kCall(id) != 0) return thread.RaiseOsError(errno);
  return kNone;
}
template <auto kCall, bool kGroup>
Result<Value> SetTwoIds(Thread& thread, Args args) {
  GILA_TRY(const uint32_t real, Id(thread, args[0], kGroup ? "gid" : "uid"));
  GILA_TRY(const uint32_t effective, Id(thread, args[1], kGroup ? "gid" : "uid"));
  if (kCall(real, effective) != 0) return thread.RaiseOsError(errno);
  return kNone;
}
template <auto kCall, bool kGroup>
Result<Value> SetThreeIds(Thread& thread, Args args) {
  uint32_t ids[3];
  for (size_t i = 0; i < 3; ++i) {
    GILA_TRY(ids[i], Id(thread, args[i], kGroup ? "gid" : "uid"));
  }
  if (kCall(ids[0], ids[1], ids[2]) != 0) return thread.RaiseOsError(errno);
  return kNone;
}
template <auto kCall>
Result<Value> GetThreeIds(Thread& thread, Args) {
  unsigned ids[3];
  if (kCall(&ids[0], &ids[1], &ids[2]) != 0) return thread.RaiseOsError(errno);
  const Value items[] = {Value::SmallInt(ids[0]), Value::SmallInt(ids[1]), Value::SmallInt(ids[2])};
  return NewTuple(thread, items);
}

Result<Value> GroupList(Thread& thread, const std::vector<gid_t>& groups, int count) {
  GILA_TRY(List* const list, NewList(thread));
  for (int i = 0; i < count; ++i)
    GILA_TRY_VOID(ListAppend(thread, list, Value::SmallInt(groups[static_cast<size_t>(i)])));
  return list;
}
Result<Value> GetGroups(Thread& thread, Args) {
  std::vector<gid_t> groups(65536);
  const int count = ::getgroups(static_cast<int>(groups.size()), groups.data());
  if (count < 0) return thread.RaiseOsError(errno);
  return GroupList(thread, groups, count);
}
Result<Value> GetGroupList(Thread& thread, Args args) {
  GILA_TRY(const std::string user, EncodeFsPath(thread, args[0]));
  GILA_TRY(const uint32_t group, Id(thread, args[1], "gid"));
  std::vector<gid_t> groups(65536);
  int count = static_cast<int>(groups.size());
  if (::getgrouplist(user.c_str(), group, groups.data(), &count) == -1)
    return thread.RaiseOsError(errno);
  return GroupList(thread, groups, count);
}
Result<Value> SetGroups(Thread& thread, Args args) {
  std::vector<gid_t> groups;
  GILA_TRY_VOID(ForEach(thread, args[0], [&](Value v) -> Status {
    GILA_TRY(const uint32_t id, Id(thread, v, "gid"));
    groups.push_back(id);
    return kOk;
  }));
  if (::setgroups(groups.size(), groups.data()) != 0) return thread.RaiseOsError(errno);
  return kNone;
}
Result<Value> InitGroups(Thread& thread, Args args) {
  GILA_TRY(const std::string user, EncodeFsPath(thread, args[0]));
  GILA_TRY(const uint32_t group, Id(thread, args[1], "gid"));
  if (::initgroups(user.c_str(), group) != 0) return thread.RaiseOsError(errno);
  return kNone;
}

// A call on one or two ints that gives a number, -1 for an error.
template <auto kCall>
Result<Value> OfPid(Thread& thread, Args args) {
  BeOrdinaryThread(thread);  // whose policy may be asked for
  GILA_TRY(const int64_t pid, ToInt64(thread, args[0]));
  const auto answer = kCall(static_cast<pid_t>(pid));
  if (answer < 0) return thread.RaiseOsError(errno);
  return Value::SmallInt(answer);
}
Result<Value> SetSid(Thread& thread, Args) {
  if (::setsid() < 0) return thread.RaiseOsError(errno);
  return kNone;
}
Result<Value> SetPgrp(Thread& thread, Args) {
  if (::setpgrp() < 0) return thread.RaiseOsError(errno);
  return kNone;
}
Result<Value> SetPgid(Thread& thread, Args args) {
  GILA_TRY(const int64_t pid, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t group, ToInt64(thread, args[1]));
  if (::setpgid(static_cast<pid_t>(pid), static_cast<pid_t>(group)) != 0)
    return thread.RaiseOsError(errno);
  return kNone;
}
Result<Value> KillPg(Thread& thread, Args args) {
  GILA_TRY(const int64_t group, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t number, ToInt64(thread, args[1]));
  if (::killpg(static_cast<pid_t>(group), static_cast<int>(number)) != 0)
    return thread.RaiseOsError(errno);
  GILA_TRY_VOID(thread.CheckBreaker());
  return kNone;
}

Result<Value> Nice(Thread& thread, Args args) {
  GILA_TRY(const int64_t increment, ToInt64(thread, args[0]));
  errno = 0;
  const int level = ::nice(static_cast<int>(increment));
  if (level == -1 && errno != 0) return thread.RaiseOsError(errno);
  return Value::SmallInt(level);
}
Result<Value> GetPriority(Thread& thread, Args args) {
  GILA_TRY(const int64_t which, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t who, ToInt64(thread, args[1]));
  errno = 0;
  const int level = ::getpriority(static_cast<__priority_which_t>(which), static_cast<id_t>(who));
  if (level == -1 && errno != 0) return thread.RaiseOsError(errno);
  return Value::SmallInt(level);
}
Result<Value> SetPriority(Thread& thread, Args args) {
  GILA_TRY(const int64_t which, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t who, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t level, ToInt64(thread, args[2]));
  if (::setpriority(static_cast<__priority_which_t>(which), static_cast<id_t>(who),
                    static_cast<int>(level)) != 0) {
    return thread.RaiseOsError(errno);
  }
  return kNone;
}

// --- scheduling; parameters are one number here, os wraps it ---

Result<Value> GetParam(Thread& thread, Args args) {
  BeOrdinaryThread(thread);
  GILA_TRY(const int64_t pid, ToInt64(thread, args[0]));
  sched_param parameters;
  if (::sched_getparam(static_cast<pid_t>(pid), &parameters) != 0)
    return thread.RaiseOsError(errno);
  return Value::SmallInt(parameters.sched_priority);
}
Result<Value> SetParam(Thread& thread, Args args) {
  BeOrdinaryThread(thread);
  GILA_TRY(const int64_t pid, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t priority, ToInt64(thread, args[1]));
  const sched_param parameters{static_cast<int>(priority)};
  if (::sched_setparam(static_cast<pid_t>(pid), &parameters) != 0)
    return thread.RaiseOsError(errno);
  return kNone;
}
Result<Value> SetScheduler(Thread& thread, Args args) {
  BeOrdinaryThread(thread);
  GILA_TRY(const int64_t pid, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t policy, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t priority, ToInt64(thread, args[2]));
  const sched_param parameters{static_cast<int>(priority)};
  if (::sched_setscheduler(static_cast<pid_t>(pid), static_cast<int>(policy), &parameters) == -1)
    return thread.RaiseOsError(errno);
  return kNone;
}
Result<Value> RoundRobin(Thread& thread, Args args) {
  GILA_TRY(const int64_t pid, ToInt64(thread, args[0]));
  timespec interval;
  if (::sched_rr_get_interval(static_cast<pid_t>(pid), &interval) != 0)
    return thread.RaiseOsError(errno);
  return NewFloat(
      thread, static_cast<double>(interval.tv_sec) + static_cast<double>(interval.tv_nsec) * 1e-9);
}
Result<Value> SetAffinity(Thread& thread, Args args) {
  GILA_TRY(const int64_t pid, ToInt64(thread, args[0]));
  cpu_set_t set;
  CPU_ZERO(&set);
  GILA_TRY_VOID(ForEach(thread, args[1], [&](Value v) -> Status {
    GILA_TRY(const int64_t cpu, ToInt64(thread, v));
    if (cpu < 0) return thread.RaiseValueError("negative CPU number");
    if (cpu >= CPU_SETSIZE) return thread.Raise(TypeId::kOverflowError, "CPU number too large");
    CPU_SET(cpu, &set);
    return kOk;
  }));
  if (::sched_setaffinity(static_cast<pid_t>(pid), sizeof(set), &set) != 0)
    return thread.RaiseOsError(errno);
  return kNone;
}

// --- the system ---

Result<Value> LoadAverage(Thread& thread, Args) {
  double loads[3];
  if (::getloadavg(loads, 3) != 3)
    return thread.Raise(TypeId::kOSError, "Load averages are unobtainable");
  Value items[3];
  for (size_t i = 0; i < 3; ++i) {
    GILA_TRY(items[i], NewFloat(thread, loads[i]));
  }
  return NewTuple(thread, items);
}

Result<Value> GetRandom(Thread& thread, Args args) {
  GILA_TRY(const int64_t size, ToInt64(thread, args[0]));
  GILA_TRY(const int64_t flags, args.Has(1) ? ToInt64(thread, args[1]) : Result<int64_t>(0));
  if (size < 0) return thread.RaiseOsError(EINVAL);
  GILA_TRY(Bytes* const buffer, NewBytesUninitialized(thread, size));
  GILA_TRY(const int64_t count, CallSystem(thread, kUnbound, [&] {
             return ::getrandom(buffer->data, static_cast<size_t>(size),
                                static_cast<unsigned>(flags));
           }));
  return NewBytes(thread, buffer->view().substr(0, static_cast<size_t>(count)));
}

Result<Value> SysConf(Thread& thread, Args args) {
  GILA_TRY(const int64_t name, ToInt64(thread, args[0]));
  errno = 0;
  const long answer = ::sysconf(static_cast<int>(name));
  if (answer == -1 && errno != 0) return thread.RaiseOsError(errno);
  return NewInt(thread, answer);
}
Result<Value> ConfStr(Thread& thread, Args args) {
  GILA_TRY(const int64_t name, ToInt64(thread, args[0]));
  std::string text(4096, '\0');
  errno = 0;
  const size_t size = ::confstr(static_cast<int>(name), text.data(), text.size());
  if (size == 0) {
    if (errno != 0) return thread.RaiseOsError(errno);
    return kNone;
  }
  return DecodeFsPath(thread, text.c_str());
}

Result<Value> CTermId(Thread& thread, Args) {
  char name[L_ctermid];
  return DecodeFsPath(thread, ::ctermid(name));
}
Result<Value> GetLogin(Thread& thread, Args) {
  char name[256];
  const int error = ::getlogin_r(name, sizeof(name));
  if (error != 0) return thread.RaiseOsError(error);
  return DecodeFsPath(thread, name);
}

}  // namespace

const NativeDef kIdentityFunctions[] = {
    {"setuid", SetId<::setuid, false>, "(uid, /)", "Set the user id."},
    {"seteuid", SetId<::seteuid, false>, "(euid, /)", "Set the effective user id."},
    {"setgid", SetId<::setgid, true>, "(gid, /)", "Set the group id."},
    {"setegid", SetId<::setegid, true>, "(egid, /)", "Set the effective group id."},
    {"setreuid", SetTwoIds<::setreuid, false>, "(ruid, euid, /)",
     "Set the real and effective user ids."},
    {"setregid", SetTwoIds<::setregid, true>, "(rgid, egid, /)",
     "Set the real and effective group ids."},
    {"setresuid", SetThreeIds<::setresuid, false>, "(ruid, euid, suid, /)",
     "Set the real, effective and saved user ids."},
    {"setresgid", SetThreeIds<::setresgid, true>, "(rgid, egid, sgid, /)",
     "Set the real, effective and saved group ids."},
    {"getresuid", GetThreeIds<::getresuid>, "()", "The real, effective and saved user ids."},
    {"getresgid", GetThreeIds<::getresgid>, "()", "The real, effective and saved group ids."},
    {"getgroups", GetGroups, "()", "The further groups of the process."},
    {"getgrouplist", GetGroupList, "(user, group, /)", "The groups that a user belongs to."},
    {"setgroups", SetGroups, "(groups, /)", "Set the further groups of the process."},
    {"initgroups", InitGroups, "(username, gid, /)", "Set the groups to those of a user."},
    {"getpgid", OfPid<::getpgid>, "(pid)", "The process group of a process."},
    {"getsid", OfPid<::getsid>, "(pid, /)", "The session of a process."},
    {"setsid", SetSid, "()", "Begin a session."},
    {"setpgrp", SetPgrp, "()", "Make the process the leader of a group."},
    {"setpgid", SetPgid, "(pid, pgrp, /)", "Put a process into a group."},
    {"killpg", KillPg, "(pgid, signal, /)", "Send a signal to a process group."},
    {"nice", Nice, "(increment, /)", "Lower the priority; the new one."},
    {"getpriority", GetPriority, "(which, who)", "The scheduling priority."},
    {"setpriority", SetPriority, "(which, who, priority)", "Set the scheduling priority."},
    {"sched_get_priority_max", OfPid<::sched_get_priority_max>, "(policy)",
     "The highest priority of a policy."},
    {"sched_get_priority_min", OfPid<::sched_get_priority_min>, "(policy)",
     "The lowest priority of a policy."},
    {"sched_getscheduler", OfPid<::sched_getscheduler>, "(pid, /)",
     "The scheduling policy of a process."},
    {"_sched_getparam", GetParam, "(pid, /)", "The scheduling priority of a process."},
    {"_sched_setparam", SetParam, "(pid, priority, /)", "Set the scheduling priority."},
    {"_sched_setscheduler", SetScheduler, "(pid, policy, priority, /)",
     "Set the scheduling policy and priority."},
    {"sched_rr_get_interval", RoundRobin, "(pid, /)", "The time slice in seconds."},
    {"sched_setaffinity", SetAffinity, "(pid, mask, /)", "Set which processors may be used."},
    {"getloadavg", LoadAverage, "()", "How busy the system was in the last minutes."},
    {"getrandom", GetRandom, "(size, flags=0)", "Random bytes from the system."},
    {"_sysconf", SysConf, "(name, /)", "A limit of the system."},
    {"_confstr", ConfStr, "(name, /)", "A text of the system's configuration."},
    {"ctermid", CTermId, "()", "The name of the controlling terminal."},
    {"getlogin", GetLogin, "()", "Who logged in."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace gila::posix

// fcntl_module.cc: the modules fcntl, resource, pwd and grp: file control, limits, and the system's
// lists of users and groups.
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstring>
#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"
#include "stdlib/posix_internal.h"

namespace gila {
namespace {

struct Row {
  const char* name;
  int64_t value;
};

Status AddRows(Thread& thread, Module* module, std::span<const Row> rows) {
  for (const Row& row : rows) {
    GILA_TRY(const Value value, NewInt(thread, row.value));
    GILA_TRY_VOID(AddValue(thread, module, row.name, value));
  }
  return kOk;
}

// --- fcntl ---

// An int, or what its fileno() says.
Result<int> FileDescriptor(Thread& thread, Value v) {
  if (!IsInt(v)) {
    GILA_TRY(const Value method, GetAttrOrUnbound(thread, v, Intern(thread, "fileno")));
    if (method.IsUnbound())
      return thread.RaiseTypeError("argument must be an int, or have a fileno() method.");
    GILA_TRY(v, Call(thread, method, {}));
    if (!IsInt(v)) return thread.RaiseTypeError("fileno() returned a non-integer");
  }
  GILA_TRY(const int64_t fd, posix::Descriptor(thread, v));
  if (fd < 0) {
    return thread.RaiseValueError("file descriptor cannot be a negative integer (%d)",
                                  static_cast<int>(fd));
  }
  return static_cast<int>(fd);
}

constexpr size_t kMaxArgument = 1024;

Result<Value> FCntl(Thread& thread, Args args) {
  GILA_TRY(const int fd, FileDescriptor(thread, args[0]));
  GILA_TRY(const int64_t command, ToInt64(thread, args[1]));
  const Value argument = args.Or(2, Value::SmallInt(0));
  if (IsInt(argument)) {
    GILA_TRY(const int64_t number, ToInt64(thread, argument));
    GILA_TRY(const int64_t answer, posix::CallSystem(thread, kUnbound, [&] {
               return ::fcntl(fd, static_cast<int>(command), number);
             }));
    return NewInt(thread, answer);
  }
  GILA_TRY(std::string bytes,
           IsStr(argument) ? Result<std::string>(ToUtf8(argument)) : CopyBuffer(thread, argument));
  if (bytes.size() > kMaxArgument) return thread.RaiseValueError("fcntl string arg too long");
  const size_t size = bytes.size();
  bytes.resize(kMaxArgument);
  GILA_TRY_VOID(posix::CallSystem(
      thread, kUnbound, [&] { return ::fcntl(fd, static_cast<int>(command), bytes.data()); }));
  return NewBytes(thread, std::string_view(bytes).substr(0, size));
}

// ioctl(fd, request, arg=0, mutate_flag=True)
Result<Value> IoCtl(Thread& thread, Args args) {
  GILA_TRY(const int fd, FileDescriptor(thread, args[0]));
  GILA_TRY(const int64_t wide, ToInt64(thread, args[1]));
  const auto request = static_cast<unsigned long>(static_cast<uint32_t>(wide));
  const Value argument = args.Or(2, Value::SmallInt(0));
  if (IsInt(argument)) {
    GILA_TRY(const int64_t number, ToInt64(thread, argument));
    GILA_TRY(const int64_t answer,
             posix::CallSystem(thread, kUnbound, [&] { return ::ioctl(fd, request, number); }));
    return NewInt(thread, answer);
  }
  GILA_TRY(const bool mutate, args.Has(3) ? Truth(thread, args[3]) : Result<bool>(true));
  GILA_TRY(std::string bytes,
           IsStr(argument) ? Result<std::string>(ToUtf8(argument)) : CopyBuffer(thread, argument));
  const size_t size = bytes.size();
  bytes.resize(std::max(size, kMaxArgument));
  GILA_TRY(const int64_t answer,
           posix::CallSystem(thread, kUnbound, [&] { return ::ioctl(fd, request, bytes.data()); }));
  BufferInfo info;
  if (mutate && !IsStr(argument) && GetBuffer(argument, &info) && !info.read_only) {
    GILA_TRY(const PinnedBuffer buffer, PinWritable(thread, argument));
    memcpy(buffer.data, bytes.data(), std::min(size, static_cast<size_t>(buffer.size)));
    Unpin(buffer);
    return NewInt(thread, answer);
  }
  if (size > kMaxArgument) return thread.RaiseValueError("ioctl string arg too long");
  return NewBytes(thread, std::string_view(bytes).substr(0, size));
}

Result<Value> FLock(Thread& thread, Args args) {
  GILA_TRY(const int fd, FileDescriptor(thread, args[0]));
  GILA_TRY(const int64_t operation, ToInt64(thread, args[1]));
  GILA_TRY_VOID(posix::CallSystem(
      thread, kUnbound, [&] { return ::flock(fd, static_cast<int>(operation)); }, Blocked::kLock));
  return kNone;
}

// lockf(fd, cmd, len=0, start=0, whence=0)
Result<Value> LockF(Thread& thread, Args args) {
  GILA_TRY(const int fd, FileDescriptor(thread, args[0]));
  GILA_TRY(const int64_t command, ToInt64(thread, args[1]));
  int64_t numbers[3] = {0, 0, 0};
  for (size_t i = 0; i < 3; ++i) {
    if (!args.Has(2 + i)) continue;
    GILA_TRY(numbers[i], ToInt64(thread, args[2 + i]));
  }
  struct flock lock{};
  if (command & LOCK_UN) {
    lock.l_type = F_UNLCK;
  } else if (command & LOCK_SH) {
    lock.l_type = F_RDLCK;
  } else if (command & LOCK_EX) {
    lock.l_type = F_WRLCK;
  } else {
    return thread.RaiseValueError("unrecognized lockf argument");
  }
  lock.l_len = numbers[0];
  lock.l_start = numbers[1];
  lock.l_whence = static_cast<short>(numbers[2]);
  GILA_TRY_VOID(posix::CallSystem(
      thread, kUnbound, [&] { return ::fcntl(fd, command & LOCK_NB ? F_SETLK : F_SETLKW, &lock); },
      Blocked::kLock));
  return kNone;
}

constexpr NativeDef kFcntlFunctions[] = {
    {"fcntl", FCntl, "(fd, cmd, arg=0, /)", "File control."},
    {"ioctl", IoCtl, "(fd, request, arg=0, mutate_flag=True, /)", "Device control."},
    {"flock", FLock, "(fd, operation, /)", "Lock or unlock a whole file."},
    {"lockf", LockF, "(fd, cmd, len=0, start=0, whence=0, /)", "Lock or unlock a part of a file."},
    {nullptr, nullptr, nullptr, nullptr}};

#define ROW(name) {#name, name}
const Row kFcntlConstants[] = {
    ROW(LOCK_SH),     ROW(LOCK_EX),     ROW(LOCK_NB),       ROW(LOCK_UN),      ROW(LOCK_MAND),
    ROW(LOCK_READ),   ROW(LOCK_WRITE),  ROW(LOCK_RW),       ROW(F_DUPFD),      ROW(F_DUPFD_CLOEXEC),
    ROW(F_GETFD),     ROW(F_SETFD),     ROW(F_GETFL),       ROW(F_SETFL),      ROW(F_GETLK),
    ROW(F_SETLK),     ROW(F_SETLKW),    ROW(F_OFD_GETLK),   ROW(F_OFD_SETLK),  ROW(F_OFD_SETLKW),
    ROW(F_GETOWN),    ROW(F_SETOWN),    ROW(F_GETSIG),      ROW(F_SETSIG),     ROW(F_RDLCK),
    ROW(F_WRLCK),     ROW(F_UNLCK),     ROW(F_EXLCK),       ROW(F_SHLCK),      ROW(F_SETLEASE),
    ROW(F_GETLEASE),  ROW(F_NOTIFY),    ROW(F_SETPIPE_SZ),  ROW(F_GETPIPE_SZ), ROW(F_ADD_SEALS),
    ROW(F_GET_SEALS), ROW(F_SEAL_SEAL), ROW(F_SEAL_SHRINK), ROW(F_SEAL_GROW),  ROW(F_SEAL_WRITE),
    ROW(FD_CLOEXEC),  ROW(FASYNC),      ROW(DN_ACCESS),     ROW(DN_MODIFY),    ROW(DN_CREATE),
    ROW(DN_DELETE),   ROW(DN_RENAME),   ROW(DN_ATTRIB),     ROW(DN_MULTISHOT), {"F_GETLK64", 5},
    {"F_SETLK64", 6}, {"F_SETLKW64", 7}};

// --- resource ---

Type* usage_type = nullptr;
const char* const kUsageFields[] = {
    "ru_utime",  "ru_stime",    "ru_maxrss", "ru_ixrss",   "ru_idrss",   "ru_isrss",
    "ru_minflt", "ru_majflt",   "ru_nswap",  "ru_inblock", "ru_oublock", "ru_msgsnd",
    "ru_msgrcv", "ru_nsignals", "ru_nvcsw",  "ru_nivcsw",  nullptr};
const StructSequenceSpec kUsageSpec = {"resource.struct_rusage", "What a process has used.",
                                       kUsageFields, 16, true};

Result<Value> GetUsage(Thread& thread, Args args) {
  GILA_TRY(const int64_t who, ToInt64(thread, args[0]));
  rusage u;
  if (::getrusage(static_cast<__rusage_who>(who), &u) != 0) {
    if (errno == EINVAL) return thread.RaiseValueError("invalid who parameter");
    return thread.RaiseOsError(errno);
  }
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  Value items[16];
  GILA_TRY(items[0], NewFloat(thread, seconds(u.ru_utime)));
  GILA_TRY(items[1], NewFloat(thread, seconds(u.ru_stime)));
  const long counts[] = {u.ru_maxrss, u.ru_ixrss,    u.ru_idrss,   u.ru_isrss,   u.ru_minflt,
                         u.ru_majflt, u.ru_nswap,    u.ru_inblock, u.ru_oublock, u.ru_msgsnd,
                         u.ru_msgrcv, u.ru_nsignals, u.ru_nvcsw,   u.ru_nivcsw};
  for (size_t i = 0; i < std::size(counts); ++i) items[2 + i] = Value::SmallInt(counts[i]);
  return NewStructSequence(thread, usage_type, items);
}

// RLIM_INFINITY is shown as -1.
Result<Value> LimitPair(Thread& thread, const rlimit& limit) {
  GILA_TRY(const Value soft, NewInt(thread, static_cast<int64_t>(limit.rlim_cur)));
  GILA_TRY(const Value hard, NewInt(thread, static_cast<int64_t>(limit.rlim_max)));
  const Value items[] = {soft, hard};
  return NewTuple(thread, items);
}

Result<int> Resource(Thread& thread, Value v) {
  GILA_TRY(const int64_t which, ToInt64(thread, v));
  if (which < 0 || which >= RLIM_NLIMITS)
    return thread.RaiseValueError("invalid resource specified");
  return static_cast<int>(which);
}

Result<rlimit> ToLimit(Thread& thread, Value v) {
  GILA_TRY(Tuple* const pair, ToTuple(thread, v));
  if (pair->length != 2) return thread.RaiseValueError("expected a tuple of 2 integers");
  GILA_TRY(const int64_t soft, ToInt64(thread, pair->At(0)));
  GILA_TRY(const int64_t hard, ToInt64(thread, pair->At(1)));
  return rlimit{static_cast<rlim_t>(soft), static_cast<rlim_t>(hard)};
}

// prlimit(pid, resource[, limits]); getrlimit and setrlimit are about this process.
Result<Value> ChangeLimit(Thread& thread, pid_t pid, Value resource, Value wanted) {
  GILA_TRY(const int which, Resource(thread, resource));
  rlimit limit, before;
  const bool set = !wanted.IsUnbound() && !wanted.IsNone();
  if (set) {
    GILA_TRY(limit, ToLimit(thread, wanted));
  }
  if (::prlimit(pid, static_cast<__rlimit_resource>(which), set ? &limit : nullptr, &before) != 0) {
    if (errno == EINVAL) return thread.RaiseValueError("current limit exceeds maximum limit");
    if (errno == EPERM && pid == 0)
      return thread.RaiseValueError("not allowed to raise maximum limit");
    return thread.RaiseOsError(errno);
  }
  return LimitPair(thread, before);
}
Result<Value> GetLimit(Thread& thread, Args args) {
  return ChangeLimit(thread, 0, args[0], kUnbound);
}
Result<Value> SetLimit(Thread& thread, Args args) {
  GILA_TRY_VOID(ChangeLimit(thread, 0, args[0], args[1]));
  return kNone;
}
Result<Value> PrLimit(Thread& thread, Args args) {
  GILA_TRY(const int64_t pid, ToInt64(thread, args[0]));
  return ChangeLimit(thread, static_cast<pid_t>(pid), args[1], args[2]);
}
Result<Value> PageSize(Thread&, Args) { return Value::SmallInt(::sysconf(_SC_PAGESIZE)); }

constexpr NativeDef kResourceFunctions[] = {
    {"getrusage", GetUsage, "(who, /)", "What the process, its children or the thread have used."},
    {"getrlimit", GetLimit, "(resource, /)", "The soft and the hard limit."},
    {"setrlimit", SetLimit, "(resource, limits, /)", "Set the soft and the hard limit."},
    {"prlimit", PrLimit, "(pid, resource, limits=None, /)", "Get or set the limits of a process."},
    {"getpagesize", PageSize, "()", "The size of a memory page."},
    {nullptr, nullptr, nullptr, nullptr}};
const Row kResourceConstants[] = {
    ROW(RUSAGE_SELF),    ROW(RUSAGE_CHILDREN),   ROW(RUSAGE_THREAD), ROW(RLIMIT_AS),
    ROW(RLIMIT_CORE),    ROW(RLIMIT_CPU),        ROW(RLIMIT_DATA),   ROW(RLIMIT_FSIZE),
    ROW(RLIMIT_MEMLOCK), ROW(RLIMIT_MSGQUEUE),   ROW(RLIMIT_NICE),   ROW(RLIMIT_NOFILE),
    ROW(RLIMIT_NPROC),   ROW(RLIMIT_OFILE),      ROW(RLIMIT_RSS),    ROW(RLIMIT_RTPRIO),
    ROW(RLIMIT_RTTIME),  ROW(RLIMIT_SIGPENDING), ROW(RLIMIT_STACK),  {"RLIM_INFINITY", -1}};
#undef ROW

// --- pwd and grp ---

Type* user_type = nullptr;
Type* group_type = nullptr;
const char* const kUserFields[] = {"pw_name",  "pw_passwd", "pw_uid",   "pw_gid",
                                   "pw_gecos", "pw_dir",    "pw_shell", nullptr};
const StructSequenceSpec kUserSpec = {"pwd.struct_passwd", "A user of the system.", kUserFields, 7,
                                      true};
const char* const kGroupFields[] = {"gr_name", "gr_passwd", "gr_gid", "gr_mem", nullptr};
const StructSequenceSpec kGroupSpec = {"grp.struct_group", "A group of users.", kGroupFields, 4,
                                       true};

Result<Value> Text(Thread& thread, const char* text) {
  return text == nullptr ? Result<Value>(kNone) : DecodeFsPath(thread, text);
}

Result<Value> UserValue(Thread& thread, const passwd& user) {
  Value items[7];
  GILA_TRY(items[0], Text(thread, user.pw_name));
  GILA_TRY(items[1], Text(thread, user.pw_passwd));
  items[2] = Value::SmallInt(user.pw_uid);
  items[3] = Value::SmallInt(user.pw_gid);
  GILA_TRY(items[4], Text(thread, user.pw_gecos));
  GILA_TRY(items[5], Text(thread, user.pw_dir));
  GILA_TRY(items[6], Text(thread, user.pw_shell));
  return NewStructSequence(thread, user_type, items);
}

Result<Value> GroupValue(Thread& thread, const group& g) {
  Value items[4];
  GILA_TRY(items[0], Text(thread, g.gr_name));
  GILA_TRY(items[1], Text(thread, g.gr_passwd));
  items[2] = Value::SmallInt(g.gr_gid);
  GILA_TRY(List* const members, NewList(thread));
  for (char** member = g.gr_mem; *member != nullptr; ++member) {
    GILA_TRY(const Value name, Text(thread, *member));
    GILA_TRY_VOID(ListAppend(thread, members, name));
  }
  items[3] = members;
  return NewStructSequence(thread, group_type, items);
}

// A uid or gid argument; beyond 32 bits nobody has it.
Result<bool> ToId(Thread& thread, Value v, uint32_t* id) {
  GILA_TRY(const Value number, Index(thread, v));
  int64_t wide;
  if (!TryInt64(number, &wide) || wide < -1 || wide > UINT32_MAX) return false;
  *id = static_cast<uint32_t>(wide);
  return true;
}

constexpr size_t kEntryBytes = size_t{1} << 16;

Failed RaiseNotFound(Thread& thread, const char* function, const char* what, Value key) {
  GILA_TRY(Str* const text, IsStr(key) ? Repr(thread, key) : ToStr(thread, key));
  const std::string message = std::string(function) + "(): " + what + " not found: " + ToUtf8(text);
  GILA_TRY(Str* const shown, NewStr(thread, message));
  return thread.RaiseWith(TypeId::kKeyError, shown);
}

Result<Value> UserById(Thread& thread, Args args) {
  uint32_t id = 0;
  GILA_TRY(const bool fits, ToId(thread, args[0], &id));
  passwd entry, *found = nullptr;
  std::string buffer(kEntryBytes, '\0');
  if (fits) {
    AllowThreads detached(thread, Blocked::kOther);
    ::getpwuid_r(id, &entry, buffer.data(), buffer.size(), &found);
  }
  if (found == nullptr) return RaiseNotFound(thread, "getpwuid", "uid", args[0]);
  return UserValue(thread, entry);
}
Result<Value> UserByName(Thread& thread, Args args) {
  GILA_TRY(Str* const given, ToStrArgument(thread, args[0], "getpwnam() argument"));
  GILA_TRY(const std::string name, EncodeFsPath(thread, given));
  passwd entry, *found = nullptr;
  std::string buffer(kEntryBytes, '\0');
  {
    AllowThreads detached(thread, Blocked::kOther);
    ::getpwnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found);
  }
  if (found == nullptr) return RaiseNotFound(thread, "getpwnam", "name", args[0]);
  return UserValue(thread, entry);
}
Result<Value> GroupById(Thread& thread, Args args) {
  uint32_t id = 0;
  GILA_TRY(const bool fits, ToId(thread, args[0], &id));
  group entry, *found = nullptr;
  std::string buffer(kEntryBytes, '\0');
  if (fits) {
    AllowThreads detached(thread, Blocked::kOther);
    ::getgrgid_r(id, &entry, buffer.data(), buffer.size(), &found);
  }
  if (found == nullptr) return RaiseNotFound(thread, "getgrgid", "gid", args[0]);
  return GroupValue(thread, entry);
}
Result<Value> GroupByName(Thread& thread, Args args) {
  GILA_TRY(Str* const given, ToStrArgument(thread, args[0], "getgrnam() argument"));
  GILA_TRY(const std::string name, EncodeFsPath(thread, given));
  group entry, *found = nullptr;
  std::string buffer(kEntryBytes, '\0');
  {
    AllowThreads detached(thread, Blocked::kOther);
    ::getgrnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found);
  }
  if (found == nullptr) return RaiseNotFound(thread, "getgrnam", "name", args[0]);
  return GroupValue(thread, entry);
}

Result<Value> AllUsers(Thread& thread, Args) {
  GILA_TRY(List* const list, NewList(thread));
  ::setpwent();
  Status done = kOk;
  while (done.ok()) {
    passwd entry, *found = nullptr;
    std::string buffer(kEntryBytes, '\0');
    if (::getpwent_r(&entry, buffer.data(), buffer.size(), &found) != 0) break;
    const Result<Value> user = UserValue(thread, entry);
    done = user.ok() ? ListAppend(thread, list, user.value()) : Status(kFailed);
  }
  ::endpwent();
  if (!done.ok()) return kFailed;
  return list;
}
Result<Value> AllGroups(Thread& thread, Args) {
  GILA_TRY(List* const list, NewList(thread));
  ::setgrent();
  Status done = kOk;
  while (done.ok()) {
    group entry, *found = nullptr;
    std::string buffer(kEntryBytes, '\0');
    if (::getgrent_r(&entry, buffer.data(), buffer.size(), &found) != 0) break;
    const Result<Value> one = GroupValue(thread, entry);
    done = one.ok() ? ListAppend(thread, list, one.value()) : Status(kFailed);
  }
  ::endgrent();
  if (!done.ok()) return kFailed;
  return list;
}

constexpr NativeDef kPwdFunctions[] = {
    {"getpwuid", UserById, "(uidobj, /)", "The user with that id."},
    {"getpwnam", UserByName, "(name, /)", "The user of that name."},
    {"getpwall", AllUsers, "()", "Every user."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr NativeDef kGrpFunctions[] = {
    {"getgrgid", GroupById, "(id)", "The group with that id."},
    {"getgrnam", GroupByName, "(name)", "The group of that name."},
    {"getgrall", AllGroups, "()", "Every group."},
    {nullptr, nullptr, nullptr, nullptr}};

Result<Type*> AddStruct(Thread& thread, Module* module, const StructSequenceSpec& spec,
                        const char* name) {
  GILA_TRY(Type* const type, NewStructSequenceType(thread, spec));
  GILA_TRY_VOID(AddValue(thread, module, name, type));
  return type;
}

}  // namespace

Status InitFcntlModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddRows(thread, module, kFcntlConstants));
  return AddFunctions(thread, module, kFcntlFunctions);
}

Status InitResourceModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddRows(thread, module, kResourceConstants));
  GILA_TRY_VOID(
      AddValue(thread, module, "error", reinterpret_cast<Object*>(GetType(TypeId::kOSError))));
  GILA_TRY(usage_type, AddStruct(thread, module, kUsageSpec, "struct_rusage"));
  heap::AddRoot(reinterpret_cast<Object**>(&usage_type));
  return AddFunctions(thread, module, kResourceFunctions);
}

Status InitPwdModule(Thread& thread, Module* module) {
  GILA_TRY(user_type, AddStruct(thread, module, kUserSpec, "struct_passwd"));
  heap::AddRoot(reinterpret_cast<Object**>(&user_type));
  return AddFunctions(thread, module, kPwdFunctions);
}

Status InitGrpModule(Thread& thread, Module* module) {
  GILA_TRY(group_type, AddStruct(thread, module, kGroupSpec, "struct_group"));
  heap::AddRoot(reinterpret_cast<Object**>(&group_type));
  return AddFunctions(thread, module, kGrpFunctions);
}

}  // namespace gila

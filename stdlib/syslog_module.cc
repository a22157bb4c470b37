// syslog_module.cc: the module syslog: messages for the system's log.
//
// The log is one for the whole process. The C library keeps a pointer to the name that openlog() is
// given, and writing may block: so both are done detached and under one mutex, which guards the
// name.
#include <syslog.h>

#include <mutex>
#include <string>

#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/native_support.h"

namespace gila {
namespace {

std::mutex log_mutex;
std::string log_name;  // guarded by log_mutex, as is the next one
bool log_is_open = false;

// The text in UTF-8; surrogates are refused.
Result<std::string> Encoded(Thread& thread, Value text) {
  GILA_TRY(const Value bytes, CallMethod(thread, text, Intern(thread, "encode")));
  return std::string(bytes.As<Bytes>()->view());
}

// The last part of the program's name; nothing if there is none.
std::string ProgramName(Thread& thread) {
  const Value argv = SysAttribute(thread, Intern(thread, "argv"));
  if (!IsList(argv)) return {};
  const Value first = ListAt(argv.As<List>(), 0);
  if (first.IsUnbound() || !IsStr(first)) return {};
  const std::string path = ToUtf8(first);
  return path.substr(path.rfind('/') + 1);
}

void OpenLogDetached(std::string name, int options, int facility) {
  const std::lock_guard<std::mutex> guard(log_mutex);
  closelog();
  log_name = std::move(name);
  openlog(log_name.empty() ? nullptr : log_name.c_str(), options, facility);
  log_is_open = true;
}

Result<Value> OpenLog(Thread& thread, Args args) {
  std::string name;
  if (args.Has(0) && !args[0].IsNone()) {
    GILA_TRY(Str* const text, ToStrArgument(thread, args[0], "openlog() argument 1"));
    GILA_TRY(name, Encoded(thread, text));
  } else {
    name = ProgramName(thread);
  }
  int64_t options = 0, facility = LOG_USER;
  if (args.Has(1)) {
    GILA_TRY(options, ToInt64(thread, args[1]));
  }
  if (args.Has(2)) {
    GILA_TRY(facility, ToInt64(thread, args[2]));
  }
  const AllowThreads detached(thread, Blocked::kOther);
  OpenLogDetached(std::move(name), static_cast<int>(options), static_cast<int>(facility));
  return kNone;
}

Result<Value> Log(Thread& thread, Args args) {
  const std::span<const Value> given = args.rest();
  int64_t priority = LOG_INFO;
  if (given.empty() || given.size() > 2 || !IsStr(given.back()))
    return thread.RaiseTypeError("[priority,] message string");
  if (given.size() == 2) {
    GILA_TRY(priority, ToInt64(thread, given[0]));
  }
  GILA_TRY(const std::string message, Encoded(thread, given.back()));
  std::string name = ProgramName(thread);
  const AllowThreads detached(thread, Blocked::kOther);
  bool is_open;
  {
    const std::lock_guard<std::mutex> guard(log_mutex);
    is_open = log_is_open;
  }
  if (!is_open) OpenLogDetached(std::move(name), 0, LOG_USER);
  const std::lock_guard<std::mutex> guard(log_mutex);
  syslog(static_cast<int>(priority), "%s", message.c_str());
  return kNone;
}

Result<Value> CloseLog(Thread& thread, Args) {
  const AllowThreads detached(thread, Blocked::kOther);
  const std::lock_guard<std::mutex> guard(log_mutex);
  if (log_is_open) closelog();
  log_is_open = false;
  return kNone;
}

Result<Value> SetLogMask(Thread& thread, Args args) {
  GILA_TRY(const int64_t mask, ToInt64(thread, args[0]));
  return NewInt(thread, setlogmask(static_cast<int>(mask)));
}

Result<Value> LogMask(Thread& thread, Args args) {
  GILA_TRY(const int64_t priority, ToInt64(thread, args[0]));
  return NewInt(thread, int64_t{1} << (priority & 31));
}

Result<Value> LogUpTo(Thread& thread, Args args) {
  GILA_TRY(const int64_t priority, ToInt64(thread, args[0]));
  return NewInt(thread, (int64_t{1} << ((priority & 31) + 1)) - 1);
}

constexpr NativeDef kFunctions[] = {
    {"openlog", OpenLog, "(ident=None, logoption=0, facility=8)",
     "Settle how messages begin and where they go."},
    {"syslog", Log, "(*args)", "syslog([priority,] message): write a message."},
    {"closelog", CloseLog, "()", "Forget what openlog() has settled."},
    {"setlogmask", SetLogMask, "(maskpri, /)", "Which priorities are written; the mask before."},
    {"LOG_MASK", LogMask, "(pri, /)", "The mask of one priority."},
    {"LOG_UPTO", LogUpTo, "(pri, /)", "The mask of all priorities up to this one."},
    {nullptr, nullptr, nullptr, nullptr}};

struct Constant {
  const char* name;
  int value;
};
#define GILA_LOG(name) {#name, name}
constexpr Constant kConstants[] = {
    GILA_LOG(LOG_EMERG),    GILA_LOG(LOG_ALERT),  GILA_LOG(LOG_CRIT),   GILA_LOG(LOG_ERR),
    GILA_LOG(LOG_WARNING),  GILA_LOG(LOG_NOTICE), GILA_LOG(LOG_INFO),   GILA_LOG(LOG_DEBUG),
    GILA_LOG(LOG_PID),      GILA_LOG(LOG_CONS),   GILA_LOG(LOG_NDELAY), GILA_LOG(LOG_ODELAY),
    GILA_LOG(LOG_NOWAIT),   GILA_LOG(LOG_PERROR), GILA_LOG(LOG_KERN),   GILA_LOG(LOG_USER),
    GILA_LOG(LOG_MAIL),     GILA_LOG(LOG_DAEMON), GILA_LOG(LOG_AUTH),   GILA_LOG(LOG_SYSLOG),
    GILA_LOG(LOG_LPR),      GILA_LOG(LOG_NEWS),   GILA_LOG(LOG_UUCP),   GILA_LOG(LOG_CRON),
    GILA_LOG(LOG_AUTHPRIV), GILA_LOG(LOG_LOCAL0), GILA_LOG(LOG_LOCAL1), GILA_LOG(LOG_LOCAL2),
    GILA_LOG(LOG_LOCAL3),   GILA_LOG(LOG_LOCAL4), GILA_LOG(LOG_LOCAL5), GILA_LOG(LOG_LOCAL6),
    GILA_LOG(LOG_LOCAL7)};
#undef GILA_LOG

}  // namespace

Status InitSyslogModule(Thread& thread, Module* module) {
  for (const Constant& constant : kConstants)
    GILA_TRY_VOID(AddValue(thread, module, constant.name, Value::SmallInt(constant.value)));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

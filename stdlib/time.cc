// time.cc: the time module: clocks and sleep. The calendar is in time_calendar.cc.
#include <pthread.h>

#include <cerrno>
#include <climits>
#include <cmath>
#include <ctime>

#include "absl/strings/str_cat.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/schedule.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/thread_locks.h"
#include "stdlib/time_clock.h"

namespace gila {

Result<int64_t> ToNanoseconds(Thread& thread, Value number, RoundTime round, int64_t unit) {
  if (IsFloat(number)) {
    const double d = FloatValue(number);
    if (std::isnan(d)) return thread.RaiseValueError("Invalid value NaN (not a number)");
    const double scaled = d * static_cast<double>(unit);
    const bool down = round == RoundTime::kFloor || (round == RoundTime::kAwayFromZero && d < 0);
    const double whole = down ? std::floor(scaled) : std::ceil(scaled);
    if (!(whole >= -0x1p63 && whole < 0x1p63))
      return thread.Raise(TypeId::kOverflowError, "timestamp too large to convert to C _PyTime_t");
    return static_cast<int64_t>(whole);
  }
  GILA_TRY(const Value index, Index(thread, number));
  int64_t whole, nanoseconds;
  if (!TryInt64(index, &whole) || __builtin_mul_overflow(whole, unit, &nanoseconds))
    return thread.Raise(TypeId::kOverflowError, "timestamp too large to convert to C _PyTime_t");
  return nanoseconds;
}

double SecondsFromNanoseconds(int64_t nanoseconds) {
  if (nanoseconds % kNanosecondsPerSecond == 0)
    return static_cast<double>(nanoseconds / kNanosecondsPerSecond);
  return static_cast<double>(nanoseconds) / 1e9;
}

int64_t ReadClock(int clock) {
  timespec now;
  clock_gettime(clock, &now);
  const bool jumps = clock == CLOCK_MONOTONIC || clock == CLOCK_REALTIME;
  return static_cast<int64_t>(now.tv_sec) * kNanosecondsPerSecond + now.tv_nsec +
         (jumps ? ScheduledNanoseconds() : 0);
}

namespace {

template <int clock>
Result<Value> Seconds(Thread& thread, Args) {
  return NewFloat(thread, SecondsFromNanoseconds(ReadClock(clock)));
}
template <int clock>
Result<Value> Nanoseconds(Thread& thread, Args) {
  return NewInt(thread, ReadClock(clock));
}

// Under -X schedule the clocks jump, and nothing is slept.
int SleepInSchedule(Thread& thread, int64_t end) {
  const timespec deadline = DeadlineAfter(std::max<int64_t>(end - ReadClock(CLOCK_MONOTONIC), 0));
  const FutexResult result = ScheduleWait(thread, nullptr, 0, &deadline, nullptr);
  return result == FutexResult::kInterrupted ? EINTR : 0;
}

Result<Value> Sleep(Thread& thread, Args args) {
  GILA_TRY(const int64_t length, ToNanoseconds(thread, args[0], RoundTime::kAwayFromZero));
  if (length < 0) return thread.RaiseValueError("sleep length must be non-negative");
  int64_t end;
  if (__builtin_add_overflow(ReadClock(CLOCK_MONOTONIC), length, &end)) end = INT64_MAX;
  const timespec until = {end / kNanosecondsPerSecond, end % kNanosecondsPerSecond};
  while (true) {
    int error;
    {
      AllowThreads detached(thread, Blocked::kSleep);
      error = ScheduleOn() ? SleepInSchedule(thread, end)
                           : clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
    }
    if (error == 0) {
      // What came meanwhile (an interrupt from another thread) comes out of the sleep, not after
      // it.
      GILA_TRY_VOID(thread.CheckBreaker());
      return kNone;
    }
    if (error != EINTR) return thread.RaiseOsError(error);
    GILA_TRY_VOID(thread.RunSignalHandlers());  // KeyboardInterrupt leaves here; else sleep on
  }
}

// --- clocks by number ---

Result<int> ClockArgument(Thread& thread, Value v) {
  GILA_TRY(const int64_t clock, ToInt64(thread, v));
  if (clock < INT_MIN || clock > INT_MAX)
    return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C int");
  return static_cast<int>(clock);
}

template <int (*query)(clockid_t, timespec*)>
Result<int64_t> QueryClock(Thread& thread, Value which) {
  GILA_TRY(const int clock, ClockArgument(thread, which));
  timespec answer;
  if (query(clock, &answer) != 0) return thread.RaiseOsError(errno);
  return static_cast<int64_t>(answer.tv_sec) * kNanosecondsPerSecond + answer.tv_nsec;
}

Result<Value> ClockGetTime(Thread& thread, Args args) {
  GILA_TRY(const int64_t now, QueryClock<clock_gettime>(thread, args[0]));
  return NewFloat(thread, SecondsFromNanoseconds(now));
}
Result<Value> ClockGetTimeNs(Thread& thread, Args args) {
  GILA_TRY(const int64_t now, QueryClock<clock_gettime>(thread, args[0]));
  return NewInt(thread, now);
}
Result<Value> ClockGetRes(Thread& thread, Args args) {
  GILA_TRY(const int64_t resolution, QueryClock<clock_getres>(thread, args[0]));
  return NewFloat(thread, SecondsFromNanoseconds(resolution));
}
// The clock of another thread's CPU time.
Result<Value> PthreadGetCpuClockId(Thread& thread, Args args) {
  if (!IsInt(args[0]))
    return thread.RaiseTypeError("pthread_getcpuclockid() argument 1 must be int, not %s",
                                 std::string(TypeName(TypeOf(args[0]))).c_str());
  GILA_TRY(const int64_t ident, ToInt64(thread, args[0]));
  clockid_t clock = 0;
  const int error = OnNativeThread(static_cast<uint64_t>(ident), [&](pthread_t native) {
    return ::pthread_getcpuclockid(native, &clock);
  });
  if (error != 0) return thread.RaiseOsError(error);
  return Value::SmallInt(clock);
}
Status SetClock(Thread& thread, Value which, int64_t nanoseconds) {
  GILA_TRY(const int clock, ClockArgument(thread, which));
  int64_t seconds = nanoseconds / kNanosecondsPerSecond, rest = nanoseconds % kNanosecondsPerSecond;
  if (rest < 0) {
    --seconds;
    rest += kNanosecondsPerSecond;
  }
  const timespec time = {seconds, rest};
  if (clock_settime(clock, &time) != 0) return thread.RaiseOsError(errno);
  return kOk;
}
Result<Value> ClockSetTime(Thread& thread, Args args) {
  GILA_TRY(const int64_t time, ToNanoseconds(thread, args[1], RoundTime::kFloor));
  GILA_TRY_VOID(SetClock(thread, args[0], time));
  return kNone;
}
Result<Value> ClockSetTimeNs(Thread& thread, Args args) {
  GILA_TRY(const int64_t time, ToInt64(thread, args[1]));
  GILA_TRY_VOID(SetClock(thread, args[0], time));
  return kNone;
}

Result<Value> GetClockInfo(Thread& thread, Args args) {
  static constexpr struct {
    const char* name;
    int clock;
    const char* clock_name;
    bool monotonic, adjustable;
  } kClocks[] = {
      {"time", CLOCK_REALTIME, "CLOCK_REALTIME", false, true},
      {"monotonic", CLOCK_MONOTONIC, "CLOCK_MONOTONIC", true, false},
      {"perf_counter", CLOCK_MONOTONIC, "CLOCK_MONOTONIC", true, false},
      {"process_time", CLOCK_PROCESS_CPUTIME_ID, "CLOCK_PROCESS_CPUTIME_ID", true, false},
      {"thread_time", CLOCK_THREAD_CPUTIME_ID, "CLOCK_THREAD_CPUTIME_ID", true, false},
  };
  GILA_TRY(Str * name, ToStrArgument(thread, args[0], "get_clock_info() argument 1"));
  for (const auto& clock : kClocks) {
    if (!StrEquals(name, clock.name)) continue;
    timespec resolution;
    clock_getres(clock.clock, &resolution);
    GILA_TRY(Dict * fields, NewDict(thread));
    GILA_TRY(Str * implementation,
             NewStr(thread, absl::StrCat("clock_gettime(", clock.clock_name, ")")));
    GILA_TRY(const Value seconds,
             NewFloat(thread, SecondsFromNanoseconds(resolution.tv_sec * kNanosecondsPerSecond +
                                                     resolution.tv_nsec)));
    GILA_TRY_VOID(DictSet(thread, fields, Intern(thread, "implementation"), implementation));
    GILA_TRY_VOID(
        DictSet(thread, fields, Intern(thread, "monotonic"), Value::Bool(clock.monotonic)));
    GILA_TRY_VOID(
        DictSet(thread, fields, Intern(thread, "adjustable"), Value::Bool(clock.adjustable)));
    GILA_TRY_VOID(DictSet(thread, fields, Intern(thread, "resolution"), seconds));
    return CallWith(thread, GetType(TypeId::kSimpleNamespace), empty_tuple, fields);
  }
  return thread.RaiseValueError("unknown clock");
}

constexpr NativeDef kFunctions[] = {
    {"time", Seconds<CLOCK_REALTIME>, "()", "Seconds since 1970, as a float."},
    {"time_ns", Nanoseconds<CLOCK_REALTIME>, "()", "Nanoseconds since 1970."},
    {"monotonic", Seconds<CLOCK_MONOTONIC>, "()", "A clock that never goes back, in seconds."},
    {"monotonic_ns", Nanoseconds<CLOCK_MONOTONIC>, "()", "A clock that never goes back."},
    {"perf_counter", Seconds<CLOCK_MONOTONIC>, "()", "The clock for measuring, in seconds."},
    {"perf_counter_ns", Nanoseconds<CLOCK_MONOTONIC>, "()", "The clock for measuring."},
    {"process_time", Seconds<CLOCK_PROCESS_CPUTIME_ID>, "()", "CPU time of the process, seconds."},
    {"process_time_ns", Nanoseconds<CLOCK_PROCESS_CPUTIME_ID>, "()", "CPU time of the process."},
    {"thread_time", Seconds<CLOCK_THREAD_CPUTIME_ID>, "()", "CPU time of the thread, seconds."},
    {"thread_time_ns", Nanoseconds<CLOCK_THREAD_CPUTIME_ID>, "()", "CPU time of the thread."},
    {"sleep", Sleep, "(seconds, /)", "Wait so long. Other threads run meanwhile."},
    {"clock_gettime", ClockGetTime, "@parsed(clk_id, /)", "The time of a clock, in seconds."},
    {"clock_gettime_ns", ClockGetTimeNs, "(clk_id, /)", "The time of a clock, in nanoseconds."},
    {"clock_getres", ClockGetRes, "@parsed(clk_id, /)", "The resolution of a clock, in seconds."},
    {"clock_settime", ClockSetTime, "@parsed(clk_id, time, /)", "Set a clock, in seconds."},
    {"clock_settime_ns", ClockSetTimeNs, "@parsed(clk_id, time, /)",
     "Set a clock, in nanoseconds."},
    {"pthread_getcpuclockid", PthreadGetCpuClockId, "(thread_id, /)",
     "The clock of a thread's CPU time, for clock_gettime()."},
    {"get_clock_info", GetClockInfo, "@parsed(name, /)", "What stands behind one of the clocks."},
    {}};

}  // namespace

Status InitTimeModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddFunctions(thread, module, kFunctions));
  const struct {
    const char* name;
    int value;
  } clocks[] = {{"CLOCK_REALTIME", CLOCK_REALTIME},
                {"CLOCK_MONOTONIC", CLOCK_MONOTONIC},
                {"CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW},
                {"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID},
                {"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID},
                {"CLOCK_BOOTTIME", CLOCK_BOOTTIME},
                {"CLOCK_TAI", CLOCK_TAI}};
  for (const auto& clock : clocks)
    GILA_TRY_VOID(AddValue(thread, module, clock.name, Value::SmallInt(clock.value)));
  return AddCalendar(thread, module);
}

}  // namespace gila

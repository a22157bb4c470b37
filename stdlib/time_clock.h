// time_clock.h: durations and moments as arguments, in nanoseconds. Shared by whoever waits.
#ifndef GILA_STDLIB_TIME_CLOCK_H_
#define GILA_STDLIB_TIME_CLOCK_H_

#include <cstdint>

#include "runtime/native.h"

namespace gila {

inline constexpr int64_t kNanosecondsPerSecond = 1000000000;

enum class RoundTime { kFloor, kCeiling, kAwayFromZero };
// Seconds (or other units of so many nanoseconds), an int or a float, as nanoseconds. ValueError
// for NaN, OverflowError for too many. Timeouts are rounded away from zero: a tiny one still is
// one.
Result<int64_t> ToNanoseconds(Thread& thread, Value number, RoundTime round,
                              int64_t unit = kNanosecondsPerSecond) GILA_ATTACHED;
// A microsecond that is begun counts.
inline int64_t ToMicroseconds(int64_t nanoseconds) {
  return nanoseconds / 1000 + (nanoseconds % 1000 > 0 ? 1 : 0);
}
// Nanoseconds as the float of seconds that CPython makes of them.
double SecondsFromNanoseconds(int64_t nanoseconds);
// Of a clock that exists.
int64_t ReadClock(int clock);

// struct_time, strftime and friends (time_calendar.cc).
Status AddCalendar(Thread& thread, Module* module) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_TIME_CLOCK_H_

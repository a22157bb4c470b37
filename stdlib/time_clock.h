// time_clock.h: durations and moments as arguments, in nanoseconds. Shared by whoever waits.
#ifndef GILA_STDLIB_TIME_CLOCK_H_
#define GILA_STDLIB_TIME_CLOCK_H_

#include <cstdint>

#include "runtime/native.h"

namespace gila {

inline constexpr int64_t kNanosecondsPerSecond = 1000000000;

enum class RoundTime { kFloor, kCeiling };
// Seconds (an int or a float) as nanoseconds. ValueError for NaN, OverflowError for too many.
Result<int64_t> ToNanoseconds(Thread& thread, Value seconds, RoundTime round) GILA_ATTACHED;
// Nanoseconds as the float of seconds that CPython makes of them.
double SecondsFromNanoseconds(int64_t nanoseconds);
// Of a clock that exists.
int64_t ReadClock(int clock);

// struct_time, strftime and friends (time_calendar.cc).
Status AddCalendar(Thread& thread, Module* module) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_TIME_CLOCK_H_

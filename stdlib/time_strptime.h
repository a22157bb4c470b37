// time_strptime.h: reading a moment from text by a format, for time.strptime and datetime.
#ifndef GILA_STDLIB_TIME_STRPTIME_H_
#define GILA_STDLIB_TIME_STRPTIME_H_

#include <optional>
#include <string>

#include "runtime/types/str.h"

namespace gila {

struct ParsedTime {
  int year = 1900, month = 1, day = 1;
  int hour = 0, minute = 0, second = 0;
  int microsecond = 0;
  int weekday = 0;  // Monday is 0
  int year_day = 1;
  int daylight = -1;
  std::optional<std::string> zone;    // as written
  std::optional<int> offset_seconds;  // of %z, east of Greenwich
  int offset_microseconds = 0;
};

// ValueError "time data 'x' does not match format '%Y'" and the like. English names, as in the C
// locale.
Result<ParsedTime> ParseTime(Thread& thread, Str* text, Str* format) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_TIME_STRPTIME_H_

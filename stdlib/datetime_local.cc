// datetime_local.cc: local time. The C library says what the clock shows at a moment; the way back
// is found by trying (PEP 495): a clock that jumps shows some times twice and some never.
#include "stdlib/datetime_local.h"

#include <cmath>
#include <ctime>

#include "runtime/protocols.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"

namespace gila {

int64_t SecondsOf(DateFields date, TimeFields time) {
  return (ToOrdinal(date) - kEpochOrdinal) * kDaySeconds + time.hour * int64_t{3600} +
         time.minute * 60 + time.second;
}

Result<int64_t> LocalClock(Thread& thread, int64_t utc) {
  const time_t moment = utc;
  tm fields;
  if (localtime_r(&moment, &fields) == nullptr) return thread.RaiseOsError(errno);
  const int64_t year = int64_t{fields.tm_year} + 1900;
  if (year < 1 || year > kMaxYear)
    return thread.RaiseValueError("year %lld is out of range", static_cast<long long>(year));
  return SecondsOf({static_cast<int>(year), fields.tm_mon + 1, fields.tm_mday},
                   {fields.tm_hour, fields.tm_min, std::min(fields.tm_sec, 59), 0});
}

Result<int64_t> UtcOfLocal(Thread& thread, int64_t local, int fold) {
  GILA_TRY(const int64_t shown, LocalClock(thread, local));
  const int64_t offset = shown - local;
  const int64_t first = local - offset;
  GILA_TRY(const int64_t at_first, LocalClock(thread, first));
  int64_t other;
  if (at_first == local) {
    // One solution. Another may lie a day away, where the offset differs.
    const int64_t probe = first + (fold ? kDaySeconds : -kDaySeconds);
    GILA_TRY(const int64_t at_probe, LocalClock(thread, probe));
    other = at_probe - probe;
    if (other == offset) return first;
  } else {
    other = at_first - first;
  }
  const int64_t second = local - other;
  GILA_TRY(const int64_t at_second, LocalClock(thread, second));
  if (at_second == local)
    return at_first == local ? (fold ? std::max(first, second) : std::min(first, second)) : second;
  if (at_first == local) return first;
  // The clock never shows it: with fold the offset from before the gap counts.
  return fold ? std::min(first, second) : std::max(first, second);
}

Result<int> FoldAt(Thread& thread, int64_t utc) {
  if (utc < kDaySeconds - (kEpochOrdinal - 1) * kDaySeconds) return 0;
  GILA_TRY(const int64_t now, LocalClock(thread, utc));
  GILA_TRY(const int64_t before, LocalClock(thread, utc - kDaySeconds));
  const int64_t jump = now - before - kDaySeconds;
  if (jump >= 0) return 0;
  GILA_TRY(const int64_t earlier, LocalClock(thread, utc + jump));
  return earlier == now ? 1 : 0;
}

Result<Value> LocalZoneAt(Thread& thread, int64_t utc) {
  const time_t moment = utc;
  tm fields;
  if (localtime_r(&moment, &fields) == nullptr) return thread.RaiseOsError(errno);
  GILA_TRY(const Value offset, NewDelta(thread, static_cast<__int128>(fields.tm_gmtoff) * kMicros));
  GILA_TRY(Str* const name, NewStr(thread, fields.tm_zone == nullptr ? "" : fields.tm_zone));
  return Call(thread, timezone_type, {offset, name});
}

Result<Timestamp> ToTimestamp(Thread& thread, Value v) {
  if (IsFloat(v)) {
    const double d = FloatValue(v);
    if (std::isnan(d)) return thread.RaiseValueError("Invalid value NaN (not a number)");
    double whole;
    const double fraction = std::modf(d, &whole);
    double micros = std::nearbyint(fraction * 1e6);
    if (micros >= 1e6) {
      micros -= 1e6;
      whole += 1;
    } else if (micros < 0) {
      micros += 1e6;
      whole -= 1;
      if (micros >= 1e6) {
        micros -= 1e6;
        whole += 1;
      }
    }
    if (!(whole >= -0x1p63 && whole < 0x1p63))
      return thread.Raise(TypeId::kOverflowError, "timestamp out of range for platform time_t");
    return Timestamp{static_cast<int64_t>(whole), static_cast<int>(micros)};
  }
  GILA_TRY(const Value index, Index(thread, v));
  int64_t seconds;
  if (!TryInt64(PlainInt(index), &seconds))
    return thread.Raise(TypeId::kOverflowError, "timestamp out of range for platform time_t");
  return Timestamp{seconds, 0};
}

}  // namespace gila

// datetime_internal.h: what the files of the native module _datetime share: the layouts, the
// proleptic Gregorian calendar, and the questions one asks a tzinfo.
#ifndef GILA_STDLIB_DATETIME_INTERNAL_H_
#define GILA_STDLIB_DATETIME_INTERNAL_H_

#include <optional>
#include <string>
#include <string_view>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/types/str.h"

namespace gila {

inline constexpr int64_t kMicros = 1000000, kDaySeconds = 86400, kDayMicros = kDaySeconds * kMicros;
inline constexpr int kMaxYear = 9999;
inline constexpr int64_t kMaxOrdinal = 3652059, kEpochOrdinal = 719163;

struct DateFields {
  int year = 1, month = 1, day = 1;
};
struct TimeFields {
  int hour = 0, minute = 0, second = 0, microsecond = 0;
};

// A date, a time or a datetime: which, is in Object::flags. Never changes once it is made.
enum MomentFlags : uint8_t { kHasDate = 1, kHasTime = 2 };
struct Moment : Object {
  int16_t year;
  uint8_t month, day, hour, minute, second, fold;
  int32_t microsecond;
  Atomic<int64_t> hash;  // -1 and 0: not computed yet
  Slot zone;             // tzinfo or None
  DateFields Date() const { return {year, month, day}; }
  TimeFields Time() const { return {hour, minute, second, microsecond}; }
};
struct Delta : Object {
  int32_t days, seconds, microseconds;
  __int128 Total() const {
    return (static_cast<__int128>(days) * kDaySeconds + seconds) * kMicros + microseconds;
  }
};
// datetime.timezone; an instance of a tzinfo written in the language has nothing of this.
struct Zone : Object {
  Slot offset;  // Delta
  Slot name;    // str or unbound
};

extern Type *date_type, *time_type, *datetime_type, *delta_type, *tzinfo_type, *timezone_type;
extern Value utc_zone;
extern uint8_t moment_kind, delta_kind, zone_kind;

inline bool IsMoment(Value v, uint8_t flags) {
  return v.IsPointer() && v.AsObject()->kind == moment_kind && v.AsObject()->flags == flags;
}
inline bool IsDateTime(Value v) { return IsMoment(v, kHasDate | kHasTime); }
// A date, which may be a datetime.
inline bool IsAnyDate(Value v) {
  return v.IsPointer() && v.AsObject()->kind == moment_kind && (v.AsObject()->flags & kHasDate);
}
inline bool IsTimeOfDay(Value v) { return IsMoment(v, kHasTime); }
inline bool IsDelta(Value v) { return v.IsPointer() && v.AsObject()->kind == delta_kind; }
inline bool IsZone(Value v) { return IsSubtype(TypeOf(v), tzinfo_type); }

// --- calendar (datetime_calendar.cc) ---
bool IsLeap(int year);
int DaysInMonth(int year, int month);
int DayOfYear(DateFields date);  // from 1
int64_t ToOrdinal(DateFields date);
DateFields FromOrdinal(int64_t ordinal);
inline int Weekday(DateFields date) { return static_cast<int>((ToOrdinal(date) + 6) % 7); }
// The ISO year, week and weekday (from 1).
struct IsoDate {
  int year, week, weekday;
};
IsoDate ToIsoDate(DateFields date);
Result<DateFields> FromIsoDate(Thread& thread, int64_t year, int64_t week,
                               int64_t weekday) GILA_ATTACHED;
std::string DateText(DateFields date);
Status CheckDate(Thread& thread, DateFields date) GILA_ATTACHED;
Status CheckTime(Thread& thread, TimeFields time, int fold) GILA_ATTACHED;
// Reading ISO 8601 text. False when it is none; values are not yet checked.
struct IsoTime {
  TimeFields time;
  bool has_offset = false;
  bool is_utc = false;  // written Z
  int64_t offset_micros = 0;
};
bool ReadIsoDate(Thread& thread, std::string_view text, DateFields* date,
                 bool* failed) GILA_ATTACHED;
bool ReadIsoTime(std::string_view text, IsoTime* out);
// How many characters at the front are the date.
size_t IsoDateLength(std::string_view text);

// --- arguments (datetime_calendar.cc) ---
Result<int> IntField(Thread& thread, Value v, int fallback) GILA_ATTACHED;
Status CheckZone(Thread& thread, Value zone) GILA_ATTACHED;  // TypeError unless None or a tzinfo
Failed RaiseDateRange(Thread& thread) GILA_ATTACHED;
Failed RaiseIsoString(Thread& thread, Value text) GILA_ATTACHED;
std::string OffsetText(int64_t micros, const char* separator);

// --- making (datetime_module.cc) ---
// Of exactly the type when it is one of ours; for a subclass, `type(...)` is called.
Result<Value> NewDate(Thread& thread, Type* type, DateFields date) GILA_ATTACHED;
Result<Value> NewTimeOfDay(Thread& thread, Type* type, TimeFields time, Value zone,
                           int fold) GILA_ATTACHED;
Result<Value> NewDateTime(Thread& thread, Type* type, DateFields date, TimeFields time, Value zone,
                          int fold) GILA_ATTACHED;
Result<Value> NewDelta(Thread& thread, __int128 microseconds) GILA_ATTACHED;
// Allocates and fills without calling anybody.
Result<Value> FillMoment(Thread& thread, Type* type, uint8_t flags, DateFields date,
                         TimeFields time, Value zone, int fold) GILA_ATTACHED;

// --- zones (datetime_zone.cc) ---
// utcoffset() or dst() of `zone` for `moment` (or None), in microseconds; nothing when it says
// None.
Result<std::optional<int64_t>> AskOffset(Thread& thread, Value zone, const char* method,
                                         Value moment) GILA_ATTACHED;
// The same of a moment's own zone.
Result<std::optional<int64_t>> OffsetOf(Thread& thread, Value moment) GILA_ATTACHED;
Result<Value> ZoneName(Thread& thread, Value zone, Value moment) GILA_ATTACHED;
Result<Value> NewZone(Thread& thread, int64_t offset_micros) GILA_ATTACHED;  // utc for 0

// --- text (datetime_format.cc) ---
Result<Value> FormatMoment(Thread& thread, Value moment, Str* format) GILA_ATTACHED;
Result<Value> TimeTuple(Thread& thread, DateFields date, TimeFields time,
                        int daylight) GILA_ATTACHED;
Result<std::string> TimeText(Thread& thread, TimeFields time, Value timespec) GILA_ATTACHED;

Status AddDeltaType(Thread& thread, Module* module) GILA_ATTACHED;
Status AddZoneTypes(Thread& thread, Module* module) GILA_ATTACHED;
Status AddDateType(Thread& thread, Module* module) GILA_ATTACHED;
Status AddTimeType(Thread& thread, Module* module) GILA_ATTACHED;
Status AddDateTimeType(Thread& thread, Module* module) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_DATETIME_INTERNAL_H_

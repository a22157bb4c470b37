// time_calendar.cc: the calendar half of the time module: struct_time, and the way between moments,
// fields and text. The C library knows the zones; its functions that share state (tzset) are called
// attached.
#include <cerrno>
#include <climits>
#include <cmath>
#include <ctime>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"
#include "stdlib/time_clock.h"
#include "stdlib/time_strptime.h"

namespace gila {

namespace {

constexpr const char* kFields[] = {"tm_year",  "tm_mon",  "tm_mday",   "tm_hour",
                                   "tm_min",   "tm_sec",  "tm_wday",   "tm_yday",
                                   "tm_isdst", "tm_zone", "tm_gmtoff", nullptr};
constexpr StructSequenceSpec kStructTime = {
    "time.struct_time",
    "A moment as nine numbers: year, month, day, hour, minute, second, day of the week (Monday is\n"
    "0), day of the year, and whether daylight saving time holds; with the zone by name only.",
    kFields, 9};
Type* struct_time = nullptr;
Module* time_module = nullptr;

// The C library counts years from 1900, months from 0 and weekdays from Sunday.
Result<Value> FromTm(Thread& thread, const tm& t) {
  GILA_TRY(Str * zone, NewStr(thread, t.tm_zone == nullptr ? "" : t.tm_zone));
  const Value values[] = {Value::SmallInt(int64_t{t.tm_year} + 1900),
                          Value::SmallInt(t.tm_mon + 1),
                          Value::SmallInt(t.tm_mday),
                          Value::SmallInt(t.tm_hour),
                          Value::SmallInt(t.tm_min),
                          Value::SmallInt(t.tm_sec),
                          Value::SmallInt((t.tm_wday + 6) % 7),
                          Value::SmallInt(t.tm_yday + 1),
                          Value::SmallInt(t.tm_isdst),
                          zone,
                          Value::SmallInt(t.tm_gmtoff)};
  return NewStructSequence(thread, struct_time, values);
}

// Seconds since 1970, rounded down; now when not given.
Result<time_t> MomentArgument(Thread& thread, Value v) {
  if (v.IsUnbound() || v.IsNone()) return std::time(nullptr);
  if (IsFloat(v)) {
    const double d = std::floor(FloatValue(v));
    if (std::isnan(d)) return thread.RaiseValueError("Invalid value NaN (not a number)");
    if (!(d >= -0x1p63 && d < 0x1p63))
      return thread.Raise(TypeId::kOverflowError, "timestamp out of range for platform time_t");
    return static_cast<time_t>(d);
  }
  GILA_TRY(const Value index, Index(thread, v));
  int64_t seconds;
  if (!TryInt64(index, &seconds))
    return thread.Raise(TypeId::kOverflowError, "timestamp out of range for platform time_t");
  return seconds;
}

using BreakDown = tm* (*)(const time_t*, tm*);
Result<tm> TmAt(Thread& thread, Value moment, BreakDown break_down) {
  GILA_TRY(const time_t seconds, MomentArgument(thread, moment));
  tm t{};
  errno = 0;
  if (break_down(&seconds, &t) == nullptr) return thread.RaiseOsError(errno == 0 ? EINVAL : errno);
  return t;
}

Result<Value> LocalTime(Thread& thread, Args args) {
  GILA_TRY(const tm t, TmAt(thread, args[0], localtime_r));
  return FromTm(thread, t);
}
Result<Value> GmTime(Thread& thread, Args args) {
  GILA_TRY(const tm t, TmAt(thread, args[0], gmtime_r));
  return FromTm(thread, t);
}

// --- fields as arguments ---

struct Fields {
  tm t{};
  std::string zone;  // what t.tm_zone points to
};

Result<int> FieldInt(Thread& thread, Value v) {
  GILA_TRY(const Value index, Index(thread, v));
  int64_t number;
  if (!TryInt64(index, &number) || number > INT_MAX)
    return thread.Raise(TypeId::kOverflowError, "signed integer is greater than maximum");
  if (number < INT_MIN)
    return thread.Raise(TypeId::kOverflowError, "signed integer is less than minimum");
  return static_cast<int>(number);
}

Status ToTm(Thread& thread, Value v, const char* function, Fields* out) {
  if (!IsTuple(v)) return thread.RaiseTypeError("Tuple or struct_time argument required");
  const auto* tuple = v.As<Tuple>();
  if (tuple->length != 9)
    return thread.RaiseTypeError("%s(): illegal time tuple argument", function);
  int numbers[9];
  for (int i = 0; i < 9; ++i) {
    GILA_TRY(numbers[i], FieldInt(thread, tuple->At(i)));
  }
  if (numbers[0] < INT_MIN + 1900) return thread.Raise(TypeId::kOverflowError, "year out of range");
  tm& t = out->t;
  t.tm_year = numbers[0] - 1900;
  t.tm_mon = numbers[1] - 1;
  t.tm_mday = numbers[2];
  t.tm_hour = numbers[3];
  t.tm_min = numbers[4];
  t.tm_sec = numbers[5];
  t.tm_wday = (numbers[6] + 1) % 7;
  t.tm_yday = numbers[7] - 1;
  t.tm_isdst = numbers[8];
  if (TypeOf(v) != struct_time) return kOk;
  GILA_TRY(const Value zone, GetAttr(thread, v, Intern(thread, "tm_zone")));
  if (IsStr(zone)) {
    out->zone = ToUtf8(zone);
    t.tm_zone = out->zone.c_str();
  }
  GILA_TRY(const Value offset, GetAttr(thread, v, Intern(thread, "tm_gmtoff")));
  if (IsInt(offset)) {
    GILA_TRY(t.tm_gmtoff, ToInt64(thread, offset));
  }
  return kOk;
}

// What asctime and strftime refuse; zeros as month, day and day of the year are forgiven.
Status CheckTm(Thread& thread, tm* t) {
  if (t->tm_mon == -1) t->tm_mon = 0;
  if (t->tm_mday == 0) t->tm_mday = 1;
  if (t->tm_yday == -1) t->tm_yday = 0;
  if (t->tm_mon < 0 || t->tm_mon > 11) return thread.RaiseValueError("month out of range");
  if (t->tm_mday < 0 || t->tm_mday > 31) return thread.RaiseValueError("day of month out of range");
  if (t->tm_hour < 0 || t->tm_hour > 23) return thread.RaiseValueError("hour out of range");
  if (t->tm_min < 0 || t->tm_min > 59) return thread.RaiseValueError("minute out of range");
  if (t->tm_sec < 0 || t->tm_sec > 61) return thread.RaiseValueError("seconds out of range");
  if (t->tm_wday < 0) return thread.RaiseValueError("day of week out of range");
  if (t->tm_yday < 0 || t->tm_yday > 365) return thread.RaiseValueError("day of year out of range");
  return kOk;
}

// The fields of the argument, or the local time now.
Status TmArgument(Thread& thread, Value v, const char* function, Fields* out) {
  if (v.IsUnbound()) {
    GILA_TRY(out->t, TmAt(thread, kNone, localtime_r));
    return kOk;
  }
  GILA_TRY_VOID(ToTm(thread, v, function, out));
  return CheckTm(thread, &out->t);
}

// --- text ---

// One run of format text without NULs, through strftime.
std::string FormatRun(const std::string& format, const tm& t) {
  if (format.empty()) return {};
  std::string out(format.size() + 256, '\0');
  while (true) {
    const size_t used = strftime(out.data(), out.size(), format.c_str(), &t);
    // An empty result ("%p" in some locales) looks like a full buffer: give up when it is absurd.
    if (used > 0 || out.size() >= 256 * format.size() + 65536) {
      out.resize(used);
      return out;
    }
    out.resize(out.size() * 2);
  }
}

Result<Value> StrFTime(Thread& thread, Args args) {
  GILA_TRY(Str * format, ToStrArgument(thread, args[0], "strftime() argument 1"));
  Fields fields;
  GILA_TRY_VOID(TmArgument(thread, args[1], "strftime", &fields));
  // glibc takes -1, 0 and 1 only.
  if (fields.t.tm_isdst < -1) fields.t.tm_isdst = -1;
  if (fields.t.tm_isdst > 1) fields.t.tm_isdst = 1;
  const std::string text = ToUtf8(format);
  if (text.find('\0') != std::string::npos)
    return thread.RaiseValueError("embedded null character");
  return Result<Value>(NewStr(thread, FormatRun(text, fields.t)));
}

std::string AscTimeText(const tm& t) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return absl::StrFormat("%s %s%3d %.2d:%.2d:%.2d %d", kDays[t.tm_wday], kMonths[t.tm_mon],
                         t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, 1900 + int64_t{t.tm_year});
}
Result<Value> AscTime(Thread& thread, Args args) {
  Fields fields;
  GILA_TRY_VOID(TmArgument(thread, args[0], "asctime", &fields));
  return Result<Value>(NewStr(thread, AscTimeText(fields.t)));
}
Result<Value> CTime(Thread& thread, Args args) {
  GILA_TRY(const tm t, TmAt(thread, args[0], localtime_r));
  return Result<Value>(NewStr(thread, AscTimeText(t)));
}

Result<Value> MkTime(Thread& thread, Args args) {
  Fields fields;
  GILA_TRY_VOID(ToTm(thread, args[0], "mktime", &fields));
  fields.t.tm_wday = -1;  // stays so when mktime fails; -1 as its result may be right
  const time_t seconds = mktime(&fields.t);
  if (seconds == static_cast<time_t>(-1) && fields.t.tm_wday == -1)
    return thread.Raise(TypeId::kOverflowError, "mktime argument out of range");
  return NewFloat(thread, static_cast<double>(seconds));
}

Result<Value> StrPTime(Thread& thread, Args args) {
  GILA_TRY(Str * text, ToStrArgument(thread, args[0], "strptime() argument 0"));
  Str* format;
  if (args.Has(1)) {
    GILA_TRY(format, ToStrArgument(thread, args[1], "strptime() argument 1"));
  } else {
    GILA_TRY(format, NewStr(thread, "%a %b %d %H:%M:%S %Y"));
  }
  GILA_TRY(const ParsedTime time, ParseTime(thread, text, format));
  Value zone = kNone;
  if (time.zone) {
    GILA_TRY(zone, NewStr(thread, *time.zone));
  }
  const Value values[] = {Value::SmallInt(time.year),
                          Value::SmallInt(time.month),
                          Value::SmallInt(time.day),
                          Value::SmallInt(time.hour),
                          Value::SmallInt(time.minute),
                          Value::SmallInt(time.second),
                          Value::SmallInt(time.weekday),
                          Value::SmallInt(time.year_day),
                          Value::SmallInt(time.daylight),
                          zone,
                          time.offset_seconds ? Value::SmallInt(*time.offset_seconds) : kNone};
  return NewStructSequence(thread, struct_time, values);
}

// --- zones ---

// timezone, altzone, daylight, tzname: from January and July of the running year, which between
// them show both halves.
Status SetZoneConstants(Thread& thread, Module* module) {
  tzset();
  constexpr time_t kYear = (365 * 24 + 6) * 3600;
  const time_t now = std::time(nullptr);
  const time_t january = now / kYear * kYear, july = january + kYear / 2;
  tm winter{}, summer{};
  localtime_r(&january, &winter);
  localtime_r(&july, &summer);
  const int64_t winter_offset = -winter.tm_gmtoff, summer_offset = -summer.tm_gmtoff;
  // South of the equator July is winter.
  const bool north = summer_offset <= winter_offset;
  const int64_t standard = north ? winter_offset : summer_offset;
  const int64_t alternative = north ? summer_offset : winter_offset;
  GILA_TRY_VOID(AddValue(thread, module, "timezone", Value::SmallInt(standard)));
  GILA_TRY_VOID(AddValue(thread, module, "altzone", Value::SmallInt(alternative)));
  GILA_TRY_VOID(
      AddValue(thread, module, "daylight", Value::SmallInt(winter_offset != summer_offset)));
  GILA_TRY(Str * winter_name, NewStr(thread, winter.tm_zone));
  GILA_TRY(Str * summer_name, NewStr(thread, summer.tm_zone));
  const Value names[] = {north ? winter_name : summer_name, north ? summer_name : winter_name};
  GILA_TRY(Tuple * tzname, NewTuple(thread, names));
  return AddValue(thread, module, "tzname", tzname);
}

Result<Value> TzSet(Thread& thread, Args) {
  GILA_TRY_VOID(SetZoneConstants(thread, time_module));
  return kNone;
}

constexpr NativeDef kFunctions[] = {
    {"localtime", LocalTime, "@parsed(seconds=None, /)",
     "The moment as struct_time, in the local zone."},
    {"gmtime", GmTime, "@parsed(seconds=None, /)", "The moment as struct_time, in UTC."},
    {"mktime", MkTime, "(tuple, /)", "The moment of local fields, in seconds since 1970."},
    {"strftime", StrFTime, "@parsed(format, tuple=None, /)", "The fields as text."},
    {"strptime", StrPTime, "(string, format=None, /)", "The fields that the text spells."},
    {"asctime", AscTime, "(tuple=None, /)", "The fields as 'Sat Jun 06 16:26:11 1998'."},
    {"ctime", CTime, "@parsed(seconds=None, /)", "The local time as asctime shows it."},
    {"tzset", TzSet, "()", "Read the TZ environment variable again."},
    {}};

}  // namespace

Status AddCalendar(Thread& thread, Module* module) {
  time_module = module;
  heap::AddRoot(reinterpret_cast<Object**>(&time_module));
  GILA_TRY(struct_time, NewStructSequenceType(thread, kStructTime));
  heap::AddRoot(reinterpret_cast<Object**>(&struct_time));
  GILA_TRY_VOID(AddValue(thread, module, "struct_time", struct_time));
  GILA_TRY_VOID(AddFunctions(thread, module, kFunctions));
  GILA_TRY_VOID(AddValue(thread, module, "_STRUCT_TM_ITEMS", Value::SmallInt(11)));
  return SetZoneConstants(thread, module);
}

}  // namespace gila

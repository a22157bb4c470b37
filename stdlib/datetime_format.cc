// datetime_format.cc: moments as text: isoformat's clock, strftime, and struct_time.
#include <cstdio>

#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/types/sequence.h"
#include "stdlib/datetime_internal.h"

namespace gila {

namespace {

Result<Value> FromTimeModule(Thread& thread, const char* name) {
  GILA_TRY(const Value module, ImportModule(thread, "time"));
  return GetAttr(thread, module, Intern(thread, name));
}

Result<Tuple*> NineFields(Thread& thread, DateFields date, TimeFields time, int daylight) {
  const Value parts[] = {Value::SmallInt(date.year),     Value::SmallInt(date.month),
                         Value::SmallInt(date.day),      Value::SmallInt(time.hour),
                         Value::SmallInt(time.minute),   Value::SmallInt(time.second),
                         Value::SmallInt(Weekday(date)), Value::SmallInt(DayOfYear(date)),
                         Value::SmallInt(daylight)};
  return NewTuple(thread, parts);
}

// dst() as struct_time has it: -1 for "not known".
Result<int> Daylight(Thread& thread, Value moment) {
  if (!IsDateTime(moment)) return -1;
  GILA_TRY(const std::optional<int64_t> daylight,
           AskOffset(thread, moment.As<Moment>()->zone.Load(), "dst", moment));
  return !daylight ? -1 : *daylight != 0 ? 1 : 0;
}

// What %z, %Z and %f stand for; the C library knows the others.
struct Directives {
  Thread& thread;
  Value moment;

  Result<std::string> Replace(char letter) {
    const auto* const self = moment.As<Moment>();
    const bool has_time = self->flags & kHasTime;
    if (letter == 'f') {
      char text[16];
      std::snprintf(text, sizeof text, "%06d", has_time ? self->microsecond : 0);
      return std::string(text);
    }
    if (!has_time || self->zone.Load().IsNone()) return std::string();
    if (letter == 'z') {
      GILA_TRY(const std::optional<int64_t> offset, OffsetOf(thread, moment));
      return offset ? OffsetText(*offset, "") : std::string();
    }
    GILA_TRY(const Value name,
             ZoneName(thread, self->zone.Load(), IsDateTime(moment) ? moment : kNone));
    if (name.IsNone()) return std::string();
    // It goes through strftime once more.
    std::string escaped;
    for (const char c : ToUtf8(name)) {
      escaped += c;
      if (c == '%') escaped += c;
    }
    return escaped;
  }

  Result<std::string> Run(std::string_view format) {
    std::string out;
    for (size_t i = 0; i < format.size(); ++i) {
      if (format[i] != '%' || i + 1 == format.size()) {
        out += format[i];
        continue;
      }
      const char letter = format[++i];
      if (letter == 'z' || letter == 'Z' || letter == 'f') {
        GILA_TRY(const std::string text, Replace(letter));
        out += text;
      } else {
        out += '%';
        out += letter;
      }
    }
    return out;
  }
};

}  // namespace

Result<Value> TimeTuple(Thread& thread, DateFields date, TimeFields time, int daylight) {
  GILA_TRY(const Value type, FromTimeModule(thread, "struct_time"));
  GILA_TRY(Tuple* const fields, NineFields(thread, date, time, daylight));
  return Call(thread, type, {fields});
}

Result<Value> FormatMoment(Thread& thread, Value moment, Str* format) {
  const auto* const self = moment.As<Moment>();
  const DateFields date = self->flags & kHasDate ? self->Date() : DateFields{1900, 1, 1};
  GILA_TRY(const int daylight, Daylight(thread, moment));
  GILA_TRY(const std::string replaced, (Directives{thread, moment}.Run(ToUtf8(format))));
  GILA_TRY(Str* const text, NewStr(thread, replaced));
  GILA_TRY(
      Tuple* const fields,
      NineFields(thread, date, self->flags & kHasTime ? self->Time() : TimeFields(), daylight));
  GILA_TRY(const Value strftime, FromTimeModule(thread, "strftime"));
  return Call(thread, strftime, {text, fields});
}

Result<std::string> TimeText(Thread& thread, TimeFields time, Value timespec) {
  static constexpr const char* kSpecs[] = {"auto",    "hours",        "minutes",
                                           "seconds", "milliseconds", "microseconds"};
  int which = 0;
  if (!timespec.IsUnbound()) {
    if (!IsStr(timespec)) {
      const std::string type(TypeNameOf(timespec));
      return thread.RaiseTypeError("isoformat() argument 'timespec' must be str, not %s",
                                   type.c_str());
    }
    for (which = 0; which < 6 && !StrEquals(timespec.As<Str>(), kSpecs[which]);) ++which;
    if (which == 6) return thread.RaiseValueError("Unknown timespec value");
  }
  if (which == 0) which = time.microsecond != 0 ? 5 : 3;
  char text[48];
  int size = std::snprintf(text, sizeof text, "%02d:%02d:%02d.%06d", time.hour, time.minute,
                           time.second, time.microsecond);
  static constexpr int kLengths[] = {0, 2, 5, 8, 12, 15};
  size = kLengths[which];
  return std::string(text, static_cast<size_t>(size));
}

}  // namespace gila

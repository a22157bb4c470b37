// datetime_calendar.cc: the proleptic Gregorian calendar, ISO weeks, ISO 8601 text, and checks of
// fields.
#include <cstdio>

#include "runtime/protocols.h"
#include "runtime/types/int.h"
#include "stdlib/datetime_internal.h"

namespace gila {

bool IsLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysInMonth(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays[month - 1] + (month == 2 && IsLeap(year));
}

namespace {

// Days before January 1st of the year.
int64_t DaysBefore(int64_t year) {
  const int64_t y = year - 1;
  return y * 365 + y / 4 - y / 100 + y / 400;
}

}  // namespace

int DayOfYear(DateFields date) {
  static constexpr int kBefore[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  return kBefore[date.month - 1] + date.day + (date.month > 2 && IsLeap(date.year));
}

int64_t ToOrdinal(DateFields date) { return DaysBefore(date.year) + DayOfYear(date); }

// Counts from March 1st of year 0, so that the leap day is the last of its year.
DateFields FromOrdinal(int64_t ordinal) {
  const int64_t days = ordinal + 305;
  const int64_t era = days / 146097, of_era = days % 146097;
  const int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t shifted = (5 * of_year + 2) / 153;  // 0 is March
  const auto day = static_cast<int>(of_year - (153 * shifted + 2) / 5 + 1);
  const auto month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  return {static_cast<int>(era * 400 + year_of_era + (month <= 2)), month, day};
}

namespace {

// The ordinal of the Monday that begins week 1.
int64_t FirstMonday(int64_t year) {
  const int64_t first = DaysBefore(year) + 1;
  const int64_t weekday = (first + 6) % 7;
  return first - weekday + (weekday > 3 ? 7 : 0);
}

}  // namespace

IsoDate ToIsoDate(DateFields date) {
  const int64_t ordinal = ToOrdinal(date);
  int year = date.year;
  if (ordinal < FirstMonday(year)) {
    --year;
  } else if (ordinal >= FirstMonday(year + 1)) {
    ++year;
  }
  const int64_t days = ordinal - FirstMonday(year);
  return {year, static_cast<int>(days / 7 + 1), static_cast<int>(days % 7 + 1)};
}

Result<DateFields> FromIsoDate(Thread& thread, int64_t year, int64_t week, int64_t weekday) {
  const auto show = [](int64_t i) { return static_cast<long long>(i); };
  if (year < 1 || year > kMaxYear)
    return thread.RaiseValueError("Year is out of range: %lld", show(year));
  const int64_t weeks = (FirstMonday(year + 1) - FirstMonday(year)) / 7;
  if (week < 1 || week > weeks) return thread.RaiseValueError("Invalid week: %lld", show(week));
  if (weekday < 1 || weekday > 7)
    return thread.RaiseValueError("Invalid day: %lld (range is [1, 7])", show(weekday));
  const int64_t ordinal = FirstMonday(year) + (week - 1) * 7 + weekday - 1;
  if (ordinal < 1 || ordinal > kMaxOrdinal)
    return thread.RaiseValueError("year %d is out of range", ordinal < 1 ? 0 : kMaxYear + 1);
  return FromOrdinal(ordinal);
}

std::string DateText(DateFields date) {
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
  return text;
}

Status CheckDate(Thread& thread, DateFields date) {
  if (date.year < 1 || date.year > kMaxYear)
    return thread.RaiseValueError("year %d is out of range", date.year);
  if (date.month < 1 || date.month > 12) return thread.RaiseValueError("month must be in 1..12");
  if (date.day < 1 || date.day > DaysInMonth(date.year, date.month))
    return thread.RaiseValueError("day is out of range for month");
  return kOk;
}

Status CheckTime(Thread& thread, TimeFields time, int fold) {
  if (time.hour < 0 || time.hour > 23) return thread.RaiseValueError("hour must be in 0..23");
  if (time.minute < 0 || time.minute > 59) return thread.RaiseValueError("minute must be in 0..59");
  if (time.second < 0 || time.second > 59) return thread.RaiseValueError("second must be in 0..59");
  if (time.microsecond < 0 || time.microsecond > 999999)
    return thread.RaiseValueError("microsecond must be in 0..999999");
  if (fold != 0 && fold != 1) return thread.RaiseValueError("fold must be either 0 or 1");
  return kOk;
}

// --- ISO 8601 ---

namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Takes `count` digits off the front.
bool TakeNumber(std::string_view* text, size_t count, int* number) {
  if (text->size() < count) return false;
  *number = 0;
  for (size_t i = 0; i < count; ++i) {
    if (!IsDigit((*text)[i])) return false;
    *number = *number * 10 + ((*text)[i] - '0');
  }
  text->remove_prefix(count);
  return true;
}

bool TakeCharacter(std::string_view* text, char c) {
  if (text->empty() || text->front() != c) return false;
  text->remove_prefix(1);
  return true;
}

// HH[:MM[:SS[.ffffff]]], with or without colons throughout.
bool ReadClock(std::string_view text, TimeFields* time) {
  if (!TakeNumber(&text, 2, &time->hour)) return false;
  if (text.empty()) return true;
  const bool colons = text.front() == ':';
  for (int* field : {&time->minute, &time->second}) {
    if (colons && !TakeCharacter(&text, ':')) return false;
    if (!TakeNumber(&text, 2, field)) return false;
    if (text.empty()) return true;
    if (field == &time->minute && colons && text.front() != ':') return false;
  }
  if (text.front() != '.' && text.front() != ',') return false;
  text.remove_prefix(1);
  if (text.empty()) return false;
  int scale = 100000;
  for (const char c : text) {
    if (!IsDigit(c)) return false;
    time->microsecond += (c - '0') * scale;
    scale /= 10;
  }
  return true;
}

}  // namespace

size_t IsoDateLength(std::string_view text) {
  if (text.size() == 7) return 7;
  if (text.size() > 4 && text[4] == '-') {
    if (text.size() > 5 && text[5] == 'W') {
      if (text.size() > 8 && text[8] == '-') {
        // YYYY-Www-D, unless what follows is the separator and a time of two digits.
        if (text.size() == 9) return std::string_view::npos;
        if (text.size() > 10 && IsDigit(text[10])) return 8;
        return 10;
      }
      return 8;
    }
    return 10;
  }
  if (text.size() > 4 && text[4] == 'W') {
    // YYYYWww or YYYYWwwD: an even number of digits behind the W belongs to the first with a
    // separator that is one.
    size_t i = 7;
    while (i < text.size() && IsDigit(text[i])) ++i;
    if (i < 9) return i;
    return i % 2 == 0 ? 7 : 8;
  }
  return 8;
}

bool ReadIsoDate(Thread& thread, std::string_view text, DateFields* date, bool* failed) {
  if (!TakeNumber(&text, 4, &date->year)) return false;
  const bool dashes = TakeCharacter(&text, '-');
  if (TakeCharacter(&text, 'W')) {
    int week, weekday = 1;
    if (!TakeNumber(&text, 2, &week)) return false;
    if (!text.empty()) {
      if (dashes && !TakeCharacter(&text, '-')) return false;
      if (!TakeNumber(&text, 1, &weekday) || !text.empty()) return false;
    }
    const Result<DateFields> found = FromIsoDate(thread, date->year, week, weekday);
    *failed = !found.ok();
    if (found.ok()) *date = found.value();
    return true;
  }
  if (!TakeNumber(&text, 2, &date->month)) return false;
  if (dashes && !TakeCharacter(&text, '-')) return false;
  return TakeNumber(&text, 2, &date->day) && text.empty();
}

bool ReadIsoTime(std::string_view text, IsoTime* out) {
  const size_t sign = text.find_first_of("+-Z");
  if (!ReadClock(text.substr(0, sign), &out->time)) return false;
  if (sign == std::string_view::npos) return true;
  const std::string_view rest = text.substr(sign + 1);
  out->has_offset = true;
  if (text[sign] == 'Z') {
    out->is_utc = true;
    return rest.empty();
  }
  TimeFields offset;
  if (!ReadClock(rest, &offset)) return false;
  out->offset_micros =
      ((offset.hour * int64_t{60} + offset.minute) * 60 + offset.second) * kMicros +
      offset.microsecond;
  if (text[sign] == '-') out->offset_micros = -out->offset_micros;
  out->is_utc = out->offset_micros == 0;
  return true;
}

// --- arguments ---

Result<int> IntField(Thread& thread, Value v, int fallback) {
  if (v.IsUnbound()) return fallback;
  int64_t number;
  if (v.IsSmallInt()) {
    number = v.AsSmallInt();
  } else {
    GILA_TRY(const Value index, Index(thread, v));
    if (!TryInt64(PlainInt(index), &number))
      return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C long");
  }
  if (number > INT32_MAX)
    return thread.Raise(TypeId::kOverflowError, "signed integer is greater than maximum");
  if (number < INT32_MIN)
    return thread.Raise(TypeId::kOverflowError, "signed integer is less than minimum");
  return static_cast<int>(number);
}

Status CheckZone(Thread& thread, Value zone) {
  if (zone.IsNone() || IsZone(zone)) return kOk;
  const std::string type(TypeNameOf(zone));
  return thread.RaiseTypeError(
      "tzinfo argument must be None or of a tzinfo subclass, not type '%s'", type.c_str());
}

Failed RaiseDateRange(Thread& thread) {
  return thread.Raise(TypeId::kOverflowError, "date value out of range");
}

Failed RaiseIsoString(Thread& thread, Value text) {
  const Result<Str*> shown = Repr(thread, text);
  if (!shown.ok()) return kFailed;
  return thread.Raise(TypeId::kValueError, "Invalid isoformat string: " + ToUtf8(shown.value()));
}

std::string OffsetText(int64_t micros, const char* separator) {
  const char sign = micros < 0 ? '-' : '+';
  if (micros < 0) micros = -micros;
  const auto part = [](int64_t i) { return static_cast<int>(i); };
  const int64_t seconds = micros / kMicros;
  char text[48];
  int size = std::snprintf(text, sizeof text, "%c%02d%s%02d", sign, part(seconds / 3600), separator,
                           part(seconds / 60 % 60));
  std::string out(text, static_cast<size_t>(size));
  if (micros % (60 * kMicros) == 0) return out;
  size = std::snprintf(text, sizeof text, "%s%02d", separator, part(seconds % 60));
  out.append(text, static_cast<size_t>(size));
  if (micros % kMicros == 0) return out;
  size = std::snprintf(text, sizeof text, ".%06d", part(micros % kMicros));
  return out.append(text, static_cast<size_t>(size));
}

}  // namespace gila

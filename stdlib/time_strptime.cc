// time_strptime.cc: see time_strptime.h. A directive may match in several ways ("%H" takes two
// digits or one), so matching tries the longest first and goes back when the rest of the format
// fails. Each directive may stand once, which bounds the depth; spaces and literals need no choice.
#include "stdlib/time_strptime.h"

#include <array>
#include <ctime>
#include <map>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "runtime/protocols.h"

namespace gila {

namespace {

constexpr const char* kDays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                 "friday", "saturday", "sunday"};
constexpr const char* kMonths[] = {"january",   "february", "march",    "april",
                                   "may",       "june",     "july",     "august",
                                   "september", "october",  "november", "december"};

// --- the calendar ---

bool IsLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
int DaysInMonth(int year, int month) {
  static constexpr int kDaysIn[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDaysIn[month - 1];
}
// Days from 1 January of year 1, which is day 1.
int64_t Ordinal(int year, int month, int day) {
  const int64_t y = year - 1;
  int64_t days = y * 365 + y / 4 - y / 100 + y / 400 + day;
  for (int m = 1; m < month; ++m) days += DaysInMonth(year, m);
  return days;
}
int WeekdayOf(int64_t ordinal) { return static_cast<int>((ordinal + 6) % 7); }

void SetDate(ParsedTime* time, int64_t ordinal) {
  int year = time->year;
  while (ordinal < Ordinal(year, 1, 1)) --year;
  while (ordinal >= Ordinal(year + 1, 1, 1)) ++year;
  int64_t left = ordinal - Ordinal(year, 1, 1);
  int month = 1;
  while (left >= DaysInMonth(year, month)) left -= DaysInMonth(year, month++);
  time->year = year;
  time->month = month;
  time->day = static_cast<int>(left) + 1;
}

// --- matching ---

// One step of the format: 0 is a literal, ' ' any spaces, else the letter of a directive.
struct Step {
  char directive;
  char literal;
};

using Lengths = absl::InlinedVector<size_t, 8>;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

int Number(std::string_view digits) {
  int number = 0;
  for (const char c : digits)
    if (IsDigit(c)) number = number * 10 + (c - '0');
  return number;
}

// Numbers of up to `digits` digits between `least` and `most`, the longest first. Leading zeros are
// allowed, but (for `least` 1) not nothing else.
Lengths NumberLengths(std::string_view text, int digits, int least, int most) {
  Lengths lengths;
  for (int length = digits; length >= 1; --length) {
    if (text.size() < static_cast<size_t>(length)) continue;
    const std::string_view part = text.substr(0, static_cast<size_t>(length));
    if (!std::all_of(part.begin(), part.end(), IsDigit)) continue;
    const int number = Number(part);
    if (number >= least && number <= most) lengths.push_back(static_cast<size_t>(length));
  }
  return lengths;
}
Lengths ExactDigits(std::string_view text, size_t digits) {
  const std::string_view part = text.substr(0, digits);
  if (part.size() < digits || !std::all_of(part.begin(), part.end(), IsDigit)) return {};
  return {digits};
}

Lengths NameLengths(std::string_view text, std::span<const char* const> names, size_t cut) {
  size_t best = 0;
  for (const std::string_view whole : names) {
    const std::string_view name = whole.substr(0, cut);
    if (text.size() >= name.size() && name.size() > best &&
        absl::AsciiStrToLower(std::string(text.substr(0, name.size()))) == name)
      best = name.size();
  }
  if (best == 0) return {};
  return {best};
}

// Z, or +hh:mm[:ss[.ffffff]] with or without colons.
Lengths OffsetLengths(std::string_view text) {
  if (!text.empty() && text[0] == 'Z') return {1};
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return {};
  const auto digits = [text](size_t at, bool sixty) {
    return at + 1 < text.size() && IsDigit(text[at]) && IsDigit(text[at + 1]) &&
           (!sixty || text[at] < '6');
  };
  if (!digits(1, false)) return {};
  size_t i = 3;
  if (i < text.size() && text[i] == ':') ++i;
  if (!digits(i, true)) return {};
  i += 2;
  Lengths lengths{i};
  const size_t colon = i < text.size() && text[i] == ':' ? 1 : 0;
  if (!digits(i + colon, true)) return lengths;
  i += colon + 2;
  lengths.insert(lengths.begin(), i);
  if (i + 1 < text.size() && text[i] == '.' && IsDigit(text[i + 1])) {
    size_t end = i + 1;
    while (end < text.size() && end < i + 7 && IsDigit(text[end])) ++end;
    lengths.insert(lengths.begin(), end);
  }
  return lengths;
}

Lengths ZoneLengths(std::string_view text) {
  tzset();
  const std::string first = absl::AsciiStrToLower(tzname[0]);
  const std::string second = absl::AsciiStrToLower(tzname[1]);
  const char* const names[] = {"utc", "gmt", first.c_str(), second.c_str()};
  return NameLengths(text, names, std::string::npos);
}

Lengths LengthsOf(char directive, std::string_view text) {
  switch (directive) {
    case 'a':
      return NameLengths(text, kDays, 3);
    case 'A':
      return NameLengths(text, kDays, std::string::npos);
    case 'b':
      return NameLengths(text, kMonths, 3);
    case 'B':
      return NameLengths(text, kMonths, std::string::npos);
    case 'p': {
      static constexpr const char* kHalves[] = {"am", "pm"};
      return NameLengths(text, kHalves, std::string::npos);
    }
    case 'd': {
      Lengths lengths = NumberLengths(text, 2, 1, 31);
      if (text.size() >= 2 && text[0] == ' ' && text[1] >= '1' && text[1] <= '9')
        lengths.push_back(2);
      return lengths;
    }
    case 'f':
      return NumberLengths(text, 6, 0, 999999);
    case 'H':
      return NumberLengths(text, 2, 0, 23);
    case 'I':
    case 'm':
      return NumberLengths(text, 2, 1, 12);
    case 'j':
      return NumberLengths(text, 3, 1, 366);
    case 'M':
      return NumberLengths(text, 2, 0, 59);
    case 'S':
      return NumberLengths(text, 2, 0, 61);
    case 'U':
    case 'W':
      return NumberLengths(text, 2, 0, 53);
    case 'V': {
      Lengths lengths = NumberLengths(text, 2, 1, 53);
      if (!text.empty() && text[0] == '0') lengths.push_back(1);
      return lengths;
    }
    case 'w':
      return NumberLengths(text, 1, 0, 6);
    case 'u':
      return NumberLengths(text, 1, 1, 7);
    case 'y':
      return ExactDigits(text, 2);
    case 'Y':
    case 'G':
      return ExactDigits(text, 4);
    case 'z':
      return OffsetLengths(text);
    default:
      return ZoneLengths(text);
  }
}

using Found = std::map<char, std::string_view>;

// True when the steps from `at` on match `text`; *rest is what is left of it then.
bool Match(std::span<const Step> steps, std::string_view text, Found* found,
           std::string_view* rest) {
  size_t i = 0;
  for (; i < steps.size(); ++i) {
    const Step step = steps[i];
    if (step.directive == 0) {
      if (text.empty() || absl::ascii_tolower(static_cast<unsigned char>(text[0])) !=
                              absl::ascii_tolower(static_cast<unsigned char>(step.literal)))
        return false;
      text.remove_prefix(1);
    } else if (step.directive == ' ') {
      if (text.empty() || !IsSpace(text[0])) return false;
      while (!text.empty() && IsSpace(text[0])) text.remove_prefix(1);
    } else {
      break;
    }
  }
  if (i == steps.size()) {
    *rest = text;
    return true;
  }
  for (const size_t length : LengthsOf(steps[i].directive, text)) {
    if (Match(steps.subspan(i + 1), text.substr(length), found, rest)) {
      (*found)[steps[i].directive] = text.substr(0, length);
      return true;
    }
  }
  return false;
}

// --- the format ---

Result<std::string> Shown(Thread& thread, Str* s) {
  GILA_TRY(Str * repr, Repr(thread, s));
  return ToUtf8(repr);
}

// Appends the steps of `format`. The names of compound directives are their own formats.
Status Compile(Thread& thread, std::string_view format, Str* whole, std::vector<Step>* steps,
               std::string* seen) {
  for (size_t i = 0; i < format.size(); ++i) {
    if (IsSpace(format[i])) {
      if (steps->empty() || steps->back().directive != ' ') steps->push_back({' ', ' '});
      continue;
    }
    if (format[i] != '%') {
      steps->push_back({0, format[i]});
      continue;
    }
    if (++i == format.size()) {
      GILA_TRY(const std::string shown, Shown(thread, whole));
      return thread.Raise(TypeId::kValueError, absl::StrCat("stray % in format ", shown));
    }
    const char letter = format[i];
    if (letter == '%') {
      steps->push_back({0, '%'});
      continue;
    }
    const char* compound = letter == 'c'   ? "%a %b %d %H:%M:%S %Y"
                           : letter == 'x' ? "%m/%d/%y"
                           : letter == 'X' ? "%H:%M:%S"
                                           : nullptr;
    if (compound != nullptr) {
      GILA_TRY_VOID(Compile(thread, compound, whole, steps, seen));
      continue;
    }
    if (!absl::StrContains("aAbBdfHIjmMpSUWVwuyYGzZ", absl::string_view(&letter, 1))) {
      GILA_TRY(const std::string shown, Shown(thread, whole));
      return thread.Raise(TypeId::kValueError,
                          absl::StrCat("'", absl::string_view(&letter, 1),
                                       "' is a bad directive in format ", shown));
    }
    if (seen->find(letter) != std::string::npos) {
      return thread.Raise(TypeId::kValueError, absl::StrCat("redefinition of group name '",
                                                            absl::string_view(&letter, 1), "'"));
    }
    seen->push_back(letter);
    steps->push_back({letter, 0});
  }
  return kOk;
}

// --- what was found ---

class Reader {
 public:
  Reader(Thread& thread, Found found) : thread_(thread), found_(std::move(found)) {}

  Result<ParsedTime> Read() {
    ReadClockFields();
    ReadDays();
    GILA_TRY_VOID(ReadOffset());
    ReadZone();
    GILA_TRY_VOID(CheckIso());
    const bool leap_day_without_year = !year_ && time_.month == 2 && time_.day == 29;
    time_.year = year_.value_or(leap_day_without_year ? 1904 : 1900);
    GILA_TRY_VOID(ResolveDate());
    if (leap_day_without_year) time_.year = 1900;
    return time_;
  }

 private:
  bool Has(char directive) const { return found_.count(directive) > 0; }
  int Get(char directive) const { return Number(found_.at(directive)); }
  int NameIndex(char directive, std::span<const char* const> names, size_t cut) const {
    const std::string text = absl::AsciiStrToLower(std::string(found_.at(directive)));
    for (size_t i = 0; i < names.size(); ++i)
      if (std::string_view(names[i]).substr(0, cut) == text) return static_cast<int>(i);
    return 0;
  }

  void ReadClockFields() {
    if (Has('H')) time_.hour = Get('H');
    if (Has('I')) {
      const bool afternoon = Has('p') && absl::ascii_tolower(found_.at('p')[0]) == 'p';
      time_.hour = Get('I') % 12 + (afternoon ? 12 : 0);
    }
    if (Has('M')) time_.minute = Get('M');
    if (Has('S')) time_.second = Get('S');
    if (Has('f')) {
      std::string digits(found_.at('f'));
      digits.resize(6, '0');
      time_.microsecond = Number(digits);
    }
  }

  void ReadDays() {
    if (Has('y')) year_ = Get('y') + (Get('y') <= 68 ? 2000 : 1900);
    if (Has('Y')) year_ = Get('Y');
    if (Has('G')) iso_year_ = Get('G');
    if (Has('m')) time_.month = Get('m');
    if (Has('B')) time_.month = NameIndex('B', kMonths, std::string::npos) + 1;
    if (Has('b')) time_.month = NameIndex('b', kMonths, 3) + 1;
    if (Has('d')) time_.day = Get('d');
    if (Has('A')) weekday_ = NameIndex('A', kDays, std::string::npos);
    if (Has('a')) weekday_ = NameIndex('a', kDays, 3);
    if (Has('w')) weekday_ = (Get('w') + 6) % 7;
    if (Has('u')) weekday_ = Get('u') - 1;
    if (Has('j')) year_day_ = Get('j');
    if (Has('U')) week_ = Get('U');
    if (Has('W')) week_ = Get('W');
    if (Has('V')) iso_week_ = Get('V');
  }

  Status ReadOffset() {
    if (!Has('z')) return kOk;
    std::string text(found_.at('z'));
    if (text == "Z") {
      time_.offset_seconds = 0;
      return kOk;
    }
    if (text[3] == ':') {
      text.erase(3, 1);
      if (text.size() > 5) {
        if (text[5] != ':')
          return thread_.RaiseValueError("Inconsistent use of : in %s",
                                         std::string(found_.at('z')).c_str());
        text.erase(5, 1);
      }
    }
    const std::string_view digits(text);
    int seconds = Number(digits.substr(1, 2)) * 3600 + Number(digits.substr(3, 2)) * 60;
    if (digits.size() > 5) seconds += Number(digits.substr(5, 2));
    int fraction = 0;
    if (digits.size() > 8) {
      std::string part(digits.substr(8));
      part.resize(6, '0');
      fraction = Number(part);
    }
    const int sign = text[0] == '-' ? -1 : 1;
    time_.offset_seconds = sign * seconds;
    time_.offset_microseconds = sign * fraction;
    return kOk;
  }

  void ReadZone() {
    if (!Has('Z')) return;
    time_.zone = std::string(found_.at('Z'));
    const std::string name = absl::AsciiStrToLower(*time_.zone);
    const std::string first = absl::AsciiStrToLower(tzname[0]);
    const std::string second = absl::AsciiStrToLower(tzname[1]);
    const bool universal = name == "utc" || name == "gmt";
    if (universal || name == first) {
      // A zone whose two halves have one name does not say which half is meant.
      if (first == second && daylight != 0 && !universal) return;
      time_.daylight = 0;
    } else if (name == second) {
      time_.daylight = 1;
    }
  }

  Status CheckIso() {
    if (iso_year_) {
      if (!iso_week_ || !weekday_)
        return thread_.RaiseValueError(
            "ISO year directive '%%G' must be used with the ISO week directive '%%V' and a "
            "weekday directive ('%%A', '%%a', '%%w', or '%%u').");
      if (year_day_)
        return thread_.RaiseValueError(
            "Day of the year directive '%%j' is not compatible with ISO year directive '%%G'. "
            "Use '%%Y' instead.");
    } else if (iso_week_) {
      if (!year_ || !weekday_)
        return thread_.RaiseValueError(
            "ISO week directive '%%V' must be used with the ISO year directive '%%G' and a "
            "weekday directive ('%%A', '%%a', '%%w', or '%%u').");
      return thread_.RaiseValueError(
          "ISO week directive '%%V' is incompatible with the year directive '%%Y'. Use the ISO "
          "year '%%G' instead.");
    }
    return kOk;
  }

  // The day of the year from the week and the weekday.
  int YearDayFromWeek() const {
    int first = WeekdayOf(Ordinal(time_.year, 1, 1)), day = *weekday_;
    if (!Has('W')) {
      first = (first + 1) % 7;  // weeks begin on Sunday
      day = (day + 1) % 7;
    }
    if (*week_ == 0) return 1 + day - first;
    return 1 + (7 - first) % 7 + 7 * (*week_ - 1) + day;
  }

  Status ResolveDate() {
    if (!year_day_ && weekday_) {
      if (week_) {
        year_day_ = YearDayFromWeek();
      } else if (iso_year_) {
        if (*iso_week_ < 1) return thread_.RaiseValueError("Invalid week: %d", *iso_week_);
        // Week 1 is the one with 4 January.
        const int64_t fourth = Ordinal(*iso_year_, 1, 4);
        const int64_t ordinal = fourth - WeekdayOf(fourth) + 7 * (*iso_week_ - 1) + *weekday_;
        time_.year = *iso_year_;
        SetDate(&time_, ordinal);
        year_day_ = static_cast<int>(ordinal - Ordinal(time_.year, 1, 1)) + 1;
      }
    }
    if (year_day_) {
      if (*year_day_ <= 0) *year_day_ += IsLeap(--time_.year) ? 366 : 365;
      SetDate(&time_, Ordinal(time_.year, 1, 1) + *year_day_ - 1);
    } else if (time_.year < 1 || time_.day > DaysInMonth(time_.year, time_.month)) {
      return time_.year < 1 ? thread_.RaiseValueError("year %d is out of range", time_.year)
                            : thread_.RaiseValueError("day is out of range for month");
    }
    const int64_t ordinal = Ordinal(time_.year, time_.month, time_.day);
    // A day of the year that was given stays, even beyond the end of the year.
    time_.year_day = year_day_.value_or(static_cast<int>(ordinal - Ordinal(time_.year, 1, 1)) + 1);
    time_.weekday = weekday_.value_or(WeekdayOf(ordinal));
    return kOk;
  }

  Thread& thread_;
  Found found_;
  ParsedTime time_;
  std::optional<int> year_, iso_year_, weekday_, year_day_, week_, iso_week_;
};

}  // namespace

Result<ParsedTime> ParseTime(Thread& thread, Str* text, Str* format) {
  const std::string subject = ToUtf8(text), pattern = ToUtf8(format);
  std::vector<Step> steps;
  std::string seen;
  GILA_TRY_VOID(Compile(thread, pattern, format, &steps, &seen));
  Found found;
  std::string_view rest;
  if (!Match(steps, subject, &found, &rest)) {
    GILA_TRY(const std::string shown, Shown(thread, text));
    GILA_TRY(const std::string shown_format, Shown(thread, format));
    return thread.Raise(TypeId::kValueError,
                        absl::StrCat("time data ", shown, " does not match format ", shown_format));
  }
  if (!rest.empty()) {
    return thread.Raise(TypeId::kValueError,
                        absl::StrCat("unconverted data remains: ", std::string(rest)));
  }
  return Reader(thread, std::move(found)).Read();
}

}  // namespace gila

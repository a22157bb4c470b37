// datetime_datetime.cc: datetime.datetime: a date and a time of day, with or without a zone.
#include <ctime>

#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/text/siphash.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/int_internal.h"
#include "runtime/types/sequence.h"
#include "stdlib/datetime_local.h"
#include "stdlib/time_strptime.h"

namespace gila {

extern const GetSetDef kClockGetSets[];

namespace {

Moment* Self(Args args) { return args[0].As<Moment>(); }
Type* ClassOf(Args args) { return args[0].As<Type>(); }

int64_t ClockMicros(TimeFields time) {
  return ((time.hour * int64_t{60} + time.minute) * 60 + time.second) * kMicros + time.microsecond;
}
// Microseconds from January 1st of year 1 on, by the moment's own clock.
int64_t NaiveMicros(const Moment* moment) {
  return (ToOrdinal(moment->Date()) - 1) * kDayMicros + ClockMicros(moment->Time());
}

// The time of day so many microseconds after midnight.
TimeFields ClockOf(int64_t micros) {
  const auto seconds = static_cast<int>(micros / kMicros);
  return {seconds / 3600, seconds / 60 % 60, seconds % 60, static_cast<int>(micros % kMicros)};
}

Result<Value> FromMicros(Thread& thread, Type* type, __int128 micros, Value zone, int fold) {
  if (micros < 0 || micros >= static_cast<__int128>(kMaxOrdinal) * kDayMicros)
    return RaiseDateRange(thread);
  const auto instant = static_cast<int64_t>(micros);
  return NewDateTime(thread, type, FromOrdinal(instant / kDayMicros + 1),
                     ClockOf(instant % kDayMicros), zone, fold);
}

// --- making ---

Result<Value> FromState(Thread& thread, Type* type, std::string_view state, Value zone) {
  const auto byte = [&](size_t i) { return static_cast<int>(static_cast<uint8_t>(state[i])); };
  const int fold = byte(2) >> 7;
  const DateFields date = {byte(0) * 256 + byte(1), byte(2) & 0x7f, byte(3)};
  const TimeFields time = {byte(4), byte(5), byte(6), byte(7) << 16 | byte(8) << 8 | byte(9)};
  if (!zone.IsNone() && !IsZone(zone)) return thread.RaiseTypeError("bad tzinfo state arg");
  GILA_TRY_VOID(CheckDate(thread, date));
  GILA_TRY_VOID(CheckTime(thread, time, fold));
  return FillMoment(thread, type, kHasDate | kHasTime, date, time, zone, fold);
}

Result<Value> DateTimeNew(Thread& thread, Args args) {
  Type* const type = ClassOf(args);
  if (args.Has(1) && !args.Has(3)) {
    std::string state;
    if (IsBytes(args[1])) state = std::string(args[1].As<Bytes>()->view());
    if (IsStr(args[1]) && args[1].As<Str>()->width_log2() == 0)
      state.assign(reinterpret_cast<const char*>(args[1].As<Str>()->data),
                   static_cast<size_t>(args[1].As<Str>()->length));
    const int month = state.size() == 10 ? state[2] & 0x7f : 0;
    if (month >= 1 && month <= 12) return FromState(thread, type, state, args.Or(2, kNone));
  }
  static constexpr const char* kNames[] = {"year", "month", "day"};
  int numbers[7];
  for (size_t i = 0; i < 7; ++i) {
    if (i < 3 && !args.Has(1 + i))
      return thread.RaiseTypeError("function missing required argument '%s' (pos %zu)", kNames[i],
                                   i + 1);
    GILA_TRY(numbers[i], IntField(thread, args[1 + i], 0));
  }
  const Value zone = args.Or(8, kNone);
  GILA_TRY(const int fold, IntField(thread, args[9], 0));
  const DateFields date = {numbers[0], numbers[1], numbers[2]};
  const TimeFields time = {numbers[3], numbers[4], numbers[5], numbers[6]};
  GILA_TRY_VOID(CheckDate(thread, date));
  GILA_TRY_VOID(CheckTime(thread, time, fold));
  GILA_TRY_VOID(CheckZone(thread, zone));
  return FillMoment(thread, type, kHasDate | kHasTime, date, time, zone, fold);
}

// The moment `seconds` after 1970 as UTC or by the local clock, naive.
Result<Value> AtTimestamp(Thread& thread, Type* type, Timestamp stamp, bool local, Value zone) {
  int64_t clock = stamp.seconds;
  int fold = 0;
  constexpr int64_t kFirst = -(kEpochOrdinal - 1) * kDaySeconds,
                    kLast = (kMaxOrdinal - kEpochOrdinal + 1) * kDaySeconds;
  if (clock < kFirst - kDaySeconds || clock >= kLast + kDaySeconds) {
    const time_t moment = clock;
    tm fields;
    if (gmtime_r(&moment, &fields) == nullptr) return thread.RaiseOsError(errno);
    return thread.RaiseValueError("year %lld is out of range",
                                  static_cast<long long>(int64_t{fields.tm_year} + 1900));
  }
  if (local) {
    GILA_TRY(clock, LocalClock(thread, stamp.seconds));
    GILA_TRY(fold, FoldAt(thread, stamp.seconds));
  }
  if (clock < kFirst || clock >= kLast)
    return thread.RaiseValueError("year %d is out of range", clock < kFirst ? 0 : kMaxYear + 1);
  return FromMicros(thread, type,
                    static_cast<__int128>(clock - kFirst) * kMicros + stamp.microseconds, zone,
                    fold);
}

Result<Value> InZone(Thread& thread, Type* type, Timestamp stamp, Value zone) {
  if (zone.IsNone()) return AtTimestamp(thread, type, stamp, true, kNone);
  GILA_TRY(const Value moment, AtTimestamp(thread, type, stamp, false, zone));
  return CallMethod(thread, zone, Intern(thread, "fromutc"), {moment});
}

Timestamp Now() {
  timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return {now.tv_sec, static_cast<int>(now.tv_nsec / 1000)};
}

Result<Value> NowMethod(Thread& thread, Args args) {
  const Value zone = args.Or(1, kNone);
  GILA_TRY_VOID(CheckZone(thread, zone));
  return InZone(thread, ClassOf(args), Now(), zone);
}
Result<Value> UtcNow(Thread& thread, Args args) {
  return AtTimestamp(thread, ClassOf(args), Now(), false, kNone);
}
Result<Value> OfTimestamp(Thread& thread, Args args) {
  const Value zone = args.Or(2, kNone);
  GILA_TRY_VOID(CheckZone(thread, zone));
  GILA_TRY(const Timestamp stamp, ToTimestamp(thread, args[1]));
  return InZone(thread, ClassOf(args), stamp, zone);
}
Result<Value> UtcOfTimestamp(Thread& thread, Args args) {
  GILA_TRY(const Timestamp stamp, ToTimestamp(thread, args[1]));
  return AtTimestamp(thread, ClassOf(args), stamp, false, kNone);
}

Result<Value> OfIsoFormat(Thread& thread, Args args) {
  if (!IsStr(args[1])) return thread.RaiseTypeError("fromisoformat: argument must be str");
  const auto* const str = args[1].As<Str>();
  std::string text;
  // The separator may be any one character.
  for (int64_t i = 0; i < str->length; ++i) {
    const uint32_t unit = str->At(i);
    text += unit < 128 ? static_cast<char>(unit) : '?';
  }
  if (text.size() < 7) return RaiseIsoString(thread, args[1]);
  const size_t length = IsoDateLength(text);
  if (length == std::string_view::npos || length > text.size())
    return RaiseIsoString(thread, args[1]);
  DateFields date;
  bool failed = false;
  if (!ReadIsoDate(thread, std::string_view(text).substr(0, length), &date, &failed))
    return RaiseIsoString(thread, args[1]);
  if (failed) return kFailed;
  IsoTime read;
  Value zone = kNone;
  if (text.size() > length &&
      (text.size() == length + 1 || !ReadIsoTime(std::string_view(text).substr(length + 1), &read)))
    return RaiseIsoString(thread, args[1]);
  if (read.has_offset) {
    if (read.offset_micros <= -kDayMicros || read.offset_micros >= kDayMicros)
      return thread.RaiseValueError(
          "offset must be a timedelta strictly between -timedelta(hours=24) and "
          "timedelta(hours=24).");
    GILA_TRY(zone, NewZone(thread, read.offset_micros));
  }
  GILA_TRY_VOID(CheckDate(thread, date));
  GILA_TRY_VOID(CheckTime(thread, read.time, 0));
  return NewDateTime(thread, ClassOf(args), date, read.time, zone, 0);
}

Result<Value> Combine(Thread& thread, Args args) {
  const auto wrong = [&](int number, const char* wanted, Value v) {
    const std::string type(TypeNameOf(v));
    return thread.RaiseTypeError("combine() argument %d must be %s, not %s", number, wanted,
                                 type.c_str());
  };
  if (!IsAnyDate(args[1])) return wrong(1, "datetime.date", args[1]);
  if (!IsTimeOfDay(args[2])) return wrong(2, "datetime.time", args[2]);
  const auto* const time = args[2].As<Moment>();
  const Value zone = args.Or(3, time->zone.Load());
  GILA_TRY_VOID(CheckZone(thread, zone));
  return NewDateTime(thread, ClassOf(args), args[1].As<Moment>()->Date(), time->Time(), zone,
                     time->fold);
}

Result<Value> StrPTime(Thread& thread, Args args) {
  for (size_t i = 1; i <= 2; ++i) {
    if (IsStr(args[i])) continue;
    const std::string type(TypeNameOf(args[i]));
    return thread.RaiseTypeError("strptime() argument %zu must be str, not %s", i, type.c_str());
  }
  GILA_TRY(const ParsedTime parsed, ParseTime(thread, args[1].As<Str>(), args[2].As<Str>()));
  Value zone = kNone;
  if (parsed.offset_seconds) {
    const __int128 micros =
        static_cast<__int128>(*parsed.offset_seconds) * kMicros + parsed.offset_microseconds;
    GILA_TRY(const Value offset, NewDelta(thread, micros));
    if (parsed.zone && !parsed.zone->empty()) {
      GILA_TRY(Str* const name, NewStr(thread, *parsed.zone));
      GILA_TRY(zone, Call(thread, timezone_type, {offset, name}));
    } else {
      GILA_TRY(zone, Call(thread, timezone_type, {offset}));
    }
  }
  const DateFields date = {parsed.year, parsed.month, parsed.day};
  const TimeFields time = {parsed.hour, parsed.minute, parsed.second, parsed.microsecond};
  GILA_TRY_VOID(CheckDate(thread, date));
  GILA_TRY_VOID(CheckTime(thread, time, 0));
  return NewDateTime(thread, ClassOf(args), date, time, zone, 0);
}

// --- parts and text ---

Result<Value> DatePart(Thread& thread, Args args) {
  return NewDate(thread, date_type, Self(args)->Date());
}
Result<Value> TimePart(Thread& thread, Args args) {
  return NewTimeOfDay(thread, time_type, Self(args)->Time(), kNone, Self(args)->fold);
}
Result<Value> TimeWithZone(Thread& thread, Args args) {
  return NewTimeOfDay(thread, time_type, Self(args)->Time(), Self(args)->zone.Load(),
                      Self(args)->fold);
}

Result<Value> DateTimeRepr(Thread& thread, Args args) {
  const Moment* const self = Self(args);
  std::string text = TypeOf(args[0])->Has(kHeapType) ? "" : "datetime.";
  text += TypeName(TypeOf(args[0]));
  text += "(";
  const int fields[] = {self->year,   self->month,  self->day,        self->hour,
                        self->minute, self->second, self->microsecond};
  const size_t count = self->microsecond != 0 ? 7 : self->second != 0 ? 6 : 5;
  for (size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ", ") + std::to_string(fields[i]);
  if (self->fold) text += ", fold=1";
  const Value zone = self->zone.Load();
  if (!zone.IsNone()) {
    GILA_TRY(const Str* const shown, Repr(thread, zone));
    text += ", tzinfo=" + ToUtf8(shown);
  }
  return NewStr(thread, text + ")");
}

Result<Value> IsoText(Thread& thread, Value moment, const std::string& separator, Value timespec) {
  const auto* const self = moment.As<Moment>();
  GILA_TRY(const std::string clock, TimeText(thread, self->Time(), timespec));
  std::string text = DateText(self->Date()) + separator + clock;
  GILA_TRY(const std::optional<int64_t> offset, OffsetOf(thread, moment));
  if (offset) text += OffsetText(*offset, ":");
  return NewStr(thread, text);
}

Result<Value> DateTimeIsoFormat(Thread& thread, Args args) {
  std::string separator = "T";
  if (args.Has(1)) {
    if (!IsStr(args[1]) || args[1].As<Str>()->length != 1) {
      const std::string type(TypeNameOf(args[1]));
      return thread.RaiseTypeError("isoformat() argument 1 must be a unicode character, not %s",
                                   type.c_str());
    }
    separator = ToUtf8(args[1]);
  }
  return IsoText(thread, args[0], separator, args[2]);
}
Result<Value> DateTimeStr(Thread& thread, Args args) {
  return CallMethod(thread, args[0], Intern(thread, "isoformat"), {latin1_strings[' ']});
}

Result<Value> DeltaOrNone(Thread& thread, const Result<std::optional<int64_t>>& offset) {
  if (!offset.ok()) return kFailed;
  if (!offset.value()) return kNone;
  return NewDelta(thread, *offset.value());
}
Result<Value> DateTimeUtcOffset(Thread& thread, Args args) {
  return DeltaOrNone(thread, OffsetOf(thread, args[0]));
}
Result<Value> DateTimeDst(Thread& thread, Args args) {
  return DeltaOrNone(thread, AskOffset(thread, Self(args)->zone.Load(), "dst", args[0]));
}
Result<Value> DateTimeZoneName(Thread& thread, Args args) {
  return ZoneName(thread, Self(args)->zone.Load(), args[0]);
}

Result<Value> DateTimeTuple(Thread& thread, Args args) {
  GILA_TRY(const std::optional<int64_t> daylight,
           AskOffset(thread, Self(args)->zone.Load(), "dst", args[0]));
  return TimeTuple(thread, Self(args)->Date(), Self(args)->Time(), !daylight ? -1 : *daylight != 0);
}

Result<Value> UtcTuple(Thread& thread, Args args) {
  const Moment* const self = Self(args);
  GILA_TRY(const std::optional<int64_t> offset, OffsetOf(thread, args[0]));
  if (!offset || *offset == 0) return TimeTuple(thread, self->Date(), self->Time(), 0);
  GILA_TRY(const Value shifted,
           FromMicros(thread, datetime_type, NaiveMicros(self) - *offset, kNone, 0));
  return TimeTuple(thread, shifted.As<Moment>()->Date(), shifted.As<Moment>()->Time(), 0);
}

constexpr int64_t kEpochMicros = (kEpochOrdinal - 1) * kDayMicros;

Result<Value> TimestampMethod(Thread& thread, Args args) {
  const Moment* const self = Self(args);
  if (!self->zone.Load().IsNone()) {
    GILA_TRY(const std::optional<int64_t> offset, OffsetOf(thread, args[0]));
    if (!offset)
      return thread.RaiseTypeError("can't subtract offset-naive and offset-aware datetimes");
    return IntTrueDivide(thread, Value::SmallInt(NaiveMicros(self) - *offset - kEpochMicros),
                         Value::SmallInt(kMicros));
  }
  GILA_TRY(const int64_t seconds,
           UtcOfLocal(thread, SecondsOf(self->Date(), self->Time()), self->fold));
  return NewFloat(thread, static_cast<double>(seconds) + self->microsecond / 1e6);
}

Result<Value> Replace(Thread& thread, Args args) {
  const Moment* const self = Self(args);
  DateFields date = self->Date();
  TimeFields time = self->Time();
  int* const fields[] = {&date.year,   &date.month,  &date.day,        &time.hour,
                         &time.minute, &time.second, &time.microsecond};
  for (size_t i = 0; i < 7; ++i) {
    GILA_TRY(*fields[i], IntField(thread, args[1 + i], *fields[i]));
  }
  const Value zone = args.Or(8, self->zone.Load());
  GILA_TRY(const int fold, IntField(thread, args[9], self->fold));
  GILA_TRY_VOID(CheckZone(thread, zone));
  GILA_TRY_VOID(CheckDate(thread, date));
  GILA_TRY_VOID(CheckTime(thread, time, fold));
  return NewDateTime(thread, TypeOf(args[0]), date, time, zone, fold);
}

// The local zone, as a timezone, at a moment of UTC or (naive) of the local clock.
Result<Value> LocalZoneOf(Thread& thread, const Moment* moment, std::optional<int64_t> offset) {
  int64_t utc;
  if (offset) {
    utc = (NaiveMicros(moment) - *offset - kEpochMicros);
    utc = utc / kMicros - (utc % kMicros < 0);
  } else {
    GILA_TRY(utc, UtcOfLocal(thread, SecondsOf(moment->Date(), moment->Time()), moment->fold));
  }
  return LocalZoneAt(thread, utc);
}

Result<Value> AsTimeZone(Thread& thread, Args args) {
  const Moment* const self = Self(args);
  Value target = args.Or(1, kNone);
  GILA_TRY_VOID(CheckZone(thread, target));
  const Value own = self->zone.Load();
  if (!target.IsNone() && own == target) return args[0];
  GILA_TRY(std::optional<int64_t> offset, OffsetOf(thread, args[0]));
  if (!offset) {
    // A naive moment is one of the local clock.
    GILA_TRY(const Value local, LocalZoneOf(thread, self, std::nullopt));
    GILA_TRY(offset, AskOffset(thread, local, "utcoffset", args[0]));
  }
  if (target.IsNone()) {
    GILA_TRY(target, LocalZoneOf(thread, self, offset));
  }
  GILA_TRY(const Value utc,
           FromMicros(thread, TypeOf(args[0]), static_cast<__int128>(NaiveMicros(self)) - *offset,
                      target, 0));
  return CallMethod(thread, target, Intern(thread, "fromutc"), {utc});
}

// --- arithmetic and order ---

Result<Value> Shift(Thread& thread, Value moment, __int128 micros) {
  const auto* const self = moment.As<Moment>();
  constexpr __int128 kMonth = 28 * kDayMicros;
  if (micros > -kMonth && micros < kMonth) {
    // Mostly it stays in the month, and then no days need be counted.
    const int64_t clock = ClockMicros(self->Time()) + static_cast<int64_t>(micros);
    int64_t days = clock / kDayMicros, rest = clock % kDayMicros;
    if (rest < 0) {
      rest += kDayMicros;
      --days;
    }
    DateFields date = self->Date();
    date.day += static_cast<int>(days);
    if (date.day >= 1 && date.day <= 28)
      return NewDateTime(thread, TypeOf(moment), date, ClockOf(rest), self->zone.Load(), 0);
  }
  return FromMicros(thread, TypeOf(moment), NaiveMicros(self) + micros, self->zone.Load(), 0);
}

Result<Value> Add(Thread& thread, Args args) {
  if (!IsDelta(args[1])) return kNotImplemented;
  return Shift(thread, args[0], args[1].As<Delta>()->Total());
}

Result<Value> Subtract(Thread& thread, Args args) {
  if (IsDelta(args[1])) return Shift(thread, args[0], -args[1].As<Delta>()->Total());
  if (!IsDateTime(args[1])) return kNotImplemented;
  const Moment *const a = Self(args), *const b = args[1].As<Moment>();
  __int128 difference = static_cast<__int128>(NaiveMicros(a)) - NaiveMicros(b);
  if (a->zone.Load() != b->zone.Load()) {
    GILA_TRY(const std::optional<int64_t> first, OffsetOf(thread, args[0]));
    GILA_TRY(const std::optional<int64_t> second, OffsetOf(thread, args[1]));
    if (first.has_value() != second.has_value())
      return thread.RaiseTypeError("can't subtract offset-naive and offset-aware datetimes");
    difference += second.value_or(0) - first.value_or(0);
  }
  return NewDelta(thread, difference);
}

// Does the offset depend on fold? Such moments equal none of another zone.
Result<bool> IsProblematic(Thread& thread, Value moment, std::optional<int64_t> offset) {
  const auto* const self = moment.As<Moment>();
  if (self->zone.Load().IsNone()) return false;
  GILA_TRY(const Value flipped, FillMoment(thread, datetime_type, kHasDate | kHasTime, self->Date(),
                                           self->Time(), self->zone.Load(), !self->fold));
  GILA_TRY(const std::optional<int64_t> other, OffsetOf(thread, flipped));
  return other != offset;
}

// A number that grows with the date.
int64_t SortKey(DateFields date) { return date.year * 512 + date.month * 32 + date.day; }

// Does `op` hold between two things, of which the first is less when `order` is negative?
template <CompareOp op>
bool Holds(int64_t order) {
  switch (op) {
    case CompareOp::kLt:
      return order < 0;
    case CompareOp::kLe:
      return order <= 0;
    case CompareOp::kEq:
      return order == 0;
    case CompareOp::kNe:
      return order != 0;
    case CompareOp::kGt:
      return order > 0;
    case CompareOp::kGe:
      return order >= 0;
  }
  return false;
}

template <CompareOp op>
Result<Value> DateTimeCompare(Thread& thread, Args args) {
  constexpr bool kEquality = op == CompareOp::kEq || op == CompareOp::kNe;
  if (!IsDateTime(args[1])) {
    if (!IsAnyDate(args[1])) return kNotImplemented;
    if (kEquality) return Value::Bool(op == CompareOp::kNe);
    return thread.RaiseTypeError("can't compare datetime.datetime to datetime.date");
  }
  const Moment *const a = Self(args), *const b = args[1].As<Moment>();
  if (a->zone.Load() == b->zone.Load()) {
    const int64_t day = SortKey(a->Date()) - SortKey(b->Date());
    const int64_t order = day != 0 ? day : ClockMicros(a->Time()) - ClockMicros(b->Time());
    return Value::Bool(Holds<op>(order));
  }
  int64_t x = NaiveMicros(a), y = NaiveMicros(b);
  GILA_TRY(const std::optional<int64_t> first, OffsetOf(thread, args[0]));
  GILA_TRY(const std::optional<int64_t> second, OffsetOf(thread, args[1]));
  if (kEquality && first != second) {
    GILA_TRY(const bool odd, IsProblematic(thread, args[0], first));
    GILA_TRY(const bool odd_too, IsProblematic(thread, args[1], second));
    if (odd || odd_too) return Value::Bool(op == CompareOp::kNe);
  } else if (kEquality && first == second) {
    GILA_TRY(const bool odd, IsProblematic(thread, args[0], first));
    GILA_TRY(const bool odd_too, IsProblematic(thread, args[1], second));
    if (odd || odd_too) return Value::Bool(op == CompareOp::kNe);
  }
  if (first.has_value() != second.has_value()) {
    if (kEquality) return Value::Bool(op == CompareOp::kNe);
    return thread.RaiseTypeError("can't compare offset-naive and offset-aware datetimes");
  }
  x -= first.value_or(0);
  y -= second.value_or(0);
  return Compare(thread, op, Value::SmallInt(x), Value::SmallInt(y));
}

Result<Value> DateTimeHash(Thread& thread, Args args) {
  Moment* const self = Self(args);
  const int64_t known = self->hash.Load();
  if (known != 0) return NewInt(thread, known);
  Value plain = args[0];
  if (self->fold) {
    GILA_TRY(plain, FillMoment(thread, datetime_type, kHasDate | kHasTime, self->Date(),
                               self->Time(), self->zone.Load(), 0));
  }
  GILA_TRY(const std::optional<int64_t> offset, OffsetOf(thread, plain));
  const int64_t instant = NaiveMicros(self) - offset.value_or(0);
  const auto hash = static_cast<int64_t>(HashBytes(&instant, sizeof(instant)));
  self->hash.Store(hash);
  return NewInt(thread, hash);
}

Result<Value> Reduce(Thread& thread, Value moment, int64_t protocol) {
  const auto* const self = moment.As<Moment>();
  const int month = self->month | (self->fold && protocol > 3 ? 0x80 : 0);
  const char state[] = {static_cast<char>(self->year >> 8),
                        static_cast<char>(self->year),
                        static_cast<char>(month),
                        static_cast<char>(self->day),
                        static_cast<char>(self->hour),
                        static_cast<char>(self->minute),
                        static_cast<char>(self->second),
                        static_cast<char>(self->microsecond >> 16),
                        static_cast<char>(self->microsecond >> 8),
                        static_cast<char>(self->microsecond)};
  GILA_TRY(const Value bytes, NewBytes(thread, {state, 10}));
  const Value inside[] = {bytes, self->zone.Load()};
  GILA_TRY(Tuple* const arguments, NewTuple(thread, std::span(inside, inside[1].IsNone() ? 1 : 2)));
  const Value parts[] = {TypeOf(moment), arguments};
  return NewTuple(thread, parts);
}
Result<Value> DateTimeReduce(Thread& thread, Args args) { return Reduce(thread, args[0], 2); }
Result<Value> DateTimeReduceEx(Thread& thread, Args args) {
  GILA_TRY(const int64_t protocol, ToInt64(thread, args[1]));
  return Reduce(thread, args[0], protocol);
}

constexpr NativeDef kMethods[] = {
    {"now", NowMethod, "@classmethod(cls, tz=None)",
     "The present moment in a zone; local without one."},
    {"utcnow", UtcNow, "@classmethod(cls, /)", "The present moment in UTC, naive."},
    {"fromtimestamp", OfTimestamp, "@classmethod(cls, timestamp, tz=None)",
     "The moment of a POSIX timestamp."},
    {"utcfromtimestamp", UtcOfTimestamp, "@classmethod(cls, timestamp, /)",
     "The moment of a POSIX timestamp in UTC, naive."},
    {"strptime", StrPTime, "@classmethod@parsed(cls, date_string, format, /)",
     "string, format -> new datetime."},
    {"combine", Combine, "@classmethod(cls, date, time, tzinfo=None)", "date, time -> datetime."},
    {"fromisoformat", OfIsoFormat, "@classmethod(cls, date_string, /)",
     "The moment that ISO 8601 text names."},
    {"date", DatePart, "(self, /)", "The date of the moment."},
    {"time", TimePart, "(self, /)", "The time of day, without zone."},
    {"timetz", TimeWithZone, "(self, /)", "The time of day, with the zone."},
    {"timetuple", DateTimeTuple, "(self, /)", "As a time.struct_time."},
    {"utctimetuple", UtcTuple, "(self, /)", "As a time.struct_time in UTC."},
    {"timestamp", TimestampMethod, "(self, /)", "The POSIX timestamp as a float."},
    {"isoformat", DateTimeIsoFormat, "(self, sep='T', timespec='auto')",
     "The moment as ISO 8601 text."},
    {"utcoffset", DateTimeUtcOffset, "(self, /)", "Return self.tzinfo.utcoffset(self)."},
    {"tzname", DateTimeZoneName, "(self, /)", "Return self.tzinfo.tzname(self)."},
    {"dst", DateTimeDst, "(self, /)", "Return self.tzinfo.dst(self)."},
    {"replace", Replace,
     "(self, year=None, month=None, day=None, hour=None, minute=None, second=None, "
     "microsecond=None, "
     "tzinfo=None, *, fold=None)",
     "The moment with other fields."},
    {"astimezone", AsTimeZone, "(self, tz=None)",
     "The same moment in another zone; local without one."},
    {"__add__", Add, "(self, value, /)", "Return self+value."},
    {"__radd__", Add, "(self, value, /)", "Return value+self."},
    {"__sub__", Subtract, "(self, value, /)", "Return self-value."},
    {"__lt__", DateTimeCompare<CompareOp::kLt>, "(self, value, /)", "Return self<value."},
    {"__le__", DateTimeCompare<CompareOp::kLe>, "(self, value, /)", "Return self<=value."},
    {"__eq__", DateTimeCompare<CompareOp::kEq>, "(self, value, /)", "Return self==value."},
    {"__ne__", DateTimeCompare<CompareOp::kNe>, "(self, value, /)", "Return self!=value."},
    {"__gt__", DateTimeCompare<CompareOp::kGt>, "(self, value, /)", "Return self>value."},
    {"__ge__", DateTimeCompare<CompareOp::kGe>, "(self, value, /)", "Return self>=value."},
    {"__hash__", DateTimeHash, "(self, /)", "Return hash(self)."},
    {"__repr__", DateTimeRepr, "(self, /)", "Return repr(self)."},
    {"__str__", DateTimeStr, "(self, /)", "Return str(self)."},
    {"__reduce__", DateTimeReduce, "(self, /)", "__reduce__() -> (cls, state)"},
    {"__reduce_ex__", DateTimeReduceEx, "(self, protocol, /)",
     "__reduce_ex__(proto) -> (cls, state)"},
    {nullptr, nullptr, nullptr, nullptr}};
const TypeSpec kSpec = {
    .doc = "datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])",
    .new_function = DateTimeNew,
    .new_signature =
        "(cls, year=None, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, "
        "tzinfo=None, *, fold=0)",
    .methods = kMethods,
    .getsets = kClockGetSets,
    .native_size = sizeof(Moment)};

}  // namespace

Status AddDateTimeType(Thread& thread, Module* module) {
  GILA_TRY(datetime_type, AddType(thread, module, kSpec, "datetime.datetime", moment_kind,
                                  sizeof(Moment), kBasetype, date_type));
  const auto set = [&](const char* name, DateFields date, TimeFields time) -> Status {
    GILA_TRY(const Value value, NewDateTime(thread, datetime_type, date, time, kNone, 0));
    return SetTypeAttribute(thread, datetime_type, Intern(thread, name), value);
  };
  GILA_TRY_VOID(set("min", {1, 1, 1}, {}));
  GILA_TRY_VOID(set("max", {kMaxYear, 12, 31}, {23, 59, 59, 999999}));
  GILA_TRY(const Value micro, NewDelta(thread, 1));
  return SetTypeAttribute(thread, datetime_type, Intern(thread, "resolution"), micro);
}

}  // namespace gila

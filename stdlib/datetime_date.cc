// datetime_date.cc: datetime.date, and what datetime inherits from it.
#include <cmath>
#include <ctime>

#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/text/siphash.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/datetime_internal.h"
#include "stdlib/time_clock.h"

namespace gila {

namespace {

Moment* Self(Args args) { return args[0].As<Moment>(); }

// The bytes that pickles hold; older ones have them as Latin-1 text.
bool StateBytes(Value v, size_t size, std::string* bytes) {
  if (IsKind(v, kKindBytes)) {
    *bytes = std::string(v.As<Bytes>()->view());
  } else if (IsStr(v) && v.As<Str>()->width_log2() == 0) {
    bytes->assign(reinterpret_cast<const char*>(v.As<Str>()->data),
                  static_cast<size_t>(v.As<Str>()->length));
  } else {
    return false;
  }
  return bytes->size() == size;
}

Result<Value> DateNew(Thread& thread, Args args) {
  Type* const type = args[0].As<Type>();
  std::string state;
  if (args.Has(1) && !args.Has(2) && StateBytes(args[1], 4, &state) && state[2] >= 1 &&
      state[2] <= 12) {
    const auto byte = [&](size_t i) { return static_cast<int>(static_cast<uint8_t>(state[i])); };
    const DateFields date = {byte(0) * 256 + byte(1), byte(2), byte(3)};
    GILA_TRY_VOID(CheckDate(thread, date));
    return FillMoment(thread, type, kHasDate, date, {}, kNone, 0);
  }
  static constexpr const char* kNames[] = {"year", "month", "day"};
  int numbers[3];
  for (size_t i = 0; i < 3; ++i) {
    if (!args.Has(1 + i))
      return thread.RaiseTypeError("function missing required argument '%s' (pos %zu)", kNames[i],
                                   i + 1);
    GILA_TRY(numbers[i], IntField(thread, args[1 + i], 0));
  }
  const DateFields date = {numbers[0], numbers[1], numbers[2]};
  GILA_TRY_VOID(CheckDate(thread, date));
  return FillMoment(thread, type, kHasDate, date, {}, kNone, 0);
}

Type* ClassOf(Args args) { return args[0].As<Type>(); }

Result<Value> FromTimestamp(Thread& thread, Args args) {
  GILA_TRY(const Value local, ImportModule(thread, "time"));
  GILA_TRY(const Value localtime, GetAttr(thread, local, Intern(thread, "localtime")));
  if (args[1].IsNone())
    return thread.RaiseTypeError("'NoneType' object cannot be interpreted as an integer");
  const Result<Value> fields = Call(thread, localtime, {args[1]});
  if (!fields.ok()) return kFailed;
  const auto* const tuple = fields.value().As<Tuple>();
  return NewDate(
      thread, ClassOf(args),
      {static_cast<int>(tuple->At(0).AsSmallInt()), static_cast<int>(tuple->At(1).AsSmallInt()),
       static_cast<int>(tuple->At(2).AsSmallInt())});
}

Result<Value> Today(Thread& thread, Args args) {
  GILA_TRY(const Value module, ImportModule(thread, "time"));
  GILA_TRY(const Value now, CallMethod(thread, module, Intern(thread, "time")));
  return CallMethod(thread, args[0], Intern(thread, "fromtimestamp"), {now});
}

Result<Value> OfOrdinal(Thread& thread, Args args) {
  GILA_TRY(const int ordinal, IntField(thread, args[1], 0));
  if (ordinal < 1) return thread.RaiseValueError("ordinal must be >= 1");
  const DateFields date = FromOrdinal(ordinal);
  GILA_TRY_VOID(CheckDate(thread, date));
  return NewDate(thread, ClassOf(args), date);
}

Result<Value> OfIsoFormat(Thread& thread, Args args) {
  if (!IsStr(args[1])) return thread.RaiseTypeError("fromisoformat: argument must be str");
  const std::string text = ToUtf8(args[1]);
  DateFields date;
  bool failed = false;
  if ((text.size() != 7 && text.size() != 8 && text.size() != 10) ||
      !ReadIsoDate(thread, text, &date, &failed))
    return RaiseIsoString(thread, args[1]);
  if (failed) return kFailed;
  GILA_TRY_VOID(CheckDate(thread, date));
  return NewDate(thread, ClassOf(args), date);
}

Result<Value> OfIsoCalendar(Thread& thread, Args args) {
  int numbers[3];
  for (size_t i = 0; i < 3; ++i) {
    const Result<int> number = IntField(thread, args[1 + i], 0);
    if (!number.ok()) {
      if (!thread.ExceptionMatches(TypeId::kOverflowError)) return kFailed;
      thread.ClearException();
      return thread.RaiseValueError("ISO calendar component out of range");
    }
    numbers[i] = number.value();
  }
  GILA_TRY(const DateFields date, FromIsoDate(thread, numbers[0], numbers[1], numbers[2]));
  return NewDate(thread, ClassOf(args), date);
}

// --- text and fields ---

Result<Value> DateRepr(Thread& thread, Args args) {
  const DateFields date = Self(args)->Date();
  std::string text = TypeOf(args[0])->Has(kHeapType) ? "" : "datetime.";
  text += TypeName(TypeOf(args[0]));
  return NewStr(thread, text + "(" + std::to_string(date.year) + ", " + std::to_string(date.month) +
                            ", " + std::to_string(date.day) + ")");
}
Result<Value> DateIsoFormat(Thread& thread, Args args) {
  return NewStr(thread, DateText(Self(args)->Date()));
}
Result<Value> DateStr(Thread& thread, Args args) {
  return CallMethod(thread, args[0], Intern(thread, "isoformat"));
}

Result<Value> MomentCTime(Thread& thread, Args args) {
  static constexpr const char* kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Moment* const self = Self(args);
  char text[64];
  std::snprintf(text, sizeof text, "%s %s %2d %02d:%02d:%02d %04d", kDays[Weekday(self->Date())],
                kMonths[self->month - 1], self->day, self->hour, self->minute, self->second,
                self->year);
  return NewStr(thread, text);
}

Result<Value> MomentStrFTime(Thread& thread, Args args) {
  GILA_TRY(Str* const format, ToStrArgument(thread, args[1], "strftime() argument 1"));
  return FormatMoment(thread, args[0], format);
}

Result<Value> MomentFormat(Thread& thread, Args args) {
  GILA_TRY(Str* const format, ToStrArgument(thread, args[1], "__format__() argument 1"));
  if (format->length == 0) return ToStr(thread, args[0]);
  return CallMethod(thread, args[0], Intern(thread, "strftime"), {args[1]});
}

Result<Value> DateTimeTuple(Thread& thread, Args args) {
  return TimeTuple(thread, Self(args)->Date(), {}, -1);
}
Result<Value> DateToOrdinal(Thread&, Args args) {
  return Value::SmallInt(ToOrdinal(Self(args)->Date()));
}
Result<Value> DateWeekday(Thread&, Args args) {
  return Value::SmallInt(Weekday(Self(args)->Date()));
}
Result<Value> DateIsoWeekday(Thread&, Args args) {
  return Value::SmallInt(Weekday(Self(args)->Date()) + 1);
}
Result<Value> DateIsoCalendar(Thread& thread, Args args) {
  const IsoDate iso = ToIsoDate(Self(args)->Date());
  GILA_TRY(const Value module, ImportModule(thread, "datetime"));
  GILA_TRY(const Value type, GetAttr(thread, module, Intern(thread, "_IsoCalendarDate")));
  return Call(thread, type,
              {Value::SmallInt(iso.year), Value::SmallInt(iso.week), Value::SmallInt(iso.weekday)});
}

Result<Value> DateReplace(Thread& thread, Args args) {
  const DateFields old = Self(args)->Date();
  GILA_TRY(const int year, IntField(thread, args[1], old.year));
  GILA_TRY(const int month, IntField(thread, args[2], old.month));
  GILA_TRY(const int day, IntField(thread, args[3], old.day));
  GILA_TRY_VOID(CheckDate(thread, {year, month, day}));
  return NewDate(thread, TypeOf(args[0]), {year, month, day});
}

// --- arithmetic and order ---

Result<Value> Shift(Thread& thread, Value date, int64_t days) {
  const int64_t ordinal = ToOrdinal(date.As<Moment>()->Date()) + days;
  if (ordinal < 1 || ordinal > kMaxOrdinal) return RaiseDateRange(thread);
  return NewDate(thread, TypeOf(date), FromOrdinal(ordinal));
}

Result<Value> DateAdd(Thread& thread, Args args) {
  if (IsDateTime(args[1]) || !IsDelta(args[1])) return kNotImplemented;
  return Shift(thread, args[0], args[1].As<Delta>()->days);
}

Result<Value> DateSubtract(Thread& thread, Args args) {
  if (IsDelta(args[1])) return Shift(thread, args[0], -int64_t{args[1].As<Delta>()->days});
  if (!IsAnyDate(args[1])) return kNotImplemented;
  return NewDelta(thread, static_cast<__int128>(ToOrdinal(Self(args)->Date()) -
                                                ToOrdinal(args[1].As<Moment>()->Date())) *
                              kDayMicros);
}

template <CompareOp op>
Result<Value> DateCompare(Thread& thread, Args args) {
  // A datetime is no date to be compared with.
  if (!IsMoment(args[1], kHasDate)) return kNotImplemented;
  return Compare(thread, op, Value::SmallInt(ToOrdinal(Self(args)->Date())),
                 Value::SmallInt(ToOrdinal(args[1].As<Moment>()->Date())));
}

Result<Value> DateHash(Thread& thread, Args args) {
  const DateFields date = Self(args)->Date();
  const char state[] = {static_cast<char>(date.year >> 8), static_cast<char>(date.year),
                        static_cast<char>(date.month), static_cast<char>(date.day)};
  return NewInt(thread, static_cast<int64_t>(HashBytes(state, sizeof(state))));
}

Result<Value> DateReduce(Thread& thread, Args args) {
  const DateFields date = Self(args)->Date();
  const char state[] = {static_cast<char>(date.year >> 8), static_cast<char>(date.year),
                        static_cast<char>(date.month), static_cast<char>(date.day)};
  GILA_TRY(const Value bytes, NewBytes(thread, {state, 4}));
  const Value inside[] = {bytes};
  GILA_TRY(Tuple* const arguments, NewTuple(thread, inside));
  const Value parts[] = {TypeOf(args[0]), arguments};
  return NewTuple(thread, parts);
}

constexpr NativeDef kMethods[] = {
    {"fromtimestamp", FromTimestamp, "@classmethod(cls, timestamp, /)",
     "The local date of a POSIX timestamp."},
    {"today", Today, "@classmethod(cls, /)", "Current date or datetime."},
    {"fromordinal", OfOrdinal, "@classmethod(cls, ordinal, /)",
     "The date of a day number; day 1 is January 1st of year 1."},
    {"fromisoformat", OfIsoFormat, "@classmethod(cls, date_string, /)",
     "The date that ISO 8601 text names."},
    {"fromisocalendar", OfIsoCalendar, "@classmethod(cls, year, week, day)",
     "The date of a weekday in an ISO week."},
    {"ctime", MomentCTime, "(self, /)", "The text that ctime of C makes."},
    {"strftime", MomentStrFTime, "(self, format)", "format -> strftime() style string."},
    {"__format__", MomentFormat, "@parsed(self, format, /)", "Formats self with strftime."},
    {"isoformat", DateIsoFormat, "(self, /)", "The date as ISO 8601 text, YYYY-MM-DD."},
    {"isoweekday", DateIsoWeekday, "(self, /)", "The day of the week; Monday is 1."},
    {"isocalendar", DateIsoCalendar, "(self, /)", "The ISO year, week and weekday."},
    {"timetuple", DateTimeTuple, "(self, /)", "As a time.struct_time."},
    {"toordinal", DateToOrdinal, "(self, /)", "The number of the day; January 1st of year 1 is 1."},
    {"weekday", DateWeekday, "(self, /)", "The day of the week; Monday is 0."},
    {"replace", DateReplace, "(self, year=None, month=None, day=None)",
     "The date with other fields."},
    {"__add__", DateAdd, "(self, value, /)", "Return self+value."},
    {"__radd__", DateAdd, "(self, value, /)", "Return value+self."},
    {"__sub__", DateSubtract, "(self, value, /)", "Return self-value."},
    {"__lt__", DateCompare<CompareOp::kLt>, "(self, value, /)", "Return self<value."},
    {"__le__", DateCompare<CompareOp::kLe>, "(self, value, /)", "Return self<=value."},
    {"__eq__", DateCompare<CompareOp::kEq>, "(self, value, /)", "Return self==value."},
    {"__ne__", DateCompare<CompareOp::kNe>, "(self, value, /)", "Return self!=value."},
    {"__gt__", DateCompare<CompareOp::kGt>, "(self, value, /)", "Return self>value."},
    {"__ge__", DateCompare<CompareOp::kGe>, "(self, value, /)", "Return self>=value."},
    {"__hash__", DateHash, "(self, /)", "Return hash(self)."},
    {"__repr__", DateRepr, "(self, /)", "Return repr(self)."},
    {"__str__", DateStr, "(self, /)", "Return str(self)."},
    {"__reduce__", DateReduce, "(self, /)", "__reduce__() -> (cls, state)"},
    {nullptr, nullptr, nullptr, nullptr}};

Result<Value> GetYear(Thread&, Value self) { return Value::SmallInt(self.As<Moment>()->year); }
Result<Value> GetMonth(Thread&, Value self) { return Value::SmallInt(self.As<Moment>()->month); }
Result<Value> GetDay(Thread&, Value self) { return Value::SmallInt(self.As<Moment>()->day); }
constexpr GetSetDef kGetSets[] = {{"year", GetYear, nullptr, nullptr},
                                  {"month", GetMonth, nullptr, nullptr},
                                  {"day", GetDay, nullptr, nullptr},
                                  {nullptr, nullptr, nullptr, nullptr}};
void TraceMoment(Object* object, Marker& marker) {
  marker.Visit(static_cast<Moment*>(object)->zone);
}
constexpr KindInfo kKind = {"datetime", TraceMoment, nullptr};
constexpr TypeSpec kSpec = {.doc = "date(year, month, day) --> date object",
                            .new_function = DateNew,
                            .new_signature = "(cls, year=None, month=None, day=None)",
                            .methods = kMethods,
                            .getsets = kGetSets,
                            .native_size = sizeof(Moment),
                            .kind_info = &kKind};

}  // namespace

Status AddDateType(Thread& thread, Module* module) {
  moment_kind = RegisterKind(kKind);
  GILA_TRY(date_type,
           AddType(thread, module, kSpec, "datetime.date", moment_kind, sizeof(Moment), kBasetype));
  const auto set = [&](const char* name, DateFields date) -> Status {
    GILA_TRY(const Value value, NewDate(thread, date_type, date));
    return SetTypeAttribute(thread, date_type, Intern(thread, name), value);
  };
  GILA_TRY_VOID(set("min", {1, 1, 1}));
  GILA_TRY_VOID(set("max", {kMaxYear, 12, 31}));
  GILA_TRY(const Value day, NewDelta(thread, kDayMicros));
  return SetTypeAttribute(thread, date_type, Intern(thread, "resolution"), day);
}

}  // namespace gila

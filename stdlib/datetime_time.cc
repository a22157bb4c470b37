// datetime_time.cc: datetime.time: a time of day, with or without a zone.
#include "runtime/protocols.h"
#include "runtime/text/siphash.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/datetime_internal.h"

namespace gila {

namespace {

Moment* Self(Args args) { return args[0].As<Moment>(); }

Result<Value> FromState(Thread& thread, Type* type, std::string_view state, Value zone) {
  const auto byte = [&](size_t i) { return static_cast<int>(static_cast<uint8_t>(state[i])); };
  const int fold = byte(0) >> 7;
  const TimeFields time = {byte(0) & 0x7f, byte(1), byte(2),
                           byte(3) << 16 | byte(4) << 8 | byte(5)};
  if (!zone.IsNone() && !IsZone(zone)) return thread.RaiseTypeError("bad tzinfo state arg");
  GILA_TRY_VOID(CheckTime(thread, time, fold));
  return FillMoment(thread, type, kHasTime, {}, time, zone, fold);
}

Result<Value> TimeNew(Thread& thread, Args args) {
  Type* const type = args[0].As<Type>();
  if (args.Has(1) && !args.Has(3)) {
    std::string state;
    if (IsBytes(args[1])) state = std::string(args[1].As<Bytes>()->view());
    if (IsStr(args[1]) && args[1].As<Str>()->width_log2() == 0)
      state.assign(reinterpret_cast<const char*>(args[1].As<Str>()->data),
                   static_cast<size_t>(args[1].As<Str>()->length));
    if (state.size() == 6 && (state[0] & 0x7f) < 24)
      return FromState(thread, type, state, args.Or(2, kNone));
  }
  int numbers[4];
  for (size_t i = 0; i < 4; ++i) {
    GILA_TRY(numbers[i], IntField(thread, args[1 + i], 0));
  }
  const Value zone = args.Or(5, kNone);
  GILA_TRY(const int fold, IntField(thread, args[6], 0));
  GILA_TRY_VOID(CheckZone(thread, zone));
  const TimeFields time = {numbers[0], numbers[1], numbers[2], numbers[3]};
  GILA_TRY_VOID(CheckTime(thread, time, fold));
  return FillMoment(thread, type, kHasTime, {}, time, zone, fold);
}

Result<Value> OfIsoFormat(Thread& thread, Args args) {
  if (!IsStr(args[1])) return thread.RaiseTypeError("fromisoformat: argument must be str");
  const std::string text = ToUtf8(args[1]);
  std::string_view rest = text;
  if (!rest.empty() && rest.front() == 'T') rest.remove_prefix(1);
  IsoTime read;
  if (!ReadIsoTime(rest, &read)) return RaiseIsoString(thread, args[1]);
  Value zone = kNone;
  if (read.has_offset) {
    if (read.offset_micros <= -kDayMicros || read.offset_micros >= kDayMicros)
      return thread.RaiseValueError(
          "offset must be a timedelta strictly between -timedelta(hours=24) and "
          "timedelta(hours=24).");
    GILA_TRY(zone, NewZone(thread, read.offset_micros));
  }
  GILA_TRY_VOID(CheckTime(thread, read.time, 0));
  return NewTimeOfDay(thread, args[0].As<Type>(), read.time, zone, 0);
}

Result<Value> TimeRepr(Thread& thread, Args args) {
  const Moment* const self = Self(args);
  std::string text = TypeOf(args[0])->Has(kHeapType) ? "" : "datetime.";
  text += TypeName(TypeOf(args[0]));
  text += "(" + std::to_string(self->hour) + ", " + std::to_string(self->minute);
  if (self->second != 0 || self->microsecond != 0) text += ", " + std::to_string(self->second);
  if (self->microsecond != 0) text += ", " + std::to_string(self->microsecond);
  const Value zone = self->zone.Load();
  if (!zone.IsNone()) {
    GILA_TRY(const Str* const shown, Repr(thread, zone));
    text += ", tzinfo=" + ToUtf8(shown);
  }
  if (self->fold) text += ", fold=1";
  return NewStr(thread, text + ")");
}

Result<Value> TimeIsoFormat(Thread& thread, Args args) {
  GILA_TRY(std::string text, TimeText(thread, Self(args)->Time(), args[1]));
  GILA_TRY(const std::optional<int64_t> offset, OffsetOf(thread, args[0]));
  if (offset) text += OffsetText(*offset, ":");
  return NewStr(thread, text);
}
Result<Value> TimeStr(Thread& thread, Args args) {
  return CallMethod(thread, args[0], Intern(thread, "isoformat"));
}
Result<Value> TimeStrFTime(Thread& thread, Args args) {
  GILA_TRY(Str* const format, ToStrArgument(thread, args[1], "strftime() argument 1"));
  return FormatMoment(thread, args[0], format);
}
Result<Value> TimeFormat(Thread& thread, Args args) {
  GILA_TRY(Str* const format, ToStrArgument(thread, args[1], "__format__() argument 1"));
  if (format->length == 0) return ToStr(thread, args[0]);
  return CallMethod(thread, args[0], Intern(thread, "strftime"), {args[1]});
}

Result<Value> DeltaOrNone(Thread& thread, const Result<std::optional<int64_t>>& offset) {
  if (!offset.ok()) return kFailed;
  if (!offset.value()) return kNone;
  return NewDelta(thread, *offset.value());
}
Result<Value> TimeUtcOffset(Thread& thread, Args args) {
  return DeltaOrNone(thread, AskOffset(thread, Self(args)->zone.Load(), "utcoffset", kNone));
}
Result<Value> TimeDst(Thread& thread, Args args) {
  return DeltaOrNone(thread, AskOffset(thread, Self(args)->zone.Load(), "dst", kNone));
}
Result<Value> TimeZoneName(Thread& thread, Args args) {
  return ZoneName(thread, Self(args)->zone.Load(), kNone);
}

Result<Value> TimeReplace(Thread& thread, Args args) {
  const Moment* const self = Self(args);
  TimeFields time = self->Time();
  int* const fields[] = {&time.hour, &time.minute, &time.second, &time.microsecond};
  for (size_t i = 0; i < 4; ++i) {
    GILA_TRY(*fields[i], IntField(thread, args[1 + i], *fields[i]));
  }
  const Value zone = args.Or(5, self->zone.Load());
  GILA_TRY(const int fold, IntField(thread, args[6], self->fold));
  GILA_TRY_VOID(CheckZone(thread, zone));
  GILA_TRY_VOID(CheckTime(thread, time, fold));
  return NewTimeOfDay(thread, TypeOf(args[0]), time, zone, fold);
}

int64_t MicrosOf(const Moment* moment) {
  return ((moment->hour * int64_t{60} + moment->minute) * 60 + moment->second) * kMicros +
         moment->microsecond;
}

template <CompareOp op>
Result<Value> TimeCompare(Thread& thread, Args args) {
  if (!IsTimeOfDay(args[1])) return kNotImplemented;
  const Moment *const a = Self(args), *const b = args[1].As<Moment>();
  int64_t x = MicrosOf(a), y = MicrosOf(b);
  if (a->zone.Load() != b->zone.Load()) {
    GILA_TRY(const std::optional<int64_t> first, OffsetOf(thread, args[0]));
    GILA_TRY(const std::optional<int64_t> second, OffsetOf(thread, args[1]));
    if (first.has_value() != second.has_value()) {
      if (op == CompareOp::kEq || op == CompareOp::kNe) return Value::Bool(op == CompareOp::kNe);
      return thread.RaiseTypeError("can't compare offset-naive and offset-aware times");
    }
    x -= first.value_or(0);
    y -= second.value_or(0);
  }
  return Compare(thread, op, Value::SmallInt(x), Value::SmallInt(y));
}

Result<Value> TimeHash(Thread& thread, Args args) {
  GILA_TRY(const std::optional<int64_t> offset, OffsetOf(thread, args[0]));
  const int64_t moment = MicrosOf(Self(args)) - offset.value_or(0);
  return NewInt(thread, static_cast<int64_t>(HashBytes(&moment, sizeof(moment))));
}

Result<Value> Reduce(Thread& thread, Value moment, int64_t protocol) {
  const auto* const self = moment.As<Moment>();
  const int first = self->hour | (self->fold && protocol > 3 ? 0x80 : 0);
  const char state[] = {static_cast<char>(first),
                        static_cast<char>(self->minute),
                        static_cast<char>(self->second),
                        static_cast<char>(self->microsecond >> 16),
                        static_cast<char>(self->microsecond >> 8),
                        static_cast<char>(self->microsecond)};
  GILA_TRY(const Value bytes, NewBytes(thread, {state, 6}));
  const Value inside[] = {bytes, self->zone.Load()};
  GILA_TRY(Tuple* const arguments, NewTuple(thread, std::span(inside, inside[1].IsNone() ? 1 : 2)));
  const Value parts[] = {TypeOf(moment), arguments};
  return NewTuple(thread, parts);
}
Result<Value> TimeReduce(Thread& thread, Args args) { return Reduce(thread, args[0], 2); }
Result<Value> TimeReduceEx(Thread& thread, Args args) {
  GILA_TRY(const int64_t protocol, ToInt64(thread, args[1]));
  return Reduce(thread, args[0], protocol);
}

constexpr NativeDef kMethods[] = {
    {"fromisoformat", OfIsoFormat, "@classmethod(cls, time_string, /)",
     "The time that ISO 8601 text names."},
    {"isoformat", TimeIsoFormat, "(self, timespec='auto')", "The time as ISO 8601 text."},
    {"strftime", TimeStrFTime, "(self, format)", "format -> strftime() style string."},
    {"__format__", TimeFormat, "@parsed(self, format, /)", "Formats self with strftime."},
    {"utcoffset", TimeUtcOffset, "(self, /)", "Return self.tzinfo.utcoffset(self)."},
    {"tzname", TimeZoneName, "(self, /)", "Return self.tzinfo.tzname(self)."},
    {"dst", TimeDst, "(self, /)", "Return self.tzinfo.dst(self)."},
    {"replace", TimeReplace,
     "(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=None, *, fold=None)",
     "The time with other fields."},
    {"__lt__", TimeCompare<CompareOp::kLt>, "(self, value, /)", "Return self<value."},
    {"__le__", TimeCompare<CompareOp::kLe>, "(self, value, /)", "Return self<=value."},
    {"__eq__", TimeCompare<CompareOp::kEq>, "(self, value, /)", "Return self==value."},
    {"__ne__", TimeCompare<CompareOp::kNe>, "(self, value, /)", "Return self!=value."},
    {"__gt__", TimeCompare<CompareOp::kGt>, "(self, value, /)", "Return self>value."},
    {"__ge__", TimeCompare<CompareOp::kGe>, "(self, value, /)", "Return self>=value."},
    {"__hash__", TimeHash, "(self, /)", "Return hash(self)."},
    {"__repr__", TimeRepr, "(self, /)", "Return repr(self)."},
    {"__str__", TimeStr, "(self, /)", "Return str(self)."},
    {"__reduce__", TimeReduce, "(self, /)", "__reduce__() -> (cls, state)"},
    {"__reduce_ex__", TimeReduceEx, "(self, protocol, /)", "__reduce_ex__(proto) -> (cls, state)"},
    {nullptr, nullptr, nullptr, nullptr}};

Result<Value> GetHour(Thread&, Value self) { return Value::SmallInt(self.As<Moment>()->hour); }
Result<Value> GetMinute(Thread&, Value self) { return Value::SmallInt(self.As<Moment>()->minute); }
Result<Value> GetSecond(Thread&, Value self) { return Value::SmallInt(self.As<Moment>()->second); }
Result<Value> GetMicrosecond(Thread&, Value self) {
  return Value::SmallInt(self.As<Moment>()->microsecond);
}
Result<Value> GetZone(Thread&, Value self) { return self.As<Moment>()->zone.Load(); }
Result<Value> GetFold(Thread&, Value self) { return Value::SmallInt(self.As<Moment>()->fold); }
constexpr KindInfo kUnusedKind = {"time", nullptr, nullptr};

}  // namespace

extern const GetSetDef kClockGetSets[];
const GetSetDef kClockGetSets[] = {
    {"hour", GetHour, nullptr, nullptr},     {"minute", GetMinute, nullptr, nullptr},
    {"second", GetSecond, nullptr, nullptr}, {"microsecond", GetMicrosecond, nullptr, nullptr},
    {"tzinfo", GetZone, nullptr, nullptr},   {"fold", GetFold, nullptr, nullptr},
    {nullptr, nullptr, nullptr, nullptr}};

namespace {
const TypeSpec kSpec = {
    .doc = "time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object",
    .new_function = TimeNew,
    .new_signature = "(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)",
    .methods = kMethods,
    .getsets = kClockGetSets,
    .native_size = sizeof(Moment),
    .kind_info = &kUnusedKind};
}  // namespace

Status AddTimeType(Thread& thread, Module* module) {
  GILA_TRY(time_type,
           AddType(thread, module, kSpec, "datetime.time", moment_kind, sizeof(Moment), kBasetype));
  const auto set = [&](const char* name, TimeFields time) -> Status {
    GILA_TRY(const Value value, NewTimeOfDay(thread, time_type, time, kNone, 0));
    return SetTypeAttribute(thread, time_type, Intern(thread, name), value);
  };
  GILA_TRY_VOID(set("min", {}));
  GILA_TRY_VOID(set("max", {23, 59, 59, 999999}));
  GILA_TRY(const Value micro, NewDelta(thread, 1));
  return SetTypeAttribute(thread, time_type, Intern(thread, "resolution"), micro);
}

}  // namespace gila

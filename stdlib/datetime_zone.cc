// datetime_zone.cc: datetime.tzinfo, which only says what must be written, datetime.timezone, and
// asking either.
#include <string>

#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "stdlib/datetime_internal.h"

namespace gila {

namespace {

void TraceZone(Object* object, Marker& marker) {
  auto* const self = static_cast<Zone*>(object);
  marker.Visit(self->offset);
  marker.Visit(self->name);
}
constexpr KindInfo kZoneKind = {"timezone", TraceZone, nullptr};

int64_t OffsetOfZone(const Zone* zone) {
  return static_cast<int64_t>(zone->offset.Load().As<Delta>()->Total());
}
bool IsTimezone(Value v) { return v.IsPointer() && TypeOf(v) == timezone_type; }

}  // namespace

// --- asking ---

Result<std::optional<int64_t>> AskOffset(Thread& thread, Value zone, const char* method,
                                         Value moment) {
  using Answer = std::optional<int64_t>;
  if (zone.IsNone()) return Answer();
  const bool utcoffset = method[0] == 'u';
  if (IsTimezone(zone)) {
    if (!utcoffset) return Answer();
    return Answer(OffsetOfZone(zone.As<Zone>()));
  }
  GILA_TRY(const Value answer, CallMethod(thread, zone, Intern(thread, method), {moment}));
  if (answer.IsNone()) return Answer();
  if (!IsDelta(answer)) {
    const std::string type(TypeNameOf(answer));
    return thread.RaiseTypeError("tzinfo.%s() must return None or timedelta, not '%s'", method,
                                 type.c_str());
  }
  const __int128 total = answer.As<Delta>()->Total();
  if (total <= -kDayMicros || total >= kDayMicros)
    return thread.RaiseValueError(
        "offset must be a timedelta strictly between -timedelta(hours=24) and "
        "timedelta(hours=24).");
  return Answer(static_cast<int64_t>(total));
}

Result<std::optional<int64_t>> OffsetOf(Thread& thread, Value moment) {
  return AskOffset(thread, moment.As<Moment>()->zone.Load(), "utcoffset",
                   IsDateTime(moment) ? moment : kNone);
}

Result<Value> ZoneName(Thread& thread, Value zone, Value moment) {
  if (zone.IsNone()) return kNone;
  GILA_TRY(const Value name, CallMethod(thread, zone, Intern(thread, "tzname"), {moment}));
  if (name.IsNone() || IsStr(name)) return name;
  const std::string type(TypeNameOf(name));
  return thread.RaiseTypeError("tzinfo.tzname() must return None or a string, not '%s'",
                               type.c_str());
}

Result<Value> NewZone(Thread& thread, int64_t offset_micros) {
  if (offset_micros == 0 && utc_zone.IsPointer()) return utc_zone;
  GILA_TRY(const Value offset, NewDelta(thread, offset_micros));
  GILA_TRY(Object* const object, AllocateInstance(thread, timezone_type));
  auto* const zone = static_cast<Zone*>(object);
  zone->offset.Store(zone, offset);
  zone->name.Store(zone, kUnbound);
  return zone;
}

namespace {

// --- tzinfo ---

template <int which>
Result<Value> Unwritten(Thread& thread, Args) {
  static constexpr const char* kNames[] = {"utcoffset", "tzname", "dst"};
  return thread.RaiseFormat(TypeId::kNotImplementedError, "a tzinfo subclass must implement %s()",
                            kNames[which]);
}

Result<Value> CheckFromUtc(Thread& thread, Args args) {
  if (!IsDateTime(args[1])) return thread.RaiseTypeError("fromutc: argument must be a datetime");
  if (args[1].As<Moment>()->zone.Load() != args[0])
    return thread.RaiseValueError("fromutc: dt.tzinfo is not self");
  return kNone;
}

Result<Value> TzInfoFromUtc(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckFromUtc(thread, args));
  const Value moment = args[1];
  const auto missing = [&](const char* words) { return thread.RaiseValueError("%s", words); };
  GILA_TRY(const std::optional<int64_t> offset, AskOffset(thread, args[0], "utcoffset", moment));
  if (!offset) return missing("fromutc: non-None utcoffset() result required");
  GILA_TRY(std::optional<int64_t> daylight, AskOffset(thread, args[0], "dst", moment));
  if (!daylight) return missing("fromutc: non-None dst() result required");
  GILA_TRY(const Value standard, NewDelta(thread, *offset - *daylight));
  GILA_TRY(const Value shifted, Binary(thread, BinaryOp::kAdd, moment, standard));
  GILA_TRY(daylight, AskOffset(thread, args[0], "dst", shifted));
  if (!daylight) return missing("fromutc: tz.dst() gave inconsistent results; cannot convert");
  if (*daylight == 0) return shifted;
  GILA_TRY(const Value saving, NewDelta(thread, *daylight));
  return Binary(thread, BinaryOp::kAdd, shifted, saving);
}

Result<Value> TzInfoNew(Thread& thread, Args args) {
  return AllocateInstance(thread, args[0].As<Type>());
}

Result<Value> TzInfoReduce(Thread& thread, Args args) {
  GILA_TRY(const Value get, GetAttrOrUnbound(thread, args[0], Intern(thread, "__getinitargs__")));
  Value arguments = empty_tuple;
  if (!get.IsUnbound()) {
    GILA_TRY(arguments, Call(thread, get, std::span<const Value>()));
  }
  GILA_TRY(const Value state, CallMethod(thread, args[0], Intern(thread, "__getstate__")));
  const Value parts[] = {TypeOf(args[0]), arguments, state};
  return NewTuple(thread, std::span(parts, state.IsNone() && !IsTimezone(args[0]) ? 2 : 3));
}

constexpr NativeDef kTzInfoMethods[] = {
    {"utcoffset", Unwritten<0>, "(self, dt, /)", "datetime -> timedelta showing offset from UTC."},
    {"tzname", Unwritten<1>, "(self, dt, /)", "datetime -> string name of time zone."},
    {"dst", Unwritten<2>, "(self, dt, /)", "datetime -> DST offset as timedelta."},
    {"fromutc", TzInfoFromUtc, "(self, dt, /)", "datetime in UTC -> datetime in local time."},
    {"__reduce__", TzInfoReduce, "(self, /)", "-> (cls, state)"},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kTzInfoSpec = {.doc = "Abstract base class for time zone info objects.",
                                  .new_function = TzInfoNew,
                                  .new_signature = "(cls, /, *args, **kwargs)",
                                  .methods = kTzInfoMethods};

// --- timezone ---

Result<Value> TimezoneNew(Thread& thread, Args args) {
  if (!IsDelta(args[1])) {
    const std::string type(TypeNameOf(args[1]));
    return thread.RaiseTypeError("timezone() argument 1 must be datetime.timedelta, not %s",
                                 type.c_str());
  }
  if (args.Has(2) && !IsStr(args[2])) {
    const std::string type(TypeNameOf(args[2]));
    return thread.RaiseTypeError("timezone() argument 2 must be str, not %s", type.c_str());
  }
  const __int128 total = args[1].As<Delta>()->Total();
  if (total <= -kDayMicros || total >= kDayMicros) {
    GILA_TRY(const Str* const shown, Repr(thread, args[1]));
    return thread.Raise(TypeId::kValueError,
                        "offset must be a timedelta strictly between -timedelta(hours=24) and "
                        "timedelta(hours=24), not " +
                            ToUtf8(shown) + ".");
  }
  if (total == 0 && !args.Has(2)) return utc_zone;
  GILA_TRY(const Value made, NewZone(thread, total == 0 ? 1 : static_cast<int64_t>(total)));
  auto* const zone = made.As<Zone>();
  zone->offset.Store(zone, args[1]);
  zone->name.Store(zone, args[2]);
  return zone;
}

Status CheckMoment(Thread& thread, Value moment, const char* method) {
  if (moment.IsNone() || IsDateTime(moment)) return kOk;
  const std::string type(TypeNameOf(moment));
  return thread.RaiseTypeError("%s(dt) argument must be a datetime instance or None, not %s",
                               method, type.c_str());
}

Result<Value> TimezoneUtcOffset(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckMoment(thread, args[1], "utcoffset"));
  return args[0].As<Zone>()->offset.Load();
}
Result<Value> TimezoneDst(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckMoment(thread, args[1], "dst"));
  return kNone;
}

std::string TimezoneText(const Zone* zone) {
  const int64_t offset = OffsetOfZone(zone);
  return offset == 0 ? "UTC" : "UTC" + OffsetText(offset, ":");
}

Result<Value> TimezoneStr(Thread& thread, Args args) {
  const Value name = args[0].As<Zone>()->name.Load();
  if (!name.IsUnbound()) return name;
  return NewStr(thread, TimezoneText(args[0].As<Zone>()));
}
Result<Value> TimezoneName(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckMoment(thread, args[1], "tzname"));
  return TimezoneStr(thread, args);
}

Result<Value> TimezoneRepr(Thread& thread, Args args) {
  auto* const zone = args[0].As<Zone>();
  if (args[0] == utc_zone) return NewStr(thread, "datetime.timezone.utc");
  GILA_TRY(const Str* const offset, Repr(thread, zone->offset.Load()));
  std::string text = "datetime.timezone(" + ToUtf8(offset);
  const Value name = zone->name.Load();
  if (!name.IsUnbound()) {
    GILA_TRY(const Str* const shown, Repr(thread, name));
    text += ", " + ToUtf8(shown);
  }
  return NewStr(thread, text + ")");
}

Result<Value> TimezoneFromUtc(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckFromUtc(thread, args));
  return Binary(thread, BinaryOp::kAdd, args[1], args[0].As<Zone>()->offset.Load());
}

template <bool equal>
Result<Value> TimezoneCompare(Thread&, Args args) {
  if (!IsTimezone(args[1])) return kNotImplemented;
  return Value::Bool((OffsetOfZone(args[0].As<Zone>()) == OffsetOfZone(args[1].As<Zone>())) ==
                     equal);
}
Result<Value> TimezoneHash(Thread& thread, Args args) {
  GILA_TRY(const int64_t hash, Hash(thread, args[0].As<Zone>()->offset.Load()));
  return Value::SmallInt(hash >> 2);
}
Result<Value> TimezoneInitArgs(Thread& thread, Args args) {
  const Value parts[] = {args[0].As<Zone>()->offset.Load(), args[0].As<Zone>()->name.Load()};
  return NewTuple(thread, std::span(parts, parts[1].IsUnbound() ? 1 : 2));
}

constexpr NativeDef kTimezoneMethods[] = {
    {"utcoffset", TimezoneUtcOffset, "(self, dt, /)", "Return fixed offset."},
    {"tzname", TimezoneName, "(self, dt, /)", "The name, or 'UTC' with the offset."},
    {"dst", TimezoneDst, "(self, dt, /)", "Return None."},
    {"fromutc", TimezoneFromUtc, "(self, dt, /)", "datetime in UTC -> datetime in local time."},
    {"__getinitargs__", TimezoneInitArgs, "(self, /)", "pickle support"},
    {"__eq__", TimezoneCompare<true>, "(self, value, /)", "Return self==value."},
    {"__ne__", TimezoneCompare<false>, "(self, value, /)", "Return self!=value."},
    {"__hash__", TimezoneHash, "(self, /)", "Return hash(self)."},
    {"__repr__", TimezoneRepr, "(self, /)", "Return repr(self)."},
    {"__str__", TimezoneStr, "(self, /)", "Return str(self)."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kTimezoneSpec = {.doc = "Fixed offset from UTC implementation of tzinfo.",
                                    .new_function = TimezoneNew,
                                    .new_signature = "(cls, offset, name=None)",
                                    .methods = kTimezoneMethods,
                                    .native_size = sizeof(Zone),
                                    .kind_info = &kZoneKind};

}  // namespace

Status AddZoneTypes(Thread& thread, Module* module) {
  GILA_TRY(tzinfo_type, AddType(thread, module, kTzInfoSpec, "datetime.tzinfo", kKindInstance,
                                sizeof(Object), kBasetype));
  zone_kind = RegisterKind(kZoneKind);
  GILA_TRY(timezone_type, AddType(thread, module, kTimezoneSpec, "datetime.timezone", zone_kind,
                                  sizeof(Zone), kPlain, tzinfo_type));
  GILA_TRY(utc_zone, NewZone(thread, 0));
  heap::AddRoot(&utc_zone);
  const auto set = [&](const char* name, int64_t minutes) -> Status {
    GILA_TRY(const Value zone, NewZone(thread, minutes * 60 * kMicros));
    return SetTypeAttribute(thread, timezone_type, Intern(thread, name), zone);
  };
  GILA_TRY_VOID(set("min", -(24 * 60 - 1)));
  GILA_TRY_VOID(set("max", 24 * 60 - 1));
  GILA_TRY_VOID(set("utc", 0));
  return AddValue(thread, module, "UTC", utc_zone);
}

}  // namespace gila

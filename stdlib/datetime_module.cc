// datetime_module.cc: the native module _datetime: makes its types in order, and instances of them.
#include "runtime/protocols.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/datetime_internal.h"

namespace gila {

Type *date_type = nullptr, *time_type = nullptr, *datetime_type = nullptr, *delta_type = nullptr,
     *tzinfo_type = nullptr, *timezone_type = nullptr;
Value utc_zone;
uint8_t moment_kind = 0, delta_kind = 0, zone_kind = 0;

Result<Value> FillMoment(Thread& thread, Type* type, uint8_t flags, DateFields date,
                         TimeFields time, Value zone, int fold) {
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  auto* const self = static_cast<Moment*>(object);
  self->flags = flags;
  self->year = static_cast<int16_t>(date.year);
  self->month = static_cast<uint8_t>(date.month);
  self->day = static_cast<uint8_t>(date.day);
  self->hour = static_cast<uint8_t>(time.hour);
  self->minute = static_cast<uint8_t>(time.minute);
  self->second = static_cast<uint8_t>(time.second);
  self->microsecond = time.microsecond;
  self->fold = static_cast<uint8_t>(fold);
  self->zone.Store(self, zone);
  return self;
}

Result<Value> NewDate(Thread& thread, Type* type, DateFields date) {
  if (type == date_type) return FillMoment(thread, type, kHasDate, date, {}, kNone, 0);
  return Call(thread, type,
              {Value::SmallInt(date.year), Value::SmallInt(date.month), Value::SmallInt(date.day)});
}

namespace {

// type(*fields, tzinfo), and fold where it is not 0.
Result<Value> CallForMoment(Thread& thread, Type* type, std::span<const Value> fields, Value zone,
                            int fold) {
  Value all[10];
  size_t count = 0;
  for (const Value field : fields) all[count++] = field;
  all[count++] = zone;
  if (fold == 0) return Call(thread, type, std::span<const Value>(all, count));
  all[count++] = Value::SmallInt(fold);
  const Value names[] = {Intern(thread, "fold")};
  GILA_TRY(Tuple* const keywords, NewTuple(thread, names));
  return Call(thread, type, std::span<const Value>(all, count), keywords);
}

}  // namespace

Result<Value> NewTimeOfDay(Thread& thread, Type* type, TimeFields time, Value zone, int fold) {
  if (type == time_type) return FillMoment(thread, type, kHasTime, {}, time, zone, fold);
  const Value fields[] = {Value::SmallInt(time.hour), Value::SmallInt(time.minute),
                          Value::SmallInt(time.second), Value::SmallInt(time.microsecond)};
  return CallForMoment(thread, type, fields, zone, fold);
}

Result<Value> NewDateTime(Thread& thread, Type* type, DateFields date, TimeFields time, Value zone,
                          int fold) {
  if (type == datetime_type)
    return FillMoment(thread, type, kHasDate | kHasTime, date, time, zone, fold);
  const Value fields[] = {Value::SmallInt(date.year),       Value::SmallInt(date.month),
                          Value::SmallInt(date.day),        Value::SmallInt(time.hour),
                          Value::SmallInt(time.minute),     Value::SmallInt(time.second),
                          Value::SmallInt(time.microsecond)};
  return CallForMoment(thread, type, fields, zone, fold);
}

Status InitDatetimeModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddDeltaType(thread, module));
  GILA_TRY_VOID(AddZoneTypes(thread, module));
  GILA_TRY_VOID(AddDateType(thread, module));
  GILA_TRY_VOID(AddTimeType(thread, module));
  GILA_TRY_VOID(AddDateTimeType(thread, module));
  for (Type** const type :
       {&delta_type, &tzinfo_type, &timezone_type, &date_type, &time_type, &datetime_type})
    heap::AddRoot(reinterpret_cast<Object**>(type));
  GILA_TRY_VOID(AddValue(thread, module, "MINYEAR", Value::SmallInt(1)));
  return AddValue(thread, module, "MAXYEAR", Value::SmallInt(kMaxYear));
}

}  // namespace gila

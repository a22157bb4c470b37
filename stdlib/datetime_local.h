// datetime_local.h: between naive local time and the seconds since 1970, by the zone rules of the C
// library.
#ifndef GILA_STDLIB_DATETIME_LOCAL_H_
#define GILA_STDLIB_DATETIME_LOCAL_H_

#include "stdlib/datetime_internal.h"

namespace gila {

// Seconds from 1970 on as if the fields were UTC.
int64_t SecondsOf(DateFields date, TimeFields time);
// What the local clock shows `utc` seconds after 1970, in such seconds. OSError and ValueError out
// of range.
Result<int64_t> LocalClock(Thread& thread, int64_t utc) GILA_ATTACHED;
// The moment at which the local clock shows `local`; of two, `fold` chooses.
Result<int64_t> UtcOfLocal(Thread& thread, int64_t local, int fold) GILA_ATTACHED;
// Is this the second time that the local clock shows this?
Result<int> FoldAt(Thread& thread, int64_t utc) GILA_ATTACHED;
// A timezone with the local offset and name at that moment.
Result<Value> LocalZoneAt(Thread& thread, int64_t utc) GILA_ATTACHED;
// A POSIX timestamp as whole seconds and microseconds, rounded half to even.
struct Timestamp {
  int64_t seconds;
  int microseconds;
};
Result<Timestamp> ToTimestamp(Thread& thread, Value v) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_DATETIME_LOCAL_H_

// gil_build.cc: the build with a global interpreter lock. Attached means: holds it. So whoever runs
// has stopped the world.
#include "runtime/threads/build.h"
#include "runtime/threads/gil.h"
#include "runtime/threads/handover.h"
#include "runtime/threads/schedule.h"
#include "runtime/threads/timeline.h"

namespace gila {

bool IsGilEnabled() { return true; }
void SetGilEnabled(bool) {}

void AttachInBuild(Thread& thread, bool early) {
  if (ScheduleOn()) ScheduleAttach(thread);
  if (early && thread.spin.worked) the_gil.WatchHolder();
  the_gil.Acquire(thread, early);
  thread.state.Store(1);
}

void DetachInBuild(Thread& thread) {
  thread.state.Store(0);
  the_gil.Release(thread);
  WakeKept(thread);
  if (ScheduleOn()) ScheduleDetach(thread);
}

void YieldInBuild(Thread& thread, uint32_t breaker_bits) {
  if (!(breaker_bits & kBreakDropRequest)) return;
  SaveRegisters(thread);
  if (TimelineOn()) NoteMoment(thread, Moment::kForcedOut);
  thread.state.Store(0);
  WakeKept(thread);
  the_gil.Yield(thread);
  if (MustPark(thread)) {
    the_gil.Release(thread);
    ParkWhenFinalizing(thread);
  }
  thread.state.Store(1);
  thread.detached_at = 0;
  if (TimelineOn()) NoteMoment(thread, Moment::kRuns);
}

void StopWorldInBuild(Thread&) {}
void StartWorldInBuild(Thread&) {}
void ResetAfterForkInBuild(Thread& thread) { the_gil.Reset(thread); }

}  // namespace gila

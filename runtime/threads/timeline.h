// timeline.h: what every thread did and when, for `gila trace` and `gila --gil-stats`.
//
// Off, it costs one load where a thread attaches, detaches or is forced out, and nothing elsewhere.
// On, each thread writes moments to a list of its own: from this moment on it runs, waits for the
// lock, is blocked in a call, is parked while another collects. The lists are read when the program
// has ended; daemon threads may still be on their way to where they park, so a list has a lock.
#ifndef GILA_RUNTIME_THREADS_TIMELINE_H_
#define GILA_RUNTIME_THREADS_TIMELINE_H_

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/thread.h"

namespace gila {

enum class TimelineLevel : uint8_t { kOff, kTotals, kMoments };

// What begins. kForcedOut also counts a forced switch; kHeldBy, kCalledAt and kEnds mark. The first
// two tell of the lock that is waited for next: the thread that holds it, and the program's line
// whose call of the library waits (Condition.wait and its kin are not where a reader would look).
enum class Moment : uint8_t {
  kRuns,
  kWaitsForGil,
  kBlocked,  // detail: Blocked
  kParked,   // stopped for another thread that collects or changes the world
  kCollects,
  kForcedOut,
  kHeldBy,
  kEnds,
  kCalledAt
};
inline constexpr int kMomentStates = 6;  // those that last

// 16 bytes: nanoseconds of the monotonic clock; moment (4 bits), detail (12), then 48 bits: the
// instruction the thread was at, or (kHeldBy) the holder's serial number.
struct TimelineEvent {
  uint64_t nanoseconds;
  uint64_t packed;
};

struct ThreadTimeline {
  uint64_t serial = 0, id = 0;
  int64_t native_id = 0;
  bool is_main = false;
  std::string name;  // empty: it has none
  uint64_t begun = 0, since = 0;
  Moment state = Moment::kRuns;
  bool ended = false;
  uint64_t totals[kMomentStates] = {};  // nanoseconds in each state
  GilStatistics gil;
  std::vector<TimelineEvent> events;
  std::mutex mutex;  // a leaf; guards all of the above
};

extern std::atomic<TimelineLevel> timeline_level;
GILA_ALWAYS_INLINE bool TimelineOn() {
  return GILA_UNLIKELY(timeline_level.load(std::memory_order_relaxed) != TimelineLevel::kOff);
}

// At start-up, before there is a second thread.
void StartTimeline(Thread& main_thread, TimelineLevel level);
// Only while TimelineOn(), by the thread itself.
void NoteMoment(Thread& thread, Moment moment, uint64_t detail = 0);
// Who holds the lock that the thread is about to wait for, and the program's instruction that does.
void NoteHolder(Thread& thread, uint64_t holder_serial, const uint64_t* site);
void NameTimeline(Thread& thread, std::string name);
// All lists, those of ended threads too, in the order in which the threads began.
std::vector<ThreadTimeline*> AllTimelines();

}  // namespace gila

#endif  // GILA_RUNTIME_THREADS_TIMELINE_H_

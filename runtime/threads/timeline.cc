// timeline.cc: see timeline.h.
#include "runtime/threads/timeline.h"

#include <algorithm>
#include <mutex>

#include "runtime/threads/attach.h"
#include "runtime/threads/fork.h"
#include "runtime/threads/futex.h"

namespace gila {

std::atomic<TimelineLevel> timeline_level{TimelineLevel::kOff};

namespace {

std::mutex list_mutex;  // a leaf: nothing is taken under it
const ForkRepair repair([](Thread&, bool) { RenewMutex(list_mutex); });
std::vector<ThreadTimeline*>& List() {
  static auto* list = new std::vector<ThreadTimeline*>;
  return *list;
}

// The first moment begins the list: nothing is counted before it.
ThreadTimeline& TimelineOf(Thread& thread, uint64_t now) {
  if (thread.timeline != nullptr) return *thread.timeline;
  auto* timeline = new ThreadTimeline;  // lives to the end of the process: it is read then
  timeline->serial = thread.serial;
  timeline->is_main = thread.is_main;
  timeline->begun = timeline->since = now;
  std::lock_guard<std::mutex> guard(list_mutex);
  List().push_back(timeline);
  thread.timeline = timeline;
  return *timeline;
}

void Append(ThreadTimeline& timeline, uint64_t now, Moment moment, uint64_t detail,
            uint64_t payload) {
  if (timeline_level.load(std::memory_order_relaxed) != TimelineLevel::kMoments) return;
  constexpr uint64_t kPayloadMask = (uint64_t{1} << 48) - 1;
  timeline.events.push_back(
      {now, static_cast<uint64_t>(moment) << 60 | detail << 48 | (payload & kPayloadMask)});
}

}  // namespace

void StartTimeline(Thread& main_thread, TimelineLevel level) {
  timeline_level.store(level);
  if (level != TimelineLevel::kOff) NoteMoment(main_thread, Moment::kRuns);
}

void NoteMoment(Thread& thread, Moment moment, uint64_t detail) {
  const uint64_t now = MonotonicNanoseconds();
  ThreadTimeline& timeline = TimelineOf(thread, now);
  std::lock_guard<std::mutex> guard(timeline.mutex);
  timeline.totals[static_cast<int>(timeline.state)] += now - timeline.since;
  timeline.since = now;
  timeline.id = thread.id;
  timeline.native_id = thread.native_id;
  // Who is forced out waits for the lock from then on.
  timeline.state = moment == Moment::kForcedOut ? Moment::kWaitsForGil
                   : moment == Moment::kEnds    ? Moment::kRuns
                                                : moment;
  if (moment == Moment::kEnds) {
    timeline.ended = true;
    timeline.gil = GetGilStatistics(thread);
  }
  Append(timeline, now, moment, detail, reinterpret_cast<uint64_t>(thread.pc));
}

void NoteHolder(Thread& thread, uint64_t holder_serial, const uint64_t* site) {
  const uint64_t now = MonotonicNanoseconds();
  ThreadTimeline& timeline = TimelineOf(thread, now);
  std::lock_guard<std::mutex> guard(timeline.mutex);
  Append(timeline, now, Moment::kHeldBy, 0, holder_serial);
  if (site != thread.pc)
    Append(timeline, now, Moment::kCalledAt, 0, reinterpret_cast<uint64_t>(site));
}

void NameTimeline(Thread& thread, std::string name) {
  ThreadTimeline& timeline = TimelineOf(thread, MonotonicNanoseconds());
  std::lock_guard<std::mutex> guard(timeline.mutex);
  timeline.name = std::move(name);
}

std::vector<ThreadTimeline*> AllTimelines() {
  std::lock_guard<std::mutex> guard(list_mutex);
  std::vector<ThreadTimeline*> all = List();
  std::sort(all.begin(), all.end(),
            [](const ThreadTimeline* a, const ThreadTimeline* b) { return a->serial < b->serial; });
  return all;
}

}  // namespace gila

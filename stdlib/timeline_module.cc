// timeline_module.cc: the native module _timeline: what the runtime noted about each thread
// (runtime/threads/timeline.h), for the tools in lib/_gila that show it. Starts the notes when
// `-X trace=FILE` or `-X gil_stats` asks for them, and calls the tools when the program has ended.
#include "stdlib/timeline_module.h"

#include <limits.h>
#include <unistd.h>

#include <cstring>
#include <map>

#include "absl/strings/str_cat.h"
#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/futex.h"
#include "runtime/threads/timeline.h"
#include "runtime/types/bytes.h"
#include "runtime/types/code.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/import.h"
#include "stdlib/thread_locks.h"
#include "vm/frame.h"

namespace gila {
namespace {

std::string trace_path;
std::string statistics_path;
bool statistics_wanted = false;
uint64_t started = 0;
int64_t own_process = 0;

// Instructions to source lines, numbered in the order in which they are met.
class Places {
 public:
  explicit Places(Thread& thread) {
    const StopTheWorld stopped(thread);
    heap::ForEachObject(
        [](Object* object, void* context) {
          if (!IsKind(Value(object), kKindCode)) return;
          auto* code = static_cast<Code*>(object);
          (*static_cast<std::map<uint64_t, Code*>*>(context))[AddressOf(code->words)] = code;
        },
        &codes_);
  }

  // 0: nowhere that is still known.
  uint32_t NumberOf(uint64_t address) {
    auto known = numbers_.find(address);
    if (known != numbers_.end()) return known->second;
    const std::string text = Describe(address);
    uint32_t number = 0;
    if (!text.empty()) {
      texts.push_back(text);
      number = static_cast<uint32_t>(texts.size());
    }
    numbers_.emplace(address, number);
    return number;
  }

  std::vector<std::string> texts;  // of the places from 1 on

 private:
  static uint64_t AddressOf(const uint64_t* words) { return reinterpret_cast<uint64_t>(words); }

  std::string Describe(uint64_t address) const {
    auto next = codes_.upper_bound(address);
    if (next == codes_.begin()) return "";
    const Code* code = std::prev(next)->second;
    const uint64_t word = (address - AddressOf(code->words)) / sizeof(uint64_t);
    if (word >= code->word_count) return "";
    return absl::StrCat(ToUtf8(code->filename.Load()), ":",
                        LineAt(code, static_cast<uint32_t>(word)), " in ",
                        ToUtf8(code->qualname.Load()));
  }

  std::map<uint64_t, Code*> codes_;
  std::map<uint64_t, uint32_t> numbers_;
};

// One moment as the tools read it, 16 bytes: microseconds since the start (a double), moment,
// detail, two bytes unused, place or serial number.
void PackEvent(const TimelineEvent& event, Places& places, std::string* packed) {
  const auto moment = static_cast<uint8_t>(event.packed >> 60);
  const uint64_t payload = event.packed & ((uint64_t{1} << 48) - 1);
  struct {
    double microseconds;
    uint8_t moment, detail;
    uint16_t unused;
    uint32_t payload;
  } const record = {static_cast<double>(static_cast<int64_t>(event.nanoseconds - started)) / 1000,
                    moment, static_cast<uint8_t>(event.packed >> 48), 0,
                    moment == static_cast<uint8_t>(Moment::kHeldBy) ? static_cast<uint32_t>(payload)
                                                                    : places.NumberOf(payload)};
  static_assert(sizeof(record) == 16);
  packed->append(reinterpret_cast<const char*>(&record), sizeof(record));
}

Result<Value> NumberTuple(Thread& thread, std::initializer_list<uint64_t> numbers) {
  std::vector<Value> values;
  for (uint64_t number : numbers) {
    GILA_TRY(const Value value, NewIntFromUnsigned(thread, number));
    values.push_back(value);
  }
  GILA_TRY(Tuple* const tuple, NewTuple(thread, values));
  return tuple;
}

// (name, serial, ident, native id, is main, totals by state, figures of the lock, packed moments)
Result<Value> Entry(Thread& thread, ThreadTimeline& timeline, Places& places, uint64_t ended) {
  std::lock_guard<std::mutex> guard(timeline.mutex);
  const GilStatistics& gil = timeline.gil;
  std::string packed;
  packed.reserve(timeline.events.size() * 16);
  for (const TimelineEvent& event : timeline.events) PackEvent(event, places, &packed);
  uint64_t totals[kMomentStates];
  memcpy(totals, timeline.totals, sizeof(totals));
  // What still lasts is counted up to the end of the notes.
  if (!timeline.ended && timeline.since < ended)
    totals[static_cast<int>(timeline.state)] += ended - timeline.since;
  GILA_TRY(const Value name, Result<Value>(NewStr(thread, timeline.name)));
  GILA_TRY(const Value numbers, NumberTuple(thread, {timeline.serial, timeline.id,
                                                     static_cast<uint64_t>(timeline.native_id)}));
  GILA_TRY(const Value states,
           NumberTuple(thread, {totals[0], totals[1], totals[2], totals[3], totals[4], totals[5]}));
  GILA_TRY(const Value lock,
           NumberTuple(thread, {gil.acquisitions, gil.waits, gil.forced_drops, gil.wait_nanoseconds,
                                gil.hold_nanoseconds, gil.longest_wait_nanoseconds}));
  GILA_TRY(const Value moments, NewBytes(thread, packed));
  const Value parts[] = {name, numbers, Value::Bool(timeline.is_main), states, lock, moments};
  GILA_TRY(Tuple* const entry, NewTuple(thread, parts));
  return entry;
}

// What those threads that still are have had of the lock, and their names.
void UpdateLiveThreads(Thread& thread, const std::vector<ThreadTimeline*>& timelines) {
  struct Live {
    uint64_t serial, ident;
    GilStatistics gil;
  };
  std::vector<Live> live;
  {
    const StopTheWorld stopped(thread);
    ForEachThread(
        [](Thread* t, void* list) {
          static_cast<std::vector<Live>*>(list)->push_back(
              {t->serial, t->id, GetGilStatistics(*t)});
        },
        &live);
  }
  for (ThreadTimeline* timeline : timelines) {
    for (const Live& other : live) {
      if (other.serial != timeline->serial) continue;
      const std::string name = ThreadName(thread, other.ident);
      std::lock_guard<std::mutex> guard(timeline->mutex);
      timeline->gil = other.gil;
      // Whoever has been joined may still be on its way out: it has said its name itself.
      if (timeline->is_main || !name.empty()) timeline->name = name.empty() ? "MainThread" : name;
    }
  }
}

// The notes end with the call: what the tools themselves do is not shown.
Result<Value> Read(Thread& thread, Args) {
  NoteMoment(thread, Moment::kEnds);
  timeline_level.store(TimelineLevel::kOff);
  const uint64_t ended = MonotonicNanoseconds();
  Places places(thread);
  GILA_TRY(List* const entries, NewList(thread));
  const std::vector<ThreadTimeline*> timelines = AllTimelines();
  UpdateLiveThreads(thread, timelines);
  for (ThreadTimeline* timeline : timelines) {
    GILA_TRY(const Value entry, Entry(thread, *timeline, places, ended));
    GILA_TRY_VOID(ListAppend(thread, entries, entry));
  }
  GILA_TRY(List* const names, NewList(thread));
  for (const std::string& text : places.texts) {
    GILA_TRY(const Value name, Result<Value>(NewStr(thread, text)));
    GILA_TRY_VOID(ListAppend(thread, names, name));
  }
  GILA_TRY(const Value length, NewIntFromUnsigned(thread, ended - started));
  const Value parts[] = {entries, names, length};
  GILA_TRY(Tuple* const all, NewTuple(thread, parts));
  return all;
}

const NativeDef kFunctions[] = {
    {"read", Read, "()", "End the notes; (threads, places, nanoseconds since the start)."},
    {nullptr, nullptr, nullptr, nullptr},
};

// Where the program was started, whatever folder it goes to.
std::string Absolute(const std::string& path) {
  char folder[PATH_MAX];
  if (path.empty() || path[0] == '/' || getcwd(folder, sizeof(folder)) == nullptr) return path;
  return absl::StrCat(folder, "/", path);
}

Result<Value> PathOrNone(Thread& thread, bool wanted, const std::string& path) {
  if (!wanted) return kNone;
  GILA_TRY(Str* const text, DecodeFsPath(thread, path));
  return text;
}

Status Finish(Thread& thread) {
  GILA_TRY(const Value tool, ImportAbsolute(thread, "_gila.timeline"));
  GILA_TRY(const Value trace, PathOrNone(thread, !trace_path.empty(), trace_path));
  GILA_TRY(const Value statistics, PathOrNone(thread, statistics_wanted, statistics_path));
  GILA_TRY_VOID(CallMethod(thread, tool, Intern(thread, "finish"), {trace, statistics}));
  return kOk;
}

}  // namespace

Status InitTimelineModule(Thread& thread, Module* module) {
  return AddFunctions(thread, module, kFunctions);
}

void StartTimelineTools(Thread& thread, const LibraryOptions& options) {
  for (const auto& [name, value] : options.x_options) {
    if (name == "trace") trace_path = Absolute(value.empty() ? "trace.html" : value);
    if (name == "gil_stats") {
      statistics_wanted = true;
      statistics_path = Absolute(value);
    }
  }
  if (trace_path.empty() && !statistics_wanted) return;
  started = MonotonicNanoseconds();
  own_process = getpid();
  StartTimeline(thread, trace_path.empty() ? TimelineLevel::kTotals : TimelineLevel::kMoments);
}

void FinishTimelineTools(Thread& thread) {
  // A child of a fork that comes to its end does not write over what its parent writes.
  if (started == 0 || own_process != getpid()) return;
  if (!Finish(thread).ok())
    WriteUnraisable(thread, kNone, "Exception ignored while the trace is written");
}

}  // namespace gila

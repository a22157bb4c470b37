// schedule.cc: see schedule.h.
#include "runtime/threads/schedule.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <map>
#include <mutex>
#include <random>
#include <vector>

#include "runtime/threads/attach.h"
#include "runtime/threads/build.h"
#include "runtime/threads/fork.h"

namespace gila {

bool schedule_on = false;

namespace {

using namespace std::chrono_literals;

// How long a call may keep the turn, and how often waiting threads look.
constexpr auto kLongCall = 20ms;
constexpr auto kPoll = 5ms;
// Steps in a row, with others ready, after which a thread is taken to wait for them in a loop.
constexpr uint64_t kMostInARow = 20'000;

enum class Activity : uint8_t { kRuns, kAway, kReady, kWaits };

constexpr int64_t kNever = INT64_MAX;

struct Actor {
  const Thread* thread = nullptr;
  uint64_t number = 0;  // 1: the main thread; the others as they start
  int64_t priority = 0;
  Activity activity = Activity::kReady;
  std::chrono::steady_clock::time_point away_since;
  // kWaits: until the word is another one (null: never), or until the moment (kNever: never).
  const Atomic<uint32_t>* word = nullptr;
  uint32_t expected = 0;
  int64_t until = kNever;
  bool timed_out = false;
  std::condition_variable chosen;

  bool WordChanged() const { return word != nullptr && word->Load() != expected; }
  bool CanGoOn() const {
    return activity == Activity::kRuns || activity == Activity::kReady ||
           (activity == Activity::kWaits && WordChanged());
  }
};

// Rounded: what passed since the limit was set is not to decide between two that are equal.
int64_t Remaining(const timespec& deadline) {
  constexpr int64_t kUnit = 100'000;
  const int64_t left = int64_t{deadline.tv_sec} * 1'000'000'000 + deadline.tv_nsec -
                       static_cast<int64_t>(MonotonicNanoseconds());
  return std::max<int64_t>(left + kUnit / 2, 0) / kUnit * kUnit;
}

// Does the kernel let the thread sleep? One that is only not running at the moment does not block,
// however busy the machine is.
bool IsAsleep(int64_t native_id) {
  char path[64], text[512];
  snprintf(path, sizeof(path), "/proc/self/task/%lld/stat", static_cast<long long>(native_id));
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return true;
  const ssize_t size = read(fd, text, sizeof(text) - 1);
  close(fd);
  text[std::max<ssize_t>(size, 0)] = '\0';
  const char* const name_end = strrchr(text, ')');
  return name_end == nullptr || strncmp(name_end, ") S", 3) == 0;
}

class Schedule {
 public:
  explicit Schedule(const ScheduleOptions& options)
      : options_(options), random_(options.seed), lowest_(0) {
    for (uint32_t i = 0; i < options.depth && options.seed != 0 && options.steps != 0; ++i)
      falls_.push_back(random_() % options.steps + 1);
    std::sort(falls_.begin(), falls_.end());
  }

  void Add(const Thread* thread, Activity activity) {
    std::lock_guard<std::mutex> guard(mutex_);
    Actor& actor = actors_[thread];
    actor.thread = thread;
    actor.number = ++last_number_;
    actor.activity = activity;
    actor.priority = options_.seed == 0 ? kFirst - static_cast<int64_t>(actor.number)
                                        : static_cast<int64_t>(random_() % kFirst) + 1;
    if (activity == Activity::kRuns) turn_ = &actor;
  }

  void Remove(const Thread* thread) {
    std::lock_guard<std::mutex> guard(mutex_);
    const auto place = actors_.find(thread);
    if (place == actors_.end()) return;
    const bool had_turn = turn_ == &place->second;
    const uint64_t number = place->second.number;
    actors_.erase(place);
    if (!had_turn) return;
    Pass();
    if (turn_ != nullptr) Tell("ends", number, *turn_, "\t0\t");
  }

  // True: somebody else is to go on first. The caller lets its lock go, and comes to Await().
  bool Step(Thread& thread) {
    std::lock_guard<std::mutex> guard(mutex_);
    if (actors_.size() < 2 || !options_.in_program(thread)) return false;
    Actor& actor = actors_.at(&thread);
    ++steps_;
    ++in_a_row_;
    if (next_fall_ < falls_.size() && falls_[next_fall_] <= steps_) {
      ++next_fall_;
      actor.priority = --lowest_;
    } else if (in_a_row_ > kMostInARow) {
      actor.priority = --lowest_;
      in_a_row_ = 0;
    }
    Actor* const best = Best();
    if (best == nullptr || best == &actor) return false;
    Tell("stops", actor.number, *best, options_.place(thread));
    next_ = best;
    return true;
  }
  // The turn goes to whom Step() chose, and comes back.
  void GiveTurn(const Thread& thread) {
    std::unique_lock<std::mutex> lock(mutex_);
    Actor& actor = actors_.at(&thread);
    actor.activity = Activity::kReady;
    Choose(next_);
    AwaitTurn(lock, actor);
  }

  void Attach(const Thread& thread) {
    std::unique_lock<std::mutex> lock(mutex_);
    const auto place = actors_.find(&thread);
    if (place == actors_.end()) return;
    Actor& actor = place->second;
    if (turn_ != &actor) {
      actor.activity = Activity::kReady;
      AwaitTurn(lock, actor);
    }
    actor.activity = Activity::kRuns;
  }
  void Detach(const Thread& thread) {
    std::lock_guard<std::mutex> guard(mutex_);
    const auto place = actors_.find(&thread);
    if (place == actors_.end()) return;
    place->second.activity = Activity::kAway;
    place->second.away_since = std::chrono::steady_clock::now();
  }

  FutexResult Wait(Thread& thread, const Atomic<uint32_t>* word, uint32_t expected,
                   const timespec* deadline, bool (*look)(Thread& thread)) {
    std::unique_lock<std::mutex> lock(mutex_);
    Actor& actor = actors_.at(&thread);
    actor.activity = Activity::kWaits;
    actor.word = word;
    actor.expected = expected;
    actor.timed_out = false;
    actor.until = deadline != nullptr ? jumped_ + Remaining(*deadline) : kNever;
    if (turn_ == &actor) {
      Pass();
      if (turn_ != nullptr && turn_ != &actor)
        Tell("waits", actor.number, *turn_, options_.place(thread));
    }
    const auto begin = std::chrono::steady_clock::now();
    while (turn_ != &actor) {
      actor.chosen.wait_for(lock, kPoll);
      if (turn_ == &actor) break;
      LookAround();
      if (SignalWaits(thread)) return Leave(actor);
      if (turn_ != nullptr || look == nullptr || std::chrono::steady_clock::now() - begin < kLook)
        continue;
      lock.unlock();
      const bool over = look(thread);
      lock.lock();
      if (over) return Leave(actor);
    }
    actor.activity = Activity::kAway;
    actor.away_since = std::chrono::steady_clock::now();
    return actor.timed_out ? FutexResult::kTimedOut : FutexResult::kWoken;
  }

  void Finish() {
    std::lock_guard<std::mutex> guard(mutex_);
    if (options_.report_fd >= 0)
      dprintf(options_.report_fd, "done\t%llu\t%s\n", static_cast<unsigned long long>(steps_),
              exact_ ? "exact" : "inexact");
  }
  int64_t jumped() {
    std::lock_guard<std::mutex> guard(mutex_);
    return jumped_;
  }

 private:
  static constexpr int64_t kFirst = int64_t{1} << 40;
  static constexpr auto kLook = 100ms;

  static bool SignalWaits(const Thread& thread) {
    return thread.is_main && (thread.breaker.Load() & kBreakSignals) != 0;
  }

  // A line of the report: what happened to the thread that had the turn, and who has it now.
  void Tell(const char* what, uint64_t from, const Actor& to, const std::string& place) const {
    if (options_.report_fd < 0) return;
    dprintf(options_.report_fd, "%s\t%llu\t%llu\t%llu\t%s\n", what,
            static_cast<unsigned long long>(steps_), static_cast<unsigned long long>(from),
            static_cast<unsigned long long>(to.number), place.c_str());
  }

  // A signal, or a report: not by the schedule.
  FutexResult Leave(Actor& actor) {
    exact_ = false;
    actor.activity = Activity::kAway;
    if (turn_ == &actor) actor.away_since = std::chrono::steady_clock::now();
    return FutexResult::kInterrupted;
  }

  Actor* Best() {
    Actor* best = nullptr;
    for (auto& [thread, actor] : actors_) {
      if (actor.CanGoOn() && (best == nullptr || actor.priority > best->priority)) best = &actor;
    }
    return best;
  }
  // Whose sleep or time limit ends first, when nothing else can happen.
  Actor* Earliest() {
    Actor* first = nullptr;
    for (auto& [thread, actor] : actors_) {
      if (actor.activity != Activity::kWaits || actor.until == kNever) continue;
      if (first == nullptr || actor.until < first->until ||
          (actor.until == first->until && actor.number < first->number))
        first = &actor;
    }
    return first;
  }

  void Choose(Actor* actor) {
    turn_ = actor;
    in_a_row_ = 0;
    if (actor == nullptr) return;
    // Who is told may take a while to come; it counts as having the turn.
    actor->away_since = std::chrono::steady_clock::now();
    actor->chosen.notify_one();
  }
  // The turn is free.
  void Pass() {
    const bool had_turn = turn_ != nullptr;
    turn_ = nullptr;
    Actor* next = Best();
    const auto now = std::chrono::steady_clock::now();
    if (had_turn) free_since_ = now;
    const bool somebody_is_away = SomebodyIsAway();
    const bool waits_in_vain = somebody_is_away && now - free_since_ > kLongCall;
    if (next == nullptr && (!somebody_is_away || waits_in_vain)) {
      next = Earliest();
      exact_ = exact_ && !waits_in_vain;
      if (next != nullptr) {
        jumped_ = std::max(jumped_, next->until);
        next->timed_out = true;
      }
    }
    Choose(next);
  }
  bool SomebodyIsAway() const {
    return std::any_of(actors_.begin(), actors_.end(),
                       [](const auto& entry) { return entry.second.activity == Activity::kAway; });
  }
  // By whoever waits: the one that has the turn is in a long call, or nobody had anything to do.
  void LookAround() {
    if (turn_ == nullptr) {
      Pass();
    } else if (turn_->activity == Activity::kAway &&
               std::chrono::steady_clock::now() - turn_->away_since > kLongCall &&
               IsAsleep(turn_->thread->native_id)) {
      exact_ = false;
      Pass();
    }
  }
  void AwaitTurn(std::unique_lock<std::mutex>& lock, Actor& actor) {
    while (turn_ != &actor) {
      if (turn_ == nullptr) LookAround();
      if (turn_ == &actor) break;
      actor.chosen.wait_for(lock, kPoll);
      LookAround();
    }
    actor.activity = Activity::kRuns;
  }

  const ScheduleOptions options_;
  std::mt19937_64 random_;
  std::mutex mutex_;
  std::map<const Thread*, Actor> actors_;
  Actor* turn_ = nullptr;
  Actor* next_ = nullptr;  // whom Step() chose
  std::chrono::steady_clock::time_point free_since_;
  std::vector<uint64_t> falls_;  // steps, in order
  size_t next_fall_ = 0;
  int64_t lowest_;
  uint64_t steps_ = 0, in_a_row_ = 0, last_number_ = 0;
  int64_t jumped_ = 0;  // nanoseconds: what sleeps would have taken
  bool exact_ = true;
};

Schedule* schedule = nullptr;  // never destroyed: threads may wait in it at the end
const ForkRepair repair([](Thread&, bool) { schedule_on = false; });

}  // namespace

void StartSchedule(Thread& main_thread, const ScheduleOptions& options) {
  schedule = new Schedule(options);
  schedule->Add(&main_thread, Activity::kRuns);
  schedule_on = true;
}
void FinishSchedule() {
  if (!ScheduleOn()) return;
  schedule->Finish();
  schedule_on = false;
}

void ScheduleNewThread(Thread* thread) {
  if (ScheduleOn()) schedule->Add(thread, Activity::kReady);
}
void ScheduleEndOfThread(Thread* thread) {
  if (ScheduleOn()) schedule->Remove(thread);
}

void ScheduleStep(Thread& thread) {
  if (!schedule->Step(thread)) return;
  SaveRegisters(thread);
  DetachInBuild(thread);
  schedule->GiveTurn(thread);
  AttachInBuild(thread, false);
  thread.detached_at = 0;
}
void ScheduleAttach(Thread& thread) { schedule->Attach(thread); }
void ScheduleDetach(Thread& thread) { schedule->Detach(thread); }

FutexResult ScheduleWait(Thread& thread, const Atomic<uint32_t>* word, uint32_t expected,
                         const timespec* deadline, bool (*look)(Thread& thread)) {
  return schedule->Wait(thread, word, expected, deadline, look);
}
int64_t ScheduledNanoseconds() { return ScheduleOn() ? schedule->jumped() : 0; }

}  // namespace gila

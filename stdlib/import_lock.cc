// import_lock.cc: one lock per module name that is being loaded.
#include <chrono>
#include <climits>
#include <condition_variable>
#include <map>
#include <mutex>

#include "runtime/threads/attach.h"
#include "runtime/threads/fork.h"
#include "runtime/threads/futex.h"
#include "runtime/threads/wait_graph.h"
#include "stdlib/import.h"

namespace gila {

namespace {

struct Entry {
  Thread* owner = nullptr;
  int count = 0;         // the owner may come again: a module that imports itself
  int waiters = 0;       // keeps the entry alive
  bool running = false;  // the owner runs the module's code
};

// Everything under `mutex`, which is never held while attached code runs.
struct LockTable {
  std::mutex mutex;
  std::condition_variable released;
  std::map<std::string, Entry> entries;
  std::map<Thread*, std::string> waiting;  // what each waiting thread waits for
  // Counts what is released; who waits for a module sleeps on it, so that a deadlock shows.
  Atomic<uint32_t> releases{0};
  Atomic<int> held{0};
  Entry of_forks;
};

LockTable* table = new LockTable;

// Would `thread`, by waiting for `name`, wait for itself in the end?
bool WouldDeadlock(const LockTable& locks, Thread* thread, const std::string& name) {
  const std::string* wanted = &name;
  while (true) {
    const auto entry = locks.entries.find(*wanted);
    if (entry == locks.entries.end() || entry->second.owner == nullptr) return false;
    if (entry->second.owner == thread) return true;
    const auto next = locks.waiting.find(entry->second.owner);
    if (next == locks.waiting.end()) return false;
    wanted = &next->second;
  }
}

constexpr std::chrono::milliseconds kPauseWhenInterrupted{20};

void WaitFor(LockTable& locks, Thread& thread, const std::string& name) {
  AllowThreads detached(thread, Blocked::kLock);
  std::unique_lock<std::mutex> guard(locks.mutex);
  Entry& entry = locks.entries[name];
  while (entry.owner != nullptr && !WouldDeadlock(locks, &thread, name)) {
    ++entry.waiters;
    locks.waiting[&thread] = name;
    const uint32_t seen = locks.releases.Load();
    guard.unlock();
    const FutexResult result =
        SleepOnWord(thread, WaitKind::kQueue, locks.releases, seen, seen, nullptr);
    guard.lock();
    // An import does not end for a signal; its handler runs afterwards.
    if (result == FutexResult::kInterrupted && locks.releases.Load() == seen)
      locks.released.wait_for(guard, kPauseWhenInterrupted);
    locks.waiting.erase(&thread);
    --entry.waiters;
  }
}

}  // namespace

ImportLock::ImportLock(Thread& thread, const std::string& name) : name_(name) {
  LockTable& locks = *table;
  while (true) {
    {
      std::lock_guard<std::mutex> guard(locks.mutex);
      Entry& entry = locks.entries[name];
      if (entry.owner == nullptr || entry.owner == &thread) {
        entry.owner = &thread;
        ++entry.count;
        locks.held.FetchAdd(1);
        return;
      }
      if (WouldDeadlock(locks, &thread, name)) {
        deadlock_ = true;
        return;
      }
    }
    WaitFor(locks, thread, name);
  }
}

ImportLock::~ImportLock() {
  if (deadlock_) return;
  LockTable& locks = *table;
  std::lock_guard<std::mutex> guard(locks.mutex);
  const auto entry = locks.entries.find(name_);
  locks.held.FetchAdd(-1);
  if (--entry->second.count > 0) return;
  entry->second.owner = nullptr;
  entry->second.running = false;
  if (entry->second.waiters == 0) {
    locks.entries.erase(entry);
    return;
  }
  locks.releases.FetchAdd(1);
  FutexWake(locks.releases, INT_MAX);
  locks.released.notify_all();
}

void ImportLock::NoteRunning() {
  if (deadlock_) return;
  const std::lock_guard<std::mutex> guard(table->mutex);
  table->entries[name_].running = true;
}

bool ImportLock::HolderIsRunning() const {
  const std::lock_guard<std::mutex> guard(table->mutex);
  const auto entry = table->entries.find(name_);
  return entry != table->entries.end() && entry->second.running;
}

bool ImportWaitedFor(const Thread& waiter, const Atomic<uint32_t>* word, std::string* module,
                     const Thread** loader) {
  LockTable& locks = *table;
  if (word != &locks.releases) return false;
  const std::lock_guard<std::mutex> guard(locks.mutex);
  const auto wanted = locks.waiting.find(const_cast<Thread*>(&waiter));
  if (wanted == locks.waiting.end()) return false;
  *module = wanted->second;
  const auto entry = locks.entries.find(*module);
  *loader = entry == locks.entries.end() ? nullptr : entry->second.owner;
  return true;
}

void ForkImportLock::Acquire(Thread& thread) {
  LockTable& locks = *table;
  Entry& entry = locks.of_forks;
  {
    const std::lock_guard<std::mutex> guard(locks.mutex);
    if (entry.owner == nullptr || entry.owner == &thread) {
      entry.owner = &thread;
      ++entry.count;
      return;
    }
  }
  AllowThreads detached(thread, Blocked::kLock);
  std::unique_lock<std::mutex> guard(locks.mutex);
  while (entry.owner != nullptr) locks.released.wait(guard);
  entry.owner = &thread;
  entry.count = 1;
}

bool ForkImportLock::Release(Thread& thread) {
  LockTable& locks = *table;
  const std::lock_guard<std::mutex> guard(locks.mutex);
  Entry& entry = locks.of_forks;
  if (entry.owner != &thread) return false;
  if (--entry.count > 0) return true;
  entry.owner = nullptr;
  locks.released.notify_all();
  return true;
}

bool ForkImportLock::IsHeld() {
  LockTable& locks = *table;
  const std::lock_guard<std::mutex> guard(locks.mutex);
  return locks.of_forks.owner != nullptr;
}

bool ImportsUnderWay() { return table->held.Load() != 0; }

// The old table may be locked by a thread that does not exist any more; what the forking thread
// itself is importing stays locked by it.
static const ForkRepair repair([](Thread& thread, bool) {
  auto* const fresh = new LockTable;
  for (const auto& [name, entry] : table->entries) {
    if (entry.owner != &thread) continue;
    fresh->entries[name] = {entry.owner, entry.count, 0, entry.running};
    fresh->held.FetchAdd(entry.count);
  }
  if (table->of_forks.owner == &thread) fresh->of_forks = table->of_forks;
  table = fresh;
});

}  // namespace gila

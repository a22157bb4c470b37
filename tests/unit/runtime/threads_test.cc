// Threads: the lock hands itself over, byte locks exclude and their waiters detach, the world
// stops.
#include <pthread.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "runtime/threads/attach.h"
#include "runtime/threads/gil.h"
#include "runtime/types/sequence.h"
#include "runtime_fixture.h"

using namespace gila;

namespace {

// Runs `body(thread)` in `count` attached threads and waits, detached, for their end.
template <class Body>
void InThreads(int count, Body body) {
  Thread& self = TestThread();
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    Thread* record = NewThreadRecord();
    REQUIRE(record != nullptr);
    threads.emplace_back([record, body] {
      BeginThread(record);
      body(*record);
      EndThread(record);
    });
  }
  AllowThreads detached(self, Blocked::kJoin);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace

TEST_CASE("a byte lock lets one in at a time", "[threads]") {
  ByteLock lock;
  int64_t counter = 0;
  InThreads(4, [&](Thread& thread) {
    for (int i = 0; i < 20'000; ++i) {
      const ByteLockGuard guard(lock);
      ++counter;
      static_cast<void>(thread);
    }
  });
  // With the GIL the lock is nothing, and the GIL itself is what excludes: no check of the breaker
  // comes between.
  CHECK(counter == 80'000);
}

TEST_CASE("a list that four threads append to loses nothing", "[threads]") {
  Thread& self = TestThread();
  List* list = NewList(self).value();
  InThreads(4, [&](Thread& thread) {
    for (int i = 0; i < 5'000; ++i) {
      if (!ListAppend(thread, list, Value::SmallInt(i)).ok()) return;
      if (!thread.CheckBreaker().ok()) return;
    }
  });
  CHECK(list->size.Load() == 20'000);
}

TEST_CASE("collections run while threads allocate", "[threads][heap]") {
  std::atomic<int> wrong{0};
  InThreads(4, [&](Thread& thread) {
    for (int round = 0; round < 40; ++round) {
      List* list = NewList(thread).value();
      for (int i = 0; i < 200; ++i) {
        const Value items[] = {Value::SmallInt(i), Value::SmallInt(round)};
        if (!ListAppend(thread, list, NewTuple(thread, items).value()).ok()) ++wrong;
      }
      if (round % 10 == 0) heap::Collect(thread, heap::Collection::kFull);
      for (int i = 0; i < 200; ++i)
        wrong += ListAt(list, i).As<Tuple>()->At(0) != Value::SmallInt(i);
      if (!thread.CheckBreaker().ok()) ++wrong;
    }
  });
  CHECK(wrong == 0);
}

TEST_CASE("nobody else is attached while the world is stopped", "[threads]") {
  std::atomic<bool> done{false};
  std::atomic<int> steps{0};
  Thread& self = TestThread();
  Thread* record = NewThreadRecord();
  std::thread other([&, record] {
    BeginThread(record);
    while (!done.load()) {
      ++steps;
      if (!record->CheckBreaker().ok()) break;
    }
    EndThread(record);
  });
  {
    AllowThreads detached(self, Blocked::kOther);
    while (steps.load() == 0) std::this_thread::yield();
  }
  for (int i = 0; i < 20; ++i) {
    const StopTheWorld stopped(self);
    CHECK(record->state.Load() != 1);
  }
  done.store(true);
  AllowThreads detached(self, Blocked::kJoin);
  other.join();
}

TEST_CASE("the lock serves a thread that comes back from a wait early, and counts what it does",
          "[threads][gil]") {
  if (kGilDisabled) return;
  const GilStatistics before = GetGilStatistics();
  std::atomic<bool> stop{false};
  Thread& self = TestThread();
  Thread* record = NewThreadRecord();
  std::thread busy([&, record] {
    BeginThread(record);
    while (!stop.load()) {
      if (!record->CheckBreaker().ok()) break;
    }
    EndThread(record);
  });
  for (int i = 0; i < 20; ++i) {
    AllowThreads detached(self, Blocked::kSleep);
    std::this_thread::yield();
  }
  stop.store(true);
  {
    AllowThreads detached(self, Blocked::kJoin);
    busy.join();
  }
  const GilStatistics after = GetGilStatistics();
  CHECK(after.acquisitions > before.acquisitions + 20);
  CHECK(after.longest_wait_nanoseconds < 20'000'000'000u);
}

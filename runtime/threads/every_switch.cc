// every_switch.cc: -X switch=every. A lost update needs a switch between a load and the store that
// follows it, which loops and calls alone never give. Here every instruction may be followed by
// one, so that a lesson's race shows at the first try.
#include <time.h>

#include "runtime/threads/attach.h"
#include "runtime/threads/build.h"
#include "runtime/threads/schedule.h"
#include "runtime/tracing.h"

namespace gila {
namespace {

// Written once, while one thread is there.
bool every_instruction = false;

// Small and different in every thread; quality does not matter.
uint32_t NextRandom() {
  static thread_local uint32_t state =
      static_cast<uint32_t>(reinterpret_cast<uintptr_t>(&state) >> 4) | 1;
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

}  // namespace

void SwitchAtEveryInstruction(Thread& main_thread) {
  every_instruction = true;
  main_thread.breaker.FetchOr(kBreakTracing);
}
bool MaySwitchAtEveryInstruction() { return every_instruction; }

void OfferTurn(Thread& thread) {
  if (ScheduleOn()) return ScheduleStep(thread);
  const uint32_t chance = NextRandom();
  if (IsGilEnabled()) {
    // Whoever waits first gets the lock; without a waiter nothing happens.
    if ((chance & 1) == 0) YieldInBuild(thread, kBreakDropRequest);
    return;
  }
  // Threads run at the same time anyway; a nap between two instructions is what lets another one
  // in.
  if ((chance & 63) != 0) return;
  const timespec nap = {0, static_cast<long>(chance >> 17) + 1};
  AllowThreads detached(thread, Blocked::kSleep);
  nanosleep(&nap, nullptr);
}

}  // namespace gila

// tracing.h: threads that go instruction by instruction: for sys.settrace and sys.setprofile, and
// under -X switch=every.
//
// kBreakTracing stands in the breaker of such a thread. The vm sees it where it looks at the
// breaker anyway, and runs the thread by vm/stepping.cc from there on, so that nothing is paid
// while nobody traces.
#ifndef GILA_RUNTIME_TRACING_H_
#define GILA_RUNTIME_TRACING_H_

#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

// Thread::trace_function or profile_function has changed. Implemented by the vm
// (vm/trace_events.cc).
void UpdateTracing(Thread& thread) GILA_ATTACHED;

// function(*args) as if no trace function were running: what it does is told again.
Result<Value> CallTraced(Thread& thread, Value function, Value args) GILA_ATTACHED;

// -X switch=every: another thread may come between any two instructions. Set before the first
// thread runs Gila code; the main thread's breaker is set at once, that of others when they begin.
void SwitchAtEveryInstruction(Thread& main_thread);
bool MaySwitchAtEveryInstruction();
// Between two instructions: lets another thread have its turn, every now and then.
void OfferTurn(Thread& thread) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TRACING_H_

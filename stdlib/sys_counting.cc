// sys_counting.cc: sys._atomic_counts(), which only the counting build has (threads/counting.h).
#include "runtime/native.h"
#include "runtime/threads/counting.h"
#include "runtime/types/sequence.h"
#include "stdlib/sys.h"

namespace gila {
namespace {

// sys._atomic_counts(all=False) -> (atomics, locks, bytecodes) of the calling thread; with `all`,
// of those that have ended as well. It takes no lock itself, unless the tuple needs new memory.
Result<Value> GetAtomicCounts(Thread& thread, Args args) {
  AtomicCounts counts = atomic_counts;
  if (args.size() > 0 && args[0].IsTrue()) {
    const AtomicCounts ended = CountsOfEndedThreads();
    counts.atomics += ended.atomics;
    counts.locks += ended.locks;
    counts.bytecodes += ended.bytecodes;
  }
  // All three fit: they count from the start of the process.
  const Value items[] = {Value::SmallInt(static_cast<int64_t>(counts.atomics)),
                         Value::SmallInt(static_cast<int64_t>(counts.locks)),
                         Value::SmallInt(static_cast<int64_t>(counts.bytecodes))};
  return NewTuple(thread, items);
}

}  // namespace

const NativeDef kSysCounting[] = {
    {"_atomic_counts", GetAtomicCounts, "(all=False, /)",
     "Atomic read-modify-writes, lock acquisitions and bytecodes of this thread so far."},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace gila

// sys_counting.cc: sys._atomic_counts(), which only the counting build has (threads/counting.h).
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/threads/counting.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "stdlib/sys.h"

namespace gila {
namespace {

// sys._atomic_counts(all=False) -> dict. Of the calling thread; with `all`, of those that have
// ended as well.
Result<Value> GetAtomicCounts(Thread& thread, Args args) {
  AtomicCounts counts = atomic_counts;
  if (args.size() > 0 && args[0].IsTrue()) {
    const AtomicCounts ended = CountsOfEndedThreads();
    counts.atomics += ended.atomics;
    counts.locks += ended.locks;
    counts.bytecodes += ended.bytecodes;
  }
  GILA_TRY(Dict* const dict, NewDict(thread));
  const auto set = [&](const char* name, uint64_t number) -> Status {
    GILA_TRY(const Value value, NewIntFromUnsigned(thread, number));
    return DictSet(thread, dict, Intern(thread, name), value);
  };
  GILA_TRY_VOID(set("atomics", counts.atomics));
  GILA_TRY_VOID(set("locks", counts.locks));
  GILA_TRY_VOID(set("bytecodes", counts.bytecodes));
  return dict;
}

}  // namespace

const NativeDef kSysCounting[] = {
    {"_atomic_counts", GetAtomicCounts, "(all=False, /)",
     "Atomic read-modify-writes, lock acquisitions and bytecodes of this thread so far."},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace gila

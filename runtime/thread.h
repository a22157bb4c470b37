// thread.h: what Gila knows about a thread: its eval breaker, registers, waiting exception,
// allocation holes.
//
// A thread is *attached* (it may touch objects; in the GIL build: it holds the GIL) or *detached*
// (inside an AllowThreads scope: it may not). Native code that may block wraps the system call in
// AllowThreads (threads/attach.h); everything else is the same in both builds.
#ifndef GILA_RUNTIME_THREAD_H_
#define GILA_RUNTIME_THREAD_H_

#include <cstdint>
#include <string_view>

#include "runtime/names.h"
#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/value.h"

namespace gila {

struct ThreadHeap;
struct ThreadTimeline;

// Reasons to leave the fast path, as bits of Thread::breaker. Tested at loop back-edges and calls.
enum BreakerBits : uint32_t {
  kBreakDropRequest = 1,     // another thread waits for the GIL
  kBreakStopTheWorld = 2,    // no-GIL: stop until the world goes on
  kBreakSignals = 4,         // main thread: run signal handlers (KeyboardInterrupt)
  kBreakAsyncException = 8,  // Thread::async_exception
  kBreakFinalizers = 16,     // __del__ and weakref callbacks wait
  kBreakTracing = 32,        // sys.settrace, sys.setprofile, the schedule explorer
  kBreakCollect = 64,        // a collection is due
  kBreakPendingCalls = 128,
  kBreakLateWakes = 256,  // threads/handover.h: somebody is still to be woken
};

// Why a thread is detached, for the tools that show it.
enum class Blocked : uint8_t {
  kNot,
  kGil,
  kLock,
  kSleep,
  kRead,
  kWrite,
  kConnect,
  kAccept,
  kPoll,
  kJoin,
  kWaitPid,
  kOther
};

// What a thread that sleeps without a time limit waits for (threads/wait_graph.h).
enum class WaitKind : uint8_t { kLock, kOwnLock, kJoin, kQueue };
struct WaitRecord {
  Atomic<const Atomic<uint32_t>*> word;  // null: it is able to run
  Atomic<uint32_t> over;                 // the wait ends when the word is this (kQueue: is not)
  Atomic<uint8_t> kind;
};

// Wake-ups that a thread owes to others, and how far it trusts in watching a word
// (threads/handover.h). Only the thread itself touches them.
struct LateWakes {
  static constexpr uint32_t kMost = 8;
  Atomic<uint32_t>* words[kMost];
  int how_many[kMost];
  uint32_t count = 0;
  uint64_t since = 0;  // nanoseconds of the monotonic clock: when the oldest was kept
};
struct SpinTrust {
  uint8_t skip = 0, penalty = 0;
  bool worked = false;  // the last wait ended while the thread watched
};

// What the kernel was told about the thread (threads/kernel_slices.h).
struct KernelSlices {
  uint8_t guests = 0;  // that interrupted it in a row, up to what makes its slices long
  bool are_long = false;
  SpinTrust yields;
};

// Figures of the global interpreter lock: of one thread, or of all.
struct GilStatistics {
  uint64_t acquisitions, forced_drops, waits;
  uint64_t wait_nanoseconds, hold_nanoseconds, longest_wait_nanoseconds;
};

inline constexpr int kSizeClasses = 53;
inline constexpr int kSavedRegisters = 8;

// A hole being filled: [next, limit) is zeroed and free.
struct FreeRun {
  uint8_t* next = nullptr;
  uint8_t* limit = nullptr;
};

class Thread {
 public:
  // The running thread. Attached or not, but registered.
  static Thread* Current() { return current_; }

  // --- hot: first cache lines ---
  Atomic<uint32_t> breaker;
  int32_t depth = 0;           // frames, Gila and native; RecursionError at depth_limit
  int32_t depth_limit = 1000;  // sys.setrecursionlimit
  // The running frame as last published: native code that may raise, allocate or call sees these.
  const uint64_t* pc = nullptr;  // the instruction that runs
  Value* registers = nullptr;    // its register 0; the header is below (vm/frame.h)
  Value* stack_top = nullptr;    // first register nobody uses: where a nested run puts its frame
  Value* stack_limit = nullptr;
  Value exception = kUnbound;  // raised and not yet caught
  Value handled = kUnbound;    // being handled (sys.exc_info): an exception or unbound
  FreeRun runs[kSizeClasses];

  // --- the rest ---
  Value* stack_base = nullptr;
  size_t stack_bytes = 0;
  uintptr_t native_limit = 0;  // natively deep recursion raises RecursionError below this address
  uintptr_t native_base = 0;   // where the native stack begins (its highest address)
  uintptr_t detached_at = 0;   // stack pointer when it detached, for the conservative scan
  uintptr_t saved_registers[kSavedRegisters] = {};  // callee-saved registers at that moment
  Value async_exception = kUnbound;
  Value context = kUnbound;         // contextvars
  Value current_object = kUnbound;  // the threading.Thread, for whoever wants it
  Value trace_function = kUnbound, profile_function = kUnbound;
  Value async_gen_hooks[2] = {kUnbound, kUnbound};
  uint64_t id = 0;                     // threading.get_ident()
  uint64_t serial = 0;                 // never used twice, unlike id
  int64_t native_id = 0;               // gettid()
  ThreadHeap* heap = nullptr;          // heap/blocks.h: blocks being filled, the remembered set
  void* tracing_state = nullptr;       // vm
  ThreadTimeline* timeline = nullptr;  // threads/timeline.h, when it is on
  GilStatistics gil_statistics{};      // guarded by the GIL's own mutex
  Atomic<uint8_t> state;               // 0 detached, 1 attached, 2 stopped by a stop-the-world
  Atomic<uint8_t> blocked;             // Blocked
  WaitRecord wait;
  LateWakes late_wakes;
  SpinTrust spin;
  KernelSlices kernel_slices;
  bool generator_returned = false;  // vm: did the generator that was left last return (or yield)?
  bool is_main = false;
  bool is_daemon = false;
  Thread* next = nullptr;  // list of all threads, under its lock
  Thread* previous = nullptr;

  // --- raising: each sets `exception` and returns kFailed, so `return thread.Raise(...)` works in
  // any Result ---
  Failed Raise(TypeId type, std::string_view utf8_message) GILA_ATTACHED;
  Failed RaiseFormat(TypeId type, const char* format, ...) GILA_ATTACHED
      __attribute__((format(printf, 3, 4)));
  Failed RaiseTypeError(const char* format, ...) GILA_ATTACHED
      __attribute__((format(printf, 2, 3)));
  Failed RaiseValueError(const char* format, ...) GILA_ATTACHED
      __attribute__((format(printf, 2, 3)));
  // `type(*args)` for a class with one argument (KeyError(key), StopIteration(value)).
  Failed RaiseWith(TypeId type, Value argument) GILA_ATTACHED;
  // An instance or class; sets __context__ from `handled`, as the raise statement does.
  Failed RaiseObject(Value exception_or_class) GILA_ATTACHED;
  Failed RaiseOsError(int error_number, Value filename = kUnbound,
                      Value filename2 = kUnbound) GILA_ATTACHED;
  Failed RaiseMemoryError() GILA_ATTACHED;  // allocates nothing
  Failed RaiseRecursionError(const char* where)
      GILA_ATTACHED;  // "maximum recursion depth exceeded" + where
  bool HasException() const { return !exception.IsUnbound(); }
  // Does the waiting exception match the class? (Subclasses count.)
  bool ExceptionMatches(TypeId type) const;
  Value TakeException() {
    const Value taken = exception;
    exception = kUnbound;
    return taken;
  }
  void ClearException() { exception = kUnbound; }

  // The eval breaker's slow path, from interpreter and natives that loop: signals, GIL hand-over,
  // finalisers, ... May raise.
  Status HandleBreaker() GILA_ATTACHED;
  Status CheckBreaker() GILA_ATTACHED {
    if (GILA_LIKELY(breaker.LoadRelaxed() == 0)) return kOk;
    return HandleBreaker();
  }
  // After EINTR in a blocking call: Gila-level signal handlers of the main thread.
  // KeyboardInterrupt comes out of here.
  Status RunSignalHandlers() GILA_ATTACHED;

 private:
  friend struct ThreadRegistry;
  static thread_local Thread* current_;
};

// Guards natively recursive code (repr of nested lists, comparisons, the json parser): counts as a
// frame and looks at the real stack.  RecursionScope scope(thread, " while getting the repr of an
// object"); GILA_TRY_VOID(scope.status());
class RecursionScope {
 public:
  RecursionScope(Thread& thread, const char* where) : thread_(thread) {
    ++thread.depth;
    if (GILA_UNLIKELY(thread.depth > thread.depth_limit ||
                      reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) <
                          thread.native_limit)) {
      thread.RaiseRecursionError(where);
      failed_ = true;
    }
  }
  ~RecursionScope() { --thread_.depth; }
  RecursionScope(const RecursionScope&) = delete;
  Status status() const { return failed_ ? Status(kFailed) : kOk; }

 private:
  Thread& thread_;
  bool failed_ = false;
};

}  // namespace gila

#endif  // GILA_RUNTIME_THREAD_H_

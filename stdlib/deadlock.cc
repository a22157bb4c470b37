// deadlock.cc: the report of a deadlock: which thread waits for whom, at which line, and where the
// lock it waits for was acquired. When a program is deadlocked is decided in
// runtime/threads/wait_graph.h; what is told here is read from the sleeping threads' frames.
#include "stdlib/deadlock.h"

#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/heap/blocks.h"
#include "runtime/heap/heap.h"
#include "runtime/text/source_lines.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/wait_graph.h"
#include "runtime/types/code.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"
#include "stdlib/import.h"
#include "stdlib/library.h"
#include "stdlib/thread_locks.h"
#include "vm/frame.h"

namespace gila {
namespace {

// A place in a program: an instruction, its code, and the globals its function sees.
struct Place {
  Code* code = nullptr;
  uint32_t word = 0;
  Value globals = kUnbound;
};

// What a sleeping thread does: the innermost frame of the program (none when its target is of the
// library), and the name of the library function that was called ("Event.wait"), empty when it
// waits directly.
struct Activity {
  Place place;
  std::string library_call;
};

Activity ActivityOf(const Thread& thread) {
  Activity activity;
  const uint64_t* pc = thread.pc;
  for (Value* registers = thread.registers; registers != nullptr;) {
    Code* code = vm::CodeOf(registers);
    if (!IsLibraryCode(code)) {
      const Value globals = Value(vm::FunctionOf(registers)->globals.Load());
      activity.place = {code, vm::WordIndex(code, pc), globals};
      break;
    }
    const std::string name = ToUtf8(code->qualname.Load());
    if (name == "Thread.run" || name.starts_with("Thread._bootstrap")) break;
    activity.library_call = name;
    pc = vm::LinkPc(vm::LinkOf(registers));
    registers = vm::CallerOf(registers);
  }
  return activity;
}

// The code that holds an instruction: it may belong to a frame that was left long ago.
Place PlaceOfSite(Thread& thread, const uint64_t* site) {
  struct Search {
    const uint64_t* site;
    Place found;
  } search{site, {}};
  if (site == nullptr) return search.found;
  const StopTheWorld stopped(thread);
  heap::ForEachObject(
      [](Object* object, void* context) {
        auto* s = static_cast<Search*>(context);
        if (!IsKind(Value(object), kKindCode)) return;
        auto* code = static_cast<Code*>(object);
        if (s->site >= code->words && s->site < code->words + code->word_count)
          s->found = {code, vm::WordIndex(code, s->site), kUnbound};
      },
      &search);
  return search.found;
}

std::string Describe(Thread& thread, const Place& place, const char* indent) {
  if (place.code == nullptr) return absl::StrCat(indent, "(the line is not known)\n");
  const std::string file = ToUtf8(place.code->filename.Load());
  const int32_t line = LineAt(place.code, place.word);
  std::string text = absl::StrCat(indent, "File \"", file, "\", line ", line, ", in ",
                                  ToUtf8(place.code->name.Load()), "\n");
  std::string source;
  if (SourceLine(thread, file, line, place.globals, &source)) {
    const size_t begin = source.find_first_not_of(" \t\f");
    if (begin != std::string::npos)
      absl::StrAppend(&text, indent, "  ", source.substr(begin), "\n");
  }
  return text;
}

std::string QuotedName(Thread& thread, const Thread& other) {
  std::string name = ThreadName(thread, other.id);
  if (name.empty()) name = other.is_main ? "MainThread" : absl::StrCat("thread ", other.serial);
  return absl::StrCat("'", name, "'");
}

using Threads = std::vector<Thread*>;

Threads AllThreads() {
  Threads threads;
  ForEachThread([](Thread* thread, void* list) { static_cast<Threads*>(list)->push_back(thread); },
                &threads);
  std::sort(threads.begin(), threads.end(),
            [](const Thread* a, const Thread* b) { return a->serial < b->serial; });
  return threads;
}

template <class Matches>
const Thread* Find(const Threads& threads, Matches matches) {
  const auto found = std::find_if(threads.begin(), threads.end(), matches);
  return found == threads.end() ? nullptr : *found;
}

std::string DescribeJoin(Thread& thread, const Threads& threads, const Thread& waiter) {
  const uint64_t ident = JoinedThread(waiter.wait.word.Load());
  const Thread* other = Find(threads, [&](const Thread* t) { return t->id == ident; });
  if (other == nullptr) return " waits for the end of a thread that is no more:\n";
  return absl::StrCat(" waits for the end of thread ", QuotedName(thread, *other), ":\n");
}

std::string DescribeLock(Thread& thread, const Threads& threads, const Thread& waiter,
                         const std::string& library_call) {
  const LockHolder holder = HolderOfLock(waiter.wait.word.Load());
  const std::string in = library_call.empty() ? "" : absl::StrCat(" in ", library_call, "()");
  const Thread* other = Find(threads, [&](const Thread* t) { return t->serial == holder.serial; });
  if (other == &waiter && !library_call.empty())
    return absl::StrCat(" waits", in, " for another thread to wake it:\n");
  const std::string who = other == nullptr   ? "a thread that is no more"
                          : other == &waiter ? "it"
                                             : absl::StrCat("thread ", QuotedName(thread, *other));
  return absl::StrCat(" waits", in, " for a lock that ", who, " holds:\n");
}

std::string DescribeQueue(Thread& thread, const Thread& waiter) {
  std::string module;
  const Thread* loader = nullptr;
  if (!ImportWaitedFor(waiter, waiter.wait.word.Load(), &module, &loader))
    return " waits for an item in a queue that nobody fills:\n";
  const std::string who = loader == nullptr ? "a thread that is no more"
                                            : absl::StrCat("thread ", QuotedName(thread, *loader));
  return absl::StrCat(" waits for the module '", module, "', which ", who, " imports:\n");
}

std::string DescribeThread(Thread& thread, const Threads& threads, const Thread& waiter) {
  const Activity activity = ActivityOf(waiter);
  std::string text = absl::StrCat("Thread ", QuotedName(thread, waiter));
  const auto kind = static_cast<WaitKind>(waiter.wait.kind.Load());
  if (kind == WaitKind::kQueue) {
    absl::StrAppend(&text, DescribeQueue(thread, waiter));
  } else if (kind == WaitKind::kJoin) {
    absl::StrAppend(&text, DescribeJoin(thread, threads, waiter));
  } else {
    absl::StrAppend(&text, DescribeLock(thread, threads, waiter, activity.library_call));
  }
  if (activity.place.code == nullptr) {
    absl::StrAppend(&text, waiter.is_main ? "  (its script has ended)\n" : "  (its target)\n");
  } else {
    absl::StrAppend(&text, Describe(thread, activity.place, "  "));
  }
  if (kind != WaitKind::kLock && kind != WaitKind::kOwnLock) return text;
  const LockHolder holder = HolderOfLock(waiter.wait.word.Load());
  if (holder.serial == waiter.serial && !activity.library_call.empty()) return text;
  const Place acquired = PlaceOfSite(thread, holder.site);
  if (acquired.code != nullptr)
    absl::StrAppend(&text, "  the lock was acquired here:\n", Describe(thread, acquired, "    "));
  return text;
}

// Is the instruction in a `try` of code that speaks of KeyboardInterrupt?
bool CatchesInterrupt(Thread& thread, const Code* code, uint32_t word) {
  const Value name = Intern(thread, "KeyboardInterrupt");
  if (std::find(code->names, code->names + code->name_count, name) ==
      code->names + code->name_count)
    return false;
  const auto& entries = code->data->exceptions;
  return std::any_of(entries.begin(), entries.end(), [&](const ExceptionEntry& entry) {
    return entry.start <= word && word < entry.end;
  });
}

// A program whose main thread is ready for Ctrl-C may be waiting for nothing else.
bool AwaitsInterrupt(Thread& thread, const Threads& threads) {
  const Thread* main = Find(threads, [](const Thread* t) { return t->is_main; });
  if (main == nullptr) return false;
  const uint64_t* pc = main->pc;
  for (Value* registers = main->registers; registers != nullptr;) {
    const Code* code = vm::CodeOf(registers);
    if (!IsLibraryCode(code) && CatchesInterrupt(thread, code, vm::WordIndex(code, pc)))
      return true;
    pc = vm::LinkPc(vm::LinkOf(registers));
    registers = vm::CallerOf(registers);
  }
  return false;
}

// Runs on a thread that is itself in a wait, detached; it is the only one that runs.
void Report(Thread& thread) {
  std::string text =
      "Deadlock: every thread waits for another one, and none can go on. (-X deadlock=off: "
      "hang.)\n";
  Attach(thread);
  const Threads threads = AllThreads();
  if (AwaitsInterrupt(thread, threads)) {
    Detach(thread, Blocked::kLock);
    return;
  }
  // What is garbage may still wake somebody when it is finalised (a pool that nobody holds).
  heap::Collect(thread, heap::Collection::kFull);
  if (HasPendingFinalizers()) {
    thread.breaker.FetchOr(kBreakFinalizers);
    Detach(thread, Blocked::kLock);
    return;
  }
  for (const Thread* waiter : threads)
    absl::StrAppend(&text, DescribeThread(thread, threads, *waiter));
  FlushForAbruptEnd(thread);
  for (size_t begin = 0; begin < text.size();) {
    const ssize_t count = write(2, text.data() + begin, text.size() - begin);
    if (count <= 0) break;
    begin += static_cast<size_t>(count);
  }
  _exit(1);
}

}  // namespace

void InstallDeadlockReport(const LibraryOptions& options) {
  deadlock_reporter = Report;
  for (const auto& [name, value] : options.x_options) {
    if (name == "deadlock") SetDeadlockReport(value != "off" && value != "0");
  }
}

}  // namespace gila

// asyncio_poll.cc: how a loop waits: libuv.
//
// A Poller is a uv_loop with one uv_poll per watched descriptor, a timer for the time limit, and an
// uv_async that other threads and signal handlers ring. Its callbacks only note what happened, so
// the whole of uv_run may run detached; the handles go into the ready queue afterwards. Which
// handles wait for a descriptor is in Loop::watches.
//
// libuv goes on after EINTR: a signal for the main thread rings the same bell (SetSignalWaker).
// libuv reports an error condition of a descriptor once and stops watching it; the selectors of the
// language keep reporting, so it is started again before the next poll.
#include <fcntl.h>
#include <unistd.h>
#include <uv.h>

#include <cmath>
#include <memory>
#include <vector>

#include "runtime/protocols.h"
#include "runtime/signals.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/fork.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "stdlib/asyncio_internal.h"

namespace gila::asyncio {

namespace {

constexpr int kReadable = 1, kWritable = 2;  // as selectors.EVENT_READ and EVENT_WRITE
static_assert(kReadable == UV_READABLE && kWritable == UV_WRITABLE);

Atomic<uint32_t> fork_generation{0};
const ForkRepair repair([](Thread&, bool) { fork_generation.FetchAdd(1); });

struct Watch {
  uv_poll_t handle;  // first: libuv hands its address back
  Poller* owner;
  int fd;
  int wanted;
  bool broken;  // libuv has stopped it after an error
};

}  // namespace

class Poller {
 public:
  int Open();
  void Close();
  // Runs uv_run once. Touches no object.
  void Run(double seconds);
  int SetWanted(int fd, int wanted);
  int Wanted(int fd) const;
  void RestartBroken();
  void RepairAfterFork();
  void Wake() { uv_async_send(&wake_); }
  static void WakeIt(void* poller) { static_cast<Poller*>(poller)->Wake(); }

  struct Event {
    int fd, events;
  };
  std::vector<Event> events;

 private:
  static void OnPoll(uv_poll_t* handle, int status, int events);
  Watch* At(int fd) const {
    return fd >= 0 && static_cast<size_t>(fd) < watches_.size() ? watches_[static_cast<size_t>(fd)]
                                                                : nullptr;
  }
  int Start(Watch* watch) { return uv_poll_start(&watch->handle, watch->wanted, OnPoll); }
  void Drop(Watch* watch);
  int Add(int fd, int wanted);

  uv_loop_t loop_;
  uv_async_t wake_;
  uv_timer_t timer_;
  std::vector<Watch*> watches_;  // by descriptor
  bool any_broken_ = false;
  uint32_t generation_ = 0;
};

int Poller::Open() {
  const int error = uv_loop_init(&loop_);
  if (error != 0) return error;
  generation_ = fork_generation.Load();
  uv_timer_init(&loop_, &timer_);
  const int failed = uv_async_init(&loop_, &wake_, [](uv_async_t*) {});
  if (failed != 0) {
    uv_close(reinterpret_cast<uv_handle_t*>(&timer_), nullptr);
    uv_run(&loop_, UV_RUN_NOWAIT);
    uv_loop_close(&loop_);
  }
  return failed;
}

void Poller::RepairAfterFork() {
  if (generation_ == fork_generation.Load()) return;
  generation_ = fork_generation.Load();
  uv_loop_fork(&loop_);  // the kernel's poll set is the parent's too
}

void Poller::Close() {
  RepairAfterFork();
  for (Watch*& watch : watches_) {
    if (watch != nullptr) Drop(watch);
    watch = nullptr;
  }
  uv_close(reinterpret_cast<uv_handle_t*>(&timer_), nullptr);
  uv_close(reinterpret_cast<uv_handle_t*>(&wake_), nullptr);
  while (uv_loop_close(&loop_) == UV_EBUSY) uv_run(&loop_, UV_RUN_NOWAIT);
}

void Poller::OnPoll(uv_poll_t* handle, int status, int happened) {
  auto* const watch = reinterpret_cast<Watch*>(handle);
  if (status < 0) {
    watch->broken = watch->owner->any_broken_ = true;
    happened = kReadable | kWritable;
  }
  watch->owner->events.push_back({watch->fd, happened});
}

void Poller::Drop(Watch* watch) {
  uv_close(reinterpret_cast<uv_handle_t*>(&watch->handle),
           [](uv_handle_t* handle) { delete reinterpret_cast<Watch*>(handle); });
}

int Poller::Add(int fd, int wanted) {
  auto watch = std::make_unique<Watch>();
  watch->owner = this;
  watch->fd = fd;
  watch->wanted = wanted;
  watch->broken = false;
  const int flags = fcntl(fd, F_GETFL);
  int error = uv_poll_init(&loop_, &watch->handle, fd);
  if (error != 0) return error;
  // libuv makes the descriptor non-blocking; whether it is, is the program's affair.
  if (flags >= 0 && (flags & O_NONBLOCK) == 0) fcntl(fd, F_SETFL, flags);
  error = Start(watch.get());
  if (error != 0) {
    Drop(watch.release());
    return error;
  }
  if (watches_.size() <= static_cast<size_t>(fd)) watches_.resize(static_cast<size_t>(fd) + 16);
  watches_[static_cast<size_t>(fd)] = watch.release();
  return 0;
}

int Poller::SetWanted(int fd, int wanted) {
  Watch* const watch = At(fd);
  if (watch == nullptr) return wanted == 0 ? 0 : Add(fd, wanted);
  watch->wanted = wanted;
  if (wanted != 0) return Start(watch);
  watches_[static_cast<size_t>(fd)] = nullptr;
  Drop(watch);
  return 0;
}

int Poller::Wanted(int fd) const {
  const Watch* const watch = At(fd);
  return watch == nullptr ? 0 : watch->wanted;
}

void Poller::RestartBroken() {
  if (!any_broken_) return;
  any_broken_ = false;
  for (Watch* const watch : watches_) {
    if (watch == nullptr || !watch->broken) continue;
    watch->broken = false;
    Start(watch);
  }
}

void Poller::Run(double seconds) {
  if (seconds == 0) {
    uv_run(&loop_, UV_RUN_NOWAIT);
    return;
  }
  if (seconds > 0) {
    uv_update_time(&loop_);
    // uv_run looks at its timers before it waits: one that is due by then must keep it from
    // waiting.
    uv_timer_start(
        &timer_, [](uv_timer_t* timer) { uv_stop(timer->loop); },
        static_cast<uint64_t>(std::ceil(seconds * 1e3)), 0);
  }
  uv_run(&loop_, UV_RUN_ONCE);
  if (seconds > 0) uv_timer_stop(&timer_);
}

void WakeLoop(Loop* loop) {
  const ByteLockGuard guard(loop->lock);
  if (Poller* const poller = loop->poller.Load()) poller->Wake();
}

Status OpenPoller(Thread& thread, Loop* loop) {
  if (loop->poller.Load() != nullptr) return kOk;
  auto poller = std::make_unique<Poller>();
  const int error = poller->Open();
  if (error != 0) return thread.RaiseOsError(-error);
  loop->poller.Store(poller.release());
  return kOk;
}

void ClosePoller(Loop* loop) {
  std::unique_ptr<Poller> poller;
  {
    const ByteLockGuard guard(loop->lock);
    poller.reset(loop->poller.Exchange(nullptr));
  }
  if (poller != nullptr) poller->Close();
}

namespace {

void WaitDetached(Thread& thread, Poller* poller, double seconds) {
  AllowThreads detached(thread, Blocked::kPoll);
  if (!thread.is_main) {
    poller->Run(seconds);
    return;
  }
  SetSignalWaker(Poller::WakeIt, poller);
  // What arrived before the waker was there has set the breaker.
  if ((thread.breaker.Load() & kBreakSignals) == 0) poller->Run(seconds);
  ClearSignalWaker();
}

Result<List*> WatchList(Thread& thread, Loop* loop, int fd) {
  auto* const list = loop->watches.Load().As<List>();
  while (list->size.Load() <= 2 * int64_t{fd} + 1)
    GILA_TRY_VOID(ListAppend(thread, list, kUnbound));
  return list;
}

Status SetWatch(Thread& thread, Loop* loop, int fd, int mask, Value reader, Value writer) {
  GILA_TRY(List* const list, WatchList(thread, loop, fd));
  Poller* const poller = loop->poller.Load();
  poller->RepairAfterFork();
  const int error = poller->SetWanted(fd, mask);
  if (error != 0) return thread.RaiseOsError(-error);
  GILA_TRY_VOID(ListStore(thread, list, 2 * int64_t{fd}, reader));
  return ListStore(thread, list, 2 * int64_t{fd} + 1, writer);
}

// A handle whose event has come; one that was cancelled is not watched for any more.
Status Deliver(Thread& thread, Loop* loop, int fd, int which) {
  List* const list = loop->watches.Load().As<List>();
  const int64_t place = 2 * int64_t{fd};
  const Value reader = ListAt(list, place), writer = ListAt(list, place + 1);
  const Value handle = which == kReadable ? reader : writer;
  if (!IsHandle(handle)) return kOk;
  if (handle.As<Handle>()->cancelled.Load() == 0)
    return DequeAppend(thread, loop->ready.Load(), handle, false);
  const int mask = loop->poller.Load()->Wanted(fd) & ~which;
  return which == kReadable ? SetWatch(thread, loop, fd, mask, kUnbound, writer)
                            : SetWatch(thread, loop, fd, mask, reader, kUnbound);
}

}  // namespace

Status Poll(Thread& thread, Loop* loop, double seconds) {
  Poller* const poller = loop->poller.Load();
  if (poller == nullptr || loop->running_turn.Exchange(1) != 0)
    return thread.Raise(TypeId::kRuntimeError, "This event loop is already running");
  poller->RepairAfterFork();
  poller->RestartBroken();
  poller->events.clear();
  if (seconds == 0) {
    poller->Run(0);
  } else {
    WaitDetached(thread, poller, seconds);
  }
  const std::vector<Poller::Event> events = std::move(poller->events);
  loop->running_turn.Store(0);
  for (const Poller::Event& event : events) {
    if ((event.events & kReadable) != 0) GILA_TRY_VOID(Deliver(thread, loop, event.fd, kReadable));
    if ((event.events & kWritable) != 0) GILA_TRY_VOID(Deliver(thread, loop, event.fd, kWritable));
  }
  return thread.CheckBreaker();
}

namespace {

Loop* Self(Args args) { return args[0].As<Loop>(); }

Result<Value> Open(Thread& thread, Args args) {
  GILA_TRY_VOID(OpenPoller(thread, Self(args)));
  return kNone;
}
Result<Value> Close(Thread& thread, Args args) {
  if (Self(args)->running_turn.Load() != 0)
    return thread.Raise(TypeId::kRuntimeError, "Cannot close a running event loop");
  ClosePoller(Self(args));
  GILA_TRY(List* const none, NewList(thread));
  Self(args)->watches.Store(Self(args), none);
  return kNone;
}
Result<Value> Wake(Thread&, Args args) {
  WakeLoop(Self(args));
  return kNone;
}

// A descriptor, or an object whose fileno() is one, in the words of selectors.
Result<int> Descriptor(Thread& thread, Value file) {
  Value number = file;
  if (!IsInt(file)) {
    number = kUnbound;
    if (const auto fileno = CallMethod(thread, file, Intern(thread, "fileno"), {}); fileno.ok())
      if (const auto whole =
              Call(thread, reinterpret_cast<Object*>(GetType(TypeId::kInt)), {fileno.value()});
          whole.ok())
        number = whole.value();
    if (number.IsUnbound()) {
      if (!thread.ExceptionMatches(TypeId::kAttributeError) &&
          !thread.ExceptionMatches(TypeId::kTypeError) &&
          !thread.ExceptionMatches(TypeId::kValueError))
        return kFailed;
      thread.ClearException();
      GILA_TRY(Str* const text, Repr(thread, file));
      return thread.RaiseValueError("Invalid file object: %s", ToUtf8(text).c_str());
    }
  }
  GILA_TRY(const int64_t fd, ToInt64(thread, number));
  if (fd < 0 || fd > (1 << 24))
    return thread.RaiseValueError("Invalid file descriptor: %lld", static_cast<long long>(fd));
  return static_cast<int>(fd);
}

Value OrNone(Value v) { return v.IsUnbound() ? kNone : v; }
Value OrUnbound(Value v) { return v.IsNone() ? kUnbound : v; }

// (mask, (reader, writer)) for a descriptor.
Result<Value> Watched(Thread& thread, Args args) {
  GILA_TRY(const int fd, Descriptor(thread, args[1]));
  Loop* const loop = Self(args);
  List* const list = loop->watches.Load().As<List>();
  const Poller* const poller = loop->poller.Load();
  GILA_TRY(Tuple* const pair, NewPair(thread, OrNone(ListAt(list, 2 * int64_t{fd})),
                                      OrNone(ListAt(list, 2 * int64_t{fd} + 1))));
  return NewPair(thread, Value::SmallInt(poller == nullptr ? 0 : poller->Wanted(fd)), pair);
}

Result<Value> WatchMethod(Thread& thread, Args args) {
  GILA_TRY(const int fd, Descriptor(thread, args[1]));
  GILA_TRY(const int64_t mask, ToInt64(thread, args[2]));
  if (Self(args)->poller.Load() == nullptr)
    return thread.Raise(TypeId::kRuntimeError, "Event loop is closed");
  GILA_TRY_VOID(SetWatch(thread, Self(args), fd, static_cast<int>(mask) & 3, OrUnbound(args[3]),
                         OrUnbound(args[4])));
  return kNone;
}

}  // namespace

const NativeDef kPollMethods[] = {
    {"_open_poller", Open, "(self, /)", nullptr},
    {"_close_poller", Close, "(self, /)", nullptr},
    {"_wake_poller", Wake, "(self, /)", nullptr},
    {"_poller_watched", Watched, "(self, fd, /)", nullptr},
    {"_poller_watch", WatchMethod, "(self, fd, mask, reader, writer, /)", nullptr},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace gila::asyncio

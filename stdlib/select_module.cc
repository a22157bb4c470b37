// select_module.cc: the select module: select(), poll and epoll objects. A wait is detached and
// goes on with the time that is left when a signal interrupted it (PEP 475).
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <vector>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/futex.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/time_clock.h"

namespace gila {
namespace {

// An int, or what its fileno() says.
Result<int> ToDescriptor(Thread& thread, Value v) {
  int64_t fd;
  if (IsInt(v)) {
    GILA_TRY(fd, ToInt64(thread, v));
  } else {
    GILA_TRY(const Value method, GetAttrOrUnbound(thread, v, Intern(thread, "fileno")));
    if (method.IsUnbound())
      return thread.RaiseTypeError("argument must be an int, or have a fileno() method.");
    GILA_TRY(const Value answer, Call(thread, method, {}));
    if (!IsInt(answer)) return thread.RaiseTypeError("fileno() returned a non-integer");
    GILA_TRY(fd, ToInt64(thread, answer));
  }
  if (fd > INT32_MAX)
    return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C int");
  if (fd < 0) {
    return thread.RaiseValueError("file descriptor cannot be a negative integer (%lld)",
                                  static_cast<long long>(fd));
  }
  return static_cast<int>(fd);
}

// A time limit: counts down over the calls that a signal interrupted.
class Limit {
 public:
  explicit Limit(int64_t nanoseconds) : total_(nanoseconds), begin_(MonotonicNanoseconds()) {}
  bool endless() const { return total_ < 0; }
  int64_t left() const {
    return std::max<int64_t>(total_ - static_cast<int64_t>(MonotonicNanoseconds() - begin_), 0);
  }
  int milliseconds() const {
    if (endless()) return -1;
    return static_cast<int>(std::min<int64_t>((left() + 999'999) / 1'000'000, INT32_MAX));
  }

 private:
  int64_t total_;
  uint64_t begin_;
};

// Calls `wait(limit)` until it is not interrupted; how many are ready.
template <class Wait>
Result<int> Await(Thread& thread, const Limit& limit, Wait wait) {
  while (true) {
    int ready, error;
    {
      AllowThreads detached(thread, Blocked::kPoll);
      ready = wait();
      error = errno;
    }
    if (ready >= 0) return ready;
    if (error != EINTR) return thread.RaiseOsError(error);
    GILA_TRY_VOID(thread.RunSignalHandlers());
    if (!limit.endless() && limit.left() == 0) return 0;
  }
}

constexpr int64_t kMillisecond = 1000000;  // nanoseconds

// A number of units of so many nanoseconds as nanoseconds, None is for ever: -1. TypeError
// "timeout must be ... or None".
Result<int64_t> Timeout(Thread& thread, Value v, int64_t unit, const char* wanted) {
  const Result<int64_t> number = ToNanoseconds(thread, v, RoundTime::kAwayFromZero, unit);
  if (number.ok() || !thread.ExceptionMatches(TypeId::kTypeError)) return number;
  thread.ClearException();
  return thread.RaiseTypeError("timeout must be %s or None", wanted);
}

Result<int64_t> SelectTimeout(Thread& thread, Value v) {
  if (v.IsUnbound() || v.IsNone()) return -1;
  GILA_TRY(const int64_t nanoseconds, Timeout(thread, v, kNanosecondsPerSecond, "a float"));
  if (nanoseconds < 0) return thread.RaiseValueError("timeout must be non-negative");
  return nanoseconds;
}

// What poll and epoll take: anything below zero is for ever, and so many milliseconds fit an int.
Result<int64_t> PollTimeout(Thread& thread, Value v, int64_t unit) {
  if (v.IsUnbound() || v.IsNone()) return -1;
  GILA_TRY(const int64_t nanoseconds, Timeout(thread, v, unit, "an integer"));
  if (std::llabs(nanoseconds / kMillisecond) > INT_MAX)
    return thread.Raise(TypeId::kOverflowError, "timeout is too large");
  return std::max<int64_t>(nanoseconds, -1);
}

// --- select ---

// The descriptors of one argument, and the objects they belong to.
struct Watched {
  List* objects;
  std::vector<int> fds;
  fd_set set;
};

Status WatchOne(Thread& thread, Value object, Watched* out, int* high) {
  GILA_TRY(const int fd, ToDescriptor(thread, object));
  if (fd >= FD_SETSIZE) return thread.RaiseValueError("filedescriptor out of range in select()");
  if (out->fds.size() >= FD_SETSIZE)
    return thread.RaiseValueError("too many file descriptors in select()");
  FD_SET(fd, &out->set);
  *high = std::max(*high, fd);
  out->fds.push_back(fd);
  return ListAppend(thread, out->objects, object);
}

Status ReadWatched(Thread& thread, Value iterable, Watched* out, int* high) {
  FD_ZERO(&out->set);
  GILA_TRY(out->objects, NewList(thread));
  if (IsList(iterable)) {
    // The list itself, which a fileno() may make shorter.
    List* const list = iterable.As<List>();
    for (int64_t i = 0; i < list->size.Load(); ++i) {
      const Value object = ListAt(list, i);
      if (object.IsUnbound()) break;
      GILA_TRY_VOID(WatchOne(thread, object, out, high));
    }
    return kOk;
  }
  const Result<Tuple*> items = ToTuple(thread, iterable);
  if (!items.ok()) {
    if (!thread.ExceptionMatches(TypeId::kTypeError)) return kFailed;
    thread.ClearException();
    return thread.RaiseTypeError("arguments 1-3 must be sequences");
  }
  for (int64_t i = 0; i < items.value()->length; ++i)
    GILA_TRY_VOID(WatchOne(thread, items.value()->At(i), out, high));
  return kOk;
}

Result<Value> Select(Thread& thread, Args args) {
  GILA_TRY(const int64_t timeout, SelectTimeout(thread, args[3]));
  Watched watched[3];
  int high = -1;
  for (size_t i = 0; i < 3; ++i) GILA_TRY_VOID(ReadWatched(thread, args[i], &watched[i], &high));
  const Limit limit(timeout);
  fd_set sets[3];
  GILA_TRY(const int count, Await(thread, limit, [&] {
             for (int i = 0; i < 3; ++i) sets[i] = watched[i].set;
             const int64_t left = limit.left();
             timeval rest{left / 1'000'000'000, (left % 1'000'000'000 + 999) / 1000};
             if (rest.tv_usec == 1'000'000) rest = {rest.tv_sec + 1, 0};
             return ::select(high + 1, &sets[0], &sets[1], &sets[2],
                             limit.endless() ? nullptr : &rest);
           }));
  Value lists[3];
  for (int i = 0; i < 3; ++i) {
    GILA_TRY(List* const ready, NewList(thread));
    lists[i] = ready;
    for (size_t j = 0; count > 0 && j < watched[i].fds.size(); ++j) {
      if (FD_ISSET(watched[i].fds[j], &sets[i]))
        GILA_TRY_VOID(
            ListAppend(thread, ready, ListAt(watched[i].objects, static_cast<int64_t>(j))));
    }
  }
  return NewTuple(thread, lists);
}

// --- poll ---

struct PollObject : Object {
  PointerSlot<Dict> events;  // descriptor -> mask
  Atomic<uint8_t> polling;
};
Type* poll_type = nullptr;
void TracePoll(Object* object, Marker& marker) {
  marker.Visit(static_cast<PollObject*>(object)->events);
}
constexpr KindInfo kPollKind = {"poll", TracePoll, nullptr};

PollObject* Poll(Args args) { return args[0].As<PollObject>(); }

Result<Value> NewPoll(Thread& thread, Args) {
  GILA_TRY(Dict* const events, NewDict(thread));
  GILA_TRY(Object* const object, AllocateInstance(thread, poll_type));
  static_cast<PollObject*>(object)->events.Store(object, events);
  return object;
}

Result<uint32_t> Mask(Thread& thread, Value v, uint32_t fallback, int64_t limit) {
  if (v.IsUnbound()) return fallback;
  GILA_TRY(const int64_t mask, ToInt64(thread, v));
  if (mask < 0) return thread.RaiseValueError("value must be positive");
  if (mask > limit)
    return thread.Raise(TypeId::kOverflowError, limit == UINT16_MAX
                                                    ? "Python int too large for C unsigned short"
                                                    : "Python int too large for C unsigned int");
  return static_cast<uint32_t>(mask);
}

Result<Value> PollRegister(Thread& thread, Args args) {
  GILA_TRY(const int fd, ToDescriptor(thread, args[1]));
  GILA_TRY(const uint32_t mask, Mask(thread, args[2], POLLIN | POLLPRI | POLLOUT, UINT16_MAX));
  GILA_TRY_VOID(
      DictSet(thread, Poll(args)->events.Load(), Value::SmallInt(fd), Value::SmallInt(mask)));
  return kNone;
}

Result<Value> PollModify(Thread& thread, Args args) {
  GILA_TRY(const int fd, ToDescriptor(thread, args[1]));
  GILA_TRY(const uint32_t mask, Mask(thread, args[2], 0, UINT16_MAX));
  Dict* const events = Poll(args)->events.Load();
  GILA_TRY(const Value known, DictGet(thread, events, Value::SmallInt(fd)));
  if (known.IsUnbound()) return thread.RaiseOsError(ENOENT);
  GILA_TRY_VOID(DictSet(thread, events, Value::SmallInt(fd), Value::SmallInt(mask)));
  return kNone;
}

Result<Value> PollUnregister(Thread& thread, Args args) {
  GILA_TRY(const int fd, ToDescriptor(thread, args[1]));
  GILA_TRY(const Value known, DictPop(thread, Poll(args)->events.Load(), Value::SmallInt(fd)));
  if (known.IsUnbound()) return thread.RaiseWith(TypeId::kKeyError, Value::SmallInt(fd));
  return kNone;
}

Result<Value> PairList(Thread& thread, const std::vector<std::pair<int, uint32_t>>& pairs) {
  GILA_TRY(List* const list, NewListReserved(thread, static_cast<int64_t>(pairs.size())));
  for (const auto& [fd, events] : pairs) {
    const Value items[] = {Value::SmallInt(fd), Value::SmallInt(events)};
    GILA_TRY(Tuple* const pair, NewTuple(thread, items));
    GILA_TRY_VOID(ListAppend(thread, list, pair));
  }
  return list;
}

Result<Value> PollWait(Thread& thread, Args args) {
  GILA_TRY(const int64_t timeout, PollTimeout(thread, args[1], kMillisecond));
  PollObject* const poll = Poll(args);
  if (poll->polling.Exchange(1) != 0)
    return thread.Raise(TypeId::kRuntimeError, "concurrent poll() invocation");
  std::vector<pollfd> fds;
  int64_t position = 0;
  Value key, mask;
  while (DictNext(poll->events.Load(), &position, &key, &mask)) {
    fds.push_back({static_cast<int>(key.AsSmallInt()), static_cast<short>(mask.AsSmallInt()), 0});
  }
  const Limit limit(timeout);
  const Result<int> count =
      Await(thread, limit, [&] { return ::poll(fds.data(), fds.size(), limit.milliseconds()); });
  poll->polling.Store(0);
  if (!count.ok()) return kFailed;
  std::vector<std::pair<int, uint32_t>> ready;
  for (const pollfd& fd : fds) {
    if (count.value() > 0 && fd.revents != 0)
      ready.emplace_back(fd.fd, static_cast<uint16_t>(fd.revents));
  }
  return PairList(thread, ready);
}

// --- epoll ---

struct EpollObject : Object {
  Atomic<int32_t> fd;  // -1: closed
};
Type* epoll_type = nullptr;
void FinalizeEpoll(Object* object) {
  const int fd = static_cast<EpollObject*>(object)->fd.Exchange(-1);
  if (fd >= 0) ::close(fd);
}
constexpr KindInfo kEpollKind = {"epoll", nullptr, FinalizeEpoll};

Result<Value> NewEpoll(Thread& thread, Type* type, int fd) {
  const Result<Object*> object = AllocateInstance(thread, type);
  if (!object.ok()) {
    ::close(fd);
    return kFailed;
  }
  static_cast<EpollObject*>(object.value())->fd.Store(fd);
  heap::RegisterFinalizer(thread, object.value());
  return object.value();
}

Result<Value> EpollNew(Thread& thread, Args args) {
  if (args.Has(1)) {
    GILA_TRY(const int64_t size, ToInt64(thread, args[1]));
    if (size <= 0 && size != -1) return thread.RaiseValueError("negative sizehint");
  }
  if (args.Has(2)) {
    GILA_TRY(const int64_t flags, ToInt64(thread, args[2]));
    if (flags != 0 && flags != EPOLL_CLOEXEC) return thread.RaiseOsError(EINVAL);
  }
  const int fd = ::epoll_create1(EPOLL_CLOEXEC);
  if (fd < 0) return thread.RaiseOsError(errno);
  return NewEpoll(thread, args[0].As<Type>(), fd);
}

Result<Value> EpollFromFd(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, ToInt64(thread, args[1]));
  return NewEpoll(thread, args[0].As<Type>(), static_cast<int>(fd));
}

Result<int> EpollFd(Thread& thread, Value self) {
  const int fd = self.As<EpollObject>()->fd.Load();
  if (fd < 0) return thread.RaiseValueError("I/O operation on closed epoll object");
  return fd;
}

template <int kOperation>
Result<Value> EpollControl(Thread& thread, Args args) {
  GILA_TRY(const int epoll, EpollFd(thread, args[0]));
  GILA_TRY(const int fd, ToDescriptor(thread, args[1]));
  epoll_event event{};
  event.data.fd = fd;
  if constexpr (kOperation != EPOLL_CTL_DEL) {
    GILA_TRY(event.events, Mask(thread, args[2], EPOLLIN | EPOLLPRI | EPOLLOUT, UINT32_MAX));
  }
  int result, error;
  {
    AllowThreads detached(thread, Blocked::kOther);
    result = ::epoll_ctl(epoll, kOperation, fd, &event);
    error = errno;
  }
  if (result != 0) return thread.RaiseOsError(error);
  return kNone;
}

Result<Value> EpollWait(Thread& thread, Args args) {
  GILA_TRY(const int epoll, EpollFd(thread, args[0]));
  GILA_TRY(const int64_t timeout, PollTimeout(thread, args[1], kNanosecondsPerSecond));
  int64_t most = -1;
  if (args.Has(2)) {
    GILA_TRY(most, ToInt64(thread, args[2]));
  }
  if (most == -1) most = FD_SETSIZE - 1;
  if (most < 1) {
    return thread.RaiseValueError("maxevents must be greater than 0, got %lld",
                                  static_cast<long long>(most));
  }
  std::vector<epoll_event> events(static_cast<size_t>(std::min<int64_t>(most, 1 << 20)));
  const Limit limit(timeout);
  GILA_TRY(const int count, Await(thread, limit, [&] {
             return ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()),
                                 limit.milliseconds());
           }));
  std::vector<std::pair<int, uint32_t>> ready;
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<size_t>(i)];
    ready.emplace_back(event.data.fd, event.events);
  }
  return PairList(thread, ready);
}

Result<Value> EpollClose(Thread& thread, Args args) {
  const int fd = args[0].As<EpollObject>()->fd.Exchange(-1);
  if (fd >= 0 && ::close(fd) != 0) return thread.RaiseOsError(errno);
  return kNone;
}
Result<Value> EpollFileNo(Thread& thread, Args args) {
  GILA_TRY(const int fd, EpollFd(thread, args[0]));
  return Value::SmallInt(fd);
}
Result<Value> EpollEnter(Thread& thread, Args args) {
  GILA_TRY_VOID(EpollFd(thread, args[0]));
  return args[0];
}
Result<Value> EpollClosed(Thread&, Value self) {
  return Value::Bool(self.As<EpollObject>()->fd.Load() < 0);
}

#define END {nullptr, nullptr, nullptr, nullptr}
constexpr NativeDef kPollMethods[] = {
    {"register", PollRegister, "(self, fd, eventmask=7, /)", "Watch a descriptor."},
    {"modify", PollModify, "(self, fd, eventmask, /)", "Change what is watched for."},
    {"unregister", PollUnregister, "(self, fd, /)", "Watch a descriptor no more."},
    {"poll", PollWait, "(self, timeout=None, /)",
     "Wait, at most so many milliseconds; (descriptor, events) of those that are ready."},
    END};
constexpr NativeDef kEpollMethods[] = {
    {"fromfd", EpollFromFd, "@classmethod(cls, fd, /)", "An epoll object over a descriptor."},
    {"register", EpollControl<EPOLL_CTL_ADD>, "(self, fd, eventmask=7)", "Watch a descriptor."},
    {"modify", EpollControl<EPOLL_CTL_MOD>, "(self, fd, eventmask)", "Change what is watched for."},
    {"unregister", EpollControl<EPOLL_CTL_DEL>, "(self, fd)", "Watch a descriptor no more."},
    {"poll", EpollWait, "(self, timeout=None, maxevents=-1)",
     "Wait, at most so many seconds; (descriptor, events) of those that are ready."},
    {"close", EpollClose, "(self, /)", "Close the object."},
    {"fileno", EpollFileNo, "(self, /)", "The descriptor of the object itself."},
    {"__enter__", EpollEnter, "(self, /)", nullptr},
    {"__exit__", EpollClose, "(self, *exc_info)", nullptr},
    END};
constexpr GetSetDef kEpollFields[] = {
    {"closed", EpollClosed, nullptr, "True if the epoll handler is closed"}, END};
constexpr TypeSpec kPollSpec = {
    .methods = kPollMethods, .native_size = sizeof(PollObject), .kind_info = &kPollKind};
constexpr TypeSpec kEpollSpec = {.doc = "Watches descriptors in the kernel.",
                                 .new_function = EpollNew,
                                 .new_signature = "(cls, sizehint=-1, flags=0)",
                                 .methods = kEpollMethods,
                                 .getsets = kEpollFields,
                                 .native_size = sizeof(EpollObject),
                                 .kind_info = &kEpollKind};
constexpr NativeDef kFunctions[] = {
    {"select", Select, "(rlist, wlist, xlist, timeout=None, /)",
     "Wait until one of the descriptors is ready; those that are, as three lists."},
    {"poll", NewPoll, "()", "A poll object."},
    END};
#undef END

const struct {
  const char* name;
  int64_t value;
} kConstants[] = {{"POLLIN", POLLIN},
                  {"POLLPRI", POLLPRI},
                  {"POLLOUT", POLLOUT},
                  {"POLLERR", POLLERR},
                  {"POLLHUP", POLLHUP},
                  {"POLLNVAL", POLLNVAL},
                  {"POLLRDNORM", POLLRDNORM},
                  {"POLLRDBAND", POLLRDBAND},
                  {"POLLWRNORM", POLLWRNORM},
                  {"POLLWRBAND", POLLWRBAND},
                  {"POLLMSG", 0x400},
                  {"POLLRDHUP", 0x2000},
                  {"EPOLLIN", EPOLLIN},
                  {"EPOLLOUT", EPOLLOUT},
                  {"EPOLLPRI", EPOLLPRI},
                  {"EPOLLERR", EPOLLERR},
                  {"EPOLLHUP", EPOLLHUP},
                  {"EPOLLRDHUP", EPOLLRDHUP},
                  {"EPOLLET", static_cast<uint32_t>(EPOLLET)},
                  {"EPOLLONESHOT", EPOLLONESHOT},
                  {"EPOLLEXCLUSIVE", EPOLLEXCLUSIVE},
                  {"EPOLLRDNORM", EPOLLRDNORM},
                  {"EPOLLRDBAND", EPOLLRDBAND},
                  {"EPOLLWRNORM", EPOLLWRNORM},
                  {"EPOLLWRBAND", EPOLLWRBAND},
                  {"EPOLLMSG", EPOLLMSG},
                  {"EPOLL_CLOEXEC", EPOLL_CLOEXEC},
                  {"PIPE_BUF", 4096}};

}  // namespace

Status InitSelectModule(Thread& thread, Module* module) {
  for (const auto& constant : kConstants)
    GILA_TRY_VOID(AddValue(thread, module, constant.name, Value::SmallInt(constant.value)));
  GILA_TRY_VOID(
      AddValue(thread, module, "error", reinterpret_cast<Object*>(GetType(TypeId::kOSError))));
  GILA_TRY(poll_type, NewNativeType(thread, kPollSpec, "select.poll", GetType(TypeId::kObject),
                                    static_cast<Kind>(RegisterKind(kPollKind)), sizeof(PollObject),
                                    kNoInstantiate));
  heap::AddRoot(reinterpret_cast<Object**>(&poll_type));
  GILA_TRY(epoll_type, AddType(thread, module, kEpollSpec, "select.epoll", RegisterKind(kEpollKind),
                               sizeof(EpollObject), kBasetype));
  heap::AddRoot(reinterpret_cast<Object**>(&epoll_type));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

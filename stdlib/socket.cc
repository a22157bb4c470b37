// socket.cc: the _socket module, part one: the object. Part two, messages with ancillary data, is
// in socket_messages.cc; part three, addresses and names, in socket_address.cc; the constants are
// in socket_constants.cc. socket (lib/socket.py) adds makefile, create_server and the rest.
//
// A socket with a timeout is non-blocking underneath: every call polls first, for what is left of
// the timeout. Everything that can wait is detached and comes back from EINTR as PEP 475 says.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "runtime/call.h"
#include "runtime/threads/futex.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/posix_internal.h"
#include "stdlib/socket_internal.h"
#include "stdlib/time_clock.h"

namespace gila {

// --- waiting ---

Result<bool> WaitForSocket(Thread& thread, int fd, short events, int64_t timeout_ns, uint64_t begin,
                           Blocked why) {
  while (true) {
    int wait_ms = -1;
    if (timeout_ns >= 0) {
      const int64_t rest = timeout_ns - static_cast<int64_t>(MonotonicNanoseconds() - begin);
      wait_ms = rest <= 0
                    ? 0
                    : static_cast<int>(std::min<int64_t>((rest + 999'999) / 1'000'000, INT32_MAX));
    }
    pollfd poller{fd, events, 0};
    int ready, error;
    {
      AllowThreads detached(thread, why);
      ready = ::poll(&poller, 1, wait_ms);
      error = errno;
    }
    if (ready > 0) return true;
    if (ready == 0) return false;
    if (error != EINTR) return thread.RaiseOsError(error);
    GILA_TRY_VOID(thread.RunSignalHandlers());
  }
}

namespace sockets {
namespace {

Type* socket_type = nullptr;

// --- the object ---

Result<Value> SocketNew(Thread& thread, Args args) {
  GILA_TRY(Object * object, AllocateInstance(thread, args[0].As<Type>()));
  static_cast<Socket*>(object)->fd.Store(-1);
  static_cast<Socket*>(object)->timeout_ns.Store(-1);
  heap::RegisterFinalizer(thread, object);
  return object;
}

Atomic<int64_t> default_timeout_ns{-1};

Status ApplyTimeout(Thread& thread, Socket* socket, int64_t timeout_ns) {
  const int fd = socket->fd.Load();
  const int flags = ::fcntl(fd, F_GETFL);
  if (flags < 0) return thread.RaiseOsError(errno);
  const int wanted = timeout_ns < 0 ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
  if (wanted != flags && ::fcntl(fd, F_SETFL, wanted) != 0) return thread.RaiseOsError(errno);
  socket->timeout_ns.Store(timeout_ns);
  return kOk;
}

Result<Value> SocketInit(Thread& thread, Args args) {
  Socket* socket = Self(args);
  int64_t numbers[3] = {AF_INET, SOCK_STREAM, 0};
  bool said[3] = {};
  for (size_t i = 0; i < 3; ++i) {
    if (!args.Has(i + 1)) continue;
    GILA_TRY(const int64_t given, ToInt64(thread, args[i + 1]));
    said[i] = given != -1;
    if (said[i]) numbers[i] = given;
  }
  int64_t fd;
  if (args.Has(4) && !args[4].IsNone()) {
    GILA_TRY(fd, ToInt64(thread, args[4]));
    if (fd < 0) return thread.RaiseValueError("negative file descriptor");
    if (fd > INT32_MAX)
      return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C int");
    Address address;
    socklen_t length = sizeof(address);
    if (::getsockname(static_cast<int>(fd), &address.any, &length) != 0)
      return thread.RaiseOsError(errno);
    // What was not said is asked of the descriptor.
    if (!said[0]) numbers[0] = address.any.sa_family;
    constexpr int kOptions[] = {0, SO_TYPE, SO_PROTOCOL};
    for (size_t i = 1; i < 3; ++i) {
      int number = 0;
      socklen_t size = sizeof(number);
      if (!said[i] &&
          ::getsockopt(static_cast<int>(fd), SOL_SOCKET, kOptions[i], &number, &size) == 0)
        numbers[i] = number;
    }
  } else {
    fd = ::socket(static_cast<int>(numbers[0]), static_cast<int>(numbers[1]) | SOCK_CLOEXEC,
                  static_cast<int>(numbers[2]));
    if (fd < 0) return thread.RaiseOsError(errno);
  }
  socket->family = static_cast<int32_t>(numbers[0]);
  socket->type = static_cast<int32_t>(numbers[1]) & ~(SOCK_CLOEXEC | SOCK_NONBLOCK);
  socket->protocol = static_cast<int32_t>(numbers[2]);
  socket->timeout_ns.Store(-1);
  socket->fd.Store(static_cast<int32_t>(fd));
  if ((numbers[1] & SOCK_NONBLOCK) != 0) {
    socket->timeout_ns.Store(0);
  } else if (default_timeout_ns.Load() >= 0) {
    GILA_TRY_VOID(ApplyTimeout(thread, socket, default_timeout_ns.Load()));
  }
  return kNone;
}

Result<Value> SocketRepr(Thread& thread, Args args) {
  const Socket* const socket = Self(args);
  char text[128];
  snprintf(text, sizeof(text), "<socket object, fd=%d, family=%d, type=%d, proto=%d>",
           socket->fd.Load(), socket->family, socket->type, socket->protocol);
  return NewStr(thread, text);
}

Result<Value> Close(Thread& thread, Args args) {
  const int fd = Self(args)->fd.Exchange(-1);
  if (fd < 0) return kNone;
  int result, error;
  {
    AllowThreads detached(thread, Blocked::kOther);
    result = ::close(fd);
    error = errno;
  }
  if (result != 0 && error != ECONNRESET && error != EINTR) return thread.RaiseOsError(error);
  return kNone;
}

Result<Value> Detach(Thread&, Args args) { return Value::SmallInt(Self(args)->fd.Exchange(-1)); }
Result<Value> FileNo(Thread&, Args args) { return Value::SmallInt(Self(args)->fd.Load()); }

Result<Value> Bind(Thread& thread, Args args) {
  Address address;
  socklen_t length;
  GILA_TRY_VOID(ParseAddress(thread, Self(args), args[1], "bind", &address, &length));
  if (::bind(Self(args)->fd.Load(), &address.any, length) != 0) return thread.RaiseOsError(errno);
  return kNone;
}

Result<Value> Listen(Thread& thread, Args args) {
  GILA_TRY(const int64_t backlog, args.Has(1) ? ToInt64(thread, args[1]) : Result<int64_t>(128));
  if (::listen(Self(args)->fd.Load(), static_cast<int>(std::max<int64_t>(backlog, 0))) != 0)
    return thread.RaiseOsError(errno);
  return kNone;
}

// (descriptor, address) of the next connection.
Result<Value> Accept(Thread& thread, Args args) {
  Address address;
  socklen_t length = 0;
  GILA_TRY(const int64_t fd,
           Perform(thread, Self(args), POLLIN, Blocked::kAccept, [&](int listener) {
             length = sizeof(address);
             return ::accept4(listener, &address.any, &length, SOCK_CLOEXEC);
           }));
  GILA_TRY(const Value peer, AddressValue(thread, address, length));
  const Value items[] = {Value::SmallInt(fd), peer};
  return NewTuple(thread, items);
}

// 0 or an errno; -1 with an exception raised.
Result<int64_t> ConnectTo(Thread& thread, Socket* socket, const Address& address,
                          socklen_t length) {
  int result, error;
  {
    AllowThreads detached(thread, Blocked::kConnect);
    result = ::connect(socket->fd.Load(), &address.any, length);
    error = errno;
  }
  if (result == 0) return 0;
  const int64_t timeout = socket->timeout_ns.Load();
  // Interrupted, or begun on a non-blocking descriptor: the kernel goes on; wait for the outcome.
  if (error == EINTR) {
    GILA_TRY_VOID(thread.RunSignalHandlers());
  } else if (error != EINPROGRESS || timeout == 0) {
    return error;
  }
  GILA_TRY(const bool ready, WaitForSocket(thread, socket->fd.Load(), POLLOUT, timeout,
                                           MonotonicNanoseconds(), Blocked::kConnect));
  if (!ready) return thread.Raise(TypeId::kTimeoutError, "timed out");
  int outcome = 0;
  socklen_t size = sizeof(outcome);
  if (::getsockopt(socket->fd.Load(), SOL_SOCKET, SO_ERROR, &outcome, &size) != 0) return errno;
  return outcome == EISCONN ? 0 : outcome;
}

Result<Value> Connect(Thread& thread, Args args) {
  Address address;
  socklen_t length;
  GILA_TRY_VOID(ParseAddress(thread, Self(args), args[1], "connect", &address, &length));
  GILA_TRY(const int64_t error, ConnectTo(thread, Self(args), address, length));
  if (error != 0) return thread.RaiseOsError(static_cast<int>(error));
  return kNone;
}

Result<Value> ConnectEx(Thread& thread, Args args) {
  Address address;
  socklen_t length;
  GILA_TRY_VOID(ParseAddress(thread, Self(args), args[1], "connect_ex", &address, &length));
  const Result<int64_t> error = ConnectTo(thread, Self(args), address, length);
  if (!error.ok()) {
    if (!thread.ExceptionMatches(TypeId::kTimeoutError)) return kFailed;
    thread.ClearException();
    return Value::SmallInt(EAGAIN);
  }
  return Value::SmallInt(error.value());
}

Result<Value> Recv(Thread& thread, Args args) {
  GILA_TRY(const int64_t size, ToInt64(thread, args[1]));
  if (size < 0) return thread.RaiseValueError("negative buffersize in recv");
  GILA_TRY(const int64_t flags, NumberOr(thread, args[2], 0));
  GILA_TRY(Bytes * buffer, NewBytesUninitialized(thread, size));
  GILA_TRY(const int64_t count, Perform(thread, Self(args), POLLIN, Blocked::kRead, [&](int fd) {
             return ::recv(fd, buffer->data, static_cast<size_t>(size), static_cast<int>(flags));
           }));
  if (count == size) return buffer;
  return NewBytes(thread, buffer->view().substr(0, static_cast<size_t>(count)));
}

Result<Value> RecvInto(Thread& thread, Args args) {
  GILA_TRY(const int64_t wanted, NumberOr(thread, args[2], 0));
  GILA_TRY(const int64_t flags, NumberOr(thread, args[3], 0));
  GILA_TRY(const PinnedBuffer buffer, PinWritable(thread, args[1]));
  if (wanted < 0 || wanted > buffer.size) {
    Unpin(buffer);
    return thread.RaiseValueError(wanted < 0 ? "negative buffersize in recv_into"
                                             : "buffer too small for requested bytes");
  }
  const int64_t size = wanted > 0 ? wanted : buffer.size;
  const Result<int64_t> count = Perform(thread, Self(args), POLLIN, Blocked::kRead, [&](int fd) {
    return ::recv(fd, buffer.data, static_cast<size_t>(size), static_cast<int>(flags));
  });
  Unpin(buffer);
  if (!count.ok()) return kFailed;
  return Value::SmallInt(count.value());
}

Result<Value> RecvFrom(Thread& thread, Args args) {
  GILA_TRY(const int64_t size, ToInt64(thread, args[1]));
  if (size < 0) return thread.RaiseValueError("negative buffersize in recvfrom");
  GILA_TRY(const int64_t flags, NumberOr(thread, args[2], 0));
  GILA_TRY(Bytes * buffer, NewBytesUninitialized(thread, size));
  Address address;
  socklen_t length = 0;
  GILA_TRY(const int64_t count, Perform(thread, Self(args), POLLIN, Blocked::kRead, [&](int fd) {
             length = sizeof(address);
             return ::recvfrom(fd, buffer->data, static_cast<size_t>(size), static_cast<int>(flags),
                               &address.any, &length);
           }));
  GILA_TRY(const Value bytes,
           NewBytes(thread, buffer->view().substr(0, static_cast<size_t>(count))));
  GILA_TRY(const Value peer, AddressValue(thread, address, length));
  const Value items[] = {bytes, peer};
  return NewTuple(thread, items);
}

Result<Value> RecvFromInto(Thread& thread, Args args) {
  GILA_TRY(const int64_t wanted, NumberOr(thread, args[2], 0));
  GILA_TRY(const int64_t flags, NumberOr(thread, args[3], 0));
  if (wanted < 0) return thread.RaiseValueError("negative buffersize in recvfrom_into");
  GILA_TRY(const PinnedBuffer buffer, PinWritable(thread, args[1]));
  if (wanted > buffer.size) {
    Unpin(buffer);
    return thread.RaiseValueError("nbytes is greater than the length of the buffer");
  }
  const int64_t size = wanted > 0 ? wanted : buffer.size;
  Address address;
  socklen_t length = 0;
  const Result<int64_t> count = Perform(thread, Self(args), POLLIN, Blocked::kRead, [&](int fd) {
    length = sizeof(address);
    return ::recvfrom(fd, buffer.data, static_cast<size_t>(size), static_cast<int>(flags),
                      &address.any, &length);
  });
  Unpin(buffer);
  if (!count.ok()) return kFailed;
  GILA_TRY(const Value peer, AddressValue(thread, address, length));
  const Value items[] = {Value::SmallInt(count.value()), peer};
  return NewTuple(thread, items);
}

Result<Value> Send(Thread& thread, Args args) {
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[1]));
  GILA_TRY(const int64_t flags, NumberOr(thread, args[2], 0));
  GILA_TRY(const int64_t count, Perform(thread, Self(args), POLLOUT, Blocked::kWrite, [&](int fd) {
             return ::send(fd, bytes.data(), bytes.size(), static_cast<int>(flags) | MSG_NOSIGNAL);
           }));
  return NewInt(thread, count);
}

Result<Value> SendAll(Thread& thread, Args args) {
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[1]));
  GILA_TRY(const int64_t flags, NumberOr(thread, args[2], 0));
  size_t sent = 0;
  while (sent < bytes.size()) {
    GILA_TRY(const int64_t count,
             Perform(thread, Self(args), POLLOUT, Blocked::kWrite, [&](int fd) {
               return ::send(fd, bytes.data() + sent, bytes.size() - sent,
                             static_cast<int>(flags) | MSG_NOSIGNAL);
             }));
    sent += static_cast<size_t>(count);
    GILA_TRY_VOID(thread.CheckBreaker());
  }
  return kNone;
}

// sendto(data, address) or sendto(data, flags, address)
Result<Value> SendTo(Thread& thread, Args args) {
  const std::span<const Value> rest = args.rest();
  if (rest.size() < 2 || rest.size() > 3) {
    return thread.RaiseTypeError("sendto() takes 2 or 3 arguments (%zu given)", rest.size());
  }
  GILA_TRY(const std::string bytes, CopyBuffer(thread, rest[0]));
  GILA_TRY(const int64_t flags, rest.size() == 3 ? ToInt64(thread, rest[1]) : Result<int64_t>(0));
  Address address;
  socklen_t length;
  GILA_TRY_VOID(ParseAddress(thread, Self(args), rest.back(), "sendto", &address, &length));
  GILA_TRY(const int64_t count, Perform(thread, Self(args), POLLOUT, Blocked::kWrite, [&](int fd) {
             return ::sendto(fd, bytes.data(), bytes.size(), static_cast<int>(flags) | MSG_NOSIGNAL,
                             &address.any, length);
           }));
  return NewInt(thread, count);
}

template <auto kCall>
Result<Value> Name(Thread& thread, Args args) {
  Address address;
  socklen_t length = sizeof(address);
  if (kCall(Self(args)->fd.Load(), &address.any, &length) != 0) return thread.RaiseOsError(errno);
  return AddressValue(thread, address, length);
}

Result<Value> Shutdown(Thread& thread, Args args) {
  GILA_TRY(const int64_t how, ToInt64(thread, args[1]));
  if (::shutdown(Self(args)->fd.Load(), static_cast<int>(how)) != 0)
    return thread.RaiseOsError(errno);
  return kNone;
}

Result<Value> SetSockOpt(Thread& thread, Args args) {
  GILA_TRY(const int64_t level, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t option, ToInt64(thread, args[2]));
  int result;
  if (IsInt(args[3])) {
    GILA_TRY(const int64_t number, ToInt64(thread, args[3]));
    const int value = static_cast<int>(number);
    const bool wide = Self(args)->family == AF_VSOCK;  // whose options are of 64 bits
    result = ::setsockopt(Self(args)->fd.Load(), static_cast<int>(level), static_cast<int>(option),
                          wide ? static_cast<const void*>(&number) : &value,
                          wide ? sizeof(number) : sizeof(value));
  } else {
    GILA_TRY(const std::string bytes, CopyBuffer(thread, args[3]));
    result = ::setsockopt(Self(args)->fd.Load(), static_cast<int>(level), static_cast<int>(option),
                          bytes.data(), static_cast<socklen_t>(bytes.size()));
  }
  if (result != 0) return thread.RaiseOsError(errno);
  return kNone;
}

Result<Value> GetSockOpt(Thread& thread, Args args) {
  GILA_TRY(const int64_t level, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t option, ToInt64(thread, args[2]));
  GILA_TRY(const int64_t size, NumberOr(thread, args[3], 0));
  if (size < 0 || size > 1024)
    return thread.Raise(TypeId::kOSError, "getsockopt buflen out of range");
  if (size == 0) {
    const bool wide = Self(args)->family == AF_VSOCK;
    int value = 0;
    uint64_t wide_value = 0;
    socklen_t length = wide ? sizeof(wide_value) : sizeof(value);
    if (::getsockopt(Self(args)->fd.Load(), static_cast<int>(level), static_cast<int>(option),
                     wide ? static_cast<void*>(&wide_value) : &value, &length) != 0) {
      return thread.RaiseOsError(errno);
    }
    return wide ? NewIntFromUnsigned(thread, wide_value) : Result<Value>(Value::SmallInt(value));
  }
  std::string buffer(static_cast<size_t>(size), '\0');
  socklen_t length = static_cast<socklen_t>(size);
  if (::getsockopt(Self(args)->fd.Load(), static_cast<int>(level), static_cast<int>(option),
                   buffer.data(), &length) != 0) {
    return thread.RaiseOsError(errno);
  }
  return NewBytes(thread, std::string_view(buffer).substr(0, length));
}

Result<int64_t> TimeoutNanoseconds(Thread& thread, Value v) {
  if (v.IsNone()) return -1;
  GILA_TRY(const int64_t nanoseconds, ToNanoseconds(thread, v, RoundTime::kAwayFromZero));
  if (nanoseconds < 0) return thread.RaiseValueError("Timeout value out of range");
  return nanoseconds;
}

Result<Value> SetTimeout(Thread& thread, Args args) {
  GILA_TRY(const int64_t timeout, TimeoutNanoseconds(thread, args[1]));
  GILA_TRY_VOID(ApplyTimeout(thread, Self(args), timeout));
  return kNone;
}
Result<Value> SetBlocking(Thread& thread, Args args) {
  GILA_TRY(const bool blocking, Truth(thread, args[1]));
  GILA_TRY_VOID(ApplyTimeout(thread, Self(args), blocking ? -1 : 0));
  return kNone;
}
Result<Value> TimeoutValue(Thread& thread, int64_t timeout) {
  if (timeout < 0) return kNone;
  return NewFloat(thread, static_cast<double>(timeout) / 1e9);
}
Result<Value> GetTimeout(Thread& thread, Args args) {
  return TimeoutValue(thread, Self(args)->timeout_ns.Load());
}
Result<Value> GetBlocking(Thread&, Args args) {
  return Value::Bool(Self(args)->timeout_ns.Load() != 0);
}

template <int32_t Socket::* kField>
Result<Value> GetField(Thread&, Value self) {
  return Value::SmallInt(self.As<Socket>()->*kField);
}
Result<Value> TimeoutField(Thread& thread, Value self) {
  return TimeoutValue(thread, self.As<Socket>()->timeout_ns.Load());
}

// --- functions of the module ---

template <class Number, auto kSwap>
Result<Value> Swap(Thread& thread, Args args) {
  GILA_TRY(const int64_t number, ToInt64(thread, args[0]));
  if (number < 0)
    return thread.Raise(TypeId::kOverflowError, "can't convert negative value to unsigned int");
  if (number > static_cast<int64_t>(static_cast<Number>(~Number{0}))) {
    return thread.Raise(TypeId::kOverflowError, "int larger than the C type");
  }
  return NewInt(thread, static_cast<int64_t>(kSwap(static_cast<Number>(number))));
}
uint16_t Swap16(uint16_t n) { return htons(n); }
uint32_t Swap32(uint32_t n) { return htonl(n); }

Result<Value> SocketPair(Thread& thread, Args args) {
  GILA_TRY(const int64_t family, args.Has(0) ? ToInt64(thread, args[0]) : Result<int64_t>(AF_UNIX));
  GILA_TRY(const int64_t type,
           args.Has(1) ? ToInt64(thread, args[1]) : Result<int64_t>(SOCK_STREAM));
  GILA_TRY(const int64_t protocol, args.Has(2) ? ToInt64(thread, args[2]) : Result<int64_t>(0));
  int fds[2];
  if (::socketpair(static_cast<int>(family), static_cast<int>(type) | SOCK_CLOEXEC,
                   static_cast<int>(protocol), fds) != 0) {
    return thread.RaiseOsError(errno);
  }
  const Value items[] = {Value::SmallInt(fds[0]), Value::SmallInt(fds[1])};
  return NewTuple(thread, items);
}

Result<Value> GetDefaultTimeout(Thread& thread, Args) {
  return TimeoutValue(thread, default_timeout_ns.Load());
}
Result<Value> SetDefaultTimeout(Thread& thread, Args args) {
  GILA_TRY(const int64_t timeout, TimeoutNanoseconds(thread, args[0]));
  default_timeout_ns.Store(timeout);
  return kNone;
}

Result<Value> Duplicate(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, posix::Descriptor(thread, args[0]));
  const int copy = ::fcntl(static_cast<int>(fd), F_DUPFD_CLOEXEC, 0);
  if (copy < 0) return thread.RaiseOsError(errno);
  return Value::SmallInt(copy);
}

void TraceSocket(Object* object, Marker& marker) {
  marker.Visit(static_cast<Socket*>(object)->attributes);
}

#define END {nullptr, nullptr, nullptr, nullptr}
const NativeDef kMethods[] = {
    {"__init__", SocketInit, "(self, family=-1, type=-1, proto=-1, fileno=None)",
     "Initialize self."},
    {"__repr__", SocketRepr, "(self, /)", "Return repr(self)."},
    {"__del__", Close, "(self, /)", "Close the socket."},
    {"_accept", Accept, "(self, /)", "The descriptor and the address of the next connection."},
    {"bind", Bind, "(self, address, /)", "Bind the socket to a local address."},
    {"close", Close, "(self, /)", "Close the socket."},
    {"connect", Connect, "(self, address, /)", "Connect to an address."},
    {"connect_ex", ConnectEx, "(self, address, /)",
     "Connect to an address; the error number instead of an exception."},
    {"detach", Detach, "(self, /)", "Forget the descriptor and return it."},
    {"fileno", FileNo, "(self, /)", "The descriptor, -1 when closed."},
    {"getpeername", Name<::getpeername>, "(self, /)", "The address of the other end."},
    {"getsockname", Name<::getsockname>, "(self, /)", "The address of this end."},
    {"getsockopt", GetSockOpt, "(self, level, option, buffersize=0, /)", "An option's value."},
    {"setsockopt", SetSockOpt, "(self, level, option, value, /)", "Set an option."},
    {"listen", Listen, "(self, backlog=128, /)", "Let clients connect."},
    {"recv", Recv, "(self, buffersize, flags=0, /)", "Receive at most buffersize bytes."},
    {"recv_into", RecvInto, "(self, buffer, nbytes=0, flags=0)", "Receive into a buffer."},
    {"recvfrom", RecvFrom, "(self, buffersize, flags=0, /)",
     "Receive bytes and the sender's address."},
    {"recvfrom_into", RecvFromInto, "(self, buffer, nbytes=0, flags=0)",
     "Receive into a buffer: how many bytes, and the sender's address."},
    {"recvmsg", RecvMsg, "(self, bufsize, ancbufsize=0, flags=0, /)",
     "Receive bytes and ancillary data: data, ancdata, flags, address."},
    {"recvmsg_into", RecvMsgInto, "(self, buffers, ancbufsize=0, flags=0, /)",
     "As recvmsg, into buffers: how many bytes, ancdata, flags, address."},
    {"sendmsg", SendMsg, "(self, buffers, ancdata=(), flags=0, address=None, /)",
     "Send the bytes of several buffers, and ancillary data; how many bytes went."},
    {"send", Send, "(self, data, flags=0, /)", "Send; how many bytes went."},
    {"sendall", SendAll, "(self, data, flags=0, /)", "Send all of the data."},
    {"sendto", SendTo, "(self, *args)", "Send to an address."},
    {"setblocking", SetBlocking, "(self, flag, /)", "Wait in calls, or not."},
    {"getblocking", GetBlocking, "(self, /)", "Do calls wait?"},
    {"settimeout", SetTimeout, "(self, timeout, /)", "How long calls wait; None: for ever."},
    {"gettimeout", GetTimeout, "(self, /)", "How long calls wait; None: for ever."},
    {"shutdown", Shutdown, "(self, flag, /)", "End one or both directions."},
    END};
const GetSetDef kFields[] = {{"family", GetField<&Socket::family>, nullptr, nullptr},
                             {"type", GetField<&Socket::type>, nullptr, nullptr},
                             {"proto", GetField<&Socket::protocol>, nullptr, nullptr},
                             {"timeout", TimeoutField, nullptr, nullptr},
                             END};
const NativeDef kFunctions[] = {
    {"htons", Swap<uint16_t, Swap16>, "@parsed(x, /)", "16 bits to network order."},
    {"ntohs", Swap<uint16_t, Swap16>, "@parsed(x, /)", "16 bits from network order."},
    {"htonl", Swap<uint32_t, Swap32>, "(x, /)", "32 bits to network order."},
    {"ntohl", Swap<uint32_t, Swap32>, "(x, /)", "32 bits from network order."},
    {"getdefaulttimeout", GetDefaultTimeout, "()", "The timeout of sockets to come."},
    {"setdefaulttimeout", SetDefaultTimeout, "(timeout, /)",
     "Set the timeout of sockets to come; None: wait for ever."},
    {"dup", Duplicate, "(fd, /)", "A copy of a socket's descriptor."},
    {"_socketpair", SocketPair, "(family=1, type=1, proto=0, /)", "Two connected descriptors."},
    END};
#undef END
const KindInfo kKind = {"socket", TraceSocket, nullptr};
const TypeSpec kSpec = {.doc = "A socket: one end of a connection.",
                        .new_function = SocketNew,
                        .new_signature = "(cls, *args, **kwargs)",
                        .methods = kMethods,
                        .getsets = kFields,
                        .native_size = offsetof(Socket, attributes),
                        .kind_info = &kKind};

Result<Type*> NewErrorClass(Thread& thread, Module* module, const char* name_text) {
  GILA_TRY(Str * name, NewStr(thread, name_text));
  const Value bases[] = {reinterpret_cast<Object*>(GetType(TypeId::kOSError))};
  GILA_TRY(Tuple * base_tuple, NewTuple(thread, bases));
  GILA_TRY(Dict * name_space, NewDict(thread));
  GILA_TRY_VOID(
      DictSet(thread, name_space, NameOf(gila::Name::kModule_), Intern(thread, "socket")));
  GILA_TRY(Type * type, NewType(thread, GetType(TypeId::kType), name, base_tuple, name_space));
  GILA_TRY_VOID(AddValue(thread, module, name_text, type));
  return type;
}

}  // namespace

Result<int64_t> NumberOr(Thread& thread, Value v, int64_t otherwise) {
  return v.IsUnbound() ? Result<int64_t>(otherwise) : ToInt64(thread, v);
}

}  // namespace sockets

Status InitSocketModule(Thread& thread, Module* module) {
  using namespace sockets;
  GILA_TRY(socket_type, AddType(thread, module, kSpec, "_socket.socket", RegisterKind(kKind),
                                kSpec.native_size, kBasetype | kHasDict | kHasWeakref));
  heap::AddRoot(reinterpret_cast<Object**>(&socket_type));
  GILA_TRY(gai_error, NewErrorClass(thread, module, "gaierror"));
  GILA_TRY(host_error, NewErrorClass(thread, module, "herror"));
  heap::AddRoot(reinterpret_cast<Object**>(&gai_error));
  heap::AddRoot(reinterpret_cast<Object**>(&host_error));
  GILA_TRY_VOID(AddValue(thread, module, "SocketType", socket_type));
  GILA_TRY_VOID(
      AddValue(thread, module, "error", reinterpret_cast<Object*>(GetType(TypeId::kOSError))));
  GILA_TRY_VOID(AddValue(thread, module, "timeout",
                         reinterpret_cast<Object*>(GetType(TypeId::kTimeoutError))));
  GILA_TRY_VOID(AddValue(thread, module, "has_ipv6", kTrue));
  GILA_TRY_VOID(AddSocketConstants(thread, module));
  GILA_TRY_VOID(AddFunctions(thread, module, kMessageFunctions));
  GILA_TRY_VOID(AddFunctions(thread, module, kNameFunctions));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

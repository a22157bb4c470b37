// socket.cc: the _socket module: sockets over IPv4, IPv6 and Unix addresses. socket (lib/socket.py)
// adds makefile, create_server and the rest.
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

#include <cmath>
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

namespace gila {
namespace {

struct Socket : Object {
  Atomic<int32_t> fd;  // -1: closed
  int32_t family, type, protocol;
  Atomic<int64_t> timeout_ns;  // -1: wait for ever; 0: never wait
  Slot attributes;
};

Type* socket_type = nullptr;
Type* gai_error = nullptr;
Type* host_error = nullptr;

Socket* Self(Args args) { return args[0].As<Socket>(); }

}  // namespace

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

namespace {

// A transfer on the socket: waits as its timeout says, then makes the call until it goes through.
template <class Transfer>
Result<int64_t> Perform(Thread& thread, Socket* socket, short events, Blocked why, Transfer call) {
  const int64_t timeout = socket->timeout_ns.Load();
  const uint64_t begin = MonotonicNanoseconds();
  while (true) {
    if (timeout > 0) {
      const int64_t rest =
          std::max<int64_t>(timeout - static_cast<int64_t>(MonotonicNanoseconds() - begin), 0);
      GILA_TRY(const bool ready,
               WaitForSocket(thread, socket->fd.Load(), events, rest, MonotonicNanoseconds(), why));
      if (!ready) return thread.Raise(TypeId::kTimeoutError, "timed out");
    }
    int64_t result;
    int error;
    {
      AllowThreads detached(thread, why);
      result = call(socket->fd.Load());
      error = errno;
    }
    if (result >= 0) return result;
    if (error == EINTR) {
      GILA_TRY_VOID(thread.RunSignalHandlers());
    } else if (!((error == EAGAIN || error == EWOULDBLOCK) && timeout > 0)) {
      return thread.RaiseOsError(error);
    }
  }
}

// --- addresses ---

union Address {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
  sockaddr_un local;
  sockaddr_storage storage;
};

Result<std::string> HostText(Thread& thread, Value v) {
  if (v.IsNone()) return std::string();
  if (IsBytes(v)) return std::string(v.As<Bytes>()->view());
  if (!IsStr(v)) {
    const std::string name(TypeNameOf(v));
    return thread.RaiseTypeError("str, bytes or bytearray expected, not %s", name.c_str());
  }
  return ToUtf8(v);
}

// A host name as an address of that family; the port is left alone.
Status Resolve(Thread& thread, const std::string& host, int family, Address* address,
               socklen_t* length) {
  memset(address, 0, sizeof(*address));
  address->any.sa_family = static_cast<sa_family_t>(family);
  *length = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
  if (host.empty()) return kOk;  // any address
  if (family == AF_INET && host == "<broadcast>") {
    address->v4.sin_addr.s_addr = INADDR_BROADCAST;
    return kOk;
  }
  void* place =
      family == AF_INET ? static_cast<void*>(&address->v4.sin_addr) : &address->v6.sin6_addr;
  if (::inet_pton(family, host.c_str(), place) == 1) return kOk;
  addrinfo hints{};
  hints.ai_family = family;
  addrinfo* found = nullptr;
  int code;
  {
    AllowThreads detached(thread, Blocked::kOther);
    code = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
  }
  if (code != 0) return RaiseLookupError(thread, code);
  memcpy(address, found->ai_addr, found->ai_addrlen);
  *length = found->ai_addrlen;
  ::freeaddrinfo(found);
  return kOk;
}

// Linux: a name that begins with a zero byte is no path.
bool IsAbstract(std::string_view name) { return !name.empty() && name[0] == '\0'; }

Result<std::string> LocalName(Thread& thread, Value v) {
  if (IsBytes(v) && IsAbstract(v.As<Bytes>()->view())) return std::string(v.As<Bytes>()->view());
  if (IsStr(v)) {
    std::string text = ToUtf8(v);
    if (IsAbstract(text)) return text;
  }
  return EncodeFsPath(thread, v);
}

Status ParseAddress(Thread& thread, const Socket* socket, Value v, const char* function,
                    Address* address, socklen_t* length) {
  if (socket->family == AF_UNIX) {
    GILA_TRY(const std::string path, LocalName(thread, v));
    memset(address, 0, sizeof(*address));
    address->local.sun_family = AF_UNIX;
    const bool is_abstract = IsAbstract(path);
    if (path.size() + (is_abstract ? 0 : 1) > sizeof(address->local.sun_path))
      return thread.Raise(TypeId::kOSError, "AF_UNIX path too long");
    memcpy(address->local.sun_path, path.data(), path.size());
    // The name of an abstract address has no end but its length.
    *length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() +
                                     (is_abstract ? 0 : 1));
    return kOk;
  }
  const bool v6 = socket->family == AF_INET6;
  if (!IsTuple(v)) {
    const std::string name(TypeNameOf(v));
    return thread.RaiseTypeError("%s(): %s address must be tuple, not %s", function,
                                 v6 ? "AF_INET6" : "AF_INET", name.c_str());
  }
  Tuple* tuple = v.As<Tuple>();
  if (tuple->length < 2 || tuple->length > (v6 ? 4 : 2)) {
    return thread.RaiseTypeError(
        v6 ? "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])"
           : "%s(): AF_INET address must be a pair (host, port)",
        function);
  }
  GILA_TRY(const std::string host, HostText(thread, tuple->At(0)));
  GILA_TRY(const int64_t port, ToInt64(thread, tuple->At(1)));
  if (port < 0 || port > 0xffff)
    return thread.RaiseFormat(TypeId::kOverflowError, "%s(): port must be 0-65535.", function);
  GILA_TRY_VOID(Resolve(thread, host, socket->family, address, length));
  if (v6) {
    address->v6.sin6_port = htons(static_cast<uint16_t>(port));
  } else {
    address->v4.sin_port = htons(static_cast<uint16_t>(port));
  }
  return kOk;
}

Result<Value> AddressValue(Thread& thread, const Address& address, socklen_t length) {
  char text[INET6_ADDRSTRLEN];
  if (length == 0) return kNone;
  if (address.any.sa_family == AF_INET) {
    ::inet_ntop(AF_INET, &address.v4.sin_addr, text, sizeof(text));
    GILA_TRY(Str * host, NewStr(thread, text));
    const Value items[] = {host, Value::SmallInt(ntohs(address.v4.sin_port))};
    return NewTuple(thread, items);
  }
  if (address.any.sa_family == AF_INET6) {
    ::inet_ntop(AF_INET6, &address.v6.sin6_addr, text, sizeof(text));
    GILA_TRY(Str * host, NewStr(thread, text));
    const Value items[] = {host, Value::SmallInt(ntohs(address.v6.sin6_port)),
                           Value::SmallInt(ntohl(address.v6.sin6_flowinfo)),
                           Value::SmallInt(address.v6.sin6_scope_id)};
    return NewTuple(thread, items);
  }
  if (address.any.sa_family == AF_UNIX) {
    if (length > offsetof(sockaddr_un, sun_path) && address.local.sun_path[0] == '\0')
      return NewBytes(thread, {address.local.sun_path, length - offsetof(sockaddr_un, sun_path)});
    const size_t size =
        length > offsetof(sockaddr_un, sun_path)
            ? ::strnlen(address.local.sun_path, length - offsetof(sockaddr_un, sun_path))
            : 0;
    return DecodeFsPath(thread, {address.local.sun_path, size});
  }
  return kNone;
}

// --- the object ---

Result<Value> SocketNew(Thread& thread, Args args) {
  GILA_TRY(Object * object, AllocateInstance(thread, args[0].As<Type>()));
  static_cast<Socket*>(object)->fd.Store(-1);
  static_cast<Socket*>(object)->timeout_ns.Store(-1);
  heap::RegisterFinalizer(thread, object);
  return object;
}

Result<Value> SocketInit(Thread& thread, Args args) {
  Socket* socket = Self(args);
  int64_t numbers[3] = {AF_INET, SOCK_STREAM, 0};
  for (size_t i = 0; i < 3; ++i) {
    if (!args.Has(i + 1)) continue;
    GILA_TRY(const int64_t given, ToInt64(thread, args[i + 1]));
    if (given != -1) numbers[i] = given;
  }
  int64_t fd;
  if (args.Has(4) && !args[4].IsNone()) {
    GILA_TRY(fd, ToInt64(thread, args[4]));
    if (fd < 0) return thread.RaiseValueError("negative file descriptor");
    Address address;
    socklen_t length = sizeof(address);
    if (::getsockname(static_cast<int>(fd), &address.any, &length) == 0) {
      numbers[0] = address.any.sa_family;
      int type = 0;
      socklen_t size = sizeof(type);
      if (::getsockopt(static_cast<int>(fd), SOL_SOCKET, SO_TYPE, &type, &size) == 0)
        numbers[1] = type;
    } else {
      return thread.RaiseOsError(errno);
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
  return kNone;
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

Result<int64_t> Flags(Thread& thread, Value v) {
  return v.IsUnbound() ? Result<int64_t>(0) : ToInt64(thread, v);
}

Result<Value> Recv(Thread& thread, Args args) {
  GILA_TRY(const int64_t size, ToInt64(thread, args[1]));
  if (size < 0) return thread.RaiseValueError("negative buffersize in recv");
  GILA_TRY(const int64_t flags, Flags(thread, args[2]));
  GILA_TRY(Bytes * buffer, NewBytesUninitialized(thread, size));
  GILA_TRY(const int64_t count, Perform(thread, Self(args), POLLIN, Blocked::kRead, [&](int fd) {
             return ::recv(fd, buffer->data, static_cast<size_t>(size), static_cast<int>(flags));
           }));
  if (count == size) return buffer;
  return NewBytes(thread, buffer->view().substr(0, static_cast<size_t>(count)));
}

Result<Value> RecvInto(Thread& thread, Args args) {
  GILA_TRY(const int64_t wanted, Flags(thread, args[2]));
  GILA_TRY(const int64_t flags, Flags(thread, args[3]));
  GILA_TRY(const PinnedBuffer buffer, PinWritable(thread, args[1]));
  const int64_t size = wanted > 0 ? std::min(wanted, buffer.size) : buffer.size;
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
  GILA_TRY(const int64_t flags, Flags(thread, args[2]));
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

Result<Value> Send(Thread& thread, Args args) {
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[1]));
  GILA_TRY(const int64_t flags, Flags(thread, args[2]));
  GILA_TRY(const int64_t count, Perform(thread, Self(args), POLLOUT, Blocked::kWrite, [&](int fd) {
             return ::send(fd, bytes.data(), bytes.size(), static_cast<int>(flags) | MSG_NOSIGNAL);
           }));
  return NewInt(thread, count);
}

Result<Value> SendAll(Thread& thread, Args args) {
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[1]));
  GILA_TRY(const int64_t flags, Flags(thread, args[2]));
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
    result = ::setsockopt(Self(args)->fd.Load(), static_cast<int>(level), static_cast<int>(option),
                          &value, sizeof(value));
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
  GILA_TRY(const int64_t size, Flags(thread, args[3]));
  if (size < 0 || size > 1024)
    return thread.Raise(TypeId::kOSError, "getsockopt buflen out of range");
  if (size == 0) {
    int value = 0;
    socklen_t length = sizeof(value);
    if (::getsockopt(Self(args)->fd.Load(), static_cast<int>(level), static_cast<int>(option),
                     &value, &length) != 0) {
      return thread.RaiseOsError(errno);
    }
    return Value::SmallInt(value);
  }
  std::string buffer(static_cast<size_t>(size), '\0');
  socklen_t length = static_cast<socklen_t>(size);
  if (::getsockopt(Self(args)->fd.Load(), static_cast<int>(level), static_cast<int>(option),
                   buffer.data(), &length) != 0) {
    return thread.RaiseOsError(errno);
  }
  return NewBytes(thread, std::string_view(buffer).substr(0, length));
}

Status ApplyTimeout(Thread& thread, Socket* socket, int64_t timeout_ns) {
  const int fd = socket->fd.Load();
  const int flags = ::fcntl(fd, F_GETFL);
  if (flags < 0) return thread.RaiseOsError(errno);
  const int wanted = timeout_ns < 0 ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
  if (wanted != flags && ::fcntl(fd, F_SETFL, wanted) != 0) return thread.RaiseOsError(errno);
  socket->timeout_ns.Store(timeout_ns);
  return kOk;
}

Result<int64_t> TimeoutNanoseconds(Thread& thread, Value v) {
  if (v.IsNone()) return -1;
  GILA_TRY(const double seconds, ToDouble(thread, v));
  if (seconds < 0) return thread.RaiseValueError("Timeout value out of range");
  if (!(seconds < 9e9))
    return thread.Raise(TypeId::kOverflowError, "timestamp too large to convert to C _PyTime_t");
  return static_cast<int64_t>(std::ceil(seconds * 1e9));
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

Result<Value> GetAddrInfo(Thread& thread, Args args) {
  GILA_TRY(const std::string host, HostText(thread, args[0]));
  std::string service;
  const bool has_service = !args[1].IsNone();
  if (IsInt(args[1])) {
    GILA_TRY(const int64_t port, ToInt64(thread, args[1]));
    service = std::to_string(port);
  } else {
    GILA_TRY(service, HostText(thread, args[1]));
  }
  addrinfo hints{};
  int* const fields[] = {&hints.ai_family, &hints.ai_socktype, &hints.ai_protocol, &hints.ai_flags};
  for (size_t i = 0; i < 4; ++i) {
    if (!args.Has(i + 2)) continue;
    GILA_TRY(const int64_t number, ToInt64(thread, args[i + 2]));
    *fields[i] = static_cast<int>(number);
  }
  addrinfo* found = nullptr;
  int code;
  {
    AllowThreads detached(thread, Blocked::kOther);
    code = ::getaddrinfo(args[0].IsNone() ? nullptr : host.c_str(),
                         has_service ? service.c_str() : nullptr, &hints, &found);
  }
  if (code != 0) return RaiseLookupError(thread, code);
  GILA_TRY(List * list, NewList(thread));
  Status done = kOk;
  for (addrinfo* info = found; info != nullptr && done.ok(); info = info->ai_next) {
    done = [&]() -> Status {
      Address address;
      memcpy(&address, info->ai_addr, info->ai_addrlen);
      GILA_TRY(const Value place, AddressValue(thread, address, info->ai_addrlen));
      GILA_TRY(Str * canonical,
               NewStr(thread, info->ai_canonname == nullptr ? "" : info->ai_canonname));
      const Value items[] = {Value::SmallInt(info->ai_family), Value::SmallInt(info->ai_socktype),
                             Value::SmallInt(info->ai_protocol), canonical, place};
      GILA_TRY(Tuple * row, NewTuple(thread, items));
      return ListAppend(thread, list, row);
    }();
  }
  ::freeaddrinfo(found);
  if (!done.ok()) return kFailed;
  return list;
}

Result<Value> GetHostByName(Thread& thread, Args args) {
  GILA_TRY(const std::string host, HostText(thread, args[0]));
  Address address;
  socklen_t length;
  GILA_TRY_VOID(Resolve(thread, host, AF_INET, &address, &length));
  char text[INET_ADDRSTRLEN];
  ::inet_ntop(AF_INET, &address.v4.sin_addr, text, sizeof(text));
  return NewStr(thread, text);
}

Result<Value> GetHostName(Thread& thread, Args) {
  char name[256] = {};
  if (::gethostname(name, sizeof(name) - 1) != 0) return thread.RaiseOsError(errno);
  return NewStr(thread, name);
}

Result<Value> PToN(Thread& thread, Args args) {
  GILA_TRY(const int64_t family, ToInt64(thread, args[0]));
  GILA_TRY(const std::string text, HostText(thread, args[1]));
  uint8_t bytes[16];
  const int done = ::inet_pton(static_cast<int>(family), text.c_str(), bytes);
  if (done < 0) return thread.RaiseOsError(errno);
  if (done == 0)
    return thread.Raise(TypeId::kOSError, "illegal IP address string passed to inet_pton");
  return NewBytes(thread,
                  {reinterpret_cast<char*>(bytes), family == AF_INET ? size_t{4} : size_t{16}});
}
Result<Value> NToP(Thread& thread, Args args) {
  GILA_TRY(const int64_t family, ToInt64(thread, args[0]));
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[1]));
  if (bytes.size() != (family == AF_INET ? 4 : 16))
    return thread.RaiseValueError("invalid length of packed IP address string");
  char text[INET6_ADDRSTRLEN];
  if (::inet_ntop(static_cast<int>(family), bytes.data(), text, sizeof(text)) == nullptr)
    return thread.RaiseOsError(errno);
  return NewStr(thread, text);
}
Result<Value> AToN(Thread& thread, Args args) {
  GILA_TRY(const std::string text, HostText(thread, args[0]));
  in_addr address;
  if (::inet_aton(text.c_str(), &address) == 0)
    return thread.Raise(TypeId::kOSError, "illegal IP address string passed to inet_aton");
  return NewBytes(thread, {reinterpret_cast<char*>(&address), 4});
}
Result<Value> NToA(Thread& thread, Args args) {
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[0]));
  if (bytes.size() != 4) return thread.Raise(TypeId::kOSError, "packed IP wrong length");
  char text[INET_ADDRSTRLEN];
  ::inet_ntop(AF_INET, bytes.data(), text, sizeof(text));
  return NewStr(thread, text);
}

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

void TraceSocket(Object* object, Marker& marker) {
  marker.Visit(static_cast<Socket*>(object)->attributes);
}

#define END {nullptr, nullptr, nullptr, nullptr}
const NativeDef kMethods[] = {
    {"__init__", SocketInit, "(self, family=-1, type=-1, proto=-1, fileno=None)",
     "Initialize self."},
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
    {"getaddrinfo", GetAddrInfo, "(host, port, family=0, type=0, proto=0, flags=0)",
     "Addresses for a host and service."},
    {"gethostbyname", GetHostByName, "(host, /)", "The IPv4 address of a host."},
    {"gethostname", GetHostName, "()", "The name of this host."},
    {"inet_pton", PToN, "(family, address, /)", "An address as bytes."},
    {"inet_ntop", NToP, "(family, packed, /)", "An address as text."},
    {"inet_aton", AToN, "(address, /)", "An IPv4 address as bytes."},
    {"inet_ntoa", NToA, "(packed, /)", "An IPv4 address as text."},
    {"htons", Swap<uint16_t, Swap16>, "(x, /)", "16 bits to network order."},
    {"ntohs", Swap<uint16_t, Swap16>, "(x, /)", "16 bits from network order."},
    {"htonl", Swap<uint32_t, Swap32>, "(x, /)", "32 bits to network order."},
    {"ntohl", Swap<uint32_t, Swap32>, "(x, /)", "32 bits from network order."},
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

Failed RaiseLookupError(Thread& thread, int code) {
  const Result<Str*> text = NewStr(thread, ::gai_strerror(code));
  if (!text.ok()) return kFailed;
  const Result<Value> error = Call(thread, gai_error, {Value::SmallInt(code), text.value()});
  if (!error.ok()) return kFailed;
  return thread.RaiseObject(error.value());
}

Result<Value> SocketAddressValue(Thread& thread, const sockaddr* address, socklen_t length) {
  Address copy{};
  memcpy(&copy, address, std::min<size_t>(length, sizeof(copy)));
  return AddressValue(thread, copy, length);
}

Status InitSocketModule(Thread& thread, Module* module) {
  GILA_TRY(socket_type, AddType(thread, module, kSpec, "_socket.socket", RegisterKind(kKind),
                                kSpec.native_size, kBasetype | kHasDict | kHasWeakref));
  heap::AddRoot(reinterpret_cast<Object**>(&socket_type));
  GILA_TRY(gai_error, NewErrorClass(thread, module, "gaierror"));
  GILA_TRY(host_error, NewErrorClass(thread, module, "herror"));
  heap::AddRoot(reinterpret_cast<Object**>(&gai_error));
  heap::AddRoot(reinterpret_cast<Object**>(&host_error));
  GILA_TRY_VOID(AddSocketConstants(thread, module));
  GILA_TRY_VOID(AddFunctions(thread, module, kSocketMessageFunctions));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

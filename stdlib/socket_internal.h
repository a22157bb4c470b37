// socket_internal.h: what the files of the _socket module share: the object, addresses, and the one
// way in which a call on a socket waits.
#ifndef GILA_STDLIB_SOCKET_INTERNAL_H_
#define GILA_STDLIB_SOCKET_INTERNAL_H_

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <string>

#include "runtime/native.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/futex.h"

namespace gila {

// Polls a descriptor for `events` until `timeout_ns` (negative: for ever) have gone since `begin`,
// a MonotonicNanoseconds(); signal handlers run meanwhile. False: too late.
Result<bool> WaitForSocket(Thread& thread, int fd, short events, int64_t timeout_ns, uint64_t begin,
                           Blocked why) GILA_ATTACHED;

// The constants (socket_constants.def).
Status AddSocketConstants(Thread& thread, Module* module) GILA_ATTACHED;

namespace sockets {

struct Socket : Object {
  Atomic<int32_t> fd;  // -1: closed
  int32_t family, type, protocol;
  Atomic<int64_t> timeout_ns;  // -1: wait for ever; 0: never wait
  Slot attributes;
};
inline Socket* Self(Args args) { return args[0].As<Socket>(); }

// --- addresses: socket_address.cc ---

union Address {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
  sockaddr_un local;
  sockaddr_storage storage;
};

// An address as the program gives it, for the family of the socket; `function` is named in errors.
Status ParseAddress(Thread& thread, const Socket* socket, Value v, const char* function,
                    Address* address, socklen_t* length) GILA_ATTACHED;
// An address as the program sees it: a tuple, a path, None.
Result<Value> AddressValue(Thread& thread, const Address& address, socklen_t length) GILA_ATTACHED;

extern Type *gai_error, *host_error;
extern const NativeDef kNameFunctions[];

// --- messages: socket_messages.cc ---

Result<Value> SendMsg(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> RecvMsg(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> RecvMsgInto(Thread& thread, Args args) GILA_ATTACHED;
extern const NativeDef kMessageFunctions[];

// --- waiting ---

// A transfer on the socket: waits as its timeout says, then makes the call until it goes through.
template <class Transfer>
Result<int64_t> Perform(Thread& thread, Socket* socket, short events, Blocked why,
                        Transfer call) GILA_ATTACHED {
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

// An argument that may be left out.
Result<int64_t> NumberOr(Thread& thread, Value v, int64_t otherwise) GILA_ATTACHED;

}  // namespace sockets
}  // namespace gila

#endif  // GILA_STDLIB_SOCKET_INTERNAL_H_

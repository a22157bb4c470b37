// socket_internal.h: what the files of the _socket module share.
#ifndef GILA_STDLIB_SOCKET_INTERNAL_H_
#define GILA_STDLIB_SOCKET_INTERNAL_H_

#include <sys/socket.h>

#include "runtime/native.h"

namespace gila {

// An address as the program sees it: a tuple, a path, None.
Result<Value> SocketAddressValue(Thread& thread, const sockaddr* address,
                                 socklen_t length) GILA_ATTACHED;

// The error of a look-up that failed with this code of <netdb.h>: socket.gaierror.
Failed RaiseLookupError(Thread& thread, int code) GILA_ATTACHED;

// Polls a descriptor for `events` until `timeout_ns` (negative: for ever) have gone since `begin`,
// a MonotonicNanoseconds(); signal handlers run meanwhile. False: too late.
Result<bool> WaitForSocket(Thread& thread, int fd, short events, int64_t timeout_ns, uint64_t begin,
                           Blocked why) GILA_ATTACHED;

extern const NativeDef kSocketMessageFunctions[];
// The constants (socket_constants.def).
Status AddSocketConstants(Thread& thread, Module* module) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_SOCKET_INTERNAL_H_

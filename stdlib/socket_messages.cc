// socket_messages.cc: the _socket module, part two: messages with ancillary data (descriptors on
// their way to another process), and the names of services, protocols and interfaces.
//
// _sendmsg and _recvmsg work on descriptors; the methods of socket.socket (lib/socket.py) call
// them, after a wait of their own when the socket has a timeout.
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "runtime/threads/attach.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/posix_internal.h"
#include "stdlib/socket_internal.h"

namespace gila {
namespace {

// --- messages ---

struct Ancillary {
  int level, type;
  std::string data;
};

Status ReadAncillary(Thread& thread, Value iterable, std::vector<Ancillary>* out) {
  if (iterable.IsUnbound()) return kOk;
  return ForEach(thread, iterable, [&](Value item) -> Status {
    GILA_TRY(Tuple* const parts, ToTuple(thread, item));
    if (parts->length != 3)
      return thread.RaiseTypeError(
          "[sendmsg() ancillary data items] must be sequences of length 3");
    GILA_TRY(const int64_t level, ToInt64(thread, parts->At(0)));
    GILA_TRY(const int64_t type, ToInt64(thread, parts->At(1)));
    GILA_TRY(std::string data, CopyBuffer(thread, parts->At(2)));
    out->push_back({static_cast<int>(level), static_cast<int>(type), std::move(data)});
    return kOk;
  });
}

std::string PackAncillary(const std::vector<Ancillary>& items) {
  size_t size = 0;
  for (const Ancillary& item : items) size += CMSG_SPACE(item.data.size());
  std::string packed(size, '\0');
  size_t place = 0;
  for (const Ancillary& item : items) {
    auto* const header = reinterpret_cast<cmsghdr*>(packed.data() + place);
    header->cmsg_level = item.level;
    header->cmsg_type = item.type;
    header->cmsg_len = CMSG_LEN(item.data.size());
    memcpy(CMSG_DATA(header), item.data.data(), item.data.size());
    place += CMSG_SPACE(item.data.size());
  }
  return packed;
}

// _sendmsg(fd, buffers, ancdata, flags)
Result<Value> SendMsg(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, posix::Descriptor(thread, args[0]));
  std::vector<std::string> copies;
  GILA_TRY_VOID(ForEach(thread, args[1], [&](Value v) -> Status {
    GILA_TRY(std::string copy, CopyBuffer(thread, v));
    copies.push_back(std::move(copy));
    return kOk;
  }));
  std::vector<Ancillary> ancillary;
  GILA_TRY_VOID(ReadAncillary(thread, args[2], &ancillary));
  GILA_TRY(const int64_t flags, ToInt64(thread, args[3]));
  std::vector<iovec> vectors;
  vectors.reserve(copies.size());
  for (std::string& copy : copies) vectors.push_back({copy.data(), copy.size()});
  std::string control = PackAncillary(ancillary);
  msghdr message{};
  message.msg_iov = vectors.data();
  message.msg_iovlen = vectors.size();
  message.msg_control = control.empty() ? nullptr : control.data();
  message.msg_controllen = control.size();
  GILA_TRY(const int64_t sent, posix::CallSystem(
                                   thread, kUnbound,
                                   [&] {
                                     return ::sendmsg(static_cast<int>(fd), &message,
                                                      static_cast<int>(flags) | MSG_NOSIGNAL);
                                   },
                                   Blocked::kWrite));
  return NewInt(thread, sent);
}

Result<Value> AncillaryList(Thread& thread, msghdr& message) {
  GILA_TRY(List* const list, NewList(thread));
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
       header = CMSG_NXTHDR(&message, header)) {
    const auto* const begin = reinterpret_cast<const char*>(CMSG_DATA(header));
    const auto* const end = static_cast<const char*>(message.msg_control) + message.msg_controllen;
    const size_t stated = header->cmsg_len - CMSG_LEN(0);
    const size_t size = std::min(stated, static_cast<size_t>(end - begin));
    GILA_TRY(const Value data, NewBytes(thread, {begin, size}));
    const Value items[] = {Value::SmallInt(header->cmsg_level), Value::SmallInt(header->cmsg_type),
                           data};
    GILA_TRY(Tuple* const item, NewTuple(thread, items));
    GILA_TRY_VOID(ListAppend(thread, list, item));
  }
  return list;
}

// _recvmsg(fd, bufsize, ancbufsize, flags): data, ancillary data, flags; the address is that of the
// other end.
Result<Value> RecvMsg(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, posix::Descriptor(thread, args[0]));
  GILA_TRY(const int64_t size, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t control_size, ToInt64(thread, args[2]));
  GILA_TRY(const int64_t flags, ToInt64(thread, args[3]));
  if (size < 0) return thread.RaiseValueError("negative buffer size in recvmsg()");
  if (control_size < 0 || control_size > (1 << 24))
    return thread.RaiseValueError("invalid ancillary data buffer length");
  GILA_TRY(Bytes* const buffer, NewBytesUninitialized(thread, size));
  std::string control(static_cast<size_t>(control_size), '\0');
  sockaddr_storage address{};
  iovec vector{buffer->data, static_cast<size_t>(size)};
  msghdr message{};
  GILA_TRY(const int64_t count, posix::CallSystem(
                                    thread, kUnbound,
                                    [&] {
                                      message.msg_name = &address;
                                      message.msg_namelen = sizeof(address);
                                      message.msg_iov = &vector;
                                      message.msg_iovlen = 1;
                                      message.msg_control =
                                          control.empty() ? nullptr : control.data();
                                      message.msg_controllen = control.size();
                                      return ::recvmsg(static_cast<int>(fd), &message,
                                                       static_cast<int>(flags) | MSG_CMSG_CLOEXEC);
                                    },
                                    Blocked::kRead));
  GILA_TRY(const Value data,
           NewBytes(thread, buffer->view().substr(0, static_cast<size_t>(count))));
  GILA_TRY(const Value ancillary, AncillaryList(thread, message));
  GILA_TRY(
      const Value sender,
      SocketAddressValue(thread, reinterpret_cast<const sockaddr*>(&address), message.msg_namelen));
  const Value items[] = {data, ancillary, Value::SmallInt(message.msg_flags & ~MSG_CMSG_CLOEXEC),
                         sender};
  return NewTuple(thread, items);
}

template <bool kSpace>
Result<Value> AncillarySize(Thread& thread, Args args) {
  GILA_TRY(const int64_t size, ToInt64(thread, args[0]));
  if (size < 0 || size > INT32_MAX - 64)
    return thread.RaiseFormat(TypeId::kOverflowError, "%s() argument out of range",
                              kSpace ? "CMSG_SPACE" : "CMSG_LEN");
  const auto length = static_cast<size_t>(size);
  return NewInt(thread, static_cast<int64_t>(kSpace ? CMSG_SPACE(length) : CMSG_LEN(length)));
}

// --- names ---

Result<std::string> Protocol(Thread& thread, Value v) {
  if (v.IsUnbound()) return std::string();
  GILA_TRY(Str* const text, ToStrArgument(thread, v, "protocolname"));
  return ToUtf8(text);
}

// The address behind a numeric sockaddr tuple; freed by the caller.
Result<addrinfo*> NumericAddress(Thread& thread, Tuple* place) {
  if (!IsStr(place->At(0)))
    return thread.RaiseTypeError("getnameinfo(): illegal sockaddr argument");
  const std::string host = ToUtf8(place->At(0));
  GILA_TRY(const int64_t port, ToInt64(thread, place->At(1)));
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;  // one answer for each address
  hints.ai_flags = AI_NUMERICHOST;
  addrinfo* found = nullptr;
  const int code = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (code != 0) return RaiseLookupError(thread, code);
  return found;
}

Result<Value> NameInfo(Thread& thread, Args args) {
  if (!IsTuple(args[0])) return thread.RaiseTypeError("getnameinfo() argument 1 must be a tuple");
  auto* const place = args[0].As<Tuple>();
  if (place->length < 2 || place->length > 4)
    return thread.RaiseTypeError("getnameinfo(): illegal sockaddr argument");
  GILA_TRY(const int64_t flags, ToInt64(thread, args[1]));
  int64_t scope[2] = {0, 0};  // flow information, scope number
  for (int64_t i = 2; i < place->length; ++i) {
    GILA_TRY(scope[i - 2], ToInt64(thread, place->At(i)));
  }
  if (scope[0] < 0 || scope[0] > 0xfffff)
    return thread.Raise(TypeId::kOverflowError, "getnameinfo(): flowinfo must be 0-1048575.");
  GILA_TRY(addrinfo* const found, NumericAddress(thread, place));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, ::freeaddrinfo);
  if (found->ai_next != nullptr)
    return thread.Raise(TypeId::kOSError, "sockaddr resolved to multiple addresses");
  if (found->ai_family == AF_INET && place->length != 2)
    return thread.Raise(TypeId::kOSError, "IPv4 sockaddr must be 2 tuple");
  if (found->ai_family == AF_INET6) {
    auto* const address = reinterpret_cast<sockaddr_in6*>(found->ai_addr);
    address->sin6_flowinfo = htonl(static_cast<uint32_t>(scope[0]));
    address->sin6_scope_id = static_cast<uint32_t>(scope[1]);
  }
  char host[NI_MAXHOST], service[NI_MAXSERV];
  int code;
  {
    AllowThreads detached(thread, Blocked::kOther);
    code = ::getnameinfo(found->ai_addr, found->ai_addrlen, host, sizeof(host), service,
                         sizeof(service), static_cast<int>(flags));
  }
  if (code != 0) return RaiseLookupError(thread, code);
  GILA_TRY(Str* const host_text, NewStr(thread, host));
  GILA_TRY(Str* const service_text, NewStr(thread, service));
  return NewPair(thread, host_text, service_text);
}

Result<Value> ServiceByName(Thread& thread, Args args) {
  GILA_TRY(Str* const text, ToStrArgument(thread, args[0], "getservbyname() argument 1"));
  const std::string name = ToUtf8(text);
  GILA_TRY(const std::string protocol, Protocol(thread, args[1]));
  servent entry, *found = nullptr;
  char buffer[4096];
  ::getservbyname_r(name.c_str(), protocol.empty() ? nullptr : protocol.c_str(), &entry, buffer,
                    sizeof(buffer), &found);
  if (found == nullptr) return thread.Raise(TypeId::kOSError, "service/proto not found");
  return Value::SmallInt(ntohs(static_cast<uint16_t>(entry.s_port)));
}

Result<Value> ServiceByPort(Thread& thread, Args args) {
  GILA_TRY(const int64_t port, ToInt64(thread, args[0]));
  if (port < 0 || port > 0xffff)
    return thread.Raise(TypeId::kOverflowError, "getservbyport: port must be 0-65535.");
  GILA_TRY(const std::string protocol, Protocol(thread, args[1]));
  servent entry, *found = nullptr;
  char buffer[4096];
  ::getservbyport_r(htons(static_cast<uint16_t>(port)),
                    protocol.empty() ? nullptr : protocol.c_str(), &entry, buffer, sizeof(buffer),
                    &found);
  if (found == nullptr) return thread.Raise(TypeId::kOSError, "port/proto not found");
  return NewStr(thread, entry.s_name);
}

Result<Value> ProtocolByName(Thread& thread, Args args) {
  GILA_TRY(Str* const text, ToStrArgument(thread, args[0], "getprotobyname() argument"));
  protoent entry, *found = nullptr;
  char buffer[4096];
  ::getprotobyname_r(ToUtf8(text).c_str(), &entry, buffer, sizeof(buffer), &found);
  if (found == nullptr) return thread.Raise(TypeId::kOSError, "protocol not found");
  return Value::SmallInt(entry.p_proto);
}

Result<Value> InterfaceIndex(Thread& thread, Args args) {
  GILA_TRY(const std::string name, EncodeFsPath(thread, args[0]));
  const unsigned index = ::if_nametoindex(name.c_str());
  if (index == 0) return thread.Raise(TypeId::kOSError, "no interface with this name");
  return Value::SmallInt(index);
}
Result<Value> InterfaceName(Thread& thread, Args args) {
  GILA_TRY(const int64_t index, ToInt64(thread, args[0]));
  char name[IF_NAMESIZE];
  if (::if_indextoname(static_cast<unsigned>(index), name) == nullptr)
    return thread.RaiseOsError(errno);
  return DecodeFsPath(thread, name);
}
Result<Value> Interfaces(Thread& thread, Args) {
  GILA_TRY(List* const list, NewList(thread));
  struct if_nameindex* const all = ::if_nameindex();
  if (all == nullptr) return thread.RaiseOsError(errno);
  Status done = kOk;
  for (const auto* one = all; one->if_index != 0 && done.ok(); ++one) {
    done = [&]() -> Status {
      GILA_TRY(Str* const name, DecodeFsPath(thread, one->if_name));
      const Value items[] = {Value::SmallInt(one->if_index), name};
      GILA_TRY(Tuple* const pair, NewTuple(thread, items));
      return ListAppend(thread, list, pair);
    }();
  }
  ::if_freenameindex(all);
  if (!done.ok()) return kFailed;
  return list;
}

Result<Value> CloseDescriptor(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, posix::Descriptor(thread, args[0]));
  if (::close(static_cast<int>(fd)) != 0 && errno != ECONNRESET) return thread.RaiseOsError(errno);
  return kNone;
}

Result<Value> SetHostName(Thread& thread, Args args) {
  GILA_TRY(const std::string name, EncodeFsPath(thread, args[0]));
  if (::sethostname(name.data(), name.size()) != 0) return thread.RaiseOsError(errno);
  return kNone;
}

}  // namespace

const NativeDef kSocketMessageFunctions[] = {
    {"_sendmsg", SendMsg, "(fd, buffers, ancdata, flags, /)", "Send a message; how many bytes."},
    {"_recvmsg", RecvMsg, "(fd, bufsize, ancbufsize, flags, /)",
     "Receive a message: data, ancillary data, flags, address."},
    {"CMSG_LEN", AncillarySize<false>, "(length, /)", "The size of an item of ancillary data."},
    {"CMSG_SPACE", AncillarySize<true>, "(length, /)", "The room that such an item takes."},
    {"getservbyname", ServiceByName, "(servicename, protocolname=None, /)", "A service's port."},
    {"getservbyport", ServiceByPort, "(port, protocolname=None, /)", "The service of a port."},
    {"getnameinfo", NameInfo, "(sockaddr, flags, /)", "The host and service of an address."},
    {"getprotobyname", ProtocolByName, "(protocolname, /)", "A protocol's number."},
    {"if_nametoindex", InterfaceIndex, "(if_name, /)", "An interface's number."},
    {"if_indextoname", InterfaceName, "(if_index, /)", "An interface's name."},
    {"if_nameindex", Interfaces, "()", "Numbers and names of the interfaces."},
    {"close", CloseDescriptor, "(fd, /)", "Close a socket by its descriptor."},
    {"sethostname", SetHostName, "(name, /)", "Set the name of this host."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace gila

// socket_messages.cc: the _socket module, part two: messages with ancillary data (descriptors on
// their way to another process), and the names of services, protocols and interfaces.
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <vector>

#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/posix_internal.h"
#include "stdlib/socket_internal.h"

namespace gila::sockets {
namespace {

// --- messages ---

struct Ancillary {
  int level, type;
  std::string data;
};

// Calls `take` for each item; `words` is the error for what cannot be iterated over.
template <class Take>
Status ForEachArgument(Thread& thread, Value iterable, const char* words, Take take) {
  const Result<Tuple*> items = ToTuple(thread, iterable);
  if (!items.ok()) {
    if (!thread.ExceptionMatches(TypeId::kTypeError)) return kFailed;
    thread.ClearException();
    return thread.Raise(TypeId::kTypeError, words);
  }
  for (int64_t i = 0; i < items.value()->length; ++i) GILA_TRY_VOID(take(items.value()->At(i)));
  return kOk;
}

Status ReadAncillary(Thread& thread, Value iterable, std::vector<Ancillary>* out) {
  if (iterable.IsUnbound()) return kOk;
  const auto take = [&](Value item) -> Status {
    GILA_TRY(Tuple* const parts, ToTuple(thread, item));
    if (parts->length != 3)
      return thread.RaiseTypeError(
          "[sendmsg() ancillary data items]() argument must be sequence of length 3");
    GILA_TRY(const int64_t level, ToInt64(thread, parts->At(0)));
    GILA_TRY(const int64_t type, ToInt64(thread, parts->At(1)));
    GILA_TRY(std::string data, CopyBuffer(thread, parts->At(2)));
    out->push_back({static_cast<int>(level), static_cast<int>(type), std::move(data)});
    return kOk;
  };
  return ForEachArgument(thread, iterable, "sendmsg() argument 2 must be an iterable", take);
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

// What a message is received into, and what came beside it.
struct Incoming {
  std::vector<iovec> vectors;
  std::string control;
  Address address{};
  msghdr message{};
};

// Fills `incoming`; how many bytes of data came.
Result<int64_t> Receive(Thread& thread, Socket* socket, Value control_size, Value flags,
                        Incoming* incoming) {
  GILA_TRY(const int64_t size, NumberOr(thread, control_size, 0));
  GILA_TRY(const int64_t options, NumberOr(thread, flags, 0));
  if (size < 0 || size > INT32_MAX)
    return thread.RaiseValueError("invalid ancillary data buffer length");
  std::string& control = incoming->control;
  control.resize(static_cast<size_t>(size));
  return Perform(thread, socket, POLLIN, Blocked::kRead, [&](int fd) {
    msghdr& message = incoming->message;
    message.msg_name = &incoming->address;
    message.msg_namelen = sizeof(incoming->address);
    message.msg_iov = incoming->vectors.data();
    message.msg_iovlen = incoming->vectors.size();
    message.msg_control = control.empty() ? nullptr : control.data();
    message.msg_controllen = control.size();
    message.msg_flags = 0;
    return ::recvmsg(fd, &message, static_cast<int>(options));
  });
}

Result<Value> ReceivedValue(Thread& thread, Value data, Incoming& incoming) {
  GILA_TRY(const Value ancillary, AncillaryList(thread, incoming.message));
  GILA_TRY(const Value sender,
           AddressValue(thread, incoming.address, incoming.message.msg_namelen));
  const Value items[] = {data, ancillary, Value::SmallInt(incoming.message.msg_flags), sender};
  return NewTuple(thread, items);
}

template <bool kSpace>
Result<Value> AncillarySize(Thread& thread, Args args) {
  GILA_TRY(const int64_t size, ToInt64(thread, args[0]));
  const auto room = static_cast<int64_t>(kSpace ? CMSG_SPACE(1) : CMSG_LEN(0));
  if (size < 0 || size > INT32_MAX - room)
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

Result<Value> SendMsg(Thread& thread, Args args) {
  Socket* const socket = Self(args);
  std::vector<std::string> copies;
  const auto copy_one = [&](Value v) -> Status {
    GILA_TRY(std::string copy, CopyBuffer(thread, v));
    copies.push_back(std::move(copy));
    return kOk;
  };
  GILA_TRY_VOID(
      ForEachArgument(thread, args[1], "sendmsg() argument 1 must be an iterable", copy_one));
  std::vector<Ancillary> ancillary;
  GILA_TRY_VOID(ReadAncillary(thread, args[2], &ancillary));
  GILA_TRY(const int64_t flags, NumberOr(thread, args[3], 0));
  std::vector<iovec> vectors;
  vectors.reserve(copies.size());
  for (std::string& copy : copies) vectors.push_back({copy.data(), copy.size()});
  std::string control = PackAncillary(ancillary);
  Address address;
  msghdr message{};
  if (args.Has(4) && !args[4].IsNone()) {
    GILA_TRY_VOID(ParseAddress(thread, socket, args[4], "sendmsg", &address, &message.msg_namelen));
    message.msg_name = &address;
  }
  message.msg_iov = vectors.data();
  message.msg_iovlen = vectors.size();
  message.msg_control = control.empty() ? nullptr : control.data();
  message.msg_controllen = control.size();
  GILA_TRY(const int64_t sent, Perform(thread, socket, POLLOUT, Blocked::kWrite, [&](int fd) {
             return ::sendmsg(fd, &message, static_cast<int>(flags) | MSG_NOSIGNAL);
           }));
  return NewInt(thread, sent);
}

Result<Value> RecvMsg(Thread& thread, Args args) {
  GILA_TRY(const int64_t size, ToInt64(thread, args[1]));
  if (size < 0) return thread.RaiseValueError("negative buffer size in recvmsg()");
  GILA_TRY(Bytes* const buffer, NewBytesUninitialized(thread, size));
  Incoming incoming;
  incoming.vectors.push_back({buffer->data, static_cast<size_t>(size)});
  GILA_TRY(const int64_t count, Receive(thread, Self(args), args[2], args[3], &incoming));
  GILA_TRY(const Value data,
           NewBytes(thread, buffer->view().substr(0, static_cast<size_t>(count))));
  return ReceivedValue(thread, data, incoming);
}

Result<Value> RecvMsgInto(Thread& thread, Args args) {
  std::vector<PinnedBuffer> pinned;
  Incoming incoming;
  const auto pin = [&](Value v) -> Status {
    const Result<PinnedBuffer> got = PinWritable(thread, v);
    if (!got.ok()) {
      if (!thread.ExceptionMatches(TypeId::kTypeError)) return kFailed;
      thread.ClearException();
      return thread.RaiseTypeError(
          "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers");
    }
    const PinnedBuffer& buffer = got.value();
    pinned.push_back(buffer);
    incoming.vectors.push_back({buffer.data, static_cast<size_t>(buffer.size)});
    return kOk;
  };
  const Status all =
      ForEachArgument(thread, args[1], "recvmsg_into() argument 1 must be an iterable", pin);
  const Result<int64_t> count = all.ok() ? Receive(thread, Self(args), args[2], args[3], &incoming)
                                         : Result<int64_t>(kFailed);
  for (const PinnedBuffer& buffer : pinned) Unpin(buffer);
  if (!count.ok()) return kFailed;
  return ReceivedValue(thread, Value::SmallInt(count.value()), incoming);
}

const NativeDef kMessageFunctions[] = {
    {"CMSG_LEN", AncillarySize<false>, "(length, /)", "The size of an item of ancillary data."},
    {"CMSG_SPACE", AncillarySize<true>, "@parsed(length, /)", "The room that such an item takes."},
    {"getservbyname", ServiceByName, "@parsed(servicename, protocolname=None, /)",
     "A service's port."},
    {"getservbyport", ServiceByPort, "@parsed(port, protocolname=None, /)",
     "The service of a port."},
    {"getprotobyname", ProtocolByName, "@parsed(protocolname, /)", "A protocol's number."},
    {"if_nametoindex", InterfaceIndex, "@parsed(if_name, /)", "An interface's number."},
    {"if_indextoname", InterfaceName, "(if_index, /)", "An interface's name."},
    {"if_nameindex", Interfaces, "()", "Numbers and names of the interfaces."},
    {"close", CloseDescriptor, "(fd, /)", "Close a socket by its descriptor."},
    {"sethostname", SetHostName, "(name, /)", "Set the name of this host."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace gila::sockets

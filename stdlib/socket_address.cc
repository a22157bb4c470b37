// socket_address.cc: the _socket module, part three: addresses, as programs give and see them, and
// what the name service knows about hosts.
#include <arpa/inet.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <netdb.h>
#include <unistd.h>

#include <cstring>
#include <mutex>
#include <vector>

#include "runtime/call.h"
#include "runtime/protocols.h"
#include "runtime/text/codecs.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/socket_internal.h"

namespace gila::sockets {

Type* gai_error = nullptr;
Type* host_error = nullptr;

namespace {

Failed RaiseGai(Thread& thread, int code) {
  const Result<Str*> text = NewStr(thread, ::gai_strerror(code));
  if (!text.ok()) return kFailed;
  const Result<Value> error = Call(thread, gai_error, {Value::SmallInt(code), text.value()});
  if (!error.ok()) return kFailed;
  return thread.RaiseObject(error.value());
}

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
  if (code != 0) return RaiseGai(thread, code);
  memcpy(address, found->ai_addr, found->ai_addrlen);
  *length = found->ai_addrlen;
  ::freeaddrinfo(found);
  return kOk;
}

// Linux: a name that begins with a zero byte is no path.
bool IsAbstract(std::string_view name) { return !name.empty() && name[0] == '\0'; }

Result<std::string> LocalName(Thread& thread, Value v) {
  if (IsStr(v)) {
    std::string text = ToUtf8(v);
    return IsAbstract(text) ? Result<std::string>(std::move(text)) : EncodeFsPath(thread, v);
  }
  BufferInfo info;
  if (!GetBuffer(v, &info)) return EncodeFsPath(thread, v);
  GILA_TRY(std::string bytes, CopyBuffer(thread, v));
  return bytes;
}

Failed RaiseNoTuple(Thread& thread, const char* function, const char* family, Value v) {
  const std::string name(TypeNameOf(v));
  return thread.RaiseTypeError("%s(): %s address must be tuple, not %s", function, family,
                               name.c_str());
}

Status ParseLocal(Thread& thread, Value v, Address* address, socklen_t* length) {
  GILA_TRY(const std::string path, LocalName(thread, v));
  address->local.sun_family = AF_UNIX;
  const bool is_abstract = IsAbstract(path);
  if (path.size() + (is_abstract ? 0 : 1) > sizeof(address->local.sun_path))
    return thread.Raise(TypeId::kOSError, "AF_UNIX path too long");
  memcpy(address->local.sun_path, path.data(), path.size());
  // The name of an abstract address has no end but its length; without any name the system finds
  // one.
  *length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() +
                                   (is_abstract || path.empty() ? 0 : 1));
  return kOk;
}

Status ParseInternet(Thread& thread, int family, Value v, const char* function, Address* address,
                     socklen_t* length) {
  const bool v6 = family == AF_INET6;
  if (!IsTuple(v)) return RaiseNoTuple(thread, function, v6 ? "AF_INET6" : "AF_INET", v);
  const Tuple* const tuple = v.As<Tuple>();
  if (tuple->length < 2 || tuple->length > (v6 ? 4 : 2)) {
    return thread.RaiseTypeError(
        v6 ? "%s(): AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])"
           : "%s(): AF_INET address must be a pair (host, port)",
        function);
  }
  GILA_TRY(const std::string host, HostText(thread, tuple->At(0)));
  GILA_TRY(const int64_t port, ToInt64(thread, tuple->At(1)));
  if (port < 0 || port > 0xffff)
    return thread.RaiseFormat(TypeId::kOverflowError, "%s(): port must be 0-65535.", function);
  int64_t flow = 0, scope = 0;
  if (tuple->length > 2) {
    GILA_TRY(flow, ToInt64(thread, tuple->At(2)));
    if (flow < 0 || flow > 0xfffff)
      return thread.RaiseFormat(TypeId::kOverflowError, "%s(): flowinfo must be 0-1048575.",
                                function);
  }
  if (tuple->length > 3) {
    GILA_TRY(scope, ToInt64(thread, tuple->At(3)));
  }
  GILA_TRY_VOID(Resolve(thread, host, family, address, length));
  if (!v6) {
    address->v4.sin_port = htons(static_cast<uint16_t>(port));
    return kOk;
  }
  address->v6.sin6_port = htons(static_cast<uint16_t>(port));
  address->v6.sin6_flowinfo = htonl(static_cast<uint32_t>(flow));
  if (tuple->length > 3) address->v6.sin6_scope_id = static_cast<uint32_t>(scope);
  return kOk;
}

// Two numbers: AF_NETLINK's (pid, groups), AF_VSOCK's (cid, port).
Status ParsePair(Thread& thread, int family, Value v, const char* function, Address* address,
                 socklen_t* length) {
  const char* const name = family == AF_NETLINK ? "AF_NETLINK" : "AF_VSOCK";
  if (!IsTuple(v)) return RaiseNoTuple(thread, function, name, v);
  const Tuple* const tuple = v.As<Tuple>();
  if (tuple->length != 2)
    return thread.RaiseTypeError(family == AF_NETLINK
                                     ? "%s(): AF_NETLINK address must be a pair (pid, groups)"
                                     : "%s(): AF_VSOCK address must be a pair (CID, port)",
                                 function);
  GILA_TRY(const int64_t first, ToInt64(thread, tuple->At(0)));
  GILA_TRY(const int64_t second, ToInt64(thread, tuple->At(1)));
  if (family == AF_NETLINK) {
    auto* const netlink = reinterpret_cast<sockaddr_nl*>(address);
    netlink->nl_family = AF_NETLINK;
    netlink->nl_pid = static_cast<uint32_t>(first);
    netlink->nl_groups = static_cast<uint32_t>(second);
    *length = sizeof(*netlink);
  } else {
    auto* const host = reinterpret_cast<sockaddr_vm*>(address);
    host->svm_family = AF_VSOCK;
    host->svm_cid = static_cast<uint32_t>(first);
    host->svm_port = static_cast<uint32_t>(second);
    *length = sizeof(*host);
  }
  return kOk;
}

}  // namespace

Status ParseAddress(Thread& thread, const Socket* socket, Value v, const char* function,
                    Address* address, socklen_t* length) {
  memset(address, 0, sizeof(*address));
  switch (socket->family) {
    case AF_UNIX:
      return ParseLocal(thread, v, address, length);
    case AF_INET:
    case AF_INET6:
      return ParseInternet(thread, socket->family, v, function, address, length);
    case AF_NETLINK:
    case AF_VSOCK:
      return ParsePair(thread, socket->family, v, function, address, length);
    default:
      return thread.RaiseFormat(TypeId::kOSError, "%s(): bad family", function);
  }
}

namespace {

Result<Value> InternetValue(Thread& thread, const Address& address) {
  char text[INET6_ADDRSTRLEN];
  if (address.any.sa_family == AF_INET) {
    ::inet_ntop(AF_INET, &address.v4.sin_addr, text, sizeof(text));
    GILA_TRY(Str * host, NewStr(thread, text));
    const Value items[] = {host, Value::SmallInt(ntohs(address.v4.sin_port))};
    return NewTuple(thread, items);
  }
  ::inet_ntop(AF_INET6, &address.v6.sin6_addr, text, sizeof(text));
  GILA_TRY(Str * host, NewStr(thread, text));
  const Value items[] = {host, Value::SmallInt(ntohs(address.v6.sin6_port)),
                         Value::SmallInt(ntohl(address.v6.sin6_flowinfo)),
                         Value::SmallInt(address.v6.sin6_scope_id)};
  return NewTuple(thread, items);
}

Result<Value> LocalValue(Thread& thread, const Address& address, socklen_t length) {
  constexpr size_t kBegin = offsetof(sockaddr_un, sun_path);
  const char* const path = address.local.sun_path;
  if (length > kBegin && path[0] == '\0') return NewBytes(thread, {path, length - kBegin});
  return DecodeFsPath(thread, {path, length > kBegin ? ::strnlen(path, length - kBegin) : 0});
}

}  // namespace

Result<Value> AddressValue(Thread& thread, const Address& address, socklen_t length) {
  if (length == 0) return kNone;
  int64_t first, second;
  switch (address.any.sa_family) {
    case AF_INET:
    case AF_INET6:
      return InternetValue(thread, address);
    case AF_UNIX:
      return LocalValue(thread, address, length);
    case AF_NETLINK: {
      const auto& netlink = reinterpret_cast<const sockaddr_nl&>(address);
      first = netlink.nl_pid, second = netlink.nl_groups;
      break;
    }
    case AF_VSOCK: {
      const auto& host = reinterpret_cast<const sockaddr_vm&>(address);
      first = host.svm_cid, second = host.svm_port;
      break;
    }
    default: {
      // No form of its own: the family and the bytes behind it.
      GILA_TRY(const Value bytes,
               NewBytes(thread, {address.any.sa_data, length - offsetof(sockaddr, sa_data)}));
      const Value items[] = {Value::SmallInt(address.any.sa_family), bytes};
      return NewTuple(thread, items);
    }
  }
  const Value items[] = {Value::SmallInt(first), Value::SmallInt(second)};
  return NewTuple(thread, items);
}

namespace {

// --- functions of the module ---

Result<Value> GetAddrInfo(Thread& thread, Args args) {
  GILA_TRY(const std::string host, HostText(thread, args[0]));
  std::string service;
  const bool has_service = !args[1].IsNone();
  if (IsInt(args[1])) {
    GILA_TRY(const int64_t port, ToInt64(thread, args[1]));
    service = std::to_string(port);
  } else if (IsStr(args[1])) {
    GILA_TRY(const Value bytes, EncodeStr(thread, args[1].As<Str>(), "utf-8", "strict"));
    service = bytes.As<Bytes>()->view();
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
  if (code != 0) return RaiseGai(thread, code);
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

// An address that is text and nothing else, unlike a host.
Result<std::string> AddressText(Thread& thread, Value v, const char* what) {
  GILA_TRY(Str* const address, ToStrArgument(thread, v, what));
  const std::string text = ToUtf8(address);
  if (text.find('\0') != std::string::npos)
    return thread.RaiseValueError("embedded null character");
  return text;
}

Result<Value> PToN(Thread& thread, Args args) {
  GILA_TRY(const int64_t family, ToInt64(thread, args[0]));
  GILA_TRY(const std::string text, AddressText(thread, args[1], "inet_pton() argument 2"));
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
  GILA_TRY(const std::string text, AddressText(thread, args[0], "inet_aton() argument 1"));
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

// --- names of hosts ---

// gethostbyname and its kin answer in memory that all threads share, and have no reentrant form
// that tells the address family in use; getaddrinfo and getnameinfo are asked for the rest.
std::mutex host_mutex;

Failed RaiseHost(Thread& thread, int code) {
  const Result<Str*> text = NewStr(thread, ::hstrerror(code));
  if (!text.ok()) return kFailed;
  const Result<Value> error = Call(thread, host_error, {Value::SmallInt(code), text.value()});
  if (!error.ok()) return kFailed;
  return thread.RaiseObject(error.value());
}

// What a hostent says, copied while the mutex is held.
struct HostEntry {
  std::string name;
  std::vector<std::string> aliases, addresses;
};

void CopyEntry(const hostent& found, int family, HostEntry* out) {
  out->name = found.h_name;
  for (char** alias = found.h_aliases; *alias != nullptr; ++alias)
    out->aliases.emplace_back(*alias);
  for (char** place = found.h_addr_list; *place != nullptr; ++place) {
    char text[INET6_ADDRSTRLEN];
    if (::inet_ntop(family, *place, text, sizeof(text)) != nullptr)
      out->addresses.emplace_back(text);
  }
}

// Asks for an entry, detached; 0 or the error of the resolver.
template <class Ask>
int AskForHost(Thread& thread, int family, HostEntry* out, Ask ask) {
  AllowThreads detached(thread, Blocked::kOther);
  const std::lock_guard<std::mutex> guard(host_mutex);
  const hostent* const found = ask();
  if (found == nullptr) return h_errno == 0 ? HOST_NOT_FOUND : h_errno;
  CopyEntry(*found, family, out);
  return 0;
}

Result<Value> EntryValue(Thread& thread, const HostEntry& entry) {
  const auto list = [&](const std::vector<std::string>& texts) -> Result<Value> {
    GILA_TRY(List* const items, NewList(thread));
    for (const std::string& text : texts) {
      GILA_TRY(Str* const item, NewStr(thread, text));
      GILA_TRY_VOID(ListAppend(thread, items, item));
    }
    return items;
  };
  GILA_TRY(Str* const name, NewStr(thread, entry.name));
  GILA_TRY(const Value aliases, list(entry.aliases));
  GILA_TRY(const Value addresses, list(entry.addresses));
  const Value items[] = {name, aliases, addresses};
  return NewTuple(thread, items);
}

Result<Value> GetHostByNameEx(Thread& thread, Args args) {
  GILA_TRY(const std::string host, HostText(thread, args[0]));
  Address address;
  socklen_t length;
  GILA_TRY_VOID(Resolve(thread, host, AF_INET, &address, &length));
  HostEntry entry;
  const int error =
      AskForHost(thread, AF_INET, &entry, [&] { return ::gethostbyname(host.c_str()); });
  if (error != 0) return RaiseHost(thread, error);
  return EntryValue(thread, entry);
}

Result<Value> GetHostByAddr(Thread& thread, Args args) {
  GILA_TRY(const std::string host, HostText(thread, args[0]));
  const int family = host.find(':') == std::string::npos ? AF_INET : AF_INET6;
  Address address;
  socklen_t length;
  GILA_TRY_VOID(Resolve(thread, host, family, &address, &length));
  const void* const place =
      family == AF_INET ? static_cast<void*>(&address.v4.sin_addr) : &address.v6.sin6_addr;
  HostEntry entry;
  const int error = AskForHost(thread, family, &entry, [&] {
    return ::gethostbyaddr(place, family == AF_INET ? 4 : 16, family);
  });
  if (error != 0) return RaiseHost(thread, error);
  return EntryValue(thread, entry);
}

// getnameinfo(sockaddr, flags) -> (host, service)
Result<Value> GetNameInfo(Thread& thread, Args args) {
  if (!IsTuple(args[0])) return thread.RaiseTypeError("getnameinfo() argument 1 must be a tuple");
  GILA_TRY(const int64_t flags, ToInt64(thread, args[1]));
  const Tuple* const tuple = args[0].As<Tuple>();
  if (tuple->length < 2 || tuple->length > 4)
    return thread.RaiseTypeError("getnameinfo(): illegal sockaddr argument");
  if (!IsStr(tuple->At(0)) || !IsInt(tuple->At(1)))
    return thread.RaiseTypeError("getnameinfo(): illegal sockaddr argument");
  const std::string host = ToUtf8(tuple->At(0));
  GILA_TRY(const int64_t port, ToInt64(thread, tuple->At(1)));
  int64_t flow = 0, scope = 0;
  if (tuple->length > 2) {
    GILA_TRY(flow, ToInt64(thread, tuple->At(2)));
  }
  if (tuple->length > 3) {
    GILA_TRY(scope, ToInt64(thread, tuple->At(3)));
  }
  if (flow < 0 || flow > 0xfffff)
    return thread.Raise(TypeId::kOverflowError, "getnameinfo(): flowinfo must be 0-1048575.");
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;  // any: one answer for each address
  hints.ai_flags = AI_NUMERICHOST;
  addrinfo* found = nullptr;
  char name[NI_MAXHOST], service[NI_MAXSERV];
  int code;
  bool single = true;
  {
    AllowThreads detached(thread, Blocked::kOther);
    code = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (code == 0) {
      single = found->ai_next == nullptr;
      if (found->ai_family == AF_INET6) {
        auto* const v6 = reinterpret_cast<sockaddr_in6*>(found->ai_addr);
        v6->sin6_flowinfo = htonl(static_cast<uint32_t>(flow));
        v6->sin6_scope_id = static_cast<uint32_t>(scope);
      }
      code = ::getnameinfo(found->ai_addr, found->ai_addrlen, name, sizeof(name), service,
                           sizeof(service), static_cast<int>(flags));
    }
  }
  const bool wrong_form = code == 0 && found->ai_family == AF_INET && tuple->length != 2;
  if (found != nullptr) ::freeaddrinfo(found);
  if (code != 0) return RaiseGai(thread, code);
  if (!single) return thread.Raise(TypeId::kOSError, "sockaddr resolved to multiple addresses");
  if (wrong_form) return thread.Raise(TypeId::kOSError, "IPv4 sockaddr must be 2 tuple");
  GILA_TRY(Str* const name_text, NewStr(thread, name));
  GILA_TRY(Str* const service_text, NewStr(thread, service));
  const Value items[] = {name_text, service_text};
  return NewTuple(thread, items);
}

}  // namespace

const NativeDef kNameFunctions[] = {
    {"getaddrinfo", GetAddrInfo, "(host, port, family=0, type=0, proto=0, flags=0)",
     "Addresses for a host and service."},
    {"gethostbyname", GetHostByName, "(host, /)", "The IPv4 address of a host."},
    {"gethostbyname_ex", GetHostByNameEx, "(host, /)",
     "The name of a host, its other names, its IPv4 addresses."},
    {"gethostbyaddr", GetHostByAddr, "(host, /)",
     "The name of the host with that address, its other names, its addresses."},
    {"getnameinfo", GetNameInfo, "(sockaddr, flags, /)",
     "Host and service of an address, as text."},
    {"gethostname", GetHostName, "()", "The name of this host."},
    {"inet_pton", PToN, "@parsed(family, address, /)", "An address as bytes."},
    {"inet_ntop", NToP, "@parsed(family, packed, /)", "An address as text."},
    {"inet_aton", AToN, "@parsed(address, /)", "An IPv4 address as bytes."},
    {"inet_ntoa", NToA, "@parsed(packed, /)", "An IPv4 address as text."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace gila::sockets

// asyncio_channel.cc: _asyncio._Channel, the native half of the transports over streams
// (lib/asyncio/socket_transports.py): the two things that happen for every message, a read that
// goes to the protocol and a write that goes out at once.
//
// Everything else is the language part's: an end of input, an error, a socket that takes only a
// part, pauses, closing. The native code does nothing it cannot finish, and otherwise calls the
// method for that case. It reads into one buffer a thread, so a message costs a bytes object of its
// own size and no more; the descriptors are non-blocking, so the system calls are made attached.
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>

#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/exception.h"
#include "runtime/types/str.h"
#include "stdlib/asyncio_internal.h"

namespace gila::asyncio {

namespace {

constexpr size_t kChunk = 256 * 1024;

struct Channel : Object {
  Slot protocol;
  Atomic<int32_t> fd;     // -1: not open
  Atomic<uint8_t> ended;  // nothing is read or written any more
  Atomic<uint8_t>
      queued;  // writes wait behind others, or may not be made: the language part decides
  Atomic<uint8_t> is_socket;
  Atomic<uint8_t> direct;  // data goes to protocol.data_received(), else to _read_special()
};

Channel* Self(Args args) { return args[0].As<Channel>(); }
Channel* Self(Value v) { return v.As<Channel>(); }

void TraceChannel(Object* object, Marker& marker) {
  marker.Visit(static_cast<Channel*>(object)->protocol);
}

Result<Value> ChannelNew(Thread& thread, Args args) {
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const channel = static_cast<Channel*>(object);
  channel->protocol.Store(channel, kNone);
  channel->fd.Store(-1);
  return channel;
}

// _set_channel(fd, is_socket): what is read and written from now on.
Result<Value> SetChannel(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, ToInt64(thread, args[1]));
  GILA_TRY(const bool is_socket, Truth(thread, args[2]));
  Self(args)->fd.Store(static_cast<int32_t>(fd));
  Self(args)->is_socket.Store(is_socket ? 1 : 0);
  return kNone;
}

// _feed(protocol, direct): direct: data goes to protocol.data_received(), else to _read_special().
Result<Value> Feed(Thread& thread, Args args) {
  GILA_TRY(const bool direct, Truth(thread, args[2]));
  Self(args)->protocol.Store(Self(args), args[1]);
  Self(args)->direct.Store(direct ? 1 : 0);
  return kNone;
}

uint8_t* ReadBuffer() {
  static thread_local std::unique_ptr<uint8_t[]> buffer;
  if (buffer == nullptr) buffer.reset(new uint8_t[kChunk]);
  return buffer.get();
}

Failed RaiseErrno(Thread& thread, int error) { return thread.RaiseOsError(error); }

// What the protocol or the kernel raised: the method is told, but for what leaves the loop.
Status TellOfError(Thread& thread, Value self, const char* method) {
  if (LeavesLoop(thread)) return kFailed;
  const Value error = thread.TakeException();
  GILA_TRY_VOID(CallMethod(thread, self, Intern(thread, method), {error}));
  return kOk;
}

Result<Value> ReadReady(Thread& thread, Args args) {
  Channel* const channel = Self(args);
  if (channel->ended.Load() != 0) return kNone;
  if (channel->direct.Load() == 0)
    return CallMethod(thread, args[0], Intern(thread, "_read_special"), {});
  uint8_t* const buffer = ReadBuffer();
  const int fd = channel->fd.Load();
  // recv() is less work for the kernel than read().
  const ssize_t count = channel->is_socket.Load() != 0 ? recv(fd, buffer, kChunk, MSG_DONTWAIT)
                                                       : read(fd, buffer, kChunk);
  if (count > 0) {
    GILA_TRY(const Value data,
             NewBytes(thread, {reinterpret_cast<char*>(buffer), static_cast<size_t>(count)}));
    if (!CallMethod(thread, channel->protocol.Load(), names.data_received, {data}).ok())
      GILA_TRY_VOID(TellOfError(thread, args[0], "_receiver_failed"));
    return kNone;
  }
  if (count == 0) return CallMethod(thread, args[0], Intern(thread, "_end_of_input"), {});
  if (errno == EAGAIN || errno == EINTR) return kNone;
  RaiseErrno(thread, errno);
  GILA_TRY_VOID(TellOfError(thread, args[0], "_read_failed"));
  return kNone;
}

Result<Value> Write(Thread& thread, Args args) {
  Channel* const channel = Self(args);
  if (!IsExactly(args[1], TypeId::kBytes) || channel->queued.Load() != 0 ||
      channel->ended.Load() != 0)
    return CallMethod(thread, args[0], Intern(thread, "_write"), {args[1], Value::SmallInt(0)});
  const std::string_view data = args[1].As<Bytes>()->view();
  if (data.empty()) return kNone;
  const int fd = channel->fd.Load();
  const ssize_t sent = channel->is_socket.Load() != 0
                           ? send(fd, data.data(), data.size(), MSG_NOSIGNAL | MSG_DONTWAIT)
                           : write(fd, data.data(), data.size());
  if (sent == static_cast<ssize_t>(data.size())) return kNone;
  if (sent >= 0 || errno == EAGAIN || errno == EINTR)
    return CallMethod(thread, args[0], Intern(thread, "_write_rest"),
                      {args[1], Value::SmallInt(sent < 0 ? 0 : sent)});
  RaiseErrno(thread, errno);
  GILA_TRY_VOID(TellOfError(thread, args[0], "_write_failed"));
  return kNone;
}

template <Atomic<uint8_t> Channel::* kField>
Result<Value> Flag(Thread&, Value self) {
  return Value::Bool((Self(self)->*kField).Load() != 0);
}
template <Atomic<uint8_t> Channel::* kField>
Status SetFlag(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "cannot delete attribute");
  GILA_TRY(const bool truth, Truth(thread, value));
  (Self(self)->*kField).Store(truth ? 1 : 0);
  return kOk;
}
Result<Value> ProtocolField(Thread&, Value self) { return Self(self)->protocol.Load(); }

#define END {nullptr, nullptr, nullptr, nullptr}
constexpr NativeDef kChannelMethods[] = {
    {"_set_channel", SetChannel, "(self, fd, is_socket, /)", nullptr},
    {"_feed", Feed, "(self, protocol, direct, /)", nullptr},
    {"_read_ready", ReadReady, "(self, /)", nullptr},
    {"write", Write, "(self, data)", "Write the data, at once or when the other side can take it."},
    END};
constexpr GetSetDef kChannelFields[] = {
    {"_protocol", ProtocolField, nullptr, nullptr},
    {"_ended", Flag<&Channel::ended>, SetFlag<&Channel::ended>, nullptr},
    {"_queued", Flag<&Channel::queued>, SetFlag<&Channel::queued>, nullptr},
    END};
#undef END
constexpr KindInfo kChannelKind = {"Channel", TraceChannel, nullptr};
constexpr TypeSpec kChannelSpec = {.doc = "What a transport does for every message.",
                                   .new_function = ChannelNew,
                                   .new_signature = "(cls, *args, **kwargs)",
                                   .methods = kChannelMethods,
                                   .getsets = kChannelFields,
                                   .native_size = sizeof(Channel),
                                   .kind_info = &kChannelKind};

}  // namespace

Status AddChannelType(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddType(thread, module, kChannelSpec, "_asyncio._Channel",
                        RegisterKind(kChannelKind), sizeof(Channel),
                        kBasetype | kHasDict | kHasWeakref));
  return kOk;
}

}  // namespace gila::asyncio

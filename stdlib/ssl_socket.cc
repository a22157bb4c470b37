// ssl_socket.cc: _SSLSocket of the module _ssl: a connection, over a socket or over two MemoryBIOs.
//
// OpenSSL never blocks here. Its transport is a BIO that sends and receives with MSG_DONTWAIT, so a
// step ends at once, whatever the mode of the socket is; the waiting is a poll(), detached and
// without the gate, so that one thread may read while another writes. What the program wants to be
// called (SNI, messages) is called between the steps.
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>

#include <optional>
#include <vector>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/threads/futex.h"
#include "runtime/types/bytes.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "stdlib/native_support.h"
#include "stdlib/socket_internal.h"
#include "stdlib/ssl_internal.h"

namespace gila {

Type* ssl_session_type = nullptr;

namespace {

Type* ssl_socket_type = nullptr;

struct Message {
  int written, version, content;
  std::string data;
};

struct SslSocket : Object {
  SSL* ssl;
  Atomic<uint32_t> gate;
  int32_t server_side;
  int32_t over_socket;
  std::vector<Message>* messages;  // not yet shown to the program; null: nobody asked
  Slot context;
  Slot socket;  // a weak reference, or unbound
  Slot owner;   // a weak reference, or unbound
  Slot hostname;
  Slot incoming, outgoing;
};

SslSocket* Self(Value v) { return v.As<SslSocket>(); }

// --- the transport: a socket that never waits ---

BIO_METHOD* transport = nullptr;

int TransportRead(BIO* bio, char* data, int size) {
  BIO_clear_retry_flags(bio);
  const int fd = static_cast<int>(reinterpret_cast<intptr_t>(BIO_get_data(bio)));
  const ssize_t got = ::recv(fd, data, static_cast<size_t>(size), MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
    BIO_set_retry_read(bio);
  return static_cast<int>(got);
}

int TransportWrite(BIO* bio, const char* data, int size) {
  BIO_clear_retry_flags(bio);
  const int fd = static_cast<int>(reinterpret_cast<intptr_t>(BIO_get_data(bio)));
  const ssize_t sent = ::send(fd, data, static_cast<size_t>(size), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
    BIO_set_retry_write(bio);
  return static_cast<int>(sent);
}

long TransportControl(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

int TransportNew(BIO* bio) {
  BIO_set_init(bio, 1);
  return 1;
}

BIO* NewTransport(int fd) {
  BIO* const bio = BIO_new(transport);
  if (bio != nullptr) BIO_set_data(bio, reinterpret_cast<void*>(static_cast<intptr_t>(fd)));
  return bio;
}

// --- weak references to what the program holds ---

Result<Value> WeakReference(Thread& thread, Value object) {
  GILA_TRY(const Value module, ImportModule(thread, "_weakref"));
  GILA_TRY(const Value ref, GetAttr(thread, module, Intern(thread, "ref")));
  return Call(thread, ref, {object});
}

// The object, or None when it is gone.
Result<Value> Followed(Thread& thread, Value reference) {
  if (reference.IsUnbound()) return kNone;
  return Call(thread, reference, {});
}

// --- steps ---

struct Outcome {
  int result, error, system_error;
  unsigned long code;
};

// How long the program wants to wait: nanoseconds, 0: not at all, -1: for ever.
Result<int64_t> TimeoutOf(Thread& thread, SslSocket* self) {
  if (self->over_socket == 0) return 0;
  GILA_TRY(const Value socket, Followed(thread, self->socket.Load()));
  if (socket.IsNone())
    return RaiseSslText(thread, kSslError, ENOTCONN, "Underlying socket connection gone");
  GILA_TRY(const Value seconds, CallMethod(thread, socket, Intern(thread, "gettimeout")));
  if (seconds.IsNone()) return -1;
  GILA_TRY(const double number, ToDouble(thread, seconds));
  return static_cast<int64_t>(number * 1e9);
}

Status ShowMessages(Thread& thread, SslSocket* self) {
  if (self->messages == nullptr || self->messages->empty()) return kOk;
  std::vector<Message> shown;
  {
    ScopedGate gate(thread, self->gate);
    shown.swap(*self->messages);
  }
  const Value callback = self->context.Load().As<SslContext>()->message_callback.Load();
  if (callback.IsUnbound()) return kOk;
  GILA_TRY(const Value owner, Followed(thread, self->owner.Load()));
  for (const Message& message : shown) {
    GILA_TRY(const Value data, NewBytes(thread, message.data));
    // Records have a header, alerts a level, handshakes a kind.
    int kind = -1;
    const auto byte = [&](size_t i) {
      return i < message.data.size() ? static_cast<uint8_t>(message.data[i]) : 0;
    };
    if (message.content == SSL3_RT_ALERT) kind = byte(1);
    if (message.content == SSL3_RT_HANDSHAKE) kind = byte(0);
    if (message.content == SSL3_RT_CHANGE_CIPHER_SPEC) kind = SSL3_MT_CHANGE_CIPHER_SPEC;
    if (message.content == SSL3_RT_HEADER) kind = byte(0);
    GILA_TRY_VOID(Call(thread, callback,
                       {owner, Intern(thread, message.written != 0 ? "write" : "read"),
                        Value::SmallInt(message.version), Value::SmallInt(message.content),
                        Value::SmallInt(kind), data}));
  }
  return kOk;
}

// The server name in a client's hello, "" without one.
std::string HelloName(SSL* ssl) {
  const unsigned char* data = nullptr;
  size_t size = 0;
  if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_server_name, &data, &size) != 1 || size < 5)
    return "";
  // Length of the list, kind (0: a host), length of the name.
  const size_t length = static_cast<size_t>(data[3]) << 8 | data[4];
  if (data[2] != 0 || length > size - 5) return "";
  return {reinterpret_cast<const char*>(data) + 5, length};
}

// Calls the program's SNI callback, and leaves for PauseAtHello what it says: -1 to go on, or the
// alert to send and one.
Status CallSniCallback(Thread& thread, SslSocket* self) {
  auto* const context = self->context.Load().As<SslContext>();
  const Value callback = context->sni_callback.Load();
  intptr_t alert = 0;
  if (!callback.IsUnbound()) {
    GILA_TRY(const Value owner, Followed(thread, self->owner.Load()));
    const std::string hello = HelloName(self->ssl);
    GILA_TRY(const Value name, OptionalText(thread, hello.empty() ? nullptr : hello.c_str()));
    const Result<Value> answer = Call(thread, callback, {owner, name, context});
    if (!answer.ok()) {
      WriteUnraisable(thread, callback);
      alert = SSL_AD_HANDSHAKE_FAILURE + 1;
    } else if (!answer.value().IsNone()) {
      const Result<int64_t> number = IsInt(answer.value())
                                         ? ToInt64(thread, answer.value())
                                         : Result<int64_t>(thread.RaiseTypeError(
                                               "'%s' object cannot be interpreted as an integer",
                                               std::string(TypeNameOf(answer.value())).c_str()));
      if (!number.ok()) WriteUnraisable(thread, callback);
      alert = (number.ok() ? number.value() : SSL_AD_INTERNAL_ERROR) + 1;
    }
  }
  SSL_set_app_data(self->ssl, reinterpret_cast<void*>(alert == 0 ? intptr_t{-1} : alert));
  return kOk;
}

// One step of OpenSSL, detached and under the gate.
template <class Step>
Outcome RunStep(Thread& thread, SslSocket* self, Blocked why, Step step) {
  ScopedGate gate(thread, self->gate);
  // The program may fill and empty the MemoryBIOs from other threads.
  std::optional<ScopedGate> incoming, outgoing;
  if (self->over_socket == 0) {
    auto* const in = self->incoming.Load().As<MemoryBio>();
    auto* const out = self->outgoing.Load().As<MemoryBio>();
    incoming.emplace(thread, std::min(in, out)->gate);
    if (in != out) outgoing.emplace(thread, std::max(in, out)->gate);
  }
  AllowThreads detached(thread, why);
  Outcome outcome{};
  ERR_clear_error();
  errno = 0;
  outcome.result = step(self->ssl);
  outcome.system_error = errno;
  outcome.error = SSL_get_error(self->ssl, outcome.result);
  outcome.code = ERR_peek_last_error();
  // The queue is this native thread's, and its next step may be another connection's.
  if (outcome.result > 0) ERR_clear_error();
  return outcome;
}

Failed RaiseVerification(Thread& thread, SslSocket* self, unsigned long code) {
  const long verdict = SSL_get_verify_result(self->ssl);
  std::string reason = X509_verify_cert_error_string(verdict);
  const Value name = self->hostname.Load();
  const std::string shown = IsStr(name) ? ToUtf8(name) : "";
  if (verdict == X509_V_ERR_HOSTNAME_MISMATCH)
    reason = "Hostname mismatch, certificate is not valid for '" + shown + "'.";
  if (verdict == X509_V_ERR_IP_ADDRESS_MISMATCH)
    reason = "IP address mismatch, certificate is not valid for '" + shown + "'.";
  GILA_TRY(const Value error,
           NewSslError(thread, kSslVerification, SSL_ERROR_SSL, "", code, reason, __LINE__));
  GILA_TRY(Str * message, NewStr(thread, reason));
  GILA_TRY_VOID(SetAttr(thread, error, Intern(thread, "verify_code"), Value::SmallInt(verdict)));
  GILA_TRY_VOID(SetAttr(thread, error, Intern(thread, "verify_message"), message));
  return thread.RaiseObject(error);
}

// What a step that did not go through means for the program.
Failed RaiseOutcome(Thread& thread, SslSocket* self, const Outcome& outcome) {
  switch (outcome.error) {
    case SSL_ERROR_ZERO_RETURN:
      return RaiseSslText(thread, kSslZeroReturn, SSL_ERROR_ZERO_RETURN,
                          "TLS/SSL connection has been closed (EOF)");
    case SSL_ERROR_WANT_READ:
      return RaiseSslText(thread, kSslWantRead, SSL_ERROR_WANT_READ,
                          "The operation did not complete (read)");
    case SSL_ERROR_WANT_WRITE:
      return RaiseSslText(thread, kSslWantWrite, SSL_ERROR_WANT_WRITE,
                          "The operation did not complete (write)");
    case SSL_ERROR_SYSCALL:
      if (outcome.code == 0) {
        if (outcome.result == 0 || outcome.system_error == 0)
          return RaiseSslText(thread, kSslEof, kSslErrorEof,
                              "EOF occurred in violation of protocol");
        ERR_clear_error();
        return thread.RaiseOsError(outcome.system_error);
      }
      return RaiseSslText(thread, kSslSyscall, SSL_ERROR_SYSCALL, "", outcome.code);
    default:
      break;
  }
  const int library = ERR_GET_LIB(outcome.code), reason = ERR_GET_REASON(outcome.code);
  if (library == ERR_LIB_SSL && reason == SSL_R_CERTIFICATE_VERIFY_FAILED)
    return RaiseVerification(thread, self, outcome.code);
  if (library == ERR_LIB_SSL && reason == SSL_R_UNEXPECTED_EOF_WHILE_READING)
    return RaiseSslText(thread, kSslEof, kSslErrorEof, "", outcome.code);
  return RaiseSslText(thread, kSslError, SSL_ERROR_SSL, "", outcome.code);
}

// Steps until it goes through, as long as the socket's timeout allows. `doing` is for the message.
template <class Step>
Result<Outcome> Drive(Thread& thread, SslSocket* self, Blocked why, const char* doing, Step step) {
  GILA_TRY(const int64_t timeout, TimeoutOf(thread, self));
  const uint64_t begin = MonotonicNanoseconds();
  while (true) {
    const Outcome outcome = RunStep(thread, self, why, step);
    GILA_TRY_VOID(ShowMessages(thread, self));
    GILA_TRY_VOID(thread.RunSignalHandlers());
    if (outcome.error == SSL_ERROR_WANT_CLIENT_HELLO_CB) {
      GILA_TRY_VOID(CallSniCallback(thread, self));
      continue;
    }
    const bool wants_read = outcome.error == SSL_ERROR_WANT_READ;
    if ((!wants_read && outcome.error != SSL_ERROR_WANT_WRITE) || timeout == 0) return outcome;
    const int fd =
        static_cast<int>(reinterpret_cast<intptr_t>(BIO_get_data(SSL_get_rbio(self->ssl))));
    GILA_TRY(const bool ready, WaitForSocket(thread, fd, wants_read ? POLLIN : POLLOUT, timeout,
                                             begin, Blocked::kPoll));
    if (!ready)
      return thread.RaiseFormat(TypeId::kTimeoutError, "The %s operation timed out", doing);
  }
}

Result<Value> DoHandshake(Thread& thread, Args args) {
  SslSocket* const self = Self(args[0]);
  GILA_TRY(const Outcome outcome, Drive(thread, self, Blocked::kRead, "handshake",
                                        [](SSL* ssl) { return SSL_do_handshake(ssl); }));
  if (outcome.result != 1) return RaiseOutcome(thread, self, outcome);
  return kNone;
}

Result<Value> Read(Thread& thread, Args args) {
  SslSocket* const self = Self(args[0]);
  GILA_TRY(int64_t size, ToInt64(thread, args[1]));
  const bool into = args.Has(2) && !args[2].IsNone();
  if (!into && size < 0) return thread.RaiseValueError("size should not be negative");
  PinnedBuffer target{};
  std::string own;
  uint8_t* data;
  if (into) {
    GILA_TRY(target, PinWritable(thread, args[2]));
    if (size <= 0 || size > target.size) size = target.size;
    data = target.data;
  } else {
    // Not more than what can come at once: the program may ask for gigabytes.
    own.resize(static_cast<size_t>(std::min<int64_t>(size, 1 << 20)));
    size = static_cast<int64_t>(own.size());
    data = reinterpret_cast<uint8_t*>(own.data());
  }
  size_t count = 0;
  Result<Outcome> outcome = Outcome{1, 0, 0, 0};
  if (size > 0) {
    outcome = Drive(thread, self, Blocked::kRead, "read", [&](SSL* ssl) {
      return SSL_read_ex(ssl, data, static_cast<size_t>(size), &count);
    });
  }
  if (into) Unpin(target);
  if (!outcome.ok()) return kFailed;
  if (outcome.value().result <= 0) {
    if (outcome.value().error == SSL_ERROR_ZERO_RETURN &&
        SSL_get_shutdown(self->ssl) == SSL_RECEIVED_SHUTDOWN)
      count = 0;
    else
      return RaiseOutcome(thread, self, outcome.value());
  }
  if (into) return Value::SmallInt(static_cast<int64_t>(count));
  own.resize(count);
  return NewBytes(thread, own);
}

Result<Value> Write(Thread& thread, Args args) {
  SslSocket* const self = Self(args[0]);
  PinnedSource source;
  GILA_TRY_VOID(source.Read(thread, args[1]));
  if (source.size() == 0) return Value::SmallInt(0);
  size_t count = 0;
  GILA_TRY(const Outcome outcome, Drive(thread, self, Blocked::kWrite, "write", [&](SSL* ssl) {
             return SSL_write_ex(ssl, source.data(), source.size(), &count);
           }));
  if (outcome.result <= 0) return RaiseOutcome(thread, self, outcome);
  return Value::SmallInt(static_cast<int64_t>(count));
}

Result<Value> Pending(Thread& thread, Args args) {
  ScopedGate gate(thread, Self(args[0])->gate);
  return Value::SmallInt(SSL_pending(Self(args[0])->ssl));
}

// Says goodbye, and waits for the other side's.
Result<Value> Shutdown(Thread& thread, Args args) {
  SslSocket* const self = Self(args[0]);
  int zeros = 0;
  while (true) {
    GILA_TRY(const Outcome outcome,
             Drive(thread, self, Blocked::kRead, zeros != 0 ? "read" : "write", [&](SSL* ssl) {
               if (zeros != 0) SSL_set_read_ahead(ssl, 0);
               return SSL_shutdown(ssl);
             }));
    if (outcome.result > 0) break;
    // 0: ours is sent. The other's is waited for once.
    if (outcome.result == 0) {
      if (++zeros > 1) break;
      continue;
    }
    return RaiseOutcome(thread, self, outcome);
  }
  return Followed(thread, self->socket.Load());
}

Result<Value> VerifyClient(Thread& thread, Args args) {
  ScopedGate gate(thread, Self(args[0])->gate);
  ERR_clear_error();
  if (SSL_verify_client_post_handshake(Self(args[0])->ssl) != 1)
    return RaiseSslLast(thread, __LINE__);
  return kNone;
}

// --- what is known about the connection ---

Result<Value> GetPeerCert(Thread& thread, Args args) {
  SslSocket* const self = Self(args[0]);
  bool binary = false;
  if (args.Has(1)) {
    GILA_TRY(binary, Truth(thread, args[1]));
  }
  if (SSL_is_init_finished(self->ssl) == 0) return thread.RaiseValueError("handshake not done yet");
  X509* const certificate = SSL_get1_peer_certificate(self->ssl);
  if (certificate == nullptr) return kNone;
  Result<Value> shown = kUnbound;
  if (binary) {
    shown = CertificateBytes(thread, certificate);
  } else if ((SSL_get_verify_mode(self->ssl) & SSL_VERIFY_PEER) == 0) {
    // What was not verified is not shown in detail.
    const Result<Dict*> empty = NewDict(thread);
    shown = empty.ok() ? Result<Value>(empty.value()) : Result<Value>(kFailed);
  } else {
    shown = CertificateDict(thread, certificate);
  }
  X509_free(certificate);
  return shown;
}

Result<Value> Cipher(Thread& thread, Args args) {
  const SSL_CIPHER* const cipher = SSL_get_current_cipher(Self(args[0])->ssl);
  return cipher == nullptr ? Result<Value>(kNone) : CipherTuple(thread, cipher);
}

Result<Value> SharedCiphers(Thread& thread, Args args) {
  STACK_OF(SSL_CIPHER)* const ciphers = SSL_get_ciphers(Self(args[0])->ssl);
  if (ciphers == nullptr) return kNone;
  GILA_TRY(List * found, NewList(thread));
  for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); ++i) {
    GILA_TRY(const Value shown, CipherTuple(thread, sk_SSL_CIPHER_value(ciphers, i)));
    GILA_TRY_VOID(ListAppend(thread, found, shown));
  }
  return found;
}

Result<Value> Chain(Thread& thread, STACK_OF(X509) * certificates, X509* first) {
  GILA_TRY(List * found, NewList(thread));
  if (first != nullptr) {
    GILA_TRY(const Value shown, NewCertificate(thread, first));
    GILA_TRY_VOID(ListAppend(thread, found, shown));
  }
  for (int i = 0; i < sk_X509_num(certificates); ++i) {
    GILA_TRY(const Value shown, NewCertificate(thread, sk_X509_value(certificates, i)));
    GILA_TRY_VOID(ListAppend(thread, found, shown));
  }
  return found;
}

Result<Value> VerifiedChain(Thread& thread, Args args) {
  STACK_OF(X509)* const chain = SSL_get0_verified_chain(Self(args[0])->ssl);
  return chain == nullptr ? Result<Value>(kNone) : Chain(thread, chain, nullptr);
}

Result<Value> UnverifiedChain(Thread& thread, Args args) {
  SSL* const ssl = Self(args[0])->ssl;
  STACK_OF(X509)* const chain = SSL_get_peer_cert_chain(ssl);
  if (chain == nullptr) return kNone;
  // What a client sends comes without its own certificate.
  return Chain(thread, chain, SSL_is_server(ssl) != 0 ? SSL_get0_peer_certificate(ssl) : nullptr);
}

Result<Value> SelectedAlpn(Thread& thread, Args args) {
  const unsigned char* name = nullptr;
  unsigned int size = 0;
  SSL_get0_alpn_selected(Self(args[0])->ssl, &name, &size);
  if (name == nullptr) return kNone;
  return Result<Value>(NewStr(thread, {reinterpret_cast<const char*>(name), size}));
}

Result<Value> Version(Thread& thread, Args args) {
  SSL* const ssl = Self(args[0])->ssl;
  if (SSL_is_init_finished(ssl) == 0) return kNone;
  return OptionalText(thread, SSL_get_version(ssl));
}

Result<Value> Compression(Thread&, Args) { return kNone; }

Result<Value> ChannelBinding(Thread& thread, Args args) {
  SslSocket* const self = Self(args[0]);
  const std::string kind = args.Has(1) && IsStr(args[1]) ? ToUtf8(args[1]) : "tls-unique";
  if (kind != "tls-unique") {
    return thread.RaiseValueError("'%s' channel binding type not implemented", kind.c_str());
  }
  char buffer[128];
  // The first finished message of the two: the client's, unless the session was resumed.
  const bool clients = (SSL_session_reused(self->ssl) != 0) != (self->server_side == 0);
  const size_t size = clients ? SSL_get_finished(self->ssl, buffer, sizeof(buffer))
                              : SSL_get_peer_finished(self->ssl, buffer, sizeof(buffer));
  if (size == 0) return kNone;
  return NewBytes(thread, {buffer, size});
}

Result<Value> ServerSide(Thread&, Value self) { return Value::Bool(Self(self)->server_side != 0); }
Result<Value> Hostname(Thread&, Value self) { return Self(self)->hostname.Load(); }
Result<Value> Context(Thread&, Value self) { return Self(self)->context.Load(); }
Status SetContext(Thread& thread, Value self, Value value) {
  if (!IsSubtype(TypeOf(value), ssl_context_type))
    return thread.RaiseTypeError("The value must be a SSLContext");
  SSL_set_SSL_CTX(Self(self)->ssl, value.As<SslContext>()->context);
  Self(self)->context.Store(Self(self), value);
  return kOk;
}
Result<Value> Owner(Thread& thread, Value self) {
  return Followed(thread, Self(self)->owner.Load());
}
Status SetOwner(Thread& thread, Value self, Value value) {
  GILA_TRY(const Value reference, WeakReference(thread, value));
  Self(self)->owner.Store(Self(self), reference);
  return kOk;
}

Result<Value> GetSession(Thread& thread, Value self) {
  SSL_SESSION* const session = SSL_get1_session(Self(self)->ssl);
  if (session == nullptr) return kNone;
  const Result<Object*> object = AllocateInstance(thread, ssl_session_type);
  if (!object.ok()) {
    SSL_SESSION_free(session);
    return kFailed;
  }
  auto* const shown = static_cast<SslSession*>(object.value());
  // A session that goes on being used by the connection is not ours to give away.
  shown->session = SSL_SESSION_dup(session);
  SSL_SESSION_free(session);
  shown->context = Self(self)->context.Load().As<SslContext>()->context;
  heap::RegisterFinalizer(thread, shown);
  return shown;
}

Status UseSession(Thread& thread, SslSocket* self, Value value) {
  if (!IsSubtype(TypeOf(value), ssl_session_type))
    return thread.RaiseTypeError("Value is not a SSLSession.");
  const auto* const session = value.As<SslSession>();
  if (session->context != self->context.Load().As<SslContext>()->context)
    return thread.RaiseValueError("Session refers to a different SSLContext.");
  if (self->server_side != 0)
    return thread.RaiseValueError("Cannot set session for server-side SSLSocket.");
  if (SSL_is_init_finished(self->ssl) != 0)
    return thread.RaiseValueError("Cannot set session after handshake.");
  SSL_SESSION* const copy = SSL_SESSION_dup(session->session);
  const int done = SSL_set_session(self->ssl, copy);
  SSL_SESSION_free(copy);
  if (done != 1) return RaiseSslLast(thread, __LINE__);
  return kOk;
}
Status SetSession(Thread& thread, Value self, Value value) {
  return UseSession(thread, Self(self), value);
}
Result<Value> SessionReused(Thread&, Value self) {
  return Value::Bool(SSL_session_reused(Self(self)->ssl) != 0);
}

// --- making ---

void NoteMessage(int written, int version, int content, const void* data, size_t size, SSL*,
                 void* where) {
  static_cast<std::vector<Message>*>(where)->push_back(
      {written, version, content, std::string(static_cast<const char*>(data), size)});
}

// The name for SNI and for looking at the certificate. Addresses are no names for SNI.
Status SetHostname(Thread& thread, SslSocket* self, SslContext* context, Value given) {
  if (!IsStr(given)) {
    return thread.RaiseTypeError("server_hostname must be str, not %s",
                                 std::string(TypeNameOf(given)).c_str());
  }
  const std::string name = ToUtf8(given);
  if (name.empty() || name[0] == '.')
    return thread.RaiseValueError(
        "server_hostname cannot be an empty string or start with a leading dot.");
  if (name.find('\0') != std::string::npos) return thread.RaiseTypeError("embedded null character");
  ASN1_OCTET_STRING* const address = a2i_IPADDRESS(name.c_str());
  if (address == nullptr) {
    ERR_clear_error();
    if (SSL_set_tlsext_host_name(self->ssl, name.c_str()) != 1)
      return RaiseSslLast(thread, __LINE__);
  }
  Status status = kOk;
  if (context->check_hostname.Load() != 0) {
    X509_VERIFY_PARAM* const parameters = SSL_get0_param(self->ssl);
    const int done =
        address == nullptr
            ? X509_VERIFY_PARAM_set1_host(parameters, name.c_str(), name.size())
            : X509_VERIFY_PARAM_set1_ip(parameters, ASN1_STRING_get0_data(address),
                                        static_cast<size_t>(ASN1_STRING_length(address)));
    if (done != 1) status = RaiseSslLast(thread, __LINE__);
  }
  ASN1_OCTET_STRING_free(address);
  self->hostname.Store(self, given);
  return status;
}

// What both kinds have in common. `hostname`, `owner` and `session` may be None or unbound.
Result<SslSocket*> NewConnection(Thread& thread, SslContext* context, bool server_side,
                                 Value hostname, Value owner, Value session) {
  // OpenSSL would say it at the handshake, in words that help nobody.
  if (context->protocol == 16 && server_side)
    return RaiseSslText(thread, kSslError, 0,
                        "Cannot create a server socket with a PROTOCOL_TLS_CLIENT context");
  if (context->protocol == 17 && !server_side)
    return RaiseSslText(thread, kSslError, 0,
                        "Cannot create a client socket with a PROTOCOL_TLS_SERVER context");
  GILA_TRY(Object * object, AllocateInstance(thread, ssl_socket_type));
  auto* const self = static_cast<SslSocket*>(object);
  for (Slot* slot : {&self->context, &self->socket, &self->owner, &self->hostname, &self->incoming,
                     &self->outgoing})
    slot->Store(self, kUnbound);
  ERR_clear_error();
  self->ssl = SSL_new(context->context);
  if (self->ssl == nullptr) return RaiseSslLast(thread, __LINE__);
  heap::RegisterFinalizer(thread, self);
  self->server_side = server_side ? 1 : 0;
  self->context.Store(self, context);
  self->hostname.Store(self, kNone);
  X509_VERIFY_PARAM_set_hostflags(SSL_get0_param(self->ssl),
                                  static_cast<unsigned>(context->host_flags.Load()));
  if (!context->message_callback.Load().IsUnbound()) {
    self->messages = new std::vector<Message>();
    SSL_set_msg_callback(self->ssl, NoteMessage);
    SSL_set_msg_callback_arg(self->ssl, self->messages);
  }
  if (context->post_handshake_auth.Load() != 0) {
    const int mode = SSL_get_verify_mode(self->ssl);
    if (!server_side)
      SSL_set_post_handshake_auth(self->ssl, 1);
    else if ((mode & SSL_VERIFY_PEER) != 0)
      SSL_set_verify(self->ssl, mode | SSL_VERIFY_POST_HANDSHAKE, nullptr);
  }
  if (!hostname.IsUnbound() && !hostname.IsNone())
    GILA_TRY_VOID(SetHostname(thread, self, context, hostname));
  if (!owner.IsUnbound() && !owner.IsNone()) GILA_TRY_VOID(SetOwner(thread, self, owner));
  if (server_side)
    SSL_set_accept_state(self->ssl);
  else
    SSL_set_connect_state(self->ssl);
  if (!session.IsUnbound() && !session.IsNone()) GILA_TRY_VOID(UseSession(thread, self, session));
  return self;
}

void Trace(Object* object, Marker& marker) {
  auto* const self = static_cast<SslSocket*>(object);
  for (const Slot* slot : {&self->context, &self->socket, &self->owner, &self->hostname,
                           &self->incoming, &self->outgoing})
    marker.Visit(*slot);
}
void Finalize(Object* object) {
  auto* const self = static_cast<SslSocket*>(object);
  SSL_free(self->ssl);
  delete self->messages;
}

constexpr KindInfo kKind = {"_SSLSocket", Trace, Finalize};
constexpr NativeDef kMethods[] = {
    {"do_handshake", DoHandshake, "(self, /)", "Agree with the other side."},
    {"read", Read, "(self, size, buffer=None, /)", "Up to so many bytes, new or into a buffer."},
    {"write", Write, "(self, b, /)", "Sends bytes; how many."},
    {"pending", Pending, "(self, /)", "How many bytes are decrypted already."},
    {"shutdown", Shutdown, "(self, /)", "Ends the encryption; the socket under it."},
    {"verify_client_post_handshake", VerifyClient, "(self, /)", "Asks the client who it is."},
    {"getpeercert", GetPeerCert, "(self, der=False, /)", "The other side's certificate."},
    {"cipher", Cipher, "(self, /)", "The cipher in use."},
    {"shared_ciphers", SharedCiphers, "(self, /)", "The ciphers that both sides know."},
    {"get_verified_chain", VerifiedChain, "(self)", "The certificates up to the authority."},
    {"get_unverified_chain", UnverifiedChain, "(self)",
     "The certificates that the other side sent."},
    {"selected_alpn_protocol", SelectedAlpn, "(self, /)", "The protocol that was agreed on."},
    {"version", Version, "(self, /)", "The version of TLS."},
    {"compression", Compression, "(self, /)", "None: nothing is compressed."},
    {"get_channel_binding", ChannelBinding, "(self, cb_type='tls-unique')",
     "Bytes that only the two sides of this connection know."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr GetSetDef kFields[] = {{"server_side", ServerSide, nullptr, nullptr},
                                 {"server_hostname", Hostname, nullptr, nullptr},
                                 {"context", Context, SetContext, nullptr},
                                 {"owner", Owner, SetOwner, nullptr},
                                 {"session", GetSession, SetSession, nullptr},
                                 {"session_reused", SessionReused, nullptr, nullptr},
                                 {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kSpec = {.doc = "A connection.", .methods = kMethods, .getsets = kFields};

// --- sessions ---

Result<Value> SessionId(Thread& thread, Value self) {
  unsigned int size = 0;
  const unsigned char* const id = SSL_SESSION_get_id(self.As<SslSession>()->session, &size);
  return NewBytes(thread, {reinterpret_cast<const char*>(id), size});
}
Result<Value> SessionTime(Thread&, Value self) {
  return Value::SmallInt(SSL_SESSION_get_time(self.As<SslSession>()->session));
}
Result<Value> SessionTimeout(Thread&, Value self) {
  return Value::SmallInt(SSL_SESSION_get_timeout(self.As<SslSession>()->session));
}
Result<Value> SessionHint(Thread&, Value self) {
  return Value::SmallInt(
      static_cast<int64_t>(SSL_SESSION_get_ticket_lifetime_hint(self.As<SslSession>()->session)));
}
Result<Value> SessionHasTicket(Thread&, Value self) {
  return Value::Bool(SSL_SESSION_has_ticket(self.As<SslSession>()->session) != 0);
}
Result<Value> SessionEqual(Thread& thread, Args args) {
  if (!IsSubtype(TypeOf(args[1]), ssl_session_type)) return kNotImplemented;
  GILA_TRY(const Value mine, SessionId(thread, args[0]));
  GILA_TRY(const Value other, SessionId(thread, args[1]));
  return Value::Bool(mine.As<Bytes>()->view() == other.As<Bytes>()->view());
}
Result<Value> SessionHash(Thread& thread, Args args) {
  GILA_TRY(const Value id, SessionId(thread, args[0]));
  GILA_TRY(const int64_t hash, Hash(thread, id));
  return NewInt(thread, hash);
}
void FinalizeSession(Object* object) {
  SSL_SESSION_free(static_cast<SslSession*>(object)->session);
}

constexpr KindInfo kSessionKind = {"SSLSession", nullptr, FinalizeSession};
constexpr NativeDef kSessionMethods[] = {{"__eq__", SessionEqual, "(self, value, /)", nullptr},
                                         {"__hash__", SessionHash, "(self, /)", nullptr},
                                         {nullptr, nullptr, nullptr, nullptr}};
constexpr GetSetDef kSessionFields[] = {{"id", SessionId, nullptr, nullptr},
                                        {"time", SessionTime, nullptr, nullptr},
                                        {"timeout", SessionTimeout, nullptr, nullptr},
                                        {"ticket_lifetime_hint", SessionHint, nullptr, nullptr},
                                        {"has_ticket", SessionHasTicket, nullptr, nullptr},
                                        {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kSessionSpec = {.doc = "What two sides agreed on, to be used again.",
                                   .methods = kSessionMethods,
                                   .getsets = kSessionFields};

}  // namespace

// (self, sock, server_side, server_hostname=None, *, owner=None, session=None)
Result<Value> WrapSocket(Thread& thread, Args args) {
  GILA_TRY(const bool server_side, Truth(thread, args[2]));
  GILA_TRY(const Value number, CallMethod(thread, args[1], Intern(thread, "fileno")));
  GILA_TRY(const int64_t fd, ToInt64(thread, number));
  if (fd < 0) return RaiseSslText(thread, kSslError, ENOTCONN, "Underlying socket connection gone");
  GILA_TRY(SslSocket * self,
           NewConnection(thread, args[0].As<SslContext>(), server_side, args[3], args[4], args[5]));
  BIO* const bio = NewTransport(static_cast<int>(fd));
  if (bio == nullptr) return thread.RaiseMemoryError();
  SSL_set_bio(self->ssl, bio, bio);
  self->over_socket = 1;
  GILA_TRY(const Value reference, WeakReference(thread, args[1]));
  self->socket.Store(self, reference);
  return self;
}

// (self, incoming, outgoing, server_side, server_hostname=None, *, owner=None, session=None)
Result<Value> WrapBio(Thread& thread, Args args) {
  for (size_t i = 1; i <= 2; ++i) {
    if (!IsSubtype(TypeOf(args[i]), memory_bio_type))
      return thread.RaiseTypeError("_wrap_bio() argument %d must be _ssl.MemoryBIO, not %s",
                                   static_cast<int>(i), std::string(TypeNameOf(args[i])).c_str());
  }
  GILA_TRY(const bool server_side, Truth(thread, args[3]));
  GILA_TRY(SslSocket * self,
           NewConnection(thread, args[0].As<SslContext>(), server_side, args[4], args[5], args[6]));
  BIO* const incoming = args[1].As<MemoryBio>()->bio;
  BIO* const outgoing = args[2].As<MemoryBio>()->bio;
  BIO_up_ref(incoming);
  BIO_up_ref(outgoing);
  SSL_set_bio(self->ssl, incoming, outgoing);
  self->incoming.Store(self, args[1]);
  self->outgoing.Store(self, args[2]);
  return self;
}

Status AddSslSocket(Thread& thread, Module* module) {
  if (transport == nullptr) {
    transport = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "gila socket");
    BIO_meth_set_read(transport, TransportRead);
    BIO_meth_set_write(transport, TransportWrite);
    BIO_meth_set_ctrl(transport, TransportControl);
    BIO_meth_set_create(transport, TransportNew);
  }
  GILA_TRY(ssl_socket_type, AddType(thread, module, kSpec, "_ssl._SSLSocket", RegisterKind(kKind),
                                    sizeof(SslSocket), kNoInstantiate));
  heap::AddRoot(reinterpret_cast<Object**>(&ssl_socket_type));
  GILA_TRY(ssl_session_type,
           AddType(thread, module, kSessionSpec, "_ssl.SSLSession", RegisterKind(kSessionKind),
                   sizeof(SslSession), kNoInstantiate));
  heap::AddRoot(reinterpret_cast<Object**>(&ssl_session_type));
  return kOk;
}

}  // namespace gila

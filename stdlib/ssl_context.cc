// ssl_context.cc: _SSLContext of the module _ssl: certificates, keys, what is verified, which
// protocols and ciphers may be used. Every call holds the context's gate.

// Files of DH parameters are still about.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/dh.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "stdlib/native_support.h"
#include "stdlib/ssl_internal.h"

namespace gila {

Type* ssl_context_type = nullptr;

namespace {

constexpr int kProtocolTls = 2, kProtocolClient = 16, kProtocolServer = 17;

SslContext* Self(Value v) { return v.As<SslContext>(); }

// --- making ---

const SSL_METHOD* MethodOf(int protocol, int* least, int* most) {
  *least = *most = 0;
  switch (protocol) {
    case kProtocolTls:
      return TLS_method();
    case kProtocolClient:
      return TLS_client_method();
    case kProtocolServer:
      return TLS_server_method();
    case 3:
      *least = *most = TLS1_VERSION;
      return TLS_method();
    case 4:
      *least = *most = TLS1_1_VERSION;
      return TLS_method();
    case 5:
      *least = *most = TLS1_2_VERSION;
      return TLS_method();
    default:
      return nullptr;
  }
}

void SetUsualOptions(SSL_CTX* context) {
  uint64_t options = SSL_OP_ALL & ~static_cast<uint64_t>(SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS);
  options |= SSL_OP_NO_SSLv2 | SSL_OP_NO_SSLv3 | SSL_OP_NO_COMPRESSION;
  options |= SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_SINGLE_DH_USE | SSL_OP_SINGLE_ECDH_USE;
  options |= SSL_OP_ENABLE_MIDDLEBOX_COMPAT | SSL_OP_IGNORE_UNEXPECTED_EOF;
  SSL_CTX_set_options(context, options);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_AUTO_RETRY);
  SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char*>("Python"), 6);
  X509_VERIFY_PARAM* const parameters = SSL_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_TRUSTED_FIRST);
}

// The program's SNI callback is called between two steps of the handshake: the hello stops it once.
// Then what the callback said is in the connection's data: -1 to go on, or the alert and one.
int PauseAtHello(SSL* ssl, int* alert, void*) {
  const auto said = reinterpret_cast<intptr_t>(SSL_get_app_data(ssl));
  if (said == 0) return SSL_CLIENT_HELLO_RETRY;
  if (said < 0) return SSL_CLIENT_HELLO_SUCCESS;
  *alert = static_cast<int>(said - 1);
  return SSL_CLIENT_HELLO_ERROR;
}

Result<Value> New(Thread& thread, Args args) {
  GILA_TRY(const int64_t protocol, ToInt64(thread, args[1]));
  int least, most;
  const SSL_METHOD* const method = MethodOf(static_cast<int>(protocol), &least, &most);
  if (method == nullptr) return thread.RaiseValueError("invalid or unsupported protocol version");
  SSL_CTX* const context = SSL_CTX_new(method);
  if (context == nullptr) return RaiseSslLast(thread, __LINE__);
  const Result<Object*> object = AllocateInstance(thread, args[0].As<Type>());
  if (!object.ok()) {
    SSL_CTX_free(context);
    return kFailed;
  }
  auto* const self = static_cast<SslContext*>(object.value());
  self->context = context;
  for (Slot* slot : {&self->sni_callback, &self->message_callback, &self->key_log_name})
    slot->Store(self, kUnbound);
  self->protocol = static_cast<int32_t>(protocol);
  self->host_flags.Store(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  heap::RegisterFinalizer(thread, self);
  SetUsualOptions(context);
  SSL_CTX_set_min_proto_version(context, least == 0 ? TLS1_2_VERSION : least);
  SSL_CTX_set_max_proto_version(context, most);
  SSL_CTX_set_cipher_list(context,
                          "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES:DHE+AES:"
                          "!aNULL:!eNULL:!aDSS:!SHA1:!AESCCM");
  SSL_CTX_set_verify(context,
                     protocol == kProtocolClient ? SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT
                                                 : SSL_VERIFY_NONE,
                     nullptr);
  self->check_hostname.Store(protocol == kProtocolClient ? 1 : 0);
  return self;
}

void Trace(Object* object, Marker& marker) {
  auto* const self = static_cast<SslContext*>(object);
  marker.Visit(self->sni_callback);
  marker.Visit(self->message_callback);
  marker.Visit(self->key_log_name);
}

void Finalize(Object* object) {
  auto* const self = static_cast<SslContext*>(object);
  SSL_CTX_free(self->context);
  BIO_free_all(self->key_log);
  delete self->alpn;
}

// --- keys and certificates ---

struct PasswordSource {
  Thread* thread;
  Value given;
  bool failed;
};

int AskPassword(char* buffer, int size, int, void* data) {
  auto* const source = static_cast<PasswordSource*>(data);
  Thread& thread = *source->thread;
  const auto refuse = [&]() {
    source->failed = true;
    return -1;
  };
  if (source->failed) return -1;
  Value password = source->given;
  const bool is_text = IsStr(password) || IsBytesLike(password);
  if (!is_text) {
    const Result<Value> answer = Call(thread, password, {});
    if (!answer.ok()) return refuse();
    password = answer.value();
  }
  std::string bytes;
  if (IsStr(password)) {
    bytes = ToUtf8(password);
  } else if (IsBytesLike(password)) {
    const Result<std::string> copy = CopyBuffer(thread, password);
    if (!copy.ok()) return refuse();
    bytes = copy.value();
  } else {
    (void)thread.RaiseTypeError("password callback must return a string");
    return refuse();
  }
  if (bytes.size() > static_cast<size_t>(size)) {
    (void)thread.RaiseFormat(TypeId::kValueError, "password cannot be longer than %d bytes", size);
    return refuse();
  }
  memcpy(buffer, bytes.data(), bytes.size());
  return static_cast<int>(bytes.size());
}

// What went wrong with a file: the program's own error, the system's, or OpenSSL's.
Failed RaiseFileError(Thread& thread, bool by_program, int error, int line) {
  if (by_program) {
    ERR_clear_error();
    return kFailed;
  }
  if (error != 0) {
    ERR_clear_error();
    return thread.RaiseOsError(error);
  }
  return RaiseSslLast(thread, line);
}

Result<Value> LoadCertChain(Thread& thread, Args args) {
  SslContext* const self = Self(args[0]);
  GILA_TRY(const std::string certificate, EncodeFsPath(thread, args[1]));
  std::string key = certificate;
  if (args.Has(2) && !args[2].IsNone()) {
    GILA_TRY(key, EncodeFsPath(thread, args[2]));
  }
  const Value password = args.Or(3, kNone);
  PasswordSource source{&thread, password, false};
  if (!password.IsNone()) {
    if (!IsStr(password) && !IsBytesLike(password)) {
      if (!IsCallable(password))
        return thread.RaiseTypeError("password should be a string or callable");
    }
    SSL_CTX_set_default_passwd_cb(self->context, AskPassword);
    SSL_CTX_set_default_passwd_cb_userdata(self->context, &source);
  }
  ERR_clear_error();
  errno = 0;
  int line = __LINE__;
  bool done = SSL_CTX_use_certificate_chain_file(self->context, certificate.c_str()) == 1;
  if (done) {
    errno = 0;
    done = SSL_CTX_use_PrivateKey_file(self->context, key.c_str(), SSL_FILETYPE_PEM) == 1;
  }
  int error = done ? 0 : errno;
  // Only what concerns opening the file is the system's error.
  if (error != 0 && error != ENOENT && error != EACCES && error != EISDIR && error != ENOTDIR)
    error = 0;
  SSL_CTX_set_default_passwd_cb(self->context, nullptr);
  SSL_CTX_set_default_passwd_cb_userdata(self->context, nullptr);
  if (!done) return RaiseFileError(thread, source.failed, error, line);
  if (SSL_CTX_check_private_key(self->context) != 1) return RaiseSslLast(thread, __LINE__);
  return kNone;
}

// Certificates of authorities from memory: PEM text, or DER one behind the other.
Status AddAuthorities(Thread& thread, SslContext* self, std::string_view data, bool pem) {
  if (data.empty()) return thread.RaiseValueError("Empty certificate data");
  BIO* const bio = BIO_new_mem_buf(data.data(), static_cast<int>(data.size()));
  X509_STORE* const store = SSL_CTX_get_cert_store(self->context);
  int loaded = 0;
  bool failed = false;
  while (true) {
    X509* const certificate =
        pem ? PEM_read_bio_X509(bio, nullptr, nullptr, nullptr) : d2i_X509_bio(bio, nullptr);
    if (certificate == nullptr) break;
    const int added = X509_STORE_add_cert(store, certificate);
    X509_free(certificate);
    if (added != 1) {
      const unsigned long code = ERR_peek_last_error();
      if (ERR_GET_LIB(code) != ERR_LIB_X509 ||
          ERR_GET_REASON(code) != X509_R_CERT_ALREADY_IN_HASH_TABLE) {
        failed = true;
        break;
      }
      ERR_clear_error();
    }
    ++loaded;
  }
  BIO_free(bio);
  const unsigned long code = ERR_peek_last_error();
  if (loaded == 0 && !failed) {
    const char* const text = pem ? "no start line: cadata does not contain a certificate"
                                 : "not enough data: cadata does not contain a certificate";
    ERR_clear_error();
    return RaiseSslText(thread, kSslError, 0, text);
  }
  // The end of the data shows as an error too.
  const bool at_end =
      pem ? ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE
          : ERR_GET_LIB(code) == ERR_LIB_ASN1 && ERR_GET_REASON(code) == ASN1_R_HEADER_TOO_LONG;
  if (failed || (code != 0 && !at_end)) return RaiseSslLast(thread, __LINE__);
  ERR_clear_error();
  return kOk;
}

Result<Value> LoadVerifyLocations(Thread& thread, Args args) {
  SslContext* const self = Self(args[0]);
  const auto given = [&](size_t i) { return args.Has(i) && !args[i].IsNone(); };
  if (!given(1) && !given(2) && !given(3))
    return thread.RaiseTypeError("cafile, capath and cadata cannot be all omitted");
  std::string file, folder;
  for (size_t i = 1; i <= 2; ++i) {
    if (!given(i)) continue;
    if (!IsStr(args[i]) && !IsBytes(args[i])) {
      const Result<std::string> path = EncodeFsPath(thread, args[i]);
      if (!path.ok()) {
        if (!thread.ExceptionMatches(TypeId::kTypeError)) return kFailed;
        thread.ClearException();
        return thread.RaiseTypeError(i == 1 ? "cafile should be a valid filesystem path"
                                            : "capath should be a valid filesystem path");
      }
    }
    GILA_TRY((i == 1 ? file : folder), EncodeFsPath(thread, args[i]));
  }
  ERR_clear_error();
  if (given(3)) {
    if (IsStr(args[3])) {
      const std::string text = ToUtf8(args[3]);
      for (const char c : text)
        if (static_cast<unsigned char>(c) > 127)
          return thread.RaiseTypeError("cadata should be an ASCII string or a bytes-like object");
      GILA_TRY_VOID(AddAuthorities(thread, self, text, true));
    } else if (IsBytesLike(args[3])) {
      GILA_TRY(const std::string bytes, CopyBuffer(thread, args[3]));
      GILA_TRY_VOID(AddAuthorities(thread, self, bytes, false));
    } else {
      return thread.RaiseTypeError("cadata should be an ASCII string or a bytes-like object");
    }
  }
  if (given(1) || given(2)) {
    errno = 0;
    const int done = SSL_CTX_load_verify_locations(self->context, given(1) ? file.c_str() : nullptr,
                                                   given(2) ? folder.c_str() : nullptr);
    const int error = errno;
    if (done != 1) return RaiseFileError(thread, false, error, __LINE__);
  }
  return kNone;
}

Result<Value> SetDefaultVerifyPaths(Thread& thread, Args args) {
  if (SSL_CTX_set_default_verify_paths(Self(args[0])->context) != 1)
    return RaiseSslLast(thread, __LINE__);
  return kNone;
}

Result<Value> LoadDhParams(Thread& thread, Args args) {
  GILA_TRY(const std::string path, EncodeFsPath(thread, args[1]));
  FILE* const file = fopen(path.c_str(), "rb");
  if (file == nullptr) return thread.RaiseOsError(errno, args[1]);
  ERR_clear_error();
  BIO* const bio = BIO_new_fp(file, BIO_CLOSE);
  DH* const parameters = PEM_read_bio_DHparams(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  if (parameters == nullptr) return RaiseSslLast(thread, __LINE__);
  const long done = SSL_CTX_set_tmp_dh(Self(args[0])->context, parameters);
  DH_free(parameters);
  if (done != 1) return RaiseSslLast(thread, __LINE__);
  return kNone;
}

Result<Value> SetEcdhCurve(Thread& thread, Args args) {
  std::string name;
  if (IsStr(args[1])) {
    name = ToUtf8(args[1]);
  } else if (IsBytes(args[1])) {
    name = std::string(args[1].As<Bytes>()->view());
  } else {
    return thread.RaiseTypeError("expected str, bytes or os.PathLike object, not %s",
                                 std::string(TypeNameOf(args[1])).c_str());
  }
  if (OBJ_sn2nid(name.c_str()) == NID_undef)
    return thread.RaiseValueError("unknown elliptic curve name %s", name.c_str());
  if (SSL_CTX_set1_groups_list(Self(args[0])->context, name.c_str()) != 1)
    return RaiseSslLast(thread, __LINE__);
  return kNone;
}

// --- ciphers and protocols ---

Result<Value> SetCiphers(Thread& thread, Args args) {
  const std::string list = ToUtf8(args[1]);
  ERR_clear_error();
  if (SSL_CTX_set_cipher_list(Self(args[0])->context, list.c_str()) != 1) {
    ERR_clear_error();
    return RaiseSslText(thread, kSslError, 0, "No cipher can be selected.", 0, 0);
  }
  return kNone;
}

Result<Value> CipherDescription(Thread& thread, const SSL_CIPHER* cipher) {
  GILA_TRY(Dict * shown, NewDict(thread));
  const auto put = [&](const char* key, Value value) {
    return DictSet(thread, shown, Intern(thread, key), value);
  };
  const auto put_text = [&](const char* key, const char* text) -> Status {
    GILA_TRY(const Value value, OptionalText(thread, text));
    return put(key, value);
  };
  int algorithm_bits = 0;
  const int bits = SSL_CIPHER_get_bits(cipher, &algorithm_bits);
  char buffer[512];
  SSL_CIPHER_description(cipher, buffer, sizeof(buffer));
  std::string description = buffer;
  while (!description.empty() && description.back() == '\n') description.pop_back();
  GILA_TRY_VOID(put("id", Value::SmallInt(SSL_CIPHER_get_id(cipher))));
  GILA_TRY_VOID(put_text("name", SSL_CIPHER_get_name(cipher)));
  GILA_TRY_VOID(put_text("protocol", SSL_CIPHER_get_version(cipher)));
  GILA_TRY_VOID(put_text("description", description.c_str()));
  GILA_TRY_VOID(put("strength_bits", Value::SmallInt(bits)));
  GILA_TRY_VOID(put("alg_bits", Value::SmallInt(algorithm_bits)));
  GILA_TRY_VOID(put("aead", Value::Bool(SSL_CIPHER_is_aead(cipher) != 0)));
  const auto long_name = [](int nid) { return nid == NID_undef ? nullptr : OBJ_nid2ln(nid); };
  GILA_TRY_VOID(put_text("symmetric", long_name(SSL_CIPHER_get_cipher_nid(cipher))));
  GILA_TRY_VOID(put_text("digest", long_name(SSL_CIPHER_get_digest_nid(cipher))));
  GILA_TRY_VOID(put_text("kea", long_name(SSL_CIPHER_get_kx_nid(cipher))));
  GILA_TRY_VOID(put_text("auth", long_name(SSL_CIPHER_get_auth_nid(cipher))));
  return shown;
}

Result<Value> GetCiphers(Thread& thread, Args args) {
  GILA_TRY(List * found, NewList(thread));
  SSL* const ssl = SSL_new(Self(args[0])->context);
  if (ssl == nullptr) return RaiseSslLast(thread, __LINE__);
  STACK_OF(SSL_CIPHER)* const ciphers = SSL_get_ciphers(ssl);
  bool failed = false;
  for (int i = 0; !failed && i < sk_SSL_CIPHER_num(ciphers); ++i) {
    const Result<Value> shown = CipherDescription(thread, sk_SSL_CIPHER_value(ciphers, i));
    failed = !shown.ok() || !ListAppend(thread, found, shown.value()).ok();
  }
  SSL_free(ssl);
  if (failed) return kFailed;
  return found;
}

int SelectAlpn(SSL*, const unsigned char** out, unsigned char* out_length,
               const unsigned char* offered, unsigned int offered_length, void* data) {
  const auto* const own = static_cast<std::string*>(data);
  const int found =
      SSL_select_next_proto(const_cast<unsigned char**>(out), out_length,
                            reinterpret_cast<const unsigned char*>(own->data()),
                            static_cast<unsigned>(own->size()), offered, offered_length);
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

Result<Value> SetAlpn(Thread& thread, Args args) {
  SslContext* const self = Self(args[0]);
  GILA_TRY(const std::string protocols, CopyBuffer(thread, args[1]));
  ScopedGate gate(thread, self->gate);
  if (SSL_CTX_set_alpn_protos(self->context,
                              reinterpret_cast<const unsigned char*>(protocols.data()),
                              static_cast<unsigned>(protocols.size())) != 0)
    return thread.RaiseMemoryError();
  // A handshake in another thread may still read an earlier list: all stay until the context goes.
  if (self->alpn == nullptr) self->alpn = new std::forward_list<std::string>();
  self->alpn->push_front(protocols);
  SSL_CTX_set_alpn_select_cb(self->context, SelectAlpn, &self->alpn->front());
  return kNone;
}

// --- what the store knows ---

Result<Value> CertStoreStats(Thread& thread, Args args) {
  STACK_OF(X509_OBJECT)* const objects =
      X509_STORE_get0_objects(SSL_CTX_get_cert_store(Self(args[0])->context));
  int64_t certificates = 0, lists = 0, authorities = 0;
  for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
    const X509_OBJECT* const object = sk_X509_OBJECT_value(objects, i);
    if (X509_OBJECT_get_type(object) == X509_LU_CRL) ++lists;
    if (X509_OBJECT_get_type(object) != X509_LU_X509) continue;
    ++certificates;
    if (X509_check_ca(X509_OBJECT_get0_X509(object)) != 0) ++authorities;
  }
  GILA_TRY(Dict * shown, NewDict(thread));
  GILA_TRY_VOID(DictSet(thread, shown, Intern(thread, "x509"), Value::SmallInt(certificates)));
  GILA_TRY_VOID(DictSet(thread, shown, Intern(thread, "crl"), Value::SmallInt(lists)));
  GILA_TRY_VOID(DictSet(thread, shown, Intern(thread, "x509_ca"), Value::SmallInt(authorities)));
  return shown;
}

Result<Value> GetCaCerts(Thread& thread, Args args) {
  bool binary = false;
  if (args.Has(1)) {
    GILA_TRY(binary, Truth(thread, args[1]));
  }
  GILA_TRY(List * found, NewList(thread));
  STACK_OF(X509_OBJECT)* const objects =
      X509_STORE_get0_objects(SSL_CTX_get_cert_store(Self(args[0])->context));
  for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
    const X509_OBJECT* const object = sk_X509_OBJECT_value(objects, i);
    if (X509_OBJECT_get_type(object) != X509_LU_X509) continue;
    X509* const certificate = X509_OBJECT_get0_X509(object);
    if (X509_check_ca(certificate) == 0) continue;
    GILA_TRY(const Value shown,
             binary ? CertificateBytes(thread, certificate) : CertificateDict(thread, certificate));
    GILA_TRY_VOID(ListAppend(thread, found, shown));
  }
  return found;
}

Result<Value> SessionStats(Thread& thread, Args args) {
  SSL_CTX* const context = Self(args[0])->context;
  const struct {
    const char* name;
    long value;
  } rows[] = {{"number", SSL_CTX_sess_number(context)},
              {"connect", SSL_CTX_sess_connect(context)},
              {"connect_good", SSL_CTX_sess_connect_good(context)},
              {"connect_renegotiate", SSL_CTX_sess_connect_renegotiate(context)},
              {"accept", SSL_CTX_sess_accept(context)},
              {"accept_good", SSL_CTX_sess_accept_good(context)},
              {"accept_renegotiate", SSL_CTX_sess_accept_renegotiate(context)},
              {"hits", SSL_CTX_sess_hits(context)},
              {"misses", SSL_CTX_sess_misses(context)},
              {"timeouts", SSL_CTX_sess_timeouts(context)},
              {"cache_full", SSL_CTX_sess_cache_full(context)}};
  GILA_TRY(Dict * shown, NewDict(thread));
  for (const auto& row : rows)
    GILA_TRY_VOID(DictSet(thread, shown, Intern(thread, row.name), Value::SmallInt(row.value)));
  return shown;
}

// --- attributes ---

Result<Value> GetOptions(Thread& thread, Value self) {
  return NewIntFromUnsigned(thread, SSL_CTX_get_options(Self(self)->context));
}
Status SetOptions(Thread& thread, Value self, Value value) {
  GILA_TRY(const int64_t wanted, ToInt64(thread, value));
  if (wanted < 0)
    return thread.Raise(TypeId::kOverflowError, "can't convert negative value to unsigned int");
  const uint64_t now = SSL_CTX_get_options(Self(self)->context);
  SSL_CTX_clear_options(Self(self)->context, now & ~static_cast<uint64_t>(wanted));
  SSL_CTX_set_options(Self(self)->context, static_cast<uint64_t>(wanted) & ~now);
  return kOk;
}

Result<Value> GetVerifyMode(Thread& thread, Value self) {
  switch (SSL_CTX_get_verify_mode(Self(self)->context) &
          (SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT)) {
    case SSL_VERIFY_NONE:
      return Value::SmallInt(0);
    case SSL_VERIFY_PEER:
      return Value::SmallInt(1);
    case SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT:
      return Value::SmallInt(2);
    default:
      return RaiseSslText(thread, kSslError, 0,
                          "invalid return value from SSL_CTX_get_verify_mode");
  }
}
Status SetVerifyMode(Thread& thread, Value self, Value value) {
  GILA_TRY(const int64_t mode, ToInt64(thread, value));
  if (mode < 0 || mode > 2) return thread.RaiseValueError("invalid value for verify_mode");
  if (mode == 0 && Self(self)->check_hostname.Load() != 0)
    return thread.RaiseValueError(
        "Cannot set verify_mode to CERT_NONE when check_hostname is enabled.");
  constexpr int kModes[] = {SSL_VERIFY_NONE, SSL_VERIFY_PEER,
                            SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT};
  SSL_CTX_set_verify(Self(self)->context, kModes[mode], nullptr);
  return kOk;
}

Result<Value> GetVerifyFlags(Thread&, Value self) {
  return Value::SmallInt(
      static_cast<int64_t>(X509_VERIFY_PARAM_get_flags(SSL_CTX_get0_param(Self(self)->context))));
}
Status SetVerifyFlags(Thread& thread, Value self, Value value) {
  GILA_TRY(const int64_t wanted, ToInt64(thread, value));
  X509_VERIFY_PARAM* const parameters = SSL_CTX_get0_param(Self(self)->context);
  const unsigned long now = X509_VERIFY_PARAM_get_flags(parameters);
  X509_VERIFY_PARAM_clear_flags(parameters, now & ~static_cast<unsigned long>(wanted));
  X509_VERIFY_PARAM_set_flags(parameters, static_cast<unsigned long>(wanted) & ~now);
  return kOk;
}

Result<Value> GetCheckHostname(Thread&, Value self) {
  return Value::Bool(Self(self)->check_hostname.Load() != 0);
}
Status SetCheckHostname(Thread& thread, Value self, Value value) {
  GILA_TRY(const bool on, Truth(thread, value));
  if (on && SSL_CTX_get_verify_mode(Self(self)->context) == SSL_VERIFY_NONE)
    SSL_CTX_set_verify(Self(self)->context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                       nullptr);
  Self(self)->check_hostname.Store(on ? 1 : 0);
  return kOk;
}

Result<Value> GetHostFlags(Thread&, Value self) {
  return Value::SmallInt(Self(self)->host_flags.Load());
}
Status SetHostFlags(Thread& thread, Value self, Value value) {
  GILA_TRY(const int64_t flags, ToInt64(thread, value));
  Self(self)->host_flags.Store(static_cast<int32_t>(flags));
  X509_VERIFY_PARAM_set_hostflags(SSL_CTX_get0_param(Self(self)->context),
                                  static_cast<unsigned>(flags));
  return kOk;
}

constexpr int64_t kMinimumSupported = -2, kMaximumSupported = -1;

Result<Value> GetMinimum(Thread&, Value self) {
  const long version = SSL_CTX_get_min_proto_version(Self(self)->context);
  return Value::SmallInt(version == 0 ? kMinimumSupported : version);
}
Result<Value> GetMaximum(Thread&, Value self) {
  const long version = SSL_CTX_get_max_proto_version(Self(self)->context);
  return Value::SmallInt(version == 0 ? kMaximumSupported : version);
}
Status SetLimit(Thread& thread, Value self, Value value, bool minimum) {
  SslContext* const context = Self(self);
  if (context->protocol != kProtocolTls && context->protocol != kProtocolClient &&
      context->protocol != kProtocolServer) {
    return thread.RaiseValueError(
        "The context's protocol doesn't support modification of highest "
        "and lowest version.");
  }
  GILA_TRY(int64_t version, ToInt64(thread, value));
  const bool known = version == kMinimumSupported || version == kMaximumSupported ||
                     (version >= SSL3_VERSION && version <= TLS1_3_VERSION);
  if (!known)
    return thread.RaiseValueError("Unsupported TLS/SSL version 0x%x", static_cast<int>(version));
  if (version == kMinimumSupported) version = minimum ? 0 : TLS1_VERSION;
  if (version == kMaximumSupported) version = minimum ? TLS1_3_VERSION : 0;
  const int done = minimum ? static_cast<int>(SSL_CTX_set_min_proto_version(
                                 context->context, static_cast<int>(version)))
                           : static_cast<int>(SSL_CTX_set_max_proto_version(
                                 context->context, static_cast<int>(version)));
  if (done == 0)
    return thread.RaiseValueError("Unsupported protocol version 0x%x", static_cast<int>(version));
  return kOk;
}
Status SetMinimum(Thread& thread, Value self, Value value) {
  return SetLimit(thread, self, value, true);
}
Status SetMaximum(Thread& thread, Value self, Value value) {
  return SetLimit(thread, self, value, false);
}

Result<Value> GetTickets(Thread&, Value self) {
  return Value::SmallInt(static_cast<int64_t>(SSL_CTX_get_num_tickets(Self(self)->context)));
}
Status SetTickets(Thread& thread, Value self, Value value) {
  GILA_TRY(const int64_t count, ToInt64(thread, value));
  if (count < 0) return thread.RaiseValueError("value must be non-negative");
  if (Self(self)->protocol != kProtocolServer)
    return thread.RaiseValueError("SSLContext is not a server context.");
  if (SSL_CTX_set_num_tickets(Self(self)->context, static_cast<size_t>(count)) != 1)
    return thread.RaiseValueError("failed to set num tickets.");
  return kOk;
}

Result<Value> GetSecurityLevel(Thread&, Value self) {
  return Value::SmallInt(SSL_CTX_get_security_level(Self(self)->context));
}
Result<Value> GetProtocol(Thread&, Value self) { return Value::SmallInt(Self(self)->protocol); }

Result<Value> GetPostHandshake(Thread&, Value self) {
  return Value::Bool(Self(self)->post_handshake_auth.Load() != 0);
}
Status SetPostHandshake(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "cannot delete attribute");
  GILA_TRY(const bool on, Truth(thread, value));
  Self(self)->post_handshake_auth.Store(on ? 1 : 0);
  // It is set for each client, and asked of each.
  return kOk;
}

Result<Value> GetSniCallback(Thread&, Value self) {
  const Value callback = Self(self)->sni_callback.Load();
  return callback.IsUnbound() ? kNone : callback;
}
Status SetSniCallback(Thread& thread, Value self, Value value) {
  SslContext* const context = Self(self);
  if (context->protocol == kProtocolClient)
    return thread.RaiseValueError("sni_callback cannot be set on TLS_CLIENT context");
  if (value.IsUnbound() || value.IsNone()) {
    SSL_CTX_set_client_hello_cb(context->context, nullptr, nullptr);
    context->sni_callback.Store(context, kUnbound);
    return kOk;
  }
  if (!IsCallable(value)) return thread.RaiseTypeError("not a callable object");
  context->sni_callback.Store(context, value);
  SSL_CTX_set_client_hello_cb(context->context, PauseAtHello, nullptr);
  return kOk;
}

// --- the log of keys ---

int key_log_index = -1;

void LogKeys(const SSL* ssl, const char* line) {
  auto* const bio = static_cast<BIO*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), key_log_index));
  if (bio == nullptr) return;
  // One write: lines of two connections may not mix.
  const std::string text = std::string(line) + "\n";
  BIO_write(bio, text.data(), static_cast<int>(text.size()));
  (void)BIO_flush(bio);
}

Result<Value> GetKeyLog(Thread&, Value self) {
  const Value name = Self(self)->key_log_name.Load();
  return name.IsUnbound() ? kNone : name;
}
Status SetKeyLog(Thread& thread, Value self, Value value) {
  SslContext* const context = Self(self);
  SSL_CTX_set_keylog_callback(context->context, nullptr);
  if (value.IsUnbound() || value.IsNone()) {
    SSL_CTX_set_ex_data(context->context, key_log_index, nullptr);
    context->key_log_name.Store(context, kUnbound);
    return kOk;
  }
  GILA_TRY(const std::string path, EncodeFsPath(thread, value));
  FILE* const file = fopen(path.c_str(), "a");
  if (file == nullptr) return thread.RaiseOsError(errno, value);
  BIO* const bio = BIO_new_fp(file, BIO_CLOSE | BIO_FP_TEXT);
  if (ftell(file) == 0 || fseek(file, 0, SEEK_END) != 0 || ftell(file) == 0)
    BIO_puts(bio, "# TLS secrets log file, generated by OpenSSL / Python\n");
  (void)BIO_flush(bio);
  // The earlier one may be in use in another thread: it stays, behind this one, until the context
  // goes.
  if (context->key_log != nullptr) BIO_push(bio, context->key_log);
  context->key_log = bio;
  SSL_CTX_set_ex_data(context->context, key_log_index, bio);
  SSL_CTX_set_keylog_callback(context->context, LogKeys);
  context->key_log_name.Store(context, value);
  return kOk;
}

Result<Value> GetMessageCallback(Thread&, Value self) {
  const Value callback = Self(self)->message_callback.Load();
  return callback.IsUnbound() ? kNone : callback;
}
Status SetMessageCallback(Thread& thread, Value self, Value value) {
  if (!value.IsUnbound() && !value.IsNone()) {
    if (!IsCallable(value))
      return thread.RaiseTypeError("%s is not callable.", std::string(TypeNameOf(value)).c_str());
  }
  Self(self)->message_callback.Store(Self(self), value.IsNone() ? kUnbound : value);
  return kOk;
}

constexpr KindInfo kKind = {"_SSLContext", Trace, Finalize};
constexpr NativeDef kMethods[] = {
    {"_wrap_socket", WrapSocket,
     "(self, sock, server_side, server_hostname=None, *, owner=None, session=None)",
     "A connection over a socket."},
    {"_wrap_bio", WrapBio,
     "(self, incoming, outgoing, server_side, server_hostname=None, *, owner=None, session=None)",
     "A connection over two MemoryBIOs."},
    {"load_cert_chain", LoadCertChain, "(self, certfile, keyfile=None, password=None)",
     "The certificate of this side, and its key."},
    {"load_verify_locations", LoadVerifyLocations, "(self, cafile=None, capath=None, cadata=None)",
     "Certificates of authorities that are trusted."},
    {"set_default_verify_paths", SetDefaultVerifyPaths, "(self, /)",
     "Trust those that the system trusts."},
    {"load_dh_params", LoadDhParams, "(self, filepath, /)", "Parameters of Diffie and Hellman."},
    {"set_ecdh_curve", SetEcdhCurve, "(self, name, /)", "The curve for exchanging keys."},
    {"set_ciphers", SetCiphers, "(self, cipherlist, /)", "Which ciphers may be used."},
    {"get_ciphers", GetCiphers, "(self, /)", "Which ciphers are used, the preferred ones first."},
    {"_set_alpn_protocols", SetAlpn, "(self, protos, /)", "The protocols to offer or choose from."},
    {"cert_store_stats", CertStoreStats, "(self, /)", "How many certificates are known."},
    {"get_ca_certs", GetCaCerts, "(self, binary_form=False)", "The authorities that are known."},
    {"session_stats", SessionStats, "(self, /)", "Figures about the sessions."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr GetSetDef kFields[] = {
    {"options", GetOptions, SetOptions, nullptr},
    {"verify_mode", GetVerifyMode, SetVerifyMode, nullptr},
    {"verify_flags", GetVerifyFlags, SetVerifyFlags, nullptr},
    {"check_hostname", GetCheckHostname, SetCheckHostname, nullptr},
    {"_host_flags", GetHostFlags, SetHostFlags, nullptr},
    {"minimum_version", GetMinimum, SetMinimum, nullptr},
    {"maximum_version", GetMaximum, SetMaximum, nullptr},
    {"num_tickets", GetTickets, SetTickets, nullptr},
    {"security_level", GetSecurityLevel, nullptr, nullptr},
    {"protocol", GetProtocol, nullptr, nullptr},
    {"post_handshake_auth", GetPostHandshake, SetPostHandshake, nullptr},
    {"sni_callback", GetSniCallback, SetSniCallback, nullptr},
    {"keylog_filename", GetKeyLog, SetKeyLog, nullptr},
    {"_msg_callback", GetMessageCallback, SetMessageCallback, nullptr},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kSpec = {.doc = "Settings of connections, and the certificates they use.",
                            .new_function = New,
                            .new_signature = "(cls, protocol, /)",
                            .methods = kMethods,
                            .getsets = kFields};

}  // namespace

Status AddSslContext(Thread& thread, Module* module) {
  if (key_log_index < 0)
    key_log_index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  GILA_TRY(ssl_context_type, AddType(thread, module, kSpec, "_ssl._SSLContext", RegisterKind(kKind),
                                     sizeof(SslContext), kBasetype));
  heap::AddRoot(reinterpret_cast<Object**>(&ssl_context_type));
  return kOk;
}

}  // namespace gila

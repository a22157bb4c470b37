// ssl_module.cc: the module _ssl on OpenSSL 3: its errors, random bytes, names of objects and the
// constants. Contexts are in ssl_context.cc, connections in ssl_socket.cc; ssl (lib/ssl.py) is what
// programs see.
#include <openssl/objects.h>
#include <openssl/rand.h>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "stdlib/native_support.h"
#include "stdlib/ssl_internal.h"

namespace gila {

namespace {

// The classes of ssl.py, in the order of SslErrorClass.
Value error_classes[kSslErrorClasses] = {kUnbound, kUnbound, kUnbound, kUnbound,
                                         kUnbound, kUnbound, kUnbound};

Result<Value> SetErrors(Thread& thread, Args args) {
  if (args.rest().size() != kSslErrorClasses)
    return thread.RaiseTypeError("wrong number of classes");
  for (size_t i = 0; i < kSslErrorClasses; ++i) {
    // The first ones stay: programs catch those.
    if (error_classes[i].IsUnbound()) error_classes[i] = args.rest()[i];
  }
  return kNone;
}

// "certificate verify failed" as CERTIFICATE_VERIFY_FAILED.
std::string Mnemonic(const char* text) {
  std::string name;
  for (const char* c = text; *c != '\0'; ++c)
    name += isalnum(static_cast<unsigned char>(*c)) != 0
                ? static_cast<char>(toupper(static_cast<unsigned char>(*c)))
                : '_';
  return name;
}

std::string LibraryName(unsigned long code) {
  const char* const text = ERR_lib_error_string(code);
  if (text == nullptr) return "";
  std::string name = text;
  // "SSL routines", "x509 certificate routines".
  if (const size_t end = name.rfind(" routines"); end != std::string::npos) name.resize(end);
  if (ERR_GET_LIB(code) == ERR_LIB_X509) return "X509";
  return Mnemonic(name.c_str());
}

// --- random bytes ---

Result<Value> RandAdd(Thread& thread, Args args) {
  std::string bytes;
  if (IsStr(args[0])) {
    bytes = ToUtf8(args[0]);
  } else {
    GILA_TRY(bytes, CopyBuffer(thread, args[0]));
  }
  GILA_TRY(const double entropy, ToDouble(thread, args[1]));
  RAND_add(bytes.data(), static_cast<int>(std::min<size_t>(bytes.size(), INT32_MAX)), entropy);
  return kNone;
}
Result<Value> RandBytes(Thread& thread, Args args) {
  GILA_TRY(const int64_t count, ToInt64(thread, args[0]));
  if (count < 0) return thread.RaiseValueError("num must be positive");
  if (count > INT32_MAX)
    return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C int");
  GILA_TRY(Bytes * bytes, NewBytesUninitialized(thread, count));
  if (RAND_bytes(reinterpret_cast<unsigned char*>(const_cast<char*>(bytes->view().data())),
                 static_cast<int>(count)) != 1)
    return RaiseSslLast(thread, __LINE__);
  return bytes;
}
Result<Value> RandStatus(Thread&, Args) { return Value::Bool(RAND_status() == 1); }

// --- names ---

Result<Value> ObjectTuple(Thread& thread, const ASN1_OBJECT* object) {
  const int nid = OBJ_obj2nid(object);
  if (nid == NID_undef) return thread.RaiseValueError("Unknown object");
  char numbers[256];
  const int size = OBJ_obj2txt(numbers, sizeof(numbers), object, 1);
  GILA_TRY(const Value short_name, OptionalText(thread, OBJ_nid2sn(nid)));
  GILA_TRY(const Value long_name, OptionalText(thread, OBJ_nid2ln(nid)));
  GILA_TRY(const Value oid, OptionalText(thread, size > 0 ? numbers : nullptr));
  const Value parts[] = {Value::SmallInt(nid), short_name, long_name, oid};
  return Result<Value>(NewTuple(thread, parts));
}
Result<Value> TextToObject(Thread& thread, Args args) {
  const std::string text = ToUtf8(args[0]);
  bool by_name = false;
  if (args.Has(1)) {
    GILA_TRY(by_name, Truth(thread, args[1]));
  }
  ASN1_OBJECT* const object = OBJ_txt2obj(text.c_str(), by_name ? 0 : 1);
  if (object == nullptr) {
    ERR_clear_error();
    return thread.RaiseValueError("unknown object '%.100s'", text.c_str());
  }
  const Result<Value> shown = ObjectTuple(thread, object);
  ASN1_OBJECT_free(object);
  return shown;
}
Result<Value> NidToObject(Thread& thread, Args args) {
  GILA_TRY(const int64_t nid, ToInt64(thread, args[0]));
  if (nid < NID_undef) return thread.RaiseValueError("NID must be positive.");
  const ASN1_OBJECT* const object = OBJ_nid2obj(static_cast<int>(nid));
  if (object == nullptr || nid == NID_undef) {
    ERR_clear_error();
    return thread.RaiseValueError("unknown NID %d", static_cast<int>(nid));
  }
  return ObjectTuple(thread, object);
}

Result<Value> DefaultVerifyPaths(Thread& thread, Args) {
  Value parts[4];
  const char* const texts[] = {X509_get_default_cert_file_env(), X509_get_default_cert_file(),
                               X509_get_default_cert_dir_env(), X509_get_default_cert_dir()};
  for (size_t i = 0; i < 4; ++i) {
    GILA_TRY(parts[i], OptionalText(thread, texts[i]));
  }
  return Result<Value>(NewTuple(thread, parts));
}

constexpr NativeDef kFunctions[] = {
    {"_set_errors", SetErrors, "(*classes)", "The exception classes, from ssl."},
    {"RAND_add", RandAdd, "(string, entropy, /)", "Adds to the entropy."},
    {"RAND_bytes", RandBytes, "(n, /)", "Random bytes."},
    {"RAND_status", RandStatus, "()", "Whether there is enough entropy."},
    {"txt2obj", TextToObject, "(txt, name=False)", "(nid, short name, long name, oid) of a name."},
    {"nid2obj", NidToObject, "(nid, /)", "(nid, short name, long name, oid) of a number."},
    {"get_default_verify_paths", DefaultVerifyPaths, "()",
     "The names of environment variables and the places of certificates."},
    {nullptr, nullptr, nullptr, nullptr}};

const struct {
  const char* name;
  int64_t value;
} kConstants[] = {
    {"SSL_ERROR_ZERO_RETURN", SSL_ERROR_ZERO_RETURN},
    {"SSL_ERROR_WANT_READ", SSL_ERROR_WANT_READ},
    {"SSL_ERROR_WANT_WRITE", SSL_ERROR_WANT_WRITE},
    {"SSL_ERROR_WANT_X509_LOOKUP", SSL_ERROR_WANT_X509_LOOKUP},
    {"SSL_ERROR_SYSCALL", SSL_ERROR_SYSCALL},
    {"SSL_ERROR_SSL", SSL_ERROR_SSL},
    {"SSL_ERROR_WANT_CONNECT", SSL_ERROR_WANT_CONNECT},
    {"SSL_ERROR_EOF", kSslErrorEof},
    {"SSL_ERROR_INVALID_ERROR_CODE", 10},
    {"CERT_NONE", 0},
    {"CERT_OPTIONAL", 1},
    {"CERT_REQUIRED", 2},
    {"VERIFY_DEFAULT", 0},
    {"VERIFY_CRL_CHECK_LEAF", X509_V_FLAG_CRL_CHECK},
    {"VERIFY_CRL_CHECK_CHAIN", X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL},
    {"VERIFY_X509_STRICT", X509_V_FLAG_X509_STRICT},
    {"VERIFY_ALLOW_PROXY_CERTS", X509_V_FLAG_ALLOW_PROXY_CERTS},
    {"VERIFY_X509_TRUSTED_FIRST", X509_V_FLAG_TRUSTED_FIRST},
    {"VERIFY_X509_PARTIAL_CHAIN", X509_V_FLAG_PARTIAL_CHAIN},
    {"ALERT_DESCRIPTION_CLOSE_NOTIFY", SSL_AD_CLOSE_NOTIFY},
    {"ALERT_DESCRIPTION_UNEXPECTED_MESSAGE", SSL_AD_UNEXPECTED_MESSAGE},
    {"ALERT_DESCRIPTION_BAD_RECORD_MAC", SSL_AD_BAD_RECORD_MAC},
    {"ALERT_DESCRIPTION_RECORD_OVERFLOW", SSL_AD_RECORD_OVERFLOW},
    {"ALERT_DESCRIPTION_DECOMPRESSION_FAILURE", SSL_AD_DECOMPRESSION_FAILURE},
    {"ALERT_DESCRIPTION_HANDSHAKE_FAILURE", SSL_AD_HANDSHAKE_FAILURE},
    {"ALERT_DESCRIPTION_BAD_CERTIFICATE", SSL_AD_BAD_CERTIFICATE},
    {"ALERT_DESCRIPTION_UNSUPPORTED_CERTIFICATE", SSL_AD_UNSUPPORTED_CERTIFICATE},
    {"ALERT_DESCRIPTION_CERTIFICATE_REVOKED", SSL_AD_CERTIFICATE_REVOKED},
    {"ALERT_DESCRIPTION_CERTIFICATE_EXPIRED", SSL_AD_CERTIFICATE_EXPIRED},
    {"ALERT_DESCRIPTION_CERTIFICATE_UNKNOWN", SSL_AD_CERTIFICATE_UNKNOWN},
    {"ALERT_DESCRIPTION_ILLEGAL_PARAMETER", SSL_AD_ILLEGAL_PARAMETER},
    {"ALERT_DESCRIPTION_UNKNOWN_CA", SSL_AD_UNKNOWN_CA},
    {"ALERT_DESCRIPTION_ACCESS_DENIED", SSL_AD_ACCESS_DENIED},
    {"ALERT_DESCRIPTION_DECODE_ERROR", SSL_AD_DECODE_ERROR},
    {"ALERT_DESCRIPTION_DECRYPT_ERROR", SSL_AD_DECRYPT_ERROR},
    {"ALERT_DESCRIPTION_PROTOCOL_VERSION", SSL_AD_PROTOCOL_VERSION},
    {"ALERT_DESCRIPTION_INSUFFICIENT_SECURITY", SSL_AD_INSUFFICIENT_SECURITY},
    {"ALERT_DESCRIPTION_INTERNAL_ERROR", SSL_AD_INTERNAL_ERROR},
    {"ALERT_DESCRIPTION_USER_CANCELLED", SSL_AD_USER_CANCELLED},
    {"ALERT_DESCRIPTION_NO_RENEGOTIATION", SSL_AD_NO_RENEGOTIATION},
    {"ALERT_DESCRIPTION_UNSUPPORTED_EXTENSION", SSL_AD_UNSUPPORTED_EXTENSION},
    {"ALERT_DESCRIPTION_CERTIFICATE_UNOBTAINABLE", SSL_AD_CERTIFICATE_UNOBTAINABLE},
    {"ALERT_DESCRIPTION_UNRECOGNIZED_NAME", SSL_AD_UNRECOGNIZED_NAME},
    {"ALERT_DESCRIPTION_BAD_CERTIFICATE_STATUS_RESPONSE", SSL_AD_BAD_CERTIFICATE_STATUS_RESPONSE},
    {"ALERT_DESCRIPTION_BAD_CERTIFICATE_HASH_VALUE", SSL_AD_BAD_CERTIFICATE_HASH_VALUE},
    {"ALERT_DESCRIPTION_UNKNOWN_PSK_IDENTITY", SSL_AD_UNKNOWN_PSK_IDENTITY},
    {"PROTOCOL_SSLv23", 2},
    {"PROTOCOL_TLS", 2},
    {"PROTOCOL_TLS_CLIENT", 16},
    {"PROTOCOL_TLS_SERVER", 17},
    {"PROTOCOL_TLSv1", 3},
    {"PROTOCOL_TLSv1_1", 4},
    {"PROTOCOL_TLSv1_2", 5},
    {"OP_ALL",
     static_cast<int64_t>(SSL_OP_ALL & ~static_cast<uint64_t>(SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS))},
    {"OP_NO_SSLv2", SSL_OP_NO_SSLv2},
    {"OP_NO_SSLv3", SSL_OP_NO_SSLv3},
    {"OP_NO_TLSv1", SSL_OP_NO_TLSv1},
    {"OP_NO_TLSv1_1", SSL_OP_NO_TLSv1_1},
    {"OP_NO_TLSv1_2", SSL_OP_NO_TLSv1_2},
    {"OP_NO_TLSv1_3", SSL_OP_NO_TLSv1_3},
    {"OP_CIPHER_SERVER_PREFERENCE", SSL_OP_CIPHER_SERVER_PREFERENCE},
    {"OP_SINGLE_DH_USE", SSL_OP_SINGLE_DH_USE},
    {"OP_NO_TICKET", SSL_OP_NO_TICKET},
    {"OP_SINGLE_ECDH_USE", SSL_OP_SINGLE_ECDH_USE},
    {"OP_NO_COMPRESSION", SSL_OP_NO_COMPRESSION},
    {"OP_ENABLE_MIDDLEBOX_COMPAT", SSL_OP_ENABLE_MIDDLEBOX_COMPAT},
    {"OP_NO_RENEGOTIATION", static_cast<int64_t>(SSL_OP_NO_RENEGOTIATION)},
    {"OP_IGNORE_UNEXPECTED_EOF", SSL_OP_IGNORE_UNEXPECTED_EOF},
    {"HOSTFLAG_ALWAYS_CHECK_SUBJECT", 1},
    {"HOSTFLAG_NEVER_CHECK_SUBJECT", 32},
    {"HOSTFLAG_NO_WILDCARDS", 2},
    {"HOSTFLAG_NO_PARTIAL_WILDCARDS", 4},
    {"HOSTFLAG_MULTI_LABEL_WILDCARDS", 8},
    {"HOSTFLAG_SINGLE_LABEL_SUBDOMAINS", 16},
    {"PROTO_MINIMUM_SUPPORTED", -2},
    {"PROTO_MAXIMUM_SUPPORTED", -1},
    {"PROTO_SSLv3", SSL3_VERSION},
    {"PROTO_TLSv1", TLS1_VERSION},
    {"PROTO_TLSv1_1", TLS1_1_VERSION},
    {"PROTO_TLSv1_2", TLS1_2_VERSION},
    {"PROTO_TLSv1_3", TLS1_3_VERSION},
};

const struct {
  const char* name;
  bool value;
} kFacts[] = {{"HAS_SNI", true},     {"HAS_TLS_UNIQUE", true}, {"HAS_ECDH", true},
              {"HAS_NPN", false},    {"HAS_ALPN", true},       {"HAS_SSLv2", false},
              {"HAS_SSLv3", false},  {"HAS_TLSv1", true},      {"HAS_TLSv1_1", true},
              {"HAS_TLSv1_2", true}, {"HAS_TLSv1_3", true}};

// OPENSSL_VERSION, its number and its parts.
Status AddVersion(Thread& thread, Module* module) {
  const unsigned long number = OpenSSL_version_num();
  GILA_TRY(const Value text, OptionalText(thread, OpenSSL_version(OPENSSL_VERSION)));
  GILA_TRY_VOID(AddValue(thread, module, "OPENSSL_VERSION", text));
  GILA_TRY_VOID(AddValue(thread, module, "OPENSSL_VERSION_NUMBER",
                         Value::SmallInt(static_cast<int64_t>(number))));
  const auto part = [number](int shift, unsigned long mask) {
    return Value::SmallInt(static_cast<int64_t>(number >> shift & mask));
  };
  const Value parts[] = {part(28, 0xF), part(20, 0xFF), part(12, 0xFF), part(4, 0xFF),
                         part(0, 0xF)};
  GILA_TRY(Tuple * info, NewTuple(thread, parts));
  GILA_TRY_VOID(AddValue(thread, module, "OPENSSL_VERSION_INFO", info));
  return AddValue(thread, module, "_OPENSSL_API_VERSION", info);
}

}  // namespace

Result<Value> OptionalText(Thread& thread, const char* text) {
  if (text == nullptr) return kNone;
  return Result<Value>(NewStr(thread, text));
}

Result<Value> NewSslError(Thread& thread, SslErrorClass which, int number, std::string text,
                          unsigned long code, const std::string& detail, int line) {
  if (line == 0) {
    // Nothing but the text.
    GILA_TRY(Str * plain, NewStr(thread, text));
    return Call(thread, error_classes[which], {plain});
  }
  const char* const reason_text = code == 0 ? nullptr : ERR_reason_error_string(code);
  const std::string library = code == 0 ? "" : LibraryName(code);
  const std::string reason = reason_text == nullptr ? "" : Mnemonic(reason_text);
  if (text.empty()) text = reason_text == nullptr ? "unknown error" : reason_text;
  if (!detail.empty()) text += ": " + detail;
  if (!library.empty() && !reason.empty())
    text = "[" + library + ": " + reason + "] " + text;
  else if (!library.empty())
    text = "[" + library + "] " + text;
  text += " (_ssl.c:" + std::to_string(line) + ")";
  ERR_clear_error();
  const Value cls = error_classes[which];
  if (cls.IsUnbound()) return thread.Raise(TypeId::kOSError, text);
  GILA_TRY(Str * message, NewStr(thread, text));
  GILA_TRY(const Value error, Call(thread, cls, {Value::SmallInt(number), message}));
  GILA_TRY(const Value shown_library,
           OptionalText(thread, library.empty() ? nullptr : library.c_str()));
  GILA_TRY(const Value shown_reason,
           OptionalText(thread, reason.empty() ? nullptr : reason.c_str()));
  GILA_TRY_VOID(SetAttr(thread, error, Intern(thread, "library"), shown_library));
  GILA_TRY_VOID(SetAttr(thread, error, Intern(thread, "reason"), shown_reason));
  return error;
}

Failed RaiseSslText(Thread& thread, SslErrorClass which, int number, const std::string& text,
                    unsigned long code, int line) {
  const Result<Value> error = NewSslError(thread, which, number, text, code, "", line);
  if (!error.ok()) return kFailed;
  return thread.RaiseObject(error.value());
}

Failed RaiseSslLast(Thread& thread, int line) {
  const unsigned long code = ERR_peek_last_error();
  return RaiseSslText(thread, kSslError, ERR_GET_REASON(code), "", code, line);
}

Result<Value> CipherTuple(Thread& thread, const SSL_CIPHER* cipher) {
  GILA_TRY(const Value name, OptionalText(thread, SSL_CIPHER_get_name(cipher)));
  GILA_TRY(const Value version, OptionalText(thread, SSL_CIPHER_get_version(cipher)));
  const Value parts[] = {name, version, Value::SmallInt(SSL_CIPHER_get_bits(cipher, nullptr))};
  return Result<Value>(NewTuple(thread, parts));
}

Status InitSslModule(Thread& thread, Module* module) {
  for (Value& cls : error_classes) heap::AddRoot(&cls);
  GILA_TRY_VOID(AddSslContext(thread, module));
  GILA_TRY_VOID(AddSslSocket(thread, module));
  GILA_TRY_VOID(AddMemoryBio(thread, module));
  for (const auto& constant : kConstants)
    GILA_TRY_VOID(AddValue(thread, module, constant.name, Value::SmallInt(constant.value)));
  for (const auto& fact : kFacts)
    GILA_TRY_VOID(AddValue(thread, module, fact.name, Value::Bool(fact.value)));
  GILA_TRY(const Value ciphers, OptionalText(thread,
                                             "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES:"
                                             "DHE+AES:!aNULL:!eNULL:!aDSS:!SHA1:!AESCCM"));
  GILA_TRY_VOID(AddValue(thread, module, "_DEFAULT_CIPHERS", ciphers));
  GILA_TRY_VOID(AddVersion(thread, module));
  GILA_TRY_VOID(AddCertificate(thread, module));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

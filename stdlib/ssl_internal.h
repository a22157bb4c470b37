// ssl_internal.h: what the files of the module _ssl share: its objects, and the raising of its
// errors.
//
// OpenSSL's objects belong to one thread at a time: a context's calls are made attached and under
// its gate, a connection's steps detached and under its own. Callbacks of the program never run
// inside OpenSSL, but between two steps of a handshake.
#ifndef GILA_STDLIB_SSL_INTERNAL_H_
#define GILA_STDLIB_SSL_INTERNAL_H_

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <atomic>
#include <forward_list>
#include <string>

#include "runtime/native.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"

namespace gila {

// Which of the exception classes of ssl.py (they are handed over when it is imported).
enum SslErrorClass : int {
  kSslError,
  kSslZeroReturn,
  kSslWantRead,
  kSslWantWrite,
  kSslSyscall,
  kSslEof,
  kSslVerification,
  kSslErrorClasses
};

struct SslContext : Object {
  SSL_CTX* context;
  Atomic<uint32_t> gate;
  std::forward_list<std::string>* alpn;  // as OpenSSL wants it, the newest first; null: none
  BIO* key_log;                          // null: none
  Atomic<int32_t> check_hostname;
  Atomic<int32_t> post_handshake_auth;
  Atomic<int32_t> host_flags;
  int32_t protocol;
  Slot sni_callback;  // unbound: none
  Slot message_callback;
  Slot key_log_name;
};

struct MemoryBio : Object {
  BIO* bio;
  Atomic<uint32_t> gate;
  Atomic<int32_t> eof_written;
};

struct SslSession : Object {
  SSL_SESSION* session;
  SSL_CTX* context;  // whose it is; compared only
};

extern Type* ssl_context_type;
extern Type* memory_bio_type;
extern Type* ssl_session_type;

// The number that SSLError has for an end that came too early.
constexpr int kSslErrorEof = 8;

// An error of the class: "[LIBRARY: REASON] text: detail (_ssl.c:line)". Library and reason come
// from `code`, as does an empty text. Empties OpenSSL's queue. Line 0: nothing but the text.
Result<Value> NewSslError(Thread& thread, SslErrorClass which, int number, std::string text,
                          unsigned long code, const std::string& detail, int line) GILA_ATTACHED;
Failed RaiseSslText(Thread& thread, SslErrorClass which, int number, const std::string& text,
                    unsigned long code = 0, int line = __builtin_LINE()) GILA_ATTACHED;
// The last error of OpenSSL's queue as SSLError.
Failed RaiseSslLast(Thread& thread, int line) GILA_ATTACHED;

// Makes an _SSLSocket over a socket, or over two MemoryBIOs.
Result<Value> WrapSocket(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> WrapBio(Thread& thread, Args args) GILA_ATTACHED;

// A certificate as bytes (DER), or as the dict that getpeercert() shows.
Result<Value> CertificateBytes(Thread& thread, X509* certificate) GILA_ATTACHED;
Result<Value> CertificateDict(Thread& thread, X509* certificate) GILA_ATTACHED;
// The same as an object of the type Certificate.
Result<Value> NewCertificate(Thread& thread, X509* certificate) GILA_ATTACHED;
// (name, protocol version, bits) of a cipher.
Result<Value> CipherTuple(Thread& thread, const SSL_CIPHER* cipher) GILA_ATTACHED;

Result<Value> OptionalText(Thread& thread, const char* text) GILA_ATTACHED;  // None for null

Status AddSslContext(Thread& thread, Module* module) GILA_ATTACHED;
Status AddSslSocket(Thread& thread, Module* module) GILA_ATTACHED;
Status AddMemoryBio(Thread& thread, Module* module) GILA_ATTACHED;
Status AddCertificate(Thread& thread, Module* module) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_SSL_INTERNAL_H_

// hash_module.cc: the module _hashlib: message digests, HMAC and key derivation on OpenSSL. Digests
// of much data are computed detached, on one object by one thread at a time (its gate).
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>

#include <climits>
#include <cstring>
#include <string>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_type.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/native_support.h"

namespace gila {

namespace {

Type* hash_type = nullptr;
Type* xof_type = nullptr;
Type* unsupported_error = nullptr;

struct Digest : Object {
  Atomic<uint32_t> gate;
  EVP_MD_CTX* context;
  Slot name;
};

void TraceDigest(Object* object, Marker& marker) {
  marker.Visit(static_cast<Digest*>(object)->name);
}
void FinalizeDigest(Object* object) { EVP_MD_CTX_free(static_cast<Digest*>(object)->context); }
constexpr KindInfo kDigestKind = {"HASH", TraceDigest, FinalizeDigest};

// Python's names and OpenSSL's.
struct Algorithm {
  const char* name;
  const char* openssl;
  const EVP_MD* (*get)();
};
constexpr Algorithm kAlgorithms[] = {
    {"md5", "MD5", EVP_md5},
    {"sha1", "SHA1", EVP_sha1},
    {"sha224", "SHA2-224", EVP_sha224},
    {"sha256", "SHA2-256", EVP_sha256},
    {"sha384", "SHA2-384", EVP_sha384},
    {"sha512", "SHA2-512", EVP_sha512},
    {"sha512_224", "SHA2-512/224", EVP_sha512_224},
    {"sha512_256", "SHA2-512/256", EVP_sha512_256},
    {"sha3_224", "SHA3-224", EVP_sha3_224},
    {"sha3_256", "SHA3-256", EVP_sha3_256},
    {"sha3_384", "SHA3-384", EVP_sha3_384},
    {"sha3_512", "SHA3-512", EVP_sha3_512},
    {"shake_128", "SHAKE-128", EVP_shake128},
    {"shake_256", "SHAKE-256", EVP_shake256},
    {"blake2b", "BLAKE2B-512", EVP_blake2b512},
    {"blake2s", "BLAKE2S-256", EVP_blake2s256},
    {"ripemd160", "RIPEMD-160", EVP_ripemd160},
    {"sm3", "SM3", EVP_sm3},
    {"md5-sha1", "MD5-SHA1", EVP_md5_sha1},
};

const Algorithm* FindAlgorithm(std::string name) {
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  if (name.starts_with("sha-")) name.erase(3, 1);
  for (const Algorithm& algorithm : kAlgorithms)
    if (name == algorithm.name) return &algorithm;
  return nullptr;
}

Failed RaiseUnsupported(Thread& thread, const std::string& name) {
  return thread.RaiseValueError("unsupported hash type %s", name.c_str());
}

Status ReadData(Thread& thread, PinnedSource& source, Value data) {
  if (IsStr(data)) return thread.RaiseTypeError("Strings must be encoded before hashing");
  if (!IsBytesLike(data)) return thread.RaiseTypeError("object supporting the buffer API required");
  return source.Read(thread, data);
}

Status Update(Thread& thread, Digest* self, Value data) {
  PinnedSource source;
  GILA_TRY_VOID(ReadData(thread, source, data));
  ScopedGate gate(thread, self->gate);
  const int done = Detached(thread, source.size(), [&] {
    return EVP_DigestUpdate(self->context, source.data(), source.size());
  });
  if (done != 1) return thread.RaiseValueError("digest update failed");
  return kOk;
}

Result<Digest*> NewDigest(Thread& thread, Type* type, Value name) {
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  auto* const self = static_cast<Digest*>(object);
  self->name.Init(name);
  self->context = EVP_MD_CTX_new();
  if (self->context == nullptr) return thread.RaiseMemoryError();
  heap::RegisterFinalizer(thread, self);
  return self;
}

// Algorithms are fetched once: a fetch costs more than a short digest.
const EVP_MD* Fetched(size_t index) {
  static Atomic<const EVP_MD*> known[std::size(kAlgorithms)];
  const EVP_MD* md = known[index].Load();
  if (md != nullptr) return md;
  EVP_MD* const fetched = EVP_MD_fetch(nullptr, kAlgorithms[index].openssl, nullptr);
  if (fetched == nullptr) return nullptr;
  const EVP_MD* expected = nullptr;
  if (!known[index].CompareExchange(expected, fetched)) {
    EVP_MD_free(fetched);
    return expected;
  }
  return fetched;
}

const EVP_MD* Implementation(const Algorithm& algorithm) {
  return Fetched(static_cast<size_t>(&algorithm - kAlgorithms));
}

Result<Value> Make(Thread& thread, const Algorithm& algorithm, Value data) {
  const EVP_MD* const md = Implementation(algorithm);
  if (md == nullptr) return RaiseUnsupported(thread, algorithm.name);
  const bool xof = EVP_MD_get_flags(md) & EVP_MD_FLAG_XOF;
  GILA_TRY(Digest* const self,
           NewDigest(thread, xof ? xof_type : hash_type, Intern(thread, algorithm.name)));
  if (EVP_DigestInit_ex(self->context, md, nullptr) != 1)
    return RaiseUnsupported(thread, algorithm.name);
  if (!data.IsUnbound()) GILA_TRY_VOID(Update(thread, self, data));
  return self;
}

Result<Value> New(Thread& thread, Args args) {
  if (!IsStr(args[0])) return thread.RaiseTypeError("name must be a string");
  const std::string name = ToUtf8(args[0]);
  const Algorithm* const algorithm = FindAlgorithm(name);
  if (algorithm == nullptr) return RaiseUnsupported(thread, name);
  return Make(thread, *algorithm, args[1]);
}

template <size_t index>
Result<Value> MakeKnown(Thread& thread, Args args) {
  return Make(thread, kAlgorithms[index], args[0]);
}

// --- methods ---

Result<EVP_MD_CTX*> CopyContext(Thread& thread, Digest* self) {
  EVP_MD_CTX* const copy = EVP_MD_CTX_new();
  ScopedGate gate(thread, self->gate);
  if (copy == nullptr || EVP_MD_CTX_copy_ex(copy, self->context) != 1) {
    EVP_MD_CTX_free(copy);
    return thread.RaiseMemoryError();
  }
  return copy;
}

// A digest that is done, and its digits.
struct Sum {
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes), size}; }
};

Status Finish(Thread& thread, Digest* self, Sum* sum) {
  GILA_TRY(EVP_MD_CTX* const copy, CopyContext(thread, self));
  const int done = EVP_DigestFinal_ex(copy, sum->bytes, &sum->size);
  EVP_MD_CTX_free(copy);
  if (done != 1) return thread.RaiseValueError("digest failed");
  return kOk;
}

Result<Value> Hex(Thread& thread, std::string_view bytes) {
  return HexOfBytes(thread, bytes, kUnbound, kUnbound);
}

Result<Value> HashUpdate(Thread& thread, Args args) {
  GILA_TRY_VOID(Update(thread, args[0].As<Digest>(), args[1]));
  return kNone;
}
Result<Value> HashDigest(Thread& thread, Args args) {
  Sum sum;
  GILA_TRY_VOID(Finish(thread, args[0].As<Digest>(), &sum));
  return NewBytes(thread, sum.view());
}
Result<Value> HashHexDigest(Thread& thread, Args args) {
  Sum sum;
  GILA_TRY_VOID(Finish(thread, args[0].As<Digest>(), &sum));
  return Hex(thread, sum.view());
}
Result<Value> HashCopy(Thread& thread, Args args) {
  auto* const self = args[0].As<Digest>();
  GILA_TRY(Digest* const copy, NewDigest(thread, TypeOf(args[0]), self->name.Load()));
  ScopedGate gate(thread, self->gate);
  if (EVP_MD_CTX_copy_ex(copy->context, self->context) != 1) return thread.RaiseMemoryError();
  return copy;
}
Result<Value> HashRepr(Thread& thread, Args args) {
  char text[128];
  const std::string name = ToUtf8(args[0].As<Digest>()->name.Load());
  std::snprintf(text, sizeof text, "<%s %s object @ %p>", name.c_str(),
                TypeOf(args[0]) == xof_type ? "_hashlib.HASHXOF" : "_hashlib.HASH",
                static_cast<void*>(args[0].AsObject()));
  return NewStr(thread, text);
}

Result<std::string> Squeeze(Thread& thread, Digest* self, Value length) {
  GILA_TRY(const int64_t size, ToInt64(thread, length));
  if (size < 0) return thread.RaiseValueError("value must be positive");
  if (size >= int64_t{1} << 29) return thread.RaiseValueError("length is too large");
  GILA_TRY(EVP_MD_CTX* const copy, CopyContext(thread, self));
  std::string bytes(static_cast<size_t>(size), '\0');
  const int done =
      size == 0
          ? 1
          : EVP_DigestFinalXOF(copy, reinterpret_cast<unsigned char*>(bytes.data()), bytes.size());
  EVP_MD_CTX_free(copy);
  if (done != 1) return thread.RaiseValueError("digest failed");
  return bytes;
}

Result<Value> XofDigest(Thread& thread, Args args) {
  GILA_TRY(const std::string bytes, Squeeze(thread, args[0].As<Digest>(), args[1]));
  return NewBytes(thread, bytes);
}
Result<Value> XofHexDigest(Thread& thread, Args args) {
  GILA_TRY(const std::string bytes, Squeeze(thread, args[0].As<Digest>(), args[1]));
  return Hex(thread, bytes);
}

Result<Value> GetName(Thread&, Value self) { return self.As<Digest>()->name.Load(); }
Result<Value> GetDigestSize(Thread&, Value self) {
  if (TypeOf(self) == xof_type) return Value::SmallInt(0);
  return Value::SmallInt(EVP_MD_CTX_get_size(self.As<Digest>()->context));
}
Result<Value> GetBlockSize(Thread&, Value self) {
  return Value::SmallInt(EVP_MD_CTX_get_block_size(self.As<Digest>()->context));
}

constexpr GetSetDef kGetSets[] = {{"name", GetName, nullptr, "The name of the algorithm."},
                                  {"digest_size", GetDigestSize, nullptr, "Bytes of the digest."},
                                  {"block_size", GetBlockSize, nullptr, "Bytes of an inner block."},
                                  {nullptr, nullptr, nullptr, nullptr}};
constexpr NativeDef kHashMethods[] = {
    {"update", HashUpdate, "(self, obj, /)", "Takes more data in."},
    {"digest", HashDigest, "(self, /)", "The digest of what was taken in, as bytes."},
    {"hexdigest", HashHexDigest, "(self, /)", "The digest as hexadecimal digits."},
    {"copy", HashCopy, "(self, /)", "An object in the same state."},
    {"__repr__", HashRepr, "(self, /)", "Return repr(self)."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kHashSpec = {.doc = "The state of a message digest.",
                                .methods = kHashMethods,
                                .getsets = kGetSets,
                                .native_size = sizeof(Digest),
                                .kind_info = &kDigestKind};
constexpr NativeDef kXofMethods[] = {
    {"digest", XofDigest, "(self, length)", "So many bytes of output."},
    {"hexdigest", XofHexDigest, "(self, length)", "So many bytes of output as hexadecimal digits."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kXofSpec = {.doc = "The state of a digest of any length.",
                               .methods = kXofMethods,
                               .native_size = sizeof(Digest),
                               .kind_info = &kDigestKind};

// --- keys ---

Result<const EVP_MD*> DigestArgument(Thread& thread, Value name) {
  if (!IsStr(name)) {
    const std::string type(TypeNameOf(name));
    return thread.RaiseTypeError("pbkdf2_hmac() argument 'hash_name' must be str, not %s",
                                 type.c_str());
  }
  const Algorithm* const algorithm = FindAlgorithm(ToUtf8(name));
  const EVP_MD* const md = algorithm == nullptr ? nullptr : Implementation(*algorithm);
  if (md == nullptr)
    return RaiseOfType(thread, unsupported_error, "[digital envelope routines] unsupported");
  return md;
}

Result<Value> Pbkdf2(Thread& thread, Args args) {
  GILA_TRY(const EVP_MD* const md, DigestArgument(thread, args[0]));
  PinnedSource password, salt;
  GILA_TRY_VOID(password.Read(thread, args[1]));
  GILA_TRY_VOID(salt.Read(thread, args[2]));
  GILA_TRY(const int64_t iterations, ToInt64(thread, args[3]));
  int64_t length = EVP_MD_get_size(md);
  if (args.Has(4) && !args[4].IsNone()) {
    GILA_TRY(length, ToInt64(thread, args[4]));
  }
  if (password.size() > INT_MAX)
    return thread.Raise(TypeId::kOverflowError, "password is too long.");
  if (salt.size() > INT_MAX) return thread.Raise(TypeId::kOverflowError, "salt is too long.");
  if (iterations < 1) return thread.RaiseValueError("iteration value must be greater than 0.");
  if (iterations > INT_MAX)
    return thread.Raise(TypeId::kOverflowError, "iteration value is too great.");
  if (length < 1) return thread.RaiseValueError("key length must be greater than 0.");
  if (length > INT_MAX) return thread.Raise(TypeId::kOverflowError, "key length is too great.");
  std::string key(static_cast<size_t>(length), '\0');
  int done;
  {
    AllowThreads detached(thread, Blocked::kOther);
    done =
        PKCS5_PBKDF2_HMAC(password.view().data(), static_cast<int>(password.size()), salt.data(),
                          static_cast<int>(salt.size()), static_cast<int>(iterations), md,
                          static_cast<int>(length), reinterpret_cast<unsigned char*>(key.data()));
  }
  if (done != 1) return thread.RaiseValueError("pbkdf2_hmac failed");
  return NewBytes(thread, key);
}

Result<Value> Scrypt(Thread& thread, Args args) {
  PinnedSource password, salt;
  GILA_TRY_VOID(password.Read(thread, args[0]));
  if (!args.Has(1)) return thread.RaiseTypeError("salt is required");
  GILA_TRY_VOID(salt.Read(thread, args[1]));
  int64_t numbers[5] = {0, 0, 0, 0, 64};
  static constexpr const char* kRequired[] = {"n is required and must be an unsigned int",
                                              "r is required and must be an unsigned int",
                                              "p is required and must be an unsigned int"};
  for (size_t i = 0; i < 5; ++i) {
    if (i < 3 && (!args.Has(2 + i) || !IsInt(args[2 + i])))
      return thread.RaiseTypeError("%s", kRequired[i]);
    if (!args.Has(2 + i)) continue;
    GILA_TRY(numbers[i], ToInt64(thread, args[2 + i]));
  }
  const auto [n, r, p, max_memory, length] = numbers;
  if (n < 2 || (n & (n - 1)) != 0) return thread.RaiseValueError("n must be a power of 2.");
  if (max_memory < 0 || max_memory > INT_MAX)
    return thread.RaiseValueError("maxmem must be positive and smaller than %d", INT_MAX);
  if (length < 1 || length > INT_MAX)
    return thread.RaiseValueError("dklen must be greater than 0 and smaller than %d", INT_MAX);
  const auto u = [](int64_t i) { return static_cast<uint64_t>(i); };
  if (r < 0 || p < 0 ||
      EVP_PBE_scrypt(nullptr, 0, nullptr, 0, u(n), u(r), u(p), u(max_memory), nullptr, 0) != 1)
    return thread.RaiseValueError("Invalid parameter combination for n, r, p, maxmem.");
  std::string key(static_cast<size_t>(length), '\0');
  int done;
  {
    AllowThreads detached(thread, Blocked::kOther);
    done = EVP_PBE_scrypt(password.view().data(), password.size(), salt.data(), salt.size(), u(n),
                          u(r), u(p), u(max_memory), reinterpret_cast<unsigned char*>(key.data()),
                          key.size());
  }
  if (done != 1) return thread.RaiseValueError("scrypt failed");
  return NewBytes(thread, key);
}

Result<Value> HmacDigest(Thread& thread, Args args) {
  PinnedSource key, message;
  GILA_TRY_VOID(key.Read(thread, args[0]));
  GILA_TRY_VOID(message.Read(thread, args[1]));
  GILA_TRY(const EVP_MD* const md, DigestArgument(thread, args[2]));
  if (key.size() > INT_MAX) return thread.Raise(TypeId::kOverflowError, "key is too long.");
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  const unsigned char* const done = Detached(thread, message.size(), [&] {
    return HMAC(md, key.data(), static_cast<int>(key.size()), message.data(), message.size(), bytes,
                &size);
  });
  if (done == nullptr) return thread.RaiseValueError("hmac failed");
  return NewBytes(thread, {reinterpret_cast<char*>(bytes), size});
}

}  // namespace

Result<Value> CompareDigest(Thread& thread, Args args) {
  std::string_view a, b;
  PinnedSource first, second;
  if (IsStr(args[0]) && IsStr(args[1])) {
    if (!args[0].As<Str>()->IsAscii() || !args[1].As<Str>()->IsAscii())
      return thread.RaiseTypeError("comparing strings with non-ASCII characters is not supported");
    a = args[0].As<Str>()->ascii();
    b = args[1].As<Str>()->ascii();
  } else {
    if (!IsBytesLike(args[0]) && !IsBytesLike(args[1])) {
      const std::string one(TypeNameOf(args[0])), two(TypeNameOf(args[1]));
      return thread.RaiseTypeError(
          "unsupported operand types(s) or combination of types: '%s' and '%s'", one.c_str(),
          two.c_str());
    }
    GILA_TRY_VOID(first.Read(thread, args[0]));
    GILA_TRY_VOID(second.Read(thread, args[1]));
    a = first.view();
    b = second.view();
  }
  // The time depends on the length of b alone.
  const std::string_view compared = a.size() == b.size() ? a : b;
  const int different = CRYPTO_memcmp(compared.data(), b.data(), b.size());
  return Value::Bool(different == 0 && a.size() == b.size());
}

namespace {

#define GILA_KNOWN(index, name) \
  {name, MakeKnown<index>, "(string=b'', *, usedforsecurity=True)", "A digest of this algorithm."}
constexpr NativeDef kFunctions[] = {
    {"new", New, "(name, string=b'', *, usedforsecurity=True)", "A digest of the named algorithm."},
    GILA_KNOWN(0, "openssl_md5"),
    GILA_KNOWN(1, "openssl_sha1"),
    GILA_KNOWN(2, "openssl_sha224"),
    GILA_KNOWN(3, "openssl_sha256"),
    GILA_KNOWN(4, "openssl_sha384"),
    GILA_KNOWN(5, "openssl_sha512"),
    GILA_KNOWN(8, "openssl_sha3_224"),
    GILA_KNOWN(9, "openssl_sha3_256"),
    GILA_KNOWN(10, "openssl_sha3_384"),
    GILA_KNOWN(11, "openssl_sha3_512"),
    GILA_KNOWN(12, "openssl_shake_128"),
    GILA_KNOWN(13, "openssl_shake_256"),
    {"pbkdf2_hmac", Pbkdf2, "(hash_name, password, salt, iterations, dklen=None)",
     "A key from a password (PKCS #5, version 2) with HMAC of the named algorithm."},
    {"scrypt", Scrypt, "(password, *, salt=None, n=None, r=None, p=None, maxmem=0, dklen=64)",
     "A key from a password, costly in memory."},
    {"hmac_digest", HmacDigest, "(key, msg, digest)", "The HMAC of a message at once."},
    {nullptr, nullptr, nullptr, nullptr}};

constexpr NativeDef kMd5[] = {GILA_KNOWN(0, "md5"), {}};
constexpr NativeDef kSha1[] = {GILA_KNOWN(1, "sha1"), {}};
constexpr NativeDef kSha256[] = {GILA_KNOWN(2, "sha224"), GILA_KNOWN(3, "sha256"), {}};
constexpr NativeDef kSha512[] = {GILA_KNOWN(4, "sha384"), GILA_KNOWN(5, "sha512"), {}};
constexpr NativeDef kSha3[] = {GILA_KNOWN(8, "sha3_224"),
                               GILA_KNOWN(9, "sha3_256"),
                               GILA_KNOWN(10, "sha3_384"),
                               GILA_KNOWN(11, "sha3_512"),
                               GILA_KNOWN(12, "shake_128"),
                               GILA_KNOWN(13, "shake_256"),
                               {}};

Status AddHashTypes(Thread& thread, Module* module) {
  const uint8_t kind = RegisterKind(kDigestKind);
  GILA_TRY(hash_type, AddType(thread, module, kHashSpec, "_hashlib.HASH", kind, sizeof(Digest),
                              kBasetype | kNoInstantiate));
  GILA_TRY(xof_type, AddType(thread, module, kXofSpec, "_hashlib.HASHXOF", kind, sizeof(Digest),
                             kNoInstantiate, hash_type));
  return kOk;
}

// One algorithm under the name of a module of its own: what hashlib falls back on.
Status AddAlgorithm(Thread& thread, Module* module, const NativeDef* functions) {
  if (hash_type == nullptr) GILA_TRY_VOID(AddHashTypes(thread, module));
  return AddFunctions(thread, module, functions);
}

}  // namespace

Status InitMd5Module(Thread& thread, Module* module) { return AddAlgorithm(thread, module, kMd5); }
Status InitSha1Module(Thread& thread, Module* module) {
  return AddAlgorithm(thread, module, kSha1);
}
Status InitSha256Module(Thread& thread, Module* module) {
  return AddAlgorithm(thread, module, kSha256);
}
Status InitSha512Module(Thread& thread, Module* module) {
  return AddAlgorithm(thread, module, kSha512);
}
Status InitSha3Module(Thread& thread, Module* module) {
  return AddAlgorithm(thread, module, kSha3);
}

Status InitHashModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddHashTypes(thread, module));
  GILA_TRY(unsupported_error,
           AddExceptionClass(thread, module, "_hashlib", "UnsupportedDigestmodError",
                             GetType(TypeId::kValueError)));
  GILA_TRY(Set* const names, NewSet(thread, TypeId::kFrozenSet));
  for (const Algorithm& algorithm : kAlgorithms)
    GILA_TRY_VOID(SetAdd(thread, names, Intern(thread, algorithm.name)));
  GILA_TRY_VOID(AddValue(thread, module, "openssl_md_meth_names", names));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

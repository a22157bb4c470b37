// blake2_module.cc: the module _blake2: BLAKE2b and BLAKE2s (RFC 7693) with all parameters of the
// paper: digest size, key, salt, person and tree mode, which OpenSSL does not offer.
#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <utility>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "stdlib/native_support.h"

namespace gila {

namespace {

constexpr uint8_t kSigma[10][16] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
                                    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
                                    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
                                    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
                                    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
                                    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
                                    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
                                    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
                                    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
                                    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};

// The words of the two variants.
struct VariantB {
  using Word = uint64_t;
  static constexpr int kRounds = 12;
  static constexpr int kRotations[4] = {32, 24, 16, 63};
  static constexpr Word kInit[8] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b,
                                    0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
                                    0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
  static constexpr const char* kName = "blake2b";
};
struct VariantS {
  using Word = uint32_t;
  static constexpr int kRounds = 10;
  static constexpr int kRotations[4] = {16, 12, 8, 7};
  static constexpr Word kInit[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  static constexpr const char* kName = "blake2s";
};

template <class V>
struct State {
  using Word = typename V::Word;
  static constexpr size_t kBlock = 16 * sizeof(Word), kOut = 8 * sizeof(Word),
                          kSalt = 2 * sizeof(Word);
  Word h[8];
  Word count[2];  // bytes compressed so far
  uint8_t buffer[kBlock];
  uint32_t buffered;
  uint32_t digest_size;
  bool last_node;

  static GILA_ALWAYS_INLINE void Mix(Word& a, Word& b, Word& c, Word& d, Word x, Word y) {
    a += b + x;
    d = std::rotr(d ^ a, V::kRotations[0]);
    c += d;
    b = std::rotr(b ^ c, V::kRotations[1]);
    a += b + y;
    d = std::rotr(d ^ a, V::kRotations[2]);
    c += d;
    b = std::rotr(b ^ c, V::kRotations[3]);
  }
  // Written out with the round as a constant, so that the words are at fixed places.
  template <int kRound>
  static GILA_ALWAYS_INLINE void Round(Word* v, const Word* m) {
    constexpr const uint8_t* s = kSigma[kRound % 10];
    Mix(v[0], v[4], v[8], v[12], m[s[0]], m[s[1]]);
    Mix(v[1], v[5], v[9], v[13], m[s[2]], m[s[3]]);
    Mix(v[2], v[6], v[10], v[14], m[s[4]], m[s[5]]);
    Mix(v[3], v[7], v[11], v[15], m[s[6]], m[s[7]]);
    Mix(v[0], v[5], v[10], v[15], m[s[8]], m[s[9]]);
    Mix(v[1], v[6], v[11], v[12], m[s[10]], m[s[11]]);
    Mix(v[2], v[7], v[8], v[13], m[s[12]], m[s[13]]);
    Mix(v[3], v[4], v[9], v[14], m[s[14]], m[s[15]]);
  }
  template <int... kRound>
  static GILA_ALWAYS_INLINE void Rounds(Word* v, const Word* m,
                                        std::integer_sequence<int, kRound...>) {
    (Round<kRound>(v, m), ...);
  }

  void Compress(const uint8_t* block, bool last) {
    Word m[16], v[16];
    std::memcpy(m, block, sizeof m);
    for (int i = 0; i < 8; ++i) {
      v[i] = h[i];
      v[i + 8] = V::kInit[i];
    }
    v[12] ^= count[0];
    v[13] ^= count[1];
    if (last) v[14] = ~v[14];
    if (last && last_node) v[15] = ~v[15];
    Rounds(v, m, std::make_integer_sequence<int, V::kRounds>());
    for (int i = 0; i < 8; ++i) h[i] ^= v[i] ^ v[i + 8];
  }

  void Count(size_t bytes) {
    count[0] += static_cast<Word>(bytes);
    if (count[0] < bytes) ++count[1];
  }

  // The last block stays in the buffer: it is compressed differently.
  void Update(const uint8_t* data, size_t size) {
    while (size > 0) {
      if (buffered == kBlock) {
        Count(kBlock);
        Compress(buffer, false);
        buffered = 0;
      }
      const size_t piece = std::min<size_t>(kBlock - buffered, size);
      std::memcpy(buffer + buffered, data, piece);
      buffered += static_cast<uint32_t>(piece);
      data += piece;
      size -= piece;
    }
  }

  std::string Finish() const {
    State copy = *this;
    copy.Count(copy.buffered);
    std::memset(copy.buffer + copy.buffered, 0, kBlock - copy.buffered);
    copy.Compress(copy.buffer, true);
    return std::string(reinterpret_cast<const char*>(copy.h), digest_size);
  }
};

template <class V>
struct Blake : Object {
  Atomic<uint32_t> gate;
  State<V> state;
};

template <class V>
Type* blake_type = nullptr;
constexpr KindInfo kBlakeKinds[] = {{"blake2b", nullptr, nullptr}, {"blake2s", nullptr, nullptr}};

Result<int64_t> Number(Thread& thread, Args args, size_t i, int64_t fallback) {
  if (!args.Has(i)) return fallback;
  return ToInt64(thread, args[i]);
}

Result<uint64_t> Unsigned(Thread& thread, Args args, size_t i, bool is_long) {
  if (!args.Has(i)) return uint64_t{0};
  GILA_TRY(const Value index, Index(thread, args[i]));
  const Value number = PlainInt(index);
  if (IntSign(number) < 0) return thread.RaiseValueError("value must be positive");
  if (IntBitLength(number) > 64)
    return thread.Raise(
        TypeId::kOverflowError,
        is_long ? "Python int too large to convert to C unsigned long" : "int too big to convert");
  const MpzView view(number);
  return uint64_t{mpz_get_ui(view.z)};
}

Status Between(Thread& thread, const char* name, int64_t value, int64_t low, int64_t high) {
  if (value >= low && value <= high) return kOk;
  return thread.RaiseValueError("%s must be between %d and %d", name, static_cast<int>(low),
                                static_cast<int>(high));
}

template <class V>
Status UpdateWith(Thread& thread, Blake<V>* self, Value data) {
  if (IsStr(data)) return thread.RaiseTypeError("Strings must be encoded before hashing");
  if (!IsBytesLike(data)) return thread.RaiseTypeError("object supporting the buffer API required");
  PinnedSource source;
  GILA_TRY_VOID(source.Read(thread, data));
  ScopedGate gate(thread, self->gate);
  Detached(thread, source.size(), [&] {
    self->state.Update(source.data(), source.size());
    return 0;
  });
  return kOk;
}

// Parameters of (cls, data=b'', /, *, digest_size, key, salt, person, fanout, depth, leaf_size,
// node_offset, node_depth, inner_size, last_node, usedforsecurity).
template <class V>
Result<Value> BlakeNew(Thread& thread, Args args) {
  using S = State<V>;
  constexpr auto kOut = static_cast<int64_t>(S::kOut);
  GILA_TRY(const int64_t digest_size, Number(thread, args, 2, kOut));
  if (digest_size <= 0 || digest_size > kOut)
    return thread.RaiseValueError("digest_size must be between 1 and %d bytes",
                                  static_cast<int>(kOut));
  PinnedSource texts[3];  // key, salt, person
  for (size_t i = 0; i < 3; ++i)
    if (args.Has(3 + i)) GILA_TRY_VOID(texts[i].Read(thread, args[3 + i]));
  if (texts[1].size() > S::kSalt)
    return thread.RaiseValueError("maximum salt length is %zu bytes", S::kSalt);
  if (texts[2].size() > S::kSalt)
    return thread.RaiseValueError("maximum person length is %zu bytes", S::kSalt);
  GILA_TRY(const int64_t fanout, Number(thread, args, 6, 1));
  GILA_TRY_VOID(Between(thread, "fanout", fanout, 0, 255));
  GILA_TRY(const int64_t depth, Number(thread, args, 7, 1));
  GILA_TRY_VOID(Between(thread, "depth", depth, 1, 255));
  GILA_TRY(const uint64_t leaf_size, Unsigned(thread, args, 8, true));
  if (leaf_size > UINT32_MAX) return thread.Raise(TypeId::kOverflowError, "leaf_size is too large");
  GILA_TRY(const uint64_t node_offset, Unsigned(thread, args, 9, false));
  constexpr bool kWide = sizeof(typename V::Word) == 8;
  if (!kWide && node_offset >> 48 != 0)
    return thread.Raise(TypeId::kOverflowError, "node_offset is too large");
  GILA_TRY(const int64_t node_depth, Number(thread, args, 10, 0));
  GILA_TRY_VOID(Between(thread, "node_depth", node_depth, 0, 255));
  GILA_TRY(const int64_t inner_size, Number(thread, args, 11, 0));
  if (inner_size < 0 || inner_size > kOut)
    return thread.RaiseValueError("inner_size must be between 0 and is %d", static_cast<int>(kOut));
  bool last_node = false;
  if (args.Has(12)) {
    GILA_TRY(last_node, Truth(thread, args[12]));
  }
  if (texts[0].size() > S::kOut)
    return thread.RaiseValueError("maximum key length is %d bytes", static_cast<int>(kOut));

  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<Blake<V>*>(object);
  uint8_t block[S::kOut] = {};
  block[0] = static_cast<uint8_t>(digest_size);
  block[1] = static_cast<uint8_t>(texts[0].size());
  block[2] = static_cast<uint8_t>(fanout);
  block[3] = static_cast<uint8_t>(depth);
  std::memcpy(block + 4, &leaf_size, 4);
  std::memcpy(block + 8, &node_offset, kWide ? 8 : 6);
  block[kWide ? 16 : 14] = static_cast<uint8_t>(node_depth);
  block[kWide ? 17 : 15] = static_cast<uint8_t>(inner_size);
  std::copy_n(texts[1].data(), texts[1].size(), block + S::kOut / 2);
  std::copy_n(texts[2].data(), texts[2].size(), block + S::kOut / 2 + S::kSalt);
  typename V::Word words[8];
  std::memcpy(words, block, sizeof words);
  for (int i = 0; i < 8; ++i) self->state.h[i] = V::kInit[i] ^ words[i];
  self->state.digest_size = static_cast<uint32_t>(digest_size);
  self->state.last_node = last_node;
  if (texts[0].size() > 0) {
    uint8_t padded[S::kBlock] = {};
    std::memcpy(padded, texts[0].data(), texts[0].size());
    self->state.Update(padded, sizeof padded);
  }
  if (args.Has(1)) GILA_TRY_VOID(UpdateWith(thread, self, args[1]));
  return self;
}

template <class V>
Result<Value> BlakeUpdate(Thread& thread, Args args) {
  GILA_TRY_VOID(UpdateWith(thread, args[0].As<Blake<V>>(), args[1]));
  return kNone;
}
template <class V>
Result<Value> BlakeDigest(Thread& thread, Args args) {
  auto* const self = args[0].As<Blake<V>>();
  std::string digest;
  {
    ScopedGate gate(thread, self->gate);
    digest = self->state.Finish();
  }
  return NewBytes(thread, digest);
}
template <class V>
Result<Value> BlakeHexDigest(Thread& thread, Args args) {
  GILA_TRY(const Value digest, BlakeDigest<V>(thread, args));
  return CallMethod(thread, digest, Intern(thread, "hex"));
}
template <class V>
Result<Value> BlakeCopy(Thread& thread, Args args) {
  GILA_TRY(Object* const object, AllocateInstance(thread, TypeOf(args[0])));
  auto* const self = args[0].As<Blake<V>>();
  ScopedGate gate(thread, self->gate);
  static_cast<Blake<V>*>(object)->state = self->state;
  return object;
}
template <class V>
Result<Value> GetName(Thread& thread, Value) {
  return Intern(thread, V::kName);
}
template <class V>
Result<Value> GetBlockSize(Thread&, Value) {
  return Value::SmallInt(State<V>::kBlock);
}
template <class V>
Result<Value> GetDigestSize(Thread&, Value self) {
  return Value::SmallInt(self.As<Blake<V>>()->state.digest_size);
}

template <class V>
constexpr NativeDef kMethods[] = {
    {"update", BlakeUpdate<V>, "(self, data, /)", "Takes more data in."},
    {"digest", BlakeDigest<V>, "(self, /)", "The digest of what was taken in, as bytes."},
    {"hexdigest", BlakeHexDigest<V>, "(self, /)", "The digest as hexadecimal digits."},
    {"copy", BlakeCopy<V>, "(self, /)", "An object in the same state."},
    {nullptr, nullptr, nullptr, nullptr}};
template <class V>
constexpr GetSetDef kGetSets[] = {
    {"name", GetName<V>, nullptr, "The name of the algorithm."},
    {"block_size", GetBlockSize<V>, nullptr, "Bytes of an inner block."},
    {"digest_size", GetDigestSize<V>, nullptr, "Bytes of the digest."},
    {nullptr, nullptr, nullptr, nullptr}};
template <class V>
constexpr TypeSpec kSpec = {
    .doc = "Return a new BLAKE2 hash object.",
    .new_function = BlakeNew<V>,
    .new_signature =
        "(cls, data=b'', /, *, digest_size=0, key=b'', salt=b'', person=b'', fanout=1, depth=1, "
        "leaf_size=0, node_offset=0, node_depth=0, inner_size=0, last_node=False, "
        "usedforsecurity=True)",
    .methods = kMethods<V>,
    .getsets = kGetSets<V>,
    .native_size = sizeof(Blake<V>),
    .kind_info = &kBlakeKinds[0]};

template <class V>
Status AddBlake(Thread& thread, Module* module, const KindInfo& kind) {
  const std::string name = std::string("_blake2.") + V::kName;
  GILA_TRY(blake_type<V>, AddType(thread, module, kSpec<V>, name.c_str(), RegisterKind(kind),
                                  sizeof(Blake<V>), kBasetype));
  using S = State<V>;
  const struct {
    const char* name;
    size_t value;
  } constants[] = {{"SALT_SIZE", S::kSalt},
                   {"PERSON_SIZE", S::kSalt},
                   {"MAX_KEY_SIZE", S::kOut},
                   {"MAX_DIGEST_SIZE", S::kOut}};
  for (const auto& constant : constants)
    GILA_TRY_VOID(SetTypeAttribute(thread, blake_type<V>, Intern(thread, constant.name),
                                   Value::SmallInt(static_cast<int64_t>(constant.value))));
  return kOk;
}

}  // namespace

Status InitBlake2Module(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddBlake<VariantB>(thread, module, kBlakeKinds[0]));
  return AddBlake<VariantS>(thread, module, kBlakeKinds[1]);
}

}  // namespace gila

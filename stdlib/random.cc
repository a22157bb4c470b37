// random.cc: the native half of random (module _random): the Mersenne Twister of Matsumoto and
// Nishimura (1998), seeded and read as CPython does, so that the same seed gives the same numbers.
// The distributions are stdlib/lib/random.py.
#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <vector>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/int_internal.h"
#include "runtime/types/sequence.h"
#include "stdlib/sha512.h"

namespace gila {

namespace {

constexpr int kWords = 624, kMiddle = 397;

// All of it is read and written under the lock of the object.
struct Twister : Object {
  int32_t index;  // of the next word; kWords: none left
  uint32_t state[kWords];
};

constexpr KindInfo kTwisterKind = {"Random", nullptr, nullptr};

void SeedWithWord(Twister* self, uint32_t word) {
  uint32_t* state = self->state;
  state[0] = word;
  for (uint32_t i = 1; i < kWords; ++i)
    state[i] = 1812433253u * (state[i - 1] ^ (state[i - 1] >> 30)) + i;
  self->index = kWords;
}

// The published initialisation by an array of words.
void SeedWithWords(Twister* self, std::span<const uint32_t> key) {
  SeedWithWord(self, 19650218u);
  uint32_t* state = self->state;
  size_t i = 1, j = 0;
  const auto wrap = [&] {
    if (i >= kWords) {
      state[0] = state[kWords - 1];
      i = 1;
    }
  };
  for (size_t k = std::max<size_t>(kWords, key.size()); k > 0; --k) {
    state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1664525u)) + key[j] +
               static_cast<uint32_t>(j);
    ++i;
    wrap();
    if (++j >= key.size()) j = 0;
  }
  for (int k = kWords - 1; k > 0; --k) {
    state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1566083941u)) -
               static_cast<uint32_t>(i);
    ++i;
    wrap();
  }
  state[0] = 0x80000000u;
}

void Refill(Twister* self) {
  uint32_t* state = self->state;
  const auto twist = [](uint32_t high, uint32_t low) {
    const uint32_t y = (high & 0x80000000u) | (low & 0x7fffffffu);
    return (y >> 1) ^ ((y & 1) ? 0x9908b0dfu : 0);
  };
  int i = 0;
  for (; i < kWords - kMiddle; ++i) state[i] = state[i + kMiddle] ^ twist(state[i], state[i + 1]);
  for (; i < kWords - 1; ++i)
    state[i] = state[i + kMiddle - kWords] ^ twist(state[i], state[i + 1]);
  state[kWords - 1] = state[kMiddle - 1] ^ twist(state[kWords - 1], state[0]);
  self->index = 0;
}

uint32_t NextWord(Twister* self) {
  if (GILA_UNLIKELY(self->index >= kWords)) Refill(self);
  uint32_t y = self->state[self->index++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680u;
  y ^= (y << 15) & 0xefc60000u;
  return y ^ (y >> 18);
}

// --- seeding ---

bool FillRandom(Thread& thread, void* data, size_t size) {
  auto* bytes = static_cast<uint8_t*>(data);
  while (size > 0) {
    ssize_t count;
    {
      AllowThreads detached(thread, Blocked::kRead);
      count = getrandom(bytes, std::min<size_t>(size, 256), 0);
    }
    if (count < 0 && errno != EINTR) return false;
    if (count < 0) continue;
    bytes += count;
    size -= static_cast<size_t>(count);
  }
  return true;
}

Status SeedFromSystem(Thread& thread, Twister* self) {
  uint32_t key[kWords];
  if (!FillRandom(thread, key, sizeof key)) {
    timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    key[0] = static_cast<uint32_t>(now.tv_nsec);
    key[1] = static_cast<uint32_t>(now.tv_sec);
    ByteLockGuard guard(self->lock);
    SeedWithWords(self, {key, 2});
    return kOk;
  }
  ByteLockGuard guard(self->lock);
  SeedWithWords(self, key);
  return kOk;
}

// The magnitude of an int, or the hash of anything else, as 32-bit words from the lowest.
Status SeedFromValue(Thread& thread, Twister* self, Value seed) {
  Value number = kUnbound;
  if (IsInt(seed)) {
    number = PlainInt(seed);
  } else {
    GILA_TRY(const int64_t hash, Hash(thread, seed));
    GILA_TRY(number, NewIntFromUnsigned(thread, static_cast<uint64_t>(hash)));
  }
  const MpzView view(number);
  std::vector<uint32_t> key(mpz_size(view.z) * 2 + 1);
  size_t count = 0;
  mpz_export(key.data(), &count, -1, sizeof(uint32_t), 0, 0, view.z);
  ByteLockGuard guard(self->lock);
  SeedWithWords(self, {key.data(), std::max<size_t>(count, 1)});
  return kOk;
}

Status Seed(Thread& thread, Twister* self, Value seed) {
  if (seed.IsUnbound() || seed.IsNone()) return SeedFromSystem(thread, self);
  return SeedFromValue(thread, self, seed);
}

Result<Value> RandomNew(Thread& thread, Args args) {
  GILA_TRY(Object * object, AllocateInstance(thread, args[0].As<Type>()));
  auto* self = static_cast<Twister*>(object);
  // A subclass seeds in its __init__, where the argument may be text.
  const Value seed = args.rest().empty() ? kUnbound : args.rest()[0];
  const bool exact = args[0].As<Type>()->Has(kHeapType) == false;
  GILA_TRY_VOID(Seed(thread, self, exact ? seed : kUnbound));
  return self;
}

Result<Value> RandomSeed(Thread& thread, Args args) {
  GILA_TRY_VOID(Seed(thread, args[0].As<Twister>(), args[1]));
  return kNone;
}

// --- numbers ---

// 53 bits, as a multiple of 2^-53 in [0, 1).
Result<Value> RandomRandom(Thread& thread, Args args) {
  auto* self = args[0].As<Twister>();
  uint32_t high, low;
  {
    ByteLockGuard guard(self->lock);
    high = NextWord(self) >> 5;
    low = NextWord(self) >> 6;
  }
  return NewFloat(thread, (high * 67108864.0 + low) * (1.0 / 9007199254740992.0));
}

Result<Value> RandomGetBits(Thread& thread, Args args) {
  auto* self = args[0].As<Twister>();
  GILA_TRY(const int64_t bits, ToInt64(thread, args[1]));
  if (bits < 0) return thread.RaiseValueError("number of bits must be non-negative");
  if (bits == 0) return Value::SmallInt(0);
  if (bits <= 32) {
    ByteLockGuard guard(self->lock);
    return Value::SmallInt(NextWord(self) >> (32 - bits));
  }
  const int64_t words = (bits - 1) / 32 + 1;
  GILA_TRY(Int * number, AllocateInt(thread, (words + 1) / 2));
  {
    ByteLockGuard guard(self->lock);
    int64_t left = bits;
    for (int64_t i = 0; i < words; ++i, left -= 32) {
      mp_limb_t word = NextWord(self);
      if (left < 32) word >>= 32 - left;
      number->limbs[i / 2] |= word << (32 * (i % 2));
    }
  }
  return NormalizeInt(number, (words + 1) / 2, false);
}

// --- the state ---

Result<Value> RandomGetState(Thread& thread, Args args) {
  auto* self = args[0].As<Twister>();
  GILA_TRY(Tuple * state, NewTuple(thread, kWords + 1));
  ByteLockGuard guard(self->lock);
  for (int i = 0; i < kWords; ++i) state->items[i].Store(state, Value::SmallInt(self->state[i]));
  state->items[kWords].Store(state, Value::SmallInt(self->index));
  return state;
}

Result<Value> RandomSetState(Thread& thread, Args args) {
  auto* self = args[0].As<Twister>();
  if (!IsTuple(args[1])) return thread.RaiseTypeError("state vector must be a tuple");
  const auto* state = args[1].As<Tuple>();
  if (state->length != kWords + 1) return thread.RaiseValueError("state vector is the wrong size");
  uint32_t words[kWords];
  for (int i = 0; i < kWords; ++i) {
    GILA_TRY(const Value word, Index(thread, state->At(i)));
    int64_t number;
    if (!TryInt64(word, &number) || number < 0)
      return thread.Raise(TypeId::kOverflowError, "can't convert negative value to unsigned int");
    words[i] = static_cast<uint32_t>(number);
  }
  GILA_TRY(const int64_t index, ToInt64(thread, state->At(kWords)));
  if (index < 0 || index > kWords) return thread.RaiseValueError("invalid state");
  ByteLockGuard guard(self->lock);
  std::memcpy(self->state, words, sizeof words);
  self->index = static_cast<int32_t>(index);
  return kNone;
}

// --- helpers of random.py ---

Result<Value> Sha512Digest(Thread& thread, Args args) {
  GILA_TRY(const std::string data, CopyBuffer(thread, args[0]));
  return NewBytes(thread, Sha512(data));
}

Result<Value> UrandomBytes(Thread& thread, Args args) {
  GILA_TRY(const int64_t count, ToInt64(thread, args[0]));
  if (count < 0) return thread.RaiseValueError("negative argument not allowed");
  std::string bytes(static_cast<size_t>(count), '\0');
  if (!FillRandom(thread, bytes.data(), bytes.size())) return thread.RaiseOsError(errno);
  return NewBytes(thread, bytes);
}

constexpr NativeDef kRandomMethods[] = {
    {"random", RandomRandom, "(self, /)", "random() -> x in the interval [0, 1)."},
    {"seed", RandomSeed, "(self, n=None, /)",
     "Start again from an int, or the hash of something, or from the system's entropy."},
    {"getrandbits", RandomGetBits, "(self, k, /)",
     "getrandbits(k) -> x. An int with k random bits."},
    {"getstate", RandomGetState, "(self, /)", "getstate() -> tuple containing the current state."},
    {"setstate", RandomSetState, "(self, state, /)", "setstate(state) -> None. Goes back to it."},
    {}};
constexpr TypeSpec kRandomType = {
    .doc = "Random() -> a random number generator with its own state.",
    .new_function = RandomNew,
    .new_signature = "(cls, /, *args, **kwargs)",
    .methods = kRandomMethods};
constexpr NativeDef kFunctions[] = {
    {"_sha512", Sha512Digest, "(data, /)", "The SHA-512 digest of the bytes."},
    {"_urandom", UrandomBytes, "(count, /)", "So many bytes of the system's entropy."},
    {}};

}  // namespace

Status InitRandomModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddFunctions(thread, module, kFunctions));
  GILA_TRY_VOID(AddType(thread, module, kRandomType, "_random.Random", RegisterKind(kTwisterKind),
                        sizeof(Twister), kBasetype));
  return kOk;
}

}  // namespace gila

// siphash.cc: see siphash.h.
#include "runtime/text/siphash.h"

#include <sys/random.h>

#include <bit>
#include <cstring>
#include <ctime>

namespace gila {

namespace {

uint64_t key[2];

struct SipState {
  uint64_t v0, v1, v2, v3;

  void Round() {
    v0 += v1;
    v2 += v3;
    v1 = std::rotl(v1, 13) ^ v0;
    v3 = std::rotl(v3, 16) ^ v2;
    v0 = std::rotl(v0, 32);
    v2 += v1;
    v0 += v3;
    v1 = std::rotl(v1, 17) ^ v2;
    v3 = std::rotl(v3, 21) ^ v0;
    v2 = std::rotl(v2, 32);
  }
};

// The generator that spreads a 32-bit seed over the key.
void KeyFromSeed(uint32_t seed) {
  auto* bytes = reinterpret_cast<uint8_t*>(key);
  uint32_t x = seed;
  for (size_t i = 0; i < sizeof(key); ++i) {
    x = x * 214013 + 2531011;
    bytes[i] = static_cast<uint8_t>(x >> 16);
  }
}

// The last bytes, fewer than eight, as a number of the lowest of them first. Loads may overlap:
// what is there twice is the same.
uint64_t TailBytes(const uint8_t* p, size_t size) {
  if (size >= 4) {
    uint32_t low, high;
    std::memcpy(&low, p, 4);
    std::memcpy(&high, p + size - 4, 4);
    return low | static_cast<uint64_t>(high) << (8 * (size - 4));
  }
  if (size == 0) return 0;
  return p[0] | static_cast<uint64_t>(p[size / 2]) << (8 * (size / 2)) |
         static_cast<uint64_t>(p[size - 1]) << (8 * (size - 1));
}

}  // namespace

bool InitHashKey(const char* seed_text) {
  if (seed_text == nullptr || *seed_text == '\0' || std::strcmp(seed_text, "random") == 0) {
    if (getrandom(key, sizeof(key), 0) != static_cast<ssize_t>(sizeof(key))) {
      timespec now;
      clock_gettime(CLOCK_REALTIME, &now);
      key[0] = static_cast<uint64_t>(now.tv_nsec) * 0x9E3779B97F4A7C15u;
      key[1] = static_cast<uint64_t>(now.tv_sec) ^ reinterpret_cast<uintptr_t>(&now);
    }
    return true;
  }
  uint64_t seed = 0;
  for (const char* p = seed_text; *p != '\0'; ++p) {
    if (*p < '0' || *p > '9') return false;
    seed = seed * 10 + static_cast<uint64_t>(*p - '0');
    if (seed > 0xFFFFFFFFu) return false;
  }
  if (seed == 0) {
    key[0] = key[1] = 0;
  } else {
    KeyFromSeed(static_cast<uint32_t>(seed));
  }
  return true;
}

uint64_t HashBytes(const void* data, size_t size) {
  if (size == 0) return 0;
  const auto* p = static_cast<const uint8_t*>(data);
  SipState s = {key[0] ^ 0x736f6d6570736575u, key[1] ^ 0x646f72616e646f6du,
                key[0] ^ 0x6c7967656e657261u, key[1] ^ 0x7465646279746573u};
  uint64_t last = static_cast<uint64_t>(size) << 56;
  for (; size >= 8; size -= 8, p += 8) {
    uint64_t word;
    std::memcpy(&word, p, 8);
    s.v3 ^= word;
    s.Round();
    s.v0 ^= word;
  }
  last |= TailBytes(p, size);
  s.v3 ^= last;
  s.Round();
  s.v0 ^= last;
  s.v2 ^= 0xff;
  s.Round();
  s.Round();
  s.Round();
  const uint64_t hash = s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
  if (hash == ~uint64_t{0}) return ~uint64_t{1};
  return hash == 0 ? 1 : hash;
}

}  // namespace gila

// siphash.h: SipHash-1-3 (Aumasson and Bernstein), the keyed hash of str and bytes: an attacker who
// does not know the key cannot make keys collide. The key is random, or made from PYTHONHASHSEED (0
// gives the zero key); with a seed the hashes are those of CPython with the same seed.
#ifndef GILA_RUNTIME_TEXT_SIPHASH_H_
#define GILA_RUNTIME_TEXT_SIPHASH_H_

#include <cstddef>
#include <cstdint>

namespace gila {

// Reads PYTHONHASHSEED. False when it is neither "random" nor a number up to 2^32 - 1.
bool InitHashKey(const char* seed_text);
// Never all ones (that is -1, "error", as an int64). 0 for no bytes.
uint64_t HashBytes(const void* data, size_t size);

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_SIPHASH_H_

// sha512.h: SHA-512 (FIPS 180-4), for seeding the random generator from text without OpenSSL.
#ifndef GILA_STDLIB_SHA512_H_
#define GILA_STDLIB_SHA512_H_

#include <string>
#include <string_view>

namespace gila {

// The 64 bytes of the digest.
std::string Sha512(std::string_view data);

}  // namespace gila

#endif  // GILA_STDLIB_SHA512_H_

// unicode.h: what the Unicode standard says about a code point, as Python's str methods ask it.
// The tables are utf8proc's; what it does not carry (full case mappings, numeric types, identifier
// exceptions) is in unicode.cc and case_mapping.cc.
#ifndef GILA_RUNTIME_TEXT_UNICODE_H_
#define GILA_RUNTIME_TEXT_UNICODE_H_

#include <cstdint>

namespace gila {

// Bits of CharFlags.
enum CharFlag : uint16_t {
  kCharAlpha = 1,
  kCharDecimal = 2,
  kCharDigit = 4,
  kCharNumeric = 8,
  kCharSpace = 16,
  kCharLower = 32,
  kCharUpper = 64,
  kCharTitle = 128,
  kCharPrintable = 256,
  kCharIdStart = 512,
  kCharIdContinue = 1024,
  kCharLineBreak = 2048,
  kCharCaseIgnorable = 4096,
};

extern const uint16_t* const latin1_flags;
uint16_t CharFlagsSlow(uint32_t c);
inline uint16_t CharFlags(uint32_t c) { return c < 256 ? latin1_flags[c] : CharFlagsSlow(c); }
inline bool CharIs(uint32_t c, uint16_t any_of) { return CharFlags(c) & any_of; }

// The value of a decimal digit of any script, or -1.
int DecimalValue(uint32_t c);

// Full mappings: writes 1 to 3 code points and returns how many. Final sigma is the caller's
// (str_case.cc).
int MapLower(uint32_t c, uint32_t out[3]);
int MapUpper(uint32_t c, uint32_t out[3]);
int MapTitle(uint32_t c, uint32_t out[3]);
int MapFold(uint32_t c, uint32_t out[3]);

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_UNICODE_H_

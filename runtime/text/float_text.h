// float_text.h: doubles as text, correctly rounded at any precision, and back.
#ifndef GILA_RUNTIME_TEXT_FLOAT_TEXT_H_
#define GILA_RUNTIME_TEXT_FLOAT_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gila {

enum FloatTextFlags : int {
  kFloatSign = 1,       // a plus sign before what is not negative
  kFloatPointZero = 2,  // "1.0", not "1", where the text would look like an int
  kFloatAlternate = 4,  // '#': keep the point and, for g, the trailing zeros
};

// `type` is one of e E f F g G, or r for the shortest digits that read back (precision ignored).
// Infinities and NaN are "inf" and "nan" (upper case with an upper-case type).
std::string FormatDouble(double d, char type, int64_t precision, int flags);

// The shortest repr into `out`, which has room for kFloatReprMax characters; returns the length.
inline constexpr int kFloatReprMax = 40;
size_t WriteFloatRepr(double d, char* out);

// The whole text as a float literal without sign-leading spaces ("1e5", "-.5", "inf", "nan",
// "infinity" in any case); underscores and spaces are not taken. False when it is none.
bool ParseDouble(std::string_view text, double* out);

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_FLOAT_TEXT_H_

// unicode_digits.h: which code points are spaces and decimal digits, for int() and float().
#ifndef GILA_RUNTIME_TEXT_UNICODE_DIGITS_H_
#define GILA_RUNTIME_TEXT_UNICODE_DIGITS_H_

#include <cstdint>

namespace gila {

// str.isspace of one code point.
bool IsUnicodeSpace(uint32_t c);
// The value 0 to 9 of a decimal digit (category Nd), else -1.
int UnicodeDecimal(uint32_t c);

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_UNICODE_DIGITS_H_

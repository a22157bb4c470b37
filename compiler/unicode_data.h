// unicode_data.h: what the Unicode Character Database (version 14.0) says about characters: names,
// and the properties that the module unicodedata tells. The table behind it lies in the program
// (unicode/table_layout.h) and costs nothing until it is asked.
#ifndef GILA_COMPILER_UNICODE_DATA_H_
#define GILA_COMPILER_UNICODE_DATA_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace gila::compiler {

// The name of a character, empty when it has none. Ideographs and Hangul syllables included.
std::string CharacterName(uint32_t code_point);
// The character with this name or alias, in either case of letters.
bool FindCharacter(std::string_view name, uint32_t* code_point);
// A named sequence: its code points; returns how many, 0 for an unknown name.
int FindSequence(std::string_view name, const uint32_t** code_points);

const char* CategoryName(uint32_t code_point);
const char* BidirectionalName(uint32_t code_point);
const char* EastAsianWidthName(uint32_t code_point);
int CombiningClass(uint32_t code_point);
bool IsMirrored(uint32_t code_point);
// The database's words, as "<compat> 0020 0301"; empty when the character does not decompose.
// Hangul syllables do not.
std::string_view DecompositionText(uint32_t code_point);
// What the character counts for: decimal and digit are -1 when it is none.
struct CharacterNumber {
  int decimal, digit;
  double value;
};
bool FindNumber(uint32_t code_point, CharacterNumber* number);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_UNICODE_DATA_H_

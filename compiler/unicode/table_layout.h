// table_layout.h: the Unicode table as it lies in the program: written at build time by
// generate_table.cc from the files of Debian's package unicode-data, read by unicode_data.cc. All
// places are bytes from the start of the table.
//
// Names are lists of words. A word is found by its number, the commonest have the smallest; a
// number below kOneByteWords takes one byte, any other two. Names lie in the order of their code
// points, each with its length in bytes before it.
#ifndef GILA_COMPILER_UNICODE_TABLE_LAYOUT_H_
#define GILA_COMPILER_UNICODE_TABLE_LAYOUT_H_

#include <cstdint>

namespace gila::compiler::unicode {

inline constexpr uint32_t kOneByteWords = 176;
inline constexpr uint32_t kNameBlock = 16;  // names between two entries of name_blocks
inline constexpr uint32_t kBlockShift = 7;  // code points of a block of `stage2`, as a power of two
// Aliases and named sequences stand among the names under numbers beyond the last code point.
inline constexpr uint32_t kFirstAlias = 0x110000, kFirstSequence = 0x120000;

inline constexpr const char* kCategories[] = {
    "Cn", "Lu", "Ll", "Lt", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf",
    "Cs", "Co", "Lm", "Lo", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So"};
inline constexpr const char* kBidirectional[] = {
    "",   "L",  "LRE", "LRO", "R", "AL", "RLE", "RLO", "PDF", "EN",  "ES",  "ET",
    "AN", "CS", "NSM", "BN",  "B", "S",  "WS",  "ON",  "LRI", "RLI", "FSI", "PDI"};
inline constexpr const char* kWidths[] = {"F", "H", "W", "Na", "A", "N"};

struct Properties {
  uint8_t category, bidirectional, width, combining, mirrored;
};

struct Number {
  uint32_t code_point;
  int8_t decimal, digit;  // -1: none
  double value;
};

struct Decomposition {
  uint32_t code_point, text;  // a text with its length in a byte before it
};

struct Table {
  uint32_t stage1,
      stage2;  // uint16: block of a code point; uint16: properties of a place in a block
  uint32_t properties;
  uint32_t decompositions, decomposition_count, decomposition_texts;
  uint32_t numbers, number_count;
  uint32_t word_places, words;      // uint32: where a word begins; the next one's place is its end
  uint32_t name_codes, name_count;  // uint32, ascending
  uint32_t name_blocks, names;      // uint32: where every 16th name begins
  uint32_t names_sorted;            // uint16: numbers of names, by their text
  uint32_t aliases;                 // uint32: what an alias stands for
  uint32_t sequence_places, sequences;  // uint16 places; uint32 code points
};

}  // namespace gila::compiler::unicode

#endif  // GILA_COMPILER_UNICODE_TABLE_LAYOUT_H_

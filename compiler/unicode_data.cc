// unicode_data.cc: looks things up in the Unicode table. Everything is found by binary search in
// sorted arrays, but the properties, which lie two loads away.
#include "compiler/unicode_data.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "compiler/unicode/table_layout.h"

// GILA_UNICODE_TABLE: the file that generate_table has written.
__asm__(
    ".pushsection .rodata\n"
    ".balign 16\n"
    "gila_unicode_table:\n"
    ".incbin \"" GILA_UNICODE_TABLE
    "\"\n"
    ".byte 0\n"
    ".popsection\n");
extern "C" const char gila_unicode_table[];

namespace gila::compiler {
namespace {

using unicode::Table;

const Table& TheTable() { return *reinterpret_cast<const Table*>(gila_unicode_table); }
template <class T>
const T* At(uint32_t place) {
  return reinterpret_cast<const T*>(gila_unicode_table + place);
}

const unicode::Properties& PropertiesOf(uint32_t c) {
  const Table& table = TheTable();
  constexpr uint32_t kMask = (1u << unicode::kBlockShift) - 1;
  const uint32_t block = At<uint16_t>(table.stage1)[c >> unicode::kBlockShift];
  const uint32_t index = At<uint16_t>(table.stage2)[(block << unicode::kBlockShift) + (c & kMask)];
  return At<unicode::Properties>(table.properties)[index];
}

// The row of `c` in an array sorted by code_point, or null.
template <class Row>
const Row* FindRow(uint32_t place, uint32_t count, uint32_t c) {
  const Row* rows = At<Row>(place);
  const Row* found = std::lower_bound(
      rows, rows + count, c, [](const Row& row, uint32_t code) { return row.code_point < code; });
  return found != rows + count && found->code_point == c ? found : nullptr;
}

// --- names ---

// The text of the number-th name of the table.
std::string NameAt(uint32_t number) {
  const Table& table = TheTable();
  const auto* at =
      At<uint8_t>(table.names) + At<uint32_t>(table.name_blocks)[number / unicode::kNameBlock];
  for (uint32_t i = number % unicode::kNameBlock; i > 0; --i) at += 1 + *at;
  std::string name;
  const uint8_t* const end = at + 1 + *at;
  for (++at; at < end;) {
    uint32_t word = *at++;
    if (word >= unicode::kOneByteWords)
      word = unicode::kOneByteWords + (word - unicode::kOneByteWords) * 256 + *at++;
    const uint32_t* places = At<uint32_t>(table.word_places) + word;
    name.append(At<char>(table.words) + places[0], places[1] - places[0]);
  }
  return name;
}

// The number of the name among the table's, which may be that of an alias or a sequence; or -1.
int FindName(const std::string& name) {
  const Table& table = TheTable();
  const uint16_t* sorted = At<uint16_t>(table.names_sorted);
  const uint16_t* found = std::lower_bound(
      sorted, sorted + table.name_count, name,
      [](uint16_t number, const std::string& text) { return NameAt(number) < text; });
  return found != sorted + table.name_count && NameAt(*found) == name ? *found : -1;
}

constexpr struct {
  uint32_t first, last;
} kIdeographs[] = {{0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0x20000, 0x2A6DF}, {0x2A700, 0x2B738},
                   {0x2B740, 0x2B81D}, {0x2B820, 0x2CEA1}, {0x2CEB0, 0x2EBE0}, {0x30000, 0x3134A}};
bool IsIdeograph(uint32_t c) {
  for (const auto& range : kIdeographs) {
    if (c >= range.first && c <= range.last) return true;
  }
  return false;
}
constexpr std::string_view kIdeographPrefix = "CJK UNIFIED IDEOGRAPH-";

// Hangul syllables are named by the sounds they are made of.
constexpr std::string_view kHangulPrefix = "HANGUL SYLLABLE ";
constexpr uint32_t kHangulFirst = 0xAC00, kHangulCount = 11172, kVowels = 21, kTrails = 28;
constexpr std::string_view kLead[] = {"G",  "GG", "N", "D",  "DD", "R", "M", "B", "BB", "S",
                                      "SS", "",   "J", "JJ", "C",  "K", "T", "P", "H"};
constexpr std::string_view kVowel[kVowels] = {"A",   "AE", "YA", "YAE", "EO", "E",  "YEO",
                                              "YE",  "O",  "WA", "WAE", "OE", "YO", "U",
                                              "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
constexpr std::string_view kTrail[kTrails] = {
    "",   "G",  "GG", "GS", "N",  "NJ", "NH", "D",  "L", "LG", "LM", "LB", "LS", "LT",
    "LP", "LH", "M",  "B",  "BS", "S",  "SS", "NG", "J", "C",  "K",  "T",  "P",  "H"};

std::string HangulName(uint32_t syllable) {
  std::string name(kHangulPrefix);
  name += kLead[syllable / (kVowels * kTrails)];
  name += kVowel[syllable / kTrails % kVowels];
  name += kTrail[syllable % kTrails];
  return name;
}

// The longest of the sounds that `text` begins with, which is then shortened by it; -1 for none.
template <size_t kCount>
int TakeSound(const std::string_view (&sounds)[kCount], std::string_view* text) {
  int best = -1;
  for (size_t i = 0; i < kCount; ++i) {
    if (text->starts_with(sounds[i]) &&
        (best < 0 || sounds[i].size() > sounds[static_cast<size_t>(best)].size()))
      best = static_cast<int>(i);
  }
  if (best >= 0) text->remove_prefix(sounds[static_cast<size_t>(best)].size());
  return best;
}

bool FindHangul(std::string_view sounds, uint32_t* code_point) {
  const int lead = TakeSound(kLead, &sounds);
  const int vowel = lead < 0 ? -1 : TakeSound(kVowel, &sounds);
  const int trail = vowel < 0 ? -1 : TakeSound(kTrail, &sounds);
  if (trail < 0 || !sounds.empty()) return false;
  *code_point = kHangulFirst +
                (static_cast<uint32_t>(lead) * kVowels + static_cast<uint32_t>(vowel)) * kTrails +
                static_cast<uint32_t>(trail);
  return true;
}

bool FindIdeograph(std::string_view digits, uint32_t* code_point) {
  if (digits.size() != 4 && digits.size() != 5) return false;
  uint32_t code = 0;
  for (const char c : digits) {
    const bool decimal = c >= '0' && c <= '9';
    if (!decimal && !(c >= 'A' && c <= 'F')) return false;
    code = code * 16 + static_cast<uint32_t>(decimal ? c - '0' : c - 'A' + 10);
  }
  *code_point = code;
  return IsIdeograph(code);
}

std::string UpperCase(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

}  // namespace

std::string CharacterName(uint32_t code_point) {
  if (code_point - kHangulFirst < kHangulCount) return HangulName(code_point - kHangulFirst);
  if (IsIdeograph(code_point)) {
    char digits[16];
    snprintf(digits, sizeof(digits), "%04X", code_point);
    return std::string(kIdeographPrefix) + digits;
  }
  const Table& table = TheTable();
  const uint32_t* codes = At<uint32_t>(table.name_codes);
  const uint32_t* found = std::lower_bound(codes, codes + table.name_count, code_point);
  if (found == codes + table.name_count || *found != code_point) return {};
  return NameAt(static_cast<uint32_t>(found - codes));
}

bool FindCharacter(std::string_view name, uint32_t* code_point) {
  // Names that follow a rule are known in capitals only, as CPython has it.
  if (name.starts_with(kHangulPrefix))
    return FindHangul(name.substr(kHangulPrefix.size()), code_point);
  if (name.starts_with(kIdeographPrefix))
    return FindIdeograph(name.substr(kIdeographPrefix.size()), code_point);
  const int number = FindName(UpperCase(name));
  if (number < 0) return false;
  *code_point = At<uint32_t>(TheTable().name_codes)[number];
  if (*code_point >= unicode::kFirstSequence) return false;
  if (*code_point >= unicode::kFirstAlias)
    *code_point = At<uint32_t>(TheTable().aliases)[*code_point - unicode::kFirstAlias];
  return true;
}

int FindSequence(std::string_view name, const uint32_t** code_points) {
  const int number = FindName(UpperCase(name));
  if (number < 0) return 0;
  const Table& table = TheTable();
  const uint32_t code = At<uint32_t>(table.name_codes)[number];
  if (code < unicode::kFirstSequence) return 0;
  const uint16_t* places = At<uint16_t>(table.sequence_places) + (code - unicode::kFirstSequence);
  *code_points = At<uint32_t>(table.sequences) + places[0];
  return places[1] - places[0];
}

const char* CategoryName(uint32_t c) { return unicode::kCategories[PropertiesOf(c).category]; }
const char* BidirectionalName(uint32_t c) {
  return unicode::kBidirectional[PropertiesOf(c).bidirectional];
}
const char* EastAsianWidthName(uint32_t c) { return unicode::kWidths[PropertiesOf(c).width]; }
int CombiningClass(uint32_t c) { return PropertiesOf(c).combining; }
bool IsMirrored(uint32_t c) { return PropertiesOf(c).mirrored != 0; }

std::string_view DecompositionText(uint32_t c) {
  const Table& table = TheTable();
  const auto* row =
      FindRow<unicode::Decomposition>(table.decompositions, table.decomposition_count, c);
  if (row == nullptr) return {};
  const char* text = At<char>(table.decomposition_texts) + row->text;
  return {text + 1, static_cast<uint8_t>(*text)};
}

bool FindNumber(uint32_t c, CharacterNumber* number) {
  const Table& table = TheTable();
  const auto* row = FindRow<unicode::Number>(table.numbers, table.number_count, c);
  if (row == nullptr) return false;
  *number = {row->decimal, row->digit, row->value};
  return true;
}

}  // namespace gila::compiler

// charmap.cc: names of charmaps, and reading their tables.
#include "runtime/text/charmap.h"

#include <iconv.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include "runtime/text/charmap_own.h"
#include "runtime/threads/sync.h"

namespace gila {

namespace {

// Where a table of ours differs from the C library's.
struct Patch {
  uint8_t byte;
  uint16_t code_point;
};

struct CharmapRow {
  const char* name;
  const char* c_library;  // what iconv calls it; null: it has none, `upper` is the upper half
  // Other names, each between bars. Besides, "cpNNN" is also "NNN", "ibmNNN" and "windows_NNN".
  const char* aliases;
  Patch patches[20] = {};
  const char16_t* upper = nullptr;
};
constexpr CharmapRow kRows[] = {
    {"cp037", "CP037", "|037|csibm037|ebcdic_cp_ca|ebcdic_cp_nl|ebcdic_cp_us|ebcdic_cp_wt|ibm039|"},
    {"cp273", "CP273", "|csibm273|", {{0xBC, 0x203E}}},
    {"cp424", "CP424", "|csibm424|ebcdic_cp_he|", {{0x78, 0x2017}, {0x8F, 0xB1}}},
    {"cp437", "CP437", "|cspc8codepage437|"},
    {"cp500", "CP500", "|csibm500|ebcdic_cp_be|ebcdic_cp_ch|"},
    {"cp737", "CP737", "|"},
    {"cp775", "CP775", "|cspc775baltic|"},
    {"cp850", "CP850", "|cspc850multilingual|"},
    {"cp852", "CP852", "|cspcp852|"},
    {"cp855", "CP855", "|csibm855|"},
    {"cp856", "CP856", "|", {{0x1A, 0x1A}, {0x1C, 0x1C}, {0x7F, 0x7F}, {0xEE, 0xAF}, {0xFA, 0xB7}}},
    {"cp857", "CP857", "|csibm857|"},
    {"cp858", "CP858", "|csibm858|"},
    {"cp860", "CP860", "|csibm860|"},
    {"cp861", "CP861", "|cp_is|csibm861|"},
    {"cp862", "CP862", "|cspc862latinhebrew|"},
    {"cp863", "CP863", "|csibm863|"},
    {"cp864", "CP864", "|csibm864|"},
    {"cp865", "CP865", "|csibm865|"},
    {"cp866", "CP866", "|csibm866|"},
    {"cp869", "CP869", "|cp_gr|csibm869|"},
    {"cp874", "CP874", "|"},
    {"cp1026", "CP1026", "|csibm1026|", {{0x9D, 0xB8}, {0xBC, 0xAF}}},
    {"cp1125", "CP1125", "|cp866u|ruscii|"},
    {"cp1140", "CP1140", "|"},
    {"cp1250", "CP1250", "|"},
    {"cp1251", "CP1251", "|"},
    {"cp1252", "CP1252", "|"},
    {"cp1253", "CP1253", "|"},
    {"cp1254", "CP1254", "|"},
    {"cp1255", "CP1255", "|"},
    {"cp1256", "CP1256", "|"},
    {"cp1257", "CP1257", "|"},
    {"cp1258", "CP1258", "|"},
    {"iso8859-2", "ISO-8859-2", "|latin2|latin_2|l2|iso_ir_101|csisolatin2|iso_8859_2_1987|"},
    {"iso8859-3", "ISO-8859-3", "|latin3|latin_3|l3|iso_ir_109|csisolatin3|iso_8859_3_1988|"},
    {"iso8859-4", "ISO-8859-4", "|latin4|latin_4|l4|iso_ir_110|csisolatin4|iso_8859_4_1988|"},
    {"iso8859-5", "ISO-8859-5", "|cyrillic|iso_ir_144|csisolatincyrillic|iso_8859_5_1988|"},
    {"iso8859-6", "ISO-8859-6",
     "|arabic|asmo_708|ecma_114|iso_ir_127|csisolatinarabic|iso_8859_6_1987|"},
    {"iso8859-7", "ISO-8859-7",
     "|greek|greek8|ecma_118|elot_928|iso_ir_126|csisolatingreek|iso_8859_7_1987|"},
    {"iso8859-8", "ISO-8859-8", "|hebrew|iso_ir_138|csisolatinhebrew|iso_8859_8_1988|"},
    {"iso8859-9", "ISO-8859-9", "|latin5|latin_5|l5|iso_ir_148|csisolatin5|iso_8859_9_1989|"},
    {"iso8859-10", "ISO-8859-10", "|latin6|latin_6|l6|iso_ir_157|csisolatin6|iso_8859_10_1992|"},
    {"iso8859-11", "ISO-8859-11", "|thai|iso_8859_11_2001|"},
    {"iso8859-13", "ISO-8859-13", "|latin7|latin_7|l7|"},
    {"iso8859-14", "ISO-8859-14", "|latin8|latin_8|l8|iso_celtic|iso_ir_199|iso_8859_14_1998|"},
    {"iso8859-15", "ISO-8859-15", "|latin9|latin_9|l9|"},
    {"iso8859-16", "ISO-8859-16", "|latin10|latin_10|l10|iso_ir_226|iso_8859_16_2001|"},
    {"koi8-r", "KOI8-R", "|cskoi8r|"},
    {"koi8-t", "KOI8-T", "|"},
    {"koi8-u", "KOI8-U", "|"},
    {"mac-cyrillic", "MAC-CYRILLIC", "|maccyrillic|", {{0xFF, 0x20AC}}},
    {"mac-roman", "MACINTOSH", "|macroman|macintosh|", {{0xC6, 0x2206}, {0xF0, 0xF8FF}}},
    {"mac-latin2", "MAC-CENTRALEUROPE", "|maccentraleurope|mac_centeuro|maclatin2|"},
    {"hp-roman8", "HP-ROMAN8", "|roman8|r8|csHPRoman8|cp1051|ibm1051|"},
    {"cp875",
     "CP4971",
     "|",
     {{0xDC, 0x1A}, {0xE1, 0x1A}, {0xEC, 0x1A}, {0xED, 0x1A}, {0xFC, 0x1A}, {0xFD, 0x1A}}},
    {"kz1048", "RK1048", "|kz_1048|rk1048|strk1048_2002|"},
    {"tis-620",
     "HP-THAI8",
     "|tis620|tis_620_0|tis_620_2529_0|tis_620_2529_1|iso_ir_166|",
     {{0xA0, Charmap::kUndefined}}},
    // Apple's sets for single countries are its Roman one with other letters in some places.
    {"mac-iceland",
     "MACINTOSH",
     "|maciceland|",
     {{0xA0, 0xDD},
      {0xC6, 0x2206},
      {0xDC, 0xD0},
      {0xDD, 0xF0},
      {0xDE, 0xDE},
      {0xDF, 0xFE},
      {0xE0, 0xFD},
      {0xF0, 0xF8FF}}},
    {"mac-turkish",
     "MACINTOSH",
     "|macturkish|",
     {{0xC6, 0x2206},
      {0xDA, 0x11E},
      {0xDB, 0x11F},
      {0xDC, 0x130},
      {0xDD, 0x131},
      {0xDE, 0x15E},
      {0xDF, 0x15F},
      {0xF0, 0xF8FF},
      {0xF5, 0xF8A0}}},
    {"mac-romanian",
     "MACINTOSH",
     "|",
     {{0xAE, 0x102},
      {0xAF, 0x218},
      {0xBE, 0x103},
      {0xBF, 0x219},
      {0xC6, 0x2206},
      {0xDE, 0x21A},
      {0xDF, 0x21B},
      {0xF0, 0xF8FF}}},
    {"mac-croatian",
     "MACINTOSH",
     "|",
     {{0xA9, 0x160}, {0xAE, 0x17D}, {0xB4, 0x2206}, {0xB9, 0x161},  {0xBE, 0x17E},
      {0xC6, 0x106}, {0xC8, 0x10C}, {0xD0, 0x110},  {0xD8, 0xF8FF}, {0xD9, 0xA9},
      {0xDE, 0xC6},  {0xDF, 0xBB},  {0xE0, 0x2013}, {0xE6, 0x107},  {0xE8, 0x10D},
      {0xF0, 0x111}, {0xF9, 0x3C0}, {0xFA, 0xCB},   {0xFD, 0xCA},   {0xFE, 0xE6}}},
    {"mac-greek", nullptr, "|macgreek|", {}, kMacGreekUpper},
    {"mac-arabic", nullptr, "|", {}, kMacArabicUpper},
    {"mac-farsi",
     nullptr,
     "|",
     {{0xB0, 0x6F0},
      {0xB1, 0x6F1},
      {0xB2, 0x6F2},
      {0xB3, 0x6F3},
      {0xB4, 0x6F4},
      {0xB5, 0x6F5},
      {0xB6, 0x6F6},
      {0xB7, 0x6F7},
      {0xB8, 0x6F8},
      {0xB9, 0x6F9}},
     kMacArabicUpper},
    {"cp720", nullptr, "|", {}, kCp720Upper},
    {"cp1006", nullptr, "|", {}, kCp1006Upper},
    {"palmos",
     "CP1252",
     "|",
     {{0x81, 0x81},
      {0x8D, 0x2666},
      {0x8E, 0x2663},
      {0x8F, 0x2665},
      {0x90, 0x2660},
      {0x9B, 0x9B},
      {0x9D, 0x9D},
      {0x9E, 0x9E}}},
    {"ptcp154", "PT154", "|csptcp154|pt154|cp154|cyrillic_asian|"},
};
constexpr int kCount = static_cast<int>(std::size(kRows));

Atomic<const Charmap*> tables[kCount];

// The code point of one byte; kUndefined when the encoding has none.
uint16_t CodePointOf(iconv_t converter, uint8_t byte) {
  iconv(converter, nullptr, nullptr, nullptr, nullptr);
  char in = static_cast<char>(byte);
  char* from = &in;
  uint32_t out[4] = {};
  auto* to = reinterpret_cast<char*>(out);
  size_t in_left = 1, out_left = sizeof(out);
  const size_t result = iconv(converter, &from, &in_left, &to, &out_left);
  if (result == static_cast<size_t>(-1)) return Charmap::kUndefined;
  iconv(converter, nullptr, nullptr, &to, &out_left);  // what waits for a combining character
  return out_left == sizeof(out) || out[0] > 0xFFFF ? Charmap::kUndefined
                                                    : static_cast<uint16_t>(out[0]);
}

// The code points of a row by byte; false when the C library lacks it.
bool ReadUnits(const CharmapRow& row, uint16_t* units) {
  if (row.upper != nullptr) {
    for (uint16_t byte = 0; byte < 256; ++byte)
      units[byte] = byte < 128 ? byte : static_cast<uint16_t>(row.upper[byte - 128]);
  } else {
    const iconv_t converter = iconv_open("UTF-32LE", row.c_library);
    if (converter == reinterpret_cast<iconv_t>(-1)) return false;
    for (int byte = 0; byte < 256; ++byte)
      units[byte] = CodePointOf(converter, static_cast<uint8_t>(byte));
    iconv_close(converter);
  }
  for (const Patch& patch : row.patches)
    if (patch.code_point != 0) units[patch.byte] = patch.code_point;
  return true;
}

const Charmap* ReadTable(const CharmapRow& row) {
  auto map = std::make_unique<Charmap>();
  if (!ReadUnits(row, map->units)) return nullptr;
  map->name = row.name;
  map->ascii = true;
  for (int byte = 0; byte < 256; ++byte) {
    const uint16_t unit = map->units[byte];
    // Some have ASCII in both halves, and write the upper one.
    if (byte < 128 ? unit != byte : unit < 128) map->ascii = false;
    if (unit != Charmap::kUndefined)
      map->pairs[map->pair_count++] = {unit, static_cast<uint8_t>(byte)};
  }
  std::sort(map->pairs, map->pairs + map->pair_count,
            [](const Charmap::Pair& a, const Charmap::Pair& b) {
              return a.code_point != b.code_point ? a.code_point < b.code_point : a.byte > b.byte;
            });
  return map.release();  // for the life of the program
}

bool HasAlias(const CharmapRow& row, std::string_view key) {
  const std::string_view aliases(row.aliases);
  for (size_t at = aliases.find(key); at != std::string_view::npos;
       at = aliases.find(key, at + 1)) {
    if (at > 0 && aliases[at - 1] == '|' && aliases[at + key.size()] == '|') return true;
  }
  return false;
}

// Names are compared without the marks between their parts.
bool SameName(std::string_view a, std::string_view b) {
  size_t i = 0, j = 0;
  const auto is_mark = [](char c) { return c == '-' || c == '_'; };
  while (true) {
    while (i < a.size() && is_mark(a[i])) ++i;
    while (j < b.size() && is_mark(b[j])) ++j;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (a[i++] != b[j++]) return false;
  }
}

}  // namespace

int Charmap::Find(uint32_t code_point) const {
  if (ascii && code_point < 128) return static_cast<int>(code_point);
  const Pair* const end = pairs + pair_count;
  const Pair* const found = std::lower_bound(
      pairs, end, code_point, [](const Pair& pair, uint32_t c) { return pair.code_point < c; });
  return found != end && found->code_point == code_point ? found->byte : -1;
}

int FindCharmapNumber(std::string_view key) {
  for (int i = 0; i < kCount; ++i) {
    const CharmapRow& row = kRows[i];
    const std::string_view name(row.name);
    if (SameName(name, key) || HasAlias(row, key)) return i;
    if (name.substr(0, 2) != "cp") continue;
    const std::string_view digits = name.substr(2);
    for (const std::string_view prefix : {"", "ibm", "windows_"}) {
      if (key.substr(0, prefix.size()) == prefix && key.substr(prefix.size()) == digits) return i;
    }
  }
  return -1;
}

const char* CharmapName(int number) { return kRows[number].name; }

const char* CharmapAliases(int number) { return kRows[number].aliases; }

int CharmapCount() { return kCount; }

const Charmap* GetCharmap(int number) {
  if (const Charmap* const known = tables[number].Load()) return known;
  const Charmap* const made = ReadTable(kRows[number]);
  const Charmap* expected = nullptr;
  if (made == nullptr || tables[number].CompareExchange(expected, made)) return made;
  delete made;  // another thread was faster
  return expected;
}

}  // namespace gila

// unicode.cc: properties of code points. General categories come from utf8proc; the tables here are
// what the derived properties of the standard (Lowercase, Uppercase, XID_Start, Numeric_Type, ...)
// add to or take from them.
#include "runtime/text/unicode.h"

#include <utf8proc.h>

#include <array>
#include <cstddef>

namespace gila {

namespace {

struct CharRange {
  uint32_t first, last;
};

template <size_t kSize>
constexpr bool InRanges(const CharRange (&ranges)[kSize], uint32_t c) {
  size_t low = 0, high = kSize;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (c > ranges[middle].last) {
      low = middle + 1;
    } else if (c < ranges[middle].first) {
      high = middle;
    } else {
      return true;
    }
  }
  return false;
}

// Numeric_Type=Digit: digits that are no decimal ones.
constexpr CharRange kDigitRanges[] = {
    {0xB2, 0xB3},       {0xB9, 0xB9},       {0x1369, 0x1371},   {0x19DA, 0x19DA},
    {0x2070, 0x2070},   {0x2074, 0x2079},   {0x2080, 0x2089},   {0x2460, 0x2468},
    {0x2474, 0x247C},   {0x2488, 0x2490},   {0x24EA, 0x24EA},   {0x24F5, 0x24FD},
    {0x24FF, 0x24FF},   {0x2776, 0x277E},   {0x2780, 0x2788},   {0x278A, 0x2792},
    {0x10A40, 0x10A43}, {0x10E60, 0x10E68}, {0x11052, 0x1105A}, {0x1F100, 0x1F10A}};

// Ideographs that are numbers (kPrimaryNumeric and its kin).
constexpr CharRange kNumericIdeographs[] = {
    {0x3405, 0x3405},   {0x3483, 0x3483},   {0x382A, 0x382A},   {0x3B4D, 0x3B4D},
    {0x4E00, 0x4E00},   {0x4E03, 0x4E03},   {0x4E07, 0x4E07},   {0x4E09, 0x4E09},
    {0x4E5D, 0x4E5D},   {0x4E8C, 0x4E8C},   {0x4E94, 0x4E94},   {0x4E96, 0x4E96},
    {0x4EBF, 0x4EC0},   {0x4EDF, 0x4EDF},   {0x4EE8, 0x4EE8},   {0x4F0D, 0x4F0D},
    {0x4F70, 0x4F70},   {0x5104, 0x5104},   {0x5146, 0x5146},   {0x5169, 0x5169},
    {0x516B, 0x516B},   {0x516D, 0x516D},   {0x5341, 0x5341},   {0x5343, 0x5345},
    {0x534C, 0x534C},   {0x53C1, 0x53C4},   {0x56DB, 0x56DB},   {0x58F1, 0x58F1},
    {0x58F9, 0x58F9},   {0x5E7A, 0x5E7A},   {0x5EFE, 0x5EFF},   {0x5F0C, 0x5F0E},
    {0x5F10, 0x5F10},   {0x62FE, 0x62FE},   {0x634C, 0x634C},   {0x67D2, 0x67D2},
    {0x6F06, 0x6F06},   {0x7396, 0x7396},   {0x767E, 0x767E},   {0x8086, 0x8086},
    {0x842C, 0x842C},   {0x8CAE, 0x8CAE},   {0x8CB3, 0x8CB3},   {0x8D30, 0x8D30},
    {0x9621, 0x9621},   {0x9646, 0x9646},   {0x964C, 0x964C},   {0x9678, 0x9678},
    {0x96F6, 0x96F6},   {0xF96B, 0xF96B},   {0xF973, 0xF973},   {0xF978, 0xF978},
    {0xF9B2, 0xF9B2},   {0xF9D1, 0xF9D1},   {0xF9D3, 0xF9D3},   {0xF9FD, 0xF9FD},
    {0x20001, 0x20001}, {0x20064, 0x20064}, {0x200E2, 0x200E2}, {0x20121, 0x20121},
    {0x2092A, 0x2092A}, {0x20983, 0x20983}, {0x2098C, 0x2098C}, {0x2099C, 0x2099C},
    {0x20AEA, 0x20AEA}, {0x20AFD, 0x20AFD}, {0x20B19, 0x20B19}, {0x22390, 0x22390},
    {0x22998, 0x22998}, {0x23B1B, 0x23B1B}, {0x2626D, 0x2626D}, {0x2F890, 0x2F890}};

// Other_Lowercase and Other_Uppercase.
constexpr CharRange kOtherLower[] = {
    {0xAA, 0xAA},       {0xBA, 0xBA},       {0x2B0, 0x2B8},     {0x2C0, 0x2C1},    {0x2E0, 0x2E4},
    {0x345, 0x345},     {0x37A, 0x37A},     {0x1D2C, 0x1D6A},   {0x1D78, 0x1D78},  {0x1D9B, 0x1DBF},
    {0x2071, 0x2071},   {0x207F, 0x207F},   {0x2090, 0x209C},   {0x2170, 0x217F},  {0x24D0, 0x24E9},
    {0x2C7C, 0x2C7D},   {0xA69C, 0xA69D},   {0xA770, 0xA770},   {0xA7F8, 0xA7F9},  {0xAB5C, 0xAB5F},
    {0x10780, 0x10780}, {0x10783, 0x10785}, {0x10787, 0x107B0}, {0x107B2, 0x107BA}};
constexpr CharRange kOtherUpper[] = {
    {0x2160, 0x216F}, {0x24B6, 0x24CF}, {0x1F130, 0x1F149}, {0x1F150, 0x1F169}, {0x1F170, 0x1F189}};

// Letters that are no identifier characters because their compatibility form is none.
constexpr CharRange kNotIdentifier[] = {{0x37A, 0x37A},   {0x2E2F, 0x2E2F}, {0xFC5E, 0xFC63},
                                        {0xFDFA, 0xFDFB}, {0xFE70, 0xFE70}, {0xFE72, 0xFE72},
                                        {0xFE74, 0xFE74}, {0xFE76, 0xFE76}, {0xFE78, 0xFE78},
                                        {0xFE7A, 0xFE7A}, {0xFE7C, 0xFE7C}, {0xFE7E, 0xFE7E}};
// Those that may stand in an identifier but not begin it.
constexpr CharRange kNotIdStart[] = {{0xE33, 0xE33}, {0xEB3, 0xEB3}, {0xFF9E, 0xFF9F}};
// Other_ID_Start and Other_ID_Continue.
constexpr CharRange kOtherIdStart[] = {{0x1885, 0x1886}, {0x2118, 0x2118}, {0x212E, 0x212E}};
constexpr CharRange kOtherIdContinue[] = {
    {0xB7, 0xB7}, {0x387, 0x387}, {0x1369, 0x1371}, {0x19DA, 0x19DA}};

constexpr CharRange kControlSpaces[] = {{0x9, 0xD}, {0x1C, 0x1F}, {0x85, 0x85}, {0x2028, 0x2029}};
constexpr CharRange kLineBreaks[] = {{0xA, 0xD}, {0x1C, 0x1E}, {0x85, 0x85}, {0x2028, 0x2029}};

// Punctuation inside words, which the final-sigma rule looks through.
constexpr CharRange kMidWord[] = {
    {0x27, 0x27},     {0x2E, 0x2E},     {0x3A, 0x3A},     {0xB7, 0xB7},
    {0x387, 0x387},   {0x55F, 0x55F},   {0x5F4, 0x5F4},   {0x2018, 0x2019},
    {0x2024, 0x2024}, {0x2027, 0x2027}, {0xFE13, 0xFE13}, {0xFE52, 0xFE52},
    {0xFE55, 0xFE55}, {0xFF07, 0xFF07}, {0xFF0E, 0xFF0E}, {0xFF1A, 0xFF1A}};

constexpr uint16_t CategoryFlags(utf8proc_category_t category) {
  switch (category) {
    case UTF8PROC_CATEGORY_LU:
      return kCharAlpha | kCharUpper | kCharPrintable | kCharIdStart | kCharIdContinue;
    case UTF8PROC_CATEGORY_LL:
      return kCharAlpha | kCharLower | kCharPrintable | kCharIdStart | kCharIdContinue;
    case UTF8PROC_CATEGORY_LT:
      return kCharAlpha | kCharTitle | kCharPrintable | kCharIdStart | kCharIdContinue;
    case UTF8PROC_CATEGORY_LM:
      return kCharAlpha | kCharPrintable | kCharIdStart | kCharIdContinue | kCharCaseIgnorable;
    case UTF8PROC_CATEGORY_LO:
      return kCharAlpha | kCharPrintable | kCharIdStart | kCharIdContinue;
    case UTF8PROC_CATEGORY_MN:
      return kCharPrintable | kCharIdContinue | kCharCaseIgnorable;
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_PC:
      return kCharPrintable | kCharIdContinue;
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_SK:
      return kCharPrintable | kCharCaseIgnorable;
    case UTF8PROC_CATEGORY_ND:
      return kCharDecimal | kCharDigit | kCharNumeric | kCharPrintable | kCharIdContinue;
    case UTF8PROC_CATEGORY_NL:
      return kCharNumeric | kCharPrintable | kCharIdStart | kCharIdContinue;
    case UTF8PROC_CATEGORY_NO:
      return kCharNumeric | kCharPrintable;
    case UTF8PROC_CATEGORY_ZS:
      return kCharSpace;
    case UTF8PROC_CATEGORY_CF:
      return kCharCaseIgnorable;
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
      return 0;
    default:
      return kCharPrintable;
  }
}

constexpr uint16_t FlagsOf(uint32_t c, utf8proc_category_t category) {
  uint16_t flags = CategoryFlags(category);
  if (InRanges(kDigitRanges, c)) flags |= kCharDigit;
  if (InRanges(kNumericIdeographs, c)) flags |= kCharNumeric;
  if (InRanges(kOtherLower, c)) flags |= kCharLower;
  if (InRanges(kOtherUpper, c)) flags |= kCharUpper;
  if (InRanges(kOtherIdStart, c)) flags |= kCharIdStart | kCharIdContinue;
  if (InRanges(kOtherIdContinue, c)) flags |= kCharIdContinue;
  if (InRanges(kNotIdentifier, c))
    flags &= static_cast<uint16_t>(~(kCharIdStart | kCharIdContinue));
  if (InRanges(kNotIdStart, c)) flags &= static_cast<uint16_t>(~kCharIdStart);
  if (InRanges(kControlSpaces, c)) flags |= kCharSpace;
  if (InRanges(kLineBreaks, c)) flags |= kCharLineBreak;
  if (InRanges(kMidWord, c)) flags |= kCharCaseIgnorable;
  if (c == ' ') flags |= kCharPrintable;
  if (c == '_') flags |= kCharIdStart;
  return flags;
}

// The categories of Latin-1, two letters each as the standard writes them. They are compiled in, so
// that a program of plain text never touches utf8proc's tables.
constexpr char kLatin1Categories[] =
    "CcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCc"
    "ZsPoPoPoScPoPoPoPsPePoSmPoPdPoPoNdNdNdNdNdNdNdNdNdNdPoPoSmSmSmPo"
    "PoLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuPsPoPeSkPc"
    "SkLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlPsSmPeSmCc"
    "CcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCc"
    "ZsPoScScScScSoPoSkSoLoPiSmCfSoSkSoSmNoNoSkLlPoPoSkNoLoPfNoNoNoPo"
    "LuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuLuSmLuLuLuLuLuLuLuLl"
    "LlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlLlSmLlLlLlLlLlLlLlLl";
static_assert(sizeof(kLatin1Categories) == 2 * 256 + 1);

constexpr utf8proc_category_t Latin1Category(uint32_t c) {
  switch (kLatin1Categories[2 * c] << 8 | kLatin1Categories[2 * c + 1]) {
    case 'L' << 8 | 'u':
      return UTF8PROC_CATEGORY_LU;
    case 'L' << 8 | 'l':
      return UTF8PROC_CATEGORY_LL;
    case 'L' << 8 | 'o':
      return UTF8PROC_CATEGORY_LO;
    case 'N' << 8 | 'd':
      return UTF8PROC_CATEGORY_ND;
    case 'N' << 8 | 'o':
      return UTF8PROC_CATEGORY_NO;
    case 'P' << 8 | 'c':
      return UTF8PROC_CATEGORY_PC;
    case 'S' << 8 | 'k':
      return UTF8PROC_CATEGORY_SK;
    case 'Z' << 8 | 's':
      return UTF8PROC_CATEGORY_ZS;
    case 'C' << 8 | 'c':
      return UTF8PROC_CATEGORY_CC;
    case 'C' << 8 | 'f':
      return UTF8PROC_CATEGORY_CF;
    default:
      return UTF8PROC_CATEGORY_PO;  // all others mean "printable" and no more
  }
}

constexpr std::array<uint16_t, 256> MakeLatin1Flags() {
  std::array<uint16_t, 256> flags{};
  for (uint32_t c = 0; c < 256; ++c) flags[c] = FlagsOf(c, Latin1Category(c));
  return flags;
}
constexpr std::array<uint16_t, 256> kLatin1Table = MakeLatin1Flags();

}  // namespace

const uint16_t* const latin1_flags = kLatin1Table.data();

uint16_t CharFlagsSlow(uint32_t c) {
  return FlagsOf(c, utf8proc_category(static_cast<utf8proc_int32_t>(c)));
}

int DecimalValue(uint32_t c) {
  if (c < 128) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
  if (!CharIs(c, kCharDecimal)) return -1;
  // Decimal digits come in runs of ten from the zero on; runs may touch.
  uint32_t first = c;
  while (CharIs(first - 1, kCharDecimal)) --first;
  return static_cast<int>((c - first) % 10);
}

}  // namespace gila

// multibyte_charsets.cc: see multibyte_charsets.h. A table is asked of iconv code by code. What
// differs from CPython's table is listed with the reason: editions of a standard that came later,
// areas for private use that iconv fills, and characters that only one of the two knows as twins.
#include "stdlib/multibyte_charsets.h"

#include <iconv.h>

#include <initializer_list>
#include <iterator>
#include <string>

#include "runtime/threads/sync.h"

namespace gila {
namespace {

// `count` codes from `code` on are the characters from `first` on (0: they are no characters).
struct Patch {
  uint16_t code;
  uint32_t first;
  uint16_t count = 1;
};
// A character that is written as this code, although the code is read as something else; 0: that is
// not written.
struct Twin {
  uint32_t c;
  uint16_t code;
};

using Patches = std::initializer_list<Patch>;
using Twins = std::initializer_list<Twin>;

// JIS X 0208 has HORIZONTAL BAR, TILDE and the white parentheses where iconv takes their twins.
#define PLANE_1 {0x213D, 0x2015}, {0x2232, 0x7E}, {0x2256, 0x2985}, {0x2257, 0x2986}
constexpr Patch kPlane1[] = {PLANE_1};
// The ten characters that the edition of 2004 added.
constexpr uint32_t kNot = Charset::kWithdrawn;
constexpr Patch kPlane1Of2000[] = {PLANE_1,        {0x2E21, kNot}, {0x2F7E, kNot}, {0x4F54, kNot},
                                   {0x4F7E, kNot}, {0x7427, kNot}, {0x7E7A, kNot}, {0x7E7B, kNot},
                                   {0x7E7C, kNot}, {0x7E7D, kNot}, {0x7E7E, kNot}};
#undef PLANE_1
// The edition of 2004 has another form of this character. iso2022_jp_3 reads it so, and writes the
// older one.
constexpr Patch kPlane2Of2000[] = {{0x7D3B, 0x9B1D}};
constexpr Twin kPlane2Mixed[] = {{0x9B1C, 0}, {0x9B1D, 0x7D3B}};
// A mark for postal codes that came later.
constexpr Patch kKsX1001[] = {{0x2268, 0}};
// TILDE, of which iconv makes the wide one.
constexpr Patch kJisX0212[] = {{0x2237, 0x7E}};
constexpr Patch kShiftJis2004[] = {
    {0x815C, 0x2015}, {0x815F, 0x5C}, {0x81B0, 0x7E}, {0x81D4, 0x2985}, {0x81D5, 0x2986}};
constexpr Patch kShiftJisX0213[] = {
    {0x815C, 0x2015}, {0x815F, 0x5C}, {0x81B0, 0x7E}, {0x81D4, 0x2985},
    {0x81D5, 0x2986}, {0x879F, kNot}, {0x889E, kNot}, {0x9873, kNot},
    {0x989E, kNot},   {0xEAA5, kNot}, {0xEFF8, kNot}, {0xEFF9, kNot},
    {0xEFFA, kNot},   {0xEFFB, kNot}, {0xEFFC, kNot}, {0xFC5A, 0x9B1D}};
// What Windows writes for the characters that JIS and it name differently.
constexpr Twin kCp932Twins[] = {{0xA2, 0x8191},   {0xA3, 0x8192},   {0xAC, 0x81CA},
                                {0x2016, 0x8161}, {0x2212, 0x817C}, {0x301C, 0x8160}};
// Letters of Hangul that stand alone, in a second place.
constexpr Patch kJohab[] = {{0x8441, 0x3000}, {0x8442, 0x3131, 2}, {0x8445, 0x3134},
                            {0x8448, 0x3137}, {0x8449, 0x3139},    {0x8451, 0x3141},
                            {0x8453, 0x3142}, {0x8455, 0x3145, 4}, {0x8459, 0x314A, 5},
                            {0xD9E8, 0}};
// CPython has the edition of 2000, where these are for private use.
constexpr Patch kGb18030[] = {{0xA6D9, 0xE78D, 7}, {0xA6EC, 0xE794, 2}, {0xA6F3, 0xE796},
                              {0xA8BC, 0xE7C7},    {0xFE51, 0xE816, 3}, {0xFE59, 0xE81E},
                              {0xFE61, 0xE826},    {0xFE66, 0xE82B, 2}, {0xFE6C, 0xE831, 2},
                              {0xFE76, 0xE83B},    {0xFE7E, 0xE843},    {0xFE90, 0xE854, 2},
                              {0xFEA0, 0xE864}};
// The rows C6 to C8, Japanese and Cyrillic letters in the original; iconv has them as private use.
#define BIG5_EXTENSION                                                                 \
  {0xC6A1, 0x30FE}, {0xC6A2, 0x309D, 2}, {0xC6A4, 0x3005}, {0xC6A5, 0x3041, 83},       \
      {0xC6F8, 0x30A1, 86}, {0xC7B1, 0x414, 2}, {0xC7B3, 0x401}, {0xC7B4, 0x416, 7},   \
      {0xC7BB, 0x423, 19}, {0xC7CE, 0x451}, {0xC7CF, 0x436, 26}, {0xC7E9, 0x2460, 10}, \
      {0xC7F3, 0x2474, 10}, {0xC7FD, 0, 159}
// And the euro and the lines that Microsoft added.
constexpr Patch kBig5[] = {{0xA145, 0x2022}, {0xA14E, 0xFF64}, {0xA1C2, 0x203E}, {0xA1E3, 0x223C},
                           {0xA1F2, 0x2641}, {0xA1F3, 0x2609}, {0xA241, 0xFF0F}, {0xA242, 0xFF3C},
                           {0xA244, 0xA5},   {0xA246, 0xA2},   {0xA247, 0xA3},   {0xA3E1, 0},
                           {0xF9D6, 0, 41},  BIG5_EXTENSION};
constexpr Patch kCp950[] = {BIG5_EXTENSION};
#undef BIG5_EXTENSION
constexpr Twin kCp950Twins[] = {{0xA2, 0xA246},   {0xA3, 0xA247},   {0xA5, 0xA244},
                                {0x2022, 0xA145}, {0x203E, 0xA1C2}, {0x223C, 0xA1E3},
                                {0x2609, 0xA1F3}, {0x2641, 0xA1F2}, {0x5341, 0xA451},
                                {0x5345, 0xA4CA}, {0xFF64, 0xA14E}};
// Without the characters that the edition of 2008 added, with the twins of plain Big5.
constexpr Patch kBig5Hkscs[] = {{0x877A, 0, 68},  {0xA15A, 0x2574}, {0xA1C3, 0xFFE3},
                                {0xA1C5, 0x02CD}, {0xA1FE, 0xFF0F}, {0xA240, 0xFF3C},
                                {0xA2CC, 0x5341}, {0xA2CE, 0x5345}};

struct CharsetRow {
  const char* c_library;  // the name of an encoding that holds the set
  const char* prefix;     // the bytes that select it there
  uint16_t set_bits;      // what its codes have set there and not here
  uint8_t first_lead;
  bool last_wins;  // of several codes for a character, which one is written
  const Patch* patches = nullptr;
  size_t patch_count = 0;
  const Twin* twins = nullptr;
  size_t twin_count = 0;
};

#define PATCHED(list) list, std::size(list)
constexpr CharsetRow kRows[] = {
    {"EUC-JP", "", 0x8080, 0x21, false},
    {"EUC-JP", "\x8F", 0x8080, 0x21, false, PATCHED(kJisX0212)},
    {"EUC-JISX0213", "", 0x8080, 0x21, false, PATCHED(kPlane1)},
    {"EUC-JISX0213", "\x8F", 0x8080, 0x21, false},
    {"EUC-JISX0213", "", 0x8080, 0x21, false, PATCHED(kPlane1Of2000)},
    {"EUC-JISX0213", "\x8F", 0x8080, 0x21, false, PATCHED(kPlane2Of2000)},
    {"EUC-JISX0213", "\x8F", 0x8080, 0x21, false, nullptr, 0, PATCHED(kPlane2Mixed)},
    {"EUC-KR", "", 0x8080, 0x21, false, PATCHED(kKsX1001)},
    {"EUC-CN", "", 0x8080, 0x21, false},
    {"SJIS", "", 0, 0x81, false},
    {"SHIFT_JISX0213", "", 0, 0x81, false, PATCHED(kShiftJis2004)},
    {"SHIFT_JISX0213", "", 0, 0x81, false, PATCHED(kShiftJisX0213)},
    {"CP932", "", 0, 0x81, false, nullptr, 0, PATCHED(kCp932Twins)},
    {"UHC", "", 0, 0x81, false},
    {"JOHAB", "", 0, 0x81, true, PATCHED(kJohab)},
    {"GBK", "", 0, 0x81, false},
    {"GB18030", "", 0, 0x81, false, PATCHED(kGb18030)},
    {"BIG5", "", 0, 0x81, true, PATCHED(kBig5)},
    {"BIG5", "", 0, 0x81, false, PATCHED(kCp950), PATCHED(kCp950Twins)},
    {"BIG5-HKSCS", "", 0, 0x81, true, PATCHED(kBig5Hkscs)},
};
#undef PATCHED
static_assert(std::size(kRows) == static_cast<size_t>(CharsetId::kCount));

Atomic<const Charset*> tables[static_cast<size_t>(CharsetId::kCount)];

// The code after `code` in the order of a standard: the trail bytes are 40 to 7E and A1 to FE, or
// 21 to 7E.
uint32_t NextCode(uint32_t code) {
  const uint32_t trail = code & 0xFF;
  if (code >= 0x8000 && trail == 0x7E) return code - 0x7E + 0xA1;
  if (trail == 0xFE) return (code & 0xFF00) + 0x140;
  return code + 1;
}

}  // namespace

// Makes a table of what iconv says.
class CharsetReader {
 public:
  explicit CharsetReader(const CharsetRow& row)
      : row_(row), converter_(iconv_open("UTF-32LE", row.c_library)) {}
  CharsetReader(const CharsetReader&) = delete;
  ~CharsetReader() {
    if (ok()) iconv_close(converter_);
  }
  bool ok() const { return converter_ != reinterpret_cast<iconv_t>(-1); }

  const Charset* Read() {
    made_ = std::make_unique<Charset>();
    made_->chars_.resize(Charset::kCodes);
    const uint32_t last_lead = row_.set_bits != 0 ? 0x7E : 0xFE;
    const uint32_t first_trail = row_.set_bits != 0 ? 0x21 : 0x30;
    for (uint32_t lead = row_.first_lead; lead <= last_lead; ++lead) {
      for (uint32_t trail = first_trail; trail <= last_lead; ++trail) Ask(lead << 8 | trail);
    }
    Correct();
    Invert();
    return made_.release();  // for the life of the program
  }

 private:
  void Ask(uint32_t code) {
    iconv(converter_, nullptr, nullptr, nullptr, nullptr);
    const uint32_t bytes = code | row_.set_bits;
    std::string in(row_.prefix);
    in.push_back(static_cast<char>(bytes >> 8));
    in.push_back(static_cast<char>(bytes));
    char* from = in.data();
    uint32_t out[4] = {};
    auto* to = reinterpret_cast<char*>(out);
    size_t in_left = in.size(), out_left = sizeof(out);
    if (iconv(converter_, &from, &in_left, &to, &out_left) != 0) return;
    iconv(converter_, nullptr, nullptr, &to, &out_left);  // what waits for a combining character
    const size_t count = (sizeof(out) - out_left) / sizeof(out[0]);
    // Two characters may also be one byte each: then the first is not of this set.
    if (count == 1) {
      made_->chars_[code] = out[0];
    } else if (count == 2 && out[1] >= 0x80) {
      made_->chars_[code] = Charset::kPair | static_cast<uint32_t>(made_->pairs_.size());
      made_->pairs_.push_back({out[0], out[1], static_cast<uint16_t>(code)});
    }
  }

  void Correct() {
    for (size_t i = 0; i < row_.patch_count; ++i) {
      const Patch& patch = row_.patches[i];
      uint32_t code = patch.code;
      for (uint32_t k = 0; k < patch.count; ++k, code = NextCode(code))
        made_->chars_[code] = patch.first == 0 ? 0 : patch.first + k;
    }
  }

  void Write(uint32_t c, uint32_t code, bool replace) {
    if (c == 0 || (c >> 8) >= Charset::kPages) return;
    auto& page = made_->pages_[c >> 8];
    if (page == nullptr) page = std::make_unique<uint16_t[]>(256);
    if (replace || page[c & 255] == 0) page[c & 255] = static_cast<uint16_t>(code);
  }

  void Invert() {
    for (uint32_t code = 0; code < Charset::kCodes; ++code) {
      const uint32_t c = made_->chars_[code];
      if ((c & Charset::kPair) == 0) Write(c, code, row_.last_wins);
    }
    for (size_t i = 0; i < row_.twin_count; ++i) Write(row_.twins[i].c, row_.twins[i].code, true);
  }

  const CharsetRow& row_;
  const iconv_t converter_;
  std::unique_ptr<Charset> made_;
};

bool Charset::TakesMark(uint32_t c) const {
  for (const Pair& pair : pairs_)
    if (pair.base == c) return true;
  return false;
}

int Charset::EncodePair(uint32_t c, uint32_t mark) const {
  for (const Pair& pair : pairs_)
    if (pair.base == c && pair.mark == mark) return pair.code;
  return kNone;
}

const Charset* GetCharset(CharsetId id) {
  Atomic<const Charset*>& place = tables[static_cast<size_t>(id)];
  if (const Charset* const known = place.Load()) return known;
  CharsetReader reader(kRows[static_cast<size_t>(id)]);
  if (!reader.ok()) return nullptr;
  const Charset* const made = reader.Read();
  const Charset* expected = nullptr;
  if (place.CompareExchange(expected, made)) return made;
  delete made;  // another thread was faster
  return expected;
}

}  // namespace gila

// re_chars.cc: character sets, case, and PCRE2's tables for the first 256 characters.
#include "stdlib/re_chars.h"

#include <utf8proc.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>
#include <unordered_map>

#include "runtime/text/unicode.h"

namespace gila::re {

namespace {

bool IsAsciiSpace(uint32_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool IsAsciiDigit(uint32_t c) { return c >= '0' && c <= '9'; }
bool IsAsciiAlpha(uint32_t c) { return c < 128 && (c | 32) >= 'a' && (c | 32) <= 'z'; }

uint32_t Lower(uint32_t c) {
  if (c == 0x130) return 'i';
  return static_cast<uint32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
}
uint32_t Upper(uint32_t c) {
  return static_cast<uint32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)));
}

// Classes of characters that are one letter, for all that have company. Made once, of every
// character that has case.
class CaseClasses {
 public:
  static const CaseClasses& Get() {
    static const CaseClasses classes;
    return classes;
  }
  const std::vector<uint32_t>* Of(uint32_t c) const {
    const auto place = class_of_.find(c);
    return place == class_of_.end() ? nullptr : &classes_[place->second];
  }
  const std::vector<std::vector<uint32_t>>& all() const { return classes_; }

 private:
  CaseClasses() {
    for (uint32_t c = 0; c <= kLastCased; ++c) {
      const uint32_t lower = Lower(c);
      if (lower != c) Join(c, lower);
      // Two letters of lower case that have one upper case: sigma and final sigma, i and dotless i,
      // ...
      const uint32_t upper = Upper(c);
      if (upper != c) Join(c, Lower(upper));
    }
    // These share an upper case of several characters.
    Join(0x390, 0x1FD3);
    Join(0x3B0, 0x1FE3);
    Join(0xFB05, 0xFB06);
    for (auto& members : classes_) std::sort(members.begin(), members.end());
  }
  void Join(uint32_t a, uint32_t b) {
    if (a == b) return;
    const auto place_a = class_of_.find(a), place_b = class_of_.find(b);
    const bool has_a = place_a != class_of_.end(), has_b = place_b != class_of_.end();
    if (has_a && has_b) {
      if (place_a->second == place_b->second) return;
      const size_t from = place_b->second, to = place_a->second;
      for (const uint32_t c : classes_[from]) {
        classes_[to].push_back(c);
        class_of_[c] = to;
      }
      classes_[from].clear();
    } else if (has_a || has_b) {
      const size_t to = has_a ? place_a->second : place_b->second;
      const uint32_t added = has_a ? b : a;
      class_of_[added] = to;
      classes_[to].push_back(added);
    } else {
      class_of_[a] = class_of_[b] = classes_.size();
      classes_.push_back({a, b});
    }
  }

  static constexpr uint32_t kLastCased = 0x1E943;
  std::unordered_map<uint32_t, size_t> class_of_;
  std::vector<std::vector<uint32_t>> classes_;
};

int LocaleEquivalents(uint32_t c, uint32_t out[8]) {
  int count = 0;
  out[count++] = c;
  if (c > 255) return count;
  for (uint32_t other = 0; other < 256 && count < 8; ++other) {
    if (other != c && std::tolower(static_cast<int>(other)) == std::tolower(static_cast<int>(c)))
      out[count++] = other;
  }
  return count;
}

}  // namespace

bool IsWordChar(CharMode mode, uint32_t c) {
  if (c == '_') return true;
  switch (mode) {
    case CharMode::kUnicode:
      return CharIs(c, kCharAlpha | kCharDecimal | kCharDigit | kCharNumeric);
    case CharMode::kAscii:
      return IsAsciiAlpha(c) || IsAsciiDigit(c);
    default:
      return c < 256 && std::isalnum(static_cast<int>(c)) != 0;
  }
}

bool InCategory(CharMode mode, Category category, uint32_t c) {
  const bool unicode = mode == CharMode::kUnicode;
  switch (category) {
    case Category::kDigit:
      return unicode ? CharIs(c, kCharDecimal) : IsAsciiDigit(c);
    case Category::kNotDigit:
      return !(unicode ? CharIs(c, kCharDecimal) : IsAsciiDigit(c));
    case Category::kSpace:
      return unicode ? CharIs(c, kCharSpace) : IsAsciiSpace(c);
    case Category::kNotSpace:
      return !(unicode ? CharIs(c, kCharSpace) : IsAsciiSpace(c));
    case Category::kWord:
      return IsWordChar(mode, c);
    default:
      return !IsWordChar(mode, c);
  }
}

uint32_t SimpleLower(CharMode mode, uint32_t c) {
  if (mode == CharMode::kUnicode) return Lower(c);
  if (mode == CharMode::kAscii) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return c < 256 ? static_cast<uint32_t>(std::tolower(static_cast<int>(c))) : c;
}

int Equivalents(CharMode mode, uint32_t c, uint32_t out[8]) {
  if (mode == CharMode::kLocale) return LocaleEquivalents(c, out);
  out[0] = c;
  if (IsAsciiAlpha(c)) {
    out[1] = c ^ 32;
    if (mode == CharMode::kAscii) return 2;
    switch (c | 32) {
      case 'i':
        out[2] = 0x130;
        out[3] = 0x131;
        return 4;
      case 'k':
        out[2] = 0x212A;
        return 3;
      case 's':
        out[2] = 0x17F;
        return 3;
      default:
        return 2;
    }
  }
  if (mode == CharMode::kAscii || c < 128) return 1;
  const std::vector<uint32_t>* const members = CaseClasses::Get().Of(c);
  if (members == nullptr) return 1;
  int count = 1;
  for (const uint32_t member : *members)
    if (member != c && count < 8) out[count++] = member;
  return count;
}

namespace {

bool ItemsHold(const CharSet& set, CharMode mode, uint32_t c) {
  for (const SetItem& item : set.items) {
    if (item.is_category ? InCategory(mode, item.category, c) : c >= item.low && c <= item.high)
      return true;
  }
  return false;
}

}  // namespace

bool SetHolds(const CharSet& set, uint32_t flags, uint32_t c) {
  const CharMode mode = ModeOf(flags);
  bool holds = ItemsHold(set, mode, c);
  if (!holds && (flags & kIgnoreCase)) {
    uint32_t members[8];
    const int count = Equivalents(mode, c, members);
    for (int i = 1; i < count && !holds; ++i) holds = ItemsHold(set, mode, members[i]);
  }
  return holds != set.negated;
}

ByteSet LowChars(const CharSet& set, uint32_t flags) {
  ByteSet bytes;
  for (uint32_t c = 0; c < 256; ++c) bytes[c] = SetHolds(set, flags, c);
  return bytes;
}

void Normalize(Ranges* ranges) {
  std::sort(ranges->begin(), ranges->end());
  Ranges merged;
  for (const auto& range : *ranges) {
    if (!merged.empty() && range.first <= merged.back().second + 1) {
      merged.back().second = std::max(merged.back().second, range.second);
    } else {
      merged.push_back(range);
    }
  }
  *ranges = std::move(merged);
}

Ranges Complement(const Ranges& ranges, uint32_t max) {
  Ranges result;
  uint32_t next = 0;
  for (const auto& [low, high] : ranges) {
    if (low > max) break;
    if (low > next) result.emplace_back(next, low - 1);
    next = high + 1;
  }
  if (next <= max) result.emplace_back(next, max);
  return result;
}

Ranges CloseUnderCase(CharMode mode, const Ranges& ranges) {
  Ranges closed = ranges;
  const auto holds = [&ranges](uint32_t c) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [c](const auto& range) { return c >= range.first && c <= range.second; });
  };
  if (mode != CharMode::kUnicode) {
    for (uint32_t c = 0; c < 256; ++c) {
      if (!holds(c)) continue;
      uint32_t members[8];
      const int count = Equivalents(mode, c, members);
      for (int i = 1; i < count; ++i) closed.emplace_back(members[i], members[i]);
    }
  } else {
    for (const auto& members : CaseClasses::Get().all()) {
      if (std::none_of(members.begin(), members.end(), holds)) continue;
      for (const uint32_t member : members) closed.emplace_back(member, member);
    }
  }
  Normalize(&closed);
  return closed;
}

const Ranges& SpaceRanges(CharMode mode) {
  static const Ranges unicode = {
      {0x9, 0xD},       {0x1C, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},     {0x1680, 0x1680},
      {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}};
  static const Ranges ascii = {{0x9, 0xD}, {0x20, 0x20}};
  return mode == CharMode::kUnicode ? unicode : ascii;
}

namespace {

// The layout of the tables (PCRE2's pcre2_maketables.c): lower case, the other case, ten bitmaps of
// 32 bytes, and a byte of kinds for each character.
constexpr size_t kLower = 0, kFlip = 256, kBitmaps = 512, kKinds = 832, kTablesSize = 1088;
constexpr size_t kSpaceMap = kBitmaps, kDigitMap = kBitmaps + 64, kWordMap = kBitmaps + 160;
constexpr uint8_t kSpaceKind = 0x01, kLetterKind = 0x02, kLowerKind = 0x04, kDigitKind = 0x08,
                  kWordKind = 0x10;

void FillTables(CharMode mode, uint8_t* tables) {
  std::memset(tables, 0, kTablesSize);
  for (uint32_t c = 0; c < 256; ++c) {
    uint32_t members[8], other = c;
    const int count = Equivalents(mode, c, members);
    for (int i = 1; i < count; ++i)
      if (members[i] < 256) other = members[i];
    const uint32_t lower = SimpleLower(mode, c);
    const bool is_lower = other != c && lower == c;
    tables[kLower + c] = static_cast<uint8_t>(lower < 256 ? lower : c);
    tables[kFlip + c] = static_cast<uint8_t>(other);
    const auto mark = [&](size_t map, uint8_t kind) {
      if (map != 0)
        tables[map + c / 8] = static_cast<uint8_t>(tables[map + c / 8] | (1u << (c % 8)));
      tables[kKinds + c] = static_cast<uint8_t>(tables[kKinds + c] | kind);
    };
    if (InCategory(mode, Category::kSpace, c)) mark(kSpaceMap, kSpaceKind);
    if (InCategory(mode, Category::kDigit, c)) mark(kDigitMap, kDigitKind);
    if (IsWordChar(mode, c)) mark(kWordMap, kWordKind);
    if (other != c) mark(0, kLetterKind);
    if (is_lower) mark(0, kLowerKind);
  }
}

struct Tables {
  explicit Tables(CharMode mode) { FillTables(mode, bytes); }
  uint8_t bytes[kTablesSize];
};

}  // namespace

const uint8_t* TablesFor(CharMode mode) {
  static const Tables latin1(CharMode::kUnicode), ascii(CharMode::kAscii);
  return mode == CharMode::kUnicode ? latin1.bytes : ascii.bytes;
}

uint8_t* NewLocaleTables() {
  auto* const tables = static_cast<uint8_t*>(std::malloc(kTablesSize));
  if (tables != nullptr) FillTables(CharMode::kLocale, tables);
  return tables;
}

}  // namespace gila::re

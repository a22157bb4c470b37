// multibyte_codecs.cc: see multibyte_codecs.h. Here is the list of the codecs, and the schemes in
// which the first byte tells how many there are: plain ones with two, EUC, GB 18030.
#include "stdlib/multibyte_codecs.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace gila {

DecodeStep TakeCode(const Charset& set, uint32_t code, int bytes, int bad) {
  DecodeStep step = Taken(bytes);
  step.count = set.Decode(code, step.chars);
  if (step.count != 0) return step;
  return Illegal(step.chars[0] == Charset::kWithdrawn ? bytes : bad);
}

int EncodeWithMark(const Charset& set, uint32_t c, bool has_second, uint32_t second, bool last,
                   int* taken) {
  *taken = 1;
  if (set.TakesMark(c)) {
    if (!has_second && !last) return kMoreNeeded;
    const int pair = has_second ? set.EncodePair(c, second) : Charset::kNone;
    if (pair != Charset::kNone) {
      *taken = 2;
      return pair;
    }
  }
  return set.Encode(c);
}

namespace {

void NoStart(MultibyteState& state, bool /*reads*/) { state = {}; }
void NoFinish(MultibyteState& /*state*/, std::string& /*out*/) {}

constexpr uint32_t kYen = 0xA5, kOverline = 0x203E;
constexpr uint32_t kKana = 0xFF61, kKanaByte = 0xA1, kKanaCount = 63;
bool IsKana(uint32_t c) { return c >= kKana && c < kKana + kKanaCount; }
bool IsKanaByte(uint8_t byte) { return byte >= kKanaByte && byte < kKanaByte + kKanaCount; }
uint32_t KanaOf(uint8_t byte) { return kKana + (byte - kKanaByte); }
char KanaByte(uint32_t c) { return static_cast<char>(c - kKana + kKanaByte); }

bool IsShiftLead(const MultibyteCodec& codec, uint8_t byte) {
  const uint8_t last = codec.sets[0] == CharsetId::kShiftJis ? 0xEA : 0xFC;
  return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= last);
}

// --- two bytes, after ASCII in one ---

DecodeStep DecodeDouble(const MultibyteCodec& codec, MultibyteState& /*state*/,
                        const uint8_t* bytes, size_t left) {
  if (bytes[0] < 0x80) return Taken(1, bytes[0]);
  if (left < 2) return TooFew();
  return TakeCode(SetOf(codec, 0), static_cast<uint32_t>(bytes[0] << 8 | bytes[1]), 2, 1);
}

EncodeStep EncodeDouble(const MultibyteCodec& codec, MultibyteState& /*state*/, uint32_t c,
                        bool has_second, uint32_t second, bool last, std::string& out) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
    return 1;
  }
  int taken;
  const int code = EncodeWithMark(SetOf(codec, 0), c, has_second, second, last, &taken);
  if (code == kMoreNeeded) return 0;
  if (code == Charset::kNone) return -1;
  PutCode(out, code);
  return taken;
}

// --- Shift JIS: katakana in one byte besides ---

// The bytes that Windows gives a meaning of their own.
struct Single {
  uint8_t byte;
  uint32_t c;
};
constexpr Single kCp932Singles[] = {
    {0x80, 0x80}, {0xA0, 0xF8F0}, {0xFD, 0xF8F1}, {0xFE, 0xF8F2}, {0xFF, 0xF8F3}};
bool IsCp932(const MultibyteCodec& codec) { return codec.sets[0] == CharsetId::kCp932; }
// Is a byte below 80 what JIS X 0201 says, with YEN SIGN and OVERLINE where ASCII has \ and ~? All
// but Windows' write them so; they are read so where the set has \ and ~ itself.
bool ReadsRoman(const MultibyteCodec& codec) {
  return codec.sets[0] == CharsetId::kShiftJis2004 || codec.sets[0] == CharsetId::kShiftJisX0213;
}

DecodeStep DecodeShift(const MultibyteCodec& codec, MultibyteState& state, const uint8_t* bytes,
                       size_t left) {
  const uint8_t byte = bytes[0];
  if (IsKanaByte(byte)) return Taken(1, KanaOf(byte));
  if (IsCp932(codec)) {
    for (const Single& single : kCp932Singles)
      if (single.byte == byte) return Taken(1, single.c);
  }
  if ((byte == '\\' || byte == '~') && ReadsRoman(codec))
    return Taken(1, byte == '~' ? kOverline : kYen);
  if (byte >= 0x80 && !IsShiftLead(codec, byte)) return Illegal(1);
  return DecodeDouble(codec, state, bytes, left);
}

EncodeStep EncodeShift(const MultibyteCodec& codec, MultibyteState& state, uint32_t c,
                       bool has_second, uint32_t second, bool last, std::string& out) {
  if (IsKana(c)) {
    out.push_back(KanaByte(c));
    return 1;
  }
  if (IsCp932(codec)) {
    for (const Single& single : kCp932Singles) {
      if (single.c != c) continue;
      out.push_back(static_cast<char>(single.byte));
      return 1;
    }
  } else if (c == kYen || c == kOverline) {
    out.push_back(c == kYen ? '\\' : '~');
    return 1;
  } else if ((c == '\\' || c == '~') && ReadsRoman(codec)) {
    PutCode(out, SetOf(codec, 0).Encode(c));
    return 1;
  }
  return EncodeDouble(codec, state, c, has_second, second, last, out);
}

// --- EUC: the codes of the sets with the high bits set; 8E and 8F select the others ---

// The sets of JIS X 0213 have TILDE here, EUC takes the wide one: it has the other in ASCII.
constexpr uint32_t kWideTilde = 0xFF5E, kTildeCode = 0x2232;
bool HasJisX0213(const MultibyteCodec& codec) { return codec.sets[0] != CharsetId::kJisX0208; }
// What the edition of 2004 added is not written by way of JIS X 0212 in the older one either.
bool IsTooNew(const MultibyteCodec& codec, uint32_t c) {
  if (codec.sets[0] != CharsetId::kJisX0213Plane1Of2000) return false;
  return c == 0x9B1C || GetCharset(CharsetId::kJisX0213Plane1)->Encode(c) != Charset::kNone;
}

DecodeStep DecodeEucJp(const MultibyteCodec& codec, MultibyteState& /*state*/, const uint8_t* bytes,
                       size_t left) {
  const uint8_t byte = bytes[0];
  if (byte < 0x80) return Taken(1, byte);
  if (left < 2) return TooFew();
  if (byte == 0x8E) return IsKanaByte(bytes[1]) ? Taken(2, KanaOf(bytes[1])) : Illegal(1);
  if (byte != 0x8F) {
    const uint32_t code = static_cast<uint32_t>(byte << 8 | bytes[1]) ^ 0x8080;
    if (code == kTildeCode && HasJisX0213(codec)) return Taken(2, kWideTilde);
    return TakeCode(SetOf(codec, 0), code, 2, 1);
  }
  if (left < 3) return TooFew();
  const uint32_t code = static_cast<uint32_t>(bytes[1] << 8 | bytes[2]) ^ 0x8080;
  DecodeStep step = Illegal(1);
  for (int i = 1; i < codec.set_count && step.kind == DecodeStep::kIllegal; ++i)
    step = TakeCode(SetOf(codec, i), code, 3, 1);
  return step;
}

EncodeStep EncodeEucJp(const MultibyteCodec& codec, MultibyteState& /*state*/, uint32_t c,
                       bool has_second, uint32_t second, bool last, std::string& out) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
    return 1;
  }
  if (IsKana(c)) {
    out.push_back('\x8E');
    out.push_back(KanaByte(c));
    return 1;
  }
  int taken;
  int code = EncodeWithMark(SetOf(codec, 0), c, has_second, second, last, &taken);
  if (code == kMoreNeeded) return 0;
  if (HasJisX0213(codec)) {
    if (c == kWideTilde) code = kTildeCode;
  } else if (c == kYen || c == kOverline) {
    out.push_back(c == kYen ? '\\' : '~');
    return 1;
  }
  if (code != Charset::kNone) {
    PutCode(out, code | 0x8080);
    return taken;
  }
  if (IsTooNew(codec, c)) return -1;
  for (int i = 1; i < codec.set_count; ++i) {
    const int other = SetOf(codec, i).Encode(c);
    if (other == Charset::kNone) continue;
    out.push_back('\x8F');
    PutCode(out, other | 0x8080);
    return 1;
  }
  return -1;
}

DecodeStep DecodeEuc(const MultibyteCodec& codec, MultibyteState& /*state*/, const uint8_t* bytes,
                     size_t left) {
  if (bytes[0] < 0x80) return Taken(1, bytes[0]);
  if (left < 2) return TooFew();
  return TakeCode(SetOf(codec, 0), static_cast<uint32_t>(bytes[0] << 8 | bytes[1]) ^ 0x8080, 2, 1);
}

EncodeStep EncodeEuc(const MultibyteCodec& codec, MultibyteState& /*state*/, uint32_t c,
                     bool /*has_second*/, uint32_t /*second*/, bool /*last*/, std::string& out) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
    return 1;
  }
  const int code = SetOf(codec, 0).Encode(c);
  if (code == Charset::kNone) return -1;
  PutCode(out, code | 0x8080);
  return 1;
}

// --- EUC-KR: syllables that the set lacks are four characters: a filler and three letters ---

constexpr uint32_t kFirstSyllable = 0xAC00, kSyllables = 11172, kVowels = 21, kFinals = 28;
constexpr uint8_t kLetterLead = 0xA4, kFiller = 0xD4, kFirstVowel = 0xBF;
// The second bytes of the letters, by their number in the syllables of Unicode.
constexpr uint8_t kInitialBytes[] = {0xA1, 0xA2, 0xA4, 0xA7, 0xA8, 0xA9, 0xB1, 0xB2, 0xB3, 0xB5,
                                     0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xBB, 0xBC, 0xBD, 0xBE};
constexpr uint8_t kFinalBytes[] = {0xD4, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA9, 0xAA,
                                   0xAB, 0xAC, 0xAD, 0xAE, 0xAF, 0xB0, 0xB1, 0xB2, 0xB4, 0xB5,
                                   0xB6, 0xB7, 0xB8, 0xBA, 0xBB, 0xBC, 0xBD, 0xBE};
static_assert(std::size(kFinalBytes) == kFinals);

template <size_t kSize>
int NumberOf(const uint8_t (&list)[kSize], uint8_t byte) {
  for (size_t i = 0; i < kSize; ++i)
    if (list[i] == byte) return static_cast<int>(i);
  return -1;
}

DecodeStep DecodeSyllable(const uint8_t* bytes, size_t left) {
  if (left < 8) return TooFew();
  for (int i = 2; i < 8; i += 2)
    if (bytes[i] != kLetterLead) return Illegal(1);
  const int initial = NumberOf(kInitialBytes, bytes[3]), final = NumberOf(kFinalBytes, bytes[7]);
  const int vowel = bytes[5] - kFirstVowel;
  if (initial < 0 || final < 0 || vowel < 0 || vowel >= static_cast<int>(kVowels))
    return Illegal(1);
  const auto number = static_cast<uint32_t>(
      (initial * static_cast<int>(kVowels) + vowel) * static_cast<int>(kFinals) + final);
  return Taken(8, kFirstSyllable + number);
}

DecodeStep DecodeEucKr(const MultibyteCodec& codec, MultibyteState& state, const uint8_t* bytes,
                       size_t left) {
  if (left >= 2 && bytes[0] == kLetterLead && bytes[1] == kFiller)
    return DecodeSyllable(bytes, left);
  return DecodeEuc(codec, state, bytes, left);
}

EncodeStep EncodeEucKr(const MultibyteCodec& codec, MultibyteState& state, uint32_t c,
                       bool has_second, uint32_t second, bool last, std::string& out) {
  const EncodeStep step = EncodeEuc(codec, state, c, has_second, second, last, out);
  if (step > 0 || c < kFirstSyllable || c >= kFirstSyllable + kSyllables) return step;
  const uint32_t number = c - kFirstSyllable;
  for (const uint32_t byte :
       {uint32_t{kFiller}, uint32_t{kInitialBytes[number / (kVowels * kFinals)]},
        kFirstVowel + number / kFinals % kVowels, uint32_t{kFinalBytes[number % kFinals]}}) {
    out.push_back(static_cast<char>(kLetterLead));
    out.push_back(static_cast<char>(byte));
  }
  return 1;
}

// --- GB 18030: what has no two bytes has four, a digit being the second and the fourth ---

constexpr uint32_t kBmpQuads = 39420;  // the four-byte codes of the first 65536 characters
constexpr uint32_t kFirstUpperQuad = 15 * 12600, kUpperQuads = 0x100000;

// The characters below 0x10000 without a code of two bytes, in the order of their codes.
const std::vector<uint16_t>& QuadCharacters() {
  static const std::vector<uint16_t> list = [] {
    const Charset& set = *GetCharset(CharsetId::kGb18030);
    std::vector<uint16_t> found;
    for (uint32_t c = 0x80; c < 0x10000; ++c)
      if ((c < 0xD800 || c > 0xDFFF) && set.Encode(c) == Charset::kNone)
        found.push_back(static_cast<uint16_t>(c));
    return found;
  }();
  return list;
}

DecodeStep DecodeQuad(const uint8_t* bytes, size_t left) {
  if (left < 4) return TooFew();
  if (bytes[0] < 0x81 || bytes[0] > 0xFE || bytes[2] < 0x81 || bytes[2] > 0xFE || bytes[3] < 0x30 ||
      bytes[3] > 0x39)
    return Illegal(1);
  const uint32_t number =
      ((static_cast<uint32_t>(bytes[0] - 0x81) * 10 + (bytes[1] - 0x30u)) * 126 +
       (bytes[2] - 0x81u)) *
          10 +
      (bytes[3] - 0x30u);
  if (number < kBmpQuads) {
    const std::vector<uint16_t>& list = QuadCharacters();
    if (number < list.size()) return Taken(4, list[number]);
  } else if (number >= kFirstUpperQuad && number < kFirstUpperQuad + kUpperQuads) {
    return Taken(4, 0x10000 + (number - kFirstUpperQuad));
  }
  return Illegal(1);
}

void PutQuad(std::string& out, uint32_t number) {
  const uint32_t last = number % 10, third = number / 10 % 126, second = number / 1260 % 10;
  for (const uint32_t byte : {number / 12600 + 0x81, second + 0x30, third + 0x81, last + 0x30})
    out.push_back(static_cast<char>(byte));
}

DecodeStep DecodeGb18030(const MultibyteCodec& codec, MultibyteState& state, const uint8_t* bytes,
                         size_t left) {
  if (bytes[0] >= 0x80 && left >= 2 && bytes[1] >= 0x30 && bytes[1] <= 0x39)
    return DecodeQuad(bytes, left);
  return DecodeDouble(codec, state, bytes, left);
}

EncodeStep EncodeGb18030(const MultibyteCodec& codec, MultibyteState& state, uint32_t c,
                         bool has_second, uint32_t second, bool last, std::string& out) {
  if (c >= 0x10000 && c < 0x110000) {
    PutQuad(out, kFirstUpperQuad + (c - 0x10000));
    return 1;
  }
  const EncodeStep step = EncodeDouble(codec, state, c, has_second, second, last, out);
  if (step > 0) return step;
  const std::vector<uint16_t>& list = QuadCharacters();
  const auto place = std::lower_bound(list.begin(), list.end(), c);
  if (place == list.end() || *place != c) return -1;
  PutQuad(out, static_cast<uint32_t>(place - list.begin()));
  return 1;
}

constexpr MultibyteScheme kDouble = {NoStart, DecodeDouble, EncodeDouble, NoFinish};
constexpr MultibyteScheme kShift = {NoStart, DecodeShift, EncodeShift, NoFinish};
constexpr MultibyteScheme kEuc = {NoStart, DecodeEuc, EncodeEuc, NoFinish};
constexpr MultibyteScheme kEucJp = {NoStart, DecodeEucJp, EncodeEucJp, NoFinish};
constexpr MultibyteScheme kEucKr = {NoStart, DecodeEucKr, EncodeEucKr, NoFinish};
constexpr MultibyteScheme kFourBytes = {NoStart, DecodeGb18030, EncodeGb18030, NoFinish};

using enum CharsetId;
constexpr MultibyteCodec kCodecs[] = {
    {"shift_jis", &kShift, {kShiftJis}, 1},
    {"cp932", &kShift, {kCp932}, 1},
    {"shift_jisx0213", &kShift, {kShiftJisX0213}, 1},
    {"shift_jis_2004", &kShift, {kShiftJis2004}, 1},
    {"euc_jp", &kEucJp, {kJisX0208, kJisX0212}, 2},
    {"euc_jisx0213", &kEucJp, {kJisX0213Plane1Of2000, kJisX0213Plane2Of2000, kJisX0212}, 3},
    {"euc_jis_2004", &kEucJp, {kJisX0213Plane1, kJisX0213Plane2, kJisX0212}, 3},
    {"euc_kr", &kEucKr, {kKsX1001}, 1},
    {"cp949", &kDouble, {kCp949}, 1},
    {"johab", &kDouble, {kJohab}, 1},
    {"gb2312", &kEuc, {kGb2312}, 1},
    {"gbk", &kDouble, {kGbk}, 1},
    {"gb18030", &kFourBytes, {kGb18030}, 1},
    {"big5", &kDouble, {kBig5}, 1},
    {"cp950", &kDouble, {kCp950}, 1},
    {"big5hkscs", &kDouble, {kBig5Hkscs}, 1},
    {"hz", &kHzScheme, {kGb2312}, 1},
    {"iso2022_jp", &kIso2022Scheme, {kJisX0208}, 1, &kIso2022Jp},
    {"iso2022_jp_1", &kIso2022Scheme, {kJisX0208, kJisX0212}, 2, &kIso2022Jp1},
    {"iso2022_jp_2", &kIso2022Scheme, {kJisX0208, kJisX0212, kKsX1001, kGb2312}, 4, &kIso2022Jp2},
    {"iso2022_jp_3",
     &kIso2022Scheme,
     {kJisX0208, kJisX0213Plane1Of2000, kJisX0213Plane2Mixed},
     3,
     &kIso2022Jp3},
    {"iso2022_jp_2004",
     &kIso2022Scheme,
     {kJisX0208, kJisX0213Plane1, kJisX0213Plane2},
     3,
     &kIso2022Jp2004},
    {"iso2022_jp_ext", &kIso2022Scheme, {kJisX0208, kJisX0212}, 2, &kIso2022JpExt},
    {"iso2022_kr", &kIso2022Scheme, {kKsX1001}, 1, &kIso2022Kr},
};

}  // namespace

const MultibyteCodec* FindMultibyteCodec(std::string_view name) {
  for (const MultibyteCodec& codec : kCodecs)
    if (codec.name == name) return &codec;
  return nullptr;
}

bool LoadTables(const MultibyteCodec& codec) {
  for (int i = 0; i < codec.set_count; ++i)
    if (GetCharset(codec.sets[i]) == nullptr) return false;
  return true;
}

}  // namespace gila

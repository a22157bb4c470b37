// multibyte_escapes.cc: the encodings that switch between character sets by escape sequences: ISO
// 2022 in its Japanese and Korean forms, and HZ. Any byte may mean a character of any set, so they
// have a state (MultibyteState).
#include <iterator>

#include "stdlib/multibyte_codecs.h"

namespace gila {

// --- ISO 2022 ---

namespace {

constexpr uint8_t kEscape = 0x1B, kShiftOut = 0x0E, kShiftIn = 0x0F;
constexpr uint8_t kAscii = 'B';
constexpr uint8_t kTwoBytes = 0x80;  // in a mark: the set has two bytes a character

// Where the state keeps what.
enum Place : uint8_t { kG0, kG1, kG2, kG3, kFlags };
constexpr uint8_t kShifted = 1;  // G1 is in use
constexpr uint8_t kForeign = 2;  // within an escape sequence of somebody else, which passes

// How the codes of a set become characters.
enum class Kind : uint8_t { kTable, kRoman, kKana, kLatin1, kGreek };
struct Designation {
  uint8_t mark;   // the last byte of its escape sequence
  uint8_t plane;  // kG0 or kG1
  Kind kind;
  int8_t table = -1;        // of the codec's sets
  bool only_reads = false;  // another mark of the same set is written
};

}  // namespace

struct Iso2022Detail {
  bool shifts;     // SO and SI change between G0 and G1
  bool long_form;  // ESC & @ may precede the sequence of JIS X 0208
  bool has_g2;
  const Designation* sets;
  size_t count;
};

namespace {

constexpr uint8_t Double(char c) { return static_cast<uint8_t>(c | kTwoBytes); }
constexpr Designation kJis = {Double('B'), kG0, Kind::kTable, 0};
constexpr Designation kOldJis = {Double('@'), kG0, Kind::kTable, 0, true};
constexpr Designation kRoman = {'J', kG0, Kind::kRoman};
constexpr Designation kKana = {'I', kG0, Kind::kKana};
constexpr Designation kSupplement = {Double('D'), kG0, Kind::kTable, 1};
// In the order in which an encoder tries them.
constexpr Designation kJpSets[] = {kJis, kRoman, kOldJis};
constexpr Designation kJp1Sets[] = {kJis, kSupplement, kRoman, kOldJis};
constexpr Designation kJp2Sets[] = {
    kJis,   kSupplement, {Double('C'), kG0, Kind::kTable, 2}, {Double('A'), kG0, Kind::kTable, 3},
    kRoman, kOldJis,     {'A', kG2, Kind::kLatin1},           {'F', kG2, Kind::kGreek}};
constexpr Designation kJp3Sets[] = {
    kJis, {Double('O'), kG0, Kind::kTable, 1}, {Double('P'), kG0, Kind::kTable, 2}};
constexpr Designation kJp2004Sets[] = {
    kJis, {Double('Q'), kG0, Kind::kTable, 1}, {Double('P'), kG0, Kind::kTable, 2}};
constexpr Designation kJpExtSets[] = {kJis, kSupplement, kRoman, kKana, kOldJis};
constexpr Designation kKrSets[] = {{Double('C'), kG1, Kind::kTable, 0}};

}  // namespace

#define SETS(list) list, std::size(list)
constexpr Iso2022Detail kIso2022Jp = {false, true, false, SETS(kJpSets)};
constexpr Iso2022Detail kIso2022Jp1 = {false, true, false, SETS(kJp1Sets)};
constexpr Iso2022Detail kIso2022Jp2 = {false, true, true, SETS(kJp2Sets)};
constexpr Iso2022Detail kIso2022Jp3 = {false, true, false, SETS(kJp3Sets)};
constexpr Iso2022Detail kIso2022Jp2004 = {false, true, false, SETS(kJp2004Sets)};
constexpr Iso2022Detail kIso2022JpExt = {false, true, false, SETS(kJpExtSets)};
constexpr Iso2022Detail kIso2022Kr = {true, false, false, SETS(kKrSets)};
#undef SETS

namespace {

const Iso2022Detail& DetailOf(const MultibyteCodec& codec) {
  return *static_cast<const Iso2022Detail*>(codec.detail);
}

const Designation* FindMark(const Iso2022Detail& detail, uint8_t mark) {
  for (size_t i = 0; i < detail.count; ++i)
    if (detail.sets[i].mark == mark) return &detail.sets[i];
  return nullptr;
}

void StartIso2022(MultibyteState& state, bool reads) {
  state = {};
  for (const Place place : {kG0, kG1}) state.bytes[place] = kAscii;
  if (reads) state.bytes[kG2] = kAscii;
}

bool IsFinalByte(uint8_t byte) { return byte >= '@' && byte <= 'Z'; }

// The mark and the plane of the escape sequence of `size` bytes; mark 0: it is none.
struct Sequence {
  uint8_t mark = 0;
  Place plane = kG0;
};
Sequence ReadSequence(const Iso2022Detail& detail, const uint8_t* bytes, int size) {
  const uint8_t kind = bytes[1], last = bytes[size - 1];
  if (size == 3) {
    if (kind == '$') return {static_cast<uint8_t>(last | kTwoBytes), kG0};
    if (kind == '(') return {last, kG0};
    if (kind == ')') return {last, kG1};
    if (kind == '.' && detail.has_g2) return {last, kG2};
  } else if (size == 4 && kind == '$') {
    if (bytes[2] == '(') return {static_cast<uint8_t>(last | kTwoBytes), kG0};
    if (bytes[2] == ')') return {static_cast<uint8_t>(last | kTwoBytes), kG1};
  } else if (size == 6 && detail.long_form && bytes[3] == kEscape && bytes[4] == '$' &&
             bytes[5] == 'B') {
    return {Double('B'), kG0};
  }
  return {};
}

DecodeStep DecodeEscape(const Iso2022Detail& detail, MultibyteState& state, const uint8_t* bytes,
                        size_t left) {
  constexpr size_t kLongest = 16;
  int size = 0;
  for (size_t i = 1; i < kLongest && size == 0; ++i) {
    if (i >= left) return TooFew();
    if (IsFinalByte(bytes[i])) {
      size = static_cast<int>(i) + 1;
    } else if (detail.long_form && i + 1 < left && bytes[i] == '&' && bytes[i + 1] == '@') {
      i += 2;
    }
  }
  if (size == 0) return Illegal(1);
  const Sequence sequence = ReadSequence(detail, bytes, size);
  if (sequence.mark == 0 || (sequence.mark != kAscii && FindMark(detail, sequence.mark) == nullptr))
    return Illegal(size);
  state.bytes[sequence.plane] = sequence.mark;
  return Taken(size);
}

// ESC N: one character of G2.
DecodeStep DecodeSingleShift(MultibyteState& state, const uint8_t* bytes, size_t left) {
  if (left < 3) return TooFew();
  const uint8_t byte = bytes[2];
  if (byte >= 0x80) return Illegal(3);
  if (state.bytes[kG2] == 'A') return Taken(3, byte + 0x80u);
  if (state.bytes[kG2] != 'F') return Taken(3, byte);
  // ISO 8859-7: mostly the Greek block, moved.
  const uint32_t c = byte + 0x80u;
  if (c == 0xA1) return Taken(3, 0x2018);
  if (c == 0xA2) return Taken(3, 0x2019);
  if (c == 0xAF) return Taken(3, 0x2015);
  constexpr uint32_t kSame[] = {0xA0, 0xA3, 0xA6, 0xA7, 0xA8, 0xA9, 0xAB, 0xAC,
                                0xAD, 0xB0, 0xB1, 0xB2, 0xB3, 0xB7, 0xBB, 0xBD};
  for (const uint32_t same : kSame)
    if (c == same) return Taken(3, c);
  if (c < 0xB4 || c == 0xD2 || c == 0xFF) return Illegal(3);
  return Taken(3, c - 0xA0 + 0x370);
}

DecodeStep DecodeFromSet(const MultibyteCodec& codec, const Designation& set, const uint8_t* bytes,
                         size_t left) {
  const uint8_t byte = bytes[0];
  switch (set.kind) {
    case Kind::kRoman:
      return Taken(1, byte == '\\' ? 0xA5u : byte == '~' ? 0x203Eu : byte);
    case Kind::kKana:
      return byte >= 0x21 && byte <= 0x5F ? Taken(1, 0xFF61u + (byte - 0x21u)) : Illegal(1);
    case Kind::kTable:
      if (left < 2) return TooFew();
      return TakeCode(SetOf(codec, set.table), static_cast<uint32_t>(byte << 8 | bytes[1]), 2, 2);
    default:
      return Illegal(1);
  }
}

DecodeStep DecodeIso2022(const MultibyteCodec& codec, MultibyteState& state, const uint8_t* bytes,
                         size_t left) {
  const Iso2022Detail& detail = DetailOf(codec);
  uint8_t& flags = state.bytes[kFlags];
  const uint8_t byte = bytes[0];
  if ((flags & kForeign) != 0) {
    if (IsFinalByte(byte)) flags = static_cast<uint8_t>(flags & ~kForeign);
    return Taken(1, byte);
  }
  if (byte == kEscape) {
    if (left < 2) return TooFew();
    const uint8_t kind = bytes[1];
    if (kind == '(' || kind == ')' || kind == '$' || kind == '.' || kind == '&')
      return DecodeEscape(detail, state, bytes, left);
    if (kind == 'N' && detail.has_g2) return DecodeSingleShift(state, bytes, left);
    flags |= kForeign;
    return Taken(1, byte);
  }
  if (detail.shifts && (byte == kShiftIn || byte == kShiftOut)) {
    flags = static_cast<uint8_t>(byte == kShiftOut ? flags | kShifted : flags & ~kShifted);
    return Taken(1);
  }
  if (byte == '\n') flags = static_cast<uint8_t>(flags & ~kShifted);
  if (byte < 0x20) return Taken(1, byte);
  if (byte >= 0x80) return Illegal(1);
  const uint8_t mark = state.bytes[(flags & kShifted) != 0 ? kG1 : kG0];
  const Designation* const set = mark == kAscii ? nullptr : FindMark(detail, mark);
  return set == nullptr ? Taken(1, byte) : DecodeFromSet(codec, *set, bytes, left);
}

// Back to ASCII.
void FinishIso2022(MultibyteState& state, std::string& out) {
  if ((state.bytes[kFlags] & kShifted) != 0) {
    out.push_back(static_cast<char>(kShiftIn));
    state.bytes[kFlags] = static_cast<uint8_t>(state.bytes[kFlags] & ~kShifted);
  }
  if (state.bytes[kG0] != kAscii) {
    out += "\x1B(B";
    state.bytes[kG0] = kAscii;
  }
}

// Writes what selects a set.
void SelectSet(MultibyteState& state, const Designation& set, std::string& out) {
  uint8_t& flags = state.bytes[kFlags];
  if (set.plane == kG0 && (flags & kShifted) != 0) {
    out.push_back(static_cast<char>(kShiftIn));
    flags = static_cast<uint8_t>(flags & ~kShifted);
  }
  if (state.bytes[set.plane] != set.mark) {
    const char last = static_cast<char>(set.mark & ~kTwoBytes);
    out.push_back(static_cast<char>(kEscape));
    if ((set.mark & kTwoBytes) != 0) out.push_back('$');
    // JIS X 0208 has the short form, without the plane.
    if (set.plane == kG1) {
      out.push_back(')');
    } else if ((set.mark & kTwoBytes) == 0 || last != 'B') {
      out.push_back('(');
    }
    out.push_back(last);
    state.bytes[set.plane] = set.mark;
  }
  if (set.plane == kG1 && (flags & kShifted) == 0) {
    out.push_back(static_cast<char>(kShiftOut));
    flags |= kShifted;
  }
}

// The code of `c` in a set; kNone.
int EncodeInSet(const MultibyteCodec& codec, const Designation& set, uint32_t c) {
  switch (set.kind) {
    case Kind::kRoman:
      return c == 0xA5 ? '\\' : c == 0x203E ? '~' : Charset::kNone;
    case Kind::kKana:
      return c >= 0xFF61 && c <= 0xFF9F ? static_cast<int>(c - 0xFF61 + 0x21) : Charset::kNone;
    case Kind::kTable:
      return SetOf(codec, set.table).Encode(c);
    default:
      return Charset::kNone;  // G2 is only read
  }
}

// A letter that may get a mark waits for the next character, although, as in CPython, the two are
// written one by one.
bool WaitsForMark(const MultibyteCodec& codec, uint32_t c) {
  for (int i = 0; i < codec.set_count; ++i)
    if (SetOf(codec, i).TakesMark(c)) return true;
  return false;
}

EncodeStep EncodeIso2022(const MultibyteCodec& codec, MultibyteState& state, uint32_t c,
                         bool has_second, uint32_t /*second*/, bool last, std::string& out) {
  if (c < 0x80) {
    if (state.bytes[kG0] != kAscii || (state.bytes[kFlags] & kShifted) != 0)
      FinishIso2022(state, out);
    out.push_back(static_cast<char>(c));
    return 1;
  }
  if (!has_second && !last && WaitsForMark(codec, c)) return 0;
  const Iso2022Detail& detail = DetailOf(codec);
  for (size_t i = 0; i < detail.count; ++i) {
    const Designation& set = detail.sets[i];
    const int code = set.only_reads ? Charset::kNone : EncodeInSet(codec, set, c);
    if (code == Charset::kNone) continue;
    SelectSet(state, set, out);
    if ((set.mark & kTwoBytes) != 0) {
      PutCode(out, code);
    } else {
      out.push_back(static_cast<char>(code));
    }
    return 1;
  }
  return -1;
}

// --- HZ: ~{ begins Chinese, ~} ends it, ~~ is a tilde ---

void StartHz(MultibyteState& state, bool /*reads*/) { state = {}; }

DecodeStep DecodeHz(const MultibyteCodec& codec, MultibyteState& state, const uint8_t* bytes,
                    size_t left) {
  const uint8_t byte = bytes[0];
  uint8_t& chinese = state.bytes[0];
  if (byte == '~') {
    if (left < 2) return TooFew();
    const uint8_t kind = bytes[1];
    if (kind == '~' && chinese == 0) return Taken(2, '~');
    if (kind == '\n' && chinese == 0) return Taken(2);
    if (kind == (chinese == 0 ? '{' : '}')) {
      chinese ^= 1;
      return Taken(2);
    }
    return Illegal(1);
  }
  if (byte >= 0x80) return Illegal(1);
  if (chinese == 0) return Taken(1, byte);
  if (left < 2) return TooFew();
  return TakeCode(SetOf(codec, 0), static_cast<uint32_t>(byte << 8 | bytes[1]), 2, 1);
}

void FinishHz(MultibyteState& state, std::string& out) {
  if (state.bytes[0] == 0) return;
  out += "~}";
  state.bytes[0] = 0;
}

EncodeStep EncodeHz(const MultibyteCodec& codec, MultibyteState& state, uint32_t c,
                    bool /*has_second*/, uint32_t /*second*/, bool /*last*/, std::string& out) {
  if (c < 0x80) {
    FinishHz(state, out);
    if (c == '~') out.push_back('~');
    out.push_back(static_cast<char>(c));
    return 1;
  }
  const int code = SetOf(codec, 0).Encode(c);
  if (code == Charset::kNone) return -1;
  if (state.bytes[0] == 0) out += "~{";
  state.bytes[0] = 1;
  PutCode(out, code);
  return 1;
}

}  // namespace

const MultibyteScheme kIso2022Scheme = {StartIso2022, DecodeIso2022, EncodeIso2022, FinishIso2022};
const MultibyteScheme kHzScheme = {StartHz, DecodeHz, EncodeHz, FinishHz};

}  // namespace gila

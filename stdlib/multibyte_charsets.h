// multibyte_charsets.h: the coded character sets of East Asia whose characters have two bytes, as
// tables in both directions. They are those of the C library's iconv, read when a codec is first
// looked up and kept for good; multibyte_charsets.cc lists where CPython's tables differ. The
// codecs that are made of them are in multibyte_codecs.h. Any thread may call these.
#ifndef GILA_STDLIB_MULTIBYTE_CHARSETS_H_
#define GILA_STDLIB_MULTIBYTE_CHARSETS_H_

#include <cstdint>
#include <memory>
#include <vector>

namespace gila {

// Those of JIS, KS and GB have codes from 0x2121 to 0x7E7E; the others the bytes of their encoding.
enum class CharsetId : uint8_t {
  kJisX0208,
  kJisX0212,
  kJisX0213Plane1,
  kJisX0213Plane2,
  kJisX0213Plane1Of2000,
  kJisX0213Plane2Of2000,
  kJisX0213Plane2Mixed,
  kKsX1001,
  kGb2312,
  kShiftJis,
  kShiftJis2004,
  kShiftJisX0213,
  kCp932,
  kCp949,
  kJohab,
  kGbk,
  kGb18030,
  kBig5,
  kCp950,
  kBig5Hkscs,
  kCount
};

class Charset {
 public:
  static constexpr int kNone = -1;
  // Decode() calls this the character of a code that another edition of the standard has.
  static constexpr uint32_t kWithdrawn = 0x3FFFF;

  // What a code means: up to two characters, the second is a combining one. 0: nothing.
  int Decode(uint32_t code, uint32_t chars[2]) const {
    const uint32_t found = code < kCodes ? chars_[code] : 0;
    chars[0] = found & 0x3FFFF;
    chars[1] = 0;
    if ((found & kPair) == 0) return found != 0 && found != kWithdrawn ? 1 : 0;
    const Pair& pair = pairs_[found & ~kPair];
    chars[0] = pair.base;
    chars[1] = pair.mark;
    return 2;
  }
  // The code of a character; kNone.
  int Encode(uint32_t c) const {
    const uint16_t* const page = c < kPages * 256 ? pages_[c >> 8].get() : nullptr;
    const uint16_t code = page == nullptr ? 0 : page[c & 255];
    return code == 0 ? kNone : code;
  }
  // Is there a code for this character with a mark behind it? And which.
  bool TakesMark(uint32_t c) const;
  int EncodePair(uint32_t c, uint32_t mark) const;

 private:
  friend class CharsetReader;
  static constexpr uint32_t kCodes = 0x10000, kPages = 0x300, kPair = 0x80000000;
  struct Pair {
    uint32_t base, mark;
    uint16_t code;
  };
  std::vector<uint32_t> chars_;  // by code: a character, or kPair and a place in `pairs_`
  std::vector<Pair> pairs_;
  std::unique_ptr<uint16_t[]> pages_[kPages];
};

// The table; null when the C library has no module for it.
const Charset* GetCharset(CharsetId id);

}  // namespace gila

#endif  // GILA_STDLIB_MULTIBYTE_CHARSETS_H_

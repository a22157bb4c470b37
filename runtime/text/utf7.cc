// utf7.cc: see utf7.h.
#include "runtime/text/utf7.h"

#include <string_view>

#include "runtime/text/utf8.h"

namespace gila {

namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool IsLetterOrDigit(uint32_t c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 128);
}
bool IsBase64(uint32_t c) { return IsLetterOrDigit(c) || c == '+' || c == '/'; }
int Base64Value(uint32_t c) { return static_cast<int>(kBase64.find(static_cast<char>(c))); }

// Characters that are written as they are.
bool IsDirect(uint32_t c) {
  constexpr std::string_view kMarks = "'(),-./:?!\"#$%&*;<=>@[]^_`{|} \t\n\r";
  return c > 0 && c < 128 &&
         (IsLetterOrDigit(c) || kMarks.find(static_cast<char>(c)) != std::string_view::npos);
}

// Base64 being written: the bits that do not yet make a digit.
struct Shift {
  std::string& out;
  uint32_t bits = 0;
  int count = 0;

  void Put16(uint32_t unit) {
    bits = bits << 16 | unit;
    count += 16;
    while (count >= 6) {
      count -= 6;
      out.push_back(kBase64[bits >> count & 63]);
    }
    bits &= (1u << count) - 1;
  }
  void Flush() {
    if (count > 0) out.push_back(kBase64[bits << (6 - count) & 63]);
    bits = 0;
    count = 0;
  }
};

}  // namespace

std::string EncodeUtf7(const Str* s) {
  std::string out;
  Shift shift{out};
  bool shifted = false;
  for (int64_t i = 0; i < s->length; ++i) {
    const uint32_t c = s->At(i);
    if (shifted && IsDirect(c)) {
      shift.Flush();
      shifted = false;
      if (IsBase64(c) || c == '-') out.push_back('-');
    }
    if (!shifted && (IsDirect(c) || c == '+')) {
      out.push_back(static_cast<char>(c));
      if (c == '+') out.push_back('-');
      continue;
    }
    if (!shifted) out.push_back('+');
    shifted = true;
    if (c >= 0x10000) {
      shift.Put16(0xD800 + ((c - 0x10000) >> 10));
      shift.Put16(0xDC00 + (c & 0x3FF));
    } else {
      shift.Put16(c);
    }
  }
  if (shifted) {
    shift.Flush();
    out.push_back('-');
  }
  return out;
}

namespace {

// A base64 sequence being read.
struct Unshift {
  Decoder& decoder;
  uint32_t bits = 0;
  int count = 0;
  uint32_t high = 0;  // a high surrogate that waits for the low one

  void Take(int value) {
    bits = bits << 6 | static_cast<uint32_t>(value);
    count += 6;
    if (count < 16) return;
    count -= 16;
    const uint32_t unit = bits >> count & 0xFFFF;
    bits &= (1u << count) - 1;
    if (high != 0 && unit >= 0xDC00 && unit <= 0xDFFF) {
      decoder.out.Append(0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
      high = 0;
      return;
    }
    FlushHigh();
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      high = unit;
    } else {
      decoder.out.Append(unit);
    }
  }
  void FlushHigh() {
    if (high != 0) decoder.out.Append(high);
    high = 0;
  }
  // What is wrong when the sequence ends here; null: nothing.
  const char* Complaint() const {
    if (count >= 6) return "partial character in shift sequence";
    return bits != 0 ? "non-zero padding bits in shift sequence" : nullptr;
  }
};

}  // namespace

Status DecodeUtf7(Decoder& decoder, bool final, int64_t* consumed) {
  int64_t i = 0;
  while (i < decoder.size()) {
    const int64_t size = decoder.size();
    const uint8_t* const bytes = decoder.begin();
    const uint8_t c = bytes[i];
    if (c >= 128) {
      GILA_TRY_VOID(decoder.Fail(i, i + 1, "unexpected special character", &i));
      continue;
    }
    if (c != '+') {
      decoder.out.Append(c);
      ++i;
      continue;
    }
    Unshift sequence{decoder};
    int64_t at = i + 1;
    while (at < size && IsBase64(bytes[at])) ++at;
    if (at == size && !final) {  // all of it is read again with what follows
      *consumed = i;
      return kOk;
    }
    for (int64_t k = i + 1; k < at; ++k) sequence.Take(Base64Value(bytes[k]));
    if (at == size) {
      if (sequence.high != 0 || sequence.Complaint() != nullptr) {
        GILA_TRY_VOID(decoder.Fail(i, size, "unterminated shift sequence", &i));
        continue;
      }
      return kOk;
    }
    if (at == i + 1) {
      if (bytes[at] == '-') {
        decoder.out.Append('+');
        i = at + 1;
      } else {
        GILA_TRY_VOID(decoder.Fail(i, at + 1, "ill-formed sequence", &i));
      }
      continue;
    }
    if (const char* const complaint = sequence.Complaint()) {
      GILA_TRY_VOID(decoder.Fail(i, at + 1, complaint, &i));
      continue;
    }
    if (bytes[at] < 128) sequence.FlushHigh();
    i = bytes[at] == '-' ? at + 1 : at;
  }
  return kOk;
}

}  // namespace gila

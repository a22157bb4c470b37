// str_case.cc: changing and testing the case and the class of characters. ASCII text is mapped byte
// by byte; the rest goes through the full mappings of text/unicode.h.
#include "runtime/text/unicode.h"
#include "runtime/text/units.h"
#include "runtime/types/str_methods.h"

namespace gila {

namespace {

constexpr uint16_t kCased = kCharLower | kCharUpper | kCharTitle;

bool IsAsciiLower(uint8_t c) { return c >= 'a' && c <= 'z'; }
bool IsAsciiUpper(uint8_t c) { return c >= 'A' && c <= 'Z'; }

// A new ASCII string of map(c) for each byte.
template <class Map>
Result<Value> MapAscii(Thread& thread, const Str* s, Map map) {
  if (s->length <= 1) {
    if (s->length == 0) return Value(empty_str);
    return latin1_strings[map(s->data[0])];
  }
  GILA_TRY(Str* const result, NewStrUninitialized(thread, s->length, 0, true));
  uint8_t* const out = result->data;
  const uint8_t* const from = s->data;
  const int64_t length = s->length;
  for (int64_t i = 0; i < length; ++i) out[i] = map(from[i]);
  return Value(result);
}

// The same for Latin-1 text that stays Latin-1, letter by letter; null when it has characters that
// do not (ß, µ, ÿ in upper case).
template <class Map>
Result<Str*> MapLatin1(Thread& thread, const Str* s, Map map) {
  GILA_TRY(Str* const result, NewStrUninitialized(thread, s->length, 0, false));
  uint8_t* const out = result->data;
  const uint8_t* const from = s->data;
  const int64_t length = s->length;
  for (int64_t i = 0; i < length; ++i) out[i] = map(from[i]);
  return result;
}

bool HasLatin1Specials(const Str* s) {
  bool found = false;
  for (int64_t i = 0; i < s->length; ++i)
    found |= s->data[i] == 0xDF || s->data[i] == 0xB5 || s->data[i] == 0xFF;
  return found;
}
uint8_t Latin1Lower(uint8_t c) {
  const bool upper = IsAsciiUpper(c) || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
  return static_cast<uint8_t>(c | (upper ? 0x20 : 0));
}
uint8_t Latin1Upper(uint8_t c) {
  const bool lower = IsAsciiLower(c) || (c >= 0xE0 && c <= 0xFE && c != 0xF7);
  return static_cast<uint8_t>(c & (lower ? 0xDF : 0xFF));
}

// A capital sigma at `i` is final when a cased letter comes before it and none after, looking
// through case-ignorable characters.
bool IsFinalSigma(const Str* s, int64_t i) {
  int64_t before = i - 1;
  while (before >= 0 && CharIs(s->At(before), kCharCaseIgnorable)) --before;
  if (before < 0 || !CharIs(s->At(before), kCased)) return false;
  int64_t after = i + 1;
  while (after < s->length && CharIs(s->At(after), kCharCaseIgnorable)) ++after;
  return after == s->length || !CharIs(s->At(after), kCased);
}

int LowerAt(const Str* s, int64_t i, uint32_t out[3]) {
  const uint32_t c = s->At(i);
  if (c != 0x3A3) return MapLower(c, out);
  out[0] = IsFinalSigma(s, i) ? 0x3C2 : 0x3C3;
  return 1;
}

// map(i, out) gives what the character at i becomes.
template <class Map>
Result<Value> MapWide(Thread& thread, const Str* s, Map map) {
  StrBuilder out(thread);
  out.Reserve(s->length);
  for (int64_t i = 0; i < s->length; ++i) {
    uint32_t mapped[3];
    const int count = map(i, mapped);
    for (int k = 0; k < count; ++k) out.Append(mapped[k]);
  }
  return out.Finish();
}

uint8_t AsciiLower(uint8_t c) { return static_cast<uint8_t>(c | (IsAsciiUpper(c) ? 0x20 : 0)); }
uint8_t AsciiUpper(uint8_t c) { return static_cast<uint8_t>(c & (IsAsciiLower(c) ? 0xDF : 0xFF)); }
// As lambdas, so that the loops over them are made into vectors.
constexpr auto kAsciiLower = [](uint8_t c) { return AsciiLower(c); };
constexpr auto kAsciiUpper = [](uint8_t c) { return AsciiUpper(c); };

}  // namespace

Result<Value> StrLower(Thread& thread, Args args) {
  Str* const s = SelfStr(args);
  if (s->IsAscii()) return MapAscii(thread, s, kAsciiLower);
  if (s->width_log2() == 0 && s->length > 1)
    return MapLatin1(thread, s, [](uint8_t c) { return Latin1Lower(c); });
  return MapWide(thread, s, [s](int64_t i, uint32_t out[3]) { return LowerAt(s, i, out); });
}

Result<Value> StrUpper(Thread& thread, Args args) {
  Str* const s = SelfStr(args);
  if (s->IsAscii()) return MapAscii(thread, s, kAsciiUpper);
  if (s->width_log2() == 0 && s->length > 1 && !HasLatin1Specials(s))
    return MapLatin1(thread, s, [](uint8_t c) { return Latin1Upper(c); });
  return MapWide(thread, s, [s](int64_t i, uint32_t out[3]) { return MapUpper(s->At(i), out); });
}

Result<Value> StrCaseFold(Thread& thread, Args args) {
  Str* const s = SelfStr(args);
  if (s->IsAscii()) return MapAscii(thread, s, kAsciiLower);
  return MapWide(thread, s, [s](int64_t i, uint32_t out[3]) { return MapFold(s->At(i), out); });
}

Result<Value> StrSwapCase(Thread& thread, Args args) {
  Str* const s = SelfStr(args);
  if (s->IsAscii()) {
    return MapAscii(thread, s, [](uint8_t c) -> uint8_t {
      return IsAsciiLower(c) || IsAsciiUpper(c) ? c ^ 0x20 : c;
    });
  }
  return MapWide(thread, s, [s](int64_t i, uint32_t out[3]) {
    const uint32_t c = s->At(i);
    if (CharIs(c, kCharUpper)) return LowerAt(s, i, out);
    if (CharIs(c, kCharLower)) return MapUpper(c, out);
    out[0] = c;
    return 1;
  });
}

Result<Value> StrTitle(Thread& thread, Args args) {
  Str* const s = SelfStr(args);
  bool in_word = false;
  if (s->IsAscii()) {
    return MapAscii(thread, s, [&in_word](uint8_t c) {
      const uint8_t mapped = in_word ? AsciiLower(c) : AsciiUpper(c);
      in_word = IsAsciiLower(c) || IsAsciiUpper(c);
      return mapped;
    });
  }
  return MapWide(thread, s, [&](int64_t i, uint32_t out[3]) {
    const int count = in_word ? LowerAt(s, i, out) : MapTitle(s->At(i), out);
    in_word = CharIs(s->At(i), kCased);
    return count;
  });
}

Result<Value> StrCapitalize(Thread& thread, Args args) {
  Str* const s = SelfStr(args);
  if (s->IsAscii()) {
    bool first = true;
    return MapAscii(thread, s, [&first](uint8_t c) {
      const uint8_t mapped = first ? AsciiUpper(c) : AsciiLower(c);
      first = false;
      return mapped;
    });
  }
  return MapWide(thread, s, [s](int64_t i, uint32_t out[3]) {
    return i == 0 ? MapTitle(s->At(0), out) : LowerAt(s, i, out);
  });
}

namespace {

// True when there are characters and each has one of the flags.
Value AllHave(const Str* s, uint16_t flags) {
  if (s->length == 0) return kFalse;
  return Value::Bool(WithUnits(s, [&](const auto* units) {
    for (int64_t i = 0; i < s->length; ++i) {
      if (!CharIs(units[i], flags)) return false;
    }
    return true;
  }));
}

// True when some character is `wanted` and none is one of `unwanted`.
Value SomeAndNone(const Str* s, uint16_t wanted, uint16_t unwanted) {
  return Value::Bool(WithUnits(s, [&](const auto* units) {
    bool found = false;
    for (int64_t i = 0; i < s->length; ++i) {
      const uint16_t flags = CharFlags(units[i]);
      if (flags & unwanted) return false;
      found |= (flags & wanted) != 0;
    }
    return found;
  }));
}

}  // namespace

Result<Value> StrIsAlnum(Thread&, Args args) {
  return AllHave(SelfStr(args), kCharAlpha | kCharDecimal | kCharDigit | kCharNumeric);
}
Result<Value> StrIsAlpha(Thread&, Args args) { return AllHave(SelfStr(args), kCharAlpha); }
Result<Value> StrIsDecimal(Thread&, Args args) { return AllHave(SelfStr(args), kCharDecimal); }
Result<Value> StrIsDigit(Thread&, Args args) { return AllHave(SelfStr(args), kCharDigit); }
Result<Value> StrIsNumeric(Thread&, Args args) { return AllHave(SelfStr(args), kCharNumeric); }
Result<Value> StrIsSpace(Thread&, Args args) { return AllHave(SelfStr(args), kCharSpace); }
Result<Value> StrIsAscii(Thread&, Args args) { return Value::Bool(SelfStr(args)->IsAscii()); }
Result<Value> StrIsLower(Thread&, Args args) {
  return SomeAndNone(SelfStr(args), kCharLower, kCharUpper | kCharTitle);
}
Result<Value> StrIsUpper(Thread&, Args args) {
  return SomeAndNone(SelfStr(args), kCharUpper, kCharLower | kCharTitle);
}

Result<Value> StrIsPrintable(Thread&, Args args) {
  const Str* const s = SelfStr(args);
  return s->length == 0 ? kTrue : AllHave(s, kCharPrintable);
}

Result<Value> StrIsIdentifier(Thread&, Args args) {
  const Str* const s = SelfStr(args);
  if (s->length == 0 || !CharIs(s->At(0), kCharIdStart)) return kFalse;
  return AllHave(s, kCharIdContinue);
}

Result<Value> StrIsTitle(Thread&, Args args) {
  const Str* const s = SelfStr(args);
  bool found = false, in_word = false;
  for (int64_t i = 0; i < s->length; ++i) {
    const uint16_t flags = CharFlags(s->At(i));
    if (flags & (kCharUpper | kCharTitle)) {
      if (in_word) return kFalse;
      found = in_word = true;
    } else if (flags & kCharLower) {
      if (!in_word) return kFalse;
      found = true;
    } else {
      in_word = false;
    }
  }
  return Value::Bool(found);
}

}  // namespace gila

// repr.cc: see repr.h; BytesRepr of types/bytes.h as well.
#include "runtime/text/repr.h"

#include "runtime/text/search.h"
#include "runtime/text/unicode.h"
#include "runtime/text/units.h"
#include "runtime/types/bytes.h"

namespace gila {

namespace {

constexpr char kHex[] = "0123456789abcdef";

bool HasUnit(const Str* s, uint8_t c) {
  return WithUnits(s, [&](const auto* units) {
    const auto wanted = static_cast<std::remove_cv_t<std::remove_reference_t<decltype(*units)>>>(c);
    return FindUnits(units, s->length, &wanted, 1) >= 0;
  });
}

// The letter after the backslash of a short escape, or 0.
char ShortEscape(uint32_t c) {
  switch (c) {
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    case '\\':
      return '\\';
    default:
      return 0;
  }
}

// ASCII text without anything to escape is copied whole.
Result<Str*> QuoteWhole(Thread& thread, const Str* s, char quote) {
  GILA_TRY(Str* const quoted, NewStrUninitialized(thread, s->length + 2, 0, true));
  quoted->data[0] = static_cast<uint8_t>(quote);
  std::memcpy(quoted->data + 1, s->data, static_cast<size_t>(s->length));
  quoted->data[s->length + 1] = static_cast<uint8_t>(quote);
  return quoted;
}

}  // namespace

void AppendEscape(StrBuilder& out, uint32_t c) {
  out.Append('\\');
  int digits = 2;
  if (c < 0x100) {
    out.Append('x');
  } else if (c < 0x10000) {
    out.Append('u');
    digits = 4;
  } else {
    out.Append('U');
    digits = 8;
  }
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    out.Append(static_cast<uint32_t>(kHex[(c >> shift) & 15]));
}

Result<Str*> StrRepr(Thread& thread, const Str* s, bool ascii_only) {
  const uint32_t quote = HasUnit(s, '\'') && !HasUnit(s, '"') ? U'"' : U'\'';
  if (s->IsAscii()) {
    bool plain = true;
    for (int64_t i = 0; i < s->length; ++i) {
      const uint8_t c = s->data[i];
      plain &= c >= 0x20 && c != 0x7F && c != '\\' && c != quote;
    }
    if (plain) return QuoteWhole(thread, s, static_cast<char>(quote));
  }
  StrBuilder out(thread);
  out.Reserve(s->length + 2);
  out.Append(quote);
  for (int64_t i = 0; i < s->length; ++i) {
    const uint32_t c = s->At(i);
    if (const char letter = ShortEscape(c)) {
      out.Append('\\');
      out.Append(static_cast<uint32_t>(letter));
    } else if (c == quote) {
      out.Append('\\');
      out.Append(c);
    } else if (ascii_only ? c >= 0x20 && c < 0x7F : CharIs(c, kCharPrintable)) {
      out.Append(c);
    } else {
      AppendEscape(out, c);
    }
  }
  out.Append(quote);
  return out.Finish();
}

std::string BytesRepr(std::string_view bytes, bool escape_single_quotes) {
  const bool single = bytes.find('\'') != std::string_view::npos;
  const bool twofold = bytes.find('"') != std::string_view::npos;
  const char quote = single && !twofold ? '"' : '\'';
  std::string out = "b";
  out.reserve(bytes.size() + 3);
  out.push_back(quote);
  for (const char signed_c : bytes) {
    const auto c = static_cast<uint8_t>(signed_c);
    if (const char letter = ShortEscape(c)) {
      out.push_back('\\');
      out.push_back(letter);
    } else if (signed_c == quote || (signed_c == '\'' && escape_single_quotes)) {
      out.push_back('\\');
      out.push_back(signed_c);
    } else if (c >= 0x20 && c < 0x7F) {
      out.push_back(signed_c);
    } else {
      out += "\\x";
      out.push_back(kHex[c >> 4]);
      out.push_back(kHex[c & 15]);
    }
  }
  out.push_back(quote);
  return out;
}

}  // namespace gila

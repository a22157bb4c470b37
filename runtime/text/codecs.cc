// codecs.cc: encodings by name, str.encode and bytes.decode with short ways for what is common, and
// file names. The loops for decoding are in decoders.cc, error handlers in codec_errors.cc.
#include "runtime/text/codecs.h"

#include <algorithm>
#include <cstring>

#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/names.h"
#include "runtime/protocols.h"
#include "runtime/text/charmap.h"
#include "runtime/text/codec_errors.h"
#include "runtime/text/decoders.h"
#include "runtime/text/units.h"
#include "runtime/text/utf7.h"
#include "runtime/text/utf8.h"
#include "runtime/type.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"

namespace gila {

namespace {

struct EncodingAlias {
  std::string_view name;
  Encoding encoding;
};
// Lower case, with underscores.
constexpr EncodingAlias kAliases[] = {
    {"utf_8", Encoding::kUtf8},
    {"utf8", Encoding::kUtf8},
    {"u8", Encoding::kUtf8},
    {"utf", Encoding::kUtf8},
    {"cp65001", Encoding::kUtf8},
    {"utf8_ucs2", Encoding::kUtf8},
    {"utf8_ucs4", Encoding::kUtf8},
    {"utf_8_sig", Encoding::kUtf8Sig},
    {"utf8_sig", Encoding::kUtf8Sig},
    {"utf_16", Encoding::kUtf16},
    {"utf16", Encoding::kUtf16},
    {"u16", Encoding::kUtf16},
    {"utf_16_le", Encoding::kUtf16Le},
    {"utf_16le", Encoding::kUtf16Le},
    {"utf16_le", Encoding::kUtf16Le},
    {"utf_16_be", Encoding::kUtf16Be},
    {"utf_16be", Encoding::kUtf16Be},
    {"utf16_be", Encoding::kUtf16Be},
    {"utf_32", Encoding::kUtf32},
    {"utf32", Encoding::kUtf32},
    {"u32", Encoding::kUtf32},
    {"utf_32_le", Encoding::kUtf32Le},
    {"utf_32le", Encoding::kUtf32Le},
    {"utf32_le", Encoding::kUtf32Le},
    {"utf_32_be", Encoding::kUtf32Be},
    {"utf_32be", Encoding::kUtf32Be},
    {"utf32_be", Encoding::kUtf32Be},
    {"latin_1", Encoding::kLatin1},
    {"latin1", Encoding::kLatin1},
    {"latin", Encoding::kLatin1},
    {"l1", Encoding::kLatin1},
    {"iso_8859_1", Encoding::kLatin1},
    {"iso8859_1", Encoding::kLatin1},
    {"iso_8859_1_1987", Encoding::kLatin1},
    {"iso8859", Encoding::kLatin1},
    {"8859", Encoding::kLatin1},
    {"cp819", Encoding::kLatin1},
    {"ibm819", Encoding::kLatin1},
    {"iso_ir_100", Encoding::kLatin1},
    {"csisolatin1", Encoding::kLatin1},
    {"ascii", Encoding::kAscii},
    {"us_ascii", Encoding::kAscii},
    {"us", Encoding::kAscii},
    {"646", Encoding::kAscii},
    {"ansi_x3.4_1968", Encoding::kAscii},
    {"ansi_x3_4_1968", Encoding::kAscii},
    {"iso646_us", Encoding::kAscii},
    {"iso_646.irv_1991", Encoding::kAscii},
    {"cp367", Encoding::kAscii},
    {"ibm367", Encoding::kAscii},
    {"utf_7", Encoding::kUtf7},
    {"utf7", Encoding::kUtf7},
    {"u7", Encoding::kUtf7},
    {"unicode_1_1_utf_7", Encoding::kUtf7},
    {"unicode_escape", Encoding::kUnicodeEscape},
    {"unicodeescape", Encoding::kUnicodeEscape},
    {"raw_unicode_escape", Encoding::kRawUnicodeEscape},
    {"rawunicodeescape", Encoding::kRawUnicodeEscape},
};

const Charmap* CharmapOf(Encoding encoding) {
  return GetCharmap(static_cast<int>(encoding) - static_cast<int>(Encoding::kFirstCharmap));
}

}  // namespace

Encoding FindEncoding(std::string_view name) {
  if (name == "utf-8") return Encoding::kUtf8;
  if (name == "ascii") return Encoding::kAscii;
  if (name == "latin-1" || name == "latin1") return Encoding::kLatin1;
  std::string key;
  for (const char c : name) {
    if (c == '-' || c == ' ' || c == '_') {
      if (!key.empty() && key.back() != '_') key.push_back('_');
    } else {
      key.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    }
  }
  for (const EncodingAlias& alias : kAliases) {
    if (alias.name == key) return alias.encoding;
  }
  if (const int number = FindCharmapNumber(key); number >= 0) {
    const auto charmap = static_cast<Encoding>(static_cast<int>(Encoding::kFirstCharmap) + number);
    if (CharmapOf(charmap) != nullptr) return charmap;
  }
  return Encoding::kUnknown;
}

bool KeepsAscii(Encoding encoding) {
  if (IsCharmap(encoding)) return CharmapOf(encoding)->ascii;
  return encoding == Encoding::kUtf8 || encoding == Encoding::kLatin1 ||
         encoding == Encoding::kAscii;
}

const char* EncodingName(Encoding encoding) {
  if (IsCharmap(encoding)) return CharmapOf(encoding)->name;
  constexpr const char* kNames[] = {
      "",          "utf-8",          "utf-8-sig",          "utf-16",    "utf-16-le",
      "utf-16-be", "utf-32",         "utf-32-le",          "utf-32-be", "iso8859-1",
      "ascii",     "unicode_escape", "raw_unicode_escape", "utf-7"};
  return kNames[static_cast<size_t>(encoding)];
}

namespace {

// An encoding that is not built in: what codecs.lookup() knows of it does the work, coder is
// "encoder" or "decoder".
Result<Value> ByLookup(Thread& thread, Value input, std::string_view encoding,
                       std::string_view errors, const char* coder) {
  GILA_TRY(const Value codecs, ImportModule(thread, "codecs"));
  GILA_TRY(Str * name, NewStr(thread, encoding));
  GILA_TRY(Str * handler, NewStr(thread, errors.empty() ? "strict" : errors));
  return CallMethod(thread, codecs, Intern(thread, "_run_text_codec"),
                    {input, name, handler, Intern(thread, coder)});
}

// --- encoding: what can be encoded, and how ---

bool CanScalar(uint32_t c) { return !IsSurrogate(c); }
bool CanAscii(uint32_t c) { return c < 128; }
bool CanLatin1(uint32_t c) { return c < 256; }

void PutByte(std::string& out, uint32_t c) { out.push_back(static_cast<char>(c)); }
template <int kBytes, bool kBig>
void PutUnit(std::string& out, uint32_t unit) {
  for (int i = 0; i < kBytes; ++i)
    out.push_back(static_cast<char>(unit >> 8 * (kBig ? kBytes - 1 - i : i)));
}
template <bool kBig>
void PutUtf16(std::string& out, uint32_t c) {
  if (c >= 0x10000) {
    PutUnit<2, kBig>(out, 0xD800 + ((c - 0x10000) >> 10));
    PutUnit<2, kBig>(out, 0xDC00 + ((c - 0x10000) & 0x3FF));
  } else {
    PutUnit<2, kBig>(out, c);
  }
}

struct EncodeRule {
  const char* name;  // in the error
  CanEncode can;
  PutCharacter put;
  const char* reason;
  bool passes_surrogates;
};

EncodeRule RuleOf(Encoding encoding) {
  constexpr const char* kNoSurrogates = "surrogates not allowed";
  constexpr const char* kNoMapping = "character maps to <undefined>";
  switch (encoding) {
    case Encoding::kUtf16:
      return {"utf-16", CanScalar, PutUtf16<false>, kNoSurrogates, true};
    case Encoding::kUtf16Le:
      return {"utf-16-le", CanScalar, PutUtf16<false>, kNoSurrogates, true};
    case Encoding::kUtf16Be:
      return {"utf-16-be", CanScalar, PutUtf16<true>, kNoSurrogates, true};
    case Encoding::kUtf32:
      return {"utf-32", CanScalar, PutUnit<4, false>, kNoSurrogates, true};
    case Encoding::kUtf32Le:
      return {"utf-32-le", CanScalar, PutUnit<4, false>, kNoSurrogates, true};
    case Encoding::kUtf32Be:
      return {"utf-32-be", CanScalar, PutUnit<4, true>, kNoSurrogates, true};
    case Encoding::kLatin1:
      return {"latin-1", CanLatin1, PutByte, "ordinal not in range(256)", false};
    case Encoding::kAscii:
      return {"ascii", CanAscii, PutByte, "ordinal not in range(128)", false};
    default:
      // The encoder asks the charmap itself.
      if (IsCharmap(encoding)) return {"charmap", CanAscii, PutByte, kNoMapping, false};
      return {"utf-8", CanScalar, AppendUtf8, kNoSurrogates, true};
  }
}

// \t, \n, \r and backslashes get their short forms, the rest that is no printable ASCII hex ones.
std::string EncodeUnicodeEscape(const Str* s) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (int64_t i = 0; i < s->length; ++i) {
    const uint32_t c = s->At(i);
    if (c == '\\' || c == '\t' || c == '\n' || c == '\r') {
      out.push_back('\\');
      out.push_back(c == '\\' ? '\\' : c == '\t' ? 't' : c == '\n' ? 'n' : 'r');
    } else if (c >= 0x20 && c < 0x7F) {
      out.push_back(static_cast<char>(c));
    } else {
      const int digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
      out += digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U";
      for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        out.push_back(kHex[c >> shift & 15]);
    }
  }
  return out;
}

std::string EncodeRawUnicodeEscape(const Str* s) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (int64_t i = 0; i < s->length; ++i) {
    const uint32_t c = s->At(i);
    if (c < 256) {
      out.push_back(static_cast<char>(c));
      continue;
    }
    const int digits = c < 0x10000 ? 4 : 8;
    out += digits == 4 ? "\\u" : "\\U";
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out.push_back(kHex[c >> shift & 15]);
  }
  return out;
}

// UTF-8 of text without surrogates, straight into the new bytes; null when it has some.
Result<Value> EncodeUtf8Fast(Thread& thread, const Str* s, bool* has_surrogates) {
  *has_surrogates = false;
  const int64_t size = WithUnits(s, [&](const auto* units) {
    int64_t bytes = 0;
    for (int64_t i = 0; i < s->length; ++i) {
      const uint32_t c = units[i];
      bytes += 1 + (c >= 0x80) + (c >= 0x800) + (c >= 0x10000);
      if (sizeof(*units) > 1) *has_surrogates |= IsSurrogate(c);
    }
    return bytes;
  });
  if (*has_surrogates) return kNone;
  GILA_TRY(Bytes* const bytes, NewBytesUninitialized(thread, size));
  WithUnits(s, [&](const auto* units) {
    auto* out = reinterpret_cast<char*>(bytes->data);
    for (int64_t i = 0; i < s->length; ++i) out = PutUtf8(out, units[i]);
  });
  return Value(bytes);
}

std::string_view ByteView(const Str* s) {
  return {reinterpret_cast<const char*>(s->data), static_cast<size_t>(s->length)};
}

}  // namespace

Result<Value> EncodeStr(Thread& thread, Str* s, std::string_view encoding_name,
                        std::string_view errors) {
  const Encoding encoding = FindEncoding(encoding_name);
  switch (encoding) {
    case Encoding::kUnknown: {
      GILA_TRY(const Value bytes, ByLookup(thread, s, encoding_name, errors, "encoder"));
      if (IsBytes(bytes)) return bytes;
      return thread.RaiseTypeError(
          "'%.*s' encoder returned '%s' instead of 'bytes'; use "
          "codecs.encode() to encode to arbitrary types",
          static_cast<int>(encoding_name.size()), encoding_name.data(),
          std::string(TypeNameOf(bytes)).c_str());
    }
    case Encoding::kUtf8: {
      if (s->IsAscii()) return NewBytes(thread, s->ascii());
      bool has_surrogates;
      GILA_TRY(const Value bytes, EncodeUtf8Fast(thread, s, &has_surrogates));
      if (!has_surrogates) return bytes;
      break;
    }
    case Encoding::kLatin1:
      if (s->width_log2() == 0) return NewBytes(thread, ByteView(s));
      break;
    case Encoding::kAscii:
      if (s->IsAscii()) return NewBytes(thread, s->ascii());
      break;
    case Encoding::kUtf7:
      return NewBytes(thread, EncodeUtf7(s));
    case Encoding::kUnicodeEscape:
      return NewBytes(thread, EncodeUnicodeEscape(s));
    case Encoding::kRawUnicodeEscape:
      return NewBytes(thread, EncodeRawUnicodeEscape(s));
    default:
      break;
  }
  const Charmap* const charmap = IsCharmap(encoding) ? CharmapOf(encoding) : nullptr;
  if (charmap != nullptr && charmap->ascii && s->IsAscii()) return NewBytes(thread, s->ascii());
  const EncodeRule rule = RuleOf(encoding);
  Encoder encoder(thread, s, rule.name, errors, rule.can, rule.put, rule.reason,
                  rule.passes_surrogates, charmap);
  if (encoding == Encoding::kUtf8Sig || encoding == Encoding::kUtf16 ||
      encoding == Encoding::kUtf32)
    rule.put(encoder.out, 0xFEFF);
  GILA_TRY_VOID(encoder.Run());
  return NewBytes(thread, encoder.out);
}

namespace {

// Good UTF-8 in two passes; null, nothing raised, when it is not good.
Result<Value> DecodeUtf8Fast(Thread& thread, std::string_view bytes) {
  const auto* const begin = reinterpret_cast<const uint8_t*>(bytes.data());
  const uint8_t* const end = begin + bytes.size();
  const size_t ascii = AsciiPrefix(begin, bytes.size());
  if (ascii == bytes.size()) return NewStrLatin1(thread, bytes);
  auto length = static_cast<int64_t>(ascii);
  uint32_t or_mask = 0;
  int bad_length = 0;
  for (const uint8_t* p = begin + ascii; p < end; ++length) {
    const uint32_t c = DecodeUtf8(p, end, false, &bad_length);
    if (c == kBadUtf8) return kUnbound;
    or_mask |= c;
  }
  const int width_log2 = WidthFor(or_mask);
  if (length == 1) {
    const uint8_t* p = begin;
    return Result<Str*>(StrFromChar(thread, DecodeUtf8(p, end, false, &bad_length)));
  }
  GILA_TRY(Str* const s, NewStrUninitialized(thread, length, width_log2, false));
  CopyUnits(s->data, width_log2, begin, 0, static_cast<int64_t>(ascii));
  const uint8_t* p = begin + ascii;
  for (auto i = static_cast<int64_t>(ascii); i < length; ++i)
    StoreUnit(s->data, width_log2, i, DecodeUtf8(p, end, false, &bad_length));
  return Value(s);
}

// The byte order mark at the start of UTF-16 or UTF-32: how many bytes it takes (0: none).
int64_t ReadByteOrder(std::string_view bytes, size_t unit_size, bool* big_endian) {
  *big_endian = false;
  if (bytes.size() < unit_size) return 0;
  const std::string_view little =
      unit_size == 2 ? std::string_view("\xFF\xFE", 2) : std::string_view("\xFF\xFE\0\0", 4);
  const std::string_view big =
      unit_size == 2 ? std::string_view("\xFE\xFF", 2) : std::string_view("\0\0\xFE\xFF", 4);
  *big_endian = bytes.substr(0, unit_size) == big;
  return *big_endian || bytes.substr(0, unit_size) == little ? static_cast<int64_t>(unit_size) : 0;
}

// DeprecationWarning for the first escape that means nothing.
Status WarnOfEscape(Decoder& decoder) {
  if (decoder.invalid_escape.empty()) return kOk;
  Thread& thread = decoder.thread();
  const auto kind = static_cast<uint8_t>(decoder.invalid_escape[0]);
  std::string message = "invalid escape sequence '\\";
  if (kind >= '4' && kind <= '7')
    message = "invalid octal escape sequence '\\" + decoder.invalid_escape;
  else
    AppendUtf8(message, kind);
  GILA_TRY(const Value module, ImportModule(thread, "warnings"));
  GILA_TRY(Str* const text, NewStr(thread, message + "'"));
  const Value type = DictGetInterned(BuiltinsDict(thread), Intern(thread, "DeprecationWarning"));
  GILA_TRY_VOID(
      CallMethod(thread, module, Intern(thread, "warn"), {Value(text), type, Value::SmallInt(1)}));
  return kOk;
}

Status RunDecoder(Decoder& decoder, Encoding encoding, std::string_view bytes, bool final,
                  int64_t* consumed) {
  bool big_endian = encoding == Encoding::kUtf16Be || encoding == Encoding::kUtf32Be;
  int64_t start = 0;
  switch (encoding) {
    case Encoding::kUtf16:
      start = ReadByteOrder(bytes, 2, &big_endian);
      [[fallthrough]];
    case Encoding::kUtf16Le:
    case Encoding::kUtf16Be:
      return DecodeUtf16(decoder, start, big_endian, final, consumed);
    case Encoding::kUtf32:
      start = ReadByteOrder(bytes, 4, &big_endian);
      [[fallthrough]];
    case Encoding::kUtf32Le:
    case Encoding::kUtf32Be:
      return DecodeUtf32(decoder, start, big_endian, final, consumed);
    case Encoding::kAscii:
      return DecodeAscii(decoder);
    case Encoding::kUtf7:
      return DecodeUtf7(decoder, final, consumed);
    case Encoding::kUnicodeEscape:
      GILA_TRY_VOID(DecodeUnicodeEscape(decoder));
      return WarnOfEscape(decoder);
    case Encoding::kRawUnicodeEscape:
      return DecodeRawUnicodeEscape(decoder);
    default:
      if (IsCharmap(encoding)) return DecodeCharmap(decoder, CharmapOf(encoding)->units);
      return DecodeUtf8Slow(decoder, final, consumed);
  }
}

const char* NameInDecodeError(Encoding encoding) {
  if (IsCharmap(encoding)) return "charmap";
  switch (encoding) {
    case Encoding::kUtf7:
      return "utf7";
    case Encoding::kUnicodeEscape:
      return "unicodeescape";
    case Encoding::kRawUnicodeEscape:
      return "rawunicodeescape";
    case Encoding::kUtf8Sig:
      return "utf-8";
    default:
      return EncodingName(encoding);
  }
}

}  // namespace

Result<Str*> DecodePiece(Thread& thread, std::string_view bytes, Encoding encoding,
                         std::string_view errors, bool final, int64_t* consumed) {
  *consumed = static_cast<int64_t>(bytes.size());
  if (bytes.empty()) return empty_str;
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (encoding == Encoding::kUtf8Sig && bytes.substr(0, 3) == kMark) {
    GILA_TRY(Str* const s,
             DecodePiece(thread, bytes.substr(3), Encoding::kUtf8, errors, final, consumed));
    *consumed += 3;
    return s;
  }
  if (encoding == Encoding::kLatin1) return NewStrLatin1(thread, bytes);
  if (encoding == Encoding::kUtf8 || encoding == Encoding::kUtf8Sig) {
    GILA_TRY(const Value fast, DecodeUtf8Fast(thread, bytes));
    if (!fast.IsUnbound()) return fast.As<Str>();
  } else if ((encoding == Encoding::kAscii ||
              (IsCharmap(encoding) && CharmapOf(encoding)->ascii)) &&
             IsAsciiText(bytes)) {
    return NewStrLatin1(thread, bytes);
  }
  Decoder decoder(thread, bytes, NameInDecodeError(encoding), errors);
  GILA_TRY_VOID(RunDecoder(decoder, encoding, bytes, final, consumed));
  return decoder.out.Finish();
}

Result<Str*> DecodeBytes(Thread& thread, std::string_view bytes, std::string_view encoding_name,
                         std::string_view errors) {
  const Encoding encoding = FindEncoding(encoding_name);
  if (encoding == Encoding::kUnknown) {
    GILA_TRY(const Value input, NewBytes(thread, bytes));
    GILA_TRY(const Value text, ByLookup(thread, input, encoding_name, errors, "decoder"));
    if (IsStr(text)) return text.As<Str>();
    return thread.RaiseTypeError(
        "'%.*s' decoder returned '%s' instead of 'str'; use codecs.decode() "
        "to decode to arbitrary types",
        static_cast<int>(encoding_name.size()), encoding_name.data(),
        std::string(TypeNameOf(text)).c_str());
  }
  int64_t consumed;
  return DecodePiece(thread, bytes, encoding, errors, true, &consumed);
}

// --- file names ---

Result<Str*> DecodeFsPath(Thread& thread, std::string_view bytes) {
  return DecodeBytes(thread, bytes, "utf-8", "surrogateescape");
}

Result<Value> FsPath(Thread& thread, Value path) {
  if (IsStr(path) || IsBytes(path)) return path;
  GILA_TRY(const Value plain, CallSpecial(thread, path, Special::kFsPath));
  const std::string name(TypeName(TypeOf(path)));
  if (plain.IsUnbound()) {
    return thread.RaiseTypeError("expected str, bytes or os.PathLike object, not %s", name.c_str());
  }
  if (IsStr(plain) || IsBytes(plain)) return plain;
  const std::string got(TypeName(TypeOf(plain)));
  return thread.RaiseTypeError("expected %s.__fspath__() to return str or bytes, not %s",
                               name.c_str(), got.c_str());
}

Result<std::string> EncodeFsPath(Thread& thread, Value given) {
  GILA_TRY(const Value path, FsPath(thread, given));
  const bool is_str = IsStr(path);
  Value encoded = path;
  if (is_str) {
    GILA_TRY(encoded, EncodeStr(thread, path.As<Str>(), "utf-8", "surrogateescape"));
  }
  const std::string_view bytes = encoded.As<Bytes>()->view();
  if (bytes.find('\0') != std::string_view::npos)
    return thread.RaiseValueError("embedded null byte");
  return std::string(bytes);
}

}  // namespace gila

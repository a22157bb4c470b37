// binascii_module.cc: the module binascii: bytes as text of several kinds and back, and two
// checksums.
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_type.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "stdlib/native_support.h"

namespace gila {

namespace {

Type* error_type = nullptr;

// ASCII text or bytes: what the a2b functions take.
class TextSource {
 public:
  Status Read(Thread& thread, Value v) {
    if (IsStr(v)) {
      if (!v.As<Str>()->IsAscii())
        return thread.RaiseValueError("string argument should contain only ASCII characters");
      view_ = v.As<Str>()->ascii();
      return kOk;
    }
    if (!IsBytesLike(v)) {
      const std::string type(TypeNameOf(v));
      return thread.RaiseTypeError("argument should be bytes, buffer or ASCII string, not '%s'",
                                   type.c_str());
    }
    GILA_TRY_VOID(source_.Read(thread, v));
    view_ = source_.view();
    return kOk;
  }
  std::string_view view() const { return view_; }

 private:
  PinnedSource source_;
  std::string_view view_;
};

Result<bool> Flag(Thread& thread, Args args, size_t i, bool fallback) {
  if (!args.Has(i)) return fallback;
  GILA_TRY(const int64_t number, ToInt64(thread, args[i]));
  return number != 0;
}

// --- base 64 ---

constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr uint8_t kNoDigit = 0xff;

constexpr std::array<uint8_t, 256> MakeDigits() {
  std::array<uint8_t, 256> digits{};
  for (auto& digit : digits) digit = kNoDigit;
  for (uint8_t i = 0; i < 64; ++i) digits[static_cast<uint8_t>(kAlphabet[i])] = i;
  return digits;
}
constexpr std::array<uint8_t, 256> kDigits = MakeDigits();

void EncodeBase64(const uint8_t* in, size_t size, uint8_t* out) {
  size_t i = 0;
  for (; i + 3 <= size; i += 3) {
    const uint32_t bits = uint32_t{in[i]} << 16 | uint32_t{in[i + 1]} << 8 | in[i + 2];
    *out++ = static_cast<uint8_t>(kAlphabet[bits >> 18]);
    *out++ = static_cast<uint8_t>(kAlphabet[bits >> 12 & 63]);
    *out++ = static_cast<uint8_t>(kAlphabet[bits >> 6 & 63]);
    *out++ = static_cast<uint8_t>(kAlphabet[bits & 63]);
  }
  if (i == size) return;
  const bool two = size - i == 2;
  const uint32_t bits = uint32_t{in[i]} << 16 | (two ? uint32_t{in[i + 1]} << 8 : 0);
  *out++ = static_cast<uint8_t>(kAlphabet[bits >> 18]);
  *out++ = static_cast<uint8_t>(kAlphabet[bits >> 12 & 63]);
  *out++ = two ? static_cast<uint8_t>(kAlphabet[bits >> 6 & 63]) : '=';
  *out++ = '=';
}

Result<Value> B2aBase64(Thread& thread, Args args) {
  PinnedSource data;
  GILA_TRY_VOID(data.Read(thread, args[0]));
  GILA_TRY(const bool newline, Flag(thread, args, 1, true));
  const size_t size = (data.size() + 2) / 3 * 4;
  GILA_TRY(Bytes* const result,
           NewBytesUninitialized(thread, static_cast<int64_t>(size + newline)));
  EncodeBase64(data.data(), data.size(), result->data);
  if (newline) result->data[size] = '\n';
  return result;
}

// Whole groups without padding or foreign characters, as far as they go: the fast part of decoding.
size_t DecodeGroups(std::string_view text, uint8_t*& out) {
  size_t i = 0;
  for (; i + 4 <= text.size(); i += 4) {
    const uint8_t a = kDigits[static_cast<uint8_t>(text[i])],
                  b = kDigits[static_cast<uint8_t>(text[i + 1])],
                  c = kDigits[static_cast<uint8_t>(text[i + 2])],
                  d = kDigits[static_cast<uint8_t>(text[i + 3])];
    if ((a | b | c | d) >= 64) break;
    *out++ = static_cast<uint8_t>(a << 2 | b >> 4);
    *out++ = static_cast<uint8_t>(b << 4 | c >> 2);
    *out++ = static_cast<uint8_t>(c << 6 | d);
  }
  return i;
}

Result<Value> A2bBase64(Thread& thread, Args args) {
  TextSource source;
  GILA_TRY_VOID(source.Read(thread, args[0]));
  GILA_TRY(const bool strict, Flag(thread, args, 1, false));
  const std::string_view text = source.view();
  std::string decoded((text.size() + 3) / 4 * 3, '\0');
  auto* const first = reinterpret_cast<uint8_t*>(decoded.data());
  uint8_t* out = first;
  const auto fail = [&](const char* words) { return RaiseOfType(thread, error_type, words); };
  if (strict && !text.empty() && text[0] == '=') return fail("Leading padding not allowed");
  uint8_t held = 0;
  int quad = 0, pads = 0;
  bool padded = false;
  const auto finish = [&] {
    return NewBytes(thread, {decoded.data(), static_cast<size_t>(out - first)});
  };
  for (size_t i = DecodeGroups(text, out); i < text.size(); ++i) {
    const char c = text[i];
    if (c == '=') {
      padded = true;
      if (quad >= 2 && quad + ++pads >= 4) {
        if (strict && i + 1 < text.size()) return fail("Excess data after padding");
        return finish();
      }
      continue;
    }
    const uint8_t digit = kDigits[static_cast<uint8_t>(c)];
    if (digit == kNoDigit) {
      if (strict) return fail("Only base64 data is allowed");
      continue;
    }
    if (strict && padded) return fail("Discontinuous padding not allowed");
    pads = 0;
    switch (quad) {
      case 0:
        break;
      case 1:
        *out++ = static_cast<uint8_t>(held << 2 | digit >> 4);
        break;
      case 2:
        *out++ = static_cast<uint8_t>(held << 4 | digit >> 2);
        break;
      default:
        *out++ = static_cast<uint8_t>(held << 6 | digit);
    }
    held = digit & (quad == 0 ? 0x3f : quad == 1 ? 0x0f : 0x03);
    quad = (quad + 1) % 4;
  }
  if (quad == 0) return finish();
  if (quad == 1)
    return RaiseOfTypeFormat(
        thread, error_type,
        "Invalid base64-encoded string: number of data characters (%lld) cannot "
        "be 1 more than a multiple of 4",
        static_cast<long long>((out - first) / 3 * 4 + 1));
  return fail("Incorrect padding");
}

// --- hexadecimal ---

Result<Value> Hexlify(Thread& thread, Args args) {
  ByteSource source;
  GILA_TRY_VOID(source.Read(thread, args[0]));
  if (!args.Has(1) && source.size() > 0) {
    GILA_TRY(Bytes* const digits, NewBytesUninitialized(thread, source.size() * 2));
    WriteHex(source.view(), digits->data);
    return digits;
  }
  GILA_TRY(const Value text, HexOfBytes(thread, source.view(), args[1], args[2]));
  return NewBytes(thread, text.As<Str>()->ascii());
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

Result<Value> Unhexlify(Thread& thread, Args args) {
  TextSource source;
  GILA_TRY_VOID(source.Read(thread, args[0]));
  const std::string_view text = source.view();
  if (text.size() % 2 != 0) return RaiseOfType(thread, error_type, "Odd-length string");
  std::string bytes(text.size() / 2, '\0');
  for (size_t i = 0; i < bytes.size(); ++i) {
    const int high = HexDigit(text[2 * i]), low = HexDigit(text[2 * i + 1]);
    if (high < 0 || low < 0) return RaiseOfType(thread, error_type, "Non-hexadecimal digit found");
    bytes[i] = static_cast<char>(high << 4 | low);
  }
  return NewBytes(thread, bytes);
}

// --- uuencode ---

Result<Value> B2aUu(Thread& thread, Args args) {
  PinnedSource data;
  GILA_TRY_VOID(data.Read(thread, args[0]));
  GILA_TRY(const bool backtick, Flag(thread, args, 1, false));
  if (data.size() > 45) return RaiseOfType(thread, error_type, "At most 45 bytes at once");
  const auto letter = [&](uint32_t six) {
    return static_cast<char>(six == 0 && backtick ? '`' : ' ' + six);
  };
  std::string line(1, letter(static_cast<uint32_t>(data.size())));
  for (size_t i = 0; i < data.size(); i += 3) {
    uint32_t bits = 0;
    for (size_t j = i; j < i + 3; ++j) bits = bits << 8 | (j < data.size() ? data.data()[j] : 0);
    for (int shift = 18; shift >= 0; shift -= 6) line += letter(bits >> shift & 63);
  }
  return NewBytes(thread, line + '\n');
}

Result<Value> A2bUu(Thread& thread, Args args) {
  TextSource source;
  GILA_TRY_VOID(source.Read(thread, args[0]));
  const std::string_view text = source.view();
  size_t i = 0;
  const size_t count = text.empty() ? 32 : static_cast<size_t>((text[i++] - ' ') & 63);
  std::string bytes;
  uint32_t bits = 0;
  int held = 0;
  while (bytes.size() < count) {
    uint32_t six = 0;
    // A line that lost its trailing blanks is filled up with them.
    if (i < text.size() && text[i] != '\n' && text[i] != '\r') {
      const auto c = static_cast<uint8_t>(text[i++]);
      if (c < ' ' || c > ' ' + 64) return RaiseOfType(thread, error_type, "Illegal char");
      six = (c - ' ') & 63;
    }
    bits = bits << 6 | six;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes += static_cast<char>(bits >> held & 0xff);
  }
  for (; i < text.size(); ++i)
    if (std::strchr(" `\n\r", text[i]) == nullptr)
      return RaiseOfType(thread, error_type, "Trailing garbage");
  return NewBytes(thread, bytes);
}

// --- quoted-printable ---

Result<Value> A2bQp(Thread& thread, Args args) {
  TextSource source;
  GILA_TRY_VOID(source.Read(thread, args[0]));
  GILA_TRY(const bool header, Flag(thread, args, 1, false));
  const std::string_view text = source.view();
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const char c = text[i++];
    if (c == '_' && header) {
      out += ' ';
    } else if (c != '=') {
      out += c;
    } else if (i >= text.size()) {
      break;
    } else if (text[i] == '\n' || text[i] == '\r') {
      // A soft line break: everything up to the end of the line goes.
      while (i < text.size() && text[i] != '\n') ++i;
      if (i < text.size()) ++i;
    } else if (text[i] == '=') {
      out += '=';
      ++i;
    } else if (i + 1 < text.size() && HexDigit(text[i]) >= 0 && HexDigit(text[i + 1]) >= 0) {
      out += static_cast<char>(HexDigit(text[i]) << 4 | HexDigit(text[i + 1]));
      i += 2;
    } else {
      out += '=';
    }
  }
  return NewBytes(thread, out);
}

struct QpOptions {
  bool quote_tabs, is_text, header;
};

// Must the character at i be written as =XX? `column` is where it would go.
bool MustQuote(std::string_view text, size_t i, size_t column, QpOptions options) {
  const auto c = static_cast<uint8_t>(text[i]);
  const bool last = i + 1 == text.size();
  if (c > 126 || c == '=' || (options.header && c == '_')) return true;
  if (c == '.' && column == 0)
    return last || (text[i + 1] == '\n' || text[i + 1] == '\r' || text[i + 1] == 0);
  if (!options.is_text && (c == '\r' || c == '\n')) return true;
  if ((c == '\t' || c == ' ') && last) return true;
  if (c < 33 && c != '\r' && c != '\n' && c != '\t' && c != ' ') return true;
  return options.quote_tabs && (c == '\t' || c == ' ');
}

Result<Value> B2aQp(Thread& thread, Args args) {
  constexpr size_t kLine = 76;
  PinnedSource data;
  GILA_TRY_VOID(data.Read(thread, args[0]));
  GILA_TRY(const bool quote_tabs, Flag(thread, args, 1, false));
  GILA_TRY(const bool is_text, Flag(thread, args, 2, true));
  GILA_TRY(const bool header, Flag(thread, args, 3, false));
  const QpOptions options = {quote_tabs, is_text, header};
  const std::string_view text = data.view();
  // The text's own line ends, if it has any, are those of the soft breaks too.
  const size_t first_end = text.find('\n');
  const char* const line_end =
      first_end != std::string_view::npos && first_end > 0 && text[first_end - 1] == '\r' ? "\r\n"
                                                                                          : "\n";
  std::string out;
  size_t column = 0;
  const auto hex = [&](uint8_t c) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    out += {'=', kHex[c >> 4], kHex[c & 15]};
  };
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    const bool ends_line =
        is_text && (c == '\n' || (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n'));
    if (ends_line) {
      // White space before it would be lost on the way.
      if (!out.empty() && (out.back() == ' ' || out.back() == '\t')) {
        const auto blank = static_cast<uint8_t>(out.back());
        out.pop_back();
        hex(blank);
      }
      out += line_end;
      column = 0;
      i += c == '\r' ? 2 : 1;
      continue;
    }
    const bool quote = MustQuote(text, i, column, options);
    const size_t width = quote ? 3 : 1;
    const bool before_end = i + 1 == text.size() || text[i + 1] == '\n' || text[i + 1] == '\r';
    if (column + width > kLine - (before_end && !quote ? 0 : 1) || (quote && column + 3 >= kLine)) {
      out += '=';
      out += line_end;
      column = 0;
    }
    if (quote) {
      hex(static_cast<uint8_t>(c));
    } else {
      out += header && c == ' ' ? '_' : c;
    }
    column += width;
    ++i;
  }
  return NewBytes(thread, out);
}

// --- checksums ---

Result<uint32_t> Low32(Thread& thread, Value v) {
  GILA_TRY(const Value number, Index(thread, v));
  const MpzView view(PlainInt(number));
  const auto low = static_cast<uint32_t>(mpz_get_ui(view.z));
  return mpz_sgn(view.z) < 0 ? 0u - low : low;
}

Result<Value> Crc32(Thread& thread, Args args) {
  PinnedSource data;
  GILA_TRY_VOID(data.Read(thread, args[0]));
  uint32_t crc = 0;
  if (args.Has(1)) {
    GILA_TRY(crc, Low32(thread, args[1]));
  }
  const uint64_t sum =
      Detached(thread, data.size(), [&] { return crc32_z(crc, data.data(), data.size()); });
  return Value::SmallInt(static_cast<int64_t>(sum & 0xffffffffu));
}

Result<Value> CrcHqx(Thread& thread, Args args) {
  PinnedSource data;
  GILA_TRY_VOID(data.Read(thread, args[0]));
  GILA_TRY(uint32_t crc, Low32(thread, args[1]));
  crc &= 0xffff;
  for (size_t i = 0; i < data.size(); ++i) {
    crc ^= uint32_t{data.data()[i]} << 8;
    for (int bit = 0; bit < 8; ++bit) crc = (crc << 1 ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return Value::SmallInt(crc);
}

constexpr NativeDef kFunctions[] = {
    {"a2b_uu", A2bUu, "(data, /)", "Decode a line of uuencoded data."},
    {"b2a_uu", B2aUu, "(data, /, *, backtick=False)", "Uuencode a line of data."},
    {"a2b_base64", A2bBase64, "(data, /, *, strict_mode=False)", "Decode a line of base64 data."},
    {"b2a_base64", B2aBase64, "(data, /, *, newline=True)", "Base64-code a line of data."},
    {"hexlify", Hexlify, "(data, sep=<unrepresentable>, bytes_per_sep=1)",
     "Hexadecimal representation of binary data."},
    {"b2a_hex", Hexlify, "(data, sep=<unrepresentable>, bytes_per_sep=1)",
     "Hexadecimal representation of binary data."},
    {"unhexlify", Unhexlify, "(hexstr, /)", "Binary data of hexadecimal representation."},
    {"a2b_hex", Unhexlify, "(hexstr, /)", "Binary data of hexadecimal representation."},
    {"crc_hqx", CrcHqx, "(data, crc, /)", "Compute CRC-CCITT incrementally."},
    {"crc32", Crc32, "(data, crc=0, /)", "Compute CRC-32 incrementally."},
    {"a2b_qp", A2bQp, "(data, header=False)", "Decode a string of qp-encoded data."},
    {"b2a_qp", B2aQp, "(data, quotetabs=False, istext=True, header=False)",
     "Encode a string using quoted-printable encoding."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Status InitBinasciiModule(Thread& thread, Module* module) {
  GILA_TRY(error_type,
           AddExceptionClass(thread, module, "binascii", "Error", GetType(TypeId::kValueError)));
  GILA_TRY(Type* const incomplete, AddExceptionClass(thread, module, "binascii", "Incomplete",
                                                     GetType(TypeId::kException)));
  static_cast<void>(incomplete);
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

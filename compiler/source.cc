#include "compiler/source.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "compiler/source_decoder.h"

namespace gila::compiler {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// The encodings a cookie may name. Each but UTF-8 is one byte a character.
enum class Encoding { kUtf8, kAscii, kLatin1, kLatin9, kCp1252, kUnknown };

// The upper half of cp1252 where it differs from Latin-1; 0 is undefined.
constexpr std::array<uint16_t, 32> kCp1252High = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

struct EncodingName {
  std::string_view name;
  Encoding encoding;
};

// Lower case, '-' for '_'.
constexpr EncodingName kEncodingNames[] = {
    {"utf-8", Encoding::kUtf8},        {"utf8", Encoding::kUtf8},
    {"u8", Encoding::kUtf8},           {"utf-8-sig", Encoding::kUtf8},
    {"cp65001", Encoding::kUtf8},      {"ascii", Encoding::kAscii},
    {"us-ascii", Encoding::kAscii},    {"646", Encoding::kAscii},
    {"iso-8859-1", Encoding::kLatin1}, {"iso8859-1", Encoding::kLatin1},
    {"latin1", Encoding::kLatin1},     {"latin-1", Encoding::kLatin1},
    {"l1", Encoding::kLatin1},         {"8859", Encoding::kLatin1},
    {"cp819", Encoding::kLatin1},      {"iso-8859-15", Encoding::kLatin9},
    {"iso8859-15", Encoding::kLatin9}, {"latin9", Encoding::kLatin9},
    {"latin-9", Encoding::kLatin9},    {"l9", Encoding::kLatin9},
    {"cp1252", Encoding::kCp1252},     {"windows-1252", Encoding::kCp1252},
    {"1252", Encoding::kCp1252},
};

bool IsCookieChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

// The encoding that a comment line names, or nothing. `*blank` says whether the
// line leaves room for a cookie below.
std::string_view FindCookie(std::string_view line, bool* blank) {
  const size_t start = line.find_first_not_of(" \t\f");
  *blank = start == std::string_view::npos || line[start] == '#';
  if (start == std::string_view::npos || line[start] != '#') return {};
  for (size_t at = line.find("coding", start); at != std::string_view::npos;
       at = line.find("coding", at + 1)) {
    size_t next = at + 6;
    if (next >= line.size() || (line[next] != ':' && line[next] != '=')) continue;
    ++next;
    while (next < line.size() && (line[next] == ' ' || line[next] == '\t')) ++next;
    size_t end = next;
    while (end < line.size() && IsCookieChar(line[end])) ++end;
    if (end > next) return line.substr(next, end - next);
  }
  return {};
}

std::string_view FindCookieInFirstLines(std::string_view bytes) {
  for (int line = 0; line < 2 && !bytes.empty(); ++line) {
    const size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    bool blank;
    const std::string_view cookie = FindCookie(bytes.substr(0, end), &blank);
    if (!cookie.empty()) return cookie;
    if (!blank || end == bytes.size()) return {};
    bytes.remove_prefix(end + (bytes.substr(end, 2) == "\r\n" ? 2 : 1));
  }
  return {};
}

// "UTF_8-unix" is "utf-8", "latin-1-dos" is "iso-8859-1"; any other name is
// kept as written.
std::string NormalEncodingName(std::string_view name) {
  std::string lower;
  for (const char c : name.substr(0, 12)) {
    lower += c == '_' ? '-' : (c >= 'A' && c <= 'Z') ? static_cast<char>(c + 32) : c;
  }
  const auto is = [&lower](std::string_view base) {
    return lower == base || (lower.size() > base.size() &&
                             lower.compare(0, base.size(), base) == 0 && lower[base.size()] == '-');
  };
  if (is("utf-8")) return "utf-8";
  if (is("latin-1") || is("iso-8859-1") || is("iso-latin-1")) {
    if (lower != "iso-8859-15" && !is("iso-8859-15")) return "iso-8859-1";
  }
  return std::string(name);
}

Encoding FindEncoding(std::string_view name) {
  std::string lower;
  for (const char c : name)
    lower += c == '_' ? '-' : (c >= 'A' && c <= 'Z') ? static_cast<char>(c + 32) : c;
  for (const EncodingName& entry : kEncodingNames) {
    if (entry.name == lower) return entry.encoding;
  }
  return Encoding::kUnknown;
}

// The length of the valid UTF-8 sequence at `at`, or 0 with the reason why
// there is none.
int Utf8SequenceLength(std::string_view text, size_t at, const char** reason) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t lead = byte(at);
  if (lead < 0x80) return 1;
  const int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (length == 0) {
    *reason = "invalid start byte";
    return 0;
  }
  for (int i = 1; i < length; ++i) {
    if (at + i >= text.size() || text[at + i] == '\n' || text[at + i] == '"' ||
        text[at + i] == '\'') {
      *reason = "unexpected end of data";
      return 0;
    }
    const uint8_t next = byte(at + i);
    bool good = (next & 0xC0) == 0x80;
    if (i == 1 && lead == 0xE0) good = good && next >= 0xA0;
    if (i == 1 && lead == 0xED) good = good && next < 0xA0;
    if (i == 1 && lead == 0xF0) good = good && next >= 0x90;
    if (i == 1 && lead == 0xF4) good = good && next < 0x90;
    if (!good) {
      *reason = "invalid continuation byte";
      return 0;
    }
  }
  return length;
}

// The line around `at`, with every broken byte replaced.
std::string RepairedLine(std::string_view text, size_t at) {
  const size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const size_t start = before == std::string_view::npos ? 0 : before + 1;
  const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
  std::string line;
  for (size_t i = start; i < end;) {
    const char* reason;
    const int length = Utf8SequenceLength(text, i, &reason);
    if (length == 0) {
      line += "\xef\xbf\xbd";
      ++i;
    } else {
      line.append(text.substr(i, length));
      i += length;
    }
  }
  return line;
}

void ReportBadUtf8(std::string_view text, size_t at, const char* reason, bool declared,
                   SourceOrigin origin, Source* source, SyntaxError* error) {
  const int32_t line = 1 + static_cast<int32_t>(std::count(text.begin(), text.begin() + at, '\n'));
  error->type = SyntaxErrorType::kSyntaxError;
  error->filename = source->filename;
  const uint8_t byte = static_cast<uint8_t>(text[at]);
  if (origin == SourceOrigin::kFile && !declared) {
    error->message = absl::StrFormat(
        "Non-UTF-8 code starting with '\\x%02x' in file %s on "
        "line %d, but no encoding declared; see "
        "https://peps.python.org/pep-0263/ for details",
        byte, source->filename, line);
    return;
  }
  // CPython finds the byte while it decodes a run of characters beyond ASCII,
  // and counts from that run's start.
  size_t run = at;
  while (run > 0 && static_cast<uint8_t>(text[run - 1]) >= 0x80) --run;
  error->message = absl::StrFormat(
      "(unicode error) 'utf-8' codec can't decode "
      "byte 0x%02x in position %d: %s",
      byte, at - run, reason);
  error->has_location = true;
  error->line = error->end_line = line;
  error->text = RepairedLine(text, at);
  error->has_text = true;
  const size_t line_start = text.substr(0, at).rfind('\n') + 1;
  error->offset = error->end_offset = CountCodePoints(text.substr(line_start, at - line_start)) + 1;
}

bool CheckUtf8(std::string_view text, bool declared, SourceOrigin origin, Source* source,
               SyntaxError* error) {
  for (size_t i = 0; i < text.size();) {
    uint64_t word;
    if (i + 8 <= text.size() &&
        (std::memcpy(&word, text.data() + i, 8), (word & 0x8080808080808080u) == 0)) {
      i += 8;
      continue;
    }
    const char* reason;
    const int length = Utf8SequenceLength(text, i, &reason);
    if (length == 0) {
      ReportBadUtf8(text, i, reason, declared, origin, source, error);
      return false;
    }
    i += length;
  }
  return true;
}

uint32_t DecodeByte(uint8_t byte, Encoding encoding) {
  if (encoding == Encoding::kCp1252 && byte >= 0x80 && byte < 0xA0) return kCp1252High[byte - 0x80];
  if (encoding == Encoding::kLatin9) {
    switch (byte) {
      case 0xA4:
        return 0x20AC;
      case 0xA6:
        return 0x160;
      case 0xA8:
        return 0x161;
      case 0xB4:
        return 0x17D;
      case 0xB8:
        return 0x17E;
      case 0xBC:
        return 0x152;
      case 0xBD:
        return 0x153;
      case 0xBE:
        return 0x178;
      default:
        break;
    }
  }
  if (encoding == Encoding::kAscii && byte >= 0x80) return 0;
  return byte;
}

void ReportCodec(std::string message, const Source& source, SyntaxError* error,
                 SourceOrigin origin) {
  error->type = SyntaxErrorType::kSyntaxError;
  error->message = std::move(message);
  error->filename = source.filename;
  if (origin == SourceOrigin::kFile) return;
  error->has_location = true;
  error->line = error->end_line = 0;
  error->offset = error->end_offset = -1;
}

// One-byte encodings to UTF-8.
bool Recode(std::string_view bytes, Encoding encoding, const std::string& name, SourceOrigin origin,
            Source* source, SyntaxError* error) {
  for (size_t i = 0; i < bytes.size(); ++i) {
    const uint8_t byte = static_cast<uint8_t>(bytes[i]);
    const uint32_t code_point = DecodeByte(byte, encoding);
    if (code_point == 0 && byte >= 0x80) {
      const bool ascii = encoding == Encoding::kAscii;
      ReportCodec(origin == SourceOrigin::kFile
                      ? absl::StrCat("encoding problem: ", name)
                      : absl::StrFormat(
                            "'%s' codec can't decode byte 0x%02x in position %d: %s",
                            ascii ? "ascii" : "charmap", byte, i,
                            ascii ? "ordinal not in range(128)" : "character maps to <undefined>"),
                  *source, error, origin);
      return false;
    }
    AppendUtf8(code_point, &source->text);
  }
  return true;
}

// '\r\n' and '\r' become '\n'.
void UnifyNewlines(std::string* text) {
  if (text->find('\r') != std::string::npos) {
    size_t out = 0;
    for (size_t i = 0; i < text->size(); ++i) {
      char c = (*text)[i];
      if (c == '\r') {
        if (i + 1 < text->size() && (*text)[i + 1] == '\n') ++i;
        c = '\n';
      }
      (*text)[out++] = c;
    }
    text->resize(out);
  }
}

// CPython reads a file's lines as C strings: what follows a NUL in its line is not seen, its end
// neither, so that the next line goes on where this one broke off.
std::string DropAfterNul(std::string_view bytes) {
  std::string kept;
  while (!bytes.empty()) {
    const size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    const size_t next = std::min(end + (bytes.substr(end, 2) == "\r\n" ? 2 : 1), bytes.size());
    const size_t nul = bytes.substr(0, end).find('\0');
    kept.append(bytes.substr(0, nul == std::string_view::npos ? next : nul));
    bytes.remove_prefix(next);
  }
  return kept;
}

}  // namespace

std::string_view Source::Line(int32_t line) const {
  if (line < 1 || line > line_count()) return {};
  const uint32_t start = line_starts[line - 1];
  return std::string_view(text).substr(start, line_starts[line] - start);
}

int32_t Source::LineAt(uint32_t offset) const {
  const auto after = std::upper_bound(line_starts.begin(), line_starts.end() - 1, offset);
  return static_cast<int32_t>(after - line_starts.begin());
}

void Source::IndexLines() {
  line_starts.clear();
  size_t at = 0;
  while (at < text.size()) {
    line_starts.push_back(static_cast<uint32_t>(at));
    const void* newline = std::memchr(text.data() + at, '\n', text.size() - at);
    at = newline == nullptr ? text.size() : static_cast<const char*>(newline) - text.data() + 1;
  }
  if (line_starts.empty()) line_starts.push_back(0);
  line_starts.push_back(static_cast<uint32_t>(text.size()));
}

SourceDecoder decode_other_source = nullptr;

bool DecodeSource(std::string_view bytes, SourceOrigin origin, Source* source, SyntaxError* error) {
  error->filename = source->filename;
  source->read_by_lines = origin == SourceOrigin::kFile;
  if (bytes.size() >= (uint32_t{1} << 31)) {
    error->type = SyntaxErrorType::kMemoryError;
    return false;
  }
  std::string without_nul;
  if (bytes.find('\0') != std::string_view::npos) {
    if (origin != SourceOrigin::kFile) {
      error->type = SyntaxErrorType::kValueError;
      error->message = "source code string cannot contain null bytes";
      return false;
    }
    without_nul = DropAfterNul(bytes);
    bytes = without_nul;
  }
  // In a str the mark is a character like others.
  const bool marked = origin != SourceOrigin::kString && bytes.substr(0, 3) == kByteOrderMark;
  if (marked) bytes.remove_prefix(3);
  const std::string_view cookie =
      origin == SourceOrigin::kString ? "" : FindCookieInFirstLines(bytes);
  source->is_string = origin == SourceOrigin::kString;
  source->counts_bytes = origin != SourceOrigin::kString && cookie.empty() && !marked;
  const std::string name = NormalEncodingName(cookie.empty() ? "utf-8" : cookie);
  const Encoding encoding = FindEncoding(name);
  if (marked && name != "utf-8") {
    ReportCodec(absl::StrCat("encoding problem: ", name, " with BOM"), *source, error, origin);
    return false;
  }
  if (encoding == Encoding::kUnknown) {
    std::string result = absl::StrCat("unknown encoding: ", name);
    if (decode_other_source == nullptr || !decode_other_source(bytes, name, &result)) {
      const bool is_file = origin == SourceOrigin::kFile;
      ReportCodec(is_file ? absl::StrCat("encoding problem: ", name) : result, *source, error,
                  origin);
      return false;
    }
    source->text = std::move(result);
  } else if (encoding == Encoding::kUtf8) {
    if (!CheckUtf8(bytes, !cookie.empty(), origin, source, error)) return false;
    source->text.assign(bytes);
  } else if (!Recode(bytes, encoding, name, origin, source, error)) {
    return false;
  }
  UnifyNewlines(&source->text);
  source->newline_added = !source->text.empty() && source->text.back() != '\n';
  if (source->newline_added) source->text.push_back('\n');
  source->IndexLines();
  return true;
}

int32_t CountCodePoints(std::string_view text) {
  int32_t count = 0;
  for (const char c : text) count += (static_cast<uint8_t>(c) & 0xC0) != 0x80;
  return count;
}

void AppendUtf8(uint32_t code_point, std::string* out) {
  const auto push = [out](uint32_t byte) { out->push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) {
    push(code_point);
  } else if (code_point < 0x800) {
    push(0xC0 | (code_point >> 6));
    push(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    push(0xE0 | (code_point >> 12));
    push(0x80 | ((code_point >> 6) & 0x3F));
    push(0x80 | (code_point & 0x3F));
  } else {
    push(0xF0 | (code_point >> 18));
    push(0x80 | ((code_point >> 12) & 0x3F));
    push(0x80 | ((code_point >> 6) & 0x3F));
    push(0x80 | (code_point & 0x3F));
  }
}

uint32_t NextCodePoint(std::string_view text, size_t* position) {
  const auto byte = [&](size_t i) { return static_cast<uint32_t>(static_cast<uint8_t>(text[i])); };
  const size_t at = *position;
  const uint32_t lead = byte(at);
  const int length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  *position = at + length;
  if (length == 1) return lead;
  uint32_t code_point = lead & (0xFFu >> (length + 1));
  for (int i = 1; i < length; ++i) code_point = (code_point << 6) | (byte(at + i) & 0x3F);
  return code_point;
}

}  // namespace gila::compiler

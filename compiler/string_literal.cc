#include "compiler/string_literal.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "compiler/source.h"
#include "compiler/unicode_data.h"
#include "compiler/unicode_names.h"

namespace gila::compiler {
namespace {

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The character that a one-letter escape stands for, or 0.
char SimpleEscape(char c) {
  switch (c) {
    case '\\':
      return '\\';
    case '\'':
      return '\'';
    case '"':
      return '"';
    case 'a':
      return '\a';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    default:
      return 0;
  }
}

// Reads up to three octal digits at body[*at].
uint32_t ReadOctal(std::string_view body, size_t* at) {
  uint32_t value = 0;
  for (int i = 0; i < 3 && *at < body.size() && body[*at] >= '0' && body[*at] <= '7'; ++i) {
    value = value * 8 + static_cast<uint32_t>(body[(*at)++] - '0');
  }
  return value;
}

// An octal escape that means no byte: its digits, of which the last is before `end`.
std::string OctalTooLarge(std::string_view body, size_t end) {
  return absl::StrCat("invalid octal escape sequence '\\", std::string(body.substr(end - 3, 3)),
                      "'");
}

void NoteFirst(std::string* warning, std::string text) {
  if (warning->empty()) *warning = std::move(text);
}

// Decodes the escapes of one str body.
class StrDecoder {
 public:
  StrDecoder(std::string_view body, std::string* out, LiteralTroubles* troubles)
      : body_(body), out_(out), troubles_(troubles) {}

  bool Run() {
    while (at_ < body_.size()) {
      const size_t backslash = std::min(body_.find('\\', at_), body_.size());
      out_->append(body_.substr(at_, backslash - at_));
      at_ = backslash;
      if (at_ < body_.size() && !Escape()) return false;
    }
    return true;
  }

 private:
  bool Escape() {
    start_ = at_++;
    if (at_ >= body_.size()) {  // before a brace of an f-string
      out_->push_back('\\');
      return true;
    }
    const char c = body_[at_];
    if (c == '\n') {
      ++at_;
    } else if (const char simple = SimpleEscape(c); simple != 0) {
      out_->push_back(simple);
      ++at_;
    } else if (c >= '0' && c <= '7') {
      const uint32_t value = ReadOctal(body_, &at_);
      AppendUtf8(value, out_);
      if (value > 0xFF) NoteFirst(&troubles_->warning, OctalTooLarge(body_, at_));
    } else if (c == 'x') {
      return Hex(2, "truncated \\xXX escape");
    } else if (c == 'u') {
      return Hex(4, "truncated \\uXXXX escape");
    } else if (c == 'U') {
      return Hex(8, "truncated \\UXXXXXXXX escape");
    } else if (c == 'N') {
      return Name();
    } else {
      out_->push_back('\\');  // an unknown escape stays as it is
      // CPython has written characters beyond ASCII as escapes before it looks.
      if (static_cast<uint8_t>(c) < 0x80) NoteFirst(&troubles_->warning, UnknownEscape(c));
    }
    return true;
  }

  bool Hex(int digits, const char* truncated) {
    ++at_;
    uint32_t value = 0;
    for (int i = 0; i < digits; ++i, ++at_) {
      const int digit = at_ < body_.size() ? HexValue(body_[at_]) : -1;
      if (digit < 0) return Fail(truncated);
      value = value * 16 + static_cast<uint32_t>(digit);
    }
    if (value > 0x10FFFF) return Fail("illegal Unicode character");
    AppendUtf8(value, out_);
    return true;
  }

  bool Name() {
    ++at_;
    if (at_ >= body_.size() || body_[at_] != '{') return Fail("malformed \\N character escape");
    const size_t name = ++at_;
    at_ = std::min(body_.find('}', at_), body_.size());
    if (at_ == body_.size() || at_ == name) return Fail("malformed \\N character escape");
    uint32_t code_point;
    const bool known = FindCharacter(body_.substr(name, at_ - name), &code_point);
    ++at_;
    if (!known) return Fail("unknown Unicode character name");
    AppendUtf8(code_point, out_);
    return true;
  }

  // CPython decodes a copy in which each character beyond ASCII is written as
  // ten bytes, and counts there.
  size_t CopyPosition(size_t at) const {
    size_t position = 0;
    for (const char c : body_.substr(0, at)) {
      const uint8_t byte = static_cast<uint8_t>(c);
      position += byte < 0x80 ? 1 : (byte & 0xC0) != 0x80 ? 10 : 0;
    }
    return position;
  }

  bool Fail(const char* reason) {
    const size_t first = CopyPosition(start_);
    const size_t last = CopyPosition(at_) - 1;
    if (first == last) {
      troubles_->error = absl::StrFormat(
          "(unicode error) 'unicodeescape' codec can't "
          "decode byte 0x5c in position %d: %s",
          first, reason);
    } else {
      troubles_->error = absl::StrFormat(
          "(unicode error) 'unicodeescape' codec can't "
          "decode bytes in position %d-%d: %s",
          first, last, reason);
    }
    return false;
  }

  const std::string_view body_;
  std::string* const out_;
  LiteralTroubles* const troubles_;
  size_t at_ = 0;
  size_t start_ = 0;
};

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<uint8_t>(c) < 0x80; });
}

}  // namespace

StringParts SplitString(std::string_view token) {
  StringParts parts;
  size_t quote = 0;
  for (; token[quote] != '"' && token[quote] != '\''; ++quote) {
    switch (token[quote] | 0x20) {
      case 'r':
        parts.raw = true;
        break;
      case 'b':
        parts.bytes = true;
        break;
      case 'f':
        parts.formatted = true;
        break;
      default:
        parts.unicode = token[quote] == 'u';
        break;
    }
  }
  const size_t left = token.size() - quote;
  const bool triple =
      left >= 6 && token[quote + 1] == token[quote] && token[quote + 2] == token[quote];
  const size_t width = triple ? 3 : 1;
  parts.body = token.substr(quote + width, left - 2 * width);
  return parts;
}

std::string UnknownEscape(char c) {
  return absl::StrCat("invalid escape sequence '\\", std::string(1, c), "'");
}

bool DecodeStrBody(std::string_view body, bool raw, std::string* out, LiteralTroubles* troubles) {
  if (raw) {
    out->append(body);
    return true;
  }
  return StrDecoder(body, out, troubles).Run();
}

bool DecodeBytesBody(std::string_view body, bool raw, std::string* out, LiteralTroubles* troubles) {
  if (raw) {
    out->append(body);
    return true;
  }
  for (size_t at = 0; at < body.size();) {
    const char c = body[at++];
    if (c != '\\' || at == body.size()) {
      out->push_back(c);
      continue;
    }
    const char escape = body[at];
    if (escape == '\n') {
      ++at;
    } else if (const char simple = SimpleEscape(escape); simple != 0) {
      out->push_back(simple);
      ++at;
    } else if (escape >= '0' && escape <= '7') {
      const uint32_t value = ReadOctal(body, &at);
      out->push_back(static_cast<char>(value));
      if (value > 0xFF) NoteFirst(&troubles->warning, OctalTooLarge(body, at));
    } else if (escape == 'x') {
      const int high = at + 1 < body.size() ? HexValue(body[at + 1]) : -1;
      const int low = at + 2 < body.size() ? HexValue(body[at + 2]) : -1;
      if (high < 0 || low < 0) {
        troubles->error = absl::StrCat("(value error) invalid \\x escape at position ", at - 1);
        return false;
      }
      out->push_back(static_cast<char>(high * 16 + low));
      at += 3;
    } else {
      out->push_back('\\');
      NoteFirst(&troubles->warning, UnknownEscape(escape));
    }
  }
  return true;
}

// Adjacent literals are one constant; one of them an f-string makes it a
// JoinedStr.
ast::ExprNode* TreeBuilder::MakeStrings(const Span& span, const ListBuilder<const Token*>* tokens) {
  const bool unicode = SplitString(tokens_->Text(*tokens->data[0])).unicode;
  const Identifier kind = unicode ? arena_->Intern("u") : Identifier();
  ast::ConstantValue value;
  std::string joined;
  bool formatted = false;
  JoinedStringBuilder pieces(this, span, unicode);
  for (uint32_t i = 0; i < tokens->size && !failed_; ++i) {
    const Token& token = *tokens->data[i];
    const StringParts parts = SplitString(tokens_->Text(token));
    const ast::ConstantKind this_kind =
        parts.bytes ? ast::ConstantKind::kBytes : ast::ConstantKind::kStr;
    if (parts.bytes && !IsAscii(parts.body)) {
      FailAtLastToken("bytes can only contain ASCII literal characters");
    } else if (i > 0 && value.kind != this_kind) {
      FailAtLastToken("cannot mix bytes and nonbytes literals");
    }
    value.kind = this_kind;
    if (failed_) break;
    if (parts.formatted) {
      formatted = true;
      pieces.AddText(joined);
      joined.clear();
      pieces.AddFormatted(token, parts);
    } else {
      LiteralTroubles troubles;
      const auto decode = parts.bytes ? DecodeBytesBody : DecodeStrBody;
      const bool good = decode(parts.body, parts.raw, &joined, &troubles);
      if (!troubles.warning.empty()) Warn(token, std::move(troubles.warning));
      if (!good) FailAtLastToken(std::move(troubles.error));
    }
  }
  if (formatted) {
    pieces.AddText(joined);
    return pieces.Finish();
  }
  value.text = arena_->Copy(joined);
  return Make<ast::Constant>(span, value, kind);
}

}  // namespace gila::compiler

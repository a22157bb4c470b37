// re_template.cc: the replacement templates of sub() and expand(): \1, \g<name>, \n and the like.
#include <algorithm>

#include "runtime/types/int.h"
#include "stdlib/re_internal.h"
#include "stdlib/re_syntax.h"

namespace gila::re {

namespace {

using Units = std::vector<uint32_t>;

bool IsDigit(uint32_t c) { return c >= '0' && c <= '9'; }
bool IsOctal(uint32_t c) { return c >= '0' && c <= '7'; }

class TemplateParser {
 public:
  TemplateParser(Thread& thread, Pattern* pattern, Value source, Units text, bool is_bytes)
      : thread_(thread),
        pattern_(pattern),
        source_(source),
        text_(std::move(text)),
        is_bytes_(is_bytes) {}

  Result<Value> Run() GILA_ATTACHED {
    GILA_TRY(parts_, NewList(thread_));
    while (at_ < text_.size()) {
      if (text_[at_] != '\\') {
        literal_.push_back(text_[at_++]);
        GILA_TRY_VOID(CheckEnd());
        continue;
      }
      GILA_TRY_VOID(CheckEnd());
      GILA_TRY_VOID(Escape());
    }
    if (groups_ == 0) return Literal();
    GILA_TRY_VOID(FlushLiteral());
    return Result<Value>(ListToTuple(thread_, parts_));
  }

 private:
  Failed Error(const std::string& message, size_t position) GILA_ATTACHED {
    return RaiseError(thread_, message, source_, static_cast<int64_t>(position));
  }
  // A single backslash at the end is an error as soon as it comes next.
  Status CheckEnd() GILA_ATTACHED {
    if (at_ + 1 == text_.size() && text_[at_] == '\\')
      return Error("bad escape (end of pattern)", at_);
    return kOk;
  }
  bool Sees(bool (*kind)(uint32_t)) const { return at_ < text_.size() && kind(text_[at_]); }

  Result<Value> Literal() GILA_ATTACHED {
    if (!is_bytes_)
      return Result<Value>(
          NewStrFromUcs4(thread_, literal_.data(), static_cast<int64_t>(literal_.size())));
    return NewBytes(thread_, std::string(literal_.begin(), literal_.end()));
  }
  Status FlushLiteral() GILA_ATTACHED {
    if (literal_.empty()) return kOk;
    GILA_TRY(const Value literal, Literal());
    literal_.clear();
    return ListAppend(thread_, parts_, literal);
  }
  Status AddGroup(uint64_t group, size_t position) GILA_ATTACHED {
    if (group >= static_cast<uint64_t>(pattern_->groups()))
      return Error("invalid group reference " + std::to_string(group), position);
    GILA_TRY_VOID(FlushLiteral());
    ++groups_;
    return ListAppend(thread_, parts_, Value::SmallInt(static_cast<int64_t>(group)));
  }

  // At a backslash that something follows.
  Status Escape() GILA_ATTACHED {
    const size_t start = at_;
    const uint32_t c = text_[at_ + 1];
    at_ += 2;
    GILA_TRY_VOID(CheckEnd());
    if (c == 'g') return NamedGroup(start);
    if (c == '0') {
      Units digits{c};
      while (digits.size() < 3 && Sees(IsOctal)) digits.push_back(text_[at_++]);
      literal_.push_back(OctalValue(digits) & 0xFF);
      return CheckEnd();
    }
    if (IsDigit(c)) return DigitEscape(start, c);
    const int control = c == 'b' ? '\b' : ControlEscape(c);
    if (control >= 0) {
      literal_.push_back(static_cast<uint32_t>(control));
    } else if (c < 128 && (c | 32) >= 'a' && (c | 32) <= 'z') {
      return Error("bad escape \\" + Utf8(&c, 1), start);
    } else {
      literal_.push_back('\\');
      literal_.push_back(c);
    }
    return kOk;
  }
  static uint32_t OctalValue(const Units& digits) {
    uint32_t value = 0;
    for (const uint32_t digit : digits) value = value * 8 + (digit - '0');
    return value;
  }
  Status DigitEscape(size_t start, uint32_t c) GILA_ATTACHED {
    Units digits{c};
    if (Sees(IsDigit)) {
      digits.push_back(text_[at_++]);
      if (IsOctal(digits[0]) && IsOctal(digits[1]) && Sees(IsOctal)) {
        digits.push_back(text_[at_++]);
        const uint32_t value = OctalValue(digits);
        if (value > 0377) {
          return Error(
              "octal escape value \\" + Utf8(digits.data(), 3) + " outside of range 0-0o377",
              start);
        }
        literal_.push_back(value);
        return CheckEnd();
      }
    }
    GILA_TRY_VOID(CheckEnd());
    uint64_t group = 0;
    for (const uint32_t digit : digits) group = group * 10 + (digit - '0');
    return AddGroup(group, start + 1);
  }

  Status NamedGroup(size_t start) GILA_ATTACHED {
    if (at_ >= text_.size() || text_[at_] != '<') return Error("missing <", at_);
    const size_t from = ++at_;
    while (at_ < text_.size() && text_[at_] != '>') ++at_;
    const Units name(text_.begin() + static_cast<ptrdiff_t>(from),
                     text_.begin() + static_cast<ptrdiff_t>(at_));
    if (name.empty()) return Error("missing group name", from);
    if (at_ >= text_.size()) return Error("missing >, unterminated name", from);
    ++at_;
    GILA_TRY_VOID(CheckEnd());
    bool decimal = true;
    for (const uint32_t c : name) decimal = decimal && IsDigit(c);
    if (decimal) {
      uint64_t group = 0;
      for (const uint32_t c : name)
        group = std::min<uint64_t>(group * 10 + (c - '0'), uint64_t{1} << 60);
      if (group >= kMaxGroups)
        return Error("invalid group reference " + Utf8(name.data(), name.size()), from);
      return AddGroup(group, from);
    }
    static_cast<void>(start);
    if (!IsIdentifier(name)) {
      GILA_TRY(const std::string quoted, QuotedName(thread_, name));
      return Error("bad character in group name " + quoted, from);
    }
    GILA_TRY(Str * key, NewStrFromUcs4(thread_, name.data(), static_cast<int64_t>(name.size())));
    GILA_TRY(const Value group, DictGet(thread_, pattern_->group_index.Load().As<Dict>(), key));
    if (group.IsUnbound()) {
      GILA_TRY(Str * quoted, Repr(thread_, key));
      return thread_.Raise(TypeId::kIndexError, "unknown group name " + ToUtf8(quoted));
    }
    return AddGroup(static_cast<uint64_t>(group.AsSmallInt()), from);
  }

  Thread& thread_;
  Pattern* const pattern_;
  const Value source_;
  const Units text_;
  const bool is_bytes_;
  List* parts_ = nullptr;
  Units literal_;
  size_t at_ = 0;
  int groups_ = 0;
};

// A template without a backslash stands for itself.
bool IsLiteral(const Str* text) {
  return StrFind(text, latin1_strings['\\'].As<Str>(), 0, text->length) < 0;
}

}  // namespace

Result<Value> ParseTemplate(Thread& thread, Pattern* pattern, Value replacement) {
  Units text;
  BufferInfo buffer;
  if (IsStr(replacement)) {
    const Str* const str = replacement.As<Str>();
    if (IsLiteral(str)) return replacement;
    const Value known = pattern->known_template.Load();
    if (!known.IsNone() && known.As<Tuple>()->At(0) == replacement) return known.As<Tuple>()->At(1);
    for (int64_t i = 0; i < str->length; ++i) text.push_back(str->At(i));
  } else if (GetBuffer(replacement, &buffer)) {
    text.assign(buffer.data, buffer.data + buffer.size);
    if (std::find(text.begin(), text.end(), static_cast<uint32_t>('\\')) == text.end())
      return replacement;
  } else if (pattern->is_bytes()) {
    return thread.RaiseTypeError("decoding to str: need a bytes-like object, %s found",
                                 std::string(TypeNameOf(replacement)).c_str());
  } else {
    return thread.RaiseTypeError("decoding to str: need a bytes-like object, %s found",
                                 std::string(TypeNameOf(replacement)).c_str());
  }
  GILA_TRY(
      const Value parsed,
      TemplateParser(thread, pattern, replacement, std::move(text), !IsStr(replacement)).Run());
  if (IsStr(replacement)) {
    GILA_TRY(Tuple * known, NewTuple(thread, std::initializer_list<Value>{replacement, parsed}));
    pattern->known_template.Store(pattern, known);
  }
  return parsed;
}

}  // namespace gila::re

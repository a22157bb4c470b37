// string_format.cc: see string_format.h.
#include "runtime/text/string_format.h"

#include "runtime/protocols.h"
#include "runtime/text/unicode.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str_methods.h"

namespace gila {

// On to the next brace, or to the end.
void MarkupReader::SkipLiteral() {
  if (text_->width_log2() == 0) {
    const uint8_t* const units = text_->data;
    while (place_ < stop_ && units[place_] != '{' && units[place_] != '}') ++place_;
    return;
  }
  while (place_ < stop_ && text_->At(place_) != '{' && text_->At(place_) != '}') ++place_;
}

Result<bool> MarkupReader::Next(Thread& thread, Item* item) {
  *item = Item{};
  if (place_ >= stop_) return false;
  item->literal.start = place_;
  SkipLiteral();
  if (place_ >= stop_) {
    item->literal.stop = place_;
    return true;
  }
  const uint32_t c = text_->At(place_++);
  item->literal.stop = place_;
  const bool at_end = place_ >= stop_;
  const bool doubled = !at_end && text_->At(place_) == c;
  if (doubled) {  // one brace of the two belongs to the literal text
    ++place_;
    return true;
  }
  if (c == '}') return thread.Raise(TypeId::kValueError, "Single '}' encountered in format string");
  if (at_end) return thread.Raise(TypeId::kValueError, "Single '{' encountered in format string");
  --item->literal.stop;
  item->has_field = true;
  GILA_TRY_VOID(ReadField(thread, item));
  return true;
}

Status MarkupReader::ReadField(Thread& thread, Item* item) {
  item->name.start = place_;
  uint32_t c = 0;
  bool found = false;
  while (place_ < stop_ && !found) {
    c = text_->At(place_++);
    if (c == '{') return thread.Raise(TypeId::kValueError, "unexpected '{' in field name");
    if (c == '[') {
      while (place_ < stop_ && text_->At(place_) != ']') ++place_;
    }
    found = c == '}' || c == ':' || c == '!';
  }
  if (!found) return thread.Raise(TypeId::kValueError, "expected '}' before end of string");
  item->name.stop = place_ - 1;
  if (c == '!') {
    if (place_ >= stop_) {
      return thread.Raise(TypeId::kValueError,
                          "end of string while looking for conversion specifier");
    }
    item->conversion = text_->At(place_++);
    if (place_ < stop_) {
      c = text_->At(place_++);
      if (c == '}') return kOk;
      if (c != ':')
        return thread.Raise(TypeId::kValueError, "expected ':' after conversion specifier");
    }
  }
  return c == '}' ? kOk : ReadSpec(thread, item);
}

Status MarkupReader::ReadSpec(Thread& thread, Item* item) {
  item->spec.start = place_;
  int64_t depth = 1;
  while (place_ < stop_) {
    const uint32_t c = text_->At(place_++);
    if (c == '{') {
      item->nested = true;
      ++depth;
    } else if (c == '}' && --depth == 0) {
      item->spec.stop = place_ - 1;
      return kOk;
    }
  }
  return thread.Raise(TypeId::kValueError, "unmatched '{' in format spec");
}

FieldNameReader::FieldNameReader(Str* text, TextPart name) : text_(text), stop_(name.stop) {
  place_ = name.start;
  while (place_ < stop_ && text_->At(place_) != '.' && text_->At(place_) != '[') ++place_;
  first_ = {name.start, place_};
}

Result<bool> FieldNameReader::Next(Thread& thread, Step* step) {
  if (place_ >= stop_) return false;
  *step = Step{};
  const uint32_t c = text_->At(place_++);
  step->name.start = place_;
  if (c == '.') {
    step->is_attribute = true;
    while (place_ < stop_ && text_->At(place_) != '.' && text_->At(place_) != '[') ++place_;
    step->name.stop = place_;
  } else if (c == '[') {
    while (place_ < stop_ && text_->At(place_) != ']') ++place_;
    if (place_ >= stop_) return thread.Raise(TypeId::kValueError, "Missing ']' in format string");
    step->name.stop = place_++;
    GILA_TRY(step->index, PartAsIndex(thread, text_, step->name));
  } else {
    return thread.Raise(TypeId::kValueError,
                        "Only '.' or '[' may follow ']' in format field specifier");
  }
  if (step->name.empty())
    return thread.Raise(TypeId::kValueError, "Empty attribute in format string");
  return true;
}

Result<int64_t> PartAsIndex(Thread& thread, const Str* text, TextPart part) {
  if (part.empty()) return -1;
  int64_t number = 0;
  for (int64_t i = part.start; i < part.stop; ++i) {
    const int digit = DecimalValue(text->At(i));
    if (digit < 0) return -1;
    if (__builtin_mul_overflow(number, int64_t{10}, &number) ||
        __builtin_add_overflow(number, int64_t{digit}, &number)) {
      return thread.Raise(TypeId::kValueError, "Too many decimal digits in format string");
    }
  }
  return number;
}

namespace {

// Fills in one format string. Nested specs share the numbering of the fields.
class Formatter {
 public:
  Formatter(Thread& thread, Str* text, std::span<const Value> positional, Value mapping,
            bool only_mapping)
      : thread_(thread),
        text_(text),
        positional_(positional),
        mapping_(mapping),
        only_mapping_(only_mapping) {}

  Status Run(TextPart part, int depth, StrBuilder& out) {
    if (depth <= 0) return thread_.Raise(TypeId::kValueError, "Max string recursion exceeded");
    MarkupReader reader(text_, part);
    MarkupReader::Item item;
    while (true) {
      GILA_TRY(const bool more, reader.Next(thread_, &item));
      if (!more) return kOk;
      out.Append(text_, item.literal.start, item.literal.stop);
      if (item.has_field) GILA_TRY_VOID(PutField(item, depth, out));
    }
  }

 private:
  enum class Numbering { kUnknown, kAutomatic, kManual };

  Status PutField(const MarkupReader::Item& item, int depth, StrBuilder& out);
  Result<Value> LookUp(TextPart name);
  Result<Value> First(TextPart part);
  Result<int64_t> FirstIndex(TextPart part);
  Result<Value> Convert(Value v, uint32_t conversion);
  Result<Str*> PartText(TextPart part) { return StrSlice(thread_, text_, part.start, part.stop); }

  Thread& thread_;
  Str* text_;
  std::span<const Value> positional_;
  Value mapping_;
  bool only_mapping_;
  Numbering numbering_ = Numbering::kUnknown;
  int64_t next_ = 0;
};

// The positional argument that a field's first part means, or -1.
Result<int64_t> Formatter::FirstIndex(TextPart part) {
  GILA_TRY(const int64_t index, PartAsIndex(thread_, text_, part));
  if (!part.empty() && index < 0) return -1;
  const Numbering wanted = part.empty() ? Numbering::kAutomatic : Numbering::kManual;
  if (numbering_ == Numbering::kUnknown) numbering_ = wanted;
  if (numbering_ != wanted) {
    return thread_.Raise(TypeId::kValueError,
                         part.empty() ? "cannot switch from manual field specification to "
                                        "automatic field numbering"
                                      : "cannot switch from automatic field numbering to "
                                        "manual field specification");
  }
  return part.empty() ? next_++ : index;
}

Result<Value> Formatter::First(TextPart part) {
  GILA_TRY(const int64_t index, FirstIndex(part));
  if (index < 0) {
    GILA_TRY(Str* const key, PartText(part));
    if (mapping_.IsUnbound()) return thread_.RaiseWith(TypeId::kKeyError, key);
    return GetItem(thread_, mapping_, key);
  }
  if (only_mapping_) {
    return thread_.Raise(TypeId::kValueError, "Format string contains positional fields");
  }
  if (static_cast<size_t>(index) >= positional_.size()) {
    return thread_.RaiseFormat(TypeId::kIndexError,
                               "Replacement index %lld out of range for positional args tuple",
                               static_cast<long long>(index));
  }
  return positional_[static_cast<size_t>(index)];
}

Result<Value> Formatter::LookUp(TextPart name) {
  FieldNameReader reader(text_, name);
  GILA_TRY(Value v, First(reader.first()));
  FieldNameReader::Step step;
  while (true) {
    GILA_TRY(const bool more, reader.Next(thread_, &step));
    if (!more) return v;
    if (step.index >= 0) {
      GILA_TRY(const Value index, NewInt(thread_, step.index));
      GILA_TRY(v, GetItem(thread_, v, index));
      continue;
    }
    GILA_TRY(Str* const key, PartText(step.name));
    if (step.is_attribute) {
      const Value interned = InternStr(thread_, key);
      if (interned.IsError()) return kFailed;
      GILA_TRY(v, GetAttr(thread_, v, interned));
    } else {
      GILA_TRY(v, GetItem(thread_, v, key));
    }
  }
}

Result<Value> Formatter::Convert(Value v, uint32_t conversion) {
  switch (conversion) {
    case 'r':
      return Repr(thread_, v);
    case 's':
      return ToStr(thread_, v);
    case 'a':
      return Ascii(thread_, v);
    default:
      if (conversion > 32 && conversion < 127) {
        return thread_.RaiseValueError("Unknown conversion specifier %c",
                                       static_cast<char>(conversion));
      }
      return thread_.RaiseValueError("Unknown conversion specifier \\x%x", conversion);
  }
}

Status Formatter::PutField(const MarkupReader::Item& item, int depth, StrBuilder& out) {
  GILA_TRY(Value v, LookUp(item.name));
  if (item.conversion != 0) {
    GILA_TRY(v, Convert(v, item.conversion));
  }
  Str* spec = empty_str;
  if (item.nested) {
    StrBuilder expanded(thread_);
    GILA_TRY_VOID(Run(item.spec, depth - 1, expanded));
    GILA_TRY(spec, expanded.Finish());
  } else if (!item.spec.empty()) {
    GILA_TRY(spec, PartText(item.spec));
  }
  GILA_TRY(const Value text, Format(thread_, v, spec));
  out.Append(text.As<Str>());
  return kOk;
}

}  // namespace

Result<Value> FormatString(Thread& thread, Str* text, std::span<const Value> positional,
                           Value mapping, bool only_mapping) {
  Formatter formatter(thread, text, positional, mapping, only_mapping);
  StrBuilder out(thread);
  GILA_TRY_VOID(formatter.Run({0, text->length}, 2, out));
  return out.Finish();
}

Result<Value> StrFormatMethod(Thread& thread, Args args) {
  return FormatString(thread, SelfStr(args), args.rest(), args[1], false);
}

Result<Value> StrFormatMap(Thread& thread, Args args) {
  return FormatString(thread, SelfStr(args), {}, args[1], true);
}

}  // namespace gila

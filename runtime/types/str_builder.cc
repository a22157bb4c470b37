// str_builder.cc: StrBuilder (str.h). Text starts in a buffer inside the builder and moves to
// malloc'ed memory that grows by half; it is widened when the first wider character comes.
#include <algorithm>
#include <cstdlib>

#include "runtime/heap/heap.h"
#include "runtime/text/units.h"
#include "runtime/text/utf8.h"
#include "runtime/types/str.h"

namespace gila {

StrBuilder::~StrBuilder() {
  if (data_ != inline_) std::free(data_);
}

// Room for `units` units of the given width (no narrower than now), converting what is there.
bool StrBuilder::Grow(int64_t units, int width_log2) {
  if (failed_) return false;
  if (static_cast<uint64_t>(units) >= (heap::kMaxObject >> width_log2)) {
    failed_ = true;
    return false;
  }
  const int64_t capacity = std::max(units, length_ + length_ / 2);
  const size_t bytes = static_cast<size_t>(capacity) << width_log2;
  if (width_log2 == width_log2_ && data_ != inline_) {
    auto* grown = static_cast<uint8_t*>(std::realloc(data_, bytes));
    if (grown == nullptr) {
      failed_ = true;
      return false;
    }
    data_ = grown;
  } else {
    auto* grown = static_cast<uint8_t*>(std::malloc(std::max(bytes, size_t{64})));
    if (grown == nullptr) {
      failed_ = true;
      return false;
    }
    CopyUnits(grown, width_log2, data_, width_log2_, length_);
    if (data_ != inline_) std::free(data_);
    data_ = grown;
  }
  width_log2_ = width_log2;
  capacity_ = capacity;
  return true;
}

void StrBuilder::Widen(int width_log2) {
  if (width_log2 > width_log2_) Grow(capacity_, width_log2);
}

void StrBuilder::Reserve(int64_t more) {
  if (more > capacity_ - length_) Grow(length_ + more, width_log2_);
}

void StrBuilder::AppendSlow(uint32_t code_point) {
  Widen(WidthFor(code_point));
  Reserve(1);
  if (failed_) return;
  StoreUnit(data_, width_log2_, length_++, code_point);
  or_mask_ |= code_point;
}

void StrBuilder::AppendUnits(const uint8_t* units, int width_log2, int64_t count,
                             uint32_t or_mask) {
  Widen(WidthFor(or_mask));
  Reserve(count);
  if (failed_) return;
  CopyUnits(data_ + (static_cast<size_t>(length_) << width_log2_), width_log2_, units, width_log2,
            count);
  length_ += count;
  or_mask_ |= or_mask;
}

void StrBuilder::AppendAscii(std::string_view ascii) {
  AppendUnits(reinterpret_cast<const uint8_t*>(ascii.data()), 0, static_cast<int64_t>(ascii.size()),
              0);
}

void StrBuilder::AppendLatin1(std::string_view latin1) {
  const auto* units = reinterpret_cast<const uint8_t*>(latin1.data());
  const auto count = static_cast<int64_t>(latin1.size());
  AppendUnits(units, 0, count, OrOfUnits(units, 0, count));
}

void StrBuilder::AppendUtf8(std::string_view utf8) {
  const auto* p = reinterpret_cast<const uint8_t*>(utf8.data());
  const uint8_t* const end = p + utf8.size();
  const size_t prefix = AsciiPrefix(p, utf8.size());
  AppendUnits(p, 0, static_cast<int64_t>(prefix), 0);
  p += prefix;
  while (p < end) {
    int bad_length = 0;
    const uint32_t c = DecodeUtf8(p, end, true, &bad_length);
    if (c == kBadUtf8) p += bad_length;
    Append(c == kBadUtf8 ? 0xFFFD : c);
  }
}

void StrBuilder::Append(const Str* s) { Append(s, 0, s->length); }

void StrBuilder::Append(const Str* s, int64_t start, int64_t stop) {
  if (start >= stop) return;
  const int width_log2 = s->width_log2();
  const uint8_t* units = s->data + (static_cast<size_t>(start) << width_log2);
  AppendUnits(units, width_log2, stop - start,
              s->IsAscii() ? 0 : OrOfUnits(units, width_log2, stop - start));
}

void StrBuilder::AppendRepeated(uint32_t code_point, int64_t count) {
  if (count <= 0) return;
  Widen(WidthFor(code_point));
  Reserve(count);
  if (failed_) return;
  if (width_log2_ == 0) {
    std::memset(data_ + length_, static_cast<int>(code_point), static_cast<size_t>(count));
  } else {
    for (int64_t i = 0; i < count; ++i) StoreUnit(data_, width_log2_, length_ + i, code_point);
  }
  length_ += count;
  or_mask_ |= code_point;
}

Result<Str*> StrBuilder::Finish() {
  if (failed_) return thread_.RaiseMemoryError();
  if (or_mask_ < 0x80) {
    if (length_ <= 1) return length_ == 0 ? empty_str : latin1_strings[data_[0]].As<Str>();
    GILA_TRY(Str* const s, NewStrUninitialized(thread_, length_, 0, true));
    CopyUnits(s->data, 0, data_, width_log2_, length_);
    return s;
  }
  return NewStrFromUnits(thread_, data_, width_log2_, length_);
}

}  // namespace gila

// str_search.cc: finding text in text: the functions of str.h. Units of the narrower needle are
// widened first; a needle wider than the haystack is not in it.
#include <algorithm>
#include <vector>

#include "runtime/text/search.h"
#include "runtime/text/units.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

// Calls body(haystack units, needle units) with both of the haystack's width.
template <class Body>
int64_t WithSameWidth(const Str* haystack, const Str* needle, Body body) {
  const int width = haystack->width_log2();
  if (needle->width_log2() == width) {
    return WithUnits(haystack, [&](const auto* h) {
      return body(h, reinterpret_cast<decltype(h)>(needle->data));
    });
  }
  const size_t bytes = static_cast<size_t>(needle->length) << width;
  uint32_t small[64];
  std::vector<uint32_t> large;
  auto* widened = reinterpret_cast<uint8_t*>(small);
  if (bytes > sizeof(small)) {
    large.resize(bytes / 4 + 1);
    widened = reinterpret_cast<uint8_t*>(large.data());
  }
  CopyUnits(widened, width, needle->data, needle->width_log2(), needle->length);
  return WithUnits(haystack,
                   [&](const auto* h) { return body(h, reinterpret_cast<decltype(h)>(widened)); });
}

bool CannotContain(const Str* haystack, const Str* needle, int64_t start, int64_t stop) {
  return needle->length > stop - start || needle->width_log2() > haystack->width_log2();
}

}  // namespace

int64_t StrFind(const Str* haystack, const Str* needle, int64_t start, int64_t stop) {
  if (CannotContain(haystack, needle, start, stop)) return -1;
  const int64_t place = WithSameWidth(haystack, needle, [&](const auto* h, const auto* n) {
    return FindUnits(h + start, stop - start, n, needle->length);
  });
  return place < 0 ? -1 : start + place;
}

int64_t StrFindLast(const Str* haystack, const Str* needle, int64_t start, int64_t stop) {
  if (CannotContain(haystack, needle, start, stop)) return -1;
  const int64_t place = WithSameWidth(haystack, needle, [&](const auto* h, const auto* n) {
    return FindLastUnits(h + start, stop - start, n, needle->length);
  });
  return place < 0 ? -1 : start + place;
}

int64_t StrCount(const Str* haystack, const Str* needle, int64_t start, int64_t stop,
                 int64_t limit) {
  if (start > stop) return 0;
  if (CannotContain(haystack, needle, start, stop)) return 0;
  return WithSameWidth(haystack, needle, [&](const auto* h, const auto* n) {
    return CountUnits(h + start, stop - start, n, needle->length, limit);
  });
}

}  // namespace gila

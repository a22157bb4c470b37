// search.cc: see search.h.
#include "runtime/text/search.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace gila {

namespace {

// A sequence read forwards or backwards, so that one algorithm finds the first and the last place.
template <class Unit, bool kBackwards>
struct Text {
  const Unit* units;
  int64_t size;
  Unit operator[](int64_t i) const { return kBackwards ? units[size - 1 - i] : units[i]; }
};

// The maximal suffix of the needle under the order of the units (or the reverse order), and its
// period: the critical factorisation is at the larger of the two.
template <class Needle>
int64_t MaximalSuffix(const Needle& needle, bool reverse_order, int64_t* period) {
  int64_t suffix = -1, candidate = 0, matched = 1;
  *period = 1;
  while (candidate + matched < needle.size) {
    const auto a = needle[candidate + matched];
    const auto b = needle[suffix + matched];
    if (a == b) {
      if (matched == *period) {
        candidate += *period;
        matched = 1;
      } else {
        ++matched;
      }
    } else if (reverse_order ? a > b : a < b) {
      candidate += matched;
      matched = 1;
      *period = candidate - suffix;
    } else {
      suffix = candidate++;
      matched = *period = 1;
    }
  }
  return suffix;
}

// The needle repeats with `period` up to its critical place: a match of the left part may be
// remembered.
template <class Haystack, class Needle>
int64_t TwoWayPeriodic(const Haystack& haystack, const Needle& needle, int64_t critical,
                       int64_t period) {
  int64_t place = 0, memory = -1;
  while (place + needle.size <= haystack.size) {
    int64_t i = std::max(critical, memory) + 1;
    while (i < needle.size && needle[i] == haystack[place + i]) ++i;
    if (i < needle.size) {
      place += i - critical;
      memory = -1;
      continue;
    }
    i = critical;
    while (i > memory && needle[i] == haystack[place + i]) --i;
    if (i <= memory) return place;
    place += period;
    memory = needle.size - period - 1;
  }
  return -1;
}

template <class Haystack, class Needle>
int64_t TwoWayPlain(const Haystack& haystack, const Needle& needle, int64_t critical) {
  const int64_t shift = std::max(critical + 1, needle.size - critical - 1) + 1;
  int64_t place = 0;
  while (place + needle.size <= haystack.size) {
    int64_t i = critical + 1;
    while (i < needle.size && needle[i] == haystack[place + i]) ++i;
    if (i < needle.size) {
      place += i - critical;
      continue;
    }
    i = critical;
    while (i >= 0 && needle[i] == haystack[place + i]) --i;
    if (i < 0) return place;
    place += shift;
  }
  return -1;
}

template <class Haystack, class Needle>
int64_t TwoWay(const Haystack& haystack, const Needle& needle) {
  int64_t period, reverse_period;
  int64_t critical = MaximalSuffix(needle, false, &period);
  const int64_t reverse = MaximalSuffix(needle, true, &reverse_period);
  if (reverse >= critical) {
    critical = reverse;
    period = reverse_period;
  }
  bool periodic = critical + 1 + period <= needle.size;
  for (int64_t i = 0; periodic && i <= critical; ++i) periodic = needle[i] == needle[i + period];
  return periodic ? TwoWayPeriodic(haystack, needle, critical, period)
                  : TwoWayPlain(haystack, needle, critical);
}

// Below this a scan for the first unit and a comparison do better than the preparation.
constexpr int64_t kShortNeedle = 8;

template <class Haystack, class Needle>
int64_t FindShort(const Haystack& haystack, const Needle& needle) {
  const auto first = needle[0];
  const int64_t places = haystack.size - needle.size + 1;
  for (int64_t place = 0; place < places; ++place) {
    if (haystack[place] != first) continue;
    int64_t i = 1;
    while (i < needle.size && needle[i] == haystack[place + i]) ++i;
    if (i == needle.size) return place;
  }
  return -1;
}

template <class Haystack, class Needle>
int64_t Find(const Haystack& haystack, const Needle& needle) {
  return needle.size < kShortNeedle ? FindShort(haystack, needle) : TwoWay(haystack, needle);
}

}  // namespace

namespace {

// memmem pays for its tables at each call, so a short needle is first looked for near by.
constexpr int64_t kNear = 16;
int64_t FindNear(const uint8_t* haystack, int64_t haystack_size, const uint8_t* needle,
                 int64_t needle_size) {
  const int64_t last = std::min(haystack_size - needle_size, kNear);
  for (int64_t i = 0; i <= last; ++i) {
    if (haystack[i] == needle[0] && haystack[i + 1] == needle[1] &&
        std::memcmp(haystack + i + 2, needle + 2, static_cast<size_t>(needle_size - 2)) == 0)
      return i;
  }
  return -1;
}

}  // namespace

template <class Unit>
int64_t FindUnits(const Unit* haystack, int64_t haystack_size, const Unit* needle,
                  int64_t needle_size) {
  if (needle_size > haystack_size) return -1;
  if (needle_size == 0) return 0;
  if constexpr (std::is_same_v<Unit, uint8_t>) {
    const auto size = static_cast<size_t>(haystack_size);
    if (needle_size >= 2 && needle_size <= kNear) {
      const int64_t place = FindNear(haystack, haystack_size, needle, needle_size);
      if (place >= 0) return place;
    }
    const void* found = needle_size == 1
                            ? std::memchr(haystack, needle[0], size)
                            : memmem(haystack, size, needle, static_cast<size_t>(needle_size));
    return found == nullptr ? -1 : static_cast<const uint8_t*>(found) - haystack;
  } else {
    return Find(Text<Unit, false>{haystack, haystack_size}, Text<Unit, false>{needle, needle_size});
  }
}

template <class Unit>
int64_t FindLastUnits(const Unit* haystack, int64_t haystack_size, const Unit* needle,
                      int64_t needle_size) {
  if (needle_size > haystack_size) return -1;
  if (needle_size == 0) return haystack_size;
  if constexpr (std::is_same_v<Unit, uint8_t>) {
    if (needle_size == 1) {
      const void* found = memrchr(haystack, needle[0], static_cast<size_t>(haystack_size));
      return found == nullptr ? -1 : static_cast<const uint8_t*>(found) - haystack;
    }
  }
  const int64_t place =
      Find(Text<Unit, true>{haystack, haystack_size}, Text<Unit, true>{needle, needle_size});
  return place < 0 ? -1 : haystack_size - place - needle_size;
}

template <class Unit>
int64_t CountUnits(const Unit* haystack, int64_t haystack_size, const Unit* needle,
                   int64_t needle_size, int64_t limit) {
  if (needle_size == 0) return std::min(haystack_size + 1, limit);
  int64_t count = 0;
  if (needle_size == 1 && limit >= haystack_size) {
    // Pieces whose count fits the unit's own width, so that the compiler adds in vectors.
    const Unit wanted = needle[0];
    for (int64_t from = 0; from < haystack_size;) {
      const int64_t stop = std::min<int64_t>(haystack_size, from + 255);
      Unit in_piece = 0;
      for (; from < stop; ++from) in_piece += haystack[from] == wanted;
      count += in_piece;
    }
    return count;
  }
  int64_t from = 0;
  while (count < limit) {
    const int64_t place = FindUnits(haystack + from, haystack_size - from, needle, needle_size);
    if (place < 0) break;
    ++count;
    from += place + needle_size;
  }
  return count;
}

#define GILA_SEARCH(Unit)                                                           \
  template int64_t FindUnits<Unit>(const Unit*, int64_t, const Unit*, int64_t);     \
  template int64_t FindLastUnits<Unit>(const Unit*, int64_t, const Unit*, int64_t); \
  template int64_t CountUnits<Unit>(const Unit*, int64_t, const Unit*, int64_t, int64_t);
GILA_SEARCH(uint8_t)
GILA_SEARCH(uint16_t)
GILA_SEARCH(uint32_t)
#undef GILA_SEARCH

}  // namespace gila

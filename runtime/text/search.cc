// search.cc: see search.h.
#include "runtime/text/search.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "runtime/value.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

// One-byte text and a needle of two bytes or more. Sixteen places are looked at together: the
// needle can only be where its first byte is, with its last one at the right distance. Text in
// which such places abound and are all wrong is left to memmem, whose time is linear whatever
// comes.
class ByteSearch {
 public:
  ByteSearch(const uint8_t* haystack, int64_t haystack_size, const uint8_t* needle,
             int64_t needle_size)
      : haystack_(haystack),
        size_(haystack_size),
        places_(haystack_size - needle_size + 1),
        needle_(needle),
        needle_size_(needle_size) {}

  // The next place that does not overlap with the last answer, or -1.
  GILA_ALWAYS_INLINE int64_t Next() {
    while (true) {
      for (; candidates_ != 0; candidates_ &= candidates_ - 1) {
        const int64_t place = block_ + __builtin_ctz(candidates_);
        if (place < from_) continue;
        if (Matches(place)) return Found(place);
        patience_ -= needle_size_;
      }
      block_ = std::max(block_ + kBlock, from_);
      if (block_ >= places_) return -1;
      if (GILA_UNLIKELY(patience_ < 0)) return NextByLibrary();
      candidates_ = Candidates();
      patience_ += kBlock;
    }
  }

 private:
  static constexpr int64_t kBlock = 16;

  bool Matches(int64_t place) const {
    return std::memcmp(haystack_ + place + 1, needle_ + 1, static_cast<size_t>(needle_size_ - 2)) ==
           0;
  }
  int64_t Found(int64_t place) {
    from_ = place + needle_size_;
    return place;
  }
  int64_t NextByLibrary() {
    const void* found = memmem(haystack_ + block_, static_cast<size_t>(size_ - block_), needle_,
                               static_cast<size_t>(needle_size_));
    if (found == nullptr) {
      block_ = places_;
      return -1;
    }
    const int64_t place = static_cast<const uint8_t*>(found) - haystack_;
    block_ = place + needle_size_ - kBlock;
    return Found(place);
  }
  // A bit for each place of the block where the first and the last byte fit.
  uint32_t Candidates() const {
    const uint8_t* first = haystack_ + block_;
    const uint8_t* last = first + needle_size_ - 1;
    const uint8_t wanted_last = needle_[needle_size_ - 1];
#ifdef __SSE2__
    if (GILA_LIKELY(block_ + kBlock <= places_)) {
      const auto load = [](const uint8_t* bytes) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
      };
      const auto all = [](uint8_t byte) { return _mm_set1_epi8(static_cast<char>(byte)); };
      const __m128i fits = _mm_and_si128(_mm_cmpeq_epi8(load(first), all(needle_[0])),
                                         _mm_cmpeq_epi8(load(last), all(wanted_last)));
      return static_cast<uint32_t>(_mm_movemask_epi8(fits));
    }
#endif
    const int64_t count = std::min(kBlock, places_ - block_);
    uint32_t candidates = 0;
    for (int64_t i = 0; i < count; ++i)
      candidates |= uint32_t{first[i] == needle_[0] && last[i] == wanted_last} << i;
    return candidates;
  }

  const uint8_t* const haystack_;
  const int64_t size_, places_;  // bytes, and places where the needle may begin
  const uint8_t* const needle_;
  const int64_t needle_size_;
  int64_t block_ = -kBlock, from_ = 0;
  uint32_t candidates_ = 0;
  int64_t patience_ = 64;  // how many more bytes may be compared in vain
};

}  // namespace

template <class Unit>
int64_t FindUnits(const Unit* haystack, int64_t haystack_size, const Unit* needle,
                  int64_t needle_size) {
  if (needle_size > haystack_size) return -1;
  if (needle_size == 0) return 0;
  if constexpr (std::is_same_v<Unit, uint8_t>) {
    if (needle_size > 1) return ByteSearch(haystack, haystack_size, needle, needle_size).Next();
    const void* found = std::memchr(haystack, needle[0], static_cast<size_t>(haystack_size));
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
  if constexpr (std::is_same_v<Unit, uint8_t>) {
    if (needle_size > 1) {
      ByteSearch search(haystack, haystack_size, needle, needle_size);
      while (count < limit && search.Next() >= 0) ++count;
      return count;
    }
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

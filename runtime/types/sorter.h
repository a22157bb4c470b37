// sorter.h: the sorting algorithm of list.sort: a stable natural merge sort (timsort: runs, binary
// insertion into short ones, galloping merges; the order of merges is powersort's) over plain
// arrays.
//
// `Element` is trivially copyable and has a `key`. `Less` compares two elements and may not throw:
// a comparison that failed answers false from then on, and the sort runs to its end, so that what
// is left is a permutation of what was there. Nothing here allocates: the caller gives the buffer.
#ifndef GILA_RUNTIME_TYPES_SORTER_H_
#define GILA_RUNTIME_TYPES_SORTER_H_

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace gila {

template <class Element, class Less>
class Sorter {
 public:
  Sorter(Element* items, int64_t count, Less& less) : items_(items), count_(count), less_(less) {}

  // The first run of the whole array. When it is all of it, the array is sorted.
  int64_t FirstRun() { return CountRun(items_, items_ + count_); }

  // Sorts an array whose first run is known. `buffer` has room for count / 2 + 1 elements.
  void Sort(int64_t first_run, Element* buffer) {
    buffer_ = buffer;
    const int64_t min_run = MinRun(count_);
    for (int64_t start = 0; start < count_;) {
      int64_t length = start == 0 ? first_run : CountRun(items_ + start, items_ + count_);
      if (length < min_run) {
        const int64_t forced = std::min(min_run, count_ - start);
        InsertInto(items_ + start, items_ + start + length, items_ + start + forced);
        length = forced;
      }
      PushRun(start, length);
      start += length;
    }
    while (depth_ > 1) MergeTop();
  }

 private:
  struct Run {
    int64_t start, length;
    int power;  // of the boundary behind it
  };
  static constexpr int kMaxRuns = 96;
  static constexpr int64_t kGallopAfter = 7;

  static int64_t MinRun(int64_t n) {
    int64_t rest = 0;
    while (n >= 64) {
      rest |= n & 1;
      n >>= 1;
    }
    return n + rest;
  }

  bool LessThan(const Element& a, const Element& b) { return less_(a, b); }

  // The length of the run at `first`; a strictly descending one is turned round.
  int64_t CountRun(Element* first, Element* last) {
    Element* at = first + 1;
    if (at >= last) return last - first;
    if (LessThan(*at, *first)) {
      while (++at < last && LessThan(*at, *(at - 1))) {
      }
      std::reverse(first, at);
    } else {
      while (++at < last && !LessThan(*at, *(at - 1))) {
      }
    }
    return at - first;
  }

  // [first, sorted) is sorted; puts each of [sorted, last) where it belongs, behind its equals.
  void InsertInto(Element* first, Element* sorted, Element* last) {
    for (Element* at = sorted; at < last; ++at) {
      const Element pivot = *at;
      Element* low = first;
      Element* high = at;
      while (low < high) {
        Element* const middle = low + (high - low) / 2;
        if (LessThan(pivot, *middle))
          high = middle;
        else
          low = middle + 1;
      }
      std::memmove(static_cast<void*>(low + 1), low,
                   static_cast<size_t>(at - low) * sizeof(Element));
      *low = pivot;
    }
  }

  // Powersort's power of the boundary between two neighbouring runs: the first binary digit in
  // which the middles of both, as fractions of the array, differ.
  int PowerOf(const Run& a, int64_t b_length) const {
    int64_t left = 2 * a.start + a.length, right = left + a.length + b_length;
    int power = 0;
    while (true) {
      ++power;
      if (left >= count_) {
        left -= count_;
        right -= count_;
      } else if (right >= count_) {
        return power;
      }
      left <<= 1;
      right <<= 1;
    }
  }

  void PushRun(int64_t start, int64_t length) {
    if (depth_ > 0) {
      const int power = PowerOf(runs_[depth_ - 1], length);
      while (depth_ > 1 && runs_[depth_ - 2].power > power) MergeTop();
      runs_[depth_ - 1].power = power;
    }
    runs_[depth_++] = {start, length, 0};
  }

  // Merges the two runs on top of the stack.
  void MergeTop() {
    Run& a = runs_[depth_ - 2];
    const Run b = runs_[depth_ - 1];
    Element* left = items_ + a.start;
    Element* const right = items_ + b.start;
    int64_t left_length = a.length, right_length = b.length;
    a.length += b.length;
    a.power = b.power;
    --depth_;
    // What is in place at either end stays there.
    const int64_t skip = GallopRight(*right, left, left_length, 0);
    left += skip;
    left_length -= skip;
    if (left_length == 0) return;
    right_length = GallopLeft(left[left_length - 1], right, right_length, right_length - 1);
    if (right_length == 0) return;
    if (left_length <= right_length)
      MergeLow(left, left_length, right, right_length);
    else
      MergeHigh(left, left_length, right, right_length);
  }

  // The first place in a[0 .. n] at which `key` may stand in front of its equals; the search widens
  // from `hint`.
  int64_t GallopLeft(const Element& key, const Element* a, int64_t n, int64_t hint) {
    int64_t low, high, last = 0, offset = 1;
    if (LessThan(a[hint], key)) {
      const int64_t most = n - hint;
      while (offset < most && LessThan(a[hint + offset], key)) {
        last = offset;
        offset = offset * 2 + 1;
      }
      low = hint + last + 1;
      high = hint + std::min(offset, most);
    } else {
      const int64_t most = hint + 1;
      while (offset < most && !LessThan(a[hint - offset], key)) {
        last = offset;
        offset = offset * 2 + 1;
      }
      low = hint - std::min(offset, most) + 1;
      high = hint - last;
    }
    while (low < high) {
      const int64_t middle = low + (high - low) / 2;
      if (LessThan(a[middle], key))
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  }

  // The same behind its equals.
  int64_t GallopRight(const Element& key, const Element* a, int64_t n, int64_t hint) {
    int64_t low, high, last = 0, offset = 1;
    if (LessThan(key, a[hint])) {
      const int64_t most = hint + 1;
      while (offset < most && LessThan(key, a[hint - offset])) {
        last = offset;
        offset = offset * 2 + 1;
      }
      low = hint - std::min(offset, most) + 1;
      high = hint - last;
    } else {
      const int64_t most = n - hint;
      while (offset < most && !LessThan(key, a[hint + offset])) {
        last = offset;
        offset = offset * 2 + 1;
      }
      low = hint + last + 1;
      high = hint + std::min(offset, most);
    }
    while (low < high) {
      const int64_t middle = low + (high - low) / 2;
      if (LessThan(key, a[middle]))
        high = middle;
      else
        low = middle + 1;
    }
    return low;
  }

  static void Copy(Element* to, const Element* from, int64_t count) {
    std::memmove(static_cast<void*>(to), from, static_cast<size_t>(count) * sizeof(Element));
  }

  // Merges forwards; the left run is the shorter one and goes to the buffer. The first of the right
  // run is known to come first.
  void MergeLow(Element* out, int64_t left_length, Element* right, int64_t right_length) {
    Element* left = buffer_;
    Element* const left_end = buffer_ + left_length;
    Element* const right_end = right + right_length;
    Copy(left, out, left_length);
    *out++ = *right++;
    while (left < left_end && right < right_end) {
      // One at a time, until one side wins so often that searching pays.
      int64_t left_wins = 0, right_wins = 0;
      while (left < left_end && right < right_end) {
        if (LessThan(*right, *left)) {
          *out++ = *right++;
          left_wins = 0;
          if (++right_wins >= min_gallop_) break;
        } else {
          *out++ = *left++;
          right_wins = 0;
          if (++left_wins >= min_gallop_) break;
        }
      }
      while (left < left_end && right < right_end) {
        left_wins = GallopRight(*right, left, left_end - left, 0);
        Copy(out, left, left_wins);
        out += left_wins;
        left += left_wins;
        if (left == left_end) break;
        *out++ = *right++;
        if (right == right_end) break;
        right_wins = GallopLeft(*left, right, right_end - right, 0);
        Copy(out, right, right_wins);
        out += right_wins;
        right += right_wins;
        if (right == right_end) break;
        *out++ = *left++;
        if (left_wins < kGallopAfter && right_wins < kGallopAfter) {
          ++min_gallop_;
          break;
        }
        min_gallop_ = std::max<int64_t>(1, min_gallop_ - 1);
      }
    }
    Copy(out, left, left_end - left);
  }

  // Merges backwards; the right run is the shorter one and goes to the buffer. The last of the left
  // run is known to come last.
  void MergeHigh(Element* left_begin, int64_t left_length, Element* right, int64_t right_length) {
    Copy(buffer_, right, right_length);
    Element* out = right + right_length;       // one behind where the next goes
    Element* left = left_begin + left_length;  // one behind what is left of either side
    Element* right_at = buffer_ + right_length;
    *--out = *--left;
    while (left > left_begin && right_at > buffer_) {
      int64_t left_wins = 0, right_wins = 0;
      while (left > left_begin && right_at > buffer_) {
        if (LessThan(*(right_at - 1), *(left - 1))) {
          *--out = *--left;
          right_wins = 0;
          if (++left_wins >= min_gallop_) break;
        } else {
          *--out = *--right_at;
          left_wins = 0;
          if (++right_wins >= min_gallop_) break;
        }
      }
      while (left > left_begin && right_at > buffer_) {
        const int64_t left_left = left - left_begin;
        left_wins = left_left - GallopRight(*(right_at - 1), left_begin, left_left, left_left - 1);
        out -= left_wins;
        left -= left_wins;
        Copy(out, left, left_wins);
        if (left == left_begin) break;
        *--out = *--right_at;
        if (right_at == buffer_) break;
        const int64_t right_left = right_at - buffer_;
        right_wins = right_left - GallopLeft(*(left - 1), buffer_, right_left, right_left - 1);
        out -= right_wins;
        right_at -= right_wins;
        Copy(out, right_at, right_wins);
        if (right_at == buffer_) break;
        *--out = *--left;
        if (left_wins < kGallopAfter && right_wins < kGallopAfter) {
          ++min_gallop_;
          break;
        }
        min_gallop_ = std::max<int64_t>(1, min_gallop_ - 1);
      }
    }
    Copy(out - (right_at - buffer_), buffer_, right_at - buffer_);
  }

  Element* items_;
  int64_t count_;
  Less& less_;
  Element* buffer_ = nullptr;
  Run runs_[kMaxRuns];
  int depth_ = 0;
  int64_t min_gallop_ = kGallopAfter;
};

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_SORTER_H_

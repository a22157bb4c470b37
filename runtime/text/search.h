// search.h: substring search, linear in the length of the text whatever the needle. One-byte text
// is looked through sixteen places at a time, or with memchr and memrchr; wider text the two-way
// algorithm of Crochemore and Perrin (1991), which needs no tables.
#ifndef GILA_RUNTIME_TEXT_SEARCH_H_
#define GILA_RUNTIME_TEXT_SEARCH_H_

#include <cstdint>

namespace gila {

// The first (last) place of the needle in the haystack, or -1. An empty needle is found at 0 (at
// haystack_size).
template <class Unit>
int64_t FindUnits(const Unit* haystack, int64_t haystack_size, const Unit* needle,
                  int64_t needle_size);
template <class Unit>
int64_t FindLastUnits(const Unit* haystack, int64_t haystack_size, const Unit* needle,
                      int64_t needle_size);

// How many there are that do not overlap, at most `limit`; an empty needle counts
// haystack_size + 1.
template <class Unit>
int64_t CountUnits(const Unit* haystack, int64_t haystack_size, const Unit* needle,
                   int64_t needle_size, int64_t limit);

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_SEARCH_H_

// text_range.h: the optional start and end of find, count, startswith and their like.
#ifndef GILA_RUNTIME_TYPES_TEXT_RANGE_H_
#define GILA_RUNTIME_TYPES_TEXT_RANGE_H_

#include <algorithm>

#include "runtime/native.h"
#include "runtime/protocols.h"

namespace gila {

// start <= length is not promised: a start behind the end finds nothing, not even ''.
struct TextRange {
  int64_t start, stop;
};

inline Status RangeBound(Thread& thread, Value v, int64_t* bound) {
  if (v.IsUnbound() || v.IsNone()) return kOk;
  if (!v.IsSmallInt() && LookupSpecial(thread, TypeOf(v), Special::kIndex).IsUnbound()) {
    return thread.Raise(TypeId::kTypeError,
                        "slice indices must be integers or None or have an __index__ method");
  }
  GILA_TRY(*bound, ToIndexClipped(thread, v));
  return kOk;
}

inline Result<TextRange> ResolveRange(Thread& thread, Value start, Value stop, int64_t length) {
  TextRange range = {0, length};
  GILA_TRY_VOID(RangeBound(thread, start, &range.start));
  GILA_TRY_VOID(RangeBound(thread, stop, &range.stop));
  if (range.stop > length) range.stop = length;
  if (range.stop < 0) range.stop = std::max<int64_t>(range.stop + length, 0);
  if (range.start < 0) range.start = std::max<int64_t>(range.start + length, 0);
  return range;
}

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_TEXT_RANGE_H_

// units.h: working on the units of a string whatever their width. No heap objects are made here.
#ifndef GILA_RUNTIME_TEXT_UNITS_H_
#define GILA_RUNTIME_TEXT_UNITS_H_

#include <cstdint>
#include <cstring>

#include "runtime/types/str.h"

namespace gila {

// log2 of the bytes that a code point (or the bitwise or of several) needs.
constexpr int WidthFor(uint32_t code_points) {
  return code_points < 0x100 ? 0 : code_points < 0x10000 ? 1 : 2;
}

GILA_ALWAYS_INLINE void StoreUnit(uint8_t* units, int width_log2, int64_t i, uint32_t c) {
  switch (width_log2) {
    case 0:
      units[i] = static_cast<uint8_t>(c);
      break;
    case 1:
      reinterpret_cast<uint16_t*>(units)[i] = static_cast<uint16_t>(c);
      break;
    default:
      reinterpret_cast<uint32_t*>(units)[i] = c;
  }
}

// Calls body with a pointer to units of the right type.
template <class Body>
GILA_ALWAYS_INLINE auto WithUnits(const uint8_t* units, int width_log2, Body body) {
  switch (width_log2) {
    case 0:
      return body(units);
    case 1:
      return body(reinterpret_cast<const uint16_t*>(units));
    default:
      return body(reinterpret_cast<const uint32_t*>(units));
  }
}
template <class Body>
GILA_ALWAYS_INLINE auto WithUnits(const Str* s, Body body) {
  return WithUnits(s->data, s->width_log2(), body);
}

// memcpy for what is mostly short: two overlapping words instead of a call.
GILA_ALWAYS_INLINE void CopyShort(uint8_t* to, const uint8_t* from, size_t size) {
  if (size > 16) {
    std::memcpy(to, from, size);
  } else if (size >= 8) {
    uint64_t head, tail;
    std::memcpy(&head, from, 8);
    std::memcpy(&tail, from + size - 8, 8);
    std::memcpy(to, &head, 8);
    std::memcpy(to + size - 8, &tail, 8);
  } else if (size >= 4) {
    uint32_t head, tail;
    std::memcpy(&head, from, 4);
    std::memcpy(&tail, from + size - 4, 4);
    std::memcpy(to, &head, 4);
    std::memcpy(to + size - 4, &tail, 4);
  } else if (size > 0) {
    to[0] = from[0];
    to[size / 2] = from[size / 2];
    to[size - 1] = from[size - 1];
  }
}

// Copies `count` units from one width to the same or another; what is narrowed fits.
void ConvertUnits(uint8_t* to, int to_width_log2, const uint8_t* from, int from_width_log2,
                  int64_t count);
GILA_ALWAYS_INLINE void CopyUnits(uint8_t* to, int to_width_log2, const uint8_t* from,
                                  int from_width_log2, int64_t count) {
  if (GILA_LIKELY(to_width_log2 == from_width_log2)) {
    CopyShort(to, from, static_cast<size_t>(count) << to_width_log2);
  } else {
    ConvertUnits(to, to_width_log2, from, from_width_log2, count);
  }
}

// The bitwise or of units: below 128, 256, 65536 exactly when each unit is.
inline uint32_t OrOfUnits(const uint8_t* units, int width_log2, int64_t count) {
  return WithUnits(units, width_log2, [count](const auto* u) {
    uint32_t mask = 0;
    for (int64_t i = 0; i < count; ++i) mask |= u[i];
    return mask;
  });
}

// An ASCII string of these bytes.
GILA_ALWAYS_INLINE Result<Str*> NewAsciiStr(Thread& thread, const uint8_t* bytes,
                                            int64_t length) GILA_ATTACHED {
  if (length <= 1) return length == 0 ? empty_str : latin1_strings[*bytes].As<Str>();
  GILA_TRY(Str* const s, NewStrUninitialized(thread, length, 0, true));
  CopyShort(s->data, bytes, static_cast<size_t>(length));
  return s;
}
// A string of these units, narrowed as far as it goes.
Result<Str*> NewStrFromUnits(Thread& thread, const uint8_t* units, int width_log2,
                             int64_t length) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_UNITS_H_

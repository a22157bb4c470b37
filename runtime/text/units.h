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

// Copies `count` units from one width to the same or another; what is narrowed fits.
inline void CopyUnits(uint8_t* to, int to_width_log2, const uint8_t* from, int from_width_log2,
                      int64_t count) {
  if (to_width_log2 == from_width_log2) {
    std::memcpy(to, from, static_cast<size_t>(count) << to_width_log2);
    return;
  }
  WithUnits(from, from_width_log2, [&](const auto* source) {
    WithUnits(to, to_width_log2, [&](const auto* target_units) {
      using Unit = std::remove_cv_t<std::remove_pointer_t<decltype(target_units)>>;
      auto* target = const_cast<Unit*>(target_units);
      for (int64_t i = 0; i < count; ++i) target[i] = static_cast<Unit>(source[i]);
    });
  });
}

// The bitwise or of units: below 128, 256, 65536 exactly when each unit is.
inline uint32_t OrOfUnits(const uint8_t* units, int width_log2, int64_t count) {
  return WithUnits(units, width_log2, [count](const auto* u) {
    uint32_t mask = 0;
    for (int64_t i = 0; i < count; ++i) mask |= u[i];
    return mask;
  });
}

// A string of these units, narrowed as far as it goes.
Result<Str*> NewStrFromUnits(Thread& thread, const uint8_t* units, int width_log2,
                             int64_t length) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_UNITS_H_

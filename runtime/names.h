// names.h: the names of names.def as numbers, and the interned strings behind them.
#ifndef GILA_RUNTIME_NAMES_H_
#define GILA_RUNTIME_NAMES_H_

#include "runtime/value.h"

namespace gila {

// Special methods; the number is the index into Type::special.
enum class Special : uint8_t {
#define GILA_SPECIAL(id, text) k##id,
#define GILA_NAME(id, text)
#include "runtime/names.def"
  kCount
};
inline constexpr size_t kSpecialCount = static_cast<size_t>(Special::kCount);

enum class Name : uint16_t {
#define GILA_SPECIAL(id, text) kSpecial##id,
#define GILA_NAME(id, text)
#include "runtime/names.def"
#define GILA_SPECIAL(id, text)
#define GILA_NAME(id, text) k##id,
#include "runtime/names.def"
  kCount
};

extern Value interned_names[static_cast<size_t>(Name::kCount)];

// The interned Str.
inline Value NameOf(Name name) { return interned_names[static_cast<size_t>(name)]; }
inline Value NameOf(Special special) { return interned_names[static_cast<size_t>(special)]; }

}  // namespace gila

#endif  // GILA_RUNTIME_NAMES_H_

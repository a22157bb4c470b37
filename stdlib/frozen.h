// frozen.h: the modules of stdlib/lib, whose source is embedded in the binary and compiled when it
// is imported. The table is made by CMake (stdlib/CMakeLists.txt).
#ifndef GILA_STDLIB_FROZEN_H_
#define GILA_STDLIB_FROZEN_H_

#include <string_view>

namespace gila {

struct FrozenModule {
  const char* name;   // "json.decoder"
  const char* start;  // the source
  const char* end;
  bool is_package;
  std::string_view source() const { return {start, static_cast<size_t>(end - start)}; }
};

// Ends with a null name.
extern const FrozenModule kFrozenModules[];
const FrozenModule* FindFrozen(std::string_view name);

}  // namespace gila

#endif  // GILA_STDLIB_FROZEN_H_

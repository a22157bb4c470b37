// frozen.h: the modules of stdlib/lib. The binary holds the image of each one's code, which an
// import reads (compiler/code_image.h), and the source, for tracebacks and those who ask; with -O
// the source is compiled. The table is made by CMake (stdlib/CMakeLists.txt).
#ifndef GILA_STDLIB_FROZEN_H_
#define GILA_STDLIB_FROZEN_H_

#include <string_view>

namespace gila {

struct FrozenModule {
  const char* name;   // "json.decoder"
  const char* start;  // the source
  const char* end;
  const char* image_start;
  const char* image_end;
  bool is_package;
  std::string_view source() const { return {start, static_cast<size_t>(end - start)}; }
  std::string_view image() const {
    return {image_start, static_cast<size_t>(image_end - image_start)};
  }
};

// Ends with a null name.
extern const FrozenModule kFrozenModules[];
const FrozenModule* FindFrozen(std::string_view name);

}  // namespace gila

#endif  // GILA_STDLIB_FROZEN_H_

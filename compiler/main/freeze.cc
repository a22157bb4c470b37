// freeze.cc: a tool of the build. Compiles a module of the library and writes its image
// (code_image.h), which is what an import reads.
//
//     gila_freeze MODULE SOURCE OUTPUT
#include <cstdio>
#include <string>

#include "compiler/code_image.h"
#include "compiler/compile.h"

namespace {

bool ReadFile(const char* path, std::string* text) {
  FILE* const file = fopen(path, "rb");
  if (file == nullptr) return false;
  char buffer[65536];
  size_t count;
  while ((count = fread(buffer, 1, sizeof buffer, file)) != 0) text->append(buffer, count);
  const bool good = ferror(file) == 0;
  fclose(file);
  return good;
}

bool WriteFile(const char* path, const std::string& bytes) {
  FILE* const file = fopen(path, "wb");
  if (file == nullptr) return false;
  const bool written = fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  return fclose(file) == 0 && written;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: gila_freeze MODULE SOURCE OUTPUT\n");
    return 2;
  }
  std::string source;
  if (!ReadFile(argv[2], &source)) {
    perror(argv[2]);
    return 1;
  }
  gila::compiler::CompileOptions options;
  options.filename = std::string("<frozen ") + argv[1] + ">";
  const gila::compiler::CompileResult compiled = gila::compiler::CompileToCode(source, options);
  if (!compiled.ok()) {
    fprintf(stderr, "%s:%d: %s\n", argv[2], compiled.error.line, compiled.error.message.c_str());
    return 1;
  }
  for (const auto& warning : compiled.warnings)
    fprintf(stderr, "%s:%d: %s\n", argv[2], warning.error.line, warning.error.message.c_str());
  if (!WriteFile(argv[3], gila::compiler::WriteCodeImage(*compiled.code))) {
    perror(argv[3]);
    return 1;
  }
  return 0;
}

// virtual_environment.cc: a virtual environment is a folder with a file pyvenv.cfg, and the
// interpreter in its folder bin is a link to the one that it was made with, or a copy. So the name
// counts that was called, not the file behind it.
#include "vm/main/virtual_environment.h"

#include <unistd.h>

#include <climits>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "stdlib/library_files.h"

namespace gila::vm {

namespace {

// The path of the program that the shell would start.
std::string InPath(const std::string& name) {
  const char* const variable = getenv("PATH");
  std::string_view rest = variable == nullptr ? "" : variable;
  while (!rest.empty()) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(folder.size() < rest.size() ? folder.size() + 1 : folder.size());
    std::string path = std::string(folder) + "/" + name;
    if (!folder.empty() && access(path.c_str(), X_OK) == 0) return path;
  }
  return "";
}

// Absolute, but no link is followed; empty when the name says nothing.
std::string CalledAs(const std::string& argv0) {
  std::string path = argv0.find('/') == std::string::npos ? InPath(argv0) : argv0;
  if (path.empty() || path.front() == '/') return path;
  char folder[PATH_MAX];
  if (getcwd(folder, sizeof folder) == nullptr) return "";
  return std::string(folder) + "/" + (path.starts_with("./") ? path.substr(2) : path);
}

std::string_view Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// The value of a line "key = value"; empty without one.
std::string Setting(const std::string& file, std::string_view key) {
  FILE* const lines = fopen(file.c_str(), "re");
  if (lines == nullptr) return "";
  std::string value;
  char* buffer = nullptr;
  size_t capacity = 0;
  while (value.empty() && getline(&buffer, &capacity, lines) >= 0) {
    const std::string_view line = buffer;
    const size_t sign = line.find('=');
    if (sign != std::string_view::npos && Trimmed(line.substr(0, sign)) == key)
      value = Trimmed(line.substr(sign + 1));
  }
  free(buffer);
  fclose(lines);
  return value;
}

}  // namespace

VirtualEnvironment FindVirtualEnvironment(const std::string& argv0, const std::string& binary) {
  VirtualEnvironment found;
  const std::string name = CalledAs(argv0);
  const std::string folder = ParentFolder(name);
  for (const std::string& place : {folder, ParentFolder(folder)}) {
    const std::string file = place + "/pyvenv.cfg";
    if (place.empty() || access(file.c_str(), R_OK) != 0) continue;
    found.prefix = place;
    found.executable = name;
    found.base_executable = Setting(file, "executable");
    if (found.base_executable.empty()) found.base_executable = binary;
    break;
  }
  return found;
}

}  // namespace gila::vm

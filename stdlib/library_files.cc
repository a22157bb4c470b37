// library_files.cc: where the library's files are. The binary's own folder says it: in a build tree
// they are in stdlib/lib of the sources, beside an installed binary in ../lib/gila. A link to the
// binary (a virtual environment's) does not count, only where the file itself is.
#include "stdlib/library_files.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/str_replace.h>
#include <unistd.h>

#include <climits>

namespace gila {

namespace {

std::string FindLibrary() {
  const std::string above = ParentFolder(ParentFolder(BinaryPath()));
  std::string installed = above + "/lib/gila";
  for (const std::string& place : {installed, ParentFolder(above) + "/stdlib/lib"}) {
    if (access((place + "/os.py").c_str(), R_OK) == 0) return place;
  }
  return installed;
}

std::string PathOf(std::string_view module) {
  return absl::StrCat(LibraryFolder(), "/", absl::StrReplaceAll(std::string(module), {{".", "/"}}));
}

}  // namespace

const std::string& BinaryPath() {
  static const std::string path = [] {
    char binary[PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", binary, sizeof(binary));
    return std::string(binary, length > 0 ? static_cast<size_t>(length) : 0);
  }();
  return path;
}

std::string ParentFolder(const std::string& path) {
  const size_t slash = path.rfind('/');
  return path.substr(0, slash == std::string::npos ? 0 : slash);
}

const std::string& LibraryFolder() {
  static const std::string folder = FindLibrary();
  return folder;
}

std::string LibraryFile(const FrozenModule& module) {
  return PathOf(module.name) + (module.is_package ? "/__init__.py" : ".py");
}

std::string LibraryPackageFolder(const FrozenModule& package) { return PathOf(package.name); }

bool IsLibraryFolder(std::string_view folder, std::string* package) {
  const std::string& library = LibraryFolder();
  if (folder.substr(0, library.size()) != library) return false;
  std::string_view rest = folder.substr(library.size());
  if (!rest.empty() && rest.front() != '/') return false;
  while (!rest.empty() && rest.back() == '/') rest.remove_suffix(1);
  if (!rest.empty()) rest.remove_prefix(1);
  *package = absl::StrReplaceAll(std::string(rest), {{"/", "."}});
  return true;
}

}  // namespace gila

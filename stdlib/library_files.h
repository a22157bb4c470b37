// library_files.h: where the files of the library (stdlib/lib) are, whose text and code the binary
// holds. Nothing is read from there by an import: the paths are what modules say of themselves
// (`__file__`, `__path__`), for programs that want to see a file or look for one beside it.
#ifndef GILA_STDLIB_LIBRARY_FILES_H_
#define GILA_STDLIB_LIBRARY_FILES_H_

#include <string>
#include <string_view>

#include "stdlib/frozen.h"

namespace gila {

// The file that runs; empty when the system does not say.
const std::string& BinaryPath();
// Of a path with a slash; else nothing.
std::string ParentFolder(const std::string& path);
// The folder, without a slash at its end. Where no files are, the one that they would be in.
const std::string& LibraryFolder();
// ".../json/__init__.py", ".../json/decoder.py"
std::string LibraryFile(const FrozenModule& module);
// The folder of a package of the library: ".../json"
std::string LibraryPackageFolder(const FrozenModule& package);
// The package whose folder that is; the empty name for the library's own. False for other folders.
bool IsLibraryFolder(std::string_view folder, std::string* package);

}  // namespace gila

#endif  // GILA_STDLIB_LIBRARY_FILES_H_

// start_locale.h: the locale of characters that the process begins with. The C library takes it on
// when something first asks it about characters, not at every start: the table of one locale is a
// third of a megabyte. (locale_module.cc)
#ifndef GILA_STDLIB_START_LOCALE_H_
#define GILA_STDLIB_START_LOCALE_H_

#include <string>

namespace gila {

// Before the library is brought up; without it the locale is C.
void NoteStartLocale(std::string name);
// From here on the C library's characters are those of that locale. Does so once: a locale that the
// program has set stays.
void UseStartLocale();

}  // namespace gila

#endif  // GILA_STDLIB_START_LOCALE_H_

// suggestions.h: "Did you mean: 'x'?" for names and attributes that are not there.
#ifndef GILA_RUNTIME_TEXT_SUGGESTIONS_H_
#define GILA_RUNTIME_TEXT_SUGGESTIONS_H_

#include <string>

#include "runtime/types/exception.h"

namespace gila {

// ". Did you mean: 'append'?" for a NameError or AttributeError (and the hint to import a module of
// that name), or nothing. Raises nothing.
std::string Suggestion(Thread& thread, Exception* e) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_SUGGESTIONS_H_

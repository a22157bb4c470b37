// timeline_module.h: `-X trace=FILE` and `-X gil_stats[=FILE]`.
#ifndef GILA_STDLIB_TIMELINE_MODULE_H_
#define GILA_STDLIB_TIMELINE_MODULE_H_

#include "stdlib/library.h"

namespace gila {

// Begins the notes that the options ask for.
void StartTimelineTools(Thread& thread, const LibraryOptions& options);
// When the program's threads have ended: writes the page, prints the table.
void FinishTimelineTools(Thread& thread) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_TIMELINE_MODULE_H_

// compile_source.h: from source text to a Code object, with its errors raised and its warnings
// shown: what import, compile(), eval(), exec() and the command line share.
#ifndef GILA_STDLIB_COMPILE_SOURCE_H_
#define GILA_STDLIB_COMPILE_SOURCE_H_

#include <string_view>

#include "compiler/compile.h"
#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/types/function.h"

namespace gila {

// SyntaxError and its kin, ValueError for NUL bytes, RecursionError for what is nested too deeply.
Result<Code*> CompileSource(Thread& thread, std::string_view source,
                            const compiler::CompileOptions& options) GILA_ATTACHED;
// The same for objects of the module `ast`.
Result<Code*> CompileAst(Thread& thread, Value root,
                         const compiler::CompileOptions& options) GILA_ATTACHED;
// The source as objects of the module `ast`.
Result<Value> ParseToObjects(Thread& thread, std::string_view source,
                             const compiler::CompileOptions& options) GILA_ATTACHED;
// Lets the compiler read sources in any encoding that codecs knows.
void InitCompileSource();
// How many -O were given; what modules are compiled with.
extern int optimize_level;

}  // namespace gila

#endif  // GILA_STDLIB_COMPILE_SOURCE_H_

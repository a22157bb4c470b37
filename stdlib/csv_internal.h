// csv_internal.h: what the files of _csv share: dialects and the error class.
#ifndef GILA_STDLIB_CSV_INTERNAL_H_
#define GILA_STDLIB_CSV_INTERNAL_H_

#include <string>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila::csv {

enum Quoting : int64_t { kQuoteMinimal, kQuoteAll, kQuoteNonNumeric, kQuoteNone };

inline constexpr int64_t kNoChar = -1;

// How files are written (_csv.Dialect). Immutable.
struct Dialect : Object {
  Slot line_terminator;              // str
  int64_t delimiter, quote, escape;  // code points; kNoChar: there is none
  int64_t quoting;
  bool double_quote, skip_initial_space, strict;
  bool IsQuote(uint32_t c) const { return quoting != kQuoteNone && int64_t{c} == quote; }
};

extern Value error_class;
Failed RaiseError(Thread& thread, const std::string& message) GILA_ATTACHED;

// _csv.Dialect(*args, **kwargs): what reader() and writer() do with all but their first argument.
Result<Dialect*> DialectOf(Thread& thread, std::span<const Value> args, Value kwargs) GILA_ATTACHED;
extern Atomic<int64_t> field_limit;

Status AddDialect(Thread& thread, Module* module) GILA_ATTACHED;
Status AddReader(Thread& thread, Module* module) GILA_ATTACHED;
Status AddWriter(Thread& thread, Module* module) GILA_ATTACHED;

}  // namespace gila::csv

#endif  // GILA_STDLIB_CSV_INTERNAL_H_

// format_spec.h: the format specification mini-language:
//   [[fill]align][sign][z][#][0][width][grouping][.precision][type]
// and what it makes of str, int, float and complex: their __format__.
#ifndef GILA_RUNTIME_TEXT_FORMAT_SPEC_H_
#define GILA_RUNTIME_TEXT_FORMAT_SPEC_H_

#include <string_view>

#include "runtime/result.h"
#include "runtime/types/str.h"

namespace gila {

struct FormatSpec {
  uint32_t fill = ' ';
  char align = 0;     // '<' '>' '=' '^'; 0: the type's own
  char sign = 0;      // '+' '-' ' '; 0: not given
  char grouping = 0;  // ',' or '_'
  bool alternate = false;
  bool no_negative_zero = false;
  int64_t width = -1;
  int64_t precision = -1;
  uint32_t type = 0;  // 0: not given
};

// Reads the whole of `spec`. `type_name` is for the words of the errors.
Result<FormatSpec> ParseFormatSpec(Thread& thread, const Str* spec, std::string_view type_name,
                                   char default_align) GILA_ATTACHED;

// format(v, spec) for a value of the type (or of a subclass of it).
Result<Value> FormatStr(Thread& thread, Str* s, Str* spec) GILA_ATTACHED;
Result<Value> FormatInt(Thread& thread, Value v, Str* spec) GILA_ATTACHED;
Result<Value> FormatFloat(Thread& thread, double d, Value original, Str* spec) GILA_ATTACHED;
Result<Value> FormatComplex(Thread& thread, double real, double imag, Value original,
                            Str* spec) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_FORMAT_SPEC_H_

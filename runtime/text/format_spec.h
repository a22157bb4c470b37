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
  char align = 0;     // '<' '>' '=' '^'
  char sign = 0;      // '+' '-' ' '; 0: not given
  char grouping = 0;  // ',' or '_'
  bool alternate = false;
  bool no_negative_zero = false;
  bool align_given = false;
  int64_t width = -1;
  int64_t precision = -1;
  uint32_t type = 0;  // 0: not given
};

// Reads the whole of `spec`. What it does not say has the defaults given; the type's name is for
// the words of the errors.
Result<FormatSpec> ParseFormatSpec(Thread& thread, const Str* spec, Value formatted,
                                   char default_type, char default_align) GILA_ATTACHED;
// ValueError "Unknown format code 'q' for object of type 'int'".
Failed RaiseUnknownFormatCode(Thread& thread, uint32_t type, Value formatted) GILA_ATTACHED;

// A number's parts before padding: sign, prefix ("0x"), digits to be grouped, and what follows them
// (fraction, exponent, "inf", "%"). All ASCII.
struct NumberText {
  char sign = 0;
  std::string_view prefix, digits, rest;
};
Result<Str*> LayOutNumber(Thread& thread, const FormatSpec& spec,
                          const NumberText& number) GILA_ATTACHED;

// format(v, spec) for a value of the type or of a subclass of it.
Result<Value> FormatStr(Thread& thread, Str* s, Str* spec) GILA_ATTACHED;
Result<Value> FormatInt(Thread& thread, Value v, Str* spec) GILA_ATTACHED;
Result<Value> FormatFloat(Thread& thread, double d, Value formatted, Str* spec) GILA_ATTACHED;
Result<Value> FormatComplex(Thread& thread, double real, double imag, Value formatted,
                            Str* spec) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_FORMAT_SPEC_H_

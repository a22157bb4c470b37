// str_methods.h: the methods of str, by file. str_type.cc makes the table of them. Not for use
// outside of str_*.cc.
#ifndef GILA_RUNTIME_TYPES_STR_METHODS_H_
#define GILA_RUNTIME_TYPES_STR_METHODS_H_

#include "runtime/native.h"
#include "runtime/types/str.h"

namespace gila {

inline Str* SelfStr(Args args) { return args[0].As<Str>(); }

#define GILA_STR_METHODS(METHOD)                                                                   \
  /* str_find.cc */                                                                                \
  METHOD(StrFindMethod)                                                                            \
  METHOD(StrRFind)                                                                                 \
  METHOD(StrIndex)                                                                                 \
  METHOD(StrRIndex) METHOD(StrCountMethod) METHOD(StrStartsWith) METHOD(StrEndsWith)               \
      METHOD(StrReplace) METHOD(StrPartition) METHOD(StrRPartition) METHOD(StrRemovePrefix)        \
          METHOD(StrRemoveSuffix) /* str_split.cc */                                               \
      METHOD(StrSplit) METHOD(StrRSplit) METHOD(StrSplitLines) METHOD(StrStrip) METHOD(StrLStrip)  \
          METHOD(StrRStrip) METHOD(StrJoinMethod) /* str_case.cc */                                \
      METHOD(StrLower) METHOD(StrUpper) METHOD(StrTitle) METHOD(StrCapitalize) METHOD(StrSwapCase) \
          METHOD(StrCaseFold) METHOD(StrIsAlnum) METHOD(StrIsAlpha) METHOD(StrIsAscii)             \
              METHOD(StrIsDecimal) METHOD(StrIsDigit) METHOD(StrIsIdentifier) METHOD(StrIsLower)   \
                  METHOD(StrIsNumeric) METHOD(StrIsPrintable) METHOD(StrIsSpace)                   \
                      METHOD(StrIsTitle) METHOD(StrIsUpper) /* str_layout.cc */                    \
      METHOD(StrCenter) METHOD(StrLJust) METHOD(StrRJust) METHOD(StrZFill) METHOD(StrExpandTabs)   \
          METHOD(StrTranslate) METHOD(StrMakeTrans) /* text/string_format.cc */                    \
      METHOD(StrFormatMethod) METHOD(StrFormatMap)

#define GILA_DECLARE_METHOD(name) Result<Value> name(Thread& thread, Args args);
GILA_STR_METHODS(GILA_DECLARE_METHOD)
#undef GILA_DECLARE_METHOD

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_STR_METHODS_H_

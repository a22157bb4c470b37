// bytes_methods.h: the methods that bytes and bytearray share, by file. Each looks at the kind of
// its self, and what it makes has the same type. Not for use outside of bytes_*.cc and
// bytearray_*.cc.
#ifndef GILA_RUNTIME_TYPES_BYTES_METHODS_H_
#define GILA_RUNTIME_TYPES_BYTES_METHODS_H_

#include "runtime/native.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_type.h"

namespace gila {

// A new object of the type of `like` with `size` bytes, which fill(uint8_t*) writes. Raises
// MemoryError.
template <class Fill>
Result<Value> MakeBytesLike(Thread& thread, Value like, int64_t size, Fill fill) {
  if (size > 1 && !IsKind(like, kKindByteArray)) {
    GILA_TRY(Bytes* const made, NewBytesUninitialized(thread, size));
    fill(made->data);
    return Value(made);
  }
  if (!MemoryForBytes(size)) return thread.RaiseMemoryError();
  std::string bytes(static_cast<size_t>(size), '\0');
  fill(reinterpret_cast<uint8_t*>(bytes.data()));
  return NewBytesLike(thread, like, bytes);
}

#define GILA_BYTES_METHODS(METHOD)                                                                \
  /* bytes_find.cc */                                                                             \
  METHOD(BytesFind)                                                                               \
  METHOD(BytesRFind)                                                                              \
  METHOD(BytesIndex)                                                                              \
  METHOD(BytesRIndex)                                                                             \
  METHOD(BytesCount)                                                                              \
  METHOD(BytesStartsWith)                                                                         \
  METHOD(BytesEndsWith) METHOD(BytesReplace) METHOD(BytesPartition) METHOD(BytesRPartition)       \
      METHOD(BytesRemovePrefix) METHOD(BytesRemoveSuffix)                                         \
          METHOD(BytesContains) /* bytes_split.cc */                                              \
      METHOD(BytesSplit) METHOD(BytesRSplit) METHOD(BytesSplitLines) METHOD(BytesStrip)           \
          METHOD(BytesLStrip) METHOD(BytesRStrip) METHOD(BytesJoin) /* bytes_case.cc */           \
      METHOD(BytesLower) METHOD(BytesUpper) METHOD(BytesTitle) METHOD(BytesCapitalize)            \
          METHOD(BytesSwapCase) METHOD(BytesIsAlnum) METHOD(BytesIsAlpha) METHOD(BytesIsAscii)    \
              METHOD(BytesIsDigit) METHOD(BytesIsLower) METHOD(BytesIsSpace) METHOD(BytesIsTitle) \
                  METHOD(BytesIsUpper) METHOD(BytesCenter) METHOD(BytesLJust) METHOD(BytesRJust)  \
                      METHOD(BytesZFill) METHOD(BytesExpandTabs) METHOD(BytesTranslate)           \
                          METHOD(BytesMakeTrans) /* bytes_type.cc */                              \
      METHOD(BytesDecode) METHOD(BytesHex) METHOD(BytesMod) METHOD(BytesRMod) METHOD(BytesLen)    \
          METHOD(BytesAdd) METHOD(BytesMul) METHOD(BytesGetItem) METHOD(BytesIter)

#define GILA_DECLARE_METHOD(name) Result<Value> name(Thread& thread, Args args);
GILA_BYTES_METHODS(GILA_DECLARE_METHOD)
#undef GILA_DECLARE_METHOD

// The rows of the method table that both types have.
#define GILA_SHARED_BYTES_ROWS                                                                    \
  {"__iter__", BytesIter, "(self, /)", "Implement iter(self)."},                                  \
      {"__len__", BytesLen, "(self, /)", "Return len(self)."},                                    \
      {"__getitem__", BytesGetItem, "(self, key, /)", "Return self[key]."},                       \
      {"__add__", BytesAdd, "(self, value, /)", "Return self+value."},                            \
      {"__mul__", BytesMul, "(self, value, /)", "Return self*value."},                            \
      {"__rmul__", BytesMul, "(self, value, /)", "Return value*self."},                           \
      {"__mod__", BytesMod, "(self, value, /)", "Return self%value."},                            \
      {"__rmod__", BytesRMod, "(self, value, /)", "Return value%self."},                          \
      {"__contains__", BytesContains, "(self, key, /)", "Return key in self."},                   \
      {"capitalize", BytesCapitalize, "(self, /)",                                                \
       "The first byte in upper case, the rest lower."},                                          \
      {"center", BytesCenter, "(self, width, fillchar=b' ', /)",                                  \
       "Padded on both sides to the width."},                                                     \
      {"count", BytesCount, "@parsed(self, sub, start=None, end=None, /)",                        \
       "How many times `sub` occurs in self[start:end], without overlaps."},                      \
      {"decode", BytesDecode, "(self, /, encoding='utf-8', errors='strict')",                     \
       "The text that the bytes are in the encoding."},                                           \
      {"endswith", BytesEndsWith, "@parsed(self, suffix, start=None, end=None, /)",               \
       "Does self[start:end] end with the suffix, or one of a tuple of them?"},                   \
      {"expandtabs", BytesExpandTabs, "(self, /, tabsize=8)", "Tabs become blanks."},             \
      {"find", BytesFind, "@parsed(self, sub, start=None, end=None, /)",                          \
       "The lowest index of `sub` in self[start:end], or -1."},                                   \
      {"hex", BytesHex, "(self, /, sep=None, bytes_per_sep=1)", "Two hex digits for each byte."}, \
      {"index", BytesIndex, "@parsed(self, sub, start=None, end=None, /)",                        \
       "The lowest index of `sub` in self[start:end]; ValueError when it is not there."},         \
      {"isalnum", BytesIsAlnum, "(self, /)", "Are all bytes ASCII letters or digits?"},           \
      {"isalpha", BytesIsAlpha, "(self, /)", "Are all bytes ASCII letters?"},                     \
      {"isascii", BytesIsAscii, "(self, /)", "Are all bytes below 128?"},                         \
      {"isdigit", BytesIsDigit, "(self, /)", "Are all bytes ASCII digits?"},                      \
      {"islower", BytesIsLower, "(self, /)", "Are all cased bytes lower case, and some there?"},  \
      {"isspace", BytesIsSpace, "(self, /)", "Are all bytes blanks?"},                            \
      {"istitle", BytesIsTitle, "(self, /)",                                                      \
       "Does each word begin in upper case and go on in lower?"},                                 \
      {"isupper", BytesIsUpper, "(self, /)", "Are all cased bytes upper case, and some there?"},  \
      {"join", BytesJoin, "(self, iterable_of_bytes, /)",                                         \
       "The byte strings of the iterable with this one between them."},                           \
      {"ljust", BytesLJust, "(self, width, fillchar=b' ', /)",                                    \
       "Padded on the right to the width."},                                                      \
      {"lower", BytesLower, "(self, /)", "ASCII letters in lower case."},                         \
      {"lstrip", BytesLStrip, "(self, bytes=None, /)",                                            \
       "Without leading blanks (or these bytes)."},                                               \
      {"maketrans", BytesMakeTrans, "@staticmethod(frm, to, /)", "A table for translate()."},     \
      {"partition", BytesPartition, "(self, sep, /)",                                             \
       "The part before the separator, the separator, and the part after it."},                   \
      {"removeprefix", BytesRemovePrefix, "(self, prefix, /)",                                    \
       "Without the prefix, if it has it."},                                                      \
      {"removesuffix", BytesRemoveSuffix, "(self, suffix, /)",                                    \
       "Without the suffix, if it has it."},                                                      \
      {"replace", BytesReplace, "(self, old, new, count=-1, /)",                                  \
       "A copy with `old` replaced by `new`, everywhere or the first `count` times."},            \
      {"rfind", BytesRFind, "@parsed(self, sub, start=None, end=None, /)",                        \
       "The highest index of `sub` in self[start:end], or -1."},                                  \
      {"rindex", BytesRIndex, "@parsed(self, sub, start=None, end=None, /)",                      \
       "The highest index of `sub` in self[start:end]; ValueError when it is not there."},        \
      {"rjust", BytesRJust, "(self, width, fillchar=b' ', /)",                                    \
       "Padded on the left to the width."},                                                       \
      {"rpartition", BytesRPartition, "(self, sep, /)",                                           \
       "The part before the last separator, the separator, and the part after it."},              \
      {"rsplit", BytesRSplit, "(self, /, sep=None, maxsplit=-1)",                                 \
       "The list of the parts between separators, split from the right."},                        \
      {"rstrip", BytesRStrip, "(self, bytes=None, /)",                                            \
       "Without trailing blanks (or these bytes)."},                                              \
      {"split", BytesSplit, "(self, /, sep=None, maxsplit=-1)",                                   \
       "The list of the parts between separators, split from the left."},                         \
      {"splitlines", BytesSplitLines, "(self, /, keepends=False)", "The list of the lines."},     \
      {"startswith", BytesStartsWith, "@parsed(self, prefix, start=None, end=None, /)",           \
       "Does self[start:end] begin with the prefix, or one of a tuple of them?"},                 \
      {"strip", BytesStrip, "(self, bytes=None, /)",                                              \
       "Without leading and trailing blanks (or these bytes)."},                                  \
      {"swapcase", BytesSwapCase, "(self, /)", "Upper case becomes lower and lower upper."},      \
      {"title", BytesTitle, "(self, /)", "Words begin in upper case, the rest is lower case."},   \
      {"translate", BytesTranslate, "(self, table, /, delete=b'')",                               \
       "Each byte replaced by table[byte], those of `delete` left out."},                         \
      {"upper", BytesUpper, "(self, /)", "ASCII letters in upper case."},                         \
      {"zfill", BytesZFill, "(self, width, /)", "Padded with zeros on the left, after a sign."}

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_BYTES_METHODS_H_

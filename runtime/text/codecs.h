// codecs.h: text to bytes and back. The encodings are utf-8, utf-8-sig, utf-16 and utf-32 (with
// their le and be forms), latin-1, ascii, cp1252, iso8859-15, unicode_escape and
// raw_unicode_escape, under all their usual names.
#ifndef GILA_RUNTIME_TEXT_CODECS_H_
#define GILA_RUNTIME_TEXT_CODECS_H_

#include <string_view>

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/types/str.h"

namespace gila {

enum class Encoding : uint8_t {
  kUnknown,
  kUtf8,
  kUtf8Sig,
  kUtf16,
  kUtf16Le,
  kUtf16Be,
  kUtf32,
  kUtf32Le,
  kUtf32Be,
  kLatin1,
  kAscii,
  kUnicodeEscape,
  kRawUnicodeEscape,
  kUtf7,
  kFirstCharmap = 64  // and all above: that number of charmap.h
};
inline bool IsCharmap(Encoding encoding) { return encoding >= Encoding::kFirstCharmap; }

// The encoding of that name: case, hyphens, spaces and underscores do not matter.
Encoding FindEncoding(std::string_view name);
// Is ASCII text in it the same bytes?
bool KeepsAscii(Encoding encoding);
// Its usual name ("utf-8"), as codecs.lookup(...).name gives it.
const char* EncodingName(Encoding encoding);

// os.fspath(path): str or bytes. TypeError "expected str, bytes or os.PathLike object, not x".
Result<Value> FsPath(Thread& thread, Value path) GILA_ATTACHED;

// str.encode(encoding, errors). LookupError "unknown encoding: x"; UnicodeEncodeError.
Result<Value> EncodeStr(Thread& thread, Str* s, std::string_view encoding,
                        std::string_view errors) GILA_ATTACHED;
// bytes.decode(encoding, errors). `bytes` must stay where they are meanwhile.
Result<Str*> DecodeBytes(Thread& thread, std::string_view bytes, std::string_view encoding,
                         std::string_view errors) GILA_ATTACHED;
// For decoders that are fed piece by piece: without `final`, an incomplete character at the end is
// left over, and *consumed says how many bytes were taken.
Result<Str*> DecodePiece(Thread& thread, std::string_view bytes, Encoding encoding,
                         std::string_view errors, bool final, int64_t* consumed) GILA_ATTACHED;

// codecs.register_error and codecs.lookup_error: handlers beyond the built-in ones. The look-up
// gives unbound, nothing raised, for a name that is not registered.
Status RegisterErrorHandler(Thread& thread, Str* name, Value handler) GILA_ATTACHED;
Result<Value> LookupErrorHandler(Thread& thread, std::string_view name) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_CODECS_H_

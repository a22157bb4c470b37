// decoders.h: the loops behind codecs.cc, one per family of encodings. Each appends to
// decoder.out; *consumed is set to the bytes that were taken (fewer than all only when `final` is
// false and the last character is incomplete).
#ifndef GILA_RUNTIME_TEXT_DECODERS_H_
#define GILA_RUNTIME_TEXT_DECODERS_H_

#include "runtime/text/codec_errors.h"

namespace gila {

Status DecodeUtf8Slow(Decoder& decoder, bool final, int64_t* consumed) GILA_ATTACHED;
// From byte `start` on.
Status DecodeUtf16(Decoder& decoder, int64_t start, bool big_endian, bool final,
                   int64_t* consumed) GILA_ATTACHED;
Status DecodeUtf32(Decoder& decoder, int64_t start, bool big_endian, bool final,
                   int64_t* consumed) GILA_ATTACHED;
Status DecodeAscii(Decoder& decoder) GILA_ATTACHED;
// `units` has the code points of all bytes; 0xFFFE: undefined.
Status DecodeCharmap(Decoder& decoder, const uint16_t* units) GILA_ATTACHED;
Status DecodeUnicodeEscape(Decoder& decoder) GILA_ATTACHED;
Status DecodeRawUnicodeEscape(Decoder& decoder) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_DECODERS_H_

// utf7.h: UTF-7 (RFC 2152): ASCII, and between '+' and '-' UTF-16 in base64.
#ifndef GILA_RUNTIME_TEXT_UTF7_H_
#define GILA_RUNTIME_TEXT_UTF7_H_

#include <string>

#include "runtime/text/codec_errors.h"

namespace gila {

std::string EncodeUtf7(const Str* s);
// As the loops of decoders.h.
Status DecodeUtf7(Decoder& decoder, bool final, int64_t* consumed) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TEXT_UTF7_H_

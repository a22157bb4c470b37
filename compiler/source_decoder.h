// source_decoder.h: how a source in an encoding that the compiler does not know becomes text. The
// compiler knows no codecs; the library, which does, sets the function once, before a program runs.
#ifndef GILA_COMPILER_SOURCE_DECODER_H_
#define GILA_COMPILER_SOURCE_DECODER_H_

#include <string>
#include <string_view>

namespace gila::compiler {

// Gives the text in UTF-8, or false and what is wrong. Called by the thread that compiles.
using SourceDecoder = bool (*)(std::string_view bytes, const std::string& encoding,
                               std::string* result);
extern SourceDecoder decode_other_source;  // null: there are no other encodings

}  // namespace gila::compiler

#endif  // GILA_COMPILER_SOURCE_DECODER_H_

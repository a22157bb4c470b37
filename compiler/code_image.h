// Code as a string of bytes and back: what the library's modules look like in the binary, and what
// marshal writes for a code object.
//
//   8 bytes   the format's version and a digest of the opcode table
//   8 bytes   checksum of the rest
//   strings   each once, with its length; everything else names them by number
//   code      the module's; code among the constants stands in its place
//
// Numbers are little-endian base 128, signed ones zigzag. Of an instruction word only the bytes
// that are not zero are kept, behind a byte that says which.
#ifndef GILA_COMPILER_CODE_IMAGE_H_
#define GILA_COMPILER_CODE_IMAGE_H_

#include <memory>
#include <string>
#include <string_view>

#include "bytecode/code_data.h"

namespace gila::compiler {

std::string WriteCodeImage(const CodeData& code);

// Null when the image is of another version, damaged or cut short. An image from outside may still
// hold nonsense: VerifyCode (verifier.h) knows.
std::shared_ptr<CodeData> ReadCodeImage(std::string_view image);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_CODE_IMAGE_H_

// native_signature.h: the parsed form of a text signature (native.h), as the binder uses it.
#ifndef GILA_RUNTIME_NATIVE_SIGNATURE_H_
#define GILA_RUNTIME_NATIVE_SIGNATURE_H_

#include <string>
#include <string_view>
#include <vector>

#include "runtime/native.h"
#include "runtime/type.h"

namespace gila {

enum class NativeBinding : uint8_t { kPlain, kClassMethod, kStaticMethod };

struct NativeSignature {
  NativeBinding binding = NativeBinding::kPlain;
  uint16_t positional = 0;       // positional parameters, self included
  uint16_t positional_only = 0;  // those before the '/', self included
  uint16_t required = 0;         // leading positional parameters without a default
  uint16_t keyword_only = 0;
  uint16_t required_keyword_only = 0;  // the first of them
  bool rest = false;                   // *args
  bool keywords = false;               // **kwargs
  // "@parsed(...)": the words for a wrong number of arguments are those of a function that takes
  // its tuple apart itself, "find() takes at least 1 argument (0 given)".
  bool parsed = false;
  // "@unnamed(...)": the same, and they say "function" instead of its name.
  bool unnamed = false;
  // Interned names of the parameters a keyword can reach: positional ones from positional_only on,
  // then the keyword-only ones. Interned strings are immortal.
  std::vector<Value> names;

  // Words in the array that a native gets before the surplus arguments.
  uint16_t parameters() const {
    return static_cast<uint16_t>(positional + keyword_only + (keywords ? 1 : 0));
  }
  bool TakesKeywords() const { return !names.empty() || keywords; }
};

// The signature of the text; the same object for the same text pointer.
const NativeSignature* ParseNativeSignature(Thread& thread, const char* text) GILA_ATTACHED;

// __text_signature__: the text with "$self" for a receiver that is passed by itself.
std::string TextSignature(std::string_view text, bool has_self);

// What stands before the name of a method: the class that it is bound to, else its owner.
std::string NativeOwnerName(const NativeFunction* function);
// What the errors call a native: "len", "list.append", "int" for int.__new__.
std::string NativeDisplayName(const NativeFunction* function, bool qualified);

}  // namespace gila

#endif  // GILA_RUNTIME_NATIVE_SIGNATURE_H_

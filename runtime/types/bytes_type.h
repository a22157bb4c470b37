// bytes_type.h: what the constructors and comparisons of bytes, bytearray and memoryview share.
#ifndef GILA_RUNTIME_TYPES_BYTES_TYPE_H_
#define GILA_RUNTIME_TYPES_BYTES_TYPE_H_

#include <string>
#include <string_view>

#include "runtime/protocols.h"
#include "runtime/types/bytes.h"

namespace gila {

// What bytes(source, encoding, errors) means; `type` is the name for errors.
Result<std::string> BytesFromArguments(Thread& thread, Value source, Value encoding, Value errors,
                                       const char* type) GILA_ATTACHED;
Result<std::string> BytesFromHex(Thread& thread, Value text) GILA_ATTACHED;
// bytes.hex(sep, bytes_per_sep); both may be unbound.
Result<Value> HexOfBytes(Thread& thread, std::string_view bytes, Value separator,
                         Value group) GILA_ATTACHED;

// Two digits for each byte, to `out`.
inline void WriteHex(std::string_view bytes, uint8_t* out) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (const char c : bytes) {
    const auto byte = static_cast<uint8_t>(c);
    *out++ = static_cast<uint8_t>(kDigits[byte >> 4]);
    *out++ = static_cast<uint8_t>(kDigits[byte & 15]);
  }
}

// a + b, and format % args.
Result<Value> BytesConcat(Thread& thread, std::string_view a, std::string_view b) GILA_ATTACHED;
Result<Value> BytesFormat(Thread& thread, Value format, Value args) GILA_ATTACHED;

// Is there so much memory? A std::string that cannot grow would abort; this asks first.
bool MemoryForBytes(int64_t size);

inline bool CompareByteOrder(CompareOp op, std::string_view a, std::string_view b) {
  if (op == CompareOp::kEq) return a == b;
  if (op == CompareOp::kNe) return a != b;
  const int order = a.compare(b);  // as unsigned bytes
  switch (op) {
    case CompareOp::kLt:
      return order < 0;
    case CompareOp::kLe:
      return order <= 0;
    case CompareOp::kGt:
      return order > 0;
    default:
      return order >= 0;
  }
}

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_BYTES_TYPE_H_

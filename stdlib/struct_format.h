// struct_format.h: a format of the module struct, compiled: fields at known offsets.
#ifndef GILA_STDLIB_STRUCT_FORMAT_H_
#define GILA_STDLIB_STRUCT_FORMAT_H_

#include <span>
#include <string_view>

#include "runtime/heap/heap.h"
#include "runtime/native.h"

namespace gila {

// `count` items of one code, one after another; for 's' and 'p' one item of `size` bytes.
struct StructField {
  int64_t offset, count;
  int64_t size;  // bytes of an item
  char code;
};

// Lies in a Blob: never changes after it was made, so threads share it freely.
struct StructLayout {
  int64_t size;   // bytes
  int64_t items;  // values
  int64_t field_count;
  bool big_endian;
  bool native;  // sizes, alignment and the overflow of floats as the machine's
  StructField fields[];

  std::span<const StructField> all() const { return {fields, static_cast<size_t>(field_count)}; }
};

extern Type* struct_error;

Result<Blob*> CompileStructFormat(Thread& thread, std::string_view format) GILA_ATTACHED;
inline const StructLayout* LayoutOf(const Blob* blob) {
  return reinterpret_cast<const StructLayout*>(blob->bytes);
}
// The values at `data`, which has layout.size bytes.
Result<Value> UnpackStruct(Thread& thread, const StructLayout& layout,
                           const uint8_t* data) GILA_ATTACHED;
// Writes the values; `data` has layout.size zero bytes and there are layout.items values.
Status PackStruct(Thread& thread, const StructLayout& layout, std::span<const Value> values,
                  uint8_t* data) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_STDLIB_STRUCT_FORMAT_H_

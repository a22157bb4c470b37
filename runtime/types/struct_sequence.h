// struct_sequence.h: tuples with named fields, as native modules give them (time.struct_time,
// os.stat_result). The first fields are the items of the tuple; those behind them can be read by
// name only.
#ifndef GILA_RUNTIME_TYPES_STRUCT_SEQUENCE_H_
#define GILA_RUNTIME_TYPES_STRUCT_SEQUENCE_H_

#include <span>

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"
#include "runtime/type.h"

namespace gila {

inline constexpr int kMaxStructFields = 32;
// An item without a name. What it holds stands in, where an instance is made of a plain sequence,
// for the fields behind the items: the first item for the first field, and so on.
inline constexpr const char* kUnnamedField = "";

struct StructSequenceSpec {
  const char* name;  // qualified: "time.struct_time"
  const char* doc;
  const char* const* fields;  // at most kMaxStructFields, then null
  int visible;                // how many of them are items
  bool instantiable = true;   // false: "cannot create 'sys.flags' instances"
};

// Makes the type. The spec stays in use.
Result<Type*> NewStructSequenceType(Thread& thread, const StructSequenceSpec& spec) GILA_ATTACHED;
// A type that is made when somebody first asks, and the same one for all threads from then on.
class LazyStructSequenceType {
 public:
  explicit constexpr LazyStructSequenceType(const StructSequenceSpec& spec) : spec_(spec) {}
  Result<Type*> Get(Thread& thread) GILA_ATTACHED;

 private:
  const StructSequenceSpec& spec_;
  Atomic<Object*> type_{nullptr};
};
// An instance; fields that `values` does not reach are None.
Result<Value> NewStructSequence(Thread& thread, Type* type,
                                std::span<const Value> values) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_STRUCT_SEQUENCE_H_

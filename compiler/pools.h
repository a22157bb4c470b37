// The constants and the names of one code block while it is being compiled.
//
// Equal entries are one entry; 1, 1.0 and True are not equal here, nor are 0.0 and -0.0. Most
// operands that index a pool have 16 bits, some 32: the pools remember which entries a 16-bit
// operand ("narrow") uses and put those first when the final order is made.
#ifndef GILA_COMPILER_POOLS_H_
#define GILA_COMPILER_POOLS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "bytecode/code_data.h"

namespace gila::compiler {

// Marks entries as narrow and computes the final order.
class NarrowFirst {
 public:
  // As many entries as a 16-bit operand can name.
  static constexpr int32_t kNarrowLimit = 65536;

  void Grow() { narrow_.push_back(false); }
  // False when there is no room for one more narrow entry below `limit`.
  bool MarkNarrow(int32_t index, int32_t limit = kNarrowLimit);
  // position[i] is the final index of entry i. The first `pinned` entries keep their places.
  std::vector<int32_t> Order(int32_t pinned) const;

 private:
  std::vector<bool> narrow_;
  int32_t narrow_count_ = 0;
};

class ConstantPool {
 public:
  int32_t Add(ConstData constant);
  // Fails (and says false) when the 16-bit operands are used up.
  bool MarkNarrow(int32_t index, int32_t limit) { return order_.MarkNarrow(index, limit); }
  int32_t size() const { return static_cast<int32_t>(entries_.size()); }
  const ConstData& operator[](int32_t index) const { return entries_[static_cast<size_t>(index)]; }
  // Moves the entries out in their final order and returns the positions. With `pin_first`, entry 0
  // stays.
  std::vector<int32_t> Finish(bool pin_first, std::vector<ConstData>* out);

 private:
  std::vector<ConstData> entries_;
  absl::flat_hash_map<std::string, int32_t> index_;
  NarrowFirst order_;
};

class NamePool {
 public:
  int32_t Add(std::string_view name);
  bool MarkNarrow(int32_t index) { return order_.MarkNarrow(index); }
  std::vector<int32_t> Finish(std::vector<std::string>* out);

 private:
  std::vector<std::string> entries_;
  absl::flat_hash_map<std::string, int32_t> index_;
  NarrowFirst order_;
};

ConstData NoneConstant();
ConstData BoolConstant(bool value);
ConstData IntConstant(int64_t value);
ConstData StrConstant(std::string_view text);
ConstData TupleConstant(std::vector<ConstData> items);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_POOLS_H_

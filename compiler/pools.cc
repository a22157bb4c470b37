// How constants are told apart, and the order in which pools end up.
#include "compiler/pools.h"

#include <utility>

namespace gila::compiler {

namespace {

// Tuples longer than this are stored as they come: comparing them costs more than it saves.
constexpr size_t kLongestSharedTuple = 256;

void AppendRaw(const void* data, size_t size, std::string* key) {
  key->append(static_cast<const char*>(data), size);
}

// Appends an encoding of `constant` that equals another's exactly when the constants are
// interchangeable. False for what is never shared.
bool AppendKey(const ConstData& constant, std::string* key) {
  key->push_back(static_cast<char>(constant.kind));
  switch (constant.kind) {
    case ConstData::Kind::kInt:
      AppendRaw(&constant.integer, sizeof(constant.integer), key);
      return true;
    case ConstData::Kind::kFloat:
      AppendRaw(&constant.real, sizeof(constant.real), key);
      return true;
    case ConstData::Kind::kComplex:
      AppendRaw(&constant.real, sizeof(constant.real), key);
      AppendRaw(&constant.imag, sizeof(constant.imag), key);
      return true;
    case ConstData::Kind::kBigInt:
    case ConstData::Kind::kStr:
    case ConstData::Kind::kBytes: {
      const uint64_t size = constant.text.size();
      AppendRaw(&size, sizeof(size), key);
      key->append(constant.text);
      return true;
    }
    case ConstData::Kind::kTuple:
    case ConstData::Kind::kFrozenSet: {
      if (constant.items.size() > kLongestSharedTuple) return false;
      const uint64_t size = constant.items.size();
      AppendRaw(&size, sizeof(size), key);
      for (const ConstData& item : constant.items) {
        if (!AppendKey(item, key)) return false;
      }
      return true;
    }
    case ConstData::Kind::kCode:
      return false;
    default:
      return true;
  }
}

}  // namespace

bool NarrowFirst::MarkNarrow(int32_t index, int32_t limit) {
  if (narrow_[static_cast<size_t>(index)]) return true;
  // Entry 0 may be pinned in front of the narrow ones.
  if (narrow_count_ + 1 >= limit) return false;
  narrow_[static_cast<size_t>(index)] = true;
  ++narrow_count_;
  return true;
}

std::vector<int32_t> NarrowFirst::Order(int32_t pinned) const {
  std::vector<int32_t> position(narrow_.size());
  int32_t next = 0;
  for (; next < pinned; ++next) position[static_cast<size_t>(next)] = next;
  for (const bool wanted : {true, false}) {
    for (size_t i = static_cast<size_t>(pinned); i < narrow_.size(); ++i) {
      if (narrow_[i] == wanted) position[i] = next++;
    }
  }
  return position;
}

int32_t ConstantPool::Add(ConstData constant) {
  std::string key;
  const int32_t next = size();
  if (AppendKey(constant, &key)) {
    auto [entry, inserted] = index_.try_emplace(std::move(key), next);
    if (!inserted) return entry->second;
  }
  entries_.push_back(std::move(constant));
  order_.Grow();
  return next;
}

std::vector<int32_t> ConstantPool::Finish(bool pin_first, std::vector<ConstData>* out) {
  std::vector<int32_t> position = order_.Order(pin_first ? 1 : 0);
  out->resize(entries_.size());
  for (size_t i = 0; i < entries_.size(); ++i) {
    (*out)[static_cast<size_t>(position[i])] = std::move(entries_[i]);
  }
  entries_.clear();
  return position;
}

int32_t NamePool::Add(std::string_view name) {
  const int32_t next = static_cast<int32_t>(entries_.size());
  auto [entry, inserted] = index_.try_emplace(std::string(name), next);
  if (!inserted) return entry->second;
  entries_.emplace_back(name);
  order_.Grow();
  return next;
}

std::vector<int32_t> NamePool::Finish(std::vector<std::string>* out) {
  std::vector<int32_t> position = order_.Order(0);
  out->resize(entries_.size());
  for (size_t i = 0; i < entries_.size(); ++i) {
    (*out)[static_cast<size_t>(position[i])] = std::move(entries_[i]);
  }
  entries_.clear();
  return position;
}

ConstData NoneConstant() { return {}; }

ConstData BoolConstant(bool value) {
  ConstData constant;
  constant.kind = value ? ConstData::Kind::kTrue : ConstData::Kind::kFalse;
  return constant;
}

ConstData IntConstant(int64_t value) {
  ConstData constant;
  constant.kind = ConstData::Kind::kInt;
  constant.integer = value;
  return constant;
}

ConstData StrConstant(std::string_view text) {
  ConstData constant;
  constant.kind = ConstData::Kind::kStr;
  constant.text = text;
  return constant;
}

ConstData TupleConstant(std::vector<ConstData> items) {
  ConstData constant;
  constant.kind = ConstData::Kind::kTuple;
  constant.items = std::move(items);
  return constant;
}

}  // namespace gila::compiler

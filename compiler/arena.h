// A bump allocator for everything that lives as long as one compilation: syntax tree, names,
// literals.
//
// Nothing in it is ever destroyed one by one, so only trivially destructible types may go in; the
// whole arena is freed at once. Not thread safe: one compilation, one thread, one arena.
#ifndef GILA_COMPILER_ARENA_H_
#define GILA_COMPILER_ARENA_H_

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"

namespace gila::compiler {

// A view of a fixed array that lives in an arena. Copying it copies the view.
template <typename T>
class Seq {
 public:
  constexpr Seq() = default;
  constexpr Seq(T* data, size_t size) : data_(data), size_(size) {}

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() const { return data_; }
  T* begin() const { return data_; }
  T* end() const { return data_ + size_; }
  T& operator[](size_t index) const { return data_[index]; }
  T& front() const { return data_[0]; }
  T& back() const { return data_[size_ - 1]; }

 private:
  T* data_ = nullptr;
  size_t size_ = 0;
};

class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // `size` bytes, aligned for any scalar.
  void* Allocate(size_t size) {
    size = (size + kAlignment - 1) & ~(kAlignment - 1);
    if (size > static_cast<size_t>(limit_ - next_)) return AllocateSlow(size);
    char* result = next_;
    next_ += size;
    return result;
  }

  template <typename T, typename... Args>
  T* New(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    static_assert(alignof(T) <= kAlignment);
    return new (Allocate(sizeof(T))) T{std::forward<Args>(args)...};
  }

  // A copy of `count` items starting at `items`.
  template <typename T>
  Seq<T> Copy(const T* items, size_t count) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= kAlignment);
    if (count == 0) return {};
    T* data = static_cast<T*>(Allocate(count * sizeof(T)));
    std::memcpy(static_cast<void*>(data), items, count * sizeof(T));
    return {data, count};
  }

  template <typename T>
  Seq<T> Copy(const std::vector<T>& items) {
    return Copy(items.data(), items.size());
  }

  // A copy of `text`; never a null pointer, also for an empty text.
  std::string_view Copy(std::string_view text) {
    char* data = static_cast<char*>(Allocate(text.size() + 1));
    if (!text.empty()) std::memcpy(data, text.data(), text.size());
    data[text.size()] = '\0';
    return {data, text.size()};
  }

  // The one copy of `name` in this arena: equal names have equal data() pointers.
  std::string_view Intern(std::string_view name) {
    auto found = names_.find(name);
    if (found != names_.end()) return *found;
    std::string_view copy = Copy(name);
    names_.insert(copy);
    return copy;
  }

  // Bytes asked from the system so far.
  size_t allocated_bytes() const { return allocated_bytes_; }

 private:
  static constexpr size_t kAlignment = 8;
  static constexpr size_t kFirstBlock = size_t{16} << 10;
  static constexpr size_t kLargestBlock = size_t{1} << 20;

  void* AllocateSlow(size_t size) {
    const size_t block = size > block_size_ / 4 ? size : block_size_;
    blocks_.emplace_back(new char[block]);
    allocated_bytes_ += block;
    char* data = blocks_.back().get();
    // An outsized request gets a block of its own; the current block goes on being filled.
    if (block == size) return data;
    if (block_size_ < kLargestBlock) block_size_ *= 2;
    next_ = data + size;
    limit_ = data + block;
    return data;
  }

  struct NameHash {
    size_t operator()(std::string_view name) const {
      return absl::HashOf(absl::string_view(name.data(), name.size()));
    }
  };

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  char* limit_ = nullptr;
  size_t block_size_ = kFirstBlock;
  size_t allocated_bytes_ = 0;
  absl::flat_hash_set<std::string_view, NameHash, std::equal_to<std::string_view>> names_;
};

}  // namespace gila::compiler

#endif  // GILA_COMPILER_ARENA_H_

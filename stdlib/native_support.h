// native_support.h: what several native modules need: exception classes of their own, and raising
// them with a text.
#ifndef GILA_STDLIB_NATIVE_SUPPORT_H_
#define GILA_STDLIB_NATIVE_SUPPORT_H_

#include <atomic>
#include <cstdlib>
#include <string>
#include <string_view>

#include "runtime/native.h"
#include "runtime/threads/attach.h"
#include "runtime/types/bytes.h"

namespace gila {

// Makes class `module.name(base)`, a subclass of `base`, and stores it in the module. It stays
// alive with the module's namespace and, since C++ code names it, with the program.
Result<Type*> AddExceptionClass(Thread& thread, Module* module, std::string_view module_name,
                                std::string_view name, Type* base) GILA_ATTACHED;
// Raises `type(text)`.
Failed RaiseOfType(Thread& thread, Type* type, std::string_view utf8_text) GILA_ATTACHED;
Failed RaiseOfTypeFormat(Thread& thread, Type* type, const char* format, ...) GILA_ATTACHED
    __attribute__((format(printf, 3, 4)));

// The bytes of an argument for as long as this lives, also while detached: bytes never move, the
// memory of others is pinned. TypeError "a bytes-like object is required, not 'x'".
class PinnedSource {
 public:
  PinnedSource() = default;
  PinnedSource(const PinnedSource&) = delete;
  ~PinnedSource() {
    if (pinned_.IsPointer()) PinBuffer(pinned_, -1);
  }
  Status Read(Thread& thread, Value v) GILA_ATTACHED;
  std::string_view view() const { return view_; }
  const uint8_t* data() const { return reinterpret_cast<const uint8_t*>(view_.data()); }
  size_t size() const { return view_.size(); }

 private:
  std::string_view view_;
  std::string copy_;
  Value pinned_ = kUnbound;
};

// compare_digest(a, b, /) of hmac and _operator.
Result<Value> CompareDigest(Thread& thread, Args args) GILA_ATTACHED;

// Native state that is worked on while detached belongs to one thread at a time in either build:
// the others wait, detached. No code of the program may run inside. The word starts as zero and
// lies in the object.
class ScopedGate {
 public:
  ScopedGate(Thread& thread, Atomic<uint32_t>& word) : word_(word) {
    CountLock();
    uint32_t free = 0;
    if (!word.CompareExchange(free, kHeld)) Wait(thread);
  }
  ~ScopedGate() {
    if (word_.Exchange(0) == kHeldAndWanted) word_.NotifyOne();
  }
  ScopedGate(const ScopedGate&) = delete;

 private:
  static constexpr uint32_t kHeld = 1, kHeldAndWanted = 2;
  void Wait(Thread& thread);
  Atomic<uint32_t>& word_;
};

// One call at a time, and a second one is an error: for objects whose calls run code of the
// program. The word starts as zero and lies in the object.
class SoleUse {
 public:
  SoleUse(Thread& thread, Atomic<uint32_t>& word, const char* complaint) GILA_ATTACHED
      : word_(word) {
    uint32_t free = 0;
    has_it_ = word.CompareExchange(free, 1);
    if (!has_it_) (void)thread.Raise(TypeId::kRuntimeError, complaint);
  }
  ~SoleUse() {
    if (has_it_) word_.Store(0);
  }
  SoleUse(const SoleUse&) = delete;
  Status status() const { return has_it_ ? kOk : Status(kFailed); }

 private:
  Atomic<uint32_t>& word_;
  bool has_it_;
};

// A C library calls back, on a thread that is detached or that Gila did not start: attached while
// this lives. thread() is null when there is no memory for the record of a new one.
class AttachedForCallback {
 public:
  AttachedForCallback();
  ~AttachedForCallback();
  AttachedForCallback(const AttachedForCallback&) = delete;
  Thread* thread() { return thread_; }

 private:
  Thread* thread_;
  bool is_foreign_;
};

// Detaches for work on so many bytes, when that is much.
template <class Work>
auto Detached(Thread& thread, size_t bytes, Work work) {
  constexpr size_t kMuch = 2048;
  if (bytes < kMuch) return work();
  AllowThreads detached(thread, Blocked::kOther);
  return work();
}

// Bytes that grow, in malloc'ed memory: running out of it is an answer, not the end.
class GrowingBytes {
 public:
  GrowingBytes() = default;
  GrowingBytes(const GrowingBytes&) = delete;
  ~GrowingBytes() { std::free(data_); }
  // Makes room behind what is used: at least one byte, at most so that `limit` bytes (negative:
  // any) are there in all. False when memory has run out or the limit is reached.
  bool Room(int64_t limit, size_t first = 16384) {
    if (used_ < capacity_) return true;
    size_t wanted = capacity_ == 0 ? first : capacity_ * 2;
    if (limit >= 0 && wanted > static_cast<size_t>(limit)) wanted = static_cast<size_t>(limit);
    if (wanted <= capacity_) return false;
    void* const larger = std::realloc(data_, wanted);
    if (larger == nullptr) {
      failed_ = true;
      return false;
    }
    data_ = static_cast<uint8_t*>(larger);
    capacity_ = wanted;
    return true;
  }
  uint8_t* end() { return data_ + used_; }
  size_t room() const { return capacity_ - used_; }
  void Used(size_t more) { used_ += more; }
  size_t size() const { return used_; }
  bool failed() const { return failed_; }
  std::string_view view() const { return {reinterpret_cast<const char*>(data_), used_}; }

 private:
  uint8_t* data_ = nullptr;
  size_t used_ = 0, capacity_ = 0;
  bool failed_ = false;
};

}  // namespace gila

#endif  // GILA_STDLIB_NATIVE_SUPPORT_H_

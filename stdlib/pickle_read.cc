// pickle_read.cc: where the bytes of a pickle come from. A file is asked for no byte that the
// pickle does not have: another one may follow. What it lets us peek at is read ahead, though, and
// what a frame announces is read at once.
#include <cstring>

#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "stdlib/native_support.h"
#include "stdlib/pickle_internal.h"

namespace gila::pickling {

namespace {
constexpr int64_t kPeek = 128 * 1024;
Failed RaiseTruncated(Thread& thread) {
  return RaiseOfType(thread, unpickling_error, "pickle data was truncated");
}
}  // namespace

Status Source::Take(Value bytes) {
  if (!IsBytes(bytes))
    return thread_.RaiseValueError("read() returned non-bytes object (%s)",
                                   std::string(TypeNameOf(bytes)).c_str());
  held_ = bytes;
  data_ = bytes.As<gila::Bytes>()->view().data();
  size_ = bytes.As<gila::Bytes>()->view().size();
  at_ = 0;
  return kOk;
}

// What was looked at and used is read now, and thrown away.
Status Source::SkipPeeked() {
  if (!peeked_ || at_ == 0) {
    peeked_ = false;
    return kOk;
  }
  peeked_ = false;
  GILA_TRY(const Value count, NewInt(thread_, static_cast<int64_t>(at_)));
  return Status(Call(thread_, file_->read.Load(), {count}).ok() ? kOk : Status(kFailed));
}

Status Source::Finish() { return file_ == nullptr ? kOk : SkipPeeked(); }

// At least `count` bytes, or fewer at the end.
Status Source::Refill(uint64_t count) {
  std::string left;
  if (!peeked_ && at_ < size_) left.assign(data_ + at_, size_ - at_);
  GILA_TRY_VOID(SkipPeeked());
  if (left.empty() && !file_->peek.Load().IsUnbound()) {
    const Result<Value> ahead = Call(thread_, file_->peek.Load(), {Value::SmallInt(kPeek)});
    if (ahead.ok()) {
      if (IsBytes(ahead.value()) && ahead.value().As<gila::Bytes>()->view().size() >= count) {
        peeked_ = true;
        return Take(ahead.value());
      }
    } else if (thread_.ExceptionMatches(TypeId::kNotImplementedError)) {
      thread_.ClearException();
    } else {
      return kFailed;
    }
  }
  // In steps: a length that is a lie costs no memory.
  constexpr uint64_t kStep = 1 << 20;
  std::string all = std::move(left);
  do {
    const uint64_t missing = std::min<uint64_t>(count - all.size(), kStep);
    GILA_TRY(const Value data,
             Call(thread_, file_->read.Load(), {Value::SmallInt(static_cast<int64_t>(missing))}));
    GILA_TRY_VOID(Take(data));
    if (all.empty() && size_ >= count) return kOk;
    if (size_ == 0) break;
    all.append(data_, size_);
  } while (all.size() < count);
  GILA_TRY(const Value joined, NewBytes(thread_, all));
  return Take(joined);
}

Result<std::string_view> Source::Read(uint64_t count) {
  if (GILA_UNLIKELY(count > size_ - at_)) {
    if (file_ == nullptr) return RaiseTruncated(thread_);
    if (frame_left_ != 0 && frame_left_ != ~uint64_t{0} && at_ < size_ && !peeked_)
      return RaiseOfType(thread_, unpickling_error, "pickle exhausted before end of frame");
    GILA_TRY_VOID(Refill(count));
    frame_left_ = 0;
    if (count > size_) return RaiseTruncated(thread_);
  }
  const std::string_view bytes(data_ + at_, count);
  at_ += count;
  return bytes;
}

Status Source::ReadInto(uint8_t* out, uint64_t count) {
  const uint64_t here = std::min<uint64_t>(count, size_ - at_);
  if (here == count || file_ == nullptr) {
    GILA_TRY(const std::string_view bytes, Read(count));
    std::memcpy(out, bytes.data(), bytes.size());
    return kOk;
  }
  GILA_TRY(const std::string_view bytes, Read(count));
  std::memcpy(out, bytes.data(), bytes.size());
  return kOk;
}

Result<std::string_view> Source::ReadLine() {
  while (true) {
    const void* const newline = at_ < size_ ? std::memchr(data_ + at_, '\n', size_ - at_) : nullptr;
    if (newline != nullptr) {
      const char* const end = static_cast<const char*>(newline);
      const std::string_view line(data_ + at_, static_cast<size_t>(end - data_) - at_);
      at_ = static_cast<size_t>(end - data_) + 1;
      return line;
    }
    if (file_ == nullptr) return RaiseTruncated(thread_);
    std::string left;
    if (!peeked_) left.assign(data_ + at_, size_ - at_);
    GILA_TRY_VOID(SkipPeeked());
    GILA_TRY(const Value line, Call(thread_, file_->readline.Load(), {}));
    GILA_TRY_VOID(Take(line));
    if (size_ == 0 || data_[size_ - 1] != '\n') return RaiseTruncated(thread_);
    if (left.empty()) continue;
    left.append(data_, size_);
    GILA_TRY(const Value joined, NewBytes(thread_, left));
    GILA_TRY_VOID(Take(joined));
  }
}

Status Source::BeginFrame(uint64_t size) {
  if (size > INT64_MAX)
    return thread_.Raise(TypeId::kOverflowError,
                         "FRAME length exceeds system's maximum of 9223372036854775807 bytes");
  if (size <= size_ - at_) return kOk;
  if (file_ == nullptr) return RaiseTruncated(thread_);
  GILA_TRY_VOID(Refill(size));
  if (size > size_) return RaiseTruncated(thread_);
  return kOk;
}

}  // namespace gila::pickling

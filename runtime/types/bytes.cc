// bytes.cc: making byte strings, and the buffers of bytes-like objects as native code sees them.
// The methods are in bytes_methods.cc, the types in bytes_type.cc and bytearray_type.cc.
#include "runtime/types/bytes.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/bytes_type.h"
#include "runtime/types/int.h"
#include "runtime/types/memoryview.h"

namespace gila {

Value byte_values[256];
Bytes* empty_bytes;

namespace {

void TraceBytes(Object* object, Marker& marker) {
  marker.Visit(static_cast<Bytes*>(object)->store);
}

Result<Bytes*> AllocateBytes(Thread& thread, int64_t size) {
  if (GILA_UNLIKELY(static_cast<uint64_t>(size) >= heap::kMaxObject))
    return thread.RaiseMemoryError();
  GILA_TRY(Bytes* const bytes,
           Allocate<Bytes>(thread, TypeId::kBytes, sizeof(Bytes) + static_cast<size_t>(size)));
  bytes->size = size;
  bytes->data = bytes->inline_data;
  return bytes;
}

}  // namespace

extern const KindInfo kBytesKindInfo;
const KindInfo kBytesKindInfo = {"bytes", TraceBytes, nullptr};

void InitBytes(Thread& thread) {
  SetKindInfo(kKindBytes, kBytesKindInfo);
  static Object* empty_root;
  empty_bytes = AllocateBytes(thread, 0).value();
  empty_root = empty_bytes;
  heap::AddRoot(&empty_root);
  for (int c = 0; c < 256; ++c) {
    heap::AddRoot(&byte_values[c]);
    Bytes* const bytes = AllocateBytes(thread, 1).value();
    bytes->data[0] = static_cast<uint8_t>(c);
    byte_values[c] = bytes;
  }
}

Result<Bytes*> NewBytesUninitialized(Thread& thread, int64_t size) {
  return AllocateBytes(thread, size);
}

Result<Value> NewBytes(Thread& thread, std::string_view bytes) {
  if (bytes.size() <= 1) {
    if (bytes.empty()) return Value(empty_bytes);
    return byte_values[static_cast<uint8_t>(bytes[0])];
  }
  GILA_TRY(Bytes* const result, AllocateBytes(thread, static_cast<int64_t>(bytes.size())));
  std::memcpy(result->data, bytes.data(), bytes.size());
  return Value(result);
}

// --- buffers ---

namespace {

struct BufferKind {
  BufferFn buffer;
  PinFn pin;
};
BufferKind buffer_kinds[256];

// The part of the store that is in use, whatever a writer in another thread is about.
BufferInfo ByteArrayBuffer(const ByteArray* array) {
  Blob* const store = array->store.Load();
  const int64_t start = std::min(array->start.Load(), store->size);
  const int64_t size = std::min(array->size.Load(), store->size - start);
  BufferInfo info;
  info.data = store->bytes + start;
  info.size = size;
  info.read_only = false;
  return info;
}

}  // namespace

void RegisterBufferKind(uint8_t kind, BufferFn buffer, PinFn pin) {
  buffer_kinds[kind] = {buffer, pin};
}

bool GetBuffer(Value v, BufferInfo* out) {
  if (!v.IsPointer()) return false;
  switch (v.AsObject()->kind) {
    case kKindBytes:
      *out = BufferInfo{};
      out->data = v.As<Bytes>()->data;
      out->size = v.As<Bytes>()->size;
      return true;
    case kKindByteArray:
      *out = ByteArrayBuffer(v.As<ByteArray>());
      return true;
    case kKindMemoryView:
      return MemoryViewBuffer(v.As<MemoryView>(), out);
    default: {
      const BufferKind& kind = buffer_kinds[v.AsObject()->kind];
      if (kind.buffer == nullptr) return false;
      *out = kind.buffer(v.AsObject());
      return true;
    }
  }
}

bool IsBytesLike(Value v) {
  if (!v.IsPointer()) return false;
  const uint8_t kind = v.AsObject()->kind;
  return kind == kKindBytes || kind == kKindByteArray || kind == kKindMemoryView ||
         buffer_kinds[kind].buffer != nullptr;
}

namespace {

void ChangePins(Value v, int64_t delta) {
  switch (v.AsObject()->kind) {
    case kKindByteArray:
      v.As<ByteArray>()->exports.FetchAdd(delta);
      return;
    case kKindMemoryView:
      v.As<MemoryView>()->exports.FetchAdd(delta);
      return;
    default:
      if (buffer_kinds[v.AsObject()->kind].pin != nullptr)
        buffer_kinds[v.AsObject()->kind].pin(v.AsObject(), delta);
  }
}

}  // namespace

void PinBuffer(Value v, int64_t delta) {
  if (IsBytes(v)) return;
  // A writer that found no pin under the lock has finished before the first one counts. Letting go
  // disturbs nobody, and a collection does it too.
  if (delta < 0) return ChangePins(v, delta);
  const ByteLockGuard guard(v.AsObject()->lock);
  ChangePins(v, delta);
}

Failed RaiseNotBytesLike(Thread& thread, Value v) {
  const std::string_view name = TypeNameOf(v);
  return thread.RaiseTypeError("a bytes-like object is required, not '%.*s'",
                               static_cast<int>(name.size()), name.data());
}

Result<std::string> CopyBuffer(Thread& thread, Value v) {
  if (IsKind(v, kKindMemoryView)) return MemoryViewToBytes(thread, v.As<MemoryView>());
  if (!IsBytesLike(v)) return RaiseNotBytesLike(thread, v);
  BufferInfo info;
  const ByteLockGuard guard(v.AsObject()->lock);
  GetBuffer(v, &info);
  return std::string(reinterpret_cast<char*>(info.data), static_cast<size_t>(info.size));
}

Status ByteSource::Read(Thread& thread, Value v) {
  BufferInfo info;
  const bool mutable_elsewhere = kGilDisabled && !IsBytes(v);
  if (mutable_elsewhere || !GetBuffer(v, &info)) {
    if (!IsBytesLike(v)) return RaiseNotBytesLike(thread, v);
    GILA_TRY(copy_, CopyBuffer(thread, v));
    view_ = copy_;
    return kOk;
  }
  view_ = {reinterpret_cast<char*>(info.data), static_cast<size_t>(info.size)};
  return kOk;
}

Status ByteSource::ReadOrByte(Thread& thread, Value v) {
  if (IsBytesLike(v)) return Read(thread, v);
  if (!IsInt(v) && LookupSpecial(thread, TypeOf(v), Special::kIndex).IsUnbound()) {
    const std::string_view name = TypeNameOf(v);
    return thread.RaiseTypeError("argument should be integer or bytes-like object, not '%.*s'",
                                 static_cast<int>(name.size()), name.data());
  }
  GILA_TRY(const uint8_t byte, ToByte(thread, v));
  byte_ = static_cast<char>(byte);
  view_ = {&byte_, 1};
  return kOk;
}

Result<PinnedBuffer> PinWritable(Thread& thread, Value v) {
  BufferInfo info;
  if (!IsBytesLike(v) || !GetBuffer(v, &info) || info.read_only) {
    const std::string_view name = TypeNameOf(v);
    return thread.RaiseTypeError("a read-write bytes-like object is required, not '%.*s'",
                                 static_cast<int>(name.size()), name.data());
  }
  PinBuffer(v, 1);
  GetBuffer(v, &info);  // once more: it can no longer move
  return PinnedBuffer{info.data, info.size, v.AsObject()};
}

void Unpin(const PinnedBuffer& buffer) { PinBuffer(buffer.owner, -1); }

// --- conversions ---

Result<uint8_t> ToByte(Thread& thread, Value v) {
  GILA_TRY(const int64_t byte, ToIndexClipped(thread, v));
  if (byte < 0 || byte > 255)
    return thread.Raise(TypeId::kValueError, "byte must be in range(0, 256)");
  return static_cast<uint8_t>(byte);
}

Result<Value> NewBytesLike(Thread& thread, Value like, std::string_view bytes) {
  return IsKind(like, kKindByteArray) ? NewByteArray(thread, bytes) : NewBytes(thread, bytes);
}

bool MemoryForBytes(int64_t size) {
  constexpr int64_t kSurelyThere = int64_t{1} << 26;
  if (size < kSurelyThere) return true;
  if (static_cast<uint64_t>(size) >= heap::kMaxObject) return false;
  // Twice: the string, and the object made of it.
  // Volatile, or the compiler takes the pair of calls away and assumes success.
  void* volatile probe = std::malloc(static_cast<size_t>(size) * 2);
  const bool there = probe != nullptr;
  std::free(probe);
  return there;
}

namespace {

Result<std::string> BytesFromCount(Thread& thread, Value v) {
  GILA_TRY(const int64_t count, ToRepeatCount(thread, v));
  if (count < 0) return thread.Raise(TypeId::kValueError, "negative count");
  if (!MemoryForBytes(count)) return thread.RaiseMemoryError();
  return std::string(static_cast<size_t>(count), '\0');
}

Result<std::string> BytesFromIterable(Thread& thread, Value v, const char* type) {
  const Result<Value> iterator = GetIter(thread, v);
  if (!iterator.ok()) {
    if (!thread.ExceptionMatches(TypeId::kTypeError)) return kFailed;
    thread.ClearException();
    const std::string_view name = TypeNameOf(v);
    return thread.RaiseTypeError("cannot convert '%.*s' object to %s",
                                 static_cast<int>(name.size()), name.data(), type);
  }
  std::string bytes;
  while (true) {
    GILA_TRY(const Value item, Next(thread, iterator.value()));
    if (item.IsUnbound()) return bytes;
    GILA_TRY(const int64_t byte, ToIndexClipped(thread, item));
    if (byte < 0 || byte > 255) {
      return thread.RaiseValueError("%s must be in range(0, 256)",
                                    type[4] == 's' ? "bytes" : "byte");
    }
    bytes.push_back(static_cast<char>(byte));
  }
}

}  // namespace

Result<std::string> BytesFromObject(Thread& thread, Value v, const char* type) {
  if (IsBytesLike(v)) return CopyBuffer(thread, v);
  if (IsInt(v) || (!LookupSpecial(thread, TypeOf(v), Special::kIndex).IsUnbound())) {
    const Result<std::string> zeros = BytesFromCount(thread, v);
    if (zeros.ok() || IsInt(v) || !thread.ExceptionMatches(TypeId::kTypeError)) return zeros;
    thread.ClearException();
  }
  return BytesFromIterable(thread, v, type);
}

}  // namespace gila

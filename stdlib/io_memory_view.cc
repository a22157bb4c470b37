// io_memory_view.cc: what BytesIO.getbuffer() looks at: an object that stands for the memory of one
// BytesIO, so that the file itself is not bytes-like.
//
// While views of it live, they are counted in the file, and the file keeps its size and its place:
// io_memory.cc asks before each change, under the lock that a new view is counted under.
#include "runtime/types/memoryview.h"
#include "stdlib/io_internal.h"

namespace gila::io {

namespace {

struct BytesIOBuffer : Object {
  Slot file;
};

uint8_t buffer_kind = 0;
Type* buffer_type = nullptr;

BytesIO* FileOf(Object* object) {
  return static_cast<BytesIOBuffer*>(object)->file.Load().As<BytesIO>();
}

BufferInfo BufferOf(Object* object) {
  static uint8_t nothing = 0;
  const BytesIO* const file = FileOf(object);
  Blob* const store = file->store.Load();
  BufferInfo info;
  info.data = store == nullptr ? &nothing : store->bytes;
  info.size = store == nullptr ? 0 : file->size;
  info.read_only = false;
  return info;
}

// The collector gives back views while the world is stopped, when somebody may hold the lock.
void Pin(Object* object, int64_t delta) {
  BytesIO* const file = FileOf(object);
  if (delta < 0) {
    file->exports.FetchAdd(delta);
    return;
  }
  const ByteLockGuard guard(file->lock);
  file->exports.FetchAdd(delta);
}

void Trace(Object* object, Marker& marker) {
  marker.Visit(static_cast<BytesIOBuffer*>(object)->file);
}

constexpr KindInfo kBufferKind = {"BytesIO buffer", Trace, nullptr};
constexpr TypeSpec kBufferSpec = {.doc = "The memory of a BytesIO.",
                                  .native_size = sizeof(BytesIOBuffer),
                                  .kind_info = &kBufferKind};

}  // namespace

Result<Value> ViewOfBytesIO(Thread& thread, BytesIO* file) {
  GILA_TRY(Object* const object, AllocateInstance(thread, buffer_type));
  static_cast<BytesIOBuffer*>(object)->file.Store(object, file);
  return NewMemoryView(thread, object);
}

Status AddBytesIOBufferType(Thread& thread, Module* module) {
  buffer_kind = RegisterKind(kBufferKind);
  GILA_TRY(buffer_type, AddType(thread, module, kBufferSpec, "_io._BytesIOBuffer", buffer_kind,
                                sizeof(BytesIOBuffer), 0));
  heap::AddRoot(reinterpret_cast<Object**>(&buffer_type));
  RegisterBufferKind(buffer_kind, BufferOf, Pin);
  return kOk;
}

}  // namespace gila::io

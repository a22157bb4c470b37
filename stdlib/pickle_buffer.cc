// pickle_buffer.cc: PickleBuffer: memory that may travel beside a pickle instead of in it (protocol
// 5).
#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/memoryview.h"
#include "stdlib/pickle_internal.h"

namespace gila::pickling {

namespace {

struct PickleBufferObject : Object {
  Slot view;  // a memoryview; None when released
};

Result<Value> BufferNew(Thread& thread, Args args) {
  GILA_TRY(const Value view, NewMemoryView(thread, args[1]));
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  static_cast<PickleBufferObject*>(object)->view.Store(object, view);
  return object;
}

// The memory as one row of bytes.
Result<Value> Raw(Thread& thread, Args args) {
  GILA_TRY(const Value view, ViewOf(thread, args[0]));
  GILA_TRY(const Value contiguous, GetAttr(thread, view, Intern(thread, "contiguous")));
  if (!contiguous.IsTrue())
    return thread.Raise(TypeId::kBufferError,
                        "cannot extract raw buffer from non-contiguous buffer");
  BufferInfo info;
  if (MemoryViewBuffer(view.As<MemoryView>(), &info)) {
    GILA_TRY(const Value raw, NewMemoryView(thread, view));
    auto* const bytes = raw.As<MemoryView>();
    bytes->format = "B";
    bytes->item_size = bytes->dimensions = 1;
    GILA_TRY_VOID(LayOutInCOrder(thread, bytes, &info.size));
    return raw;
  }
  // Contiguous in Fortran's order: its transposition is in C's.
  GILA_TRY(const Value bytes,
           CallMethod(thread, view, Intern(thread, "tobytes"), {Intern(thread, "A")}));
  return NewMemoryView(thread, bytes);
}

Result<Value> Release(Thread& thread, Args args) {
  auto* const self = args[0].As<PickleBufferObject>();
  const Value view = self->view.Exchange(self, kNone);
  if (!view.IsNone()) GILA_TRY_VOID(CallMethod(thread, view, Intern(thread, "release")));
  return kNone;
}

BufferInfo BufferOf(Object* object) {
  BufferInfo info;
  const Value view = static_cast<PickleBufferObject*>(object)->view.Load();
  if (IsKind(view, kKindMemoryView)) MemoryViewBuffer(view.As<MemoryView>(), &info);
  return info;
}
void Pin(Object* object, int64_t delta) {
  const Value view = static_cast<PickleBufferObject*>(object)->view.Load();
  if (IsKind(view, kKindMemoryView)) PinBuffer(view, delta);
}

void Trace(Object* object, Marker& marker) {
  marker.Visit(static_cast<PickleBufferObject*>(object)->view);
}
constexpr KindInfo kKind = {"PickleBuffer", Trace, nullptr};
constexpr NativeDef kMethods[] = {{"raw", Raw, "(self, /)", "The memory as a memoryview of bytes."},
                                  {"release", Release, "(self, /)", "Lets go of the memory."},
                                  {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kSpec = {.doc = "Memory that may travel outside of the pickle.",
                            .new_function = BufferNew,
                            .new_signature = "(cls, object, /)",
                            .methods = kMethods,
                            .native_size = sizeof(PickleBufferObject),
                            .kind_info = &kKind};

}  // namespace

Type* pickle_buffer_type = nullptr;
uint8_t pickle_buffer_kind = 0;

Result<Value> ViewOf(Thread& thread, Value pickle_buffer) {
  const Value view = pickle_buffer.As<PickleBufferObject>()->view.Load();
  if (view.IsNone())
    return thread.RaiseValueError("operation forbidden on released PickleBuffer object");
  return view;
}

Status AddPickleBuffer(Thread& thread, Module* module) {
  pickle_buffer_kind = RegisterKind(kKind);
  GILA_TRY(pickle_buffer_type,
           AddType(thread, module, kSpec, "pickle.PickleBuffer", pickle_buffer_kind,
                   sizeof(PickleBufferObject), kBasetype | kHasWeakref));
  heap::AddRoot(reinterpret_cast<Object**>(&pickle_buffer_type));
  RegisterBufferKind(pickle_buffer_kind, BufferOf, Pin);
  RegisterViewKind(pickle_buffer_kind, [](Object* object) {
    return static_cast<PickleBufferObject*>(object)->view.Load();
  });
  return kOk;
}

}  // namespace gila::pickling

// memoryview.cc: making views and reading their memory: what the rest of the runtime calls. The
// methods are in memoryview_methods.cc, single items in memoryview_items.cc.
//
// A view pins its exporter (bytes.h: PinBuffer) from its making to its release or death, so the
// memory under it does not move.
#include "runtime/types/memoryview.h"

#include <cstring>

#include "runtime/heap/heap.h"
#include "runtime/type.h"

namespace gila {

Status CheckNotReleased(Thread& thread, const MemoryView* view) {
  if (!view->IsReleased()) return kOk;
  return thread.Raise(TypeId::kValueError, "operation forbidden on released memoryview object");
}

int64_t MemoryViewBytes(const MemoryView* view) {
  int64_t bytes = view->item_size;
  for (int i = 0; i < view->dimensions; ++i) bytes *= view->Shape(i);
  return bytes;
}

bool IsContiguous(const MemoryView* view) {
  int64_t expected = view->item_size;
  for (int i = view->dimensions - 1; i >= 0; --i) {
    if (view->Shape(i) > 1 && view->Stride(i) != expected) return false;
    expected *= view->Shape(i);
  }
  return true;
}

bool MemoryViewBuffer(const MemoryView* view, BufferInfo* out) {
  if (view->IsReleased() || !IsContiguous(view)) return false;
  *out = BufferInfo{};
  out->data = view->data;
  out->size = MemoryViewBytes(view);
  out->read_only = view->read_only != 0;
  out->item_size = view->item_size;
  out->format = view->format;
  return true;
}

namespace {

void AppendItems(const MemoryView* view, int dimension, const uint8_t* data, std::string& out) {
  if (dimension == view->dimensions) {
    out.append(reinterpret_cast<const char*>(data), static_cast<size_t>(view->item_size));
    return;
  }
  for (int64_t i = 0; i < view->Shape(dimension); ++i)
    AppendItems(view, dimension + 1, data + i * view->Stride(dimension), out);
}

}  // namespace

Result<std::string> MemoryViewToBytes(Thread& thread, const MemoryView* view) {
  GILA_TRY_VOID(CheckNotReleased(thread, view));
  BufferInfo info;
  if (MemoryViewBuffer(view, &info))
    return std::string(reinterpret_cast<char*>(info.data), static_cast<size_t>(info.size));
  std::string out;
  AppendItems(view, 0, view->data, out);
  return out;
}

Result<Value> MemoryViewAt(Thread& thread, const MemoryView* view, int64_t index) {
  GILA_TRY_VOID(CheckNotReleased(thread, view));
  if (index < 0 || index >= MemoryViewLength(view)) return kUnbound;
  GILA_TRY_VOID(CheckNativeFormat(thread, view->format));
  return UnpackItem(thread, view->format, view->data + index * view->stride);
}

namespace {

void TraceMemoryView(Object* object, Marker& marker) {
  const auto* const view = static_cast<MemoryView*>(object);
  marker.Visit(view->exporter);
  marker.Visit(view->layout);
}

// Runs before anything of this collection is freed, so the exporter is still there.
void FinalizeMemoryView(Object* object) {
  auto* const view = static_cast<MemoryView*>(object);
  if (!view->IsReleased()) PinBuffer(view->exporter.Load(), -1);
}

}  // namespace

extern const KindInfo kMemoryViewKindInfo;
const KindInfo kMemoryViewKindInfo = {"memoryview", TraceMemoryView, FinalizeMemoryView};

void ReleaseUnlessExported(MemoryView* view) {
  if (view->IsReleased() || view->exports.Load() != 0) return;
  view->released.Store(1);
  PinBuffer(view->exporter.Load(), -1);
}

Result<MemoryView*> NewViewOf(Thread& thread, Value exporter) {
  GILA_TRY(MemoryView* const view, Allocate<MemoryView>(thread, TypeId::kMemoryView));
  view->exporter.Init(exporter);
  PinBuffer(exporter, 1);
  heap::RegisterFinalizer(thread, view);
  return view;
}

Status LayOutInCOrder(Thread& thread, MemoryView* view, const int64_t* shape) {
  const int dimensions = view->dimensions;
  Blob* layout = nullptr;
  if (dimensions > 1) {
    GILA_TRY(layout, NewBlob(thread, 16 * dimensions));
  }
  int64_t stride = view->item_size;
  for (int i = dimensions - 1; i >= 0; --i) {
    if (layout != nullptr) {
      auto* const numbers = reinterpret_cast<int64_t*>(layout->bytes);
      numbers[i] = shape[i];
      numbers[dimensions + i] = stride;
    }
    view->length = shape[i];
    view->stride = stride;
    stride *= shape[i];
  }
  view->layout.Store(view, layout);
  return kOk;
}

namespace {
Value (*view_kinds[256])(Object* object);
}
void RegisterViewKind(uint8_t kind, Value (*view)(Object* object)) { view_kinds[kind] = view; }

Result<Value> NewMemoryView(Thread& thread, Value exporter) {
  if (exporter.IsPointer() && view_kinds[exporter.AsObject()->kind] != nullptr) {
    const Value inner = view_kinds[exporter.AsObject()->kind](exporter.AsObject());
    if (!IsKind(inner, kKindMemoryView))
      return thread.RaiseValueError("operation forbidden on released PickleBuffer object");
    exporter = inner;
  }
  if (IsKind(exporter, kKindMemoryView)) {
    const MemoryView* const from = exporter.As<MemoryView>();
    GILA_TRY_VOID(CheckNotReleased(thread, from));
    GILA_TRY(MemoryView* const view, NewViewOf(thread, from->exporter.Load()));
    CopyLayout(view, from);
    return Value(view);
  }
  if (!IsBytesLike(exporter)) {
    const std::string_view name = TypeNameOf(exporter);
    return thread.RaiseTypeError("memoryview: a bytes-like object is required, not '%.*s'",
                                 static_cast<int>(name.size()), name.data());
  }
  GILA_TRY(MemoryView* const view, NewViewOf(thread, exporter));
  BufferInfo info;
  GetBuffer(exporter, &info);  // from here on it cannot move
  view->read_only = info.read_only;
  view->data = info.data;
  view->item_size = info.item_size;
  view->format = info.format;
  view->dimensions = info.dimensions;
  if (info.shape == nullptr) {
    view->length = info.dimensions == 0 ? 1 : info.size / info.item_size;
    view->stride = info.item_size;
  } else {
    GILA_TRY_VOID(LayOutInCOrder(thread, view, info.shape));
  }
  return Value(view);
}

void CopyLayout(MemoryView* to, const MemoryView* from) {
  to->read_only = from->read_only;
  to->format = from->format;
  to->data = from->data;
  to->layout.Store(to, from->layout.Load());
  to->length = from->length;
  to->stride = from->stride;
  to->item_size = from->item_size;
  to->dimensions = from->dimensions;
}

}  // namespace gila

// memoryview.cc: making views and reading their memory: what the rest of the runtime calls. The
// methods are in memoryview_methods.cc.
//
// A view pins its exporter (bytes.h: PinBuffer) from its making to its release or death, so the
// memory under it does not move.
#include "runtime/types/memoryview.h"

#include <cmath>
#include <cstring>

#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"

namespace gila {

namespace {

// The letter after an optional '@'; 0 when the format is no single native code.
char FormatLetter(const char* format) {
  if (format[0] == '@') ++format;
  return format[0] != '\0' && format[1] == '\0' ? format[0] : '\0';
}

// IEEE 754 half precision.
double HalfToDouble(uint16_t half) {
  const int exponent = (half >> 10) & 31;
  const int fraction = half & 0x3FF;
  double magnitude;
  if (exponent == 31) {
    magnitude = fraction == 0 ? __builtin_huge_val() : __builtin_nan("");
  } else if (exponent == 0) {
    magnitude = std::ldexp(fraction, -24);
  } else {
    magnitude = std::ldexp(fraction + 1024, exponent - 25);
  }
  return half & 0x8000 ? -magnitude : magnitude;
}

template <class T>
T ReadAs(const uint8_t* data) {
  T value;
  std::memcpy(&value, data, sizeof(T));
  return value;
}

}  // namespace

int ItemSizeOf(const char* format) {
  switch (FormatLetter(format)) {
    case 'b':
    case 'B':
    case 'c':
    case '?':
      return 1;
    case 'h':
    case 'H':
    case 'e':
      return 2;
    case 'i':
    case 'I':
    case 'f':
      return 4;
    case 'l':
    case 'L':
    case 'q':
    case 'Q':
    case 'n':
    case 'N':
    case 'd':
    case 'P':
      return 8;
    default:
      return 0;
  }
}

Result<Value> UnpackItem(Thread& thread, const char* format, const uint8_t* data) {
  switch (FormatLetter(format)) {
    case 'B':
      return Value::SmallInt(*data);
    case 'b':
      return Value::SmallInt(static_cast<int8_t>(*data));
    case 'c':
      return NewBytes(thread, {reinterpret_cast<const char*>(data), 1});
    case '?':
      return Value::Bool(*data != 0);
    case 'h':
      return Value::SmallInt(ReadAs<int16_t>(data));
    case 'H':
      return Value::SmallInt(ReadAs<uint16_t>(data));
    case 'i':
      return Value::SmallInt(ReadAs<int32_t>(data));
    case 'I':
      return Value::SmallInt(ReadAs<uint32_t>(data));
    case 'l':
    case 'q':
    case 'n':
      return NewInt(thread, ReadAs<int64_t>(data));
    case 'L':
    case 'Q':
    case 'N':
    case 'P':
      return NewIntFromUnsigned(thread, ReadAs<uint64_t>(data));
    case 'e':
      return NewFloat(thread, HalfToDouble(ReadAs<uint16_t>(data)));
    case 'f':
      return NewFloat(thread, static_cast<double>(ReadAs<float>(data)));
    case 'd':
      return NewFloat(thread, ReadAs<double>(data));
    default:
      return thread.RaiseFormat(TypeId::kNotImplementedError, "memoryview: format %s not supported",
                                format);
  }
}

namespace {

Failed RaiseInvalidValue(Thread& thread, const char* format, bool type_is_wrong) {
  return thread.RaiseFormat(type_is_wrong ? TypeId::kTypeError : TypeId::kValueError,
                            "memoryview: invalid %s for format '%s'",
                            type_is_wrong ? "type" : "value", format);
}

template <class T>
Status PackInteger(Thread& thread, const char* format, uint8_t* data, Value v) {
  if (!IsInt(v) && LookupSpecial(thread, TypeOf(v), Special::kIndex).IsUnbound())
    return RaiseInvalidValue(thread, format, true);
  GILA_TRY(const Value index, Index(thread, v));
  T packed;
  int64_t number;
  if (TryInt64(index, &number)) {
    packed = static_cast<T>(number);
    const bool negative_into_unsigned = !std::is_signed_v<T> && number < 0;
    if (negative_into_unsigned || static_cast<int64_t>(packed) != number)
      return RaiseInvalidValue(thread, format, false);
  } else {
    // Only an unsigned 64-bit item takes what an int64 cannot hold.
    const MpzView view(index);
    if (std::is_signed_v<T> || sizeof(T) < 8 || mpz_sgn(view.z) < 0 ||
        mpz_sizeinbase(view.z, 2) > 64)
      return RaiseInvalidValue(thread, format, false);
    packed = static_cast<T>(mpz_get_ui(view.z));
  }
  std::memcpy(data, &packed, sizeof(T));
  return kOk;
}

template <class T>
Status PackReal(Thread& thread, const char* format, uint8_t* data, Value v) {
  const Result<double> number = ToDouble(thread, v);
  if (!number.ok()) {
    if (!thread.ExceptionMatches(TypeId::kTypeError)) return kFailed;
    thread.ClearException();
    return RaiseInvalidValue(thread, format, true);
  }
  const T packed = static_cast<T>(number.value());
  std::memcpy(data, &packed, sizeof(T));
  return kOk;
}

}  // namespace

Status PackItem(Thread& thread, const char* format, uint8_t* data, Value v) {
  switch (FormatLetter(format)) {
    case 'B':
      return PackInteger<uint8_t>(thread, format, data, v);
    case 'b':
      return PackInteger<int8_t>(thread, format, data, v);
    case 'h':
      return PackInteger<int16_t>(thread, format, data, v);
    case 'H':
      return PackInteger<uint16_t>(thread, format, data, v);
    case 'i':
      return PackInteger<int32_t>(thread, format, data, v);
    case 'I':
      return PackInteger<uint32_t>(thread, format, data, v);
    case 'l':
    case 'q':
    case 'n':
      return PackInteger<int64_t>(thread, format, data, v);
    case 'L':
    case 'Q':
    case 'N':
    case 'P':
      return PackInteger<uint64_t>(thread, format, data, v);
    case 'f':
      return PackReal<float>(thread, format, data, v);
    case 'd':
      return PackReal<double>(thread, format, data, v);
    case 'e':
      return PackReal<_Float16>(thread, format, data, v);
    case '?': {
      GILA_TRY(const bool truth, Truth(thread, v));
      *data = truth;
      return kOk;
    }
    case 'c': {
      const Bytes* const bytes = CastOrNull<Bytes>(v);
      if (bytes == nullptr) return RaiseInvalidValue(thread, format, true);
      if (bytes->size != 1) return RaiseInvalidValue(thread, format, false);
      *data = bytes->data[0];
      return kOk;
    }
    default:
      return thread.RaiseFormat(TypeId::kNotImplementedError, "memoryview: format %s not supported",
                                format);
  }
}

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
  BufferInfo info;
  if (!GetBuffer(exporter, &info)) {
    const std::string_view name = TypeNameOf(exporter);
    return thread.RaiseTypeError("memoryview: a bytes-like object is required, not '%.*s'",
                                 static_cast<int>(name.size()), name.data());
  }
  GILA_TRY(MemoryView* const view, NewViewOf(thread, exporter));
  GetBuffer(exporter, &info);  // once more: now it cannot move
  view->read_only = info.read_only;
  view->data = info.data;
  view->length = info.size / info.item_size;
  view->stride = view->item_size = info.item_size;
  view->dimensions = 1;
  std::strncpy(view->format, info.format, sizeof(view->format) - 1);
  return Value(view);
}

void CopyLayout(MemoryView* to, const MemoryView* from) {
  to->read_only = from->read_only;
  std::memcpy(to->format, from->format, sizeof(to->format));
  to->data = from->data;
  to->layout.Store(to, from->layout.Load());
  to->length = from->length;
  to->stride = from->stride;
  to->item_size = from->item_size;
  to->dimensions = from->dimensions;
}

}  // namespace gila

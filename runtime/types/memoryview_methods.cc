// memoryview_methods.cc: the type memoryview. Views of one dimension can be cut and stepped
// through; of several they can be indexed with tuples, cast and copied out, as in CPython.
#include <cstring>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/text/siphash.h"
#include "runtime/type.h"
#include "runtime/types/bytes_iterators.h"
#include "runtime/types/bytes_type.h"
#include "runtime/types/int.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/number_methods.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

MemoryView* Self(Args args) { return args[0].As<MemoryView>(); }
MemoryView* Self(Value self) { return self.As<MemoryView>(); }

Result<Value> ViewNew(Thread& thread, Args args) { return NewMemoryView(thread, args[1]); }

// A view like `from`, to be changed before anybody sees it.
Result<MemoryView*> Derive(Thread& thread, const MemoryView* from) {
  GILA_TRY(MemoryView* const view, NewViewOf(thread, from->exporter.Load()));
  CopyLayout(view, from);
  return view;
}

// --- reading and writing items ---

// The address of item `index` along `dimension`, from `data`.
Result<uint8_t*> Step(Thread& thread, const MemoryView* view, int dimension, uint8_t* data,
                      int64_t index) {
  const int64_t length = view->Shape(dimension);
  if (index < 0) index += length;
  if (index < 0 || index >= length) {
    return thread.RaiseFormat(TypeId::kIndexError, "index out of bounds on dimension %d",
                              dimension + 1);
  }
  return data + index * view->Stride(dimension);
}

bool IsIndex(Thread& thread, Value v) {
  return v.IsSmallInt() || !LookupSpecial(thread, TypeOf(v), Special::kIndex).IsUnbound();
}

bool AllIndices(Thread& thread, const Tuple* tuple) {
  for (int64_t i = 0; i < tuple->length; ++i) {
    if (!IsIndex(thread, tuple->At(i))) return false;
  }
  return true;
}

Result<uint8_t*> ItemByTuple(Thread& thread, const MemoryView* view, const Tuple* tuple) {
  if (tuple->length < view->dimensions) {
    return thread.Raise(TypeId::kNotImplementedError, "sub-views are not implemented");
  }
  if (tuple->length > view->dimensions) {
    return thread.RaiseTypeError("cannot index %d-dimension view with %lld-element tuple",
                                 view->dimensions, static_cast<long long>(tuple->length));
  }
  uint8_t* data = view->data;
  for (int i = 0; i < view->dimensions; ++i) {
    GILA_TRY(const int64_t index, ToSubscript(thread, tuple->At(i)));
    GILA_TRY(data, Step(thread, view, i, data, index));
  }
  return data;
}

// The item that a key means, for an int or a tuple of ints; null, nothing raised, for other keys.
// (A Result cannot carry a null pointer, hence the flag.)
Status FindItem(Thread& thread, const MemoryView* view, Value key, uint8_t** item) {
  *item = nullptr;
  if (IsIndex(thread, key)) {
    GILA_TRY(const int64_t index, ToSubscript(thread, key));
    GILA_TRY_VOID(CheckNativeFormat(thread, view->format));
    if (view->dimensions > 1) {
      return thread.Raise(TypeId::kNotImplementedError,
                          "multi-dimensional sub-views are not implemented");
    }
    GILA_TRY(*item, Step(thread, view, 0, view->data, index));
  } else if (IsTuple(key) && AllIndices(thread, key.As<Tuple>())) {
    GILA_TRY_VOID(CheckNativeFormat(thread, view->format));
    GILA_TRY(*item, ItemByTuple(thread, view, key.As<Tuple>()));
  }
  return kOk;
}

// () and ... are the only keys of a view without dimensions.
bool IsEmptyTuple(Value key) { return IsTuple(key) && key.As<Tuple>()->length == 0; }
Failed RaiseZeroDimensions(Thread& thread) {
  return thread.RaiseTypeError("invalid indexing of 0-dim memory");
}

bool HasSlices(const Tuple* tuple) {
  for (int64_t i = 0; i < tuple->length; ++i) {
    if (!IsKind(tuple->At(i), kKindSlice)) return false;
  }
  return tuple->length > 0;
}

Result<MemoryView*> SliceOf(Thread& thread, const MemoryView* view, Value key) {
  if (IsKind(key, kKindSlice)) {
    GILA_TRY(const SliceIndices indices, ResolveSlice(thread, key.As<Slice>(), view->Shape(0)));
    GILA_TRY(MemoryView* const part, Derive(thread, view));
    part->data += indices.start * view->Stride(0);
    part->length = indices.count;
    part->stride = view->Stride(0) * indices.step;
    if (const Blob* const old_layout = view->layout.Load()) {
      GILA_TRY(Blob* const layout, NewBlob(thread, old_layout->size));
      std::memcpy(layout->bytes, old_layout->bytes, static_cast<size_t>(old_layout->size));
      auto* const numbers = reinterpret_cast<int64_t*>(layout->bytes);
      numbers[0] = part->length;
      numbers[view->dimensions] = part->stride;
      part->layout.Store(part, layout);
    }
    return part;
  }
  if (IsTuple(key) && HasSlices(key.As<Tuple>())) {
    return thread.Raise(TypeId::kNotImplementedError,
                        "multi-dimensional slicing is not implemented");
  }
  return thread.RaiseTypeError("memoryview: invalid slice key");
}

Result<Value> GetItemMethod(Thread& thread, Args args) {
  MemoryView* const view = Self(args);
  GILA_TRY_VOID(CheckNotReleased(thread, view));
  if (view->dimensions == 0) {
    if (args[1] == kEllipsis) return args[0];
    if (!IsEmptyTuple(args[1])) return RaiseZeroDimensions(thread);
    GILA_TRY_VOID(CheckNativeFormat(thread, view->format));
    return UnpackItem(thread, view->format, view->data);
  }
  uint8_t* item;
  GILA_TRY_VOID(FindItem(thread, view, args[1], &item));
  if (item == nullptr) return SliceOf(thread, view, args[1]);
  GILA_TRY_VOID(CheckNotReleased(thread, view));  // an __index__ may have released it
  return UnpackItem(thread, view->format, item);
}

// view[slice] = other: same format and length; the two may overlap.
Status AssignSlice(Thread& thread, const MemoryView* view, Value key, Value value) {
  if (!IsBytesLike(value)) return RaiseNotBytesLike(thread, value);
  GILA_TRY(MemoryView* const part, SliceOf(thread, view, key));
  GILA_TRY(const Value source, NewMemoryView(thread, value));
  const MemoryView* const from = source.As<MemoryView>();
  const auto letter = [](const MemoryView* v) {
    return v->format[0] == '@' ? v->format + 1 : v->format;
  };
  if (part->dimensions != 1 || from->dimensions != 1 || part->length != from->length ||
      std::strcmp(letter(part), letter(from)) != 0) {
    return thread.Raise(TypeId::kValueError,
                        "memoryview assignment: lvalue and rvalue have different structures");
  }
  GILA_TRY(const std::string bytes, MemoryViewToBytes(thread, from));
  const auto item_size = static_cast<size_t>(part->item_size);
  for (int64_t i = 0; i < part->length; ++i) {
    std::memcpy(part->data + i * part->stride, bytes.data() + static_cast<size_t>(i) * item_size,
                item_size);
  }
  return kOk;
}

// What is asked before anything is changed.
Status CheckWritable(Thread& thread, const MemoryView* view) {
  GILA_TRY_VOID(CheckNotReleased(thread, view));
  GILA_TRY_VOID(CheckNativeFormat(thread, view->format));
  if (view->read_only) return thread.RaiseTypeError("cannot modify read-only memory");
  return kOk;
}

Status PackItemAt(Thread& thread, const MemoryView* view, uint8_t* item, Value value) {
  uint8_t packed[8];  // the conversion may run code that releases the view
  GILA_TRY_VOID(PackItem(thread, view->format, packed, value));
  GILA_TRY_VOID(CheckNotReleased(thread, view));
  std::memcpy(item, packed, static_cast<size_t>(view->item_size));
  return kOk;
}

Result<Value> SetItemMethod(Thread& thread, Args args) {
  MemoryView* const view = Self(args);
  const Value key = args[1];
  GILA_TRY_VOID(CheckWritable(thread, view));
  uint8_t* item = nullptr;
  if (view->dimensions == 0) {
    if (key != kEllipsis && !IsEmptyTuple(key)) return RaiseZeroDimensions(thread);
    item = view->data;
  } else if (IsIndex(thread, key) && view->dimensions > 1) {
    return thread.Raise(TypeId::kNotImplementedError, "sub-views are not implemented");
  } else {
    GILA_TRY_VOID(FindItem(thread, view, key, &item));
  }
  if (item != nullptr) {
    GILA_TRY_VOID(PackItemAt(thread, view, item, args[2]));
    return kNone;
  }
  if (IsKind(key, kKindSlice) && view->dimensions == 1) {
    GILA_TRY_VOID(AssignSlice(thread, view, key, args[2]));
    return kNone;
  }
  if (IsKind(key, kKindSlice) || (IsTuple(key) && HasSlices(key.As<Tuple>()))) {
    return thread.Raise(TypeId::kNotImplementedError,
                        "memoryview slice assignments are currently restricted to ndim = 1");
  }
  return thread.RaiseTypeError("memoryview: invalid slice key");
}

Result<Value> DelItemMethod(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckWritable(thread, Self(args)));
  return thread.RaiseTypeError("cannot delete memory");
}

Result<Value> LenMethod(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckNotReleased(thread, Self(args)));
  return Value::SmallInt(MemoryViewLength(Self(args)));
}

Result<Value> IterMethod(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckNotReleased(thread, Self(args)));
  if (Self(args)->dimensions == 0) return RaiseZeroDimensions(thread);
  if (Self(args)->dimensions > 1) {
    return thread.Raise(TypeId::kNotImplementedError,
                        "multi-dimensional sub-views are not implemented");
  }
  return NewBytesIterator(thread, args[0]);
}

// --- copying out ---

Result<Value> ToListAt(Thread& thread, const MemoryView* view, int dimension, const uint8_t* data) {
  if (dimension == view->dimensions) return UnpackItem(thread, view->format, data);
  const int64_t length = view->Shape(dimension);
  GILA_TRY(List* const list, NewListReserved(thread, length));
  for (int64_t i = 0; i < length; ++i) {
    GILA_TRY(const Value item,
             ToListAt(thread, view, dimension + 1, data + i * view->Stride(dimension)));
    GILA_TRY_VOID(ListAppend(thread, list, item));
  }
  return Value(list);
}

Result<Value> ToListMethod(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckNotReleased(thread, Self(args)));
  GILA_TRY_VOID(CheckNativeFormat(thread, Self(args)->format));
  return ToListAt(thread, Self(args), 0, Self(args)->data);
}

void AppendFortran(const MemoryView* view, int dimension, const uint8_t* data, std::string& out) {
  if (dimension < 0) {
    out.append(reinterpret_cast<const char*>(data), static_cast<size_t>(view->item_size));
    return;
  }
  for (int64_t i = 0; i < view->Shape(dimension); ++i)
    AppendFortran(view, dimension - 1, data + i * view->Stride(dimension), out);
}

Result<Value> ToBytesMethod(Thread& thread, Args args) {
  MemoryView* const view = Self(args);
  const Value order = args.Or(1, kNone);
  bool fortran = false;
  if (!order.IsNone()) {
    if (!IsStr(order)) {
      const std::string name(TypeNameOf(order));
      return thread.RaiseTypeError("tobytes() argument 'order' must be str or None, not %s",
                                   name.c_str());
    }
    const Str* const text = order.As<Str>();
    fortran = StrEquals(text, "F");
    if (!fortran && !StrEquals(text, "C") && !StrEquals(text, "A"))
      return thread.Raise(TypeId::kValueError, "order must be 'C', 'F' or 'A'");
  }
  GILA_TRY_VOID(CheckNotReleased(thread, view));
  if (fortran && view->dimensions > 1) {
    std::string out;
    AppendFortran(view, view->dimensions - 1, view->data, out);
    return NewBytes(thread, out);
  }
  GILA_TRY(const std::string bytes, MemoryViewToBytes(thread, view));
  return NewBytes(thread, bytes);
}

Result<Value> HexMethod(Thread& thread, Args args) {
  GILA_TRY(const std::string bytes, MemoryViewToBytes(thread, Self(args)));
  return HexOfBytes(thread, bytes, args[1], args[2]);
}

// --- other views ---

Result<Value> ToReadOnly(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckNotReleased(thread, Self(args)));
  GILA_TRY(MemoryView* const view, Derive(thread, Self(args)));
  view->read_only = 1;
  return Value(view);
}

Result<Value> ReleaseMethod(Thread& thread, Args args) {
  MemoryView* const view = Self(args);
  if (view->exports.Load() > 0) {
    const auto count = static_cast<long long>(view->exports.Load());
    return thread.RaiseFormat(TypeId::kBufferError, "memoryview has %lld exported buffer%s", count,
                              count == 1 ? "" : "s");
  }
  uint8_t expected = 0;
  if (view->released.CompareExchange(expected, 1)) PinBuffer(view->exporter.Load(), -1);
  return kNone;
}

Result<Value> EnterMethod(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckNotReleased(thread, Self(args)));
  return args[0];
}

bool IsByteFormat(const char* format) {
  const char* const code = format[0] == '@' ? format + 1 : format;
  return (code[0] == 'B' || code[0] == 'b' || code[0] == 'c') && code[1] == '\0';
}

bool HasZeroLength(const MemoryView* view) {
  for (int i = 0; i < view->dimensions; ++i) {
    if (view->Shape(i) == 0) return true;
  }
  return false;
}

Result<Tuple*> ShapeArgument(Thread& thread, const MemoryView* from, Value shape) {
  Tuple* lengths;
  if (IsTuple(shape)) {
    lengths = shape.As<Tuple>();
  } else if (IsList(shape)) {
    GILA_TRY(lengths, ListToTuple(thread, shape.As<List>()));
  } else {
    return thread.RaiseTypeError("shape must be a list or a tuple");
  }
  if (lengths->length > kMaxDimensions) {
    return thread.RaiseValueError("memoryview: number of dimensions must not exceed %d",
                                  kMaxDimensions);
  }
  if (from->dimensions != 1 && lengths->length != 1)
    return thread.RaiseTypeError("memoryview: cast must be 1D -> ND or ND -> 1D");
  return lengths;
}

// Lays out a view of one dimension as cast(format, shape) asks for; the product of the lengths must
// be the number of items.
Status TakeShape(Thread& thread, MemoryView* view, const Tuple* lengths) {
  int64_t shape[kMaxDimensions];
  int64_t product = view->item_size;
  for (int64_t i = 0; i < lengths->length; ++i) {
    const Value length = lengths->At(i);
    if (!IsInt(length))
      return thread.RaiseTypeError("memoryview.cast(): elements of shape must be integers");
    GILA_TRY(shape[i], ToInt64(thread, length));
    if (shape[i] <= 0) {
      return thread.Raise(TypeId::kValueError,
                          "memoryview.cast(): elements of shape must be integers > 0");
    }
    if (__builtin_mul_overflow(product, shape[i], &product))
      return thread.Raise(TypeId::kValueError, "memoryview.cast(): product(shape) > SSIZE_MAX");
  }
  if (product != view->length * view->item_size)
    return thread.RaiseTypeError("memoryview: product(shape) * itemsize != buffer size");
  view->dimensions = static_cast<int32_t>(lengths->length);
  if (view->dimensions == 0) return kOk;
  return LayOutInCOrder(thread, view, shape);
}

Result<Value> CastMethod(Thread& thread, Args args) {
  const MemoryView* const from = Self(args);
  GILA_TRY_VOID(CheckNotReleased(thread, from));
  GILA_TRY(Str* const text, ToStrArgument(thread, args[1], "cast() argument 'format'"));
  GILA_TRY(const Value letters,
           CallMethod(thread, text, Intern(thread, "encode"), {Intern(thread, "ascii")}));
  const std::string format(letters.As<Bytes>()->view());
  if (!IsContiguous(from)) {
    return thread.RaiseTypeError("memoryview: casts are restricted to C-contiguous views");
  }
  const bool is_shaped = args.Has(2);
  if ((is_shaped || from->dimensions != 1) && HasZeroLength(from)) {
    return thread.RaiseTypeError("memoryview: cannot cast view with zeros in shape or strides");
  }
  Tuple* shape = nullptr;
  if (is_shaped) {
    GILA_TRY(shape, ShapeArgument(thread, from, args[2]));
  }
  const int item_size = ItemSizeOf(format.c_str());
  if (item_size == 0 || std::strchr(format.c_str(), 'e') != nullptr) {
    return thread.Raise(TypeId::kValueError,
                        "memoryview: destination format must be a native single character format "
                        "prefixed with an optional '@'");
  }
  if (!IsByteFormat(format.c_str()) && !IsByteFormat(from->format)) {
    return thread.RaiseTypeError("memoryview: cannot cast between two non-byte formats");
  }
  const int64_t bytes = MemoryViewBytes(from);
  if (bytes % item_size != 0)
    return thread.RaiseTypeError("memoryview: length is not a multiple of itemsize");
  GILA_TRY(MemoryView* const view, Derive(thread, from));
  view->format = ConstantFormat(format.c_str());
  view->item_size = item_size;
  view->dimensions = 1;
  view->layout.Store(view, nullptr);
  view->length = bytes / item_size;
  view->stride = item_size;
  if (is_shaped) GILA_TRY_VOID(TakeShape(thread, view, shape));
  return Value(view);
}

// --- comparing ---

Result<bool> SameItems(Thread& thread, const MemoryView* a, const MemoryView* b, int dimension,
                       const uint8_t* a_data, const uint8_t* b_data) {
  if (dimension == a->dimensions) {
    GILA_TRY(const Value x, UnpackForComparison(thread, a->format, a_data));
    GILA_TRY(const Value y, UnpackForComparison(thread, b->format, b_data));
    if (x.IsUnbound() || y.IsUnbound()) return false;
    GILA_TRY(const Value equal, Compare(thread, CompareOp::kEq, x, y));
    return Truth(thread, equal);
  }
  for (int64_t i = 0; i < a->Shape(dimension); ++i) {
    GILA_TRY(const bool same,
             SameItems(thread, a, b, dimension + 1, a_data + i * a->Stride(dimension),
                       b_data + i * b->Stride(dimension)));
    if (!same) return false;
  }
  return true;
}

Result<bool> SameViews(Thread& thread, const MemoryView* a, const MemoryView* b) {
  if (a->dimensions != b->dimensions) return false;
  for (int i = 0; i < a->dimensions; ++i) {
    if (a->Shape(i) != b->Shape(i)) return false;
  }
  if (IsByteFormat(a->format) && std::strcmp(a->format, b->format) == 0) {
    GILA_TRY(const std::string x, MemoryViewToBytes(thread, a));
    GILA_TRY(const std::string y, MemoryViewToBytes(thread, b));
    return x == y;
  }
  return SameItems(thread, a, b, 0, a->data, b->data);
}

template <CompareOp op>
Result<Value> Rich(Thread& thread, Args args) {
  if (op != CompareOp::kEq && op != CompareOp::kNe) return kNotImplemented;
  const MemoryView* const self = Self(args);
  if (!IsBytesLike(args[1])) return kNotImplemented;
  bool same;
  if (self->IsReleased() ||
      (IsKind(args[1], kKindMemoryView) && args[1].As<MemoryView>()->IsReleased())) {
    same = args[0] == args[1];
  } else {
    GILA_TRY(const Value other, NewMemoryView(thread, args[1]));
    GILA_TRY(same, SameViews(thread, self, other.As<MemoryView>()));
  }
  return Value::Bool(same == (op == CompareOp::kEq));
}

Result<Value> HashMethod(Thread& thread, Args args) {
  MemoryView* const view = Self(args);
  uint64_t hash = view->hash.LoadRelaxed();
  if (hash == 0) {
    GILA_TRY_VOID(CheckNotReleased(thread, view));
    if (!view->read_only)
      return thread.Raise(TypeId::kValueError, "cannot hash writable memoryview object");
    if (!IsByteFormat(view->format)) {
      return thread.Raise(TypeId::kValueError,
                          "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
    }
    GILA_TRY_VOID(Hash(thread, view->exporter.Load()));
    GILA_TRY(const std::string bytes, MemoryViewToBytes(thread, view));
    hash = HashBytes(bytes.data(), bytes.size());
    view->hash.StoreRelaxed(hash);
  }
  return NewInt(thread, static_cast<int64_t>(hash));
}

Result<Value> ReprMethod(Thread& thread, Args args) {
  char text[64];
  std::snprintf(text, sizeof(text), "<%s at %p>",
                Self(args)->IsReleased() ? "released memory" : "memory",
                static_cast<void*>(Self(args)));
  return NewStr(thread, text);
}

// --- attributes ---

Result<Value> NumberTuple(Thread& thread, const MemoryView* view,
                          int64_t (MemoryView::*number)(int) const) {
  GILA_TRY_VOID(CheckNotReleased(thread, view));
  GILA_TRY(Tuple* const tuple, NewTuple(thread, view->dimensions));
  for (int i = 0; i < view->dimensions; ++i)
    tuple->items[i].Init(Value::SmallInt((view->*number)(i)));
  return Value(tuple);
}

bool IsFortranContiguous(const MemoryView* view) {
  int64_t expected = view->item_size;
  for (int i = 0; i < view->dimensions; ++i) {
    if (view->Shape(i) > 1 && view->Stride(i) != expected) return false;
    expected *= view->Shape(i);
  }
  return true;
}

Result<Value> GetObj(Thread& thread, Value self) {
  GILA_TRY_VOID(CheckNotReleased(thread, Self(self)));
  return Self(self)->exporter.Load();
}
Result<Value> GetNbytes(Thread& thread, Value self) {
  GILA_TRY_VOID(CheckNotReleased(thread, Self(self)));
  return Value::SmallInt(MemoryViewBytes(Self(self)));
}
Result<Value> GetReadOnly(Thread& thread, Value self) {
  GILA_TRY_VOID(CheckNotReleased(thread, Self(self)));
  return Value::Bool(Self(self)->read_only != 0);
}
Result<Value> GetItemSize(Thread& thread, Value self) {
  GILA_TRY_VOID(CheckNotReleased(thread, Self(self)));
  return Value::SmallInt(Self(self)->item_size);
}
Result<Value> GetFormat(Thread& thread, Value self) {
  GILA_TRY_VOID(CheckNotReleased(thread, Self(self)));
  return NewStr(thread, Self(self)->format);
}
Result<Value> GetDimensions(Thread& thread, Value self) {
  GILA_TRY_VOID(CheckNotReleased(thread, Self(self)));
  return Value::SmallInt(Self(self)->dimensions);
}
Result<Value> GetShape(Thread& thread, Value self) {
  return NumberTuple(thread, Self(self), &MemoryView::Shape);
}
Result<Value> GetStrides(Thread& thread, Value self) {
  return NumberTuple(thread, Self(self), &MemoryView::Stride);
}
Result<Value> GetSuboffsets(Thread& thread, Value self) {
  GILA_TRY_VOID(CheckNotReleased(thread, Self(self)));
  return Value(empty_tuple);
}
Result<Value> GetCContiguous(Thread& thread, Value self) {
  GILA_TRY_VOID(CheckNotReleased(thread, Self(self)));
  return Value::Bool(IsContiguous(Self(self)));
}
Result<Value> GetFContiguous(Thread& thread, Value self) {
  GILA_TRY_VOID(CheckNotReleased(thread, Self(self)));
  return Value::Bool(IsFortranContiguous(Self(self)));
}
Result<Value> GetContiguous(Thread& thread, Value self) {
  GILA_TRY_VOID(CheckNotReleased(thread, Self(self)));
  return Value::Bool(IsContiguous(Self(self)) || IsFortranContiguous(Self(self)));
}

constexpr GetSetDef kMemoryViewGetSets[] = {
    {"obj", GetObj, nullptr, "The object whose memory it is."},
    {"nbytes", GetNbytes, nullptr, "The bytes of all items together."},
    {"readonly", GetReadOnly, nullptr, "Is writing forbidden?"},
    {"itemsize", GetItemSize, nullptr, "The bytes of one item."},
    {"format", GetFormat, nullptr, "The items' code in the notation of struct."},
    {"ndim", GetDimensions, nullptr, "The number of dimensions."},
    {"shape", GetShape, nullptr, "The length of each dimension."},
    {"strides", GetStrides, nullptr, "The bytes from one item to the next, by dimension."},
    {"suboffsets", GetSuboffsets, nullptr, "Always ()."},
    {"c_contiguous", GetCContiguous, nullptr, "Do the items lie in C order without gaps?"},
    {"f_contiguous", GetFContiguous, nullptr, "Do the items lie in Fortran order without gaps?"},
    {"contiguous", GetContiguous, nullptr, "Do the items lie without gaps?"},
    {}};

constexpr NativeDef kMemoryViewMethods[] = {
    {"__repr__", ReprMethod, "(self, /)", "Return repr(self)."},
    {"__hash__", HashMethod, "(self, /)", "Return hash(self)."},
    GILA_COMPARE_METHODS,
    {"__len__", LenMethod, "(self, /)", "Return len(self)."},
    {"__iter__", IterMethod, "(self, /)", "Implement iter(self)."},
    {"__getitem__", GetItemMethod, "(self, key, /)", "Return self[key]."},
    {"__setitem__", SetItemMethod, "(self, key, value, /)", "Set self[key] to value."},
    {"__delitem__", DelItemMethod, "(self, key, /)", "Delete self[key]."},
    {"release", ReleaseMethod, "(self, /)", "Lets the memory go: its owner may change its size."},
    {"tobytes", ToBytesMethod, "(self, /, order='C')", "A copy of the items as bytes."},
    {"hex", HexMethod, "(self, /, sep=None, bytes_per_sep=1)", "Two hex digits for each byte."},
    {"tolist", ToListMethod, "(self, /)", "The items as a list (of lists)."},
    {"cast", CastMethod, "(self, /, format, shape=None)",
     "The same memory as items of another format or shape."},
    {"toreadonly", ToReadOnly, "(self, /)", "The same memory, writing forbidden."},
    {"__enter__", EnterMethod, "(self, /)", nullptr},
    {"__exit__", ReleaseMethod, "(self, *exc_info)", nullptr},
    {}};

}  // namespace

extern const KindInfo kMemoryViewKindInfo;
extern const TypeSpec kMemoryViewSpec;
const TypeSpec kMemoryViewSpec = {
    .doc = "The memory of another object, seen as a sequence of items.",
    .new_function = ViewNew,
    .new_signature = "(cls, object)",
    .methods = kMemoryViewMethods,
    .getsets = kMemoryViewGetSets,
    .native_size = sizeof(MemoryView),
    .kind_info = &kMemoryViewKindInfo,
};

}  // namespace gila

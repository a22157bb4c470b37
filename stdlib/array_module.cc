// array_module.cc: the module array: the type's methods. The storage is array_items.cc.
#include <algorithm>
#include <cstring>
#include <string>

#include "runtime/modules.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/protocols/native_iterator.h"
#include "runtime/text/codecs.h"
#include "runtime/threads/only_thread.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/array_internal.h"
#include "stdlib/import.h"

namespace gila {

Type* array_type = nullptr;
uint8_t array_kind = 0;

namespace {

Array* Self(Args args) { return args[0].As<Array>(); }

Failed RaiseWrongType(Thread& thread, const char* format, Value v) {
  const std::string type(TypeNameOf(v));
  return thread.RaiseTypeError(format, type.c_str());  // NOLINT: the formats are this file's
}

// --- extending ---

Status ExtendItems(Thread& thread, Array* array, Value iterable) {
  return ForEach(thread, iterable, [&](Value item) -> Status {
    GILA_TRY(const uint64_t bits, ArrayItemBits(thread, array->code, item));
    return ArrayAppend(thread, array, bits);
  });
}

Status Extend(Thread& thread, Array* array, Value other) {
  if (!IsArray(other)) return ExtendItems(thread, array, other);
  if (other.As<Array>()->code != array->code)
    return thread.RaiseTypeError("can only extend with array of same kind");
  return ArrayReplace(thread, array, INT64_MAX, INT64_MAX, ArrayBytes(other.As<Array>()));
}

Status AppendBytes(Thread& thread, Array* array, std::string_view bytes) {
  if (static_cast<int64_t>(bytes.size()) % array->item_size != 0)
    return thread.RaiseValueError("bytes length not a multiple of item size");
  return ArrayReplace(thread, array, INT64_MAX, INT64_MAX, bytes);
}

Status AppendText(Thread& thread, Array* array, const Str* text) {
  std::string units(static_cast<size_t>(text->length) * 4, '\0');
  for (int64_t i = 0; i < text->length; ++i) {
    const uint32_t unit = text->At(i);
    std::memcpy(units.data() + i * 4, &unit, 4);
  }
  return ArrayReplace(thread, array, INT64_MAX, INT64_MAX, units);
}

// --- making ---

Status FillNew(Thread& thread, Array* array, Value initial) {
  const char code = array->code;
  if (IsStr(initial)) {
    if (code != 'u')
      return thread.RaiseTypeError("cannot use a str to initialize an array with typecode '%c'",
                                   code);
    return AppendText(thread, array, initial.As<Str>());
  }
  if (IsArray(initial)) {
    const auto* const from = initial.As<Array>();
    if (from->code == 'u' && code != 'u')
      return thread.RaiseTypeError(
          "cannot use a unicode array to initialize an array with typecode '%c'", code);
    if (from->code == code) return ArrayReplace(thread, array, 0, 0, ArrayBytes(from));
    return ExtendItems(thread, array, initial);
  }
  if (IsBytes(initial) || IsKind(initial, kKindByteArray)) {
    GILA_TRY(const std::string bytes, CopyBuffer(thread, initial));
    return AppendBytes(thread, array, bytes);
  }
  return ExtendItems(thread, array, initial);
}

Result<Value> ArrayNew(Thread& thread, Args args) {
  Type* const type = args[0].As<Type>();
  const std::span<const Value> rest = args.rest();
  if (type == array_type && args.Has(1))
    return thread.RaiseTypeError("array.array() takes no keyword arguments");
  if (rest.empty()) return thread.RaiseTypeError("array() takes at least 1 argument (0 given)");
  if (rest.size() > 2)
    return thread.RaiseTypeError("array() takes at most 2 arguments (%zu given)", rest.size());
  if (!IsStr(rest[0]) || rest[0].As<Str>()->length != 1)
    return RaiseWrongType(thread, "array() argument 1 must be a unicode character, not %s",
                          rest[0]);
  const uint32_t code = rest[0].As<Str>()->At(0);
  if (ArrayItemSize(code) == 0)
    return thread.RaiseValueError("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
  GILA_TRY(Array* const array, NewArray(thread, type, static_cast<char>(code)));
  if (rest.size() == 2) GILA_TRY_VOID(FillNew(thread, array, rest[1]));
  return array;
}

// --- subscripts ---

Result<Value> Slice_(Thread& thread, Array* array, const SliceIndices& slice) {
  GILA_TRY(Array* const result, NewArray(thread, array_type, array->code));
  const std::string_view bytes = ArrayBytes(array);
  const auto item = static_cast<size_t>(array->item_size);
  std::string picked;
  picked.reserve(static_cast<size_t>(slice.count) * item);
  for (int64_t i = 0, at = slice.start; i < slice.count; ++i, at += slice.step) {
    const size_t place = static_cast<size_t>(at) * item;
    if (place + item > bytes.size()) break;
    if (slice.step == 1) {
      picked.assign(bytes.substr(place, static_cast<size_t>(slice.count) * item));
      break;
    }
    picked.append(bytes.substr(place, item));
  }
  GILA_TRY_VOID(ArrayReplace(thread, result, 0, 0, picked));
  return result;
}

Result<Value> ArrayGetItem(Thread& thread, Args args) {
  Array* const array = Self(args);
  if (IsKind(args[1], kKindSlice)) {
    GILA_TRY(const SliceIndices slice,
             ResolveSlice(thread, args[1].As<Slice>(), array->size.Load()));
    return Slice_(thread, array, slice);
  }
  if (LookupSpecial(thread, TypeOf(args[1]), Special::kIndex).IsUnbound())
    return thread.RaiseTypeError("array indices must be integers");
  GILA_TRY(int64_t i, ToSubscript(thread, args[1]));
  if (i < 0) i += array->size.Load();
  GILA_TRY(const Value item, ArrayAt(thread, array, i));
  if (item.IsUnbound()) return thread.Raise(TypeId::kIndexError, "array index out of range");
  return item;
}

Result<std::string> ReplacementFor(Thread& thread, Array* array, Value value) {
  if (!IsArray(value))
    return RaiseWrongType(thread, "can only assign array (not \"%s\") to array slice", value);
  if (value.As<Array>()->code != array->code)
    return thread.RaiseTypeError("bad argument type for built-in operation");
  return std::string(ArrayBytes(value.As<Array>()));
}

Status AssignSlice(Thread& thread, Array* array, Slice* key, Value value) {
  std::string bytes;
  if (!value.IsUnbound()) {
    GILA_TRY(bytes, ReplacementFor(thread, array, value));
  }
  GILA_TRY(const SliceIndices slice, ResolveSlice(thread, key, array->size.Load()));
  if (slice.step == 1)
    return ArrayReplace(thread, array, slice.start, std::max(slice.start, slice.stop), bytes);
  const auto item = static_cast<size_t>(array->item_size);
  std::string all(ArrayBytes(array));
  if (value.IsUnbound()) {
    if (slice.count == 0) return kOk;
    const int64_t low = slice.step > 0 ? slice.start : slice.start + (slice.count - 1) * slice.step;
    const int64_t step = std::abs(slice.step), high = low + (slice.count - 1) * step;
    std::string kept;
    for (int64_t i = 0; i * static_cast<int64_t>(item) < static_cast<int64_t>(all.size()); ++i)
      if (i < low || i > high || (i - low) % step != 0)
        kept.append(all, static_cast<size_t>(i) * item, item);
    return ArrayReplace(thread, array, 0, INT64_MAX, kept);
  }
  const auto given = static_cast<int64_t>(bytes.size() / item);
  if (given != slice.count)
    return thread.RaiseValueError(
        "attempt to assign array of size %lld to extended slice of size %lld",
        static_cast<long long>(given), static_cast<long long>(slice.count));
  for (int64_t i = 0, at = slice.start; i < slice.count; ++i, at += slice.step)
    all.replace(static_cast<size_t>(at) * item, item, bytes, static_cast<size_t>(i) * item, item);
  return ArrayReplace(thread, array, 0, INT64_MAX, all);
}

Status Assign(Thread& thread, Array* array, Value key, Value value) {
  if (IsKind(key, kKindSlice)) return AssignSlice(thread, array, key.As<Slice>(), value);
  if (LookupSpecial(thread, TypeOf(key), Special::kIndex).IsUnbound())
    return thread.RaiseTypeError("array indices must be integers");
  GILA_TRY(int64_t i, ToSubscript(thread, key));
  const int64_t size = array->size.Load();
  if (i < 0) i += size;
  if (i >= 0 && i < size) {
    if (value.IsUnbound()) return ArrayReplace(thread, array, i, i + 1, {});
    GILA_TRY(const uint64_t bits, ArrayItemBits(thread, array->code, value));
    if (ArrayPut(array, i, bits)) return kOk;
  }
  return thread.Raise(TypeId::kIndexError, "array assignment index out of range");
}

Result<Value> ArraySetItem(Thread& thread, Args args) {
  GILA_TRY_VOID(Assign(thread, Self(args), args[1], args[2]));
  return kNone;
}
Result<Value> ArrayDelItem(Thread& thread, Args args) {
  GILA_TRY_VOID(Assign(thread, Self(args), args[1], kUnbound));
  return kNone;
}
Result<Value> ArrayLen(Thread&, Args args) { return Value::SmallInt(Self(args)->size.Load()); }

// --- operators ---

Result<Value> ArrayAdd(Thread& thread, Args args) {
  if (!IsArray(args[1]))
    return RaiseWrongType(thread, "can only append array (not \"%s\") to array", args[1]);
  if (args[1].As<Array>()->code != Self(args)->code)
    return thread.RaiseTypeError("bad argument type for built-in operation");
  GILA_TRY(Array* const sum, NewArray(thread, array_type, Self(args)->code));
  std::string bytes(ArrayBytes(Self(args)));
  bytes += ArrayBytes(args[1].As<Array>());
  GILA_TRY_VOID(ArrayReplace(thread, sum, 0, 0, bytes));
  return sum;
}

Result<Value> ArrayIAdd(Thread& thread, Args args) {
  if (!IsArray(args[1]))
    return RaiseWrongType(thread, "can only extend array with array (not \"%s\")", args[1]);
  GILA_TRY_VOID(Extend(thread, Self(args), args[1]));
  return args[0];
}

Status Repeat(Thread& thread, Array* from, Array* to, Value count) {
  GILA_TRY(const int64_t times, ToRepeatCount(thread, count));
  const std::string once(ArrayBytes(from));
  const auto n = static_cast<size_t>(std::max<int64_t>(times, 0));
  if (n != 0 && once.size() > (size_t{1} << 40) / n) return thread.RaiseMemoryError();
  std::string all;
  all.reserve(once.size() * n);
  for (size_t i = 0; i < n && !once.empty(); ++i) all += once;
  return ArrayReplace(thread, to, 0, INT64_MAX, all);
}

Result<Value> ArrayMul(Thread& thread, Args args) {
  if (LookupSpecial(thread, TypeOf(args[1]), Special::kIndex).IsUnbound()) {
    return RaiseWrongType(thread, "can't multiply sequence by non-int of type '%s'", args[1]);
  }
  GILA_TRY(Array* const product, NewArray(thread, array_type, Self(args)->code));
  GILA_TRY_VOID(Repeat(thread, Self(args), product, args[1]));
  return product;
}

Result<Value> ArrayIMul(Thread& thread, Args args) {
  if (LookupSpecial(thread, TypeOf(args[1]), Special::kIndex).IsUnbound())
    return RaiseWrongType(thread, "can't multiply sequence by non-int of type '%s'", args[1]);
  GILA_TRY_VOID(Repeat(thread, Self(args), Self(args), args[1]));
  return args[0];
}

template <CompareOp op>
Result<Value> ArrayCompare(Thread& thread, Args args) {
  if (!IsArray(args[1])) return kNotImplemented;
  Array* const a = Self(args);
  auto* const b = args[1].As<Array>();
  if ((op == CompareOp::kEq || op == CompareOp::kNe) && a->size.Load() != b->size.Load())
    return Value::Bool(op == CompareOp::kNe);
  for (int64_t i = 0;; ++i) {
    GILA_TRY(const Value x, ArrayAt(thread, a, i));
    GILA_TRY(const Value y, ArrayAt(thread, b, i));
    if (x.IsUnbound() || y.IsUnbound())
      return Compare(thread, op, Value::SmallInt(a->size.Load()), Value::SmallInt(b->size.Load()));
    GILA_TRY(const Value same, Compare(thread, CompareOp::kEq, x, y));
    if (same.IsTrue()) continue;
    if (op == CompareOp::kEq) return kFalse;
    if (op == CompareOp::kNe) return kTrue;
    return Compare(thread, op, x, y);
  }
}

// The place of the first item equal to `v`, from start on and before stop; -1: none.
Result<int64_t> Find(Thread& thread, Array* array, Value v, int64_t start, int64_t stop) {
  for (int64_t i = start; i < stop; ++i) {
    GILA_TRY(const Value item, ArrayAt(thread, array, i));
    if (item.IsUnbound()) break;
    GILA_TRY(const bool same, Equal(thread, item, v));
    if (same) return i;
  }
  return int64_t{-1};
}

Result<Value> ArrayContains(Thread& thread, Args args) {
  GILA_TRY(const int64_t place, Find(thread, Self(args), args[1], 0, INT64_MAX));
  return Value::Bool(place >= 0);
}

Result<Value> ArrayIndex(Thread& thread, Args args) {
  const int64_t size = Self(args)->size.Load();
  const auto bound = [&](size_t at, int64_t fallback) -> Result<int64_t> {
    if (!args.Has(at)) return fallback;
    GILA_TRY(int64_t i, ToIndexClipped(thread, args[at]));
    return i < 0 ? std::max<int64_t>(i + size, 0) : i;
  };
  GILA_TRY(const int64_t start, bound(2, 0));
  GILA_TRY(const int64_t stop, bound(3, INT64_MAX));
  GILA_TRY(const int64_t place, Find(thread, Self(args), args[1], start, stop));
  if (place < 0) return thread.RaiseValueError("array.index(x): x not in array");
  return Value::SmallInt(place);
}

Result<Value> ArrayCount(Thread& thread, Args args) {
  int64_t count = 0;
  for (int64_t i = 0;; ++i, ++count) {
    GILA_TRY(i, Find(thread, Self(args), args[1], i, INT64_MAX));
    if (i < 0) return Value::SmallInt(count);
  }
}

// --- changing ---

Result<Value> ArrayAppendMethod(Thread& thread, Args args) {
  GILA_TRY(const uint64_t bits, ArrayItemBits(thread, Self(args)->code, args[1]));
  GILA_TRY_VOID(ArrayAppend(thread, Self(args), bits));
  return kNone;
}

Result<Value> ArrayInsert(Thread& thread, Args args) {
  GILA_TRY(int64_t at, ToInt64(thread, args[1]));
  GILA_TRY(const uint64_t bits, ArrayItemBits(thread, Self(args)->code, args[2]));
  if (at < 0) at = std::max<int64_t>(at + Self(args)->size.Load(), 0);
  const std::string_view item(reinterpret_cast<const char*>(&bits), Self(args)->item_size);
  GILA_TRY_VOID(ArrayReplace(thread, Self(args), at, at, item));
  return kNone;
}

Result<Value> ArrayPop(Thread& thread, Args args) {
  Array* const array = Self(args);
  int64_t at = -1;
  if (args.Has(1)) {
    GILA_TRY(at, ToInt64(thread, args[1]));
  }
  const int64_t size = array->size.Load();
  if (size == 0) return thread.Raise(TypeId::kIndexError, "pop from empty array");
  if (at < 0) at += size;
  GILA_TRY(const Value item, ArrayAt(thread, array, at));
  if (item.IsUnbound()) return thread.Raise(TypeId::kIndexError, "pop index out of range");
  GILA_TRY_VOID(ArrayReplace(thread, array, at, at + 1, {}));
  return item;
}

Result<Value> ArrayRemove(Thread& thread, Args args) {
  GILA_TRY(const int64_t at, Find(thread, Self(args), args[1], 0, INT64_MAX));
  if (at < 0) return thread.RaiseValueError("array.remove(x): x not in array");
  GILA_TRY_VOID(ArrayReplace(thread, Self(args), at, at + 1, {}));
  return kNone;
}

Result<Value> ArrayExtend(Thread& thread, Args args) {
  GILA_TRY_VOID(Extend(thread, Self(args), args[1]));
  return kNone;
}

// Calls change(bytes, item size) on a copy and puts it back: for what works on all items.
template <class Change>
Result<Value> ChangeAll(Thread& thread, Array* array, Change change) {
  std::string bytes(ArrayBytes(array));
  change(bytes.data(), static_cast<size_t>(array->item_size), bytes.size());
  GILA_TRY_VOID(
      ArrayReplace(thread, array, 0, static_cast<int64_t>(bytes.size()) / array->item_size, bytes));
  return kNone;
}

Result<Value> ArrayReverse(Thread& thread, Args args) {
  return ChangeAll(thread, Self(args), [](char* data, size_t item, size_t size) {
    std::reverse(data, data + size);
    for (size_t i = 0; i < size; i += item) std::reverse(data + i, data + i + item);
  });
}

Result<Value> ArrayByteSwap(Thread& thread, Args args) {
  return ChangeAll(thread, Self(args), [](char* data, size_t item, size_t size) {
    for (size_t i = 0; i < size; i += item) std::reverse(data + i, data + i + item);
  });
}

// --- other forms ---

Result<Value> ArrayToList(Thread& thread, Args args) {
  GILA_TRY(List* const list, NewListReserved(thread, Self(args)->size.Load()));
  for (int64_t i = 0;; ++i) {
    GILA_TRY(const Value item, ArrayAt(thread, Self(args), i));
    if (item.IsUnbound()) return list;
    GILA_TRY_VOID(ListAppend(thread, list, item));
  }
}

Result<Value> ArrayFromList(Thread& thread, Args args) {
  if (!IsList(args[1])) return thread.RaiseTypeError("arg must be list");
  // All or nothing.
  GILA_TRY(Array* const items, NewArray(thread, array_type, Self(args)->code));
  GILA_TRY_VOID(ExtendItems(thread, items, args[1]));
  GILA_TRY_VOID(Extend(thread, Self(args), items));
  return kNone;
}

Result<Value> ArrayToBytes(Thread& thread, Args args) {
  return NewBytes(thread, ArrayBytes(Self(args)));
}

Result<Value> ArrayFromBytes(Thread& thread, Args args) {
  if (!IsBytesLike(args[1])) return RaiseNotBytesLike(thread, args[1]);
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[1]));
  GILA_TRY_VOID(AppendBytes(thread, Self(args), bytes));
  return kNone;
}

Result<Value> ArrayToUnicode(Thread& thread, Args args) {
  if (Self(args)->code != 'u')
    return thread.RaiseValueError("tounicode() may only be called on unicode type arrays");
  StrBuilder text(thread);
  for (int64_t i = 0;; ++i) {
    GILA_TRY(const Value item, ArrayAt(thread, Self(args), i));
    if (item.IsUnbound()) break;
    text.Append(item.As<Str>());
  }
  return text.Finish();
}

Result<Value> ArrayFromUnicode(Thread& thread, Args args) {
  if (!IsStr(args[1]))
    return RaiseWrongType(thread, "fromunicode() argument must be str, not %s", args[1]);
  if (Self(args)->code != 'u')
    return thread.RaiseValueError("fromunicode() may only be called on unicode type arrays");
  GILA_TRY_VOID(AppendText(thread, Self(args), args[1].As<Str>()));
  return kNone;
}

Result<Value> ArrayToFile(Thread& thread, Args args) {
  constexpr size_t kPiece = 64 * 1024;
  const std::string all(ArrayBytes(Self(args)));
  for (size_t at = 0; at < all.size(); at += kPiece) {
    GILA_TRY(const Value piece, NewBytes(thread, std::string_view(all).substr(at, kPiece)));
    GILA_TRY_VOID(CallMethod(thread, args[1], NameOf(gila::Name::kWrite), {piece}));
  }
  if (all.empty()) GILA_TRY_VOID(GetAttr(thread, args[1], NameOf(gila::Name::kWrite)));
  return kNone;
}

Result<Value> ArrayFromFile(Thread& thread, Args args) {
  GILA_TRY(const int64_t count, ToInt64(thread, args[2]));
  if (count < 0) return thread.RaiseValueError("negative count");
  int64_t wanted;
  if (__builtin_mul_overflow(count, int64_t{Self(args)->item_size}, &wanted))
    return thread.RaiseMemoryError();
  GILA_TRY(const Value size, NewInt(thread, wanted));
  GILA_TRY(const Value read, CallMethod(thread, args[1], Intern(thread, "read"), {size}));
  if (!IsBytes(read)) return thread.RaiseTypeError("read() didn't return bytes");
  const bool short_read = read.As<Bytes>()->size != wanted;
  GILA_TRY_VOID(AppendBytes(thread, Self(args), read.As<Bytes>()->view()));
  if (short_read) return thread.Raise(TypeId::kEOFError, "read() didn't return enough bytes");
  return kNone;
}

Result<Value> ArrayBufferInfo(Thread& thread, Args args) {
  const Blob* const store = Self(args)->store.Load();
  GILA_TRY(const Value address,
           NewInt(thread, store == nullptr ? 0 : reinterpret_cast<int64_t>(store->bytes)));
  const Value parts[] = {address, Value::SmallInt(Self(args)->size.Load())};
  return NewTuple(thread, parts);
}

Result<Value> ArrayCopy(Thread& thread, Args args) {
  GILA_TRY(Array* const copy, NewArray(thread, array_type, Self(args)->code));
  GILA_TRY_VOID(ArrayReplace(thread, copy, 0, 0, ArrayBytes(Self(args))));
  return copy;
}

Result<Value> ArrayRepr(Thread& thread, Args args) {
  Array* const array = Self(args);
  StrBuilder text(thread);
  text.AppendUtf8(TypeName(TypeOf(args[0])));
  text.AppendAscii("('");
  text.Append(static_cast<uint32_t>(array->code));
  text.AppendAscii("'");
  if (array->size.Load() > 0) {
    text.AppendAscii(", ");
    GILA_TRY(const Value items,
             array->code == 'u' ? ArrayToUnicode(thread, args) : ArrayToList(thread, args));
    GILA_TRY(const Str* const shown, Repr(thread, items));
    text.Append(shown);
  }
  text.AppendAscii(")");
  return text.Finish();
}

// What the letters mean on this machine, as the numbers that pickles of arrays carry.
int MachineFormat(char code) {
  switch (code) {
    case 'B':
      return 0;
    case 'b':
      return 1;
    case 'H':
      return 2;
    case 'h':
      return 4;
    case 'I':
      return 6;
    case 'i':
      return 8;
    case 'L':
    case 'Q':
      return 10;
    case 'l':
    case 'q':
      return 12;
    case 'f':
      return 14;
    case 'd':
      return 16;
    default:
      return 20;
  }
}

Result<Value> ArrayReduceEx(Thread& thread, Args args) {
  GILA_TRY(const int64_t protocol, ToInt64(thread, args[1]));
  GILA_TRY(Value state, GetAttrOrUnbound(thread, args[0], NameOf(gila::Name::kDict_)));
  if (state.IsUnbound()) state = kNone;
  const Value code = latin1_strings[static_cast<uint8_t>(Self(args)->code)];
  if (protocol < 3) {
    GILA_TRY(const Value list, ArrayToList(thread, args));
    const Value arguments[] = {code, list};
    GILA_TRY(Tuple* const tuple, NewTuple(thread, arguments));
    const Value parts[] = {TypeOf(args[0]), tuple, state};
    return NewTuple(thread, parts);
  }
  GILA_TRY(const Value module, ImportModule(thread, "array"));
  GILA_TRY(const Value make, GetAttr(thread, module, Intern(thread, "_array_reconstructor")));
  GILA_TRY(const Value bytes, ArrayToBytes(thread, args));
  const Value arguments[] = {TypeOf(args[0]), code,
                             Value::SmallInt(MachineFormat(Self(args)->code)), bytes};
  GILA_TRY(Tuple* const tuple, NewTuple(thread, arguments));
  const Value parts[] = {make, tuple, state};
  return NewTuple(thread, parts);
}

Result<Value> ArraySizeOf(Thread&, Args args) {
  const Blob* const store = Self(args)->store.Load();
  return Value::SmallInt(static_cast<int64_t>(sizeof(Array)) +
                         (store == nullptr ? 0 : store->size));
}

// --- iteration ---

struct ArrayIterator : Object {
  Slot array;  // unbound when used up
  Atomic<int64_t> index;
};
void TraceIterator(Object* object, Marker& marker) {
  marker.Visit(static_cast<ArrayIterator*>(object)->array);
}
constexpr KindInfo kIteratorKind = {"arrayiterator", TraceIterator, nullptr};
Type* iterator_type = nullptr;

Result<Value> ArrayIter(Thread& thread, Args args) {
  GILA_TRY(Object* const object, AllocateInstance(thread, iterator_type));
  static_cast<ArrayIterator*>(object)->array.Init(args[0]);
  return object;
}

int64_t TakeIndex(ArrayIterator* self) {
  if (LocksMatter()) return self->index.FetchAdd(1);
  const int64_t index = self->index.LoadRelaxed();
  self->index.StoreRelaxed(index + 1);
  return index;
}

Result<Value> IteratorStepOf(Thread& thread, Object* object) {
  auto* const self = static_cast<ArrayIterator*>(object);
  const Value array = self->array.Load();
  if (array.IsUnbound()) return kUnbound;
  GILA_TRY(const Value item, ArrayAt(thread, array.As<Array>(), TakeIndex(self)));
  if (item.IsUnbound()) self->array.Store(self, kUnbound);
  return item;
}

Result<Value> BuiltinOf(Thread& thread, const char* name) {
  GILA_TRY(const Value module, ImportModule(thread, "builtins"));
  return GetAttr(thread, module, Intern(thread, name));
}

Result<Value> IteratorReduce(Thread& thread, Args args) {
  auto* const self = args[0].As<ArrayIterator>();
  GILA_TRY(const Value iter, BuiltinOf(thread, "iter"));
  const Value array = self->array.Load();
  const Value arguments[] = {array.IsUnbound() ? Value(empty_tuple) : array};
  GILA_TRY(Tuple* const tuple, NewTuple(thread, arguments));
  const Value parts[] = {iter, tuple, Value::SmallInt(self->index.Load())};
  return NewTuple(thread, std::span(parts, array.IsUnbound() ? 2 : 3));
}

Result<Value> IteratorSetState(Thread& thread, Args args) {
  GILA_TRY(const int64_t index, ToInt64(thread, args[1]));
  auto* const self = args[0].As<ArrayIterator>();
  const Value array = self->array.Load();
  if (!array.IsUnbound())
    self->index.Store(std::clamp<int64_t>(index, 0, array.As<Array>()->size.Load()));
  return kNone;
}

constexpr NativeDef kIteratorMethods[] = {
    GILA_NATIVE_ITERATOR_METHODS,
    {"__reduce__", IteratorReduce, "(self, /)", "Return state information for pickling."},
    {"__setstate__", IteratorSetState, "(self, state, /)", "Set state information for unpickling."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kIteratorSpec = {
    .methods = kIteratorMethods, .native_size = sizeof(ArrayIterator), .kind_info = &kIteratorKind};

// --- the type ---

constexpr NativeDef kMethods[] = {
    {"__repr__", ArrayRepr, "(self, /)", "Return repr(self)."},
    {"__len__", ArrayLen, "(self, /)", "Return len(self)."},
    {"__getitem__", ArrayGetItem, "(self, key, /)", "Return self[key]."},
    {"__setitem__", ArraySetItem, "(self, key, value, /)", "Set self[key] to value."},
    {"__delitem__", ArrayDelItem, "(self, key, /)", "Delete self[key]."},
    {"__contains__", ArrayContains, "(self, key, /)", "Return key in self."},
    {"__iter__", ArrayIter, "(self, /)", "Implement iter(self)."},
    {"__add__", ArrayAdd, "(self, value, /)", "Return self+value."},
    {"__iadd__", ArrayIAdd, "(self, value, /)", "Implement self+=value."},
    {"__mul__", ArrayMul, "(self, value, /)", "Return self*value."},
    {"__rmul__", ArrayMul, "(self, value, /)", "Return value*self."},
    {"__imul__", ArrayIMul, "(self, value, /)", "Implement self*=value."},
    {"__lt__", ArrayCompare<CompareOp::kLt>, "(self, value, /)", "Return self<value."},
    {"__le__", ArrayCompare<CompareOp::kLe>, "(self, value, /)", "Return self<=value."},
    {"__eq__", ArrayCompare<CompareOp::kEq>, "(self, value, /)", "Return self==value."},
    {"__ne__", ArrayCompare<CompareOp::kNe>, "(self, value, /)", "Return self!=value."},
    {"__gt__", ArrayCompare<CompareOp::kGt>, "(self, value, /)", "Return self>value."},
    {"__ge__", ArrayCompare<CompareOp::kGe>, "(self, value, /)", "Return self>=value."},
    {"__copy__", ArrayCopy, "(self, /)", "A copy of the array."},
    {"__deepcopy__", ArrayCopy, "(self, unused, /)", "A copy of the array."},
    {"__reduce_ex__", ArrayReduceEx, "(self, value, /)", "Return state information for pickling."},
    {"__sizeof__", ArraySizeOf, "(self, /)", "Size of the array in memory, in bytes."},
    {"append", ArrayAppendMethod, "(self, v, /)", "Append new value v to the end of the array."},
    {"buffer_info", ArrayBufferInfo, "(self, /)",
     "(address, length): where the items are, and how many."},
    {"byteswap", ArrayByteSwap, "(self, /)", "Turn around the bytes of every item."},
    {"count", ArrayCount, "(self, v, /)", "How many items equal v."},
    {"extend", ArrayExtend, "(self, bb, /)", "Append items to the end of the array."},
    {"frombytes", ArrayFromBytes, "(self, buffer, /)",
     "Append the items whose machine values the bytes are."},
    {"fromfile", ArrayFromFile, "(self, f, n, /)", "Read n items from a file and append them."},
    {"fromlist", ArrayFromList, "(self, list, /)", "Append the items of a list."},
    {"fromunicode", ArrayFromUnicode, "(self, ustr, /)", "Append the characters of a string."},
    {"index", ArrayIndex, "(self, v, start=0, stop=sys.maxsize, /)",
     "The place of the first item that equals v. ValueError when there is none."},
    {"insert", ArrayInsert, "(self, i, v, /)", "Insert v before position i."},
    {"pop", ArrayPop, "(self, i=-1, /)", "Remove item i and return it."},
    {"remove", ArrayRemove, "(self, v, /)", "Remove the first item that equals v."},
    {"reverse", ArrayReverse, "(self, /)", "Turn around the order of the items."},
    {"tobytes", ArrayToBytes, "(self, /)", "The machine values as bytes."},
    {"tofile", ArrayToFile, "(self, f, /)", "Write all items, as machine values, to a file."},
    {"tolist", ArrayToList, "(self, /)", "The items as a list."},
    {"tounicode", ArrayToUnicode, "(self, /)", "The characters as a string."},
    {nullptr, nullptr, nullptr, nullptr}};

Result<Value> GetTypeCode(Thread&, Value self) {
  return latin1_strings[static_cast<uint8_t>(self.As<Array>()->code)];
}
Result<Value> GetItemSize(Thread&, Value self) {
  return Value::SmallInt(self.As<Array>()->item_size);
}
constexpr GetSetDef kGetSets[] = {
    {"typecode", GetTypeCode, nullptr, "The letter that made the array."},
    {"itemsize", GetItemSize, nullptr, "The size of an item in bytes."},
    {nullptr, nullptr, nullptr, nullptr}};

constexpr TypeSpec kSpec = {
    .doc =
        "array(typecode [, initializer]) -> array\n\nNumbers of one C type, kept compactly: b B h "
        "H i I l L q Q are ints of 1, 2, 4 and 8 bytes,\nf and d floats, u a character.",
    .new_function = ArrayNew,
    .new_signature = "(cls, /, *args, **kwargs)",
    .methods = kMethods,
    .getsets = kGetSets,
    .native_size = sizeof(Array),
    .kind_info = &kArrayKindInfo};

BufferInfo ArrayBuffer(Object* object) {
  auto* const array = static_cast<Array*>(object);
  const char letter[] = {array->code, '\0'};
  const std::string_view bytes = ArrayBytes(array);
  static uint8_t nothing = 0;
  return {.data = bytes.empty() ? &nothing
                                : reinterpret_cast<uint8_t*>(const_cast<char*>(bytes.data())),
          .size = static_cast<int64_t>(bytes.size()),
          .read_only = false,
          .item_size = array->item_size,
          .format = array->code == 'u' ? "w" : ConstantFormat(letter)};
}
void PinArray(Object* object, int64_t delta) {
  static_cast<Array*>(object)->exports.FetchAdd(delta);
}

Result<Value> Reconstruct(Thread& thread, Args args) {
  if (!IsType(args[0]))
    return RaiseWrongType(thread, "first argument must be a type object, not %s", args[0]);
  Type* const type = args[0].As<Type>();
  if (!IsSubtype(type, array_type)) {
    const std::string name(TypeName(type));
    return thread.RaiseTypeError("%s is not a subtype of array.array", name.c_str());
  }
  if (!IsStr(args[1]) || args[1].As<Str>()->length != 1)
    return thread.RaiseTypeError("_array_reconstructor() argument 2 must be a unicode character");
  const uint32_t code = args[1].As<Str>()->At(0);
  if (ArrayItemSize(code) == 0)
    return thread.RaiseValueError("second argument must be a valid type code");
  GILA_TRY(const int64_t format, ToInt64(thread, args[2]));
  if (format < 0 || format > 21)
    return thread.RaiseValueError("third argument must be a valid machine format code.");
  if (!IsBytes(args[3]))
    return RaiseWrongType(thread, "fourth argument should be bytes, not %s", args[3]);
  GILA_TRY(Array* const array, NewArray(thread, type, static_cast<char>(code)));
  std::string data(args[3].As<Bytes>()->view());
  // Formats: 0/1 bytes, then per size (2, 4, 8) unsigned little and big, signed little and big;
  // floats 14 to 17, text from 18.
  int size = 1;
  if (format >= 2 && format < 14) size = 2 << ((format - 2) / 4);
  if (format >= 14 && format < 18) size = format < 16 ? 4 : 8;
  if (format >= 18) size = 4;  // also of UTF-16: CPython wants a multiple of four there
  if (data.size() % static_cast<size_t>(size) != 0)
    return thread.RaiseValueError("string length not a multiple of item size");
  if (format >= 18) {
    static constexpr const char* kEncodings[] = {"utf-16-le", "utf-16-be", "utf-32-le",
                                                 "utf-32-be"};
    GILA_TRY(Str* const text, DecodeBytes(thread, data, kEncodings[format - 18], "strict"));
    for (int64_t i = 0; i < text->length; ++i)
      GILA_TRY_VOID(ArrayAppend(thread, array, text->At(i)));
    return array;
  }
  const bool big = format >= 2 && format % 2 == 1;
  if (big)
    for (size_t i = 0; i < data.size(); i += static_cast<size_t>(size))
      std::reverse(data.begin() + static_cast<ptrdiff_t>(i),
                   data.begin() + static_cast<ptrdiff_t>(i) + size);
  const bool from_signed = format == 1 || (format >= 2 && format < 14 && (format - 2) % 4 >= 2);
  if (size == array->item_size && (format >= 14) == (code == 'f' || code == 'd' || code == 'u')) {
    GILA_TRY_VOID(AppendBytes(thread, array, data));
    return array;
  }
  static constexpr const char kUnsigned[] = "BH?I???L", kSigned[] = "bh?i???l";
  char source = (from_signed ? kSigned : kUnsigned)[size == 1 ? 0 : size == 2 ? 1 : size - 1];
  if (format >= 14) source = format < 16 ? 'f' : 'd';
  if (ArrayItemSize(static_cast<uint32_t>(source)) != size)
    return thread.RaiseValueError("third argument must be a valid machine format code.");
  for (size_t i = 0; i < data.size(); i += static_cast<size_t>(size)) {
    uint64_t aligned = 0;
    std::memcpy(&aligned, data.data() + i, static_cast<size_t>(size));
    GILA_TRY(const Value item,
             ArrayItemValue(thread, source, reinterpret_cast<const uint8_t*>(&aligned)));
    GILA_TRY(const uint64_t bits, ArrayItemBits(thread, array->code, item));
    GILA_TRY_VOID(ArrayAppend(thread, array, bits));
  }
  return array;
}

constexpr NativeDef kFunctions[] = {
    {"_array_reconstructor", Reconstruct, "(arraytype, typecode, mformat_code, items, /)",
     "Makes an array of what a pickle holds."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Status InitArrayModule(Thread& thread, Module* module) {
  array_kind = RegisterKind(kArrayKindInfo);
  RegisterBufferKind(array_kind, ArrayBuffer, PinArray);
  GILA_TRY(array_type, AddType(thread, module, kSpec, "array.array", array_kind, sizeof(Array),
                               kBasetype | kHasWeakref | kMatchSequence));
  GILA_TRY_VOID(AddValue(thread, module, "ArrayType", array_type));
  const uint8_t iterator_kind = RegisterKind(kIteratorKind);
  native_iterator_steps[iterator_kind] = IteratorStepOf;
  GILA_TRY(iterator_type,
           NewNativeType(thread, kIteratorSpec, "array.arrayiterator", GetType(TypeId::kObject),
                         static_cast<Kind>(iterator_kind), sizeof(ArrayIterator), kPlain));
  heap::AddRoot(reinterpret_cast<Object**>(&iterator_type));
  GILA_TRY(Str* const codes, NewStr(thread, "bBuhHiIlLqQfd"));
  GILA_TRY_VOID(AddValue(thread, module, "typecodes", codes));
  GILA_TRY(const Value abc, ImportAbsolute(thread, "_collections_abc"));
  GILA_TRY(const Value sequence, GetAttr(thread, abc, Intern(thread, "MutableSequence")));
  GILA_TRY_VOID(CallMethod(thread, sequence, Intern(thread, "register"), {array_type}));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

// bytearray_type.cc: the type bytearray: what it shares with bytes, and the methods that change it.
#include <algorithm>
#include <vector>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/text/search.h"
#include "runtime/type.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/bytes_type.h"
#include "runtime/types/int.h"
#include "runtime/types/number_methods.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

ByteArray* Self(Args args) { return args[0].As<ByteArray>(); }

Result<Value> ByteArrayNew(Thread& thread, Args args) {
  return NewByteArrayOfType(thread, args[0].As<Type>(), {});
}

Result<Value> ByteArrayInit(Thread& thread, Args args) {
  GILA_TRY(const std::string bytes,
           BytesFromArguments(thread, args[1], args[2], args[3], "bytearray"));
  GILA_TRY_VOID(ByteArrayReplace(thread, Self(args), 0, INT64_MAX, bytes));
  return kNone;
}

Result<Value> ByteArrayRepr(Thread& thread, Args args) {
  ByteSource self;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  return NewStr(thread,
                std::string(TypeName(TypeOf(args[0]))) + "(" + BytesRepr(self.view(), true) + ")");
}

template <CompareOp op>
Result<Value> Rich(Thread& thread, Args args) {
  if (!IsBytesLike(args[1])) return kNotImplemented;
  ByteSource self, other;
  GILA_TRY_VOID(other.Read(thread, args[1]));
  GILA_TRY_VOID(self.Read(thread, args[0]));
  return Value::Bool(CompareByteOrder(op, self.view(), other.view()));
}

Result<Value> Append(Thread& thread, Args args) {
  GILA_TRY(const uint8_t byte, ToByte(thread, args[1]));
  const char c = static_cast<char>(byte);
  GILA_TRY_VOID(ByteArrayAppend(thread, Self(args), {&c, 1}));
  return kNone;
}

// Without a copy in between, but for an array that takes its own bytes.
Status AppendBytesLike(Thread& thread, ByteArray* self, Value source) {
  if (source == Value(self)) {
    GILA_TRY(const std::string bytes, CopyBuffer(thread, source));
    return ByteArrayAppend(thread, self, bytes);
  }
  ByteSource bytes;
  GILA_TRY_VOID(bytes.Read(thread, source));
  return ByteArrayAppend(thread, self, bytes.view());
}

// The bytes that extend() takes from an iterable.
Result<std::string> ExtensionBytes(Thread& thread, Value v) {
  const Result<Value> iterator = GetIter(thread, v);
  if (!iterator.ok()) {
    if (!thread.ExceptionMatches(TypeId::kTypeError)) return kFailed;
    thread.ClearException();
    const std::string_view name = TypeNameOf(v);
    return thread.RaiseTypeError("can't extend bytearray with %.*s", static_cast<int>(name.size()),
                                 name.data());
  }
  std::string bytes;
  while (true) {
    GILA_TRY(const Value item, Next(thread, iterator.value()));
    if (item.IsUnbound()) return bytes;
    GILA_TRY(const uint8_t byte, ToByte(thread, item));
    bytes.push_back(static_cast<char>(byte));
  }
}

Result<Value> Extend(Thread& thread, Args args) {
  if (IsBytesLike(args[1])) {
    GILA_TRY_VOID(AppendBytesLike(thread, Self(args), args[1]));
    return kNone;
  }
  GILA_TRY(const std::string bytes, ExtensionBytes(thread, args[1]));
  GILA_TRY_VOID(ByteArrayAppend(thread, Self(args), bytes));
  return kNone;
}

Result<Value> InPlaceAdd(Thread& thread, Args args) {
  if (!IsBytesLike(args[1])) {
    const std::string_view got = TypeNameOf(args[1]), own = TypeNameOf(args[0]);
    return thread.RaiseTypeError("can't concat %.*s to %.*s", static_cast<int>(got.size()),
                                 got.data(), static_cast<int>(own.size()), own.data());
  }
  GILA_TRY_VOID(AppendBytesLike(thread, Self(args), args[1]));
  return args[0];
}

Result<Value> InPlaceMul(Thread& thread, Args args) {
  GILA_TRY(const Value product, BytesMul(thread, args));
  ByteSource bytes;
  GILA_TRY_VOID(bytes.Read(thread, product));
  GILA_TRY_VOID(ByteArrayReplace(thread, Self(args), 0, INT64_MAX, bytes.view()));
  return args[0];
}

Result<Value> Insert(Thread& thread, Args args) {
  GILA_TRY(int64_t index, ToInt64(thread, args[1]));
  GILA_TRY(const uint8_t byte, ToByte(thread, args[2]));
  const int64_t size = Self(args)->size.Load();
  if (index < 0) index = std::max<int64_t>(index + size, 0);
  index = std::min(index, size);
  const char c = static_cast<char>(byte);
  GILA_TRY_VOID(ByteArrayReplace(thread, Self(args), index, index, {&c, 1}));
  return kNone;
}

Result<Value> Pop(Thread& thread, Args args) {
  int64_t index = -1;
  if (args.Has(1)) {
    GILA_TRY(index, ToInt64(thread, args[1]));
  }
  ByteArray* const self = Self(args);
  const int64_t size = self->size.Load();
  if (size == 0) return thread.Raise(TypeId::kIndexError, "pop from empty bytearray");
  if (index < 0) index += size;
  const Value byte = ByteArrayAt(self, index);
  if (byte.IsUnbound()) return thread.Raise(TypeId::kIndexError, "pop index out of range");
  GILA_TRY_VOID(ByteArrayReplace(thread, self, index, index + 1, {}));
  return byte;
}

Result<Value> Remove(Thread& thread, Args args) {
  GILA_TRY(const uint8_t byte, ToByte(thread, args[1]));
  ByteSource self;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  const int64_t place = FindUnits(self.data(), self.size(), &byte, 1);
  if (place < 0) return thread.Raise(TypeId::kValueError, "value not found in bytearray");
  GILA_TRY_VOID(ByteArrayReplace(thread, Self(args), place, place + 1, {}));
  return kNone;
}

Result<Value> Reverse(Thread&, Args args) {
  ByteArrayChange(Self(args),
                  [](uint8_t* bytes, int64_t size) { std::reverse(bytes, bytes + size); });
  return kNone;
}

Result<Value> Clear(Thread& thread, Args args) {
  GILA_TRY_VOID(ByteArrayReplace(thread, Self(args), 0, INT64_MAX, {}));
  return kNone;
}

Result<Value> Copy(Thread& thread, Args args) {
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[0]));
  return NewByteArray(thread, bytes);
}

// --- subscript assignment ---

Result<int64_t> IndexArgument(Thread& thread, Value key) {
  if (!key.IsSmallInt() && LookupSpecial(thread, TypeOf(key), Special::kIndex).IsUnbound()) {
    const std::string_view name = TypeNameOf(key);
    return thread.RaiseTypeError("bytearray indices must be integers or slices, not %.*s",
                                 static_cast<int>(name.size()), name.data());
  }
  return ToSubscript(thread, key);
}

Result<std::string> AssignedBytes(Thread& thread, Value v) {
  if (IsBytesLike(v)) return CopyBuffer(thread, v);
  if (IsInt(v) || IsStr(v)) {
    return thread.RaiseTypeError(
        "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
  }
  return BytesFromObject(thread, v, "bytearray");
}

Status AssignSlice(Thread& thread, ByteArray* array, const SliceIndices& indices,
                   std::string_view bytes) {
  if (indices.step == 1)
    return ByteArrayReplace(thread, array, indices.start, indices.start + indices.count, bytes);
  if (static_cast<int64_t>(bytes.size()) != indices.count) {
    return thread.RaiseValueError(
        "attempt to assign bytes of size %lld to extended slice of size %lld",
        static_cast<long long>(bytes.size()), static_cast<long long>(indices.count));
  }
  ByteArrayChange(array, [&](uint8_t* first, int64_t size) {
    for (int64_t i = 0; i < indices.count; ++i) {
      const int64_t place = indices.start + i * indices.step;
      if (place >= 0 && place < size)
        first[place] = static_cast<uint8_t>(bytes[static_cast<size_t>(i)]);
    }
  });
  return kOk;
}

Status DeleteSlice(Thread& thread, ByteArray* self, Slice* slice) {
  GILA_TRY(const std::string bytes, CopyBuffer(thread, self));
  const auto size = static_cast<int64_t>(bytes.size());
  GILA_TRY(const SliceIndices indices, ResolveSlice(thread, slice, size));
  if (indices.count == 0) return kOk;
  if (indices.step == 1) {
    GILA_TRY_VOID(ByteArrayReplace(thread, self, indices.start, indices.start + indices.count, {}));
    return kOk;
  }
  std::vector<bool> dropped(bytes.size());
  for (int64_t i = 0; i < indices.count; ++i)
    dropped[static_cast<size_t>(indices.start + i * indices.step)] = true;
  std::string kept;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (!dropped[i]) kept.push_back(bytes[i]);
  }
  GILA_TRY_VOID(ByteArrayReplace(thread, self, 0, size, kept));
  return kOk;
}

Result<Value> SetItemMethod(Thread& thread, Args args) {
  ByteArray* const self = Self(args);
  if (IsKind(args[1], kKindSlice)) {
    GILA_TRY(const std::string bytes, AssignedBytes(thread, args[2]));
    if (bytes.empty()) {
      GILA_TRY_VOID(DeleteSlice(thread, self, args[1].As<Slice>()));
      return kNone;
    }
    GILA_TRY(const SliceIndices indices,
             ResolveSlice(thread, args[1].As<Slice>(), self->size.Load()));
    GILA_TRY_VOID(AssignSlice(thread, self, indices, bytes));
    return kNone;
  }
  GILA_TRY(int64_t index, IndexArgument(thread, args[1]));
  GILA_TRY(const uint8_t byte, ToByte(thread, args[2]));
  if (index < 0) index += self->size.Load();
  if (!ByteArrayPut(self, index, byte))
    return thread.Raise(TypeId::kIndexError, "bytearray index out of range");
  return kNone;
}

Result<Value> DelItemMethod(Thread& thread, Args args) {
  ByteArray* const self = Self(args);
  if (!IsKind(args[1], kKindSlice)) {
    GILA_TRY(int64_t index, IndexArgument(thread, args[1]));
    const int64_t size = self->size.Load();
    if (index < 0) index += size;
    if (index < 0 || index >= size)
      return thread.Raise(TypeId::kIndexError, "bytearray index out of range");
    GILA_TRY_VOID(ByteArrayReplace(thread, self, index, index + 1, {}));
    return kNone;
  }
  GILA_TRY_VOID(DeleteSlice(thread, self, args[1].As<Slice>()));
  return kNone;
}

Result<Value> FromHex(Thread& thread, Args args) {
  GILA_TRY(const std::string bytes, BytesFromHex(thread, args[1]));
  GILA_TRY(const Value plain, NewByteArray(thread, bytes));
  if (args[0] == Value(GetType(TypeId::kByteArray))) return plain;
  return Call(thread, args[0], {plain});
}

Result<Value> AllocatedBytes(Thread& thread, Args args) {
  return NewInt(thread, Self(args)->store->size);
}
Result<Value> SizeOf(Thread& thread, Args args) {
  return NewInt(thread, static_cast<int64_t>(heap::CellSize(Self(args))) + Self(args)->store->size);
}

// (type, (bytes,), state); before protocol 3, which has no bytes, the bytes as Latin-1 text.
Result<Value> ReduceAs(Thread& thread, Value self, int64_t protocol) {
  GILA_TRY(const std::string bytes, CopyBuffer(thread, self));
  Tuple* arguments = empty_tuple;
  if (!bytes.empty() && protocol < 3) {
    GILA_TRY(Str* const text, NewStrLatin1(thread, bytes));
    GILA_TRY(Str* const encoding, NewStr(thread, "latin-1"));
    GILA_TRY(arguments, NewPair(thread, text, encoding));
  } else if (!bytes.empty()) {
    GILA_TRY(const Value plain, NewBytes(thread, bytes));
    GILA_TRY(arguments, NewTuple(thread, std::span<const Value>(&plain, 1)));
  }
  GILA_TRY(const Value state, CallMethod(thread, self, Intern(thread, "__getstate__")));
  const Value parts[] = {TypeOf(self), arguments, state};
  return NewTuple(thread, parts);
}
Result<Value> Reduce(Thread& thread, Args args) { return ReduceAs(thread, args[0], 2); }
Result<Value> ReduceEx(Thread& thread, Args args) {
  int64_t protocol = 0;
  if (args.Has(1)) {
    GILA_TRY(protocol, ToInt64(thread, args[1]));
  }
  return ReduceAs(thread, args[0], protocol);
}

constexpr NativeDef kByteArrayMethods[] = {
    {"__reduce__", Reduce, "(self, /)", "Return state information for pickling."},
    {"__reduce_ex__", ReduceEx, "(self, proto=0, /)", "Return state information for pickling."},
    {"__init__", ByteArrayInit, "(self, source=b'', encoding='utf-8', errors='strict')", nullptr},
    {"__repr__", ByteArrayRepr, "(self, /)", "Return repr(self)."},
    {"__str__", ByteArrayRepr, "(self, /)", "Return str(self)."},
    GILA_COMPARE_METHODS,
    GILA_SHARED_BYTES_ROWS,
    {"__hash__", nullptr, nullptr, nullptr},
    {"__iadd__", InPlaceAdd, "(self, value, /)", "Implement self+=value."},
    {"__imul__", InPlaceMul, "(self, value, /)", "Implement self*=value."},
    {"__setitem__", SetItemMethod, "(self, key, value, /)", "Set self[key] to value."},
    {"__delitem__", DelItemMethod, "(self, key, /)", "Delete self[key]."},
    {"append", Append, "(self, item, /)", "Adds one byte at the end."},
    {"clear", Clear, "(self, /)", "Takes everything out."},
    {"copy", Copy, "(self, /)", "A copy."},
    {"extend", Extend, "(self, iterable_of_ints, /)", "Adds all of these at the end."},
    {"fromhex", FromHex, "@classmethod(cls, string, /)",
     "The bytes that hex digits spell; blanks between them do not matter."},
    {"insert", Insert, "(self, index, item, /)", "Puts a byte before the index."},
    {"pop", Pop, "(self, index=-1, /)", "Takes the byte at the index out and returns it."},
    {"remove", Remove, "(self, value, /)", "Takes the first such byte out."},
    {"reverse", Reverse, "(self, /)", "Turns the order around, in place."},
    {"__alloc__", AllocatedBytes, "(self, /)", "How many bytes there is room for."},
    {"__sizeof__", SizeOf, "(self, /)", "The bytes it takes in memory."},
    {}};

}  // namespace

extern const KindInfo kByteArrayKindInfo;
extern const TypeSpec kByteArraySpec;
const TypeSpec kByteArraySpec = {
    .doc =
        "bytearray(source=b'', encoding='utf-8', errors='strict')\n\nA sequence of bytes that can "
        "change.",
    .new_function = ByteArrayNew,
    .new_signature = "(cls, *args, **kwargs)",
    .methods = kByteArrayMethods,
    .extra_flags = kMatchSelf,
    .native_size = sizeof(ByteArray),
    .kind_info = &kByteArrayKindInfo,
};

}  // namespace gila

// struct_module.cc: the module _struct: Struct, its iterator, and the functions that take a format.
// Formats that were compiled once are kept, so that a loop of struct.unpack(fmt, ...) compiles
// nothing.
#include <cstring>
#include <string>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/protocols/native_iterator.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/native_support.h"
#include "stdlib/struct_format.h"

namespace gila {

namespace {

struct Struct : Object {
  Slot format;               // str
  PointerSlot<Blob> layout;  // null before __init__
};

struct UnpackIterator : Object {
  Slot owner;   // the Struct; unbound when used up
  Slot buffer;  // pinned while it lives
  Atomic<int64_t> offset;
};

void TraceStruct(Object* object, Marker& marker) {
  auto* const self = static_cast<Struct*>(object);
  marker.Visit(self->format);
  marker.Visit(self->layout);
}
void TraceUnpackIterator(Object* object, Marker& marker) {
  auto* const self = static_cast<UnpackIterator*>(object);
  marker.Visit(self->owner);
  marker.Visit(self->buffer);
}
void FinalizeUnpackIterator(Object* object) {
  PinBuffer(static_cast<UnpackIterator*>(object)->buffer.Load(), -1);
}
constexpr KindInfo kStructKind = {"Struct", TraceStruct, nullptr};
constexpr KindInfo kIteratorKind = {"unpack_iterator", TraceUnpackIterator, FinalizeUnpackIterator};

Type* struct_type = nullptr;
Type* iterator_type = nullptr;
constexpr int64_t kMaxKept = 100;
Dict* kept = nullptr;  // format -> Struct

// --- making ---

Status Prepare(Thread& thread, Struct* self, Value format) {
  std::string text;
  Value as_str = format;
  if (IsStr(format)) {
    const Str* const str = format.As<Str>();
    if (!str->IsAscii()) {
      // Raises UnicodeEncodeError with the place.
      GILA_TRY_VOID(
          CallMethod(thread, format, Intern(thread, "encode"), {Intern(thread, "ascii")}));
    }
    text = ToUtf8(str);
  } else if (IsBytes(format)) {
    text = std::string(format.As<Bytes>()->view());
    GILA_TRY(as_str, NewStrLatin1(thread, text));
  } else {
    const std::string_view type = TypeNameOf(format);
    return thread.RaiseTypeError("Struct() argument 1 must be a str or bytes object, not %.*s",
                                 static_cast<int>(type.size()), type.data());
  }
  GILA_TRY(Blob* const layout, CompileStructFormat(thread, text));
  self->format.Store(self, as_str);
  self->layout.Store(self, layout);
  return kOk;
}

Result<Value> StructNew(Thread& thread, Args args) {
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<Struct*>(object);
  self->format.Init(kNone);
  return self;
}

Result<Value> StructInit(Thread& thread, Args args) {
  GILA_TRY_VOID(Prepare(thread, args[0].As<Struct>(), args[1]));
  return kNone;
}

Result<const StructLayout*> Ready(Thread& thread, const Struct* self) {
  const Blob* const blob = self->layout.Load();
  if (blob == nullptr)
    return thread.Raise(TypeId::kRuntimeError, "Struct object is not initialized");
  return LayoutOf(blob);
}

Result<Struct*> StructFor(Thread& thread, Value format) {
  if (IsKind(format, kKindStr) || IsKind(format, kKindBytes)) {
    GILA_TRY(const Value known, DictGet(thread, kept, format));
    if (!known.IsUnbound()) return known.As<Struct>();
  }
  GILA_TRY(Object* const object, AllocateInstance(thread, struct_type));
  auto* const self = static_cast<Struct*>(object);
  self->format.Init(kNone);
  GILA_TRY_VOID(Prepare(thread, self, format));
  if (kept->size.Load() >= kMaxKept) DictClear(thread, kept);
  GILA_TRY_VOID(DictSet(thread, kept, format, self));
  return self;
}

// --- packing ---

Result<Value> Pack(Thread& thread, const StructLayout& layout, std::span<const Value> values) {
  if (static_cast<int64_t>(values.size()) != layout.items)
    return RaiseOfTypeFormat(thread, struct_error, "pack expected %lld items for packing (got %zu)",
                             static_cast<long long>(layout.items), values.size());
  GILA_TRY(Bytes* const bytes, NewBytesUninitialized(thread, layout.size));
  std::memset(bytes->data, 0, static_cast<size_t>(layout.size));
  GILA_TRY_VOID(PackStruct(thread, layout, values, bytes->data));
  return bytes;
}

// Where `size` bytes at `offset` (negative: from the end) begin, with the errors of pack_into and
// unpack_from.
Result<int64_t> Place(Thread& thread, int64_t offset, int64_t size, int64_t available,
                      bool packing) {
  const auto show = [](int64_t i) { return static_cast<long long>(i); };
  const char* const name = packing ? "pack_into" : "unpack_from";
  if (offset < 0) {
    if (offset + size > 0) {
      if (packing)
        return RaiseOfTypeFormat(thread, struct_error, "no space to pack %lld bytes at offset %lld",
                                 show(size), show(offset));
      return RaiseOfTypeFormat(thread, struct_error,
                               "not enough data to unpack %lld bytes at offset %lld", show(size),
                               show(offset));
    }
    if (offset + available < 0)
      return RaiseOfTypeFormat(thread, struct_error,
                               "offset %lld out of range for %lld-byte buffer", show(offset),
                               show(available));
    offset += available;
  }
  if (available - offset < size)
    return RaiseOfTypeFormat(
        thread, struct_error,
        "%s requires a buffer of at least %llu bytes for %s %lld bytes at offset %lld (actual "
        "buffer "
        "size is %lld)",
        name, static_cast<unsigned long long>(size) + static_cast<unsigned long long>(offset),
        packing ? "packing" : "unpacking", show(size), show(offset), show(available));
  return offset;
}

Result<Value> PackInto(Thread& thread, const StructLayout& layout, std::span<const Value> args) {
  if (args.size() < 2 || static_cast<int64_t>(args.size() - 2) != layout.items) {
    if (args.empty())
      return RaiseOfType(thread, struct_error, "pack_into expected buffer argument");
    if (args.size() == 1)
      return RaiseOfType(thread, struct_error, "pack_into expected offset argument");
    return RaiseOfTypeFormat(thread, struct_error,
                             "pack_into expected %lld items for packing (got %zu)",
                             static_cast<long long>(layout.items), args.size() - 2);
  }
  BufferInfo info;
  if (!GetBuffer(args[0], &info) || info.read_only) {
    const std::string_view type = TypeNameOf(args[0]);
    return thread.RaiseTypeError("argument must be read-write bytes-like object, not %.*s",
                                 static_cast<int>(type.size()), type.data());
  }
  GILA_TRY(const int64_t wanted, ToInt64(thread, args[1]));
  // The values come first, outside the buffer: their conversion may run code of the program.
  GILA_TRY(const int64_t before, Place(thread, wanted, layout.size, info.size, true));
  static_cast<void>(before);
  std::string packed(static_cast<size_t>(layout.size), '\0');
  GILA_TRY_VOID(
      PackStruct(thread, layout, args.subspan(2), reinterpret_cast<uint8_t*>(packed.data())));
  GILA_TRY(const PinnedBuffer pinned, PinWritable(thread, args[0]));
  const Result<int64_t> offset = Place(thread, wanted, layout.size, pinned.size, true);
  if (offset.ok()) {
    const ByteLockGuard guard(pinned.owner->lock);
    std::memcpy(pinned.data + offset.value(), packed.data(), packed.size());
  }
  Unpin(pinned);
  if (!offset.ok()) return kFailed;
  return kNone;
}

// --- unpacking ---

Result<Value> Unpack(Thread& thread, const StructLayout& layout, Value buffer) {
  ByteSource source;
  GILA_TRY_VOID(source.Read(thread, buffer));
  if (source.size() != layout.size)
    return RaiseOfTypeFormat(thread, struct_error, "unpack requires a buffer of %lld bytes",
                             static_cast<long long>(layout.size));
  return UnpackStruct(thread, layout, source.data());
}

// A copy of the part of a buffer that a layout describes: of a bytearray under its lock, as others
// may write there, and once more when it has shrunk meanwhile.
Result<std::string> CopyPart(Thread& thread, Value buffer, int64_t wanted,
                             int64_t size) GILA_ATTACHED {
  while (true) {
    BufferInfo info;
    if (!GetBuffer(buffer, &info)) return RaiseNotBytesLike(thread, buffer);
    GILA_TRY(const int64_t place, Place(thread, wanted, size, info.size, false));
    if (!IsKind(buffer, kKindByteArray))
      return std::string(reinterpret_cast<const char*>(info.data + place),
                         static_cast<size_t>(size));
    std::string copy(static_cast<size_t>(size), '\0');
    bool there = false;
    ByteArrayChange(buffer.As<ByteArray>(), [&](const uint8_t* bytes, int64_t available) {
      there = size <= available - place;
      if (there) std::memcpy(copy.data(), bytes + place, copy.size());
    });
    if (there) return copy;
  }
}

Result<Value> UnpackFrom(Thread& thread, const StructLayout& layout, Value buffer, Value offset) {
  int64_t wanted = 0;
  if (!offset.IsUnbound()) {
    GILA_TRY(wanted, ToInt64(thread, offset));
  }
  BufferInfo info;
  if (IsBytes(buffer) && GetBuffer(buffer, &info)) {
    GILA_TRY(const int64_t place, Place(thread, wanted, layout.size, info.size, false));
    return UnpackStruct(thread, layout, info.data + place);
  }
  GILA_TRY(const std::string copy, CopyPart(thread, buffer, wanted, layout.size));
  return UnpackStruct(thread, layout, reinterpret_cast<const uint8_t*>(copy.data()));
}

Result<Value> IterUnpack(Thread& thread, Struct* owner, const StructLayout& layout, Value buffer) {
  if (layout.size == 0)
    return RaiseOfType(thread, struct_error, "cannot iteratively unpack with a struct of length 0");
  BufferInfo info;
  if (!GetBuffer(buffer, &info)) return RaiseNotBytesLike(thread, buffer);
  if (info.size % layout.size != 0)
    return RaiseOfTypeFormat(thread, struct_error,
                             "iterative unpacking requires a buffer of a multiple of %lld bytes",
                             static_cast<long long>(layout.size));
  GILA_TRY(Object* const object, AllocateInstance(thread, iterator_type));
  auto* const iterator = static_cast<UnpackIterator*>(object);
  iterator->owner.Init(owner);
  iterator->buffer.Init(buffer);
  PinBuffer(buffer, 1);
  heap::RegisterFinalizer(thread, iterator);
  return iterator;
}

Result<Value> IteratorStepOf(Thread& thread, Object* object) {
  auto* const self = static_cast<UnpackIterator*>(object);
  const Value owner = self->owner.Load();
  if (owner.IsUnbound()) return kUnbound;
  const Blob* const blob = owner.As<Struct>()->layout.Load();
  const StructLayout& layout = *LayoutOf(blob);
  BufferInfo info;
  const int64_t offset = self->offset.FetchAdd(layout.size);
  if (!GetBuffer(self->buffer.Load(), &info) || offset > info.size - layout.size) {
    self->owner.Store(self, kUnbound);
    return kUnbound;
  }
  return UnpackStruct(thread, layout, info.data + offset);
}

Result<Value> IteratorLengthHint(Thread&, Args args) {
  auto* const self = args[0].As<UnpackIterator>();
  const Value owner = self->owner.Load();
  BufferInfo info;
  if (owner.IsUnbound() || !GetBuffer(self->buffer.Load(), &info)) return Value::SmallInt(0);
  const int64_t left = info.size - self->offset.Load();
  return Value::SmallInt(left <= 0 ? 0 : left / LayoutOf(owner.As<Struct>()->layout.Load())->size);
}

// --- methods ---

Result<Value> StructPack(Thread& thread, Args args) {
  GILA_TRY(const StructLayout* const layout, Ready(thread, args[0].As<Struct>()));
  return Pack(thread, *layout, args.rest());
}
Result<Value> StructPackInto(Thread& thread, Args args) {
  GILA_TRY(const StructLayout* const layout, Ready(thread, args[0].As<Struct>()));
  return PackInto(thread, *layout, args.rest());
}
Result<Value> StructUnpack(Thread& thread, Args args) {
  GILA_TRY(const StructLayout* const layout, Ready(thread, args[0].As<Struct>()));
  return Unpack(thread, *layout, args[1]);
}
Result<Value> StructUnpackFrom(Thread& thread, Args args) {
  GILA_TRY(const StructLayout* const layout, Ready(thread, args[0].As<Struct>()));
  return UnpackFrom(thread, *layout, args[1], args[2]);
}
Result<Value> StructIterUnpack(Thread& thread, Args args) {
  GILA_TRY(const StructLayout* const layout, Ready(thread, args[0].As<Struct>()));
  return IterUnpack(thread, args[0].As<Struct>(), *layout, args[1]);
}
Result<Value> StructSizeOf(Thread&, Args args) {
  const Blob* const layout = args[0].As<Struct>()->layout.Load();
  return Value::SmallInt(static_cast<int64_t>(sizeof(Struct)) +
                         (layout == nullptr ? 0 : layout->size));
}
Result<Value> GetFormat(Thread& thread, Value self) {
  GILA_TRY_VOID(Ready(thread, self.As<Struct>()));
  return self.As<Struct>()->format.Load();
}
Result<Value> GetSize(Thread& thread, Value self) {
  GILA_TRY(const StructLayout* const layout, Ready(thread, self.As<Struct>()));
  return NewInt(thread, layout->size);
}

constexpr NativeDef kMethods[] = {
    {"__init__", StructInit, "(self, format)", "Initialize self."},
    {"pack", StructPack, "(self, /, *values)", "The values as bytes laid out by the format."},
    {"pack_into", StructPackInto, "(self, /, *arguments)",
     "pack_into(buffer, offset, v1, v2, ...): writes them into a buffer."},
    {"unpack", StructUnpack, "(self, buffer, /)", "The values that the bytes hold, as a tuple."},
    {"unpack_from", StructUnpackFrom, "(self, buffer, offset=0)",
     "The values that a buffer holds from an offset on."},
    {"iter_unpack", StructIterUnpack, "(self, buffer, /)",
     "An iterator over as many tuples as the buffer holds."},
    {"__sizeof__", StructSizeOf, "(self, /)", "Size of the object in memory, in bytes."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr GetSetDef kGetSets[] = {{"format", GetFormat, nullptr, "The format it was made from."},
                                  {"size", GetSize, nullptr, "The size of the packed bytes."},
                                  {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kStructSpec = {.doc = "Struct(fmt) --> compiled struct object",
                                  .new_function = StructNew,
                                  .new_signature = "(cls, /, *args, **kwargs)",
                                  .methods = kMethods,
                                  .getsets = kGetSets,
                                  .native_size = sizeof(Struct),
                                  .kind_info = &kStructKind};
constexpr NativeDef kIteratorMethods[] = {
    GILA_NATIVE_ITERATOR_METHODS,
    {"__length_hint__", IteratorLengthHint, "(self, /)", "How many tuples are left."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kIteratorSpec = {.methods = kIteratorMethods,
                                    .native_size = sizeof(UnpackIterator),
                                    .kind_info = &kIteratorKind};

// --- functions ---

Result<Struct*> FirstAsFormat(Thread& thread, std::span<const Value> args) {
  if (args.empty()) return thread.RaiseTypeError("missing format argument");
  return StructFor(thread, args[0]);
}

Result<Value> ModulePack(Thread& thread, Args args) {
  GILA_TRY(const Struct* const format, FirstAsFormat(thread, args.rest()));
  return Pack(thread, *LayoutOf(format->layout.Load()), args.rest().subspan(1));
}
Result<Value> ModulePackInto(Thread& thread, Args args) {
  GILA_TRY(const Struct* const format, FirstAsFormat(thread, args.rest()));
  return PackInto(thread, *LayoutOf(format->layout.Load()), args.rest().subspan(1));
}
Result<Value> ModuleUnpack(Thread& thread, Args args) {
  GILA_TRY(const Struct* const format, StructFor(thread, args[0]));
  return Unpack(thread, *LayoutOf(format->layout.Load()), args[1]);
}
Result<Value> ModuleUnpackFrom(Thread& thread, Args args) {
  GILA_TRY(const Struct* const format, StructFor(thread, args[0]));
  return UnpackFrom(thread, *LayoutOf(format->layout.Load()), args[1], args[2]);
}
Result<Value> ModuleIterUnpack(Thread& thread, Args args) {
  GILA_TRY(Struct* const format, StructFor(thread, args[0]));
  return IterUnpack(thread, format, *LayoutOf(format->layout.Load()), args[1]);
}
Result<Value> ModuleCalcSize(Thread& thread, Args args) {
  GILA_TRY(const Struct* const format, StructFor(thread, args[0]));
  return NewInt(thread, LayoutOf(format->layout.Load())->size);
}
Result<Value> ModuleClearCache(Thread& thread, Args) {
  DictClear(thread, kept);
  return kNone;
}

constexpr NativeDef kFunctions[] = {
    {"pack", ModulePack, "(*arguments)", "pack(format, v1, v2, ...): the values as bytes."},
    {"pack_into", ModulePackInto, "(*arguments)",
     "pack_into(format, buffer, offset, v1, v2, ...): writes the values into a buffer."},
    {"unpack", ModuleUnpack, "(format, buffer, /)", "The values that the bytes hold, as a tuple."},
    {"unpack_from", ModuleUnpackFrom, "(format, /, buffer, offset=0)",
     "The values that a buffer holds from an offset on."},
    {"iter_unpack", ModuleIterUnpack, "(format, buffer, /)",
     "An iterator over as many tuples as the buffer holds."},
    {"calcsize", ModuleCalcSize, "(format, /)", "The size in bytes of what the format describes."},
    {"_clearcache", ModuleClearCache, "()", "Forgets the compiled formats."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Status InitStructModule(Thread& thread, Module* module) {
  GILA_TRY(struct_error,
           AddExceptionClass(thread, module, "struct", "error", GetType(TypeId::kException)));
  GILA_TRY(struct_type,
           AddType(thread, module, kStructSpec, "_struct.Struct", RegisterKind(kStructKind),
                   sizeof(Struct), kBasetype | kHasWeakref));
  const uint8_t iterator_kind = RegisterKind(kIteratorKind);
  native_iterator_steps[iterator_kind] = IteratorStepOf;
  GILA_TRY(iterator_type, AddType(thread, module, kIteratorSpec, "_struct.unpack_iterator",
                                  iterator_kind, sizeof(UnpackIterator), kPlain));
  GILA_TRY(kept, NewDict(thread));
  heap::AddRoot(reinterpret_cast<Object**>(&kept));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

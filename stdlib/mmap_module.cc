// mmap_module.cc: the mmap module: files and nameless memory mapped into the address space.
//
// `data` is null once the map is closed. Buffers taken from it (memoryviews, recv_into) are counted
// in `exports`; while there are any it can be neither closed nor resized, so that they never point
// into memory that is gone.
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "runtime/heap/collect_now.h"
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/io_internal.h"

namespace gila {
namespace {

enum Access : uint8_t { kDefaultAccess, kReadAccess, kWriteAccess, kCopyAccess };

struct Map : Object {
  Atomic<uint8_t*> data;
  Atomic<int64_t> size;
  Atomic<int64_t> position;
  Atomic<int64_t> exports;
  int32_t fd;  // a copy of the file's; -1: nameless
  int32_t flags, protection;
  int64_t offset;
  Access access;
  bool read_only;
};

void Finalize(Object* object) {
  auto* const map = static_cast<Map*>(object);
  if (map->data.Load() != nullptr)
    ::munmap(map->data.Load(), static_cast<size_t>(map->size.Load()));
  if (map->fd >= 0) ::close(map->fd);
}
constexpr KindInfo kMapKind = {"mmap", nullptr, Finalize};

BufferInfo BufferOf(Object* object) {
  auto* const map = static_cast<Map*>(object);
  BufferInfo info;
  info.data = map->data.Load();
  info.size = info.data == nullptr ? 0 : map->size.Load();
  info.read_only = map->read_only;
  return info;
}
void Pin(Object* object, int64_t delta) { static_cast<Map*>(object)->exports.FetchAdd(delta); }

// The map of a call, open.
Result<Map*> Open(Thread& thread, Value self) {
  Map* const map = self.As<Map>();
  if (map->data.Load() == nullptr) return thread.RaiseValueError("mmap closed or invalid");
  return map;
}
Status CheckWritable(Thread& thread, const Map* map) {
  if (!map->read_only) return kOk;
  return thread.RaiseTypeError("mmap can't modify a readonly memory map.");
}
bool IsExported(Thread& thread, const Map* map) {
  return heap::IsReallyPinned(thread, map->exports);
}
Status CheckResizable(Thread& thread, const Map* map) {
  if (IsExported(thread, map)) {
    return thread.Raise(TypeId::kBufferError, "mmap can't resize with extant buffers exported.");
  }
  return kOk;
}
std::string_view View(const Map* map) {
  return {reinterpret_cast<const char*>(map->data.Load()), static_cast<size_t>(map->size.Load())};
}

// What kind of map the arguments ask for.
Status ReadAccess(Thread& thread, Args args, Map* map) {
  int64_t numbers[3] = {MAP_SHARED, PROT_READ | PROT_WRITE, kDefaultAccess};
  for (size_t i = 0; i < 3; ++i) {
    if (!args.Has(3 + i)) continue;
    GILA_TRY(numbers[i], ToInt64(thread, args[3 + i]));
  }
  if (numbers[2] != kDefaultAccess && (args.Has(3) || args.Has(4)))
    return thread.RaiseValueError("mmap can't specify both access and flags, prot.");
  if (numbers[2] < kDefaultAccess || numbers[2] > kCopyAccess)
    return thread.RaiseValueError("mmap invalid access parameter.");
  map->access = static_cast<Access>(numbers[2]);
  map->flags = static_cast<int32_t>(numbers[0]);
  map->protection = static_cast<int32_t>(numbers[1]);
  if (map->access == kReadAccess) map->protection = PROT_READ;
  if (map->access == kCopyAccess) map->flags = MAP_PRIVATE;
  map->read_only = !(map->protection & PROT_WRITE);
  return kOk;
}

// mmap(fileno, length, flags, prot, access, offset)
Result<Value> MapNew(Thread& thread, Args args) {
  GILA_TRY(const int64_t fd, ToInt64(thread, args[1]));
  GILA_TRY(int64_t length, ToInt64(thread, args[2]));
  GILA_TRY(const int64_t offset, args.Has(6) ? ToInt64(thread, args[6]) : Result<int64_t>(0));
  if (length < 0)
    return thread.Raise(TypeId::kOverflowError, "memory mapped length must be positive");
  if (offset < 0)
    return thread.Raise(TypeId::kOverflowError, "memory mapped offset must be positive");
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const map = static_cast<Map*>(object);
  map->fd = -1;
  heap::RegisterFinalizer(thread, map);
  GILA_TRY_VOID(ReadAccess(thread, args, map));
  if (fd != -1) {
    FlushDirtyWriters(thread);
    struct stat info;
    if (::fstat(static_cast<int>(fd), &info) != 0) return thread.RaiseOsError(errno);
    if (S_ISREG(info.st_mode)) {
      if (length == 0) {
        if (info.st_size == 0) return thread.RaiseValueError("cannot mmap an empty file");
        if (offset >= info.st_size)
          return thread.RaiseValueError("mmap offset is greater than file size");
        length = info.st_size - offset;
      } else if (offset > info.st_size || info.st_size - offset < length) {
        return thread.RaiseValueError("mmap length is greater than file size");
      }
    }
    map->fd = ::fcntl(static_cast<int>(fd), F_DUPFD_CLOEXEC, 0);
    if (map->fd < 0) return thread.RaiseOsError(errno);
  } else {
    map->flags |= MAP_ANONYMOUS;
  }
  map->offset = offset;
  void* const memory =
      ::mmap(nullptr, static_cast<size_t>(length), map->protection, map->flags, map->fd, offset);
  if (memory == MAP_FAILED) return thread.RaiseOsError(errno);
  map->size.Store(length);
  map->data.Store(static_cast<uint8_t*>(memory));
  return object;
}

Result<Value> Close(Thread& thread, Args args) {
  Map* const map = args[0].As<Map>();
  if (IsExported(thread, map))
    return thread.Raise(TypeId::kBufferError, "cannot close exported pointers exist");
  uint8_t* const data = map->data.Exchange(nullptr);
  if (data != nullptr) ::munmap(data, static_cast<size_t>(map->size.Load()));
  if (map->fd >= 0) ::close(map->fd);
  map->fd = -1;
  return kNone;
}

// --- reading and writing at the position ---

Result<Value> Read(Thread& thread, Args args) {
  GILA_TRY(Map* const map, Open(thread, args[0]));
  const int64_t left = std::max<int64_t>(map->size.Load() - map->position.Load(), 0);
  int64_t count = left;
  if (args.Has(1) && !args[1].IsNone()) {
    GILA_TRY(const int64_t wanted, ToInt64(thread, args[1]));
    if (wanted >= 0) count = std::min(wanted, left);
  }
  const int64_t begin = map->position.Load();
  map->position.Store(begin + count);
  return NewBytes(thread, count == 0 ? std::string_view()
                                     : View(map).substr(static_cast<size_t>(begin),
                                                        static_cast<size_t>(count)));
}

Result<Value> ReadByte(Thread& thread, Args args) {
  GILA_TRY(Map* const map, Open(thread, args[0]));
  const int64_t position = map->position.Load();
  if (position >= map->size.Load()) return thread.RaiseValueError("read byte out of range");
  map->position.Store(position + 1);
  return Value::SmallInt(map->data.Load()[position]);
}

Result<Value> ReadLine(Thread& thread, Args args) {
  GILA_TRY(Map* const map, Open(thread, args[0]));
  const int64_t begin = map->position.Load();
  if (begin >= map->size.Load()) return NewBytes(thread, {});
  std::string_view rest = View(map).substr(static_cast<size_t>(begin));
  const size_t newline = rest.find('\n');
  if (newline != std::string_view::npos) rest = rest.substr(0, newline + 1);
  map->position.Store(begin + static_cast<int64_t>(rest.size()));
  return NewBytes(thread, rest);
}

Result<Value> Write(Thread& thread, Args args) {
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[1]));
  GILA_TRY(Map* const map, Open(thread, args[0]));
  GILA_TRY_VOID(CheckWritable(thread, map));
  const int64_t begin = map->position.Load(), count = static_cast<int64_t>(bytes.size());
  if (begin > map->size.Load() || map->size.Load() - begin < count)
    return thread.RaiseValueError("data out of range");
  memcpy(map->data.Load() + begin, bytes.data(), bytes.size());
  map->position.Store(begin + count);
  return NewInt(thread, count);
}

Result<Value> WriteByte(Thread& thread, Args args) {
  GILA_TRY(const uint8_t byte, ToByte(thread, args[1]));
  GILA_TRY(Map* const map, Open(thread, args[0]));
  GILA_TRY_VOID(CheckWritable(thread, map));
  const int64_t position = map->position.Load();
  if (position >= map->size.Load()) return thread.RaiseValueError("write byte out of range");
  map->data.Load()[position] = byte;
  map->position.Store(position + 1);
  return kNone;
}

Result<Value> Seek(Thread& thread, Args args) {
  GILA_TRY(const int64_t distance, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t whence, args.Has(2) ? ToInt64(thread, args[2]) : Result<int64_t>(0));
  GILA_TRY(Map* const map, Open(thread, args[0]));
  if (whence < 0 || whence > 2) return thread.RaiseValueError("unknown seek type");
  const int64_t base = whence == 0 ? 0 : whence == 1 ? map->position.Load() : map->size.Load();
  const int64_t target = base + distance;
  if (target < 0 || target > map->size.Load()) return thread.RaiseValueError("seek out of range");
  map->position.Store(target);
  return kNone;
}
Result<Value> Tell(Thread& thread, Args args) {
  GILA_TRY(Map* const map, Open(thread, args[0]));
  return Value::SmallInt(map->position.Load());
}

// find(sub, start, end) and rfind
template <bool kLast>
Result<Value> Find(Thread& thread, Args args) {
  GILA_TRY(const std::string wanted, CopyBuffer(thread, args[1]));
  GILA_TRY(Map* const map, Open(thread, args[0]));
  const int64_t size = map->size.Load();
  int64_t start = map->position.Load(), end = size;
  if (args.Has(2)) {
    GILA_TRY(start, ToInt64(thread, args[2]));
  }
  if (args.Has(3)) {
    GILA_TRY(end, ToInt64(thread, args[3]));
  }
  if (start < 0) start += size;
  if (end < 0) end += size;
  start = std::clamp<int64_t>(start, 0, size);
  end = std::clamp<int64_t>(end, 0, size);
  if (end < start) return Value::SmallInt(-1);
  const std::string_view part =
      View(map).substr(static_cast<size_t>(start), static_cast<size_t>(end - start));
  const size_t place = kLast ? part.rfind(wanted) : part.find(wanted);
  if (place == std::string_view::npos) return Value::SmallInt(-1);
  return Value::SmallInt(start + static_cast<int64_t>(place));
}

Result<Value> Flush(Thread& thread, Args args) {
  GILA_TRY(Map* const map, Open(thread, args[0]));
  GILA_TRY(const int64_t offset, args.Has(1) ? ToInt64(thread, args[1]) : Result<int64_t>(0));
  GILA_TRY(const int64_t size,
           args.Has(2) ? ToInt64(thread, args[2]) : Result<int64_t>(map->size.Load()));
  if (offset < 0 || size < 0 || offset > map->size.Load() || map->size.Load() - offset < size)
    return thread.RaiseValueError("flush values out of range");
  if (map->access == kReadAccess || map->access == kCopyAccess) return kNone;
  if (::msync(map->data.Load() + offset, static_cast<size_t>(size), MS_SYNC) != 0)
    return thread.RaiseOsError(errno);
  return kNone;
}

// move(dest, src, count)
Result<Value> Move(Thread& thread, Args args) {
  GILA_TRY(Map* const map, Open(thread, args[0]));
  GILA_TRY_VOID(CheckWritable(thread, map));
  GILA_TRY(const int64_t to, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t from, ToInt64(thread, args[2]));
  GILA_TRY(const int64_t count, ToInt64(thread, args[3]));
  const int64_t size = map->size.Load();
  if (to < 0 || from < 0 || count < 0 || size - to < count || size - from < count)
    return thread.RaiseValueError("source, destination, or count out of range");
  memmove(map->data.Load() + to, map->data.Load() + from, static_cast<size_t>(count));
  return kNone;
}

Result<Value> Resize(Thread& thread, Args args) {
  GILA_TRY(const int64_t size, ToInt64(thread, args[1]));
  GILA_TRY(Map* const map, Open(thread, args[0]));
  GILA_TRY_VOID(CheckResizable(thread, map));
  if (map->access == kReadAccess || map->access == kCopyAccess)
    return thread.RaiseTypeError("mmap can't resize a readonly or copy-on-write memory map.");
  if (size < 0) return thread.RaiseValueError("new size out of range");
  if (map->fd >= 0 && ::ftruncate(map->fd, map->offset + size) != 0)
    return thread.RaiseOsError(errno);
  const StopTheWorld stopped(thread);  // nobody reads it while it moves
  void* const moved = ::mremap(map->data.Load(), static_cast<size_t>(map->size.Load()),
                               static_cast<size_t>(size), MREMAP_MAYMOVE);
  if (moved == MAP_FAILED) return thread.RaiseOsError(errno);
  map->data.Store(static_cast<uint8_t*>(moved));
  map->size.Store(size);
  return kNone;
}

Result<Value> Size(Thread& thread, Args args) {
  GILA_TRY(Map* const map, Open(thread, args[0]));
  if (map->fd < 0) return NewInt(thread, map->size.Load());
  struct stat info;
  if (::fstat(map->fd, &info) != 0) return thread.RaiseOsError(errno);
  return NewInt(thread, info.st_size);
}

Result<Value> Advise(Thread& thread, Args args) {
  GILA_TRY(Map* const map, Open(thread, args[0]));
  GILA_TRY(const int64_t option, ToInt64(thread, args[1]));
  GILA_TRY(const int64_t start, args.Has(2) ? ToInt64(thread, args[2]) : Result<int64_t>(0));
  GILA_TRY(int64_t length,
           args.Has(3) ? ToInt64(thread, args[3]) : Result<int64_t>(map->size.Load()));
  if (start < 0 || start >= map->size.Load())
    return thread.RaiseValueError("madvise start out of bounds");
  if (length < 0) return thread.RaiseValueError("madvise length invalid");
  if (length > INT64_MAX - start)
    return thread.Raise(TypeId::kOverflowError, "madvise length too large");
  length = std::min(length, map->size.Load() - start);
  if (::madvise(map->data.Load() + start, static_cast<size_t>(length), static_cast<int>(option)) !=
      0) {
    return thread.RaiseOsError(errno);
  }
  return kNone;
}

// --- as a sequence ---

Result<Value> Length(Thread& thread, Args args) {
  GILA_TRY(Map* const map, Open(thread, args[0]));
  return NewInt(thread, map->size.Load());
}

Result<int64_t> Subscript(Thread& thread, const Map* map, Value v, const char* error) {
  GILA_TRY(int64_t index, ToSubscript(thread, v));
  if (index < 0) index += map->size.Load();
  if (index < 0 || index >= map->size.Load()) return thread.Raise(TypeId::kIndexError, error);
  return index;
}

Result<Value> ItemAt(Thread& thread, Args args) {
  GILA_TRY(Map* const map, Open(thread, args[0]));
  if (!IsKind(args[1], kKindSlice)) {
    GILA_TRY(const int64_t index, Subscript(thread, map, args[1], "mmap index out of range"));
    return Value::SmallInt(map->data.Load()[index]);
  }
  GILA_TRY(const SliceIndices slice, ResolveSlice(thread, args[1].As<Slice>(), map->size.Load()));
  std::string bytes(static_cast<size_t>(slice.count), '\0');
  for (int64_t i = 0; i < slice.count; ++i)
    bytes[static_cast<size_t>(i)] =
        static_cast<char>(map->data.Load()[slice.start + i * slice.step]);
  return NewBytes(thread, bytes);
}

Result<Value> SetItemOf(Thread& thread, Args args) {
  GILA_TRY(Map* const map, Open(thread, args[0]));
  GILA_TRY_VOID(CheckWritable(thread, map));
  if (!IsKind(args[1], kKindSlice)) {
    GILA_TRY(const int64_t index, Subscript(thread, map, args[1], "mmap index out of range"));
    if (!IsInt(args[2])) return thread.RaiseTypeError("mmap item value must be an int");
    int64_t byte = -1;
    if (!TryInt64(args[2], &byte) || byte < 0 || byte > 255)
      return thread.RaiseValueError("mmap item value must be in range(0, 256)");
    map->data.Load()[index] = static_cast<uint8_t>(byte);
    return kNone;
  }
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[2]));
  GILA_TRY(const SliceIndices slice, ResolveSlice(thread, args[1].As<Slice>(), map->size.Load()));
  if (static_cast<int64_t>(bytes.size()) != slice.count)
    return thread.Raise(TypeId::kIndexError, "mmap slice assignment is wrong size");
  for (int64_t i = 0; i < slice.count; ++i)
    map->data.Load()[slice.start + i * slice.step] =
        static_cast<uint8_t>(bytes[static_cast<size_t>(i)]);
  return kNone;
}

Result<Value> Enter(Thread& thread, Args args) {
  GILA_TRY_VOID(Open(thread, args[0]));
  return args[0];
}
Result<Value> IsClosed(Thread&, Value self) {
  return Value::Bool(self.As<Map>()->data.Load() == nullptr);
}

Result<Value> ReprOf(Thread& thread, Args args) {
  const Map* const map = args[0].As<Map>();
  static const char* const kNames[] = {"ACCESS_DEFAULT", "ACCESS_READ", "ACCESS_WRITE",
                                       "ACCESS_COPY"};
  if (map->data.Load() == nullptr) return NewStr(thread, "<mmap.mmap closed=True>");
  const std::string text = std::string("<mmap.mmap closed=False, access=") + kNames[map->access] +
                           ", length=" + std::to_string(map->size.Load()) +
                           ", pos=" + std::to_string(map->position.Load()) +
                           ", offset=" + std::to_string(map->offset) + ">";
  return NewStr(thread, text);
}

#define END {nullptr, nullptr, nullptr, nullptr}
constexpr NativeDef kMethods[] = {
    {"close", Close, "(self, /)", "Unmap the memory."},
    {"read", Read, "(self, n=None, /)", "Bytes from the position on."},
    {"read_byte", ReadByte, "(self, /)", "The byte at the position."},
    {"readline", ReadLine, "(self, /)", "The line at the position."},
    {"write", Write, "(self, bytes, /)", "Write at the position."},
    {"write_byte", WriteByte, "(self, byte, /)", "Write a byte at the position."},
    {"seek", Seek, "(self, pos, whence=0, /)", "Move the position."},
    {"tell", Tell, "(self, /)", "The position."},
    {"find", Find<false>, "(self, sub, start=pos, end=len, /)", "Where the bytes come first."},
    {"rfind", Find<true>, "(self, sub, start=pos, end=len, /)", "Where the bytes come last."},
    {"flush", Flush, "(self, offset=0, size=len, /)", "Write what was changed to the file."},
    {"move", Move, "(self, dest, src, count, /)", "Copy within the memory."},
    {"resize", Resize, "(self, newsize, /)", "Change the size of the map and its file."},
    {"size", Size, "(self, /)", "The size of the file."},
    {"madvise", Advise, "(self, option, start=0, length=len, /)",
     "Tell the kernel how the memory will be used."},
    {"__len__", Length, "(self, /)", "Return len(self)."},
    {"__getitem__", ItemAt, "(self, key, /)", "Return self[key]."},
    {"__setitem__", SetItemOf, "(self, key, value, /)", "Set self[key] to value."},
    {"__enter__", Enter, "(self, /)", nullptr},
    {"__exit__", Close, "(self, *exc_info)", nullptr},
    {"__repr__", ReprOf, "(self, /)", "Return repr(self)."},
    END};
constexpr GetSetDef kFields[] = {{"closed", IsClosed, nullptr, nullptr}, END};
#undef END
constexpr TypeSpec kSpec = {
    .doc = "Memory that a file is mapped into, or nameless memory when fileno is -1.",
    .new_function = MapNew,
    .new_signature = "(cls, fileno, length, flags=1, prot=3, access=0, offset=0)",
    .methods = kMethods,
    .getsets = kFields,
    .native_size = sizeof(Map),
    .kind_info = &kMapKind};

#define ROW(name) {#name, name}
const struct {
  const char* name;
  int64_t value;
} kConstants[] = {
    ROW(PROT_EXEC),        ROW(PROT_READ),      ROW(PROT_WRITE),       ROW(MAP_SHARED),
    ROW(MAP_PRIVATE),      ROW(MAP_DENYWRITE),  ROW(MAP_EXECUTABLE),   ROW(MAP_ANON),
    ROW(MAP_ANONYMOUS),    ROW(MAP_POPULATE),   ROW(MAP_STACK),        ROW(MAP_NORESERVE),
    ROW(MADV_NORMAL),      ROW(MADV_RANDOM),    ROW(MADV_SEQUENTIAL),  ROW(MADV_WILLNEED),
    ROW(MADV_DONTNEED),    ROW(MADV_REMOVE),    ROW(MADV_DONTFORK),    ROW(MADV_DOFORK),
    ROW(MADV_HWPOISON),    ROW(MADV_MERGEABLE), ROW(MADV_UNMERGEABLE), ROW(MADV_HUGEPAGE),
    ROW(MADV_NOHUGEPAGE),  ROW(MADV_DONTDUMP),  ROW(MADV_DODUMP),      ROW(MADV_FREE),
    {"ACCESS_DEFAULT", 0}, {"ACCESS_READ", 1},  {"ACCESS_WRITE", 2},   {"ACCESS_COPY", 3}};
#undef ROW

}  // namespace

Status InitMmapModule(Thread& thread, Module* module) {
  const uint8_t kind = RegisterKind(kMapKind);
  RegisterBufferKind(kind, BufferOf, Pin);
  GILA_TRY_VOID(
      AddType(thread, module, kSpec, "mmap.mmap", kind, sizeof(Map), kBasetype | kHasWeakref));
  for (const auto& constant : kConstants)
    GILA_TRY_VOID(AddValue(thread, module, constant.name, Value::SmallInt(constant.value)));
  const Value page = Value::SmallInt(::sysconf(_SC_PAGESIZE));
  GILA_TRY_VOID(AddValue(thread, module, "PAGESIZE", page));
  GILA_TRY_VOID(AddValue(thread, module, "ALLOCATIONGRANULARITY", page));
  return AddValue(thread, module, "error", reinterpret_cast<Object*>(GetType(TypeId::kOSError)));
}

}  // namespace gila

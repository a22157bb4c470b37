// heap.h: allocation, and the collector as everybody else sees it.
//
// A non-moving mark-sweep heap over 32 KiB blocks of one cell size each; larger objects take whole
// runs of blocks. Each thread bumps a pointer through holes between live cells (found in the mark
// bitmap, zeroed when taken), so an allocation is an add and a compare and fresh fields are the int
// 0. Sticky mark bits make it generational: a minor collection treats what is marked as alive and
// looks only at roots, at remembered old objects and at what was allocated since. Marking has its
// own stack. Roots: the globals that AddRoot names, each thread's fields and its register stack,
// and *conservatively* every attached or detached thread's native stack: C++ code just holds a
// Value or an object pointer in a local variable. Interior pointers count. A collection may happen
// in any allocation; finalisers (__del__) and weakref callbacks never do: they are queued and run
// at the next check of the eval breaker.
//
// Start reading here (Allocate is the fast path), then allocate.cc, mark.cc, collect.cc; the essay
// is in heap/README.md.
#ifndef GILA_RUNTIME_HEAP_HEAP_H_
#define GILA_RUNTIME_HEAP_HEAP_H_

#include <cstddef>
#include <cstdint>

#include "runtime/object.h"
#include "runtime/thread.h"

namespace gila {

class Thread;

// Handed to the trace function of a kind: report every value and object pointer that the object
// holds.
class Marker {
 public:
  void Visit(Value v) {
    if (v.IsPointer()) Mark(v.AsObject());
  }
  void Visit(const Slot& slot) { Visit(slot.Load()); }
  template <class T>
  void Visit(const PointerSlot<T>& slot) {
    Mark(slot.Load());
  }
  void Visit(Object* object) { Mark(object); }
  void Mark(Object* object);  // null is fine

 private:
  friend class Collector;
  Object** stack_ = nullptr;
  size_t size_ = 0, capacity_ = 0;
  uint64_t marked_bytes_ = 0;
  void Push(Object* object);
};

struct KindInfo {
  const char* name;
  // Reports the fields of the native layout. Instance attributes (overflow word, slots) are traced
  // by the collector itself. Null: nothing to trace.
  void (*trace)(Object* object, Marker& marker);
  // Runs when an object registered with RegisterFinalizer dies: native resources only (file
  // descriptors); it may touch no other object. Null: none.
  void (*finalize)(Object* object);
};

// The row of a built-in kind; each type's .cc file sets its own once, in its Init function or a
// static initialiser.
void SetKindInfo(uint8_t kind, const KindInfo& info);
// A new kind for a type of a native module. At most 255 kinds in all.
uint8_t RegisterKind(const KindInfo& info);

namespace heap {

inline constexpr size_t kBlockSize = 32 * 1024;
inline constexpr size_t kGranule = 16;
inline constexpr size_t kMaxSmall = 16 * 1024;  // larger objects take runs of blocks
inline constexpr size_t kMaxObject = size_t{1} << 46;

// Reserves the address space. Called once, before any allocation.
void Init();
void InitCollector();

// Size classes: every 16 bytes up to 512, then four steps an octave up to kMaxSmall.
inline constexpr size_t kFineLimit = 512;
constexpr size_t SizeClass(size_t bytes) {
  if (bytes <= kFineLimit) return (bytes + kGranule - 1) / kGranule;
  const int octave = 63 - __builtin_clzll(bytes - 1);  // 2^octave < bytes <= 2^(octave + 1)
  return 33 + (static_cast<size_t>(octave) - 9) * 4 + (((bytes - 1) >> (octave - 2)) & 3);
}
constexpr size_t ClassBytes(size_t size_class) {
  if (size_class <= 32) return size_class * kGranule;
  const size_t octave = 9 + (size_class - 33) / 4, step = (size_class - 33) % 4;
  return (size_t{1} << octave) + (step + 1) * (size_t{1} << (octave - 2));
}
static_assert(ClassBytes(SizeClass(513)) == 640 && ClassBytes(SizeClass(640)) == 640 &&
              ClassBytes(SizeClass(kMaxSmall)) == kMaxSmall);
static_assert(SizeClass(kMaxSmall) + 1 == kSizeClasses);

// Out of holes, large, or under stress: finds memory, collects when a collection is due.
Object* AllocateSlow(Thread& thread, size_t bytes, uint8_t kind, uint32_t shape_id);

// `bytes` of zeroed memory with the header filled in; null with MemoryError raised when there is
// none. The object is young.
GILA_ALWAYS_INLINE Object* Allocate(Thread& thread, size_t bytes, uint8_t kind,
                                    uint32_t shape_id) GILA_ATTACHED {
  if (GILA_LIKELY(bytes <= kFineLimit)) {
    const size_t rounded = (bytes + kGranule - 1) & ~(kGranule - 1);
    FreeRun& run = thread.runs[rounded / kGranule];
    uint8_t* cell = run.next;
    if (GILA_LIKELY(static_cast<size_t>(run.limit - cell) >= rounded)) {
      run.next = cell + rounded;
      Object* object = reinterpret_cast<Object*>(cell);
      object->kind = kind;
      object->shape_id.StoreRelaxed(shape_id);
      return object;
    }
  }
  return AllocateSlow(thread, bytes, kind, shape_id);
}

// Allocate, but a large object gets as much address space again, untouched, for Extend to take.
Object* AllocateGrowing(Thread& thread, size_t bytes, uint8_t kind,
                        uint32_t shape_id) GILA_ATTACHED;
// Makes the cell of a large object hold `bytes` without moving it, if there is space behind it.
bool Extend(Object* object, size_t bytes);

// Collects now. Returns the number of objects that died with a finaliser or weak reference (what
// gc.collect() reports is up to it). Finalisers are queued, not run.
enum class Collection { kMinor, kFull };
void Collect(Thread& thread, Collection kind) GILA_ATTACHED;
// Runs what died: __del__ and weakref callbacks, from a safepoint. Errors go to sys.unraisablehook.
void RunPendingFinalizers(Thread& thread) GILA_ATTACHED;

// `location` is read as a root at every collection.
void AddRoot(const Value* location);
void AddRoot(Object** location);

// Asks for `finalize` of the kind, or for __del__, when the object dies.
void RegisterFinalizer(Thread& thread, Object* object) GILA_ATTACHED;
// Weak references: `weakref` is told (cleared, its callback queued) when `referent` dies. See
// types/weakref.h.
void RegisterWeakref(Thread& thread, Object* referent, Object* weakref) GILA_ATTACHED;

// The object whose cell contains `address`, or null: for conservative roots. Stop-the-world only.
Object* FindObject(uintptr_t address);
// The bytes an object's cell takes (sys.getsizeof).
size_t CellSize(const Object* object);

struct Statistics {
  uint64_t minor_collections, full_collections;
  uint64_t live_bytes_after_full, allocated_bytes, reserved_bytes;
  uint64_t pause_nanoseconds_total, pause_nanoseconds_max;
};
Statistics GetStatistics();
void SetEnabled(bool enabled);  // gc.disable() stops automatic full collections of cycles only in
                                // name: it is remembered
bool IsEnabled();
// -X gcstress=N: a collection at every N-th allocation, every 16th of them full. 0 turns it off.
void SetStress(uint64_t every);
// Calls `visit` for every live object (gc.get_objects and invalidation of caches). The world is
// stopped by the caller.
void ForEachObject(void (*visit)(Object* object, void* context), void* context);

// 32-bit name of a heap object, for inline caches; the heap is one reservation of at most 64 GiB.
extern uintptr_t base;
inline uint32_t Compress(const Object* object) {
  return static_cast<uint32_t>((reinterpret_cast<uintptr_t>(object) - base) / kGranule);
}
inline Object* Decompress(uint32_t ref) {
  return reinterpret_cast<Object*>(base + uintptr_t{ref} * kGranule);
}

}  // namespace heap

// A new T (T::kKind its layout) of `bytes` bytes with the given shape. Fields are zero.
template <class T>
GILA_ALWAYS_INLINE Result<T*> Allocate(Thread& thread, uint32_t shape_id,
                                       size_t bytes = sizeof(T)) GILA_ATTACHED {
  return static_cast<T*>(heap::Allocate(thread, bytes, T::kKind, shape_id));
}
template <class T>
GILA_ALWAYS_INLINE Result<T*> Allocate(Thread& thread, TypeId id,
                                       size_t bytes = sizeof(T)) GILA_ATTACHED {
  return static_cast<T*>(heap::Allocate(thread, bytes, T::kKind, ShapeIdOf(id)));
}

// An instance of `type` (a subclass or not) with `extra` bytes beyond its native layout; attribute
// slots follow, empty. For variable-size layouts of built-in types use their own constructors.
// Raises MemoryError.
Result<Object*> AllocateInstance(Thread& thread, Type* type, size_t extra = 0) GILA_ATTACHED;

// The storage behind lists and the like: `length` zero words.
Result<ValueArray*> NewValueArray(Thread& thread, int64_t length) GILA_ATTACHED;
Result<Blob*> NewBlob(Thread& thread, int64_t size) GILA_ATTACHED;

// The same for storage that will grow again: when it is large, address space is kept free behind it
// so that ExtendTo can enlarge it where it is. False when it must move after all. The new part is
// zero. Nobody else may extend the storage meanwhile; others may read what was there.
Result<ValueArray*> NewGrowingArray(Thread& thread, int64_t length) GILA_ATTACHED;
Result<Blob*> NewGrowingBlob(Thread& thread, int64_t size) GILA_ATTACHED;
bool ExtendTo(ValueArray* array, int64_t length);
bool ExtendTo(Blob* blob, int64_t size);

}  // namespace gila

#endif  // GILA_RUNTIME_HEAP_HEAP_H_

// object.h: the header of every heap object, the ways to load and store the values in one, and two
// plain kinds of storage.
//
//      byte 0..3     4      5      6      7
//     +----------+------+------+------+-------+
//     | shape id | kind | lock |  gc  | flags |      8 bytes; the fields of the object follow
//     +----------+------+------+------+-------+
//
// The *shape* (shape.h) says which type the object has and, for instances, where its attributes
// are. The *kind* is the C++ layout: an instance of a subclass of list has kind kList and another
// shape than a list. So `object->kind` answers "may I cast this to List", and `object->shape_id`
// answers "is this exactly a list" (kind and shape id of a built-in type are constants made from
// builtin_types.def).
//
// Every store of a value into a heap object goes through Slot::Store (or StorePointer): it is the
// write barrier.
#ifndef GILA_RUNTIME_OBJECT_H_
#define GILA_RUNTIME_OBJECT_H_

#include <cstdint>

#include "runtime/result.h"
#include "runtime/threads/sync.h"
#include "runtime/value.h"

namespace gila {

class Thread;
struct Type;
struct Shape;

// Types known at compile time, exceptions last.
enum class TypeId : uint16_t {
#define GILA_TYPE(id, name, base, flags) k##id,
#define GILA_LAYOUT(id)
#include "runtime/types/builtin_types.def"
#define GILA_EXCEPTION(id, base) k##id,
#include "runtime/types/exceptions.def"
  kCount
};

// Layouts. kFree marks a heap cell without an object. Modules register kinds of their own above
// kFirstDynamic (heap/heap.h).
enum Kind : uint8_t {
  kFreeKind = 0,
#define GILA_TYPE(id, name, base, flags) kKind##id,
#define GILA_LAYOUT(id) kKind##id,
#include "runtime/types/builtin_types.def"
  kKindException,
  kKindInstance = kKindObject,  // a plain instance: nothing but attributes
  kFirstDynamicKind = kKindException + 1
};

// The root shape of a built-in type has a fixed number; 0 is no shape.
constexpr uint32_t ShapeIdOf(TypeId id) { return static_cast<uint32_t>(id) + 1; }

// Bits of Object::gc; they belong to the collector (heap/heap.h).
enum GcBits : uint8_t {
  kGcOld = 1,         // survived a collection (the sticky mark bit)
  kGcRemembered = 2,  // old, and in the remembered set
  kGcFinalizer = 4,   // has __del__ or a native finaliser, and is registered
  kGcWeakrefs = 8,    // some weak reference points here
  kGcFinalized = 16,  // its __del__ has run
};

struct Object {
  Atomic<uint32_t> shape_id;
  uint8_t kind;
  ByteLock lock;
  Atomic<uint8_t> gc;
  uint8_t flags;  // belongs to the kind

  bool Is(Kind k) const { return kind == k; }
  bool IsExactly(TypeId id) const { return shape_id.LoadRelaxed() == ShapeIdOf(id); }
};
static_assert(sizeof(Object) == 8);

// The slow half of the write barrier: puts `owner` into this thread's remembered set; of a large
// object only the place of `slot`, so that a store into an old list of millions does not make the
// next minor collection read all of it.
void RememberObject(Object* owner, const void* slot);

GILA_ALWAYS_INLINE void WriteBarrier(Object* owner, const void* slot) {
  if (GILA_UNLIKELY((owner->gc.LoadRelaxed() & (kGcOld | kGcRemembered)) == kGcOld))
    RememberObject(owner, slot);
}

// A value inside a heap object.
class Slot {
 public:
  GILA_ALWAYS_INLINE Value Load() const { return Value(word_.Load()); }
  GILA_ALWAYS_INLINE void Store(Object* owner, Value value) {
    word_.Store(value.word());
    if (value.IsPointer()) WriteBarrier(owner, this);
  }
  // For an object that was allocated just now, with no allocation since: no barrier. Fresh memory
  // is zero (the int 0).
  GILA_ALWAYS_INLINE void Init(Value value) { word_.StoreRelaxed(value.word()); }
  Value Exchange(Object* owner, Value value) {
    const Value old(word_.Exchange(value.word()));
    WriteBarrier(owner, this);
    return old;
  }
  bool CompareExchange(Object* owner, Value expected, Value desired) {
    uint64_t word = expected.word();
    const bool done = word_.CompareExchange(word, desired.word());
    if (done) WriteBarrier(owner, this);
    return done;
  }

 private:
  Atomic<uint64_t> word_;
};
static_assert(sizeof(Slot) == 8);

// A pointer to an object inside a heap object. May be null.
template <class T>
class PointerSlot {
 public:
  GILA_ALWAYS_INLINE T* Load() const { return pointer_.Load(); }
  GILA_ALWAYS_INLINE T* operator->() const { return pointer_.Load(); }
  GILA_ALWAYS_INLINE void Store(Object* owner, T* value) {
    pointer_.Store(value);
    WriteBarrier(owner, this);
  }
  GILA_ALWAYS_INLINE void Init(T* value) { pointer_.StoreRelaxed(value); }

 private:
  Atomic<T*> pointer_;
};

// `length` values: list stores, overflow attributes, registers of a suspended generator, and the
// like.
struct ValueArray : Object {
  static constexpr Kind kKind = kKindValueArray;
  static constexpr size_t Size(int64_t length) {
    return sizeof(ValueArray) + static_cast<size_t>(length) * sizeof(Slot);
  }
  int64_t length;
  Slot items[];  // zero bytes (the int 0) when new
  // For readers without a lock: storage can grow where it is.
  int64_t Length() const { return __atomic_load_n(&length, __ATOMIC_RELAXED); }
};

// `size` bytes the collector does not look into.
struct Blob : Object {
  static constexpr Kind kKind = kKindBlob;
  static constexpr size_t Size(int64_t size) { return sizeof(Blob) + static_cast<size_t>(size); }
  int64_t size;
  Atomic<int64_t> used;  // for growing strings: how much of it is taken (str.h)
  uint8_t bytes[];
};

// True for a heap object of the given layout.
GILA_ALWAYS_INLINE bool IsKind(Value v, Kind kind) {
  return v.IsPointer() && v.AsObject()->kind == kind;
}
// True for an object whose type is exactly the given built-in one (heap objects only: not for
// immediate ints, floats, None).
GILA_ALWAYS_INLINE bool IsExactly(Value v, TypeId id) {
  return v.IsPointer() && v.AsObject()->IsExactly(id);
}
// The object as T when it has T's layout (T::kKind), else null.
template <class T>
GILA_ALWAYS_INLINE T* CastOrNull(Value v) {
  return IsKind(v, T::kKind) ? v.As<T>() : nullptr;
}

}  // namespace gila

#endif  // GILA_RUNTIME_OBJECT_H_

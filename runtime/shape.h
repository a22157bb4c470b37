// shape.h: hidden classes. A shape says which type an object has and at which slot each of its
// attributes is. Objects that got the same attributes in the same order share a shape, so an inline
// cache needs one comparison: the object's 32-bit shape id.
//
// Shapes form a tree per type: the root is the empty object, an edge adds one attribute. They live
// in one reserved region and are found by number (base + id * 64), so the header of an object needs
// 4 bytes and no table. They are immortal.
//
// Where an attribute is: an instance carries, at Type::attributes_offset, one *overflow* word and
// then `inline_capacity` slots. Slot i < inline_capacity is in the object, the others are in the
// ValueArray that the overflow word points to. The capacity is a property of the root: a type that
// sees its instances overflow makes a roomier root for those to come (type.cc).
//
// `__dict__` on demand: an instance whose __dict__ is asked for (or that deletes an attribute)
// moves to its type's *dictionary shape*: the overflow word then holds a real Dict with the
// attributes, and inline caches no longer apply.
// `__slots__` members are attributes whose key is the member descriptor; they come first and stay
// in their slots.
#ifndef GILA_RUNTIME_SHAPE_H_
#define GILA_RUNTIME_SHAPE_H_

#include <cstdint>

#include "runtime/object.h"

namespace gila {

// 24 bits: a cache word holds an 8-bit tag beside it.
inline constexpr uint32_t kShapeIdBits = 24;
inline constexpr int32_t kNoSlot = -1;

struct ShapeTable;   // attribute -> slot, for shapes with many attributes (shape.cc)
struct Transitions;  // attribute -> child shape (shape.cc)

enum ShapeFlags : uint8_t {
  kShapeDictionary = 1,  // attributes are in a Dict behind the overflow word
  kShapeNoDict = 2,      // takes no attributes beyond its __slots__
  kShapeBuiltin = 4,     // the fixed root of a built-in type
};

struct alignas(64) Shape {
  Type* type;
  Value key;  // the attribute that this shape adds to its parent (an interned Str or a Member);
              // unbound in a root
  uint32_t id;
  uint32_t parent;  // 0 in a root
  uint32_t root;
  uint16_t slot_count;
  uint16_t inline_capacity;
  uint8_t flags;
  uint8_t member_count;        // leading slots that are __slots__ members
  uint16_t attributes_offset;  // the type's: where the overflow word is; 0: no attributes
  Atomic<Transitions*> transitions;
  Atomic<ShapeTable*> table;

  // The slot of `key`, or kNoSlot. Lock-free.
  int32_t Find(Value key) const;
  // The shape with `key` added; made when it is not there yet. Null when the shape space is full
  // (the caller then goes to the dictionary shape). Thread-safe.
  const Shape* Add(Value key) const;
  bool IsDictionary() const { return flags & kShapeDictionary; }
};
static_assert(sizeof(Shape) == 64);

// Shapes stand side by side at a fixed address below the program (CMakeLists.txt: image base), so
// that finding one takes no load. The region is address space for 2^24 of them, not memory.
inline constexpr uintptr_t kShapeRegion = 0x0800'0000;
inline constexpr size_t kShapeRegionBytes = sizeof(Shape) << kShapeIdBits;

// Reserves the region. Called once, before anything else of the runtime.
void InitShapes();

GILA_ALWAYS_INLINE const Shape* ShapeAt(uint32_t id) {
  return reinterpret_cast<const Shape*>(kShapeRegion + uintptr_t{id} * sizeof(Shape));
}
GILA_ALWAYS_INLINE const Shape* ShapeOf(const Object* object) {
  return ShapeAt(object->shape_id.Load());
}

// A new root for instances of `type`.
const Shape* NewRootShape(Type* type, uint16_t inline_capacity, uint8_t flags);
// Fills the fixed root of a built-in type.
void InitBuiltinShape(TypeId id, Type* type, uint16_t inline_capacity, uint8_t flags);

}  // namespace gila

#endif  // GILA_RUNTIME_SHAPE_H_

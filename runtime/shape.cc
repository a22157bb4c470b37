// shape.cc: the tree of shapes. Look-ups take no lock: short chains are walked, longer ones get a
// table that is built once and published whole; adding a child takes one of a few sharded locks.
#include "runtime/shape.h"

#include <cstdlib>
#include <cstring>
#include <mutex>

#include "runtime/address_space.h"
#include "runtime/heap/collector.h"
#include "runtime/threads/fork.h"
#include "runtime/type.h"

namespace gila {

// Attribute -> slot, open addressing over the identity of the key. Immutable once published.
struct ShapeTable {
  uint32_t mask;
  struct Entry {
    uint64_t key;  // 0: free
    int32_t slot;
  } entries[];
};

// Children of a shape: a growing array, replaced as a whole. Old arrays are leaked: they are short
// and few.
struct Transitions {
  uint32_t count;
  uint32_t ids[];
};

namespace {

constexpr int kWalkLimit = 6;
constexpr int kLocks = 16;
std::mutex shape_locks[kLocks];
const ForkRepair repair([](Thread&, bool) {
  for (std::mutex& lock : shape_locks) RenewMutex(lock);
});
Atomic<uint32_t> next_shape_id{static_cast<uint32_t>(TypeId::kCount) + 1};

// Less than 2^24 where the process has a limit on address space.
uint32_t shape_limit = 0;

Shape& ShapeToFill(uint32_t id) { return const_cast<Shape&>(*ShapeAt(id)); }

uint32_t HashKey(Value key) {
  return static_cast<uint32_t>((key.word() >> 4) * 0x9E3779B97F4A7C15ull >> 32);
}

// A fresh id, or 0 when the region is full.
uint32_t TakeId() {
  uint32_t id = next_shape_id.LoadRelaxed();
  do {
    if (id + 1 >= shape_limit) return 0;
  } while (!next_shape_id.CompareExchange(id, id + 1));
  return id;
}

ShapeTable* BuildTable(const Shape* shape) {
  uint32_t size = 16;
  while (size < shape->slot_count * 2u) size *= 2;
  auto* table =
      static_cast<ShapeTable*>(calloc(1, sizeof(ShapeTable) + size * sizeof(ShapeTable::Entry)));
  table->mask = size - 1;
  for (const Shape* s = shape; s->parent != 0; s = ShapeAt(s->parent)) {
    uint32_t place = HashKey(s->key) & table->mask;
    while (table->entries[place].key != 0) place = (place + 1) & table->mask;
    table->entries[place] = {s->key.word(), s->slot_count - 1};
  }
  return table;
}

}  // namespace

void InitShapes() {
  size_t bytes = ShareOfAddressSpace(kShapeRegionBytes, 16);
  while (ReserveMemory(bytes, kShapeRegion) == nullptr) {
    bytes /= 2;
    if (bytes < sizeof(Shape) << 12) EndWithoutMemory("shapes");
  }
  shape_limit = static_cast<uint32_t>(bytes / sizeof(Shape));
}

uint32_t ShapeCount() { return next_shape_id.Load(); }

int32_t Shape::Find(Value wanted) const {
  if (slot_count <= kWalkLimit) {
    for (const Shape* s = this; s->parent != 0; s = ShapeAt(s->parent)) {
      if (s->key == wanted) return s->slot_count - 1;
    }
    return kNoSlot;
  }
  ShapeTable* known = table.Load();
  if (known == nullptr) {
    ShapeTable* built = BuildTable(this);
    auto& slot = const_cast<Atomic<ShapeTable*>&>(table);
    if (slot.CompareExchange(known, built)) {
      known = built;
    } else {
      free(built);  // another thread was first; `known` is its table
    }
  }
  for (uint32_t place = HashKey(wanted) & known->mask; known->entries[place].key != 0;
       place = (place + 1) & known->mask) {
    if (known->entries[place].key == wanted.word()) return known->entries[place].slot;
  }
  return kNoSlot;
}

const Shape* Shape::Add(Value wanted) const {
  const auto find_child = [&](const Transitions* children) -> const Shape* {
    for (uint32_t i = 0; children != nullptr && i < children->count; ++i) {
      const Shape* child = ShapeAt(children->ids[i]);
      if (child->key == wanted) return child;
    }
    return nullptr;
  };
  if (const Shape* child = find_child(transitions.Load())) return child;
  std::lock_guard<std::mutex> guard(shape_locks[id % kLocks]);
  const Transitions* old = transitions.Load();
  if (const Shape* child = find_child(old)) return child;
  const uint32_t count = old == nullptr ? 0 : old->count;
  // A shape with very many children is a sign of attributes used as a dictionary: the caller makes
  // it one.
  const uint32_t child_id = count >= 1024 || slot_count >= 1024 ? 0 : TakeId();
  if (child_id == 0) return nullptr;
  Shape& child = ShapeToFill(child_id);
  child.type = type;
  child.key = wanted;
  child.id = child_id;
  child.parent = id;
  child.root = root;
  child.slot_count = static_cast<uint16_t>(slot_count + 1);
  child.inline_capacity = inline_capacity;
  child.flags = flags & ~kShapeBuiltin;
  child.member_count = static_cast<uint8_t>(member_count + (IsKind(wanted, kKindMember) ? 1 : 0));
  child.attributes_offset = attributes_offset;
  auto* grown =
      static_cast<Transitions*>(malloc(sizeof(Transitions) + (count + 1) * sizeof(uint32_t)));
  grown->count = count + 1;
  if (count != 0) memcpy(grown->ids, old->ids, count * sizeof(uint32_t));
  grown->ids[count] = child_id;
  const_cast<Atomic<Transitions*>&>(transitions).Store(grown);
  return &child;
}

namespace {

void FillRoot(Shape& shape, uint32_t id, Type* type, uint16_t inline_capacity, uint8_t flags) {
  shape.type = type;
  shape.key = kUnbound;
  shape.id = shape.root = id;
  shape.parent = 0;
  shape.slot_count = 0;
  shape.inline_capacity = inline_capacity;
  shape.flags = flags;
  shape.member_count = 0;
  shape.attributes_offset = type->attributes_offset;
}

}  // namespace

const Shape* NewRootShape(Type* type, uint16_t inline_capacity, uint8_t flags) {
  const uint32_t id = TakeId();
  GILA_CHECK(id != 0);
  FillRoot(ShapeToFill(id), id, type, inline_capacity, flags);
  return ShapeAt(id);
}

void InitBuiltinShape(TypeId id, Type* type, uint16_t inline_capacity, uint8_t flags) {
  FillRoot(ShapeToFill(ShapeIdOf(id)), ShapeIdOf(id), type, inline_capacity, flags | kShapeBuiltin);
}

}  // namespace gila

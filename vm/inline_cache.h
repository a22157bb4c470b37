// inline_cache.h: what the words after a specialised instruction hold.
//
//      63                     32 31    24 23                0
//     +-------------------------+--------+-------------------+
//     |  where or what          |  tag   |  guard            |
//     +-------------------------+--------+-------------------+
//
// Guard and tag are compared together. The guard is a shape id, or the version of a dictionary's
// key set (below 2^24; later versions are not cached). The upper half is a byte offset into the
// object, an index, a shape, or a compressed pointer to a LookupCell, as the tag says. In the
// no-GIL build opcode and cache are written one after the other, and the tag keeps a handler from
// reading a word that was meant for another one.
//
// A word with tag 0 belongs to the slow path: it counts how often the instruction was specialised
// anew, so that one that sees everything stays generic.
#ifndef GILA_VM_INLINE_CACHE_H_
#define GILA_VM_INLINE_CACHE_H_

#include <cstdint>

#include "runtime/heap/heap.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "vm/frame.h"

namespace gila::vm {

enum CacheTag : uint32_t {
  kTagNone = 0,
  kTagInline = 1,    // shape; upper half: byte offset of the attribute in the object
  kTagOverflow = 2,  // shape; upper half: offset of the overflow word | index in the array << 16
  kTagAdd = 3,       // shape before; upper half: shape after | slot offset in words << 24
  kTagClass = 4,     // shape; upper half: LookupCell of a plain class attribute
  kTagBound = 5,     // shape; LookupCell of a function to be bound
  kTagProperty = 6,  // shape; LookupCell of a property, or of a descriptor with a native getter
  kTagMethod = 7,    // shape; LookupCell of a function or method descriptor, for LoadMethod
  kTagType = 8,      // root shape of the class that is looked into; LookupCell
  kTagModule = 9,    // key-set version of the module's dictionary; index of the entry
  kTagNames =
      10,  // key-set version of the globals; index of the entry, or kAbsent: see the second word
  kTagBuiltins = 11,  // key-set version of the builtins; index of the entry
  // Code of the callee in the upper half, and instead of a guard the parameters of the keywords,
  // six bits each (keyword_calls.cc).
  kTagKeywords = 12,
  kTagCellFirst = kTagClass,
  kTagCellLast = kTagType
};

inline constexpr uint32_t kGuardLimit = 1u << kShapeIdBits;
inline constexpr uint32_t kAbsent = 0xFFFFFFFF;

constexpr uint32_t GuardOf(uint32_t id, CacheTag tag) { return id | uint32_t{tag} << 24; }
constexpr uint64_t MakeCache(uint32_t id, CacheTag tag, uint32_t upper) {
  return GuardOf(id, tag) | uint64_t{upper} << 32;
}
constexpr uint32_t CacheGuard(uint64_t cache) { return static_cast<uint32_t>(cache); }
constexpr uint32_t CacheUpper(uint64_t cache) { return static_cast<uint32_t>(cache >> 32); }
constexpr CacheTag TagOf(uint64_t cache) {
  return static_cast<CacheTag>(static_cast<uint32_t>(cache) >> 24);
}
// Does the upper half name an object that the code keeps alive?
constexpr bool CacheHoldsCell(uint64_t cache) {
  const CacheTag tag = TagOf(cache);
  return (tag >= kTagCellFirst && tag <= kTagCellLast) || tag == kTagKeywords;
}

GILA_ALWAYS_INLINE bool ShapeMatches(const Object* object, uint64_t cache, CacheTag tag) {
  return GuardOf(object->shape_id.Load(), tag) == CacheGuard(cache);
}
GILA_ALWAYS_INLINE LookupCell* CellOf(uint64_t cache) {
  return static_cast<LookupCell*>(heap::Decompress(CacheUpper(cache)));
}
GILA_ALWAYS_INLINE Slot* SlotAt(Object* object, uint32_t byte_offset) {
  return reinterpret_cast<Slot*>(reinterpret_cast<uint8_t*>(object) + byte_offset);
}

// The entry that `cache` names, or null when the dictionary has other keys by now. The table is
// taken before the version is looked at: a writer zeroes the version before it publishes another
// table.
GILA_ALWAYS_INLINE DictEntry* CachedEntry(const Dict* dict, uint64_t cache, CacheTag tag) {
  DictTable* table = dict->table.Load();
  if (GILA_UNLIKELY(GuardOf(dict->keys_version.Load(), tag) != CacheGuard(cache))) return nullptr;
  return &table->entries[CacheUpper(cache)];
}

// --- for the slow paths ---

// Writes a specialised opcode into the instruction and, before it, its cache word. A cell in it is
// kept alive by the code.
void Specialise(const uint64_t* pc, uint16_t opcode, Value* registers, uint64_t cache);
// Only the opcode; the cache word goes on counting.
void SpecialiseOpcode(const uint64_t* pc, uint16_t opcode);
// Back to the base opcode, counting. False when this was done so often that it is to stay generic.
bool MayRespecialise(const uint64_t* pc);

}  // namespace gila::vm

#endif  // GILA_VM_INLINE_CACHE_H_

// inline_cache.cc: writing inline caches.
#include "vm/inline_cache.h"

#include "vm/opcode_tables.h"

namespace gila::vm {
namespace {

// So often an instruction may change its specialised form before it is left as it is.
constexpr uint64_t kMaxChanges = 16;

}  // namespace

void Specialise(const uint64_t* pc, uint16_t opcode, Value* registers, uint64_t cache) {
  StoreWord(pc + 1, cache);
  if (CacheHoldsCell(cache)) WriteBarrier(CodeOf(registers), pc);
  SpecialiseOpcode(pc, opcode);
}

void SpecialiseOpcode(const uint64_t* pc, uint16_t opcode) {
  StoreWord(pc, (LoadWord(pc) & ~uint64_t{0xFFFF}) | opcode);
}

bool MayRespecialise(const uint64_t* pc) {
  const uint64_t cache = LoadWord(pc + 1);
  const uint64_t changes = TagOf(cache) == kTagNone ? CacheUpper(cache) : 0;
  if (changes >= kMaxChanges) return false;
  StoreWord(pc + 1, (changes + 1) << 32);
  return true;
}

}  // namespace gila::vm

// The words of inline caches: what is put in comes out, and no tag takes another one's word for its
// own.
#include "vm/inline_cache.h"

#include <catch2/catch.hpp>

#include "../runtime/runtime_fixture.h"
#include "vm/attribute_cache.h"
#include "vm/opcode_tables.h"

using namespace gila;
using namespace gila::vm;

TEST_CASE("a cache word keeps guard, tag and place apart", "[cache]") {
  for (const uint32_t id : {1u, 77u, kGuardLimit - 1}) {
    for (uint32_t tag = kTagInline; tag <= kTagKeywords; ++tag) {
      const uint64_t cache = MakeCache(id, static_cast<CacheTag>(tag), 0xFFFFFFFF);
      CHECK(static_cast<uint32_t>(TagOf(cache)) == tag);
      CHECK((CacheGuard(cache) & (kGuardLimit - 1)) == id);
      CHECK(CacheUpper(cache) == 0xFFFFFFFF);
      for (uint32_t other = kTagInline; other <= kTagKeywords; ++other)
        CHECK((GuardOf(id, static_cast<CacheTag>(other)) == CacheGuard(cache)) == (other == tag));
    }
  }
}

TEST_CASE("an empty cache word fits nothing", "[cache]") {
  CHECK(TagOf(0) == kTagNone);
  CHECK_FALSE(CacheHoldsCell(0));
  for (uint32_t tag = kTagInline; tag <= kTagKeywords; ++tag)
    CHECK(GuardOf(1, static_cast<CacheTag>(tag)) != CacheGuard(0));
}

TEST_CASE("an instruction may change its form only so often", "[cache]") {
  uint64_t words[2] = {Instruction::Make(kOpAdd, 1, 2, 3), 0};
  int changes = 0;
  while (MayRespecialise(words)) REQUIRE(++changes < 1000);
  CHECK(changes == 16);
  SpecialiseOpcode(words, kOpAddFloat);
  const Instruction changed(words[0]);
  CHECK(changed.opcode() == kOpAddFloat);
  CHECK((changed.a() == 1 && changed.b() == 2 && changed.c() == 3));
}

TEST_CASE("the table of places is asked by shape, name and opcode", "[cache]") {
  Thread& thread = TestThread();
  const Value x = Intern(thread, "x_of_places"), y = Intern(thread, "y_of_places");
  const Place place{kOpLoadAttrInline, MakeCache(500, kTagInline, 16)};
  AddPlace(thread, 500, x, Opcode::kLoadAttr, place);
  REQUIRE(FindPlace(thread, 500, x, Opcode::kLoadAttr) != nullptr);
  CHECK(FindPlace(thread, 500, x, Opcode::kLoadAttr)->cache == place.cache);
  CHECK(FindPlace(thread, 501, x, Opcode::kLoadAttr) == nullptr);
  CHECK(FindPlace(thread, 500, y, Opcode::kLoadAttr) == nullptr);
  CHECK(FindPlace(thread, 500, x, Opcode::kStoreAttr) == nullptr);
  ForgetPlaces();
  CHECK(FindPlace(thread, 500, x, Opcode::kLoadAttr) == nullptr);
}

TEST_CASE("specialised opcodes are as long as their base", "[opcodes]") {
  for (int opcode = kOpcodeCount; opcode < kAnyOpcodeCount; ++opcode) {
    const auto base = static_cast<uint16_t>(kBaseOpcode[opcode]);
    CHECK(base < kOpcodeCount);
    CHECK(WordsOf(static_cast<uint16_t>(opcode)) == WordsOf(base));
    CHECK(std::string(kAnyOpcodeName[opcode]).find(kOpcodeInfo[base].name) == 0);
  }
}

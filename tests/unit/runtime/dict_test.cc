// dict_test.cc: the tables of dict and set: finding, deleting, growing, order.
#include "runtime/types/dict.h"

#include "runtime_fixture.h"

namespace gila {

TEST_CASE("a dict finds what was stored, through growth and deletion", "[dict]") {
  Thread& thread = TestThread();
  Dict* const dict = NewDict(thread).value();
  constexpr int64_t kCount = 3000;
  for (int64_t i = 0; i < kCount; ++i)
    REQUIRE(DictSet(thread, dict, Value::SmallInt(i * 8), Value::SmallInt(i)).ok());
  for (int64_t i = 0; i < kCount; i += 3)
    REQUIRE(DictPop(thread, dict, Value::SmallInt(i * 8)).value() == Value::SmallInt(i));
  CHECK(dict->size.Load() == kCount - kCount / 3);
  for (int64_t i = 0; i < kCount; ++i) {
    const Value found = DictGet(thread, dict, Value::SmallInt(i * 8)).value();
    CHECK(found == (i % 3 == 0 ? kUnbound : Value::SmallInt(i)));
  }
}

TEST_CASE("walking a dict keeps insertion order and passes over deleted runs", "[dict]") {
  Thread& thread = TestThread();
  Dict* const dict = NewDict(thread).value();
  for (int64_t i = 0; i < 100; ++i) REQUIRE(DictSet(thread, dict, Value::SmallInt(i), kNone).ok());
  for (int64_t i : {5, 7, 6, 0, 1, 99, 98, 3})  // runs that join from both sides
    REQUIRE(DictPop(thread, dict, Value::SmallInt(i)).ok());
  int64_t position = 0, seen = 0, last = -1;
  Value key, value;
  while (DictNext(dict, &position, &key, &value)) {
    CHECK(key.AsSmallInt() > last);
    last = key.AsSmallInt();
    ++seen;
  }
  CHECK(seen == 92);
  CHECK(last == 97);
}

TEST_CASE("the version of the keys changes with the keys alone", "[dict]") {
  Thread& thread = TestThread();
  Dict* const dict = NewDict(thread).value();
  const Value name = Intern(thread, "name");
  REQUIRE(DictSet(thread, dict, name, Value::SmallInt(1)).ok());
  const uint32_t version = DictKeysVersion(thread, dict);
  REQUIRE(DictSet(thread, dict, name, Value::SmallInt(2)).ok());
  CHECK(DictKeysVersion(thread, dict) == version);
  CHECK(dict->table->entries[DictEntryIndex(dict, name)].value.Load() == Value::SmallInt(2));
  REQUIRE(DictSet(thread, dict, MakeStr("other"), kNone).ok());
  CHECK(DictKeysVersion(thread, dict) != version);
  CHECK(DictGetInterned(dict, name) == Value::SmallInt(2));
}

TEST_CASE("a set of ints has CPython's order", "[set]") {
  Thread& thread = TestThread();
  Set* const set = NewSet(thread, TypeId::kSet).value();
  for (int64_t i : {15, 3, 27, 8, 91, 44}) REQUIRE(SetAdd(thread, set, Value::SmallInt(i)).ok());
  CHECK(TextOf(Repr(thread, set)) == "{3, 8, 91, 44, 15, 27}");
  CHECK(SetDiscard(thread, set, Value::SmallInt(8)).value());
  CHECK_FALSE(SetContains(thread, set, Value::SmallInt(8)).value());
}

}  // namespace gila

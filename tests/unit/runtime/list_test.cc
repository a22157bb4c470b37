// list_test.cc: lists: growing, slices, and the sort.
#include "runtime/types/sequence.h"
#include "runtime_fixture.h"

namespace gila {

TEST_CASE("a list grows and shrinks", "[list]") {
  Thread& thread = TestThread();
  List* const list = NewList(thread).value();
  for (int64_t i = 0; i < 10000; ++i) REQUIRE(ListAppend(thread, list, Value::SmallInt(i)).ok());
  CHECK(ListAt(list, 9999) == Value::SmallInt(9999));
  CHECK(ListAt(list, 10000).IsUnbound());
  for (int64_t i = 9999; i >= 0; --i)
    REQUIRE(ListPop(thread, list, -1).value() == Value::SmallInt(i));
  CHECK(TextOf(ListPop(thread, list, -1)) == "IndexError: pop from empty list");
}

TEST_CASE("sorting is stable and right for every kind of key", "[sort]") {
  Thread& thread = TestThread();
  uint64_t state = 12345;
  const auto random = [&state] {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<int64_t>(state >> 40);
  };
  for (const int64_t count : {0, 1, 2, 63, 64, 65, 1000, 5000}) {
    List* const list = NewList(thread).value();
    for (int64_t i = 0; i < count; ++i) {
      const Value pair[] = {Value::SmallInt(random() % 50), Value::SmallInt(i)};
      Tuple* const tuple = NewTuple(thread, pair).value();
      REQUIRE(ListAppend(thread, list, tuple).ok());
    }
    REQUIRE(ListSort(thread, list, kNone, false).ok());
    for (int64_t i = 1; i < count; ++i) {
      const Tuple* const a = ListAt(list, i - 1).As<Tuple>();
      const Tuple* const b = ListAt(list, i).As<Tuple>();
      const int64_t before = a->At(0).AsSmallInt(), after = b->At(0).AsSmallInt();
      CHECK((before < after || (before == after && a->At(1).AsSmallInt() < b->At(1).AsSmallInt())));
    }
  }
}

TEST_CASE("a slice is resolved as slice.indices does", "[slice]") {
  Thread& thread = TestThread();
  Slice* const slice = NewSlice(thread, kNone, kNone, Value::SmallInt(-2)).value().As<Slice>();
  const SliceIndices indices = ResolveSlice(thread, slice, 7).value();
  CHECK(indices.start == 6);
  CHECK(indices.stop == -1);
  CHECK(indices.count == 4);
}

}  // namespace gila

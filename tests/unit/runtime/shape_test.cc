// Shapes: the tree, look-ups short and long, sharing, the limit.
#include "runtime/shape.h"

#include <catch2/catch.hpp>

#include "runtime/type.h"
#include "runtime/types/str.h"
#include "runtime_fixture.h"

using namespace gila;

TEST_CASE("the same attributes in the same order give the same shape", "[shape]") {
  Thread& thread = TestThread();
  const Shape* root = NewRootShape(GetType(TypeId::kSimpleNamespace), 4, 0);
  const Value x = Intern(thread, "x"), y = Intern(thread, "y");
  CHECK(root->Add(x)->Add(y) == root->Add(x)->Add(y));
  CHECK(root->Add(x)->Add(y) != root->Add(y)->Add(x));
  CHECK(root->Add(x)->Find(x) == 0);
  CHECK(root->Add(x)->Add(y)->Find(y) == 1);
  CHECK(root->Add(x)->Find(y) == kNoSlot);
  CHECK(root->Find(x) == kNoSlot);
}

TEST_CASE("long shapes find every attribute through their table", "[shape]") {
  Thread& thread = TestThread();
  const Shape* shape = NewRootShape(GetType(TypeId::kSimpleNamespace), 4, 0);
  for (int i = 0; i < 200; ++i)
    shape = shape->Add(Intern(thread, "attribute_" + std::to_string(i)));
  for (int i = 0; i < 200; ++i)
    CHECK(shape->Find(Intern(thread, "attribute_" + std::to_string(i))) == i);
  CHECK(shape->Find(Intern(thread, "another")) == kNoSlot);
  CHECK(shape->slot_count == 200);
}

TEST_CASE("a shape with very many attributes says no", "[shape]") {
  Thread& thread = TestThread();
  const Shape* shape = NewRootShape(GetType(TypeId::kSimpleNamespace), 4, 0);
  int added = 0;
  while (const Shape* next = shape->Add(Intern(thread, "many_" + std::to_string(added)))) {
    shape = next;
    REQUIRE(++added < 5000);
  }
  CHECK(added == 1024);
}

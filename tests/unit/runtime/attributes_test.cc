// attributes_test.cc: attributes of instances: shapes, slots, overflow, and the move to a
// dictionary.
#include "runtime/instances.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime_fixture.h"

namespace gila {

namespace {

Type* NewClass(const char* name) {
  Thread& thread = TestThread();
  return NewType(thread, GetType(TypeId::kType), MakeStr(name), empty_tuple,
                 NewDict(thread).value())
      .value();
}
Object* Instance(Type* type) { return AllocateInstance(TestThread(), type).value(); }
Value NameNumber(int i) { return Intern(TestThread(), "attribute" + std::to_string(i)); }

}  // namespace

TEST_CASE("instances that get the same attributes share shapes", "[attributes]") {
  Thread& thread = TestThread();
  Type* const type = NewClass("Point");
  ReserveAttributes(thread, type, 2);
  Object *a = Instance(type), *b = Instance(type);
  for (Object* o : {a, b}) {
    for (int i = 0; i < 2; ++i) {
      REQUIRE(SetAttr(thread, o, NameNumber(i), Value::SmallInt(i)).ok());
    }
  }
  CHECK(ShapeOf(a) == ShapeOf(b));
  CHECK_FALSE(ShapeOf(a)->IsDictionary());
  CHECK(GetOwnAttribute(a, NameNumber(1)) == Value::SmallInt(1));
  CHECK(TextOf(GetAttr(thread, a, NameNumber(7))) ==
        "AttributeError: 'Point' object has no attribute 'attribute7'");
}

TEST_CASE("attributes beyond the inline slots overflow, and many become a dictionary",
          "[attributes]") {
  Thread& thread = TestThread();
  Type* const type = NewClass("Bag");
  Object* const bag = Instance(type);
  for (int i = 0; i < 300; ++i) {
    REQUIRE(SetAttr(thread, bag, NameNumber(i), Value::SmallInt(i)).ok());
  }
  CHECK(ShapeOf(bag)->IsDictionary());
  for (int i = 0; i < 300; ++i) {
    REQUIRE(GetOwnAttribute(bag, NameNumber(i)) == Value::SmallInt(i));
  }
  // Those to come have more room.
  CHECK(type->root.Load()->inline_capacity >= 4);
}

TEST_CASE("__dict__ is the instance's own from then on", "[attributes]") {
  Thread& thread = TestThread();
  Object* const object = Instance(NewClass("C"));
  REQUIRE(SetAttr(thread, object, NameNumber(1), Value::SmallInt(1)).ok());
  Dict* const dict = MaterializeDict(thread, object).value();
  CHECK(DictGetInterned(dict, NameNumber(1)) == Value::SmallInt(1));
  REQUIRE(SetAttr(thread, object, NameNumber(2), Value::SmallInt(2)).ok());
  CHECK(DictGetInterned(dict, NameNumber(2)) == Value::SmallInt(2));
  REQUIRE(DictSet(thread, dict, NameNumber(1), Value::SmallInt(9)).ok());
  CHECK(GetOwnAttribute(object, NameNumber(1)) == Value::SmallInt(9));
  CHECK(MaterializeDict(thread, object).value() == dict);
}

TEST_CASE("a deleted attribute is gone", "[attributes]") {
  Thread& thread = TestThread();
  Object* const object = Instance(NewClass("C"));
  for (int i = 0; i < 3; ++i) {
    REQUIRE(SetAttr(thread, object, NameNumber(i), Value::SmallInt(i)).ok());
  }
  REQUIRE(DelAttr(thread, object, NameNumber(2)).ok());
  REQUIRE(DelAttr(thread, object, NameNumber(0)).ok());
  CHECK(GetOwnAttribute(object, NameNumber(0)).IsUnbound());
  CHECK(GetOwnAttribute(object, NameNumber(1)) == Value::SmallInt(1));
  CHECK(GetOwnAttribute(object, NameNumber(2)).IsUnbound());
  CHECK_FALSE(DelAttr(thread, object, NameNumber(0)).ok());
  thread.ClearException();
}

}  // namespace gila

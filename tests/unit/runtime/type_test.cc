// type_test.cc: classes made by type(): linearisation, layouts, look-up cells and their death.
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime_fixture.h"

namespace gila {

namespace {

Result<Type*> TryClass(const char* name, std::initializer_list<Value> bases) {
  Thread& thread = TestThread();
  Tuple* const tuple =
      NewTuple(thread, std::span<const Value>(bases.begin(), bases.size())).value();
  return NewType(thread, GetType(TypeId::kType), MakeStr(name), tuple, NewDict(thread).value());
}
Type* Class(const char* name, std::initializer_list<Value> bases = {}) {
  Type* const type = TryClass(name, bases).value();
  REQUIRE(type != nullptr);
  return type;
}
std::string MroOf(const Type* type) {
  std::string text;
  for (int64_t i = 0; i < type->mro->length; ++i) {
    text += std::string(TypeName(type->mro->At(i).As<Type>())) + " ";
  }
  return text;
}

}  // namespace

TEST_CASE("the linearisation is C3", "[type]") {
  TestThread();
  Type *a = Class("A"), *b = Class("B", {a}), *c = Class("C", {a}), *d = Class("D", {b, c});
  CHECK(MroOf(d) == "D B C A object ");
  CHECK(IsSubtype(d, a));
  CHECK_FALSE(IsSubtype(a, d));
  CHECK(TextOf(TryClass("E", {a, b})) ==
        "TypeError: Cannot create a consistent method resolution\norder (MRO) for bases A, B");
  CHECK(TextOf(TryClass("E", {a, a})) == "TypeError: duplicate base class A");
}

TEST_CASE("layouts do not mix", "[type]") {
  TestThread();
  const Value int_type = GetType(TypeId::kInt), str_type = GetType(TypeId::kStr);
  CHECK(TextOf(TryClass("X", {int_type, str_type})) ==
        "TypeError: multiple bases have instance lay-out conflict");
  CHECK(TextOf(TryClass("X", {Value(GetType(TypeId::kBool))})) ==
        "TypeError: type 'bool' is not an acceptable base type");
  CHECK(Class("Plain", {Value(GetType(TypeId::kDict))})->instance_kind == kKindDict);
}

TEST_CASE("a look-up cell dies when a class in the MRO changes the name", "[type]") {
  Thread& thread = TestThread();
  Type *base = Class("Base"), *derived = Class("Derived", {base});
  const Value name = Intern(thread, "changing"), one = Value::SmallInt(1), two = Value::SmallInt(2);
  CHECK(LookupCellOnType(thread, derived, name) == nullptr);
  REQUIRE(SetTypeAttribute(thread, base, name, one).ok());
  LookupCell* const cell = LookupCellOnType(thread, derived, name);
  REQUIRE(cell != nullptr);
  CHECK(cell->value.Load() == one);
  CHECK(LookupCellOnType(thread, derived, name) == cell);
  REQUIRE(SetTypeAttribute(thread, base, Intern(thread, "another"), two).ok());
  CHECK(cell->value.Load() == one);
  REQUIRE(SetTypeAttribute(thread, derived, name, two).ok());
  CHECK(cell->value.Load().IsUnbound());
  CHECK(LookupOnType(thread, derived, name) == two);
  CHECK(LookupOnType(thread, base, name) == one);
  REQUIRE(SetTypeAttribute(thread, derived, name, kUnbound).ok());
  CHECK(LookupOnType(thread, derived, name) == one);
}

}  // namespace gila

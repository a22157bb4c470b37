// operators_test.cc: the operators on built-in values: fast paths, coercions, errors.
#include <cmath>

#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime_fixture.h"

namespace gila {

namespace {

Value Small(int64_t i) { return Value::SmallInt(i); }
Value Real(double d) { return NewFloat(TestThread(), d).value(); }
Value ListOf(std::initializer_list<Value> items) {
  return NewList(TestThread(), std::span<const Value>(items.begin(), items.size())).value();
}
std::string Shown(Result<Value> result) {
  if (!result.ok()) return TextOf(result);
  return ToUtf8(Repr(TestThread(), result.value()).value());
}
std::string Apply(BinaryOp op, Value a, Value b) { return Shown(Binary(TestThread(), op, a, b)); }

}  // namespace

TEST_CASE("ints, floats and complex numbers mix", "[operators]") {
  TestThread();
  CHECK(Apply(BinaryOp::kAdd, Small(1), Real(0.5)) == "1.5");
  CHECK(Apply(BinaryOp::kTrueDiv, Small(1), Small(4)) == "0.25");
  CHECK(Apply(BinaryOp::kAdd, kTrue, kTrue) == "2");
  CHECK(Apply(BinaryOp::kAnd, kTrue, kFalse) == "False");
  CHECK(Apply(BinaryOp::kAnd, kTrue, Small(3)) == "1");
  CHECK(Apply(BinaryOp::kMul, Small(2), NewComplex(TestThread(), 0, 1).value()) == "2j");
  CHECK(Apply(BinaryOp::kPow, Small(2), Small(-1)) == "0.5");
  CHECK(Apply(BinaryOp::kAnd, Small(1), Real(1)) ==
        "TypeError: unsupported operand type(s) for &: 'int' and 'float'");
  CHECK(Apply(BinaryOp::kMod, NewComplex(TestThread(), 0, 1).value(), Small(1)) ==
        "TypeError: unsupported operand type(s) for %: 'complex' and 'int'");
}

TEST_CASE("sequences concatenate and repeat last", "[operators]") {
  TestThread();
  const Value list = ListOf({Small(1)}), text = MakeStr("ab");
  CHECK(Apply(BinaryOp::kAdd, list, list) == "[1, 1]");
  CHECK(Apply(BinaryOp::kMul, Small(2), list) == "[1, 1]");
  CHECK(Apply(BinaryOp::kMul, text, Small(2)) == "'abab'");
  CHECK(Apply(BinaryOp::kMul, Small(-1), text) == "''");
  CHECK(Apply(BinaryOp::kAdd, text, Small(1)) ==
        "TypeError: can only concatenate str (not \"int\") to str");
  CHECK(Apply(BinaryOp::kAdd, Small(1), text) ==
        "TypeError: unsupported operand type(s) for +: 'int' and 'str'");
  CHECK(Apply(BinaryOp::kMul, list, Real(2)) ==
        "TypeError: can't multiply sequence by non-int of type 'float'");
  CHECK(Apply(BinaryOp::kMul, Real(2), text) ==
        "TypeError: can't multiply sequence by non-int of type 'float'");
}

TEST_CASE("comparison", "[operators]") {
  Thread& thread = TestThread();
  const auto compare = [&](CompareOp op, Value a, Value b) {
    return Shown(Compare(thread, op, a, b));
  };
  CHECK(compare(CompareOp::kLt, Small(1), Real(1.5)) == "True");
  CHECK(compare(CompareOp::kEq, kTrue, Real(1.0)) == "True");
  CHECK(compare(CompareOp::kEq, Small(1), MakeStr("1")) == "False");
  CHECK(compare(CompareOp::kNe, Small(1), MakeStr("1")) == "True");
  CHECK(compare(CompareOp::kLt, MakeStr("a"), MakeStr("b")) == "True");
  CHECK(compare(CompareOp::kLt, Small(1), MakeStr("1")) ==
        "TypeError: '<' not supported between instances of 'int' and 'str'");
  CHECK(compare(CompareOp::kLt, ListOf({Small(1)}), ListOf({Small(2)})) == "True");
  const Value nan = Real(NAN);
  CHECK(compare(CompareOp::kEq, nan, nan) == "False");
  CHECK(Equal(thread, nan, nan).value());  // what containers ask: identity first
}

TEST_CASE("truth, hash and membership", "[operators]") {
  Thread& thread = TestThread();
  CHECK_FALSE(Truth(thread, Small(0)).value());
  CHECK_FALSE(Truth(thread, Real(-0.0)).value());
  CHECK_FALSE(Truth(thread, ListOf({})).value());
  CHECK(Truth(thread, MakeStr("0")).value());
  CHECK_FALSE(Truth(thread, kNone).value());
  CHECK(Hash(thread, Small(-1)).value() == -2);
  CHECK(Hash(thread, kTrue).value() == 1);
  CHECK(Hash(thread, Real(2.0)).value() == 2);
  CHECK_FALSE(Hash(thread, ListOf({})).ok());
  CHECK(TextOf(Result<Value>(kFailed)) == "TypeError: unhashable type: 'list'");
  CHECK(Contains(thread, ListOf({Small(1), Real(2.0)}), Small(2)).value());
  CHECK_FALSE(Contains(thread, Small(1), Small(1)).ok());
  CHECK(TextOf(Result<Value>(kFailed)) == "TypeError: argument of type 'int' is not iterable");
}

TEST_CASE("numbers as arguments", "[operators]") {
  Thread& thread = TestThread();
  CHECK(Index(thread, kTrue).value() == Small(1));
  CHECK_FALSE(ToInt64(thread, Real(1)).ok());
  CHECK(TextOf(Result<Value>(kFailed)) ==
        "TypeError: 'float' object cannot be interpreted as an integer");
  const Value huge = IntPower(thread, Small(10), Small(30), kNone).value();
  CHECK(ToIndexClipped(thread, huge).value() == INT64_MAX);
  CHECK_FALSE(ToSubscript(thread, huge).ok());
  CHECK(TextOf(Result<Value>(kFailed)) ==
        "IndexError: cannot fit 'int' into an index-sized integer");
  CHECK(ToDouble(thread, huge).value() == 1e30);
  CHECK_FALSE(ToDouble(thread, MakeStr("1")).ok());
  CHECK(TextOf(Result<Value>(kFailed)) == "TypeError: must be real number, not str");
}

}  // namespace gila

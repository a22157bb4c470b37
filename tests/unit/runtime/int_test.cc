// int_test.cc: representation, arithmetic across the border between small and big, text, hashing.
#include "runtime/types/int.h"

#include <cmath>
#include <random>

#include "runtime/types/float.h"
#include "runtime/types/sequence.h"
#include "runtime_fixture.h"

namespace gila {

namespace {

Value Parse(const std::string& digits) {
  const Result<Value> number = IntFromDigits(TestThread(), digits, 10);
  REQUIRE(number.ok());
  return number.value();
}
std::string Calculate(BinaryOp op, const std::string& a, const std::string& b) {
  return TextOf(IntBinary(TestThread(), op, Parse(a), Parse(b)));
}

}  // namespace

TEST_CASE("a number has one representation", "[int]") {
  Thread& thread = TestThread();
  CHECK(NewInt(thread, Value::kMaxSmallInt).value().IsSmallInt());
  CHECK(NewInt(thread, Value::kMinSmallInt).value().IsSmallInt());
  CHECK_FALSE(NewInt(thread, Value::kMaxSmallInt + 1).value().IsSmallInt());
  CHECK_FALSE(NewInt(thread, Value::kMinSmallInt - 1).value().IsSmallInt());
  // Back from big to small.
  const Value big = NewInt(thread, Value::kMaxSmallInt + 1).value();
  CHECK(IntBinary(thread, BinaryOp::kSub, big, Value::SmallInt(1)).value() ==
        Value::SmallInt(Value::kMaxSmallInt));
  CHECK(IntBinary(thread, BinaryOp::kSub, big, big).value() == Value::SmallInt(0));
  CHECK(IntNegate(thread, big).value() == Value::SmallInt(Value::kMinSmallInt));
  CHECK(IntBinary(thread, BinaryOp::kRShift, big, Value::SmallInt(1)).value() ==
        Value::SmallInt(int64_t{1} << 60));
}

TEST_CASE("int64 goes in and out", "[int]") {
  Thread& thread = TestThread();
  for (const int64_t i :
       {int64_t{0}, int64_t{-1}, INT64_MAX, INT64_MIN, int64_t{1} << 61, -(int64_t{1} << 61) - 1}) {
    int64_t out = 42;
    CHECK(TryInt64(NewInt(thread, i).value(), &out));
    CHECK(out == i);
  }
  int64_t out;
  CHECK_FALSE(TryInt64(NewIntFromUnsigned(thread, UINT64_MAX).value(), &out));
  CHECK(TextOf(NewIntFromUnsigned(thread, UINT64_MAX)) == "18446744073709551615");
  CHECK_FALSE(TryInt64(Parse("-9223372036854775809"), &out));
}

TEST_CASE("arithmetic crosses the border", "[int]") {
  CHECK(Calculate(BinaryOp::kAdd, "2305843009213693951", "1") == "2305843009213693952");
  CHECK(Calculate(BinaryOp::kMul, "4294967296", "4294967296") == "18446744073709551616");
  CHECK(Calculate(BinaryOp::kMul, "-2305843009213693952", "-2305843009213693952") ==
        "5316911983139663491615228241121378304");
  CHECK(Calculate(BinaryOp::kFloorDiv, "-2305843009213693952", "-1") == "2305843009213693952");
  CHECK(Calculate(BinaryOp::kPow, "3", "100") ==
        "515377520732011331036461129765621272702107522001");
  CHECK(Calculate(BinaryOp::kPow, "-2", "127") == "-170141183460469231731687303715884105728");
  CHECK(Calculate(BinaryOp::kLShift, "-1", "200") ==
        "-1606938044258990275541962092341162602522202993782792835301376");
}

TEST_CASE("division floors", "[int]") {
  CHECK(Calculate(BinaryOp::kFloorDiv, "7", "-2") == "-4");
  CHECK(Calculate(BinaryOp::kMod, "7", "-2") == "-1");
  CHECK(Calculate(BinaryOp::kMod, "-7", "2") == "1");
  CHECK(Calculate(BinaryOp::kFloorDiv, "-100000000000000000000", "3") == "-33333333333333333334");
  CHECK(Calculate(BinaryOp::kMod, "-100000000000000000000", "3") == "2");
  CHECK(Calculate(BinaryOp::kFloorDiv, "1", "0") ==
        "ZeroDivisionError: integer division or modulo by zero");
  CHECK(Calculate(BinaryOp::kMod, "1", "0") == "ZeroDivisionError: integer modulo by zero");
  CHECK(Calculate(BinaryOp::kTrueDiv, "1", "0") == "ZeroDivisionError: division by zero");
}

TEST_CASE("random numbers obey the laws of arithmetic", "[int]") {
  Thread& thread = TestThread();
  std::mt19937_64 random(7);
  const auto number = [&] {
    std::string digits = random() % 2 ? "-" : "";
    digits += static_cast<char>('1' + random() % 9);
    for (size_t left = random() % 60; left > 0; --left)
      digits += static_cast<char>('0' + random() % 10);
    return Parse(digits);
  };
  const auto apply = [&](BinaryOp op, Value a, Value b) {
    return IntBinary(thread, op, a, b).value();
  };
  const auto equal = [](Value a, Value b) { return IntCompare(CompareOp::kEq, a, b); };
  for (int i = 0; i < 500; ++i) {
    const Value a = number(), b = number(), c = number();
    CHECK(equal(apply(BinaryOp::kSub, apply(BinaryOp::kAdd, a, b), b), a));
    CHECK(equal(apply(BinaryOp::kMul, a, apply(BinaryOp::kAdd, b, c)),
                apply(BinaryOp::kAdd, apply(BinaryOp::kMul, a, b), apply(BinaryOp::kMul, a, c))));
    Value remainder;
    const Value quotient = IntDivMod(thread, a, b, &remainder).value();
    CHECK(equal(apply(BinaryOp::kAdd, apply(BinaryOp::kMul, quotient, b), remainder), a));
    CHECK((IntSign(remainder) == 0 || IntSign(remainder) == IntSign(b)));
    CHECK(equal(apply(BinaryOp::kAdd, apply(BinaryOp::kAnd, a, b), apply(BinaryOp::kOr, a, b)),
                apply(BinaryOp::kAdd, a, b)));
    CHECK(IntHash(apply(BinaryOp::kAdd, a, b)) == IntHash(apply(BinaryOp::kAdd, b, a)));
  }
}

TEST_CASE("true division is rounded once", "[int]") {
  Thread& thread = TestThread();
  const auto divide = [&](const std::string& a, const std::string& b) {
    return FloatValue(IntBinary(thread, BinaryOp::kTrueDiv, Parse(a), Parse(b)).value());
  };
  CHECK(divide("1", "3") == 1.0 / 3.0);
  CHECK(divide("9007199254740993", "1") == 9007199254740992.0);
  CHECK(divide("27021597764222979", "3") == 9007199254740993.0);
  const std::string googol = "1" + std::string(400, '0');
  CHECK(divide(googol, googol + "0") == 0.1);
  CHECK(divide("-" + googol, googol) == -1.0);
  CHECK(divide("1", "1" + std::string(320, '0')) == 1e-320);
  CHECK(divide("1", googol) == 0.0);
  CHECK(TextOf(IntBinary(thread, BinaryOp::kTrueDiv, Parse(googol), Parse("3"))) ==
        "OverflowError: integer division result too large for a float");
}

TEST_CASE("what would not fit in memory is an exception", "[int][limits]") {
  CHECK(Calculate(BinaryOp::kLShift, "1", "1000000000000") == "MemoryError: ");
  CHECK(Calculate(BinaryOp::kLShift, "1", "100000000000000000000") ==
        "OverflowError: too many digits in integer");
  CHECK(Calculate(BinaryOp::kLShift, "0", "100000000000000000000") == "0");
  CHECK(Calculate(BinaryOp::kPow, "3", "1000000000000000000000") == "MemoryError: ");
  CHECK(Calculate(BinaryOp::kPow, "-1", "1000000000000000000001") == "-1");
  CHECK(Calculate(BinaryOp::kRShift, "-5", "100000000000000000000") == "-1");
}

TEST_CASE("conversion to a double rounds half to even", "[int]") {
  Thread& thread = TestThread();
  const auto convert = [&](const std::string& digits) {
    return IntToDouble(thread, Parse(digits)).value();
  };
  CHECK(convert("9007199254740993") == 9007199254740992.0);
  CHECK(convert("9007199254740995") == 9007199254740996.0);
  CHECK(convert("-36893488147419107329") == -36893488147419111424.0);
  CHECK(convert("36893488147419107328") == 36893488147419103232.0);
  CHECK(std::isinf(convert("1" + std::string(308, '0')) * 10));
  CHECK_FALSE(IntToDouble(thread, Parse("1" + std::string(309, '0'))).ok());
  thread.ClearException();
}

TEST_CASE("comparison with a double is exact", "[int]") {
  const Value above = Parse("9007199254740993");
  CHECK(IntCompareToDouble(CompareOp::kGt, above, 9007199254740992.0));
  CHECK_FALSE(IntCompareToDouble(CompareOp::kEq, above, 9007199254740992.0));
  CHECK(IntCompareToDouble(CompareOp::kLt, Parse("1" + std::string(400, '0')), INFINITY));
  CHECK(IntCompareToDouble(CompareOp::kGt, Parse("-1" + std::string(400, '0')), -INFINITY));
  CHECK_FALSE(IntCompareToDouble(CompareOp::kEq, Value::SmallInt(0), NAN));
  CHECK(IntCompareToDouble(CompareOp::kNe, Value::SmallInt(0), NAN));
}

TEST_CASE("hashes are CPython's", "[int]") {
  CHECK(IntHash(Value::SmallInt(-1)) == -2);
  CHECK(IntHash(Parse("2305843009213693951")) == 0);
  CHECK(IntHash(Parse("18446744073709551616")) == 8);
  CHECK(IntHash(Parse("-2305843009213693952")) == -2);
}

TEST_CASE("text in all bases", "[int][text]") {
  Thread& thread = TestThread();
  const auto parse = [&](const char* text, int base) {
    return TextOf(ParseInt(thread, MakeStr(text), base));
  };
  CHECK(parse(" -0x_ff ", 0) == "-255");
  CHECK(parse("1_000", 10) == "1000");
  CHECK(parse("zz", 36) == "1295");
  CHECK(parse("00", 0) == "0");
  CHECK(parse("\u0661\u0662", 10) == "12");
  CHECK(parse("012", 0) == "ValueError: invalid literal for int() with base 0: '012'");
  CHECK(parse("1__0", 10) == "ValueError: invalid literal for int() with base 10: '1__0'");
  CHECK(parse("_1", 10) == "ValueError: invalid literal for int() with base 10: '_1'");
  CHECK(parse("", 10) == "ValueError: invalid literal for int() with base 10: ''");
  CHECK(parse("1", 37) == "ValueError: int() base must be >= 2 and <= 36, or 0");
  CHECK(IntToString(thread, Parse("-18446744073709551616"), 16).value() == "-10000000000000000");
}

TEST_CASE("decimal conversions are limited", "[int][text]") {
  Thread& thread = TestThread();
  const std::string words =
      "ValueError: Exceeds the limit (4300 digits) for integer string conversion";
  CHECK(TextOf(ParseInt(thread, MakeStr(std::string(4301, '1')), 10)) ==
        words + ": value has 4301 digits; use sys.set_int_max_str_digits() to increase the limit");
  CHECK(ParseInt(thread, MakeStr(std::string(4300, '1')), 10).ok());
  const Value huge = IntPower(thread, Value::SmallInt(10), Value::SmallInt(4300), kNone).value();
  CHECK_FALSE(IntToString(thread, huge).ok());
  thread.ClearException();
  CHECK(IntToString(thread, huge, 16).ok());
}

TEST_CASE("pow with a modulus", "[int]") {
  Thread& thread = TestThread();
  const auto pow = [&](int64_t a, int64_t b, int64_t m) {
    return TextOf(IntPower(thread, Value::SmallInt(a), Value::SmallInt(b), Value::SmallInt(m)));
  };
  CHECK(pow(3, 200, 13) == "9");
  CHECK(pow(3, -1, 11) == "4");
  CHECK(pow(2, 3, -5) == "-2");
  CHECK(pow(7, 5, 1) == "0");
  CHECK(pow(2, -1, 4) == "ValueError: base is not invertible for the given modulus");
  CHECK(pow(2, 3, 0) == "ValueError: pow() 3rd argument cannot be 0");
}

}  // namespace gila

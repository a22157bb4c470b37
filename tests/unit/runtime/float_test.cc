// float_test.cc: boxing, floor division, powers, hashes; complex arithmetic.
#include "runtime/types/float.h"

#include <cmath>
#include <limits>

#include "runtime/types/int.h"
#include "runtime_fixture.h"

namespace gila {

namespace {
constexpr double kInfinity = std::numeric_limits<double>::infinity();
}

TEST_CASE("every double comes back as it was", "[float]") {
  Thread& thread = TestThread();
  for (const double d : {0.0, -0.0, 1.0, -1.5, 1e300, -1e300, 1e-300, 5e-324, kInfinity, -kInfinity,
                         std::numeric_limits<double>::max(), 2.2250738585072014e-308}) {
    const Value v = NewFloat(thread, d).value();
    CHECK(IsFloat(v));
    CHECK(std::bit_cast<uint64_t>(FloatValue(v)) == std::bit_cast<uint64_t>(d));
  }
  CHECK(std::isnan(FloatValue(NewFloat(thread, NAN).value())));
  CHECK(NewFloat(thread, 1.5).value().IsDouble());
}

TEST_CASE("floor division and remainder", "[float]") {
  CHECK(FloatFloorDiv(7.0, -2.0) == -4.0);
  CHECK(FloatMod(7.0, -2.0) == -1.0);
  CHECK(FloatMod(-7.0, 2.0) == 1.0);
  CHECK(FloatFloorDiv(1.0, 0.1) == 9.0);
  CHECK(std::signbit(FloatMod(-0.0, -3.0)));
  CHECK_FALSE(std::signbit(FloatMod(-0.0, 3.0)));
  CHECK(std::signbit(FloatFloorDiv(-0.0, 3.0)));
  CHECK(FloatMod(-1e-20, 3.0) == 3.0);
}

TEST_CASE("powers", "[float]") {
  Thread& thread = TestThread();
  CHECK(TextOf(FloatPower(thread, 2.0, 10.0)) == "1024.0");
  CHECK(TextOf(FloatPower(thread, -8.0, 1.0 / 3.0)) == "(1.0000000000000002+1.7320508075688772j)");
  CHECK(TextOf(FloatPower(thread, 0.0, -1.0)) ==
        "ZeroDivisionError: 0.0 cannot be raised to a negative power");
  CHECK(TextOf(FloatPower(thread, 10.0, 400.0)) ==
        "OverflowError: (34, 'Numerical result out of range')");
  CHECK(TextOf(FloatPower(thread, 0.0, -kInfinity)) == "inf");
  CHECK(TextOf(FloatPower(thread, NAN, 0.0)) == "1.0");
  CHECK(TextOf(FloatPower(thread, -kInfinity, 3.0)) == "-inf");
}

TEST_CASE("a float hashes like the int it equals", "[float]") {
  Thread& thread = TestThread();
  for (const double d : {0.0, 1.0, -1.0, 123456.0, 0x1p61, 0x1p62, -0x1p100, 1e300}) {
    CHECK(FloatHash(d, nullptr) == IntHash(NewIntFromDouble(thread, d).value()));
  }
  CHECK(FloatHash(0.5, nullptr) == 1152921504606846976);
  CHECK(FloatHash(kInfinity, nullptr) == 314159);
  CHECK(FloatHash(-kInfinity, nullptr) == -314159);
}

TEST_CASE("complex arithmetic", "[complex]") {
  Thread& thread = TestThread();
  const ComplexPair a{1, 2}, b{3, -4};
  CHECK(TextOf(ComplexBinary(thread, BinaryOp::kMul, a, b)) == "(11+2j)");
  CHECK(TextOf(ComplexBinary(thread, BinaryOp::kTrueDiv, a, b)) == "(-0.2+0.4j)");
  CHECK(TextOf(ComplexBinary(thread, BinaryOp::kTrueDiv, a, {0, 0})) ==
        "ZeroDivisionError: complex division by zero");
  CHECK(TextOf(ComplexPower(thread, a, {2, 0})) == "(-3+4j)");
  CHECK(TextOf(ComplexPower(thread, {0, 0}, {-1, 0})) ==
        "ZeroDivisionError: 0.0 to a negative or complex power");
  CHECK(ComplexRepr({-0.0, 1}) == "(-0+1j)");
  CHECK(ComplexRepr({0.0, -1}) == "-1j");
}

}  // namespace gila

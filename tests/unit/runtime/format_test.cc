// format_test.cc: format specs, floats as text and back, %-formatting.
#include "runtime/text/float_text.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime_fixture.h"

namespace gila {

namespace {

std::string FormatText(Value v, const char* spec) {
  return TextOf(Format(TestThread(), v, MakeStr(spec)));
}
std::string FormatInt(int64_t i, const char* spec) { return FormatText(Value::SmallInt(i), spec); }
std::string FormatReal(double d, const char* spec) {
  return FormatText(NewFloat(TestThread(), d).value(), spec);
}

}  // namespace

TEST_CASE("the repr of a float is the shortest that reads back", "[float]") {
  CHECK(FloatRepr(0.1) == "0.1");
  CHECK(FloatRepr(1.0) == "1.0");
  CHECK(FloatRepr(-0.0) == "-0.0");
  CHECK(FloatRepr(1e16) == "1e+16");
  CHECK(FloatRepr(123456789012345680.0) == "1.2345678901234568e+17");
  CHECK(FloatRepr(9007199254740993.0) == "9007199254740992.0");
  CHECK(FloatRepr(0.0001) == "0.0001");
  CHECK(FloatRepr(0.00001) == "1e-05");
  CHECK(FloatRepr(5e-324) == "5e-324");
  CHECK(FloatRepr(1.7976931348623157e308) == "1.7976931348623157e+308");
  CHECK(FloatRepr(HUGE_VAL) == "inf");
}

TEST_CASE("floats are rounded correctly at any precision", "[float]") {
  CHECK(FormatDouble(2.675, 'f', 2, 0) == "2.67");
  CHECK(FormatDouble(0.5, 'f', 0, 0) == "0");
  CHECK(FormatDouble(1.5, 'f', 0, 0) == "2");
  CHECK(FormatDouble(1e23, 'f', 0, 0) == "99999999999999991611392");
  CHECK(FormatDouble(0.1, 'f', 20, 0) == "0.10000000000000000555");
  CHECK(FormatDouble(1234.5, 'g', 4, 0) == "1234");
  CHECK(FormatDouble(1234.5, 'g', 4, kFloatPointZero) == "1.234e+03");
  CHECK(FormatDouble(0.00001234, 'g', 6, 0) == "1.234e-05");
  CHECK(FormatDouble(5e-324, 'e', 3, 0) == "4.941e-324");
  CHECK(FormatDouble(1.0, 'f', 1200, 0).size() == 1202);
}

TEST_CASE("text becomes the nearest double", "[float]") {
  double d = 0;
  CHECK(ParseDouble("1e400", &d));
  CHECK(d == HUGE_VAL);
  CHECK(ParseDouble("1e-400", &d));
  CHECK(d == 0);
  CHECK(ParseDouble("-.5", &d));
  CHECK(d == -0.5);
  CHECK(ParseDouble("Infinity", &d));
  CHECK_FALSE(ParseDouble("1e", &d));
  CHECK_FALSE(ParseDouble("0x10", &d));
  CHECK_FALSE(ParseDouble("", &d));
  CHECK_FALSE(ParseDouble("+-1", &d));
}

TEST_CASE("ints by format spec", "[format]") {
  CHECK(FormatInt(42, "5d") == "   42");
  CHECK(FormatInt(42, "<5") == "42   ");
  CHECK(FormatInt(42, "^5") == " 42  ");
  CHECK(FormatInt(-42, "=6") == "-   42");
  CHECK(FormatInt(42, "+d") == "+42");
  CHECK(FormatInt(1234567, ",") == "1,234,567");
  CHECK(FormatInt(1234, "08,") == "0,001,234");
  CHECK(FormatInt(255, "#x") == "0xff");
  CHECK(FormatInt(255, "#010X") == "0X000000FF");
  CHECK(FormatInt(123456789, "#020_x") == "0x000_0000_075b_cd15");
  CHECK(FormatInt(65, "c") == "A");
  CHECK(FormatInt(10, ".1f") == "10.0");
  CHECK(FormatInt(1, "q") == "ValueError: Unknown format code 'q' for object of type 'int'");
  CHECK(FormatInt(1, ".3") == "ValueError: Precision not allowed in integer format specifier");
  CHECK(FormatInt(1, "_,") == "ValueError: Cannot specify both ',' and '_'.");
  CHECK(FormatInt(1, "10xx") ==
        "ValueError: Invalid format specifier '10xx' for object of type 'int'");
}

TEST_CASE("floats by format spec", "[format]") {
  CHECK(FormatReal(3.14159, ".2f") == "3.14");
  CHECK(FormatReal(1234567.891, ",.2f") == "1,234,567.89");
  CHECK(FormatReal(0.5, ".0%") == "50%");
  CHECK(FormatReal(-0.1, "z.0f") == "0");
  CHECK(FormatReal(-0.1, ".0f") == "-0");
  CHECK(FormatReal(HUGE_VAL, "010") == "0000000inf");
  CHECK(FormatReal(1e5, ".3") == "1e+05");
  CHECK(FormatReal(1.0, "#.3") == "1.00");
  CHECK(FormatReal(1.5, "d") == "ValueError: Unknown format code 'd' for object of type 'float'");
}

TEST_CASE("strings by format spec", "[format]") {
  Value s = MakeStr("abc");
  CHECK(FormatText(s, "*^7") == "**abc**");
  CHECK(FormatText(s, ".2") == "ab");
  CHECK(FormatText(s, "5.2s") == "ab   ");
  CHECK(FormatText(s, "05") == "abc00");
  CHECK(FormatText(s, "d") == "ValueError: Unknown format code 'd' for object of type 'str'");
  CHECK(FormatText(s, "=5") == "ValueError: '=' alignment not allowed in string format specifier");
}

TEST_CASE("the % operator", "[format]") {
  Thread& thread = TestThread();
  const auto mod = [&](const char* format, Value args) {
    return TextOf(StrModFormat(thread, MakeStr(format), args));
  };
  CHECK(mod("%d%%", Value::SmallInt(5)) == "5%");
  CHECK(mod("%05d", Value::SmallInt(-42)) == "-0042");
  CHECK(mod("%-5d|", Value::SmallInt(42)) == "42   |");
  CHECK(mod("%#x", Value::SmallInt(255)) == "0xff");
  CHECK(mod("%.3d", Value::SmallInt(7)) == "007");
  CHECK(mod("%5.1f", NewFloat(thread, 3.14159).value()) == "  3.1");
  CHECK(mod("%r", MakeStr("a'b")) == "\"a'b\"");
  CHECK(mod("%c", Value::SmallInt(0x20AC)) == "\u20ac");
  CHECK(mod("%d", MakeStr("x")) == "TypeError: %d format: a real number is required, not str");
  CHECK(mod("%d %d", Value::SmallInt(1)) == "TypeError: not enough arguments for format string");
  CHECK(mod("x", Value::SmallInt(1)) ==
        "TypeError: not all arguments converted during string formatting");
  CHECK(mod("%y", Value::SmallInt(1)) ==
        "ValueError: unsupported format character 'y' (0x79) at index 1");
}

}  // namespace gila

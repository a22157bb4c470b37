// str_test.cc: widths, interning, sums that grow in place, searching, hashing, building.
#include <random>

#include "runtime/text/search.h"
#include "runtime/text/unicode.h"
#include "runtime/text/units.h"
#include "runtime_fixture.h"

namespace gila {

TEST_CASE("a string has the narrowest width", "[str]") {
  TestThread();
  CHECK(MakeStr("abc")->width() == 1);
  CHECK(MakeStr("abc")->IsAscii());
  CHECK(MakeStr("\u00e9t\u00e9")->width() == 1);
  CHECK_FALSE(MakeStr("\u00e9t\u00e9")->IsAscii());
  CHECK(MakeStr("\u20ac")->width() == 2);
  CHECK(MakeStr("a\U0001F600")->width() == 4);
  CHECK(MakeStr("a\U0001F600")->length == 2);
}

TEST_CASE("a slice of a wide string is narrowed", "[str]") {
  Thread& thread = TestThread();
  Str* const wide = MakeStr("ab\U0001F600\u20ac\u00e9");
  CHECK(StrSlice(thread, wide, 0, 2).value()->IsAscii());
  CHECK(StrSlice(thread, wide, 3, 5).value()->width() == 2);
  CHECK(StrSlice(thread, wide, 4, 5).value()->width() == 1);
  CHECK(StrEqual(StrSlice(thread, wide, 0, 2).value(), MakeStr("ab")));
}

TEST_CASE("one-character strings and the empty string are shared", "[str]") {
  Thread& thread = TestThread();
  CHECK(MakeStr("a") == latin1_strings['a'].As<Str>());
  CHECK(StrSlice(thread, MakeStr("xyz"), 1, 2).value() == latin1_strings['y'].As<Str>());
  CHECK(MakeStr("") == empty_str);
}

TEST_CASE("equal names are interned to one object", "[str][intern]") {
  Thread& thread = TestThread();
  const Value name = Intern(thread, "some_name");
  CHECK(name == Intern(thread, "some_name"));
  CHECK(name == InternStr(thread, MakeStr("some_name")));
  CHECK(Intern(thread, "a") == latin1_strings['a']);
  CHECK(Intern(thread, "__init__") == NameOf(Special::kInit));
  CHECK(name.As<Str>()->IsInterned());
}

TEST_CASE("the intern table grows", "[str][intern]") {
  Thread& thread = TestThread();
  std::vector<Value> names;  // interned strings are immortal
  names.reserve(5000);
  for (int i = 0; i < 5000; ++i) names.push_back(Intern(thread, "name_" + std::to_string(i)));
  for (int i = 0; i < 5000; ++i)
    REQUIRE(names[static_cast<size_t>(i)] == Intern(thread, "name_" + std::to_string(i)));
}

TEST_CASE("a sum that is added to again grows in place", "[str]") {
  Thread& thread = TestThread();
  Str* sum = StrRepeat(thread, MakeStr("ab"), 200).value();
  Str* const piece = MakeStr("xyz");
  Str* const before = sum = StrConcat(thread, sum, piece).value();
  std::string expected;
  for (int i = 0; i < 200; ++i) expected += "ab";
  expected += "xyz";
  const std::string old_text = expected;
  for (int i = 0; i < 1000; ++i) {
    sum = StrConcat(thread, sum, piece).value();
    expected += "xyz";
  }
  CHECK(ToUtf8(sum) == expected);
  CHECK(ToUtf8(before) == old_text);
  // A second sum of the same left operand must not disturb the first.
  Str* const left = StrConcat(thread, sum, piece).value();
  Str* const one = StrConcat(thread, left, MakeStr("1")).value();
  Str* const two = StrConcat(thread, left, MakeStr("2")).value();
  CHECK(ToUtf8(one) == expected + "xyz1");
  CHECK(ToUtf8(two) == expected + "xyz2");
  // A wider piece moves it to a wider store.
  Str* const wide = StrConcat(thread, left, MakeStr("\u20ac")).value();
  CHECK(wide->width() == 2);
  CHECK(ToUtf8(wide) == expected + "xyz\u20ac");
}

namespace {

// By the definition, for comparison.
template <class Unit>
int64_t SlowFind(const std::basic_string<Unit>& text, const std::basic_string<Unit>& part,
                 bool last) {
  for (int64_t i = 0; i + static_cast<int64_t>(part.size()) <= static_cast<int64_t>(text.size());
       ++i) {
    const auto place =
        static_cast<size_t>(last ? static_cast<int64_t>(text.size() - part.size()) - i : i);
    if (text.compare(place, part.size(), part) == 0) return static_cast<int64_t>(place);
  }
  return -1;
}

template <class Unit, class Stored>
void CheckSearch() {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    const auto letters = 1 + random() % 3;
    std::basic_string<Unit> text, part;
    for (size_t i = random() % 120; i > 0; --i)
      text.push_back(static_cast<Unit>('a' + random() % letters));
    for (size_t i = 1 + random() % 20; i > 0; --i)
      part.push_back(static_cast<Unit>('a' + random() % letters));
    const auto* t = reinterpret_cast<const Stored*>(text.data());
    const auto* p = reinterpret_cast<const Stored*>(part.data());
    const auto text_size = static_cast<int64_t>(text.size());
    const auto part_size = static_cast<int64_t>(part.size());
    REQUIRE(FindUnits(t, text_size, p, part_size) == SlowFind(text, part, false));
    REQUIRE(FindLastUnits(t, text_size, p, part_size) == SlowFind(text, part, true));
  }
}

}  // namespace

TEST_CASE("the search finds what the definition finds", "[str][search]") {
  CheckSearch<char, uint8_t>();
  CheckSearch<char16_t, uint16_t>();
  CheckSearch<char32_t, uint32_t>();
}

TEST_CASE("a needle that nearly matches everywhere is found in linear time", "[str][search]") {
  const std::u16string text(1 << 20, u'a');
  std::u16string part(1 << 19, u'a');
  part.front() = u'b';
  const auto* t = reinterpret_cast<const uint16_t*>(text.data());
  const auto* p = reinterpret_cast<const uint16_t*>(part.data());
  CHECK(FindUnits(t, 1 << 20, p, 1 << 19) == -1);
  CHECK(FindLastUnits(t, 1 << 20, p, 1 << 19) == -1);
  part.front() = u'a';
  part.back() = u'b';
  CHECK(FindUnits(t, 1 << 20, p, 1 << 19) == -1);
  CHECK(FindLastUnits(t, 1 << 20, p, 1 << 19) == -1);
}

TEST_CASE("equal text has one hash, however it was made", "[str]") {
  Thread& thread = TestThread();
  Str* const joined = StrConcat(thread, MakeStr("caf"), MakeStr("\u00e9")).value();
  CHECK(HashStr(joined) == HashStr(MakeStr("caf\u00e9")));
  CHECK(HashStr(empty_str) == 0);
}

TEST_CASE("strings are ordered by code point", "[str]") {
  TestThread();
  CHECK(StrCompare(MakeStr("abc"), MakeStr("abd")) < 0);
  CHECK(StrCompare(MakeStr("ab"), MakeStr("abc")) < 0);
  CHECK(StrCompare(MakeStr("\u00e9"), MakeStr("\u20ac")) < 0);
  CHECK(StrCompare(MakeStr("\U0001F600"), MakeStr("\uffff")) > 0);
  CHECK(StrCompare(MakeStr("x"), MakeStr("x")) == 0);
}

TEST_CASE("a builder widens what it holds", "[str]") {
  Thread& thread = TestThread();
  StrBuilder out(thread);
  out.AppendAscii("plain ");
  out.Append(0xE9);
  out.Append(0x20AC);
  out.AppendRepeated('-', 300);
  out.AppendUtf8("\U0001F600");
  Str* const s = out.Finish().value();
  CHECK(s->length == 6 + 2 + 300 + 1);
  CHECK(s->width() == 4);
  CHECK(ToUtf8(StrSlice(thread, s, 0, 8).value()) == "plain \u00e9\u20ac");
}

TEST_CASE("properties of characters", "[unicode]") {
  CHECK(CharIs('a', kCharAlpha));
  CHECK(CharIs(0xB2, kCharDigit));
  CHECK_FALSE(CharIs(0xB2, kCharDecimal));
  CHECK(DecimalValue(0x0663) == 3);
  CHECK(DecimalValue(0x1D7FF) == 9);
  CHECK(DecimalValue('x') == -1);
  CHECK(CharIs(0x4E09, kCharNumeric));
  CHECK(CharIs(0x2028, kCharLineBreak));
  CHECK_FALSE(CharIs(0xAD, kCharPrintable));
  uint32_t out[3];
  CHECK(MapUpper(0xDF, out) == 2);
  CHECK(MapUpper(0x1F80, out) == 2);
  CHECK(out[0] == 0x1F08);
  CHECK(MapLower(0x130, out) == 2);
  CHECK(MapFold(0xDF, out) == 2);
}

}  // namespace gila

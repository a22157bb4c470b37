// native_test.cc: text signatures and the binder of native functions: what arrives, and the words
// of the errors for each kind of function.
#include "runtime/native.h"

#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime_fixture.h"

namespace gila {

namespace {

// Shows how many words arrived, which of them are bound, and the surplus.
Result<Value> Show(Thread& thread, Args args) {
  std::string text;
  for (size_t i = 0; i < args.size() - args.rest().size(); ++i) {
    text += args.Has(i) ? ToUtf8(Repr(thread, args[i]).value()) : "-";
    text += ' ';
  }
  text += '+' + std::to_string(args.rest().size());
  return NewStr(thread, text);
}

const NativeDef kNone0 = {"none", Show, "()", nullptr};
const NativeDef kOne = {"one", Show, "(x, /)", nullptr};
const NativeDef kRange = {"between", Show, "(a, b=(1, 2), c=', )', /)", nullptr};
const NativeDef kKeywords = {"keys", Show, "(a, /, b, c=None, *, d=0)", nullptr};
const NativeDef kRest = {"rest", Show, "(*args, sep=' ', **kwargs)", nullptr};

std::string CallIt(const NativeDef& def, std::initializer_list<Value> args,
                   std::initializer_list<const char*> names = {}) {
  Thread& thread = TestThread();
  const Value function = NewNativeFunction(thread, &def, Intern(thread, "m")).value();
  std::vector<Value> name_values;
  for (const char* name : names) name_values.push_back(Intern(thread, name));
  const Value kwnames = names.size() == 0 ? kUnbound : Value(NewTuple(thread, name_values).value());
  return TextOf(
      CallNative(thread, function.As<NativeFunction>(), args.begin(), args.size(), kwnames));
}

Value Small(int64_t i) { return Value::SmallInt(i); }

}  // namespace

TEST_CASE("arguments arrive in the order of the parameters", "[native]") {
  TestThread();
  CHECK(CallIt(kNone0, {}) == "+0");
  CHECK(CallIt(kOne, {Small(5)}) == "5 +0");
  CHECK(CallIt(kRange, {Small(1)}) == "1 - - +0");
  CHECK(CallIt(kKeywords, {Small(1), Small(2), Small(4)}, {"d"}) == "1 2 - 4 +0");
  CHECK(CallIt(kKeywords, {Small(1), Small(3), Small(2)}, {"c", "b"}) == "1 2 3 - +0");
  CHECK(CallIt(kRest, {Small(1), Small(2)}) == "- - +2");
  CHECK(CallIt(kRest, {Small(1), Small(2)}, {"other"}) == "- {'other': 2} +1");
}

TEST_CASE("a wrong number of arguments is worded by kind", "[native]") {
  TestThread();
  CHECK(CallIt(kNone0, {kNone}) == "TypeError: m.none() takes no arguments (1 given)");
  CHECK(CallIt(kOne, {}) == "TypeError: m.one() takes exactly one argument (0 given)");
  CHECK(CallIt(kRange, {}) == "TypeError: between expected at least 1 argument, got 0");
  CHECK(CallIt(kRange, {kNone, kNone, kNone, kNone}) ==
        "TypeError: between expected at most 3 arguments, got 4");
  CHECK(CallIt(kKeywords, {}) ==
        "TypeError: keys() takes at least 1 positional argument (0 given)");
  CHECK(CallIt(kKeywords, {kNone}) == "TypeError: keys() missing required argument 'b' (pos 2)");
}

TEST_CASE("wrong keywords are worded by kind", "[native]") {
  TestThread();
  CHECK(CallIt(kOne, {kNone}, {"x"}) == "TypeError: m.one() takes no keyword arguments");
  CHECK(CallIt(kKeywords, {kNone, kNone, kNone}, {"z"}) ==
        "TypeError: 'z' is an invalid keyword argument for keys()");
  CHECK(CallIt(kKeywords, {kNone, kNone, kNone}, {"b"}) ==
        "TypeError: argument for keys() given by name ('b') and position (2)");
}

}  // namespace gila

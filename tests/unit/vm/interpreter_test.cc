// The interpreter from the outside: programs run, and then their instructions are looked at to see
// what they were specialised to.
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

#include "../runtime/runtime_fixture.h"
#include "bytecode/bytecode.h"
#include "runtime/call.h"
#include "runtime/modules.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "stdlib/compile_source.h"
#include "stdlib/library.h"
#include "vm/frame.h"
#include "vm/inline_cache.h"
#include "vm/opcode_tables.h"

using namespace gila;
using namespace gila::vm;

namespace {

Thread& LibraryThread() {
  static Thread& thread = []() -> Thread& {
    Thread& made = TestThread();
    REQUIRE(InitLibrary(made, LibraryOptions{}).ok());
    return made;
  }();
  return thread;
}

// A program that has run.
class Program {
 public:
  explicit Program(const char* source) : thread_(LibraryThread()) {
    compiler::CompileOptions options;
    const Result<Code*> code = CompileSource(thread_, source, options);
    REQUIRE(code.ok());
    globals_ = NewDict(thread_).value();
    REQUIRE(DictSet(thread_, globals_, NameOf(Name::kBuiltins), BuiltinsDict(thread_)).ok());
    Function* main = NewFunction(thread_, code.value(), globals_).value();
    result_ = Call(thread_, main, {}).raw();
    error_ = result_.IsError() ? TextOf(Result<Value>(kFailed)) : "";
  }

  Value operator[](const char* name) const {
    return DictGetInterned(globals_, Intern(thread_, name));
  }
  std::string Text(const char* name) const { return TextOf(Result<Value>((*this)[name])); }
  const std::string& error() const { return error_; }

  // The opcodes of a function, specialised as they are now.
  std::set<std::string> Opcodes(const char* function) const {
    std::set<std::string> names;
    const Code* code = (*this)[function].As<Function>()->code.Load();
    for (uint32_t i = 0; i < code->word_count;) {
      const uint16_t opcode = Instruction(LoadWord(code->words + i)).opcode();
      names.insert(kAnyOpcodeName[opcode]);
      i += static_cast<uint32_t>(WordsOf(opcode));
    }
    return names;
  }

 private:
  Thread& thread_;
  Dict* globals_;
  Value result_ = kUnbound;
  std::string error_;
};

}  // namespace

TEST_CASE("an instruction becomes what it meets", "[interpreter]") {
  const Program program(R"(
def ints(a, b): return a + b
def floats(a, b): return a + b
def both(a, b): return a + b
def item(box, i): return box[i]
def loop(n):
    total = 0
    for i in range(n): total += i
    return total
def pairs(x):
    out = 0
    for a, b in zip(x, x): out += a * b
    return out
for _ in range(5):
    ints(1, 2); floats(1.0, 2.5); both(1, 2); both(1.0, 2.0); item([1], 0); loop(3); pairs([1, 2])
)");
  REQUIRE(program.error() == "");
  CHECK(program.Opcodes("ints").count("Add") == 1);
  CHECK(program.Opcodes("floats").count("AddFloat") == 1);
  CHECK(program.Opcodes("item").count("GetItemList") == 1);
  CHECK(program.Opcodes("loop").count("ForNextRange") == 1);
  CHECK(program.Opcodes("pairs").count("ForNextPair") == 1);
}

TEST_CASE("calls remember how their callee is bound", "[interpreter][calls]") {
  const Program program(R"(
def target(a, b=2, *, c=3): return a, b, c
def plain(a, b=5): return a, b
class Point:
    def __init__(self, x): self.x = x
def keywords(): return target(1, c=4)
def defaults(): return plain(1)
def exact(): return plain(1, 2)
def native(): return len([])
def instance(): return Point(1)
for _ in range(3):
    result = keywords(), defaults(), exact(), native(), instance().x
)");
  CHECK(program.Text("result") == "((1, 2, 4), (1, 5), (1, 2), 0, 1)");
  CHECK(program.Opcodes("keywords").count("CallKwFunction") == 1);
  CHECK(program.Opcodes("defaults").count("CallDefaults") == 1);
  CHECK(program.Opcodes("exact").count("CallFunction") == 1);
  CHECK(program.Opcodes("native").count("CallNativeFixed") == 1);
  CHECK(program.Opcodes("instance").count("CallClass") == 1);
}

TEST_CASE("a specialised instruction does everything that its base does", "[interpreter]") {
  const Program program(R"(
def add(a, b): return a + b
def get(o): return o.x
class A:
    def __init__(self): self.x = "A"
class B(A):
    pass
class C:
    x = "C"
class D:
    def __getattr__(self, name): return name
results = []
for a, b in [(1, 2), (1.5, 2), (1.5, 2.5), ("a", "b"), ([1], [2]), (2**61 - 1, 1), (1e308, 1e308)] * 2:
    results.append(add(a, b))
for o in [A(), B(), C(), D(), A(), B(), C(), D()]:
    results.append(get(o))
try:
    add(1, "x")
except TypeError as e:
    error = str(e)
)");
  CHECK(program.Text("error") == "unsupported operand type(s) for +: 'int' and 'str'");
  CHECK(program.Text("results") ==
        "[3, 3.5, 4.0, 'ab', [1, 2], 2305843009213693952, inf, "
        "3, 3.5, 4.0, 'ab', [1, 2], 2305843009213693952, inf, "
        "'A', 'A', 'C', 'x', 'A', 'A', 'C', 'x']");
}

TEST_CASE("special methods run in the same interpreter", "[interpreter][special]") {
  // So deep a recursion of __add__ would overrun the native stack if each took a part of it.
  const Program program(R"(
import sys
sys.setrecursionlimit(200_000)
class Deep:
    def __init__(self, n): self.n = n
    def __add__(self, other):
        return 0 if self.n == 0 else 1 + (Deep(self.n - 1) + other)
depth = Deep(100_000) + 1
sys.setrecursionlimit(1000)
try:
    Deep(100_000) + 1
    error = None
except RecursionError as e:
    error = str(e)
)");
  CHECK(program.Text("depth") == "100000");
  CHECK(program.Text("error").substr(0, 32) == "maximum recursion depth exceeded");
}

TEST_CASE("the stack is left as it was found", "[interpreter][frames]") {
  Thread& thread = LibraryThread();
  const Value* const top = thread.stack_top;
  const int32_t depth = thread.depth;
  const Program failing("def f(n):\n    return f(n - 1) + 1 if n else 1 / 0\nf(50)\n");
  CHECK(failing.error() == "ZeroDivisionError: division by zero");
  const Program generators(
      "def g():\n    x = yield 1\n    raise KeyError(x)\ni = g()\nnext(i)\ni.send(2)\n");
  CHECK(generators.error() == "KeyError: 2");
  CHECK(thread.stack_top == top);
  CHECK(thread.depth == depth);
  CHECK(thread.exception.IsUnbound());
}

TEST_CASE("locals that are unbound say so", "[interpreter][names]") {
  const Program program(R"(
def f(flag):
    if flag: x = 1
    return x
def g():
    del y
    y = 1
errors = []
for call in (lambda: f(False), g, lambda: missing):
    try:
        call()
    except NameError as e:
        errors.append(type(e).__name__ + ": " + str(e))
)");
  CHECK(program.Text("errors") ==
        "[\"UnboundLocalError: cannot access local variable 'x' where it is not associated with a "
        "value\", "
        "\"UnboundLocalError: cannot access local variable 'y' where it is not associated with a "
        "value\", "
        "\"NameError: name 'missing' is not defined\"]");
}

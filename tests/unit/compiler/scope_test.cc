// Scopes: where each name of a small program lives, and the errors about names.
#include "compiler/scope.h"

#include <catch2/catch.hpp>
#include <string>

#include "compiler/arena.h"
#include "compiler/compile.h"
#include "compiler/parser.h"

namespace gila::compiler {
namespace {

const char* NameOf(Storage storage) {
  switch (storage) {
    case Storage::kUnresolved:
      return "?";
    case Storage::kLocal:
      return "local";
    case Storage::kCell:
      return "cell";
    case Storage::kFree:
      return "free";
    case Storage::kGlobalExplicit:
      return "global";
    case Storage::kGlobalImplicit:
      return "implicit";
  }
  return "";
}

void Describe(const Scope& scope, std::string* out) {
  *out += std::string(scope.name) + ":";
  for (const Symbol* symbol : scope.symbols) {
    *out += " " + std::string(symbol->name) + "=" + NameOf(symbol->storage);
    if (symbol->is_passed) *out += "+passed";
  }
  *out += scope.needs_class_cell ? " (class cell)\n" : "\n";
  for (const Scope* child : scope.children) Describe(*child, out);
}

// One line a block: its names and their storage.
std::string Scopes(const std::string& source) {
  Arena arena;
  ParseResult parsed = Parse(source, {}, &arena);
  REQUIRE(parsed.ok());
  ScopeTable table;
  ScopeError error;
  REQUIRE(BuildScopes(parsed.module, {}, arena, &table, &error));
  std::string out = "\n";
  Describe(*table.module(), &out);
  return out;
}

std::string ErrorOf(const std::string& source) {
  CompileOptions options;
  options.filename = "test.py";
  const CompileResult result = CompileToCode(source, options);
  return result.ok() ? "" : DescribeSyntaxError(result.error);
}

TEST_CASE("a name is local where it is bound, else global", "[scope]") {
  CHECK(Scopes("x = 1\ndef f(a):\n    b = a + x\n    global g\n    g = b\n") == R"(
<module>: x=local f=local g=global
f: a=local b=local x=implicit g=global
)");
}

TEST_CASE("an inner use makes a cell, and blocks between pass it on", "[scope]") {
  CHECK(Scopes("def f():\n    x = 1\n    def g():\n        def h(): return x\n") == R"(
<module>: f=local
f: x=cell g=local
g: h=local x=free+passed
h: x=free
)");
}

TEST_CASE("a class's names are not seen by its methods", "[scope]") {
  CHECK(Scopes("def f(x):\n    class A:\n        x = x\n        def m(self): return x\n") == R"(
<module>: f=local
f: x=cell A=local
A: x=local+passed m=local
m: self=local x=free
)");
}

TEST_CASE("super() and __class__ need the class's cell", "[scope]") {
  CHECK(Scopes("class A:\n    def m(self): return super().m()\n") == R"(
<module>: A=local
A: m=local (class cell)
m: self=local super=implicit __class__=free
)");
}

TEST_CASE("private names are mangled", "[scope]") {
  CHECK(Scopes("class _A:\n    __x = 1\n    def m(self, __y): return __z__\n") == R"(
<module>: _A=local
_A: _A__x=local m=local
m: self=local _A__y=local __z__=implicit
)");
}

TEST_CASE("the outermost iterable of a comprehension belongs outside", "[scope]") {
  CHECK(Scopes("def f(y): return [x for x in y for z in x if y]\n") == R"(
<module>: f=local
f: y=cell
<listcomp>: .0=local x=local z=local y=free
)");
}

TEST_CASE("a := in a comprehension binds around it", "[scope]") {
  CHECK(Scopes("def f(y): return [(z := x) for x in y]\n") == R"(
<module>: f=local
f: y=local z=cell
<listcomp>: .0=local x=local z=free
)");
  CHECK(Scopes("[(z := x) for x in y]\n") == R"(
<module>: y=implicit z=global
<listcomp>: .0=local x=local z=global
)");
}

TEST_CASE("global and nonlocal come before the use of a name", "[scope]") {
  CHECK(ErrorOf("def f():\n  print(x)\n  global x\n") ==
        "SyntaxError: name 'x' is used prior to global declaration (3, 3, 3, 11)");
  CHECK(ErrorOf("def f():\n  x = 1\n  global x\n") ==
        "SyntaxError: name 'x' is assigned to before global declaration (3, 3, 3, 11)");
  CHECK(ErrorOf("def f(x):\n  global x\n") ==
        "SyntaxError: name 'x' is parameter and global (2, 3, 2, 11)");
  CHECK(ErrorOf("nonlocal x\n") ==
        "SyntaxError: nonlocal declaration not allowed at module level (1, 1, 1, 11)");
  CHECK(ErrorOf("def f():\n  nonlocal x\n") ==
        "SyntaxError: no binding for nonlocal 'x' found (2, 3, 2, 13)");
  CHECK(ErrorOf("def f():\n  global x\n  x: int = 3\n") ==
        "SyntaxError: annotated name 'x' can't be global (3, 3, 3, 13)");
}

TEST_CASE("a parameter stands once", "[scope]") {
  CHECK(ErrorOf("def f(a, *a): pass\n") ==
        "SyntaxError: duplicate argument 'a' in function definition (1, 11, 1, 12)");
}

TEST_CASE("what a comprehension must not do", "[scope]") {
  CHECK(ErrorOf("[x := 1 for x in y]\n") ==
        "SyntaxError: assignment expression cannot rebind comprehension iteration variable 'x' "
        "(1, 2, 1, 3)");
  CHECK(ErrorOf("[i for i in (x := y)]\n") ==
        "SyntaxError: assignment expression cannot be used in a comprehension iterable expression "
        "(1, 14, 1, 20)");
  CHECK(ErrorOf("class A:\n  [x := 1 for i in y]\n") ==
        "SyntaxError: assignment expression within a comprehension cannot be used in a class body "
        "(2, 4, 2, 5)");
  CHECK(ErrorOf("def f(): return [(yield) for i in y]\n") ==
        "SyntaxError: 'yield' inside list comprehension (1, 19, 1, 24)");
}

TEST_CASE("statements in places where they mean nothing", "[codegen]") {
  CHECK(ErrorOf("return 1\n") == "SyntaxError: 'return' outside function (1, 1, 1, 9)");
  CHECK(ErrorOf("break\n") == "SyntaxError: 'break' outside loop (1, 1, 1, 6)");
  CHECK(ErrorOf("if 1:\n  continue\n") ==
        "SyntaxError: 'continue' not properly in loop (2, 3, 2, 11)");
  CHECK(ErrorOf("def f():\n  await x\n") ==
        "SyntaxError: 'await' outside async function (2, 3, 2, 10)");
  CHECK(ErrorOf("x = 1\nfrom __future__ import annotations\n") ==
        "SyntaxError: from __future__ imports must occur at the beginning of the file "
        "(2, 1, 2, 35)");
  CHECK(ErrorOf("*a, *b = c\n") ==
        "SyntaxError: multiple starred expressions in assignment (1, 1, 1, 7)");
  CHECK(ErrorOf("match x:\n  case y: pass\n  case z: pass\n") ==
        "SyntaxError: name capture 'y' makes remaining patterns unreachable (2, 8, 2, 9)");
}

}  // namespace
}  // namespace gila::compiler

// What is wrong with a program, in the words, at the line and with the range that CPython 3.11 has.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "compiler/parser.h"

namespace gila::compiler {
namespace {

struct Case {
  std::string source;
  std::string expected;
};

std::string ErrorOf(const std::string& source, ParseOptions options = {}) {
  Arena arena;
  options.filename = "f";
  const ParseResult result = Parse(source, options, &arena);
  return result.ok() ? "OK" : DescribeSyntaxError(result.error);
}

void CheckErrors(const std::vector<Case>& cases) {
  ParseOptions options;
  options.origin = SourceOrigin::kString;
  for (const Case& c : cases) {
    INFO(c.source);
    CHECK(ErrorOf(c.source, options) == c.expected);
  }
}

TEST_CASE("syntax errors: tokens", "[syntax_error]") {
  CheckErrors({
      {"\"abc", "SyntaxError: unterminated string literal (detected at line 1) (1, 1, 1, 1)"},
      {"x = 'abc\n", "SyntaxError: unterminated string literal (detected at line 1) (1, 5, 1, 5)"},
      {"\"\"\"abc\ndef\n",
       "SyntaxError: unterminated triple-quoted string literal (detected at line 2) (1, 1, 1, 1)"},
      {"x = 1_\n", "SyntaxError: invalid decimal literal (1, 6, 1, 6)"},
      {"1__0\n", "SyntaxError: invalid decimal literal (1, 2, 1, 2)"},
      {"0x\n", "SyntaxError: invalid hexadecimal literal (1, 2, 1, 2)"},
      {"0b12\n", "SyntaxError: invalid digit '2' in binary literal (1, 4, 1, 4)"},
      {"0o8\n", "SyntaxError: invalid digit '8' in octal literal (1, 3, 1, 3)"},
      {"0b_\n", "SyntaxError: invalid binary literal (1, 3, 1, 3)"},
      {"012\n",
       "SyntaxError: leading zeros in decimal integer literals are not permitted; use an 0o prefix "
       "for octal integers (1, 1, 1, 2)"},
      {"00_1\n",
       "SyntaxError: leading zeros in decimal integer literals are not permitted; use an 0o prefix "
       "for octal integers (1, 1, 1, 4)"},
      {"1abc\n", "SyntaxError: invalid decimal literal (1, 1, 1, 1)"},
      {"1.5abc\n", "SyntaxError: invalid decimal literal (1, 3, 1, 3)"},
      {"1e\n", "SyntaxError: invalid decimal literal (1, 1, 1, 1)"},
      {"1e+\n", "SyntaxError: invalid decimal literal (1, 3, 1, 3)"},
      {"1jx\n", "SyntaxError: invalid imaginary literal (1, 2, 1, 2)"},
      {"a = (1, 2\n", "SyntaxError: '(' was never closed (1, 5, 1, 0)"},
      {"foo(a b\n", "SyntaxError: '(' was never closed (1, 4, 1, 0)"},
      {"x = [1, 2\ny = 3\n", "SyntaxError: '[' was never closed (1, 5, 1, 0)"},
      {"(]\n",
       "SyntaxError: closing parenthesis ']' does not match opening parenthesis '(' (1, 2, 1, 2)"},
      {"(\n]\n",
       "SyntaxError: closing parenthesis ']' does not match opening parenthesis '(' on line 1 (2, "
       "1, 2, 1)"},
      {")\n", "SyntaxError: unmatched ')' (1, 1, 1, 1)"},
      {"x = }\n", "SyntaxError: unmatched '}' (1, 5, 1, 5)"},
      {"a $ b\n", "SyntaxError: invalid syntax (1, 3, 1, 4)"},
      {"a ? b\n", "SyntaxError: invalid syntax (1, 3, 1, 4)"},
      {"x = 1 \\ y\n",
       "SyntaxError: unexpected character after line continuation character (1, 8, 1, 0)"},
      {"x = \\\n", "SyntaxError: unexpected EOF while parsing (1, 6, 1, -1)"},
      {"a\302\240b\n", "SyntaxError: invalid non-printable character U+00A0 (1, 2, 1, 2)"},
      {"x = \342\200\234hello\342\200\235\n",
       "SyntaxError: invalid character '\342\200\234' (U+201C) (1, 5, 1, 5)"},
      {"\342\202\254 = 1\n", "SyntaxError: invalid character '\342\202\254' (U+20AC) (1, 1, 1, 1)"},
      {"a <> b\n", "SyntaxError: invalid syntax (1, 3, 1, 5)"},
      {"a = !b\n", "SyntaxError: invalid syntax (1, 5, 1, 6)"},
      {"@\n", "SyntaxError: invalid syntax (1, 2, 1, 2)"},
  });
}

TEST_CASE("syntax errors: indentation", "[syntax_error]") {
  CheckErrors({
      {"if x:\npass\n",
       "IndentationError: expected an indented block after 'if' statement on line 1 (2, 1, 2, 5)"},
      {"  x = 1\n", "IndentationError: unexpected indent (1, 2, 1, -1)"},
      {"x = 1\n  y = 2\n", "IndentationError: unexpected indent (2, 2, 2, -1)"},
      {"if x:\n    a\n  b\n",
       "IndentationError: unindent does not match any outer indentation level (3, 4, 3, -1)"},
      {"if x:\n\ta\n        b\n",
       "TabError: inconsistent use of tabs and spaces in indentation (3, 1, 3, 0)"},
      {"for x in y:\npass\n",
       "IndentationError: expected an indented block after 'for' statement on line 1 (2, 1, 2, 5)"},
      {"while x:\npass\n",
       "IndentationError: expected an indented block after 'while' statement on line 1 (2, 1, 2, "
       "5)"},
      {"def f():\npass\n",
       "IndentationError: expected an indented block after function definition on line 1 (2, 1, 2, "
       "5)"},
      {"class A:\npass\n",
       "IndentationError: expected an indented block after class definition on line 1 (2, 1, 2, "
       "5)"},
      {"try:\npass\n",
       "IndentationError: expected an indented block after 'try' statement on line 1 (2, 1, 2, 5)"},
      {"try:\n    pass\nexcept:\npass\n",
       "IndentationError: expected an indented block after 'except' statement on line 3 (4, 1, 4, "
       "5)"},
      {"try:\n    pass\nexcept A as e:\npass\n",
       "IndentationError: expected an indented block after 'except' statement on line 3 (4, 1, 4, "
       "5)"},
      {"try:\n    pass\nexcept* A:\npass\n",
       "IndentationError: expected an indented block after 'except*' statement on line 3 (4, 1, 4, "
       "5)"},
      {"try:\n    pass\nfinally:\npass\n",
       "IndentationError: expected an indented block after 'finally' statement on line 3 (4, 1, 4, "
       "5)"},
      {"with a as b:\npass\n",
       "IndentationError: expected an indented block after 'with' statement on line 1 (2, 1, 2, "
       "5)"},
      {"with (a, b):\npass\n",
       "IndentationError: expected an indented block after 'with' statement on line 1 (2, 1, 2, "
       "5)"},
      {"if x:\n    pass\nelif y:\npass\n",
       "IndentationError: expected an indented block after 'elif' statement on line 3 (4, 1, 4, "
       "5)"},
      {"if x:\n    pass\nelse:\npass\n",
       "IndentationError: expected an indented block after 'else' statement on line 3 (4, 1, 4, "
       "5)"},
      {"match x:\npass\n",
       "IndentationError: expected an indented block after 'match' statement on line 1 (2, 1, 2, "
       "5)"},
      {"match x:\n    case 1:\n    pass\n",
       "IndentationError: expected an indented block after 'case' statement on line 2 (3, 5, 3, "
       "9)"},
      {"async def f():\npass\n",
       "IndentationError: expected an indented block after function definition on line 1 (2, 1, 2, "
       "5)"},
      {"def f():\n",
       "IndentationError: expected an indented block after function definition on line 1 (1, 9, 1, "
       "-1)"},
      {"while a:\n pass\nelse:",
       "IndentationError: expected an indented block after 'else' statement on line 3 (3, 6, 3, "
       "-1)"},
  });
}

TEST_CASE("syntax errors: colons", "[syntax_error]") {
  CheckErrors({
      {"if x\n    pass\n", "SyntaxError: expected ':' (1, 5, 1, 5)"},
      {"while x\n    pass\n", "SyntaxError: expected ':' (1, 8, 1, 8)"},
      {"for x in y\n    pass\n", "SyntaxError: expected ':' (1, 11, 1, 11)"},
      {"def f()\n    pass\n", "SyntaxError: expected ':' (1, 8, 1, 8)"},
      {"class A\n    pass\n", "SyntaxError: expected ':' (1, 8, 1, 8)"},
      {"class A(B)\n    pass\n", "SyntaxError: expected ':' (1, 11, 1, 11)"},
      {"try\n    pass\n", "SyntaxError: expected ':' (1, 4, 1, 4)"},
      {"try:\n    pass\nexcept A\n    pass\n", "SyntaxError: expected ':' (3, 9, 3, 9)"},
      {"try:\n    pass\nexcept\n    pass\n", "SyntaxError: expected ':' (3, 7, 3, 7)"},
      {"try:\n    pass\nfinally\n    pass\n", "SyntaxError: expected ':' (3, 8, 3, 8)"},
      {"with a as b\n    pass\n", "SyntaxError: expected ':' (1, 12, 1, 12)"},
      {"with (a as b, c)\n    pass\n", "SyntaxError: expected ':' (1, 17, 1, 17)"},
      {"if x:\n    pass\nelif y\n    pass\n", "SyntaxError: expected ':' (3, 7, 3, 7)"},
      {"if x:\n    pass\nelse\n    pass\n", "SyntaxError: expected ':' (3, 5, 3, 5)"},
      {"match x\n    case 1: pass\n", "SyntaxError: expected ':' (1, 8, 1, 8)"},
      {"match x:\n    case 1\n        pass\n", "SyntaxError: expected ':' (2, 11, 2, 11)"},
      {"x = lambda a\n", "SyntaxError: invalid syntax (1, 13, 1, 13)"},
      {"if x = 1:\n    pass\n",
       "SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='? (1, 4, 1, 9)"},
      {"while x = f():\n    pass\n",
       "SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='? (1, 7, 1, 14)"},
      {"def f:\n    pass\n", "SyntaxError: expected '(' (1, 6, 1, 7)"},
  });
}

TEST_CASE("syntax errors: commas", "[syntax_error]") {
  CheckErrors({
      {"f(a b)\n", "SyntaxError: invalid syntax. Perhaps you forgot a comma? (1, 3, 1, 6)"},
      {"[1, 2 3]\n", "SyntaxError: invalid syntax. Perhaps you forgot a comma? (1, 5, 1, 8)"},
      {"(a b)\n", "SyntaxError: invalid syntax. Perhaps you forgot a comma? (1, 2, 1, 5)"},
      {"x = {1: 2, 3: 4 5: 6}\n",
       "SyntaxError: invalid syntax. Perhaps you forgot a comma? (1, 15, 1, 18)"},
      {"f(a, b c, d)\n", "SyntaxError: invalid syntax. Perhaps you forgot a comma? (1, 6, 1, 9)"},
      {"print(a b)\n", "SyntaxError: invalid syntax. Perhaps you forgot a comma? (1, 7, 1, 10)"},
      {"x = (a, b c)\n", "SyntaxError: invalid syntax. Perhaps you forgot a comma? (1, 9, 1, 12)"},
      {"[a for a in b c]\n", "SyntaxError: invalid syntax (1, 15, 1, 16)"},
      {"f(x for x in y, 1)\n",
       "SyntaxError: Generator expression must be parenthesized (1, 3, 1, 15)"},
      {"f(1, x for x in y)\n",
       "SyntaxError: Generator expression must be parenthesized (1, 6, 1, 18)"},
      {"f(a, b for b in c)\n",
       "SyntaxError: Generator expression must be parenthesized (1, 6, 1, 18)"},
      {"{1 2}\n", "SyntaxError: invalid syntax. Perhaps you forgot a comma? (1, 2, 1, 5)"},
      {"x = [1 if a 2]\n", "SyntaxError: expected 'else' after 'if' expression (1, 6, 1, 12)"},
      {"print \"hello\"\n",
       "SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)? (1, 1, 1, "
       "14)"},
      {"print a, b\n",
       "SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)? (1, 1, 1, "
       "11)"},
      {"exec \"code\"\n",
       "SyntaxError: Missing parentheses in call to 'exec'. Did you mean exec(...)? (1, 1, 1, 12)"},
      {"print\n1 2\n", "SyntaxError: invalid syntax (2, 3, 2, 4)"},
  });
}

TEST_CASE("syntax errors: targets", "[syntax_error]") {
  CheckErrors({
      {"1 = x\n",
       "SyntaxError: cannot assign to literal here. Maybe you meant '==' instead of '='? (1, 1, 1, "
       "2)"},
      {"\"a\" = 1\n",
       "SyntaxError: cannot assign to literal here. Maybe you meant '==' instead of '='? (1, 1, 1, "
       "4)"},
      {"f() = 1\n",
       "SyntaxError: cannot assign to function call here. Maybe you meant '==' instead of '='? (1, "
       "1, 1, 4)"},
      {"a + 1 = 2\n",
       "SyntaxError: cannot assign to expression here. Maybe you meant '==' instead of '='? (1, 1, "
       "1, 6)"},
      {"x = f() = 3\n", "SyntaxError: cannot assign to function call (1, 5, 1, 8)"},
      {"None = 1\n", "SyntaxError: cannot assign to None (1, 1, 1, 5)"},
      {"True = 1\n", "SyntaxError: cannot assign to True (1, 1, 1, 5)"},
      {"(a, 1) = x\n", "SyntaxError: cannot assign to literal (1, 5, 1, 6)"},
      {"[a, f()] = x\n", "SyntaxError: cannot assign to function call (1, 5, 1, 8)"},
      {"a, b + 1 = c\n",
       "SyntaxError: cannot assign to expression here. Maybe you meant '==' instead of '='? (1, 4, "
       "1, 9)"},
      {"f() += 1\n",
       "SyntaxError: 'function call' is an illegal expression for augmented assignment (1, 1, 1, "
       "4)"},
      {"(a, b) += 1\n",
       "SyntaxError: 'tuple' is an illegal expression for augmented assignment (1, 1, 1, 7)"},
      {"1 += 1\n",
       "SyntaxError: 'literal' is an illegal expression for augmented assignment (1, 1, 1, 2)"},
      {"[x for x in y] = 1\n",
       "SyntaxError: cannot assign to list comprehension here. Maybe you meant '==' instead of "
       "'='? (1, 1, 1, 15)"},
      {"{a: 1} = 1\n",
       "SyntaxError: cannot assign to dict literal here. Maybe you meant '==' instead of '='? (1, "
       "1, 1, 7)"},
      {"{a} = 1\n",
       "SyntaxError: cannot assign to set display here. Maybe you meant '==' instead of '='? (1, "
       "1, 1, 4)"},
      {"lambda: 1 = 2\n", "SyntaxError: cannot assign to lambda (1, 1, 1, 10)"},
      {"a if b else c = 1\n", "SyntaxError: cannot assign to conditional expression (1, 1, 1, 14)"},
      {"not a = 1\n", "SyntaxError: cannot assign to expression (1, 1, 1, 6)"},
      {"a < b = 1\n", "SyntaxError: cannot assign to comparison (1, 1, 1, 6)"},
      {"(yield) = 1\n",
       "SyntaxError: cannot assign to yield expression here. Maybe you meant '==' instead of '='? "
       "(1, 2, 1, 7)"},
      {"x = yield = 1\n", "SyntaxError: assignment to yield expression not possible (1, 5, 1, 10)"},
      {"f\"{x}\" = 1\n",
       "SyntaxError: cannot assign to f-string expression here. Maybe you meant '==' instead of "
       "'='? (1, 1, 1, 7)"},
      {"... = 1\n",
       "SyntaxError: cannot assign to ellipsis here. Maybe you meant '==' instead of '='? (1, 1, "
       "1, 4)"},
      {"`a` = 1\n", "SyntaxError: invalid syntax (1, 1, 1, 2)"},
      {"del f()\n", "SyntaxError: cannot delete function call (1, 5, 1, 8)"},
      {"del 1\n", "SyntaxError: cannot delete literal (1, 5, 1, 6)"},
      {"del a + b\n", "SyntaxError: cannot delete expression (1, 5, 1, 10)"},
      {"del (a, f())\n", "SyntaxError: cannot delete function call (1, 9, 1, 12)"},
      {"del *a\n", "SyntaxError: cannot delete starred (1, 5, 1, 7)"},
      {"del [a, 1]\n", "SyntaxError: cannot delete literal (1, 9, 1, 10)"},
      {"for f() in x: pass\n", "SyntaxError: cannot assign to function call (1, 5, 1, 8)"},
      {"for 1 in x: pass\n", "SyntaxError: cannot assign to literal (1, 5, 1, 6)"},
      {"for a, f() in x: pass\n", "SyntaxError: cannot assign to function call (1, 8, 1, 11)"},
      {"[a for 1 in b]\n", "SyntaxError: cannot assign to literal (1, 8, 1, 9)"},
      {"with a as f(): pass\n", "SyntaxError: cannot assign to function call (1, 11, 1, 14)"},
      {"with a as 1, b: pass\n", "SyntaxError: cannot assign to literal (1, 11, 1, 12)"},
      {"(a, b): int\n",
       "SyntaxError: only single target (not tuple) can be annotated (1, 1, 1, 7)"},
      {"[a, b]: int\n", "SyntaxError: only single target (not list) can be annotated (1, 1, 1, 7)"},
      {"a, b: int\n", "SyntaxError: only single target (not tuple) can be annotated (1, 1, 1, 2)"},
      {"f(): int\n", "SyntaxError: illegal target for annotation (1, 1, 1, 4)"},
      {"x() := 1\n",
       "SyntaxError: cannot use assignment expressions with function call (1, 1, 1, 4)"},
      {"(x.y := 1)\n",
       "SyntaxError: cannot use assignment expressions with attribute (1, 2, 1, 5)"},
      {"(x[0] := 1)\n",
       "SyntaxError: cannot use assignment expressions with subscript (1, 2, 1, 6)"},
      {"(f() := 1)\n",
       "SyntaxError: cannot use assignment expressions with function call (1, 2, 1, 5)"},
      {"(1 := 2)\n", "SyntaxError: cannot use assignment expressions with literal (1, 2, 1, 3)"},
      {"f(a.b=1)\n",
       "SyntaxError: expression cannot contain assignment, perhaps you meant \"==\"? (1, 3, 1, 7)"},
      {"f(1=2)\n",
       "SyntaxError: expression cannot contain assignment, perhaps you meant \"==\"? (1, 3, 1, 5)"},
      {"f(True=1)\n", "SyntaxError: cannot assign to True (1, 3, 1, 8)"},
      {"f(a()=1)\n",
       "SyntaxError: expression cannot contain assignment, perhaps you meant \"==\"? (1, 3, 1, 7)"},
      {"f((a)=1)\n",
       "SyntaxError: expression cannot contain assignment, perhaps you meant \"==\"? (1, 4, 1, 7)"},
      {"f(a=b for a in c)\n",
       "SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='? (1, 3, 1, 5)"},
      {"if (a = 1): pass\n",
       "SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='? (1, 5, 1, 10)"},
      {"(x = 1)\n",
       "SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='? (1, 2, 1, 7)"},
      {"import a.b as c.d\n", "SyntaxError: invalid syntax (1, 16, 1, 17)"},
      {"x = (y = 2)\n",
       "SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='? (1, 6, 1, 11)"},
  });
}

TEST_CASE("syntax errors: parameters", "[syntax_error]") {
  CheckErrors({
      {"def f(a=1, b): pass\n",
       "SyntaxError: non-default argument follows default argument (1, 12, 1, 13)"},
      {"def f(a, *): pass\n", "SyntaxError: named arguments must follow bare * (1, 10, 1, 11)"},
      {"def f(*, **k): pass\n", "SyntaxError: named arguments must follow bare * (1, 7, 1, 8)"},
      {"def f(*a, *b): pass\n", "SyntaxError: * argument may appear only once (1, 11, 1, 12)"},
      {"def f(**k, a): pass\n",
       "SyntaxError: arguments cannot follow var-keyword argument (1, 12, 1, 13)"},
      {"def f(**k, *a): pass\n",
       "SyntaxError: arguments cannot follow var-keyword argument (1, 12, 1, 13)"},
      {"def f(*a=1): pass\n",
       "SyntaxError: var-positional argument cannot have default value (1, 9, 1, 10)"},
      {"def f(**k=1): pass\n",
       "SyntaxError: var-keyword argument cannot have default value (1, 10, 1, 11)"},
      {"def f(a, (b, c)): pass\n",
       "SyntaxError: Function parameters cannot be parenthesized (1, 10, 1, 16)"},
      {"def f((a)): pass\n",
       "SyntaxError: Function parameters cannot be parenthesized (1, 7, 1, 10)"},
      {"def f(/, a): pass\n", "SyntaxError: at least one argument must precede / (1, 7, 1, 8)"},
      {"def f(a, /, b, /): pass\n", "SyntaxError: / may appear only once (1, 16, 1, 17)"},
      {"def f(*a, /): pass\n", "SyntaxError: / must be ahead of * (1, 11, 1, 12)"},
      {"def f(a, /*): pass\n", "SyntaxError: expected comma between / and * (1, 11, 1, 12)"},
      {"def f(a=): pass\n", "SyntaxError: expected default value expression (1, 8, 1, 9)"},
      {"lambda a=1, b: 1\n",
       "SyntaxError: non-default argument follows default argument (1, 13, 1, 14)"},
      {"lambda *: 1\n", "SyntaxError: named arguments must follow bare * (1, 9, 1, 10)"},
      {"lambda (a): 1\n",
       "SyntaxError: Lambda expression parameters cannot be parenthesized (1, 8, 1, 11)"},
      {"lambda **k, a: 1\n",
       "SyntaxError: arguments cannot follow var-keyword argument (1, 13, 1, 14)"},
      {"f(a=1, 2)\n", "SyntaxError: positional argument follows keyword argument (1, 9, 1, 10)"},
      {"f(**a, 1)\n",
       "SyntaxError: positional argument follows keyword argument unpacking (1, 9, 1, 10)"},
      {"f(**a, *b)\n",
       "SyntaxError: iterable argument unpacking follows keyword argument unpacking (1, 3, 1, 6)"},
      {"f(a=1, *b, 2)\n",
       "SyntaxError: positional argument follows keyword argument (1, 13, 1, 14)"},
      {"def f(1): pass\n", "SyntaxError: invalid syntax (1, 7, 1, 8)"},
      {"def f(a b): pass\n", "SyntaxError: invalid syntax (1, 9, 1, 10)"},
  });
}

TEST_CASE("syntax errors: comprehensions", "[syntax_error]") {
  CheckErrors({
      {"[*a for a in b]\n",
       "SyntaxError: iterable unpacking cannot be used in comprehension (1, 2, 1, 4)"},
      {"(*a for a in b)\n",
       "SyntaxError: iterable unpacking cannot be used in comprehension (1, 2, 1, 4)"},
      {"{*a for a in b}\n",
       "SyntaxError: iterable unpacking cannot be used in comprehension (1, 2, 1, 4)"},
      {"{**a for a in b}\n",
       "SyntaxError: dict unpacking cannot be used in dict comprehension (1, 2, 1, 4)"},
      {"[a, b for a, b in c]\n",
       "SyntaxError: did you forget parentheses around the comprehension target? (1, 2, 1, 6)"},
      {"[a, for a in b]\n",
       "SyntaxError: did you forget parentheses around the comprehension target? (1, 2, 1, 4)"},
      {"{a, b for a, b in c}\n",
       "SyntaxError: did you forget parentheses around the comprehension target? (1, 2, 1, 6)"},
      {"{a: 1, b}\n", "SyntaxError: ':' expected after dictionary key (1, 8, 1, 0)"},
      {"{a: 1, b: *c}\n",
       "SyntaxError: cannot use a starred expression in a dictionary value (1, 11, 1, 13)"},
      {"{a: }\n", "SyntaxError: expression expected after dictionary key and ':' (1, 3, 1, 4)"},
      {"{a: 1, b: }\n",
       "SyntaxError: expression expected after dictionary key and ':' (1, 9, 1, 10)"},
      {"(*a)\n", "SyntaxError: cannot use starred expression here (1, 2, 1, 4)"},
      {"(**a)\n", "SyntaxError: cannot use double starred expression here (1, 2, 1, 4)"},
      {"x = *\n", "SyntaxError: invalid syntax (1, 6, 1, 6)"},
      {"a if b\n", "SyntaxError: expected 'else' after 'if' expression (1, 1, 1, 7)"},
      {"(a if b)\n", "SyntaxError: expected 'else' after 'if' expression (1, 2, 1, 8)"},
      {"[a if b for c in d]\n", "SyntaxError: expected 'else' after 'if' expression (1, 2, 1, 8)"},
      {"(x for x in)\n", "SyntaxError: invalid syntax (1, 12, 1, 13)"},
  });
}

TEST_CASE("syntax errors: statements", "[syntax_error]") {
  CheckErrors({
      {"x = \n", "SyntaxError: invalid syntax (1, 5, 1, 5)"},
      {"import\n", "SyntaxError: invalid syntax (1, 7, 1, 7)"},
      {"from x import\n", "SyntaxError: invalid syntax (1, 14, 1, 14)"},
      {"from x import (a, b\n", "SyntaxError: '(' was never closed (1, 15, 1, 0)"},
      {"from x import a,\n",
       "SyntaxError: trailing comma not allowed without surrounding parentheses (1, 17, 1, 17)"},
      {"from x import (a, b,,)\n", "SyntaxError: invalid syntax (1, 21, 1, 22)"},
      {"from . import *, a\n", "SyntaxError: invalid syntax (1, 16, 1, 17)"},
      {"import a as 1\n", "SyntaxError: invalid syntax (1, 13, 1, 14)"},
      {"def\n", "SyntaxError: invalid syntax (1, 4, 1, 4)"},
      {"class 1: pass\n", "SyntaxError: invalid syntax (1, 7, 1, 8)"},
      {"return = 1\n", "SyntaxError: invalid syntax (1, 8, 1, 9)"},
      {"else:\n    pass\n", "SyntaxError: invalid syntax (1, 1, 1, 5)"},
      {"try:\n    pass\nx = 1\n", "SyntaxError: expected 'except' or 'finally' block (3, 1, 3, 2)"},
      {"try:\n    pass\nexcept A, B:\n    pass\n",
       "SyntaxError: multiple exception types must be parenthesized (3, 8, 3, 12)"},
      {"try:\n    pass\nexcept A, B as e:\n    pass\n",
       "SyntaxError: multiple exception types must be parenthesized (3, 8, 3, 17)"},
      {"try:\n    pass\nexcept A: pass\nexcept* B: pass\n",
       "SyntaxError: cannot have both 'except' and 'except*' on the same 'try' (4, 1, 4, 8)"},
      {"try:\n    pass\nexcept* A: pass\nexcept B: pass\n",
       "SyntaxError: cannot have both 'except' and 'except*' on the same 'try' (4, 1, 4, 7)"},
      {"try:\n    pass\nexcept*:\n    pass\n",
       "SyntaxError: expected one or more exception types (3, 8, 3, 9)"},
      {"global\n", "SyntaxError: invalid syntax (1, 7, 1, 7)"},
      {"raise a from\n", "SyntaxError: invalid syntax (1, 13, 1, 13)"},
      {"assert\n", "SyntaxError: invalid syntax (1, 7, 1, 7)"},
      {"for x y in z: pass\n", "SyntaxError: invalid syntax (1, 7, 1, 8)"},
      {"if:\n    pass\n", "SyntaxError: invalid syntax (1, 3, 1, 4)"},
      {"a b\n", "SyntaxError: invalid syntax (1, 3, 1, 4)"},
      {"x = 1 2\n", "SyntaxError: invalid syntax (1, 7, 1, 8)"},
      {"async x = 1\n", "SyntaxError: invalid syntax (1, 7, 1, 8)"},
      {"await = 1\n", "SyntaxError: invalid syntax (1, 7, 1, 8)"},
      {"a.1\n", "SyntaxError: invalid syntax (1, 2, 1, 4)"},
      {"a..b\n", "SyntaxError: invalid syntax (1, 3, 1, 4)"},
      {"f(**)\n", "SyntaxError: invalid syntax (1, 5, 1, 6)"},
      {"f(,)\n", "SyntaxError: invalid syntax (1, 3, 1, 4)"},
      {"x[]\n", "SyntaxError: invalid syntax (1, 3, 1, 4)"},
      {"x[1:2:3:4]\n", "SyntaxError: invalid syntax (1, 8, 1, 9)"},
      {"class A(x for x in y): pass\n", "SyntaxError: invalid syntax (1, 11, 1, 14)"},
      {"a := 1\n", "SyntaxError: invalid syntax (1, 3, 1, 5)"},
      {"x +=\n", "SyntaxError: invalid syntax (1, 5, 1, 5)"},
      {"* = 1\n", "SyntaxError: invalid syntax (1, 3, 1, 4)"},
      {"pass x\n", "SyntaxError: invalid syntax (1, 6, 1, 7)"},
      {"with: pass\n", "SyntaxError: invalid syntax (1, 5, 1, 6)"},
      {"and x\n", "SyntaxError: invalid syntax (1, 1, 1, 4)"},
      {"a ++\n", "SyntaxError: invalid syntax (1, 5, 1, 5)"},
  });
}

TEST_CASE("syntax errors: match", "[syntax_error]") {
  CheckErrors({
      {"match x:\n    case a as _: pass\n",
       "SyntaxError: cannot use '_' as a target (2, 15, 2, 16)"},
      {"match x:\n    case a as b.c: pass\n", "SyntaxError: invalid syntax (2, 16, 2, 17)"},
      {"match x:\n    case a as 1: pass\n", "SyntaxError: invalid pattern target (2, 15, 2, 16)"},
      {"match x:\n    case A(b=1, c): pass\n",
       "SyntaxError: positional patterns follow keyword patterns (2, 17, 2, 18)"},
      {"match x:\n    case 1 + 2: pass\n",
       "SyntaxError: imaginary number required in complex literal (2, 14, 2, 15)"},
      {"match x:\n    case 1j + 2j: pass\n",
       "SyntaxError: real number required in complex literal (2, 10, 2, 12)"},
      {"match x:\n    case {**_}: pass\n", "SyntaxError: invalid syntax (2, 13, 2, 14)"},
      {"match x:\n    case *a: pass\n", "SyntaxError: invalid syntax (2, 12, 2, 13)"},
      {"match x:\n    pass\n", "SyntaxError: invalid syntax (2, 5, 2, 9)"},
  });
}

TEST_CASE("syntax errors: fstrings", "[syntax_error]") {
  CheckErrors({
      {"f\"{a b}\"\n",
       "SyntaxError: f-string: invalid syntax. Perhaps you forgot a comma? (1, 2, 1, 5)"},
      {"f\"{}\"\n", "SyntaxError: f-string: empty expression not allowed (1, 6, 1, 6)"},
      {"f\"{ }\"\n", "SyntaxError: f-string: empty expression not allowed (1, 7, 1, 7)"},
      {"f\"{!r}\"\n", "SyntaxError: f-string: expression required before '!' (1, 8, 1, 8)"},
      {"f\"{a!x}\"\n",
       "SyntaxError: f-string: invalid conversion character: expected 's', 'r', or 'a' (1, 9, 1, "
       "9)"},
      {"f\"{a!rr}\"\n", "SyntaxError: f-string: expecting '}' (1, 10, 1, 10)"},
      {"f\"{a\"\n", "SyntaxError: f-string: expecting '}' (1, 6, 1, 6)"},
      {"f\"}\"\n", "SyntaxError: f-string: single '}' is not allowed (1, 5, 1, 5)"},
      {"f\"{a:{b:{c}}}\"\n", "SyntaxError: f-string: expressions nested too deeply (1, 15, 1, 15)"},
      {"f\"{a[0}\"\n",
       "SyntaxError: f-string: closing parenthesis '}' does not match opening parenthesis '[' (1, "
       "9, 1, 9)"},
      {"f\"{a)}\"\n", "SyntaxError: f-string: unmatched ')' (1, 8, 1, 8)"},
      {"f\"{\\n}\"\n",
       "SyntaxError: f-string expression part cannot include a backslash (1, 8, 1, 8)"},
      {"f\"{#}\"\n", "SyntaxError: f-string expression part cannot include '#' (1, 7, 1, 7)"},
      {"f\"{lambda x: 1}\"\n", "SyntaxError: f-string: invalid syntax (1, 10, 1, 11)"},
      {"f\"{a = }{b c}\"\n",
       "SyntaxError: f-string: invalid syntax. Perhaps you forgot a comma? (1, 2, 1, 5)"},
      {"f\"{*}\"\n", "SyntaxError: f-string: invalid syntax (1, 3, 1, 4)"},
      {"f\"{a:{}}\"\n", "SyntaxError: f-string: empty expression not allowed (1, 10, 1, 10)"},
      {"f\"{(a}\"\n",
       "SyntaxError: f-string: closing parenthesis '}' does not match opening parenthesis '(' (1, "
       "8, 1, 8)"},
      {"f'{a['x]}'\n", "SyntaxError: unmatched ']' (1, 8, 1, 8)"},
      {"f\"\"\"{\na b\n}\"\"\"\n",
       "SyntaxError: f-string: invalid syntax. Perhaps you forgot a comma? (2, 1, 2, 4)"},
      {"f\"{yield = 1}\"\n", "SyntaxError: f-string: expecting '}' (1, 15, 1, 15)"},
  });
}

TEST_CASE("syntax errors: strings", "[syntax_error]") {
  CheckErrors({
      {"\"\\x\"\n",
       "SyntaxError: (unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: "
       "truncated \\xXX escape (1, 5, 1, 5)"},
      {"\"\\x1\"\n",
       "SyntaxError: (unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: "
       "truncated \\xXX escape (1, 6, 1, 6)"},
      {"\"\\u12\"\n",
       "SyntaxError: (unicode error) 'unicodeescape' codec can't decode bytes in position 0-3: "
       "truncated \\uXXXX escape (1, 7, 1, 7)"},
      {"\"\\U12345678\"\n",
       "SyntaxError: (unicode error) 'unicodeescape' codec can't decode bytes in position 0-9: "
       "illegal Unicode character (1, 13, 1, 13)"},
      {"\"\\N\"\n",
       "SyntaxError: (unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: "
       "malformed \\N character escape (1, 5, 1, 5)"},
      {"\"\\N{no such thing}\"\n",
       "SyntaxError: (unicode error) 'unicodeescape' codec can't decode bytes in position 0-16: "
       "unknown Unicode character name (1, 20, 1, 20)"},
      {"b\"\\x1\"\n", "SyntaxError: (value error) invalid \\x escape at position 0 (1, 7, 1, 7)"},
      {"b\"\303\251\"\n",
       "SyntaxError: bytes can only contain ASCII literal characters (1, 5, 1, 5)"},
      {"\"a\" b\"c\"\n", "SyntaxError: cannot mix bytes and nonbytes literals (1, 9, 1, 9)"},
      {"b\"a\" \"c\" \n", "SyntaxError: cannot mix bytes and nonbytes literals (1, 10, 1, 10)"},
      {"\"\303\251\\x\"\n",
       "SyntaxError: (unicode error) 'unicodeescape' codec can't decode bytes in position 10-11: "
       "truncated \\xXX escape (1, 6, 1, 6)"},
      {"ur\"a\"\n", "SyntaxError: invalid syntax (1, 3, 1, 6)"},
      {"kf\"a\"\n", "SyntaxError: invalid syntax (1, 3, 1, 6)"},
  });
}

std::string Repeat(const std::string& text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) result += text;
  return result;
}

TEST_CASE("depth ends in an error, never in a crash", "[syntax_error]") {
  CHECK(ErrorOf(Repeat("(", 100000)) ==
        "SyntaxError: too many nested parentheses (1, 201, 1, 201)");
  CHECK(ErrorOf(Repeat("-", 100000) + "1") == "MemoryError: ");
  CHECK(ErrorOf(Repeat("not ", 100000) + "a") == "MemoryError: ");
  CHECK(ErrorOf(Repeat("a if b else ", 100000) + "c") == "MemoryError: ");
  CHECK(ErrorOf(Repeat("lambda: ", 100000) + "c") == "MemoryError: ");
  CHECK(ErrorOf("if a: pass\n" + Repeat("elif a: pass\n", 100000)) == "MemoryError: ");
  const std::string recursion =
      "RecursionError: maximum recursion depth exceeded during compilation";
  CHECK(ErrorOf("a" + Repeat("+a", 100000)) == recursion);
  CHECK(ErrorOf("x" + Repeat(".y", 100000)) == recursion);
  CHECK(ErrorOf("f" + Repeat("()", 100000)) == recursion);
  CHECK(ErrorOf("a" + Repeat("+a", 2990)) == "OK");
  CHECK(ErrorOf("a" + Repeat(" and a", 100000)) == "OK");
  CHECK(ErrorOf(Repeat("a = ", 100000) + "1") == "OK");
  CHECK(ErrorOf(Repeat("a, ", 100000)) == "OK");
  // The diagnosis has a limit of its own.
  CHECK(ErrorOf(Repeat("not ", 2900) + "a b") ==
        "SyntaxError: invalid syntax (1, 11603, 1, 11604)");
}

TEST_CASE("an error far down is found without parsing what is right again", "[syntax_error]") {
  const std::string source = Repeat("def f(a, b=1):\n    return a.b(c, d=[1, 2, 3])\n", 20000);
  CHECK(ErrorOf(source + "f(a b)\n") ==
        "SyntaxError: invalid syntax. Perhaps you forgot a comma? (40001, 3, 40001, 6)");
}

TEST_CASE("bytes that are no text", "[syntax_error]") {
  CHECK(ErrorOf("x=1\ny='\xff'\n") ==
        "SyntaxError: Non-UTF-8 code starting with '\\xff' in file f on line 2, but no encoding "
        "declared; "
        "see https://peps.python.org/pep-0263/ for details");
  CHECK(ErrorOf("# coding: foo\nx=1\n") == "SyntaxError: encoding problem: foo");
  CHECK(ErrorOf("\xef\xbb\xbf# coding: latin-1\nx=1\n") ==
        "SyntaxError: encoding problem: iso-8859-1 with BOM");
  CHECK(ErrorOf("# coding: latin-1\nx='\xe9'\n") == "OK");
  CHECK(ErrorOf("#\n# vim: set fileencoding=cp1252 :\nx='\x80'\n") == "OK");
  ParseOptions bytes;
  bytes.origin = SourceOrigin::kBytes;
  CHECK(ErrorOf(std::string("x=1\0\n", 5), bytes) ==
        "ValueError: source code string cannot contain null bytes");
  CHECK(ErrorOf("# coding: foo\nx=1\n", bytes) ==
        "SyntaxError: unknown encoding: foo (0, -1, 0, -1)");
}

TEST_CASE("a prompt learns that more is to come", "[syntax_error]") {
  ParseOptions options;
  options.mode = ParseMode::kSingle;
  options.allow_incomplete_input = true;
  options.keep_blocks_open = true;
  const auto incomplete = [&](const std::string& source) {
    return ErrorOf(source, options).find(std::string(kIncompleteInput)) != std::string::npos;
  };
  CHECK(incomplete("x = (\n"));
  CHECK(incomplete("if x:\n"));
  CHECK(incomplete("if x:\n    y\n"));
  CHECK(incomplete("\"\"\"abc\n"));
  CHECK(incomplete("x = 1 + \\\n"));
  CHECK(ErrorOf("if x:\n    y\n\n", options) == "OK");
  CHECK(ErrorOf("x = 1\n", options) == "OK");
  CHECK(ErrorOf("x y\n", options) == "SyntaxError: invalid syntax (1, 3, 1, 4)");
  CHECK(ErrorOf("x = 1\ny = 2\n", options) ==
        "SyntaxError: multiple statements found while compiling a single statement (1, 6, 1, 6)");
}

}  // namespace
}  // namespace gila::compiler

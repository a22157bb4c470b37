// Bytecode snapshots: small programs and the code that is made of them.
#include <catch2/catch.hpp>
#include <string>

#include "compiler/compile.h"
#include "compiler/dump.h"
#include "compiler/verifier.h"

namespace gila::compiler {
namespace {

// The dump of what `source` compiles to, after the verifier has seen it.
std::string Dump(const std::string& source) {
  CompileOptions options;
  options.filename = "test.py";
  const CompileResult result = CompileToCode(source, options);
  REQUIRE(result.error.message == "");
  REQUIRE(result.ok());
  CHECK(VerifyCode(*result.code) == "");
  return "\n" + DumpCode(*result.code);
}

TEST_CASE("a binary operation on locals is one instruction", "[codegen]") {
  CHECK(Dump("def f(a, b):\n"
             "    x = a + b\n"
             "    return x * 2\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 4 registers
    0 Add              r2:x, r0:a, r1:b
    2 MulK             r3, r2:x, 2
    4 Return           r3
)");
}

TEST_CASE("a while loop tests at the top and jumps back", "[codegen]") {
  CHECK(Dump("def f(n):\n"
             "    while n > 0:\n"
             "        n -= 1\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 1 registers
    0 JumpNotGtK       ->5, r0:n, 0
    2 ISubK            r0:n, r0:n, 1
    4 JumpBack         ->0
    5 ReturnNone
)");
}

TEST_CASE("a for loop keeps ForNext at the bottom", "[codegen]") {
  CHECK(Dump("def f(items):\n"
             "    for x in items:\n"
             "        if x: continue\n"
             "        if x is None: break\n"
             "        g(x)\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 8 registers
    0 GetIter          r2, r0:items
    1 Jump             ->10
    2 JumpIfTrue       r1:x, ->10
    3 JumpIfNone       r1:x, ->12
    4 LoadGlobal       r3, g
    7 Move             r7, r1:x
    8 Call             r3, #1, r4
   10 ForNext          r2, r1:x, ->2
   12 ReturnNone
)");
}

TEST_CASE("arguments are evaluated into the window", "[codegen]") {
  CHECK(Dump("def f(a):\n"
             "    return g(a, h(1), k=a)\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 11 registers
    0 LoadGlobal       r1, g
    3 Move             r5, r0:a
    4 LoadGlobal       r6, h
    7 LoadConst        r10, 1
    8 Call             r6, #1, r6
   10 Move             r7, r0:a
   11 LoadConst        r8, ('k',)
   12 CallKw           r1, #3, r1
   14 Return           r1
)");
}

TEST_CASE("a method call makes no bound method, and a chain uses one window", "[codegen]") {
  CHECK(Dump("def f(a):\n"
             "    return a.b(1).c(x=2)\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 8 registers
    0 LoadMethod       r1, r0:a, b
    2 LoadConst        r6, 1
    3 CallMethod       r1, #1, r1
    5 LoadMethod       r1, r1, c
    7 LoadConst        r6, 2
    8 LoadConst        r7, ('x',)
    9 CallMethodKw     r1, #1, r1
   11 Return           r1
)");
}

TEST_CASE("a local that is rebound later in the expression is copied", "[codegen]") {
  CHECK(Dump("def f(x):\n"
             "    return x + (x := 5)\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 2 registers
    0 Move             r1, r0:x
    1 LoadConst        r0:x, 5
    2 Add              r1, r1, r0:x
    4 Return           r1
)");
}

TEST_CASE("a display never builds in a variable", "[codegen]") {
  CHECK(Dump("def f(x):\n"
             "    x = [x, *x]\n"
             "    x = {1: x}\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 4 registers
    0 Move             r2, r0:x
    1 NewList          r1, r2, #1
    2 ListExtend       r1, r0:x
    3 Move             r0:x, r1
    4 LoadConst        r2, 1
    5 Move             r3, r0:x
    6 NewDict          r1, r2, #1
    7 Move             r0:x, r1
    8 ReturnNone
)");
}

TEST_CASE("a swap needs one copy", "[codegen]") {
  CHECK(Dump("def f(a, b):\n"
             "    a, b = b, a\n"
             "    return a\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 3 registers
    0 Move             r2, r0:a
    1 Move             r0:a, r1:b
    2 Move             r1:b, r2
    3 Return           r0:a
)");
}

TEST_CASE("items are unpacked straight into locals", "[codegen]") {
  CHECK(Dump("def f(p):\n"
             "    x, y = p\n"
             "    return y\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 3 registers
    0 UnpackSequence   r1:x, r0:p, #2
    1 Return           r2:y
)");
}

TEST_CASE("conditions are jumps", "[codegen]") {
  CHECK(Dump("def f(a, b):\n"
             "    if a and not b or a < b < 3:\n"
             "        return 1\n"
             "    return 2\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 3 registers
    0 JumpIfFalse      r0:a, ->2
    1 JumpIfFalse      r1:b, ->6
    2 JumpNotLt        ->8, r0:a, r1:b
    4 JumpNotLtK       ->8, r1:b, 3
    6 LoadConst        r2, 1
    7 Return           r2
    8 LoadConst        r2, 2
    9 Return           r2
)");
}

TEST_CASE("locals that may be unbound are checked, others are not", "[codegen]") {
  CHECK(Dump("def f(c):\n"
             "    if c: x = 1\n"
             "    print(x)\n"
             "    print(x)\n"
             "    del x\n"
             "    return c\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 7 registers
    0 JumpIfFalse      r0:c, ->2
    1 LoadConst        r1:x, 1
    2 LoadGlobal       r2, print
    5 CheckLocal       r1:x
    6 Move             r6, r1:x
    7 Call             r2, #1, r3
    9 LoadGlobal       r2, print
   12 Move             r6, r1:x
   13 Call             r2, #1, r3
   15 DelLocal         r1:x
   16 Return           r0:c
)");
}

TEST_CASE("captured variables live in cells", "[codegen]") {
  CHECK(Dump("def f(a):\n"
             "    n = 0\n"
             "    def g():\n"
             "        nonlocal n\n"
             "        n += a\n"
             "    return g\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 9 registers
    0 MakeCell         r0:a
    1 MakeCell         r2:n
    2 LoadConst        r3, 0
    3 StoreCell        r2:n, r3
    4 LoadUnbound      r3
    5 LoadUnbound      r4
    6 LoadUnbound      r5
    7 Move             r7, r0:a
    8 Move             r8, r2:n
    9 NewTuple         r6, r7, #2
   10 MakeClosure      r1:g, r3, <code g>
   11 Return           r1:g

f.<locals>.g: 2 registers
    0 LoadFree         r0, #1
    1 LoadFree         r1, #0
    2 IAdd             r0, r0, r1
    4 StoreFree        #1, r0
    5 ReturnNone
)");
}

TEST_CASE("a class body gives its cell back", "[codegen]") {
  CHECK(Dump("class A(B):\n"
             "    def m(self): return super().m\n") == R"(
<module>: 8 registers
    0 LoadBuildClass   r1
    1 MakeFunction     r5, <code A>
    2 LoadConst        r6, 'A'
    3 LoadName         r7, B
    6 Call             r1, #3, r1
    8 StoreName        r1, A
   10 ReturnNone

A: 8 registers
    0 LoadUnbound      r1
    1 MakeCell         r1
    2 LoadName         r2, __name__
    5 StoreName        r2, __module__
    7 LoadConst        r2, 'A'
    8 StoreName        r2, __qualname__
   10 LoadUnbound      r3
   11 LoadUnbound      r4
   12 LoadUnbound      r5
   13 Move             r7, r1
   14 NewTuple         r6, r7, #1
   15 MakeClosure      r2, r3, <code m>
   16 StoreName        r2, m
   18 StoreName        r1, __classcell__
   20 Return           r1

A.m: 5 registers
    0 LoadGlobal       r1, super
    3 Call             r1, #0, r1
    5 LoadAttr         r1, r1, m
    7 Return           r1
)");
}

TEST_CASE("handlers stand behind the usual path", "[codegen]") {
  CHECK(Dump("def f():\n"
             "    try:\n"
             "        return g()\n"
             "    except E as e:\n"
             "        print(e)\n"
             "    finally:\n"
             "        h()\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 8 registers
    0 Nop
    1 LoadGlobal       r1, g
    4 Call             r1, #0, r1
    6 LoadGlobal       r2, h
    9 Call             r2, #0, r3
   11 Return           r1
   12 LoadGlobal       r1, h
   15 Call             r1, #0, r2
   17 ReturnNone
   18 EnterHandler     r1
   19 LoadGlobal       r3, E
   22 MatchException   r4, r1, r3
   23 JumpIfFalse      r4, ->37
   24 Move             r0:e, r1
   25 LoadGlobal       r3, print
   28 Move             r7, r0:e
   29 Call             r3, #1, r4
   31 LeaveHandler     r1
   32 LoadUnbound      r0:e
   33 JumpBack         ->12
   34 LoadUnbound      r0:e
   35 LeaveHandler     r1
   36 Reraise          r3
   37 LeaveHandler     r1
   38 Reraise          r1
   39 LeaveHandler     r1
   40 Reraise          r3
   41 EnterHandler     r1
   42 LoadGlobal       r3, h
   45 Call             r3, #0, r4
   47 LeaveHandler     r1
   48 Reraise          r1
   49 LeaveHandler     r1
   50 Reraise          r3
  words 1 to 5: handler 18, exception in r1
  words 18 to 18: handler 41, exception in r1
  words 19 to 24: handler 39, exception in r3
  words 25 to 30: handler 34, exception in r3
  words 31 to 40: handler 41, exception in r1
  words 42 to 46: handler 49, exception in r3
)");
}

TEST_CASE("with calls its exit on both paths", "[codegen]") {
  CHECK(Dump("def f(m):\n"
             "    with m as x:\n"
             "        return x\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 17 registers
    0 Move             r2, r0:m
    1 LoadSpecial      r7, r2, #0
    3 LoadSpecial      r2, r2, #1
    5 CallMethod       r7, #0, r7
    7 Move             r1:x, r7
    8 Move             r7, r1:x
    9 Move             r8, r2
   10 Move             r9, r3
   11 Move             r12, r6
   12 LoadConst        r13, None
   13 LoadConst        r14, None
   14 LoadConst        r15, None
   15 CallMethod       r8, #3, r8
   17 Return           r7
   18 ReturnNone
   19 EnterHandler     r7
   20 Move             r9, r2
   21 Move             r10, r3
   22 Move             r13, r6
   23 ExceptionInfo    r14, r7
   24 CallMethod       r9, #3, r9
   26 JumpIfTrue       r9, ->29
   27 LeaveHandler     r7
   28 Reraise          r7
   29 LeaveHandler     r7
   30 JumpBack         ->18
   31 LeaveHandler     r7
   32 Reraise          r9
  words 7 to 8: handler 19, exception in r7
  words 20 to 26: handler 31, exception in r9
)");
}

TEST_CASE("the result of an awaited call is below its window", "[codegen]") {
  CHECK(Dump("async def f(x):\n"
             "    return await x(await x.y(1))\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 15 registers
    0 Move             r3, r0:x
    1 LoadMethod       r9, r0:x, y
    3 LoadConst        r14, 1
    4 CallMethod       r9, #1, r8
    6 GetAwaitable     r8, r8, #0
    7 LoadConst        r7, None
    8 Send             r7, r8, ->12
    9 Yield            r7, r7, #18
   10 SendAgain        ->8, r7
   12 Call             r3, #1, r2
   14 GetAwaitable     r2, r2, #0
   15 LoadConst        r1, None
   16 Send             r1, r2, ->20
   17 Yield            r1, r1, #6
   18 SendAgain        ->16, r1
   20 Return           r1
)");
}

TEST_CASE("yield from and await are send loops", "[codegen]") {
  CHECK(Dump("async def f(x):\n"
             "    await x\n"
             "def g(x):\n"
             "    return (yield from x)\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 MakeFunction     r1, <code g>
    4 StoreName        r1, g
    6 ReturnNone

f: 3 registers
    0 Move             r2, r0:x
    1 GetAwaitable     r2, r2, #0
    2 LoadConst        r1, None
    3 Send             r1, r2, ->7
    4 Yield            r1, r1, #6
    5 SendAgain        ->3, r1
    7 ReturnNone

g: 3 registers
    0 Move             r2, r0:x
    1 GetYieldFromIter r2, r2
    2 LoadConst        r1, None
    3 Send             r1, r2, ->7
    4 Yield            r1, r1, #6
    5 SendAgain        ->3, r1
    7 Return           r1
)");
}

TEST_CASE("constants fold, and dead code is dropped", "[codegen]") {
  CHECK(Dump("x = 2 * 3 + 1\n"
             "y = (1, 'a', -2)\n"
             "if 0: print(1)\n"
             "z = k in [1, 2]\n"
             "while 1: pass\n") == R"(
<module>: 6 registers
    0 LoadConst        r1, 7
    1 StoreName        r1, x
    3 LoadConst        r1, (1, 'a', -2)
    4 StoreName        r1, y
    6 Nop
    7 LoadName         r1, k
   10 LoadConst        r2, (1, 2)
   11 In               r1, r1, r2
   13 StoreName        r1, z
   15 Nop
   16 JumpBack         ->16
)");
}

TEST_CASE("a comprehension is a function of the iterator", "[codegen]") {
  CHECK(Dump("def f(a): return [x * 2 for x in a if x]\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 6 registers
    0 MakeFunction     r1, <code <listcomp>>
    1 GetIter          r5, r0:a
    2 Call             r1, #1, r1
    4 Return           r1

f.<locals>.<listcomp>: 4 registers
    0 NewList          r2, r2, #0
    1 Jump             ->6
    2 JumpIfFalse      r1:x, ->6
    3 MulK             r3, r1:x, 2
    5 ListAppend       r2, r3, #1
    6 ForNext          r0:.0, r1:x, ->2
    8 Return           r2
)");
}

TEST_CASE("match binds after the whole pattern", "[codegen]") {
  CHECK(Dump("def f(x):\n"
             "    match x:\n"
             "        case [a, 1]: return a\n"
             "        case {'k': v}: return v\n") == R"(
<module>: 2 registers
    0 MakeFunction     r1, <code f>
    1 StoreName        r1, f
    3 ReturnNone

f: 7 registers
    0 Move             r3, r0:x
    1 MatchSequence    r4, r3
    2 JumpIfFalse      r4, ->12
    3 GetLength        r4, r3
    4 LoadConst        r5, 2
    5 JumpNotEq        ->12, r4, r5
    7 UnpackSequence   r5, r3, #2
    8 JumpNotEqK       ->12, r6, 1
   10 Move             r1:a, r5
   11 Return           r1:a
   12 MatchMapping     r5, r3
   13 JumpIfFalse      r5, ->24
   14 GetLength        r5, r3
   15 LoadConst        r4, 1
   16 JumpNotGe        ->24, r5, r4
   18 LoadConst        r4, ('k',)
   19 MatchKeys        r5, r3, r4
   20 JumpIfNone       r5, ->24
   21 UnpackSequence   r6, r5, #1
   22 Move             r2:v, r6
   23 Return           r2:v
   24 ReturnNone
)");
}

TEST_CASE("star calls and keyword dicts", "[codegen]") {
  CHECK(Dump("f(*a, b, c=1, **d)\n") == R"(
<module>: 9 registers
    0 LoadName         r1, f
    3 NewList          r5, r5, #0
    4 LoadName         r6, a
    7 ListExtend       r5, r6
    8 LoadName         r6, b
   11 ListAppend       r5, r6, #1
   12 LoadConst        r7, 'c'
   13 LoadConst        r8, 1
   14 NewDict          r6, r7, #1
   15 LoadName         r7, d
   18 DictMerge        r6, r7, r1
   19 CallEx           r1, r2
   21 ReturnNone
)");
}

}  // namespace
}  // namespace gila::compiler

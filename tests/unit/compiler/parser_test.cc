// Programs and their trees, as CPython 3.11's ast.dump() prints them.
#include "compiler/parser.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "compiler/ast_dump.h"

namespace gila::compiler {
namespace {

struct Case {
  std::string source;
  std::string expected;
};

std::string DumpOf(const std::string& source, const ParseOptions& options, bool attributes) {
  Arena arena;
  const ParseResult result = Parse(source, options, &arena);
  return result.ok() ? DumpAst(*result.module, attributes) : DescribeSyntaxError(result.error);
}

void CheckTrees(const std::vector<Case>& cases, bool attributes) {
  for (const Case& c : cases) {
    INFO(c.source);
    CHECK(DumpOf(c.source, {}, attributes) == c.expected);
  }
}

TEST_CASE("every kind of syntax has CPython's tree", "[parser]") {
  const std::vector<Case> cases = {
      {"x = 1\n",
       "Module(body=[Assign(targets=[Name(id='x', ctx=Store())], value=Constant(value=1))], "
       "type_ignores=[])"},
      {"a = b = c, d\n",
       "Module(body=[Assign(targets=[Name(id='a', ctx=Store()), Name(id='b', ctx=Store())], "
       "value=Tuple(elts=[Name(id='c', ctx=Load()), Name(id='d', ctx=Load())], ctx=Load()))], "
       "type_ignores=[])"},
      {"x: int\n",
       "Module(body=[AnnAssign(target=Name(id='x', ctx=Store()), annotation=Name(id='int', "
       "ctx=Load()), simple=1)], type_ignores=[])"},
      {"(x): int = 3\n",
       "Module(body=[AnnAssign(target=Name(id='x', ctx=Store()), annotation=Name(id='int', "
       "ctx=Load()), value=Constant(value=3), simple=0)], type_ignores=[])"},
      {"a.b: int\n",
       "Module(body=[AnnAssign(target=Attribute(value=Name(id='a', ctx=Load()), attr='b', "
       "ctx=Store()), annotation=Name(id='int', ctx=Load()), simple=0)], type_ignores=[])"},
      {"a[0] += 1\n",
       "Module(body=[AugAssign(target=Subscript(value=Name(id='a', ctx=Load()), "
       "slice=Constant(value=0), ctx=Store()), op=Add(), value=Constant(value=1))], "
       "type_ignores=[])"},
      {"del a, b.c, (d, e[0])\n",
       "Module(body=[Delete(targets=[Name(id='a', ctx=Del()), Attribute(value=Name(id='b', "
       "ctx=Load()), attr='c', ctx=Del()), Tuple(elts=[Name(id='d', ctx=Del()), "
       "Subscript(value=Name(id='e', ctx=Load()), slice=Constant(value=0), ctx=Del())], "
       "ctx=Del())])], type_ignores=[])"},
      {"def f(a, /, b: int = 1, *c, d, e=2, **k) -> r: pass\n",
       "Module(body=[FunctionDef(name='f', args=arguments(posonlyargs=[arg(arg='a')], "
       "args=[arg(arg='b', annotation=Name(id='int', ctx=Load()))], vararg=arg(arg='c'), "
       "kwonlyargs=[arg(arg='d'), arg(arg='e')], kw_defaults=[None, Constant(value=2)], "
       "kwarg=arg(arg='k'), defaults=[Constant(value=1)]), body=[Pass()], decorator_list=[], "
       "returns=Name(id='r', ctx=Load()))], type_ignores=[])"},
      {"def f(*a: *b): pass\n",
       "Module(body=[FunctionDef(name='f', args=arguments(posonlyargs=[], args=[], "
       "vararg=arg(arg='a', annotation=Starred(value=Name(id='b', ctx=Load()), ctx=Load())), "
       "kwonlyargs=[], kw_defaults=[], defaults=[]), body=[Pass()], decorator_list=[])], "
       "type_ignores=[])"},
      {"async def f():\n    async for x in y: await z\n    async with a as b, c: pass\n",
       "Module(body=[AsyncFunctionDef(name='f', args=arguments(posonlyargs=[], args=[], "
       "kwonlyargs=[], kw_defaults=[], defaults=[]), body=[AsyncFor(target=Name(id='x', "
       "ctx=Store()), iter=Name(id='y', ctx=Load()), body=[Expr(value=Await(value=Name(id='z', "
       "ctx=Load())))], orelse=[]), AsyncWith(items=[withitem(context_expr=Name(id='a', "
       "ctx=Load()), optional_vars=Name(id='b', ctx=Store())), withitem(context_expr=Name(id='c', "
       "ctx=Load()))], body=[Pass()])], decorator_list=[])], type_ignores=[])"},
      {"@a.b\n@c()\nclass A(B, *C, m=D, **E):\n    x = 1\n",
       "Module(body=[ClassDef(name='A', bases=[Name(id='B', ctx=Load()), "
       "Starred(value=Name(id='C', ctx=Load()), ctx=Load())], keywords=[keyword(arg='m', "
       "value=Name(id='D', ctx=Load())), keyword(value=Name(id='E', ctx=Load()))], "
       "body=[Assign(targets=[Name(id='x', ctx=Store())], value=Constant(value=1))], "
       "decorator_list=[Attribute(value=Name(id='a', ctx=Load()), attr='b', ctx=Load()), "
       "Call(func=Name(id='c', ctx=Load()), args=[], keywords=[])])], type_ignores=[])"},
      {"lambda a, *b, c=1, **d: a\n",
       "Module(body=[Expr(value=Lambda(args=arguments(posonlyargs=[], args=[arg(arg='a')], "
       "vararg=arg(arg='b'), kwonlyargs=[arg(arg='c')], kw_defaults=[Constant(value=1)], "
       "kwarg=arg(arg='d'), defaults=[]), body=Name(id='a', ctx=Load())))], type_ignores=[])"},
      {"for a, *b in c, d: break\nelse: continue\n",
       "Module(body=[For(target=Tuple(elts=[Name(id='a', ctx=Store()), Starred(value=Name(id='b', "
       "ctx=Store()), ctx=Store())], ctx=Store()), iter=Tuple(elts=[Name(id='c', ctx=Load()), "
       "Name(id='d', ctx=Load())], ctx=Load()), body=[Break()], orelse=[Continue()])], "
       "type_ignores=[])"},
      {"while x: pass\nelse: y\n",
       "Module(body=[While(test=Name(id='x', ctx=Load()), body=[Pass()], "
       "orelse=[Expr(value=Name(id='y', ctx=Load()))])], type_ignores=[])"},
      {"if a: b\nelif c: d\nelse: e\n",
       "Module(body=[If(test=Name(id='a', ctx=Load()), body=[Expr(value=Name(id='b', "
       "ctx=Load()))], orelse=[If(test=Name(id='c', ctx=Load()), body=[Expr(value=Name(id='d', "
       "ctx=Load()))], orelse=[Expr(value=Name(id='e', ctx=Load()))])])], type_ignores=[])"},
      {"with a as b, c as (d, e): f\n",
       "Module(body=[With(items=[withitem(context_expr=Name(id='a', ctx=Load()), "
       "optional_vars=Name(id='b', ctx=Store())), withitem(context_expr=Name(id='c', ctx=Load()), "
       "optional_vars=Tuple(elts=[Name(id='d', ctx=Store()), Name(id='e', ctx=Store())], "
       "ctx=Store()))], body=[Expr(value=Name(id='f', ctx=Load()))])], type_ignores=[])"},
      {"with (a as b, c,): f\n",
       "Module(body=[With(items=[withitem(context_expr=Name(id='a', ctx=Load()), "
       "optional_vars=Name(id='b', ctx=Store())), withitem(context_expr=Name(id='c', "
       "ctx=Load()))], body=[Expr(value=Name(id='f', ctx=Load()))])], type_ignores=[])"},
      {"with (a, b): f\n",
       "Module(body=[With(items=[withitem(context_expr=Name(id='a', ctx=Load())), "
       "withitem(context_expr=Name(id='b', ctx=Load()))], body=[Expr(value=Name(id='f', "
       "ctx=Load()))])], type_ignores=[])"},
      {"with (a, b) as c: f\n",
       "Module(body=[With(items=[withitem(context_expr=Tuple(elts=[Name(id='a', ctx=Load()), "
       "Name(id='b', ctx=Load())], ctx=Load()), optional_vars=Name(id='c', ctx=Store()))], "
       "body=[Expr(value=Name(id='f', ctx=Load()))])], type_ignores=[])"},
      {"with (a): f\n",
       "Module(body=[With(items=[withitem(context_expr=Name(id='a', ctx=Load()))], "
       "body=[Expr(value=Name(id='f', ctx=Load()))])], type_ignores=[])"},
      {"with (yield): f\n",
       "Module(body=[With(items=[withitem(context_expr=Yield())], body=[Expr(value=Name(id='f', "
       "ctx=Load()))])], type_ignores=[])"},
      {"with (a := b): f\n",
       "Module(body=[With(items=[withitem(context_expr=NamedExpr(target=Name(id='a', ctx=Store()), "
       "value=Name(id='b', ctx=Load())))], body=[Expr(value=Name(id='f', ctx=Load()))])], "
       "type_ignores=[])"},
      {"with (a), (b): f\n",
       "Module(body=[With(items=[withitem(context_expr=Name(id='a', ctx=Load())), "
       "withitem(context_expr=Name(id='b', ctx=Load()))], body=[Expr(value=Name(id='f', "
       "ctx=Load()))])], type_ignores=[])"},
      {"try: a\nexcept B as c: d\nexcept (E, F): g\nexcept: h\nelse: i\nfinally: j\n",
       "Module(body=[Try(body=[Expr(value=Name(id='a', ctx=Load()))], "
       "handlers=[ExceptHandler(type=Name(id='B', ctx=Load()), name='c', "
       "body=[Expr(value=Name(id='d', ctx=Load()))]), ExceptHandler(type=Tuple(elts=[Name(id='E', "
       "ctx=Load()), Name(id='F', ctx=Load())], ctx=Load()), body=[Expr(value=Name(id='g', "
       "ctx=Load()))]), ExceptHandler(body=[Expr(value=Name(id='h', ctx=Load()))])], "
       "orelse=[Expr(value=Name(id='i', ctx=Load()))], finalbody=[Expr(value=Name(id='j', "
       "ctx=Load()))])], type_ignores=[])"},
      {"try: a\nexcept* B as c: d\n",
       "Module(body=[TryStar(body=[Expr(value=Name(id='a', ctx=Load()))], "
       "handlers=[ExceptHandler(type=Name(id='B', ctx=Load()), name='c', "
       "body=[Expr(value=Name(id='d', ctx=Load()))])], orelse=[], finalbody=[])], "
       "type_ignores=[])"},
      {"raise a from b\n",
       "Module(body=[Raise(exc=Name(id='a', ctx=Load()), cause=Name(id='b', ctx=Load()))], "
       "type_ignores=[])"},
      {"assert a, b\n",
       "Module(body=[Assert(test=Name(id='a', ctx=Load()), msg=Name(id='b', ctx=Load()))], "
       "type_ignores=[])"},
      {"import a.b.c as d, e\n",
       "Module(body=[Import(names=[alias(name='a.b.c', asname='d'), alias(name='e')])], "
       "type_ignores=[])"},
      {"from ...a import (b as c, d,)\n",
       "Module(body=[ImportFrom(module='a', names=[alias(name='b', asname='c'), alias(name='d')], "
       "level=3)], type_ignores=[])"},
      {"from . import *\n",
       "Module(body=[ImportFrom(names=[alias(name='*')], level=1)], type_ignores=[])"},
      {"global a, b\n", "Module(body=[Global(names=['a', 'b'])], type_ignores=[])"},
      {"nonlocal a\n", "Module(body=[Nonlocal(names=['a'])], type_ignores=[])"},
      {"x = (yield)\ny = yield a, *b\nz = yield from c\n",
       "Module(body=[Assign(targets=[Name(id='x', ctx=Store())], value=Yield()), "
       "Assign(targets=[Name(id='y', ctx=Store())], value=Yield(value=Tuple(elts=[Name(id='a', "
       "ctx=Load()), Starred(value=Name(id='b', ctx=Load()), ctx=Load())], ctx=Load()))), "
       "Assign(targets=[Name(id='z', ctx=Store())], value=YieldFrom(value=Name(id='c', "
       "ctx=Load())))], type_ignores=[])"},
      {"a if b else c if d else e\n",
       "Module(body=[Expr(value=IfExp(test=Name(id='b', ctx=Load()), body=Name(id='a', "
       "ctx=Load()), orelse=IfExp(test=Name(id='d', ctx=Load()), body=Name(id='c', ctx=Load()), "
       "orelse=Name(id='e', ctx=Load()))))], type_ignores=[])"},
      {"a or b or c and not d\n",
       "Module(body=[Expr(value=BoolOp(op=Or(), values=[Name(id='a', ctx=Load()), Name(id='b', "
       "ctx=Load()), BoolOp(op=And(), values=[Name(id='c', ctx=Load()), UnaryOp(op=Not(), "
       "operand=Name(id='d', ctx=Load()))])]))], type_ignores=[])"},
      {"a < b <= c is not d not in e\n",
       "Module(body=[Expr(value=Compare(left=Name(id='a', ctx=Load()), ops=[Lt(), LtE(), IsNot(), "
       "NotIn()], comparators=[Name(id='b', ctx=Load()), Name(id='c', ctx=Load()), Name(id='d', "
       "ctx=Load()), Name(id='e', ctx=Load())]))], type_ignores=[])"},
      {"-a ** -b + c * d // e @ f\n",
       "Module(body=[Expr(value=BinOp(left=UnaryOp(op=USub(), operand=BinOp(left=Name(id='a', "
       "ctx=Load()), op=Pow(), right=UnaryOp(op=USub(), operand=Name(id='b', ctx=Load())))), "
       "op=Add(), right=BinOp(left=BinOp(left=BinOp(left=Name(id='c', ctx=Load()), op=Mult(), "
       "right=Name(id='d', ctx=Load())), op=FloorDiv(), right=Name(id='e', ctx=Load())), "
       "op=MatMult(), right=Name(id='f', ctx=Load()))))], type_ignores=[])"},
      {"a << b | c & d ^ ~e\n",
       "Module(body=[Expr(value=BinOp(left=BinOp(left=Name(id='a', ctx=Load()), op=LShift(), "
       "right=Name(id='b', ctx=Load())), op=BitOr(), right=BinOp(left=BinOp(left=Name(id='c', "
       "ctx=Load()), op=BitAnd(), right=Name(id='d', ctx=Load())), op=BitXor(), "
       "right=UnaryOp(op=Invert(), operand=Name(id='e', ctx=Load())))))], type_ignores=[])"},
      {"f(a, *b, c=d, **e)\n",
       "Module(body=[Expr(value=Call(func=Name(id='f', ctx=Load()), args=[Name(id='a', "
       "ctx=Load()), Starred(value=Name(id='b', ctx=Load()), ctx=Load())], "
       "keywords=[keyword(arg='c', value=Name(id='d', ctx=Load())), keyword(value=Name(id='e', "
       "ctx=Load()))]))], type_ignores=[])"},
      {"f(x for x in y)\n",
       "Module(body=[Expr(value=Call(func=Name(id='f', ctx=Load()), "
       "args=[GeneratorExp(elt=Name(id='x', ctx=Load()), "
       "generators=[comprehension(target=Name(id='x', ctx=Store()), iter=Name(id='y', ctx=Load()), "
       "ifs=[], is_async=0)])], keywords=[]))], type_ignores=[])"},
      {"f(a := 1, b)\n",
       "Module(body=[Expr(value=Call(func=Name(id='f', ctx=Load()), "
       "args=[NamedExpr(target=Name(id='a', ctx=Store()), value=Constant(value=1)), Name(id='b', "
       "ctx=Load())], keywords=[]))], type_ignores=[])"},
      {"a[b], a[b:c], a[:, ::2], a[*b], a[b, *c], a[b := 1]\n",
       "Module(body=[Expr(value=Tuple(elts=[Subscript(value=Name(id='a', ctx=Load()), "
       "slice=Name(id='b', ctx=Load()), ctx=Load()), Subscript(value=Name(id='a', ctx=Load()), "
       "slice=Slice(lower=Name(id='b', ctx=Load()), upper=Name(id='c', ctx=Load())), ctx=Load()), "
       "Subscript(value=Name(id='a', ctx=Load()), slice=Tuple(elts=[Slice(), "
       "Slice(step=Constant(value=2))], ctx=Load()), ctx=Load()), Subscript(value=Name(id='a', "
       "ctx=Load()), slice=Tuple(elts=[Starred(value=Name(id='b', ctx=Load()), ctx=Load())], "
       "ctx=Load()), ctx=Load()), Subscript(value=Name(id='a', ctx=Load()), "
       "slice=Tuple(elts=[Name(id='b', ctx=Load()), Starred(value=Name(id='c', ctx=Load()), "
       "ctx=Load())], ctx=Load()), ctx=Load()), Subscript(value=Name(id='a', ctx=Load()), "
       "slice=NamedExpr(target=Name(id='b', ctx=Store()), value=Constant(value=1)), ctx=Load())], "
       "ctx=Load()))], type_ignores=[])"},
      {"[a for b in c if d if e async for f in g]\n",
       "Module(body=[Expr(value=ListComp(elt=Name(id='a', ctx=Load()), "
       "generators=[comprehension(target=Name(id='b', ctx=Store()), iter=Name(id='c', ctx=Load()), "
       "ifs=[Name(id='d', ctx=Load()), Name(id='e', ctx=Load())], is_async=0), "
       "comprehension(target=Name(id='f', ctx=Store()), iter=Name(id='g', ctx=Load()), ifs=[], "
       "is_async=1)]))], type_ignores=[])"},
      {"{a: b for c in d}, {a for b in c}, (a for b in c)\n",
       "Module(body=[Expr(value=Tuple(elts=[DictComp(key=Name(id='a', ctx=Load()), "
       "value=Name(id='b', ctx=Load()), generators=[comprehension(target=Name(id='c', "
       "ctx=Store()), iter=Name(id='d', ctx=Load()), ifs=[], is_async=0)]), "
       "SetComp(elt=Name(id='a', ctx=Load()), generators=[comprehension(target=Name(id='b', "
       "ctx=Store()), iter=Name(id='c', ctx=Load()), ifs=[], is_async=0)]), "
       "GeneratorExp(elt=Name(id='a', ctx=Load()), generators=[comprehension(target=Name(id='b', "
       "ctx=Store()), iter=Name(id='c', ctx=Load()), ifs=[], is_async=0)])], ctx=Load()))], "
       "type_ignores=[])"},
      {"{**a, b: c}, {*a, b}, {}, [], (), (a,), [*a]\n",
       "Module(body=[Expr(value=Tuple(elts=[Dict(keys=[None, Name(id='b', ctx=Load())], "
       "values=[Name(id='a', ctx=Load()), Name(id='c', ctx=Load())]), "
       "Set(elts=[Starred(value=Name(id='a', ctx=Load()), ctx=Load()), Name(id='b', ctx=Load())]), "
       "Dict(keys=[], values=[]), List(elts=[], ctx=Load()), Tuple(elts=[], ctx=Load()), "
       "Tuple(elts=[Name(id='a', ctx=Load())], ctx=Load()), List(elts=[Starred(value=Name(id='a', "
       "ctx=Load()), ctx=Load())], ctx=Load())], ctx=Load()))], type_ignores=[])"},
      {"None, True, False, ..., 1, 1.5, 2j, 0xFF, 0o17, 0b1, 1_000, 1e3, .5, 5.\n",
       "Module(body=[Expr(value=Tuple(elts=[Constant(value=None), Constant(value=True), "
       "Constant(value=False), Constant(value=Ellipsis), Constant(value=1), Constant(value=1.5), "
       "Constant(value=2j), Constant(value=255), Constant(value=15), Constant(value=1), "
       "Constant(value=1000), Constant(value=1000.0), Constant(value=0.5), Constant(value=5.0)], "
       "ctx=Load()))], type_ignores=[])"},
      {"18446744073709551616, 0x10000000000000000, 9223372036854775807, 9223372036854775808\n",
       "Module(body=[Expr(value=Tuple(elts=[Constant(value=0x10000000000000000), "
       "Constant(value=0x10000000000000000), Constant(value=9223372036854775807), "
       "Constant(value=0x8000000000000000)], ctx=Load()))], type_ignores=[])"},
      {"\"a\" 'b' \"\"\"c\nd\"\"\"\n",
       "Module(body=[Expr(value=Constant(value='abc\\nd'))], type_ignores=[])"},
      {"u\"a\", b\"a\\x00\\xff\", r\"\\n\", \"\\n\\x41\\u00e9\\101\\q\"\n",
       "Module(body=[Expr(value=Tuple(elts=[Constant(value='a', kind='u'), "
       "Constant(value=b'a\\x00\\xff'), Constant(value='\\\\n'), "
       "Constant(value='\\nA\303\251A\\\\q')], ctx=Load()))], type_ignores=[])"},
      {"f\"a{b}c{d!r:>{e}}f{g=}{{h}}\" \"i\"\n",
       "Module(body=[Expr(value=JoinedStr(values=[Constant(value='a'), "
       "FormattedValue(value=Name(id='b', ctx=Load()), conversion=-1), Constant(value='c'), "
       "FormattedValue(value=Name(id='d', ctx=Load()), conversion=114, "
       "format_spec=JoinedStr(values=[Constant(value='>'), FormattedValue(value=Name(id='e', "
       "ctx=Load()), conversion=-1)])), Constant(value='fg='), FormattedValue(value=Name(id='g', "
       "ctx=Load()), conversion=114), Constant(value='{h}i')]))], type_ignores=[])"},
      {"f\"{a:{b}.{c}}\"\n",
       "Module(body=[Expr(value=JoinedStr(values=[FormattedValue(value=Name(id='a', ctx=Load()), "
       "conversion=-1, format_spec=JoinedStr(values=[FormattedValue(value=Name(id='b', "
       "ctx=Load()), conversion=-1), Constant(value='.'), FormattedValue(value=Name(id='c', "
       "ctx=Load()), conversion=-1)]))]))], type_ignores=[])"},
      {"f'{a + \"b\"}' f'{x}'\n",
       "Module(body=[Expr(value=JoinedStr(values=[FormattedValue(value=BinOp(left=Name(id='a', "
       "ctx=Load()), op=Add(), right=Constant(value='b')), conversion=-1), "
       "FormattedValue(value=Name(id='x', ctx=Load()), conversion=-1)]))], type_ignores=[])"},
      {"f\"\"\"\n{a\n+ b}\"\"\"\n",
       "Module(body=[Expr(value=JoinedStr(values=[Constant(value='\\n'), "
       "FormattedValue(value=BinOp(left=Name(id='a', ctx=Load()), op=Add(), right=Name(id='b', "
       "ctx=Load())), conversion=-1)]))], type_ignores=[])"},
      {"rf\"\\d{a}\"\n",
       "Module(body=[Expr(value=JoinedStr(values=[Constant(value='\\\\d'), "
       "FormattedValue(value=Name(id='a', ctx=Load()), conversion=-1)]))], type_ignores=[])"},
      {"x = \"\303\251\303\251\", y\n",
       "Module(body=[Assign(targets=[Name(id='x', ctx=Store())], "
       "value=Tuple(elts=[Constant(value='\303\251\303\251'), Name(id='y', ctx=Load())], "
       "ctx=Load()))], type_ignores=[])"},
      {"\357\254\201 = 1\n",
       "Module(body=[Assign(targets=[Name(id='fi', ctx=Store())], value=Constant(value=1))], "
       "type_ignores=[])"},
      {"match x:\n    case 1 | \"a\" | None: pass\n    case -1 | 1 + 2j: pass\n    case [a, *_, "
       "b]: pass\n    case (a, b) | [c]: pass\n    case {\"k\": v, **rest}: pass\n    case A.B | "
       "A(1, b=c): pass\n    case (a as b) if c: pass\n    case a, *b: pass\n    case _: pass\n",
       "Module(body=[Match(subject=Name(id='x', ctx=Load()), "
       "cases=[match_case(pattern=MatchOr(patterns=[MatchValue(value=Constant(value=1)), "
       "MatchValue(value=Constant(value='a')), MatchSingleton(value=None)]), body=[Pass()]), "
       "match_case(pattern=MatchOr(patterns=[MatchValue(value=UnaryOp(op=USub(), "
       "operand=Constant(value=1))), MatchValue(value=BinOp(left=Constant(value=1), op=Add(), "
       "right=Constant(value=2j)))]), body=[Pass()]), "
       "match_case(pattern=MatchSequence(patterns=[MatchAs(name='a'), MatchStar(), "
       "MatchAs(name='b')]), body=[Pass()]), "
       "match_case(pattern=MatchOr(patterns=[MatchSequence(patterns=[MatchAs(name='a'), "
       "MatchAs(name='b')]), MatchSequence(patterns=[MatchAs(name='c')])]), body=[Pass()]), "
       "match_case(pattern=MatchMapping(keys=[Constant(value='k')], patterns=[MatchAs(name='v')], "
       "rest='rest'), body=[Pass()]), "
       "match_case(pattern=MatchOr(patterns=[MatchValue(value=Attribute(value=Name(id='A', "
       "ctx=Load()), attr='B', ctx=Load())), MatchClass(cls=Name(id='A', ctx=Load()), "
       "patterns=[MatchValue(value=Constant(value=1))], kwd_attrs=['b'], "
       "kwd_patterns=[MatchAs(name='c')])]), body=[Pass()]), "
       "match_case(pattern=MatchAs(pattern=MatchAs(name='a'), name='b'), guard=Name(id='c', "
       "ctx=Load()), body=[Pass()]), match_case(pattern=MatchSequence(patterns=[MatchAs(name='a'), "
       "MatchStar(name='b')]), body=[Pass()]), match_case(pattern=MatchAs(), body=[Pass()])])], "
       "type_ignores=[])"},
      {"match = 1\nmatch[1]\nmatch(x)\ncase = match\nprint(match)\n",
       "Module(body=[Assign(targets=[Name(id='match', ctx=Store())], value=Constant(value=1)), "
       "Expr(value=Subscript(value=Name(id='match', ctx=Load()), slice=Constant(value=1), "
       "ctx=Load())), Expr(value=Call(func=Name(id='match', ctx=Load()), args=[Name(id='x', "
       "ctx=Load())], keywords=[])), Assign(targets=[Name(id='case', ctx=Store())], "
       "value=Name(id='match', ctx=Load())), Expr(value=Call(func=Name(id='print', ctx=Load()), "
       "args=[Name(id='match', ctx=Load())], keywords=[]))], type_ignores=[])"},
      {"match x, *y:\n    case []: pass\n",
       "Module(body=[Match(subject=Tuple(elts=[Name(id='x', ctx=Load()), "
       "Starred(value=Name(id='y', ctx=Load()), ctx=Load())], ctx=Load()), "
       "cases=[match_case(pattern=MatchSequence(patterns=[]), body=[Pass()])])], type_ignores=[])"},
      {"match (x):\n    case ():\n        match = case\n",
       "Module(body=[Match(subject=Name(id='x', ctx=Load()), "
       "cases=[match_case(pattern=MatchSequence(patterns=[]), "
       "body=[Assign(targets=[Name(id='match', ctx=Store())], value=Name(id='case', "
       "ctx=Load()))])])], type_ignores=[])"},
      {"a; b; c\n",
       "Module(body=[Expr(value=Name(id='a', ctx=Load())), Expr(value=Name(id='b', ctx=Load())), "
       "Expr(value=Name(id='c', ctx=Load()))], type_ignores=[])"},
      {"x = (a\n     + b)\n",
       "Module(body=[Assign(targets=[Name(id='x', ctx=Store())], value=BinOp(left=Name(id='a', "
       "ctx=Load()), op=Add(), right=Name(id='b', ctx=Load())))], type_ignores=[])"},
      {"if a:\n  if b:\n    c\n  d\n",
       "Module(body=[If(test=Name(id='a', ctx=Load()), body=[If(test=Name(id='b', ctx=Load()), "
       "body=[Expr(value=Name(id='c', ctx=Load()))], orelse=[]), Expr(value=Name(id='d', "
       "ctx=Load()))], orelse=[])], type_ignores=[])"},
      {"a = \\\n  b\n",
       "Module(body=[Assign(targets=[Name(id='a', ctx=Store())], value=Name(id='b', ctx=Load()))], "
       "type_ignores=[])"},
      {"\n# comment\n\nx\n",
       "Module(body=[Expr(value=Name(id='x', ctx=Load()))], type_ignores=[])"},
      {"class A: pass",
       "Module(body=[ClassDef(name='A', bases=[], keywords=[], body=[Pass()], decorator_list=[])], "
       "type_ignores=[])"},
      {"def f():\n\treturn\n",
       "Module(body=[FunctionDef(name='f', args=arguments(posonlyargs=[], args=[], kwonlyargs=[], "
       "kw_defaults=[], defaults=[]), body=[Return()], decorator_list=[])], type_ignores=[])"},
  };
  CheckTrees(cases, false);
}

TEST_CASE("nodes lie where CPython says", "[parser]") {
  const std::vector<Case> cases = {
      {"def f(a, b=1):\n    return (a +\n            b)\n",
       "Module(body=[FunctionDef(name='f', args=arguments(posonlyargs=[], args=[arg(arg='a', "
       "lineno=1, col_offset=6, end_lineno=1, end_col_offset=7), arg(arg='b', lineno=1, "
       "col_offset=9, end_lineno=1, end_col_offset=10)], kwonlyargs=[], kw_defaults=[], "
       "defaults=[Constant(value=1, lineno=1, col_offset=11, end_lineno=1, end_col_offset=12)]), "
       "body=[Return(value=BinOp(left=Name(id='a', ctx=Load(), lineno=2, col_offset=12, "
       "end_lineno=2, end_col_offset=13), op=Add(), right=Name(id='b', ctx=Load(), lineno=3, "
       "col_offset=12, end_lineno=3, end_col_offset=13), lineno=2, col_offset=12, end_lineno=3, "
       "end_col_offset=13), lineno=2, col_offset=4, end_lineno=3, end_col_offset=14)], "
       "decorator_list=[], lineno=1, col_offset=0, end_lineno=3, end_col_offset=14)], "
       "type_ignores=[])"},
      {"x = \"\303\251\", f\"{y} {z:>{w}}\"\n",
       "Module(body=[Assign(targets=[Name(id='x', ctx=Store(), lineno=1, col_offset=0, "
       "end_lineno=1, end_col_offset=1)], value=Tuple(elts=[Constant(value='\303\251', lineno=1, "
       "col_offset=4, end_lineno=1, end_col_offset=8), "
       "JoinedStr(values=[FormattedValue(value=Name(id='y', ctx=Load(), lineno=1, col_offset=13, "
       "end_lineno=1, end_col_offset=14), conversion=-1, lineno=1, col_offset=10, end_lineno=1, "
       "end_col_offset=25), Constant(value=' ', lineno=1, col_offset=10, end_lineno=1, "
       "end_col_offset=25), FormattedValue(value=Name(id='z', ctx=Load(), lineno=1, col_offset=17, "
       "end_lineno=1, end_col_offset=18), conversion=-1, "
       "format_spec=JoinedStr(values=[Constant(value='>', lineno=1, col_offset=10, end_lineno=1, "
       "end_col_offset=25), FormattedValue(value=Name(id='w', ctx=Load(), lineno=1, col_offset=21, "
       "end_lineno=1, end_col_offset=22), conversion=-1, lineno=1, col_offset=10, end_lineno=1, "
       "end_col_offset=25)], lineno=1, col_offset=10, end_lineno=1, end_col_offset=25), lineno=1, "
       "col_offset=10, end_lineno=1, end_col_offset=25)], lineno=1, col_offset=10, end_lineno=1, "
       "end_col_offset=25)], ctx=Load(), lineno=1, col_offset=4, end_lineno=1, end_col_offset=25), "
       "lineno=1, col_offset=0, end_lineno=1, end_col_offset=25)], type_ignores=[])"},
      {"@d\nasync def f(): pass\n",
       "Module(body=[AsyncFunctionDef(name='f', args=arguments(posonlyargs=[], args=[], "
       "kwonlyargs=[], kw_defaults=[], defaults=[]), body=[Pass(lineno=2, col_offset=15, "
       "end_lineno=2, end_col_offset=19)], decorator_list=[Name(id='d', ctx=Load(), lineno=1, "
       "col_offset=1, end_lineno=1, end_col_offset=2)], lineno=2, col_offset=0, end_lineno=2, "
       "end_col_offset=19)], type_ignores=[])"},
      {"(a)[b:c].d(e, *f, g=h)\n",
       "Module(body=[Expr(value=Call(func=Attribute(value=Subscript(value=Name(id='a', ctx=Load(), "
       "lineno=1, col_offset=1, end_lineno=1, end_col_offset=2), slice=Slice(lower=Name(id='b', "
       "ctx=Load(), lineno=1, col_offset=4, end_lineno=1, end_col_offset=5), upper=Name(id='c', "
       "ctx=Load(), lineno=1, col_offset=6, end_lineno=1, end_col_offset=7), lineno=1, "
       "col_offset=4, end_lineno=1, end_col_offset=7), ctx=Load(), lineno=1, col_offset=0, "
       "end_lineno=1, end_col_offset=8), attr='d', ctx=Load(), lineno=1, col_offset=0, "
       "end_lineno=1, end_col_offset=10), args=[Name(id='e', ctx=Load(), lineno=1, col_offset=11, "
       "end_lineno=1, end_col_offset=12), Starred(value=Name(id='f', ctx=Load(), lineno=1, "
       "col_offset=15, end_lineno=1, end_col_offset=16), ctx=Load(), lineno=1, col_offset=14, "
       "end_lineno=1, end_col_offset=16)], keywords=[keyword(arg='g', value=Name(id='h', "
       "ctx=Load(), lineno=1, col_offset=20, end_lineno=1, end_col_offset=21), lineno=1, "
       "col_offset=18, end_lineno=1, end_col_offset=21)], lineno=1, col_offset=0, end_lineno=1, "
       "end_col_offset=22), lineno=1, col_offset=0, end_lineno=1, end_col_offset=22)], "
       "type_ignores=[])"},
      {"try:\n    a\nexcept B:\n    c;\nelse:\n    d\n",
       "Module(body=[Try(body=[Expr(value=Name(id='a', ctx=Load(), lineno=2, col_offset=4, "
       "end_lineno=2, end_col_offset=5), lineno=2, col_offset=4, end_lineno=2, end_col_offset=5)], "
       "handlers=[ExceptHandler(type=Name(id='B', ctx=Load(), lineno=3, col_offset=7, "
       "end_lineno=3, end_col_offset=8), body=[Expr(value=Name(id='c', ctx=Load(), lineno=4, "
       "col_offset=4, end_lineno=4, end_col_offset=5), lineno=4, col_offset=4, end_lineno=4, "
       "end_col_offset=5)], lineno=3, col_offset=0, end_lineno=4, end_col_offset=6)], "
       "orelse=[Expr(value=Name(id='d', ctx=Load(), lineno=6, col_offset=4, end_lineno=6, "
       "end_col_offset=5), lineno=6, col_offset=4, end_lineno=6, end_col_offset=5)], finalbody=[], "
       "lineno=1, col_offset=0, end_lineno=6, end_col_offset=5)], type_ignores=[])"},
      {"match x:\n    case A(1, b=[c, *_]): pass\n",
       "Module(body=[Match(subject=Name(id='x', ctx=Load(), lineno=1, col_offset=6, end_lineno=1, "
       "end_col_offset=7), cases=[match_case(pattern=MatchClass(cls=Name(id='A', ctx=Load(), "
       "lineno=2, col_offset=9, end_lineno=2, end_col_offset=10), "
       "patterns=[MatchValue(value=Constant(value=1, lineno=2, col_offset=11, end_lineno=2, "
       "end_col_offset=12), lineno=2, col_offset=11, end_lineno=2, end_col_offset=12)], "
       "kwd_attrs=['b'], kwd_patterns=[MatchSequence(patterns=[MatchAs(name='c', lineno=2, "
       "col_offset=17, end_lineno=2, end_col_offset=18), MatchStar(lineno=2, col_offset=20, "
       "end_lineno=2, end_col_offset=22)], lineno=2, col_offset=16, end_lineno=2, "
       "end_col_offset=23)], lineno=2, col_offset=9, end_lineno=2, end_col_offset=24), "
       "body=[Pass(lineno=2, col_offset=26, end_lineno=2, end_col_offset=30)])], lineno=1, "
       "col_offset=0, end_lineno=2, end_col_offset=30)], type_ignores=[])"},
      {"with (a as b): pass\n",
       "Module(body=[With(items=[withitem(context_expr=Name(id='a', ctx=Load(), lineno=1, "
       "col_offset=6, end_lineno=1, end_col_offset=7), optional_vars=Name(id='b', ctx=Store(), "
       "lineno=1, col_offset=11, end_lineno=1, end_col_offset=12))], body=[Pass(lineno=1, "
       "col_offset=15, end_lineno=1, end_col_offset=19)], lineno=1, col_offset=0, end_lineno=1, "
       "end_col_offset=19)], type_ignores=[])"},
  };
  CheckTrees(cases, true);
}

TEST_CASE("other modes", "[parser]") {
  ParseOptions options;
  options.mode = ParseMode::kEval;
  CHECK(DumpOf("a, b\n\n", options, false) ==
        "Expression(body=Tuple(elts=[Name(id='a', ctx=Load()), Name(id='b', ctx=Load())], "
        "ctx=Load()))");
  CHECK(DumpOf("x = 1", options, false) == "SyntaxError: invalid syntax (1, 3, 1, 4)");
  options.mode = ParseMode::kSingle;
  CHECK(DumpOf("a; b\n", options, false) ==
        "Interactive(body=[Expr(value=Name(id='a', ctx=Load())), Expr(value=Name(id='b', "
        "ctx=Load()))])");
  CHECK(DumpOf("if a:\n  b\n", options, false) ==
        "Interactive(body=[If(test=Name(id='a', ctx=Load()), body=[Expr(value=Name(id='b', "
        "ctx=Load()))], "
        "orelse=[])])");
}

TEST_CASE("equal names are one text", "[parser]") {
  Arena arena;
  const ParseResult result = Parse("name\nname\n", {}, &arena);
  REQUIRE(result.ok());
  const auto id = [&](int i) {
    return result.module->body[i]->As<ast::Expr>()->value->As<ast::Name>()->id.data();
  };
  CHECK(id(0) == id(1));
}

}  // namespace
}  // namespace gila::compiler

# Trees are made, dumped, changed, compiled, written out again.
import ast


def show(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


SOURCE = '''
"""Module doc"""
import os.path as p, sys
from . import x
from ..a.b import c as d, e
@deco(1)
class A(B, metaclass=M):
    """class doc"""
    x: int = 5
    (y): str
    def f(self, a, /, b: int=1, *args, c, d=2, **kw) -> None:
        """doc"""
        global g
        return a, *b
    async def g():
        async with a as b, c: pass
        async for i in j: await k
        return [x async for x in y if z if w]
try:
    raise E from None
except (A, B) as e:
    pass
else: x
finally:
    del a, b[0], c.d
try: pass
except* V: pass
with open(f) as (g, h): pass
for a, b in c: break
else: continue
while not x: x += 1; x @= y
if a: pass
elif b: pass
else: pass
match x:
    case [1, *rest] if rest: pass
    case {'a': 1, **kw}: pass
    case P(1, y=2) | None: pass
    case (A() as q): pass
    case -1 | 'x' | a.b: pass
    case _: pass
lambda: (yield)
lambda a, *b, c=1: a if b else c
x = y = (1,)
print(a[1:2, ::3], a[b], a[1:], a[()], *c, **d)
{**a, 'b': 1, **c}
{1, 2}; {a: b for a in b}; (a for a in b)
not (a and b or c) == (not d) < e is not f not in g
(a + b) * c ** -d ** e // (f - (g - h)) | ~i & j ^ k << 2
(x := 5)
f'{a!r:>{w}} {{}} {b:%d} "x"'
"it's", 'a"b', b'x', 1.5, 1j, 1e400, ..., None, True, u'u'
assert a, b
(await z)
1 .real
'''
tree = ast.parse(SOURCE)
show(lambda: ast.unparse(tree))
show(lambda: ast.dump(ast.parse(ast.unparse(tree))) == ast.dump(tree))
show(lambda: ast.dump(ast.parse('x = f(1, *a, k=2)[3]\nif x: pass')))
show(lambda: ast.dump(ast.parse('a.b: int = 1', mode='exec'), indent=2, include_attributes=True))
show(lambda: ast.dump(ast.parse('1 + 2', mode='eval'), annotate_fields=False))
show(lambda: ast.dump(ast.parse('f"{x!r:{y}}" u"z"', mode='eval')))
show(lambda: ast.literal_eval("{'a': [1, -2.5, (3+4j)], b'x': (None, True), 'c': {1, 2}, 'd': set(), 'e': ...}"))
for wrong in ('f(1)', '1 + 2', 'a', '[x for x in y]', '1 +'):
    try:
        ast.literal_eval(wrong)
    except (ValueError, SyntaxError) as error:
        print(type(error).__name__, str(error).partition(':')[0])
show(lambda: [ast.get_docstring(tree), ast.get_docstring(tree.body[4])])
show(lambda: ast.get_source_segment(SOURCE, tree.body[4].body[1]))
show(lambda: [type(node).__name__ for node in ast.walk(ast.parse('a = b + 1'))])


class Doubler(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.copy_location(ast.BinOp(node, ast.Mult(), ast.Constant(2)), node)


class Names(ast.NodeVisitor):
    def visit_Name(self, node):
        print('name', node.id, type(node.ctx).__name__, node.lineno, node.col_offset, node.end_col_offset)


changed = ast.fix_missing_locations(Doubler().visit(ast.parse('result = [1, 2, x]')))
namespace = {'x': 5}
exec(compile(changed, '<tree>', 'exec'), namespace)
print(namespace['result'])
Names().visit(ast.parse('a = b.c\ndel d'))
made = ast.Expression(ast.BinOp(ast.Constant(40), ast.Add(), ast.Constant(2)))
show(lambda: eval(compile(ast.fix_missing_locations(made), '<tree>', 'eval')))
show(lambda: eval(compile(ast.fix_missing_locations(ast.Expression(ast.Constant((1, (2, 3j), -10**30, 'x')))), '', 'eval')))
show(lambda: ast.increment_lineno(ast.parse('x'), 5).body[0].lineno)
BAD = [
    ast.Module([ast.Expr(ast.Name('x', ast.Store()))], []), ast.Module([ast.Assign([], ast.Constant(1))], []),
    ast.Module([ast.Expr(ast.Constant([1]))], []), ast.Module([ast.If(ast.Constant(1), [], [])], []),
    ast.Module([ast.Expr(5)], []), ast.Module([ast.Expr(ast.Compare(ast.Constant(1), [], []))], []),
    ast.Module([ast.Expr(ast.BoolOp(ast.And(), [ast.Constant(1)]))], []), ast.Module([ast.Expr(ast.Dict([None], []))], []),
    ast.Module([ast.Try([ast.Pass()], [], [], [])], []), ast.Module([ast.Expr(ast.BinOp(ast.Constant(1), ast.Add()))], []),
    ast.Module(5, []), ast.Module([ast.Global([])], []), ast.Module([None], []),
]
for bad in BAD:
    try:
        ast.fix_missing_locations(bad)
    except TypeError:
        pass
    show(lambda: compile(bad, '<bad>', 'exec'))
show(lambda: compile(ast.Module([ast.Expr(ast.Constant(1))], []), '<bad>', 'exec'))
show(lambda: compile(ast.Expression(ast.Constant(1)), '<bad>', 'exec'))
show(lambda: [ast.BinOp._fields, ast.BinOp._attributes, ast.Constant(1).kind, ast.Constant(1).value, ast.arg('x').annotation])
show(lambda: ast.BinOp(1, 2, 3, 4))
show(lambda: ast.BinOp(1, left=2))
show(lambda: ast.AST(1))

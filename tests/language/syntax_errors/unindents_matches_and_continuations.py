# Where CPython sees the error first: an unindent to no block before the block that is missing, the line of a `match` that
# is none, and the columns behind a backslash.
sources = [
    'if x:\n  if y:\n z\n',
    'def f():\n    if x:\n  y\n',
    'class A:\n    def f(self):\n  x = 1\n    def g(self): pass\n',
    'for i in x:\n    while 1:\n  y\n  z\n',
    'try:\n    try:\n        x\n  except: pass\n',
    'if 1:\n    if 2:\n        3\n  else:\n    4\n',
    'with a:\n        b\n    c\n',
    'if x:\n\tif y:\n\t\tz\n    w\n',
    'match x:.\n',
    'match x: 1\n',
    'match x: case 1: pass\n',
    'match x y\n',
    'match x y:\n',
    'match x\n',
    'match x:\n',
    'match x:\ncase 1: pass\n',
    'match x:\n  case 1:\n    pass\n  case _:\nasync def g(): pass\nfoo\nbar\n',
    'def f():\n  match x:\n    case 1:\n      pass\n    case _:\n  def g(): pass\nfoo\nbar\n',
    'def f():\n  match x:\n    case 1:\n      pass\n    case _:\n  + pass\nfoo\n',
    'match x:\n  case 1:\n  case 2: pass\n',
    'match x:\n  case 1 as 2: pass\n',
    'match x:\n  case A(b=1, c): pass\n',
    'match x:\n  case _: pass\n  case 1: pass\n',
    'f = lambda *, **kw: 1\n',
    'f = lambda *: 1\n',
    'f = lambda a, *,: 1\n',
    'def f(*, **kw): pass\n',
    'def f(a, *): pass\n',
    'x = 1\ny = (M\\):\n',
    '\n\n\nabc \\ 3\n',
    'if 1:\n  x\n  y \\ 3\n',
    '(1,\n 2, \\ 3)\n',
]
for source in sources:
    try:
        compile(source, '<text>', 'exec')
    except SyntaxError as error:
        print(repr(source))
        print('   ', type(error).__name__, error.msg)
        print('   ', error.lineno, error.offset, error.end_lineno, error.end_offset, repr(error.text))
    else:
        print(repr(source), 'compiles')

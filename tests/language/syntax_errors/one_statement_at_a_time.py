# What compile() in the mode 'single', and so the prompt, says of wrong statements and of more than one.
SOURCES = [
    'if 1: pass\nx = 1\n',
    'if 1: pass\n\nx = 1\n',
    '1\n2\n',
    '1\nx x\n',
    'x = 1; y = 2\nz\n',
    'f()\nfor f() in x: pass\n',
    '\n1\n',
    '1 # c\n2\n',
    '1\n\n\n',
    '1\n# c\n',
    'if 1:\n  pass\n# c\n',
    'if 1:\n  pass\n\n\n',
    'def f(): pass\ndef g(): pass\n',
    "for x in y: pass\n'a' 1\n",
    '1; 2',
    '1\n  2\n',
    'if 1:\n  pass\nelse: pass\n3\n',
    'x = (1,\n2)\n3',
    '@a\ndef f(): pass\nx\n',
    'for [a, b()] in b: pass\n',
    'for f() in x: pass\n',
    'x x\n',
    'if 1:\n  pass\nelse\n',
    'for x in y:\n  z z\n',
    'with a() as b(): pass\n',
    'class A(: pass\n',
]
for source in SOURCES:
    try:
        compile(source, 'file', 'single')
        print(repr(source), 'is one statement')
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.args)

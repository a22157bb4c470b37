# iter_modules tells of files whose names are no identifiers, too; codeop's Compile takes trees.
import ast
import codeop
import os
import pkgutil
import tempfile

with tempfile.TemporaryDirectory() as folder:
    for name in ('0001_initial.py', 'plain.py', 'a.b.py', '__init__.py', 'notes.txt', 'with-dash.py'):
        open(os.path.join(folder, name), 'w').close()
    os.makedirs(os.path.join(folder, '2package'))
    open(os.path.join(folder, '2package', '__init__.py'), 'w').close()
    os.makedirs(os.path.join(folder, 'data'))
    print(sorted((name, ispkg) for _, name, ispkg in pkgutil.iter_modules([folder])))
compiler = codeop.Compile()
exec(compiler(ast.parse('print("a tree")'), '<cell>', 'exec'))
exec(compiler(ast.Interactive([ast.parse('1 + 1').body[0]]), '<cell>', 'single'))

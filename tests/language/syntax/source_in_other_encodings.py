# A program may be written in any encoding that keeps ASCII, named in one of its first two lines: as a script, as a module
# and as bytes that are compiled.
import ast
import os
import subprocess
import sys
import tempfile

folder = tempfile.mkdtemp()
TEXT = 'слово = "Привет"\nprint(ascii(слово), len(слово))\ndef Ж():\n    return слово.нет + "é"\n'


def show(result):
    print(ascii(result.stdout.replace(folder, '')), result.returncode)
    print(ascii(result.stderr.replace(folder, '')))


def run(name, data):
    path = os.path.join(folder, name)
    with open(path, 'wb') as file:
        file.write(data)
    show(subprocess.run([sys.executable, '-X', 'utf8', path], capture_output=True, encoding='utf-8'))


for encoding in ['koi8-r', 'cp1251', 'iso8859-5', 'cp866', 'mac-cyrillic', 'utf-8']:
    print('---', encoding)
    text = f'#!/usr/bin/env python\n# -*- coding: {encoding} -*-\n' + TEXT.replace('é', 'е')
    run('script.py', (text + 'Ж()\n').encode(encoding))
    namespace = {}
    exec(text.encode(encoding), namespace)
    tree = ast.parse(text.encode(encoding))
    print(ascii(ast.unparse(tree.body[0])))
    with open(os.path.join(folder, 'written_' + encoding.replace('-', '_') + '.py'), 'wb') as file:
        file.write(text.encode(encoding))
    sys.path.insert(0, folder)
    module = __import__('written_' + encoding.replace('-', '_'))
    print(module.Ж.__name__ == 'Ж', len(vars(module)['слово']))

print('--- what is wrong')
run('bad_byte.py', b'# coding: cp1251\nx = "\x98"\n')
run('no_such.py', b'# coding: not-there\nx = "\x98"\n')
run('open_string.py', '# coding: koi8-r\nx="Привет\n'.encode('koi8-r'))
run('bad_line.py', '# coding: cp1251\nx="Пр" +\n'.encode('cp1251'))
run('latin.py', '# coding: latin-1\nx = "été"\ndef f(): return x.foo + "é"\nf()\n'.encode('latin-1'))
for data in [b'# coding: cp1251\nx = "\x98"\n', b'# coding: not-there\n']:
    try:
        compile(data, '<bytes>', 'exec')
    except SyntaxError as error:
        print(error, error.lineno, error.offset)

# Sources in encodings that only codecs knows: compile() of bytes, scripts, modules; what is wrong with them.
import importlib
import os
import subprocess
import sys
import tempfile

SOURCES = (
    b'# coding: euc-jp\nx = "\xa4\xa2"\nprint(ascii(x))\n',
    b'#!/bin/x\n# -*- coding: shift_jis -*-\nx = "\x83\x5c"  # a backslash is the second byte\nprint(ascii(x))\n',
    b'# coding: iso2022_jp\nx = "\x1b$B$\x22\x1b(B"\nprint(ascii(x))\n',
    b'# coding: gbk\n\xba\xba = 5\nprint(ascii(list(globals())[-1]), \xba\xba)\n',
    b'# coding: utf-7\nprint(ascii("+MEI-"))\n',
    b'# coding: cp949\nprint(ascii(b"a"), ascii("\xb0\xa1"))\n',
    b'# coding: euc-jp\nx = "\xff\xff"\n',
    b'# coding: nope\n',
    b'# coding: hex\n61\n',
    b'# coding: cp932\nx = = "\x82\xa0"\n',
    b'# coding: cp932\ny = "\x82\xa0" + (\n',
    b'# coding: big5\nz = "\xa4\xa4\xa4\xe5" + 1\n',
)
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    sys.path.insert(0, folder)
    for number, source in enumerate(SOURCES):
        print(number)
        try:
            exec(compile(source, 'there', 'exec'), {})
        except Exception as error:
            print(type(error).__name__, ascii(str(error)), getattr(error, 'lineno', None), getattr(error, 'offset', None),
                  ascii(getattr(error, 'text', None)))
        with open(f'module{number}.py', 'wb') as file:
            file.write(source)
        done = subprocess.run([sys.executable, f'module{number}.py'], capture_output=True, cwd=folder)
        print(done.returncode, done.stdout, done.stderr.replace(os.path.realpath(folder).encode(), b''))
        try:
            importlib.import_module(f'module{number}')
        except Exception as error:
            print(type(error).__name__)
    os.chdir('/')

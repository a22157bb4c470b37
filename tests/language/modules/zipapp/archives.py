# zipapp: a folder as a program in one file, the line for the interpreter, an entry point, what cannot be.
import io
import os
import subprocess
import sys
import tempfile
import zipapp
import zipfile

with tempfile.TemporaryDirectory() as folder:
    source = os.path.join(folder, 'app')
    os.mkdir(source)
    with open(os.path.join(source, 'tool.py'), 'w') as file:
        file.write('def go():\n    print("gone")\n')
    try:
        zipapp.create_archive(source)
    except zipapp.ZipAppError as error:
        print(error)
    target = os.path.join(folder, 'app.pyz')
    zipapp.create_archive(source, target, interpreter='/usr/bin/env python3', main='tool:go', compressed=True)
    print(zipapp.get_interpreter(target), sorted(zipfile.ZipFile(target).namelist()), os.access(target, os.X_OK))
    copy = io.BytesIO()
    zipapp.create_archive(target, copy)
    print(zipapp.get_interpreter(io.BytesIO(copy.getvalue())), copy.getvalue()[:2])
    for bad in ('no colon', 'a:b c'):
        try:
            zipapp.create_archive(source, target, main=bad)
        except zipapp.ZipAppError as error:
            print(error)

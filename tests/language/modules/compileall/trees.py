# compileall: which files of a tree are compiled, what is said, errors, and the command.
import compileall
import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile

root = tempfile.mkdtemp()
os.makedirs(os.path.join(root, 'deep', 'er'))
for name, text in (('a.py', 'x = 1\n'), ('b.py', 'x = = 1\n'), ('deep/c.py', 'y = 2\n'), ('deep/er/d.py', 'z = 3\n'),
                   ('e.txt', 'no')):
    with open(os.path.join(root, name), 'w') as file:
        file.write(text)


def show(label, function, *args, **keywords):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        result = function(*args, **keywords)
    print(label, bool(result))
    print(out.getvalue().replace(root, 'root'), end='')
    made = [os.path.join(folder, name)[len(root) + 1:] for folder, _, names in os.walk(root) for name in names
            if '.py' in name and name[-1] == 'c']
    print(sorted(re.sub(r'\.cpython-\d+|\.gila-\d+', '', name) for name in made))
    for name in made:
        os.remove(os.path.join(root, name))


show('all', compileall.compile_dir, root)
show('quiet', compileall.compile_dir, root, quiet=1)
show('silent', compileall.compile_dir, root, quiet=2)
show('flat', compileall.compile_dir, root, maxlevels=0, rx=re.compile(r'b\.py'))
show('one level', compileall.compile_dir, root, maxlevels=1, rx=re.compile(r'b\.py'), quiet=1)
show('beside', compileall.compile_dir, os.path.join(root, 'deep'), legacy=True, quiet=1)
show('file', compileall.compile_file, os.path.join(root, 'a.py'))
show('no source', compileall.compile_file, os.path.join(root, 'e.txt'))
show('missing', compileall.compile_dir, os.path.join(root, 'nowhere'))
show('other folder', compileall.compile_file, os.path.join(root, 'b.py'), ddir='shown', quiet=1)
compileall.compile_file(os.path.join(root, 'a.py'), quiet=1)
show('again', compileall.compile_file, os.path.join(root, 'a.py'))
compileall.compile_file(os.path.join(root, 'a.py'), quiet=1)
show('forced', compileall.compile_file, os.path.join(root, 'a.py'), force=True)
for keywords in dict(workers=-1), dict(ddir='a', stripdir='b'):
    try:
        compileall.compile_dir(root, **keywords)
    except ValueError as error:
        print(error)
for options in ['-q', 'deep'], ['-l', '.'], ['-qq', 'b.py'], ['-x', 'b', '-q', '.', '-f'], ['-i', 'list', '-q']:
    with open(os.path.join(root, 'list'), 'w') as file:
        file.write('a.py\ndeep\n')
    done = subprocess.run([sys.executable, '-m', 'compileall', *options], cwd=root, capture_output=True, text=True)
    print(options, done.returncode, done.stdout, done.stderr)

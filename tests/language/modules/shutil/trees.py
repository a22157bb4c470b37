import os
import shutil
import tempfile

with tempfile.TemporaryDirectory() as top:
    os.chdir(top)
    os.makedirs('src/sub')
    for name in ('src/a.txt', 'src/b.log', 'src/sub/c.txt'):
        with open(name, 'w') as file:
            file.write(name)
    os.symlink('a.txt', 'src/link')
    print(shutil.copytree('src', 'dst', symlinks=True, ignore=shutil.ignore_patterns('*.log')))
    print(sorted(os.listdir('dst')), os.readlink('dst/link'), open('dst/sub/c.txt').read())
    print(shutil.copy('src/a.txt', 'dst/sub'), shutil.copyfile('src/b.log', 'copied'), shutil.move('copied', 'dst'))
    print(sorted(os.listdir('dst')), sorted(os.listdir('dst/sub')))
    for action in (lambda: shutil.copyfile('src/a.txt', 'src/a.txt'), lambda: shutil.rmtree('no'),
                   lambda: shutil.copytree('src', 'dst'), lambda: shutil.move('src', 'src/sub'),
                   lambda: shutil.rmtree('src/link'), lambda: shutil.copyfile('no', 'x'),
                   lambda: shutil.move('src/a.txt', 'dst'), lambda: shutil.unpack_archive('x.unknown')):
        try:
            print(action())
        except OSError as error:
            print(type(error).__name__, error)
    shutil.rmtree('no', ignore_errors=True)
    shutil.rmtree('dst')
    print(os.listdir())
    os.chdir('/')
print(shutil.which('sh') is not None, shutil.which('no-such-program'), shutil.get_terminal_size((50, 9)).lines)

import os
import tempfile
from pathlib import Path

with tempfile.TemporaryDirectory() as folder:
    top = Path(folder)
    (top / 'a' / 'b').mkdir(parents=True)
    (top / 'a' / 'b').mkdir(exist_ok=True)
    print((top / 'a' / 'x.txt').write_text('hello\nworld\n'), (top / 'a/b/y.bin').write_bytes(b'123'))
    print((top / 'a/x.txt').read_text(), (top / 'a/b/y.bin').read_bytes())
    print(sorted(str(p.relative_to(top)) for p in top.rglob('*')))
    print(sorted(str(p.relative_to(top)) for p in top.glob('**/*.txt')), [p.name for p in top.glob('a/*/y*')])
    print(sorted(p.name for p in (top / 'a').iterdir()))
    link = top / 'link'
    link.symlink_to('a/x.txt')
    print(link.is_symlink(), link.is_file(), link.readlink(), link.resolve() == (top / 'a/x.txt').resolve())
    print((top / 'a').is_dir(), (top / 'no').exists(), (top / 'a/x.txt').stat().st_size, link.samefile(top / 'a/x.txt'))
    moved = (top / 'a/x.txt').rename(top / 'z.txt')
    print(moved.name, moved.exists(), link.exists())
    moved.chmod(0o600)
    print(oct(moved.stat().st_mode & 0o777))
    moved.touch()
    for action in (lambda: (top / 'no').unlink(), lambda: (top / 'a').rmdir(), lambda: (top / 'a').mkdir(),
                   lambda: (top / 'q/r').mkdir(), lambda: (top / 'no').read_text(), lambda: moved.write_text(3),
                   lambda: list(top.glob('')), lambda: list(top.glob('/x')), lambda: list(top.glob('a**'))):
        try:
            print(action())
        except Exception as error:
            print(type(error).__name__, str(error).replace(folder, 'TOP'))
    (top / 'no').unlink(missing_ok=True)
    with moved.open() as file:
        print(file.readline())
    os.chdir(top)
    print(Path('z.txt').absolute().name, Path('a/../z.txt').resolve().name, Path.cwd() == top.resolve())
    os.chdir('/')

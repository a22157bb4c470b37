"""Databases of bytes under bytes: dbm.open(file, 'c') gives a mapping that is kept on disk.

The formats are looked for in the order gnu, ndbm, dumb. Gila has the last one only (dbm.dumb, which needs no library); a file of
another one is recognised and refused.
"""
import os

__all__ = ['open', 'whichdb', 'error']


class error(Exception):
    pass


_names = ['dbm.gnu', 'dbm.ndbm', 'dbm.dumb']
_defaultmod = None
_modules = {}

error = (error, OSError)


def _load():
    """Imports what there is; the first one is the default."""
    global _defaultmod
    from importlib import import_module
    for name in _names:
        try:
            module = import_module(name)
        except ImportError:
            continue
        _modules[name] = module
        if _defaultmod is None:
            _defaultmod = module
    if _defaultmod is None:
        raise ImportError(f'no dbm clone found; tried {_names}')


def open(file, flag='r', mode=0o666):
    """The database of that name. flag: r and w want it to be there, c makes it when it is not, n makes it anew."""
    if _defaultmod is None:
        _load()
    kind = None if 'n' in flag else whichdb(file)
    if kind is None:
        if 'c' not in flag and 'n' not in flag:
            raise error[0]("db file doesn't exist; use 'c' or 'n' flag to create a new db")
        module = _defaultmod
    elif kind == '':
        raise error[0]('db type could not be determined')
    elif kind not in _modules:
        raise error[0](f'db type is {kind}, but the module is not available')
    else:
        module = _modules[kind]
    return module.open(file, flag, mode)


def whichdb(filename):
    """The module that reads the file: its name, '' for an unknown kind, None when there is no such file."""
    filename = os.fsencode(filename)

    def is_there(suffix):
        return os.path.isfile(filename + suffix)

    if is_there(b'.pag') and is_there(b'.dir'):
        return 'dbm.ndbm'
    if is_there(b'.db'):
        return 'dbm.ndbm'
    if is_there(b'.dat') and is_there(b'.dir'):
        if os.stat(filename + b'.dir').st_size == 0:
            return 'dbm.dumb'
        with _open_file(filename + b'.dir') as file:
            if file.read(1) in (b"'", b'"'):
                return 'dbm.dumb'
    try:
        with _open_file(filename) as file:
            head = file.read(16)
    except OSError:
        return None
    magic = head[:4]
    if len(magic) < 4:
        return ''
    if int.from_bytes(magic, 'little') in (0x13579ace, 0x13579acd, 0x13579acf):
        return 'dbm.gnu'
    if int.from_bytes(magic, 'big') in (0x13579ace, 0x13579acd, 0x13579acf):
        return 'dbm.gnu'
    return ''


def _open_file(name):
    import io
    return io.open(name, 'rb')


if __name__ == '__main__':
    import sys
    for name in sys.argv[1:]:
        print(whichdb(name) or 'UNKNOWN', name)

"""Compiling a file, to see whether it can be compiled.

Gila keeps no compiled code on disk: what compile() writes is the source itself, under the name that it was asked for, so
that the file can be run.
"""
import builtins
import enum
import importlib.util
import os
import os.path
import sys
import traceback

__all__ = ['compile', 'main', 'PyCompileError', 'PycInvalidationMode']


class PyCompileError(Exception):
    """What went wrong: exc_type_name, exc_value, file, and the text to show in msg."""

    def __init__(self, exc_type, exc_value, file, msg=''):
        self.exc_type_name = exc_type.__name__
        if exc_type is SyntaxError:
            text = ''.join(traceback.format_exception_only(exc_type, exc_value))
            default = text.replace('File "<string>"', f'File "{file}"')
        else:
            default = f'Sorry: {self.exc_type_name}: {exc_value}'
        self.exc_value, self.file = exc_value, file
        self.msg = msg or default
        super().__init__(self.msg, self.exc_type_name, exc_value, file)

    def __str__(self):
        return self.msg


class PycInvalidationMode(enum.Enum):
    TIMESTAMP = 1
    CHECKED_HASH = 2
    UNCHECKED_HASH = 3


def compile(file, cfile=None, dfile=None, doraise=False, optimize=-1, invalidation_mode=None, quiet=0):
    """Compile a file; the name of the file that was written, or None if it could not be compiled."""
    if cfile is None:
        level = optimize if optimize >= 1 else ''
        cfile = importlib.util.cache_from_source(file, optimization=level)
    if os.path.islink(cfile):
        raise FileExistsError(f'{cfile} is a symlink and will be changed into a regular file if import writes a '
                              'byte-compiled file to it')
    if os.path.exists(cfile) and not os.path.isfile(cfile):
        raise FileExistsError(f'{cfile} is a non-regular file and will be changed into a regular one if import writes a '
                              'byte-compiled file to it')
    with open(file, 'rb') as stream:
        source = stream.read()
    try:
        builtins.compile(source, dfile or file, 'exec', dont_inherit=True, optimize=optimize)
    except Exception as error:
        failure = PyCompileError(error.__class__, error, dfile or file)
        if doraise:
            raise failure
        if quiet < 2:
            sys.stderr.write(failure.msg + '\n')
        return None
    folder = os.path.dirname(cfile)
    if folder:
        os.makedirs(folder, exist_ok=True)
    with open(cfile, 'wb') as stream:
        stream.write(source)
    return cfile


def main():
    """Compile the files that the command line names; `-` reads names from stdin."""
    names = sys.argv[1:]
    if names == ['-']:
        names = [line.rstrip('\n') for line in sys.stdin]
    failed = False
    for name in names:
        try:
            compile(name, doraise=True)
        except (PyCompileError, OSError) as error:
            failed = True
            sys.stderr.write(f'{getattr(error, "msg", None) or error}\n')
    sys.exit(failed)


if __name__ == '__main__':
    main()

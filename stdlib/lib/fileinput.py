"""The lines of several files, one after the other: by default of those that the command line names.

    for line in fileinput.input(encoding="utf-8"):
        process(line)
"""
import os
import sys
from contextlib import ExitStack, suppress
from types import GenericAlias

__all__ = ['input', 'close', 'nextfile', 'filename', 'lineno', 'filelineno', 'fileno', 'isfirstline', 'isstdin',
           'FileInput', 'hook_compressed', 'hook_encoded']


class FileInput:
    """The lines of files, '-' is standard input.

    With inplace, what is printed meanwhile becomes the new contents of the file; the old one is kept under a name that ends
    in backup, if that is given.
    """

    def __init__(self, files=None, inplace=False, backup='', *, mode='r', openhook=None, encoding=None, errors=None):
        if isinstance(files, (str, os.PathLike)):
            files = [os.fspath(files)]
        elif files is None:
            files = sys.argv[1:]
        # What is open, and what is to be done when its end is reached. First of all: close() needs them.
        self._file, self._undo, self._isstdin = None, ExitStack(), False
        self._files = (*files,) or ('-',)
        self._filename = None
        # Lines read of this file, and of those before it.
        self._filelineno = self._before = 0
        if mode not in ('r', 'rb'):
            raise ValueError("FileInput opening mode must be 'r' or 'rb'")
        if openhook and inplace:
            raise ValueError('FileInput cannot use an opening hook in inplace mode')
        if openhook and not callable(openhook):
            raise ValueError('FileInput openhook must be callable')
        self._inplace, self._backup, self._openhook = inplace, backup, openhook
        self._mode, self._encoding, self._errors = mode, encoding, errors

    def __del__(self):
        self.close()

    def close(self):
        try:
            self.nextfile()
        finally:
            self._files = ()

    def __enter__(self):
        return self

    def __exit__(self, type, value, traceback):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        if line := self.readline():
            return line
        raise StopIteration

    def readline(self):
        """The next line; an empty one behind the last."""
        while not (line := self._readline()):
            if self._file is None:
                return line
            self.nextfile()
        self._filelineno += 1
        return line

    def _readline(self):
        """Of the open file; opens the next one if none is."""
        if self._file is None:
            if not self._files:
                return b'' if 'b' in self._mode else ''
            self._open_next()
        return self._file.readline()

    def nextfile(self):
        """Closes the file; the next line comes from the next one."""
        undo, self._undo = self._undo, ExitStack()
        self._file = None
        try:
            undo.close()
        finally:
            self._isstdin = False

    def _open_next(self):
        name, *others = self._files
        self._filename, self._files = name, (*others,)
        self._before, self._filelineno = self.lineno(), 0
        if name == '-':
            self._filename, self._isstdin = '<stdin>', True
            self._file = getattr(sys.stdin, 'buffer', sys.stdin) if 'b' in self._mode else sys.stdin
            return
        if self._inplace:
            self._file = self._open_inplace(name)
        elif self._openhook is None:
            self._file = self._open(name, self._mode)
        elif self._encoding is None and self._errors is None:
            # There are hooks that know of no encodings.
            self._file = self._openhook(name, self._mode)
        else:
            self._file = self._openhook(name, self._mode, encoding=self._encoding, errors=self._errors)
        self._undo.callback(self._file.close)

    def _open(self, path, mode, **options):
        encoding = None if 'b' in mode else self._encoding or 'locale'
        return open(path, mode, encoding=encoding, errors=self._errors, **options)

    def _open_inplace(self, name):
        """Puts a new file in the place of the old one, and sys.stdout on the new one."""
        old_name = os.fspath(name) + (self._backup or '.bak')
        with suppress(OSError):
            os.unlink(old_name)
        os.rename(name, old_name)
        old = self._open(old_name, self._mode)
        try:
            rights = os.fstat(old.fileno()).st_mode
        except OSError:
            rights = None
        opener = None if rights is None else lambda path, flags: os.open(path, flags, rights)
        new = self._open(name, self._mode.replace('r', 'w'), opener=opener)
        if rights is not None:
            with suppress(OSError):
                os.chmod(name, rights)
        # What is undone last is named first.
        if not self._backup:
            self._undo.callback(_unlink, old_name)
        self._undo.callback(new.close)
        self._undo.callback(setattr, sys, 'stdout', sys.stdout)
        sys.stdout = new
        return old

    # --- where one is ---

    def filename(self):
        return self._filename

    def lineno(self):
        return self._before + self._filelineno

    def filelineno(self):
        return self._filelineno

    def isfirstline(self):
        return self._filelineno == 1

    def isstdin(self):
        return self._isstdin

    def fileno(self):
        try:
            return -1 if self._file is None else self._file.fileno()
        except ValueError:
            return -1

    __class_getitem__ = classmethod(GenericAlias)


def _unlink(path):
    with suppress(OSError):
        os.unlink(path)


# --- the functions: about one FileInput ---

_state = None


def input(files=None, inplace=False, backup='', *, mode='r', openhook=None, encoding=None, errors=None):
    """A FileInput that the functions of this module are about from now on."""
    global _state
    if _state is not None and _state._file:
        raise RuntimeError('input() already active')
    _state = FileInput(files, inplace, backup, mode=mode, openhook=openhook, encoding=encoding, errors=errors)
    return _state


def close():
    """Closes the files."""
    global _state
    active, _state = _state, None
    if active:
        active.close()


def _active():
    if not _state:
        raise RuntimeError('no active input()')
    return _state


def nextfile():
    """Goes on with the next file."""
    return _active().nextfile()


def filename():
    """The name of the file that is read; None before the first line."""
    return _active().filename()


def lineno():
    """The number of the line that was read last, of all files together."""
    return _active().lineno()


def filelineno():
    """Its number in its file."""
    return _active().filelineno()


def fileno():
    """The descriptor of the file; -1 when none is open."""
    return _active().fileno()


def isfirstline():
    """Whether it is the first of its file."""
    return _active().isfirstline()


def isstdin():
    """Whether it came from standard input."""
    return _active().isstdin()


# --- hooks ---

def hook_compressed(filename, mode, *, encoding=None, errors=None):
    """Opens .gz and .bz2 files as what is in them."""
    encoding = encoding or 'locale'
    ending = os.path.splitext(filename)[1]
    if ending == '.gz':
        from gzip import open as opener
    elif ending == '.bz2':
        from bz2 import BZ2File as opener
    else:
        return open(filename, mode, encoding=encoding, errors=errors)
    packed = opener(filename, mode)
    if 'b' in mode:
        return packed
    from io import TextIOWrapper
    return TextIOWrapper(packed, encoding, errors)


def hook_encoded(encoding, errors=None):
    """A hook that opens files in an encoding."""
    def openhook(path, mode):
        return open(path, mode, encoding=encoding, errors=errors)
    return openhook


def _test():
    """Prints the files that the command line names, with numbers; -i and -b as for input()."""
    import getopt
    options, names = getopt.getopt(sys.argv[1:], 'ib:')
    given = dict(options)
    for line in input(names, inplace='-i' in given, backup=given.get('-b', '')):
        first = '*' if isfirstline() else ''
        print(f'{lineno()}: {filename()}[{filelineno()}]{first}', line.rstrip('\r\n'))
    print(f'{lineno()}: {filename()}[{filelineno()}]')


if __name__ == '__main__':
    _test()

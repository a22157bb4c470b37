"""PyZipFile: archives of modules and packages that programs import from."""
import importlib.util
import os
import sys

from zipfile import ZIP_STORED, ZipFile

__name__ = 'zipfile'


def _is_current(compiled, source):
    """Is there compiled code that is not older than the source?"""
    return os.path.isfile(compiled) and os.stat(compiled).st_mtime >= os.stat(source).st_mtime


class PyZipFile(ZipFile):
    """An archive that writepy() fills with compiled modules; `optimize` is the level of their compilation."""

    def __init__(self, file, mode='r', compression=ZIP_STORED, allowZip64=True, optimize=-1):
        super().__init__(file, mode=mode, compression=compression, allowZip64=allowZip64)
        self._optimize = optimize

    def writepy(self, pathname, basename='', filterfunc=None):
        """Add a module, the modules of a folder, or a package with all that is in it.

        `basename` is the folder in the archive. Files for which filterfunc() is false are left out.
        """
        pathname = os.fspath(pathname)
        if not self._is_wanted(pathname, filterfunc, 'path' if os.path.isdir(pathname) else 'file'):
            return
        if not os.path.isdir(pathname):
            if not pathname.endswith('.py'):
                raise RuntimeError('Files added with writepy() must end with ".py"')
            self._add(pathname, basename, 'Adding file')
        elif os.path.isfile(os.path.join(pathname, '__init__.py')):
            self._add_package(pathname, basename, filterfunc)
        else:
            self._say('Adding files from directory', pathname)
            for path in self._paths_in(pathname):
                if path.endswith('.py') and self._is_wanted(path, filterfunc):
                    self._add(path, basename)

    def _add_package(self, folder, basename, filterfunc):
        name = os.path.basename(folder)
        basename = f'{basename}/{name}' if basename else name
        self._say('Adding package in', folder, 'as', basename)
        init = os.path.join(folder, '__init__.py')
        self._add(init, basename)
        for path in self._paths_in(folder):
            if os.path.isdir(path):
                if os.path.isfile(os.path.join(path, '__init__.py')):
                    self.writepy(path, basename, filterfunc=filterfunc)
            elif path != init and path.endswith('.py') and self._is_wanted(path, filterfunc):
                self._add(path, basename)

    @staticmethod
    def _paths_in(folder):
        return [os.path.join(folder, name) for name in sorted(os.listdir(folder))]

    def _is_wanted(self, path, filterfunc, kind='file'):
        if filterfunc and not filterfunc(path):
            self._say(kind, repr(path), 'skipped by filterfunc')
            return False
        return True

    def _say(self, *words):
        if self.debug:
            print(*words)

    def _add(self, source, basename, words='Adding'):
        path, name = self._get_codename(source.removesuffix('.py'), basename)
        self._say(words, name)
        self.write(path, name)

    def _get_codename(self, pathname, basename):
        """(the file for a module, its name in the archive); the module is compiled if need be."""
        path = self._code_of(pathname + '.py')
        name = os.path.basename(pathname) + ('.py' if path == pathname + '.py' else '.pyc')
        return path, f'{basename}/{name}' if basename else name

    def _code_of(self, source):
        """The compiled code of a file; the file itself when it cannot be compiled."""
        cached = [importlib.util.cache_from_source(source, optimization=level) for level in ('', 1, 2)]
        if self._optimize == -1:
            for path in (source + 'c', *cached):
                if _is_current(path, source):
                    return path
            wanted = cached[min(sys.flags.optimize, 2)]
        elif self._optimize in (0, 1, 2):
            wanted = cached[self._optimize]
            if _is_current(wanted, source):
                return wanted
        else:
            raise ValueError(f"invalid value for 'optimize': {self._optimize!r}")
        return wanted if self._compile(source) else source

    def _compile(self, source):
        import py_compile
        self._say('Compiling', source)
        try:
            py_compile.compile(source, doraise=True, optimize=self._optimize)
        except py_compile.PyCompileError as error:
            print(error.msg)
            return False
        return True

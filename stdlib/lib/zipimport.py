"""Imports from ZIP archives: an archive, or a folder inside one, as an entry of sys.path.

The native import system asks zipimporter() for each entry that is no folder. What an archive holds is read once and kept
in _zip_directory_cache: of each name what zipfile calls its header, where the file starts, how it is packed.
"""
import os
import struct

from importlib.machinery import ModuleSpec, _load, _LoaderBasics
from importlib.util import decode_source, spec_from_loader

__all__ = ['ZipImportError', 'zipimporter']

_END, _CENTRAL, _LOCAL = b'PK\5\6', b'PK\1\2', b'PK\3\4'
_END_SIZE, _CENTRAL_SIZE, _LOCAL_SIZE = 22, 46, 30
_MOST_COMMENT = 0xFFFF
_STORED, _DEFLATED = 0, 8

_zip_directory_cache = {}


class ZipImportError(ImportError):
    """An archive cannot be read, or does not have the module."""


def _find_end(file, archive):
    """The end record: how large the directory is and where it starts, and where the record itself is."""
    try:
        size = file.seek(0, 2)
        start = max(0, size - _END_SIZE - _MOST_COMMENT)
        file.seek(start)
        tail = file.read()
    except OSError:
        raise ZipImportError(f"can't read Zip file: {archive!r}", path=archive) from None
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise ZipImportError(f'not a Zip file: {archive!r}', path=archive)
    length, offset = struct.unpack_from('<II', tail, at + 12)
    return length, offset, start + at


def _entries(directory, archive, shift):
    """The central directory, entry by entry."""
    at = 0
    while directory[at:at + 4] == _CENTRAL:
        if len(directory) - at < _CENTRAL_SIZE:
            raise EOFError('EOF read where not expected')
        (flags, packing, time, date, crc, packed, size, name_size, extra_size, comment_size,
         offset) = struct.unpack_from('<4xxxxxHHHHIIIHHH8xI', directory, at)
        if len(directory) - at < _CENTRAL_SIZE + name_size + extra_size + comment_size:
            raise ZipImportError(f"can't read Zip file: {archive!r}", path=archive)
        raw = directory[at + _CENTRAL_SIZE:at + _CENTRAL_SIZE + name_size]
        name = raw.decode('utf-8' if flags & 0x800 else 'cp437')
        at += _CENTRAL_SIZE + name_size + extra_size + comment_size
        yield name.replace('/', os.sep), (f'{archive}{os.sep}{name}', packing, packed, size, offset + shift, time, date,
                                          crc)


def _read_directory(archive):
    """What is in the archive: a dict from names to tuples of path, packing, packed size, size, place, time, date, CRC."""
    try:
        file = open(archive, 'rb')
    except OSError:
        raise ZipImportError(f"can't open Zip file: {archive!r}", path=archive) from None
    with file:
        length, offset, end = _find_end(file, archive)
        if end < length:
            raise ZipImportError(f'bad central directory size: {archive!r}', path=archive)
        if end < offset:
            raise ZipImportError(f'bad central directory offset: {archive!r}', path=archive)
        # Something may stand in front of the archive: then all places are later by as much.
        shift = end - length - offset
        if shift < 0:
            raise ZipImportError(f'bad central directory size or offset: {archive!r}', path=archive)
        file.seek(end - length)
        directory = file.read(length)
    return dict(_entries(directory, archive, shift))


def _read_file(archive, entry):
    """The bytes of one file of the archive."""
    path, packing, packed, size, place = entry[:5]
    if packed < 0:
        raise ZipImportError('negative data size')
    with open(archive, 'rb') as file:
        file.seek(place)
        header = file.read(_LOCAL_SIZE)
        if len(header) != _LOCAL_SIZE:
            raise EOFError('EOF read where not expected')
        if header[:4] != _LOCAL:
            raise ZipImportError(f'bad local file header: {archive!r}', path=archive)
        name_size, extra_size = struct.unpack_from('<HH', header, 26)
        file.seek(name_size + extra_size, 1)
        data = file.read(packed)
    if len(data) != packed:
        raise OSError("zipimport: can't read data")
    if packing == _STORED:
        return data
    try:
        from zlib import decompress
    except Exception:
        raise ZipImportError("can't decompress data; zlib not available") from None
    return decompress(data, -15)


class zipimporter(_LoaderBasics):
    """zipimporter(archivepath) -> a finder and loader

    The path of an archive, or of a folder inside one (then `prefix` says which). ZipImportError when it is neither.
    """

    def __init__(self, path):
        if not isinstance(path, str):
            path = os.fsdecode(path)
        if not path:
            raise ZipImportError('archive path is empty', path=path)
        archive, inside = path, []
        while not os.path.lexists(archive):
            archive, name = os.path.split(archive)
            if not archive or not name:
                raise ZipImportError(f'not a Zip file: {path!r}', path=path)
            inside.insert(0, name)
        if not os.path.isfile(archive):
            raise ZipImportError(f'not a Zip file: {path!r}', path=path)
        if archive not in _zip_directory_cache:
            _zip_directory_cache[archive] = _read_directory(archive)
        self._files = _zip_directory_cache[archive]
        self.archive = archive
        self.prefix = os.path.join(*inside, '') if inside else ''

    def _path(self, fullname):
        return self.prefix + fullname.rpartition('.')[2]

    def _is_folder(self, path):
        return path + os.sep in self._files or any(name.startswith(path + os.sep) for name in self._files)

    def _find(self, fullname):
        """Whether the module is a package, and the name of its file; None when it is not there."""
        path = self._path(fullname)
        for is_package, ending in ((True, f'{os.sep}__init__.py'), (True, f'{os.sep}__init__.pyc'), (False, '.py'),
                                   (False, '.pyc')):  # what py_compile has written is source too
            if path + ending in self._files:
                return is_package, path + ending
        return None

    def _require(self, fullname):
        found = self._find(fullname)
        if found is None:
            raise ZipImportError(f"can't find module {fullname!r}", name=fullname)
        return found

    def find_spec(self, fullname, target=None):
        """The spec of a module in the archive; of a folder that is no package, one for a namespace package."""
        found = self._find(fullname)
        if found is not None:
            return spec_from_loader(fullname, self, is_package=found[0])
        path = self._path(fullname)
        if not self._is_folder(path):
            return None
        spec = ModuleSpec(fullname, None, is_package=True)
        spec.submodule_search_locations.append(f'{self.archive}{os.sep}{path}')
        return spec

    def find_loader(self, fullname, path=None):
        """Deprecated: a pair of a loader or None, and the folders of a namespace package."""
        _outdated('find_loader')
        spec = self.find_spec(fullname)
        if spec is None:
            return None, []
        return (self, []) if spec.loader is not None else (None, spec.submodule_search_locations)

    def find_module(self, fullname, path=None):
        """Deprecated: this importer if it has the module, else None."""
        _outdated('find_module')
        return self if self._find(fullname) is not None else None

    def get_data(self, pathname):
        """The bytes of a file, by its name in the archive, or with the archive's path in front."""
        name = os.fsdecode(pathname).removeprefix(self.archive + os.sep)
        try:
            entry = self._files[name]
        except KeyError:
            raise OSError(0, '', name) from None
        return _read_file(self.archive, entry)

    def get_filename(self, fullname):
        """The path that the module's __file__ has."""
        return f'{self.archive}{os.sep}{self._require(fullname)[1]}'

    def get_source(self, fullname):
        """The source as text."""
        return decode_source(_read_file(self.archive, self._files[self._require(fullname)[1]]))

    def get_code(self, fullname):
        """The code object of the module."""
        name = self._require(fullname)[1]
        data = _read_file(self.archive, self._files[name])
        if b'\0' in data and name.endswith('.pyc'):  # of another interpreter
            raise ZipImportError(f'bad magic number in {fullname!r}: {data[:4]!r}', name=fullname, path=name)
        return compile(data.replace(b'\r\n', b'\n').replace(b'\r', b'\n'), f'{self.archive}{os.sep}{name}', 'exec',
                       dont_inherit=True)

    def is_package(self, fullname):
        """Whether the module is a package."""
        return self._require(fullname)[0]

    def load_module(self, fullname):
        """Deprecated: use exec_module."""
        return _load(self, fullname)

    def get_resource_reader(self, fullname):
        """What importlib.resources reads the package's files with; None when it is no package."""
        try:
            if not self.is_package(fullname):
                return None
        except ZipImportError:
            return None
        from importlib.readers import ZipReader
        return ZipReader(self, fullname)

    def invalidate_caches(self):
        """Reads anew what is in the archive."""
        try:
            self._files = _zip_directory_cache[self.archive] = _read_directory(self.archive)
        except ZipImportError:
            _zip_directory_cache.pop(self.archive, None)
            self._files = {}

    def __repr__(self):
        return f'<zipimporter object "{self.archive}{os.sep}{self.prefix}">'


def _outdated(name):
    import warnings
    warnings.warn(f'zipimporter.{name}() is deprecated and slated for removal in Python 3.12; use find_spec() instead',
                  DeprecationWarning, stacklevel=3)

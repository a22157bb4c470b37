"""Files inside packages: files('package').joinpath('data.txt').read_text()."""
import contextlib
import os
import sys
import types

from importlib.resources.abc import ResourceReader

__all__ = ['Package', 'Resource', 'ResourceReader', 'as_file', 'contents', 'files', 'is_resource', 'open_binary',
           'open_text', 'path', 'read_binary', 'read_text']

Package = 'str | types.ModuleType'
Resource = str


def _module(package):
    if isinstance(package, types.ModuleType):
        return package
    import importlib
    return importlib.import_module(package)


def files(package):
    """The folder of a package, with the methods of a path."""
    module = _module(package)
    spec = module.__spec__
    folders = spec.submodule_search_locations
    if folders is None:
        raise TypeError(f'{package!r} is not a package')
    reader = getattr(spec.loader, 'get_resource_reader', None)
    reader = reader(spec.name) if reader is not None else None
    if hasattr(reader, 'files'):
        return reader.files()
    if reader is None and folders and all(map(os.path.isdir, folders)):
        import pathlib
        from importlib.readers import MultiplexedPath
        return pathlib.Path(folders[0]) if len(folders) == 1 else MultiplexedPath(*folders)
    from importlib.resources._adapters import wrap_spec
    return wrap_spec(module).loader.get_resource_reader(spec.name).files()


@contextlib.contextmanager
def as_file(path):
    """The resource as a file that has a path in the file system, for as long as a block runs."""
    if isinstance(path, os.PathLike):
        yield path
        return
    import pathlib
    import tempfile
    handle, name = tempfile.mkstemp(suffix=getattr(path, 'name', ''))
    try:
        with open(handle, 'wb') as file:
            file.write(path.read_bytes())
        yield pathlib.Path(name)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.remove(name)


# --- functions of before files() ---

def _name_of(resource):
    parent, name = os.path.split(str(resource))
    if parent:
        raise ValueError(f'{resource!r} must be only a file name')
    return name


def _deprecated(name):
    import warnings
    warnings.warn(f'{name} is deprecated. Use files() instead. Refer to '
                  'https://importlib-resources.readthedocs.io/en/latest/using.html#migrating-from-legacy for migration '
                  'advice.', DeprecationWarning, stacklevel=3)


def open_binary(package, resource):
    """A resource, open for reading bytes."""
    _deprecated('open_binary')
    return (files(package) / _name_of(resource)).open('rb')


def read_binary(package, resource):
    """The bytes of a resource."""
    _deprecated('read_binary')
    return (files(package) / _name_of(resource)).read_bytes()


def open_text(package, resource, encoding='utf-8', errors='strict'):
    """A resource, open for reading text."""
    _deprecated('open_text')
    return (files(package) / _name_of(resource)).open('r', encoding=encoding, errors=errors)


def read_text(package, resource, encoding='utf-8', errors='strict'):
    """The text of a resource."""
    _deprecated('read_text')
    with (files(package) / _name_of(resource)).open('r', encoding=encoding, errors=errors) as file:
        return file.read()


def contents(package):
    """The names of what is in a package."""
    _deprecated('contents')
    return [entry.name for entry in files(package).iterdir()]


def is_resource(package, name):
    """Whether the package has a file of this name."""
    _deprecated('is_resource')
    _name_of(name)
    return any([entry.name == name and entry.is_file() for entry in files(package).iterdir()])


def path(package, resource):
    """A manager that gives the path of a resource."""
    _deprecated('path')
    return as_file(files(package) / _name_of(resource))

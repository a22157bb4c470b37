"""Specs of modules: finding them, and making modules of them."""
import sys
import _imp
from importlib import _resolve

ModuleSpec = type(sys.__spec__)


def resolve_name(name, package):
    """The absolute name of a relative one."""
    if not name.startswith('.'):
        return name
    if not package:
        raise ImportError(f'no package specified for {name!r} (required for relative module names)')
    level = 0
    for character in name:
        if character != '.':
            break
        level += 1
    return _resolve(name[level:], package, level)


def _find_spec_from_path(name, path=None):
    """The spec of a module by its full name: of the loaded one, else looked for in `path`, without importing parents."""
    if name in sys.modules:
        return _spec_of_loaded(name, name)
    from importlib._bootstrap import _find_spec
    return _find_spec(name, path)


def _spec_of_loaded(name, fullname):
    module = sys.modules[fullname]
    if module is None:
        return None
    try:
        spec = module.__spec__
    except AttributeError:
        raise ValueError(f'{name}.__spec__ is not set') from None
    if spec is None:
        raise ValueError(f'{name}.__spec__ is None')
    return spec


def find_spec(name, package=None):
    """The spec of a module, loaded or not; None when there is no such module."""
    fullname = resolve_name(name, package) if name.startswith('.') else name
    if sys.modules.get(fullname) is not None:
        return _spec_of_loaded(name, fullname)
    return _imp.find_spec(fullname)


def module_from_spec(spec):
    """A new module with the attributes that the spec says; its code has not run."""
    module = None
    if hasattr(spec.loader, 'create_module'):
        module = spec.loader.create_module(spec)
    elif hasattr(spec.loader, 'exec_module'):
        raise ImportError('loaders that define exec_module() must also define create_module()')
    if module is None:
        module = type(sys)(spec.name)
    _imp.init_module_attrs(module, spec)
    return module


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """A spec for a loader."""
    if origin is None:
        origin = getattr(loader, '_ORIGIN', None)
    if not origin and hasattr(loader, 'get_filename'):
        if is_package is None:
            return spec_from_file_location(name, loader=loader)
        return spec_from_file_location(name, loader=loader, submodule_search_locations=[] if is_package else None)
    if is_package is None and hasattr(loader, 'is_package'):
        try:
            is_package = loader.is_package(name)
        except ImportError:
            is_package = None
    spec = ModuleSpec(name, loader, origin=origin, is_package=is_package)
    return spec


_unset = object()


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=_unset):
    """A spec for a source file; None if nothing is known that loads such a file."""
    import os
    if location is None:
        location = '<unknown>'
        if hasattr(loader, 'get_filename'):
            try:
                location = loader.get_filename(name)
            except ImportError:
                pass
    else:
        location = os.path.abspath(os.fspath(location))
    if loader is None:
        if not location.endswith('.py'):
            return None
        loader = _imp.source_loader(name, location)
    spec = ModuleSpec(name, loader, origin=location)
    spec.has_location = True
    if submodule_search_locations is _unset:
        is_package = location.endswith('/__init__.py')
        if hasattr(loader, 'is_package'):
            try:
                is_package = loader.is_package(name)
            except ImportError:
                is_package = False
        submodule_search_locations = [] if is_package else None
    spec.submodule_search_locations = submodule_search_locations
    if spec.submodule_search_locations == [] and location:
        spec.submodule_search_locations.append(os.path.split(location)[0])
    return spec


def _source_encoding(source_bytes):
    """The encoding that a comment in the first two lines names; utf-8 if none does."""
    import re
    if source_bytes.startswith(b'\xef\xbb\xbf'):
        return 'utf-8-sig'
    for line in source_bytes.splitlines()[:2]:
        match = re.match(rb'[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)', line)
        if match:
            return match.group(1).decode()
        if not re.match(rb'[ \t\f]*(?:[#\r\n]|$)', line):
            break
    return 'utf-8'


def decode_source(source_bytes):
    """The text of a source, in the encoding that it names, with newlines as they should be."""
    import io
    text = source_bytes.decode(_source_encoding(source_bytes))
    return io.IncrementalNewlineDecoder(None, True).decode(text)


def source_hash(source_bytes):
    """Eight bytes that tell sources apart."""
    import hashlib
    return hashlib.blake2b(source_bytes, digest_size=8).digest()


def _deprecated(name):
    import warnings
    warnings.warn(f'{name} is deprecated and slated for removal in Python 3.12', DeprecationWarning, stacklevel=3)


def set_package(fxn):
    """Deprecated: makes a function set __package__ of the module that it returns."""
    import functools
    _deprecated('set_package()')

    @functools.wraps(fxn)
    def set_package_wrapper(*args, **kwargs):
        module = fxn(*args, **kwargs)
        if getattr(module, '__package__', None) is None:
            module.__package__ = module.__name__
            if not hasattr(module, '__path__'):
                module.__package__ = module.__package__.rpartition('.')[0]
        return module
    return set_package_wrapper


def set_loader(fxn):
    """Deprecated: makes a function set __loader__ of the module that it returns."""
    import functools
    _deprecated('set_loader()')

    @functools.wraps(fxn)
    def set_loader_wrapper(self, *args, **kwargs):
        module = fxn(self, *args, **kwargs)
        if getattr(module, '__loader__', None) is None:
            module.__loader__ = self
        return module
    return set_loader_wrapper


def module_for_loader(fxn):
    """Deprecated: makes load_module() out of a function that fills a module: a new one comes from sys.modules or goes
    there, and is taken out again when the function fails."""
    import functools
    import warnings
    warnings.warn('The import system now takes care of this automatically; this decorator is slated for removal in '
                  'Python 3.12', DeprecationWarning, stacklevel=2)

    @functools.wraps(fxn)
    def module_for_loader_wrapper(self, fullname, *args, **kwargs):
        module = sys.modules.get(fullname)
        is_new = module is None
        if is_new:
            module = sys.modules[fullname] = type(sys)(fullname)
        try:
            module.__loader__ = self
            try:
                is_package = self.is_package(fullname)
            except (ImportError, AttributeError):
                pass
            else:
                module.__package__ = fullname if is_package else fullname.rpartition('.')[0]
            module.__initializing__ = True
            return fxn(self, module, *args, **kwargs)
        except BaseException:
            if is_new:
                sys.modules.pop(fullname, None)
            raise
        finally:
            module.__initializing__ = False
    return module_for_loader_wrapper


class _LazyModule(type(sys)):
    """A module whose code runs when an attribute is asked for."""

    def __getattribute__(self, attr):
        spec = object.__getattribute__(self, '__spec__')
        state = spec.loader_state
        with state['lock']:
            if object.__getattribute__(self, '__class__') is _LazyModule:
                if state.get('is_loading') and attr.startswith('__') and attr.endswith('__'):
                    return object.__getattribute__(self, attr)
                state['is_loading'] = True
                before = state['__dict__']
                now = object.__getattribute__(self, '__dict__')
                changed = {key: value for key, value in now.items() if key not in before or before[key] is not value}
                spec.loader.exec_module(self)
                name = spec.name
                if name in sys.modules and sys.modules[name] is not self:
                    raise ValueError(f'module object for {name!r} substituted in sys.modules during a lazy load')
                now.update(changed)
                self.__class__ = state['__class__']
        return getattr(self, attr)

    def __delattr__(self, attr):
        self.__getattribute__(attr)
        delattr(self, attr)


class LazyLoader:
    """A loader that waits until the module is used."""

    def __init__(self, loader):
        if not hasattr(loader, 'exec_module'):
            raise TypeError('loader must define exec_module()')
        self.loader = loader

    @classmethod
    def factory(cls, loader):
        """A function that makes lazy loaders of a kind."""
        if not hasattr(loader, 'exec_module'):
            raise TypeError('loader must define exec_module()')
        return lambda *args, **kwargs: cls(loader(*args, **kwargs))

    def create_module(self, spec):
        create = getattr(self.loader, 'create_module', None)
        return create(spec) if create is not None else None

    def exec_module(self, module):
        import threading
        module.__spec__.loader = module.__loader__ = self.loader
        module.__spec__.loader_state = {'__dict__': module.__dict__.copy(), '__class__': module.__class__,
                                        'lock': threading.RLock(), 'is_loading': False}
        module.__class__ = _LazyModule


MAGIC_NUMBER = b'\xa7\r\r\n'
_CACHE = '__pycache__'


def cache_from_source(path, debug_override=None, *, optimization=None):
    """Where the compiled form of a source file would be kept."""
    if debug_override is not None:
        import warnings
        warnings.warn("the debug_override parameter is deprecated; use 'optimization' instead", DeprecationWarning)
        if optimization is not None:
            raise TypeError('debug_override or optimization must be set to None')
        optimization = '' if debug_override else 1
    import os
    folder, name = os.path.split(os.fspath(path))
    stem, dot, rest = name.rpartition('.')
    tag = sys.implementation.cache_tag
    if tag is None:
        raise NotImplementedError('sys.implementation.cache_tag is None')
    name = f'{stem or rest}{dot}{tag}'
    if optimization is None:
        optimization = sys.flags.optimize or ''
    optimization = str(optimization)
    if optimization:
        if not optimization.isalnum():
            raise ValueError(f'{optimization!r} is not alphanumeric')
        name += f'.opt-{optimization}'
    name += '.pyc'
    if sys.pycache_prefix is None:
        return os.path.join(folder, _CACHE, name)
    return os.path.join(sys.pycache_prefix, os.path.abspath(folder).lstrip('/'), name)


def source_from_cache(path):
    """The source file for the name of a compiled one."""
    import os
    if sys.implementation.cache_tag is None:
        raise NotImplementedError('sys.implementation.cache_tag is None')
    path = os.fspath(path)
    head, name = os.path.split(path)
    prefix, in_prefix = sys.pycache_prefix, False
    if prefix is not None:
        prefix = prefix.rstrip('/')
        if head.startswith(prefix + '/'):
            head, in_prefix = head[len(prefix):], True
    if not in_prefix:
        head, folder = os.path.split(head)
        if folder != _CACHE:
            raise ValueError(f'{_CACHE} not bottom-level directory in {path!r}')
    dots = name.count('.')
    if dots not in (2, 3):
        raise ValueError(f'expected only 2 or 3 dots in {name!r}')
    if dots == 3:
        optimization = name.rsplit('.', 2)[-2]
        if not optimization.startswith('opt-'):
            raise ValueError("optimization portion of filename does not start with 'opt-'")
        if not optimization[4:].isalnum():
            raise ValueError(f'optimization level {optimization!r} is not an alphanumeric value')
    return os.path.join(head, name.partition('.')[0] + '.py')

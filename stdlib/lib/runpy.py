"""Running modules and files as scripts: what `-m` and running a folder mean."""
import importlib.util
import os
import sys
from types import ModuleType

__all__ = ['run_module', 'run_path']


class _Error(Exception):
    """A module cannot be run; the message alone is for the user."""


class _TempModule:
    """A module in sys.modules for as long as a block runs."""

    def __init__(self, mod_name):
        self.mod_name = mod_name
        self.module = ModuleType(mod_name)
        self._saved = []

    def __enter__(self):
        if self.mod_name in sys.modules:
            self._saved.append(sys.modules[self.mod_name])
        sys.modules[self.mod_name] = self.module
        return self

    def __exit__(self, *args):
        if self._saved:
            sys.modules[self.mod_name] = self._saved.pop()
        else:
            del sys.modules[self.mod_name]


class _ModifiedArgv0:
    """Another sys.argv[0] for as long as a block runs."""

    def __init__(self, value):
        self.value = value

    def __enter__(self):
        self._saved = sys.argv[0]
        sys.argv[0] = self.value

    def __exit__(self, *args):
        sys.argv[0] = self._saved


def _run_code(code, run_globals, init_globals=None, mod_name=None, mod_spec=None, pkg_name=None, script_name=None):
    if init_globals is not None:
        run_globals.update(init_globals)
    if mod_spec is None:
        loader, fname, cached = None, script_name, None
    else:
        loader, fname, cached = mod_spec.loader, mod_spec.origin, mod_spec.cached
        if pkg_name is None:
            pkg_name = mod_spec.parent
    run_globals.update(__name__=mod_name, __file__=fname, __cached__=cached, __doc__=None, __loader__=loader,
                       __package__=pkg_name, __spec__=mod_spec)
    exec(code, run_globals)
    return run_globals


def _run_module_code(code, init_globals=None, mod_name=None, mod_spec=None, pkg_name=None, script_name=None):
    """Run code in a module of its own, which is gone afterwards; its names."""
    fname = script_name if mod_spec is None else mod_spec.origin
    with _TempModule(mod_name) as temporary, _ModifiedArgv0(fname):
        namespace = temporary.module.__dict__
        _run_code(code, namespace, init_globals, mod_name, mod_spec, pkg_name, script_name)
    return namespace.copy()


def _get_module_details(mod_name, error=ImportError):
    """(name, spec, code) of what is run for a module: for a package that is its __main__."""
    if mod_name.startswith('.'):
        raise error('Relative module names not supported')
    package, _, _ = mod_name.rpartition('.')
    if package:
        try:
            __import__(package)
        except ImportError as missing:
            if missing.name is None or missing.name != package and not package.startswith(missing.name + '.'):
                raise
        existing = sys.modules.get(mod_name)
        if existing is not None and not hasattr(existing, '__path__'):
            from warnings import warn
            warn(f'{mod_name!r} found in sys.modules after import of package {package!r}, but prior to execution of '
                 f'{mod_name!r}; this may result in unpredictable behaviour', RuntimeWarning)
    try:
        spec = importlib.util.find_spec(mod_name)
    except (ImportError, AttributeError, TypeError, ValueError) as failure:
        message = f'Error while finding module specification for {mod_name!r} ({type(failure).__name__}: {failure})'
        if mod_name.endswith('.py'):
            message += f". Try using '{mod_name[:-3]}' instead of '{mod_name}' as the module name."
        raise error(message) from failure
    if spec is None:
        raise error(f'No module named {mod_name}')
    if spec.submodule_search_locations is not None:
        if mod_name == '__main__' or mod_name.endswith('.__main__'):
            raise error('Cannot use package as __main__ module')
        try:
            return _get_module_details(mod_name + '.__main__', error)
        except error as failure:
            if mod_name not in sys.modules:
                raise
            raise error(f'{failure}; {mod_name!r} is a package and cannot be directly executed')
    loader = spec.loader
    if loader is None:
        raise error(f'{mod_name!r} is a namespace package and cannot be executed')
    try:
        code = loader.get_code(mod_name)
    except ImportError as failure:
        raise error(format(failure)) from failure
    if code is None:
        raise error(f'No code object available for {mod_name}')
    return mod_name, spec, code


def _run_module_as_main(mod_name, alter_argv=True):
    """Run a module in the namespace of __main__, as `-m` does."""
    try:
        if alter_argv or mod_name != '__main__':
            mod_name, spec, code = _get_module_details(mod_name, _Error)
        else:
            mod_name, spec, code = _get_main_module_details(_Error)
    except _Error as failure:
        sys.exit(f'{sys.executable}: {failure}')
    main_globals = sys.modules['__main__'].__dict__
    if alter_argv:
        sys.argv[0] = spec.origin
    return _run_code(code, main_globals, None, '__main__', spec)


def _get_main_module_details(error=ImportError):
    main = '__main__'
    saved = sys.modules.pop(main)
    try:
        return _get_module_details(main)
    except ImportError as failure:
        if main in str(failure):
            raise error(f"can't find {main!r} module in {sys.path[0]!r}") from failure
        raise
    finally:
        sys.modules[main] = saved


def run_module(mod_name, init_globals=None, run_name=None, alter_sys=False):
    """Run a module without importing it; its names when it has ended.

    With alter_sys it is in sys.modules, and sys.argv[0] is its file, while it runs.
    """
    mod_name, spec, code = _get_module_details(mod_name)
    if run_name is None:
        run_name = mod_name
    if alter_sys:
        return _run_module_code(code, init_globals, run_name, spec)
    return _run_code(code, {}, init_globals, run_name, spec)


def run_path(path_name, init_globals=None, run_name=None):
    """Run a file, or the __main__ of a folder or an archive; its names when it has ended."""
    if run_name is None:
        run_name = '<run_path>'
    pkg_name = run_name.rpartition('.')[0]
    path = os.fsdecode(path_name)
    from pkgutil import get_importer
    if get_importer(path) is None:
        import io
        with io.open_code(path) as file:
            code = compile(file.read(), path, 'exec')
        return _run_module_code(code, init_globals, run_name, pkg_name=pkg_name, script_name=path_name)
    sys.path.insert(0, path)
    try:
        mod_name, spec, code = _get_main_module_details()
        with _TempModule(run_name) as temporary, _ModifiedArgv0(path):
            namespace = temporary.module.__dict__
            return _run_code(code, namespace, init_globals, run_name, spec, pkg_name).copy()
    finally:
        try:
            sys.path.remove(path)
        except ValueError:
            pass


if __name__ == '__main__':
    if len(sys.argv) < 2:
        print('No module specified for execution', file=sys.stderr)
    else:
        del sys.argv[0]
        _run_module_as_main(sys.argv[0])

"""Where this installation keeps things, and how it was configured.

Gila is one binary: it has no header files and no Makefile, so only the variables that programs ask for are known.
"""
import os
import sys

__all__ = ['get_config_h_filename', 'get_config_var', 'get_config_vars', 'get_makefile_filename', 'get_path',
           'get_path_names', 'get_paths', 'get_platform', 'get_python_version', 'get_scheme_names', 'parse_config_h']

_PY_VERSION_SHORT = f'{sys.version_info[0]}.{sys.version_info[1]}'
_PREFIX = os.path.normpath(sys.prefix)

_LIB = '{base}/{platlibdir}/python{py_version_short}'


def _scheme(base, packages, installed=None):
    """A layout with its packages below `base`; what belongs to the interpreter itself is below `installed`."""
    library, version = '{platlibdir}/python{py_version_short}', 'python{py_version_short}'
    installed = installed or base
    return {
        'stdlib': f'{installed}/{library}', 'platstdlib': f'{base}/{library}', 'purelib': f'{base}/{library}/{packages}',
        'platlib': f'{base}/{library}/{packages}', 'include': f'{installed}/include/{version}',
        'platinclude': f'{installed}/include/{version}', 'scripts': f'{base}/bin', 'data': base,
    }


_INSTALL_SCHEMES = {
    'posix_prefix': _scheme('{base}', 'site-packages', '{installed_base}'),
    'posix_home': {**_scheme('{base}', ''), 'stdlib': '{base}/lib/python', 'platstdlib': '{base}/lib/python',
                   'purelib': '{base}/lib/python', 'platlib': '{base}/lib/python', 'include': '{base}/include/python',
                   'platinclude': '{base}/include/python'},
    'posix_user': {key: value for key, value in _scheme('{userbase}', 'site-packages').items() if key != 'platinclude'},
    'venv': _scheme('{base}', 'site-packages', '{installed_base}'),
}

_CONFIG_VARS = None  # programs that test put another dict here


def get_scheme_names():
    """The names of the known layouts."""
    return tuple(sorted(_INSTALL_SCHEMES))


def get_path_names():
    """The kinds of paths that a layout has."""
    return ('stdlib', 'platstdlib', 'purelib', 'platlib', 'include', 'scripts', 'data')


def get_preferred_scheme(key):
    """The layout for 'prefix', 'home' or 'user'."""
    if key == 'prefix' and sys.prefix != sys.base_prefix:
        return 'venv'
    try:
        return {'prefix': 'posix_prefix', 'home': 'posix_home', 'user': 'posix_user'}[key]
    except KeyError:
        raise ValueError(f'{key!r} returned by get_preferred_scheme() is not valid') from None


def get_default_scheme():
    """The layout of this installation."""
    return get_preferred_scheme('prefix')


def _userbase():
    return os.environ.get('PYTHONUSERBASE') or os.path.join(os.path.expanduser('~'), '.local')


def _variables():
    version = '.'.join(map(str, sys.version_info[:3]))
    folder = _LIB.format(base=_PREFIX, platlibdir=sys.platlibdir, py_version_short=_PY_VERSION_SHORT)
    return {
        'prefix': _PREFIX, 'exec_prefix': os.path.normpath(sys.exec_prefix), 'base': _PREFIX, 'platbase': _PREFIX,
        'installed_base': os.path.normpath(sys.base_prefix), 'projectbase': os.path.dirname(sys.executable or ''),
        'installed_platbase': os.path.normpath(sys.base_exec_prefix), 'platlibdir': sys.platlibdir,
        'py_version': version, 'py_version_short': _PY_VERSION_SHORT,
        'py_version_nodot': _PY_VERSION_SHORT.replace('.', ''), 'py_version_nodot_plat': '',
        'VERSION': _PY_VERSION_SHORT, 'abiflags': getattr(sys, 'abiflags', ''), 'userbase': _userbase(),
        'srcdir': folder, 'LIBDEST': folder, 'BINDIR': os.path.join(_PREFIX, 'bin'), 'EXE': '', 'EXT_SUFFIX': '.so',
        'SO': '.so', 'Py_DEBUG': 0, 'WITH_PYMALLOC': 0, 'Py_ENABLE_SHARED': 0, 'HAVE_FORK': 1, 'WITH_DOC_STRINGS': 1,
        'MULTIARCH': getattr(sys.implementation, '_multiarch', ''), 'CONFIG_ARGS': '', 'CFLAGS': '', 'PY_CFLAGS': '',
        'PY_CORE_CFLAGS': '', 'LDFLAGS': '', 'Py_GIL_DISABLED': int(not sys._is_gil_enabled()), 'SIZEOF_VOID_P': 8,
        'SIZEOF_TIME_T': 8, 'HOST_GNU_TYPE': 'x86_64-pc-linux-gnu', 'SHELL': '/bin/sh -e', 'TZPATH':
        '/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo',
    }


def get_config_vars(*args):
    """All variables as a dict; with names, the list of those, None for what is not known."""
    global _CONFIG_VARS
    if _CONFIG_VARS is None:
        _CONFIG_VARS = _variables()
    return [_CONFIG_VARS.get(name) for name in args] if args else _CONFIG_VARS


def get_config_var(name):
    """One variable, or None."""
    return get_config_vars().get(name)


def get_paths(scheme=None, vars=None, expand=True):
    """All paths of a layout."""
    paths = _INSTALL_SCHEMES[scheme or get_default_scheme()]
    if not expand:
        return dict(paths)
    values = dict(get_config_vars())
    if vars:
        values.update(vars)
    return {key: os.path.normpath(os.path.expanduser(path.format_map(values))) for key, path in paths.items()}


def get_path(name, scheme=None, vars=None, expand=True):
    """One path of a layout."""
    return get_paths(scheme, vars, expand)[name]


def get_python_version():
    """'3.11'"""
    return _PY_VERSION_SHORT


def get_platform():
    """The system and the processor: 'linux-x86_64'."""
    system = os.uname()
    return f'{system.sysname.lower().replace("/", "")}-{system.machine.replace(" ", "_").replace("/", "-")}'


def is_python_build(check_home=None):
    """Whether this runs from a tree of CPython's sources."""
    return False


def get_makefile_filename():
    """Where CPython keeps its Makefile; there is none here."""
    return os.path.join(get_path('stdlib'), f'config-{_PY_VERSION_SHORT}', 'Makefile')


def get_config_h_filename():
    """Where CPython keeps pyconfig.h; there is none here."""
    return os.path.join(get_path('include'), 'pyconfig.h')


def parse_config_h(fp, vars=None):
    """The #defines of a C header as a dict."""
    vars = {} if vars is None else vars
    for line in fp:
        words = line.split(None, 2)
        if len(words) == 3 and words[0] == '#define':
            value = words[2].strip()
            try:
                value = int(value)
            except ValueError:
                pass
            vars[words[1]] = value
        elif len(words) >= 3 and words[:2] == ['/*', '#undef']:
            vars[words[2].split()[0]] = 0
    return vars

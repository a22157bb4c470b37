"""Helpers that many setup scripts and programs use."""
import os
import re
import shlex
import sys
import sysconfig

from distutils.errors import DistutilsPlatformError


def get_host_platform():
    """The platform as sysconfig names it."""
    return sysconfig.get_platform()


get_platform = get_host_platform


def strtobool(val):
    """1 for y, yes, t, true, on and 1; 0 for n, no, f, false, off and 0; ValueError for others."""
    val = val.lower()
    if val in ('y', 'yes', 't', 'true', 'on', '1'):
        return 1
    if val in ('n', 'no', 'f', 'false', 'off', '0'):
        return 0
    raise ValueError(f'invalid truth value {val!r}')


def convert_path(pathname):
    """A path written with slashes, as this system writes it."""
    if pathname.startswith('/'):
        raise ValueError(f"path '{pathname}' cannot be absolute")
    if pathname.endswith('/'):
        raise ValueError(f"path '{pathname}' cannot end with '/'")
    return pathname


def change_root(new_root, pathname):
    """The path under another root."""
    return os.path.join(new_root, pathname.lstrip('/'))


def check_environ():
    """Makes sure that HOME and PLAT are in the environment."""
    if 'HOME' not in os.environ:
        import pwd
        try:
            os.environ['HOME'] = pwd.getpwuid(os.getuid())[5]
        except (ImportError, KeyError):
            pass
    os.environ.setdefault('PLAT', get_platform())


def subst_vars(s, local_vars):
    """$name replaced, from the variables or else from the environment."""
    check_environ()

    def value(found):
        name = found.group(1)
        return str(local_vars[name]) if name in local_vars else os.environ[name]
    try:
        return re.sub(r'\$([a-zA-Z_][a-zA-Z_0-9]*)', value, s)
    except KeyError as name:
        raise ValueError(f"invalid variable '${name.args[0]}'") from None


def split_quoted(s):
    """The words of a command line."""
    return shlex.split(s)


def rfc822_escape(header):
    """A header of several lines, the later ones indented."""
    return ('\n' + 8 * ' ').join(header.split('\n'))


def execute(func, args, msg=None, verbose=0, dry_run=0):
    """Calls a function, or only says so."""
    from distutils import log
    log.info(msg or f'{func.__name__}{args!r}')
    if not dry_run:
        func(*args)


def byte_compile(py_files, **options):
    """Nothing: Gila runs source."""
    if sys.dont_write_bytecode:
        raise DistutilsPlatformError('byte-compiling is disabled.')

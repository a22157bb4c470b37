"""Where things are installed; sysconfig is the module for it."""
import sys
import sysconfig as _sysconfig
from sysconfig import get_config_var, get_config_vars, get_python_version

PREFIX = project_base = sys.prefix
EXEC_PREFIX = sys.exec_prefix


def get_python_lib(plat_specific=0, standard_lib=0, prefix=None):
    """The folder of modules: site-packages, or that of the library itself."""
    key = ('plat' if plat_specific else 'pure') if not standard_lib else ('platstdlib' if plat_specific else 'stdlib')
    key = {'plat': 'platlib', 'pure': 'purelib'}.get(key, key)
    return _sysconfig.get_path(key, vars={'base': prefix, 'platbase': prefix} if prefix else None)


def get_python_inc(plat_specific=0, prefix=None):
    """The folder of C headers."""
    return _sysconfig.get_path('platinclude' if plat_specific else 'include',
                               vars={'base': prefix, 'platbase': prefix} if prefix else None)

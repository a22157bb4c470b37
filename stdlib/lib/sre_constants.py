"""The name under which programs look for re.error. Deprecated; the matcher's tables are native, and not shown."""
import warnings

warnings.warn(f'module {__name__!r} is deprecated', DeprecationWarning, stacklevel=2)

from re import error

MAXREPEAT = 2**32 - 1  # a repetition without an upper limit
MAXGROUPS = 2**30

"""The name under which old programs look for re.compile. Deprecated."""
import warnings

warnings.warn(f'module {__name__!r} is deprecated', DeprecationWarning, stacklevel=2)

from re import compile, error
from sre_constants import MAXGROUPS, MAXREPEAT

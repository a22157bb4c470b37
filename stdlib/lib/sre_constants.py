"""re._constants by the name that it had before Python 3.11."""
import warnings

warnings.warn(f'module {__name__!r} is deprecated', DeprecationWarning, stacklevel=2)

from re import _constants

globals().update({name: value for name, value in vars(_constants).items() if not name.startswith('__')})

"""re._parser by the name that it had before Python 3.11."""
import warnings

warnings.warn(f'module {__name__!r} is deprecated', DeprecationWarning, stacklevel=2)

from re import _parser

globals().update({name: value for name, value in vars(_parser).items() if not name.startswith('__')})

"""The scanner of JSONDecoder: native."""
from _json import Scanner as c_make_scanner

__all__ = ['make_scanner']

make_scanner = c_make_scanner

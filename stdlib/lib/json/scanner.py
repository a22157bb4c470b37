"""The scanner of JSONDecoder: native, or its twin in the language itself when _json cannot be imported."""
try:
    from _json import Scanner as c_make_scanner
except ImportError:
    from json._plain import py_make_scanner as make_scanner
    c_make_scanner = None
else:
    make_scanner = c_make_scanner

__all__ = ['make_scanner']

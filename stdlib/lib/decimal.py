"""Decimal arithmetic of any precision, as the General Decimal Arithmetic specification defines it.

All of it is native (`_decimal`). `_pydecimal` is the same in the language itself: slower by far, but to be read.
"""
try:
    from _decimal import *
    from _decimal import __libmpdec_version__, __version__
except ImportError:
    from _pydecimal import *
    from _pydecimal import __libmpdec_version__, __version__

"""What scripts still take from distutils: versions, a few helpers about files and the environment.

Building extensions is not here, for Gila has none; the package left Python in 3.12 (PEP 632).
"""
import sys
import warnings

__version__ = sys.version.split()[0]

warnings.warn('The distutils package is deprecated and slated for removal in Python 3.12. Use setuptools or check '
              'PEP 632 for potential alternatives', DeprecationWarning, stacklevel=2)

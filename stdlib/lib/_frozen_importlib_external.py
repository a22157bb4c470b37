"""importlib._bootstrap_external under the name that CPython freezes it with."""
from importlib._bootstrap_external import *
from importlib._bootstrap_external import _get_sourcefile

"""importlib._bootstrap under the name that CPython freezes it with."""
from importlib._bootstrap import *
from importlib._bootstrap import _load

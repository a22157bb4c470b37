"""The names of CPython's fast half of pickle. Here there is one pickle, and they are its own."""
from pickle import (PickleBuffer, PickleError, Pickler, PicklingError, Unpickler, UnpicklingError, dump, dumps, load,
                    loads)

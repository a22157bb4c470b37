"""Objects as bytes, and back: pickle.dumps(value), pickle.loads(data). Load nothing from a source you do not trust.

The native module _pickle does the work. _Pickler and _Unpickler (and _dump, _dumps, _load, _loads) do the same in the
language, step by step: for subclasses that take part in it, and to be read. They are loaded when they are asked for; so are
whichmodule, encode_long and decode_long, which libraries that write pickles of their own use.
"""
from _pickle import (PickleBuffer, PickleError, Pickler, PicklingError, Unpickler, UnpicklingError, dump, dumps, load,
                     loads)
from copyreg import dispatch_table

__all__ = ['PickleError', 'PicklingError', 'UnpicklingError', 'Pickler', 'Unpickler', 'dump', 'dumps', 'load',
           'loads', 'PickleBuffer', 'HIGHEST_PROTOCOL', 'DEFAULT_PROTOCOL', 'format_version',
           'compatible_formats']

format_version = '4.0'
compatible_formats = ['1.0', '1.1', '1.2', '1.3', '2.0', '3.0', '4.0', '5.0']
HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4
bytes_types = (bytes, bytearray)

_IN_THE_LANGUAGE = {'_Pickler': ('_pickle_save', 'Pickler'), '_Unpickler': ('_pickle_load', 'Unpickler'),
                    '_dump': ('_pickle_save', 'dump'), '_dumps': ('_pickle_save', 'dumps'),
                    '_load': ('_pickle_load', 'load'), '_loads': ('_pickle_load', 'loads'),
                    'whichmodule': ('_pickle_save', 'whichmodule'), '_getattribute': ('_pickle_save', 'find_nested'),
                    'encode_long': ('_pickle_save', 'encode_long'), 'decode_long': ('_pickle_load', 'decode_long')}


def __dir__():
    import _pickle_codes
    codes = [name for name, value in vars(_pickle_codes).items() if name.isupper() and isinstance(value, bytes)]
    return sorted({*globals(), *_IN_THE_LANGUAGE, *codes})


def __getattr__(name):
    from importlib import import_module
    if name in _IN_THE_LANGUAGE:
        module, inside = _IN_THE_LANGUAGE[name]
        value = getattr(import_module(module), inside)
    elif name.isupper() and not name.startswith('_'):
        # The opcodes, by the names that pickletools and debuggers know.
        value = getattr(import_module('_pickle_codes'), name, None)
        if not isinstance(value, bytes):
            raise AttributeError(f"module 'pickle' has no attribute {name!r}")
    else:
        raise AttributeError(f"module 'pickle' has no attribute {name!r}")
    globals()[name] = value
    return value


if __name__ == '__main__':
    import pprint
    import sys
    for name in sys.argv[1:]:
        with open(name, 'rb') as file:
            pprint.pprint(load(file))

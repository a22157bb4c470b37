"""The operators as functions: add(a, b) is a + b. Native (_operator); the names with underscores are the same functions."""
try:
    from _operator import *
except ImportError:
    from _py_operator import *

__all__ = ['abs', 'add', 'and_', 'attrgetter', 'call', 'concat', 'contains', 'countOf', 'delitem', 'eq', 'floordiv', 'ge',
           'getitem', 'gt', 'iadd', 'iand', 'iconcat', 'ifloordiv', 'ilshift', 'imatmul', 'imod', 'imul', 'index', 'indexOf',
           'inv', 'invert', 'ior', 'ipow', 'irshift', 'is_', 'is_not', 'isub', 'itemgetter', 'itruediv', 'ixor', 'le',
           'length_hint', 'lshift', 'lt', 'matmul', 'methodcaller', 'mod', 'mul', 'ne', 'neg', 'not_', 'or_', 'pos', 'pow',
           'rshift', 'setitem', 'sub', 'truediv', 'truth', 'xor']

_PLAIN_ONLY = {'attrgetter', 'countOf', 'indexOf', 'is_', 'is_not', 'itemgetter', 'length_hint', 'methodcaller', 'truth'}
globals().update([(f'__{_name.rstrip("_")}__', globals()[_name]) for _name in __all__ if _name not in _PLAIN_ONLY])
del _PLAIN_ONLY

# __new__ of one built-in type for another: refused where the instance would lack what its type's own code fills in.
import collections
import hashlib
import sys
import time
import weakref

ALIEN = [type(iter([])), type(x for x in ()), type(lambda: 0), type(len), type({}.keys()), type(None), type(...),
         type(collections.OrderedDict().items()), type(collections.OrderedDict().keys()), type(hashlib.md5()),
         type(sys.flags), type(sys.version_info), type(sys.float_info), time.struct_time, weakref.ProxyType]
for alien in ALIEN:
    for base in alien.__mro__[1:]:
        if '__new__' not in vars(base):
            continue
        try:
            print(alien.__name__, base.__name__, base.__new__(alien))
        except TypeError as error:
            print(alien.__name__, base.__name__, type(error).__name__)


class Own(list):
    pass


class Plain:
    pass


for make in (lambda: list.__new__(Own), lambda: object.__new__(Own), lambda: object.__new__(Plain) is not None,
             lambda: tuple.__new__(Own), lambda: int.__new__(bool)):
    try:
        print(make())
    except TypeError as error:
        print(type(error).__name__)

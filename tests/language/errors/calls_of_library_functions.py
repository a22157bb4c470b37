# Functions of native modules called with too few, too many and wrong arguments, and with keywords: CPython's words.
import binascii
import heapq
import itertools
import math
import operator
import socket
import struct
import time
import unicodedata

FUNCTIONS = {
    binascii: 'hexlify b2a_base64 a2b_base64 crc32 b2a_qp a2b_qp', heapq: 'heapify heappush heappop heapreplace',
    math: 'sin gcd fsum ldexp prod isclose dist', operator: 'add countOf indexOf concat index length_hint',
    socket: 'inet_aton inet_ntoa inet_pton getservbyname htons if_nametoindex', struct: 'calcsize pack unpack',
    time: 'clock_getres clock_gettime get_clock_info gmtime', itertools: 'chain islice accumulate compress',
    unicodedata: 'name category lookup numeric normalize is_normalized decomposition',
}
ARGUMENTS = (), (None,), (None, None), (1, 'a', 2.5, b'x', []), ('a',) * 6
for module, names in FUNCTIONS.items():
    for name in names.split():
        for arguments in ARGUMENTS:
            for keywords in {}, {'nosuch': 1}:
                if keywords and arguments or (name, len(arguments)) in (('gmtime', 0), ('calcsize', 2), ('gmtime', 1)):
                    continue
                try:
                    getattr(module, name)(*arguments, **keywords)
                except (TypeError, ValueError, OverflowError) as problem:
                    print(f'{module.__name__}.{name} {len(arguments)} {len(keywords)}: {type(problem).__name__}: {problem}')
                except Exception as problem:
                    print(f'{module.__name__}.{name} {len(arguments)} {len(keywords)}: {type(problem).__name__}')
print(unicodedata.lookup(b'SNOWMAN'), binascii.a2b_qp(b'a_', 1), binascii.b2a_base64(b'a', newline=0))
for call in (lambda: binascii.b2a_base64(b'a', newline='no'), lambda: format(1, None), lambda: operator.countOf(1, 1)):
    try:
        print(call())
    except TypeError as problem:
        print(problem)

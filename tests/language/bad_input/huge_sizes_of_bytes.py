"""Methods of bytes whose result would be larger than all memory raise; none begins to make it."""
HUGE = [b'a' * 10**7] * 10**6
ACTIONS = {
    'join': lambda: b''.join(HUGE), 'bytearray join': lambda: bytearray().join(HUGE),
    'join by a long one': lambda: (b'-' * 10**7).join([b''] * 10**6),
    'expandtabs': lambda: b'\t'.expandtabs(2**62), 'bytearray expandtabs': lambda: bytearray(b'\t').expandtabs(-2**40),
    'str expandtabs': lambda: '\t'.expandtabs(2**31), 'many expandtabs': lambda: (b'\t' * 10**6).expandtabs(2**31 - 1),
    'zfill': lambda: bytearray(3).zfill(10**15), 'ljust': lambda: bytearray(3).ljust(10**15),
    'times': lambda: bytearray(3) * 10**15,
}
for name, action in ACTIONS.items():
    try:
        print(name, len(action()))
    except (MemoryError, OverflowError) as error:
        print(name, type(error).__name__, error)
print(b'a\tb\n\tc\r\t'.expandtabs(4), bytearray(b'ab\tc').expandtabs(), b'a\tb'.expandtabs(0), b'a\tb'.expandtabs(-3))
print(b'-'.join([b'a', bytearray(b'b'), memoryview(b'c')]), bytearray(b', ').join([b'a', b'b']), b'x'.join([]))

"""replace() of single bytes, with and without a limit, and what fromhex() reads and refuses."""


class Named(bytes):
    pass


for count in -1, 0, 1, 2, 3, 4, 5:
    print(count, b'aabbaa'.replace(b'a', b'c', count), bytearray(b'aXa').replace(b'a', b'-', count))
print(b''.replace(b'a', b'b'), b'abc'.replace(b'a', b''), b'xyz'.replace(b'a', b'b'), b'aba'.replace(b'b', b'bb'))
print(b'aa'.replace(bytearray(b'a'), memoryview(b'b')), bytes(range(256)).replace(b'\xff', b'\0')[-2:])
print(type(Named(b'aa').replace(b'a', b'b')).__name__, type(Named(b'aa').replace(b'x', b'b')).__name__)
array = bytearray(b'same')
print(array.replace(b'x', b'y') is array, array.replace(b's', b'S'), array)

for text in '00ff', ' 0 0', '0', 'AbCd \t\n ef', 'zz', '0g', '0\u0660', '\u01300', '00é0', '0é', ' 00 1', '@0', 'G0', '':
    for kind in bytes, bytearray:
        try:
            print(ascii(text), kind.fromhex(text))
        except ValueError as error:
            print(ascii(text), error)

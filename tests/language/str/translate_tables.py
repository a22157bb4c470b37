# str.translate: tables that map to characters, strings, nothing, wide characters; dicts, other mappings, wrong answers.
SWAP = str.maketrans('abc', 'xyz', 'd')
for text in '', 'a', 'abcd' * 10, 'nothing', 'd' * 5, 'caf\xe9 abc', 'a\u20acd', '\U0001f40dabcd', 'ABCD' * 30:
    print(ascii(text.translate(SWAP)), len(text.translate(SWAP)))
print('abc'.translate({97: 'long', 98: None}), ascii('abc'.translate({97: 0x20ac, 98: '\xe9'})), 'abc'.translate({}),
      'aaaa'.translate({97: 'b', 98: 'c'}), 'a' * 40 == ('b' * 40).translate({98: 97}), 'abc'.translate({97: ''}),
      ascii('xa\x00'.translate({0: 'z', 97: 0})), ascii('a'.translate({97: '\x80'})), 'abc'.translate({True: 'x', 97.0: 'y'}))


class Missing(dict):
    def __missing__(self, key):
        return chr(key).upper()


class Items:
    def __getitem__(self, key):
        if key == 98:
            raise LookupError
        return key + 1


print('abc'.translate(Missing({97: '-'})), 'abc'.translate(Items()), 'ab'.translate([None] * 98), 'ab'.translate('z' * 98))
for table in {97: 1.5}, {97: -1}, {97: 0x110000}, {97: b'x'}, 5, {97: 10**30}:
    try:
        print('abca'.translate(table))
    except Exception as error:
        print(type(error).__name__, error)


class Text(str):
    pass


print(type(Text('abc').translate(SWAP)).__name__, Text('abc').translate({97: Text('q')}), type('a'.translate({})).__name__)

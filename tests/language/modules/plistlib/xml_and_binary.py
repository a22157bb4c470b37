# Property lists: both formats of every kind of value, what cannot be written, and broken files.
import datetime
import io
import plistlib


def attempt(label, function, *args, **keywords):
    try:
        result = function(*args, **keywords)
        print(label, '->', result.decode() if isinstance(result, bytes) and result.isascii() else repr(result))
    except Exception as error:
        print(label, '!!', type(error).__name__, error)


value = {'a': 1, 'b': [1.5, True, False, 'x<&>"y', b'abc' * 30, datetime.datetime(2020, 1, 2, 3, 4, 5), {}, [],
                       {'c': {'d': b'', 'e': bytearray(b'x' * 60)}}], 'big': 2**64 - 1, 'low': -2**63,
                       '\xe9': 'tab\t\r\nend\r'}
text = plistlib.dumps(value)
print(text.decode())
print(plistlib.loads(text) == {**value, '\xe9': 'tab\t\nend\n'}, plistlib.loads(text)['b'][8])
for wrong in None, 1j, 2**64, -2**63 - 1, {1: 2}, '\x01', plistlib.UID, plistlib.UID(3):
    for fmt in plistlib.FMT_XML, plistlib.FMT_BINARY:
        try:
            print(repr(plistlib.dumps(wrong, fmt=fmt))[:60])
        except Exception as error:
            print(wrong, fmt.name, type(error).__name__, error)
attempt('unsorted', plistlib.dumps, {'b': 1, 'a': 2}, sort_keys=False)
attempt('skipped', plistlib.dumps, {1: 1, 'a': 2}, sort_keys=False, skipkeys=True)
attempt('mixed', plistlib.dumps, {1: 1, 'a': 2}, skipkeys=True)
attempt('format', plistlib.dumps, 1, fmt=5)

for body in ('', '<foo/>', '<true>x</true>', '<dict><key>a</key></dict>', '<dict><string>a</string></dict>',
             '<dict><key>a</key><key>b</key></dict>', '<integer>0x1F</integer>', '<integer>a</integer>',
             '<real>a</real>',
             '<date>2020-01-01T00:00:00Z</date>', '<date>x</date>', '<array><key>a</key></array>',
             '<string>a&amp;b</string>', '<data>aGVs\nbG8=</data>', '<dict><key>a</key><array><dict/></array></dict>'):
    attempt(body, plistlib.loads, f'<plist version="1.0">{body}</plist>'.encode())
attempt('entity', plistlib.loads,
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><plist><string>&b;</string></plist>')
attempt('nothing', plistlib.loads, b'abc')
attempt('utf-16', plistlib.loads,
        '<?xml version="1.0" encoding="utf-16"?><plist><string>\xe9</string></plist>'.encode('utf-16'))
attempt('text', plistlib.loads, '<plist/>')

print(plistlib.UID(5), plistlib.UID(5) == plistlib.UID(5), plistlib.UID(5) == 5, hex(plistlib.UID(255)))
for wrong in -1, 2**64, 'a':
    attempt('UID', plistlib.UID, wrong)
for item in ({'a': 1}, 'x', [1, 1.0, True, '1', b'1'],
             [1, 2.5, 'x', '\xe9', b'z', True, False, None, -1, 2**63, 2**32, 2**16, 300, plistlib.UID(5),
              plistlib.UID(300),
              datetime.datetime(2020, 1, 1, 12, 30, 0, 500000), 'x' * 20, [0] * 300]):
    data = plistlib.dumps(item, fmt=plistlib.FMT_BINARY)
    print(data.hex(), plistlib.loads(data) == item)
loop = [1]
loop.append(loop)
again = plistlib.loads(plistlib.dumps(loop, fmt=plistlib.FMT_BINARY))
print(again[1] is again)
good = plistlib.dumps({'key': [1, 'two', 3.0]}, fmt=plistlib.FMT_BINARY)
failed = 0
for cut in range(8, len(good)):
    try:
        plistlib.loads(good[:cut])
    except plistlib.InvalidFileException as error:
        failed += str(error) == 'Invalid file'
print(failed == len(good) - 8)
attempt('huge', plistlib.loads, b'bplist00\x4f\x13' + (1 << 40).to_bytes(8, 'big') + b'\x08' + bytes(6) + b'\1\1' +
        (1).to_bytes(8, 'big') + bytes(8) + (18).to_bytes(8, 'big'))
file = io.BytesIO()
plistlib.dump(value, file, fmt=plistlib.FMT_BINARY)
file.seek(0)
print(plistlib.load(file) == value)

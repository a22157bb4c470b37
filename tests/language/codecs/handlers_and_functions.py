"""The error handlers as functions, the functions of single encodings, mappings, and the escapes of bytes."""
import codecs
import warnings


def show(function, *args):
    try:
        print(getattr(function, '__name__', function), args, '->', function(*args))
    except Exception as error:
        print(getattr(function, '__name__', function), args, '->', type(error).__name__, error)


ENCODE = UnicodeEncodeError('ascii', 'a\xe4\u20ac\U0001f600\udc80b', 1, 4, 'why')
DECODE = UnicodeDecodeError('utf-8', b'a\xff\xfeb', 1, 3, 'why')
TRANSLATE = UnicodeTranslateError('a\u20acb', 1, 2, 'why')
for name in ('strict', 'ignore', 'replace', 'xmlcharrefreplace', 'backslashreplace', 'namereplace', 'surrogateescape',
             'surrogatepass'):
    handler = codecs.lookup_error(name)
    for error in (ENCODE, DECODE, TRANSLATE, ValueError('v'), 42):
        try:
            print(name, type(error).__name__, ascii(handler(error)))
        except Exception as raised:
            print(name, type(error).__name__, '->', type(raised).__name__, ascii(str(raised)))
print(codecs.replace_errors.__name__, codecs.lookup_error('replace') is codecs.replace_errors)
print(codecs.lookup_error('surrogatepass')(UnicodeEncodeError('utf-16-le', '\ud800', 0, 1, 'w')))
print(ascii(codecs.lookup_error('surrogatepass')(UnicodeDecodeError('utf-8', b'\xed\xa0\x80', 0, 1, 'w'))))
print(ascii(codecs.lookup_error('surrogateescape')(UnicodeDecodeError('ascii', b'\x80\x81a', 0, 3, 'w'))))
try:
    'x\udc80\ud800'.encode('utf-8', 'surrogateescape')
except UnicodeEncodeError as error:
    print(error.start, error.end)

for name in ('utf_8', 'utf_7', 'ascii', 'latin_1', 'utf_16', 'utf_16_le', 'utf_16_be', 'utf_32', 'utf_32_be',
             'unicode_escape', 'raw_unicode_escape'):
    encode, decode = getattr(codecs, name + '_encode'), getattr(codecs, name + '_decode')
    data = encode('a\xe4')[0] if name != 'ascii' else b'ab'
    print(name, encode('a\xe4', 'ignore'), ascii(decode(data)), ascii(decode(data, 'replace')))
    show(encode, b'a')
for data, final in ((b'a\xe2\x82', False), (b'a\xe2\x82\xac', False), (b'\xed\xa0', False)):
    show(codecs.utf_8_decode, data, 'strict', final)
show(codecs.utf_8_decode, b'a\xe2', None, True)
show(codecs.utf_16_ex_decode, b'\xff\xfea\0b', 'strict', 0, False)
show(codecs.utf_16_ex_decode, b'a\0', 'strict', -1, True)
show(codecs.utf_32_ex_decode, b'\0\0\xfe\xff\0\0\0a', 'strict', 0, False)
show(codecs.utf_16_encode, 'a', 'strict', 1)
for piece in (b'\\u12', b'a\\', b'\\\\', b'x\\N{DEGREE', b'\\x4', b'\\U0001f60', b'\\x41z'):
    show(codecs.unicode_escape_decode, piece, 'strict', False)
    show(codecs.raw_unicode_escape_decode, piece, 'strict', False)
for data in (rb'\N{DEGREE SIGN}\N{no such thing}', rb'\N{', rb'\N{}', rb'\Nx', rb'\x4', rb'\u00e4\101'):
    show(codecs.unicode_escape_decode, data, 'replace')
    show(codecs.unicode_escape_decode, data)
show(codecs.readbuffer_encode, 'a\xe4')
show(codecs.readbuffer_encode, bytearray(b'ab'))

table = 'abc\ufffe' + 'x' * 252
print(codecs.charmap_decode(b'\0\1\2', 'strict', table), codecs.charmap_decode(b'\0\xff', 'strict', 'ab' + 'c' * 254))
show(codecs.charmap_decode, b'\0\3', 'strict', 'abc\ufffe')
show(codecs.charmap_decode, b'\0\3\4', 'replace', 'abc\ufffe')
show(codecs.charmap_decode, b'\0\1\2', 'ignore', {0: 'zero', 1: 65})
show(codecs.charmap_decode, b'\0', 'strict', {0: -1})
show(codecs.charmap_decode, b'\0', 'strict', {0: 1.5})
show(codecs.charmap_decode, b'\xe4')
show(codecs.charmap_encode, 'ab', 'strict', {97: 1, 98: b'xy'})
show(codecs.charmap_encode, 'abcd!', 'xmlcharrefreplace', {ord(c): ord(c) for c in 'ab&#;0123456789!'})
show(codecs.charmap_encode, 'abccc', 'strict', {97: 1, 98: 2})
show(codecs.charmap_encode, 'a', 'strict', {97: 256})
show(codecs.charmap_encode, 'a', 'strict', {97: 'b'})
show(codecs.charmap_encode, '\xe4\u20ac', 'replace')
print(codecs.charmap_encode('ba', 'strict', codecs.charmap_build('ab' + '\ufffe' * 254)))
print(codecs.make_identity_dict(range(3)), codecs.make_encoding_map({1: 2, 3: 2, 4: 5}))

for data in (rb'a\n\x41\101\\\'', b'\\\nx', rb'\x4', rb'\x', 'caf\xe9', b'\\'):
    show(codecs.escape_decode, data)
    show(codecs.escape_decode, data, 'ignore')
    show(codecs.escape_decode, data, 'replace')
show(codecs.escape_decode, rb'\xg', 'other')
show(codecs.escape_encode, b"a'b\\\n\x00\xff\t")
show(codecs.escape_encode, 'a')
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    print(codecs.escape_decode(rb'\z\y'), codecs.escape_decode(rb'\501'), rb'\d\401'.decode('unicode_escape'),
          codecs.unicode_escape_decode(rb'\777\q'))
    for one in caught:
        print(one.category.__name__, one.message)

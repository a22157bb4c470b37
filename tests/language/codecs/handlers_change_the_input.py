# A handler may put other bytes into the exception: decoding goes on in them. And what encoders refuse of a handler.
import codecs


def changing(replacement, place, data):
    def handler(error):
        if len(seen) > 5:
            raise RuntimeError('too often')
        seen.append((error.object, error.start, error.end))
        error.object = data
        return replacement, place
    return handler


seen = []
for encoding, data in (('ascii', b'ab\xff'), ('utf-8', b'ab\xff'), ('utf-8', b'\xe3\x81'), ('utf-16-le', b'a\0b'),
                       ('utf-16-le', b'\0\xdc'), ('utf-32-be', b'\0\x11\0\0'), ('utf-7', b'a+\xff'), ('utf-7', b'+AA'),
                       ('unicode_escape', b'\\x4'), ('raw_unicode_escape', b'\\u12'), ('cp1252', b'a\x81')):
    for replacement, place, other in (('?', 0, b''), ('?', 1, b'xyz'), ('?', -1, b'xyz'), ('', 0, b'\0\0\0\0'),
                                      ('?', 2, b'x'), ('?', 0, data), ('?', 0, bytearray(b'x')), ('?', 0, None)):
        seen.clear()
        codecs.register_error('changing', changing(replacement, place, other))
        try:
            result = ascii(data.decode(encoding, 'changing'))
        except Exception as error:
            error = error.__cause__ or error
            result = f'{type(error).__name__}: {error}'
        print(encoding, data, (replacement, place, other), result, seen)

for encoding in ('utf-8', 'utf-16', 'utf-16-le', 'utf-32-be', 'ascii', 'latin-1', 'cp1252'):
    for replacement in ('x', 'é', '\u3042', b'x', b'xy', b'abcd', b''):
        codecs.register_error('gives', lambda error: (replacement, error.end))
        try:
            result = 'a\udc80\u3042'.encode(encoding, 'gives')
        except UnicodeError as error:
            result = f'{error}'
        print(encoding, ascii(replacement), ascii(result))


class Own(UnicodeDecodeError):
    def __init__(self):
        super().__init__('ascii', b'abc', 1, 2, 'because')


print(repr(Own()), Own(), UnicodeEncodeError.__new__(UnicodeEncodeError).object)

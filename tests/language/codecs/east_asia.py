# The encodings of East Asia: every character there and back, what is wrong in bytes and in text, error handlers.
import codecs
import hashlib

NAMES = ('big5 big5hkscs cp932 cp949 cp950 euc_jis_2004 euc_jisx0213 euc_jp euc_kr gb18030 gb2312 gbk hz iso2022_jp '
         'iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr johab shift_jis '
         'shift_jis_2004 shift_jisx0213').split()

EVERYTHING = ''.join(map(chr, (*range(0xd800), *range(0xe000, 0x10000), *range(0x20000, 0x2b000))))
PAIRS = b'\n'.join(bytes((lead, trail)) for lead in range(0x80, 0x100) for trail in range(0x20, 0x100))
TRIPLES = b'\n'.join(bytes((0x8f, lead, trail)) for lead in range(0xa0, 0x100) for trail in range(0xa0, 0x100))
QUADS = b'\n'.join(bytes((a, b, c, 0x35)) for a in (0x81, 0x84, 0x85, 0x90, 0xe3, 0xff) for b in range(0x30, 0x3b)
                   for c in range(0x7f, 0x100))
SEVENBIT = bytes(byte for lead in range(0x21, 0x7f) for trail in range(0x21, 0x7f) for byte in (lead, trail))
ESCAPES = (b'\x1b$B', b'\x1b$@', b'\x1b(J', b'\x1b(I', b'\x1b$(D', b'\x1b$(C', b'\x1b$A', b'\x1b$(O', b'\x1b$(P',
           b'\x1b$(Q', b'\x1b$)C\x0e', b'~{')


def digest(data):
    if isinstance(data, str):
        data = data.encode('utf-8', 'surrogatepass')
    return hashlib.sha256(data).hexdigest()[:16]


for name in NAMES:
    print(name, codecs.lookup(name).name)
    print('  all characters', digest(EVERYTHING.encode(name, 'ignore')))
    for data in (PAIRS, TRIPLES, QUADS):
        print('  bytes', digest(data.decode(name, 'replace')))
    if name.startswith('iso2022') or name == 'hz':
        for escape in ESCAPES:
            print('  ', escape, digest((escape + SEVENBIT).decode(name, 'replace')))

calls = []


def keep(error):
    calls.append((type(error).__name__, error.encoding, error.start, error.end, error.reason))
    return f'<{error.start}>', error.end


def raw(error):
    return b'\xff', error.end


codecs.register_error('keep', keep)
codecs.register_error('raw', raw)
TEXT = 'a~\\\u3042\u30a2\uff71\u6f22\ud55c\u00e9\U00020089\udc9f\u20ac'
WRONG = (b'\x81', b'a\x81\x00b', b'\xa4\xd4\xa4\xa1', b'\x81\x30\x81', b'\x81\x30\x81\x20', b'\x8f\xa1\xff', b'\xff\xfe',
         b'\x1b$B$\xa2', b'\x1b$Zx', b'\x1b$', b'\x1bX12', b'\x0e\x80', b'~x', b'~{$"~}~~', b'\x8e\x20', b'\xfd\xa0')
for name in NAMES:
    for errors in ('strict', 'ignore', 'replace', 'backslashreplace', 'xmlcharrefreplace', 'namereplace', 'surrogateescape',
                   'keep', 'raw', 'unheard-of'):
        calls.clear()
        try:
            result = TEXT.encode(name, errors)
        except (UnicodeError, LookupError) as error:
            result = f'{type(error).__name__}: {error}'
        print(name, errors, ascii(result), calls)
    for data in WRONG:
        calls.clear()
        try:
            data.decode(name)
        except UnicodeDecodeError as error:
            print(name, data, (error.start, error.end, error.reason, error.encoding), end=' ')
        print(ascii(data.decode(name, 'keep')), ascii(data.decode(name, 'backslashreplace')))


# What handlers answer.
for answer in (('x', 2, 2), ('x', 'y'), (5, 2), ('x', 2), 'x', ('x', 99), ('x', -99), ('x', 1 << 80), (b'x', 2), None):
    codecs.register_error('answers', lambda error: answer)
    for function, argument in ((codecs.lookup('sjis').encode, 'a\ud800'), (codecs.lookup('sjis').decode, b'a\xff')):
        try:
            print(answer, function(argument, 'answers'))
        except Exception as error:
            print(answer, type(error).__name__, error)

# Names, and names that are none.
for alias in ('SJIS', 'Shift-JIS', 'ms932', 'EUC-JP', 'ujis', 'iso-2022-jp', 'uhc', 'ks_c_5601-1987', 'GB2312-80', 'cp936',
              'big5-tw', 'hkscs', 'hz-gb-2312', 's_jis_2004', 'euc_cn', 'ms1361'):
    print(alias, codecs.lookup(alias).name)
for name in ('shift_jis_1999', 'euc_xx'):
    try:
        codecs.lookup(name)
    except LookupError as error:
        print(error)
for module, name in (('_codecs_jp', 'gbk'), ('_codecs_cn', 'gbk'), ('_codecs_kr', 5)):
    try:
        print(type(__import__(module).getcodec(name)).__name__)
    except (LookupError, TypeError) as error:
        print(type(error).__name__, error)

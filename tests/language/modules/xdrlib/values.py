# xdrlib: every kind of value is packed and unpacked, limits and errors.
import warnings

with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    import xdrlib


def attempt(label, function, *args):
    try:
        print(label, '->', repr(function(*args)))
    except Exception as error:
        print(label, '!!', type(error).__name__, error)


packer = xdrlib.Packer()
for name, *args in (('uint', 9), ('int', -9), ('enum', 9), ('bool', True), ('bool', 0), ('uhyper', 2**63),
                    ('hyper', -45),
                    ('float', 1.5), ('double', -1.25), ('fstring', 5, b'hello!'), ('string', b'abcde'), ('opaque', b''),
                    ('list', [1, 2], packer.pack_uint), ('farray', 2, [3, 4], packer.pack_int),
                    ('array', [b'a', b'bc'], packer.pack_string)):
    attempt(name, getattr(packer, 'pack_' + name), *args)
data = packer.get_buffer()
print(data.hex(), packer.get_buf() == data)
reader = xdrlib.Unpacker(data)
for name, *args in (('uint',), ('int',), ('enum',), ('bool',), ('bool',), ('uhyper',), ('hyper',), ('float',),
                    ('double',), ('fstring', 5), ('string',),
                    ('opaque',), ('list', reader.unpack_uint), ('farray', 2, reader.unpack_int),
                    ('array', reader.unpack_string)):
    attempt(name, getattr(reader, 'unpack_' + name), *args)
print(reader.get_position() == len(data), reader.done(), reader.get_buffer() == data)
reader.set_position(4)
attempt('left', reader.done)
reader.reset(b'\0\0\0')
for name, *args in (('uint',), ('double',), ('string',), ('fstring', -1), ('fstring', 9)):
    attempt(name, getattr(reader, 'unpack_' + name), *args)
reader.reset(b'\0\0\0\2')
attempt('list', reader.unpack_list, reader.unpack_uint)
for name, *args in (('uint', -1), ('uint', 2**32), ('int', 'x'), ('fstring', -1, b''), ('farray', 3, [],
                                                                                        packer.pack_int), ('hyper',
                                                                                                           'x'),
                                                                                                           ('float',
                                                                                                            'x')):
    attempt(name, getattr(packer, 'pack_' + name), *args)
packer.reset()
print(packer.get_buffer(), repr(xdrlib.Error('why')), str(xdrlib.ConversionError('how')))

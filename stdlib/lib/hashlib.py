"""Message digests under one interface: hashlib.sha256(data).hexdigest()."""
from _blake2 import blake2b, blake2s

try:
    from _hashlib import new as _new
    from _hashlib import (openssl_md5 as md5, openssl_md_meth_names as _names, openssl_sha1 as sha1,
                          openssl_sha3_224 as sha3_224, openssl_sha3_256 as sha3_256,
                          openssl_sha3_384 as sha3_384, openssl_sha3_512 as sha3_512,
                          openssl_sha224 as sha224, openssl_sha256 as sha256, openssl_sha384 as sha384,
                          openssl_sha512 as sha512, openssl_shake_128 as shake_128,
                          openssl_shake_256 as shake_256, pbkdf2_hmac, scrypt)
except ImportError:
    # What is sure to be there also without the other algorithms and the derivation of keys.
    from _md5 import md5
    from _sha1 import sha1
    from _sha256 import sha224, sha256
    from _sha512 import sha384, sha512
    from _sha3 import sha3_224, sha3_256, sha3_384, sha3_512, shake_128, shake_256
    _names = frozenset()

    def _new(name, data=b'', **kwargs):
        return __get_builtin_constructor(name)(data, **kwargs)

algorithms_guaranteed = {
    'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'blake2b', 'blake2s', 'sha3_224',
    'sha3_256', 'sha3_384', 'sha3_512', 'shake_128', 'shake_256'}
algorithms_available = algorithms_guaranteed | _names

__all__ = tuple(sorted(algorithms_guaranteed)) + (
    'new', 'algorithms_guaranteed', 'algorithms_available', 'file_digest', 'pbkdf2_hmac')

_BLAKES = {'blake2b': blake2b, 'blake2s': blake2s}
_CHUNK = 1 << 18


def new(name, data=b'', **kwargs):
    """A digest of the named algorithm that has taken the data in."""
    blake = _BLAKES.get(name) if isinstance(name, str) else None
    if blake is not None:
        return blake(data, **kwargs)
    return _new(name, data, **kwargs)


def __get_builtin_constructor(name):
    """The constructor of an algorithm that is there also when _hashlib is not."""
    known = name.lower().replace('-', '_') if isinstance(name, str) else None
    if known in ('blake2b', 'blake2s'):
        return _BLAKES[known]
    homes = {'md5': '_md5', 'sha1': '_sha1', 'sha224': '_sha256', 'sha256': '_sha256', 'sha384': '_sha512',
             'sha512': '_sha512'}
    if known in algorithms_guaranteed:
        try:
            return getattr(__import__(homes.get(known, '_sha3')), known)
        except ImportError:
            pass
    raise ValueError(f'unsupported hash type {name}')


def file_digest(fileobj, digest, /, *, _bufsize=_CHUNK):
    """The digest object of everything that can still be read from a binary file.

    `digest` is the name of an algorithm or a callable that makes a digest object.
    """
    made = new(digest) if isinstance(digest, str) else digest()
    if hasattr(fileobj, 'getbuffer'):
        with fileobj.getbuffer() as view:
            made.update(view)
        return made
    if not (hasattr(fileobj, 'readinto') and hasattr(fileobj, 'readable') and fileobj.readable()):
        raise ValueError(f"'{fileobj!r}' is not a file-like object in binary reading mode.")
    buffer = bytearray(_bufsize)
    view = memoryview(buffer)
    while True:
        size = fileobj.readinto(buffer)
        if size is None:
            raise BlockingIOError('I/O operation would block.')
        if size == 0:
            return made
        made.update(view[:size])

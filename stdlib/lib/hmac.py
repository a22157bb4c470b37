"""Keyed digests (RFC 2104)."""
import hashlib as _hashlib
from _hashlib import hmac_digest as _hmac_digest
from _operator import _compare_digest as compare_digest

digest_size = None

_INNER = bytes(x ^ 0x36 for x in range(256))
_OUTER = bytes(x ^ 0x5C for x in range(256))


def _maker_of(digestmod):
    if callable(digestmod):
        return digestmod
    if isinstance(digestmod, str):
        return lambda data=b'': _hashlib.new(digestmod, data)
    return lambda data=b'': digestmod.new(data)


class HMAC:
    """The state of a keyed digest: hmac.new(key, message, 'sha256')."""

    blocksize = 64

    __slots__ = ('_hmac', '_inner', '_outer', 'block_size', 'digest_size')

    def __init__(self, key, msg=None, digestmod=''):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError(f'key: expected bytes or bytearray, but got {type(key).__name__!r}')
        if not digestmod:
            raise TypeError("Missing required parameter 'digestmod'.")
        self._init_old(key, msg, digestmod)

    def _init_old(self, key, msg, digestmod):
        """Begin with two digests, an inner and an outer one."""
        self._hmac = None  # there is no other way
        make = _maker_of(digestmod)
        self._outer = make()
        self._inner = make()
        self.digest_size = self._inner.digest_size
        size = getattr(self._inner, 'block_size', None)
        if size is None:
            import warnings
            warnings.warn(f'No block_size attribute on given digest object; Assuming {self.blocksize}.',
                          RuntimeWarning, 3)
            size = self.blocksize
        elif size < 16:
            import warnings
            warnings.warn(f'block_size of {size} seems too small; using our default of {self.blocksize}.',
                          RuntimeWarning, 3)
            size = self.blocksize
        if len(key) > size:
            key = make(key).digest()
        self.block_size = size
        key = bytes(key).ljust(size, b'\0')
        self._outer.update(key.translate(_OUTER))
        self._inner.update(key.translate(_INNER))
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        return f'hmac-{self._inner.name}'

    def update(self, msg):
        """Takes more of the message in."""
        self._inner.update(msg)

    def copy(self):
        """An object in the same state."""
        other = self.__class__.__new__(self.__class__)
        other._hmac = None
        other.block_size = self.block_size
        other.digest_size = self.digest_size
        other._inner = self._inner.copy()
        other._outer = self._outer.copy()
        return other

    def _finished(self):
        outer = self._outer.copy()
        outer.update(self._inner.digest())
        return outer

    def digest(self):
        """The keyed digest of what was taken in, as bytes."""
        return self._finished().digest()

    def hexdigest(self):
        """The same as hexadecimal digits."""
        return self._finished().hexdigest()


def new(key, msg=None, digestmod=''):
    """An HMAC object that has taken `msg` in. `digestmod` is a name, a module or a callable."""
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    """The HMAC of a message at once."""
    if isinstance(digest, str):
        try:
            return _hmac_digest(key, msg, digest)
        except ValueError:
            pass
    return HMAC(key, msg, digest).digest()
